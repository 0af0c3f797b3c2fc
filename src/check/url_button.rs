//! URL buttons: an address that opens, with at most one placeholder at its end.

use super::buttons::label;
use super::header::{bidi, over};
use super::placeholders::{self, Place};
use super::shape::{replace, text_of, unexpected};
use crate::definition::{Button, Definition, ParameterFormat};
use crate::findings::Findings;
use crate::json::{Node, OperationKind, Value};
use crate::limits::Limit;
use crate::report::{Fix, Step, operation};
use crate::rules;
use crate::text::{Placeholder, clip, count_chars, find, find_placeholders};

/// Judges a URL button.
pub(super) fn check(
    button: &Button<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let owner = button.node;
    let known = &[
        "type",
        "text",
        "url",
        "example",
        "app_deep_link",
        "payment_link_preview",
    ];
    unexpected(owner, "a URL button", known, &button.path(), findings);
    label(button, findings);
    let Some(node) = owner.get("url").filter(|n| !n.is_null()) else {
        if !owner.open {
            findings
                .find(&rules::BUTTON_URL_REQUIRED, owner, button.path())
                .param("problem", "the URL button has no `url`");
        }
        return;
    };
    let path = button.path_to("url");
    let Some(url) = text_of(node, "url", path.clone(), findings) else {
        return;
    };
    if node.open {
        return;
    }
    let used = count_chars(url);
    if findings.measure(Limit::UrlChars, used, node, path.clone(), None) {
        over(
            &rules::BUTTON_URL_MAX,
            Limit::UrlChars,
            used,
            node,
            path.clone(),
            findings,
        );
    }
    bidi(url, node, &path, findings);
    let (all, _) = find_placeholders(url);
    let fixed_end = all.first().map_or(url.len(), |p| p.at.start);
    let fixed = url.get(..fixed_end).unwrap_or_default();
    let judged = address(fixed, !all.is_empty(), node, &path, findings);
    placeholder(url, &all, node, &path, definition.format, findings);
    if let Some(host) = judged {
        host_rules(&host, node, &path, findings);
        let rest = find(fixed, "://")
            .and_then(|at| fixed.get(at + 3..))
            .unwrap_or_default();
        if !all.is_empty() && !rest.contains(['/', '?', '#']) {
            let suggestion = format!("{fixed}/{}", url.get(fixed_end..).unwrap_or_default());
            let found = findings.find(&rules::BUTTON_URL_BARE, node, path.clone());
            found
                .param("suggestion", suggestion.clone())
                // Not safe: the values in use may begin with the slash.
                .fix(Fix::unsafe_(
                    "put a slash before the placeholder",
                    vec![replace(&path, suggestion)],
                ));
        }
    }
    example(button, fixed, &all, findings);
}

/// Judges the part before the placeholder; the answer is its host, when it has one.
fn address(
    fixed: &str,
    dynamic: bool,
    node: &Node<'_>,
    path: &[Step],
    findings: &mut Findings<'_>,
) -> Option<String> {
    let url = node.as_str().unwrap_or_default();
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| strip_prefix_any_case(fixed, scheme));
    let problem = match rest {
        None if url.trim().is_empty() => "the URL button's address is empty".to_owned(),
        None if fixed.is_empty() && dynamic => {
            "the address is nothing but a placeholder".to_owned()
        }
        None => format!(
            "`{}` is no web address: it does not begin with https://",
            clip(url)
        ),
        Some(rest) => {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let host = host.rsplit('@').next().unwrap_or_default();
            let name = host.split(':').next().unwrap_or_default();
            if let Some(bad) = fixed.chars().find(|c| {
                c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\')
            }) {
                format!(
                    "the address has {}, which an address cannot have",
                    super::envelope::describe(bad)
                )
            } else if name.is_empty()
                || !name.contains('.')
                || name.starts_with('.')
                || find(name, "..").is_some()
            {
                format!("`{}` has no domain", clip(url))
            } else {
                return Some(name.trim_end_matches('.').to_ascii_lowercase());
            }
        }
    };
    let found = findings.find(&rules::BUTTON_URL_REQUIRED, node, path.to_vec());
    found.param("problem", problem);
    // `example.com/shop` only lacks its beginning.
    let bare = fixed.split(['/', '?', '#']).next().unwrap_or_default();
    let looks_like_domain = bare.contains('.')
        && find(fixed, "://").is_none()
        && bare
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(|c| c == '-' || c.is_alphanumeric()));
    if rest.is_none() && looks_like_domain {
        found.fix(Fix::safe(
            "put https:// in front",
            vec![replace(path, format!("https://{url}"))],
        ));
    }
    None
}

