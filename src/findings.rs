//! Gathers what a check finds and makes the [`Report`] of it: wording from the catalogue, places in
//! UTF-16, fixes as text edits, document order.

use crate::json::{Bytes, Node, Operation, edits_for};
use crate::limits::{Limit, Limits};
use crate::report::{Diagnostic, Fix, Measure, Param, Report, Severity, Span, Step, TextChange};
use crate::rules::{self, Rule};
use crate::text::utf16_len;
use std::collections::BTreeMap;

/// What a caller may set for a check.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Meta's limits, with overrides.
    pub limits: Limits,
    /// Another severity for a rule, or none (`off`), by code.
    pub policy: BTreeMap<String, Option<Severity>>,
    /// The time to judge by, in ms since 1970; rules that need it are silent without.
    pub now: Option<f64>,
    /// Whether the definition was read back from Meta.
    pub readback: bool,
    /// For messages: whether a recipient must be there (a live form may not have one yet).
    pub recipient_optional: bool,
    /// Whether offsets in the JSON text are wanted: the caller gave text, not an object.
    pub source: bool,
}

/// One finding while it is being described.
#[derive(Debug)]
pub struct Found {
    rule: &'static Rule,
    severity: Severity,
    at: Bytes,
    path: Vec<Step>,
    key: Option<String>,
    /// Byte range in the decoded text at `at`.
    span: Option<Bytes>,
    params: BTreeMap<&'static str, Param>,
    fixes: Vec<Fix>,
    details: Option<String>,
}

impl Found {
    /// Narrows the place to a byte range of the decoded text.
    pub fn span(&mut self, start: usize, end: usize) -> &mut Self {
        self.span = Some(Bytes { start, end });
        self
    }

    /// Says a number or name of the message.
    pub fn param(&mut self, name: &'static str, value: impl Into<Param>) -> &mut Self {
        self.params.insert(name, value.into());
        self
    }

    /// Offers a change that mends it.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fixes.push(fix);
        self
    }

    /// Names the parameter that it concerns.
    pub fn key(&mut self, key: impl Into<String>) -> &mut Self {
        self.key = Some(key.into());
        self
    }

    /// Lowers or raises it (a rule whose severity depends on the case).
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Meta's details text that it foresees.
    pub fn details(&mut self, details: impl Into<String>) -> &mut Self {
        self.details = Some(details.into());
        self
    }
}

/// A place where a value given by the caller could not be written as JSON.
#[derive(Debug)]
pub struct Note {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// Where its `null` stands in the text.
    pub at: Bytes,
    /// Where it stands in the value.
    pub path: Vec<Step>,
    /// What was found there.
    pub found: &'static str,
}

/// The findings of one check.
#[derive(Debug)]
pub struct Findings<'c> {
    /// The caller's options.
    pub options: &'c Options,
    text: &'c str,
    found: Vec<Found>,
    measures: Vec<(usize, Measure)>,
    complete: bool,
    nowhere: Found,
}

impl<'c> Findings<'c> {
    /// Starts a check of `text`.
    pub fn new(text: &'c str, options: &'c Options) -> Self {
        Findings {
            options,
            text,
            found: Vec::new(),
            measures: Vec::new(),
            complete: true,
            nowhere: Found {
                rule: &rules::TEXT_NOT_JSON,
                severity: Severity::Info,
                at: Bytes::default(),
                path: Vec::new(),
                key: None,
                span: None,
                params: BTreeMap::new(),
                fixes: Vec::new(),
                details: None,
            },
        }
    }

    /// Records a finding at a value. The answer takes its details; a muted rule's are dropped.
    pub fn find(&mut self, rule: &'static Rule, node: &Node<'_>, path: Vec<Step>) -> &mut Found {
        self.find_at(rule, node.at, path)
    }

