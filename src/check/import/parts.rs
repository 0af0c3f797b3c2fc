//! Definitions that have their parts beside the name, as pywa's classes and some providers write them:
//! `{"name": …, "header": …, "body": …, "footer": …, "buttons": [ … ]}`.

use super::super::shape::given;
use super::{Carry, Import, Out, snake};
use crate::json::{Node, Value};

/// The parts in Meta's order, each with the type of its component.
static PARTS: [(&str, &str); 4] = [
    ("header", "HEADER"),
    ("body", "BODY"),
    ("footer", "FOOTER"),
    ("buttons", "BUTTONS"),
];

/// What some providers put the parts into.
const INSIDE: &str = "structure";

/// Where the parts are, when a definition is of that kind.
pub(super) fn holder<'n, 't>(node: &'n Node<'t>) -> Option<&'n Node<'t>> {
    let is_part = |part: &Node<'_>| part.as_str().is_some() || part.as_object().is_some();
    let holds = |node: &&Node<'t>| given(node, "body").is_some_and(is_part);
    let inner = given(node, INSIDE).filter(holds);
    inner.or(Some(node).filter(holds))
}

/// The same definition with its parts as components.
pub(super) fn convert(node: &Node<'_>, import: &mut Import) -> Option<Node<'static>> {
    let holder = holder(node)?;
    import.parts = true;
    let mut carry = Carry {
        import,
        read: false,
        code: None,
        out: Out::default(),
    };
    carry.out.open("", '{');
    for member in node.as_object()? {
        let key = member.key.as_ref();
        if key.is_empty() {
            carry.import.lossy = true;
        } else if key != INSIDE && !is_part(key) {
            carry.value(
                &snake(key).unwrap_or_else(|| key.to_owned()),
                &member.value,
                false,
            );
        }
    }
    carry.out.open("components", '[');
    for (key, kind) in &PARTS {
        if let Some(part) = given(holder, key) {
            carry.part(kind, part);
        }
    }
    carry.out.close(']');
    carry.out.close('}');
    carry.out.node()
}

fn is_part(key: &str) -> bool {
    PARTS.iter().any(|(part, _)| *part == key)
}

impl Carry<'_, '_> {
    fn part(&mut self, kind: &str, part: &Node<'_>) {
        self.out.open("", '{');
        self.out.text("type", kind);
        let has_text = part.as_str().is_some() || given(part, "text").is_some();
        if kind == "HEADER" && has_text && given(part, "format").is_none() {
            self.out.text("format", "TEXT");
        }
        match &part.value {
            Value::String(_) => self.out.node_at("text", part),
            Value::Array(_) => self.value("buttons", part, false),
            Value::Object(members) => {
                for member in members {
                    let key = member.key.as_ref();
                    if key != "type" {
                        self.value(
                            &snake(key).unwrap_or_else(|| key.to_owned()),
                            &member.value,
                            false,
                        );
                    }
                }
            }
            _ => self.import.lossy = true,
        }
        self.out.close('}');
    }
}
