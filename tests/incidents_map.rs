//! docs/incidents.md: every incident of the field about answers, webhooks, sends and reconciliation stands there once, and
//! each test that it names exists.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

const STAGES: &[&str] = &["response", "webhook", "send", "reconcile"];

struct Line {
    verdict: String,
    tests: String,
}

/// The page's table by id.
fn table() -> BTreeMap<String, Line> {
    let mut lines = BTreeMap::new();
    for line in include_str!("../docs/incidents.md").lines() {
        if !line.starts_with("| INC-") {
            continue;
        }
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells.len(), 4, "id, symptom, verdict, tests: {line}");
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{line}");
        let made = Line {
            verdict: cells[2].to_owned(),
            tests: cells[3].to_owned(),
        };
        let before = lines.insert(cells[0].to_owned(), made);
        assert!(before.is_none(), "{} stands there twice", cells[0]);
    }
    lines
}

/// The tests that a cell names, each as (file, name).
fn named(cell: &str) -> Vec<(&str, &str)> {
    let quoted = cell.split('`').skip(1).step_by(2);
    quoted.filter_map(|text| text.split_once(" › ")).collect()
}

#[test]
fn each_incident_names_a_test_that_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lines = table();
    assert!(lines.len() >= 51, "only {} lines", lines.len());
    for (id, line) in &lines {
        let tests = named(&line.tests);
        if tests.is_empty() {
            assert!(
                line.tests.starts_with("none: ") && line.tests.len() > 20,
                "{id} has neither a test nor a reason"
            );
        }
        for (file, name) in tests {
            let text = std::fs::read_to_string(root.join(file))
                .unwrap_or_else(|error| panic!("{id}: {file}: {error}"));
            let forms = match file.ends_with(".rs") {
                true => vec![format!("\nfn {name}()")],
                false => ["test", "test.each(poison)", "test.each(events)"]
                    .iter()
                    .flat_map(|call| ['"', '`', '\''].map(|q| format!("{call}({q}{name}{q}")))
                    .collect(),
            };
            assert!(
                forms.iter().any(|form| text.contains(form)),
                "{id}: {file} has no test `{name}`"
            );
        }
    }
}

#[test]
fn every_incident_of_the_corpus_stands_there_with_its_verdict() {
    let Some(corpus) = std::env::var_os("PREFLIGHT_CORPUS").filter(|path| !path.is_empty()) else {
        eprintln!(
            "SKIPPED: set PREFLIGHT_CORPUS to the corpus folder to compare docs/incidents.md with it"
        );
        return;
    };
    let text = std::fs::read_to_string(Path::new(&corpus).join("incidents.jsonl")).unwrap();
    let mut lines = table();
    for row in text.lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        if !STAGES.contains(&row["expect"]["stage"].as_str().unwrap()) {
            continue;
        }
        let id = row["id"].as_str().unwrap();
        let line = lines
            .remove(id)
            .unwrap_or_else(|| panic!("{id} is missing in docs/incidents.md"));
        assert_eq!(
            line.verdict,
            row["expect"]["verdict"].as_str().unwrap(),
            "{id}"
        );
    }
    assert!(lines.is_empty(), "not in the corpus: {:?}", lines.keys());
}
