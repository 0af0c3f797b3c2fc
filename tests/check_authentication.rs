//! Authentication templates: each rule's bad case with its code and path, near misses, and every limit
//! at n and n + 1.

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
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::fix::apply_fix;

const AT: &str = "/components/1/buttons/0";

fn code(parts: Value) -> Value {
    let mut definition = with("components", parts);
    definition["category"] = json!("AUTHENTICATION");
    definition
}

/// A body and this button.
fn otp(button: Value) -> Value {
    code(json!([{"type": "BODY"}, {"type": "BUTTONS", "buttons": [button]}]))
}

fn one_tap(apps: Value) -> Value {
    otp(json!({"type": "OTP", "otp_type": "ONE_TAP", "supported_apps": apps}))
}

fn an_app() -> Value {
    json!({"package_name": "com.example.luckyshrub", "signature_hash": "K8a/AINcGX7"})
}

fn named(package: &str, hash: &str) -> Value {
    one_tap(json!([{"package_name": package, "signature_hash": hash}]))
}

fn copy() -> Value {
    json!({"type": "OTP", "otp_type": "COPY_CODE"})
}

/// Findings of a definition that was read back.
fn read_back(definition: &Value) -> Vec<String> {
    let options = Options {
        readback: true,
        ..Options::default()
    };
    found(&check_template(&definition.to_string(), &options))
}

/// The definition after the nth fix of the first finding of a code, and whether that fix is safe.
fn mended(definition: &Value, code: &str, nth: usize) -> (Value, bool) {
    let report = check(definition);
    let found = report.diagnostics.iter().find(|d| d.code == code).unwrap();
    let fix = &found.fixes[nth];
    let patch = wa_preflight::report::fix_to_json(fix);
    let text = apply_fix(&definition.to_string(), &patch).unwrap();
    (serde_json::from_str(&text).unwrap(), fix.safe)
}

#[test]
fn what_metas_pages_print_passes() {
    let all = |kind: &str, extra: Value| {
        let mut button = json!({"type": "otp", "otp_type": kind, "text": "Copy Code", "autofill_text": "Autofill",
            "supported_apps": [an_app()]});
        for (key, value) in extra.as_object().unwrap() {
            button[key] = value.clone();
        }
        code(json!([
            {"type": "body", "add_security_recommendation": true},
            {"type": "footer", "code_expiration_minutes": 10},
            {"type": "buttons", "buttons": [button]},
        ]))
    };
    finds(&all("one_tap", json!({})), &[]);
    finds(
        &all("zero_tap", json!({"zero_tap_terms_accepted": true})),
        &[],
    );
    finds(&otp(copy()), &[]);
    finds(
        &otp(json!({"type": "OTP", "otp_type": "copy_code", "text": "Copy Code"})),
        &[],
    );
    // In any order, and with what is absent written as null.
    finds(
        &code(json!([
            {"type": "BUTTONS", "buttons": [copy()]},
            {"type": "FOOTER", "code_expiration_minutes": null},
            {"type": "BODY", "text": null, "add_security_recommendation": false},
        ])),
        &[],
    );
    // Some libraries send the acceptance with every button.
    finds(
        &otp(json!({"type": "OTP", "otp_type": "COPY_CODE", "zero_tap_terms_accepted": true})),
        &[],
    );
    let report = check(&otp(copy()));
    assert!(report.ok && report.complete);
}

