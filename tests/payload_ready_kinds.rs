//! Ready-made payloads of every kind: cards, offers, orders, flows, calls, codes, and the keys around them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use support::kinds::{NOW, kinds};
use support::templates::template;
use wa_preflight::findings::Options;
use wa_preflight::payload::check_payload;
use wa_preflight::report::{Report, Severity, pointer};

fn options() -> Options {
    Options {
        now: Some(NOW),
        ..Options::default()
    }
}

fn whole(components: &Value) -> Value {
    json!({"messaging_product": "whatsapp", "to": "+33612345678", "type": "template",
        "template": {"name": "order_update", "language": {"code": "en_US"}, "components": components}})
}

/// Errors and warnings as `code path key`.
fn found(report: &Report) -> Vec<String> {
    let findings = report
        .diagnostics
        .iter()
        .filter(|d| d.severity != Severity::Info);
    findings
        .map(|d| {
            let path = pointer(&d.path);
            let path = path.strip_prefix("/template/components").unwrap_or(&path);
            [d.code, " ", path, " ", d.key.as_deref().unwrap_or("-")].concat()
        })
        .collect()
}

/// A payload of a kind with one change: what is found, and Meta's code of the first error.
type Row = (
    &'static str,
    fn(&mut Value),
    &'static [&'static str],
    Option<u32>,
);

const CARDS: &str = "/1/cards";

fn at<'v>(components: &'v mut Value, pointer: &str) -> &'v mut Value {
    components.pointer_mut(pointer).unwrap()
}

fn items<'v>(components: &'v mut Value, pointer: &str) -> &'v mut Vec<Value> {
    at(components, pointer).as_array_mut().unwrap()
}

