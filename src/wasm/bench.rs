//! Ways across the boundary that the package does not take, kept for `./build.sh bench` to compare
//! with those it takes (docs/decisions/0001-boundary.md).

use super::options;
use crate::check;
use wasm_bindgen::prelude::*;

/// The report as JSON text, for `JSON.parse` on the other side.
#[wasm_bindgen]
pub fn check_template_to_text(
    text: &str,
    is_text: bool,
    options: &JsValue,
) -> Result<String, JsValue> {
    let report = check::check_template(text, &options::read(options, is_text)?);
    serde_json::to_string(&report).map_err(|error| JsValue::from(error.to_string()))
}

/// The report made and dropped: what the check costs without its way back.
#[wasm_bindgen]
pub fn check_template_and_drop(
    text: &str,
    is_text: bool,
    options: &JsValue,
) -> Result<bool, JsValue> {
    Ok(check::check_template(text, &options::read(options, is_text)?).ok)
}
