//! The wasm answers in a browser as the core does natively.
#![cfg(target_arch = "wasm32")]

mod wasm_cases;

use wasm_bindgen_test::wasm_bindgen_test;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

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
