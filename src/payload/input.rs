//! Reads a message: who gets it, and a value for each parameter key.

use super::reach;
use super::value::{as_text, is_blank};
use crate::findings::Findings;
use crate::json::{Member, Node, OperationKind};
use crate::limits::Limit;
use crate::path;
use crate::phone::{self, Phone};
use crate::report::{Fix, Step, operation};
use crate::rules;
use crate::template::Template;
use crate::text::clip;
use crate::text::{closest, count_chars};
use std::collections::BTreeMap;

/// A message as far as it could be read.
#[derive(Debug, Default, Clone)]
pub(super) struct Input<'n, 't> {
    /// The phone number as it is sent, or the group's id.
    pub to: Option<String>,
    /// The business-scoped user id.
    pub recipient: Option<&'n str>,
    /// Whether it goes to a group.
    pub group: bool,
    /// What the statuses bring back.
    pub callback: Option<&'n str>,
    /// The message that this one answers.
    pub reply_to: Option<&'n str>,
    /// The values, by key; `null` is no value.
    pub values: BTreeMap<&'n str, &'n Node<'t>>,
}

/// The members of a message.
pub(super) const MEMBERS: &[&str] = &[
    "to",
    "values",
    "callbackData",
    "replyTo",
    "recipient",
    "recipientType",
];

/// Reads the message and says what is wrong with everything but the values themselves.
pub(super) fn read<'n, 't>(
    template: &Template,
    root: &'n Node<'t>,
    findings: &mut Findings<'_>,
) -> Input<'n, 't> {
    let mut input = Input::default();
    let Some(members) = root.as_object() else {
        wrong_type(findings, root, path![], "message", "an object");
        findings.incomplete();
        return input;
    };
    for member in members.iter().take(1000) {
        if !MEMBERS.contains(&member.key.as_ref()) {
            let path = path![member.key.to_string()];
            let near = closest(&member.key, MEMBERS);
            let remedy = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "a message has `to` or `recipient`, `values`, `callbackData`, `replyTo` and `recipientType`".to_owned(),
            };
            findings
                .find_at(rules::MESSAGE_KEY_UNKNOWN, member.key_at, path)
                .param("name", clip(&member.key))
                .param("remedy", remedy);
        }
    }
    recipient(template, root, &mut input, findings);
    if let Some(node) = given(root, "values") {
        match node.as_object() {
            Some(members) => {
                for member in members.iter().filter(|m| !m.value.is_null()) {
                    input.values.insert(member.key.as_ref(), &member.value);
                }
                unknown_values(template, node, findings);
            }
            None => wrong_type(findings, node, path!["values"], "values", "an object"),
        }
    }
    if let Some((text, node)) = text_of(root, "callbackData", findings) {
        let used = count_chars(text);
        let path = path!["callbackData"];
        if findings.measure(Limit::CallbackChars, used, node, path.clone(), None) {
            let max = findings.max(Limit::CallbackChars);
            findings
                .find(rules::CALLBACK_TOO_LONG, node, path)
                .param("used", used)
                .param("max", max)
                .param("over", used - max);
        }
        input.callback = Some(text);
    }
    if let Some((text, node)) = text_of(root, "replyTo", findings) {
        reply_to(text, node, path!["replyTo"], findings);
        input.reply_to = Some(text);
    }
    input
}

/// Judges the id of the message that is answered.
pub(super) fn reply_to(text: &str, node: &Node<'_>, path: Vec<Step>, findings: &mut Findings<'_>) {
    let id = text.strip_prefix("wamid.").unwrap_or_default();
    let fine = !id.is_empty()
        && count_chars(text) <= findings.max(Limit::ReplyToChars)
        && id.bytes().all(|b| b.is_ascii_graphic());
    if !fine {
        findings
            .find(rules::REPLY_TO_MALFORMED, node, path)
            .param("found", clip(text));
    }
}

