//! The catalogue: every rule once, with its wording, its reason, its samples and its source.
//!
//! A check names a row (`rules::BODY_MAX`), so a rule that is not in the catalogue does not compile.
//! Of a row only [`Rule`] goes into the wasm; [`RuleDoc`] feeds docs/rules.md, rules.json and the
//! tests, which run every sample. A code is never given to another rule.

mod actions;
mod authentication;
mod batch;
mod buttons;
mod carousel;
mod document;
mod edit;
mod envelope;
mod import;
mod kinds;
mod library;
mod message;
mod parts;
mod payload;
pub mod phrases;
mod placeholders;
mod review;
mod source;

pub use actions::*;
pub use authentication::*;
pub use batch::*;
pub use buttons::*;
pub use carousel::*;
pub use document::*;
pub use edit::*;
pub use envelope::*;
pub use import::*;
pub use kinds::*;
pub use library::*;
pub use message::*;
pub use parts::*;
pub use payload::*;
pub use placeholders::*;
pub use review::*;

#[cfg(feature = "texts")]
use crate::report::Evidence;
use crate::report::Severity;

/// What a check needs of a rule.
#[derive(Debug, PartialEq)]
pub struct Rule {
    #[cfg(feature = "texts")]
    index: u16,
    /// The stable name, in kebab case. core.wasm has none: JavaScript knows them by their places.
    #[cfg(feature = "texts")]
    pub code: &'static str,
    /// How much a finding matters.
    pub severity: Severity,
    /// The finding's message; `{name}` stands for a parameter.
    #[cfg(feature = "texts")]
    pub message: &'static str,
    /// What to do; empty when the message says it all.
    #[cfg(feature = "texts")]
    pub help: &'static str,
    /// How it is known.
    #[cfg(feature = "texts")]
    pub evidence: Evidence,
    /// Meta's error code and subcode; 0 where none is known.
    #[cfg(feature = "texts")]
    pub meta: (u32, u32),
}

/// What people read of a rule.
#[derive(Debug)]
pub struct RuleDoc {
    /// The rule.
    pub rule: &'static Rule,
    /// The part of a definition or message that it judges.
    pub part: &'static str,
    /// What is wrong, in a few words.
    pub what: &'static str,
    /// Why it matters: what Meta does.
    pub why: &'static str,
    /// A sample that breaks it. A definition's top-level members, laid over a plain valid one; or
    /// `{"template": …, "message": …}`, `{"template": …, "payload": …}`; or a text that is not JSON.
    /// `limits` beside them overrides limits, so that a sample of a long text can be short; `options`
    /// says `readback`, `now`, and `edit` (whose `previous` is laid over the plain one, too).
    pub bad: &'static str,
    /// A sample that is the same but right.
    pub good: &'static str,
    /// Where the rule comes from.
    pub source: &'static str,
    /// When the source was last read.
    pub checked: &'static str,
}

/// The codes and severities of every rule, by chapter (a file of rows each). Codes instead of rules, so that a wasm carries
/// the wording of no rule that it does not report.
const CHAPTERS: &[&[(&str, Severity)]] = &[
    document::ROWS,
    envelope::ROWS,
    placeholders::ROWS,
    parts::ROWS,
    buttons::ROWS,
    kinds::ROWS,
    carousel::ROWS,
    authentication::ROWS,
    library::ROWS,
    edit::ROWS,
    review::ROWS,
    import::ROWS,
    message::ROWS,
    actions::ROWS,
    payload::ROWS,
    batch::ROWS,
];

/// How many codes stand before this one in their alphabet.
const fn place(code: &str) -> u16 {
    let mut before = 0;
    let mut chapters = CHAPTERS;
    while let [rows, others @ ..] = chapters {
        let mut rows = *rows;
        while let [(other, _), behind @ ..] = rows {
            before += precedes(other.as_bytes(), code.as_bytes()) as u16;
            rows = behind;
        }
        chapters = others;
    }
    before
}

/// How many rules there are.
#[cfg(not(feature = "texts"))]
const COUNT: usize = {
    let (mut count, mut chapters) = (0, CHAPTERS);
    while let [rows, others @ ..] = chapters {
        count += rows.len();
        chapters = others;
    }
    count
};

/// All rules by the places of their codes: without texts a rule is where it stands, and needs no number.
#[cfg(not(feature = "texts"))]
static TABLE: [Rule; COUNT] = table();

#[cfg(not(feature = "texts"))]
#[allow(clippy::indexing_slicing, reason = "evaluated when it is compiled")]
const fn table() -> [Rule; COUNT] {
    let mut table = [const {
        Rule {
            severity: Severity::Error,
        }
    }; COUNT];
    let mut chapters = CHAPTERS;
    while let [rows, others @ ..] = chapters {
        let mut rows = *rows;
        while let [(code, severity), behind @ ..] = rows {
            table[place(code) as usize] = Rule {
                severity: *severity,
            };
            rows = behind;
        }
        chapters = others;
    }
    table
}

