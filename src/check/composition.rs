//! Which parts each kind of template may have, as a table.

use crate::definition::Definition;
use crate::findings::Findings;

/// Judges what stands beside what.
pub(super) fn check(_definition: &Definition<'_, '_>, _findings: &mut Findings<'_>) {}
