//! What must hold after every event. The witnesses are Meta's ledger, what people were told, and the
//! rows; none of our own counters is believed.

use super::graph::Said;
use super::ledger::{Claim, Finish, Grant, Note, Submission, answer_digest};
use super::store::{CATEGORIES, Report, SECRET_VALUE, TEMPLATES};
use super::world::World;
use wa_preflight::delivery::machine::{Category, Delivery, Phase, Reason, State};
use wa_preflight::delivery::outcome::{Class, Resend};

const MAX_ATTEMPTS: u32 = 200;
const DEEPEST_QUEUE: usize = 60;
/// A number of a recipient, as far as all of them have it in common.
const CANARY: &str = "336120045";

/// An invariant that does not hold.
#[derive(Debug, Clone)]
pub struct Broken {
    pub invariant: &'static str,
    pub story: String,
}

/// What is known for sure about one row, from outside the ledger.
#[derive(Debug, Default, Clone)]
pub struct Truth {
    pub fingerprint: u64,
    /// How many accepts there may be at most: one, and one for each time that somebody asked for one more.
    pub allowed: u32,
    pub accepts: u32,
    /// Attempts, and the true time of each one's start.
    pub granted: Vec<(u32, i64)>,
    pub posted: Vec<u32>,
    /// A person was told that it will not be sent.
    pub cancelled: bool,
    /// Statuses that Meta tells of it.
    pub told: Vec<usize>,
    /// Not before: what Meta's answer asked for.
    pub wait: Wait,
    pub send_at: i64,
}

/// A time by the ledger's clock and by the true one: a clock that jumps ends a wait early, or counts it
/// twice, and nobody can know.
#[derive(Debug, Default, Clone, Copy)]
pub struct Wait {
    clock: i64,
    truth: i64,
}

impl Wait {
    fn over(self, world: &World) -> bool {
        self.clock <= world.now() || self.truth <= world.t
    }

    fn longest(self, world: &World, ms: i64) -> Wait {
        Wait {
            clock: self.clock.max(world.now() + ms),
            truth: self.truth.max(world.t + ms),
        }
    }
}

#[derive(Debug)]
pub struct Witness {
    pub rows: Vec<Truth>,
    pub epochs: [i64; TEMPLATES.len()],
    pub sender_wait: Wait,
    pub broken: Option<Broken>,
    pub alerts: Vec<String>,
    pub silences: u32,
    pub dead_noted: u32,
    /// Waits that a stop of marketing asks for: pairs that were heard of and stored.
    pub stopped: Vec<usize>,
    /// The latest that a tick came after its time, in milliseconds.
    pub latest_tick: i64,
}

impl Default for Witness {
    fn default() -> Self {
        Witness {
            rows: Vec::new(),
            epochs: [1; TEMPLATES.len()],
            sender_wait: Wait::default(),
            broken: None,
            alerts: Vec::new(),
            silences: 0,
            dead_noted: 0,
            stopped: Vec::new(),
            latest_tick: 0,
        }
    }
}

impl World {
    pub fn must(&mut self, holds: bool, invariant: &'static str, story: impl FnOnce() -> String) {
        if !holds && self.witness.broken.is_none() {
            let story = story();
            self.witness.broken = Some(Broken { invariant, story });
        }
    }

    pub fn taken_in(&mut self, row: usize, new: &Submission) {
        let same = (0..row).find(|at| self.ledger.store.rows[*at].key == new.key);
        self.must(same.is_none(), "I1 conservation", || {
            format!("key {} has two rows, {same:?} and {row}", new.key)
        });
        self.witness.rows.push(Truth {
            fingerprint: new.fingerprint,
            allowed: 1,
            send_at: new.send_at.unwrap_or(0),
            ..Truth::default()
        });
    }

    pub fn told_duplicate(&mut self, row: usize, new: &Submission) {
        let same = self.witness.rows[row].fingerprint == new.fingerprint;
        self.must(same, "I1 conservation", || {
            format!("other content under key {} was taken for the same", new.key)
        });
    }

    pub fn told_cancelled(&mut self, row: usize) {
        self.witness.rows[row].cancelled = true;
        let state = self.ledger.store.rows[row].delivery.state;
        self.must(state == State::Cancelled, "cancel tells the truth", || {
            format!("{row} was answered as cancelled and is {state:?}")
        });
    }

    pub fn told_resend(&mut self, row: usize) {
        let truth = &mut self.witness.rows[row];
        let under_way = truth
            .granted
            .iter()
            .filter(|(n, _)| !truth.posted.contains(n))
            .count() as u32;
        truth.allowed = truth.accepts + under_way + 1;
        truth.cancelled = false;
        let state = self.ledger.store.rows[row].delivery.state;
        let ready = matches!(state, State::Queued | State::Expired);
        self.must(ready, "a resend is an attempt", || {
            format!("{row}: a person was told that it will be sent again, and it is {state:?}")
        });
    }

