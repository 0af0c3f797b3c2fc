//! Faults of other tools, as cases that ours must handle right; and single faults, each in a definition that is
//! otherwise valid, of the kind that the nearest tools let pass.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::definitions::{body, buttons, check, components, finds, found, quick, with};
use support::fixtures::{Fixture, definitions, in_lower_case};
use support::mutate::{replaced, split, without};
use wa_preflight::check::check_template;
use wa_preflight::report::{Severity, pointer};

fn errors(definition: &Value) -> Vec<String> {
    let mut lines = found(&check(definition));
    lines.retain(|line| line.starts_with("error"));
    lines
}

/// Row 7: one validator refuses call-to-action buttons before quick replies, a grouping that Meta lists as valid.
#[test]
fn calls_to_action_may_stand_before_quick_replies() {
    let mut all = vec![
        json!({"type": "URL", "text": "Track", "url": "https://example.com/t"}),
        json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+493012345678"}),
    ];
    all.extend(quick(2));
    assert_eq!(errors(&buttons(json!(all))), [""; 0]);
    all.rotate_left(2);
    assert_eq!(errors(&buttons(json!(all))), [""; 0]);
    // Neither block may be split.
    all.swap(0, 3);
    assert_eq!(
        errors(&buttons(json!(all))).len(),
        1,
        "a call, a reply, a link, a reply"
    );
}

/// Row 9: one library writes the expiry into the definition (it belongs to the message) and flattens cards.
#[test]
fn an_expiry_in_the_definition_and_flat_cards_are_told() {
    let fixture = |name: &str| {
        definitions()
            .into_iter()
            .find(|f| f.name == name)
            .unwrap()
            .value
    };
    let offer = fixture("limited_time_offer_code");
    let at = offer["components"]
        .as_array()
        .unwrap()
        .iter()
        .position(|c| c["type"] == "LIMITED_TIME_OFFER")
        .unwrap();
    let mut expiring = offer.clone();
    expiring["components"][at]["limited_time_offer"]["expiration_time_ms"] =
        json!(1_767_225_600_000_u64);
    assert_ne!(
        found(&check(&expiring)),
        found(&check(&offer)),
        "the expiry"
    );

    let carousel = fixture("carousel_images");
    let mut flat = carousel.clone();
    let cards = flat.pointer_mut("/components/1/cards").unwrap();
    for card in cards.as_array_mut().unwrap() {
        let parts = card["components"].take();
        *card = json!({"header": parts[0], "buttons": parts[1]["buttons"]});
    }
    assert!(!errors(&flat).is_empty(), "flat cards");
}

/// Row 11: patterns of languages that refuse `fil` and `prs_AF`; words in lower case, as Meta prints them, refused.
#[test]
fn languages_of_three_letters_and_words_in_any_case_pass() {
    for language in ["fil", "prs_AF", "en", "en_US", "zh_HK"] {
        finds(&with("language", json!(language)), &[]);
    }
    for fixture in definitions() {
        let judge = |value: &Value| found(&check_template(&value.to_string(), &fixture.options()));
        assert_eq!(
            judge(&in_lower_case(&fixture.value)),
            judge(&fixture.value),
            "{}",
            fixture.name
        );
    }
    // What Meta does not list is refused, in whatever spelling.
    for language in ["xx", "en-US", "EN_us", "ar_SA", "es_VE"] {
        assert_eq!(
            errors(&with("language", json!(language))),
            ["error language-unknown /language"],
            "{language}"
        );
    }
}

/// Row 16: one library validates creation with the send schema. Each of the two shapes is known where the other one is
/// wanted.
#[test]
fn a_payload_is_no_definition_and_is_named() {
    let payload = json!({
        "messaging_product": "whatsapp", "to": "+493012345678", "type": "template",
        "template": {"name": "order_update", "language": {"code": "en_US"}, "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]},
        ]},
    });
    let report = check(&payload);
    assert!(!report.ok);
    let inner = check(&payload["template"]);
    assert!(
        !inner.ok,
        "what stands in `template` is no definition either"
    );
    let definition = components(vec![body("Your order is on its way.")]);
    let report = wa_preflight::payload::check_payload(&definition.to_string(), &Default::default());
    assert!(
        report
            .diagnostics
            .iter()
            .any(|d| d.code == "payload-is-definition")
    );
}

