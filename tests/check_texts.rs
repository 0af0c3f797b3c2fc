//! Texts: headers, bodies, footers, their placeholders and samples; how they are counted; and that
//! every safe fix mends without breaking anything else.

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
use support::definitions::*;
use support::timing::{best, growth};
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::fix::apply_fix;
use wa_preflight::report::{Fix, Report};
use wa_preflight::text::{
    count_chars, count_words, emojis, is_unspaced, utf16_len, without_emojis,
};

const AT: &str = "/components/0/text";

/// A template of one body.
fn one(text: &str) -> Value {
    components(vec![body(text)])
}

/// … with these samples.
fn sampled(text: &str, example: Value) -> Value {
    components(vec![
        json!({"type": "BODY", "text": text, "example": example}),
    ])
}

/// … whose placeholders have names.
fn named(text: &str, pairs: &[(&str, &str)]) -> Value {
    let pairs: Vec<Value> = pairs
        .iter()
        .map(|(name, sample)| json!({"param_name": name, "example": sample}))
        .collect();
    let mut definition = sampled(text, json!({"body_text_named_params": pairs}));
    definition["parameter_format"] = json!("NAMED");
    definition
}

/// A header with a plain body below it.
fn head(header: Value) -> Value {
    let mut header = header;
    header["type"] = json!("HEADER");
    components(vec![header, body("Your order is on its way.")])
}

fn media(format: &str, example: Value) -> Value {
    head(json!({"format": format, "example": example}))
}

#[track_caller]
fn at(definition: &Value, expected: &[&str]) {
    let expected: Vec<String> = expected
        .iter()
        .map(|e| {
            if e.contains(" /") {
                (*e).to_owned()
            } else {
                format!("{e} {AT}")
            }
        })
        .collect();
    assert_eq!(found(&check(definition)), expected, "of {definition}");
}

/// The fixes of the first finding with a code.
#[track_caller]
fn fixes(definition: &Value, code: &str) -> Vec<Fix> {
    let report = check(definition);
    let found = report.diagnostics.iter().find(|d| d.code == code);
    found
        .unwrap_or_else(|| panic!("no {code} in {definition}"))
        .fixes
        .clone()
}

/// Applies the first fix of a code; the answer is the definition and whether the fix is safe.
#[track_caller]
fn mended(definition: &Value, code: &str) -> (Value, bool) {
    let fix = fixes(definition, code).remove(0);
    let text = apply_fix(
        &definition.to_string(),
        &wa_preflight::report::fix_to_json(&fix),
    )
    .unwrap();
    (serde_json::from_str(&text).unwrap(), fix.safe)
}

#[track_caller]
fn mends(definition: &Value, code: &str, safe: bool, pointer: &str, expected: Value) {
    let (after, is_safe) = mended(definition, code);
    assert_eq!(
        after.pointer(pointer),
        Some(&expected),
        "{code} of {definition}"
    );
    assert_eq!(is_safe, safe, "{code} of {definition}");
}

#[test]
fn counting() {
    for (text, chars, units, seen, parts) in [
        ("", 0, 0, 0, 0),
        ("Hi *there*", 10, 10, 0, 0),
        ("é", 1, 1, 0, 0),
        ("e\u{301}", 2, 2, 0, 0),
        ("🚚", 1, 2, 1, 1),
        ("👨\u{200d}👩\u{200d}👧", 5, 8, 1, 3),
        ("👍🏽", 2, 4, 1, 2),
        ("🇧🇷🇵🇹", 4, 8, 2, 4),
        (
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            7,
            14,
            1,
            1,
        ),
        ("1\u{fe0f}\u{20e3} #\u{20e3}", 6, 6, 2, 2),
        ("❤\u{fe0f}\u{200d}🔥", 4, 5, 1, 2),
        ("✔ ™ ©", 5, 5, 0, 3),
        ("✔\u{fe0f}", 2, 2, 1, 1),
        ("⌚\u{fe0e}", 2, 2, 0, 1),
        ("0123 # *", 8, 8, 0, 0),
    ] {
        assert_eq!(count_chars(text), chars, "{text}");
        assert_eq!(utf16_len(text), units, "{text}");
        assert_eq!(
            (emojis(text).count, emojis(text).parts),
            (seen, parts),
            "{text}"
        );
        assert_eq!(emojis(&without_emojis(text)).count, 0, "{text}");
    }
    for (text, words) in [
        ("", 0),
        ("one  two\nthree", 3),
        ("— … 🚚 4", 1),
        ("don't e-mail", 2),
        // Ten letters and signs of Thai, seven of Chinese, eight.
        ("สวัสดีครับ", 2),
        ("您的订单已发货", 1),
        ("您的订单已发货了", 2),
        ("您好 世界", 2),
    ] {
        assert_eq!(count_words(text), words, "{text}");
    }
    for (text, unspaced) in [
        ("hello", false),
        ("नमस्ते", false),
        ("안녕 하세요", false),
        ("สวัสดี", true),
        ("ສະບາຍດີ", true),
        ("မင်္ဂလာပါ", true),
        ("សួស្តី", true),
        ("こんにちは", true),
        ("你好", true),
    ] {
        assert_eq!(is_unspaced(text), unspaced, "{text}");
    }
    assert_eq!(without_emojis("Good 🎉 news 🎉🎉"), "Good news");
    assert_eq!(without_emojis("🎉 Good"), "Good");
}

#[test]
fn another_unit_is_a_warning() {
    let text = |n: usize, more: &str| format!("It {}{more}", "a".repeat(n - 3 - count_chars(more)));
    at(&one(&text(1024, "")), &[]);
    at(&one(&text(1023, "🚚")), &[]);
    at(&one(&text(1024, "🚚")), &["warning char-unit"]);
    at(&one(&text(1025, "🚚")), &["error body-max"]);
    // A header takes no emoji, but it takes Gothic.
    finds(&header(&"𐌰".repeat(30)), &[]);
    finds(
        &header(&"𐌰".repeat(31)),
        &[&format!("warning char-unit {AT}")],
    );
    let footer = |n| {
        components(vec![
            body("It comes."),
            json!({"type": "FOOTER", "text": "𐌰".repeat(n)}),
        ])
    };
    finds(&footer(30), &[]);
    finds(&footer(31), &["warning char-unit /components/1/text"]);

    let many = |emoji: &str, n: usize| one(&format!("It comes {} now", emoji.repeat(n)));
    at(&many("🚚", 10), &[]);
    at(&many("🚚", 11), &["error body-emoji-max"]);
    at(&many("🇧🇷", 5), &[]);
    at(&many("🇧🇷", 6), &["warning emoji-unit"]);
    at(&many("🇧🇷", 11), &["error body-emoji-max"]);
    at(&many("✔ ", 11), &["warning emoji-unit"]);
}

