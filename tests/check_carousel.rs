//! Carousels: every rule's fault and its near misses, with paths inside the cards.

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
use support::mutate::{places, replaced};
use support::timing::{best, growth};
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::fix::apply_fix;
use wa_preflight::limits::Limit;
use wa_preflight::report::{Report, pointer};

fn image() -> Value {
    media("IMAGE")
}

fn media(format: &str) -> Value {
    json!({"type": "HEADER", "format": format, "example": {"header_handle": ["4::aW1hZ2U"]}})
}

fn product() -> Value {
    json!({"type": "HEADER", "format": "PRODUCT"})
}

fn url() -> Value {
    json!({"type": "URL", "text": "Shop", "url": "https://example.com/plants"})
}

fn phone() -> Value {
    json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550051310"})
}

fn with_buttons(list: Vec<Value>) -> Value {
    json!({"type": "BUTTONS", "buttons": list})
}

fn card(components: Vec<Value>) -> Value {
    json!({"components": components})
}

/// A card that is right.
fn plain() -> Value {
    card(vec![image(), with_buttons(vec![url()])])
}

/// A card with a text that is right.
fn texted(text: &str) -> Value {
    card(vec![image(), body(text), with_buttons(vec![url()])])
}

fn product_card() -> Value {
    card(vec![product(), with_buttons(vec![url()])])
}

fn carousel(cards: Vec<Value>) -> Value {
    let mut definition = components(vec![
        body("Two plants that you may like."),
        json!({"type": "CAROUSEL", "cards": cards}),
    ]);
    definition["category"] = json!("MARKETING");
    definition
}

/// Two cards alike.
fn twice(card: Value) -> Value {
    carousel(vec![card.clone(), card])
}

const FIRST: &str = "/components/1/cards/0/components";
const SECOND: &str = "/components/1/cards/1/components";

#[test]
fn good_ones_are_silent() {
    for definition in [
        twice(plain()),
        twice(texted("It flowers in May.")),
        twice(product_card()),
        twice(card(vec![media("VIDEO"), with_buttons(quick(1))])),
        twice(card(vec![image(), with_buttons(vec![url(), phone()])])),
        twice(card(vec![
            image(),
            with_buttons(vec![
                url(),
                json!({"type": "URL", "text": "More", "url": "https://example.com"}),
            ]),
        ])),
        // Texts and labels of buttons may differ, and so may the order of the components.
        carousel(vec![
            texted("It flowers in May."),
            card(vec![
                with_buttons(vec![
                    json!({"type": "URL", "text": "Look", "url": "https://example.com/{{1}}", "example": ["a"]}),
                ]),
                body("It needs little water."),
                image(),
            ]),
        ]),
        carousel(vec![plain(); 10]),
    ] {
        finds(&definition, &[]);
        assert!(check(&definition).complete, "{definition}");
    }
}

/// Meta prints its samples in lower case, with the product cards' sample as a bare text.
#[test]
fn words_in_any_case() {
    let lower = |value: Value| -> Value {
        let mut text = value.to_string();
        for word in [
            "BODY", "CAROUSEL", "HEADER", "IMAGE", "PRODUCT", "BUTTONS", "URL",
        ] {
            text = text.replace(
                &format!("\"{word}\""),
                &format!("\"{}\"", word.to_lowercase()),
            );
        }
        serde_json::from_str(&text).unwrap()
    };
    let mut definition = lower(twice(texted("It flowers in May.")));
    definition["category"] = json!("marketing");
    finds(&definition, &[]);
    finds(&lower(twice(product_card())), &[]);
    // The cases need not agree from card to card.
    finds(&carousel(vec![plain(), lower(plain())]), &[]);
}

#[test]
fn category() {
    let mut definition = twice(plain());
    definition["category"] = json!("utility");
    finds(&definition, &["error carousel-category /category"]);
    let fix = only(&check(&definition), "carousel-category").fixes[0].clone();
    assert!(!fix.safe, "another category is another price");
    let fix = wa_preflight::report::fix_to_json(&fix);
    let mended: Value =
        serde_json::from_str(&apply_fix(&definition.to_string(), &fix).unwrap()).unwrap();
    finds(&mended, &[]);
    // A category that is no category is one finding, not two.
    definition["category"] = json!("UTILTY");
    finds(&definition, &["error category-unknown /category"]);
}

