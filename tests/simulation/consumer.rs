//! A consumer of the queue, as edge/src/delivery/drain.ts is one: an invocation that awaits the ledger
//! and Meta again and again, and can be gone at any of these points.

use super::bugs::Bug;
use super::graph::{Back, Said};
use super::ledger::{Claim, Finish, Grant, Leased, MAX_STARTS};
use super::queue::Message;
use super::world::{Task, World};
use std::collections::BTreeSet;
use wa_preflight::delivery::classify::classify_response;

const START_REPLY_MS: i64 = 5_000;
const DRAIN_MS: i64 = 30_000;
const DRAIN_MESSAGES: usize = 300;
const FINISH_TRIES: u32 = 3;

/// A call to the ledger, as it goes over the wire.
#[derive(Debug, Clone)]
pub enum Call {
    Lease,
    Turn {
        finishes: Vec<Finish>,
        rows: Vec<usize>,
        nonce: u64,
        asked_at: i64,
        tries: u32,
    },
    Finish {
        finishes: Vec<Finish>,
        tries: u32,
    },
    Abandon {
        row: usize,
        n: u32,
        nonce: u64,
    },
    Rejudge {
        row: usize,
        epoch: i64,
        ok: bool,
    },
    Probed {
        ok: bool,
        code: Option<i64>,
    },
    /// The consumer of dead letters: noted first, then stored.
    Dead {
        finishes: Vec<Finish>,
    },
}

impl Call {
    pub fn word(&self) -> &'static str {
        match self {
            Call::Lease => "lease",
            Call::Turn { .. } => "turn",
            Call::Finish { .. } => "finish",
            Call::Abandon { .. } => "abandon",
            Call::Rejudge { .. } => "rejudge",
            Call::Probed { .. } => "probed",
            Call::Dead { .. } => "dead letter",
        }
    }
}

#[derive(Debug, Clone)]
pub enum Reply {
    Leased(Leased),
    Claimed(Claim),
    Done,
    /// The call, its transaction or its reply was lost: nobody here knows which.
    Failed,
}

#[derive(Debug, Default)]
pub struct Consumer {
    messages: Vec<Message>,
    drains: bool,
    waiting: Vec<usize>,
    running: BTreeSet<(usize, u32)>,
    outcomes: Vec<Finish>,
    /// Calls of which no reply has come.
    open: u32,
    turning: bool,
    storing: bool,
    nothing_left: bool,
    failed: bool,
    started: usize,
    stop_at: i64,
    pause_until: i64,
}

impl World {
    /// A batch of the queue starts an invocation for its nudges and one for each other message.
    pub fn consume(&mut self, messages: Vec<Message>) {
        let (nudges, others): (Vec<Message>, Vec<Message>) = messages
            .into_iter()
            .partition(|message| message.is_nudge() && !message.dead);
        for message in others {
            let finishes = message.finishes.clone();
            let id = self.new_consumer(vec![message.clone()], false);
            let call = match message.dead {
                true => Call::Dead { finishes },
                false => Call::Finish {
                    finishes,
                    tries: FINISH_TRIES,
                },
            };
            self.call(id, call);
        }
        if !nudges.is_empty() {
            let id = self.new_consumer(nudges, true);
            self.call(id, Call::Lease);
        }
    }

    fn new_consumer(&mut self, messages: Vec<Message>, drains: bool) -> u32 {
        self.consumers_made += 1;
        let consumer = Consumer {
            messages,
            drains,
            stop_at: self.now() + DRAIN_MS,
            ..Consumer::default()
        };
        self.consumers.insert(self.consumers_made, consumer);
        self.consumers_made
    }

    fn call(&mut self, id: u32, call: Call) {
        if let Some(consumer) = self.consumers.get_mut(&id) {
            consumer.open += 1;
        }
        self.send_call(id, call);
    }

    /// Any await can be the last one.
    fn survives(&mut self, id: u32) -> bool {
        if !self.consumers.contains_key(&id) {
            return false;
        }
        if self.dice.chance(self.mood.consumer_dies) {
            self.kill(id);
            return false;
        }
        true
    }

