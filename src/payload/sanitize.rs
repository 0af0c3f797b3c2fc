//! Changes a message's values where Meta would refuse them, and lists every change.

use crate::findings::Options;
use crate::json::{Node, ProblemKind, Value, parse, write_value};
use crate::limits::Limit;
use crate::report::Change;
use crate::template::{ParameterKind, Template};
use crate::text::{sanitize_text, utf16_len};
use serde::Serialize;
use std::collections::BTreeMap;

/// A message after sanitizing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sanitized {
    /// The message; keys that nobody knows are still there, and in the same order.
    pub message: Node<'static>,
    /// Every change, in the order of the values.
    pub changes: Vec<KeyedChange>,
    /// False where the text held what a message cannot (half a character): it was left alone, and `check` says why.
    #[serde(skip)]
    pub readable: bool,
}

/// A change and the parameter it was made in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyedChange {
    /// The parameter's key.
    pub key: String,
    /// The change.
    #[serde(flatten)]
    pub change: Change,
}

impl Sanitized {
    /// The message as JSON text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        write_value(&mut out, &self.message);
        out
    }
}

impl Template {
    /// Sanitizes the values of a message given as JSON text.
    pub fn sanitize(&self, message: &str, options: &Options) -> Sanitized {
        let parsed = parse(message);
        let readable = !parsed
            .problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::LoneSurrogate);
        let mut message = parsed
            .root
            .map_or_else(|| Node::made(Value::Null), |node| node.owned());
        let mut changes = Vec::new();
        if !readable {
            return Sanitized {
                message,
                changes,
                readable,
            };
        }
        let kinds: BTreeMap<&str, ParameterKind> = self
            .slots()
            .into_iter()
            .map(|slot| (slot.key.as_str(), slot.kind))
            .collect();
        let spaces = options.limits.max(Limit::ValueSpaceRun);
        for values in members(&mut message, "values") {
            let Value::Object(values) = &mut values.value else {
                continue;
            };
            for member in values {
                let Some(kind) = kinds.get(member.key.as_ref()) else {
                    continue;
                };
                for text in texts(&mut member.value, *kind) {
                    let (clean, made) = match kind {
                        ParameterKind::CouponCode => trim(text),
                        _ => sanitize_text(text, spaces),
                    };
                    *text = clean;
                    changes.extend(made.into_iter().map(|change| KeyedChange {
                        key: member.key.to_string(),
                        change,
                    }));
                }
            }
        }
        Sanitized {
            message,
            changes,
            readable,
        }
    }
}

/// Every member of that name: of repeated ones the last counts, but all of them stay.
fn members<'m>(
    node: &'m mut Node<'static>,
    key: &str,
) -> impl Iterator<Item = &'m mut Node<'static>> {
    let members: &mut [_] = match &mut node.value {
        Value::Object(members) => members,
        _ => &mut [],
    };
    members
        .iter_mut()
        .filter(move |member| member.key == key)
        .map(|member| &mut member.value)
}

/// The texts of a value that sanitizing may change.
fn texts<'v>(value: &'v mut Node<'static>, kind: ParameterKind) -> Vec<&'v mut String> {
    let sanitized = matches!(
        kind,
        ParameterKind::Text
            | ParameterKind::OneTimeCode
            | ParameterKind::UrlSuffix
            | ParameterKind::CouponCode
    );
    if !sanitized {
        return Vec::new();
    }
    match &mut value.value {
        Value::String(text) => vec![text.to_mut()],
        Value::Object(objects) => objects
            .iter_mut()
            .filter(|m| matches!(m.key.as_ref(), "currency" | "date_time"))
            .flat_map(|m| members(&mut m.value, "fallback_value"))
            .filter_map(|node| match &mut node.value {
                Value::String(text) => Some(text.to_mut()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Takes the blanks around a coupon code away: they are no part of it, and Meta refuses them.
fn trim(text: &str) -> (String, Vec<Change>) {
    let reason = "a coupon code has letters and digits only";
    let start = text.len() - text.trim_start().len();
    let kept = text.trim();
    let end = start + kept.len();
    let mut changes = Vec::new();
    for (from, to) in [(0, start), (end, text.len())] {
        let before = text.get(from..to).unwrap_or_default();
        if !before.is_empty() {
            let at = text.get(..from).map_or(0, utf16_len);
            changes.push(Change {
                start: at,
                end: at + utf16_len(before),
                before: before.to_owned(),
                after: String::new(),
                reason,
            });
        }
    }
    (kept.to_owned(), changes)
}
