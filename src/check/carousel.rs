//! Carousels: cards beside each other, all alike.

use super::components::kind_is_known;
use super::composition::own_category;
use super::shape::{Field, Kind, given, may, read_back, shape};
use super::{body, buttons, footer, header};
use crate::definition::{
    ButtonKind, Card, Category, Component, ComponentKind, Definition, HeaderFormat,
};
use crate::findings::{Findings, Found};
use crate::json::Node;
use crate::limits::Limit;
use crate::order::Joined;
use crate::rules::{self, Rule};

static CAROUSEL: &[Field] = &[may("type", Kind::Any), may("cards", Kind::Array)];
static CARD: &[Field] = &[may("components", Kind::Array)];
static PRODUCT: &[Field] = &[
    may("type", Kind::Any),
    may("format", Kind::Any),
    read_back("example"),
];

/// What must be the same in all cards.
#[derive(Debug)]
struct Pattern {
    /// Whether every component could be read.
    read: bool,
    body: bool,
    footer: bool,
    format: Option<HeaderFormat>,
    buttons: Vec<ButtonKind>,
}

impl Pattern {
    fn of(card: &Card<'_, '_>) -> Self {
        let header = card.component(ComponentKind::Header);
        let buttons = card.component(ComponentKind::Buttons);
        let mut kinds = Vec::new();
        for button in buttons.map(|c| c.buttons()).unwrap_or_default() {
            kinds.push(button.kind);
        }
        Pattern {
            read: !card.components.iter().any(Component::is_vague),
            body: card.component(ComponentKind::Body).is_some(),
            footer: card.component(ComponentKind::Footer).is_some(),
            format: header.and_then(|c| Some(format_of(c)?.0)),
            buttons: kinds,
        }
    }

    /// Whether the card shows a product, as far as its header says.
    fn is_product(&self) -> Option<bool> {
        match self.format? {
            HeaderFormat::Product => Some(true),
            HeaderFormat::Unknown => None,
            _ => Some(false),
        }
    }
}

/// Judges one.
pub(super) fn check(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let node = component.node;
    shape(node, "a carousel", CAROUSEL, findings);
    let list = given(node, "cards").unwrap_or(node);
    let cards = component.cards();
    if cards.is_empty() && list.as_array().is_none() && given(node, "cards").is_some() {
        return;
    }
    let first = cards.first().map(Pattern::of);
    let product = first.as_ref().and_then(Pattern::is_product) == Some(true);
    count(cards.len(), product, list, findings);
    for card in &cards {
        let pattern = Pattern::of(card);
        one(card, &pattern, definition, findings);
        if let Some(first) = &first {
            alike(card, &pattern, first, findings);
        }
    }
}

/// Judges what stands beside a carousel.
pub(super) fn around(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    marketing_only(rules::CAROUSEL_CATEGORY, definition, findings);
    for other in &definition.components {
        if !matches!(
            other.kind,
            ComponentKind::Body | ComponentKind::Carousel | ComponentKind::Unknown
        ) {
            findings
                .told(rules::CAROUSEL_NEIGHBOUR, other.node, other.kind.word())
                .delete(false, "delete it", other.node);
        }
    }
}

/// Kinds of template that Meta takes as marketing alone.
pub(super) fn marketing_only(
    rule: &'static Rule,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    if definition.category == Some(Category::Utility) {
        let node = own_category(definition);
        let found = findings.flag(rule, node);
        if node.as_str().is_some() {
            found.word(false, node, "MARKETING");
        }
    }
}

/// A header's format and the place that shows it; a header with nothing but a text is one of text.
pub(super) fn format_of<'n, 't>(
    header: &Component<'n, 't>,
) -> Option<(HeaderFormat, &'n Node<'t>)> {
    match given(header.node, "format") {
        Some(node) => Some((HeaderFormat::read(node.as_str()?), node)),
        None => given(header.node, "text").map(|_| (HeaderFormat::Text, header.node)),
    }
}

fn count(used: usize, product: bool, list: &Node<'_>, findings: &mut Findings<'_>) {
    let min = findings.max(Limit::CarouselCardsMin);
    let max = findings.max(Limit::CarouselCards);
    let found = if findings.counter(Limit::CarouselCards, used, list) {
        findings.flag(rules::CAROUSEL_CARDS_COUNT, list)
    } else if used < min {
        findings.missing(rules::CAROUSEL_CARDS_COUNT, list)
    } else if product && used > min {
        findings.flag(rules::PRODUCT_CARDS, list)
    } else {
        return;
    };
    found.num("used", used).num("min", min).num("max", max);
}

fn one(
    card: &Card<'_, '_>,
    pattern: &Pattern,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    shape(card.node, "a card", CARD, findings);
    let list = given(card.node, "components");
    if card.node.as_object().is_none() || list.is_some_and(|list| list.as_array().is_none()) {
        return;
    }
    let mut seen = Vec::new();
    for component in &card.components {
        if !kind_is_known(component, findings) {
            continue;
        }
        let (kind, node) = (component.kind, component.node);
        if seen.contains(&kind) {
            findings.told(rules::COMPONENT_REPEATED, node, kind.word());
        } else {
            seen.push(kind);
        }
        match kind {
            ComponentKind::Header => card_header(component, definition, findings),
            ComponentKind::Body => card_body(component, pattern, definition, findings),
            ComponentKind::Buttons => card_buttons(component, pattern, definition, findings),
            ComponentKind::Footer => {
                let found = findings.flag(rules::CARD_FOOTER, node);
                found.delete(false, "delete it", node);
                footer::check(component, findings);
            }
            _ => {
                findings.told(rules::CARD_NESTED, node, kind.word());
            }
        }
    }
    // What was not read may be what seems to be missing.
    if !pattern.read {
        return;
    }
    for (kind, rule) in [
        (ComponentKind::Header, rules::CARD_HEADER),
        (ComponentKind::Buttons, rules::CARD_BUTTONS),
    ] {
        if !seen.contains(&kind) {
            findings.missing(rule, card.node);
        }
    }
}

