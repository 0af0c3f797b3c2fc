//! Scenes for goals that name one trouble: a world in which only that trouble happens.

use super::faults::Mood;
use super::ledger::Submission;
use super::world::{Task, World};
use wa_preflight::delivery::gate::Settings;
use wa_preflight::delivery::machine::{Delivery, State};

pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;

impl World {
    pub fn scene(seed: u64, mood: Mood, pairs: usize, settings: Settings) -> World {
        let mut world = World::new(seed, mood, pairs, settings, None);
        // People do nothing here.
        world.people.at_rest = true;
        world
    }

    /// Submits a utility message a moment from now.
    pub fn message(&mut self, pair: usize, template: usize, life: i64) {
        self.people.next_key += 1;
        let key = self.people.next_key;
        let new = Submission {
            key,
            fingerprint: u64::from(key) * 10,
            pair,
            template,
            campaign: None,
            send_at: None,
            expires_at: Some(life),
            retry_media: false,
        };
        self.at(self.t, Task::Submit(new));
    }

    /// Lets time pass; every invariant holds after every event of it.
    pub fn pass(&mut self, ms: i64) {
        self.run_until(self.t + ms);
        self.holds();
    }

    pub fn holds(&self) {
        if let Some(broken) = &self.witness.broken {
            panic!(
                "{}: {}\n{}",
                broken.invariant,
                broken.story,
                self.trace.tail()
            );
        }
    }

    pub fn deliveries(&self) -> impl Iterator<Item = &Delivery> {
        self.ledger.store.rows.iter().map(|row| &row.delivery)
    }

    pub fn count(&self, state: State) -> usize {
        self.deliveries().filter(|own| own.state == state).count()
    }

    /// How many reached their recipient.
    pub fn arrived_count(&self) -> usize {
        self.count(State::Delivered) + self.count(State::Read)
    }
}
