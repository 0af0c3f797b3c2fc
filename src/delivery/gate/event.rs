//! What a gate is asked and told, and what it answers.

use super::state::Sender;
use crate::delivery::machine::Category;
use crate::delivery::outcome::Outcome;
use serde::{Deserialize, Serialize};

/// The numbers that a gate works with, from the Worker's configuration. Times are milliseconds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// Starts in any second, of this ledger alone where several share a number: 80 is Meta's default for a number, 20 when it is shared with the app.
    pub per_second: u32,
    /// The time between two messages to one recipient.
    pub pair_every_ms: i64,
    /// How many messages to one recipient may go without that time between them.
    pub pair_burst: u32,
    /// Equal template errors in a row that hold the template.
    pub template_errors: u32,
    /// Unknown outcomes in a row that stop the sender until Meta can be reached again.
    pub transport_errors: u32,
    /// The wait before the first probe of a stopped sender; it doubles.
    pub probe_ms: i64,
    /// Where the doubling of the probes' wait stops.
    pub probe_max_ms: i64,
    /// The wait before a held template is tried with one message; it doubles.
    pub trial_ms: i64,
    /// Where the doubling of the trials' wait stops.
    pub trial_max_ms: i64,
    /// How long accepts may stay without any webhook.
    pub silence_ms: i64,
    /// How many accepts without a webhook are enough to speak of silence.
    pub silence_accepts: u32,
}

impl Default for Settings {
    fn default() -> Self {
        const MINUTE: i64 = 60_000;
        Settings {
            per_second: 80,
            pair_every_ms: 6_000,
            pair_burst: 1,
            template_errors: 3,
            transport_errors: 2,
            probe_ms: 5_000,
            probe_max_ms: 5 * MINUTE,
            trial_ms: MINUTE,
            trial_max_ms: 60 * MINUTE,
            silence_ms: 15 * MINUTE,
            silence_accepts: 20,
        }
    }
}

/// One row that a consumer wants to start.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// The delivery's id.
    pub id: String,
    /// The recipient, in any form that is the same for the same one.
    pub pair: String,
    /// The pair's clock, as the last verdict or `pairs` said; `None` when it has none.
    #[serde(default)]
    pub pair_at: Option<i64>,
    /// `name/language` of the template.
    pub template: String,
    /// The campaign, when it belongs to one.
    #[serde(default)]
    pub campaign: Option<String>,
    /// The template's category: a suppression concerns marketing only.
    pub category: Category,
    /// What stands in the list of suppressions for this recipient.
    #[serde(default)]
    pub suppressed: Option<Suppressed>,
}

/// An entry of the list of suppressions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suppressed {
    /// Until when; `None` for good.
    #[serde(default)]
    pub until: Option<i64>,
    /// Meta's code behind it.
    #[serde(default)]
    pub code: Option<i64>,
}

/// What a control is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Everything of this sender.
    Sender,
    /// A campaign.
    Campaign,
    /// A template, as `name/language`.
    Template,
}

/// What a person does with a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Nothing of it starts.
    Pause,
    /// It goes on.
    Resume,
    /// Nothing of it starts any more. Campaigns only.
    Cancel,
}

/// Something that happened to a sender.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Event {
    /// A consumer looks for work.
    Lease,
    /// The same question without a consumer: nobody is asked for a probe by it, and nothing changes.
    Look,
    /// A consumer wants to POST these.
    Start {
        /// The rows, in the order in which they should go.
        rows: Vec<Candidate>,
    },
    /// A start that this gate granted came to nothing before any fetch.
    GivenBack {
        /// The deliveries.
        ids: Vec<String>,
    },
    /// An attempt came back.
    Finished {
        /// The delivery.
        id: String,
        /// Its recipient.
        pair: String,
        /// `name/language` of its template.
        template: String,
        /// Its category.
        category: Category,
        /// What the answer means.
        outcome: Outcome,
    },
    /// An attempt never came back.
    TimedOut {
        /// The delivery.
        id: String,
    },
    /// A webhook reported a status of one of this sender's messages.
    Reported {
        /// Its recipient.
        pair: String,
        /// `name/language` of its template.
        template: String,
        /// Its category.
        category: Category,
        /// Meta's word.
        status: String,
        /// Meta's error code.
        #[serde(default)]
        code: Option<i64>,
        /// Meta's words about the case.
        #[serde(default)]
        details: Option<String>,
    },
    /// A webhook about this sender came, whatever it says.
    Heard,
    /// The GET that a lease asked for was made.
    Probed {
        /// Whether Meta answered that the number is there and the token may use it.
        ok: bool,
        /// Meta's error code.
        #[serde(default)]
        code: Option<i64>,
    },
    /// A person's word.
    Control {
        /// About what.
        what: What,
        /// Which campaign or template.
        #[serde(default)]
        name: Option<String>,
        /// What to do with it.
        action: Act,
        /// Who.
        by: String,
    },
    /// A template's definition changed, or Meta approved it again.
    Epoch {
        /// `name/language`.
        template: String,
    },
    /// Time has passed.
    Tick,
}

