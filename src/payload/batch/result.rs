//! What a batch answers.

use super::Lines;
use crate::payload::sanitize::KeyedChange;
use crate::report::Diagnostic;

/// What became of the rows.
#[derive(Debug, Default)]
pub struct BatchResult {
    /// The payloads, a line each.
    pub payloads: Lines,
    /// The row (counted from 0) that each line was made of.
    pub rows: Vec<u32>,
    /// The first rejected rows.
    pub rejected: Vec<Rejected>,
    /// How many rows were rejected.
    pub rejected_rows: usize,
    /// The first rows whose values were changed.
    pub changed: Vec<Changed>,
    /// How many rows had values changed.
    pub changed_rows: usize,
    /// How often each rule was broken.
    pub summary: Vec<(&'static str, usize)>,
}

impl BatchResult {
    /// Empties it, and keeps its memory.
    pub(super) fn clear(&mut self) {
        self.payloads.clear();
        self.rows.clear();
        self.rejected.clear();
        self.changed.clear();
        self.summary.clear();
        (self.rejected_rows, self.changed_rows) = (0, 0);
    }

    /// Counts a broken rule.
    pub(super) fn count(&mut self, code: &'static str) {
        match self.summary.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count += 1,
            None => self.summary.push((code, 1)),
        }
    }
}

/// A row that is not sent.
#[derive(Debug)]
pub struct Rejected {
    /// Its number, from 0.
    pub row: u32,
    /// The line it begins on, from 1.
    pub line: u32,
    /// The recipient, as the row writes it.
    pub to: Option<String>,
    /// Why.
    pub diagnostics: Vec<Diagnostic>,
}

/// A row whose values were changed.
#[derive(Debug)]
pub struct Changed {
    /// Its number, from 0.
    pub row: u32,
    /// What was changed.
    pub changes: Vec<KeyedChange>,
}
