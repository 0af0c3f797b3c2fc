//! The values of rows: which are certainly right, so that nobody has to look at them again.

use super::super::scan::{self, Traits};
use super::Recipient;
use crate::payload::value::NOTHING;

/// Reads and tests the values of one parameter.
#[derive(Debug)]
pub(super) struct Reader {
    pub test: Test,
    /// Which text it stands in: 0 the header's, 1 the body's.
    pub part: Option<usize>,
    /// Bytes that it may have.
    pub max: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    Text,
    Code,
    Suffix,
    Payload,
    Coupon,
}

impl Reader {
    /// Reads and tests the string whose opening quote stands before `start`; the answer is the place of
    /// its closing quote. What it takes is no longer in `room`.
    #[inline(always)]
    pub(super) fn string(&self, line: &[u8], start: usize, room: &mut [usize; 2]) -> Option<usize> {
        let (end, traits) = scan::string(line, start)?;
        self.fits(line.get(start..end)?, traits, room)
            .then_some(end)
    }

    /// Reads and tests a number as programs write it; the answer is the place behind it.
    pub(super) fn number(&self, line: &[u8], start: usize, room: &mut [usize; 2]) -> Option<usize> {
        let end = start + plain_number(line.get(start..)?)?;
        self.fits(line.get(start..end)?, Traits::default(), room)
            .then_some(end)
    }

    #[inline(always)]
    fn fits(&self, bytes: &[u8], traits: Traits, room: &mut [usize; 2]) -> bool {
        let length = bytes.len();
        if let Some(left) = self.part.and_then(|part| room.get_mut(part)) {
            match left.checked_sub(length) {
                Some(rest) => *left = rest,
                None => return false,
            }
        }
        if length == 0 || length > self.max {
            return false;
        }
        match self.test {
            Test::Text => plain_text(bytes, traits),
            Test::Payload => !traits.wide && !traits.odd && !bytes.starts_with(b" "),
            Test::Code => bytes.iter().all(u8::is_ascii_alphanumeric) && !looks_empty(bytes),
            Test::Coupon => bytes.iter().all(u8::is_ascii_alphanumeric),
            Test::Suffix => plain_suffix(bytes),
        }
    }
}

/// The place of the closing quote of a plain string, whose opening quote stands before `start`.
#[inline(never)]
pub(super) fn text(line: &[u8], start: usize) -> Option<usize> {
    let (end, traits) = scan::string(line, start)?;
    let plain = !traits.wide && !traits.odd && end > start;
    (plain && line.get(start) != Some(&b' ')).then_some(end)
}

/// A phone number that is written plainly, with or without its plus, behind its opening quote; and the
/// place of its closing one.
#[inline(always)]
pub(super) fn phone(line: &[u8], start: usize) -> Option<(Recipient, usize)> {
    let plus = line.get(start) == Some(&b'+');
    let first = start + usize::from(plus);
    let (digits, count) = scan::digits(line, first)?;
    let end = first + count;
    let plain = count >= 7 && line.get(first) != Some(&b'0') && line.get(end) == Some(&b'"');
    let country = (line.get(first), line.get(first + 1));
    let may_have_other_spelling = matches!(country, (Some(b'5'), Some(b'2' | b'4' | b'5')));
    let recipient = Recipient {
        digits,
        plus,
        may_have_other_spelling,
        count,
        may_be_out_of_reach: matches!(country.0, Some(b'1' | b'5' | b'8' | b'9')),
    };
    plain.then_some((recipient, end))
}

/// The length of a number as programs write it: `12`, `-3.50`.
fn plain_number(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(sign);
    if whole == 0 || (whole > 1 && bytes.get(sign) == Some(&b'0')) {
        return None;
    }
    let mut end = sign + whole;
    if bytes.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        if fraction == 0 {
            return None;
        }
        end += 1 + fraction;
    }
    (!matches!(bytes.get(end), Some(b'e' | b'E'))).then_some(end)
}

/// A text in which `value::text` finds nothing.
fn plain_text(bytes: &[u8], traits: Traits) -> bool {
    if traits.odd && !only_short_runs(bytes) {
        return false;
    }
    if traits.wide {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return false;
        };
        // Blanks beyond ASCII may stand around a word for nothing.
        let may_be_blank = |byte: &u8| matches!(*byte, 0xc2 | 0xe1..=0xe3);
        let (first, last) = (bytes.first(), bytes.iter().rev().take(3));
        let blank =
            first.into_iter().chain(last).any(may_be_blank) && looks_empty(text.trim().as_bytes());
        if blank || !no_hidden(bytes) {
            return false;
        }
    }
    bytes.iter().any(u8::is_ascii_alphanumeric) && !looks_empty(bytes)
}

/// Whether what made a text odd is only a row of at most four spaces.
fn only_short_runs(bytes: &[u8]) -> bool {
    let mut run = 0;
    for byte in bytes {
        run = if *byte == b' ' { run + 1 } else { 0 };
        if run > 4 || matches!(byte, b'{' | 0x7f | 0..0x20) {
            return false;
        }
    }
    true
}

/// Whether no character is one that hides, breaks a line or turns the direction. Says "no" a little
/// too often: the whole way knows better.
fn no_hidden(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let hidden = match (first, tail) {
            // C1 controls, soft hyphen.
            (0xc2, [0x80..=0x9f | 0xad, ..]) => true,
            // Zero-width characters, line separators, bidi controls, invisible operators.
            (0xe2, [0x80, 0x8b..=0x8f | 0xa8..=0xae, ..] | [0x81, 0xa0..=0xaf, ..]) => true,
            // Hangul fillers, the Mongolian vowel separator, the byte order mark.
            (0xe1, [0x85, 0x9f | 0xa0, ..] | [0xa0, 0x8e, ..]) => true,
            (0xe3, [0x85, 0xa4, ..]) | (0xef, [0xbb, 0xbf, ..]) => true,
            _ => false,
        };
        if hidden {
            return false;
        }
        rest = tail;
    }
    true
}

/// Words that programs write for nothing; most texts are told from them by their first letter.
fn looks_empty(bytes: &[u8]) -> bool {
    matches!(
        bytes.first(),
        Some(b'n' | b'u' | b'N' | b'I' | b'[' | b'(' | b'#' | b' ' | b'\t')
    ) && NOTHING
        .iter()
        .any(|word| bytes.trim_ascii() == word.as_bytes())
}

/// A suffix that stays where the address points, whatever comes before it.
fn plain_suffix(bytes: &[u8]) -> bool {
    // As if a slash stood before it: it may not begin with one.
    let mut last = b'/';
    for byte in bytes {
        let usual = byte.is_ascii_alphanumeric() || b"-_=&?.~/".contains(byte);
        if !usual || (*byte == last && matches!(byte, b'.' | b'/')) {
            return false;
        }
        last = *byte;
    }
    !bytes.is_empty()
}
