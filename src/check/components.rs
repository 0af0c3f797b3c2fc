//! The list of components: which there are, which there must be, which are judged.

use super::shape::{expected, given};
use super::{authentication, body, buttons, carousel, composition, footer, header, offer};
use crate::definition::{ButtonKind, Component, ComponentKind, Definition, TemplateKind};
use crate::findings::{Edit, Findings};
use crate::json::{Node, Value};
use crate::rules;
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
        findings.missing(&rules::COMPONENTS_REQUIRED, root);
        return;
    };
    let Some(items) = node.as_array() else {
        return expected(node, "components", "an array", findings);
    };
    if items.is_empty() {
        findings.missing(&rules::COMPONENTS_REQUIRED, node);
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
                .flag(&rules::COMPONENT_REPEATED, component.node)
                .say("name", component.kind.word())
                .mend(false, "delete this one", vec![Edit::remove(component.node)]);
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
    let unread = |c: &Component<'_, '_>| c.kind == ComponentKind::Unknown;
    let found = is_code || seen.contains(&ComponentKind::Body);
    if !found && !definition.components.iter().any(unread) {
        let empty = Node::object(vec![("type", Node::text("BODY")), ("text", Node::text(""))]);
        let added = vec![Edit::insert(node, items.len(), empty)];
        findings
            .missing(&rules::BODY_REQUIRED, node)
            .mend(false, "add an empty body", added);
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

/// A component whose type is none.
fn unknown(component: &Component<'_, '_>, no_buttons: bool, findings: &mut Findings<'_>) {
    let node = component.node;
    let Value::Object(_) = node.value else {
        return expected(node, "a component", "an object", findings);
    };
    let Some(kind) = given(node, "type") else {
        let found = findings.missing(&rules::COMPONENT_TYPE_REQUIRED, node);
        if let Some((_, word)) = SIGNS.iter().find(|(key, _)| given(node, key).is_some()) {
            let added = vec![Edit::add(node, "type", Node::text(*word))];
            found.mend(false, &["add the type ", word].concat(), added);
        }
        return;
    };
    let Some(word) = kind.as_str() else {
        return expected(kind, "type", "a text", findings);
    };
    // Half a word is still being typed.
    if kind.open {
        return;
    }
    if ButtonKind::read(word) != ButtonKind::Unknown {
        let found = findings.flag(&rules::COMPONENT_TYPE_BUTTON, kind);
        found.say("name", word);
        if no_buttons {
            let button = Node::array(vec![node.clone().into_owned()]);
            let whole = Node::object(vec![("type", Node::text("BUTTONS")), ("buttons", button)]);
            found.mend(
                false,
                "put it into BUTTONS",
                vec![Edit::replace(node, whole)],
            );
        }
        return;
    }
    if composition::of_messages(component, findings) {
        return;
    }
    match closest(word, ComponentKind::WORDS) {
        Some(meant) => {
            findings
                .flag(&rules::COMPONENT_TYPE_MISSPELLED, kind)
                .say("name", word)
                .say("suggestion", meant)
                .put(false, &["write ", meant].concat(), kind, meant);
        }
        None => {
            findings.incomplete();
            findings
                .flag(&rules::COMPONENT_TYPE_UNKNOWN, kind)
                .say("name", word);
        }
    }
}