    /// Records a finding at a place that is no value of its own (a key, a syntax error).
    pub fn find_at(&mut self, rule: &'static Rule, at: Bytes, path: Vec<Step>) -> &mut Found {
        let severity = match self.options.policy.get(rule.code) {
            Some(None) => return &mut self.nowhere,
            Some(Some(severity)) => *severity,
            None => rule.severity,
        };
        self.found.push(Found {
            rule,
            severity,
            at,
            path,
            key: None,
            span: None,
            params: BTreeMap::new(),
            fixes: Vec::new(),
            details: None,
        });
        self.found.last_mut().unwrap_or(&mut self.nowhere)
    }

    /// Says that something could not be judged.
    pub fn incomplete(&mut self) {
        self.complete = false;
    }

    /// Whether any finding so far is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|f| f.severity == Severity::Error)
    }

    /// The number that holds for this check.
    pub fn max(&self, limit: Limit) -> usize {
        self.options.limits.max(limit)
    }

    /// Shows a counter; the answer is whether the limit is exceeded.
    pub fn measure(
        &mut self,
        limit: Limit,
        used: usize,
        node: &Node<'_>,
        path: Vec<Step>,
        key: Option<String>,
    ) -> bool {
        let row = limit.row();
        let max = self.max(limit);
        self.measures.push((
            node.at.start,
            Measure {
                path,
                key,
                name: row.name,
                used,
                max,
                unit: row.unit,
            },
        ));
        used > max
    }

    /// Makes the report. `root` is the tree that `text` was read to.
    pub fn report(mut self, root: Option<&Node<'_>>) -> Report {
        self.found.sort_by(|a, b| {
            let place = |f: &Found| (f.at.start, f.span.map_or(0, |s| s.start), f.at.end);
            place(a)
                .cmp(&place(b))
                .then_with(|| a.rule.code.cmp(b.rule.code))
        });
        self.measures.sort_by_key(|(at, _)| *at);
        let units = Units::new(self.text);
        let source = self.options.source;
        let text = self.text;
        let diagnostics: Vec<Diagnostic> = self
            .found
            .into_iter()
            .map(|found| found.diagnostic(text, &units, root, source))
            .collect();
        Report {
            ok: !diagnostics.iter().any(|d| d.severity == Severity::Error),
            complete: self.complete,
            diagnostics,
            measures: self.measures.into_iter().map(|(_, m)| m).collect(),
        }
    }
}

impl Found {
    fn diagnostic(
        self,
        text: &str,
        units: &Units<'_>,
        root: Option<&Node<'_>>,
        source: bool,
    ) -> Diagnostic {
        let literal = text.get(self.at.start..self.at.end).unwrap_or_default();
        let span = self.span.map(|span| {
            let to = |offset| decoded_to_utf16(literal, offset);
            Span {
                start: to(span.start),
                end: to(span.end),
            }
        });
        let source_at = source.then(|| {
            let at = match self.span {
                Some(span) => Bytes {
                    start: self.at.start + decoded_to_raw(literal, span.start),
                    end: self.at.start + decoded_to_raw(literal, span.end),
                },
                None => self.at,
            };
            Span {
                start: units.at(at.start),
                end: units.at(at.end),
            }
        });
        let mut fixes = self.fixes;
        if let (true, Some(root)) = (source, root) {
            for fix in &mut fixes {
                fix.text_edits = text_changes(text, units, root, &fix.patch);
            }
        }
        let meta = self.rule.meta_error().map(|mut meta| {
            meta.details = self.details;
            meta
        });
        Diagnostic {
            code: self.rule.code,
            severity: self.severity,
            path: self.path,
            key: self.key,
            span,
            source: source_at,
            message: fill(self.rule.message, &self.params),
            help: (!self.rule.help.is_empty()).then(|| fill(self.rule.help, &self.params)),
            params: self.params,
            fixes,
            evidence: self.rule.evidence,
            meta,
            url: rules::url(self.rule.code),
        }
    }
}

/// The edits of a patch on the text; none when an operation depends on the one before it.
fn text_changes(
    text: &str,
    units: &Units<'_>,
    root: &Node<'_>,
    patch: &[Operation],
) -> Option<Vec<TextChange>> {
    patch
        .iter()
        .map(|operation| {
            let edit = edits_for(text, root, operation)?;
            Some(TextChange {
                start: units.at(edit.at.start),
                end: units.at(edit.at.end),
                text: edit.text,
            })
        })
        .collect()
}

