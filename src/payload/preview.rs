//! What the recipient will see: texts with their values in and their formatting resolved.
//!
//! There is no markup in a preview, only runs of plain text with their look, so that a page that
//! shows it cannot be made to show anything else.

use super::value::{as_text, is_blank, parameter_type};
use crate::definition::HeaderFormat;
use crate::json::Node;
use crate::json::parse;
use crate::template::{Action, Button, Header, Piece, Slot, Template, Text};
use crate::text::{Look, looks};
use serde::Serialize;

/// A message as its recipient will see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preview {
    /// The header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<PreviewHeader>,
    /// The body.
    pub body: Vec<Run>,
    /// The footer, which knows no formatting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<Vec<Run>>,
    /// The buttons, in order.
    pub buttons: Vec<PreviewButton>,
}

/// A piece of a text in one look.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Run {
    /// The text, as it is.
    pub text: String,
    /// Bold.
    #[serde(skip_serializing_if = "is_false")]
    pub bold: bool,
    /// Italic.
    #[serde(skip_serializing_if = "is_false")]
    pub italic: bool,
    /// Struck through.
    #[serde(skip_serializing_if = "is_false")]
    pub strike: bool,
    /// Monospaced.
    #[serde(skip_serializing_if = "is_false")]
    pub mono: bool,
    /// The parameter that the text comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whether that parameter has no value yet: the text is the placeholder.
    #[serde(skip_serializing_if = "is_false")]
    pub missing: bool,
}

/// A header: text, or something that the message supplies.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PreviewHeader {
    /// `text`, `image`, `video`, `document`, `gif` …
    pub kind: &'static str,
    /// A text header's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runs: Option<Vec<Run>>,
    /// The parameter that supplies it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The file's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The id of the file's upload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A document's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// A location's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A location's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether the message does not supply it yet.
    #[serde(skip_serializing_if = "is_false")]
    pub missing: bool,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviewButton {
    /// Its place among all buttons.
    pub index: usize,
    /// Meta's word for its type, in lower case.
    pub kind: String,
    /// What stands on it.
    pub text: String,
    /// The parameter that it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Where it leads, what it calls, copies or sends back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether a parameter that it needs has no value yet.
    #[serde(skip_serializing_if = "is_false")]
    pub missing: bool,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Template {
    /// Shows a message given as JSON text; what is missing or misshapen in it counts as not filled in yet.
    pub fn preview(&self, message: &str) -> Preview {
        let root = parse(message).root;
        let values = Values(root.as_ref().and_then(|root| root.get("values")));
        Preview {
            header: self.header.as_ref().map(|header| match header {
                Header::Text(text) => PreviewHeader {
                    kind: "text",
                    runs: Some(plain(text, &values)),
                    ..PreviewHeader::default()
                },
                Header::Supplied(format, slot) => supplied(*format, slot, &values),
            }),
            body: runs(&self.body, &values),
            footer: self.footer.as_ref().map(|text| {
                vec![Run {
                    text: text.clone(),
                    ..Run::default()
                }]
            }),
            buttons: self
                .buttons
                .iter()
                .map(|button| shown(self, button, &values))
                .collect(),
        }
    }
}

struct Values<'v, 't>(Option<&'v Node<'t>>);

impl<'v, 't> Values<'v, 't> {
    fn node(&self, slot: &Slot) -> Option<&'v Node<'t>> {
        self.0?.get(&slot.key).filter(|node| !node.is_null())
    }

    /// The text that a value shows; none while it has none.
    fn text(&self, slot: &Slot) -> Option<String> {
        let node = self.node(slot)?;
        let text = as_text(node).map(String::from).or_else(|| {
            let object = node.get("currency").or_else(|| node.get("date_time"))?;
            Some(object.get("fallback_value")?.as_str()?.to_owned())
        })?;
        (!is_blank(&text)).then_some(text)
    }
}

/// A text piece by piece: the text, and the slot it comes from with whether that has a value.
fn pieces<'p>(text: &'p Text, values: &Values<'_, '_>) -> Vec<(String, Option<(&'p Slot, bool)>)> {
    text.pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Fixed(fixed) => Some((fixed.clone(), None)),
            Piece::Slot(place) => {
                let slot = text.slots.get(*place)?;
                Some(match values.text(slot) {
                    Some(value) => (value, Some((slot, true))),
                    None => (format!("{{{{{}}}}}", slot.name), Some((slot, false))),
                })
            }
        })
        .collect()
}

