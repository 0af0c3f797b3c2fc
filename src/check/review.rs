//! What a careful reviewer would see: warnings about the content.

use crate::definition::Definition;
use crate::findings::Findings;

/// Judges the content.
pub(super) fn check(_definition: &Definition<'_, '_>, _findings: &mut Findings<'_>) {}
