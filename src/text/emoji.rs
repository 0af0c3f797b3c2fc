//! Emojis, counted as a person sees them: a family, a flag or a keycap is one.
//!
//! Characters that are drawn as text unless a variation selector says otherwise (©, ™, ✔) are emojis
//! only with that selector, because refusing a header for its ® would be a false alarm.

mod table;

use super::holds;
use crate::json::Bytes;
use table::{HIGH, PICTURES, SIGNS};

const JOINER: char = '\u{200d}';
const AS_EMOJI: char = '\u{fe0f}';
const AS_TEXT: char = '\u{fe0e}';
const KEYCAP: char = '\u{20e3}';
const START_OF_HIGH: char = '\u{1f000}';

/// The emojis of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Emojis {
    /// How many a person sees.
    pub count: usize,
    /// How many characters could count as one: each member of a family, both halves of a flag, a skin
    /// tone, and what is drawn as text.
    pub parts: usize,
    /// Where the first stands.
    pub first: Option<Bytes>,
}

/// Finds and counts the emojis of a text, in one pass.
pub fn emojis(text: &str) -> Emojis {
    scan(text, &mut |_| ())
}

fn scan(text: &str, each: &mut dyn FnMut(Bytes)) -> Emojis {
    let mut out = Emojis::default();
    if text.is_ascii() {
        return out;
    }
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_ascii_alphabetic() || c == ' ' {
            continue;
        }
        let mut end = start + c.len_utf8();
        let next = rest.peek().map(|(_, c)| *c);
        let part = is_part(c);
        let is_emoji = match c {
            // Emojis only as keycaps.
            '0'..='9' | '#' | '*' => {
                let mut ahead = rest.clone();
                if next == Some(AS_EMOJI) {
                    ahead.next();
                }
                ahead.peek().map(|(_, c)| *c) == Some(KEYCAP)
            }
            START_OF_HIGH.. => part,
            _ if holds(PICTURES, c.into()) => next != Some(AS_TEXT),
            _ => part && next.is_some_and(|c| c == AS_EMOJI || is_skin_tone(c)),
        };
        out.parts += usize::from(is_emoji || part);
        if !is_emoji {
            continue;
        }
        let flag = is_regional(c);
        let mut after_joiner = false;
        while let Some((at, next)) = rest.peek().copied() {
            let belongs = after_joiner
                || is_skin_tone(next)
                || matches!(next, AS_EMOJI | KEYCAP | JOINER | '\u{e0020}'..='\u{e007f}')
                || (flag && is_regional(next) && start + c.len_utf8() == at);
            if !belongs {
                break;
            }
            after_joiner = next == JOINER;
            out.parts += usize::from(is_part(next));
            end = at + next.len_utf8();
            rest.next();
        }
        let at = Bytes { start, end };
        each(at);
        out.count += 1;
        out.first = out.first.or(Some(at));
    }
    out
}

/// Where the first emoji stands.
pub fn find_emoji(text: &str) -> Option<Bytes> {
    emojis(text).first
}

/// The text without its emojis, and without the blanks that they leave.
pub fn without_emojis(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    let mut keep = |start: usize, end: usize| {
        let mut kept = text.get(start..end).unwrap_or_default();
        if start > 0 && (out.is_empty() || out.ends_with(' ')) {
            kept = kept.trim_start_matches(' ');
        }
        out.push_str(kept);
    };
    scan(text, &mut |at| {
        keep(from, at.start);
        from = at.end;
    });
    keep(from, text.len());
    out.truncate(out.trim_end().len());
    out
}

/// Whether a character is one that could count as an emoji by itself.
fn is_part(c: char) -> bool {
    match c {
        START_OF_HIGH.. => holds(HIGH, c as u32 - START_OF_HIGH as u32),
        _ => holds(PICTURES, c.into()) || holds(SIGNS, c.into()),
    }
}

fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}
