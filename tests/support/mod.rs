//! What several suites share.

#![allow(dead_code, reason = "each suite uses its own part of it")]

pub mod corpus;
pub mod definitions;
pub mod fixtures;
pub mod kinds;
pub mod mutate;
pub mod mute;
pub mod samples;
pub mod templates;
pub mod timing;
