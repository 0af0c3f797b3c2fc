//! Opens a JSON text for a check: what is not JSON becomes findings, the rest goes to the judge.
//! Definitions, messages and payloads all come in through here.

use crate::findings::{Findings, Options};
use crate::json::{Bytes, MAX_DEPTH, Node, Problem, ProblemKind, Value, find, parse, path_to};
use crate::order::Joined;
use crate::report::Report;
use crate::rules;
use crate::text::clip_to;

/// Reads `text`, lets `judge` look at what was read, and reports.
pub fn examine<'t>(
    text: &'t str,
    options: &Options,
    judge: impl FnOnce(&Node<'t>, &mut Findings<'_>),
) -> Report {
    let parsed = parse(text);
    let mut findings = Findings::new(text, options);
    syntax(&parsed.problems, text, parsed.root.as_ref(), &mut findings);
    if let Some(root) = &parsed.root {
        for note in &options.notes {
            let found = findings.flag(note.rule, find(root, &note.place).unwrap_or(root));
            found.say("found", &note.found).num("limit", MAX_DEPTH);
        }
        repeated(root, &mut findings);
        judge(root, &mut findings);
    }
    if !parsed.problems.is_empty() || !options.notes.is_empty() {
        findings.incomplete();
    }
    findings.report(parsed.root.as_ref())
}

fn syntax(problems: &[Problem], text: &str, root: Option<&Node<'_>>, findings: &mut Findings<'_>) {
    // At the end of an unfinished text every open bracket is missing its partner: one finding, not one each.
    let mut missing = String::new();
    for problem in problems.iter().rev() {
        if let Some(bracket) = closing(problem, text) {
            missing.push(bracket);
        }
    }
    if !missing.is_empty() {
        let end = text.trim_end().len();
        let found = findings.find_at(rules::TEXT_NOT_JSON, Bytes { start: end, end }, Vec::new());
        let problem = [
            "the text ends before everything is closed: `",
            &missing,
            "` is missing",
        ];
        let remedy = ["go on writing, or close it with `", &missing, "`"];
        found
            .say("problem", &problem.joined())
            .say("remedy", &remedy.joined());
    }
    for problem in problems {
        let at = problem.at;
        match problem.kind {
            ProblemKind::TooDeep => {
                let found = findings.find_at(rules::TEXT_TOO_DEEP, at, Vec::new());
                found.num("limit", MAX_DEPTH);
            }
            ProblemKind::LoneSurrogate => {
                let path = root.map_or_else(Vec::new, |root| path_to(root, at.start));
                findings.find_at(rules::LONE_SURROGATE, at, path);
            }
            _ if closing(problem, text).is_some() => {}
            kind => {
                let ([before, behind], remedy) = wording(kind);
                let here = text.get(at.start..at.end).unwrap_or_default();
                let quoted = if behind.is_empty() {
                    ""
                } else {
                    &clip_to(here, 20)
                };
                let found = findings.find_at(rules::TEXT_NOT_JSON, at, Vec::new());
                found
                    .say("problem", &[before, quoted, behind].joined())
                    .say("remedy", remedy);
            }
        }
    }
}

/// The bracket that an array or object lacks because the text ends inside it.
fn closing(problem: &Problem, text: &str) -> Option<char> {
    match (problem.kind, text.as_bytes().get(problem.at.start)) {
        (ProblemKind::UnclosedArray, Some(b'[' | b'{')) => Some(']'),
        (ProblemKind::UnclosedObject, Some(b'[' | b'{')) => Some('}'),
        _ => None,
    }
}

/// What is wrong, around a quotation of the place where there is a second half, and what to do.
fn wording(kind: ProblemKind) -> ([&'static str; 2], &'static str) {
    use ProblemKind::*;
    match kind {
        Empty => (
            ["the text is empty", ""],
            "write or paste a template definition",
        ),
        Unexpected => (
            ["`", "` cannot stand here"],
            "delete it, or put it in double quotes",
        ),
        BadNumber => (
            ["`", "` is not a number that JSON knows"],
            "write it as in 12 or -3.5, or put it in double quotes",
        ),
        BadWord => (
            ["the word `", "` stands without quotes"],
            "put it in double quotes; only true, false and null stand without",
        ),
        UnquotedKey => (
            ["the key `", "` is not in double quotes"],
            "write \"key\": with double quotes",
        ),
        BadEscape => (
            ["`", "` is not an escape that JSON knows"],
            "write \\\\ for a backslash, \\n for a line break",
        ),
        MissingComma => (
            ["a comma is missing before this value", ""],
            "put a comma between the two values",
        ),
        ExtraComma => (
            ["there is a comma with nothing behind it", ""],
            "delete the comma",
        ),
        MissingColon => (
            ["a colon is missing behind this key", ""],
            "write \"key\": value",
        ),
        MissingValue => (
            ["a value is missing here", ""],
            "write the value, or delete what leads to it",
        ),
        WrongQuotes => (
            ["this text is in quotes that JSON does not know", ""],
            "use straight double quotes",
        ),
        UnclosedString => (
            ["the closing quote of this text is missing", ""],
            "put a double quote at its end",
        ),
        UnclosedArray => (
            ["`]` is missing before this bracket", ""],
            "close the array with ]",
        ),
        UnclosedObject => (
            ["`}` is missing before this bracket", ""],
            "close the object with }",
        ),
        WrongBracket => (
            ["this bracket closes nothing", ""],
            "delete it, or open what it should close",
        ),
        ControlInString => (
            [
                "there is a line break or control character inside the quotes",
                "",
            ],
            "write \\n for a line break, \\t for a tab",
        ),
        TextBehind => (
            ["there is more text behind the end of the JSON", ""],
            "delete what stands behind the last bracket",
        ),
        LoneSurrogate | TooDeep => (["", ""], ""),
    }
}

/// Keys that stand twice in one object.
fn repeated(node: &Node<'_>, findings: &mut Findings<'_>) {
    match &node.value {
        Value::Object(members) => {
            for member in members {
                if member.repeated {
                    let found = findings.flag_key(rules::KEY_REPEATED, member);
                    found.say("name", &member.key);
                }
                repeated(&member.value, findings);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| repeated(item, findings)),
        _ => {}
    }
}
