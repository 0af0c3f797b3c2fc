//! Meta's side: it takes messages or does not, answers or does not, and keeps its own ledger of what it
//! took. The invariants read that ledger, never ours.

use super::dice::Dice;
use super::faults::Weather;
use super::ledger::Grant;
use super::store::{SECRET_VALUE, TEMPLATES, recipient};
use wa_preflight::delivery::classify::{Answer, Transport};
use wa_preflight::delivery::codes;
use wa_preflight::delivery::machine::Category;
use wa_preflight::delivery::outcome::{Class, Resend};

/// What Meta did with one POST, as far as our side may learn of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Accepted,
    /// Nobody can tell from the answer, or there is none.
    Nothing,
    /// Not processed; not before so many milliseconds.
    Wait(i64),
    /// Refused for good.
    Refused,
    Account,
}

#[derive(Debug, Clone)]
pub struct Arrived {
    pub at: i64,
    pub row: usize,
    pub n: u32,
    pub pair: usize,
    pub template: usize,
    /// It took longer on its way than the others: nobody can pace that.
    pub slow: bool,
    pub said: Said,
}

#[derive(Debug, Clone)]
pub struct Accept {
    pub row: usize,
    pub n: u32,
    pub wamid: String,
    /// The answer with its id was stored.
    pub told: bool,
}

/// A long phase of something.
#[derive(Debug, Clone, Copy, Default)]
pub struct Phase {
    pub until: i64,
    pub code: i64,
}

pub struct Graph {
    pub dice: Dice,
    pub weather: Weather,
    pub posts: Vec<Arrived>,
    pub accepts: Vec<Accept>,
    /// Refused connections until then.
    pub down_until: i64,
    /// The account is refused.
    pub dry: Phase,
    /// Everything is throttled.
    pub storm: Phase,
    /// A template's messages are refused.
    pub broken: [Phase; TEMPLATES.len()],
    /// How often a code of class account was said, by answer or webhook.
    pub account_refusals: u32,
    /// Its present definition.
    pub epochs: [i64; TEMPLATES.len()],
    pub gets: u32,
}

/// What reaches our side of a POST, and when.
pub struct Back {
    pub answer: Answer,
    pub after: i64,
}

impl Graph {
    pub fn new(seed: u64, weather: Weather) -> Graph {
        Graph {
            dice: Dice::new(seed ^ 0x6_4a9b),
            weather,
            posts: Vec::new(),
            accepts: Vec::new(),
            down_until: 0,
            dry: Phase::default(),
            storm: Phase::default(),
            broken: [Phase::default(); TEMPLATES.len()],
            account_refusals: 0,
            epochs: [1; TEMPLATES.len()],
            gets: 0,
        }
    }

    /// Everything works from now on.
    pub fn clear(&mut self) {
        self.weather = Weather::default();
        self.down_until = 0;
        self.dry.until = 0;
        self.storm.until = 0;
        for broken in &mut self.broken {
            broken.until = 0;
        }
    }

    /// One POST arrives. The last part says which accept it made.
    pub fn post(
        &mut self,
        t: i64,
        grant: &Grant,
        (pair, template, category): (usize, usize, Category),
        slow: bool,
    ) -> (Back, Said, Option<usize>) {
        let (back, said, accept) = self.answer(t, grant, pair, template, category);
        self.posts.push(Arrived {
            at: t,
            row: grant.row,
            n: grant.n,
            pair,
            template,
            slow,
            said,
        });
        (back, said, accept)
    }

    fn answer(
        &mut self,
        t: i64,
        grant: &Grant,
        pair: usize,
        template: usize,
        category: Category,
    ) -> (Back, Said, Option<usize>) {
        let soon = self.dice.between(20, 400);
        if t < self.down_until {
            let answer = no_answer(Transport::Reset);
            return (Back { answer, after: 5 }, Said::Nothing, None);
        }
        if t < self.dry.until {
            return self.refuse(self.dry.code, pair, soon);
        }
        if t < self.storm.until {
            return self.throttle(self.storm.code, pair, soon);
        }
        if t < self.broken[template].until {
            return self.refuse(self.broken[template].code, pair, soon);
        }
        let weather = self.weather.clone();
        let dice = &mut self.dice;
        if dice.chance(weather.account) {
            let code = dice.pick(&[190, 131_042, 131_031, 10]);
            return self.refuse(code, pair, soon);
        }
        if dice.chance(weather.throttle) {
            let code = dice.pick(&[130_429, 80_007, 4, 131_056, 131_056, 0, 0]);
            return self.throttle(code, pair, soon);
        }
        if dice.chance(weather.transient) {
            let code = dice.pick(&[2_494_100, 131_057]);
            return self.refuse(code, pair, soon);
        }
        if dice.chance(weather.refused) {
            let marketing = category == Category::Marketing;
            let code = match dice.below(4) {
                0 if marketing => 131_050,
                1 if marketing => 131_049,
                _ => dice.pick(&[131_026, 131_030, 131_009, 100, 135_000]),
            };
            return self.refuse(code, pair, soon);
        }
        if dice.chance(weather.template) {
            let code = dice.pick(&[132_000, 132_012, 132_015, 134_101, 132_001]);
            return self.refuse(code, pair, soon);
        }
        if dice.chance(weather.murky) {
            let answer = murky(dice);
            let accept = dice.chance(500).then(|| self.take(grant));
            return (
                Back {
                    answer,
                    after: soon,
                },
                Said::Nothing,
                accept,
            );
        }
        let held = self.dice.chance(weather.held);
        let accept = self.take(grant);
        let lost = self.dice.chance(weather.lost_answer);
        if lost {
            let (transport, after) = match self.dice.below(3) {
                0 => (Transport::Reset, soon),
                _ => (Transport::Timeout, super::ledger::GRAPH_TIMEOUT_MS),
            };
            let answer = no_answer(transport);
            return (Back { answer, after }, Said::Nothing, Some(accept));
        }
        let status = match held {
            true => r#","message_status":"held_for_quality_assessment""#,
            false => "",
        };
        let wamid = &self.accepts[accept].wamid;
        let body = format!(
            r#"{{"messaging_product":"whatsapp","messages":[{{"id":"{wamid}"{status}}}]}}"#
        );
        let after = match self.dice.below(12) {
            0 => self.dice.between(3_000, 28_000),
            _ => soon,
        };
        let answer = answer(200, body);
        (Back { answer, after }, Said::Accepted, Some(accept))
    }

