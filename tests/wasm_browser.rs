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
fn the_catalogue_and_the_limits_are_the_native_ones() {
    wasm_cases::the_catalogue_and_the_limits_are_the_native_ones();
}

#[wasm_bindgen_test]
fn a_cycle_gets_a_report() {
    wasm_cases::a_cycle_gets_a_report();
}

#[wasm_bindgen_test]
fn a_wrong_option_is_an_error() {
    wasm_cases::a_wrong_option_is_an_error();
}