#[test]
fn limits_of_each_kind() {
    let long = |n: usize| format!("It {}", "a".repeat(n - 3));
    let has = |definition: &Value, code: &str| {
        check(definition).diagnostics.iter().any(|d| d.code == code)
    };
    let offer = |n| {
        components(vec![
            body(&long(n)),
            json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Only today"}}),
        ])
    };
    assert!(!has(&offer(600), "body-max-lto") && has(&offer(601), "body-max-lto"));
    let product = |n| {
        components(vec![
            json!({"type": "HEADER", "format": "product"}),
            body(&long(n)),
            json!({"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}),
        ])
    };
    assert!(!has(&product(160), "body-max-spm") && has(&product(161), "body-max-spm"));
    assert!(!has(&product(160), "header-product"));
}

#[test]
fn cards() {
    let carousel = |text: &str| {
        let card = |text: &str| {
            json!({"components": [
                {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW1hZ2UvcG5n"]}},
                {"type": "BODY", "text": text},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "More"}]},
            ]})
        };
        let mut definition = components(vec![
            body("Two plants that you may like."),
            json!({"type": "CAROUSEL", "cards": [card("It flowers in May."), card(text)]}),
        ]);
        definition["category"] = json!("MARKETING");
        definition
    };
    let place = "/components/1/cards/1/components/1";
    finds(&carousel(&"a".repeat(160)), &[]);
    finds(
        &carousel(&"a".repeat(161)),
        &[&format!("error body-max-card {place}/text")],
    );
    finds(
        &carousel("{{1}} {name}"),
        &[
            &format!("error example-required {place}"),
            &format!("warning body-leading-var {place}/text"),
            &format!("error body-variable-ratio {place}/text"),
            &format!("warning var-braces {place}/text"),
        ],
    );
    // Named and numbered ones mix nowhere.
    finds(
        &carousel("So it is {{name}} in May"),
        &[
            &format!("error example-required {place}"),
            &format!("error var-no-mixing {place}/text"),
        ],
    );
}

#[test]
fn header_formats() {
    finds(&head(json!({"format": "LOCATION"})), &[]);
    finds(
        &head(json!({"format": "location", "example": {"header_text": ["x"]}, "text": "Here"})),
        &[
            "error unexpected-field /components/0/example",
            "error unexpected-field /components/0/text",
        ],
    );
    finds(
        &head(json!({"format": "PRODUCT"})),
        &["error header-product /components/0/format"],
    );
    finds(
        &media("GIF", json!({"header_handle": ["4::dmlkZW8vbXA0:AR"]})),
        &["warning header-gif /components/0/format"],
    );
    finds(
        &head(json!({"format": "GIF"})),
        &[
            "error header-media-example /components/0",
            "warning header-gif /components/0/format",
        ],
    );
    finds(
        &head(json!({"format": 3})),
        &["error wrong-type /components/0/format"],
    );
    for (word, meant) in [
        ("documentation", "DOCUMENT"),
        ("PDF", "DOCUMENT"),
        ("Photo", "IMAGE"),
        ("TXET", "TEXT"),
        ("vidoe", "VIDEO"),
    ] {
        let definition = head(json!({"format": word}));
        finds(&definition, &["error header-format /components/0/format"]);
        mends(
            &definition,
            "header-format",
            false,
            "/components/0/format",
            json!(meant),
        );
    }
    let definition = head(json!({"format": "HOLOGRAM"}));
    finds(&definition, &["error header-format /components/0/format"]);
    assert_eq!(fixes(&definition, "header-format"), []);
    for (part, meant) in [
        (json!({"text": "Good news"}), "TEXT"),
        (
            json!({"example": {"header_handle": ["4::aW1hZ2UvcG5n:AR"]}}),
            "IMAGE",
        ),
        (
            json!({"example": {"header_handle": ["4::dmlkZW8vbXA0:AR"]}}),
            "VIDEO",
        ),
        (
            json!({"example": {"header_handle": ["4::YXBwbGljYXRpb24vcGRm:AR"]}}),
            "DOCUMENT",
        ),
    ] {
        let definition = head(part);
        finds(&definition, &["error header-format /components/0"]);
        mends(
            &definition,
            "header-format",
            true,
            "/components/0/format",
            json!(meant),
        );
    }
    finds(
        &head(json!({"text": "Good *news*"})),
        &[
            "error header-format /components/0",
            "error header-text-clean /components/0/text",
        ],
    );
}

#[test]
fn header_texts() {
    finds(
        &head(json!({"format": "TEXT"})),
        &["error text-required /components/0"],
    );
    finds(
        &head(json!({"format": "TEXT", "text": " "})),
        &[&format!("error text-required {AT}")],
    );
    finds(
        &head(json!({"format": "TEXT", "text": 3})),
        &[&format!("error wrong-type {AT}")],
    );
    for text in ["a*b", "a_b", "a~b", "a`b", "a\nb", "a\u{2028}b", "a 🎉 b"] {
        finds(&header(text), &[&format!("error header-text-clean {AT}")]);
    }
    mends(
        &header("a\n\n b"),
        "header-text-clean",
        true,
        AT,
        json!("a b"),
    );
    mends(
        &header("*a* _b_"),
        "header-text-clean",
        true,
        AT,
        json!("a b"),
    );
    mends(
        &header("Good 🎉 news"),
        "header-text-clean",
        false,
        AT,
        json!("Good news"),
    );
    // Nothing would be left that anybody sees.
    for text in ["~", "~ ", "~\u{202e}", "_\u{200b}"] {
        assert_eq!(fixes(&header(text), "header-text-clean"), [], "{text:?}");
    }
    // Joining lines would make a placeholder of two braces.
    assert!(!mended(&header("a {{1\n}} b"), "header-text-clean").1);
    // Marks in a name are its own.
    let mut definition = head(json!({"format": "TEXT", "text": "Sale {{sale_date}}",
        "example": {"header_text_named_params": [{"param_name": "sale_date", "example": "May 1"}]}}));
    definition["parameter_format"] = json!("NAMED");
    finds(&definition, &[]);
    finds(
        &head(json!({"format": "TEXT", "text": "Hi {{1}}", "example": {"header_text": "Ana"}})),
        &["error example-shape /components/0/example/header_text"],
    );
    finds(
        &head(json!({"format": "TEXT", "text": "Hi {{1}}", "example": {"header_text": [["Ana"]]}})),
        &["error example-shape /components/0/example/header_text"],
    );
    finds(
        &head(
            json!({"format": "TEXT", "text": "Hi {{1}}", "example": {"header_text": ["Ana", "Bo"]}}),
        ),
        &["error example-count /components/0/example/header_text"],
    );
    // Meta's own slip on the page of call permissions.
    let slip =
        head(json!({"format": "TEXT", "text": "Order {{1}}", "example": {"body_text": [["A-1"]]}}));
    finds(&slip, &["error example-required /components/0"]);
    mends(
        &slip,
        "example-required",
        false,
        "/components/0/example",
        json!({"header_text": ["A-1"]}),
    );
}

