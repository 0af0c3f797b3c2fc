//! URL buttons: an address that opens, with at most one placeholder at its end.

use super::super::placeholders::{self, Part};
use super::super::review::words::{CHATS, SHORTENERS, is_host};
use super::super::shape::{Field, Kind, given, may, shape};
use super::super::texts::length;
use crate::definition::{Button, Category, Definition, ParameterFormat};
use crate::findings::{Edit, Findings, Found};
use crate::json::{Node, Value};
use crate::limits::Limit;
use crate::order::Joined;
use crate::rules;
use crate::rules::phrases::{self, Phrase};
use crate::text::{
    Placeholder, break_at, clip, count_chars, digits, find_placeholders, is_dotted, is_word,
};

/// What a person calls the part that is judged here.
const PART: &str = "the address";

/// Judges a URL button.
pub(super) fn check(
    button: &Button<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let owner = button.node;
    deep_link(owner, definition, findings);
    let Some(node) = given(owner, "url") else {
        let found = findings.missing(rules::BUTTON_URL_REQUIRED, owner);
        found.phrase("problem", phrases::URL_MISSING, "");
        return;
    };
    let Some(url) = node.as_str().filter(|_| !node.open) else {
        return;
    };
    length(url, node, Limit::UrlChars, rules::BUTTON_URL_MAX, findings);
    let (all, _) = find_placeholders(url);
    let behind = all.first().map_or(url.len(), |p| p.at.start);
    let (fixed, tail) = url.split_at_checked(behind).unwrap_or((url, ""));
    let base = address(fixed, tail, node, findings);
    // Positional and named ones are both seen in addresses of named templates.
    let format = match all.first().and_then(Placeholder::number) {
        Some(_) => ParameterFormat::Positional,
        None => definition.format,
    };
    let part = Part {
        name: PART,
        text: url,
        node,
        owner,
        format,
        keys: None,
        definition: Some(definition),
    };
    placeholders::judge(&part, findings);
    position(url, &all, node, findings);
    if let Some(sample) = example(owner, fixed, &all, findings) {
        if let Some(base) = base {
            begins_alike(sample, &base, findings);
        }
        let text = sample.as_str().unwrap_or_default();
        let whole = split_scheme(text).is_some();
        let used = count_chars(text) + if whole { 0 } else { count_chars(fixed) };
        let max = findings.max(Limit::UrlChars);
        if used > max {
            let found = findings.flag(rules::BODY_RENDERED, sample);
            found.num("used", used).num("max", max);
        }
    }
}

static DEEP_LINK: &[Field] = &[
    may("meta_app_id", Kind::Whole),
    may("android_deep_link", Kind::Text),
    may("android_fallback_playstore_url", Kind::Text),
];

fn deep_link(owner: &Node<'_>, definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let Some(link) = given(owner, "app_deep_link").filter(|link| link.as_object().is_some()) else {
        return;
    };
    shape(link, "an app's deep link", DEEP_LINK, findings);
    for key in ["meta_app_id", "android_deep_link"] {
        let filled = |node: &Node<'_>| node.as_str() != Some("");
        if !given(link, key).is_some_and(filled) {
            findings.lacks(rules::BUTTON_DEEP_LINK, link, key);
        }
    }
    if definition
        .category
        .is_some_and(|c| c != Category::Marketing)
        && !findings.options.readback
    {
        let found = findings.flag(rules::BUTTON_DEEP_LINK_CATEGORY, link);
        found.delete(false, "delete the deep link", link);
    }
}

/// Says what is wrong with an address.
#[inline(never)]
fn problem<'f>(
    node: &Node<'_>,
    problem: Phrase,
    quoted: &str,
    findings: &'f mut Findings<'_>,
) -> &'f mut Found {
    let found = findings.flag(rules::BUTTON_URL_REQUIRED, node);
    found.phrase("problem", problem, quoted)
}

