//! Tables: which column is which parameter, and each line as a row.

use crate::json::write_string;
use crate::rules::{self, Rule};
use crate::text::closest;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// A table that is being read.
#[derive(Debug)]
pub(super) struct Table {
    reader: Reader,
    /// What each column stands for, once the line of names was read.
    pub columns: Option<Columns>,
    /// The fields of the record at hand, one behind the other, and where each ends.
    fields: Vec<u8>,
    ends: Vec<usize>,
    /// How much of both is filled.
    filled: (usize, usize),
    /// Whether a record has begun whose end has not come.
    inside: bool,
    /// Line breaks that were passed over between records, which the reader has not counted.
    skipped: u64,
    line: u64,
}

/// What the columns of a table stand for.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The key of a column; none when the column is ignored.
    pub keys: Vec<Option<String>>,
    /// What is wrong with the names; with a fault no row can be right.
    pub faults: Vec<crate::report::Diagnostic>,
}

impl Columns {
    /// Writes a record as a flat row; an empty field is no value.
    pub(super) fn row<'f>(
        &self,
        fields: impl Iterator<Item = &'f [u8]>,
        out: &mut Vec<u8>,
    ) -> Result<(), &'static Rule> {
        out.clear();
        out.push(b'{');
        let mut keys = self.keys.iter();
        for field in fields {
            let Some(key) = keys.next() else {
                if field.trim_ascii().is_empty() {
                    continue;
                }
                return Err(rules::ROW_TOO_LONG);
            };
            let Some(key) = key.as_ref().filter(|_| !field.is_empty()) else {
                continue;
            };
            let Ok(text) = std::str::from_utf8(field) else {
                return Err(rules::ROW_ENCODING);
            };
            if out.len() > 1 {
                out.push(b',');
            }
            let mut member = String::with_capacity(key.len() + text.len() + 8);
            write_string(&mut member, key);
            member.push(':');
            write_string(&mut member, text);
            out.extend_from_slice(member.as_bytes());
        }
        out.push(b'}');
        Ok(())
    }
}

/// A column's name, as it is compared: without blanks and a byte order mark.
pub(super) fn name(field: &[u8]) -> String {
    String::from_utf8_lossy(field)
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .to_owned()
}

/// The key that a column's name was probably meant for.
pub(super) fn nearest(name: &str, known: &[&str]) -> Option<String> {
    let bare = name.trim_matches(|c| matches!(c, '{' | '}' | ' '));
    let scoped = known
        .iter()
        .find(|key| key.split_once('.').is_some_and(|(_, rest)| rest == bare));
    let same_digits = |key: &&&str| {
        let digits = |text: &str| {
            text.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        digits(key) == digits(bare)
    };
    let usual = [
        "phone",
        "phone_number",
        "mobile",
        "number",
        "telephone",
        "whatsapp",
    ];
    if usual.iter().any(|word| word.eq_ignore_ascii_case(bare)) {
        return Some("to".to_owned());
    }
    let near: Vec<&str> = known.iter().filter(same_digits).copied().collect();
    let found = scoped.copied().or_else(|| closest(bare, &near));
    found.map(str::to_owned)
}

/// A record, or why there is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Record {
    /// One is there; ask [`Table::fields`].
    Whole,
    /// More bytes are needed.
    More,
    /// The table is at its end.
    End,
}

impl Table {
    /// Begins a table; its first bytes tell what separates the columns.
    pub(super) fn new(first: &[u8]) -> Self {
        Table {
            reader: ReaderBuilder::new().delimiter(separator(first)).build(),
            columns: None,
            fields: vec![0; 4096],
            ends: vec![0; 64],
            filled: (0, 0),
            inside: false,
            skipped: 0,
            line: 1,
        }
    }

    /// The line that the record at hand begins on, from 1.
    pub(super) fn line(&self) -> u32 {
        u32::try_from(self.line).unwrap_or(u32::MAX)
    }

