//! Holds the table of error codes against the rulebook's, row by row.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use serde_json::Value;
use wa_preflight::delivery::codes;

fn rulebook() -> Option<Vec<Value>> {
    let Some(corpus) = std::env::var_os("PREFLIGHT_CORPUS").filter(|path| !path.is_empty()) else {
        eprintln!(
            "SKIPPED: set PREFLIGHT_CORPUS to the corpus folder to compare with the rulebook"
        );
        return None;
    };
    let path = std::path::Path::new(&corpus).join("../rulebook/errors.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    Some(serde_json::from_str(&text).unwrap())
}

#[test]
fn every_code_of_the_rulebook_has_its_row() {
    let Some(rows) = rulebook() else { return };
    assert!(rows.len() >= 178, "only {} rows read", rows.len());
    for row in &rows {
        let code = row["code"].as_i64().unwrap();
        let subcode = row["subcode"].as_i64();
        let ours = codes::find(code, subcode).unwrap_or_else(|| panic!("no row for {code}"));
        assert_eq!(ours.subcode.map(i64::from), subcode, "{code}");
        assert_eq!(
            Some(ours.applies_to_send()),
            row["applies_to_send"].as_bool(),
            "{code}"
        );
        let Some(outcome) = row.get("outcome") else {
            assert_eq!(ours.outcome, None, "{code}");
            continue;
        };
        let (class, resend) = ours
            .outcome
            .unwrap_or_else(|| panic!("{code} has no outcome"));
        assert_eq!(
            serde_json::to_value(class).unwrap(),
            outcome["class"],
            "{code}"
        );
        assert_eq!(
            serde_json::to_value(resend).unwrap(),
            outcome["resend"],
            "{code}"
        );
        let after_ms = outcome.get("afterMs").map_or(0, |ms| ms.as_u64().unwrap());
        assert_eq!(u64::from(ours.after_ms), after_ms, "{code}");
        if let Some(last) = row["code_to"].as_i64() {
            assert_eq!(i64::from(ours.last), last, "{code}");
            for code in code..=last {
                assert_eq!(codes::find(code, None), Some(ours), "{code}");
            }
        }
    }
    assert_eq!(
        codes::all().len(),
        rows.len(),
        "rows that the rulebook lacks"
    );
}

#[test]
fn the_table_is_sorted_and_complete_in_itself() {
    for pair in codes::all().windows(2) {
        let [first, second] = pair else { panic!() };
        assert!(
            (first.code, first.subcode) < (second.code, second.subcode),
            "{} before {}",
            first.code,
            second.code
        );
        assert!(first.last < second.code || first.code == second.code);
    }
    for row in codes::all() {
        assert!(!row.title.is_empty(), "{}", row.code);
        let action = row.action;
        assert!(
            action.len() > 10 && !action.ends_with('.') && !action.starts_with(char::is_uppercase),
            "{}: {action}",
            row.code
        );
    }
}

#[test]
fn a_subcode_picks_its_row_and_any_other_the_general_one() {
    let class = |code, subcode| codes::find(code, subcode).and_then(|row| row.outcome);
    assert_ne!(class(100, Some(33)), class(100, None));
    assert_eq!(class(100, Some(2494055)), class(100, None));
    assert_eq!(class(190, Some(463)), class(190, None));
    assert!(codes::find(199, None).is_none());
    assert!(codes::find(300, None).is_none());
    assert!(codes::find(-1, None).is_none());
    assert!(codes::find(i64::MAX, None).is_none());
}
