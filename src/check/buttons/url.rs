//! URL buttons: an address that opens, with at most one placeholder at its end.

use super::super::placeholders::{self, Part};
use super::super::shape::{Field, Kind, given, may, shape};
use super::super::texts::length;
use crate::definition::{Button, Category, Definition, ParameterFormat};
use crate::findings::{Edit, Findings};
use crate::json::{Node, Value};
use crate::limits::Limit;
use crate::rules;
use crate::text::{Placeholder, clip, count_chars, find_placeholders};

/// Judges a URL button.
pub(super) fn check(
    button: &Button<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let owner = button.node;
    deep_link(owner, definition, findings);
    let Some(node) = given(owner, "url") else {
        findings
            .missing(&rules::BUTTON_URL_REQUIRED, owner)
            .say("problem", "the URL button has no `url`");
        return;
    };
    let Some(url) = node.as_str().filter(|_| !node.open) else {
        return;
    };
    length(url, node, Limit::UrlChars, &rules::BUTTON_URL_MAX, findings);
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
        name: "the address",
        text: url,
        node,
        owner,
        format,
        keys: None,
        definition: Some(definition),
    };
    placeholders::judge(&part, findings);
    position(url, &all, node, findings);
    if let Some(sample) = example(owner, fixed, &all, findings)
        && let Some(base) = base
    {
        begins_alike(sample, &base, findings);
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
        if given(link, key).is_none() {
            findings
                .missing(&rules::BUTTON_DEEP_LINK, link)
                .say("name", key);
        }
    }
    if definition
        .category
        .is_some_and(|c| c != Category::Marketing)
        && !findings.options.readback
    {
        findings.flag(&rules::BUTTON_DEEP_LINK_CATEGORY, link).mend(
            false,
            "delete the deep link",
            vec![Edit::remove(link)],
        );
    }
}

/// Judges the part before the placeholder; the answer is that part as an address that begins with its
/// scheme, where it is one.
fn address(
    fixed: &str,
    tail: &str,
    node: &Node<'_>,
    findings: &mut Findings<'_>,
) -> Option<String> {
    let rule = &rules::BUTTON_URL_REQUIRED;
    let max = findings.max(Limit::UrlChars);
    let url = node.as_str().unwrap_or_default();
    let whole = url.trim();
    let problem = |findings: &mut Findings<'_>, problem: &str| {
        findings.flag(rule, node).say("problem", problem);
        None
    };
    if whole.is_empty() {
        return problem(findings, "the URL button's address is empty");
    }
    if whole.len() != url.len() {
        findings
            .flag(rule, node)
            .say("problem", "the address has blanks around it")
            .put(true, "delete the blanks", node, whole);
    }
    let mut text = fixed.trim_start();
    if tail.is_empty() {
        text = text.trim_end();
    }
    if text.is_empty() {
        return problem(findings, "the address is nothing but a placeholder");
    }
    let (scheme, rest) = split_scheme(text).unwrap_or(("", text));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let name = if host.starts_with('[') {
        host
    } else {
        host.split(':').next().unwrap_or_default()
    };
    if scheme.eq_ignore_ascii_case("whatsapp") {
        findings
            .flag(&rules::BUTTON_URL_WHATSAPP, node)
            .say("name", &clip(text));
        return None;
    }
    let shown = clip(url);
    let mut base = text.to_owned();
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        let message = [
            "`",
            &shown,
            "` is no web address: it does not begin with https://",
        ];
        let found = findings.flag(rule, node);
        found.say("problem", &message.concat());
        let part =
            |part: &str| !part.is_empty() && part.chars().all(|c| c == '-' || c.is_alphanumeric());
        // `example.com/shop` only lacks its beginning.
        if !scheme.is_empty()
            || !crate::text::has(authority, b'.')
            || !authority.split('.').all(part)
        {
            return None;
        }
        base.insert_str(0, "https://");
        let safe = count_chars(url) + 8 <= max;
        found.put(
            safe,
            "put https:// in front",
            node,
            &["https://", whole].concat(),
        );
    }
    let bad = |c: &char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\');
    if let Some(c) = text.chars().find(bad) {
        let described = super::super::envelope::describe(c);
        let message = [
            "the address has ",
            &described,
            ", which an address cannot have",
        ];
        let found = findings.flag(rule, node);
        found.say("problem", &message.concat());
        if c == ' ' {
            let mended = whole.replace(' ', "%20");
            found.put(false, "write %20 for the blanks", node, &mended);
        }
        return None;
    }
    let name = name.trim_end_matches('.');
    let digits = |b: u8| b.is_ascii_digit() || b == b'.';
    let machine = name.starts_with('[')
        || name.eq_ignore_ascii_case("localhost")
        || (!name.is_empty() && name.bytes().all(digits));
    if !machine && (!crate::text::has(name, b'.') || name.split('.').any(str::is_empty)) {
        return problem(findings, &["`", &shown, "` has no domain"].concat());
    }
    if !user.is_empty() {
        let behind = rest.get(user.len() + 1..).unwrap_or_default();
        let mended = [scheme, "://", behind, tail].concat();
        findings
            .flag(&rules::BUTTON_URL_USERINFO, node)
            .say("name", &clip(user))
            .say("host", &clip(host))
            .put(false, "delete it", node, &mended);
    }
    if machine {
        findings
            .flag(&rules::BUTTON_URL_MACHINE, node)
            .say("name", &clip(name));
    }
    let host = name.to_ascii_lowercase();
    // One-time-code buttons are read back as addresses of WhatsApp's.
    let readback = findings.options.readback;
    let whatsapp = is_any(&host, WHATSAPP) && !is_any(&host, ABOUT_WHATSAPP) && !readback;
    if whatsapp || is_any(&host, SHORTENERS) {
        let rule = if whatsapp {
            &rules::BUTTON_URL_WHATSAPP
        } else {
            &rules::BUTTON_URL_SHORTENER
        };
        findings.flag(rule, node).say("name", &host);
    }
    if !tail.is_empty() && authority.len() == rest.len() {
        let suggestion = [fixed, "/", tail].concat();
        // Not safe: the values in use may begin with the slash.
        findings
            .flag(&rules::BUTTON_URL_BARE, node)
            .say("suggestion", &suggestion)
            .put(
                false,
                "put a slash before the placeholder",
                node,
                &suggestion,
            );
    }
    (!whatsapp).then_some(base)
}

