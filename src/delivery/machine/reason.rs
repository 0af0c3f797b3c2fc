//! The dictionary of reasons: why a delivery is in its state, and what a person should do.

use crate::delivery::outcome::Class;
use serde::{Deserialize, Serialize};

/// Why a delivery is in its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Queued: it is new.
    Submitted,
    /// Queued: it is to be sent later.
    Scheduled,
    /// Queued: Meta said too fast. Failed: a webhook said so after the accept.
    Throttled,
    /// Queued: a passing trouble. Failed: a webhook said so after the accept.
    Transient,
    /// Queued: the request never reached Meta.
    NotSent,
    /// Queued: the template cannot be used yet.
    TemplateWait,
    /// Queued: the last message to its recipient was a moment ago, or Meta wants them left alone.
    Paced,
    /// Queued: an attempt was given back before it was posted.
    Abandoned,
    /// Queued: the account works again.
    Released,
    /// Queued: a person asked for one more attempt.
    Forced,
    /// Queued: Meta could not fetch the header's media, and the campaign asked for one more attempt.
    MediaAgain,
    /// Sending: an attempt is under way.
    InFlight,
    /// Blocked or failed: the account is refused.
    Account,
    /// Accepted by Meta.
    Accepted,
    /// Accepted, and held by Meta.
    HeldByMeta,
    /// A webhook said sent.
    Sent,
    /// A webhook said delivered.
    Delivered,
    /// A webhook said read.
    Read,
    /// Unknown: the attempt never came back.
    NoOutcome,
    /// Unknown: the answer leaves it open.
    AmbiguousAnswer,
    /// Failed: the request is wrong.
    Invalid,
    /// Failed: the template is missing or disabled.
    Template,
    /// Failed: this recipient cannot be reached.
    Recipient,
    /// Failed: this recipient cannot be reached now.
    RecipientWait,
    /// Failed: Meta says so, without a code that we know.
    FailedByMeta,
    /// Failed: as many attempts as are allowed were refused.
    AttemptsExhausted,
    /// Conflict: the same message is reported failed and delivered.
    FailedAndDelivered,
    /// Expired: the deadline passed before any start.
    DeadlineBeforeStart,
    /// Cancelled before any start.
    Cancelled,
    /// Rejected: preflight refused it under a newer template.
    RefusedByPreflight,
    /// Rejected: its recipient wants no marketing.
    Suppressed,
    /// Needs attention: it was unknown until its deadline.
    Unresolved,
    /// Needs attention: accepted, and no status by its deadline.
    Unconfirmed,
    /// Needs attention: still held at its deadline.
    StillHeld,
    /// Needs attention: sent, and not delivered by its deadline.
    Undelivered,
    /// Needs attention: the answer that proves it was not sent came too late.
    LateRefusal,
    /// Closed by a person.
    Closed,
}

impl Reason {
    /// Why a delivery failed, by the class of the answer or the code behind it.
    pub(super) fn of_failure(class: Class) -> Self {
        match class {
            Class::Invalid => Reason::Invalid,
            Class::Template => Reason::Template,
            Class::Recipient => Reason::Recipient,
            Class::RecipientWait => Reason::RecipientWait,
            Class::Account => Reason::Account,
            Class::Transient => Reason::Transient,
            Class::Throttled => Reason::Throttled,
            Class::Accepted | Class::NotSent | Class::Unknown => Reason::FailedByMeta,
        }
    }

    /// What to do about it; `None` where the ledger is at work and nobody has to do anything.
    pub fn action(self) -> Option<&'static str> {
        Some(match self {
            Reason::Submitted
            | Reason::Scheduled
            | Reason::Throttled
            | Reason::Transient
            | Reason::NotSent
            | Reason::TemplateWait
            | Reason::Paced
            | Reason::Abandoned
            | Reason::Released
            | Reason::Forced
            | Reason::MediaAgain
            | Reason::InFlight => return None,
            Reason::Accepted | Reason::Sent => {
                "wait for the status webhook: delivered is what a webhook says"
            }
            Reason::HeldByMeta => "wait: Meta holds it while it checks the template's quality",
            Reason::Delivered | Reason::Read => "nothing to do: a webhook confirmed it",
            Reason::Account => "settle the trouble with the account, then release or resend it",
            Reason::NoOutcome | Reason::AmbiguousAnswer => {
                "wait for a status: Meta may have taken it, so that a resend could send it twice"
            }
            Reason::Invalid => "correct the message: it would be refused again",
            Reason::Template => "look after the template, then send it under a new key",
            Reason::Recipient => "leave out this recipient",
            Reason::RecipientWait => "leave this recipient alone for now",
            Reason::FailedByMeta => "resend it when it still matters: Meta reports it as failed",
            Reason::AttemptsExhausted => {
                "look into the refusals of this sender, then resend it by hand"
            }
            Reason::FailedAndDelivered => {
                "do not resend: it reached the recipient at least once; look at both statuses"
            }
            Reason::DeadlineBeforeStart => {
                "submit it again with a later deadline if it still matters"
            }
            Reason::Cancelled => "nothing to do: it was never sent",
            Reason::RefusedByPreflight => {
                "correct the values for the template as it is now, then submit it under a new key"
            }
            Reason::Suppressed => {
                "leave this recipient out of marketing: they asked for none; take them off the list of \
                 suppressions only when they agree again"
            }
            Reason::Unresolved => {
                "decide: resend it if twice is better than never, else close it; no status ever came"
            }
            Reason::Unconfirmed => {
                "check the webhook subscription, then resend or close it: accepted, and no status came"
            }
            Reason::StillHeld => "look at the template's quality, then resend or close it",
            Reason::Undelivered => {
                "close it, or reach the recipient another way: sent, and never delivered in its time"
            }
            Reason::LateRefusal => {
                "resend it if it still matters: the answer proves that it was not sent, but came late"
            }
            Reason::Closed => "nothing to do: a person closed it",
        })
    }
}
