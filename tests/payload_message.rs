//! Messages against their templates: what is found, where, and what is built.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use support::templates::{Expect, assert_found, json, template};
use wa_preflight::findings::Options;
use wa_preflight::report::Severity;
use wa_preflight::rules;
use wa_preflight::template::Template;

const TO: &str = "+33612345678";

fn order() -> Value {
    json!([
        {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": {"header_text": ["A-17"]}},
        {"type": "BODY", "text": "Hi {{1}}, your order {{2}} is on its way.", "example": {"body_text": [["Ana", "A-17"]]}},
        {"type": "FOOTER", "text": "Garden shop"},
        {"type": "BUTTONS", "buttons": [
            {"type": "URL", "text": "Track", "url": "https://shop.example/orders/{{1}}", "example": ["https://shop.example/orders/A-17"]},
            {"type": "QUICK_REPLY", "text": "Stop"},
            {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+33123456789"},
            {"type": "COPY_CODE", "example": "SAVE20"}
        ]}
    ])
}

fn full() -> Value {
    json!({"header.1": "A-17", "body.1": "Ana", "body.2": 17, "buttons.0": "A-17", "buttons.1": "stop-17", "buttons.3": "SAVE20"})
}

#[test]
fn lists_every_parameter_in_reading_order() {
    let template = template(&json!({"components": order()}));
    let parameters = serde_json::to_value(template.parameters()).unwrap();
    let row = |key: &str,
               kind: &str,
               label: &str,
               required: bool,
               max: Option<u32>,
               example: Option<&str>| {
        let mut row = json!({"key": key, "kind": kind, "label": label, "required": required});
        if let Some(max) = max {
            row["maxLength"] = json!(max);
        }
        if let Some(example) = example {
            row["example"] = json!(example);
        }
        row
    };
    assert_eq!(
        parameters,
        json!([
            row(
                "header.1",
                "text",
                "Header variable 1",
                true,
                None,
                Some("A-17")
            ),
            row("body.1", "text", "Body variable 1", true, None, Some("Ana")),
            row(
                "body.2",
                "text",
                "Body variable 2",
                true,
                None,
                Some("A-17")
            ),
            row(
                "buttons.0",
                "url_suffix",
                "The URL suffix of the button \"Track\"",
                true,
                Some(1972),
                Some("A-17")
            ),
            row(
                "buttons.1",
                "payload",
                "The payload of the button \"Stop\"",
                false,
                Some(256),
                None
            ),
            row(
                "buttons.3",
                "coupon_code",
                "The coupon code of button 3",
                true,
                Some(20),
                Some("SAVE20")
            ),
            row(
                "tap_target",
                "tap_target",
                "The tap target",
                false,
                None,
                None
            ),
        ])
    );
}

#[test]
fn builds_the_exact_payload() {
    let template = template(&json!({"components": order()}));
    let message = json!({"to": "+33 6 12 34 56 78", "values": full(), "callbackData": "ref-1", "replyTo": "wamid.HBgL"});
    let built = template
        .build(&json(&message), &Options::default(), false)
        .unwrap();
    let expected = concat!(
        r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","#,
        r#""template":{"name":"order_update","language":{"code":"en_US"},"components":["#,
        r#"{"type":"header","parameters":[{"type":"text","text":"A-17"}]},"#,
        r#"{"type":"body","parameters":[{"type":"text","text":"Ana"},{"type":"text","text":"17"}]},"#,
        r#"{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"A-17"}]},"#,
        r#"{"type":"button","sub_type":"quick_reply","index":"1","parameters":[{"type":"payload","payload":"stop-17"}]},"#,
        r#"{"type":"button","sub_type":"copy_code","index":"3","parameters":[{"type":"coupon_code","coupon_code":"SAVE20"}]}]},"#,
        r#""context":{"message_id":"wamid.HBgL"},"biz_opaque_callback_data":"ref-1"}"#,
    );
    assert_eq!(built, expected);
}

#[test]
fn builds_named_parameters_media_objects_and_static_templates() {
    let named = template(&json!({"parameter_format": "NAMED", "components": [
        {"type": "HEADER", "format": "DOCUMENT", "example": {"header_handle": ["4::aW"]}},
        {"type": "BODY", "text": "Hi {{first_name}}, {{amount}} is due on {{day}}.",
         "example": {"body_text_named_params": [{"param_name": "amount", "example": "25 EUR"}]}}]}));
    let parameters = serde_json::to_value(named.parameters()).unwrap();
    assert_eq!(parameters[2]["example"], "25 EUR");
    let message = json!({"recipient": "US.13491208655302741918", "values": {
        "header.document": {"id": 1_339_522_734_477_770_i64, "filename": "invoice.pdf"},
        "body.first_name": "Ana",
        "body.amount": {"currency": {"fallback_value": "25 EUR", "code": "EUR", "amount_1000": 25000}},
        "body.day": {"date_time": {"fallback_value": "22 November"}}}});
    assert_eq!(
        named
            .build(&json(&message), &Options::default(), false)
            .unwrap(),
        concat!(
            r#"{"messaging_product":"whatsapp","recipient_type":"individual","recipient":"US.13491208655302741918","type":"template","#,
            r#""template":{"name":"order_update","language":{"code":"en_US"},"components":["#,
            r#"{"type":"header","parameters":[{"type":"document","document":{"id":"1339522734477770","filename":"invoice.pdf"}}]},"#,
            r#"{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Ana"},"#,
            r#"{"type":"currency","parameter_name":"amount","currency":{"fallback_value":"25 EUR","code":"EUR","amount_1000":25000}},"#,
            r#"{"type":"date_time","parameter_name":"day","date_time":{"fallback_value":"22 November"}}]}]}}"#,
        )
    );
    let plain = template(&json!({}));
    assert_eq!(
        plain
            .build(&json(&json!({"to": TO})), &Options::default(), false)
            .unwrap(),
        r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"}}}"#
    );
}

#[test]
fn writes_a_one_time_code_in_both_places() {
    for buttons in [
        json!([{"type": "OTP", "otp_type": "COPY_CODE"}]),
        json!([{"type": "URL", "text": "Copy code", "url": "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"}]),
    ] {
        let template = template(
            &json!({"category": "AUTHENTICATION", "components": [{"type": "BODY"}, {"type": "BUTTONS", "buttons": buttons}]}),
        );
        let keys: Vec<String> = template.parameters().into_iter().map(|p| p.key).collect();
        assert_eq!(keys, ["body.1"]);
        let built = template
            .build(
                &json(&json!({"to": TO, "values": {"body.1": "J$FpnYnP"}})),
                &Options::default(),
                false,
            )
            .unwrap();
        let built: Value = serde_json::from_str(&built).unwrap();
        assert_eq!(
            built["template"]["components"],
            json!([
                {"type": "body", "parameters": [{"type": "text", "text": "J$FpnYnP"}]},
                {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "J$FpnYnP"}]}
            ])
        );
    }
}

