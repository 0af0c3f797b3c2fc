//! Judges a message against its template.

use super::input::{self, Input};
use super::length::Length;
use super::reach;
use super::understand::understand;
use super::value::{self, Media};
use crate::document::examine;
use crate::findings::{Findings, Found, Options};
use crate::json::Node;
use crate::limits::Limit;
use crate::path;
use crate::report::{Report, Step};
use crate::rules;
use crate::template::{Card, Header, ParameterKind, Piece, Slot, Template, Text, value_path};
use crate::text::{count_chars, utf16_len};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A message with its values understood.
#[derive(Debug)]
pub(super) struct Filled<'n, 't, 'k> {
    /// Who gets it, and what goes along.
    pub input: Input<'n, 't>,
    /// The values, by key.
    pub given: BTreeMap<&'k str, Given<'n, 't>>,
    /// How many cards it has.
    pub cards: usize,
}

/// A value that was understood.
#[derive(Debug, Clone)]
pub(super) enum Given<'n, 't> {
    /// A text, or a number as it was written.
    Text(Cow<'n, str>),
    /// Meta's own object for a currency, a date, a location, a flow …, by its name.
    Object(&'static str, &'n Node<'t>),
    /// A file.
    Media(Media<'n>),
}

impl Given<'_, '_> {
    /// What the recipient reads in its place.
    pub(super) fn shown(&self) -> &str {
        match self {
            Given::Text(text) => text,
            Given::Object(_, node) => node
                .get("fallback_value")
                .and_then(Node::as_str)
                .unwrap_or_default(),
            Given::Media(_) => "",
        }
    }
}

impl Template {
    /// Judges a message given as JSON text. Total: any text gives a report.
    pub fn check(&self, message: &str, options: &Options) -> Report {
        examine(message, options, |root, findings| {
            judge(self, root, findings);
        })
    }
}

/// Judges a message and understands its values.
pub(super) fn judge<'n, 't, 'k>(
    template: &'k Template,
    root: &'n Node<'t>,
    findings: &mut Findings<'_>,
) -> Filled<'n, 't, 'k> {
    sendable(template, root, findings);
    let input = input::read(template, root, findings);
    let mut filled = Filled {
        input,
        given: BTreeMap::new(),
        cards: 0,
    };
    if root.as_object().is_none() {
        return filled;
    }
    let (values, at) = match root.get("values") {
        Some(node) if !node.is_null() => (node, path!["values"]),
        _ => (root, path![]),
    };
    filled.cards = sent_cards(template, &filled.input);
    let mut counts = Counts::default();
    let mut gone = Gone::default();
    // What may still be coming is not missing.
    let open = values.open || root.open;
    for slot in template.slots() {
        if let Some(card) = slot.card {
            if card >= filled.cards {
                continue;
            }
            if gone.is(card, template, &filled.input) {
                if gone.told.replace(card) != Some(card) && !open {
                    card_missing(template, slot, card, values, at.clone(), findings);
                }
                continue;
            }
        }
        let Some(node) = filled.input.values.get(slot.key.as_str()).copied() else {
            if !open {
                if slot.required {
                    let details = counts.details(template, slot, &filled.input);
                    missing(slot, details, values, at.clone(), findings);
                } else if slot.kind == ParameterKind::PaymentRequest {
                    named(
                        findings.find(rules::PAYMENT_MISSING, values, at.clone()),
                        slot,
                    );
                }
            }
            continue;
        };
        if let Some(given) = understand(template, slot, node, findings) {
            filled.given.insert(slot.key.as_str(), given);
        }
    }
    let header = match &template.header {
        Some(Header::Text(text)) => Some(text),
        _ => None,
    };
    if let Some(text) = header {
        let place = ["header", "header"];
        hydrated(
            template,
            text,
            place,
            Limit::HeaderChars,
            &filled,
            values,
            findings,
        );
    }
    let place = ["body", "body"];
    hydrated(
        template,
        &template.body,
        place,
        template.body_limit,
        &filled,
        values,
        findings,
    );
    for card in template.cards().iter().take(filled.cards) {
        let number = (card.index + 1).to_string();
        let part = ["body of card ", &number].concat();
        let key = ["cards.", &card.index.to_string(), ".body"].concat();
        let place = [part.as_str(), key.as_str()];
        hydrated(
            template,
            &card.body,
            place,
            Limit::CardBodyChars,
            &filled,
            values,
            findings,
        );
    }
    filled
}

/// How many cards a message has: all that it must have, and those up to the last that it brings.
fn sent_cards(template: &Template, input: &Input<'_, '_>) -> usize {
    let Some(carousel) = &template.carousel else {
        return 0;
    };
    let brought = carousel.cards.iter().filter(|card| brings(card, input));
    brought
        .map(|card| card.index + 1)
        .max()
        .unwrap_or(0)
        .max(carousel.least)
}

fn brings(card: &Card, input: &Input<'_, '_>) -> bool {
    card.slots()
        .any(|slot| input.values.contains_key(slot.key.as_str()))
}

/// Cards without any value, each looked at once.
#[derive(Default)]
struct Gone {
    last: Option<(usize, bool)>,
    /// The last card that was told.
    told: Option<usize>,
}

impl Gone {
    fn is(&mut self, card: usize, template: &Template, input: &Input<'_, '_>) -> bool {
        match self.last {
            Some((known, gone)) if known == card => gone,
            _ => {
                let gone = !template
                    .cards()
                    .get(card)
                    .is_some_and(|card| brings(card, input));
                self.last = Some((card, gone));
                gone
            }
        }
    }
}

fn card_missing(
    template: &Template,
    slot: &Slot,
    card: usize,
    values: &Node<'_>,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) {
    let least = template.carousel.as_ref().map_or(0, |c| c.least);
    let (problem, remedy) = if card < least {
        (
            ["the template has ", &least.to_string(), " cards"].concat(),
            "fill in every card of the template",
        )
    } else {
        (
            "the message has cards behind it".to_owned(),
            "number the cards without gaps, from 0",
        )
    };
    findings
        .find(rules::CARD_MISSING, values, path)
        .key(slot.key.as_str())
        .param("problem", problem)
        .param("card", card + 1)
        .param("at", card)
        .param("remedy", remedy)
        .details("header component parameter should not be empty");
}

/// Says when the template itself cannot be sent, or not be judged.
pub(super) fn sendable(template: &Template, root: &Node<'_>, findings: &mut Findings<'_>) {
    for gap in &template.gaps {
        findings
            .find(rules::KIND_NOT_COVERED, root, path![])
            .param("kind", gap.what.as_str());
        findings.incomplete();
    }
    reach::template(&template.name, root, findings);
    let Some(status) = template.status.as_deref() else {
        return;
    };
    let rule = match status {
        "PAUSED" => rules::TEMPLATE_PAUSED,
        "DISABLED" => rules::TEMPLATE_DISABLED,
        "PENDING" | "REJECTED" | "IN_APPEAL" | "DELETED" | "ARCHIVED" | "LIMIT_EXCEEDED"
        | "PENDING_DELETION" | "LOCKED" => rules::TEMPLATE_NOT_APPROVED,
        _ => return,
    };
    let found = findings.find(rule, root, path![]);
    found
        .param("name", template.name.as_str())
        .param("status", status.to_ascii_lowercase().replace('_', " "));
}

/// Meta's words about missing parameters, made once for each text.
#[derive(Default)]
struct Counts(Vec<((Option<usize>, bool), String)>);

impl Counts {
    fn details(
        &mut self,
        template: &Template,
        slot: &Slot,
        input: &Input<'_, '_>,
    ) -> Option<String> {
        let (header, body) = match slot.card {
            None => (&template.header, &template.body),
            Some(card) => {
                let card = template.cards().get(card)?;
                (&card.header, &card.body)
            }
        };
        match slot.kind {
            ParameterKind::Text | ParameterKind::OneTimeCode => {}
            kind if kind.is_in_header() => return Some(value::format_mismatch(kind)),
            ParameterKind::UrlSuffix => {
                let index = slot.key.rsplit('.').next().unwrap_or_default();
                return Some(button_needs(index, "Url"));
            }
            _ => return None,
        }
        let in_header = match slot.card {
            None => slot.key.starts_with("header."),
            Some(_) => slot.key.split('.').nth(2) == Some("header"),
        };
        let known = self
            .0
            .iter()
            .find(|(text, _)| *text == (slot.card, in_header));
        if let Some((_, words)) = known {
            return Some(words.clone());
        }
        let (scope, slots) = match header {
            Some(Header::Text(text)) if in_header => ("header", text.slots.as_slice()),
            _ => ("body", body.slots.as_slice()),
        };
        let mut given = 0;
        for slot in slots {
            given += usize::from(input.values.contains_key(slot.key.as_str()));
        }
        let words = count_mismatch(scope, given, slots.len());
        self.0.push(((slot.card, in_header), words.clone()));
        Some(words)
    }
}

fn missing(
    slot: &Slot,
    details: Option<String>,
    values: &Node<'_>,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) {
    let rule = match slot.kind {
        ParameterKind::Text | ParameterKind::OneTimeCode => rules::VALUE_MISSING,
        ParameterKind::Expiry | ParameterKind::OrderStatus => rules::PART_MISSING,
        kind if kind.is_in_header() => rules::FILE_MISSING,
        _ => rules::BUTTON_VALUE_MISSING,
    };
    let found = named(findings.find(rule, values, path), slot);
    if let Some(details) = details {
        found.details(details);
    }
}

fn named<'f>(found: &'f mut Found, slot: &Slot) -> &'f mut Found {
    found
        .key(slot.key.as_str())
        .param("key", slot.key.as_str())
        .param("label", slot.label.as_str())
}

