//! The boundary to JavaScript: the only room that names wasm_bindgen. It holds no rule; it carries
//! texts in, reports out, and says when the API was called wrongly.

#![allow(
    clippy::missing_errors_doc,
    reason = "every error here is a wrong call of the API, said in its message"
)]

#[cfg(feature = "message")]
pub mod batch;
#[cfg(feature = "bench")]
mod bench;
#[cfg(feature = "check")]
pub mod check;
#[cfg(feature = "message")]
pub mod delivery;
#[cfg(feature = "machine")]
mod machine;
#[cfg(feature = "message")]
pub mod message;
#[cfg(feature = "message")]
mod options;

// The instance is single-threaded, as all that wasm-bindgen's glue starts are.
#[cfg(not(target_feature = "atomics"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
