//! What the recipient will see: texts with their values in and their formatting resolved.
//!
//! There is no markup in a preview, only runs of plain text with their look, so that a page that
//! shows it cannot be made to show anything else.

use super::value::{as_text, is_blank, parameter_type};
use crate::definition::HeaderFormat;
use crate::json::Node;
use crate::json::parse;
use crate::template::{Action, Button, Header, Offer, ParameterKind, Piece, Slot, Template, Text};
use crate::text::{Block, Look, find_links, looks};
use serde::Serialize;

/// A message as its recipient will see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// The header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<PreviewHeader>,
    /// The offer that ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<PreviewOffer>,
    /// The body.
    pub body: Vec<Run>,
    /// The footer, which knows no formatting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<Vec<Run>>,
    /// How an order stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<PreviewOrder>,
    /// The buttons, in order.
    pub buttons: Vec<PreviewButton>,
    /// The cards, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<PreviewCard>,
    /// What the header's picture opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tap_target: Option<PreviewTarget>,
    /// Whether the client asks below the message whether the business may call.
    #[serde(skip_serializing_if = "is_false")]
    pub asks_to_call: bool,
}

/// An offer that ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewOffer {
    /// The line beside the timer.
    pub text: String,
    /// The parameter of its end, when it has a timer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// When it ends, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// Whether the message does not say so yet.
    #[serde(skip_serializing_if = "is_false")]
    pub missing: bool,
}

/// How an order stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviewOrder {
    /// The parameter that says so.
    pub key: String,
    /// Meta's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The business's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the message does not say so yet.
    #[serde(skip_serializing_if = "is_false")]
    pub missing: bool,
}

/// A card of a carousel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PreviewCard {
    /// Its place, from 0.
    pub index: usize,
    /// Its picture, film or product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<PreviewHeader>,
    /// Its text.
    pub body: Vec<Run>,
    /// Its buttons, in order.
    pub buttons: Vec<PreviewButton>,
}

/// What a picture opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviewTarget {
    /// What stands under the picture.
    pub title: String,
    /// The address.
    pub url: String,
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
    /// What its line is, when it is no plain text: `quote`, or a point of a list, `bullet` (its dot is
    /// not in the text) or `number` (its number is).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<&'static str>,
    /// The address that it opens, always `https://…` or `http://…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
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
    /// A product's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
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
        let code = self.body.slots.first();
        Preview {
            header: header(self.header.as_ref(), &values),
            offer: self.offer.as_ref().map(|offer| values.offer(offer)),
            body: runs(&self.body, &values),
            footer: self.footer.as_ref().map(|text| {
                vec![Run {
                    text: text.clone(),
                    ..Run::default()
                }]
            }),
            order: self.order_status.as_ref().map(|slot| values.order(slot)),
            buttons: buttons(&self.buttons, code, &values),
            cards: cards(self, &values),
            tap_target: self
                .tap_target
                .as_ref()
                .and_then(|slot| values.target(slot)),
            asks_to_call: self.asks_to_call,
        }
    }
}

fn header(header: Option<&Header>, values: &Values<'_, '_>) -> Option<PreviewHeader> {
    Some(match header? {
        Header::Text(text) => PreviewHeader {
            kind: "text",
            runs: Some(plain(text, values)),
            ..PreviewHeader::default()
        },
        Header::Supplied(format, slot) => supplied(*format, slot, values),
    })
}

fn buttons(buttons: &[Button], code: Option<&Slot>, values: &Values<'_, '_>) -> Vec<PreviewButton> {
    let mut all = Vec::new();
    for button in buttons {
        all.push(shown(button, code, values));
    }
    all
}

/// The cards that every message has, and those up to the last that this one brings.
fn cards(template: &Template, values: &Values<'_, '_>) -> Vec<PreviewCard> {
    let all = template.cards();
    let least = template.carousel.as_ref().map_or(0, |c| c.least);
    let brought = all
        .iter()
        .rposition(|card| card.slots().any(|slot| values.node(slot).is_some()));
    let shown = brought.map_or(0, |last| last + 1).max(least);
    let mut cards = Vec::new();
    for card in all.iter().take(shown) {
        cards.push(PreviewCard {
            index: card.index,
            header: header(card.header.as_ref(), values),
            body: runs(&card.body, values),
            buttons: buttons(&card.buttons, None, values),
        });
    }
    cards
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

    /// What stands under Meta's own name for it, or the value itself.
    fn inner(&self, slot: &Slot, name: &str) -> Option<&'v Node<'t>> {
        let node = self.node(slot)?;
        Some(node.get(name).unwrap_or(node))
    }

    fn offer(&self, offer: &Offer) -> PreviewOffer {
        let expires_at = offer.expiry.as_ref().and_then(|slot| {
            let node = self.node(slot)?;
            node.as_i64().or_else(|| node.as_str()?.trim().parse().ok())
        });
        PreviewOffer {
            text: offer.text.clone(),
            key: offer.expiry.as_ref().map(|slot| slot.key.clone()),
            expires_at,
            missing: offer.expiry.is_some() && expires_at.is_none(),
        }
    }

    fn order(&self, slot: &Slot) -> PreviewOrder {
        let order = self
            .inner(slot, "order_status")
            .and_then(|node| node.get("order"));
        let word = |key| Some(order?.get(key)?.as_str()?.to_owned());
        let status = word("status");
        PreviewOrder {
            key: slot.key.clone(),
            missing: status.is_none(),
            description: word("description"),
            status,
        }
    }

    fn target(&self, slot: &Slot) -> Option<PreviewTarget> {
        let node = self.inner(slot, "tap_target_configuration")?;
        let one = node.item(0).unwrap_or(node);
        let url = one.get("url")?.as_str()?;
        is_web(url).then_some(())?;
        Some(PreviewTarget {
            title: one.get("title")?.as_str()?.to_owned(),
            url: url.to_owned(),
        })
    }
}

