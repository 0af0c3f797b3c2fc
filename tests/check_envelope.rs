//! The top level of a definition: every rule's bad case, its near misses, what Meta's GET returns.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use support::definitions::*;
use support::samples::base;
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::languages::{COUNT, is_language, near};
use wa_preflight::report::Severity;

/// The plain definition with these members laid over it; `null` takes one away.
fn over(members: Value) -> Value {
    let mut definition = base();
    for (key, value) in members.as_object().unwrap() {
        if value.is_null() {
            definition.as_object_mut().unwrap().remove(key);
        } else {
            definition[key] = value.clone();
        }
    }
    definition
}

fn infos(definition: &Value) -> Vec<String> {
    let report = check(definition);
    let infos = report.diagnostics.iter();
    let infos = infos.filter(|d| d.severity == Severity::Info);
    infos.map(|d| d.code.to_owned()).collect()
}

#[test]
fn members_of_the_top_level() {
    for (members, expected) in [
        (json!({}), &[][..]),
        (json!({"name": null}), &["error name-required "]),
        (json!({"language": null}), &["error language-required "]),
        (json!({"category": null}), &["error category-required "]),
        (json!({"components": null}), &["error components-required "]),
        (json!({"name": ""}), &["error name-required /name"]),
        (
            json!({"language": ""}),
            &["error language-required /language"],
        ),
        (
            json!({"category": ""}),
            &["error category-required /category"],
        ),
        (json!({"name": ["a"]}), &["error wrong-type /name"]),
        (json!({"language": 7}), &["error wrong-type /language"]),
        (
            json!({"language": {"code": "en_US"}}),
            &["error wrong-type /language"],
        ),
        (json!({"category": true}), &["error wrong-type /category"]),
        (
            json!({"parameter_format": 1}),
            &["error wrong-type /parameter_format"],
        ),
        (
            json!({"name": "hello_world"}),
            &["warning name-sample-reserved /name"],
        ),
        (
            json!({"name": "sample_issue_resolution"}),
            &["warning name-sample-reserved /name"],
        ),
        (json!({"name": "hello_world_2"}), &[]),
        (json!({"name": "_1st_order_"}), &[]),
        (
            json!({"name": "order update"}),
            &["error name-charset /name"],
        ),
        (
            json!({"name": "commande_prête"}),
            &["error name-charset /name"],
        ),
        (json!({"category": "Marketing"}), &[]),
        (
            json!({"category": "transactional"}),
            &["error category-legacy /category"],
        ),
        (
            json!({"category": "ALERT_UPDATE"}),
            &["error category-legacy /category"],
        ),
        (
            json!({"category": "FREE_SERVICE"}),
            &["error category-unknown /category"],
        ),
        (
            json!({"category": "UTILTY"}),
            &["error category-unknown /category"],
        ),
        (json!({"parameter_format": "Positional"}), &[]),
        (
            json!({"parameter_format": "NAME"}),
            &["error parameter-format /parameter_format"],
        ),
        (json!({"sub_category": "order_status"}), &[]),
        (json!({"sub_category": "RICH_ORDER_STATUS"}), &[]),
        (
            json!({"sub_category": "CUSTOM"}),
            &["error sub-category /sub_category"],
        ),
        (
            json!({"sub_category": "FORM"}),
            &["error sub-category /sub_category"],
        ),
        (
            json!({"sub_category": "PARCELS"}),
            &["error sub-category /sub_category"],
        ),
        (
            json!({"sub_category": 1}),
            &["error wrong-type /sub_category"],
        ),
        (json!({"display_format": "order_details"}), &[]),
        (
            json!({"display_format": "LIST"}),
            &["error display-format /display_format"],
        ),
        (json!({"send_type": "CAMPAIGN"}), &[]),
        (json!({"send_type": 3}), &["error wrong-type /send_type"]),
        (json!({"cta_url_link_tracking_opted_out": true}), &[]),
        (
            json!({"cta_url_link_tracking_opted_out": "true"}),
            &["error wrong-type /cta_url_link_tracking_opted_out"],
        ),
        (
            json!({"is_primary_device_delivery_only": 1}),
            &["error wrong-type /is_primary_device_delivery_only"],
        ),
        (json!({"allow_category_change": true}), &[]),
        (
            json!({"allow_category_change": "false"}),
            &["error wrong-type /allow_category_change"],
        ),
        (
            json!({"bid_spec": {"bid_amount": 1}}),
            &["warning bid-spec /bid_spec"],
        ),
        (
            json!({"creative_sourcing_spec": {}}),
            &["warning creative-sourcing-spec /creative_sourcing_spec"],
        ),
        // What Meta's SDK sends, and the reference does not have.
        (
            json!({"optimization_spec": {}, "product_set_id": "1", "source_template_id": 1, "send_type": "TRIGGER",
                "routing_entrypoint": "MARKETING_ENTRYPOINT", "library_template_body_param_inputs": []}),
            &[],
        ),
        (
            json!({"parameter_formt": "NAMED"}),
            &["warning unknown-key /parameter_formt"],
        ),
        (json!({"note": "mine"}), &["warning unknown-key /note"]),
        (
            json!({"quality_score": {"score": "GREEN"}}),
            &["warning read-only-field /quality_score"],
        ),
    ] {
        finds(&over(members), expected);
    }
    // `null` counts as absent, whatever the key.
    let mut definition = base();
    for key in [
        "id",
        "note",
        "bid_spec",
        "sub_category",
        "languages",
        "degrees_of_freedom_spec",
    ] {
        definition[key] = json!(null);
    }
    finds(&definition, &[]);
}

