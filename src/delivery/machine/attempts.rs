//! The claim protocol: lease, start, abandon, finish.

use super::event::{Command, Refusal};
use super::join;
use super::reason::Reason;
use super::row::{Attempt, Cause, Phase, State};
use super::{Note, Work};
use crate::delivery::backoff;
use crate::delivery::outcome::{Class, Outcome, Resend};

/// How much longer than its POST an attempt may take before it is given up as unknown.
const GRACE_MS: i64 = 30_000;

/// Where the doubling of the wait stops, unless the floor is longer.
const LONGEST_MS: i64 = 15 * 60_000;

/// How many attempts one delivery may have.
const MAX_ATTEMPTS: u32 = 200;

impl Work {
    /// Hands the row to a consumer for a while. A lease is no lock: `start` checks again.
    pub(super) fn lease(&mut self, until: i64) {
        if !self.waits() {
            return;
        }
        let now = self.now;
        if self.delivery.leased_until.is_some_and(|until| until > now) {
            return self.refuse(Refusal::Leased, "another consumer holds this delivery");
        }
        self.delivery.leased_until = Some(until);
        self.delivery.updated_at = now;
        join::derive(&mut self.delivery, now);
        self.commands.push(Command::Leased {
            id: self.delivery.id.clone(),
            until,
        });
    }

    /// Grants an attempt, or says why not.
    pub(super) fn start(
        &mut self,
        nonce: String,
        timeout_ms: i64,
        grace_ms: Option<i64>,
        epoch: Option<i64>,
        hold: Option<String>,
    ) {
        let now = self.now;
        let timeout_at = now
            .saturating_add(timeout_ms.max(0))
            .saturating_add(grace_ms.unwrap_or(GRACE_MS).max(0));
        let sending = self.delivery.state == State::Sending;
        let same =
            |attempt: &&mut Attempt| sending && attempt.nonce == nonce && attempt.outcome.is_none();
        if let Some(attempt) = self.delivery.attempt.as_mut().filter(same) {
            // The reply was lost: the same consumer asks again and has posted nothing yet.
            attempt.timeout_at = attempt.timeout_at.max(timeout_at);
            self.delivery.updated_at = now;
            join::derive(&mut self.delivery, now);
            return self.post();
        }
        if !self.waits() {
            return;
        }
        if let Some(control) = hold {
            // Its consumer goes on to others: the lease would only keep it from the next one.
            self.delivery.leased_until = None;
            join::derive(&mut self.delivery, now);
            let message = format!("`{control}` holds this delivery");
            return self.refuse(Refusal::Hold, message);
        }
        let newer = epoch.filter(|current| self.delivery.epoch.is_some_and(|own| own < *current));
        if let Some(epoch) = newer {
            self.refuse(
                Refusal::StaleTemplate,
                "the template has changed since this message was checked",
            );
            return self.commands.push(Command::Rejudge { epoch });
        }
        let n = self.delivery.n.saturating_add(1);
        self.delivery.n = n;
        self.delivery.attempt = Some(Attempt {
            n,
            nonce,
            started_at: now,
            timeout_at,
            ended_at: None,
            forced: self.delivery.forced,
            outcome: None,
        });
        let note = Note {
            n: Some(n),
            ..Note::default()
        };
        self.enter(Phase::Sending, Reason::InFlight.into(), note);
        self.post();
    }

    /// Keeps the row from starting before a time.
    pub(super) fn defer(&mut self, until: i64, why: Option<String>) {
        if !self.waits() {
            return;
        }
        self.delivery.leased_until = None;
        self.delivery.not_before = Some(until);
        let note = Note {
            text: why,
            ..Note::default()
        };
        self.enter(Phase::Queued, Reason::Paced.into(), note);
        self.nudge();
    }

    /// Ends a row whose recipient wants no marketing.
    pub(super) fn suppress(&mut self, code: Option<i64>) {
        if !matches!(self.delivery.state, State::Queued | State::Blocked) {
            return self.refuse(Refusal::TooLate, "it has been started, or has ended");
        }
        let cause = Cause {
            reason: Reason::Suppressed,
            code,
            action: None,
        };
        let note = Note {
            code,
            ..Note::default()
        };
        self.enter(Phase::Rejected, cause, note);
    }

    /// Takes an attempt back of which nothing was posted.
    pub(super) fn abandon(&mut self, n: u32, nonce: &str) {
        let now = self.now;
        let ours = self.delivery.attempt.as_mut().filter(|attempt| {
            attempt.n == n && attempt.nonce == nonce && attempt.outcome.is_none()
        });
        let Some(attempt) = ours else {
            return self.refuse(Refusal::StaleAttempt, "this attempt is over");
        };
        attempt.ended_at = Some(now);
        let forced = attempt.forced;
        let note = Note {
            n: Some(n),
            ..Note::default()
        };
        match self.delivery.phase {
            Phase::Sending => {
                self.delivery.forced = forced;
                self.enter(Phase::Queued, Reason::Abandoned.into(), note);
                self.nudge();
            }
            Phase::Unknown | Phase::NeedsAttention => {
                self.enter(Phase::NeedsAttention, Reason::LateRefusal.into(), note);
            }
            _ => self.refuse(Refusal::StaleAttempt, "this attempt is over"),
        }
    }

