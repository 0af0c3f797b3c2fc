//! Definitions with one fault each: the exact code, path and place; and every limit at n and n + 1.

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
use wa_preflight::report::{Severity, fix_to_json, pointer};
use wa_preflight::rules;

#[test]
fn a_plain_definition_is_silent() {
    finds(&base(), &[]);
    let report = check(&base());
    assert!(report.ok && report.complete);
}

#[test]
fn envelope() {
    finds(&with("name", json!("Order")), &["error name-charset /name"]);
    finds(&with("name", json!("")), &["error name-required /name"]);
    finds(&with("name", json!(7)), &["error wrong-type /name"]);
    finds(
        &with("language", json!("en-us")),
        &["error language-unknown /language"],
    );
    for code in ["fil", "prs_AF", "zh_HK", "en"] {
        finds(&with("language", json!(code)), &[]);
    }
    finds(
        &with("language", json!("EN_US")),
        &["error language-unknown /language"],
    );
    finds(&with("category", json!("utility")), &[]);
    finds(
        &with("category", json!("OTP")),
        &["error category-legacy /category"],
    );
    finds(&with("parameter_format", json!("named")), &[]);
    finds(
        &with("components", json!([])),
        &["error components-required /components"],
    );
    finds(
        &with("components", json!({})),
        &["error wrong-type /components"],
    );
    finds(
        &with("componets", json!([])),
        &["warning unknown-key /componets"],
    );
    finds(&with("id", json!("1")), &["warning read-only-field /id"]);
    finds(&json!([]), &["error wrong-type "]);
    assert!(!check(&json!(3)).complete);
}

#[test]
fn lifetimes() {
    for (category, seconds, ok) in [
        ("UTILITY", 29, false),
        ("UTILITY", 30, true),
        ("UTILITY", 43200, true),
        ("UTILITY", 43201, false),
        ("UTILITY", -1, true),
        ("MARKETING", 43199, false),
        ("MARKETING", 43200, true),
        ("MARKETING", 2_592_000, true),
        ("MARKETING", 2_592_001, false),
        ("MARKETING", -1, false),
    ] {
        let mut definition = with("message_send_ttl_seconds", json!(seconds));
        definition["category"] = json!(category);
        assert_eq!(check(&definition).ok, ok, "{category} {seconds}");
    }
}

