//! Applies a fix to the text it was found in.

use crate::json::{
    Bytes, Node, Operation, OperationKind, TextEdit, apply_edits, apply_operations, parse,
};
use crate::order::Joined;

/// Why a fix could not be applied. A fix belongs to the report of one text; these are wrong calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FixError {
    /// The fix is not one of a report's.
    NotAFix(&'static str),
    /// An operation that fixes do not have.
    UnknownOperation(String),
    /// The text has changed since.
    PlaceMissing,
}

impl FixError {
    /// What was wrong, in a sentence.
    pub fn message(&self) -> String {
        let parts = match self {
            FixError::NotAFix(why) => ["`fix` is not a fix of a report: ", why, ""],
            FixError::UnknownOperation(op) => [
                "`fix.patch` has the operation `",
                op,
                "`; add, replace and remove can be applied",
            ],
            FixError::PlaceMissing => [
                "the fix does not fit this definition: its place is not there (any more); check again and take the new fix",
                "",
                "",
            ],
        };
        parts.joined()
    }
}

impl std::error::Error for FixError {}

impl std::fmt::Display for FixError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())
    }
}

/// Applies a fix, given as JSON text, to a JSON text; the author's formatting stays. The patch
/// decides; edits of the text alone are applied when there is no patch (the text was not JSON).
pub fn apply_fix(text: &str, fix: &str) -> Result<String, FixError> {
    let parsed = parse(fix);
    let fix = parsed
        .root
        .as_ref()
        .ok_or(FixError::NotAFix("it is empty"))?;
    let patch = fix
        .get("patch")
        .and_then(Node::as_array)
        .ok_or(FixError::NotAFix("it has no `patch`"))?;
    if !patch.is_empty() {
        let mut operations = Vec::with_capacity(patch.len());
        for one in patch {
            operations.push(operation(one)?);
        }
        return apply_operations(text, &operations).ok_or(FixError::PlaceMissing);
    }
    let given = fix.get("textEdits").and_then(Node::as_array);
    let mut edits = Vec::new();
    for edit in given.unwrap_or_default() {
        edits.push(text_edit(text, edit).ok_or(FixError::PlaceMissing)?);
    }
    apply_edits(text, &edits).ok_or(FixError::PlaceMissing)
}

fn operation(node: &Node<'_>) -> Result<Operation, FixError> {
    let word = |key| node.get(key).and_then(Node::as_str);
    let op = match word("op") {
        Some("add") => OperationKind::Add,
        Some("replace") => OperationKind::Replace,
        Some("remove") => OperationKind::Remove,
        Some(other) => return Err(FixError::UnknownOperation(other.to_owned())),
        None => return Err(FixError::NotAFix("an operation has no `op`")),
    };
    let path = word("path").ok_or(FixError::NotAFix("an operation has no `path`"))?;
    let value = node.get("value").map(Node::owned);
    if op != OperationKind::Remove && value.is_none() {
        return Err(FixError::NotAFix("an operation has no `value`"));
    }
    Ok(Operation {
        op,
        path: path.to_owned(),
        value: value.filter(|_| op != OperationKind::Remove),
    })
}

fn text_edit(text: &str, node: &Node<'_>) -> Option<TextEdit> {
    let offset = |key| byte_of_utf16(text, usize::try_from(node.get(key)?.as_i64()?).ok()?);
    let at = Bytes {
        start: offset("start")?,
        end: offset("end")?,
    };
    Some(TextEdit {
        at,
        text: node.get("text")?.as_str()?.to_owned(),
    })
}

fn byte_of_utf16(text: &str, offset: usize) -> Option<usize> {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= offset {
            return (units == offset).then_some(at);
        }
        units += c.len_utf16();
    }
    (units == offset).then_some(text.len())
}
