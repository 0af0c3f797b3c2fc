//! The header: a line of text, or a file that each message supplies.

use super::components::not_covered;
use super::examples::{self, HEADER};
use super::placeholders::{self, Place, names};
use super::shape::{replace, text_of, unexpected, without};
use crate::definition::{Component, Definition, HeaderFormat};
use crate::findings::Findings;
use crate::json::{Node, OperationKind, Value};
use crate::limits::Limit;
use crate::report::{Fix, Step, operation};
use crate::rules::{self, Rule};
use crate::text::{closest, count_chars, find_bidi, find_emoji, is_line_break, is_markup};

/// Judges a header.
pub(super) fn check(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let node = component.node;
    let Some(format_node) = node.get("format").filter(|n| !n.is_null()) else {
        if !node.open {
            let guess = node.get("text").is_some().then_some("TEXT");
            let found = findings.find(&rules::HEADER_FORMAT, node, component.path());
            found
                .param("problem", "the header has no format")
                .param("suggestion", "");
            if let Some(format) = guess {
                let value = Some(Node::text(format));
                let patch = vec![operation(
                    OperationKind::Add,
                    &component.path_to("format"),
                    value,
                )];
                found.fix(Fix::safe("add format TEXT", patch));
            }
        }
        return;
    };
    let Some(word) = text_of(format_node, "format", component.path_to("format"), findings) else {
        return;
    };
    match HeaderFormat::read(word) {
        HeaderFormat::Text => text(component, definition, findings),
        HeaderFormat::Image => media(component, "image", findings),
        HeaderFormat::Video => media(component, "video", findings),
        HeaderFormat::Document => media(component, "document", findings),
        HeaderFormat::Gif => not_covered("a GIF header", node, component.path(), findings),
        HeaderFormat::Location => {
            not_covered("a location header", node, component.path(), findings)
        }
        HeaderFormat::Product => not_covered("a product header", node, component.path(), findings),
        HeaderFormat::Unknown if format_node.open => {}
        HeaderFormat::Unknown => {
            let meant = closest(word, HeaderFormat::WORDS);
            let found = findings.find(
                &rules::HEADER_FORMAT,
                format_node,
                component.path_to("format"),
            );
            found
                .param("problem", format!("`{word}` is not a header format"))
                .param(
                    "suggestion",
                    meant
                        .map(|m| format!("; did you mean {m}?"))
                        .unwrap_or_default(),
                );
            if let Some(meant) = meant {
                let patch = vec![replace(&component.path_to("format"), meant)];
                found.fix(Fix::unsafe_(format!("write {meant}"), patch));
            }
        }
    }
}

fn text(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let (node, path) = (component.node, component.path());
    unexpected(
        node,
        "a text header",
        &["type", "format", "text", "example"],
        &path,
        findings,
    );
    let Some(text_node) = node.get("text").filter(|n| !n.is_null()) else {
        return missing_text("the header", node, path, findings);
    };
    let here = component.path_to("text");
    let Some(text) = text_of(text_node, "text", here.clone(), findings) else {
        return;
    };
    if text.trim().is_empty() {
        return missing_text("the header", text_node, here, findings);
    }
    let used = count_chars(text);
    if findings.measure(Limit::HeaderChars, used, text_node, here.clone(), None) {
        over(
            &rules::HEADER_TEXT_MAX,
            Limit::HeaderChars,
            used,
            text_node,
            here.clone(),
            findings,
        );
    }
    let place = Place {
        node: text_node,
        part: HEADER.part,
    };
    let distinct = placeholders::check(text, place, &here, definition.format, findings);
    let max = findings.max(Limit::HeaderPlaceholders);
    if let Some(extra) = distinct.get(max) {
        let found = findings.find(&rules::HEADER_ONE_PLACEHOLDER, text_node, here.clone());
        found
            .span(extra.at.start, extra.at.end)
            .param("used", distinct.len())
            .param("max", max);
    }
    // Marks inside a placeholder's name are not formatting.
    let outside = |at: usize| !distinct.iter().any(|p| p.at.start <= at && at < p.at.end);
    let marks = text
        .char_indices()
        .find(|(at, c)| is_markup(*c) && outside(*at));
    let marked: String = text
        .char_indices()
        .filter(|(at, c)| !is_markup(*c) || !outside(*at))
        .map(|(_, c)| c)
        .collect();
    let marks = marks.map(|(at, c)| {
        (
            at,
            c.len_utf8(),
            format!("the formatting mark {c}"),
            Some(marked),
        )
    });
    clean(
        &rules::HEADER_CLEAN,
        text,
        text_node,
        &here,
        marks,
        findings,
    );
    bidi(text, text_node, &here, findings);
    examples::check(
        node,
        &path,
        HEADER,
        &names(&distinct),
        definition.format,
        findings,
    );
}

/// What a check for signs that a text may not have found: place, length, name, the text without it.
type Sign = Option<(usize, usize, String, Option<String>)>;

