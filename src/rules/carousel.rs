//! Carousels and limited-time offers.

super::rules! {}
