//! The lenient reader: what it gives for JSON, for what is nearly JSON, and for what is none.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

use proptest::prelude::*;
use wa_preflight::json::{Node, ProblemKind, Value, parse, write_value};

fn kinds(text: &str) -> Vec<ProblemKind> {
    parse(text).problems.iter().map(|p| p.kind).collect()
}

fn text_of(node: &Node<'_>) -> String {
    let mut out = String::new();
    write_value(&mut out, node);
    out
}

#[track_caller]
fn reads(text: &str, expected: &str, problems: &[ProblemKind]) {
    let parsed = parse(text);
    assert_eq!(
        parsed.root.as_ref().map(text_of).unwrap_or_default(),
        expected,
        "of {text}"
    );
    assert_eq!(kinds(text), problems, "of {text}");
}

#[test]
fn valid_json_has_no_problems() {
    for text in [
        "{}",
        "[]",
        "null",
        "true",
        " 12 ",
        "-0.5e+3",
        r#""a\u00e9\n\ud83d\ude00""#,
        r#"{"a":[1,{"b":[]},"c"]}"#,
    ] {
        assert_eq!(kinds(text), [], "of {text}");
    }
    reads("\u{feff}{\"a\": 1}", r#"{"a":1}"#, &[]);
}

#[test]
fn half_typed_text_keeps_what_is_there() {
    use ProblemKind::*;
    reads(
        r#"{"name": "ord"#,
        r#"{"name":"ord"}"#,
        &[UnclosedObject, UnclosedString],
    );
    reads(r#"{"name":"#, "{}", &[UnclosedObject, MissingValue]);
    reads(r#"{"name""#, "{}", &[UnclosedObject, MissingColon]);
    reads(r#"{"a": 1,"#, r#"{"a":1}"#, &[UnclosedObject, MissingValue]);
    reads(
        r#"{"a": [1, 2"#,
        r#"{"a":[1,2]}"#,
        &[UnclosedObject, UnclosedArray],
    );
    reads("", "", &[Empty]);
    // A text whose quote is missing ends with its line; the rest is still read.
    reads(
        "{\"a\": \"x\n\"b\": 1}",
        r#"{"a":"x","b":1}"#,
        &[UnclosedString, MissingComma],
    );
}

#[test]
fn a_key_wants_its_value_before_any_bracket() {
    for (text, at) in [
        (r#"{"a":}"#, (1, 4)),
        (r#"{"a":1,"b":}"#, (7, 10)),
        (r#"[{"a":}]"#, (2, 5)),
        (r#"{"a":]}"#, (1, 4)),
    ] {
        let parsed = parse(text);
        let missing = parsed
            .problems
            .iter()
            .find(|p| p.kind == ProblemKind::MissingValue);
        let missing = missing.unwrap_or_else(|| panic!("{text}: {:?}", parsed.problems));
        assert_eq!((missing.at.start, missing.at.end), at, "{text}");
    }
}

#[test]
fn common_slips_are_named() {
    use ProblemKind::*;
    reads(r#"{"a": 1 "b": 2}"#, r#"{"a":1,"b":2}"#, &[MissingComma]);
    reads("[1, 2,]", "[1,2]", &[ExtraComma]);
    reads(r#"{"a": 1,}"#, r#"{"a":1}"#, &[ExtraComma]);
    reads("{a: 1}", r#"{"a":1}"#, &[UnquotedKey]);
    reads("{'a': 'b'}", r#"{"a":"b"}"#, &[WrongQuotes, WrongQuotes]);
    reads("{\u{201c}a\u{201d}: 1}", r#"{"a":1}"#, &[WrongQuotes]);
    reads("[1}", "[1]", &[UnclosedArray, WrongBracket]);
    reads("[True]", "[null]", &[BadWord]);
    reads("[01]", "[01]", &[BadNumber]);
    reads("[1] x", "[1]", &[TextBehind]);
    reads("\"a\tb\"", r#""a\tb""#, &[ControlInString]);
    reads(r#""\x""#, r#""x""#, &[BadEscape]);
    reads(r#""\ud83d""#, "\"\u{fffd}\"", &[LoneSurrogate]);
    reads(r#""\ud83d\ude00""#, "\"\u{1f600}\"", &[]);
}

#[test]
fn repeated_keys_are_marked_and_the_last_counts() {
    let parsed = parse(r#"{"a":1,"b":2,"a":3}"#);
    let root = parsed.root.unwrap();
    assert_eq!(root.get("a").unwrap().as_i64(), Some(3));
    let marks: Vec<bool> = root
        .as_object()
        .unwrap()
        .iter()
        .map(|m| m.repeated)
        .collect();
    assert_eq!(marks, [false, false, true]);
    let many: String = (0..40).map(|i| format!("\"k{}\":0,", i % 39)).collect();
    let text = format!("{{{}\"z\":0}}", many);
    let root = parse(&text).root.unwrap();
    assert_eq!(
        root.as_object()
            .unwrap()
            .iter()
            .filter(|m| m.repeated)
            .count(),
        1
    );
}

#[test]
fn depth_is_capped_without_recursion() {
    for depth in [64, 65, 10_000, 200_000] {
        let text = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        let expected: &[ProblemKind] = if depth <= 64 {
            &[]
        } else {
            &[ProblemKind::TooDeep]
        };
        assert_eq!(kinds(&text), expected, "depth {depth}");
        assert!(parse(&"{\"a\":".repeat(depth)).root.is_some());
    }
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[ -~\u{e9}\u{1f600}\"\\\\\n]{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::btree_map("[a-z\"\u{e9}]{0,4}", inner, 0..5)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reads_what_another_reader_reads(value in json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        let parsed = parse(&text);
        prop_assert_eq!(&parsed.problems, &[]);
        let written = text_of(parsed.root.as_ref().unwrap());
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), value);
    }

    #[test]
    fn any_prefix_gives_a_tree_inside_the_text(value in json(), cut in any::<prop::sample::Index>()) {
        let text = value.to_string();
        let mut at = cut.index(text.len() + 1);
        while !text.is_char_boundary(at) { at -= 1; }
        let parsed = parse(&text[..at]);
        for problem in &parsed.problems {
            prop_assert!(problem.at.start <= problem.at.end && problem.at.end <= at);
        }
        if let Some(root) = &parsed.root {
            prop_assert!(spans_nest(root, at));
        }
    }

    #[test]
    fn any_text_gives_an_answer(text in "[\\[\\]{}:,\"'a1\\\\u\u{201c}\u{e9}\n -]{0,60}") {
        let parsed = parse(&text);
        prop_assert!(parsed.root.is_some() || !parsed.problems.is_empty());
    }
}

fn spans_nest(node: &Node<'_>, end: usize) -> bool {
    let inside = |child: &Node<'_>| {
        child.at.start >= node.at.start && child.at.end <= node.at.end && spans_nest(child, end)
    };
    node.at.start <= node.at.end
        && node.at.end <= end
        && match &node.value {
            Value::Array(items) => items.iter().all(inside),
            Value::Object(members) => members.iter().all(|m| inside(&m.value)),
            _ => true,
        }
}

#[test]
fn whole_numbers_are_read_in_every_spelling() {
    for (text, expected) in [
        ("5", Some(5)),
        ("-5", Some(-5)),
        ("5.0", Some(5)),
        ("5e0", Some(5)),
        ("0.5e1", Some(5)),
        ("1.25E+2", Some(125)),
        ("12500e-2", Some(125)),
        ("-0", Some(0)),
        ("0e999999999", Some(0)),
        ("-8999999999999999999", Some(-8_999_999_999_999_999_999)),
        ("9000000000000000000", None),
        ("99999999999999999999999999", None),
        ("1e18", Some(1_000_000_000_000_000_000)),
        ("1e19", None),
        ("1e999999999999", None),
        ("5.5", None),
        ("12501e-2", None),
        ("1e-999999999", None),
        ("-", None),
    ] {
        assert_eq!(parse(text).root.unwrap().as_i64(), expected, "{text}");
    }
}
