//! The gate: each thing that deliveries share, alone, from its first trouble to its end.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod delivery_world;

use delivery_world::outcome;
use serde_json::{Value, json};
use wa_preflight::delivery::codes;
use wa_preflight::delivery::gate::{Gated, Sender, Settings, gate};
use wa_preflight::delivery::outcome::Class;

const NOW: i64 = 1_000_000;

/// A sender, taken through JSON at every event as its ledger does.
struct Gate {
    state: Option<Sender>,
    settings: Settings,
}

impl Gate {
    fn new(settings: Value) -> Gate {
        let settings = serde_json::from_value(settings).unwrap();
        Gate {
            state: None,
            settings,
        }
    }

    fn tell(&mut self, event: Value, now: i64) -> Value {
        let event = serde_json::from_value(event).unwrap();
        let done: Gated = gate(self.state.take(), event, &self.settings, now).unwrap();
        let text = serde_json::to_string(&done.state).unwrap();
        let again: Sender = serde_json::from_str(&text).unwrap();
        assert_eq!(again, done.state, "the state survives its storage");
        self.state = Some(again);
        serde_json::to_value(&done).unwrap()
    }

    fn start(&mut self, rows: &[Value], now: i64) -> Vec<Value> {
        let answer = self.tell(json!({"type": "start", "rows": rows}), now);
        answer["verdicts"].as_array().cloned().unwrap_or_default()
    }

    fn start_one(&mut self, id: &str, now: i64) -> Value {
        self.start(&[row(id)], now).remove(0)
    }

    fn finish(&mut self, id: &str, class: &str, more: Value, now: i64) -> Vec<Value> {
        let outcome = outcome(class, more);
        let event = json!({"type": "finished", "id": id, "pair": id, "template": "offer/en",
            "category": "marketing", "outcome": outcome});
        commands(&self.tell(event, now))
    }

    fn lease(&mut self, now: i64) -> Value {
        self.tell(json!({"type": "lease"}), now)["lease"].clone()
    }

    fn probe(&mut self, ok: bool, now: i64) -> Vec<Value> {
        commands(&self.tell(json!({"type": "probed", "ok": ok}), now))
    }

    fn control(&mut self, what: &str, name: &str, action: &str, now: i64) -> Vec<Value> {
        let event =
            json!({"type": "control", "what": what, "name": name, "action": action, "by": "ana"});
        commands(&self.tell(event, now))
    }
}

fn commands(answer: &Value) -> Vec<Value> {
    answer["commands"].as_array().unwrap().clone()
}

/// A marketing message to a recipient of its own.
fn row(id: &str) -> Value {
    json!({"id": id, "pair": id, "template": "offer/en", "category": "marketing"})
}

fn with(mut row: Value, more: Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        row[key] = value.clone();
    }
    row
}

fn words(commands: &[Value]) -> Vec<&str> {
    commands.iter().map(|c| c["do"].as_str().unwrap()).collect()
}

fn goes(verdict: &Value) -> bool {
    verdict["verdict"] == "go"
}

fn held(verdict: &Value, why: &str) {
    assert_eq!(
        (&verdict["verdict"], &verdict["why"]),
        (&json!("hold"), &json!(why)),
        "{verdict}"
    );
}

#[test]
fn a_second_has_as_many_starts_as_are_allowed_and_not_one_more() {
    for per_second in [1, 20, 80] {
        let mut gate = Gate::new(json!({"perSecond": per_second}));
        let mut starts: Vec<i64> = Vec::new();
        let mut id = 0;
        let mut now = NOW;
        while now < NOW + 5_000 {
            let rows: Vec<Value> = (0..6)
                .map(|n| row(&format!("{per_second}-{}", id + n)))
                .collect();
            id += 6;
            for verdict in gate.start(&rows, now) {
                if goes(&verdict) {
                    starts.push(now);
                } else {
                    assert_eq!(
                        (&verdict["verdict"], &verdict["why"]),
                        (&json!("later"), &json!("pace"))
                    );
                    assert!(verdict["until"].as_i64().unwrap() > now);
                }
            }
            now += 7;
        }
        for (at, first) in starts.iter().enumerate() {
            let in_second = starts[at..]
                .iter()
                .take_while(|other| **other - first < 1_000)
                .count();
            assert!(
                in_second <= per_second,
                "{in_second} of {per_second} in the second from {first}"
            );
        }
        // 1,050 ms stand for a second, so a twentieth less than the limit goes through.
        let most = 5 * per_second;
        assert!(
            starts.len() * 100 >= most * 94,
            "{} of {most}",
            starts.len()
        );
    }
}

