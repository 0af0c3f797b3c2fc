//! Finds the end of a JSON string eight bytes at a time, and says whether anything in it needs a
//! second look. Safe code throughout: words are built from arrays, not from pointers.

/// What a string holds that a plain value does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits {
    /// A backslash: the text is not what the bytes say.
    pub escaped: bool,
    /// A byte beyond ASCII.
    pub wide: bool,
    /// Two spaces beside each other, a brace, a control character: `value` must look.
    pub odd: bool,
}

/// Where the string that begins behind its quote at `from` ends (the place of its closing quote),
/// and its traits; `None` when it never does.
pub(super) fn string(bytes: &[u8], from: usize) -> Option<(usize, Traits)> {
    let mut traits = Traits::default();
    let mut at = from;
    let mut space_before = false;
    while let Some(word) = word(bytes, at) {
        let stops = zeros(word ^ repeat(b'"')) | zeros(word ^ repeat(b'\\'));
        let odd = word & HIGH
            | below(word, 0x20)
            | zeros(word ^ repeat(b'{'))
            | zeros(word ^ repeat(0x7f));
        let spaces = zeros(word ^ repeat(b' '));
        if stops == 0 && odd == 0 {
            traits.odd |= spaces & (spaces << 8) != 0 || (space_before && spaces & 0x80 != 0);
            space_before = spaces >> 63 == 1;
            at += 8;
            continue;
        }
        break;
    }
    // The word with the end in it, or with something odd: byte by byte from here.
    let mut last = if space_before { b' ' } else { 0 };
    loop {
        let byte = *bytes.get(at)?;
        match byte {
            b'"' => return Some((at, traits)),
            b'\\' => {
                traits.escaped = true;
                at += 1;
            }
            0x80.. => traits.wide = true,
            b' ' => traits.odd |= last == b' ',
            b'{' | 0x7f | 0..0x20 => traits.odd = true,
            _ => {}
        }
        last = byte;
        at += 1;
    }
}

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(eight.try_into().ok()?))
}

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
    use super::{Traits, string};

    /// The same, one byte at a time.
    fn plainly(bytes: &[u8], from: usize) -> Option<(usize, Traits)> {
        let mut traits = Traits::default();
        let mut at = from;
        let mut last = 0;
        loop {
            let byte = *bytes.get(at)?;
            match byte {
                b'"' => return Some((at, traits)),
                b'\\' => {
                    traits.escaped = true;
                    at += 1;
                }
                b if b >= 0x80 => traits.wide = true,
                b' ' if last == b' ' => traits.odd = true,
                b if b < 0x20 || b == b'{' || b == 0x7f => traits.odd = true,
                _ => {}
            }
            last = byte;
            at += 1;
        }
    }

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
                        .unwrap_or(&b' '),
                    1 => b' ',
                    n => b'a' + n as u8,
                })
                .chain(*b"\"")
                .collect();
            for from in 0..3 {
                assert_eq!(string(&text, from), plainly(&text, from), "{text:?} {from}");
            }
        }
    }
}
