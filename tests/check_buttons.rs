//! Buttons: every type's members, labels and limits, and what stands beside what.

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
use wa_preflight::fix::apply_fix;
use wa_preflight::report::{Diagnostic, Fix};

const AT: &str = "/components/1/buttons/0";

/// A marketing template with these buttons: most types may stand there.
fn marketing(list: Value) -> Value {
    let mut definition = buttons(list);
    definition["category"] = json!("MARKETING");
    definition
}

fn one(button: Value) -> Value {
    marketing(json!([button]))
}

/// `severity code member` for findings at or in the first button.
#[track_caller]
fn finds_in(button: Value, expected: &[&str]) {
    let full: Vec<String> = expected
        .iter()
        .map(|e| match e.rsplit_once(' ') {
            Some((what, "-")) => format!("{what} {AT}"),
            Some((what, member)) => format!("{what} {AT}/{member}"),
            None => panic!("{e}"),
        })
        .collect();
    finds(
        &one(button),
        &full.iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

fn readback(definition: &Value) -> Vec<String> {
    let options = Options {
        readback: true,
        ..Options::default()
    };
    found(&check_template(&definition.to_string(), &options))
}

fn diagnostic(definition: &Value, code: &str) -> Diagnostic {
    let report = check(definition);
    let all = report.diagnostics;
    all.into_iter()
        .find(|d| d.code == code)
        .unwrap_or_else(|| panic!("{code} is not found in {definition}"))
}

fn fixed(definition: &Value, fix: &Fix) -> Value {
    let fix = wa_preflight::report::fix_to_json(fix);
    serde_json::from_str(&apply_fix(&definition.to_string(), &fix).unwrap()).unwrap()
}

/// The first fix of a finding, applied.
#[track_caller]
fn mended(definition: &Value, code: &str) -> Value {
    let found = diagnostic(definition, code);
    fixed(definition, found.fixes.first().expect("a fix"))
}

fn url(url: &str) -> Value {
    json!({"type": "URL", "text": "Go", "url": url})
}

fn dynamic(url: &str, example: Value) -> Value {
    json!({"type": "URL", "text": "Go", "url": url, "example": example})
}

fn pix() -> Value {
    json!({"type": "PAYMENT_REQUEST", "text": "Copy Pix code", "payment_setting":
        {"type": "pix_dynamic_code", "pix_dynamic_code": {"code": "000201"}}})
}

fn boleto() -> Value {
    json!({"type": "PAYMENT_REQUEST", "text": "Copy Boleto code", "payment_setting":
        {"type": "boleto", "boleto": {"digitable_line": "0339"}}})
}

fn pay_link() -> Value {
    json!({"type": "PAYMENT_REQUEST", "text": "Open payment link", "payment_setting":
        {"type": "payment_link", "payment_link": {"uri": "https://example.com"}}})
}

/// One right button of each type.
fn of_each_type() -> Vec<Value> {
    vec![
        json!({"type": "QUICK_REPLY", "text": "Thanks"}),
        url("https://example.com"),
        json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "15550051310"}),
        json!({"type": "COPY_CODE", "example": "SPRING25"}),
        json!({"type": "FLOW", "text": "Sign up", "flow_id": "1234567890"}),
        json!({"type": "CATALOG", "text": "View catalog"}),
        json!({"type": "VOICE_CALL", "text": "Call us"}),
        json!({"type": "ORDER_DETAILS", "text": "Buy now"}),
        pix(),
        json!({"type": "REQUEST_CONTACT_INFO"}),
    ]
}

#[test]
fn a_right_button_of_each_type_is_silent_in_any_case() {
    for mut button in of_each_type() {
        finds(&one(button.clone()), &[]);
        let word = button["type"].as_str().unwrap().to_lowercase();
        button["type"] = json!(word);
        finds(&one(button.clone()), &[]);
        // `null` is absent.
        button["extra"] = Value::Null;
        finds(&one(button), &[]);
    }
}

#[test]
fn every_type_refuses_strange_members() {
    for mut button in of_each_type() {
        button["payload"] = json!("x");
        finds_in(button, &["error unexpected-field payload"]);
    }
}

