//! The words of delivery and what they mean: states, reasons, refusals, waits, events and commands.
//!
//! Every word that an API, a timeline or a webhook monitor shows is in here; `docs/delivery.md` and
//! `docs/delivery.json` are written from it. A variant without its meaning does not compile.

use super::gate::Why;
use super::machine::{Reason, Refusal, State};
use super::outcome::Class;

/// Rises when a word is added or changes its meaning. No word is ever used again for something else.
pub const DICTIONARY_VERSION: u32 = 1;

/// What happens to a delivery, as `step` is told: the word, its fields, what it does.
pub const STEP_EVENTS: &[(&str, &str, &str)] = &[
    (
        "submitted",
        "id, callbackId, key, category, epoch?, sendAt?, expiresAt?, reference?, retryMedia?",
        "makes the row. `expiresAt` is (`sendAt` or now) plus 10 minutes for authentication, 24 hours for utility, 72 hours for marketing, unless it is named. `retryMedia`: one more attempt after a 131053 whose details name a 5xx",
    ),
    (
        "leased",
        "until",
        "hands the row to a consumer until then. A lease is no lock: `start` checks again",
    ),
    (
        "start",
        "nonce, timeoutMs, graceMs?, epoch?, hold?",
        "checks state, evidence, deadline, time, `hold` (what the gate said) and epoch again, then grants one attempt. The same nonce before the outcome gets the same answer",
    ),
    (
        "deferred",
        "until, why?",
        "the gate wants it to start later; the lease ends",
    ),
    (
        "suppressed",
        "code?",
        "its recipient wants no marketing: rejected",
    ),
    (
        "abandoned",
        "n, nonce",
        "gives an attempt back; legal only before any fetch",
    ),
    (
        "finished",
        "n, outcome, random",
        "what the attempt's answer means; the first one of an attempt wins. `random` is in [0, 1), for the jitter",
    ),
    (
        "status",
        "wamid, status, timestamp, code?, title?, details?",
        "a webhook's word, added to the evidence, whatever the state is",
    ),
    (
        "tick",
        "",
        "time has passed: an attempt without an outcome is given up as unknown, a deadline ends the waiting",
    ),
    (
        "rejudged",
        "epoch, ok, diagnostic?, category?",
        "preflight's verdict under the template's newer definition",
    ),
    (
        "cancel",
        "by?",
        "a person or a campaign wants it not to be sent",
    ),
    ("released", "by?", "the account works again"),
    (
        "resend",
        "by, expiresAt?",
        "a person wants one more attempt, whatever the risk; recorded as theirs",
    ),
    ("close", "by, note?", "a person has dealt with it"),
];

/// What `step` asks of the ledger: the word, its fields, what to do.
pub const STEP_COMMANDS: &[(&str, &str, &str)] = &[
    (
        "post",
        "id, n, callbackId",
        "hand the payload to the consumer: it may POST it once, within 5 s of the reply",
    ),
    ("leased", "id, until", "the lease is granted"),
    (
        "refuse",
        "reason, message",
        "no: the row is as stored; a person's request is answered with 409",
    ),
    (
        "nudge",
        "at",
        "wake the queue then: the queue may lose it, the alarm repeats it",
    ),
    (
        "rejudge",
        "epoch",
        "check the message under the present definition, then send `rejudged`",
    ),
    (
        "hold_template",
        "code?, until?",
        "the answer is about the template; the gate counts it",
    ),
    (
        "stop_sender",
        "code?, action",
        "the account is refused; the gate opens its breaker. Only class account gives this",
    ),
    ("record", "entry", "append to the row's timeline"),
];

/// What happens to a sender, as `gate` is told: the word, its fields, what it does.
pub const GATE_EVENTS: &[(&str, &str, &str)] = &[
    (
        "lease",
        "",
        "a consumer looks for work: whether it may lease, of what not, and whether it is asked for a probe",
    ),
    (
        "look",
        "",
        "the same question without a consumer: nothing changes, nobody is asked for a probe by it",
    ),
    (
        "start",
        "rows: [{id, pair, pairAt?, template, campaign?, category, suppressed?}]",
        "one verdict for each row, in order",
    ),
    (
        "given_back",
        "ids",
        "granted starts that came to nothing before any fetch",
    ),
    (
        "finished",
        "id, pair, template, category, outcome",
        "an attempt's outcome, as far as others are concerned",
    ),
    (
        "timed_out",
        "id",
        "an attempt never came back: it counts as one without an answer",
    ),
    (
        "reported",
        "pair, template, category, status, code?, details?",
        "a status webhook about one of its messages",
    ),
    (
        "heard",
        "",
        "a webhook with statuses or messages of this sender came: the subscription works",
    ),
    (
        "probed",
        "ok, code?",
        "what the GET brought that a lease asked for",
    ),
    (
        "control",
        "what: sender | campaign | template, name?, action: pause | resume | cancel, by",
        "a person's word, in force at the next start",
    ),
    (
        "epoch",
        "template",
        "a new definition or approval: its hold ends, unless a person wants it",
    ),
    (
        "tick",
        "",
        "time has passed: looks at silence of the webhooks",
    ),
];

