//! Judges the objects that are values: currencies, dates, places, products.

use super::{Role, as_text, hidden, is_blank, text};
use crate::findings::Findings;
use crate::json::{Node, Value};
use crate::payload::place::Place;
use crate::rules;
use crate::text::clip;

/// Says which keys one of Meta's small objects does not have.
pub(in crate::payload) fn keys(
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
pub(in crate::payload) fn currency(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    place: &Place<'_>,
) {
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
pub(in crate::payload) fn date_time(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    place: &Place<'_>,
) {
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
pub(in crate::payload) fn location(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    place: &Place<'_>,
) {
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
                place.member(key).wrong_type(findings, other, key, "a text");
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
pub(in crate::payload) fn product(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    if node.as_object().is_none() {
        place.wrong_type(
            findings,
            node,
            "product",
            "an object with `product_retailer_id` and `catalog_id`",
        );
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
