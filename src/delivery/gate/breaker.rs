//! The two breakers of a sender: the account is refused, or Meta cannot be reached.
//!
//! Both open by what POSTs bring back, are probed by a GET and never by a message, and close by one
//! message that is granted as a trial.

use super::state::Breaker;
use super::{Command, Why, Work};
use crate::delivery::backoff;
use crate::delivery::outcome::Outcome;

impl Work<'_> {
    /// An attempt that nobody answered.
    pub(super) fn no_answer(&mut self, id: &str, code: Option<i64>) {
        // What the trial of another matter would have said stays open: the next start is asked.
        let was_trial = is_trial(&self.state.transport, id);
        self.give_back(id);
        self.state.unknowns = self.state.unknowns.saturating_add(1);
        if was_trial {
            let wait = self.probe_wait(&self.state.transport);
            reopen(&mut self.state.transport, self.now, wait, code);
        } else if self.state.transport.is_none()
            && self.state.unknowns >= self.settings.transport_errors.max(1)
        {
            self.state.transport = Some(self.opened(code));
            self.commands.push(Command::Alert {
                kind: Why::Transport,
                name: None,
                code,
                message: format!(
                    "{} attempts in a row came back without an answer that can be read; nothing more is started",
                    self.state.unknowns
                ),
                action: "nothing yet: Meta is asked with a GET, and sending goes on when it answers; look \
                         at Meta's status page when this lasts"
                    .to_owned(),
            });
        }
    }

    /// An attempt came back with an answer that can be read.
    pub(super) fn answered(&mut self, id: &str) {
        self.state.unknowns = 0;
        if is_trial(&self.state.transport, id) {
            self.state.transport = None;
            self.all_clear(Why::Transport);
        }
    }

    /// The account was refused: by the answer to `id`, or by a webhook.
    pub(super) fn account_refused(&mut self, id: Option<&str>, outcome: &Outcome) {
        let wait = self.probe_wait(&self.state.account);
        match &self.state.account {
            None => {
                self.state.account = Some(self.opened(outcome.code));
                self.commands.push(Command::Alert {
                    kind: Why::Account,
                    name: None,
                    code: outcome.code,
                    message: "Meta refuses this account or number; nothing more is started"
                        .to_owned(),
                    action: outcome.action.clone().into_owned(),
                });
            }
            // What was under way when it opened says nothing new.
            Some(_) if id.is_some_and(|id| is_trial(&self.state.account, id)) => {
                reopen(&mut self.state.account, self.now, wait, outcome.code);
            }
            Some(_) => {}
        }
    }

    /// An answer that refuses no account: the trial of an open breaker succeeded.
    pub(super) fn account_works(&mut self, id: &str) {
        if is_trial(&self.state.account, id) {
            self.state.account = None;
            self.all_clear(Why::Account);
            self.commands.push(Command::ReleaseBlocked);
        }
    }

    /// Whether somebody should GET the number.
    pub(super) fn probe_is_due(&self) -> bool {
        let waits = |breaker: &Breaker| !breaker.half_open && breaker.next_at <= self.now;
        self.state.paused.is_none() && self.state.breakers().any(waits)
    }

    /// Hands a due probe to one consumer: the next one is asked only after a wait, as the first may die.
    pub(super) fn take_probe(&mut self) -> bool {
        let due = self.probe_is_due();
        let (now, wait) = (self.now, self.settings.probe_ms.max(1));
        for breaker in self
            .state
            .breakers_mut()
            .filter(|breaker| due && !breaker.half_open && breaker.next_at <= now)
        {
            breaker.next_at = now.saturating_add(wait);
        }
        due
    }

    /// What the GET brought.
    pub(super) fn probed(&mut self, ok: bool, code: Option<i64>) {
        if ok {
            return self.give_hope();
        }
        let waits = (
            self.probe_wait(&self.state.account),
            self.probe_wait(&self.state.transport),
        );
        let now = self.now;
        let open = |breaker: &Breaker| !breaker.half_open;
        if self.state.account.as_ref().is_some_and(open) {
            reopen(&mut self.state.account, now, waits.0, code);
        }
        if self.state.transport.as_ref().is_some_and(open) {
            reopen(&mut self.state.transport, now, waits.1, None);
        }
    }

    /// The next start is a trial: Meta answers again, or a person says that the trouble is over.
    pub(super) fn give_hope(&mut self) {
        for breaker in self.state.breakers_mut() {
            breaker.half_open = true;
        }
        if self.state.account.is_some() {
            self.commands.push(Command::ReleaseBlocked);
        }
    }

    /// Marks a start that was just granted as the trial of what is half open.
    pub(super) fn begin_trials(&mut self, id: &str, template: &str) {
        let patience = self.now.saturating_add(self.settings.trial_ms.max(1));
        for breaker in self.state.breakers_mut() {
            breaker.trial = Some(id.to_owned());
            breaker.next_at = patience;
        }
        self.begin_template_trial(id, template);
    }

    pub(super) fn all_clear(&mut self, why: Why) {
        let kind = Some(why);
        self.commands.push(Command::AllClear { kind, name: None });
    }

    fn opened(&self, code: Option<i64>) -> Breaker {
        Breaker {
            since: self.now,
            code,
            fails: 0,
            next_at: self.now.saturating_add(self.settings.probe_ms.max(1)),
            half_open: false,
            trial: None,
        }
    }

    /// The wait before the next probe: it doubles with every one that failed.
    fn probe_wait(&self, breaker: &Option<Breaker>) -> i64 {
        let fails = breaker
            .as_ref()
            .map_or(0, |breaker| breaker.fails.saturating_add(1));
        backoff::doubled(
            self.settings.probe_ms.max(1),
            fails,
            self.settings.probe_max_ms,
        )
    }
}

fn is_trial(breaker: &Option<Breaker>, id: &str) -> bool {
    breaker
        .as_ref()
        .is_some_and(|breaker| breaker.trial.as_deref() == Some(id))
}

fn reopen(breaker: &mut Option<Breaker>, now: i64, wait: i64, code: Option<i64>) {
    if let Some(breaker) = breaker {
        breaker.half_open = false;
        breaker.trial = None;
        breaker.fails = breaker.fails.saturating_add(1);
        breaker.next_at = now.saturating_add(wait);
        breaker.code = code.or(breaker.code);
    }
}
