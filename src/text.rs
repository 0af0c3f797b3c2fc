//! Texts: how Meta counts them, where their placeholders are, what sanitizing changes, how
//! WhatsApp's markup looks to the recipient.
//!
//! # How things are counted
//!
//! No source of Meta's names a unit for any of its limits. Here is the one place that chooses, so that
//! every rule, counter and builder counts alike, and that says why:
//!
//! - **Characters** are code points ([`count_chars`]): the smallest count that a tool could honestly
//!   come to without knowing how signs are drawn, so that nothing is refused that Meta may take. A text
//!   that keeps its limit in code points and exceeds it in UTF-16 units ([`utf16_len`], what JavaScript,
//!   Java and most editors count) gets the warning `char-unit`.
//! - **Emojis** are what a person sees ([`emojis`]): a family, a flag, a skin tone or a keycap counts
//!   once. A body that keeps its limit so and exceeds it when each part counts gets `emoji-unit`.
//! - **Line breaks** are `\n`, with or without a `\r` beside it: Meta's text says "newline characters",
//!   and texts from Windows have two signs for one.
//! - **Words** are runs without white space that hold a letter or a digit ([`count_words`]): the formula
//!   for placeholders and words that providers publish counts so. Thai, Lao, Khmer, Burmese, Chinese and
//!   Japanese put no spaces between words ([`is_unspaced`]); there seven letters count as one, as Meta's
//!   own editor counts Thai, and what rests on it is only a warning.
//!
//! Grapheme clusters decide nothing here: nothing of Meta's points to them, and unicode-segmentation adds
//! 33 KB to the wasm (14 KB compressed, measured), more than all checks of texts together.
//! unicode-properties only has to say what an emoji is, in less than 2 KB.
//!
//! Counting and pointing are two things: offsets that leave for JavaScript are UTF-16, whatever a limit
//! counts.

use crate::json::write_integer;
use crate::order::Joined;

mod emoji;
mod invisible;
mod links;
mod markup;
mod placeholder;
mod sanitize;
mod suggest;
mod words;

pub use emoji::{Emojis, emojis, find_emoji, without_emojis};
pub use invisible::{is_invisible, is_joiner, is_shaped, joins};
pub use links::find_links;
pub use markup::{Block, Look, looks};
pub use placeholder::{Brace, Braces, Placeholder, find_placeholders};
pub use sanitize::sanitize_text;
pub use suggest::closest;
pub use words::{count_words, has_word, is_word};

/// How many characters Meta's limits see: code points.
pub fn count_chars(text: &str) -> usize {
    // `Chars::count` is made for long texts: a kilobyte.
    let mut count = 0;
    for byte in text.bytes() {
        count += usize::from(byte & 0xc0 != 0x80);
    }
    count
}

/// How many UTF-16 code units a text has: what JavaScript counts.
pub fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Where a short text first stands in another. The standard library's search is made for long ones, and weighs more in a
/// wasm than most rules.
pub fn find(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let begins = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(part));
    (0..text.len()).find(begins)
}

/// What stands before and behind a short text in another.
pub fn split_at<'t>(text: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    let at = find(text, part)?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

/// What stands before the first of these signs of ASCII, and what from there on.
#[inline(never)]
pub fn break_at<'t>(text: &'t str, signs: &[u8]) -> (&'t str, &'t str) {
    let mut bytes = text.bytes();
    let at = match signs {
        [sign] => bytes.position(|byte| byte == *sign),
        // Not `contains`, which is made for long lists.
        _ => bytes.position(|byte| signs.iter().fold(false, |is, sign| is | (*sign == byte))),
    };
    let at = at.unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// What stands before and behind the last of these signs.
#[inline(never)]
pub fn break_last(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == sign)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The parts of a text between signs of ASCII. (`str::split` is compiled anew for each way to use it.)
#[derive(Debug, Clone)]
pub struct Parts<'t> {
    rest: Option<&'t str>,
    signs: &'static [u8],
}

/// Takes a text apart at signs of ASCII.
pub fn parts<'t>(text: &'t str, signs: &'static [u8]) -> Parts<'t> {
    let rest = Some(text);
    Parts { rest, signs }
}

impl<'t> Iterator for Parts<'t> {
    type Item = &'t str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'t str> {
        let (part, behind) = break_at(self.rest?, self.signs);
        self.rest = behind.get(1..);
        Some(part)
    }
}

/// A text without the characters that are not wanted.
#[inline(never)]
pub fn drop_chars(text: &str, unwanted: fn(char) -> bool) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if !unwanted(c) {
            out.push(c);
        }
    }
    out
}

