//! Order and membership by one piece of code each.
//!
//! Every sort and every set of the standard library is compiled anew for each type that it is used
//! with, a few kilobytes each time; the core is downloaded by browsers, so it uses these instead.

/// What things are sorted by; words are all alike to [`sorted`], and the numbers to [`Words`].
type Key<'k> = ([usize; 4], &'k str);

/// The same things in the order of their keys; equal keys keep their order.
pub fn sorted<T>(mut items: Vec<T>, key: &dyn Fn(&T) -> [usize; 4]) -> Vec<T> {
    let mut keys = Vec::with_capacity(items.len());
    for item in &items {
        keys.push(((key(item), ""), keys.len()));
    }
    for (place, from) in swaps(keys) {
        items.swap(place, from);
    }
    items
}

/// What to swap, one pair after the other, until all are in order; nothing when they are.
#[inline(never)]
fn swaps(keys: Vec<Entry<'_>>) -> Vec<(usize, usize)> {
    let mut swaps = Vec::new();
    if keys.iter().zip(keys.iter().skip(1)).all(|(a, b)| a <= b) {
        return swaps;
    }
    let mut runs = Vec::new();
    for entry in keys {
        join(&mut runs, vec![entry]);
    }
    let mut all = Vec::new();
    while let Some(last) = runs.pop() {
        all = merged(last, all);
    }
    for start in 0..all.len() {
        let mut place = start;
        // What belongs here stands at `from`; what stood here belongs further along the circle.
        while let Some((_, entry)) = all.get_mut(place) {
            let from = std::mem::replace(entry, place);
            if from == start {
                break;
            }
            swaps.push((place, from));
            place = from;
        }
    }
    swaps
}

/// A key with the place of what it belongs to.
type Entry<'k> = (Key<'k>, usize);

/// Words with a place each, found again without a walk over all of them: texts may hold thousands.
///
/// They lie in sorted runs, each longer than the next; a new word is a run of one, and runs of equal length become one.
/// That is a third of a balanced tree's code, and no choice of words makes it slow, as it would a hash table.
#[derive(Debug, Default)]
pub struct Words<'w> {
    runs: Vec<Vec<Entry<'w>>>,
}

impl<'w> Words<'w> {
    /// Starts empty.
    pub fn new() -> Self {
        Words::default()
    }

    /// Remembers a word with its place; the answer is whether it is new. A later place wins.
    pub fn insert(&mut self, word: &'w str, place: usize) -> bool {
        for run in &mut self.runs {
            if let Ok(at) = search(run, word) {
                if let Some(known) = run.get_mut(at) {
                    known.1 = place;
                }
                return false;
            }
        }
        join(&mut self.runs, vec![(([0; 4], word), place)]);
        true
    }

    /// The place of a word.
    pub fn get(&self, word: &str) -> Option<usize> {
        for run in &self.runs {
            if let Ok(at) = search(run, word) {
                return run.get(at).map(|(_, place)| *place);
            }
        }
        None
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.runs.iter().map(Vec::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

#[inline(never)]
fn search(run: &[Entry<'_>], word: &str) -> Result<usize, usize> {
    run.binary_search_by(|((_, known), _)| (*known).cmp(word))
}

/// Adds a run, and makes one of those that are no longer than the next.
#[inline(never)]
fn join<'k>(runs: &mut Vec<Vec<Entry<'k>>>, mut run: Vec<Entry<'k>>) {
    while let Some(last) = runs.pop_if(|last| last.len() <= run.len()) {
        run = merged(last, run);
    }
    runs.push(run);
}

/// Two runs in order; of equal keys those on the left come first.
#[inline(never)]
fn merged<'k>(left: Vec<Entry<'k>>, right: Vec<Entry<'k>>) -> Vec<Entry<'k>> {
    let mut out = Vec::with_capacity(left.len() + right.len());
    let mut ahead = left.as_slice();
    for next in &right {
        while let Some((before, rest)) = ahead.split_first()
            && before.0 <= next.0
        {
            out.push(*before);
            ahead = rest;
        }
        out.push(*next);
    }
    out.extend_from_slice(ahead);
    out
}

/// Texts as one. (`concat` and `join` are compiled for every length of separator that there could be.)
pub trait Joined {
    /// One behind the other.
    fn joined(&self) -> String {
        self.separated("")
    }

    /// With something between them.
    fn separated(&self, between: &str) -> String;
}

impl Joined for [&str] {
    #[inline(never)]
    fn separated(&self, between: &str) -> String {
        let mut out = String::new();
        for (place, text) in self.iter().enumerate() {
            if place > 0 {
                out.push_str(between);
            }
            out.push_str(text);
        }
        out
    }
}