#[test]
fn media_samples() {
    let handle = "/components/0/example/header_handle";
    let image = |example: Value| media("IMAGE", example);
    for good in [
        "4::aW...",
        "3:NDU...",
        "4::aW1hZ2UvanBlZw==:ARZ:e:16798",
        "h:abc",
        "4::aW1hZ2UvcG5n",
    ] {
        finds(&image(json!({"header_handle": [good]})), &[]);
    }
    for (example, place) in [
        (
            json!({"header_handle": ["https://example.com/a.png"]}),
            "/header_handle/0",
        ),
        (
            json!({"header_handle": " HTTP://example.com/a.png"}),
            "/header_handle",
        ),
        (
            json!({"header_handle": ["4::aW1hZ2UvcG5n", "https://example.com/a"]}),
            "/header_handle/1",
        ),
        (
            json!({"header_handle": [{"link": "https://example.com/a.png"}]}),
            "/header_handle/0/link",
        ),
        (
            json!({"header_handle": ["data:image/png;base64,AAAA"]}),
            "/header_handle/0",
        ),
        (
            json!({"header_url": "https://example.com/a.png"}),
            "/header_url",
        ),
        (
            json!({"header_url": ["https://example.com/a.png"]}),
            "/header_url/0",
        ),
        (json!({"header_url": "a.png"}), "/header_url"),
        (
            json!({"header_handle": ["4::aW1hZ2UvcG5n"], "header_url": ["https://example.com/a.png"]}),
            "/header_url",
        ),
        (
            json!({"header_handle": ["www.example.com/a.png"]}),
            "/header_handle/0",
        ),
        (
            json!({"header_handle": ["ftp://example.com/a.png"]}),
            "/header_handle/0",
        ),
        (json!(["https://example.com/a.png"]), "/0"),
        (json!("https://example.com/a.png"), ""),
    ] {
        let expected = format!("error header-media-no-url /components/0/example{place}");
        finds(&image(example), &[&expected]);
    }
    for (example, place) in [
        (json!(null), ""),
        (json!({}), ""),
        (json!({"header_handle": null}), ""),
        (json!({"header_text": ["Ana"]}), ""),
        (json!({"header_handle": []}), "/example/header_handle"),
        (json!({"header_handle": [""]}), "/example/header_handle/0"),
        (json!({"header_handle": [7]}), "/example/header_handle"),
    ] {
        let expected = format!("error header-media-example /components/0{place}");
        finds(&image(example), &[&expected]);
    }
    let shape = |example: Value, place: &str, safe| {
        // Without its key it is no sample at all, and there is to be one.
        let is_one = example["header_handle"].is_string();
        let severity = if is_one { "warning" } else { "error" };
        let definition = image(example);
        let place = format!("{severity} header-handle-shape /components/0/example{place}");
        finds(&definition, &[&place]);
        mends(
            &definition,
            "header-handle-shape",
            safe,
            handle,
            json!(["4::aW1hZ2UvcG5n"]),
        );
    };
    shape(
        json!({"header_handle": "4::aW1hZ2UvcG5n"}),
        "/header_handle",
        true,
    );
    shape(
        json!({"header_handle": ["4::aW1hZ2UvcG5n", "4::b"]}),
        "/header_handle",
        false,
    );
    shape(
        json!({"header_handle": [["4::aW1hZ2UvcG5n"]]}),
        "/header_handle",
        true,
    );
    shape(json!("4::aW1hZ2UvcG5n"), "", true);
    shape(json!(["4::aW1hZ2UvcG5n"]), "", true);
    finds(
        &image(json!({"header_handle": ["1013859600285441"]})),
        &[&format!("warning header-media-id {handle}/0")],
    );
    let address = json!({"header_handle": ["https://example.com/a.PDF?x=1"]});
    let definition = head(json!({"example": address}));
    mends(
        &definition,
        "header-format",
        true,
        "/components/0/format",
        json!("DOCUMENT"),
    );
    finds(
        &image(json!({"header_handle": ["receipt.pdf"]})),
        &[&format!("warning header-sample-type {handle}/0")],
    );
    for (format, mime, ok) in [
        ("IMAGE", "aW1hZ2UvanBlZw==", true),
        ("IMAGE", "aW1hZ2Uvd2VicA==", false),
        ("IMAGE", "YXBwbGljYXRpb24vcGRm", false),
        ("VIDEO", "dmlkZW8vbXA0", true),
        ("VIDEO", "dmlkZW8vM2dwcA==", true),
        ("VIDEO", "aW1hZ2UvcG5n", false),
        ("VIDEO", "YXVkaW8vbXBlZw==", false),
        ("DOCUMENT", "YXBwbGljYXRpb24vcGRm", true),
        ("DOCUMENT", "dGV4dC9wbGFpbg==", false),
    ] {
        let definition = media(format, json!({"header_handle": [format!("4::{mime}:AR")]}));
        let expected = format!("warning header-sample-type {handle}/0");
        finds(
            &definition,
            if ok {
                &[]
            } else {
                std::slice::from_ref(&expected)
            }
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .as_slice(),
        );
    }
    finds(
        &head(json!({"format": "IMAGE", "text": "Hi", "example": {"header_handle": ["4::aW"]}})),
        &[&format!("error unexpected-field {AT}")],
    );
    // What was read back has addresses, or nothing.
    let readback = Options {
        readback: true,
        ..Options::default()
    };
    for example in [
        json!(null),
        json!({"header_handle": ["https://scontent.example/a.png"]}),
    ] {
        let report = check_template(&image(example).to_string(), &readback);
        assert_eq!(found(&report), [""; 0]);
    }
}

