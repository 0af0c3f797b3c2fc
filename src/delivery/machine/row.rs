//! One delivery as the ledger stores it.

use super::reason::Reason;
use crate::delivery::outcome::Outcome;
use serde::{Deserialize, Serialize};

/// The version of the row's shape.
pub const ROW_VERSION: u32 = 1;

/// Meta's category of the template; it sets the default deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// One-time codes: useless after ten minutes.
    Authentication,
    /// Orders, appointments and the like: a day.
    Utility,
    /// Everything else: three days.
    Marketing,
}

impl Category {
    /// How long a delivery may take when the caller names no deadline, in milliseconds.
    pub fn default_life_ms(self) -> i64 {
        const MINUTE: i64 = 60_000;
        match self {
            Category::Authentication => 10 * MINUTE,
            Category::Utility => 24 * 60 * MINUTE,
            Category::Marketing => 72 * 60 * MINUTE,
        }
    }
}

/// How far our own side got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Waits for a consumer or a time.
    Queued,
    /// An attempt was handed out.
    Sending,
    /// The account was refused.
    Blocked,
    /// Meta answered with an id.
    Accepted,
    /// Meta answered with an id and holds the message.
    Held,
    /// Nobody can say whether Meta took it.
    Unknown,
    /// Refused for good.
    Failed,
    /// The deadline passed before any start.
    Expired,
    /// Cancelled before any start.
    Cancelled,
    /// Refused by preflight after it was queued.
    Rejected,
    /// The deadline passed without proof.
    NeedsAttention,
    /// Closed by a person.
    Closed,
}

/// What is shown: the phase joined with the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for a consumer or a time.
    Queued,
    /// An attempt is under way.
    Sending,
    /// The account was refused.
    Blocked,
    /// Meta took it.
    Accepted,
    /// Meta took it and holds it.
    Held,
    /// A webhook said sent.
    Sent,
    /// A webhook said delivered.
    Delivered,
    /// A webhook said read.
    Read,
    /// Nobody can say whether Meta took it.
    Unknown,
    /// Refused, by the answer or by a webhook.
    Failed,
    /// Reported failed and delivered.
    Conflict,
    /// The deadline passed before any start.
    Expired,
    /// Cancelled before any start.
    Cancelled,
    /// Refused by preflight after it was queued.
    Rejected,
    /// The deadline passed without proof.
    NeedsAttention,
    /// Closed by a person.
    Closed,
}

impl State {
    /// Whether nothing more happens by itself, unless a webhook brings news.
    pub fn settled(self) -> bool {
        !matches!(
            self,
            State::Queued
                | State::Sending
                | State::Blocked
                | State::Accepted
                | State::Held
                | State::Sent
                | State::Unknown
        )
    }
}

/// Why the phase is what it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cause {
    /// The word.
    pub reason: Reason,
    /// Meta's code behind it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<i64>,
    /// What to do, when the code or the diagnostic says it better than the reason.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub action: Option<String>,
}

impl From<Reason> for Cause {
    fn from(reason: Reason) -> Self {
        Cause {
            reason,
            code: None,
            action: None,
        }
    }
}

/// The latest attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// Its number, from 1.
    pub n: u32,
    /// What the consumer called it: the same nonce asks for the same attempt.
    pub nonce: String,
    /// When it was handed out.
    pub started_at: i64,
    /// When it is given up as unknown.
    pub timeout_at: i64,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ended_at: Option<i64>,
    /// Whether a person asked for it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub forced: bool,
    /// What its answer means.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outcome: Option<Outcome>,
}

/// One status that a webhook reported. The order of the fields is the order of evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// Meta's time of it, in milliseconds; 0 when it named none.
    pub at: i64,
    /// Meta's id of the message.
    pub wamid: String,
    /// Meta's word: sent, delivered, read, failed, played, or one that is not known yet.
    pub status: String,
    /// Meta's error code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<i64>,
    /// Meta's error title.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Meta's words about the case.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub details: Option<String>,
}

impl Evidence {
    /// What makes two pieces of evidence the same one.
    pub(super) fn key(&self) -> (i64, &str, &str, Option<i64>) {
        (self.at, &self.wamid, &self.status, self.code)
    }
}

/// One delivery. `docs/delivery-contract.md` describes every field; times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// The version of this shape, [`ROW_VERSION`].
    pub v: u32,
    /// Its id.
    pub id: String,
    /// What comes back in its statuses.
    pub callback_id: String,
    /// The caller's idempotency key.
    pub key: String,
    /// The caller's own tag.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reference: Option<String>,
    /// The template's category.
    pub category: Category,
    /// What is shown. Derived.
    pub state: State,
    /// How far our side got.
    pub phase: Phase,
    /// Why the phase is what it is.
    pub cause: Cause,
    /// Why the state is what it is. Derived.
    pub reason: Reason,
    /// What a person should do. Derived.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub action: Option<String>,
    /// Meta's code behind the reason. Derived.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<i64>,
    /// Whether nothing more happens by itself. Derived.
    pub settled: bool,
    /// When it was submitted.
    pub created_at: i64,
    /// When it changed last.
    pub updated_at: i64,
    /// Its deadline.
    pub expires_at: i64,
    /// Not to be started earlier.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub not_before: Option<i64>,
    /// Handed to a consumer until then.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub leased_until: Option<i64>,
    /// When it may be leased; `None` unless it is queued. Derived.
    pub due_at: Option<i64>,
    /// When a tick has something to do. Derived.
    pub wake_at: Option<i64>,
    /// The template epoch that it was judged with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub epoch: Option<i64>,
    /// A person, or the campaign for its media, asked for one more attempt, which has not started yet.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub forced: bool,
    /// How often one more attempt was asked for.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub resends: u32,
    /// One more attempt may follow a failure to fetch the header's media.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub retry_media: bool,
    /// Attempts so far.
    pub n: u32,
    /// Refusals in a row that allow a retry.
    pub retries: u32,
    /// The latest attempt.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attempt: Option<Attempt>,
    /// Every message id seen for it.
    pub wamids: Vec<String>,
    /// The message ids known when a person forced a resend: only that they arrived still counts.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub superseded: Vec<String>,
    /// More message ids than attempts that anybody asked for. Derived.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub duplicate: bool,
    /// The set of statuses seen, sorted.
    pub evidence: Vec<Evidence>,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}
