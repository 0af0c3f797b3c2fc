//! Changing a JSON text in place, so that its author's formatting stays.

use super::{Bytes, Node, Value, parse, write_string, write_value};
use serde::Serialize;

/// One operation of a JSON Patch (RFC 6902); of its six kinds the three that fixes need.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// What to do.
    pub op: OperationKind,
    /// Where, as a JSON Pointer (RFC 6901).
    pub path: String,
    /// What to put there; none for `remove`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Node<'static>>,
}

/// The kinds of [`Operation`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OperationKind {
    /// Puts a new member or item; a member of that name is replaced.
    Add,
    /// Puts another value in the place of one that is there.
    Replace,
    /// Takes a member or item away.
    Remove,
}

/// Replaces a range of the text (byte offsets).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// What to replace.
    pub at: Bytes,
    /// What to put there.
    pub text: String,
}

/// What one operation means for the text that `root` was read from; `None` when its place is not there.
pub fn edits_for(text: &str, root: &Node<'_>, operation: &Operation) -> Option<TextEdit> {
    let mut written = String::new();
    if let Some(value) = &operation.value {
        write_value(&mut written, value);
    }
    if operation.path.is_empty() {
        return (operation.op != OperationKind::Remove).then_some(TextEdit {
            at: root.at,
            text: written,
        });
    }
    let (parent, key) = operation.path.rsplit_once('/')?;
    let parent = find(root, parent)?;
    let key = unescape(key);
    match &parent.value {
        Value::Object(members) => {
            let place = members.iter().rposition(|m| m.key == key);
            match (operation.op, place) {
                (OperationKind::Remove, Some(i)) => Some(removal(
                    text,
                    parent,
                    &members
                        .iter()
                        .map(|m| Bytes {
                            start: m.key_at.start,
                            end: m.value.at.end,
                        })
                        .collect::<Vec<_>>(),
                    i,
                )),
                (OperationKind::Add | OperationKind::Replace, Some(i)) => {
                    let at = members.get(i)?.value.at;
                    Some(TextEdit { at, text: written })
                }
                (OperationKind::Add, None) => {
                    let mut entry = String::new();
                    write_string(&mut entry, &key);
                    entry.push(':');
                    // A text that puts a space behind its colons gets one here too.
                    if members.first().is_some_and(|m| {
                        text.get(m.key_at.end..m.value.at.start)
                            .is_some_and(|s| s.ends_with(' '))
                    }) {
                        entry.push(' ');
                    }
                    entry.push_str(&written);
                    let spans: Vec<Bytes> = members
                        .iter()
                        .map(|m| Bytes {
                            start: m.key_at.start,
                            end: m.value.at.end,
                        })
                        .collect();
                    Some(insertion(text, parent, &spans, spans.len(), &entry))
                }
                (_, None) => None,
            }
        }
        Value::Array(items) => {
            let spans: Vec<Bytes> = items.iter().map(|item| item.at).collect();
            let index = if key == "-" {
                spans.len()
            } else {
                key.parse().ok()?
            };
            match operation.op {
                OperationKind::Remove => {
                    (index < spans.len()).then(|| removal(text, parent, &spans, index))
                }
                OperationKind::Replace => Some(TextEdit {
                    at: *spans.get(index)?,
                    text: written,
                }),
                OperationKind::Add => {
                    (index <= spans.len()).then(|| insertion(text, parent, &spans, index, &written))
                }
            }
        }
        _ => None,
    }
}

/// Applies a patch to a text, operation by operation; `None` when an operation's place is not there.
pub fn apply_operations(text: &str, operations: &[Operation]) -> Option<String> {
    let mut text = text.to_owned();
    for operation in operations {
        let parsed = parse(&text);
        let edit = edits_for(&text, parsed.root.as_ref()?, operation)?;
        text = apply_edits(&text, std::slice::from_ref(&edit))?;
    }
    Some(text)
}

/// Applies edits whose places all refer to the given text; `None` when they overlap or fall outside.
pub fn apply_edits(text: &str, edits: &[TextEdit]) -> Option<String> {
    let mut edits: Vec<&TextEdit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        out.push_str(text.get(from..edit.at.start)?);
        out.push_str(&edit.text);
        from = edit.at.end;
    }
    out.push_str(text.get(from..)?);
    Some(out)
}

/// The node that a JSON Pointer names.
pub fn find<'n, 't>(root: &'n Node<'t>, pointer: &str) -> Option<&'n Node<'t>> {
    let Some(rest) = pointer.strip_prefix('/') else {
        return pointer.is_empty().then_some(root);
    };
    rest.split('/')
        .try_fold(root, |node, part| match &node.value {
            Value::Array(items) => items.get(part.parse::<usize>().ok()?),
            Value::Object(_) => node.get(&unescape(part)),
            _ => None,
        })
}

fn unescape(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

/// Takes one entry away together with the comma that belongs to it.
fn removal(text: &str, parent: &Node<'_>, spans: &[Bytes], index: usize) -> TextEdit {
    let this = spans.get(index).copied().unwrap_or_default();
    let at = match (
        index.checked_sub(1).and_then(|i| spans.get(i)),
        spans.get(index + 1),
    ) {
        // From the end of the one before: its comma and the space in front of this one go too.
        (Some(before), _) => Bytes {
            start: before.end,
            end: this.end,
        },
        (None, Some(next)) => Bytes {
            start: this.start,
            end: next.start,
        },
        (None, None) => {
            let inner = Bytes {
                start: parent.at.start + 1,
                end: parent.at.end.saturating_sub(1),
            };
            let blank = text
                .get(inner.start..this.start)
                .is_some_and(|s| s.trim().is_empty())
                && text
                    .get(this.end..inner.end)
                    .is_some_and(|s| s.trim().is_empty());
            if blank { inner } else { this }
        }
    };
    TextEdit {
        at,
        text: String::new(),
    }
}

/// Puts an entry in front of the one at `index`, or last, with the spacing of its neighbours.
fn insertion(
    text: &str,
    parent: &Node<'_>,
    spans: &[Bytes],
    index: usize,
    entry: &str,
) -> TextEdit {
    let place = |offset: usize| Bytes {
        start: offset,
        end: offset,
    };
    let Some(last) = spans.last() else {
        return TextEdit {
            at: place(parent.at.start + 1),
            text: entry.to_owned(),
        };
    };
    // What stands between an entry and the thing before it: a line break and indent, a space, nothing.
    let lead = |span: &Bytes| {
        let before = text.get(..span.start).unwrap_or_default();
        let blank = before.len() - before.trim_end_matches([' ', '\n', '\r', '\t']).len();
        before
            .get(before.len() - blank..)
            .unwrap_or_default()
            .to_owned()
    };
    match spans.get(index) {
        Some(next) => TextEdit {
            at: place(next.start),
            text: format!("{entry},{}", lead(next)),
        },
        None => {
            let space = match lead(last) {
                // A lone first entry right behind its bracket tells nothing about the space between two.
                space if space.is_empty() && spans.len() == 1 && text.contains(", ") => {
                    " ".to_owned()
                }
                space => space,
            };
            TextEdit {
                at: place(last.end),
                text: format!(",{space}{entry}"),
            }
        }
    }
}