#[test]
fn a_limit_holds_at_n_and_breaks_at_n_plus_one() {
    // é counts as one character, the emoji as one too: code points, not bytes or UTF-16 units.
    let text = |unit: &str, n: usize| format!("Go {}", unit.repeat(n - 3));
    type Make = Box<dyn Fn(usize) -> Value>;
    let cases: Vec<(&str, usize, Make)> = vec![
        (
            "name-max",
            512,
            Box::new(|n| with("name", json!("a".repeat(n)))),
        ),
        (
            "header-text-max",
            60,
            Box::new(move |n| header(&text("é", n))),
        ),
        (
            "body-max",
            1024,
            Box::new(move |n| components(vec![body(&text("é", n))])),
        ),
        (
            "footer-max",
            60,
            Box::new(move |n| {
                components(vec![
                    body("It comes."),
                    json!({"type": "FOOTER", "text": text("字", n)}),
                ])
            }),
        ),
        (
            "body-emoji-max",
            10,
            Box::new(|n| components(vec![body(&format!("It comes {} now", "👨‍👩‍👧".repeat(n)))])),
        ),
        (
            "body-newlines",
            2,
            Box::new(|n| components(vec![body(&format!("It{}comes", "\n".repeat(n)))])),
        ),
        ("buttons-total", 10, Box::new(|n| buttons(json!(quick(n))))),
        (
            "button-text-max",
            25,
            Box::new(|n| buttons(json!([{"type": "QUICK_REPLY", "text": "é".repeat(n)}]))),
        ),
        (
            "button-url-max",
            2000,
            Box::new(|n| {
                buttons(
                    json!([{"type": "URL", "text": "Go", "url": format!("https://example.com/{}", "a".repeat(n - 20))}]),
                )
            }),
        ),
        (
            "button-phone",
            20,
            Box::new(|n| {
                buttons(
                    json!([{"type": "PHONE_NUMBER", "text": "Go", "phone_number": "1".repeat(n)}]),
                )
            }),
        ),
        (
            "button-copy-code-max",
            20,
            Box::new(|n| buttons(json!([{"type": "COPY_CODE", "example": "A".repeat(n)}]))),
        ),
        (
            "button-copy-code-old-max",
            15,
            Box::new(|n| buttons(json!([{"type": "COPY_CODE", "example": "A".repeat(n)}]))),
        ),
        (
            "buttons-count",
            2,
            Box::new(|n| {
                buttons(json!((0..n).map(|i| json!({"type": "URL", "text": format!("U{i}"), "url": "https://example.com"})).collect::<Vec<_>>()))
            }),
        ),
        (
            "buttons-count",
            1,
            Box::new(|n| {
                buttons(json!((0..n).map(|i| json!({"type": "PHONE_NUMBER", "text": format!("P{i}"), "phone_number": "+15550051310"})).collect::<Vec<_>>()))
            }),
        ),
        (
            "buttons-count",
            1,
            Box::new(|n| {
                buttons(json!(
                    (0..n)
                        .map(|_| json!({"type": "COPY_CODE", "example": "A1"}))
                        .collect::<Vec<_>>()
                ))
            }),
        ),
        (
            "body-spaces-tabs",
            4,
            Box::new(|n| components(vec![body(&format!("It{}comes", " ".repeat(n)))])),
        ),
    ];
    for (code, max, make) in cases {
        let has = |n| check(&make(n)).diagnostics.iter().any(|d| d.code == code);
        assert!(!has(max), "{code} speaks at {max}");
        assert!(has(max + 1), "{code} is silent at {}", max + 1);
    }
}

#[test]
fn measures_feed_every_counter() {
    let mut definition = header("Good news");
    definition["components"]
        .as_array_mut()
        .unwrap()
        .push(json!({"type": "BUTTONS", "buttons": quick(2)}));
    let measures: Vec<String> = check(&definition)
        .measures
        .iter()
        .map(|m| {
            format!(
                "{} {} {}/{}",
                pointer(&m.path),
                m.limit.row().name,
                m.used,
                m.max
            )
        })
        .collect();
    assert_eq!(
        measures,
        [
            "/name nameChars 12/512",
            "/components/0/text headerChars 9/60",
            "/components/1/text bodyChars 25/1024",
            "/components/1/text bodyEmojis 0/10",
            "/components/2/buttons buttons 2/10",
            "/components/2/buttons quickReplyButtons 2/10",
            "/components/2/buttons/0/text buttonChars 7/25",
            "/components/2/buttons/1/text buttonChars 7/25",
        ]
    );
}

