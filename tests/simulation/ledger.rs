//! The ledger's calls, as edge/src/ledger has them: each is one transaction that stores what the
//! machines answer.

use super::bugs::Bug;
use super::dice::Dice;
use super::store::{
    CAMPAIGNS, CATEGORIES, Report, Row, SECRET_VALUE, Store, Stored, TEMPLATES, Undo, recipient,
};
use wa_preflight::delivery::gate::{
    self, Act, Candidate, Event as Told, Gated, Settings, Suppressed, Verdict, What, Why, gate,
};
use wa_preflight::delivery::ids;
use wa_preflight::delivery::machine::{Command, Delivery, Entry, Event, Refusal, State, step};
use wa_preflight::delivery::outcome::{Class, Outcome, Resend};

pub const GRAPH_TIMEOUT_MS: i64 = 30_000;
pub const GRACE_MS: i64 = 30_000;
pub const LEASE_MS: i64 = 60_000;
pub const NUDGE_EVERY_MS: i64 = 10_000;
pub const MAX_STARTS: usize = 6;
const WAKE_BATCH: usize = 20;
const SWEEP_BATCH: usize = 8;

/// One thing that the world's witnesses want to know of a transaction.
#[derive(Debug, Clone)]
pub enum Note {
    /// A row's step: what it was before and after, and whether its timeline grew.
    Stepped {
        row: usize,
        event: &'static str,
        steps: Box<(Delivery, Delivery)>,
        recorded: bool,
    },
    Entry(Entry),
    Alert {
        kind: Option<Why>,
        text: String,
        silence: bool,
    },
    Poison(usize),
    DeadLetter,
}

/// A start that was granted.
#[derive(Debug, Clone)]
pub struct Grant {
    pub row: usize,
    pub n: u32,
    pub callback: String,
    pub forced: bool,
    pub epoch: Option<i64>,
    /// The ledger's clock.
    pub at: i64,
}

/// What a start answers.
#[derive(Debug, Clone, Default)]
pub struct Claim {
    pub posts: Vec<Grant>,
    pub stale: Vec<(usize, i64)>,
    /// Kept their lease: the consumer may ask again then.
    pub pace: Vec<usize>,
    pub wait_until: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct Finish {
    pub row: usize,
    pub n: u32,
    pub outcome: Outcome,
}

#[derive(Debug, Clone)]
pub struct Submission {
    pub key: u32,
    pub fingerprint: u64,
    pub pair: usize,
    pub template: usize,
    pub campaign: Option<usize>,
    pub send_at: Option<i64>,
    pub expires_at: Option<i64>,
    pub retry_media: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    Queued(usize),
    Duplicate(usize),
    Conflict,
}

#[derive(Debug, Clone, Default)]
pub struct Leased {
    pub rows: Vec<usize>,
    pub probe: bool,
    pub wait_until: Option<i64>,
}

pub struct Ledger {
    pub store: Store,
    pub settings: Settings,
    pub notes: Vec<Note>,
    pub dice: Dice,
    pub bug: Option<Bug>,
    pub lease_size: usize,
    /// Lost with every reset.
    pub nudged_at: Option<i64>,
    round_trips: u32,
}

impl Ledger {
    pub fn new(seed: u64, pairs: usize, settings: Settings, bug: Option<Bug>) -> Ledger {
        let mut store = Store::default();
        store.pair_at = vec![None; pairs];
        store.suppressed = vec![None; pairs];
        store.epochs = vec![1; TEMPLATES.len()];
        Ledger {
            store,
            settings,
            notes: Vec::new(),
            dice: Dice::new(seed ^ 0x1ed9e4),
            bug,
            lease_size: 60,
            nudged_at: None,
            round_trips: 0,
        }
    }

    pub fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    /// One transaction: all of it, or nothing.
    pub fn transaction<T>(
        &mut self,
        fails_at: Option<u32>,
        work: impl FnOnce(&mut Ledger) -> Stored<T>,
    ) -> Stored<T> {
        self.store.begin(fails_at);
        let noted = self.notes.len();
        let done = work(self);
        let keep = done.is_ok() || self.has(Bug::HalfStored);
        self.store.end(keep);
        if !keep {
            self.notes.truncate(noted);
        }
        done
    }

