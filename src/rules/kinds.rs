//! What each kind of template may have, and the buttons that make it one.

super::rules! {}
