//! The outer keys of a payload, and the template that it names.

use super::{
    View, components, down, given, marketing, missing, unknown_keys, wrong_type, wrong_word,
};
use crate::findings::Findings;
use crate::json::Node;
use crate::languages::{is_language, near};
use crate::limits::Limit;
use crate::path;
use crate::payload::input::{reply_to, user_id};
use crate::payload::reach;
use crate::payload::value::is_blank;
use crate::phone::{self, Phone};
use crate::report::Step;
use crate::rules;
use crate::template::Template;
use crate::text::clip;
use crate::text::count_chars;

/// The keys of a body, those of `/marketing_messages` included.
const KEYS: &[&str] = &[
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "template",
    "context",
    "biz_opaque_callback_data",
    "recipient_identity_key_hash",
    "product_policy",
    "message_activity_sharing",
    "bid_spec",
];

/// Keys of other messages, and of older days.
const IGNORED: &[&str] = &[
    "audio",
    "contacts",
    "document",
    "hsm",
    "image",
    "interactive",
    "location",
    "preview_url",
    "reaction",
    "status",
    "sticker",
    "text",
    "ttl",
    "video",
];

pub(super) fn judge(root: &Node<'_>, template: Option<&Template>, findings: &mut Findings<'_>) {
    if is_definition(root) {
        findings.find(rules::PAYLOAD_IS_DEFINITION, root, path![]);
        return;
    }
    match given(root, "messaging_product") {
        None => missing(
            findings,
            root,
            &[],
            "messaging_product",
            "\"messaging_product\": \"whatsapp\"",
        ),
        Some(node) if node.as_str() != Some("whatsapp") => {
            wrong_word(
                findings,
                node,
                path!["messaging_product"],
                "messaging_product",
                "`whatsapp`",
            );
        }
        Some(_) => {}
    }
    match given(root, "type") {
        None => missing(findings, root, &[], "type", "\"type\": \"template\""),
        Some(node) if node.as_str() == Some("template") => {}
        Some(node) => {
            match node.as_str() {
                Some(word) => {
                    let found = findings.find(rules::PAYLOAD_NOT_TEMPLATE, node, path!["type"]);
                    found.param("found", clip(word));
                    if template.is_some() {
                        found.severity(crate::report::Severity::Error);
                    }
                }
                None => wrong_type(findings, node, path!["type"], "type", "a text"),
            }
            findings.incomplete();
            return;
        }
    }
    let (ignored, rest): (Vec<_>, Vec<_>) = root
        .as_object()
        .unwrap_or_default()
        .iter()
        .partition(|m| IGNORED.contains(&m.key.as_ref()));
    for member in ignored {
        findings
            .find_at(
                rules::PAYLOAD_KEY_IGNORED,
                member.key_at,
                path![member.key.to_string()],
            )
            .param("name", member.key.as_ref());
    }
    if !rest.is_empty() {
        let known: Vec<&str> = KEYS.iter().chain(IGNORED).copied().collect();
        unknown_keys(findings, root, &[], "a payload", &known);
    }
    recipient(root, template, findings);
    marketing::judge(root, template, findings);
    context(root, findings);
    let Some(node) = given(root, "template") else {
        return missing(
            findings,
            root,
            &[],
            "template",
            "`template` with `name`, `language` and `components`",
        );
    };
    if node.as_object().is_none() {
        return wrong_type(findings, node, path!["template"], "template", "an object");
    }
    named(node, template, findings);
}

/// A definition lists its texts; a payload never has a name at its top.
fn is_definition(root: &Node<'_>) -> bool {
    let top = |key: &str| given(root, key).is_some();
    top("components") && top("name") && top("language") && !top("template") && !top("to")
}

