//! Seeded lives of deliveries against a Meta that loses answers, repeats and reorders webhooks, while
//! consumers die at any point and clocks jump. Meta's ledger is the witness, not our counters.

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

/// SplitMix64: small, and the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

#[derive(Default)]
struct Meta {
    /// Message ids taken, in order, with whether the attempt was forced by a person.
    accepts: Vec<(String, bool)>,
    /// Statuses not delivered yet.
    pending: Vec<Value>,
}

/// An attempt in a consumer's hands.
struct Hand {
    n: u32,
    nonce: String,
    forced: bool,
    answer: Option<Value>,
}

fn post(meta: &mut Meta, dice: &mut Dice, forced: bool) -> Value {
    let taken = |meta: &mut Meta, dice: &mut Dice| {
        let wamid = format!("wamid.{}", meta.accepts.len());
        meta.accepts.push((wamid.clone(), forced));
        for word in ["sent", "delivered", "read", "failed"] {
            for _ in 0..dice.below(3) {
                let at = 1_000 + dice.below(3);
                meta.pending.push(
                    json!({"type": "status", "wamid": wamid, "status": word, "timestamp": at}),
                );
            }
        }
        wamid
    };
    match dice.below(10) {
        0..=3 => {
            let wamid = taken(meta, dice);
            outcome("accepted", json!({"messageId": wamid}))
        }
        4 => {
            taken(meta, dice);
            outcome("unknown", json!({"resend": "only_if_unconfirmed"}))
        }
        5 => outcome("unknown", json!({"resend": "only_if_unconfirmed"})),
        6 => outcome(
            "throttled",
            json!({"resend": "after", "code": 131_056, "afterMs": 6_000}),
        ),
        7 => outcome("not_sent", json!({"resend": "safe"})),
        8 => outcome("account", json!({"code": 190})),
        _ => outcome("invalid", json!({"code": 132_000})),
    }
}

fn live(seed: u64, steps: u64, ends: &mut BTreeMap<String, u32>) {
    let mut dice = Dice(seed);
    let mut meta = Meta::default();
    let mut now = 1_000_000_i64;
    let mut row = Row::submitted(
        json!({"category": "utility", "sendAt": now + dice.below(5_000) as i64}),
        now,
    );
    let mut hands: Vec<Hand> = Vec::new();
    let mut answers: Vec<Value> = Vec::new();
    let mut posted: Vec<String> = Vec::new();
    let people = dice.one_in(4);
    for step in 0..steps {
        now += match dice.below(20) {
            0 => 3_600_000,
            1 => -3_600_000,
            2 => 61_000,
            _ => dice.below(3_000) as i64,
        };
        match dice.below(12) {
            0 => drop(row.step(json!({"type": "leased", "until": now + 60_000}), now)),
            1..=3 => {
                let nonce = if dice.one_in(5) {
                    "same".to_owned()
                } else {
                    step.to_string()
                };
                // A consumer asks again under one name only while it has posted nothing.
                if posted.contains(&nonce) {
                    continue;
                }
                let start = json!({"type": "start", "nonce": nonce, "timeoutMs": 30_000});
                let commands = row.step(start, now);
                let granted = commands.iter().find(|c| c["do"] == "post");
                // The reply may be lost: then nothing is posted.
                if let (Some(post), false) = (granted, dice.one_in(6)) {
                    let n = post["n"].as_u64().unwrap() as u32;
                    let forced = row.delivery.attempt.as_ref().unwrap().forced;
                    hands.retain(|hand| hand.n != n);
                    hands.push(Hand {
                        n,
                        nonce,
                        forced,
                        answer: None,
                    });
                }
            }
            4..=5 if !hands.is_empty() => {
                let at = dice.below(hands.len() as u64) as usize;
                match (dice.below(8), hands[at].answer.is_some()) {
                    // The consumer dies, before or after its POST.
                    (0, _) => drop(hands.remove(at)),
                    (1, false) => {
                        let hand = hands.remove(at);
                        row.step(
                            json!({"type": "abandoned", "n": hand.n, "nonce": hand.nonce}),
                            now,
                        );
                    }
                    (_, false) => {
                        let forced = hands[at].forced;
                        posted.push(hands[at].nonce.clone());
                        hands[at].answer = Some(post(&mut meta, &mut dice, forced));
                    }
                    (_, true) => {
                        let hand = hands.remove(at);
                        answers.push(json!({"type": "finished", "n": hand.n, "outcome": hand.answer.unwrap(), "random": 0.3}));
                    }
                }
            }
            6 if !answers.is_empty() => {
                let at = dice.below(answers.len() as u64) as usize;
                let answer = if dice.one_in(4) {
                    answers[at].clone()
                } else {
                    answers.remove(at)
                };
                row.step(answer, now);
            }
            7..=8 if !meta.pending.is_empty() => {
                let at = dice.below(meta.pending.len() as u64) as usize;
                let status = if dice.one_in(4) {
                    meta.pending[at].clone()
                } else {
                    meta.pending.remove(at)
                };
                row.step(status, now);
            }
            9 => drop(row.step(json!({"type": "tick"}), now)),
            10 if dice.one_in(10) => drop(row.step(json!({"type": "cancel"}), now)),
            10 if dice.one_in(3) => drop(row.step(json!({"type": "released"}), now)),
            11 if people && dice.one_in(5) => {
                drop(row.step(json!({"type": "resend", "by": "ana"}), now))
            }
            _ => {}
        }
        let automatic = meta.accepts.iter().filter(|(_, forced)| !forced).count();
        assert!(
            automatic <= 1,
            "seed {seed}: Meta took it {automatic} times by itself: {:#?}",
            row.timeline
        );
    }
    // Every webhook arrives at last, then the deadline passes.
    for status in std::mem::take(&mut meta.pending) {
        row.step(status, now);
    }
    let end = now.max(row.get("expiresAt").as_i64().unwrap()) + 86_400_000;
    row.step(json!({"type": "tick"}), end);
    row.explains_itself();
    assert!(
        row.state().settled(),
        "seed {seed}: {:?} has no end: {:#?}",
        row.state(),
        row.timeline
    );
    let said = |word: &str| row.delivery.evidence.iter().any(|e| e.status == word);
    if said("delivered") || said("read") {
        let states = [State::Delivered, State::Read, State::Conflict];
        assert!(
            states.contains(&row.state()),
            "seed {seed}: {:?}",
            row.state()
        );
    } else {
        assert!(
            ![State::Delivered, State::Read].contains(&row.state()),
            "seed {seed}: nobody said so"
        );
    }
    *ends.entry(format!("{:?}", row.state())).or_default() += 1;
}

#[test]
fn no_life_sends_twice_by_itself_and_every_life_ends() {
    // Replay one life: PREFLIGHT_SEED=<n> cargo test --test delivery_simulation
    let seeds = match std::env::var("PREFLIGHT_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
    {
        Some(seed) => seed..seed + 1,
        None => 0..1_500,
    };
    let all = seeds.end - seeds.start > 1;
    let mut ends = BTreeMap::new();
    for seed in seeds {
        live(seed, 80, &mut ends);
    }
    if all {
        for state in [
            "Conflict",
            "Delivered",
            "Read",
            "Failed",
            "Expired",
            "Cancelled",
            "NeedsAttention",
        ] {
            assert!(ends.contains_key(state), "no life ended {state}: {ends:?}");
        }
    }
}