#[test]
fn bodies() {
    at(&one(""), &["error text-required"]);
    finds(
        &components(vec![json!({"type": "BODY"})]),
        &["error text-required /components/0"],
    );
    finds(
        &components(vec![
            json!({"type": "BODY", "text": "Hi there", "format": "TEXT"}),
        ]),
        &["error unexpected-field /components/0/format"],
    );
    at(&one("a\r\n\r\nb"), &[]);
    at(&one("a\r\n\r\n\r\nb"), &["error body-newlines"]);
    at(&one("a\n \n \nb"), &[]);
    mends(
        &one("a\n\n\n\nb\n\n\nc"),
        "body-newlines",
        true,
        AT,
        json!("a\n\nb\n\nc"),
    );
    mends(
        &one("a\r\n\r\n\r\nb"),
        "body-newlines",
        true,
        AT,
        json!("a\r\n\r\n\rb"),
    );
    at(&one("a\tb"), &["warning body-spaces-tabs"]);
    mends(
        &one("a\t\tb      c"),
        "body-spaces-tabs",
        false,
        AT,
        json!("a b c"),
    );
    at(&one("*Bold* _it_ ~st~ `m` https://example.com"), &[]);

    let edge = |text: &str, codes: &[&str]| {
        at(&sampled(text, json!({"body_text": [["A-1"]]})), codes);
    };
    edge("*{{1}}* is on its way", &["warning body-edge-punctuation"]);
    edge("🚚 {{1}} is on its way", &["warning body-edge-punctuation"]);
    edge(
        "\u{200b}{{1}} is on its way",
        &["warning text-invisible", "error body-leading-var"],
    );
    edge(
        "\n {{1}} is on its way",
        &["warning text-edge-blanks", "error body-leading-var"],
    );
    edge(
        "On its way is {{1}} \n",
        &["error body-trailing-var", "warning text-edge-blanks"],
    );
    edge("On its way is *{{1}}*", &["warning body-edge-punctuation"]);
    edge("1 {{1}} is on its way", &[]);
    edge(
        "*{{1}}*!",
        &[
            "error body-not-only-vars",
            "warning body-edge-punctuation",
            "warning body-edge-punctuation",
        ],
    );
}

#[test]
fn ratio_and_neighbours() {
    let two = |text: &str, codes: &[&str]| {
        at(&sampled(text, json!({"body_text": [["a", "b"]]})), codes);
    };
    two("Go {{1}} a b c {{2}} d", &[]);
    two("Go {{1}} a b {{2}} d", &["error body-variable-ratio"]);
    two("Go {{1}} a b — {{2}} d", &["error body-variable-ratio"]);
    two(
        "Go on to {{1}}{{2}} now yes",
        &["warning body-adjacent-vars"],
    );
    two(
        "Go on to {{1}}\n{{2}} now yes",
        &["warning body-adjacent-vars"],
    );
    two("Go on to {{1}}, {{2}} now yes", &[]);
    // In a script without spaces words cannot be counted, whatever `language` says.
    two(
        "您好 {{1}} 订单 {{2}} 已发货",
        &["warning body-variable-ratio"],
    );
    let mut thai = sampled("Go {{1}} on", json!({"body_text": [["a"]]}));
    at(&thai, &["error body-variable-ratio"]);
    thai["language"] = json!("th");
    at(&thai, &["warning body-variable-ratio"]);
    // Seven letters count as a word.
    let one = |text: &str| {
        let mut definition = sampled(text, json!({"body_text": [["a"]]}));
        definition["language"] = json!("zh_CN");
        definition
    };
    at(
        &one("您的订单已发货 {{1}} 谢谢光临商店"),
        &["warning body-variable-ratio"],
    );
    at(&one("您的订单已发货了 {{1}} 谢谢光临商店"), &[]);
    let many = |n: usize| {
        let text: String = (1..=n).map(|i| format!("so it is {{{{{i}}}}} ")).collect();
        let samples: Vec<String> = (1..=n).map(|i| format!("s{i}")).collect();
        sampled(&format!("{text} end"), json!({"body_text": [samples]}))
    };
    let has = |n, code: &str| check(&many(n)).diagnostics.iter().any(|d| d.code == code);
    assert!(!has(100, "body-var-count") && has(101, "body-var-count"));
    let rendered = |n: usize| {
        sampled(
            "Your order {{1}} is on its way.",
            json!({"body_text": [["a".repeat(n)]]}),
        )
    };
    at(&rendered(1024 - 26), &[]);
    at(&rendered(1024 - 25), &["warning body-rendered-max"]);
}

#[test]
fn braces() {
    for (text, codes) in [
        ("It is {1} today", &["error var-braces"][..]),
        ("It is {{1} today", &["error var-braces"]),
        ("It is {1}} today", &["error var-braces"]),
        ("It is {{{1}}} today", &["error var-braces"]),
        ("It is {{1 today", &["error var-braces"]),
        ("It is 1}} today", &["error var-braces"]),
        ("It is {{}} today", &["error var-braces"]),
        ("It is {{ }} today", &["error var-braces"]),
        ("It is {name} today", &["warning var-braces"]),
        ("It is {a b} today {", &[]),
        ("It is } today", &[]),
    ] {
        at(&one(text), codes);
    }
    for text in [
        "It is {1} on",
        "It is {{1} on",
        "It is {1}} on",
        "It is {{{1}}} on",
        "It is {{1 on",
    ] {
        mends(&one(text), "var-braces", false, AT, json!("It is {{1}} on"));
    }
    // A sample whose placeholder is between broken braces is not too many, nor its number missing.
    at(
        &sampled("It is {{1} today", json!({"body_text": [["a"]]})),
        &["error var-braces"],
    );
    at(
        &sampled(
            "So it is {{2}} and it is {{1} today",
            json!({"body_text": [["a"]]}),
        ),
        &["error var-braces"],
    );
}

