//! The body: the sentence that the template is for.

use super::examples::{self, BODY};
use super::placeholders::{self, Part, Slots, shown};
use super::shape::{Field, Kind, may, shape};
use super::texts::{Line, keeps, line};
use crate::definition::{Component, Definition, TemplateKind};
use crate::findings::Findings;
use crate::json::Node;
use crate::languages;
use crate::limits::Limit;
use crate::order::Joined;
use crate::report::Severity;
use crate::rules;
use crate::text::{count_chars, count_words, emojis, has_word, is_unspaced, shows_nothing};

static FIELDS: &[Field] = &[
    may("type", Kind::Any),
    may("text", Kind::Text),
    may("example", Kind::Any),
];

const fn line_of(limit: Limit, max: &'static rules::Rule) -> Line {
    Line {
        part: "the body",
        required: rules::TEXT_REQUIRED,
        limit,
        max,
    }
}

static PLAIN: Line = line_of(Limit::BodyChars, rules::BODY_MAX);
static OFFER: Line = line_of(Limit::OfferBodyChars, rules::BODY_MAX_OFFER);
static PRODUCT: Line = line_of(Limit::ProductBodyChars, rules::BODY_MAX_PRODUCT);
static CARD: Line = line_of(Limit::CardBodyChars, rules::BODY_MAX_CARD);

/// Judges a body, the template's or a card's.
pub(super) fn check(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let owner = component.node;
    let kind = definition.kind();
    let row = match component.card {
        Some(_) => &CARD,
        None if kind == TemplateKind::LimitedTimeOffer => &OFFER,
        None if kind == TemplateKind::Spm => &PRODUCT,
        None => &PLAIN,
    };
    shape(owner, "a body", FIELDS, findings);
    let Some((text, node)) = line(owner, "text", row, findings) else {
        return;
    };
    let emojis = emojis(text);
    let max = findings.max(Limit::BodyEmojis);
    let exceeded = findings.limit(rules::BODY_EMOJIS, Limit::BodyEmojis, emojis.count, node);
    if exceeded.is_none() && emojis.parts > max {
        let found = findings.flag(rules::EMOJI_UNIT, node);
        found.num("used", emojis.parts).num("max", max);
    }
    newlines(text, node, findings);
    if component.card.is_some() {
        lines(text, node, findings);
    }
    blanks(text, node, findings);
    let part = Part {
        name: PLAIN.part,
        text,
        node,
        owner,
        format: definition.format,
        keys: Some(&BODY),
        definition: Some(definition),
    };
    let slots = placeholders::judge(&part, findings);
    // The last word is still being typed: whether it ends with a placeholder is not known yet.
    if !node.open {
        edges(&part, &slots, component, definition, findings);
    }
    let (used, max) = (slots.names.len(), findings.max(Limit::BodyPlaceholders));
    if used > max {
        let found = findings.flag(rules::BODY_PLACEHOLDERS, node);
        found.num("used", used).num("max", max);
    }
    let samples = examples::check(&part, &slots, findings);
    rendered(&part, &slots, &samples, row.limit, findings);
}

/// Line breaks of a card, wherever they stand.
fn lines(text: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    let max = findings.max(Limit::CardBodyLines);
    let used = text.bytes().filter(|byte| *byte == b'\n').count();
    if used > max {
        let found = findings.flag(rules::CARD_BODY_LINES, node);
        found.num("used", used).num("max", max);
    }
}

/// Line breaks in a row.
fn newlines(text: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    let max = findings.max(Limit::BodyNewlineRun);
    let (mut count, mut start) = (0, 0);
    let mut worst = (0, 0, 0);
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'\n' {
            if count == 0 {
                start = at;
            }
            count += 1;
            if count > worst.0 {
                worst = (count, start, at + 1);
            }
        } else if byte != b'\r' {
            // A carriage return belongs to the newline beside it.
            count = 0;
        }
    }
    let (used, start, end) = worst;
    if used > max {
        let mut mended = String::with_capacity(text.len());
        let mut count = 0;
        for c in text.chars() {
            match c {
                '\n' => count += 1,
                '\r' => {}
                _ => count = 0,
            }
            if count <= max || c == '\r' {
                mended.push(c);
            }
        }
        let found = findings.flag(rules::BODY_NEWLINES, node);
        found.span(start, end).num("used", used).num("max", max);
        let safe = keeps(text, &mended);
        found.put(safe, "leave one empty line", node, &mended);
    }
}

