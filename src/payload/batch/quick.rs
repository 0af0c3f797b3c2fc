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
    /// Its payload is written.
    Written(Recipient, usize),
    /// The whole way decides.
    Look,
}

/// The recipient of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recipient {
    /// The digits, as a number.
    pub digits: u64,
    /// Whether they have a plus.
    pub plus: bool,
    /// Whether the number is of Mexico, Argentina or Brazil, where WhatsApp may know it by another
    /// spelling.
    pub may_have_other_spelling: bool,
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
    /// The keys of rows: those of the slots, then `to`, `callbackData` and `values`.
    keys: Vec<Key>,
    /// The keys in the order that the last row had them in.
    order: Vec<usize>,
    /// Whether what is told of numbers (no plus, another spelling) is only counted, not looked at.
    plus_optional: bool,
    callback_max: usize,
    /// Whether values may stand beside `to`, as rows of a table write them.
    flat: bool,
}

#[derive(Debug)]
struct Reader {
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

/// A key with its quotes and its colon, as most rows write it.
#[derive(Debug)]
struct Key {
    name: Vec<u8>,
    /// The first sixteen bytes, and which of their bits there are.
    words: [(u64, u64); 2],
    /// How many bytes; 0 when there are more than sixteen.
    length: usize,
}

/// The constant parts of a payload, and what stands between them.
#[derive(Debug)]
struct Skeleton {
    parts: Vec<(Constant, usize)>,
    end: Constant,
}

/// Constant bytes in pieces of sixteen, which are copied without a call. The last one is filled up.
#[derive(Debug)]
struct Constant {
    pieces: Vec<[u8; 16]>,
    length: usize,
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
        let mut keys = Vec::new();
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
            keys.push(Key::new(&slot.key));
            readers.push(Reader {
                test,
                part,
                max: most,
            });
        }
        keys.extend(["to", "callbackData", "values"].map(Key::new));
        Some(Quick {
            keys,
            found: vec![(0, 0); readers.len() + 2],
            order: Vec::new(),
            slots: readers,
            required,
            room,
            skeletons: Vec::new(),
            plus_optional: options.policy.is_empty(),
            callback_max: max(Limit::CallbackChars),
            flat: true,
        })
    }

    /// Takes messages only: their values stand in `values`.
    pub(super) fn for_messages(self) -> Self {
        Quick {
            flat: false,
            ..self
        }
    }

    /// Appends the payload of the row that begins at `from` to `out`, with a line break; the answer
    /// has the place behind the row's own. `defaults` are the slots that have a value for every row,
    /// understood once.
    pub(super) fn row(
        &mut self,
        bytes: &[u8],
        from: usize,
        template: &Template,
        defaults: &Filled<'_, '_, '_>,
        out: &mut Vec<u8>,
    ) -> Verdict {
        let Some((mask, recipient, next)) = self.read(bytes, from) else {
            return Verdict::Look;
        };
        if self.skeleton(mask, template, defaults).is_none() {
            return Verdict::Look;
        }
        self.fill(bytes, mask, recipient, next, out)
            .unwrap_or(Verdict::Look)
    }

    /// As [`Quick::row`], for the first row of `bytes`; `None` when rows with its set of values have
    /// no skeleton yet.
    pub(super) fn known(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Option<Verdict> {
        match self.read(bytes, 0) {
            Some((mask, recipient, next)) => self.fill(bytes, mask, recipient, next, out),
            None => Some(Verdict::Look),
        }
    }

    /// Writes the row that was read, into its skeleton.
    #[inline]
    fn fill(
        &self,
        bytes: &[u8],
        mask: u64,
        recipient: Recipient,
        next: usize,
        out: &mut Vec<u8>,
    ) -> Option<Verdict> {
        let (_, skeleton) = self.skeletons.iter().find(|(known, _)| *known == mask)?;
        let to = self.slots.len();
        for (constant, hole) in &skeleton.parts {
            constant.put(out);
            let (start, end) = self.found.get(*hole).copied().unwrap_or_default();
            if *hole == to && !recipient.plus {
                out.push(b'+');
            }
            put(out, bytes, start, end);
        }
        skeleton.end.put(out);
        Some(Verdict::Written(recipient, next))
    }

    /// Reads a row; the answer is which slots it has, the recipient, and the place behind its line
    /// break: a row without one may not have come to its end.
    fn read(&mut self, bytes: &[u8], from: usize) -> Option<(u64, Recipient, usize)> {
        let to = self.slots.len();
        let (mut mask, mut recipient) = (0u64, None);
        let mut room = self.room;
        let mut depth = 0;
        let mut turn = 0;
        let mut at = blank(bytes, from);
        at = after(bytes, at, b'{')?;
        loop {
            at = blank(bytes, at);
            // An object may be empty, and may end behind any value.
            if bytes.get(at) == Some(&b'}') {
                at = blank(bytes, at + 1);
                if depth == 0 {
                    break;
                }
                depth = 0;
                match bytes.get(at) {
                    Some(b',') => at += 1,
                    Some(b'}') => {}
                    _ => return None,
                }
                continue;
            }
            let (place, behind) = self.key(bytes, at, turn)?;
            turn += 1;
            at = blank(bytes, behind);
            if let Some(reader) = self.slots.get(place) {
                (self.flat || depth != 0).then_some(())?;
                let (start, end, behind) = reader.value(bytes, at)?;
                (!mark(&mut mask, place)).then_some(())?;
                if let Some(left) = reader.part.and_then(|part| room.get_mut(part)) {
                    *left = left.checked_sub(end - start)?;
                }
                *self.found.get_mut(place)? = (start, end);
                at = behind;
            } else if depth != 0 {
                return None;
            } else if place == to {
                let (number, end) = number(bytes, at)?;
                (!mark(&mut mask, to)).then_some(())?;
                *self.found.get_mut(to)? = (at + 1, end);
                recipient = Some(number);
                at = end + 1;
            } else if place == to + 1 {
                let (start, end, behind) = text(bytes, at)?;
                (!mark(&mut mask, to + 1) && end - start <= self.callback_max).then_some(())?;
                *self.found.get_mut(to + 1)? = (start, end);
                at = behind;
            } else {
                at = after(bytes, at, b'{')?;
                depth = 1;
                continue;
            }
            at = blank(bytes, at);
            match bytes.get(at) {
                Some(b',') => {
                    at = blank(bytes, at + 1);
                    // A comma wants another key.
                    (bytes.get(at) == Some(&b'"')).then_some(())?;
                }
                Some(b'}') => {}
                _ => return None,
            }
        }
        // Only blanks may follow.
        let next = after(bytes, at, b'\n')?;
        let recipient = recipient?;
        let told = recipient.may_have_other_spelling || !recipient.plus;
        (!told || self.plus_optional).then_some((mask, recipient, next))
    }

    /// Reads a key with its colon: mostly the one that had its turn in the row before. The answer is
    /// its place among the keys, and that behind its colon.
    fn key(&mut self, bytes: &[u8], at: usize, turn: usize) -> Option<(usize, usize)> {
        if let Some(place) = self.order.get(turn)
            && let Some(key) = self.keys.get(*place)
            && key.stands(bytes, at)
        {
            return Some((*place, at + key.length));
        }
        let start = after(bytes, at, b'"')?;
        let (end, _) = scan::string(bytes, start)?;
        let name = bytes.get(start..end)?;
        let place = self.keys.iter().position(|key| key.name == name)?;
        let behind = after(bytes, blank(bytes, end + 1), b':')?;
        self.order.truncate(turn);
        if self.order.len() == turn {
            self.order.push(place);
        }
        Some((place, behind))
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
        if bytes.is_empty() || bytes.len() > self.max {
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
            parts.push((Constant::new(constant), place.parse().ok()?));
            rest = behind;
        }
        Some(Skeleton {
            parts,
            end: Constant::new(&[rest, "\n"].concat()),
        })
    }
}

