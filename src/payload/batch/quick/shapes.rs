//! What stood between the values of earlier rows: most rows are written by one program, and differ in
//! their values alone.
//!
//! A tree: from its root, each step is what stands before a value (keys, braces, commas, blanks), and which
//! value that is; the last one of a row is its end. Rows that take another way at some place share the
//! steps before it.

use super::super::scan;

/// The rows that are known.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    steps: Vec<Step>,
}

/// What stands before a value.
#[derive(Debug)]
pub(super) struct Step {
    glue: Glue,
    /// The place of the value behind it; `None` at the end of a row.
    pub value: Option<usize>,
    /// The first step that was seen behind that value.
    next: usize,
    /// Another step that was seen here.
    other: usize,
}

/// Bytes, eight at a time.
#[derive(Debug, PartialEq, Eq)]
struct Glue {
    words: [u64; MOST_WORDS],
    /// How many words there are, and which bits of the last one count.
    used: usize,
    last: u64,
    length: usize,
}

/// What is longer (a parameter's name of more than about 25 characters) is read anew in each row.
const MOST_WORDS: usize = 6;
/// Rows that differ more than this from each other are read anew.
const MOST_STEPS: usize = 256;
const NONE: usize = usize::MAX;

impl Shapes {
    /// The step that `bytes` take at `at` behind another one, or first in a row; and the place behind it.
    #[inline(always)]
    pub(super) fn step(
        &self,
        behind: Option<&Step>,
        bytes: &[u8],
        at: usize,
    ) -> Option<(&Step, usize)> {
        let mut step = self.steps.get(behind.map_or(0, |step| step.next))?;
        while !step.glue.stands(bytes, at) {
            step = self.steps.get(step.other)?;
        }
        Some((step, at + step.glue.length))
    }

    /// Remembers the row that stands from `from` to `end`. `order` are the values as they come in it, all
    /// of them strings, `values` where each stands, without its quotes.
    pub(super) fn learn(
        &mut self,
        bytes: &[u8],
        (from, end): (usize, usize),
        order: &[usize],
        values: &[(usize, usize)],
    ) -> Option<()> {
        let mut at = from;
        let mut behind = None;
        for place in order.iter().map(|place| Some(*place)).chain([None]) {
            let (start, next) = match place {
                Some(place) => values.get(place).map(|(start, end)| (*start, end + 1))?,
                None => (end, end),
            };
            let glue = Glue::new(bytes.get(at..start)?)?;
            behind = Some(self.enter(behind, glue, place)?);
            at = next;
        }
        Some(())
    }

    /// The step behind another one; a new one, unless it is known.
    fn enter(&mut self, behind: Option<usize>, glue: Glue, value: Option<usize>) -> Option<usize> {
        let new = self.steps.len();
        let mut at = match behind {
            Some(behind) => self.steps.get(behind)?.next,
            None => 0,
        };
        let mut last = None;
        while let Some(step) = self.steps.get(at) {
            if step.glue == glue {
                return Some(at);
            }
            last = Some(at);
            at = step.other;
        }
        if new >= MOST_STEPS {
            return None;
        }
        self.steps.push(Step {
            glue,
            value,
            next: NONE,
            other: NONE,
        });
        match (last, behind) {
            (Some(last), _) => self.steps.get_mut(last)?.other = new,
            (None, Some(behind)) => self.steps.get_mut(behind)?.next = new,
            (None, None) => {}
        }
        Some(new)
    }
}

impl Glue {
    fn new(text: &[u8]) -> Option<Self> {
        let mut words = [0; MOST_WORDS];
        let mut last = 0;
        for (place, byte) in text.iter().enumerate() {
            let shift = 8 * (place % 8);
            *words.get_mut(place / 8)? |= u64::from(*byte) << shift;
            last = u64::MAX >> (56 - shift);
        }
        let used = text.len().div_ceil(8);
        Some(Glue {
            words,
            used,
            last,
            length: text.len(),
        })
    }

    /// Whether it stands there. Answers "no" where `bytes` end so soon that not all words can be read.
    #[inline(always)]
    fn stands(&self, bytes: &[u8], at: usize) -> bool {
        let [first, second, rest @ ..] = &self.words;
        let is = |word: &u64, place: usize| {
            scan::word(bytes, at + 8 * place).is_some_and(|there| there == *word)
        };
        let ends = |word: &u64, place: usize| {
            scan::word(bytes, at + 8 * place).is_some_and(|there| there & self.last == *word)
        };
        match self.used {
            0 => true,
            1 => ends(first, 0),
            2 => is(first, 0) && ends(second, 1),
            used => {
                let whole = used - 3;
                is(first, 0)
                    && is(second, 1)
                    && (2..)
                        .zip(rest.iter().take(whole))
                        .all(|(place, word)| is(word, place))
                    && rest.get(whole).is_some_and(|word| ends(word, used - 1))
            }
        }
    }
}