    /// A start was granted and stored: nothing may speak against it at this moment.
    pub fn granted(&mut self, claim: &Claim) {
        self.must(claim.posts.len() <= 6, "I8 bounded", || {
            "a start of more than six".to_owned()
        });
        for grant in &claim.posts {
            self.granted_one(grant);
        }
    }

    fn granted_one(&mut self, grant: &Grant) {
        let Grant { row, n, .. } = *grant;
        let own = &self.ledger.store.rows[row];
        let (template, campaign, pair) = (own.template, own.campaign, own.pair);
        let expires_at = own.delivery.expires_at;
        let truth = &mut self.witness.rows[row];
        let again = truth.granted.iter().any(|(own, _)| *own == n);
        if again {
            return;
        }
        truth.granted.push((n, self.t));
        let (wait, send_at) = (truth.wait, truth.send_at);
        let now = grant.at;
        let people = &self.people;
        let against = [
            (now >= expires_at, "it has expired"),
            (now < send_at && !grant.forced, "its time has not come"),
            (people.sender_paused, "a person paused the sender"),
            (
                people.templates_paused[template],
                "a person paused its template",
            ),
            (
                campaign.is_some_and(|at| people.campaigns_paused[at]),
                "its campaign is paused",
            ),
            (
                campaign.is_some_and(|at| people.campaigns_cancelled[at]),
                "its campaign is cancelled",
            ),
            (
                grant.epoch.unwrap_or(0) < self.witness.epochs[template],
                "its template has changed",
            ),
            (
                CATEGORIES[template] == Category::Marketing && self.witness.stopped.contains(&pair),
                "its recipient wants no marketing",
            ),
            (!wait.over(self) && !grant.forced, "Meta wants it to wait"),
            (
                !self.witness.sender_wait.over(self),
                "Meta wants the sender to wait",
            ),
        ];
        let found = against.iter().find(|(is_so, _)| *is_so);
        self.must(found.is_none(), "nothing starts that may not", || {
            format!(
                "{row}#{n} was started although {}",
                found.map_or("", |(_, why)| why)
            )
        });
    }

    /// How long ago a start was granted.
    pub fn waited_for(&self, grant: &Grant) -> i64 {
        let granted = &self.witness.rows[grant.row].granted;
        let at = granted.iter().find(|(n, _)| *n == grant.n);
        self.t - at.map_or(self.t, |(_, at)| *at)
    }

    /// A POST arrived at Meta, which took it or not.
    pub fn arrived(&mut self, grant: &Grant, accept: Option<usize>) {
        let Grant { row, n, .. } = *grant;
        let truth = &mut self.witness.rows[row];
        let known = truth.granted.iter().any(|(own, _)| *own == n);
        let twice = truth.posted.contains(&n);
        truth.posted.push(n);
        truth.accepts += u32::from(accept.is_some());
        let (cancelled, accepts, allowed) = (truth.cancelled, truth.accepts, truth.allowed);
        self.must(known, "I8 bounded", || {
            format!("{row}#{n} was posted without a start")
        });
        self.must(!twice, "I2 one live accept", || {
            format!("{row}#{n} was posted twice")
        });
        self.must(!cancelled, "cancel tells the truth", || {
            format!("{row}#{n} was posted after its cancel")
        });
        self.must(accepts <= allowed, "I2 one live accept", || {
            format!("Meta holds {accepts} accepts of {row}, and at most {allowed} were asked for")
        });
        self.paced();
    }

    /// How fast the last POST came, read from Meta's ledger. Where the clock jumped ahead, or a request took
    /// longer on its way than others, nobody could know.
    fn paced(&mut self) {
        let Some((last, before)) = self.graph.posts.split_last() else {
            return;
        };
        if last.slow {
            return;
        }
        let jumped = |since: i64| {
            self.jumps
                .iter()
                .any(|at| *at >= since - 10_000 && *at <= last.at)
        };
        let most = self.ledger.settings.per_second as usize;
        let recent = before.iter().rev().take_while(|p| p.at > last.at - 1_000);
        let many = 1 + recent.filter(|p| !p.slow).count();
        let pair = before.iter().rev().take_while(|p| p.at > last.at - 6_000);
        let close = pair
            .filter(|p| p.pair == last.pair && !p.slow)
            .map(|p| p.at)
            .next();
        let (at, to) = (last.at, last.pair);
        let free = jumped(at - 6_000);
        self.must(free || many <= most, "pacing", || {
            format!("{many} messages within a second")
        });
        self.must(free || close.is_none(), "pacing", || {
            format!("{to} had a message at {close:?} and one at {at}")
        });
    }