/// One broken message per row: the values laid over the full ones, and all that is found.
#[test]
fn finds_each_fault_at_its_place() {
    let template = template(&json!({"components": order()}));
    let rows: &[(Value, &[Expect])] = &[
        (json!({}), &[]),
        (
            json!({"values": {"body.2": null}}),
            &[("value-missing", "/values", Some("body.2"), None)],
        ),
        (
            json!({"values": {"buttons.0": null}}),
            &[("button-value-missing", "/values", Some("buttons.0"), None)],
        ),
        (json!({"values": {"buttons.1": null}}), &[]),
        (
            json!({"values": {"body.1": ""}}),
            &[("value-blank", "/values/body.1", Some("body.1"), None)],
        ),
        (
            json!({"values": {"body.1": " \u{200b}\u{a0}"}}),
            &[("value-blank", "/values/body.1", Some("body.1"), None)],
        ),
        (
            json!({"values": {"body.1": true}}),
            &[("wrong-type", "/values/body.1", Some("body.1"), None)],
        ),
        (
            json!({"values": {"body.1": ["Ana"]}}),
            &[("wrong-type", "/values/body.1", Some("body.1"), None)],
        ),
        (
            json!({"values": {"body.1": "📦\nAna"}}),
            &[(
                "value-newline",
                "/values/body.1",
                Some("body.1"),
                Some((2, 3)),
            )],
        ),
        (
            json!({"values": {"body.1": "A\r\nB"}}),
            &[(
                "value-newline",
                "/values/body.1",
                Some("body.1"),
                Some((1, 3)),
            )],
        ),
        (
            json!({"values": {"header.1": "A\tB"}}),
            &[(
                "value-tab",
                "/values/header.1",
                Some("header.1"),
                Some((1, 2)),
            )],
        ),
        (
            json!({"values": {"body.1": "A     B"}}),
            &[(
                "value-spaces",
                "/values/body.1",
                Some("body.1"),
                Some((1, 6)),
            )],
        ),
        (json!({"values": {"body.1": "A    B"}}), &[]),
        (
            json!({"values": {"body.1": "A\u{2028}B\rC"}}),
            &[
                (
                    "value-line-separator",
                    "/values/body.1",
                    Some("body.1"),
                    Some((1, 2)),
                ),
                (
                    "value-line-separator",
                    "/values/body.1",
                    Some("body.1"),
                    Some((3, 4)),
                ),
            ],
        ),
        (
            json!({"values": {"body.1": "A\u{202e}B"}}),
            &[("text-bidi", "/values/body.1", Some("body.1"), Some((1, 2)))],
        ),
        (
            json!({"values": {"body.1": "A\u{200b}B"}}),
            &[(
                "value-invisible",
                "/values/body.1",
                Some("body.1"),
                Some((1, 2)),
            )],
        ),
        (
            json!({"values": {"body.1": "👩‍👩‍👧 می‌خواهم क्‍ष O'Brien <3"}}),
            &[],
        ),
        (
            json!({"values": {"body.1": "undefined"}}),
            &[("value-looks-empty", "/values/body.1", Some("body.1"), None)],
        ),
        (
            json!({"values": {"body.1": " #N/A "}}),
            &[("value-looks-empty", "/values/body.1", Some("body.1"), None)],
        ),
        (
            json!({"values": {"body.1": "Invalid Date"}}),
            &[("value-looks-empty", "/values/body.1", Some("body.1"), None)],
        ),
        (
            json!({"values": {"body.1": "Hi {{name}}"}}),
            &[(
                "value-placeholder-left",
                "/values/body.1",
                Some("body.1"),
                Some((3, 11)),
            )],
        ),
        (
            json!({"values": {"body.3": "x"}}),
            &[("value-unknown", "/values/body.3", Some("body.3"), None)],
        ),
        (json!({"values": {"header.1": "x".repeat(54)}}), &[]),
        (
            json!({"values": {"header.1": "x".repeat(55)}}),
            &[(
                "hydrated-too-long",
                "/values/header.1",
                Some("header.1"),
                None,
            )],
        ),
        (
            json!({"values": {"header.1": "📦".repeat(28)}}),
            &[(
                "hydrated-length-uncertain",
                "/values/header.1",
                Some("header.1"),
                None,
            )],
        ),
        (json!({"values": {"buttons.0": "x".repeat(1972)}}), &[]),
        (
            json!({"values": {"buttons.0": "x".repeat(1973)}}),
            &[(
                "hydrated-too-long",
                "/values/buttons.0",
                Some("buttons.0"),
                None,
            )],
        ),
        (
            json!({"values": {"buttons.0": "../admin"}}),
            &[(
                "suffix-escapes",
                "/values/buttons.0",
                Some("buttons.0"),
                None,
            )],
        ),
        (
            json!({"values": {"buttons.0": "%252e%252e%252fadmin"}}),
            &[(
                "suffix-escapes",
                "/values/buttons.0",
                Some("buttons.0"),
                None,
            )],
        ),
        (
            json!({"values": {"buttons.0": "a b"}}),
            &[(
                "suffix-unencoded",
                "/values/buttons.0",
                Some("buttons.0"),
                None,
            )],
        ),
        (
            json!({"values": {"buttons.0": "a\nb"}}),
            &[(
                "suffix-control",
                "/values/buttons.0",
                Some("buttons.0"),
                Some((1, 2)),
            )],
        ),
        (
            json!({"values": {"buttons.0": "https://shop.example/orders/9"}}),
            &[(
                "suffix-repeats-url",
                "/values/buttons.0",
                Some("buttons.0"),
                None,
            )],
        ),
        (
            json!({"values": {"buttons.0": " "}}),
            &[("value-blank", "/values/buttons.0", Some("buttons.0"), None)],
        ),
        (json!({"values": {"buttons.1": "x".repeat(128)}}), &[]),
        (
            json!({"values": {"buttons.1": "x".repeat(129)}}),
            &[("payload-long", "/values/buttons.1", Some("buttons.1"), None)],
        ),
        (
            json!({"values": {"buttons.1": "x".repeat(257)}}),
            &[(
                "payload-too-long",
                "/values/buttons.1",
                Some("buttons.1"),
                None,
            )],
        ),
        (json!({"values": {"buttons.3": "ABCDEFGHIJKLMNO"}}), &[]),
        (
            json!({"values": {"buttons.3": "ABCDEFGHIJKLMNOP"}}),
            &[("coupon-long", "/values/buttons.3", Some("buttons.3"), None)],
        ),
        (
            json!({"values": {"buttons.3": "ABCDEFGHIJKLMNOPQRSTU"}}),
            &[(
                "coupon-too-long",
                "/values/buttons.3",
                Some("buttons.3"),
                None,
            )],
        ),
        (
            json!({"values": {"buttons.3": "SAVE-20"}}),
            &[(
                "coupon-charset",
                "/values/buttons.3",
                Some("buttons.3"),
                Some((4, 5)),
            )],
        ),
        (
            json!({"to": null}),
            &[("recipient-missing", "", None, None)],
        ),
        (
            json!({"to": ""}),
            &[("recipient-missing", "/to", None, None)],
        ),
        (
            json!({"to": "33612345678"}),
            &[("to-without-plus", "/to", None, None)],
        ),
        (
            json!({"to": 33_612_345_678_i64}),
            &[("to-without-plus", "/to", None, None)],
        ),
        (
            json!({"to": "0033 6 12 34 56 78"}),
            &[("to-normalized", "/to", None, None)],
        ),
        (
            json!({"to": "3.36123E+10"}),
            &[("to-scientific", "/to", None, None)],
        ),
        (
            json!({"to": "call me"}),
            &[("to-malformed", "/to", None, None)],
        ),
        (
            json!({"to": ["+33612345678"]}),
            &[("wrong-type", "/to", None, None)],
        ),
        (
            json!({"recipient": "US.1"}),
            &[("to-wins", "/recipient", None, None)],
        ),
        (
            json!({"to": null, "recipient": "us1"}),
            &[("recipient-malformed", "/recipient", None, None)],
        ),
        (
            json!({"recipientType": "crowd"}),
            &[("recipient-type", "/recipientType", None, None)],
        ),
        (json!({"callbackData": "x".repeat(512)}), &[]),
        (
            json!({"callbackData": "x".repeat(513)}),
            &[("callback-too-long", "/callbackData", None, None)],
        ),
        (
            json!({"callbackdata": "x"}),
            &[("message-key-unknown", "/callbackdata", None, None)],
        ),
        (
            json!({"replyTo": "42"}),
            &[("reply-to-malformed", "/replyTo", None, None)],
        ),
        // All at once, in document order.
        (
            json!({"to": "x", "values": {"body.1": "a\nb\tc", "body.2": null, "body.9": 1}}),
            &[
                ("to-malformed", "/to", None, None),
                ("value-missing", "/values", Some("body.2"), None),
                (
                    "value-newline",
                    "/values/body.1",
                    Some("body.1"),
                    Some((1, 2)),
                ),
                ("value-tab", "/values/body.1", Some("body.1"), Some((3, 4))),
                ("value-unknown", "/values/body.9", Some("body.9"), None),
            ],
        ),
    ];
    for (over, expected) in rows {
        let mut message = json!({"to": TO, "values": full()});
        for (key, value) in over.as_object().unwrap() {
            match (key.as_str(), value.as_object()) {
                ("values", Some(values)) => {
                    for (key, value) in values {
                        message["values"][key] = value.clone();
                    }
                }
                _ => message[key] = value.clone(),
            }
        }
        let report = template.check(&json(&message), &Options::default());
        assert_found(&report, expected, &json(over));
        let refused = template
            .build(&json(&message), &Options::default(), false)
            .is_err();
        assert_eq!(refused, !report.ok, "{over}");
    }
}