fn card_header(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    match format_of(component) {
        Some((HeaderFormat::Product, _)) => {
            shape(component.node, "a product header", PRODUCT, findings);
        }
        None | Some((HeaderFormat::Image | HeaderFormat::Video | HeaderFormat::Unknown, _)) => {
            header::check(component, definition, findings);
        }
        Some((format, node)) => {
            findings.told(rules::CARD_HEADER_FORMAT, node, format.word());
        }
    }
}

fn card_body(
    component: &Component<'_, '_>,
    pattern: &Pattern,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    if pattern.is_product() == Some(true) {
        let found = findings.flag(rules::CARD_PRODUCT_BODY, component.node);
        found.delete(false, "delete it", component.node);
    }
    body::check(component, definition, findings);
}

fn card_buttons(
    component: &Component<'_, '_>,
    pattern: &Pattern,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    buttons::check(component, definition, findings);
    let Some(list) = given(component.node, "buttons") else {
        return;
    };
    let product = pattern.is_product();
    let (limit, cards, remedy) = if product == Some(true) {
        (Limit::ProductCardButtons, "product cards", "SPM or URL")
    } else {
        let remedy = "QUICK_REPLY, URL or PHONE_NUMBER";
        (Limit::CardButtons, "cards", remedy)
    };
    let buttons = component.buttons();
    if !buttons.is_empty() {
        findings.limit(rules::CARD_BUTTONS_MAX, limit, buttons.len(), list);
    }
    for button in &buttons {
        use ButtonKind::*;
        let fits = match button.kind {
            Url | Unknown => true,
            QuickReply | PhoneNumber | OrderDetails => product != Some(true),
            Spm => product != Some(false),
            _ => false,
        };
        if !fits {
            findings
                .told(rules::CARD_BUTTON_TYPE, button.node, button.kind.word())
                .say("cards", cards)
                .say("remedy", remedy);
        } else if button.kind == OrderDetails
            && button.index > 0
            && buttons
                .first()
                .is_some_and(|first| first.kind != OrderDetails)
        {
            let found = findings.flag(rules::CARD_CHECKOUT, button.node);
            swap(found, false, list);
        }
    }
}

/// Offers to swap the two buttons of a list; more are for the author to sort.
pub(super) fn swap(found: &mut Found, safe: bool, list: &Node<'_>) {
    if let Some([first, second]) = list.as_array() {
        let items = vec![second.owned(), first.owned()];
        found.replace(safe, "swap the buttons", list, Node::array(items));
    }
}

/// Compares a card with the first one.
fn alike(card: &Card<'_, '_>, own: &Pattern, first: &Pattern, findings: &mut Findings<'_>) {
    // Half a card may still become like the others.
    if card.node.open {
        return;
    }
    if own.read && first.read {
        for (here, there, with, without) in [
            (own.body, first.body, "a body", "no body"),
            (own.footer, first.footer, "a footer", "no footer"),
        ] {
            if here && !there {
                differ(card, card.node, with, "none", findings);
            } else if there && !here {
                differ(card, card.node, without, "one", findings);
            }
        }
    }
    if let (Some(here), Some(there)) = (own.format, first.format)
        && here != there
        && in_cards(here)
        && in_cards(there)
        && let Some(header) = card.component(ComponentKind::Header)
        && let Some((_, node)) = format_of(header)
    {
        let here = ["the header format ", here.word()].joined();
        differ(card, node, &here, there.word(), findings);
    }
    let (here, there) = (own.buttons.as_slice(), first.buttons.as_slice());
    if here != there
        && all_known(here)
        && all_known(there)
        && let Some(buttons) = card.component(ComponentKind::Buttons)
        && let Some(list) = given(buttons.node, "buttons")
    {
        let words_here = ["the buttons ", &words(here)].joined();
        let found = differ(card, list, &words_here, &words(there), findings);
        if let ([a, b], [c, d]) = (here, there)
            && (a, b) == (d, c)
        {
            // With a button that has to be the first, the first card may be the wrong one.
            swap(found, !here.contains(&ButtonKind::OrderDetails), list);
        }
    }
}

fn differ<'f>(
    card: &Card<'_, '_>,
    node: &Node<'_>,
    here: &str,
    there: &str,
    findings: &'f mut Findings<'_>,
) -> &'f mut Found {
    let found = findings.flag(rules::CAROUSEL_CARDS_SAME, node);
    found
        .num("card", card.index + 1)
        .say("here", here)
        .say("there", there)
}

fn in_cards(format: HeaderFormat) -> bool {
    use HeaderFormat::*;
    matches!(format, Image | Video | Product)
}

/// Whether there are buttons, all of types that were read.
fn all_known(kinds: &[ButtonKind]) -> bool {
    !kinds.is_empty() && !kinds.contains(&ButtonKind::Unknown)
}

/// The types as a list, as far as cards can have them.
fn words(kinds: &[ButtonKind]) -> String {
    let mut out = String::new();
    for (place, kind) in kinds.iter().enumerate() {
        out.push_str(if place > 0 { ", " } else { "" });
        if place == 3 {
            out.push('…');
            break;
        }
        out.push_str(kind.word());
    }
    out
}
