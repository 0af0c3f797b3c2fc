//! docs/delivery.md and docs/delivery.json are written from the machines: `UPDATE=1 cargo test --test
//! delivery_docs` writes them, and without it the test fails when one is not current.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod delivery_world;

use delivery_world::{Row, outcome};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;
use wa_preflight::delivery::dictionary::{
    DICTIONARY_VERSION, GATE_COMMANDS, GATE_EVENTS, INVARIANTS, STEP_COMMANDS, STEP_EVENTS,
    VERDICTS,
};
use wa_preflight::delivery::gate::{self, Settings, Why};
use wa_preflight::delivery::machine::{self, Reason, Refusal, State};
use wa_preflight::delivery::outcome::Class;

const START: i64 = 1_000;
const DEADLINE: i64 = START + 86_400_000;

fn current(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
        return;
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "{file} is not current: run UPDATE=1 cargo test --test delivery_docs"
    );
}

fn word(value: impl Serialize) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

/// The words that a type reads, in the words of serde's own complaint about another one.
fn readable<T: DeserializeOwned>(odd: Value) -> Vec<String> {
    let complaint = serde_json::from_value::<T>(odd).err().unwrap().to_string();
    let words = complaint.split('`').skip(3).step_by(2);
    words.map(str::to_owned).collect()
}

#[test]
fn no_word_is_left_out() {
    let all = |words: Vec<String>| words;
    assert_eq!(
        readable::<State>(json!("?")),
        all(State::ALL.iter().map(word).collect())
    );
    let mut reasons: Vec<String> = Reason::ALL.iter().map(word).collect();
    let mut read = readable::<Reason>(json!("?"));
    reasons.sort();
    read.sort();
    assert_eq!(read, reasons);
    assert_eq!(
        readable::<Class>(json!("?")),
        all(Class::ALL.iter().map(word).collect())
    );
    assert_eq!(
        readable::<Why>(json!("?")),
        all(Why::ALL.iter().map(word).collect())
    );
    let names = |rows: &[(&str, &str, &str)]| -> Vec<String> {
        rows.iter().map(|(name, _, _)| (*name).to_owned()).collect()
    };
    let mut events = readable::<machine::Event>(json!({"type": "?"}));
    let mut listed = names(STEP_EVENTS);
    events.sort();
    listed.sort();
    assert_eq!(events, listed);
    let mut events = readable::<gate::Event>(json!({"type": "?"}));
    let mut listed = names(GATE_EVENTS);
    events.sort();
    listed.sort();
    assert_eq!(events, listed);
}

fn finished(class: &str, more: Value) -> Value {
    json!({"type": "finished", "n": 1, "outcome": outcome(class, more), "random": 0.5})
}

fn status(word: &str) -> Value {
    json!({"type": "status", "wamid": "wamid.A", "status": word, "timestamp": 5_000})
}

