//! The list of components: which there are, which there must be, which are judged.

use super::shape::{expected, given, made};
use super::{authentication, body, buttons, carousel, composition, footer, header, offer};
use crate::definition::{ButtonKind, Component, ComponentKind, Definition, TemplateKind};
use crate::findings::{Edit, Findings};
use crate::json::Node;
use crate::order::Joined;
use crate::rules::{self, Rule};
use crate::text::closest;

/// Members that give away what a component without a type is.
static SIGNS: &[(&str, &str)] = &[
    ("buttons", "BUTTONS"),
    ("cards", "CAROUSEL"),
    ("limited_time_offer", "LIMITED_TIME_OFFER"),
    ("format", "HEADER"),
];

/// Judges the components.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let root = definition.root;
    let Some(node) = given(root, "components") else {
        findings.missing(rules::COMPONENTS_REQUIRED, root);
        return;
    };
    let Some(items) = node.as_array() else {
        return expected(node, "components", "an array", findings);
    };
    if items.is_empty() {
        findings.missing(rules::COMPONENTS_REQUIRED, node);
        return;
    }
    let is_code = definition.kind() == TemplateKind::Authentication;
    let no_buttons = definition.component(ComponentKind::Buttons).is_none();
    let mut seen = Vec::new();
    for component in &definition.components {
        if component.kind == ComponentKind::Unknown {
            unknown(component, no_buttons, findings);
            continue;
        }
        if seen.contains(&component.kind) {
            findings
                .told(
                    rules::COMPONENT_REPEATED,
                    component.node,
                    component.kind.word(),
                )
                .delete(false, "delete this one", component.node);
        } else {
            seen.push(component.kind);
        }
        match component.kind {
            _ if is_code => authentication::part(component, definition, findings),
            ComponentKind::Header => header::check(component, definition, findings),
            ComponentKind::Body => body::check(component, definition, findings),
            ComponentKind::Footer => footer::check(component, findings),
            ComponentKind::Buttons => buttons::check(component, definition, findings),
            ComponentKind::Carousel => carousel::check(component, definition, findings),
            ComponentKind::LimitedTimeOffer => offer::check(component, definition, findings),
            ComponentKind::CallPermissionRequest => {
                composition::call_permission(component, findings);
            }
            ComponentKind::Unknown => {}
        }
    }
    let found = is_code || seen.contains(&ComponentKind::Body);
    if !found && !definition.components.iter().any(Component::is_vague) {
        let empty = made(r#"{"type":"BODY","text":""}"#);
        findings.missing(rules::BODY_REQUIRED, node).change(
            false,
            "add an empty body",
            Edit::insert(node, items.len(), empty),
        );
    }
}

/// Whether a component's type is one that Meta knows; if not, that is said.
pub(super) fn kind_is_known(component: &Component<'_, '_>, findings: &mut Findings<'_>) -> bool {
    let known = component.kind != ComponentKind::Unknown;
    if !known {
        unknown(component, false, findings);
    }
    known
}

/// A part's type when it is none of Meta's, unless what is wrong is said already: it is no object, or
/// has no type (some member may give it away), or one that is no text or still being typed.
pub(super) fn stranger<'n, 't>(
    node: &'n Node<'t>,
    part: &str,
    required: &'static Rule,
    signs: &[(&str, &str)],
    findings: &mut Findings<'_>,
) -> Option<(&'n str, &'n Node<'t>)> {
    if node.as_object().is_none() {
        expected(node, part, "an object", findings);
        return None;
    }
    let Some(kind) = given(node, "type").filter(|kind| kind.as_str() != Some("")) else {
        let found = findings.missing(required, node);
        for (key, word) in signs {
            if given(node, key).is_some() {
                let title = ["add the type ", word].joined();
                found.add(false, &title, node, "type", word);
                break;
            }
        }
        return None;
    };
    let Some(word) = kind.as_str() else {
        expected(kind, "type", "a text", findings);
        return None;
    };
    (!kind.open).then_some((word, kind))
}

/// A word that is nearly one of Meta's; the answer is whether it is.
pub(super) fn misspelled(
    rule: &'static Rule,
    node: &Node<'_>,
    words: &[&'static str],
    findings: &mut Findings<'_>,
) -> bool {
    let word = node.as_str().unwrap_or_default();
    let Some(meant) = closest(word, words) else {
        return false;
    };
    let found = findings.told(rule, node, word);
    found.say("suggestion", meant).word(false, node, meant);
    true
}

/// A component whose type is none.
fn unknown(component: &Component<'_, '_>, no_buttons: bool, findings: &mut Findings<'_>) {
    let node = component.node;
    let rule = rules::COMPONENT_TYPE_REQUIRED;
    let Some((word, kind)) = stranger(node, "a component", rule, SIGNS, findings) else {
        return;
    };
    if ButtonKind::read(word) != ButtonKind::Unknown {
        let found = findings.told(rules::COMPONENT_TYPE_BUTTON, kind, word);
        if no_buttons {
            let button = Node::array(vec![node.owned()]);
            let whole = Node::object(vec![("type", Node::text("BUTTONS")), ("buttons", button)]);
            found.replace(false, "put it into BUTTONS", node, whole);
        }
        return;
    }
    if composition::of_messages(component, word, findings) {
        return;
    }
    let rule = rules::COMPONENT_TYPE_MISSPELLED;
    if !misspelled(rule, kind, ComponentKind::WORDS, findings) {
        findings.incomplete();
        findings.told(rules::COMPONENT_TYPE_UNKNOWN, kind, word);
    }
}
