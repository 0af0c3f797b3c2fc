//! Judges single values: texts, one-time codes, coupon codes, payloads, currencies, dates, files.
//! Messages and ready-made payloads share these, so that one value is never right here and wrong there.

use super::link;
use super::place::{Place, code_of};
use super::suffix;
use crate::definition::HeaderFormat;
use crate::findings::Findings;
use crate::json::{Node, Value};
use crate::limits::Limit;
use crate::report::{Fix, Severity};
use crate::rules;
use crate::template::ParameterKind;
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

/// Says which keys one of Meta's small objects does not have.
pub(super) fn keys(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    place: &Place<'_>,
    known: &[&str],
) {
    for member in node.as_object().unwrap_or_default().iter().take(100) {
        let name = member.key.as_ref();
        if known.contains(&name) {
            continue;
        }
        let remedy = match crate::text::closest(name, known) {
            Some(near) => ["did you mean `", near, "`?"].concat(),
            None => "leave it out".to_owned(),
        };
        let path = place.member(name).path;
        let found = findings.find_at(rules::ACTION_KEY_UNKNOWN, member.key_at, path);
        if !place.key.is_empty() {
            found.key(place.key);
        }
        found
            .param("where", place.label)
            .param("name", clip(name))
            .param("remedy", remedy);
    }
}

/// Judges Meta's `currency` object; `node` is what stands under that key.
pub(super) fn currency(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    keys(
        findings,
        node,
        place,
        &["fallback_value", "code", "amount_1000"],
    );
    let mut told = |member: &str, given: Option<&Node<'_>>, problem: String| {
        // What is there is told at its own place, what is not at the whole.
        let found = match given {
            Some(given) => place
                .member(member)
                .find(findings, rules::CURRENCY_INCOMPLETE, given),
            None => place.find(findings, rules::CURRENCY_INCOMPLETE, node),
        };
        found.param("problem", problem);
    };
    if node.as_object().is_none() {
        return told(
            "",
            None,
            format!("should be an object, and is {}", node.noun()),
        );
    }
    let text = node.get("fallback_value");
    let text = text.filter(|text| !text.as_str().is_some_and(is_blank));
    let shown = text.and_then(Node::as_str).is_some();
    if !shown {
        let has = text.map_or("no".to_owned(), |text| format!("{} as", text.noun()));
        told(
            "fallback_value",
            text,
            format!("has {has} `fallback_value`, the text to show"),
        );
    }
    let capital = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    let code = node.get("code");
    if !code.and_then(Node::as_str).is_some_and(capital) {
        let problem = match code {
            Some(_) => "has a `code` that is not three capital letters, such as EUR",
            None => "has no `code` of three capital letters, such as EUR",
        };
        told("code", code, problem.to_owned());
    }
    let amount = node.get("amount_1000");
    if amount.and_then(Node::as_i64).is_none() {
        let has = match amount.map(|amount| (&amount.value, amount.noun())) {
            None => "no".to_owned(),
            Some((Value::Number(raw), _)) => format!("`{}` as", clip(raw)),
            Some((_, noun)) => format!("{noun} as"),
        };
        told(
            "amount_1000",
            amount,
            format!("has {has} `amount_1000`, the amount times 1000 as a whole number"),
        );
    }
    if shown {
        fallback(findings, node, place);
    }
}

/// Judges Meta's `date_time` object; `node` is what stands under that key.
pub(super) fn date_time(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let text = node.get("fallback_value").and_then(Node::as_str);
    if text.is_none_or(is_blank) {
        place
            .find(findings, rules::DATE_TIME_INCOMPLETE, node)
            .param("problem", "has no `fallback_value`, the text to show");
    } else {
        fallback(findings, node, place);
    }
}

fn fallback(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    if let Some(inner) = node.get("fallback_value")
        && let Some(words) = inner.as_str()
    {
        text(
            findings,
            inner,
            words,
            &place.member("fallback_value"),
            Role::Text,
        );
    }
}

