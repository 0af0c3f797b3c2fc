//! What a sender may start now, as a pure function: `gate(state, event, settings, now)` gives the
//! state to store, a verdict for each row that wants to start, and what to do beside.
//!
//! A delivery's own `step` looks at that delivery alone. The gate looks at what it shares with others:
//! the number's pace, the recipient's, the account, the way to Meta, the template, the campaign. It
//! never rewrites rows: a control is one entry here, evaluated when a row wants to start.

mod breaker;
mod event;
mod pacing;
mod state;
mod templates;
mod webhooks;

pub use event::{
    Act, Candidate, Command, Event, Gated, Lease, PairClock, Settings, Suppressed, Verdict, What,
    Why,
};
pub use state::{
    Breaker, Campaign, Hold, Pace, Pause, STATE_VERSION, Sender, Template, Throttle, Webhooks,
};

use super::backoff;
use super::classify::classify_code;
use super::codes::{self, Scope};
use super::machine::Category;
use super::outcome::{Class, Outcome};

/// The code with which Meta says that a recipient wants no marketing.
const STOPPED_MARKETING: i64 = 131_050;

/// The code with which Meta keeps marketing from a recipient for a while.
const ENOUGH_MARKETING: i64 = 131_049;

/// How long a cancelled campaign is remembered. Nothing is planned for longer than a year, so that no row of it is
/// queued that long.
const CANCELLED_KEPT_MS: i64 = 366 * 24 * 60 * 60_000;

/// A wrong call of [`gate`]: nothing may be stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GateError {
    /// The state has a shape that this version does not know.
    #[error("sender: its shape has version {0}, this core reads version {STATE_VERSION}")]
    Version(u32),
    /// A campaign or template was to be controlled, and none was named.
    #[error("control: it names no campaign or template")]
    NoName,
}

/// Carries a sender one event on. `None` is a sender of which nothing is known yet.
pub fn gate(
    state: Option<Sender>,
    event: Event,
    settings: &Settings,
    now: i64,
) -> Result<Gated, GateError> {
    let state = state.unwrap_or_default();
    if state.v != STATE_VERSION {
        return Err(GateError::Version(state.v));
    }
    let mut work = Work {
        state,
        settings,
        now,
        verdicts: Vec::new(),
        lease: None,
        pairs: Vec::new(),
        commands: Vec::new(),
    };
    work.tidy();
    work.apply(event)?;
    Ok(work.done())
}

/// An event under way.
struct Work<'s> {
    state: Sender,
    settings: &'s Settings,
    now: i64,
    verdicts: Vec<Verdict>,
    lease: Option<Lease>,
    pairs: Vec<PairClock>,
    commands: Vec<Command>,
}

