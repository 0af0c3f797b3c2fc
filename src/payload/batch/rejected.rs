//! What is said about rows: rejected ones are described, faults counted.

use super::{Batch, Rejected};
use crate::document::examine;
use crate::report::Diagnostic;
use crate::rules::{self, Rule};

impl Batch {
    /// Whether a second row of a recipient is rejected.
    pub(super) fn refuses_repeats(&self) -> bool {
        let policy = &self.options.check.policy;
        policy.is_error(rules::RECIPIENT_REPEATED)
    }

    pub(super) fn reject_repeated(&mut self, line: u32, to: String) {
        let report = examine("{}", &self.options.check, |root, findings| {
            findings
                .flag(rules::RECIPIENT_REPEATED, root)
                .say("to", to.as_str());
        });
        self.reject(line, Some(to), report.diagnostics);
    }

    /// A row that cannot be read.
    pub(super) fn flawed(&mut self, rule: &'static Rule, line: u32) {
        let report = examine("{}", &self.options.check, |root, findings| {
            findings.flag(rule, root);
        });
        self.reject(line, None, report.diagnostics);
    }

    pub(super) fn reject(&mut self, line: u32, to: Option<String>, diagnostics: Vec<Diagnostic>) {
        self.count_all(&diagnostics);
        self.out.rejected_rows += 1;
        if !self.options.partial && self.stopped.is_none() {
            self.stopped = Some((self.out.payloads.len(), self.out.rows.len()));
        }
        if diagnostics.is_empty() {
            return;
        }
        self.reported.0 += 1;
        if self.reported.0 <= self.options.most_reported {
            let row = self.row;
            self.out.rejected.push(Rejected {
                row,
                line,
                to,
                diagnostics,
            });
        }
    }

    /// Counts a finding about a row that is sent all the same.
    pub(super) fn tell(&mut self, rule: &'static Rule) {
        if !self.options.check.policy.is_off(rule) {
            self.out.count(rule.code);
        }
    }

    pub(super) fn count_all(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            self.out.count(diagnostic.code);
        }
    }
}