#[test]
fn components() {
    let buttons = json!({"type": "BUTTONS", "buttons": [copy()]});
    finds(
        &code(
            json!([{"type": "BODY", "text": "Your code is {{1}}.", "example": {"body_text": [["1"]]}}, buttons]),
        ),
        &["error auth-body /components/0/text"],
    );
    finds(
        &code(json!([{"type": "BODY", "example": {"body_text": [["1"]]}}, buttons])),
        &["error auth-body /components/0/example"],
    );
    finds(
        &code(json!([{"type": "BODY", "add_security_recomendation": true}, buttons])),
        &["error unexpected-field /components/0/add_security_recomendation"],
    );
    finds(
        &code(json!([{"type": "BODY", "add_security_recommendation": "yes"}, buttons])),
        &["error wrong-type /components/0/add_security_recommendation"],
    );
    finds(
        &code(json!([buttons])),
        &["error auth-body-required /components"],
    );
    finds(
        &code(json!([{"type": "BODY"}, {"type": "BODY"}, buttons])),
        &["error component-repeated /components/1"],
    );
    finds(&code(json!([])), &["error components-required /components"]);
    finds(&code(Value::Null), &["error components-required "]);
    for extra in [
        json!({"type": "HEADER", "format": "IMAGE"}),
        json!({"type": "carousel", "cards": []}),
        json!({"type": "LIMITED_TIME_OFFER"}),
        json!({"type": "call_permission_request"}),
    ] {
        finds(
            &code(json!([extra, {"type": "BODY"}, buttons])),
            &["error auth-no-extras /components/0"],
        );
    }
    finds(
        &code(json!([{"type": "BODDY"}, buttons])),
        &["error component-type-misspelled /components/0/type"],
    );
    let report = check(&code(
        json!([{"type": "BODY"}, buttons, {"type": "HOLOGRAM"}]),
    ));
    assert!(report.ok && !report.complete);
}

#[test]
fn the_footer() {
    let footer = |footer: Value| {
        code(json!([{"type": "BODY"}, footer, {"type": "BUTTONS", "buttons": [copy()]}]))
    };
    let minutes = |n: Value| footer(json!({"type": "FOOTER", "code_expiration_minutes": n}));
    let at = "/components/1/code_expiration_minutes";
    for (n, ok) in [(0, false), (1, true), (90, true), (91, false), (-1, false)] {
        assert_eq!(check(&minutes(json!(n))).ok, ok, "{n}");
    }
    finds(&minutes(json!(720)), &[&format!("error auth-footer {at}")]);
    finds(&minutes(json!(1.5)), &[&format!("error wrong-type {at}")]);
    finds(&minutes(json!("10")), &[&format!("error wrong-type {at}")]);
    assert_eq!(
        mended(&minutes(json!("10")), "wrong-type", 0),
        (minutes(json!(10)), true)
    );
    finds(&footer(json!({"type": "FOOTER"})), &[]);
    finds(
        &footer(json!({"type": "FOOTER", "text": "Ten minutes", "code_expiration_minutes": 10})),
        &["error footer-auth /components/1/text"],
    );
    let (after, _) = mended(
        &footer(json!({"type": "FOOTER", "text": "Ten minutes"})),
        "footer-auth",
        0,
    );
    finds(&after, &[]);
}

#[test]
fn exactly_one_otp_button() {
    let list =
        |buttons: Value| code(json!([{"type": "BODY"}, {"type": "BUTTONS", "buttons": buttons}]));
    let reply = json!({"type": "QUICK_REPLY", "text": "Not me"});
    finds(
        &code(json!([{"type": "BODY"}])),
        &["error auth-otp-required /components"],
    );
    finds(
        &list(json!([])),
        &["error auth-otp-required /components/1/buttons"],
    );
    finds(
        &code(json!([{"type": "BODY"}, {"type": "BUTTONS"}])),
        &["error auth-otp-required /components/1"],
    );
    finds(
        &list(json!({})),
        &["error wrong-type /components/1/buttons"],
    );
    for broken in [
        code(json!([{"type": "BODY"}])),
        list(json!([])),
        code(json!([{"type": "BODY"}, {"type": "BUTTONS"}])),
    ] {
        let (after, safe) = mended(&broken, "auth-otp-required", 0);
        finds(&after, &[]);
        assert!(!safe);
    }
    finds(
        &list(json!([reply])),
        &[
            "error auth-otp-required /components/1/buttons",
            "error auth-one-otp /components/1/buttons/0",
        ],
    );
    finds(
        &list(json!([reply, copy()])),
        &["error auth-one-otp /components/1/buttons/0"],
    );
    finds(
        &list(json!([copy(), copy()])),
        &["error auth-one-otp /components/1/buttons/1"],
    );
    finds(
        &list(json!([{"type": "OPT", "otp_type": "COPY_CODE"}])),
        &["error auth-one-otp /components/1/buttons/0"],
    );
    finds(
        &list(json!([{"otp_type": "COPY_CODE"}])),
        &["error auth-one-otp /components/1/buttons/0"],
    );
    finds(
        &list(json!([{"type": 7}])),
        &["error wrong-type /components/1/buttons/0/type"],
    );
    finds(
        &list(json!([copy(), 7])),
        &["error wrong-type /components/1/buttons/1"],
    );
    for broken in [
        json!([{"type": "OPT", "otp_type": "COPY_CODE"}]),
        json!([{"otp_type": "COPY_CODE"}]),
        json!([reply, copy()]),
        json!([copy(), copy()]),
    ] {
        finds(&mended(&list(broken), "auth-one-otp", 0).0, &[]);
    }
}

