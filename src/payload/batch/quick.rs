//! The quick way from a row to its payload, for rows in which nothing needs a second look.
//!
//! A row is taken only when `check` would certainly find no fault in it: every value is plain
//! ([`scan`]), short enough, and of the usual characters for its kind. All others answer
//! [`Verdict::Look`] and go the whole way. What is written is what `build` writes: the constant parts
//! come from `build` itself, called once for each set of parameters that rows have (see [`Skeleton`]).
//!
//! What is inlined always is what a row that looks like the one before it goes through: a call in wasm costs
//! as much as reading a short value.

mod shapes;
mod skeleton;
mod value;

use super::lines::Lines;
use crate::findings::Options;
use crate::limits::Limit;
use crate::payload::build::write;
use crate::payload::check::{Filled, Given};
use crate::payload::input::Input;
use crate::payload::reach;
use crate::template::{Action, Header, ParameterKind, Piece, Slot, Template};
use shapes::Shapes;
pub(super) use skeleton::may_have_holes;
use skeleton::{Skeleton, hole};
use std::borrow::Cow;
use std::collections::BTreeMap;
use value::{Reader, Test};

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
    /// How many digits they are.
    pub count: usize,
    /// Whether the first digit is one of a country where Meta does not deliver everything.
    pub may_be_out_of_reach: bool,
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
    /// The order that they stand in.
    order: Vec<usize>,
    /// The keys of rows: those of the slots, then `to`, `callbackData` and `values`.
    keys: Vec<String>,
    shapes: Shapes,
    /// Whether what is told of numbers (no plus, another spelling) is only counted, not looked at.
    plus_optional: bool,
    callback_max: usize,
    /// Whether it is marketing, which is not delivered everywhere.
    marketing: bool,
    /// Whether values may stand beside `to`, as rows of a table write them.
    flat: bool,
}

/// What a row says.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// Bit `i`: value `i` is there.
    mask: u64,
    recipient: Recipient,
    /// The place behind its line break.
    next: usize,
}