/// What `gate` asks of the ledger: the word, its fields, what to do.
pub const GATE_COMMANDS: &[(&str, &str, &str)] = &[
    (
        "alert",
        "kind, name?, code?, message, action",
        "tell a person; once for each incident",
    ),
    (
        "alert_silence",
        "message, action",
        "tell a person that webhooks stopped; once for each silence",
    ),
    ("all_clear", "kind?, name?", "what was alerted is over"),
    (
        "suppress",
        "pair, until, code",
        "put the recipient on the list of suppressions; `until: null` is for good",
    ),
    (
        "release_blocked",
        "",
        "tell every blocked row `released`, in batches",
    ),
    (
        "cancel_campaign",
        "name, by",
        "tell every queued row of the campaign `cancel`, in batches",
    ),
    ("refuse", "reason, message", "the control is not possible"),
];

/// What `gate` says of a row that wants to start: the word, its fields, what the ledger does with the row.
pub const VERDICTS: &[(&str, &str, &str)] = &[
    ("go", "pairAt", "store the pair's clock, then `step` start"),
    (
        "later",
        "until, why",
        "`pace`: the consumer asks again then. `pair`, `recipient_wait`: `step` deferred",
    ),
    (
        "hold",
        "why, until?",
        "`step` start with `hold`: refused, and its lease ends",
    ),
    ("cancel", "by", "`step` cancel: its campaign was cancelled"),
    ("suppressed", "code?", "`step` suppressed"),
];

/// What must hold after every event, whatever fails: the name, what it says, who keeps it.
pub const INVARIANTS: &[(&str, &str, &str)] = &[
    (
        "I1 conservation",
        "everything submitted is in exactly one state: ended with a reason, or under way",
        "rows are made by `submitted` alone and never deleted; a tombstone keeps key, state and reason",
    ),
    (
        "I2 one live accept",
        "Meta never holds two accepts of one key that no person asked for",
        "no path leads by itself from sending, unknown or accepted to a start, except an answer that proves that nothing was processed",
    ),
    (
        "I3 no bare end",
        "what has ended has a reason of this dictionary, what to do, its time and its evidence",
        "`join::derive` sets reason and action together",
    ),
    (
        "I4 statuses are a join",
        "order, repetition and grouping of statuses do not matter",
        "the evidence is a sorted set, everything shown is derived from it",
    ),
    (
        "I5 ack after write",
        "a webhook is answered 2xx only when its events are stored",
        "the route answers after the ledger's transaction",
    ),
    (
        "I6 nothing secret",
        "no token, secret, recipient or value in logs, events, addresses or the page",
        "logs take a fixed list of fields; timeline entries have no place for them",
    ),
    (
        "I7 isolation",
        "one bad item changes nothing for another",
        "each status and each row has its own step; what throws is set aside with its reason",
    ),
    (
        "I8 bounded",
        "attempts, waits, rows in memory and the queue have an end, and reaching it is an event",
        "200 attempts, deadlines for every state that waits, batches of fixed size",
    ),
];

