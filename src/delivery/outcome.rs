//! What the answer to one POST means.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Who or what an answer is about, and so what has to change before another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Meta took the message. Nothing is said about its delivery.
    Accepted,
    /// Proven: the request never reached Meta.
    NotSent,
    /// Too fast, for the number, the pair, the account or the app. Not processed.
    Throttled,
    /// A passing trouble of which Meta says that nothing was processed.
    Transient,
    /// The request itself is wrong.
    Invalid,
    /// The template is missing, paused, disabled or not ready.
    Template,
    /// This recipient cannot be reached by this sender.
    Recipient,
    /// This recipient cannot be reached now; a later campaign may.
    RecipientWait,
    /// The token, number or account is refused: every message of this sender would be.
    Account,
    /// Nobody can say whether Meta took the message.
    Unknown,
}

impl Class {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Class::Accepted => "accepted",
            Class::NotSent => "not_sent",
            Class::Throttled => "throttled",
            Class::Transient => "transient",
            Class::Invalid => "invalid",
            Class::Template => "template",
            Class::Recipient => "recipient",
            Class::RecipientWait => "recipient_wait",
            Class::Account => "account",
            Class::Unknown => "unknown",
        }
    }
}

/// Whether the same message may be posted again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resend {
    /// At once: nothing was sent.
    Safe,
    /// After a wait: nothing was processed.
    After,
    /// Not by itself: it was taken, or would be refused again.
    Never,
    /// Only once it is certain that no status for it ever comes.
    OnlyIfUnconfirmed,
}

/// What the answer to one POST means, as JavaScript sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Who or what the answer is about.
    pub class: Class,
    /// Whether to post again.
    pub resend: Resend,
    /// Wait at least this many milliseconds before another attempt.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub after_ms: Option<u64>,
    /// Meta's error code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<i64>,
    /// Meta's error subcode.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subcode: Option<i64>,
    /// Meta's own words about this case.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub details: Option<String>,
    /// The id (wamid) that Meta gave the message.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message_id: Option<String>,
    /// Meta's word about an accepted message, such as `held_for_quality_assessment`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message_status: Option<String>,
    /// `true` when no row of the table names this answer.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unclassified: bool,
    /// What to do, as an imperative sentence.
    #[serde(default)]
    pub action: Cow<'static, str>,
}

impl Outcome {
    /// An outcome of which no more is known.
    pub fn new(class: Class, resend: Resend, action: &'static str) -> Self {
        Outcome {
            class,
            resend,
            after_ms: None,
            code: None,
            subcode: None,
            details: None,
            message_id: None,
            message_status: None,
            unclassified: false,
            action: Cow::Borrowed(action),
        }
    }
}
