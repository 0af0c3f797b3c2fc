//! The goals of delivery that speak of time and numbers, each alone in a world where only its trouble
//! happens. Numbers are read from Meta's ledger.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod simulation;

use simulation::faults::{Mood, Post, Weather};
use simulation::graph::{Phase, Said};
use simulation::scene::{HOUR, MINUTE};
use simulation::world::World;
use wa_preflight::delivery::gate::Settings;
use wa_preflight::delivery::machine::{Reason, State};

const ORDER: usize = 1;
const OFFER: usize = 2;

fn fast() -> Settings {
    Settings::default()
}

/// R12: in 1,000 cases Meta takes the message and its answer is lost. Nothing is posted twice; whatever a
/// webhook speaks of is resolved by it; the rest asks for a person at its deadline, not a minute later.
#[test]
fn a_lost_answer_after_an_accept_is_resolved_by_its_webhook_or_asks_for_a_person() {
    let (mut told, mut asked) = (0, 0);
    for seed in 0..250 {
        let mood = Mood {
            graph: Weather {
                lost_answer: 1_000,
                ..Weather::default()
            },
            webhooks: Post {
                none: 500,
                late: 200,
                twice: 300,
                ..Post::default()
            },
            ..Mood::calm()
        };
        let mut world = World::scene(seed, mood, 4, fast());
        (0..4).for_each(|pair| world.message(pair, ORDER, 2 * HOUR));
        world.pass(3 * HOUR);
        assert_eq!(world.graph.accepts.len(), 4);
        assert_eq!(world.graph.posts.len(), 4, "no second POST by itself");
        for (at, own) in world.deliveries().enumerate() {
            if world.witness.rows[at].told.is_empty() {
                asked += 1;
                assert_eq!(
                    (own.state, own.reason),
                    (State::NeedsAttention, Reason::Unresolved)
                );
                let late = own.updated_at - own.expires_at;
                assert!((0..=MINUTE).contains(&late), "{late} ms after its deadline");
            } else {
                told += 1;
                assert!(
                    matches!(own.state, State::Delivered | State::Read),
                    "{:?}",
                    own.state
                );
            }
        }
    }
    assert_eq!(told + asked, 1_000);
    assert!(told > 300 && asked > 300, "{told} {asked}");
}

/// R15: half an hour of 429, with and without a code, with and without `Retry-After`: no row fails, nothing is
/// sent before Meta wants it (an invariant of every start), and everything arrives afterwards.
#[test]
fn half_an_hour_of_too_fast_fails_nothing_and_drains() {
    for (seed, code) in (0..12).zip([0, 130_429, 80_007].into_iter().cycle()) {
        let mut world = World::scene(seed, Mood::calm(), 40, fast());
        world.graph.storm = Phase {
            until: 30 * MINUTE,
            code,
        };
        (0..120).for_each(|at| world.message(at % 40, ORDER, 12 * HOUR));
        world.pass(30 * MINUTE);
        let refused = world.graph.posts.len();
        assert!(refused >= 2, "the storm was met");
        // Six at once may meet it, and then one word of Meta's is enough.
        assert!(refused <= 6 * 30, "{refused} POSTs into a storm");
        assert_eq!(world.count(State::Failed), 0);
        world.pass(HOUR);
        assert_eq!(world.arrived_count(), 120, "seed {seed}");
    }
}

/// R16: in no second more than the number allows, and no recipient within six seconds of their last message;
/// and yet the number's pace is used.
#[test]
fn the_pace_is_kept_and_used() {
    for (per_second, rows) in [(20, 400), (80, 900)] {
        let settings = Settings {
            per_second,
            ..fast()
        };
        let mut world = World::scene(7, Mood::calm(), rows, settings);
        world.graph.quick = true;
        (0..rows).for_each(|pair| world.message(pair, ORDER, HOUR));
        world.pass(10 * MINUTE);
        assert_eq!(world.arrived_count(), rows);
        let times: Vec<i64> = world.graph.posts.iter().map(|post| post.at).collect();
        let most = times
            .iter()
            .map(|at| {
                times
                    .iter()
                    .filter(|other| (*at..*at + 1_000).contains(*other))
                    .count()
            })
            .max()
            .unwrap();
        assert!(
            most <= per_second as usize,
            "{most} in a second of {per_second}"
        );
        let took = times.last().unwrap() - times.first().unwrap();
        let ideal = rows as i64 * 1_000 / i64::from(per_second);
        println!(
            "{rows} at {per_second}/s: {took} ms, at best {ideal} ms, at most {most} in a second"
        );
        assert!(
            took < ideal * 5 / 2,
            "{took} ms for {rows} at {per_second}/s"
        );
    }
    let mut world = World::scene(8, Mood::calm(), 5, fast());
    (0..60).for_each(|at| world.message(at % 5, ORDER, HOUR));
    world.pass(10 * MINUTE);
    assert_eq!(world.arrived_count(), 60);
    for pair in 0..5 {
        let own = world.graph.posts.iter().filter(|post| post.pair == pair);
        let times: Vec<i64> = own.map(|post| post.at).collect();
        let closest = times.windows(2).map(|two| two[1] - two[0]).min().unwrap();
        assert!(closest >= 6_000, "{closest} ms between two");
    }
}

