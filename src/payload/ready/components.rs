//! The components of a payload: which are there, and whether the template has a part for each.

use super::buttons::{Around, Buttons};
use super::parameters::{self, Part};
use super::{View, cards, down, given, missing, special, unknown_keys, wrong_type};
use crate::findings::Findings;
use crate::json::Node;
use crate::payload::check::count_mismatch;
use crate::payload::value;
use crate::report::{Severity, Step};
use crate::rules;
use crate::template::{Header, Slot};
use crate::text::clip;

/// The types of components, each with what a second one is called.
const TYPES: &[(&str, &str)] = &[
    ("header", "a header"),
    ("body", "a body"),
    ("button", ""),
    ("carousel", "a carousel"),
    ("limited_time_offer", "an offer"),
    ("order_status", "an order's news"),
    ("tap_target_configuration", "a tap target"),
];

/// How many of them a card may have: header, body and buttons.
const IN_CARDS: usize = 3;

/// Judges a list of components; `list` stands at `path`.
pub(super) fn judge(
    list: &Node<'_>,
    path: Vec<Step>,
    view: Option<View<'_>>,
    findings: &mut Findings<'_>,
) {
    all(list, path, view, TYPES, findings);
}

/// Whether a header or body names a parameter: then all of them are named.
fn is_named(component: &Node<'_>) -> bool {
    let word = component.get("type").and_then(Node::as_str);
    let of_text = word.is_some_and(|word| {
        ["header", "body"]
            .iter()
            .any(|part| part.eq_ignore_ascii_case(word))
    });
    let items = component.get("parameters").and_then(Node::as_array);
    let mut items = items.unwrap_or_default().iter();
    of_text && items.any(|item| given(item, "parameter_name").is_some())
}

/// The same for the components of a card.
pub(super) fn judge_card(
    list: &Node<'_>,
    path: Vec<Step>,
    view: Option<View<'_>>,
    findings: &mut Findings<'_>,
) {
    let (types, _) = TYPES.split_at(IN_CARDS);
    all(list, path, view, types, findings);
}

fn all(
    list: &Node<'_>,
    path: Vec<Step>,
    view: Option<View<'_>>,
    types: &'static [(&'static str, &'static str)],
    findings: &mut Findings<'_>,
) {
    let mut seen = Seen::default();
    let items = list.as_array().unwrap_or_default();
    let is_offer = |node: &Node<'_>| {
        let word = node.get("type").and_then(Node::as_str);
        word.is_some_and(|word| word.eq_ignore_ascii_case("limited_time_offer"))
    };
    let mut buttons = Buttons::default();
    buttons.around = Around {
        named: items.iter().any(is_named),
        offer: match view {
            Some(view) => view.template.offer.is_some(),
            None => items.iter().any(is_offer),
        },
        card: types.len() == IN_CARDS,
    };
    for (index, node) in items.iter().enumerate() {
        let at = down(&path, index);
        if node.as_object().is_none() {
            wrong_type(findings, node, at, "component", "an object");
            continue;
        }
        if is_of_a_definition(node) {
            findings.find(rules::PAYLOAD_IS_DEFINITION, node, at);
            continue;
        }
        let Some((word, what)) = kind(node, &at, types, findings) else {
            seen.unclear = true;
            continue;
        };
        if word == "button" {
            buttons.judge(node, &at, view, findings);
            continue;
        }
        if seen.types.contains(&word) {
            findings
                .find(rules::PAYLOAD_COMPONENT_REPEATED, node, at)
                .param("what", what);
            continue;
        }
        seen.types.push(word);
        match word {
            "header" => part(node, &at, Part::Header, view, &mut buttons, findings),
            "body" => part(node, &at, Part::Body, view, &mut buttons, findings),
            "carousel" => cards::judge(node, &at, view, findings),
            _ => special::judge(node, &at, word, view, findings),
        }
    }
    if let Some(view) = view
        && !seen.unclear
    {
        absent_parts(list, &path, view, &seen, findings);
        buttons.absent(list, &path, view, findings);
    }
}

/// Says what is missing when there is no list of components at all.
pub(super) fn absent(
    node: &Node<'_>,
    path: Vec<Step>,
    view: Option<View<'_>>,
    findings: &mut Findings<'_>,
) {
    if let Some(view) = view {
        absent_parts(node, &path, view, &Seen::default(), findings);
        Buttons::default().absent(node, &path, view, findings);
    }
}

#[derive(Default)]
struct Seen {
    /// The types of the components that were there.
    types: Vec<&'static str>,
    /// Something could not be read, so that "missing" might be wrong.
    unclear: bool,
}

/// Definitions say their texts and formats; payloads fill them.
fn is_of_a_definition(node: &Node<'_>) -> bool {
    given(node, "parameters").is_none()
        && ["text", "format", "buttons", "example"]
            .iter()
            .any(|key| given(node, key).is_some())
}

