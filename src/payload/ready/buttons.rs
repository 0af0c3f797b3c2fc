//! The button components of a payload: one for each button that takes a parameter.

use super::components::extra;
use super::parameters::{mandatory, type_of};
use super::{down, given, missing, unknown_keys, wrong_type};
use crate::findings::Findings;
use crate::json::{Node, Value};
use crate::payload::check::button_needs;
use crate::payload::place::Place;
use crate::payload::value::{self, Role};
use crate::report::{Severity, Step};
use crate::rules;
use crate::template::{Action, Button, Template};
use crate::text::clip;

/// The sub-types that have parameters, and the types of those.
const KINDS: &[(&str, &[&str])] = &[
    ("url", &["text"]),
    ("quick_reply", &["payload"]),
    ("copy_code", &["coupon_code"]),
    ("flow", &["action"]),
    ("catalog", &["action"]),
    ("mpm", &["action"]),
    ("order_details", &["action"]),
    ("voice_call", &["ttl_minutes", "payload"]),
];

/// The button components seen so far.
#[derive(Default)]
pub(super) struct Buttons {
    /// The indices that were given.
    seen: Vec<usize>,
    /// Something could not be read, so that "missing" might be wrong.
    unclear: bool,
    /// The one-time code of the body.
    pub code: Option<String>,
}

impl Buttons {
    pub fn judge(
        &mut self,
        node: &Node<'_>,
        at: &[Step],
        template: Option<&Template>,
        findings: &mut Findings<'_>,
    ) {
        unknown_keys(
            findings,
            node,
            at,
            "a button component",
            &["type", "sub_type", "index", "parameters"],
        );
        let kind = sub_type(node, at, findings);
        let index = self.index(node, at, kind.as_deref(), template, findings);
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
        let button = match (template, index) {
            (Some(template), Some(index)) => template.buttons.get(index),
            _ => None,
        };
        match (button, kind) {
            (Some(button), Some(kind)) => self.against(button, &kind, node, items, at, findings),
            (None, Some(kind)) => shape(&kind, node, items, at, findings),
            (_, None) => {}
        }
    }

