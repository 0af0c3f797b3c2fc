//! Buttons: which, how many, in what order. What one button may have is in [`types`].

mod actions;
mod types;
mod url;

use super::components::{misspelled, stranger};
use super::shape::{given, made};
use crate::definition::{Button, ButtonKind, Component, ComponentKind, Definition};
use crate::findings::{Edit, Findings};
use crate::json::Node;
use crate::limits::Limit;
use crate::order::Joined;
use crate::order::Words;
use crate::rules;
use crate::text::{is_bidi_control, is_markup};
use types::{Label, TYPES};

pub(super) use actions::dialled;
pub(super) use types::{PAYMENTS, plain_label};
pub(super) use url::{is_web, opens_chat};

static FIELDS: &[super::shape::Field] = &[
    super::shape::may("type", super::shape::Kind::Any),
    super::shape::may("buttons", super::shape::Kind::Array),
];

/// Judges a buttons component, the template's or a card's: how many a card may have is for the
/// carousel.
pub(super) fn check(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let node = component.node;
    super::shape::shape(node, "a buttons component", FIELDS, findings);
    let Some(list) = given(node, "buttons") else {
        findings.missing(rules::BUTTONS_EMPTY, node);
        return;
    };
    let buttons = component.buttons();
    if list.as_array().is_some_and(<[_]>::is_empty) {
        findings.missing(rules::BUTTONS_EMPTY, list);
    }
    let mut offer = false;
    if component.card.is_some() {
        // How many a card may have at all is for the carousel; of these there is one anywhere.
        for row in TYPES {
            if findings.max(row.limit) == 1 {
                surplus(
                    row.limit,
                    row.noun,
                    Some(row.kind),
                    &buttons,
                    list,
                    findings,
                );
            }
        }
    } else if !buttons.is_empty() {
        offer = definition
            .component(ComponentKind::LimitedTimeOffer)
            .is_some();
        counts(&buttons, list, findings);
        grouping(&buttons, list, findings);
        clients(&buttons, list, findings);
    }
    repetitions(&buttons, findings);
    for button in &buttons {
        types::check(button, definition, offer, findings);
    }
}

fn counts(buttons: &[Button<'_, '_>], list: &Node<'_>, findings: &mut Findings<'_>) {
    const BUTTONS: &str = Limit::Buttons.noun();
    surplus(Limit::Buttons, BUTTONS, None, buttons, list, findings);
    for row in TYPES {
        surplus(row.limit, row.noun, Some(row.kind), buttons, list, findings);
    }
}

/// More buttons of a type, or of any, than there may be; the place is the first that is too many.
fn surplus(
    limit: Limit,
    noun: &str,
    kind: Option<ButtonKind>,
    buttons: &[Button<'_, '_>],
    list: &Node<'_>,
    findings: &mut Findings<'_>,
) {
    let max = findings.max(limit);
    let counts = |button: &Button<'_, '_>| kind.is_none_or(|kind| button.kind == kind);
    let mut used = 0;
    for button in buttons {
        used += usize::from(counts(button));
    }
    if used == 0 {
        return;
    }
    // One row for all types of which there is one: a counter would not say which.
    let special = kind.filter(|_| noun.is_empty());
    if special.is_none() {
        findings.counter(limit, used, list);
    }
    if used <= max {
        return;
    }
    let noun = match special {
        Some(kind) => [kind.word(), " buttons"].joined(),
        None => noun.to_owned(),
    };
    let over = used - max;
    let mut extra = list;
    let mut removals = Vec::new();
    for button in buttons.iter().rev() {
        if removals.len() < over && counts(button) {
            removals.push(Edit::remove(button.node));
            extra = button.node;
        }
    }
    let rule = match kind {
        Some(_) => rules::BUTTONS_COUNT,
        None => rules::BUTTONS_TOTAL,
    };
    findings
        .flag(rule, extra)
        .num("used", used)
        .say("noun", &noun)
        .num("max", max)
        .say("verb", if max == 1 { "is" } else { "are" })
        .num("over", over)
        .mend(false, "delete what is too many", removals);
}

fn is_quick(button: &Button<'_, '_>) -> bool {
    button.kind == ButtonKind::QuickReply
}

/// Quick replies in two places, or other buttons on both sides of them: a third run.
fn grouping(buttons: &[Button<'_, '_>], list: &Node<'_>, findings: &mut Findings<'_>) {
    let (mut runs, mut first, mut last) = (0, None, None);
    let mut stray = None;
    for button in buttons {
        // A button whose type is not read yet belongs to neither group.
        if button.is_vague() || last == Some(is_quick(button)) {
            continue;
        }
        last = Some(is_quick(button));
        first = first.or(last);
        runs += 1;
        if runs == 3 {
            stray = Some(button.node);
        }
    }
    let Some(stray) = stray else {
        return;
    };
    let mut regrouped = Vec::new();
    for quick in [first == Some(true), first != Some(true)] {
        for button in buttons {
            if is_quick(button) == quick {
                regrouped.push(button.node.owned());
            }
        }
    }
    findings.flag(rules::BUTTONS_GROUPING, stray).replace(
        true,
        "put the quick replies together",
        list,
        Node::array(regrouped),
    );
}

