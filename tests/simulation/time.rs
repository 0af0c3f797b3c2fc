//! What time brings: nudges, alarms, the watchdog, weather, deploys and a clock that jumps.

use super::bugs::Bug;
use super::ledger::NUDGE_EVERY_MS;
use super::queue::Message;
use super::store::StorageFailed;
use super::world::{EPOCH, Task, WATCH_EVERY_MS, World};
use wa_preflight::delivery::machine::State;

impl World {
    /// After a transaction: nudges when work is due, and sets the alarm to the next time at which anything is.
    pub fn settle(&mut self, nudge: bool) {
        let now = self.now();
        let (due, wake) = self.ledger.store.next(now);
        let gate = &self.ledger.store.gate;
        let mut due = due;
        if self
            .ledger
            .store
            .rows
            .iter()
            .any(|row| row.delivery.state == State::Blocked)
        {
            // Blocked rows want a probe although nothing can be leased.
            due = Some(now);
        }
        if gate.sender.is_some() {
            due = due.zip(gate.lease_at).map(|(due, open)| due.max(open));
        }
        let mut next = [wake, gate.wake_at].into_iter().flatten().min();
        let sweeps = &self.ledger.store.sweeps;
        if sweeps.release || !sweeps.cancel.is_empty() {
            next = Some(now + 1);
        }
        if let Some(due) = due {
            let mut again = due;
            if due <= now {
                let nudged = self.ledger.nudged_at;
                let waiting = nudged.is_some_and(|at| (now - at).abs() < NUDGE_EVERY_MS);
                if nudge && !waiting {
                    self.ledger.nudged_at = Some(now);
                    self.enqueue(Message::default());
                }
                again = now + NUDGE_EVERY_MS;
            }
            next = Some(next.map_or(again, |at| at.min(again)));
        }
        if let Some(next) = next {
            self.arm(next.max(now + 1));
        }
    }

    pub fn arm(&mut self, at: i64) {
        let known = *self.armed_for.get_or_insert(self.ledger.store.alarm);
        if known.is_some_and(|set| set <= at) {
            return;
        }
        self.armed_for = Some(Some(at));
        self.ledger.store.alarm = Some(at);
        self.set_alarm(0);
    }

    /// Tells the platform when the stored alarm rings by the present clock.
    pub fn set_alarm(&mut self, tries: u32) {
        let Some(at) = self.ledger.store.alarm else {
            return;
        };
        self.alarm_set += 1;
        let set = self.alarm_set;
        let rings = at - EPOCH - self.skew;
        self.at(rings, Task::Alarm { set, tries });
    }

    pub fn alarm(&mut self, set: u32, tries: u32) {
        if set != self.alarm_set {
            return;
        }
        if self.dice.chance(self.mood.alarm_lost) {
            self.ledger.store.alarm = None;
            return self.say("an alarm is lost".to_owned());
        }
        if self.dice.chance(self.mood.alarm_fails) {
            self.say(format!("the alarm fails, {tries} times before"));
            if tries >= 6 {
                self.ledger.store.alarm = None;
                return;
            }
            let after = self.t + (2_000 << tries);
            return self.at(
                after,
                Task::Alarm {
                    set,
                    tries: tries + 1,
                },
            );
        }
        self.ledger.store.alarm = None;
        self.armed_for = Some(None);
        let now = self.now();
        for row in self.ledger.to_wake(now) {
            let fails_at = self.fails_at();
            match self.ledger.transaction(fails_at, |l| l.wake(row, now)) {
                Ok(true) => {}
                Ok(false) => break,
                Err(StorageFailed) => self.say(format!("the tick of {row} is not stored")),
            }
        }
        let fails_at = self.fails_at();
        let ticked = self.ledger.transaction(fails_at, |l| {
            l.tick_gate(now)?;
            l.sweep(now)
        });
        self.say(format!(
            "alarm{}",
            if ticked.is_err() {
                ": a write failed"
            } else {
                ""
            }
        ));
        self.settle(true);
    }

    pub fn watch(&mut self) {
        self.at(self.t + WATCH_EVERY_MS, Task::Watch);
        if self.bug == Some(Bug::NoWatchdog) {
            return;
        }
        self.armed_for = None;
        self.settle(true);
    }

    pub fn weather(&mut self) {
        let every = self.dice.between(5_000, 60_000);
        self.at(self.t + every, Task::Weather);
        if let Some(news) = self.graph.change_weather(self.t) {
            self.say(news);
        }
        if self.dice.chance(self.mood.reset) {
            self.reset();
        }
        if self.dice.chance(self.mood.storage_down) {
            self.storage_down_until = self.t + self.dice.between(1_000, 280_000);
            let until = self.storage_down_until;
            self.say(format!("nothing can be stored until {until}"));
        }
        if self.dice.chance(self.mood.clock_jump) {
            let by = self
                .dice
                .pick(&[3_600_000, -3_600_000, -1_000, 30_000, -120_000]);
            self.jump(by);
        }
    }

    /// A deploy: what the ledger had in memory is gone, consumers may go with it, calls under way fail.
    pub fn reset(&mut self) {
        self.say("a deploy resets the ledger".to_owned());
        self.life += 1;
        self.ledger.nudged_at = None;
        self.armed_for = None;
        let ids: Vec<u32> = self.consumers.keys().copied().collect();
        for id in ids {
            if self.dice.chance(500) {
                self.kill(id);
            }
        }
    }

    pub fn jump(&mut self, by: i64) {
        self.say(format!("the clock jumps by {by}"));
        self.skew += by;
        self.forget_waits();
        if by > 0 {
            self.jumps.push(self.t);
        }
        self.set_alarm(0);
    }
}
