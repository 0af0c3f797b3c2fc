//! Opens a JSON text for a check: what is not JSON becomes findings, the rest goes to the judge.
//! Definitions, messages and payloads all come in through here.

use crate::findings::{Findings, Options};
use crate::json::{Bytes, MAX_DEPTH, Node, Problem, ProblemKind, Value, find, parse, path_to};
use crate::report::Report;
use crate::rules::{self, phrases};
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
        let (wrong, remedy) = phrases::UNFINISHED;
        found.phrase("problem", wrong, &missing);
        found.phrase("remedy", remedy, &missing);
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
                let (wrong, remedy) = phrases::syntax(kind);
                let here = clip_to(text.get(at.start..at.end).unwrap_or_default(), 20);
                let found = findings.find_at(rules::TEXT_NOT_JSON, at, Vec::new());
                found.phrase("problem", wrong, &here);
                found.phrase("remedy", remedy, "");
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