#[test]
fn infos_speak_only_where_something_is_odd() {
    assert_eq!(infos(&base()), [""; 0]);
    assert_eq!(
        infos(&over(json!({"allow_category_change": false}))),
        ["allow-category-change"]
    );
    assert_eq!(infos(&over(json!({"send_type": "bulk"}))), ["send-type"]);
    assert_eq!(infos(&over(json!({"send_type": "direct"}))), [""; 0]);
}

#[test]
fn every_member_that_only_meta_writes() {
    for key in [
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
    ] {
        let definition = with(key, json!("x"));
        finds(&definition, &[&format!("warning read-only-field /{key}")]);
        finds_under(&definition, &readback(), &[]);
        let (plain, safe) = mended(&definition, &Options::default(), "read-only-field");
        assert!(safe && plain == base(), "{key}");
    }
}

#[test]
fn lifetimes_at_their_limits() {
    let at = "message_send_ttl_seconds";
    let auth = json!([
        {"type": "BODY"},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]},
    ]);
    for (category, seconds, fits) in [
        ("AUTHENTICATION", 29, false),
        ("AUTHENTICATION", 30, true),
        ("AUTHENTICATION", 900, true),
        ("AUTHENTICATION", 901, false),
        ("authentication", -1, true),
        ("UTILITY", 29, false),
        ("UTILITY", 30, true),
        ("UTILITY", 43_200, true),
        ("UTILITY", 43_201, false),
        ("UTILITY", -1, true),
        ("UTILITY", -2, false),
        ("MARKETING", 43_199, false),
        ("MARKETING", 43_200, true),
        ("MARKETING", 2_592_000, true),
        ("MARKETING", 2_592_001, false),
        ("MARKETING", -1, false),
        // Meta's own marketing sample is outside Meta's own range.
        ("MARKETING", 120, false),
    ] {
        let mut definition = over(json!({"category": category, at: seconds}));
        if category.eq_ignore_ascii_case("AUTHENTICATION") {
            definition["components"] = auth.clone();
        }
        let codes = |definition: &Value| -> Vec<&str> {
            let report = check(definition);
            let codes = report.diagnostics.iter().map(|d| d.code);
            codes.filter(|code| code.starts_with("ttl")).collect()
        };
        let range: &[&str] = if fits { &[] } else { &["ttl-range"] };
        assert_eq!(codes(&definition), range, "{category} {seconds}");
        definition[at] = json!(seconds.to_string());
        assert!(
            codes(&definition).contains(&"ttl-type"),
            "{category} {seconds}"
        );
        assert_eq!(
            codes(&definition).len(),
            range.len() + 1,
            "{category} {seconds}"
        );
        // Whatever Meta has stored, it has taken.
        finds_under(
            &over(json!({"category": "MARKETING", at: 60})),
            &readback(),
            &[],
        );
    }
    for odd in [json!("soon"), json!(60.5), json!(true), json!([60])] {
        finds(&with(at, odd), &[&format!("error wrong-type /{at}")]);
    }
    finds(
        &with(at, json!("600")),
        &[&format!("warning ttl-type /{at}")],
    );
    let (number, safe) = mended(&with(at, json!(" 600 ")), &Options::default(), "ttl-type");
    assert!(safe && number[at] == json!(600));
    // Without a known category there is no range.
    finds(
        &over(json!({"category": "NEWS", at: 1})),
        &["error category-unknown /category"],
    );
}

