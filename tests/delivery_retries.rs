//! How often and when one delivery is tried again, and that the order of statuses does not matter: over
//! the machine alone, by the thousand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod simulation;

use simulation::dice::Dice;
use simulation::faults::Mood;
use simulation::graph::Phase;
use simulation::scene::{HOUR, MINUTE};
use simulation::world::World;
use std::collections::BTreeMap;
use wa_preflight::delivery::gate::Settings;
use wa_preflight::delivery::machine::{Category, Delivery, Event, Reason, State, step};
use wa_preflight::delivery::outcome::{Class, Outcome, Resend};

const ORDER: usize = 1;

fn submitted(expires_at: i64) -> Delivery {
    let event = Event::Submitted {
        id: "10id".to_owned(),
        callback_id: "10cb".to_owned(),
        key: "k".to_owned(),
        category: Category::Utility,
        epoch: None,
        send_at: None,
        expires_at: Some(expires_at),
        reference: None,
        retry_media: None,
    };
    step(None, event, 0).unwrap().delivery
}

fn on(row: Delivery, event: Event, now: i64) -> Delivery {
    step(Some(row), event, now).unwrap().delivery
}

fn start(nonce: u32) -> Event {
    Event::Start {
        nonce: nonce.to_string(),
        timeout_ms: 30_000,
        grace_ms: None,
        epoch: None,
        hold: None,
    }
}

fn throttled(after_ms: Option<u64>) -> Outcome {
    Outcome {
        after_ms,
        ..Outcome::new(Class::Throttled, Resend::After, "wait")
    }
}

/// R20: a recipient whom Meta always finds too much: attempts end at 200, or at the deadline; every attempt of the
/// store is one POST at Meta, and the end says why.
#[test]
fn attempts_and_time_are_bounded_and_each_attempt_is_one_post() {
    for (life, end) in [
        (24 * HOUR, (State::Expired, Reason::DeadlineBeforeStart)),
        (90 * 24 * HOUR, (State::Failed, Reason::AttemptsExhausted)),
    ] {
        let mut world = World::scene(3, Mood::calm(), 1, Settings::default());
        let (until, code) = (i64::MAX, 131_056);
        world.graph.storm = Phase { until, code };
        world.message(0, ORDER, life);
        world.pass(life.min(8 * 24 * HOUR) + MINUTE);
        let row = world.deliveries().next().unwrap();
        assert_eq!((row.state, row.reason), end);
        assert_eq!(world.graph.posts.len(), row.n as usize);
        assert!(row.n <= 200, "{}", row.n);
        assert!(row.action.is_some());
        println!("{} attempts until {:?}", row.n, end.1);
    }
}

/// R21: over 100,000 waits the floor is kept, the cap is kept, and the jitter is even (Kolmogorov and Smirnov, at
/// one in a thousand), for each retry in a row and for a wait that Meta names.
#[test]
fn waits_keep_floor_and_cap_and_are_spread_evenly() {
    const SAMPLES: usize = 10_000;
    let mut dice = Dice::new(21);
    let cases: Vec<(u32, Option<u64>)> = (0..8)
        .map(|retries| (retries, None))
        .chain([(0, Some(45_000)), (30, Some(3_600_000))])
        .collect();
    assert!(cases.len() * SAMPLES >= 100_000);
    for (retries, named) in cases {
        let base = named.map_or(1_000.0, |ms| ms as f64);
        let cap = base.max(15.0 * 60_000.0);
        let wait = (base * 2_f64.powi(retries as i32)).min(cap);
        let mut spread: Vec<f64> = (0..SAMPLES)
            .map(|_| {
                let mut row = on(submitted(i64::MAX), start(1), 1_000);
                row.retries = retries;
                let (outcome, random) = (throttled(named), dice.unit());
                let event = Event::Finished {
                    n: 1,
                    outcome,
                    random,
                };
                let row = on(row, event, 2_000);
                (row.not_before.unwrap() - 2_000) as f64
            })
            .collect();
        spread.sort_by(f64::total_cmp);
        assert!(
            spread[0] >= wait,
            "{retries}: {} is under the floor {wait}",
            spread[0]
        );
        assert!(
            spread[SAMPLES - 1] <= 2.0 * wait,
            "{retries}: over twice the wait"
        );
        let n = SAMPLES as f64;
        let distance = spread.iter().enumerate().map(|(at, ms)| {
            let expected = (ms - wait) / wait;
            let (below, upto) = (at as f64 / n, (at + 1) as f64 / n);
            (expected - below).abs().max((expected - upto).abs())
        });
        let distance = distance.fold(0.0, f64::max);
        // Milliseconds are whole: the shortest wait has steps of a thousandth.
        let limit = 1.95 / n.sqrt() + 1.0 / wait;
        assert!(distance < limit, "{retries}: {distance} of {limit}");
    }
}

/// R23: all 5,460 sequences of up to six statuses: every permutation of a multiset ends alike, and as the set says.
#[test]
fn no_order_of_statuses_matters() {
    const WORDS: [&str; 4] = ["sent", "delivered", "read", "failed"];
    let mut base = on(submitted(i64::MAX), start(1), 1_000);
    let outcome = Outcome {
        message_id: Some("wamid.A".to_owned()),
        ..Outcome::new(Class::Accepted, Resend::Never, "wait")
    };
    base = on(
        base,
        Event::Finished {
            n: 1,
            outcome,
            random: 0.5,
        },
        1_500,
    );
    let mut ends: BTreeMap<Vec<usize>, Delivery> = BTreeMap::new();
    let mut sequences = 0;
    let mut open: Vec<Vec<usize>> = vec![Vec::new()];
    while let Some(words) = open.pop() {
        if words.len() < 6 {
            open.extend((0..4).map(|word| [words.clone(), vec![word]].concat()));
        }
        if words.is_empty() {
            continue;
        }
        sequences += 1;
        let mut row = base.clone();
        for word in &words {
            let event = Event::Status {
                wamid: "wamid.A".to_owned(),
                status: WORDS[*word].to_owned(),
                timestamp: Some(1_000 + *word as i64),
                code: (*word == 3).then_some(131_026),
                title: None,
                details: None,
            };
            row = on(row, event, 2_000);
        }
        let has = |word: usize| words.contains(&word);
        let expected = match () {
            () if has(3) && (has(1) || has(2)) => State::Conflict,
            () if has(2) => State::Read,
            () if has(1) => State::Delivered,
            () if has(3) => State::Failed,
            () => State::Sent,
        };
        assert_eq!(row.state, expected, "{words:?}");
        let mut multiset = words.clone();
        multiset.sort_unstable();
        let end = ends.entry(multiset).or_insert_with(|| row.clone());
        assert_eq!(*end, row, "{words:?}");
    }
    assert_eq!(sequences, 5_460);
    assert_eq!(ends.len(), 209, "multisets of one to six out of four");
}
