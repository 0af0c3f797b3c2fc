//! What holds for any input: a report, the same each time, in order, with places inside the text; and
//! no shape of input that costs more than its length.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::fix::apply_fix;
use wa_preflight::json::find;
use wa_preflight::report::{Report, fix_to_json, pointer};

fn options() -> Options {
    Options {
        source: true,
        ..Options::default()
    }
}

/// A definition with everything in it.
fn rich() -> String {
    json!({
        "name": "spring_sale", "language": "pt_BR", "category": "MARKETING", "parameter_format": "NAMED",
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": "Olá {{first_name}} 👋", "example": {"header_text_named_params": [{"param_name": "first_name", "example": "Ana"}]}},
            {"type": "BODY", "text": "Nossa *promoção* começa {{start_date}}\n\naté {{end}} ou acabar.", "example": {"body_text_named_params": [{"param_name": "start_date", "example": "1\u{ba}"}, {"param_name": "end", "example": "9"}]}},
            {"type": "FOOTER", "text": "Responda \"PARAR\" para sair"},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Sim\n"}, {"type": "URL", "text": "Ver", "url": "https://example.com/{{code}}", "example": ["https://example.com/x"]}, {"type": "COPY_CODE", "example": "A1"}]},
        ],
    })
    .to_string()
}

#[track_caller]
fn sound(text: &str, report: &Report) {
    let units = text.encode_utf16().count();
    let mut last = 0;
    for diagnostic in &report.diagnostics {
        let source = diagnostic.source.expect("text was checked");
        assert!(
            source.start <= source.end && source.end <= units,
            "{} points outside: {source:?}",
            diagnostic.code
        );
        assert!(
            source.start >= last || diagnostic.span.is_some(),
            "{} is out of order",
            diagnostic.code
        );
        last = last.max(source.start);
        if let Some(span) = diagnostic.span {
            let parsed = wa_preflight::json::parse(text);
            let node = find(parsed.root.as_ref().unwrap(), &pointer(&diagnostic.path))
                .expect("the path is there");
            let length = node
                .as_str()
                .expect("a span is in a text")
                .encode_utf16()
                .count();
            assert!(
                span.start <= span.end && span.end <= length,
                "{}: {span:?} of {length}",
                diagnostic.code
            );
        }
        assert!(!diagnostic.message.is_empty());
        for fix in &diagnostic.fixes {
            let fix = fix_to_json(fix);
            assert!(
                apply_fix(text, &fix).is_ok(),
                "{}: {fix} does not apply",
                diagnostic.code
            );
        }
    }
    assert_eq!(
        report.ok,
        report
            .diagnostics
            .iter()
            .all(|d| d.severity != wa_preflight::report::Severity::Error)
    );
}

#[test]
fn every_prefix_of_a_definition_gives_a_report() {
    let text = rich();
    for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        let report = check_template(&text[..at], &options());
        sound(&text[..at], &report);
        assert_eq!(report.complete, at == text.len(), "at {at}");
    }
}

#[test]
fn every_lost_or_doubled_character_gives_a_report() {
    let text = rich();
    let places: Vec<usize> = (0..text.len())
        .filter(|at| text.is_char_boundary(*at))
        .collect();
    for at in places {
        let c = text[at..].chars().next().unwrap();
        let lost = format!("{}{}", &text[..at], &text[at + c.len_utf8()..]);
        sound(&lost, &check_template(&lost, &options()));
        let doubled = format!("{}{c}{}", &text[..at], &text[at..]);
        sound(&doubled, &check_template(&doubled, &options()));
    }
}

/// Values of every type in every place of a definition.
#[test]
fn every_value_in_every_place_gives_a_report() {
    let strange = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(""),
        json!("{{"),
        json!([]),
        json!([[[]]]),
        json!({}),
        json!({"a": {"b": 1}}),
    ];
    let whole: Value = serde_json::from_str(&rich()).unwrap();
    let mut places = Vec::new();
    collect(&whole, String::new(), &mut places);
    for place in &places {
        for value in &strange {
            let mut changed = whole.clone();
            *changed.pointer_mut(place).unwrap() = value.clone();
            let text = changed.to_string();
            sound(&text, &check_template(&text, &options()));
        }
    }
    assert!(places.len() > 40);
}

fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    places.push(at.clone());
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(k, v)| collect(v, format!("{at}/{k}"), places)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(i, v)| collect(v, format!("{at}/{i}"), places)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn any_text_gives_the_same_report_twice(text in "\\PC{0,200}") {
        let report = check_template(&text, &options());
        sound(&text, &report);
        prop_assert_eq!(report, check_template(&text, &options()));
    }

    #[test]
    fn any_body_text_gives_a_report(body in "[a-z{}0-9 \n*_~👋é.,\u{202e}\u{200d}]{0,80}") {
        let text = json!({"name": "a", "language": "en", "category": "UTILITY", "components": [{"type": "BODY", "text": body}]}).to_string();
        sound(&text, &check_template(&text, &options()));
    }

    #[test]
    fn any_url_gives_a_report(url in "(https?://)?[a-z.@:/{}1?#% \\\\é-]{0,60}") {
        let text = json!({"name": "a", "language": "en", "category": "UTILITY", "components": [{"type": "BODY", "text": "Hello there"}, {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Go", "url": url}]}]}).to_string();
        sound(&text, &check_template(&text, &options()));
    }
}

fn shape(name: &str, size: usize) -> String {
    let fill = |unit: &str| unit.repeat(size / unit.len());
    let body = |text: String| {
        json!({"name": "a", "language": "en", "category": "UTILITY", "components": [{"type": "BODY", "text": text}]}).to_string()
    };
    match name {
        "open brackets" => fill("["),
        "open objects" => fill("{\"a\":"),
        "quotes" => fill("\""),
        "line breaks in a text" => format!("\"{}\"", fill("\n")),
        "backslashes" => format!("\"{}", fill("\\")),
        "open braces" => body(fill("{{")),
        "placeholders" => body(fill("{{1}} ")),
        "repeated keys" => format!("{{{}\"z\":1}}", fill("\"a\":1,")),
        "unknown keys" => format!(
            "{{{}\"z\":1}}",
            (0..size / 12)
                .map(|i| format!("\"k{i:06}\":1,"))
                .collect::<String>()
        ),
        "buttons" => format!(
            "{{\"components\":[{{\"type\":\"BUTTONS\",\"buttons\":[{}1]}}]}}",
            fill("{\"type\":\"URL\"},")
        ),
        "components" => format!("{{\"components\":[{}1]}}", fill("{\"type\":\"BODY\"},")),
        "emojis" => body(fill("👨\u{200d}👩\u{200d}👧")),
        "strange signs" => fill("~"),
        other => panic!("{other}"),
    }
}

/// Twice the text costs at most two and a half times the time, in one process, best of several runs.
#[test]
fn no_shape_costs_more_than_its_length() {
    let shapes = [
        "open brackets",
        "open objects",
        "quotes",
        "line breaks in a text",
        "backslashes",
        "open braces",
        "placeholders",
        "repeated keys",
        "unknown keys",
        "buttons",
        "components",
        "emojis",
        "strange signs",
    ];
    let best = |text: &str| -> Duration {
        (0..3)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(check_template(text, &options()));
                start.elapsed()
            })
            .min()
            .unwrap()
    };
    for name in shapes {
        let (half, whole) = (shape(name, 32 * 1024), shape(name, 64 * 1024));
        // A machine under load can disturb one measurement, not five in a row.
        let mut ratios = Vec::new();
        while ratios.len() < 5 && ratios.iter().all(|r| *r >= 2.5) {
            ratios.push(best(&whole).as_secs_f64() / best(&half).as_secs_f64());
        }
        assert!(
            ratios.iter().any(|r| *r < 2.5),
            "{name}: {ratios:.2?} times the time for twice the text"
        );
    }
}