    pub fn submit(&mut self, new: &Submission, now: i64) -> Stored<Submitted> {
        if let Some(at) = self.store.by_key(new.key)
            && !self.has(Bug::DuplicateKey)
        {
            let same = self.store.rows[at].fingerprint == new.fingerprint;
            return Ok(match same || self.has(Bug::ConflictOverwrites) {
                true => Submitted::Duplicate(at),
                false => Submitted::Conflict,
            });
        }
        let category = CATEGORIES[new.template];
        let event = Event::Submitted {
            id: self.make_id(),
            callback_id: self.make_id(),
            key: format!("key-{}", new.key),
            category,
            epoch: Some(self.store.epochs[new.template]),
            send_at: new.send_at,
            expires_at: new.expires_at,
            reference: Some(SECRET_VALUE.to_owned()),
            retry_media: Some(new.retry_media),
        };
        let Ok(made) = step(None, event, now) else {
            return Ok(Submitted::Conflict);
        };
        self.store.write(Undo::Added)?;
        self.store.rows.push(Row {
            delivery: made.delivery,
            key: new.key,
            fingerprint: new.fingerprint,
            pair: new.pair,
            template: new.template,
            campaign: new.campaign,
            category,
            poison: false,
            postponed: None,
        });
        self.keep_entries(made.commands);
        Ok(Submitted::Queued(self.store.rows.len() - 1))
    }

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
            let until = now + LEASE_MS;
            let commands = self.apply(at, Event::Leased { until }, now)?;
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

