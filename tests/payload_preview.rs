//! What the recipient will see, and what sanitizing changes on the way there.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use support::templates::{json, template};
use wa_preflight::findings::Options;

fn body(text: &str, values: &Value) -> Value {
    let template = template(&json!({"components": [{"type": "BODY", "text": text}]}));
    let preview = template.preview(&json(&json!({"values": values})));
    serde_json::to_value(preview).unwrap()["body"].clone()
}

#[test]
fn values_are_text_and_never_html() {
    assert_eq!(
        body("*a* {{1}}", &json!({"body.1": "<b>"})),
        json!([{"text": "a", "bold": true}, {"text": " "}, {"text": "<b>", "key": "body.1"}])
    );
}

#[test]
fn marks_format_across_values() {
    assert_eq!(
        body("Code *{{1}}* now", &json!({"body.1": "A-17"})),
        json!([{"text": "Code "}, {"text": "A-17", "bold": true, "key": "body.1"}, {"text": " now"}])
    );
    assert_eq!(
        body("Hi {{1}}!", &json!({"body.1": "*Ana* _x_"})),
        json!([{"text": "Hi "}, {"text": "Ana", "bold": true, "key": "body.1"}, {"text": " ", "key": "body.1"},
            {"text": "x", "italic": true, "key": "body.1"}, {"text": "!"}])
    );
}

#[test]
fn unfilled_parameters_show_their_placeholder() {
    assert_eq!(
        body("*{{1}}* and {{2}}", &json!({"body.2": "  "})),
        json!([{"text": "{{1}}", "bold": true, "key": "body.1", "missing": true}, {"text": " and "},
            {"text": "{{2}}", "key": "body.2", "missing": true}])
    );
    assert_eq!(
        body("{{a_b}} {{c_d}}", &json!({"body.c_d": 7})),
        json!([{"text": "{{a_b}}", "key": "body.a_b", "missing": true}, {"text": " "}, {"text": "7", "key": "body.c_d"}])
    );
}

#[test]
fn shows_header_footer_and_buttons() {
    let template = template(&json!({"components": [
        {"type": "HEADER", "format": "DOCUMENT"},
        {"type": "BODY", "text": "Hello {{1}}."},
        {"type": "FOOTER", "text": "*Shop*"},
        {"type": "BUTTONS", "buttons": [
            {"type": "URL", "text": "Track", "url": "https://shop.example/o/{{1}}"},
            {"type": "URL", "text": "Shop", "url": "https://shop.example/"},
            {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+33123456789"},
            {"type": "QUICK_REPLY", "text": "Stop"},
            {"type": "COPY_CODE", "example": "SAVE20"}]}]}));
    let shown = |message: &str| serde_json::to_value(template.preview(message)).unwrap();
    let full = json!({"values": {"header.document": {"link": "https://cdn.example/a.pdf", "filename": "a.pdf"},
        "body.1": {"currency": {"fallback_value": "25 EUR", "code": "EUR", "amount_1000": 25000}}, "buttons.0": "A-17", "buttons.3": "stop", "buttons.4": "SAVE20"}});
    assert_eq!(
        shown(&json(&full)),
        json!({
            "header": {"kind": "document", "key": "header.document", "link": "https://cdn.example/a.pdf", "filename": "a.pdf"},
            "body": [{"text": "Hello "}, {"text": "25 EUR", "key": "body.1"}, {"text": "."}],
            "footer": [{"text": "*Shop*"}],
            "buttons": [
                {"index": 0, "kind": "url", "text": "Track", "key": "buttons.0", "value": "https://shop.example/o/A-17"},
                {"index": 1, "kind": "url", "text": "Shop", "value": "https://shop.example/"},
                {"index": 2, "kind": "phone_number", "text": "Call", "value": "+33123456789"},
                {"index": 3, "kind": "quick_reply", "text": "Stop", "key": "buttons.3", "value": "stop"},
                {"index": 4, "kind": "copy_code", "text": "Copy code", "key": "buttons.4", "value": "SAVE20"}]})
    );
    for message in [
        "",
        "null",
        "[]",
        "{\"values\":7}",
        "{\"values\":{\"body.1\":[]}}",
        "{\"values\":{\"bo",
    ] {
        let empty = shown(message);
        assert_eq!(empty["header"]["missing"], true, "{message}");
        assert_eq!(empty["body"][1]["missing"], true, "{message}");
        assert_eq!(empty["buttons"][0]["missing"], true, "{message}");
        assert_eq!(
            empty["buttons"][3].get("missing"),
            None,
            "a reply needs no payload: {message}"
        );
    }
}

/// The builder that many started with puts any value in; here the newline is reported, and when asked
/// changed and listed.
#[test]
fn a_newline_is_reported_and_when_asked_sanitized_and_listed() {
    let template =
        template(&json!({"components": [{"type": "BODY", "text": "Hi {{1}}, thanks."}]}));
    let message = json(
        &json!({"to": "+33612345678", "extra": [1], "values": {"body.1": "Ana\nMaria", "body.9": null}}),
    );
    let refused = template
        .build(&message, &Options::default(), false)
        .unwrap_err();
    assert_eq!(refused.diagnostics[1].code, "value-newline");
    assert_eq!(refused.diagnostics[1].key.as_deref(), Some("body.1"));
    let sanitized = template.sanitize(&message, &Options::default());
    assert_eq!(
        serde_json::to_value(&sanitized).unwrap(),
        json!({"message": {"to": "+33612345678", "extra": [1], "values": {"body.1": "Ana Maria", "body.9": null}},
            "changes": [{"key": "body.1", "start": 3, "end": 4, "before": "\n", "after": " ", "reason": "Meta takes no line break inside a value"}]})
    );
    let built = template.build(&message, &Options::default(), true).unwrap();
    assert_eq!(
        built,
        template
            .build(&sanitized.text(), &Options::default(), false)
            .unwrap()
    );
    assert!(built.contains("Ana Maria"));
}

#[test]
fn sanitizing_an_all_blank_value_leaves_the_error() {
    let template =
        template(&json!({"components": [{"type": "BODY", "text": "Hi {{1}}, thanks."}]}));
    let message = json(&json!({"to": "+33612345678", "values": {"body.1": "\n\t\n"}}));
    let refused = template
        .build(&message, &Options::default(), true)
        .unwrap_err();
    assert_eq!(refused.diagnostics[0].code, "value-blank");
}
