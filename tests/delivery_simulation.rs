//! Seeded lives of a whole sender: whatever fails, nothing is sent twice by itself, nothing ends without a
//! name, and what Meta took is shown. Meta's ledger is the witness, not our counters.
//!
//! One life again: `./build.sh simulate --seed <n>`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod simulation;

use simulation::bugs::Bug;
use simulation::{Life, live};
use std::collections::BTreeMap;

/// Events of one life, before its end.
const EVENTS: u64 = 1_000;

fn whole(seed: u64) -> Life {
    live(seed, EVENTS, None).unwrap_or_else(|failure| panic!("seed {seed}: {}", failure.report))
}

/// R7: 500 lives of 1,000 events keep I1 to I8 after every event, and between them they meet every end.
#[test]
fn no_life_breaks_an_invariant() {
    let mut ends: BTreeMap<String, u32> = BTreeMap::new();
    let mut shown_troubles = 0;
    for seed in 0..500 {
        let life = whole(seed);
        shown_troubles += life.shown_troubles;
        for (end, count) in life.ends {
            *ends.entry(end).or_default() += count;
        }
    }
    for end in [
        "Conflict/FailedAndDelivered",
        "Delivered/Delivered",
        "Read/Read",
        "Failed/Invalid",
        "Failed/Recipient",
        "Failed/RecipientWait",
        "Failed/Account",
        "Failed/Template",
        "Failed/FailedByMeta",
        "Expired/DeadlineBeforeStart",
        "Cancelled/Cancelled",
        "Rejected/RefusedByPreflight",
        "Rejected/Suppressed",
        "NeedsAttention/Unresolved",
        "NeedsAttention/Unconfirmed",
        "NeedsAttention/Undelivered",
        "NeedsAttention/StillHeld",
        "Closed/Closed",
    ] {
        assert!(ends.contains_key(end), "no life ended {end}: {ends:?}");
    }
    assert!(
        shown_troubles > 1_000,
        "lives without trouble prove nothing: {shown_troubles}"
    );
}

/// R8: one seed gives one life, event for event, and another seed another.
#[test]
fn the_same_seed_gives_the_same_life() {
    let hashes: Vec<u64> = (0..100).map(|seed| whole(seed).hash).collect();
    let again: Vec<u64> = (0..100).map(|seed| whole(seed).hash).collect();
    assert_eq!(hashes, again);
    let mut unlike = hashes.clone();
    unlike.sort_unstable();
    unlike.dedup();
    assert_eq!(unlike.len(), hashes.len());
}

/// The invariants bite: whatever somebody could write wrong into the shell is found within 400 lives.
#[test]
fn every_seeded_bug_is_caught() {
    let mut missed = Vec::new();
    for bug in Bug::ALL {
        let caught = (0..400).find_map(|seed| Some((seed, live(seed, EVENTS, Some(*bug)).err()?)));
        match caught {
            Some((seed, failure)) => {
                println!("{}: seed {seed} breaks `{}`", bug.word(), failure.invariant);
                let replay = format!("--seed {seed} --events {EVENTS} --bug {}", bug.word());
                assert!(failure.report.contains(&replay), "{}", failure.report);
            }
            None => missed.push(bug.word()),
        }
    }
    assert!(missed.is_empty(), "not caught: {missed:?}");
}