#[test]
fn one_language_or_several() {
    let bulk = |members: Value| {
        let mut definition = over(json!({"category": "AUTHENTICATION", "components": [
            {"type": "BODY"},
            {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]},
        ]}));
        for key in ["language", "languages"] {
            definition[key] = members.get(key).cloned().unwrap_or_default();
        }
        definition
    };
    for (members, expected) in [
        (json!({"languages": ["en_US", "es", "fr"]}), &[][..]),
        (json!({}), &["error language-required "]),
        (
            json!({"languages": "en_US"}),
            &["error wrong-type /languages"],
        ),
        (
            json!({"languages": []}),
            &["error language-required /languages"],
        ),
        (
            json!({"languages": ["en_US", "es-MX", 3, ""]}),
            &[
                "error language-unknown /languages/1",
                "error wrong-type /languages/2",
                "error language-required /languages/3",
            ],
        ),
        (
            json!({"language": "en_US", "languages": ["en_US", "xx"]}),
            &[
                "error auth-bulk-language /languages",
                "error language-unknown /languages/1",
            ],
        ),
    ] {
        finds(&bulk(members), expected);
    }
}

#[test]
fn every_code_of_metas_list_and_nothing_else() {
    assert_eq!(COUNT, 111);
    for code in [
        "af", "fil", "prs_AF", "rw_RW", "en", "en_US", "pt_BR", "zh_TW", "es_ES", "zu",
    ] {
        assert!(is_language(code), "{code}");
    }
    for code in [
        "",
        " ",
        "xx",
        "EN",
        "en_us",
        "en-US",
        "english",
        "english:en",
        "en en_US",
        "ar_SA",
        "es_VE",
        "zh",
        "pt",
        "\n",
        "nl nl_BE",
    ] {
        assert!(!is_language(code), "{code}");
        let at = if code.is_empty() {
            "language-required"
        } else {
            "language-unknown"
        };
        finds(
            &with("language", json!(code)),
            &[&format!("error {at} /language")],
        );
        finds_under(
            &with("language", json!(code)),
            &readback(),
            match code {
                "" => &["warning language-required /language"],
                _ => &[],
            },
        );
    }
}

#[test]
fn languages_by_their_other_names() {
    for (word, exact, codes) in [
        ("en-us", true, &["en_US"][..]),
        ("EN_us", true, &["en_US"]),
        ("en_us", true, &["en_US"]),
        ("pt-br", true, &["pt_BR"]),
        (" fil ", true, &["fil"]),
        ("prs-af", true, &["prs_AF"]),
        ("english", false, &["en", "en_US", "en_GB"]),
        ("English (US)", false, &["en_US"]),
        ("English (UK)", false, &["en_GB"]),
        ("portuguese (BR)", false, &["pt_BR", "pt_PT"]),
        ("Portuguese (Brazil)", false, &["pt_BR"]),
        ("Spanish (Mexico)", false, &["es_MX", "es", "es_ES"]),
        ("Spanish (ARG)", false, &["es_AR"]),
        ("es-419", false, &["es", "es_ES", "es_MX"]),
        ("es_VE", false, &["es"]),
        ("zh", false, &["zh_CN", "zh_HK", "zh_TW"]),
        ("zh-Hant-TW", false, &["zh_TW"]),
        ("pt", false, &["pt_BR", "pt_PT"]),
        ("iw", false, &["he"]),
        ("jp", false, &["ja"]),
        ("no_NO", false, &["nb"]),
        ("Farsi", false, &["fa"]),
        ("Deutsch", false, &["de"]),
        ("Portugese", false, &["pt_BR"]),
        ("germn", false, &["de"]),
        ("id_ID", false, &["id"]),
        ("hi_IN", false, &["hi"]),
    ] {
        let near = near(word);
        assert_eq!(near.exact, exact, "{word}");
        assert_eq!(near.codes[..codes.len()], *codes, "{word}");
        let (definition, safe) = mended(
            &with("language", json!(word)),
            &Options::default(),
            "language-unknown",
        );
        assert_eq!(
            (definition["language"].as_str(), safe),
            (Some(codes[0]), exact),
            "{word}"
        );
        finds(&definition, &[]);
    }
    for word in ["xx", "klingon", "42", "_", "日本語", "e", "..."] {
        assert!(near(word).codes.is_empty(), "{word}: {:?}", near(word));
        let report = check(&with("language", json!(word)));
        assert!(report.diagnostics[0].fixes.is_empty(), "{word}");
    }
}