impl Constant {
    fn new(text: &str) -> Self {
        let pieces = text.as_bytes().chunks(16).map(|some| {
            let mut piece = [0; 16];
            piece
                .iter_mut()
                .zip(some)
                .for_each(|(to, from)| *to = *from);
            piece
        });
        Constant {
            pieces: pieces.collect(),
            length: text.len(),
        }
    }

    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        let end = out.len() + self.length;
        for piece in &self.pieces {
            out.extend_from_slice(piece);
        }
        out.truncate(end);
    }
}

impl Key {
    fn new(name: &str) -> Self {
        let whole = ["\"", name, "\":"].concat();
        let half = |from: usize| {
            let bytes = whole.bytes().skip(from).take(8).enumerate();
            bytes.fold((0, 0), |(word, mask), (place, byte)| {
                let shift = 8 * place;
                (word | u64::from(byte) << shift, mask | 0xff << shift)
            })
        };
        Key {
            words: [half(0), half(8)],
            length: if whole.len() <= 16 { whole.len() } else { 0 },
            name: name.as_bytes().to_vec(),
        }
    }

    /// Whether the key stands there, with nothing between it and its colon.
    #[inline]
    fn stands(&self, bytes: &[u8], at: usize) -> bool {
        let [low, high] = self.words;
        let is = |at, (word, mask)| scan::word(bytes, at).is_some_and(|w| w & mask == word);
        self.length > 0 && is(at, low) && is(at + 8, high)
    }
}