    pub fn finishes_stored(&mut self, finishes: &[Finish]) {
        let now = self.now();
        for Finish { row, n, outcome } in finishes {
            let (row, n) = (*row, *n);
            let accept = self
                .graph
                .accepts
                .iter_mut()
                .find(|a| a.row == row && a.n == n);
            if let (Some(accept), true) = (accept, outcome.message_id.is_some()) {
                accept.told = true;
            }
            let stored = self.ledger.store.digests.contains(&answer_digest(row, n));
            self.must(stored, "I3 no bare end", || {
                format!("the answer to {row}#{n} is nowhere")
            });
            let own = &self.ledger.store.rows[row].delivery;
            let latest = own
                .attempt
                .as_ref()
                .is_some_and(|a| a.n == n && a.ended_at == Some(now));
            let said = self
                .graph
                .posts
                .iter()
                .rev()
                .find(|p| p.row == row && p.n == n)
                .map(|p| p.said);
            if let (true, Some(Said::Wait(wait))) = (latest, said) {
                let queued = own.phase == Phase::Queued;
                if queued {
                    let none = Wait::default();
                    self.witness.rows[row].wait = none.longest(self, wait);
                }
                if outcome.class == Class::Throttled && outcome.code != Some(131_056) {
                    self.witness.sender_wait = self.witness.sender_wait.longest(self, wait);
                }
            }
        }
    }

    /// The route answered 200: what it was told must be there.
    pub fn acked(&mut self, batch: &[usize]) {
        for &seq in batch {
            let told = &mut self.webhooks.all[seq];
            told.acked = true;
            let (digest, code) = (told.report.digest, told.report.code);
            let row = told.row;
            let stored = self.ledger.store.digests.contains(&digest);
            self.must(stored, "I5 ack after write", || {
                format!("status {seq} was answered 200 and is nowhere")
            });
            if let (Some(131_050), Some(row), true) = (code, row, stored) {
                let own = &self.ledger.store.rows[row];
                let joined = own
                    .delivery
                    .evidence
                    .iter()
                    .any(|e| e.code == Some(131_050));
                if joined && own.category == Category::Marketing {
                    self.witness.stopped.push(own.pair);
                }
            }
        }
    }

    /// What the last event changed, and what must hold whatever it was.
    pub fn look(&mut self) {
        let notes = std::mem::take(&mut self.ledger.notes);
        let mut touched = Vec::new();
        for note in &notes {
            match note {
                Note::Stepped {
                    row,
                    event,
                    steps,
                    recorded,
                } => {
                    let (before, after) = &**steps;
                    self.stepped(*row, event, (before, after), *recorded);
                    if !touched.contains(row) {
                        touched.push(*row);
                    }
                }
                Note::Entry(entry) => {
                    let texts = [entry.note.as_deref(), entry.by.as_deref()];
                    let shown = texts.into_iter().flatten().find(|text| is_secret(text));
                    self.must(shown.is_none(), "I6 nothing secret", || {
                        format!("a timeline says {shown:?}")
                    });
                }
                Note::Alert {
                    kind,
                    text,
                    silence,
                } => {
                    self.must(!is_secret(text), "I6 nothing secret", || {
                        format!("an alert says {text}")
                    });
                    self.witness.silences += u32::from(*silence);
                    let line = format!("alert {kind:?}: {text}");
                    self.say(line.clone());
                    self.witness.alerts.push(line);
                }
                Note::Poison(row) => {
                    let right = self
                        .ledger
                        .store
                        .rows
                        .get(*row)
                        .is_some_and(|own| own.poison);
                    self.must(right, "I7 isolation", || {
                        format!("row {row} could not be judged")
                    });
                }
                Note::DeadLetter => self.witness.dead_noted += 1,
            }
        }
        for row in touched {
            let now = self.ledger.store.rows[row].delivery.clone();
            self.fits_webhooks(row, &now);
        }
        let (rows, known) = (self.ledger.store.rows.len(), self.witness.rows.len());
        self.must(rows == known, "I1 conservation", || {
            format!("{known} were taken in, {rows} are there")
        });
        let depth = self.queue.depth();
        self.must(depth <= DEEPEST_QUEUE, "I8 bounded", || {
            format!("{depth} messages in the queue")
        });
        let opened = self
            .ledger
            .store
            .gate
            .sender
            .as_ref()
            .is_some_and(|s| s.account.is_some());
        let refused = self.graph.account_refusals > 0
            || self
                .webhooks
                .all
                .iter()
                .any(|told| told.report.code == Some(131_042));
        self.must(
            !opened || refused,
            "only class account stops a sender",
            || "the account's breaker opened, and Meta never refused the account".to_owned(),
        );
    }

    fn stepped(
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
    fn fits_answer(&mut self, row: usize, event: &str, now: &Delivery) {
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
    fn media_again(&mut self, row: usize) {
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
    fn fits_webhooks(&mut self, row: usize, now: &Delivery) {
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

fn is_secret(text: &str) -> bool {
    text.contains(CANARY) || text.contains(SECRET_VALUE)
}
