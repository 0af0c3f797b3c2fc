//! Writes the payload of a message: always the same bytes for the same message, in Meta's own order.

use super::check::{Filled, Given, judge};
use super::value::{Source, parameter_type};
use crate::definition::ParameterFormat;
use crate::document::examine;
use crate::findings::Options;
use crate::json::{write_string, write_value};
use crate::report::Report;
use crate::template::{Action, Header, ParameterKind, Slot, Template, Text};

impl Template {
    /// Writes the exact body of POST `/{PHONE_NUMBER_ID}/messages` for a message given as JSON text.
    /// With `sanitize` the values are changed first where Meta would refuse them.
    ///
    /// # Errors
    /// The report says why the message would be refused.
    pub fn build(
        &self,
        message: &str,
        options: &Options,
        sanitize: bool,
    ) -> Result<String, Report> {
        if sanitize {
            let clean = self.sanitize(message, options);
            if clean.readable {
                return self.build(&clean.text(), options, false);
            }
        }
        let mut payload = None;
        let report = examine(message, options, &[], |root, findings| {
            let filled = judge(self, root, findings);
            if !findings.has_errors() {
                payload = Some(write(self, &filled));
            }
        });
        match payload {
            Some(payload) if report.complete => Ok(payload),
            _ => Err(report),
        }
    }
}

pub(super) fn write(template: &Template, filled: &Filled<'_, '_, '_>) -> String {
    let input = &filled.input;
    let mut out = String::with_capacity(512);
    out.push_str("{\"messaging_product\":\"whatsapp\",\"recipient_type\":");
    write_string(&mut out, if input.group { "group" } else { "individual" });
    if let Some(to) = &input.to {
        member(&mut out, "to", to);
    } else if let Some(recipient) = input.recipient {
        member(&mut out, "recipient", recipient);
    }
    out.push_str(",\"type\":\"template\",\"template\":{\"name\":");
    write_string(&mut out, &template.name);
    out.push_str(",\"language\":{\"code\":");
    write_string(&mut out, &template.language);
    out.push('}');
    let mut components = Components {
        filled,
        named: template.parameter_format == ParameterFormat::Named,
        out: String::new(),
    };
    components.template(template);
    if !components.out.is_empty() {
        out.push_str(",\"components\":[");
        out.push_str(&components.out);
        out.push(']');
    }
    out.push('}');
    if let Some(id) = input.reply_to {
        out.push_str(",\"context\":{\"message_id\":");
        write_string(&mut out, id);
        out.push('}');
    }
    if let Some(data) = input.callback {
        member(&mut out, "biz_opaque_callback_data", data);
    }
    out.push('}');
    out
}

fn member(out: &mut String, key: &str, text: &str) {
    out.push(',');
    write_string(out, key);
    out.push(':');
    write_string(out, text);
}

struct Components<'f, 'n, 't, 'k> {
    filled: &'f Filled<'n, 't, 'k>,
    named: bool,
    out: String,
}

impl Components<'_, '_, '_, '_> {
    fn template(&mut self, template: &Template) {
        match &template.header {
            Some(Header::Text(text)) => self.text("header", text),
            Some(Header::Supplied(_, slot))
                if matches!(slot.kind, ParameterKind::Location | ParameterKind::Product) =>
            {
                if let Some(Given::Object(kind, node)) = self.filled.given.get(slot.key.as_str()) {
                    let mut object = format!("{{\"type\":\"{kind}\",\"{kind}\":");
                    write_value(&mut object, node);
                    object.push('}');
                    self.component("{\"type\":\"header\"", &object);
                }
            }
            Some(Header::Supplied(format, slot)) => {
                if let Some(Given::Media(media)) = self.filled.given.get(slot.key.as_str()) {
                    let kind = parameter_type(*format);
                    let mut file = String::from("{\"type\":");
                    write_string(&mut file, kind);
                    file.push(',');
                    write_string(&mut file, kind);
                    file.push_str(":{");
                    match &media.source {
                        Source::Link(link) => {
                            file.push_str("\"link\":");
                            write_string(&mut file, link);
                        }
                        Source::Id(id) => {
                            file.push_str("\"id\":");
                            write_string(&mut file, id);
                        }
                    }
                    if let Some(name) = media.filename {
                        member(&mut file, "filename", name);
                    }
                    file.push_str("}}");
                    self.component("{\"type\":\"header\"", &file);
                }
            }
            None => {}
        }
        self.text("body", &template.body);
        for button in &template.buttons {
            let written = match &button.action {
                Action::Reply(slot) => self.value("payload", slot).map(|p| ("quick_reply", p)),
                Action::Open { suffix, .. } => suffix
                    .as_ref()
                    .and_then(|slot| self.value("text", slot))
                    .map(|p| ("url", p)),
                Action::Coupon(slot) => self.value("coupon_code", slot).map(|p| ("copy_code", p)),
                // The code that the body shows, once more.
                Action::Code => template
                    .body
                    .slots
                    .first()
                    .and_then(|slot| self.value("text", slot))
                    .map(|p| ("url", p)),
                Action::Call(_) | Action::Fixed | Action::Other => None,
            };
            if let Some((kind, parameter)) = written {
                let head = format!(
                    "{{\"type\":\"button\",\"sub_type\":\"{kind}\",\"index\":\"{}\"",
                    button.index
                );
                self.component(&head, &parameter);
            }
        }
    }

    fn component(&mut self, head: &str, parameters: &str) {
        if !self.out.is_empty() {
            self.out.push(',');
        }
        self.out.push_str(head);
        self.out.push_str(",\"parameters\":[");
        self.out.push_str(parameters);
        self.out.push_str("]}");
    }

    fn text(&mut self, part: &str, text: &Text) {
        let mut list = String::new();
        for slot in &text.slots {
            let (kind, given) = match self.filled.given.get(slot.key.as_str()) {
                Some(Given::Object(kind, node)) => {
                    let mut object = String::new();
                    write_value(&mut object, node);
                    (*kind, object)
                }
                Some(Given::Text(text)) => {
                    let mut quoted = String::with_capacity(text.len() + 2);
                    write_string(&mut quoted, text);
                    ("text", quoted)
                }
                _ => continue,
            };
            if !list.is_empty() {
                list.push(',');
            }
            list.push_str("{\"type\":");
            write_string(&mut list, kind);
            if self.named {
                member(&mut list, "parameter_name", &slot.name);
            }
            list.push(',');
            write_string(&mut list, kind);
            list.push(':');
            list.push_str(&given);
            list.push('}');
        }
        if !list.is_empty() {
            self.component(&format!("{{\"type\":\"{part}\""), &list);
        }
    }

    /// A button's only parameter.
    fn value(&self, kind: &str, slot: &Slot) -> Option<String> {
        let Some(Given::Text(text)) = self.filled.given.get(slot.key.as_str()) else {
            return None;
        };
        let mut out = String::from("{\"type\":");
        write_string(&mut out, kind);
        member(&mut out, kind, text);
        out.push('}');
        Some(out)
    }
}
