//! Buttons: which, how many, in what order, and each one's own members.

use super::action_buttons;
use super::header::{clean, over};
use super::shape::{array_of, missing, replace, text_of, unexpected, wrong_type};
use super::url_button;
use crate::definition::{Button, ButtonKind, Component, Definition};
use crate::findings::Findings;
use crate::json::{Node, OperationKind, Value};
use crate::limits::Limit;
use crate::order::Words;
use crate::report::{Fix, Severity, operation};
use crate::rules;
use crate::text::{closest, count_chars, find_markup, find_placeholders};

/// Judges a buttons component.
pub(super) fn check(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let (node, path) = (component.node, component.path());
    unexpected(
        node,
        "a buttons component",
        &["type", "buttons"],
        &path,
        findings,
    );
    let here = component.path_to("buttons");
    let Some(list) = node.get("buttons").filter(|n| !n.is_null()) else {
        return missing(&rules::BUTTONS_EMPTY, node, path, findings);
    };
    let Some(items) = array_of(list, "buttons", here.clone(), findings) else {
        return;
    };
    if items.is_empty() {
        return missing(&rules::BUTTONS_EMPTY, list, here, findings);
    }
    let buttons = component.buttons();
    counts(&buttons, list, component, findings);
    grouping(&buttons, list, component, findings);
    clients(&buttons, list, component, findings);
    duplicates(&buttons, findings);
    for button in &buttons {
        one(button, definition, findings);
    }
}

/// The types with a limit of their own.
const COUNTED: &[(ButtonKind, Limit)] = &[
    (ButtonKind::QuickReply, Limit::QuickReplyButtons),
    (ButtonKind::Url, Limit::UrlButtons),
    (ButtonKind::PhoneNumber, Limit::PhoneButtons),
    (ButtonKind::CopyCode, Limit::CopyCodeButtons),
];

fn counts(
    buttons: &[Button<'_, '_>],
    list: &Node<'_>,
    component: &Component<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let path = component.path_to("buttons");
    if findings.measure(Limit::Buttons, buttons.len(), list, path.clone(), None) {
        let max = findings.max(Limit::Buttons);
        if let Some(extra) = buttons.get(max) {
            let found = findings.find(&rules::BUTTONS_TOTAL, extra.node, extra.path());
            found
                .param("used", buttons.len())
                .param("max", max)
                .param("over", buttons.len() - max);
        }
    }
    for (kind, limit) in COUNTED {
        let of_kind: Vec<&Button<'_, '_>> = buttons.iter().filter(|b| b.kind == *kind).collect();
        let max = findings.max(*limit);
        if !of_kind.is_empty() {
            findings.measure(*limit, of_kind.len(), list, path.clone(), None);
        }
        if let Some(extra) = of_kind.get(max) {
            let removals = of_kind
                .iter()
                .skip(max)
                .rev()
                .map(|b| operation(OperationKind::Remove, &b.path(), None))
                .collect();
            let found = findings.find(&rules::BUTTONS_COUNT, extra.node, extra.path());
            found
                .param("used", of_kind.len())
                .param("noun", limit.row().noun)
                .param("max", max)
                .param("verb", if max == 1 { "is" } else { "are" })
                .param("over", of_kind.len() - max)
                .fix(Fix::unsafe_("delete what is too many", removals));
        }
    }
}

fn grouping(
    buttons: &[Button<'_, '_>],
    list: &Node<'_>,
    component: &Component<'_, '_>,
    findings: &mut Findings<'_>,
) {
    // A button whose type is not read yet belongs to neither group.
    let known: Vec<&Button<'_, '_>> = buttons
        .iter()
        .filter(|b| b.kind != ButtonKind::Unknown)
        .collect();
    let is_quick = |b: &Button<'_, '_>| b.kind == ButtonKind::QuickReply;
    let runs = known
        .chunk_by(|a, b| is_quick(a) == is_quick(b))
        .filter(|run| run.first().is_some_and(|b| is_quick(b)))
        .count();
    let others = known.chunk_by(|a, b| is_quick(a) == is_quick(b)).count() - runs;
    // Quick replies in two places, or other buttons on both sides of them.
    if runs < 2 && others < 2 {
        return;
    }
    let stray = known
        .chunk_by(|a, b| is_quick(a) == is_quick(b))
        .nth(2)
        .and_then(|run| run.first());
    let quick_first = known.first().is_some_and(|b| is_quick(b));
    let order = |quick: bool| {
        buttons
            .iter()
            .filter(move |b| is_quick(b) == quick)
            .map(|b| b.node.clone().into_owned())
    };
    let regrouped: Vec<Node<'static>> = order(quick_first).chain(order(!quick_first)).collect();
    let path = component.path_to("buttons");
    let (node, at) = stray.map_or((list, path.clone()), |b| (b.node, b.path()));
    let found = findings.find(&rules::BUTTONS_GROUPING, node, at);
    found.fix(Fix::safe(
        "put the quick replies together",
        vec![operation(
            OperationKind::Replace,
            &path,
            Some(Node::array(regrouped)),
        )],
    ));
}

