//! Definitions in the shape of other tools: one finding each, and a fix that gives Meta's shape.

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
use wa_preflight::fix::apply_fix;
use wa_preflight::report::{Report, pointer};

/// What is found in a foreign shape: its one code, whether its fix is safe, and what the fix makes of it.
#[track_caller]
fn imported_with(value: &Value, options: &Options) -> (String, Option<(bool, Value)>) {
    let text = value.to_string();
    let report = check_template(&text, options);
    assert!(!report.ok && !report.complete, "{value}");
    let codes: Vec<&str> = report.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes.len(), 1, "{codes:?} of {value}");
    let found = &report.diagnostics[0];
    assert_eq!(pointer(&found.path), "");
    assert!(!found.message.contains('{'), "{}", found.message);
    assert!(found.fixes.len() < 2);
    let fixed = found.fixes.first().map(|fix| {
        let patch = wa_preflight::report::fix_to_json(fix);
        let mended = apply_fix(&text, &patch).unwrap();
        (fix.safe, serde_json::from_str(&mended).unwrap())
    });
    (found.code.to_owned(), fixed)
}

#[track_caller]
fn imported(value: &Value) -> (String, Option<(bool, Value)>) {
    imported_with(value, &Options::default())
}

/// The fix is safe, and gives exactly this definition, in which nothing is wrong.
#[track_caller]
fn becomes(value: &Value, code: &str, expected: &Value) {
    let (found, fixed) = imported(value);
    assert_eq!(found, code);
    let (safe, mended) = fixed.expect("a fix");
    assert_eq!(&mended, expected);
    assert!(safe, "{value}");
    finds(&mended, &[]);
}

fn message(value: &Value) -> String {
    check(value).diagnostics[0].message.clone()
}

#[test]
fn wrappers() {
    let plain = base();
    for (wrapped, inside) in [
        (json!({"template": plain}), "`template`"),
        (json!({"messageTemplate": plain}), "`messageTemplate`"),
        (json!({"data": plain}), "`data`"),
        (json!([plain]), "an array"),
        (json!({"data": [plain]}), "`data`, an array"),
        (
            json!({"message_templates": {"data": [plain], "paging": {"cursors": {}}}, "id": "1"}),
            "`message_templates`, `data`, an array",
        ),
        (json!(plain.to_string()), "a text"),
        (json!({"template": plain.to_string()}), "`template`, a text"),
        (json!(json!([plain]).to_string()), "a text, an array"),
    ] {
        becomes(&wrapped, "import-wrapped", &plain);
        assert!(
            message(&wrapped).contains(&format!("inside {inside};")),
            "{}",
            message(&wrapped)
        );
    }
    // What stands beside it would be lost.
    let (code, fixed) = imported(&json!({"note": "mine", "template": plain}));
    assert_eq!(
        (code.as_str(), fixed),
        ("import-wrapped", Some((false, plain.clone())))
    );
    let (_, fixed) = imported(&json!({"template": with("", json!(1))}));
    assert_eq!(fixed, Some((false, plain.clone())));
    // What is wrong inside shows when it is out; then a person looks.
    let (_, fixed) = imported(&json!({"template": with("name", json!("Order"))}));
    assert!(!fixed.unwrap().0);
}

#[test]
fn list_answers() {
    let item = |name: &str| {
        let mut item = with("name", json!(name));
        let added = json!({"id": "1", "status": "APPROVED", "quality_score": {"score": "UNKNOWN"}, "rejected_reason": "NONE"});
        item.as_object_mut()
            .unwrap()
            .extend(added.as_object().unwrap().clone());
        item
    };
    let paging = json!({"cursors": {"before": "a", "after": "b"}});
    let one = json!({"data": [item("order_update")], "paging": paging});
    becomes(&one, "import-wrapped", &base());
    // A definition that is to be read back keeps what was read.
    let readback = Options {
        readback: true,
        ..Options::default()
    };
    let (_, fixed) = imported_with(&one, &readback);
    assert_eq!(fixed, Some((true, item("order_update"))));
    let two = json!({"data": [item("order_update"), item("order_late")], "paging": paging});
    let (code, fixed) = imported(&two);
    assert_eq!(
        (code.as_str(), fixed),
        ("import-list", Some((false, base())))
    );
    assert!(message(&two).contains("a list of 2 templates"));
    let (code, _) = imported(&json!([base(), base(), base()]));
    assert_eq!(code, "import-list");
    // An item by itself is a definition with read-only members.
    finds(
        &item("order_update"),
        &[
            "warning read-only-field /id",
            "warning read-only-field /status",
            "warning read-only-field /quality_score",
            "warning read-only-field /rejected_reason",
        ],
    );
    for none in [
        json!([]),
        json!({"data": []}),
        json!({"data": [1]}),
        json!("text"),
    ] {
        let found = check(&none);
        assert!(
            found
                .diagnostics
                .iter()
                .all(|d| !d.code.starts_with("import")),
            "{none}"
        );
    }
}

