//! Edits, read-backs and account-level hints.

super::rules! {}
