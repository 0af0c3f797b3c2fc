//! Callers and people: they submit, submit again, cancel, resend, close, pause and resume, and they
//! remember what they were told.

use super::graph::Phase;
use super::ledger::{Submission, Submitted};
use super::store::{CAMPAIGNS, StorageFailed, TEMPLATES};
use super::world::{Task, World};
use wa_preflight::delivery::gate::{Act, What};
use wa_preflight::delivery::machine::{Event, State};

/// What people have ordered and were told that it holds.
#[derive(Debug, Default)]
pub struct People {
    pub sender_paused: bool,
    pub campaigns_paused: [bool; CAMPAIGNS.len()],
    pub campaigns_cancelled: [bool; CAMPAIGNS.len()],
    pub templates_paused: [bool; TEMPLATES.len()],
    pub next_key: u32,
    /// The last part of a life: nothing new is done.
    pub at_rest: bool,
    pub resends: u32,
}

impl World {
    /// Plans the submissions of a life.
    pub fn plan(&mut self, rows: u32, within: i64, pairs: usize) {
        for _ in 0..rows {
            let at = self.dice.between(0, within);
            let new = self.new_submission(pairs);
            if self.dice.chance(250) {
                let again = at + self.dice.between(10, 300_000);
                let mut copy = new.clone();
                if self.dice.chance(300) {
                    copy.fingerprint += 1;
                }
                self.at(again, Task::Submit(copy));
            }
            self.at(at, Task::Submit(new));
        }
        self.at(1_000, Task::People);
        self.at(3_000, Task::Weather);
    }

    pub fn new_submission(&mut self, pairs: usize) -> Submission {
        let template = self.dice.below(TEMPLATES.len());
        let campaign = self
            .dice
            .chance(400)
            .then(|| self.dice.below(CAMPAIGNS.len()));
        let life = match self.dice.below(4) {
            0 => self.dice.between(30_000, 600_000),
            _ => self.dice.between(600_000, 7_200_000),
        };
        let send_at = self
            .dice
            .chance(200)
            .then(|| self.dice.between(1_000, 400_000));
        self.people.next_key += 1;
        Submission {
            key: self.people.next_key,
            fingerprint: u64::from(self.people.next_key) * 10,
            pair: self.dice.below(pairs),
            template,
            campaign: campaign.filter(|_| template != 0),
            // As distances; they are counted from the moment of the submission.
            send_at,
            expires_at: Some(send_at.unwrap_or(0) + life),
            retry_media: self.dice.chance(300),
        }
    }

    pub fn submit(&mut self, new: Submission) {
        let (now, fails_at) = (self.now(), self.fails_at());
        let absolute = super::ledger::Submission {
            send_at: new.send_at.map(|after| now + after),
            expires_at: new.expires_at.map(|after| now + after),
            ..new.clone()
        };
        let done = self
            .ledger
            .transaction(fails_at, |l| l.submit(&absolute, now));
        self.say(format!("submit {}: {done:?}", new.key));
        match done {
            Ok(Submitted::Queued(row)) => self.taken_in(row, &absolute),
            Ok(Submitted::Duplicate(row)) => self.told_duplicate(row, &new),
            Ok(Submitted::Conflict) => {}
            Err(StorageFailed) => {}
        }
        if done.is_ok() {
            self.settle(true);
        }
        // Without an answer the caller asks again, under the same key.
        if done.is_err() || self.dice.chance(self.mood.reply_lost) {
            let again = self.t + self.dice.between(200, 30_000);
            self.at(again, Task::Submit(new));
        }
    }

    pub fn people_act(&mut self) {
        if self.people.at_rest {
            return;
        }
        let every = self.dice.between(500, 15_000);
        self.at(self.t + every, Task::People);
        if !self.dice.chance(self.mood.people) {
            return;
        }
        match self.dice.below(20) {
            0..=9 => self.act_on_a_row(),
            10 => self.control(What::Sender, 0, Act::Pause),
            11..=12 => self.control(What::Sender, 0, Act::Resume),
            13 => {
                let at = self.dice.below(CAMPAIGNS.len());
                self.control(What::Campaign, at, Act::Pause);
            }
            14..=15 => {
                let at = self.dice.below(CAMPAIGNS.len());
                self.control(What::Campaign, at, Act::Resume);
            }
            16 if self.dice.chance(150) => {
                let at = self.dice.below(CAMPAIGNS.len());
                self.control(What::Campaign, at, Act::Cancel);
            }
            17 => {
                let at = self.dice.below(TEMPLATES.len());
                let action = self.dice.pick(&[Act::Pause, Act::Resume, Act::Resume]);
                self.control(What::Template, at, action);
            }
            _ => {
                let at = self.dice.below(TEMPLATES.len());
                self.redefine(at);
            }
        }
    }

