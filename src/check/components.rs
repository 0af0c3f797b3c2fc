//! The list of components: which there are, which there must be, which are judged.

use super::shape::{array_of, missing, replace, wrong_type};
use super::{authentication, body, buttons, carousel, footer, header, offer};
use crate::definition::{Component, ComponentKind, Definition, TemplateKind};
use crate::findings::Findings;
use crate::json::{Node, OperationKind, Value};
use crate::report::{Fix, Step, operation};
use crate::text::closest;
use crate::{path, rules};

/// Judges the components.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let root = definition.root;
    let Some(node) = root.get("components").filter(|n| !n.is_null()) else {
        return missing(&rules::COMPONENTS_REQUIRED, root, path![], findings);
    };
    if array_of(node, "components", path!["components"], findings).is_none() {
        return;
    }
    if definition.components.is_empty() {
        return missing(
            &rules::COMPONENTS_REQUIRED,
            node,
            path!["components"],
            findings,
        );
    }
    let is_code = definition.kind() == TemplateKind::Authentication;
    let mut seen = Vec::new();
    for component in &definition.components {
        if !kind_is_known(component, findings) {
            continue;
        }
        if seen.contains(&component.kind) {
            let found = findings.find(&rules::COMPONENT_REPEATED, component.node, component.path());
            found.param("name", component.kind.word());
        }
        if !seen.contains(&component.kind) {
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
            ComponentKind::CallPermissionRequest => not_covered(
                "a call permission request",
                component.node,
                component.path(),
                findings,
            ),
            ComponentKind::Unknown => {}
        }
    }
    let unread = definition
        .components
        .iter()
        .any(|c| c.kind == ComponentKind::Unknown);
    if !seen.contains(&ComponentKind::Body) && !unread && !is_code {
        let at = definition.components.len();
        let empty = Node::object(vec![("type", Node::text("BODY")), ("text", Node::text(""))]);
        if !node.open {
            let found = findings.find(&rules::BODY_REQUIRED, node, path!["components"]);
            found.fix(Fix::unsafe_(
                "add an empty body",
                vec![operation(
                    OperationKind::Add,
                    &path!["components", at],
                    Some(empty),
                )],
            ));
        }
    }
}

/// Says that a part was not judged.
pub(super) fn not_covered(
    kind: &str,
    node: &Node<'_>,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) {
    findings.incomplete();
    findings
        .find(&rules::KIND_NOT_COVERED, node, path)
        .param("kind", kind);
}

pub(super) fn kind_is_known(component: &Component<'_, '_>, findings: &mut Findings<'_>) -> bool {
    if component.kind != ComponentKind::Unknown {
        return true;
    }
    let node = component.node;
    if !matches!(node.value, Value::Object(_)) {
        wrong_type(node, "a component", "an object", component.path(), findings);
        return false;
    }
    let Some(kind) = node.get("type").filter(|n| !n.is_null()) else {
        missing(
            &rules::COMPONENT_TYPE_REQUIRED,
            node,
            component.path(),
            findings,
        );
        return false;
    };
    let Some(word) = kind.as_str() else {
        wrong_type(kind, "type", "a text", component.path_to("type"), findings);
        return false;
    };
    // Half a word is still being typed.
    if kind.open {
        return false;
    }
    match closest(word, ComponentKind::WORDS) {
        Some(meant) => {
            let found = findings.find(
                &rules::COMPONENT_TYPE_MISSPELLED,
                kind,
                component.path_to("type"),
            );
            found
                .param("name", word)
                .param("suggestion", meant)
                .fix(Fix::unsafe_(
                    format!("write {meant}"),
                    vec![replace(&component.path_to("type"), meant)],
                ));
        }
        None => {
            findings.incomplete();
            findings
                .find(
                    &rules::COMPONENT_TYPE_UNKNOWN,
                    kind,
                    component.path_to("type"),
                )
                .param("name", word);
        }
    }
    false
}
