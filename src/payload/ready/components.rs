//! The components of a payload: which are there, and whether the template has a part for each.

use super::buttons::Buttons;
use super::parameters::{self, Part};
use super::{down, given, missing, unknown_keys, wrong_type};
use crate::findings::Findings;
use crate::json::Node;
use crate::payload::check::count_mismatch;
use crate::payload::value;
use crate::report::{Severity, Step};
use crate::rules;
use crate::template::{Header, Slot, Template};
use crate::text::clip;

const TYPES: &[&str] = &[
    "header",
    "body",
    "button",
    "carousel",
    "limited_time_offer",
    "order_status",
    "tap_target_configuration",
];

/// Judges a list of components; `list` stands at `path`.
pub(super) fn judge(
    list: &Node<'_>,
    path: Vec<Step>,
    template: Option<&Template>,
    findings: &mut Findings<'_>,
) {
    let mut seen = Seen::default();
    let mut buttons = Buttons::default();
    for (index, node) in list.as_array().unwrap_or_default().iter().enumerate() {
        let at = down(&path, index);
        if node.as_object().is_none() {
            wrong_type(findings, node, at, "component", "an object");
            continue;
        }
        if is_of_a_definition(node) {
            findings.find(&rules::PAYLOAD_IS_DEFINITION, node, at);
            continue;
        }
        let Some(word) = kind(node, &at, findings) else {
            seen.unclear = true;
            continue;
        };
        match word.as_str() {
            "header" => {
                if seen.first(
                    &mut |seen| &mut seen.header,
                    node,
                    &at,
                    "a header",
                    findings,
                ) {
                    part(node, &at, Part::Header, template, &mut buttons, findings);
                }
            }
            "body" => {
                if seen.first(&mut |seen| &mut seen.body, node, &at, "a body", findings) {
                    part(node, &at, Part::Body, template, &mut buttons, findings);
                }
            }
            "button" => buttons.judge(node, &at, template, findings),
            "carousel" => cards(node, &at, template, findings),
            _ => special(node, &at, &word, template, findings),
        }
    }
    if let Some(template) = template
        && !seen.unclear
    {
        absent_parts(list, &path, template, &seen, findings);
        buttons.absent(list, &path, template, findings);
    }
}

/// Says what is missing when there is no list of components at all.
pub(super) fn absent(
    node: &Node<'_>,
    path: Vec<Step>,
    template: Option<&Template>,
    findings: &mut Findings<'_>,
) {
    if let Some(template) = template {
        absent_parts(node, &path, template, &Seen::default(), findings);
        Buttons::default().absent(node, &path, template, findings);
    }
}

#[derive(Default)]
struct Seen {
    header: bool,
    body: bool,
    /// Something could not be read, so that "missing" might be wrong.
    unclear: bool,
}

impl Seen {
    /// Whether this is the first component of its kind; another one is a finding.
    fn first(
        &mut self,
        flag: &mut dyn FnMut(&mut Seen) -> &mut bool,
        node: &Node<'_>,
        at: &[Step],
        what: &str,
        findings: &mut Findings<'_>,
    ) -> bool {
        let again = std::mem::replace(flag(self), true);
        if again {
            findings
                .find(&rules::PAYLOAD_COMPONENT_REPEATED, node, at.to_vec())
                .param("what", what);
        }
        !again
    }
}

/// Definitions say their texts and formats; payloads fill them.
fn is_of_a_definition(node: &Node<'_>) -> bool {
    given(node, "parameters").is_none()
        && ["text", "format", "buttons", "example"]
            .iter()
            .any(|key| given(node, key).is_some())
}

fn kind(node: &Node<'_>, at: &[Step], findings: &mut Findings<'_>) -> Option<String> {
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
    if !TYPES.contains(&lower.as_str()) {
        let expected = match lower.as_str() {
            "buttons" => "`button`, once for each button".to_owned(),
            _ => match crate::text::closest(&lower, TYPES) {
                Some(near) => format!("`{near}`"),
                None => "`header`, `body` or `button`".to_owned(),
            },
        };
        findings
            .find(&rules::PAYLOAD_COMPONENT_UNKNOWN, found, down(at, "type"))
            .param("found", clip(word))
            .param("expected", expected);
        return None;
    }
    Some(lower)
}

pub(super) fn extra(
    node: &Node<'_>,
    at: &[Step],
    problem: &str,
    severity: Severity,
    findings: &mut Findings<'_>,
) {
    let lowered = severity != Severity::Error;
    let found = findings.find(&rules::PAYLOAD_COMPONENT_EXTRA, node, at.to_vec());
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
    template: Option<&Template>,
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
    let Some(template) = template else {
        if list.is_some() && items.is_empty() {
            extra(
                node,
                at,
                "the list of parameters is empty",
                Severity::Error,
                findings,
            );
        }
        return parameters::shapes(items, &down(at, "parameters"), part, findings);
    };
    let text = match (part, &template.header) {
        (Part::Body, _) => Some(&template.body),
        (Part::Header, Some(Header::Text(text))) => Some(text),
        (Part::Header, Some(Header::Supplied(_, slot))) => {
            return parameters::file(node, items, at, slot, findings);
        }
        // A header of a kind that is not covered was said already.
        (Part::Header, None) if !template.gaps.is_empty() => return,
        (Part::Header, None) => None,
    };
    let slots: &[Slot] = text.map_or(&[], |text| &text.slots);
    if slots.is_empty() && items.is_empty() {
        let severity = if list.is_some() {
            Severity::Error
        } else {
            Severity::Warning
        };
        let problem = format!("the {} takes no parameters in this template", part.word());
        return extra(node, at, &problem, severity, findings);
    }
    parameters::texts(
        node,
        items,
        &down(at, "parameters"),
        part,
        slots,
        template,
        findings,
    );
    if let Some(text) = text {
        parameters::hydrated(
            items,
            &down(at, "parameters"),
            part,
            text,
            template,
            findings,
        );
    }
    if part == Part::Body && template.is_authentication() {
        buttons.code = items
            .first()
            .and_then(|item| item.get("text"))
            .and_then(Node::as_str)
            .map(str::to_owned);
    }
}

