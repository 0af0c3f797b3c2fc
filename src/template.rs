//! A compiled definition: what messages are checked against, built from and previewed with.
//!
//! Compiling does not judge. What Meta approved years ago may break today's rules and still be sent,
//! so a definition is refused only when no message could be built from it at all.

mod compile;
mod examples;
mod parameter;
mod parts;
mod text;

pub use parameter::{Parameter, ParameterKind, Slot};
pub use parts::{Action, Button, Card, Carousel, Gap, Header, Offer};
pub use text::{Piece, Text};

use crate::definition::{
    ButtonKind, Category, Component, ComponentKind, Definition, HeaderFormat, ParameterFormat,
};
use crate::document::examine;
use crate::findings::{Findings, Options, Policy};
use crate::json::Node;
use crate::limits::Limit;
use crate::path;
use crate::report::{Report, Step};
use crate::rules;
use compile::Compiler;
use parameter::Scope;

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
    /// The offer that ends.
    pub offer: Option<Offer>,
    /// The cards.
    pub carousel: Option<Carousel>,
    /// The news of an order that every message brings.
    pub order_status: Option<Slot>,
    /// The address that a picture may open.
    pub tap_target: Option<Slot>,
    /// Whether the client asks below the message whether the business may call.
    pub asks_to_call: bool,
    /// The limit of the body with its values in.
    pub body_limit: Limit,
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
        let mut template = None;
        // What is found here is what no message can do without, whatever a policy says of it.
        let options = Options {
            policy: Policy::default(),
            ..options.clone()
        };
        let report = examine(text, &options, |root, findings| {
            template = read(root, findings);
        });
        match template {
            Some(template) if report.complete => Ok(template),
            _ => Err(report),
        }
    }

    /// Every parameter that a message may supply, in the order in which a person reads the bubble.
    pub fn parameters(&self) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for slot in self.slots() {
            let mut parameter = slot.parameter();
            parameter.required &= !self.may_be_left_out(slot.card);
            parameters.push(parameter);
        }
        parameters
    }

    /// Every place that a message fills, in the same order.
    pub fn slots(&self) -> Vec<&Slot> {
        let mut slots: Vec<&Slot> = self.header.iter().flat_map(Header::slots).collect();
        slots.extend(self.offer.iter().filter_map(|offer| offer.expiry.as_ref()));
        slots.extend(&self.body.slots);
        slots.extend(&self.order_status);
        slots.extend(self.buttons.iter().filter_map(Button::slot));
        slots.extend(&self.tap_target);
        for card in self.cards() {
            slots.extend(card.slots());
        }
        slots
    }

    /// Every card that a message may have.
    pub fn cards(&self) -> &[Card] {
        self.carousel.as_ref().map_or(&[], |c| c.cards.as_slice())
    }

    /// Whether a card is one that messages may go without.
    pub fn may_be_left_out(&self, card: Option<usize>) -> bool {
        let least = self.carousel.as_ref().map_or(0, |c| c.least);
        card.is_some_and(|card| card >= least)
    }

    /// Whether it is marketing, which is not delivered everywhere.
    pub fn is_marketing(&self) -> bool {
        self.category == Some(Category::Marketing)
    }

    /// Whether it carries a one-time code.
    pub fn is_authentication(&self) -> bool {
        self.category == Some(Category::Authentication)
    }
}

