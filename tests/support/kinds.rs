//! Every kind of template with a message that fits it, what is built from that, and what breaks it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

use serde_json::{Value, json};

/// The moment at which the messages are judged.
pub const NOW: f64 = 1_795_000_000_000.0;
/// An image's address.
pub const PICTURE: &str = "https://cdn.example/a.jpg";

/// A kind of template.
#[derive(Debug, Clone)]
pub struct Kind {
    /// What it is called here.
    pub name: &'static str,
    /// The members of its definition beyond name, language and category.
    pub definition: Value,
    /// `key kind`, with a question mark behind what may be left out.
    pub parameters: &'static [&'static str],
    /// Values that fit.
    pub values: Value,
    /// The components that are built from them.
    pub components: Value,
    /// Values laid over those that fit (`null` takes one away), and what is found: `code key`.
    pub faults: Vec<(Value, &'static [&'static str])>,
}

/// A component of buttons.
pub fn buttons(list: Value) -> Value {
    json!({"type": "BUTTONS", "buttons": list})
}

/// A body.
pub fn body(text: &str) -> Value {
    json!({"type": "BODY", "text": text})
}

/// A header with an image.
pub fn image() -> Value {
    json!({"type": "HEADER", "format": "IMAGE"})
}

/// A button component of a payload.
pub fn button(kind: &str, index: usize, parameters: Value) -> Value {
    json!({"type": "button", "sub_type": kind, "index": index.to_string(), "parameters": parameters})
}

/// A button component with an action.
pub fn action(kind: &str, action: Value) -> Value {
    button(kind, 0, json!([{"type": "action", "action": action}]))
}

/// A header component with the image.
pub fn picture() -> Value {
    json!({"type": "header", "parameters": [{"type": "image", "image": {"link": PICTURE}}]})
}

/// A product.
pub fn product(id: &str) -> Value {
    json!({"product_retailer_id": id, "catalog_id": "194836987003835"})
}

/// Sections of products, by title and number.
pub fn sections(titles: &[(&str, usize)]) -> Value {
    let section = |(title, products): &(&str, usize)| {
        let items: Vec<Value> = (0..*products)
            .map(|n| json!({"product_retailer_id": format!("sku-{n}")}))
            .collect();
        json!({"title": title, "product_items": items})
    };
    let list: Vec<Value> = titles.iter().map(section).collect();
    json!({"thumbnail_product_retailer_id": "sku-0", "sections": list})
}

/// An order that adds up.
pub fn order() -> Value {
    json!({"reference_id": "A-17", "type": "digital-goods", "currency": "INR", "total_amount": {"value": 650, "offset": 100},
        "payment_settings": [{"type": "upi_intent_link", "upi_intent_link": {"link": "upi://pay?pa=shop"}}],
        "order": {"status": "pending",
            "items": [{"retailer_id": "sku-1", "name": "Cactus", "amount": {"value": 200, "offset": 100}, "quantity": 2,
                "country_of_origin": "India", "importer_name": "Shop", "importer_address": {"city": "Pune"}}],
            "subtotal": {"value": 400, "offset": 100}, "tax": {"value": 500, "offset": 100},
            "shipping": {"value": 0, "offset": 100}, "discount": {"value": 250, "offset": 100}}})
}

/// The order with one node replaced.
pub fn order_with(place: &str, value: Value) -> Value {
    let mut order = json!({"order_details": order()});
    *order.pointer_mut(place).unwrap() = value;
    json!({"buttons.0": order})
}

/// The order without one member.
pub fn order_without(owner: &str, key: &str) -> Value {
    let mut order = json!({"order_details": order()});
    let members = order.pointer_mut(owner).unwrap().as_object_mut().unwrap();
    members.remove(key).unwrap();
    json!({"buttons.0": order})
}