#[test]
fn headers() {
    finds(
        &header("Good *news*"),
        &["error header-text-clean /components/0/text"],
    );
    finds(
        &header("Good\nnews 🎉"),
        &[
            "error header-text-clean /components/0/text",
            "error header-text-clean /components/0/text",
        ],
    );
    // Signs that are drawn as text are no emojis.
    finds(&header("Acme® Café™ № 5 — “new”"), &[]);
    let sampled = |text: &str, samples: &[&str]| {
        components(vec![
            json!({"type": "header", "format": "text", "text": text, "example": {"header_text": samples}}),
            body("Your order is on its way."),
        ])
    };
    finds(&sampled("{{1}}, seu horário chegou", &["Ana"]), &[]);
    finds(&sampled("Olá, {{1}}!", &["Ana"]), &[]);
    finds(
        &sampled("{{1}} and {{2}}", &["a", "b"]),
        &["error header-text-one-var /components/0/text"],
    );
    finds(
        &sampled("Hi {{2}}", &["a"]),
        &["error var-positional-sequence /components/0/text"],
    );
    finds(
        &header("Hi {{1}}"),
        &["error example-required /components/0"],
    );
    let media = |example: Value| {
        components(vec![
            json!({"type": "HEADER", "format": "image", "example": example}),
            body("Your order is on its way."),
        ])
    };
    finds(&media(json!({"header_handle": ["4::aW"]})), &[]);
    finds(
        &media(json!({"header_handle": ["HTTPS://example.com/a.png"]})),
        &["error header-media-no-url /components/0/example/header_handle/0"],
    );
    finds(
        &media(json!({"header_url": "https://example.com/a.png"})),
        &["error header-media-no-url /components/0/example/header_url"],
    );
    finds(
        &media(json!({})),
        &["error header-media-example /components/0"],
    );
}

#[test]
fn bodies() {
    let one = |text: &str, samples: &[&str]| components(vec![body_with(text, samples)]);
    let at = "/components/0/text";
    finds(&one("Your order {{1}} is on its way.", &["A-17"]), &[]);
    finds(
        &one("{{1}} is on its way to you", &["A"]),
        &[&format!("error body-leading-var {at}")],
    );
    finds(
        &one("On its way to you is {{1}}", &["A"]),
        &[&format!("error body-trailing-var {at}")],
    );
    finds(
        &one("On its way to you is {{1}}.", &["A"]),
        &[&format!("warning body-edge-punctuation {at}")],
    );
    finds(
        &one("Dear {{1}} {{2}} your order is on its way", &["A", "B"]),
        &[&format!("warning body-adjacent-vars {at}")],
    );
    // Five words for two placeholders are enough, four are not.
    finds(
        &one("Hello {{1}}, welcome to our {{2}} test.", &["a", "b"]),
        &[],
    );
    finds(
        &one("Hello {{1}}, welcome our {{2}} test.", &["a", "b"]),
        &[&format!("error body-variable-ratio {at}")],
    );
    // One placeholder that stands twice is one variable.
    finds(
        &one("Hi {{1}}, thanks again {{1}} bye", &["a"]),
        &[&format!("warning var-repeat {at}")],
    );
    let mut thai = one("สวัสดี {{1}} ครับ", &["a"]);
    thai["language"] = json!("th");
    finds(&thai, &[&format!("warning body-variable-ratio {at}")]);
    finds(
        &components(vec![body("Your order {{1} is on its way.")]),
        &[&format!("error var-braces {at}")],
    );
    finds(
        &components(vec![body("Your order {{{1}}} is on its way.")]),
        &[&format!("error var-braces {at}")],
    );
    finds(
        &components(vec![body("Smile :-} or {see} this")]),
        &[&format!("warning var-braces {at}")],
    );
    finds(
        &one("Your {{2}} order {{1}} is surely on its way.", &["a", "b"]),
        &[&format!("warning var-positional-order {at}")],
    );
    finds(
        &one(
            "Your order {{1}} and the other {{1}} are on its way.",
            &["a"],
        ),
        &[&format!("warning var-repeat {at}")],
    );
    finds(
        &components(vec![body("Your order \u{202e}is on its way.")]),
        &[&format!("error text-bidi {at}")],
    );
    finds(
        &components(vec![json!({"type": "FOOTER", "text": "x"})]),
        &["error body-required /components"],
    );
}

