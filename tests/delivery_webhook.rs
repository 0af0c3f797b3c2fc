//! Webhooks: statuses read fully, nothing lost, nothing that cannot be read loses the rest.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use serde_json::{Value, json};
use wa_preflight::delivery::webhook::{WebhookEvent, read_webhook};

fn events(body: &Value) -> Vec<Value> {
    read(body.to_string().as_bytes())
}

fn read(body: &[u8]) -> Vec<Value> {
    let events = read_webhook(body);
    assert!(!events.is_empty());
    events
        .iter()
        .map(|event| serde_json::to_value(event).unwrap())
        .collect()
}

fn envelope(field: &str, value: Value) -> Value {
    json!({"object": "whatsapp_business_account", "entry": [
        {"id": "102", "time": 1_750_000_000, "changes": [{"field": field, "value": value}]}]})
}

fn statuses(statuses: Value) -> Value {
    envelope(
        "messages",
        json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": "106"}, "statuses": statuses}),
    )
}

#[test]
fn a_status_is_read_fully() {
    let body = statuses(json!([{
        "id": "wamid.A", "status": "failed", "timestamp": "1750263773", "recipient_id": "15550100001",
        "biz_opaque_callback_data": "10aa",
        "conversation": {"id": "c", "origin": {"type": "marketing"}}, "pricing": {"billable": false},
        "errors": [{"code": 131049, "title": "Not delivered", "message": "Not delivered", "error_data": {"details": "to maintain"}}]
    }]));
    let found = events(&body);
    assert_eq!(
        found,
        [json!({
            "kind": "status", "id": "wamid.A", "status": "failed", "timestamp": 1_750_263_773_000_u64,
            "timestampRaw": "1750263773", "recipientId": "15550100001", "callbackId": "10aa",
            "wabaId": "102", "phoneNumberId": "106", "field": "messages", "time": 1_750_000_000_000_u64,
            "conversation": r#"{"id":"c","origin":{"type":"marketing"}}"#, "pricing": r#"{"billable":false}"#,
            "errors": [{"code": 131049, "title": "Not delivered", "message": "Not delivered", "details": "to maintain",
                "outcome": {"class": "recipient_wait", "resend": "never", "afterMs": 86_400_000, "code": 131049, "details": "to maintain",
                    "action": "leave this recipient alone for at least a day: Meta limits marketing messages per person"}}],
            "raw": body["entry"][0]["changes"][0]["value"]["statuses"][0].to_string()
        })]
    );
}

#[test]
fn codes_and_times_come_in_several_spellings() {
    let found = events(&statuses(json!([
        {"id": "wamid.A", "status": "failed", "timestamp": 1_750_263_773, "errors": [{"code": "132015"}]},
        {"id": "wamid.B", "status": "delivered", "timestamp": 1_750_263_773_123_u64},
        {"id": "wamid.C", "status": "dancing", "timestamp": "soon", "errors": {"code": 999_999}},
        {"status": "failed"},
    ])));
    assert_eq!(found[0]["timestamp"], 1_750_263_773_000_u64);
    assert_eq!(found[0]["errors"][0]["outcome"]["class"], "template");
    assert_eq!(found[1]["timestamp"], 1_750_263_773_123_u64);
    assert_eq!(found[2]["status"], "dancing");
    assert_eq!(found[2].get("timestamp"), None);
    assert_eq!(found[2]["timestampRaw"], "soon");
    assert_eq!(found[2]["errors"][0]["outcome"]["unclassified"], true);
    assert_eq!(found[3]["id"], "");
    assert_eq!(found[3]["kind"], "status");
}

