//! What a ledger has on disk, and transactions that can fail at any write: then nothing of them stays.

use std::collections::BTreeSet;
use wa_preflight::delivery::gate::{Sender, Suppressed};
use wa_preflight::delivery::machine::{Category, Delivery};

/// A write could not be stored; its transaction is rolled back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StorageFailed;

pub type Stored<T> = Result<T, StorageFailed>;

/// A delivery with what the ledger knows beside the machine's row.
#[derive(Debug, Clone)]
pub struct Row {
    pub delivery: Delivery,
    pub key: u32,
    pub fingerprint: u64,
    pub pair: usize,
    pub template: usize,
    pub campaign: Option<usize>,
    pub category: Category,
    /// Written by a newer version: no step of it can be made.
    pub poison: bool,
    /// Put out of the alarm's way until then.
    pub postponed: Option<i64>,
}

/// A status as the Worker's route hands it to the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What makes it the same piece of evidence when it comes again.
    pub digest: u64,
    pub callback: Option<String>,
    pub wamid: String,
    pub status: &'static str,
    pub at: i64,
    pub code: Option<i64>,
    pub details: Option<String>,
}

/// A person's word about the sender, a campaign or a template, or the end of a stop: rows to be told by alarm.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sweeps {
    pub release: bool,
    pub cancel: Vec<usize>,
}

/// What the gate said last.
#[derive(Debug, Clone, Default)]
pub struct Gatehouse {
    pub sender: Option<Sender>,
    pub lease_at: Option<i64>,
    pub wake_at: Option<i64>,
}

#[derive(Debug)]
pub enum Undo {
    Row(usize, Box<Delivery>),
    Added,
    Postponed(usize, Option<i64>),
    Gate(Box<Gatehouse>),
    Pair(usize, Option<i64>),
    Suppressed(usize, Option<Suppressed>),
    Nonce(u64),
    Digest(u64),
    Quarantine(Vec<Report>),
    Epoch(usize, i64),
    Sweeps(Sweeps),
    DeadLetter,
}

#[derive(Debug, Default)]
pub struct Store {
    pub rows: Vec<Row>,
    pub gate: Gatehouse,
    pub pair_at: Vec<Option<i64>>,
    pub suppressed: Vec<Option<Suppressed>>,
    pub epochs: Vec<i64>,
    pub nonces: BTreeSet<u64>,
    /// Every piece of evidence: of webhooks and of answers.
    pub digests: BTreeSet<u64>,
    /// Statuses that no row is known for yet.
    pub quarantine: Vec<Report>,
    pub sweeps: Sweeps,
    pub dead_letters: u32,
    /// When the platform calls `alarm`, by the ledger's clock.
    pub alarm: Option<i64>,
    journal: Vec<Undo>,
    writes: u32,
    fails_at: Option<u32>,
}

impl Store {
    /// Notes what a write replaces; the write itself follows, unless this one is the one that fails.
    pub fn write(&mut self, undo: Undo) -> Stored<()> {
        self.writes += 1;
        if self.fails_at == Some(self.writes) {
            return Err(StorageFailed);
        }
        self.journal.push(undo);
        Ok(())
    }

    pub fn begin(&mut self, fails_at: Option<u32>) {
        self.journal.clear();
        self.writes = 0;
        self.fails_at = fails_at;
    }

    /// Ends a transaction; says how many writes it had.
    pub fn end(&mut self, keep: bool) -> u32 {
        while let Some(undo) = self.journal.pop() {
            if keep {
                continue;
            }
            match undo {
                Undo::Row(at, delivery) => self.rows[at].delivery = *delivery,
                Undo::Added => drop(self.rows.pop()),
                Undo::Postponed(at, was) => self.rows[at].postponed = was,
                Undo::Gate(was) => self.gate = *was,
                Undo::Pair(at, was) => self.pair_at[at] = was,
                Undo::Suppressed(at, was) => self.suppressed[at] = was,
                Undo::Nonce(nonce) => drop(self.nonces.remove(&nonce)),
                Undo::Digest(digest) => drop(self.digests.remove(&digest)),
                Undo::Quarantine(was) => self.quarantine = was,
                Undo::Epoch(at, was) => self.epochs[at] = was,
                Undo::Sweeps(was) => self.sweeps = was,
                Undo::DeadLetter => self.dead_letters -= 1,
            }
        }
        self.writes
    }

    pub fn by_key(&self, key: u32) -> Option<usize> {
        self.rows.iter().position(|row| row.key == key)
    }

    pub fn by_callback(&self, callback: &str) -> Option<usize> {
        let found = |row: &Row| row.delivery.callback_id == callback;
        self.rows.iter().position(found)
    }

    pub fn by_wamid(&self, wamid: &str) -> Option<usize> {
        let knows = |row: &Row| row.delivery.wamids.iter().any(|own| own == wamid);
        self.rows.iter().position(knows)
    }

    /// Whether the gate holds this row's template or campaign now: then it is not looked at by a lease.
    pub fn is_held(&self, row: &Row, now: i64) -> bool {
        let Some(sender) = &self.gate.sender else {
            return false;
        };
        let hold = sender
            .templates
            .get(TEMPLATES[row.template])
            .and_then(|template| template.hold.as_ref());
        let template = hold.is_some_and(|hold| hold.until.is_none_or(|until| until > now));
        let campaign = row
            .campaign
            .and_then(|at| sender.campaigns.get(CAMPAIGNS[at]));
        template || campaign.is_some_and(|campaign| !campaign.cancelled)
    }

    /// The next time at which a row may be leased, and the next at which one wants a tick.
    pub fn next(&self, now: i64) -> (Option<i64>, Option<i64>) {
        let mut due: Option<i64> = None;
        let mut wake: Option<i64> = None;
        for row in &self.rows {
            if let Some(at) = row.delivery.due_at
                && due.is_none_or(|known| at < known)
                && !row.poison
                && !self.is_held(row, now)
            {
                due = Some(at);
            }
            let own = row
                .delivery
                .wake_at
                .map(|at| at.max(row.postponed.unwrap_or(at)));
            if let Some(at) = own
                && wake.is_none_or(|known| at < known)
            {
                wake = Some(at);
            }
        }
        (due, wake)
    }
}

pub const TEMPLATES: [&str; 4] = ["code/en", "order/en", "offer/en", "news/es"];
pub const CAMPAIGNS: [&str; 3] = ["shop/spring", "shop/summer", "shop/autumn"];
pub const CATEGORIES: [Category; 4] = [
    Category::Authentication,
    Category::Utility,
    Category::Marketing,
    Category::Marketing,
];
/// What stands for a recipient in candidates and suppressions: also the canary that no log may show.
pub fn recipient(pair: usize) -> String {
    format!("336120045{pair:02}")
}

/// What stands for a value of a message: no log may show it either.
pub const SECRET_VALUE: &str = "canary-4711";
