//! What holds for every message, however odd.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use support::kinds::kinds;
use support::templates::{self, json};
use wa_preflight::findings::Options;
use wa_preflight::payload::check_payload;
use wa_preflight::report::Severity;
use wa_preflight::template::Template;
use wa_preflight::text::sanitize_text;

/// Texts with what goes wrong in them.
fn text() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a",
        "A-17",
        " ",
        "     ",
        "\n",
        "\r\n",
        "\t",
        "\u{2028}",
        "\u{b}",
        "📦",
        "é",
        "*b*",
        "_",
        "{{1}}",
        "<b>",
        "\u{200b}",
        "\u{202e}",
        "../",
        "//",
        "%2e%2e",
        "https://x.example/",
        "null",
        "\"",
        "\\",
        "\u{0}",
        "👩‍👩‍👧",
        "می‌خواهم",
        "?",
        "7",
    ]);
    prop_oneof![
        4 => proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => (0usize..1100).prop_map(|n| "x".repeat(n)),
        3 => "[A-Za-z0-9]{1,15}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => text().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => text().prop_map(|t| json!({"currency": {"fallback_value": t, "code": "EUR", "amount_1000": 1000}})),
        1 => text().prop_map(|t| json!({"date_time": {"fallback_value": t, "year": 2026}})),
        1 => text().prop_map(|t| json!({"link": format!("https://cdn.example/{t}.jpg")})),
        1 => text().prop_map(|t| json!({"id": "17", "filename": t})),
    ]
}

fn template() -> impl Strategy<Value = Template> {
    let header = select(vec![
        json!(null),
        json!({"type": "HEADER", "format": "TEXT", "text": "Order {{1}}"}),
        json!({"type": "HEADER", "format": "TEXT", "text": "Order"}),
        json!({"type": "HEADER", "format": "IMAGE"}),
        json!({"type": "HEADER", "format": "DOCUMENT"}),
    ]);
    let body = select(vec![
        "Hello.",
        "Hi {{1}}, thanks.",
        "*{{2}}* and {{1}}, {{1}} again.",
        "Hi {{name}}, {{order}} came.",
    ]);
    let buttons = select(vec![
        json!([]),
        json!([{"type": "QUICK_REPLY", "text": "Yes"}, {"type": "URL", "text": "Go", "url": "https://shop.example/o/{{1}}"}]),
        json!([{"type": "URL", "text": "Go", "url": "https://shop.example{{1}}"}, {"type": "COPY_CODE", "example": "X"}]),
        json!([{"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+33123456789"}]),
    ]);
    (header, body, buttons).prop_map(|(mut header, body, buttons)| {
        if body.contains("{{name}}") && header["format"] == "TEXT" {
            header["text"] = json!("Order {{order}}");
        }
        let mut components = vec![json!({"type": "BODY", "text": body})];
        if !header.is_null() {
            components.insert(0, header);
        }
        if buttons != json!([]) {
            components.push(json!({"type": "BUTTONS", "buttons": buttons}));
        }
        templates::template(&json!({"components": components}))
    })
}

/// A template and a message for it, mostly complete.
fn pair() -> impl Strategy<Value = (Template, String)> {
    let to = select(vec![
        json!("+33612345678"),
        json!("0033 6 12345678"),
        json!("33612345678"),
        json!("x"),
        json!(null),
    ]);
    (
        template(),
        to,
        proptest::collection::vec(value(), 8),
        any::<bool>(),
        text(),
    )
        .prop_map(|(template, to, values, extra, callback)| {
            let mut map = Map::new();
            for (slot, value) in template.slots().iter().zip(values) {
                map.insert(slot.key.clone(), value);
            }
            let mut message = json!({"to": to, "values": map});
            if extra {
                message["callbackData"] = json!(callback);
            }
            (template, json(&message))
        })
}

