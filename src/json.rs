//! A lenient JSON reader that tracks positions.
//!
//! It reads what people type, not only what machines write: an unfinished text gives the part of
//! the tree that is there, with a [`Problem`] at each place that is not JSON. It never fails, never
//! recurses with the input and never panics; what lies deeper than [`MAX_DEPTH`] is passed over and
//! said so.

mod edit;
mod place;
mod reader;
mod write;

pub use edit::{Editor, Operation, OperationKind, TextEdit, apply_edits, apply_operations, find};
pub use place::path_to;
pub use reader::{Parsed, Problem, ProblemKind, parse};
pub use write::{write_integer, write_json, write_string, write_value};

use std::borrow::Cow;

/// How deep arrays and objects may nest before the rest is passed over. Meta's own bodies nest
/// nine deep (a payload's order item inside a carousel card).
pub const MAX_DEPTH: usize = 64;

/// A half-open range of byte offsets in the text that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bytes {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

/// A value and the place where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'t> {
    /// What was read.
    pub value: Value<'t>,
    /// Where it stands, quotes and brackets included.
    pub at: Bytes,
    /// Whether the text ended before this value did.
    pub open: bool,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'t> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it was written.
    Number(Cow<'t, str>),
    /// A text, decoded; a lone surrogate becomes U+FFFD and a [`Problem`].
    String(Cow<'t, str>),
    /// An array's items in order.
    Array(Vec<Node<'t>>),
    /// An object's members in order, repeated keys included.
    Object(Vec<Member<'t>>),
}

/// One `"key": value` of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<'t> {
    /// The key, decoded.
    pub key: Cow<'t, str>,
    /// Where the key stands, quotes included.
    pub key_at: Bytes,
    /// Whether an earlier member of the same object has the same key.
    pub repeated: bool,
    /// The value.
    pub value: Node<'t>,
}

impl<'t> Node<'t> {
    /// A node made by the program, standing nowhere.
    pub fn made(value: Value<'t>) -> Self {
        Node {
            value,
            at: Bytes::default(),
            open: false,
        }
    }

    /// A made text.
    pub fn text(text: impl Into<Cow<'t, str>>) -> Self {
        Node::made(Value::String(text.into()))
    }

    /// A made whole number.
    pub fn int(n: i64) -> Self {
        let mut digits = String::new();
        write_integer(&mut digits, n);
        Node::made(Value::Number(digits.into()))
    }

    /// A made array.
    pub fn array(items: Vec<Node<'t>>) -> Self {
        Node::made(Value::Array(items))
    }

    /// A made object.
    pub fn object(members: Vec<(&'static str, Node<'t>)>) -> Self {
        let mut list = Vec::with_capacity(members.len());
        for (key, value) in members {
            list.push(Member {
                key: Cow::Borrowed(key),
                key_at: Bytes::default(),
                repeated: false,
                value,
            });
        }
        Node::made(Value::Object(list))
    }

    /// The text, when this is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items, when this is an array.
    pub fn as_array(&self) -> Option<&[Node<'t>]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members, when this is an object.
    pub fn as_object(&self) -> Option<&[Member<'t>]> {
        match &self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The truth value, when this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The whole number, when this is one (`5`, `5.0` and `5e0` are).
    pub fn as_i64(&self) -> Option<i64> {
        match &self.value {
            Value::Number(raw) => whole(raw),
            _ => None,
        }
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The member of that name; of repeated ones the last, as JavaScript and PHP do.
    pub fn member(&self, key: &str) -> Option<&Member<'t>> {
        self.as_object()?.iter().rev().find(|m| m.key == key)
    }

    /// The value under that key (see [`Node::member`]).
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.member(key).map(|m| &m.value)
    }

    /// The item at that place of an array.
    pub fn item(&self, index: usize) -> Option<&Node<'t>> {
        self.as_array()?.get(index)
    }

    /// What a person would call this value: `a text`, `an array` …
    pub fn noun(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a truth value",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// A copy that owns its texts.
    pub fn owned(&self) -> Node<'static> {
        let text = |text: &str| Cow::Owned(text.to_owned());
        let value = match &self.value {
            Value::Null => Value::Null,
            Value::Bool(b) => Value::Bool(*b),
            Value::Number(raw) => Value::Number(text(raw)),
            Value::String(read) => Value::String(text(read)),
            Value::Array(items) => {
                let mut copies = Vec::with_capacity(items.len());
                for item in items {
                    copies.push(item.owned());
                }
                Value::Array(copies)
            }
            Value::Object(members) => {
                let mut copies = Vec::with_capacity(members.len());
                for member in members {
                    copies.push(member.owned());
                }
                Value::Object(copies)
            }
        };
        let (at, open) = (self.at, self.open);
        Node { value, at, open }
    }
}

impl Member<'_> {
    /// A copy that owns its texts.
    pub fn owned(&self) -> Member<'static> {
        Member {
            key: Cow::Owned(self.key.as_ref().to_owned()),
            key_at: self.key_at,
            repeated: self.repeated,
            value: self.value.owned(),
        }
    }
}

