//! Templates of Meta's library: a name, and what the library leaves open.

use super::authentication::{OTP_TYPE, delivery, minutes};
use super::buttons::{dialled, is_web, opens_chat};
use super::envelope::slug;
use super::shape::{Field, Kind, expected, given, may, must, shape, text};
use super::texts::length;
use crate::definition::{Category, Definition};
use crate::findings::Findings;
use crate::json::{Node, ProblemKind, parse};
use crate::limits::Limit;
use crate::order::Joined;
use crate::report::{Param, Severity};
use crate::rules;
use crate::text::{clip, find, is_word, split_at};

static BUTTON: &[Field] = &[
    must(
        "type",
        Kind::Word(
            &[
                "QUICK_REPLY",
                "URL",
                "PHONE_NUMBER",
                "OTP",
                "MPM",
                "CATALOG",
                "FLOW",
                "VOICE_CALL",
                "APP",
            ],
            rules::LIBRARY_BUTTON_TYPE,
        ),
        rules::LIBRARY_BUTTON_TYPE_REQUIRED,
    ),
    may("url", Kind::Object),
    may("phone_number", Kind::Text),
    OTP_TYPE,
    may("supported_apps", Kind::Array),
    may("package_name", Kind::Text),
    may("signature_hash", Kind::Text),
    may("zero_tap_terms_accepted", Kind::Flag),
];

static ADDRESS: &[Field] = &[
    may("base_url", Kind::Text),
    may("url_suffix_example", Kind::Text),
];

static BODY: &[Field] = &[
    may("add_contact_number", Kind::Flag),
    may("add_learn_more_link", Kind::Flag),
    may("add_security_recommendation", Kind::Flag),
    may("add_track_package_link", Kind::Flag),
    may("code_expiration_minutes", Kind::Any),
];

/// Something that the library leaves open: its key, its type, and what judges it.
type Input = (&'static str, &'static str, fn(&Node<'_>, &mut Findings<'_>));

static INPUTS: [Input; 2] = [
    ("library_template_button_inputs", "an array", buttons),
    ("library_template_body_inputs", "an object", body),
];

/// Judges one, and inputs for the library in any other template.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let root = definition.root;
    let name = given(root, "library_template_name");
    for (key, noun, judge) in INPUTS {
        let Some(node) = given(root, key) else {
            continue;
        };
        // While the text goes on, the name may still be coming.
        if name.is_none() && !root.open {
            let found = findings.told(rules::LIBRARY_NAME_REQUIRED, node, key);
            found.delete_member(false, key, node);
        }
        match node.as_str() {
            Some(text) if !node.open => written(text, node, (key, noun, judge), findings),
            Some(_) => {}
            None => judge(node, findings),
        }
    }
    let Some(name) = name else {
        return;
    };
    let Some(word) = name.as_str() else {
        return expected(name, "library_template_name", "a text", findings);
    };
    let known = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_');
    if !name.open && (word.is_empty() || !word.bytes().all(known)) {
        let found = findings.quoted(rules::LIBRARY_NAME, name, word);
        if word.bytes().any(|b| b.is_ascii_alphanumeric()) {
            let meant = slug(word);
            found.put(false, &["write `", &meant, "`"].joined(), name, &meant);
        }
    }
    if definition.category == Some(Category::Marketing)
        && let Some(category) = given(root, "category")
    {
        let found = findings.flag(rules::LIBRARY_CATEGORY, category);
        found.word(false, category, "UTILITY");
    }
    if let Some(parts) = given(root, "components")
        && !findings.options.readback
        && parts.as_array().is_none_or(|parts| !parts.is_empty())
    {
        let found = findings.flag(rules::LIBRARY_COMPONENTS, parts);
        found.delete(false, "delete `components`", parts);
    }
}

/// Inputs inside a text, as Meta's page prints them: judged as if they stood outside.
fn written(text: &str, node: &Node<'_>, (key, noun, judge): Input, findings: &mut Findings<'_>) {
    let read = parse(text);
    let sound = read
        .problems
        .iter()
        .all(|p| matches!(p.kind, ProblemKind::WrongQuotes | ProblemKind::UnquotedKey));
    let mut inner = Findings::new(text, findings.options);
    if let Some(root) = &read.root {
        judge(root, &mut inner);
    }
    let report = inner.report(read.root.as_ref());
    if !report.complete || !sound {
        findings.incomplete();
    }
    let found = findings.flag(rules::LIBRARY_TEXT, node);
    let mut inside = Param::from("");
    if !sound {
        inside = Param::from("; it cannot be read as JSON");
        found.severity(Severity::Error);
    } else if let Some(first) = report
        .diagnostics
        .iter()
        .find(|d| d.severity == Severity::Error)
    {
        inside = Param::Said("; inside it ", first.rule, first.params.clone());
        found.severity(Severity::Error);
    }
    found
        .say("name", key)
        .say("expected", noun)
        .param("inside", inside);
    if let Some(root) = read.root.filter(|_| sound) {
        let safe = report.diagnostics.is_empty() && !repeats(&root);
        found.replace(safe, "write it as JSON", node, root.owned());
    }
}

