//! The end of a life: everything works again, every webhook comes in, every deadline passes. Then each
//! row has a named end, and what Meta took is shown.

use super::faults::{Mood, Post};
use super::graph::Said;
use super::ledger::Submission;
use super::store::{CAMPAIGNS, TEMPLATES};
use super::world::{Task, World};
use wa_preflight::delivery::gate::{Act, What};
use wa_preflight::delivery::machine::{Phase, State};

const DAY_MS: i64 = 24 * 3_600_000;

impl World {
    /// Ends the faults and waits. `spare` is a recipient whom nobody has written to.
    pub fn come_to_rest(&mut self, spare: usize) {
        self.mood = Mood::calm();
        self.people.at_rest = true;
        self.graph.clear();
        self.webhooks.mood = Post::default();
        self.webhooks.silent_until = 0;
        self.say("from here on nothing goes wrong".to_owned());
        self.control(What::Sender, 0, Act::Resume);
        for at in 0..CAMPAIGNS.len() {
            if !self.people.campaigns_cancelled[at] {
                self.control(What::Campaign, at, Act::Resume);
            }
        }
        for at in 0..TEMPLATES.len() {
            self.control(What::Template, at, Act::Resume);
            self.redefine(at);
        }
        // What comes now must be delivered: whatever was stopped must have come to life by itself. A late
        // webhook may stop the sender once more, and then one more row brings it to life.
        let fresh = self.people.next_key;
        self.submit_fresh(spare);
        if self.breaker_is_open() {
            self.submit_fresh(spare);
        }
        self.ended(fresh);
    }

    fn submit_fresh(&mut self, spare: usize) {
        let later = self.t + 20_000;
        let rows = self.witness.rows.len() + TEMPLATES.len();
        for template in 0..TEMPLATES.len() {
            self.people.next_key += 1;
            let key = self.people.next_key;
            let new = Submission {
                key,
                fingerprint: u64::from(key) * 10,
                pair: spare,
                template,
                campaign: None,
                send_at: None,
                expires_at: Some(DAY_MS),
                retry_media: false,
            };
            self.at(later, Task::Submit(new));
        }
        let last = self.t + 3 * DAY_MS;
        let mut checked = self.t;
        while self.t < last && self.step() {
            if self.t > checked + 60_000 {
                checked = self.t;
                if self.is_at_rest(rows) {
                    return;
                }
            }
        }
    }

    fn breaker_is_open(&self) -> bool {
        let gate = self.ledger.store.gate.sender.as_ref();
        gate.is_some_and(|gate| gate.account.is_some() || gate.transport.is_some())
    }

    fn is_at_rest(&self, count: usize) -> bool {
        let rows = &self.ledger.store.rows;
        let settled = rows.iter().all(|row| row.poison || row.delivery.settled);
        let told = self
            .webhooks
            .all
            .iter()
            .all(|told| told.acked || told.tries >= 12);
        rows.len() >= count
            && settled
            && told
            && self.consumers.is_empty()
            && self.queue.depth() == 0
    }

    /// What must be true of a life that is over.
    pub fn ended(&mut self, fresh_after: u32) {
        let count = self.ledger.store.rows.len();
        for at in 0..count {
            let row = self.ledger.store.rows[at].clone();
            if row.poison {
                continue;
            }
            let own = &row.delivery;
            let (state, reason) = (own.state, own.reason);
            self.must(own.settled, "every life ends", || {
                format!("{at} is {state:?} ({reason:?}) for good")
            });
            let fresh = row.key > fresh_after;
            self.must(
                !fresh || state == State::Delivered || state == State::Read,
                "what was stopped goes on by itself",
                || format!("{at} was submitted when all was well, and is {state:?} ({reason:?})"),
            );
            self.tells_the_truth(at);
        }
        let queue = self.queue.depth();
        self.must(queue == 0, "I8 bounded", || {
            format!("{queue} messages are left in the queue")
        });
        let open = self.breaker_is_open();
        self.must(!open, "what was stopped goes on by itself", || {
            "a breaker is still open".to_owned()
        });
    }

    /// Nothing that Meta did, and that reached us, is hidden: this is what `silent_failure` = 0 means.
    fn tells_the_truth(&mut self, at: usize) {
        let own = self.ledger.store.rows[at].delivery.clone();
        let accepts: Vec<_> = self
            .graph
            .accepts
            .iter()
            .filter(|a| a.row == at)
            .cloned()
            .collect();
        for accept in &accepts {
            let stored = |seq: &usize| {
                let told = &self.webhooks.all[*seq];
                let report = &told.report;
                report.wamid == accept.wamid && report.callback.is_some() && told.acked
            };
            let heard = accept.told || self.witness.rows[at].told.iter().any(stored);
            let shown = own.wamids.contains(&accept.wamid);
            self.must(!heard || shown, "what Meta took is shown", || {
                format!("{at} does not know of {}, which reached us", accept.wamid)
            });
        }
        let unsent = matches!(
            own.state,
            State::Expired | State::Cancelled | State::Rejected
        );
        self.must(
            !unsent || accepts.is_empty() || own.resends > 0,
            "no silent failure",
            || {
                format!(
                    "{at} is shown as never sent ({:?}), and Meta has it",
                    own.state
                )
            },
        );
        let lost = accepts.is_empty()
            && matches!(
                own.state,
                State::Delivered | State::Read | State::Accepted | State::Sent
            );
        self.must(!lost, "no silent failure", || {
            format!("{at} is shown as {:?}, and Meta never had it", own.state)
        });
        let refused = |n: u32| {
            let post = self
                .graph
                .posts
                .iter()
                .rev()
                .find(|p| p.row == at && p.n == n);
            post.is_some_and(|p| matches!(p.said, Said::Refused | Said::Account | Said::Wait(_)))
        };
        let by_answer = own.phase == Phase::Failed && own.evidence.is_empty();
        self.must(!by_answer || refused(own.n), "no silent failure", || {
            format!("{at} is shown as refused, and Meta did not refuse it")
        });
        let n = own.n as usize;
        let posts = self.witness.rows[at].posted.len();
        self.must(posts <= n, "I8 bounded", || {
            format!("{at} had {posts} POSTs and {n} attempts")
        });
    }
}
