//! Options for JavaScript: a wrong one is thrown.

use crate::findings::Options;
use wasm_bindgen::JsValue;

/// Reads a check's options.
pub(super) fn read(text: &str, source: bool) -> Result<Options, JsValue> {
    crate::options::read(text, source).map_err(JsValue::from)
}
