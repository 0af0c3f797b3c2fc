//! Definitions in the shape of other tools.

super::rules! {}
