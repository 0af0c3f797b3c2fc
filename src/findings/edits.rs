//! Changes that mend a definition, described by the nodes they change: their JSON Pointers follow
//! from where the nodes stand.

use crate::json::{Member, Node, Operation, OperationKind, Value};
use crate::report::{Step, operation};

/// One change of the checked value.
#[derive(Debug)]
pub struct Edit {
    op: OperationKind,
    /// Where the value that changes, or the one that gets a new member, starts in the text.
    at: usize,
    /// The new member's key or place; none when the value itself changes.
    step: Option<Step>,
    value: Option<Node<'static>>,
}

impl Edit {
    /// Puts another value in the place of one.
    pub fn replace(node: &Node<'_>, value: Node<'static>) -> Self {
        Edit {
            op: OperationKind::Replace,
            at: node.at.start,
            step: None,
            value: Some(value),
        }
    }

    /// Takes a member or an item away.
    pub fn remove(node: &Node<'_>) -> Self {
        Edit {
            op: OperationKind::Remove,
            at: node.at.start,
            step: None,
            value: None,
        }
    }

    /// Gives an object a member.
    pub fn add(owner: &Node<'_>, key: &str, value: Node<'static>) -> Self {
        Edit {
            op: OperationKind::Add,
            at: owner.at.start,
            step: Some(Step::from(key.to_owned())),
            value: Some(value),
        }
    }

    /// Gives an array an item in front of the one at `index`, or its last.
    pub fn insert(owner: &Node<'_>, index: usize, value: Node<'static>) -> Self {
        Edit {
            op: OperationKind::Add,
            at: owner.at.start,
            step: Some(Step::Index(index)),
            value: Some(value),
        }
    }

    /// Gives a member of an object another key.
    pub fn rename(owner: &Node<'_>, member: &Member<'_>, key: &str) -> Vec<Self> {
        let value = member.value.owned();
        // Alone, it leaves no neighbour behind which a text edit could put the new one.
        if owner.as_object().is_some_and(|members| members.len() == 1) {
            let renamed = Member {
                key: key.to_owned().into(),
                key_at: member.key_at,
                repeated: false,
                value,
            };
            let whole = Node::made(Value::Object(vec![renamed]));
            return vec![Edit::replace(owner, whole)];
        }
        vec![Edit::remove(&member.value), Edit::add(owner, key, value)]
    }

    /// The patch operation; `path_of` finds the value that starts at an offset.
    pub(super) fn operation(self, path_of: &dyn Fn(usize) -> Vec<Step>) -> Operation {
        let mut path = path_of(self.at);
        path.extend(self.step);
        operation(self.op, &path, self.value)
    }
}