/// A delivery in this state, by the shortest way.
fn in_state(state: State) -> Row {
    let mut row = Row::submitted(json!({"category": "utility", "epoch": 1}), START);
    let start = json!({"type": "start", "nonce": "c1", "timeoutMs": 30_000, "epoch": 1});
    let accepted = || finished("accepted", json!({"messageId": "wamid.A"}));
    let lost = || finished("unknown", json!({"resend": "only_if_unconfirmed"}));
    let way: Vec<(Value, i64)> = match state {
        State::Queued => vec![],
        State::Sending => vec![(start, 2_000)],
        State::Blocked => vec![
            (start, 2_000),
            (finished("account", json!({"code": 190})), 3_000),
        ],
        State::Accepted => vec![(start, 2_000), (accepted(), 3_000)],
        State::Held => {
            let more =
                json!({"messageId": "wamid.A", "messageStatus": "held_for_quality_assessment"});
            vec![(start, 2_000), (finished("accepted", more), 3_000)]
        }
        State::Sent => vec![(start, 2_000), (accepted(), 3_000), (status("sent"), 4_000)],
        State::Delivered => vec![
            (start, 2_000),
            (accepted(), 3_000),
            (status("delivered"), 4_000),
        ],
        State::Read => vec![(start, 2_000), (accepted(), 3_000), (status("read"), 4_000)],
        State::Unknown => vec![(start, 2_000), (lost(), 3_000)],
        State::Failed => vec![
            (start, 2_000),
            (finished("invalid", json!({"code": 100})), 3_000),
        ],
        State::Conflict => vec![
            (start, 2_000),
            (accepted(), 3_000),
            (status("delivered"), 4_000),
            (status("failed"), 4_000),
        ],
        State::Expired => vec![(json!({"type": "tick"}), DEADLINE)],
        State::Cancelled => vec![(json!({"type": "cancel"}), 2_000)],
        State::Rejected => vec![(json!({"type": "rejudged", "epoch": 2, "ok": false}), 2_000)],
        State::NeedsAttention => vec![
            (start, 2_000),
            (lost(), 3_000),
            (json!({"type": "tick"}), DEADLINE),
        ],
        State::Closed => vec![
            (start, 2_000),
            (lost(), 3_000),
            (json!({"type": "close", "by": "ana"}), 4_000),
        ],
    };
    for (event, now) in way {
        row.step(event, now);
    }
    assert_eq!(row.state(), state, "{:#?}", row.timeline);
    row
}

/// What the columns of the table of transitions are: a heading, the event, its time.
fn columns() -> Vec<(&'static str, Value, i64)> {
    let soon = 10_000;
    vec![
        ("leased", json!({"type": "leased", "until": 60_000}), soon),
        (
            "start",
            json!({"type": "start", "nonce": "c2", "timeoutMs": 30_000, "epoch": 1}),
            soon,
        ),
        (
            "start, held",
            json!({"type": "start", "nonce": "c2", "timeoutMs": 30_000, "epoch": 1, "hold": "account"}),
            soon,
        ),
        (
            "start, newer epoch",
            json!({"type": "start", "nonce": "c2", "timeoutMs": 30_000, "epoch": 2}),
            soon,
        ),
        (
            "deferred",
            json!({"type": "deferred", "until": 20_000}),
            soon,
        ),
        ("suppressed", json!({"type": "suppressed"}), soon),
        (
            "abandoned",
            json!({"type": "abandoned", "n": 1, "nonce": "c1"}),
            soon,
        ),
        ("tick before the deadline", json!({"type": "tick"}), soon),
        ("tick at the deadline", json!({"type": "tick"}), DEADLINE),
        ("status `sent`", status("sent"), soon),
        ("status `delivered`", status("delivered"), soon),
        ("status `read`", status("read"), soon),
        ("status `failed`", status("failed"), soon),
        (
            "rejudged, refused",
            json!({"type": "rejudged", "epoch": 2, "ok": false}),
            soon,
        ),
        ("cancel", json!({"type": "cancel"}), soon),
        ("released", json!({"type": "released"}), soon),
        ("resend", json!({"type": "resend", "by": "ana"}), soon),
        ("close", json!({"type": "close", "by": "ana"}), soon),
    ]
}

/// What the event makes of a delivery in this state: the new state, or the refusal.
fn becomes(state: State, event: &Value, now: i64) -> String {
    let mut row = in_state(state);
    let commands = row.step(event.clone(), now);
    let refused = commands.iter().find(|command| command["do"] == "refuse");
    let to = row.state();
    match refused {
        Some(refusal) if to == state => format!("*{}*", refusal["reason"].as_str().unwrap()),
        _ if to == state => "·".to_owned(),
        _ => word(to),
    }
}

/// The first row is the head.
fn table(out: &mut String, rows: &[Vec<String>]) {
    for (at, row) in rows.iter().enumerate() {
        writeln!(out, "| {} |", row.join(" | ")).unwrap();
        if at == 0 {
            writeln!(out, "|{}", " --- |".repeat(row.len())).unwrap();
        }
    }
    out.push('\n');
}

