//! Faults of other tools in messages and payloads, as cases that ours must handle right. The rows are those of the
//! list of peers' faults; `tests/peer_faults.rs` has the rows about definitions.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use support::kinds::{NOW, kinds};
use support::templates::template;
use wa_preflight::findings::Options;
use wa_preflight::report::{Report, Severity};
use wa_preflight::template::Template;

const TO: &str = "+33612345678";

fn options() -> Options {
    Options {
        now: Some(NOW),
        ..Options::default()
    }
}

fn body(text: &str) -> Value {
    json!({"type": "BODY", "text": text})
}

fn errors(report: &Report) -> Vec<&str> {
    let errors = report
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error);
    errors.map(|d| d.code).collect()
}

fn build(template: &Template, values: &Value) -> Value {
    let message = json!({"to": TO, "values": values}).to_string();
    let payload = template.build(&message, &options(), false).unwrap();
    serde_json::from_str(&payload).unwrap()
}

fn kind(name: &str) -> (Template, Value, Value) {
    let kind = kinds().into_iter().find(|kind| kind.name == name).unwrap();
    (template(&kind.definition), kind.values, kind.components)
}

/// Row 1: a currency leaves as `amount1000`.
#[test]
fn a_currency_keeps_its_keys() {
    let template = template(&json!({"components": [body("It costs {{1}} today.")]}));
    let currency = json!({"fallback_value": "12 €", "code": "EUR", "amount_1000": 12000});
    let built = build(&template, &json!({"body.1": {"currency": currency}}));
    let parameter = &built["template"]["components"][0]["parameters"][0];
    assert_eq!(
        *parameter,
        json!({"type": "currency", "currency": currency})
    );

    let wrong = json!([{"type": "body", "parameters": [{"type": "currency",
        "currency": {"fallback_value": "12 €", "code": "EUR", "amount1000": 12000}}]}]);
    let report = template.check_payload(&wrong.to_string(), &options());
    assert_eq!(
        errors(&report),
        ["currency-incomplete", "action-key-unknown"]
    );
}

/// Row 2: keys inside the caller's own data are rewritten, `customerName` to `customer_name`.
#[test]
fn the_callers_own_data_passes_untouched() {
    let (template, ..) = kind("flow");
    let data = r#"{"zip":"1","customerName":"Ana","b":{"deepKey":[{"anOther":null}]},"a":1.50}"#;
    let message = format!(
        r#"{{"to":"{TO}","values":{{"buttons.0":{{"flow_token":"t","flow_action_data":{data}}}}}}}"#
    );
    let payload = template.build(&message, &options(), false).unwrap();
    assert!(payload.contains(data), "{payload}");
    assert!(template.check_payload(&payload, &options()).ok);
}

