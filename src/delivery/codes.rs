//! The table of Meta's error codes: what each means for a message.

mod table;

use super::outcome::{Class, Resend};
use table::TABLE;

/// One error code of Meta's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Code {
    /// The code, the first one where [`Code::last`] makes it a range.
    pub code: u32,
    /// The last code that this row stands for; `code` itself except for 200–299.
    pub last: u32,
    /// The subcode that this row is for; `None` stands for any other.
    pub subcode: Option<u32>,
    /// Meta's title.
    pub title: &'static str,
    /// What it means as the answer to a send; `None` when it cannot be one.
    pub outcome: Option<(Class, Resend)>,
    /// The shortest wait before another attempt, in milliseconds; 0 when none is named.
    pub after_ms: u32,
    /// What to do, as an imperative sentence.
    pub action: &'static str,
}

impl Code {
    /// Whether the code can answer a send, at once or by webhook.
    pub fn applies_to_send(&self) -> bool {
        self.outcome.is_some()
    }

    /// The wait of a first retry when Meta names none, in milliseconds: the limits that Graph counts
    /// over an hour want a minute, the number's own throughput one second.
    pub fn backoff_ms(&self) -> u32 {
        match (self.after_ms, self.code) {
            (0, 4 | 17 | 613 | 80007) => 60_000,
            (0, _) => 1_000,
            (named, _) => named,
        }
    }

    /// Who has to wait when this code asks for a wait: limits count a pair's messages or a number's, and
    /// an account in maintenance takes none.
    pub fn scope(&self) -> Scope {
        match (self.outcome, self.code) {
            (Some((Class::Throttled, _)), 131_056) => Scope::Pair,
            (Some((Class::Throttled, _)), _) | (_, 131_057 | 2_494_100) => Scope::Sender,
            _ => Scope::Message,
        }
    }
}

/// How much one answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// This message alone.
    Message,
    /// This sender and this recipient.
    Pair,
    /// Everything that this sender would send now.
    Sender,
}

/// A row for a code that can answer a send; subcode 0 and wait 0 mean none.
const fn send(
    code: u32,
    subcode: u32,
    title: &'static str,
    class: Class,
    resend: Resend,
    after_ms: u32,
    action: &'static str,
) -> Code {
    Code {
        code,
        // Graph documents its permission errors as one block.
        last: if code == 200 { 299 } else { code },
        subcode: if subcode == 0 { None } else { Some(subcode) },
        title,
        outcome: Some((class, resend)),
        after_ms,
        action,
    }
}

/// A row for a code that answers other calls only.
const fn other(code: u32, title: &'static str, action: &'static str) -> Code {
    Code {
        code,
        last: code,
        subcode: None,
        title,
        outcome: None,
        after_ms: 0,
        action,
    }
}

/// Every row, sorted by code.
pub fn all() -> &'static [Code] {
    TABLE
}

/// The row of a code: the one for its subcode when there is one, else the code's general one.
pub fn find(code: i64, subcode: Option<i64>) -> Option<&'static Code> {
    let code = u32::try_from(code).ok()?;
    let end = TABLE.partition_point(|row| row.code <= code);
    let mut general = None;
    for row in TABLE.get(..end)?.iter().rev() {
        if row.last < code {
            break;
        }
        match row.subcode {
            Some(own) if subcode == Some(i64::from(own)) => return Some(row),
            Some(_) => {}
            None => general = Some(row),
        }
    }
    general
}