#[test]
fn a_template_webhook_is_known_by_what_it_holds() {
    let keys = |value: Value| {
        let mut value = value;
        value["message_template_id"] = json!(806_312_974_732_579_u64);
        value["message_template_name"] = json!("welcome");
        value["message_template_language"] = json!("en-US");
        value
    };
    // A sample of Meta's own puts a quality update under the status field.
    for field in [
        "message_template_status_update",
        "message_template_quality_update",
        "",
        "new_field",
    ] {
        let quality = json!({"previous_quality_score": "GREEN", "new_quality_score": "YELLOW"});
        let found = events(&envelope(field, keys(quality)));
        assert_eq!(found[0]["kind"], "template", "{field}");
        assert_eq!(found[0]["change"], "quality", "{field}");
        assert_eq!(found[0]["quality"], "YELLOW");
        assert_eq!(found[0]["templateId"], "806312974732579");
        assert_eq!(found[0]["name"], "welcome");
        assert_eq!(found[0]["language"], "en_US");
    }
    let found = events(&envelope(
        "x",
        keys(json!({"event": "PAUSED", "reason": "NONE"})),
    ));
    assert_eq!(found[0]["status"], "PAUSED");
    assert_eq!(found[0].get("reason"), None);
    let found = events(&envelope(
        "x",
        keys(json!({"new_category": "UTILITY", "correct_category": "MARKETING"})),
    ));
    assert_eq!(
        (found[0]["change"].as_str(), found[0]["category"].as_str()),
        (Some("category"), Some("MARKETING"))
    );
}

#[test]
fn one_value_may_hold_several_kinds() {
    let found = events(&envelope(
        "messages",
        json!({"metadata": {"phone_number_id": 106},
            "messages": [{"id": "wamid.M", "from": "1555", "type": "text", "timestamp": "1", "context": {"id": "wamid.A"}}],
            "statuses": [{"id": "wamid.A", "status": "read"}, "nonsense"],
            "errors": [{"code": 131_052, "title": "Media download error"}]}),
    ));
    let kinds: Vec<&str> = found
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["message", "status", "unknown", "account"]);
    assert_eq!(found[0]["replyTo"], "wamid.A");
    assert!(found.iter().all(|event| event["phoneNumberId"] == "106"));
    assert_eq!(found[3]["errors"][0]["code"], 131_052);
}

#[test]
fn what_cannot_be_read_is_one_unknown_event() {
    for body in [
        "",
        " ",
        "{",
        "[]",
        "null",
        "7",
        "\"x\"",
        "{\"entry\": [}",
        "{\"entry\":[]} x",
        "{}",
        "{\"entry\":[]}",
        "\u{0}",
        "{'entry': []}",
        "{\"entry\":[{\"changes\":[{\"value\":{\"statuses\":[{\"id\":\"wamid.A",
    ] {
        let found = read(body.as_bytes());
        assert_eq!(found.len(), 1, "{body}");
        assert_eq!(found[0]["kind"], "unknown", "{body}");
        assert_eq!(found[0]["raw"], body);
    }
    assert_eq!(read(&[0xff, 0xfe, 0x00])[0]["kind"], "unknown");
    let problem = read(b"{\"entry\": [")[0]["problem"].clone();
    assert_eq!(
        problem,
        "the body is not JSON: nothing closes what begins at byte 0"
    );
    for body in [
        json!({"entry": [{"id": "1"}]}),
        json!({"entry": [{"id": "1", "changes": [{"field": "messages"}]}]}),
        json!({"entry": "x"}),
        json!({"entry": [null]}),
        envelope("messages", json!(null)),
        envelope("messages", json!({"statuses": []})),
        envelope("calls", json!({"calls": [{}]})),
    ] {
        let found = events(&body);
        assert_eq!(found.len(), 1, "{body}");
        assert_eq!(found[0]["kind"], "unknown", "{body}");
    }
}

#[test]
fn one_bad_item_loses_no_other() {
    let mut many: Vec<Value> = (0..1_000)
        .map(|n| json!({"id": format!("wamid.{n}"), "status": "sent", "timestamp": "1750263773"}))
        .collect();
    many[500] = json!(null);
    let found = events(&statuses(json!(many)));
    assert_eq!(found.len(), 1_000);
    assert_eq!(
        found
            .iter()
            .filter(|event| event["kind"] == "status")
            .count(),
        999
    );
    assert_eq!(found[999]["id"], "wamid.999");
}