/// Row 3: `sub_type: "phone_number"`, the index "abc", duplicate indices and an empty text go through.
#[test]
fn odd_buttons_are_each_a_finding() {
    let template = template(
        &json!({"components": [body("Hi."), {"type": "BUTTONS", "buttons": [
        {"type": "URL", "text": "Track", "url": "https://shop.example/{{1}}"},
        {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+33123456789"}]}]}),
    );
    let url = |index: Value, text: &str| json!({"type": "button", "sub_type": "url", "index": index, "parameters": [{"type": "text", "text": text}]});
    let call = json!({"type": "button", "sub_type": "phone_number", "index": "1", "parameters": [{"type": "text", "text": "x"}]});
    for (components, expected) in [
        (json!([url(json!("0"), "a")]), vec![]),
        (
            json!([url(json!("0"), "a"), call]),
            vec!["payload-component-extra"],
        ),
        (
            json!([url(json!("abc"), "a")]),
            vec!["payload-button-index"],
        ),
        (
            json!([url(json!("0"), "a"), url(json!(0), "b")]),
            vec!["payload-button-index"],
        ),
        (json!([url(json!("0"), "")]), vec!["value-blank"]),
    ] {
        let report = template.check_payload(&components.to_string(), &options());
        assert_eq!(errors(&report), expected, "{components}");
    }
}

/// Row 5: an expiry in seconds; Meta's own sample 1209600000 is neither seconds nor milliseconds of a time to come.
#[test]
fn an_expiry_that_is_no_time_in_milliseconds_is_refused() {
    let (template, values, _) = kind("limited-time offer with a code");
    for (moment, words) in [
        (1_795_100_000_u64, "looks like seconds"),
        (1_209_600_000, "looks like a duration"),
        (1_794_999_999_999, "expired"),
    ] {
        let mut values = values.clone();
        values["offer.expires_at"] = json!(moment);
        let message = json!({"to": TO, "values": values}).to_string();
        let report = template.check(&message, &options());
        let found = report
            .diagnostics
            .iter()
            .find(|d| d.severity == Severity::Error);
        let found = found.unwrap();
        assert_eq!(found.key.as_deref(), Some("offer.expires_at"));
        assert!(found.message.contains(words), "{moment}: {}", found.message);
        assert!(template.build(&message, &options(), false).is_err());
    }
}

/// Row 6: `None` becomes the text "None"; quick replies without payload and carousels with more products than defined
/// are refused, though documented.
#[test]
fn null_is_missing_and_documented_sends_pass() {
    let plain = template(&json!({"components": [body("Hi {{1}}, thanks."),
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Stop"}]}]}));
    let message = json!({"to": TO, "values": {"body.1": null}}).to_string();
    let report = plain.check(&message, &options());
    assert_eq!(errors(&report), ["value-missing"]);
    let named = json!({"to": TO, "values": {"body.1": "None"}}).to_string();
    assert_eq!(
        plain.check(&named, &options()).diagnostics[0].code,
        "value-looks-empty"
    );
    let built = build(&plain, &json!({"body.1": "Ana"}));
    assert_eq!(built["template"]["components"].as_array().unwrap().len(), 1);

    let (products, values, _) = kind("product carousel");
    let mut all = values;
    for card in 0..10 {
        all[format!("cards.{card}.header.product")] =
            json!({"product_retailer_id": format!("p{card}"), "catalog_id": "17"});
    }
    let built = build(&products, &all);
    let cards = built["template"]["components"][0]["cards"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(cards, 10);
    assert!(products.check_payload(&built.to_string(), &options()).ok);
}

/// Row 8: a sanitizer deletes `< > " '` and cuts at 1,000 characters; blank values are dropped, so that others move up.
#[test]
fn nothing_that_meta_takes_is_deleted() {
    let template = template(&json!({"components": [body("Hi {{1}} and {{2}}, thanks.")]}));
    let long = "x".repeat(900);
    let message =
        json!({"to": TO, "values": {"body.1": "O'Brien <3 \"x\" > y", "body.2": long}}).to_string();
    assert!(template.sanitize(&message, &options()).changes.is_empty());
    let blank = json!({"to": TO, "values": {"body.1": "", "body.2": "Ana"}}).to_string();
    let report = template.check(&blank, &options());
    assert_eq!(errors(&report), ["value-blank"]);
    assert_eq!(report.diagnostics[0].key.as_deref(), Some("body.1"));
    assert!(template.build(&blank, &options(), true).is_err());
}

/// Row 9: cards are flattened, in messages too.
#[test]
fn flat_cards_are_told() {
    let (template, _, mut components) = kind("media carousel");
    let cards = components[1]["cards"].as_array_mut().unwrap();
    for card in cards {
        let parts = card["components"].take();
        *card = json!({"card_index": card["card_index"], "header": parts[0], "body": parts[1]});
    }
    let report = template.check_payload(&components.to_string(), &options());
    let found = errors(&report);
    assert!(found.contains(&"payload-key-missing"), "{found:?}");
    assert!(found.contains(&"payload-key-unknown"), "{found:?}");
}

/// Row 12: currency and date_time parameters are counted as missing; paused and disabled answered with 132001.
#[test]
fn currencies_and_dates_count_and_states_have_their_own_codes() {
    let definition = json!({"components": [body("It costs {{1}} until {{2}} only.")]});
    let components = json!([{"type": "body", "parameters": [
        {"type": "currency", "currency": {"fallback_value": "12 €", "code": "EUR", "amount_1000": 12000}},
        {"type": "date_time", "date_time": {"fallback_value": "Friday", "day_of_week": 5}}]}]);
    let report = template(&definition).check_payload(&components.to_string(), &options());
    assert!(report.diagnostics.is_empty(), "{:?}", errors(&report));
    for (status, code) in [
        ("PAUSED", 132_015),
        ("DISABLED", 132_016),
        ("PENDING", 132_001),
    ] {
        let mut definition = definition.clone();
        definition["status"] = json!(status);
        let report = template(&definition).check_payload(&components.to_string(), &options());
        assert_eq!(
            report.diagnostics[0].meta.as_ref().unwrap().code,
            code,
            "{status}"
        );
    }
}

/// Row 15: an authentication message goes without its button's index.
#[test]
fn a_one_time_code_is_in_both_places_with_its_index() {
    let definition = json!({"category": "AUTHENTICATION", "components": [{"type": "BODY"},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}]});
    let template = template(&definition);
    let built = build(&template, &json!({"body.1": "J$FpnYnP"}));
    let components = &built["template"]["components"];
    assert_eq!(components[1]["index"], "0");
    assert_eq!(components[1]["parameters"], components[0]["parameters"]);
    let mut without = components.clone();
    without[1].as_object_mut().unwrap().remove("index");
    let report = template.check_payload(&without.to_string(), &options());
    assert_eq!(errors(&report), ["payload-button-index"]);
}

/// Row 16: a definition where a payload is wanted is named as one.
#[test]
fn a_definition_is_no_payload_and_is_named() {
    let definition = json!({"name": "order_update", "language": "en_US", "category": "UTILITY",
        "components": [body("Your order is on its way.")]});
    let report = template(&json!({})).check_payload(&definition.to_string(), &options());
    assert_eq!(errors(&report), ["payload-is-definition"]);
}
