//! How fast: the number's starts in a second, one recipient's messages, and Meta's word "too fast".

use super::state::Throttle;
use super::{PairClock, Work};
use crate::delivery::backoff;

/// How far back starts count, in milliseconds: a second, and a little because one request takes longer to
/// Meta than the next.
const WINDOW_MS: i64 = 1_050;

/// Where the doubling of Meta's "too fast" stops, unless Meta itself names more.
const LONGEST_MS: i64 = 15 * 60_000;

impl Work<'_> {
    /// Until when one more start would be more than a second may have.
    pub(super) fn pace_waits(&mut self) -> Option<i64> {
        let since = self.now.saturating_sub(WINDOW_MS);
        self.state.pace.0.retain(|(at, _)| *at > since);
        let allowed = self.settings.per_second.max(1);
        let starts = &self.state.pace.0;
        let used = starts.iter().map(|(_, count)| *count).sum::<u32>();
        let oldest = starts.first().filter(|_| used >= allowed)?;
        Some(oldest.0.saturating_add(WINDOW_MS))
    }

    /// Counts a start. `pace_waits` has made room.
    pub(super) fn take_turn(&mut self) {
        match self.state.pace.0.last_mut() {
            Some((at, count)) if *at == self.now => *count = count.saturating_add(1),
            _ => self.state.pace.0.push((self.now, 1)),
        }
    }

    /// Until when a message to this recipient would follow too soon on the one before.
    pub(super) fn pair_waits(&self, clock: Option<i64>) -> Option<i64> {
        let every = self.settings.pair_every_ms.max(0);
        let burst = i64::from(self.settings.pair_burst.max(1));
        let ahead = every.saturating_mul(burst - 1);
        let free = clock?.saturating_sub(ahead).saturating_add(self.slack());
        (free > self.now).then_some(free)
    }

    /// The pair's clock after one more message: the time at which its last `burst` messages are paid for.
    pub(super) fn wind_pair(&self, clock: Option<i64>) -> i64 {
        let every = self.settings.pair_every_ms.max(0);
        clock
            .map_or(self.now, |at| at.max(self.now))
            .saturating_add(every)
    }

    /// Meta wants this recipient left alone for a while.
    pub(super) fn delay_pair(&mut self, pair: &str, wait: i64) {
        let every = self.settings.pair_every_ms.max(0);
        let burst = i64::from(self.settings.pair_burst.max(1));
        let pair_at = self
            .now
            .saturating_add(wait)
            .saturating_add(every.saturating_mul(burst - 1));
        let pair = pair.to_owned();
        self.pairs.push(PairClock { pair, pair_at });
    }

    /// Meta wants the whole sender to be slower.
    pub(super) fn throttle(&mut self, wait: i64, code: Option<i64>) {
        let now = self.now;
        let own = self.state.throttle.get_or_insert(Throttle {
            until: 0,
            times: 0,
            code,
        });
        own.code = code;
        // Six answers to six POSTs of one moment are one word of Meta's, not six.
        if own.until > now {
            own.until = own.until.max(now.saturating_add(wait));
            return;
        }
        own.until = now.saturating_add(backoff::doubled(wait, own.times, LONGEST_MS));
        own.times = own.times.saturating_add(1);
    }

    /// Messages to one recipient reach Meta a little later or sooner than they start here.
    fn slack(&self) -> i64 {
        match self.settings.pair_burst {
            0 | 1 => self.settings.pair_every_ms.max(0) / 6,
            _ => 0,
        }
    }
}
