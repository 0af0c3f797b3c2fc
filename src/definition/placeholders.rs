//! Which kinds of placeholders a definition has.

use super::Definition;
use crate::json::{Node, Value};
use crate::text::find_placeholders;

/// The kinds of placeholders that a template has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlaceholderKinds {
    /// `{{first_name}}`
    pub named: bool,
    /// `{{1}}`, but for those of addresses, which named templates have, too.
    pub numbered: bool,
    /// How many texts and addresses have any.
    pub texts: usize,
}

impl PlaceholderKinds {
    fn read(&mut self, text: &str, key: &str) {
        let (placeholders, _) = find_placeholders(text);
        self.texts += usize::from(!placeholders.is_empty());
        for placeholder in placeholders {
            if placeholder.number().is_none() {
                self.named = true;
            } else if key == "text" {
                self.numbered = true;
            }
        }
    }
}

impl Definition<'_, '_> {
    /// Which kinds of placeholders its texts and addresses have, in cards too.
    pub fn placeholder_kinds(&self) -> PlaceholderKinds {
        *self.placeholders.get_or_init(|| {
            let mut kinds = PlaceholderKinds::default();
            let mut ahead: Vec<&Node<'_>> = Vec::new();
            ahead.extend(self.root.get("components"));
            while let Some(node) = ahead.pop() {
                match &node.value {
                    Value::Array(items) => ahead.extend(items),
                    Value::Object(members) => {
                        for member in members {
                            match (member.key.as_ref(), member.value.as_str()) {
                                (key @ ("text" | "url"), Some(text)) => kinds.read(text, key),
                                _ => ahead.push(&member.value),
                            }
                        }
                    }
                    _ => {}
                }
            }
            kinds
        })
    }
}
