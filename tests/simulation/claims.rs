//! The claim protocol: lease, start, finish, abandon. Who may POST what, and what came of it.

use super::bugs::Bug;
use super::ledger::{
    Claim, Finish, GRACE_MS, GRAPH_TIMEOUT_MS, Grant, Leased, Ledger, answer_digest,
};
use super::store::{CAMPAIGNS, Row, Stored, TEMPLATES, Undo, recipient};
use wa_preflight::delivery::gate::{self, Candidate, Event as Told, Verdict, Why};
use wa_preflight::delivery::machine::{Command, Event, State};
use wa_preflight::delivery::outcome::{Class, Outcome, Resend};

impl Ledger {
    pub fn lease(&mut self, now: i64) -> Stored<Leased> {
        self.nudged_at = None;
        let answer = self.tell_gate(Told::Lease, now)?;
        let lease = answer.lease.unwrap_or_else(|| gate::Lease {
            allow: false,
            until: None,
            why: None,
            held_templates: Vec::new(),
            held_campaigns: Vec::new(),
            probe: false,
        });
        let mut leased = Leased {
            rows: Vec::new(),
            probe: lease.probe,
            wait_until: lease.until,
        };
        if !lease.allow {
            return Ok(leased);
        }
        if self.has(Bug::ScheduleIgnored) {
            for row in &mut self.store.rows {
                let queued = row.delivery.state == State::Queued;
                if queued && row.delivery.leased_until.is_none_or(|at| at <= now) {
                    row.delivery.not_before = None;
                    row.delivery.due_at = Some(now);
                }
            }
        }
        let held = |row: &Row| {
            lease
                .held_templates
                .iter()
                .any(|name| name == TEMPLATES[row.template])
                || row.campaign.is_some_and(|at| {
                    lease
                        .held_campaigns
                        .iter()
                        .any(|name| name == CAMPAIGNS[at])
                })
        };
        let rows = self.store.rows.iter().enumerate();
        let mut due: Vec<(bool, i64, usize)> = rows
            .filter(|(_, row)| !row.poison && !held(row))
            .filter_map(|(at, row)| Some((row.template != 0, row.delivery.due_at?, at)))
            .filter(|(_, due_at, _)| *due_at <= now)
            .collect();
        due.sort_unstable();
        for (_, _, at) in due.into_iter().take(self.lease_size) {
            let until = now + self.lease_ms;
            let expires_at = self.store.rows[at].delivery.expires_at;
            if self.has(Bug::ExpiredSent) {
                self.store.rows[at].delivery.expires_at = expires_at.max(now + 1);
            }
            let commands = self.apply(at, Event::Leased { until }, now)?;
            self.store.rows[at].delivery.expires_at = expires_at;
            if commands.iter().any(|c| matches!(c, Command::Leased { .. })) {
                leased.rows.push(at);
            }
        }
        Ok(leased)
    }

    pub fn start(&mut self, rows: &[usize], nonce: u64, now: i64) -> Stored<Claim> {
        let mut claim = Claim::default();
        let fresh = !self.store.nonces.contains(&nonce);
        if fresh {
            self.store.write(Undo::Nonce(nonce))?;
            self.store.nonces.insert(nonce);
        }
        let name = nonce.to_string();
        let mut candidates = Vec::new();
        let mut asked = Vec::new();
        for &at in rows {
            let own = &self.store.rows[at].delivery;
            let sending = own.state == State::Sending;
            let open = sending && own.attempt.as_ref().is_some_and(|a| a.nonce == name);
            if open || (sending && self.has(Bug::NonceIgnored)) {
                self.grant(at, &name, None, now, &mut claim)?;
            } else if fresh && own.state == State::Queued {
                candidates.push(self.candidate(at));
                asked.push(at);
            }
        }
        if candidates.is_empty() {
            return Ok(claim);
        }
        let answer = self.tell_gate(Told::Start { rows: candidates }, now)?;
        let mut wasted = Vec::new();
        for (at, verdict) in asked.into_iter().zip(answer.verdicts) {
            match verdict {
                Verdict::Go { id, pair_at } => {
                    let pair = self.store.rows[at].pair;
                    self.store
                        .write(Undo::Pair(pair, self.store.pair_at[pair]))?;
                    self.store.pair_at[pair] = Some(pair_at);
                    if !self.grant(at, &name, None, now, &mut claim)? {
                        wasted.push(id);
                    }
                }
                Verdict::Later {
                    until,
                    why: Why::Pace,
                    ..
                } => {
                    claim.pace.push(at);
                    claim.wait_until = Some(until);
                }
                Verdict::Later { until, why, .. } => {
                    let why = Some(format!("{why:?}").to_lowercase());
                    self.apply(at, Event::Deferred { until, why }, now)?;
                }
                Verdict::Hold { why, until, .. } => {
                    claim.wait_until = until;
                    self.grant(at, &name, Some(format!("{why:?}")), now, &mut claim)?;
                }
                Verdict::Cancel { by, .. } => {
                    self.apply(at, Event::Cancel { by: Some(by) }, now)?;
                }
                Verdict::Suppressed { code, .. } => {
                    self.apply(at, Event::Suppressed { code }, now)?;
                }
            }
        }
        if !wasted.is_empty() {
            self.tell_gate(Told::GivenBack { ids: wasted }, now)?;
        }
        Ok(claim)
    }

