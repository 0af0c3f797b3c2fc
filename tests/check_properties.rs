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
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use support::fixtures::{self, Fixture};
use support::mutate::{places, renamed, replaced, without};
use wa_preflight::check::check_template;
use wa_preflight::findings::{Options, Previous};
use wa_preflight::fix::apply_fix;
use wa_preflight::json::find;
use wa_preflight::report::{Diagnostic, Report, Severity, fix_to_json, pointer};

fn options() -> Options {
    Options {
        source: true,
        ..Options::default()
    }
}

/// The ways in which a definition can be judged: as a new one, as one read back, as an edit.
fn ways(previous: &Value) -> [Options; 3] {
    [
        options(),
        Options {
            readback: true,
            ..options()
        },
        edit_of(previous.to_string()),
    ]
}

fn edit_of(previous: String) -> Options {
    let status = "APPROVED".to_owned();
    Options {
        edit: Some(Previous { previous, status }),
        ..options()
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

/// Whether a place in UTF-16 is inside the units and between two characters.
fn is_boundary(units: &[u16], at: usize) -> bool {
    let high = |unit: u16| (0xd800..0xdc00).contains(&unit);
    let low = |unit: u16| (0xdc00..0xe000).contains(&unit);
    let inside = at > 0 && at < units.len() && high(units[at - 1]) && low(units[at]);
    at <= units.len() && !inside
}

/// What a report must keep and did not: what, and by which text.
type Faults = BTreeMap<String, String>;

/// Holds a report to what every report keeps.
fn sound(text: &str, report: &Report, faults: &mut Faults) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let parsed = wa_preflight::json::parse(text);
    let is_json = serde_json::from_str::<Value>(text).is_ok();
    let mut last = 0;
    for diagnostic in &report.diagnostics {
        let code = diagnostic.code;
        let mut must = |holds: bool, what: &str| {
            if !holds {
                faults
                    .entry(format!("{code}: {what}"))
                    .or_insert_with(|| text.to_owned());
            }
        };
        let source = diagnostic.source.expect("text was checked");
        let ordered = source.start <= source.end;
        must(
            ordered && is_boundary(&units, source.start) && is_boundary(&units, source.end),
            "its place is outside the text, or inside a character",
        );
        // Those inside a text stand behind those at the whole of it, in the order of their spans.
        must(source.start >= last, "it is out of order");
        if diagnostic.span.is_none() {
            last = source.start;
        }
        if let Some(root) = &parsed.root {
            let node = find(root, &pointer(&diagnostic.path));
            let owner = diagnostic.path.split_last().map_or(&[][..], |(_, up)| up);
            must(
                node.is_some() || find(root, &pointer(owner)).is_some(),
                "its path leads nowhere",
            );
            if let Some(span) = diagnostic.span {
                let text = node.and_then(|node| node.as_str());
                let units: Vec<u16> = text.unwrap_or_default().encode_utf16().collect();
                must(
                    text.is_some() && span.start <= span.end,
                    "its span is in no text",
                );
                must(
                    is_boundary(&units, span.start) && is_boundary(&units, span.end),
                    "its span is outside the text, or inside a character",
                );
            }
        }
        must(!diagnostic.message.is_empty(), "it says nothing");
        for fix in &diagnostic.fixes {
            let fixed = apply_fix(text, &fix_to_json(fix));
            let title = &fix.title;
            must(fixed.is_ok(), &format!("`{title}` does not apply"));
            let kept =
                !is_json || fixed.is_ok_and(|fixed| serde_json::from_str::<Value>(&fixed).is_ok());
            must(kept, &format!("`{title}` leaves no JSON"));
        }
    }
    assert_eq!(report.ok, !report.diagnostics.iter().any(is_error));
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

fn count(report: &Report, code: &str) -> usize {
    report.diagnostics.iter().filter(|d| d.code == code).count()
}

/// Every safe fix takes its finding away and brings none (of what is more than good to know).
fn mends(text: &str, report: &Report, options: &Options, faults: &mut Faults) {
    for diagnostic in &report.diagnostics {
        for fix in diagnostic.fixes.iter().filter(|fix| fix.safe) {
            let Ok(fixed) = apply_fix(text, &fix_to_json(fix)) else {
                continue;
            };
            let code = diagnostic.code;
            let title: String = fix.title.split('`').step_by(2).collect();
            let example = || format!("{text}\n  became {fixed}");
            let after = check_template(&fixed, options);
            if count(&after, code) >= count(report, code) {
                faults
                    .entry(format!("{code}: still there after `{title}`"))
                    .or_insert_with(example);
            }
            for now in after
                .diagnostics
                .iter()
                .filter(|d| d.severity != Severity::Info)
            {
                // A text within its limit at last may still be beyond it in another unit.
                let was_long = report.diagnostics.iter().any(|d| d.code.ends_with("-max"));
                if was_long && matches!(now.code, "char-unit" | "emoji-unit") {
                    continue;
                }
                if count(&after, now.code) > count(report, now.code) {
                    faults
                        .entry(format!("{code}: `{title}` brings {}", now.code))
                        .or_insert_with(example);
                }
            }
        }
    }
}

/// Judges a value in every way and holds the reports to what all reports keep.
fn holds(value: &Value, ways: &[Options], faults: &mut Faults) {
    let text = value.to_string();
    for options in ways {
        let report = check_template(&text, options);
        sound(&text, &report, faults);
        mends(&text, &report, options, faults);
    }
}

/// Judges a text and holds the report to what all reports keep.
fn holds_text(text: &str, options: &Options, faults: &mut Faults) {
    sound(text, &check_template(text, options), faults);
}

#[track_caller]
fn none(faults: &Faults) {
    let lines: Vec<String> = faults
        .iter()
        .map(|(what, by)| format!("{what}\n  by {by}"))
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        lines.join("\n")
    );
}

#[test]
fn every_prefix_of_a_definition_gives_a_report() {
    let mut faults = Faults::new();
    let text = rich();
    for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        let report = check_template(&text[..at], &options());
        sound(&text[..at], &report, &mut faults);
        assert_eq!(report.complete, at == text.len(), "at {at}");
    }
    none(&faults);
}