#[test]
fn samples_in_every_shape() {
    let example = |text: &str, example: Value| {
        components(vec![
            json!({"type": "BODY", "text": text, "example": example}),
        ])
    };
    let one = "Your order {{1}} is on its way.";
    let two = "Your order {{1}} comes with {{2}} on the way.";
    finds(
        &example(one, json!({"body_text": ["a"]})),
        &["warning example-flat /components/0/example/body_text"],
    );
    finds(
        &example(one, json!({"body_text": "a"})),
        &["warning example-flat /components/0/example/body_text"],
    );
    finds(
        &example(two, json!({"body_text": ["a", "b"]})),
        &["error example-shape /components/0/example/body_text"],
    );
    finds(
        &example(two, json!({"body_text": [["a"], ["b"]]})),
        &["error example-shape /components/0/example/body_text"],
    );
    finds(
        &example(two, json!({"body_text": [["a"]]})),
        &["error example-count /components/0/example/body_text"],
    );
    finds(
        &example(two, json!({"body_text": [["a", ""]]})),
        &["error example-empty /components/0/example/body_text/0/1"],
    );
    finds(
        &example(two, json!({"body_text": [["a", 3]]})),
        &["error wrong-type /components/0/example/body_text/0/1"],
    );
    let mut named = example(
        "Your order {{order_id}} is on its way.",
        json!({"body_text_named_params": [{"param_name": "order_id", "example": "A"}]}),
    );
    named["parameter_format"] = json!("NAMED");
    finds(&named, &[]);
    named["components"][0]["example"]["body_text_named_params"][0]["param_name"] =
        json!("{{order_id}}");
    finds(
        &named,
        &["error var-type-param-name /components/0/example/body_text_named_params/0/param_name"],
    );
}

#[test]
fn every_button_combination_of_metas_page() {
    let qr = json!({"type": "QUICK_REPLY", "text": "Reply"});
    let qr2 = json!({"type": "QUICK_REPLY", "text": "Other"});
    let url = json!({"type": "URL", "text": "Shop", "url": "https://example.com"});
    let phone = json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550051310"});
    for good in [
        json!([qr, qr2]),
        json!([qr, qr2, url, phone]),
        json!([url, phone, qr, qr2]),
    ] {
        assert!(check(&buttons(good.clone())).ok, "{good}");
    }
    for bad in [json!([qr, url, qr2]), json!([url, qr, phone])] {
        let codes = found(&check(&buttons(bad.clone())));
        assert!(
            codes.contains(&"error buttons-grouping /components/1/buttons/2".to_owned()),
            "{bad}: {codes:?}"
        );
    }
}

#[test]
fn button_members() {
    let at = "/components/1/buttons/0";
    let one = |button: Value| buttons(json!([button]));
    finds(&one(json!({"type": "quick_reply", "text": "Thanks"})), &[]);
    finds(
        &one(json!({"type": "QUICK_REPLY", "text": "Hi {{1}}"})),
        &[&format!("error button-text-clean {at}/text")],
    );
    finds(
        &one(json!({"type": "QUICK_REPLY", "text": "Hi", "payload": "x"})),
        &[&format!("error unexpected-field {at}/payload")],
    );
    finds(
        &one(json!({"type": "QUICK_REPLI", "text": "Hi"})),
        &[&format!("error button-type-misspelled {at}/type")],
    );
    finds(
        &one(json!({"type": "REMINDER", "text": "Hi"})),
        &[&format!("warning button-type-unknown {at}/type")],
    );
    let url = |url: &str| {
        one(json!({"type": "URL", "text": "Go", "url": url, "example": ["https://example.com/a"]}))
    };
    finds(&url("https://example.com/{{1}}"), &[]);
    finds(
        &url("https://example.com{{1}}"),
        &[&format!("warning button-url-bare-domain {at}/url")],
    );
    finds(
        &url("https://example.com/{{1}}/x"),
        &[&format!("error button-url-one-var {at}/url")],
    );
    finds(
        &url("{{1}}"),
        &[&format!("error button-url-required {at}/url")],
    );
    finds(
        &url("ftp://example.com/{{1}}"),
        &[&format!("error button-url-required {at}/url")],
    );
    finds(
        &url("https://wa.me/{{1}}"),
        &[&format!("error button-url-no-whatsapp {at}/url")],
    );
    finds(
        &one(json!({"type": "URL", "text": "Go", "url": "https://bücher.example/ü"})),
        &[],
    );
    finds(
        &one(json!({"type": "PHONE_NUMBER", "text": "Go", "phone_number": "+1 (555) 005-1310"})),
        &[&format!("error button-phone {at}/phone_number")],
    );
    finds(
        &one(json!({"type": "COPY_CODE", "text": "Copy", "example": "A"})),
        &[
            "warning kind-category /category",
            &format!("error unexpected-field {at}/text"),
        ],
    );
}

