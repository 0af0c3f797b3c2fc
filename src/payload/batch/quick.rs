//! The quick way from a row to its payload, for rows in which nothing needs a second look.
//!
//! A row is taken only when `check` would certainly find no fault in it: every value is plain
//! ([`scan`]), short enough, and of the usual characters for its kind. All others answer
//! [`Verdict::Look`] and go the whole way. What is written is what `build` writes: the constant parts
//! come from `build` itself, called once for each set of parameters that rows have (see [`Skeleton`]).

use super::scan::{self, Traits};
use crate::findings::Options;
use crate::limits::Limit;
use crate::payload::build::write;
use crate::payload::check::{Filled, Given};
use crate::payload::input::Input;
use crate::template::{Action, Header, ParameterKind, Piece, Slot, Template};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Its payload is written; the recipient's digits, and whether the plus was missing.
    Written(u64, bool),
    /// The whole way decides.
    Look,
}

/// Reads rows for one template.
#[derive(Debug)]
pub(super) struct Quick {
    slots: Vec<Reader>,
    /// Bit `i`: slot `i` must be there.
    required: u64,
    /// Bytes that the values of header and body may have together.
    room: [usize; 2],
    skeletons: Vec<(u64, Skeleton)>,
    /// Where each value of the row at hand stands; the last two are `to` and `callbackData`.
    found: Vec<(usize, usize)>,
    /// The slots in the order of the last row's keys.
    order: Vec<usize>,
    /// Whether what is told of numbers (no plus, another spelling) is only counted, not looked at.
    plus_optional: bool,
    callback_max: usize,
}

#[derive(Debug)]
struct Reader {
    key: Vec<u8>,
    test: Test,
    /// Which text it stands in: 0 the header's, 1 the body's.
    part: Option<usize>,
    /// Bytes that it may have.
    max: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    Text,
    Code,
    Suffix,
    Payload,
    Coupon,
}

/// The constant parts of a payload, and what stands between them.
#[derive(Debug)]
struct Skeleton {
    parts: Vec<(Vec<u8>, usize)>,
    end: Vec<u8>,
}

/// Rows with more parameters go the whole way.
const MOST_SLOTS: usize = 48;
/// Rows with more kinds of sets of parameters go the whole way.
const MOST_SKELETONS: usize = 16;
const MARK: (char, char) = ('\u{e000}', '\u{e001}');

impl Quick {
    /// Prepares for a template; `None` when every row must go the whole way.
    pub(super) fn new(template: &Template, options: &Options) -> Option<Self> {
        let slots = template.slots();
        let unsure = !template.gaps.is_empty()
            || template
                .status
                .as_deref()
                .is_some_and(|status| status != "APPROVED");
        // Offers, cards and news of an order have values that only the whole way understands.
        let special = template.offer.is_some()
            || template.carousel.is_some()
            || template.order_status.is_some();
        if special || unsure || slots.len() > MOST_SLOTS {
            return None;
        }
        let max = |limit| options.limits.max(limit);
        let (body, header) = (&template.body, &template.header);
        let fixed = |pieces: &[Piece]| -> usize {
            let chars = pieces.iter().map(|piece| match piece {
                Piece::Fixed(text) => text.len(),
                Piece::Slot(_) => 0,
            });
            chars.sum()
        };
        // A parameter that stands twice counts twice; the whole way does that.
        let once = |pieces: &[Piece], slots: &[Slot]| {
            pieces.len() <= 2 * slots.len() + 1
                && pieces
                    .iter()
                    .filter(|p| matches!(p, Piece::Slot(_)))
                    .count()
                    == slots.len()
        };
        let header_text = match header {
            Some(Header::Text(text)) => Some(text),
            _ => None,
        };
        if !once(&body.pieces, &body.slots)
            || header_text.is_some_and(|text| !once(&text.pieces, &text.slots))
        {
            return None;
        }
        let room_of = |limit, pieces: &[Piece]| max(limit).saturating_sub(fixed(pieces));
        let room = [
            header_text.map_or(0, |text| room_of(Limit::HeaderChars, &text.pieces)),
            room_of(template.body_limit, &body.pieces),
        ];
        let mut readers = Vec::new();
        let mut required = 0;
        for (place, slot) in slots.iter().enumerate() {
            let (test, most) = match slot.kind {
                ParameterKind::Text => (Test::Text, usize::MAX),
                ParameterKind::OneTimeCode => (Test::Code, max(Limit::OneTimeCodeChars)),
                ParameterKind::Payload => (Test::Payload, max(Limit::PayloadCharsSafe)),
                ParameterKind::CouponCode => (Test::Coupon, max(Limit::CouponCharsSafe)),
                ParameterKind::UrlSuffix => (Test::Suffix, suffix_room(template, slot, options)),
                // Meta's objects; what a text of them stands for is judged on the whole way.
                _ => (Test::Text, 0),
            };
            let part = match slot.key.split('.').next() {
                Some("header") => Some(0),
                Some("body") => Some(1),
                _ => None,
            };
            if slot.required {
                required |= 1 << place;
            }
            let key = slot.key.clone().into_bytes();
            readers.push(Reader {
                key,
                test,
                part,
                max: most,
            });
        }
        Some(Quick {
            found: vec![(0, 0); readers.len() + 2],
            order: Vec::new(),
            slots: readers,
            required,
            room,
            skeletons: Vec::new(),
            plus_optional: options.policy.is_empty(),
            callback_max: max(Limit::CallbackChars),
        })
    }

