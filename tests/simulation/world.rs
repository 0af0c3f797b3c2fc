//! The clock, what is going to happen when, and the wires between everybody.

use super::bugs::Bug;
use super::consumer::{Call, Consumer, Reply};
use super::dice::Dice;
use super::faults::Mood;
use super::graph::{Back, Graph, Said};
use super::invariants::Witness;
use super::ledger::{Grant, Ledger, NUDGE_EVERY_MS, Submission};
use super::people::People;
use super::queue::{self, Message, Queue};
use super::store::{CATEGORIES, StorageFailed};
use super::trace::Trace;
use super::webhooks::Webhooks;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use wa_preflight::delivery::gate::Settings;
use wa_preflight::delivery::machine::State;

/// Where the ledger's clock stands at the beginning: 2026-01-01.
pub const EPOCH: i64 = 1_767_225_600_000;
const WATCH_EVERY_MS: i64 = 60_000;
const CONSUMERS: usize = 3;

pub enum Task {
    Call {
        id: u32,
        call: Call,
        ghost: bool,
        life: u32,
    },
    Reply {
        id: u32,
        call: Call,
        reply: Reply,
    },
    Post {
        id: u32,
        grant: Grant,
        slow: bool,
    },
    Answer {
        id: u32,
        grant: Grant,
        back: Box<Back>,
        said: Said,
    },
    Get(u32),
    Got {
        id: u32,
        ok: bool,
        code: Option<i64>,
    },
    GoOn(u32),
    Message(Message),
    Webhook(Vec<usize>),
    Alarm {
        set: u32,
        tries: u32,
    },
    Watch,
    People,
    Weather,
    Submit(Submission),
    Redefined {
        template: usize,
        epoch: i64,
    },
}

pub struct World {
    /// The true time in milliseconds; the ledger's clock is off by `skew`.
    pub t: i64,
    pub skew: i64,
    pub jumps: Vec<i64>,
    pub dice: Dice,
    pub mood: Mood,
    pub bug: Option<Bug>,
    pub seed: u64,
    pub ledger: Ledger,
    pub queue: Queue,
    pub graph: Graph,
    pub webhooks: Webhooks,
    pub people: People,
    pub consumers: BTreeMap<u32, Consumer>,
    pub consumers_made: u32,
    pub witness: Witness,
    pub trace: Trace,
    tasks: BTreeMap<u64, Task>,
    agenda: BinaryHeap<Reverse<(i64, u64)>>,
    task_made: u64,
    /// Which set alarm counts; an older one that rings is nobody's.
    alarm_set: u32,
    /// What the ledger believes of its alarm; `None` until it looked.
    armed_for: Option<Option<i64>>,
    /// How often the ledger was reset: calls to an earlier one are lost.
    life: u32,
}

impl World {
    pub fn new(seed: u64, mood: Mood, pairs: usize, settings: Settings, bug: Option<Bug>) -> World {
        let mut world = World {
            t: 0,
            skew: 0,
            jumps: Vec::new(),
            dice: Dice::new(seed),
            bug,
            seed,
            ledger: Ledger::new(seed, pairs, settings, bug),
            queue: Queue::default(),
            graph: Graph::new(seed, mood.graph.clone()),
            webhooks: Webhooks::new(seed, mood.webhooks.clone()),
            people: People::default(),
            consumers: BTreeMap::new(),
            consumers_made: 0,
            witness: Witness::default(),
            trace: Trace::new(),
            tasks: BTreeMap::new(),
            agenda: BinaryHeap::new(),
            task_made: 0,
            alarm_set: 0,
            armed_for: None,
            life: 0,
            mood,
        };
        world.at(WATCH_EVERY_MS, Task::Watch);
        world
    }

    pub fn now(&self) -> i64 {
        EPOCH + self.t + self.skew
    }

    pub fn at(&mut self, at: i64, task: Task) {
        self.task_made += 1;
        self.tasks.insert(self.task_made, task);
        self.agenda.push(Reverse((at.max(self.t), self.task_made)));
    }

