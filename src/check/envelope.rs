//! The envelope: name, language, category, parameter format and the other members of the top level.

use super::shape::{Field, Kind, given, may, members, mistyped, other_word, read_back, text};
use crate::definition::{Category, Definition, ParameterFormat};
use crate::findings::{Edit, Findings};
use crate::json::{Node, signed};
use crate::languages::{self, is_language};
use crate::limits::Limit;
use crate::order::Joined;
use crate::rules::{self, Rule, phrases};
use crate::text::{clip, closest, code_point, count_chars};

/// What Meta's reference and its SDK list for creation, and what its GET adds.
static FIELDS: &[Field] = &[
    may("name", Kind::Text),
    may("language", Kind::Any),
    may("languages", Kind::Array),
    may("category", Kind::Text),
    may("components", Kind::Any),
    may(
        "parameter_format",
        Kind::Word(ParameterFormat::WORDS, rules::PARAMETER_FORMAT_UNKNOWN),
    ),
    may("allow_category_change", Kind::Flag),
    may("message_send_ttl_seconds", Kind::Any),
    may("sub_category", Kind::Text),
    may(
        "display_format",
        Kind::Word(&["ORDER_DETAILS"], rules::DISPLAY_FORMAT_UNKNOWN),
    ),
    may("cta_url_link_tracking_opted_out", Kind::Flag),
    may("is_primary_device_delivery_only", Kind::Flag),
    may(
        "send_type",
        Kind::Word(&["campaign", "direct", "trigger"], rules::SEND_TYPE),
    ),
    may("degrees_of_freedom_spec", Kind::Any),
    may("bid_spec", Kind::Any),
    may("creative_sourcing_spec", Kind::Any),
    may("optimization_spec", Kind::Any),
    may("routing_entrypoint", Kind::Any),
    may("product_set_id", Kind::Any),
    may("source_template_id", Kind::Any),
    may("library_template_body_param_inputs", Kind::Any),
    may("library_template_name", Kind::Any),
    may("library_template_body_inputs", Kind::Any),
    may("library_template_button_inputs", Kind::Any),
    read_back("id"),
    read_back("status"),
    read_back("quality_score"),
    read_back("rejected_reason"),
    read_back("previous_category"),
    read_back("correct_category"),
    read_back("last_updated_time"),
    read_back("health_status"),
    read_back("is_sms_fallback_enabled"),
    read_back("source"),
    read_back("disable_ios_autofill"),
    read_back("ad_account_id"),
    read_back("ad_adset_id"),
    read_back("ad_campaign_id"),
    read_back("ad_id"),
    read_back("ad_ids"),
    read_back("ad_account_ids"),
];

/// The sample templates that Meta puts into accounts.
static SAMPLES: &[&str] = &[
    "hello_world",
    "sample_flight_confirmation",
    "sample_happy_hour_announcement",
    "sample_issue_resolution",
    "sample_movie_ticket_confirmation",
    "sample_purchase_feedback",
    "sample_shipping_confirmation",
];

static SUB_CATEGORIES: &[&str] = &[
    "BOOKING_STATUS",
    "CALL_PERMISSIONS_REQUEST",
    "FLIGHT_DELAY_AND_GATE_CHANGE_ALERT",
    "FRAUD_ALERT",
    "ORDER_DETAILS",
    "ORDER_STATUS",
    "RICH_ORDER_STATUS",
];

/// The categories before Graph v16 that became UTILITY.
static LEGACY: &[&str] = &[
    "TRANSACTIONAL",
    "ACCOUNT_UPDATE",
    "PAYMENT_UPDATE",
    "PERSONAL_FINANCE_UPDATE",
    "SHIPPING_UPDATE",
    "RESERVATION_UPDATE",
    "ISSUE_RESOLUTION",
    "APPOINTMENT_UPDATE",
    "TRANSPORTATION_UPDATE",
    "TICKET_UPDATE",
    "ALERT_UPDATE",
    "AUTO_REPLY",
];

