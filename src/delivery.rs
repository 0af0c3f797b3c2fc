//! What became of a message: what an answer of Meta's means, what a webhook says, and the machine
//! that carries one delivery from its submission to a named end.
//!
//! `docs/delivery-contract.md` describes the machine from the side of its caller.

mod backoff;
pub mod classify;
pub mod codes;
pub mod dictionary;
pub mod gate;
pub mod ids;
pub mod machine;
pub mod outcome;
pub mod webhook;
