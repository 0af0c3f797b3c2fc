//! Where a judged value stands, and how a person calls it.

use crate::findings::{Findings, Found};
use crate::json::{Node, OperationKind};
use crate::report::{Fix, Step, operation};
use crate::rules::{self, Rule};

/// A value under judgement: in a message's `values`, or in a payload's parameters.
#[derive(Debug, Clone)]
pub(super) struct Place<'p> {
    /// The parameter's key.
    pub key: &'p str,
    /// What a person calls it.
    pub label: &'p str,
    /// Where the value stands.
    pub path: Vec<Step>,
}

impl Place<'_> {
    /// Records a finding at the value.
    pub fn find<'f>(
        &self,
        findings: &'f mut Findings<'_>,
        rule: &'static Rule,
        node: &Node<'_>,
    ) -> &'f mut Found {
        let found = findings.find(rule, node, self.path.clone());
        if !self.key.is_empty() {
            found.key(self.key);
        }
        found.param("key", self.key).param("label", self.label)
    }

    /// Says that the value, or what is called `name` there, is of the wrong type.
    pub fn wrong_type(
        &self,
        findings: &mut Findings<'_>,
        node: &Node<'_>,
        name: &str,
        expected: &str,
    ) {
        self.find(findings, rules::WRONG_TYPE, node)
            .param("name", name)
            .param("expected", expected)
            .param("found", node.noun());
    }

    /// The place of a member of this value.
    pub fn member(&self, key: &str) -> Self {
        let mut inner = self.clone();
        inner.path.push(Step::Key(key.to_owned().into()));
        inner
    }

    /// A fix that puts another text there.
    pub fn put(&self, title: &str, safe: bool, text: &str) -> Fix {
        let patch = vec![operation(
            OperationKind::Replace,
            &self.path,
            Some(Node::text(text.to_owned())),
        )];
        if safe {
            Fix::safe(title, patch)
        } else {
            Fix::unsafe_(title, patch)
        }
    }
}

/// A character's number as people look it up: `200B`.
pub(super) fn code_of(c: char) -> String {
    format!("{:04X}", u32::from(c))
}
