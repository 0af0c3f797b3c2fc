//! Changing a JSON text in place, so that its author's formatting stays.

use super::{Bytes, Member, Node, Value, count, parse, write_string, write_value};
use crate::order::Joined;
use crate::order::{Words, sorted};
use crate::text::{break_last, digits, parts};
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

/// Says what operations mean for one text. It remembers where the members of large objects stand, so
/// that many operations cost no more than the text is long.
#[derive(Debug)]
pub struct Editor<'n, 't> {
    text: &'n str,
    root: &'n Node<'t>,
    /// The members of large objects by key, under the offset at which the object starts.
    large: Vec<(usize, Words<'n>)>,
}

/// Objects up to this size are searched from one end to the other.
const SMALL: usize = 16;

impl<'n, 't> Editor<'n, 't> {
    /// For the text that `root` was read from.
    pub fn new(text: &'n str, root: &'n Node<'t>) -> Self {
        Editor {
            text,
            root,
            large: Vec::new(),
        }
    }

    /// What one operation means for the text; `None` when its place is not there.
    pub fn edit(&mut self, operation: &Operation) -> Option<TextEdit> {
        let mut written = String::new();
        if let Some(value) = &operation.value {
            write_value(&mut written, value);
        }
        if operation.path.is_empty() {
            return (operation.op != OperationKind::Remove).then_some(TextEdit {
                at: self.root.at,
                text: written,
            });
        }
        let (parent, key) = break_last(&operation.path, b'/')?;
        let parent = find(self.root, parent)?;
        let key = unescape(key);
        let text = self.text;
        match &parent.value {
            Value::Object(members) => {
                let entry = |i: usize| {
                    let member = members.get(i)?;
                    Some(Bytes {
                        start: member.key_at.start,
                        end: member.value.at.end,
                    })
                };
                match (operation.op, self.place(parent, members, &key)) {
                    (OperationKind::Remove, Some(i)) => Some(removal(text, parent, &entry, i)),
                    (OperationKind::Add | OperationKind::Replace, Some(i)) => Some(TextEdit {
                        at: members.get(i)?.value.at,
                        text: written,
                    }),
                    (OperationKind::Add, None) => {
                        let member = spelled(text, members, &key, &written);
                        Some(insertion(text, parent, &entry, members.len(), &member))
                    }
                    (_, None) => None,
                }
            }
            Value::Array(items) => {
                let entry = |i: usize| items.get(i).map(|item| item.at);
                let index = if key == "-" {
                    items.len()
                } else {
                    index(&key)?
                };
                match operation.op {
                    OperationKind::Remove => {
                        (index < items.len()).then(|| removal(text, parent, &entry, index))
                    }
                    OperationKind::Replace => Some(TextEdit {
                        at: entry(index)?,
                        text: written,
                    }),
                    OperationKind::Add => (index <= items.len())
                        .then(|| insertion(text, parent, &entry, index, &written)),
                }
            }
            _ => None,
        }
    }

    /// The place of a key's last member.
    fn place(
        &mut self,
        parent: &'n Node<'t>,
        members: &'n [Member<'t>],
        key: &str,
    ) -> Option<usize> {
        if members.len() <= SMALL {
            return members.iter().rposition(|m| m.key == key);
        }
        let start = parent.at.start;
        // Patches come in the order of the text, so the object in question is nearly always the last.
        if let Some((_, words)) = self.large.iter().rev().find(|(at, _)| *at == start) {
            return words.get(key);
        }
        let mut words = Words::new();
        for (i, member) in members.iter().enumerate() {
            words.insert(&member.key, i);
        }
        let place = words.get(key);
        self.large.push((start, words));
        place
    }
}