#[test]
fn every_type_has_its_count() {
    let quick = |i: usize| json!({"type": "QUICK_REPLY", "text": format!("Reply {i}")});
    let page = |i: usize| json!({"type": "URL", "text": format!("Page {i}"), "url": "https://example.com"});
    let of = |make: &dyn Fn(usize) -> Value, n: usize| {
        marketing(Value::Array((0..n).map(make).collect()))
    };
    let codes = |definition: &Value| {
        let mut all = found(&check(definition));
        all.retain(|f| !f.contains("buttons-desktop") && !f.contains("duplicate"));
        all
    };
    assert_eq!(codes(&of(&quick, 10)), [""; 0]);
    assert_eq!(
        codes(&of(&quick, 11)),
        [
            "error buttons-count /components/1/buttons/10",
            "error buttons-total /components/1/buttons/10"
        ]
    );
    assert_eq!(codes(&of(&page, 2)), [""; 0]);
    assert_eq!(
        codes(&of(&page, 3)),
        ["error buttons-count /components/1/buttons/2"]
    );
    for button in of_each_type() {
        let kind = button["type"].as_str().unwrap();
        if matches!(kind, "QUICK_REPLY" | "URL" | "PAYMENT_REQUEST") {
            continue;
        }
        assert_eq!(
            codes(&of(&|_| button.clone(), 2)),
            ["error buttons-count /components/1/buttons/1"],
            "{kind}"
        );
        let message = diagnostic(&of(&|_| button.clone(), 2), "buttons-count").message;
        assert!(message.starts_with("there are 2 "), "{message}");
    }
    let all = of(&|_| json!({"type": "CATALOG", "text": "View catalog"}), 3);
    assert_eq!(
        diagnostic(&all, "buttons-count").message,
        "there are 3 CATALOG buttons; at most 1 is allowed"
    );
    assert_eq!(codes(&mended(&all, "buttons-count")), [""; 0]);
}

#[test]
fn payments_are_three_and_differ() {
    finds(&marketing(json!([pix(), boleto(), pay_link()])), &[]);
    finds(
        &marketing(json!([pix(), pix()])),
        &["error buttons-count-payment /components/1/buttons/1/payment_setting/type"],
    );
    let card = json!({"type": "PAYMENT_REQUEST", "text": "Review payment", "payment_setting":
        {"type": "offsite_card_pay", "offsite_card_pay": {"last_four_digits": "1234"}}});
    finds(&one(card.clone()), &[]);
    let codes = found(&check(&marketing(json!([
        pix(),
        boleto(),
        pay_link(),
        card
    ]))));
    assert!(codes.contains(&"error buttons-count /components/1/buttons/3".to_owned()));
    // They stand beside other types.
    let mixed = marketing(json!([pix(), url("https://example.com")]));
    finds(&mixed, &[]);
}

#[test]
fn payment_members() {
    let with = |setting: Value| json!({"type": "PAYMENT_REQUEST", "text": "Copy Pix code", "payment_setting": setting});
    let rule = "error button-payment-request";
    finds_in(
        json!({"type": "PAYMENT_REQUEST", "text": "Copy Pix code"}),
        &[&format!("{rule} -")],
    );
    finds_in(with(json!({})), &[&format!("{rule} payment_setting")]);
    finds_in(
        with(json!({"type": "pix_dynamic_code"})),
        &[&format!("{rule} payment_setting")],
    );
    finds_in(
        with(json!({"type": "pix_dynamic_code", "pix_dynamic_code": {}})),
        &[&format!("{rule} payment_setting/pix_dynamic_code")],
    );
    // Meta's table and Meta's sample name different keys.
    finds_in(
        with(json!({"type": "PIX_DYNAMIC_CODE", "pix_dynamic_code": {"pix_dynamic_code": "0002"}})),
        &[],
    );
    finds_in(
        with(json!({"type": "pix", "pix": {"code": "1"}})),
        &[
            "error button-payment-type payment_setting/type",
            "error unexpected-field payment_setting/pix",
        ],
    );
    finds_in(with(json!("pix")), &["error wrong-type payment_setting"]);
    finds_in(
        with(json!({"type": "pix_dynamic_code", "pix_dynamic_code": "0002"})),
        &["error wrong-type payment_setting/pix_dynamic_code"],
    );
    let mut wrong = boleto();
    wrong["text"] = json!("Copy Pix code");
    finds_in(wrong.clone(), &["error button-text-fixed text"]);
    assert_eq!(mended(&one(wrong), "button-text-fixed"), one(boleto()));
}

#[test]
fn labels_that_meta_fixes() {
    let labelled = |kind: &str, text: &str| json!({"type": kind, "text": text});
    finds_in(
        labelled("CATALOG", "View Catalog"),
        &["error button-text-fixed text"],
    );
    finds_in(
        labelled("CATALOG", "See *all* plants"),
        &[
            "error button-text-fixed text",
            "error button-text-clean text",
        ],
    );
    for (kind, label) in [
        ("CATALOG", "View catalog"),
        ("MPM", "View items"),
        ("SPM", "View"),
    ] {
        let missing = one(json!({"type": kind}));
        let codes = found(&check(&missing));
        assert!(
            codes.contains(&format!("error button-text-required {AT}")),
            "{codes:?}"
        );
        let fixed = mended(&missing, "button-text-required");
        assert_eq!(fixed["components"][1]["buttons"][0]["text"], json!(label));
        let other = one(labelled(kind, "Look"));
        let codes = found(&check(&other));
        let severity = if kind == "CATALOG" {
            "error"
        } else {
            "warning"
        };
        assert!(
            codes.contains(&format!("{severity} button-text-fixed {AT}/text")),
            "{codes:?}"
        );
        assert!(readback(&other).iter().all(|f| !f.contains("fixed")));
    }
    for label in ["Review and Pay", "Buy now", "Copy Pix code"] {
        let mut definition = one(labelled("ORDER_DETAILS", label));
        definition["display_format"] = json!("ORDER_DETAILS");
        finds(&definition, &[]);
    }
    let mut order = one(labelled("ORDER_DETAILS", "Pay here"));
    order["display_format"] = json!("ORDER_DETAILS");
    finds(&order, &[&format!("error button-text-fixed {AT}/text")]);
    assert_eq!(diagnostic(&order, "button-text-fixed").fixes.len(), 3);
    // Brazil's page shows one label as an example.
    order["language"] = json!("pt_BR");
    finds(&order, &[&format!("warning button-text-fixed {AT}/text")]);
}

