//! Emojis, counted as a person sees them: a family, a flag or a keycap is one.
//!
//! Meta says "at most 10 emojis" and not how a joined sequence counts. A sequence counts once here;
//! characters that are drawn as text unless a variation selector says otherwise (©, ™, ✔) count
//! only with that selector, because refusing a header for its ® would be a false alarm.

mod table;

use crate::json::Bytes;
use table::{HIGH, PICTURES, SIGNS};

const JOINER: char = '\u{200d}';
const AS_EMOJI: char = '\u{fe0f}';
const AS_TEXT: char = '\u{fe0e}';
const KEYCAP: char = '\u{20e3}';
const START_OF_HIGH: char = '\u{1f000}';

/// How many emojis a text has.
pub fn count_emoji(text: &str) -> usize {
    scan(text).count()
}

/// Where the first emoji stands.
pub fn find_emoji(text: &str) -> Option<Bytes> {
    scan(text).next()
}

fn scan(text: &str) -> impl Iterator<Item = Bytes> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, c) = rest.next()?;
            if c.is_ascii_alphabetic() || c == ' ' {
                continue;
            }
            let mut end = start + c.len_utf8();
            let next = rest.peek().map(|(_, c)| *c);
            let is_emoji = match c {
                // Emojis only as keycaps.
                '0'..='9' | '#' | '*' => {
                    let mut ahead = rest.clone();
                    if ahead.peek().map(|(_, c)| *c) == Some(AS_EMOJI) {
                        ahead.next();
                    }
                    ahead.peek().map(|(_, c)| *c) == Some(KEYCAP)
                }
                START_OF_HIGH.. => holds(HIGH, c as u32 - START_OF_HIGH as u32),
                _ if holds(PICTURES, c.into()) => next != Some(AS_TEXT),
                _ => {
                    next.is_some_and(|c| c == AS_EMOJI || is_skin_tone(c)) && holds(SIGNS, c.into())
                }
            };
            if !is_emoji {
                continue;
            }
            let flag = is_regional(c);
            let mut after_joiner = false;
            while let Some((at, next)) = rest.peek().copied() {
                let belongs = after_joiner
                    || matches!(next, AS_EMOJI | KEYCAP | JOINER | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
                    || (flag && is_regional(next) && end == at && start + c.len_utf8() == at);
                if !belongs {
                    break;
                }
                after_joiner = next == JOINER;
                end = at + next.len_utf8();
                rest.next();
            }
            return Some(Bytes { start, end });
        }
    })
}

/// Whether a code point is in one of the ranges, which are in order.
fn holds(ranges: &[(u16, u16)], code: u32) -> bool {
    let after = ranges.partition_point(|(first, _)| u32::from(*first) <= code);
    let range = after.checked_sub(1).and_then(|at| ranges.get(at));
    range.is_some_and(|(_, last)| code <= u32::from(*last))
}

fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}
