//! Templates from Meta's library: each rule's bad case with its code and path, and near misses.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use support::definitions::*;
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::fix::apply_fix;
use wa_preflight::report::Severity;

const BUTTONS: &str = "/library_template_button_inputs";
const BODY: &str = "/library_template_body_inputs";

fn library(members: Value) -> Value {
    let mut definition = with("library_template_name", json!("delivery_update_1"));
    definition["components"] = Value::Null;
    for (key, value) in members.as_object().unwrap() {
        definition[key] = value.clone();
    }
    definition
}

fn buttons(inputs: Value) -> Value {
    library(json!({"library_template_button_inputs": inputs}))
}

fn body(inputs: Value) -> Value {
    library(json!({"library_template_body_inputs": inputs}))
}

fn mended(definition: &Value, code: &str) -> (Value, bool) {
    let report = check(definition);
    let found = report.diagnostics.iter().find(|d| d.code == code).unwrap();
    let patch = wa_preflight::report::fix_to_json(&found.fixes[0]);
    let text = apply_fix(&definition.to_string(), &patch).unwrap();
    (serde_json::from_str(&text).unwrap(), found.fixes[0].safe)
}

fn address() -> Value {
    json!({"type": "URL", "url": {"base_url": "https://www.example.com/{{1}}", "url_suffix_example": "https://www.example.com/demo"}})
}

#[test]
fn the_name_and_what_stands_beside_it() {
    finds(&library(json!({})), &[]);
    let report = check(&library(json!({})));
    assert!(report.ok && report.complete);
    finds(
        &library(json!({"library_template_name": "Delivery update"})),
        &["error library-name /library_template_name"],
    );
    finds(
        &library(json!({"library_template_name": ""})),
        &["error library-name /library_template_name"],
    );
    finds(
        &library(json!({"library_template_name": 7})),
        &["error wrong-type /library_template_name"],
    );
    let parts = json!([{"type": "BODY", "text": "Your order is on its way."}]);
    let both = library(json!({"components": parts}));
    finds(&both, &["error library-components /components"]);
    finds(&mended(&both, "library-components").0, &[]);
    finds(&library(json!({"components": []})), &[]);
    // Read back, the library's own texts are there, and nobody can change them.
    let got = library(
        json!({"components": [{"type": "BODY", "text": "Hi {{1}},\nDeposit more {{2}}.\n{{3}}"}]}),
    );
    let options = Options {
        readback: true,
        ..Options::default()
    };
    let report = check_template(&got.to_string(), &options);
    assert!(
        report.diagnostics.is_empty() && report.complete,
        "{report:#?}"
    );
    finds(
        &library(json!({"category": "MARKETING"})),
        &["error library-category /category"],
    );
    finds(&library(json!({"category": "authentication"})), &[]);
    finds(
        &library(json!({"language": null, "name": null})),
        &["error language-required ", "error name-required "],
    );
}

