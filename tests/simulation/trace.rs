//! What happened, as lines: hashed whole, remembered to the length that a person reads.

use std::collections::VecDeque;

/// How many of the last lines are told; `PREFLIGHT_TRACE` wants another number.
const KEPT: usize = 60;

/// FNV-1a over every line, so that two runs of one seed can be told apart by a number.
#[derive(Debug, Clone)]
pub struct Trace {
    hash: u64,
    pub events: u64,
    last: VecDeque<String>,
    kept: usize,
}

impl Trace {
    pub fn new() -> Trace {
        Trace {
            hash: 0xcbf2_9ce4_8422_2325,
            events: 0,
            last: VecDeque::with_capacity(KEPT),
            kept: std::env::var("PREFLIGHT_TRACE")
                .ok()
                .and_then(|n| n.parse().ok())
                .unwrap_or(KEPT),
        }
    }

    pub fn say(&mut self, line: String) {
        for byte in line.bytes().chain([b'\n']) {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        if self.last.len() >= self.kept {
            self.last.pop_front();
        }
        self.last.push_back(line);
    }

    pub fn hash(&self) -> u64 {
        self.hash
    }

    pub fn tail(&self) -> String {
        let lines: Vec<&str> = self.last.iter().map(String::as_str).collect();
        lines.join("\n")
    }
}
