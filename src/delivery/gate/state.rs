//! What a sender's gate remembers. One of these stands in each ledger, in one row.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the state's shape.
pub const STATE_VERSION: u32 = 1;

/// A sender as its gate remembers it. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sender {
    /// The version of this shape, [`STATE_VERSION`].
    pub v: u32,
    /// The starts of the last second.
    #[serde(default)]
    pub pace: Pace,
    /// Meta's last word that this sender is too fast.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub throttle: Option<Throttle>,
    /// Unknown outcomes in a row.
    #[serde(default)]
    pub unknowns: u32,
    /// Stopped because the account is refused.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account: Option<Breaker>,
    /// Stopped because Meta cannot be reached.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub transport: Option<Breaker>,
    /// Templates with errors, or held.
    #[serde(default)]
    pub templates: BTreeMap<String, Template>,
    /// Campaigns that do not run.
    #[serde(default)]
    pub campaigns: BTreeMap<String, Campaign>,
    /// Paused by a person.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub paused: Option<Pause>,
    /// What is known of the webhooks.
    #[serde(default)]
    pub webhooks: Webhooks,
}

/// The starts of the last second: when, and how many together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace(pub Vec<(i64, u32)>);

/// Meta said too fast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Throttle {
    /// Nothing starts before.
    pub until: i64,
    /// How often in a row, for the doubling of the wait.
    pub times: u32,
    /// Meta's code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<i64>,
}

/// A breaker that is not closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Breaker {
    /// When the trouble began.
    pub since: i64,
    /// Meta's code behind it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<i64>,
    /// Probes and trials that failed since.
    pub fails: u32,
    /// When the next probe is due.
    pub next_at: i64,
    /// A probe gave hope: one start is granted.
    pub half_open: bool,
    /// The delivery that is that start.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trial: Option<String>,
}

/// A template with errors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// The code that came last; `None` when a person paused it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<i64>,
    /// How often that code came in a row.
    pub run: u32,
    /// Its hold.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hold: Option<Hold>,
}

/// The hold of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hold {
    /// Since when.
    pub since: i64,
    /// When one message is tried; `None` when only a new definition or a person ends the hold.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<i64>,
    /// Trials that failed.
    pub fails: u32,
    /// The delivery that is the trial.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trial: Option<String>,
    /// The person who paused it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<String>,
}

/// A campaign that does not run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// For good.
    pub cancelled: bool,
    /// Since when.
    pub since: i64,
    /// Who wanted it.
    pub by: String,
}

/// A person's pause of the whole sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub since: i64,
    /// Who wanted it.
    pub by: String,
}

/// What is known of a sender's webhooks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Webhooks {
    /// When the last one came.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub heard_at: Option<i64>,
    /// Accepts since.
    pub accepts: u32,
    /// The first of these.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub first_accept_at: Option<i64>,
    /// Whether the silence was alerted.
    pub silent: bool,
}

impl Sender {
    /// A sender of which nothing is known yet.
    pub fn new() -> Self {
        Sender {
            v: STATE_VERSION,
            pace: Pace::default(),
            throttle: None,
            unknowns: 0,
            account: None,
            transport: None,
            templates: BTreeMap::new(),
            campaigns: BTreeMap::new(),
            paused: None,
            webhooks: Webhooks::default(),
        }
    }

    /// The breakers that are not closed.
    pub(super) fn breakers(&self) -> impl Iterator<Item = &Breaker> {
        [&self.account, &self.transport].into_iter().flatten()
    }

    /// The breakers that are not closed.
    pub(super) fn breakers_mut(&mut self) -> impl Iterator<Item = &mut Breaker> {
        [&mut self.account, &mut self.transport]
            .into_iter()
            .flatten()
    }
}

impl Default for Sender {
    fn default() -> Self {
        Sender::new()
    }
}
