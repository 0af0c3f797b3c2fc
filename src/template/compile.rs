//! Compiles the parts of a definition. Nothing here judges.

use super::examples;
use super::parameter::{ParameterKind, Scope, Slot};
use super::parts::{Action, Button, Card, Carousel, Gap, Header, Offer};
use super::text::Text;
use crate::definition::{
    self, ButtonKind, Component, ComponentKind, HeaderFormat, ParameterFormat,
};
use crate::limits::Limit;
use crate::text::{clip, count_chars, find_placeholders};

/// What compiling any part needs to know of the template.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compiler {
    /// How placeholders are named.
    pub format: ParameterFormat,
    /// Whether it carries a one-time code.
    pub authentication: bool,
    /// Whether a timer runs: its codes are shorter.
    pub offer: bool,
    /// Where the part belongs.
    pub scope: Scope,
}

fn most(limit: Limit) -> usize {
    limit.row().max as usize
}

impl Compiler {
    pub(super) fn header(self, component: &Component<'_, '_>) -> Result<Header, Gap> {
        use ParameterKind as Kind;
        // Meta's own samples show text headers without a format.
        let format = component.header_format().unwrap_or(HeaderFormat::Text);
        let (key, kind, label) = match format {
            HeaderFormat::Text => {
                let text = component.text().map_or("", |(text, _)| text);
                let mut text = Text::new(text, "header", self.format, self.scope);
                examples::of_text(&mut text.slots, component.node, "header");
                return Ok(Header::Text(text));
            }
            HeaderFormat::Image => ("header.image", Kind::Image, "the header's image"),
            HeaderFormat::Video => ("header.video", Kind::Video, "the header's video"),
            HeaderFormat::Document => ("header.document", Kind::Document, "the header's document"),
            HeaderFormat::Gif => ("header.gif", Kind::Gif, "the header's GIF"),
            HeaderFormat::Location => ("header.location", Kind::Location, "the header's location"),
            HeaderFormat::Product => ("header.product", Kind::Product, "the header's product"),
            HeaderFormat::Unknown => {
                let word = component.node.get("format").and_then(|n| n.as_str());
                let word = clip(word.unwrap_or_default());
                return Err(Gap {
                    what: ["a header of format `", &word, "`"].concat(),
                    component: component.index,
                });
            }
        };
        let mut slot = self.scope.slot(key, kind, label);
        slot.example = examples::handle(component.node);
        Ok(Header::Supplied(format, slot))
    }

    pub(super) fn body(self, component: &Component<'_, '_>) -> Text {
        let text = component.text().map(|(text, _)| text);
        // Meta writes the body of an authentication template itself; a definition may leave it out.
        let preset = "*{{1}}* is your verification code.";
        let advice =
            "*{{1}}* is your verification code. For your security, do not share this code.";
        let text = match text {
            Some(text) => text,
            None if !self.authentication => "",
            None => match component.node.get("add_security_recommendation") {
                Some(node) if node.as_bool() == Some(true) => advice,
                _ => preset,
            },
        };
        let mut body = Text::new(text, "body", self.format, self.scope);
        examples::of_text(&mut body.slots, component.node, "body");
        if let (true, [slot]) = (self.authentication, body.slots.as_mut_slice()) {
            slot.kind = ParameterKind::OneTimeCode;
            slot.label = "the one-time code".to_owned();
            slot.max = Some(most(Limit::OneTimeCodeChars));
        }
        body
    }