fn recipient<'n>(
    template: &Template,
    root: &'n Node<'_>,
    input: &mut Input<'n, '_>,
    findings: &mut Findings<'_>,
) {
    if let Some((word, node)) = text_of(root, "recipientType", findings) {
        match word {
            "individual" => {}
            "group" => input.group = true,
            other => {
                findings
                    .find(rules::RECIPIENT_TYPE, node, path!["recipientType"])
                    .param("found", clip(other));
            }
        }
    }
    let to = given(root, "to").and_then(|node| {
        let text = as_text(node);
        if text.is_none() {
            wrong_type(findings, node, path!["to"], "to", "a text");
        }
        Some((text?, node))
    });
    let to_given = given(root, "to").is_some();
    if let Some((text, node)) = to.filter(|(text, _)| !is_blank(text)) {
        input.to = if input.group {
            group(&text, node, path!["to"], findings);
            Some(text.into_owned())
        } else {
            number(&text, node, path!["to"], findings)
        };
        if let Some(to) = input.to.as_deref().filter(|_| !input.group) {
            spelling(to, node, path!["to"], findings);
            reach::number(Some(template), to, node, path!["to"], findings);
        }
    } else if to_given && given(root, "recipient").is_none() && !findings.options.recipient_optional
    {
        let node = given(root, "to").unwrap_or(root);
        if node.as_str().is_some() {
            findings.find(rules::RECIPIENT_MISSING, node, path!["to"]);
        }
    }
    if let Some((text, node)) = text_of(root, "recipient", findings) {
        // The number wins where both are given, and a code may go there.
        let code = template.is_authentication() && input.to.is_none();
        user_id(code, text, node, path!["recipient"], findings);
        if to_given {
            findings.find(rules::TO_WINS, node, path!["recipient"]);
        }
        input.recipient = Some(text);
        if input.group && input.to.is_none() {
            findings.find(rules::GROUP_IS_USER, node, path!["recipient"]);
        }
    } else if !to_given && !findings.options.recipient_optional {
        findings.find(rules::RECIPIENT_MISSING, root, path![]);
    }
}

/// Judges what should be a group's id.
pub(super) fn group(text: &str, node: &Node<'_>, path: Vec<Step>, findings: &mut Findings<'_>) {
    if text.starts_with('+') && matches!(phone::read(text), Phone::Plain(..)) {
        findings
            .find(rules::GROUP_IS_PHONE, node, path)
            .param("to", clip(text));
    }
}

/// Tells how else WhatsApp may know a number.
pub(super) fn spelling(
    number: &str,
    node: &Node<'_>,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) {
    if let Some((other, reason)) = phone::other_spelling(number) {
        findings
            .find(rules::TO_OTHER_SPELLING, node, path)
            .param("to", clip(number))
            .param("other", other)
            .param("reason", reason);
    }
}

/// Judges a business-scoped user id; `code` says that a one-time code is to go there.
pub(super) fn user_id(
    code: bool,
    text: &str,
    node: &Node<'_>,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) {
    if !phone::is_user_id(text) {
        findings
            .find(rules::RECIPIENT_MALFORMED, node, path)
            .param("recipient", clip(text));
    } else if code {
        findings.find(rules::RECIPIENT_NO_CODE, node, path);
    }
}

/// Judges a phone number; the answer is how it is sent.
pub(super) fn number(
    text: &str,
    node: &Node<'_>,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) -> Option<String> {
    let fix = |title: &str, safe: bool, number: &str| {
        let put = Node::text(number.to_owned());
        let patch = vec![operation(OperationKind::Replace, &path, Some(put))];
        if safe {
            Fix::safe(title, patch)
        } else {
            Fix::unsafe_(title, patch)
        }
    };
    let found = match phone::read(text) {
        Phone::Plain(number, true) => return Some(number),
        Phone::Plain(number, false) => {
            let fix = fix("Write it plainly", true, &number);
            findings
                .find(rules::TO_NORMALIZED, node, path)
                .param("to", clip(text))
                .param("sent", number.as_str())
                .fix(fix);
            return Some(number);
        }
        Phone::NoPlus(number) => {
            let fix = fix("Put a plus in front", false, &number);
            findings
                .find(rules::TO_WITHOUT_PLUS, node, path)
                .param("to", clip(text))
                .param("suggestion", number.as_str())
                .fix(fix);
            return Some(number);
        }
        Phone::Scientific => findings.find(rules::TO_SCIENTIFIC, node, path),
        Phone::Not(problem) => {
            let found = findings.find(rules::TO_MALFORMED, node, path);
            found
                .param("problem", problem)
                .details("The phone number is malformed: Please use the format: +1234567890.")
        }
    };
    found.param("to", clip(text));
    None
}