/// A payment by Pix.
pub fn pix(code: &str) -> Value {
    json!({"payment_request": {"payment_setting": {"type": "pix_dynamic_code", "pix_dynamic_code": {"code": code}}}})
}

/// A card with a film.
pub fn film_card(link: &str, body: &str) -> Value {
    json!({"components": [{"type": "HEADER", "format": "VIDEO"}, {"type": "BODY", "text": body},
        buttons(json!([{"type": "URL", "text": "Watch", "url": format!("https://films.example/{link}")}, {"type": "QUICK_REPLY", "text": "No"}]))]})
}

/// A card with a product.
pub fn product_card(kind: Value) -> Value {
    json!({"components": [{"type": "HEADER", "format": "PRODUCT"}, buttons(json!([kind]))]})
}

/// All of them.
#[allow(clippy::too_many_lines, reason = "a table")]
pub fn kinds() -> Vec<Kind> {
    let far = "x".repeat(600);
    vec![
        Kind {
            name: "flow",
            definition: json!({"components": [body("Tell us."), buttons(json!([{"type": "FLOW", "text": "Answer", "flow_id": "1"}]))]}),
            parameters: &["buttons.0 flow?"],
            values: json!({"buttons.0": {"flow_token": "t-1", "flow_action_data": {"name": null}}}),
            components: json!([action(
                "flow",
                json!({"flow_token": "t-1", "flow_action_data": {"name": null}})
            )]),
            faults: vec![
                (json!({"buttons.0": null}), &[]),
                (json!({"buttons.0": "t-1"}), &[]),
                (
                    json!({"buttons.0": {"flow_token": " "}}),
                    &["value-blank buttons.0"],
                ),
                (
                    json!({"buttons.0": {"flow_token": 7}}),
                    &["wrong-type buttons.0"],
                ),
                (
                    json!({"buttons.0": {"flow_tokn": "t"}}),
                    &["action-key-unknown buttons.0"],
                ),
                (
                    json!({"buttons.0": {"flow_action_data": "x"}}),
                    &["wrong-type buttons.0"],
                ),
                (json!({"buttons.0": []}), &["wrong-type buttons.0"]),
                (json!({"buttons.1": "t"}), &["value-unknown buttons.1"]),
            ],
        },
        Kind {
            name: "catalog",
            definition: json!({"category": "MARKETING", "components": [body("From {{1}} euros."), buttons(json!([{"type": "CATALOG", "text": "View catalog"}]))]}),
            parameters: &["body.1 text", "buttons.0 catalog?"],
            values: json!({"body.1": "40", "buttons.0": {"thumbnail_product_retailer_id": "sku-1"}}),
            components: json!([
                {"type": "body", "parameters": [{"type": "text", "text": "40"}]},
                action("catalog", json!({"thumbnail_product_retailer_id": "sku-1"}))
            ]),
            faults: vec![
                (json!({"buttons.0": null}), &[]),
                (json!({"buttons.0": "sku-1"}), &[]),
                (json!({"buttons.0": ""}), &["value-blank buttons.0"]),
                (json!({"buttons.0": {}}), &["action-incomplete buttons.0"]),
                (
                    json!({"buttons.0": {"thumbnail_product_retailer_id": " "}}),
                    &["value-blank buttons.0"],
                ),
                (json!({"body.1": null}), &["value-missing body.1"]),
            ],
        },
        Kind {
            name: "multi-product",
            definition: json!({"category": "MARKETING", "components": [{"type": "HEADER", "format": "TEXT", "text": "Still thinking, {{1}}?"}, body("Yours."), buttons(json!([{"type": "MPM", "text": "View items"}]))]}),
            parameters: &["header.1 text", "buttons.0 multi_product"],
            values: json!({"header.1": "Ana", "buttons.0": sections(&[("Cacti", 2), ("Pots", 1)])}),
            components: json!([
                {"type": "header", "parameters": [{"type": "text", "text": "Ana"}]},
                action("mpm", sections(&[("Cacti", 2), ("Pots", 1)]))
            ]),
            faults: vec![
                (
                    json!({"buttons.0": null}),
                    &["button-value-missing buttons.0"],
                ),
                (json!({"buttons.0": "sku-1"}), &["wrong-type buttons.0"]),
                (
                    json!({"buttons.0": sections(&[])}),
                    &["action-incomplete buttons.0"],
                ),
                (
                    json!({"buttons.0": sections(&[("Cacti", 0)])}),
                    &["action-incomplete buttons.0"],
                ),
                (json!({"buttons.0": sections(&[("Cacti", 1); 10])}), &[]),
                (
                    json!({"buttons.0": sections(&[("Cacti", 1); 11])}),
                    &["sections-max buttons.0"],
                ),
                (
                    json!({"buttons.0": sections(&[("Cacti", 15), ("Pots", 15)])}),
                    &[],
                ),
                (
                    json!({"buttons.0": sections(&[("Cacti", 15), ("Pots", 16)])}),
                    &["section-products-max buttons.0"],
                ),
                (
                    json!({"buttons.0": sections(&[("Cacti and other succulents", 1)])}),
                    &["action-text-too-long buttons.0"],
                ),
                (
                    json!({"buttons.0": sections(&[("*Cacti*", 1)])}),
                    &["section-title-markup buttons.0"],
                ),
                (
                    json!({"buttons.0": {"thumbnail_product_retailer_id": "sku", "sections": [{"title": "A", "product_items": [{"id": "sku"}]}]}}),
                    &[
                        "action-incomplete buttons.0",
                        "action-key-unknown buttons.0",
                    ],
                ),
            ],
        },
        Kind {
            name: "single product",
            definition: json!({"category": "MARKETING", "parameter_format": "NAMED", "components": [{"type": "HEADER", "format": "PRODUCT"}, body("With {{code}} less."), buttons(json!([{"type": "SPM", "text": "View"}]))]}),
            parameters: &["header.product product", "body.code text"],
            values: json!({"header.product": product("nqryix03ez"), "body.code": "25OFF"}),
            components: json!([
                {"type": "header", "parameters": [{"type": "product", "product": product("nqryix03ez")}]},
                {"type": "body", "parameters": [{"type": "text", "parameter_name": "code", "text": "25OFF"}]}
            ]),
            faults: vec![
                (
                    json!({"header.product": null}),
                    &["file-missing header.product"],
                ),
                (
                    json!({"header.product": {"product_retailer_id": "x"}}),
                    &["product-incomplete header.product"],
                ),
                (json!({"body.code": "x".repeat(149)}), &[]),
                (
                    json!({"body.code": "x".repeat(150)}),
                    &["hydrated-too-long body.code"],
                ),
            ],
        },
        Kind {
            name: "voice call",
            definition: json!({"components": [body("Call us."), buttons(json!([{"type": "QUICK_REPLY", "text": "No"}, {"type": "VOICE_CALL", "text": "Call now"}]))]}),
            parameters: &["buttons.0 payload?", "buttons.1 voice_call?"],
            values: json!({"buttons.1": {"ttl_minutes": 1440, "payload": "A-17"}}),
            components: json!([{"type": "button", "sub_type": "voice_call", "parameters": [{"type": "ttl_minutes", "ttl_minutes": 1440}, {"type": "payload", "payload": "A-17"}]}]),
            faults: vec![
                (json!({"buttons.1": null}), &[]),
                (json!({"buttons.1": "A-17"}), &[]),
                (json!({"buttons.1": {"ttl_minutes": 1}}), &[]),
                (json!({"buttons.1": {"ttl_minutes": 43200}}), &[]),
                (
                    json!({"buttons.1": {"ttl_minutes": 0}}),
                    &["call-ttl-range buttons.1"],
                ),
                (
                    json!({"buttons.1": {"ttl_minutes": 43201}}),
                    &["call-ttl-range buttons.1"],
                ),
                (
                    json!({"buttons.1": {"ttl_minutes": "60"}}),
                    &["wrong-type buttons.1"],
                ),
                (json!({"buttons.1": {"payload": "x".repeat(512)}}), &[]),
                (
                    json!({"buttons.1": {"payload": "x".repeat(513)}}),
                    &["call-payload-too-long buttons.1"],
                ),
                (json!({"buttons.1": 60}), &["wrong-type buttons.1"]),
            ],
        },
        Kind {
            name: "call permission request",
            definition: json!({"components": [body("May we call about {{1}}?"), {"type": "CALL_PERMISSION_REQUEST"}]}),
            parameters: &["body.1 text"],
            values: json!({"body.1": "A-17"}),
            components: json!([{"type": "body", "parameters": [{"type": "text", "text": "A-17"}]}]),
            faults: vec![
                (json!({"body.1": "x".repeat(4077)}), &[]),
                (
                    json!({"body.1": "x".repeat(4078)}),
                    &["hydrated-too-long body.1"],
                ),
            ],
        },
        Kind {
            name: "contact request",
            definition: json!({"components": [body("Share your contact."), buttons(json!([{"type": "REQUEST_CONTACT_INFO"}]))]}),
            parameters: &[],
            values: json!({}),
            components: Value::Null,
            faults: vec![(json!({"buttons.0": "x"}), &["value-unknown buttons.0"])],
        },
        Kind {
            name: "order details",
            definition: json!({"components": [image(), body("Review it."), buttons(json!([{"type": "ORDER_DETAILS", "text": "Review and Pay"}]))]}),
            parameters: &["header.image image", "buttons.0 order_details"],
            values: json!({"header.image": PICTURE, "buttons.0": {"order_details": order()}}),
            components: json!([
                picture(),
                action("order_details", json!({"order_details": order()}))
            ]),
            faults: vec![
                (json!({"buttons.0": order()}), &[]),
                (
                    json!({"buttons.0": null}),
                    &["button-value-missing buttons.0"],
                ),
                (
                    order_without("/order_details", "reference_id"),
                    &["action-incomplete buttons.0"],
                ),
                (
                    order_without("/order_details", "payment_settings"),
                    &["action-incomplete buttons.0"],
                ),
                (
                    order_without("/order_details", "total_amount"),
                    &["action-incomplete buttons.0"],
                ),
                (
                    order_without("/order_details/order", "items"),
                    &["action-incomplete buttons.0"],
                ),
                (
                    order_without("/order_details/order/items/0", "importer_name"),
                    &["action-incomplete buttons.0"],
                ),
                (
                    order_without("/order_details/order/items/0", "quantity"),
                    &["action-incomplete buttons.0"],
                ),
                (order_without("/order_details/order", "shipping"), &[]),
                (
                    order_with("/order_details/currency", json!("EUR")),
                    &["order-currency buttons.0"],
                ),
                (
                    order_with("/order_details/type", json!("goods")),
                    &["order-word buttons.0"],
                ),
                (
                    order_with("/order_details/order/status", json!("completed")),
                    &["order-word buttons.0"],
                ),
                (
                    order_with("/order_details/total_amount/offset", json!(1000)),
                    &["order-offset buttons.0"],
                ),
                (
                    order_with("/order_details/total_amount/value", json!(651)),
                    &["order-sums buttons.0"],
                ),
                (
                    order_with("/order_details/order/subtotal/value", json!(401)),
                    &["order-sums buttons.0", "order-sums buttons.0"],
                ),
                (
                    order_with("/order_details/order/items/0/name", json!("x".repeat(61))),
                    &["action-text-too-long buttons.0"],
                ),
                (
                    order_with(
                        "/order_details/order/tax",
                        json!({"value": 500, "offset": 100, "description": "x".repeat(61)}),
                    ),
                    &["action-text-too-long buttons.0"],
                ),
            ],
        },
        Kind {
            name: "order status",
            definition: json!({"sub_category": "ORDER_STATUS", "components": [body("Order {{1}} is on its way.")]}),
            parameters: &["body.1 text", "order_status order_status"],
            values: json!({"body.1": "A-17", "order_status": {"reference_id": "A-17", "order": {"status": "shipped", "description": null}}}),
            components: json!([
                {"type": "body", "parameters": [{"type": "text", "text": "A-17"}]},
                {"type": "order_status", "parameters": [{"type": "order_status", "order_status": {"reference_id": "A-17", "order": {"status": "shipped"}}}]}
            ]),
            faults: vec![
                (
                    json!({"order_status": null}),
                    &["part-value-missing order_status"],
                ),
                (
                    json!({"order_status": {"reference_id": "A-17", "order": {"status": "delivered"}}}),
                    &["order-word order_status"],
                ),
                (
                    json!({"order_status": {"reference_id": "A-17", "order": {"status": "partially-shipped"}}}),
                    &[],
                ),
                (
                    json!({"order_status": {"order": {"status": "shipped"}}}),
                    &["action-incomplete order_status"],
                ),
                (
                    json!({"order_status": {"reference_id": "A-17"}}),
                    &["action-incomplete order_status"],
                ),
                (
                    json!({"order_status": {"reference_id": "A-17", "order": {"status": "shipped", "description": "x".repeat(121)}}}),
                    &["action-text-too-long order_status"],
                ),
                (
                    json!({"order_status": "shipped"}),
                    &["wrong-type order_status"],
                ),
            ],
        },
        Kind {
            name: "payment request",
            definition: json!({"components": [body("Pay."), buttons(json!([{"type": "PAYMENT_REQUEST", "text": "Copy Pix code"}]))]}),
            parameters: &["buttons.0 payment_request?"],
            values: json!({"buttons.0": pix("00020101")}),
            components: json!([action("payment_request", pix("00020101"))]),
            faults: vec![
                (
                    json!({"buttons.0": null}),
                    &["payment-setting-missing buttons.0"],
                ),
                (
                    json!({"buttons.0": pix(" ")}),
                    &["payment-setting buttons.0"],
                ),
                (
                    json!({"buttons.0": {"payment_setting": {"type": "cash"}}}),
                    &["payment-setting buttons.0"],
                ),
                (
                    json!({"buttons.0": {"payment_setting": {"type": "boleto", "boleto": {"digitable_line": "0339"}}}}),
                    &[],
                ),
                (json!({"buttons.0": {}}), &["action-incomplete buttons.0"]),
            ],
        },
        Kind {
            name: "limited-time offer with a code",
            definition: json!({"category": "MARKETING", "components": [image(), {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends tonight", "has_expiration": true}},
                body("Use {{1}}."), buttons(json!([{"type": "COPY_CODE", "example": "ISLAND"}, {"type": "URL", "text": "Book", "url": "https://boats.example/b?c={{1}}"}]))]}),
            parameters: &[
                "header.image image",
                "offer.expires_at expiry",
                "body.1 text",
                "buttons.0 coupon_code",
                "buttons.1 url_suffix",
                "tap_target tap_target?",
            ],
            values: json!({"header.image": PICTURE, "offer.expires_at": 1_795_100_000_000_i64, "body.1": "ISLAND", "buttons.0": "ISLAND", "buttons.1": "n3mtql"}),
            components: json!([
                picture(),
                {"type": "body", "parameters": [{"type": "text", "text": "ISLAND"}]},
                {"type": "limited_time_offer", "parameters": [{"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1_795_100_000_000_i64}}]},
                button("copy_code", 0, json!([{"type": "coupon_code", "coupon_code": "ISLAND"}])),
                button("url", 1, json!([{"type": "text", "text": "n3mtql"}]))
            ]),
            faults: vec![
                (json!({"offer.expires_at": "1795100000000"}), &[]),
                (
                    json!({"offer.expires_at": null}),
                    &["part-value-missing offer.expires_at"],
                ),
                (
                    json!({"offer.expires_at": 1_795_100_000}),
                    &["offer-expiry-unit offer.expires_at"],
                ),
                (
                    json!({"offer.expires_at": 1_209_600_000}),
                    &["offer-expiry-unit offer.expires_at"],
                ),
                (
                    json!({"offer.expires_at": 86_400_000}),
                    &["offer-expiry-unit offer.expires_at"],
                ),
                (
                    json!({"offer.expires_at": -1}),
                    &["offer-expiry-unit offer.expires_at"],
                ),
                (
                    json!({"offer.expires_at": 1_795_100_000_000_000_i64}),
                    &["offer-expiry-unit offer.expires_at"],
                ),
                (
                    json!({"offer.expires_at": 1_795_000_000_000_i64}),
                    &["offer-expired offer.expires_at"],
                ),
                (json!({"offer.expires_at": 1_795_000_000_001_i64}), &[]),
                (
                    json!({"offer.expires_at": "tonight"}),
                    &["wrong-type offer.expires_at"],
                ),
                (json!({"buttons.0": "A".repeat(15)}), &[]),
                (
                    json!({"buttons.0": "A".repeat(16)}),
                    &["offer-code-too-long buttons.0"],
                ),
                (json!({"body.1": "x".repeat(595)}), &[]),
                (json!({"body.1": far}), &["hydrated-too-long body.1"]),
            ],
        },
        Kind {
            name: "limited-time offer without a timer",
            definition: json!({"category": "MARKETING", "components": [{"type": "HEADER", "format": "VIDEO"}, {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "This week", "has_expiration": false}},
                body("Half the price."), buttons(json!([{"type": "URL", "text": "Book", "url": "https://boats.example/{{1}}"}]))]}),
            parameters: &[
                "header.video video",
                "buttons.0 url_suffix",
                "tap_target tap_target?",
            ],
            values: json!({"header.video": {"id": "17"}, "buttons.0": "b"}),
            components: json!([
                {"type": "header", "parameters": [{"type": "video", "video": {"id": "17"}}]},
                button("url", 0, json!([{"type": "text", "text": "b"}]))
            ]),
            faults: vec![(
                json!({"offer.expires_at": 1_795_100_000_000_i64}),
                &["value-unknown offer.expires_at"],
            )],
        },
        Kind {
            name: "tap target",
            definition: json!({"category": "MARKETING", "components": [image(), body("Hi."), buttons(json!([{"type": "URL", "text": "Shop", "url": "https://shop.example/"}]))]}),
            parameters: &["header.image image", "tap_target tap_target?"],
            values: json!({"header.image": PICTURE, "tap_target": {"url": "https://shop.example/", "title": "Offers"}}),
            components: json!([
                picture(),
                {"type": "tap_target_configuration", "parameters": [{"type": "tap_target_configuration", "tap_target_configuration": [{"url": "https://shop.example/", "title": "Offers"}]}]}
            ]),
            faults: vec![
                (json!({"tap_target": null}), &[]),
                (
                    json!({"tap_target": [{"url": "https://shop.example/", "title": "Offers"}]}),
                    &[],
                ),
                (json!({"tap_target": []}), &["tap-target-one tap_target"]),
                (
                    json!({"tap_target": {"url": "ftp://shop.example/", "title": "Offers"}}),
                    &["tap-target-url tap_target"],
                ),
                (
                    json!({"tap_target": {"url": "https://", "title": "Offers"}}),
                    &["tap-target-url tap_target"],
                ),
                (
                    json!({"tap_target": {"url": "https://shop.example/"}}),
                    &["action-incomplete tap_target"],
                ),
                (
                    json!({"tap_target": {"url": "https://shop.example/", "title": ""}}),
                    &["value-blank tap_target"],
                ),
            ],
        },
        Kind {
            name: "media carousel",
            definition: json!({"category": "MARKETING", "components": [body("Two films, {{1}}."), {"type": "CAROUSEL", "cards": [film_card("{{1}}", "How {{1}} grows."), film_card("{{1}}", "How {{1}} grows.")]}]}),
            parameters: &[
                "body.1 text",
                "cards.0.header.video video 0",
                "cards.0.body.1 text 0",
                "cards.0.buttons.0 url_suffix 0",
                "cards.0.buttons.1 payload? 0",
                "cards.1.header.video video 1",
                "cards.1.body.1 text 1",
                "cards.1.buttons.0 url_suffix 1",
                "cards.1.buttons.1 payload? 1",
            ],
            values: json!({"body.1": "Ana", "cards.0.header.video": {"id": "1"}, "cards.0.body.1": "basil", "cards.0.buttons.0": "basil", "cards.0.buttons.1": "no-0",
                "cards.1.header.video": {"id": "2"}, "cards.1.body.1": "mint", "cards.1.buttons.0": "mint"}),
            components: json!([
                {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]},
                {"type": "carousel", "cards": [
                    {"card_index": 0, "components": [
                        {"type": "header", "parameters": [{"type": "video", "video": {"id": "1"}}]},
                        {"type": "body", "parameters": [{"type": "text", "text": "basil"}]},
                        button("url", 0, json!([{"type": "text", "text": "basil"}])),
                        button("quick_reply", 1, json!([{"type": "payload", "payload": "no-0"}]))
                    ]},
                    {"card_index": 1, "components": [
                        {"type": "header", "parameters": [{"type": "video", "video": {"id": "2"}}]},
                        {"type": "body", "parameters": [{"type": "text", "text": "mint"}]},
                        button("url", 0, json!([{"type": "text", "text": "mint"}]))
                    ]}
                ]}
            ]),
            faults: vec![
                (
                    json!({"cards.1.header.video": null}),
                    &["file-missing cards.1.header.video"],
                ),
                (
                    json!({"cards.1.body.1": null}),
                    &["value-missing cards.1.body.1"],
                ),
                (
                    json!({"cards.1.buttons.0": null}),
                    &["button-value-missing cards.1.buttons.0"],
                ),
                (
                    json!({"cards.1.header.video": null, "cards.1.body.1": null, "cards.1.buttons.0": null}),
                    &["card-missing cards.1.header.video"],
                ),
                (
                    json!({"cards.2.body.1": "x"}),
                    &["card-unknown cards.2.body.1"],
                ),
                (
                    json!({"cards.1.body.2": "x"}),
                    &["value-unknown cards.1.body.2"],
                ),
                (
                    json!({"cards.0.body.1": "a\nb"}),
                    &["value-newline cards.0.body.1"],
                ),
                (json!({"cards.0.body.1": "x".repeat(149)}), &[]),
                (
                    json!({"cards.0.body.1": "x".repeat(150)}),
                    &["hydrated-too-long cards.0.body.1"],
                ),
                (
                    json!({"cards.0.buttons.0": "../x"}),
                    &["suffix-escapes cards.0.buttons.0"],
                ),
                (
                    json!({"cards.0.header.video": "https://cdn.example/a.jpg"}),
                    &["media-extension cards.0.header.video"],
                ),
            ],
        },
        Kind {
            name: "product carousel",
            definition: json!({"category": "MARKETING", "components": [body("Plants."), {"type": "CAROUSEL", "cards": [product_card(json!({"type": "SPM", "text": "View"})), product_card(json!({"type": "SPM", "text": "View"}))]}]}),
            parameters: &[
                "cards.0.header.product product 0",
                "cards.1.header.product product 1",
                "cards.2.header.product product? 2",
                "cards.3.header.product product? 3",
                "cards.4.header.product product? 4",
                "cards.5.header.product product? 5",
                "cards.6.header.product product? 6",
                "cards.7.header.product product? 7",
                "cards.8.header.product product? 8",
                "cards.9.header.product product? 9",
            ],
            values: json!({"cards.0.header.product": product("a"), "cards.1.header.product": product("b"), "cards.2.header.product": product("c")}),
            components: json!([{"type": "carousel", "cards": [
                {"card_index": 0, "components": [{"type": "header", "parameters": [{"type": "product", "product": product("a")}]}]},
                {"card_index": 1, "components": [{"type": "header", "parameters": [{"type": "product", "product": product("b")}]}]},
                {"card_index": 2, "components": [{"type": "header", "parameters": [{"type": "product", "product": product("c")}]}]}
            ]}]),
            faults: vec![
                (json!({"cards.2.header.product": null}), &[]),
                (
                    json!({"cards.1.header.product": null}),
                    &["card-missing cards.1.header.product"],
                ),
                (
                    json!({"cards.2.header.product": null, "cards.3.header.product": product("d")}),
                    &["card-missing cards.2.header.product"],
                ),
                (
                    json!({"cards.10.header.product": product("k")}),
                    &["card-unknown cards.10.header.product"],
                ),
            ],
        },
        Kind {
            name: "product carousel with links",
            definition: json!({"category": "MARKETING", "components": [body("Plants."), {"type": "CAROUSEL", "cards": [
                product_card(json!({"type": "URL", "text": "Buy", "url": "https://shop.example/p/{{1}}"})), product_card(json!({"type": "URL", "text": "Buy", "url": "https://shop.example/p/{{1}}"}))]}]}),
            parameters: &[],
            values: json!({"cards.0.header.product": product("a"), "cards.0.buttons.0": "a", "cards.1.header.product": product("b"), "cards.1.buttons.0": "b"}),
            components: json!([{"type": "carousel", "cards": [
                {"card_index": 0, "components": [{"type": "header", "parameters": [{"type": "product", "product": product("a")}]}, button("url", 0, json!([{"type": "text", "text": "a"}]))]},
                {"card_index": 1, "components": [{"type": "header", "parameters": [{"type": "product", "product": product("b")}]}, button("url", 0, json!([{"type": "text", "text": "b"}]))]}
            ]}]),
            faults: vec![(
                json!({"cards.2.header.product": product("c")}),
                &["button-value-missing cards.2.buttons.0"],
            )],
        },
        Kind {
            name: "GIF",
            definition: json!({"category": "MARKETING", "components": [{"type": "HEADER", "format": "GIF"}, body("Look.")]}),
            parameters: &["header.gif gif"],
            values: json!({"header.gif": "https://cdn.example/a.mp4"}),
            components: json!([{"type": "header", "parameters": [{"type": "gif", "gif": {"link": "https://cdn.example/a.mp4"}}]}]),
            faults: vec![(json!({"header.gif": null}), &["file-missing header.gif"])],
        },
        Kind {
            name: "location",
            definition: json!({"components": [{"type": "HEADER", "format": "LOCATION"}, body("Here.")]}),
            parameters: &["header.location location"],
            values: json!({"header.location": {"latitude": "37.44", "longitude": "-122.16", "name": "Shop", "address": "Main Street 1"}}),
            components: json!([{"type": "header", "parameters": [{"type": "location", "location": {"latitude": "37.44", "longitude": "-122.16", "name": "Shop", "address": "Main Street 1"}}]}]),
            faults: vec![
                (
                    json!({"header.location": null}),
                    &["file-missing header.location"],
                ),
                (
                    json!({"header.location": {"latitude": "95", "longitude": "0", "name": "Shop", "address": "x"}}),
                    &["location-incomplete header.location"],
                ),
            ],
        },
    ]
}
