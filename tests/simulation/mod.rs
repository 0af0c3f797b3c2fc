//! A whole sender, simulated: its ledger, queue, consumers, people and a Meta with faults, under one
//! clock and one seed. The two machines of the core are the real ones.
//!
//! `live` runs one life; the same seed gives the same life, event for event. A life that breaks an
//! invariant names it and tells its last events; `./build.sh simulate --seed <n>` replays it.

#![allow(dead_code, reason = "each suite uses its part")]

pub mod bugs;
pub mod consumer;
pub mod dice;
pub mod ending;
pub mod faults;
pub mod graph;
pub mod invariants;
pub mod ledger;
pub mod people;
pub mod queue;
pub mod store;
pub mod trace;
pub mod webhooks;
pub mod world;

use bugs::Bug;
use dice::Dice;
use faults::Mood;
use std::collections::BTreeMap;
use wa_preflight::delivery::gate::Settings;
use world::World;

/// What became of one life.
pub struct Life {
    pub hash: u64,
    pub events: u64,
    pub ends: BTreeMap<String, u32>,
    pub posts: usize,
    pub accepts: usize,
    pub simulated_ms: i64,
    /// Deliveries whose trouble was shown: what a counter of silent failures would have had.
    pub shown_troubles: u32,
}

/// A life in which an invariant does not hold.
pub struct Failure {
    pub invariant: &'static str,
    pub report: String,
}

/// One life of so many events, then its end.
pub fn live(seed: u64, events: u64, bug: Option<Bug>) -> Result<Life, Failure> {
    let mut dice = Dice::new(seed ^ 0x11fe);
    let mood = Mood::drawn(&mut dice);
    let pairs = dice.between(2, 20) as usize;
    let settings = Settings {
        per_second: dice.pick(&[1, 3, 20, 80]),
        ..Settings::default()
    };
    // The last recipient is kept for the end.
    let mut world = World::new(seed, mood, pairs + 1, settings, bug);
    world.ledger.lease_size = dice.pick(&[4, 10, 60]);
    let rows = 10 + (events / 25).min(90) as u32;
    let within = dice.pick(&[5_000, 120_000, 1_200_000]);
    world.plan(rows, within, pairs);
    let poison = dice.chance(200).then(|| dice.below(rows as usize / 2));
    while world.trace.events < events && world.step() {
        if let Some(at) = poison
            && let Some(row) = world.ledger.store.rows.get_mut(at)
            && !row.poison
            && row.delivery.n == 0
            && !row.delivery.settled
        {
            row.delivery.v = 99;
            row.poison = true;
        }
    }
    if world.witness.broken.is_none() {
        world.come_to_rest(pairs);
    }
    result(world, events)
}

/// What a life that is over comes to.
pub fn result(world: World, events: u64) -> Result<Life, Failure> {
    if let Some(broken) = &world.witness.broken {
        let bug = world
            .bug
            .map(|bug| format!(" --bug {}", bug.word()))
            .unwrap_or_default();
        let report = format!(
            "{}: {}\nthe last events (milliseconds since the beginning):\n{}\nreplay: ./build.sh simulate --seed {} --events {events}{bug}",
            broken.invariant,
            broken.story,
            world.trace.tail(),
            world.seed,
        );
        return Err(Failure {
            invariant: broken.invariant,
            report,
        });
    }
    let mut ends = BTreeMap::new();
    let mut shown_troubles = 0;
    for row in &world.ledger.store.rows {
        let own = &row.delivery;
        *ends
            .entry(format!("{:?}/{:?}", own.state, own.reason))
            .or_default() += 1;
        shown_troubles += u32::from(
            own.action
                .as_deref()
                .is_some_and(|a| !a.starts_with("nothing")),
        );
    }
    Ok(Life {
        hash: world.trace.hash(),
        events: world.trace.events,
        ends,
        posts: world.graph.posts.len(),
        accepts: world.graph.accepts.len(),
        simulated_ms: world.t,
        shown_troubles,
    })
}
