//! Runs the samples of the catalogue (see `RuleDoc`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

use super::mute::muted;
use serde_json::{Map, Value, json};
use wa_preflight::check::check_template;
use wa_preflight::findings::{Options, Previous};
use wa_preflight::report::{Report, TextChange};
use wa_preflight::template::Template;

/// What a sample is of.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// A definition's members, or a text that is not JSON.
    Definition,
    /// A template and a message or payload for it.
    Message,
}

/// The plain valid definition that samples are laid over.
pub fn base() -> Value {
    json!({
        "name": "order_update", "language": "en_US", "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Your order is on its way."}],
    })
}

/// The definition of a sample as text, for the samples that are definitions.
pub fn definition(sample: &str) -> (Kind, Option<String>) {
    match serde_json::from_str::<Value>(sample) {
        Ok(Value::Object(members)) if members.contains_key("template") => (Kind::Message, None),
        Ok(Value::Object(members)) if is_plain(sample, &members) => {
            (Kind::Definition, Some(lay_over(members).to_string()))
        }
        // Not JSON, or JSON that a second reader would change (repeated keys, half characters): as it stands.
        _ => (Kind::Definition, Some(sample.to_owned())),
    }
}

fn is_plain(sample: &str, members: &Map<String, Value>) -> bool {
    sample.matches("\":").count() == json!(members).to_string().matches("\":").count()
}

fn lay_over(mut members: Map<String, Value>) -> Value {
    members.remove("limits");
    members.remove("options");
    let mut definition = base();
    let target = definition.as_object_mut().unwrap();
    for (key, value) in members {
        if value.is_null() {
            target.remove(&key);
        } else {
            target.insert(key, value);
        }
    }
    definition
}

/// The options with the sample's own limits and `options`: `readback`, `now`, and `edit` with the
/// members of `previous` laid over the plain definition.
pub fn options(sample: &str, options: &Options) -> Options {
    let mut options = muted(options);
    if let Ok(Value::Object(members)) = serde_json::from_str::<Value>(sample)
        && let Some(given) = members.get("options")
    {
        options.readback = given["readback"] == json!(true);
        options.now = given["now"].as_f64();
        options.edit = given.get("edit").map(|edit| Previous {
            previous: match edit["previous"].as_object() {
                Some(members) => lay_over(members.clone()).to_string(),
                None => edit["previous"].to_string(),
            },
            status: edit["status"].as_str().unwrap().to_owned(),
        });
    }
    if let Ok(Value::Object(members)) = serde_json::from_str::<Value>(sample)
        && let Some(Value::Object(limits)) = members.get("limits")
    {
        for (name, max) in limits {
            let max = u32::try_from(max.as_u64().unwrap()).unwrap();
            assert!(options.limits.set(name, max), "{name} is no limit");
        }
    }
    options
}

/// Judges a sample.
pub fn judge(sample: &str, given: &Options) -> Report {
    let options = options(sample, given);
    match definition(sample) {
        (Kind::Definition, Some(text)) => check_template(&text, &options),
        _ => message(sample, &options),
    }
}

fn message(sample: &str, options: &Options) -> Report {
    let sample: Value = serde_json::from_str(sample).unwrap();
    let definition = lay_over(sample["template"].as_object().unwrap().clone());
    let template = Template::compile(&definition.to_string(), options).unwrap();
    match (sample.get("message"), sample.get("payload")) {
        (Some(message), _) => template.check(&message.to_string(), options),
        (_, Some(payload)) => template.check_payload(&payload.to_string(), options),
        _ => panic!("a sample has a message or a payload: {sample}"),
    }
}

/// Applies UTF-16 edits to a text, as an editor would.
pub fn apply_text_edits(text: &str, edits: &[TextChange]) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut edits: Vec<&TextChange> = edits.iter().collect();
    edits.sort_by_key(|e| (e.start, e.end));
    let mut out: Vec<u16> = Vec::new();
    let mut from = 0;
    for edit in edits {
        out.extend_from_slice(&units[from..edit.start]);
        out.extend(edit.text.encode_utf16());
        from = edit.end;
    }
    out.extend_from_slice(&units[from..]);
    String::from_utf16(&out).unwrap()
}
