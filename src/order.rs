//! Order and membership by one piece of code each.
//!
//! Every sort and every set of the standard library is compiled anew for each type that it is used
//! with, a few kilobytes each time; the core is downloaded by browsers, so it uses these instead.

use std::collections::BinaryHeap;

/// What things are sorted by: numbers first, then a word.
pub type Key<'k> = ([usize; 3], &'k str);

/// The same things in the order of their keys; equal keys keep their order.
pub fn sorted<T>(items: Vec<T>, key: &dyn Fn(&T) -> Key<'static>) -> Vec<T> {
    let mut keys = Vec::with_capacity(items.len());
    let mut places = Vec::with_capacity(items.len());
    for item in items {
        keys.push((key(&item), places.len()));
        places.push(Some(item));
    }
    let mut out = Vec::with_capacity(places.len());
    for place in order(keys) {
        if let Some(item) = places.get_mut(place).and_then(Option::take) {
            out.push(item);
        }
    }
    out
}

fn order(keys: Vec<(Key<'static>, usize)>) -> Vec<usize> {
    let mut out = Vec::with_capacity(keys.len());
    let in_order = keys.iter().zip(keys.iter().skip(1)).all(|(a, b)| a <= b);
    if in_order {
        out.extend(0..keys.len());
        return out;
    }
    for (_, place) in BinaryHeap::from(keys).into_sorted_vec() {
        out.push(place);
    }
    out
}

/// Words with a place each, found again at once: texts may hold thousands.
///
/// A hash table of its own, since those of the standard library cost several kilobytes of wasm. The
///  with their neighbours' bytes only; a text that makes them collide is at most as
/// long as a definition may be, and only slows its own check.
#[derive(Debug, Default)]
pub struct Words<'w> {
    entries: Vec<(&'w str, usize)>,
    /// Numbers of entries, counted from 1; 0 is a free place. A power of two, at most half full.
    table: Vec<usize>,
}

impl<'w> Words<'w> {
    /// Starts empty.
    pub fn new() -> Self {
        Words::default()
    }

    /// Remembers a word with its place; the answer is whether it is new. A later place wins.
    pub fn insert(&mut self, word: &'w str, place: usize) -> bool {
        if let Some((_, known)) = self.find(word).and_then(|at| self.entries.get_mut(at)) {
            *known = place;
            return false;
        }
        self.entries.push((word, place));
        if self.entries.len() * 2 > self.table.len() {
            self.table = vec![0; self.entries.len().next_power_of_two() * 4];
            for number in 1..=self.entries.len() {
                self.enter(number);
            }
        } else {
            self.enter(self.entries.len());
        }
        true
    }

    /// The place of a word.
    pub fn get(&self, word: &str) -> Option<usize> {
        let (_, place) = self.entries.get(self.find(word)?)?;
        Some(*place)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn find(&self, word: &str) -> Option<usize> {
        let mut slot = self.slot(word);
        loop {
            let at = self.table.get(slot)?.checked_sub(1)?;
            if self
                .entries
                .get(at)
                .is_some_and(|(known, _)| *known == word)
            {
                return Some(at);
            }
            slot = (slot + 1) & (self.table.len() - 1);
        }
    }

    fn enter(&mut self, number: usize) {
        let word = self.entries.get(number - 1).map_or("", |(word, _)| word);
        let mut slot = self.slot(word);
        while let Some(place) = self.table.get_mut(slot) {
            if *place == 0 {
                *place = number;
                return;
            }
            slot = (slot + 1) & (self.table.len() - 1);
        }
    }

    /// Where the search for a word begins (FNV-1a over its bytes).
    fn slot(&self, word: &str) -> usize {
        let mut hash = 0x811c_9dc5_u32;
        for byte in word.bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        (hash ^ (hash >> 15)) as usize & self.table.len().wrapping_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_are_found_again() {
        let names: Vec<String> = (0..5_000).map(|n| format!("word{n}")).collect();
        let mut words = Words::new();
        assert_eq!(words.get("word0"), None);
        for (place, name) in names.iter().enumerate() {
            assert!(words.insert(name, place), "{name} is new");
        }
        assert!(!words.insert("word7", 1), "a known word is not new");
        assert_eq!((words.get("word7"), words.get("word8")), (Some(1), Some(8)));
        assert_eq!((words.get("other"), words.len()), (None, 5_000));
    }
}
