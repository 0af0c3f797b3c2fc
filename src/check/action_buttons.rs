//! Buttons that do something on WhatsApp: flows, catalogs, calls, orders, payments.

use super::components::not_covered;
use crate::definition::{Button, Definition};
use crate::findings::Findings;

/// Judges one.
pub(super) fn check(
    button: &Button<'_, '_>,
    _definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let kind = format!("a button of the type {}", button.kind.word());
    not_covered(&kind, button.node, button.path(), findings);
}
