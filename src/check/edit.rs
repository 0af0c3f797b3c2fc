//! What an edit may change (`options.edit`).

use crate::definition::Definition;
use crate::findings::Findings;

/// Judges an edit against what it edits.
pub(super) fn check(_definition: &Definition<'_, '_>, _findings: &mut Findings<'_>) {}