#[test]
fn the_moment_a_pace_verdict_names_is_the_first_that_goes() {
    let mut gate = Gate::new(json!({"perSecond": 1}));
    assert!(goes(&gate.start_one("a", NOW)));
    let until = gate.start_one("b", NOW + 10)["until"].as_i64().unwrap();
    assert!(!goes(&gate.start_one("b", until - 1)));
    assert!(goes(&gate.start_one("b", until)));
}

#[test]
fn a_recipient_gets_one_message_in_six_seconds_or_a_burst() {
    for (burst, shortest) in [(1, 6_000), (2, 0), (5, 0)] {
        let mut gate = Gate::new(json!({"pairBurst": burst, "pairEveryMs": 6_000}));
        let mut clock = Value::Null;
        let mut starts: Vec<i64> = Vec::new();
        let mut now = NOW;
        for n in 0..20 {
            let row = with(
                row(&format!("m{n}")),
                json!({"pair": "ana", "pairAt": clock}),
            );
            let verdict = gate.start(std::slice::from_ref(&row), now).remove(0);
            if goes(&verdict) {
                starts.push(now);
                clock = verdict["pairAt"].clone();
                now += 1;
                continue;
            }
            assert_eq!(verdict["why"], "pair");
            let until = verdict["until"].as_i64().unwrap();
            assert!(!goes(&gate.start(std::slice::from_ref(&row), until - 1)[0]));
            now = until;
        }
        assert!(starts.len() >= 10);
        for pair in starts.windows(2) {
            assert!(pair[1] - pair[0] >= shortest, "burst {burst}: {starts:?}");
        }
        for some in starts.windows(burst + 1) {
            assert!(
                some[burst] - some[0] >= 6_000 - burst as i64,
                "burst {burst}: {starts:?}"
            );
        }
    }
}

#[test]
fn two_messages_to_one_recipient_in_one_start_know_of_each_other() {
    let mut gate = Gate::new(json!({}));
    let rows = [
        with(row("a"), json!({"pair": "ana"})),
        with(row("b"), json!({"pair": "ana"})),
        row("c"),
    ];
    let verdicts = gate.start(&rows, NOW);
    assert_eq!(
        verdicts.iter().map(goes).collect::<Vec<_>>(),
        [true, false, true]
    );
}

#[test]
fn metas_word_about_a_pair_holds_the_pair_alone() {
    let mut gate = Gate::new(json!({}));
    let event = json!({"type": "finished", "id": "a", "pair": "ana", "template": "offer/en", "category": "marketing",
        "outcome": outcome("throttled", json!({"resend": "after", "code": 131_056, "afterMs": 20_000}))});
    let clock = gate.tell(event, NOW)["pairs"][0].clone();
    assert_eq!(clock["pair"], "ana");
    let ana = with(row("b"), json!({"pair": "ana", "pairAt": clock["pairAt"]}));
    let verdict = gate
        .start(std::slice::from_ref(&ana), NOW + 19_999)
        .remove(0);
    assert_eq!(verdict["why"], "pair");
    assert!(goes(&gate.start_one("c", NOW + 1)), "others go on");
}