#[test]
fn what_is_unknown_says_so() {
    let report = check(&components(vec![
        body("Your order is on its way."),
        json!({"type": "HOLOGRAM"}),
    ]));
    assert!(report.ok && !report.complete);
    let report = check(&buttons(json!([{"type": "POSTBACK", "text": "Go"}])));
    assert!(!report.ok && !report.complete);
}

#[test]
fn places_are_utf16_in_the_string_and_in_the_text() {
    let text = r#"{"name":"order_update","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"🚚 \u00e9\n\ud83d\ude00 {1} é is on its way"}]}"#;
    let report = check_text(text);
    let finding = report
        .diagnostics
        .iter()
        .find(|d| d.code == "var-braces")
        .unwrap();
    let decoded: Vec<u16> = "🚚 é\n😀 {1} é is on its way".encode_utf16().collect();
    let span = finding.span.unwrap();
    assert_eq!(
        String::from_utf16(&decoded[span.start..span.end]).unwrap(),
        "{1}"
    );
    let source: Vec<u16> = text.encode_utf16().collect();
    let at = finding.source.unwrap();
    assert_eq!(
        String::from_utf16(&source[at.start..at.end]).unwrap(),
        "{1}"
    );
    // Objects have no text to point into.
    assert!(
        check_template(text, &Options::default())
            .diagnostics
            .iter()
            .all(|d| d.source.is_none())
    );
}