#[test]
fn fixes_are_safe_only_where_nothing_is_lost() {
    let long = format!("Order{}", "a".repeat(507));
    for (name, mends, safe) in [
        ("Order-Update", "order_update", true),
        ("orderUpdate2", "order_update2", true),
        (" order update ", "order_update", true),
        ("Hello World", "hello_world", false),
        ("commande_prête", "commande_pr_te", false),
        ("注文", "template", false),
        ("--", "template", false),
        (&long, &long.to_ascii_lowercase(), true),
    ] {
        let (definition, was) = mended(
            &with("name", json!(name)),
            &Options::default(),
            "name-charset",
        );
        assert_eq!(
            (definition["name"].as_str(), was),
            (Some(mends), safe),
            "{name}"
        );
    }
    // A blank more would break the limit.
    let grows = format!("{}{}", "aB".repeat(200), "a".repeat(110));
    let (_, safe) = mended(
        &with("name", json!(grows)),
        &Options::default(),
        "name-charset",
    );
    assert!(!safe);
    for (members, code, at, value, safe) in [
        (
            json!({"category": "OTP"}),
            "category-legacy",
            "category",
            json!("AUTHENTICATION"),
            false,
        ),
        (
            json!({"category": "TICKET_UPDATE"}),
            "category-legacy",
            "category",
            json!("UTILITY"),
            false,
        ),
        (
            json!({"category": "utilty"}),
            "category-unknown",
            "category",
            json!("UTILITY"),
            false,
        ),
        (
            json!({"language": {"code": "es"}}),
            "wrong-type",
            "language",
            json!("es"),
            true,
        ),
        (
            json!({"language": {"code": "xx"}}),
            "wrong-type",
            "language",
            json!("xx"),
            false,
        ),
        (
            json!({"sub_category": "custom"}),
            "sub-category",
            "sub_category",
            json!(null),
            true,
        ),
        (
            json!({"sub_category": "FRAUD_ALERTS"}),
            "sub-category",
            "sub_category",
            json!("FRAUD_ALERT"),
            false,
        ),
        (
            json!({"display_format": "ORDER_DETAIL"}),
            "display-format",
            "display_format",
            json!("ORDER_DETAILS"),
            false,
        ),
        (
            json!({"is_primary_device_delivery_only": "True"}),
            "wrong-type",
            "is_primary_device_delivery_only",
            json!(true),
            true,
        ),
        (
            json!({"allow_category_change": "no"}),
            "allow-category-change",
            "allow_category_change",
            json!(null),
            true,
        ),
        (
            json!({"allow_category_change": "false"}),
            "wrong-type",
            "allow_category_change",
            json!(false),
            true,
        ),
        (
            json!({"display_formt": "ORDER_DETAILS"}),
            "unknown-key",
            "display_format",
            json!("ORDER_DETAILS"),
            false,
        ),
    ] {
        let (definition, was) = mended(&over(members.clone()), &Options::default(), code);
        assert_eq!(
            (definition.get(at).unwrap_or(&Value::Null), was),
            (&value, safe),
            "{members}"
        );
    }
}

