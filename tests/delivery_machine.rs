//! The delivery machine: the promise under every order of events, and each path by itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod delivery_world;

use delivery_world::{Row, outcome};
use proptest::prelude::*;
use serde_json::{Value, json};
use wa_preflight::delivery::machine::State;

const START: i64 = 1_000;

fn row() -> Row {
    Row::submitted(json!({"category": "utility", "epoch": 1}), START)
}

fn sending() -> Row {
    let mut row = row();
    row.does(
        json!({"type": "start", "nonce": "c1", "timeoutMs": 30_000, "epoch": 1}),
        2_000,
        "post",
    );
    row
}

fn finish(class: &str, more: Value) -> Value {
    json!({"type": "finished", "n": 1, "outcome": outcome(class, more), "random": 0.5})
}

fn status(word: &str) -> Value {
    json!({"type": "status", "wamid": "wamid.A", "status": word, "timestamp": 5_000})
}

#[test]
fn a_message_goes_from_submitted_to_read() {
    let mut row = row();
    assert_eq!(
        (row.state(), row.get("dueAt")),
        (State::Queued, json!(START))
    );
    assert_eq!(row.get("expiresAt"), json!(START + 86_400_000));
    row.does(json!({"type": "leased", "until": 61_000}), 1_500, "leased");
    assert_eq!(row.get("dueAt"), json!(61_000));
    let post = row.does(
        json!({"type": "start", "nonce": "c1", "timeoutMs": 30_000, "epoch": 1}),
        2_000,
        "post",
    );
    assert_eq!(
        (&post["n"], &post["callbackId"]),
        (&json!(1), &row.get("callbackId"))
    );
    assert_eq!(
        (row.state(), row.get("wakeAt")),
        (State::Sending, json!(62_000))
    );
    row.step(finish("accepted", json!({"messageId": "wamid.A"})), 3_000);
    assert_eq!(
        (row.state(), row.get("settled")),
        (State::Accepted, json!(false))
    );
    for (word, state) in [
        ("sent", State::Sent),
        ("delivered", State::Delivered),
        ("read", State::Read),
    ] {
        row.step(status(word), 4_000);
        assert_eq!(row.state(), state);
    }
    assert_eq!(
        (row.get("settled"), row.get("wakeAt")),
        (json!(true), Value::Null)
    );
    let timeline: Vec<&str> = row
        .timeline
        .iter()
        .map(|entry| entry["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        timeline,
        [
            "submitted",
            "start",
            "finished",
            "status",
            "status",
            "status"
        ]
    );
}

#[test]
fn every_class_of_outcome_has_its_state() {
    for (class, more, state, command) in [
        (
            "accepted",
            json!({"messageId": "wamid.A"}),
            State::Accepted,
            None,
        ),
        (
            "accepted",
            json!({"messageId": "wamid.A", "messageStatus": "held_for_quality_assessment"}),
            State::Held,
            None,
        ),
        (
            "accepted",
            json!({"messageId": "wamid.A", "messageStatus": "paused"}),
            State::Held,
            None,
        ),
        (
            "not_sent",
            json!({"resend": "safe"}),
            State::Queued,
            Some("nudge"),
        ),
        (
            "throttled",
            json!({"resend": "after", "code": 130_429}),
            State::Queued,
            Some("nudge"),
        ),
        (
            "transient",
            json!({"resend": "after", "afterMs": 60_000}),
            State::Queued,
            Some("nudge"),
        ),
        (
            "template",
            json!({"resend": "after", "afterMs": 10_800_000, "code": 132_015}),
            State::Queued,
            Some("hold_template"),
        ),
        (
            "template",
            json!({"code": 132_001}),
            State::Failed,
            Some("hold_template"),
        ),
        ("invalid", json!({"code": 132_000}), State::Failed, None),
        ("recipient", json!({"code": 131_030}), State::Failed, None),
        (
            "recipient_wait",
            json!({"code": 131_049, "afterMs": 86_400_000}),
            State::Failed,
            None,
        ),
        (
            "account",
            json!({"code": 190}),
            State::Blocked,
            Some("stop_sender"),
        ),
        (
            "unknown",
            json!({"resend": "only_if_unconfirmed"}),
            State::Unknown,
            None,
        ),
    ] {
        let mut row = sending();
        let commands = row.step(finish(class, more), 3_000);
        assert_eq!(row.state(), state, "{class}");
        let others: Vec<&str> = commands
            .iter()
            .map(|c| c["do"].as_str().unwrap())
            .filter(|word| *word != "record")
            .collect();
        assert!(
            command.is_none_or(|wanted| others.contains(&wanted)),
            "{class}: {others:?}"
        );
        assert_eq!(
            others.contains(&"stop_sender"),
            class == "account",
            "only the account stops a sender"
        );
        row.explains_itself();
    }
}

#[test]
fn a_wait_keeps_its_floor_doubles_and_is_spread() {
    for (more, floor) in [
        (
            json!({"resend": "after", "afterMs": 6_000, "code": 131_056}),
            6_000,
        ),
        (json!({"resend": "after", "code": 130_429}), 1_000),
        (json!({"resend": "after", "code": 4}), 60_000),
        (json!({"resend": "after"}), 1_000),
    ] {
        for random in [0.0, 0.3, 0.999, 7.0, f64::MAX] {
            let mut row = sending();
            let mut now = 3_000;
            for refusals in 0..8 {
                let wait = (floor << refusals).min(900_000);
                row.step(json!({"type": "finished", "n": refusals + 1, "outcome": outcome("throttled", more.clone()), "random": random}), now);
                let not_before = row.get("notBefore").as_i64().unwrap();
                assert!(
                    (now + wait..=now + 2 * wait).contains(&not_before),
                    "{wait} {random}"
                );
                row.refused(
                    json!({"type": "start", "nonce": "early", "timeoutMs": 1}),
                    not_before - 1,
                    "too_early",
                );
                now = not_before;
                row.does(
                    json!({"type": "start", "nonce": format!("c{refusals}"), "timeoutMs": 1_000}),
                    now,
                    "post",
                );
            }
        }
    }
    // An absurd wait is kept, and the deadline ends it.
    let mut row = sending();
    row.step(
        finish(
            "throttled",
            json!({"resend": "after", "afterMs": 9_007_199_254_740_991_u64}),
        ),
        3_000,
    );
    assert_eq!(row.get("wakeAt"), row.get("expiresAt"));
    row.step(json!({"type": "tick"}), 90_000_000);
    assert_eq!(row.state(), State::Expired);
}

#[test]
fn attempts_are_bounded() {
    let mut row = Row::submitted(json!({"category": "utility", "expiresAt": i64::MAX}), START);
    let mut now = START;
    for n in 1..=200 {
        now = now.max(row.get("notBefore").as_i64().unwrap_or(0));
        row.does(
            json!({"type": "start", "nonce": n.to_string(), "timeoutMs": 1_000}),
            now,
            "post",
        );
        row.step(json!({"type": "finished", "n": n, "outcome": outcome("throttled", json!({"resend": "after"})), "random": 0.0}), now);
    }
    assert_eq!(
        (row.state(), row.get("reason")),
        (State::Failed, json!("attempts_exhausted"))
    );
}

#[test]
fn start_checks_again() {
    let mut row = row();
    row.refused(
        json!({"type": "start", "nonce": "a", "timeoutMs": 1, "epoch": 1, "hold": "paused"}),
        2_000,
        "hold",
    );
    let commands = row.refused(
        json!({"type": "start", "nonce": "a", "timeoutMs": 1, "epoch": 2}),
        2_000,
        "stale_template",
    );
    assert!(commands.contains(&json!({"do": "rejudge", "epoch": 2})));
    row.step(json!({"type": "rejudged", "epoch": 2, "ok": true}), 2_100);
    row.does(
        json!({"type": "start", "nonce": "a", "timeoutMs": 1, "epoch": 2}),
        2_200,
        "post",
    );
    row.refused(
        json!({"type": "start", "nonce": "b", "timeoutMs": 1}),
        2_300,
        "not_queued",
    );
    // The same consumer lost the reply: it gets the same attempt, and more time.
    let post = row.does(
        json!({"type": "start", "nonce": "a", "timeoutMs": 1, "graceMs": 9}),
        90_000,
        "post",
    );
    assert_eq!((&post["n"], row.get("wakeAt")), (&json!(1), json!(90_010)));

    let mut row = self::row();
    row.step(
        json!({"type": "rejudged", "epoch": 2, "ok": false, "diagnostic": "`body.2` is missing"}),
        2_000,
    );
    assert_eq!(
        (row.state(), row.get("action")),
        (State::Rejected, json!("`body.2` is missing"))
    );
    row.refused(
        json!({"type": "start", "nonce": "a", "timeoutMs": 1}),
        2_100,
        "not_queued",
    );

    let mut row = self::row();
    row.refused(
        json!({"type": "start", "nonce": "a", "timeoutMs": 1}),
        START + 86_400_000,
        "expired",
    );
    assert_eq!((row.state(), row.get("n")), (State::Expired, json!(0)));
}

#[test]
fn a_scheduled_delivery_waits_and_counts_its_deadline_from_then() {
    let mut row = Row::submitted(
        json!({"category": "authentication", "sendAt": 500_000}),
        START,
    );
    assert_eq!(
        (row.get("reason"), row.get("dueAt")),
        (json!("scheduled"), json!(500_000))
    );
    assert_eq!(row.get("expiresAt"), json!(1_100_000));
    row.refused(
        json!({"type": "leased", "until": 499_999}),
        499_999,
        "too_early",
    );
    row.does(json!({"type": "tick"}), 500_000, "nudge");
    row.does(
        json!({"type": "leased", "until": 510_000}),
        500_000,
        "leased",
    );
    row.refused(
        json!({"type": "leased", "until": 520_000}),
        509_999,
        "leased",
    );
    row.does(
        json!({"type": "leased", "until": 520_000}),
        510_000,
        "leased",
    );
}

#[test]
fn an_attempt_given_back_can_start_again() {
    let mut row = sending();
    row.refused(
        json!({"type": "abandoned", "n": 1, "nonce": "other"}),
        2_500,
        "stale_attempt",
    );
    row.does(
        json!({"type": "abandoned", "n": 1, "nonce": "c1"}),
        2_500,
        "nudge",
    );
    assert_eq!(
        (row.state(), row.get("reason")),
        (State::Queued, json!("abandoned"))
    );
    let post = row.does(
        json!({"type": "start", "nonce": "c2", "timeoutMs": 1}),
        2_600,
        "post",
    );
    assert_eq!(post["n"], 2);
    row.refused(
        json!({"type": "abandoned", "n": 1, "nonce": "c1"}),
        2_700,
        "stale_attempt",
    );
    assert_eq!(row.state(), State::Sending);
}

#[test]
fn an_attempt_given_back_too_late_asks_for_a_person() {
    for now in [62_000, START + 86_400_000] {
        let mut row = sending();
        row.step(json!({"type": "tick"}), now);
        row.step(json!({"type": "abandoned", "n": 1, "nonce": "c1"}), now + 1);
        assert_eq!(
            (row.state(), row.get("reason")),
            (State::NeedsAttention, json!("late_refusal"))
        );
        row.refuses_to_start(now + 2);
    }
}

#[test]
fn an_attempt_that_never_comes_back_becomes_unknown_and_then_asks_for_a_person() {
    let mut row = sending();
    row.step(json!({"type": "tick"}), 61_999);
    assert_eq!(row.state(), State::Sending);
    row.step(json!({"type": "tick"}), 62_000);
    assert_eq!(
        (row.state(), row.get("reason")),
        (State::Unknown, json!("no_outcome"))
    );
    row.refused(
        json!({"type": "start", "nonce": "c2", "timeoutMs": 1}),
        62_001,
        "already_sent",
    );
    row.refused(json!({"type": "cancel"}), 62_001, "too_late");
    row.step(json!({"type": "tick"}), START + 86_400_000);
    assert_eq!(
        (row.state(), row.get("reason")),
        (State::NeedsAttention, json!("unresolved"))
    );
    row.explains_itself();
    row.step(status("delivered"), 90_000_000);
    assert_eq!(row.state(), State::Delivered);
}

#[test]
fn a_late_answer_never_leads_back_to_the_queue() {
    for (class, more, state) in [
        ("accepted", json!({"messageId": "wamid.A"}), State::Accepted),
        ("invalid", json!({}), State::Failed),
        ("account", json!({}), State::Failed),
        (
            "unknown",
            json!({"resend": "only_if_unconfirmed"}),
            State::Unknown,
        ),
        (
            "throttled",
            json!({"resend": "after"}),
            State::NeedsAttention,
        ),
        ("not_sent", json!({"resend": "safe"}), State::NeedsAttention),
    ] {
        let mut row = sending();
        row.step(json!({"type": "tick"}), 62_000);
        row.step(finish(class, more), 62_500);
        assert_eq!(row.state(), state, "{class}");
        row.refuses_to_start(62_600);
        row.explains_itself();
    }
}

#[test]
fn the_first_outcome_wins_and_a_second_id_is_still_learnt() {
    let mut row = sending();
    row.step(finish("accepted", json!({"messageId": "wamid.A"})), 3_000);
    row.refused(
        finish("throttled", json!({"resend": "after"})),
        3_100,
        "stale_attempt",
    );
    assert_eq!(row.state(), State::Accepted);
    row.refused(
        finish("accepted", json!({"messageId": "wamid.B"})),
        3_200,
        "stale_attempt",
    );
    assert_eq!(
        (row.get("wamids"), row.get("duplicate")),
        (json!(["wamid.A", "wamid.B"]), json!(true))
    );
}

#[test]
fn waiting_for_a_status_ends_at_the_deadline() {
    for (held, words, reason) in [
        (None, vec![], "unconfirmed"),
        (Some("held_for_quality_assessment"), vec![], "still_held"),
        (None, vec!["sent"], "undelivered"),
    ] {
        let mut row = sending();
        row.step(
            finish(
                "accepted",
                json!({"messageId": "wamid.A", "messageStatus": held}),
            ),
            3_000,
        );
        for word in words {
            row.step(status(word), 4_000);
        }
        assert_eq!(row.get("wakeAt"), row.get("expiresAt"));
        row.step(json!({"type": "tick"}), START + 86_399_999);
        assert_ne!(row.state(), State::NeedsAttention);
        row.step(json!({"type": "tick"}), START + 86_400_000);
        assert_eq!(
            (row.state(), row.get("reason")),
            (State::NeedsAttention, json!(reason))
        );
        row.explains_itself();
        row.refuses_to_start(START + 86_400_001);
    }
    // Sent that comes after the deadline does not open the row again.
    let mut row = sending();
    row.step(json!({"type": "tick"}), START + 86_400_000);
    row.step(status("sent"), START + 86_400_001);
    assert_eq!(
        (row.state(), row.get("reason")),
        (State::NeedsAttention, json!("undelivered"))
    );
}

#[test]
fn cancel_wins_before_a_start_only() {
    let mut row = row();
    row.step(json!({"type": "cancel", "by": "ana"}), 1_500);
    assert_eq!(row.state(), State::Cancelled);
    assert_eq!(row.timeline.last().unwrap()["by"], "ana");
    assert_eq!(
        row.step(json!({"type": "cancel"}), 1_600),
        Vec::<Value>::new()
    );
    row.refuses_to_start(1_700);
    sending().refused(json!({"type": "cancel"}), 2_500, "too_late");
}

#[test]
fn a_blocked_row_goes_on_when_the_account_works_again() {
    let mut row = sending();
    row.step(finish("account", json!({"code": 190})), 3_000);
    row.refuses_to_start(3_100);
    row.step(json!({"type": "released"}), 4_000);
    assert_eq!(row.state(), State::Queued);
    row.does(
        json!({"type": "start", "nonce": "c2", "timeoutMs": 1}),
        4_100,
        "post",
    );
    row.refused(json!({"type": "released"}), 4_200, "not_blocked");

    let mut row = sending();
    row.step(finish("account", json!({"code": 190})), 3_000);
    row.step(json!({"type": "tick"}), START + 86_400_000);
    assert_eq!(row.state(), State::Expired);
}

#[test]
fn a_person_may_resend_and_old_failures_count_no_more() {
    let mut row = sending();
    row.refused(json!({"type": "resend", "by": "ana"}), 2_500, "not_allowed");
    row.step(finish("accepted", json!({"messageId": "wamid.A"})), 3_000);
    row.step(json!({"type": "status", "wamid": "wamid.A", "status": "failed", "timestamp": 4_000, "code": 131_026}), 4_000);
    assert_eq!(
        (row.state(), row.get("reason"), row.get("code")),
        (State::Failed, json!("recipient"), json!(131_026))
    );
    row.does(json!({"type": "resend", "by": "ana"}), 5_000, "nudge");
    assert_eq!(
        (row.state(), row.get("forced")),
        (State::Queued, json!(true))
    );
    let post = row.does(
        json!({"type": "start", "nonce": "c2", "timeoutMs": 1_000}),
        5_100,
        "post",
    );
    assert_eq!(post["n"], 2);
    // News of the first message, even new ones, do not end the second attempt.
    row.step(
        json!({"type": "status", "wamid": "wamid.A", "status": "failed", "timestamp": 4_001}),
        5_200,
    );
    assert_eq!(row.state(), State::Sending);
    row.step(json!({"type": "finished", "n": 2, "outcome": outcome("accepted", json!({"messageId": "wamid.B"})), "random": 0.1}), 5_300);
    assert_eq!(
        (row.state(), row.get("duplicate")),
        (State::Accepted, Value::Null)
    );
    row.step(
        json!({"type": "status", "wamid": "wamid.B", "status": "delivered", "timestamp": 6_000}),
        6_000,
    );
    assert_eq!(row.state(), State::Delivered);
}

#[test]
fn proof_of_the_first_message_makes_a_resend_needless() {
    let mut row = sending();
    row.step(json!({"type": "tick"}), 62_000);
    row.step(json!({"type": "resend", "by": "ana"}), 63_000);
    row.step(
        finish("unknown", json!({"resend": "only_if_unconfirmed"})),
        63_100,
    );
    assert_eq!(row.state(), State::Queued, "a late nothing changes nothing");
    row.step(status("sent"), 64_000);
    assert_eq!(row.state(), State::Sent);
    row.refuses_to_start(65_000);
}

#[test]
fn a_person_may_close_what_needs_them() {
    let mut row = sending();
    row.refused(json!({"type": "close", "by": "ana"}), 2_500, "not_allowed");
    row.step(json!({"type": "tick"}), 62_000);
    row.step(
        json!({"type": "close", "by": "ana", "note": "called the customer"}),
        63_000,
    );
    assert_eq!(
        (row.state(), row.get("wakeAt")),
        (State::Closed, Value::Null)
    );
    row.step(finish("throttled", json!({"resend": "after"})), 64_000);
    assert_eq!(row.state(), State::Closed);
    row.refuses_to_start(65_000);
}

#[test]
fn failed_by_webhook_says_why() {
    for (code, reason, stops) in [
        (json!(131_049), "recipient_wait", None),
        (json!(131_042), "account", Some("stop_sender")),
        (json!(132_015), "template", Some("hold_template")),
        (json!(131_000), "failed_by_meta", None),
        (json!(999_999), "failed_by_meta", None),
        (Value::Null, "failed_by_meta", None),
    ] {
        let mut row = sending();
        row.step(finish("accepted", json!({"messageId": "wamid.A"})), 3_000);
        let event = json!({"type": "status", "wamid": "wamid.A", "status": "failed", "timestamp": 4_000, "code": code});
        let commands = row.step(event.clone(), 4_000);
        assert_eq!(
            (row.state(), row.get("reason")),
            (State::Failed, json!(reason)),
            "{code}"
        );
        let others: Vec<&str> = commands
            .iter()
            .filter_map(|c| c["do"].as_str())
            .filter(|word| *word != "record")
            .collect();
        assert_eq!(others, Vec::from_iter(stops));
        row.explains_itself();
        assert_eq!(
            row.step(event, 4_500),
            Vec::<Value>::new(),
            "the same webhook again"
        );
        row.refuses_to_start(5_000);
    }
}

#[test]
fn a_wrong_call_is_said() {
    use wa_preflight::delivery::machine::{Event, step};
    let error = step(None, Event::Tick, 0).unwrap_err();
    assert_eq!(
        error.to_string(),
        "delivery: there is none, and only `submitted` makes one; got `tick`"
    );
    let mut old = row().delivery;
    old.v = 2;
    assert!(step(Some(old), Event::Tick, 0).is_err());
    let error = serde_json::from_value::<Event>(json!({"type": "stat"})).unwrap_err();
    assert!(
        error.to_string().starts_with("unknown variant `stat`"),
        "{error}"
    );
    let mut row = row();
    row.refused(json!({"type": "submitted", "id": "1", "callbackId": "2", "key": "k", "category": "utility"}), 2_000, "exists");
    assert_eq!(
        row.step(json!({"type": "abandoned", "n": 1, "nonce": "x"}), 2_000)[0]["do"],
        "refuse"
    );
}

/// Times at the ends of what a number can be, and everyday ones.
fn any_time() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(i64::MIN),
        Just(-1),
        Just(0),
        0..200_000_000_i64,
        Just(9_007_199_254_740_991),
        Just(i64::MAX),
    ]
}