    /// A new definition: the template works again, and what was judged before is judged again.
    pub fn redefine(&mut self, template: usize) {
        self.graph.epochs[template] += 1;
        self.graph.broken[template] = Phase::default();
        let epoch = self.graph.epochs[template];
        let at = self.t + self.dice.between(50, 5_000);
        self.at(at, Task::Redefined { template, epoch });
    }

    /// The webhook about it: it is repeated until it is stored.
    pub fn redefined(&mut self, template: usize, epoch: i64) {
        let (now, fails_at) = (self.now(), self.fails_at());
        let stored = self
            .ledger
            .transaction(fails_at, |l| l.raise_epoch(template, epoch, now));
        self.say(format!(
            "{} has definition {epoch}: {stored:?}",
            TEMPLATES[template]
        ));
        match stored {
            Ok(()) => {
                let known = &mut self.witness.epochs[template];
                *known = epoch.max(*known);
                self.settle(true);
            }
            Err(StorageFailed) => {
                self.at(self.t + 2_000, Task::Redefined { template, epoch });
            }
        }
    }

    fn act_on_a_row(&mut self) {
        if self.ledger.store.rows.is_empty() {
            return;
        }
        let row = self.dice.below(self.ledger.store.rows.len());
        if self.ledger.store.rows[row].poison {
            return;
        }
        let by = "ana".to_owned();
        let event = match self.dice.below(8) {
            0..=2 => Event::Cancel { by: Some(by) },
            3..=5 => Event::Resend {
                by,
                expires_at: Some(self.now() + self.dice.between(60_000, 3_600_000)),
            },
            6 => Event::Close { by, note: None },
            _ => Event::Released { by: Some(by) },
        };
        self.ask(row, event);
    }

    /// One person's word about one delivery, and what they were told.
    pub fn ask(&mut self, row: usize, event: Event) {
        let (now, fails_at) = (self.now(), self.fails_at());
        let word = event.word();
        let done = self
            .ledger
            .transaction(fails_at, |l| l.act(row, event, now));
        let state = self.ledger.store.rows[row].delivery.state;
        self.say(format!("a person: {word} {row}: {done:?}, {state:?}"));
        let Ok(told) = done else { return };
        self.settle(true);
        if told.is_err() {
            return;
        }
        match word {
            "cancel" => self.told_cancelled(row),
            "resend" => {
                self.people.resends += 1;
                self.told_resend(row);
            }
            "close" => {
                let right = matches!(
                    state,
                    State::Closed | State::Sent | State::Delivered | State::Read
                );
                self.must(right, "I3 no bare end", || {
                    format!("{row} was closed and is {state:?}")
                });
            }
            _ => {}
        }
    }

    pub fn control(&mut self, what: What, at: usize, action: Act) {
        let name = match what {
            What::Sender => None,
            What::Campaign => Some(CAMPAIGNS[at]),
            What::Template => Some(TEMPLATES[at]),
        };
        let (now, fails_at) = (self.now(), self.fails_at());
        let done = self
            .ledger
            .transaction(fails_at, |l| l.control(what, name, action, now));
        self.say(format!("a person: {action:?} {what:?} {name:?}: {done:?}"));
        if done.is_err() {
            return;
        }
        self.settle(true);
        let paused = action == Act::Pause;
        let people = &mut self.people;
        match (what, action) {
            (What::Sender, _) => people.sender_paused = paused,
            (What::Campaign, Act::Cancel) => people.campaigns_cancelled[at] = true,
            (What::Campaign, _) => people.campaigns_paused[at] = paused,
            (What::Template, _) => people.templates_paused[at] = paused,
        }
    }
}