/// Why something has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A person paused the sender.
    Sender,
    /// The account is refused.
    Account,
    /// Meta cannot be reached.
    Transport,
    /// Meta said too fast.
    Throttled,
    /// The campaign is paused.
    Campaign,
    /// The template is held.
    Template,
    /// Meta wants this recipient left alone for a day.
    RecipientWait,
    /// The last message to this recipient was a moment ago.
    Pair,
    /// As many as are allowed went in this second.
    Pace,
}

/// What becomes of one candidate.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(
    tag = "verdict",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Verdict {
    /// It may start.
    Go {
        /// The delivery.
        id: String,
        /// The pair's new clock.
        pair_at: i64,
    },
    /// It may ask again then.
    Later {
        /// The delivery.
        id: String,
        /// When.
        until: i64,
        /// Why: `pace`, `pair` or `recipient_wait`.
        why: Why,
    },
    /// Something holds it and more of its kind.
    Hold {
        /// The delivery.
        id: String,
        /// What.
        why: Why,
        /// Until when, when that is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<i64>,
    },
    /// Its campaign was cancelled.
    Cancel {
        /// The delivery.
        id: String,
        /// By whom.
        by: String,
    },
    /// Its recipient wants no marketing.
    Suppressed {
        /// The delivery.
        id: String,
        /// Meta's code behind it.
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<i64>,
    },
}

/// What a consumer may lease.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lease {
    /// Whether anything.
    pub allow: bool,
    /// When to ask again, when that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// Templates of which nothing may be leased.
    pub held_templates: Vec<String>,
    /// Campaigns of which nothing may be leased. A cancelled one is not among them: its rows are to be ended.
    pub held_campaigns: Vec<String>,
    /// Whether this consumer is asked to GET the phone number and to say what came back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub probe: bool,
}

/// Something for the ledger to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "do", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Command {
    /// Tell a person. Once for each incident.
    Alert {
        /// What about.
        kind: Why,
        /// Which template, when it is about one.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Meta's code behind it.
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<i64>,
        /// What happened.
        message: String,
        /// What to do.
        action: String,
    },
    /// The webhooks stopped. Once for each silence.
    AlertSilence {
        /// What happened.
        message: String,
        /// What to do.
        action: String,
    },
    /// What was alerted is over.
    AllClear {
        /// What about; absent for silence.
        #[serde(skip_serializing_if = "Option::is_none")]
        kind: Option<Why>,
        /// Which template, when it is about one.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// Put the recipient on the list of suppressions.
    Suppress {
        /// The recipient.
        pair: String,
        /// Until when; `null` for good.
        until: Option<i64>,
        /// Meta's code behind it.
        code: i64,
    },
    /// Tell every blocked row `released`.
    ReleaseBlocked,
    /// Tell every queued row of the campaign `cancel`.
    CancelCampaign {
        /// The campaign.
        name: String,
        /// Who wants it.
        by: String,
    },
    /// No.
    Refuse {
        /// Why, in one word.
        reason: &'static str,
        /// Why, for a person.
        message: String,
    },
}

/// A pair whose clock changed without a start.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PairClock {
    /// The recipient.
    pub pair: String,
    /// Its new clock.
    pub pair_at: i64,
}

/// What a gate answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Gated {
    /// The state to store.
    pub state: Sender,
    /// One for each candidate of a start, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Verdict>,
    /// The answer to a lease.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lease: Option<Lease>,
    /// Clocks to store beside those of the verdicts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<PairClock>,
    /// What to do, in this order, once the state is stored.
    pub commands: Vec<Command>,
    /// When a lease makes sense again: it may give work, or ask for a probe. `null`: not by itself.
    pub lease_at: Option<i64>,
    /// When a tick has something to do.
    pub wake_at: Option<i64>,
}
