//! Texts in quotes: those of JSON with their escapes, and those in quotes that it does not know.

use super::{ProblemKind, Reader};
use crate::json::{Bytes, Node, Value};
use std::borrow::Cow;

impl<'t> Reader<'t> {
    /// Reads a text whose opening quote is here.
    pub(super) fn string(&mut self) -> Node<'t> {
        let start = self.pos;
        self.pos += 1;
        let mut decoded: Option<String> = None;
        let mut plain_from = self.pos;
        loop {
            while self
                .peek()
                .is_some_and(|b| b != b'"' && b != b'\\' && b >= 0x20)
            {
                self.pos += 1;
            }
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let plain = self.slice(plain_from, self.pos);
                    let mut out = decoded.take().unwrap_or_default();
                    out.push_str(plain);
                    self.escape(&mut out);
                    decoded = Some(out);
                    plain_from = self.pos;
                }
                Some(b'\n' | b'\r') if self.line_break_ends_string() => {
                    return self.end_string(start, plain_from, decoded, false);
                }
                Some(_) => {
                    self.problem(ProblemKind::ControlInString, self.pos, self.pos + 1);
                    self.pos += 1;
                }
                None => return self.end_string(start, plain_from, decoded, false),
            }
        }
        self.end_string(start, plain_from, decoded, true)
    }

    fn end_string(
        &mut self,
        start: usize,
        plain_from: usize,
        decoded: Option<String>,
        closed: bool,
    ) -> Node<'t> {
        let plain = self.slice(plain_from, self.pos);
        let text = match decoded {
            None => Cow::Borrowed(plain),
            Some(mut out) => {
                out.push_str(plain);
                Cow::Owned(out)
            }
        };
        if closed {
            self.pos += 1;
        } else {
            self.problem(ProblemKind::UnclosedString, start, self.pos);
        }
        Node {
            value: Value::String(text),
            at: Bytes {
                start,
                end: self.pos,
            },
            open: !closed,
        }
    }

    /// A raw line break inside quotes is either a text typed over two lines (a quote follows further
    /// on, before anything that looks like the next member) or a text whose closing quote is missing.
    fn line_break_ends_string(&self) -> bool {
        if self.last_quote < self.pos {
            return true;
        }
        // Looking further than this would make a text of nothing but line breaks slow to read.
        let ahead = self.bytes.iter().skip(self.pos).take(256);
        let next = ahead.copied().find(|b| !b.is_ascii_whitespace());
        matches!(next, Some(b'}' | b']' | b'"'))
    }

    fn escape(&mut self, out: &mut String) {
        let start = self.pos;
        self.pos += 1;
        let Some(byte) = self.peek() else { return };
        let plain = match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.pos += 1;
                let Some(unit) = self.hex4() else {
                    self.problem(ProblemKind::BadEscape, start, self.pos);
                    out.push('\u{fffd}');
                    return;
                };
                out.push(self.surrogates(unit, start));
                return;
            }
            _ => {
                // The character itself is kept: nothing that was typed is lost.
                let len = self.char_len();
                let kept = self.slice(self.pos, self.pos + len);
                out.push_str(kept);
                self.pos += len;
                self.problem(ProblemKind::BadEscape, start, self.pos);
                return;
            }
        };
        out.push(plain);
        self.pos += 1;
    }

    fn surrogates(&mut self, unit: u32, start: usize) -> char {
        if let Some(c) = char::from_u32(unit) {
            return c;
        }
        if unit < 0xdc00 && self.bytes.get(self.pos..self.pos + 2) == Some(b"\\u") {
            let back = self.pos;
            self.pos += 2;
            if let Some(low @ 0xdc00..=0xdfff) = self.hex4() {
                let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return char::from_u32(code).unwrap_or('\u{fffd}');
            }
            self.pos = back;
        }
        self.problem(ProblemKind::LoneSurrogate, start, self.pos);
        '\u{fffd}'
    }

    fn hex4(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = (self.peek()? as char).to_digit(16)?;
            unit = unit * 16 + digit;
            self.pos += 1;
        }
        Some(unit)
    }

    /// Reads a text in the quotes that word processors write.
    pub(super) fn typographic(&mut self) -> Option<(Cow<'t, str>, Bytes)> {
        let rest = self.text.get(self.pos..)?;
        let open = rest.chars().next()?;
        matches!(
            open,
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2018}' | '\u{2019}'
        )
        .then(|| self.wrongly_quoted(open, '\u{201d}'))
    }

    /// Reads a text in quotes that JSON does not know, up to the closing quote or the line's end.
    pub(super) fn wrongly_quoted(&mut self, open: char, close: char) -> (Cow<'t, str>, Bytes) {
        let start = self.pos;
        self.pos += open.len_utf8();
        let inner = self.pos;
        let rest = self.text.get(inner..).unwrap_or_default();
        let mut end = inner + rest.len();
        let mut after = end;
        for (i, c) in rest.char_indices() {
            let closes =
                c == close || (close != '\'' && matches!(c, '\u{201c}' | '\u{2019}' | '"'));
            if closes {
                (end, after) = (inner + i, inner + i + c.len_utf8());
                break;
            }
            if c == '\n' {
                (end, after) = (inner + i, inner + i);
                break;
            }
        }
        self.pos = after;
        self.problem(ProblemKind::WrongQuotes, start, after);
        (
            Cow::Borrowed(self.slice(inner, end)),
            Bytes { start, end: after },
        )
    }
}
