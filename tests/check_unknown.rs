//! Types that are none of Meta's: what may be meant by them, what they do not excuse, and what Meta has taken already.

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
use support::samples::base;
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::report::{Report, Severity};
use wa_preflight::rules;

fn check_under(definition: &Value, options: &Options) -> Report {
    check_template(&definition.to_string(), options)
}

fn stranger() -> Value {
    json!({"type": "HOLOGRAM", "text": "x"})
}

fn buttons(list: Value) -> Value {
    json!({"type": "BUTTONS", "buttons": list})
}

fn of(category: &str, list: Vec<Value>) -> Value {
    let mut definition = components(list);
    definition["category"] = json!(category);
    definition
}

/// A definition breaks a rule.
#[track_caller]
fn breaks(definition: &Value, code: &str) {
    let report = check(definition);
    let found = report.diagnostics.iter().find(|d| d.code == code);
    assert!(
        found.is_some_and(|d| d.severity == Severity::Error),
        "{code}: {:?} of {definition}",
        found.map(|d| d.severity)
    );
}

#[test]
fn a_stranger_does_not_excuse_what_is_missing() {
    let header = json!({"type": "HEADER", "format": "TEXT", "text": "News"});
    breaks(&of("MARKETING", vec![header, stranger()]), "body-required");
    breaks(&of("MARKETING", vec![stranger()]), "body-required");
    let code = json!({"type": "BODY"});
    breaks(
        &of("AUTHENTICATION", vec![code, stranger()]),
        "auth-otp-required",
    );
    let odd = buttons(json!([stranger()]));
    breaks(
        &of("AUTHENTICATION", vec![json!({"type": "BODY"}), odd.clone()]),
        "auth-otp-required",
    );
    let offer = json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon"}});
    breaks(
        &of("MARKETING", vec![body("Our sale is on."), offer, odd]),
        "lto-buttons",
    );
}

#[test]
fn a_stranger_among_buttons_is_another_button() {
    let (yes, no) = (
        json!({"type": "QUICK_REPLY", "text": "Yes"}),
        json!({"type": "QUICK_REPLY", "text": "No"}),
    );
    let list = buttons(json!([yes, stranger(), no]));
    breaks(
        &of("MARKETING", vec![body("Shall we?"), list]),
        "buttons-grouping",
    );
    let catalog = json!({"type": "CATALOG", "text": "View catalog"});
    let list = buttons(json!([catalog, stranger()]));
    breaks(
        &of("MARKETING", vec![body("Look at this."), list]),
        "kind-buttons",
    );
}

/// What may be what is missing is not said to be missing: its type is being written, or nearly right.
#[test]
fn what_may_be_meant_is_waited_for() {
    for kind in [
        json!("BODI"),
        json!(null),
        json!("TEXT"),
        json!("CONTENT"),
        json!("message"),
    ] {
        let mut part = body("Hello, all is well.");
        part["type"] = kind;
        let found = found(&check(&of("MARKETING", vec![part])));
        assert!(
            found.iter().all(|f| !f.contains("body-required")),
            "{found:?}"
        );
        assert!(!found.is_empty());
    }
}

/// Names of other products, and the first parts of Meta's: an error that says which was meant.
#[test]
fn names_of_other_products() {
    for (name, meant) in [
        ("LIST", "QUICK_REPLY"),
        ("CTA", "URL"),
        ("call_to_action", "URL"),
        ("website", "URL"),
        ("PHONE", "PHONE_NUMBER"),
        ("ONE_TAP", "OTP"),
        ("COPY_COUPON_CODE", "COPY_CODE"),
        ("REVIEW_AND_PAY", "ORDER_DETAILS"),
        ("UNSUBSCRIBE", "QUICK_REPLY"),
        ("QUICK", "QUICK_REPLY"),
        ("payment", "PAYMENT_REQUEST"),
        ("Order", "ORDER_DETAILS"),
    ] {
        let list = buttons(json!([{"type": name, "text": "Go"}]));
        let report = check(&of("MARKETING", vec![body("Look at this."), list]));
        let found = only(&report, "button-type-misspelled");
        assert_eq!(found.fixes[0].title, format!("write {meant}"), "{name}");
    }
    for (name, meant) in [
        ("TEXT", "BODY"),
        ("TITLE", "HEADER"),
        ("IMAGE", "HEADER"),
        ("LIST", "BUTTONS"),
        ("cards", "CAROUSEL"),
        ("CALL_PERMISSION", "CALL_PERMISSION_REQUEST"),
        ("LIMITED_TIME", "LIMITED_TIME_OFFER"),
    ] {
        let part = json!({"type": name, "text": "Hello, all is well."});
        let report = check(&of("MARKETING", vec![body("Look at this."), part]));
        let found = only(&report, "component-type-misspelled");
        assert_eq!(found.fixes[0].title, format!("write {meant}"), "{name}");
    }
    for (format, meant) in [
        ("documentation", "DOCUMENT"),
        ("Photo", "IMAGE"),
        ("pdf", "DOCUMENT"),
    ] {
        let part = json!({"type": "HEADER", "format": format});
        let report = check(&of("MARKETING", vec![part, body("Look at this.")]));
        let found = only(&report, "header-format");
        assert_eq!(found.fixes[0].title, format!("write {meant}"), "{format}");
    }
}

