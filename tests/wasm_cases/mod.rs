//! The cases that the wasm suites share: every answer crosses the boundary, and must be the native one.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at what it does not expect"
)]

#[path = "../support/scanning.rs"]
pub mod scanning;

use serde_json::Value;
use wa_preflight::rules;
use wa_preflight::wasm::message::CoreTemplate;
use wa_preflight::wasm::{check, delivery};
use wasm_bindgen::JsValue;

/// A JavaScript value as `JSON.stringify` shows it.
fn json_of(value: &JsValue) -> Value {
    let text = js_sys::JSON::stringify(value).unwrap();
    serde_json::from_str(&String::from(text)).unwrap()
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn cases() -> Value {
    read(include_str!("../fixtures/parity.json"))
}

fn expected() -> Value {
    read(include_str!("../fixtures/parity.expected.json"))
}

pub fn definitions_get_the_native_reports() {
    let (cases, expected) = (cases(), expected());
    let cases = cases["definitions"].as_array().unwrap();
    assert!(!cases.is_empty());
    for (index, text) in cases.iter().enumerate() {
        let report = check::check_template(text.as_str().unwrap(), true, "");
        assert_eq!(report, expected["wires"][index], "{text}");
    }
}

pub fn messages_get_the_native_answers() {
    let (cases, expected) = (cases(), expected());
    let options = "";
    let definition = cases["template"].as_str().unwrap();
    let template = CoreTemplate::new(definition, true, options).unwrap();
    assert_eq!(
        json_of(&template.parameters().unwrap()),
        expected["parameters"]
    );
    let messages = cases["messages"].as_array().unwrap();
    assert!(!messages.is_empty());
    for (index, message) in messages.iter().enumerate() {
        let text = message.as_str().unwrap();
        let expected = &expected["messages"][index];
        assert_eq!(
            read(&template.check(text, options).unwrap()),
            expected["check"],
            "{text}"
        );
        assert_eq!(
            json_of(&template.sanitize(text, options).unwrap()),
            expected["sanitize"],
            "{text}"
        );
        assert_eq!(
            json_of(&template.preview(text).unwrap()),
            expected["preview"],
            "{text}"
        );
        match template.build(text, options) {
            Ok(payload) => assert_eq!(payload, expected["build"]["payload"], "{text}"),
            Err(report) => assert_eq!(json_of(&report), expected["build"]["report"], "{text}"),
        }
    }
}

pub fn answers_and_webhooks_mean_what_they_mean_natively() {
    let (cases, expected) = (cases(), expected());
    let options = r#"{"now":0}"#;
    for (index, answer) in cases["answers"].as_array().unwrap().iter().enumerate() {
        let outcome = delivery::classify_response(object(&answer.to_string()), options).unwrap();
        assert_eq!(json_of(&outcome), expected["answers"][index], "{answer}");
    }
    for (index, body) in cases["webhooks"].as_array().unwrap().iter().enumerate() {
        let events = delivery::read_webhook(body.as_str().unwrap().as_bytes()).unwrap();
        assert_eq!(json_of(&events), expected["webhooks"][index], "{body}");
    }
}

/// A JavaScript value from JSON text.
fn object(text: &str) -> JsValue {
    js_sys::JSON::parse(text).unwrap()
}

/// What JavaScript could not write as JSON becomes a finding.
pub fn a_cycle_gets_a_report() {
    let notes = r#"{"notes":[["cycle","/name","an object that contains itself"]]}"#;
    let report = check::check_template(r#"{"name":null}"#, false, notes);
    assert!(report.starts_with('0'), "not ok: {report}");
    let found = format!("[{},0,[\"name\"]", rules::VALUE_CYCLIC.index());
    assert!(report.contains(&found), "{report}");
}

/// A wrong call is an error that names its option, never a trap.
pub fn a_wrong_option_is_an_error() {
    let error = check::check_template("{}", true, r#"{"recipient":"maybe"}"#);
    assert!(error.starts_with("!options.recipient"), "{error}");
}
