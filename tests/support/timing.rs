//! How long something takes, for tests that compare two times.

use std::time::Instant;

/// The shortest of several runs in seconds. What a run makes is given back after the clock has stopped:
/// freeing a large report returns memory to the system, whose price says nothing about the check.
pub fn best<T>(run: impl Fn() -> T) -> f64 {
    let once = |_| {
        let start = Instant::now();
        let made = run();
        let took = start.elapsed().as_secs_f64();
        std::hint::black_box(made);
        took
    };
    (0..7).map(once).fold(f64::MAX, f64::min)
}

/// How many times longer twice as much takes, from 16 to 32 KB or from 32 to 64 KB, whichever grows less.
/// What is out of line grows too much at every size; a step in the price of memory shows at one of them.
pub fn growth(seconds: impl Fn(usize) -> f64) -> f64 {
    let mut least = f64::MAX;
    for _ in 0..5 {
        for size in [32 * 1024, 16 * 1024] {
            least = least.min(seconds(2 * size) / seconds(size));
            if least < 2.5 {
                return least;
            }
        }
    }
    least
}
