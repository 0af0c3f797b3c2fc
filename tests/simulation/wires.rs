//! The wires: calls to the ledger, POSTs to Meta, webhooks from it, the queue. Each can lose, delay or repeat.

use super::bugs::Bug;
use super::calls::{Call, Reply};
use super::ledger::{Grant, Ledger};
use super::queue::{self, Message};
use super::store::{CATEGORIES, StorageFailed};
use super::world::{Task, World};

impl World {
    /// Which write of a transaction fails, if any does.
    pub fn fails_at(&mut self) -> Option<u32> {
        if self.t < self.storage_down_until {
            return Some(1);
        }
        let fails = self.dice.chance(self.mood.storage_fails);
        fails.then(|| self.dice.between(1, 9) as u32)
    }

    pub fn send_call(&mut self, id: u32, call: Call) {
        let life = self.life;
        let transit = self.dice.between(1, 4);
        if self.dice.chance(self.mood.call_twice) {
            let later = self.t + self.dice.between(2, 40_000);
            let call = call.clone();
            self.at(
                later,
                Task::Call {
                    id,
                    call,
                    ghost: true,
                    life,
                },
            );
        }
        if self.dice.chance(self.mood.call_lost) {
            let reply = Reply::Failed;
            return self.at(self.t + 50, Task::Reply { id, call, reply });
        }
        self.at(
            self.t + transit,
            Task::Call {
                id,
                call,
                ghost: false,
                life,
            },
        );
    }

    /// A call arrives at the ledger. A ghost is a repetition by the network, whose reply nobody hears.
    pub fn called(&mut self, id: u32, call: Call, ghost: bool, life: u32) {
        if life != self.life {
            let reply = Reply::Failed;
            if !ghost {
                self.at(self.t + 1, Task::Reply { id, call, reply });
            }
            return;
        }
        let (now, fails_at) = (self.now(), self.fails_at());
        let done = self.carry_out(&call, now, fails_at);
        let word = call.word();
        match &done {
            Ok(Reply::Leased(leased)) => {
                self.say(format!(
                    "{id} {word}: {:?} probe {}",
                    leased.rows, leased.probe
                ));
            }
            Ok(Reply::Claimed(claim)) => {
                let posts: Vec<(usize, u32)> = claim.posts.iter().map(|g| (g.row, g.n)).collect();
                self.say(format!(
                    "{id} {word}{}: starts {posts:?}",
                    if ghost { " (ghost)" } else { "" }
                ));
                self.granted(claim);
            }
            Ok(_) => self.say(format!("{id} {word}: stored")),
            Err(StorageFailed) => self.say(format!("{id} {word}: a write failed")),
        }
        if let (
            Call::Turn { finishes, .. } | Call::Finish { finishes, .. } | Call::Dead { finishes },
            true,
        ) = (&call, done.is_ok())
        {
            self.finishes_stored(finishes);
        }
        if done.is_ok() {
            self.settle(word != "lease");
        }
        if ghost {
            return;
        }
        let lost = self.dice.chance(self.mood.reply_lost);
        let reply = match done {
            Ok(reply) if !lost => reply,
            _ => Reply::Failed,
        };
        let slow = self.dice.chance(self.mood.reply_slow);
        let after = match slow {
            true => self.dice.between(100, 9_000),
            false => self.dice.between(1, 20),
        };
        self.at(self.t + after, Task::Reply { id, call, reply });
    }

    pub fn carry_out(
        &mut self,
        call: &Call,
        now: i64,
        fails_at: Option<u32>,
    ) -> Result<Reply, StorageFailed> {
        let ledger = &mut self.ledger;
        match call {
            Call::Lease => ledger
                .transaction(fails_at, |l| l.lease(now))
                .map(Reply::Leased),
            Call::Turn {
                finishes,
                rows,
                nonce,
                ..
            } => ledger
                .transaction(fails_at, |l| {
                    l.finish(finishes, now)?;
                    l.start(rows, *nonce, now)
                })
                .map(Reply::Claimed),
            Call::Finish { finishes, .. } => ledger
                .transaction(fails_at, |l| l.finish(finishes, now))
                .map(|()| Reply::Done),
            Call::Abandon { row, n, nonce } => ledger
                .transaction(fails_at, |l| l.abandon(*row, *n, *nonce, now))
                .map(|()| Reply::Done),
            Call::Rejudge { row, epoch, ok } => ledger
                .transaction(fails_at, |l| l.rejudge(*row, *epoch, *ok, now))
                .map(|()| Reply::Done),
            Call::Probed { ok, code } => ledger
                .transaction(fails_at, |l| l.probed(*ok, *code, now))
                .map(|()| Reply::Done),
            Call::Dead { finishes } => {
                ledger.transaction(fails_at, Ledger::note_dead_letter)?;
                ledger
                    .transaction(fails_at, |l| l.finish(finishes, now))
                    .map(|()| Reply::Done)
            }
        }
    }