#[test]
fn components_by_type() {
    let text = || body("Your order is on its way.");
    let quick = || json!({"type": "QUICK_REPLY", "text": "Thanks"});
    for (list, expected) in [
        (vec![text()], &[][..]),
        (vec![json!({"type": "footer", "text": "Bye"}), text()], &[]),
        (
            vec![text(), json!({"type": "call_permission_request"})],
            &[],
        ),
        (
            vec![text(), json!({"type": "CALL_PERMISSION_REQUEST"})],
            &[],
        ),
        (
            vec![
                text(),
                json!({"type": "CALL_PERMISSION_REQUEST", "text": "May we?"}),
            ],
            &["error unexpected-field /components/1/text"],
        ),
        (
            vec![
                text(),
                json!({"type": "call_permission_request"}),
                json!({"type": "CALL_PERMISSION_REQUEST"}),
            ],
            &["error component-repeated /components/2"],
        ),
        (
            vec![text(), json!({"type": "body", "text": "It comes."})],
            &["error component-repeated /components/1"],
        ),
        (
            vec![text(), quick()],
            &["error component-type-button /components/1/type"],
        ),
        (
            vec![text(), json!({"type": "BUTTON", "buttons": []})],
            &["error component-type-misspelled /components/1/type"],
        ),
        (
            vec![text(), json!({"type": "HOLOGRAM"})],
            &["warning component-type-unknown /components/1/type"],
        ),
        (
            vec![text(), json!({"text": "x"})],
            &["error component-type-required /components/1"],
        ),
        (
            vec![text(), json!({"type": 1})],
            &["error wrong-type /components/1/type"],
        ),
        (
            vec![text(), json!("BODY")],
            &["error wrong-type /components/1"],
        ),
        (
            vec![json!({"type": "FOOTER", "text": "Bye"})],
            &["error body-required /components"],
        ),
        // What could not be read may be the body.
        (
            vec![json!({"type": "BODDY", "text": "x"})],
            &["error component-type-misspelled /components/0/type"],
        ),
    ] {
        finds(&components(list), expected);
    }
    let report = check(&components(vec![text(), json!({"type": "HOLOGRAM"})]));
    assert!(report.ok && !report.complete);
    let usual = Options::default();
    let (definition, safe) = mended(
        &components(vec![text(), quick()]),
        &usual,
        "component-type-button",
    );
    assert_eq!(
        definition["components"][1],
        json!({"type": "BUTTONS", "buttons": [quick()]})
    );
    assert!(!safe);
    finds(&definition, &[]);
    let (definition, _) = mended(
        &components(vec![text(), text()]),
        &usual,
        "component-repeated",
    );
    finds(&definition, &[]);
    let untyped = components(vec![text(), json!({"buttons": [quick()]})]);
    let (definition, _) = mended(&untyped, &usual, "component-type-required");
    finds(&definition, &[]);
    let (definition, _) = mended(
        &components(vec![json!({"type": "FOOTER", "text": "Bye"})]),
        &usual,
        "body-required",
    );
    assert_eq!(
        definition["components"][1],
        json!({"type": "BODY", "text": ""})
    );
}

#[test]
fn creative_settings() {
    let at = "/degrees_of_freedom_spec";
    let features = format!("{at}/creative_features_spec");
    let spec =
        |spec: Value| over(json!({"category": "MARKETING", "degrees_of_freedom_spec": spec}));
    let one = |name: &str, value: Value| spec(json!({"creative_features_spec": {name: value}}));
    for name in [
        "image_brightness_and_contrast",
        "image_touchups",
        "add_text_overlay",
        "image_animation",
        "image_background_gen",
        "text_extraction_for_headline",
        "text_extraction_for_tap_target",
        "product_extensions",
        "text_formatting_optimization",
        "auto_promotion_tag",
        "hyperlink_formatting",
        "image_banner",
        "dynamic_cta_text",
    ] {
        finds(&one(name, json!({"enroll_status": "OPT_IN"})), &[]);
        finds(&one(name, json!({"enroll_status": "opt_out"})), &[]);
    }
    let touch = format!("{features}/image_touchups");
    finds(&spec(json!({})), &[]);
    finds(&spec(json!({"creative_features_spec": {}})), &[]);
    finds(&spec(json!([])), &[&format!("error wrong-type {at}")]);
    finds(
        &spec(json!({"features": {}})),
        &[&format!("warning dof-spec {at}/features")],
    );
    finds(
        &spec(json!({"creative_features_spec": []})),
        &[&format!("error wrong-type {features}")],
    );
    finds(
        &one("image_sparkles", json!({"enroll_status": "OPT_IN"})),
        &[&format!("warning dof-spec {features}/image_sparkles")],
    );
    finds(
        &one("image_touchups", json!({"enroll_status": "ON"})),
        &[&format!("error dof-enroll-status {touch}/enroll_status")],
    );
    finds(
        &one("image_touchups", json!({})),
        &[&format!("error dof-enroll-status-required {touch}")],
    );
    finds(
        &one(
            "image_touchups",
            json!({"enroll_status": "OPT_IN", "action_metadata": {}}),
        ),
        &[&format!("warning dof-spec {touch}/action_metadata")],
    );
    finds(
        &one("image_touchups", json!(true)),
        &[&format!("error wrong-type {touch}")],
    );
    finds(&one("image_touchups", json!(null)), &[]);
    let mut utility = one("image_touchups", json!({"enroll_status": "OPT_IN"}));
    utility["category"] = json!("UTILITY");
    finds(&utility, &[&format!("warning dof-category {at}")]);

    let usual = Options::default();
    let touchups = |definition: &Value| definition.pointer(&touch).cloned().unwrap();
    let (definition, safe) = mended(
        &one("image_touchups", json!("opt_out")),
        &usual,
        "wrong-type",
    );
    assert!(safe && touchups(&definition) == json!({"enroll_status": "OPT_OUT"}));
    // The only member of its object, in the patch and in the text.
    let misspelled = one("IMAGE_TOUCHUP", json!({"enroll_status": "OPT_IN"}));
    let (definition, _) = mended(&misspelled, &usual, "dof-spec");
    assert_eq!(touchups(&definition), json!({"enroll_status": "OPT_IN"}));
    let report = check_text(&misspelled.to_string());
    let found = report.diagnostics.iter().find(|d| d.code == "dof-spec");
    let fix = wa_preflight::report::fix_to_json(&found.unwrap().fixes[0]);
    let text = wa_preflight::fix::apply_fix(&misspelled.to_string(), &fix).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), definition);
}

