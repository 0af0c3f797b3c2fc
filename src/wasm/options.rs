//! Reads the options objects of the API.

use crate::findings::Options;
use crate::limits::LIMITS;
use crate::report::Severity;
use crate::rules;
use serde::Deserialize;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Given {
    limits: Option<BTreeMap<String, f64>>,
    policy: Option<BTreeMap<String, String>>,
    now: Option<f64>,
    readback: Option<bool>,
    recipient: Option<String>,
}

/// Reads a check's options; an option that does not exist or cannot be is a wrong call.
pub(super) fn read(value: &JsValue, source: bool) -> Result<Options, JsValue> {
    let mut options = Options {
        source,
        ..Options::default()
    };
    if value.is_undefined() || value.is_null() {
        return Ok(options);
    }
    let given: Given = serde_wasm_bindgen::from_value(value.clone())
        .map_err(|error| JsValue::from(format!("options cannot be read: {error}")))?;
    for (name, max) in given.limits.unwrap_or_default() {
        if !(max.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&max)) {
            return Err(JsValue::from(format!(
                "options.limits.{name} must be a whole number from 0"
            )));
        }
        if !options.limits.set(&name, max as u32) {
            let known: Vec<&str> = LIMITS.iter().map(|row| row.name).collect();
            return Err(JsValue::from(format!(
                "options.limits.{name} is not a limit; the limits are {}",
                known.join(", ")
            )));
        }
    }
    for (code, severity) in given.policy.unwrap_or_default() {
        if !rules::all().any(|rule| rule.code == code) {
            return Err(JsValue::from(format!(
                "options.policy names `{code}`, which is no rule; rules() lists them"
            )));
        }
        let severity = match severity.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "info" => Some(Severity::Info),
            "off" => None,
            other => {
                return Err(JsValue::from(format!(
                    "options.policy.{code} must be error, warning, info or off, not `{other}`"
                )));
            }
        };
        options.policy.insert(code, severity);
    }
    options.now = given.now;
    options.readback = given.readback.unwrap_or(false);
    options.recipient_optional = match given.recipient.as_deref() {
        None | Some("required") => false,
        Some("optional") => true,
        Some(other) => {
            return Err(JsValue::from(format!(
                "options.recipient must be required or optional, not `{other}`"
            )));
        }
    };
    Ok(options)
}
