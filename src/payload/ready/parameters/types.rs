//! The types that parameters have, and where which may stand.

use crate::findings::Findings;
use crate::json::Node;
use crate::payload::ready::{down, given, missing, wrong_type, wrong_word};
use crate::report::Step;
use crate::rules;
use crate::text::{clip, closest};

/// The parts that list parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::payload::ready) enum Part {
    /// The header.
    Header,
    /// The body.
    Body,
}

impl Part {
    /// Meta's word.
    pub fn word(self) -> &'static str {
        match self {
            Part::Header => "header",
            Part::Body => "body",
        }
    }

    /// With its article.
    pub fn noun(self) -> &'static str {
        match self {
            Part::Header => "a header component",
            Part::Body => "a body component",
        }
    }

    /// The types of parameters that it takes in some template.
    pub(super) fn types(self) -> &'static [&'static str] {
        match self {
            Part::Header => IN_HEADERS,
            Part::Body => TEXTS,
        }
    }
}

/// Every type of parameter, those of texts first and then those of headers: a word that is none of them
/// is a slip, not a parameter of the wrong kind.
const TYPES: &[&str] = &[
    "text",
    "currency",
    "date_time",
    // Only headers take the next ones.
    "image",
    "video",
    "document",
    "gif",
    "location",
    "product",
    // Neither header nor body takes these.
    "payload",
    "coupon_code",
    "action",
    "ttl_minutes",
    "limited_time_offer",
    "order_status",
    "tap_target_configuration",
];

/// What stands in for a placeholder of a text.
pub(super) const TEXTS: &[&str] = TYPES.split_at(3).0;

/// What the header of a card or an offer takes.
pub(in crate::payload::ready) const SHOWN: &[&str] = &["image", "video", "gif", "product"];

/// What a header takes in some template.
const IN_HEADERS: &[&str] = TYPES.split_at(9).0;

/// Reads a parameter's type, in any case, as Meta does; what is wrong with it is said.
pub(in crate::payload::ready) fn type_of<'k>(
    node: &Node<'_>,
    path: &[Step],
    part: &str,
    types: &[&'k str],
    key: Option<&str>,
    findings: &mut Findings<'_>,
) -> Option<&'k str> {
    if node.as_object().is_none() {
        wrong_type(findings, node, path.to_vec(), "parameter", "an object");
        return None;
    }
    let expected = || types.first().copied().unwrap_or_default();
    let Some(found) = given(node, "type") else {
        missing(
            findings,
            node,
            path,
            "type",
            &format!("\"type\": \"{}\"", expected()),
        );
        return None;
    };
    let Some(word) = found.as_str() else {
        wrong_type(findings, found, down(path, "type"), "type", "a text");
        return None;
    };
    let known = types.iter().find(|name| word.eq_ignore_ascii_case(name));
    if known.is_none() {
        let near = closest(word, types).unwrap_or(expected());
        if !TYPES.iter().any(|name| word.eq_ignore_ascii_case(name)) {
            let near = crate::text::one_of(&[near]);
            wrong_word(findings, found, down(path, "type"), "type", &near);
            return None;
        }
        let finding = findings.find(rules::PAYLOAD_PARAMETER_TYPE, found, down(path, "type"));
        finding
            .param("part", part)
            .param("expected", near)
            .param("found", format!("`{}`", clip(word)));
        if let Some(key) = key {
            finding.key(key);
            if key.contains("header.") {
                let received = word.to_ascii_uppercase();
                finding.details(format!(
                    "header: Format mismatch, expected {}, received {received}",
                    expected().to_ascii_uppercase()
                ));
            }
        }
    }
    known.copied()
}
