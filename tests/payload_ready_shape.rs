//! Faults that no template could make right, found by a payload's shape alone; and values that are right in none.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use support::templates::template;
use wa_preflight::findings::Options;
use wa_preflight::payload::check_payload;
use wa_preflight::report::{Report, Severity, pointer};

fn whole(components: &Value) -> Value {
    json!({"messaging_product": "whatsapp", "to": "+33612345678", "type": "template",
        "template": {"name": "order_update", "language": {"code": "en_US"}, "components": components}})
}

/// `severity code path meta`, but for what is only told.
fn found(report: &Report) -> Vec<String> {
    let told = report
        .diagnostics
        .iter()
        .filter(|d| d.severity != Severity::Info);
    told.map(|d| {
        let severity = if d.severity == Severity::Error {
            "E"
        } else {
            "W"
        };
        let path = pointer(&d.path);
        let path = path.strip_prefix("/template/components").unwrap_or(&path);
        format!(
            "{severity} {} {path} {}",
            d.code,
            d.meta.as_ref().map_or(0, |meta| meta.code)
        )
    })
    .collect()
}

fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn button(sub_type: &str, index: usize, parameters: Value) -> Value {
    json!({"type": "button", "sub_type": sub_type, "index": index, "parameters": parameters})
}

fn card(index: usize, kind: &str) -> Value {
    let file = match kind {
        "product" => json!({"product_retailer_id": "a", "catalog_id": "1"}),
        _ => json!({"id": "17"}),
    };
    json!({"card_index": index, "components": [{"type": "header", "parameters": [{"type": kind, kind: file}]}]})
}

