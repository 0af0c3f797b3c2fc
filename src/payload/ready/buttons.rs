//! The button components of a payload: one for each button that takes a parameter.

mod index;
mod kinds;

use super::components::extra;
use super::parameters::{mandatory, parameter_name, type_of};
use super::{View, down, given, missing, unknown_keys, wrong_type};
use crate::findings::{Findings, Found};
use crate::json::Node;
use crate::payload::actions;
use crate::payload::check::button_needs;
use crate::payload::place::Place;
use crate::payload::value::{self, Role};
use crate::report::{Severity, Step};
use crate::rules;
use crate::template::{Action, Button};
use crate::text::clip;
use kinds::{KINDS, Kind, needs_one, sub_type, wanted};

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