#[test]
fn numbers() {
    let text = |text: &str, samples: &[&str], codes: &[&str]| {
        at(&components(vec![body_with(text, samples)]), codes);
    };
    text("It is {{01}} today", &["a"], &["error var-leading-zero"]);
    text(
        "It is {{0}} today",
        &["a"],
        &["error var-positional-sequence"],
    );
    text(
        "It is {{2}} today",
        &["a"],
        &["error var-positional-sequence"],
    );
    text("It is {{ 1 }} today", &["a"], &["warning var-inner-space"]);
    text("It is {{1.5}} today", &["a"], &["error var-special-chars"]);
    text("It is {{#1}} today", &["a"], &["error var-special-chars"]);
    text("It is {{١}} today", &["a"], &["error var-special-chars"]);
    text("It is {{-1}} today", &["a"], &["error var-special-chars"]);
    text("It is {{name}} today", &["a"], &["error var-no-mixing"]);
    let row = "/components/0/example/body_text/0";
    let with = |text: &str, samples: &[&str]| components(vec![body_with(text, samples)]);

    let zero = with("It is {{01}} today", &["a"]);
    mends(
        &zero,
        "var-leading-zero",
        true,
        AT,
        json!("It is {{1}} today"),
    );
    let both = with("It is {{01}} and it is {{1}} today", &["a", "b"]);
    assert!(!mended(&both, "var-leading-zero").1);
    mends(
        &with("It is {{ 1 }} today", &["a"]),
        "var-inner-space",
        true,
        AT,
        json!("It is {{1}} today"),
    );
    mends(
        &with("It is {{#1}} today", &["a"]),
        "var-special-chars",
        false,
        AT,
        json!("It is {{1}} today"),
    );

    // As many samples as placeholders: only the numbers are wrong.
    let gap = "So it is {{1}} and it is {{3}} today";
    let right = json!("So it is {{1}} and it is {{2}} today");
    mends(
        &with(gap, &["a", "c"]),
        "var-positional-sequence",
        true,
        AT,
        right.clone(),
    );
    mends(
        &with("So it is {{0}} and it is {{1}} today", &["a", "b"]),
        "var-positional-sequence",
        true,
        AT,
        right.clone(),
    );
    // A sample too many: perhaps a placeholder was lost.
    let lost = with(gap, &["a", "b", "c"]);
    mends(&lost, "var-positional-sequence", false, AT, right.clone());
    mends(
        &lost,
        "var-positional-sequence",
        false,
        row,
        json!(["a", "c"]),
    );
    mends(
        &one(gap),
        "var-positional-sequence",
        false,
        AT,
        right.clone(),
    );

    let turned = with("So it is {{2}} and it is {{1}} today", &["a", "b"]);
    at(&turned, &["warning var-positional-order"]);
    mends(&turned, "var-positional-order", false, AT, right);
    mends(
        &turned,
        "var-positional-order",
        false,
        row,
        json!(["b", "a"]),
    );
    // Samples belong to numbers, wherever those stand.
    let report = check(&with("So it is {{2}} and it is {{1}} today", &["a", " "]));
    let empty = report
        .diagnostics
        .iter()
        .find(|d| d.code == "example-empty")
        .unwrap();
    assert!(empty.message.contains("{{2}}"), "{}", empty.message);
}

#[test]
fn names() {
    let text = "Your order {{order_id}} is on its way.";
    finds(&named(text, &[("order_id", "A-17")]), &[]);
    for (name, code) in [
        ("Order_Id", "error var-named-charset"),
        ("order-id", "error var-named-charset"),
        ("order.id", "error var-named-charset"),
        ("order id", "error var-named-charset"),
        ("größe", "error var-named-charset"),
        ("order_2", "warning var-named-digits"),
        ("17", "error var-no-mixing"),
    ] {
        let text = format!("Your order {{{{{name}}}}} is on its way.");
        at(&named(&text, &[(name, "A-17")]), &[code]);
    }
    let name = "/components/0/example/body_text_named_params/0/param_name";
    let upper = named(
        "Order {{Order_Id}} is on its way, yes {{Order_Id}} is.",
        &[("Order_Id", "A-17")],
    );
    mends(
        &upper,
        "var-named-charset",
        true,
        AT,
        json!("Order {{order_id}} is on its way, yes {{order_id}} is."),
    );
    mends(&upper, "var-named-charset", true, name, json!("order_id"));
    let camel = named(
        "Your order {{orderId}} is on its way.",
        &[("orderId", "A-17")],
    );
    mends(&camel, "var-named-charset", false, AT, json!(text));
    mends(&camel, "var-named-charset", false, name, json!("order_id"));
    let foreign = named("Your order {{注文}} is on its way.", &[("注文", "A-17")]);
    assert_eq!(fixes(&foreign, "var-named-charset"), []);
    at(
        &named("So {{a}} and so {{a}} are all on the way.", &[("a", "x")]),
        &["error var-repeat"],
    );
}

#[test]
fn formats() {
    let text = "Your order {{order_id}} is on its way.";
    let mut definition = sampled(
        text,
        json!({"body_text_named_params": [{"param_name": "order_id", "example": "A"}]}),
    );
    at(&definition, &["error var-no-mixing"]);
    let (after, safe) = mended(&definition, "var-no-mixing");
    finds(&after, &[]);
    assert!(safe, "text and samples are right but for the format");
    assert!(
        !mended(&one(text), "var-no-mixing").1,
        "no sample shows what was meant"
    );
    definition["parameter_format"] = json!("POSITIONAL");
    let (after, _) = mended(&definition, "var-no-mixing");
    finds(&after, &[]);
    // Numbers elsewhere: the other format would only move the fault.
    let mut mixed = definition.clone();
    mixed["components"].as_array_mut().unwrap().insert(0, json!({"type": "HEADER", "format": "TEXT", "text": "Hi {{1}}", "example": {"header_text": ["Ana"]}}));
    assert_eq!(fixes(&mixed, "var-no-mixing"), []);
    // Only a person can tell what two texts were meant to be, and nothing is done to their samples meanwhile.
    let mut two = definition.clone();
    two["components"].as_array_mut().unwrap().insert(0, json!({"type": "HEADER", "format": "TEXT", "text": "Hi {{name}}", "example": {"header_text_named_params": [{"param_name": "name", "example": "Ana"}]}}));
    finds(
        &two,
        &[
            "error var-no-mixing /components/0/text",
            "error var-no-mixing /components/1/text",
        ],
    );
    let (after, safe) = mended(&two, "var-no-mixing");
    finds(&after, &[]);
    assert!(!safe);
    // A named template's address may have a number.
    let mut address = definition.clone();
    address["components"].as_array_mut().unwrap().push(json!({"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Go", "url": "https://example.com/{{1}}", "example": ["https://example.com/a"]}]}));
    let (after, _) = mended(&address, "var-no-mixing");
    finds(&after, &[]);

    let mut numbered = sampled(
        "Your order {{1}} is on its way.",
        json!({"body_text": [["A"]]}),
    );
    numbered["parameter_format"] = json!("named");
    let (after, safe) = mended(&numbered, "var-no-mixing");
    finds(&after, &[]);
    assert!(safe);
}

