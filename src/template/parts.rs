//! The parts of a compiled template.

use super::examples;
use crate::definition::{self, ButtonKind, Component, HeaderFormat, ParameterFormat};
use crate::limits::Limit;
use crate::order::{Words, sorted};
use crate::text::{Placeholder, count_chars, find_placeholders};
use serde::Serialize;

/// A parameter as forms and columns see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameter {
    /// Its key in a message's values.
    pub key: String,
    /// What it takes.
    pub kind: ParameterKind,
    /// What a person calls it.
    pub label: String,
    /// Whether a message must supply it.
    pub required: bool,
    /// How many characters fit, when that depends on this value alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// The definition's sample.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// The carousel card it belongs to, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<usize>,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterKind {
    /// A text, a number, or Meta's currency and date objects.
    Text,
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A file.
    Document,
    /// A silent film that repeats.
    Gif,
    /// A place on the map.
    Location,
    /// A product of a catalog.
    Product,
    /// The end of a button's address.
    UrlSuffix,
    /// What a quick reply sends back.
    Payload,
    /// What a copy-code button copies.
    CouponCode,
    /// A one-time code: one value for body and button.
    OneTimeCode,
}

impl ParameterKind {
    /// Whether it takes a file.
    pub fn is_media(self) -> bool {
        use ParameterKind::*;
        matches!(self, Image | Video | Document | Gif)
    }
}

/// A place that a message fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its key in a message's values.
    pub key: String,
    /// The number or name between the braces; empty for parts that have none.
    pub name: String,
    /// What it takes.
    pub kind: ParameterKind,
    /// What a person calls it, to stand inside a sentence.
    pub label: String,
    /// Whether a message must supply it.
    pub required: bool,
    /// The definition's sample.
    pub example: Option<String>,
    /// How many characters the value alone may have.
    pub max: Option<usize>,
}

impl Slot {
    pub(super) fn parameter(&self) -> Parameter {
        let mut letters = self.label.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        Parameter {
            key: self.key.clone(),
            kind: self.kind,
            label: first.into_iter().chain(letters).collect(),
            required: self.required,
            max_length: self.max,
            example: self.example.clone(),
            card: None,
        }
    }
}

/// A text with its placeholders found.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// The text in the order in which it is read.
    pub pieces: Vec<Piece>,
    /// The parameters in the order in which a payload lists them.
    pub slots: Vec<Slot>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that is the same in every message.
    Fixed(String),
    /// The place of a parameter in [`Text::slots`].
    Slot(usize),
}

impl Text {
    fn new(text: &str, scope: &'static str, format: ParameterFormat) -> Self {
        let (placeholders, _) = find_placeholders(text);
        let mut known = Words::new();
        let mut names: Vec<&str> = placeholders
            .iter()
            .map(Placeholder::name)
            .filter(|name| known.insert(name, 0))
            .collect();
        if format == ParameterFormat::Positional {
            names = sorted(names, &|name: &&str| {
                ([name.parse().unwrap_or(usize::MAX), 0, 0], "")
            });
        }
        // Thousands of placeholders are no template, but must not take quadratic time either.
        let mut places = Words::new();
        for (i, name) in names.iter().enumerate() {
            places.insert(name, i);
        }
        let mut pieces = Vec::new();
        let mut from = 0;
        for placeholder in &placeholders {
            let fixed = text.get(from..placeholder.at.start).unwrap_or_default();
            if !fixed.is_empty() {
                pieces.push(Piece::Fixed(fixed.to_owned()));
            }
            if let Some(place) = places.get(placeholder.name()) {
                pieces.push(Piece::Slot(place));
            }
            from = placeholder.at.end;
        }
        let rest = text.get(from..).unwrap_or_default();
        if !rest.is_empty() {
            pieces.push(Piece::Fixed(rest.to_owned()));
        }
        let slots = names
            .into_iter()
            .map(|name| Slot {
                key: format!("{scope}.{name}"),
                name: name.to_owned(),
                kind: ParameterKind::Text,
                label: format!("{scope} variable {name}"),
                required: true,
                example: None,
                max: None,
            })
            .collect();
        Text { pieces, slots }
    }

    /// How many characters stand in it whatever the values are.
    pub fn fixed_chars(&self) -> usize {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Fixed(text) => count_chars(text),
                Piece::Slot(_) => 0,
            })
            .sum()
    }
}