#[cfg(not(feature = "texts"))]
#[allow(clippy::indexing_slicing, reason = "evaluated when it is compiled")]
const fn at(place: u16) -> &'static Rule {
    &TABLE[place as usize]
}

impl Rule {
    /// Its place among all rules by their codes: what reports in wire format name it by, and what findings at one place
    /// are sorted by.
    pub fn index(&self) -> u16 {
        #[cfg(feature = "texts")]
        return self.index;
        #[cfg(not(feature = "texts"))]
        {
            const EACH: usize = size_of::<Rule>();
            let (first, this) = (TABLE.as_ptr().addr(), std::ptr::from_ref(self).addr());
            (this.wrapping_sub(first) / EACH) as u16
        }
    }
}

const fn precedes(mut one: &[u8], mut other: &[u8]) -> bool {
    while let ([a, one_behind @ ..], [b, other_behind @ ..]) = (one, other) {
        if *a != *b {
            return *a < *b;
        }
        (one, other) = (one_behind, other_behind);
    }
    one.is_empty() && !other.is_empty()
}

/// Every rule with its documentation, in reading order. The wasm never calls this, so it does not
/// carry the texts.
pub fn docs() -> Vec<RuleDoc> {
    let mut docs = definition_docs();
    let others = [
        message::docs(),
        actions::docs(),
        payload::docs(),
        batch::docs(),
    ];
    docs.extend(others.into_iter().flatten());
    docs
}

/// The rules that a definition can break, the first of [`docs`].
pub fn definition_docs() -> Vec<RuleDoc> {
    [
        document::docs(),
        envelope::docs(),
        placeholders::docs(),
        parts::docs(),
        buttons::docs(),
        kinds::docs(),
        carousel::docs(),
        authentication::docs(),
        library::docs(),
        edit::docs(),
        review::docs(),
        import::docs(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every rule; like [`docs`], not for the wasm.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    docs().into_iter().map(|doc| doc.rule)
}

/// The place ([`Rule::index`]) of the rule with this code.
#[cfg(feature = "texts")]
pub fn find(code: &str) -> Option<u16> {
    let mut rows = CHAPTERS.iter().flat_map(|rows| rows.iter());
    rows.any(|(known, _)| *known == code).then(|| place(code))
}

/// The same where JavaScript has found it: what was its code is its place.
#[cfg(not(feature = "texts"))]
pub fn find(place: &str) -> Option<u16> {
    crate::json::count(place).and_then(|place| place.try_into().ok())
}

/// Where a rule is explained: its anchor in the page that the package and the repository carry.
pub fn url(code: &str) -> String {
    ["docs/rules.md#", code].concat()
}

#[cfg(feature = "texts")]
impl Rule {
    /// What Meta would answer.
    pub fn meta_error(&self) -> Option<crate::report::MetaError> {
        let (code, subcode) = self.meta;
        (code != 0).then_some(crate::report::MetaError {
            code,
            subcode: (subcode != 0).then_some(subcode),
            details: None,
        })
    }
}

/// Declares a chapter: `NAME "code" severity part evidence (code, subcode)` and the texts.
macro_rules! rules {
    ($($name:ident $code:literal $severity:ident $part:literal $evidence:ident ($meta:literal, $sub:literal)
        what $what:literal
        message $message:literal
        help $help:literal
        why $why:literal
        bad $bad:literal
        good $good:literal
        source $source:ident $checked:literal;
    )*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $what)]
            #[cfg(feature = "texts")]
            pub const $name: &$crate::rules::Rule = &$crate::rules::Rule {
                index: $crate::rules::place($code),
                code: $code,
                severity: $crate::report::Severity::$severity,
                message: $message,
                help: $help,
                evidence: $crate::report::Evidence::$evidence,
                meta: ($meta, $sub),
            };
            #[doc = concat!("`", $code, "`: ", $what)]
            #[cfg(not(feature = "texts"))]
            pub const $name: &$crate::rules::Rule = $crate::rules::at($crate::rules::place($code));
        )*

        pub(super) const ROWS: &[(&str, $crate::report::Severity)] =
            &[$(($code, $crate::report::Severity::$severity)),*];

        pub(super) fn docs() -> Vec<$crate::rules::RuleDoc> {
            vec![$($crate::rules::RuleDoc {
                rule: $name, part: $part, what: $what, why: $why, bad: $bad, good: $good, source: $crate::rules::source::$source, checked: $checked,
            }),*]
        }
    };
}
use rules;