#[test]
fn every_lost_or_doubled_character_gives_a_report() {
    let mut faults = Faults::new();
    let text = rich();
    let places: Vec<usize> = (0..text.len())
        .filter(|at| text.is_char_boundary(*at))
        .collect();
    for at in places {
        let c = text[at..].chars().next().unwrap();
        let lost = format!("{}{}", &text[..at], &text[at + c.len_utf8()..]);
        holds_text(&lost, &options(), &mut faults);
        let doubled = format!("{}{c}{}", &text[..at], &text[at..]);
        holds_text(&doubled, &options(), &mut faults);
    }
    none(&faults);
}

/// The same for one of every kind, at every seventh place.
#[test]
fn a_prefix_of_any_kind_gives_a_report() {
    let mut faults = Faults::new();
    for (number, fixture) in fixtures::definitions().iter().enumerate() {
        let text = fixture.value.to_string();
        let places = (number % 7..text.len()).step_by(7);
        for at in places.filter(|at| text.is_char_boundary(*at)) {
            holds_text(&text[..at], &fixture.options(), &mut faults);
        }
    }
    none(&faults);
}

/// What is still being typed is not missing: nothing is said of a part that the text ends in, but that it ends.
#[test]
fn half_a_valid_definition_has_no_error_but_its_end() {
    let mut noise = std::collections::BTreeSet::new();
    for fixture in fixtures::definitions() {
        let text = fixture.value.to_string();
        for at in (1..text.len()).filter(|at| text.is_char_boundary(*at)) {
            let report = check_template(&text[..at], &fixture.options());
            let early = report.diagnostics.iter().filter(|d| is_error(d));
            for diagnostic in early.filter(|d| !HALF.contains(&d.code)) {
                let end = text[..at].char_indices().rev().take(24).last().unwrap().0;
                noise.insert(format!(
                    "{} in {} behind `{}`",
                    diagnostic.code,
                    fixture.name,
                    &text[end..at]
                ));
            }
        }
    }
    assert!(
        noise.is_empty(),
        "{}",
        noise.into_iter().collect::<Vec<_>>().join("\n")
    );
}

/// What may be said of half a text: that it ends.
const HALF: &[&str] = &["text-not-json"];