    pub(super) fn button(self, button: &definition::Button<'_, '_>) -> Button {
        let label = button
            .text_of("text")
            .map_or("", |(text, _)| text)
            .to_owned();
        let index = button.index.to_string();
        let slot = |kind, what: &str, required, max: Option<usize>| {
            let what = match label.as_str() {
                "" => [what, " of button ", &index].concat(),
                label => [what, " of the button \"", label, "\""].concat(),
            };
            let mut slot = self.scope.slot(&["buttons.", &index].concat(), kind, &what);
            slot.required = required;
            slot.max = max;
            slot
        };
        let act = |kind, what, required| Action::Act(slot(kind, what, required, None));
        let action = match button.kind {
            ButtonKind::QuickReply => Action::Reply(slot(
                ParameterKind::Payload,
                "the payload",
                false,
                Some(most(Limit::PayloadChars)),
            )),
            ButtonKind::Url => {
                let url = button.text_of("url").map_or("", |(url, _)| url);
                let (placeholders, _) = find_placeholders(url);
                match placeholders.first() {
                    // Read back, the one-time code's button is a URL button of Meta's own.
                    _ if self.authentication && is_of_a_code(url) => Action::Code,
                    None => Action::Open {
                        base: url.to_owned(),
                        behind: String::new(),
                        suffix: None,
                    },
                    Some(placeholder) => {
                        let base = url.get(..placeholder.at.start).unwrap_or_default();
                        let behind = url.get(placeholder.at.end..).unwrap_or_default();
                        let fixed = count_chars(base) + count_chars(behind);
                        let room = most(Limit::UrlChars).saturating_sub(fixed);
                        let kind = ParameterKind::UrlSuffix;
                        let mut suffix = slot(kind, "the URL suffix", true, Some(room));
                        suffix.name = placeholder.name().to_owned();
                        suffix.example = examples::suffix(button.node, base);
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
                let limit = match self.offer {
                    true => Limit::OfferCodeChars,
                    false => Limit::CouponChars,
                };
                let kind = ParameterKind::CouponCode;
                let mut code = slot(kind, "the coupon code", true, Some(most(limit)));
                code.example = examples::first(button.node.get("example"));
                Action::Coupon(code)
            }
            ButtonKind::Otp => Action::Code,
            ButtonKind::Flow => act(ParameterKind::Flow, "the flow's data", false),
            ButtonKind::Catalog => act(ParameterKind::Catalog, "the catalog's product", false),
            ButtonKind::Mpm => act(ParameterKind::MultiProduct, "the products", true),
            ButtonKind::VoiceCall => act(ParameterKind::VoiceCall, "the call's data", false),
            ButtonKind::OrderDetails => act(ParameterKind::OrderDetails, "the order details", true),
            ButtonKind::PaymentRequest => act(ParameterKind::PaymentRequest, "the payment", false),
            ButtonKind::Spm | ButtonKind::RequestContactInfo => Action::Fixed,
            ButtonKind::Unknown => Action::Other,
        };
        let label = match (button.kind, label.is_empty()) {
            (ButtonKind::CopyCode | ButtonKind::Otp, true) => "Copy code".to_owned(),
            (ButtonKind::RequestContactInfo, true) => "Share Contact Info".to_owned(),
            _ => label,
        };
        Button {
            index: button.index,
            kind: button.kind,
            label,
            action,
        }
    }

    pub(super) fn offer(self, component: &Component<'_, '_>) -> Offer {
        let inner = component.node.get("limited_time_offer");
        let member = |key| inner.and_then(|inner| inner.get(key));
        let timed = member("has_expiration").and_then(|node| node.as_bool());
        let text = member("text").and_then(|node| node.as_str());
        Offer {
            text: text.unwrap_or_default().to_owned(),
            expiry: (timed == Some(true)).then(|| {
                self.scope.slot(
                    "offer.expires_at",
                    ParameterKind::Expiry,
                    "the end of the offer",
                )
            }),
        }
    }

    pub(super) fn carousel(
        self,
        component: &Component<'_, '_>,
        gaps: &mut Vec<Gap>,
    ) -> Option<Carousel> {
        let defined = component.cards();
        let mut cards: Vec<Card> = Vec::new();
        for (index, card) in defined.iter().enumerate() {
            cards.push(self.card(index, card, gaps));
        }
        let least = cards.len();
        let products = cards.iter().any(|card| {
            matches!(
                card.header,
                Some(Header::Supplied(HeaderFormat::Product, _))
            )
        });
        // A carousel of products is defined with two cards, and shows as many as the message brings.
        if let (true, Some(last)) = (products, defined.last()) {
            for index in least..most(Limit::CarouselCards) {
                cards.push(self.card(index, last, &mut Vec::new()));
            }
        }
        (least > 0).then_some(Carousel { cards, least })
    }

    fn card(self, index: usize, card: &definition::Card<'_, '_>, gaps: &mut Vec<Gap>) -> Card {
        let compiler = Compiler {
            scope: Scope(Some(index)),
            authentication: false,
            offer: false,
            ..self
        };
        let mut made = Card {
            index,
            header: None,
            body: Text::default(),
            buttons: Vec::new(),
        };
        for component in &card.components {
            match component.kind {
                ComponentKind::Header => match compiler.header(component) {
                    Ok(header) => made.header = Some(header),
                    Err(gap) => gaps.push(gap),
                },
                ComponentKind::Body => made.body = compiler.body(component),
                ComponentKind::Buttons => {
                    made.buttons = compiler.buttons(component, gaps);
                }
                _ => gaps.push(Gap::component(component)),
            }
        }
        made
    }

    pub(super) fn buttons(self, component: &Component<'_, '_>, gaps: &mut Vec<Gap>) -> Vec<Button> {
        let mut made = Vec::new();
        for button in component.buttons() {
            let compiled = self.button(&button);
            if let Action::Other = compiled.action {
                gaps.push(Gap::button(&button));
            }
            made.push(compiled);
        }
        made
    }
}

/// Whether an address is the one that Meta gives a one-time code's button.
pub(super) fn is_of_a_code(url: &str) -> bool {
    url.contains("whatsapp.com/otp/")
}

pub(super) fn footer(component: &Component<'_, '_>) -> Option<String> {
    match component.text() {
        Some((text, _)) => Some(text.to_owned()),
        None => component
            .node
            .get("code_expiration_minutes")
            .and_then(|n| n.as_i64())
            .map(|n| ["This code expires in ", &n.to_string(), " minutes."].concat()),
    }
}

/// The news that every message of an order-status template brings.
pub(super) fn order_status() -> Slot {
    let label = "the order's news";
    Scope(None).slot("order_status", ParameterKind::OrderStatus, label)
}

/// The address that the picture opens instead of the first button's.
pub(super) fn tap_target() -> Slot {
    let mut slot = Scope(None).slot("tap_target", ParameterKind::TapTarget, "the tap target");
    slot.required = false;
    slot
}
