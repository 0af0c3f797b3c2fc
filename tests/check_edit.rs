//! Edits: what POST `/{TEMPLATE_ID}` may change of what is there.

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
use wa_preflight::findings::{Options, Previous};
use wa_preflight::report::Severity;

fn edit(previous: &str, status: &str) -> Options {
    Options {
        edit: Some(Previous {
            previous: previous.to_owned(),
            status: status.to_owned(),
        }),
        ..Options::default()
    }
}

/// Edits the plain definition, a rejected one.
fn of_base() -> Options {
    edit(&base().to_string(), "REJECTED")
}

#[test]
fn only_three_statuses_allow_edits() {
    for status in [
        "APPROVED",
        "REJECTED",
        "PAUSED",
        "approved",
        "Paused",
        " rejected ",
    ] {
        finds_under(&base(), &edit(&base().to_string(), status), &[]);
    }
    for status in [
        "PENDING",
        "IN_APPEAL",
        "DISABLED",
        "ARCHIVED",
        "DELETED",
        "LIMIT_EXCEEDED",
        "",
        "approve",
    ] {
        finds_under(
            &base(),
            &edit(&base().to_string(), status),
            &["error edit-state "],
        );
    }
    let options = edit(&base().to_string(), "pending");
    let report = check_template(&base().to_string(), &options);
    let meta = report.diagnostics[0].meta.as_ref().unwrap();
    assert_eq!((meta.code, meta.subcode), (100, Some(2_388_039)));
    assert!(report.diagnostics[0].message.contains("`pending`"));
}

#[test]
fn an_edit_of_an_approved_template_counts() {
    for (status, counts) in [
        ("APPROVED", true),
        ("approved", true),
        ("REJECTED", false),
        ("PAUSED", false),
    ] {
        let report = check_template(&base().to_string(), &edit(&base().to_string(), status));
        let rate = report.diagnostics.iter().find(|d| d.code == "edit-rate");
        assert_eq!(rate.is_some(), counts, "{status}");
        if let Some(rate) = rate {
            assert_eq!(rate.severity, Severity::Info);
            assert!(
                rate.message
                    .contains("once in 24 hours and 10 times in 30 days")
            );
        }
    }
}

#[test]
fn members_that_stay() {
    let previous = json!({
        "name": "order_update", "language": "en_US", "category": "UTILITY", "parameter_format": "POSITIONAL",
        "sub_category": "ORDER_STATUS", "send_type": "direct", "cta_url_link_tracking_opted_out": true,
        "components": [{"type": "BODY", "text": "Your order is on its way."}],
    });
    let options = edit(&previous.to_string(), "PAUSED");
    finds_under(&previous, &options, &[]);
    // Meta's page on analytics switches the tracking of links so.
    let mut untracked = previous.clone();
    untracked["cta_url_link_tracking_opted_out"] = json!(false);
    finds_under(&untracked, &options, &[]);
    for (key, value, expected) in [
        ("name", json!("order_news"), "error edit-fields /name"),
        ("language", json!("en_GB"), "error edit-fields /language"),
        (
            "parameter_format",
            json!("NAMED"),
            "error edit-fields /parameter_format",
        ),
        (
            "send_type",
            json!("campaign"),
            "error edit-fields /send_type",
        ),
        (
            "sub_category",
            json!("FRAUD_ALERT"),
            "warning edit-fields-unsure /sub_category",
        ),
        (
            "is_primary_device_delivery_only",
            json!(true),
            "warning edit-fields-unsure /is_primary_device_delivery_only",
        ),
        (
            "display_format",
            json!("ORDER_DETAILS"),
            "warning edit-fields-unsure /display_format",
        ),
    ] {
        let mut changed = previous.clone();
        changed[key] = value;
        finds_under(&changed, &options, &[expected]);
        // Put back, it is what it was.
        let code = expected.split(' ').nth(1).unwrap();
        let (back, safe) = mended(&changed, &options, code);
        assert!(!safe);
        assert_eq!(back, previous, "{key}");
    }
    // The same in other words.
    for (key, value) in [
        ("parameter_format", json!("positional")),
        ("sub_category", json!("order_status")),
        ("send_type", json!("DIRECT")),
    ] {
        let mut same = previous.clone();
        same[key] = value;
        finds_under(&same, &options, &[]);
    }
}