    /// Reads the index, which counts all buttons of the template from 0.
    fn index(
        &mut self,
        node: &Node<'_>,
        at: &[Step],
        kind: Option<&str>,
        template: Option<&Template>,
        findings: &mut Findings<'_>,
    ) -> Option<usize> {
        let mut wrong = |node: &Node<'_>, path: Vec<Step>, problem: String, remedy: &str| {
            findings
                .find(&rules::PAYLOAD_BUTTON_INDEX, node, path)
                .param("problem", problem)
                .param("remedy", remedy);
        };
        let Some(found) = given(node, "index") else {
            // Meta's own sample of call buttons has none.
            if kind != Some("voice_call") {
                self.unclear = true;
                let problem = "this button has no `index`".to_owned();
                wrong(
                    node,
                    at.to_vec(),
                    problem,
                    "add `index`, the button's place among all buttons, counted from 0",
                );
            }
            return None;
        };
        let path = down(at, "index");
        let number = match &found.value {
            Value::String(text) if text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()) => {
                text.parse().ok()
            }
            Value::Number(_) => found.as_i64().and_then(|n| usize::try_from(n).ok()),
            _ => None,
        };
        let Some(number) = number else {
            self.unclear = true;
            let shown = found
                .as_str()
                .map_or(found.noun().to_owned(), |t| format!("`{}`", clip(t)));
            wrong(
                found,
                path,
                format!("the index is {shown}, and must be a number from 0"),
                "write \"0\" for the first button",
            );
            return None;
        };
        if self.seen.contains(&number) {
            wrong(
                found,
                path,
                format!("two components are for button {number}"),
                "keep one of them, or correct its index",
            );
            return None;
        }
        self.seen.push(number);
        if let Some(template) = template
            && number >= template.buttons.len()
            && template.gaps.is_empty()
        {
            let problem = match template.buttons.len() {
                0 => "the template has no buttons".to_owned(),
                1 => format!(
                    "there is no button {number}: the template has one button, with index 0"
                ),
                count => format!(
                    "there is no button {number}: the template has {count} buttons, with the indices 0 to {}",
                    count - 1
                ),
            };
            wrong(
                found,
                path,
                problem,
                "count all buttons of the template from 0",
            );
            return None;
        }
        Some(number)
    }

    /// Judges a button component against the template's button.
    fn against(
        &self,
        button: &Button,
        kind: &str,
        node: &Node<'_>,
        items: &[Node<'_>],
        at: &[Step],
        findings: &mut Findings<'_>,
    ) {
        let Some((sub_type, parameter)) = wanted(button) else {
            if !matches!(button.action, Action::Other) {
                let problem = format!(
                    "button {} takes no parameters in this template",
                    button.index
                );
                extra(node, at, &problem, Severity::Error, findings);
            }
            return;
        };
        let key = button.slot().map_or("body.1", |slot| slot.key.as_str());
        if kind != sub_type {
            let at_type = given(node, "sub_type").unwrap_or(node);
            findings
                .find(&rules::PAYLOAD_BUTTON_TYPE, at_type, down(at, "sub_type"))
                .key(key)
                .param("index", button.index)
                .param("expected", format!("a button of type `{sub_type}`"))
                .param("found", clip(kind))
                .param("sub_type", sub_type);
            return;
        }
        let label = button
            .slot()
            .map_or("the one-time code", |slot| slot.label.as_str());
        let path = down(at, "parameters");
        let [item] = items else {
            let list = given(node, "parameters").unwrap_or(node);
            if items.is_empty() {
                let found = findings.find(&rules::PAYLOAD_BUTTON_MISSING, list, path);
                found
                    .key(key)
                    .param("label", label)
                    .param("index", button.index)
                    .param("sub_type", sub_type);
                if sub_type == "url" {
                    found.details(button_needs(&button.index.to_string(), "Url"));
                }
            } else {
                findings
                    .find(&rules::PAYLOAD_PARAMETER_COUNT, list, path)
                    .key(key)
                    .param("part", format!("button {}", button.index))
                    .param("given", items.len())
                    .param("expected", 1usize)
                    .param("remedy", format!("leave {} out", items.len() - 1));
            }
            return;
        };
        let at = down(&path, 0usize);
        let part = format!("button {}", button.index);
        if type_of(item, &at, &part, &[parameter], Some(key), findings).is_none() {
            return;
        }
        let place = Place {
            key,
            label,
            path: at,
        };
        let role = match &button.action {
            Action::Open { base, behind, .. } => Role::Suffix(base, behind),
            Action::Reply(_) => Role::Payload,
            Action::Coupon(_) => Role::Coupon,
            _ => Role::Code,
        };
        let text = one(item, parameter, &place, role, findings);
        if let (Action::Code, Some(text), Some(code)) = (&button.action, text, &self.code)
            && text != code
        {
            let inner = item.get(parameter).unwrap_or(item);
            let path = place.member(parameter).path;
            findings
                .find(&rules::PAYLOAD_CODE_DIFFERS, inner, path)
                .key(key);
        }
    }

    /// Says which buttons need a component and have none.
    pub fn absent(
        &self,
        list: &Node<'_>,
        path: &[Step],
        template: &Template,
        findings: &mut Findings<'_>,
    ) {
        if self.unclear {
            return;
        }
        for button in &template.buttons {
            let Some((sub_type, _)) = wanted(button) else {
                continue;
            };
            let required = button.slot().is_none_or(|slot| slot.required);
            if !required || self.seen.contains(&button.index) {
                continue;
            }
            let found = findings.find(&rules::PAYLOAD_BUTTON_MISSING, list, path.to_vec());
            found
                .key(button.slot().map_or("body.1", |slot| slot.key.as_str()))
                .param(
                    "label",
                    button
                        .slot()
                        .map_or("the one-time code", |slot| slot.label.as_str()),
                )
                .param("index", button.index)
                .param("sub_type", sub_type);
            if sub_type == "url" {
                found.details(button_needs(&button.index.to_string(), "Url"));
            }
        }
    }
}