#[test]
fn samples() {
    let one = "Your order {{1}} is on its way.";
    let two = "Your order {{1}} comes with {{2}} on the way.";
    let member = "/components/0/example/body_text";
    let example = "/components/0/example";
    let shape = |text: &str, given: Value, place: &str, safe: bool, expected: Value| {
        let definition = sampled(text, given);
        finds(&definition, &[&format!("error example-shape {place}")]);
        mends(&definition, "example-shape", safe, example, expected);
        finds(&mended(&definition, "example-shape").0, &[]);
    };
    let right = json!({"body_text": [["a", "b"]]});
    shape(
        two,
        json!({"body_text": ["a", "b"]}),
        member,
        true,
        right.clone(),
    );
    shape(
        two,
        json!({"body_text": [["a"], ["b"]]}),
        member,
        true,
        right.clone(),
    );
    shape(
        two,
        json!({"body_text": [[["a", "b"]]]}),
        member,
        true,
        right.clone(),
    );
    shape(two, json!(["a", "b"]), example, true, right.clone());
    shape(two, json!([["a", "b"]]), example, true, right.clone());
    shape(
        two,
        json!({"body_text": {"2": "b", "1": "a"}}),
        member,
        true,
        right.clone(),
    );
    shape(
        two,
        json!({"body_text_named_params": [{"param_name": "1", "example": "a"}, {"param_name": "2", "example": "b"}]}),
        example,
        true,
        right.clone(),
    );
    shape(
        two,
        json!({"body_text_named_params": [{"param_name": "x", "example": "a"}, {"param_name": "y", "example": "b"}]}),
        example,
        false,
        right.clone(),
    );
    shape(
        one,
        json!({"body_text_named_params": [{"param_name": "x", "example": "a"}]}),
        example,
        true,
        json!({"body_text": [["a"]]}),
    );
    shape(
        one,
        json!("a"),
        example,
        true,
        json!({"body_text": [["a"]]}),
    );
    for flat in [json!("a"), json!(["a"])] {
        let definition = sampled(one, json!({"body_text": flat}));
        finds(&definition, &[&format!("warning example-flat {member}")]);
        mends(&definition, "example-flat", true, member, json!([["a"]]));
    }
    // Values that cannot be told apart, or are too few, stay.
    let few = sampled(two, json!({"body_text": ["a"]}));
    finds(&few, &[&format!("error example-shape {member}")]);
    assert_eq!(fixes(&few, "example-shape"), []);

    let count = |given: Value, expected: Value| {
        let definition = sampled(two, json!({"body_text": given}));
        finds(&definition, &[&format!("error example-count {member}")]);
        mends(&definition, "example-count", false, member, expected);
    };
    count(json!([["a"]]), json!([["a", "sample 2"]]));
    count(json!([["a", "b", "c"]]), json!([["a", "b"]]));
    count(json!([["a", null]]), json!([["a", "sample 2"]]));
    count(json!([]), json!([["sample 1", "sample 2"]]));

    for none in [
        json!(null),
        json!({}),
        json!([]),
        json!({"body_text": null}),
    ] {
        let definition = sampled(two, none);
        finds(&definition, &["error example-required /components/0"]);
        mends(
            &definition,
            "example-required",
            false,
            example,
            json!({"body_text": [["sample 1", "sample 2"]]}),
        );
    }
    let number = sampled(two, json!({"body_text": [["a", 3]]}));
    finds(&number, &[&format!("error wrong-type {member}/0/1")]);
    mends(&number, "wrong-type", true, member, json!([["a", "3"]]));
    let blanks = sampled(two, json!({"body_text": [["a", "b\n\nc     d"]]}));
    finds(&blanks, &[&format!("warning example-blanks {member}/0/1")]);
    mends(
        &blanks,
        "example-blanks",
        true,
        member,
        json!([["a", "b c d"]]),
    );
    let unneeded = sampled("It is on its way.", json!({"body_text": [["a"]]}));
    finds(
        &unneeded,
        &[&format!("warning example-omit-if-none {example}")],
    );
    assert_eq!(
        mended(&unneeded, "example-omit-if-none").0["components"][0],
        body("It is on its way.")
    );
    for empty in [
        json!({}),
        json!([]),
        json!({"body_text": []}),
        json!({"body_text": [[]]}),
    ] {
        let empty = sampled("It is on its way.", empty);
        finds(
            &empty,
            &[&format!("warning example-omit-if-none {example}")],
        );
        let (after, safe) = mended(&empty, "example-omit-if-none");
        assert_eq!(after["components"][0], body("It is on its way."));
        assert!(safe);
        let readback = Options {
            readback: true,
            ..Options::default()
        };
        let report = check_template(&empty.to_string(), &readback);
        assert_eq!(found(&report), [""; 0]);
    }
    finds(&sampled("It is on its way.", json!(null)), &[]);
}

