//! Lines of text: too long, empty, or with what a line may not have.

use super::shape::text;
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::rules::{self, Rule};
use crate::text::{
    Placeholder, braced, count_chars, find_bidi, find_emoji, find_markup, is_bidi_control,
    is_line_break,
};

/// What a part's text must be.
#[derive(Debug)]
pub(super) struct Line {
    /// What a person calls the part: "the footer".
    pub part: &'static str,
    /// The rule that a part without its text breaks (`{part}`).
    pub required: &'static Rule,
    /// How long it may be.
    pub limit: Limit,
    /// The rule that a longer one breaks.
    pub max: &'static Rule,
}

/// A part's text with its node, when there is one that is not blank. Says when it is missing or too
/// long, or turns the direction of what follows it. A member that is no text is for the part's shape.
pub(super) fn line<'n, 't>(
    owner: &'n Node<'t>,
    key: &str,
    line: &Line,
    findings: &mut Findings<'_>,
) -> Option<(&'n str, &'n Node<'t>)> {
    let node = match super::shape::given(owner, key) {
        Some(node) => node,
        None => {
            findings
                .missing(line.required, owner)
                .say("part", line.part);
            return None;
        }
    };
    let (text, _) = text(owner, key)?;
    if text.trim().is_empty() {
        findings.missing(line.required, node).say("part", line.part);
        return None;
    }
    length(text, node, line.limit, line.max, findings);
    bidi(text, node, findings);
    Some((text, node))
}

/// A text over its limit; the place is what is too much.
pub(super) fn length(
    text: &str,
    node: &Node<'_>,
    limit: Limit,
    rule: &'static Rule,
    findings: &mut Findings<'_>,
) {
    let max = findings.max(limit);
    if let Some(found) = findings.limit(rule, limit, count_chars(text), node)
        && let Some((start, _)) = text.char_indices().nth(max)
    {
        found.span(start, text.len());
    }
}

/// Line breaks and emojis in a text that may have none, and formatting marks where `marks` says so
/// (those in a placeholder's name are none).
pub(super) fn clean(
    rule: &'static Rule,
    text: &str,
    node: &Node<'_>,
    marks: Option<&[Placeholder<'_>]>,
    findings: &mut Findings<'_>,
) {
    if let Some((at, c)) = text.char_indices().find(|(_, c)| is_line_break(*c)) {
        let words = text.split(|c| c == ' ' || is_line_break(c));
        let joined: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let found = findings.flag(rule, node);
        found
            .span(at, at + c.len_utf8())
            .say("found", "a line break")
            .say("it", "it, or put a blank there");
        if !joined.is_empty() {
            found.put(true, "put it on one line", node, &joined.join(" "));
        }
    }
    if let Some(at) = find_emoji(text) {
        let emoji = text.get(at.start..at.end).unwrap_or_default();
        findings
            .flag(rule, node)
            .span(at.start, at.end)
            .say("found", &["the emoji ", emoji].concat())
            .say("it", "it");
    }
    if let Some(placeholders) = marks
        && let Some(((at, c), plain)) = find_markup(text, placeholders)
    {
        let found = findings.flag(rule, node);
        let mut mark = "the formatting mark ".to_owned();
        mark.push(c);
        found
            .span(at, at + c.len_utf8())
            .say("found", &mark)
            .say("it", "it");
        if !plain.trim().is_empty() {
            found.put(true, "delete the marks", node, &plain);
        }
    }
}

/// Placeholders in a text that may have none.
pub(super) fn no_placeholders(
    rule: &'static Rule,
    placeholders: &[Placeholder<'_>],
    node: &Node<'_>,
    findings: &mut Findings<'_>,
) {
    for placeholder in placeholders {
        let name = braced(placeholder.name());
        findings
            .flag(rule, node)
            .span(placeholder.at.start, placeholder.at.end)
            .say("found", &["the placeholder ", &name].concat())
            .say("it", "it")
            .say("name", &name);
    }
}

/// Characters that turn the direction of a text.
pub(super) fn bidi(text: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    let Some((at, c)) = find_bidi(text) else {
        return;
    };
    let mended: String = text.chars().filter(|c| !is_bidi_control(*c)).collect();
    findings
        .flag(&rules::TEXT_BIDI, node)
        .span(at, at + c.len_utf8())
        .say("code", &crate::text::code_point(c))
        .put(true, "delete it", node, &mended);
}
