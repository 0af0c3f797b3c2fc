//! How long to wait: what an answer asks for, and the doubling of a wait that was not enough.

use super::codes;
use super::outcome::Outcome;

/// The wait when neither the answer nor its code names one.
const FLOOR_MS: i64 = 1_000;

/// What an answer asks for at least, in milliseconds: its own word, else its code's.
pub(super) fn floor(outcome: &Outcome) -> i64 {
    let by_code = outcome
        .code
        .and_then(|code| codes::find(code, outcome.subcode))
        .map(|row| i64::from(row.backoff_ms()));
    named(outcome).or(by_code).unwrap_or(FLOOR_MS)
}

/// No answer stops anything for longer than a day: Meta's own longest wait is one, and a number beyond it is a slip
/// of somebody between, which would stop a sender for good.
pub(super) const LONGEST_MS: i64 = 24 * 60 * 60_000;

/// What the answer itself names.
pub(super) fn named(outcome: &Outcome) -> Option<i64> {
    let wait = outcome.after_ms?;
    Some(i64::try_from(wait).map_or(LONGEST_MS, |wait| wait.min(LONGEST_MS)))
}

/// A wait of at least `first`, doubled `times` times, up to `longest` or `first` when that is longer.
pub(super) fn doubled(first: i64, times: u32, longest: i64) -> i64 {
    first
        .saturating_mul(1_i64 << times.min(40))
        .min(longest.max(first))
}

#[cfg(test)]
mod tests {
    use super::doubled;

    #[test]
    fn a_wait_doubles_up_to_its_end_and_is_never_cut() {
        let waits: Vec<i64> = (0..6).map(|times| doubled(1_000, times, 9_000)).collect();
        assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 9_000, 9_000]);
        assert_eq!(doubled(20_000, 3, 9_000), 20_000);
        assert_eq!(doubled(i64::MAX, u32::MAX, 1), i64::MAX);
    }
}
