//! The reader itself: one pass, an explicit stack, no recursion.

mod strings;

use super::{Bytes, MAX_DEPTH, Member, Node, Value};
use crate::order::{Words, sorted};
use std::borrow::Cow;

/// What [`parse`] found.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<'t> {
    /// The value, or `None` when the text holds none at all.
    pub root: Option<Node<'t>>,
    /// Every place that is not JSON, in text order.
    pub problems: Vec<Problem>,
}

/// One place that is not JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where.
    pub at: Bytes,
}

/// What can be wrong with a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text holds no value.
    Empty,
    /// A character that cannot stand here.
    Unexpected,
    /// Two values without a comma between them.
    MissingComma,
    /// A comma with no value behind it.
    ExtraComma,
    /// A key without its colon.
    MissingColon,
    /// A key or a colon without its value.
    MissingValue,
    /// A key that is not in double quotes.
    UnquotedKey,
    /// A text in single or typographic quotes.
    WrongQuotes,
    /// A text whose closing quote is missing.
    UnclosedString,
    /// An array whose `]` is missing.
    UnclosedArray,
    /// An object whose `}` is missing.
    UnclosedObject,
    /// A bracket that closes nothing, or the wrong thing.
    WrongBracket,
    /// A line break or another control character inside a text.
    ControlInString,
    /// A backslash with something behind it that JSON does not know.
    BadEscape,
    /// Something that starts like a number and is none.
    BadNumber,
    /// A bare word other than `true`, `false` and `null`.
    BadWord,
    /// Text behind the end of the value.
    TextBehind,
    /// Half of a surrogate pair, which is no character.
    LoneSurrogate,
    /// Nesting beyond [`MAX_DEPTH`].
    TooDeep,
}

/// Reads a JSON text. Total: any text gives what could be read and a list of problems.
pub fn parse(text: &str) -> Parsed<'_> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        last_quote: text.bytes().rposition(|b| b == b'"').unwrap_or(0),
        pos: if text.starts_with('\u{feff}') { 3 } else { 0 },
        problems: Vec::new(),
    };
    let root = reader.document();
    Parsed {
        root,
        problems: reader.problems,
    }
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// Where the text's last quote stands: whether a string can still be closed, known at once.
    last_quote: usize,
    pos: usize,
    problems: Vec<Problem>,
}

/// An array or object that is still being read.
enum Frame<'t> {
    Array {
        start: usize,
        items: Vec<Node<'t>>,
    },
    Object {
        start: usize,
        members: Vec<Member<'t>>,
        key: Option<(Cow<'t, str>, Bytes)>,
    },
}

/// The tree is not the place for unlimited error lists: a hostile text could give one per byte.
const MAX_PROBLEMS: usize = 100;