/// Appends a part of `bytes`, in pieces of sixteen as long as that many are there.
#[inline]
fn put(out: &mut Vec<u8>, bytes: &[u8], start: usize, end: usize) {
    let whole = out.len() + (end - start);
    let mut at = start;
    while at < end {
        let rest = bytes.get(at..).unwrap_or_default();
        match rest.first_chunk::<16>() {
            Some(piece) => out.extend_from_slice(piece),
            None => {
                out.extend_from_slice(rest.get(..end - at).unwrap_or_default());
                break;
            }
        }
        at += 16;
    }
    out.truncate(whole);
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
    let plain = !traits.wide && !traits.odd && end > start;
    (plain && line.get(start) != Some(&b' ')).then_some((start, end, end + 1))
}

/// A phone number that is written plainly, with or without its plus, and the place of its closing
/// quote.
fn number(line: &[u8], at: usize) -> Option<(Recipient, usize)> {
    let start = after(line, at, b'"')?;
    let plus = line.get(start) == Some(&b'+');
    let first = start + usize::from(plus);
    let mut end = first;
    let mut digits = 0u64;
    while let Some(byte @ b'0'..=b'9') = line.get(end) {
        if end - first == 15 {
            return None;
        }
        // At most fifteen digits: nothing can overflow, and to make sure of it would cost a call for each.
        digits = digits.wrapping_mul(10).wrapping_add(u64::from(byte & 0x0f));
        end += 1;
    }
    let plain = end - first >= 7 && line.get(first) != Some(&b'0') && line.get(end) == Some(&b'"');
    let country = (line.get(first), line.get(first + 1));
    let may_have_other_spelling = matches!(country, (Some(b'5'), Some(b'2' | b'4' | b'5')));
    let recipient = Recipient {
        digits,
        plus,
        may_have_other_spelling,
    };
    plain.then_some((recipient, end))
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
    matches!(
        bytes.first(),
        Some(b'n' | b'u' | b'N' | b'[' | b' ' | b'\t')
    ) && matches!(
        bytes.trim_ascii(),
        b"null" | b"undefined" | b"None" | b"NULL" | b"NaN" | b"nil" | b"[object Object]"
    )
}

/// A suffix that stays where the address points, whatever comes before it.
fn plain_suffix(bytes: &[u8]) -> bool {
    // As if a slash stood before it: it may not begin with one.
    let mut last = b'/';
    for byte in bytes {
        let usual = byte.is_ascii_alphanumeric() || b"-_=&?.~/".contains(byte);
        if !usual || (*byte == last && matches!(byte, b'.' | b'/')) {
            return false;
        }
        last = *byte;
    }
    !bytes.is_empty()
}