#[test]
fn named_samples() {
    let two = "Your order {{order_id}} comes with {{carrier}} on the way.";
    let member = "/components/0/example/body_text_named_params";
    let right = json!([{"param_name": "order_id", "example": "A"}, {"param_name": "carrier", "example": "B"}]);
    let with = |example: Value| {
        let mut definition = sampled(two, example);
        definition["parameter_format"] = json!("NAMED");
        definition
    };
    // In any order.
    finds(&named(two, &[("carrier", "B"), ("order_id", "A")]), &[]);
    let map = with(json!({"body_text_named_params": {"carrier": "B", "order_id": "A"}}));
    finds(&map, &[&format!("error example-shape {member}")]);
    mends(&map, "example-shape", true, member, right.clone());
    let maps = with(json!({"body_text_named_params": [{"order_id": "A"}, {"carrier": "B"}]}));
    finds(&maps, &[&format!("error example-shape {member}")]);
    mends(&maps, "example-shape", true, member, right.clone());
    let rows = with(json!({"body_text": [["A", "B"]]}));
    finds(&rows, &["error example-shape /components/0/example"]);
    mends(&rows, "example-shape", false, member, right);
    let braced = named(two, &[("{{order_id}}", "A"), ("carrier", "B")]);
    finds(
        &braced,
        &[&format!("error var-type-param-name {member}/0/param_name")],
    );
    mends(
        &braced,
        "var-type-param-name",
        true,
        &format!("{member}/0/param_name"),
        json!("order_id"),
    );
    let near = named(two, &[("orderid", "A"), ("carrier", "B")]);
    mends(
        &near,
        "var-type-param-name",
        false,
        &format!("{member}/0/param_name"),
        json!("order_id"),
    );
    // No letter of it is like the one that lacks a sample; but nobody else lacks one.
    let other = named(two, &[("parcel", "A"), ("carrier", "B")]);
    mends(
        &other,
        "var-type-param-name",
        false,
        &format!("{member}/0/param_name"),
        json!("order_id"),
    );
    let strangers = [
        &[("parcel", "A"), ("courier_x", "B")][..],
        &[("carrier", "B"), ("parcel", "A"), ("courier_x", "C")],
        &[("carrier", "B"), ("order_id", "A"), ("parcel", "C")],
    ];
    for samples in strangers {
        let found = fixes(&named(two, samples), "var-type-param-name");
        assert_eq!(found, [], "{samples:?}");
    }
    let few = named(two, &[("carrier", "B")]);
    finds(&few, &[&format!("error example-count {member}")]);
    mends(
        &few,
        "example-count",
        false,
        member,
        json!([{"param_name": "order_id", "example": "sample order_id"}, {"param_name": "carrier", "example": "B"}]),
    );
    let twice = named(two, &[("carrier", "B"), ("carrier", "C")]);
    finds(&twice, &[&format!("error example-count {member}")]);
    let bare = with(
        json!({"body_text_named_params": [{"param_name": "order_id"}, {"param_name": "carrier", "example": "B"}]}),
    );
    finds(&bare, &[&format!("error example-empty {member}/0")]);
    let number = with(
        json!({"body_text_named_params": [{"param_name": 7, "example": "A"}, {"param_name": "carrier", "example": "B"}]}),
    );
    finds(
        &number,
        &[&format!("error wrong-type {member}/0/param_name")],
    );
    let blank = named(two, &[("order_id", " "), ("carrier", "B")]);
    finds(
        &blank,
        &[&format!("error example-empty {member}/0/example")],
    );
}

#[test]
fn footers() {
    let footer = |text: &str| {
        components(vec![
            body("It comes."),
            json!({"type": "FOOTER", "text": text}),
        ])
    };
    let place = "/components/1/text";
    finds(&footer("*Lucky* Shrub & Co"), &[]);
    finds(
        &footer("Lucky\nShrub"),
        &[&format!("error footer-clean {place}")],
    );
    finds(
        &footer("Lucky 🌵"),
        &[&format!("error footer-clean {place}")],
    );
    finds(
        &footer("Lucky {{1}}"),
        &[&format!("error footer-no-vars {place}")],
    );
    finds(&footer(" "), &[&format!("error text-required {place}")]);
    mends(
        &footer("Lucky\nShrub"),
        "footer-clean",
        true,
        place,
        json!("Lucky Shrub"),
    );
    mends(
        &footer("Lucky 🌵 Shrub"),
        "footer-clean",
        false,
        place,
        json!("Lucky Shrub"),
    );
    mends(
        &footer("Lucky {{1}} Shrub"),
        "footer-no-vars",
        false,
        place,
        json!("Lucky Shrub"),
    );
    finds(
        &components(vec![
            body("It comes."),
            json!({"type": "FOOTER", "text": "x", "example": {}}),
        ]),
        &["error unexpected-field /components/1/example"],
    );
}

#[test]
fn half_typed_texts_are_not_missing_anything() {
    let start = r#"{"name":"order","language":"en","category":"UTILITY","components":[{"type":"#;
    for part in [
        r#""HEADER","#,
        r#""HEADER","format":"IMA"#,
        r#""HEADER","format":"IMAGE","#,
        r#""HEADER","format":"IMAGE","example":{"#,
        r#""HEADER","format":"IMAGE","example":{"header_handle":["#,
        r#""HEADER","format":"IMAGE","example":{"header_handle":["4::"#,
        r#""BODY","text":"It is {{1}} now","#,
        r#""BODY","text":"It is {{1}} now","example":"#,
        r#""BODY","text":"It is {{1}} now","example":{"body_text":"#,
        r#""BODY","text":"It is {{1}} now","example":{"body_text":["#,
        r#""BODY","text":"It is {{1}} now","example":{"body_text":[["#,
        r#""BODY","text":"It is {{1}} now","example":{"body_text":[["A"#,
        r#""BODY","text":"It is now {{1}}"#,
        r#""BODY","text":"It is now {{1"#,
        r#""BODY","text":"It is now {{1}"#,
        r#""HEADER","format":"TEXT","text":"Hello {{first_n"#,
    ] {
        let report = check_text(&format!("{start}{part}"));
        let strange: Vec<String> = found(&report)
            .into_iter()
            .filter(|f| !f.contains("text-not-json"))
            .collect();
        assert_eq!(strange, [""; 0], "{part}");
    }
}

fn codes(report: &Report) -> BTreeMap<&str, usize> {
    let mut codes = BTreeMap::new();
    for diagnostic in &report.diagnostics {
        *codes.entry(diagnostic.code).or_default() += 1;
    }
    codes
}

/// Every fix applies; a safe one takes its finding away and adds none.
fn fixes_hold(definition: &Value) -> Result<(), TestCaseError> {
    let text = definition.to_string();
    let report = check_text(&text);
    let before = codes(&report);
    for diagnostic in &report.diagnostics {
        for fix in &diagnostic.fixes {
            let after = apply_fix(&text, &wa_preflight::report::fix_to_json(fix));
            let after = after.map_err(|e| TestCaseError::fail(format!("{fix:?}: {e:?}")))?;
            if !fix.safe {
                continue;
            }
            let report = check_text(&after);
            let now = codes(&report);
            prop_assert!(
                now.get(diagnostic.code).unwrap_or(&0) < &before[diagnostic.code],
                "{} stays after {:?}: {text} -> {after}",
                diagnostic.code,
                fix.title
            );
            for (code, count) in &now {
                prop_assert!(
                    before.get(code).unwrap_or(&0) >= count,
                    "{}: {:?} adds {code}: {text} -> {after}",
                    diagnostic.code,
                    fix.title
                );
            }
        }
    }
    Ok(())
}

