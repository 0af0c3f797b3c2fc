//! The footer: one plain line.

use super::header::{bidi, clean, missing_text, over};
use super::shape::{text_of, unexpected};
use crate::definition::Component;
use crate::findings::Findings;
use crate::limits::Limit;
use crate::rules;
use crate::text::{count_chars, find_placeholders};

/// Judges a footer.
pub(super) fn check(component: &Component<'_, '_>, findings: &mut Findings<'_>) {
    let (node, path) = (component.node, component.path());
    unexpected(node, "a footer", &["type", "text"], &path, findings);
    let Some(text_node) = node.get("text").filter(|n| !n.is_null()) else {
        return missing_text("the footer", node, path, findings);
    };
    let here = component.path_to("text");
    let Some(text) = text_of(text_node, "text", here.clone(), findings) else {
        return;
    };
    if text.trim().is_empty() {
        return missing_text("the footer", text_node, here, findings);
    }
    let used = count_chars(text);
    if findings.measure(Limit::FooterChars, used, text_node, here.clone(), None) {
        over(
            &rules::FOOTER_MAX,
            Limit::FooterChars,
            used,
            text_node,
            here.clone(),
            findings,
        );
    }
    for placeholder in find_placeholders(text).0 {
        let found = findings.find(&rules::FOOTER_NO_PLACEHOLDERS, text_node, here.clone());
        found
            .span(placeholder.at.start, placeholder.at.end)
            .param("name", format!("{{{{{}}}}}", placeholder.name()));
    }
    clean(&rules::FOOTER_CLEAN, text, text_node, &here, None, findings);
    bidi(text, text_node, &here, findings);
}
