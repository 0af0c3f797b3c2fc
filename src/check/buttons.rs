//! Buttons: which, how many, in what order. What one button may have is in [`types`].

mod actions;
mod types;
mod url;

use super::shape::{expected, given};
use crate::definition::{Button, ButtonKind, Component, ComponentKind, Definition};
use crate::findings::{Edit, Findings};
use crate::json::Node;
use crate::limits::Limit;
use crate::order::Words;
use crate::rules::{self, Rule};
use crate::text::{is_bidi_control, is_markup};
use types::{Label, TYPES};

pub(super) use types::PAYMENTS;

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
        findings.missing(&rules::BUTTONS_EMPTY, node);
        return;
    };
    let buttons = component.buttons();
    if list.as_array().is_some_and(<[_]>::is_empty) {
        findings.missing(&rules::BUTTONS_EMPTY, list);
    }
    let mut offer = false;
    if component.card.is_none() && !buttons.is_empty() {
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
    let all: Vec<&Button<'_, '_>> = buttons.iter().collect();
    surplus(&rules::BUTTONS_TOTAL, Limit::Buttons, &all, list, findings);
    for row in TYPES {
        let mut alike = Vec::new();
        for button in buttons {
            if button.kind == row.kind {
                alike.push(button);
            }
        }
        surplus(&rules::BUTTONS_COUNT, row.limit, &alike, list, findings);
    }
}

/// More buttons than there may be; the place is the first that is too many.
fn surplus(
    rule: &'static Rule,
    limit: Limit,
    buttons: &[&Button<'_, '_>],
    list: &Node<'_>,
    findings: &mut Findings<'_>,
) {
    let (used, max) = (buttons.len(), findings.max(limit));
    let Some(last) = buttons.last() else {
        return;
    };
    let mut noun = limit.row().noun.to_owned();
    // One row for all types of which there is one: a counter would not say which.
    if limit == Limit::SpecialButtons {
        noun = [last.kind.word(), " buttons"].concat();
    } else {
        findings.counter(limit, used, list);
    }
    let Some(extra) = buttons.get(max) else {
        return;
    };
    let mut removals = Vec::new();
    for button in buttons.iter().skip(max).rev() {
        removals.push(Edit::remove(button.node));
    }
    findings
        .flag(rule, extra.node)
        .num("used", used)
        .say("noun", &noun)
        .num("max", max)
        .say("verb", if max == 1 { "is" } else { "are" })
        .num("over", used - max)
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
        if button.kind == ButtonKind::Unknown || last == Some(is_quick(button)) {
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
                regrouped.push(button.node.clone().into_owned());
            }
        }
    }
    let regrouped = Edit::replace(list, Node::array(regrouped));
    findings.flag(&rules::BUTTONS_GROUPING, stray).mend(
        true,
        "put the quick replies together",
        vec![regrouped],
    );
}

fn clients(buttons: &[Button<'_, '_>], list: &Node<'_>, findings: &mut Findings<'_>) {
    let many = buttons.len() > findings.max(Limit::DesktopButtons);
    if many {
        findings
            .flag(&rules::BUTTONS_SEE_ALL, list)
            .num("used", buttons.len());
    }
    let mut mixed = false;
    for button in buttons {
        mixed |= buttons
            .first()
            .is_some_and(|f| is_quick(f) != is_quick(button));
    }
    if many || mixed {
        let count = [&crate::text::digits(buttons.len()), " buttons"].concat();
        findings.flag(&rules::BUTTONS_DESKTOP, list).say(
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
        labels.push(text.map_or_else(String::new, |(text, _)| {
            let mut plain = text.to_owned();
            plain.retain(|c| !is_markup(c) && !is_bidi_control(c));
            plain.split_whitespace().collect::<Vec<_>>().join(" ")
        }));
    }
    let (mut seen, mut methods) = (Words::new(), Words::new());
    for (button, label) in buttons.iter().zip(&labels) {
        if let Some((text, node)) = button.text_of("text")
            && !label.is_empty()
            && !seen.insert(label, 0)
        {
            findings
                .flag(&rules::BUTTON_TEXT_DUPLICATE, node)
                .say("name", text);
        }
        if button.kind == ButtonKind::PaymentRequest
            && let Some(setting) = button.node.get("payment_setting")
            && let Some((method, node)) = super::shape::text(setting, "type")
            && !methods.insert(method, 0)
        {
            findings
                .flag(&rules::BUTTONS_PAYMENT, node)
                .say("name", method)
                .mend(false, "delete this button", vec![Edit::remove(button.node)]);
        }
    }
}

/// A button that is no object, or of no type that is known here.
fn unknown(button: &Button<'_, '_>, definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let owner = button.node;
    if owner.as_object().is_none() {
        return expected(owner, "a button", "an object", findings);
    }
    let Some(kind) = given(owner, "type") else {
        let found = findings.missing(&rules::BUTTON_TYPE_REQUIRED, owner);
        if let Some((_, word)) = SIGNS.iter().find(|(key, _)| given(owner, key).is_some()) {
            let edit = Edit::add(owner, "type", Node::text(*word));
            found.mend(false, &["add the type ", word].concat(), vec![edit]);
        }
        return;
    };
    let Some(word) = kind.as_str() else {
        return expected(kind, "type", "a text", findings);
    };
    if kind.open {
        return;
    }
    if ComponentKind::read(word) == ComponentKind::CallPermissionRequest {
        return call_permission(button, definition, findings);
    }
    if let Some(meant) = crate::text::closest(word, ButtonKind::WORDS) {
        findings
            .flag(&rules::BUTTON_TYPE_MISSPELLED, kind)
            .say("name", word)
            .say("suggestion", meant)
            .put(false, &["write ", meant].concat(), kind, meant);
        return;
    }
    findings.incomplete();
    let refused = WITHOUT_PAGE
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known));
    let readback = findings.options.readback;
    let found = findings
        .flag(&rules::BUTTON_TYPE_UNKNOWN, kind)
        .say("name", word);
    if refused && !readback {
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
    let found = findings.flag(&rules::BUTTON_CALL_PERMISSION, button.node);
    // Many of them are nobody's slip.
    let few = button.index < 10 && button.card.is_none();
    let place = definition.components.get(button.component);
    let Some(component) = place.filter(|_| few) else {
        return;
    };
    let Some(list) = given(definition.root, "components") else {
        return;
    };
    let made = Node::object(vec![("type", Node::text(kind.word()))]);
    let alone = component.buttons().len() == 1;
    let edits = match (definition.component(kind), alone) {
        (None, true) => vec![Edit::replace(component.node, made)],
        (None, false) => {
            let end = definition.components.len();
            vec![Edit::insert(list, end, made), Edit::remove(button.node)]
        }
        (Some(_), true) => vec![Edit::remove(component.node)],
        (Some(_), false) => vec![Edit::remove(button.node)],
    };
    found.mend(false, "make it a component", edits);
}
