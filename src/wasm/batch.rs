//! Batches for JavaScript. Bytes come and go in one copy each; what is said about rows is JSON text.

use super::message::{CoreTemplate, thrown, to_js};
use crate::payload::batch::{Batch, BatchOptions};
use js_sys::{Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

/// A batch that is being built.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CoreBatch {
    batch: Batch,
}

#[wasm_bindgen]
impl CoreBatch {
    /// Begins a batch of a template; throws a report when its defaults are wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(template: &CoreTemplate, options: &str) -> Result<CoreBatch, JsValue> {
        let options = BatchOptions::read(options).map_err(JsValue::from)?;
        let batch = Batch::new(template.template(), options);
        batch
            .map(|batch| CoreBatch { batch })
            .map_err(|report| thrown(&report))
    }

    /// What the columns of a file that begins with `bytes` stand for.
    pub fn head(template: &CoreTemplate, bytes: &[u8], options: &str) -> Result<JsValue, JsValue> {
        let options = BatchOptions::read(options).map_err(JsValue::from)?;
        to_js(&Batch::head(template.template(), &options, bytes))
    }

    /// Takes the next bytes, or says that there are no more. What they completed is asked for by the
    /// functions below, until the next call of this one.
    pub fn step(&mut self, bytes: &[u8], last: bool) -> usize {
        self.batch.step(bytes, last).payloads.len()
    }

    /// Copies the payloads into a place of their length.
    pub fn payloads(&self, into: &Uint8Array) {
        into.copy_from(&self.batch.result().payloads);
    }

    /// The row of each payload.
    pub fn rows(&self) -> Uint32Array {
        Uint32Array::from(self.batch.result().rows.as_slice())
    }

    /// What there is to say about the rows, as JSON text; empty when it is nothing.
    pub fn notes(&self) -> String {
        self.batch.result().notes()
    }
}
