//! Options as JavaScript gives them: each is read, and a wrong one is named.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use wa_preflight::findings::Findings;
use wa_preflight::limits::Limit;
use wa_preflight::options::{flag, read};
use wa_preflight::rules;

#[test]
fn every_option_is_read() {
    let options = read(
        r#"{"limits":{"bodyChars":10,"nameChars":5.0},"policy":{"name-max":"off"},"now":1.7e12,"readback":true,
            "recipient":"optional","edit":{"previous":"{\"name\":\"a\"}","status":"APPROVED"},"other":[[]]}"#,
        true,
    )
    .unwrap();
    assert_eq!(options.limits.max(Limit::BodyChars), 10);
    assert_eq!(options.limits.max(Limit::NameChars), 5);
    assert_eq!(options.now, Some(1.7e12));
    assert!(options.readback && options.recipient_optional && options.source);
    let edit = options.edit.as_ref().unwrap();
    assert_eq!(edit.previous, r#"{"name":"a"}"#);
    assert_eq!(edit.status, "APPROVED");
    let mut findings = Findings::new("", &options);
    findings.find_at(rules::NAME_MAX, Default::default(), Vec::new());
    assert!(!findings.has_errors(), "the policy mutes the rule");
}

#[test]
fn no_options_are_the_usual_ones() {
    for text in ["", "{}", r#"{"now":null,"limits":null,"edit":null}"#] {
        let options = read(text, false).unwrap();
        assert_eq!(options.limits.max(Limit::BodyChars), 1024);
        assert!(options.now.is_none() && options.edit.is_none() && !options.source);
        assert!(!options.readback && !options.recipient_optional);
    }
}

#[test]
fn a_wrong_option_is_named_with_what_it_must_be() {
    let long = "x".repeat(10_000);
    let long = format!(r#"{{"policy":{{"{long}":"off"}}}}"#);
    for (text, error) in [
        ("[]", "options must be an object"),
        (r#"{"limits":[]}"#, "options.limits must be an object"),
        (
            r#"{"limits":{"bodyChars":"10"}}"#,
            "options.limits.bodyChars must be a whole number from 0",
        ),
        (
            r#"{"limits":{"bodyChars":-1}}"#,
            "options.limits.bodyChars must be a whole number from 0",
        ),
        (
            r#"{"limits":{"bodyChars":1.5}}"#,
            "options.limits.bodyChars must be a whole number from 0",
        ),
        (
            r#"{"limits":{"bodyChars":4294967296}}"#,
            "options.limits.bodyChars must be a whole number from 0",
        ),
        (
            r#"{"limits":{"nonsense":1}}"#,
            "options.limits.nonsense is not a limit; limits() lists them",
        ),
        (r#"{"policy":"off"}"#, "options.policy must be an object"),
        (
            r#"{"policy":{"name-max":"loud"}}"#,
            "options.policy.name-max must be error, warning, info or off",
        ),
        (
            r#"{"policy":{"nonsense":"off"}}"#,
            "options.policy names `nonsense`, which is no rule; rules() lists them",
        ),
        (r#"{"policy":{"":"off"}}"#, "options.policy names ``"),
        (
            r#"{"now":"1"}"#,
            "options.now must be a time in milliseconds",
        ),
        (
            r#"{"readback":{}}"#,
            "options.readback must be true or false",
        ),
        (
            r#"{"recipient":"maybe"}"#,
            "options.recipient must be required or optional",
        ),
        (r#"{"edit":1}"#, "options.edit must be an object"),
        (
            r#"{"edit":{"previous":{},"status":"APPROVED"}}"#,
            "options.edit.previous must be ",
        ),
        (
            r#"{"edit":{"previous":"{}"}}"#,
            "options.edit.status must be ",
        ),
        (&long, "options.policy names `xxx"),
    ] {
        let found = read(text, false).unwrap_err();
        assert!(found.starts_with(error), "{text}: {found}");
        assert!(found.len() < 1_000, "{found}");
    }
}

#[test]
fn a_code_of_any_chapter_is_known_and_a_part_of_one_is_not() {
    for rule in rules::all() {
        assert_eq!(rules::find(rule.code), Some(rule.index()), "{}", rule.code);
    }
    for word in ["", " ", "name", "name-max name-required", "name-max "] {
        assert_eq!(rules::find(word), None, "{word:?}");
    }
}

#[test]
fn a_switch_is_read() {
    assert_eq!(flag(r#"{"sanitize":true}"#, "sanitize"), Ok(true));
    assert_eq!(flag(r#"{"sanitize":null}"#, "sanitize"), Ok(false));
    assert_eq!(flag("", "sanitize"), Ok(false));
    assert!(flag(r#"{"sanitize":1}"#, "sanitize").is_err());
}