fn placeholder(
    url: &str,
    all: &[Placeholder<'_>],
    node: &Node<'_>,
    path: &[Step],
    format: ParameterFormat,
    findings: &mut Findings<'_>,
) {
    let place = Place {
        node,
        part: "the address",
    };
    // Positional and named ones are both seen in addresses of named templates.
    let own = match (format, all.first().and_then(Placeholder::number)) {
        (ParameterFormat::Named, Some(_)) => ParameterFormat::Positional,
        _ => format,
    };
    placeholders::check(url, place, path, own, findings);
    let max = findings.max(Limit::UrlPlaceholders);
    let problem = match all {
        [] => return,
        many if many.len() > max => {
            format!(
                "the address has {} placeholders; {max} is allowed",
                many.len()
            )
        }
        [one, ..] if one.at.end != url.len() => {
            "the placeholder is not at the end of the address".to_owned()
        }
        _ => return,
    };
    let at = all.get(if all.len() > max { max } else { 0 }).map(|p| p.at);
    let found = findings.find(&rules::BUTTON_URL_PLACEHOLDER, node, path.to_vec());
    found.param("problem", problem);
    if let Some(at) = at {
        found.span(at.start, at.end);
    }
}

fn host_rules(host: &str, node: &Node<'_>, path: &[Step], findings: &mut Findings<'_>) {
    let is = |domain: &str| {
        host == domain
            || host
                .strip_suffix(domain)
                .is_some_and(|sub| sub.ends_with('.'))
    };
    if [
        "wa.me",
        "api.whatsapp.com",
        "chat.whatsapp.com",
        "whatsapp.com",
        "wa.link",
    ]
    .iter()
    .any(|d| is(d))
    {
        findings
            .find(&rules::BUTTON_URL_WHATSAPP, node, path.to_vec())
            .param("name", host);
    } else if SHORTENERS.iter().any(|d| is(d)) {
        findings
            .find(&rules::BUTTON_URL_SHORTENER, node, path.to_vec())
            .param("name", host);
    }
}

/// Well-known shorteners; Meta publishes no list.
const SHORTENERS: &[&str] = &[
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
];

fn example(
    button: &Button<'_, '_>,
    fixed: &str,
    all: &[Placeholder<'_>],
    findings: &mut Findings<'_>,
) {
    let owner = button.node;
    let path = button.path_to("example");
    let given = owner.get("example").filter(|n| !n.is_null());
    if all.is_empty() {
        if let Some(example) = given.filter(|n| n.as_array().is_none_or(|items| !items.is_empty()))
        {
            let found = findings.find(&rules::EXAMPLE_UNNEEDED, example, path.clone());
            found.param("part", "the address").fix(Fix::safe(
                "delete the sample",
                vec![operation(OperationKind::Remove, &path, None)],
            ));
        }
        return;
    }
    let suggestion = format!("{fixed}sample");
    let Some(given) = given else {
        if !owner.open {
            let value = Node::array(vec![Node::text(suggestion.clone())]);
            let found = findings.find(&rules::BUTTON_URL_EXAMPLE, owner, button.path());
            found.param("suggestion", suggestion).fix(Fix::unsafe_(
                "add a sample to fill in",
                vec![operation(OperationKind::Add, &path, Some(value))],
            ));
        }
        return;
    };
    let text = match &given.value {
        Value::Array(items) => match items.as_slice() {
            [] => None,
            [only] => only.as_str().map(|text| (text, only)),
            _ => {
                let found = findings.find(&rules::EXAMPLE_COUNT, given, path);
                found
                    .param("part", "the address")
                    .param("expected", 1usize)
                    .param("found", items.len());
                return;
            }
        },
        Value::String(text) => Some((text.as_ref(), given)),
        _ => None,
    };
    match text {
        Some((text, _)) if !text.trim().is_empty() => {
            if matches!(given.value, Value::String(_)) {
                let written = Node::array(vec![Node::text(text.to_owned())]);
                let mut shown = String::new();
                crate::json::write_value(&mut shown, &written);
                let found = findings.find(&rules::EXAMPLE_FLAT, given, path.clone());
                found
                    .param("part", "the address")
                    .param("suggestion", shown)
                    .fix(Fix::safe(
                        "put the sample into an array",
                        vec![operation(OperationKind::Replace, &path, Some(written))],
                    ));
            }
        }
        _ => {
            if !given.open {
                findings
                    .find(&rules::BUTTON_URL_EXAMPLE, given, path)
                    .param("suggestion", suggestion);
            }
        }
    }
}

fn strip_prefix_any_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| text.get(prefix.len()..))
        .flatten()
}
