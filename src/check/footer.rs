//! The footer: one plain line.

use super::shape::{Field, Kind, may, shape};
use super::texts::{Line, clean, line, no_placeholders};
use crate::definition::Component;
use crate::findings::Findings;
use crate::limits::Limit;
use crate::rules;
use crate::text::find_placeholders;

static FIELDS: &[Field] = &[may("type", Kind::Any), may("text", Kind::Text)];

static TEXT: Line = Line {
    part: "the footer",
    required: rules::TEXT_REQUIRED,
    limit: Limit::FooterChars,
    max: rules::FOOTER_MAX,
};

/// Judges a footer.
pub(super) fn check(component: &Component<'_, '_>, findings: &mut Findings<'_>) {
    shape(component.node, "a footer", FIELDS, findings);
    let Some((text, node)) = line(component.node, "text", &TEXT, findings) else {
        return;
    };
    let (placeholders, _) = find_placeholders(text);
    no_placeholders(rules::FOOTER_NO_PLACEHOLDERS, &placeholders, node, findings);
    clean(rules::FOOTER_CLEAN, text, node, None, findings);
}