    pub fn say(&mut self, line: String) {
        let line = format!("{:>10} {line}", self.t);
        self.trace.say(line);
    }

    /// The time of what comes next.
    pub fn next_at(&self) -> Option<i64> {
        self.agenda.peek().map(|Reverse((at, _))| *at)
    }

    /// One event; `false` when nothing is left to happen or an invariant is broken.
    pub fn step(&mut self) -> bool {
        let Some(Reverse((at, number))) = self.agenda.pop() else {
            return false;
        };
        self.t = at;
        self.trace.events += 1;
        if let Some(task) = self.tasks.remove(&number) {
            self.happen(task);
        }
        self.look();
        self.witness.broken.is_none()
    }

    pub fn run_until(&mut self, until: i64) -> bool {
        while self.next_at().is_some_and(|at| at <= until) {
            if !self.step() {
                return false;
            }
        }
        self.t = self.t.max(until);
        true
    }

    fn happen(&mut self, task: Task) {
        match task {
            Task::Call {
                id,
                call,
                ghost,
                life,
            } => self.called(id, call, ghost, life),
            Task::Reply { id, call, reply } => self.reply(id, call, reply),
            Task::Post { id, grant, slow } => self.posted(id, grant, slow),
            Task::Answer {
                id,
                grant,
                back,
                said,
            } => self.answered(id, &grant, &back, said),
            Task::Get(id) => {
                let (ok, code) = self.graph.get(self.t);
                self.say(format!("consumer {id} asks for the number: {ok} {code:?}"));
                let after = self.t + self.dice.between(10, 200);
                self.at(after, Task::Got { id, ok, code });
            }
            Task::Got { id, ok, code } => self.got(id, ok, code),
            Task::GoOn(id) => self.go_on(id),
            Task::Message(message) => {
                self.queue.waiting -= 1;
                match message.dead {
                    true => self.queue.dead.push_back(message),
                    false => self.queue.ready.push_back(message),
                }
                self.pump_queue();
            }
            Task::Webhook(batch) => self.webhook(batch),
            Task::Alarm { set, tries } => self.alarm(set, tries),
            Task::Watch => self.watch(),
            Task::People => self.people_act(),
            Task::Weather => self.weather(),
            Task::Submit(new) => self.submit(new),
            Task::Redefined { template, epoch } => self.redefined(template, epoch),
        }
    }

    /// Which write of a transaction fails, if any does.
    pub fn fails_at(&mut self) -> Option<u32> {
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
    fn called(&mut self, id: u32, call: Call, ghost: bool, life: u32) {
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

    fn carry_out(
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
                ledger.transaction(None, Ledger::note_dead_letter)?;
                ledger
                    .transaction(fails_at, |l| l.finish(finishes, now))
                    .map(|()| Reply::Done)
            }
        }
    }