/// Judges the part before the placeholder; the answer is that part as an address that begins with its
/// scheme, where it is one.
fn address(
    fixed: &str,
    tail: &str,
    node: &Node<'_>,
    findings: &mut Findings<'_>,
) -> Option<String> {
    let max = findings.max(Limit::UrlChars);
    let url = node.as_str().unwrap_or_default();
    let whole = url.trim();
    if whole.is_empty() {
        problem(node, phrases::URL_EMPTY, "", findings);
        return None;
    }
    if whole.len() != url.len() {
        let found = problem(node, phrases::URL_BLANKS, "", findings);
        found.put(true, "delete the blanks", node, whole);
    }
    let mut text = fixed.trim_start();
    if tail.is_empty() {
        text = text.trim_end();
    }
    if text.is_empty() {
        problem(node, phrases::URL_VARIABLE, "", findings);
        return None;
    }
    let (scheme, rest) = split_scheme(text).unwrap_or(("", text));
    if scheme.eq_ignore_ascii_case("whatsapp") {
        findings.quoted(rules::BUTTON_URL_WHATSAPP, node, text);
        return None;
    }
    let (authority, _) = break_at(rest, b"/?#");
    let at_sign = authority.bytes().rposition(|b| b == b'@');
    let user = authority.get(..at_sign.unwrap_or(0)).unwrap_or_default();
    let behind_user = at_sign.map_or(0, |at| at + 1);
    let host = authority.get(behind_user..).unwrap_or_default();
    let bracketed = host.starts_with('[');
    let mut name = if bracketed {
        host
    } else {
        break_at(host, b":").0
    };
    let shown = clip(url);
    let mut base = text.to_owned();
    if !is_web(scheme) {
        let found = problem(node, phrases::URL_SCHEME, &shown, findings);
        // `example.com/shop` only lacks its beginning.
        let plain = |c: char, _| c == '-' || is_word(c);
        if !scheme.is_empty() || !is_dotted(authority, plain) {
            return None;
        }
        base.insert_str(0, "https://");
        let safe = count_chars(url) + 8 <= max;
        let mended = ["https://", whole].joined();
        found.put(safe, "put https:// in front", node, &mended);
    }
    let bad = |c: &char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\');
    if let Some(c) = text.chars().find(bad) {
        let described = super::super::envelope::describe(c);
        let found = problem(node, phrases::URL_SIGN, &described, findings);
        if c == ' ' {
            let mut mended = String::new();
            for c in whole.chars() {
                match c {
                    ' ' => mended.push_str("%20"),
                    _ => mended.push(c),
                }
            }
            found.put(false, "write %20 for the blanks", node, &mended);
        }
        return None;
    }
    while let Some(shorter) = name.strip_suffix('.') {
        name = shorter;
    }
    let digits = |b: u8| b.is_ascii_digit() || b == b'.';
    let machine = bracketed
        || name.eq_ignore_ascii_case("localhost")
        || (!name.is_empty() && name.bytes().all(digits));
    if !machine && !is_dotted(name, |_, _| true) {
        problem(node, phrases::URL_DOMAIN, &shown, findings);
        return None;
    }
    if !user.is_empty() {
        let behind = rest.get(behind_user..).unwrap_or_default();
        let mended = [scheme, "://", behind, tail].joined();
        findings
            .quoted(rules::BUTTON_URL_USERINFO, node, user)
            .say("host", &clip(host))
            .put(false, "delete it", node, &mended);
    }
    if machine {
        findings.quoted(rules::BUTTON_URL_MACHINE, node, name);
    }
    let host = name.to_ascii_lowercase();
    let whatsapp = is_host(&host, CHATS);
    if whatsapp {
        findings.told(rules::BUTTON_URL_WHATSAPP, node, &host);
    } else if is_host(&host, SHORTENERS) {
        findings.told(rules::BUTTON_URL_SHORTENER, node, &host);
    }
    if !tail.is_empty() && authority.len() == rest.len() {
        let suggestion = [fixed, "/", tail].joined();
        let title = "put a slash before the placeholder";
        let found = findings.flag(rules::BUTTON_URL_BARE, node);
        // Not safe: the values in use may begin with the slash.
        found
            .say("suggestion", &suggestion)
            .put(false, title, node, &suggestion);
    }
    (!whatsapp).then_some(base)
}

