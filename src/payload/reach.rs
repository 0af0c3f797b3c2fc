//! Where Meta delivers nothing, whatever the message says: countries, kinds of templates in them, templates of
//! its own. Told, not refused: Meta is the one who refuses, and changes such lists without a version.

use crate::findings::Findings;
use crate::json::Node;
use crate::path;
use crate::phone;
use crate::report::Step;
use crate::rules;
use crate::template::Template;
use crate::text::clip;

/// Countries whose users get no messages, by calling code (get-started and per-user-limits pages, 2025-12). Crimea,
/// Donetsk and Luhansk have no codes of their own.
const CLOSED: &[(u64, &str)] = &[
    (53, "Cuba"),
    (98, "Iran"),
    (850, "North Korea"),
    (963, "Syria"),
];

/// Area codes of +1 that are not the United States': of Canada, of islands with numbering of their own, and those
/// that are no place (toll-free and the like).
const NOT_US: &[u64] = &[
    // Canada
    204, 226, 236, 249, 250, 257, 263, 289, 306, 343, 354, 365, 367, 368, 382, 403, 416, 418, 428,
    431, 437, 438, 450, 460, 468, 474, 506, 514, 519, 537, 548, 568, 579, 581, 584, 587, 600, 604,
    613, 622, 639, 647, 672, 683, 705, 709, 742, 753, 778, 780, 782, 807, 819, 825, 867, 873, 879,
    902, 905, 942, // The Caribbean and the Atlantic
    242, 246, 264, 268, 284, 345, 441, 473, 649, 658, 664, 721, 758, 767, 784, 809, 829, 849, 868,
    869, 876, // Territories of the United States: whether they count is not published
    340, 670, 671, 684, 787, 939, // No place
    500, 521, 522, 533, 544, 555, 566, 577, 588, 700, 710, 800, 822, 833, 844, 855, 866, 877, 888,
    900,
];

/// The country of a number that gets no messages.
fn closed(digits: u64, count: usize) -> Option<&'static str> {
    let front = |length: usize| {
        let behind = u32::try_from(count.checked_sub(length)?).ok()?;
        10u64.checked_pow(behind).map(|power| digits / power)
    };
    let is = |code: &u64| front(code.ilog10() as usize + 1) == Some(*code);
    CLOSED
        .iter()
        .find(|(code, _)| is(code))
        .map(|(_, country)| *country)
}

/// Whether a number has an area code of the United States.
fn is_american(digits: u64, count: usize) -> bool {
    let area = digits / 10_000_000;
    count == 11 && (1_200..2_000).contains(&area) && !NOT_US.contains(&(area - 1_000))
}

/// Whether there is something to tell of a number, for readers of many.
#[inline]
pub(super) fn is_told(digits: u64, count: usize, marketing: bool) -> bool {
    closed(digits, count).is_some() || (marketing && is_american(digits, count))
}

/// Judges whether a number, as it is sent, can be reached.
pub(super) fn number(
    template: Option<&Template>,
    number: &str,
    node: &Node<'_>,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) {
    let Some((digits, count)) = phone::digits(number) else {
        return;
    };
    if let Some(country) = closed(digits, count) {
        findings
            .find(rules::RECIPIENT_COUNTRY, node, path)
            .param("to", clip(number))
            .param("country", country);
    } else if template.is_some_and(Template::is_marketing) && is_american(digits, count) {
        findings
            .find(rules::RECIPIENT_NO_MARKETING, node, path)
            .param("to", clip(number));
    }
}

/// Whether a template is one of Meta's, for its public test numbers alone.
pub(super) fn is_test_only(name: &str) -> bool {
    name == "hello_world"
}

/// Judges whether a template can be sent from a number of one's own.
pub(super) fn template(name: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    if is_test_only(name) {
        findings
            .find(rules::TEMPLATE_TEST_ONLY, node, path![])
            .param("name", name);
    }
}

#[cfg(test)]
mod tests {
    use super::is_told;

    #[test]
    fn countries_are_told_by_their_codes() {
        for (digits, marketing, told) in [
            (5_355_551_234, false, true),
            (989_121_234_567, false, true),
            (8_501_921_234_567, false, true),
            (963_933_123_456, false, true),
            // Armenia's +374, Portugal's +351, Malaysia's +60, +96 being nobody's alone.
            (37_477_123_456, true, false),
            (351_912_345_678, true, false),
            (60_123_456_789, true, false),
            (966_501_234_567, true, false),
            (85_291_234_567, true, false),
            (33_612_345_678, true, false),
            (14_155_550_123, true, true),
            (14_155_550_123, false, false),
            // Toronto, San Juan, Kingston, toll-free; ten digits are Russia's or nobody's.
            (14_165_550_123, true, false),
            (17_875_550_123, true, false),
            (18_765_550_123, true, false),
            (18_005_550_123, true, false),
            (1_415_555_012, true, false),
        ] {
            let count = u64::to_string(&digits).len();
            assert_eq!(is_told(digits, count, marketing), told, "{digits}");
        }
    }
}
