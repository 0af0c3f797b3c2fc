//! The envelope: name, language, category, parameter format and the other members of the top level.

use super::shape::{missing, replace, text_of, wrong_type};
use crate::definition::{Category, Definition, ParameterFormat};
use crate::findings::Findings;
use crate::json::{Node, OperationKind};
use crate::languages::{LANGUAGES, is_language};
use crate::limits::Limit;
use crate::report::{Fix, operation};
use crate::text::{closest, count_chars};
use crate::{path, rules};

/// Judges the members of the top level.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    keys(definition.root, findings);
    name(definition.root, findings);
    language(definition, findings);
    category(definition.root, findings);
    format(definition.root, findings);
    ttl(definition, findings);
    switches(definition.root, findings);
    words(definition.root, findings);
}

/// What Meta's reference lists for creation, and what its GET adds.
const KEYS: &[&str] = &[
    "name",
    "language",
    "languages",
    "category",
    "components",
    "parameter_format",
    "allow_category_change",
    "message_send_ttl_seconds",
    "sub_category",
    "display_format",
    "cta_url_link_tracking_opted_out",
    "is_primary_device_delivery_only",
    "send_type",
    "degrees_of_freedom_spec",
    "bid_spec",
    "creative_sourcing_spec",
    "library_template_name",
    "library_template_body_inputs",
    "library_template_button_inputs",
];

const READ_ONLY: &[&str] = &[
    "id",
    "status",
    "quality_score",
    "rejected_reason",
    "previous_category",
    "correct_category",
    "last_updated_time",
    "health_status",
    "is_sms_fallback_enabled",
    "source",
    "disable_ios_autofill",
    "ad_account_id",
    "ad_adset_id",
    "ad_campaign_id",
    "ad_id",
    "ad_ids",
    "ad_account_ids",
];

fn keys(root: &Node<'_>, findings: &mut Findings<'_>) {
    let present: Vec<&str> = KEYS
        .iter()
        .copied()
        .filter(|key| root.get(key).is_some())
        .collect();
    for member in root.as_object().unwrap_or_default() {
        let key = member.key.as_ref();
        if KEYS.contains(&key) {
            continue;
        }
        let path = path![key.to_owned()];
        let remove = Fix::safe(
            format!("delete `{key}`"),
            vec![operation(OperationKind::Remove, &path, None)],
        );
        if READ_ONLY.contains(&key) {
            if !findings.options.readback {
                let found = findings.find_at(&rules::READ_ONLY_FIELD, member.key_at, path);
                found.param("name", key).fix(remove);
            }
            continue;
        }
        let meant = closest(key, KEYS).filter(|meant| !present.contains(meant));
        let found = findings.find_at(&rules::UNKNOWN_KEY, member.key_at, path.clone());
        found.param("name", key);
        match meant {
            Some(meant) => {
                let rename = vec![
                    operation(OperationKind::Remove, &path, None),
                    operation(
                        OperationKind::Add,
                        &path![meant.to_owned()],
                        Some(member.value.clone().into_owned()),
                    ),
                ];
                found
                    .param("remedy", format!("did you mean `{meant}`?"))
                    .fix(Fix::unsafe_(format!("rename to `{meant}`"), rename));
            }
            None => {
                found.param("remedy", "delete it if it is a note of your own");
            }
        }
    }
}

fn name(root: &Node<'_>, findings: &mut Findings<'_>) {
    let Some(node) = root.get("name").filter(|n| !n.is_null()) else {
        return missing(&rules::NAME_REQUIRED, root, path![], findings);
    };
    let Some(name) = text_of(node, "name", path!["name"], findings) else {
        return;
    };
    if name.is_empty() {
        findings.find(&rules::NAME_REQUIRED, node, path!["name"]);
        return;
    }
    let used = count_chars(name);
    if findings.measure(Limit::NameChars, used, node, path!["name"], None) {
        let max = findings.max(Limit::NameChars);
        let found = findings.find(&rules::NAME_MAX, node, path!["name"]);
        found
            .param("used", used)
            .param("max", max)
            .param("over", used - max);
    }
    let refused = |c: char| !matches!(c, 'a'..='z' | '0'..='9' | '_');
    if let Some((at, first)) = name.char_indices().find(|(_, c)| refused(*c)) {
        let end = name
            .char_indices()
            .skip_while(|(i, _)| *i < at)
            .find(|(_, c)| !refused(*c))
            .map_or(name.len(), |(i, _)| i);
        let suggestion = slug(name);
        let found = findings.find(&rules::NAME_CHARSET, node, path!["name"]);
        found
            .span(at, end)
            .param("name", name)
            .param("found", describe(first))
            .param("suggestion", suggestion.clone());
        if suggestion.chars().any(|c| c != '_') {
            found.fix(Fix::safe(
                format!("rename to `{suggestion}`"),
                vec![replace(&path!["name"], suggestion)],
            ));
        }
    } else if name == "hello_world" && !findings.options.readback {
        findings
            .find(&rules::NAME_SAMPLE_RESERVED, node, path!["name"])
            .param("name", name);
    }
}

