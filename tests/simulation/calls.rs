//! Calls to the ledger and its replies, as they go over the wire.

use super::ledger::{Claim, Finish, Leased};

/// A call to the ledger, as it goes over the wire.
#[derive(Debug, Clone)]
pub enum Call {
    Lease,
    Turn {
        finishes: Vec<Finish>,
        rows: Vec<usize>,
        nonce: u64,
        asked_at: i64,
        tries: u32,
    },
    Finish {
        finishes: Vec<Finish>,
        tries: u32,
    },
    Abandon {
        row: usize,
        n: u32,
        nonce: u64,
    },
    Rejudge {
        row: usize,
        epoch: i64,
        ok: bool,
    },
    Probed {
        ok: bool,
        code: Option<i64>,
    },
    /// The consumer of dead letters: noted first, then stored.
    Dead {
        finishes: Vec<Finish>,
    },
}

impl Call {
    pub fn word(&self) -> &'static str {
        match self {
            Call::Lease => "lease",
            Call::Turn { .. } => "turn",
            Call::Finish { .. } => "finish",
            Call::Abandon { .. } => "abandon",
            Call::Rejudge { .. } => "rejudge",
            Call::Probed { .. } => "probed",
            Call::Dead { .. } => "dead letter",
        }
    }
}

#[derive(Debug, Clone)]
pub enum Reply {
    Leased(Leased),
    Claimed(Claim),
    Done,
    /// The call, its transaction or its reply was lost: nobody here knows which.
    Failed,
}