#[test]
fn the_way_to_hand_over_the_code() {
    finds(
        &otp(json!({"type": "OTP"})),
        &[&format!("error auth-otp-type-required {AT}")],
    );
    finds(
        &otp(json!({"type": "OTP", "otp_type": "COPYCODE"})),
        &[&format!("error auth-otp-type {AT}/otp_type")],
    );
    finds(
        &otp(json!({"type": "OTP", "otp_type": 1})),
        &[&format!("error wrong-type {AT}/otp_type")],
    );
    finds(
        &otp(json!({"type": "OTP", "otp_type": "COPY_CODE", "autofill_text": "Autofill"})),
        &[&format!("error auth-autofill-text {AT}/autofill_text")],
    );
    finds(
        &otp(json!({"type": "OTP", "otp_type": "COPY_CODE", "supported_apps": [an_app()]})),
        &[&format!("warning auth-apps-unused {AT}/supported_apps")],
    );
    finds(
        &otp(json!({"type": "OTP", "otp_type": "COPY_CODE", "url": "https://example.com"})),
        &[&format!("error unexpected-field {AT}/url")],
    );
    let zero = |accepted: Value| {
        otp(
            json!({"type": "OTP", "otp_type": "ZERO_TAP", "supported_apps": [an_app()], "zero_tap_terms_accepted": accepted}),
        )
    };
    finds(&zero(json!(true)), &[]);
    finds(
        &zero(json!(false)),
        &[&format!(
            "error auth-zero-tap-terms {AT}/zero_tap_terms_accepted"
        )],
    );
    finds(
        &zero(Value::Null),
        &[&format!("error auth-zero-tap-terms {AT}")],
    );
    finds(
        &zero(json!("true")),
        &[&format!("error wrong-type {AT}/zero_tap_terms_accepted")],
    );
    // Nobody accepts terms for somebody else.
    assert!(!mended(&zero(json!(false)), "auth-zero-tap-terms", 0).1);
}

#[test]
fn labels() {
    let label = |text: &str| otp(json!({"type": "OTP", "otp_type": "COPY_CODE", "text": text}));
    finds(
        &label("Copy OTP"),
        &[&format!("warning auth-text {AT}/text")],
    );
    finds(&label("COPY CODE"), &[]);
    let mut other = label("Copiar código");
    other["language"] = json!("pt_BR");
    finds(&other, &[]);
    other["language"] = json!("en_GB");
    finds(&other, &[&format!("warning auth-text {AT}/text")]);
    finds(&label(""), &[&format!("warning auth-text {AT}/text")]);
    // The limit and what no label may have hold in every language.
    for (n, errors) in [(25, 0), (26, 1)] {
        let mut long = label(&"é".repeat(n));
        long["language"] = json!("fr");
        let report = check(&long);
        let over = report
            .diagnostics
            .iter()
            .filter(|d| d.code == "button-text-max");
        assert_eq!(over.count(), errors, "{n}");
        let mut fill = one_tap(json!([an_app()]));
        fill["language"] = json!("fr");
        fill["components"][1]["buttons"][0]["autofill_text"] = json!("é".repeat(n));
        assert_eq!(check(&fill).ok, errors == 0, "{n}");
    }
    let mut emoji = label("Copier 👍");
    emoji["language"] = json!("fr");
    finds(&emoji, &[&format!("error button-text-clean {AT}/text")]);
    let mut fill = one_tap(json!([an_app()]));
    fill["components"][1]["buttons"][0]["autofill_text"] = json!("Fill it in");
    finds(&fill, &[&format!("warning auth-text {AT}/autofill_text")]);
}