fn a_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{{1}}".to_owned()),
        Just("{{2}}".to_owned()),
        Just("{{3}}".to_owned()),
        Just("{{0}}".to_owned()),
        Just("{{01}}".to_owned()),
        Just("{{ 1 }}".to_owned()),
        Just("{{name}}".to_owned()),
        Just("{{Name}}".to_owned()),
        Just("{{order-Id}}".to_owned()),
        Just("{{$x}}".to_owned()),
        Just("{{1}".to_owned()),
        "[{} \n\t*_~🎉🇧🇷a1.,\u{202e}\u{200b}é字]{0,4}",
        Just(" it is on its way ".to_owned()),
        Just("\n\n\n".to_owned()),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn an_example() -> impl Strategy<Value = Value> {
    let value = prop_oneof![
        Just(json!("a")),
        Just(json!("")),
        Just(json!("b\nc")),
        Just(json!(3)),
        Just(json!(null)),
        Just(json!("https://example.com/a.png")),
        Just(json!("4::aW1hZ2UvcG5n")),
        Just(json!({"param_name": "name", "example": "Ana"})),
        Just(json!({"param_name": "{{name}}", "example": "Ana"})),
        Just(json!({"param_name": "Name", "example": "Ana"})),
        Just(json!({"param_name": "name"})),
        Just(json!({"name": "Ana"})),
    ];
    let list = prop::collection::vec(value.clone(), 0..4).prop_map(Value::Array);
    let given = prop_oneof![value, list.clone(), list.prop_map(|list| json!([list]))];
    let key = prop_oneof![
        Just("body_text"),
        Just("body_text_named_params"),
        Just("header_text"),
        Just("header_text_named_params"),
        Just("header_handle"),
        Just("header_url"),
        Just(""),
    ];
    (key, given).prop_map(|(key, given)| {
        if key.is_empty() {
            given
        } else {
            json!({key: given})
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn safe_fixes_mend(
        head in a_text(), text in a_text(), foot in a_text(),
        samples in an_example(), samples_of_header in an_example(),
        format in prop_oneof![Just(json!("TEXT")), Just(json!("IMAGE")), Just(json!(null)), Just(json!("LOCATION"))],
        named in any::<bool>(),
    ) {
        let definition = json!({
            "name": "a", "language": "en", "category": "UTILITY",
            "parameter_format": if named { "NAMED" } else { "POSITIONAL" },
            "components": [
                {"type": "HEADER", "format": format, "text": head, "example": samples_of_header},
                {"type": "BODY", "text": text, "example": samples},
                {"type": "FOOTER", "text": foot},
            ],
        });
        fixes_hold(&definition)?;
    }

    #[test]
    fn fixes_at_a_limit(text in "[a-c {}01\n\t🎉\u{202e}A]{18,26}", named in any::<bool>()) {
        let definition = json!({
            "name": "a", "language": "en", "category": "UTILITY",
            "parameter_format": if named { "NAMED" } else { "POSITIONAL" },
            "components": [{"type": "BODY", "text": text}],
        });
        let mut options = Options { source: true, ..Options::default() };
        options.limits.set("bodyChars", 20);
        let report = check_template(&definition.to_string(), &options);
        for diagnostic in &report.diagnostics {
            for fix in diagnostic.fixes.iter().filter(|fix| fix.safe) {
                let after = apply_fix(&definition.to_string(), &wa_preflight::report::fix_to_json(fix)).unwrap();
                let after = check_template(&after, &options);
                let (before, after) = (codes(&report), codes(&after));
                // What was too long may be so by another count alone.
                let adds = |(code, n): (&&str, &usize)| {
                    before.get(code).unwrap_or(&0) < n
                        && !(*code == "char-unit" && before.contains_key("body-max"))
                };
                prop_assert!(!after.iter().any(adds), "{:?} {}", fix, definition);
            }
        }
    }
}

/// Twice the text costs at most two and a half times the time.
#[test]
fn no_text_costs_more_than_its_length() {
    let shape = |name: &str, size: usize| -> Value {
        let fill = |unit: &str| unit.repeat(size / unit.len());
        let each =
            |make: &dyn Fn(usize) -> String| -> String { (0..size / 16).map(make).collect() };
        match name {
            "names" => named(&each(&|i| format!("a {{{{n{i}}}}} ")), &[]),
            "capital names" => named(&each(&|i| format!("a {{{{N{i}}}}} ")), &[("N1", "a")]),
            "zeros" => one(&each(&|i| format!("a {{{{0{i}}}}} "))),
            "gaps" => one(&each(&|i| format!("a {{{{{}}}}} ", i * 2))),
            "turned" => one(&each(&|i| format!("a {{{{{}}}}} ", size / 16 - i))),
            "strays" => {
                let pairs: Vec<(String, &str)> = (0..size / 40)
                    .map(|i| (format!("abcdef{i}"), "a"))
                    .collect();
                let pairs: Vec<(&str, &str)> = pairs
                    .iter()
                    .map(|(name, sample)| (name.as_str(), *sample))
                    .collect();
                named(
                    &(0..size / 40)
                        .map(|i| format!("a {{{{bcdefg{i}}}}} "))
                        .collect::<String>(),
                    &pairs,
                )
            }
            "samples" => sampled(
                &each(&|i| format!("a {{{{{}}}}} ", i + 1)),
                json!({"body_text": [(0..size / 16).map(|_| "a").collect::<Vec<_>>()]}),
            ),
            "mixed" => one(&fill("{{a}} {{1}} ")),
            "emojis in a header" => header(&fill("🎉 ")),
            "placeholders in a footer" => components(vec![
                body("Hi there"),
                json!({"type": "FOOTER", "text": fill("{{1}} ")}),
            ]),
            "bodies" => components((0..size / 40).map(|_| body("It is {{a}}")).collect()),
            "products" => components(
                (0..size / 40)
                    .map(|_| json!({"type": "HEADER", "format": "PRODUCT"}))
                    .collect(),
            ),
            other => panic!("{other}"),
        }
    };
    let options = Options {
        source: true,
        ..Options::default()
    };
    for name in [
        "names",
        "capital names",
        "zeros",
        "gaps",
        "turned",
        "strays",
        "samples",
        "mixed",
        "emojis in a header",
        "placeholders in a footer",
        "bodies",
        "products",
    ] {
        let growth = growth(|size| {
            let text = shape(name, size).to_string();
            best(|| check_template(&text, &options))
        });
        assert!(growth < 2.5, "{name}: {growth:.2}");
    }
}
