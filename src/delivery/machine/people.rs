//! What callers and people do to a delivery: cancel, release, resend, close, judge again.

use super::event::Refusal;
use super::join;
use super::reason::Reason;
use super::row::{Category, Cause, Phase, State};
use super::{Note, Work};

impl Work {
    /// Cancels a row that was never started since it was queued.
    pub(super) fn cancel(&mut self, by: Option<String>) {
        match self.delivery.state {
            State::Queued | State::Blocked => {
                self.enter(Phase::Cancelled, Reason::Cancelled.into(), Note::by(by));
            }
            State::Cancelled => {}
            _ => self.refuse(Refusal::TooLate, "it has been started, or has ended"),
        }
    }

    /// Lets a blocked row go on: the account works again.
    pub(super) fn release(&mut self, by: Option<String>) {
        if self.delivery.state != State::Blocked {
            return self.refuse(Refusal::NotBlocked, "it is not blocked");
        }
        if self.expire() {
            return;
        }
        self.delivery.not_before = None;
        self.delivery.retries = 0;
        self.enter(Phase::Queued, Reason::Released.into(), Note::by(by));
        self.nudge();
    }

    /// Queues one more attempt because a person wants it, whatever the risk.
    pub(super) fn resend(&mut self, by: String, expires_at: Option<i64>) {
        let allowed = matches!(
            self.delivery.state,
            State::Failed
                | State::Unknown
                | State::NeedsAttention
                | State::Expired
                | State::Cancelled
                | State::Blocked
        );
        if !allowed {
            return self.refuse(
                Refusal::NotAllowed,
                "only a delivery that failed, ended unsent or needs attention can be resent",
            );
        }
        let delivery = &mut self.delivery;
        delivery.expires_at = expires_at
            .unwrap_or_else(|| self.now.saturating_add(delivery.category.default_life_ms()));
        delivery.not_before = None;
        delivery.retries = 0;
        delivery.resends = delivery.resends.saturating_add(1);
        delivery.superseded = delivery.wamids.clone();
        delivery.forced = true;
        self.enter(Phase::Queued, Reason::Forced.into(), Note::by(Some(by)));
        if !self.expire() {
            self.nudge();
        }
    }

    /// Closes a row that a person has dealt with.
    pub(super) fn close(&mut self, by: String, note: Option<String>) {
        match self.delivery.state {
            State::Unknown | State::NeedsAttention | State::Conflict => {
                let note = Note {
                    text: note,
                    ..Note::by(Some(by))
                };
                self.enter(Phase::Closed, Reason::Closed.into(), note);
            }
            State::Closed => {}
            _ => self.refuse(
                Refusal::NotAllowed,
                "only a delivery that is unknown, in conflict or needs attention can be closed",
            ),
        }
    }

    /// Takes in what preflight says under the template's newer definition.
    /// Meta's word on what a template is for decides who may refuse it; the deadline stays the one that was promised.
    pub(super) fn recategorize(&mut self, category: Option<Category>) {
        if let (Some(category), State::Queued | State::Blocked) = (category, self.delivery.state) {
            self.delivery.category = category;
        }
    }

    pub(super) fn rejudged(&mut self, epoch: i64, ok: bool, diagnostic: Option<String>) {
        if !matches!(self.delivery.state, State::Queued | State::Blocked) {
            return self.refuse(Refusal::TooLate, "it has been started, or has ended");
        }
        let newest = self.delivery.epoch.unwrap_or(epoch).max(epoch);
        self.delivery.epoch = Some(newest);
        if ok {
            self.delivery.leased_until = None;
            self.delivery.updated_at = self.now;
            join::derive(&mut self.delivery, self.now);
            return self.nudge();
        }
        let cause = Cause {
            reason: Reason::RefusedByPreflight,
            code: None,
            action: diagnostic.clone(),
        };
        let note = Note {
            text: diagnostic,
            ..Note::default()
        };
        self.enter(Phase::Rejected, cause, note);
    }
}
