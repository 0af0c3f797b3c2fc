//! What must hold of each row that a step changed.

use super::graph::Said;
use super::store::{Report, SECRET_VALUE};
use super::world::World;
use wa_preflight::delivery::machine::{Category, Delivery, Phase, Reason, State};
use wa_preflight::delivery::outcome::Resend;

const MAX_ATTEMPTS: u32 = 200;
/// A number of a recipient, as far as all of them have it in common.
const CANARY: &str = "336120045";

impl World {
    pub fn stepped(
        &mut self,
        row: usize,
        event: &str,
        (before, now): (&Delivery, &Delivery),
        recorded: bool,
    ) {
        if event == "tick" && now.state != before.state {
            let late = before.wake_at.map_or(0, |at| self.now() - at);
            self.witness.latest_tick = self.witness.latest_tick.max(late);
        }
        let wish = |own: &Delivery| own.evidence.iter().any(|e| e.code == Some(131_050));
        let (pair, category) = {
            let own = &self.ledger.store.rows[row];
            (own.pair, own.category)
        };
        if category == Category::Marketing && wish(now) && !wish(before) {
            self.witness.stopped.push(pair);
        }
        let shown = (before.state, before.reason) != (now.state, now.reason);
        self.must(!shown || recorded, "I3 no bare end", || {
            format!(
                "{row}: {event} made {:?} of {:?} without a line in the timeline",
                now.state, before.state
            )
        });
        let at_work = matches!(now.state, State::Queued | State::Sending);
        let says = now.action.as_deref().is_some_and(|text| text.len() > 8);
        self.must(at_work || says, "I3 no bare end", || {
            format!("{row} is {:?} and says nothing", now.state)
        });
        let waits = now.wake_at.is_some();
        self.must(waits != now.settled, "I8 bounded", || {
            format!("{row} is {:?} and wakes {waits}", now.state)
        });
        self.must(now.n <= MAX_ATTEMPTS, "I8 bounded", || {
            format!("{row} had {} attempts", now.n)
        });
        self.must(now.settled == now.state.settled(), "I3 no bare end", || {
            format!("{row} is half settled")
        });
        if !before.retry_media || now.retry_media {
            self.fits_answer(row, event, now);
        } else {
            self.media_again(row);
        }
        // Nothing becomes startable again that Meta may have, unless somebody asked.
        let maybe_taken = !matches!(
            before.phase,
            Phase::Queued | Phase::Sending | Phase::Blocked
        );
        let asked = event == "resend" || (before.retry_media && !now.retry_media);
        let waits = matches!(now.phase, Phase::Queued | Phase::Sending);
        self.must(
            !maybe_taken || asked || !waits,
            "I2 one live accept",
            || format!("{row}: {event} made {:?} of {:?}", now.phase, before.phase),
        );
    }

    /// What an answer makes of a row is what Meta meant by it.
    pub fn fits_answer(&mut self, row: usize, event: &str, now: &Delivery) {
        if event != "finished" || !matches!(now.phase, Phase::Failed | Phase::Blocked) {
            return;
        }
        let Some(attempt) = &now.attempt else { return };
        let said = self
            .graph
            .posts
            .iter()
            .rev()
            .find(|p| p.row == row && p.n == attempt.n)
            .map(|p| p.said);
        let refused = attempt
            .outcome
            .as_ref()
            .is_some_and(|o| o.resend == Resend::Never);
        let right = match (now.phase, said) {
            (Phase::Failed, Some(Said::Refused)) => refused,
            (Phase::Failed, Some(Said::Wait(_))) => now.reason == Reason::AttemptsExhausted,
            // Late: it had become unknown, or a person had closed it.
            (Phase::Failed, Some(Said::Account)) => now.reason == Reason::Account,
            (Phase::Blocked, Some(Said::Account)) => true,
            _ => false,
        };
        let phase = now.phase;
        self.must(right, "I3 no bare end", || {
            format!("Meta said {said:?} of {row}, and it is {phase:?}")
        });
    }

    /// The one automatic attempt after an accept: all that Meta took is reported failed for its media.
    pub fn media_again(&mut self, row: usize) {
        let mut ours = self.graph.accepts.iter().filter(|a| a.row == row);
        let failed = |wamid: &str| {
            self.witness.rows[row].told.iter().any(|&seq| {
                let report = &self.webhooks.all[seq].report;
                report.wamid == wamid
                    && report.code == Some(131_053)
                    && self.ledger.store.digests.contains(&report.digest)
            })
        };
        let known = &self.ledger.store.rows[row].delivery.wamids;
        let right = ours.all(|accept| failed(&accept.wamid) || !known.contains(&accept.wamid));
        self.must(right, "I2 one live accept", || {
            format!("{row} is tried again, and Meta still has it")
        });
        let truth = &mut self.witness.rows[row];
        truth.allowed = truth.accepts + 1;
    }

    /// What is shown is what the statuses say that are stored, whatever their order.
    pub fn fits_webhooks(&mut self, row: usize, now: &Delivery) {
        let truth = &self.witness.rows[row];
        let heard: Vec<&Report> = truth
            .told
            .iter()
            .map(|&seq| &self.webhooks.all[seq].report)
            .filter(|report| self.ledger.store.digests.contains(&report.digest))
            .filter(|report| report.callback.is_some() || now.wamids.contains(&report.wamid))
            .collect();
        let said =
            |wamid: &str, word: &str| heard.iter().any(|r| r.wamid == wamid && r.status == word);
        let any = |word: &str| heard.iter().any(|r| r.status == word);
        let arrived = |wamid: &str| said(wamid, "delivered") || said(wamid, "read");
        let conflict = heard.iter().any(|r| {
            r.status == "failed" && arrived(&r.wamid) && !now.superseded.contains(&r.wamid)
        });
        let right = match now.state {
            _ if now.phase == Phase::Closed && conflict => now.state == State::Closed,
            State::Conflict => conflict,
            State::Read => any("read") && !conflict,
            State::Delivered => any("delivered") && !any("read") && !conflict,
            _ => !any("read") && !any("delivered"),
        };
        let words: Vec<(String, &str)> =
            heard.iter().map(|r| (r.wamid.clone(), r.status)).collect();
        let kept = heard.iter().all(|report| {
            now.evidence
                .iter()
                .any(|e| e.wamid == report.wamid && e.status == report.status)
        });
        let state = now.state;
        self.must(right, "I4 statuses are a join", || {
            format!("{row} is {state:?}, and webhooks say {words:?}")
        });
        self.must(kept, "I4 statuses are a join", || {
            format!("{row} forgot some of {words:?}")
        });
    }
}

pub fn is_secret(text: &str) -> bool {
    text.contains(CANARY) || text.contains(SECRET_VALUE)
}