#[test]
fn judges_files() {
    let link = |link: &str| json!({"link": link});
    let rows: &[(&str, Value, &[&str])] = &[
        ("IMAGE", json!("https://cdn.example/a.jpg"), &[]),
        ("IMAGE", json!("1339522734477770"), &[]),
        ("IMAGE", json!(1_339_522_734_477_770_i64), &[]),
        ("IMAGE", json!({"id": "1339522734477770"}), &[]),
        ("IMAGE", link("https://cdn.example/photo.php?id=7"), &[]),
        ("IMAGE", json!(""), &["media-source"]),
        ("IMAGE", link(""), &["media-source"]),
        ("IMAGE", json!({}), &["media-source"]),
        (
            "IMAGE",
            json!({"link": "https://cdn.example/a.jpg", "id": "1"}),
            &["media-source"],
        ),
        ("IMAGE", json!({"id": "4::aW"}), &["media-id-malformed"]),
        ("IMAGE", json!(true), &["wrong-type"]),
        ("IMAGE", json!({"link": 7}), &["wrong-type"]),
        (
            "IMAGE",
            json!({"Link": "https://cdn.example/a.jpg"}),
            &["media-source", "media-key-unknown"],
        ),
        (
            "IMAGE",
            link("cdn.example/a.jpg"),
            &["media-link-malformed"],
        ),
        (
            "IMAGE",
            link("https://cdn.example/a b.jpg"),
            &["media-link-malformed"],
        ),
        ("IMAGE", link("https:///a.jpg"), &["media-link-malformed"]),
        (
            "IMAGE",
            link("https://cdn.example:99999/a.jpg"),
            &["media-link-malformed"],
        ),
        (
            "IMAGE",
            link("https://cdn.example\\a.jpg"),
            &["media-link-malformed"],
        ),
        ("IMAGE", link("javascript:alert(1)"), &["media-link-unsafe"]),
        (
            "IMAGE",
            link("data:image/png;base64,AAAA"),
            &["media-link-unsafe"],
        ),
        (
            "IMAGE",
            link("https://u:p@cdn.example/a.jpg"),
            &["media-link-unsafe"],
        ),
        (
            "IMAGE",
            link("http://localhost/a.jpg"),
            &["media-link-unsafe"],
        ),
        (
            "IMAGE",
            link("https://[::1]:8080/a.jpg"),
            &["media-link-unsafe"],
        ),
        (
            "IMAGE",
            link("https://10.1.2.3/a.jpg"),
            &["media-link-unsafe"],
        ),
        (
            "IMAGE",
            link("https://127.0.0.1.nip.io/a.png"),
            &["media-link-internal-name"],
        ),
        (
            "IMAGE",
            link("http://cdn.example/a.jpg"),
            &["media-link-http"],
        ),
        (
            "IMAGE",
            link("https://scontent.xx.fbcdn.net/a.jpg"),
            &["media-link-sample"],
        ),
        (
            "IMAGE",
            link("https://cdn.example/a.webp"),
            &["media-extension"],
        ),
        (
            "IMAGE",
            link("https://cdn.example/a.PDF?x=1"),
            &["media-extension"],
        ),
        ("VIDEO", link("https://cdn.example/a.mp4"), &[]),
        (
            "VIDEO",
            link("https://cdn.example/a.mov"),
            &["media-extension"],
        ),
        (
            "DOCUMENT",
            json!({"link": "https://cdn.example/a.pdf", "filename": "a.pdf"}),
            &[],
        ),
        (
            "DOCUMENT",
            link("https://cdn.example/a.pdf"),
            &["document-without-filename"],
        ),
        (
            "DOCUMENT",
            json!({"link": "https://cdn.example/a.docx", "filename": "a.docx"}),
            &["document-not-pdf"],
        ),
        (
            "DOCUMENT",
            json!({"link": "https://cdn.example/a.zip", "filename": "a.zip"}),
            &["media-extension"],
        ),
        (
            "DOCUMENT",
            json!({"link": "https://cdn.example/a.pdf", "file_name": "a.pdf"}),
            &["document-without-filename", "media-key-unknown"],
        ),
    ];
    for (format, value, expected) in rows {
        let template = template(
            &json!({"components": [{"type": "HEADER", "format": format}, {"type": "BODY", "text": "Hello."}]}),
        );
        let key = format!("header.{}", format.to_lowercase());
        let message = json!({"to": TO, "values": {key.clone(): value}});
        let report = template.check(&json(&message), &Options::default());
        let found: Vec<&str> = report.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(found, *expected, "{format} {value}");
        assert!(
            report
                .diagnostics
                .iter()
                .all(|d| d.key.as_deref() == Some(key.as_str())),
            "{value}"
        );
    }
}