impl State {
    /// Every state, in the order of a delivery's life.
    pub const ALL: [State; 16] = [
        State::Queued,
        State::Sending,
        State::Blocked,
        State::Accepted,
        State::Held,
        State::Sent,
        State::Delivered,
        State::Read,
        State::Unknown,
        State::Failed,
        State::Conflict,
        State::Expired,
        State::Cancelled,
        State::Rejected,
        State::NeedsAttention,
        State::Closed,
    ];

    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self {
            State::Queued => "waits for a consumer, for a time, or for what holds it",
            State::Sending => "an attempt was handed out and has no outcome yet",
            State::Blocked => "the account was refused, not this message",
            State::Accepted => "Meta took it (an id came back), and nothing more is known",
            State::Held => "Meta took it and holds it while it checks the template's quality",
            State::Sent => "a webhook said that it left Meta",
            State::Delivered => "a webhook said that it arrived",
            State::Read => "a webhook said that it was read (or played)",
            State::Unknown => {
                "nobody can say whether Meta took it; it never starts again by itself"
            }
            State::Failed => "refused for good, by the answer or by a webhook",
            State::Conflict => "the same message is reported failed and delivered; both are kept",
            State::Expired => "its deadline passed before any start",
            State::Cancelled => "cancelled before any start",
            State::Rejected => {
                "refused before any start: by preflight under a newer definition, or because its recipient wants no marketing"
            }
            State::NeedsAttention => {
                "its deadline passed without proof of what became of it: a person decides"
            }
            State::Closed => "a person has dealt with it",
        }
    }
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 37] = [
        Reason::Submitted,
        Reason::Scheduled,
        Reason::Throttled,
        Reason::Transient,
        Reason::NotSent,
        Reason::TemplateWait,
        Reason::Paced,
        Reason::Abandoned,
        Reason::Released,
        Reason::Forced,
        Reason::MediaAgain,
        Reason::InFlight,
        Reason::Account,
        Reason::Accepted,
        Reason::HeldByMeta,
        Reason::Sent,
        Reason::Delivered,
        Reason::Read,
        Reason::NoOutcome,
        Reason::AmbiguousAnswer,
        Reason::Invalid,
        Reason::Template,
        Reason::Recipient,
        Reason::RecipientWait,
        Reason::FailedByMeta,
        Reason::AttemptsExhausted,
        Reason::FailedAndDelivered,
        Reason::DeadlineBeforeStart,
        Reason::Cancelled,
        Reason::RefusedByPreflight,
        Reason::Suppressed,
        Reason::Unresolved,
        Reason::Unconfirmed,
        Reason::StillHeld,
        Reason::Undelivered,
        Reason::LateRefusal,
        Reason::Closed,
    ];

    /// What it says about a delivery in its state.
    pub fn meaning(self) -> &'static str {
        match self {
            Reason::Submitted => "it is new",
            Reason::Scheduled => "it is to be sent later",
            Reason::Throttled => {
                "Meta said too fast; in failed: a webhook said so after the accept"
            }
            Reason::Transient => {
                "a passing trouble at Meta; in failed: a webhook said so after the accept"
            }
            Reason::NotSent => "the request provably never reached Meta",
            Reason::TemplateWait => "the template cannot be used yet",
            Reason::Paced => {
                "its recipient had a message a moment ago, or Meta wants them left alone for a day"
            }
            Reason::Abandoned => "an attempt was given back before it was posted",
            Reason::Released => "the account works again",
            Reason::Forced => "a person asked for one more attempt",
            Reason::MediaAgain => {
                "Meta could not fetch the header's media because its server failed (131053), and the campaign asked for one more attempt"
            }
            Reason::InFlight => "an attempt is under way",
            Reason::Account => "the account is refused",
            Reason::Accepted => "Meta took it",
            Reason::HeldByMeta => "Meta holds it for its quality check",
            Reason::Sent => "a webhook said sent",
            Reason::Delivered => "a webhook said delivered",
            Reason::Read => "a webhook said read",
            Reason::NoOutcome => "the attempt never came back",
            Reason::AmbiguousAnswer => "the answer, or its lack, leaves open whether Meta took it",
            Reason::Invalid => "the request itself is wrong",
            Reason::Template => "the template is missing, disabled or not to be sent here",
            Reason::Recipient => "this recipient cannot be reached by this sender",
            Reason::RecipientWait => "this recipient cannot be reached now",
            Reason::FailedByMeta => {
                "Meta says that it failed, with no code or one that leaves the why open"
            }
            Reason::AttemptsExhausted => "as many attempts as are allowed were refused",
            Reason::FailedAndDelivered => "webhooks say failed and delivered of one message",
            Reason::DeadlineBeforeStart => "the deadline passed before any start",
            Reason::Cancelled => "it was cancelled before any start",
            Reason::RefusedByPreflight => "it does not fit the template as it is now",
            Reason::Suppressed => "its recipient wants no marketing",
            Reason::Unresolved => "it was unknown until its deadline",
            Reason::Unconfirmed => "Meta took it, and no status came by its deadline",
            Reason::StillHeld => "Meta still held it at its deadline",
            Reason::Undelivered => "it was sent, and not delivered by its deadline",
            Reason::LateRefusal => {
                "the answer that proves that it was not sent came after it was given up as unknown"
            }
            Reason::Closed => "a person closed it",
        }
    }
}