/// The sub-type and the parameter's type that a button needs; none for buttons that take nothing.
fn wanted(button: &Button) -> Option<(&'static str, &'static str)> {
    match &button.action {
        Action::Reply(_) => Some(("quick_reply", "payload")),
        Action::Open {
            suffix: Some(_), ..
        }
        | Action::Code => Some(("url", "text")),
        Action::Coupon(_) => Some(("copy_code", "coupon_code")),
        Action::Open { suffix: None, .. }
        | Action::Call(_)
        | Action::Act(_)
        | Action::Fixed
        | Action::Other => None,
    }
}

fn sub_type(node: &Node<'_>, at: &[Step], findings: &mut Findings<'_>) -> Option<String> {
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
    Some(word.to_ascii_lowercase())
}

/// Judges a button component without its template.
fn shape(
    kind: &str,
    node: &Node<'_>,
    items: &[Node<'_>],
    at: &[Step],
    findings: &mut Findings<'_>,
) {
    let path = down(at, "parameters");
    let Some((_, types)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        if kind == "phone_number" {
            let problem = "a call button takes no parameters in any template";
            return extra(node, at, problem, Severity::Error, findings);
        }
        let at_type = given(node, "sub_type").unwrap_or(node);
        let expected = "`url`, `quick_reply`, `copy_code`, `flow`, `catalog`, `mpm`, `order_details` or `voice_call`";
        return super::wrong_word(
            findings,
            at_type,
            down(at, "sub_type"),
            "sub_type",
            expected,
        );
    };
    let list = given(node, "parameters");
    // A catalog button may go without.
    if list.is_none() && !matches!(kind, "catalog" | "flow") {
        return missing(
            findings,
            node,
            at,
            "parameters",
            "`parameters`, a list with one entry",
        );
    }
    if list.is_some() && items.is_empty() {
        return extra(
            node,
            at,
            "the list of parameters is empty",
            Severity::Error,
            findings,
        );
    }
    for (index, item) in items.iter().enumerate() {
        let at = down(&path, index);
        let part = format!("a button of type `{kind}`");
        let Some(found) = type_of(item, &at, &part, types, None, findings) else {
            continue;
        };
        let place = Place {
            key: "",
            label: "the button's parameter",
            path: at,
        };
        let role = match found {
            "payload" => Role::Payload,
            "coupon_code" => Role::Coupon,
            _ => Role::Suffix("", ""),
        };
        one(item, found, &place, role, findings);
    }
}

/// Judges a button's parameter; the answer is its text.
fn one<'n>(
    item: &'n Node<'_>,
    kind: &str,
    place: &Place<'_>,
    role: Role<'_>,
    findings: &mut Findings<'_>,
) -> Option<&'n str> {
    let known = ["type", kind, "parameter_name", "payment_link_preview"];
    unknown_keys(
        findings,
        item,
        &place.path,
        &format!("a parameter of type `{kind}`"),
        &known,
    );
    let Some(inner) = given(item, kind) else {
        mandatory(findings, item, kind, place);
        return None;
    };
    let at = place.member(kind);
    match kind {
        "action" if inner.as_object().is_none() => {
            wrong_type(findings, inner, at.path, kind, "an object");
            None
        }
        "ttl_minutes" if inner.as_i64().is_none() => {
            wrong_type(findings, inner, at.path, kind, "a whole number");
            None
        }
        "action" | "ttl_minutes" => None,
        _ => match inner.as_str() {
            Some(text) => {
                value::text(findings, inner, text, &at, role);
                Some(text)
            }
            None => {
                wrong_type(findings, inner, at.path, kind, "a text");
                None
            }
        },
    }
}
