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

use support::corpus;
use wa_preflight::check::check_template;
use wa_preflight::findings::Options;
use wa_preflight::report::Severity;

#[test]
fn verdicts() {
    let Some(rows) = corpus::rows("definitions.jsonl") else {
        return;
    };
    let (mut judged, mut uncovered, mut wrong) = (0, 0, Vec::new());
    for (line, row) in rows.iter().enumerate() {
        let verdict = row["verdict"].as_str().unwrap();
        let options = Options {
            readback: verdict.contains("readback"),
            source: true,
            ..Options::default()
        };
        let report = check_template(&row["template"].to_string(), &options);
        let errors: Vec<String> = report
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .map(|d| format!("{}: {}", d.code, d.message))
            .collect();
        // A kind that is not judged yet says so with an error; that is never counted as a verdict.
        if report
            .diagnostics
            .iter()
            .any(|d| d.code == "kind-not-covered")
        {
            assert!(!report.complete && !report.ok);
            uncovered += 1;
            continue;
        }
        assert!(report.complete, "line {}: {report:#?}", line + 1);
        let expected = match verdict {
            "doc-example"
            | "doc-skeleton-filled"
            | "derived"
            | "accepted-live"
            | "repo-production"
            | "approved-readback"
            | "sdk-test" => true,
            "invalid" | "rejected-live" => false,
            "doc-quirk" | "legacy-approved" | "rejected-readback" => continue,
            other => panic!("unknown verdict {other}"),
        };
        judged += 1;
        if report.ok != expected {
            wrong.push(format!(
                "line {} ({verdict}, {}): {errors:#?}\n{}",
                line + 1,
                row["kind"],
                row["template"]
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    println!("{judged} judged, {uncovered} of kinds that are not covered yet");
    assert!(judged >= 45, "only {judged} were judged");
}
