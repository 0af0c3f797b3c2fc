//! Judges payloads that were made elsewhere: against their template, or by their shape alone.
//!
//! Nothing here is shared with `build`, so that the two check each other; single values are judged by
//! the same code as a message's.

mod buttons;
mod cards;
mod components;
mod envelope;
mod marketing;
mod parameters;
mod special;

use super::check::sendable;
use crate::document::examine;
use crate::findings::{Findings, Options};
use crate::json::Node;
use crate::limits::Limit;
use crate::path;
use crate::report::{Report, Step};
use crate::rules;
use crate::template::{Button, Card, Header, Template, Text};
use crate::text::closest;

/// Judges a payload by its shape alone, for when its template is not at hand.
pub fn check_payload(payload: &str, options: &Options) -> Report {
    examine(payload, options, |root, findings| {
        judge(root, None, findings);
    })
}

impl Template {
    /// Judges a ready-made body of POST `/{PHONE_NUMBER_ID}/messages`, or just its array of components.
    pub fn check_payload(&self, payload: &str, options: &Options) -> Report {
        examine(payload, options, |root, findings| {
            judge(root, Some(self), findings);
        })
    }
}

fn judge(root: &Node<'_>, template: Option<&Template>, findings: &mut Findings<'_>) {
    if let Some(template) = template {
        sendable(template, root, findings);
    }
    let used = root.at.end - root.at.start;
    if findings.measure(Limit::PayloadBytes, used, root, path![], None) {
        let max = findings.max(Limit::PayloadBytes);
        findings
            .find(rules::PAYLOAD_TOO_BIG, root, path![])
            .param("used", used)
            .param("max", max);
    }
    if root.as_array().is_some() {
        let view = template.map(View::of);
        components::judge(root, path![], view, findings);
    } else if root.as_object().is_some() {
        envelope::judge(root, template, findings);
    } else {
        wrong_type(findings, root, path![], "payload", "an object");
        findings.incomplete();
    }
}

/// What a list of components is held against: the bubble, or one of its cards.
#[derive(Debug, Clone, Copy)]
struct View<'k> {
    template: &'k Template,
    card: Option<&'k Card>,
}

impl<'k> View<'k> {
    fn of(template: &'k Template) -> Self {
        View {
            template,
            card: None,
        }
    }

    fn header(self) -> Option<&'k Header> {
        let of_bubble = self.template.header.as_ref();
        self.card.map_or(of_bubble, |card| card.header.as_ref())
    }

    fn body(self) -> &'k Text {
        self.card.map_or(&self.template.body, |card| &card.body)
    }

    fn buttons(self) -> &'k [Button] {
        self.card
            .map_or(&self.template.buttons, |card| &card.buttons)
    }

    /// What carries the parts.
    fn noun(self) -> &'static str {
        match self.card {
            Some(_) => "this card of the template",
            None => "the template",
        }
    }
}

fn wrong_type(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    path: Vec<Step>,
    name: &str,
    expected: &str,
) {
    super::input::wrong_type(findings, node, path, name, expected);
}

/// Says which keys an object of a payload does not have.
fn unknown_keys(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    path: &[Step],
    place: &str,
    known: &[&str],
) {
    let unknown = node
        .as_object()
        .unwrap_or_default()
        .iter()
        .filter(|m| !known.contains(&m.key.as_ref()) && !m.value.is_null());
    for member in unknown.take(100) {
        let near = closest(&member.key, known);
        let remedy = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "leave it out".to_owned(),
        };
        findings
            .find_at(
                rules::PAYLOAD_KEY_UNKNOWN,
                member.key_at,
                down(path, member.key.to_string()),
            )
            .param("name", crate::text::clip(&member.key))
            .param("where", place)
            .param("remedy", remedy);
    }
}

/// Says that a key is missing, and how it is written.
fn missing(findings: &mut Findings<'_>, node: &Node<'_>, path: &[Step], name: &str, remedy: &str) {
    let place = match path.last() {
        None => "the payload".to_owned(),
        Some(Step::Key(key)) => format!("`{key}`"),
        Some(Step::Index(_)) => "this entry".to_owned(),
    };
    let found = findings.find(rules::PAYLOAD_KEY_MISSING, node, path.to_vec());
    found
        .param("name", name)
        .param("where", place)
        .param("remedy", remedy);
    if name == "messaging_product" {
        found.details("(#100) The parameter messaging_product is required.");
    }
}

/// Says that a word is not the one that belongs there.
fn wrong_word(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    path: Vec<Step>,
    name: &str,
    expected: &str,
) {
    let found = match node.as_str() {
        Some(text) => format!("`{}`", crate::text::clip(text)),
        None => node.noun().to_owned(),
    };
    findings
        .find(rules::PAYLOAD_WORD, node, path)
        .param("name", name)
        .param("found", found)
        .param("expected", expected);
}

/// A member that is there and not `null`.
fn given<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    node.get(key).filter(|value| !value.is_null())
}

/// A path one step down.
fn down(path: &[Step], step: impl Into<Step>) -> Vec<Step> {
    let mut path = path.to_vec();
    path.push(step.into());
    path
}
