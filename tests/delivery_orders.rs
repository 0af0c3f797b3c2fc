//! Statuses are a set: their order, their repetition and the moment of the POST's own answer cannot
//! change where a delivery ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod delivery_world;

use delivery_world::{Row, outcome};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use wa_preflight::delivery::machine::State;

const WORDS: [&str; 4] = ["sent", "delivered", "read", "failed"];

fn sending() -> Row {
    let mut row = Row::submitted(json!({"category": "marketing"}), 0);
    row.does(
        json!({"type": "start", "nonce": "c", "timeoutMs": 30_000}),
        10,
        "post",
    );
    row
}

fn status(word: &str) -> Value {
    json!({"type": "status", "wamid": "wamid.A", "status": word, "timestamp": 100})
}

fn accept() -> Value {
    json!({"type": "finished", "n": 1, "outcome": outcome("accepted", json!({"messageId": "wamid.A"})), "random": 0.5})
}

/// What is shown, without the times of our own clock.
fn shown(row: &Row) -> Value {
    let mut shown = serde_json::to_value(&row.delivery).unwrap();
    let members = shown.as_object_mut().unwrap();
    members.retain(|key, _| !["updatedAt", "attempt"].contains(&key.as_str()));
    shown
}

/// What a set of words must come to.
fn expected(words: &[&str]) -> State {
    let has = |word| words.contains(&word);
    match () {
        () if has("failed") && (has("delivered") || has("read")) => State::Conflict,
        () if has("read") => State::Read,
        () if has("delivered") => State::Delivered,
        () if has("failed") => State::Failed,
        () if has("sent") => State::Sent,
        () => State::Accepted,
    }
}

/// Every sequence of up to five words, with the POST's answer at every place among them.
#[test]
fn every_order_of_statuses_and_answer_ends_alike() {
    let mut ends: BTreeMap<Vec<&str>, Value> = BTreeMap::new();
    let mut sequences = 0;
    let mut queue: Vec<Vec<&str>> = vec![Vec::new()];
    while let Some(words) = queue.pop() {
        if words.len() < 5 {
            queue.extend(
                WORDS
                    .iter()
                    .map(|word| [words.clone(), vec![*word]].concat()),
            );
        }
        for answer_at in 0..=words.len() {
            let mut row = sending();
            for (at, word) in words.iter().enumerate() {
                if at == answer_at {
                    row.step(accept(), 50);
                }
                row.step(status(word), 60);
            }
            if answer_at == words.len() {
                row.step(accept(), 50);
            }
            assert_eq!(
                row.state(),
                expected(&words),
                "{words:?}, answer at {answer_at}"
            );
            row.refuses_to_start(61);
            let mut set = words.clone();
            set.sort_unstable();
            set.dedup();
            let end = shown(&row);
            assert_eq!(
                ends.entry(set).or_insert_with(|| end.clone()),
                &end,
                "{words:?}, answer at {answer_at}"
            );
            sequences += 1;
        }
    }
    assert_eq!(ends.len(), 16, "every set of words was reached");
    assert!(sequences > 1_365);
}

/// The same where the answer was lost: statuses alone adopt the row, in any phase.
#[test]
fn statuses_adopt_a_row_in_any_phase() {
    type Prepare = fn() -> Row;
    let phases: [(&str, Prepare); 7] = [
        ("queued", || {
            Row::submitted(json!({"category": "marketing"}), 0)
        }),
        ("sending", sending),
        ("unknown", || {
            let mut row = sending();
            row.step(json!({"type": "tick"}), 60_010);
            row
        }),
        ("needs_attention", || {
            let mut row = sending();
            row.step(json!({"type": "tick"}), 300_000_000);
            row
        }),
        ("cancelled", || {
            let mut row = Row::submitted(json!({"category": "marketing"}), 0);
            row.step(json!({"type": "cancel"}), 1);
            row
        }),
        ("expired", || {
            let mut row = Row::submitted(json!({"category": "marketing"}), 0);
            row.step(json!({"type": "tick"}), 300_000_000);
            row
        }),
        ("blocked", || {
            let mut row = sending();
            row.step(json!({"type": "finished", "n": 1, "outcome": outcome("account", json!({})), "random": 0.0}), 50);
            row
        }),
    ];
    for (name, prepare) in phases {
        for (word, state) in [
            ("delivered", State::Delivered),
            ("read", State::Read),
            ("failed", State::Failed),
        ] {
            let mut row = prepare();
            row.step(status(word), 300_000_001);
            assert_eq!(row.state(), state, "{word} in {name}");
            row.refuses_to_start(300_000_002);
        }
        let mut row = prepare();
        row.step(status("sent"), 300_000_001);
        let late = name == "needs_attention";
        assert_eq!(
            row.state(),
            if late {
                State::NeedsAttention
            } else {
                State::Sent
            },
            "{name}"
        );
        row.step(json!({"type": "tick"}), 300_000_001);
        assert_eq!(
            row.state(),
            State::NeedsAttention,
            "sent alone is no end: {name}"
        );
    }
}

#[test]
fn the_incidents_of_the_field_end_well() {
    for (words, state) in [
        (vec!["delivered", "sent"], State::Delivered),
        (vec!["sent", "read", "delivered", "delivered"], State::Read),
        (vec!["failed", "sent"], State::Failed),
        (vec!["failed", "delivered"], State::Conflict),
        (vec!["played", "sent"], State::Read),
        (vec!["warning", "deleted"], State::Sending),
    ] {
        let mut row = sending();
        for word in &words {
            row.step(status(word), 60);
        }
        assert_eq!(row.state(), state, "{words:?}");
    }
}

#[test]
fn words_that_differ_only_in_text_merge_alike() {
    let failed = |details: &str| json!({"type": "status", "wamid": "wamid.A", "status": "failed", "timestamp": 100, "code": 131_053, "details": details});
    let ends: Vec<Value> = [["a", "b"], ["b", "a"]]
        .iter()
        .map(|order| {
            let mut row = sending();
            for details in order {
                row.step(failed(details), 60);
            }
            shown(&row)
        })
        .collect();
    assert_eq!(ends[0], ends[1]);
}

#[test]
fn a_flood_of_one_word_is_bounded_and_loses_no_new_word() {
    let mut row = sending();
    for n in 0..500 {
        row.step(
            json!({"type": "status", "wamid": "wamid.A", "status": "sent", "timestamp": n}),
            60,
        );
    }
    assert_eq!(row.get("evidence").as_array().unwrap().len(), 64);
    row.step(status("delivered"), 61);
    assert_eq!(row.state(), State::Delivered);
}
