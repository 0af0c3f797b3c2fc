//! The life of one delivery, as a pure function: `step(delivery, event, now)` gives the row to store
//! and the commands to carry out.
//!
//! Two rules stand above all others: no path leads by itself from "Meta has it, or may have it" to
//! another start, and every row that waits has a time at which the waiting ends.

mod attempts;
mod event;
mod join;
mod media;
mod people;
mod reason;
mod row;

pub use event::{Command, Entry, Event, Refusal};
pub use reason::Reason;
pub use row::{Attempt, Category, Cause, Delivery, Evidence, Phase, ROW_VERSION, State};

/// What a step gives: the row to store and what to do once it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The row.
    pub delivery: Delivery,
    /// What to do, in this order.
    pub commands: Vec<Command>,
}

/// A wrong call of [`step`]: nothing may be stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// An event other than `submitted` came without a row.
    #[error("delivery: there is none, and only `submitted` makes one; got `{0}`")]
    NoDelivery(&'static str),
    /// The row has a shape that this version does not know.
    #[error("delivery: its shape has version {0}, this core reads version {ROW_VERSION}")]
    Version(u32),
}

/// Carries a delivery one step on. Times are milliseconds since 1970.
pub fn step(delivery: Option<Delivery>, event: Event, now: i64) -> Result<Step, StepError> {
    match (delivery, event) {
        (Some(delivery), _) if delivery.v != ROW_VERSION => Err(StepError::Version(delivery.v)),
        (Some(delivery), event) => {
            let mut work = Work::on(delivery, &event, now);
            work.apply(event);
            Ok(work.done())
        }
        (
            None,
            Event::Submitted {
                id,
                callback_id,
                key,
                category,
                epoch,
                send_at,
                expires_at,
                reference,
                retry_media,
            },
        ) => {
            let not_before = send_at.filter(|at| *at > now);
            let reason = match not_before {
                Some(_) => Reason::Scheduled,
                None => Reason::Submitted,
            };
            let begin = not_before.unwrap_or(now);
            let delivery = Delivery {
                v: ROW_VERSION,
                id,
                callback_id,
                key,
                reference,
                category,
                state: State::Queued,
                phase: Phase::Queued,
                cause: reason.into(),
                reason,
                action: None,
                code: None,
                settled: false,
                created_at: now,
                updated_at: now,
                expires_at: expires_at
                    .unwrap_or_else(|| begin.saturating_add(category.default_life_ms())),
                not_before,
                leased_until: None,
                due_at: None,
                wake_at: None,
                epoch,
                forced: false,
                resends: 0,
                retry_media: retry_media.unwrap_or(false),
                n: 0,
                retries: 0,
                attempt: None,
                wamids: Vec::new(),
                superseded: Vec::new(),
                duplicate: false,
                evidence: Vec::new(),
            };
            Ok(Work::new(delivery, now).done())
        }
        (None, event) => Err(StepError::NoDelivery(event.word())),
    }
}

/// A step under way.
struct Work {
    delivery: Delivery,
    commands: Vec<Command>,
    now: i64,
    event: &'static str,
}

impl Work {
    fn on(delivery: Delivery, event: &Event, now: i64) -> Self {
        Work {
            delivery,
            commands: Vec::new(),
            now,
            event: event.word(),
        }
    }

