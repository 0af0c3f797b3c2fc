//! Limited-time offers.

use super::carousel::{format_of, marketing_only, swap};
use super::shape::{Field, Kind, given, may, must, shape};
use super::texts::{Line, line, no_placeholders};
use crate::definition::{Button, ButtonKind, Component, ComponentKind, Definition, HeaderFormat};
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::report::Severity;
use crate::rules;
use crate::text::{count_chars, find_placeholders};

static COMPONENT: &[Field] = &[
    may("type", Kind::Any),
    must("limited_time_offer", Kind::Object, rules::LTO_REQUIRED),
];

static OFFER: &[Field] = &[may("text", Kind::Text), may("has_expiration", Kind::Flag)];

static TEXT: Line = Line {
    part: "the limited-time offer",
    required: rules::TEXT_REQUIRED,
    limit: Limit::OfferChars,
    max: rules::LTO_TEXT_MAX,
};

/// Judges one.
pub(super) fn check(
    component: &Component<'_, '_>,
    _definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    shape(component.node, "a limited-time offer", COMPONENT, findings);
    let Some(offer) = given(component.node, "limited_time_offer") else {
        return;
    };
    if offer.as_object().is_none() {
        return;
    }
    shape(offer, "limited_time_offer", OFFER, findings);
    if let Some((text, node)) = line(offer, "text", &TEXT, findings) {
        let (placeholders, _) = find_placeholders(text);
        no_placeholders(rules::LTO_TEXT_VARS, &placeholders, node, findings);
    }
}

/// Judges what stands beside an offer.
pub(super) fn around(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    marketing_only(rules::LTO_CATEGORY, definition, findings);
    let mut read = true;
    let mut has_buttons = false;
    for component in &definition.components {
        match component.kind {
            ComponentKind::LimitedTimeOffer => {
                findings.flag(rules::LTO_DESKTOP, component.node);
            }
            ComponentKind::Header => header(component, findings),
            ComponentKind::Footer => {
                let found = findings.flag(rules::LTO_FOOTER, component.node);
                found.delete(false, "delete it", component.node);
            }
            ComponentKind::Buttons => {
                has_buttons = true;
                buttons(component, findings);
            }
            ComponentKind::Unknown => read &= !component.is_vague(),
            _ => {}
        }
    }
    if let Some(list) = definition.root.get("components")
        && read
        && !has_buttons
    {
        findings.missing(rules::LTO_URL, list);
    }
}

fn header(component: &Component<'_, '_>, findings: &mut Findings<'_>) {
    use HeaderFormat::*;
    if let Some((format, node)) = format_of(component)
        && !matches!(format, Image | Video | Unknown)
    {
        findings.told(rules::LTO_HEADER, node, format.word());
    }
}

fn buttons(component: &Component<'_, '_>, findings: &mut Findings<'_>) {
    let buttons = component.buttons();
    let Some(list) = given(component.node, "buttons").filter(|_| !buttons.is_empty()) else {
        return;
    };
    let mut url = None;
    let mut severity = Some(Severity::Error);
    for button in &buttons {
        match button.kind {
            ButtonKind::Url => {
                if url.is_some() {
                    let found = findings.told(rules::LTO_BUTTON_TYPE, button.node, "second URL");
                    found.delete(false, "delete it", button.node);
                }
                url = Some(button.index);
            }
            ButtonKind::CopyCode => {
                if url.is_some() {
                    let found = findings.flag(rules::LTO_BUTTON_ORDER, button.node);
                    swap(found, true, list);
                }
                code(button, findings);
            }
            // A payment may take the place of the address; no page says so.
            ButtonKind::PaymentRequest => severity = severity.and(Some(Severity::Warning)),
            // What was not read may be the address.
            ButtonKind::Unknown if button.is_vague() => severity = None,
            ButtonKind::Unknown => {}
            kind => {
                findings
                    .told(rules::LTO_BUTTON_TYPE, button.node, kind.word())
                    .delete(false, "delete it", button.node);
            }
        }
    }
    if let Some(severity) = severity.filter(|_| url.is_none()) {
        findings.missing(rules::LTO_URL, list).severity(severity);
    }
}

fn code(button: &Button<'_, '_>, findings: &mut Findings<'_>) {
    let Some(example) = given(button.node, "example") else {
        return;
    };
    let node: &Node<'_> = example.item(0).unwrap_or(example);
    let used = count_chars(node.as_str().unwrap_or_default());
    let max = findings.max(Limit::OfferCodeChars);
    // Longer than any coupon code may be: the button's own check says so.
    if used > max && used <= findings.max(Limit::CouponChars) {
        let found = findings.flag(rules::LTO_CODE_MAX, node);
        found
            .num("used", used)
            .num("max", max)
            .num("over", used - max);
    }
}