#[test]
fn the_contacts_label_follows_the_language() {
    for (language, label, fine) in [
        ("en_US", "Share Contact Info", true),
        ("en", "Share Contact Info", true),
        ("en_GB", "Share contact info", true),
        ("en_GB", "Share Contact Info", false),
        ("en_US", "Give me your number", false),
        ("de", "Kontaktdaten teilen", true),
    ] {
        let mut definition = one(json!({"type": "REQUEST_CONTACT_INFO", "text": label}));
        definition["language"] = json!(language);
        let expected = format!("error button-text-fixed {AT}/text");
        let expected = [expected.as_str()];
        finds(&definition, if fine { &[] } else { &expected });
    }
}

#[test]
fn the_authors_labels() {
    let label = |text: &str| json!({"type": "QUICK_REPLY", "text": text});
    finds_in(label(""), &["error button-text-required text"]);
    finds_in(label("  "), &["error button-text-required text"]);
    finds_in(
        json!({"type": "QUICK_REPLY"}),
        &["error button-text-required -"],
    );
    finds_in(
        json!({"type": "QUICK_REPLY", "text": 7}),
        &["error wrong-type text"],
    );
    for bad in ["Go {{1}}", "Go\nnow", "Go 🎉", "*Go*", "_Go", "~Go", "`Go"] {
        finds_in(label(bad), &["error button-text-clean text"]);
    }
    // Meta's own samples have more than letters and digits.
    for good in [
        "Check out this offer!",
        "स्वीकार करें",
        "Sí, prender",
        "50 % off",
        "a - b (c)",
    ] {
        finds_in(label(good), &[]);
    }
    finds_in(label(&"é".repeat(25)), &[]);
    finds_in(label(&"é".repeat(26)), &["error button-text-max text"]);
    let two = |a: &str, b: &str| marketing(json!([label(a), label(b)]));
    finds(
        &two("Yes", "Yes"),
        &["warning button-text-duplicate /components/1/buttons/1/text"],
    );
    finds(&two("Yes", "yes"), &[]);
    // They are the same once the break is mended, so mending it adds nothing.
    let pair = two("Yes please", "Yes\nplease");
    let mended = mended(&pair, "button-text-clean");
    assert_eq!(found(&check(&mended)).len() + 1, found(&check(&pair)).len());
}

#[test]
fn types_that_are_none() {
    finds_in(
        json!({"type": "QUICK_REPLI", "text": "Go"}),
        &["error button-type-misspelled type"],
    );
    for (word, meant) in [
        ("quickReply", "QUICK_REPLY"),
        ("LINK", "URL"),
        ("website", "URL"),
        ("PHONE", "PHONE_NUMBER"),
        ("COUPON_CODE", "COPY_CODE"),
        ("reply", "QUICK_REPLY"),
        ("VOICE", "VOICE_CALL"),
    ] {
        let bad = one(json!({"type": word, "text": "Go"}));
        let mended = mended(&bad, "button-type-misspelled");
        assert_eq!(mended["components"][1]["buttons"][0]["type"], json!(meant));
    }
    for word in ["REMINDER", "BOOKING_CONFIRMATION", "HOLOGRAM"] {
        let report = check(&one(json!({"type": word, "text": "Go"})));
        assert!(report.ok && !report.complete, "{word}");
    }
    for word in ["POSTBACK", "extension", "OPEN_APP", "APP"] {
        let definition = one(json!({"type": word, "text": "Go"}));
        finds(
            &definition,
            &[&format!("error button-type-unknown {AT}/type")],
        );
        assert!(readback(&definition)[0].starts_with("warning"), "{word}");
    }
    finds_in(json!({"text": "Go"}), &["error button-type-required -"]);
    finds_in(json!({"type": 3, "text": "Go"}), &["error wrong-type type"]);
    finds_in(json!("QUICK_REPLY"), &["error wrong-type -"]);
    let page = one(json!({"text": "Go", "url": "https://example.com"}));
    finds(&mended(&page, "button-type-required"), &[]);
    finds_in(
        json!({"type": "OTP", "otp_type": "COPY_CODE"}),
        &["error button-otp -"],
    );
}