/// What stands before and behind `://`.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

/// Whether a host is one of these domains, or under one.
fn is_any(host: &str, domains: &[&str]) -> bool {
    domains.iter().any(|domain| {
        let sub = host.strip_suffix(domain);
        sub.is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
    })
}

static WHATSAPP: &[&str] = &["wa.me", "whatsapp.com"];

/// Pages to read, which open no chat.
static ABOUT_WHATSAPP: &[&str] = &[
    "faq.whatsapp.com",
    "business.whatsapp.com",
    "blog.whatsapp.com",
];

/// Well-known shorteners; Meta publishes no list.
static SHORTENERS: &[&str] = &[
    "bit.ly",
    "tinyurl.com",
    "goo.gl",
    "t.co",
    "ow.ly",
    "is.gd",
    "buff.ly",
    "rebrand.ly",
    "cutt.ly",
    "shorturl.at",
    "rb.gy",
    "t.ly",
    "tiny.cc",
    "bl.ink",
    "lnkd.in",
    "s.id",
    "wa.link",
];

/// How many placeholders, and where.
fn position(url: &str, all: &[Placeholder<'_>], node: &Node<'_>, findings: &mut Findings<'_>) {
    let max = findings.max(Limit::UrlPlaceholders);
    let (problem, at) = match (all.get(max), all.first()) {
        (Some(extra), _) => (
            [
                "the address has ",
                &crate::text::digits(all.len()),
                " placeholders; ",
                &crate::text::digits(max),
                " is allowed",
            ]
            .concat(),
            extra.at,
        ),
        (None, Some(one)) if one.at.end != url.len() => (
            "the placeholder is not at the end of the address".to_owned(),
            one.at,
        ),
        _ => return,
    };
    findings
        .flag(&rules::BUTTON_URL_PLACEHOLDER, node)
        .say("problem", &problem)
        .span(at.start, at.end);
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
            let removal = vec![Edit::remove(example)];
            findings
                .flag(&rules::EXAMPLE_UNNEEDED, example)
                .say("part", "the address")
                .mend(true, "delete the sample", removal);
        }
        return None;
    }
    let suggestion = [fixed, "sample"].concat();
    let rule = &rules::BUTTON_URL_EXAMPLE;
    let Some(given) = given else {
        let value = Node::array(vec![Node::text(suggestion.clone())]);
        findings
            .missing(rule, owner)
            .say("suggestion", &suggestion)
            .mend(
                false,
                "add a sample to fill in",
                vec![Edit::add(owner, "example", value)],
            );
        return None;
    };
    let mut node = given;
    let mut depth = 0;
    while let Value::Array(items) = &node.value {
        if items.len() > 1 {
            findings
                .flag(&rules::EXAMPLE_COUNT, given)
                .say("part", "the address")
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
            &rules::EXAMPLE_FLAT
        } else {
            &rules::EXAMPLE_SHAPE
        };
        findings
            .flag(rule, given)
            .say("part", "the address")
            .say("suggestion", &shown)
            .say("expected", "one value in an array: [\"…\"]")
            .say("remedy", &["write `", &shown, "`"].concat())
            .mend(
                true,
                "put the sample into an array",
                vec![Edit::replace(given, written)],
            );
    }
    Some(node)
}

/// A whole address as a sample is the button's own. Meta's samples differ from it behind the question
/// mark.
fn begins_alike(sample: &Node<'_>, base: &str, findings: &mut Findings<'_>) {
    let text = sample.as_str().unwrap_or_default();
    let base = base.split(['?', '#']).next().unwrap_or_default();
    let start = text.get(..base.len()).unwrap_or_default();
    if split_scheme(text).is_some() && !sample.open && !start.eq_ignore_ascii_case(base) {
        findings
            .flag(&rules::BUTTON_URL_EXAMPLE_PREFIX, sample)
            .say("name", &clip(text))
            .say("expected", &clip(base));
    }
}