#[test]
fn codes_that_were_read_back_as_links() {
    let item = |url: &str, footer: Value| {
        json!({"data": [{
            "name": "code", "language": "en", "status": "APPROVED", "category": "AUTHENTICATION", "id": "1",
            "sub_category": "CUSTOM",
            "components": [
                {"type": "BODY", "text": "*{{1}}* is your verification code.", "add_security_recommendation": true, "example": {"body_text": [["123456"]]}},
                footer,
                {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Copy code", "url": url, "example": ["https://www.whatsapp.com/otp/code/?code=otp123456"]}]},
            ],
        }]})
    };
    let copy = "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=5&code=otp{{1}}";
    let expected = |button: Value| {
        json!({
            "name": "code", "language": "en", "category": "AUTHENTICATION",
            "components": [
                {"type": "BODY", "add_security_recommendation": true},
                {"type": "FOOTER", "code_expiration_minutes": 5},
                {"type": "BUTTONS", "buttons": [button]},
            ],
        })
    };
    let button = json!({"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"});
    for footer in [
        json!({"type": "FOOTER", "text": "This code expires in 5 minutes."}),
        json!({"type": "FOOTER", "text": "This code expires in 5 minutes.", "code_expiration_minutes": 5}),
    ] {
        let (code, fixed) = imported(&item(copy, footer));
        assert_eq!(code, "import-wrapped");
        assert_eq!(fixed, Some((false, expected(button.clone()))));
    }
    let tap = "https://www.whatsapp.com/otp/code/?otp_type=ONE_TAP&cta_display_name=Autofill&package_name=com.example.shop&signature_hash=K8a%2FAINcGX7&code_expiration_minutes=5&code=otp{{1}}";
    let button = json!({"type": "OTP", "otp_type": "ONE_TAP", "text": "Copy code",
        "supported_apps": [{"package_name": "com.example.shop", "signature_hash": "K8a/AINcGX7"}]});
    let (_, fixed) = imported(&item(tap, json!({"type": "FOOTER"})));
    assert_eq!(fixed, Some((false, expected(button))));
    // A coupon's label is Meta's, and not taken.
    let coupon = json!({"data": [{
        "id": "1", "status": "APPROVED", "name": "coupon", "language": "en", "category": "MARKETING",
        "components": [
            {"type": "BODY", "text": "Our sale is on. Reply STOP to unsubscribe."},
            {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "text": "Copy offer code", "example": ["A1"]}]},
        ],
    }]});
    let (_, fixed) = imported(&coupon);
    assert_eq!(
        fixed.unwrap().1["components"][1]["buttons"][0],
        json!({"type": "COPY_CODE", "example": ["A1"]})
    );
}

