//! Samples that look like a real person's data. A sample is read by Meta's reviewers and stays
//! in the definition for good.

use super::words::{MADE_UP, find};

/// What was found, as messages call it, and something made up to take its place.
pub(super) type Kind = (&'static str, &'static str);

const EMAIL: Kind = ("an e-mail address", "ana@example.com");
const PHONE: Kind = ("a phone number", "+1 555 555 0123");
const CARD: Kind = ("a card number", "4111 1111 1111 1111");
const ACCOUNT: Kind = ("a bank account (IBAN)", "an invented one");

/// The first piece of a sample that only a real person would have, and where it stands.
pub(super) fn find_personal(text: &str) -> Option<(usize, usize, Kind)> {
    let bytes = text.as_bytes();
    if is_iban(text) {
        return Some((0, text.len(), ACCOUNT));
    }
    let mut at = 0;
    let mut before = b' ';
    while let Some(byte) = bytes.get(at).copied() {
        if byte == b'@'
            && let Some((start, end)) = email(text, at)
        {
            return Some((start, end, EMAIL));
        }
        let starts = byte.is_ascii_digit() || byte == b'+';
        if starts && !before.is_ascii_alphanumeric() && before != b'+' {
            let (end, digits) = number(bytes, at);
            let next = bytes.get(end).copied().unwrap_or(b' ');
            if !next.is_ascii_alphanumeric() && !is_made_up(&digits) {
                let real = match (byte, digits.len()) {
                    (b'+', 9..=15) => Some(PHONE),
                    (b'3'..=b'6', 15 | 16) if is_luhn(&digits) => Some(CARD),
                    _ => None,
                };
                if let Some(kind) = real {
                    return Some((at, end, kind));
                }
            }
            before = b'0';
            at = end.max(at + 1);
            continue;
        }
        before = byte;
        at += 1;
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

/// Numbers that people invent: 555, five equal digits in a row, counting up or down, and Ofcom's
/// numbers for films.
fn is_made_up(digits: &[u8]) -> bool {
    let mut runs = [1, 1, 1];
    for pair in digits.windows(2) {
        let [a, b] = pair else { continue };
        for (run, follows) in runs.iter_mut().zip([a == b, *b == a + 1, *a == b + 1]) {
            *run = if follows { *run + 1 } else { 1 };
            if *run == 5 {
                return true;
            }
        }
    }
    let has = |part: &[u8]| digits.windows(part.len()).any(|window| window == part);
    has(b"555") || has(b"7700900") || has(b"42424242")
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
fn is_iban(text: &str) -> bool {
    let mut plain = Vec::new();
    for byte in text.bytes() {
        match byte {
            b' ' => {}
            b'0'..=b'9' | b'A'..=b'Z' if plain.len() < 34 => plain.push(byte),
            _ => return false,
        }
    }
    let Some((head, tail)) = plain.split_at_checked(4) else {
        return false;
    };
    let [a, b, c, d] = head else { return false };
    let shaped = a.is_ascii_uppercase() && b.is_ascii_uppercase();
    if tail.len() < 11 || !shaped || !c.is_ascii_digit() || !d.is_ascii_digit() {
        return false;
    }
    let mut rest = 0;
    for byte in tail.iter().chain(head) {
        rest = match byte {
            b'0'..=b'9' => rest * 10 + u32::from(byte - b'0'),
            _ => rest * 100 + u32::from(byte - b'A') + 10,
        } % 97;
    }
    rest == 1 && !is_made_up(tail)
}

/// The address around an at sign, unless it is made up or a company's.
fn email(text: &str, at: usize) -> Option<(usize, usize)> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let (before, behind) = (text.get(..at)?, text.get(at + 1..)?);
    let start = before.trim_end_matches(part).len();
    let domain = behind.len() - behind.trim_start_matches(part).len();
    let domain = behind.get(..domain)?.trim_end_matches('.');
    let end = at + 1 + domain.len();
    let (name, ending) = domain.rsplit_once('.')?;
    let real = start < at && !name.is_empty() && ending.len() >= 2;
    (real && find(text.get(start..end)?, MADE_UP).is_none()).then_some((start, end))
}
