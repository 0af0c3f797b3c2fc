//! The corpus that `PREFLIGHT_CORPUS` names.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

use serde_json::Value;
use std::path::PathBuf;

/// The rows of one of its files; none, said aloud, when the corpus is not there.
pub fn rows(file: &str) -> Option<Vec<Value>> {
    let Some(folder) = std::env::var_os("PREFLIGHT_CORPUS").filter(|f| !f.is_empty()) else {
        println!("skipped: PREFLIGHT_CORPUS is not set, so {file} was not read");
        return None;
    };
    let path = PathBuf::from(folder).join(file);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(
        text.lines()
            .filter(|l| !l.is_empty())
            .map(|l| serde_json::from_str(l).unwrap())
            .collect(),
    )
}