/// Values of every type in every place of every kind of definition; every node lost, every key another.
#[test]
fn every_change_of_one_node_gives_a_report() {
    let strange = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(""),
        json!("{{"),
        json!("Hi {{1}} 👋"),
        json!([]),
        json!([[[]]]),
        json!({}),
        json!({"a": {"b": 1}}),
    ];
    let (mut tried, mut faults) = (0, Faults::new());
    for fixture in fixtures::definitions() {
        let whole = &fixture.value;
        let ways = ways(whole);
        holds(whole, &ways, &mut faults);
        for place in places(whole) {
            let lost = without(whole, &place);
            let other = renamed(whole, &place, "typo");
            let twice = renamed(whole, &place, "type");
            let strange = strange.iter().map(|v| replaced(whole, &place, v.clone()));
            let changed = [lost, other, twice].into_iter().flatten().chain(strange);
            for changed in changed {
                holds(&changed, &ways[tried % 3..=tried % 3], &mut faults);
                tried += 1;
            }
        }
    }
    none(&faults);
    assert!(tried > 5_000);
}

/// Any JSON value, with Meta's words in it more often than chance would have them.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(WORDS).prop_map(Value::from),
        "[a-z{}0-9 \n*_~👋é.,\u{202e}]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        let key = prop_oneof![
            prop::sample::select(WORDS).prop_map(str::to_owned),
            "[a-z_]{0,6}"
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Keys and words of definitions.
const WORDS: &[&str] = &[
    "name",
    "language",
    "languages",
    "category",
    "components",
    "type",
    "format",
    "text",
    "example",
    "buttons",
    "cards",
    "url",
    "phone_number",
    "parameter_format",
    "NAMED",
    "body_text",
    "body_text_named_params",
    "header_text",
    "header_handle",
    "param_name",
    "limited_time_offer",
    "has_expiration",
    "otp_type",
    "supported_apps",
    "package_name",
    "signature_hash",
    "code_expiration_minutes",
    "add_security_recommendation",
    "library_template_name",
    "library_template_button_inputs",
    "library_template_body_inputs",
    "flow_id",
    "flow_json",
    "flow_action",
    "navigate_screen",
    "payment_setting",
    "app_deep_link",
    "sub_category",
    "display_format",
    "message_send_ttl_seconds",
    "degrees_of_freedom_spec",
    "creative_features_spec",
    "data",
    "template",
    "HEADER",
    "BODY",
    "FOOTER",
    "BUTTONS",
    "CAROUSEL",
    "LIMITED_TIME_OFFER",
    "CALL_PERMISSION_REQUEST",
    "TEXT",
    "IMAGE",
    "PRODUCT",
    "QUICK_REPLY",
    "URL",
    "PHONE_NUMBER",
    "COPY_CODE",
    "FLOW",
    "CATALOG",
    "MPM",
    "SPM",
    "OTP",
    "VOICE_CALL",
    "ORDER_DETAILS",
    "PAYMENT_REQUEST",
    "REQUEST_CONTACT_INFO",
    "ONE_TAP",
    "ZERO_TAP",
    "MARKETING",
    "UTILITY",
    "AUTHENTICATION",
    "en_US",
    "id",
    "status",
    "whatsapp",
    "messaging_product",
];

/// One of the fixtures with a few of its nodes lost, renamed, or given other values.
fn changed_definition() -> impl Strategy<Value = (Value, Value)> {
    let fixture = prop::sample::select(fixtures::definitions());
    let changes = prop::collection::vec(
        (
            any::<prop::sample::Index>(),
            0..6_u8,
            any_text(),
            any_json(),
        ),
        0..4,
    );
    (fixture, changes).prop_map(|(Fixture { value, .. }, changes)| {
        let whole = value.clone();
        let mut value = value;
        for (index, what, text, json) in changes {
            let all = places(&value);
            let place = index.get(&all);
            let changed = match what {
                0 => without(&value, place),
                1 => renamed(&value, place, "text"),
                2 => Some(replaced(&value, place, json)),
                // Mostly texts: what people change.
                _ => value
                    .pointer(place)
                    .is_some_and(Value::is_string)
                    .then(|| replaced(&value, place, json!(text))),
            };
            value = changed.unwrap_or(value);
        }
        (whole, value)
    })
}

