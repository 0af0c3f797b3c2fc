//! One row and everything that was asked of it. The invariants are checked after every step.

#![allow(dead_code, reason = "each suite uses its part")]

use serde_json::{Value, json};
use wa_preflight::delivery::machine::{Delivery, Event, State, step};

pub struct Row {
    pub delivery: Delivery,
    pub timeline: Vec<Value>,
    /// Starts that were granted without a person asking.
    pub automatic: u32,
    /// Whether anything ever left it possible that Meta has the message.
    pub maybe_taken: bool,
}

/// An outcome as JSON; it is never resent unless `more` says so.
pub fn outcome(class: &str, more: Value) -> Value {
    let mut outcome = json!({"class": class, "resend": "never", "action": "look at it"});
    for (key, value) in more.as_object().unwrap() {
        outcome[key] = value.clone();
    }
    outcome
}

impl Row {
    pub fn submitted(more: Value, now: i64) -> Row {
        let mut event =
            json!({"type": "submitted", "id": "10id", "callbackId": "10cb", "key": "k"});
        for (key, value) in more.as_object().unwrap() {
            event[key] = value.clone();
        }
        let made = step(None, serde_json::from_value(event).unwrap(), now).unwrap();
        let mut row = Row {
            delivery: made.delivery,
            timeline: Vec::new(),
            automatic: 0,
            maybe_taken: false,
        };
        row.keep(
            made.commands
                .iter()
                .map(|c| serde_json::to_value(c).unwrap()),
        );
        row.holds_together(now);
        row
    }

    pub fn state(&self) -> State {
        self.delivery.state
    }

    pub fn get(&self, key: &str) -> Value {
        let row = serde_json::to_value(&self.delivery).unwrap();
        row.get(key).cloned().unwrap_or(Value::Null)
    }

    /// Takes one step through JSON, as the Worker does, and checks what must always hold.
    pub fn step(&mut self, event: Value, now: i64) -> Vec<Value> {
        let stored = serde_json::to_string(&self.delivery).unwrap();
        let before: Delivery = serde_json::from_str(&stored).unwrap();
        assert_eq!(before, self.delivery, "the row survives its storage");
        let event: Event = serde_json::from_value(event).unwrap();
        let word = event.word();
        let done = step(Some(before.clone()), event, now).unwrap();
        let commands: Vec<Value> = done
            .commands
            .iter()
            .map(|c| serde_json::to_value(c).unwrap())
            .collect();
        self.delivery = done.delivery;
        self.keep(commands.iter().cloned());
        let posts = commands.iter().any(|c| c["do"] == "post");
        if posts && self.delivery.n > before.n {
            assert_eq!(
                before.state,
                State::Queued,
                "a start from {:?}",
                before.state
            );
            let forced = self.delivery.attempt.as_ref().unwrap().forced;
            assert!(
                forced || !self.maybe_taken,
                "a second automatic start after Meta may have taken it: {before:#?}"
            );
            self.automatic += u32::from(!forced);
        }
        self.maybe_taken |= !self.delivery.evidence.is_empty()
            || matches!(
                self.state(),
                State::Accepted | State::Held | State::Unknown | State::NeedsAttention
            );
        let shown = (before.state, before.reason) != (self.delivery.state, self.delivery.reason);
        let recorded = commands.iter().any(|c| c["do"] == "record");
        assert!(
            !shown || recorded,
            "{word}: {:?} to {:?} left no trace",
            before.state,
            self.delivery.state
        );
        self.holds_together(now);
        commands
    }

    fn keep(&mut self, commands: impl Iterator<Item = Value>) {
        for command in commands {
            if command["do"] == "record" {
                self.timeline.push(command["entry"].clone());
            }
        }
    }

    fn holds_together(&self, now: i64) {
        let row = &self.delivery;
        assert_eq!(row.settled, row.state.settled());
        assert_eq!(
            row.wake_at.is_none(),
            row.settled,
            "a row that waits wakes: {row:#?}"
        );
        assert_eq!(row.due_at.is_some(), row.state == State::Queued);
        if row.state == State::Queued {
            assert!(row.wake_at.unwrap() <= row.expires_at.max(now));
        }
        assert!(
            row.evidence.windows(2).all(|pair| pair[0] < pair[1]),
            "a sorted set"
        );
    }

    /// Takes a step that must give a command.
    pub fn does(&mut self, event: Value, now: i64, command: &str) -> Value {
        let commands = self.step(event, now);
        let found = commands.iter().find(|c| c["do"] == command);
        found
            .unwrap_or_else(|| panic!("no {command} in {commands:?}"))
            .clone()
    }

    /// Takes a step that must be refused.
    pub fn refused(&mut self, event: Value, now: i64, reason: &str) -> Vec<Value> {
        let commands = self.step(event, now);
        let refusal = commands.iter().find(|c| c["do"] == "refuse");
        assert_eq!(
            refusal.unwrap_or_else(|| panic!("not refused: {commands:?}"))["reason"],
            reason
        );
        assert!(commands.iter().all(|c| c["do"] != "post"));
        commands
    }

    pub fn refuses_to_start(&mut self, now: i64) {
        let commands = self.step(
            json!({"type": "start", "nonce": "again", "timeoutMs": 1}),
            now,
        );
        assert!(commands.iter().any(|c| c["do"] == "refuse"), "{commands:?}");
        assert!(commands.iter().all(|c| c["do"] != "post"), "{commands:?}");
    }

    /// A row that ended or is stuck says why and what to do.
    pub fn explains_itself(&self) {
        let state = self.state();
        let at_work = matches!(state, State::Queued | State::Sending);
        let action = self.get("action");
        assert!(
            at_work || action.as_str().is_some_and(|text| text.len() > 8),
            "{state:?}: {action}"
        );
        assert!(self.get("reason").is_string());
    }
}