/// `"key": value`, with a space behind the colon where the text has one behind its own.
fn spelled(text: &str, members: &[Member<'_>], key: &str, value: &str) -> String {
    let mut out = String::new();
    write_string(&mut out, key);
    out.push(':');
    let between = members
        .first()
        .and_then(|m| text.get(m.key_at.end..m.value.at.start));
    if between.is_some_and(|s| s.ends_with(' ')) {
        out.push(' ');
    }
    out.push_str(value);
    out
}

/// Applies a patch to a text, operation by operation; `None` when an operation's place is not there.
pub fn apply_operations(text: &str, operations: &[Operation]) -> Option<String> {
    let mut text = text.to_owned();
    for operation in operations {
        let parsed = parse(&text);
        let edit = Editor::new(&text, parsed.root.as_ref()?).edit(operation)?;
        text = apply_edits(&text, std::slice::from_ref(&edit))?;
    }
    Some(text)
}

/// Applies edits whose places all refer to the given text; `None` when they overlap or fall outside.
pub fn apply_edits(text: &str, edits: &[TextEdit]) -> Option<String> {
    let edits = sorted(edits.iter().collect(), &|edit: &&TextEdit| {
        [edit.at.start, edit.at.end, 0, 0]
    });
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
    let mut node = root;
    for part in parts(rest, b"/") {
        node = match &node.value {
            Value::Array(items) => items.get(index(part)?)?,
            Value::Object(_) => node.get(&unescape(part))?,
            _ => return None,
        };
    }
    Some(node)
}

/// The place of an item, as RFC 6901 writes it: without a sign or zeros in front.
fn index(part: &str) -> Option<usize> {
    count(part).filter(|index| digits(*index) == part)
}

fn unescape(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let mut escaped = false;
    for c in part.chars() {
        match (escaped, c) {
            (true, '1') => out.push('/'),
            (true, '0') => out.push('~'),
            (false, '~') => {}
            (true, c) => out.extend(['~', c]),
            (false, c) => out.push(c),
        }
        escaped = !escaped && c == '~';
    }
    if escaped {
        out.push('~');
    }
    out
}

/// Where the entry at an index of an array or object stands.
type Entry<'e> = &'e dyn Fn(usize) -> Option<Bytes>;

/// Takes one entry away together with the comma that belongs to it.
fn removal(text: &str, parent: &Node<'_>, entry: Entry<'_>, index: usize) -> TextEdit {
    let this = entry(index).unwrap_or_default();
    let blank = |start, end| text.get(start..end).is_some_and(|s| s.trim().is_empty());
    let at = match (index.checked_sub(1).and_then(entry), entry(index + 1)) {
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
            let alone = blank(inner.start, this.start) && blank(this.end, inner.end);
            if alone { inner } else { this }
        }
    };
    TextEdit {
        at,
        text: String::new(),
    }
}

/// Puts an entry in front of the one at `index`, or last, with the spacing of its neighbours.
fn insertion(text: &str, parent: &Node<'_>, entry: Entry<'_>, index: usize, new: &str) -> TextEdit {
    let place = |offset: usize| Bytes {
        start: offset,
        end: offset,
    };
    // What stands between an entry and the thing before it: a line break and indent, a space, nothing.
    let lead = |at: Bytes| {
        let before = text.get(..at.start).unwrap_or_default();
        let kept = before.trim_end_matches([' ', '\n', '\r', '\t']).len();
        before.get(kept..).unwrap_or_default()
    };
    if let Some(next) = entry(index) {
        return TextEdit {
            at: place(next.start),
            text: [new, ",", lead(next)].joined(),
        };
    }
    let Some(last) = index.checked_sub(1).and_then(entry) else {
        return TextEdit {
            at: place(parent.at.start + 1),
            text: new.to_owned(),
        };
    };
    let space = match lead(last) {
        // A lone first entry right behind its bracket tells nothing about the space between two.
        "" if index == 1 && text.as_bytes().windows(2).any(|two| two == b", ") => " ",
        space => space,
    };
    TextEdit {
        at: place(last.end),
        text: [",", space, new].joined(),
    }
}