/// What is done to a valid definition.
enum Fault {
    /// A node gets another value.
    Set(&'static str, Value),
    /// A member is added.
    Add(&'static str, &'static str, Value),
    /// A node is lost.
    Lose(&'static str),
}
use Fault::{Add, Lose, Set};

/// A single fault: what it is, in which fixture, what is done, and where the error must be (it, or a part of it).
type Single = (&'static str, &'static str, Fault, &'static str);

#[rustfmt::skip]
fn singles() -> Vec<Single> {
    let long = |n: usize| json!("a".repeat(n));
    vec![
        // The envelope.
        ("a name in upper case", "body_only", Set("/name", json!("Shop_closed")), "/name"),
        ("a name with a hyphen", "body_only", Set("/name", json!("shop-closed")), "/name"),
        ("an empty name", "body_only", Set("/name", json!("")), "/name"),
        ("a name of 513 characters", "body_only", Set("/name", long(513)), "/name"),
        ("a language with a hyphen", "body_only", Set("/language", json!("en-US")), "/language"),
        ("a language that Meta does not list", "body_only", Set("/language", json!("es_VE")), "/language"),
        ("a category of before 2023", "body_only", Set("/category", json!("TRANSACTIONAL")), "/category"),
        ("no category", "body_only", Lose("/category"), ""),
        ("no language", "body_only", Lose("/language"), ""),
        ("an unknown parameter format", "body_only", Add("", "parameter_format", json!("INDEXED")), "/parameter_format"),
        ("a lifetime below Meta's least", "body_only", Set("/message_send_ttl_seconds", json!(29)), "/message_send_ttl_seconds"),
        ("a marketing lifetime of minutes", "marketing_video", Set("/message_send_ttl_seconds", json!(120)), "/message_send_ttl_seconds"),
        ("an endless marketing lifetime", "marketing_video", Set("/message_send_ttl_seconds", json!(-1)), "/message_send_ttl_seconds"),
        ("a sub-category that is none", "order_status", Set("/sub_category", json!("ORDER_STATE")), "/sub_category"),
        ("a display format that is none", "order_details_br", Set("/display_format", json!("ORDER")), "/display_format"),
        ("tracking that is a text", "creative_features", Set("/cta_url_link_tracking_opted_out", json!("yes")), "/cta_url_link_tracking_opted_out"),
        ("components that are an object", "body_only", Set("/components", json!({})), "/components"),
        ("no body", "marketing_text_positional", Lose("/components/1"), "/components"),
        ("two bodies", "body_only", Set("/components", json!([body("It is here."), body("It is there.")])), "/components"),
        // Placeholders.
        ("a gap in the numbers", "marketing_text_positional", Set("/components/1/text", json!("Hi {{1}}, the kitchen has a free table tonight at {{3}} and would be glad to see you.")), "/components/1"),
        ("numbers from two", "utility_document", Set("/components/1/text", json!("Your invoice {{2}} is ready, thank you for shopping with us.")), "/components/1"),
        ("one brace too few", "utility_document", Set("/components/1/text", json!("Your invoice {{1} is ready, thank you for shopping with us.")), "/components/1"),
        ("a sign in the braces", "utility_document", Set("/components/1/text", json!("Your invoice {{1#}} is ready, thank you for shopping with us.")), "/components/1"),
        ("a name without the format", "marketing_text_named", Lose("/parameter_format"), "/components"),
        ("an upper-case name", "url_named", Set("/components/0/text", json!("Dear {{Customer}}, the basket that you left is still here for you.")), "/components/0"),
        ("names and numbers", "url_named", Set("/components/0/text", json!("Dear {{customer_name}}, the basket {{1}} that you left is still here for you.")), "/components/0"),
        ("no sample", "utility_document", Lose("/components/1/example"), "/components/1"),
        ("fewer samples than placeholders", "marketing_text_positional", Set("/components/1/example/body_text", json!([["Ben"]])), "/components/1/example"),
        ("a flat list of two samples", "marketing_text_positional", Set("/components/1/example/body_text", json!(["Ben", "8 pm"])), "/components/1/example"),
        ("a row for each sample", "marketing_text_positional", Set("/components/1/example/body_text", json!([["Ben"], ["8 pm"]])), "/components/1/example"),
        ("an empty sample", "marketing_text_positional", Set("/components/1/example/body_text/0/1", json!("")), "/components/1/example"),
        ("a sample of another name", "url_named", Set("/components/0/example/body_text_named_params/0/param_name", json!("customer")), "/components/0"),
        // The header.
        ("a header without a format", "marketing_text_positional", Lose("/components/0/format"), "/components/0"),
        ("a format that is none", "marketing_text_positional", Set("/components/0/format", json!("TITLE")), "/components/0/format"),
        ("a header of 61 characters", "coupon", Set("/components/0/text", long(61)), "/components/0/text"),
        ("an emoji in the header", "coupon", Set("/components/0/text", json!("Autumn 🍂 is here")), "/components/0/text"),
        ("bold in the header", "coupon", Set("/components/0/text", json!("*Autumn* is here")), "/components/0/text"),
        ("two lines in the header", "coupon", Set("/components/0/text", json!("Autumn\nis here")), "/components/0/text"),
        ("two placeholders in the header", "marketing_text_positional", Set("/components/0/text", json!("A table for {{1}} at {{2}}?")), "/components/0"),
        ("a picture without its file", "utility_image_named", Lose("/components/0/example"), "/components/0"),
        ("a picture by its address", "utility_image_named", Set("/components/0/example/header_handle/0", json!("https://cdn.example/a.jpg")), "/components/0/example"),
        ("a picture with a text", "utility_image_named", Add("/components/0", "text", json!("Look")), "/components/0"),
        // The body.
        ("a body of 1025 characters", "body_only", Set("/components/0/text", long(1025)), "/components/0/text"),
        ("three line breaks in a row", "body_only", Set("/components/0/text", json!("We are closed.\n\n\nCome back tomorrow.")), "/components/0/text"),
        ("eleven emojis", "body_only", Set("/components/0/text", json!(format!("We are closed {} today", "🌸".repeat(11)))), "/components/0/text"),
        ("a placeholder at the start", "utility_document", Set("/components/1/text", json!("{{1}} is your invoice, thank you for shopping with us.")), "/components/1/text"),
        ("a placeholder at the end", "utility_document", Set("/components/1/text", json!("Thank you for shopping with us, your invoice is {{1}}")), "/components/1/text"),
        ("too few words for the placeholders", "marketing_text_positional", Set("/components/1/text", json!("Hi {{1}} at {{2}} now")), "/components/1/text"),
        // The footer.
        ("a footer of 61 characters", "utility_image_named", Set("/components/2/text", long(61)), "/components/2/text"),
        ("an emoji in the footer", "utility_image_named", Set("/components/2/text", json!("The parcel people 📦")), "/components/2/text"),
        ("a placeholder in the footer", "utility_image_named", Set("/components/2/text", json!("The people of {{place}} now")), "/components/2"),
        // Buttons.
        ("eleven buttons", "quick_replies_ten", Set("/components/1/buttons", json!(quick(11))), "/components/1"),
        ("a label of 26 characters", "marketing_video", Set("/components/2/buttons/0/text", long(26)), "/components/2/buttons/0/text"),
        ("an emoji in a label", "marketing_video", Set("/components/2/buttons/0/text", json!("More 🌱")), "/components/2/buttons/0/text"),
        ("a placeholder in a label", "marketing_video", Set("/components/2/buttons/0/text", json!("More {{1}}")), "/components/2/buttons/0/text"),
        ("two phone numbers", "utility_document", Set("/components/2/buttons/0", json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+493012345679"})), "/components/2"),
        ("a link between quick replies", "buttons_calls_then_replies", Set("/components/1/buttons", json!([{"type": "QUICK_REPLY", "text": "Yes"}, {"type": "URL", "text": "Track", "url": "https://shop.example/t"}, {"type": "QUICK_REPLY", "text": "No"}])), "/components/1"),
        ("a link without its scheme", "url_payment_preview", Set("/components/1/buttons/0/url", json!("pay.example/b/{{1}}")), "/components/1/buttons/0"),
        ("a placeholder inside a link", "utility_document", Set("/components/2/buttons/0/url", json!("https://shop.example/{{1}}/pay")), "/components/2/buttons/0"),
        ("a link with a placeholder and no sample", "utility_document", Lose("/components/2/buttons/0/example"), "/components/2/buttons/0"),
        ("a link to WhatsApp", "buttons_calls_then_replies", Set("/components/1/buttons/0/url", json!("https://wa.me/493012345678")), "/components/1/buttons/0"),
        ("letters in a phone number", "utility_document", Set("/components/2/buttons/1/phone_number", json!("+49 SHOP")), "/components/2/buttons/1"),
        ("a code of 21 characters", "coupon", Set("/components/2/buttons/1/example", long(21)), "/components/2/buttons/1"),
        ("a coupon without its code", "coupon", Lose("/components/2/buttons/1/example"), "/components/2/buttons/1"),
        ("a flow of two sources", "flow_by_id", Add("/components/3/buttons/0", "flow_name", json!("survey")), "/components/3/buttons/0"),
        ("a flow without a source", "flow_by_id", Lose("/components/3/buttons/0/flow_id"), "/components/3/buttons/0"),
        ("an unknown action of a flow", "flow_by_name", Set("/components/1/buttons/0/flow_action", json!("open")), "/components/1/buttons/0"),
        ("a catalog of another label", "catalog", Set("/components/2/buttons/0/text", json!("See everything")), "/components/2/buttons/0"),
        ("a payment without its setting", "payment_request_pix", Lose("/components/2/buttons/0/payment_setting"), "/components/2/buttons/0"),
        ("a contact request beside a reply", "request_contact_info", Add("/components/1/buttons", "-", json!({"type": "QUICK_REPLY", "text": "No"})), "/components/1"),
        ("order details of marketing without the display format", "order_details_marketing", Lose("/display_format"), ""),
        ("a call permission as a button", "body_only", Set("/components", json!([body("May we call you about your order this week?"), {"type": "BUTTONS", "buttons": [{"type": "CALL_PERMISSION_REQUEST"}]}])), "/components/1"),
        // Kinds.
        ("a carousel of utility", "carousel_images", Set("/category", json!("UTILITY")), ""),
        ("a carousel of one card", "carousel_images", Lose("/components/1/cards/1"), "/components/1"),
        ("cards of different headers", "carousel_images", Set("/components/1/cards/1/components/0/format", json!("VIDEO")), "/components/1"),
        ("cards of different buttons", "carousel_images", Lose("/components/1/cards/1/components/1/buttons/1"), "/components/1"),
        ("a body in one card alone", "carousel_videos_bodies", Lose("/components/1/cards/1/components/1"), "/components/1"),
        ("a card's body of 161 characters", "carousel_ten_cards", Set("/components/1/cards/3/components/1/text", long(161)), "/components/1/cards/3/components/1/text"),
        ("a card of three buttons", "carousel_ten_cards", Set("/components/1/cards/0/components/2/buttons", json!(quick(3))), "/components/1/cards"),
        ("a card without its picture's file", "carousel_images", Lose("/components/1/cards/0/components/0/example"), "/components/1/cards/0"),
        ("a product card with a body", "carousel_products", Set("/components/1/cards/0/components", json!([{"type": "HEADER", "format": "PRODUCT"}, body("Look at it."), {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}])), "/components/1/cards"),
        ("an offer of utility", "limited_time_offer_code", Set("/category", json!("UTILITY")), ""),
        ("an offer of 17 characters", "limited_time_offer_code", Set("/components/1/limited_time_offer/text", long(17)), "/components/1/limited_time_offer/text"),
        ("an offer's body of 601 characters", "limited_time_offer_link", Set("/components/2/text", long(601)), "/components/2/text"),
        ("an offer with a footer", "limited_time_offer_link", Add("/components", "-", json!({"type": "FOOTER", "text": "Until Sunday"})), "/components/4"),
        ("an offer with a text header", "limited_time_offer_link", Set("/components/0", json!({"type": "HEADER", "format": "TEXT", "text": "Boats"})), "/components/0"),
        ("an offer's link before its code", "limited_time_offer_code", Set("/components/3/buttons", json!([{"type": "URL", "text": "Book", "url": "https://boats.example/book"}, {"type": "COPY_CODE", "example": "ISLAND"}])), "/components/3"),
        ("an offer's code of 16 characters", "limited_time_offer_code", Set("/components/3/buttons/0/example", long(16)), "/components/3/buttons/0"),
        ("a header over a catalog", "catalog", Add("/components", "-", json!({"type": "HEADER", "format": "TEXT", "text": "Everything"})), "/components/3"),
        ("a product's body of 161 characters", "single_product", Set("/components/1", body(&"a".repeat(161))), "/components/1/text"),
        ("a product without its header", "single_product", Lose("/components/0"), ""),
        ("an order status with buttons", "order_status", Add("/components", "-", json!({"type": "BUTTONS", "buttons": quick(1)})), "/components/2"),
        ("a place in an authentication template", "authentication_copy_code", Add("/components", "-", json!({"type": "HEADER", "format": "LOCATION"})), "/components/3"),
        // One-time codes.
        ("a code's body of its own", "authentication_copy_code", Add("/components/0", "text", json!("Your code is {{1}} for today.")), "/components/0"),
        ("a code's footer of its own", "authentication_copy_code", Add("/components/1", "text", json!("Ends soon")), "/components/1"),
        ("a code that is valid for no minute", "authentication_copy_code", Set("/components/1/code_expiration_minutes", json!(0)), "/components/1"),
        ("a code that is valid for 91 minutes", "authentication_copy_code", Set("/components/1/code_expiration_minutes", json!(91)), "/components/1"),
        ("two buttons for a code", "authentication_copy_code", Add("/components/2/buttons", "-", json!({"type": "QUICK_REPLY", "text": "No"})), "/components/2"),
        ("no button for a code", "authentication_copy_code", Lose("/components/2"), ""),
        ("an autofill without apps", "authentication_one_tap", Lose("/components/2/buttons/0/supported_apps"), "/components/2/buttons/0"),
        ("a package of one segment", "authentication_one_tap", Set("/components/2/buttons/0/supported_apps/0/package_name", json!("shop")), "/components/2/buttons/0/supported_apps/0"),
        ("a hash of 13 characters", "authentication_one_tap", Set("/components/2/buttons/0/supported_apps/0/signature_hash", json!("K8a%2FAINcGX7")), "/components/2/buttons/0/supported_apps/0"),
        ("zero-tap terms that are not accepted", "authentication_zero_tap", Set("/components/2/buttons/0/zero_tap_terms_accepted", json!(false)), "/components/2/buttons/0"),
        ("an unknown type of code", "authentication_copy_code", Set("/components/2/buttons/0/otp_type", json!("TWO_TAP")), "/components/2/buttons/0/otp_type"),
        ("a label in a bulk creation", "authentication_bulk", Add("/components/2/buttons/0", "text", json!("Copy code")), "/components/2/buttons/0"),
        ("components beside a library template", "library_utility", Add("", "components", json!([body("It is here.")])), ""),
    ]
}

fn apply(value: &Value, fault: Fault) -> Value {
    match fault {
        Set(place, by) => replaced(value, place, by),
        Lose(place) => without(value, place).unwrap(),
        Add(place, key, by) => {
            let mut changed = value.clone();
            match changed.pointer_mut(place).unwrap() {
                Value::Array(items) => items.push(by),
                owner => owner[key] = by,
            }
            changed
        }
    }
}

#[test]
fn every_single_fault_is_an_error_at_its_place() {
    let all = definitions();
    let (mut missed, mut seen) = (Vec::new(), BTreeSet::new());
    for (what, name, fault, place) in singles() {
        assert!(seen.insert(what), "{what} is there twice");
        let fixture: &Fixture = all
            .iter()
            .find(|f| f.name == name)
            .unwrap_or_else(|| panic!("{name}"));
        let value = apply(&fixture.value, fault);
        let report = check_template(&value.to_string(), &fixture.options());
        let errors: Vec<(&str, String)> = report
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error && d.code != "kind-not-covered")
            .map(|d| (d.code, pointer(&d.path)))
            .collect();
        // It, a part of it, or the whole that lacks it.
        let owner = split(place).map_or("", |(owner, _)| owner);
        let fits = |at: &String| {
            at.starts_with(place) || (*at == owner && place.starts_with("/components/"))
        };
        if !errors.iter().any(|(_, at)| fits(at)) {
            missed.push(format!("{what} ({name}): {errors:?}"));
        }
    }
    assert!(
        missed.is_empty(),
        "{} of {} missed:\n{}",
        missed.len(),
        seen.len(),
        missed.join("\n")
    );
    assert!(seen.len() >= 62);
}