#[test]
fn camel_case() {
    let camel = json!({
        "name": "order_update", "language": "en_US", "category": "UTILITY", "parameterFormat": "NAMED", "messageSendTtlSeconds": 3600,
        "components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"headerHandle": ["4::aW"]}},
            {"type": "BODY", "text": "Your order {{order_id}} is on its way.", "example": {"bodyTextNamedParams": [{"paramName": "order_id", "example": "A-17"}]}},
            {"type": "BUTTONS", "buttons": [{"type": "PHONE_NUMBER", "text": "Call us", "phoneNumber": "+15550051310"}]},
        ],
    });
    let snake = json!({
        "name": "order_update", "language": "en_US", "category": "UTILITY", "parameter_format": "NAMED", "message_send_ttl_seconds": 3600,
        "components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW"]}},
            {"type": "BODY", "text": "Your order {{order_id}} is on its way.", "example": {"body_text_named_params": [{"param_name": "order_id", "example": "A-17"}]}},
            {"type": "BUTTONS", "buttons": [{"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+15550051310"}]},
        ],
    });
    becomes(&camel, "import-camel-case", &snake);
    becomes(&json!({"template": camel}), "import-wrapped", &snake);
    assert!(message(&camel).contains("`parameterFormat`"));
    let auth = json!({
        "name": "code", "language": "en", "category": "AUTHENTICATION",
        "components": [
            {"type": "BODY", "addSecurityRecommendation": true},
            {"type": "FOOTER", "codeExpirationMinutes": 5},
            {"type": "BUTTONS", "buttons": [{"type": "OTP", "otpType": "ONE_TAP", "autofillText": "Autofill",
                "supportedApps": [{"packageName": "com.example.shop", "signatureHash": "K8a/AINcGX7"}]}]},
        ],
    });
    let (code, fixed) = imported(&auth);
    assert_eq!(code, "import-camel-case");
    assert_eq!(
        fixed.unwrap().1["components"],
        json!([
            {"type": "BODY", "add_security_recommendation": true},
            {"type": "FOOTER", "code_expiration_minutes": 5},
            {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "ONE_TAP", "autofill_text": "Autofill",
                "supported_apps": [{"package_name": "com.example.shop", "signature_hash": "K8a/AINcGX7"}]}]},
        ])
    );
    // A key that is nobody's is no sign of a library.
    finds(&with("myNote", json!(1)), &["warning unknown-key /myNote"]);
    // One among Meta's own keys is a slip, told at its place.
    let mut both = with("parameterFormat", json!("NAMED"));
    both["parameter_format"] = json!("POSITIONAL");
    finds(&both, &["warning unknown-key /parameterFormat"]);
}

#[test]
fn python_dumps_are_metas_shape() {
    // What pywa writes: Meta's keys, empty members left out, flags as they are.
    let dumped = json!({
        "name": "seasonal", "language": "en_US", "category": "UTILITY", "parameter_format": "NAMED",
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": "Hi {{name}}", "example": {"header_text_named_params": [{"param_name": "name", "example": "Ana"}]}},
            {"type": "BODY", "text": "Your order {{order_id}} is on its way.", "example": {"body_text_named_params": [{"param_name": "order_id", "example": "A-17"}]}},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Thanks"}]},
        ],
    });
    finds(&dumped, &[]);
}

fn twilio(types: Value, variables: Value) -> Value {
    json!({
        "friendly_name": "Order Update", "language": "en", "variables": variables, "types": types,
        "sid": "HXb5b62575e6e4ff6129ad7c8efe1f983e", "date_created": "2026-01-01T00:00:00Z",
    })
}

/// The components that Twilio's types become; all that is left to say is the category.
#[track_caller]
fn parts(types: Value, variables: Value) -> Value {
    let source = twilio(types, variables);
    let (code, fixed) = imported(&source);
    assert_eq!(code, "import-twilio");
    let (safe, mut mended) = fixed.expect("a fix");
    assert!(!safe, "the category and the ids of buttons are not in it");
    assert_eq!(mended["name"], "order_update");
    assert_eq!(mended["language"], "en");
    finds(&mended, &["error category-required "]);
    mended["category"] = json!("MARKETING");
    finds(&mended, &[]);
    mended["components"].clone()
}

