//! What an edit may change (`options.edit`).

use super::shape::given;
use crate::definition::{ComponentKind, Definition};
use crate::findings::{Edit, Findings};
use crate::json::{Node, Value};
use crate::order::Joined;
use crate::order::Words;
use crate::rules::{self, Rule};

/// Members that Meta's guide keeps out of edits; the reference lets an edit set the last three.
static FIXED: &[(&str, &Rule)] = &[
    ("name", rules::EDIT_FIELDS),
    ("language", rules::EDIT_FIELDS),
    ("languages", rules::EDIT_FIELDS),
    ("parameter_format", rules::EDIT_FIELDS),
    ("send_type", rules::EDIT_FIELDS),
    ("bid_spec", rules::EDIT_FIELDS),
    ("creative_sourcing_spec", rules::EDIT_FIELDS),
    ("library_template_name", rules::EDIT_FIELDS),
    ("library_template_body_inputs", rules::EDIT_FIELDS),
    ("library_template_button_inputs", rules::EDIT_FIELDS),
    ("sub_category", rules::EDIT_FIELDS_UNSURE),
    ("display_format", rules::EDIT_FIELDS_UNSURE),
    ("is_primary_device_delivery_only", rules::EDIT_FIELDS_UNSURE),
];

/// Gives a definition what its edit leaves out and so stays as it was.
pub(super) fn inherit<'n, 't>(definition: &mut Definition<'n, 't>, before: &'n Node<'t>) {
    let root = before;
    let before = Definition::read(root);
    if definition.language.is_none() {
        definition.language = before.language;
    }
    if !definition.has("category") {
        definition.category = before.category;
    }
    if !definition.has("parameter_format") {
        definition.format = before.format;
    }
    if given(definition.root, "components").is_none() {
        definition.components = before.components;
    }
    definition.before = Some(root);
}

/// Judges an edit against what it edits.
pub(super) fn check(
    definition: &Definition<'_, '_>,
    before: Option<&Node<'_>>,
    findings: &mut Findings<'_>,
) {
    let root = definition.root;
    let options = findings.options;
    let Some(edit) = &options.edit else {
        return;
    };
    let is = |word: &str| edit.status.trim().eq_ignore_ascii_case(word);
    let approved = is("APPROVED");
    if approved {
        findings.flag(rules::EDIT_RATE, root);
    } else if !is("REJECTED") && !is("PAUSED") {
        findings
            .flag(rules::EDIT_STATE, root)
            .say("status", edit.status.trim());
    }
    let Some(before) = before.filter(|before| before.as_object().is_some()) else {
        findings.flag(rules::EDIT_PREVIOUS_UNREADABLE, root);
        return findings.incomplete();
    };
    for (key, rule) in FIXED {
        if let Some(now) = given(root, key) {
            changed(now, given(before, key), key, rule, findings);
        }
    }
    if approved && let (Some(now), Some(old)) = (given(root, "category"), given(before, "category"))
    {
        changed(now, Some(old), "category", rules::EDIT_CATEGORY, findings);
    }
    dropped(definition, &Definition::read(before), findings);
}

/// A member that is not what it was.
fn changed(
    now: &Node<'_>,
    old: Option<&Node<'_>>,
    key: &str,
    rule: &'static Rule,
    findings: &mut Findings<'_>,
) {
    let kept = match old {
        Some(old) => same(code_of(now), code_of(old)) || alike(now, old) && key != "name",
        // Meta's defaults may be spelled out.
        None => {
            let usual = now.as_str().unwrap_or_default();
            now.as_bool() == Some(false) || usual.eq_ignore_ascii_case("POSITIONAL")
        }
    };
    if kept || now.open {
        return;
    }
    let found = findings.flag(rule, now);
    found.say("name", key);
    match old {
        Some(old) => {
            let back = vec![Edit::replace(now, old.owned())];
            found.mend(false, "put back what it was", back);
        }
        None => {
            let title = ["delete `", key, "`"].joined();
            found.mend(false, &title, vec![Edit::remove(now)]);
        }
    }
}

/// A language that was read back may be an object with its code.
fn code_of<'n, 't>(node: &'n Node<'t>) -> &'n Node<'t> {
    node.get("code").unwrap_or(node)
}

/// Components that the edit lacks: Meta replaces them all.
fn dropped(
    definition: &Definition<'_, '_>,
    before: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let Some(node) = given(definition.root, "components").filter(|node| !node.open) else {
        return;
    };
    let Some(items) = node.as_array().filter(|items| !items.is_empty()) else {
        return;
    };
    for word in ComponentKind::WORDS {
        let kind = ComponentKind::read(word);
        // A body must be there in any case.
        if kind == ComponentKind::Body || definition.component(kind).is_some() {
            continue;
        }
        if let Some(old) = before.component(kind) {
            let back = Edit::insert(node, items.len(), old.node.owned());
            findings
                .flag(rules::EDIT_COMPONENT_DROPPED, node)
                .say("name", word)
                .mend(false, "put it back", vec![back]);
        }
    }
}

/// Whether two texts are the same word of Meta's.
fn alike(a: &Node<'_>, b: &Node<'_>) -> bool {
    match (a.as_str(), b.as_str()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => false,
    }
}

/// Whether two values mean the same: the order of keys and the spelling of numbers do not count.
fn same(a: &Node<'_>, b: &Node<'_>) -> bool {
    match (&a.value, &b.value) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let mut places = Words::new();
            for (place, member) in b.iter().enumerate() {
                places.insert(&member.key, place);
            }
            let counterpart = |key: &str| places.get(key).and_then(|place| b.get(place));
            a.len() == b.len()
                && a.iter().all(|member| {
                    counterpart(&member.key).is_some_and(|b| same(&member.value, &b.value))
                })
        }
        (Value::Number(x), Value::Number(y)) => {
            x == y || (a.as_i64().is_some() && a.as_i64() == b.as_i64())
        }
        (x, y) => x == y,
    }
}
