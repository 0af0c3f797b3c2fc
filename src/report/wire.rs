//! A report as core.wasm gives it away: what follows from a rule or a limit (its wordings, its unit)
//! is not said but named, by a place in the tables that JavaScript has. js/unpack.js reads it.
//!
//! ```text
//! report       = ok complete [diagnostics] "\n" measures        ok, complete = "0" | "1"
//! diagnostic   = [rule, severity, path, params, source, span, fixes, key]
//! measure      = [limit, used, max, path, key]
//! ```
//!
//! Both lists are JSON; no diagnostics are no text at all. `source` and `span` are `[start, end]` or 0,
//! `fixes` are as the report has them, or 0. What is missing at an end is not said. A measure without a
//! path (0 or missing) has that of the one before.

use super::write::Writer;
use super::{Diagnostic, Measure, Param, Params, Report, Severity, Span};
use crate::json::{write_integer, write_string};

/// Writes a report in wire format.
pub fn to_wire(report: &Report) -> String {
    let mut out = Writer::default();
    for truth in [report.ok, report.complete] {
        out.text.push(if truth { '1' } else { '0' });
    }
    if !report.diagnostics.is_empty() {
        // Not `array`, which would put a comma behind what stands there.
        out.text.push('[');
        for found in &report.diagnostics {
            out.array(|out| out.found(found));
        }
        out.text.push(']');
    }
    out.text.push_str("\n[");
    let mut before: Option<&Measure> = None;
    for measure in &report.measures {
        let same = before.is_some_and(|before| before.path == measure.path);
        out.array(|out| out.counted(measure, same));
        before = Some(measure);
    }
    out.text.push(']');
    out.text
}

impl Writer {
    fn found(&mut self, found: &Diagnostic) {
        self.item(found.rule.index().into());
        self.item(match found.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
        });
        self.items(&found.path, Writer::step);
        self.params(&found.params);
        let rest = [
            found.source.is_some(),
            found.span.is_some(),
            !found.fixes.is_empty(),
            found.key.is_some(),
        ];
        let said = rest.iter().rposition(|is_there| *is_there);
        let said = said.map_or(0, |last| last + 1);
        if said > 0 {
            self.ends(found.source);
        }
        if said > 1 {
            self.ends(found.span);
        }
        if said > 2 {
            if found.fixes.is_empty() {
                self.item(0);
            } else {
                self.items(&found.fixes, Writer::fix);
            }
        }
        if let Some(key) = &found.key {
            self.quoted(key);
        }
    }

    fn params(&mut self, params: &Params) {
        self.object(|out| {
            for (name, value) in params.iter() {
                out.key(name);
                match value {
                    Param::Number(n) => write_integer(&mut out.text, *n),
                    Param::Text(text) => write_string(&mut out.text, text),
                    Param::Said(before, rule, params) => out.array(|out| {
                        out.quoted(before);
                        out.item(rule.index().into());
                        out.params(params);
                    }),
                    Param::Phrase(phrase, quotation) => out.array(|out| {
                        out.item(phrase.index().into());
                        out.quoted(quotation);
                    }),
                }
            }
        });
    }

    fn ends(&mut self, span: Option<Span>) {
        match span {
            None => self.item(0),
            Some(Span { start, end }) => self.array(|out| {
                out.amount(start);
                out.amount(end);
            }),
        }
    }

    fn counted(&mut self, measure: &Measure, same: bool) {
        self.item(measure.limit as i64);
        self.amount(measure.used);
        self.amount(measure.max);
        if !same {
            self.items(&measure.path, Writer::step);
        } else if measure.key.is_some() {
            self.item(0);
        }
        if let Some(key) = &measure.key {
            self.quoted(key);
        }
    }

    fn quoted(&mut self, text: &str) {
        self.next();
        write_string(&mut self.text, text);
    }

    fn item(&mut self, n: i64) {
        self.next();
        write_integer(&mut self.text, n);
    }

    fn amount(&mut self, n: usize) {
        self.item(i64::try_from(n).unwrap_or(i64::MAX));
    }
}
