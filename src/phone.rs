//! Reads phone numbers in the ways people type them.

use crate::text::is_bidi_control;

/// What a text in `to` is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phone {
    /// E.164 with its plus, and whether it was written so.
    Plain(String, bool),
    /// Digits without plus or 00, which may be a national number.
    NoPlus(String),
    /// Spreadsheet notation: the digits are lost.
    Scientific,
    /// Something else, and why.
    Not(&'static str),
}

/// Reads a phone number.
pub fn read(text: &str) -> Phone {
    // Copied numbers bring invisible marks along; they are typing, too.
    let filler = |c: char| {
        matches!(
            c,
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' | '\u{202f}' | '\u{2010}'
                ..='\u{2015}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{200b}'
        ) || is_bidi_control(c)
    };
    if is_scientific(text.trim()) {
        return Phone::Scientific;
    }
    if is_user_id(text.trim()) {
        return Phone::Not("it is a business-scoped user id, which belongs in `recipient`");
    }
    if is_float(text.trim()) {
        return Phone::Not("it ends in `.0`, as a spreadsheet writes a number");
    }
    let mut digits = String::new();
    let mut plus = false;
    for c in without_trunk(text.trim()).chars() {
        if let Some(digit) = c.to_digit(10) {
            digits.extend(char::from_digit(digit, 10));
        } else if c == '+' && digits.is_empty() && !plus {
            plus = true;
        } else if !filler(c) {
            return Phone::Not("it has characters that phone numbers do not have");
        }
    }
    let mut digits = digits.as_str();
    if !plus && let Some(rest) = digits.strip_prefix("00") {
        plus = true;
        digits = rest;
    }
    if digits.is_empty() {
        return Phone::Not("it has no digits");
    }
    if digits.starts_with('0') {
        return Phone::Not("it starts with a 0 where the country code should be");
    }
    if digits.len() < 7 {
        return Phone::Not("it has fewer than 7 digits");
    }
    if digits.len() > 15 {
        return Phone::Not("it has more than 15 digits");
    }
    let number = format!("+{digits}");
    if plus {
        let written = number == text;
        Phone::Plain(number, written)
    } else {
        Phone::NoPlus(number)
    }
}

/// A recipient as always the same text, and behind it how else WhatsApp may know the number: its digits. What
/// is no number (a user id, a group) stays as it is, without the blanks around it.
pub fn names(recipient: &str) -> Vec<String> {
    let (Phone::Plain(number, _) | Phone::NoPlus(number)) = read(recipient) else {
        return vec![recipient.trim().to_owned()];
    };
    let other = |number: &str| other_spelling(number).map(|(other, _)| other);
    // With Argentina's 15 it is a way to dial: the number is the one with the 9.
    let is_dialled = number.starts_with("+54") && number.len() == 15;
    let number = is_dialled
        .then(|| other(&number))
        .flatten()
        .unwrap_or(number);
    let other = other(&number);
    let names = std::iter::once(number).chain(other);
    names.map(|name| name.replacen('+', "", 1)).collect()
}

/// The digits of a number in E.164, as a number, and how many they are.
pub fn digits(number: &str) -> Option<(u64, usize)> {
    let digits = number.strip_prefix('+').unwrap_or(number);
    let value = digits.parse().ok().filter(|_| digits.len() <= 15)?;
    Some((value, digits.len()))
}

/// `33612345678.0`: taken for a separator, the point would add a digit to the number.
fn is_float(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, fraction)| {
        whole.len() >= 7
            && whole.bytes().all(|b| b.is_ascii_digit())
            && !fraction.is_empty()
            && fraction.bytes().all(|b| b == b'0')
    })
}

/// `+33 (0)6 …` without its `(0)`: the digit that is dialled only inside the country.
fn without_trunk(text: &str) -> std::borrow::Cow<'_, str> {
    if text.starts_with('+') || text.starts_with("00") {
        text.replacen("(0)", "", 1).into()
    } else {
        text.into()
    }
}

/// `3.36123E+10`, also with a decimal comma.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let exponent = exponent.trim_start_matches(['+', '-']);
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let mantissa = mantissa.trim_start_matches('+').replace([',', '.'], "");
    digits(&mantissa) && digits(exponent)
}

