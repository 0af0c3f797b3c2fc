//! Judges single values: texts, one-time codes, coupon codes, payloads, currencies, dates, files.
//! Messages and ready-made payloads share these, so that one value is never right here and wrong there.

mod media;
mod objects;

pub(super) use media::{
    Media, Source, format_mismatch, media, media_id, media_word, parameter_type, source_missing,
};
pub(super) use objects::{currency, date_time, keys, location, product};

use super::place::{Place, code_of};
use super::suffix;
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::report::Fix;
use crate::rules;
use crate::text::{
    clip, count_chars, is_bidi_control, is_invisible, is_joiner, is_line_break, joins,
    sanitize_text,
};
use std::borrow::Cow;

/// Meta's words for white space that it does not take, whatever the code that comes with them.
pub(super) const WHITE_SPACE: &str =
    "Param text cannot have new-line/tab characters or more than 4 consecutive spaces";

/// What a text is for, which decides what may stand in it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role<'t> {
    /// A variable of header or body.
    Text,
    /// The one-time code.
    Code,
    /// The end of a button's address, with what stands in front of and behind it.
    Suffix(&'t str, &'t str),
    /// A quick reply's payload.
    Payload,
    /// A coupon code.
    Coupon,
}

/// Reads a value that stands for a text: a text, or a number as it is written.
pub(super) fn as_text<'n>(node: &'n Node<'_>) -> Option<Cow<'n, str>> {
    match &node.value {
        crate::json::Value::String(text) => Some(Cow::Borrowed(text)),
        crate::json::Value::Number(raw) => Some(Cow::Borrowed(raw)),
        _ => None,
    }
}

/// Judges a text for its role.
pub(super) fn text(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    text: &str,
    place: &Place<'_>,
    role: Role<'_>,
) {
    if is_blank(text) {
        let details = match role {
            Role::Suffix(..) => None,
            _ => Some("Parameter of type text is missing text value"),
        };
        let found = place.find(findings, rules::VALUE_BLANK, node);
        if let Some(details) = details {
            found.details(details);
        }
        return;
    }
    match role {
        Role::Suffix(base, behind) => {
            suffix::judge(findings, node, text, place, base, behind);
            hidden(findings, node, text, place);
        }
        Role::Text | Role::Code => {
            white_space(findings, node, text, place);
            hidden(findings, node, text, place);
            looks(findings, node, text, place);
            if matches!(role, Role::Code) {
                let used = count_chars(text);
                let path = place.path.clone();
                let key = Some(place.key.to_owned());
                if findings.measure(Limit::OneTimeCodeChars, used, node, path, key) {
                    let max = findings.max(Limit::OneTimeCodeChars);
                    place
                        .find(findings, rules::CODE_TOO_LONG, node)
                        .param("used", used)
                        .param("max", max);
                }
                super::actions::one_time_code(findings, node, text, place);
            }
        }
        Role::Payload => payload(findings, node, text, place),
        Role::Coupon => coupon(findings, node, text, place),
    }
}

/// Whether a reader would see nothing: blanks, and characters that draw nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

fn white_space(findings: &mut Findings<'_>, node: &Node<'_>, text: &str, place: &Place<'_>) {
    if !text.contains(|c| c == ' ' || c == '\t' || is_line_break(c)) {
        return;
    }
    let max = findings.max(Limit::ValueSpaceRun);
    let (clean, changes) = sanitize_text(text, max);
    if changes.is_empty() {
        return;
    }
    let fix = place.put("Put single spaces there", true, &clean);
    // A hostile text could give a finding per character; the first ones tell the story.
    let mut left = 20;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        let mut length = 1;
        // CR LF is one line break, and a row of spaces one row.
        while let Some((at, next)) = chars.peek().copied() {
            if (c == '\r' && next == '\n' && length == 1) || (c == ' ' && next == ' ') {
                end = at + next.len_utf8();
                length += 1;
                chars.next();
            } else {
                break;
            }
        }
        let newline = c == '\n' || (c == '\r' && length == 2);
        let found = match c {
            _ if newline => place.find(findings, rules::VALUE_NEWLINE, node),
            '\t' => place.find(findings, rules::VALUE_TAB, node),
            ' ' if length > max => {
                let found = place.find(findings, rules::VALUE_SPACES, node);
                found.param("used", length).param("max", max)
            }
            c if is_line_break(c) => {
                let found = place.find(findings, rules::VALUE_LINE_SEPARATOR, node);
                found.param("code", code_of(c))
            }
            _ => continue,
        };
        found.span(start, end).details(WHITE_SPACE).fix(fix.clone());
        left -= 1;
        if left == 0 {
            break;
        }
    }
}