fn clients(buttons: &[Button<'_, '_>], list: &Node<'_>, findings: &mut Findings<'_>) {
    let many = buttons.len() > findings.max(Limit::DesktopButtons);
    if many {
        findings
            .flag(rules::BUTTONS_SEE_ALL, list)
            .num("used", buttons.len());
    }
    let mut mixed = false;
    for button in buttons {
        mixed |= buttons
            .first()
            .is_some_and(|f| is_quick(f) != is_quick(button));
    }
    if many || mixed {
        let count = [&crate::text::digits(buttons.len()), " buttons"].joined();
        findings.flag(rules::BUTTONS_DESKTOP, list).say(
            "found",
            if mixed {
                "quick replies and other buttons"
            } else {
                &count
            },
        );
    }
}

/// Labels of the author's that stand twice, and payment methods that are offered twice.
fn repetitions(buttons: &[Button<'_, '_>], findings: &mut Findings<'_>) {
    let mut labels = Vec::with_capacity(buttons.len());
    for button in buttons {
        let row = types::of(button.kind);
        let own = row.is_none_or(|row| matches!(row.label, Label::Own));
        let text = button.text_of("text").filter(|_| own);
        // As the label reads once what it may not have is gone.
        labels.push(plain(text.map_or("", |(text, _)| text)));
    }
    let (mut seen, mut methods) = (Words::new(), Words::new());
    for (button, label) in buttons.iter().zip(&labels) {
        if let Some((text, node)) = button.text_of("text")
            && !label.is_empty()
            && !seen.insert(label, 0)
        {
            findings.told(rules::BUTTON_TEXT_DUPLICATE, node, text);
        }
        if button.kind == ButtonKind::PaymentRequest
            && let Some(setting) = button.node.get("payment_setting")
            && let Some((method, node)) = super::shape::text(setting, "type")
            && !methods.insert(method, 0)
        {
            findings.told(rules::BUTTONS_PAYMENT, node, method).delete(
                false,
                "delete this button",
                button.node,
            );
        }
    }
}

/// A label without marks, and with single blanks between its words.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = !out.is_empty();
        } else if !is_markup(c) && !is_bidi_control(c) {
            if gap {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

/// A button that is no object, or of no type that is known here.
fn unknown(button: &Button<'_, '_>, definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let rule = rules::BUTTON_TYPE_REQUIRED;
    let Some((word, kind)) = stranger(button.node, "a button", rule, SIGNS, findings) else {
        return;
    };
    if ComponentKind::read(word) == ComponentKind::CallPermissionRequest {
        return call_permission(button, definition, findings);
    }
    let rule = rules::BUTTON_TYPE_MISSPELLED;
    if misspelled(rule, kind, ButtonKind::WORDS, findings) {
        return;
    }
    findings.incomplete();
    let mut refused = !findings.options.readback;
    refused &= WITHOUT_PAGE
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known));
    let found = findings.told(rules::BUTTON_TYPE_UNKNOWN, kind, word);
    if refused {
        found.severity(crate::report::Severity::Error);
    }
}

/// Members that only one type of button has, the plainest last.
static SIGNS: &[(&str, &str)] = &[
    ("url", "URL"),
    ("phone_number", "PHONE_NUMBER"),
    ("flow_id", "FLOW"),
    ("payment_setting", "PAYMENT_REQUEST"),
    ("example", "COPY_CODE"),
    ("text", "QUICK_REPLY"),
];

/// Types that other lists name and no page of Meta's describes, or that only library templates have.
static WITHOUT_PAGE: &[&str] = &["POSTBACK", "EXTENSION", "OPEN_APP", "APP"];

/// What asks for a call is a component of its own; some tools write it as a button.
fn call_permission(
    button: &Button<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let kind = ComponentKind::CallPermissionRequest;
    let found = findings.flag(rules::BUTTON_CALL_PERMISSION, button.node);
    // Many of them are nobody's slip.
    let few = button.index < 10 && button.card.is_none();
    let place = definition.components.get(button.component);
    let Some(component) = place.filter(|_| few) else {
        return;
    };
    let Some(list) = given(definition.root, "components") else {
        return;
    };
    let asks = made(r#"{"type":"CALL_PERMISSION_REQUEST"}"#);
    let mut edits = Vec::with_capacity(2);
    let alone = component.buttons().len() == 1;
    let there = definition.component(kind).is_some();
    let place = if alone { component.node } else { button.node };
    if alone && !there {
        edits.push(Edit::replace(component.node, asks));
    } else {
        if !there {
            edits.push(Edit::insert(list, definition.components.len(), asks));
        }
        edits.push(Edit::remove(place));
    }
    found.mend(false, "make it a component", edits);
}
