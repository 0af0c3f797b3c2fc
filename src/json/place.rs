//! From a place in the text to the path of the value that stands there.

use super::{Node, Value};
use crate::report::Step;
use std::borrow::Cow;

/// The path to the innermost value, or the member, that has this byte of the text.
pub fn path_to(root: &Node<'_>, byte: usize) -> Vec<Step> {
    let mut path = Vec::new();
    let mut node = root;
    loop {
        // Members and items stand in the order of the text: the last that begins by then is the one.
        let inner = match &node.value {
            Value::Object(members) => {
                let behind = members.partition_point(|member| member.key_at.start <= byte);
                let member = behind.checked_sub(1).and_then(|at| members.get(at));
                member.map(|m| (Step::Key(Cow::Owned(m.key.as_ref().to_owned())), &m.value))
            }
            Value::Array(items) => {
                let behind = items.partition_point(|item| item.at.start <= byte);
                let at = behind.checked_sub(1);
                at.and_then(|at| Some((Step::Index(at), items.get(at)?)))
            }
            _ => None,
        };
        match inner {
            Some((step, inner)) if byte < inner.at.end => {
                path.push(step);
                node = inner;
            }
            _ => return path,
        }
    }
}
