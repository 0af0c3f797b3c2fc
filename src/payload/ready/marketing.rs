//! The keys that only `/marketing_messages` takes.

use super::{given, unknown_keys, wrong_type, wrong_word};
use crate::definition::Category;
use crate::findings::Findings;
use crate::json::{Node, Value};
use crate::path;
use crate::rules;
use crate::template::Template;

pub(super) fn judge(root: &Node<'_>, template: Option<&Template>, findings: &mut Findings<'_>) {
    let keys = ["product_policy", "message_activity_sharing", "bid_spec"];
    let category = template.and_then(|template| template.category);
    if category.is_some_and(|category| category != Category::Marketing)
        && let Some(member) = keys.iter().find_map(|key| root.member(key))
        && !member.value.is_null()
    {
        findings
            .flag_key(rules::PAYLOAD_MARKETING, member)
            .say("name", &member.key);
    }
    if let Some(node) = given(root, "product_policy")
        && !matches!(node.as_str(), Some("CLOUD_API_FALLBACK" | "STRICT"))
    {
        let name = "product_policy";
        let expected = "`CLOUD_API_FALLBACK` or `STRICT`";
        wrong_word(findings, node, path![name], name, expected);
    }
    if let Some(node) = given(root, "message_activity_sharing")
        && node.as_bool().is_none()
    {
        let name = "message_activity_sharing";
        wrong_type(findings, node, path![name], name, "true or false");
    }
    let Some(bid) = given(root, "bid_spec") else {
        return;
    };
    if bid.as_object().is_none() {
        return wrong_type(findings, bid, path!["bid_spec"], "bid_spec", "an object");
    }
    let name = "per_message_bid_multiplier";
    unknown_keys(findings, bid, &path!["bid_spec"], "`bid_spec`", &[name]);
    match given(bid, name) {
        Some(node) if matches!(&node.value, Value::Number(raw) if raw.parse().is_ok_and(|n: f64| n > 0.0)) =>
            {}
        Some(node) => wrong_type(
            findings,
            node,
            path!["bid_spec", name],
            name,
            "a number above 0",
        ),
        None => super::missing(findings, bid, &path!["bid_spec"], name, "a number above 0"),
    }
    if given(root, "to").is_none() && given(root, "recipient").is_some() {
        findings.flag(rules::PAYLOAD_BID_USER_ID, bid);
    }
}