    pub fn candidate(&self, at: usize) -> Candidate {
        let row = &self.store.rows[at];
        let known = |bug: Bug| !self.has(bug);
        Candidate {
            id: row.delivery.id.clone(),
            pair: match known(Bug::PairIgnored) {
                true => recipient(row.pair),
                false => row.delivery.id.clone(),
            },
            pair_at: self.store.pair_at[row.pair].filter(|_| known(Bug::PairIgnored)),
            template: TEMPLATES[row.template].to_owned(),
            campaign: row.campaign.map(|at| CAMPAIGNS[at].to_owned()),
            category: row.category,
            suppressed: self.store.suppressed[row.pair]
                .clone()
                .filter(|_| known(Bug::SuppressionIgnored)),
        }
    }

    /// Asks the machine for an attempt; says whether it was granted.
    pub fn grant(
        &mut self,
        at: usize,
        nonce: &str,
        hold: Option<String>,
        now: i64,
        claim: &mut Claim,
    ) -> Stored<bool> {
        let epoch = Some(self.store.epochs[self.store.rows[at].template]);
        let expires_at = self.store.rows[at].delivery.expires_at;
        if self.has(Bug::ExpiredSent) {
            self.store.rows[at].delivery.expires_at = expires_at.max(now + 1);
        }
        let event = Event::Start {
            nonce: nonce.to_owned(),
            timeout_ms: GRAPH_TIMEOUT_MS,
            grace_ms: Some(GRACE_MS),
            epoch: epoch.filter(|_| !self.has(Bug::StaleTemplateSent)),
            hold,
        };
        let commands = self.apply(at, event, now)?;
        self.store.rows[at].delivery.expires_at = expires_at;
        let row = &self.store.rows[at];
        let forced = row.delivery.attempt.as_ref().is_some_and(|a| a.forced);
        let mut granted = false;
        for command in &commands {
            let posts = match command {
                Command::Post { .. } => true,
                Command::Rejudge { epoch } => {
                    claim.stale.push((at, *epoch));
                    false
                }
                Command::Refuse { .. } => {
                    self.has(Bug::NonceIgnored) && row.delivery.state == State::Sending
                }
                _ => false,
            };
            if posts {
                granted = true;
                claim.posts.push(Grant {
                    row: at,
                    n: row.delivery.n,
                    callback: row.delivery.callback_id.clone(),
                    forced,
                    epoch: row.delivery.epoch,
                    at: now,
                });
            }
        }
        Ok(granted)
    }

    pub fn finish(&mut self, finishes: &[Finish], now: i64) -> Stored<()> {
        finishes
            .iter()
            .try_for_each(|finish| self.finish_one(finish, now))
    }

    pub fn finish_one(&mut self, finish: &Finish, now: i64) -> Stored<()> {
        let Finish {
            row: at,
            n,
            outcome,
        } = finish;
        let (at, n) = (*at, *n);
        self.evidence(answer_digest(at, n))?;
        let own = &self.store.rows[at].delivery;
        let first = own
            .attempt
            .as_ref()
            .is_some_and(|a| a.n == n && a.outcome.is_none());
        if self.has(Bug::LateFinishDropped) && own.state != State::Sending {
            return Ok(());
        }
        let outcome = self.bent(outcome.clone());
        let event = Event::Finished {
            n,
            outcome: outcome.clone(),
            random: self.dice.unit(),
        };
        self.apply(at, event, now)?;
        if !first {
            return Ok(());
        }
        let row = &self.store.rows[at];
        let told = Told::Finished {
            id: row.delivery.id.clone(),
            pair: recipient(row.pair),
            template: TEMPLATES[row.template].to_owned(),
            category: row.category,
            outcome,
        };
        self.tell_gate(told, now).map(drop)
    }

    pub fn bent(&self, mut outcome: Outcome) -> Outcome {
        match (self.bug, outcome.class) {
            (Some(Bug::UnknownResent), Class::Unknown) => {
                (outcome.class, outcome.resend) = (Class::NotSent, Resend::Safe);
            }
            (Some(Bug::ThrottleFailsRow), Class::Throttled) => outcome.resend = Resend::Never,
            (Some(Bug::RetryAfterIgnored), Class::Throttled) => outcome.after_ms = Some(1),
            (Some(Bug::BreakerOnRecipient), Class::Recipient) => outcome.class = Class::Account,
            _ => {}
        }
        outcome
    }

    pub fn abandon(&mut self, at: usize, n: u32, nonce: u64, now: i64) -> Stored<()> {
        let nonce = nonce.to_string();
        self.apply(at, Event::Abandoned { n, nonce }, now)?;
        let ids = vec![self.store.rows[at].delivery.id.clone()];
        self.tell_gate(Told::GivenBack { ids }, now).map(drop)
    }

    pub fn rejudge(&mut self, at: usize, epoch: i64, ok: bool, now: i64) -> Stored<()> {
        let diagnostic = (!ok).then(|| "a parameter is missing".to_owned());
        let event = Event::Rejudged {
            epoch,
            ok,
            diagnostic,
            category: None,
        };
        self.apply(at, event, now).map(drop)
    }

    pub fn raise_epoch(&mut self, template: usize, epoch: i64, now: i64) -> Stored<()> {
        let known = self.store.epochs[template];
        if epoch <= known {
            return Ok(());
        }
        self.store.write(Undo::Epoch(template, known))?;
        self.store.epochs[template] = epoch;
        let template = TEMPLATES[template].to_owned();
        self.tell_gate(Told::Epoch { template }, now).map(drop)
    }
}
