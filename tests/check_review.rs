//! The content: what a careful reviewer would see.

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
use support::corpus;
use support::definitions::*;
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::fix::apply_fix;
use wa_preflight::report::{Report, Severity, pointer};

const BODY: &str = "/components/0/text";

/// A definition with this body, in this category and language; samples are invented.
fn said(category: &str, language: &str, text: &str) -> Value {
    let mut part = body(text);
    if text.contains("{{1}}") {
        part["example"] = json!({"body_text": [["A-17"]]});
    }
    let mut definition = components(vec![part]);
    definition["category"] = json!(category);
    definition["language"] = json!(language);
    definition
}

/// The findings of this chapter alone, infos included.
fn review(definition: &Value) -> Vec<String> {
    own(&check(definition))
}

fn own(report: &Report) -> Vec<String> {
    let docs = wa_preflight::rules::docs();
    let codes: Vec<&str> = docs
        .iter()
        .filter(|doc| doc.part == "review" || doc.rule.code == "text-bidi")
        .map(|doc| doc.rule.code)
        .collect();
    let found = report.diagnostics.iter();
    found
        .filter(|d| codes.contains(&d.code))
        .map(|d| format!("{} {}", d.code, pointer(&d.path)))
        .collect()
}

#[track_caller]
fn sees(definition: &Value, expected: &[&str]) {
    assert_eq!(review(definition), expected, "of {definition}");
}

#[track_caller]
fn shows(category: &str, language: &str, text: &str, code: &str) {
    sees(
        &said(category, language, text),
        &[&format!("{code} {BODY}")],
    );
}

#[test]
fn one_time_codes() {
    for (language, text) in [
        ("en", "Your verification code is {{1}} for today."),
        ("en", "Use {{1}} as your passcode, please."),
        (
            "en",
            "The login code for your account: {{1}} (five minutes).",
        ),
        ("es", "Este es el código de acceso: {{1}}, no lo comparta."),
        ("pt_BR", "Este é o código de segurança: {{1}}, use agora."),
        ("en", "YOUR *VERIFICATION* CODE IS {{1}} FOR TODAY."),
        ("en", "Your OTP {{1}} works for five minutes."),
        ("en", "Hello, your code is *{{1}}* for this login."),
        ("es", "Tu código de verificación es {{1}} por hoy."),
        ("es", "CÓDIGO DE VERIFICACIÓN {{1}} por hoy."),
        ("pt_BR", "Seu código é {{1}} por hoje, obrigado."),
        ("fr", "Votre code de vérification est {{1}} pour ce jour."),
        ("de", "Dein Einmalpasswort ist {{1}} für heute."),
        ("it", "Il codice di verifica è {{1}} per oggi."),
        ("id", "Kode verifikasi Anda {{1}} untuk hari ini."),
        ("hi", "आपका सत्यापन कोड {{1}} है।"),
        ("ar", "رمز التحقق الخاص بك هو {{1}} لليوم."),
        ("tr", "Doğrulama kodunuz {{1}} bugün için geçerli."),
    ] {
        shows("UTILITY", language, text, "category-one-time-code");
    }
    sees(
        &said("MARKETING", "en", "Stop: your OTP {{1}} is here for you."),
        &["category-one-time-code /components/0/text"],
    );
    for text in [
        "Your order {{1}} is on its way to you.",
        "Your confirmation code for the table is {{1}} today.",
        "Shop and use the one-time use code {{1}} today.",
        "We never ask for your verification code.",
        "The photocopy {{1}} is ready to be taken.",
        "Your tracking code is here: {{1}} for today.",
    ] {
        sees(&said("UTILITY", "en", text), &[]);
    }
    // A coupon, in a template that sells.
    let text = "Your code is {{1}} for 20% off today. Reply STOP to end this.";
    sees(&said("MARKETING", "en", text), &[]);
}

#[test]
fn one_category_one_finding() {
    let mut definition = said("UTILITY", "en", "Get 20% off, only today. Buy now!");
    definition["components"]
        .as_array_mut()
        .unwrap()
        .push(json!({"type": "FOOTER", "text": "Shop now"}));
    sees(&definition, &["category-promotion /components/0/text"]);
}

