//! What core.wasm gives to JavaScript: definitions judged and mended. Only text crosses, so that the
//! module carries no other way of writing values (docs/decisions/0004-two-wasm-files.md); a text that
//! begins with an exclamation mark says what was wrong with the call.

use crate::report::to_wire;
use crate::{check, fix, options};
use wasm_bindgen::prelude::*;

/// Judges a definition given as JSON text; the options are JSON text, too, and the report comes in
/// wire format (`src/report/wire.rs`). `is_text` says that the caller gave text, so that places in it are wanted.
#[wasm_bindgen]
pub fn check_template(text: &str, is_text: bool, options: &str) -> String {
    match options::read(options, is_text) {
        Ok(options) => to_wire(&check::check_template(text, &options)),
        Err(error) => ["!", &error].concat(),
    }
}

/// Applies a fix of a report, given as JSON text, to a definition's text; a dot stands before what came out.
#[wasm_bindgen]
pub fn apply_fix(text: &str, fix: &str) -> String {
    match fix::apply_fix(text, fix) {
        Ok(mended) => [".", &mended].concat(),
        Err(error) => ["!", &error.message()].concat(),
    }
}