    /// Appends the payload of a row to `out`, without a line break. `defaults` are the slots that
    /// have a value for every row, understood once.
    pub(super) fn row(
        &mut self,
        line: &[u8],
        template: &Template,
        defaults: &Filled<'_, '_, '_>,
        out: &mut Vec<u8>,
    ) -> Verdict {
        let Some((mask, digits, plus)) = self.read(line) else {
            return Verdict::Look;
        };
        if self.skeleton(mask, template, defaults).is_none() {
            return Verdict::Look;
        }
        let Some((_, skeleton)) = self.skeletons.iter().find(|(known, _)| *known == mask) else {
            return Verdict::Look;
        };
        let to = self.slots.len();
        for (constant, hole) in &skeleton.parts {
            out.extend_from_slice(constant);
            let (start, end) = self.found.get(*hole).copied().unwrap_or_default();
            if *hole == to && !plus {
                out.push(b'+');
            }
            out.extend_from_slice(line.get(start..end).unwrap_or_default());
        }
        out.extend_from_slice(&skeleton.end);
        Verdict::Written(digits, plus)
    }

    /// Reads a row; the answer is which slots it has, and the recipient.
    fn read(&mut self, line: &[u8]) -> Option<(u64, u64, bool)> {
        let to = self.slots.len();
        let (mut mask, mut digits, mut plus) = (0u64, None, true);
        let mut room = self.room;
        let mut depth = 0;
        let mut turn = 0;
        let mut at = blank(line, 0);
        at = after(line, at, b'{')?;
        loop {
            at = blank(line, at);
            // An object may be empty, and may end behind any value.
            if line.get(at) == Some(&b'}') {
                at = blank(line, at + 1);
                if depth == 0 {
                    break;
                }
                depth = 0;
                match line.get(at) {
                    Some(b',') => at += 1,
                    Some(b'}') => {}
                    _ => return None,
                }
                continue;
            }
            let start = after(line, at, b'"')?;
            let (end, traits) = scan::string(line, start)?;
            if traits.escaped {
                return None;
            }
            let key = line.get(start..end)?;
            at = blank(line, end + 1);
            at = blank(line, after(line, at, b':')?);
            match key {
                b"values" if depth == 0 => {
                    at = after(line, at, b'{')?;
                    depth = 1;
                    continue;
                }
                b"to" if depth == 0 => {
                    let (start, end, behind) = text(line, at)?;
                    (digits, plus) = (
                        Some(number(line.get(start..end)?)?),
                        line.get(start) == Some(&b'+'),
                    );
                    (!mark(&mut mask, to)).then_some(())?;
                    *self.found.get_mut(to)? = (start, end);
                    at = behind;
                }
                b"callbackData" if depth == 0 => {
                    let (start, end, behind) = text(line, at)?;
                    (!mark(&mut mask, to + 1) && end - start <= self.callback_max).then_some(())?;
                    *self.found.get_mut(to + 1)? = (start, end);
                    at = behind;
                }
                _ => {
                    let place = self.place(key, turn)?;
                    turn += 1;
                    let reader = self.slots.get(place)?;
                    let (start, end, behind) = reader.value(line, at)?;
                    (!mark(&mut mask, place)).then_some(())?;
                    if let Some(left) = reader.part.and_then(|part| room.get_mut(part)) {
                        *left = left.checked_sub(end - start)?;
                    }
                    *self.found.get_mut(place)? = (start, end);
                    at = behind;
                }
            }
            at = blank(line, at);
            match line.get(at) {
                Some(b',') => {
                    at = blank(line, at + 1);
                    // A comma wants another key.
                    (line.get(at) == Some(&b'"')).then_some(())?;
                }
                Some(b'}') => {}
                _ => return None,
            }
        }
        // Only blanks may follow.
        (at == line.len()).then_some(())?;
        let digits = digits?;
        let told = may_have_other_spelling(digits) || !plus;
        (!told || self.plus_optional).then_some((mask, digits, plus))
    }