fn clients(
    buttons: &[Button<'_, '_>],
    list: &Node<'_>,
    component: &Component<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let max = findings.max(Limit::DesktopButtons);
    let path = component.path_to("buttons");
    if buttons.len() > max {
        findings
            .find(&rules::BUTTONS_SEE_ALL, list, path.clone())
            .param("used", buttons.len());
    }
    let quick = buttons
        .iter()
        .filter(|b| b.kind == ButtonKind::QuickReply)
        .count();
    let mixed = quick > 0 && quick < buttons.len();
    if buttons.len() > max || mixed {
        let what = if mixed {
            "quick replies and other buttons".to_owned()
        } else {
            format!("{} buttons", buttons.len())
        };
        findings
            .find(&rules::BUTTONS_DESKTOP, list, path)
            .param("found", what);
    }
}

fn duplicates(buttons: &[Button<'_, '_>], findings: &mut Findings<'_>) {
    let mut seen = Words::new();
    for button in buttons {
        let Some((text, node)) = button.text_of("text") else {
            continue;
        };
        if !text.trim().is_empty() && !seen.insert(text, button.index) {
            findings
                .find(&rules::BUTTON_TEXT_DUPLICATE, node, button.path_to("text"))
                .param("name", text);
        }
    }
}

fn one(button: &Button<'_, '_>, definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let node = button.node;
    if !matches!(node.value, Value::Object(_)) {
        return wrong_type(node, "a button", "an object", button.path(), findings);
    }
    match button.kind {
        ButtonKind::QuickReply => {
            unexpected(
                node,
                "a quick reply",
                &["type", "text"],
                &button.path(),
                findings,
            );
            label(button, findings);
        }
        ButtonKind::Url => url_button::check(button, definition, findings),
        ButtonKind::PhoneNumber => phone(button, findings),
        ButtonKind::CopyCode => copy_code(button, findings),
        ButtonKind::Unknown => unknown(button, findings),
        _ => action_buttons::check(button, definition, findings),
    }
}

fn unknown(button: &Button<'_, '_>, findings: &mut Findings<'_>) {
    let Some(kind) = button.node.get("type").filter(|n| !n.is_null()) else {
        return missing(
            &rules::BUTTON_TYPE_REQUIRED,
            button.node,
            button.path(),
            findings,
        );
    };
    let path = button.path_to("type");
    let Some(word) = text_of(kind, "type", path.clone(), findings) else {
        return;
    };
    if kind.open {
        return;
    }
    if let Some(meant) = closest(word, ButtonKind::WORDS) {
        let found = findings.find(&rules::BUTTON_TYPE_MISSPELLED, kind, path.clone());
        found
            .param("name", word)
            .param("suggestion", meant)
            .fix(Fix::unsafe_(
                format!("write {meant}"),
                vec![replace(&path, meant)],
            ));
    } else {
        findings.incomplete();
        let found = findings.find(&rules::BUTTON_TYPE_UNKNOWN, kind, path);
        found.param("name", word);
        if WITHOUT_PAGE
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
        {
            found.severity(Severity::Error);
        }
    }
}

/// Types that other lists name and no page of Meta's describes.
const WITHOUT_PAGE: &[&str] = &["POSTBACK", "EXTENSION", "OPEN_APP"];

/// A button's label.
pub(super) fn label(button: &Button<'_, '_>, findings: &mut Findings<'_>) {
    let Some(node) = button.node.get("text").filter(|n| !n.is_null()) else {
        return missing(
            &rules::BUTTON_TEXT_REQUIRED,
            button.node,
            button.path(),
            findings,
        );
    };
    let path = button.path_to("text");
    let Some(text) = text_of(node, "text", path.clone(), findings) else {
        return;
    };
    if text.trim().is_empty() {
        return missing(&rules::BUTTON_TEXT_REQUIRED, node, path, findings);
    }
    let used = count_chars(text);
    if findings.measure(Limit::ButtonChars, used, node, path.clone(), None) {
        over(
            &rules::BUTTON_TEXT_MAX,
            Limit::ButtonChars,
            used,
            node,
            path.clone(),
            findings,
        );
    }
    let (placeholders, _) = find_placeholders(text);
    for placeholder in &placeholders {
        let found = findings.find(&rules::BUTTON_TEXT_CLEAN, node, path.clone());
        found
            .span(placeholder.at.start, placeholder.at.end)
            .param(
                "found",
                format!("the placeholder {{{{{}}}}}", placeholder.name()),
            )
            .param("it", "it");
    }
    let mark = find_markup(text, &placeholders).map(|((at, c), plain)| {
        (
            at,
            c.len_utf8(),
            format!("the formatting mark {c}"),
            Some(plain),
        )
    });
    clean(&rules::BUTTON_TEXT_CLEAN, text, node, &path, mark, findings);
}

