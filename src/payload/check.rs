//! Judges a message against its template.

use super::input::{self, Input};
use super::length::Length;
use super::place::Place;
use super::value::{self, Media, Role, Source, as_text};
use crate::document::examine;
use crate::findings::{Findings, Note, Options};
use crate::json::Node;
use crate::limits::Limit;
use crate::path;
use crate::report::Report;
use crate::rules;
use crate::template::{Action, Header, ParameterKind, Piece, Slot, Template, Text, value_path};
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
}

/// A value that was understood.
#[derive(Debug, Clone)]
pub(super) enum Given<'n, 't> {
    /// A text, or a number as it was written.
    Text(Cow<'n, str>),
    /// Meta's own object for a currency, a date, a location or a product, by its name.
    Object(&'static str, &'n Node<'t>),
    /// A file.
    Media(Media<'n>),
}

impl Given<'_, '_> {
    /// What the recipient reads in its place.
    fn shown(&self) -> &str {
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
        self.check_with(message, options, &[])
    }

    /// The same for a text that could not say everything its value held.
    pub fn check_with(&self, message: &str, options: &Options, notes: &[Note]) -> Report {
        examine(message, options, notes, |root, findings| {
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
    };
    if root.as_object().is_none() {
        return filled;
    }
    let (values, at) = match root.get("values") {
        Some(node) if !node.is_null() => (node, path!["values"]),
        _ => (root, path![]),
    };
    let counts = Counts::of(template, &filled.input);
    for slot in template.slots() {
        let Some(node) = filled.input.values.get(slot.key.as_str()).copied() else {
            if slot.required {
                missing(slot, &counts, values, at.clone(), findings);
            }
            continue;
        };
        if let Some(given) = understand(template, slot, node, findings) {
            filled.given.insert(slot.key.as_str(), given);
        }
    }
    if let Some(Header::Text(text)) = &template.header {
        hydrated(
            template,
            text,
            "header",
            Limit::HeaderChars,
            &filled,
            values,
            findings,
        );
    }
    hydrated(
        template,
        &template.body,
        "body",
        Limit::BodyChars,
        &filled,
        values,
        findings,
    );
    filled
}

/// Says when the template itself cannot be sent, or not be judged.
pub(super) fn sendable(template: &Template, root: &Node<'_>, findings: &mut Findings<'_>) {
    for gap in &template.gaps {
        findings
            .find(&rules::KIND_NOT_COVERED, root, path![])
            .param("kind", gap.what.as_str());
        findings.incomplete();
    }
    let Some(status) = template.status.as_deref() else {
        return;
    };
    let rule = match status {
        "PAUSED" => &rules::TEMPLATE_PAUSED,
        "DISABLED" => &rules::TEMPLATE_DISABLED,
        "PENDING" | "REJECTED" | "IN_APPEAL" | "DELETED" | "ARCHIVED" | "LIMIT_EXCEEDED" => {
            &rules::TEMPLATE_NOT_APPROVED
        }
        _ => return,
    };
    let found = findings.find(rule, root, path![]);
    found
        .param("name", template.name.as_str())
        .param("status", status.to_ascii_lowercase().replace('_', " "));
}

/// Meta's words for the numbers of parameters that header and body have.
struct Counts {
    header: String,
    body: String,
}

impl Counts {
    fn of(template: &Template, input: &Input<'_, '_>) -> Self {
        let count = |scope: &str, slots: &[Slot]| {
            let given = slots
                .iter()
                .filter(|slot| input.values.contains_key(slot.key.as_str()));
            count_mismatch(scope, given.count(), slots.len())
        };
        let header: &[Slot] = match &template.header {
            Some(Header::Text(text)) => &text.slots,
            _ => &[],
        };
        Counts {
            header: count("header", header),
            body: count("body", &template.body.slots),
        }
    }
}

fn missing(
    slot: &Slot,
    counts: &Counts,
    values: &Node<'_>,
    path: Vec<crate::report::Step>,
    findings: &mut Findings<'_>,
) {
    let (rule, details) = match slot.kind {
        ParameterKind::Text | ParameterKind::OneTimeCode => {
            let header = slot.key.starts_with("header.");
            let details = if header { &counts.header } else { &counts.body };
            (&rules::VALUE_MISSING, Some(details.clone()))
        }
        kind if slot.key.starts_with("header.") => {
            (&rules::FILE_MISSING, Some(value::format_mismatch(kind)))
        }
        ParameterKind::UrlSuffix => {
            let index = slot.key.strip_prefix("buttons.").unwrap_or_default();
            (
                &rules::BUTTON_VALUE_MISSING,
                Some(button_needs(index, "Url")),
            )
        }
        _ => (&rules::BUTTON_VALUE_MISSING, None),
    };
    let found = findings.find(rule, values, path);
    found
        .key(slot.key.as_str())
        .param("key", slot.key.as_str())
        .param("label", slot.label.as_str());
    if let Some(details) = details {
        found.details(details);
    }
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

fn understand<'n, 't>(
    template: &Template,
    slot: &Slot,
    node: &'n Node<'t>,
    findings: &mut Findings<'_>,
) -> Option<Given<'n, 't>> {
    let place = Place {
        key: &slot.key,
        label: &slot.label,
        path: value_path(&slot.key),
    };
    let expects = |findings: &mut Findings<'_>, what: &str| {
        place
            .find(findings, &rules::WRONG_TYPE, node)
            .param("name", slot.key.as_str())
            .param("expected", what)
            .param("found", node.noun());
    };
    let role = match slot.kind {
        ParameterKind::Text => {
            for name in ["currency", "date_time"] {
                let Some(inner) = node.get(name) else {
                    continue;
                };
                let inside = place.member(name);
                match name {
                    "currency" => value::currency(findings, inner, &inside),
                    _ => value::date_time(findings, inner, &inside),
                }
                return Some(Given::Object(name, inner));
            }
            Role::Text
        }
        ParameterKind::OneTimeCode => Role::Code,
        ParameterKind::Payload => Role::Payload,
        ParameterKind::CouponCode => Role::Coupon,
        ParameterKind::UrlSuffix => {
            let action = template
                .buttons
                .iter()
                .find(|button| button.slot().is_some_and(|s| s.key == slot.key))
                .map(|button| &button.action);
            match action {
                Some(Action::Open { base, behind, .. }) => Role::Suffix(base, behind),
                _ => Role::Suffix("", ""),
            }
        }
        ParameterKind::Location => {
            value::location(findings, node, &place);
            return Some(Given::Object("location", node));
        }
        ParameterKind::Product => {
            value::product(findings, node, &place);
            return Some(Given::Object("product", node));
        }
        kind => return media(slot, kind, node, &place, findings),
    };
    let Some(text) = as_text(node) else {
        let what = match slot.kind {
            ParameterKind::Text => "a text, a number, or Meta's currency or date_time object",
            _ => "a text or a number",
        };
        expects(findings, what);
        return None;
    };
    value::text(findings, node, &text, &place, role);
    Some(Given::Text(text))
}

fn media<'n, 't>(
    slot: &Slot,
    kind: ParameterKind,
    node: &'n Node<'t>,
    place: &Place<'_>,
    findings: &mut Findings<'_>,
) -> Option<Given<'n, 't>> {
    if let Some(word) = as_text(node) {
        if value::is_blank(&word) {
            value::source_missing(findings, node, place, kind, "a blank text");
            return None;
        }
        let digits = word.bytes().all(|b| b.is_ascii_digit());
        let source = match (digits, node.as_str()) {
            (false, Some(link)) => {
                super::link::judge(findings, node, link, place, kind, None);
                Source::Link(link)
            }
            _ => {
                value::media_id(findings, node, &word, place);
                Source::Id(word)
            }
        };
        if kind == ParameterKind::Document {
            place.find(findings, &rules::DOCUMENT_FILENAME, node);
        }
        return Some(Given::Media(Media {
            source,
            filename: None,
        }));
    }
    if node.as_object().is_none() {
        place
            .find(findings, &rules::WRONG_TYPE, node)
            .param("name", slot.key.as_str())
            .param("expected", "a link, an id, or an object with one of them")
            .param("found", node.noun());
        return None;
    }
    value::media(findings, node, place, kind).map(Given::Media)
}

/// Counts a text with its values in.
fn hydrated(
    template: &Template,
    text: &Text,
    part: &'static str,
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
    findings.measure(limit, used, values, path!["values"], Some(part.to_owned()));
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
    let Some((rule, over)) = length.breaks(template, findings) else {
        return;
    };
    let (max, most) = (findings.max(limit), findings.max(Limit::BodyOnlyChars));
    let found = findings.find(rule, node, value_path(&slot.key));
    found.key(slot.key.as_str());
    length.tell(over, max, most, found);
}
