//! A definition's parts, read leniently out of the tree: what is missing or misshapen is simply not
//! there, and the checks say so. Nothing here judges.
//!
//! Meta prints its samples in upper and lower case and takes both, so every word of Meta's
//! (`BODY`, `body`) is matched without regard to case.

mod kind;
mod placeholders;
mod words;

pub use kind::TemplateKind;
pub use placeholders::PlaceholderKinds;
pub use words::{ButtonKind, Category, ComponentKind, HeaderFormat, ParameterFormat};

use crate::json::Node;
use crate::path;
use crate::report::Step;
use std::cell::OnceCell;

/// A definition, as far as it could be read.
#[derive(Debug)]
pub struct Definition<'n, 't> {
    /// The whole value; an object when this is a definition at all.
    pub root: &'n Node<'t>,
    /// `name`
    pub name: Option<&'n str>,
    /// `language`: a code, or (on an item read back) an object with one.
    pub language: Option<&'n str>,
    /// `category`, when it is one of Meta's three.
    pub category: Option<Category>,
    /// `parameter_format`; positional when absent, as at Meta.
    pub format: ParameterFormat,
    /// Every entry of `components`, in order.
    pub components: Vec<Component<'n, 't>>,
    /// Its kind, once it was asked for.
    kind: OnceCell<TemplateKind>,
    /// The kinds of its placeholders, once they were asked for.
    placeholders: OnceCell<PlaceholderKinds>,
}

/// One entry of `components`, the template's or a card's.
#[derive(Debug, Clone, Copy)]
pub struct Component<'n, 't> {
    /// Its `type`.
    pub kind: ComponentKind,
    /// Its place in `components`.
    pub index: usize,
    /// The carousel's card that it belongs to.
    pub card: Option<CardPlace>,
    /// The entry itself.
    pub node: &'n Node<'t>,
}

/// Where a card of a carousel stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardPlace {
    /// The carousel's place in the template's `components`.
    pub carousel: usize,
    /// Its place in `cards`.
    pub index: usize,
}

/// One card of a carousel.
#[derive(Debug, Clone)]
pub struct Card<'n, 't> {
    /// Where it stands.
    pub place: CardPlace,
    /// The entry itself.
    pub node: &'n Node<'t>,
    /// Every entry of its `components`, in order.
    pub components: Vec<Component<'n, 't>>,
}

/// One entry of a `BUTTONS` component.
#[derive(Debug, Clone, Copy)]
pub struct Button<'n, 't> {
    /// Its `type`.
    pub kind: ButtonKind,
    /// Its place among all buttons.
    pub index: usize,
    /// The place of its component.
    pub component: usize,
    /// The carousel's card that it belongs to.
    pub card: Option<CardPlace>,
    /// The entry itself.
    pub node: &'n Node<'t>,
}

impl<'n, 't> Definition<'n, 't> {
    /// Reads the parts of a definition.
    pub fn read(root: &'n Node<'t>) -> Self {
        let word = |key| root.get(key).and_then(Node::as_str);
        let components = root
            .get("components")
            .and_then(Node::as_array)
            .unwrap_or_default();
        Definition {
            root,
            name: word("name"),
            language: word("language").or_else(|| root.get("language")?.get("code")?.as_str()),
            category: word("category").and_then(Category::read),
            format: word("parameter_format")
                .and_then(ParameterFormat::read)
                .unwrap_or_default(),
            components: read_components(components, None),
            kind: OnceCell::new(),
            placeholders: OnceCell::new(),
        }
    }

    /// The first component of a kind.
    pub fn component(&self, kind: ComponentKind) -> Option<Component<'n, 't>> {
        self.components.iter().copied().find(|c| c.kind == kind)
    }

    /// The buttons, counted over all of them.
    pub fn buttons(&self) -> Vec<Button<'n, 't>> {
        self.component(ComponentKind::Buttons)
            .map(|c| c.buttons())
            .unwrap_or_default()
    }

    /// Whether any of the template's own buttons is of a kind.
    pub fn has_button(&self, kind: ButtonKind) -> bool {
        self.buttons().iter().any(|button| button.kind == kind)
    }

