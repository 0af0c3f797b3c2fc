//! Understands the values of a message: each for the slot that it fills.

use super::actions;
use super::check::Given;
use super::place::Place;
use super::value::{self, Media, Role, Source, as_text};
use crate::findings::Findings;
use crate::json::Node;
use crate::rules;
use crate::template::{Action, ParameterKind, Slot, Template, value_path};
use std::borrow::Cow;

/// Judges a value for its slot; the answer is what it is.
pub(super) fn understand<'n, 't>(
    template: &Template,
    slot: &Slot,
    node: &'n Node<'t>,
    findings: &mut Findings<'_>,
) -> Option<Given<'n, 't>> {
    let place = Place {
        key: &slot.key,
        label: &slot.label,
        path: value_path(&slot.key),
    };
    let expects = |findings: &mut Findings<'_>, what: &str| {
        place.wrong_type(findings, node, &slot.key, what);
    };
    let role = match slot.kind {
        ParameterKind::Text => {
            for name in ["currency", "date_time"] {
                let Some(inner) = node.get(name) else {
                    continue;
                };
                value::keys(findings, node, &place, &["type", name]);
                let inside = place.member(name);
                match name {
                    "currency" => value::currency(findings, inner, &inside),
                    _ => value::date_time(findings, inner, &inside),
                }
                return Some(Given::Object(name, inner));
            }
            Role::Text
        }
        ParameterKind::OneTimeCode => Role::Code,
        ParameterKind::Payload => Role::Payload,
        ParameterKind::CouponCode => Role::Coupon,
        ParameterKind::UrlSuffix => match action(template, slot) {
            Some(Action::Open { base, behind, .. }) => Role::Suffix(base, behind),
            _ => Role::Suffix("", ""),
        },
        ParameterKind::Location => {
            value::location(findings, node, &place);
            return Some(Given::Object("location", node));
        }
        ParameterKind::Product => {
            value::product(findings, node, &place);
            return Some(Given::Object("product", node));
        }
        kind if kind.is_media() => return media(slot, kind, node, &place, findings),
        kind => return act(kind, node, &place, findings),
    };
    let Some(text) = as_text(node) else {
        let what = match slot.kind {
            ParameterKind::Text => "a text, a number, or Meta's currency or date_time object",
            _ => "a text or a number",
        };
        expects(findings, what);
        return None;
    };
    let too_long = slot.kind == ParameterKind::CouponCode
        && template.offer.is_some()
        && slot.card.is_none()
        && actions::offer_code(findings, node, &text, &place);
    if !too_long {
        value::text(findings, node, &text, &place, role);
    }
    Some(Given::Text(text))
}

/// The button of a slot.
fn action<'t>(template: &'t Template, slot: &Slot) -> Option<&'t Action> {
    let buttons = match slot.card {
        None => &template.buttons,
        Some(card) => &template.cards().get(card)?.buttons,
    };
    let index: usize = slot.key.rsplit('.').next()?.parse().ok()?;
    let button = buttons.get(index)?;
    Some(&button.action)
}

/// What buttons, offers and special components take: Meta's objects, and of some a text that is
/// their most important member.
fn act<'n, 't>(
    kind: ParameterKind,
    node: &'n Node<'t>,
    place: &Place<'_>,
    findings: &mut Findings<'_>,
) -> Option<Given<'n, 't>> {
    use ParameterKind as Kind;
    let short = match kind {
        Kind::Flow | Kind::Catalog => as_text(node),
        Kind::VoiceCall => node.as_str().map(Cow::Borrowed),
        Kind::Expiry => {
            let moment = actions::expiry(findings, node, place)?;
            return Some(Given::Text(Cow::Owned(moment.to_string())));
        }
        _ => None,
    };
    if let Some(text) = short {
        if kind == Kind::VoiceCall {
            actions::call_payload(findings, node, &text, place);
        } else if value::is_blank(&text) {
            place.find(findings, rules::VALUE_BLANK, node);
        }
        return Some(Given::Text(text));
    }
    let name = match kind {
        Kind::Flow => "flow",
        Kind::Catalog => "catalog",
        Kind::MultiProduct => "mpm",
        Kind::VoiceCall => "voice_call",
        Kind::OrderDetails => "order_details",
        Kind::PaymentRequest => "payment_request",
        Kind::OrderStatus => "order_status",
        _ => "tap_target_configuration",
    };
    // Meta's object stands under its own name inside others; both ways of giving it are understood.
    let inner = actions::inner(findings, node, name, place);
    let judge = match kind {
        Kind::Flow => actions::flow,
        Kind::Catalog => actions::catalog,
        Kind::MultiProduct => actions::products,
        Kind::VoiceCall => actions::call,
        Kind::OrderDetails => actions::order_details,
        Kind::PaymentRequest => actions::payment_request,
        Kind::OrderStatus => actions::order_status,
        _ => {
            let one = actions::tap_target(findings, inner, place)?;
            return Some(Given::Object(name, one));
        }
    };
    judge(findings, inner, place);
    inner.as_object().map(|_| Given::Object(name, inner))
}

fn media<'n, 't>(
    slot: &Slot,
    kind: ParameterKind,
    node: &'n Node<'t>,
    place: &Place<'_>,
    findings: &mut Findings<'_>,
) -> Option<Given<'n, 't>> {
    if let Some(word) = as_text(node) {
        if value::is_blank(&word) {
            value::source_missing(findings, node, place, kind, "a blank text");
            return None;
        }
        let digits = word.bytes().all(|b| b.is_ascii_digit());
        let source = match (digits, node.as_str()) {
            (false, Some(link)) => {
                super::link::judge(findings, node, link, place, kind, None);
                Source::Link(link)
            }
            _ => {
                value::media_id(findings, node, &word, place);
                Source::Id(word)
            }
        };
        if kind == ParameterKind::Document {
            place.find(findings, rules::DOCUMENT_FILENAME, node);
        }
        return Some(Given::Media(Media {
            source,
            filename: None,
        }));
    }
    if node.as_object().is_none() {
        place.wrong_type(
            findings,
            node,
            &slot.key,
            "a link, an id, or an object with one of them",
        );
        return None;
    }
    value::media(findings, node, place, kind).map(Given::Media)
}
