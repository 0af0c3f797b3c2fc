//! Shapes: what is missing, of the wrong type, or does not belong where it stands.
//!
//! A part's members are a table of [`Field`]s, read by one function ([`shape`]): tables cost the
//! wasm a fraction of what code costs.

use crate::findings::{Edit, Findings, Found};
use crate::json::{Node, Value};
use crate::order::Joined;
use crate::rules::{self, Rule};
use crate::text::{closest, one_of};

/// What a member may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Whole,
    /// An object.
    Object,
    /// An array.
    Array,
    /// One of these words in any case; another one breaks the rule (`{name}`, `{remedy}`).
    Word(&'static [&'static str], &'static Rule),
    /// Judged elsewhere.
    Any,
}

/// A member that an object may have.
#[derive(Debug)]
pub(super) struct Field {
    key: &'static str,
    kind: Kind,
    must: Option<&'static Rule>,
    read_only: bool,
}

/// A member that may be there.
pub(super) const fn may(key: &'static str, kind: Kind) -> Field {
    Field {
        key,
        kind,
        must: None,
        read_only: false,
    }
}

/// A member whose absence breaks a rule.
pub(super) const fn must(key: &'static str, kind: Kind, rule: &'static Rule) -> Field {
    Field {
        key,
        kind,
        must: Some(rule),
        read_only: false,
    }
}

/// A member that Meta adds when a definition is read back, and takes in no other.
pub(super) const fn read_back(key: &'static str) -> Field {
    Field {
        key,
        kind: Kind::Any,
        must: None,
        read_only: true,
    }
}

/// Judges an object's members; the answer is whether it is an object at all. `owner` is what a person
/// calls it, such as "a footer". A member that is `null` counts as absent.
pub(super) fn shape(
    node: &Node<'_>,
    owner: &str,
    fields: &[Field],
    findings: &mut Findings<'_>,
) -> bool {
    let rule = rules::UNEXPECTED_FIELD;
    members(node, owner, fields, [rule, rule], findings)
}