#[test]
fn says_when_the_template_itself_cannot_be_sent() {
    for (status, code) in [
        ("APPROVED", None),
        ("PAUSED", Some("template-paused")),
        ("disabled", Some("template-disabled")),
        ("REJECTED", Some("template-not-approved")),
        ("PENDING", Some("template-not-approved")),
    ] {
        let report = template(&json!({"status": status}))
            .check(&json(&json!({"to": TO})), &Options::default());
        assert_eq!(report.diagnostics.first().map(|d| d.code), code, "{status}");
    }
    let carousel = template(
        &json!({"components": [{"type": "BODY", "text": "Hello."}, {"type": "CAROUSEL", "cards": []}]}),
    );
    let report = carousel.check(&json(&json!({"to": TO})), &Options::default());
    assert!(!report.ok && !report.complete);
    assert_eq!(report.diagnostics[0].code, "kind-not-covered");
    let mut off = Options::default();
    off.policy.insert(rules::KIND_NOT_COVERED.index(), None);
    assert!(
        carousel
            .build(&json(&json!({"to": TO})), &off, false)
            .is_err(),
        "muted, but still not judged"
    );
}

#[test]
fn refuses_definitions_that_no_message_could_be_built_from() {
    for (text, code) in [
        ("", "text-not-json"),
        ("{\"name\":\"a\",", "text-not-json"),
        ("[]", "wrong-type"),
        ("{\"language\":\"en\"}", "name-required"),
        ("{\"name\":\"a\"}", "language-required"),
    ] {
        let report =
            wa_preflight::template::Template::compile(text, &Options::default()).unwrap_err();
        assert!(!report.ok, "{text}");
        assert!(report.diagnostics.iter().any(|d| d.code == code), "{text}");
    }
}

