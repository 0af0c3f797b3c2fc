//! Authentication and library templates.

super::rules! {}
