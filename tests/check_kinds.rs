//! What each kind of template may have beside its button.

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
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;

const BUTTON: &str = "/components/0/buttons/0";

/// A template whose buttons come first, so that paths do not move with what is added.
fn template(category: &str, buttons: Value, more: &[Value]) -> Value {
    let mut list = vec![
        json!({"type": "BUTTONS", "buttons": buttons}),
        body("Look at this."),
    ];
    list.extend(more.iter().cloned());
    let mut definition = components(list);
    definition["category"] = json!(category);
    definition
}

fn text_header() -> Value {
    json!({"type": "HEADER", "format": "TEXT", "text": "News"})
}

fn media_header(format: &str) -> Value {
    json!({"type": "HEADER", "format": format, "example": {"header_handle": ["4::aW"]}})
}

fn footer() -> Value {
    json!({"type": "FOOTER", "text": "Acme"})
}

fn catalog() -> Value {
    json!({"type": "CATALOG", "text": "View catalog"})
}

fn mpm() -> Value {
    json!({"type": "MPM", "text": "View items"})
}

fn spm() -> Value {
    json!({"type": "SPM", "text": "View"})
}

fn order(label: &str) -> Value {
    json!({"type": "ORDER_DETAILS", "text": label})
}

fn quick_reply() -> Value {
    json!({"type": "QUICK_REPLY", "text": "Stop"})
}

/// The findings of this chapter.
#[track_caller]
fn finds_kinds(definition: &Value, expected: &[&str]) {
    let mut all = found(&check(definition));
    // Header formats have rules of their own, some of them not there yet.
    all.retain(|f| !f.contains("not-covered") && !f.contains("buttons-desktop"));
    assert_eq!(all, expected, "of {definition}");
}

#[test]
fn catalogs() {
    let kind = |category: &str, more: &[Value]| template(category, json!([catalog()]), more);
    finds_kinds(&kind("MARKETING", &[]), &[]);
    finds_kinds(&kind("marketing", &[footer()]), &[]);
    finds_kinds(&kind("UTILITY", &[]), &["error kind-category /category"]);
    finds_kinds(
        &kind("MARKETING", &[text_header()]),
        &["error header-forbidden-types /components/2"],
    );
    finds_kinds(
        &template("MARKETING", json!([catalog(), quick_reply()]), &[]),
        &["error kind-buttons /components/0/buttons/1"],
    );
}

#[test]
fn several_products() {
    let kind = |more: &[Value]| template("MARKETING", json!([mpm()]), more);
    finds_kinds(&kind(&[text_header(), footer()]), &[]);
    // Tools leave the header out.
    finds_kinds(&kind(&[]), &["warning kind-header-required /components"]);
    finds_kinds(
        &kind(&[media_header("IMAGE")]),
        &["error kind-header /components/2/format"],
    );
    finds_kinds(
        &template("UTILITY", json!([mpm()]), &[text_header()]),
        &["error kind-category /category"],
    );
    finds_kinds(
        &template("MARKETING", json!([mpm(), catalog()]), &[text_header()]),
        &[
            "error kind-buttons /components/0/buttons/0",
            "error header-forbidden-types /components/2",
        ],
    );
}

#[test]
fn one_product() {
    let header = json!({"type": "header", "format": "product"});
    finds_kinds(
        &template("MARKETING", json!([spm()]), &[header.clone(), footer()]),
        &[],
    );
    finds_kinds(
        &template("MARKETING", json!([spm()]), &[]),
        &["error kind-header-required /components"],
    );
    finds_kinds(
        &template("MARKETING", json!([spm()]), &[text_header()]),
        &["error kind-header /components/2/format"],
    );
    finds_kinds(
        &template("UTILITY", json!([spm()]), &[header]),
        &["error kind-category /category"],
    );
}