    fn take(&mut self, grant: &Grant) -> usize {
        self.accepts.push(Accept {
            row: grant.row,
            n: grant.n,
            wamid: format!("wamid.{}", self.accepts.len()),
            told: false,
        });
        self.accepts.len() - 1
    }

    fn refuse(&mut self, code: i64, pair: usize, after: i64) -> (Back, Said, Option<usize>) {
        let row = codes::find(code, None).and_then(|row| row.outcome);
        let floor = codes::find(code, None).map_or(0, |row| i64::from(row.after_ms));
        let said = match row {
            Some((Class::Account, _)) => {
                self.account_refusals += 1;
                Said::Account
            }
            Some((_, Resend::After)) => Said::Wait(floor),
            Some((Class::Unknown, _)) => Said::Nothing,
            _ => Said::Refused,
        };
        let answer = answer(400, error(code, pair));
        (Back { answer, after }, said, None)
    }

    /// Code 0 is a bare 429.
    fn throttle(&mut self, code: i64, pair: usize, after: i64) -> (Back, Said, Option<usize>) {
        let seconds = match self.dice.below(4) {
            0 => None,
            1 => Some(1),
            2 => Some(self.dice.between(2, 30)),
            _ => Some(self.dice.between(31, 300)),
        };
        let body = match code {
            0 => "<html>Too Many Requests</html>".to_owned(),
            code => error(code, pair),
        };
        let mut answer = answer(429, body);
        if let Some(seconds) = seconds {
            let header = ("Retry-After".to_owned(), seconds.to_string());
            answer.headers.push(header);
        }
        let floor = codes::find(code, None).map_or(0, |row| i64::from(row.after_ms));
        let wait = (seconds.unwrap_or(0) * 1_000).max(floor);
        (Back { answer, after }, Said::Wait(wait), None)
    }

    /// The GET of the phone number that a lease asked for: whether it worked, or the code.
    pub fn get(&mut self, t: i64) -> (bool, Option<i64>) {
        self.gets += 1;
        match () {
            () if t < self.down_until => (false, None),
            () if t < self.dry.until => (false, Some(self.dry.code)),
            () => (true, None),
        }
    }

    /// Maybe a long phase of something begins.
    pub fn change_weather(&mut self, t: i64) -> Option<String> {
        if !self.dice.chance(self.weather.phases) {
            return None;
        }
        let until = t + self.dice.between(10_000, 900_000);
        Some(match self.dice.below(4) {
            0 => {
                self.down_until = until;
                format!("Meta refuses connections until {until}")
            }
            1 => {
                let code = self.dice.pick(&[131_042, 190, 131_031]);
                self.dry = Phase { until, code };
                format!("the account is refused with {code} until {until}")
            }
            2 => {
                let code = self.dice.pick(&[130_429, 0, 80_007]);
                self.storm = Phase { until, code };
                format!("everything is too fast ({code}) until {until}")
            }
            _ => {
                let code = self
                    .dice
                    .pick(&[132_015, 132_000, 132_012, 132_001, 134_101]);
                let template = self.dice.below(TEMPLATES.len());
                self.broken[template] = Phase { until, code };
                format!(
                    "{} is refused with {code} until {until}",
                    TEMPLATES[template]
                )
            }
        })
    }
}

/// Meta's details name people and values: nothing of that may reach a log.
pub fn details(pair: usize) -> String {
    format!(
        "for {} the parameter {SECRET_VALUE} is not right",
        recipient(pair)
    )
}

fn error(code: i64, pair: usize) -> String {
    let details = details(pair);
    format!(
        r#"{{"error":{{"message":"(#{code}) no","type":"OAuthException","code":{code},"error_data":{{"messaging_product":"whatsapp","details":"{details}"}},"fbtrace_id":"A"}}}}"#
    )
}

fn answer(status: u16, body: String) -> Answer {
    Answer {
        status: Some(status),
        body: body.into_bytes(),
        ..Answer::default()
    }
}

fn no_answer(transport: Transport) -> Answer {
    Answer {
        transport: Some(transport),
        ..Answer::default()
    }
}

/// Answers that leave it open whether the message was taken.
fn murky(dice: &mut Dice) -> Answer {
    match dice.below(8) {
        0 => answer(500, String::new()),
        1 => answer(502, "<html>Bad Gateway</html>".to_owned()),
        2 => answer(503, error(131_016, 0)),
        3 => answer(
            200,
            r#"{"messaging_product":"whatsapp","messages":[{"id":"wamid.cu"#.to_owned(),
        ),
        4 => answer(200, r#"{"messages":[]}"#.to_owned()),
        5 => answer(302, String::new()),
        6 => answer(500, error(131_000, 0)),
        _ => no_answer(Transport::DecodeError),
    }
}
