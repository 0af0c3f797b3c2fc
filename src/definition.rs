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
use crate::text::closest;
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
    /// The definition that it edits, whose members stay where it has none.
    pub before: Option<&'n Node<'t>>,
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
    /// The place of the carousel's card that it belongs to.
    pub card: Option<usize>,
    /// The entry itself.
    pub node: &'n Node<'t>,
}

/// One card of a carousel.
#[derive(Debug, Clone)]
pub struct Card<'n, 't> {
    /// Its place in `cards`.
    pub index: usize,
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
    /// The place of the carousel's card that it belongs to.
    pub card: Option<usize>,
    /// The entry itself.
    pub node: &'n Node<'t>,
}

impl<'n, 't> Definition<'n, 't> {
    /// Reads the parts of a definition.
    pub fn read(root: &'n Node<'t>) -> Self {
        let language = root
            .get("language")
            .map(|node| node.get("code").unwrap_or(node));
        Definition {
            root,
            name: root.get("name").and_then(Node::as_str),
            language: language.and_then(Node::as_str),
            category: Category::read(word(root, "category")),
            format: ParameterFormat::read(word(root, "parameter_format")).unwrap_or_default(),
            components: read_components(root, None),
            before: None,
            kind: OnceCell::new(),
            placeholders: OnceCell::new(),
        }
    }

    /// The first component of a kind.
    pub fn component(&self, kind: ComponentKind) -> Option<&Component<'n, 't>> {
        first(&self.components, kind)
    }

    /// The buttons, counted over all of them.
    pub fn buttons(&self) -> Vec<Button<'n, 't>> {
        self.component(ComponentKind::Buttons)
            .map_or_else(Vec::new, Component::buttons)
    }

    /// Whether any of the template's own buttons is of a kind.
    pub fn has_button(&self, kind: ButtonKind) -> bool {
        self.buttons().iter().any(|button| button.kind == kind)
    }

    /// What has to go for a button to go: with the only one, its component.
    pub fn whole(&self, button: &Button<'n, 't>) -> &'n Node<'t> {
        let component = self.components.get(button.component);
        let alone = component.filter(|c| button.card.is_none() && c.buttons().len() == 1);
        alone.map_or(button.node, |component| component.node)
    }

    /// Whether it has what only marketing templates have.
    pub fn sells(&self) -> bool {
        use ButtonKind::{Catalog, Mpm, Spm};
        let buttons = self.buttons();
        let mut buttons = buttons.iter().map(|button| button.kind);
        self.component(ComponentKind::Carousel).is_some()
            || self.component(ComponentKind::LimitedTimeOffer).is_some()
            || buttons.any(|kind| matches!(kind, Catalog | Mpm | Spm))
    }

    /// A member of the top level that is there and not `null`, its own or the one that it leaves as it was.
    fn member(&self, key: &str) -> Option<&Node<'t>> {
        let given = |root: &'n Node<'t>| root.get(key).filter(|node| !node.is_null());
        given(self.root).or_else(|| given(self.before?))
    }

    /// Whether a member of the top level is there and not `null`.
    pub fn has(&self, key: &str) -> bool {
        self.member(key).is_some()
    }

    /// The text of a member of the top level, when it is Meta's word in any case.
    pub fn says(&self, key: &str, known: &str) -> bool {
        let word = self.member(key).and_then(Node::as_str);
        word.is_some_and(|word| word.eq_ignore_ascii_case(known))
    }
}

/// A member's text; nothing when it has none.
#[inline(never)]
fn word<'n>(node: &'n Node<'_>, key: &str) -> &'n str {
    node.get(key).and_then(Node::as_str).unwrap_or_default()
}

/// A member's items.
#[inline(never)]
fn items<'n, 't>(node: &'n Node<'t>, key: &str) -> &'n [Node<'t>] {
    node.get(key).and_then(Node::as_array).unwrap_or_default()
}

/// Whether what a part of an unknown kind is may still turn out: its type is missing, is no text, is being
/// typed, or is nearly one of Meta's words.
fn is_vague(node: &Node<'_>, words: &[&'static str]) -> bool {
    let kind = node.get("type").filter(|kind| !kind.open);
    let word = kind.and_then(Node::as_str);
    word.is_none_or(|word| closest(word, words).is_some())
}

/// The first component of a kind.
#[inline(never)]
fn first<'c, 'n, 't>(
    components: &'c [Component<'n, 't>],
    kind: ComponentKind,
) -> Option<&'c Component<'n, 't>> {
    components.iter().find(|c| c.kind == kind)
}

fn read_components<'n, 't>(owner: &'n Node<'t>, card: Option<usize>) -> Vec<Component<'n, 't>> {
    let nodes = items(owner, "components");
    let mut components = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        components.push(Component {
            kind: ComponentKind::read(word(node, "type")),
            index,
            card,
            node,
        });
    }
    components
}

impl<'n, 't> Card<'n, 't> {
    /// Its first component of a kind.
    pub fn component(&self, kind: ComponentKind) -> Option<&Component<'n, 't>> {
        first(&self.components, kind)
    }
}

impl<'n, 't> Component<'n, 't> {
    /// Its `cards`, when it is a carousel.
    pub fn cards(&self) -> Vec<Card<'n, 't>> {
        let nodes = items(self.node, "cards");
        let mut cards = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            cards.push(Card {
                index,
                node,
                components: read_components(node, Some(index)),
            });
        }
        cards
    }

    /// Whether it may be one that seems to be missing.
    pub fn is_vague(&self) -> bool {
        self.kind == ComponentKind::Unknown && is_vague(self.node, ComponentKind::WORDS)
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
        let nodes = items(self.node, "buttons");
        let mut buttons = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            buttons.push(Button {
                kind: ButtonKind::read(word(node, "type")),
                index,
                component: self.index,
                card: self.card,
                node,
            });
        }
        buttons
    }
}

impl<'n, 't> Button<'n, 't> {
    /// Whether it may be one that seems to be missing.
    pub fn is_vague(&self) -> bool {
        self.kind == ButtonKind::Unknown && is_vague(self.node, ButtonKind::WORDS)
    }

    /// One of its members, when it is a text.
    pub fn text_of(&self, key: &str) -> Option<(&'n str, &'n Node<'t>)> {
        let node = self.node.get(key)?;
        Some((node.as_str()?, node))
    }
}
