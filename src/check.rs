//! Judges definitions: everything that Meta would refuse on POST `/{WABA_ID}/message_templates`.

mod body;
mod buttons;
mod components;
mod envelope;
mod examples;
mod footer;
mod header;
mod placeholders;
mod shape;
mod url_button;

use crate::definition::Definition;
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
    components::check(&definition, findings);
}