    /// The slot of a key: mostly the one that had its turn in the row before.
    fn place(&mut self, key: &[u8], turn: usize) -> Option<usize> {
        let expected = self.order.get(turn).copied();
        if let Some(place) = expected
            && self
                .slots
                .get(place)
                .is_some_and(|reader| reader.key == key)
        {
            return Some(place);
        }
        let place = self.slots.iter().position(|reader| reader.key == key)?;
        self.order.truncate(turn);
        if self.order.len() == turn {
            self.order.push(place);
        }
        Some(place)
    }

    /// Makes the skeleton of a set of slots, unless it is there.
    fn skeleton(
        &mut self,
        mask: u64,
        template: &Template,
        defaults: &Filled<'_, '_, '_>,
    ) -> Option<()> {
        if self.skeletons.iter().any(|(known, _)| *known == mask) {
            return Some(());
        }
        if self.skeletons.len() >= MOST_SKELETONS {
            return None;
        }
        let to = self.slots.len();
        let given = |place: usize| mask & (1 << place) != 0;
        let marker = |place: usize| format!("{}{place}{}", MARK.0, MARK.1);
        let mut values: BTreeMap<&str, Given<'_, '_>> = BTreeMap::new();
        for (place, slot) in template.slots().into_iter().enumerate() {
            let key = slot.key.as_str();
            if given(place) {
                values.insert(key, Given::Text(Cow::Owned(marker(place))));
            } else if let Some(default) = defaults.given.get(key) {
                values.insert(key, default.clone());
            } else if self.required & (1 << place) != 0 {
                return None;
            }
        }
        let callback = marker(to + 1);
        let input = Input {
            to: Some(marker(to)),
            callback: given(to + 1)
                .then_some(callback.as_str())
                .or(defaults.input.callback),
            ..defaults.input.clone()
        };
        let payload = write(
            template,
            &Filled {
                input,
                given: values,
                cards: 0,
            },
        );
        self.skeletons.push((mask, Skeleton::read(&payload)?));
        Some(())
    }
}

impl Reader {
    /// Reads and tests a value: where its bytes stand, and where the next thing does.
    fn value(&self, line: &[u8], at: usize) -> Option<(usize, usize, usize)> {
        let first = *line.get(at)?;
        let (start, end, behind, traits) = if first == b'"' {
            let (end, traits) = scan::string(line, at + 1)?;
            (at + 1, end, end + 1, traits)
        } else {
            let length = plain_number(line.get(at..)?)?;
            (at, at + length, at + length, Traits::default())
        };
        let bytes = line.get(start..end)?;
        if traits.escaped || bytes.is_empty() || bytes.len() > self.max {
            return None;
        }
        let fits = match self.test {
            Test::Text => plain_text(bytes, traits),
            Test::Payload => !traits.wide && !traits.odd && !bytes.starts_with(b" "),
            Test::Code => bytes.iter().all(u8::is_ascii_alphanumeric) && !looks_empty(bytes),
            Test::Coupon => bytes.iter().all(u8::is_ascii_alphanumeric),
            Test::Suffix => plain_suffix(bytes),
        };
        fits.then_some((start, end, behind))
    }
}

impl Skeleton {
    /// Takes the marks out of a payload.
    fn read(payload: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = payload;
        while let Some((constant, behind)) = rest.split_once(MARK.0) {
            let (place, behind) = behind.split_once(MARK.1)?;
            parts.push((constant.as_bytes().to_vec(), place.parse().ok()?));
            rest = behind;
        }
        Some(Skeleton {
            parts,
            end: rest.as_bytes().to_vec(),
        })
    }
}

/// How many bytes a suffix may have; none when the approved address ends in its host's name, where
/// every suffix needs a look.
fn suffix_room(template: &Template, slot: &Slot, options: &Options) -> usize {
    let of_slot = |action: &&Action| matches!(action, Action::Open { suffix: Some(s), .. } if s.key == slot.key);
    let action = template
        .buttons
        .iter()
        .map(|button| &button.action)
        .find(of_slot);
    let Some(Action::Open { base, behind, .. }) = action else {
        return 0;
    };
    let path = base.split_once("://").map_or("", |(_, rest)| rest);
    if path.contains('/') {
        let max = options.limits.max(Limit::UrlChars);
        max.saturating_sub(base.len() + behind.len())
    } else {
        0
    }
}

