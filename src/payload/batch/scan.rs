//! Finds the end of a JSON string sixteen bytes at a time, or eight where the processor's vectors are not to
//! be had, and says whether anything in it needs a second look. Safe code throughout: blocks are built from
//! arrays, not from pointers. Each quick reader has a twin that goes one byte at a time, for the last bytes and
//! for the tests (`tests/wasm_cases` asks the vectors).

/// What a string holds that a plain value does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traits {
    /// A byte beyond ASCII.
    pub wide: bool,
    /// Two spaces beside each other, a brace, a control character: `value` must look.
    pub odd: bool,
}

/// Where the string that begins behind its quote at `from` ends (the place of its closing quote),
/// and its traits; `None` when it never does, or has a backslash: then the text is not what the bytes
/// say.
#[inline(always)]
pub fn string(bytes: &[u8], from: usize) -> Option<(usize, Traits)> {
    // The marks of bytes that are wide or odd, and whether the last byte was a space.
    let (mut wide, mut odd, mut space_before) = (0, 0, 0);
    let mut at = from;
    while let Some(block) = Block::at(bytes, at) {
        let (quotes, spaces) = (block.are(b'"'), block.are(b' '));
        let stops = quotes | block.are(b'\\');
        let strange = block.are_controls()
            | block.are(b'{')
            | block.are(0x7f)
            | (spaces & (spaces << block::STEP | space_before));
        // Only what stands before the first stop counts.
        let before = (stops & stops.wrapping_neg()).wrapping_sub(1);
        wide |= block.are_wide() & before;
        odd |= strange & before;
        if stops != 0 {
            let traits = Traits {
                wide: wide != 0,
                odd: odd != 0,
            };
            let place = at + stops.trailing_zeros() as usize / block::STEP;
            return (quotes & stops & stops.wrapping_neg() != 0).then_some((place, traits));
        }
        space_before = spaces >> (block::STEP * (block::LENGTH - 1));
        at += block::LENGTH;
    }
    let traits = Traits {
        wide: wide != 0,
        odd: odd != 0,
    };
    string_plainly(bytes, at, traits, space_before != 0)
}

/// Sixteen bytes; a mark is a bit.
#[cfg(target_feature = "simd128")]
mod block {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u64x2, v128};

    pub(super) const LENGTH: usize = 16;
    /// Bits for each byte.
    pub(super) const STEP: usize = 1;

    #[derive(Clone, Copy)]
    pub(super) struct Block(v128);

    impl Block {
        #[inline(always)]
        pub(super) fn at(bytes: &[u8], at: usize) -> Option<Self> {
            let sixteen = bytes.get(at..)?.first_chunk::<LENGTH>()?;
            let both = u128::from_le_bytes(*sixteen);
            Some(Block(u64x2(both as u64, (both >> 64) as u64)))
        }

        #[inline(always)]
        pub(super) fn are(self, byte: u8) -> u32 {
            u8x16_bitmask(u8x16_eq(self.0, u8x16_splat(byte))).into()
        }

        #[inline(always)]
        pub(super) fn are_controls(self) -> u32 {
            u8x16_bitmask(u8x16_lt(self.0, u8x16_splat(b' '))).into()
        }

        #[inline(always)]
        pub(super) fn are_wide(self) -> u32 {
            u8x16_bitmask(self.0).into()
        }
    }
}

/// Eight bytes as a word; a mark is the high bit of its byte.
#[cfg(not(target_feature = "simd128"))]
mod block {
    use super::{HIGH, below, repeat, word};

    pub(super) const LENGTH: usize = 8;
    /// Bits for each byte.
    pub(super) const STEP: usize = 8;

    #[derive(Clone, Copy)]
    pub(super) struct Block(u64);

    impl Block {
        #[inline(always)]
        pub(super) fn at(bytes: &[u8], at: usize) -> Option<Self> {
            word(bytes, at).map(Block)
        }

        #[inline(always)]
        pub(super) fn are(self, byte: u8) -> u64 {
            zeros(self.0 ^ repeat(byte))
        }

        #[inline(always)]
        pub(super) fn are_controls(self) -> u64 {
            below(self.0, 0x20)
        }

        #[inline(always)]
        pub(super) fn are_wide(self) -> u64 {
            self.0 & HIGH
        }
    }

    /// The high bit of each byte that is zero, and of no other.
    fn zeros(word: u64) -> u64 {
        let low = !HIGH;
        !(((word & low) + low) | word | low)
    }
}

use block::Block;

/// The number that the digits at `at` are, and how many they are; `None` when they are more than fifteen.
/// A number of sixteen would fit, and no phone number has more than fifteen.
#[inline(always)]
pub fn digits(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let (Some(first), Some(second)) = (word(bytes, at), word(bytes, at + 8)) else {
        return digits_plainly(bytes, at);
    };
    let (high, count) = leading_digits(first);
    if count < 8 {
        return Some((high, count));
    }
    let (low, more) = leading_digits(second);
    let power = TENS.get(more)?;
    Some((high.wrapping_mul(*power).wrapping_add(low), 8 + more))
}

/// Powers of ten by which eight digits still fit.
const TENS: [u64; 8] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// The digits that a word begins with: their number, and how many they are.
#[inline(always)]
fn leading_digits(word: u64) -> (u64, usize) {
    let values = word ^ repeat(b'0');
    let others = !below(values, 10) & HIGH;
    let count = (others.trailing_zeros() >> 3) as usize;
    if count == 0 {
        return (0, 0);
    }
    // As if zeros stood before them. Each step joins neighbours: two digits, then four, then eight.
    let eight = values << (64 - 8 * count);
    let two = eight.wrapping_mul(10).wrapping_add(eight >> 8) & 0x00ff_00ff_00ff_00ff;
    let four = two.wrapping_mul(100).wrapping_add(two >> 16) & 0x0000_ffff_0000_ffff;
    let all = four.wrapping_mul(10_000).wrapping_add(four >> 32) & 0xffff_ffff;
    (all, count)
}

/// As [`digits`], one byte at a time.
pub fn digits_plainly(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let rest = bytes.get(at..)?;
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let digits = rest.get(..count).filter(|_| count <= 15)?;
    let value = digits.iter().fold(0u64, |number, byte| {
        number.wrapping_mul(10).wrapping_add(u64::from(byte & 0x0f))
    });
    Some((value, count))
}

/// The rest of a string as [`string`] reads it, one byte at a time.
pub fn string_plainly(
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
#[inline(always)]
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*eight))
}

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

const fn repeat(byte: u8) -> u64 {
    ONES * byte as u64
}

/// The high bit of each ASCII byte that is less than `limit`.
fn below(word: u64, limit: u8) -> u64 {
    // Adding 0x80 - limit carries into the high bit exactly when the byte is not below the limit.
    !((word & !HIGH) + repeat(0x80 - limit)) & HIGH & !word
}
