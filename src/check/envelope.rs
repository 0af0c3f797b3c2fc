//! The envelope: name, language, category, parameter format and the other members of the top level.

use crate::definition::Definition;
use crate::findings::Findings;
use crate::json::Node;
use crate::path;
use crate::rules;

/// Judges the members of the top level.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let root = definition.root;
    if root.get("name").is_none_or(Node::is_null) {
        findings.find(&rules::NAME_MISSING, root, path![]);
    }
}