#[test]
fn half_typed_text_is_judged_as_far_as_it_goes() {
    let report = check_text(
        r#"{"name":"Order","language":"en","category":"UTILITY","components":[{"type":"BODY","text":"Your or"#,
    );
    assert_eq!(
        found(&report),
        [
            "error name-charset /name",
            "error text-not-json ",
            "error text-not-json "
        ]
    );
    assert!(!report.complete);
    let report = check_text(r#"{"name":"order","lang"#);
    assert!(
        report
            .diagnostics
            .iter()
            .all(|d| d.code != "category-required"),
        "what is still coming is not missing"
    );
}

#[test]
fn several_faults_are_all_found_in_document_order() {
    let definition = json!({
        "name": "Bad Name", "language": "xx", "category": "NEWS",
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": "*Hi*"},
            {"type": "BODY", "text": "{{1}}\n\n\n{{3}}"},
            {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Shop now and save a lot today", "url": "shop"}]},
        ],
    });
    let report = check(&definition);
    let errors: Vec<&str> = report
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .map(|d| d.code)
        .collect();
    assert_eq!(
        errors,
        [
            "name-charset",
            "language-unknown",
            "category-unknown",
            "header-text-clean",
            "example-required",
            "body-leading-var",
            "body-not-only-vars",
            "body-newlines",
            "body-trailing-var",
            "var-positional-sequence",
            "button-text-max",
            "button-url-required",
        ]
    );
}

#[test]
fn the_callers_policy_wins_over_a_severity_that_depends_on_the_case() {
    let mut options = Options::default();
    options
        .policy
        .insert(rules::BODY_RATIO.index(), Some(Severity::Error));
    options
        .policy
        .insert(rules::VAR_REPEATED.index(), Some(Severity::Info));
    let mut thai = components(vec![body_with("สวัสดี {{1}} ครับ", &["Ana"])]);
    thai["language"] = json!("th");
    let severity = |definition: &Value, options: &Options, code: &str| {
        let report = check_template(&definition.to_string(), options);
        let found = report.diagnostics.iter().find(|d| d.code == code).unwrap();
        found.severity
    };
    let usual = Options::default();
    let ratio = "body-variable-ratio";
    assert_eq!(severity(&thai, &usual, ratio), Severity::Warning);
    assert_eq!(severity(&thai, &options, ratio), Severity::Error);
    let mut twice = components(vec![
        json!({"type": "BODY", "text": "Hi {{a}} and hello {{a}} to you and yours.",
            "example": {"body_text_named_params": [{"param_name": "a", "example": "x"}]}}),
    ]);
    twice["parameter_format"] = json!("NAMED");
    assert_eq!(severity(&twice, &usual, "var-repeat"), Severity::Error);
    assert_eq!(severity(&twice, &options, "var-repeat"), Severity::Info);
}

#[test]
fn a_fix_is_offered_only_where_it_mends() {
    let fixes = |definition: &Value, code: &str| {
        let report = check(definition);
        let found = report.diagnostics.iter().find(|d| d.code == code).unwrap();
        found.fixes.clone()
    };
    let named = components(vec![body("Hi {{name}}, your order is on its way.")]);
    assert_eq!(fixes(&named, "var-no-mixing").len(), 1);
    let mixed = components(vec![body(
        "Hi {{1}}, dear {{name}}, your order is on its way.",
    )]);
    assert_eq!(fixes(&mixed, "var-no-mixing"), []);

    for (text, kind, example) in [
        (
            "Hi {{1}}, your order is on its way.",
            "BODY",
            json!(["Ana"]),
        ),
        ("Hi {{1}}, your order is on its way.", "BODY", json!("Ana")),
        ("Hi {{1}}", "HEADER", json!(["Ana"])),
    ] {
        let part = json!({"type": kind, "format": "TEXT", "text": text, "example": example});
        let definition = if kind == "BODY" {
            let mut part = part;
            part.as_object_mut().unwrap().remove("format");
            components(vec![part])
        } else {
            components(vec![part, body("Your order is on its way.")])
        };
        let fix = fix_to_json(&fixes(&definition, "example-shape")[0]);
        let mended = wa_preflight::fix::apply_fix(&definition.to_string(), &fix).unwrap();
        assert_eq!(found(&check_text(&mended)), [""; 0], "{mended}");
    }
}

#[test]
fn half_a_character_is_found_at_its_place() {
    let place = |text: &str| {
        let report = check_text(text);
        let found = report
            .diagnostics
            .iter()
            .find(|d| d.code == "lone-surrogate")
            .unwrap();
        pointer(&found.path)
    };
    assert_eq!(
        place(r#"{"components": [{"type": "BODY"}, {"type": "BODY", "text": "Hi \ud83d"}]}"#),
        "/components/1/text"
    );
    assert!(place(r#"{"a": 1, "b\ud83d": 2}"#).starts_with("/b"));
    assert_eq!(place(r#""\ud83d""#), "");
}

#[test]
fn a_fix_names_items_as_json_pointers_do() {
    let text = r#"{"a": [1, [2]]}"#;
    let removed = |path: &str| {
        let fix = json!({"title": "", "safe": true, "patch": [{"op": "remove", "path": path}]});
        wa_preflight::fix::apply_fix(text, &fix.to_string()).ok()
    };
    assert_eq!(removed("/a/0").as_deref(), Some(r#"{"a": [[2]]}"#));
    assert_eq!(removed("/a/1/0").as_deref(), Some(r#"{"a": [1, []]}"#));
    for path in [
        "/a/00", "/a/+0", "/a/-0", "/a/", "/a/2", "/a/01/0", "/a/+1/0",
    ] {
        assert_eq!(removed(path), None, "{path}");
    }
}