#[test]
fn twilio_texts_and_buttons() {
    assert_eq!(
        parts(
            json!({"twilio/text": {"body": "Your order {{1}} is on its way."}}),
            json!({"1": "A-17"})
        ),
        json!([{"type": "BODY", "text": "Your order {{1}} is on its way.", "example": {"body_text": [["A-17"]]}}])
    );
    // The richer of two types; ids are given with each message.
    assert_eq!(
        parts(
            json!({
                "twilio/text": {"body": "Do you want it?"},
                "twilio/quick-reply": {"body": "Is your order fine?", "actions": [{"title": "Yes", "id": "y"}, {"title": "No", "id": "n"}]},
            }),
            json!({})
        ),
        json!([
            {"type": "BODY", "text": "Is your order fine?"},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Yes"}, {"type": "QUICK_REPLY", "text": "No"}]},
        ])
    );
    // Variables are numbered over the whole template there, and in each text here.
    assert_eq!(
        parts(
            json!({"twilio/call-to-action": {
                "body": "Dear {{2}}, your order {{1}} is on its way to you now. Thank you very much.",
                "actions": [
                    {"type": "URL", "title": "Track it", "url": "https://example.com/o/{{3}}"},
                    {"type": "PHONE_NUMBER", "title": "Call us", "phone": "+15550051310"},
                ],
            }}),
            json!({"1": "A-17", "2": "Ana", "3": "a17"})
        ),
        json!([
            {"type": "BODY", "text": "Dear {{1}}, your order {{2}} is on its way to you now. Thank you very much.", "example": {"body_text": [["Ana", "A-17"]]}},
            {"type": "BUTTONS", "buttons": [
                {"type": "URL", "text": "Track it", "url": "https://example.com/o/{{1}}", "example": ["https://example.com/o/a17"]},
                {"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+15550051310"},
            ]},
        ])
    );
    assert_eq!(
        parts(
            json!({"whatsapp/card": {
                "header_text": "Hello {{1}}", "body": "Use {{2}} for all our plants.", "footer": "To unsubscribe, reply Stop",
                "actions": [{"type": "COPY_CODE", "title": "Copy", "code": "{{2}}"}],
            }}),
            json!({"1": "Ana", "2": "SAVE10"})
        ),
        json!([
            {"type": "HEADER", "format": "TEXT", "text": "Hello {{1}}", "example": {"header_text": ["Ana"]}},
            {"type": "BODY", "text": "Use {{1}} for all our plants.", "example": {"body_text": [["SAVE10"]]}},
            {"type": "FOOTER", "text": "To unsubscribe, reply Stop"},
            {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "example": "SAVE10"}]},
        ])
    );
    // The older card: its title is the text, its subtitle the footer.
    assert_eq!(
        parts(
            json!({"twilio/card": {"title": "See you at {{1}} on time. Thank you.", "subtitle": "Owl Air", "body": null, "actions": []}}),
            json!({"1": "07:00"})
        ),
        json!([
            {"type": "BODY", "text": "See you at {{1}} on time. Thank you.", "example": {"body_text": [["07:00"]]}},
            {"type": "FOOTER", "text": "Owl Air"},
        ])
    );
}

#[test]
fn twilio_names_and_approvals() {
    let mut source = twilio(
        json!({"twilio/text": {"body": "Your order {{order_id}} is on its way."}}),
        json!({"order_id": "A-17"}),
    );
    source["approval_requests"] =
        json!({"name": "order_on_its_way", "category": "UTILITY", "status": "approved"});
    let (_, fixed) = imported(&source);
    let mended = fixed.unwrap().1;
    assert_eq!(
        mended,
        json!({
            "name": "order_on_its_way", "category": "UTILITY", "language": "en", "parameter_format": "NAMED",
            "components": [{"type": "BODY", "text": "Your order {{order_id}} is on its way.",
                "example": {"body_text_named_params": [{"param_name": "order_id", "example": "A-17"}]}}],
        })
    );
    finds(&mended, &[]);
    // A list of theirs.
    let list = json!({"contents": [source], "meta": {"page": 0}});
    let (code, fixed) = imported(&list);
    assert_eq!(code, "import-twilio");
    assert_eq!(fixed.unwrap().1, mended);
    let (code, _) = imported(&json!({"contents": [source, source], "meta": {"page": 0}}));
    assert_eq!(code, "import-list");
    // A sample that is not there is missed when the shape is Meta's.
    let (_, fixed) = imported(&twilio(
        json!({"twilio/text": {"body": "Your order {{1}} is on its way."}}),
        Value::Null,
    ));
    finds(
        &fixed.unwrap().1,
        &[
            "error category-required ",
            "error example-empty /components/0/example/body_text/0/0",
        ],
    );
}

