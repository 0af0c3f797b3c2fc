//! What answers mean: the shared vectors, the answers of the corpus, and damaged ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use serde_json::{Value, json};
use wa_preflight::delivery::classify::{Answer, classify_response};
use wa_preflight::delivery::codes;
use wa_preflight::delivery::outcome::{Class, Outcome, Resend};

fn body_of(row: &Value) -> Vec<u8> {
    match row.get("body") {
        None => Vec::new(),
        Some(Value::String(text)) => text.clone().into_bytes(),
        Some(body) => body.to_string().into_bytes(),
    }
}

fn classify(row: &Value) -> Outcome {
    let headers = row["headers"].as_object().map_or_else(Vec::new, |headers| {
        headers
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect()
    });
    let answer = Answer {
        status: row["status"].as_u64().map(|status| status as u16),
        headers,
        body: body_of(row),
        transport: row
            .get("transport")
            .map(|word| serde_json::from_value(word.clone()).unwrap()),
    };
    classify_response(&answer, row["now"].as_f64())
}

#[test]
fn the_vectors_hold() {
    let rows: Vec<Value> = serde_json::from_str(include_str!("vectors/outcomes.json")).unwrap();
    assert!(rows.len() >= 60);
    for row in &rows {
        let outcome = serde_json::to_value(classify(row)).unwrap();
        for (key, expected) in row["expect"].as_object().unwrap() {
            // `null` stands for a member that must be absent.
            let found = outcome.get(key).unwrap_or(&Value::Null);
            assert_eq!(found, expected, "{}: {key} in {outcome}", row["name"]);
        }
        assert!(
            outcome["action"]
                .as_str()
                .is_some_and(|text| text.len() > 10)
        );
    }
}

#[test]
fn a_code_means_the_same_at_every_status() {
    for row in codes::all() {
        let Some((class, resend)) = row.outcome else {
            continue;
        };
        let error = json!({"code": row.code, "error_subcode": row.subcode, "message": "x"});
        for status in [200, 302, 400, 401, 404, 429, 500, 503] {
            let outcome = classify(&json!({"status": status, "body": {"error": error}}));
            assert_eq!(
                (outcome.class, outcome.resend),
                (class, resend),
                "{} at {status}",
                row.code
            );
            assert!(!outcome.unclassified);
            assert_eq!(outcome.after_ms.unwrap_or(0), u64::from(row.after_ms));
            assert_eq!(outcome.code, Some(i64::from(row.code)));
            assert_eq!(outcome.action, row.action);
        }
    }
}

#[test]
fn an_answer_is_read_from_json_as_javascript_gives_it() {
    let answer: Answer = serde_json::from_value(json!({
        "status": 200, "headers": [["retry-after", "1"]],
        "body": "{\"messages\":[{\"id\":\"wamid.A\"}]}", "transport": null
    }))
    .unwrap();
    assert_eq!(
        classify_response(&answer, None).message_id.as_deref(),
        Some("wamid.A")
    );
    assert_eq!(
        serde_json::from_str::<Answer>("{}").unwrap(),
        Answer::default()
    );
    assert!(serde_json::from_value::<Answer>(json!({"transport": "refused"})).is_err());
}

#[test]
fn every_answer_of_the_corpus_is_classified() {
    let Some(corpus) = std::env::var_os("PREFLIGHT_CORPUS").filter(|path| !path.is_empty()) else {
        eprintln!("SKIPPED: set PREFLIGHT_CORPUS to the corpus folder to read its answers");
        return;
    };
    let path = std::path::Path::new(&corpus).join("responses.jsonl");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut seen = 0;
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let kind = row["kind"].as_str().unwrap();
        let outcome = |status: u64| classify(&json!({"status": status, "body": row["body"]}));
        if kind == "response_ok" {
            let outcome = outcome(200);
            assert_eq!(outcome.class, Class::Accepted, "{line}");
            assert_eq!(
                outcome.message_id.as_deref(),
                row["body"]["messages"][0]["id"].as_str()
            );
        } else if kind.starts_with("response_error") {
            let outcome = outcome(400);
            let code = outcome.code.unwrap_or_else(|| panic!("no code in {line}"));
            let listed =
                codes::find(code, outcome.subcode).is_some_and(|row| row.applies_to_send());
            assert_eq!(outcome.unclassified, !listed, "{line}");
            assert_ne!(outcome.class, Class::Accepted, "{line}");
            assert!(outcome.details.is_some(), "{line}");
        } else {
            assert_eq!(outcome(200).class, Class::Unknown, "{line}");
        }
        seen += 1;
    }
    assert!(seen >= 30, "only {seen} rows read");
}

