//! Reads the options of a check, which JavaScript gives as JSON text. What is wrong in them is a
//! wrong call of the API, not a finding.

use crate::findings::{Note, Options, Previous};
use crate::json::{Member, Node, Value, parse};
use crate::order::Joined;
use crate::report::Severity;
use crate::rules;
use crate::text::clip;

/// Reads options; none are given by an empty text. `source` says that the caller gave text, so that
/// places in it are wanted. The error names the option.
pub fn read(text: &str, source: bool) -> Result<Options, String> {
    let mut options = Options {
        source,
        ..Options::default()
    };
    let parsed = parse(text);
    let Some(root) = parsed.root.filter(|_| !text.is_empty()) else {
        return Ok(options);
    };
    for member in members(&root, "options")? {
        let value = &member.value;
        // As in JavaScript, what is null is not given.
        if value.is_null() {
            continue;
        }
        match member.key.as_ref() {
            "limits" => limits(value, &mut options)?,
            "policy" => policy(value, &mut options)?,
            "now" => match value.as_i64() {
                Some(now) => options.now = Some(now as f64),
                None => return Err(wrong("now", "a time in milliseconds")),
            },
            "readback" => options.readback = truth(value, "readback")?,
            "recipient" => {
                options.recipient_optional = match value.as_str() {
                    Some("required") => false,
                    Some("optional") => true,
                    _ => return Err(wrong("recipient", "required or optional")),
                }
            }
            "edit" => options.edit = Some(edit(value)?),
            "notes" => options.notes = notes(value),
            _ => {}
        }
    }
    Ok(options)
}

/// Reads an option that is only switched on or off.
pub fn flag(text: &str, name: &str) -> Result<bool, String> {
    let parsed = parse(text);
    let given = parsed.root.as_ref().and_then(|root| root.get(name));
    given
        .filter(|value| !value.is_null())
        .map_or(Ok(false), |value| truth(value, name))
}

fn limits(given: &Node<'_>, options: &mut Options) -> Result<(), String> {
    for member in members(given, "options.limits")? {
        let (name, key) = named(&member.key);
        let place = place("limits", name);
        let max = member.value.as_i64().and_then(|n| u32::try_from(n).ok());
        let max = max.ok_or_else(|| wrong(&place, "a whole number from 0"))?;
        if !options.limits.set(key, max) {
            return Err(["options.", &place, " is not a limit; limits() lists them"].joined());
        }
    }
    Ok(())
}

fn policy(given: &Node<'_>, options: &mut Options) -> Result<(), String> {
    for member in members(given, "options.policy")? {
        let (name, key) = named(&member.key);
        let severity = match member.value.as_str() {
            Some("error") => Some(Severity::Error),
            Some("warning") => Some(Severity::Warning),
            Some("info") => Some(Severity::Info),
            Some("off") => None,
            _ => {
                return Err(wrong(&place("policy", name), "error, warning, info or off"));
            }
        };
        let rule = rules::find(key).ok_or_else(|| {
            let name = clip(name);
            [
                "options.policy names `",
                &name,
                "`, which is no rule; rules() lists them",
            ]
            .joined()
        })?;
        options.policy.insert(rule, severity);
    }
    Ok(())
}

/// The name of a rule or limit as it was given, and what it is found by: for core.wasm its place, which JavaScript wrote
/// in front of it (`12:name-max`), for all others its name.
fn named(key: &str) -> (&str, &str) {
    let placed = crate::text::split_at(key, ":").filter(|_| !cfg!(feature = "texts"));
    placed.map_or((key, key), |(place, name)| (name, place))
}

fn edit(given: &Node<'_>) -> Result<Previous, String> {
    members(given, "options.edit")?;
    let text = |key| given.get(key).and_then(Node::as_str).map(str::to_owned);
    Ok(Previous {
        previous: text("previous")
            .ok_or_else(|| wrong("edit.previous", "the definition to replace"))?,
        status: text("status").ok_or_else(|| wrong("edit.status", "a status such as APPROVED"))?,
    })
}

/// What js/odd.js says of a value beside its text: `[which rule, where, what was found]`.
fn notes(given: &Node<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    for note in given.as_array().unwrap_or_default() {
        let text = |at| note.item(at).and_then(Node::as_str).unwrap_or_default();
        notes.push(Note {
            rule: match text(0) {
                "cycle" => rules::VALUE_CYCLIC,
                "depth" => rules::TEXT_TOO_DEEP,
                _ => rules::VALUE_NOT_JSON,
            },
            place: text(1).to_owned(),
            found: text(2).to_owned(),
        });
    }
    notes
}

/// The members of an option that must be an object.
pub(crate) fn members<'n, 't>(node: &'n Node<'t>, name: &str) -> Result<&'n [Member<'t>], String> {
    match &node.value {
        Value::Object(members) => Ok(members),
        _ => Err([name, " must be an object"].joined()),
    }
}

/// An option that is on or off.
pub(crate) fn truth(value: &Node<'_>, name: &str) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| wrong(name, "true or false"))
}

/// Where a member of an option stands.
pub(crate) fn place(name: &str, key: &str) -> String {
    [name, ".", &clip(key)].joined()
}

/// What is wrong with an option.
pub(crate) fn wrong(name: &str, expected: &str) -> String {
    ["options.", name, " must be ", expected].joined()
}