#[test]
fn twilio_files_cards_and_codes() {
    let convert = |types: Value| imported(&twilio(types, json!({"1": "owl.mp4"})));
    let (_, fixed) = convert(
        json!({"twilio/media": {"body": "Here it is.", "media": ["https://example.com/{{1}}"]}}),
    );
    let mended = fixed.unwrap().1;
    assert_eq!(
        mended["components"][0],
        json!({"type": "HEADER", "format": "VIDEO", "example": {"header_handle": ["https://example.com/owl.mp4"]}})
    );
    finds(
        &mended,
        &[
            "error category-required ",
            "error header-media-no-url /components/0/example/header_handle/0",
        ],
    );
    let (_, fixed) = convert(json!({"twilio/carousel": {"body": "Our plants.", "cards": [
        {"title": "Aloe", "body": "Low light", "media": "https://example.com/a.png", "actions": [{"type": "QUICK_REPLY", "title": "More", "id": "1"}]},
    ]}}));
    assert_eq!(
        fixed.unwrap().1["components"][1],
        json!({"type": "CAROUSEL", "cards": [{"components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://example.com/a.png"]}},
            {"type": "BODY", "text": "Aloe\nLow light"},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "More"}]},
        ]}]})
    );
    let (_, fixed) = convert(json!({"whatsapp/authentication": {
        "add_security_recommendation": true, "code_expiration_minutes": "30",
        "actions": [{"type": "COPY_CODE", "copy_code_text": "Copy code"}],
    }}));
    assert_eq!(
        fixed.unwrap().1,
        json!({
            "name": "order_update", "category": "AUTHENTICATION", "language": "en",
            "components": [
                {"type": "BODY", "add_security_recommendation": true},
                {"type": "FOOTER", "code_expiration_minutes": 30},
                {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"}]},
            ],
        })
    );
    // Nothing of Meta's is like a list picker.
    let (code, fixed) = convert(json!({"twilio/list-picker": {"body": "Choose.", "items": []}}));
    assert_eq!((code.as_str(), fixed), ("import-twilio", None));
}

#[test]
fn messages_and_webhooks() {
    let template = json!({"name": "order_update", "language": {"code": "en_US"}, "components": [{"type": "body", "parameters": [{"type": "text", "text": "A"}]}]});
    for sent in [
        json!({"messaging_product": "whatsapp", "to": "15550051310", "type": "template", "template": template}),
        json!({"to": "15550051310", "template": template}),
        json!({"template": template}),
        template.clone(),
        json!({"name": "order_update", "language": "en", "components": [{"type": "body", "parameters": []}]}),
        json!([{"messaging_product": "whatsapp", "to": "1"}]),
    ] {
        let (code, fixed) = imported(&sent);
        assert_eq!((code.as_str(), fixed), ("import-not-a-definition", None));
        assert!(message(&sent).contains("a message"));
    }
    let webhook = json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "message_template_status_update", "value": {}}]}]});
    let (code, _) = imported(&webhook);
    assert_eq!(code, "import-not-a-definition");
    assert!(message(&webhook).contains("webhook"));
}

#[test]
fn what_is_metas_own_is_judged() {
    // Any case, as Meta's pages print it.
    finds(
        &json!({"name": "a", "language": "en", "category": "utility", "components": [{"type": "body", "text": "Your order is here."}]}),
        &[],
    );
    for own in [
        json!({"componets": [{"type": "BODY"}], "name": "a"}),
        json!({"components": [{"type": "BODY", "text": "{\"name\":\"a\",\"components\":[]}"}]}),
        json!({"name": "a"}),
        json!({}),
        json!(7),
        json!({"a": {"b": {"c": [1, 2]}}}),
    ] {
        let codes: Vec<&str> = check(&own).diagnostics.iter().map(|d| d.code).collect();
        assert!(
            codes.iter().all(|code| !code.starts_with("import")),
            "{own}"
        );
        assert!(!codes.is_empty());
    }
}

#[test]
fn half_typed_texts_get_no_fix() {
    let text = json!({"template": base()}).to_string();
    for at in 0..text.len() {
        let report: Report = check_text(&text[..at]);
        for found in &report.diagnostics {
            assert!(
                !found.code.starts_with("import") || found.fixes.is_empty(),
                "at {at}"
            );
        }
    }
    // Wrappers without end.
    let mut deep = base();
    for _ in 0..50 {
        deep = json!({"data": deep});
    }
    assert!(!check(&deep).ok);
}

