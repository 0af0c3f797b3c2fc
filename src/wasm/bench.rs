//! What the package does not export, for `./build.sh bench` (docs/decisions/0001-boundary.md).

use super::options;
use crate::check;
use wasm_bindgen::prelude::*;

/// The report made and dropped: what the check costs without its way back.
#[wasm_bindgen]
pub fn check_template_and_drop(text: &str, is_text: bool, options: &str) -> Result<bool, JsValue> {
    Ok(check::check_template(text, &options::read(options, is_text)?).ok)
}