#[test]
fn members_by_other_names() {
    for (button, code) in [
        (
            json!({"type": "QUICK_REPLY", "title": "Go"}),
            "unexpected-field",
        ),
        (
            json!({"type": "URL", "text": "Go", "link": "https://example.com"}),
            "unexpected-field",
        ),
        (
            json!({"type": "PHONE_NUMBER", "text": "Go", "phone": "+15550051310"}),
            "unexpected-field",
        ),
        (
            json!({"type": "COPY_CODE", "code": "SPRING25"}),
            "unexpected-field",
        ),
        (
            json!({"type": "FLOW", "text": "Go", "flow_identifier": "1", "flow-id": "1"}),
            "unexpected-field",
        ),
    ] {
        let definition = one(button);
        let all = check(&definition).diagnostics;
        let renames = all
            .iter()
            .flat_map(|d| &d.fixes)
            .filter(|f| f.title.starts_with("rename"))
            .count();
        assert_eq!(renames, 1, "{code}: {definition}");
    }
    let title = one(json!({"type": "QUICK_REPLY", "title": "Go"}));
    let rename = &check(&title)
        .diagnostics
        .into_iter()
        .find(|d| d.code == "unexpected-field")
        .unwrap();
    assert_eq!(rename.help.as_deref(), Some("did you mean `text`?"));
    finds(&fixed(&title, &rename.fixes[0]), &[]);
}

#[test]
fn addresses() {
    let bad = "error button-url-required url";
    for good in [
        "https://example.com",
        "HTTP://EXAMPLE.COM/A",
        "https://example.com:8443/a?b=c#d",
        "https://bücher.example/ü",
        "https://www.google.com/search?q=et+bilu",
        "https://example.com./x",
        "https://faq.whatsapp.com/1",
        "https://notwa.me",
        "https://example.com/wa.me",
    ] {
        finds_in(url(good), &[]);
    }
    for broken in [
        "",
        " ",
        "shop",
        "example.com",
        "www.example.com/shop",
        "ftp://example.com",
        "mailto:a@example.com",
        "tel:+1555",
        "https://",
        "https:///x",
        "https://shop",
        "https://.com",
        "https://a..com",
        "https://exa mple.com",
        "https://example.com/a b",
        "https://example.com/<a>",
        "https://example.com/a\\b",
        " https://example.com",
        "https://example.com\n",
    ] {
        finds_in(url(broken), &[bad]);
    }
    finds_in(
        json!({"type": "URL", "text": "Go"}),
        &["error button-url-required -"],
    );
    finds_in(
        json!({"type": "URL", "text": "Go", "url": 3}),
        &["error wrong-type url"],
    );
    let long = |n: usize| url(&format!("https://example.com/{}", "a".repeat(n - 20)));
    finds_in(long(2000), &[]);
    finds_in(long(2001), &["error button-url-max url"]);
}

#[test]
fn addresses_are_mended() {
    let after = |bad: &str| {
        let definition = one(url(bad));
        let mended = mended(&definition, "button-url-required");
        let url = mended["components"][1]["buttons"][0]["url"].clone();
        url.as_str().unwrap().to_owned()
    };
    assert_eq!(after("example.com/shop"), "https://example.com/shop");
    assert_eq!(after(" https://example.com "), "https://example.com");
    assert_eq!(
        after("https://example.com/a b"),
        "https://example.com/a%20b"
    );
    // What else is wrong is said before, so that putting the scheme in front adds nothing.
    finds_in(
        url("wa.me/15550051310"),
        &[
            "error button-url-no-whatsapp url",
            "error button-url-required url",
        ],
    );
    // Too long with the scheme: a person decides.
    let long = one(url(&format!("example.com/{}", "a".repeat(1985))));
    assert!(!diagnostic(&long, "button-url-required").fixes[0].safe);
}