#[test]
fn what_stands_beside() {
    let mut definition = twice(plain());
    let list = definition["components"].as_array_mut().unwrap();
    list.push(json!({"type": "FOOTER", "text": "Lucky Shrub"}));
    list.push(json!({"type": "HEADER", "format": "TEXT", "text": "Plants"}));
    list.push(with_buttons(vec![url()]));
    list.push(json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon"}}));
    finds(
        &definition,
        &[
            "warning carousel-body /components/2",
            "warning carousel-body /components/3",
            "warning carousel-body /components/4",
            "warning carousel-body /components/5",
        ],
    );
    let mut alone = twice(plain());
    alone["components"].as_array_mut().unwrap().remove(0);
    finds(&alone, &["error body-required /components"]);
}

#[test]
fn how_many_cards() {
    let at = "/components/1/cards";
    let count = format!("error carousel-cards-count {at}");
    finds(&carousel(vec![]), &[&count]);
    finds(&carousel(vec![plain()]), &[&count]);
    finds(&carousel(vec![plain(); 2]), &[]);
    finds(&carousel(vec![plain(); 10]), &[]);
    finds(&carousel(vec![plain(); 11]), &[&count]);
    finds(&carousel(vec![product_card(); 11]), &[&count]);
    let mut without = carousel(vec![]);
    without["components"][1] = json!({"type": "CAROUSEL"});
    finds(&without, &["error carousel-cards-count /components/1"]);
    without["components"][1] = json!({"type": "CAROUSEL", "cards": null});
    finds(&without, &["error carousel-cards-count /components/1"]);
    without["components"][1] = json!({"type": "CAROUSEL", "cards": {}});
    finds(&without, &["error wrong-type /components/1/cards"]);
    // Two product cards are enough, more are no fault.
    let report = check(&carousel(vec![product_card(); 3]));
    assert!(report.ok);
    assert_eq!(pointer(&only(&report, "carousel-product-cards").path), at);
    let found = check(&carousel(vec![product_card(); 2]));
    assert!(found.diagnostics.is_empty());
    // The counter.
    let report = check(&carousel(vec![plain(); 3]));
    let counter = report
        .measures
        .iter()
        .find(|m| m.limit == Limit::CarouselCards)
        .unwrap();
    assert_eq!(
        (pointer(&counter.path).as_str(), counter.used, counter.max),
        (at, 3, 10)
    );
}

#[test]
fn shapes() {
    let mut definition = twice(plain());
    definition["components"][1]["card"] = json!([]);
    finds(&definition, &["error unexpected-field /components/1/card"]);
    let mut sent = plain();
    sent["card_index"] = json!(1);
    finds(
        &carousel(vec![plain(), sent]),
        &["error unexpected-field /components/1/cards/1/card_index"],
    );
    finds(
        &carousel(vec![plain(), json!("x")]),
        &["error wrong-type /components/1/cards/1"],
    );
    finds(
        &carousel(vec![plain(), json!({"components": {}})]),
        &["error wrong-type /components/1/cards/1/components"],
    );
    // A misspelled key, with what was meant.
    let misspelled = json!({"component": plain()["components"]});
    let report = check(&carousel(vec![plain(), misspelled]));
    let found = only(&report, "unexpected-field");
    assert_eq!(found.fixes[0].title, "rename to `components`");
    // Types that are no types, inside a card too: what may be meant is not said to be missing.
    let second = |kind: &str| {
        let mut odd = plain();
        odd["components"][1]["type"] = json!(kind);
        carousel(vec![plain(), odd])
    };
    finds(
        &second("BUTONS"),
        &[&format!("error component-type-misspelled {SECOND}/1/type")],
    );
    finds(
        &second("HOLOGRAM"),
        &[
            "error carousel-card-buttons /components/1/cards/1",
            &format!("warning component-type-unknown {SECOND}/1/type"),
        ],
    );
    finds(
        &carousel(vec![
            plain(),
            card(vec![image(), image(), with_buttons(vec![url()])]),
        ]),
        &[&format!("error component-repeated {SECOND}/1")],
    );
}

#[test]
fn parts_of_a_card_are_missing() {
    finds(
        &carousel(vec![plain(), card(vec![with_buttons(vec![url()])])]),
        &["error carousel-card-header /components/1/cards/1"],
    );
    finds(
        &carousel(vec![plain(), card(vec![image()])]),
        &["error carousel-card-buttons /components/1/cards/1"],
    );
    finds(
        &carousel(vec![plain(), json!({})]),
        &[
            "error carousel-card-buttons /components/1/cards/1",
            "error carousel-card-header /components/1/cards/1",
        ],
    );
    finds(
        &carousel(vec![plain(), card(vec![image(), with_buttons(vec![])])]),
        &[&format!("error buttons-empty {SECOND}/1/buttons")],
    );
}

#[test]
fn headers_of_cards() {
    for format in ["TEXT", "DOCUMENT", "LOCATION", "GIF"] {
        let header = json!({"type": "HEADER", "format": format});
        finds(
            &carousel(vec![card(vec![header, with_buttons(vec![url()])]), plain()]),
            &[&format!(
                "error carousel-card-header-format {FIRST}/0/format"
            )],
        );
    }
    let text = json!({"type": "HEADER", "text": "Blue Elf"});
    finds(
        &carousel(vec![card(vec![text, with_buttons(vec![url()])]), plain()]),
        &[&format!("error carousel-card-header-format {FIRST}/0")],
    );
    // The header's own rules, at their places.
    let bare = card(vec![
        json!({"type": "HEADER", "format": "IMAGE"}),
        with_buttons(vec![url()]),
    ]);
    finds(
        &carousel(vec![plain(), bare]),
        &[&format!("error header-media-example {SECOND}/0")],
    );
    let address = json!({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://example.com/a.png"]}});
    let linked = twice(card(vec![address, with_buttons(vec![url()])]));
    finds(
        &linked,
        &[
            &format!("error header-media-no-url {FIRST}/0/example/header_handle/0"),
            &format!("error header-media-no-url {SECOND}/0/example/header_handle/0"),
        ],
    );
    let readback = Options {
        readback: true,
        ..Options::default()
    };
    assert_eq!(
        found(&check_template(&linked.to_string(), &readback)),
        [""; 0]
    );
    // A product comes from the catalog, not from a sample.
    let mut sampled = product();
    sampled["example"] = json!({"header_handle": ["4::aW1hZ2U"]});
    finds(
        &carousel(vec![
            product_card(),
            card(vec![sampled, with_buttons(vec![url()])]),
        ]),
        &[&format!("error unexpected-field {SECOND}/0/example")],
    );
}

#[test]
fn texts_of_cards() {
    // Each card numbers its placeholders from 1.
    let numbered = |text: &str, sample: &str| {
        card(vec![
            image(),
            body_with(text, &[sample]),
            with_buttons(vec![url()]),
        ])
    };
    finds(
        &carousel(vec![
            numbered("It costs {{1}} euros today.", "7"),
            numbered("It has {{1}} leaves this year.", "9"),
        ]),
        &[],
    );
    finds(
        &carousel(vec![
            numbered("It costs {{1}} euros today.", "7"),
            numbered("It has {{2}} leaves this year.", "9"),
        ]),
        &[&format!("error var-positional-sequence {SECOND}/1/text")],
    );
    finds(
        &carousel(vec![
            numbered("It costs {{1}} euros today.", "7"),
            texted("It has {{1}} leaves this year."),
        ]),
        &[&format!("error example-required {SECOND}/1")],
    );
    // Named placeholders.
    let named = json!({"type": "BODY", "text": "It costs {{price}} euros today.",
        "example": {"body_text_named_params": [{"param_name": "price", "example": "7"}]}});
    let mut definition = twice(card(vec![image(), named, with_buttons(vec![url()])]));
    definition["parameter_format"] = json!("NAMED");
    finds(&definition, &[]);
}

#[test]
fn buttons_of_cards() {
    let three = twice(card(vec![image(), with_buttons(quick(3))]));
    finds(
        &three,
        &[
            &format!("error carousel-card-buttons-max {FIRST}/1/buttons"),
            &format!("error carousel-card-buttons-max {SECOND}/1/buttons"),
        ],
    );
    let two = twice(card(vec![
        product(),
        with_buttons(vec![
            url(),
            json!({"type": "URL", "text": "More", "url": "https://example.com"}),
        ]),
    ]));
    finds(
        &two,
        &[
            &format!("error carousel-card-buttons-max {FIRST}/1/buttons"),
            &format!("error carousel-card-buttons-max {SECOND}/1/buttons"),
        ],
    );
    let code = json!({"type": "COPY_CODE", "example": "SPRING25"});
    finds(
        &twice(card(vec![image(), with_buttons(vec![code])])),
        &[
            &format!("error carousel-card-button-type {FIRST}/1/buttons/0"),
            &format!("error carousel-card-button-type {SECOND}/1/buttons/0"),
        ],
    );
    for button in [phone(), quick(1).remove(0)] {
        finds(
            &twice(card(vec![product(), with_buttons(vec![button])])),
            &[
                &format!("error carousel-card-button-type {FIRST}/1/buttons/0"),
                &format!("error carousel-card-button-type {SECOND}/1/buttons/0"),
            ],
        );
    }
    // The buttons' own rules, at their places; labels at 25 and 26.
    let labelled = |n: usize| {
        let button = json!({"type": "URL", "text": "é".repeat(n), "url": "https://example.com"});
        carousel(vec![
            plain(),
            card(vec![image(), with_buttons(vec![button])]),
        ])
    };
    finds(&labelled(25), &[]);
    finds(
        &labelled(26),
        &[&format!("error button-text-max {SECOND}/1/buttons/0/text")],
    );
    let unsampled = json!({"type": "URL", "text": "Shop", "url": "https://example.com/{{1}}"});
    finds(
        &carousel(vec![
            plain(),
            card(vec![
                image(),
                body("It flowers."),
                with_buttons(vec![unsampled]),
            ]),
        ]),
        &[
            "error carousel-cards-same /components/1/cards/1",
            &format!("error button-url-example {SECOND}/2/buttons/0"),
        ],
    );
}

fn codes_of(definition: &Value) -> Vec<String> {
    // Types of buttons that are not judged yet say so; here their place in the card is looked at.
    let report = check(definition);
    found(&report)
        .into_iter()
        .filter(|line| !line.contains("kind-not-covered"))
        .collect()
}

#[test]
fn product_and_checkout_buttons() {
    let view = json!({"type": "SPM", "text": "View"});
    let buy = json!({"type": "ORDER_DETAILS", "text": "Buy now"});
    assert_eq!(
        codes_of(&twice(card(vec![
            product(),
            with_buttons(vec![view.clone()])
        ]))),
        [""; 0]
    );
    assert_eq!(
        codes_of(&twice(card(vec![image(), with_buttons(vec![buy.clone()])]))),
        [""; 0]
    );
    assert_eq!(
        codes_of(&twice(card(vec![
            image(),
            with_buttons(vec![buy.clone(), url()])
        ]))),
        [""; 0]
    );
    assert_eq!(
        codes_of(&twice(card(vec![image(), with_buttons(vec![view])]))),
        [
            format!("error carousel-card-button-type {FIRST}/1/buttons/0"),
            format!("error carousel-card-button-type {SECOND}/1/buttons/0"),
        ]
    );
    assert_eq!(
        codes_of(&twice(card(vec![
            product(),
            with_buttons(vec![buy.clone()])
        ]))),
        [
            format!("error carousel-card-button-type {FIRST}/1/buttons/0"),
            format!("error carousel-card-button-type {SECOND}/1/buttons/0"),
        ]
    );
    let late = twice(card(vec![image(), with_buttons(vec![url(), buy])]));
    assert_eq!(
        codes_of(&late),
        [
            format!("error carousel-card-checkout-first {FIRST}/1/buttons/1"),
            format!("error carousel-card-checkout-first {SECOND}/1/buttons/1"),
        ]
    );
    // Each card has its fix; both together mend it.
    let mut text = late.to_string();
    for diagnostic in check(&late)
        .diagnostics
        .iter()
        .filter(|d| d.code == "carousel-card-checkout-first")
    {
        text = apply_fix(
            &text,
            &wa_preflight::report::fix_to_json(&diagnostic.fixes[0]),
        )
        .unwrap();
    }
    assert_eq!(codes_of(&serde_json::from_str(&text).unwrap()), [""; 0]);
}

#[test]
fn what_cards_do_not_take() {
    let footer = json!({"type": "FOOTER", "text": "Lucky Shrub"});
    finds(
        &twice(card(vec![image(), footer, with_buttons(vec![url()])])),
        &[
            &format!("warning carousel-card-footer {FIRST}/1"),
            &format!("warning carousel-card-footer {SECOND}/1"),
        ],
    );
    for nested in [
        json!({"type": "CAROUSEL", "cards": [plain(), plain()]}),
        json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon"}}),
        json!({"type": "call_permission_request"}),
    ] {
        finds(
            &carousel(vec![
                card(vec![image(), with_buttons(vec![url()]), nested]),
                plain(),
            ]),
            &[&format!("error carousel-card-nested {FIRST}/2")],
        );
    }
    finds(
        &twice(card(vec![
            product(),
            body("It flowers in May."),
            with_buttons(vec![url()]),
        ])),
        &[
            &format!("error carousel-product {FIRST}/1"),
            &format!("error carousel-product {SECOND}/1"),
        ],
    );
}

#[test]
fn cards_that_differ() {
    let same = |at: &str| format!("error carousel-cards-same {at}");
    let text = |definition: &Value| {
        only(&check(definition), "carousel-cards-same")
            .message
            .clone()
    };
    // A text in one card only.
    let definition = carousel(vec![plain(), plain(), texted("It flowers in May.")]);
    finds(&definition, &[&same("/components/1/cards/2")]);
    assert_eq!(
        text(&definition),
        "card 3 has a body, but the first card has none"
    );
    let definition = carousel(vec![texted("It flowers in May."), plain()]);
    finds(&definition, &[&same("/components/1/cards/1")]);
    assert_eq!(
        text(&definition),
        "card 2 has no body, but the first card has one"
    );
    // A picture and a film, a picture and a product.
    let film = card(vec![media("VIDEO"), with_buttons(vec![url()])]);
    let definition = carousel(vec![plain(), film]);
    finds(&definition, &[&same(&format!("{SECOND}/0/format"))]);
    assert_eq!(
        text(&definition),
        "card 2 has the header format VIDEO, but the first card has IMAGE"
    );
    finds(
        &carousel(vec![product_card(), plain()]),
        &[&same(&format!("{SECOND}/0/format"))],
    );
    // Another type of button, one more, another order.
    let of = |list| card(vec![image(), with_buttons(list)]);
    let at = same(&format!("{SECOND}/1/buttons"));
    finds(&carousel(vec![of(vec![url()]), of(vec![phone()])]), &[&at]);
    finds(
        &carousel(vec![of(vec![url()]), of(vec![url(), phone()])]),
        &[&at],
    );
    let definition = carousel(vec![of(vec![url(), phone()]), of(vec![phone(), url()])]);
    finds(&definition, &[&at]);
    assert_eq!(
        text(&definition),
        "card 2 has the buttons PHONE_NUMBER, URL, but the first card has URL, PHONE_NUMBER"
    );
    let report = check(&definition);
    let fix = &only(&report, "carousel-cards-same").fixes[0];
    assert!(fix.safe);
    let mended = apply_fix(
        &definition.to_string(),
        &wa_preflight::report::fix_to_json(fix),
    )
    .unwrap();
    finds(&serde_json::from_str(&mended).unwrap(), &[]);
    // No swap makes these alike.
    let report = check(&carousel(vec![of(vec![url(), phone()]), of(vec![phone()])]));
    assert!(only(&report, "carousel-cards-same").fixes.is_empty());
}

/// Half a definition is not blamed for what may still come.
#[test]
fn half_typed() {
    let text = twice(texted("It flowers in May.")).to_string();
    let missing = [
        "carousel-cards-count",
        "carousel-cards-same",
        "carousel-card-header",
        "carousel-card-buttons",
        "body-required",
    ];
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        let report = check_text(&text[..at]);
        for diagnostic in &report.diagnostics {
            assert!(
                !missing.contains(&diagnostic.code),
                "{} at {}",
                diagnostic.code,
                &text[..at]
            );
        }
    }
}

/// Values of every type in every place of a carousel give a report whose fixes apply, and whose safe
/// fixes mend.
#[test]
fn any_value_in_any_place() {
    let whole = carousel(vec![texted("It flowers in May."), product_card()]);
    let places = places(&whole);
    for place in &places {
        for value in [
            json!(null),
            json!(true),
            json!(7),
            json!(""),
            json!("PRODUCT"),
            json!([]),
            json!([[{}]]),
            json!({}),
            json!({"type": "HEADER", "text": "a"}),
        ] {
            let changed = replaced(&whole, place, value);
            let text = changed.to_string();
            let report = check_text(&text);
            let count =
                |r: &Report, code: &str| r.diagnostics.iter().filter(|d| d.code == code).count();
            for diagnostic in &report.diagnostics {
                assert!(
                    changed.pointer(&pointer(&diagnostic.path)).is_some(),
                    "{} {}",
                    diagnostic.code,
                    pointer(&diagnostic.path)
                );
                for fix in &diagnostic.fixes {
                    let mended = apply_fix(&text, &wa_preflight::report::fix_to_json(fix)).unwrap();
                    if fix.safe {
                        let after = check_text(&mended);
                        assert!(
                            count(&after, diagnostic.code) < count(&report, diagnostic.code),
                            "{mended}"
                        );
                        for d in &after.diagnostics {
                            assert!(
                                count(&after, d.code) <= count(&report, d.code),
                                "{} in {mended}",
                                d.code
                            );
                        }
                    }
                }
            }
        }
    }
    assert!(places.len() > 30);
}

/// Twice the text costs at most two and a half times the time.
#[test]
fn hostile_carousels_cost_what_they_are_long() {
    type Shape = (&'static str, fn(usize) -> String);
    let shapes: [Shape; 6] = [
        ("cards", |size| carousel_of(&"{},".repeat(size / 3))),
        ("cards alike", |size| {
            let card = plain().to_string() + ",";
            carousel_of(&card.repeat(size / card.len()))
        }),
        ("cards that differ", |size| {
            let (a, b) = (
                plain().to_string() + ",",
                texted("It flowers.").to_string() + ",",
            );
            carousel_of(&(a + &b.repeat(size / b.len())))
        }),
        ("a long first card", |size| {
            let button = "{\"type\":\"URL\"},".repeat(size / 28);
            let long =
                format!("{{\"components\":[{{\"type\":\"BUTTONS\",\"buttons\":[{button}1]}}]}},");
            let short =
                "{\"components\":[{\"type\":\"BUTTONS\",\"buttons\":[{\"type\":\"URL\"}]}]},";
            carousel_of(&(long + &short.repeat(size / 2 / short.len())))
        }),
        ("many components in a card", |size| {
            carousel_of(&format!(
                "{{\"components\":[{}1]}},",
                "{\"type\":\"FOOTER\"},".repeat(size / 18)
            ))
        }),
        ("carousels", |size| {
            let one = "{\"type\":\"CAROUSEL\",\"cards\":[{}]},";
            format!(
                "{{\"category\":\"MARKETING\",\"components\":[{}1]}}",
                one.repeat(size / one.len())
            )
        }),
    ];
    for (name, shape) in shapes {
        let growth = growth(|size| {
            let text = shape(size);
            best(|| check_text(&text))
        });
        assert!(
            growth < 2.5,
            "{name}: {growth:.2} times the time for twice the text"
        );
    }
}

fn carousel_of(cards: &str) -> String {
    let body = body("Two plants that you may like.");
    format!(
        "{{\"category\":\"MARKETING\",\"components\":[{body},{{\"type\":\"CAROUSEL\",\"cards\":[{cards}1]}}]}}"
    )
}