/// What a person calls a character.
pub(super) fn describe(c: char) -> String {
    match c {
        ' ' => "a blank".into(),
        '-' => "a hyphen".into(),
        '.' => "a full stop".into(),
        'A'..='Z' => format!("the capital letter `{c}`"),
        c if c.is_control() || c.is_whitespace() => format!("the character U+{:04X}", c as u32),
        c => format!("`{c}`"),
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

fn language(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let root = definition.root;
    let Some(node) = root.get("language").filter(|n| !n.is_null()) else {
        if root.get("languages").is_none() {
            missing(&rules::LANGUAGE_REQUIRED, root, path![], findings);
        }
        return;
    };
    let Some(code) = text_of(node, "language", path!["language"], findings) else {
        return;
    };
    if code.is_empty() {
        findings.find(&rules::LANGUAGE_REQUIRED, node, path!["language"]);
        return;
    }
    if is_language(code) {
        return;
    }
    let spelled = code.replace('-', "_");
    let exact = LANGUAGES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(&spelled));
    let base = spelled
        .split('_')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let near: Vec<&str> = LANGUAGES
        .iter()
        .copied()
        .filter(|known| known.split('_').next() == Some(&base))
        .collect();
    let remedy = match (exact, near.is_empty()) {
        (Some(known), _) => format!("write `{known}`"),
        (None, false) => format!("Meta has {} for this language", list(&near)),
        (None, true) => {
            "take one of the codes on Meta's list, such as `en_US`, `es` or `pt_BR`".to_owned()
        }
    };
    let found = findings.find(&rules::LANGUAGE_UNKNOWN, node, path!["language"]);
    found
        .param("name", code)
        .param("count", LANGUAGES.len())
        .param("remedy", remedy);
    match (exact, near.as_slice()) {
        (Some(known), _) => {
            found.fix(Fix::safe(
                format!("write `{known}`"),
                vec![replace(&path!["language"], *known)],
            ));
        }
        (None, near) => {
            for known in near.iter().take(3) {
                found.fix(Fix::unsafe_(
                    format!("write `{known}`"),
                    vec![replace(&path!["language"], *known)],
                ));
            }
        }
    }
}

fn list(words: &[&str]) -> String {
    let shown: Vec<String> = words.iter().take(6).map(|w| format!("`{w}`")).collect();
    let more = if words.len() > 6 { " …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

fn category(root: &Node<'_>, findings: &mut Findings<'_>) {
    let Some(node) = root.get("category").filter(|n| !n.is_null()) else {
        return missing(&rules::CATEGORY_REQUIRED, root, path![], findings);
    };
    let Some(word) = text_of(node, "category", path!["category"], findings) else {
        return;
    };
    if Category::read(word).is_some() {
        return;
    }
    if word.is_empty() {
        findings.find(&rules::CATEGORY_REQUIRED, node, path!["category"]);
        return;
    }
    // The ten categories before Graph v16, and what Meta made of each.
    let legacy = match word.to_ascii_uppercase().as_str() {
        "OTP" => Some("AUTHENTICATION"),
        "TRANSACTIONAL"
        | "ACCOUNT_UPDATE"
        | "PAYMENT_UPDATE"
        | "PERSONAL_FINANCE_UPDATE"
        | "SHIPPING_UPDATE"
        | "RESERVATION_UPDATE"
        | "ISSUE_RESOLUTION"
        | "APPOINTMENT_UPDATE"
        | "TRANSPORTATION_UPDATE"
        | "TICKET_UPDATE"
        | "ALERT_UPDATE"
        | "AUTO_REPLY" => Some("UTILITY"),
        _ => None,
    };
    let suggestion = legacy.or_else(|| closest(word, Category::WORDS));
    let rule = if legacy.is_some() {
        &rules::CATEGORY_LEGACY
    } else {
        &rules::CATEGORY_UNKNOWN
    };
    let found = findings.find(rule, node, path!["category"]);
    found
        .param("name", word)
        .param("suggestion", suggestion.unwrap_or("UTILITY"));
    if let Some(known) = suggestion {
        found.fix(Fix::unsafe_(
            format!("write {known}"),
            vec![replace(&path!["category"], known)],
        ));
    }
}

fn format(root: &Node<'_>, findings: &mut Findings<'_>) {
    let Some(node) = root.get("parameter_format").filter(|n| !n.is_null()) else {
        return;
    };
    let Some(word) = text_of(
        node,
        "parameter_format",
        path!["parameter_format"],
        findings,
    ) else {
        return;
    };
    if ParameterFormat::read(word).is_none() {
        let meant = closest(word, ParameterFormat::WORDS);
        let found = findings.find(
            &rules::PARAMETER_FORMAT_UNKNOWN,
            node,
            path!["parameter_format"],
        );
        found.param("name", word);
        if let Some(known) = meant {
            found.fix(Fix::unsafe_(
                format!("write {known}"),
                vec![replace(&path!["parameter_format"], known)],
            ));
        }
    }
}

fn ttl(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    const KEY: &str = "message_send_ttl_seconds";
    let Some(node) = definition.root.get(KEY).filter(|n| !n.is_null()) else {
        return;
    };
    let quoted = node
        .as_str()
        .and_then(|text| text.trim().parse::<i64>().ok());
    let Some(seconds) = node.as_i64().or(quoted) else {
        return wrong_type(node, KEY, "a whole number of seconds", path![KEY], findings);
    };
    if quoted.is_some() {
        let found = findings.find(&rules::TTL_TYPE, node, path![KEY]);
        found.param("found", seconds).fix(Fix::safe(
            format!("write {seconds}"),
            vec![operation(
                OperationKind::Replace,
                &path![KEY],
                Some(Node::int(seconds)),
            )],
        ));
    }
    let Some(category) = definition.category else {
        return;
    };
    let (min, max) = match category {
        Category::Authentication => (Limit::TtlAuthMin, Limit::TtlAuthMax),
        Category::Utility => (Limit::TtlUtilityMin, Limit::TtlUtilityMax),
        Category::Marketing => (Limit::TtlMarketingMin, Limit::TtlMarketingMax),
    };
    let (min, max) = (findings.max(min) as i64, findings.max(max) as i64);
    let forever = category != Category::Marketing;
    let endless = forever && seconds == -1;
    if !endless && !(min..=max).contains(&seconds) {
        let found = findings.find(&rules::TTL_RANGE, node, path![KEY]);
        found
            .param("category", category.word().to_ascii_lowercase())
            .param("min", min)
            .param("max", max)
            .param("or", if forever { ", or -1 for 30 days" } else { "" })
            .param("found", seconds);
    }
}

fn switches(root: &Node<'_>, findings: &mut Findings<'_>) {
    for key in [
        "allow_category_change",
        "cta_url_link_tracking_opted_out",
        "is_primary_device_delivery_only",
    ] {
        let Some(member) = root.member(key).filter(|m| !m.value.is_null()) else {
            continue;
        };
        if member.value.as_bool().is_none() {
            wrong_type(&member.value, key, "true or false", path![key], findings);
        } else if key == "allow_category_change" {
            let found = findings.find_at(&rules::ALLOW_CATEGORY_CHANGE, member.key_at, path![key]);
            found.fix(Fix::safe(
                "delete it",
                vec![operation(OperationKind::Remove, &path![key], None)],
            ));
        }
    }
}

fn words(root: &Node<'_>, findings: &mut Findings<'_>) {
    const SUB_CATEGORIES: &[&str] = &[
        "BOOKING_STATUS",
        "CALL_PERMISSIONS_REQUEST",
        "FLIGHT_DELAY_AND_GATE_CHANGE_ALERT",
        "FRAUD_ALERT",
        "ORDER_DETAILS",
        "ORDER_STATUS",
        "RICH_ORDER_STATUS",
    ];
    let known = |words: &[&str], word: &str| words.iter().any(|w| w.eq_ignore_ascii_case(word));
    if let Some(node) = root.get("sub_category").filter(|n| !n.is_null())
        && let Some(word) = text_of(node, "sub_category", path!["sub_category"], findings)
        && !known(SUB_CATEGORIES, word)
        // Meta writes CUSTOM when a template is read back.
        && !(findings.options.readback && word.eq_ignore_ascii_case("CUSTOM"))
    {
        let meant = closest(word, SUB_CATEGORIES);
        let found = findings.find(&rules::SUB_CATEGORY_UNKNOWN, node, path!["sub_category"]);
        found.param("name", word).param(
            "remedy",
            match meant {
                Some(meant) => format!("did you mean {meant}?"),
                None => "leave it out; only ORDER_STATUS is documented for creation".to_owned(),
            },
        );
        if let Some(meant) = meant {
            found.fix(Fix::unsafe_(
                format!("write {meant}"),
                vec![replace(&path!["sub_category"], meant)],
            ));
        }
    }
    if let Some(node) = root.get("display_format").filter(|n| !n.is_null())
        && let Some(word) = text_of(node, "display_format", path!["display_format"], findings)
        && !known(&["ORDER_DETAILS"], word)
    {
        findings
            .find(
                &rules::DISPLAY_FORMAT_UNKNOWN,
                node,
                path!["display_format"],
            )
            .param("name", word);
    }
}