#[test]
fn hosts() {
    for host in [
        "https://wa.me/15550051310",
        "https://WA.ME/1",
        "https://api.whatsapp.com/send?phone=1",
        "https://chat.whatsapp.com/abc",
        "whatsapp://send?phone=1",
        "https://user@wa.me/1",
    ] {
        let codes = found(&check(&one(url(host))));
        assert!(
            codes.contains(&format!("error button-url-no-whatsapp {AT}/url")),
            "{host}: {codes:?}"
        );
    }
    // One-time-code buttons are read back like this.
    let code = one(dynamic(
        "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}",
        json!(["https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456"]),
    ));
    assert_eq!(readback(&code), [""; 0]);
    // What Meta has taken is let be; what it has not, not.
    let chat = one(url("https://wa.me/1"));
    assert_eq!(
        readback(&chat),
        [format!("warning button-url-no-whatsapp {AT}/url")]
    );
    // Pages to read.
    for host in ["faq", "www", "business", "web", "v"] {
        finds_in(url(&format!("https://{host}.whatsapp.com/channel/1")), &[]);
    }
    for host in [
        "https://bit.ly/a",
        "https://www.tinyurl.com/a",
        "http://goo.gl/a",
        "https://wa.link/a",
        "https://Go.BIT.ly/a",
        "https://s.id",
    ] {
        finds_in(url(host), &["warning button-url-shortener url"]);
    }
    // They only end like one, or look like one.
    for host in [
        "https://rabbit.ly/a",
        "https://my-bit.ly/a",
        "https://bit.ly.example/a",
        "https://bít.ly/a",
        "https://my-wa.me/1",
        "https://wá.me/1",
        "https://wa_.me/1",
        "https://example.com/wa.me/",
    ] {
        finds_in(url(host), &[]);
    }
    for host in [
        "http://127.0.0.1/a",
        "http://localhost:3000",
        "https://[::1]/a",
        "https://10.0.0.7",
    ] {
        finds_in(url(host), &["warning button-url-no-domain url"]);
    }
    finds_in(
        url("https://shop.example@example.com/a"),
        &["warning button-url-userinfo url"],
    );
    // An @ behind the domain is a part of the path.
    finds_in(url("https://example.com/@shop"), &[]);
}

#[test]
fn placeholders_of_addresses() {
    let sample = || json!(["https://example.com/a"]);
    finds_in(dynamic("https://example.com/{{1}}", sample()), &[]);
    finds_in(dynamic("https://example.com/?a={{1}}", sample()), &[]);
    finds_in(
        dynamic("https://example.com/{{1}}/x", sample()),
        &["error button-url-one-var url"],
    );
    finds_in(
        dynamic("https://example.com/{{1}}/{{2}}", sample()),
        &["error button-url-one-var url"],
    );
    finds_in(
        dynamic("https://example.com/{{2}}", sample()),
        &["error var-positional-sequence url"],
    );
    finds_in(
        dynamic("{{1}}", json!(["x"])),
        &["error button-url-required url"],
    );
    finds_in(
        dynamic("https://example.com{{1}}", json!(["x"])),
        &["warning button-url-bare-domain url"],
    );
    finds_in(
        dynamic("https://example.com/{{name}}", sample()),
        &["error var-no-mixing url"],
    );
    let mut named = one(dynamic("https://example.com/?n={{name}}", sample()));
    named["parameter_format"] = json!("NAMED");
    finds(&named, &[]);
    let mut numbered = one(dynamic("https://example.com/{{1}}", sample()));
    numbered["parameter_format"] = json!("named");
    finds(&numbered, &[]);
}

#[test]
fn samples_of_addresses() {
    let with = |example: Value| dynamic("https://example.com/go?a={{1}}", example);
    for good in [
        json!(["https://example.com/go?a=x"]),
        json!(["x"]),
        json!(["summer2023"]),
        json!(["/a/b"]),
        // Meta's own sample differs behind the question mark.
        json!(["https://example.com/go?ref=n3mtql"]),
        json!(["HTTPS://Example.com/go?a=x"]),
    ] {
        finds_in(with(good), &[]);
    }
    finds_in(
        json!({"type": "URL", "text": "Go", "url": "https://example.com/{{1}}"}),
        &["error button-url-example -"],
    );
    for empty in [
        json!([]),
        json!([""]),
        json!(" "),
        json!({}),
        json!([3]),
        json!(7),
    ] {
        finds_in(with(empty), &["error button-url-example example"]);
    }
    finds_in(with(json!("x")), &["warning example-flat example"]);
    finds_in(with(json!([["x"]])), &["error example-shape example"]);
    finds_in(with(json!(["a", "b"])), &["error example-count example"]);
    finds_in(
        with(json!(["https://example.org/go?a=x"])),
        &["warning button-url-example-prefix example/0"],
    );
    // A sample may be an end or a whole address; what counts is what would be sent.
    let long = |address: usize, sample: &str| {
        json!({"type": "URL", "text": "Go", "url": format!("https://example.com/{}{{{{1}}}}", "a".repeat(address - 20)),
            "example": [sample]})
    };
    finds_in(long(1_990, "0123456789"), &[]);
    finds_in(
        long(1_990, "0123456789a"),
        &["warning body-rendered-max example/0"],
    );
    let whole = |length: usize| format!("https://example.com/{}", "a".repeat(length - 20));
    finds_in(long(20, &whole(2_000)), &[]);
    finds_in(
        long(20, &whole(2_001)),
        &["warning body-rendered-max example/0"],
    );
    finds_in(
        json!({"type": "URL", "text": "Go", "url": "https://example.com", "example": ["x"]}),
        &["warning example-omit-if-none example"],
    );
    for (given, code) in [
        (json!("x"), "example-flat"),
        (json!([["x"]]), "example-shape"),
    ] {
        assert_eq!(mended(&one(with(given)), code), one(with(json!(["x"]))));
    }
}

