//! The functions that the npm package calls. Its JavaScript files give them their public names.

use super::{options, value};
use crate::check;
use crate::findings::Options;
use crate::report::Report;
use crate::{limits, rules};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Gives a value to JavaScript as plain objects, arrays and numbers.
pub(super) fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| JsValue::from(error.to_string()))
}

/// Judges a definition given as JSON text. `is_text` says that the caller gave text, so that places
/// in it are wanted.
#[wasm_bindgen]
pub fn check_template(text: &str, is_text: bool, options: &JsValue) -> Result<JsValue, JsValue> {
    to_js(&check::check_template(
        text,
        &options::read(options, is_text)?,
    ))
}

/// Judges a definition that `JSON.stringify` refused.
#[wasm_bindgen]
pub fn check_template_value(given: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    to_js(&judge_value(
        given,
        &options::read(options, false)?,
        check::check_template_with,
    ))
}

/// Writes a JavaScript value as text, judges the text and adds what the text could not say.
pub(super) fn judge_value(
    given: &JsValue,
    options: &Options,
    judge: impl Fn(&str, &Options, &[crate::findings::Note]) -> Report,
) -> Report {
    let written = value::write(given);
    judge(&written.text, options, &written.notes)
}

/// Applies a fix of a report to a definition's text.
#[wasm_bindgen]
pub fn apply_fix(text: &str, fix: &JsValue, _is_text: bool) -> Result<String, JsValue> {
    let fix = js_sys::JSON::stringify(fix)
        .ok()
        .and_then(|text| text.as_string())
        .ok_or_else(|| {
            JsValue::from_str("`fix` is not a fix of a report: it cannot be written as JSON")
        })?;
    crate::fix::apply_fix(text, &fix).map_err(|error| JsValue::from(error.to_string()))
}

/// The catalogue.
#[wasm_bindgen(js_name = rules)]
pub fn list_rules() -> Result<JsValue, JsValue> {
    to_js(&rules::list())
}

/// The limits.
#[wasm_bindgen(js_name = limits)]
pub fn list_limits() -> Result<JsValue, JsValue> {
    to_js(limits::LIMITS)
}
