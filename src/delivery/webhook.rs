//! Reads the bodies that Meta posts to a webhook.
//!
//! One body holds up to a thousand updates of several kinds. Every part of it becomes an event, in
//! the order of the text, and keeps its raw text: what cannot be read is an event of kind `unknown`,
//! never an error that loses the rest.

mod events;
mod parts;

pub use events::{
    AccountEvent, MessageEvent, Origin, StatusError, StatusEvent, TemplateEvent, UnknownEvent,
    WebhookEvent,
};

use crate::json::{self, Node, ProblemKind};
use parts::Part;

/// Reads a webhook's body. Total: any bytes give at least one event.
pub fn read_webhook(body: &[u8]) -> Vec<WebhookEvent> {
    let text = String::from_utf8_lossy(body);
    let parsed = json::parse(&text);
    let broken = parsed.problems.iter().find(|problem| {
        !matches!(
            problem.kind,
            ProblemKind::LoneSurrogate | ProblemKind::TooDeep
        )
    });
    let origin = Origin::default();
    let whole = |problem: String| {
        vec![WebhookEvent::Unknown(UnknownEvent {
            origin: Origin::default(),
            problem: Some(problem),
            raw: text.clone().into_owned(),
        })]
    };
    if let Some(problem) = broken {
        return whole(format!(
            "the body is not JSON: {} at byte {}",
            words(problem.kind),
            problem.at.start
        ));
    }
    let Some(root) = parsed
        .root
        .as_ref()
        .filter(|root| root.as_object().is_some())
    else {
        return whole("the body is not a JSON object".to_owned());
    };
    let mut events = Vec::new();
    match root.get("entry") {
        Some(entries) => {
            for entry in one_or_many(entries) {
                read_entry(&text, entry, &mut events);
            }
        }
        // Relays pass a part on without what is around it: an entry, a change, a change's value.
        None if root.get("changes").is_some() => read_entry(&text, root, &mut events),
        None if root.get("field").is_some() && root.get("value").is_some() => {
            read_change(&text, root, &origin, &mut events);
        }
        None => parts::read_value(&Part::new(&text, root, root, origin.clone()), &mut events),
    }
    if events.is_empty() {
        return whole("the body holds no update".to_owned());
    }
    events
}

/// Reads one entry: the updates of one WhatsApp account.
fn read_entry(text: &str, entry: &Node<'_>, events: &mut Vec<WebhookEvent>) {
    let origin = Origin {
        waba_id: parts::id(entry.get("id")),
        time: parts::milliseconds(entry.get("time")),
        ..Origin::default()
    };
    let before = events.len();
    for change in entry.get("changes").map(one_or_many).unwrap_or_default() {
        read_change(text, change, &origin, events);
    }
    if events.len() == before {
        events.push(parts::unknown(
            text,
            entry,
            origin,
            "an entry without changes",
        ));
    }
}

fn read_change(text: &str, change: &Node<'_>, origin: &Origin, events: &mut Vec<WebhookEvent>) {
    let origin = Origin {
        field: change
            .get("field")
            .and_then(Node::as_str)
            .map(str::to_owned),
        ..origin.clone()
    };
    match change.get("value") {
        Some(value) => parts::read_value(&Part::new(text, value, change, origin), events),
        None => events.push(parts::unknown(
            text,
            change,
            origin,
            "a change without a value",
        )),
    }
}

/// An array's items, or the node itself where Meta's list of one came as its item.
fn one_or_many<'n, 't>(node: &'n Node<'t>) -> &'n [Node<'t>] {
    node.as_array().unwrap_or(std::slice::from_ref(node))
}

fn words(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Empty => "it is empty",
        ProblemKind::UnclosedString | ProblemKind::UnclosedArray | ProblemKind::UnclosedObject => {
            "nothing closes what begins"
        }
        ProblemKind::TextBehind => "text stands behind its end",
        ProblemKind::ControlInString | ProblemKind::BadEscape => "a text is not well written",
        _ => "a character cannot stand there",
    }
}