fn head(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn listing(out: &mut String, words: &[&str], rows: &[(&str, &str, &str)]) {
    let mut lines = vec![head(words)];
    for (name, fields, text) in rows {
        let fields = if fields.is_empty() {
            String::new()
        } else {
            format!("`{fields}`").replace('|', "\\|")
        };
        lines.push(vec![format!("`{name}`"), fields, (*text).to_owned()]);
    }
    table(out, &lines);
}

const HEAD: &str = "# Delivery: every word, and what leads to what

*Written from src/delivery by tests/delivery_docs.rs; the tables of transitions are what the machine answers when it is \
asked. How a ledger calls the two machines: [delivery-contract.md](delivery-contract.md). The same words as data: \
[delivery.json](delivery.json).*

The promise: **at most one automatic accept per delivery key, and every delivery ends in a named state, with a reason, by \
a deadline.** Not more: Meta has no idempotency key, so exactly-once cannot be had.

";

#[test]
fn the_page_about_delivery_is_current() {
    let mut out = HEAD.to_owned();
    out.push_str("## Invariants\n\nAsserted after every event of the simulation (`./build.sh simulate`).\n\n");
    let mut rows = vec![head(&["", "says", "how it is kept"])];
    for (name, says, how) in INVARIANTS {
        rows.push(head(&[name, says, how]));
    }
    table(&mut out, &rows);

    out.push_str(
        "## States\n\nA settled state stays unless a webhook brings news or a person acts.\n\n",
    );
    let mut rows = vec![head(&["state", "settled", "meaning"])];
    for state in State::ALL {
        let settled = if state.settled() { "yes" } else { "" };
        rows.push(head(&[
            &format!("`{}`", word(state)),
            settled,
            state.meaning(),
        ]));
    }
    table(&mut out, &rows);

    out.push_str(
        "## What an event makes of a state\n\nA state: the new one. *Slanted*: refused with that word. `·`: nothing changes that is \
         shown. Each cell is one call of `step` on a utility message that came to its state by the shortest way.\n\n",
    );
    for part in State::ALL.chunks(8) {
        let mut heading = vec![String::new()];
        heading.extend(part.iter().map(|state| format!("`{}`", word(state))));
        let mut rows = vec![heading];
        for (name, event, now) in columns() {
            let mut row = vec![name.to_owned()];
            row.extend(part.iter().map(|state| becomes(*state, &event, now)));
            rows.push(row);
        }
        table(&mut out, &rows);
    }

    out.push_str(
        "## What an outcome makes of an attempt\n\n`late`: the attempt had been given up as unknown before its answer came.\n\n",
    );
    let mut rows = vec![head(&[
        "class",
        "resend",
        "says",
        "sending becomes",
        "late",
    ])];
    for class in Class::ALL {
        let resends: &[&str] = match class {
            Class::Accepted
            | Class::Invalid
            | Class::Recipient
            | Class::RecipientWait
            | Class::Account => &["never"],
            Class::NotSent => &["safe"],
            Class::Throttled | Class::Transient => &["after"],
            Class::Template => &["never", "after"],
            Class::Unknown => &["only_if_unconfirmed"],
        };
        for resend in resends {
            let mut more = json!({"resend": resend});
            if class == Class::Accepted {
                more["messageId"] = "wamid.A".into();
            }
            let event = finished(class.word(), more);
            rows.push(head(&[
                &format!("`{}`", class.word()),
                resend,
                class.meaning(),
                &becomes(State::Sending, &event, 10_000),
                &late(&event),
            ]));
        }
    }
    table(&mut out, &rows);

    writeln!(
        out,
        "## Reasons\n\nVersion {DICTIONARY_VERSION}. Where a code of Meta's is behind it, the code's own action stands in place of this one.\n"
    )
    .unwrap();
    let mut rows = vec![head(&["reason", "meaning", "what to do"])];
    for reason in Reason::ALL {
        let action = reason.action().unwrap_or("nothing: the ledger is at work");
        rows.push(head(&[
            &format!("`{}`", word(reason)),
            reason.meaning(),
            action,
        ]));
    }
    table(&mut out, &rows);

    out.push_str("## `step`: events\n\n");
    listing(&mut out, &["event", "fields", "effect"], STEP_EVENTS);
    out.push_str("## `step`: commands\n\n");
    listing(&mut out, &["command", "fields", "to do"], STEP_COMMANDS);
    out.push_str("## `step`: refusals\n\n");
    let mut rows = vec![head(&["refusal", "meaning"])];
    for refusal in Refusal::ALL {
        rows.push(head(&[&format!("`{}`", word(refusal)), refusal.meaning()]));
    }
    table(&mut out, &rows);

    out.push_str("## `gate`: events\n\n");
    listing(&mut out, &["event", "fields", "effect"], GATE_EVENTS);
    out.push_str("## `gate`: verdicts\n\n");
    listing(
        &mut out,
        &["verdict", "fields", "what the ledger does"],
        VERDICTS,
    );
    out.push_str(
        "## `gate`: what something waits for\n\nIn the order in which it is looked at.\n\n",
    );
    let mut rows = vec![head(&["why", "meaning", "what ends it"])];
    for why in Why::ALL {
        let (meaning, end) = why.meaning();
        rows.push(head(&[&format!("`{}`", word(why)), meaning, end]));
    }
    table(&mut out, &rows);
    out.push_str("## `gate`: commands\n\n");
    listing(&mut out, &["command", "fields", "to do"], GATE_COMMANDS);
    out.push_str("## `gate`: settings\n\nTimes are milliseconds. The Worker's README says where each is configured.\n\n");
    let mut rows = vec![head(&["setting", "default"])];
    for (name, value) in settings() {
        rows.push(head(&[&format!("`{name}`"), &value]));
    }
    table(&mut out, &rows);
    current("docs/delivery.md", &format!("{}\n", out.trim_end()));
}

/// What a late outcome makes of an unknown delivery.
fn late(event: &Value) -> String {
    let mut row = in_state(State::Sending);
    row.step(json!({"type": "tick"}), 10_000_000);
    assert_eq!(row.state(), State::Unknown);
    row.step(event.clone(), 10_000_001);
    match row.state() {
        State::Unknown => "·".to_owned(),
        state => word(state),
    }
}

fn settings() -> Vec<(&'static str, String)> {
    let Settings {
        per_second,
        pair_every_ms,
        pair_burst,
        template_errors,
        transport_errors,
        probe_ms,
        probe_max_ms,
        trial_ms,
        trial_max_ms,
        silence_ms,
        silence_accepts,
    } = Settings::default();
    vec![
        ("perSecond", per_second.to_string()),
        ("pairEveryMs", pair_every_ms.to_string()),
        ("pairBurst", pair_burst.to_string()),
        ("templateErrors", template_errors.to_string()),
        ("transportErrors", transport_errors.to_string()),
        ("probeMs", probe_ms.to_string()),
        ("probeMaxMs", probe_max_ms.to_string()),
        ("trialMs", trial_ms.to_string()),
        ("trialMaxMs", trial_max_ms.to_string()),
        ("silenceMs", silence_ms.to_string()),
        ("silenceAccepts", silence_accepts.to_string()),
    ]
}

#[test]
fn the_dictionary_as_data_is_current() {
    let reasons: Vec<Value> = Reason::ALL
        .iter()
        .map(|reason| {
            json!({"reason": reason, "meaning": reason.meaning(), "action": reason.action()})
        })
        .collect();
    let states: Vec<Value> = State::ALL
        .iter()
        .map(
            |state| json!({"state": state, "settled": state.settled(), "meaning": state.meaning()}),
        )
        .collect();
    let refusals: Vec<Value> = Refusal::ALL
        .iter()
        .map(|refusal| json!({"refusal": refusal, "meaning": refusal.meaning()}))
        .collect();
    let waits: Vec<Value> = Why::ALL
        .iter()
        .map(|why| json!({"why": why, "meaning": why.meaning().0, "ends": why.meaning().1}))
        .collect();
    let all = json!({"version": DICTIONARY_VERSION, "states": states, "reasons": reasons, "refusals": refusals, "waits": waits});
    let mut text = serde_json::to_string_pretty(&all).unwrap();
    text.push('\n');
    current("docs/delivery.json", &text);
}