#[test]
fn shapes_that_fit_no_template() {
    let reply = json!({"type": "payload", "payload": "a"});
    let minutes = json!({"type": "ttl_minutes", "ttl_minutes": 5});
    let coupon = |code: &str| {
        button(
            "copy_code",
            0,
            json!([{"type": "coupon_code", "coupon_code": code}]),
        )
    };
    let offer = json!({"type": "limited_time_offer", "parameters": [{"type": "limited_time_offer",
        "limited_time_offer": {"expiration_time_ms": 4_000_000_000_000_u64}}]});
    let rows: Vec<(Value, &[&str])> = vec![
        // One parameter each.
        (json!([button("url", 0, json!([text("a")]))]), &[]),
        (
            json!([button("url", 0, json!([text("a"), text("b")]))]),
            &["E payload-parameter-count /0/parameters 132000"],
        ),
        (
            json!([button("quick_reply", 0, json!([reply, reply]))]),
            &["E payload-parameter-count /0/parameters 132000"],
        ),
        (
            json!([button("voice_call", 0, json!([minutes, reply]))]),
            &[],
        ),
        (
            json!([button("voice_call", 0, json!([minutes, minutes]))]),
            &["E payload-component-repeated /0/parameters/1 100"],
        ),
        (
            json!([button("url", 3, json!([]))]),
            &["E payload-button-missing /0/parameters 131008"],
        ),
        (
            json!([button("quick_reply", 0, json!([]))]),
            &["E payload-component-extra /0 100"],
        ),
        (
            json!([{"type": "header", "parameters": [text("a"), text("b")]}]),
            &["E payload-parameter-count /0/parameters/1 132000"],
        ),
        // Names.
        (
            json!([{"type": "body", "parameters": [{"type": "text", "parameter_name": "first", "text": "a"}, text("b")]}]),
            &["E payload-parameter-name /0/parameters/1 100"],
        ),
        (
            json!([{"type": "body", "parameters": [{"type": "text", "parameter_name": 7, "text": "a"}]}]),
            &["E wrong-type /0/parameters/0/parameter_name 100"],
        ),
        (
            json!([{"type": "body", "parameters": [{"type": "text", "parameter_name": " ", "text": "a"}]}]),
            &["E payload-parameter-name /0/parameters/0/parameter_name 100"],
        ),
        (
            json!([{"type": "body", "parameters": [
                {"type": "text", "parameter_name": "first", "text": "a"},
                {"type": "text", "parameter_name": "first", "text": "b"},
                {"type": "text", "parameter_name": "{{x}}", "text": "c"},
            ]}]),
            &[
                "E payload-parameter-name /0/parameters/1/parameter_name 100",
                "E payload-parameter-name /0/parameters/2/parameter_name 100",
            ],
        ),
        (
            json!([{"type": "header", "parameters": [text("a")]},
                {"type": "body", "parameters": [{"type": "text", "parameter_name": "first", "text": "a"}]}]),
            &["E payload-parameter-name /0/parameters/0 100"],
        ),
        // A picture has no name in any template.
        (
            json!([{"type": "header", "parameters": [{"type": "image", "image": {"id": "17"}}]},
                {"type": "body", "parameters": [{"type": "text", "parameter_name": "first", "text": "a", "image": null}]}]),
            &[],
        ),
        (
            json!([button(
                "url",
                0,
                json!([{"type": "text", "parameter_name": [], "text": "a"}])
            )]),
            &["E wrong-type /0/parameters/0/parameter_name 100"],
        ),
        // Lengths that no text around them can help.
        (
            json!([{"type": "header", "parameters": [text(&"a".repeat(60))]}]),
            &[],
        ),
        (
            json!([{"type": "header", "parameters": [text(&"a".repeat(61))]}]),
            &["E hydrated-too-long /0/parameters/0/text 132005"],
        ),
        (
            json!([{"type": "body", "parameters": [text(&"a".repeat(32_768))]}]),
            &[],
        ),
        (
            json!([{"type": "body", "parameters": [text(&"a".repeat(32_769))]}]),
            &["E hydrated-too-long /0/parameters/0/text 132005"],
        ),
        (json!([coupon("A23456789012345"), offer]), &[]),
        (
            json!([coupon("A234567890123456"), offer]),
            &["E offer-code-too-long /0/parameters/0/coupon_code 132005"],
        ),
        (
            json!([coupon("A234567890123456")]),
            &["W coupon-long /0/parameters/0/coupon_code 132005"],
        ),
        // Cards and offers have less.
        (
            json!([{"type": "carousel", "cards": [card(0, "document")]}]),
            &["E payload-parameter-type /0/cards/0/components/0/parameters/0/type 132012"],
        ),
        (
            json!([{"type": "carousel", "cards": [{"card_index": 0, "components": [
                {"type": "body", "parameters": [text(&"a".repeat(161))]}, button("url", 2, json!([text("a")]))]}]}]),
            &[
                "E hydrated-too-long /0/cards/0/components/0/parameters/0/text 132005",
                "E payload-button-index /0/cards/0/components/1/index 100",
            ],
        ),
        (
            json!([{"type": "header", "parameters": [text("a")]}, offer]),
            &["E payload-parameter-type /0/parameters/0/type 132012"],
        ),
        (
            json!([{"type": "body", "parameters": [text(&"a".repeat(601))]}, offer]),
            &["E hydrated-too-long /0/parameters/0/text 132005"],
        ),
        (
            json!([
                button(
                    "copy_code",
                    1,
                    json!([{"type": "coupon_code", "coupon_code": "A1"}])
                ),
                offer
            ]),
            &["E payload-button-index /0/index 100"],
        ),
        (
            json!([button("url", 2, json!([text("a")])), offer]),
            &["E payload-button-index /0/index 100"],
        ),
        (
            json!([coupon("A1"), button("url", 1, json!([text("a")])), offer]),
            &[],
        ),
        // Cards are alike.
        (
            json!([{"type": "carousel", "cards": [card(0, "image"), card(1, "image")]}]),
            &[],
        ),
        (
            json!([{"type": "carousel", "cards": [card(0, "image"), card(1, "product"), card(2, "video")]}]),
            &[
                "E payload-parameter-type /0/cards/1/components/0/parameters/0/type 132012",
                "E payload-parameter-type /0/cards/2/components/0/parameters/0/type 132012",
            ],
        ),
        // A name that only documents show.
        (
            json!([{"type": "header", "parameters": [{"type": "image", "image": {"id": "17", "filename": "a.png"}}]}]),
            &["W media-key-unknown /0/parameters/0/image/filename 100"],
        ),
    ];
    for (components, expected) in rows {
        let payload = whole(&components);
        let report = check_payload(&payload.to_string(), &Options::default());
        assert_eq!(found(&report), expected, "{payload}");
    }
}