/// Texts with what gives texts trouble in them.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "a",
            "Hello",
            " ",
            "  ",
            "\n",
            "\t",
            "{{1}}",
            "{{2}}",
            "{{name}}",
            "{{ 1 }}",
            "{",
            "}}",
            "{{{1}}}",
            "*",
            "_",
            "~",
            "`",
            "👋",
            "👨\u{200d}👩\u{200d}👧",
            "é",
            "\u{202e}",
            "\u{200b}",
            "\u{a0}",
            ".",
            "https://",
            "wa.me/",
            "example.com",
            "/",
            "?",
            "#",
            "\"",
            "\\",
            "STOP",
            "1",
            "+49",
            "日本",
            "\r\n",
        ][..],
    );
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_the_same_report_twice(text in "\\PC{0,200}") {
        let report = check_template(&text, &options());
        let mut faults = Faults::new();
        sound(&text, &report, &mut faults);
        none(&faults);
        prop_assert_eq!(report, check_template(&text, &options()));
    }

    #[test]
    fn any_json_gives_the_same_report_twice(value in any_json()) {
        let text = value.to_string();
        let mut faults = Faults::new();
        for options in ways(&value) {
            let report = check_template(&text, &options);
            sound(&text, &report, &mut faults);
            prop_assert_eq!(report, check_template(&text, &options));
        }
        none(&faults);
    }

    #[test]
    fn any_changed_definition_gives_a_report_and_its_safe_fixes_mend((whole, changed) in changed_definition()) {
        let mut faults = Faults::new();
        holds(&changed, &ways(&whole), &mut faults);
        none(&faults);
    }

    #[test]
    fn any_body_text_gives_a_report(body in "[a-z{}0-9 \n*_~👋é.,\u{202e}\u{200d}]{0,80}") {
        let value = json!({"name": "a", "language": "en", "category": "UTILITY", "components": [{"type": "BODY", "text": body}]});
        let mut faults = Faults::new();
        holds(&value, &[options()], &mut faults);
        none(&faults);
    }

    #[test]
    fn any_url_gives_a_report(url in "(https?://)?[a-z.@:/{}1?#% \\\\é-]{0,60}") {
        let value = json!({"name": "a", "language": "en", "category": "UTILITY", "components": [{"type": "BODY", "text": "Hello there"}, {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Go", "url": url}]}]});
        let mut faults = Faults::new();
        holds(&value, &[options()], &mut faults);
        none(&faults);
    }
}

const BODY: &str = r#"{"type":"BODY","text":"Hi there"}"#;

fn definition(category: &str, components: &str) -> String {
    format!(r#"{{"name":"a","language":"en","category":"{category}","components":{components}}}"#)
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
        "cards" => definition(
            "MARKETING",
            &format!(
                r#"[{BODY},{{"type":"CAROUSEL","cards":[{}1]}}]"#,
                fill(
                    r#"{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"a"}]},"#
                )
            ),
        ),
        "a card of many components" => definition(
            "MARKETING",
            &format!(
                r#"[{BODY},{{"type":"CAROUSEL","cards":[{{"components":[{}1]}}]}}]"#,
                fill(r#"{"type":"BODY","text":"a"},"#)
            ),
        ),
        "samples" => definition(
            "UTILITY",
            &format!(
                r#"[{{"type":"BODY","text":"Hi {{{{1}}}} there","example":{{"body_text":[[{}"a"]]}}}}]"#,
                fill(r#""Ana","#)
            ),
        ),
        "named samples" => format!(
            r#"{{"name":"a","language":"en","category":"UTILITY","parameter_format":"NAMED","components":[{{"type":"BODY","text":"{}","example":{{"body_text_named_params":[{}1]}}}}]}}"#,
            "{{a}} b ".repeat(size / 32),
            r#"{"param_name":"a","example":"b"},"#.repeat(size / 64)
        ),
        "many names" => {
            let names = |wrap: fn(usize) -> String| (0..size / 48).map(wrap).collect::<String>();
            format!(
                r#"{{"name":"a","language":"en","category":"UTILITY","parameter_format":"NAMED","components":[{{"type":"BODY","text":"{}","example":{{"body_text_named_params":[{}1]}}}}]}}"#,
                names(|i| format!("{{{{n{i}}}}} b ")),
                names(|i| format!(r#"{{"param_name":"n{i}","example":"b"}},"#))
            )
        }
        "apps" => definition(
            "AUTHENTICATION",
            &format!(
                r#"[{{"type":"BODY"}},{{"type":"BUTTONS","buttons":[{{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{}1]}}]}}]"#,
                fill(r#"{"package_name":"com.a","signature_hash":"K8a/AINcGX7"},"#)
            ),
        ),
        "languages" => format!(
            r#"{{"name":"a","category":"AUTHENTICATION","languages":[{}1],"components":[{{"type":"BODY"}}]}}"#,
            fill(r#""en_US","#)
        ),
        "creative features" => format!(
            r#"{{"name":"a","category":"MARKETING","language":"en","degrees_of_freedom_spec":{{"creative_features_spec":{{{}"z":1}}}},"components":[{BODY}]}}"#,
            (0..size / 32)
                .map(|i| format!(r#""f{i}":{{"enroll_status":"x"}},"#))
                .collect::<String>()
        ),
        "library inputs" => format!(
            r#"{{"name":"a","category":"UTILITY","language":"en","library_template_name":"a","library_template_button_inputs":[{}1]}}"#,
            fill(r#"{"type":"URL","url":{"base_url":"x"}},"#)
        ),
        "payment settings" => definition(
            "UTILITY",
            &format!(
                r#"[{BODY},{{"type":"BUTTONS","buttons":[{}1]}}]"#,
                fill(r#"{"type":"PAYMENT_REQUEST","text":"a","payment_setting":{"type":"x"}},"#)
            ),
        ),
        "equal labels" => definition(
            "UTILITY",
            &format!(
                r#"[{BODY},{{"type":"BUTTONS","buttons":[{}1]}}]"#,
                fill(r#"{"type":"QUICK_REPLY","text":"Yes"},"#)
            ),
        ),
        "a long address" => definition(
            "UTILITY",
            &format!(
                r#"[{BODY},{{"type":"BUTTONS","buttons":[{{"type":"URL","text":"a","url":"https://a.example/{}"}}]}}]"#,
                fill("{{1}}?a=%20&")
            ),
        ),
        "addresses in a body" => body(fill("https://wa.me/1 bit.ly/a +49 30 1234567 ")),
        "controls of direction" => body(fill("\u{202e}a")),
        "look-alikes" => body(fill("раура1 ")),
        "blanks" => body(fill(" \t")),
        "a page of read-backs" => format!(
            r#"{{"data":[{}1]}}"#,
            fill(r#"{"name":"a","components":[]},"#)
        ),
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
        "cards",
        "a card of many components",
        "samples",
        "named samples",
        "many names",
        "apps",
        "languages",
        "creative features",
        "library inputs",
        "payment settings",
        "equal labels",
        "a long address",
        "addresses in a body",
        "controls of direction",
        "look-alikes",
        "blanks",
        "a page of read-backs",
    ];
    let best = |text: &str, options: &Options| -> Duration {
        (0..7)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(check_template(text, options));
                start.elapsed()
            })
            .min()
            .unwrap()
    };
    // How much more twice `size` costs: the least of five, for a machine under load can disturb one measurement.
    let growth = |name: &str, size: usize, is_edit: bool, most: f64| {
        let (half, whole) = (shape(name, size), shape(name, 2 * size));
        let way = |text: &str| match is_edit {
            true => edit_of(text.to_owned()),
            false => options(),
        };
        let (of_half, of_whole) = (way(&half), way(&whole));
        let mut least = f64::MAX;
        for _ in 0..5 {
            let time = best(&whole, &of_whole).as_secs_f64();
            least = least.min(time / best(&half, &of_half).as_secs_f64());
            if least < most {
                break;
            }
        }
        least
    };
    let mut slow = Vec::new();
    for name in shapes {
        for is_edit in [false, true] {
            let ratio = growth(name, 32 * 1024, is_edit, 2.5);
            // What takes longer than a busy machine's turn (some milliseconds, in a build without optimizing) looks
            // slower than it is. What really grows faster than its text shows in half of it, too.
            if ratio >= 2.5 && growth(name, 16 * 1024, is_edit, 2.25) >= 2.25 {
                let way = if is_edit { " as an edit of itself" } else { "" };
                slow.push(format!(
                    "{name}{way}: {ratio:.2} times the time for twice the text"
                ));
            }
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