/// Judges a place on the map.
pub(super) fn location(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    keys(
        findings,
        node,
        place,
        &["latitude", "longitude", "name", "address"],
    );
    let degrees = |key: &str, max: f64| {
        let number: Option<f64> = as_text(node.get(key)?)?.trim().parse().ok();
        number.filter(|n| n.abs() <= max)
    };
    let problem = if node.as_object().is_none() {
        format!("should be an object, and is {}", node.noun())
    } else if degrees("latitude", 90.0).is_none() {
        "has no `latitude` in decimal degrees from -90 to 90".to_owned()
    } else if degrees("longitude", 180.0).is_none() {
        "has no `longitude` in decimal degrees from -180 to 180".to_owned()
    } else {
        for key in ["name", "address"] {
            if let Some(other) = node.get(key).filter(|other| !other.is_null())
                && other.as_str().is_none()
            {
                place
                    .member(key)
                    .find(findings, rules::WRONG_TYPE, other)
                    .param("name", key)
                    .param("expected", "a text")
                    .param("found", other.noun());
                continue;
            }
            match node
                .get(key)
                .and_then(|inner| Some((inner, inner.as_str()?)))
            {
                Some((inner, text)) if !is_blank(text) => {
                    hidden(findings, inner, text, &place.member(key));
                }
                _ => {
                    let found = place.find(findings, rules::LOCATION_UNNAMED, node);
                    found.param("name", key);
                }
            }
        }
        return;
    };
    place
        .find(findings, rules::LOCATION_INCOMPLETE, node)
        .param("problem", problem);
}

/// Judges a product of a catalog.
pub(super) fn product(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    if node.as_object().is_none() {
        place
            .find(findings, rules::WRONG_TYPE, node)
            .param("name", "product")
            .param(
                "expected",
                "an object with `product_retailer_id` and `catalog_id`",
            )
            .param("found", node.noun());
        return;
    }
    let both = ["product_retailer_id", "catalog_id"];
    keys(findings, node, place, &both);
    for key in both {
        if node.get(key).and_then(Node::as_str).is_none_or(is_blank) {
            place
                .find(findings, rules::PRODUCT_INCOMPLETE, node)
                .param("name", key);
        }
    }
}

/// A file as a message names it.
#[derive(Debug, Clone)]
pub(super) struct Media<'n> {
    /// Its address, or the id of its upload.
    pub source: Source<'n>,
    /// A document's name.
    pub filename: Option<&'n str>,
}

