//! Placeholders of one text: braces, names, numbers.

use super::envelope::slug;
use super::shape::replace;
use crate::definition::ParameterFormat;
use crate::findings::Findings;
use crate::json::Node;
use crate::order::{Words, sorted};
use crate::report::{Fix, Severity, Step, operation};
use crate::text::{Brace, Braces, Placeholder, clip, find_placeholders};
use crate::{path, rules};

/// A text that may have placeholders, and how messages speak of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'n, 't> {
    /// The text's node.
    pub node: &'n Node<'t>,
    /// "the body", "the header" …
    pub part: &'static str,
}

/// The distinct placeholders of a text, judged, in the order of their first appearance.
pub(super) fn check<'n>(
    text: &'n str,
    place: Place<'n, '_>,
    path: &[Step],
    format: ParameterFormat,
    findings: &mut Findings<'_>,
) -> Vec<Placeholder<'n>> {
    let (placeholders, braces) = find_placeholders(text);
    for brace in &braces {
        report_brace(text, brace, place, path, format, findings);
    }
    let mut distinct: Vec<Placeholder<'n>> = Vec::new();
    let mut seen = Words::new();
    let numbered = placeholders.iter().any(|p| p.number().is_some());
    for placeholder in placeholders {
        let name = placeholder.name();
        one(text, &placeholder, numbered, place, path, format, findings);
        if seen.insert(name, distinct.len()) {
            distinct.push(placeholder);
            continue;
        }
        let found = findings.find(&rules::VAR_REPEATED, place.node, path.to_vec());
        found
            .span(placeholder.at.start, placeholder.at.end)
            .param("name", format!("{{{{{}}}}}", clip(name)))
            .param("part", place.part);
        if format == ParameterFormat::Named {
            found.severity(Severity::Error);
        }
    }
    if format == ParameterFormat::Positional {
        numbers(text, &distinct, place, path, findings);
    }
    distinct
}

fn one(
    text: &str,
    placeholder: &Placeholder<'_>,
    numbered: bool,
    place: Place<'_, '_>,
    path: &[Step],
    format: ParameterFormat,
    findings: &mut Findings<'_>,
) {
    let at = placeholder.at;
    let name = placeholder.name();
    let shown = format!("{{{{{}}}}}", clip(name));
    let with = |new: &str| splice(text, at.start, at.end, new);
    if placeholder.inner != name {
        let room = findings.has_room_for_fixes(text);
        let found = findings.find(&rules::VAR_INNER_SPACE, place.node, path.to_vec());
        found
            .span(at.start, at.end)
            .param("found", text.get(at.start..at.end).unwrap_or_default())
            .param("suggestion", shown.clone());
        if room {
            let patch = vec![replace(path, with(&format!("{{{{{name}}}}}")))];
            found.fix(Fix::safe(format!("write {shown}"), patch));
        }
    }
    let is_word = name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric());
    match (format, placeholder.number().is_some()) {
        (ParameterFormat::Positional, true) => {}
        (ParameterFormat::Positional, false) if !is_word => {
            let found = findings.find(&rules::VAR_SPECIAL_CHARS, place.node, path.to_vec());
            found.span(at.start, at.end).param("found", shown);
        }
        (ParameterFormat::Positional, false) => {
            // A first-level member, so the fix is the same from every text of the template.
            let declare = operation(
                crate::json::OperationKind::Add,
                &path!["parameter_format"],
                Some(Node::text("NAMED")),
            );
            let found = findings.find(&rules::VAR_FORMAT_MISMATCH, place.node, path.to_vec());
            found
                .span(at.start, at.end)
                .param("name", shown)
                .param("kind", "named")
                .param("format", "POSITIONAL (Meta's default)")
                .param(
                    "remedy",
                    "set `parameter_format` to NAMED, or number the placeholders {{1}}, {{2}} …",
                );
            // Among numbers the other format would only move the fault.
            if !numbered {
                found.fix(Fix::unsafe_("set parameter_format to NAMED", vec![declare]));
            }
        }
        (ParameterFormat::Named, true) => {
            let found = findings.find(&rules::VAR_FORMAT_MISMATCH, place.node, path.to_vec());
            found
                .span(at.start, at.end)
                .param("name", shown)
                .param("kind", "positional")
                .param("format", "NAMED")
                .param("remedy", "give it a name, such as {{first_name}}, or set `parameter_format` to POSITIONAL");
        }
        (ParameterFormat::Named, false) => named(&shown, placeholder, place, path, &with, findings),
    }
}

