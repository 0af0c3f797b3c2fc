//! What words are made of.

mod table;

use super::{holds, is_unspaced_letter};
use table::BETWEEN;

/// Whether a character is one that words are made of: a letter with the marks that belong to it, or a digit.
///
/// The standard library's `is_alphanumeric` has two tables that weigh three times as much in the wasm, and splits words of
/// India at the marks that join their letters.
pub fn is_word(c: char) -> bool {
    match u32::from(c) {
        0..=0x7f => c.is_ascii_alphanumeric(),
        low @ ..=0xffff => !holds(BETWEEN, low),
        // Above are old and rare scripts, then signs and emojis with mathematicians' letters among them, Chinese
        // characters, and what has no meaning of its own.
        high => {
            matches!(high, ..0x1cc00 | 0x1d400..0x1d800 | 0x1df00..0x1ec00 | 0x1ee00..0x1ef00 | 0x1fbf0..0x1fbfa | 0x20000..0xe0000)
        }
    }
}

/// Whether a text has a letter or a digit.
pub fn has_word(text: &str) -> bool {
    text.chars().any(is_word)
}

/// Letters that count as a word where no spaces tell words apart. Meta's own editor counts Thai and Lao so; in the other scripts
/// words are shorter, if anything.
const LETTERS_A_WORD: usize = 7;

/// How many words a text has: runs without white space that hold a letter or a digit, or what its letters come to in scripts
/// without spaces.
pub fn count_words(text: &str) -> usize {
    let (mut count, mut counted, mut unspaced) = (0, false, 0_usize);
    for c in text.chars() {
        unspaced += usize::from(is_unspaced_letter(c));
        if c.is_whitespace() {
            counted = false;
        } else if !counted && is_word(c) {
            (count, counted) = (count + 1, true);
        }
    }
    count.max(unspaced.div_ceil(LETTERS_A_WORD))
}