/// Tabs and long rows of blanks.
fn blanks(text: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    let max = findings.max(Limit::ValueSpaceRun);
    let mut run: (usize, usize) = (0, 0);
    let mut found: Option<(usize, usize, String)> = None;
    let tab = text.bytes().position(|byte| byte == b'\t');
    if let Some(at) = tab {
        found = Some((at, at + 1, "a tab".to_owned()));
    }
    for (at, byte) in text.bytes().enumerate().chain([(text.len(), 0)]) {
        let (start, count) = run;
        if byte == b' ' {
            run = if count == 0 {
                (at, 1)
            } else {
                (start, count + 1)
            };
            continue;
        }
        if found.is_none() && count > max {
            let what = [&crate::text::digits(count), " blanks in a row"].joined();
            found = Some((start, at, what));
        }
        run = (0, 0);
    }
    let Some((start, end, what)) = found else {
        return;
    };
    let mut mended = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | ' ' if mended.ends_with(' ') => {}
            '\t' => mended.push(' '),
            c => mended.push(c),
        }
    }
    let found = findings.flag(rules::BODY_BLANKS, node);
    found.span(start, end).say("found", &what);
    found.put(false, "write single blanks", node, &mended);
}

/// Placeholders at the edges, beside each other, and too many for the words around them.
fn edges(
    part: &Part<'_, '_>,
    slots: &Slots<'_>,
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let (text, node, all) = (part.text, part.node, &slots.all);
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return;
    };
    let before = text.get(..first.at.start).unwrap_or_default();
    let after = text.get(last.at.end..).unwrap_or_default();
    let mut words = count_words(before) + count_words(after);
    let mut wordless = !has_word(before) && !has_word(after);
    for (placeholder, beside, hard, edge) in [
        (first, before, rules::BODY_LEADING, "start"),
        (last, after, rules::BODY_TRAILING, "end"),
    ] {
        let rule = if beside.chars().all(shows_nothing) {
            hard
        } else if !has_word(beside) {
            rules::BODY_EDGE
        } else {
            continue;
        };
        let found = findings.flag(rule, node);
        found
            .span(placeholder.at.start, placeholder.at.end)
            .say("name", &shown(placeholder))
            .say("edge", edge);
        // Cards that begin so were approved (August 2026).
        if component.card.is_some() {
            found.severity(Severity::Warning);
        }
    }
    for (a, b) in all.iter().zip(all.iter().skip(1)) {
        let between = text.get(a.at.end..b.at.start).unwrap_or_default();
        words += count_words(between);
        wordless &= !has_word(between);
        if between.chars().all(shows_nothing) {
            findings
                .flag(rules::BODY_ADJACENT, node)
                .span(a.at.start, b.at.end)
                .say("first", &shown(a))
                .say("second", &shown(b));
        }
    }
    if wordless {
        findings.flag(rules::BODY_ONLY_PLACEHOLDERS, node);
        return;
    }
    // One that stands twice is one variable: Meta's formula is not known well enough to refuse it as two.
    let count = slots.names.len();
    let needed = 2 * count + 1;
    if words < needed {
        let found = findings.flag(rules::BODY_RATIO, node);
        found
            .say("words", &counted(words, "word"))
            .say("placeholders", &counted(count, "placeholder"))
            .num("needed", needed)
            .num("missing", needed - words);
        if is_unspaced(text) || definition.language.is_some_and(languages::is_unspaced) {
            found.severity(Severity::Warning);
        }
    }
}

/// `1 word`, `2 words`.
fn counted(n: usize, noun: &str) -> String {
    let n_text = crate::text::digits(n);
    [n_text.as_str(), " ", noun, if n == 1 { "" } else { "s" }].joined()
}

/// The length with the samples in the places of their placeholders.
fn rendered(
    part: &Part<'_, '_>,
    slots: &Slots<'_>,
    samples: &[Option<&str>],
    limit: Limit,
    findings: &mut Findings<'_>,
) {
    let max = findings.max(limit);
    let used = count_chars(part.text);
    if slots.all.is_empty() || used > max {
        return;
    }
    let mut lengths = Vec::with_capacity(samples.len());
    for sample in samples {
        lengths.push(sample.map(count_chars));
    }
    let mut length = used;
    for (placeholder, place) in slots.all.iter().zip(&slots.places) {
        if let Some(Some(sample)) = lengths.get(*place) {
            // Both braces count, two characters each. One sample may stand in many places, so that
            // the sum alone can be larger than any text.
            length = length.saturating_add(*sample) - count_chars(placeholder.inner) - 4;
        }
    }
    if length > max {
        let found = findings.flag(rules::BODY_RENDERED, part.node);
        found.num("used", length).num("max", max);
    }
}