/// Judges the members of the top level.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let root = definition.root;
    members(
        root,
        "a template",
        FIELDS,
        [rules::UNKNOWN_KEY, rules::READ_ONLY_FIELD],
        findings,
    );
    name(root, findings);
    language(root, findings);
    category(root, findings);
    ttl(definition, findings);
    if let Some(member) = root.member("allow_category_change")
        && !member.value.is_null()
    {
        let removal = vec![Edit::remove(&member.value)];
        let found = findings.flag_key(rules::ALLOW_CATEGORY_CHANGE, member);
        found.mend(true, "delete it", removal);
    }
    // What an edit repeats is judged with what it edits.
    let custom = |word: &str| {
        ["CUSTOM", "FORM"]
            .iter()
            .any(|own| word.eq_ignore_ascii_case(own))
    };
    if let Some((word, node)) = text(root, "sub_category")
        && !(custom(word) && findings.options.edit.is_some())
        && let rule = rules::SUB_CATEGORY_UNKNOWN
        && let Some(found) = other_word(node, SUB_CATEGORIES, rule, findings)
        && custom(word)
    {
        found.phrase("remedy", phrases::READ_BACK, "").mend(
            true,
            "delete it",
            vec![Edit::remove(node)],
        );
    }
}

/// A member that creation cannot do without; an edit leaves out what stays.
fn required(rule: &'static Rule, root: &Node<'_>, findings: &mut Findings<'_>) {
    if findings.options.edit.is_none() {
        findings.missing(rule, root);
    }
}

fn name(root: &Node<'_>, findings: &mut Findings<'_>) {
    if given(root, "name").is_none() {
        return required(rules::NAME_REQUIRED, root, findings);
    }
    let Some((name, node)) = text(root, "name") else {
        return;
    };
    if name.is_empty() {
        findings.missing(rules::NAME_REQUIRED, node);
        return;
    }
    findings.limit(rules::NAME_MAX, Limit::NameChars, count_chars(name), node);
    let refused = |c: char| !matches!(c, 'a'..='z' | '0'..='9' | '_');
    let Some((at, first)) = name.char_indices().find(|(_, c)| refused(*c)) else {
        let old = findings.options.readback || findings.options.edit.is_some();
        if SAMPLES.contains(&name) && !old {
            findings
                .flag(rules::NAME_SAMPLE_RESERVED, node)
                .say("name", name);
        }
        return;
    };
    let behind = name.get(at..).unwrap_or_default();
    let run = behind.find(|c| !refused(c)).unwrap_or(behind.len());
    let suggestion = slug(name);
    // Letters that were lost, or a name that is refused for another reason, need a look.
    let safe = name.is_ascii()
        && name.contains(|c: char| c.is_ascii_alphanumeric())
        && !SAMPLES.contains(&suggestion.as_str())
        && suggestion.len() <= findings.max(Limit::NameChars);
    findings
        .flag(rules::NAME_CHARSET, node)
        .span(at, at + run)
        .say("name", name)
        .say("found", &describe(first))
        .say("suggestion", &suggestion)
        .put(
            safe,
            &["rename to `", &suggestion, "`"].joined(),
            node,
            &suggestion,
        );
}

/// What a person calls a character.
pub(super) fn describe(c: char) -> String {
    let mut quoted = "`".to_owned();
    quoted.push(c);
    quoted.push('`');
    match c {
        ' ' => "a blank".into(),
        '-' => "a hyphen".into(),
        '.' => "a full stop".into(),
        'A'..='Z' => ["the capital letter ", &quoted].joined(),
        c if c.is_control() || c.is_whitespace() => ["the character U+", &code_point(c)].joined(),
        _ => quoted,
    }
}

/// A name that Meta takes, from one that it does not: `Order Update-2` becomes `order_update_2`.
pub(super) fn slug(name: &str) -> String {
    let mut out = String::new();
    let mut after_lower = false;
    for c in name.trim().chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => {
                if after_lower {
                    out.push('_');
                }
                out.push(c.to_ascii_lowercase());
            }
            _ if out.ends_with('_') || out.is_empty() => {}
            _ => out.push('_'),
        }
        after_lower = c.is_ascii_lowercase();
    }
    let out = out.trim_end_matches('_');
    if out.is_empty() {
        "template".into()
    } else {
        out.into()
    }
}

fn language(root: &Node<'_>, findings: &mut Findings<'_>) {
    let one = given(root, "language");
    let several = given(root, "languages");
    if one.is_none() && several.is_none() {
        required(rules::LANGUAGE_REQUIRED, root, findings);
    }
    if let Some(one) = one {
        language_code(one, "language", findings);
    }
    let codes = several.and_then(Node::as_array);
    for code in codes.unwrap_or_default() {
        language_code(code, "languages", findings);
    }
    if let Some(several) = several.filter(|_| codes.is_some_and(<[_]>::is_empty)) {
        findings.missing(rules::LANGUAGE_REQUIRED, several);
    }
}

