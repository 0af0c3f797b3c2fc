//! Templates, payloads and texts for JavaScript.

use super::api::{judge_value, to_js};
use super::{options, value};
use crate::limits::Limit;
use crate::payload;
use crate::report::{Change, Report};
use crate::template::Template;
use crate::text;
use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A compiled template.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CoreTemplate {
    template: Template,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Info<'t> {
    name: &'t str,
    language: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'static str>,
    parameter_format: &'static str,
}

#[wasm_bindgen]
impl CoreTemplate {
    /// Compiles a definition; throws the report when no message could be built from it.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, is_text: bool, options: &JsValue) -> Result<CoreTemplate, JsValue> {
        compiled(Template::compile(text, &options::read(options, is_text)?))
    }

    /// Compiles a definition that `JSON.stringify` refused.
    pub fn from_value(given: &JsValue, options: &JsValue) -> Result<CoreTemplate, JsValue> {
        let written = value::write(given);
        let options = options::read(options, false)?;
        compiled(Template::compile_with(
            &written.text,
            &options,
            &written.notes,
        ))
    }

    /// Name, language, category and parameter format.
    pub fn info(&self) -> Result<JsValue, JsValue> {
        to_js(&Info {
            name: &self.template.name,
            language: &self.template.language,
            category: self.template.category.map(|category| category.word()),
            parameter_format: self.template.parameter_format.word(),
        })
    }

    /// What a message may supply.
    pub fn parameters(&self) -> Result<JsValue, JsValue> {
        to_js(&self.template.parameters())
    }

    /// Judges a message given as JSON text.
    pub fn check(&self, message: &str, options: &JsValue) -> Result<JsValue, JsValue> {
        to_js(
            &self
                .template
                .check(message, &options::read(options, false)?),
        )
    }

    /// Judges a message that `JSON.stringify` refused.
    pub fn check_value(&self, message: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
        let options = options::read(options, false)?;
        to_js(&judge_value(message, &options, |text, options, notes| {
            self.template.check_with(text, options, notes)
        }))
    }

    /// Judges a ready-made payload, or its components.
    pub fn check_payload(
        &self,
        text: &str,
        is_text: bool,
        options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let options = options::read(options, is_text)?;
        to_js(&self.template.check_payload(text, &options))
    }

    /// Changes the values that Meta would refuse, and lists the changes; undefined where nothing can be changed.
    pub fn sanitize(&self, message: &str, options: &JsValue) -> Result<JsValue, JsValue> {
        let options = options::read(options, false)?;
        let clean = self.template.sanitize(message, &options);
        if clean.readable {
            to_js(&clean)
        } else {
            Ok(JsValue::UNDEFINED)
        }
    }

    /// Writes the payload; throws the report when the message would be refused.
    pub fn build(&self, message: &str, options: &JsValue) -> Result<String, JsValue> {
        let given = options::read(options, false)?;
        self.template
            .build(message, &given, flag(options, "sanitize")?)
            .map_err(|report| thrown(&report))
    }

    /// Shows what the recipient will see.
    pub fn preview(&self, message: &str) -> Result<JsValue, JsValue> {
        to_js(&self.template.preview(message))
    }
}

fn compiled(result: Result<Template, Report>) -> Result<CoreTemplate, JsValue> {
    match result {
        Ok(template) => Ok(CoreTemplate { template }),
        Err(report) => Err(thrown(&report)),
    }
}

/// A report as the value that is thrown.
fn thrown(report: &Report) -> JsValue {
    to_js(report).unwrap_or_else(|error| error)
}

fn flag(options: &JsValue, name: &str) -> Result<bool, JsValue> {
    if !options.is_object() {
        return Ok(false);
    }
    let value = Reflect::get(options, &JsValue::from_str(name))?;
    if value.is_undefined() || value.is_null() {
        return Ok(false);
    }
    value
        .as_bool()
        .ok_or_else(|| JsValue::from(format!("options.{name} must be true or false")))
}

/// Judges a payload by its shape alone.
#[wasm_bindgen]
pub fn check_payload(text: &str, is_text: bool, options: &JsValue) -> Result<JsValue, JsValue> {
    to_js(&payload::check_payload(
        text,
        &options::read(options, is_text)?,
    ))
}

/// Judges a payload that `JSON.stringify` refused.
#[wasm_bindgen]
pub fn check_payload_value(given: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    to_js(&judge_value(
        given,
        &options::read(options, false)?,
        payload::check_payload_with,
    ))
}

#[derive(Serialize)]
struct SanitizedText {
    text: String,
    changes: Vec<Change>,
}

/// Changes in a text what Meta would refuse inside a value.
#[wasm_bindgen]
pub fn sanitize_text(text: &str, options: &JsValue) -> Result<JsValue, JsValue> {
    let options = options::read(options, false)?;
    let (text, changes) = text::sanitize_text(text, options.limits.max(Limit::ValueSpaceRun));
    to_js(&SanitizedText { text, changes })
}
