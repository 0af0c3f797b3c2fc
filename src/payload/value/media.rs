//! Judges files, and says which kind a header takes.

use super::{as_text, hidden, is_blank, nothing};
use crate::definition::HeaderFormat;
use crate::findings::Findings;
use crate::json::Node;
use crate::payload::link;
use crate::payload::place::Place;
use crate::report::Severity;
use crate::rules;
use crate::template::ParameterKind;
use crate::text::clip;
use std::borrow::Cow;

/// A file as a message names it.
#[derive(Debug, Clone)]
pub(in crate::payload) struct Media<'n> {
    /// Its address, or the id of its upload.
    pub source: Source<'n>,
    /// A document's name.
    pub filename: Option<&'n str>,
}

/// Where a file comes from.
#[derive(Debug, Clone)]
pub(in crate::payload) enum Source<'n> {
    /// An address.
    Link(&'n str),
    /// The id that its upload gave.
    Id(Cow<'n, str>),
}

/// Judges a file: an object with `link` or `id`. `node` is that object.
pub(in crate::payload) fn media<'n>(
    findings: &mut Findings<'_>,
    node: &'n Node<'_>,
    place: &Place<'_>,
    kind: ParameterKind,
) -> Option<Media<'n>> {
    let Some(members) = node.as_object() else {
        place.wrong_type(findings, node, place.key, "an object with `link` or `id`");
        return None;
    };
    for member in members {
        let name = member.key.as_ref();
        let known = matches!(name, "link" | "id")
            || (name == "filename" && kind == ParameterKind::Document)
            // Payloads of older days name the server that keeps the file.
            || name == "provider";
        if !known && !member.value.is_null() {
            let near = crate::text::closest(name, &["link", "id", "filename"]);
            let found = findings.find_at(
                rules::MEDIA_KEY_UNKNOWN,
                member.key_at,
                place.member(name).path,
            );
            found
                .key(place.key)
                .param("label", place.label)
                .param("name", clip(name));
            // Meta's own tables list it for every file; only documents show it.
            if name == "filename" {
                found.severity(Severity::Warning);
            }
            found.param(
                "remedy",
                near.filter(|near| *near != name)
                    .map_or("leave it out".to_owned(), |near| {
                        format!("did you mean `{near}`?")
                    }),
            );
        }
    }
    let given = |key: &str| node.get(key).filter(|value| !value.is_null());
    let link = given("link");
    let id = given("id");
    let filename = match given("filename") {
        Some(inner) if inner.as_str().is_none() => {
            place
                .member("filename")
                .wrong_type(findings, inner, "filename", "a text");
            None
        }
        inner => {
            if let Some((node, name)) = inner.and_then(|node| Some((node, node.as_str()?))) {
                let place = place.member("filename");
                hidden(findings, node, name, &place);
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                nothing(findings, node, stem, &place);
            }
            inner.and_then(Node::as_str).filter(|name| !is_blank(name))
        }
    };
    let source = match (link, id) {
        (Some(link), None) => {
            let inner = place.member("link");
            let Some(address) = link.as_str() else {
                inner.wrong_type(findings, link, "link", "a text");
                return None;
            };
            if is_blank(address) {
                source_missing(findings, node, place, kind, "a blank `link`");
                return None;
            }
            link::judge(findings, link, address, &inner, kind, filename);
            Source::Link(address)
        }
        (None, Some(id)) => {
            let Some(word) = as_text(id) else {
                place.member("id").wrong_type(findings, id, "id", "a text");
                return None;
            };
            if is_blank(&word) {
                source_missing(findings, node, place, kind, "a blank `id`");
                return None;
            }
            media_id(findings, id, &word, &place.member("id"));
            Source::Id(word)
        }
        (Some(_), Some(_)) => {
            source_missing(findings, node, place, kind, "both");
            return None;
        }
        (None, None) => {
            source_missing(findings, node, place, kind, "neither");
            return None;
        }
    };
    if kind == ParameterKind::Document && filename.is_none() {
        place.find(findings, rules::DOCUMENT_FILENAME, node);
    }
    Some(Media { source, filename })
}

/// Judges the id of an uploaded file.
pub(in crate::payload) fn media_id(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    id: &str,
    place: &Place<'_>,
) {
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
        place
            .find(findings, rules::MEDIA_ID, node)
            .param("found", clip(id));
    }
}

pub(in crate::payload) fn source_missing(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    place: &Place<'_>,
    kind: ParameterKind,
    found: &str,
) {
    place
        .find(findings, rules::MEDIA_SOURCE, node)
        .param("found", found)
        .details(format_mismatch(kind));
}

/// Meta's words for a media header that lacks its file.
pub(in crate::payload) fn format_mismatch(kind: ParameterKind) -> String {
    format!(
        "header: Format mismatch, expected {}, received UNKNOWN",
        media_word(kind)
    )
}

/// The format of a header, in Meta's word.
pub(in crate::payload) fn media_word(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Image => "IMAGE",
        ParameterKind::Video => "VIDEO",
        ParameterKind::Document => "DOCUMENT",
        ParameterKind::Gif => "GIF",
        ParameterKind::Location => "LOCATION",
        ParameterKind::Product => "PRODUCT",
        _ => "TEXT",
    }
}

/// The kind of file that a header's format takes.
pub(in crate::payload) fn parameter_type(format: HeaderFormat) -> &'static str {
    match format {
        HeaderFormat::Image => "image",
        HeaderFormat::Video => "video",
        HeaderFormat::Document => "document",
        HeaderFormat::Gif => "gif",
        HeaderFormat::Location => "location",
        HeaderFormat::Product => "product",
        HeaderFormat::Text | HeaderFormat::Unknown => "text",
    }
}