#[test]
fn advertising_in_utility() {
    for (language, text) in [
        ("en", "Your order is here. Get 20% off the next one."),
        ("en", "Use the PROMO CODE below for the next order."),
        ("en", "Don't wait…Buy now and save."),
        ("es", "Tu pedido llegó. Compra ahora con 20% de descuento."),
        (
            "pt_BR",
            "Seu pedido chegou. Use o cupom de desconto abaixo.",
        ),
        (
            "fr",
            "Votre commande est là. Profitez de 20 % de réduction.",
        ),
        ("de", "Ihre Bestellung ist da. Hier ein Rabattcode für Sie."),
        ("it", "Il tuo ordine è arrivato. Acquista ora il prossimo."),
        ("id", "Pesanan Anda tiba. Pakai kode promo ini."),
        ("hi", "आपका ऑर्डर आ गया। 20% की छूट पाएं।"),
        ("ar", "وصل طلبك. استخدم كود الخصم هذا."),
        ("tr", "Siparişiniz geldi. İndirim kodunuz burada."),
    ] {
        shows("UTILITY", language, text, "category-promotion");
        let marketing = said("MARKETING", language, text);
        assert!(
            !review(&marketing)
                .iter()
                .any(|found| found.starts_with("category")),
            "{text}"
        );
    }
    for text in [
        "Your order is on its way.",
        "Here is the receipt of your sale of May 4.",
        "A discount of 5 EUR was applied to your invoice.",
        "The promotion you applied for: you are our new manager.",
        "View your order now in the app.",
        "We turned your alarm off at noon.",
        "Your offer for the flat was accepted.",
        "Wholesale delivery: your pallet arrived.",
    ] {
        sees(&said("UTILITY", "en", text), &[]);
    }
    let report = check(&said("UTILITY", "en", "Get 20% off the next order."));
    let fix = wa_preflight::report::fix_to_json(&report.diagnostics[0].fixes[0]);
    let text = said("UTILITY", "en", "Get 20% off the next order.").to_string();
    let mended: Value = serde_json::from_str(&apply_fix(&text, &fix).unwrap()).unwrap();
    assert_eq!(mended["category"], "MARKETING");
}

#[test]
fn what_meta_has_approved_is_in_the_right_category() {
    let readback = Options {
        readback: true,
        ..Options::default()
    };
    let text = said("UTILITY", "ar", "Get 20% off the next order today.").to_string();
    assert_eq!(own(&check_template(&text, &readback)), [""; 0]);
}

#[test]
fn samples_of_real_people() {
    let sample =
        |value: &str| components(vec![body_with("Your order {{1}} is on its way.", &[value])]);
    let at = "example-personal-data /components/0/example/body_text/0/0";
    for real in [
        "maria.lopes@gmail.com",
        "mail: j+x@web.de.",
        "+55 (11) 98712-4477",
        "+491701928374",
        "4539 5787 6362 1486",
        "DE75512108001245126199",
        "DE75 5121 0800 1245 1261 99",
    ] {
        sees(&sample(real), &[at]);
    }
    for fine in [
        "ana@example.com",
        "jane.doe@acme.io",
        "support@shop.com",
        "860198-230332",
        "+1 (650) 555-0123",
        "+5511999999999",
        "+91 98765 43210",
        "+447700900123",
        "+1 555",
        "2025-10-04 10:30",
        "4111 1111 1111 1111",
        "4539 5787 6362 1487",
        "1700000000000",
        "fLBponPDsqF0KQThzkrf",
        "1Z999AA10123456784",
        "@ana",
        "a@b",
        "DE75512108001245126198",
        "ORDER-2025-000017",
        "20% + 10%",
    ] {
        sees(&sample(fine), &[]);
    }
    // Only samples: a business may print its own address.
    sees(
        &said(
            "UTILITY",
            "en",
            "Write to maria.lopes@gmail.com about your order.",
        ),
        &[],
    );
    let mut named = components(vec![json!({
        "type": "BODY", "text": "We called {{phone}} about your order.",
        "example": {"body_text_named_params": [{"param_name": "phone", "example": "+4915112839475"}]},
    })]);
    named["parameter_format"] = json!("NAMED");
    sees(
        &named,
        &["example-personal-data /components/0/example/body_text_named_params/0/example"],
    );
}

