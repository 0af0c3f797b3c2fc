//! Order and membership by one piece of code each.
//!
//! Every sort and every set of the standard library is compiled anew for each type that it is used
//! with, a few kilobytes each time; the core is downloaded by browsers, so it uses these instead.

use std::collections::{BTreeMap, BinaryHeap};

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

/// Words with a place each, found again in the time of a tree walk: texts may hold thousands.
#[derive(Debug, Default)]
pub struct Words<'w> {
    places: BTreeMap<&'w str, usize>,
}

impl<'w> Words<'w> {
    /// Starts empty.
    pub fn new() -> Self {
        Words::default()
    }

    /// Remembers a word with its place; the answer is whether it is new. A later place wins.
    pub fn insert(&mut self, word: &'w str, place: usize) -> bool {
        self.places.insert(word, place).is_none()
    }

    /// The place of a word.
    pub fn get(&self, word: &str) -> Option<usize> {
        self.places.get(word).copied()
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}
