//! What Meta tells later: for each accept a story of statuses, that arrive in any order, twice, late,
//! before the POST's own answer, without our id, or never.

use super::dice::Dice;
use super::faults::Post;
use super::graph::details;
use super::ledger::Grant;
use super::store::Report;
use wa_preflight::delivery::machine::Category;

/// How long Meta tries to deliver a webhook.
const TRIES: u32 = 12;

#[derive(Debug, Clone)]
pub struct Told {
    pub report: Report,
    /// Whose message; `None` for somebody else's.
    pub row: Option<usize>,
    /// The route answered 200.
    pub acked: bool,
    pub tries: u32,
}

pub struct Webhooks {
    pub dice: Dice,
    pub mood: Post,
    pub all: Vec<Told>,
    /// Nothing is told until then: the subscription is broken.
    pub silent_until: i64,
}

/// A status with the time at which the webhook leaves Meta.
pub type Planned = (i64, Vec<usize>);

impl Webhooks {
    pub fn new(seed: u64, mood: Post) -> Webhooks {
        Webhooks {
            dice: Dice::new(seed ^ 0x3eb_400c),
            mood,
            all: Vec::new(),
            silent_until: 0,
        }
    }

    /// Plans what is told about an accept at `t`.
    pub fn tell(
        &mut self,
        t: i64,
        grant: &Grant,
        wamid: &str,
        category: Category,
        pair: usize,
    ) -> Vec<Planned> {
        let mood = self.mood.clone();
        let dice = &mut self.dice;
        if t < self.silent_until || dice.chance(mood.none) {
            return Vec::new();
        }
        let mut story: Vec<(&'static str, Option<i64>)> = vec![("sent", None)];
        if dice.chance(mood.failed) {
            let code = match (category, dice.below(6)) {
                (Category::Marketing, 0) => 131_049,
                (Category::Marketing, 1) => 131_050,
                (_, 2) => 131_042,
                _ => dice.pick(&[131_026, 131_053, 131_053, 131_000, 130_472, 131_999]),
            };
            if dice.chance(500) {
                story.clear();
            }
            story.push(("failed", Some(code)));
        } else {
            story.push(("delivered", None));
            if dice.chance(400) {
                story.push(("read", None));
            }
            if dice.chance(mood.failed_after_delivered) {
                story.push(("failed", Some(131_000)));
            }
            if dice.chance(mood.stops_at_sent) {
                story.truncate(1);
            }
        }
        if dice.chance(mood.odd_word) {
            story.push(("warning", None));
        }
        let without = dice.chance(mood.without_callback);
        let early = dice.chance(mood.early);
        let mut at = match early {
            true => t + dice.between(0, 60),
            false => t + dice.between(500, 5_000),
        };
        let mut planned: Vec<Planned> = Vec::new();
        for (status, code) in story {
            let seq = self.all.len();
            let fetch = "Downloading media from weblink failed with http code 503";
            let details = code.map(|code| match code {
                131_053 if self.dice.chance(700) => format!("{fetch}, for {}", details(pair)),
                _ => details(pair),
            });
            let report = Report {
                digest: seq as u64,
                callback: (!without).then(|| grant.callback.clone()),
                wamid: wamid.to_owned(),
                status,
                at: at / 1_000 * 1_000,
                code,
                details,
            };
            self.all.push(Told {
                report,
                row: Some(grant.row),
                acked: false,
                tries: 0,
            });
            let dice = &mut self.dice;
            let late = dice.chance(mood.late);
            let leaves = match late {
                true => at + dice.between(60_000, 3_600_000),
                // Out of order: each takes its own way.
                false => at + dice.between(0, 3_000),
            };
            let together = dice.chance(mood.batched);
            match planned.last_mut().filter(|_| together) {
                Some((_, batch)) => batch.push(seq),
                None => planned.push((leaves, vec![seq])),
            }
            if dice.chance(mood.twice) {
                let again = leaves + dice.between(0, 120_000);
                planned.push((again, vec![seq]));
            }
            at += dice.between(200, 20_000);
        }
        if self.dice.chance(mood.foreign) {
            let seq = self.foreign(t);
            // In one batch with ours: it must not take them with it.
            match planned.first_mut() {
                Some((_, batch)) => batch.insert(0, seq),
                None => planned.push((t + 100, vec![seq])),
            }
        }
        planned
    }

    /// A status of a message that nobody here has sent.
    fn foreign(&mut self, t: i64) -> usize {
        let seq = self.all.len();
        let callback = self.dice.chance(500).then(|| format!("10{seq:032x}"));
        self.all.push(Told {
            report: Report {
                digest: seq as u64,
                callback,
                wamid: format!("wamid.foreign.{seq}"),
                status: "delivered",
                at: t,
                code: None,
                details: None,
            },
            row: None,
            acked: false,
            tries: 0,
        });
        seq
    }

    /// The route did not answer 200: when Meta tries again.
    pub fn failed(&mut self, batch: &[usize]) -> Option<i64> {
        let mut tries = 0;
        for &seq in batch {
            self.all[seq].tries += 1;
            tries = tries.max(self.all[seq].tries);
        }
        (tries < TRIES).then(|| (1_000_i64 << tries.min(9)) + self.dice.between(0, 1_000))
    }
}