/// Invisible characters: those that turn the direction of a text, and those that only hide.
fn hidden(findings: &mut Findings<'_>, node: &Node<'_>, text: &str, place: &Place<'_>) {
    if text.is_ascii() && !text.bytes().any(|b| b < b' ' || b == 0x7f) {
        return;
    }
    let mut left = 20;
    let mut before = None;
    let mut last: Option<(char, Fix)> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let rule = if is_bidi_control(c) {
            Some(rules::TEXT_BIDI)
        } else if is_joiner(c) {
            (!joins(before, next)).then_some(rules::VALUE_INVISIBLE)
        } else if is_invisible(c) || (c.is_control() && !is_line_break(c) && c != '\t') {
            Some(rules::VALUE_INVISIBLE)
        } else {
            None
        };
        before = Some(c);
        let Some(rule) = rule else { continue };
        // A hostile text repeats one character; its fix is the same each time.
        let fix = match last.take() {
            Some((same, fix)) if same == c => fix,
            _ => {
                let without: String = text.chars().filter(|other| *other != c).collect();
                place.put("Delete it", false, &without)
            }
        };
        last = Some((c, fix.clone()));
        place
            .find(findings, rule, node)
            .span(at, at + c.len_utf8())
            .param("code", code_of(c))
            .fix(fix);
        left -= 1;
        if left == 0 {
            break;
        }
    }
}

/// Words that programs and spreadsheets write for nothing.
pub(super) const NOTHING: &[&str] = &[
    "null",
    "undefined",
    "None",
    "NULL",
    "NaN",
    "nil",
    "(null)",
    "[object Object]",
    "[object Promise]",
    "Invalid Date",
    "#N/A",
    "#REF!",
    "#NAME?",
    "#VALUE!",
    "#DIV/0!",
];

/// A word for nothing where a value is due.
fn nothing(findings: &mut Findings<'_>, node: &Node<'_>, text: &str, place: &Place<'_>) {
    let word = text.trim();
    if NOTHING.contains(&word) {
        place
            .find(findings, rules::VALUE_LOOKS_EMPTY, node)
            .param("found", word);
    }
}

/// Values that a program made by mistake.
fn looks(findings: &mut Findings<'_>, node: &Node<'_>, text: &str, place: &Place<'_>) {
    nothing(findings, node, text, place);
    if let Some(placeholder) = crate::text::find_placeholders(text).0.first() {
        let found = text
            .get(placeholder.at.start..placeholder.at.end)
            .unwrap_or_default();
        place
            .find(findings, rules::VALUE_PLACEHOLDER, node)
            .span(placeholder.at.start, placeholder.at.end)
            .param("found", clip(found));
    }
}

fn payload(findings: &mut Findings<'_>, node: &Node<'_>, text: &str, place: &Place<'_>) {
    let used = count_chars(text);
    let key = Some(place.key.to_owned());
    let over = findings.measure(Limit::PayloadChars, used, node, place.path.clone(), key);
    let (rule, max) = if over {
        (rules::PAYLOAD_TOO_LONG, findings.max(Limit::PayloadChars))
    } else {
        (rules::PAYLOAD_LONG, findings.max(Limit::PayloadCharsSafe))
    };
    if used > max {
        place
            .find(findings, rule, node)
            .param("used", used)
            .param("max", max);
    }
}

fn coupon(findings: &mut Findings<'_>, node: &Node<'_>, text: &str, place: &Place<'_>) {
    let used = count_chars(text);
    let key = Some(place.key.to_owned());
    let over = findings.measure(Limit::CouponChars, used, node, place.path.clone(), key);
    let (rule, max) = if over {
        (rules::COUPON_TOO_LONG, findings.max(Limit::CouponChars))
    } else {
        (rules::COUPON_LONG, findings.max(Limit::CouponCharsSafe))
    };
    if used > max {
        place
            .find(findings, rule, node)
            .param("used", used)
            .param("max", max);
    }
    let odd = text
        .char_indices()
        .find(|(_, c)| !c.is_ascii_alphanumeric());
    if let Some((at, c)) = odd {
        let found = if c.is_control() || c.is_whitespace() || is_invisible(c) || is_bidi_control(c)
        {
            format!("U+{}", code_of(c))
        } else {
            c.to_string()
        };
        let only: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        let blank_alone = text.trim() == only && !only.is_empty();
        let fix = place.put("Delete the blanks around it", true, &only);
        let found = place
            .find(findings, rules::COUPON_CHARSET, node)
            .span(at, at + c.len_utf8())
            .param("found", found);
        if blank_alone {
            found.fix(fix);
        }
    }
}
