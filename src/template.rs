//! A compiled definition: what messages are checked against, built from and previewed with.
//!
//! Compiling does not judge. What Meta approved years ago may break today's rules and still be sent,
//! so a definition is refused only when no message could be built from it at all.

mod examples;
mod parts;

pub use parts::{Action, Button, Gap, Header, Parameter, ParameterKind, Piece, Slot, Text};

use crate::definition::{Category, ComponentKind, Definition, HeaderFormat, ParameterFormat};
use crate::document::examine;
use crate::findings::{Findings, Note, Options};
use crate::json::Node;
use crate::path;
use crate::report::{Report, Step};
use crate::rules;

/// A template that messages can be built from.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// Its language, spelled as it was created: `en` and `en_US` are two templates.
    pub language: String,
    /// Its category, when the definition says one of Meta's three.
    pub category: Option<Category>,
    /// How its placeholders are named.
    pub parameter_format: ParameterFormat,
    /// Meta's verdict, when the definition was read back: `APPROVED`, `PAUSED` …
    pub status: Option<String>,
    /// The header.
    pub header: Option<Header>,
    /// The body.
    pub body: Text,
    /// The footer's text.
    pub footer: Option<String>,
    /// The buttons, in the order that `index` counts.
    pub buttons: Vec<Button>,
    /// Parts of kinds that messages cannot be judged for.
    pub gaps: Vec<Gap>,
}

impl Template {
    /// Compiles a definition given as JSON text.
    ///
    /// # Errors
    /// The report says why no message could be built: the text is not JSON, or the name or the
    /// language is missing.
    pub fn compile(text: &str, options: &Options) -> Result<Template, Report> {
        Self::compile_with(text, options, &[])
    }

    /// Compiles a definition whose text could not say everything (see [`Note`]).
    ///
    /// # Errors
    /// See [`Template::compile`].
    pub fn compile_with(text: &str, options: &Options, notes: &[Note]) -> Result<Template, Report> {
        let mut template = None;
        let report = examine(text, options, notes, |root, findings| {
            template = read(root, findings);
        });
        match template {
            Some(template) if report.complete => Ok(template),
            _ => Err(report),
        }
    }

    /// Every parameter that a message may supply, in the order in which a person reads the bubble.
    pub fn parameters(&self) -> Vec<Parameter> {
        self.slots().into_iter().map(Slot::parameter).collect()
    }

    /// Every place that a message fills, in the same order.
    pub fn slots(&self) -> Vec<&Slot> {
        let header = self.header.iter().flat_map(Header::slots);
        let buttons = self.buttons.iter().filter_map(Button::slot);
        header.chain(&self.body.slots).chain(buttons).collect()
    }

    /// Whether it carries a one-time code.
    pub fn is_authentication(&self) -> bool {
        self.category == Some(Category::Authentication)
    }
}

fn read(root: &Node<'_>, findings: &mut Findings<'_>) -> Option<Template> {
    if root.as_object().is_none() {
        findings
            .find(&rules::WRONG_TYPE, root, path![])
            .param("name", "definition")
            .param("expected", "an object")
            .param("found", root.noun());
        return None;
    }
    let definition = Definition::read(root);
    let name = needed(
        root,
        "name",
        definition.name,
        &rules::NAME_REQUIRED,
        findings,
    );
    let language = needed(
        root,
        "language",
        definition.language,
        &rules::LANGUAGE_REQUIRED,
        findings,
    );
    let components = root.get("components");
    if let Some(node) = components
        && node.as_array().is_none()
    {
        findings
            .find(&rules::WRONG_TYPE, node, path!["components"])
            .param("name", "components")
            .param("expected", "an array")
            .param("found", node.noun());
    }
    let (name, language) = (name?, language?);
    let parameter_format = format_of(&definition);
    let mut template = Template {
        name: name.to_owned(),
        language: language.to_owned(),
        category: definition.category,
        parameter_format,
        status: root
            .get("status")
            .and_then(Node::as_str)
            .map(str::to_ascii_uppercase),
        header: None,
        body: Text::default(),
        footer: None,
        buttons: Vec::new(),
        gaps: Vec::new(),
    };
    for component in &definition.components {
        match component.kind {
            ComponentKind::Header => match parts::header(component, parameter_format) {
                Ok(header) => template.header = Some(header),
                Err(gap) => template.gaps.push(gap),
            },
            ComponentKind::Body => {
                template.body =
                    parts::body(component, parameter_format, template.is_authentication());
            }
            ComponentKind::Footer => template.footer = parts::footer(component),
            ComponentKind::Buttons => {
                for button in component.buttons() {
                    let compiled = parts::button(&button, template.is_authentication());
                    if let Action::Other = compiled.action {
                        template.gaps.push(Gap::button(&button));
                    }
                    template.buttons.push(compiled);
                }
            }
            // Nothing of it is ever sent: the client draws it.
            ComponentKind::CallPermissionRequest => {}
            ComponentKind::Carousel | ComponentKind::LimitedTimeOffer | ComponentKind::Unknown => {
                template.gaps.push(Gap::component(component))
            }
        }
    }
    Some(template)
}

fn needed<'n>(
    root: &'n Node<'_>,
    key: &'static str,
    value: Option<&'n str>,
    rule: &'static rules::Rule,
    findings: &mut Findings<'_>,
) -> Option<&'n str> {
    let value = value.filter(|word| !word.trim().is_empty());
    if value.is_none() {
        let (node, path) = match root.get(key) {
            Some(node) => (node, path![key]),
            None => (root, path![]),
        };
        findings.find(rule, node, path);
    }
    value
}

/// How the placeholders are named: what they look like counts for more than what is declared, because
/// items read back from Meta often come without `parameter_format`.
fn format_of(definition: &Definition<'_, '_>) -> ParameterFormat {
    let texts = definition
        .components
        .iter()
        .filter(|c| matches!(c.kind, ComponentKind::Header | ComponentKind::Body))
        .filter(|c| {
            c.kind == ComponentKind::Body
                || matches!(c.header_format(), None | Some(HeaderFormat::Text))
        })
        .filter_map(|c| c.text());
    let mut positional = false;
    for (text, _) in texts {
        for placeholder in crate::text::find_placeholders(text).0 {
            if placeholder.number().is_none() {
                return ParameterFormat::Named;
            }
            positional = true;
        }
    }
    if positional {
        ParameterFormat::Positional
    } else {
        definition.format
    }
}

/// A step list with the key of a value, for diagnostics on messages.
pub fn value_path(key: &str) -> Vec<Step> {
    path!["values", key.to_owned()]
}