/// Remembers that a slot has its value; the answer is whether it had one already.
fn mark(mask: &mut u64, place: usize) -> bool {
    let bit = 1u64 << place;
    let had = *mask & bit != 0;
    *mask |= bit;
    had
}

fn blank(line: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\r') = line.get(at) {
        at += 1;
    }
    at
}

fn after(line: &[u8], at: usize, byte: u8) -> Option<usize> {
    (line.get(at) == Some(&byte)).then_some(at + 1)
}

/// A plain string: its bytes, and the place behind its closing quote.
fn text(line: &[u8], at: usize) -> Option<(usize, usize, usize)> {
    let start = after(line, at, b'"')?;
    let (end, traits) = scan::string(line, start)?;
    let plain = !traits.escaped && !traits.wide && !traits.odd && end > start;
    (plain && line.get(start) != Some(&b' ')).then_some((start, end, end + 1))
}

/// The digits of a phone number that is written plainly, with or without its plus.
fn number(text: &[u8]) -> Option<u64> {
    let digits = text.strip_prefix(b"+").unwrap_or(text);
    if !(7..=15).contains(&digits.len()) || digits.first() == Some(&b'0') {
        return None;
    }
    let mut number = 0u64;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u64::from(byte - b'0');
    }
    Some(number)
}

/// Whether a number is of Mexico, Argentina or Brazil, where WhatsApp may know it by another spelling.
pub(super) fn may_have_other_spelling(mut digits: u64) -> bool {
    while digits > 99 {
        digits /= 10;
    }
    matches!(digits, 52 | 54 | 55)
}

/// The length of a number as programs write it: `12`, `-3.50`.
fn plain_number(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(sign);
    if whole == 0 || (whole > 1 && bytes.get(sign) == Some(&b'0')) {
        return None;
    }
    let mut end = sign + whole;
    if bytes.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        if fraction == 0 {
            return None;
        }
        end += 1 + fraction;
    }
    (!matches!(bytes.get(end), Some(b'e' | b'E'))).then_some(end)
}

/// A text in which `value::text` finds nothing.
fn plain_text(bytes: &[u8], traits: Traits) -> bool {
    if traits.odd && !only_short_runs(bytes) {
        return false;
    }
    if traits.wide && !(std::str::from_utf8(bytes).is_ok() && no_hidden(bytes)) {
        return false;
    }
    bytes.iter().any(u8::is_ascii_alphanumeric) && !looks_empty(bytes)
}

/// Whether what made a text odd is only a row of at most four spaces.
fn only_short_runs(bytes: &[u8]) -> bool {
    let mut run = 0;
    for byte in bytes {
        run = if *byte == b' ' { run + 1 } else { 0 };
        if run > 4 || matches!(byte, b'{' | 0x7f | 0..0x20) {
            return false;
        }
    }
    true
}

/// Whether no character is one that hides, breaks a line or turns the direction. Says "no" a little
/// too often: the whole way knows better.
fn no_hidden(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let hidden = match (first, tail) {
            // C1 controls, soft hyphen.
            (0xc2, [0x80..=0x9f | 0xad, ..]) => true,
            // Zero-width characters, line separators, bidi controls, invisible operators.
            (0xe2, [0x80, 0x8b..=0x8f | 0xa8..=0xae, ..] | [0x81, 0xa0..=0xaf, ..]) => true,
            // Hangul fillers, the Mongolian vowel separator, the byte order mark.
            (0xe1, [0x85, 0x9f | 0xa0, ..] | [0xa0, 0x8e, ..]) => true,
            (0xe3, [0x85, 0xa4, ..]) | (0xef, [0xbb, 0xbf, ..]) => true,
            _ => false,
        };
        if hidden {
            return false;
        }
        rest = tail;
    }
    true
}

/// Words that programs write for nothing.
fn looks_empty(bytes: &[u8]) -> bool {
    matches!(bytes.len(), 3..=23)
        && matches!(
            bytes.trim_ascii(),
            b"null" | b"undefined" | b"None" | b"NULL" | b"NaN" | b"nil" | b"[object Object]"
        )
}

/// A suffix that stays where the address points, whatever comes before it.
fn plain_suffix(bytes: &[u8]) -> bool {
    let usual = |b: &u8| b.is_ascii_alphanumeric() || b"-_=&?.~/".contains(b);
    let first = bytes.first().copied().unwrap_or(b'/');
    let twice = |byte: u8| bytes.windows(2).any(|two| two == [byte, byte]);
    bytes.iter().all(usual) && first != b'/' && !twice(b'.') && !twice(b'/')
}
