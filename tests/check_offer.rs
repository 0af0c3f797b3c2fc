//! Limited-time offers: every rule's fault and its near misses.

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

fn offer_of(settings: Value) -> Value {
    json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": settings})
}

fn offer() -> Value {
    offer_of(json!({"text": "Ends soon", "has_expiration": true}))
}

fn code(example: &str) -> Value {
    json!({"type": "COPY_CODE", "example": example})
}

fn url() -> Value {
    json!({"type": "URL", "text": "Shop", "url": "https://example.com/plants"})
}

fn with_buttons(list: Vec<Value>) -> Value {
    json!({"type": "BUTTONS", "buttons": list})
}

/// The components behind the body at 0 and the offer at 1.
fn with_more(more: Vec<Value>) -> Value {
    let mut list = vec![body("Our spring sale is on."), offer()];
    list.extend(more);
    marketing(list)
}

fn marketing(list: Vec<Value>) -> Value {
    let mut definition = components(list);
    definition["category"] = json!("MARKETING");
    definition
}

fn settings(settings: Value) -> Value {
    marketing(vec![
        body("Our spring sale is on."),
        offer_of(settings),
        with_buttons(vec![code("SPRING25"), url()]),
    ])
}

/// All findings but the one that every offer has.
#[track_caller]
fn finds_besides(definition: &Value, expected: &[&str]) {
    let mut lines = found(&check(definition));
    let desktop = lines
        .iter()
        .position(|line| line.starts_with("warning lto-desktop /components/"));
    lines.remove(desktop.expect("desktops show no offers"));
    assert_eq!(lines, expected, "of {definition}");
}

