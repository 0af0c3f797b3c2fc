//! Content templates of Twilio's. Their variables are numbered over the whole template, and Meta's in
//! each text from 1; names, category and samples stand elsewhere.

use super::{Import, Out};
use crate::check::envelope::slug;
use crate::check::shape::{given, text};
use crate::json::{Member, Node, Value};
use crate::order::Joined;
use crate::order::Words;
use crate::text::{braced, break_last, digits, find_placeholders};

/// The types that have a counterpart, those that say most first: what Twilio would send.
const TYPES: &[&str] = &[
    "whatsapp/authentication",
    "whatsapp/card",
    "twilio/carousel",
    "twilio/card",
    "twilio/call-to-action",
    "twilio/quick-reply",
    "twilio/media",
    "twilio/text",
];

/// What is written, and from which variables.
struct Writer<'n> {
    out: Out,
    samples: &'n [Member<'n>],
    /// The places of the samples by their names.
    places: Words<'n>,
    /// Some have names.
    named: bool,
}

/// The definition; none for types that Meta has no template for.
pub(super) fn convert(root: &Node<'_>, import: &mut Import) -> Option<Node<'static>> {
    let types = root.get("types")?;
    import.lossy = true;
    import.twilio = types.as_object()?.first()?.key.as_ref().to_owned();
    let (kind, content) = TYPES
        .iter()
        .find_map(|kind| Some((*kind, given(types, kind)?)))?;
    import.twilio = kind.to_owned();
    let samples = root.get("variables").and_then(Node::as_object);
    let mut writer = Writer {
        out: Out::default(),
        samples: samples.unwrap_or_default(),
        places: Words::new(),
        named: false,
    };
    for (place, member) in writer.samples.iter().enumerate() {
        writer.places.insert(&member.key, place);
        writer.named |= !member.key.bytes().all(|b| b.is_ascii_digit());
    }
    let approval = root.get("approval_requests").unwrap_or(root);
    writer.out.open("", '{');
    if let Some((name, _)) = text(approval, "name") {
        writer.out.text("name", name);
    } else if let Some((name, _)) =
        text(root, "friendly_name").or_else(|| text(root, "friendlyName"))
    {
        writer.out.text("name", &slug(name));
    }
    let authentication = kind == "whatsapp/authentication";
    if authentication {
        writer.out.text("category", "AUTHENTICATION");
    } else if let Some(category) = given(approval, "category") {
        writer.out.node_at("category", category);
    }
    if let Some(language) = given(root, "language") {
        writer.out.node_at("language", language);
    }
    if writer.named {
        writer.out.text("parameter_format", "NAMED");
    }
    writer.out.open("components", '[');
    if authentication {
        writer.code(content);
    } else {
        writer.parts(content);
    }
    writer.out.close(']');
    writer.out.close('}');
    writer.out.node()
}

impl Writer<'_> {
    /// Begins a component or button.
    fn part(&mut self, kind: &str) {
        self.out.open("", '{');
        self.out.text("type", kind);
    }

    /// The components of a template, or of a card.
    fn parts(&mut self, content: &Node<'_>) {
        let line = |key| {
            text(content, key)
                .map(|(text, _)| text)
                .filter(|t| !t.is_empty())
        };
        if let Some(header) = line("header_text") {
            self.part("HEADER");
            self.out.text("format", "TEXT");
            self.texts(header, "header_text");
        }
        let media = content.get("media");
        if let Some(media) = media.and_then(|media| media.item(0).unwrap_or(media).as_str()) {
            self.file(media);
        }
        let body = match (line("title"), line("body")) {
            (Some(title), Some(body)) => [title, "\n", body].joined(),
            (title, body) => title.or(body).unwrap_or_default().to_owned(),
        };
        self.part("BODY");
        self.texts(&body, "body_text");
        if let Some(footer) = line("footer").or_else(|| line("subtitle")) {
            self.part("FOOTER");
            self.out.text("text", footer);
            self.out.close('}');
        }
        for (key, kind, name) in [
            ("actions", "BUTTONS", "buttons"),
            ("cards", "CAROUSEL", "cards"),
        ] {
            let items = content.get(key).and_then(Node::as_array);
            let items = items.unwrap_or_default();
            if items.is_empty() {
                continue;
            }
            self.part(kind);
            self.out.open(name, '[');
            for item in items {
                if kind == "BUTTONS" {
                    self.button(item);
                } else {
                    self.out.open("", '{');
                    self.out.open("components", '[');
                    self.parts(item);
                    self.out.close(']');
                    self.out.close('}');
                }
            }
            self.out.close(']');
            self.out.close('}');
        }
    }

    /// A header's or body's text with its samples, and its end.
    fn texts(&mut self, raw: &str, key: &str) {
        let (text, _, values) = self.fill(raw);
        self.out.text("text", &text);
        if !values.is_empty() {
            self.out.open("example", '{');
            if self.named {
                self.out.open(&[key, "_named_params"].joined(), '[');
                for (name, value) in values {
                    self.out.open("", '{');
                    self.out.text("param_name", name);
                    self.out.text("example", &value);
                    self.out.close('}');
                }
            } else {
                self.out.open(key, '[');
                let rows = key == "body_text";
                if rows {
                    self.out.open("", '[');
                }
                for (_, value) in values {
                    self.out.text("", &value);
                }
                if rows {
                    self.out.close(']');
                }
            }
            self.out.close(']');
            self.out.close('}');
        }
        self.out.close('}');
    }

    /// A media header; the check will ask for a handle in the place of the address.
    fn file(&mut self, raw: &str) {
        let (_, address, _) = self.fill(raw);
        let format = match break_last(&address, b'.') {
            Some((_, "mp4" | "3gp")) => "VIDEO",
            Some((_, "pdf")) => "DOCUMENT",
            _ => "IMAGE",
        };
        self.part("HEADER");
        self.out.text("format", format);
        self.out.open("example", '{');
        self.out.open("header_handle", '[');
        self.out.text("", &address);
        self.out.close(']');
        self.out.close('}');
        self.out.close('}');
    }

    /// A button; its id stays behind, because Meta takes it with each message.
    fn button(&mut self, action: &Node<'_>) {
        let line = |key| text(action, key).map(|(text, _)| text);
        self.part(line("type").unwrap_or("QUICK_REPLY"));
        if let Some(code) = line("code") {
            let (_, sample, _) = self.fill(code);
            self.out.text("example", &sample);
        } else if let Some(title) = line("title") {
            self.out.text("text", title);
        }
        if let Some(url) = line("url") {
            let (url, sample, values) = self.fill(url);
            self.out.text("url", &url);
            if !values.is_empty() {
                self.out.open("example", '[');
                self.out.text("", &sample);
                self.out.close(']');
            }
        }
        if let Some(phone) = line("phone") {
            self.out.text("phone_number", phone);
        }
        self.out.close('}');
    }

    /// A one-time code.
    fn code(&mut self, content: &Node<'_>) {
        const ADVICE: &str = "add_security_recommendation";
        const MINUTES: &str = "code_expiration_minutes";
        self.part("BODY");
        if let Some(advice) = given(content, ADVICE) {
            self.out.node_at(ADVICE, advice);
        }
        self.out.close('}');
        if let Some(minutes) = given(content, MINUTES) {
            self.part("FOOTER");
            // Twilio takes the number as a text, too.
            match minutes.as_str() {
                Some(minutes) => self.out.number(MINUTES, minutes),
                None => self.out.node_at(MINUTES, minutes),
            }
            self.out.close('}');
        }
        self.part("BUTTONS");
        self.out.open("buttons", '[');
        self.part("OTP");
        self.out.text("otp_type", "COPY_CODE");
        let action = content.get("actions").and_then(|actions| actions.item(0));
        if let Some((label, _)) = action.and_then(|action| text(action, "copy_code_text")) {
            self.out.text("text", label);
        }
        for bracket in ['}', ']', '}'] {
            self.out.close(bracket);
        }
    }

    /// A text with its placeholders numbered from 1, unless they have names; the same with the samples
    /// in their places; the placeholders with their samples.
    fn fill<'r>(&self, raw: &'r str) -> (String, String, Vec<(&'r str, String)>) {
        let (mut text, mut sample, mut values) = (String::new(), String::new(), Vec::new());
        let mut seen = Words::new();
        let mut from = 0;
        for placeholder in find_placeholders(raw).0 {
            let before = raw.get(from..placeholder.at.start).unwrap_or_default();
            from = placeholder.at.end;
            let name = placeholder.name();
            let known = self.places.get(name);
            let known = known.and_then(|place| self.samples.get(place));
            let value = match known.map(|member| &member.value.value) {
                Some(Value::String(text) | Value::Number(text)) => text.as_ref(),
                _ => "",
            };
            let place = seen.get(name).unwrap_or(values.len());
            if place == values.len() {
                seen.insert(name, place);
                values.push((name, value.to_owned()));
            }
            let number = digits(place + 1);
            text.push_str(before);
            text.push_str(&braced(if self.named { name } else { &number }));
            sample.push_str(before);
            sample.push_str(value);
        }
        let rest = raw.get(from..).unwrap_or_default();
        text.push_str(rest);
        sample.push_str(rest);
        (text, sample, values)
    }
}