/// A policy is for what is judged. Without these there is no message, whatever it says.
#[test]
fn no_policy_excuses_what_a_message_is_built_from() {
    let definition = json!({"language": "en_US", "components": []});
    for severity in [None, Some(Severity::Warning)] {
        let mut options = Options::default();
        options
            .policy
            .insert(rules::NAME_REQUIRED.index(), severity);
        let report = Template::compile(&definition.to_string(), &options).unwrap_err();
        assert!(!report.ok);
        assert_eq!(report.diagnostics[0].code, "name-required");
        assert_eq!(report.diagnostics[0].severity, Severity::Error);
    }
}

#[test]
fn suggests_the_key_that_was_meant() {
    let template = template(
        &json!({"parameter_format": "NAMED", "components": [{"type": "BODY", "text": "Hi {{first_name}}, {{order}} came."}]}),
    );
    for (key, near) in [
        ("first_name", Some("body.first_name")),
        ("body.frist_name", Some("body.first_name")),
        ("body.firstName", Some("body.first_name")),
        ("body.x", None),
    ] {
        let message = json!({"to": TO, "values": {key: "Ana", "body.order": "A-17"}});
        let report = template.check(&json(&message), &Options::default());
        let found = report
            .diagnostics
            .iter()
            .find(|d| d.code == "value-unknown")
            .unwrap();
        let help = found.help.clone().unwrap();
        match near {
            Some(near) => assert_eq!(help, format!("did you mean `{near}`?")),
            None => assert!(help.starts_with("leave it out"), "{help}"),
        }
    }
}

