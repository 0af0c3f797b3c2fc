//! Ready-made payloads: against their template, and by their shape alone.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use support::templates::{Expect, assert_found, json, template};
use wa_preflight::findings::Options;
use wa_preflight::payload::check_payload;
use wa_preflight::template::Template;

fn order() -> Template {
    template(&json!({"components": [
    {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}"},
    {"type": "BODY", "text": "Hi {{1}}, your order {{2}} is on its way."},
    {"type": "FOOTER", "text": "Garden shop"},
    {"type": "BUTTONS", "buttons": [
        {"type": "URL", "text": "Track", "url": "https://shop.example/orders/{{1}}"},
        {"type": "QUICK_REPLY", "text": "Stop"},
        {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+33123456789"},
        {"type": "URL", "text": "Shop", "url": "https://shop.example/"}
    ]}]}))
}

fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn part(kind: &str, parameters: Value) -> Value {
    json!({"type": kind, "parameters": parameters})
}

fn button(sub_type: &str, index: Value, parameters: Value) -> Value {
    json!({"type": "button", "sub_type": sub_type, "index": index, "parameters": parameters})
}

fn components() -> Value {
    json!([
        part("header", json!([text("A-17")])),
        part("body", json!([text("Ana"), text("A-17")])),
        button("url", json!("0"), json!([text("A-17")])),
    ])
}

fn body(components: &Value) -> Value {
    json!({"messaging_product": "whatsapp", "recipient_type": "individual", "to": "+33612345678", "type": "template",
        "template": {"name": "order_update", "language": {"code": "en_US"}, "components": components}})
}

#[test]
fn takes_what_is_right_in_every_spelling() {
    let mut spelled = components();
    spelled[2]["sub_type"] = json!("URL");
    spelled[2]["index"] = json!(0);
    spelled.as_array_mut().unwrap().push(button(
        "QUICK_REPLY",
        json!(1),
        json!([{"type": "payload", "payload": "stop"}]),
    ));
    let mut polite = body(&spelled);
    polite["template"]["language"]["policy"] = json!("deterministic");
    polite["context"] = json!({"message_id": "wamid.HBgL"});
    polite["biz_opaque_callback_data"] = json!("ref-1");
    polite["recipient_identity_key_hash"] = json!("DF2lS5v2W6x=");
    for payload in [body(&components()), body(&spelled), polite, components()] {
        assert_found(
            &order().check_payload(&json(&payload), &Options::default()),
            &[],
            &json(&payload),
        );
        if payload.is_object() {
            assert_found(
                &check_payload(&json(&payload), &Options::default()),
                &[],
                &json(&payload),
            );
        }
    }
}

/// A change to the components: what is found, and the code and details that Meta would answer.
#[test]
fn finds_each_fault_in_the_components() {
    type Row = (
        &'static str,
        fn(&mut Value),
        &'static [Expect],
        Option<(u32, &'static str)>,
    );
    let rows: &[Row] = &[
        (
            "too few",
            |c| drop(c[1]["parameters"].as_array_mut().unwrap().pop()),
            &[(
                "payload-parameter-count",
                "/1/parameters",
                Some("body.2"),
                None,
            )],
            Some((
                132_000,
                "body: number of localizable_params (1) does not match the expected number of params (2)",
            )),
        ),
        (
            "too many",
            |c| c[1]["parameters"].as_array_mut().unwrap().push(text("x")),
            &[(
                "payload-parameter-count",
                "/1/parameters",
                Some("body.2"),
                None,
            )],
            Some((
                132_000,
                "body: number of localizable_params (3) does not match the expected number of params (2)",
            )),
        ),
        (
            "no header",
            |c| drop(c.as_array_mut().unwrap().remove(0)),
            &[("payload-parameter-count", "", Some("header.1"), None)],
            Some((
                132_000,
                "header: number of localizable_params (0) does not match the expected number of params (1)",
            )),
        ),
        (
            "no button",
            |c| drop(c.as_array_mut().unwrap().remove(2)),
            &[("payload-button-missing", "", Some("buttons.0"), None)],
            Some((
                131_008,
                "buttons: Button at index 0 of type Url requires a parameter",
            )),
        ),
        (
            "empty button",
            |c| c[2]["parameters"] = json!([]),
            &[(
                "payload-button-missing",
                "/2/parameters",
                Some("buttons.0"),
                None,
            )],
            Some((
                131_008,
                "buttons: Button at index 0 of type Url requires a parameter",
            )),
        ),
        (
            "newline",
            |c| c[1]["parameters"][0]["text"] = json!("A\nB"),
            &[(
                "value-newline",
                "/1/parameters/0/text",
                Some("body.1"),
                Some((1, 2)),
            )],
            Some((
                132_018,
                "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
            )),
        ),
        (
            "blank",
            |c| c[1]["parameters"][0]["text"] = json!(""),
            &[("value-blank", "/1/parameters/0/text", Some("body.1"), None)],
            Some((131_008, "Parameter of type text is missing text value")),
        ),
        (
            "null",
            |c| c[1]["parameters"][0]["text"] = Value::Null,
            &[(
                "payload-key-missing",
                "/1/parameters/0",
                Some("body.1"),
                None,
            )],
            Some((
                100,
                "Parameter 'text' is mandatory for component parameter type 'text'",
            )),
        ),
        (
            "number",
            |c| c[1]["parameters"][0]["text"] = json!(7),
            &[("wrong-type", "/1/parameters/0/text", None, None)],
            None,
        ),
        (
            "object",
            |c| c[1]["parameters"][0]["text"] = json!({"me": "x"}),
            &[("wrong-type", "/1/parameters/0/text", None, None)],
            None,
        ),
        (
            "list in list",
            |c| c[1]["parameters"] = json!([[text("a"), text("b")]]),
            &[
                (
                    "payload-parameter-count",
                    "/1/parameters",
                    Some("body.2"),
                    None,
                ),
                ("wrong-type", "/1/parameters/0", None, None),
            ],
            None,
        ),
        (
            "image in body",
            |c| c[1]["parameters"][0] = json!({"type": "image", "image": {"id": "1"}}),
            &[(
                "payload-parameter-type",
                "/1/parameters/0/type",
                Some("body.1"),
                None,
            )],
            None,
        ),
        (
            "named",
            |c| c[1]["parameters"][0]["parameter_name"] = json!("first_name"),
            &[(
                "payload-parameter-name",
                "/1/parameters/0/parameter_name",
                None,
                None,
            )],
            None,
        ),
        (
            "footer",
            |c| c.as_array_mut().unwrap().push(part("footer", json!([]))),
            &[("payload-component-extra", "/3", None, None)],
            None,
        ),
        (
            "body twice",
            |c| {
                let body = c[1].clone();
                c.as_array_mut().unwrap().push(body)
            },
            &[("payload-component-repeated", "/3", None, None)],
            None,
        ),
        (
            "unknown component",
            |c| c[0]["type"] = json!("headers"),
            &[("payload-component-type", "/0/type", None, None)],
            None,
        ),
        (
            "buttons",
            |c| c[2]["type"] = json!("buttons"),
            &[("payload-component-type", "/2/type", None, None)],
            None,
        ),
        (
            "call button",
            |c| {
                c.as_array_mut().unwrap().push(button(
                    "phone_number",
                    json!("2"),
                    json!([text("x")]),
                ))
            },
            &[("payload-component-extra", "/3", None, None)],
            None,
        ),
        (
            "static button",
            |c| {
                c.as_array_mut()
                    .unwrap()
                    .push(button("url", json!("3"), json!([text("x")])))
            },
            &[("payload-component-extra", "/3", None, None)],
            None,
        ),
        (
            "index beyond",
            |c| c[2]["index"] = json!("4"),
            &[
                ("payload-button-missing", "", Some("buttons.0"), None),
                ("payload-button-index", "/2/index", None, None),
            ],
            None,
        ),
        (
            "index of a word",
            |c| c[2]["index"] = json!("abc"),
            &[("payload-button-index", "/2/index", None, None)],
            None,
        ),
        (
            "index of a fraction",
            |c| c[2]["index"] = json!(0.5),
            &[("payload-button-index", "/2/index", None, None)],
            None,
        ),
        (
            "no index",
            |c| drop(c[2].as_object_mut().unwrap().remove("index")),
            &[("payload-button-index", "/2", None, None)],
            None,
        ),
        (
            "index twice",
            |c| {
                let url = c[2].clone();
                c.as_array_mut().unwrap().push(url)
            },
            &[("payload-button-index", "/3/index", None, None)],
            None,
        ),
        (
            "wrong button",
            |c| {
                c[2] = button(
                    "quick_reply",
                    json!("0"),
                    json!([{"type": "payload", "payload": "x"}]),
                )
            },
            &[(
                "payload-button-type",
                "/2/sub_type",
                Some("buttons.0"),
                None,
            )],
            None,
        ),
        (
            "text for a reply",
            |c| {
                c.as_array_mut().unwrap().push(button(
                    "quick_reply",
                    json!("1"),
                    json!([text("x")]),
                ))
            },
            &[(
                "payload-parameter-type",
                "/3/parameters/0/type",
                Some("buttons.1"),
                None,
            )],
            None,
        ),
        (
            "escaping suffix",
            |c| c[2]["parameters"][0]["text"] = json!("../admin"),
            &[(
                "suffix-escapes",
                "/2/parameters/0/text",
                Some("buttons.0"),
                None,
            )],
            None,
        ),
        (
            "misspelled",
            |c| {
                let o = c[1].as_object_mut().unwrap();
                let p = o.remove("parameters").unwrap();
                o.insert("params".into(), p);
            },
            &[
                (
                    "payload-parameter-count",
                    "/1/parameters",
                    Some("body.1"),
                    None,
                ),
                ("payload-key-unknown", "/1/params", None, None),
            ],
            None,
        ),
        (
            "a definition",
            |c| c[1] = json!({"type": "BODY", "text": "Hi {{1}}"}),
            &[
                ("payload-parameter-count", "", Some("body.1"), None),
                ("payload-is-definition", "/1", None, None),
            ],
            None,
        ),
        (
            "too long",
            |c| c[1]["parameters"][0]["text"] = json!("x".repeat(1024)),
            &[("hydrated-too-long", "/1/parameters/0", Some("body.1"), None)],
            None,
        ),
        (
            "a text",
            |c| c[1] = json!("body"),
            &[
                ("payload-parameter-count", "", Some("body.1"), None),
                ("wrong-type", "/1", None, None),
            ],
            None,
        ),
    ];
    for (what, change, expected, meta) in rows {
        let mut list = components();
        change(&mut list);
        let report = order().check_payload(&json(&list), &Options::default());
        assert_found(&report, expected, what);
        assert!(!report.ok, "{what}");
        if let Some((code, details)) = meta {
            let found = report.diagnostics[0].meta.clone().unwrap();
            assert_eq!(
                (found.code, found.details.as_deref()),
                (*code, Some(*details)),
                "{what}"
            );
        }
    }
}

#[test]
fn finds_each_fault_in_the_envelope() {
    let rows: &[(Value, &[Expect])] = &[
        (
            json!({"messaging_product": null}),
            &[("payload-key-missing", "", None, None)],
        ),
        (
            json!({"messaging_product": "sms"}),
            &[("payload-word", "/messaging_product", None, None)],
        ),
        (
            json!({"recipient_type": "crowd"}),
            &[("payload-word", "/recipient_type", None, None)],
        ),
        (
            json!({"to": null}),
            &[("recipient-missing", "", None, None)],
        ),
        (
            json!({"to": "call me"}),
            &[("to-malformed", "/to", None, None)],
        ),
        (
            json!({"to": "33612345678"}),
            &[("to-without-plus", "/to", None, None)],
        ),
        (json!({"to": "+33 6 12-34 56 (78)"}), &[]),
        (
            json!({"recipient": "US.1"}),
            &[("to-wins", "/recipient", None, None)],
        ),
        (
            json!({"type": null}),
            &[("payload-key-missing", "", None, None)],
        ),
        (
            json!({"type": "text"}),
            &[("payload-not-template", "/type", None, None)],
        ),
        (
            json!({"template": null}),
            &[("payload-key-missing", "", None, None)],
        ),
        (
            json!({"template": []}),
            &[("wrong-type", "/template", None, None)],
        ),
        (
            json!({"context": {}}),
            &[("payload-key-missing", "/context", None, None)],
        ),
        (
            json!({"biz_opaque_callback_data": "x".repeat(513)}),
            &[("callback-too-long", "/biz_opaque_callback_data", None, None)],
        ),
        (
            json!({"callbackData": "x"}),
            &[("payload-key-unknown", "/callbackData", None, None)],
        ),
        (
            json!({"preview_url": true}),
            &[("payload-key-ignored", "/preview_url", None, None)],
        ),
    ];
    for (over, expected) in rows {
        let mut payload = body(&components());
        for (key, value) in over.as_object().unwrap() {
            payload[key] = value.clone();
        }
        assert_found(
            &order().check_payload(&json(&payload), &Options::default()),
            expected,
            &json(over),
        );
    }
    let rows: &[(Value, &[Expect])] = &[
        (
            json!({"name": null}),
            &[("payload-key-missing", "/template", None, None)],
        ),
        (
            json!({"name": "order_update-en_US"}),
            &[("payload-template-name", "/template/name", None, None)],
        ),
        (
            json!({"language": null}),
            &[("payload-key-missing", "/template", None, None)],
        ),
        (
            json!({"language": "en_US"}),
            &[("wrong-type", "/template/language", None, None)],
        ),
        (
            json!({"language": {}}),
            &[("payload-key-missing", "/template/language", None, None)],
        ),
        (
            json!({"language": {"code": "en"}}),
            &[(
                "payload-template-language",
                "/template/language/code",
                None,
                None,
            )],
        ),
        (
            json!({"language": {"code": "en_US", "policy": "fallback"}}),
            &[("payload-word", "/template/language/policy", None, None)],
        ),
        (
            json!({"namespace": "c8ae"}),
            &[("payload-on-premises", "/template/namespace", None, None)],
        ),
        (
            json!({"components": {"type": "body"}}),
            &[("wrong-type", "/template/components", None, None)],
        ),
        (
            json!({"component": []}),
            &[("payload-key-unknown", "/template/component", None, None)],
        ),
    ];
    for (over, expected) in rows {
        let mut payload = body(&components());
        for (key, value) in over.as_object().unwrap() {
            payload["template"][key] = value.clone();
        }
        assert_found(
            &order().check_payload(&json(&payload), &Options::default()),
            expected,
            &json(over),
        );
    }
}

#[test]
fn matches_named_parameters_by_name() {
    let template = template(
        &json!({"parameter_format": "NAMED", "components": [{"type": "BODY", "text": "Hi {{first_name}}, {{order}} came."}]}),
    );
    let named = |name: &str| json!({"type": "text", "parameter_name": name, "text": "x"});
    let rows: &[(Value, &[&str])] = &[
        (json!([named("order"), named("first_name")]), &[]),
        (
            json!([text("Ana"), text("A-17")]),
            &[
                "payload-parameter-name",
                "payload-parameter-name",
                "payload-parameter-name",
                "payload-parameter-name",
            ],
        ),
        (
            json!([named("order"), named("frist_name")]),
            &["payload-parameter-name", "payload-parameter-name"],
        ),
        (
            json!([named("order"), named("order")]),
            &["payload-parameter-name", "payload-parameter-name"],
        ),
        (json!([named("order")]), &["payload-parameter-count"]),
        (json!([]), &["payload-parameter-count"]),
    ];
    for (parameters, expected) in rows {
        let report = template.check_payload(
            &json(&json!([part("body", parameters.clone())])),
            &Options::default(),
        );
        let found: Vec<&str> = report.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(found, *expected, "{parameters}");
    }
}

#[test]
fn wants_the_file_of_a_media_header() {
    let template = template(
        &json!({"components": [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Hello."}]}),
    );
    let image = |inner: Value| json!([part("header", json!([{"type": "image", "image": inner}]))]);
    let mismatch = "header: Format mismatch, expected IMAGE, received UNKNOWN";
    let rows: &[(Value, &str, Option<&str>)] = &[
        (json!([]), "payload-header-missing", Some(mismatch)),
        (
            json!([part("header", json!([]))]),
            "payload-header-missing",
            Some(mismatch),
        ),
        (image(json!({"link": ""})), "media-source", Some(mismatch)),
        (image(Value::Null), "media-source", Some(mismatch)),
        (
            image(json!({"link": "https://cdn.example/a.webp"})),
            "media-extension",
            None,
        ),
        (
            json!([part("header", json!([text("x")]))]),
            "payload-parameter-type",
            Some("header: Format mismatch, expected IMAGE, received TEXT"),
        ),
    ];
    for (payload, code, details) in rows {
        let report = template.check_payload(&json(payload), &Options::default());
        assert_eq!(report.diagnostics.len(), 1, "{payload}");
        let found = &report.diagnostics[0];
        assert_eq!(found.code, *code, "{payload}");
        assert_eq!(found.key.as_deref(), Some("header.image"));
        let meta = found.meta.as_ref().and_then(|meta| meta.details.as_deref());
        assert_eq!(meta, *details, "{payload}");
    }
    let right = image(json!({"link": "https://cdn.example/a.jpg"}));
    assert!(
        template
            .check_payload(&json(&right), &Options::default())
            .diagnostics
            .is_empty()
    );
}

#[test]
fn wants_the_code_twice() {
    let template = template(&json!({"category": "AUTHENTICATION", "components": [
        {"type": "BODY"}, {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}]}));
    let rows: &[(Value, &[&str])] = &[
        (
            json!([
                part("body", json!([text("123456")])),
                button("url", json!("0"), json!([text("123456")]))
            ]),
            &[],
        ),
        (
            json!([part("body", json!([text("123456")]))]),
            &["payload-button-missing"],
        ),
        (
            json!([
                part("body", json!([text("123456")])),
                button("url", json!("0"), json!([text("1")]))
            ]),
            &["payload-code-differs"],
        ),
        (
            json!([
                part("body", json!([text("123456 (app_name)")])),
                button("url", json!("0"), json!([text("123456 (app_name)")]))
            ]),
            &["code-too-long", "code-too-long"],
        ),
    ];
    for (payload, expected) in rows {
        let report = template.check_payload(&json(payload), &Options::default());
        let found: Vec<&str> = report.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(found, *expected, "{payload}");
    }
}

#[test]
fn judges_shapes_without_the_template() {
    let shape = |components: Value| check_payload(&json(&body(&components)), &Options::default());
    let rows: &[(Value, &[&str])] = &[
        (
            json!([part("body", json!([]))]),
            &["payload-component-extra"],
        ),
        (
            json!([part(
                "body",
                json!([{"type": "currency", "fallback_value": "$1", "code": "USD", "amount_1000": 1000}])
            )]),
            &[
                "payload-key-missing",
                "payload-key-unknown",
                "payload-key-unknown",
                "payload-key-unknown",
            ],
        ),
        (
            json!([button("phone_number", json!(0), json!([]))]),
            &["payload-component-extra"],
        ),
        (
            json!([button("url", json!(0), json!([text("../x")]))]),
            &["suffix-escapes"],
        ),
        (json!([button("catalog", json!(0), Value::Null)]), &[]),
        (
            json!([{"type": "carousel", "cards": [{"card_index": "0", "components": [part("body", json!([text("a\tb")]))]}]}]),
            &["wrong-type", "value-tab"],
        ),
        (json!([{"type": "carousel"}]), &["payload-key-missing"]),
    ];
    for (components, expected) in rows {
        let found: Vec<&str> = shape(components.clone())
            .diagnostics
            .iter()
            .map(|d| d.code)
            .collect();
        assert_eq!(found, *expected, "{components}");
    }
    let definition =
        json!({"name": "a", "language": "en", "components": [{"type": "BODY", "text": "Hello."}]});
    let report = check_payload(&json(&definition), &Options::default());
    assert_eq!(report.diagnostics[0].code, "payload-is-definition");
    let free = check_payload(
        r#"{"messaging_product":"whatsapp","to":"+33612345678","type":"text","text":{"body":"Hi"}}"#,
        &Options::default(),
    );
    assert!(free.ok && !free.complete);
    for broken in ["", "7", "\"x\"", "null", "{", "[[["] {
        let report = check_payload(broken, &Options::default());
        assert!(!report.complete || !report.ok, "{broken}");
    }
}

#[test]
fn what_the_shape_alone_cannot_have_reads_well() {
    let said = |components: Value| {
        let report = check_payload(&body(&components).to_string(), &Options::default());
        let found: Vec<String> = report
            .diagnostics
            .iter()
            .map(|d| format!("{} {}", d.code, d.message))
            .collect();
        found
    };
    assert_eq!(
        said(json!([{"type": "carousel", "cards": []}])),
        ["payload-card-count the payload has 0 cards, and must have 1 to 10"]
    );
    assert_eq!(
        said(json!([button("phone_number", json!("0"), json!([]))])),
        ["payload-component-extra a call button takes no parameters in any template"]
    );
    assert_eq!(
        said(json!([button("fax", json!("0"), json!([]))])),
        [
            "payload-word `sub_type` is `fax`, and must be url, quick_reply, copy_code, flow, catalog, mpm, order_details, payment_request or voice_call"
        ]
    );
}