/// R18: an account that is refused costs at most three more POSTs, fails no row, is alerted once and goes on by
/// itself.
#[test]
fn a_refused_account_stops_its_sender_once_and_goes_on_by_itself() {
    for (seed, code) in [(1, 190), (2, 131_031), (3, 131_042)] {
        let mut world = World::scene(seed, Mood::calm(), 40, fast());
        (0..20).for_each(|pair| world.message(pair, ORDER, 12 * HOUR));
        world.pass(10_000);
        assert_eq!(
            world.arrived_count() + world.count(State::Sent) + world.count(State::Accepted),
            20
        );
        world.graph.dry = Phase {
            until: world.t + 40 * MINUTE,
            code,
        };
        (20..40).for_each(|pair| world.message(pair, ORDER, 12 * HOUR));
        world.pass(39 * MINUTE);
        let refused: Vec<i64> = world
            .graph
            .posts
            .iter()
            .filter(|post| post.said == Said::Account)
            .map(|post| post.at)
            .collect();
        // Those of one moment were under way before anybody knew.
        let further = refused
            .iter()
            .filter(|at| **at > refused[0] + 1_000)
            .count();
        println!("{code}: {} refused, {further} of them later", refused.len());
        assert!(
            refused.len() <= 6 && further <= 3,
            "{} and {further}",
            refused.len()
        );
        assert_eq!(world.count(State::Failed), 0);
        world.pass(30 * MINUTE);
        assert_eq!(world.arrived_count(), 40);
        assert_eq!(world.witness.alerts.len(), 1, "{:?}", world.witness.alerts);
    }
}

/// R18 for the day's last message: refused alone, with nothing else to lease, it goes on by itself as well.
#[test]
fn a_row_that_is_blocked_alone_goes_on_by_itself() {
    let mut world = World::scene(5, Mood::calm(), 1, fast());
    world.graph.dry = Phase {
        until: 20 * MINUTE,
        code: 131_042,
    };
    world.message(0, ORDER, 12 * HOUR);
    world.pass(19 * MINUTE);
    assert_eq!(world.count(State::Blocked), 1);
    world.pass(10 * MINUTE);
    assert_eq!(world.arrived_count(), 1);
}

/// R18, where the number can be read and not used, as with an unpaid bill: each GET that works costs one message
/// as a trial, and never faster than the waits double.
#[test]
fn a_trial_that_is_refused_doubles_the_wait() {
    let mut world = World::scene(4, Mood::calm(), 20, fast());
    let dry = 30 * MINUTE;
    world.graph.dry = Phase {
        until: dry,
        code: 131_042,
    };
    world.graph.gets_work = true;
    (0..20).for_each(|pair| world.message(pair, ORDER, 12 * HOUR));
    world.pass(dry);
    let times: Vec<i64> = world.graph.posts.iter().map(|post| post.at).collect();
    let trials: Vec<i64> = times
        .iter()
        .copied()
        .filter(|at| *at > times[0] + 1_000)
        .collect();
    println!("trials {trials:?}");
    // 5, 10, 20 … 300 s: a dozen in half an hour.
    assert!(trials.len() <= 12, "{trials:?}");
    assert_eq!(world.count(State::Failed), 0);
    world.pass(20 * MINUTE);
    assert_eq!(world.arrived_count(), 20);
    assert_eq!(world.witness.alerts.len(), 1);
}