#[test]
fn secrets() {
    for (language, text) in [
        ("en", "To go on, reply with your card number."),
        ("en", "Please send us your full credit card details."),
        ("en", "Please share your full credit card number with us."),
        ("en", "Please reply with your card number and CVV to go on."),
        ("en", "Reply with the full card number to finish."),
        ("en", "Reply with your national ID number, please."),
        ("en", "Please send us your passport number."),
        ("en", "Confirm your social security number here."),
        ("en", "Confirm your PIN here."),
        ("en", "Hello! Please share your CVV with us."),
        (
            "en",
            "Please share your PIN with us, your location pin too.",
        ),
        ("es", "Para seguir, envíe su número de tarjeta."),
        ("pt_BR", "Para continuar, informe sua senha aqui."),
        ("fr", "Communiquez votre mot de passe par message."),
        ("de", "Bitte senden Sie Ihre Kreditkartennummer an uns."),
    ] {
        shows("UTILITY", language, text, "body-policy");
    }
    for text in [
        "Never share your PIN with anyone.",
        "Kindly share your location pin so that our rider finds you.",
        "Please share your PIN code so we can check that we deliver there.",
        "Do not share your password, we don’t need it.",
        "Share your feedback on our new PIN pads.",
        "Your password was changed today.",
        "Your card ending in 1234 was charged.",
        "Reply with your postcode, please.",
    ] {
        sees(&said("UTILITY", "en", text), &[]);
    }
}

#[test]
fn links() {
    for text in [
        "Your order: https://bit.ly/3abc as promised.",
        "Your order: BIT.LY/3abc as promised.",
        "Your order: https://goo.gl/3abc as promised.",
        "Your order: lnkd.in/3abc as promised.",
        "Write to us: https://wa.me/15550051310 any time.",
    ] {
        shows("UTILITY", "en", text, "text-short-link");
    }
    for text in [
        "Find us: https://maps.app.goo.gl/abc any time.",
        "Your order: https://rabbit.ly/3abc as promised.",
        "We use bit.ly a lot.",
        "Your order: https://example.com/t.co as promised.",
    ] {
        sees(&said("UTILITY", "en", text), &[]);
    }
}

#[test]
fn look_alikes() {
    for text in [
        "Your PayPаl order is on its way.",
        "Your аpple order is on its way.",
        "Your Αmazon order is on its way.",
    ] {
        shows("UTILITY", "en", text, "text-mixed-scripts");
    }
    for (language, text) in [
        ("ja", "iPhone用のケースが届きました。"),
        ("ru", "Ваши SMSки и PCшник пришли, URLа нет."),
        ("ru", "Ваш заказ в PayPal оплачен."),
        ("el", "Η παραγγελία σας στο Amazon έφτασε."),
        ("en", "The resistor has 5 kΩ and costs µ more, αβγ."),
        ("en", "Naïve café in Łódź and Kraków."),
    ] {
        sees(&said("UTILITY", language, text), &[]);
    }
}

#[test]
fn invisible_characters() {
    for c in [
        '\u{200b}', '\u{2060}', '\u{feff}', '\u{ad}', '\u{180e}', '\u{200c}', '\u{200d}',
        '\u{3164}', '\u{7}',
    ] {
        let text = format!("Your or{c}der is on its way.");
        shows("UTILITY", "en", &text, "text-invisible");
        let report = check(&said("UTILITY", "en", &text));
        let fix = serde_json::from_str::<Value>(&wa_preflight::report::fix_to_json(
            &report.diagnostics[0].fixes[0],
        ))
        .unwrap();
        assert_eq!(fix["patch"][0]["value"], "Your order is on its way.");
        assert_eq!(fix["safe"], true);
    }
    for (language, text) in [
        ("en", "Your order 👨‍👩‍👧 is on its way 🏳️‍🌈 ❤️‍🔥."),
        ("fa", "سفارش شما می‌رسد، {{1}}‌ها در راه‌اند."),
        ("hi", "आपका ऑर्डर क्‍ष रास्ते में है।"),
        ("ar", "طلبك\u{200f} في الطريق إليك."),
    ] {
        sees(&said("UTILITY", language, text), &[]);
    }
}