/// Meta's words for a wrong number of parameters.
pub(super) fn count_mismatch(scope: &str, given: usize, expected: usize) -> String {
    format!(
        "{scope}: number of localizable_params ({given}) does not match the expected number of params ({expected})"
    )
}

/// Meta's words for a button that lacks its parameter.
pub(super) fn button_needs(index: &str, kind: &str) -> String {
    format!("buttons: Button at index {index} of type {kind} requires a parameter")
}

/// Counts a text with its values in.
fn hydrated(
    template: &Template,
    text: &Text,
    [part, key]: [&str; 2],
    limit: Limit,
    filled: &Filled<'_, '_, '_>,
    values: &Node<'_>,
    findings: &mut Findings<'_>,
) {
    if text.slots.is_empty() {
        return;
    }
    let (mut used, mut units) = (0, 0);
    let lengths: Vec<(usize, usize)> = text
        .slots
        .iter()
        .map(|slot| {
            let shown = filled.given.get(slot.key.as_str()).map_or("", Given::shown);
            (count_chars(shown), utf16_len(shown))
        })
        .collect();
    for piece in &text.pieces {
        let (chars, length) = match piece {
            Piece::Fixed(fixed) => (count_chars(fixed), utf16_len(fixed)),
            Piece::Slot(slot) => lengths.get(*slot).copied().unwrap_or_default(),
        };
        used += chars;
        units += length;
    }
    findings.measure(limit, used, values, path!["values"], Some(key.to_owned()));
    let longest = text
        .slots
        .iter()
        .zip(&lengths)
        .max_by_key(|(_, (chars, _))| *chars)
        .map(|(slot, _)| slot);
    let Some(slot) = longest else { return };
    let Some(node) = filled.input.values.get(slot.key.as_str()).copied() else {
        return;
    };
    let length = Length {
        part,
        limit,
        used,
        units,
    };
    length.judge(template, node, value_path(&slot.key), &slot.key, findings);
}
