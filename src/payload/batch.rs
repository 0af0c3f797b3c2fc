//! Many rows at once: NDJSON or CSV in, payloads out, every row judged.
//!
//! Plain rows go the [`quick`] way, all others the whole way through `check` and `build`; both answer
//! the same, which a property test holds them to. Bytes may come in pieces of any size.

mod columns;
mod format;
mod head;
mod lines;
mod options;
mod quick;
mod rejected;
mod result;
mod row;
pub mod scan;
mod seen;
mod single;
mod table;
mod write;

use super::build::write;
use super::check::{Filled, judge};
use crate::document::examine;
use crate::findings::Options;
use crate::json::{Node, parse, write_value};
use crate::report::Report;
use crate::rules;
use crate::template::Template;
use columns::Table;
pub use format::Format;
use format::{format_of, is_workbook, line_end, without_mark};
pub use head::{Head, HeadColumn};
pub use lines::Lines;
pub use options::BatchOptions;
use quick::{Quick, Verdict};
pub use result::{BatchResult, Changed, Rejected};
use row::{given_twice, says_twice};
use seen::{Seen, number_of};
pub use single::QuickBuild;
use std::rc::Rc;

/// A batch that is being built.
#[derive(Debug)]
pub struct Batch {
    template: Rc<Template>,
    options: BatchOptions,
    quick: Option<Quick>,
    format: Option<Format>,
    table: Option<Table>,
    /// The beginning of a line whose end has not come.
    carry: Vec<u8>,
    started: bool,
    /// It has no rows of text; that was said.
    is_workbook: bool,
    /// The row at hand, from 0, and the line it begins on, from 1.
    row: u32,
    line: u32,
    seen: Seen,
    /// How many rejected and changed rows were described.
    reported: (usize, usize),
    /// Without `partial`, what was written before the first rejected row; after it nothing is.
    stopped: Option<(usize, usize)>,
    out: BatchResult,
}

impl Batch {
    /// Begins a batch of messages of a template.
    ///
    /// # Errors
    /// The report says what is wrong with `options.defaults`.
    pub fn new(template: &Template, options: BatchOptions) -> Result<Self, Report> {
        if !options.defaults.is_empty() {
            let given = examine(&options.defaults, &options.check, |root, findings| {
                if root.as_object().is_none() {
                    let found = findings.flag(rules::WRONG_TYPE, root);
                    found
                        .say("name", "options.defaults")
                        .say("expected", "an object")
                        .say("found", root.noun());
                }
            });
            if !given.ok {
                return Err(given);
            }
        }
        Ok(Batch {
            quick: quick_of(template, &options),
            template: Rc::new(template.clone()),
            format: options.format,
            table: None,
            carry: Vec::new(),
            started: false,
            is_workbook: false,
            row: 0,
            line: 0,
            seen: Seen::new(options.stream),
            reported: (0, 0),
            stopped: None,
            out: BatchResult::default(),
            options,
        })
    }

    /// Takes the next bytes; the answer is what they completed. Without `partial` nothing is written
    /// from the first rejected row on, but every row is judged.
    pub fn push(&mut self, bytes: &[u8]) -> BatchResult {
        self.step(bytes, false);
        std::mem::take(&mut self.out)
    }

    /// Takes the last line; the answer is what was left. Without `partial`, rejected rows anywhere
    /// leave no payload here (a stream has given the earlier ones away).
    pub fn end(&mut self) -> BatchResult {
        self.step(b"", true);
        std::mem::take(&mut self.out)
    }

    /// Takes the next bytes, or the last line, as [`Batch::push`] and [`Batch::end`] do. The result
    /// stays here until the next step, which uses its memory again.
    pub fn step(&mut self, bytes: &[u8], last: bool) -> &BatchResult {
        self.out.clear();
        self.feed(bytes, last);
        if let Some((payloads, rows)) = &mut self.stopped {
            self.out.payloads.truncate(std::mem::take(payloads));
            self.out.rows.truncate(std::mem::take(rows));
        }
        &self.out
    }

    /// What the last step gave.
    pub fn result(&self) -> &BatchResult {
        &self.out
    }

    /// All at once.
    ///
    /// # Errors
    /// See [`Batch::new`].
    pub fn all(
        template: &Template,
        options: BatchOptions,
        bytes: &[u8],
    ) -> Result<BatchResult, Report> {
        let partial = options.partial;
        let mut batch = Batch::new(template, options)?;
        batch.feed(bytes, false);
        batch.feed(b"", true);
        let mut result = batch.out;
        if !partial && result.rejected_rows > 0 {
            result.payloads = Lines::default();
            result.rows = Vec::new();
        }
        Ok(result)
    }

