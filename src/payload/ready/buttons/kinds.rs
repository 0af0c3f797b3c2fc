//! What button components there are, and which a template's button takes.

use crate::findings::{Findings, Found};
use crate::json::Node;
use crate::payload::check::button_needs;
use crate::payload::ready::components::extra;
use crate::payload::ready::{down, given, missing, wrong_type, wrong_word};
use crate::report::{Severity, Step};
use crate::template::{Action, Button, ParameterKind};

/// A `sub_type` that has parameters.
pub(super) struct Kind {
    pub word: &'static str,
    /// The types of its parameters: one of them, or (of calls) each once.
    pub types: &'static [&'static str],
    /// Whether its component may come without parameters.
    pub bare: bool,
}

const fn kind(word: &'static str, types: &'static [&'static str], bare: bool) -> Kind {
    Kind { word, types, bare }
}

pub(super) static KINDS: &[Kind] = &[
    kind("url", &["text"], false),
    kind("quick_reply", &["payload"], false),
    kind("copy_code", &["coupon_code"], false),
    kind("flow", &["action"], true),
    kind("catalog", &["action"], true),
    kind("mpm", &["action"], false),
    kind("order_details", &["action"], false),
    kind("payment_request", &["action"], false),
    kind("voice_call", &["ttl_minutes", "payload"], true),
];

/// Tells a finding which button lacks its parameter.
pub(super) fn needs_one(found: &mut Found, button: &Button, wanted: &Kind) {
    let index = button.index.to_string();
    let slot = button.slot();
    found
        .key(slot.map_or("body.1", |slot| slot.key.as_str()))
        .param(
            "label",
            slot.map_or("the one-time code", |slot| slot.label.as_str()),
        )
        .param("index", index.as_str())
        .param("sub_type", wanted.word);
    if wanted.word == "url" {
        found.details(button_needs(&index, "Url"));
    }
}

/// The kind of component that a button takes, and whether it needs one; none for buttons that take nothing.
pub(super) fn wanted(button: &Button) -> Option<(&'static Kind, bool)> {
    let (word, needed) = match &button.action {
        Action::Reply(_) => ("quick_reply", false),
        Action::Open {
            suffix: Some(_), ..
        }
        | Action::Code => ("url", true),
        Action::Coupon(_) => ("copy_code", true),
        Action::Act(slot) => match slot.kind {
            // Its token may be left out, its component may not.
            ParameterKind::Flow => ("flow", true),
            // Without its product, and not without its component (reported with 131008).
            ParameterKind::Catalog => ("catalog", true),
            ParameterKind::MultiProduct => ("mpm", slot.required),
            ParameterKind::OrderDetails => ("order_details", slot.required),
            ParameterKind::PaymentRequest => ("payment_request", slot.required),
            _ => ("voice_call", slot.required),
        },
        Action::Open { suffix: None, .. } | Action::Call(_) | Action::Fixed | Action::Other => {
            return None;
        }
    };
    Some((KINDS.iter().find(|kind| kind.word == word)?, needed))
}

pub(super) fn sub_type(
    node: &Node<'_>,
    at: &[Step],
    findings: &mut Findings<'_>,
) -> Option<String> {
    let Some(found) = given(node, "sub_type") else {
        missing(
            findings,
            node,
            at,
            "sub_type",
            "\"sub_type\": \"url\", \"quick_reply\" or \"copy_code\"",
        );
        return None;
    };
    let Some(word) = found.as_str() else {
        wrong_type(findings, found, down(at, "sub_type"), "sub_type", "a text");
        return None;
    };
    // Meta's samples have both cases.
    let lower = word.to_ascii_lowercase();
    let words: Vec<&str> = KINDS.iter().map(|kind| kind.word).collect();
    if words.contains(&lower.as_str()) {
        return Some(lower);
    }
    if lower == "phone_number" {
        let problem = "a call button takes no parameters in any template";
        extra(node, at, problem, Severity::Error, findings);
    } else {
        let expected = match crate::text::closest(&lower, &words) {
            Some(near) => crate::text::one_of(&[near]),
            None => crate::text::one_of(&words),
        };
        wrong_word(findings, found, down(at, "sub_type"), "sub_type", &expected);
    }
    None
}
