//! The cards of a carousel.

use super::components::{self, extra};
use super::parameters::SHOWN;
use super::{View, down, given, missing, unknown_keys, wrong_type};
use crate::definition::HeaderFormat;
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::report::{Severity, Step};
use crate::rules;
use crate::template::{Carousel, Header, Template};

/// Meta's words for a carousel with another number of cards, which point elsewhere.
const DETAILS: &str = "header component parameter should not be empty";

pub(super) fn judge(
    node: &Node<'_>,
    at: &[Step],
    view: Option<View<'_>>,
    findings: &mut Findings<'_>,
) {
    let carousel = view.and_then(|view| view.template.carousel.as_ref());
    if let (Some(view), None) = (view, carousel)
        && view.template.gaps.is_empty()
    {
        let problem = "the template has no carousel";
        return extra(node, at, problem, Severity::Error, findings);
    }
    unknown_keys(findings, node, at, "a carousel", &["type", "cards"]);
    let path = down(at, "cards");
    let Some(list) = given(node, "cards") else {
        let remedy = "`cards`, a list with one entry for each card";
        return missing(findings, node, at, "cards", remedy);
    };
    let Some(items) = list.as_array() else {
        return wrong_type(findings, list, path, "cards", "an array");
    };
    count(list, &path, items.len(), carousel, findings);
    if view.is_none() {
        same_headers(items, &path, findings);
    }
    let mut seen = Vec::new();
    for (place, card) in items.iter().enumerate() {
        let at = down(&path, place);
        if card.as_object().is_none() {
            wrong_type(findings, card, at, "card", "an object");
            continue;
        }
        unknown_keys(findings, card, &at, "a card", &["card_index", "components"]);
        let index = index(card, &at, items.len(), &mut seen, findings);
        let of_card = view.zip(carousel).and_then(|(view, carousel)| {
            let card = carousel.cards.get(index?)?;
            let card = Some(card);
            Some(View { card, ..view })
        });
        let path = down(&at, "components");
        match given(card, "components") {
            Some(list) if list.as_array().is_some() => {
                components::judge_card(list, path, of_card, findings);
            }
            Some(list) => wrong_type(findings, list, path, "components", "an array"),
            None => missing(findings, card, &at, "components", "the card's components"),
        }
    }
}

/// Says which cards have another kind of header than the first: those of one carousel are alike.
fn same_headers(items: &[Node<'_>], path: &[Step], findings: &mut Findings<'_>) {
    let header = |card: &Node<'_>| {
        let components = given(card, "components")?.as_array()?.iter().enumerate();
        let of = |node: &Node<'_>, word: &str| {
            let found = node.get("type").and_then(Node::as_str);
            found.is_some_and(|found| found.eq_ignore_ascii_case(word))
        };
        let (place, header) = components.into_iter().find(|(_, c)| of(c, "header"))?;
        let parameter = given(header, "parameters")?.as_array()?.first()?;
        let kind = parameter.get("type")?;
        let word = kind.as_str()?.to_ascii_lowercase();
        let known = SHOWN.contains(&word.as_str());
        Some((place, kind.at, word)).filter(|_| known)
    };
    let mut first: Option<String> = None;
    for (card, (place, at, word)) in items
        .iter()
        .enumerate()
        .filter_map(|(index, card)| Some((index, header(card)?)))
    {
        match &first {
            None => first = Some(word),
            Some(first) if *first == word => {}
            Some(first) => {
                let mut path = down(&down(path, card), "components");
                path.extend([place.into(), "parameters".into(), 0.into(), "type".into()]);
                findings
                    .find_at(rules::PAYLOAD_PARAMETER_TYPE, at, path)
                    .param("part", format!("card {card}"))
                    .param("expected", first.as_str())
                    .param("found", format!("`{word}`, unlike the cards before it"));
            }
        }
    }
}

/// Says that the number of cards is not the template's: a carousel of products may show more or fewer.
fn count(
    list: &Node<'_>,
    path: &[Step],
    given: usize,
    carousel: Option<&Carousel>,
    findings: &mut Findings<'_>,
) {
    let most = findings.max(Limit::CarouselCards);
    let (least, most, expected) = match carousel {
        // Alone, a payload may be for either kind; Meta's own skeletons have one card.
        None => (1, most, ["1 to ", &most.to_string()].concat()),
        Some(carousel) if is_of_products(carousel) => {
            let least = findings.max(Limit::CarouselCardsMin);
            let expected = [&least.to_string(), " to ", &most.to_string()].concat();
            (least, most, expected)
        }
        Some(carousel) => (
            carousel.least,
            carousel.least,
            ["exactly ", &carousel.least.to_string()].concat(),
        ),
    };
    if given < least || given > most {
        findings
            .find(rules::PAYLOAD_CARD_COUNT, list, path.to_vec())
            .param("given", given)
            .param("expected", expected)
            .details(DETAILS);
    }
}

pub(super) fn is_of_products(carousel: &Carousel) -> bool {
    let header = carousel.cards.first().and_then(|card| card.header.as_ref());
    matches!(header, Some(Header::Supplied(HeaderFormat::Product, _)))
}

/// Reads `card_index`: the cards are counted from 0, each number once.
fn index(
    card: &Node<'_>,
    at: &[Step],
    count: usize,
    seen: &mut Vec<i64>,
    findings: &mut Findings<'_>,
) -> Option<usize> {
    let Some(node) = given(card, "card_index") else {
        let remedy = "`card_index`, the card's place, counted from 0";
        missing(findings, card, at, "card_index", remedy);
        return None;
    };
    let path = down(at, "card_index");
    let Some(number) = node.as_i64() else {
        wrong_type(findings, node, path, "card_index", "a whole number");
        return None;
    };
    // More than a carousel can have are a finding already.
    let again = seen.len() < 100 && seen.contains(&number);
    seen.push(number);
    let place = usize::try_from(number).ok().filter(|place| *place < count);
    let problem = match place {
        _ if again => ["two cards have the index ", &number.to_string()].concat(),
        None if count == 1 => ["the only card has the index ", &number.to_string()].concat(),
        None => {
            let last = (count - 1).to_string();
            [
                "the index ",
                &number.to_string(),
                " is not one of 0 to ",
                &last,
            ]
            .concat()
        }
        Some(_) => return place,
    };
    findings
        .find(rules::PAYLOAD_CARD_INDEX, node, path)
        .param("problem", problem);
    None
}

/// Says that the template needs a carousel and the payload has none.
pub(super) fn absent(
    list: &Node<'_>,
    path: &[Step],
    template: &Template,
    findings: &mut Findings<'_>,
) {
    let Some(carousel) = &template.carousel else {
        return;
    };
    let first = carousel.cards.first().and_then(|card| card.slots().next());
    let found = findings.find(rules::PAYLOAD_COMPONENT_MISSING, list, path.to_vec());
    found
        .param("label", "the carousel")
        .param("component", "carousel");
    if let Some(slot) = first {
        found.key(slot.key.as_str());
    }
}
