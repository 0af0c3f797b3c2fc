//! Finds the end of a JSON string eight bytes at a time, and says whether anything in it needs a
//! second look. Safe code throughout: words are built from arrays, not from pointers.

/// What a string holds that a plain value does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits {
    /// A byte beyond ASCII.
    pub wide: bool,
    /// Two spaces beside each other, a brace, a control character: `value` must look.
    pub odd: bool,
}

/// Where the string that begins behind its quote at `from` ends (the place of its closing quote),
/// and its traits; `None` when it never does, or has a backslash: then the text is not what the bytes
/// say.
#[inline]
pub(super) fn string(bytes: &[u8], from: usize) -> Option<(usize, Traits)> {
    // The high bits of bytes that are wide or odd, and of a space that a space may follow.
    let (mut wide, mut odd, mut space_before) = (0u64, 0u64, 0u64);
    let mut at = from;
    while let Some(word) = word(bytes, at) {
        let quotes = zeros(word ^ repeat(b'"'));
        let stops = quotes | zeros(word ^ repeat(b'\\'));
        let spaces = zeros(word ^ repeat(b' '));
        let strange = below(word, 0x20)
            | zeros(word ^ repeat(b'{'))
            | zeros(word ^ repeat(0x7f))
            | (spaces & (spaces << 8 | space_before));
        // Only what stands before the first stop counts.
        let before = (stops & stops.wrapping_neg()).wrapping_sub(1);
        wide |= word & HIGH & before;
        odd |= strange & before;
        if stops != 0 {
            let is_quote = quotes & stops & stops.wrapping_neg() != 0;
            let traits = Traits {
                wide: wide != 0,
                odd: odd != 0,
            };
            return is_quote.then_some((at + (stops.trailing_zeros() >> 3) as usize, traits));
        }
        space_before = spaces >> 56;
        at += 8;
    }
    let traits = Traits {
        wide: wide != 0,
        odd: odd != 0,
    };
    plainly(bytes, at, traits, space_before != 0)
}

/// The same, one byte at a time: for the last bytes, and what the tests compare with.
fn plainly(
    bytes: &[u8],
    mut at: usize,
    mut traits: Traits,
    mut space_before: bool,
) -> Option<(usize, Traits)> {
    loop {
        let byte = *bytes.get(at)?;
        match byte {
            b'"' => return Some((at, traits)),
            b'\\' => return None,
            0x80.. => traits.wide = true,
            b' ' => traits.odd |= space_before,
            b'{' | 0x7f | 0..0x20 => traits.odd = true,
            _ => {}
        }
        space_before = byte == b' ';
        at += 1;
    }
}

/// Eight bytes as a word, the first the lowest.
#[inline]
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*eight))
}

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

const fn repeat(byte: u8) -> u64 {
    ONES * byte as u64
}

/// The high bit of each byte that is zero, and of no other.
fn zeros(word: u64) -> u64 {
    let low = !HIGH;
    !(((word & low) + low) | word | low)
}

/// The high bit of each ASCII byte that is less than `limit`.
fn below(word: u64, limit: u8) -> u64 {
    // Adding 0x80 - limit carries into the high bit exactly when the byte is not below the limit.
    !((word & !HIGH) + repeat(0x80 - limit)) & HIGH & !word
}

#[cfg(test)]
mod tests {
    use super::{Traits, plainly, string};

    #[test]
    fn eight_at_a_time_sees_what_one_at_a_time_sees() {
        let alphabet = b"aZ9 \"\\{}\x01\x1f\x20\x21\x7e\x7f\x80\xc3\xffx";
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        for _ in 0..200_000 {
            let length = next() as usize % 40;
            // Mostly plain, so that whole words are passed over.
            let text: Vec<u8> = (0..length)
                .map(|_| match next() % 12 {
                    0 => *alphabet
                        .get(next() as usize % alphabet.len())
                        .unwrap_or(&b'x'),
                    1 => b' ',
                    n => b'a' + n as u8,
                })
                .chain(*b"\"")
                .collect();
            for from in 0..3 {
                let expected = plainly(&text, from, Traits::default(), false);
                assert_eq!(string(&text, from), expected, "{text:?} {from}");
            }
        }
    }
}
