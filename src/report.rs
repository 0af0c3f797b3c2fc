//! What a check answers: a [`Report`] of [`Diagnostic`]s, each with its place and, where the mending
//! is mechanical, a [`Fix`]; and the counters ([`Measure`]) that an editor shows beside each field.
//!
//! Offsets in these types are UTF-16 code units, because they are read in JavaScript.

use crate::json::{Operation, OperationKind, write_integer};
use crate::limits::Limit;
use crate::rules::Rule;
use crate::rules::phrases::Phrase;
use std::borrow::Cow;

mod wire;
mod write;

pub use wire::to_wire;
pub use write::fix_to_json;
#[cfg(feature = "texts")]
pub use write::{diagnostics_to_json, to_json};

/// All that one check found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Whether nothing found is an error.
    pub ok: bool,
    /// Whether everything could be judged; `false` when a part is of a kind that is not covered or
    /// could not be read.
    pub complete: bool,
    /// The findings, in document order.
    pub diagnostics: Vec<Diagnostic>,
    /// Counters of everything that has a limit.
    pub measures: Vec<Measure>,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Meta refuses it.
    Error,
    /// It may be refused, or harm.
    Warning,
    /// Good to know.
    Info,
}

/// How a rule is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Meta's own text says so.
    Documented,
    /// Meta's error was seen.
    Observed,
    /// Vendors say so, or it follows.
    Inferred,
    /// Our own rule of safety; `options.policy` may lower it.
    Policy,
}

/// A step of a path: an object's key or an array's index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A key.
    Key(Cow<'static, str>),
    /// A zero-based index.
    Index(usize),
}

/// A half-open range of UTF-16 code units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First unit.
    pub start: usize,
    /// Behind the last unit.
    pub end: usize,
}

/// A number or text that a message names.
#[derive(Debug, Clone, PartialEq)]
pub enum Param {
    /// A count, an index, a limit.
    Number(i64),
    /// A name, a quotation.
    Text(String),
    /// A text with another rule's message behind it.
    Said(&'static str, &'static Rule, Params),
    /// A text of the catalogue with a quotation in it.
    Phrase(Phrase, String),
}

impl From<usize> for Param {
    fn from(n: usize) -> Self {
        Param::Number(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Param {
    fn from(n: i64) -> Self {
        Param::Number(n)
    }
}

impl From<&str> for Param {
    fn from(text: &str) -> Self {
        Param::Text(text.to_owned())
    }
}

impl From<String> for Param {
    fn from(text: String) -> Self {
        Param::Text(text)
    }
}

#[cfg(feature = "texts")]
impl std::fmt::Display for Param {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Param::Number(n) => n.fmt(f),
            Param::Text(text) => f.write_str(text),
            Param::Said(before, rule, params) => {
                f.write_str(before)?;
                f.write_str(&crate::findings::fill(rule.message, params))
            }
            Param::Phrase(phrase, quotation) => f.write_str(&phrase.text(quotation)),
        }
    }
}

/// The numbers and names of one finding, in the order of their names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Params(Vec<(&'static str, Param)>);

impl Params {
    /// Adds one, or replaces it.
    pub fn insert(&mut self, name: &'static str, value: Param) {
        let at = self.0.iter().position(|(known, _)| *known >= name);
        match at.and_then(|at| self.0.get_mut(at)) {
            Some((known, old)) if *known == name => *old = value,
            _ => self.0.insert(at.unwrap_or(self.0.len()), (name, value)),
        }
    }

    /// One of them.
    pub fn get(&self, name: &str) -> Option<&Param> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Param)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The rule.
    pub rule: &'static Rule,
    /// The rule's code.
    #[cfg(feature = "texts")]
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where in the checked value.
    pub path: Vec<Step>,
    /// The parameter it concerns, when a message or payload was checked.
    pub key: Option<String>,
    /// Where in the text at `path`.
    pub span: Option<Span>,
    /// Where in the JSON text, when text was checked.
    pub source: Option<Span>,
    /// What is wrong.
    #[cfg(feature = "texts")]
    pub message: String,
    /// What to do.
    #[cfg(feature = "texts")]
    pub help: Option<String>,
    /// Every number and name that `message` and `help` mention.
    pub params: Params,
    /// Changes that mend it.
    pub fixes: Vec<Fix>,
    /// How the rule is known.
    #[cfg(feature = "texts")]
    pub evidence: Evidence,
    /// What Meta would answer.
    #[cfg(feature = "texts")]
    pub meta: Option<MetaError>,
    /// The rule's page.
    #[cfg(feature = "texts")]
    pub url: String,
}

/// The error of Meta's that a finding foresees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetaError {
    /// `error.code`
    pub code: u32,
    /// `error.error_subcode`
    pub subcode: Option<u32>,
    /// `error.error_data.details`, where it is known.
    pub details: Option<String>,
}

/// A change that mends a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, as a button's label.
    pub title: String,
    /// Whether it is surely what the author meant.
    pub safe: bool,
    /// The change as a JSON Patch (RFC 6902).
    pub patch: Vec<Operation>,
    /// The same change on the JSON text, when text was checked.
    pub text_edits: Option<Vec<TextChange>>,
}

impl Fix {
    /// A fix that is surely meant.
    pub fn safe(title: impl Into<String>, patch: Vec<Operation>) -> Self {
        Fix {
            title: title.into(),
            safe: true,
            patch,
            text_edits: None,
        }
    }

    /// A fix that a person should look at.
    pub fn unsafe_(title: impl Into<String>, patch: Vec<Operation>) -> Self {
        Fix {
            title: title.into(),
            safe: false,
            patch,
            text_edits: None,
        }
    }
}

/// Replaces a range of the checked JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// First UTF-16 unit to replace.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
    /// What to put there.
    pub text: String,
}

/// A counter: how much of a limit is used.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What is counted, in the checked value.
    pub path: Vec<Step>,
    /// The parameter or part it belongs to, when a message was checked.
    pub key: Option<String>,
    /// The limit, which has a name and a unit.
    pub limit: Limit,
    /// How many are there.
    pub used: usize,
    /// How many may be.
    pub max: usize,
}

/// One place that sanitizing changed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// First UTF-16 unit in the text before.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// Why Meta would have refused it.
    pub reason: &'static str,
}

/// Writes a path as a JSON Pointer (RFC 6901).
pub fn pointer(path: &[Step]) -> String {
    let mut out = String::new();
    for step in path {
        out.push('/');
        match step {
            Step::Key(key) => {
                for c in key.chars() {
                    match c {
                        '~' => out.push_str("~0"),
                        '/' => out.push_str("~1"),
                        c => out.push(c),
                    }
                }
            }
            Step::Index(index) => write_integer(&mut out, *index as i64),
        }
    }
    out
}

/// A patch operation at a path.
pub fn operation(
    op: OperationKind,
    path: &[Step],
    value: Option<crate::json::Node<'static>>,
) -> Operation {
    Operation {
        op,
        path: pointer(path),
        value,
    }
}