fn read(root: &Node<'_>, findings: &mut Findings<'_>) -> Option<Template> {
    if root.as_object().is_none() {
        findings
            .find(rules::WRONG_TYPE, root, path![])
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
        rules::NAME_REQUIRED,
        findings,
    );
    let language = needed(
        root,
        "language",
        definition.language.or_else(|| only_language(root)),
        rules::LANGUAGE_REQUIRED,
        findings,
    );
    let components = root.get("components");
    if let Some(node) = components
        && node.as_array().is_none()
    {
        findings
            .find(rules::WRONG_TYPE, node, path!["components"])
            .param("name", "components")
            .param("expected", "an array")
            .param("found", node.noun());
    }
    let (name, language) = (name?, language?);
    let parameter_format = format_of(&definition);
    let category = definition.category.or_else(|| category_of(&definition));
    let offer = definition.component(ComponentKind::LimitedTimeOffer);
    let compiler = Compiler {
        format: parameter_format,
        authentication: category == Some(Category::Authentication),
        offer: offer.is_some(),
        scope: Scope(None),
    };
    let mut template = Template {
        name: name.to_owned(),
        language: language.to_owned(),
        category,
        parameter_format,
        status: root
            .get("status")
            .and_then(Node::as_str)
            .map(str::to_ascii_uppercase),
        header: None,
        body: Text::default(),
        footer: None,
        buttons: Vec::new(),
        offer: None,
        carousel: None,
        order_status: definition
            .says("sub_category", "ORDER_STATUS")
            .then(compile::order_status),
        tap_target: definition
            .has_button(ButtonKind::Url)
            .then(compile::tap_target)
            .filter(|_| !compiler.authentication),
        asks_to_call: definition
            .component(ComponentKind::CallPermissionRequest)
            .is_some(),
        body_limit: body_limit(&definition),
        gaps: Vec::new(),
    };
    for component in &definition.components {
        template.add(compiler, component);
    }
    if let Some(what) = unknown_parts(&definition, compiler.authentication) {
        template.gaps.push(Gap::whole(what));
    }
    Some(template)
}

impl Template {
    fn add(&mut self, compiler: Compiler, component: &Component<'_, '_>) {
        match component.kind {
            ComponentKind::Header => match compiler.header(component) {
                Ok(header) => self.header = Some(header),
                Err(gap) => self.gaps.push(gap),
            },
            ComponentKind::Body => self.body = compiler.body(component),
            ComponentKind::Footer => self.footer = compile::footer(component),
            ComponentKind::Buttons => {
                self.buttons = compiler.buttons(component, &mut self.gaps);
            }
            // Nothing of it is ever sent: the client draws it.
            ComponentKind::CallPermissionRequest => {}
            ComponentKind::LimitedTimeOffer => self.offer = Some(compiler.offer(component)),
            ComponentKind::Carousel => {
                self.carousel = compiler.carousel(component, &mut self.gaps);
                if self.carousel.is_none() {
                    self.gaps.push(Gap::component(component));
                }
            }
            ComponentKind::Unknown => self.gaps.push(Gap::component(component)),
        }
    }
}

/// What is not said, so that nobody can know which parameters there are.
fn unknown_parts(definition: &Definition<'_, '_>, authentication: bool) -> Option<&'static str> {
    let body = definition.component(ComponentKind::Body).is_some();
    match definition.components.is_empty() {
        true if definition.has("library_template_name") => {
            Some("a template of Meta's library, whose texts its definition does not repeat,")
        }
        true => Some("a definition without its components"),
        false if authentication && !body => Some("an authentication template without its body"),
        false => None,
    }
}

/// The category of a definition that does not say it, when its button does.
fn category_of(definition: &Definition<'_, '_>) -> Option<Category> {
    let buttons = definition.buttons();
    let code = buttons.iter().any(|button| {
        let url = button.text_of("url").map_or("", |(url, _)| url);
        button.kind == ButtonKind::Otp || compile::is_of_a_code(url)
    });
    code.then_some(Category::Authentication)
}

/// How long the body may be with its values in.
fn body_limit(definition: &Definition<'_, '_>) -> Limit {
    let has = |kind| definition.component(kind).is_some();
    if has(ComponentKind::LimitedTimeOffer) {
        Limit::OfferBodyChars
    } else if definition.has_button(ButtonKind::Spm) {
        Limit::ProductBodyChars
    } else if has(ComponentKind::CallPermissionRequest) {
        Limit::PermissionBodyChars
    } else {
        Limit::BodyChars
    }
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

/// The language of a definition for several, when it is for one.
fn only_language<'n>(root: &'n Node<'_>) -> Option<&'n str> {
    match root.get("languages")?.as_array()? {
        [one] => one.as_str(),
        _ => None,
    }
}

/// How the placeholders are named: what they look like counts for more than what is declared, because
/// items read back from Meta often come without `parameter_format`.
fn format_of(definition: &Definition<'_, '_>) -> ParameterFormat {
    let mut components = definition.components.clone();
    for carousel in definition
        .components
        .iter()
        .filter(|component| component.kind == ComponentKind::Carousel)
    {
        for card in carousel.cards() {
            components.extend(card.components);
        }
    }
    let texts = components
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
