//! What answers and webhooks mean, for JavaScript.

use super::message::to_js;
use super::options;
use crate::delivery::classify::{Answer, classify_response as classify};
use crate::delivery::webhook::read_webhook as read;
use wasm_bindgen::prelude::*;

/// Says what the answer to one POST means.
#[wasm_bindgen]
pub fn classify_response(answer: JsValue, options: &str) -> Result<JsValue, JsValue> {
    let answer: Answer = serde_wasm_bindgen::from_value(answer)
        .map_err(|error| JsValue::from(format!("`response` cannot be read: {error}")))?;
    to_js(&classify(&answer, options::read(options, false)?.now))
}

/// Reads the body of a webhook.
#[wasm_bindgen]
pub fn read_webhook(body: &[u8]) -> Result<JsValue, JsValue> {
    to_js(&read(body))
}
