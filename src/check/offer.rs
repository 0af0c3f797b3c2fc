//! Limited-time offers.

use super::components::not_covered;
use crate::definition::{Component, Definition};
use crate::findings::Findings;

/// Judges one.
pub(super) fn check(
    component: &Component<'_, '_>,
    _definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    not_covered(
        "a limited-time offer",
        component.node,
        component.path(),
        findings,
    );
}
