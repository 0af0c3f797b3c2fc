//! Templates, payloads and texts for JavaScript. Options and reports cross as JSON text, what else
//! there is as objects.

use super::options;
use crate::limits::Limit;
use crate::payload;
use crate::payload::batch::{Lines, QuickBuild};
use crate::report::{Change, Report, to_json};
use crate::template::Template;
use crate::text;
use serde::Serialize;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// Gives a value to JavaScript as plain objects, arrays and numbers.
pub(super) fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| JsValue::from(error.to_string()))
}

/// A compiled template.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CoreTemplate {
    template: Template,
    /// Made with the first message.
    quick: Option<QuickBuild>,
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
    pub fn new(text: &str, is_text: bool, options: &str) -> Result<CoreTemplate, JsValue> {
        match Template::compile(text, &options::read(options, is_text)?) {
            Ok(template) => Ok(CoreTemplate {
                template,
                quick: None,
            }),
            Err(report) => Err(thrown(&report)),
        }
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
    pub fn check(&self, message: &str, options: &str) -> Result<String, JsValue> {
        let options = options::read(options, false)?;
        Ok(to_json(&self.template.check(message, &options)))
    }

    /// Judges a ready-made payload, or its components.
    pub fn check_payload(
        &self,
        text: &str,
        is_text: bool,
        options: &str,
    ) -> Result<String, JsValue> {
        let options = options::read(options, is_text)?;
        Ok(to_json(&self.template.check_payload(text, &options)))
    }

    /// Changes the values that Meta would refuse, and lists the changes; undefined where nothing can be changed.
    pub fn sanitize(&self, message: &str, options: &str) -> Result<JsValue, JsValue> {
        let options = options::read(options, false)?;
        let clean = self.template.sanitize(message, &options);
        if clean.readable {
            to_js(&clean)
        } else {
            Ok(JsValue::UNDEFINED)
        }
    }

    /// Writes the payload; throws the report when the message would be refused.
    pub fn build(&self, message: &str, options: &str) -> Result<String, JsValue> {
        let given = options::read(options, false)?;
        let sanitize = crate::options::flag(options, "sanitize")?;
        self.template
            .build(message, &given, sanitize)
            .map_err(|report| thrown(&report))
    }

    /// Writes the payload of a plain message, whose JSON text stands with a line break behind it in the
    /// first `length` bytes of [`desk`]. The answer is the payload's length, its bytes are at [`built`];
    /// 0 where `build` has to decide.
    pub fn build_quickly(&mut self, length: usize) -> usize {
        let template = &self.template;
        let quick = self.quick.get_or_insert_with(|| QuickBuild::new(template));
        DESK.with_borrow_mut(|desk| {
            match quick.build(template, &desk.given, length, &mut desk.built) {
                true => desk.built.len().saturating_sub(1),
                false => 0,
            }
        })
    }

    /// Shows what the recipient will see.
    pub fn preview(&self, message: &str) -> Result<JsValue, JsValue> {
        to_js(&self.template.preview(message))
    }
}

/// Where one message lies while it is built: a text that crosses as a text is allocated, copied and
/// freed on both sides, which takes longer than building it.
#[derive(Default)]
struct Desk {
    given: Vec<u8>,
    built: Lines,
}

/// How long a message may be that is laid there.
const DESK_BYTES: usize = 8_192;

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// The address of [`DESK_BYTES`] bytes, good for as long as the instance lives.
#[wasm_bindgen]
pub fn desk() -> *const u8 {
    DESK.with_borrow_mut(|desk| {
        desk.given.resize(DESK_BYTES, 0);
        desk.given.as_ptr()
    })
}

/// How many bytes [`desk`] has.
#[wasm_bindgen]
pub fn desk_bytes() -> usize {
    DESK_BYTES
}

/// The address of what was built last, good until the next call.
#[wasm_bindgen]
pub fn built() -> *const u8 {
    DESK.with_borrow(|desk| desk.built.as_ptr())
}

impl CoreTemplate {
    /// What a batch is built of.
    pub(super) fn template(&self) -> &Template {
        &self.template
    }
}

/// A report as the value that is thrown: an object, since a text that is thrown says what was wrong with the call.
pub(super) fn thrown(report: &Report) -> JsValue {
    js_sys::JSON::parse(&to_json(report)).unwrap_or_else(|error| error)
}

/// Judges a payload by its shape alone.
#[wasm_bindgen]
pub fn check_payload(text: &str, is_text: bool, options: &str) -> Result<String, JsValue> {
    let options = options::read(options, is_text)?;
    Ok(to_json(&payload::check_payload(text, &options)))
}

#[derive(Serialize)]
struct SanitizedText {
    text: String,
    changes: Vec<Change>,
}

/// Changes in a text what Meta would refuse inside a value.
#[wasm_bindgen]
pub fn sanitize_text(text: &str, options: &str) -> Result<JsValue, JsValue> {
    let options = options::read(options, false)?;
    let (text, changes) = text::sanitize_text(text, options.limits.max(Limit::ValueSpaceRun));
    to_js(&SanitizedText { text, changes })
}
