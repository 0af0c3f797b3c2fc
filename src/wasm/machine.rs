//! What the Worker calls: the delivery machine, JSON in and JSON out. Browsers never load it.

use crate::delivery::gate::{self, Gated};
use crate::delivery::ids;
use crate::delivery::machine::{self, Command, Delivery, Event};
use crate::phone;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Step {
        delivery: Box<Delivery>,
        commands: Vec<Command>,
    },
    Gate(Box<Gated>),
    Wrong {
        error: String,
    },
}

/// Carries a delivery one step on. `delivery` is the stored row as JSON, or `null` for `submitted`;
/// the answer is `{delivery, commands}`, or `{error}` when the call itself was wrong.
/// `docs/delivery-contract.md` is the contract.
#[wasm_bindgen]
pub fn step(delivery: &str, event: &str, now_ms: f64) -> String {
    let answer = match run(delivery, event, now_ms) {
        Ok(step) => Answer::Step {
            delivery: Box::new(step.delivery),
            commands: step.commands,
        },
        Err(error) => Answer::Wrong { error },
    };
    serde_json::to_string(&answer)
        .unwrap_or_else(|_| r#"{"error":"step: the row could not be written as JSON"}"#.to_owned())
}

fn run(delivery: &str, event: &str, now_ms: f64) -> Result<machine::Step, String> {
    let delivery: Option<Delivery> =
        serde_json::from_str(delivery).map_err(|error| format!("delivery: {error}"))?;
    let event: Event = serde_json::from_str(event).map_err(|error| format!("event: {error}"))?;
    if !now_ms.is_finite() {
        return Err("now: it must be a number of milliseconds since 1970".to_owned());
    }
    machine::step(delivery, event, now_ms as i64).map_err(|error| error.to_string())
}

/// Carries a sender one event on. `state` is the stored one as JSON, or `null` for a sender of which
/// nothing is known; `settings` is a JSON object, its absent members have their defaults. The answer is
/// `{state, verdicts?, lease?, pairs?, commands, leaseAt, wakeAt}`, or `{error}`.
#[wasm_bindgen]
pub fn gate(state: &str, event: &str, settings: &str, now_ms: f64) -> String {
    let answer = match run_gate(state, event, settings, now_ms) {
        Ok(gated) => Answer::Gate(Box::new(gated)),
        Err(error) => Answer::Wrong { error },
    };
    serde_json::to_string(&answer).unwrap_or_else(|_| {
        r#"{"error":"gate: the state could not be written as JSON"}"#.to_owned()
    })
}

fn run_gate(state: &str, event: &str, settings: &str, now_ms: f64) -> Result<Gated, String> {
    let state = serde_json::from_str(state).map_err(|error| format!("state: {error}"))?;
    let event = serde_json::from_str(event).map_err(|error| format!("event: {error}"))?;
    let settings = serde_json::from_str(settings).map_err(|error| format!("settings: {error}"))?;
    if !now_ms.is_finite() {
        return Err("now: it must be a number of milliseconds since 1970".to_owned());
    }
    gate::gate(state, event, &settings, now_ms as i64).map_err(|error| error.to_string())
}

/// Makes an id from a shard (0–35) and 16 random bytes; `undefined` when either is wrong.
#[wasm_bindgen]
pub fn make_id(shard: u32, random: &[u8]) -> Option<String> {
    ids::make(shard, random)
}

/// A recipient's names as a JSON array: the one that is always the same, and how else WhatsApp may know it.
#[wasm_bindgen]
pub fn recipient_names(recipient: &str) -> String {
    serde_json::to_string(&phone::names(recipient)).unwrap_or_default()
}

/// The shard of an id; -1 when the text is no id of ours.
#[wasm_bindgen]
pub fn id_shard(id: &str) -> i32 {
    ids::shard(id)
        .and_then(|shard| i32::try_from(shard).ok())
        .unwrap_or(-1)
}
