//! What webhooks, people, time and dead letters say to the ledger.

use super::bugs::Bug;
use super::ledger::{Ledger, Note};
use super::store::{Report, Row, Stored, TEMPLATES, Undo, recipient};
use wa_preflight::delivery::gate::{Act, Event as Told, What};
use wa_preflight::delivery::machine::{Command, Event, Refusal, State};

const WAKE_BATCH: usize = 20;
const SWEEP_BATCH: usize = 8;

impl Ledger {
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

    pub fn status(&mut self, at: usize, report: &Report, now: i64) -> Stored<()> {
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

    pub fn some_rows(&self, which: impl Fn(&Row) -> bool) -> Vec<usize> {
        let rows = self.store.rows.iter().enumerate();
        let found = rows.filter(|(_, row)| !row.poison && which(row));
        found.map(|(at, _)| at).take(SWEEP_BATCH).collect()
    }
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
