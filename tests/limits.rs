//! Every limit at n and at n + 1: each row of `LIMITS` has a definition, a message or a payload with exactly n of the
//! thing here, and a row without one is noticed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::definitions::{body, buttons, components, header, quick, with};
use support::mute::muted;
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::limits::LIMITS;
use wa_preflight::payload::check_payload;
use wa_preflight::template::Template;

/// What has exactly n of something.
enum Made {
    /// A definition.
    Definition(Value),
    /// A message for a template of this body and these buttons.
    Message(&'static str, Value, Value),
    /// A message for a template.
    Sent(Value, Value),
    /// A payload.
    Payload(String),
}

/// A limit: its name, the rule that speaks beyond it, and what has exactly n.
struct Case {
    limit: &'static str,
    code: &'static str,
    make: Box<dyn Fn(usize) -> Made>,
}

/// A placeholder stands at the very end of a URL, so a second one is out of place however many are allowed.
const FIXED: &[&str] = &["urlPlaceholders"];

fn case(limit: &'static str, code: &'static str, make: fn(usize) -> Value) -> Case {
    let make = Box::new(move |n| Made::Definition(make(n)));
    Case { limit, code, make }
}

fn sent(limit: &'static str, code: &'static str, make: fn(usize) -> Made) -> Case {
    let make = Box::new(make);
    Case { limit, code, make }
}

/// A message with this value for its body.
fn value(text: String) -> Made {
    let values = json!({"values": {"body.1": text}});
    Made::Message("Hi {{1}}.", json!([]), values)
}

/// A message whose quick reply has a payload of n characters.
fn reply(n: usize) -> Made {
    let values = json!({"values": {"buttons.0": "x".repeat(n)}});
    Made::Message("Hi there.", json!(quick(1)), values)
}

/// The value of the only button of a template.
fn pressed(kind: &str, value: Value) -> Made {
    let button = json!([{"type": kind, "text": "Go"}]);
    Made::Message("Hi there.", button, json!({"values": {"buttons.0": value}}))
}

/// Sections of a multi-product message, by the number of their products.
fn sections(title: &str, products: &[usize]) -> Made {
    let section = |n: &usize| json!({"title": title, "product_items": vec![json!({"product_retailer_id": "a"}); *n]});
    let sections: Vec<Value> = products.iter().map(section).collect();
    pressed(
        "MPM",
        json!({"thumbnail_product_retailer_id": "a", "sections": sections}),
    )
}

/// An order with the name of its item, the description of its tax and that of its expiration.
fn ordered([name, note, text]: [usize; 3]) -> Made {
    let amount = |value: usize| json!({"value": value, "offset": 100});
    let words = |n: usize| "x".repeat(n);
    let mut tax = amount(0);
    tax["description"] = json!(words(note));
    pressed(
        "ORDER_DETAILS",
        json!({"reference_id": "A", "type": "digital-goods", "currency": "BRL", "total_amount": amount(2), "payment_settings": [{"type": "x"}],
            "order": {"status": "pending", "items": [{"name": words(name), "amount": amount(2), "quantity": 1}], "subtotal": amount(2), "tax": tax,
                "expiration": {"timestamp": "1", "description": words(text)}}}),
    )
}

fn plain(member: &str, text: String) -> Made {
    Made::Message("Hi there.", json!([]), json!({member: text}))
}

/// A text of n characters that are one code point, two bytes each.
fn text(n: usize) -> String {
    format!("Go {}", "é".repeat(n - 3))
}

fn footer(text: &str) -> Value {
    components(vec![
        body("It is here."),
        json!({"type": "FOOTER", "text": text}),
    ])
}

fn one_button(button: Value) -> Value {
    buttons(json!([button]))
}

/// n buttons of one type.
fn several(button: &Value, n: usize) -> Value {
    let all: Vec<Value> = (0..n)
        .map(|i| {
            let mut button = button.clone();
            if let Some(text) = button.get("text").and_then(Value::as_str) {
                button["text"] = json!(format!("{text} {i}"));
            }
            button
        })
        .collect();
    buttons(json!(all))
}

fn ttl(category: &str, seconds: usize) -> Value {
    let mut definition = if category == "AUTHENTICATION" {
        one_time_code(json!({}))
    } else {
        with("category", json!(category))
    };
    definition["message_send_ttl_seconds"] = json!(seconds);
    definition
}

/// An authentication template with these members of its button.
fn one_time_code(more: Value) -> Value {
    let mut button = json!({"type": "OTP", "otp_type": "COPY_CODE"});
    for (key, value) in more.as_object().unwrap() {
        button[key] = value.clone();
    }
    json!({
        "name": "code", "language": "en_US", "category": "AUTHENTICATION",
        "components": [{"type": "BODY"}, {"type": "BUTTONS", "buttons": [button]}],
    })
}

fn expiring(minutes: usize) -> Value {
    let mut definition = one_time_code(json!({}));
    let parts = definition["components"].as_array_mut().unwrap();
    parts.insert(
        1,
        json!({"type": "FOOTER", "code_expiration_minutes": minutes}),
    );
    definition
}

fn apps(apps: Vec<Value>) -> Value {
    one_time_code(json!({"otp_type": "ONE_TAP", "supported_apps": apps}))
}

fn app(package: &str, hash: &str) -> Value {
    json!({"package_name": package, "signature_hash": hash})
}

fn image() -> Value {
    json!({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW1hZ2U="]}})
}

/// A carousel of n cards with these components beside their header.
fn carousel(n: usize, parts: &[Value]) -> Value {
    let mut all = vec![image()];
    all.extend_from_slice(parts);
    cards(n, &all)
}

fn cards(n: usize, parts: &[Value]) -> Value {
    let card = json!({"components": parts});
    let cards = json!({"type": "CAROUSEL", "cards": vec![card; n]});
    let mut definition = components(vec![body("Look at what is new this week."), cards]);
    definition["category"] = json!("MARKETING");
    definition
}

fn more() -> Value {
    json!({"type": "BUTTONS", "buttons": quick(1)})
}

fn offer(offer: &str, text: &str, code: &str) -> Value {
    let mut definition = components(vec![
        json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": offer, "has_expiration": true}}),
        body(text),
        json!({"type": "BUTTONS", "buttons": [
            {"type": "COPY_CODE", "example": code},
            {"type": "URL", "text": "Go", "url": "https://example.com/go"},
        ]}),
    ]);
    definition["category"] = json!("MARKETING");
    definition
}

fn single_product(text: &str) -> Value {
    let mut definition = components(vec![
        json!({"type": "HEADER", "format": "PRODUCT"}),
        body(text),
        json!({"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}),
    ]);
    definition["category"] = json!("MARKETING");
    definition
}

fn cases() -> Vec<Case> {
    vec![
        case("nameChars", "name-max", |n| {
            with("name", json!("a".repeat(n)))
        }),
        case("headerChars", "header-text-max", |n| header(&text(n))),
        case("headerPlaceholders", "header-text-one-var", |n| {
            header(
                &(1..=n)
                    .map(|i| format!("Hi {{{{{i}}}}} "))
                    .collect::<String>(),
            )
        }),
        case("bodyChars", "body-max", |n| {
            components(vec![body(&text(n))])
        }),
        case("offerBodyChars", "body-max-lto", |n| {
            offer("Only today", &text(n), "A1")
        }),
        case("productBodyChars", "body-max-spm", |n| {
            single_product(&text(n))
        }),
        case("cardBodyChars", "body-max-card", |n| {
            carousel(2, &[body(&text(n)), more()])
        }),
        case("cardBodyLines", "carousel-card-lines", |n| {
            carousel(
                2,
                &[body(&format!("It{}comes now", "\nso ".repeat(n))), more()],
            )
        }),
        case("bodyEmojis", "body-emoji-max", |n| {
            components(vec![body(&format!("It comes {} now", "👨‍👩‍👧".repeat(n)))])
        }),
        case("bodyNewlineRun", "body-newlines", |n| {
            components(vec![body(&format!("It{}comes", "\n".repeat(n)))])
        }),
        case("bodyPlaceholders", "body-var-count", |n| {
            let texts: String = (1..=n).map(|i| format!("a b c {{{{{i}}}}} ")).collect();
            components(vec![body(&format!("{texts}and no more"))])
        }),
        case("footerChars", "footer-max", |n| footer(&text(n))),
        case("buttons", "buttons-total", |n| buttons(json!(quick(n)))),
        case("quickReplyButtons", "buttons-count", |n| {
            buttons(json!(quick(n)))
        }),
        case("urlButtons", "buttons-count", |n| {
            several(
                &json!({"type": "URL", "text": "Go", "url": "https://example.com/go"}),
                n,
            )
        }),
        case("phoneButtons", "buttons-count", |n| {
            several(
                &json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+493012345"}),
                n,
            )
        }),
        case("copyCodeButtons", "buttons-count", |n| {
            several(&json!({"type": "COPY_CODE", "example": "CODE20"}), n)
        }),
        case("specialButtons", "buttons-count", |n| {
            several(&json!({"type": "CATALOG", "text": "View catalog"}), n)
        }),
        case("paymentButtons", "buttons-count", |n| {
            several(
                &json!({"type": "PAYMENT_REQUEST", "text": "Copy Pix code"}),
                n,
            )
        }),
        case("callMinutes", "button-voice-call", |n| {
            one_button(json!({"type": "VOICE_CALL", "text": "Call us", "ttl_minutes": n}))
        }),
        case("desktopButtons", "buttons-desktop", |n| {
            buttons(json!(quick(n)))
        }),
        case("buttonChars", "button-text-max", |n| {
            one_button(json!({"type": "QUICK_REPLY", "text": "é".repeat(n)}))
        }),
        case("urlChars", "button-url-max", |n| {
            let url = format!("https://example.com/{}", "a".repeat(n - 20));
            one_button(json!({"type": "URL", "text": "Go", "url": url}))
        }),
        case("urlPlaceholders", "button-url-one-var", |n| {
            let suffix: String = (1..=n).map(|i| format!("{{{{{i}}}}}")).collect();
            let url = format!("https://example.com/{suffix}");
            one_button(
                json!({"type": "URL", "text": "Go", "url": url, "example": ["https://example.com/a"]}),
            )
        }),
        case("placeholderNameChars", "var-named-length", |n| {
            let name = "a".repeat(n);
            json!({
                "name": "order_update", "language": "en_US", "category": "UTILITY", "parameter_format": "NAMED",
                "components": [{
                    "type": "BODY",
                    "text": format!("Your order {{{{{name}}}}} is on its way."),
                    "example": {"body_text_named_params": [{"param_name": name, "example": "A-17"}]},
                }],
            })
        }),
        case("phoneChars", "button-phone", |n| {
            one_button(json!({"type": "PHONE_NUMBER", "text": "Go", "phone_number": "1".repeat(n)}))
        }),
        case("couponChars", "button-copy-code-max", |n| {
            one_button(json!({"type": "COPY_CODE", "example": "A".repeat(n)}))
        }),
        case("couponCharsSafe", "button-copy-code-old-max", |n| {
            one_button(json!({"type": "COPY_CODE", "example": "A".repeat(n)}))
        }),
        case("ttlAuthMin", "ttl-range", |n| ttl("AUTHENTICATION", n)),
        case("ttlAuthMax", "ttl-range", |n| ttl("AUTHENTICATION", n)),
        case("ttlUtilityMin", "ttl-range", |n| ttl("UTILITY", n)),
        case("ttlUtilityMax", "ttl-range", |n| ttl("UTILITY", n)),
        case("ttlMarketingMin", "ttl-range", |n| ttl("MARKETING", n)),
        case("ttlMarketingMax", "ttl-range", |n| ttl("MARKETING", n)),
        case("otpButtons", "auth-one-otp", |n| {
            let mut definition = one_time_code(json!({}));
            let button = definition["components"][1]["buttons"][0].clone();
            definition["components"][1]["buttons"] = json!(vec![button; n]);
            definition
        }),
        case("codeExpirationMin", "auth-footer", expiring),
        case("codeExpirationMax", "auth-footer", expiring),
        case("supportedApps", "auth-supported-apps-max", |n| {
            apps(
                (0..n)
                    .map(|i| app(&format!("com.example.app{i}"), "K8a/AINcGX7"))
                    .collect(),
            )
        }),
        case("packageNameChars", "auth-package-name-max", |n| {
            apps(vec![app(
                &format!("com.{}", "a".repeat(n - 4)),
                "K8a/AINcGX7",
            )])
        }),
        case("signatureHashChars", "auth-signature-hash", |n| {
            apps(vec![app("com.example.app", &"a".repeat(n))])
        }),
        case("carouselCards", "carousel-cards-count", |n| {
            carousel(n, &[more()])
        }),
        case("carouselCardsMin", "carousel-cards-count", |n| {
            carousel(n, &[more()])
        }),
        case("cardButtons", "carousel-card-buttons-max", |n| {
            carousel(2, &[json!({"type": "BUTTONS", "buttons": quick(n)})])
        }),
        case("productCardButtons", "carousel-card-buttons-max", |n| {
            let button = json!({"type": "URL", "text": "Go", "url": "https://example.com/go"});
            let buttons = json!({"type": "BUTTONS", "buttons": vec![button; n]});
            cards(
                2,
                &[json!({"type": "HEADER", "format": "PRODUCT"}), buttons],
            )
        }),
        case("offerChars", "lto-text-max", |n| {
            offer(&text(n), "It ends soon.", "CODE20")
        }),
        case("offerCodeChars", "lto-offer-code", |n| {
            offer("Ends soon", "It ends soon.", &"A".repeat(n))
        }),
        sent("bodyOnlyChars", "hydrated-too-long", |n| {
            value("é".repeat(n - 4))
        }),
        sent("valueSpaceRun", "value-spaces", |n| {
            value(format!("a{}b", " ".repeat(n)))
        }),
        sent("payloadChars", "payload-too-long", reply),
        sent("payloadCharsSafe", "payload-long", reply),
        sent("oneTimeCodeChars", "code-too-long", |n| {
            Made::Message(
                "",
                json!([{"type": "OTP", "otp_type": "COPY_CODE"}]),
                json!({"values": {"body.1": "1".repeat(n)}}),
            )
        }),
        sent("permissionBodyChars", "hydrated-too-long", |n| {
            let parts = vec![
                body("Hi {{1}}."),
                json!({"type": "CALL_PERMISSION_REQUEST"}),
            ];
            let values = json!({"values": {"body.1": "x".repeat(n - 4)}});
            Made::Sent(components(parts), values)
        }),
        sent("callPayloadChars", "call-payload-too-long", |n| {
            pressed("VOICE_CALL", json!({"payload": "x".repeat(n)}))
        }),
        sent("sections", "sections-max", |n| sections("A", &vec![1; n])),
        sent("sectionProducts", "section-products-max", |n| {
            sections("A", &[1, n - 1])
        }),
        sent("sectionTitleChars", "action-text-too-long", |n| {
            sections(&"x".repeat(n), &[1])
        }),
        sent("orderItemChars", "action-text-too-long", |n| {
            ordered([n, 1, 1])
        }),
        sent("orderNoteChars", "action-text-too-long", |n| {
            ordered([1, n, 1])
        }),
        sent("orderTextChars", "action-text-too-long", |n| {
            ordered([1, 1, n])
        }),
        sent("callbackChars", "callback-too-long", |n| {
            plain("callbackData", "x".repeat(n))
        }),
        sent("replyToChars", "reply-to-malformed", |n| {
            plain("replyTo", format!("wamid.{}", "A".repeat(n - 6)))
        }),
        sent("payloadBytes", "payload-too-big", |n| {
            let text = json!({"messaging_product": "whatsapp", "x": ""}).to_string();
            let filled = "x".repeat(n - text.len());
            Made::Payload(text.replace("\"\"", &format!("\"{filled}\"")))
        }),
    ]
}

fn speaks(case: &Case, n: usize, options: &Options) -> bool {
    let options = muted(options);
    let report = match (case.make)(n) {
        Made::Definition(definition) => check_template(&definition.to_string(), &options),
        Made::Payload(payload) => check_payload(&payload, &options),
        Made::Sent(definition, mut message) => {
            let template = Template::compile(&definition.to_string(), &options).unwrap();
            message["to"] = json!("+33612345678");
            template.check(&message.to_string(), &options)
        }
        Made::Message(text, with, mut message) => {
            let definition = if text.is_empty() {
                one_time_code(with[0].clone())
            } else {
                let buttons = json!({"type": "BUTTONS", "buttons": with});
                let mut parts = vec![body(text)];
                parts.extend(with.get(0).is_some().then_some(buttons));
                components(parts)
            };
            let template = Template::compile(&definition.to_string(), &options).unwrap();
            message["to"] = json!("+33612345678");
            template.check(&message.to_string(), &options)
        }
    };
    report.diagnostics.iter().any(|d| d.code == case.code)
}

#[test]
fn every_limit_holds_at_n_and_breaks_one_beyond() {
    let mut wrong = Vec::new();
    for case in cases() {
        let Some(row) = LIMITS.iter().find(|row| row.name == case.limit) else {
            wrong.push(format!("{} is no limit", case.limit));
            continue;
        };
        let n = row.max as usize;
        // The name says it of those that are the smallest number allowed.
        let is_least = row.name.ends_with("Min");
        let beyond = if is_least { n - 1 } else { n + 1 };
        let plain = Options::default();
        if speaks(&case, n, &plain) {
            wrong.push(format!("{}: {} speaks at {n}", case.limit, case.code));
        }
        if !speaks(&case, beyond, &plain) {
            wrong.push(format!(
                "{}: {} is silent at {beyond}",
                case.limit, case.code
            ));
        }
        if FIXED.contains(&row.name) {
            continue;
        }
        // Limits can differ by account: a caller's own number moves the border.
        let mut moved = Options::default();
        assert!(moved.limits.set(row.name, u32::try_from(beyond).unwrap()));
        if speaks(&case, beyond, &moved) {
            wrong.push(format!(
                "{}: {} speaks at {beyond} with the limit moved there",
                case.limit, case.code
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_row_is_tried() {
    let tried: Vec<&str> = cases().iter().map(|case| case.limit).collect();
    let rows: BTreeSet<&str> = LIMITS.iter().map(|row| row.name).collect();
    let known: BTreeSet<&str> = tried.iter().copied().collect();
    assert_eq!(known.len(), tried.len(), "a limit is tried twice");
    let untried: Vec<_> = rows.difference(&known).collect();
    let gone: Vec<_> = known.difference(&rows).collect();
    assert!(
        untried.is_empty(),
        "without a case of n and n + 1: {untried:?}"
    );
    assert!(gone.is_empty(), "no limits any more: {gone:?}");
}