/// How else WhatsApp may know a number of Mexico, Argentina or Brazil, and why. `number` has its plus.
pub fn other_spelling(number: &str) -> Option<(String, &'static str)> {
    let joined = |parts: [&str; 3]| parts.concat();
    if let Some(rest) = number.strip_prefix("+52") {
        let why = "Mexican mobile numbers had a 1 behind the country code until 2019";
        return match (rest.len(), rest.strip_prefix('1')) {
            (11, Some(rest)) => Some((joined(["+52", "", rest]), why)),
            (10, _) => Some((joined(["+52", "1", rest]), why)),
            _ => None,
        };
    }
    if let Some(rest) = number.strip_prefix("+54") {
        let why =
            "from abroad Argentine mobile numbers have a 9 behind the country code, and no 15";
        let area = if rest.starts_with("11") { 2 } else { 3 };
        let without = [area, area + 1].iter().find_map(|at| {
            let (area, line) = rest.split_at_checked(*at)?;
            Some((area, line.strip_prefix("15")?))
        });
        return match (rest.len(), rest.strip_prefix('9')) {
            (11, Some(rest)) => Some((joined(["+54", "", rest]), why)),
            (12, _) => without.map(|(area, line)| (joined(["+549", area, line]), why)),
            (10, _) => Some((joined(["+549", "", rest]), why)),
            _ => None,
        };
    }
    let rest = number.strip_prefix("+55")?;
    let why = "Brazilian mobile numbers have a ninth digit, which older accounts go without";
    let (area, line) = rest.split_at_checked(2)?;
    match (line.len(), line.strip_prefix('9')) {
        (9, Some(line)) => Some((joined(["+55", area, line]), why)),
        (8, _) if line.starts_with(['6', '7', '8', '9']) => {
            Some((["+55", area, "9", line].concat(), why))
        }
        _ => None,
    }
}

/// Whether a text is a business-scoped user id: `US.1349…` or `US.ENT.1181…`.
pub fn is_user_id(text: &str) -> bool {
    let Some((country, rest)) = text.split_once('.') else {
        return false;
    };
    let id = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=128).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{Phone, is_user_id, names, other_spelling, read};

    #[test]
    fn reads_what_people_type() {
        let plain = |n: &str, written| Phone::Plain(n.into(), written);
        for (typed, expected) in [
            ("+33612345678", plain("+33612345678", true)),
            ("+33 6 12-34.56 (78)", plain("+33612345678", false)),
            ("0033612345678", plain("+33612345678", false)),
            ("+33 (0)6 12 34 56 78", plain("+33612345678", false)),
            ("0044 (0)20 7946 0018", plain("+442079460018", false)),
            ("+1 (202) 555-0143", plain("+12025550143", false)),
            ("+33.612.345.000", plain("+33612345000", false)),
            ("\u{202a}+33612345678\u{202c}", plain("+33612345678", false)),
            ("33612345678", Phone::NoPlus("+33612345678".into())),
            ("3.36123E+10", Phone::Scientific),
            ("5,21555E+12", Phone::Scientific),
            ("3.3612345678e10", Phone::Scientific),
            ("+1234567", plain("+1234567", true)),
            ("+123456789012345", plain("+123456789012345", true)),
        ] {
            assert_eq!(read(typed), expected, "{typed}");
        }
        for typed in [
            "",
            "+",
            "ana",
            "+0612345678",
            "0612345678",
            "+123456",
            "+1234567890123456",
            "+33+6",
            "33612345678.0",
            "33612345678.00",
            "<PHONE>",
        ] {
            assert!(matches!(read(typed), Phone::Not(_)), "{typed}");
        }
    }

    #[test]
    fn knows_other_spellings() {
        for (number, other) in [
            ("+5215512345678", Some("+525512345678")),
            ("+525512345678", Some("+5215512345678")),
            ("+5491123456789", Some("+541123456789")),
            ("+541123456789", Some("+5491123456789")),
            ("+54111523456789", Some("+5491123456789")),
            ("+543511523456789", None),
            ("+54351152345678", Some("+5493512345678")),
            ("+5511987654321", Some("+551187654321")),
            ("+551187654321", Some("+5511987654321")),
            ("+551131234567", None),
            ("+33612345678", None),
            ("+52", None),
        ] {
            let found = other_spelling(number).map(|(other, _)| other);
            assert_eq!(found.as_deref(), other, "{number}");
        }
    }

    #[test]
    fn names_a_recipient_in_every_way_that_whatsapp_does() {
        for (given, known) in [
            ("+33 6 12 34 56 78", &["33612345678"][..]),
            ("001 (0) 555 1234567", &["15551234567"]),
            ("+52 1 55 1234 5678", &["5215512345678", "525512345678"]),
            ("+54 11 15 2345 6789", &["5491123456789", "541123456789"]),
            ("55 11 8765 4321", &["551187654321", "5511987654321"]),
            (" US.13491208655302741918 ", &["US.13491208655302741918"]),
            ("0612345678", &["0612345678"]),
            ("", &[""]),
        ] {
            assert_eq!(names(given), known, "{given}");
        }
    }

    #[test]
    fn tells_user_ids() {
        assert!(is_user_id("US.13491208655302741918"));
        assert!(is_user_id("US.ENT.118150"));
        for other in ["us.1", "US.", "USA.1", "US.a-b", "US.ENT.", "+33612345678"] {
            assert!(!is_user_id(other), "{other}");
        }
    }
}