/// A template of any kind and a message that mostly fits it: some of its values are taken from a fault of the kind, or
/// are anything.
fn kind_pair() -> impl Strategy<Value = (Template, String)> {
    let change = (
        any::<usize>(),
        prop_oneof![Just(None), value().prop_map(Some)],
    );
    let faults = proptest::collection::vec(any::<usize>(), 0..3);
    (
        select(kinds()),
        faults,
        proptest::collection::vec(change, 0..2),
    )
        .prop_map(|(kind, faults, changes)| {
            let mut values = kind.values.clone();
            for fault in faults {
                if let Some((over, _)) = kind.faults.get(fault % kind.faults.len().max(1)) {
                    for (key, value) in over.as_object().unwrap() {
                        values[key] = value.clone();
                    }
                }
            }
            let template = templates::template(&kind.definition);
            let slots = template.slots();
            for (place, value) in changes {
                if let Some(slot) = slots.get(place % slots.len().max(1)) {
                    values[&slot.key] = value.unwrap_or(Value::Null);
                }
            }
            let message = json(&json!({"to": "+33612345678", "values": values}));
            (templates::template(&kind.definition), message)
        })
}

fn any_pair() -> impl Strategy<Value = (Template, String)> {
    prop_oneof![pair(), kind_pair()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_built_passes_the_payload_check((template, message) in any_pair(), sanitize in any::<bool>()) {
        let options = Options::default();
        let Ok(payload) = template.build(&message, &options, sanitize) else { return Ok(()) };
        for report in [template.check_payload(&payload, &options), check_payload(&payload, &options)] {
            let errors: Vec<_> = report.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
            prop_assert!(errors.is_empty(), "{message}\n{payload}\n{errors:#?}");
            prop_assert!(report.complete);
        }
        let parsed: Value = serde_json::from_str(&payload).unwrap();
        prop_assert_eq!(parsed.to_string(), payload, "compact JSON in one order");
    }

    #[test]
    fn building_and_checking_agree((template, message) in any_pair()) {
        let report = template.check(&message, &Options::default());
        prop_assert_eq!(template.build(&message, &Options::default(), false).is_ok(), report.ok && report.complete);
    }

    #[test]
    fn building_sanitized_is_sanitizing_and_building((template, message) in any_pair()) {
        let options = Options::default();
        let sanitized = template.sanitize(&message, &options);
        prop_assert_eq!(
            template.build(&message, &options, true),
            template.build(&sanitized.text(), &options, false)
        );
        prop_assert_eq!(template.sanitize(&sanitized.text(), &options).changes, vec![]);
        if sanitized.changes.is_empty() {
            prop_assert_eq!(sanitized.text(), message);
        }
    }

    #[test]
    fn sanitized_text_has_nothing_left_to_sanitize(text in text(), spaces in 0usize..6) {
        let (clean, changes) = sanitize_text(&text, spaces);
        prop_assert_eq!(sanitize_text(&clean, spaces), (clean.clone(), vec![]));
        prop_assert_eq!(changes.is_empty(), clean == text);
        // The listed changes make the one of the other.
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut rebuilt: Vec<u16> = Vec::new();
        let mut from = 0;
        for change in &changes {
            prop_assert_eq!(String::from_utf16(&units[change.start..change.end]).unwrap(), change.before.clone());
            rebuilt.extend(&units[from..change.start]);
            rebuilt.extend(change.after.encode_utf16());
            from = change.end;
        }
        rebuilt.extend(&units[from..]);
        prop_assert_eq!(String::from_utf16(&rebuilt).unwrap(), clean);
    }

    #[test]
    fn any_text_gives_a_report_and_a_preview(template in template(), text in any::<String>()) {
        let options = Options { source: true, ..Options::default() };
        template.check(&text, &options);
        template.check_payload(&text, &options);
        check_payload(&text, &options);
        template.preview(&text);
        template.sanitize(&text, &options);
        let _ = Template::compile(&text, &options);
    }

    #[test]
    fn any_json_gives_a_report(template in template(), value in any_json()) {
        let options = Options { source: true, ..Options::default() };
        for shaped in [
            value.clone(),
            json!({"to": "+33612345678", "values": value.clone()}),
            json!({"to": "+33612345678", "values": {"body.1": value.clone(), "header.image": value.clone(), "buttons.0": value.clone()}}),
        ] {
            let report = template.check(&json(&shaped), &options);
            prop_assert_eq!(report.ok, report.diagnostics.iter().all(|d| d.severity != Severity::Error));
            template.preview(&json(&shaped));
        }
        for shaped in [
            json!([value.clone()]),
            json!({"type": "template", "template": value.clone()}),
            json!([{"type": "body", "parameters": value.clone()}, {"type": "button", "sub_type": "url", "index": value.clone(), "parameters": [value.clone()]},
                {"type": "header", "parameters": [{"type": "image", "image": value.clone()}]}, {"type": "carousel", "cards": [value.clone()]}]),
        ] {
            template.check_payload(&json(&shaped), &options);
            check_payload(&json(&shaped), &options);
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    let key = select(vec![
        "type",
        "text",
        "link",
        "id",
        "currency",
        "values",
        "to",
        "parameters",
        "body.1",
        "x",
    ]);
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((key.clone(), inner), 0..4).prop_map(|members| Value::from(
                members
                    .into_iter()
                    .map(|(k, v)| (k.to_owned(), v))
                    .collect::<Map<_, _>>()
            )),
        ]
    })
}