#[test]
fn every_text_of_a_definition_is_walked() {
    for (sign, code) in [('\u{202e}', "text-bidi"), ('\u{200b}', "text-invisible")] {
        let definition = json!({
            "name": "order_update", "language": "en", "category": "MARKETING",
            "components": [
                {"type": "HEADER", "format": "TEXT", "text": format!("a{sign}b {{{{1}}}} stop"), "example": {"header_text": [format!("a{sign}b")]}},
                {"type": "BODY", "text": format!("a{sign}b"), "example": {"body_text": [[format!("a{sign}b")]]}},
                {"type": "FOOTER", "text": format!("a{sign}b")},
                {"type": "BUTTONS", "buttons": [
                    {"type": "URL", "text": format!("a{sign}b"), "url": format!("https://example.com/a{sign}b"), "example": [format!("a{sign}b")]},
                    {"type": "PHONE_NUMBER", "text": "Call", "phone_number": format!("+1{sign}5550051310")},
                    {"type": "COPY_CODE", "example": format!("a{sign}b")},
                ]},
                {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": format!("a{sign}b")}},
                {"type": "CAROUSEL", "cards": [{"components": [{"type": "BODY", "text": format!("a{sign}b")}]}]},
            ],
        });
        let expected: Vec<String> = [
            "/components/0/text",
            "/components/0/example/header_text/0",
            "/components/1/text",
            "/components/1/example/body_text/0/0",
            "/components/2/text",
            "/components/3/buttons/0/text",
            "/components/3/buttons/0/url",
            "/components/3/buttons/0/example/0",
            "/components/3/buttons/1/phone_number",
            "/components/3/buttons/2/example",
            "/components/4/limited_time_offer/text",
            "/components/5/cards/0/components/0/text",
        ]
        .iter()
        .map(|path| format!("{code} {path}"))
        .collect();
        assert_eq!(review(&definition), expected);
    }
}

#[test]
fn blanks_at_the_edges() {
    for text in [
        "Your order is here. ",
        " Your order is here.",
        "Your order is here.\n\n",
    ] {
        shows("UTILITY", "en", text, "text-edge-blanks");
    }
    finds(
        &buttons(json!([{"type": "QUICK_REPLY", "text": "Yes "}])),
        &["warning text-edge-blanks /components/1/buttons/0/text"],
    );
    finds(
        &said("UTILITY", "en", "  "),
        &["error text-required /components/0/text"],
    );
    // The next word may be coming.
    let open = r#"{"name":"a","language":"en","category":"UTILITY","components":[{"type":"BODY","text":"Your order "#;
    assert_eq!(own(&check_text(open)), [""; 0]);
}

#[test]
fn what_was_to_be_replaced() {
    for text in [
        "Hello [name], your order is here.",
        "Hello [First Name], your order is here.",
        "Hello <name>, your order is here.",
        "Hello [your company], your order is here.",
        "Hello %s, your order is here.",
        "Your order is<br>here.",
        "Lorem ipsum dolor sit amet.",
        "TODO: write this text.",
    ] {
        shows("UTILITY", "en", text, "text-leftover");
    }
    for (language, text) in [
        ("en", "Your order [A-17] is 100%s here, 50% d’accord."),
        ("en", "I <3 you > him < her >, and [sic] is fine."),
        ("en", "We deliver 5 < 7 > 2 boxes."),
        ("es", "TODO incluido en tu pedido de hoy."),
        ("pt_BR", "TODO o pedido chegou."),
    ] {
        sees(&said("UTILITY", language, text), &[]);
    }
}

#[test]
fn texts_in_another_script_than_their_language() {
    for (language, text) in [
        ("ar", "Your order is on its way to you."),
        ("ru", "Vash zakaz uzhe v puti k vam."),
        ("en_US", "Ваш заказ уже в пути к вам."),
        ("pt_BR", "طلبك في الطريق إليك الآن."),
        ("de", "您的订单正在路上请耐心等待谢谢。"),
    ] {
        sees(
            &said("UTILITY", language, text),
            &["language-not-translated /language"],
        );
    }
    for (language, text) in [
        ("ar", "طلبك من Lucky Shrub في الطريق إليك."),
        ("ru", "SMS: {{1}} OK."),
        ("en_US", "Ваш заказ from Lucky Shrub."),
        ("en_US", "Заказ {{1}}."),
        ("hi", "Aapka order raste mein hai, dhanyavaad."),
        ("sr", "Vaša porudžbina je na putu do vas."),
        ("uz", "Ваш заказ уже в пути к вам."),
        ("vi", "Đơn hàng của bạn đang được giao đến bạn."),
        ("en", "…!? 17 🚚🚚🚚"),
    ] {
        sees(&said("UTILITY", language, text), &[]);
    }
}

#[test]
fn a_way_out_of_marketing() {
    let silent = said("MARKETING", "en", "Our new plants are here.");
    let report = check(&silent);
    assert_eq!(own(&report), ["marketing-opt-out /components/0/text"]);
    assert_eq!(report.diagnostics[0].severity, Severity::Info);
    for part in [
        json!({"type": "FOOTER", "text": "Reply STOP to unsubscribe"}),
        json!({"type": "FOOTER", "text": "Responda \"PARAR\" para sair"}),
        json!({"type": "FOOTER", "text": "Ya no quiero: responde BAJA"}),
        json!({"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Stop promotions"}]}),
        json!({"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Unsubscribe"}]}),
    ] {
        let mut definition = silent.clone();
        definition["components"].as_array_mut().unwrap().push(part);
        sees(&definition, &[]);
    }
    // Meta's own button in other languages, and what people are told to write.
    for words in [
        "Detener promociones",
        "Responde SALIR",
        "Interrompi promozioni",
        "Interromper promoções",
        "Descadastrar",
        "Arrêter les promotions",
        "Répondez ARRET",
        "Newsletter abbestellen",
        "Hentikan promosi",
        "إيقاف العروض",
        "الغاء الاشتراك",
        "Promosyonları durdur",
        "प्रमोशन रोकें",
        "הסר",
        "Чтобы отписаться, нажмите СТОП",
        "退订请回复T",
        "取消訂閱",
        "配信停止",
        "수신거부",
        "ยกเลิกรับข่าวสาร",
        "Afmelden",
        "Wypisz się",
        "Dezabonare",
    ] {
        let mut definition = silent.clone();
        let footer = json!({"type": "FOOTER", "text": words});
        definition["components"]
            .as_array_mut()
            .unwrap()
            .push(footer);
        assert_eq!(own(&check(&definition)), [""; 0], "{words}");
    }
    sees(&said("UTILITY", "en", "Your plants are here."), &[]);
}

