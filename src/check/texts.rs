//! Lines of text: too long, empty, or with what a line may not have.

use super::shape::text;
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::order::Joined;
use crate::rules::{self, Rule};
use crate::text::{
    Placeholder, braced, count_chars, emojis, find_emoji, find_markup, find_placeholders,
    is_line_break, shows_nothing, utf16_len, without_emojis,
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
/// long. A member that is no text is for the part's shape.
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
    if text.chars().all(shows_nothing) {
        findings.missing(line.required, node).say("part", line.part);
        return None;
    }
    length(text, node, line.limit, line.max, findings);
    Some((text, node))
}

/// A text over its limit; the place is what is too much. One that keeps the limit only as we count gets
/// a warning.
pub(super) fn length(
    text: &str,
    node: &Node<'_>,
    limit: Limit,
    rule: &'static Rule,
    findings: &mut Findings<'_>,
) {
    let max = findings.max(limit);
    if let Some(found) = findings.limit(rule, limit, count_chars(text), node) {
        if let Some((start, _)) = text.char_indices().nth(max) {
            found.span(start, text.len());
        }
        return;
    }
    let units = utf16_len(text);
    if units > max {
        let found = findings.flag(rules::CHAR_UNIT, node);
        found.num("used", units).num("max", max);
    }
}

/// Whether a mended text is surely no worse than the one before: with the same words and placeholders,
/// and without braces, blanks or halves of an emoji that came together.
pub(super) fn keeps(before: &str, after: &str) -> bool {
    let (was, is) = (find_placeholders(before), find_placeholders(after));
    let mut pairs = was.0.iter().zip(&is.0);
    was.0.len() == is.0.len()
        && pairs.all(|(was, is)| was.inner == is.inner)
        && was.1.len() == is.1.len()
        && emojis(after).count <= emojis(before).count
        && after.split_whitespace().count() == before.split_whitespace().count()
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
        let mut joined = String::new();
        for word in text.split(|c| c == ' ' || is_line_break(c)) {
            if !word.is_empty() && !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(word);
        }
        let found = findings.flag(rule, node);
        found
            .span(at, at + c.len_utf8())
            .say("found", "a line break")
            .say("it", "it, or put a blank there");
        if !joined.is_empty() {
            let safe = keeps(text, &joined);
            found.put(safe, "put it on one line", node, &joined);
        }
    }
    if let Some(at) = find_emoji(text) {
        let emoji = text.get(at.start..at.end).unwrap_or_default();
        let plain = without_emojis(text);
        let found = findings.flag(rule, node);
        found
            .span(at.start, at.end)
            .say("found", &["the emoji ", emoji].joined())
            .say("it", "it");
        if !plain.is_empty() {
            found.put(false, "delete the emojis", node, &plain);
        }
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
        if !plain.chars().all(shows_nothing) {
            let safe = keeps(text, &plain);
            found.put(safe, "delete the marks", node, &plain);
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
    let text = node.as_str().unwrap_or_default();
    for placeholder in placeholders {
        let (start, end) = (placeholder.at.start, placeholder.at.end);
        let name = braced(placeholder.name());
        let room = findings.has_room_for_fixes(text);
        let found = findings.flag(rule, node);
        found
            .span(start, end)
            .say("found", &["the placeholder ", &name].joined())
            .say("it", "it")
            .say("name", &name);
        // Only where there is room: the text once for each placeholder is quadratic.
        if !room {
            continue;
        }
        let (before, after) = (text.get(..start), text.get(end..));
        let left = [
            before.unwrap_or_default().trim_end(),
            after.unwrap_or_default(),
        ]
        .joined();
        if !left.trim().is_empty() {
            found.put(false, "delete it", node, &left);
        }
    }
}