#[test]
fn depth_and_half_characters_lose_only_their_own_part() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let body = format!(
        r#"{{"entry":[{{"changes":[{{"value":{{"statuses":[{{"id":"wamid.A","status":"sent","x":{deep}}},{{"id":"wamid.B","status":"read","y":"\ud83d"}}]}}}}]}}]}}"#
    );
    let found = read(body.as_bytes());
    let ids: Vec<&str> = found
        .iter()
        .map(|event| event["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["wamid.A", "wamid.B"]);
}

#[test]
fn every_webhook_of_the_corpus_is_read() {
    let Some(corpus) = std::env::var_os("PREFLIGHT_CORPUS").filter(|path| !path.is_empty()) else {
        eprintln!("SKIPPED: set PREFLIGHT_CORPUS to the corpus folder to read its webhooks");
        return;
    };
    let path = std::path::Path::new(&corpus).join("webhooks.jsonl");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut seen = 0;
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let kind = row["kind"].as_str().unwrap();
        let found = events(&row["body"]);
        let expected = if kind.contains("statuses") {
            "status"
        } else if kind.contains("inbound") || kind.contains("echoes") || kind.contains("history") {
            "message"
        } else if kind.contains("template") {
            "template"
        } else if [
            "account",
            "payment_configuration",
            "phone_number",
            "preferences",
            "messages.errors",
        ]
        .iter()
        .any(|word| kind.contains(word))
        {
            "account"
        } else {
            "unknown"
        };
        assert!(
            found.iter().any(|event| event["kind"] == expected),
            "{kind}: {found:?}"
        );
        assert!(
            found.iter().all(|event| event.get("problem").is_none()),
            "{kind}: {found:?}"
        );
        if expected == "status" {
            let status = &found[0];
            let word = kind.rsplit(['.', ':']).next().unwrap();
            assert_eq!(status["status"], word, "{line}");
            if word == "failed" {
                assert!(
                    status["errors"][0]["outcome"]["class"].is_string(),
                    "{line}"
                );
                assert_ne!(
                    status["errors"][0]["outcome"]["unclassified"], true,
                    "{line}"
                );
            }
            if kind.starts_with("webhook:") {
                assert!(
                    status["phoneNumberId"].is_string() && status["timestamp"].is_u64(),
                    "{line}"
                );
            }
        }
        seen += 1;
    }
    assert!(seen >= 80, "only {seen} rows read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Any bytes give events, and each event's raw part is a piece of what came.
    #[test]
    fn any_bytes_give_events(body in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&body).into_owned();
        let found = read_webhook(&body);
        prop_assert!(!found.is_empty());
        for event in &found { prop_assert!(text.contains(event.raw())); }
    }

    /// A damaged body is either read or said to be broken; it invents no status.
    #[test]
    fn damage_invents_no_status(at in 0usize..400, byte in any::<u8>()) {
        let body = statuses(json!([{"id": "wamid.A", "status": "sent"}, {"id": "wamid.B", "status": "sent"}]));
        let mut body = body.to_string().into_bytes();
        let len = body.len();
        body[at % len] = byte;
        let count = read_webhook(&body).iter().filter(|event| matches!(event, WebhookEvent::Status(_))).count();
        prop_assert!(count <= 2);
    }
}

#[test]
fn parts_that_relays_pass_on_are_read_alone() {
    let status =
        json!({"id": "wamid.X", "status": "failed", "errors": [{"code": 131049, "title": "t"}]});
    let value = json!({"metadata": {"phone_number_id": "106"}, "statuses": [status]});
    let change = json!({"field": "messages", "value": value});
    let entry = json!({"id": "102", "changes": [change]});
    for part in [&status, &value, &change, &entry] {
        let found = events(part);
        assert_eq!(found.len(), 1, "{part}");
        assert_eq!(
            (&found[0]["kind"], &found[0]["id"], &found[0]["status"]),
            (&json!("status"), &json!("wamid.X"), &json!("failed")),
            "{part}"
        );
        assert_eq!(found[0]["errors"][0]["code"], 131_049, "{part}");
    }
    let message =
        json!({"id": "wamid.Y", "from": "15550100001", "type": "text", "text": {"body": "hi"}});
    assert_eq!(events(&message)[0]["kind"], "message");
}