#[test]
fn apps() {
    let app = format!("{AT}/supported_apps/0");
    finds(
        &otp(json!({"type": "OTP", "otp_type": "one_tap"})),
        &[&format!("error auth-supported-apps {AT}")],
    );
    finds(
        &one_tap(json!([])),
        &[&format!("error auth-supported-apps {AT}/supported_apps")],
    );
    finds(
        &one_tap(json!({})),
        &[&format!("error wrong-type {AT}/supported_apps")],
    );
    finds(&one_tap(json!([7])), &[&format!("error wrong-type {app}")]);
    let builds = |n: usize| -> Value {
        let build = |i| json!({"package_name": format!("com.example.app{i}"), "signature_hash": "K8a/AINcGX7"});
        (0..n).map(build).collect()
    };
    for n in [1, 5] {
        finds(&one_tap(builds(n)), &[]);
    }
    finds(
        &one_tap(builds(6)),
        &[&format!(
            "error auth-supported-apps-max {AT}/supported_apps"
        )],
    );
    // One app with two hashes is two builds of it.
    let mut twice = json!([an_app(), an_app()]);
    finds(
        &one_tap(twice.clone()),
        &[&format!("warning auth-app-repeated {AT}/supported_apps/1")],
    );
    let (after, safe) = mended(&one_tap(twice.clone()), "auth-app-repeated", 0);
    finds(&after, &[]);
    assert!(safe);
    twice[1]["signature_hash"] = json!("K8a/AINcGX8");
    finds(&one_tap(twice), &[]);
    finds(
        &one_tap(json!([{"package_name": "com.example.shop"}])),
        &[&format!("error auth-app-incomplete {app}")],
    );
    finds(
        &one_tap(
            json!([{"package_name": "com.example.shop", "signature_hash": "K8a/AINcGX7", "name": "x"}]),
        ),
        &[&format!("error unexpected-field {app}/name")],
    );
    for (name, ok) in [
        ("com.example.shop", true),
        ("a.b", true),
        ("Com.Example_2.shop", true),
        ("shop", false),
        ("com.2shop", false),
        ("com._shop", false),
        ("com..shop", false),
        ("com.example-shop.app", false),
        ("", false),
    ] {
        let expected = [format!("error auth-package-name {app}/package_name")];
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        finds(
            &named(name, "K8a/AINcGX7"),
            if ok { &[] } else { &expected },
        );
    }
    let long = |n: usize| named(&format!("com.{}", "a".repeat(n - 4)), "K8a/AINcGX7");
    finds(&long(224), &[]);
    finds(
        &long(225),
        &[&format!("error auth-package-name-max {app}/package_name")],
    );
    assert_eq!(
        mended(
            &named(" com.example.luckyshrub ", "K8a/AINcGX7"),
            "auth-package-name",
            0
        ),
        (one_tap(json!([an_app()])), true)
    );
    for (hash, ok) in [
        ("K8a/AINcGX7", true),
        ("K8a+AINcGX=", true),
        ("K8a/AINcGX", false),
        ("K8a/AINcGX77", false),
        ("K8a-AINcGX7", false),
        ("K8a%2FAINcGX7", false),
        ("", false),
    ] {
        let expected = [format!("error auth-signature-hash {app}/signature_hash")];
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        finds(
            &named("com.example.shop", hash),
            if ok { &[] } else { &expected },
        );
    }
    assert_eq!(
        mended(
            &named("com.example.luckyshrub", "K8a%2fAINcGX7"),
            "auth-signature-hash",
            0
        ),
        (one_tap(json!([an_app()])), true)
    );
    let report = check(&named("com.example.shop", "K8a%2FAINcGX7"));
    assert!(
        report.diagnostics[0]
            .message
            .ends_with(": it is URL-encoded")
    );
}

