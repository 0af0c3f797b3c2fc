//! A report as JSON text, for `JSON.parse` on the other side of the boundary.

#[cfg(feature = "texts")]
use super::{Diagnostic, Evidence, Measure, MetaError, Param, Report, Severity, Span};
use super::{Fix, Step, TextChange};
use crate::json::{Operation, OperationKind, write_integer, write_json, write_string};
#[cfg(feature = "texts")]
use crate::order::Joined;

/// Writes a report.
#[cfg(feature = "texts")]
pub fn to_json(report: &Report) -> String {
    let mut out = Writer::default();
    out.object(|out| {
        out.bool("ok", report.ok);
        out.bool("complete", report.complete);
        out.list("diagnostics", &report.diagnostics, Writer::diagnostic);
        out.list("measures", &report.measures, Writer::measure);
    });
    out.text
}

/// Writes findings, as a report has them.
#[cfg(feature = "texts")]
pub fn diagnostics_to_json(diagnostics: &[Diagnostic]) -> String {
    let mut out = Writer::default();
    for diagnostic in diagnostics {
        out.diagnostic(diagnostic);
    }
    ["[", &out.text, "]"].joined()
}

/// Writes a fix, as a report has it.
pub fn fix_to_json(fix: &Fix) -> String {
    let mut out = Writer::default();
    out.fix(fix);
    out.text
}

/// JSON text that is being written.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) text: String,
}

impl Writer {
    /// Puts a comma where something stands before in the same object or array.
    pub(super) fn next(&mut self) {
        if !matches!(self.text.bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.text.push(',');
        }
    }

    /// Starts a member. The names are our own, so there is nothing to escape in them.
    pub(super) fn key(&mut self, name: &str) {
        self.next();
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":");
    }

    fn string(&mut self, name: &str, value: &str) {
        self.key(name);
        write_string(&mut self.text, value);
    }

    fn number(&mut self, name: &str, value: i64) {
        self.key(name);
        write_integer(&mut self.text, value);
    }

    fn count(&mut self, name: &str, value: usize) {
        self.number(name, i64::try_from(value).unwrap_or(i64::MAX));
    }

    fn bool(&mut self, name: &str, value: bool) {
        self.key(name);
        self.text.push_str(if value { "true" } else { "false" });
    }

    pub(super) fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.next();
        self.text.push('{');
        members(self);
        self.text.push('}');
    }

    pub(super) fn array(&mut self, items: impl FnOnce(&mut Self)) {
        self.next();
        self.text.push('[');
        items(self);
        self.text.push(']');
    }

    pub(super) fn items<T>(&mut self, items: &[T], item: impl Fn(&mut Self, &T)) {
        self.array(|out| items.iter().for_each(|one| item(out, one)));
    }

    fn list<T>(&mut self, name: &str, items: &[T], item: impl Fn(&mut Self, &T)) {
        self.key(name);
        self.items(items, item);
    }

    pub(super) fn step(&mut self, step: &Step) {
        self.next();
        match step {
            Step::Key(key) => write_string(&mut self.text, key),
            Step::Index(index) => write_integer(&mut self.text, *index as i64),
        }
    }

    fn range(&mut self, start: usize, end: usize) {
        self.count("start", start);
        self.count("end", end);
    }

    pub(super) fn fix(&mut self, fix: &Fix) {
        self.object(|out| {
            out.string("title", &fix.title);
            out.bool("safe", fix.safe);
            out.list("patch", &fix.patch, Writer::operation);
            if let Some(edits) = &fix.text_edits {
                out.list("textEdits", edits, Writer::text_edit);
            }
        });
    }

    fn operation(&mut self, operation: &Operation) {
        self.object(|out| {
            let op = match operation.op {
                OperationKind::Add => "add",
                OperationKind::Replace => "replace",
                OperationKind::Remove => "remove",
            };
            out.string("op", op);
            out.string("path", &operation.path);
            if let Some(value) = &operation.value {
                out.key("value");
                write_json(&mut out.text, value);
            }
        });
    }

    fn text_edit(&mut self, edit: &TextChange) {
        self.object(|out| {
            out.range(edit.start, edit.end);
            out.string("text", &edit.text);
        });
    }
}

#[cfg(feature = "texts")]
impl Writer {
    fn diagnostic(&mut self, found: &Diagnostic) {
        self.object(|out| {
            out.string("code", found.code);
            out.string("severity", found.severity.word());
            out.list("path", &found.path, Writer::step);
            if let Some(key) = &found.key {
                out.string("key", key);
            }
            out.span("span", found.span);
            out.span("source", found.source);
            out.string("message", &found.message);
            if let Some(help) = &found.help {
                out.string("help", help);
            }
            out.key("params");
            out.object(|out| {
                for (name, value) in found.params.iter() {
                    match value {
                        Param::Number(n) => out.number(name, *n),
                        Param::Text(text) => out.string(name, text),
                        Param::Said(..) | Param::Phrase(..) => out.string(name, &value.to_string()),
                    }
                }
            });
            if !found.fixes.is_empty() {
                out.list("fixes", &found.fixes, Writer::fix);
            }
            out.string("evidence", found.evidence.word());
            if let Some(meta) = &found.meta {
                out.meta(meta);
            }
            out.string("url", &found.url);
        });
    }

    fn span(&mut self, name: &str, span: Option<Span>) {
        if let Some(span) = span {
            self.key(name);
            self.object(|out| out.range(span.start, span.end));
        }
    }

    fn meta(&mut self, meta: &MetaError) {
        self.key("meta");
        self.object(|out| {
            out.number("code", meta.code.into());
            if let Some(subcode) = meta.subcode {
                out.number("subcode", subcode.into());
            }
            if let Some(details) = &meta.details {
                out.string("details", details);
            }
        });
    }

    fn measure(&mut self, measure: &Measure) {
        self.object(|out| {
            let row = measure.limit.row();
            out.list("path", &measure.path, Writer::step);
            if let Some(key) = &measure.key {
                out.string("key", key);
            }
            out.string("name", row.name);
            out.count("used", measure.used);
            out.count("max", measure.max);
            out.string("unit", row.unit);
        });
    }
}

#[cfg(feature = "texts")]
impl Severity {
    /// Its name in JavaScript.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

#[cfg(feature = "texts")]
impl Evidence {
    /// Its name in JavaScript.
    pub fn word(self) -> &'static str {
        match self {
            Evidence::Documented => "documented",
            Evidence::Observed => "observed",
            Evidence::Inferred => "inferred",
            Evidence::Policy => "policy",
        }
    }
}
