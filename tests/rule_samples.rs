//! Every rule's samples: the bad one shows the rule, the good one does not and has no error. Without the rule the bad
//! one no longer shows it: see `support::mute` for how to take a rule out of this suite from outside.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

mod support;

use std::collections::BTreeSet;
use support::samples::{self, Kind};
use wa_preflight::findings::Options;
use wa_preflight::report::{Report, Severity};
use wa_preflight::rules::{RuleDoc, all, docs};

fn codes(report: &Report) -> Vec<&str> {
    report.diagnostics.iter().map(|d| d.code).collect()
}

/// Values that only a JavaScript object can have; the package's tests show them.
const OBJECTS_ONLY: &[&str] = &["value-cyclic", "value-not-json"];

/// What is wrong with a rule's samples: nothing, as long as the rule works.
fn faults(doc: &RuleDoc, options: &Options) -> Vec<String> {
    let code = doc.rule.code;
    let mut faults = Vec::new();
    let report = samples::judge(doc.bad, options);
    match report.diagnostics.iter().find(|d| d.code == code) {
        None => faults.push(format!("{code}: its bad sample shows {:?}", codes(&report))),
        Some(found) if found.message.is_empty() => faults.push(format!("{code}: no message")),
        Some(found) => {
            for text in [Some(&found.message), found.help.as_ref()]
                .into_iter()
                .flatten()
            {
                if text.contains("{{{") || has_unfilled(text) {
                    faults.push(format!("{code}: unfilled text: {text}"));
                }
            }
        }
    }
    let report = samples::judge(doc.good, options);
    if codes(&report).contains(&code) {
        faults.push(format!("{code}: its good sample shows it"));
    }
    for error in report
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
    {
        faults.push(format!(
            "{code}: its good sample has an error: {} {}",
            error.code, error.message
        ));
    }
    faults
}

/// The rules whose samples can be judged here; those of rows are run by tests/payload_batch.rs.
fn judged() -> Vec<RuleDoc> {
    let mut docs = docs();
    docs.retain(|doc| !OBJECTS_ONLY.contains(&doc.rule.code) && doc.part != "rows");
    docs
}

#[test]
fn samples_show_their_rule() {
    let faults: Vec<String> = judged()
        .iter()
        .flat_map(|doc| faults(doc, &Options::default()))
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// The samples bite: whichever rule is taken out of the check, its samples notice, and only they do.
#[test]
fn a_muted_rule_is_noticed_by_its_samples_alone() {
    let docs = judged();
    let shown: Vec<Report> = docs
        .iter()
        .map(|doc| samples::judge(doc.bad, &Options::default()))
        .collect();
    let mut unnoticed = Vec::new();
    for muted in &docs {
        let mut options = Options::default();
        options.policy.insert(muted.rule.index(), None);
        // A sample that does not show the rule cannot miss it.
        let red: Vec<&str> = docs
            .iter()
            .zip(&shown)
            .filter(|(doc, report)| {
                codes(report).contains(&muted.rule.code) && !faults(doc, &options).is_empty()
            })
            .map(|(doc, _)| doc.rule.code)
            .collect();
        if red != [muted.rule.code] {
            unnoticed.push(format!("without {}: red are {red:?}", muted.rule.code));
        }
    }
    assert!(unnoticed.is_empty(), "{}", unnoticed.join("\n"));
}

/// A `{word}` that no parameter filled.
fn has_unfilled(text: &str) -> bool {
    text.match_indices('{').any(|(at, _)| {
        let rest = &text[at + 1..];
        let name: String = rest
            .chars()
            .take_while(|c| c.is_ascii_lowercase())
            .collect();
        !name.is_empty() && rest[name.len()..].starts_with('}') && !text[..at].ends_with('{')
    })
}

#[test]
fn codes_are_unique_and_kebab_case() {
    let mut seen = BTreeSet::new();
    for rule in all() {
        assert!(seen.insert(rule.code), "{} stands twice", rule.code);
        assert!(
            rule.code.split('-').all(|part| !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())),
            "{} is not kebab case",
            rule.code
        );
    }
}

#[test]
fn wording_follows_the_house_style() {
    for doc in docs() {
        for text in [doc.what, doc.rule.message, doc.rule.help] {
            assert!(
                !text.contains('\n'),
                "{}: a line break in {text:?}",
                doc.rule.code
            );
            assert!(
                !text.ends_with('.'),
                "{}: a final full stop in {text:?}",
                doc.rule.code
            );
            let first = text.chars().next();
            assert!(
                first.is_none_or(|c| !c.is_uppercase()
                    || text.starts_with("WhatsApp")
                    || text.starts_with("Meta")),
                "{}: starts upper-case: {text:?}",
                doc.rule.code
            );
        }
        assert!(
            doc.why.ends_with(['.', '"']),
            "{}: why is a sentence",
            doc.rule.code
        );
        assert!(
            doc.source.starts_with("https://") && doc.checked.len() >= 7,
            "{}: no source",
            doc.rule.code
        );
    }
}

/// A safe fix removes its finding and adds none.
#[test]
fn safe_fixes_mend() {
    let mut tried = 0;
    for doc in docs() {
        let (Kind::Definition, Some(text)) = samples::definition(doc.bad) else {
            continue;
        };
        let options = samples::options(
            doc.bad,
            &Options {
                source: true,
                ..Options::default()
            },
        );
        let before = wa_preflight::check::check_template(&text, &options);
        for diagnostic in &before.diagnostics {
            for fix in &diagnostic.fixes {
                let fixed =
                    wa_preflight::json::apply_operations(&text, &fix.patch).unwrap_or_else(|| {
                        panic!("{}: its fix does not apply: {fix:?}", diagnostic.code)
                    });
                let edits = fix.text_edits.as_ref().expect("text was checked");
                assert_eq!(
                    samples::apply_text_edits(&text, edits),
                    fixed,
                    "{}: patch and edits differ",
                    diagnostic.code
                );
                if !fix.safe {
                    continue;
                }
                tried += 1;
                let after = wa_preflight::check::check_template(&fixed, &options);
                let count = |r: &Report, code: &str| {
                    r.diagnostics.iter().filter(|d| d.code == code).count()
                };
                assert!(
                    count(&after, diagnostic.code) < count(&before, diagnostic.code),
                    "{}: still there after {:?}: {fixed}",
                    diagnostic.code,
                    fix.title
                );
                for code in codes(&after) {
                    assert!(
                        count(&after, code) <= count(&before, code),
                        "{}: its fix adds {code}: {fixed}",
                        diagnostic.code
                    );
                }
            }
        }
    }
    assert!(tried > 15, "only {tried} safe fixes were tried");
}
