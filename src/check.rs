//! Judges definitions: everything that Meta would refuse on POST `/{WABA_ID}/message_templates`.

mod action_buttons;
mod authentication;
mod body;
mod buttons;
mod carousel;
mod components;
mod composition;
mod creative;
mod edit;
mod envelope;
mod examples;
mod footer;
mod header;
mod library;
mod offer;
mod placeholders;
mod review;
mod shape;
mod texts;
mod url_button;

use crate::definition::{Definition, TemplateKind};
use crate::document::examine;
use crate::findings::{Findings, Note, Options};
use crate::json::{Node, Value};
use crate::report::Report;

/// Judges a definition given as JSON text. Total: any text gives a report.
pub fn check_template(text: &str, options: &Options) -> Report {
    check_template_with(text, options, &[])
}

/// The same for a text that could not say everything its value held.
pub fn check_template_with(text: &str, options: &Options, notes: &[Note]) -> Report {
    examine(text, options, notes, judge)
}

fn judge(root: &Node<'_>, findings: &mut Findings<'_>) {
    if !matches!(root.value, Value::Object(_)) {
        shape::wrong_type(
            root,
            "a template definition",
            "an object",
            Vec::new(),
            findings,
        );
        findings.incomplete();
        return;
    }
    let definition = Definition::read(root);
    envelope::check(&definition, findings);
    creative::check(&definition, findings);
    match definition.kind() {
        TemplateKind::Library => {}
        TemplateKind::Authentication => authentication::check(&definition, findings),
        kind => {
            components::check(&definition, findings);
            match kind {
                TemplateKind::Carousel => carousel::around(&definition, findings),
                TemplateKind::LimitedTimeOffer => offer::around(&definition, findings),
                _ => {}
            }
        }
    }
    authentication::languages(&definition, findings);
    library::check(&definition, findings);
    composition::check(&definition, findings);
    edit::check(&definition, findings);
    review::check(&definition, findings);
}
