//! The ledger's calls, as edge/src/ledger has them: each is one transaction that stores what the
//! machines answer.

use super::bugs::Bug;
use super::dice::Dice;
use super::store::{
    CATEGORIES, Report, Row, SECRET_VALUE, Store, Stored, TEMPLATES, Undo, recipient,
};
use wa_preflight::delivery::gate::{Settings, Why};
use wa_preflight::delivery::ids;
use wa_preflight::delivery::machine::{Command, Delivery, Entry, Event, step};
use wa_preflight::delivery::outcome::Outcome;

pub const GRAPH_TIMEOUT_MS: i64 = 30_000;
pub const GRACE_MS: i64 = 30_000;
pub const NUDGE_EVERY_MS: i64 = 10_000;
pub const MAX_STARTS: usize = 6;

/// One thing that the world's witnesses want to know of a transaction.
#[derive(Debug, Clone)]
pub enum Note {
    /// A row's step: what it was before and after, and whether its timeline grew.
    Stepped {
        row: usize,
        event: &'static str,
        steps: Box<(Delivery, Delivery)>,
        recorded: bool,
    },
    Entry(Entry),
    Alert {
        kind: Option<Why>,
        text: String,
        silence: bool,
    },
    Poison(usize),
    DeadLetter,
}

/// A start that was granted.
#[derive(Debug, Clone)]
pub struct Grant {
    pub row: usize,
    pub n: u32,
    pub callback: String,
    pub forced: bool,
    pub epoch: Option<i64>,
    /// The ledger's clock.
    pub at: i64,
}

/// What a start answers.
#[derive(Debug, Clone, Default)]
pub struct Claim {
    pub posts: Vec<Grant>,
    pub stale: Vec<(usize, i64)>,
    /// Kept their lease: the consumer may ask again then.
    pub pace: Vec<usize>,
    pub wait_until: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct Finish {
    pub row: usize,
    pub n: u32,
    pub outcome: Outcome,
}

#[derive(Debug, Clone)]
pub struct Submission {
    pub key: u32,
    pub fingerprint: u64,
    pub pair: usize,
    pub template: usize,
    pub campaign: Option<usize>,
    pub send_at: Option<i64>,
    pub expires_at: Option<i64>,
    pub retry_media: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    Queued(usize),
    Duplicate(usize),
    Conflict,
}

#[derive(Debug, Clone, Default)]
pub struct Leased {
    pub rows: Vec<usize>,
    pub probe: bool,
    pub wait_until: Option<i64>,
}

pub struct Ledger {
    pub store: Store,
    pub settings: Settings,
    pub notes: Vec<Note>,
    pub dice: Dice,
    pub bug: Option<Bug>,
    pub lease_size: usize,
    pub lease_ms: i64,
    /// Lost with every reset.
    pub nudged_at: Option<i64>,
    round_trips: u32,
}

impl Ledger {
    pub fn new(seed: u64, pairs: usize, settings: Settings, bug: Option<Bug>) -> Ledger {
        let mut store = Store::default();
        store.pair_at = vec![None; pairs];
        store.suppressed = vec![None; pairs];
        store.epochs = vec![1; TEMPLATES.len()];
        Ledger {
            store,
            settings,
            notes: Vec::new(),
            dice: Dice::new(seed ^ 0x1ed9e4),
            bug,
            lease_size: 60,
            lease_ms: 60_000,
            nudged_at: None,
            round_trips: 0,
        }
    }

    pub fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    /// One transaction: all of it, or nothing.
    pub fn transaction<T>(
        &mut self,
        fails_at: Option<u32>,
        work: impl FnOnce(&mut Ledger) -> Stored<T>,
    ) -> Stored<T> {
        self.store.begin(fails_at);
        let noted = self.notes.len();
        let done = work(self);
        let keep = done.is_ok() || self.has(Bug::HalfStored);
        self.store.end(keep);
        if !keep {
            self.notes.truncate(noted);
        }
        done
    }