    /// Takes in what an attempt's answer means. The first outcome of an attempt wins.
    pub(super) fn finish(&mut self, n: u32, outcome: Outcome, random: f64) {
        let before = self.delivery.wamids.len();
        if let Some(wamid) = &outcome.message_id {
            join::learn(&mut self.delivery.wamids, wamid);
        }
        let learnt = self.delivery.wamids.len() > before;
        let note = Note {
            n: Some(n),
            code: outcome.code,
            text: Some(outcome.class.word().to_owned()),
            by: None,
        };
        let now = self.now;
        let attempt = self.delivery.attempt.as_mut();
        let Some(attempt) = attempt.filter(|a| a.n == n && a.outcome.is_none()) else {
            if learnt {
                let from = self.delivery.state;
                join::derive(&mut self.delivery, now);
                self.delivery.updated_at = now;
                self.record(note, Some(from));
            }
            return self.refuse(Refusal::StaleAttempt, "this attempt has its outcome");
        };
        attempt.ended_at = Some(now);
        attempt.outcome = Some(outcome.clone());
        let forced = attempt.forced;
        let stay = (self.delivery.phase, self.delivery.cause.clone());
        let (phase, cause) = match (self.delivery.phase, outcome.class) {
            // Closed stays closed; the answer is on record.
            (Phase::Closed, _) => stay,
            (_, Class::Accepted) => accepted(&outcome),
            // A person has asked for one more attempt: only an accept makes that needless.
            (Phase::Queued, _) if self.delivery.forced => stay,
            (Phase::Unknown | Phase::NeedsAttention, Class::Unknown) => stay,
            (_, Class::Unknown) => (Phase::Unknown, because(Reason::AmbiguousAnswer, &outcome)),
            (Phase::Sending | Phase::Queued, Class::Account) => {
                self.delivery.forced = forced;
                (Phase::Blocked, because(Reason::Account, &outcome))
            }
            (Phase::Sending | Phase::Queued, _) if may_repeat(&outcome) => {
                let next = self.retry(&outcome, random);
                self.delivery.forced = forced;
                next
            }
            (Phase::Unknown | Phase::NeedsAttention, _) if may_repeat(&outcome) => (
                Phase::NeedsAttention,
                because(Reason::LateRefusal, &outcome),
            ),
            _ if may_repeat(&outcome) => stay,
            (_, class) => (Phase::Failed, because(Reason::of_failure(class), &outcome)),
        };
        self.enter(phase, cause, note);
        let until = self.delivery.not_before.filter(|_| phase == Phase::Queued);
        self.warn_others(&outcome, until);
        self.nudge();
        self.media_once_more();
    }

    /// Queues the row again with a wait, or ends it when it had its attempts.
    fn retry(&mut self, outcome: &Outcome, random: f64) -> (Phase, Cause) {
        if self.delivery.n >= MAX_ATTEMPTS {
            return (Phase::Failed, because(Reason::AttemptsExhausted, outcome));
        }
        let floor = backoff::floor(outcome).max(1);
        let wait = backoff::doubled(floor, self.delivery.retries, LONGEST_MS);
        // Equal jitter above the floor: between one and two times the wait, so that many rows that
        // were refused together do not come back together.
        let random = if (0.0..1.0).contains(&random) {
            random
        } else {
            0.5
        };
        let jitter = (wait as f64 * random) as i64;
        self.delivery.retries = self.delivery.retries.saturating_add(1);
        self.delivery.not_before = Some(self.now.saturating_add(wait).saturating_add(jitter));
        self.delivery.leased_until = None;
        let reason = match outcome.class {
            Class::Throttled => Reason::Throttled,
            Class::NotSent => Reason::NotSent,
            Class::Template => Reason::TemplateWait,
            _ => Reason::Transient,
        };
        (Phase::Queued, because(reason, outcome))
    }

    /// Tells the ledger what an outcome means for other rows.
    pub(super) fn warn_others(&mut self, outcome: &Outcome, until: Option<i64>) {
        match outcome.class {
            Class::Account => self.commands.push(Command::StopSender {
                code: outcome.code,
                action: outcome.action.clone().into_owned(),
            }),
            Class::Template => self.commands.push(Command::HoldTemplate {
                code: outcome.code,
                until,
            }),
            _ => {}
        }
    }

    /// Whether the row may be handed out now; refuses when not.
    fn waits(&mut self) -> bool {
        if self.expire() || self.delivery.state == State::Expired {
            self.refuse(
                Refusal::Expired,
                "its deadline passed before it was started",
            );
            return false;
        }
        match self.delivery.state {
            State::Queued => {}
            State::Sending
            | State::Blocked
            | State::Cancelled
            | State::Rejected
            | State::Closed => {
                self.refuse(Refusal::NotQueued, "it is not waiting to be sent");
                return false;
            }
            _ => {
                self.refuse(Refusal::AlreadySent, "Meta has it, or may have it");
                return false;
            }
        }
        let early = self.delivery.not_before.is_some_and(|at| at > self.now);
        if early {
            self.refuse(Refusal::TooEarly, "its time has not come");
        }
        !early
    }

    fn post(&mut self) {
        self.commands.push(Command::Post {
            id: self.delivery.id.clone(),
            n: self.delivery.n,
            callback_id: self.delivery.callback_id.clone(),
        });
    }
}

fn accepted(outcome: &Outcome) -> (Phase, Cause) {
    match outcome.message_status.as_deref() {
        Some("held_for_quality_assessment" | "paused") => (Phase::Held, Reason::HeldByMeta.into()),
        _ => (Phase::Accepted, Reason::Accepted.into()),
    }
}

/// Whether the answer proves that another attempt cannot send twice.
fn may_repeat(outcome: &Outcome) -> bool {
    matches!(outcome.resend, Resend::Safe | Resend::After)
}

fn because(reason: Reason, outcome: &Outcome) -> Cause {
    // Where the reason says more than the code, its own action is the better one.
    let own = matches!(
        reason,
        Reason::AmbiguousAnswer | Reason::LateRefusal | Reason::AttemptsExhausted
    );
    Cause {
        reason,
        code: outcome.code,
        action: (!own && !outcome.action.is_empty()).then(|| outcome.action.clone().into_owned()),
    }
}
