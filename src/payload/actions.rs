//! Judges what buttons, offers and special components are sent with: Meta's own objects. Messages and
//! ready-made payloads share these, as they share `value`.
//!
//! Every function takes the object itself (what stands under `action`, `order_details` …) and the
//! place of the whole value; findings inside find their own path.

mod judge;
mod orders;

pub(super) use orders::{order_details, order_status};

use super::place::Place;
use super::value::is_blank;
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::report::Severity;
use crate::rules;
use crate::text::{clip, count_chars, find, find_emoji, is_markup};
use judge::Judge;

/// A flow's action: `flow_token` and the data of its first screen.
pub(super) fn flow(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    if !judge.object(node, "action") {
        return;
    }
    judge.keys(
        node,
        place.label,
        &["flow_token", "flow_action_data"],
        false,
    );
    judge.may_text(node, "flow_token", place.label);
    if let Some(data) = given(node, "flow_action_data") {
        judge.object(data, "flow_action_data");
    }
}

/// A catalog's action: the product whose picture is shown.
pub(super) fn catalog(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    if judge.object(node, "action") {
        judge.keys(node, place.label, &[THUMBNAIL], false);
        judge.text(node, THUMBNAIL, place.label, "the id of a product");
    }
}

const THUMBNAIL: &str = "thumbnail_product_retailer_id";

/// A multi-product action: sections of products, and the one whose picture is shown.
pub(super) fn products(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    if !judge.object(node, "action") {
        return;
    }
    judge.keys(node, place.label, &[THUMBNAIL, "sections"], false);
    judge.text(node, THUMBNAIL, place.label, "the id of a product");
    let Some(sections) = judge.list(node, "sections", place.label, "a list of sections") else {
        return;
    };
    let used = sections.as_array().unwrap_or_default().len();
    judge.limit(rules::SECTIONS_MAX, Limit::Sections, used, sections);
    let mut total = 0;
    for section in sections.as_array().unwrap_or_default() {
        if !judge.object(section, "section") {
            continue;
        }
        judge.keys(section, "a section", &["title", "product_items"], false);
        if let Some(title) = judge.text(section, "title", "a section", "its heading") {
            let text = title.as_str().unwrap_or_default();
            judge.length(title, "title", "a section", Limit::SectionTitleChars);
            if text.contains(is_markup) {
                judge
                    .flag(rules::SECTION_MARKUP, title)
                    .say("found", &clip(text));
            }
        }
        let items = judge.list(section, "product_items", "a section", "a list of products");
        for item in items.and_then(Node::as_array).unwrap_or_default() {
            total += 1;
            if judge.object(item, "product") {
                judge.keys(item, "a product", &["product_retailer_id"], false);
                judge.text(item, "product_retailer_id", "a product", "its id");
            }
        }
    }
    judge.limit(rules::PRODUCTS_MAX, Limit::SectionProducts, total, sections);
}

/// A call button's data as a message gives it: how long it works, and what it brings back.
pub(super) fn call(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    if !judge.object(node, "voice_call") {
        return;
    }
    judge.keys(node, place.label, &["ttl_minutes", "payload"], false);
    if let Some(minutes) = given(node, "ttl_minutes") {
        call_ttl(judge.findings, minutes, place);
    }
    match given(node, "payload") {
        Some(payload) if let Some(text) = payload.as_str() => {
            call_payload(judge.findings, payload, text, place);
        }
        Some(payload) => judge.wrong_type(payload, "payload", "a text"),
        None => {}
    }
}

/// How long a call button works, in minutes.
pub(super) fn call_ttl(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    let Some(minutes) = judge.whole(node, "ttl_minutes") else {
        return;
    };
    let max = judge.findings.max(Limit::CallMinutes);
    if minutes < 1 || minutes > max as i64 {
        judge
            .flag(rules::CALL_TTL, node)
            .say("found", &minutes.to_string())
            .num("max", max);
    }
}

/// What a call button brings back.
pub(super) fn call_payload(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    text: &str,
    place: &Place<'_>,
) {
    let mut judge = Judge { findings, place };
    if is_blank(text) {
        judge.blank(node);
    }
    let used = count_chars(text);
    judge.limit(rules::CALL_PAYLOAD, Limit::CallPayloadChars, used, node);
}