    fn feed(&mut self, bytes: &[u8], last: bool) {
        if self.is_workbook {
            return;
        }
        // Nothing but a table's record can end within a line; a long line is not read anew for each piece.
        if !last && self.table.is_none() && !bytes.contains(&b'\n') {
            self.carry.extend_from_slice(bytes);
            return;
        }
        let mut bytes = bytes;
        let joined;
        if !self.carry.is_empty() {
            let mut whole = std::mem::take(&mut self.carry);
            // A line that came in part is made whole and read; what is behind it stays where it is. Only a
            // table's record may go on behind its line.
            let line = match line_end(bytes).filter(|_| self.started && self.table.is_none()) {
                Some(length) => length + 1,
                None => bytes.len(),
            };
            let (first, behind) = bytes.split_at_checked(line).unwrap_or((bytes, b""));
            whole.extend_from_slice(first);
            bytes = behind;
            if behind.is_empty() {
                joined = whole;
                bytes = &joined;
            } else {
                self.rows_of(&whole, false);
            }
        }
        let taken = if self.started || self.begin(bytes, last) {
            self.rows_of(bytes, last)
        } else {
            0
        };
        let rest = bytes.get(taken..).unwrap_or_default();
        if !self.is_workbook {
            self.carry.extend_from_slice(rest);
        }
    }

    /// The first bytes tell the format; false when there are not enough of them.
    fn begin(&mut self, bytes: &[u8], last: bool) -> bool {
        let text = without_mark(bytes);
        if text.iter().all(u8::is_ascii_whitespace) {
            return false;
        }
        if is_workbook(text) {
            self.is_workbook = true;
            self.flawed(rules::ROWS_WORKBOOK, 1);
            return false;
        }
        let found = self.format.unwrap_or_else(|| format_of(text));
        // The names of a table's columns must be there, too: they tell what separates them.
        let enough = match found {
            Format::Ndjson => text.contains(&b'\n'),
            Format::Csv => columns::has_names(text),
        };
        if !last && !enough {
            return false;
        }
        self.format = Some(found);
        if found == Format::Csv {
            self.table = Some(Table::new(text));
        }
        self.started = true;
        true
    }

    /// Reads whole rows; the answer is how many bytes they were.
    fn rows_of(&mut self, bytes: &[u8], last: bool) -> usize {
        let defaults = self.options.defaults.clone();
        let parsed = parse(if defaults.is_empty() { "{}" } else { &defaults });
        let nothing = Node::object(Vec::new());
        let root = parsed.root.as_ref().unwrap_or(&nothing);
        let options = Options {
            recipient_optional: true,
            ..self.options.check.clone()
        };
        let mut ignored = crate::findings::Findings::new("", &options);
        let template = Rc::clone(&self.template);
        let filled = judge(&template, root, &mut ignored);
        // Nothing of a mark is a row's.
        let mark = if self.line == 0 {
            bytes.len() - without_mark(bytes).len()
        } else {
            0
        };
        let text = bytes.get(mark..).unwrap_or_default();
        mark + match self.table.take() {
            Some(mut table) => {
                let taken = self.table_rows(&mut table, text, last, root, &filled);
                self.table = Some(table);
                taken
            }
            None => self.lines(text, last, root, &filled),
        }
    }

    fn lines(
        &mut self,
        bytes: &[u8],
        last: bool,
        defaults: &Node<'_>,
        filled: &Filled<'_, '_, '_>,
    ) -> usize {
        let mut from = 0;
        loop {
            if let Some(next) = self.quickly(bytes, from, self.line + 1, filled) {
                self.line += 1;
                self.row += 1;
                from = next;
                continue;
            }
            let rest = bytes.get(from..).unwrap_or_default();
            let (line, next) = match line_end(rest) {
                Some(length) => (rest.get(..length), from + length + 1),
                None if last && !rest.is_empty() => (Some(rest), bytes.len()),
                None => return from,
            };
            let line = line.unwrap_or_default();
            self.line += 1;
            if !line.trim_ascii().is_empty() {
                self.look(line, self.line, defaults);
                self.row += 1;
            }
            from = next;
        }
    }

    /// One row of a table as a line of JSON.
    fn row_of(
        &mut self,
        line: &[u8],
        number: u32,
        defaults: &Node<'_>,
        filled: &Filled<'_, '_, '_>,
    ) {
        if self.quickly(line, 0, number, filled).is_none() {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            self.look(line, number, defaults);
        }
    }

