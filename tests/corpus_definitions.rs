//! The corpus of real definitions: each gets the verdict that its row has.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::Value;
use support::corpus;
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::report::{Report, Severity};

/// What a row promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// Meta took it: no error.
    Accepted,
    /// Meta refused it: an error.
    Refused,
    /// Its verdict says too little about today.
    Open,
}
use Expect::{Accepted, Open, Refused};

/// Rows where the verdict word alone would mislead: name, verdict word, what is expected instead, and why.
const ARGUED: &[(&str, &str, Expect, &str)] = &[(
    "limited_offer",
    "sdk-test",
    Refused,
    "the test's own template has no button, and Meta's page says that an offer's URL button is required \
         (conflict C15 goes with the page)",
)];

fn expected(row: &Value) -> Expect {
    let verdict = row["verdict"].as_str().unwrap();
    let argued = ARGUED
        .iter()
        .find(|(name, word, ..)| row["template"]["name"] == *name && verdict == *word);
    if let Some((.., expected, _)) = argued {
        return *expected;
    }
    match verdict {
        "doc-example"
        | "doc-skeleton-filled"
        | "derived"
        | "accepted-live"
        | "repo-production"
        | "approved-readback"
        | "sdk-test" => Accepted,
        "invalid" | "rejected-live" => Refused,
        // A sample with a known mistake, an approval of rules that are gone, a refusal whose reason nobody kept.
        "doc-quirk" | "legacy-approved" | "rejected-readback" => Open,
        other => panic!("unknown verdict {other}"),
    }
}

fn said(report: &Report, severity: Severity) -> Vec<String> {
    let said = report.diagnostics.iter().filter(|d| d.severity == severity);
    said.map(|d| format!("{}: {}", d.code, d.message)).collect()
}

#[test]
fn verdicts() {
    let Some(rows) = corpus::rows("definitions.jsonl") else {
        return;
    };
    let (mut judged, mut wrong) = (0, Vec::new());
    for (line, row) in rows.iter().enumerate() {
        let verdict = row["verdict"].as_str().unwrap();
        let options = Options {
            readback: verdict.contains("readback"),
            source: true,
            ..Options::default()
        };
        let report = check_template(&row["template"].to_string(), &options);
        let place = format!(
            "line {} ({verdict}, {}, {})",
            line + 1,
            row["kind"],
            row["template"]["name"]
        );
        let expected = expected(row);
        let errors = said(&report, Severity::Error);
        if (expected == Accepted && !report.ok) || (expected == Refused && report.ok) {
            let template = &row["template"];
            wrong.push(format!(
                "{place}: {expected:?}, but: {errors:#?}\n{template}"
            ));
        } else if !report.complete && expected != Open {
            wrong.push(format!("{place}: only a part was judged: {errors:#?}"));
        } else if expected == Refused {
            // The verdict counts, not the subcode, which is mostly a guess; but a guess that ours never shares is
            // worth a look.
            let (guess, ours) = (&row["expected_error"]["error_subcode"], &report.diagnostics);
            let shared = ours.iter().any(|d| {
                let subcode = d.meta.as_ref().and_then(|meta| meta.subcode);
                subcode.is_some_and(|subcode| guess == subcode)
            });
            if guess.is_number() && !shared {
                println!("{place}: refused, but not by {guess}: {errors:?}");
            }
        } else if expected == Accepted {
            for warning in said(&report, Severity::Warning) {
                println!("{place}: {warning}");
            }
        }
        judged += usize::from(expected != Open);
    }
    println!(
        "{judged} of {} rows have a verdict, {} are wrong",
        rows.len(),
        wrong.len()
    );
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(
        judged * 10 > rows.len() * 9,
        "only {judged} of {} were judged",
        rows.len()
    );
}