/// A header.
#[derive(Debug, Clone)]
pub enum Header {
    /// Text, with one placeholder at most.
    Text(Text),
    /// A file, a place or a product that each message supplies.
    Supplied(HeaderFormat, Slot),
}

impl Header {
    pub(super) fn slots(&self) -> &[Slot] {
        match self {
            Header::Text(text) => &text.slots,
            Header::Supplied(_, slot) => std::slice::from_ref(slot),
        }
    }
}

/// A button.
#[derive(Debug, Clone)]
pub struct Button {
    /// Its place among all buttons.
    pub index: usize,
    /// Its type.
    pub kind: ButtonKind,
    /// What stands on it.
    pub label: String,
    /// What it does.
    pub action: Action,
}

/// What a button does, and what a message must supply for it.
#[derive(Debug, Clone)]
pub enum Action {
    /// Sends a payload back.
    Reply(Slot),
    /// Opens an address; with a slot, its end comes from the message.
    Open {
        /// The address up to the placeholder.
        base: String,
        /// What stands behind the placeholder (nothing, in what Meta approves).
        behind: String,
        /// The end of the address.
        suffix: Option<Slot>,
    },
    /// Calls a number.
    Call(String),
    /// Copies a coupon code.
    Coupon(Slot),
    /// Copies or fills in the one-time code that the body shows.
    Code,
    /// Something of the client's own; nothing is sent for it.
    Fixed,
    /// A kind that is not covered.
    Other,
}

impl Button {
    /// The parameter that a message supplies for it.
    pub fn slot(&self) -> Option<&Slot> {
        match &self.action {
            Action::Reply(slot) | Action::Coupon(slot) => Some(slot),
            Action::Open { suffix, .. } => suffix.as_ref(),
            _ => None,
        }
    }
}

/// A part of a kind that messages cannot be judged for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What it is.
    pub what: String,
    /// Its place in the definition's components.
    pub component: usize,
}

impl Gap {
    pub(super) fn component(component: &Component<'_, '_>) -> Self {
        let word = component.node.get("type").and_then(|n| n.as_str());
        Gap {
            what: match word {
                Some(word) => format!("a component of type `{}`", clip(word)),
                None => "a component without a type".to_owned(),
            },
            component: component.index,
        }
    }

    pub(super) fn button(button: &definition::Button<'_, '_>) -> Self {
        let word = button.node.get("type").and_then(|n| n.as_str());
        Gap {
            what: match word {
                Some(word) => format!("a button of type `{}`", clip(word)),
                None => "a button without a type".to_owned(),
            },
            component: button.component,
        }
    }
}

fn clip(word: &str) -> String {
    word.chars().take(40).collect()
}

pub(super) fn header(
    component: &Component<'_, '_>,
    format: ParameterFormat,
) -> Result<Header, Gap> {
    // Meta's own samples show text headers without a format.
    let kind = component.header_format().unwrap_or(HeaderFormat::Text);
    let (key, supplied, what) = match kind {
        HeaderFormat::Text => {
            let text = component.text().map_or("", |(text, _)| text);
            let mut text = Text::new(text, "header", format);
            examples::of_text(&mut text.slots, component.node, "header");
            return Ok(Header::Text(text));
        }
        HeaderFormat::Image => ("header.image", ParameterKind::Image, "the header's image"),
        HeaderFormat::Video => ("header.video", ParameterKind::Video, "the header's video"),
        HeaderFormat::Document => (
            "header.document",
            ParameterKind::Document,
            "the header's document",
        ),
        HeaderFormat::Gif => ("header.gif", ParameterKind::Gif, "the header's GIF"),
        HeaderFormat::Location => (
            "header.location",
            ParameterKind::Location,
            "the header's location",
        ),
        HeaderFormat::Product => (
            "header.product",
            ParameterKind::Product,
            "the header's product",
        ),
        HeaderFormat::Unknown => {
            let word = component.node.get("format").and_then(|n| n.as_str());
            return Err(Gap {
                what: format!("a header of format `{}`", clip(word.unwrap_or_default())),
                component: component.index,
            });
        }
    };
    Ok(Header::Supplied(
        kind,
        Slot {
            key: key.to_owned(),
            name: String::new(),
            kind: supplied,
            label: what.to_owned(),
            required: true,
            example: examples::handle(component.node),
            max: None,
        },
    ))
}

