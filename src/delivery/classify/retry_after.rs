//! Reads how long an answer asks to wait: `Retry-After` in seconds or in one of HTTP's three forms of a date
//! (RFC 9110, 5.6.7), and Graph's own header about the use of an account.

use crate::json::{self, Node, Value};

/// A wait longer than this is no number a timer can hold: JavaScript's largest exact integer.
const LONGEST_MS: f64 = 9_007_199_254_740_991.0;

/// The longest wait that any header asks for, in milliseconds.
pub(super) fn longest(headers: &[(String, String)], now: Option<f64>) -> Option<u64> {
    let waits = headers.iter().filter_map(|(name, value)| {
        let is = |word: &str| name.trim().eq_ignore_ascii_case(word);
        if is("retry-after") {
            wait_ms(value.trim(), now).or_else(|| longest_of(value, now))
        } else if is("x-business-use-case-usage") {
            regained_ms(value)
        } else {
            None
        }
    });
    waits.max()
}

/// Several headers of one name arrive joined by commas, which dates have in them, too.
fn longest_of(values: &str, now: Option<f64>) -> Option<u64> {
    let parts = values.split(',').map(str::trim);
    parts.filter_map(|value| wait_ms(value, now)).max()
}

/// `{"<account>":[{"type":"whatsapp", "estimated_time_to_regain_access":5}]}`: minutes; 0 when nothing is
/// throttled.
fn regained_ms(value: &str) -> Option<u64> {
    let parsed = json::parse(value);
    let accounts = parsed.root.as_ref()?.as_object()?;
    let uses = accounts.iter().filter_map(|member| member.value.as_array());
    let minutes = uses.flatten().filter_map(|usage: &Node<'_>| {
        match &usage.get("estimated_time_to_regain_access")?.value {
            Value::Number(raw) | Value::String(raw) => raw.parse::<u32>().ok(),
            _ => None,
        }
    });
    let most = minutes.max().filter(|minutes| *minutes > 0)?;
    Some(u64::from(most) * 60_000)
}

fn wait_ms(value: &str, now: Option<f64>) -> Option<u64> {
    let ms = match value.parse::<f64>() {
        // Seconds are digits; a program's way of writing a large number is no wait.
        Ok(_) if value.contains(['e', 'E']) => return None,
        Ok(seconds) if seconds.is_finite() => seconds * 1000.0,
        Ok(_) => return None,
        Err(_) => date_ms(value)? as f64 - now?,
    };
    // A date that has passed asks for no wait; a negative number asks for nothing at all.
    if ms < 0.0 && value.starts_with('-') {
        return None;
    }
    Some(ms.ceil().clamp(0.0, LONGEST_MS) as u64)
}

/// Milliseconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
/// `Sun Nov  6 08:49:37 1994`.
fn date_ms(value: &str) -> Option<i64> {
    let words: Vec<&str> = value
        .split([' ', ',', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let (day, month, year, time) = match *words.as_slice() {
        [_, day, month, year, time, "GMT" | "UTC"] => (day, month, year, time),
        [_, month, day, time, year] => (day, month, year, time),
        _ => return None,
    };
    let day: i64 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = 1 + MONTHS.iter().position(|name| *name == month)? as i64;
    let year: i64 = match (year.len(), year.parse::<i64>().ok()?) {
        // Two digits: the century that makes it the nearer year, as seen from this protocol's life.
        (2, year) if year < 70 => 2000 + year,
        (2, year) => 1900 + year,
        (4, year) => year,
        _ => return None,
    };
    let clock: Vec<i64> = time
        .split(':')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [hours @ 0..=23, minutes @ 0..=59, seconds @ 0..=60] = *clock.as_slice() else {
        return None;
    };
    let seconds = ((days_since_1970(year, month, day) * 24 + hours) * 60 + minutes) * 60 + seconds;
    Some(seconds * 1000)
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Days of the Gregorian calendar between 1970-01-01 and a date.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    // The year is taken to begin in March, which puts the leap day at its end.
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
        - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(value: &str, now: Option<f64>) -> Option<u64> {
        longest(&[("Retry-After".to_owned(), value.to_owned())], now)
    }

    #[test]
    fn reads_seconds_and_dates() {
        let now = Some(784_111_777_000.0);
        assert_eq!(at("120", None), Some(120_000));
        assert_eq!(at(" 1.5 ", None), Some(1_500));
        assert_eq!(at("Sun, 06 Nov 1994 08:49:47 GMT", now), Some(10_000));
        assert_eq!(at("Sunday, 06-Nov-94 08:49:47 GMT", now), Some(10_000));
        assert_eq!(at("Sun Nov  6 08:49:47 1994", now), Some(10_000));
        assert_eq!(at("Sun, 06 Nov 1994 08:00:00 GMT", now), Some(0));
        assert_eq!(
            date_ms("Sun, 22 Nov 2026 00:00:00 GMT"),
            Some(1_795_305_600_000)
        );
        assert_eq!(
            date_ms("Thu, 29 Feb 2024 00:00:00 GMT"),
            Some(1_709_164_800_000)
        );
    }

    #[test]
    fn passes_over_nonsense() {
        for value in [
            "",
            "soon",
            "-5",
            "NaN",
            "inf",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:00:00 GMT",
        ] {
            assert_eq!(at(value, Some(0.0)), None, "{value}");
        }
        assert_eq!(at("Sun, 06 Nov 1994 08:49:37 GMT", None), None);
        assert_eq!(at("1e3", None), None);
        assert_eq!(at(&"9".repeat(40), None), Some(LONGEST_MS as u64));
        assert_eq!(longest(&[("x".to_owned(), "5".to_owned())], None), None);
    }

    #[test]
    fn graph_says_when_an_account_may_call_again() {
        let of = |value: &str| {
            longest(
                &[("X-Business-Use-Case-Usage".to_owned(), value.to_owned())],
                None,
            )
        };
        let usage = r#"{"102":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":4},
            {"type":"messenger","estimated_time_to_regain_access":"9"}],"103":[]}"#;
        assert_eq!(of(usage), Some(540_000));
        for nothing in [
            r#"{"102":[{"type":"whatsapp","estimated_time_to_regain_access":0}]}"#,
            r#"{"102":[{"estimated_time_to_regain_access":-3}]}"#,
            r#"{"102":{}}"#,
            "[]",
            "",
        ] {
            assert_eq!(of(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn the_longest_of_several_counts() {
        assert_eq!(at("10, 20", None), Some(20_000));
        let headers = [
            ("retry-after", "1"),
            ("RETRY-AFTER", "3"),
            ("Retry-After", "2"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(longest(&headers, None), Some(3_000));
    }
}
