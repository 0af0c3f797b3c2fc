//! Authentication templates: one code, one button.

use super::components::not_covered;
use crate::definition::Definition;
use crate::findings::Findings;
use crate::path;

/// Judges one.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    not_covered(
        "an authentication template",
        definition.root,
        path![],
        findings,
    );
}