/// Runs without formatting: a header shows marks as they are.
fn plain(text: &Text, values: &Values<'_, '_>) -> Vec<Run> {
    pieces(text, values)
        .into_iter()
        .map(|(text, slot)| run(text, Look::default(), slot))
        .collect()
}

fn run(text: String, look: Look, slot: Option<(&Slot, bool)>) -> Run {
    Run {
        text,
        bold: look.bold,
        italic: look.italic,
        strike: look.strike,
        mono: look.mono,
        key: slot.map(|(slot, _)| slot.key.clone()),
        missing: slot.is_some_and(|(_, filled)| !filled),
    }
}

/// Runs with their formatting. Marks inside a value format too, as they do in WhatsApp.
fn runs(text: &Text, values: &Values<'_, '_>) -> Vec<Run> {
    let pieces = pieces(text, values);
    // A placeholder that is shown in a value's place is opaque: the braces and underscores are ours.
    let chars: Vec<char> = pieces
        .iter()
        .flat_map(|(text, slot)| {
            let opaque = slot.is_some_and(|(_, filled)| !filled);
            text.chars()
                .map(move |c| if opaque { '\u{fffc}' } else { c })
        })
        .collect();
    let mut looks = looks(&chars).into_iter();
    let mut out: Vec<Run> = Vec::new();
    for (text, slot) in &pieces {
        let mut part = String::new();
        let mut current: Option<Look> = None;
        for c in text.chars() {
            let look = looks.next().unwrap_or_default();
            if look.hidden {
                continue;
            }
            match current {
                Some(last) if last != look => {
                    out.push(run(std::mem::take(&mut part), last, *slot));
                }
                _ => {}
            }
            current = Some(look);
            part.push(c);
        }
        if let Some(look) = current {
            out.push(run(part, look, *slot));
        }
    }
    out
}

fn supplied(format: HeaderFormat, slot: &Slot, values: &Values<'_, '_>) -> PreviewHeader {
    let node = values.node(slot);
    let word = |key: &str| {
        let inner = node?.get(key)?;
        as_text(inner)
            .map(String::from)
            .filter(|text| !is_blank(text))
    };
    let whole = node
        .and_then(as_text)
        .map(String::from)
        .filter(|text| !is_blank(text));
    let (mut link, mut id) = (word("link"), word("id"));
    if let Some(whole) = whole {
        match whole.bytes().all(|b| b.is_ascii_digit()) {
            true => id = Some(whole),
            false => link = Some(whole),
        }
    }
    PreviewHeader {
        kind: parameter_type(format),
        runs: None,
        key: Some(slot.key.clone()),
        missing: match slot.kind.is_media() {
            true => link.is_none() && id.is_none(),
            false => node.is_none_or(|node| node.as_object().is_none()),
        },
        name: word("name"),
        address: word("address"),
        link,
        id,
        filename: word("filename"),
    }
}

fn shown(template: &Template, button: &Button, values: &Values<'_, '_>) -> PreviewButton {
    let text_of = |slot: Option<&Slot>| slot.and_then(|slot| values.text(slot));
    let (value, missing) = match &button.action {
        Action::Reply(slot) => (values.text(slot), false),
        Action::Open {
            base,
            behind,
            suffix,
        } => match suffix {
            None => (Some(base.clone()), false),
            Some(slot) => match values.text(slot) {
                Some(suffix) => (Some(format!("{base}{suffix}{behind}")), false),
                None => (None, true),
            },
        },
        Action::Call(number) => (Some(number.clone()), false),
        Action::Coupon(slot) => (values.text(slot), values.text(slot).is_none()),
        Action::Code => {
            let code = text_of(template.body.slots.first());
            (code.clone(), code.is_none())
        }
        Action::Act(_) | Action::Fixed | Action::Other => (None, false),
    };
    PreviewButton {
        index: button.index,
        kind: button.kind.word().to_ascii_lowercase(),
        text: button.label.clone(),
        key: button.slot().map(|slot| slot.key.clone()),
        value: value.filter(|value| !value.is_empty()),
        missing,
    }
}