/// What Meta has taken is there: what it would refuse today is a warning, but for a value of the wrong type.
#[test]
fn what_meta_has_taken_stands() {
    let sample = |status: Value| {
        let mut definition = of(
            "UTILITY",
            vec![
                json!({"type": "HEADER", "format": "IMAGE"}),
                body("Your ticket for *{{1}}*\n*Time* - {{2}}\n*Venue* - {{3}}\n*Seats* - {{4}}"),
                json!({"type": "FOOTER", "text": "A business 🙂"}),
            ],
        );
        definition["id"] = json!("1");
        definition["status"] = status;
        definition
    };
    for status in [
        json!("APPROVED"),
        json!("PAUSED"),
        json!("approved"),
        json!(null),
    ] {
        let report = check_under(&sample(status), &readback());
        assert!(report.ok, "{:?}", found(&report));
        assert!(
            found(&report).contains(&"warning body-trailing-var /components/1/text".to_owned())
        );
    }
    for status in ["REJECTED", "PENDING", "rejected"] {
        assert!(
            !check_under(&sample(json!(status)), &readback()).ok,
            "{status}"
        );
    }
    assert!(!check(&sample(json!("APPROVED"))).ok, "on creation");
    // Who asks for some fields gets some.
    let part =
        json!({"name": "a", "status": "APPROVED", "components": [body("Hello, all is well.")]});
    assert!(check_under(&part, &readback()).ok);
    let broken = json!({"name": "a", "language": "en", "category": "UTILITY", "components": {}});
    assert!(!check_under(&broken, &readback()).ok);
    // A policy counts more.
    let mut options = readback();
    options
        .policy
        .insert(rules::BODY_TRAILING.index(), Some(Severity::Error));
    assert!(!check_under(&sample(json!("APPROVED")), &options).ok);
}

#[test]
fn what_is_mended_is_whole() {
    // With the only button goes what holds it.
    let list = buttons(json!([{"type": "QUICK_REPLY", "text": "Yes"}]));
    let mut news = of("UTILITY", vec![body("Your order is on its way."), list]);
    news["sub_category"] = json!("ORDER_STATUS");
    let (fixed, _) = mended(&news, &Options::default(), "kind-buttons");
    finds(&fixed, &[]);
    // A label that differs in its letters' case.
    let list = buttons(json!([{"type": "ORDER_DETAILS", "text": "Review and pay"}]));
    let order = of("UTILITY", vec![body("Your order is ready."), list]);
    let report = check(&order);
    let found = only(&report, "button-text-fixed");
    assert_eq!(found.fixes.len(), 1);
    assert!(found.fixes[0].safe);
    // The checkout's label is for marketing.
    let list = buttons(json!([{"type": "ORDER_DETAILS", "text": "Pay"}]));
    let report = check(&of("UTILITY", vec![body("Your order is ready."), list]));
    for fix in &only(&report, "button-text-fixed").fixes {
        assert_ne!(fix.title, "write Buy now");
    }
}