/// Size and depth are answered too, and quickly.
#[test]
fn large_inputs_are_judged() {
    let started = std::time::Instant::now();
    let placeholders: String = (1..=10_000).map(|i| format!("{{{{{i}}}}} x ")).collect();
    let template =
        templates::template(&json!({"components": [{"type": "BODY", "text": placeholders}]}));
    assert_eq!(template.parameters().len(), 10_000);
    let values: Map<String, Value> = (1..=10_000)
        .map(|i| (format!("body.{i}"), json!("a\nb")))
        .collect();
    let report = template.check(
        &json(&json!({"to": "+33612345678", "values": values})),
        &Options::default(),
    );
    assert_eq!(
        report
            .diagnostics
            .iter()
            .filter(|d| d.code == "value-newline")
            .count(),
        10_000
    );
    let unknown: Map<String, Value> = (1..=10_000)
        .map(|i| (format!("bodi.{i}"), json!("a")))
        .collect();
    assert!(
        !template
            .check(
                &json(&json!({"to": "+33612345678", "values": unknown})),
                &Options::default()
            )
            .ok
    );
    let parameters: Vec<Value> = (1..=10_000)
        .map(|_| json!({"type": "text", "text": "a"}))
        .collect();
    let report = template.check_payload(
        &json(&json!([{"type": "body", "parameters": parameters}])),
        &Options::default(),
    );
    assert_eq!(
        report
            .diagnostics
            .iter()
            .map(|d| d.code)
            .collect::<Vec<_>>(),
        ["hydrated-too-long"]
    );
    let plain =
        templates::template(&json!({"components": [{"type": "BODY", "text": "Hi {{1}}."}]}));
    for text in [
        "x".repeat(1_000_000),
        "\n".repeat(1_000_000),
        "*a ".repeat(300_000),
        "\u{202e}".repeat(300_000),
    ] {
        let message = json(&json!({"to": "+33612345678", "values": {"body.1": text}}));
        assert!(
            !plain
                .check(
                    &message,
                    &Options {
                        source: true,
                        ..Options::default()
                    }
                )
                .ok
        );
        plain.preview(&message);
        plain.sanitize(&message, &Options::default());
    }
    let deep = format!(
        "{{\"to\":\"+33612345678\",\"values\":{{\"body.1\":{}",
        "[".repeat(10_000)
    );
    assert!(!plain.check(&deep, &Options::default()).ok);
    assert!(!plain.check_payload(&deep, &Options::default()).ok);
    let suffix = templates::template(
        &json!({"components": [{"type": "BODY", "text": "Hi."}, {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Go", "url": "https://shop.example/{{1}}"}]}]}),
    );
    let message = json(
        &json!({"to": "+33612345678", "values": {"buttons.0": format!("%{}", "25".repeat(20_000))}}),
    );
    assert!(!suffix.check(&message, &Options::default()).ok);
    assert!(
        started.elapsed().as_secs() < 120,
        "took {:?}",
        started.elapsed()
    );
}
