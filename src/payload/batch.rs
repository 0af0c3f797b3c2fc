//! Many rows at once: NDJSON or CSV in, payloads out, every row judged.
//!
//! Plain rows go the [`quick`] way, all others the whole way through `check` and `build`; both answer
//! the same, which a property test holds them to. Bytes may come in pieces of any size.

mod columns;
mod head;
mod lines;
mod options;
mod quick;
pub mod scan;
mod seen;
mod single;
mod write;

use super::build::write;
use super::check::{Filled, judge};
use super::sanitize::KeyedChange;
use crate::document::examine;
use crate::findings::Options;
use crate::json::{Bytes, Member, Node, Value, parse, write_value};
use crate::order::Words;
use crate::report::{Diagnostic, Report};
use crate::rules::{self, Rule};
use crate::template::Template;
use crate::text::clip;
use columns::{Columns, Record, Table};
pub use head::{Head, HeadColumn};
use head::{key_of, known, wanted};
pub use lines::Lines;
use quick::{Quick, Verdict};
use seen::{Seen, number_of};
pub use single::QuickBuild;
use std::borrow::Cow;
use std::rc::Rc;

/// What the rows are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A JSON object on each line.
    Ndjson,
    /// A table with a line of column names.
    Csv,
}

/// How a batch is built.
#[derive(Debug, Clone, Default)]
pub struct BatchOptions {
    /// How each message is judged.
    pub check: Options,
    /// Whether values are changed first where Meta would refuse them.
    pub sanitize: bool,
    /// Whether the good rows count when others are rejected; without it one bad row stops all.
    pub partial: bool,
    /// The format; found out from the first character when it is not given.
    pub format: Option<Format>,
    /// The parameter key, or member of a message, that each column stands for.
    pub columns: Vec<(String, String)>,
    /// What rows have that do not say otherwise: a partial message as JSON text, or empty.
    pub defaults: String,
    /// The calling code (`+33`) or country (`FR`) of numbers that have none.
    pub country: Option<String>,
    /// How many rejected and how many changed rows are described.
    pub most_reported: usize,
    /// Whether the batch is a stream, whose memory must not grow with it.
    pub stream: bool,
}

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
    fn clear(&mut self) {
        self.payloads.clear();
        self.rows.clear();
        self.rejected.clear();
        self.changed.clear();
        self.summary.clear();
        (self.rejected_rows, self.changed_rows) = (0, 0);
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

    fn table_rows(
        &mut self,
        table: &mut Table,
        bytes: &[u8],
        last: bool,
        defaults: &Node<'_>,
        filled: &Filled<'_, '_, '_>,
    ) -> usize {
        let mut from = 0;
        let mut line = Vec::new();
        loop {
            let rest = bytes.get(from..).unwrap_or_default();
            if rest.is_empty() && !last {
                return from;
            }
            let (record, taken) = table.read(rest);
            from += taken;
            let number = table.line();
            match record {
                Record::More => return from,
                Record::End => return from,
                Record::Whole => {}
            }
            self.line = number;
            if table.columns.is_none() && table.is_before_names() {
                continue;
            }
            let Some(columns) = &table.columns else {
                let names: Vec<String> = table.fields().map(columns::name).collect();
                table.columns = Some(self.columns(names));
                continue;
            };
            let blank = table.fields().all(|field| field.trim_ascii().is_empty());
            if blank {
                continue;
            }
            if !columns.faults.is_empty() {
                // Told once, at the line of names; no row can be right.
                let faults = match self.out.rejected_rows + self.reported.0 {
                    0 => columns.faults.clone(),
                    _ => Vec::new(),
                };
                self.reject(1, None, faults);
                self.row += 1;
                continue;
            }
            match columns.row(table.fields(), &mut line) {
                Ok(()) => {
                    line.push(b'\n');
                    self.row_of(&line, number, defaults, filled);
                }
                Err(rule) => self.flawed(rule, number),
            }
            self.row += 1;
        }
    }

    /// What the columns stand for; a name that nobody knows is counted, and told when a known one
    /// is near.
    fn columns(&mut self, names: Vec<String>) -> Columns {
        let known = known(&self.template);
        let mut columns = Columns::default();
        let (mut strangers, mut repeated) = (Vec::new(), Vec::new());
        for name in names {
            let (key, near) = key_of(&name, &self.options, &known);
            let target = wanted(&name, &self.options);
            if key.is_none() && !target.is_empty() {
                let mapped = target != name;
                strangers.push((target.to_owned(), near, mapped));
            }
            if key.is_some() && columns.keys.contains(&key) {
                repeated.extend(key.clone());
            }
            columns.keys.push(key);
        }
        for (name, near, mapped) in strangers {
            // A name that nobody knows is let be, but not a key that was asked for.
            let remedy = match near {
                Some(near) => {
                    format!("did you mean `{near}`? Rename the column, or map it with `columns`")
                }
                None if mapped => format!("map it to one of {}", known.join(", ")),
                None => {
                    self.tell(rules::COLUMN_IGNORED);
                    continue;
                }
            };
            let report = examine("{}", &self.options.check, |root, findings| {
                let found = findings.flag(rules::COLUMN_UNKNOWN, root);
                found.say("name", &clip(&name)).say("remedy", &remedy);
            });
            columns.faults.extend(report.diagnostics);
        }
        for key in repeated {
            let report = examine("{}", &self.options.check, |root, findings| {
                findings
                    .flag(rules::COLUMN_REPEATED, root)
                    .say("name", &key);
            });
            columns.faults.extend(report.diagnostics);
        }
        columns
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
                self.message(root, defaults)
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

    /// A row's message: what the row says, over the defaults, in the form that `check` reads.
    fn message<'n>(&self, row: &'n Node<'n>, defaults: &'n Node<'n>) -> Node<'n> {
        let mut members: Vec<Member<'n>> = Vec::new();
        let mut values: Vec<Member<'n>> = Vec::new();
        for (source, is_row) in [(defaults, false), (row, true)] {
            for member in source.as_object().unwrap_or_default() {
                match member.key.as_ref() {
                    "values" => {
                        let inner = member.value.as_object();
                        if inner.is_none() && !member.value.is_null() {
                            put(&mut members, member);
                        }
                        for member in inner.unwrap_or_default() {
                            put(&mut values, member);
                        }
                    }
                    key if MEMBERS.contains(&key) => put(&mut members, member),
                    _ => put(&mut values, member),
                }
            }
            if is_row
                && let Some(country) = self.options.country.as_deref()
                && let Some(to) = members.iter_mut().find(|member| member.key == "to")
                && let Some(number) = super::value::as_text(&to.value)
                    .and_then(|text| super::country::international(&text, country))
            {
                to.value = Node::text(number);
            }
        }
        if !members.iter().any(|member| member.key == "values") {
            let value = Node::made(Value::Object(values));
            members.push(Member {
                key: Cow::Borrowed("values"),
                key_at: Bytes::default(),
                repeated: false,
                value,
            });
        }
        Node::made(Value::Object(members))
    }

    /// Whether a second row of a recipient is rejected.
    fn refuses_repeats(&self) -> bool {
        let policy = &self.options.check.policy;
        policy.is_error(rules::RECIPIENT_REPEATED)
    }

    fn reject_repeated(&mut self, line: u32, to: String) {
        let report = examine("{}", &self.options.check, |root, findings| {
            findings
                .flag(rules::RECIPIENT_REPEATED, root)
                .say("to", to.as_str());
        });
        self.reject(line, Some(to), report.diagnostics);
    }

    /// A row that cannot be read.
    fn flawed(&mut self, rule: &'static Rule, line: u32) {
        let report = examine("{}", &self.options.check, |root, findings| {
            findings.flag(rule, root);
        });
        self.reject(line, None, report.diagnostics);
    }

    fn reject(&mut self, line: u32, to: Option<String>, diagnostics: Vec<Diagnostic>) {
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
    fn tell(&mut self, rule: &'static Rule) {
        if !self.options.check.policy.is_off(rule) {
            count(&mut self.out.summary, rule.code, 1);
        }
    }

    fn count_all(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            count(&mut self.out.summary, diagnostic.code, 1);
        }
    }
}

/// The members of a message; every other key of a flat row is a parameter's.
const MEMBERS: &[&str] = &[
    "to",
    "values",
    "callbackData",
    "replyTo",
    "recipient",
    "recipientType",
];

/// Whether a key stands twice in an object of the row.
fn says_twice(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Object(members) => members.iter().any(|m| m.repeated || says_twice(&m.value)),
        Value::Array(items) => items.iter().any(says_twice),
        _ => false,
    }
}