#[test]
fn what_stands_beside_a_status_is_not_lost() {
    let contacts = json!([{"wa_id": "15550100001", "user_id": "US.1"}, {"wa_id": "15550100002", "user_id": "US.2"}]);
    let status = json!({"id": "wamid.A", "status": "sent", "recipient_id": "15550100002"});
    let body = envelope(
        "messages",
        json!({"contacts": contacts, "statuses": [status]}),
    );
    assert_eq!(events(&body)[0]["recipientUserId"], "US.2");
    // Of one contact alone it is clear without a number.
    let status = json!({"id": "wamid.A", "status": "sent"});
    let body = envelope(
        "messages",
        json!({"contacts": [{"user_id": "US.9"}], "statuses": [status]}),
    );
    assert_eq!(events(&body)[0]["recipientUserId"], "US.9");
    let body = envelope(
        "messages",
        json!({"contacts": contacts, "statuses": [status]}),
    );
    assert_eq!(events(&body)[0].get("recipientUserId"), None);
    // Calls have states of their own.
    let call = json!({"statuses": [{"id": "wacid.A", "status": "RINGING", "type": "call"}]});
    assert_eq!(events(&envelope("calls", call))[0]["kind"], "unknown");
    let broken = json!({"messages": [{"id": "wamid.B", "from": "1", "type": "unsupported", "errors": [{"code": 131051}]}]});
    let found = events(&envelope("messages", broken));
    assert_eq!(
        (&found[0]["kind"], &found[0]["errors"][0]["code"]),
        (&json!("message"), &json!(131_051))
    );
    for (more, reason) in [
        (
            json!({"other_info": {"title": "FIRST_PAUSE"}}),
            "FIRST_PAUSE",
        ),
        (
            json!({"rejection_info": {"reason": "INVALID_FORMAT"}}),
            "INVALID_FORMAT",
        ),
    ] {
        let mut value = json!({"event": "PAUSED", "message_template_id": 7, "reason": "NONE"});
        value
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        assert_eq!(
            events(&envelope("message_template_status_update", value))[0]["reason"],
            reason
        );
    }
}

/// To wait for a status is no advice in a status.
#[test]
fn a_failure_of_metas_own_is_the_end() {
    for code in [1, 2, 131_000, 131_016, 133_004] {
        let body = statuses(
            json!([{"id": "a", "status": "failed", "errors": [{"code": code, "title": "t"}]}]),
        );
        let outcome = events(&body)[0]["errors"][0]["outcome"].clone();
        assert_eq!(outcome["class"], "unknown");
        let action = outcome["action"].as_str().unwrap();
        assert!(
            action.starts_with("send it again after a pause"),
            "{code}: {action}"
        );
    }
}

#[test]
fn what_became_of_a_payment_or_a_call_says_nothing_of_the_message() {
    for kind in ["payment", "call"] {
        let about =
            json!({"id": "wamid.A", "type": kind, "status": "failed", "timestamp": "1667283493"});
        let found = events(&statuses(
            json!([about, {"id": "wamid.A", "status": "read"}]),
        ));
        assert_eq!(found.len(), 2, "{kind}");
        assert_eq!(
            (&found[0]["kind"], &found[0]["raw"]),
            (&json!("unknown"), &json!(about.to_string())),
            "{kind}"
        );
        assert_eq!(found[0].get("problem"), None, "{kind}");
        assert_eq!(found[1]["kind"], "status", "{kind}");
    }
    let plain = json!([{"id": "wamid.A", "type": "message", "status": "failed"}]);
    assert_eq!(events(&statuses(plain))[0]["kind"], "status");
}

/// News of a customer's account come in an entry of the partner's portfolio.
#[test]
fn the_account_is_the_one_that_the_news_is_about() {
    let info = json!({"waba_id": "495709166956424", "owner_business_id": "942647313864044"});
    let found = events(&envelope(
        "account_update",
        json!({"event": "PARTNER_ADDED", "waba_info": info}),
    ));
    assert_eq!(found[0]["wabaId"], "495709166956424");
    assert_eq!(found[0]["event"], "PARTNER_ADDED");
    let bare = json!({"event": "PARTNER_ADDED", "waba_info": {}});
    assert_eq!(
        events(&envelope("account_update", bare))[0]["wabaId"],
        "102"
    );
}

#[test]
fn an_alert_says_what_it_is_about() {
    let flat = json!({"entity_type": "WABA", "entity_id": 123_456, "alert_type": "OBA_APPROVED"});
    let inside = json!({"entity_type": "BUSINESS", "alert_info": {"alert_type": "OBA_APPROVED"}});
    for value in [flat, inside] {
        let found = events(&envelope("account_alerts", value));
        assert_eq!(found[0]["event"], "OBA_APPROVED");
    }
}
