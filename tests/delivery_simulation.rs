//! Seeded lives of a whole sender: whatever fails, nothing is sent twice by itself, nothing ends
//! without a name, and what Meta took is shown.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod simulation;

use simulation::bugs::Bug;
use simulation::live;
use std::collections::BTreeMap;

const EVENTS: u64 = 1_000;

#[test]
fn no_life_breaks_an_invariant() {
    let mut ends: BTreeMap<String, u32> = BTreeMap::new();
    for seed in 0..500 {
        let life = live(seed, EVENTS, None)
            .unwrap_or_else(|failure| panic!("seed {seed}: {}", failure.report));
        for (end, count) in life.ends {
            *ends.entry(end).or_default() += count;
        }
    }
    println!("{ends:#?}");
}

#[test]
fn the_same_seed_gives_the_same_life() {
    let hash = |seed| live(seed, EVENTS, None).map(|life| life.hash).ok();
    let hashes: Vec<_> = (0..20).map(hash).collect();
    let again: Vec<_> = (0..20).map(hash).collect();
    assert_eq!(hashes, again);
    let mut unlike = hashes.clone();
    unlike.sort_unstable();
    unlike.dedup();
    assert_eq!(
        unlike.len(),
        hashes.len(),
        "each seed has a life of its own"
    );
}

#[test]
fn every_seeded_bug_is_caught() {
    let mut missed = Vec::new();
    for bug in Bug::ALL {
        let caught = (0..300).find_map(|seed| Some((seed, live(seed, EVENTS, Some(*bug)).err()?)));
        match caught {
            Some((seed, failure)) => {
                println!(
                    "{}: seed {seed} breaks \"{}\"",
                    bug.word(),
                    failure.invariant
                )
            }
            None => missed.push(bug.word()),
        }
    }
    assert!(missed.is_empty(), "not caught: {missed:?}");
}