/// Says which header and body the template needs and the payload lacks.
fn absent_parts(
    list: &Node<'_>,
    path: &[Step],
    template: &Template,
    seen: &Seen,
    findings: &mut Findings<'_>,
) {
    let count = |part: Part, slots: &[Slot], findings: &mut Findings<'_>| {
        if let Some(first) = slots.first() {
            findings
                .find(&rules::PAYLOAD_PARAMETER_COUNT, list, path.to_vec())
                .key(first.key.as_str())
                .param("part", format!("the {}", part.word()))
                .param("given", 0usize)
                .param("expected", slots.len())
                .param(
                    "remedy",
                    format!("add a {} component with its parameters", part.word()),
                )
                .details(count_mismatch(part.word(), 0, slots.len()));
        }
    };
    match &template.header {
        Some(Header::Text(text)) if !seen.header => count(Part::Header, &text.slots, findings),
        Some(Header::Supplied(_, slot)) if !seen.header => {
            findings
                .find(&rules::PAYLOAD_HEADER_MISSING, list, path.to_vec())
                .key(slot.key.as_str())
                .param("expected", value::media_word(slot.kind))
                .details(value::format_mismatch(slot.kind));
        }
        _ => {}
    }
    if !seen.body {
        count(Part::Body, &template.body.slots, findings);
    }
}

/// A carousel's cards, by their shape.
fn cards(node: &Node<'_>, at: &[Step], template: Option<&Template>, findings: &mut Findings<'_>) {
    if template.is_some_and(|template| template.gaps.is_empty()) {
        return extra(
            node,
            at,
            "the template has no carousel",
            Severity::Error,
            findings,
        );
    }
    unknown_keys(findings, node, at, "a carousel", &["type", "cards"]);
    let path = down(at, "cards");
    let Some(list) = given(node, "cards") else {
        return missing(
            findings,
            node,
            at,
            "cards",
            "`cards`, a list with one entry for each card",
        );
    };
    let Some(items) = list.as_array() else {
        return wrong_type(findings, list, path, "cards", "an array");
    };
    if items.is_empty() {
        return extra(
            node,
            at,
            "the list of cards is empty",
            Severity::Error,
            findings,
        );
    }
    for (index, card) in items.iter().enumerate() {
        let at = down(&path, index);
        if card.as_object().is_none() {
            wrong_type(findings, card, at, "card", "an object");
            continue;
        }
        unknown_keys(findings, card, &at, "a card", &["card_index", "components"]);
        match given(card, "card_index") {
            Some(number) if number.as_i64().is_none() => {
                wrong_type(
                    findings,
                    number,
                    down(&at, "card_index"),
                    "card_index",
                    "a whole number",
                );
            }
            Some(_) => {}
            None => missing(
                findings,
                card,
                &at,
                "card_index",
                "the card's place, counted from 0",
            ),
        }
        match given(card, "components") {
            Some(list) if list.as_array().is_some() => {
                judge(list, down(&at, "components"), None, findings);
            }
            Some(list) => wrong_type(
                findings,
                list,
                down(&at, "components"),
                "components",
                "an array",
            ),
            None => missing(findings, card, &at, "components", "the card's components"),
        }
    }
}

/// Components of kinds that are judged by their shape alone.
fn special(
    node: &Node<'_>,
    at: &[Step],
    word: &str,
    template: Option<&Template>,
    findings: &mut Findings<'_>,
) {
    // A tap target overrides a button of any template; the others need a part of their kind.
    let free = matches!(word, "tap_target_configuration" | "order_status");
    if !free && template.is_some_and(|template| template.gaps.is_empty()) {
        let problem = format!("the template has no {}", word.replace('_', " "));
        return extra(node, at, &problem, Severity::Error, findings);
    }
    if template.is_some() {
        findings
            .find(&rules::KIND_NOT_COVERED, node, at.to_vec())
            .param("kind", format!("a component of type `{word}`"))
            .severity(if free {
                Severity::Warning
            } else {
                Severity::Error
            });
        findings.incomplete();
    }
    unknown_keys(
        findings,
        node,
        at,
        "this component",
        &["type", "parameters"],
    );
    match given(node, "parameters") {
        None => missing(
            findings,
            node,
            at,
            "parameters",
            "`parameters`, a list with one entry",
        ),
        Some(list) if list.as_array().is_none() => {
            wrong_type(
                findings,
                list,
                down(at, "parameters"),
                "parameters",
                "an array",
            );
        }
        Some(_) => {}
    }
}
