//! What phone, coupon, flow, call and payment buttons carry.

use super::super::shape::{Field, Kind, expected, given, may, mistyped, shape, text};
use super::PAYMENTS;
use crate::findings::Findings;
use crate::json::{Node, Value};
use crate::limits::Limit;
use crate::order::Joined;
use crate::report::Severity;
use crate::rules::{self, phrases};
use crate::text::{clip, count_chars, digits, drop_chars, integer};

/// A number without the signs that people put between its digits, and whether it is one.
#[inline(never)]
pub(in super::super) fn dialled(number: &str, between: fn(char) -> bool) -> (String, bool) {
    let dialled = drop_chars(number, between);
    let digits = dialled.strip_prefix('+').unwrap_or(&dialled);
    let is_number = digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit());
    (dialled, is_number)
}

pub(super) fn phone(owner: &Node<'_>, findings: &mut Findings<'_>) {
    let rule = rules::BUTTON_PHONE;
    let Some(node) = given(owner, "phone_number") else {
        let found = findings.missing(rule, owner);
        found.phrase("problem", phrases::PHONE_MISSING, "");
        return;
    };
    let Some(number) = node.as_str().filter(|_| !node.open) else {
        return;
    };
    let too_long = findings.counter(Limit::PhoneChars, count_chars(number), node);
    let max = findings.max(Limit::PhoneChars);
    let (dialled, is_number) = dialled(number, |c| {
        c.is_whitespace() || matches!(c, '-' | '(' | ')' | '.' | '/' | '‐'..='―')
    });
    let shown = clip(number);
    let most = digits(max);
    let (problem, quoted) = if number.trim().is_empty() {
        (phrases::PHONE_EMPTY, "")
    } else if !is_number {
        (phrases::PHONE_NONE, &*shown)
    } else if too_long {
        (phrases::PHONE_LONG, &*most)
    } else if dialled != number {
        (phrases::PHONE_SIGNS, &*shown)
    } else {
        return;
    };
    let found = findings.flag(rule, node);
    found.phrase("problem", problem, quoted);
    if is_number && dialled != number && dialled.len() <= max {
        found.word(true, node, &dialled);
    }
}

pub(super) fn copy_code(owner: &Node<'_>, offer: bool, findings: &mut Findings<'_>) {
    let Some(given) = given(owner, "example") else {
        return;
    };
    let mut node = given;
    if let Value::Array(items) = &given.value {
        let Some(first) = items.first().filter(|n| n.as_str().is_some()) else {
            findings.missing(rules::BUTTON_COPY_CODE, given);
            return;
        };
        let code = first.as_str().unwrap_or_default();
        if !findings.options.readback {
            let found = findings.flag(rules::BUTTON_COPY_CODE_ARRAY, given);
            found.say("suggestion", code).put(
                items.len() == 1,
                "write it as a plain text",
                given,
                code,
            );
        }
        node = first;
    }
    let Some(code) = node.as_str() else {
        return expected(node, "example", "a text", findings);
    };
    if code.trim().is_empty() {
        findings.missing(rules::BUTTON_COPY_CODE, node);
        return;
    }
    let used = count_chars(code);
    let safe = findings.max(Limit::CouponCharsSafe);
    let rule = rules::BUTTON_COPY_CODE_MAX;
    let over = findings.limit(rule, Limit::CouponChars, used, node);
    if over.is_none() && used > safe && !offer {
        findings
            .flag(rules::BUTTON_COPY_CODE_OLD_MAX, node)
            .num("used", used)
            .num("max", safe);
    }
    let sign = |(_, c): &(usize, char)| !c.is_ascii_alphanumeric();
    if let Some((at, c)) = code.char_indices().find(sign) {
        let plain = drop_chars(code, |c| !c.is_ascii_alphanumeric());
        let found = findings.quoted(rules::BUTTON_COPY_CODE_SIGNS, node, code);
        found.span(at, at + c.len_utf8());
        if !plain.is_empty() {
            found.put(false, &["write ", &clip(&plain)].joined(), node, &plain);
        }
    }
}

