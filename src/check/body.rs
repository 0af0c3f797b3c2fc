//! The body: the sentence that the template is for.

use super::examples::{self, BODY};
use super::header::{missing_text, over};
use super::placeholders::{self, Place, names};
use super::shape::{replace, text_of, unexpected};
use crate::definition::{Component, Definition};
use crate::findings::Findings;
use crate::json::{Node, Value};
use crate::languages::is_unspaced;
use crate::limits::Limit;
use crate::order::Words;
use crate::report::{Fix, Severity, Step};
use crate::rules;
use crate::text::{Placeholder, count_chars, count_emoji, count_words, find_placeholders};

/// Judges a body.
pub(super) fn check(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let (node, path) = (component.node, component.path());
    if !matches!(node.value, Value::Object(_)) {
        return;
    }
    unexpected(
        node,
        "a body",
        &["type", "text", "example"],
        &path,
        findings,
    );
    let Some(text_node) = node.get("text").filter(|n| !n.is_null()) else {
        return missing_text("the body", node, path, findings);
    };
    let here = component.path_to("text");
    let Some(text) = text_of(text_node, "text", here.clone(), findings) else {
        return;
    };
    if text.trim().is_empty() {
        return missing_text("the body", text_node, here, findings);
    }
    let used = count_chars(text);
    if findings.measure(Limit::BodyChars, used, text_node, here.clone(), None) {
        over(
            &rules::BODY_MAX,
            Limit::BodyChars,
            used,
            text_node,
            here.clone(),
            findings,
        );
    }
    let emojis = count_emoji(text);
    if findings.measure(Limit::BodyEmojis, emojis, text_node, here.clone(), None) {
        let max = findings.max(Limit::BodyEmojis);
        let found = findings.find(&rules::BODY_EMOJIS, text_node, here.clone());
        found
            .param("used", emojis)
            .param("max", max)
            .param("over", emojis - max);
    }
    newlines(text, text_node, &here, findings);
    blanks(text, text_node, &here, findings);
    let place = Place {
        node: text_node,
        part: BODY.part,
    };
    let distinct = placeholders::check(text, place, &here, definition.format, findings);
    // The last word is still being typed: whether it ends with a placeholder is not known yet.
    if !text_node.open {
        edges(text, text_node, &here, definition, findings);
    }
    let max = findings.max(Limit::BodyPlaceholders);
    if distinct.len() > max {
        let found = findings.find(&rules::BODY_PLACEHOLDERS, text_node, here.clone());
        found.param("used", distinct.len()).param("max", max);
    }
    let samples = examples::check(
        node,
        &path,
        BODY,
        &names(&distinct),
        definition.format,
        findings,
    );
    rendered(text, text_node, &here, used, &distinct, &samples, findings);
}

fn newlines(text: &str, node: &Node<'_>, path: &[Step], findings: &mut Findings<'_>) {
    let max = findings.max(Limit::BodyNewlineRun);
    let mut run: Option<(usize, usize, usize)> = None;
    let mut worst: Option<(usize, usize, usize)> = None;
    let mut mended = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        // A carriage return belongs to the newline behind it.
        if c == '\r' && run.is_some() {
            mended.push(c);
            continue;
        }
        if c != '\n' {
            run = None;
            mended.push(c);
            continue;
        }
        let (start, count) = run.map_or((at, 1), |(start, _, count)| (start, count + 1));
        run = Some((start, at + 1, count));
        if count <= max {
            mended.push(c);
        }
        if worst.is_none_or(|(_, _, most)| count > most) {
            worst = run;
        }
    }
    if let Some((start, end, used)) = worst.filter(|(_, _, used)| *used > max) {
        let found = findings.find(&rules::BODY_NEWLINES, node, path.to_vec());
        found
            .span(start, end)
            .param("used", used)
            .param("max", max)
            .fix(Fix::safe(
                "leave one empty line",
                vec![replace(path, mended)],
            ));
    }
}