    pub fn kill(&mut self, id: u32) {
        if let Some(consumer) = self.consumers.remove(&id) {
            self.say(format!("consumer {id} dies"));
            self.retry_messages(consumer.messages);
        }
    }

    pub fn reply(&mut self, id: u32, call: Call, reply: Reply) {
        if !self.survives(id) {
            return;
        }
        let Some(consumer) = self.consumers.get_mut(&id) else {
            return;
        };
        consumer.open -= 1;
        match (call, reply) {
            (Call::Lease, Reply::Leased(leased)) => {
                consumer.nothing_left = leased.rows.is_empty();
                consumer.waiting = leased.rows.clone();
                if self.bug == Some(Bug::LeaseWithoutStart) {
                    return self.post_leased(id, &leased);
                }
                if leased.probe {
                    consumer.open += 1;
                    let at = self.t + self.dice.between(20, 300);
                    self.at(at, Task::Get(id));
                }
            }
            (
                Call::Turn {
                    nonce, asked_at, ..
                },
                Reply::Claimed(claim),
            ) => {
                consumer.turning = false;
                self.claimed(id, claim, nonce, asked_at);
            }
            (
                Call::Turn {
                    finishes,
                    rows,
                    nonce,
                    asked_at,
                    tries,
                },
                Reply::Failed,
            ) => {
                // The same nonce may be asked again: nothing was posted under it. Its five seconds go on.
                if tries == 0 && self.dice.chance(600) {
                    let again = Call::Turn {
                        finishes,
                        rows,
                        nonce,
                        asked_at,
                        tries: 1,
                    };
                    return self.call(id, again);
                }
                consumer.turning = false;
                consumer.failed = true;
                if !finishes.is_empty() {
                    return self.call(id, Call::Finish { finishes, tries: 1 });
                }
            }
            (Call::Finish { .. }, Reply::Done) => consumer.storing = false,
            (Call::Finish { finishes, tries }, Reply::Failed) => {
                if tries < FINISH_TRIES {
                    return self.call(
                        id,
                        Call::Finish {
                            finishes,
                            tries: tries + 1,
                        },
                    );
                }
                consumer.storing = false;
                match consumer.drains {
                    true => self.enqueue(Message {
                        finishes,
                        ..Message::default()
                    }),
                    false => consumer.failed = true,
                }
            }
            (Call::Lease | Call::Dead { .. }, Reply::Failed) => consumer.failed = true,
            // An abandon that fails is logged: its attempt times out.
            _ => {}
        }
        self.go_on(id);
    }

    fn claimed(&mut self, id: u32, claim: Claim, nonce: u64, asked_at: i64) {
        let now = self.now();
        let late = now - asked_at > START_REPLY_MS;
        for grant in &claim.posts {
            if !self.survives(id) {
                return;
            }
            let call = Call::Abandon {
                row: grant.row,
                n: grant.n,
                nonce,
            };
            if late {
                self.call(id, call);
                continue;
            }
            if let Some(consumer) = self.consumers.get_mut(&id) {
                consumer.running.insert((grant.row, grant.n));
                consumer.started += 1;
            }
            self.send_post(id, grant.clone());
        }
        for (row, epoch) in claim.stale {
            // Without the present definition the row stays where it is.
            if !self.dice.chance(self.mood.catalogue_fails) {
                let ok = !self.dice.chance(150);
                self.call(id, Call::Rejudge { row, epoch, ok });
            }
        }
        let Some(consumer) = self.consumers.get_mut(&id) else {
            return;
        };
        if claim.pace.is_empty() {
            return;
        }
        // They keep their lease and are asked for again.
        consumer.waiting.splice(0..0, claim.pace);
        if let Some(until) = claim.wait_until {
            let wait = (until - now).clamp(1, 2_000);
            consumer.pause_until = self.t + wait;
            self.at(self.t + wait, Task::GoOn(id));
        }
    }

    fn send_post(&mut self, id: u32, grant: Grant) {
        let slow = self.dice.chance(self.mood.transit_slow);
        let transit = match slow {
            true => self.dice.between(100, 4_000),
            false => self.dice.between(1, 20),
        };
        // A slow reply of the ledger delays it just the same, or one that was lost and asked for again.
        let slow = slow || self.waited_for(&grant) > 30;
        self.at(self.t + transit, Task::Post { id, grant, slow });
    }

