//! What the core answers natively to the cases of `fixtures/parity.json`, held in a file that the wasm suites
//! (`wasm_node.rs`, `wasm_browser.rs`) compare theirs with. `UPDATE=1 cargo test --test parity` rewrites it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at what it does not expect"
)]

mod support;

use serde_json::{Value, json};
use wa_preflight::check::check_template;
use wa_preflight::delivery::classify::{Answer, classify_response};
use wa_preflight::delivery::webhook::read_webhook;
use wa_preflight::findings::Options;
use wa_preflight::report::{Report, to_json, to_wire};
use wa_preflight::rules::definition_docs;
use wa_preflight::template::Template;

#[test]
fn the_expected_answers_are_current() {
    let cases: Value = serde_json::from_str(include_str!("fixtures/parity.json")).unwrap();
    let options = Options {
        source: true,
        ..Options::default()
    };
    let template = Template::compile(cases["template"].as_str().unwrap(), &options).unwrap();
    let message_options = Options::default();
    let messages = texts(&cases["messages"]).map(|text| {
        json!({
            "check": read(&template.check(text, &message_options)),
            "sanitize": template.sanitize(text, &message_options),
            "preview": template.preview(text),
            "build": match template.build(text, &message_options, false) {
                Ok(payload) => json!({ "payload": payload }),
                Err(report) => json!({ "report": read(&report) }),
            },
        })
    });
    let answers = cases["answers"].as_array().unwrap().iter().map(|answer| {
        classify_response(
            &serde_json::from_value::<Answer>(answer.clone()).unwrap(),
            Some(0.0),
        )
    });
    let answers = json!({
        "definitions": texts(&cases["definitions"]).map(|text| read(&check_template(text, &options))).collect::<Vec<_>>(),
        "wires": texts(&cases["definitions"]).map(|text| to_wire(&check_template(text, &options))).collect::<Vec<_>>(),
        "samples": samples(&options),
        "parameters": template.parameters(),
        "messages": messages.collect::<Vec<_>>(),
        "answers": answers.collect::<Vec<_>>(),
        "webhooks": texts(&cases["webhooks"]).map(|text| read_webhook(text.as_bytes())).collect::<Vec<_>>(),
    });
    let text = format!("{}\n", serde_json::to_string_pretty(&answers).unwrap());

    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/parity.expected.json"
    );
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let held = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        held == text,
        "tests/fixtures/parity.expected.json is stale: run `UPDATE=1 cargo test --test parity` and read the difference"
    );
}

/// What is said of each definition that breaks a rule in the catalogue: core.wasm leaves it to JavaScript.
fn samples(options: &Options) -> Vec<Value> {
    let own = |sample: &str| sample.contains(r#""limits":"#) || sample.contains(r#""options":"#);
    let docs = definition_docs().into_iter().filter(|doc| !own(doc.bad));
    docs.filter_map(|doc| support::samples::definition(doc.bad).1)
        .map(|text| {
            let found = check_template(&text, options).diagnostics.into_iter();
            let said = found.map(|found| json!([found.code, found.message, found.help]));
            json!([text, Value::from_iter(said).to_string()])
        })
        .collect()
}

/// A report as JavaScript gets it.
fn read(report: &Report) -> Value {
    serde_json::from_str(&to_json(report)).unwrap()
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|text| text.as_str().unwrap())
}
