//! Finds `{{1}}` and `{{first_name}}`, and what was meant to be one.

use crate::json::{Bytes, count};

/// A well-formed placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder<'t> {
    /// What stands between the braces, blanks included.
    pub inner: &'t str,
    /// Where it stands, braces included.
    pub at: Bytes,
}

impl<'t> Placeholder<'t> {
    /// The number or name, without blanks around it.
    pub fn name(&self) -> &'t str {
        self.inner.trim()
    }

    /// The number, when the placeholder is a positional one.
    pub fn number(&self) -> Option<usize> {
        let name = self.name();
        (!name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()))
            .then(|| count(name).unwrap_or(usize::MAX))
    }
}

/// Braces that do not make a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brace<'t> {
    /// What they look like.
    pub kind: Braces,
    /// What was probably meant between them; empty when that cannot be told.
    pub inner: &'t str,
    /// Where they stand.
    pub at: Bytes,
}

/// The ways in which braces go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Braces {
    /// `{1}`
    Single,
    /// `{{{1}}}`
    Triple,
    /// `{{1}` or `{1}}`
    Uneven,
    /// `{{1` with nothing that closes it.
    Unclosed,
    /// `1}}` with nothing that opens it.
    Unopened,
    /// `{{}}`
    Empty,
}

/// The placeholders of a text, in order, and the braces that look like one and are none.
pub fn find_placeholders(text: &str) -> (Vec<Placeholder<'_>>, Vec<Brace<'_>>) {
    let (mut placeholders, mut braces) = (Vec::new(), Vec::new());
    let bytes = text.as_bytes();
    let run = |from: usize, byte: u8| bytes.iter().skip(from).take_while(|b| **b == byte).count();
    let mut at = 0;
    while let Some(skip) = bytes.iter().skip(at).position(|b| matches!(b, b'{' | b'}')) {
        let start = at + skip;
        if bytes.get(start) == Some(&b'}') {
            let closing = run(start, b'}');
            at = start + closing;
            if closing >= 2 {
                braces.push(Brace {
                    kind: Braces::Unopened,
                    inner: "",
                    at: Bytes { start, end: at },
                });
            }
            continue;
        }
        let opening = run(start, b'{');
        let inner_at = start + opening;
        let inner_len = bytes
            .iter()
            .skip(inner_at)
            .take_while(|b| !matches!(b, b'{' | b'}' | b'\n' | b'\r'))
            .count();
        let inner_end = inner_at + inner_len;
        let closing = run(inner_end, b'}');
        let inner = text.get(inner_at..inner_end).unwrap_or_default();
        let end = inner_end + closing;
        at = end.max(inner_at);
        let here = Bytes { start, end };
        let kind = match (opening, closing) {
            (2, 2) if !inner.trim().is_empty() => {
                placeholders.push(Placeholder { inner, at: here });
                continue;
            }
            (2, 2) => Braces::Empty,
            // A lone brace in a text is a brace; only one that holds a number or a name was meant.
            (1, 1) if is_name(inner) => Braces::Single,
            (1, 0 | 1) => continue,
            (_, 0) => {
                let word = inner.len()
                    - inner
                        .trim_start_matches(|c: char| c == '_' || c.is_ascii_alphanumeric())
                        .len();
                let end = inner_at + word;
                let inner = text.get(inner_at..end).unwrap_or_default();
                braces.push(Brace {
                    kind: Braces::Unclosed,
                    inner,
                    at: Bytes { start, end },
                });
                continue;
            }
            (opening, closing) if opening == closing => Braces::Triple,
            _ => Braces::Uneven,
        };
        braces.push(Brace {
            kind,
            inner: if is_name(inner.trim()) { inner } else { "" },
            at: here,
        });
    }
    (placeholders, braces)
}

fn is_name(inner: &str) -> bool {
    !inner.is_empty()
        && inner.len() <= 64
        && inner
            .bytes()
            .all(|b| b == b'_' || b.is_ascii_alphanumeric())
}
