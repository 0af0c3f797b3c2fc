//! What answers and webhooks mean, for JavaScript.

use super::api::to_js;
use crate::delivery::classify::{Answer, classify_response as classify};
use crate::delivery::webhook::read_webhook as read;
use wasm_bindgen::prelude::*;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Given {
    now: Option<f64>,
}

/// Says what the answer to one POST means.
#[wasm_bindgen]
pub fn classify_response(answer: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
    let answer: Answer = serde_wasm_bindgen::from_value(answer)
        .map_err(|error| JsValue::from(format!("`response` cannot be read: {error}")))?;
    let given: Given = if options.is_undefined() || options.is_null() {
        Given::default()
    } else {
        serde_wasm_bindgen::from_value(options)
            .map_err(|error| JsValue::from(format!("options cannot be read: {error}")))?
    };
    to_js(&classify(&answer, given.now))
}

/// Reads the body of a webhook.
#[wasm_bindgen]
pub fn read_webhook(body: &[u8]) -> Result<JsValue, JsValue> {
    to_js(&read(body))
}
