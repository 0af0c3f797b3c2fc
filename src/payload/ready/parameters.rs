//! The parameters of headers and bodies.

mod texts;
mod types;

use super::buttons::Around;
use super::{down, given, unknown_keys, wrong_type};
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::payload::place::Place;
use crate::payload::value::{self, Role};
use crate::report::Step;
use crate::rules;
use crate::template::{ParameterKind, Slot};
use crate::text::{clip, count_chars, utf16_len};
pub(super) use texts::{hydrated, texts};
use types::TEXTS;
pub(super) use types::{Part, SHOWN, type_of};

/// Judges parameters without their template.
pub(super) fn shapes(
    items: &[Node<'_>],
    path: &[Step],
    part: Part,
    around: Around,
    findings: &mut Findings<'_>,
) {
    let name = format!("the {}", part.word());
    if let (Part::Header, Some(second)) = (part, items.get(1)) {
        findings
            .find(rules::PAYLOAD_PARAMETER_COUNT, second, down(path, 1))
            .param("part", name.as_str())
            .param("given", items.len())
            .param("expected", 1usize)
            .param("remedy", format!("leave {} out", items.len() - 1));
    }
    let mut names: Vec<&str> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let at = down(path, index);
        parameter_name(item, &at, findings);
        let name_of = item.get("parameter_name").and_then(Node::as_str);
        if let Some(again) = name_of.filter(|name| names.contains(name)) {
            findings
                .find(
                    rules::PAYLOAD_PARAMETER_NAME,
                    item,
                    down(&at, "parameter_name"),
                )
                .param(
                    "problem",
                    format!("two parameters are named `{}`", clip(again)),
                )
                .param("remedy", "leave one of them out");
        }
        names.extend(name_of);
        if around.named && is_unnamed_text(item) {
            findings
                .find(rules::PAYLOAD_PARAMETER_NAME, item, at.clone())
                .param(
                    "problem",
                    "other parameters are named, and this one has no `parameter_name`",
                )
                .param("remedy", "name all of them, or none");
        }
        let types = match part {
            // Pictures, films, products, and nothing that is only read.
            Part::Header if around.card || around.offer => SHOWN,
            part => part.types(),
        };
        let Some(kind) = type_of(item, &at, &name, types, None, findings) else {
            continue;
        };
        let label = format!("{} parameter {}", part.word(), index + 1);
        let place = Place {
            key: "",
            label: &label,
            path: at,
        };
        one(item, kind, &place, Role::Text, findings);
        if let Some(inner) = given(item, kind).filter(|_| kind == "text")
            && let Some(text) = inner.as_str()
        {
            alone_too_long(text, inner, (part, around), &place, findings);
        }
    }
}

/// Whether a parameter stands for a text, and has no name.
fn is_unnamed_text(item: &Node<'_>) -> bool {
    let word = item.get("type").and_then(Node::as_str).unwrap_or_default();
    given(item, "parameter_name").is_none()
        && TEXTS.iter().any(|text| text.eq_ignore_ascii_case(word))
}

/// Judges a parameter's name by its type alone.
pub(super) fn parameter_name(item: &Node<'_>, at: &[Step], findings: &mut Findings<'_>) {
    let Some(name) = given(item, "parameter_name") else {
        return;
    };
    let path = down(at, "parameter_name");
    match name.as_str() {
        None => wrong_type(findings, name, path, "parameter_name", "a text"),
        Some(text) if value::is_blank(text) => {
            findings
                .find(rules::PAYLOAD_PARAMETER_NAME, name, path)
                .param("problem", "this `parameter_name` is blank")
                .param(
                    "remedy",
                    "write the name that the template has, or leave it out",
                );
        }
        // As definitions name them.
        Some(text)
            if !text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') =>
        {
            findings
                .find(rules::PAYLOAD_PARAMETER_NAME, name, path)
                .param(
                    "problem",
                    format!("`{}` is no name that a parameter can have", clip(text)),
                )
                .param(
                    "remedy",
                    "write it as the template does: lower-case letters, digits and underscores",
                );
        }
        Some(_) => {}
    }
}

