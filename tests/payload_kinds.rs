//! Every kind of template: its parameters, the message that fits it, what is built, and each fault.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use support::kinds::{NOW, PICTURE, action, body, button, buttons, image, kinds, order};
use support::mute::muted;
use support::templates::template;
use wa_preflight::findings::Options;
use wa_preflight::payload::check_payload;
use wa_preflight::report::{Report, Severity, pointer};
use wa_preflight::template::Template;

const TO: &str = "+33612345678";

fn options() -> Options {
    muted(&Options {
        now: Some(NOW),
        ..Options::default()
    })
}

fn message(values: &Value) -> String {
    json!({"to": TO, "values": values}).to_string()
}

/// What is found but for infos, as `code key`, in order of the codes.
fn found(report: &Report) -> Vec<String> {
    let mut found: Vec<String> = report
        .diagnostics
        .iter()
        .filter(|d| d.severity != Severity::Info)
        .map(|d| {
            let at = d.key.clone().unwrap_or_else(|| pointer(&d.path));
            format!("{} {at}", d.code)
        })
        .collect();
    found.sort();
    found
}

#[test]
fn every_kind_lists_its_parameters() {
    for kind in kinds().iter().filter(|kind| !kind.parameters.is_empty()) {
        let parameters = template(&kind.definition).parameters();
        let found: Vec<String> = parameters
            .iter()
            .map(|p| {
                let kind = serde_json::to_value(p.kind).unwrap();
                let optional = if p.required { "" } else { "?" };
                let card = p.card.map_or(String::new(), |card| format!(" {card}"));
                format!("{} {}{optional}{card}", p.key, kind.as_str().unwrap())
            })
            .collect();
        assert_eq!(found, kind.parameters, "{}", kind.name);
    }
}

#[test]
fn every_kind_takes_what_fits_and_names_each_fault() {
    for kind in kinds() {
        let template = template(&kind.definition);
        let report = template.check(&message(&kind.values), &options());
        assert_eq!(found(&report), Vec::<String>::new(), "{}", kind.name);
        assert!(report.ok && report.complete, "{}", kind.name);
        for (over, expected) in &kind.faults {
            let mut values = kind.values.clone();
            for (key, value) in over.as_object().unwrap() {
                values[key] = value.clone();
            }
            let report = template.check(&message(&values), &options());
            assert_eq!(found(&report), *expected, "{}: {over}", kind.name);
            assert!(report.complete, "{}: {over}", kind.name);
            for diagnostic in &report.diagnostics {
                let text = [&diagnostic.message, diagnostic.help.as_ref().unwrap()];
                assert!(
                    !text.iter().any(|t| t.replace("{\"", "").contains('{')),
                    "unfilled: {text:?}"
                );
            }
            let built = template.build(&message(&values), &options(), false);
            assert_eq!(built.is_ok(), report.ok, "{}: {over}", kind.name);
        }
    }
}

#[test]
fn every_kind_is_built_exactly() {
    for kind in kinds() {
        let template = template(&kind.definition);
        let payload = template.build(&message(&kind.values), &options(), false);
        let payload = payload.unwrap();
        let value: Value = serde_json::from_str(&payload).unwrap();
        let components = value["template"].get("components");
        let expected = Some(&kind.components).filter(|c| !c.is_null());
        assert_eq!(components, expected, "{}", kind.name);
        assert_eq!(
            value.to_string(),
            payload,
            "{}: compact, keys once",
            kind.name
        );
        let again = template.build(&message(&kind.values), &options(), true);
        assert_eq!(
            again.unwrap(),
            payload,
            "{}: always the same bytes",
            kind.name
        );
    }
}