/// Real definitions that Meta took or prints: what this chapter warns of, each looked at.
#[test]
fn corpus_rows_that_warn() {
    let Some(rows) = corpus::rows("definitions.jsonl") else {
        return;
    };
    let mut warned = Vec::new();
    for (line, row) in rows.iter().enumerate() {
        let verdict = row["verdict"].as_str().unwrap();
        if matches!(verdict, "invalid" | "rejected-live" | "rejected-readback") {
            continue;
        }
        let options = Options {
            readback: verdict.contains("readback"),
            ..Options::default()
        };
        let mut report = check_template(&row["template"].to_string(), &options);
        report.diagnostics.retain(|d| d.severity != Severity::Info);
        for found in own(&report) {
            warned.push(format!("{} {verdict}: {found}", line + 1));
        }
    }
    println!("{}", warned.join("\n"));
    assert!(warned.len() * 20 <= rows.len(), "{warned:#?}");
}

/// Sixteen times the text: a cost that grows with its square would be 256 times as high.
#[test]
fn no_text_costs_more_than_its_length() {
    let best = |text: &str| support::timing::best(|| check_template(text, &Options::default()));
    for unit in [
        "share your ",
        "a@a.bc ",
        "a.b@",
        "+1 23 ",
        "1 ",
        "[name",
        "<a ",
        "%s",
        "\u{200b}",
        "о*",
        "aо ",
        "bit.ly",
        "\u{202e}a",
        "50% o",
    ] {
        let sized = |size: usize| {
            let text = unit.repeat(size / unit.len());
            let example = json!({"body_text": [[text]]});
            components(vec![
                json!({"type": "BODY", "text": text, "example": example}),
            ])
            .to_string()
        };
        let (small, large) = (sized(2 * 1024), sized(32 * 1024));
        let ratio = best(&large) / best(&small);
        assert!(ratio < 128.0, "{unit:?}: {ratio}");
    }
}
