//! One message by the quick way of batches: what is plain costs a scan of its text, and everything
//! else goes the whole way as before.

use super::lines::Lines;
use super::quick::{Quick, Verdict};
use crate::findings::{Findings, Options};
use crate::json::Node;
use crate::payload::check::judge;
use crate::template::Template;

/// Builds the plain messages of one template.
#[derive(Debug)]
pub struct QuickBuild {
    quick: Option<Quick>,
}

impl QuickBuild {
    /// Prepares for a template.
    pub fn new(template: &Template) -> Self {
        let quick = Quick::new(template, &Options::default());
        QuickBuild {
            quick: quick.map(Quick::for_messages),
        }
    }

    /// Puts the payload of a message in place of what is in `out`: the same bytes as [`Template::build`]
    /// without options writes, and a line break. The message is JSON text with a line break behind it, of
    /// `length` bytes together; what else is in `desk` does not matter (a reader in words is quicker where
    /// something stands behind them). False when the whole way has to decide.
    pub fn build(
        &mut self,
        template: &Template,
        desk: &[u8],
        length: usize,
        out: &mut Lines,
    ) -> bool {
        out.clear();
        let Some(quick) = self.quick.as_mut() else {
            return false;
        };
        let mut verdict = quick.known(desk, out);
        if verdict.is_none() {
            let nothing = Node::object(Vec::new());
            let options = Options {
                recipient_optional: true,
                ..Options::default()
            };
            let defaults = judge(template, &nothing, &mut Findings::new("", &options));
            verdict = Some(quick.row(desk, 0, template, &defaults, out));
        }
        // Nothing may follow its line break.
        matches!(verdict, Some(Verdict::Written(_, next)) if next == length)
    }
}