    /// The quick way for the row that begins at `from`; the answer is the place behind it, if it has
    /// come to its end and needs no second look.
    fn quickly(
        &mut self,
        bytes: &[u8],
        from: usize,
        line: u32,
        filled: &Filled<'_, '_, '_>,
    ) -> Option<usize> {
        let quick = self.quick.as_mut()?;
        let out = &mut self.out.payloads;
        let before = out.len();
        let Verdict::Written(to, next) = quick.row(bytes, from, &self.template, filled, out) else {
            return None;
        };
        let again = self.seen.again(to.digits);
        if again && self.refuses_repeats() {
            self.out.payloads.truncate(before);
            let plus = if to.plus { "+" } else { "" };
            self.reject_repeated(line, [plus, &to.digits.to_string()].concat());
            return Some(next);
        }
        self.out.rows.push(self.row);
        if !to.plus {
            self.tell(rules::TO_WITHOUT_PLUS);
        }
        if to.may_have_other_spelling
            && crate::phone::other_spelling(&["+", &to.digits.to_string()].concat()).is_some()
        {
            self.tell(rules::TO_OTHER_SPELLING);
        }
        if again {
            self.tell(rules::RECIPIENT_REPEATED);
        }
        Some(next)
    }

    /// The whole way.
    fn look(&mut self, line: &[u8], number: u32, defaults: &Node<'_>) {
        let Ok(text) = std::str::from_utf8(line) else {
            return self.flawed(rules::ROW_ENCODING, number);
        };
        let parsed = parse(text);
        let message = match &parsed.root {
            Some(root) if parsed.problems.is_empty() && root.as_object().is_some() => {
                // Of two values the message would have one, and nobody would hear of the other.
                let twice = given_twice(root);
                if twice.is_some() || says_twice(root) {
                    let report = examine(text, &self.options.check, |_, findings| {
                        if let Some(member) = twice {
                            let found = findings.flag_key(rules::KEY_REPEATED, member);
                            found.say("name", &member.key);
                        }
                    });
                    if !report.ok {
                        return self.reject(number, None, report.diagnostics);
                    }
                    self.count_all(&report.diagnostics);
                }
                row::message(root, defaults, self.options.country.as_deref())
            }
            // What is not JSON, or no object, is told by the check of the line itself.
            Some(_) if !parsed.problems.is_empty() => {
                // What it holds cannot be trusted to be what was meant.
                let report = examine(text, &self.options.check, |_, _| {});
                return self.reject(number, None, report.diagnostics);
            }
            _ => {
                let report = self.template.check(text, &self.options.check);
                return self.reject(number, None, report.diagnostics);
            }
        };
        let mut written = String::new();
        write_value(&mut written, &message);
        let mut changes = Vec::new();
        if self.options.sanitize {
            let clean = self.template.sanitize(&written, &self.options.check);
            if clean.readable && !clean.changes.is_empty() {
                written = clean.text();
                changes = clean.changes;
            }
        }
        let mut payload = None;
        let mut recipient = None;
        let report = examine(&written, &self.options.check, |root, findings| {
            let filled = judge(&self.template, root, findings);
            let input = &filled.input;
            recipient = input.to.clone().or(input.recipient.map(str::to_owned));
            if !findings.has_errors() {
                payload = Some(write(&self.template, &filled));
            }
        });
        match payload.filter(|_| report.complete) {
            Some(payload) => {
                let to = recipient.unwrap_or_default();
                let again = !to.is_empty() && self.seen.again(number_of(&to));
                if again && self.refuses_repeats() {
                    return self.reject_repeated(number, to);
                }
                self.count_all(&report.diagnostics);
                self.out.payloads.push(payload.as_bytes());
                self.out.payloads.push(b"\n");
                self.out.rows.push(self.row);
                if again {
                    self.tell(rules::RECIPIENT_REPEATED);
                }
            }
            None => self.reject(number, recipient, report.diagnostics),
        }
        if !changes.is_empty() {
            self.out.changed_rows += 1;
            self.reported.1 += 1;
            if self.reported.1 <= self.options.most_reported {
                let row = self.row;
                self.out.changed.push(Changed { row, changes });
            }
        }
    }
}

/// The quick way, where it can be gone: nothing looks at the defaults again for each row, so that nothing
/// may be said of them but what they leave to the rows.
fn quick_of(template: &Template, options: &BatchOptions) -> Option<Quick> {
    let mut quick = Quick::new(template, &options.check).filter(|_| options.country.is_none())?;
    if options.defaults.is_empty() {
        return Some(quick);
    }
    let check = Options {
        recipient_optional: true,
        ..options.check.clone()
    };
    let mut recipients = false;
    let report = examine(&options.defaults, &check, |root, findings| {
        let filled = judge(template, root, findings);
        let input = &filled.input;
        recipients = input.group || input.to.is_some() || input.recipient.is_some();
        quick.reserve(&filled);
    });
    let mut said = report.diagnostics.iter();
    let nothing = said.all(|said| said.code == rules::VALUE_MISSING.code);
    (nothing && !recipients && !quick::may_have_holes(&options.defaults)).then_some(quick)
}