#[test]
fn one_of_each_where_there_is_one() {
    let news = |category: &str| {
        let mut definition = of(
            category,
            vec![
                json!({"type": "BODY"}),
                buttons(json!([{"type": "OTP", "otp_type": "COPY_CODE"}])),
            ],
        );
        definition["sub_category"] = json!("ORDER_STATUS");
        definition
    };
    breaks(&news("AUTHENTICATION"), "kind-category");
    let page = json!({"type": "URL", "text": "Shop", "url": "https://example.com"});
    let other = json!({"type": "URL", "text": "More", "url": "https://example.com/more"});
    let offer = json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon"}});
    let two = of(
        "MARKETING",
        vec![
            body("Our sale is on."),
            offer,
            buttons(json!([page, other])),
        ],
    );
    breaks(&two, "lto-button-type");
    let call = |label: &str| json!({"type": "PHONE_NUMBER", "text": label, "phone_number": "+15550051310"});
    let card = |list: Value| {
        let image = json!({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW1hZ2UvcG5n"]}});
        json!({"components": [image, buttons(list)]})
    };
    let cards = |list: Value| {
        let cards = json!([card(list.clone()), card(list)]);
        of(
            "MARKETING",
            vec![
                body("Look at these."),
                json!({"type": "CAROUSEL", "cards": cards}),
            ],
        )
    };
    breaks(&cards(json!([call("Shop"), call("Help")])), "buttons-count");
    finds(
        &cards(
            json!([call("Shop"), {"type": "URL", "text": "More", "url": "https://example.com"}]),
        ),
        &[],
    );
    finds(
        &cards(
            json!([{"type": "QUICK_REPLY", "text": "Yes"}, {"type": "QUICK_REPLY", "text": "No"}]),
        ),
        &[],
    );
    let pay = json!({"type": "ORDER_DETAILS", "text": "Buy now"});
    let report = check(&cards(json!([pay, pay])));
    assert!(
        report
            .diagnostics
            .iter()
            .all(|d| d.code != "carousel-card-checkout-first"),
        "{:?}",
        found(&report)
    );
    breaks(&cards(json!([pay, pay])), "buttons-count");
}

#[test]
fn inputs_of_the_library() {
    let library = |inputs: Value| {
        let mut definition = with("library_template_name", json!("delivery_update_1"));
        definition.as_object_mut().unwrap().remove("components");
        definition["library_template_button_inputs"] = inputs;
        definition
    };
    breaks(&library(json!([{"type": "OTP"}])), "library-input-required");
    finds(
        &library(json!([{"type": "OTP", "otp_type": "COPY_CODE"}])),
        &[],
    );
    for address in ["https://wa.me/123", "https://API.whatsapp.com/send?phone=1"] {
        breaks(
            &library(json!([{"type": "URL", "url": {"base_url": address}}])),
            "button-url-no-whatsapp",
        );
    }
    finds(
        &library(json!([{"type": "URL", "url": {"base_url": "https://faq.whatsapp.com/"}}])),
        &[],
    );
    breaks(&library(json!("not json")), "library-string-inputs");
}

/// Signs that nobody sees make another word of a type, for Meta, and are no text.
#[test]
fn what_nobody_sees_hides_nothing() {
    let with_footer = |kind: &str| {
        let mut definition = base();
        let footer = json!({"type": kind, "text": "Reply {{1}}"});
        definition["components"]
            .as_array_mut()
            .unwrap()
            .push(footer);
        definition
    };
    for sign in ['\u{200b}', '\u{200d}', '\u{feff}', '\u{2060}'] {
        breaks(
            &with_footer(&format!("FOOTER{sign}")),
            "component-type-misspelled",
        );
        let body = with(
            "components",
            json!([{"type": "BODY", "text": sign.to_string()}]),
        );
        breaks(&body, "text-required");
    }
    for text in ["\u{200e}", "\u{200f}", "\u{ad}\u{200b} "] {
        breaks(
            &with("components", json!([{"type": "BODY", "text": text}])),
            "text-required",
        );
        let footer = json!([{"type": "BODY", "text": "Your order is on its way."}, {"type": "FOOTER", "text": text}]);
        breaks(&with("components", footer), "text-required");
    }
    let sample = json!([{"type": "BODY", "text": "Your order {{1}} is on its way.", "example": {"body_text": [["\u{200e}"]]}}]);
    breaks(&with("components", sample), "example-empty");
    let button = |kind: &str| {
        with(
            "components",
            json!([{"type": "BODY", "text": "Your order is on its way."},
            {"type": "BUTTONS", "buttons": [{"type": kind, "text": "Go", "url": "https://shop.example/a"}]}]),
        )
    };
    breaks(&button("URL\u{200b}"), "button-type-misspelled");
    breaks(&button(""), "button-type-required");
}

/// What asks for calls may stand beside anything, and excuses nothing.
#[test]
fn calls_excuse_nothing() {
    let with_calls = |category: &str, kind: &str, text: &str| {
        let mut definition = with("category", json!(category));
        definition["components"] = json!([{"type": "BODY", "text": "Your order is on its way to you."},
            {"type": "BUTTONS", "buttons": [{"type": kind, "text": text}]},
            {"type": "call_permission_request"}]);
        definition
    };
    breaks(
        &with_calls("UTILITY", "CATALOG", "View catalog"),
        "kind-category",
    );
    breaks(
        &with_calls("MARKETING", "ORDER_DETAILS", "Review and Pay"),
        "display-format-required",
    );
}