fn kind(
    node: &Node<'_>,
    at: &[Step],
    types: &'static [(&'static str, &'static str)],
    findings: &mut Findings<'_>,
) -> Option<(&'static str, &'static str)> {
    let Some(found) = given(node, "type") else {
        missing(
            findings,
            node,
            at,
            "type",
            "\"type\": \"body\", \"header\" or \"button\"",
        );
        return None;
    };
    let Some(word) = found.as_str() else {
        wrong_type(findings, found, down(at, "type"), "type", "a text");
        return None;
    };
    let lower = word.to_ascii_lowercase();
    if lower == "footer" {
        extra(
            node,
            at,
            "a footer takes no parameters in any template",
            Severity::Error,
            findings,
        );
        return None;
    }
    let known = types.iter().find(|(name, _)| *name == lower).copied();
    if known.is_none() {
        let names: Vec<&str> = types.iter().map(|(name, _)| *name).collect();
        let expected = match (lower.as_str(), crate::text::closest(&lower, &names)) {
            ("buttons", _) => "`button`, once for each button".to_owned(),
            (_, Some(near)) => crate::text::one_of(&[near]),
            _ => "`header`, `body` or `button`".to_owned(),
        };
        findings
            .find(rules::PAYLOAD_COMPONENT_UNKNOWN, found, down(at, "type"))
            .param("found", clip(word))
            .param("expected", expected);
    }
    known
}

pub(super) fn extra(
    node: &Node<'_>,
    at: &[Step],
    problem: &str,
    severity: Severity,
    findings: &mut Findings<'_>,
) {
    let lowered = severity != Severity::Error;
    let found = findings.find(rules::PAYLOAD_COMPONENT_EXTRA, node, at.to_vec());
    found.param("problem", problem);
    if lowered {
        found.severity(severity);
    }
}

/// A header or body.
fn part(
    node: &Node<'_>,
    at: &[Step],
    part: Part,
    view: Option<View<'_>>,
    buttons: &mut Buttons,
    findings: &mut Findings<'_>,
) {
    unknown_keys(findings, node, at, part.noun(), &["type", "parameters"]);
    let list = given(node, "parameters");
    if let Some(list) = list
        && list.as_array().is_none()
    {
        return wrong_type(
            findings,
            list,
            down(at, "parameters"),
            "parameters",
            "an array",
        );
    }
    let items = list.and_then(Node::as_array).unwrap_or_default();
    let Some(view) = view else {
        if list.is_some() && items.is_empty() {
            extra(
                node,
                at,
                "the list of parameters is empty",
                Severity::Error,
                findings,
            );
        }
        let path = down(at, "parameters");
        return parameters::shapes(items, &path, part, buttons.around, findings);
    };
    let text = match (part, view.header()) {
        (Part::Body, _) => Some(view.body()),
        (Part::Header, Some(Header::Text(text))) => Some(text),
        (Part::Header, Some(Header::Supplied(_, slot))) => {
            return parameters::file(node, items, at, slot, findings);
        }
        // A header of a kind that is not covered was said already.
        (Part::Header, None) if !view.template.gaps.is_empty() => return,
        (Part::Header, None) => None,
    };
    let slots: &[Slot] = text.map_or(&[], |text| &text.slots);
    if slots.is_empty() && items.is_empty() {
        let severity = if list.is_some() {
            Severity::Error
        } else {
            Severity::Warning
        };
        let problem = ["the ", part.word(), " takes no parameters in ", view.noun()].concat();
        return extra(node, at, &problem, severity, findings);
    }
    parameters::texts(
        node,
        items,
        &down(at, "parameters"),
        part,
        slots,
        view.template,
        findings,
    );
    if let Some(text) = text {
        parameters::hydrated(items, &down(at, "parameters"), part, text, view, findings);
    }
    if part == Part::Body && view.template.is_authentication() {
        buttons.code = items
            .first()
            .and_then(|item| item.get("text"))
            .and_then(Node::as_str)
            .map(str::to_owned);
    }
}

/// Says which components the template needs and the payload lacks.
fn absent_parts(
    list: &Node<'_>,
    path: &[Step],
    view: View<'_>,
    seen: &Seen,
    findings: &mut Findings<'_>,
) {
    let has = |word: &str| seen.types.contains(&word);
    let count = |part: Part, slots: &[Slot], findings: &mut Findings<'_>| {
        if let Some(first) = slots.first() {
            findings
                .find(rules::PAYLOAD_PARAMETER_COUNT, list, path.to_vec())
                .key(first.key.as_str())
                .param("part", ["the ", part.word()].concat())
                .param("given", 0usize)
                .param("expected", slots.len())
                .param(
                    "remedy",
                    ["add a ", part.word(), " component with its parameters"].concat(),
                )
                .details(count_mismatch(part.word(), 0, slots.len()));
        }
    };
    match view.header() {
        Some(Header::Text(text)) if !has("header") => count(Part::Header, &text.slots, findings),
        Some(Header::Supplied(_, slot)) if !has("header") => {
            findings
                .find(rules::PAYLOAD_HEADER_MISSING, list, path.to_vec())
                .key(slot.key.as_str())
                .param("expected", value::media_word(slot.kind))
                .details(value::format_mismatch(slot.kind));
        }
        _ => {}
    }
    if !has("body") {
        count(Part::Body, &view.body().slots, findings);
    }
    if view.card.is_none() {
        special::absent(list, path, view.template, &seen.types, findings);
        if !has("carousel") {
            cards::absent(list, path, view.template, findings);
        }
    }
}
