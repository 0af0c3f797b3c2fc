//! Messages: whether one fits its template, the payload to send for it, what the recipient will see;
//! and whether a payload made elsewhere is right.

mod actions;
pub mod batch;
mod build;
mod check;
mod country;
mod input;
mod length;
mod link;
mod place;
mod preview;
mod reach;
mod ready;
mod sanitize;
mod suffix;
mod understand;
mod value;

pub use preview::{
    Preview, PreviewButton, PreviewCard, PreviewHeader, PreviewOffer, PreviewOrder, PreviewTarget,
    Run,
};
pub use ready::check_payload;
pub use sanitize::{KeyedChange, Sanitized};
