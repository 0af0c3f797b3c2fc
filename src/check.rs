//! Judges definitions: everything that Meta would refuse on POST `/{WABA_ID}/message_templates`.

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
mod import;
mod library;
mod offer;
mod placeholders;
mod review;
mod shape;
mod texts;

use crate::definition::{Definition, TemplateKind};
use crate::document::examine;
use crate::findings::{Findings, Options};
use crate::json::{Node, Value, parse};
use crate::report::Report;

/// Judges a definition given as JSON text. Total: any text gives a report.
pub fn check_template(text: &str, options: &Options) -> Report {
    examine(text, options, judge)
}

fn judge(root: &Node<'_>, findings: &mut Findings<'_>) {
    if import::check(root, findings) {
        return;
    }
    if !matches!(root.value, Value::Object(_)) {
        shape::expected(root, "a template definition", "an object", findings);
        findings.incomplete();
        return;
    }
    let options = findings.options;
    let before = options.edit.as_ref().map(|edit| parse(&edit.previous));
    let readable = before.as_ref().filter(|before| before.problems.is_empty());
    let before = readable.and_then(|before| before.root.as_ref());
    let mut definition = Definition::read(root);
    if let Some(before) = before {
        edit::inherit(&mut definition, before);
    }
    // What was refused, or is still looked at, shows why.
    let refused = ["REJECTED", "PENDING", "IN_APPEAL"];
    if options.readback
        && !refused
            .iter()
            .any(|status| definition.says("status", status))
    {
        findings.taken();
    }
    envelope::check(&definition, findings);
    creative::check(&definition, findings);
    // An edit leaves out what stays, also all components.
    if options.edit.is_none() || shape::given(root, "components").is_some() {
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
        composition::check(&definition, findings);
        review::check(&definition, findings);
    } else {
        // A category alone must be one for what stays.
        composition::stays(&definition, findings);
    }
    authentication::languages(&definition, findings);
    library::check(&definition, findings);
    edit::check(&definition, before, findings);
}