/// Rows with more parameters go the whole way.
const MOST_SLOTS: usize = 48;
/// Rows with more kinds of sets of parameters go the whole way.
const MOST_SKELETONS: usize = 16;

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
        // Of some templates there is something to say with every message.
        let told = reach::is_test_only(&template.name);
        if special || unsure || told || slots.len() > MOST_SLOTS {
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
            keys.push(slot.key.clone());
            readers.push(Reader {
                test,
                part,
                max: most,
            });
        }
        keys.extend(["to", "callbackData", "values"].map(str::to_owned));
        Some(Quick {
            keys,
            found: vec![(0, 0); readers.len() + 2],
            order: Vec::new(),
            shapes: Shapes::default(),
            slots: readers,
            required,
            room,
            skeletons: Vec::new(),
            plus_optional: options.policy.is_empty(),
            callback_max: max(Limit::CallbackChars),
            marketing: template.is_marketing(),
            flat: true,
        })
    }

    /// Makes room for what `defaults` give to every row.
    pub(super) fn reserve(&mut self, defaults: &Filled<'_, '_, '_>) {
        for (key, given) in &defaults.given {
            let place = self.keys.iter().position(|known| known == key);
            let part = place.and_then(|place| self.slots.get(place)?.part);
            if let Some(room) = part.and_then(|part| self.room.get_mut(part)) {
                *room = room.saturating_sub(given.shown().len());
            }
        }
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
    #[inline(always)]
    pub(super) fn row(
        &mut self,
        bytes: &[u8],
        from: usize,
        template: &Template,
        defaults: &Filled<'_, '_, '_>,
        out: &mut Lines,
    ) -> Verdict {
        let Some(row) = self.read(bytes, from) else {
            return Verdict::Look;
        };
        let written = self.fill(bytes, from, row, out);
        let written = written.or_else(|| {
            self.skeleton(row.mask, template, defaults)?;
            self.fill(bytes, from, row, out)
        });
        written.unwrap_or(Verdict::Look)
    }

    /// As [`Quick::row`], for the first row of `bytes`; `None` when rows with its set of values have
    /// no skeleton yet.
    pub(super) fn known(&mut self, bytes: &[u8], out: &mut Lines) -> Option<Verdict> {
        match self.read(bytes, 0) {
            Some(row) => self.fill(bytes, 0, row, out),
            None => Some(Verdict::Look),
        }
    }

    /// Writes the row that was read, into its skeleton.
    #[inline(always)]
    fn fill(&self, bytes: &[u8], from: usize, row: Row, out: &mut Lines) -> Option<Verdict> {
        let (_, skeleton) = self
            .skeletons
            .iter()
            .find(|(known, _)| *known == row.mask)?;
        let with_plus = (!row.recipient.plus).then_some(self.slots.len());
        skeleton.write(bytes, &self.found, with_plus, row.next - from, out)?;
        Some(Verdict::Written(row.recipient, row.next))
    }

    /// Reads a row that has its line break (one without may not have come to its end).
    #[inline(always)]
    fn read(&mut self, bytes: &[u8], from: usize) -> Option<Row> {
        match self.follow(bytes, from) {
            Some(row) => row,
            None => self.spell(bytes, from),
        }
    }

    /// Reads a row that differs from an earlier one in its values alone; the inner `None` says that the
    /// whole way has to decide, the outer one that there was no such row.
    #[inline(always)]
    fn follow(&mut self, bytes: &[u8], from: usize) -> Option<Option<Row>> {
        let (mut mask, mut recipient) = (0u64, None);
        let mut room = self.room;
        let mut at = from;
        let mut last = None;
        loop {
            let (step, start) = self.shapes.step(last, bytes, at)?;
            let Some(place) = step.value else {
                return Some(self.row_of(mask, recipient, start));
            };
            let end = self.string(place, bytes, start, &mut room, &mut recipient);
            let Some(end) = end else { return Some(None) };
            mask |= 1 << place;
            *self.found.get_mut(place)? = (start, end);
            at = end + 1;
            last = Some(step);
        }
    }

    /// Reads a row a byte at a time, and remembers how it is written.
    #[cold]
    fn spell(&mut self, bytes: &[u8], from: usize) -> Option<Row> {
        let to = self.slots.len();
        let (mut mask, mut recipient) = (0u64, None);
        let mut room = self.room;
        let mut depth = 0;
        let mut has_values = false;
        let mut only_strings = true;
        self.order.clear();
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
                    Some(b',') => {
                        at = blank(bytes, at + 1);
                        (bytes.get(at) == Some(&b'"')).then_some(())?;
                    }
                    Some(b'}') => {}
                    _ => return None,
                }
                continue;
            }
            let (place, behind) = self.key(bytes, at)?;
            at = blank(bytes, behind);
            let quote = after(bytes, at, b'"');
            let slot = self.slots.get(place);
            if (slot.is_some() && depth == 0 && !self.flat) || (slot.is_none() && depth != 0) {
                return None;
            }
            let (start, end) = match (slot, quote) {
                (_, Some(start)) if place <= to + 1 => {
                    let value =
                        self.string_apart(place, bytes, start, &mut room, &mut recipient)?;
                    (start, value)
                }
                (Some(reader), None) => {
                    only_strings = false;
                    (at, reader.number(bytes, at, &mut room)?)
                }
                // The values of the row.
                _ => {
                    at = after(bytes, at, b'{').filter(|_| place > to + 1 && !has_values)?;
                    (depth, has_values) = (1, true);
                    continue;
                }
            };
            (!mark(&mut mask, place)).then_some(())?;
            *self.found.get_mut(place)? = (start, end);
            self.order.push(place);
            at = blank(bytes, end + usize::from(quote.is_some()));
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
        if only_strings {
            self.shapes
                .learn(bytes, (from, next), &self.order, &self.found);
        }
        self.row_of(mask, recipient, next)
    }

    fn row_of(&self, mask: u64, recipient: Option<Recipient>, next: usize) -> Option<Row> {
        let recipient = recipient?;
        let told = recipient.may_have_other_spelling || !recipient.plus;
        let fine = !recipient.may_be_out_of_reach
            || !reach::is_told(recipient.digits, recipient.count, self.marketing);
        ((!told || self.plus_optional) && fine).then_some(Row {
            mask,
            recipient,
            next,
        })
    }

    /// Reads and tests the string of a value, behind its opening quote; the answer is the place of its
    /// closing one.
    #[inline(always)]
    fn string(
        &self,
        place: usize,
        bytes: &[u8],
        start: usize,
        room: &mut [usize; 2],
        recipient: &mut Option<Recipient>,
    ) -> Option<usize> {
        let to = self.slots.len();
        match self.slots.get(place) {
            Some(reader) => reader.string(bytes, start, room),
            None if place == to => {
                let (number, end) = value::phone(bytes, start)?;
                *recipient = Some(number);
                Some(end)
            }
            None => value::text(bytes, start).filter(|end| end - start <= self.callback_max),
        }
    }

    /// The same where speed does not count, so that it stands in the wasm twice and not more often.
    #[inline(never)]
    fn string_apart(
        &self,
        place: usize,
        bytes: &[u8],
        start: usize,
        room: &mut [usize; 2],
        recipient: &mut Option<Recipient>,
    ) -> Option<usize> {
        self.string(place, bytes, start, room, recipient)
    }

    /// Reads a key with its colon: its place among the keys, and that behind its colon.
    fn key(&self, bytes: &[u8], at: usize) -> Option<(usize, usize)> {
        let start = after(bytes, at, b'"')?;
        let end = value::text(bytes, start)?;
        let name = bytes.get(start..end)?;
        let place = self.keys.iter().position(|key| key.as_bytes() == name)?;
        let behind = after(bytes, blank(bytes, end + 1), b':')?;
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
        let mut values: BTreeMap<&str, Given<'_, '_>> = BTreeMap::new();
        for (place, slot) in template.slots().into_iter().enumerate() {
            let key = slot.key.as_str();
            if given(place) {
                values.insert(key, Given::Text(Cow::Owned(hole(place))));
            } else if let Some(default) = defaults.given.get(key) {
                values.insert(key, default.clone());
            } else if self.required & (1 << place) != 0 {
                return None;
            }
        }
        let callback = hole(to + 1);
        let input = Input {
            to: Some(hole(to)),
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
