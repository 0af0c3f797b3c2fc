//! The preflight for WhatsApp templates: judges definitions and messages before Meta does.
//!
//! The crate is pure: no I/O, no clock, no randomness. Times and identifiers come in as arguments,
//! every input gives an answer, and nothing here knows of JavaScript except `wasm`.
//!
//! A lower room never uses an upper one:
//!
//! ```text
//! wasm
//! delivery   payload   check
//! template   definition   fix   options   phone
//! findings
//! text
//! rules   limits   report   json   order
//! ```

pub mod check;
pub mod definition;
pub mod delivery;
pub mod document;
pub mod findings;
pub mod fix;
pub mod json;
pub mod languages;
pub mod limits;
pub mod options;
pub mod order;
// Its batches say findings in whole.
#[cfg(feature = "texts")]
pub mod payload;
#[cfg(any(feature = "texts", feature = "machine"))]
pub mod phone;
pub mod report;
pub mod rules;
pub mod template;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