/// A value that stands in the row itself and in its `values`, too.
fn given_twice<'n, 't>(row: &'n Node<'t>) -> Option<&'n Member<'t>> {
    let inner = row.get("values")?.as_object()?;
    let outer = row.as_object()?.iter();
    let outer = outer.filter(|member| !MEMBERS.contains(&member.key.as_ref()));
    let mut outer = outer.peekable();
    // Most rows keep to one of the two ways.
    outer.peek()?;
    let mut names = Words::new();
    for (place, member) in inner.iter().enumerate() {
        names.insert(&member.key, place);
    }
    outer.find(|member| names.get(&member.key).is_some())
}

/// Puts a member into a list, in the place of an earlier one of that name; `null` takes nothing away.
fn put<'n>(list: &mut Vec<Member<'n>>, member: &Member<'n>) {
    match list.iter_mut().find(|known| known.key == member.key) {
        Some(_) if member.value.is_null() => {}
        Some(known) => known.value = member.value.clone(),
        None => list.push(member.clone()),
    }
}

fn count(summary: &mut Vec<(&'static str, usize)>, code: &'static str, n: usize) {
    match summary.iter_mut().find(|(known, _)| *known == code) {
        Some((_, count)) => *count += n,
        None => summary.push((code, n)),
    }
}

/// What rows are written in: objects begin with a brace, and two of them are the name of a column that is
/// called as its placeholder.
fn format_of(text: &[u8]) -> Format {
    match text.trim_ascii_start() {
        [b'{', b'{', ..] => Format::Csv,
        [b'{' | b'[', ..] => Format::Ndjson,
        _ => Format::Csv,
    }
}

/// Whether a file is what spreadsheet programs keep for themselves: a ZIP archive (.xlsx, .ods), or Microsoft's older
/// container (.xls). No text begins so.
fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
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

/// How many bytes stand before the first line break.
fn line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == b'\n')
}