impl Work<'_> {
    fn apply(&mut self, event: Event) -> Result<(), GateError> {
        match event {
            Event::Lease => {
                let probe = self.take_probe();
                self.lease = Some(self.work_for(probe));
            }
            Event::Look => self.lease = Some(self.work_for(self.probe_is_due())),
            Event::Start { rows } => self.start(rows),
            Event::GivenBack { ids } => ids.iter().for_each(|id| self.give_back(id)),
            Event::Finished {
                id,
                pair,
                template,
                category,
                outcome,
            } => self.finished(&id, &pair, &template, category, &outcome),
            Event::TimedOut { id } => self.no_answer(&id, None),
            Event::Reported {
                pair,
                template,
                category,
                status,
                code,
                details,
            } => {
                self.heard();
                if let ("failed", Some(code)) = (status.as_str(), code) {
                    let outcome = classify_code(code, None, details.as_deref());
                    self.reported(&pair, &template, category, &outcome);
                }
            }
            Event::Heard => self.heard(),
            Event::Probed { ok, code } => self.probed(ok, code),
            Event::Control {
                what,
                name,
                action,
                by,
            } => self.control(what, name, action, by)?,
            Event::Epoch { template } => self.template_changed(&template),
            Event::Tick => self.look_at_silence(),
        }
        Ok(())
    }

    fn done(self) -> Gated {
        Gated {
            lease_at: self.lease_at(),
            wake_at: self.wake_at(),
            state: self.state,
            verdicts: self.verdicts,
            lease: self.lease,
            pairs: self.pairs,
            commands: self.commands,
        }
    }

    /// What a consumer may lease now.
    fn work_for(&self, probe: bool) -> Lease {
        let closed = self.closed();
        Lease {
            allow: closed.is_none(),
            until: closed.and_then(|(_, until)| until),
            why: closed.map(|(why, _)| why),
            held_templates: self.held_templates(),
            held_campaigns: self
                .state
                .campaigns
                .iter()
                .filter(|(_, campaign)| !campaign.cancelled)
                .map(|(name, _)| name.clone())
                .collect(),
            probe,
        }
    }

    /// What keeps everything of this sender from starting, and until when if that is known.
    fn closed(&self) -> Option<(Why, Option<i64>)> {
        if self.state.paused.is_some() {
            return Some((Why::Sender, None));
        }
        let now = self.now;
        let breaker = |breaker: &Option<Breaker>| match breaker.as_ref()? {
            breaker if !breaker.half_open => Some(breaker.next_at),
            // Whoever is the trial may never be heard of: another one follows.
            breaker => {
                (breaker.trial.is_some() && breaker.next_at > now).then_some(breaker.next_at)
            }
        };
        if let Some(next_at) = breaker(&self.state.account) {
            return Some((Why::Account, Some(next_at)));
        }
        if let Some(next_at) = breaker(&self.state.transport) {
            return Some((Why::Transport, Some(next_at)));
        }
        let throttle = self.state.throttle.as_ref();
        let throttle = throttle.filter(|throttle| throttle.until > self.now);
        throttle.map(|throttle| (Why::Throttled, Some(throttle.until)))
    }

    fn start(&mut self, rows: Vec<Candidate>) {
        let mut clocks: Vec<(String, i64)> = Vec::new();
        for row in rows {
            let verdict = self.judge(row, &mut clocks);
            self.verdicts.push(verdict);
        }
    }

    /// One row's verdict: what ends it first, then what holds its sender, its kind, itself.
    fn judge(&mut self, row: Candidate, clocks: &mut Vec<(String, i64)>) -> Verdict {
        let id = row.id;
        let campaign = row
            .campaign
            .as_ref()
            .and_then(|name| self.state.campaigns.get(name));
        if let Some(campaign) = campaign.filter(|campaign| campaign.cancelled) {
            let by = campaign.by.clone();
            return Verdict::Cancel { id, by };
        }
        let suppressed = row
            .suppressed
            .filter(|_| row.category == Category::Marketing);
        if let Some(Suppressed { until: None, code }) = suppressed {
            return Verdict::Suppressed { id, code };
        }
        if let Some((why, until)) = self.closed() {
            return Verdict::Hold { id, why, until };
        }
        if campaign.is_some() {
            let (why, until) = (Why::Campaign, None);
            return Verdict::Hold { id, why, until };
        }
        if let Some(until) = self.template_holds(&row.template) {
            let why = Why::Template;
            return Verdict::Hold { id, why, until };
        }
        let wait = suppressed.and_then(|entry| entry.until);
        if let Some(until) = wait.filter(|until| *until > self.now) {
            let why = Why::RecipientWait;
            return Verdict::Later { id, until, why };
        }
        let known = clocks.iter().rev().find(|(pair, _)| *pair == row.pair);
        let clock = known.map(|(_, at)| *at).or(row.pair_at);
        if let Some(until) = self.pair_waits(clock) {
            let why = Why::Pair;
            return Verdict::Later { id, until, why };
        }
        if let Some(until) = self.pace_waits() {
            let why = Why::Pace;
            return Verdict::Later { id, until, why };
        }
        self.take_turn();
        self.begin_trials(&id, &row.template);
        let pair_at = self.wind_pair(clock);
        clocks.push((row.pair, pair_at));
        Verdict::Go { id, pair_at }
    }

    fn give_back(&mut self, id: &str) {
        for breaker in self.state.breakers_mut() {
            breaker.trial.take_if(|trial| trial == id);
        }
        for template in self.state.templates.values_mut() {
            if let Some(hold) = &mut template.hold {
                hold.trial.take_if(|trial| trial == id);
            }
        }
    }

    fn finished(
        &mut self,
        id: &str,
        pair: &str,
        template: &str,
        category: Category,
        outcome: &Outcome,
    ) {
        if outcome.class == Class::Unknown {
            return self.no_answer(id, outcome.code);
        }
        self.answered(id);
        if outcome.class != Class::Account {
            self.account_works(id);
        }
        match outcome.class {
            Class::Account => self.account_refused(Some(id), outcome),
            Class::Throttled | Class::Transient => self.slow_down(pair, outcome),
            Class::Accepted => {
                self.template_works(id, template);
                self.accepted();
            }
            _ => {}
        }
        self.template_refused(Some(id), template, outcome);
        self.suppress(pair, category, outcome);
    }

    /// What a failure that a webhook tells of means for others.
    fn reported(&mut self, pair: &str, template: &str, category: Category, outcome: &Outcome) {
        if outcome.class == Class::Account {
            self.account_refused(None, outcome);
        }
        self.template_refused(None, template, outcome);
        self.suppress(pair, category, outcome);
    }

    fn suppress(&mut self, pair: &str, category: Category, outcome: &Outcome) {
        let Some(code @ (STOPPED_MARKETING | ENOUGH_MARKETING)) = outcome.code else {
            return;
        };
        if category != Category::Marketing {
            return;
        }
        let wait = codes::find(code, None).map_or(0, |row| i64::from(row.after_ms));
        let until = (code == ENOUGH_MARKETING).then(|| self.now.saturating_add(wait));
        let pair = pair.to_owned();
        self.commands.push(Command::Suppress { pair, until, code });
    }

    /// Meta's word that something goes too fast, or not now.
    fn slow_down(&mut self, pair: &str, outcome: &Outcome) {
        let row = outcome
            .code
            .and_then(|code| codes::find(code, outcome.subcode));
        let wait = backoff::floor(outcome);
        match row.map_or(Scope::Sender, codes::Code::scope) {
            Scope::Pair => self.delay_pair(pair, wait),
            // An answer 429 without a code is about the sender; a passing trouble without one is not.
            Scope::Sender if outcome.class == Class::Throttled || row.is_some() => {
                self.throttle(wait, outcome.code);
            }
            _ => {}
        }
    }

    fn control(
        &mut self,
        what: What,
        name: Option<String>,
        action: Act,
        by: String,
    ) -> Result<(), GateError> {
        let since = self.now;
        match (what, action) {
            (What::Sender, Act::Pause) => {
                self.state.paused.get_or_insert(Pause { since, by });
            }
            (What::Sender, Act::Resume) => {
                self.state.paused = None;
                self.give_hope();
            }
            (What::Campaign, action) => {
                self.control_campaign(name.ok_or(GateError::NoName)?, action, by);
            }
            (What::Template, Act::Pause) => {
                self.pause_template(name.ok_or(GateError::NoName)?, by);
            }
            (What::Template, Act::Resume) => {
                self.release_template(&name.ok_or(GateError::NoName)?);
            }
            (What::Sender | What::Template, Act::Cancel) => {
                self.refuse("not_allowed", "only a campaign can be cancelled");
            }
        }
        Ok(())
    }

    fn control_campaign(&mut self, name: String, action: Act, by: String) {
        let since = self.now;
        let campaigns = &mut self.state.campaigns;
        let cancelled = campaigns.get(&name).is_some_and(|own| own.cancelled);
        match action {
            // Said twice, done once more: rows may have come since.
            Act::Cancel => {
                let entry = campaigns.entry(name.clone()).or_insert(Campaign {
                    cancelled: true,
                    since,
                    by: by.clone(),
                });
                if !entry.cancelled {
                    (entry.cancelled, entry.since, entry.by) = (true, since, by.clone());
                }
                self.commands.push(Command::CancelCampaign { name, by });
            }
            _ if cancelled => self.refuse("cancelled", "this campaign was cancelled"),
            Act::Pause => {
                campaigns.entry(name).or_insert(Campaign {
                    cancelled: false,
                    since,
                    by,
                });
            }
            Act::Resume => {
                campaigns.remove(&name);
            }
        }
    }

    fn refuse(&mut self, reason: &'static str, message: &str) {
        let message = message.to_owned();
        self.commands.push(Command::Refuse { reason, message });
    }

    /// When a lease makes sense again; `None` when only a person can change that.
    fn lease_at(&self) -> Option<i64> {
        match self.closed() {
            None => Some(self.now),
            Some((_, until)) => until,
        }
    }

    /// The earliest time at which something here changes by itself.
    fn wake_at(&self) -> Option<i64> {
        let holds = self.state.templates.values().filter_map(|template| {
            let hold = template.hold.as_ref()?;
            hold.until
        });
        let breakers = self.state.breakers().map(|breaker| breaker.next_at);
        let throttle = self.state.throttle.iter().map(|throttle| throttle.until);
        holds
            .chain(breakers)
            .chain(throttle)
            .filter(|at| *at > self.now)
            .chain(self.silence_at())
            .min()
    }

    /// Drops what nobody needs any more, and times that lie further ahead than any wait is long: a clock
    /// that jumped back leaves them.
    fn tidy(&mut self) {
        let (now, settings) = (self.now, self.settings);
        let old = now.saturating_sub(CANCELLED_KEPT_MS);
        self.state
            .campaigns
            .retain(|_, campaign| !campaign.cancelled || campaign.since > old);
        for (at, _) in &mut self.state.pace.0 {
            *at = (*at).min(now);
        }
        if let Some(throttle) = &mut self.state.throttle {
            throttle.until = throttle.until.min(now.saturating_add(backoff::LONGEST_MS));
        }
        for breaker in self.state.breakers_mut() {
            let longest = match breaker.trial {
                Some(_) => settings.trial_ms.max(1),
                None => settings.probe_max_ms.max(settings.probe_ms).max(1),
            };
            breaker.next_at = breaker.next_at.min(now.saturating_add(longest));
        }
    }
}