#[test]
fn metas_word_about_the_number_holds_everything_until_then() {
    for (more, wait) in [
        (json!({"resend": "after", "afterMs": 45_000}), 45_000),
        (json!({"resend": "after", "code": 130_429}), 1_000),
        (json!({"resend": "after", "code": 80_007}), 60_000),
    ] {
        let mut gate = Gate::new(json!({}));
        gate.finish("a", "throttled", more.clone(), NOW);
        // The five others that were under way say the same, and change nothing.
        for n in 0..5 {
            gate.finish(&format!("b{n}"), "throttled", more.clone(), NOW);
        }
        held(&gate.start_one("c", NOW + wait - 1), "throttled");
        let lease = gate.lease(NOW + wait - 1);
        assert_eq!(
            (&lease["allow"], &lease["until"]),
            (&json!(false), &json!(NOW + wait)),
            "{more}"
        );
        assert!(goes(&gate.start_one("c", NOW + wait)), "{more}");
        // Again right after: twice as long.
        gate.finish("c", "throttled", more.clone(), NOW + wait);
        held(&gate.start_one("d", NOW + 3 * wait - 1), "throttled");
        assert!(goes(&gate.start_one("d", NOW + 3 * wait)));
    }
}

#[test]
fn an_account_that_is_refused_stops_its_sender_until_a_trial_goes_through() {
    let mut gate = Gate::new(json!({"probeMs": 1_000, "probeMaxMs": 8_000}));
    for n in 0..6 {
        assert!(goes(&gate.start_one(&format!("a{n}"), NOW)));
    }
    let first = gate.finish("a0", "account", json!({"code": 190}), NOW + 100);
    assert_eq!(words(&first), ["alert"]);
    assert_eq!(first[0]["code"], 190);
    // The rest of what was under way: one alert is enough, and none of it is a trial.
    for n in 1..6 {
        assert!(
            gate.finish(&format!("a{n}"), "account", json!({"code": 190}), NOW + 200)
                .is_empty()
        );
    }
    held(&gate.start_one("b", NOW + 300), "account");

    // Probed by a GET, by one consumer, not before its time. Looking takes nothing away.
    let look = gate.tell(json!({"type": "look"}), NOW + 1_100)["lease"].clone();
    assert_eq!(
        (&look["allow"], &look["probe"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(gate.lease(NOW + 1_099)["probe"], Value::Null);
    assert_eq!(gate.lease(NOW + 1_100)["probe"], true);
    assert_eq!(gate.lease(NOW + 1_101)["probe"], Value::Null);
    gate.probe(false, NOW + 1_150);
    // Doubled.
    assert_eq!(gate.lease(NOW + 3_149)["probe"], Value::Null);
    assert_eq!(gate.lease(NOW + 3_150)["probe"], true);
    let hope = gate.probe(true, NOW + 3_200);
    assert_eq!(words(&hope), ["release_blocked"]);

    // One start, and no second.
    let verdicts = gate.start(&[row("b"), row("c")], NOW + 3_300);
    assert!(goes(&verdicts[0]));
    held(&verdicts[1], "account");
    assert_eq!(gate.lease(NOW + 3_301)["allow"], false);
    // It is refused again: no second alert, a longer wait.
    assert!(
        gate.finish("b", "account", json!({"code": 190}), NOW + 3_400)
            .is_empty()
    );
    assert_eq!(gate.lease(NOW + 3_400 + 3_999)["probe"], Value::Null);
    assert_eq!(gate.lease(NOW + 3_400 + 4_000)["probe"], true);
    gate.probe(true, NOW + 7_500);
    assert!(goes(&gate.start_one("c", NOW + 7_600)));
    let over = gate.finish(
        "c",
        "accepted",
        json!({"messageId": "wamid.C"}),
        NOW + 7_700,
    );
    assert_eq!(words(&over), ["all_clear", "release_blocked"]);
    assert!(goes(&gate.start_one("d", NOW + 7_701)));
    assert!(goes(&gate.start_one("e", NOW + 7_701)));
}

#[test]
fn only_class_account_stops_a_sender() {
    for row in codes::all().iter().filter(|row| row.applies_to_send()) {
        let (class, resend) = row.outcome.unwrap();
        let mut gate = Gate::new(json!({}));
        let resend = serde_json::to_value(resend).unwrap();
        gate.finish(
            "a",
            class.word(),
            json!({"code": row.code, "subcode": row.subcode, "resend": resend}),
            NOW,
        );
        // Beyond every wait that a code asks for.
        let verdict = gate.start_one("b", NOW + 3_600_000);
        match class {
            Class::Account => held(&verdict, "account"),
            _ => assert!(goes(&verdict), "{} {}: {verdict}", row.code, row.title),
        }
        // The same by webhook.
        let mut gate = Gate::new(json!({}));
        gate.tell(
            json!({"type": "reported", "pair": "ana", "template": "offer/en", "category": "marketing",
                "status": "failed", "code": row.code}),
            NOW,
        );
        let general = codes::find(i64::from(row.code), None).and_then(|row| row.outcome);
        let verdict = gate.start_one("b", NOW);
        match general {
            Some((Class::Account, _)) => held(&verdict, "account"),
            _ => assert!(goes(&verdict), "{} {}: {verdict}", row.code, row.title),
        }
    }
}

#[test]
fn two_attempts_without_an_answer_stop_the_sender_until_meta_answers() {
    let lost = || json!({"resend": "only_if_unconfirmed"});
    let mut gate = Gate::new(json!({"probeMs": 1_000}));
    assert!(gate.finish("a", "unknown", lost(), NOW).is_empty());
    // An answer between them: not in a row.
    gate.finish("b", "invalid", json!({"code": 131_009}), NOW);
    assert!(gate.finish("c", "unknown", lost(), NOW).is_empty());
    // An attempt that never came back counts, too.
    let opened = commands(&gate.tell(json!({"type": "timed_out", "id": "d"}), NOW));
    assert_eq!(words(&opened), ["alert"]);
    assert_eq!(opened[0]["kind"], "transport");
    held(&gate.start_one("e", NOW), "transport");
    // A late accept of what was under way closes nothing.
    gate.finish("f", "accepted", json!({"messageId": "wamid.F"}), NOW);
    held(&gate.start_one("e", NOW), "transport");

    assert_eq!(gate.lease(NOW + 1_000)["probe"], true);
    assert!(gate.probe(true, NOW + 1_000).is_empty());
    assert!(goes(&gate.start_one("e", NOW + 1_000)));
    held(&gate.start_one("g", NOW + 1_000), "transport");
    // Any answer that can be read proves the way to Meta.
    let over = gate.finish("e", "invalid", json!({"code": 131_009}), NOW + 1_100);
    assert_eq!(words(&over), ["all_clear"]);
    assert!(goes(&gate.start_one("g", NOW + 1_100)));
}

#[test]
fn a_trial_that_was_never_posted_makes_room_for_the_next() {
    let mut gate = Gate::new(json!({"probeMs": 1_000}));
    gate.finish("a", "account", json!({"code": 131_042}), NOW);
    gate.lease(NOW + 1_000);
    gate.probe(true, NOW + 1_000);
    assert!(goes(&gate.start_one("b", NOW + 1_000)));
    held(&gate.start_one("c", NOW + 1_000), "account");
    gate.tell(json!({"type": "given_back", "ids": ["b"]}), NOW + 1_001);
    assert!(goes(&gate.start_one("c", NOW + 1_001)));
    // One that never came back as well: what it would have said stays open.
    gate.tell(json!({"type": "timed_out", "id": "c"}), NOW + 60_000);
    assert!(goes(&gate.start_one("d", NOW + 60_000)));
}

#[test]
fn a_trial_that_is_never_heard_of_does_not_stop_its_sender_for_good() {
    let mut gate = Gate::new(json!({"probeMs": 1_000, "trialMs": 90_000}));
    gate.finish("a", "account", json!({"code": 131_042}), NOW);
    gate.lease(NOW + 1_000);
    gate.probe(true, NOW + 1_000);
    assert!(goes(&gate.start_one("b", NOW + 1_000)));
    let verdict = gate.start_one("c", NOW + 90_999);
    held(&verdict, "account");
    assert_eq!(verdict["until"], NOW + 91_000);
    assert!(goes(&gate.start_one("c", NOW + 91_000)));
}

#[test]
fn an_answer_that_says_nothing_of_the_template_leaves_it_to_another_trial() {
    let paused = || json!({"code": 132_015, "resend": "after", "afterMs": 60_000});
    let mut gate = Gate::new(json!({"trialMs": 60_000}));
    for id in ["a", "b", "c"] {
        gate.finish(id, "template", paused(), NOW);
    }
    assert!(goes(&gate.start_one("d", NOW + 60_000)));
    gate.finish("d", "recipient", json!({"code": 131_026}), NOW + 60_100);
    held(&gate.start_one("e", NOW + 60_100), "template");
    assert!(goes(&gate.start_one("e", NOW + 120_000)));
}

#[test]
fn a_cancelled_campaign_is_forgotten_when_nothing_of_it_can_wait() {
    let mut gate = Gate::new(json!({}));
    let spring = || with(row("a"), json!({"campaign": "spring"}));
    gate.control("campaign", "spring", "pause", NOW);
    gate.control("campaign", "spring", "cancel", NOW + 5);
    let year = 366 * 86_400_000_i64;
    assert_eq!(gate.start(&[spring()], NOW + year)[0]["verdict"], "cancel");
    assert!(goes(&gate.start(&[spring()], NOW + 5 + year)[0]));
}

#[test]
fn no_word_of_anybodys_stops_a_sender_for_longer_than_a_day() {
    const DAY: i64 = 86_400_000;
    let mut gate = Gate::new(json!({}));
    let absurd = json!({"resend": "after", "afterMs": 9_007_199_254_740_991_i64});
    gate.finish("a", "throttled", absurd.clone(), NOW);
    held(&gate.start_one("b", NOW + DAY - 1), "throttled");
    assert!(goes(&gate.start_one("b", NOW + DAY)));
    // Nor a clock that was far ahead when it was said.
    gate.finish("b", "throttled", absurd, NOW + 400 * DAY);
    held(&gate.start_one("c", NOW + 2 * DAY), "throttled");
    assert!(goes(&gate.start_one("c", NOW + 3 * DAY)));
}

#[test]
fn a_persons_pause_of_a_template_outlasts_the_trial_that_is_under_way() {
    let paused = || json!({"code": 132_015, "resend": "after", "afterMs": 10_800_000});
    for class in ["accepted", "template"] {
        let mut gate = Gate::new(json!({"trialMs": 60_000}));
        for id in ["a", "b", "c"] {
            gate.finish(id, "template", paused(), NOW);
        }
        let until = NOW + 10_800_000;
        assert!(goes(&gate.start_one("d", until)));
        gate.control("template", "offer/en", "pause", until);
        let more = match class {
            "accepted" => json!({"messageId": "w"}),
            _ => paused(),
        };
        gate.finish("d", class, more, until + 50);
        held(&gate.start_one("e", until + 40 * 10_800_000), "template");
        gate.control("template", "offer/en", "resume", until);
        assert!(
            goes(&gate.start_one("e", until + 40 * 10_800_000)),
            "{class}"
        );
    }
}

#[test]
fn three_equal_template_errors_hold_the_template_and_no_other() {
    let broken = || json!({"code": 132_012});
    let mut gate = Gate::new(json!({}));
    gate.finish("a", "invalid", broken(), NOW);
    gate.finish("b", "invalid", json!({"code": 132_000}), NOW);
    gate.finish("c", "invalid", broken(), NOW);
    assert!(
        gate.finish("d", "invalid", broken(), NOW).is_empty(),
        "two in a row"
    );
    let opened = gate.finish("e", "invalid", broken(), NOW);
    assert_eq!(words(&opened), ["alert"]);
    assert_eq!(
        (&opened[0]["kind"], &opened[0]["name"]),
        (&json!("template"), &json!("offer/en"))
    );
    held(&gate.start_one("f", NOW + 86_400_000), "template");
    assert_eq!(gate.lease(NOW)["heldTemplates"], json!(["offer/en"]));
    let other = with(row("g"), json!({"template": "other/en"}));
    assert!(goes(&gate.start(&[other], NOW)[0]));
    // Neither time nor an accept that was under way mends a definition; a new one does.
    gate.finish("h", "accepted", json!({"messageId": "wamid.H"}), NOW);
    held(&gate.start_one("f", NOW), "template");
    let over = commands(&gate.tell(json!({"type": "epoch", "template": "offer/en"}), NOW));
    assert_eq!(words(&over), ["all_clear"]);
    assert!(goes(&gate.start_one("f", NOW)));
}

#[test]
fn an_accept_between_template_errors_starts_the_count_anew() {
    let mut gate = Gate::new(json!({}));
    for n in 0..10 {
        gate.finish(&format!("a{n}"), "invalid", json!({"code": 132_000}), NOW);
        gate.finish(&format!("b{n}"), "invalid", json!({"code": 132_000}), NOW);
        gate.finish(&format!("c{n}"), "accepted", json!({"messageId": "w"}), NOW);
    }
    assert!(goes(&gate.start_one("d", NOW)));
}

#[test]
fn a_paused_template_is_tried_with_one_message_after_its_time() {
    let paused = || json!({"code": 132_015, "resend": "after", "afterMs": 10_800_000});
    let mut gate = Gate::new(json!({"trialMs": 60_000}));
    for id in ["a", "b", "c"] {
        gate.finish(id, "template", paused(), NOW);
    }
    let until = NOW + 10_800_000;
    held(&gate.start_one("d", until - 1), "template");
    assert_eq!(gate.lease(until)["heldTemplates"], json!([]));
    let verdicts = gate.start(&[row("d"), row("e")], until);
    assert!(goes(&verdicts[0]));
    held(&verdicts[1], "template");
    assert!(
        gate.finish("d", "template", paused(), until + 50)
            .is_empty()
    );
    held(&gate.start_one("e", until + 10_800_000), "template");
    assert!(goes(&gate.start_one("e", until + 50 + 10_800_000)));
    let over = gate.finish("e", "accepted", json!({"messageId": "w"}), until * 2);
    assert_eq!(words(&over), ["all_clear"]);
    assert!(goes(&gate.start_one("f", until * 2)));
}

#[test]
fn a_recipient_who_wants_no_marketing_gets_none() {
    let mut gate = Gate::new(json!({}));
    let told = gate.finish("ana", "recipient", json!({"code": 131_050}), NOW);
    assert_eq!(
        told[0],
        json!({"do": "suppress", "pair": "ana", "until": null, "code": 131_050})
    );
    let told = gate.finish("bo", "recipient_wait", json!({"code": 131_049}), NOW);
    let until = NOW + 86_400_000;
    assert_eq!(
        told[0],
        json!({"do": "suppress", "pair": "bo", "until": until, "code": 131_049})
    );

    let stopped = with(
        row("a"),
        json!({"suppressed": {"until": null, "code": 131_050}}),
    );
    let verdict = gate.start(std::slice::from_ref(&stopped), NOW).remove(0);
    assert_eq!(verdict["verdict"], "suppressed");
    let order = with(stopped, json!({"category": "utility"}));
    assert!(
        goes(&gate.start(&[order], NOW)[0]),
        "an order is no marketing"
    );

    let wait = with(
        row("b"),
        json!({"suppressed": {"until": until, "code": 131_049}}),
    );
    let verdict = gate.start(std::slice::from_ref(&wait), until - 1).remove(0);
    assert_eq!(
        (&verdict["why"], &verdict["until"]),
        (&json!("recipient_wait"), &json!(until))
    );
    assert!(goes(&gate.start(&[wait], until)[0]));
}

#[test]
fn controls_are_evaluated_at_the_start() {
    let mut gate = Gate::new(json!({}));
    let spring = |id: &str| with(row(id), json!({"campaign": "spring"}));
    gate.control("campaign", "spring", "pause", NOW);
    held(&gate.start(&[spring("a")], NOW)[0], "campaign");
    assert!(goes(&gate.start_one("b", NOW)));
    assert_eq!(gate.lease(NOW)["heldCampaigns"], json!(["spring"]));
    gate.control("campaign", "spring", "resume", NOW);
    assert!(goes(&gate.start(&[spring("c")], NOW)[0]));
    let told = gate.control("campaign", "spring", "cancel", NOW);
    assert_eq!(words(&told), ["cancel_campaign"]);
    assert_eq!(
        gate.start(&[spring("d")], NOW)[0],
        json!({"verdict": "cancel", "id": "d", "by": "ana"})
    );
    // A cancelled one may be leased: its rows are to be ended.
    assert_eq!(gate.lease(NOW)["heldCampaigns"], json!([]));
    assert_eq!(
        words(&gate.control("campaign", "spring", "resume", NOW)),
        ["refuse"]
    );

    gate.control("template", "offer/en", "pause", NOW);
    held(&gate.start_one("e", NOW), "template");
    gate.tell(json!({"type": "epoch", "template": "offer/en"}), NOW);
    held(&gate.start_one("e", NOW), "template");
    gate.control("template", "offer/en", "resume", NOW);
    assert!(goes(&gate.start_one("e", NOW)));

    gate.control("sender", "", "pause", NOW);
    held(&gate.start_one("f", NOW), "sender");
    let lease = gate.lease(NOW);
    assert_eq!(
        (&lease["allow"], &lease["why"]),
        (&json!(false), &json!("sender"))
    );
    gate.control("sender", "", "resume", NOW);
    assert!(goes(&gate.start_one("f", NOW)));
}

#[test]
fn a_person_who_resumes_a_stopped_sender_spares_it_the_wait() {
    let mut gate = Gate::new(json!({}));
    gate.finish("a", "account", json!({"code": 131_042}), NOW);
    let told = gate.control("sender", "", "resume", NOW + 1);
    assert_eq!(words(&told), ["release_blocked"]);
    assert!(goes(&gate.start_one("b", NOW + 1)));
    held(&gate.start_one("c", NOW + 1), "account");
}

#[test]
fn accepts_without_webhooks_are_a_silence_once() {
    let mut gate = Gate::new(json!({"silenceMs": 60_000, "silenceAccepts": 3}));
    for n in 0..2 {
        gate.finish(&format!("a{n}"), "accepted", json!({"messageId": "w"}), NOW);
    }
    assert!(commands(&gate.tell(json!({"type": "tick"}), NOW + 120_000)).is_empty());
    gate.finish("a2", "accepted", json!({"messageId": "w"}), NOW + 10);
    let answer = gate.tell(json!({"type": "tick"}), NOW + 59_999);
    assert!(commands(&answer).is_empty());
    assert_eq!(answer["wakeAt"], NOW + 60_000);
    let answer = gate.tell(json!({"type": "tick"}), NOW + 60_000);
    assert_eq!(words(&commands(&answer)), ["alert_silence"]);
    assert!(commands(&gate.tell(json!({"type": "tick"}), NOW + 120_000)).is_empty());
    let over = commands(&gate.tell(json!({"type": "heard"}), NOW + 120_001));
    assert_eq!(words(&over), ["all_clear"]);
}

#[test]
fn a_clock_that_jumps_back_stops_nobody() {
    let mut gate = Gate::new(json!({"perSecond": 2, "probeMs": 1_000, "probeMaxMs": 2_000}));
    let rows = [row("a"), row("b")];
    let clock = gate.start(&rows, NOW)[0]["pairAt"].clone();
    let back = NOW - 3_600_000;
    // The second's starts count as just made, so the pace is kept, and a second later all is well.
    assert!(!goes(&gate.start_one("c", back)));
    assert!(goes(&gate.start_one("c", back + 2_000)));
    let again = with(row("d"), json!({"pair": "a", "pairAt": clock}));
    assert!(!goes(
        &gate.start(std::slice::from_ref(&again), back + 5_000)[0]
    ));
    // A recipient's clock cannot be told from a long wait of Meta's: it waits as long as the jump was.
    assert!(goes(&gate.start(&[again], NOW + 7_000)[0]));
    gate.finish("a", "account", json!({"code": 190}), NOW);
    gate.tell(json!({"type": "tick"}), back);
    assert_eq!(gate.lease(back + 2_000)["probe"], true);
}