/// What a one-time code must not hold.
pub(super) fn one_time_code(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    code: &str,
    place: &Place<'_>,
) {
    let mut judge = Judge { findings, place };
    let address = ["://", "www."]
        .iter()
        .find_map(|sign| Some((find(code, sign)?, sign.len())));
    let (what, start, end) = match (address, find_emoji(code)) {
        (Some((at, length)), _) => ("an address", at, at + length),
        (None, Some(at)) => ("an emoji", at.start, at.end),
        (None, None) => return,
    };
    judge
        .flag(rules::CODE_NOT_PLAIN, node)
        .span(start, end)
        .say("what", what);
}

/// What a limited-time offer's code may be beyond what every coupon code may: the answer is whether
/// it is too long, which says more than the coupon's own rules.
pub(super) fn offer_code(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    code: &str,
    place: &Place<'_>,
) -> bool {
    let mut judge = Judge { findings, place };
    let used = count_chars(code);
    judge.limit(rules::OFFER_CODE_LONG, Limit::OfferCodeChars, used, node)
}

/// The moment when an offer ends; the answer is its milliseconds.
pub(super) fn expiry(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    place: &Place<'_>,
) -> Option<i64> {
    let mut judge = Judge { findings, place };
    let digits = node
        .as_str()
        .map(str::trim)
        .filter(|text| text.len() < 19)
        .and_then(|text| text.parse().ok());
    let Some(moment) = node.as_i64().or(digits) else {
        judge.wrong_type(node, "expires_at", "a number of milliseconds since 1970");
        return None;
    };
    let now = judge.findings.options.now.map(|now| now as i64);
    let shown = moment.to_string();
    let (problem, remedy) = match moment {
        SECONDS_FROM..SECONDS_TO => (
            "looks like seconds",
            ["multiply it by 1000: ", &shown, "000"].concat(),
        ),
        1..MILLISECONDS_FROM => (
            "looks like a duration",
            "add it to the time at which the message is sent, in milliseconds".to_owned(),
        ),
        ..1 => (
            "is no moment",
            "give the moment in milliseconds since 1970".to_owned(),
        ),
        MILLISECONDS_TO.. => (
            "lies beyond the year 2100",
            "give the moment in milliseconds, not in microseconds".to_owned(),
        ),
        _ => {
            if let Some(now) = now.filter(|now| moment <= *now) {
                let ago = duration(now - moment);
                judge.flag(rules::EXPIRY_PAST, node).say("ago", &ago);
            }
            return Some(moment);
        }
    };
    let found = judge.flag(rules::EXPIRY_UNIT, node);
    found
        .say("found", &shown)
        .say("problem", problem)
        .say("remedy", &remedy);
    if problem == "looks like seconds"
        && let Some(better) = moment.checked_mul(1000)
    {
        found.mend(
            false,
            "Make it milliseconds",
            vec![crate::findings::Edit::replace(node, Node::int(better))],
        );
    }
    Some(moment)
}

/// July 2017 to November 2042 in seconds: what is less or more, up to the year 2001 in milliseconds, is
/// rather a length of time.
const SECONDS_FROM: i64 = 1_500_000_000;
const SECONDS_TO: i64 = 2_300_000_000;
const MILLISECONDS_FROM: i64 = 1_000_000_000_000;
/// The year 2100.
const MILLISECONDS_TO: i64 = 4_102_444_800_000;

/// A length of time in words.
fn duration(ms: i64) -> String {
    for (unit, noun) in [
        (86_400_000, " days"),
        (3_600_000, " hours"),
        (60_000, " minutes"),
    ] {
        if ms >= 2 * unit {
            return [&(ms / unit).to_string(), noun].concat();
        }
    }
    "a moment".to_owned()
}