#[test]
fn an_app_beside_the_label() {
    let old = otp(
        json!({"type": "OTP", "otp_type": "ONE_TAP", "package_name": "com.example.luckyshrub", "signature_hash": "K8a/AINcGX7"}),
    );
    finds(
        &old,
        &[&format!("warning auth-app-outside {AT}/package_name")],
    );
    assert_eq!(
        mended(&old, "auth-app-outside", 0),
        (one_tap(json!([an_app()])), true)
    );
    finds(
        &otp(json!({"type": "OTP", "otp_type": "ONE_TAP", "signature_hash": "K8a%2FAINcGX7"})),
        &[
            &format!("error auth-app-incomplete {AT}"),
            &format!("warning auth-app-outside {AT}/signature_hash"),
            &format!("error auth-signature-hash {AT}/signature_hash"),
        ],
    );
    let both = otp(
        json!({"type": "OTP", "otp_type": "ONE_TAP", "supported_apps": [an_app()],
        "package_name": "com.example.luckyshrub", "signature_hash": "K8a/AINcGX7"}),
    );
    finds(
        &both,
        &[&format!("warning auth-app-outside {AT}/package_name")],
    );
    assert_eq!(
        mended(&both, "auth-app-outside", 0),
        (one_tap(json!([an_app()])), false)
    );
}

#[test]
fn several_languages_at_once() {
    let bulk = |languages: Value, button: Value| {
        let mut definition = otp(button);
        definition["language"] = Value::Null;
        definition["languages"] = languages;
        definition
    };
    let two = || json!(["en_US", "fil"]);
    finds(&bulk(two(), copy()), &[]);
    finds(
        &bulk(
            two(),
            json!({"type": "OTP", "otp_type": "ONE_TAP", "text": "Copy code", "autofill_text": "Fill", "supported_apps": [an_app()]}),
        ),
        &[
            &format!("error auth-bulk {AT}/text"),
            &format!("error auth-bulk {AT}/autofill_text"),
        ],
    );
    finds(
        &bulk(json!([]), copy()),
        &["error language-required /languages"],
    );
    finds(
        &bulk(json!("en_US"), copy()),
        &["error wrong-type /languages"],
    );
    finds(
        &bulk(json!(["en_US", 7]), copy()),
        &["error wrong-type /languages/1"],
    );
    let hyphen = bulk(json!(["pt-br", "xx"]), copy());
    finds(
        &hyphen,
        &[
            "error language-unknown /languages/0",
            "error language-unknown /languages/1",
        ],
    );
    assert_eq!(
        mended(&hyphen, "language-unknown", 0),
        (bulk(json!(["pt_BR", "xx"]), copy()), true)
    );
    let mut both = bulk(two(), copy());
    both["language"] = json!("en_US");
    finds(&both, &["error auth-bulk-language /languages"]);
    finds(&mended(&both, "auth-bulk-language", 0).0, &[]);
    finds(&mended(&both, "auth-bulk-language", 1).0, &[]);
    let mut utility = with("languages", two());
    utility["language"] = Value::Null;
    finds(&utility, &["error auth-bulk-category /languages"]);
}

#[test]
fn free_text_of_the_old_kind() {
    let old = code(json!([
        {"type": "HEADER", "format": "TEXT", "text": "Security alert"},
        {"type": "BODY", "text": "Use the code {{1}} to sign in.", "example": {"body_text": [["784"]]}},
        {"type": "FOOTER", "text": "Not you? Tell us"},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Not me"}]},
    ]));
    finds(
        &old,
        &[
            "error auth-no-extras /components/0",
            "error auth-legacy /components/1/text",
            "error footer-auth /components/2/text",
            "error auth-one-otp /components/3/buttons/0",
        ],
    );
    let (after, safe) = mended(&old, "auth-legacy", 0);
    finds(&after, &[]);
    assert!(!safe);
    let (after, _) = mended(&old, "auth-legacy", 1);
    assert!(check(&after).ok, "{after}");
    // A text beside an OTP button is only a text too much.
    let text = code(
        json!([{"type": "BODY", "text": "Your code is {{1}}.", "add_security_recommendation": true}, {"type": "BUTTONS", "buttons": [copy()]}]),
    );
    finds(&text, &["error auth-body /components/0/text"]);
    finds(&mended(&text, "auth-body", 0).0, &[]);
}