#[test]
fn deep_links() {
    let with = |link: Value| json!({"type": "URL", "text": "Go", "url": "https://example.com", "app_deep_link": link});
    let whole = json!({"meta_app_id": 634_974_688_087_057_i64, "android_deep_link": "shop://sale",
        "android_fallback_playstore_url": "https://example.com"});
    finds_in(with(whole.clone()), &[]);
    finds_in(
        with(json!({})),
        &[
            "error button-url-deep-link app_deep_link",
            "error button-url-deep-link app_deep_link",
        ],
    );
    finds_in(
        with(json!({"meta_app_id": 634, "android_deep_link": ""})),
        &["error button-url-deep-link app_deep_link"],
    );
    finds_in(
        with(json!({"meta_app_id": "634", "android_deep_link": "shop://sale"})),
        &["error wrong-type app_deep_link/meta_app_id"],
    );
    finds_in(
        with(json!({"meta_app_id": 634, "android_deep_link": "shop://sale", "ios": "x"})),
        &["error unexpected-field app_deep_link/ios"],
    );
    finds_in(
        with(json!("shop://sale")),
        &["error wrong-type app_deep_link"],
    );
    finds(
        &buttons(json!([with(whole)])),
        &[&format!(
            "error button-url-deep-link-category {AT}/app_deep_link"
        )],
    );
}

#[test]
fn phone_numbers() {
    let phone =
        |number: Value| json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": number});
    let bad = "error button-phone phone_number";
    for good in [
        "15550051310",
        "+15550051310",
        "1234567890123456789",
        "+1234567890123456789",
    ] {
        finds_in(phone(json!(good)), &[]);
    }
    for number in [
        "",
        "call us",
        "+",
        "12",
        "++15550051310",
        "1555005131o",
        "123456789012345678901",
        "{{1}}",
    ] {
        finds_in(phone(json!(number)), &[bad]);
    }
    finds_in(
        phone(json!(15_550_051_310_i64)),
        &["error wrong-type phone_number"],
    );
    finds_in(
        json!({"type": "PHONE_NUMBER", "text": "Call"}),
        &["error button-phone -"],
    );
    for spaced in [
        "+1 (555) 005-1310",
        "+1.555.005.1310",
        "+1\u{a0}555\u{2011}005/1310",
    ] {
        let definition = one(phone(json!(spaced)));
        assert_eq!(
            mended(&definition, "button-phone"),
            one(phone(json!("+15550051310")))
        );
    }
}

