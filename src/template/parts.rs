//! The parts of a compiled template.

use super::parameter::Slot;
use super::text::Text;
use crate::definition::{self, ButtonKind, Component, HeaderFormat};
use crate::text::clip;

/// A header.
#[derive(Debug, Clone)]
pub enum Header {
    /// Text, with one placeholder at most.
    Text(Text),
    /// A file, a place or a product that each message supplies.
    Supplied(HeaderFormat, Slot),
}

impl Header {
    /// Every place that a message fills.
    pub fn slots(&self) -> &[Slot] {
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
    /// Sends what the kind of its slot says: a flow, a catalog, products, a call, an order, a payment.
    Act(Slot),
    /// Something of the client's own; nothing is sent for it.
    Fixed,
    /// A kind that is not covered.
    Other,
}

impl Button {
    /// The parameter that a message supplies for it.
    pub fn slot(&self) -> Option<&Slot> {
        match &self.action {
            Action::Reply(slot) | Action::Coupon(slot) | Action::Act(slot) => Some(slot),
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
    pub(super) fn whole(what: &str) -> Self {
        Gap {
            what: what.to_owned(),
            component: 0,
        }
    }

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

/// An offer that ends.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The line beside the timer.
    pub text: String,
    /// The moment when it ends, when the template has a timer.
    pub expiry: Option<Slot>,
}

/// Cards beside each other.
#[derive(Debug, Clone)]
pub struct Carousel {
    /// Every card that a message may have.
    pub cards: Vec<Card>,
    /// How many of them every message has: all, unless they show products.
    pub least: usize,
}

/// A card of a carousel.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its place, from 0.
    pub index: usize,
    /// Its picture, film or product.
    pub header: Option<Header>,
    /// Its text.
    pub body: Text,
    /// Its buttons, in the order that `index` counts.
    pub buttons: Vec<Button>,
}

impl Card {
    /// Every place that a message fills, in the order in which a person reads it.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        let header = self.header.iter().flat_map(Header::slots);
        let buttons = self.buttons.iter().filter_map(Button::slot);
        header.chain(&self.body.slots).chain(buttons)
    }
}
