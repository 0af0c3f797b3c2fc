//! The constant parts of a payload, and what stands between them.

use super::super::lines::Lines;

/// A payload with holes.
#[derive(Debug)]
pub(super) struct Skeleton {
    parts: Vec<(Constant, usize)>,
    end: Constant,
    /// Bytes of room for all that is constant.
    room: usize,
}

/// Constant bytes in pieces of sixteen, which are copied without a call. The last one is filled up.
#[derive(Debug)]
struct Constant {
    pieces: Vec<[u8; PIECE]>,
    length: usize,
}

const PIECE: usize = 16;
/// What stands around the number of a hole.
const MARK: (char, char) = ('\u{e000}', '\u{e001}');

/// The text of a hole, for [`Skeleton::read`] to find.
pub(super) fn hole(number: usize) -> String {
    format!("{}{number}{}", MARK.0, MARK.1)
}

/// Whether JSON may have a text in it that would be taken for a hole.
pub(in super::super) fn may_have_holes(json: &str) -> bool {
    json.contains([MARK.0, MARK.1]) || json.to_ascii_lowercase().contains("\\ue00")
}

impl Skeleton {
    /// Takes the holes out of a payload, which becomes a line.
    pub(super) fn read(payload: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = payload;
        while let Some((constant, behind)) = rest.split_once(MARK.0) {
            let (place, behind) = behind.split_once(MARK.1)?;
            parts.push((Constant::new(constant), place.parse().ok()?));
            rest = behind;
        }
        let end = Constant::new(&[rest, "\n"].concat());
        let constants = parts.iter().map(|(constant, _)| constant).chain([&end]);
        // A value's last piece reaches past its end, too; and one byte may be put before it.
        let room = constants.map(|c| c.room() + PIECE + 1).sum();
        Some(Skeleton { parts, end, room })
    }

    /// Writes the payload. `values` has the place of each hole's bytes in `bytes`; before that of the
    /// hole `with_plus` stands a plus. `most` is how many bytes all values have at most.
    #[inline(always)]
    pub(super) fn write(
        &self,
        bytes: &[u8],
        values: &[(usize, usize)],
        with_plus: Option<usize>,
        most: usize,
        out: &mut Lines,
    ) -> Option<()> {
        let room = out.room(self.room + most);
        let mut at = 0;
        for (constant, hole) in &self.parts {
            at = constant.put(room, at)?;
            if Some(*hole) == with_plus {
                *room.get_mut(at)? = b'+';
                at += 1;
            }
            let (start, end) = *values.get(*hole)?;
            at = put(room, at, bytes, start, end)?;
        }
        at = self.end.put(room, at)?;
        out.advance(at);
        Some(())
    }
}

impl Constant {
    fn new(text: &str) -> Self {
        let pieces = text.as_bytes().chunks(PIECE).map(|some| {
            let mut piece = [0; PIECE];
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

    fn room(&self) -> usize {
        self.pieces.len() * PIECE
    }

    /// Puts it at a place; the answer is the place behind it.
    #[inline(always)]
    fn put(&self, room: &mut [u8], at: usize) -> Option<usize> {
        let place = room.get_mut(at..at + self.room())?;
        for (to, from) in place.as_chunks_mut().0.iter_mut().zip(&self.pieces) {
            *to = *from;
        }
        Some(at + self.length)
    }
}

/// Puts a part of `bytes` at a place, in pieces of sixteen as long as that many are there; the answer is
/// the place behind it.
#[inline(always)]
fn put(room: &mut [u8], at: usize, bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let mut done = start;
    let mut to = at;
    while done < end {
        let rest = bytes.get(done..)?;
        match rest.first_chunk::<PIECE>() {
            Some(piece) => *room.get_mut(to..)?.first_chunk_mut()? = *piece,
            None => {
                let rest = rest.get(..end - done)?;
                room.get_mut(to..to + rest.len())?.copy_from_slice(rest);
                break;
            }
        }
        done += PIECE;
        to += PIECE;
    }
    Some(at + (end - start))
}