    pub fn posted(&mut self, id: u32, grant: Grant, slow: bool) {
        let row = &self.ledger.store.rows[grant.row];
        let (pair, template) = (row.pair, row.template);
        let category = CATEGORIES[template];
        let (back, said, accept) =
            self.graph
                .post(self.t, &grant, (pair, template, category), slow);
        self.say(format!(
            "Meta gets {}#{} for {pair}: {said:?}{}",
            grant.row,
            grant.n,
            accept
                .map(|at| format!(", takes it as {at}"))
                .unwrap_or_default()
        ));
        self.arrived(&grant, accept);
        if let Some(at) = accept {
            let wamid = self.graph.accepts[at].wamid.clone();
            let before = self.webhooks.all.len();
            for (leaves, batch) in self.webhooks.tell(self.t, &grant, &wamid, category, pair) {
                self.at(leaves, Task::Webhook(batch));
            }
            let ours = (before..self.webhooks.all.len())
                .filter(|&seq| self.webhooks.all[seq].row.is_some());
            self.witness.rows[grant.row].told.extend(ours);
        }
        let at = self.t + back.after;
        self.at(
            at,
            Task::Answer {
                id,
                grant,
                back: Box::new(back),
                said,
            },
        );
    }

    pub fn webhook(&mut self, batch: Vec<usize>) {
        let (now, fails_at) = (self.now(), self.fails_at());
        let reports: Vec<_> = batch
            .iter()
            .map(|&seq| self.webhooks.all[seq].report.clone())
            .collect();
        let stored = self
            .ledger
            .transaction(fails_at, |l| l.receive(&reports, now));
        let words: Vec<_> = reports
            .iter()
            .map(|r| (r.wamid.as_str(), r.status, r.code))
            .collect();
        self.say(format!(
            "webhook {words:?}: {}",
            if stored.is_ok() {
                "stored"
            } else {
                "a write failed"
            }
        ));
        if stored.is_ok() {
            self.settle(true);
        }
        let acked = stored.is_ok() || self.bug == Some(Bug::AckBeforeWrite);
        match acked {
            // Its 200 can be lost, too: then it comes again.
            true if !self.dice.chance(self.mood.reply_lost) => self.acked(&batch),
            _ => {
                if let Some(after) = self.webhooks.failed(&batch) {
                    self.at(self.t + after, Task::Webhook(batch));
                }
            }
        }
    }

    pub fn enqueue(&mut self, message: Message) {
        if message.is_nudge() && self.dice.chance(self.mood.nudge_lost) {
            return self.say("a nudge is lost".to_owned());
        }
        if self.dice.chance(self.mood.nudge_twice) {
            self.send(message.clone(), 3);
        }
        let after = match self.dice.chance(self.mood.nudge_late) {
            true => self.dice.between(1_000, 60_000),
            false => self.dice.between(5, 50),
        };
        self.send(message, after);
    }

    pub fn send(&mut self, message: Message, after: i64) {
        self.queue.waiting += 1;
        self.at(self.t + after, Task::Message(message));
    }

    pub fn retry_messages(&mut self, messages: Vec<Message>) {
        for mut message in messages {
            message.tries += 1;
            let (most, delay) = match message.dead {
                true => (queue::MAX_DEAD_RETRIES, queue::DEAD_DELAY_MS),
                false => (queue::MAX_RETRIES, queue::RETRY_DELAY_MS),
            };
            if message.tries <= most {
                self.send(message, delay);
            } else if !message.dead {
                self.say("a message goes to the dead letters".to_owned());
                let dead = Message {
                    dead: true,
                    tries: 0,
                    ..message
                };
                self.queue.dead.push_back(dead);
            }
        }
        self.pump_queue();
    }

    /// Messages that are ready go to consumers, as far as there may be more of them.
    pub fn pump_queue(&mut self) {
        while self.consumers.len() < self.consumers_at_most && !self.queue.ready.is_empty() {
            let many = queue::BATCH.min(self.queue.ready.len());
            let batch = self.queue.ready.drain(..many).collect();
            self.consume(batch);
        }
        if self.bug != Some(Bug::NoDeadLetterConsumer)
            && let Some(message) = self.queue.dead.pop_front()
        {
            self.consume(vec![message]);
        }
    }
}
