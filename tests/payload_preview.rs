//! What the recipient will see, and what sanitizing changes on the way there.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use support::kinds::kinds;
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

#[test]
fn lines_and_links_are_told() {
    let template = template(
        &json!({"components": [{"type": "BODY", "text": "> Said *Ana*\n* one\n- {{1}}\n1. two\n* \n```- code```\nSee https://shop.example/{{2}}, or www.b.example."}]}),
    );
    let shown = template.preview(&json(
        &json!({"values": {"body.1": "half_", "body.2": "o/7"}}),
    ));
    assert_eq!(
        serde_json::to_value(&shown.body).unwrap(),
        json!([
            {"text": "Said ", "block": "quote"},
            {"text": "Ana", "bold": true, "block": "quote"},
            {"text": "\n"},
            {"text": "one", "block": "bullet"},
            {"text": "\n"},
            {"text": "half_", "block": "bullet", "key": "body.1"},
            {"text": "\n"},
            {"text": "1. two", "block": "number"},
            {"text": "\n* \n"},
            {"text": "- code", "mono": true},
            {"text": "\nSee "},
            {"text": "https://shop.example/", "link": "https://shop.example/o/7"},
            {"text": "o/7", "link": "https://shop.example/o/7", "key": "body.2"},
            {"text": ", or "},
            {"text": "www.b.example", "link": "https://www.b.example"},
            {"text": "."},
        ])
    );
    let open = template.preview("{}");
    let linked: Vec<_> = open.body.iter().filter(|run| run.link.is_some()).collect();
    assert_eq!(
        linked.len(),
        1,
        "an address with a gap in it is no link yet"
    );
}

#[test]
fn every_kind_is_shown() {
    let shown = |name: &str, values: Option<Value>| {
        let kind = kinds().into_iter().find(|k| k.name == name).unwrap();
        let values = values.unwrap_or(kind.values);
        let preview = template(&kind.definition).preview(&json(&json!({"values": values})));
        serde_json::to_value(preview).unwrap()
    };
    let empty = || Some(json!({}));
    let offer = shown("limited-time offer with a code", None);
    assert_eq!(
        offer["offer"],
        json!({"text": "Ends tonight", "key": "offer.expires_at", "expiresAt": 1_795_100_000_000_i64})
    );
    assert_eq!(
        offer["buttons"][1]["value"],
        "https://boats.example/b?c=n3mtql"
    );
    let offer = shown("limited-time offer with a code", empty());
    assert_eq!(
        offer["offer"],
        json!({"text": "Ends tonight", "key": "offer.expires_at", "missing": true})
    );
    let offer = shown("limited-time offer without a timer", None);
    assert_eq!(offer["offer"], json!({"text": "This week"}));

    let films = shown("media carousel", None);
    assert_eq!(
        films["cards"][1],
        json!({"index": 1, "header": {"kind": "video", "key": "cards.1.header.video", "id": "2"},
        "body": [{"text": "How "}, {"text": "mint", "key": "cards.1.body.1"}, {"text": " grows."}],
        "buttons": [
            {"index": 0, "kind": "url", "text": "Watch", "key": "cards.1.buttons.0", "value": "https://films.example/mint"},
            {"index": 1, "kind": "quick_reply", "text": "No", "key": "cards.1.buttons.1"}
        ]})
    );
    let films = shown("media carousel", empty());
    assert_eq!(films["cards"][0]["header"]["missing"], true);
    assert_eq!(
        films["cards"][0]["body"][1],
        json!({"text": "{{1}}", "key": "cards.0.body.1", "missing": true})
    );

    let products = |values| {
        shown("product carousel", values)["cards"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((products(None), products(empty())), (3, 2));
    assert_eq!(
        shown("product carousel", None)["cards"][2]["header"]["product"],
        "c"
    );

    let status = shown("order status", None);
    assert_eq!(
        status["order"],
        json!({"key": "order_status", "status": "shipped"})
    );
    assert_eq!(
        shown("order status", empty())["order"],
        json!({"key": "order_status", "missing": true})
    );
    assert_eq!(
        shown("payment request", None)["buttons"][0]["value"],
        "00020101"
    );
    assert_eq!(shown("voice call", None)["buttons"][1]["value"], "A-17");
    assert_eq!(shown("call permission request", None)["asksToCall"], true);
    assert_eq!(
        shown("contact request", None)["buttons"][0]["text"],
        "Share Contact Info"
    );
    assert_eq!(
        shown("order details", empty())["buttons"][0]["missing"],
        true
    );
    assert_eq!(shown("flow", empty())["buttons"][0].get("missing"), None);
    assert_eq!(
        shown("tap target", None)["tapTarget"],
        json!({"title": "Offers", "url": "https://shop.example/"})
    );
    let script = json!({"tap_target": {"url": "javascript:alert(1)", "title": "x"}});
    assert_eq!(shown("tap target", Some(script)).get("tapTarget"), None);
    let plain = json!({"tap_target": {"url": "HTTP://shop.example", "title": "x"}});
    assert_eq!(
        shown("tap target", Some(plain))["tapTarget"]["url"],
        "HTTP://shop.example"
    );
    assert_eq!(
        shown("single product", None)["header"]["product"],
        "nqryix03ez"
    );
    assert_eq!(shown("location", None)["header"]["name"], "Shop");
    assert_eq!(
        shown("GIF", None)["header"],
        json!({"kind": "gif", "key": "header.gif", "link": "https://cdn.example/a.mp4"})
    );
}

/// Whatever a page makes a link of leads to the web.
#[test]
fn only_addresses_of_the_web_are_links() {
    let image = template(
        &json!({"components": [{"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "See www.a.com/?u=https://x.com for more."},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Go", "url": "javascript:alert(1)"}]}]}),
    );
    for (link, shown) in [
        (
            "https://cdn.example/a.png",
            json!("https://cdn.example/a.png"),
        ),
        ("javascript:alert(1)", Value::Null),
        ("data:text/html,x", Value::Null),
    ] {
        for value in [json!(link), json!({"link": link})] {
            let message = json!({"values": {"header.image": value}}).to_string();
            let preview = serde_json::to_value(image.preview(&message)).unwrap();
            assert_eq!(preview["header"]["link"], shown, "{message}");
            assert_eq!(preview["buttons"][0]["value"], Value::Null);
            let runs = preview["body"].to_string();
            assert!(
                runs.contains("\"https://www.a.com/?u=https://x.com\""),
                "{runs}"
            );
        }
    }
    let location = template(
        &json!({"components": [{"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "Here."}]}),
    );
    let preview =
        location.preview(&json!({"values": {"header.location": "https://a.example"}}).to_string());
    assert_eq!(
        serde_json::to_value(preview).unwrap()["header"]["link"],
        Value::Null
    );
}
