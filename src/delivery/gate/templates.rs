//! Templates that Meta refuses again and again: their rows wait, those of others go on.

use super::state::{Hold, Template};
use super::{Command, Why, Work};
use crate::delivery::backoff;
use crate::delivery::outcome::{Class, Outcome, Resend};

impl Work<'_> {
    /// Whether the template's rows must wait: the time until a trial, when there will be one.
    pub(super) fn template_holds(&self, template: &str) -> Option<Option<i64>> {
        let hold = self.state.templates.get(template)?.hold.as_ref()?;
        let trial_is_due = hold.until.is_some_and(|at| at <= self.now);
        (!trial_is_due).then_some(hold.until)
    }

    /// Templates of which nothing may be leased now.
    pub(super) fn held_templates(&self) -> Vec<String> {
        let names = self.state.templates.keys();
        names
            .filter(|name| self.template_holds(name).is_some())
            .cloned()
            .collect()
    }

    pub(super) fn begin_template_trial(&mut self, id: &str, template: &str) {
        let entry = self.state.templates.get_mut(template);
        if let Some(hold) = entry.and_then(|entry| entry.hold.as_mut()) {
            hold.trial = Some(id.to_owned());
            // A trial that never comes back is followed by another.
            hold.until = Some(self.now.saturating_add(backoff::doubled(
                self.settings.trial_ms.max(1),
                hold.fails,
                self.settings.trial_max_ms,
            )));
        }
    }

    /// Meta took a message of this template.
    pub(super) fn template_works(&mut self, id: &str, template: &str) {
        let Some(entry) = self.state.templates.get(template) else {
            return;
        };
        match &entry.hold {
            None => {
                self.state.templates.remove(template);
            }
            Some(hold) if hold.trial.as_deref() == Some(id) => self.release_template(template),
            // It was under way when the hold began.
            Some(_) => {}
        }
    }

    /// Counts an error of the template's: equal ones in a row hold it.
    pub(super) fn template_refused(&mut self, id: Option<&str>, template: &str, outcome: &Outcome) {
        let Some(code) = template_error(outcome) else {
            return;
        };
        let (now, trial_ms, longest) =
            (self.now, self.settings.trial_ms, self.settings.trial_max_ms);
        let entry = self
            .state
            .templates
            .entry(template.to_owned())
            .or_insert(Template {
                code: Some(code),
                run: 0,
                hold: None,
            });
        if let Some(hold) = &mut entry.hold {
            // What a person holds is theirs to let go.
            if hold.by.is_none() && id.is_some() && hold.trial.as_deref() == id {
                hold.trial = None;
                hold.fails = hold.fails.saturating_add(1);
                hold.until = passes(outcome).then(|| {
                    now.saturating_add(
                        backoff::doubled(trial_ms.max(1), hold.fails, longest)
                            .max(backoff::named(outcome).unwrap_or(0)),
                    )
                });
                entry.code = Some(code);
            }
            return;
        }
        entry.run = match entry.code == Some(code) {
            true => entry.run.saturating_add(1),
            false => 1,
        };
        entry.code = Some(code);
        if entry.run < self.settings.template_errors.max(1) {
            return;
        }
        let until = passes(outcome)
            .then(|| now.saturating_add(trial_ms.max(1).max(backoff::named(outcome).unwrap_or(0))));
        entry.hold = Some(Hold {
            since: now,
            until,
            fails: 0,
            trial: None,
            by: None,
        });
        let message = format!(
            "Meta refused {} messages of this template in a row with the same code; its others wait",
            entry.run
        );
        self.commands.push(Command::Alert {
            kind: Why::Template,
            name: Some(template.to_owned()),
            code: Some(code),
            message,
            action: outcome.action.clone().into_owned(),
        });
    }

    pub(super) fn pause_template(&mut self, template: String, by: String) {
        let since = self.now;
        let entry = self.state.templates.entry(template).or_insert(Template {
            code: None,
            run: 0,
            hold: None,
        });
        // A person's pause outlasts every trial, also the one that is under way.
        let hold = entry.hold.get_or_insert(Hold {
            since,
            until: None,
            fails: 0,
            trial: None,
            by: None,
        });
        hold.until = None;
        hold.trial = None;
        hold.by = Some(by);
    }

    /// A new definition ends a hold, unless a person wants it.
    pub(super) fn template_changed(&mut self, template: &str) {
        let entry = self.state.templates.get(template);
        let held = entry.and_then(|entry| entry.hold.as_ref());
        if held.is_none_or(|hold| hold.by.is_none()) {
            self.release_template(template);
        }
    }

    /// Ends a hold: the definition changed, a trial succeeded, or a person says so.
    pub(super) fn release_template(&mut self, template: &str) {
        let entry = self.state.templates.remove(template);
        if entry.is_some_and(|entry| entry.hold.is_some_and(|hold| hold.by.is_none())) {
            self.commands.push(Command::AllClear {
                kind: Some(Why::Template),
                name: Some(template.to_owned()),
            });
        }
    }
}

/// The code of an answer that is about the template: it is missing, paused or disabled, or what is sent
/// does not fit it.
fn template_error(outcome: &Outcome) -> Option<i64> {
    let code = outcome.code?;
    let about = match outcome.class {
        Class::Template => true,
        Class::Invalid => (132_000..133_000).contains(&code),
        _ => false,
    };
    about.then_some(code)
}

/// Whether the template may be sent again without anybody doing anything.
fn passes(outcome: &Outcome) -> bool {
    outcome.class == Class::Template && outcome.resend == Resend::After
}
