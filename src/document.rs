//! Opens a JSON text for a check: what is not JSON becomes findings, the rest goes to the judge.
//! Definitions, messages and payloads all come in through here.

use crate::findings::{Findings, Note, Options};
use crate::json::{Bytes, MAX_DEPTH, Node, Problem, ProblemKind, Value, parse, path_to};
use crate::report::{Report, Step};
use crate::rules;

/// Reads `text`, lets `judge` look at what was read, and reports. `notes` are places that the text
/// could not say (see `wasm`).
pub fn examine<'t>(
    text: &'t str,
    options: &Options,
    notes: &[Note],
    judge: impl FnOnce(&Node<'t>, &mut Findings<'_>),
) -> Report {
    let parsed = parse(text);
    let mut findings = Findings::new(text, options);
    syntax(&parsed.problems, text, parsed.root.as_ref(), &mut findings);
    for note in notes {
        let found = findings.find_at(note.rule, note.at, note.path.clone());
        found.param("found", note.found).param("limit", MAX_DEPTH);
    }
    if let Some(root) = &parsed.root {
        repeated(root, &mut Vec::new(), &mut findings);
        judge(root, &mut findings);
    }
    if !parsed.problems.is_empty() || !notes.is_empty() {
        findings.incomplete();
    }
    findings.report(parsed.root.as_ref())
}

fn syntax(problems: &[Problem], text: &str, root: Option<&Node<'_>>, findings: &mut Findings<'_>) {
    // At the end of an unfinished text every open bracket is missing its partner: one finding, not one each.
    let missing: String = problems
        .iter()
        .rev()
        .filter_map(|p| match (p.kind, text.as_bytes().get(p.at.start)) {
            (ProblemKind::UnclosedArray, Some(b'[')) => Some(']'),
            (ProblemKind::UnclosedObject, Some(b'{')) => Some('}'),
            _ => None,
        })
        .collect();
    if !missing.is_empty() {
        let end = text.trim_end().len();
        findings
            .find_at(&rules::TEXT_NOT_JSON, Bytes { start: end, end }, Vec::new())
            .param(
                "problem",
                format!("the text ends before everything is closed: `{missing}` is missing"),
            )
            .param(
                "remedy",
                format!("go on writing, or close it with `{missing}`"),
            );
    }
    for problem in problems {
        let here = || {
            let found = text
                .get(problem.at.start..problem.at.end)
                .unwrap_or_default();
            let short: String = found.chars().take(20).collect();
            if short.len() < found.len() {
                format!("{short}…")
            } else {
                short
            }
        };
        let (what, remedy) = match problem.kind {
            ProblemKind::TooDeep => {
                let found = findings.find_at(&rules::TEXT_TOO_DEEP, problem.at, Vec::new());
                found.param("limit", MAX_DEPTH);
                continue;
            }
            ProblemKind::LoneSurrogate => {
                let path = root.map_or_else(Vec::new, |root| path_to(root, problem.at.start));
                findings.find_at(&rules::LONE_SURROGATE, problem.at, path);
                continue;
            }
            ProblemKind::UnclosedArray | ProblemKind::UnclosedObject
                if matches!(text.as_bytes().get(problem.at.start), Some(b'[' | b'{')) =>
            {
                continue;
            }
            kind => wording(kind, &here()),
        };
        let found = findings.find_at(&rules::TEXT_NOT_JSON, problem.at, Vec::new());
        found.param("problem", what).param("remedy", remedy);
    }
}

fn wording(kind: ProblemKind, here: &str) -> (String, &'static str) {
    use ProblemKind::*;
    let (what, remedy) = match kind {
        Empty => {
            return (
                "the text is empty".into(),
                "write or paste a template definition",
            );
        }
        Unexpected => {
            return (
                format!("`{here}` cannot stand here"),
                "delete it, or put it in double quotes",
            );
        }
        BadNumber => {
            return (
                format!("`{here}` is not a number that JSON knows"),
                "write it as in 12 or -3.5, or put it in double quotes",
            );
        }
        BadWord => {
            return (
                format!("the word `{here}` stands without quotes"),
                "put it in double quotes; only true, false and null stand without",
            );
        }
        UnquotedKey => {
            return (
                format!("the key `{here}` is not in double quotes"),
                "write \"key\": with double quotes",
            );
        }
        BadEscape => {
            return (
                format!("`{here}` is not an escape that JSON knows"),
                "write \\\\ for a backslash, \\n for a line break",
            );
        }
        MissingComma => (
            "a comma is missing before this value",
            "put a comma between the two values",
        ),
        ExtraComma => (
            "there is a comma with nothing behind it",
            "delete the comma",
        ),
        MissingColon => ("a colon is missing behind this key", "write \"key\": value"),
        MissingValue => (
            "a value is missing here",
            "write the value, or delete what leads to it",
        ),
        WrongQuotes => (
            "this text is in quotes that JSON does not know",
            "use straight double quotes",
        ),
        UnclosedString => (
            "the closing quote of this text is missing",
            "put a double quote at its end",
        ),
        UnclosedArray => (
            "`]` is missing before this bracket",
            "close the array with ]",
        ),
        UnclosedObject => (
            "`}` is missing before this bracket",
            "close the object with }",
        ),
        WrongBracket => (
            "this bracket closes nothing",
            "delete it, or open what it should close",
        ),
        ControlInString => (
            "there is a line break or control character inside the quotes",
            "write \\n for a line break, \\t for a tab",
        ),
        TextBehind => (
            "there is more text behind the end of the JSON",
            "delete what stands behind the last bracket",
        ),
        LoneSurrogate | TooDeep => ("", ""),
    };
    (what.into(), remedy)
}

fn repeated(node: &Node<'_>, path: &mut Vec<Step>, findings: &mut Findings<'_>) {
    match &node.value {
        Value::Object(members) => {
            for member in members {
                path.push(Step::Key(member.key.to_string().into()));
                if member.repeated {
                    let found = findings.find_at(&rules::KEY_REPEATED, member.key_at, path.clone());
                    found.param("name", member.key.as_ref());
                }
                if matches!(member.value.value, Value::Object(_) | Value::Array(_)) {
                    repeated(&member.value, path, findings);
                }
                path.pop();
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Index(index));
                repeated(item, path, findings);
                path.pop();
            }
        }
        _ => {}
    }
}
