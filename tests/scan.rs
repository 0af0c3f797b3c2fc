//! The readers of many bytes at once see what their twins see, which go one byte at a time. The same in the
//! wasm, whose blocks are larger: tests/wasm_cases.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

#[path = "support/scanning.rs"]
mod scanning;

#[test]
fn blocks_see_what_single_bytes_see() {
    scanning::blocks_see_what_single_bytes_see();
}

#[test]
fn words_of_digits_are_the_numbers_that_they_say() {
    scanning::words_of_digits_are_the_numbers_that_they_say();
}