/// The same with the rules that members break which do not belong there (`{name}`, `{owner}`,
/// `{remedy}`): unknown ones, and those that only Meta writes. A definition that was read back may
/// have members that are new.
pub(super) fn members(
    node: &Node<'_>,
    owner: &str,
    fields: &[Field],
    rules: [&'static Rule; 2],
    findings: &mut Findings<'_>,
) -> bool {
    let Value::Object(members) = &node.value else {
        expected(node, owner, "an object", findings);
        return false;
    };
    let [unknown, read_only] = rules;
    let readback = findings.options.readback;
    let (mut absent, mut lacking) = (Vec::new(), Vec::new());
    for field in fields {
        if !field.read_only && given(node, field.key).is_none() {
            absent.push(field.key);
            lacking.extend(field.must);
        }
    }
    for member in members {
        let key = member.key.as_ref();
        if member.value.is_null() {
            continue;
        }
        match fields.iter().find(|field| field.key == key) {
            Some(field) if !field.read_only => {
                of_kind(&member.value, key, field.kind, findings);
            }
            _ if readback => {}
            Some(_) => stranger(node, member, owner, &[], read_only, findings),
            None => stranger(node, member, owner, &absent, unknown, findings),
        }
    }
    for rule in lacking {
        findings.missing(rule, node);
    }
    true
}

/// A member that does not belong there, and what was probably meant.
fn stranger(
    owner: &Node<'_>,
    member: &crate::json::Member<'_>,
    what: &str,
    absent: &[&'static str],
    rule: &'static Rule,
    findings: &mut Findings<'_>,
) {
    let key = member.key.as_ref();
    let found = findings.flag_key(rule, member);
    found.say("name", key).say("owner", what);
    match closest(key, absent) {
        Some(meant) => {
            let rename = Edit::rename(owner, member, meant);
            found
                .say("remedy", &["did you mean `", meant, "`?"].joined())
                .mend(false, &["rename to `", meant, "`"].joined(), rename);
        }
        None => {
            let removal = vec![Edit::remove(&member.value)];
            // What Meta wrote itself is surely not missed.
            let safe = rule.index() == rules::READ_ONLY_FIELD.index();
            found
                .say("remedy", "delete it")
                .mend(safe, &["delete `", key, "`"].joined(), removal);
        }
    }
}

fn of_kind(node: &Node<'_>, key: &str, kind: Kind, findings: &mut Findings<'_>) {
    let (fits, noun) = match kind {
        Kind::Text | Kind::Word(..) => (node.as_str().is_some(), "a text"),
        Kind::Flag => (node.as_bool().is_some(), "true or false"),
        Kind::Whole => (node.as_i64().is_some(), "a whole number"),
        Kind::Object => (node.as_object().is_some(), "an object"),
        Kind::Array => (node.as_array().is_some(), "an array"),
        Kind::Any => return,
    };
    if !fits {
        let quoted = match kind {
            Kind::Flag => flag_in(node),
            _ => None,
        };
        if let Some(found) = mistyped(node, key, noun, findings)
            && let Some(meant) = quoted
        {
            let edit = Edit::replace(node, Node::made(Value::Bool(meant)));
            found.mend(true, "take it out of the quotes", vec![edit]);
        }
    } else if let Kind::Word(words, rule) = kind {
        word(node, words, rule, findings);
    }
}

/// The truth value that a text spells.
fn flag_in(node: &Node<'_>) -> Option<bool> {
    let text = node.as_str()?.trim();
    let yes = text.eq_ignore_ascii_case("true");
    (yes || text.eq_ignore_ascii_case("false")).then_some(yes)
}

/// Whether a text is one of Meta's words, in any case; another one breaks the rule (`{name}`,
/// `{remedy}`) and gets the near ones as a fix. A word that is still being typed is let be.
pub(super) fn word(
    node: &Node<'_>,
    words: &[&'static str],
    rule: &'static Rule,
    findings: &mut Findings<'_>,
) {
    other_word(node, words, rule, findings);
}

/// The same; the answer takes more details. In a definition that was read back any word is Meta's.
pub(super) fn other_word<'f>(
    node: &Node<'_>,
    words: &[&'static str],
    rule: &'static Rule,
    findings: &'f mut Findings<'_>,
) -> Option<&'f mut Found> {
    let text = node.as_str().unwrap_or_default();
    let known = words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if node.open || known || findings.options.readback {
        return None;
    }
    let found = findings.flag(rule, node);
    found.say("name", text);
    Some(match closest(text, words) {
        Some(meant) => found
            .say("remedy", &["did you mean ", meant, "?"].joined())
            .put(false, &["write ", meant].joined(), node, meant),
        None => found.say("remedy", &["use ", &one_of(words)].joined()),
    })
}

/// Says that a value is of the wrong type.
pub(super) fn expected(node: &Node<'_>, name: &str, noun: &str, findings: &mut Findings<'_>) {
    mistyped(node, name, noun, findings);
}

/// The same; the answer takes a fix.
pub(super) fn mistyped<'f>(
    node: &Node<'_>,
    name: &str,
    noun: &str,
    findings: &'f mut Findings<'_>,
) -> Option<&'f mut Found> {
    // A word or sign that is still being typed has no type yet; the syntax finding says so.
    let begun = match &node.value {
        Value::Null => true,
        Value::Number(raw) => !raw.ends_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    if node.open && begun {
        return None;
    }
    let found = findings.flag(rules::WRONG_TYPE, node);
    found
        .say("name", name)
        .say("expected", noun)
        .say("found", node.noun());
    Some(found)
}

/// A member that is there and not `null`.
pub(super) fn given<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    node.get(key).filter(|value| !value.is_null())
}

/// A member that is a text.
pub(super) fn text<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<(&'n str, &'n Node<'t>)> {
    let value = node.get(key)?;
    Some((value.as_str()?, value))
}

/// The value that a JSON text of the program's stands for, to be written into a definition.
#[inline(never)]
pub(super) fn made(json: &str) -> Node<'static> {
    let root = crate::json::parse(json).root;
    root.map_or(Node::made(Value::Null), |root| root.owned())
}