fn named(
    shown: &str,
    placeholder: &Placeholder<'_>,
    place: Place<'_, '_>,
    path: &[Step],
    with: &dyn Fn(&str) -> String,
    findings: &mut Findings<'_>,
) {
    let (at, name) = (placeholder.at, placeholder.name());
    if let Some(bad) = name
        .chars()
        .find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '_'))
    {
        let suggestion = slug(name);
        let room = findings.has_room_for_fixes(place.node.as_str().unwrap_or_default());
        let found = findings.find(&rules::VAR_NAMED_CHARSET, place.node, path.to_vec());
        found
            .span(at.start, at.end)
            .param("name", shown)
            .param("found", super::envelope::describe(bad))
            .param("suggestion", suggestion.clone());
        // Not safe: the sample and whoever fills the template use the old name.
        if room {
            found.fix(Fix::unsafe_(
                format!("rename to `{suggestion}`"),
                vec![replace(path, with(&format!("{{{{{suggestion}}}}}")))],
            ));
        }
    } else if name.bytes().any(|b| b.is_ascii_digit()) {
        findings
            .find(&rules::VAR_NAMED_DIGITS, place.node, path.to_vec())
            .span(at.start, at.end)
            .param("name", shown);
    }
}

fn numbers(
    text: &str,
    distinct: &[Placeholder<'_>],
    place: Place<'_, '_>,
    path: &[Step],
    findings: &mut Findings<'_>,
) {
    let given: Vec<(usize, &Placeholder<'_>)> = distinct
        .iter()
        .filter_map(|p| Some((p.number()?, p)))
        .collect();
    let numbers = given.iter().map(|(n, _)| *n).collect();
    let mut ranks: Vec<usize> = sorted(numbers, &|n: &usize| ([*n, 0, 0], ""));
    ranks.dedup();
    let missing = ranks.iter().zip(1..).find(|(n, rank)| *n != rank);
    let missing = missing.map(|(_, rank)| rank);
    if let Some(missing) = missing {
        let beyond = given.iter().find(|(n, _)| *n == 0 || *n > ranks.len());
        let found = findings.find(&rules::VAR_POSITIONAL_SEQUENCE, place.node, path.to_vec());
        found
            .param("number", missing)
            .param("part", place.part)
            .param("count", ranks.len());
        if let Some((_, placeholder)) = beyond {
            found.span(placeholder.at.start, placeholder.at.end);
        }
        // Each number moves to its rank: the order of the values stays.
        let (all, _) = find_placeholders(text);
        let mut renumbered = String::new();
        let mut from = 0;
        for placeholder in all {
            let Some(number) = placeholder.number() else {
                continue;
            };
            let rank = ranks.partition_point(|n| *n < number) + 1;
            renumbered.push_str(text.get(from..placeholder.at.start).unwrap_or_default());
            renumbered.push_str(&format!("{{{{{rank}}}}}"));
            from = placeholder.at.end;
        }
        renumbered.push_str(text.get(from..).unwrap_or_default());
        // Not safe: whoever fills the template by number must know.
        found.fix(Fix::unsafe_(
            "renumber from {{1}}",
            vec![replace(path, renumbered)],
        ));
        return;
    }
    let unordered = given.windows(2).find_map(|pair| match pair {
        [(a, _), (b, placeholder)] if a > b => Some((*a, *b, *placeholder)),
        _ => None,
    });
    if let Some((before, after, placeholder)) = unordered {
        let found = findings.find(&rules::VAR_POSITIONAL_ORDER, place.node, path.to_vec());
        found
            .span(placeholder.at.start, placeholder.at.end)
            .param("found", before)
            .param("expected", after);
    }
}

fn report_brace(
    text: &str,
    brace: &Brace<'_>,
    place: Place<'_, '_>,
    path: &[Step],
    format: ParameterFormat,
    findings: &mut Findings<'_>,
) {
    let raw = clip(text.get(brace.at.start..brace.at.end).unwrap_or_default());
    let room = findings.has_room_for_fixes(text);
    let inner = brace.inner.trim();
    let is_number = !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit());
    let fits = match format {
        ParameterFormat::Positional => is_number,
        ParameterFormat::Named => !inner.is_empty() && !is_number,
    };
    let found = findings.find(&rules::VAR_BRACES, place.node, path.to_vec());
    found.span(brace.at.start, brace.at.end).param(
        "found",
        match brace.kind {
            Braces::Empty => "`{{}}` with nothing in it".to_owned(),
            Braces::Unopened => format!("`{raw}` with nothing that opens it"),
            Braces::Unclosed => format!("`{raw}` with nothing that closes it"),
            _ => format!("`{raw}`"),
        },
    );
    // {name} in a text that is filled by number may well be meant as it stands.
    if brace.kind == Braces::Single && !fits {
        found.severity(Severity::Warning);
    }
    if inner.is_empty() {
        found.param("remedy", "complete it, such as {{1}}, or delete the braces");
        return;
    }
    let mended = format!("{{{{{inner}}}}}");
    found.param("remedy", format!("write {mended}"));
    if !room {
        return;
    }
    let patch = vec![replace(
        path,
        splice(text, brace.at.start, brace.at.end, &mended),
    )];
    // Not safe where the new placeholder may lack its sample or upset the numbering: a person looks.
    found.fix(Fix::unsafe_(format!("write {mended}"), patch));
}

/// The text with a byte range replaced.
pub(super) fn splice(text: &str, start: usize, end: usize, new: &str) -> String {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    format!("{before}{new}{after}")
}

/// The names of placeholders, as samples use them.
pub(super) fn names<'p>(placeholders: &[Placeholder<'p>]) -> Vec<&'p str> {
    placeholders.iter().map(Placeholder::name).collect()
}
