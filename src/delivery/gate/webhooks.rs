//! Whether Meta still tells what becomes of messages: accepts without any webhook are silence.

use super::{Command, Work};

impl Work<'_> {
    /// A webhook came.
    pub(super) fn heard(&mut self) {
        let webhooks = &mut self.state.webhooks;
        let was_silent = webhooks.silent;
        *webhooks = super::Webhooks {
            heard_at: Some(self.now),
            ..super::Webhooks::default()
        };
        if was_silent {
            let (kind, name) = (None, None);
            self.commands.push(Command::AllClear { kind, name });
        }
    }

    /// Meta took a message, and has to tell what becomes of it.
    pub(super) fn accepted(&mut self) {
        if let Some(throttle) = &self.state.throttle
            && throttle.until <= self.now
        {
            self.state.throttle = None;
        }
        let webhooks = &mut self.state.webhooks;
        webhooks.accepts = webhooks.accepts.saturating_add(1);
        webhooks.first_accept_at.get_or_insert(self.now);
    }

    /// When the silence has lasted too long; `None` while there is none to speak of.
    pub(super) fn silence_at(&self) -> Option<i64> {
        let webhooks = &self.state.webhooks;
        let enough = webhooks.accepts >= self.settings.silence_accepts.max(1) && !webhooks.silent;
        let first = webhooks.first_accept_at.filter(|_| enough)?;
        Some(first.saturating_add(self.settings.silence_ms.max(1)))
    }

    pub(super) fn look_at_silence(&mut self) {
        if self.silence_at().is_none_or(|at| at > self.now) {
            return;
        }
        self.state.webhooks.silent = true;
        self.commands.push(Command::AlertSilence {
            message: format!(
                "Meta took {} messages and no webhook came since",
                self.state.webhooks.accepts
            ),
            action: "check the webhook's address, its subscription to `messages` and the app secret in Meta's \
                     settings: without webhooks nobody learns what becomes of messages"
                .to_owned(),
        });
    }
}
