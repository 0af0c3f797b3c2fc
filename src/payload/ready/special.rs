//! The components that few templates have: an offer's end, an order's news, a tap target.

use super::components::extra;
use super::parameters::{mandatory, type_of};
use super::{View, down, given, unknown_keys, wrong_type};
use crate::findings::Findings;
use crate::json::Node;
use crate::payload::actions;
use crate::payload::place::Place;
use crate::report::{Severity, Step};
use crate::rules;
use crate::template::{Slot, Template};

/// Judges a component that has the name of its one parameter.
pub(super) fn judge(
    node: &Node<'_>,
    at: &[Step],
    word: &'static str,
    view: Option<View<'_>>,
    findings: &mut Findings<'_>,
) {
    let slot = view.and_then(|view| slot_of(view.template, word));
    if let (Some(view), None) = (view, slot)
        && !superfluous(node, at, word, view.template, findings)
    {
        return;
    }
    unknown_keys(
        findings,
        node,
        at,
        "this component",
        &["type", "parameters"],
    );
    let path = down(at, "parameters");
    let list = given(node, "parameters");
    if let Some(list) = list
        && list.as_array().is_none()
    {
        return wrong_type(findings, list, path, "parameters", "an array");
    }
    let label = slot.map_or("the parameter", |slot| slot.label.as_str());
    let key = slot.map_or("", |slot| slot.key.as_str());
    let [item] = list.and_then(Node::as_array).unwrap_or_default() else {
        let node = list.unwrap_or(node);
        let given = list.and_then(Node::as_array).map_or(0, <[_]>::len);
        findings
            .find(rules::PAYLOAD_PARAMETER_COUNT, node, path)
            .key(key)
            .param("part", ["the component `", word, "`"].concat())
            .param("given", given)
            .param("expected", 1usize)
            .param("remedy", ["give it one, of type `", word, "`"].concat());
        return;
    };
    let at = down(&path, 0usize);
    let part = ["the component `", word, "`"].concat();
    let key_or_none = slot.map(|slot| slot.key.as_str());
    if type_of(item, &at, &part, &[word], key_or_none, findings).is_none() {
        return;
    }
    let place = Place {
        key,
        label,
        path: at,
    };
    unknown_keys(
        findings,
        item,
        &place.path,
        &part,
        &["type", word, "parameter_name"],
    );
    let Some(inner) = given(item, word) else {
        return mandatory(findings, item, word, &place);
    };
    let inside = place.member(word);
    match word {
        "order_status" => actions::order_status(findings, inner, &inside),
        "tap_target_configuration" if inner.as_array().is_none() => {
            wrong_type(
                findings,
                inner,
                inside.path,
                word,
                "a list with one tap target",
            );
        }
        "tap_target_configuration" => {
            actions::tap_target(findings, inner, &inside);
        }
        _ => offer(inner, &inside, findings),
    }
}

/// What stands under `limited_time_offer`.
fn offer(node: &Node<'_>, place: &Place<'_>, findings: &mut Findings<'_>) {
    let name = "expiration_time_ms";
    if node.as_object().is_none() {
        return wrong_type(
            findings,
            node,
            place.path.clone(),
            "limited_time_offer",
            "an object",
        );
    }
    unknown_keys(findings, node, &place.path, "`limited_time_offer`", &[name]);
    let inside = place.member(name);
    match given(node, name) {
        None => mandatory(findings, node, name, place),
        Some(moment) if moment.as_i64().is_none() => {
            wrong_type(
                findings,
                moment,
                inside.path,
                name,
                "a whole number of milliseconds",
            );
        }
        Some(moment) => {
            actions::expiry(findings, moment, &inside);
        }
    }
}

/// What the template says of such a component.
fn slot_of<'k>(template: &'k Template, word: &str) -> Option<&'k Slot> {
    match word {
        "order_status" => template.order_status.as_ref(),
        "tap_target_configuration" => template.tap_target.as_ref(),
        _ => template.offer.as_ref()?.expiry.as_ref(),
    }
}

/// Says that the template has no part for it; the answer is whether it can be judged all the same.
fn superfluous(
    node: &Node<'_>,
    at: &[Step],
    word: &str,
    template: &Template,
    findings: &mut Findings<'_>,
) -> bool {
    if !template.gaps.is_empty() {
        return true;
    }
    let (problem, severity) = match word {
        "order_status" => (
            "the template does not bring news of an order (its `sub_category` is not ORDER_STATUS)",
            Severity::Error,
        ),
        "tap_target_configuration" => (
            "the template has no URL button whose address a tap target could replace",
            Severity::Error,
        ),
        _ if template.offer.is_some() => (
            "the template's offer has no timer (`has_expiration` is not true)",
            Severity::Warning,
        ),
        _ => ("the template has no limited-time offer", Severity::Error),
    };
    extra(node, at, problem, severity, findings);
    severity == Severity::Warning
}

/// Says which of them the template needs and the payload lacks.
pub(super) fn absent(
    list: &Node<'_>,
    path: &[Step],
    template: &Template,
    seen: &[&str],
    findings: &mut Findings<'_>,
) {
    for word in ["limited_time_offer", "order_status"] {
        let Some(slot) = slot_of(template, word).filter(|slot| slot.required) else {
            continue;
        };
        if !seen.contains(&word) {
            findings
                .find(rules::PAYLOAD_COMPONENT_MISSING, list, path.to_vec())
                .key(slot.key.as_str())
                .param("label", slot.label.as_str())
                .param("component", word);
        }
    }
}