/// Line breaks, emojis and `more` in a text that may have none.
pub(super) fn clean(
    rule: &'static Rule,
    text: &str,
    node: &Node<'_>,
    path: &[Step],
    more: Sign,
    findings: &mut Findings<'_>,
) {
    let line_break = text
        .char_indices()
        .find(|(_, c)| is_line_break(*c))
        .map(|(at, c)| {
            let joined = without(text, |c| Some(if is_line_break(c) { ' ' } else { c }));
            let joined = joined
                .split(' ')
                .filter(|w| !w.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
            (at, c.len_utf8(), "a line break".to_owned(), Some(joined))
        });
    let emoji = find_emoji(text).map(|at| {
        let shown = text.get(at.start..at.end).unwrap_or_default();
        (
            at.start,
            at.end - at.start,
            format!("the emoji {shown}"),
            None,
        )
    });
    for (sign, fix_title) in [
        (line_break, "put it on one line"),
        (emoji, ""),
        (more, "delete the marks"),
    ] {
        let Some((at, len, found_text, mended)) = sign else {
            continue;
        };
        let found = findings.find(rule, node, path.to_vec());
        let it = if found_text.starts_with("a line") {
            "it, or put a blank there"
        } else {
            "it"
        };
        found
            .span(at, at + len)
            .param("found", found_text)
            .param("it", it);
        if let Some(mended) = mended.filter(|m| !m.trim().is_empty()) {
            found.fix(Fix::safe(fix_title, vec![replace(path, mended)]));
        }
    }
}

/// Characters that turn the direction of a text.
pub(super) fn bidi(text: &str, node: &Node<'_>, path: &[Step], findings: &mut Findings<'_>) {
    let Some((at, c)) = find_bidi(text) else {
        return;
    };
    let mended = without(text, |c| (!crate::text::is_bidi_control(c)).then_some(c));
    let found = findings.find(&rules::TEXT_BIDI, node, path.to_vec());
    found
        .span(at, at + c.len_utf8())
        .param("code", format!("{:04X}", c as u32))
        .fix(Fix::safe("delete it", vec![replace(path, mended)]));
}

/// A text over its limit.
pub(super) fn over(
    rule: &'static Rule,
    limit: Limit,
    used: usize,
    node: &Node<'_>,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) {
    let max = findings.max(limit);
    let start = node
        .as_str()
        .and_then(|text| text.char_indices().nth(max))
        .map(|(at, _)| at);
    let end = node.as_str().map_or(0, str::len);
    let found = findings.find(rule, node, path);
    found
        .param("used", used)
        .param("max", max)
        .param("over", used.saturating_sub(max));
    if let Some(start) = start {
        found.span(start, end);
    }
}

/// A part without its text.
pub(super) fn missing_text(
    part: &'static str,
    node: &Node<'_>,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) {
    if !node.open {
        findings
            .find(&rules::TEXT_REQUIRED, node, path)
            .param("part", part);
    }
}

fn media(component: &Component<'_, '_>, format: &'static str, findings: &mut Findings<'_>) {
    let (node, path) = (component.node, component.path());
    unexpected(
        node,
        "a media header",
        &["type", "format", "example"],
        &path,
        findings,
    );
    let example = node.get("example").filter(|n| !n.is_null());
    let handle = example
        .and_then(|e| e.get("header_handle"))
        .filter(|n| !n.is_null());
    let mut handle_path = component.path_to("example");
    handle_path.push(Step::from("header_handle"));
    let Some(handle) = handle else {
        // Some tools write the address into a key of their own.
        let address = example.and_then(|e| e.get("header_url"));
        if let Some(address) = address {
            let mut at = component.path_to("example");
            at.push(Step::from("header_url"));
            findings
                .find(&rules::HEADER_MEDIA_URL, address, at)
                .param("format", format);
        } else if !findings.options.readback && !node.open {
            findings
                .find(&rules::HEADER_MEDIA_EXAMPLE, node, path)
                .param("format", format);
        }
        return;
    };
    let first = match &handle.value {
        Value::String(_) => Some((handle, handle_path.clone())),
        Value::Array(items) => items.first().map(|item| {
            let mut at = handle_path.clone();
            at.push(Step::Index(0));
            (item, at)
        }),
        _ => None,
    };
    let Some((text, at)) = first.and_then(|(item, at)| Some((item.as_str()?, (item, at)))) else {
        if !handle.open && !findings.options.readback {
            findings
                .find(&rules::HEADER_MEDIA_EXAMPLE, handle, handle_path)
                .param("format", format);
        }
        return;
    };
    let (item, at) = at;
    if text.trim().is_empty() {
        if !item.open && !findings.options.readback {
            findings
                .find(&rules::HEADER_MEDIA_EXAMPLE, item, at)
                .param("format", format);
        }
    } else if !findings.options.readback && is_address(text) {
        findings
            .find(&rules::HEADER_MEDIA_URL, item, at)
            .param("format", format);
    }
}

fn is_address(text: &str) -> bool {
    let starts = |scheme: &str| {
        let start = text.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    starts("http://") || starts("https://")
}