impl<'t> Reader<'t> {
    fn document(&mut self) -> Option<Node<'t>> {
        let mut stack: Vec<Frame<'t>> = Vec::new();
        let mut root: Option<Node<'t>> = None;
        // Whether the innermost container expects a value (after `[`, `,`, `:`) or a separator.
        let mut after_comma: Option<Bytes> = None;
        loop {
            self.space();
            let Some(byte) = self.peek() else { break };
            let expects_separator = match stack.last() {
                None => {
                    if root.is_some() {
                        self.problem(ProblemKind::TextBehind, self.pos, self.bytes.len());
                        break;
                    }
                    false
                }
                Some(Frame::Array { items, .. }) => !items.is_empty() && after_comma.is_none(),
                Some(Frame::Object { members, key, .. }) => {
                    key.is_none() && !members.is_empty() && after_comma.is_none()
                }
            };
            match byte {
                b']' | b'}' => {
                    let at = self.take();
                    if let Some(comma) = after_comma.take() {
                        self.problem(ProblemKind::ExtraComma, comma.start, comma.end);
                    }
                    let closes = match stack.last() {
                        Some(Frame::Array { .. }) => byte == b']',
                        Some(Frame::Object { .. }) => byte == b'}',
                        None => false,
                    };
                    // A bracket of the other kind closes an outer container when there is one of its kind.
                    let reaches = closes
                        || stack
                            .iter()
                            .any(|frame| matches!(frame, Frame::Array { .. }) == (byte == b']'));
                    if !reaches {
                        self.problem(ProblemKind::WrongBracket, at.start, at.end);
                        continue;
                    }
                    while let Some(frame) = stack.pop() {
                        let matching = matches!(frame, Frame::Array { .. }) == (byte == b']');
                        let node =
                            self.finish(frame, if matching { at.end } else { at.start }, !matching);
                        if !matching {
                            let kind = match node.value {
                                Value::Array(_) => ProblemKind::UnclosedArray,
                                _ => ProblemKind::UnclosedObject,
                            };
                            self.problem(kind, at.start, at.end);
                        }
                        place(&mut stack, &mut root, node);
                        if matching {
                            break;
                        }
                    }
                }
                b',' => {
                    let at = self.take();
                    let misplaced = match stack.last_mut() {
                        None => true,
                        Some(Frame::Object { key, .. }) if key.is_some() => {
                            *key = None;
                            self.problem(ProblemKind::MissingValue, at.start, at.end);
                            after_comma = Some(at);
                            continue;
                        }
                        Some(_) => !expects_separator,
                    };
                    if misplaced {
                        self.problem(ProblemKind::ExtraComma, at.start, at.end);
                    } else {
                        after_comma = Some(at);
                    }
                }
                _ => {
                    if expects_separator {
                        self.problem(
                            ProblemKind::MissingComma,
                            self.pos,
                            self.pos + self.char_len(),
                        );
                    }
                    after_comma = None;
                    if let Some(Frame::Object { key, .. }) = stack.last()
                        && key.is_none()
                    {
                        self.key(&mut stack);
                        continue;
                    }
                    match byte {
                        b'[' | b'{' if stack.len() >= MAX_DEPTH => {
                            let start = self.pos;
                            self.skip_container();
                            self.problem(ProblemKind::TooDeep, start, start + 1);
                            let node = Node {
                                value: Value::Null,
                                at: Bytes {
                                    start,
                                    end: self.pos,
                                },
                                open: true,
                            };
                            place(&mut stack, &mut root, node);
                        }
                        b'[' => {
                            let start = self.take().start;
                            stack.push(Frame::Array {
                                start,
                                items: Vec::new(),
                            });
                        }
                        b'{' => {
                            let start = self.take().start;
                            stack.push(Frame::Object {
                                start,
                                members: Vec::new(),
                                key: None,
                            });
                        }
                        _ => {
                            if let Some(node) = self.scalar() {
                                place(&mut stack, &mut root, node);
                            }
                        }
                    }
                }
            }
        }
        if let (Some(comma), false) = (after_comma, stack.is_empty()) {
            self.problem(ProblemKind::MissingValue, comma.start, comma.end);
        }
        let end = self.bytes.len();
        while let Some(frame) = stack.pop() {
            let (kind, start) = match &frame {
                Frame::Array { start, .. } => (ProblemKind::UnclosedArray, *start),
                Frame::Object { start, .. } => (ProblemKind::UnclosedObject, *start),
            };
            self.problem(kind, start, start + 1);
            let node = self.finish(frame, end, true);
            place(&mut stack, &mut root, node);
        }
        if root.is_none() && self.problems.is_empty() {
            self.problem(ProblemKind::Empty, 0, end);
        }
        self.problems = sorted(std::mem::take(&mut self.problems), &|p: &Problem| {
            [p.at.start, p.at.end, 0, 0]
        });
        root
    }

    /// Reads `"key":` (or what stands in its place) and leaves the key with the innermost object.
    fn key(&mut self, stack: &mut [Frame<'t>]) {
        let start = self.pos;
        let (name, at) = match self.peek() {
            Some(b'"') => match self.string() {
                Node {
                    value: Value::String(text),
                    at,
                    ..
                } => (text, at),
                Node { at, .. } => (Cow::Borrowed(""), at),
            },
            Some(b'\'') => {
                let (text, at) = self.wrongly_quoted('\'', '\'');
                (text, at)
            }
            Some(byte) if byte == b'_' || byte == b'$' || byte.is_ascii_alphabetic() => {
                let word = self.word();
                self.problem(ProblemKind::UnquotedKey, start, self.pos);
                (
                    Cow::Borrowed(word),
                    Bytes {
                        start,
                        end: self.pos,
                    },
                )
            }
            _ => {
                if let Some((text, at)) = self.typographic() {
                    (text, at)
                } else {
                    self.unexpected();
                    return;
                }
            }
        };
        self.space();
        if self.peek() == Some(b':') {
            self.take();
        } else {
            self.problem(ProblemKind::MissingColon, at.start, at.end);
            if matches!(self.peek(), None | Some(b',' | b'}' | b']')) {
                return;
            }
        }
        if let Some(Frame::Object { key, .. }) = stack.last_mut() {
            *key = Some((name, at));
        }
    }

    fn scalar(&mut self) -> Option<Node<'t>> {
        let start = self.pos;
        match self.peek()? {
            b'"' => Some(self.string()),
            b'\'' => {
                let (text, at) = self.wrongly_quoted('\'', '\'');
                Some(Node {
                    value: Value::String(text),
                    at,
                    open: false,
                })
            }
            b'-' | b'+' | b'.' | b'0'..=b'9' => Some(self.number()),
            byte if byte == b'_' || byte.is_ascii_alphabetic() => {
                let word = self.word();
                let at = Bytes {
                    start,
                    end: self.pos,
                };
                let value = match word {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    "null" => Value::Null,
                    _ => {
                        // A word that the end of the text cuts off is still being typed.
                        self.problem(ProblemKind::BadWord, at.start, at.end);
                        Value::Null
                    }
                };
                let open = matches!(value, Value::Null) && word != "null";
                Some(Node { value, at, open })
            }
            _ => {
                if let Some((text, at)) = self.typographic() {
                    return Some(Node {
                        value: Value::String(text),
                        at,
                        open: false,
                    });
                }
                self.unexpected();
                None
            }
        }
    }

    fn number(&mut self) -> Node<'t> {
        let start = self.pos;
        while let Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9') = self.peek() {
            self.pos += 1;
        }
        let at = Bytes {
            start,
            end: self.pos,
        };
        let raw = self.slice(start, self.pos);
        let open = self.pos == self.bytes.len();
        if !is_number(raw) {
            self.problem(ProblemKind::BadNumber, at.start, at.end);
        }
        Node {
            value: Value::Number(Cow::Borrowed(raw)),
            at,
            open,
        }
    }

    fn unexpected(&mut self) {
        let start = self.pos;
        self.pos += self.char_len();
        // A run of strange characters is one problem, not one each.
        while self.peek().is_some_and(|b| {
            !b.is_ascii_whitespace() && !b"[]{},:\"'".contains(&b) && !b.is_ascii_alphanumeric()
        }) {
            self.pos += self.char_len();
        }
        self.problem(ProblemKind::Unexpected, start, self.pos);
    }

    /// Passes over an array or object without building it.
    fn skip_container(&mut self) {
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        self.pos += 1;
                        return;
                    }
                }
                b'"' => {
                    self.pos += 1;
                    while let Some(inner) = self.peek() {
                        if inner == b'"' {
                            break;
                        }
                        self.pos += if inner == b'\\' { 2 } else { 1 };
                    }
                }
                _ => {}
            }
            self.pos += 1;
        }
        self.pos = self.bytes.len();
    }

    fn finish(&mut self, frame: Frame<'t>, end: usize, open: bool) -> Node<'t> {
        if let Frame::Object {
            key: Some((_, at)), ..
        } = &frame
        {
            self.problem(ProblemKind::MissingValue, at.start, at.end);
        }
        let (value, start) = match frame {
            Frame::Array { start, items } => (Value::Array(items), start),
            Frame::Object {
                start, mut members, ..
            } => {
                mark_repeated(&mut members);
                (Value::Object(members), start)
            }
        };
        Node {
            value,
            at: Bytes { start, end },
            open,
        }
    }

    fn word(&mut self) -> &'t str {
        let start = self.pos;
        while self
            .peek()
            .is_some_and(|b| b == b'_' || b == b'$' || b == b'-' || b.is_ascii_alphanumeric())
        {
            self.pos += 1;
        }
        self.slice(start, self.pos)
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.pos += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.pos).copied()
    }

    fn take(&mut self) -> Bytes {
        let start = self.pos;
        self.pos += 1;
        Bytes {
            start,
            end: self.pos,
        }
    }

    fn char_len(&self) -> usize {
        self.text
            .get(self.pos..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8)
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn problem(&mut self, kind: ProblemKind, start: usize, end: usize) {
        if self.problems.len() < MAX_PROBLEMS {
            let end = end.min(self.bytes.len()).max(start);
            self.problems.push(Problem {
                kind,
                at: Bytes { start, end },
            });
        }
    }
}

