//! What the package does not export, for `./build.sh bench` (docs/decisions/0001-boundary.md).

use crate::{check, options};
use wasm_bindgen::prelude::*;

/// The report made and dropped: what the check costs without its way back.
#[wasm_bindgen]
pub fn check_template_and_drop(text: &str, is_text: bool, options: &str) -> bool {
    options::read(options, is_text).is_ok_and(|options| check::check_template(text, &options).ok)
}