fn phone(button: &Button<'_, '_>, findings: &mut Findings<'_>) {
    unexpected(
        button.node,
        "a phone button",
        &["type", "text", "phone_number"],
        &button.path(),
        findings,
    );
    label(button, findings);
    let owner = button.node;
    let Some(node) = owner.get("phone_number").filter(|n| !n.is_null()) else {
        if !owner.open {
            findings
                .find(&rules::BUTTON_PHONE, owner, button.path())
                .param("problem", "the phone button has no `phone_number`");
        }
        return;
    };
    let path = button.path_to("phone_number");
    let Some(number) = text_of(node, "phone_number", path.clone(), findings) else {
        return;
    };
    if node.open {
        return;
    }
    let used = count_chars(number);
    let too_long = findings.measure(Limit::PhoneChars, used, node, path.clone(), None);
    let dialled: String = number
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.'))
        .collect();
    let digits = dialled.strip_prefix('+').unwrap_or(&dialled);
    let is_number = digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit());
    let problem = if number.trim().is_empty() {
        "the phone button's number is empty".to_owned()
    } else if !is_number {
        format!("`{number}` is not a phone number")
    } else if too_long {
        format!(
            "the phone number has {used} characters; at most {} are allowed",
            findings.max(Limit::PhoneChars)
        )
    } else if dialled != number {
        format!("`{number}` has signs between its digits; Meta takes digits with an optional plus")
    } else {
        return;
    };
    let found = findings.find(&rules::BUTTON_PHONE, node, path.clone());
    found.param("problem", problem);
    if is_number && dialled != number && digits.len() <= 19 {
        found.fix(Fix::safe(
            format!("write {dialled}"),
            vec![replace(&path, dialled)],
        ));
    }
}

fn copy_code(button: &Button<'_, '_>, findings: &mut Findings<'_>) {
    // A label is read back from Meta and ignored on creation, so it is let through only there.
    let known: &[&'static str] = if findings.options.readback {
        &["type", "example", "text"]
    } else {
        &["type", "example"]
    };
    unexpected(
        button.node,
        "a copy-code button (its label is fixed)",
        known,
        &button.path(),
        findings,
    );
    let Some(given) = button.node.get("example").filter(|n| !n.is_null()) else {
        return missing(
            &rules::BUTTON_COPY_CODE,
            button.node,
            button.path(),
            findings,
        );
    };
    let path = button.path_to("example");
    let node = match &given.value {
        Value::Array(items) => {
            let Some(first) = items.first().filter(|n| n.as_str().is_some()) else {
                return missing(&rules::BUTTON_COPY_CODE, given, path, findings);
            };
            if !findings.options.readback {
                let code = first.as_str().unwrap_or_default().to_owned();
                let found = findings.find(&rules::BUTTON_COPY_CODE_ARRAY, given, path.clone());
                found.param("suggestion", code.clone()).fix(Fix::safe(
                    "write it as a plain text",
                    vec![replace(&path, code)],
                ));
            }
            first
        }
        _ => given,
    };
    let Some(code) = text_of(node, "example", path.clone(), findings) else {
        return;
    };
    if code.trim().is_empty() {
        return missing(&rules::BUTTON_COPY_CODE, node, path, findings);
    }
    let used = count_chars(code);
    let max = findings.max(Limit::CouponChars);
    let safe = findings.max(Limit::CouponCharsSafe);
    if findings.measure(Limit::CouponChars, used, node, path.clone(), None) {
        let found = findings.find(&rules::BUTTON_COPY_CODE_MAX, node, path);
        found
            .param("used", used)
            .param("max", max)
            .param("over", used - max);
    } else if used > safe {
        let found = findings.find(&rules::BUTTON_COPY_CODE_OLD_MAX, node, path);
        found.param("used", used).param("max", safe);
    }
}