#[test]
fn inputs_need_the_name() {
    let mut definition = with("library_template_button_inputs", json!([address()]));
    definition["library_template_body_inputs"] = json!({});
    finds(
        &definition,
        &[
            &format!("error library-name-required {BUTTONS}"),
            &format!("error library-name-required {BODY}"),
        ],
    );
    let mut code = with("library_template_body_inputs", json!({}));
    code["category"] = json!("AUTHENTICATION");
    code["components"] = json!([{"type": "BODY"}, {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}]);
    finds(&code, &[&format!("error library-name-required {BODY}")]);
    let report = check_text(r#"{"library_template_body_inputs":{},"libra"#);
    assert!(
        report
            .diagnostics
            .iter()
            .all(|d| d.code != "library-name-required")
    );
}

#[test]
fn inputs_for_buttons() {
    finds(&buttons(json!([])), &[]);
    finds(
        &buttons(json!([
            address(),
            {"type": "phone_number", "phone_number": "+16315551010"},
            {"type": "OTP", "otp_type": "ZERO_TAP", "zero_tap_terms_accepted": true,
                "supported_apps": [{"package_name": "com.example.shop", "signature_hash": "K8a/AINcGX7"}]},
            {"type": "QUICK_REPLY"}, {"type": "MPM"}, {"type": "CATALOG"}, {"type": "FLOW"}, {"type": "VOICE_CALL"}, {"type": "APP"},
        ])),
        &[],
    );
    finds(
        &buttons(json!({"type": "URL"})),
        &[&format!("error wrong-type {BUTTONS}")],
    );
    finds(
        &buttons(json!([7])),
        &[&format!("error wrong-type {BUTTONS}/0")],
    );
    finds(
        &buttons(json!([{}])),
        &[&format!("error library-button-type-required {BUTTONS}/0")],
    );
    finds(
        &buttons(json!([{"type": "COPY_CODE"}])),
        &[&format!("error library-button-type {BUTTONS}/0/type")],
    );
    finds(
        &buttons(json!([{"type": "QUICK_REPLY", "text": "Thanks"}])),
        &[&format!("error unexpected-field {BUTTONS}/0/text")],
    );
    finds(
        &buttons(json!([{"type": "URL"}, {"type": "PHONE_NUMBER"}])),
        &[
            &format!("error library-input-required {BUTTONS}/0"),
            &format!("error library-input-required {BUTTONS}/1"),
        ],
    );
    finds(
        &buttons(
            json!([{"type": "OTP", "otp_type": "ONE_TAP"}, {"type": "OTP", "otp_type": "TAP"}]),
        ),
        &[
            &format!("error auth-supported-apps {BUTTONS}/0"),
            &format!("error auth-otp-type {BUTTONS}/1/otp_type"),
        ],
    );
    finds(
        &buttons(
            json!([{"type": "OTP", "otp_type": "ONE_TAP", "supported_apps": [{"package_name": "shop", "signature_hash": "K8a/AINcGX7"}]}]),
        ),
        &[&format!(
            "error auth-package-name {BUTTONS}/0/supported_apps/0/package_name"
        )],
    );
    finds(
        &buttons(json!([{"type": "OTP", "otp_type": "COPY_CODE"}])),
        &[],
    );
}

#[test]
fn addresses_and_numbers() {
    let url = |url: Value| buttons(json!([{"type": "URL", "url": url}]));
    let base = |text: &str| {
        url(json!({"base_url": text, "url_suffix_example": "https://www.example.com/demo"}))
    };
    finds(
        &url(json!("https://www.example.com")),
        &[&format!("error wrong-type {BUTTONS}/0/url")],
    );
    finds(
        &url(json!({})),
        &[&format!("error library-input-required {BUTTONS}/0/url")],
    );
    finds(
        &url(json!({"base_url": "https://www.example.com/orders"})),
        &[],
    );
    finds(
        &url(json!({"base_url": "https://www.example.com/{{1}}"})),
        &[&format!("error library-input-required {BUTTONS}/0/url")],
    );
    finds(
        &url(json!({"base_url": "https://www.example.com", "example": "x"})),
        &[&format!("error unexpected-field {BUTTONS}/0/url/example")],
    );
    for (address, ok) in [
        ("https://www.example.com/{{1}}", true),
        ("HTTP://bücher.example/ü?a={{1}}", true),
        ("www.example.com/{{1}}", false),
        ("https://", false),
        ("https://{{1}}", false),
        ("https://www.example.com/{{1}}/x", false),
        ("https://www.example.com/{{1}}{{2}}", false),
        ("https://www.example.com/{{1", false),
        ("https://www.example.com/a b", false),
        ("ftp://www.example.com/", false),
        ("", false),
    ] {
        let expected = [format!("error library-url {BUTTONS}/0/url/base_url")];
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        finds(&base(address), if ok { &[] } else { &expected });
    }
    assert_eq!(
        mended(&base("www.example.com/{{1}}"), "library-url").0,
        base("https://www.example.com/{{1}}")
    );
    let long = |n: usize| base(&format!("https://www.example.com/{}", "a".repeat(n - 24)));
    finds(&long(2000), &[]);
    finds(
        &long(2001),
        &[&format!("error button-url-max {BUTTONS}/0/url/base_url")],
    );
    let phone = |number: &str| buttons(json!([{"type": "PHONE_NUMBER", "phone_number": number}]));
    for (number, ok) in [
        ("+15550051310", true),
        ("15550051310", true),
        ("12345678901234567890", true),
        ("123456789012345678901", false),
        ("+1 555 005 1310", false),
        ("call us", false),
        ("", false),
    ] {
        let expected = [format!("error library-phone {BUTTONS}/0/phone_number")];
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        finds(&phone(number), if ok { &[] } else { &expected });
    }
    assert_eq!(
        mended(&phone("+1 (555) 005-1310"), "library-phone"),
        (phone("+15550051310"), true)
    );
}

#[test]
fn inputs_for_the_body() {
    finds(
        &body(
            json!({"add_contact_number": true, "add_learn_more_link": false, "add_security_recommendation": true,
            "add_track_package_link": true, "code_expiration_minutes": 5}),
        ),
        &[],
    );
    finds(&body(json!([])), &[&format!("error wrong-type {BODY}")]);
    finds(
        &body(json!({"add_contact_number": "yes"})),
        &[&format!("error wrong-type {BODY}/add_contact_number")],
    );
    finds(
        &body(json!({"add_contact": true})),
        &[&format!("error unexpected-field {BODY}/add_contact")],
    );
    for (n, ok) in [(0, false), (1, true), (90, true), (91, false)] {
        assert_eq!(
            check(&body(json!({"code_expiration_minutes": n}))).ok,
            ok,
            "{n}"
        );
    }
    finds(
        &body(json!({"code_expiration_minutes": 91})),
        &[&format!("error auth-footer {BODY}/code_expiration_minutes")],
    );
}

#[test]
fn inputs_inside_a_text() {
    let list = json!([address()]);
    // As JSON, and as Meta's page prints it: in single quotes, keys bare.
    for text in [
        list.to_string(),
        "[\n {'type': 'URL', url: {'base_url' : 'https://www.example.com/{{1}}',\n 'url_suffix_example' : 'https://www.example.com/demo'}}\n]".to_owned(),
    ] {
        let written = buttons(json!(text));
        finds(&written, &[&format!("warning library-string-inputs {BUTTONS}")]);
        assert_eq!(
            mended(&written, "library-string-inputs"),
            (buttons(list.clone()), true)
        );
    }
    finds(
        &body(json!("{\"code_expiration_minutes\": 5}")),
        &[&format!("warning library-string-inputs {BODY}")],
    );
    // What is wrong inside counts as if it stood outside, and then the change is not a safe one.
    let wrong = buttons(json!("[{\"type\":\"LINK\"}]"));
    finds(&wrong, &[&format!("error library-string-inputs {BUTTONS}")]);
    let (after, safe) = mended(&wrong, "library-string-inputs");
    finds(
        &after,
        &[&format!("error library-button-type {BUTTONS}/0/type")],
    );
    assert!(!safe);
    let twice = buttons(json!("[{\"type\":\"MPM\",\"type\":\"MPM\"}]"));
    assert!(!mended(&twice, "library-string-inputs").1);
    // What cannot be read is not judged, and says so. Meta's own sample lacks a quote.
    let report = check(&buttons(json!(
        "[{'type': 'URL', 'url': {'base_url' : 'https://www.example.com/order_update}}]"
    )));
    assert!(!report.complete);
    assert!(report.diagnostics.iter().all(|d| d.fixes.is_empty()));
    for text in ["", "x", "7", "{}"] {
        let report = check(&buttons(json!(text)));
        assert!(!report.ok || !report.complete, "{text}: {report:#?}");
    }
    let report = check_text(
        r#"{"name":"a","language":"en","category":"UTILITY","library_template_name":"a","library_template_button_inputs":"[{'ty"#,
    );
    assert!(
        report
            .diagnostics
            .iter()
            .filter(|d| d.severity != Severity::Info)
            .all(|d| d.code == "text-not-json"),
        "{report:#?}"
    );
}

#[test]
fn half_typed_text_is_not_missed_yet() {
    let mut whole = buttons(json!([
        address(),
        {"type": "PHONE_NUMBER", "phone_number": "+16315551010"},
        {"type": "OTP", "otp_type": "ONE_TAP", "supported_apps": [{"package_name": "com.example.shop", "signature_hash": "K8a/AINcGX7"}]},
    ]));
    whole["library_template_body_inputs"] = json!({"code_expiration_minutes": 5});
    let text = whole.to_string();
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        let report = check_text(&text[..at]);
        let noise: Vec<&str> = report
            .diagnostics
            .iter()
            .map(|d| d.code)
            .filter(|code| code.starts_with("library") || code.starts_with("auth"))
            .collect();
        assert_eq!(noise, [""; 0], "{}", &text[..at]);
    }
}