/// Sixteen times the text: a cost that grows with its square would be 256 times as high.
#[test]
fn no_shape_costs_more_than_its_length() {
    let best = |text: &str| support::timing::best(|| check_text(text));
    let nested = |unit: &str, size: usize| {
        let many = format!("[{}1]", format!("{unit},").repeat(size / unit.len()));
        [
            format!("{{\"data\":{many}}}"),
            format!("{{\"types\":{{\"twilio/text\":{{\"body\":\"x\",\"actions\":{many}}}}}}}"),
            format!("{{\"name\":\"a\",\"components\":[],\"bodyText\":{many}}}"),
            json!({ "data": many }).to_string(),
        ]
    };
    let numbered = |size: usize| {
        let count = size / 32;
        let body: String = (0..count).map(|n| format!("word {{{{v{n}}}}} ")).collect();
        let samples: Value = (0..count).map(|n| (format!("v{n}"), json!("x"))).collect();
        json!({"variables": samples, "types": {"twilio/text": {"body": body}}}).to_string()
    };
    let (small, large) = (numbered(4 * 1024), numbered(64 * 1024));
    let ratio = best(&large) / best(&small);
    assert!(ratio < 128.0, "{ratio}");
    for unit in [
        "{\"a\":1}",
        "\"{\"",
        "[[[]]]",
        "{\"bodyText\":[]}",
        "{\"name\":\"a\",\"components\":[]}",
        "{\"title\":\"{{1}}\",\"url\":\"{{2}}\"}",
    ] {
        let pairs = nested(unit, 4 * 1024)
            .into_iter()
            .zip(nested(unit, 64 * 1024));
        for (small, large) in pairs {
            let ratio = best(&large) / best(&small);
            assert!(ratio < 128.0, "{unit}: {} {ratio}", &small[..60]);
        }
    }
}

/// As pywa's classes and Infobip write them: parts with a place of their own.
#[test]
fn parts_beside_the_name() {
    let own = json!({
        "name": "order_update", "language": "en_US", "category": "UTILITY", "parameter_format": "NAMED",
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": "Good news"},
            {"type": "BODY", "text": "Your order {{order_id}} is on its way.", "example": {"body_text_named_params": [{"param_name": "order_id", "example": "A-17"}]}},
            {"type": "FOOTER", "text": "Acme"},
            {"type": "BUTTONS", "buttons": [{"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+15550051310"}]},
        ],
    });
    let example = own["components"][1]["example"].clone();
    let mut parts = json!({
        "name": "order_update", "language": "en_US", "category": "UTILITY", "parameterFormat": "NAMED",
        "buttons": [{"type": "PHONE_NUMBER", "text": "Call us", "phoneNumber": "+15550051310"}],
        "footer": "Acme",
        "header": {"text": "Good news"},
        "body": {"type": "BODY", "text": "Your order {{order_id}} is on its way.", "example": example},
    });
    becomes(&parts, "import-parts", &own);
    assert!(message(&parts).contains("`components`"));
    parts["header"] = json!("Good news");
    parts["footer"] = json!({"text": "Acme"});
    parts["buttons"] = json!({"type": "BUTTONS", "buttons": parts["buttons"]});
    becomes(&parts, "import-parts", &own);
    let mut inside = json!({"name": "order_update", "language": "en_US", "category": "UTILITY", "parameter_format": "NAMED", "structure": parts});
    for key in ["name", "language", "category", "parameterFormat"] {
        inside["structure"].as_object_mut().unwrap().remove(key);
    }
    becomes(&inside, "import-parts", &own);
    // What lacks something is put into shape, and is for the author to complete.
    let bare = json!({"name": "order_update", "body": "Your order is on its way.", "buttons": [{"title": "Yes"}]});
    let (code, fixed) = imported(&bare);
    assert_eq!(code, "import-parts");
    let (safe, mended) = fixed.unwrap();
    assert!(!safe);
    assert_eq!(
        mended,
        json!({"name": "order_update", "components": [
            {"type": "BODY", "text": "Your order is on its way."},
            {"type": "BUTTONS", "buttons": [{"title": "Yes"}]},
        ]})
    );
    // A member of that name beside components is no such shape, and neither is a body that is none.
    for other in [
        json!({"name": "a", "components": [], "body": "x"}),
        json!({"name": "a", "body": 7}),
        json!({"body": "x"}),
    ] {
        let report = check(&other);
        assert!(
            report.diagnostics.iter().all(|d| d.code != "import-parts"),
            "{other}"
        );
    }
}