/// Whether an address is one that a page may safely make a link of: nothing but the web's are.
fn is_web(address: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        let begins = address.get(..scheme.len());
        begins.is_some_and(|begins| begins.eq_ignore_ascii_case(scheme))
    })
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
        .map(|(text, slot)| run(text, Look::default(), None, slot))
        .collect()
}

fn run(text: String, look: Look, link: Option<&String>, slot: Option<(&Slot, bool)>) -> Run {
    Run {
        text,
        bold: look.bold,
        italic: look.italic,
        strike: look.strike,
        mono: look.mono,
        block: match look.block {
            Block::Plain => None,
            Block::Quote => Some("quote"),
            Block::Bullet => Some("bullet"),
            Block::Number => Some("number"),
        },
        link: link.cloned(),
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
            text.chars().map(move |c| if opaque { HOLE } else { c })
        })
        .collect();
    let looks = looks(&chars);
    let links = addresses(&chars, &looks);
    let mut ahead = links.iter().peekable();
    let mut looks = looks.into_iter().enumerate();
    let mut out: Vec<Run> = Vec::new();
    for (text, slot) in &pieces {
        let mut part = String::new();
        let mut current: Option<(Look, Option<&String>)> = None;
        for c in text.chars() {
            let (at, look) = looks.next().unwrap_or_default();
            while ahead.next_if(|(_, end, _)| *end <= at).is_some() {}
            let link = ahead
                .peek()
                .filter(|(start, ..)| *start <= at)
                .map(|(_, _, link)| link);
            if look.hidden {
                continue;
            }
            match current {
                Some(last) if last != (look, link) => {
                    out.push(run(std::mem::take(&mut part), last.0, last.1, *slot));
                }
                _ => {}
            }
            current = Some((look, link));
            part.push(c);
        }
        if let Some((look, link)) = current {
            out.push(run(part, look, link, *slot));
        }
    }
    out
}

/// Stands for a character of a placeholder.
const HOLE: char = '\u{fffc}';

/// The links of a text, with the addresses that they open.
fn addresses(chars: &[char], looks: &[Look]) -> Vec<(usize, usize, String)> {
    let mut links = Vec::new();
    for (start, end) in find_links(chars, HOLE) {
        let mut address = String::new();
        for (c, look) in chars.iter().zip(looks).skip(start).take(end - start) {
            if !look.hidden {
                address.push(*c);
            }
        }
        if !is_web(&address) {
            address.insert_str(0, "https://");
        }
        links.push((start, end, address));
    }
    links
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
    let link = link.filter(|link| slot.kind.is_media() && is_web(link));
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
        product: word("product_retailer_id"),
        link,
        id,
        filename: word("filename"),
    }
}

fn shown(button: &Button, code: Option<&Slot>, values: &Values<'_, '_>) -> PreviewButton {
    let text_of = |slot: Option<&Slot>| slot.and_then(|slot| values.text(slot));
    let (value, missing) = match &button.action {
        Action::Reply(slot) => (values.text(slot), false),
        Action::Open {
            base,
            behind,
            suffix,
        } => match suffix {
            _ if !is_web(base) => (None, false),
            None => (Some(base.clone()), false),
            Some(slot) => match values.text(slot) {
                Some(suffix) => (Some(format!("{base}{suffix}{behind}")), false),
                None => (None, true),
            },
        },
        Action::Call(number) => (Some(number.clone()), false),
        Action::Coupon(slot) => (values.text(slot), values.text(slot).is_none()),
        Action::Code => {
            let code = text_of(code);
            (code.clone(), code.is_none())
        }
        Action::Act(slot) => (
            acted(slot, values),
            slot.required && values.node(slot).is_none(),
        ),
        Action::Fixed | Action::Other => (None, false),
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

/// What an action copies, opens or brings back, when a text says it.
fn acted(slot: &Slot, values: &Values<'_, '_>) -> Option<String> {
    let node = values.node(slot)?;
    match slot.kind {
        ParameterKind::PaymentRequest => {
            let setting = values
                .inner(slot, "payment_request")?
                .get("payment_setting")?;
            let inner = setting.get(setting.get("type")?.as_str()?)?;
            let word = |key| Some(inner.get(key)?.as_str()?.to_owned());
            word("code")
                .or_else(|| word("digitable_line"))
                .or_else(|| word("uri"))
        }
        ParameterKind::VoiceCall => match node.as_str() {
            Some(payload) => Some(payload.to_owned()),
            None => Some(node.get("payload")?.as_str()?.to_owned()),
        },
        _ => None,
    }
}