static FLOWS: &[&str] = &["flow_id", "flow_name", "flow_json"];

pub(super) fn flow(owner: &Node<'_>, findings: &mut Findings<'_>) {
    let rule = rules::BUTTON_FLOW;
    let mut named = 0;
    for key in FLOWS {
        let Some(node) = given(owner, key) else {
            continue;
        };
        named += 1;
        if node.as_str().is_none() {
            // An id is read back as a number, and nobody knows of one that was refused for it. A short one is none.
            let is_id = |number: &i64| *key == "flow_id" && *number > 999_999_999;
            let id = node.as_i64().filter(is_id);
            if !(id.is_some() && findings.options.readback)
                && let Some(found) = mistyped(node, key, "a text", findings)
                && let Some(id) = id
            {
                let found = found.severity(Severity::Warning);
                found.put(true, "put it in quotes", node, &integer(id));
            }
        } else if node.as_str().is_some_and(|text| text.trim().is_empty()) {
            let found = findings.missing(rule, node);
            found.say_with("problem", "`", key, "` is empty");
        } else if named > 1 && !findings.options.readback {
            let found = findings.flag(rule, node);
            found
                .phrase("problem", phrases::FLOW_TWICE, "")
                .delete_member(false, key, node);
        }
    }
    if named == 0 {
        let found = findings.missing(rule, owner);
        found.phrase("problem", phrases::FLOW_NONE, "");
    }
    let action = text(owner, "flow_action").map_or("", |(action, _)| action);
    if let Some(screen) = given(owner, "navigate_screen")
        && action.eq_ignore_ascii_case("data_exchange")
    {
        let found = findings.flag(rules::BUTTON_FLOW_SCREEN, screen);
        found.delete(false, "delete `navigate_screen`", screen);
    }
}

pub(super) fn voice_call(owner: &Node<'_>, findings: &mut Findings<'_>) {
    let Some(node) = given(owner, "ttl_minutes").filter(|node| !node.open) else {
        return;
    };
    let max = findings.max(Limit::CallMinutes);
    let minutes = node.as_i64().unwrap_or(1);
    if minutes < 1 || usize::try_from(minutes).is_ok_and(|minutes| minutes > max) {
        let found = findings.told(rules::BUTTON_VOICE_CALL, node, &integer(minutes));
        found.num("max", max);
    }
}

static PAYMENT_TYPES: &[&str] = &[
    "boleto",
    "pix_dynamic_code",
    "payment_link",
    "offsite_card_pay",
];

static SETTING: &[Field] = &[
    may(
        "type",
        Kind::Word(PAYMENT_TYPES, rules::BUTTON_PAYMENT_TYPE),
    ),
    may("boleto", Kind::Object),
    may("pix_dynamic_code", Kind::Object),
    may("payment_link", Kind::Object),
    may("offsite_card_pay", Kind::Object),
];

pub(super) fn payment(owner: &Node<'_>, findings: &mut Findings<'_>) {
    let rule = rules::BUTTON_PAYMENT_REQUEST;
    let Some(setting) = given(owner, "payment_setting") else {
        if !findings.options.readback {
            findings.lacks(rule, owner, "payment_setting");
        }
        return;
    };
    if setting.as_object().is_none() {
        return;
    }
    shape(setting, "a payment setting", SETTING, findings);
    if findings.options.readback {
        return;
    }
    if given(setting, "type").is_none() {
        findings.lacks(rule, setting, "type");
    }
    let method = text(setting, "type").map_or("", |(method, _)| method);
    for (name, _, keys) in PAYMENTS {
        if !method.eq_ignore_ascii_case(name) {
            continue;
        }
        let Some(value) = given(setting, name) else {
            findings.lacks(rule, setting, name);
            continue;
        };
        let mut filled = value.as_object().is_none();
        for key in *keys {
            filled |= text(value, key).is_some_and(|(text, _)| !text.trim().is_empty());
        }
        if let (Some(key), false) = (keys.first(), filled) {
            findings.lacks(rule, value, key);
        }
    }
}