/// Puts the parameters into a wording.
pub fn fill(wording: &str, params: &BTreeMap<&'static str, Param>) -> String {
    let mut out = String::with_capacity(wording.len() + 16);
    let mut rest = wording;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}') {
            Some((name, behind)) if params.contains_key(name) => {
                if let Some(value) = params.get(name) {
                    out.push_str(&value.to_string());
                }
                rest = behind;
            }
            _ => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Turns byte offsets of one text into UTF-16 offsets without counting from its start each time.
struct Units<'t> {
    text: &'t str,
    /// UTF-16 offset at every [`STRIDE`]th byte (at the character boundary before it); empty for ASCII.
    marks: Vec<(usize, usize)>,
}

const STRIDE: usize = 256;

impl<'t> Units<'t> {
    fn new(text: &'t str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let (mut units, mut next) = (0, 0);
            for (at, c) in text.char_indices() {
                if at >= next {
                    marks.push((at, units));
                    next = at + STRIDE;
                }
                units += c.len_utf16();
            }
        }
        Units { text, marks }
    }

    fn at(&self, byte: usize) -> usize {
        let before = self.marks.partition_point(|(at, _)| *at <= byte);
        match before.checked_sub(1).and_then(|i| self.marks.get(i)) {
            None => byte,
            Some((at, units)) => units + self.text.get(*at..byte).map_or(0, utf16_len),
        }
    }
}

/// UTF-16 offset of a byte offset in the text that a JSON literal stands for.
fn decoded_to_utf16(literal: &str, offset: usize) -> usize {
    walk_literal(literal, offset).1
}

/// Byte offset inside a JSON literal (quotes included) of a byte offset in the text it stands for.
fn decoded_to_raw(literal: &str, offset: usize) -> usize {
    walk_literal(literal, offset).0
}

/// Walks a JSON string literal until `offset` decoded bytes have passed: (raw bytes, UTF-16 units).
fn walk_literal(literal: &str, offset: usize) -> (usize, usize) {
    let quote = literal.chars().next().map_or(0, char::len_utf8);
    let (mut raw, mut decoded, mut units) = (quote, 0, 0);
    let bytes = literal.as_bytes();
    while decoded < offset {
        let Some(c) = literal.get(raw..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        if c != '\\' {
            raw += c.len_utf8();
            decoded += c.len_utf8();
            units += c.len_utf16();
            continue;
        }
        let hex = |at: usize| {
            literal
                .get(at..at + 4)
                .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        };
        if bytes.get(raw + 1) == Some(&b'u') {
            let unit = hex(raw + 2).unwrap_or(0xfffd);
            let low = (bytes.get(raw + 6..raw + 8) == Some(b"\\u"))
                .then(|| hex(raw + 8))
                .flatten()
                .filter(|low| (0xd800..0xdc00).contains(&unit) && (0xdc00..0xe000).contains(low));
            let c = match low {
                Some(_) => {
                    raw += 12;
                    '\u{10000}'
                }
                None => {
                    raw += 6;
                    char::from_u32(unit).unwrap_or('\u{fffd}')
                }
            };
            decoded += c.len_utf8();
            units += c.len_utf16();
        } else {
            let kept = literal.get(raw + 1..).and_then(|rest| rest.chars().next());
            let len = match kept {
                Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') | None => 1,
                Some(c) => c.len_utf8(),
            };
            raw += 1 + len;
            decoded += len;
            units += kept.map_or(1, char::len_utf16);
        }
    }
    (raw.min(literal.len()), units)
}

/// Builds a path: `path!["components", 0, "text"]`.
#[macro_export]
#[doc(hidden)]
macro_rules! path {
    ($($step:expr),* $(,)?) => { Vec::<$crate::report::Step>::from([$($crate::report::Step::from($step)),*]) };
}

impl From<&'static str> for Step {
    fn from(key: &'static str) -> Self {
        Step::Key(key.into())
    }
}

impl From<String> for Step {
    fn from(key: String) -> Self {
        Step::Key(key.into())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Step::Index(index)
    }
}
