//! Turns byte offsets into the UTF-16 offsets that JavaScript counts in, both inside a text that a
//! JSON literal stands for and inside the JSON text. Findings come in order, so nothing is counted twice.

use crate::json::Bytes;
use crate::report::Span;
use crate::text::utf16_len;

/// The places of one text.
#[derive(Debug)]
pub(super) struct Places<'t> {
    text: &'t str,
    /// (byte, UTF-16) offsets, one every [`STRIDE`] bytes or so; none when all is ASCII.
    marks: Vec<(usize, usize)>,
    /// Where the last span began, since the next one usually begins behind it.
    last: (Bytes, Cursor),
}

/// How far a literal has been walked.
#[derive(Debug, Clone, Copy, Default)]
struct Cursor {
    /// Bytes of the literal.
    raw: usize,
    /// Bytes of the text that it stands for.
    decoded: usize,
    /// UTF-16 units of that text.
    units: usize,
}

const STRIDE: usize = 256;

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let (mut units, mut next) = (0, 0);
            for (at, byte) in text.bytes().enumerate() {
                // Bytes that go on with a character count nothing; four of them are two units.
                if byte & 0xc0 == 0x80 {
                    continue;
                }
                if at >= next {
                    marks.push((at, units));
                    next = at + STRIDE;
                }
                units += 1 + usize::from(byte >= 0xf0);
            }
        }
        Places {
            text,
            marks,
            last: (Bytes::default(), Cursor::default()),
        }
    }

    /// UTF-16 offset of a byte offset in the JSON text.
    pub(super) fn units(&self, byte: usize) -> usize {
        let before = self.marks.partition_point(|(at, _)| *at <= byte);
        match before.checked_sub(1).and_then(|i| self.marks.get(i)) {
            None => byte,
            Some((at, units)) => units + self.text.get(*at..byte).map_or(0, utf16_len),
        }
    }

    /// Where a finding at a value stands: in the value's own text, when it has a span there, and in
    /// the JSON text.
    pub(super) fn of(&mut self, at: Bytes, span: Option<Bytes>) -> (Option<Span>, Span) {
        let Some(span) = span else {
            return (None, self.source(at.start, at.end));
        };
        let literal = self.text.get(at.start..at.end).unwrap_or_default();
        let (whose, cursor) = self.last;
        let from = if whose == at && cursor.decoded <= span.start {
            cursor
        } else {
            Cursor {
                raw: literal.chars().next().map_or(0, char::len_utf8),
                ..Cursor::default()
            }
        };
        let start = walk(literal, from, span.start);
        let end = walk(literal, start, span.end);
        self.last = (at, start);
        let inside = Span {
            start: start.units,
            end: end.units,
        };
        (
            Some(inside),
            self.source(at.start + start.raw, at.start + end.raw),
        )
    }

    fn source(&self, start: usize, end: usize) -> Span {
        Span {
            start: self.units(start),
            end: self.units(end),
        }
    }
}

/// Walks a JSON string literal on until `offset` bytes of the text it stands for have passed.
fn walk(literal: &str, from: Cursor, offset: usize) -> Cursor {
    let Cursor {
        mut raw,
        mut decoded,
        mut units,
    } = from;
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
        if bytes.get(raw + 1) == Some(&b'u') {
            let (c, len) = unicode_escape(literal, raw);
            raw += len;
            decoded += c.len_utf8();
            units += c.len_utf16();
            continue;
        }
        let kept = literal.get(raw + 1..).and_then(|rest| rest.chars().next());
        let len = match kept {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') | None => 1,
            Some(c) => c.len_utf8(),
        };
        raw += 1 + len;
        decoded += len;
        units += kept.map_or(1, char::len_utf16);
    }
    Cursor {
        raw: raw.min(literal.len()),
        decoded,
        units,
    }
}

/// A character as wide as the one that the escape at `at` stands for, and the escape's length.
fn unicode_escape(literal: &str, at: usize) -> (char, usize) {
    let hex = |at: usize| {
        let digits = literal.get(at..at + 4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    let unit = hex(at + 2).unwrap_or(0xfffd);
    let paired = (0xd800..0xdc00).contains(&unit)
        && literal.get(at + 6..at + 8) == Some("\\u")
        && hex(at + 8).is_some_and(|low| (0xdc00..0xe000).contains(&low));
    if paired {
        ('\u{10000}', 12)
    } else {
        (char::from_u32(unit).unwrap_or('\u{fffd}'), 6)
    }
}
