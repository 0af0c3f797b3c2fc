//! Writes the payload of a message: always the same bytes for the same message, in Meta's own order.

use super::actions;
use super::check::{Filled, Given, judge};
use super::value::{Source, as_text, parameter_type};
use crate::definition::ParameterFormat;
use crate::document::examine;
use crate::findings::Options;
use crate::json::{Node, Value, write_string, write_value};
use crate::report::Report;
use crate::template::{Action, Button, Header, ParameterKind, Slot, Template, Text};

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
        let report = examine(message, options, |root, findings| {
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
    /// In the order of Meta's samples: what stands above the buttons, the buttons, the cards.
    fn template(&mut self, template: &Template) {
        self.header(template.header.as_ref());
        self.text("body", &template.body);
        let offer = template
            .offer
            .as_ref()
            .and_then(|offer| offer.expiry.as_ref());
        if let Some(Given::Text(moment)) = offer.and_then(|slot| self.given(slot)) {
            let object = ["{\"expiration_time_ms\":", moment, "}"].concat();
            self.special("limited_time_offer", &object);
        }
        if let Some(Given::Object(kind, node)) = self.given_of(template.order_status.as_ref()) {
            self.special(kind, &object(node));
        }
        if let Some(Given::Object(kind, node)) = self.given_of(template.tap_target.as_ref()) {
            self.special(kind, &["[", &object(node), "]"].concat());
        }
        let code = template.body.slots.first();
        for button in &template.buttons {
            self.button(button, code);
        }
        if template.carousel.is_some() {
            self.cards(template);
        }
    }

    fn cards(&mut self, template: &Template) {
        let mut list = String::new();
        for card in template.cards().iter().take(self.filled.cards) {
            let mut inner = Components {
                filled: self.filled,
                named: self.named,
                out: String::new(),
            };
            inner.header(card.header.as_ref());
            inner.text("body", &card.body);
            for button in &card.buttons {
                inner.button(button, None);
            }
            if !list.is_empty() {
                list.push(',');
            }
            list.push_str("{\"card_index\":");
            list.push_str(&card.index.to_string());
            list.push_str(",\"components\":[");
            list.push_str(&inner.out);
            list.push_str("]}");
        }
        self.next();
        self.out.push_str("{\"type\":\"carousel\",\"cards\":[");
        self.out.push_str(&list);
        self.out.push_str("]}");
    }

    fn given(&self, slot: &Slot) -> Option<&'_ Given<'_, '_>> {
        self.filled.given.get(slot.key.as_str())
    }

    fn given_of(&self, slot: Option<&Slot>) -> Option<&'_ Given<'_, '_>> {
        self.given(slot?)
    }

    fn header(&mut self, header: Option<&Header>) {
        let parameter = match header {
            Some(Header::Text(text)) => return self.text("header", text),
            Some(Header::Supplied(format, slot)) => match self.given(slot) {
                Some(Given::Object("location", node)) => parameter("location", &location(node)),
                Some(Given::Object(kind, node)) => parameter(kind, &object(node)),
                Some(Given::Media(media)) => {
                    let mut file = String::from("{");
                    let (name, source) = match &media.source {
                        Source::Link(link) => ("link", *link),
                        Source::Id(id) => ("id", id.as_ref()),
                    };
                    write_string(&mut file, name);
                    file.push(':');
                    write_string(&mut file, source);
                    if let Some(name) = media.filename {
                        member(&mut file, "filename", name);
                    }
                    file.push('}');
                    parameter(parameter_type(*format), &file)
                }
                _ => return,
            },
            None => return,
        };
        self.component("{\"type\":\"header\"", &parameter);
    }

    /// A component whose only parameter has its own name.
    fn special(&mut self, kind: &str, object: &str) {
        let head = ["{\"type\":\"", kind, "\""].concat();
        self.component(&head, &parameter(kind, object));
    }

    fn button(&mut self, button: &Button, code: Option<&Slot>) {
        let (kind, parameters) = match &button.action {
            Action::Reply(slot) => ("quick_reply", self.value("payload", slot)),
            Action::Open {
                suffix: Some(slot), ..
            } => ("url", self.value("text", slot)),
            Action::Coupon(slot) => ("copy_code", self.value("coupon_code", slot)),
            // The code that the body shows, once more.
            Action::Code => ("url", code.and_then(|slot| self.value("text", slot))),
            Action::Act(slot) => self.action(slot),
            Action::Open { suffix: None, .. } | Action::Call(_) | Action::Fixed | Action::Other => {
                return;
            }
        };
        let Some(parameters) = parameters else { return };
        let index = button.index.to_string();
        let mut head = ["{\"type\":\"button\",\"sub_type\":\"", kind, "\""].concat();
        // Meta's sample of a call button has no index: there is never more than one.
        if kind != "voice_call" {
            head.push_str(&[",\"index\":\"", &index, "\""].concat());
        }
        self.component(&head, &parameters);
    }

    /// The sub-type of a button and its parameters; empty ones are left out, and none is no component.
    fn action(&self, slot: &Slot) -> (&'static str, Option<String>) {
        use ParameterKind as Kind;
        let quoted = |key: &str, text: &str| {
            let mut out = String::from("{");
            write_string(&mut out, key);
            out.push(':');
            write_string(&mut out, text);
            out.push('}');
            out
        };
        let given = self.given(slot);
        match slot.kind {
            // A flow's button is always sent; `unused` is what Meta takes for no token.
            Kind::Flow => {
                let action = match given {
                    Some(Given::Object(_, node)) => object(node),
                    Some(Given::Text(token)) => quoted("flow_token", token),
                    _ => quoted("flow_token", "unused"),
                };
                ("flow", Some(parameter("action", &action)))
            }
            // Without a product the first of the catalog is shown.
            Kind::Catalog => {
                let action = match given {
                    Some(Given::Object(_, node)) => parameter("action", &object(node)),
                    Some(Given::Text(product)) => {
                        parameter("action", &quoted("thumbnail_product_retailer_id", product))
                    }
                    _ => String::new(),
                };
                ("catalog", Some(action))
            }
            Kind::VoiceCall => {
                let mut parameters = String::new();
                let (minutes, payload) = match given {
                    Some(Given::Object(_, node)) => (
                        actions::given(node, "ttl_minutes"),
                        actions::given(node, "payload"),
                    ),
                    _ => (None, None),
                };
                let payload = match given {
                    Some(Given::Text(text)) => Some(text.as_ref()),
                    _ => payload.and_then(Node::as_str),
                };
                if let Some(minutes) = minutes.and_then(Node::as_i64) {
                    parameters.push_str(&parameter("ttl_minutes", &minutes.to_string()));
                }
                if let Some(payload) = payload {
                    if !parameters.is_empty() {
                        parameters.push(',');
                    }
                    let mut text = String::new();
                    write_string(&mut text, payload);
                    parameters.push_str(&parameter("payload", &text));
                }
                ("voice_call", (!parameters.is_empty()).then_some(parameters))
            }
            kind => {
                let sub_type = match kind {
                    Kind::MultiProduct => "mpm",
                    Kind::OrderDetails => "order_details",
                    _ => "payment_request",
                };
                let Some(Given::Object(name, node)) = given else {
                    return (sub_type, None);
                };
                let mut action = object(node);
                if kind != Kind::MultiProduct {
                    action = ["{\"", name, "\":", &action, "}"].concat();
                }
                (sub_type, Some(parameter("action", &action)))
            }
        }
    }

    fn next(&mut self) {
        if !self.out.is_empty() {
            self.out.push(',');
        }
    }

    fn component(&mut self, head: &str, parameters: &str) {
        self.next();
        self.out.push_str(head);
        if !parameters.is_empty() {
            self.out.push_str(",\"parameters\":[");
            self.out.push_str(parameters);
            self.out.push(']');
        }
        self.out.push('}');
    }

    fn text(&mut self, part: &str, text: &Text) {
        let mut list = String::new();
        for slot in &text.slots {
            let (kind, given) = match self.filled.given.get(slot.key.as_str()) {
                Some(Given::Object(kind, node)) => (*kind, object(node)),
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

/// A parameter: its type, and what stands under its name.
fn parameter(kind: &str, value: &str) -> String {
    ["{\"type\":\"", kind, "\",\"", kind, "\":", value, "}"].concat()
}

/// A place on the map: degrees are texts, as Meta's pages have them, whatever they were given as.
fn location(node: &Node<'_>) -> String {
    let mut out = String::from("{");
    for name in ["latitude", "longitude", "name", "address"] {
        let Some(text) = node.get(name).and_then(as_text) else {
            continue;
        };
        if out.len() > 1 {
            out.push(',');
        }
        write_string(&mut out, name);
        out.push(':');
        match text.trim().parse::<f64>() {
            // Programs write small numbers with an exponent, and people type blanks.
            Ok(degrees) if name.ends_with("itude") && !is_decimal(&text) => {
                write_string(&mut out, &degrees.to_string());
            }
            _ => write_string(&mut out, &text),
        }
    }
    out.push('}');
    out
}

/// Whether a number is written in digits alone, with one point at most.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    are(whole) && are(fraction)
}

/// Meta's own object, without the members that are `null`: they say nothing here, and Meta may refuse
/// them. What a flow's screen is given goes as it is.
fn object(node: &Node<'_>) -> String {
    let mut out = String::new();
    write_given(&mut out, node);
    out
}

fn write_given(out: &mut String, node: &Node<'_>) {
    match &node.value {
        Value::Object(members) => {
            let mut first = '{';
            for member in members.iter().filter(|member| !member.value.is_null()) {
                out.push(first);
                first = ',';
                write_string(out, &member.key);
                out.push(':');
                match member.key.as_ref() {
                    "flow_action_data" => write_value(out, &member.value),
                    _ => write_given(out, &member.value),
                }
            }
            if first == '{' {
                out.push('{');
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write_given(out, item);
            }
            out.push(']');
        }
        _ => write_value(out, node),
    }
}
