//! Samples that look like a real person's data. A sample is read by Meta's reviewers and stays
//! in the definition for good.

use super::words::{MADE_UP, Place, find};
use crate::text::break_last;

/// The first piece of a sample that only a real person would have: where it stands, and what it is.
pub(super) fn find_personal(text: &str) -> Option<(Place, &'static str)> {
    let bytes = text.as_bytes();
    if is_iban(bytes) {
        return Some(((0, text.len()), "a bank account (IBAN)"));
    }
    let mut at = 0;
    let mut apart = true;
    while let Some(byte) = bytes.get(at) {
        if *byte == b'@'
            && let Some(place) = email(text, at)
        {
            return Some((place, "an e-mail address"));
        }
        if apart && (byte.is_ascii_digit() || *byte == b'+') {
            let (end, digits) = number(bytes, at);
            let what = match (byte, digits.len()) {
                (b'+', 9..=15) => "a phone number",
                (b'3'..=b'6', 15 | 16) if is_luhn(&digits) => "a card number",
                _ => "",
            };
            let alone = bytes.get(end).is_none_or(|b| !b.is_ascii_alphanumeric());
            if !what.is_empty() && alone && !is_made_up(&digits) {
                return Some(((at, end), what));
            }
            at = end;
            apart = false;
        } else {
            apart = !byte.is_ascii_alphanumeric();
            at += 1;
        }
    }
    None
}

/// The end of a row of digits with blanks, dots, dashes or brackets between them, and the digits.
fn number(bytes: &[u8], start: usize) -> (usize, Vec<u8>) {
    let mut digits = Vec::new();
    let mut end = start + 1;
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        if byte.is_ascii_digit() {
            digits.push(*byte);
            end = at + 1;
        } else if at > start && !matches!(byte, b' ' | b'-' | b'.' | b'(' | b')') {
            break;
        }
    }
    (end, digits)
}

/// Numbers that people invent: with 555, with four equal digits in a row, or counting up or down.
fn is_made_up(digits: &[u8]) -> bool {
    let (mut run, mut last_step, mut last, mut fives) = (1, 0, 0, 0);
    for digit in digits {
        let step = i32::from(*digit) - last;
        let counts = matches!(step, -1..=1);
        run = if counts && step == last_step {
            run + 1
        } else {
            1
        };
        fives = if *digit == b'5' { fives + 1 } else { 0 };
        if run == 3 || fives == 3 {
            return true;
        }
        (last, last_step) = (i32::from(*digit), step);
    }
    false
}

fn is_luhn(digits: &[u8]) -> bool {
    let mut sum = 0;
    for (place, digit) in digits.iter().rev().enumerate() {
        let value = u32::from(digit - b'0') << (place & 1);
        sum += if value > 9 { value - 9 } else { value };
    }
    sum % 10 == 0
}

/// Whether the whole text is an account number with right check digits.
fn is_iban(bytes: &[u8]) -> bool {
    let (mut rest, mut head, mut count) = (0, 0, 0);
    for byte in bytes {
        let value = match byte {
            b'0'..=b'9' => u32::from(byte - b'0'),
            b'A'..=b'Z' => u32::from(byte - b'A') + 10,
            b' ' => continue,
            _ => return false,
        };
        // Two letters and two digits in front.
        if (count < 2 && value < 10) || (matches!(count, 2 | 3) && value > 9) || count > 33 {
            return false;
        }
        let shift = if value > 9 { 100 } else { 10 };
        if count < 4 {
            head = head * shift + value;
        } else {
            rest = (rest * shift + value) % 97;
        }
        count += 1;
    }
    // The front is read behind the rest: two letters and two digits are six digits.
    count > 14 && (rest * 1_000_000 + head) % 97 == 1 && !is_made_up(bytes)
}

/// The address around an at sign, unless it is made up or a company's.
fn email(text: &str, at: usize) -> Option<Place> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let (before, behind) = (text.get(..at)?, text.get(at + 1..)?);
    let start = before.trim_end_matches(part).len();
    let domain = behind.split(|c| !part(c)).next()?.trim_end_matches('.');
    let end = at + 1 + domain.len();
    let (name, ending) = break_last(domain, b'.')?;
    let real = start < at && !name.is_empty() && ending.len() >= 2;
    (real && find(text.get(start..end)?, MADE_UP).is_none()).then_some((start, end))
}