const ROWS: &[Row] = &[
    // Cards.
    (
        "media carousel",
        |c| drop(items(c, CARDS).pop()),
        &["payload-card-count /1/cards -"],
        Some(132_012),
    ),
    (
        "media carousel",
        |c| {
            let card = c[1]["cards"][1].clone();
            items(c, CARDS).push(card);
        },
        &[
            "payload-card-count /1/cards -",
            "payload-card-index /1/cards/2/card_index -",
        ],
        Some(132_012),
    ),
    (
        "media carousel",
        |c| c[1]["cards"] = json!([]),
        &["payload-card-count /1/cards -"],
        Some(132_012),
    ),
    (
        "media carousel",
        |c| c[1]["cards"] = Value::Null,
        &["payload-key-missing /1 -"],
        Some(100),
    ),
    (
        "media carousel",
        |c| c[1]["cards"] = json!({}),
        &["wrong-type /1/cards -"],
        None,
    ),
    (
        "media carousel",
        |c| c[1]["cards"][1]["card_index"] = json!(0),
        &["payload-card-index /1/cards/1/card_index -"],
        Some(131_009),
    ),
    (
        "media carousel",
        |c| c[1]["cards"][1]["card_index"] = json!(2),
        &["payload-card-index /1/cards/1/card_index -"],
        Some(131_009),
    ),
    (
        "media carousel",
        |c| c[1]["cards"][0]["card_index"] = json!(-1),
        &["payload-card-index /1/cards/0/card_index -"],
        Some(131_009),
    ),
    (
        "media carousel",
        |c| c[1]["cards"][1]["card_index"] = json!("1"),
        &["wrong-type /1/cards/1/card_index -"],
        None,
    ),
    (
        "media carousel",
        |c| c[1]["cards"][1]["card_index"] = Value::Null,
        &["payload-key-missing /1/cards/1 -"],
        Some(100),
    ),
    (
        "media carousel",
        |c| c[1]["cards"].as_array_mut().unwrap().swap(0, 1),
        &[],
        None,
    ),
    (
        "media carousel",
        |c| drop(items(c, "/1/cards/1/components").remove(0)),
        &["payload-header-missing /1/cards/1/components cards.1.header.video"],
        Some(132_012),
    ),
    (
        "media carousel",
        |c| drop(items(c, "/1/cards/1/components").remove(1)),
        &["payload-parameter-count /1/cards/1/components cards.1.body.1"],
        Some(132_000),
    ),
    (
        "media carousel",
        |c| drop(items(c, "/1/cards/0/components/1/parameters").pop()),
        &["payload-parameter-count /1/cards/0/components/1/parameters cards.0.body.1"],
        Some(132_000),
    ),
    (
        "media carousel",
        |c| drop(items(c, "/1/cards/1/components").pop()),
        &["payload-button-missing /1/cards/1/components cards.1.buttons.0"],
        Some(131_008),
    ),
    (
        "media carousel",
        |c| *at(c, "/1/cards/1/components/1/parameters/0/text") = json!("a\nb"),
        &["value-newline /1/cards/1/components/1/parameters/0/text cards.1.body.1"],
        Some(132_018),
    ),
    (
        "media carousel",
        |c| *at(c, "/1/cards/1/components/1/parameters/0/text") = json!("x".repeat(160)),
        &["hydrated-too-long /1/cards/1/components/1/parameters/0 cards.1.body.1"],
        Some(132_005),
    ),
    (
        "media carousel",
        |c| *at(c, "/1/cards/0/components/0/parameters/0/type") = json!("image"),
        &["payload-parameter-type /1/cards/0/components/0/parameters/0/type cards.0.header.video"],
        Some(132_012),
    ),
    (
        "media carousel",
        |c| items(c, "/1/cards/0/components").push(json!({"type": "carousel", "cards": []})),
        &["payload-component-type /1/cards/0/components/4/type -"],
        Some(100),
    ),
    (
        "media carousel",
        |c| c[1]["cards"][0]["title"] = json!("x"),
        &["payload-key-unknown /1/cards/0/title -"],
        Some(100),
    ),
    (
        "media carousel",
        |c| c[1]["cards"][0]["components"] = Value::Null,
        &["payload-key-missing /1/cards/0 -"],
        Some(100),
    ),
    (
        "media carousel",
        |c| drop(items(c, "").pop()),
        &["payload-component-missing  cards.0.header.video"],
        Some(131_008),
    ),
    // A carousel of products takes two to ten, whatever was defined.
    (
        "product carousel",
        |c| {
            let card = c[0]["cards"][0].clone();
            for i in c[0]["cards"].as_array().unwrap().len()..10 {
                let mut more = card.clone();
                more["card_index"] = json!(i);
                items(c, "/0/cards").push(more);
            }
        },
        &[],
        None,
    ),
    (
        "product carousel",
        |c| {
            let card = c[0]["cards"][0].clone();
            for i in c[0]["cards"].as_array().unwrap().len()..11 {
                let mut more = card.clone();
                more["card_index"] = json!(i);
                items(c, "/0/cards").push(more);
            }
        },
        &["payload-card-count /0/cards -"],
        Some(132_012),
    ),
    (
        "product carousel",
        |c| items(c, "/0/cards").truncate(1),
        &["payload-card-count /0/cards -"],
        Some(132_012),
    ),
    (
        "product carousel",
        |c| *at(c, "/0/cards/1/components/0/parameters/0/product/catalog_id") = json!(""),
        &["product-incomplete /0/cards/1/components/0/parameters/0/product cards.1.header.product"],
        Some(131_008),
    ),
    // Flows, catalogs, products.
    (
        "flow",
        |c| *c = json!([]),
        &["payload-button-missing  buttons.0"],
        Some(131_008),
    ),
    (
        "flow",
        |c| drop(c[0].as_object_mut().unwrap().remove("parameters")),
        &[],
        None,
    ),
    (
        "flow",
        |c| c[0]["parameters"] = json!([]),
        &["payload-button-missing /0/parameters buttons.0"],
        Some(131_008),
    ),
    (
        "flow",
        |c| c[0]["parameters"][0]["action"] = json!({}),
        &[],
        None,
    ),
    (
        "flow",
        |c| c[0]["parameters"][0]["action"] = json!({"flow_token": 7}),
        &["wrong-type /0/parameters/0/action/flow_token buttons.0"],
        None,
    ),
    (
        "flow",
        |c| c[0]["parameters"][0]["action"] = json!({"token": "a"}),
        &["action-key-unknown /0/parameters/0/action/token buttons.0"],
        Some(100),
    ),
    (
        "flow",
        |c| c[0]["sub_type"] = json!("url"),
        &["payload-button-type /0/sub_type buttons.0"],
        Some(132_018),
    ),
    (
        "flow",
        |c| c[0]["sub_type"] = json!("flwo"),
        &["payload-word /0/sub_type -"],
        Some(100),
    ),
    (
        "flow",
        |c| c[0]["parameters"][0]["type"] = json!("ACTION"),
        &[],
        None,
    ),
    (
        "catalog",
        |c| items(c, "").retain(|part| part["type"] != "button"),
        &["payload-button-missing  buttons.0"],
        Some(131_008),
    ),
    (
        "multi-product",
        |c| drop(items(c, "").pop()),
        &["payload-button-missing  buttons.0"],
        Some(131_008),
    ),
    (
        "multi-product",
        |c| *at(c, "/1/parameters/0/action/sections") = json!([]),
        &["action-incomplete /1/parameters/0/action/sections buttons.0"],
        Some(131_008),
    ),
    // Calls.
    (
        "voice call",
        |c| {
            let button = items(c, "").last_mut().unwrap();
            drop(button.as_object_mut().unwrap().remove("index"));
        },
        &[],
        None,
    ),
    (
        "voice call",
        |c| {
            let button = items(c, "").last_mut().unwrap();
            button["parameters"] = json!([{"type": "ttl_minutes", "ttl_minutes": 0}]);
        },
        &["call-ttl-range /0/parameters/0/ttl_minutes buttons.1"],
        Some(131_009),
    ),
    (
        "voice call",
        |c| {
            let button = items(c, "").last_mut().unwrap();
            button["parameters"] =
                json!([{"type": "payload", "payload": "a"}, {"type": "payload", "payload": "b"}]);
        },
        &["payload-component-repeated /0/parameters/1 buttons.1"],
        Some(100),
    ),
    (
        "voice call",
        |c| {
            let button = items(c, "").last_mut().unwrap();
            button["parameters"] = json!([{"type": "payload", "payload": "x".repeat(513)}]);
        },
        &["call-payload-too-long /0/parameters/0/payload buttons.1"],
        Some(131_009),
    ),
    // Orders.
    (
        "order details",
        |c| drop(items(c, "").pop()),
        &["payload-button-missing  buttons.0"],
        Some(131_008),
    ),
    (
        "order details",
        |c| {
            *at(
                c,
                "/1/parameters/0/action/order_details/order/subtotal/value",
            ) = json!(1)
        },
        &[
            "order-sums /1/parameters/0/action/order_details/order buttons.0",
            "order-sums /1/parameters/0/action/order_details/order/subtotal buttons.0",
        ],
        Some(131_009),
    ),
    (
        "order details",
        |c| c[1]["parameters"][0]["action"] = json!({"orderDetails": {}}),
        &[
            "payload-key-missing /1/parameters/0/action buttons.0",
            "payload-key-unknown /1/parameters/0/action/orderDetails -",
        ],
        Some(100),
    ),
    (
        "order status",
        |c| drop(items(c, "").pop()),
        &["payload-component-missing  order_status"],
        Some(131_008),
    ),
    (
        "order status",
        |c| *at(c, "/1/parameters/0/order_status/order/status") = json!("delivered"),
        &["order-word /1/parameters/0/order_status/order/status order_status"],
        Some(131_009),
    ),
    (
        "payment request",
        |c| {
            *at(
                c,
                "/0/parameters/0/action/payment_request/payment_setting/type",
            ) = json!("cash")
        },
        &["payment-setting /0/parameters/0/action/payment_request/payment_setting buttons.0"],
        Some(131_009),
    ),
    // Offers.
    (
        "limited-time offer with a code",
        |c| items(c, "").retain(|part| part["type"] != "limited_time_offer"),
        &["payload-component-missing  offer.expires_at"],
        Some(131_008),
    ),
    (
        "limited-time offer with a code",
        |c| offer(c)["parameters"] = json!([]),
        &["payload-parameter-count /2/parameters offer.expires_at"],
        Some(132_000),
    ),
    (
        "limited-time offer with a code",
        |c| expire(c, json!(1_795_000_001)),
        &[
            "offer-expiry-unit /2/parameters/0/limited_time_offer/expiration_time_ms offer.expires_at",
        ],
        Some(131_009),
    ),
    (
        "limited-time offer with a code",
        |c| expire(c, json!(1_794_999_999_999_u64)),
        &["offer-expired /2/parameters/0/limited_time_offer/expiration_time_ms offer.expires_at"],
        Some(131_009),
    ),
    (
        "limited-time offer with a code",
        |c| expire(c, json!("1795000000001")),
        &["wrong-type /2/parameters/0/limited_time_offer/expiration_time_ms -"],
        None,
    ),
    (
        "limited-time offer with a code",
        |c| expire(c, Value::Null),
        &["payload-key-missing /2/parameters/0/limited_time_offer offer.expires_at"],
        Some(100),
    ),
    // What is in the wrong place.
    (
        "GIF",
        |c| {
            items(c, "").push(json!({"type": "limited_time_offer", "parameters": [{"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1_795_000_000_001_u64}}]}))
        },
        &["payload-component-extra /1 -"],
        Some(100),
    ),
    (
        "GIF",
        |c| items(c, "").push(json!({"type": "carousel", "cards": []})),
        &["payload-component-extra /1 -"],
        Some(100),
    ),
    (
        "GIF",
        |c| items(c, "").push(json!({"type": "order_status", "parameters": []})),
        &["payload-component-extra /1 -"],
        Some(100),
    ),
    (
        "GIF",
        |c| items(c, "").push(json!({"type": "tap_target_configuration", "parameters": []})),
        &["payload-component-extra /1 -"],
        Some(100),
    ),
    // Pages differ on the word.
    (
        "GIF",
        |c| {
            let file = c[0]["parameters"][0]["gif"].take();
            c[0]["parameters"] = json!([{"type": "video", "video": file}]);
        },
        &[],
        None,
    ),
    (
        "tap target",
        |c| {
            let target = tap(c);
            *target = json!([]);
        },
        &["tap-target-one /1/parameters/0/tap_target_configuration tap_target"],
        Some(131_009),
    ),
    (
        "tap target",
        |c| {
            let target = tap(c);
            *target = target[0].clone();
        },
        &["wrong-type /1/parameters/0/tap_target_configuration -"],
        None,
    ),
    (
        "tap target",
        |c| {
            let target = tap(c);
            target[0]["url"] = json!("shop");
        },
        &["tap-target-url /1/parameters/0/tap_target_configuration/0/url tap_target"],
        Some(131_009),
    ),
    (
        "location",
        |c| c[0]["parameters"][0]["location"]["lat"] = json!("1"),
        &["action-key-unknown /0/parameters/0/location/lat header.location"],
        Some(100),
    ),
    (
        "location",
        |c| c[0]["parameters"][0]["location"]["name"] = json!(7),
        &["wrong-type /0/parameters/0/location/name header.location"],
        None,
    ),
    (
        "single product",
        |c| *at(c, "/0/parameters/0/type") = json!("image"),
        &["payload-parameter-type /0/parameters/0/type header.product"],
        Some(132_012),
    ),
];

fn offer(components: &mut Value) -> &mut Value {
    let parts = components.as_array_mut().unwrap();
    let is = |part: &&mut Value| part["type"] == "limited_time_offer";
    parts.iter_mut().find(is).unwrap()
}

fn expire(components: &mut Value, moment: Value) {
    offer(components)["parameters"][0]["limited_time_offer"]["expiration_time_ms"] = moment;
}

fn tap(components: &mut Value) -> &mut Value {
    at(components, "/1/parameters/0/tap_target_configuration")
}

#[test]
fn names_each_fault_of_every_kind() {
    let mut wrong = Vec::new();
    for (number, (name, change, expected, code)) in ROWS.iter().enumerate() {
        let kind = kinds().into_iter().find(|kind| kind.name == *name).unwrap();
        let template = template(&kind.definition);
        let mut components = kind.components.clone();
        change(&mut components);
        for payload in [components.clone(), whole(&components)] {
            let report = template.check_payload(&payload.to_string(), &options());
            let found: Vec<String> = found(&report);
            let is = |line: &String| !line.starts_with("to-without-plus");
            let found: Vec<&String> = found.iter().filter(|line| is(line)).collect();
            if found != expected.iter().collect::<Vec<_>>() {
                wrong.push(format!(
                    "row {number}, {name}: {found:?}\n   instead of {expected:?}"
                ));
            }
            let first = report
                .diagnostics
                .iter()
                .find(|d| d.severity == Severity::Error);
            let meta = first.and_then(|d| d.meta.as_ref()).map(|meta| meta.code);
            if code.is_some() && meta != *code {
                wrong.push(format!("row {number}, {name}: code {meta:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What fits its template passes, against it and alone; words of types in any case, indices as numbers.
#[test]
fn every_kind_passes_in_every_spelling() {
    for kind in kinds() {
        let template = template(&kind.definition);
        let mut spelled = kind.components.clone();
        respell(&mut spelled);
        for components in [&kind.components, &spelled] {
            let text = whole(components).to_string();
            for report in [
                template.check_payload(&text, &options()),
                check_payload(&text, &options()),
            ] {
                let errors: Vec<_> = report
                    .diagnostics
                    .iter()
                    .filter(|d| d.severity == Severity::Error)
                    .collect();
                assert!(errors.is_empty(), "{}: {errors:#?}\n{text}", kind.name);
                assert!(report.complete, "{}", kind.name);
            }
        }
    }
}

/// Upper case for the words of types, numbers for indices. A `type` deeper down, of an order, is a word of its own.
fn respell(components: &mut Value) {
    for component in components.as_array_mut().into_iter().flatten() {
        for (key, value) in component.as_object_mut().unwrap() {
            match key.as_str() {
                "type" | "sub_type" => *value = json!(value.as_str().unwrap().to_uppercase()),
                "index" => {
                    let index = value.as_str().map(|index| index.parse::<u8>().unwrap());
                    *value = index.map_or(value.clone(), Value::from);
                }
                "parameters" => {
                    for parameter in value.as_array_mut().unwrap() {
                        let word = parameter["type"].as_str().unwrap().to_uppercase();
                        parameter["type"] = json!(word);
                    }
                }
                _ => {
                    for card in value.as_array_mut().unwrap() {
                        respell(&mut card["components"]);
                    }
                }
            }
        }
    }
}

/// The keys around the template: a change, and what is found.
#[test]
fn judges_the_envelope() {
    type Change = (fn(&mut Value), &'static [&'static str]);
    let marketing = json!({"category": "MARKETING"});
    let code = json!({"category": "AUTHENTICATION", "components": [{"type": "BODY"}, {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}]});
    let of_code = json!([{"type": "body", "parameters": [{"type": "text", "text": "J$FpnYnP"}]},
        {"type": "button", "sub_type": "url", "index": 0, "parameters": [{"type": "text", "text": "J$FpnYnP"}]}]);
    let plain: &[Change] = &[
        (|p| p["recipient_type"] = json!("individual"), &[]),
        (
            |p| p["recipient_type"] = json!("channel"),
            &["payload-word /recipient_type -"],
        ),
        (
            |p| p["recipient_type"] = json!("group"),
            &["group-is-phone /to -"],
        ),
        (
            |p| {
                p["recipient_type"] = json!("group");
                p["to"] = json!("Y2FwaV9ncm91cDox");
            },
            &[],
        ),
        (
            |p| {
                p["to"] = Value::Null;
                p["recipient"] = json!("US.13491208655302741918");
            },
            &[],
        ),
        (
            |p| {
                p["to"] = Value::Null;
                p["recipient"] = json!("US.ENT.118");
            },
            &[],
        ),
        (
            |p| {
                p["to"] = Value::Null;
                p["recipient"] = json!("us.1");
            },
            &["recipient-malformed /recipient -"],
        ),
        (
            |p| p["recipient"] = json!("US.1"),
            &["to-wins /recipient -"],
        ),
        (|p| p["to"] = Value::Null, &["recipient-missing  -"]),
        (
            |p| p["to"] = json!("0033612345678"),
            &["to-malformed /to -"],
        ),
        (
            |p| p["to"] = json!("+33.612.345.678"),
            &["to-malformed /to -"],
        ),
        (|p| p["to"] = json!("+33 (612) 345-678"), &[]),
        (
            |p| p["to"] = json!(33_612_345_678_u64),
            &["wrong-type /to -"],
        ),
        (|p| p["context"] = json!({"message_id": "wamid.HBgL"}), &[]),
        (
            |p| p["context"] = json!({"message_id": "HBgL"}),
            &["reply-to-malformed /context/message_id -"],
        ),
        (
            |p| p["context"] = json!({"id": "wamid.HBgL"}),
            &[
                "payload-key-missing /context -",
                "payload-key-unknown /context/id -",
            ],
        ),
        (
            |p| p["context"] = json!("wamid.HBgL"),
            &["wrong-type /context -"],
        ),
        (
            |p| p["biz_opaque_callback_data"] = json!("x".repeat(512)),
            &[],
        ),
        (
            |p| p["biz_opaque_callback_data"] = json!("x".repeat(513)),
            &["callback-too-long /biz_opaque_callback_data -"],
        ),
        (
            |p| p["recipient_identity_key_hash"] = json!(7),
            &["wrong-type /recipient_identity_key_hash -"],
        ),
        (
            |p| p["template"]["language"]["policy"] = json!("deterministic"),
            &[],
        ),
        (
            |p| p["template"]["language"]["policy"] = json!("fallback"),
            &["payload-word /template/language/policy -"],
        ),
        (
            |p| p["template"]["namespace"] = json!("ns"),
            &["payload-on-premises /template/namespace -"],
        ),
        (
            |p| p["ttl_seconds"] = json!(60),
            &["payload-key-unknown /ttl_seconds -"],
        ),
        (|p| p["product_policy"] = json!("STRICT"), &[]),
        (
            |p| p["product_policy"] = json!("strict"),
            &["payload-word /product_policy -"],
        ),
        (|p| p["message_activity_sharing"] = json!(false), &[]),
        (
            |p| p["message_activity_sharing"] = json!("no"),
            &["wrong-type /message_activity_sharing -"],
        ),
        (
            |p| p["bid_spec"] = json!({"per_message_bid_multiplier": 1.5}),
            &[],
        ),
        (
            |p| p["bid_spec"] = json!({"per_message_bid_multiplier": 0}),
            &["wrong-type /bid_spec/per_message_bid_multiplier -"],
        ),
        (
            |p| p["bid_spec"] = json!({"multiplier": 1}),
            &[
                "payload-key-missing /bid_spec -",
                "payload-key-unknown /bid_spec/multiplier -",
            ],
        ),
        (
            |p| {
                p["to"] = Value::Null;
                p["recipient"] = json!("US.1");
                p["bid_spec"] = json!({"per_message_bid_multiplier": 1});
            },
            &["payload-bid-to-user-id /bid_spec -"],
        ),
    ];
    let utility: &[Change] = &[
        (
            |p| p["product_policy"] = json!("STRICT"),
            &["payload-marketing-only /product_policy -"],
        ),
        (
            |p| p["message_activity_sharing"] = json!(true),
            &["payload-marketing-only /message_activity_sharing -"],
        ),
        (|p| p["bid_spec"] = Value::Null, &[]),
    ];
    let codes: &[Change] = &[
        (|_| {}, &[]),
        (
            |p| {
                p["to"] = Value::Null;
                p["recipient"] = json!("US.1");
            },
            &["recipient-cannot-authenticate /recipient -"],
        ),
        // `to` wins, so the code goes to a number after all.
        (
            |p| p["recipient"] = json!("US.1"),
            &["to-wins /recipient -"],
        ),
        (
            |p| {
                *p.pointer_mut("/template/components/1/parameters/0/text")
                    .unwrap() = json!("1234")
            },
            &["payload-code-differs /1/parameters/0/text body.1"],
        ),
        (
            |p| drop(items(p, "/template/components").pop()),
            &["payload-button-missing  body.1"],
        ),
    ];
    for (definition, components, changes) in [
        (&marketing, &json!([]), plain),
        (&json!({}), &json!([]), utility),
        (&code, &of_code, codes),
    ] {
        let template = template(definition);
        for (number, (change, expected)) in changes.iter().enumerate() {
            let mut payload = whole(components);
            change(&mut payload);
            let report = template.check_payload(&payload.to_string(), &options());
            assert_eq!(found(&report), *expected, "row {number}: {payload}");
        }
    }
}

/// Half-typed JSON and hostile shapes get a report, in time.
#[test]
fn large_carousels_are_judged() {
    let kind = kinds()
        .into_iter()
        .find(|kind| kind.name == "media carousel")
        .unwrap();
    let template = template(&kind.definition);
    let card = kind.components[1]["cards"][0].clone();
    let cards: Vec<Value> = (0..5_000).map(|_| card.clone()).collect();
    let buttons: Vec<Value> = (0..20_000)
        .map(|i| json!({"type": "button", "sub_type": "url", "index": i, "parameters": []}))
        .collect();
    for components in [
        json!([{"type": "carousel", "cards": cards}]),
        json!([{"type": "carousel", "cards": [{"card_index": 0, "components": buttons}]}]),
    ] {
        let text = whole(&components).to_string();
        let started = std::time::Instant::now();
        for report in [
            template.check_payload(&text, &options()),
            check_payload(&text, &options()),
        ] {
            assert!(!report.ok);
        }
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
        let half = text.get(..text.len() / 2).unwrap();
        assert!(!template.check_payload(half, &options()).ok);
    }
}
