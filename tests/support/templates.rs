//! What the suites of messages and payloads share.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

use serde_json::{Value, json};
use wa_preflight::findings::Options;
use wa_preflight::report::{Report, pointer};
use wa_preflight::template::Template;

/// Compiles the given members laid over a plain definition.
pub fn template(over: &Value) -> Template {
    let mut definition = json!({
        "name": "order_update", "language": "en_US", "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Your order is on its way."}]
    });
    for (key, value) in over.as_object().unwrap() {
        definition[key] = value.clone();
    }
    Template::compile(&json(&definition), &Options::default()).unwrap()
}

/// A value as JSON text.
pub fn json(value: &Value) -> String {
    value.to_string()
}

/// A finding as tests spell it: code, JSON Pointer, key, span.
pub type Expect = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<(usize, usize)>,
);

/// Compares everything that was found, and looks for wording that was not filled in.
pub fn assert_found(report: &Report, expected: &[Expect], what: &str) {
    let found: Vec<_> = report
        .diagnostics
        .iter()
        .map(|d| {
            (
                d.code,
                pointer(&d.path),
                d.key.as_deref(),
                d.span.map(|s| (s.start, s.end)),
            )
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(code, path, key, span)| (*code, (*path).to_owned(), *key, *span))
        .collect();
    assert_eq!(found, expected, "{what}");
    for diagnostic in &report.diagnostics {
        for text in [Some(&diagnostic.message), diagnostic.help.as_ref()]
            .into_iter()
            .flatten()
        {
            assert!(
                !text.contains('{')
                    || text.contains('"')
                    || text.contains("{{")
                    || text.contains("PHONE"),
                "unfilled wording: {text}"
            );
        }
    }
}