#[test]
fn languages_that_meta_does_not_have() {
    for (code, remedy) in [
        (
            "en-US",
            Some("write `en_US`, if that is the template's language"),
        ),
        (
            "english",
            Some("write `en`, if that is the template's language"),
        ),
        (
            "en_US\n",
            Some("write `en_US`, if that is the template's language"),
        ),
        (
            "xx_YY",
            Some("write it as the template has it, such as `en_US`"),
        ),
        (
            "undefined",
            Some("write it as the template has it, such as `en_US`"),
        ),
        (
            "{{lang}}",
            Some("write it as the template has it, such as `en_US`"),
        ),
        (
            "*",
            Some("write it as the template has it, such as `en_US`"),
        ),
        ("en_US", None),
        ("fil", None),
        ("prs_AF", None),
        // What documentation has in its place.
        ("<LANGUAGE_CODE>", None),
        ("language-and-locale-code", None),
    ] {
        let mut payload = whole(&json!([]));
        payload["template"]["language"]["code"] = json!(code);
        let report = check_payload(&payload.to_string(), &Options::default());
        let help: Vec<_> = report
            .diagnostics
            .iter()
            .map(|d| d.help.as_deref().unwrap())
            .collect();
        assert_eq!(help, remedy.into_iter().collect::<Vec<_>>(), "{code}");
        for diagnostic in report.diagnostics {
            assert_eq!(diagnostic.code, "payload-template-language");
            assert_eq!(diagnostic.meta.unwrap().code, 132_001);
        }
    }
}

#[test]
fn recipients_out_of_reach_are_told() {
    let marketing = template(&json!({"category": "MARKETING"}));
    let utility = template(&json!({}));
    for (to, of_marketing, of_utility) in [
        ("+14155550123", "W recipient-no-marketing /to 131049", ""),
        ("+14165550123", "", ""),
        (
            "+5355551234",
            "W recipient-country /to 0",
            "W recipient-country /to 0",
        ),
        (
            "+989121234567",
            "W recipient-country /to 0",
            "W recipient-country /to 0",
        ),
        (
            "+8501921234567",
            "W recipient-country /to 0",
            "W recipient-country /to 0",
        ),
        (
            "+963933123456",
            "W recipient-country /to 0",
            "W recipient-country /to 0",
        ),
        ("+33612345678", "", ""),
    ] {
        for (template, expected) in [(&marketing, of_marketing), (&utility, of_utility)] {
            let expected: Vec<&str> = [expected]
                .into_iter()
                .filter(|word| !word.is_empty())
                .collect();
            let message = json!({"to": to}).to_string();
            assert_eq!(
                found(&template.check(&message, &Options::default())),
                expected,
                "{to}"
            );
            let mut payload = whole(&json!([]));
            payload["to"] = json!(to);
            let report = template.check_payload(&payload.to_string(), &Options::default());
            assert_eq!(found(&report), expected, "{to}");
        }
    }
}

#[test]
fn groups_are_not_named_by_a_user() {
    let mut payload = whole(&json!([]));
    payload["recipient_type"] = json!("group");
    payload["recipient"] = json!("US.13491208655302741918");
    payload.as_object_mut().unwrap().remove("to");
    let report = check_payload(&payload.to_string(), &Options::default());
    assert_eq!(found(&report), ["E group-is-user /recipient 131009"]);
    let message =
        json!({"recipient": "US.13491208655302741918", "recipientType": "group"}).to_string();
    let report = template(&json!({})).check(&message, &Options::default());
    assert_eq!(found(&report), ["E group-is-user /recipient 131009"]);
}

#[test]
fn templates_that_cannot_be_sent() {
    for (over, expected) in [
        (
            json!({"name": "hello_world"}),
            "W template-test-only  131058",
        ),
        (
            json!({"status": "PENDING_DELETION"}),
            "E template-not-approved  132001",
        ),
        (
            json!({"status": "LOCKED"}),
            "E template-not-approved  132001",
        ),
    ] {
        let template = template(&over);
        let report = template.check(
            &json!({"to": "+33612345678"}).to_string(),
            &Options::default(),
        );
        assert_eq!(found(&report), [expected], "{over}");
    }
    let mut payload = whole(&json!([]));
    payload["template"]["name"] = json!("hello_world");
    let report = check_payload(&payload.to_string(), &Options::default());
    assert_eq!(found(&report), ["W template-test-only  131058"]);
}