fn any_event() -> impl Strategy<Value = Value> {
    let class = prop::sample::select(vec![
        "accepted",
        "not_sent",
        "throttled",
        "transient",
        "invalid",
        "template",
        "recipient",
        "recipient_wait",
        "account",
        "unknown",
    ]);
    let resend = prop::sample::select(vec!["safe", "after", "never", "only_if_unconfirmed"]);
    let word = prop::sample::select(vec!["sent", "delivered", "read", "failed", "x"]);
    prop_oneof![
        any_time().prop_map(|until| json!({"type": "leased", "until": until})),
        (any_time(), any_time(), 0..2_u8).prop_map(|(timeout, grace, nonce)| json!({
            "type": "start", "nonce": nonce.to_string(), "timeoutMs": timeout, "graceMs": grace, "epoch": grace
        })),
        (0..4_u8, 0..2_u8).prop_map(|(n, nonce)| json!({"type": "abandoned", "n": n, "nonce": nonce.to_string()})),
        (0..4_u8, class, resend, 0..i64::MAX, any::<f64>()).prop_map(|(n, class, resend, after, random)| json!({
            "type": "finished", "n": n, "random": if random.is_finite() { random } else { 0.0 },
            "outcome": {"class": class, "resend": resend, "afterMs": after, "messageId": format!("wamid.{n}")}
        })),
        (word, any_time(), 0..3_u8).prop_map(|(word, at, wamid)| json!({
            "type": "status", "status": word, "timestamp": at, "wamid": format!("wamid.{wamid}"), "code": at
        })),
        Just(json!({"type": "tick"})),
        (any_time(), any::<bool>()).prop_map(|(epoch, ok)| json!({"type": "rejudged", "epoch": epoch, "ok": ok})),
        Just(json!({"type": "cancel"})),
        Just(json!({"type": "released"})),
        any_time().prop_map(|at| json!({"type": "resend", "by": "ana", "expiresAt": at})),
        Just(json!({"type": "close", "by": "ana"})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// No event at no time overflows, loses the row or breaks what must always hold.
    #[test]
    fn any_events_in_any_order_keep_the_row_whole(
        send_at in any_time(), begin in any_time(),
        events in prop::collection::vec((any_event(), any_time()), 0..20),
    ) {
        let mut row = Row::submitted(json!({"category": "utility", "sendAt": send_at, "epoch": 1}), begin);
        for (event, now) in events {
            // The ids of random outcomes say nothing of what Meta took.
            row.step(event, now);
            row.explains_itself();
        }
    }
}

/// A row whose campaign asked for one more attempt when its media cannot be fetched.
fn with_media_retry() -> Row {
    let mut row = Row::submitted(
        json!({"category": "utility", "epoch": 1, "retryMedia": true}),
        START,
    );
    row.does(
        json!({"type": "start", "nonce": "c1", "timeoutMs": 30_000, "epoch": 1}),
        2_000,
        "post",
    );
    row
}

fn media_failed(details: &str) -> Value {
    json!({"type": "status", "wamid": "wamid.A", "status": "failed", "timestamp": 5_000, "code": 131_053,
        "details": details})
}

const SERVER_FAILED: &str =
    "Downloading media from weblink failed with http code 502, status message Bad Gateway";

#[test]
fn media_that_its_server_could_not_give_is_tried_once_more_where_that_was_asked_for() {
    for before_its_answer in [false, true] {
        let mut row = with_media_retry();
        let accepted = finish("accepted", json!({"messageId": "wamid.A"}));
        if before_its_answer {
            row.step(media_failed(SERVER_FAILED), 3_000);
            row.step(accepted, 3_000);
        } else {
            row.step(accepted, 3_000);
            row.step(media_failed(SERVER_FAILED), 3_000);
        }
        assert_eq!(
            (row.state(), row.get("reason"), row.get("dueAt")),
            (State::Queued, json!("media_again"), json!(63_000))
        );
        row.refused(
            json!({"type": "start", "nonce": "c2", "timeoutMs": 30_000, "epoch": 1}),
            62_999,
            "too_early",
        );
        let post = row.does(
            json!({"type": "start", "nonce": "c2", "timeoutMs": 30_000, "epoch": 1}),
            63_000,
            "post",
        );
        assert_eq!(post["n"], 2);
        // Once, and no second time.
        row.step(
            json!({"type": "finished", "n": 2, "random": 0.5,
                "outcome": outcome("accepted", json!({"messageId": "wamid.B"}))}),
            64_000,
        );
        let mut again = media_failed(SERVER_FAILED);
        again["wamid"] = "wamid.B".into();
        row.step(again, 65_000);
        assert_eq!(row.state(), State::Failed);
        assert_eq!(row.get("duplicate"), Value::Null);
        row.explains_itself();
    }
}

#[test]
fn media_is_not_tried_again_without_a_word_or_for_another_cause() {
    let lives = [
        (false, SERVER_FAILED, None),
        (true, "Media upload error: unsupported type", None),
        (true, "http code 404", None),
        (true, SERVER_FAILED, Some("delivered")),
    ];
    for (asked, details, other) in lives {
        let mut row = if asked { with_media_retry() } else { sending() };
        row.step(finish("accepted", json!({"messageId": "wamid.A"})), 3_000);
        if let Some(word) = other {
            row.step(status(word), 3_500);
        }
        row.step(media_failed(details), 4_000);
        assert!(row.get("settled") == json!(true), "{details}");
        assert_eq!(row.get("n"), json!(1));
    }
    // Nor when it would come after the deadline.
    let mut row = with_media_retry();
    row.step(finish("accepted", json!({"messageId": "wamid.A"})), 3_000);
    row.step(media_failed(SERVER_FAILED), START + 86_400_000 - 60_000);
    assert_eq!(row.state(), State::Failed);
}

#[test]
fn a_message_that_arrives_after_all_needs_no_second_attempt() {
    let mut row = with_media_retry();
    row.step(finish("accepted", json!({"messageId": "wamid.A"})), 3_000);
    row.step(media_failed(SERVER_FAILED), 4_000);
    row.step(status("delivered"), 5_000);
    row.refuses_to_start(100_000);
}

#[test]
fn a_resend_of_what_was_sent_and_not_delivered_is_an_attempt() {
    // Sent, then failed; or sent, and nothing more by its deadline.
    for failed in [true, false] {
        let mut row = sending();
        row.step(finish("accepted", json!({"messageId": "wamid.A"})), 3_000);
        row.step(status("sent"), 4_000);
        let end = START + 86_400_000;
        match failed {
            true => drop(row.step(status("failed"), 5_000)),
            false => drop(row.step(json!({"type": "tick"}), end)),
        }
        row.step(json!({"type": "resend", "by": "ana"}), end + 1);
        assert_eq!(row.state(), State::Queued);
        let start = json!({"type": "start", "nonce": "c2", "timeoutMs": 30_000, "epoch": 1});
        row.does(start, end + 2, "post");
        assert_eq!(row.state(), State::Sending);
        // What Meta says late of the message that was given up makes nothing of it, unless it arrived.
        row.step(status("sent"), end + 3);
        assert_eq!(row.state(), State::Sending);
        row.step(
            json!({"type": "finished", "n": 2, "random": 0.5,
                "outcome": outcome("accepted", json!({"messageId": "wamid.B"}))}),
            end + 4,
        );
        assert_eq!(row.state(), State::Accepted);
        row.step(status("delivered"), end + 5);
        assert_eq!(row.state(), State::Delivered);
    }
}

#[test]
fn media_that_failed_after_sent_is_tried_once_more_too() {
    let mut row = with_media_retry();
    row.step(finish("accepted", json!({"messageId": "wamid.A"})), 3_000);
    row.step(status("sent"), 4_000);
    row.step(media_failed(SERVER_FAILED), 5_000);
    assert_eq!(row.state(), State::Queued);
    let start = json!({"type": "start", "nonce": "c2", "timeoutMs": 30_000, "epoch": 1});
    row.does(start, 65_000, "post");
}

#[test]
fn media_is_not_tried_again_by_itself_after_a_person_took_the_row_in_hand() {
    let mut row = with_media_retry();
    row.step(finish("accepted", json!({"messageId": "wamid.A"})), 3_000);
    row.step(status("sent"), 4_000);
    let end = START + 86_400_000;
    row.step(json!({"type": "tick"}), end);
    row.step(json!({"type": "resend", "by": "ana"}), end + 1);
    let start = json!({"type": "start", "nonce": "c2", "timeoutMs": 30_000, "epoch": 1});
    row.does(start, end + 2, "post");
    row.step(
        json!({"type": "finished", "n": 2, "random": 0.5,
            "outcome": outcome("accepted", json!({"messageId": "wamid.B"}))}),
        end + 3,
    );
    // The first message, given up and not failed, may still arrive: one more would be the third.
    let mut failed = media_failed(SERVER_FAILED);
    failed["wamid"] = "wamid.B".into();
    row.step(failed, end + 4);
    assert_eq!(row.state(), State::Failed);
}