#[test]
fn coupon_codes() {
    let code = |example: Value| json!({"type": "COPY_CODE", "example": example});
    let old = "warning button-copy-code-old-max example";
    finds_in(code(json!("A".repeat(15))), &[]);
    finds_in(code(json!("A".repeat(16))), &[old]);
    finds_in(code(json!("A".repeat(20))), &[old]);
    finds_in(
        code(json!("A".repeat(21))),
        &["error button-copy-code-max example"],
    );
    finds_in(json!({"type": "COPY_CODE"}), &["error button-copy-code -"]);
    // The label is Meta's: it may be said, and no other.
    let labelled = |text: &str| json!({"type": "COPY_CODE", "text": text, "example": "A1"});
    finds_in(labelled("Copy offer code"), &[]);
    for other in ["Copy code", "Copy Offer Code", ""] {
        finds_in(labelled(other), &["error unexpected-field text"]);
    }
    for empty in [json!(""), json!([]), json!([1])] {
        finds_in(code(empty), &["error button-copy-code example"]);
    }
    finds_in(code(json!(25)), &["error wrong-type example"]);
    finds_in(
        code(json!(["A1"])),
        &["warning button-copy-code-shape example"],
    );
    assert_eq!(
        mended(&one(code(json!(["A1"]))), "button-copy-code-shape"),
        one(code(json!("A1")))
    );
    finds_in(
        code(json!("SPRING-25")),
        &["warning button-copy-code-alphanumeric example"],
    );
    let labelled = one(json!({"type": "COPY_CODE", "text": "Copy code", "example": ["A1"]}));
    assert_eq!(readback(&labelled), [""; 0]);
    // An offer has a limit of its own, which is judged there.
    let mut offer = one(code(json!("A".repeat(16))));
    offer["components"]
        .as_array_mut()
        .unwrap()
        .push(json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Today"}}));
    assert!(found(&check(&offer)).iter().all(|f| !f.contains("old-max")));
}

#[test]
fn flows() {
    let flow = |over: Value| {
        let mut button = json!({"type": "FLOW", "text": "Sign up"});
        for (key, value) in over.as_object().unwrap() {
            button[key] = value.clone();
        }
        button
    };
    for good in [
        json!({"flow_id": "1"}),
        json!({"flow_name": "offer"}),
        json!({"flow_json": "{}"}),
        json!({"flow_id": "1", "flow_action": "NAVIGATE", "navigate_screen": "A", "icon": "promotion"}),
        json!({"flow_id": "1", "flow_action": "data_exchange"}),
        json!({"flow_id": "1", "navigate_screen": "A"}),
    ] {
        finds_in(flow(good), &[]);
    }
    finds_in(flow(json!({})), &["error button-flow -"]);
    finds_in(
        flow(json!({"flow_id": " "})),
        &["error button-flow flow_id"],
    );
    finds_in(
        flow(json!({"flow_id": "1", "flow_name": "a", "flow_json": "{}"})),
        &["error button-flow flow_name", "error button-flow flow_json"],
    );
    finds_in(
        flow(json!({"flow_id": 1_234_567_890})),
        &["warning wrong-type flow_id"],
    );
    let read = flow(json!({"flow_id": 1_079_254_650_791_678_u64}));
    let written = one(flow(json!({"flow_id": "1079254650791678"})));
    assert_eq!(mended(&one(read), "wrong-type"), written);
    finds_in(
        flow(json!({"flow_id": 123_456_789})),
        &["error wrong-type flow_id"],
    );
    finds_in(
        flow(json!({"flow_name": 7})),
        &["error wrong-type flow_name"],
    );
    finds_in(
        flow(json!({"flow_json": {"version": "7.0"}})),
        &["error wrong-type flow_json"],
    );
    finds_in(
        flow(json!({"flow_id": "1", "flow_action": "open"})),
        &["error button-flow-action flow_action"],
    );
    finds_in(
        flow(json!({"flow_id": "1", "icon": "STAR"})),
        &["error button-flow-icon icon"],
    );
    finds_in(
        flow(json!({"flow_id": "1", "flow_action": "DATA_EXCHANGE", "navigate_screen": "A"})),
        &["error button-flow-screen navigate_screen"],
    );
    finds(
        &mended(
            &one(flow(
                json!({"flow_id": "1", "flow_action": "data-exchange"}),
            )),
            "button-flow-action",
        ),
        &[],
    );
    assert_eq!(
        readback(&one(flow(
            json!({"flow_id": 1_234_567_890, "flow_name": "a"})
        ))),
        [""; 0]
    );
}

#[test]
fn calls() {
    let call =
        |minutes: Value| json!({"type": "VOICE_CALL", "text": "Call us", "ttl_minutes": minutes});
    for (minutes, fine) in [
        (1, true),
        (43200, true),
        (0, false),
        (-5, false),
        (43201, false),
    ] {
        let expected = ["error button-voice-call ttl_minutes"];
        finds_in(call(json!(minutes)), if fine { &[] } else { &expected });
    }
    finds_in(call(json!("60")), &["error wrong-type ttl_minutes"]);
    finds(
        &buttons(json!([{"type": "voice_call", "text": "Call Now"}, url("https://example.com")])),
        &[],
    );
}

#[test]
fn a_call_permission_request_is_no_button() {
    let request = json!({"type": "CALL_PERMISSION_REQUEST"});
    let alone = buttons(json!([request]));
    finds(&alone, &[&format!("error button-call-permission {AT}")]);
    finds(&mended(&alone, "button-call-permission"), &[]);
    let beside = buttons(json!([request, {"type": "QUICK_REPLY", "text": "No"}]));
    let mended = mended(&beside, "button-call-permission");
    finds(&mended, &[]);
    assert_eq!(
        mended["components"][2]["type"],
        json!("CALL_PERMISSION_REQUEST")
    );
    assert_eq!(
        mended["components"][1]["buttons"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn groups_and_what_clients_show() {
    let quick = |n: usize| Value::Array(quick(n));
    finds(&buttons(quick(3)), &[]);
    finds(
        &buttons(quick(4)),
        &["warning buttons-desktop /components/1/buttons"],
    );
    let infos: Vec<&str> = check(&buttons(quick(4)))
        .diagnostics
        .iter()
        .map(|d| d.code)
        .collect();
    assert_eq!(infos, ["buttons-desktop", "buttons-see-all"]);
    let yes = json!({"type": "QUICK_REPLY", "text": "Yes"});
    let no = json!({"type": "QUICK_REPLY", "text": "No"});
    let page = url("https://example.com");
    let call = json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550051310"});
    for (list, stray) in [
        (json!([yes, page, no]), Some(2)),
        (json!([page, yes, call]), Some(2)),
        (json!([yes, no, page, call]), None),
        (json!([page, call, yes, no]), None),
        (json!([yes, page, no, call]), Some(2)),
    ] {
        let definition = buttons(list);
        let codes = found(&check(&definition));
        let at = codes.iter().find(|c| c.contains("grouping")).cloned();
        let expected = stray.map(|i| format!("error buttons-grouping /components/1/buttons/{i}"));
        assert_eq!(at, expected, "{definition}");
        if stray.is_some() {
            let mended = mended(&definition, "buttons-grouping");
            assert!(check(&mended).ok, "{mended}");
        }
    }
    // A type that is not read yet is in neither group.
    let open = buttons(json!([yes, {"type": "QUICK"}, no]));
    assert!(found(&check(&open)).iter().all(|c| !c.contains("grouping")));
}

#[test]
fn the_component_itself() {
    let with = |member: Value| components(vec![body("Your order is on its way."), member]);
    let at = "/components/1";
    finds(
        &with(json!({"type": "BUTTONS"})),
        &[&format!("error buttons-empty {at}")],
    );
    finds(
        &with(json!({"type": "BUTTONS", "buttons": []})),
        &[&format!("error buttons-empty {at}/buttons")],
    );
    finds(
        &with(json!({"type": "BUTTONS", "buttons": {}})),
        &[&format!("error wrong-type {at}/buttons")],
    );
    finds(
        &with(json!({"type": "BUTTONS", "button": [{"type": "QUICK_REPLY", "text": "Go"}]})),
        &[
            &format!("error buttons-empty {at}"),
            &format!("error unexpected-field {at}/button"),
        ],
    );
}

#[test]
fn half_typed_buttons_lack_nothing() {
    let start = r#"{"name":"order_update","language":"en_US","category":"MARKETING","components":[{"type":"BODY","text":"Hi there."},{"type":"BUTTONS","buttons":["#;
    for end in [
        "",
        "{",
        r#"{"type":"UR"#,
        r#"{"type":"URL","#,
        r#"{"type":"URL","url":"example.co"#,
        r#"{"type":"PHONE_NUMBER","phone_number":"call"#,
        r#"{"type":"COPY_CODE","#,
        r#"{"type":"CATALOG","text":"View cat"#,
        r#"{"type":"FLOW","flow_action":"navi"#,
        r#"{"type":"PAYMENT_REQUEST","payment_setting":{"type":"pix"#,
        r#"{"type":"URL","app_deep_link":{"#,
        r#"{"type":"ORDER_DETAILS","text":"Review and"#,
    ] {
        let report = check_text(&format!("{start}{end}"));
        let codes: Vec<&str> = report
            .diagnostics
            .iter()
            .map(|d| d.code)
            .filter(|c| *c != "text-not-json")
            .collect();
        assert_eq!(codes, [""; 0], "{end}");
    }
}

/// Every safe fix of every wrong button removes its finding and adds none.
#[test]
fn safe_fixes_of_odd_buttons_mend() {
    let texts = [
        "View\ncatalog",
        "View catalog",
        "*Go*",
        "Go",
        "G\u{202e}o",
        "Copy Pix code",
    ];
    let urls = [
        "example.com",
        " wa.me/1 ",
        "bit.ly/{{1}}",
        "https://example.com ",
        "example.com{{1}}",
        " https://localhost/{{1}}/x",
        "example.com/a b",
    ];
    let examples = [
        json!("x"),
        json!([["https://a.example/x"]]),
        json!(["A B"]),
        json!(["https://a.example"]),
    ];
    let kinds = [
        "QUICK_REPLY",
        "URL",
        "COPY_CODE",
        "CATALOG",
        "SPM",
        "PAYMENT_REQUEST",
        "PHONE_NUMBER",
    ];
    let mut tried = 0;
    for kind in kinds {
        for text in texts {
            for url in urls {
                for example in &examples {
                    let odd = json!({"type": kind, "text": text, "url": url, "example": example,
                        "phone_number": "+1 555 005 1310"});
                    let definition =
                        marketing(json!([odd, {"type": "QUICK_REPLY", "text": "Go"}, odd]));
                    tried += mends(&definition);
                }
            }
        }
    }
    assert!(tried > 1000, "only {tried}");
}

fn mends(definition: &Value) -> usize {
    let before = check(definition);
    let count = |all: &[Diagnostic], code: &str| all.iter().filter(|d| d.code == code).count();
    let mut tried = 0;
    for diagnostic in &before.diagnostics {
        for fix in diagnostic.fixes.iter().filter(|f| f.safe) {
            tried += 1;
            let fixed = fixed(definition, fix);
            let after = check(&fixed).diagnostics;
            let code = diagnostic.code;
            assert!(
                count(&after, code) < count(&before.diagnostics, code),
                "{code} stays after {:?}: {definition}",
                fix.title
            );
            for d in &after {
                assert!(
                    count(&after, d.code) <= count(&before.diagnostics, d.code),
                    "{code}'s fix adds {}: {definition}",
                    d.code
                );
            }
        }
    }
    tried
}
