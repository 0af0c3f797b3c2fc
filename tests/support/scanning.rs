//! The readers of many bytes at once against their twins, natively (words) and in the wasm (vectors).

use wa_preflight::payload::batch::scan::{Traits, digits, digits_plainly, string, string_plainly};

/// The same texts on every run.
struct Texts(u64);

impl Texts {
    fn next(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % sides
    }

    /// Mostly plain, so that whole blocks are passed over.
    fn text(&mut self) -> Vec<u8> {
        let strange = b"aZ9 \"\\{}\x01\x1f\x20\x21\x7e\x7f\x80\xc3\xffx";
        let one_in = [4, 12, 40][self.next(3)];
        let length = self.next(70);
        let mut text: Vec<u8> = (0..length)
            .map(|_| match self.next(one_in) {
                0 => strange[self.next(strange.len())],
                1 => b' ',
                _ => b'a' + self.next(26) as u8,
            })
            .collect();
        if self.next(20) != 0 {
            text.push(b'"');
            text.resize(text.len() + self.next(40), b'~');
        }
        text
    }
}

/// Panics with the text where the two differ.
pub fn blocks_see_what_single_bytes_see() {
    let mut texts = Texts(0x2545_f491_4f6c_dd1d);
    let (mut found, mut odd, mut wide) = (0, 0, 0);
    for _ in 0..200_000 {
        let text = texts.text();
        for from in [0, 1, 2, 70] {
            let expected = string_plainly(&text, from, Traits::default(), false);
            assert_eq!(string(&text, from), expected, "{text:?} {from}");
            if let Some((_, traits)) = expected {
                found += 1;
                odd += usize::from(traits.odd);
                wide += usize::from(traits.wide);
            }
        }
    }
    // Else it would say nothing.
    assert!(
        found > 300_000 && odd > 50_000 && wide > 10_000,
        "{found} {odd} {wide}"
    );
}

/// Likewise.
pub fn words_of_digits_are_the_numbers_that_they_say() {
    let mut texts = Texts(0x9e37_79b9_7f4a_7c15);
    for round in 0..200_000 {
        let length = round % 22;
        let mut text: Vec<u8> = (0..length).map(|_| b'0' + texts.next(10) as u8).collect();
        let behind = [b'"', b'/', b':', b' ', 0, 0xb5, 0xff][texts.next(7)];
        text.resize(length + texts.next(24), behind);
        assert_eq!(digits(&text, 0), digits_plainly(&text, 0), "{text:?}");
        let number = std::str::from_utf8(&text[..length])
            .unwrap()
            .parse()
            .unwrap_or(0);
        let expected = (length <= 15).then_some((number, length));
        assert_eq!(digits(&text, 0), expected, "{text:?}");
    }
}