    /// Reads on; the answer says what is there now, and how many bytes were taken. An empty `bytes`
    /// says that there are no more.
    pub(super) fn read(&mut self, bytes: &[u8]) -> (Record, usize) {
        let mut taken = 0;
        if !self.inside {
            self.filled = (0, 0);
            // Empty lines are no records; passed over here, the record's own line is known.
            while let Some(b'\r' | b'\n') = bytes.get(taken) {
                self.skipped += u64::from(bytes.get(taken) == Some(&b'\n'));
                taken += 1;
            }
            self.line = self.reader.line() + self.skipped;
            if taken == bytes.len() && taken > 0 {
                return (Record::More, taken);
            }
        }
        self.inside = true;
        loop {
            let input = bytes.get(taken..).unwrap_or_default();
            let (field, end) = self.filled;
            let (result, read, wrote, ended) = self.reader.read_record(
                input,
                self.fields.get_mut(field..).unwrap_or_default(),
                self.ends.get_mut(end..).unwrap_or_default(),
            );
            taken += read;
            self.filled = (field + wrote, end + ended);
            match result {
                ReadRecordResult::InputEmpty if taken >= bytes.len() && !bytes.is_empty() => {
                    return (Record::More, taken);
                }
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    self.inside = false;
                    return (Record::Whole, taken);
                }
                ReadRecordResult::End => return (Record::End, taken),
            }
        }
    }

    /// Whether the record that was read last stands before the names of the columns: empty cells, or what
    /// separates them.
    pub(super) fn is_before_names(&self) -> bool {
        let mut fields = self.fields().filter(|field| !field.trim_ascii().is_empty());
        match (fields.next(), fields.next()) {
            (None, _) => true,
            (Some(only), None) => only.starts_with(b"sep=") && only.len() <= 5,
            _ => false,
        }
    }

    /// The fields of the record that was read last.
    pub(super) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.ends.get(..self.filled.1).unwrap_or_default();
        let starts = std::iter::once(&0).chain(ends);
        let field = |(start, end): (&usize, &usize)| self.fields.get(*start..*end);
        starts.zip(ends).filter_map(field)
    }
}

/// The first line that has something on it, outside of quotes a line each; whether its end is there.
fn names(text: &[u8]) -> (&[u8], bool) {
    let mut rest = text;
    while !rest.is_empty() {
        let mut quoted = false;
        let end = rest.iter().position(|byte| {
            quoted ^= *byte == b'"';
            !quoted && *byte == b'\n'
        });
        let (line, behind) = rest
            .split_at_checked(end.unwrap_or(rest.len()))
            .unwrap_or((rest, b""));
        if !is_empty(line) && hint(line).is_none() {
            return (line, end.is_some());
        }
        rest = behind.get(1..).unwrap_or_default();
    }
    (b"", false)
}

/// Whether the line of names has come to its end.
pub(super) fn has_names(text: &[u8]) -> bool {
    names(text).1
}

/// Spreadsheets write lines of separators where cells are empty.
fn is_empty(line: &[u8]) -> bool {
    line.iter()
        .all(|byte| byte.is_ascii_whitespace() || SEPARATORS.contains(byte))
}

/// What separates the columns where a first line `sep=;` says it, as Excel wants it.
fn hint(line: &[u8]) -> Option<u8> {
    match line.trim_ascii_end().strip_prefix(b"sep=") {
        Some([byte]) => Some(*byte),
        // A tab is white space itself.
        Some([]) if line.contains(&b'\t') => Some(b'\t'),
        _ => None,
    }
}

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// What separates the columns: what a line says of it, or of comma, semicolon and tab the one that the line
/// of names has most of, outside of quotes.
fn separator(first: &[u8]) -> u8 {
    let said = first.split(|byte| *byte == b'\n').next().and_then(hint);
    if let Some(said) = said {
        return said;
    }
    let mut counts = SEPARATORS.map(|separator| (separator, 0usize));
    let mut quoted = false;
    for byte in names(first).0 {
        quoted ^= *byte == b'"';
        for (separator, count) in &mut counts {
            *count += usize::from(!quoted && separator == byte);
        }
    }
    let mut best = (b',', 0);
    for (separator, count) in counts {
        if count > best.1 {
            best = (separator, count);
        }
    }
    best.0
}
