//! What a careful reviewer would see.

super::rules! {}