fn recipient(root: &Node<'_>, template: Option<&Template>, findings: &mut Findings<'_>) {
    let group = match given(root, "recipient_type") {
        None => false,
        Some(node) => match node.as_str() {
            Some("individual") => false,
            Some("group") => true,
            _ => {
                let path = path!["recipient_type"];
                wrong_word(
                    findings,
                    node,
                    path,
                    "recipient_type",
                    "`individual` or `group`",
                );
                false
            }
        },
    };
    let to = given(root, "to");
    let recipient = given(root, "recipient");
    if to.is_none() && recipient.is_none() && !findings.options.recipient_optional {
        findings.find(rules::RECIPIENT_MISSING, root, path![]);
    }
    if let Some(node) = to {
        match node.as_str() {
            None => wrong_type(findings, node, path!["to"], "to", "a text"),
            Some(text) if is_blank(text) => {
                findings.find(rules::RECIPIENT_MISSING, node, path!["to"]);
            }
            Some(text) if group => {
                let digits = text.strip_prefix('+').unwrap_or(text);
                if digits.len() < 16 && digits.bytes().all(|b| b.is_ascii_digit()) {
                    findings
                        .find(rules::GROUP_IS_PHONE, node, path!["to"])
                        .param("to", clip(text));
                }
            }
            Some(text) => number(text, node, template, findings),
        }
    }
    if let Some(node) = recipient {
        match (node.as_str(), template) {
            (None, _) => wrong_type(findings, node, path!["recipient"], "recipient", "a text"),
            // Where `to` wins, a one-time code goes to a number after all.
            (Some(text), Some(template)) if to.is_none() => user_id(
                template.is_authentication(),
                text,
                node,
                path!["recipient"],
                findings,
            ),
            (Some(text), _) if !phone::is_user_id(text) => {
                findings
                    .find(rules::RECIPIENT_MALFORMED, node, path!["recipient"])
                    .param("recipient", clip(text));
            }
            (Some(_), _) => {}
        }
        if to.is_some() {
            findings.find(rules::TO_WINS, node, path!["recipient"]);
        } else if group {
            findings.find(rules::GROUP_IS_USER, node, path!["recipient"]);
        }
    }
}

const MALFORMED: &str = "The phone number is malformed: Please use the format: +1234567890.";

/// Meta reads the usual spellings itself, so only what it cannot read, or may read otherwise, is said.
fn number(text: &str, node: &Node<'_>, template: Option<&Template>, findings: &mut Findings<'_>) {
    let path = path!["to"];
    if let Phone::Plain(number, _) = phone::read(text) {
        reach::number(template, &number, node, path.clone(), findings);
    }
    let found = match phone::read(text) {
        Phone::Plain(ref number, _)
            if !text.starts_with("00")
                && number
                    .bytes()
                    .filter(u8::is_ascii_digit)
                    .eq(text.bytes().filter(u8::is_ascii_digit))
                && text
                    .chars()
                    .all(|c| c.is_ascii_digit() || "+-() ".contains(c)) =>
        {
            return;
        }
        // What people type beyond that is read by us, and not by Meta.
        Phone::Plain(number, _) => findings
            .find(rules::TO_MALFORMED, node, path)
            .param(
                "problem",
                ["Meta reads it as written; write ", &number].concat(),
            )
            .details(MALFORMED),
        Phone::NoPlus(number) => findings
            .find(rules::TO_WITHOUT_PLUS, node, path)
            .param("suggestion", number),
        Phone::Scientific => findings.find(rules::TO_SCIENTIFIC, node, path),
        Phone::Not(problem) => findings
            .find(rules::TO_MALFORMED, node, path)
            .param("problem", problem)
            .details(MALFORMED),
    };
    found.param("to", clip(text));
}

fn context(root: &Node<'_>, findings: &mut Findings<'_>) {
    if let Some(node) = given(root, "recipient_identity_key_hash")
        && node.as_str().is_none()
    {
        let name = "recipient_identity_key_hash";
        wrong_type(findings, node, path![name], name, "a text");
    }
    if let Some(node) = given(root, "context") {
        unknown_keys(
            findings,
            node,
            &path!["context"],
            "`context`",
            &["message_id"],
        );
        match given(node, "message_id") {
            Some(id) if id.as_str().is_some() => {
                let text = id.as_str().unwrap_or_default();
                reply_to(text, id, path!["context", "message_id"], findings);
            }
            Some(id) => wrong_type(
                findings,
                id,
                path!["context", "message_id"],
                "message_id",
                "a text",
            ),
            None if node.as_object().is_some() => {
                missing(
                    findings,
                    node,
                    &path!["context"],
                    "message_id",
                    "the id of the message replied to",
                );
            }
            None => wrong_type(findings, node, path!["context"], "context", "an object"),
        }
    }
    let Some(node) = given(root, "biz_opaque_callback_data") else {
        return;
    };
    let path = path!["biz_opaque_callback_data"];
    let Some(text) = node.as_str() else {
        return wrong_type(findings, node, path, "biz_opaque_callback_data", "a text");
    };
    let used = count_chars(text);
    if findings.measure(Limit::CallbackChars, used, node, path.clone(), None) {
        let max = findings.max(Limit::CallbackChars);
        findings
            .find(rules::CALLBACK_TOO_LONG, node, path)
            .param("used", used)
            .param("max", max)
            .param("over", used - max);
    }
}