fn language_code(node: &Node<'_>, what: &str, findings: &mut Findings<'_>) {
    let inner = text(node, "code");
    let Some(code) = node.as_str() else {
        if !(findings.options.readback && inner.is_some())
            && let Some(found) = mistyped(node, what, "a text", findings)
            && let Some((code, _)) = inner
        {
            let title = ["write `", code, "`"].joined();
            found.put(is_language(code), &title, node, code);
        }
        return;
    };
    if code.is_empty() {
        findings.missing(rules::LANGUAGE_REQUIRED, node);
        return;
    }
    if node.open || findings.options.readback || is_language(code) {
        return;
    }
    let near = languages::near(code);
    let remedy = match near.codes.first() {
        Some(first) if near.exact => ["write `", first, "`"].joined(),
        Some(_) => listed(&near.codes),
        None => "take one from Meta's list, such as `en_US`, `es` or `pt_BR`".into(),
    };
    let found = findings.flag(rules::LANGUAGE_UNKNOWN, node);
    found
        .say("name", &clip(code))
        .num("count", languages::COUNT)
        .say("remedy", &remedy);
    let most = if near.exact { 1 } else { 3 };
    for known in near.codes.iter().take(most) {
        let title = ["write `", known, "`"].joined();
        found.put(near.exact, &title, node, known);
    }
}

fn listed(codes: &[&str]) -> String {
    let mut out = "Meta has ".to_owned();
    for (place, code) in codes.iter().take(6).enumerate() {
        out.push_str(if place == 0 { "`" } else { ", `" });
        out.push_str(code);
        out.push('`');
    }
    out.push_str(if codes.len() > 6 {
        " … for this language"
    } else {
        " for this language"
    });
    out
}

fn category(root: &Node<'_>, findings: &mut Findings<'_>) {
    if given(root, "category").is_none() {
        return required(rules::CATEGORY_REQUIRED, root, findings);
    }
    let Some((word, node)) = text(root, "category") else {
        return;
    };
    if word.is_empty() {
        findings.missing(rules::CATEGORY_REQUIRED, node);
        return;
    }
    let is = |known: &&&str| known.eq_ignore_ascii_case(word);
    let legacy = match LEGACY.iter().find(is) {
        Some(_) => Some("UTILITY"),
        None => word.eq_ignore_ascii_case("OTP").then_some("AUTHENTICATION"),
    };
    let readback = findings.options.readback;
    if node.open || readback || Category::read(word).is_some() {
        return;
    }
    let rule = match legacy {
        Some(_) => rules::CATEGORY_LEGACY,
        None => rules::CATEGORY_UNKNOWN,
    };
    let suggestion = legacy.or_else(|| closest(word, Category::WORDS));
    let found = findings.flag(rule, node);
    found
        .say("name", word)
        .say("suggestion", suggestion.unwrap_or("UTILITY"));
    if let Some(known) = suggestion {
        found.put(false, &["write ", known].joined(), node, known);
    }
}

fn ttl(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    const KEY: &str = "message_send_ttl_seconds";
    let Some(node) = given(definition.root, KEY) else {
        return;
    };
    let quoted = node.as_str().and_then(|text| signed(text.trim()));
    let Some(seconds) = node.as_i64().or(quoted) else {
        mistyped(node, KEY, "a whole number of seconds", findings);
        return;
    };
    let spelled = crate::text::integer(seconds);
    if quoted.is_some() {
        let number = vec![Edit::replace(node, Node::int(seconds))];
        findings
            .flag(rules::TTL_TYPE, node)
            .say("found", &spelled)
            .mend(true, &["write ", &spelled].joined(), number);
    }
    // A digit may still be coming.
    let Some(category) = definition.category.filter(|_| !node.open) else {
        return;
    };
    let (min, max, forever) = match category {
        Category::Authentication => (Limit::TtlAuthMin, Limit::TtlAuthMax, true),
        Category::Utility => (Limit::TtlUtilityMin, Limit::TtlUtilityMax, true),
        Category::Marketing => (Limit::TtlMarketingMin, Limit::TtlMarketingMax, false),
    };
    let (min, max) = (findings.max(min), findings.max(max));
    let fits = usize::try_from(seconds).is_ok_and(|n| n >= min && n <= max);
    let endless = forever && seconds == -1;
    if fits || endless || findings.options.readback {
        return;
    }
    findings
        .flag(rules::TTL_RANGE, node)
        .say("category", category.word())
        .num("min", min)
        .num("max", max)
        .say("or", if forever { ", or -1 for 30 days" } else { "" })
        .say("found", &spelled);
}
