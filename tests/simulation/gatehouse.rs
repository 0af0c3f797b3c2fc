//! What deliveries share: the gate is told, and what it answers is stored and carried out.

use super::bugs::Bug;
use super::ledger::{Ledger, Note};
use super::store::{CAMPAIGNS, StorageFailed, Stored, Undo, recipient};
use wa_preflight::delivery::gate::{self, Event as Told, Gated, Suppressed, gate};

impl Ledger {
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
            return Err(StorageFailed);
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

    pub fn carry_out(&mut self, command: &gate::Command) -> Stored<()> {
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

    pub fn pair_named(&self, name: &str) -> Option<usize> {
        (0..self.store.pair_at.len()).find(|pair| recipient(*pair) == name)
    }
}
