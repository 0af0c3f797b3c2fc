//! What Meta may change in a marketing message: `degrees_of_freedom_spec` and its neighbours.

use super::shape::{Field, Kind, given, may, members, mistyped, must};
use crate::definition::{Category, Definition};
use crate::findings::{Edit, Findings};
use crate::json::Node;
use crate::rules::{self, Rule};

/// Members that Meta's create reference does not list.
static UNLISTED: &[(&str, &Rule)] = &[
    ("bid_spec", rules::BID_SPEC),
    ("creative_sourcing_spec", rules::CREATIVE_SOURCING_SPEC),
];

static SPEC: &[Field] = &[may("creative_features_spec", Kind::Any)];

/// Meta's page has the first ten, an SDK the others.
static FEATURES: &[Field] = &[
    may("image_brightness_and_contrast", Kind::Any),
    may("image_touchups", Kind::Any),
    may("add_text_overlay", Kind::Any),
    may("image_animation", Kind::Any),
    may("image_background_gen", Kind::Any),
    may("text_extraction_for_headline", Kind::Any),
    may("text_extraction_for_tap_target", Kind::Any),
    may("product_extensions", Kind::Any),
    may("text_formatting_optimization", Kind::Any),
    may("auto_promotion_tag", Kind::Any),
    may("hyperlink_formatting", Kind::Any),
    may("image_banner", Kind::Any),
    may("dynamic_cta_text", Kind::Any),
];

static STATUS: &[&str] = &["OPT_IN", "OPT_OUT"];

static FEATURE: &[Field] = &[must(
    "enroll_status",
    Kind::Word(STATUS, rules::DOF_ENROLL_STATUS),
    rules::DOF_ENROLL_STATUS_REQUIRED,
)];

/// Judges the creative settings.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    // What GET answers has another shape.
    if findings.options.readback {
        return;
    }
    let root = definition.root;
    for (key, rule) in UNLISTED {
        if let Some(member) = root.member(key).filter(|member| !member.value.is_null()) {
            findings.flag_key(rule, member);
        }
    }
    let Some(spec) = given(root, "degrees_of_freedom_spec") else {
        return;
    };
    if !matches!(definition.category, None | Some(Category::Marketing)) {
        findings.flag(rules::DOF_CATEGORY, spec);
    }
    let rules: [&'static Rule; 2] = [rules::DOF_SPEC, rules::DOF_SPEC];
    if members(spec, "degrees_of_freedom_spec", SPEC, rules, findings)
        && let Some(features) = given(spec, "creative_features_spec")
        && members(
            features,
            "creative_features_spec",
            FEATURES,
            rules,
            findings,
        )
    {
        for member in features.as_object().unwrap_or_default() {
            feature(&member.value, &member.key, rules, findings);
        }
    }
}

fn feature(node: &Node<'_>, key: &str, rules: [&'static Rule; 2], findings: &mut Findings<'_>) {
    let word = node.as_str().unwrap_or_default();
    let word = STATUS.iter().find(|known| known.eq_ignore_ascii_case(word));
    if let Some(word) = word {
        if let Some(found) = mistyped(node, key, "an object", findings) {
            let whole = Node::object(vec![("enroll_status", Node::text(*word))]);
            found.mend(
                true,
                "write it as `enroll_status`",
                vec![Edit::replace(node, whole)],
            );
        }
    } else if !node.is_null() {
        members(node, key, FEATURE, rules, findings);
    }
}