/// All that Meta's reference says a GET may answer, at once.
#[test]
fn what_meta_returns_passes() {
    let definition = json!({
        "id": "1259544702043867",
        "name": "hello_world",
        "language": {"code": "en_US", "policy": "deterministic"},
        "category": "UTILITY",
        "previous_category": "ACCOUNT_UPDATE",
        "correct_category": "MARKETING",
        "sub_category": "CUSTOM",
        "status": "IN_APPEAL",
        "rejected_reason": "NONE",
        "parameter_format": "POSITIONAL",
        "source": "auto_generated",
        "quality_score": {"score": "UNKNOWN", "date": 1758400000, "reasons": []},
        "health_status": {"can_send_message": "AVAILABLE"},
        "last_updated_time": 1758400000,
        "message_send_ttl_seconds": -1,
        "cta_url_link_tracking_opted_out": false,
        "is_primary_device_delivery_only": false,
        "is_sms_fallback_enabled": false,
        "disable_ios_autofill": false,
        "library_template_name": "delivery_update_1",
        "display_format": "SOMETHING_NEW",
        "send_type": "later",
        "ad_id": "1", "ad_account_id": "2", "ad_adset_id": "3", "ad_campaign_id": "4",
        "bid_spec": {"bid_strategy": "LOWEST_COST_WITH_BID_CAP", "bid_amount": 10},
        "creative_sourcing_spec": {},
        "degrees_of_freedom_spec": {"creative_features_spec": [
            {"key": "IMAGE_TOUCHUPS", "value": {"enroll_status": "OPT_OUT"}},
        ]},
        "a_member_of_next_year": [1],
        "components": [
            {"type": "BODY", "text": "Your order is on its way."},
            {"type": "FOOTER", "text": "Thanks", "a_member_of_next_year": true},
        ],
    });
    let report = check_template(&definition.to_string(), &readback());
    assert_eq!(report.diagnostics, [], "{report:#?}");
    assert!(report.complete);
    for status in [
        "APPROVED",
        "ARCHIVED",
        "LIMIT_EXCEEDED",
        "PENDING_DELETION",
        "PAUSED_AGAIN",
    ] {
        finds_under(&with("status", json!(status)), &readback(), &[]);
    }
    for category in ["ACCOUNT_UPDATE", "FREE_SERVICE"] {
        finds_under(&with("category", json!(category)), &readback(), &[]);
    }
    finds_under(&with("language", json!("ar_SA")), &readback(), &[]);
}

