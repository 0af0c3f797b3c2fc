//! What goes wrong, and how often: drawn anew for each life, so that some lives meet one fault again
//! and again and others meet all of them.

use super::dice::Dice;

/// How often each fault happens, in a thousand of its occasions.
#[derive(Debug, Clone, Default)]
pub struct Mood {
    pub call_lost: u32,
    pub reply_lost: u32,
    pub reply_slow: u32,
    pub call_twice: u32,
    pub storage_fails: u32,
    pub consumer_dies: u32,
    pub transit_slow: u32,
    pub nudge_lost: u32,
    pub nudge_late: u32,
    pub nudge_twice: u32,
    pub batch_again: u32,
    pub alarm_fails: u32,
    pub alarm_lost: u32,
    pub reset: u32,
    pub clock_jump: u32,
    pub catalogue_fails: u32,
    pub people: u32,
    pub graph: Weather,
    pub webhooks: Post,
}

/// What Meta's answers are like.
#[derive(Debug, Clone, Default)]
pub struct Weather {
    /// It took the message, and its answer is lost, late or says nothing.
    pub lost_answer: u32,
    /// 5xx, HTML, cut JSON, redirects: taken or not.
    pub murky: u32,
    pub throttle: u32,
    pub transient: u32,
    pub refused: u32,
    pub account: u32,
    pub template: u32,
    pub held: u32,
    /// How often a long phase of something begins, at each look.
    pub phases: u32,
}

/// What Meta's webhooks are like.
#[derive(Debug, Clone, Default)]
pub struct Post {
    pub none: u32,
    pub early: u32,
    pub twice: u32,
    pub late: u32,
    pub failed: u32,
    pub failed_after_delivered: u32,
    pub stops_at_sent: u32,
    pub without_callback: u32,
    pub foreign: u32,
    pub odd_word: u32,
    pub batched: u32,
}

impl Mood {
    /// Nothing goes wrong.
    pub fn calm() -> Mood {
        Mood::default()
    }

    pub fn drawn(dice: &mut Dice) -> Mood {
        let mut often = |most: i64| match dice.below(5) {
            0 | 1 => 0,
            2 => dice.between(1, most.max(6) / 6) as u32,
            _ => dice.between(1, most) as u32,
        };
        Mood {
            call_lost: often(60),
            reply_lost: often(80),
            reply_slow: often(60),
            call_twice: often(60),
            storage_fails: often(80),
            consumer_dies: often(25),
            transit_slow: often(80),
            nudge_lost: often(500),
            nudge_late: often(300),
            nudge_twice: often(300),
            batch_again: often(200),
            alarm_fails: often(400),
            alarm_lost: often(100),
            reset: often(300),
            clock_jump: often(250),
            catalogue_fails: often(400),
            people: often(700),
            graph: Weather {
                lost_answer: often(200),
                murky: often(150),
                throttle: often(250),
                transient: often(120),
                refused: often(200),
                account: often(60),
                template: often(150),
                held: often(150),
                phases: often(300),
            },
            webhooks: Post {
                none: often(300),
                early: often(400),
                twice: often(400),
                late: often(300),
                failed: often(300),
                failed_after_delivered: often(120),
                stops_at_sent: often(150),
                without_callback: often(400),
                foreign: often(150),
                odd_word: often(100),
                batched: often(500),
            },
        }
    }
}
