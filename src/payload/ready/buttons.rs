//! The button components of a payload: one for each button that takes a parameter.

use super::components::extra;
use super::parameters::{mandatory, parameter_name, type_of};
use super::{View, down, given, missing, unknown_keys, wrong_type};
use crate::definition::ButtonKind;
use crate::findings::{Findings, Found};
use crate::json::{Node, Value};
use crate::limits::Limit;
use crate::payload::actions;
use crate::payload::check::button_needs;
use crate::payload::place::Place;
use crate::payload::value::{self, Role};
use crate::report::{Severity, Step};
use crate::rules;
use crate::template::{Action, Button, ParameterKind};
use crate::text::clip;

/// A `sub_type` that has parameters.
struct Kind {
    word: &'static str,
    /// The types of its parameters: one of them, or (of calls) each once.
    types: &'static [&'static str],
    /// Whether its component may come without parameters.
    bare: bool,
}

const fn kind(word: &'static str, types: &'static [&'static str], bare: bool) -> Kind {
    Kind { word, types, bare }
}

static KINDS: &[Kind] = &[
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

/// What stands around a component, as far as the payload tells it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    /// A parameter of header or body is named.
    pub named: bool,
    /// There is an offer.
    pub offer: bool,
    /// It is a card.
    pub card: bool,
}

/// The button components seen so far.
#[derive(Default)]
pub(super) struct Buttons {
    /// The indices that were given.
    seen: Vec<usize>,
    /// Something could not be read, so that "missing" might be wrong.
    unclear: bool,
    /// The one-time code of the body.
    pub code: Option<String>,
    /// What stands around them.
    pub around: Around,
}

impl Buttons {
    pub fn judge(
        &mut self,
        node: &Node<'_>,
        at: &[Step],
        view: Option<View<'_>>,
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
        let index = self.index(node, at, kind.as_deref(), view, findings);
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
        let button = view.and_then(|view| Some((view, view.buttons().get(index?)?)));
        match (button, kind) {
            (Some((view, button)), Some(kind)) => {
                self.against(view, button, &kind, node, items, at, findings);
            }
            (None, Some(kind)) => self.shape(&kind, index, node, items, at, findings),
            (_, None) => self.unclear = true,
        }
    }

    /// Reads the index, which counts all buttons of the template from 0.
    fn index(
        &mut self,
        node: &Node<'_>,
        at: &[Step],
        kind: Option<&str>,
        view: Option<View<'_>>,
        findings: &mut Findings<'_>,
    ) -> Option<usize> {
        let most = findings.max(match self.around.card {
            true => Limit::CardButtons,
            false => Limit::Buttons,
        });
        let mut wrong = |node: &Node<'_>, path: Vec<Step>, problem: String, remedy: &str| {
            findings
                .find(rules::PAYLOAD_BUTTON_INDEX, node, path)
                .param("problem", problem)
                .param("remedy", remedy);
        };
        let found = given(node, "index");
        let number = match found.map(|found| &found.value) {
            // Meta's own sample of call buttons has none.
            None if kind == Some("voice_call") => {
                let buttons = view.map_or(&[][..], View::buttons);
                let call = |button: &&Button| button.kind == ButtonKind::VoiceCall;
                Some(buttons.iter().find(call)?.index)
            }
            Some(Value::String(text)) if text.len() == 1 => text.parse().ok(),
            Some(Value::Number(_)) => found
                .and_then(Node::as_i64)
                .and_then(|n| usize::try_from(n).ok()),
            _ => None,
        };
        let Some(number) = number else {
            self.unclear = true;
            let (problem, remedy) = match found {
                None => (
                    "this button has no `index`".to_owned(),
                    "add `index`, the button's place among all buttons, counted from 0",
                ),
                Some(found) => {
                    let shown = found
                        .as_str()
                        .map_or(found.noun().to_owned(), |t| format!("`{}`", clip(t)));
                    (
                        format!("the index is {shown}, and must be a number from 0"),
                        "write \"0\" for the first button",
                    )
                }
            };
            match found {
                None => wrong(node, at.to_vec(), problem, remedy),
                Some(found) => wrong(found, down(at, "index"), problem, remedy),
            }
            return None;
        };
        let (found, path) = match found {
            Some(found) => (found, down(at, "index")),
            None => (node, at.to_vec()),
        };
        if number >= most {
            let who = if self.around.card { "card" } else { "template" };
            let problem = format!("the index is {number}, and a {who} has {most} buttons at most");
            wrong(found, path, problem, "write \"0\" for the first button");
            return None;
        }
        // An offer has its code first, and its address behind it.
        let misplaced = match kind {
            Some("copy_code") => number > 0,
            Some("url") => number > 1,
            _ => false,
        };
        if self.around.offer && view.is_none() && misplaced {
            let problem = format!(
                "the index is {number}, and an offer has its code first and its URL button second"
            );
            wrong(
                found,
                path,
                problem,
                "write \"0\" for the code, \"1\" for the URL button behind it",
            );
            return None;
        }
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
        if let Some(view) = view
            && number >= view.buttons().len()
            && view.template.gaps.is_empty()
        {
            let who = view.noun();
            let problem = match view.buttons().len() {
                0 => format!("{who} has no buttons"),
                1 => format!("there is no button {number}: {who} has one button, with index 0"),
                count => format!(
                    "there is no button {number}: {who} has {count} buttons, with the indices 0 to {}",
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
    #[expect(
        clippy::too_many_arguments,
        reason = "where it is, and what it is held against"
    )]
    fn against(
        &self,
        view: View<'_>,
        button: &Button,
        kind: &str,
        node: &Node<'_>,
        items: &[Node<'_>],
        at: &[Step],
        findings: &mut Findings<'_>,
    ) {
        let index = button.index;
        let Some((wanted, _)) = wanted(button) else {
            if !matches!(button.action, Action::Other) {
                let problem = format!("button {index} takes no parameters in {}", view.noun());
                extra(node, at, &problem, Severity::Error, findings);
            }
            return;
        };
        let key = button.slot().map_or("body.1", |slot| slot.key.as_str());
        if kind != wanted.word {
            let at_type = given(node, "sub_type").unwrap_or(node);
            findings
                .find(rules::PAYLOAD_BUTTON_TYPE, at_type, down(at, "sub_type"))
                .key(key)
                .param("index", index)
                .param("expected", format!("a button of type `{}`", wanted.word))
                .param("found", clip(kind))
                .param("sub_type", wanted.word);
            return;
        }
        let label = button
            .slot()
            .map_or("the one-time code", |slot| slot.label.as_str());
        let path = down(at, "parameters");
        let list = given(node, "parameters");
        if items.is_empty() {
            if list.is_some() || !wanted.bare {
                let list = list.unwrap_or(node);
                needs_one(
                    findings.find(rules::PAYLOAD_BUTTON_MISSING, list, path),
                    button,
                    wanted,
                );
            }
            return;
        }
        let part = format!("button {index}");
        if let Some(found) = too_many(wanted, items, list.unwrap_or(node), &path, &part, findings) {
            found.key(key);
            return;
        }
        let mut seen = Vec::new();
        for (number, item) in items.iter().enumerate() {
            let at = down(&path, number);
            let Some(parameter) = type_of(item, &at, &part, wanted.types, Some(key), findings)
            else {
                continue;
            };
            if repeated(&mut seen, parameter, item, &at, Some(key), findings) {
                continue;
            }
            let place = Place {
                key,
                label,
                path: at,
            };
            let role = match &button.action {
                Action::Open { base, behind, .. } => Role::Suffix(base, behind),
                Action::Code => Role::Code,
                _ => role_of(parameter),
            };
            let text = one(
                item,
                wanted.word,
                parameter,
                &place,
                role,
                self.around.offer,
                findings,
            );
            if let (Action::Code, Some(text), Some(code)) = (&button.action, text, &self.code)
                && text != code
            {
                let inner = item.get(parameter).unwrap_or(item);
                let path = place.member(parameter).path;
                findings
                    .find(rules::PAYLOAD_CODE_DIFFERS, inner, path)
                    .key(key);
            }
        }
    }

    /// Judges a button component without its template.
    fn shape(
        &self,
        word: &str,
        index: Option<usize>,
        node: &Node<'_>,
        items: &[Node<'_>],
        at: &[Step],
        findings: &mut Findings<'_>,
    ) {
        let path = down(at, "parameters");
        let Some(kind) = KINDS.iter().find(|kind| kind.word == word) else {
            return;
        };
        let list = given(node, "parameters");
        if list.is_none() && !kind.bare {
            let remedy = "`parameters`, a list with one entry";
            return missing(findings, node, at, "parameters", remedy);
        }
        if let Some(list) = list
            && items.is_empty()
        {
            match index {
                // Only addresses that want an end have a component at all.
                Some(index) if word == "url" => {
                    let index = index.to_string();
                    let found = findings.find(rules::PAYLOAD_BUTTON_MISSING, list, path);
                    found
                        .param("label", "the end of the address")
                        .param("index", index.as_str())
                        .param("sub_type", word)
                        .details(button_needs(&index, "Url"));
                }
                _ => {
                    let problem = "the list of parameters is empty";
                    extra(node, at, problem, Severity::Error, findings);
                }
            }
            return;
        }
        let part = ["a button of type `", word, "`"].concat();
        if too_many(kind, items, list.unwrap_or(node), &path, &part, findings).is_some() {
            return;
        }
        let mut seen = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let at = down(&path, index);
            let Some(found) = type_of(item, &at, &part, kind.types, None, findings) else {
                continue;
            };
            if repeated(&mut seen, found, item, &at, None, findings) {
                continue;
            }
            let place = Place {
                key: "",
                label: "the button's parameter",
                path: at,
            };
            one(
                item,
                word,
                found,
                &place,
                role_of(found),
                self.around.offer,
                findings,
            );
        }
    }

    /// Says which buttons need a component and have none.
    pub fn absent(
        &self,
        list: &Node<'_>,
        path: &[Step],
        view: View<'_>,
        findings: &mut Findings<'_>,
    ) {
        if self.unclear {
            return;
        }
        for button in view.buttons() {
            let Some((wanted, true)) = wanted(button) else {
                continue;
            };
            if !self.seen.contains(&button.index) {
                let path = path.to_vec();
                let found = findings.find(rules::PAYLOAD_BUTTON_MISSING, list, path);
                needs_one(found, button, wanted);
            }
        }
    }
}

/// Tells a finding which button lacks its parameter.
fn needs_one(found: &mut Found, button: &Button, wanted: &Kind) {
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
fn wanted(button: &Button) -> Option<(&'static Kind, bool)> {
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
        super::wrong_word(findings, found, down(at, "sub_type"), "sub_type", &expected);
    }
    None
}

/// Says that a button has more parameters than its kind takes; none where it has not.
fn too_many<'f>(
    kind: &Kind,
    items: &[Node<'_>],
    list: &Node<'_>,
    path: &[Step],
    part: &str,
    findings: &'f mut Findings<'_>,
) -> Option<&'f mut Found> {
    let most = kind.types.len();
    (items.len() > most).then(|| {
        findings
            .find(rules::PAYLOAD_PARAMETER_COUNT, list, path.to_vec())
            .param("part", part)
            .param("given", items.len())
            .param("expected", most)
            .param("remedy", format!("leave {} out", items.len() - most))
    })
}

/// Says that a button has a second parameter of a type; the answer is whether it has.
fn repeated(
    seen: &mut Vec<&'static str>,
    parameter: &'static str,
    item: &Node<'_>,
    at: &[Step],
    key: Option<&str>,
    findings: &mut Findings<'_>,
) -> bool {
    let again = seen.contains(&parameter);
    if again {
        let found = findings.find(rules::PAYLOAD_COMPONENT_REPEATED, item, at.to_vec());
        found.param("what", ["a parameter of type `", parameter, "`"].concat());
        if let Some(key) = key {
            found.key(key);
        }
    }
    seen.push(parameter);
    again
}

/// What a parameter's text is for, as far as its type says it.
fn role_of(parameter: &str) -> Role<'static> {
    match parameter {
        "payload" => Role::Payload,
        "coupon_code" => Role::Coupon,
        _ => Role::Suffix("", ""),
    }
}

/// Judges a button's parameter; the answer is its text.
fn one<'n>(
    item: &'n Node<'_>,
    word: &str,
    parameter: &'static str,
    place: &Place<'_>,
    role: Role<'_>,
    offer: bool,
    findings: &mut Findings<'_>,
) -> Option<&'n str> {
    let known = ["type", parameter, "parameter_name", "payment_link_preview"];
    let most = if parameter == "text" { 4 } else { 3 };
    let part = ["a parameter of type `", parameter, "`"].concat();
    let known = known.get(..most).unwrap_or_default();
    unknown_keys(findings, item, &place.path, &part, known);
    parameter_name(item, &place.path, findings);
    if let Some(preview) = given(item, "payment_link_preview")
        && preview.as_bool().is_none()
    {
        let name = "payment_link_preview";
        wrong_type(
            findings,
            preview,
            place.member(name).path,
            name,
            "true or false",
        );
    }
    let Some(inner) = given(item, parameter) else {
        mandatory(findings, item, parameter, place);
        return None;
    };
    let at = place.member(parameter);
    match parameter {
        "action" => {
            action(inner, word, &at, findings);
            return None;
        }
        "ttl_minutes" => {
            actions::call_ttl(findings, inner, &at);
            return None;
        }
        _ => {}
    }
    let Some(text) = inner.as_str() else {
        wrong_type(findings, inner, at.path, parameter, "a text");
        return None;
    };
    match word {
        "voice_call" => actions::call_payload(findings, inner, text, &at),
        "copy_code" if offer && actions::offer_code(findings, inner, text, &at) => {}
        _ => value::text(findings, inner, text, &at, role),
    }
    Some(text)
}

/// Judges what stands under `action`.
fn action(node: &Node<'_>, word: &str, place: &Place<'_>, findings: &mut Findings<'_>) {
    match word {
        "flow" => return actions::flow(findings, node, place),
        "catalog" => return actions::catalog(findings, node, place),
        "mpm" => return actions::products(findings, node, place),
        _ => {}
    }
    if node.as_object().is_none() {
        return wrong_type(findings, node, place.path.clone(), "action", "an object");
    }
    unknown_keys(findings, node, &place.path, "this action", &[word]);
    let inside = place.member(word);
    match given(node, word) {
        None => mandatory(findings, node, word, place),
        Some(inner) if word == "order_details" => {
            actions::order_details(findings, inner, &inside);
        }
        Some(inner) => actions::payment_request(findings, inner, &inside),
    }
}