#[test]
fn suffixes_have_no_long_rows_of_spaces() {
    let template = template(
        &json!({"components": [{"type": "BODY", "text": "Your order is on its way."},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Track", "url": "https://shop.example/?c={{1}}"}]}]}),
    );
    for (suffix, expected) in [
        ("a    b", "W suffix-unencoded 0"),
        ("a     b", "E value-spaces 132018"),
        ("50%", "W suffix-unencoded 0"),
        // A query takes addresses, and walks no path.
        ("HTTPS://partner.example/a", ""),
        ("https://partner.example/a", ""),
        ("a//b", ""),
        ("..", ""),
    ] {
        let message = json!({"to": "+33612345678", "values": {"buttons.0": suffix}}).to_string();
        let report = template.check(&message, &Options::default());
        let expected: Vec<&str> = [expected]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        let found: Vec<String> = found(&report)
            .iter()
            .map(|line| line.replace(" /values/buttons.0", ""))
            .collect();
        assert_eq!(found, expected, "{suffix}");
    }
}

#[test]
fn links_are_read_as_browsers_read_them() {
    let template = template(
        &json!({"components": [{"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "Your order is on its way."}]}),
    );
    for (link, expected) in [
        ("https://１２７.0.0.1/a.png", "media-link-unsafe"),
        ("https://%31%32%37.0.0.1/a.png", "media-link-unsafe"),
        ("https://127。0。0。1/a.png", "media-link-unsafe"),
        ("https://ⓛocalhost/a.png", "media-link-unsafe"),
        ("https://%6c%6fcalhost/a.png", "media-link-unsafe"),
        ("https://[64:ff9b::7f00:1]/a.png", "media-link-unsafe"),
        ("https://[2002:7f00:1::]/a.png", "media-link-unsafe"),
        ("https://198.18.0.1/a.png", "media-link-unsafe"),
        ("https://192.0.2.1/a.png", "media-link-unsafe"),
        ("https://x..com/a.png", "media-link-malformed"),
        ("https://x.com:0/a.png", "media-link-malformed"),
        ("https://8.8.8.8/a.png", ""),
        ("https://bücher.example/a.png", ""),
        ("https://[2606:4700::1111]/a.png", ""),
    ] {
        let message =
            json!({"to": "+33612345678", "values": {"header.image": {"link": link}}}).to_string();
        let report = template.check(&message, &Options::default());
        let found: Vec<&str> = report.diagnostics.iter().map(|d| d.code).collect();
        let expected: Vec<&str> = [expected]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        assert_eq!(found, expected, "{link}");
    }
}

#[test]
fn names_do_not_turn_their_direction() {
    for (format, value) in [
        (
            "DOCUMENT",
            json!({"id": "17", "filename": "invoice\u{202e}fdp.exe"}),
        ),
        (
            "LOCATION",
            json!({"latitude": "1.5", "longitude": "2", "name": "Shop\u{202e}", "address": "5 Avenue"}),
        ),
    ] {
        let template = template(&json!({"components": [{"type": "HEADER", "format": format},
            {"type": "BODY", "text": "Your order is on its way."}]}));
        let key = format!("header.{}", format.to_lowercase());
        let message = json!({"to": "+33612345678", "values": {key: value}}).to_string();
        let report = template.check(&message, &Options::default());
        let found: Vec<&str> = report.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(found, ["text-bidi"], "{message}");
    }
}

#[test]
fn degrees_are_sent_as_texts() {
    let template = template(
        &json!({"components": [{"type": "HEADER", "format": "LOCATION"},
        {"type": "BODY", "text": "Your order is on its way."}]}),
    );
    for (given, sent) in [
        (json!(1.5), "1.5"),
        (json!(-2), "-2"),
        (json!(1e-7), "0.0000001"),
        (json!(" 1 "), "1"),
        (json!("1e1"), "10"),
        (json!("48.858400"), "48.858400"),
        (json!("-0.5"), "-0.5"),
    ] {
        let message = json!({"to": "+33612345678", "values": {"header.location":
            {"latitude": given, "longitude": "2", "name": "Shop", "address": "5 Avenue"}}});
        let built = template
            .build(&message.to_string(), &Options::default(), false)
            .unwrap();
        let built: Value = serde_json::from_str(&built).unwrap();
        let location = &built["template"]["components"][0]["parameters"][0]["location"];
        assert_eq!(
            location,
            &json!({"latitude": sent, "longitude": "2", "name": "Shop", "address": "5 Avenue"})
        );
    }
}

#[test]
fn what_stands_beside_an_amount_is_told() {
    let template = template(
        &json!({"components": [{"type": "BODY", "text": "You paid {{1}} for your order."}]}),
    );
    let amount = json!({"fallback_value": "5 EUR", "code": "EUR", "amount_1000": 5000});
    for (value, expected) in [
        (json!({"type": "currency", "currency": amount}), &[][..]),
        (
            json!({"currency": amount, "date_time": {"fallback_value": "May"}}),
            &["action-key-unknown"],
        ),
        (
            json!({"currency": amount, "foo": 1}),
            &["action-key-unknown"],
        ),
    ] {
        let message = json!({"to": "+33612345678", "values": {"body.1": value}}).to_string();
        let report = template.check(&message, &Options::default());
        let found: Vec<&str> = report.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(found, expected, "{message}");
    }
}

#[test]
fn leftovers_of_programs_and_ids_in_the_wrong_place_are_named() {
    let document = template(
        &json!({"components": [{"type": "HEADER", "format": "DOCUMENT"},
        {"type": "BODY", "text": "Your order is on its way."}]}),
    );
    for (filename, expected) in [
        ("null", &["value-looks-empty"][..]),
        ("undefined.pdf", &["value-looks-empty"]),
        ("[object Object].pdf", &["value-looks-empty"]),
        ("nullable.pdf", &[]),
    ] {
        let file = json!({"link": "https://cdn.example/a.pdf", "filename": filename});
        let message =
            json!({"to": "+33612345678", "values": {"header.document": file}}).to_string();
        let report = document.check(&message, &Options::default());
        let found: Vec<&str> = report.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(found, expected, "{filename}");
    }
    let message = json!({"to": "US.13491208655302741918"}).to_string();
    let report = template(&json!({})).check(&message, &Options::default());
    assert!(
        report.diagnostics[0]
            .message
            .contains("belongs in `recipient`")
    );
}

/// Without its template nobody knows where a suffix goes, so that nothing is refused for its way.
#[test]
fn suffixes_alone_are_only_doubted() {
    for (suffix, expected) in [
        ("../x", "W suffix-escapes /0/parameters/0/text 0"),
        (
            "https://shop.example/a",
            "W suffix-repeats-url /0/parameters/0/text 0",
        ),
    ] {
        let payload = whole(&json!([button("url", 0, json!([text(suffix)]))]));
        let report = check_payload(&payload.to_string(), &Options::default());
        assert_eq!(found(&report), [expected]);
    }
}

#[test]
fn numbers_are_read_as_meta_reads_them() {
    for (to, fine) in [
        ("+44 7911 123456", true),
        ("+44 (7911) 123-456", true),
        ("+44 (0) 7911 123456", false),
    ] {
        let mut payload = whole(&json!([]));
        payload["to"] = json!(to);
        let report = check_payload(&payload.to_string(), &Options::default());
        assert_eq!(report.ok, fine, "{to}");
    }
}

#[test]
fn a_catalog_button_is_sent_also_without_a_product() {
    let template = template(
        &json!({"category": "MARKETING", "components": [{"type": "BODY", "text": "See our catalog here."},
        {"type": "BUTTONS", "buttons": [{"type": "CATALOG", "text": "View catalog"}]}]}),
    );
    let bare = json!([{"type": "button", "sub_type": "CATALOG", "index": 0}]);
    for (components, expected) in [
        (bare, &[][..]),
        (json!([]), &["E payload-button-missing  131008"]),
    ] {
        let report = template.check_payload(&whole(&components).to_string(), &Options::default());
        assert_eq!(found(&report), expected);
    }
    let built = template
        .build(
            &json!({"to": "+33612345678"}).to_string(),
            &Options::default(),
            false,
        )
        .unwrap();
    assert!(
        template.check_payload(&built, &Options::default()).ok,
        "{built}"
    );
}
