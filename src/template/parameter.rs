//! What a message fills in: parameters as forms see them, and the slots of the compiled template.

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
    /// A flow's token and the data of its first screen.
    Flow,
    /// The product whose picture a catalog shows.
    Catalog,
    /// Sections of products.
    MultiProduct,
    /// How long a call button works, and what it brings back.
    VoiceCall,
    /// What is bought, what it costs, how it is paid.
    OrderDetails,
    /// The code or address of a payment.
    PaymentRequest,
    /// The moment when an offer ends.
    Expiry,
    /// News of an order.
    OrderStatus,
    /// The address that a picture opens.
    TapTarget,
}

impl ParameterKind {
    /// Whether it takes a file.
    pub fn is_media(self) -> bool {
        use ParameterKind::*;
        matches!(self, Image | Video | Document | Gif)
    }

    /// Whether it fills a header that is no text.
    pub fn is_in_header(self) -> bool {
        self.is_media() || matches!(self, ParameterKind::Location | ParameterKind::Product)
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
    /// Whether a message must supply it; of a card that may be left out: whether the card needs it.
    pub required: bool,
    /// The definition's sample.
    pub example: Option<String>,
    /// How many characters the value alone may have.
    pub max: Option<usize>,
    /// The carousel card it belongs to, from 0.
    pub card: Option<usize>,
}

/// Where parameters belong: to the bubble, or to one of its cards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope(pub Option<usize>);

impl Scope {
    /// A required slot of a part here.
    pub(super) fn slot(self, key: &str, kind: ParameterKind, label: &str) -> Slot {
        let (key, label) = match self.0 {
            None => (key.to_owned(), label.to_owned()),
            Some(card) => (
                ["cards.", &card.to_string(), ".", key].concat(),
                [label, " of card ", &(card + 1).to_string()].concat(),
            ),
        };
        Slot {
            key,
            name: String::new(),
            kind,
            label,
            required: true,
            example: None,
            max: None,
            card: self.0,
        }
    }
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
            card: self.card,
        }
    }
}