#[test]
fn good_ones_only_say_where_they_do_not_show() {
    for more in [
        vec![with_buttons(vec![code("SPRING25"), url()])],
        vec![with_buttons(vec![url()])],
        vec![
            json!({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW1hZ2U"]}}),
            with_buttons(vec![url()]),
        ],
        vec![
            json!({"type": "header", "format": "video", "example": {"header_handle": ["4::aW1hZ2U"]}}),
            json!({"type": "buttons", "buttons": [
                {"type": "copy_code", "example": "SPRING25"},
                {"type": "url", "text": "Shop", "url": "https://example.com/{{1}}", "example": ["https://example.com/a"]}]}),
        ],
    ] {
        let definition = with_more(more);
        finds(&definition, &["warning lto-desktop /components/1"]);
        assert!(check(&definition).complete);
    }
    for fine in [
        json!({"text": "Ends soon"}),
        json!({"text": "Ends soon", "has_expiration": false}),
        json!({"text": "Ends soon", "has_expiration": null}),
    ] {
        finds_besides(&settings(fine), &[]);
    }
}

#[test]
fn category() {
    let mut definition = with_more(vec![with_buttons(vec![url()])]);
    definition["category"] = json!("UTILITY");
    finds_besides(&definition, &["error lto-category /category"]);
    definition["category"] = json!("marketing");
    finds_besides(&definition, &[]);
}

#[test]
fn settings_of_an_offer() {
    let at = "/components/1/limited_time_offer";
    finds_besides(
        &settings(json!({})),
        &[&format!("error text-required {at}")],
    );
    finds_besides(
        &settings(json!({"text": " "})),
        &[&format!("error text-required {at}/text")],
    );
    finds_besides(
        &settings(json!({"text": 7})),
        &[&format!("error wrong-type {at}/text")],
    );
    finds_besides(
        &settings(json!("Ends soon")),
        &[&format!("error wrong-type {at}")],
    );
    finds_besides(
        &settings(json!({"text": "Ends soon", "has_expiration": "true"})),
        &[&format!("error wrong-type {at}/has_expiration")],
    );
    // The time is for the message.
    finds_besides(
        &settings(json!({"text": "Ends soon", "expiration_time_ms": 1_700_000_000_000_u64})),
        &[&format!("error unexpected-field {at}/expiration_time_ms")],
    );
    finds_besides(&settings(json!({"text": "é".repeat(16)})), &[]);
    finds_besides(
        &settings(json!({"text": "é".repeat(17)})),
        &[&format!("error lto-text-max {at}/text")],
    );
    finds_besides(
        &settings(json!({"text": "{{1}} % off"})),
        &[&format!("error lto-text-no-vars {at}/text")],
    );
    let mut without = settings(json!(null));
    finds_besides(&without, &["error lto-component /components/1"]);
    // The settings one level too high.
    without["components"][1] =
        json!({"type": "limited_time_offer", "text": "Ends soon", "has_expiration": true});
    finds_besides(
        &without,
        &[
            "error lto-component /components/1",
            "error unexpected-field /components/1/text",
            "error unexpected-field /components/1/has_expiration",
        ],
    );
}

#[test]
fn headers_and_footers() {
    let buttons = with_buttons(vec![url()]);
    finds_besides(
        &with_more(vec![
            buttons.clone(),
            json!({"type": "HEADER", "format": "text", "text": "Spring"}),
        ]),
        &["error lto-header /components/3/format"],
    );
    let handle = json!({"header_handle": ["4::aW1hZ2U"]});
    finds_besides(
        &with_more(vec![
            buttons.clone(),
            json!({"type": "HEADER", "format": "DOCUMENT", "example": handle}),
        ]),
        &["error lto-header /components/3/format"],
    );
    // Said once by the header's own check, once by the offer's: the format that is missing would be a wrong one.
    finds_besides(
        &with_more(vec![
            buttons.clone(),
            json!({"type": "HEADER", "text": "Spring"}),
        ]),
        &[
            "error header-format /components/3",
            "error lto-header /components/3",
        ],
    );
    finds_besides(
        &with_more(vec![
            json!({"type": "FOOTER", "text": "Lucky Shrub"}),
            buttons,
        ]),
        &["error lto-footer /components/2"],
    );
}

#[test]
fn buttons_of_an_offer() {
    let at = "/components/2/buttons";
    finds_besides(&with_more(vec![]), &["error lto-buttons /components"]);
    finds_besides(
        &with_more(vec![with_buttons(vec![])]),
        &[&format!("error buttons-empty {at}")],
    );
    finds_besides(
        &with_more(vec![with_buttons(vec![code("SPRING25")])]),
        &[&format!("error lto-buttons {at}")],
    );
    // A button that was not read may be the address.
    finds_besides(
        &with_more(vec![with_buttons(vec![
            json!({"type": "URLL", "text": "Shop"}),
        ])]),
        &[&format!("error button-type-misspelled {at}/0/type")],
    );
    let phone = json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550051310"});
    finds_besides(
        &with_more(vec![with_buttons(vec![code("SPRING25"), url(), phone])]),
        &[&format!("error lto-button-type {at}/2")],
    );
    let report = check(&with_more(vec![with_buttons(vec![
        url(),
        quick(1).remove(0),
    ])]));
    assert!(
        report
            .diagnostics
            .iter()
            .any(|d| d.code == "lto-button-type")
    );
}

#[test]
fn order_of_buttons() {
    let definition = with_more(vec![with_buttons(vec![url(), code("SPRING25")])]);
    finds_besides(
        &definition,
        &["error lto-button-order /components/2/buttons/1"],
    );
    let report = check(&definition);
    let found = report
        .diagnostics
        .iter()
        .find(|d| d.code == "lto-button-order")
        .unwrap();
    assert!(found.fixes[0].safe);
    let fix = wa_preflight::report::fix_to_json(&found.fixes[0]);
    let mended = apply_fix(&definition.to_string(), &fix).unwrap();
    finds_besides(&serde_json::from_str(&mended).unwrap(), &[]);
}

#[test]
fn sample_codes() {
    let at = "/components/2/buttons/0/example";
    let with_code = |n: usize| with_more(vec![with_buttons(vec![code(&"A".repeat(n)), url()])]);
    finds_besides(&with_code(15), &[]);
    for n in [16, 20] {
        let report = check(&with_code(n));
        let all = found(&report);
        assert!(
            all.contains(&format!("error lto-offer-code {at}")),
            "{all:?}"
        );
        assert_eq!(
            report
                .diagnostics
                .iter()
                .filter(|d| d.severity == Severity::Error)
                .count(),
            1
        );
    }
    finds_besides(
        &with_code(21),
        &[&format!("error button-copy-code-max {at}")],
    );
}

/// Combined with Brazil's payments, a URL button may not be needed.
#[test]
fn payments() {
    let pay = json!({"type": "PAYMENT_REQUEST", "text": "Copy Pix code"});
    let report = check(&with_more(vec![with_buttons(vec![pay])]));
    let found = report
        .diagnostics
        .iter()
        .find(|d| d.code == "lto-buttons")
        .unwrap();
    assert_eq!(found.severity, Severity::Warning);
}

#[test]
fn read_back() {
    let mut definition = with_more(vec![
        json!({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://scontent.example/a.png"]}}),
        with_buttons(vec![
            json!({"type": "COPY_CODE", "text": "Copy offer code", "example": ["SPRING25"]}),
            url(),
        ]),
    ]);
    definition["id"] = json!("1");
    definition["status"] = json!("APPROVED");
    let options = Options {
        readback: true,
        ..Options::default()
    };
    let report = check_template(&definition.to_string(), &options);
    assert_eq!(found(&report), ["warning lto-desktop /components/1"]);
}

/// Half a definition is not blamed for what may still come.
#[test]
fn half_typed() {
    let text = with_more(vec![with_buttons(vec![code("SPRING25"), url()])]).to_string();
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        for diagnostic in check_text(&text[..at]).diagnostics {
            assert!(
                !diagnostic.code.starts_with("lto-") || diagnostic.code == "lto-desktop",
                "{} at {}",
                diagnostic.code,
                &text[..at]
            );
        }
    }
}