#[test]
fn values_are_compared_by_what_they_mean() {
    let spec = |text: &str| {
        format!(
            r#"{{"name":"a","language":"en","category":"MARKETING","components":[{{"type":"BODY","text":"It comes today."}}],"bid_spec":{text}}}"#
        )
    };
    let now = spec(r#"{"bid_strategy":"CAP","bid_amount":5,"steps":[1,{"a":null}]}"#);
    let found_in = |previous: &str| {
        let report = check_template(&now, &edit(previous, "REJECTED"));
        found(&report)
    };
    let warning = "warning bid-spec /bid_spec";
    assert_eq!(
        found_in(&spec(
            r#"{ "steps": [1.0, {"a": null}], "bid_amount": 5e0, "bid_strategy": "CAP" }"#
        )),
        [warning]
    );
    for other in [
        r#"{"bid_strategy":"CAP","bid_amount":6,"steps":[1,{"a":null}]}"#,
        r#"{"bid_strategy":"CAP","bid_amount":5,"steps":[1]}"#,
        r#"{"bid_strategy":"CAP","bid_amount":5,"steps":[{"a":null},1]}"#,
        r#"{"bid_strategy":"CAP","bid_amount":5}"#,
        r#"{"bid_strategy":"cap","bid_amount":5,"steps":[1,{"a":null}]}"#,
        "[]",
    ] {
        let found = found_in(&spec(other));
        assert!(
            found.contains(&"error edit-fields /bid_spec".to_owned()),
            "{other}: {found:?}"
        );
    }
}

#[test]
fn defaults_may_be_spelled_out() {
    let mut definition = base();
    definition["parameter_format"] = json!("positional");
    definition["cta_url_link_tracking_opted_out"] = json!(false);
    finds_under(&definition, &of_base(), &[]);
    definition["parameter_format"] = json!("NAMED");
    definition["allow_category_change"] = json!(true);
    definition["degrees_of_freedom_spec"] = json!({});
    finds_under(
        &definition,
        &of_base(),
        &[
            "error edit-fields /parameter_format",
            "warning dof-category /degrees_of_freedom_spec",
        ],
    );
}

#[test]
fn what_may_change() {
    let mut definition = base();
    definition["message_send_ttl_seconds"] = json!(60);
    definition["category"] = json!("MARKETING");
    definition["message_send_ttl_seconds"] = json!(50_000);
    definition["degrees_of_freedom_spec"] = json!({});
    definition["components"][0]["text"] = json!("It comes today.");
    finds_under(&definition, &of_base(), &[]);
    // … but not every one of an approved template.
    let approved = edit(&base().to_string(), "approved");
    finds_under(&definition, &approved, &["error edit-category /category"]);
    let (back, safe) = mended(&definition, &approved, "edit-category");
    assert_eq!((back["category"].as_str(), safe), (Some("UTILITY"), false));
    definition["category"] = json!("utility");
    definition["message_send_ttl_seconds"] = json!(60);
    definition
        .as_object_mut()
        .unwrap()
        .remove("degrees_of_freedom_spec");
    finds_under(&definition, &approved, &[]);
}

/// What an edit leaves out still says what may stand in it.
#[test]
fn what_stays_counts() {
    let body = json!({"type": "BODY", "text": "Your order is on its way to you."});
    let button = |kind: &str, text: &str| json!({"type": "BUTTONS", "buttons": [{"type": kind, "text": text}]});
    let before = |category: &str, more: Value| {
        let mut before = base();
        before["category"] = json!(category);
        before
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        edit(&before.to_string(), "REJECTED")
    };
    let catalog = json!({"components": [body, button("CATALOG", "View catalog")]});
    finds_under(&catalog, &before("MARKETING", json!({})), &[]);
    finds_under(
        &catalog,
        &before("UTILITY", json!({})),
        &["error kind-category "],
    );
    let orders = json!({"components": [body, button("ORDER_DETAILS", "Review and Pay")]});
    finds_under(
        &orders,
        &before("MARKETING", json!({"display_format": "ORDER_DETAILS"})),
        &[],
    );
    finds_under(
        &orders,
        &before("MARKETING", json!({})),
        &["error display-format-required "],
    );
    let whole = json!({"category": "MARKETING", "components": [body, button("ORDER_DETAILS", "Review and Pay")]});
    finds_under(
        &whole,
        &before("MARKETING", json!({"display_format": "ORDER_DETAILS"})),
        &[],
    );
    let news = json!({"components": [{"type": "HEADER", "format": "TEXT", "text": "News"}, body]});
    finds_under(&news, &before("UTILITY", json!({})), &[]);
    finds_under(
        &news,
        &before("UTILITY", json!({"sub_category": "ORDER_STATUS"})),
        &["error header-forbidden-types /components/0"],
    );
    let offer = json!({"components": [
        {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW1hZ2UvcG5n"]}},
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Sale", "has_expiration": false}},
        body,
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Go", "url": "https://shop.example/a"}]},
    ]});
    finds_under(
        &offer,
        &before("UTILITY", json!({})),
        &["error lto-category ", "warning lto-desktop /components/1"],
    );
}

/// A category alone must be one for the components that stay.
#[test]
fn a_category_is_judged_with_what_stays() {
    let body = json!({"type": "BODY", "text": "Your order is on its way to you."});
    let before = |more: Vec<Value>| {
        let mut before = base();
        before["category"] = json!("MARKETING");
        before["components"] = json!([vec![body.clone()], more].concat());
        edit(&before.to_string(), "REJECTED")
    };
    let catalog =
        json!({"type": "BUTTONS", "buttons": [{"type": "CATALOG", "text": "View catalog"}]});
    let carousel = json!({"type": "CAROUSEL", "cards": []});
    let offer = json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Sale"}});
    for (kept, code) in [
        (catalog, "kind-category"),
        (carousel, "carousel-category"),
        (offer, "lto-category"),
    ] {
        let utility = json!({"category": "UTILITY"});
        finds_under(
            &utility,
            &before(vec![kept.clone()]),
            &[&format!("error {code} /category")],
        );
        finds_under(&json!({"category": "MARKETING"}), &before(vec![kept]), &[]);
    }
    finds_under(&json!({"category": "UTILITY"}), &before(vec![]), &[]);
}

/// Meta writes `CUSTOM` where there is no sub-category; an edit may repeat it.
#[test]
fn what_meta_wrote_may_be_repeated() {
    let mut custom = base();
    custom["sub_category"] = json!("CUSTOM");
    finds_under(&custom, &edit(&custom.to_string(), "REJECTED"), &[]);
    finds(&custom, &["error sub-category /sub_category"]);
    let mut other = base();
    other["sub_category"] = json!("ORDER");
    let options = edit(&other.to_string(), "REJECTED");
    finds_under(&other, &options, &["error sub-category /sub_category"]);
}

/// The format of a template stays what it is, so no fix changes it.
#[test]
fn no_fix_changes_what_an_edit_cannot() {
    let edited = json!({"components": [{"type": "BODY", "text": "Your order {{order_id}} is on its way to you.",
        "example": {"body_text_named_params": [{"param_name": "order_id", "example": "A-17"}]}}]});
    let report = check_template(&edited.to_string(), &of_base());
    let mismatch = report
        .diagnostics
        .iter()
        .find(|d| d.code == "var-no-mixing")
        .unwrap();
    assert!(mismatch.fixes.is_empty(), "{:?}", mismatch.fixes);
}

#[test]
fn an_edit_may_leave_out_what_stays() {
    for definition in [
        json!({"components": [{"type": "BODY", "text": "It comes today."}]}),
        json!({"category": "MARKETING"}),
        json!({"message_send_ttl_seconds": 60}),
        json!({}),
    ] {
        finds_under(&definition, &of_base(), &[]);
    }
    // What is left out still counts for what is judged by it.
    finds_under(
        &json!({"message_send_ttl_seconds": 50_000}),
        &of_base(),
        &["error ttl-range /message_send_ttl_seconds"],
    );
    let mut named = base();
    named["parameter_format"] = json!("named");
    let text = json!({"components": [{
        "type": "BODY", "text": "Your order {{order}} is on its way.",
        "example": {"body_text_named_params": [{"param_name": "order", "example": "A-17"}]},
    }]});
    finds_under(&text, &edit(&named.to_string(), "REJECTED"), &[]);
    assert!(
        found(&check_template(&text.to_string(), &of_base()))
            .iter()
            .any(|f| f.contains("var-no-mixing"))
    );
    let mut thai = base();
    thai["language"] = json!({"code": "th"});
    let words = json!({"components": [body_with("สวัสดี {{1}} ครับ", &["a"])]});
    finds_under(
        &words,
        &edit(&thai.to_string(), "REJECTED"),
        &["warning body-variable-ratio /components/0/text"],
    );
    // But an edit that gives components gives them all.
    finds_under(
        &json!({"components": []}),
        &of_base(),
        &["error components-required /components"],
    );
}

#[test]
fn components_that_an_edit_drops() {
    let footer = json!({"type": "footer", "text": "Thanks"});
    let header = json!({"type": "HEADER", "format": "TEXT", "text": "News"});
    let previous = components(vec![
        header.clone(),
        body("Your order is on its way."),
        footer.clone(),
    ]);
    let options = edit(&previous.to_string(), "REJECTED");
    finds_under(&previous, &options, &[]);
    let bare = components(vec![body("It comes today.")]);
    finds_under(
        &bare,
        &options,
        &[
            "warning edit-component-dropped /components",
            "warning edit-component-dropped /components",
        ],
    );
    let (one, safe) = mended(&bare, &options, "edit-component-dropped");
    assert!(!safe);
    assert_eq!(one["components"][1], header);
    let (both, _) = mended(&one, &options, "edit-component-dropped");
    assert_eq!(both["components"][2], footer);
    finds_under(&both, &options, &[]);
    // A missing body is an error of its own, and a new component is no loss.
    finds_under(
        &components(vec![header.clone()]),
        &of_base(),
        &["error body-required /components"],
    );
    finds_under(
        &components(vec![header, body("It comes today.")]),
        &of_base(),
        &[],
    );
}

#[test]
fn a_read_back_can_be_edited_as_it_is() {
    let mut previous = base();
    for (key, value) in [
        ("id", json!("1")),
        ("status", json!("APPROVED")),
        ("language", json!({"code": "en_US"})),
        ("sub_category", json!("CUSTOM")),
        ("library_template_name", json!("delivery_update_1")),
        ("quality_score", json!({"score": "GREEN"})),
    ] {
        previous[key] = value;
    }
    let mut options = edit(&previous.to_string(), "APPROVED");
    options.readback = true;
    finds_under(&previous, &options, &[]);
    let mut plain = base();
    plain["components"][0]["text"] = json!("It comes today.");
    options.readback = false;
    finds_under(&plain, &options, &[]);
    plain["language"] = json!("en");
    finds_under(&plain, &options, &["error edit-fields /language"]);
    plain["language"] = json!("en_US");
    plain["id"] = json!("1");
    finds_under(&plain, &options, &["warning read-only-field /id"]);
}

#[test]
fn what_was_there_may_be_anything() {
    for previous in [
        "",
        "[",
        "[]",
        "7",
        "null",
        "\"order_update\"",
        "nonsense",
        "{",
        r#"{"name":"order_update""#,
    ] {
        let options = edit(previous, "REJECTED");
        let report = check_template(&base().to_string(), &options);
        assert_eq!(
            found(&report),
            ["warning edit-previous-unreadable "],
            "{previous}"
        );
        assert!(!report.complete, "{previous}");
    }
    for value in [
        json!(null),
        json!(3),
        json!("x"),
        json!([[]]),
        json!({"code": {}}),
        json!({"type": 3}),
    ] {
        for key in [
            "name",
            "language",
            "category",
            "parameter_format",
            "components",
            "bid_spec",
        ] {
            let mut strange = base();
            strange[key] = value.clone();
            check_template(&base().to_string(), &edit(&strange.to_string(), "APPROVED"));
            check_template(&strange.to_string(), &of_base());
            check_template(
                &strange.to_string(),
                &edit(&strange.to_string(), "APPROVED"),
            );
        }
    }
}

#[test]
fn large_values_cost_no_more_than_their_length() {
    let members = |n: usize| -> String { (0..n).map(|i| format!("\"k{i:06}\":1,")).collect() };
    // One large value that is compared, and many members that are not looked up one by one.
    let value = |n: usize| format!("{{\"bid_spec\":{{{}\"z\":1}}}}", members(n));
    let keys = |n: usize| format!("{{{}\"z\":1}}", members(n));
    let time = |text: &str| {
        let options = edit(text, "APPROVED");
        support::timing::best(|| check_template(text, &options))
    };
    for (one, eight) in [(value(500), value(4_000)), (keys(50), keys(400))] {
        // Quadratic would be 64 times as long.
        assert!((0..5).any(|_| time(&eight) / time(&one) < 24.0));
    }
}

#[test]
fn half_typed_edits_are_let_be() {
    let previous = components(vec![
        body("It comes."),
        json!({"type": "FOOTER", "text": "Thanks"}),
    ]);
    for text in [
        r#"{"name":"order_up"#,
        r#"{"components":[{"type":"BODY","text":"It comes today."}"#,
    ] {
        let mut options = edit(&previous.to_string(), "REJECTED");
        options.source = true;
        let codes: Vec<Value> = found(&check_template(text, &options))
            .into_iter()
            .map(Value::from)
            .collect();
        assert!(
            codes
                .iter()
                .all(|f| f.as_str().unwrap().contains("text-not-json")),
            "{text}: {codes:?}"
        );
    }
}
