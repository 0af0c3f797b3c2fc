//! The samples of a definition, in every shape in which they are found.

use super::Slot;
use crate::json::Node;

/// Gives each parameter of a text its sample: `body_text` as rows, as a list or as one text, or
/// `body_text_named_params`; the same with `header_`.
pub(super) fn of_text(slots: &mut [Slot], component: &Node<'_>, scope: &'static str) {
    let Some(example) = component.get("example") else {
        return;
    };
    if let Some(listed) = example.get(&format!("{scope}_text")) {
        let row = match listed.item(0) {
            Some(first) if first.as_array().is_some() => first,
            _ => listed,
        };
        for (i, slot) in slots.iter_mut().enumerate() {
            let sample = match row.as_array() {
                Some(items) => items.get(i),
                None if i == 0 => Some(row),
                None => None,
            };
            slot.example = sample.and_then(Node::as_str).map(str::to_owned);
        }
    }
    let named = example.get(&format!("{scope}_text_named_params"));
    for item in named.and_then(Node::as_array).unwrap_or_default() {
        let word = |key| item.get(key).and_then(Node::as_str);
        let (Some(name), Some(sample)) = (word("param_name"), word("example")) else {
            continue;
        };
        let bare = name.trim_matches(|c| matches!(c, '{' | '}' | ' '));
        if let Some(slot) = slots.iter_mut().find(|slot| slot.name == bare) {
            slot.example = Some(sample.to_owned());
        }
    }
}

/// The first text of a list, or the text itself.
pub(super) fn first(node: Option<&Node<'_>>) -> Option<String> {
    let node = node?;
    let text = node.as_str().or_else(|| node.item(0)?.as_str())?;
    Some(text.to_owned())
}

/// A media header's sample, when it is an address that a person could open.
pub(super) fn handle(component: &Node<'_>) -> Option<String> {
    first(component.get("example")?.get("header_handle")).filter(|text| text.starts_with("http"))
}

/// The sample of a URL's end: samples are whole addresses, or the end alone.
pub(super) fn suffix(button: &Node<'_>, base: &str) -> Option<String> {
    let sample = first(button.get("example"))?;
    match sample.strip_prefix(base) {
        Some(end) => Some(end.to_owned()),
        None if sample.contains("://") => None,
        None => Some(sample),
    }
}
