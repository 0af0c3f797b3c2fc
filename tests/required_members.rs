//! What a definition must have and of which type, by taking it away: each member of a valid definition of every kind
//! is lost, gets a value of another type, or another name. What may go without an error is listed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::fixtures::{Fixture, definitions};
use support::mutate::{places, renamed, replaced, split, without};
use wa_preflight::check::check_template;
use wa_preflight::report::{Diagnostic, Report, Severity};

/// Members that may be missing: their owner and their name. An owner is an object's `type` (a header's with its
/// format), or the member that holds it.
const OPTIONAL: &[(&str, &str)] = &[
    // Positional is the default. Templates with named placeholders need it: see `NEEDED`.
    ("template", "parameter_format"),
    ("template", "message_send_ttl_seconds"),
    // Without it the template is an ordinary one.
    ("template", "sub_category"),
    ("template", "display_format"),
    ("template", "degrees_of_freedom_spec"),
    ("template", "cta_url_link_tracking_opted_out"),
    ("template", "library_template_body_inputs"),
    ("template", "library_template_button_inputs"),
    ("degrees_of_freedom_spec", "creative_features_spec"),
    ("creative_features_spec", "image_brightness_and_contrast"),
    ("creative_features_spec", "image_touchups"),
    ("library_template_body_inputs", "add_contact_number"),
    ("library_template_body_inputs", "add_track_package_link"),
    (
        "library_template_body_inputs",
        "add_security_recommendation",
    ),
    ("library_template_body_inputs", "code_expiration_minutes"),
    ("BODY", "add_security_recommendation"),
    ("FOOTER", "code_expiration_minutes"),
    // What a button of the library wants is known to the library alone.
    ("limited_time_offer", "has_expiration"),
    ("URL", "app_deep_link"),
    ("URL", "payment_link_preview"),
    ("app_deep_link", "android_fallback_playstore_url"),
    // The label of a one-time code's button has a default in the template's language.
    ("OTP", "text"),
    ("OTP", "autofill_text"),
    ("FLOW", "flow_action"),
    ("FLOW", "navigate_screen"),
];

/// What may be missing elsewhere, but not in these fixtures.
const NEEDED: &[(&str, &str)] = &[
    // Named placeholders.
    ("marketing_text_named", "parameter_format"),
    ("utility_image_named", "parameter_format"),
    ("url_named", "parameter_format"),
    ("single_product", "parameter_format"),
    // India's marketing variant.
    ("order_details_marketing", "display_format"),
];

/// Values of another type that get no more than a warning.
const TOLERATED: &[(&str, &str, &str)] = &[
    // Meta's own sample passes a text.
    ("template", "message_send_ttl_seconds", "\"120\""),
    // Meta's page quotes them.
    ("template", "library_template_body_inputs", "\"x\""),
    ("template", "library_template_button_inputs", "\"x\""),
    // Meta's pages of carousels pass one.
    ("example", "body_text", "\"x\""),
    ("example", "header_text", "\"x\""),
    ("example", "header_handle", "\"x\""),
    ("URL", "example", "\"x\""),
    // Some tools write an array around it, and GET gives one.
    ("COPY_CODE", "example", "[\"A\"]"),
];

/// A member's owner, in one word.
fn owner(value: &Value, place: &str) -> String {
    let (at, _) = split(place).unwrap();
    let node = value.pointer(at).unwrap();
    if let (Some(kind), Some(format)) = (node["type"].as_str(), node["format"].as_str()) {
        return format!("{kind} {format}");
    }
    if let Some(kind) = node["type"]
        .as_str()
        .filter(|_| !at.contains("payment_setting") && !at.contains("library"))
    {
        return kind.to_owned();
    }
    let word = at.rsplit('/').find(|step| step.parse::<usize>().is_err());
    word.filter(|word| !word.is_empty())
        .unwrap_or("template")
        .to_owned()
}

fn has(report: &Report, severity: Severity) -> bool {
    report.diagnostics.iter().any(|d| d.severity == severity)
}