/// What is built passes the other judge, whatever of the values may be left out is left out.
#[test]
fn what_is_built_is_taken() {
    for kind in kinds() {
        let template = template(&kind.definition);
        let overs = kind.faults.iter().map(|(over, _)| over.clone());
        for over in overs.chain([json!({})]) {
            let mut values = kind.values.clone();
            for (key, value) in over.as_object().unwrap() {
                values[key] = value.clone();
            }
            let Ok(payload) = template.build(&message(&values), &options(), false) else {
                continue;
            };
            for report in [
                template.check_payload(&payload, &options()),
                check_payload(&payload, &options()),
            ] {
                let errors: Vec<_> = report
                    .diagnostics
                    .iter()
                    .filter(|d| d.severity == Severity::Error)
                    .collect();
                assert!(errors.is_empty(), "{}: {payload}\n{errors:#?}", kind.name);
                assert!(report.complete, "{}: {payload}", kind.name);
            }
        }
    }
}

#[test]
fn short_forms_are_written_in_full() {
    let components = |definition: &Value, values: &Value| -> Value {
        let built = template(definition).build(&message(values), &options(), false);
        let built: Value = serde_json::from_str(&built.unwrap()).unwrap();
        built["template"]["components"].clone()
    };
    for (kind, button_type, value, expected) in [
        (
            "flow",
            "FLOW",
            Value::Null,
            json!([action("flow", json!({"flow_token": "unused"}))]),
        ),
        (
            "flow",
            "FLOW",
            json!("t-1"),
            json!([action("flow", json!({"flow_token": "t-1"}))]),
        ),
        (
            "catalog",
            "CATALOG",
            Value::Null,
            json!([{"type": "button", "sub_type": "catalog", "index": "0"}]),
        ),
        (
            "catalog",
            "CATALOG",
            json!("sku"),
            json!([action(
                "catalog",
                json!({"thumbnail_product_retailer_id": "sku"})
            )]),
        ),
        ("call", "VOICE_CALL", Value::Null, Value::Null),
        (
            "call",
            "VOICE_CALL",
            json!("A-17"),
            json!([{"type": "button", "sub_type": "voice_call", "parameters": [{"type": "payload", "payload": "A-17"}]}]),
        ),
        (
            "order",
            "ORDER_DETAILS",
            order(),
            json!([action("order_details", json!({"order_details": order()}))]),
        ),
    ] {
        let definition = json!({"components": [body("Hi."), buttons(json!([{"type": button_type, "text": "Go"}]))]});
        assert_eq!(
            components(&definition, &json!({"buttons.0": value})),
            expected,
            "{kind}"
        );
    }
}

#[test]
fn counters_stand_beside_every_text() {
    let kind = kinds()
        .into_iter()
        .find(|k| k.name == "media carousel")
        .unwrap();
    let report = template(&kind.definition).check(&message(&kind.values), &options());
    let counted: Vec<String> = report
        .measures
        .iter()
        .filter(|m| m.key.as_deref().is_some_and(|key| key.ends_with("body")))
        .map(|m| {
            format!(
                "{} {} {}/{}",
                m.key.as_deref().unwrap(),
                m.limit.row().name,
                m.used,
                m.max
            )
        })
        .collect();
    assert_eq!(
        counted,
        [
            "body bodyChars 15/1024",
            "cards.0.body cardBodyChars 16/160",
            "cards.1.body cardBodyChars 15/160"
        ]
    );
}

