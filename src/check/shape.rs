//! Shapes: what is missing, of the wrong type, or does not belong where it stands.

use crate::findings::Findings;
use crate::json::{Node, Operation, OperationKind};
use crate::report::{Fix, Step, operation};
use crate::rules::{self, Rule};
use crate::text::closest;

/// Says that a member is missing, unless the text ends inside the object: it may still be coming.
pub(super) fn missing(
    rule: &'static Rule,
    owner: &Node<'_>,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) {
    if !owner.open {
        findings.find(rule, owner, path);
    }
}

/// The text, or a finding that it is none.
pub(super) fn text_of<'n>(
    node: &'n Node<'_>,
    name: &str,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) -> Option<&'n str> {
    let text = node.as_str();
    if text.is_none() {
        wrong_type(node, name, "a text", path, findings);
    }
    text
}

/// Says that a value is of the wrong type.
pub(super) fn wrong_type(
    node: &Node<'_>,
    name: &str,
    expected: &str,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) {
    // A word that is still being typed has no type yet; the syntax finding says so.
    if node.open && node.is_null() {
        return;
    }
    let found = findings.find(&rules::WRONG_TYPE, node, path);
    found
        .param("name", name)
        .param("expected", expected)
        .param("found", node.noun());
}

/// The array, or a finding that it is none.
pub(super) fn array_of<'n, 't>(
    node: &'n Node<'t>,
    name: &str,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) -> Option<&'n [Node<'t>]> {
    let items = node.as_array();
    if items.is_none() {
        wrong_type(node, name, "an array", path, findings);
    }
    items
}

/// Says which members do not belong in an object, and what was probably meant.
pub(super) fn unexpected(
    node: &Node<'_>,
    owner: &str,
    known: &[&'static str],
    path: &[Step],
    findings: &mut Findings<'_>,
) {
    let present: Vec<&str> = known
        .iter()
        .copied()
        .filter(|key| node.get(key).is_some())
        .collect();
    for member in node.as_object().unwrap_or_default() {
        let key = member.key.as_ref();
        if known.contains(&key) || member.value.is_null() {
            continue;
        }
        let meant = closest(key, known).filter(|meant| !present.contains(meant));
        let mut here = path.to_vec();
        here.push(Step::Key(key.to_owned().into()));
        let removal = operation(OperationKind::Remove, &here, None);
        let found = findings.find_at(&rules::UNEXPECTED_FIELD, member.key_at, here);
        found.param("name", key).param("owner", owner);
        match meant {
            Some(meant) => {
                let mut there = path.to_vec();
                there.push(Step::from(meant));
                let value = member.value.clone().into_owned();
                let rename = vec![removal, operation(OperationKind::Add, &there, Some(value))];
                found
                    .param("remedy", format!("did you mean `{meant}`?"))
                    .fix(Fix::unsafe_(format!("rename to `{meant}`"), rename));
            }
            None => {
                found
                    .param("remedy", "delete it")
                    .fix(Fix::unsafe_(format!("delete `{key}`"), vec![removal]));
            }
        }
    }
}

/// Replaces a text.
pub(super) fn replace(path: &[Step], text: impl Into<String>) -> Operation {
    operation(OperationKind::Replace, path, Some(Node::text(text.into())))
}

/// Cuts byte ranges out of a text.
pub(super) fn without(text: &str, keep: impl Fn(char) -> Option<char>) -> String {
    text.chars().filter_map(keep).collect()
}