/// The members of a created definition: their fixture, place, owner and name.
fn members() -> Vec<(Fixture, String, String, String)> {
    let created = definitions()
        .into_iter()
        .filter(|f| !f.name.starts_with("readback_"));
    let of = |fixture: Fixture| {
        let all = places(&fixture.value)
            .into_iter()
            .filter(|place| split(place).is_some_and(|(_, key)| key.parse::<usize>().is_err()));
        let all: Vec<_> = all
            .map(|place| {
                let (owner, key) = (
                    owner(&fixture.value, &place),
                    split(&place).unwrap().1.to_owned(),
                );
                (fixture.clone(), place, owner, key)
            })
            .collect();
        all
    };
    created.flat_map(of).collect()
}

fn judge(fixture: &Fixture, value: &Value) -> Report {
    check_template(&value.to_string(), &fixture.options())
}

#[track_caller]
fn none(wrong: &BTreeSet<String>) {
    let lines: Vec<&str> = wrong.iter().map(String::as_str).collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        lines.join("\n")
    );
}

#[test]
fn what_must_be_there_is_missed_and_the_rest_is_not() {
    let (mut wrong, mut used) = (BTreeSet::new(), BTreeSet::<&(&str, &str)>::new());
    for (fixture, place, owner, key) in members() {
        let report = judge(&fixture, &without(&fixture.value, &place).unwrap());
        let pair = (owner.as_str(), key.as_str());
        let is_needed = NEEDED.contains(&(fixture.name.as_str(), key.as_str()));
        let may_go = OPTIONAL.contains(&pair) && !is_needed;
        used.extend(OPTIONAL.iter().find(|known| **known == pair));
        if may_go && has(&report, Severity::Error) {
            let codes: BTreeSet<_> = report.diagnostics.iter().map(|d| d.code).collect();
            wrong.insert(format!(
                "{owner} without {key} is refused, in {}: {codes:?}",
                fixture.name
            ));
        }
        if !may_go && !has(&report, Severity::Error) {
            wrong.insert(format!("{owner} without {key} passes, in {}", fixture.name));
        }
    }
    none(&wrong);
    let unused: Vec<&(&str, &str)> = OPTIONAL
        .iter()
        .filter(|pair| !used.contains(pair))
        .collect();
    assert!(unused.is_empty(), "in no fixture: {unused:?}");
}

#[test]
fn another_type_is_refused() {
    let mut wrong = BTreeSet::new();
    for (fixture, place, owner, key) in members() {
        let types = match fixture.value.pointer(&place).unwrap() {
            Value::String(_) => vec![json!(7), json!(true), json!({}), json!([]), json!(["A"])],
            Value::Number(_) => vec![json!("x"), json!("120"), json!(true), json!({}), json!([])],
            Value::Bool(_) => vec![json!("x"), json!(7), json!({}), json!([])],
            Value::Array(_) => vec![json!(7), json!({}), json!("x")],
            _ => vec![json!(7), json!([]), json!("x")],
        };
        for other in types {
            let report = judge(&fixture, &replaced(&fixture.value, &place, other.clone()));
            let case = (owner.as_str(), key.as_str(), &*other.to_string());
            let noticed = has(&report, Severity::Error)
                || TOLERATED.contains(&case) && has(&report, Severity::Warning);
            if !noticed {
                wrong.insert(format!(
                    "{owner}: {other} as {key} passes, in {}",
                    fixture.name
                ));
            }
        }
    }
    none(&wrong);
}

#[test]
fn another_name_is_noticed() {
    let mut wrong = BTreeSet::new();
    for (fixture, place, owner, key) in members() {
        let report = judge(
            &fixture,
            &renamed(&fixture.value, &place, &format!("{key}z")).unwrap(),
        );
        let told =
            |d: &Diagnostic| d.severity != Severity::Info && d.message.contains(&format!("{key}z"));
        // Either the new name is told of, or the old one is missed.
        if !has(&report, Severity::Error) && !report.diagnostics.iter().any(told) {
            wrong.insert(format!(
                "{owner}: {key}z for {key} is not noticed, in {}",
                fixture.name
            ));
        }
    }
    none(&wrong);
}
