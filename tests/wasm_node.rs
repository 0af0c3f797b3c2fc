//! The wasm answers in Node as the core does natively.
#![cfg(target_arch = "wasm32")]

mod wasm_cases;

use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn definitions_get_the_native_reports() {
    wasm_cases::definitions_get_the_native_reports();
}

#[wasm_bindgen_test]
fn a_cycle_gets_a_report() {
    wasm_cases::a_cycle_gets_a_report();
}

#[wasm_bindgen_test]
fn a_wrong_option_is_an_error() {
    wasm_cases::a_wrong_option_is_an_error();
}

#[wasm_bindgen_test]
fn messages_get_the_native_answers() {
    wasm_cases::messages_get_the_native_answers();
}

#[wasm_bindgen_test]
fn answers_and_webhooks_mean_what_they_mean_natively() {
    wasm_cases::answers_and_webhooks_mean_what_they_mean_natively();
}

#[wasm_bindgen_test]
fn strings_are_read_by_vectors_as_by_bytes() {
    // What the package is compiled with: without them this would try the words once more.
    assert!(cfg!(target_feature = "simd128"));
    wasm_cases::scanning::blocks_see_what_single_bytes_see();
    wasm_cases::scanning::words_of_digits_are_the_numbers_that_they_say();
}