const ACCEPTED: &str = r#"{"messaging_product":"whatsapp","contacts":[{"input":"1","wa_id":"1"}],"messages":[{"id":"wamid.TEST"}]}"#;

#[test]
fn no_cut_answer_counts_as_accepted() {
    for end in 0..ACCEPTED.len() {
        let cut = ACCEPTED.get(..end).unwrap();
        let outcome = classify(&json!({"status": 200, "body": cut}));
        assert_eq!(outcome.class, Class::Unknown, "cut at {end}");
        assert_eq!(outcome.message_id, None, "cut at {end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Any bytes at any status give an outcome, and only a success with an id is accepted.
    #[test]
    fn any_bytes_give_an_outcome(status in prop::option::of(0u16..1000), body in prop::collection::vec(any::<u8>(), 0..200)) {
        let outcome = classify_response(&Answer { status, body, ..Answer::default() }, None);
        prop_assert_ne!(outcome.class, Class::Accepted);
        if outcome.resend == Resend::Safe { prop_assert!(false, "nothing here proves that nothing was sent"); }
    }

    /// A flipped byte never turns a refusal into an accept, nor makes an unsafe resend safe.
    #[test]
    fn a_damaged_refusal_is_never_an_accept(at in 0usize..100, byte in any::<u8>(), status in prop::sample::select(vec![200u16, 400, 500])) {
        let mut body = br#"{"error":{"message":"(#131000) Something went wrong","code":131000,"error_data":{"details":"x"}}}"#.to_vec();
        let len = body.len();
        body[at % len] = byte;
        let outcome = classify_response(&Answer { status: Some(status), body, ..Answer::default() }, None);
        prop_assert_ne!(outcome.class, Class::Accepted);
        prop_assert_ne!(outcome.resend, Resend::Safe);
    }

    /// Where Meta may have taken the message, no damage makes a resend look allowed.
    #[test]
    fn a_damaged_accept_is_never_resent(at in 0usize..110, byte in any::<u8>()) {
        let mut body = ACCEPTED.as_bytes().to_vec();
        let len = body.len();
        body[at % len] = byte;
        let outcome = classify_response(&Answer { status: Some(200), body, ..Answer::default() }, None);
        prop_assert!(matches!(outcome.class, Class::Accepted | Class::Unknown), "{:?}", outcome);
    }
}

#[test]
fn no_wait_is_shorter_than_the_code_wants() {
    for (code, asked, after) in [
        (Some(80_007), Some("30"), Some(60_000)),
        (Some(80_007), Some("90"), Some(90_000)),
        (Some(80_007), None, None),
        (Some(4), Some("0"), Some(60_000)),
        (Some(130_429), Some("0"), Some(1_000)),
        (Some(131_056), Some("1"), Some(6_000)),
        (Some(131_056), None, Some(6_000)),
        (None, Some("0"), Some(1_000)),
        (None, Some("7"), Some(7_000)),
    ] {
        let error = code.map(|code| json!({"error": {"code": code, "message": "m"}}).to_string());
        let headers = asked.map(|asked| ("Retry-After".to_owned(), asked.to_owned()));
        let answer = Answer {
            status: Some(429),
            headers: headers.into_iter().collect(),
            body: error.unwrap_or_default().into_bytes(),
            transport: None,
        };
        assert_eq!(
            classify_response(&answer, None).after_ms,
            after,
            "{code:?} {asked:?}"
        );
    }
}

#[test]
fn an_id_beside_an_error_keeps_both() {
    let answer = Answer {
        status: Some(200),
        body: json!({"messages": [{"id": "wamid.A"}], "error": {"code": 190, "message": "m"}})
            .to_string()
            .into_bytes(),
        ..Answer::default()
    };
    let outcome = classify_response(&answer, None);
    assert_eq!(
        (outcome.class, outcome.code, outcome.message_id.as_deref()),
        (Class::Unknown, Some(190), Some("wamid.A"))
    );
    assert!(
        outcome.action.contains("names a message and an error"),
        "{}",
        outcome.action
    );
}

/// Meta's text reads as if a parameter, or the template, had no name.
#[test]
fn a_missing_parameter_name_is_said_as_what_it_is() {
    let details = "Parameter name is missing or empty";
    for error in [
        json!({"code": 100, "message": "(#100) Invalid parameter", "error_data": {"details": details}}),
        json!({"code": 100, "message": format!("(#100) {details}")}),
    ] {
        let outcome = classify(&json!({"status": 400, "body": {"error": error}}));
        assert_eq!(
            (outcome.class, outcome.resend),
            (Class::Invalid, Resend::Never)
        );
        assert!(
            outcome.action.contains("`parameter_name`"),
            "{}",
            outcome.action
        );
    }
}