#[test]
fn something_else_than_a_definition_is_named() {
    let message = json!({
        "messaging_product": "whatsapp", "to": "15550051310", "type": "template",
        "template": {"name": "order_update", "language": {"code": "en_US"}},
    });
    finds(&message, &["error import-not-a-definition "]);
    assert!(!check(&message).complete);
    finds(
        &json!({"data": [base()], "paging": {}}),
        &["error import-wrapped "],
    );
    // With a name or components it is one, with members too many.
    finds(
        &with("messaging_product", json!("whatsapp")),
        &["warning unknown-key /messaging_product"],
    );
    finds(&with("data", json!([])), &["warning unknown-key /data"]);
    // Its name may still be coming.
    let half = check_text(r#"{"messaging_product":"whatsapp","#);
    assert!(
        half.diagnostics
            .iter()
            .all(|d| d.code != "not-a-definition")
    );
}

#[test]
fn half_typed_members_are_let_be() {
    for text in [
        r#"{"name":"order","language":"en_"#,
        r#"{"name":"order","language":""#,
        r#"{"name":"order","category":"UTIL"#,
        r#"{"name":""#,
        r#"{"name":"order","languages":["#,
        r#"{"name":"order","category":"MARKETING","degrees_of_freedom_spec":{"creative_features_spec":{"image_touchups":{"#,
        r#"{"name":"order","parameter_format":"NAM"#,
        r#"{"name":"order","components":[{"type":"BODY","text":"Hi there"},{"type":"QUICK_"#,
    ] {
        let codes = found(&check_text(text));
        assert!(
            codes.iter().all(|f| f.contains("text-not-json")),
            "{text}: {codes:?}"
        );
    }
}

#[test]
fn thousands_of_wrong_languages_cost_no_more_than_their_length() {
    let one = |n: usize| {
        let languages: Vec<&str> = (0..n).map(|_| "englisch (usa)").collect();
        over(json!({"language": null, "languages": languages})).to_string()
    };
    let time = |text: &str| support::timing::best(|| check_template(text, &Options::default()));
    // Quadratic would be 64 times as long.
    assert!((0..5).any(|_| time(&one(1_600)) / time(&one(200)) < 24.0));
}

/// Strange values in every member: each fix applies, and a safe one takes its finding away and brings none.
#[test]
fn safe_fixes_mend_whatever_stands_there() {
    let values = [
        json!(true),
        json!("true"),
        json!(" FALSE "),
        json!(-1),
        json!("10"),
        json!("-1"),
        json!("86400"),
        json!("en-us"),
        json!("CUSTOM"),
        json!("FORM"),
        json!("Hello World"),
        json!("Order-Update 2"),
        json!("{{"),
        json!({"code": "pt_BR"}),
        json!({"code": "pt-br"}),
        json!(["en-us", "english", {"code": "es"}]),
        json!({"creative_features_spec": {"image_touchups": "opt_in", "add_text_overlay": true, "b": "OPT_OUT"}}),
        json!([{"type": "BODY", "text": "It comes."}, {"type": "URL", "text": "Go"}, {"type": "BODY"}, {"buttons": []}]),
    ];
    let keys = [
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
        "send_type",
        "degrees_of_freedom_spec",
        "bid_spec",
        "status",
        "parameter_formt",
        "note",
    ];
    let mut tried = 0;
    for options in [Options::default(), readback()] {
        for (key, value) in keys
            .iter()
            .flat_map(|key| values.iter().map(move |value| (key, value)))
        {
            let text = with(key, value.clone()).to_string();
            let before = check_template(&text, &options);
            let count = |report: &wa_preflight::report::Report, code: &str| {
                report.diagnostics.iter().filter(|d| d.code == code).count()
            };
            for diagnostic in &before.diagnostics {
                for fix in &diagnostic.fixes {
                    let fixed = wa_preflight::json::apply_operations(&text, &fix.patch);
                    let fixed = fixed.unwrap_or_else(|| panic!("{}: {fix:?}", diagnostic.code));
                    if !fix.safe {
                        continue;
                    }
                    tried += 1;
                    let after = check_template(&fixed, &options);
                    assert!(
                        count(&after, diagnostic.code) < count(&before, diagnostic.code),
                        "{text} {fixed}"
                    );
                    for left in &after.diagnostics {
                        assert!(
                            count(&after, left.code) <= count(&before, left.code),
                            "{text} {fixed}"
                        );
                    }
                }
            }
        }
    }
    assert!(tried > 30, "only {tried} safe fixes were tried");
}