#[test]
fn coupons_stand_beside_anything() {
    let coupon = json!({"type": "COPY_CODE", "example": "SPRING25"});
    let page = json!({"type": "URL", "text": "Shop", "url": "https://example.com"});
    // The coupon page says MARKETING, the utility page has the button, too.
    let doubt: &[&str] = &["warning kind-category /category"];
    for (category, shown) in [("MARKETING", &[] as &[&str]), ("UTILITY", doubt)] {
        for more in [
            vec![],
            vec![text_header()],
            vec![media_header("IMAGE"), footer()],
        ] {
            finds_kinds(
                &template(category, json!([quick_reply(), coupon, page]), &more),
                shown,
            );
        }
    }
}

#[test]
fn flows_and_calls_stand_beside_anything() {
    let flow = json!({"type": "FLOW", "text": "Go", "flow_id": "1"});
    let call = json!({"type": "VOICE_CALL", "text": "Call us"});
    for category in ["MARKETING", "UTILITY"] {
        finds_kinds(
            &template(
                category,
                json!([flow, call, quick_reply()]),
                &[text_header(), footer()],
            ),
            &[],
        );
    }
}

#[test]
fn asking_for_the_contact() {
    let ask = json!({"type": "REQUEST_CONTACT_INFO"});
    for category in ["MARKETING", "UTILITY"] {
        finds_kinds(&template(category, json!([ask]), &[text_header()]), &[]);
    }
    finds_kinds(
        &template("UTILITY", json!([ask, quick_reply()]), &[]),
        &["error kind-buttons /components/0/buttons/1"],
    );
    finds_kinds(
        &template("UTILITY", json!([ask]), &[footer()]),
        &["warning footer-forbidden /components/2"],
    );
}

#[test]
fn order_details() {
    let kind = |category: &str, label: &str, more: &[Value]| {
        template(category, json!([order(label)]), more)
    };
    for header in ["IMAGE", "VIDEO", "DOCUMENT"] {
        finds_kinds(
            &kind(
                "UTILITY",
                "Review and Pay",
                &[media_header(header), footer()],
            ),
            &[],
        );
    }
    let marketing = kind("MARKETING", "Review and Pay", &[]);
    finds_kinds(&marketing, &["error display-format-required "]);
    let mut shown = marketing.clone();
    shown["display_format"] = json!("order_details");
    finds_kinds(&shown, &[]);
    // Brazil.
    let pix = kind("UTILITY", "Copy Pix code", &[text_header()]);
    finds_kinds(&pix, &["warning display-format-required "]);
    let mut film = kind("UTILITY", "Copy Pix code", &[media_header("VIDEO")]);
    film["display_format"] = json!("ORDER_DETAILS");
    finds_kinds(&film, &["error kind-header /components/2/format"]);
}

#[test]
fn checkouts() {
    let kind = |category: &str, buttons: Value, more: &[Value]| template(category, buttons, more);
    let nine: Vec<Value> = std::iter::once(order("Buy now")).chain(quick(9)).collect();
    finds_kinds(
        &kind("MARKETING", json!(nine), &[media_header("IMAGE"), footer()]),
        &[],
    );
    finds_kinds(
        &kind(
            "MARKETING",
            json!([order("Buy now")]),
            &[media_header("video")],
        ),
        &[],
    );
    finds_kinds(
        &kind("MARKETING", json!([order("Buy now")]), &[text_header()]),
        &["error kind-header /components/2/format"],
    );
    finds_kinds(
        &kind(
            "UTILITY",
            json!([order("Buy now")]),
            &[media_header("IMAGE")],
        ),
        &["error kind-category /category"],
    );
    let page = json!({"type": "URL", "text": "Shop", "url": "https://example.com"});
    finds_kinds(
        &kind(
            "MARKETING",
            json!([order("Buy now"), page]),
            &[media_header("IMAGE")],
        ),
        &["error kind-buttons /components/0/buttons/1"],
    );
}