    /// The seeded bug: no start, so no attempt of its own.
    fn post_leased(&mut self, id: u32, leased: &Leased) {
        for &row in &leased.rows {
            let own = &self.ledger.store.rows[row].delivery;
            let grant = Grant {
                row,
                n: own.n,
                callback: own.callback_id.clone(),
                forced: false,
                epoch: own.epoch,
                at: self.now(),
            };
            self.at(
                self.t + 5,
                Task::Post {
                    id,
                    grant,
                    slow: false,
                },
            );
        }
        self.go_on(id);
    }

    /// The POST's answer, or the lack of one, reaches whoever sent it.
    pub fn answered(&mut self, id: u32, grant: &Grant, back: &Back, said: Said) {
        if !self.survives(id) {
            return;
        }
        let outcome = classify_response(&back.answer, Some(self.now() as f64));
        self.say(format!(
            "consumer {id} hears of {}#{}: {} {:?} ({said:?})",
            grant.row,
            grant.n,
            outcome.class.word(),
            outcome.code
        ));
        if let Some(consumer) = self.consumers.get_mut(&id) {
            consumer.running.remove(&(grant.row, grant.n));
            let (row, n) = (grant.row, grant.n);
            consumer.outcomes.push(Finish { row, n, outcome });
        }
        self.go_on(id);
    }

    /// The GET that a lease asked for came back.
    pub fn got(&mut self, id: u32, ok: bool, code: Option<i64>) {
        if !self.survives(id) {
            return;
        }
        if let Some(consumer) = self.consumers.get_mut(&id) {
            consumer.open -= 1;
        }
        self.call(id, Call::Probed { ok, code });
    }

    /// What the consumer does next: start more, store outcomes, lease again, or end.
    pub fn go_on(&mut self, id: u32) {
        let now = self.now();
        let Some(consumer) = self.consumers.get_mut(&id) else {
            return;
        };
        if !consumer.drains {
            if consumer.open == 0 {
                self.end(id);
            }
            return;
        }
        let free = MAX_STARTS.saturating_sub(consumer.running.len());
        let may_start = !consumer.failed && !consumer.turning && consumer.pause_until <= self.t;
        if may_start && free > 0 && !consumer.waiting.is_empty() {
            let rows: Vec<usize> = consumer
                .waiting
                .drain(..free.min(consumer.waiting.len()))
                .collect();
            consumer.turning = true;
            let finishes = match consumer.storing {
                true => Vec::new(),
                false => std::mem::take(&mut consumer.outcomes),
            };
            let nonce = self.dice.next();
            let call = Call::Turn {
                finishes,
                rows,
                nonce,
                asked_at: now,
                tries: 0,
            };
            return self.call(id, call);
        }
        if !consumer.outcomes.is_empty() && !consumer.storing && !consumer.turning {
            consumer.storing = true;
            let finishes = std::mem::take(&mut consumer.outcomes);
            return self.call(id, Call::Finish { finishes, tries: 1 });
        }
        let busy =
            consumer.open > 0 || !consumer.running.is_empty() || !consumer.outcomes.is_empty();
        if busy || (!consumer.failed && !consumer.waiting.is_empty()) {
            return;
        }
        let over = consumer.started >= DRAIN_MESSAGES || now >= consumer.stop_at;
        if consumer.failed || consumer.nothing_left || over {
            return self.end(id);
        }
        self.call(id, Call::Lease);
    }

    fn end(&mut self, id: u32) {
        let Some(consumer) = self.consumers.remove(&id) else {
            return;
        };
        if consumer.failed {
            return self.retry_messages(consumer.messages);
        }
        if consumer.drains && !consumer.nothing_left {
            self.enqueue(Message::default());
        }
        if self.dice.chance(self.mood.batch_again) {
            self.say(format!("the batch of consumer {id} comes again"));
            self.retry_messages(consumer.messages);
        }
        self.pump_queue();
    }
}
