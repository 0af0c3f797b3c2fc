//! Reads JavaScript values that `JSON.stringify` refuses: cyclic ones, very deep ones, big integers,
//! getters that throw. What JSON cannot say becomes `null` in the text and a note with its place.

use crate::findings::{Note, Options};
use crate::json::{Bytes, MAX_DEPTH, write_string};
use crate::report::{Report, Step};
use crate::rules::{self, Rule};
use js_sys::{Array, Function, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A value as JSON text, and what the text could not say.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// The JSON text.
    pub text: String,
    /// Places that JSON cannot say.
    pub notes: Vec<Note>,
}

/// Writes a JavaScript value as text, judges the text and adds what the text could not say.
pub(super) fn judge(
    given: &JsValue,
    options: &Options,
    judge: impl Fn(&str, &Options, &[Note]) -> Report,
) -> Report {
    let written = write(given);
    judge(&written.text, options, &written.notes)
}

/// Writes any JavaScript value as JSON text.
pub(super) fn write(value: &JsValue) -> Written {
    let mut writer = Writer {
        out: Written::default(),
        path: Vec::new(),
        above: Vec::new(),
    };
    writer.value(value);
    writer.out
}

struct Writer {
    out: Written,
    path: Vec<Step>,
    /// The objects that contain the one being written.
    above: Vec<JsValue>,
}

impl Writer {
    fn value(&mut self, given: &JsValue) {
        let plain;
        let value = match to_json(given) {
            Ok(Some(json)) => {
                plain = json;
                &plain
            }
            Ok(None) => given,
            Err(()) => return self.note(&rules::VALUE_NOT_JSON, "a value whose toJSON throws"),
        };
        if value.is_null() || value.is_undefined() {
            self.out.text.push_str("null");
        } else if let Some(text) = value.as_string() {
            // JSON.stringify keeps a lone surrogate as an escape; a Rust string could not.
            match JSON::stringify(value)
                .ok()
                .and_then(|quoted| quoted.as_string())
            {
                Some(quoted) => self.out.text.push_str(&quoted),
                None => write_string(&mut self.out.text, &text),
            }
        } else if let Some(truth) = value.as_bool() {
            self.out.text.push_str(if truth { "true" } else { "false" });
        } else if value.as_f64().is_some() {
            // JavaScript's own spelling; what is not finite is null, as in any JSON.
            let spelled = JSON::stringify(value)
                .ok()
                .and_then(|text| text.as_string());
            self.out.text.push_str(spelled.as_deref().unwrap_or("null"));
        } else if value.is_bigint() {
            self.note(&rules::VALUE_NOT_JSON, "a big integer");
        } else if value.is_function() {
            self.note(&rules::VALUE_NOT_JSON, "a function");
        } else if value.is_symbol() {
            self.note(&rules::VALUE_NOT_JSON, "a symbol");
        } else if self.above.iter().any(|outer| Object::is(outer, value)) {
            self.note(&rules::VALUE_CYCLIC, "an object that contains itself");
        } else if self.above.len() >= MAX_DEPTH {
            self.note(&rules::TEXT_TOO_DEEP, "an object");
        } else {
            self.above.push(value.clone());
            if Array::is_array(value) {
                self.array(value.unchecked_ref());
            } else {
                self.object(value);
            }
            self.above.pop();
        }
    }

    fn array(&mut self, items: &Array) {
        self.out.text.push('[');
        for index in 0..items.length() {
            if index > 0 {
                self.out.text.push(',');
            }
            self.path.push(Step::Index(index as usize));
            match Reflect::get_u32(items, index) {
                Ok(item) => self.value(&item),
                Err(_) => self.note(&rules::VALUE_NOT_JSON, "a value whose getter throws"),
            }
            self.path.pop();
        }
        self.out.text.push(']');
    }

    fn object(&mut self, object: &JsValue) {
        self.out.text.push('{');
        let keys = object
            .dyn_ref::<Object>()
            .map(Object::keys)
            .unwrap_or_default();
        let mut first = true;
        for key in keys.iter() {
            let item = Reflect::get(object, &key);
            if item.as_ref().is_ok_and(JsValue::is_undefined) {
                continue;
            }
            if !first {
                self.out.text.push(',');
            }
            first = false;
            let name = key.as_string().unwrap_or_default();
            write_string(&mut self.out.text, &name);
            self.out.text.push(':');
            self.path.push(Step::Key(name.into()));
            match item {
                Ok(item) => self.value(&item),
                Err(_) => self.note(&rules::VALUE_NOT_JSON, "a value whose getter throws"),
            }
            self.path.pop();
        }
        self.out.text.push('}');
    }

    fn note(&mut self, rule: &'static Rule, found: &'static str) {
        let start = self.out.text.len();
        self.out.text.push_str("null");
        let at = Bytes {
            start,
            end: self.out.text.len(),
        };
        self.out.notes.push(Note {
            rule,
            at,
            path: self.path.clone(),
            found,
        });
    }
}

/// What the value's own `toJSON` makes of it, when it has one.
fn to_json(value: &JsValue) -> Result<Option<JsValue>, ()> {
    if !value.is_object() {
        return Ok(None);
    }
    let method = Reflect::get(value, &JsValue::from_str("toJSON")).map_err(|_| ())?;
    match method.dyn_ref::<Function>() {
        Some(method) => method.call0(value).map(Some).map_err(|_| ()),
        None => Ok(None),
    }
}
