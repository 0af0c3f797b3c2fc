//! What can happen to a delivery, and what its ledger is told to do.

use super::reason::Reason;
use super::row::{Category, State};
use crate::delivery::outcome::Outcome;
use serde::{Deserialize, Serialize};

/// Something that happened. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Event {
    /// A caller handed in a message that preflight let pass.
    Submitted {
        /// The new row's id.
        id: String,
        /// What comes back in its statuses.
        callback_id: String,
        /// The caller's idempotency key.
        key: String,
        /// The template's category.
        category: Category,
        /// The template epoch that it was judged with.
        epoch: Option<i64>,
        /// Not to be started earlier.
        send_at: Option<i64>,
        /// The deadline.
        expires_at: Option<i64>,
        /// The caller's own tag.
        reference: Option<String>,
        /// Whether one more attempt may follow when Meta could not fetch the header's media because the
        /// server that has it failed.
        retry_media: Option<bool>,
    },
    /// A consumer wants to hold the row for a while.
    Leased {
        /// Until when.
        until: i64,
    },
    /// A consumer wants to POST it.
    Start {
        /// The consumer's name for this attempt.
        nonce: String,
        /// How long the POST may take.
        timeout_ms: i64,
        /// How much later the attempt is given up; 30 s when absent.
        grace_ms: Option<i64>,
        /// The template's current epoch.
        epoch: Option<i64>,
        /// The name of a control that forbids it now.
        hold: Option<String>,
    },
    /// It may not be started before a time, for the sake of its recipient.
    Deferred {
        /// That time.
        until: i64,
        /// The gate's word for it.
        #[serde(default)]
        why: Option<String>,
    },
    /// Its recipient wants no marketing.
    Suppressed {
        /// Meta's code behind it.
        code: Option<i64>,
    },
    /// The attempt was given back before any fetch.
    Abandoned {
        /// Which attempt.
        n: u32,
        /// Whose.
        nonce: String,
    },
    /// The attempt came back.
    Finished {
        /// Which attempt.
        n: u32,
        /// What its answer means.
        outcome: Outcome,
        /// A random number in [0, 1), for the jitter.
        random: f64,
    },
    /// A webhook reported a status of this row's message.
    Status {
        /// Meta's id of the message.
        #[serde(default)]
        wamid: String,
        /// Meta's word.
        status: String,
        /// Meta's time of it.
        timestamp: Option<i64>,
        /// Meta's error code.
        code: Option<i64>,
        /// Meta's error title.
        title: Option<String>,
        /// Meta's words about the case.
        details: Option<String>,
    },
    /// Time has passed.
    Tick,
    /// The message was checked under the template's newer definition.
    Rejudged {
        /// The epoch of that definition.
        epoch: i64,
        /// Whether preflight let it pass.
        ok: bool,
        /// What preflight said.
        diagnostic: Option<String>,
        /// The template's category by that definition, when it is another one.
        category: Option<Category>,
    },
    /// A caller wants it not to be sent.
    Cancel {
        /// Who.
        by: Option<String>,
    },
    /// The account works again.
    Released {
        /// Who says so.
        by: Option<String>,
    },
    /// A person wants one more attempt, whatever the risk.
    Resend {
        /// Who.
        by: String,
        /// The new deadline.
        expires_at: Option<i64>,
    },
    /// A person has dealt with it.
    Close {
        /// Who.
        by: String,
        /// What they found.
        note: Option<String>,
    },
}

impl Event {
    /// The event's word, as in its `type`.
    pub fn word(&self) -> &'static str {
        match self {
            Event::Submitted { .. } => "submitted",
            Event::Leased { .. } => "leased",
            Event::Start { .. } => "start",
            Event::Deferred { .. } => "deferred",
            Event::Suppressed { .. } => "suppressed",
            Event::Abandoned { .. } => "abandoned",
            Event::Finished { .. } => "finished",
            Event::Status { .. } => "status",
            Event::Tick => "tick",
            Event::Rejudged { .. } => "rejudged",
            Event::Cancel { .. } => "cancel",
            Event::Released { .. } => "released",
            Event::Resend { .. } => "resend",
            Event::Close { .. } => "close",
        }
    }
}

/// Something for the ledger to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "do", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Command {
    /// Hand the payload to the consumer, which may POST it once.
    Post {
        /// The delivery.
        id: String,
        /// The attempt.
        n: u32,
        /// What goes into `biz_opaque_callback_data`.
        callback_id: String,
    },
    /// The lease is granted.
    Leased {
        /// The delivery.
        id: String,
        /// Until when.
        until: i64,
    },
    /// No.
    Refuse {
        /// Why, in one word.
        reason: Refusal,
        /// Why, for a person.
        message: String,
    },
    /// Wake the queue.
    Nudge {
        /// When.
        at: i64,
    },
    /// Check the message under the current definition.
    Rejudge {
        /// The epoch of that definition.
        epoch: i64,
    },
    /// The template cannot be sent now: its other deliveries will meet the same.
    HoldTemplate {
        /// Meta's code.
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<i64>,
        /// Until when, when that is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<i64>,
    },
    /// The account is refused: every POST of this sender will be.
    StopSender {
        /// Meta's code.
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<i64>,
        /// What to do.
        action: String,
    },
    /// Append to the timeline.
    Record {
        /// The entry.
        entry: Entry,
    },
}

/// Why an event was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The row is there already.
    Exists,
    /// It is not waiting to be sent.
    NotQueued,
    /// Its time has not come.
    TooEarly,
    /// Another consumer holds it.
    Leased,
    /// Its deadline has passed.
    Expired,
    /// A control forbids it now.
    Hold,
    /// It was judged under an older definition.
    StaleTemplate,
    /// Meta has it, or may have it.
    AlreadySent,
    /// It is about an attempt that is over.
    StaleAttempt,
    /// It has been started.
    TooLate,
    /// It is not blocked.
    NotBlocked,
    /// Its state does not allow it.
    NotAllowed,
}

/// One line of a delivery's timeline. It carries no recipient and no value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// When.
    pub at: i64,
    /// What happened.
    pub event: String,
    /// The state before, unless the row is new.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<State>,
    /// The state after.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// The attempt concerned.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n: Option<u32>,
    /// Meta's code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<i64>,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
    /// Who did it, when a person did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<String>,
}