#[test]
fn placeholders_inside_cards_say_how_they_are_named() {
    let card = json!({"components": [image(), body("How {{plant}} grows.")]});
    let named = template(
        &json!({"components": [body("Hi."), {"type": "CAROUSEL", "cards": [card, card]}]}),
    );
    let keys: Vec<String> = named.parameters().into_iter().map(|p| p.key).collect();
    assert_eq!(
        keys,
        [
            "cards.0.header.image",
            "cards.0.body.plant",
            "cards.1.header.image",
            "cards.1.body.plant"
        ]
    );
    let built = named.build(
        &message(&json!({"cards.0.header.image": PICTURE, "cards.0.body.plant": "mint", "cards.1.header.image": PICTURE, "cards.1.body.plant": "basil"})),
        &options(),
        false,
    );
    assert!(
        built
            .unwrap()
            .contains(r#"{"type":"text","parameter_name":"plant","text":"mint"}"#)
    );
}

/// Authentication templates in every form in which a definition says them.
#[test]
fn one_time_codes_have_one_key_in_every_form() {
    let otp =
        |kind: &str| buttons(json!([{"type": "OTP", "otp_type": kind, "supported_apps": []}]));
    let read_back = buttons(
        json!([{"type": "URL", "text": "Copy code", "url": "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"}]),
    );
    let auth = |over: Value| {
        let mut definition = json!({"category": "AUTHENTICATION"});
        for (key, value) in over.as_object().unwrap() {
            definition[key] = value.clone();
        }
        definition
    };
    for definition in [
        auth(json!({"components": [{"type": "BODY"}, otp("COPY_CODE")]})),
        auth(
            json!({"components": [{"type": "BODY", "add_security_recommendation": true}, {"type": "FOOTER", "code_expiration_minutes": 5}, otp("ONE_TAP")]}),
        ),
        auth(json!({"components": [{"type": "BODY"}, otp("ZERO_TAP")]})),
        auth(json!({"components": [body("*{{1}}* is your verification code."), read_back]})),
        auth(
            json!({"language": null, "languages": ["en_US"], "components": [{"type": "BODY"}, otp("COPY_CODE")]}),
        ),
        json!({"category": null, "components": [body("*{{1}}* is your verification code."), read_back]}),
    ] {
        let template = template(&definition);
        let keys: Vec<String> = template.parameters().into_iter().map(|p| p.key).collect();
        assert_eq!(keys, ["body.1"], "{definition}");
        let built = template.build(&message(&json!({"body.1": "123456"})), &options(), false);
        let built: Value = serde_json::from_str(&built.unwrap()).unwrap();
        assert_eq!(
            built["template"]["components"],
            json!([
                {"type": "body", "parameters": [{"type": "text", "text": "123456"}]},
                button("url", 0, json!([{"type": "text", "text": "123456"}]))
            ])
        );
        let person =
            json!({"recipient": "US.13491208655302741918", "values": {"body.1": "123456"}});
        let report = template.check(&person.to_string(), &options());
        assert_eq!(found(&report), ["recipient-cannot-authenticate /recipient"]);
        // Where a number is given, too, it wins, and the code may go there.
        let mut both = person;
        both["to"] = json!("+33612345678");
        let codes = found(&template.check(&both.to_string(), &options()));
        assert!(
            !codes.iter().any(|c| c.contains("authenticate")),
            "{codes:?}"
        );
    }
}

/// A definition that does not say its texts must never look as if it had no parameters.
#[test]
fn what_is_not_said_is_a_gap() {
    for definition in [
        json!({"library_template_name": "delivery_update_1", "components": null}),
        json!({"components": null}),
        json!({"components": []}),
        json!({"category": "AUTHENTICATION", "components": [buttons(json!([{"type": "OTP", "otp_type": "COPY_CODE"}]))]}),
        json!({"components": [body("Hi."), {"type": "HOLOGRAM"}]}),
        json!({"components": [body("Hi."), buttons(json!([{"type": "TELEPORT", "text": "Go"}]))]}),
        json!({"components": [body("Hi."), {"type": "CAROUSEL", "cards": []}]}),
        json!({"components": [body("Hi."), {"type": "CAROUSEL", "cards": [{"components": [image(), {"type": "HOLOGRAM"}]}]}]}),
    ] {
        let template = template(&definition);
        let report = template.check(&message(&json!({})), &options());
        assert!(!report.ok && !report.complete, "{definition}");
        assert!(
            report
                .diagnostics
                .iter()
                .any(|d| d.code == "kind-not-covered"),
            "{definition}"
        );
        assert!(
            template
                .build(&message(&json!({})), &options(), false)
                .is_err()
        );
    }
}

/// What is being typed is not missing, and a form without a recipient yet is no fault.
#[test]
fn half_typed_messages_are_quiet() {
    let kind = kinds()
        .into_iter()
        .find(|k| k.name == "media carousel")
        .unwrap();
    let template = template(&kind.definition);
    let live = Options {
        recipient_optional: true,
        ..options()
    };
    for text in [
        r#"{"#,
        r#"{"values":{"#,
        r#"{"values":{"body.1":"Ana""#,
        r#"{"values":{"body.1":"Ana","cards.0.bo"#,
    ] {
        let report = template.check(text, &live);
        let codes: Vec<&str> = report.diagnostics.iter().map(|d| d.code).collect();
        assert!(
            codes.iter().all(|code| *code == "text-not-json"),
            "{text}: {codes:?}"
        );
    }
    let report = template.check(r#"{"values":{"body.1":"Ana"}}"#, &live);
    assert_eq!(
        found(&report),
        [
            "card-missing cards.0.header.video",
            "card-missing cards.1.header.video"
        ]
    );
}

#[test]
fn recipients_are_explained() {
    let plain = template(&json!({"components": [body("Hi.")]}));
    for (message, expected) in [
        (
            json!({"to": "+5215512345678"}),
            &["info to-other-spelling"][..],
        ),
        (
            json!({"to": "+52 55 1234 5678"}),
            &["info to-normalized", "info to-other-spelling"],
        ),
        (json!({"to": "+5491123456789"}), &["info to-other-spelling"]),
        (json!({"to": "+5511987654321"}), &["info to-other-spelling"]),
        (json!({"to": "+551131234567"}), &[]),
        (
            json!({"to": "+33612345678", "recipientType": "group"}),
            &["warning group-is-phone"],
        ),
        (
            json!({"to": "Y2FwaV9ncm91cDoxMjM0", "recipientType": "group"}),
            &[],
        ),
    ] {
        let report = plain.check(&message.to_string(), &options());
        let found: Vec<String> = report
            .diagnostics
            .iter()
            .map(|d| format!("{} {}", format!("{:?}", d.severity).to_lowercase(), d.code))
            .collect();
        assert_eq!(found, expected, "{message}");
    }
}

#[test]
fn compiling_keeps_what_meta_says_of_the_body() {
    let limit = |definition: &Value| -> Template { template(definition) };
    let offer = limit(
        &kinds()
            .iter()
            .find(|k| k.name.starts_with("limited"))
            .unwrap()
            .definition,
    );
    assert_eq!(offer.body_limit.row().max, 600);
}

#[test]
fn a_tap_target_over_http_is_warned_of_and_taken() {
    let kinds = kinds();
    let kind = kinds.iter().find(|kind| kind.name == "tap target").unwrap();
    let template = template(&kind.definition);
    let mut values = kind.values.clone();
    for (url, severity) in [
        ("https://shop.example/", None),
        ("HTTPS://shop.example/", None),
        ("http://shop.example/", Some(Severity::Warning)),
        ("HTTP://shop.example", Some(Severity::Warning)),
        ("http://", Some(Severity::Error)),
        ("http://a b", Some(Severity::Error)),
        ("ftp://shop.example/", Some(Severity::Error)),
        ("http", Some(Severity::Error)),
    ] {
        values["tap_target"]["url"] = json!(url);
        let report = template.check(&message(&values), &options());
        let told: Vec<Severity> = report
            .diagnostics
            .iter()
            .filter(|d| d.code == "tap-target-url")
            .map(|d| d.severity)
            .collect();
        assert_eq!(told, Vec::from_iter(severity), "{url}");
        let built = template.build(&message(&values), &options(), false);
        assert_eq!(built.is_ok(), severity != Some(Severity::Error), "{url}");
        if let Ok(payload) = built {
            let ready = template.check_payload(&payload, &options());
            assert!(ready.ok, "{url}");
        }
    }
}