/// Where a file comes from.
#[derive(Debug, Clone)]
pub(super) enum Source<'n> {
    /// An address.
    Link(&'n str),
    /// The id that its upload gave.
    Id(Cow<'n, str>),
}

/// Judges a file: an object with `link` or `id`. `node` is that object.
pub(super) fn media<'n>(
    findings: &mut Findings<'_>,
    node: &'n Node<'_>,
    place: &Place<'_>,
    kind: ParameterKind,
) -> Option<Media<'n>> {
    let Some(members) = node.as_object() else {
        place
            .find(findings, rules::WRONG_TYPE, node)
            .param("name", place.key)
            .param("expected", "an object with `link` or `id`")
            .param("found", node.noun());
        return None;
    };
    for member in members {
        let name = member.key.as_ref();
        let known = matches!(name, "link" | "id")
            || (name == "filename" && kind == ParameterKind::Document)
            // Payloads of older days name the server that keeps the file.
            || name == "provider";
        if !known && !member.value.is_null() {
            let near = crate::text::closest(name, &["link", "id", "filename"]);
            let found = findings.find_at(
                rules::MEDIA_KEY_UNKNOWN,
                member.key_at,
                place.member(name).path,
            );
            found
                .key(place.key)
                .param("label", place.label)
                .param("name", clip(name));
            // Meta's own tables list it for every file; only documents show it.
            if name == "filename" {
                found.severity(Severity::Warning);
            }
            found.param(
                "remedy",
                near.filter(|near| *near != name)
                    .map_or("leave it out".to_owned(), |near| {
                        format!("did you mean `{near}`?")
                    }),
            );
        }
    }
    let given = |key: &str| node.get(key).filter(|value| !value.is_null());
    let link = given("link");
    let id = given("id");
    let filename = match given("filename") {
        Some(inner) if inner.as_str().is_none() => {
            place
                .member("filename")
                .find(findings, rules::WRONG_TYPE, inner)
                .param("name", "filename")
                .param("expected", "a text")
                .param("found", inner.noun());
            None
        }
        inner => {
            if let Some((node, name)) = inner.and_then(|node| Some((node, node.as_str()?))) {
                let place = place.member("filename");
                hidden(findings, node, name, &place);
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                nothing(findings, node, stem, &place);
            }
            inner.and_then(Node::as_str).filter(|name| !is_blank(name))
        }
    };
    let source = match (link, id) {
        (Some(link), None) => {
            let inner = place.member("link");
            let Some(address) = link.as_str() else {
                inner
                    .find(findings, rules::WRONG_TYPE, link)
                    .param("name", "link")
                    .param("expected", "a text")
                    .param("found", link.noun());
                return None;
            };
            if is_blank(address) {
                source_missing(findings, node, place, kind, "a blank `link`");
                return None;
            }
            link::judge(findings, link, address, &inner, kind, filename);
            Source::Link(address)
        }
        (None, Some(id)) => {
            let Some(word) = as_text(id) else {
                place
                    .member("id")
                    .find(findings, rules::WRONG_TYPE, id)
                    .param("name", "id")
                    .param("expected", "a text")
                    .param("found", id.noun());
                return None;
            };
            if is_blank(&word) {
                source_missing(findings, node, place, kind, "a blank `id`");
                return None;
            }
            media_id(findings, id, &word, &place.member("id"));
            Source::Id(word)
        }
        (Some(_), Some(_)) => {
            source_missing(findings, node, place, kind, "both");
            return None;
        }
        (None, None) => {
            source_missing(findings, node, place, kind, "neither");
            return None;
        }
    };
    if kind == ParameterKind::Document && filename.is_none() {
        place.find(findings, rules::DOCUMENT_FILENAME, node);
    }
    Some(Media { source, filename })
}

/// Judges the id of an uploaded file.
pub(super) fn media_id(findings: &mut Findings<'_>, node: &Node<'_>, id: &str, place: &Place<'_>) {
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
        place
            .find(findings, rules::MEDIA_ID, node)
            .param("found", clip(id));
    }
}

pub(super) fn source_missing(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    place: &Place<'_>,
    kind: ParameterKind,
    found: &str,
) {
    place
        .find(findings, rules::MEDIA_SOURCE, node)
        .param("found", found)
        .details(format_mismatch(kind));
}

/// Meta's words for a media header that lacks its file.
pub(super) fn format_mismatch(kind: ParameterKind) -> String {
    format!(
        "header: Format mismatch, expected {}, received UNKNOWN",
        media_word(kind)
    )
}

/// The format of a header, in Meta's word.
pub(super) fn media_word(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Image => "IMAGE",
        ParameterKind::Video => "VIDEO",
        ParameterKind::Document => "DOCUMENT",
        ParameterKind::Gif => "GIF",
        ParameterKind::Location => "LOCATION",
        ParameterKind::Product => "PRODUCT",
        _ => "TEXT",
    }
}

/// The kind of file that a header's format takes.
pub(super) fn parameter_type(format: HeaderFormat) -> &'static str {
    match format {
        HeaderFormat::Image => "image",
        HeaderFormat::Video => "video",
        HeaderFormat::Document => "document",
        HeaderFormat::Gif => "gif",
        HeaderFormat::Location => "location",
        HeaderFormat::Product => "product",
        HeaderFormat::Text | HeaderFormat::Unknown => "text",
    }
}