#[test]
fn what_a_get_returns_passes_as_such_only() {
    let url = "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}";
    let got = code(json!([
        {"type": "BODY", "text": "*{{1}}* is your verification code.", "add_security_recommendation": true, "example": {"body_text": [["123456"]]}},
        {"type": "FOOTER", "text": "This code expires in 10 minutes.", "code_expiration_minutes": 10},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Copy code", "url": url, "example": ["https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456"]}]},
    ]));
    assert_eq!(read_back(&got), [""; 0]);
    finds(
        &got,
        &[
            "error auth-body /components/0/text",
            "error footer-auth /components/1/text",
            "error auth-otp-as-url /components/2/buttons/0",
        ],
    );
    let mut after = got;
    for code in ["auth-body", "footer-auth", "auth-otp-as-url"] {
        after = mended(&after, code, 0).0;
    }
    finds(&after, &[]);
    let mut labelled = otp(json!({"type": "OTP", "otp_type": "ONE_TAP", "text": "Kopieren"}));
    labelled["components"][0]["text"] = json!("*{{1}}* is your verification code.");
    assert_eq!(read_back(&labelled), [""; 0]);
}

#[test]
fn half_typed_text_is_not_missed_yet() {
    let text = otp(json!({"type": "OTP", "otp_type": "ONE_TAP", "text": "Copy code", "supported_apps": [an_app()]})).to_string();
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        let report = check_text(&text[..at]);
        let noise: Vec<&str> = report
            .diagnostics
            .iter()
            .map(|d| d.code)
            .filter(|code| code.starts_with("auth"))
            .collect();
        assert_eq!(noise, [""; 0], "{}", &text[..at]);
    }
}

/// Values of every type in every place: a report each time, and safe changes that mend and add nothing.
#[test]
fn any_value_in_any_place() {
    let mut library = with("library_template_name", json!("verify_code_1"));
    library["components"] = Value::Null;
    library["library_template_body_inputs"] = json!({"code_expiration_minutes": 5});
    library["library_template_button_inputs"] = json!([
        {"type": "OTP", "otp_type": "ZERO_TAP", "zero_tap_terms_accepted": true, "supported_apps": [an_app()]},
        {"type": "URL", "url": {"base_url": "https://www.example.com/{{1}}", "url_suffix_example": "https://www.example.com/demo"}},
        {"type": "PHONE_NUMBER", "phone_number": "+15550051310"},
    ]);
    let mut rich = code(json!([
        {"type": "BODY", "add_security_recommendation": true},
        {"type": "FOOTER", "code_expiration_minutes": 10},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "ONE_TAP", "text": "Copy code", "autofill_text": "Autofill",
            "package_name": "a.b", "signature_hash": "K8a/AINcGX7"}]},
    ]));
    rich["languages"] = json!(["fr"]);
    let strange = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(""),
        json!(" {{a\n*"),
        json!("K8a%2FAINcGX7"),
        json!("OTP"),
        json!("7"),
        json!("pt-br"),
        json!("[{'type': 'MPM'}]"),
        json!("{\"a\": [], \"a\": {}}"),
        json!([]),
        json!([[{}]]),
        json!({}),
        json!({"type": "URL", "url": "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE"}),
    ];
    let (mut tried, mut safe) = (0, 0);
    for whole in [library, rich] {
        let places = places(&whole);
        for (place, value) in places
            .iter()
            .flat_map(|place| strange.iter().map(move |value| (place, value)))
        {
            let changed = replaced(&whole, place, value.clone());
            let text = changed.to_string();
            let before = check_text(&text);
            for diagnostic in &before.diagnostics {
                for fix in &diagnostic.fixes {
                    let patch = wa_preflight::report::fix_to_json(fix);
                    let fixed = apply_fix(&text, &patch).unwrap();
                    assert!(fix.text_edits.is_some(), "{patch}");
                    tried += 1;
                    let after = check_text(&fixed);
                    let count = |r: &wa_preflight::report::Report, code| {
                        r.diagnostics.iter().filter(|d| d.code == code).count()
                    };
                    if !fix.safe {
                        continue;
                    }
                    safe += 1;
                    let code = diagnostic.code;
                    assert!(
                        count(&after, code) < count(&before, code),
                        "{code}: {text}\n{fixed}"
                    );
                    for d in &after.diagnostics {
                        assert!(
                            count(&after, d.code) <= count(&before, d.code),
                            "{code} adds {}: {text}\n{fixed}",
                            d.code
                        );
                    }
                }
            }
        }
    }
    assert!(tried > 300 && safe > 20, "{tried} {safe}");
}
