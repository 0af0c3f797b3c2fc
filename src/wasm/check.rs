//! What core.wasm gives to JavaScript: definitions judged and mended. Only text crosses, so that the
//! module carries no other way of writing values (docs/decisions/0004-two-wasm-files.md).

use super::{options, value};
use crate::check;
use crate::report::to_json;
use wasm_bindgen::prelude::*;

/// Judges a definition given as JSON text; the report and the options are JSON text, too. `is_text`
/// says that the caller gave text, so that places in it are wanted.
#[wasm_bindgen]
pub fn check_template(text: &str, is_text: bool, options: &str) -> Result<String, JsValue> {
    let options = options::read(options, is_text)?;
    Ok(to_json(&check::check_template(text, &options)))
}

/// Judges a definition that `JSON.stringify` refused.
#[wasm_bindgen]
pub fn check_template_value(given: &JsValue, options: &str) -> Result<String, JsValue> {
    let options = options::read(options, false)?;
    let report = value::judge(given, &options, check::check_template_with);
    Ok(to_json(&report))
}

/// Applies a fix of a report, given as JSON text, to a definition's text.
#[wasm_bindgen]
pub fn apply_fix(text: &str, fix: &str) -> Result<String, JsValue> {
    crate::fix::apply_fix(text, fix).map_err(|error| JsValue::from(error.message()))
}
