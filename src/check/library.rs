//! Templates of Meta's library.

use super::components::not_covered;
use crate::definition::Definition;
use crate::findings::Findings;
use crate::path;

/// Judges one.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    not_covered(
        "a template from Meta's library",
        definition.root,
        path![],
        findings,
    );
}
