//! Which recipients had a row already.

/// A set of numbers that are not 0: phone numbers as they are, other recipients as a hash.
///
/// One that may grow is exact. A bounded one forgets the oldest when it is full (two rows far apart
/// may then pass as different recipients), so that a stream of any length takes the same memory.
#[derive(Debug)]
pub(super) struct Seen {
    /// A power of two of places.
    places: Vec<u64>,
    used: usize,
    bounded: bool,
}

/// Places of a bounded set: 4 MB.
const BOUND: usize = 1 << 19;
/// How far from its own place a number may stand in a bounded set.
const REACH: usize = 16;

impl Seen {
    pub(super) fn new(bounded: bool) -> Self {
        let size = if bounded { BOUND } else { 1024 };
        Seen {
            places: vec![0; size],
            used: 0,
            bounded,
        }
    }

    /// Remembers a recipient; the answer is whether it was there already.
    #[inline(always)]
    pub(super) fn again(&mut self, number: u64) -> bool {
        let number = number.max(1);
        if !self.bounded && self.used * 2 >= self.places.len() {
            let size = self.places.len() * 4;
            let old = std::mem::replace(&mut self.places, vec![0; size]);
            for number in old.into_iter().filter(|number| *number != 0) {
                self.enter(number);
            }
        }
        let again = self.enter(number);
        self.used += usize::from(!again);
        again
    }

    fn enter(&mut self, number: u64) -> bool {
        let most = self.places.len() - 1;
        // Eight numbers in a row are beside each other: lists are often sorted, and a place that is near the
        // last one is in the processor's cache.
        let mixed = (number >> 3).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let first = ((mixed >> 20) << 3 | number & 7) as usize & most;
        let mut place = first;
        let mut steps = 0;
        while let Some(known) = self.places.get_mut(place) {
            if *known == number {
                return true;
            }
            if *known == 0 {
                *known = number;
                return false;
            }
            steps += 1;
            if self.bounded && steps == REACH {
                break;
            }
            place = (place + 1) & most;
        }
        let oldest = (first + (mixed as usize & (REACH - 1))) & most;
        if let Some(known) = self.places.get_mut(oldest) {
            *known = number;
        }
        false
    }
}

/// A number for a recipient that is none.
pub(super) fn number_of(recipient: &str) -> u64 {
    let digits = recipient.strip_prefix('+').unwrap_or(recipient);
    if digits.len() <= 15
        && let Ok(number) = digits.parse()
    {
        return number;
    }
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in recipient.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash | 1 << 63
}

#[cfg(test)]
mod tests {
    use super::{Seen, number_of};

    #[test]
    fn an_exact_set_forgets_nothing() {
        let mut seen = Seen::new(false);
        for n in 1..50_000 {
            assert!(!seen.again(33_600_000_000 + n));
        }
        for n in 1..50_000 {
            assert!(seen.again(33_600_000_000 + n));
        }
    }

    #[test]
    fn a_bounded_set_remembers_the_last_ones_and_invents_none() {
        let mut seen = Seen::new(true);
        for n in 1..2_000_000 {
            assert!(!seen.again(n));
        }
        let known = (1_990_000..2_000_000).filter(|n| seen.again(*n)).count();
        assert!(known > 9_000, "{known} of the last 10,000");
    }

    #[test]
    fn ids_and_numbers_do_not_meet() {
        assert_eq!(number_of("+33612345678"), 33_612_345_678);
        assert_ne!(number_of("US.1349120"), number_of("US.1349121"));
    }
}
