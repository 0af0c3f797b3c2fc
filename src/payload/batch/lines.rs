//! Payloads as they are written: lines in a buffer whose rest is zeros.
//!
//! A `Vec` looks at its room with every piece that is pushed. Here a writer asks once for the room of a
//! whole row, and copies sixteen bytes at a time into it, whatever stands behind them.

use std::ops::Deref;

/// Bytes, and room behind them. Reads as the bytes.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    bytes: Vec<u8>,
    length: usize,
}

impl Lines {
    /// At least `most` bytes behind what is written; what is put there counts after [`Lines::advance`].
    #[inline(always)]
    pub(super) fn room(&mut self, most: usize) -> &mut [u8] {
        let wanted = self.length.saturating_add(most);
        if wanted > self.bytes.len() {
            self.grow(wanted);
        }
        self.bytes.get_mut(self.length..).unwrap_or_default()
    }

    #[cold]
    fn grow(&mut self, wanted: usize) {
        let size = wanted.max(self.bytes.len().saturating_mul(2));
        self.bytes.resize(size, 0);
    }

    /// Counts what was put into the room.
    #[inline(always)]
    pub(super) fn advance(&mut self, by: usize) {
        self.length = self.bytes.len().min(self.length.saturating_add(by));
    }

    /// Appends a text.
    pub(super) fn push(&mut self, text: &[u8]) {
        let length = text.len();
        if let Some(place) = self.room(length).get_mut(..length) {
            place.copy_from_slice(text);
            self.advance(length);
        }
    }

    /// Takes back what was written behind `length`.
    pub(super) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    /// Empties it, and keeps its memory.
    pub(super) fn clear(&mut self) {
        self.length = 0;
    }
}

impl Deref for Lines {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn only_what_counts_is_read() {
        let mut lines = Lines::default();
        lines.push(b"one\n");
        let room = lines.room(100).iter_mut();
        room.zip(b"twoxyz").for_each(|(to, from)| *to = *from);
        lines.advance(3);
        assert_eq!(&*lines, b"one\ntwo");
        lines.push(b"\n");
        assert_eq!(&*lines, b"one\ntwo\n");
        lines.truncate(4);
        lines.push(b"2\n");
        assert_eq!(&*lines, b"one\n2\n");
        lines.clear();
        assert!(lines.is_empty() && lines.room(300).len() >= 300);
        lines.advance(usize::MAX);
        assert!(lines.len() >= 300, "never more than there is");
    }
}
