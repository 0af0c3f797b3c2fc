//! The catalogue: every rule once, with its wording, its reason, its samples and its source.
//!
//! A check names a row (`&rules::BODY_MAX`), so a rule that is not in the catalogue does not compile.
//! Of a row only [`Rule`] goes into the wasm; [`RuleDoc`] feeds docs/rules.md, rules.json and the
//! tests, which run every sample. A code is never given to another rule.

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
mod placeholders;
mod review;
#[allow(dead_code, reason = "pages of chapters that are being written")]
mod source;

pub use authentication::*;
pub use batch::*;
pub use buttons::*;
pub use carousel::*;
pub use document::*;
pub use edit::*;
pub use envelope::*;
pub use kinds::*;
pub use library::*;
pub use message::*;
pub use parts::*;
pub use payload::*;
pub use placeholders::*;

use crate::report::{Evidence, Severity};

/// What a check needs of a rule.
#[derive(Debug, PartialEq)]
pub struct Rule {
    /// The stable name, in kebab case.
    pub code: &'static str,
    /// How much a finding matters.
    pub severity: Severity,
    /// The part of a definition or message that it judges.
    pub part: &'static str,
    /// What is wrong, in a few words.
    pub what: &'static str,
    /// The finding's message; `{name}` stands for a parameter.
    pub message: &'static str,
    /// What to do; empty when the message says it all.
    pub help: &'static str,
    /// How it is known.
    pub evidence: Evidence,
    /// Meta's error code and subcode; 0 where none is known.
    pub meta: (u32, u32),
}

/// What people read of a rule.
#[derive(Debug)]
pub struct RuleDoc {
    /// The rule.
    pub rule: &'static Rule,
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

/// Every rule, by chapter (a file of rows each), in reading order.
pub static CHAPTERS: &[&[&Rule]] = &[
    document::RULES,
    envelope::RULES,
    placeholders::RULES,
    parts::RULES,
    buttons::RULES,
    kinds::RULES,
    carousel::RULES,
    authentication::RULES,
    library::RULES,
    edit::RULES,
    review::RULES,
    import::RULES,
    message::RULES,
    payload::RULES,
    batch::RULES,
];

/// The documentation of every rule, in the same order. Apart from [`CHAPTERS`], so that the wasm,
/// which never calls this, does not carry the texts.
pub fn docs() -> Vec<RuleDoc> {
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
        message::docs(),
        payload::docs(),
        batch::docs(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    CHAPTERS.iter().flat_map(|chapter| chapter.iter().copied())
}

/// Where a rule is explained: its anchor in the page that the package and the repository carry.
pub fn url(code: &str) -> String {
    format!("docs/rules.md#{code}")
}

/// A rule as `rules()` lists it.
#[derive(Debug, serde::Serialize)]
pub struct Listed {
    /// See [`Rule`].
    pub code: &'static str,
    /// See [`Rule`].
    pub severity: Severity,
    /// See [`Rule`].
    pub part: &'static str,
    /// See [`Rule`].
    pub what: &'static str,
    /// See [`Rule`].
    pub help: &'static str,
    /// See [`Rule`].
    pub evidence: Evidence,
    /// Meta's error, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<crate::report::MetaError>,
    /// The rule's page.
    pub url: String,
}

/// The catalogue as `rules()` lists it.
pub fn list() -> Vec<Listed> {
    all()
        .map(|rule| Listed {
            code: rule.code,
            severity: rule.severity,
            part: rule.part,
            what: rule.what,
            help: rule.help,
            evidence: rule.evidence,
            meta: rule.meta_error(),
            url: url(rule.code),
        })
        .collect()
}

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
            pub static $name: $crate::rules::Rule = $crate::rules::Rule {
                code: $code,
                severity: $crate::report::Severity::$severity,
                part: $part,
                what: $what,
                message: $message,
                help: $help,
                evidence: $crate::report::Evidence::$evidence,
                meta: ($meta, $sub),
            };
        )*

        pub(super) static RULES: &[&$crate::rules::Rule] = &[$(&$name),*];

        pub(super) fn docs() -> Vec<$crate::rules::RuleDoc> {
            vec![$($crate::rules::RuleDoc {
                rule: &$name, why: $why, bad: $bad, good: $good, source: $crate::rules::source::$source, checked: $checked,
            }),*]
        }
    };
}
use rules;
