//! Definitions for tests, and what the check finds in them.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

use super::mute::muted;
use super::samples::base;
use serde_json::{Value, json};
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::report::{Diagnostic, Report, Severity, pointer};

/// Judges a value.
pub fn check(value: &Value) -> Report {
    check_template(&value.to_string(), &muted(&Options::default()))
}

/// Judges a text, with places in it.
pub fn check_text(text: &str) -> Report {
    check_template(
        text,
        &muted(&Options {
            source: true,
            ..Options::default()
        }),
    )
}

/// The plain definition with one member of the top level set.
pub fn with(key: &str, value: Value) -> Value {
    let mut definition = base();
    definition[key] = value;
    definition
}

/// A body without placeholders.
pub fn body(text: &str) -> Value {
    json!({"type": "BODY", "text": text})
}

/// A body with samples.
pub fn body_with(text: &str, samples: &[&str]) -> Value {
    json!({"type": "BODY", "text": text, "example": {"body_text": [samples]}})
}

/// The plain definition with these components.
pub fn components(list: Vec<Value>) -> Value {
    with("components", Value::Array(list))
}

/// … with a text header.
pub fn header(text: &str) -> Value {
    components(vec![
        json!({"type": "HEADER", "format": "TEXT", "text": text}),
        body("Your order is on its way."),
    ])
}

/// … with these buttons.
pub fn buttons(list: Value) -> Value {
    components(vec![
        body("Your order is on its way."),
        json!({"type": "BUTTONS", "buttons": list}),
    ])
}

/// Quick replies.
pub fn quick(n: usize) -> Vec<Value> {
    (0..n)
        .map(|i| json!({"type": "QUICK_REPLY", "text": format!("Reply {i}")}))
        .collect()
}

/// `error code /path` of every finding, infos left out.
pub fn found(report: &Report) -> Vec<String> {
    let word = |d: &Diagnostic| {
        if d.severity == Severity::Error {
            "error"
        } else {
            "warning"
        }
    };
    report
        .diagnostics
        .iter()
        .filter(|d| d.severity != Severity::Info)
        .map(|d| format!("{} {} {}", word(d), d.code, pointer(&d.path)))
        .collect()
}

/// Asserts all findings but infos, as `severity code /path` in document order.
#[track_caller]
pub fn finds(definition: &Value, expected: &[&str]) {
    assert_eq!(found(&check(definition)), expected, "of {definition}");
}

/// The same under options, such as those of an edit or a read-back.
#[track_caller]
pub fn finds_under(definition: &Value, options: &Options, expected: &[&str]) {
    let report = check_template(&definition.to_string(), options);
    assert_eq!(found(&report), expected, "of {definition}");
}

/// The definition after the first fix of the first finding with this code, and whether the fix is safe.
#[track_caller]
pub fn mended(definition: &Value, options: &Options, code: &str) -> (Value, bool) {
    let text = definition.to_string();
    let report = check_template(&text, options);
    let finding = report.diagnostics.iter().find(|d| d.code == code);
    let finding = finding.unwrap_or_else(|| panic!("no {code} in {definition}"));
    let fix = finding.fixes.first();
    let fix = fix.unwrap_or_else(|| panic!("no fix for {code} in {definition}"));
    let patched = wa_preflight::json::apply_operations(&text, &fix.patch).unwrap();
    (serde_json::from_str(&patched).unwrap(), fix.safe)
}

/// The only finding with this code.
#[track_caller]
pub fn only<'r>(report: &'r Report, code: &str) -> &'r Diagnostic {
    let mut all = report.diagnostics.iter().filter(|d| d.code == code);
    let found = all.next().unwrap_or_else(|| panic!("no {code}"));
    assert!(all.next().is_none(), "more than one {code}");
    found
}

/// The options of a definition that comes from Meta.
pub fn readback() -> Options {
    Options {
        readback: true,
        ..Options::default()
    }
}
