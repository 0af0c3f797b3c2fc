//! What the witnesses of a life know, and what they found.

use super::store::TEMPLATES;
use super::world::World;

/// An invariant that does not hold.
#[derive(Debug, Clone)]
pub struct Broken {
    pub invariant: &'static str,
    pub story: String,
}

/// What is known for sure about one row, from outside the ledger.
#[derive(Debug, Default, Clone)]
pub struct Truth {
    pub fingerprint: u64,
    /// How many accepts there may be at most: one, and one for each time that somebody asked for one more.
    pub allowed: u32,
    pub accepts: u32,
    /// Attempts, and the true time of each one's start.
    pub granted: Vec<(u32, i64)>,
    pub posted: Vec<u32>,
    /// A person was told that it will not be sent.
    pub cancelled: bool,
    /// Statuses that Meta tells of it.
    pub told: Vec<usize>,
    /// Not before: what Meta's answer asked for.
    pub wait: Wait,
    pub send_at: i64,
}

/// A time by the ledger's clock and by the true one: a clock that jumps ends a wait early, or counts it
/// twice, and nobody can know.
#[derive(Debug, Default, Clone, Copy)]
pub struct Wait {
    clock: i64,
    truth: i64,
}

impl Wait {
    pub fn over(self, world: &World) -> bool {
        self.clock <= world.now() || self.truth <= world.t
    }

    pub fn longest(self, world: &World, ms: i64) -> Wait {
        Wait {
            clock: self.clock.max(world.now() + ms),
            truth: self.truth.max(world.t + ms),
        }
    }
}

#[derive(Debug)]
pub struct Witness {
    pub rows: Vec<Truth>,
    pub epochs: [i64; TEMPLATES.len()],
    pub sender_wait: Wait,
    pub broken: Option<Broken>,
    pub alerts: Vec<String>,
    /// When the silence of the webhooks was alerted.
    pub silences: Vec<i64>,
    pub dead_noted: u32,
    /// Waits that a stop of marketing asks for: pairs that were heard of and stored.
    pub stopped: Vec<usize>,
    /// The latest that a tick came after its time, in milliseconds.
    pub latest_tick: i64,
}

impl Default for Witness {
    fn default() -> Self {
        Witness {
            rows: Vec::new(),
            epochs: [1; TEMPLATES.len()],
            sender_wait: Wait::default(),
            broken: None,
            alerts: Vec::new(),
            silences: Vec::new(),
            dead_noted: 0,
            stopped: Vec::new(),
            latest_tick: 0,
        }
    }
}