/// Whether a key stands twice in any object of a value.
fn repeats(node: &Node<'_>) -> bool {
    let members = node.as_object().unwrap_or_default();
    members.iter().any(|m| m.repeated || repeats(&m.value))
        || node.as_array().unwrap_or_default().iter().any(repeats)
}

fn body(node: &Node<'_>, findings: &mut Findings<'_>) {
    if shape(node, "the library's inputs for the body", BODY, findings) {
        minutes(node, findings);
    }
}

fn buttons(node: &Node<'_>, findings: &mut Findings<'_>) {
    let Some(items) = node.as_array() else {
        return expected(node, "library_template_button_inputs", "an array", findings);
    };
    for item in items {
        if shape(
            item,
            "an input for a button of the library",
            BUTTON,
            findings,
        ) {
            button(item, findings);
        }
    }
}

fn button(node: &Node<'_>, findings: &mut Findings<'_>) {
    let (kind, _) = text(node, "type").unwrap_or(("", node));
    let mut lacks = |owner: &Node<'_>, key: &str| {
        if given(owner, key).is_none() {
            let found = findings.lacks(rules::LIBRARY_INPUT, owner, &clip(kind));
            found.say("missing", key);
        }
    };
    if kind.eq_ignore_ascii_case("URL") {
        lacks(node, "url");
    }
    if kind.eq_ignore_ascii_case("PHONE_NUMBER") {
        lacks(node, "phone_number");
    }
    if kind.eq_ignore_ascii_case("OTP") {
        lacks(node, "otp_type");
    }
    if let Some(url) = given(node, "url").filter(|url| url.as_object().is_some()) {
        lacks(url, "base_url");
        let base = text(url, "base_url");
        if base.is_some_and(|(base, _)| find(base, "{{").is_some()) {
            lacks(url, "url_suffix_example");
        }
        shape(url, "an address of the library", ADDRESS, findings);
        for key in ["base_url", "url_suffix_example"] {
            if let Some((address, at)) = text(url, key).filter(|(_, at)| !at.open) {
                let rule = rules::BUTTON_URL_MAX;
                length(address, at, Limit::UrlChars, rule, findings);
            }
        }
        if let Some((base, at)) = base.filter(|(_, at)| !at.open)
            && let Some(host) = opens_chat(base)
        {
            findings.told(rules::BUTTON_URL_WHATSAPP, at, &host);
        }
        if let Some((base, at)) = base.filter(|(_, at)| !at.open)
            && !is_address(base)
        {
            let found = findings.quoted(rules::LIBRARY_URL, at, base);
            let whole = ["https://", base.trim()].joined();
            if !crate::text::has(base, b':') && is_address(&whole) {
                let title = ["write ", &clip(&whole)].joined();
                found.put(false, &title, at, &whole);
            }
        }
    }
    if let Some((number, at)) = text(node, "phone_number").filter(|(_, at)| !at.open) {
        let max = findings.max(Limit::PhoneChars);
        let (dialled, is_number) = dialled(number, |c| matches!(c, ' ' | '-' | '(' | ')' | '.'));
        let known = is_number && dialled.len() <= max;
        if !known || dialled != number {
            let found = findings.quoted(rules::LIBRARY_PHONE, at, number);
            found.num("max", max);
            if known {
                found.word(true, at, &dialled);
            }
        }
    }
    delivery(node, findings);
}

/// Whether a text is a web address with a host, without blanks, and with a placeholder at its end only.
fn is_address(text: &str) -> bool {
    let Some((scheme, rest)) = split_at(text, "://") else {
        return false;
    };
    let placed = split_at(rest, "{{")
        .is_none_or(|(_, behind)| split_at(behind, "}}").is_some_and(|(_, end)| end.is_empty()));
    is_web(scheme)
        && placed
        && rest.starts_with(is_word)
        && crate::text::has(rest, b'.')
        && !rest.contains(char::is_whitespace)
}
