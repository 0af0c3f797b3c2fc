//! The recurrent ways to say and to mend something, once instead of at every rule.

use super::{Edit, Findings, Found};
use crate::json::Node;
use crate::order::Joined;
use crate::rules::Rule;
use crate::text::clip;

impl Findings<'_> {
    /// Records a finding at a value whose message quotes one text, its `{name}`.
    #[inline(never)]
    pub fn told(&mut self, rule: &'static Rule, node: &Node<'_>, name: &str) -> &mut Found {
        self.flag(rule, node).say("name", name)
    }

    /// The same with no more of the text than a person needs to find it.
    #[inline(never)]
    pub fn quoted(&mut self, rule: &'static Rule, node: &Node<'_>, text: &str) -> &mut Found {
        self.told(rule, node, &clip(text))
    }

    /// Records that something is missing in a value (see [`Findings::missing`]): its `{name}`.
    #[inline(never)]
    pub fn lacks(&mut self, rule: &'static Rule, owner: &Node<'_>, name: &str) -> &mut Found {
        self.missing(rule, owner).say("name", name)
    }
}

impl Found {
    /// Offers one change.
    #[inline(never)]
    pub fn change(&mut self, safe: bool, title: &str, edit: Edit) -> &mut Self {
        self.mend(safe, title, vec![edit])
    }

    /// Offers to take a value away.
    #[inline(never)]
    pub fn delete(&mut self, safe: bool, title: &str, node: &Node<'_>) -> &mut Self {
        self.change(safe, title, Edit::remove(node))
    }

    /// Offers to take a member away.
    #[inline(never)]
    pub fn delete_member(&mut self, safe: bool, key: &str, value: &Node<'_>) -> &mut Self {
        self.delete(safe, &["delete `", key, "`"].joined(), value)
    }

    /// Says a part of the message that has a quotation in its midst.
    #[inline(never)]
    pub fn say_with(
        &mut self,
        name: &'static str,
        before: &str,
        quotation: &str,
        behind: &str,
    ) -> &mut Self {
        self.say(name, &[before, quotation, behind].joined())
    }

    /// Offers to put another value in the place of one.
    #[inline(never)]
    pub fn replace(
        &mut self,
        safe: bool,
        title: &str,
        node: &Node<'_>,
        value: Node<'static>,
    ) -> &mut Self {
        self.change(safe, title, Edit::replace(node, value))
    }

    /// Offers to give an object a member that is a text.
    #[inline(never)]
    pub fn add(
        &mut self,
        safe: bool,
        title: &str,
        owner: &Node<'_>,
        key: &str,
        text: &str,
    ) -> &mut Self {
        let value = Node::text(text.to_owned());
        self.change(safe, title, Edit::add(owner, key, value))
    }

    /// Offers to write another text, which the title shows.
    #[inline(never)]
    pub fn word(&mut self, safe: bool, node: &Node<'_>, text: &str) -> &mut Self {
        self.put(safe, &["write ", text].joined(), node, text)
    }
}