pub(super) fn body(
    component: &Component<'_, '_>,
    format: ParameterFormat,
    authentication: bool,
) -> Text {
    let text = component.text().map(|(text, _)| text);
    // Meta writes the body of an authentication template itself; a definition may leave it out.
    let preset = "*{{1}}* is your verification code.";
    let advice = "*{{1}}* is your verification code. For your security, do not share this code.";
    let text = match text {
        Some(text) => text,
        None if !authentication => "",
        None => match component.node.get("add_security_recommendation") {
            Some(node) if node.as_bool() == Some(true) => advice,
            _ => preset,
        },
    };
    let mut body = Text::new(text, "body", format);
    examples::of_text(&mut body.slots, component.node, "body");
    if let (true, [slot]) = (authentication, body.slots.as_mut_slice()) {
        slot.kind = ParameterKind::OneTimeCode;
        slot.label = "the one-time code".to_owned();
        slot.max = Some(Limit::OneTimeCodeChars.row().max as usize);
    }
    body
}

pub(super) fn footer(component: &Component<'_, '_>) -> Option<String> {
    match component.text() {
        Some((text, _)) => Some(text.to_owned()),
        None => component
            .node
            .get("code_expiration_minutes")
            .and_then(|n| n.as_i64())
            .map(|minutes| format!("This code expires in {minutes} minutes.")),
    }
}

pub(super) fn button(button: &definition::Button<'_, '_>, authentication: bool) -> Button {
    let label = button
        .text_of("text")
        .map_or("", |(text, _)| text)
        .to_owned();
    let slot = |kind, what: String, required, max: Option<Limit>| Slot {
        key: format!("buttons.{}", button.index),
        name: String::new(),
        kind,
        label: what,
        required,
        example: None,
        max: max.map(|limit| limit.row().max as usize),
    };
    let named = |what: &str| match label.as_str() {
        "" => format!("{what} of button {}", button.index),
        label => format!("{what} of the button \"{label}\""),
    };
    let action = match button.kind {
        ButtonKind::QuickReply => Action::Reply(slot(
            ParameterKind::Payload,
            named("the payload"),
            false,
            Some(Limit::PayloadChars),
        )),
        ButtonKind::Url => {
            let url = button.text_of("url").map_or("", |(url, _)| url);
            let (placeholders, _) = find_placeholders(url);
            match placeholders.first() {
                // Read back, the one-time code's button is a URL button of Meta's own.
                _ if authentication && url.contains("whatsapp.com/otp/") => Action::Code,
                None => Action::Open {
                    base: url.to_owned(),
                    behind: String::new(),
                    suffix: None,
                },
                Some(placeholder) => {
                    let base = url.get(..placeholder.at.start).unwrap_or_default();
                    let behind = url.get(placeholder.at.end..).unwrap_or_default();
                    let mut suffix = slot(
                        ParameterKind::UrlSuffix,
                        named("the URL suffix"),
                        true,
                        None,
                    );
                    suffix.name = placeholder.name().to_owned();
                    suffix.example = examples::suffix(button.node, base);
                    let fixed = count_chars(base) + count_chars(behind);
                    suffix.max = Some((Limit::UrlChars.row().max as usize).saturating_sub(fixed));
                    Action::Open {
                        base: base.to_owned(),
                        behind: behind.to_owned(),
                        suffix: Some(suffix),
                    }
                }
            }
        }
        ButtonKind::PhoneNumber => Action::Call(
            button
                .text_of("phone_number")
                .map_or("", |(number, _)| number)
                .to_owned(),
        ),
        ButtonKind::CopyCode => {
            let mut code = slot(
                ParameterKind::CouponCode,
                named("the coupon code"),
                true,
                Some(Limit::CouponChars),
            );
            code.example = examples::first(button.node.get("example"));
            Action::Coupon(code)
        }
        ButtonKind::Otp => Action::Code,
        ButtonKind::Spm => Action::Fixed,
        ButtonKind::Flow
        | ButtonKind::Catalog
        | ButtonKind::Mpm
        | ButtonKind::VoiceCall
        | ButtonKind::OrderDetails
        | ButtonKind::PaymentRequest
        | ButtonKind::RequestContactInfo
        | ButtonKind::Unknown => Action::Other,
    };
    let label = match (button.kind, label.is_empty()) {
        (ButtonKind::CopyCode | ButtonKind::Otp, true) => "Copy code".to_owned(),
        _ => label,
    };
    Button {
        index: button.index,
        kind: button.kind,
        label,
        action,
    }
}
