//! The field's incidents about answers and webhooks: each must come out as its row expects.

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
use wa_preflight::delivery::classify::{Answer, classify_code, classify_response};
use wa_preflight::delivery::gate::gate;
use wa_preflight::delivery::machine::State;
use wa_preflight::delivery::outcome::{Class, Outcome, Resend};
use wa_preflight::delivery::webhook::read_webhook;

/// Rows about routes, signatures and storage: the Worker's suites try them. docs/incidents.md says which.
const ELSEWHERE: &[&str] = &[
    "INC-085", "INC-142", "INC-143", "INC-144", "INC-148", "INC-154", "INC-192",
];

fn rows() -> Option<Vec<Value>> {
    let Some(corpus) = std::env::var_os("PREFLIGHT_CORPUS").filter(|path| !path.is_empty()) else {
        eprintln!(
            "SKIPPED: set PREFLIGHT_CORPUS to the corpus folder to try the field's incidents"
        );
        return None;
    };
    let path = std::path::Path::new(&corpus).join("incidents.jsonl");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

fn stage<'r>(rows: &'r [Value], stage: &str) -> Vec<&'r Value> {
    rows.iter()
        .filter(|row| row["expect"]["stage"] == stage)
        .collect()
}

/// The answers that a row tells of: one for each code.
fn answers(row: &Value) -> Vec<Answer> {
    let error = &row["error"];
    let codes = match &error["code"] {
        Value::Array(codes) => codes.clone(),
        code => vec![code.clone()],
    };
    let headers: Vec<(String, String)> = error["headers"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    let answer = |status: u64, body: &Value| Answer {
        status: Some(status as u16),
        headers: headers.clone(),
        body: if body.is_null() {
            Vec::new()
        } else {
            body.to_string().into_bytes()
        },
        transport: None,
    };
    if row["input"].is_object() {
        let status = if row["input"].get("error").is_some() {
            400
        } else {
            200
        };
        return vec![answer(status, &row["input"])];
    }
    let one = |code: &Value| match code.as_u64().unwrap() {
        status @ (429 | 503) => answer(status, &Value::Null),
        code => {
            let body = json!({"error": {"code": code, "error_subcode": error["error_subcode"], "message": error["message"],
                "error_data": {"details": error["details"]}}});
            answer(error["http"].as_u64().unwrap_or(400), &body)
        }
    };
    codes.iter().map(one).collect()
}

fn fits(verdict: &str, outcome: &Outcome) -> bool {
    match verdict {
        "retry_later" => outcome.class == Class::Throttled && outcome.resend == Resend::After,
        "rejected_permanent" => {
            outcome.resend == Resend::Never
                && !matches!(outcome.class, Class::Accepted | Class::Account)
        }
        "account_stop" => outcome.class == Class::Account,
        "ambiguous_unknown" => outcome.class == Class::Unknown,
        "hold" => outcome.message_status.as_deref() == Some("held_for_quality_assessment"),
        other => panic!("a verdict nobody knows: {other}"),
    }
}

#[test]
fn answers_come_out_as_the_field_found_them() {
    let Some(rows) = rows() else { return };
    let rows = stage(&rows, "response");
    assert!(rows.len() >= 14, "only {} rows", rows.len());
    for row in rows {
        let id = row["id"].as_str().unwrap();
        // These two name no one answer: each has a test of its own below.
        if ["INC-081", "INC-116"].contains(&id) {
            continue;
        }
        let verdict = row["expect"]["verdict"].as_str().unwrap();
        for answer in answers(row) {
            let outcome = classify_response(&answer, None);
            assert!(fits(verdict, &outcome), "{id}: {verdict}, not {outcome:?}");
            assert!(!outcome.unclassified, "{id}");
        }
    }
}

#[test]
fn webhooks_come_out_as_the_field_found_them() {
    let Some(rows) = rows() else { return };
    let mut tried = 0;
    for row in stage(&rows, "webhook") {
        let id = row["id"].as_str().unwrap();
        let rule = row["expect"]["rule"].as_str().unwrap();
        let mut delivery = Row::submitted(json!({"category": "marketing"}), 0);
        delivery.does(
            json!({"type": "start", "nonce": "c", "timeoutMs": 1}),
            10,
            "post",
        );
        let accept = outcome("accepted", json!({"messageId": "wamid.X"}));
        delivery.step(
            json!({"type": "finished", "n": 1, "outcome": accept, "random": 0.0}),
            20,
        );
        if ELSEWHERE.contains(&id) || rule.starts_with("SIG_") || rule == "WEBHOOK_HANDSHAKE" {
            continue;
        } else if rule == "STATUS_MONOTONIC" {
            for word in row["input"].as_array().unwrap() {
                delivery.step(
                    json!({"type": "status", "wamid": "wamid.X", "status": word, "timestamp": 1}),
                    30,
                );
            }
            let end = match id {
                "INC-135" => State::Delivered,
                "INC-136" => State::Read,
                _ => State::Failed,
            };
            assert_eq!(delivery.state(), end, "{id}");
        } else if rule == "KEEP_ERROR_ENVELOPE"
            || row["error"]["code"].is_u64() && rule != "TEMPLATE_STALE"
        {
            let input = match row["input"].is_object() {
                true => row["input"].clone(),
                false => json!({"id": "wamid.X", "status": "failed", "errors": [{
                    "code": row["error"]["code"].as_u64().unwrap_or(131_026), "title": "t",
                    "error_data": {"details": row["error"]["details"]}}]}),
            };
            let body = json!({"entry": [{"changes": [{"value": {"statuses": [input]}}]}]});
            let event =
                serde_json::to_value(&read_webhook(body.to_string().as_bytes())[0]).unwrap();
            let error = &event["errors"][0];
            assert_eq!(error["title"], input["errors"][0]["title"], "{id}");
            let verdict = row["expect"]["verdict"].as_str().unwrap();
            let meant = classify_code(
                error["code"].as_i64().unwrap(),
                None,
                error["details"].as_str(),
            );
            assert!(fits(verdict, &meant), "{id}: {verdict}, not {meant:?}");
            let status = json!({"type": "status", "wamid": event["id"], "status": event["status"], "timestamp": 30,
                "code": error["code"], "title": error["title"], "details": error["details"]});
            delivery.step(status, 30);
            assert_eq!(delivery.state(), State::Failed, "{id}");
            assert_eq!(delivery.get("evidence")[0]["code"], error["code"], "{id}");
            delivery.explains_itself();
        } else if rule == "WEBHOOK_FIELD_ROUTING" {
            let event = serde_json::to_value(&read_webhook(row["input"].to_string().as_bytes())[0])
                .unwrap();
            assert_eq!(
                (&event["kind"], &event["status"]),
                (&json!("template"), &json!("APPROVED")),
                "{id}"
            );
        } else {
            assert_eq!(rule, "TEMPLATE_STALE", "{id} is tried by nobody");
            let mut queued = Row::submitted(json!({"category": "marketing", "epoch": 1}), 0);
            queued.refused(
                json!({"type": "start", "nonce": "c", "timeoutMs": 1, "epoch": 2}),
                10,
                "stale_template",
            );
        }
        tried += 1;
    }
    assert!(tried >= 9, "only {tried} rows tried");
}

/// INC-081: what a code means does not depend on the language that its texts are in.
#[test]
fn texts_in_any_language_decide_nothing() {
    let texts = [
        ("Template does not exist", "en"),
        ("Die Vorlage existiert nicht: erneut versuchen", "de"),
        ("O modelo foi aceito com sucesso", "pt"),
        ("القالب غير موجود", "ar"),
        (
            "rate limit hit, temporarily unavailable, please retry",
            "xx",
        ),
    ];
    for code in [132_001, 131_026, 131_056, 190, 131_000, 131_016, 999_999] {
        let outcomes: Vec<Outcome> = texts
            .iter()
            .map(|(text, _)| {
                let error = json!({"error": {"code": code, "message": text, "error_user_title": text, "error_user_msg": text}});
                let answer = Answer {
                    status: Some(400),
                    body: error.to_string().into_bytes(),
                    ..Answer::default()
                };
                classify_response(&answer, None)
            })
            .collect();
        for outcome in &outcomes {
            assert_eq!(
                (outcome.class, outcome.resend, outcome.after_ms),
                (outcomes[0].class, outcomes[0].resend, outcomes[0].after_ms),
                "{code}"
            );
        }
    }
}

/// INC-116: an outage of Meta's is waited out where nothing was taken, and never frozen where it may have been.
#[test]
fn an_outage_is_waited_out_or_ends_by_its_deadline() {
    let answer = |status, body: Value| {
        classify_response(
            &Answer {
                status: Some(status),
                body: body.to_string().into_bytes(),
                ..Answer::default()
            },
            None,
        )
    };
    let maintained = json!({"error": {"code": 131_057, "message": "Account in maintenance mode"}});
    assert!(fits("retry_later", &answer(429, Value::Null)));
    assert_eq!(answer(503, maintained).resend, Resend::After);
    // Without a code nobody can say whether the message was taken: the row asks for a person by its deadline.
    assert!(fits("ambiguous_unknown", &answer(503, Value::Null)));
    let mut delivery = on_the_wire("marketing");
    delivery.step(
        json!({"type": "finished", "n": 1, "outcome": outcome("unknown", json!({"resend": "only_if_unconfirmed"})), "random": 0.0}),
        20,
    );
    assert_eq!(delivery.state(), State::Unknown);
    delivery.step(json!({"type": "tick"}), 73 * HOUR);
    assert_eq!(delivery.state(), State::NeedsAttention);
    delivery.explains_itself();
    delivery.does(json!({"type": "resend", "by": "ana"}), 73 * HOUR, "record");
    assert_eq!(delivery.state(), State::Queued, "and a person can");
}

const HOUR: i64 = 3_600_000;

fn on_the_wire(category: &str) -> Row {
    let mut delivery = Row::submitted(json!({"category": category}), 0);
    delivery.does(
        json!({"type": "start", "nonce": "c", "timeoutMs": 30_000}),
        10,
        "post",
    );
    delivery
}

fn accepted(category: &str) -> Row {
    let mut delivery = on_the_wire(category);
    let accept = outcome("accepted", json!({"messageId": "wamid.X"}));
    delivery.step(
        json!({"type": "finished", "n": 1, "outcome": accept, "random": 0.0}),
        20,
    );
    delivery
}

#[test]
fn what_was_sent_or_lost_ends_as_the_field_wishes() {
    let Some(rows) = rows() else { return };
    let mut tried = Vec::new();
    for row in [stage(&rows, "send"), stage(&rows, "reconcile")].concat() {
        let id = row["id"].as_str().unwrap();
        match row["expect"]["rule"].as_str().unwrap() {
            "ACCEPTED_NO_DELIVERY" => {
                let otp = row["group"] == "auth_otp";
                let mut delivery = accepted(if otp { "authentication" } else { "utility" });
                assert_eq!(delivery.state(), State::Accepted, "{id}: no more than that");
                let minutes = if otp { 10 } else { 24 * 60 };
                delivery.step(json!({"type": "tick"}), minutes * 60_000 - 1);
                assert_eq!(delivery.state(), State::Accepted, "{id}");
                delivery.step(json!({"type": "tick"}), minutes * 60_000);
                assert_eq!(delivery.state(), State::NeedsAttention, "{id}");
                delivery.explains_itself();
            }
            "UNKNOWN_RESOLVES" => {
                let mut delivery = on_the_wire("utility");
                delivery.step(json!({"type": "tick"}), HOUR);
                assert_eq!(delivery.state(), State::Unknown, "{id}");
                delivery.step(
                    json!({"type": "status", "wamid": "wamid.X", "status": "delivered", "timestamp": HOUR}),
                    HOUR,
                );
                assert_eq!(delivery.state(), State::Delivered, "{id}");
            }
            "UNKNOWN_DEADLINE" => {
                let mut delivery = on_the_wire("utility");
                delivery.refuses_to_start(20);
                delivery.step(json!({"type": "tick"}), 61_000);
                assert_eq!(
                    delivery.state(),
                    State::Unknown,
                    "{id}: not for ever on the wire"
                );
                delivery.step(json!({"type": "tick"}), 24 * HOUR);
                assert_eq!(delivery.state(), State::NeedsAttention, "{id}");
            }
            "SINGLE_RETRY_OWNER" | "ONE_ACCEPT_PER_KEY" | "CONSERVATION" => {
                let mut delivery = on_the_wire("marketing");
                // Another worker, a job that runs again, a restart: the row says no, and the same worker hears the same.
                delivery.refuses_to_start(11);
                let again = json!({"type": "start", "nonce": "c", "timeoutMs": 30_000});
                assert_eq!(delivery.does(again, 12, "post")["n"], 1, "{id}");
                let mut taken = accepted("marketing");
                for later in [30, HOUR, 80 * HOUR] {
                    taken.step(json!({"type": "tick"}), later);
                    taken.refuses_to_start(later);
                }
                assert_eq!(taken.automatic, 1, "{id}");
            }
            "RATE_PAIR" => {
                let pair = |id: &str, at: Value| json!({"id": id, "pair": "15550000001", "pairAt": at, "template": "t/en", "category": "utility"});
                let answer = ask(
                    None,
                    json!({"type": "start", "rows": [pair("a", Value::Null), pair("b", Value::Null)]}),
                    0,
                );
                assert_eq!(answer["verdicts"][0]["verdict"], "go", "{id}");
                assert_eq!(
                    answer["verdicts"][1]["why"], "pair",
                    "{id}: one after the other"
                );
                assert!(
                    answer["verdicts"][1]["until"].as_i64() >= Some(6_000),
                    "{id}"
                );
            }
            "RATE_NUMBER" => {
                let rows: Vec<Value> = (0..25)
                    .map(|n| json!({"id": n.to_string(), "pair": n.to_string(), "template": "t/en", "category": "utility"}))
                    .collect();
                let answer = ask(
                    Some(json!({"perSecond": 20})),
                    json!({"type": "start", "rows": rows}),
                    0,
                );
                let gone = answer["verdicts"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|v| v["verdict"] == "go");
                assert_eq!(gone.count(), 20, "{id}: the number's own pace");
            }
            // Nothing is counted against a person here; what was refused leaves its key free: the ledger's suite tries it.
            "QUOTA_ON_ACCEPT" => {}
            rule => panic!("{id}: nobody tries {rule}"),
        }
        tried.push(id);
    }
    assert!(tried.len() >= 12, "only {tried:?}");
}

fn ask(settings: Option<Value>, event: Value, now: i64) -> Value {
    let settings = serde_json::from_value(settings.unwrap_or_else(|| json!({}))).unwrap();
    let answer = gate(None, serde_json::from_value(event).unwrap(), &settings, now).unwrap();
    serde_json::to_value(answer).unwrap()
}