/// Reads a count, as `str::parse` does.
pub fn count(text: &str) -> Option<usize> {
    natural(text).and_then(|n| n.try_into().ok())
}

/// Reads a whole number, as `str::parse` does.
pub fn signed(text: &str) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(digits) if digits.starts_with('+') => None,
        Some(digits) => i64::try_from(natural(digits)?).ok().map(|n| -n),
        None => i64::try_from(natural(text)?).ok(),
    }
}

fn natural(text: &str) -> Option<u64> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let mut n = (!digits.is_empty()).then_some(0_u64);
    for byte in digits.bytes() {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        n = n?.checked_mul(10)?.checked_add(digit.into());
    }
    n
}

/// Reads a whole number in any of JSON's spellings. Digit by digit: the standard library's reader of
/// floating-point numbers is one of the largest things that a wasm can carry.
fn whole(raw: &str) -> Option<i64> {
    let letter = raw.bytes().position(|byte| matches!(byte, b'e' | b'E'));
    let mantissa = raw.get(..letter.unwrap_or(raw.len()))?;
    let exponent: i64 = match letter {
        Some(at) => signed(raw.get(at + 1..)?)?,
        None => 0,
    };
    let digits = mantissa.trim_start_matches('-');
    let point = digits.bytes().position(|byte| byte == b'.');
    // So many digits stand before the point once the exponent has moved it.
    let mut left = exponent.checked_add(point.unwrap_or(digits.len()) as i64)?;
    let mut n = 0_u64;
    let mut behind = digits.bytes().filter(|byte| *byte != b'.');
    loop {
        let digit = match behind.next() {
            Some(byte) => byte.checked_sub(b'0').filter(|digit| *digit < 10)?,
            // What the exponent adds, until a zero cannot change it any more.
            None if left > 0 && n != 0 => 0,
            None => break,
        };
        if left > 0 {
            // No number of Meta's has more digits.
            if n >= 900_000_000_000_000_000 {
                return None;
            }
            n = n.wrapping_mul(10).wrapping_add(digit.into());
        } else if digit != 0 {
            return None;
        }
        left = left.saturating_sub(1);
    }
    let n = n as i64;
    (!digits.is_empty()).then_some(if mantissa.starts_with('-') { -n } else { n })
}

impl serde::Serialize for Node<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(raw) => match raw.parse::<i64>() {
                // Whole numbers that JavaScript holds exactly; others lose nothing that JSON.parse keeps.
                Ok(n) if n.unsigned_abs() < 1 << 53 => serializer.serialize_i64(n),
                _ => serializer.serialize_f64(raw.parse().unwrap_or(f64::NAN)),
            },
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(items) => serializer.collect_seq(items),
            Value::Object(members) => {
                serializer.collect_map(members.iter().map(|m| (m.key.as_ref(), &m.value)))
            }
        }
    }
}
