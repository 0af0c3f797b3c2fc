//! Reads the options objects of the API.

use crate::findings::Options;
use crate::limits::LIMITS;
use crate::report::Severity;
use crate::rules;
use js_sys::{Array, Object, Reflect};
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

/// Sees to it that an option is an object of single values. Serde would say so, too, but by printing what it found,
/// however long or deep that is.
fn flat(
    options: &JsValue,
    name: &str,
    expected: &str,
    fits: impl Fn(&JsValue) -> bool,
) -> Result<(), JsValue> {
    let value = Reflect::get(options, &JsValue::from_str(name))?;
    if value.is_undefined() || value.is_null() {
        return Ok(());
    }
    if !value.is_object() || value.is_function() || Array::is_array(&value) {
        return Err(JsValue::from(format!("options.{name} must be an object")));
    }
    for key in Object::keys(value.unchecked_ref::<Object>()).iter() {
        if !fits(&Reflect::get(&value, &key)?) {
            let key = key.as_string().unwrap_or_default();
            return Err(JsValue::from(format!(
                "options.{name}.{key} must be {expected}"
            )));
        }
    }
    Ok(())
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
    flat(value, "limits", "a whole number from 0", |member| {
        member.as_f64().is_some()
    })?;
    flat(value, "policy", "error, warning, info or off", |member| {
        member.is_string()
    })?;
    for (name, expected) in [
        ("readback", "true or false"),
        ("recipient", "required or optional"),
    ] {
        let member = Reflect::get(value, &JsValue::from_str(name))?;
        if member.is_object() {
            return Err(JsValue::from(format!("options.{name} must be {expected}")));
        }
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