/// A tap target: the address that a picture opens, and what stands on it. `node` is one object, or
/// Meta's list of one; the answer is that object.
pub(super) fn tap_target<'n, 't>(
    findings: &mut Findings<'_>,
    node: &'n Node<'t>,
    place: &Place<'_>,
) -> Option<&'n Node<'t>> {
    let mut judge = Judge { findings, place };
    let one = match node.as_array() {
        Some([one]) => one,
        Some(list) => {
            judge
                .flag(rules::TAP_TARGET_ONE, node)
                .num("used", list.len());
            return None;
        }
        None => node,
    };
    if !judge.object(one, "tap target") {
        return None;
    }
    let who = "the tap target";
    judge.keys(one, who, &["url", "title"], false);
    judge.text(one, "title", who, "what stands under the picture");
    if let Some(url) = judge.text(one, "url", who, "the address that it opens") {
        let text = url.as_str().unwrap_or_default();
        let behind = |scheme: &str| {
            let begins = text.get(..scheme.len())?;
            let rest = text.get(scheme.len()..)?;
            begins.eq_ignore_ascii_case(scheme).then_some(rest)
        };
        let secure = behind("https://");
        let host = secure.or_else(|| behind("http://"));
        let problem = match host {
            None => "does not start with https://",
            Some(_) if text.contains(|c: char| c.is_whitespace() || c.is_control()) => {
                "has a blank in it"
            }
            Some(host) if host.is_empty() || host.starts_with(['/', '?', '#', '.']) => {
                "has no host"
            }
            // Nothing that Meta published says that it refuses these.
            Some(_) if secure.is_none() => "starts with http://, which browsers warn of",
            Some(_) => return Some(one),
        };
        let is_plain_http = problem.starts_with("starts");
        let found = judge.flag(rules::TAP_TARGET_URL, url);
        found.say("problem", problem);
        if is_plain_http {
            found.severity(Severity::Warning);
        }
    }
    Some(one)
}

/// A payment request (Brazil): what its button copies or opens. `node` is what stands under
/// `payment_request`.
pub(super) fn payment_request(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    if !judge.object(node, "payment_request") {
        return;
    }
    judge.keys(node, place.label, &["payment_setting"], false);
    let what = "the code or address of the payment";
    let Some(setting) = judge.need(node, "payment_setting", place.label, what) else {
        return;
    };
    if !judge.object(setting, "payment_setting") {
        return;
    }
    let kind = given(setting, "type").and_then(Node::as_str);
    let row = kind.and_then(|kind| SETTINGS.iter().find(|(known, _)| *known == kind));
    let problem = match row {
        None => {
            "has no `type` of pix_dynamic_code, boleto, payment_link or offsite_card_pay".to_owned()
        }
        Some((kind, keys)) => {
            let inner = given(setting, kind);
            let filled = keys.is_empty()
                || keys.iter().any(|key| {
                    let text = inner.and_then(|inner| given(inner, key));
                    text.and_then(Node::as_str)
                        .is_some_and(|text| !is_blank(text))
                });
            if filled {
                return;
            }
            let key = keys.first().copied().unwrap_or_default();
            ["has no `", key, "` under `", kind, "`"].concat()
        }
    };
    judge
        .flag(rules::PAYMENT_SETTING, setting)
        .say("label", place.label)
        .say("problem", &problem);
}

/// The ways to pay, each with the keys that it may be given under: of the Pix code the page's table
/// prints another than its samples. What a card's page takes is not published.
const SETTINGS: &[(&str, &[&str])] = &[
    ("pix_dynamic_code", &["code", "pix_dynamic_code"]),
    ("boleto", &["digitable_line"]),
    ("payment_link", &["uri"]),
    ("offsite_card_pay", &[]),
];

/// What stands under Meta's own name for it, or the value itself.
pub(super) fn inner<'n, 't>(
    findings: &mut Findings<'_>,
    node: &'n Node<'t>,
    name: &str,
    place: &Place<'_>,
) -> &'n Node<'t> {
    let Some(inner) = given(node, name) else {
        return node;
    };
    Judge { findings, place }.keys(node, place.label, &[name], false);
    inner
}

/// A member that is there and not `null`.
pub(super) fn given<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    node.get(key).filter(|value| !value.is_null())
}
