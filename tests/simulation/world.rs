//! The clock, what is going to happen when, and the wires between everybody.

use super::bugs::Bug;
use super::calls::{Call, Reply};
use super::consumer::Consumer;
use super::dice::Dice;
use super::faults::Mood;
use super::graph::{Back, Graph, Said};
use super::ledger::{Grant, Ledger, Submission};
use super::people::People;
use super::queue::{Message, Queue};
use super::trace::Trace;
use super::webhooks::Webhooks;
use super::witness::Witness;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use wa_preflight::delivery::gate::Settings;

/// Where the ledger's clock stands at the beginning: 2026-01-01.
pub const EPOCH: i64 = 1_767_225_600_000;
pub const WATCH_EVERY_MS: i64 = 60_000;

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
    pub consumers_at_most: usize,
    pub witness: Witness,
    pub trace: Trace,
    tasks: BTreeMap<u64, Task>,
    agenda: BinaryHeap<Reverse<(i64, u64)>>,
    task_made: u64,
    /// Which set alarm counts; an older one that rings is nobody's.
    pub alarm_set: u32,
    /// What the ledger believes of its alarm; `None` until it looked.
    pub armed_for: Option<Option<i64>>,
    /// Nothing can be stored until then.
    pub storage_down_until: i64,
    /// How often the ledger was reset: calls to an earlier one are lost.
    pub life: u32,
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
            consumers_at_most: 3,
            witness: Witness::default(),
            trace: Trace::new(),
            tasks: BTreeMap::new(),
            agenda: BinaryHeap::new(),
            task_made: 0,
            alarm_set: 0,
            armed_for: None,
            life: 0,
            storage_down_until: 0,
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
}