#[test]
fn fixes_mend_what_they_say() {
    let template = template(&json!({"components": order()}));
    let message = json!({"to": "+33 6 12 34 56 78", "values": {
        "header.1": "A-17", "body.1": "A\n\nB\tC", "body.2": "17", "buttons.0": "Gonçalves", "buttons.3": " SAVE20 "}});
    let mut text = json(&message);
    for _ in 0..10 {
        let report = template.check(&text, &Options::default());
        let Some(fix) = report.diagnostics.iter().find_map(|d| d.fixes.first()) else {
            break;
        };
        text = wa_preflight::json::apply_operations(&text, &fix.patch).unwrap();
    }
    let report = template.check(&text, &Options::default());
    assert_eq!(report.diagnostics, []);
    let mended: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(mended["values"]["body.1"], "A B C");
    assert_eq!(mended["values"]["buttons.0"], "Gon%C3%A7alves");
}

#[test]
fn headers_of_a_location_or_a_product_take_objects() {
    let place = json!({"latitude": "48.8584", "longitude": -2.2945, "name": "Garden shop", "address": "5 Avenue"});
    let product = json!({"product_retailer_id": "plant-17", "catalog_id": "194836987003835"});
    let rows: &[(&str, Value, &[&str])] = &[
        ("LOCATION", place.clone(), &[]),
        ("LOCATION", json!("Paris"), &["location-incomplete"]),
        (
            "LOCATION",
            json!({"latitude": "91", "longitude": "0"}),
            &["location-incomplete"],
        ),
        (
            "LOCATION",
            json!({"latitude": "90", "longitude": "180", "name": "Pole"}),
            &["location-unnamed"],
        ),
        ("LOCATION", Value::Null, &["file-missing"]),
        ("PRODUCT", product.clone(), &[]),
        (
            "PRODUCT",
            json!({"product_retailer_id": "plant-17"}),
            &["product-incomplete"],
        ),
        ("PRODUCT", json!(["plant-17"]), &["wrong-type"]),
    ];
    for (format, value, expected) in rows {
        let template = template(
            &json!({"components": [{"type": "HEADER", "format": format}, {"type": "BODY", "text": "Hello."}]}),
        );
        let kind = format.to_lowercase();
        let message = json!({"to": TO, "values": {format!("header.{kind}"): value}});
        let report = template.check(&json(&message), &Options::default());
        let found: Vec<&str> = report.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(found, *expected, "{format} {value}");
        if expected.is_empty() {
            let built = template
                .build(&json(&message), &Options::default(), false)
                .unwrap();
            let parsed: Value = serde_json::from_str(&built).unwrap();
            let mut sent = value.clone();
            // Degrees go as texts, as Meta's pages have them.
            if let Some(degrees) = sent["longitude"].as_f64() {
                sent["longitude"] = json!(degrees.to_string());
            }
            assert_eq!(
                parsed["template"]["components"],
                json!([{"type": "header", "parameters": [{"type": kind, &kind: sent}]}])
            );
            assert_eq!(
                template
                    .check_payload(&built, &Options::default())
                    .diagnostics,
                []
            );
        }
    }
}

