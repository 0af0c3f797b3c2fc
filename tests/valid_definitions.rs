//! A valid definition of every kind, in both of Meta's spellings: nothing is found but what is listed here.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod support;

use support::definitions::found;
use support::fixtures::{Fixture, definitions, in_lower_case};
use wa_preflight::check::check_template;

/// What is valid and yet gets a warning, by fixture.
const WARNED: &[(&str, &[&str])] = &[
    // Desktop clients show no more than three buttons, nor quick replies beside other types.
    ("buttons_all_basic", &["buttons-desktop"]),
    ("buttons_calls_then_replies", &["buttons-desktop"]),
    ("checkout_in", &["buttons-desktop"]),
    ("coupon", &["buttons-desktop"]),
    // The Cloud API does not send it.
    ("marketing_gif", &["header-gif"]),
    // WhatsApp on the web and on the desktop shows no limited-time offers.
    ("limited_time_offer_code", &["lto-desktop"]),
    ("limited_time_offer_link", &["lto-desktop"]),
    ("quick_replies_ten", &["buttons-desktop"]),
    ("readback_marketing", &["buttons-desktop"]),
];

#[test]
fn nothing_is_found_but_what_is_listed() {
    let mut wrong = Vec::new();
    for fixture in definitions() {
        let listed = WARNED.iter().find(|(name, _)| *name == fixture.name);
        let expected = listed.map_or(&[][..], |(_, codes)| *codes);
        let lower = in_lower_case(&fixture.value);
        for (spelling, value) in [("upper", &fixture.value), ("lower", &lower)] {
            let report = check_template(&value.to_string(), &fixture.options());
            let found = found(&report);
            let codes: Vec<&str> = found
                .iter()
                .map(|line| line.split(' ').nth(1).unwrap())
                .collect();
            if codes != expected || !report.ok || !report.complete {
                let complete = report.complete;
                let name = &fixture.name;
                wrong.push(format!(
                    "{name}, {spelling} case (complete: {complete}): {found:?}"
                ));
            }
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
fn there_is_one_of_every_kind() {
    let all = definitions();
    assert!(all.len() >= 50);
    let texts: String = all
        .iter()
        .map(|Fixture { value, .. }| value.to_string())
        .collect();
    for word in [
        // categories
        "AUTHENTICATION",
        "MARKETING",
        "UTILITY",
        // components
        "HEADER",
        "BODY",
        "FOOTER",
        "BUTTONS",
        "CAROUSEL",
        "LIMITED_TIME_OFFER",
        "CALL_PERMISSION_REQUEST",
        // headers
        "TEXT",
        "IMAGE",
        "VIDEO",
        "DOCUMENT",
        "LOCATION",
        "GIF",
        "PRODUCT",
        // buttons
        "QUICK_REPLY",
        "URL",
        "PHONE_NUMBER",
        "COPY_CODE",
        "FLOW",
        "CATALOG",
        "MPM",
        "SPM",
        "OTP",
        "VOICE_CALL",
        "ORDER_DETAILS",
        "PAYMENT_REQUEST",
        "REQUEST_CONTACT_INFO",
        // one-time codes
        "ONE_TAP",
        "ZERO_TAP",
        // formats
        "NAMED",
        "POSITIONAL",
    ] {
        assert!(
            texts.contains(&format!("\":\"{word}\"")),
            "{word} is in none"
        );
    }
}