fn unknown_values(template: &Template, node: &Node<'_>, findings: &mut Findings<'_>) {
    let slots = template.slots();
    let known: BTreeMap<&str, ()> = slots.iter().map(|slot| (slot.key.as_str(), ())).collect();
    let members = node.as_object().unwrap_or_default();
    let unknown = members
        .iter()
        .filter(|m| !m.value.is_null() && !known.contains_key(m.key.as_ref()));
    for member in unknown.take(200) {
        if card_unknown(template, member, findings) {
            continue;
        }
        let near = nearest(&member.key, &known);
        let remedy = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "leave it out: the template takes no values".to_owned(),
            None => {
                let keys: Vec<String> =
                    known.keys().take(8).map(|key| format!("`{key}`")).collect();
                format!("leave it out; the template's keys are {}", keys.join(", "))
            }
        };
        let path = path!["values", member.key.to_string()];
        let remove = Fix::unsafe_(
            "Take it out",
            vec![operation(OperationKind::Remove, &path, None)],
        );
        let found = findings.find_at(rules::VALUE_UNKNOWN, member.key_at, path.clone());
        found
            .key(clip(&member.key))
            .param("key", clip(&member.key))
            .param("remedy", remedy);
        match near {
            // The value moves to the key that was meant, unless that one is taken.
            Some(near) if node.get(near).is_none_or(Node::is_null) => {
                found.fix(Fix::unsafe_(
                    format!("Rename it to {near}"),
                    vec![
                        operation(OperationKind::Remove, &path, None),
                        operation(
                            OperationKind::Add,
                            &path!["values", near.to_owned()],
                            Some(member.value.owned()),
                        ),
                    ],
                ));
            }
            _ => {
                found.fix(remove);
            }
        }
    }
}

/// Says that a value is for a card that the template does not have.
fn card_unknown(template: &Template, member: &Member<'_>, findings: &mut Findings<'_>) -> bool {
    let cards = template.cards().len();
    let key = member.key.as_ref();
    let number = key
        .strip_prefix("cards.")
        .and_then(|rest| rest.split_once('.'));
    let number = number.and_then(|(number, _)| number.parse::<usize>().ok());
    let Some(number) = number.filter(|number| cards > 0 && *number >= cards) else {
        return false;
    };
    let path = path!["values", key.to_owned()];
    let remove = vec![operation(OperationKind::Remove, &path, None)];
    findings
        .find_at(rules::CARD_UNKNOWN, member.key_at, path)
        .key(clip(key))
        .param("key", clip(key))
        .param("max", cards)
        .param("last", cards - 1)
        .param("card", number)
        .fix(Fix::unsafe_("Take it out", remove));
    true
}

/// The key that was probably meant: the bare name without its scope, or a slip of the finger. Keys
/// that differ in their numbers are two keys, not one with a slip.
fn nearest<'k>(key: &str, known: &BTreeMap<&'k str, ()>) -> Option<&'k str> {
    if known.len() > 100 || key.len() > 80 {
        return None;
    }
    let bare = key.trim_matches(|c: char| matches!(c, '{' | '}' | ' '));
    let with_scope = known
        .keys()
        .find(|k| k.split_once('.').is_some_and(|(_, name)| name == bare));
    if let Some(found) = with_scope {
        return Some(found);
    }
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let same: Vec<&'k str> = known
        .keys()
        .copied()
        .filter(|k| digits(k) == digits(key))
        .collect();
    closest(key, &same)
}

fn given<'n, 't>(root: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    root.get(key).filter(|node| !node.is_null())
}

fn text_of<'n>(
    root: &'n Node<'_>,
    key: &'static str,
    findings: &mut Findings<'_>,
) -> Option<(&'n str, &'n Node<'n>)>
where
{
    let node = given(root, key)?;
    match node.as_str() {
        Some(text) => Some((text, node)),
        None => {
            wrong_type(findings, node, path![key], key, "a text");
            None
        }
    }
}

pub(super) fn wrong_type(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    path: Vec<Step>,
    name: &str,
    expected: &str,
) {
    findings
        .find(rules::WRONG_TYPE, node, path)
        .param("name", name)
        .param("expected", expected)
        .param("found", node.noun());
}