#[test]
fn a_live_form_may_lack_its_recipient_and_policy_may_lower_our_own_rules() {
    let template = template(&json!({"components": [{"type": "BODY", "text": "Hi."},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Go", "url": "https://shop.example/{{1}}"}]}]}));
    let form = Options {
        recipient_optional: true,
        ..Options::default()
    };
    let no_recipient = json(&json!({"values": {"buttons.0": "A-17"}}));
    assert_eq!(template.check(&no_recipient, &form).diagnostics, []);
    assert!(!template.check(&no_recipient, &Options::default()).ok);
    let redirect = json(&json!({"to": TO, "values": {"buttons.0": "r//partner.example"}}));
    assert!(!template.check(&redirect, &Options::default()).ok);
    let mut lowered = Options::default();
    lowered.policy.insert(
        rules::SUFFIX_ESCAPES.index(),
        Some(wa_preflight::report::Severity::Warning),
    );
    let report = template.check(&redirect, &lowered);
    assert!(report.ok && report.diagnostics.len() == 1);
    assert!(template.build(&redirect, &lowered, false).is_ok());
}

#[test]
fn counters_show_what_is_left() {
    let template = template(&json!({"components": order()}));
    let report = template.check(
        &json(&json!({"to": TO, "values": full()})),
        &Options::default(),
    );
    let measures: Vec<_> = report
        .measures
        .iter()
        .map(|m| {
            (
                m.limit.row().name,
                m.key.as_deref().unwrap_or(""),
                m.used,
                m.max,
            )
        })
        .collect();
    for expected in [
        ("headerChars", "header", 10, 60),
        ("bodyChars", "body", 36, 1024),
        ("urlChars", "buttons.0", 32, 2000),
        ("payloadChars", "buttons.1", 7, 256),
        ("couponChars", "buttons.3", 6, 20),
    ] {
        assert!(measures.contains(&expected), "{expected:?} in {measures:?}");
    }
    let mut narrow = Options::default();
    assert!(narrow.limits.set("bodyChars", 35));
    let report = template.check(&json(&json!({"to": TO, "values": full()})), &narrow);
    assert_eq!(report.diagnostics[0].code, "hydrated-too-long");
}

#[test]
fn a_body_that_stands_alone_may_be_longer() {
    let alone = template(&json!({"components": [{"type": "BODY", "text": "Hi {{1}}!"}]}));
    let footed = template(
        &json!({"components": [{"type": "BODY", "text": "Hi {{1}}!"}, {"type": "FOOTER", "text": "Us"}]}),
    );
    let codes = |template: &wa_preflight::template::Template, length: usize| {
        let message = json(&json!({"to": TO, "values": {"body.1": "é".repeat(length - 4)}}));
        let report = template.check(&message, &Options::default());
        let payload = template.build(&message, &Options::default(), false);
        assert_eq!(
            payload.is_ok(),
            report.ok,
            "build agrees with check at {length}"
        );
        if let Ok(payload) = payload {
            assert!(template.check_payload(&payload, &Options::default()).ok);
        }
        let found: Vec<_> = report.diagnostics.iter().map(|d| d.code).collect();
        (report.ok, found)
    };
    assert_eq!(codes(&alone, 1024), (true, vec![]));
    assert_eq!(codes(&alone, 1025), (true, vec!["hydrated-body-only-long"]));
    assert_eq!(
        codes(&alone, 32_768),
        (true, vec!["hydrated-body-only-long"])
    );
    assert_eq!(codes(&alone, 32_769), (false, vec!["hydrated-too-long"]));
    assert_eq!(codes(&footed, 1024), (true, vec![]));
    assert_eq!(codes(&footed, 1025), (false, vec!["hydrated-too-long"]));
}

#[test]
fn half_a_character_is_neither_sanitized_away_nor_sent() {
    let template =
        template(&json!({"components": [{"type": "BODY", "text": "Hi {{1}}, it is on its way."}]}));
    let message = r#"{"to":"+33612345678","values":{"body.1":"Ana\ud83d\nBob"}}"#;
    let options = Options::default();
    let clean = template.sanitize(message, &options);
    assert!(!clean.readable);
    assert_eq!(clean.changes, []);
    let report = template.build(message, &options, true).unwrap_err();
    let codes: Vec<&str> = report.diagnostics.iter().map(|d| d.code).collect();
    assert!(codes.contains(&"lone-surrogate"), "{codes:?}");
    assert!(codes.contains(&"value-newline"), "{codes:?}");
    assert!(
        template
            .sanitize(&message.replace("\\ud83d", ""), &options)
            .readable
    );
}

#[test]
fn each_member_of_an_amount_is_told_by_itself() {
    let template = template(
        &json!({"components": [{"type": "BODY", "text": "You paid {{1}} for your order, thank you."}]}),
    );
    let at = "/values/body.1/currency";
    let amount = |code: Value, amount: Value| json!({"fallback_value": "25 EUR", "code": code, "amount_1000": amount});
    let number = "the amount times 1000 as a whole number";
    for (currency, expected) in [
        (amount(json!("EUR"), json!(25000)), vec![]),
        (
            amount(json!("EUR"), json!("25000")),
            vec![(
                "/amount_1000",
                format!("has a text as `amount_1000`, {number}"),
            )],
        ),
        (
            amount(json!("EUR"), json!(12.5)),
            vec![(
                "/amount_1000",
                format!("has `12.5` as `amount_1000`, {number}"),
            )],
        ),
        (
            amount(json!("eur"), json!(25000)),
            vec![(
                "/code",
                "has a `code` that is not three capital letters, such as EUR".to_owned(),
            )],
        ),
        (
            json!({"fallback_value": 25, "code": "EUR", "amount_1000": 25000}),
            vec![(
                "/fallback_value",
                "has a number as `fallback_value`, the text to show".to_owned(),
            )],
        ),
        (
            json!({"fallback_value": " "}),
            vec![
                ("", "has no `fallback_value`, the text to show".to_owned()),
                (
                    "",
                    "has no `code` of three capital letters, such as EUR".to_owned(),
                ),
                ("", format!("has no `amount_1000`, {number}")),
            ],
        ),
        (
            json!([25000]),
            vec![("", "should be an object, and is an array".to_owned())],
        ),
    ] {
        let message = json!({"to": TO, "values": {"body.1": {"currency": currency}}});
        let report = template.check(&message.to_string(), &Options::default());
        let found: Vec<(String, String)> = report
            .diagnostics
            .iter()
            .map(|found| {
                (
                    wa_preflight::report::pointer(&found.path),
                    found.message.clone(),
                )
            })
            .collect();
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(member, problem)| {
                let message = format!("the currency for body variable 1 {problem}");
                (format!("{at}{member}"), message)
            })
            .collect();
        assert_eq!(found, expected, "{message}");
    }
}
