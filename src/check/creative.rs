//! What Meta may change in a marketing message: `degrees_of_freedom_spec` and its neighbours.

use crate::definition::Definition;
use crate::findings::Findings;

/// Judges the creative settings.
pub(super) fn check(_definition: &Definition<'_, '_>, _findings: &mut Findings<'_>) {}