/// Says that a value is too long for the part in any template, whatever stands around it.
fn alone_too_long(
    text: &str,
    node: &Node<'_>,
    (part, around): (Part, Around),
    place: &Place<'_>,
    findings: &mut Findings<'_>,
) {
    let max = findings.max(match part {
        Part::Header => Limit::HeaderChars,
        Part::Body if around.card => Limit::CardBodyChars,
        Part::Body if around.offer => Limit::OfferBodyChars,
        Part::Body => Limit::BodyOnlyChars,
    });
    let used = count_chars(text);
    if used > max {
        place
            .member("text")
            .find(findings, rules::HYDRATED_TOO_LONG, node)
            .param("part", part.word())
            .param("used", used)
            .param("units", utf16_len(text))
            .param("max", max)
            .param("most", max)
            .param("over", used - max);
    }
}

/// Judges one parameter of a known type.
fn one(
    item: &Node<'_>,
    kind: &str,
    place: &Place<'_>,
    role: Role<'_>,
    findings: &mut Findings<'_>,
) {
    let known = ["type", "parameter_name", kind];
    unknown_keys(
        findings,
        item,
        &place.path,
        &format!("a parameter of type `{kind}`"),
        &known,
    );
    let inner_place = place.member(kind);
    let media = match kind {
        "image" => Some(ParameterKind::Image),
        "video" => Some(ParameterKind::Video),
        "document" => Some(ParameterKind::Document),
        "gif" => Some(ParameterKind::Gif),
        _ => None,
    };
    let Some(inner) = given(item, kind) else {
        match media {
            Some(media) => value::source_missing(findings, item, place, media, "neither"),
            None => mandatory(findings, item, kind, place),
        }
        return;
    };
    match (kind, media) {
        (_, Some(media)) => {
            value::media(findings, inner, &inner_place, media);
        }
        ("currency", _) => value::currency(findings, inner, &inner_place),
        ("date_time", _) => value::date_time(findings, inner, &inner_place),
        ("location", _) => value::location(findings, inner, &inner_place),
        ("product", _) => value::product(findings, inner, &inner_place),
        ("text", _) => match inner.as_str() {
            Some(text) => value::text(findings, inner, text, &inner_place, role),
            None => wrong_type(findings, inner, inner_place.path, "text", "a text"),
        },
        _ if inner.as_object().is_none() => {
            wrong_type(findings, inner, inner_place.path, kind, "an object");
        }
        _ => {}
    }
}

/// Says that a parameter lacks the member that its type names.
pub(super) fn mandatory(
    findings: &mut Findings<'_>,
    item: &Node<'_>,
    kind: &str,
    place: &Place<'_>,
) {
    place
        .find(findings, rules::PAYLOAD_KEY_MISSING, item)
        .param("name", kind)
        .param("where", "this parameter")
        .param(
            "remedy",
            format!("`{kind}`, or leave the parameter out where the template has none"),
        )
        .details(format!(
            "Parameter '{kind}' is mandatory for component parameter type '{kind}'"
        ));
}

/// Judges the one parameter of a media header.
pub(super) fn file(
    component: &Node<'_>,
    items: &[Node<'_>],
    at: &[Step],
    slot: &Slot,
    findings: &mut Findings<'_>,
) {
    let path = down(at, "parameters");
    let [item] = items else {
        let node = given(component, "parameters").unwrap_or(component);
        let found = if items.is_empty() {
            findings
                .find(rules::PAYLOAD_HEADER_MISSING, node, path)
                .param("expected", value::media_word(slot.kind))
        } else {
            findings
                .find(rules::PAYLOAD_PARAMETER_COUNT, node, path)
                .param("part", "the header")
                .param("given", items.len())
                .param("expected", 1usize)
                .param("remedy", "send one file")
        };
        found
            .key(slot.key.as_str())
            .details(value::format_mismatch(slot.kind));
        return;
    };
    let at = down(&path, 0usize);
    let word = value::media_word(slot.kind).to_ascii_lowercase();
    // GIFs are films that repeat: pages differ on the word.
    let types: &[&str] = if slot.kind == ParameterKind::Gif {
        &["gif", "video"]
    } else {
        &[&word]
    };
    let key = Some(slot.key.as_str());
    let Some(kind) = type_of(item, &at, "the header", types, key, findings) else {
        return;
    };
    let place = Place {
        key: &slot.key,
        label: &slot.label,
        path: at,
    };
    one(item, kind, &place, Role::Text, findings);
}
