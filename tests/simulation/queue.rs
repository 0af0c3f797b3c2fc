//! The queue: at least once, in any order, sometimes not at all. What fails too often goes to the
//! dead letters, which are read as well.

use super::ledger::Finish;
use std::collections::VecDeque;

pub const BATCH: usize = 10;
pub const MAX_RETRIES: u32 = 3;
pub const MAX_DEAD_RETRIES: u32 = 10;
pub const RETRY_DELAY_MS: i64 = 5_000;
pub const DEAD_DELAY_MS: i64 = 30_000;

#[derive(Debug, Clone, Default)]
pub struct Message {
    /// Outcomes that could not be stored; empty for a nudge.
    pub finishes: Vec<Finish>,
    pub tries: u32,
    /// It is among the dead letters.
    pub dead: bool,
}

impl Message {
    pub fn is_nudge(&self) -> bool {
        self.finishes.is_empty()
    }
}

#[derive(Debug, Default)]
pub struct Queue {
    pub ready: VecDeque<Message>,
    pub dead: VecDeque<Message>,
    /// On their way: late ones and those that wait for another try.
    pub waiting: usize,
}

impl Queue {
    pub fn depth(&self) -> usize {
        self.ready.len() + self.dead.len() + self.waiting
    }
}