#[test]
fn order_status() {
    let status = |category: &str, list: Vec<Value>| {
        let mut definition = components(list);
        definition["category"] = json!(category);
        definition["sub_category"] = json!("order_status");
        definition
    };
    let text = || body("Your order is on its way.");
    finds_kinds(&status("UTILITY", vec![text(), footer()]), &[]);
    finds_kinds(
        &status("MARKETING", vec![text()]),
        &["error kind-category /category"],
    );
    finds_kinds(
        &status("UTILITY", vec![text_header(), text()]),
        &["error header-forbidden-types /components/0"],
    );
    finds_kinds(
        &status(
            "UTILITY",
            vec![
                json!({"type": "BUTTONS", "buttons": [quick_reply()]}),
                text(),
            ],
        ),
        &[&format!("error kind-buttons {BUTTON}")],
    );
}

#[test]
fn payment_requests() {
    let pay = json!({"type": "PAYMENT_REQUEST", "text": "Copy Boleto code",
        "payment_setting": {"type": "boleto", "boleto": {"digitable_line": "0339"}}});
    for more in [
        vec![],
        vec![text_header()],
        vec![media_header("IMAGE")],
        vec![media_header("DOCUMENT"), footer()],
    ] {
        for category in ["MARKETING", "UTILITY"] {
            finds_kinds(&template(category, json!([pay]), &more), &[]);
        }
    }
    finds_kinds(
        &template("UTILITY", json!([pay]), &[media_header("VIDEO")]),
        &["error kind-header /components/2/format"],
    );
}

#[test]
fn payment_link_previews() {
    let link = |preview: Value| json!([{"type": "URL", "text": "Pay", "url": "https://example.com/pay", "payment_link_preview": preview}]);
    finds_kinds(&template("UTILITY", link(json!(true)), &[footer()]), &[]);
    finds_kinds(
        &template("UTILITY", link(json!(false)), &[text_header()]),
        &[],
    );
    finds_kinds(
        &template("UTILITY", link(json!(true)), &[text_header()]),
        &[&format!(
            "error button-url-payment-preview {BUTTON}/payment_link_preview"
        )],
    );
    finds_kinds(
        &template("UTILITY", link(json!("yes")), &[text_header()]),
        &[&format!("error wrong-type {BUTTON}/payment_link_preview")],
    );
}

#[test]
fn call_permission_requests() {
    for category in ["MARKETING", "UTILITY"] {
        let mut definition = components(vec![
            text_header(),
            body("May we call you about your order?"),
            footer(),
            json!({"type": "call_permission_request"}),
        ]);
        definition["category"] = json!(category);
        finds(&definition, &[]);
        assert!(check(&definition).complete);
    }
    finds(
        &components(vec![
            body("May we call you?"),
            json!({"type": "CALL_PERMISSION_REQUEST", "text": "Call"}),
        ]),
        &["error unexpected-field /components/1/text"],
    );
}

#[test]
fn tap_targets_are_for_messages() {
    let definition = components(vec![
        body("Your order is on its way."),
        json!({"type": "tap_target_configuration", "parameters": []}),
    ]);
    finds(&definition, &["error tap-target-override /components/1"]);
}

#[test]
fn what_meta_moved_is_fine_when_read_back() {
    let options = Options {
        readback: true,
        ..Options::default()
    };
    for definition in [
        template("UTILITY", json!([catalog()]), &[]),
        template("MARKETING", json!([order("Review and Pay")]), &[]),
    ] {
        let report = check_template(&definition.to_string(), &options);
        assert!(report.ok, "{report:?}");
    }
}

#[test]
fn fixes_lead_to_the_kind() {
    let definition = template(
        "UTILITY",
        json!([catalog(), quick_reply()]),
        &[text_header()],
    );
    let mut text = definition.to_string();
    for _ in 0..3 {
        let report = check_text(&text);
        let Some(fix) = report.diagnostics.iter().find_map(|d| d.fixes.first()) else {
            break;
        };
        text =
            wa_preflight::fix::apply_fix(&text, &wa_preflight::report::fix_to_json(fix)).unwrap();
    }
    assert_eq!(found(&check_text(&text)), [""; 0], "{text}");
}
