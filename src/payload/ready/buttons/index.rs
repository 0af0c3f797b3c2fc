//! Which button of the template a component is for.

use super::Buttons;
use crate::definition::ButtonKind;
use crate::findings::Findings;
use crate::json::{Node, Value};
use crate::limits::Limit;
use crate::payload::ready::{View, down, given};
use crate::report::Step;
use crate::rules;
use crate::template::Button;
use crate::text::clip;

impl Buttons {
    /// Reads the index, which counts all buttons of the template from 0.
    pub(super) fn index(
        &mut self,
        node: &Node<'_>,
        at: &[Step],
        kind: Option<&str>,
        view: Option<View<'_>>,
        findings: &mut Findings<'_>,
    ) -> Option<usize> {
        let most = findings.max(match self.around.card {
            true => Limit::CardButtons,
            false => Limit::Buttons,
        });
        let mut wrong = |node: &Node<'_>, path: Vec<Step>, problem: String, remedy: &str| {
            findings
                .find(rules::PAYLOAD_BUTTON_INDEX, node, path)
                .param("problem", problem)
                .param("remedy", remedy);
        };
        let found = given(node, "index");
        let number = match found.map(|found| &found.value) {
            // Meta's own sample of call buttons has none.
            None if kind == Some("voice_call") => {
                let buttons = view.map_or(&[][..], View::buttons);
                let call = |button: &&Button| button.kind == ButtonKind::VoiceCall;
                Some(buttons.iter().find(call)?.index)
            }
            Some(Value::String(text)) if text.len() == 1 => text.parse().ok(),
            Some(Value::Number(_)) => found
                .and_then(Node::as_i64)
                .and_then(|n| usize::try_from(n).ok()),
            _ => None,
        };
        let Some(number) = number else {
            self.unclear = true;
            let (problem, remedy) = match found {
                None => (
                    "this button has no `index`".to_owned(),
                    "add `index`, the button's place among all buttons, counted from 0",
                ),
                Some(found) => {
                    let shown = found
                        .as_str()
                        .map_or(found.noun().to_owned(), |t| format!("`{}`", clip(t)));
                    (
                        format!("the index is {shown}, and must be a number from 0"),
                        "write \"0\" for the first button",
                    )
                }
            };
            match found {
                None => wrong(node, at.to_vec(), problem, remedy),
                Some(found) => wrong(found, down(at, "index"), problem, remedy),
            }
            return None;
        };
        let (found, path) = match found {
            Some(found) => (found, down(at, "index")),
            None => (node, at.to_vec()),
        };
        if number >= most {
            let who = if self.around.card { "card" } else { "template" };
            let problem = format!("the index is {number}, and a {who} has {most} buttons at most");
            wrong(found, path, problem, "write \"0\" for the first button");
            return None;
        }
        // An offer has its code first, and its address behind it.
        let misplaced = match kind {
            Some("copy_code") => number > 0,
            Some("url") => number > 1,
            _ => false,
        };
        if self.around.offer && view.is_none() && misplaced {
            let problem = format!(
                "the index is {number}, and an offer has its code first and its URL button second"
            );
            wrong(
                found,
                path,
                problem,
                "write \"0\" for the code, \"1\" for the URL button behind it",
            );
            return None;
        }
        if self.seen.contains(&number) {
            wrong(
                found,
                path,
                format!("two components are for button {number}"),
                "keep one of them, or correct its index",
            );
            return None;
        }
        self.seen.push(number);
        if let Some(view) = view
            && number >= view.buttons().len()
            && view.template.gaps.is_empty()
        {
            let who = view.noun();
            let problem = match view.buttons().len() {
                0 => format!("{who} has no buttons"),
                1 => format!("there is no button {number}: {who} has one button, with index 0"),
                count => format!(
                    "there is no button {number}: {who} has {count} buttons, with the indices 0 to {}",
                    count - 1
                ),
            };
            wrong(
                found,
                path,
                problem,
                "count all buttons of the template from 0",
            );
            return None;
        }
        Some(number)
    }
}