    /// The first step of a row.
    fn new(delivery: Delivery, now: i64) -> Self {
        let mut work = Work {
            delivery,
            commands: Vec::new(),
            now,
            event: "submitted",
        };
        join::derive(&mut work.delivery, now);
        work.record(Note::default(), None);
        work.expire();
        work.nudge();
        work
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::Submitted { .. } => {
                self.refuse(Refusal::Exists, "this delivery has been submitted before");
            }
            Event::Leased { until } => self.lease(until),
            Event::Start {
                nonce,
                timeout_ms,
                grace_ms,
                epoch,
                hold,
            } => self.start(nonce, timeout_ms, grace_ms, epoch, hold),
            Event::Deferred { until, why } => self.defer(until, why),
            Event::Suppressed { code } => self.suppress(code),
            Event::Abandoned { n, nonce } => self.abandon(n, &nonce),
            Event::Finished { n, outcome, random } => self.finish(n, outcome, random),
            Event::Status {
                wamid,
                status,
                timestamp,
                code,
                title,
                details,
            } => self.status(Evidence {
                at: timestamp.unwrap_or(0),
                wamid,
                status,
                code,
                title,
                details,
            }),
            Event::Tick => self.tick(),
            Event::Rejudged {
                epoch,
                ok,
                diagnostic,
                category,
            } => {
                self.recategorize(category);
                self.rejudged(epoch, ok, diagnostic);
            }
            Event::Cancel { by } => self.cancel(by),
            Event::Released { by } => self.release(by),
            Event::Resend { by, expires_at } => self.resend(by, expires_at),
            Event::Close { by, note } => self.close(by, note),
        }
    }

    fn done(self) -> Step {
        Step {
            delivery: self.delivery,
            commands: self.commands,
        }
    }

    /// A webhook's word about the message.
    fn status(&mut self, evidence: Evidence) {
        let note = Note {
            text: Some(evidence.status.clone()),
            code: evidence.code,
            ..Note::default()
        };
        let failed =
            (evidence.status == "failed").then_some((evidence.code, evidence.details.clone()));
        let from = self.delivery.state;
        let was = self.delivery.clone();
        let news = join::add(&mut self.delivery, evidence);
        join::derive(&mut self.delivery, self.now);
        if self.delivery == was {
            return;
        }
        self.delivery.updated_at = self.now;
        if news {
            self.record(note, Some(from));
        }
        if let (true, Some((Some(code), details))) = (news, failed) {
            let outcome = super::classify::classify_code(code, None, details.as_deref());
            self.warn_others(&outcome, None);
        }
        self.media_once_more();
    }

    /// What is due at `now`.
    fn tick(&mut self) {
        let overdue = |attempt: &Attempt| attempt.timeout_at <= self.now;
        if self.delivery.phase == Phase::Sending
            && self.delivery.attempt.as_ref().is_some_and(overdue)
        {
            self.enter(Phase::Unknown, Reason::NoOutcome.into(), Note::default());
        }
        self.expire();
        if self.delivery.expires_at <= self.now {
            let reason = match self.delivery.state {
                State::Unknown => Some(Reason::Unresolved),
                State::Accepted => Some(Reason::Unconfirmed),
                State::Held => Some(Reason::StillHeld),
                State::Sent => Some(Reason::Undelivered),
                _ => None,
            };
            if let Some(reason) = reason {
                self.enter(Phase::NeedsAttention, reason.into(), Note::default());
            }
        }
        join::derive(&mut self.delivery, self.now);
        self.nudge();
    }

    /// Ends a row whose deadline passed before any start; says whether it did.
    fn expire(&mut self) -> bool {
        let waiting = matches!(self.delivery.state, State::Queued | State::Blocked);
        let expired = waiting && self.delivery.expires_at <= self.now;
        if expired {
            self.enter(
                Phase::Expired,
                Reason::DeadlineBeforeStart.into(),
                Note::default(),
            );
        }
        expired
    }

    /// Moves the row to a phase, derives what is shown and writes it into the timeline.
    fn enter(&mut self, phase: Phase, cause: Cause, note: Note) {
        let from = self.delivery.state;
        self.delivery.phase = phase;
        self.delivery.cause = cause;
        if phase != Phase::Queued {
            self.delivery.leased_until = None;
        }
        // What a person asked for still holds while their attempt waits.
        if !matches!(phase, Phase::Queued | Phase::Blocked) {
            self.delivery.forced = false;
        }
        join::derive(&mut self.delivery, self.now);
        self.delivery.updated_at = self.now;
        self.record(note, Some(from));
    }

    /// Wakes the queue for a row that may be leased, or will be.
    fn nudge(&mut self) {
        if let Some(at) = self.delivery.due_at {
            self.commands.push(Command::Nudge {
                at: at.max(self.now),
            });
        }
    }

    fn refuse(&mut self, reason: Refusal, message: impl Into<String>) {
        self.commands.push(Command::Refuse {
            reason,
            message: message.into(),
        });
    }

    fn record(&mut self, note: Note, from: Option<State>) {
        self.commands.push(Command::Record {
            entry: Entry {
                at: self.now,
                event: self.event.to_owned(),
                from,
                state: self.delivery.state,
                reason: self.delivery.reason,
                n: note.n,
                code: note.code,
                note: note.text,
                by: note.by,
            },
        });
    }
}

/// What a timeline entry says beyond the states.
#[derive(Default)]
struct Note {
    n: Option<u32>,
    code: Option<i64>,
    text: Option<String>,
    by: Option<String>,
}

impl Note {
    fn by(who: Option<String>) -> Self {
        Note {
            by: who,
            ..Note::default()
        }
    }
}
