//! What judging any of Meta's objects needs: members that must be there, texts, lists, lengths, words.

use super::given;
use crate::findings::{Findings, Found};
use crate::json::Node;
use crate::limits::Limit;
use crate::payload::place::Place;
use crate::payload::value::is_blank;
use crate::report::Severity;
use crate::rules::{self, Rule};
use crate::text::{clip, closest, count_chars};

/// One judgement: where findings go, and whose value it is.
pub(super) struct Judge<'j, 'c, 'p> {
    /// Where findings go.
    pub findings: &'j mut Findings<'c>,
    /// Whose value it is.
    pub place: &'j Place<'p>,
}

impl Judge<'_, '_, '_> {
    pub fn flag(&mut self, rule: &'static Rule, node: &Node<'_>) -> &mut Found {
        keyed(self.findings.flag(rule, node), self.place)
    }

    pub fn wrong_type(&mut self, node: &Node<'_>, name: &str, expected: &str) {
        self.flag(rules::WRONG_TYPE, node)
            .say("name", name)
            .say("expected", expected)
            .say("found", node.noun());
    }

    pub fn blank(&mut self, node: &Node<'_>) {
        let label = self.place.label;
        let found = self.flag(rules::VALUE_BLANK, node);
        found.say("label", label);
    }

    pub fn object(&mut self, node: &Node<'_>, name: &str) -> bool {
        let is = node.as_object().is_some();
        if !is {
            self.wrong_type(node, name, "an object");
        }
        is
    }

    /// Says which keys an object does not have; of open lists it is only a warning.
    pub fn keys(&mut self, node: &Node<'_>, who: &str, known: &[&str], open: bool) {
        let members = node.as_object().unwrap_or_default();
        for member in members.iter().take(200) {
            if known.contains(&member.key.as_ref()) {
                continue;
            }
            let remedy = match closest(&member.key, known) {
                Some(near) => ["did you mean `", near, "`?"].concat(),
                None => "leave it out".to_owned(),
            };
            let found = self.findings.flag_key(rules::ACTION_KEY_UNKNOWN, member);
            let found = keyed(found, self.place);
            found
                .say("where", who)
                .say("name", &clip(&member.key))
                .say("remedy", &remedy);
            if open {
                found.severity(Severity::Warning);
            }
        }
    }

    /// A member that must be there.
    pub fn need<'n, 't>(
        &mut self,
        owner: &'n Node<'t>,
        key: &str,
        who: &str,
        what: &str,
    ) -> Option<&'n Node<'t>> {
        let node = given(owner, key);
        if node.is_none() {
            let found = self.findings.missing(rules::ACTION_INCOMPLETE, owner);
            keyed(found, self.place)
                .say("where", who)
                .say("name", key)
                .say("remedy", what);
        }
        node
    }

    /// A text that must be there and say something.
    pub fn text<'n, 't>(
        &mut self,
        owner: &'n Node<'t>,
        key: &str,
        who: &str,
        what: &str,
    ) -> Option<&'n Node<'t>> {
        self.need(owner, key, who, what)?;
        self.may_text(owner, key, who)
    }

    /// A text that says something, if it is there.
    pub fn may_text<'n, 't>(
        &mut self,
        owner: &'n Node<'t>,
        key: &str,
        who: &str,
    ) -> Option<&'n Node<'t>> {
        let node = given(owner, key)?;
        match node.as_str() {
            None => self.wrong_type(node, key, "a text"),
            Some(text) if is_blank(text) => {
                let label = ["the `", key, "` of ", who].concat();
                self.flag(rules::VALUE_BLANK, node).say("label", &label);
            }
            Some(_) => return Some(node),
        }
        None
    }

    /// A list that must be there and have something in it.
    pub fn list<'n, 't>(
        &mut self,
        owner: &'n Node<'t>,
        key: &str,
        who: &str,
        what: &str,
    ) -> Option<&'n Node<'t>> {
        let node = self.need(owner, key, who, what)?;
        match node.as_array() {
            None => self.wrong_type(node, key, "an array"),
            Some([]) => {
                let found = self.findings.missing(rules::ACTION_INCOMPLETE, node);
                keyed(found, self.place)
                    .say("where", who)
                    .say("name", key)
                    .say("remedy", what);
            }
            Some(_) => return Some(node),
        }
        None
    }

    /// A whole number.
    pub fn whole(&mut self, node: &Node<'_>, name: &str) -> Option<i64> {
        let number = node.as_i64();
        if number.is_none() {
            self.wrong_type(node, name, "a whole number");
        }
        number
    }

    /// Shows a counter, and flags the rule beyond it.
    pub fn limit(
        &mut self,
        rule: &'static Rule,
        limit: Limit,
        used: usize,
        node: &Node<'_>,
    ) -> bool {
        let over = self.findings.counter_of(limit, used, node, self.place.key);
        if over {
            let max = self.findings.max(limit);
            self.flag(rule, node)
                .num("used", used)
                .num("max", max)
                .num("over", used - max);
        }
        over
    }

    pub fn length(&mut self, node: &Node<'_>, name: &str, who: &str, limit: Limit) {
        let used = count_chars(node.as_str().unwrap_or_default());
        let max = self.findings.max(limit);
        if used > max {
            self.flag(rules::ACTION_TEXT_LONG, node)
                .say("name", name)
                .say("where", who)
                .num("used", used)
                .num("max", max)
                .num("over", used - max);
        }
    }

    /// A word that is one of a few.
    pub fn word(&mut self, node: &Node<'_>, name: &str, known: &[&str]) {
        let word = node.as_str().unwrap_or_default();
        if known.contains(&word) {
            return;
        }
        let expected = match closest(word, known) {
            Some(near) => near.to_owned(),
            None => crate::text::one_of(known),
        };
        self.flag(rules::ORDER_WORD, node)
            .say("found", &clip(word))
            .say("name", name)
            .say("expected", &expected);
    }
}

fn keyed<'f>(found: &'f mut Found, place: &Place<'_>) -> &'f mut Found {
    if !place.key.is_empty() {
        found.key(place.key);
    }
    found
}