/// Whether a text is two or more parts with dots between them. `fits` says whether a part may have a
/// character, and begin with it.
#[inline(never)]
pub fn is_dotted(text: &str, fits: fn(char, bool) -> bool) -> bool {
    let (mut parts, mut first) = (1, true);
    for c in text.chars() {
        if c == '.' && !first {
            (parts, first) = (parts + 1, true);
        } else if c == '.' || !fits(c, first) {
            return false;
        } else {
            first = false;
        }
    }
    parts > 1 && !first
}

/// The next word of a table that is one text with bars between them.
pub fn next_listed<'t>(table: &mut Option<&'t [u8]>) -> Option<&'t [u8]> {
    let rest = (*table)?;
    let end = rest.iter().position(|byte| *byte == b'|');
    *table = end.and_then(|end| rest.get(end + 1..));
    rest.get(..end.unwrap_or(rest.len()))
}

/// Whether a table of that kind has a word.
pub fn is_listed(word: &str, table: &str) -> bool {
    let mut words = Some(table.as_bytes());
    while let Some(known) = next_listed(&mut words) {
        if known == word.as_bytes() {
            return true;
        }
    }
    false
}

/// Whether a text has a certain ASCII sign. (`str::contains` brings the search for long texts.)
pub fn has(text: &str, sign: u8) -> bool {
    text.bytes().any(|byte| byte == sign)
}

/// A count in digits.
pub fn digits(n: usize) -> String {
    integer(n as i64)
}

/// A whole number in digits.
pub fn integer(n: i64) -> String {
    let mut out = String::new();
    write_integer(&mut out, n);
    out
}

/// Whether a character breaks a line, in any of the ways that texts arrive with.
pub fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether a character is one of WhatsApp's formatting marks.
pub fn is_markup(c: char) -> bool {
    matches!(c, '*' | '_' | '~' | '`')
}

/// Whether a person sees nothing there: white space, or a sign without width.
pub fn shows_nothing(c: char) -> bool {
    c.is_whitespace()
        || is_bidi_control(c)
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}

/// Whether a text has letters of a script that puts no spaces between words.
pub fn is_unspaced(text: &str) -> bool {
    text.chars().any(is_unspaced_letter)
}

fn is_unspaced_letter(c: char) -> bool {
    // Thai and Lao, Burmese, Khmer, kana, Chinese characters.
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// The first formatting mark outside the placeholders, and the text without any such mark.
pub fn find_markup<'p>(
    text: &str,
    placeholders: impl IntoIterator<Item = &'p Placeholder<'p>>,
) -> Option<((usize, char), String)> {
    let mut ahead = placeholders.into_iter().peekable();
    let mut first = None;
    let mut plain = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        // Placeholders stand in the order of the text.
        while ahead.next_if(|p| p.at.end <= at).is_some() {}
        let inside = ahead.peek().is_some_and(|p| p.at.start <= at);
        if is_markup(c) && !inside {
            first = first.or(Some((at, c)));
        } else {
            plain.push(c);
        }
    }
    first.map(|first| (first, plain))
}

/// Whether a character turns the direction of what follows it, which can make a text read as another.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The first character that turns the direction of a text, and where.
pub fn find_bidi(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| is_bidi_control(*c))
}

/// A text short enough to be quoted in a finding.
pub fn clip(text: &str) -> String {
    clip_to(text, 40)
}

/// A text of at most so many characters, with a mark where it was cut.
pub fn clip_to(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].joined(),
        None => text.to_owned(),
    }
}

/// A character's number as people look it up: `200B`.
pub fn code_point(c: char) -> String {
    let mut out = String::new();
    let mut shift = 20;
    while shift >= 0 {
        let digit = (u32::from(c) >> shift) & 15;
        if digit != 0 || !out.is_empty() || shift <= 12 {
            out.extend(char::from_digit(digit, 16).map(|d| d.to_ascii_uppercase()));
        }
        shift -= 4;
    }
    out
}

/// Words as a choice: `A, B or C`.
pub fn one_of(words: &[&str]) -> String {
    let mut out = String::new();
    for (place, word) in words.iter().enumerate() {
        out.push_str(match (place, place + 1 == words.len()) {
            (0, _) => "",
            (_, true) => " or ",
            _ => ", ",
        });
        out.push_str(word);
    }
    out
}

/// A placeholder as it is written: `{{1}}`.
pub fn braced(name: &str) -> String {
    ["{{", name, "}}"].joined()
}

/// Whether a code point is in one of the ranges, which are in order.
fn holds(ranges: &[(u16, u16)], code: u32) -> bool {
    let after = ranges.partition_point(|(first, _)| u32::from(*first) <= code);
    let range = after.checked_sub(1).and_then(|at| ranges.get(at));
    range.is_some_and(|(_, last)| code <= u32::from(*last))
}