/// The `template` object.
fn named(node: &Node<'_>, template: Option<&Template>, findings: &mut Findings<'_>) {
    let at = path!["template"];
    if let Some(member) = node.member("namespace").filter(|m| !m.value.is_null()) {
        findings
            .find_at(
                rules::PAYLOAD_OLD_API,
                member.key_at,
                down(&at, "namespace"),
            )
            .param("name", "namespace");
    }
    unknown_keys(
        findings,
        node,
        &at,
        "`template`",
        &["name", "language", "components", "namespace"],
    );
    match given(node, "name") {
        None => missing(findings, node, &at, "name", "the template's name"),
        Some(name) => match (name.as_str(), template) {
            (None, _) => wrong_type(findings, name, down(&at, "name"), "name", "a text"),
            (Some(text), Some(template)) if text != template.name => {
                findings
                    .find(rules::PAYLOAD_NAME, name, down(&at, "name"))
                    .param("found", clip(text))
                    .param("name", template.name.as_str())
                    .details(format!(
                        "template name ({text}) does not exist in {}",
                        template.language
                    ));
            }
            (Some(text), None) if !is_name(text, findings) => {
                wrong_word(
                    findings,
                    name,
                    down(&at, "name"),
                    "name",
                    "lower-case letters, digits and underscores",
                );
            }
            _ => {}
        },
    }
    if let (Some(name), None) = (given(node, "name").and_then(Node::as_str), template) {
        reach::template(name, node, findings);
    }
    language(node, template, &at, findings);
    match given(node, "components") {
        None => components::absent(node, at, template.map(View::of), findings),
        Some(list) if list.as_array().is_some() => {
            components::judge(
                list,
                down(&at, "components"),
                template.map(View::of),
                findings,
            );
        }
        Some(list) => wrong_type(
            findings,
            list,
            down(&at, "components"),
            "components",
            "an array",
        ),
    }
}

fn is_name(text: &str, findings: &Findings<'_>) -> bool {
    !text.is_empty()
        && count_chars(text) <= findings.max(Limit::NameChars)
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// `<CODE>`, `LANGUAGE_AND_LOCALE_CODE`: what Meta's pages have in a code's place.
fn is_documentation(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    text.starts_with('<') || lower.contains("language") || lower.contains("locale")
}

fn language(
    node: &Node<'_>,
    template: Option<&Template>,
    at: &[Step],
    findings: &mut Findings<'_>,
) {
    let at = down(at, "language");
    let Some(language) = given(node, "language") else {
        let parent = path!["template"];
        return missing(
            findings,
            node,
            &parent,
            "language",
            "\"language\": {\"code\": \"en_US\"}",
        );
    };
    if language.as_object().is_none() {
        return wrong_type(findings, language, at, "language", "an object with `code`");
    }
    unknown_keys(findings, language, &at, "`language`", &["code", "policy"]);
    if let Some(policy) = given(language, "policy")
        && policy.as_str() != Some("deterministic")
    {
        wrong_word(
            findings,
            policy,
            down(&at, "policy"),
            "policy",
            "`deterministic`",
        );
    }
    let Some(code) = given(language, "code") else {
        return missing(
            findings,
            language,
            &at,
            "code",
            "the template's language, such as en_US",
        );
    };
    let path = down(&at, "code");
    let Some(text) = code.as_str() else {
        return wrong_type(findings, code, path, "code", "a text");
    };
    if is_blank(text) {
        return missing(
            findings,
            code,
            &at,
            "code",
            "the template's language, such as en_US",
        );
    }
    let (name, problem, remedy) = match template {
        Some(template) if template.language == text => return,
        Some(template) => (
            Some(template.name.as_str()),
            format!("this template is in `{}`", template.language),
            format!("write `{}`", template.language),
        ),
        // Placeholders of documentation are for its readers to fill.
        None if is_language(text) || is_documentation(text) => return,
        None => {
            let near = near(text.trim());
            let remedy = match near.codes.first() {
                Some(first) => format!("write `{first}`, if that is the template's language"),
                None => "write it as the template has it, such as `en_US`".to_owned(),
            };
            let name = node.get("name").and_then(Node::as_str);
            (name, "Meta has no such language".to_owned(), remedy)
        }
    };
    let found = findings.find(rules::PAYLOAD_LANGUAGE, code, path);
    found
        .param("found", clip(text))
        .param("problem", problem)
        .param("remedy", remedy);
    if let Some(name) = name {
        let (name, text) = (clip(name), clip(text));
        found.details(format!("template name ({name}) does not exist in {text}"));
    }
}