    fn candidate(&self, at: usize) -> Candidate {
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
    fn grant(
        &mut self,
        at: usize,
        nonce: &str,
        hold: Option<String>,
        now: i64,
        claim: &mut Claim,
    ) -> Stored<bool> {
        let epoch = Some(self.store.epochs[self.store.rows[at].template]);
        let (expires_at, not_before) = {
            let own = &self.store.rows[at].delivery;
            (own.expires_at, own.not_before)
        };
        if self.has(Bug::ExpiredSent) {
            self.store.rows[at].delivery.expires_at = i64::MAX;
        }
        if self.has(Bug::ScheduleIgnored) {
            self.store.rows[at].delivery.not_before = None;
        }
        let event = Event::Start {
            nonce: nonce.to_owned(),
            timeout_ms: GRAPH_TIMEOUT_MS,
            grace_ms: Some(GRACE_MS),
            epoch: epoch.filter(|_| !self.has(Bug::StaleTemplateSent)),
            hold,
        };
        let commands = self.apply(at, event, now)?;
        let own = &mut self.store.rows[at].delivery;
        own.expires_at = expires_at;
        if self.bug == Some(Bug::ScheduleIgnored) {
            own.not_before = not_before;
        }
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

    fn finish_one(&mut self, finish: &Finish, now: i64) -> Stored<()> {
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

    fn bent(&self, mut outcome: Outcome) -> Outcome {
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

    pub fn receive(&mut self, reports: &[Report], now: i64) -> Stored<()> {
        for report in reports {
            let row = report
                .callback
                .as_ref()
                .and_then(|id| self.store.by_callback(id));
            let row = row.or_else(|| self.store.by_wamid(&report.wamid));
            if row.is_none() && report.callback.is_some() && self.has(Bug::BadStatusLosesBatch) {
                return Ok(());
            }
            if self.has(Bug::EvidenceDropped) && report.status == "failed" {
                continue;
            }
            if !self.evidence(report.digest)? {
                continue;
            }
            match row {
                Some(at) => self.status(at, report, now)?,
                None => {
                    self.store
                        .write(Undo::Quarantine(self.store.quarantine.clone()))?;
                    self.store.quarantine.push(report.clone());
                    self.tell_gate(Told::Heard, now)?;
                }
            }
        }
        Ok(())
    }

    fn status(&mut self, at: usize, report: &Report, now: i64) -> Stored<()> {
        let own = &mut self.store.rows[at].delivery;
        if self.bug == Some(Bug::FirstStatusOnly) && !own.evidence.is_empty() {
            return Ok(());
        }
        if self.bug == Some(Bug::LastWriterWins) {
            own.evidence.clear();
        }
        self.apply(at, status_event(report), now)?;
        let row = &self.store.rows[at];
        let told = Told::Reported {
            pair: recipient(row.pair),
            template: TEMPLATES[row.template].to_owned(),
            category: row.category,
            status: report.status.to_owned(),
            code: report.code,
            details: report.details.clone(),
        };
        self.tell_gate(told, now).map(drop)
    }

    /// What a person asks of one delivery; `Err` inside is the machine's refusal.
    pub fn act(&mut self, at: usize, event: Event, now: i64) -> Stored<Result<(), Refusal>> {
        let cancels = matches!(event, Event::Cancel { .. });
        let commands = self.apply(at, event, now)?;
        let refusal = commands.iter().find_map(|command| match command {
            Command::Refuse { reason, .. } => Some(*reason),
            _ => None,
        });
        Ok(match refusal {
            Some(_) if cancels && self.has(Bug::CancelClaimsSuccess) => Ok(()),
            Some(reason) => Err(reason),
            None => Ok(()),
        })
    }

    pub fn control(&mut self, what: What, name: Option<&str>, action: Act, now: i64) -> Stored<()> {
        if action == Act::Pause && self.has(Bug::PauseIgnored) {
            return Ok(());
        }
        let told = Told::Control {
            what,
            name: name.map(str::to_owned),
            action,
            by: "ana".to_owned(),
        };
        self.tell_gate(told, now)?;
        if action == Act::Cancel && self.has(Bug::CancelledCampaignSent) {
            if let Some(sender) = &mut self.store.gate.sender {
                sender.campaigns.clear();
            }
            self.store.sweeps.cancel.clear();
        }
        Ok(())
    }

    pub fn probed(&mut self, ok: bool, code: Option<i64>, now: i64) -> Stored<()> {
        if self.has(Bug::BreakerNeverCloses) {
            return Ok(());
        }
        self.tell_gate(Told::Probed { ok, code }, now).map(drop)
    }

    pub fn note_dead_letter(&mut self) -> Stored<()> {
        self.store.write(Undo::DeadLetter)?;
        self.store.dead_letters += 1;
        self.notes.push(Note::DeadLetter);
        Ok(())
    }

    /// The rows that want a tick now. Each is a transaction of its own, as one that fails must not keep the others.
    pub fn to_wake(&self, now: i64) -> Vec<usize> {
        let wakes = |row: &Row| {
            let postponed = row.postponed.is_some_and(|at| at > now);
            row.delivery.wake_at.is_some_and(|at| at <= now) && !postponed
        };
        let rows = self.store.rows.iter().enumerate();
        rows.filter(|(_, row)| wakes(row))
            .map(|(at, _)| at)
            .take(WAKE_BATCH)
            .collect()
    }

    /// One row's tick. `false`: it cannot be read, and waits out of the others' way.
    pub fn wake(&mut self, at: usize, now: i64) -> Stored<bool> {
        if self.store.rows[at].poison {
            if self.has(Bug::PoisonStopsAlarm) {
                return Ok(false);
            }
            self.notes.push(Note::Poison(at));
            self.store
                .write(Undo::Postponed(at, self.store.rows[at].postponed))?;
            self.store.rows[at].postponed = Some(now + 60_000);
            return Ok(true);
        }
        let own = &self.store.rows[at].delivery;
        let sending = own.state == State::Sending;
        if sending && self.has(Bug::ResendOnTimeout) {
            let attempt = own.attempt.as_ref();
            let (n, nonce) = attempt.map_or((0, String::new()), |a| (a.n, a.nonce.clone()));
            return self
                .apply(at, Event::Abandoned { n, nonce }, now)
                .map(|_| true);
        }
        self.apply(at, Event::Tick, now)?;
        let own = &self.store.rows[at].delivery;
        if sending && own.state == State::Unknown {
            let id = own.id.clone();
            self.tell_gate(Told::TimedOut { id }, now)?;
        }
        Ok(true)
    }

    pub fn tick_gate(&mut self, now: i64) -> Stored<()> {
        self.tell_gate(Told::Tick, now).map(drop)
    }

    /// Tells rows what a control or the end of a stop means for them, some at a time.
    pub fn sweep(&mut self, now: i64) -> Stored<()> {
        if self.store.sweeps.release {
            let blocked = self.some_rows(|row| row.delivery.state == State::Blocked);
            if blocked.is_empty() {
                self.store.write(Undo::Sweeps(self.store.sweeps.clone()))?;
                self.store.sweeps.release = false;
            }
            for at in blocked {
                let by = Some("gate".to_owned());
                self.apply(at, Event::Released { by }, now)?;
            }
        }
        if let Some(&campaign) = self.store.sweeps.cancel.first() {
            let waits = |row: &Row| matches!(row.delivery.state, State::Queued | State::Blocked);
            let queued = self.some_rows(|row| row.campaign == Some(campaign) && waits(row));
            if queued.is_empty() {
                self.store.write(Undo::Sweeps(self.store.sweeps.clone()))?;
                self.store.sweeps.cancel.remove(0);
            }
            for at in queued {
                let by = Some("ana".to_owned());
                self.apply(at, Event::Cancel { by }, now)?;
            }
        }
        Ok(())
    }

    fn some_rows(&self, which: impl Fn(&Row) -> bool) -> Vec<usize> {
        let rows = self.store.rows.iter().enumerate();
        let found = rows.filter(|(_, row)| !row.poison && which(row));
        found.map(|(at, _)| at).take(SWEEP_BATCH).collect()
    }

    /// One event of one row: judged by the machine, stored, its records appended.
    pub fn apply(&mut self, at: usize, event: Event, now: i64) -> Stored<Vec<Command>> {
        let before = self.store.rows[at].delivery.clone();
        self.store.write(Undo::Row(at, Box::new(before.clone())))?;
        let word = event.word();
        let Ok(done) = step(Some(before.clone()), event, now) else {
            self.notes.push(Note::Poison(at));
            return Ok(Vec::new());
        };
        self.store.rows[at].delivery = done.delivery;
        self.round_trip(at);
        let recorded = done
            .commands
            .iter()
            .any(|c| matches!(c, Command::Record { .. }));
        let learnt = self.store.rows[at].delivery.wamids.len() > before.wamids.len();
        let known = before.wamids.clone();
        self.notes.push(Note::Stepped {
            row: at,
            event: word,
            steps: Box::new((before, self.store.rows[at].delivery.clone())),
            recorded,
        });
        let commands = self.keep_entries(done.commands);
        if learnt && !self.store.quarantine.is_empty() {
            self.adopt(at, &known, now)?;
        }
        Ok(commands)
    }

    /// Statuses that came for a message before anybody knew whose it is.
    fn adopt(&mut self, at: usize, known: &[String], now: i64) -> Stored<()> {
        let wamids = self.store.rows[at].delivery.wamids.clone();
        let ours =
            |report: &Report| wamids.contains(&report.wamid) && !known.contains(&report.wamid);
        let was = self.store.quarantine.clone();
        let (mine, rest): (Vec<Report>, Vec<Report>) = was.iter().cloned().partition(ours);
        if mine.is_empty() {
            return Ok(());
        }
        self.store.write(Undo::Quarantine(was))?;
        self.store.quarantine = rest;
        mine.iter()
            .try_for_each(|report| self.status(at, report, now))
    }

    fn keep_entries(&mut self, commands: Vec<Command>) -> Vec<Command> {
        for command in &commands {
            if let Command::Record { entry } = command {
                let mut entry = entry.clone();
                if self.bug == Some(Bug::RecipientInLog) && entry.code.is_some() {
                    entry.note = Some(format!("for {}", recipient(0)));
                }
                self.notes.push(Note::Entry(entry));
            }
        }
        commands
    }

    fn evidence(&mut self, digest: u64) -> Stored<bool> {
        if self.store.digests.contains(&digest) {
            return Ok(false);
        }
        self.store.write(Undo::Digest(digest))?;
        Ok(self.store.digests.insert(digest))
    }

    pub fn tell_gate(&mut self, event: Told, now: i64) -> Stored<Gated> {
        let was = self.store.gate.clone();
        let sender = was.sender.clone();
        self.store.write(Undo::Gate(Box::new(was)))?;
        let mut settings = self.settings.clone();
        if self.has(Bug::PaceIgnored) {
            settings.per_second = 1_000_000;
        }
        let Ok(answer) = gate(sender, event, &settings, now) else {
            self.notes.push(Note::Poison(usize::MAX));
            return Err(super::store::StorageFailed);
        };
        self.store.gate.sender = Some(answer.state.clone());
        self.store.gate.lease_at = answer.lease_at;
        self.store.gate.wake_at = answer.wake_at;
        for clock in &answer.pairs {
            if let Some(pair) = self.pair_named(&clock.pair) {
                self.store
                    .write(Undo::Pair(pair, self.store.pair_at[pair]))?;
                self.store.pair_at[pair] = Some(clock.pair_at);
            }
        }
        for command in &answer.commands {
            self.carry_out(command)?;
        }
        Ok(answer)
    }

    fn carry_out(&mut self, command: &gate::Command) -> Stored<()> {
        match command {
            gate::Command::Suppress { pair, until, code } => {
                if let Some(pair) = self.pair_named(pair) {
                    let was = self.store.suppressed[pair].clone();
                    let for_good = was.as_ref().is_some_and(|entry| entry.until.is_none());
                    if !for_good {
                        self.store.write(Undo::Suppressed(pair, was))?;
                        let (until, code) = (*until, Some(*code));
                        self.store.suppressed[pair] = Some(Suppressed { until, code });
                    }
                }
            }
            gate::Command::ReleaseBlocked => {
                self.store.write(Undo::Sweeps(self.store.sweeps.clone()))?;
                self.store.sweeps.release = true;
            }
            gate::Command::CancelCampaign { name, .. } => {
                if let Some(at) = CAMPAIGNS.iter().position(|own| own == name) {
                    self.store.write(Undo::Sweeps(self.store.sweeps.clone()))?;
                    self.store.sweeps.cancel.push(at);
                }
            }
            gate::Command::Alert {
                kind,
                name,
                message,
                action,
                ..
            } => {
                let name = name.as_deref().unwrap_or_default();
                let text = format!("{name} {message} {action}");
                self.notes.push(Note::Alert {
                    kind: Some(*kind),
                    text,
                    silence: false,
                });
            }
            gate::Command::AlertSilence { message, action } => {
                let text = format!("{message} {action}");
                self.notes.push(Note::Alert {
                    kind: None,
                    text,
                    silence: true,
                });
            }
            gate::Command::AllClear { .. } | gate::Command::Refuse { .. } => {}
        }
        Ok(())
    }

    fn pair_named(&self, name: &str) -> Option<usize> {
        (0..self.store.pair_at.len()).find(|pair| recipient(*pair) == name)
    }

    /// Now and then through JSON, as every row goes in the Worker.
    fn round_trip(&mut self, at: usize) {
        self.round_trips += 1;
        if self.round_trips % 97 != 0 {
            return;
        }
        let row = &mut self.store.rows[at].delivery;
        let text = serde_json::to_string(row).unwrap_or_default();
        let read: Option<Delivery> = serde_json::from_str(&text).ok();
        assert_eq!(read.as_ref(), Some(&*row), "the row survives its storage");
        if let Some(sender) = &self.store.gate.sender {
            let text = serde_json::to_string(sender).unwrap_or_default();
            let read = serde_json::from_str(&text).ok();
            assert_eq!(read.as_ref(), Some(sender), "the gate survives its storage");
        }
    }

    fn make_id(&mut self) -> String {
        let mut random = [0; 16];
        for half in random.chunks_mut(8) {
            half.copy_from_slice(&self.dice.next().to_le_bytes());
        }
        ids::make(0, &random).unwrap_or_default()
    }
}

pub fn answer_digest(row: usize, n: u32) -> u64 {
    0xa000_0000_0000_0000 | (row as u64) << 32 | u64::from(n)
}

fn status_event(report: &Report) -> Event {
    Event::Status {
        wamid: report.wamid.clone(),
        status: report.status.to_owned(),
        timestamp: Some(report.at),
        code: report.code,
        title: None,
        details: report.details.clone(),
    }
}
