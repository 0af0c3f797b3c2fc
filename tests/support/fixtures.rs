//! The valid definitions of tests/fixtures/definitions, one of every kind.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

use super::mute::muted;
use serde_json::Value;
use wa_preflight::findings::Options;

/// A valid definition.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// The name of its file.
    pub name: String,
    /// The definition, with Meta's words in upper case.
    pub value: Value,
}

impl Fixture {
    /// How it is judged: what GET gave, as read back.
    pub fn options(&self) -> Options {
        muted(&Options {
            readback: self.name.starts_with("readback_"),
            source: true,
            ..Options::default()
        })
    }
}

/// All of them, by name.
pub fn definitions() -> Vec<Fixture> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/definitions");
    let mut all: Vec<Fixture> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let value = serde_json::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            Fixture { name, value }
        })
        .collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// Members whose value is a word of Meta's that Meta prints in both cases.
const WORDS: &[&str] = &[
    "type",
    "format",
    "category",
    "parameter_format",
    "otp_type",
    "display_format",
    "sub_category",
];

/// The same definition with Meta's words in lower case.
pub fn in_lower_case(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(in_lower_case).collect(),
        Value::Object(members) => {
            let lower = |(key, value): (&String, &Value)| match value {
                Value::String(word) if WORDS.contains(&key.as_str()) => {
                    (key.clone(), Value::String(word.to_lowercase()))
                }
                value => (key.clone(), in_lower_case(value)),
            };
            Value::Object(members.iter().map(lower).collect())
        }
        value => value.clone(),
    }
}