fn blanks(text: &str, node: &Node<'_>, path: &[Step], findings: &mut Findings<'_>) {
    let max = findings.max(Limit::ValueSpaceRun);
    let tab = text.find('\t').map(|at| (at, at + 1, "a tab".to_owned()));
    let run = || {
        let mut start = 0;
        let mut count = 0;
        for (at, c) in text.char_indices() {
            if c != ' ' {
                if count > max {
                    break;
                }
                count = 0;
                continue;
            }
            if count == 0 {
                start = at;
            }
            count += 1;
        }
        (count > max).then(|| (start, start + count, format!("{count} blanks in a row")))
    };
    if let Some((start, end, what)) = tab.or_else(run) {
        let found = findings.find(&rules::BODY_BLANKS, node, path.to_vec());
        found.span(start, end).param("found", what);
    }
}

/// Placeholders at the edges, beside each other, and too many for the words around them.
fn edges(
    text: &str,
    node: &Node<'_>,
    path: &[Step],
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let (all, _) = find_placeholders(text);
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return;
    };
    let fixed = fixed_text(text, &all);
    if !fixed.chars().any(char::is_alphanumeric) {
        findings.find(&rules::BODY_ONLY_PLACEHOLDERS, node, path.to_vec());
    }
    let shown = |p: &Placeholder<'_>| format!("{{{{{}}}}}", p.name());
    let before = text.get(..first.at.start).unwrap_or_default();
    let after = text.get(last.at.end..).unwrap_or_default();
    for (placeholder, beside, hard, edge) in [
        (first, before, &rules::BODY_LEADING, "start"),
        (last, after, &rules::BODY_TRAILING, "end"),
    ] {
        if beside.trim().is_empty() {
            let found = findings.find(hard, node, path.to_vec());
            found
                .span(placeholder.at.start, placeholder.at.end)
                .param("name", shown(placeholder));
        } else if !beside.chars().any(char::is_alphanumeric) {
            let found = findings.find(&rules::BODY_EDGE, node, path.to_vec());
            found
                .span(placeholder.at.start, placeholder.at.end)
                .param("name", shown(placeholder))
                .param("edge", edge);
        }
    }
    for pair in all.windows(2) {
        let [a, b] = pair else { continue };
        let between = text.get(a.at.end..b.at.start).unwrap_or_default();
        if between.trim().is_empty() {
            let found = findings.find(&rules::BODY_ADJACENT, node, path.to_vec());
            found
                .span(a.at.start, b.at.end)
                .param("first", shown(a))
                .param("second", shown(b));
        }
    }
    let words = count_words(&fixed);
    // One that stands twice is one variable: Meta's formula is not known well enough to refuse it as two.
    let mut names = Words::new();
    for placeholder in &all {
        names.insert(placeholder.name(), 0);
    }
    let count = names.len();
    let needed = 2 * count + 1;
    if words < needed && fixed.chars().any(char::is_alphanumeric) {
        let found = findings.find(&rules::BODY_RATIO, node, path.to_vec());
        found
            .param("words", counted(words, "word"))
            .param("placeholders", counted(count, "placeholder"))
            .param("needed", needed)
            .param("missing", needed - words);
        if definition.language.is_some_and(is_unspaced) {
            found.severity(Severity::Warning);
        }
    }
}

/// `1 word`, `2 words`.
fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// The text with a blank in the place of each placeholder.
fn fixed_text(text: &str, placeholders: &[Placeholder<'_>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for placeholder in placeholders {
        out.push_str(text.get(from..placeholder.at.start).unwrap_or_default());
        out.push(' ');
        from = placeholder.at.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

fn rendered(
    text: &str,
    node: &Node<'_>,
    path: &[Step],
    used: usize,
    distinct: &[Placeholder<'_>],
    samples: &[Option<&str>],
    findings: &mut Findings<'_>,
) {
    let max = findings.max(Limit::BodyChars);
    if distinct.is_empty() || used > max {
        return;
    }
    let mut length = used;
    let mut places = Words::new();
    for (place, placeholder) in distinct.iter().enumerate() {
        places.insert(placeholder.name(), place);
    }
    for placeholder in find_placeholders(text).0 {
        let sample = places.get(placeholder.name());
        if let Some(Some(sample)) = sample.and_then(|place| samples.get(place)) {
            let own = count_chars(
                text.get(placeholder.at.start..placeholder.at.end)
                    .unwrap_or_default(),
            );
            length = length + count_chars(sample) - own;
        }
    }
    if length > max {
        let found = findings.find(&rules::BODY_RENDERED, node, path.to_vec());
        found.param("used", length).param("max", max);
    }
}