    fn posted(&mut self, id: u32, grant: Grant, slow: bool) {
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

    fn webhook(&mut self, batch: Vec<usize>) {
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

    fn send(&mut self, message: Message, after: i64) {
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
        while self.consumers.len() < CONSUMERS && !self.queue.ready.is_empty() {
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

    /// After a transaction: nudges when work is due, and sets the alarm to the next time at which anything is.
    pub fn settle(&mut self, nudge: bool) {
        let now = self.now();
        let (due, wake) = self.ledger.store.next(now);
        let gate = &self.ledger.store.gate;
        let mut due = due;
        if self
            .ledger
            .store
            .rows
            .iter()
            .any(|row| row.delivery.state == State::Blocked)
        {
            // Blocked rows want a probe although nothing can be leased.
            due = Some(now);
        }
        if gate.sender.is_some() {
            due = due.zip(gate.lease_at).map(|(due, open)| due.max(open));
        }
        let mut next = [wake, gate.wake_at].into_iter().flatten().min();
        let sweeps = &self.ledger.store.sweeps;
        if sweeps.release || !sweeps.cancel.is_empty() {
            next = Some(now + 1);
        }
        if let Some(due) = due {
            let mut again = due;
            if due <= now {
                let nudged = self.ledger.nudged_at;
                let waiting = nudged.is_some_and(|at| (now - at).abs() < NUDGE_EVERY_MS);
                if nudge && !waiting {
                    self.ledger.nudged_at = Some(now);
                    self.enqueue(Message::default());
                }
                again = now + NUDGE_EVERY_MS;
            }
            next = Some(next.map_or(again, |at| at.min(again)));
        }
        if let Some(next) = next {
            self.arm(next.max(now + 1));
        }
    }

    fn arm(&mut self, at: i64) {
        let known = *self.armed_for.get_or_insert(self.ledger.store.alarm);
        if known.is_some_and(|set| set <= at) {
            return;
        }
        self.armed_for = Some(Some(at));
        self.ledger.store.alarm = Some(at);
        self.set_alarm(0);
    }

    /// Tells the platform when the stored alarm rings by the present clock.
    fn set_alarm(&mut self, tries: u32) {
        let Some(at) = self.ledger.store.alarm else {
            return;
        };
        self.alarm_set += 1;
        let set = self.alarm_set;
        let rings = at - EPOCH - self.skew;
        self.at(rings, Task::Alarm { set, tries });
    }

    fn alarm(&mut self, set: u32, tries: u32) {
        if set != self.alarm_set {
            return;
        }
        if self.dice.chance(self.mood.alarm_lost) {
            self.ledger.store.alarm = None;
            return self.say("an alarm is lost".to_owned());
        }
        if self.dice.chance(self.mood.alarm_fails) {
            self.say(format!("the alarm fails, {tries} times before"));
            if tries >= 6 {
                self.ledger.store.alarm = None;
                return;
            }
            let after = self.t + (2_000 << tries);
            return self.at(
                after,
                Task::Alarm {
                    set,
                    tries: tries + 1,
                },
            );
        }
        self.ledger.store.alarm = None;
        self.armed_for = Some(None);
        let now = self.now();
        for row in self.ledger.to_wake(now) {
            let fails_at = self.fails_at();
            match self.ledger.transaction(fails_at, |l| l.wake(row, now)) {
                Ok(true) => {}
                Ok(false) => break,
                Err(StorageFailed) => self.say(format!("the tick of {row} is not stored")),
            }
        }
        let fails_at = self.fails_at();
        let ticked = self.ledger.transaction(fails_at, |l| {
            l.tick_gate(now)?;
            l.sweep(now)
        });
        self.say(format!(
            "alarm{}",
            if ticked.is_err() {
                ": a write failed"
            } else {
                ""
            }
        ));
        self.settle(true);
    }

    fn watch(&mut self) {
        self.at(self.t + WATCH_EVERY_MS, Task::Watch);
        if self.bug == Some(Bug::NoWatchdog) {
            return;
        }
        self.armed_for = None;
        self.settle(true);
    }

    fn weather(&mut self) {
        let every = self.dice.between(5_000, 60_000);
        self.at(self.t + every, Task::Weather);
        if let Some(news) = self.graph.change_weather(self.t) {
            self.say(news);
        }
        if self.dice.chance(self.mood.reset) {
            self.reset();
        }
        if self.dice.chance(self.mood.clock_jump) {
            let by = self
                .dice
                .pick(&[3_600_000, -3_600_000, -1_000, 30_000, -120_000]);
            self.jump(by);
        }
    }

    /// A deploy: what the ledger had in memory is gone, consumers may go with it, calls under way fail.
    pub fn reset(&mut self) {
        self.say("a deploy resets the ledger".to_owned());
        self.life += 1;
        self.ledger.nudged_at = None;
        self.armed_for = None;
        let ids: Vec<u32> = self.consumers.keys().copied().collect();
        for id in ids {
            if self.dice.chance(500) {
                self.kill(id);
            }
        }
    }

    pub fn jump(&mut self, by: i64) {
        self.say(format!("the clock jumps by {by}"));
        self.skew += by;
        if by > 0 {
            self.jumps.push(self.t);
        }
        self.set_alarm(0);
    }
}