/// R19: three equal errors hold a template: at most those and what was under way are posted; others go on; a new
/// definition lets the rest go.
#[test]
fn a_broken_template_holds_itself_and_no_other() {
    for (seed, code) in [(1, 132_000), (2, 132_001), (3, 132_012), (4, 132_015)] {
        let mut world = World::scene(seed, Mood::calm(), 80, fast());
        world.graph.broken[OFFER] = Phase {
            until: i64::MAX,
            code,
        };
        (0..80).for_each(|pair| world.message(pair, [ORDER, OFFER][pair % 2], 12 * HOUR));
        world.pass(30_000);
        let of = |template: usize| {
            world
                .graph
                .posts
                .iter()
                .filter(move |post| post.template == template)
        };
        let refused = of(OFFER).count();
        println!("{code}: {refused} POSTs of the broken template");
        assert!(refused <= 3 + 6, "{code}: {refused}");
        assert_eq!(of(ORDER).count(), 40, "the other goes on");
        assert_eq!(world.witness.alerts.len(), 1);
        world.redefine(OFFER);
        world.pass(11 * HOUR);
        let failed = world.count(State::Failed);
        assert_eq!(world.arrived_count() + failed, 80);
        assert!(failed <= refused, "{failed}");
    }
}

/// Ten minutes of refused connections, which workerd cannot tell from lost answers: what a consumer has on the wire
/// becomes unknown, with one consumer at most twelve rows; the rest waits and arrives.
#[test]
fn ten_minutes_of_refused_connections_cost_a_handful_of_rows() {
    for (consumers, bound) in [(1, 12), (3, 19)] {
        let mut most = 0;
        for seed in 0..40 {
            let mut world = World::scene(seed, Mood::calm(), 100, fast());
            world.consumers_at_most = consumers;
            world.graph.down_until = 10 * MINUTE;
            (0..100).for_each(|pair| world.message(pair, ORDER, 12 * HOUR));
            world.pass(10 * MINUTE);
            let unknown = world.count(State::Unknown);
            most = most.max(unknown);
            assert!(unknown >= 2);
            assert_eq!(world.count(State::Queued), 100 - unknown);
            world.pass(20 * MINUTE);
            assert_eq!(world.arrived_count(), 100 - unknown, "seed {seed}");
            assert_eq!(world.witness.alerts.len(), 1);
        }
        println!("{consumers} consumers: at most {most} unknown");
        assert!(most <= bound, "{most} unknown with {consumers} consumers");
    }
}

/// R33: what no webhook ever speaks of is shown within a minute of its deadline; nothing fails in silence, and as
/// many troubles are shown as there were.
#[test]
fn everything_past_its_deadline_is_shown_within_a_tick() {
    for seed in 0..20 {
        let mood = Mood {
            graph: Weather {
                lost_answer: 100,
                held: 200,
                ..Weather::default()
            },
            webhooks: Post {
                none: 400,
                ..Post::default()
            },
            ..Mood::calm()
        };
        let mut world = World::scene(seed, mood, 50, fast());
        (0..50).for_each(|pair| world.message(pair, ORDER, (1 + pair as i64 % 5) * HOUR));
        world.pass(7 * HOUR);
        world.ended(u32::MAX);
        world.holds();
        let untold = world
            .witness
            .rows
            .iter()
            .filter(|truth| truth.accepts > 0 && truth.told.is_empty());
        let (untold, shown) = (untold.count(), world.count(State::NeedsAttention));
        assert_eq!(shown, untold, "seed {seed}");
        assert!(untold > 5);
        assert!(
            world.witness.latest_tick <= MINUTE,
            "{} ms late",
            world.witness.latest_tick
        );
    }
}

/// R34: accepts without any webhook are alerted within a minute of the time that is allowed, and once.
#[test]
fn silence_of_the_webhooks_is_alerted_in_time_and_once() {
    let mood = Mood {
        webhooks: Post {
            none: 1_000,
            ..Post::default()
        },
        ..Mood::calm()
    };
    for seed in 0..10 {
        let mut world = World::scene(seed, mood.clone(), 60, fast());
        (0..60).for_each(|pair| world.message(pair, ORDER, 12 * HOUR));
        world.pass(2 * HOUR);
        let first = world.graph.posts[0].at;
        let [alerted] = world.witness.silences[..] else {
            panic!("{:?}", world.witness.silences)
        };
        let after = alerted - first - fast().silence_ms;
        assert!((0..=MINUTE).contains(&after), "{after} ms late");
    }
}

/// R38: a clock that jumps an hour either way starts nothing early and leaves no row behind.
#[test]
fn a_clock_that_jumps_starts_nothing_early_and_leaves_nothing_behind() {
    for seed in 0..100 {
        let mood = Mood {
            clock_jump: 1_000,
            ..Mood::calm()
        };
        let mut world = World::new(seed, mood, 21, fast(), None);
        // With `sendAt` here and there: that nothing starts before is an invariant of every start.
        world.plan(60, 20 * MINUTE, 20);
        world.pass(40 * MINUTE);
        world.come_to_rest(20);
        world.holds();
        assert!(world.jumps.len() > 5, "it jumped");
        assert_eq!(world.count(State::Queued) + world.count(State::Sending), 0);
    }
}
