//! The cases that the wasm suites share: every answer crosses the boundary, and must be the native one.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at what it does not expect"
)]

use serde_json::Value;
use wa_preflight::wasm::api;
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
        let report =
            api::check_template(text.as_str().unwrap(), true, &JsValue::UNDEFINED).unwrap();
        assert_eq!(json_of(&report), expected["definitions"][index], "{text}");
    }
}

pub fn the_catalogue_and_the_limits_are_the_native_ones() {
    let expected = expected();
    assert_eq!(json_of(&api::list_rules().unwrap()), expected["rules"]);
    assert_eq!(json_of(&api::list_limits().unwrap()), expected["limits"]);
}

/// An object that only JavaScript can make gets a report, too.
pub fn a_cycle_gets_a_report() {
    let object = js_sys::Object::new();
    js_sys::Reflect::set(&object, &"name".into(), &object).unwrap();
    let report = json_of(&api::check_template_value(&object, &JsValue::UNDEFINED).unwrap());
    assert_eq!(report["ok"], false);
    let codes = report["diagnostics"].as_array().unwrap().iter();
    assert!(
        codes
            .into_iter()
            .any(|found| found["code"] == "value-cyclic"),
        "{report}"
    );
}

/// A wrong call is an error that names its option, never a trap.
pub fn a_wrong_option_is_an_error() {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"recipient".into(), &"maybe".into()).unwrap();
    let error = api::check_template("{}", true, &options).unwrap_err();
    assert!(error.as_string().unwrap().contains("options.recipient"));
}