/// The host of an address that opens a chat, which Meta lets no button do.
pub(in super::super) fn opens_chat(address: &str) -> Option<String> {
    let (_, rest) = split_scheme(address)?;
    let host = break_at(rest, b"/?#:").0.to_ascii_lowercase();
    is_host(&host, CHATS).then_some(host)
}

/// Whether a scheme is one that browsers open.
pub(in super::super) fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// What stands before and behind `://`.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = break_at(text, b":");
    Some((scheme, rest.strip_prefix("://")?))
}

/// How many placeholders, and where.
fn position(url: &str, all: &[Placeholder<'_>], node: &Node<'_>, findings: &mut Findings<'_>) {
    let max = findings.max(Limit::UrlPlaceholders);
    let (used, most) = (digits(all.len()), digits(max));
    let too_many = [&used, " placeholders; ", &most].joined();
    let (place, problem) = match (all.get(max), all.first()) {
        (Some(extra), _) => (extra, phrases::URL_VARIABLES),
        (None, Some(one)) if one.at.end != url.len() => (one, phrases::URL_END),
        _ => return,
    };
    let found = findings.flag(rules::BUTTON_URL_PLACEHOLDER, node);
    found
        .phrase("problem", problem, &too_many)
        .span(place.at.start, place.at.end);
}

/// The sample, when there is one for the placeholder.
fn example<'n, 't>(
    owner: &'n Node<'t>,
    fixed: &str,
    all: &[Placeholder<'_>],
    findings: &mut Findings<'_>,
) -> Option<&'n Node<'t>> {
    let given = given(owner, "example");
    if all.is_empty() {
        if let Some(example) = given.filter(|n| n.as_array().is_none_or(|items| !items.is_empty()))
        {
            let found = findings.flag(rules::EXAMPLE_UNNEEDED, example);
            found
                .say("part", PART)
                .delete(true, "delete the sample", example);
        }
        return None;
    }
    let suggestion = [fixed, "sample"].joined();
    let rule = rules::BUTTON_URL_EXAMPLE;
    let Some(given) = given else {
        let value = Node::array(vec![Node::text(suggestion.clone())]);
        let edit = Edit::add(owner, "example", value);
        let found = findings.missing(rule, owner);
        found
            .say("suggestion", &suggestion)
            .change(false, "add a sample to fill in", edit);
        return None;
    };
    let mut node = given;
    let mut depth = 0;
    while let Value::Array(items) = &node.value {
        if items.len() > 1 {
            findings
                .flag(rules::EXAMPLE_COUNT, given)
                .say("part", PART)
                .num("expected", 1)
                .num("found", items.len());
            return None;
        }
        let Some(only) = items.first() else {
            break;
        };
        node = only;
        depth += 1;
    }
    let Some(text) = node.as_str().filter(|text| !text.trim().is_empty()) else {
        findings.missing(rule, given).say("suggestion", &suggestion);
        return None;
    };
    if depth != 1 && !given.open {
        let written = Node::array(vec![Node::text(text.to_owned())]);
        let mut shown = String::new();
        crate::json::write_value(&mut shown, &written);
        let rule = if depth == 0 {
            rules::EXAMPLE_FLAT
        } else {
            rules::EXAMPLE_SHAPE
        };
        findings
            .flag(rule, given)
            .say("part", PART)
            .say("suggestion", &shown)
            .say("expected", "one value in an array: [\"…\"]")
            .say_with("remedy", "write `", &shown, "`")
            .replace(true, "put the sample into an array", given, written);
    }
    Some(node)
}

/// A whole address as a sample is the button's own. Meta's samples differ from it behind the question
/// mark.
fn begins_alike(sample: &Node<'_>, base: &str, findings: &mut Findings<'_>) {
    let text = sample.as_str().unwrap_or_default();
    let (base, _) = break_at(base, b"?#");
    let start = text.get(..base.len()).unwrap_or_default();
    if split_scheme(text).is_some() && !sample.open && !start.eq_ignore_ascii_case(base) {
        findings
            .quoted(rules::BUTTON_URL_EXAMPLE_PREFIX, sample, text)
            .say("expected", &clip(base));
    }
}
