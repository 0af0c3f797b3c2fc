//! How long a text may be once its values are in.

use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::report::Step;
use crate::rules::{self, Rule};
use crate::template::Template;

/// A text with its values in, counted in both units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Length<'p> {
    /// `header`, `body`, or the body of a card.
    pub part: &'p str,
    /// The limit of that part.
    pub limit: Limit,
    /// Code points, which the limit counts.
    pub used: usize,
    /// UTF-16 units, which Meta may count.
    pub units: usize,
}

impl Length<'_> {
    /// Tells of a text that is too long, at the longest of its values.
    pub fn judge(
        &self,
        template: &Template,
        node: &Node<'_>,
        path: Vec<Step>,
        key: &str,
        findings: &mut Findings<'_>,
    ) {
        let Some((rule, over)) = self.breaks(template, findings) else {
            return;
        };
        let (max, most) = (findings.max(self.limit), findings.max(Limit::BodyOnlyChars));
        findings
            .find(rule, node, path)
            .key(key)
            .param("part", self.part)
            .param("used", self.used)
            .param("units", self.units)
            .param("max", max)
            .param("most", most)
            .param("over", over);
    }

    /// The rule that this length breaks, and by how many characters.
    fn breaks(
        &self,
        template: &Template,
        findings: &Findings<'_>,
    ) -> Option<(&'static Rule, usize)> {
        let max = findings.max(self.limit);
        let most = findings.max(Limit::BodyOnlyChars);
        let alone = self.part == "body"
            && self.limit == Limit::BodyChars
            && template.header.is_none()
            && template.footer.is_none()
            && template.buttons.is_empty()
            && template.offer.is_none()
            && template.carousel.is_none()
            && template.gaps.is_empty();
        if self.used > max {
            let lenient = alone && self.used <= most;
            let rule = if lenient {
                rules::HYDRATED_BODY_ONLY
            } else {
                rules::HYDRATED_TOO_LONG
            };
            return Some((rule, self.used - max));
        }
        (self.units > max).then(|| (rules::HYDRATED_UNCERTAIN, self.units - max))
    }
}