impl Refusal {
    /// Every refusal.
    pub const ALL: [Refusal; 12] = [
        Refusal::Exists,
        Refusal::NotQueued,
        Refusal::TooEarly,
        Refusal::Leased,
        Refusal::Expired,
        Refusal::Hold,
        Refusal::StaleTemplate,
        Refusal::AlreadySent,
        Refusal::StaleAttempt,
        Refusal::TooLate,
        Refusal::NotBlocked,
        Refusal::NotAllowed,
    ];

    /// Why an event was refused.
    pub fn meaning(self) -> &'static str {
        match self {
            Refusal::Exists => "the delivery has been submitted before",
            Refusal::NotQueued => "it is not waiting to be sent",
            Refusal::TooEarly => "its time has not come",
            Refusal::Leased => "another consumer holds it",
            Refusal::Expired => "its deadline has passed",
            Refusal::Hold => "something holds it now; what, stands in the message",
            Refusal::StaleTemplate => "it was judged under an older definition; it is judged again",
            Refusal::AlreadySent => "Meta has it, or may have it",
            Refusal::StaleAttempt => "it is about an attempt that is over",
            Refusal::TooLate => "it has been started, or has ended",
            Refusal::NotBlocked => "it is not blocked",
            Refusal::NotAllowed => "its state does not allow it",
        }
    }
}

impl Why {
    /// Everything for which something may have to wait, in the order in which it is looked at.
    pub const ALL: [Why; 9] = [
        Why::Sender,
        Why::Account,
        Why::Transport,
        Why::Throttled,
        Why::Campaign,
        Why::Template,
        Why::RecipientWait,
        Why::Pair,
        Why::Pace,
    ];

    /// What it is, and what ends it.
    pub fn meaning(self) -> (&'static str, &'static str) {
        match self {
            Why::Sender => ("a person paused the sender", "a person resumes it"),
            Why::Account => (
                "the account or number is refused",
                "a GET that works, then one message as a trial that is not refused; or a person",
            ),
            Why::Transport => (
                "two attempts in a row came back without an answer that can be read",
                "a GET that works, then one message as a trial that is answered; or a person",
            ),
            Why::Throttled => (
                "Meta said too fast, about the number, the account or the app",
                "its time: `Retry-After` or the code's, doubled when it is said again",
            ),
            Why::Campaign => ("a person paused the campaign", "a person resumes it"),
            Why::Template => (
                "three equal errors of the template in a row, or a person paused it",
                "a new definition, a person, or one message as a trial where the code passes by itself",
            ),
            Why::RecipientWait => (
                "Meta kept marketing from this recipient (131049)",
                "24 hours",
            ),
            Why::Pair => (
                "the last message to this recipient was a moment ago",
                "6 seconds, unless a burst is configured",
            ),
            Why::Pace => (
                "as many as are allowed started in this second",
                "the second's end",
            ),
        }
    }
}

impl Class {
    /// Every class of outcome.
    pub const ALL: [Class; 10] = [
        Class::Accepted,
        Class::NotSent,
        Class::Throttled,
        Class::Transient,
        Class::Invalid,
        Class::Template,
        Class::Recipient,
        Class::RecipientWait,
        Class::Account,
        Class::Unknown,
    ];

    /// What an answer of this class says.
    pub fn meaning(self) -> &'static str {
        match self {
            Class::Accepted => "Meta took the message; nothing is said about its delivery",
            Class::NotSent => "provably, the request never reached Meta",
            Class::Throttled => {
                "too fast, for the number, the pair, the account or the app; not processed"
            }
            Class::Transient => "a passing trouble of which Meta says that nothing was processed",
            Class::Invalid => "the request itself is wrong",
            Class::Template => "the template is missing, paused, disabled or not ready",
            Class::Recipient => "this recipient cannot be reached by this sender",
            Class::RecipientWait => "this recipient cannot be reached now; a later campaign may",
            Class::Account => {
                "the token, number or account is refused: every message of this sender would be"
            }
            Class::Unknown => "nobody can say whether Meta took the message",
        }
    }
}
