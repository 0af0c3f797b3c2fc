//! The boundary to JavaScript: the only room that names wasm_bindgen. It holds no rule; it carries
//! texts in, reports out, and says when the API was called wrongly.

#![allow(
    clippy::missing_errors_doc,
    reason = "every error here is a wrong call of the API, said in its message"
)]

#[cfg(feature = "api")]
pub mod api;
#[cfg(feature = "bench")]
mod bench;
#[cfg(feature = "api")]
pub mod delivery;
#[cfg(feature = "machine")]
mod machine;
#[cfg(feature = "api")]
mod options;
#[cfg(feature = "api")]
pub mod template;
#[cfg(feature = "api")]
mod value;