    pub fn submit(&mut self, new: &Submission, now: i64) -> Stored<Submitted> {
        if let Some(at) = self.store.by_key(new.key)
            && !self.has(Bug::DuplicateKey)
        {
            let same = self.store.rows[at].fingerprint == new.fingerprint;
            return Ok(match same || self.has(Bug::ConflictOverwrites) {
                true => Submitted::Duplicate(at),
                false => Submitted::Conflict,
            });
        }
        let category = CATEGORIES[new.template];
        let event = Event::Submitted {
            id: self.make_id(),
            callback_id: self.make_id(),
            key: format!("key-{}", new.key),
            category,
            epoch: Some(self.store.epochs[new.template]),
            send_at: new.send_at,
            expires_at: new.expires_at,
            reference: Some(SECRET_VALUE.to_owned()),
            retry_media: Some(new.retry_media),
        };
        let Ok(made) = step(None, event, now) else {
            return Ok(Submitted::Conflict);
        };
        self.store.write(Undo::Added)?;
        self.store.rows.push(Row {
            delivery: made.delivery,
            key: new.key,
            fingerprint: new.fingerprint,
            pair: new.pair,
            template: new.template,
            campaign: new.campaign,
            category,
            poison: false,
            postponed: None,
        });
        self.keep_entries(made.commands);
        Ok(Submitted::Queued(self.store.rows.len() - 1))
    }

    /// One event of one row: judged by the machine, stored, its records appended.
    pub fn apply(&mut self, at: usize, event: Event, now: i64) -> Stored<Vec<Command>> {
        let before = self.store.rows[at].delivery.clone();
        self.store.write(Undo::Row(at, Box::new(before.clone())))?;
        let word = event.word();
        let Ok(done) = step(Some(before.clone()), event, now) else {
            self.notes.push(Note::Poison(at));
            return Ok(Vec::new());
        };
        self.store.rows[at].delivery = done.delivery;
        self.round_trip(at);
        let recorded = done
            .commands
            .iter()
            .any(|c| matches!(c, Command::Record { .. }));
        let learnt = self.store.rows[at].delivery.wamids.len() > before.wamids.len();
        let known = before.wamids.clone();
        self.notes.push(Note::Stepped {
            row: at,
            event: word,
            steps: Box::new((before, self.store.rows[at].delivery.clone())),
            recorded,
        });
        let commands = self.keep_entries(done.commands);
        if learnt && !self.store.quarantine.is_empty() {
            self.adopt(at, &known, now)?;
        }
        Ok(commands)
    }

    /// Statuses that came for a message before anybody knew whose it is.
    pub fn adopt(&mut self, at: usize, known: &[String], now: i64) -> Stored<()> {
        let wamids = self.store.rows[at].delivery.wamids.clone();
        let ours =
            |report: &Report| wamids.contains(&report.wamid) && !known.contains(&report.wamid);
        let was = self.store.quarantine.clone();
        let (mine, rest): (Vec<Report>, Vec<Report>) = was.iter().cloned().partition(ours);
        if mine.is_empty() {
            return Ok(());
        }
        self.store.write(Undo::Quarantine(was))?;
        self.store.quarantine = rest;
        mine.iter()
            .try_for_each(|report| self.status(at, report, now))
    }

    pub fn keep_entries(&mut self, commands: Vec<Command>) -> Vec<Command> {
        for command in &commands {
            if let Command::Record { entry } = command {
                let mut entry = entry.clone();
                if self.bug == Some(Bug::RecipientInLog) && entry.code.is_some() {
                    entry.note = Some(format!("for {}", recipient(0)));
                }
                self.notes.push(Note::Entry(entry));
            }
        }
        commands
    }

    pub fn evidence(&mut self, digest: u64) -> Stored<bool> {
        if self.store.digests.contains(&digest) {
            return Ok(false);
        }
        self.store.write(Undo::Digest(digest))?;
        Ok(self.store.digests.insert(digest))
    }

    /// Now and then through JSON, as every row goes in the Worker.
    pub fn round_trip(&mut self, at: usize) {
        self.round_trips += 1;
        if !self.round_trips.is_multiple_of(97) {
            return;
        }
        let row = &mut self.store.rows[at].delivery;
        let text = serde_json::to_string(row).unwrap_or_default();
        let read: Option<Delivery> = serde_json::from_str(&text).ok();
        assert_eq!(read.as_ref(), Some(&*row), "the row survives its storage");
        if let Some(sender) = &self.store.gate.sender {
            let text = serde_json::to_string(sender).unwrap_or_default();
            let read = serde_json::from_str(&text).ok();
            assert_eq!(read.as_ref(), Some(sender), "the gate survives its storage");
        }
    }

    pub fn make_id(&mut self) -> String {
        let mut random = [0; 16];
        for half in random.chunks_mut(8) {
            half.copy_from_slice(&self.dice.next().to_le_bytes());
        }
        ids::make(0, &random).unwrap_or_default()
    }
}

pub fn answer_digest(row: usize, n: u32) -> u64 {
    0xa000_0000_0000_0000 | (row as u64) << 32 | u64::from(n)
}
