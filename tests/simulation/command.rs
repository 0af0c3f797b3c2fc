//! `./build.sh simulate`: many lives, or one again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a simulation is a test: it stops where it fails"
)]

#[path = "mod.rs"]
mod simulation;

use simulation::bugs::Bug;
use simulation::live;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

const USAGE: &str =
    "usage: ./build.sh simulate [--seeds N] [--events M] [--seed S] [--bug name] [--threads T]";

struct Wish {
    first: u64,
    seeds: u64,
    events: u64,
    bug: Option<Bug>,
    threads: u64,
}

fn wish() -> Result<Wish, String> {
    let mut wish = Wish {
        first: 0,
        seeds: 500,
        events: 1_000,
        bug: None,
        threads: 1,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words
            .next()
            .ok_or_else(|| format!("`{word}` wants a value"))?;
        let number = || {
            value
                .parse::<u64>()
                .map_err(|_| format!("`{word}` wants a number, not `{value}`"))
        };
        match word.as_str() {
            "--seeds" => wish.seeds = number()?,
            "--events" => wish.events = number()?,
            "--threads" => wish.threads = number()?.max(1),
            "--seed" => (wish.first, wish.seeds) = (number()?, 1),
            "--bug" => wish.bug = Some(Bug::named(&value).ok_or_else(|| bugs(&value))?),
            _ => return Err(format!("there is no option `{word}`")),
        }
    }
    Ok(wish)
}

fn bugs(value: &str) -> String {
    let known: Vec<String> = Bug::ALL
        .iter()
        .map(|bug| format!("  {:<26}{}", bug.word(), bug.what()))
        .collect();
    format!("there is no bug `{value}`; there are\n{}", known.join("\n"))
}

#[derive(Default)]
struct Sum {
    events: u64,
    posts: usize,
    accepts: usize,
    simulated_ms: i64,
    shown_troubles: u32,
    ends: BTreeMap<String, u32>,
    failures: Vec<(u64, String)>,
}

fn main() -> ExitCode {
    let wish = match wish() {
        Ok(wish) => wish,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let begin = Instant::now();
    let next = AtomicU64::new(wish.first);
    let sum = Mutex::new(Sum::default());
    std::thread::scope(|scope| {
        for _ in 0..wish.threads {
            scope.spawn(|| work(&wish, &next, &sum));
        }
    });
    let mut sum = sum.into_inner().unwrap();
    sum.failures.sort();
    for (seed, report) in sum.failures.iter().take(3) {
        println!("seed {seed} breaks {report}\n");
    }
    for (end, count) in &sum.ends {
        println!("{count:>10}  {end}");
    }
    println!(
        "{} lives, {} events, {:.1} simulated days, {} POSTs, {} accepts, {} troubles shown, {} lives broken, in {:.1} s",
        wish.seeds,
        sum.events,
        sum.simulated_ms as f64 / 86_400_000.0,
        sum.posts,
        sum.accepts,
        sum.shown_troubles,
        sum.failures.len(),
        begin.elapsed().as_secs_f64(),
    );
    match sum.failures.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn work(wish: &Wish, next: &AtomicU64, sum: &Mutex<Sum>) {
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= wish.first + wish.seeds {
            return;
        }
        let done = live(seed, wish.events, wish.bug);
        let mut sum = sum.lock().unwrap();
        match done {
            Ok(life) => {
                sum.events += life.events;
                sum.posts += life.posts;
                sum.accepts += life.accepts;
                sum.simulated_ms += life.simulated_ms;
                sum.shown_troubles += life.shown_troubles;
                for (end, count) in life.ends {
                    *sum.ends.entry(end).or_default() += count;
                }
                if wish.seeds == 1 {
                    println!("trace hash {:016x}", life.hash);
                }
            }
            Err(failure) => sum.failures.push((seed, failure.report)),
        }
    }
}