/// Puts a finished value where it belongs.
fn place<'t>(stack: &mut [Frame<'t>], root: &mut Option<Node<'t>>, node: Node<'t>) {
    match stack.last_mut() {
        None => *root = Some(node),
        Some(Frame::Array { items, .. }) => items.push(node),
        Some(Frame::Object { members, key, .. }) => {
            if let Some((key, key_at)) = key.take() {
                members.push(Member {
                    key,
                    key_at,
                    repeated: false,
                    value: node,
                });
            }
        }
    }
}

fn mark_repeated(members: &mut [Member<'_>]) {
    if members.len() < 2 {
        return;
    }
    if members.len() <= 16 {
        // The usual case, without allocating: compare each with those before it.
        let mut at = 1;
        while let Some((before, rest)) = members.split_at_mut_checked(at) {
            let Some(member) = rest.first_mut() else {
                break;
            };
            member.repeated = before.iter().any(|m| m.key == member.key);
            at += 1;
        }
        return;
    }
    let mut seen = Words::new();
    let mut repeated = Vec::new();
    for (place, member) in members.iter().enumerate() {
        if !seen.insert(&member.key, place) {
            repeated.push(place);
        }
    }
    for place in repeated {
        if let Some(member) = members.get_mut(place) {
            member.repeated = true;
        }
    }
}

pub(super) fn is_number(raw: &str) -> bool {
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let rest = raw.strip_prefix('-').unwrap_or(raw);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return false;
    }
    let mut rest = rest.get(whole..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix('.') {
        let n = digits(fraction);
        if n == 0 {
            return false;
        }
        rest = fraction.get(n..).unwrap_or_default();
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let n = digits(exponent);
        return n > 0 && n == exponent.len();
    }
    rest.is_empty()
}