    /// Whether a member of the top level is there and not `null`.
    pub fn has(&self, key: &str) -> bool {
        self.root.get(key).is_some_and(|node| !node.is_null())
    }

    /// The text of a member of the top level, when it is Meta's word in any case.
    pub fn says(&self, key: &str, word: &str) -> bool {
        let text = self.root.get(key).and_then(Node::as_str);
        text.is_some_and(|text| text.eq_ignore_ascii_case(word))
    }
}

fn read_components<'n, 't>(
    nodes: &'n [Node<'t>],
    card: Option<CardPlace>,
) -> Vec<Component<'n, 't>> {
    let read = |(index, node): (usize, &'n Node<'t>)| Component {
        kind: node
            .get("type")
            .and_then(Node::as_str)
            .map_or(ComponentKind::Unknown, ComponentKind::read),
        index,
        card,
        node,
    };
    nodes.iter().enumerate().map(read).collect()
}

/// The path to a card, or to the template itself.
fn base(card: Option<CardPlace>) -> Vec<Step> {
    card.map_or_else(Vec::new, |card| {
        path!["components", card.carousel, "cards", card.index]
    })
}

impl<'n, 't> Card<'n, 't> {
    /// Where it stands.
    pub fn path(&self) -> Vec<Step> {
        base(Some(self.place))
    }

    /// Its first component of a kind.
    pub fn component(&self, kind: ComponentKind) -> Option<Component<'n, 't>> {
        self.components.iter().copied().find(|c| c.kind == kind)
    }
}

impl<'n, 't> Component<'n, 't> {
    /// Where it stands.
    pub fn path(&self) -> Vec<Step> {
        let mut path = base(self.card);
        path.extend(path!["components", self.index]);
        path
    }

    /// Where one of its members stands.
    pub fn path_to(&self, key: &'static str) -> Vec<Step> {
        let mut path = self.path();
        path.push(Step::from(key));
        path
    }

    /// Its `cards`, when it is a carousel.
    pub fn cards(&self) -> Vec<Card<'n, 't>> {
        let cards = self.node.get("cards").and_then(Node::as_array);
        let card = |(index, node): (usize, &'n Node<'t>)| {
            let carousel = self.index;
            let place = CardPlace { carousel, index };
            let components = node.get("components").and_then(Node::as_array);
            Card {
                place,
                node,
                components: read_components(components.unwrap_or_default(), Some(place)),
            }
        };
        cards
            .unwrap_or_default()
            .iter()
            .enumerate()
            .map(card)
            .collect()
    }

    /// Its `text`, when it is one.
    pub fn text(&self) -> Option<(&'n str, &'n Node<'t>)> {
        let node = self.node.get("text")?;
        Some((node.as_str()?, node))
    }

    /// A header's `format`.
    pub fn header_format(&self) -> Option<HeaderFormat> {
        Some(HeaderFormat::read(self.node.get("format")?.as_str()?))
    }

    /// Its `buttons`.
    pub fn buttons(&self) -> Vec<Button<'n, 't>> {
        let buttons = self
            .node
            .get("buttons")
            .and_then(Node::as_array)
            .unwrap_or_default();
        buttons
            .iter()
            .enumerate()
            .map(|(index, node)| Button {
                kind: node
                    .get("type")
                    .and_then(Node::as_str)
                    .map_or(ButtonKind::Unknown, ButtonKind::read),
                index,
                component: self.index,
                card: self.card,
                node,
            })
            .collect()
    }
}

impl<'n, 't> Button<'n, 't> {
    /// Where it stands.
    pub fn path(&self) -> Vec<Step> {
        let mut path = base(self.card);
        path.extend(path!["components", self.component, "buttons", self.index]);
        path
    }

    /// Where one of its members stands.
    pub fn path_to(&self, key: &'static str) -> Vec<Step> {
        let mut path = self.path();
        path.push(Step::from(key));
        path
    }

    /// One of its members, when it is a text.
    pub fn text_of(&self, key: &str) -> Option<(&'n str, &'n Node<'t>)> {
        let node = self.node.get(key)?;
        Some((node.as_str()?, node))
    }
}
