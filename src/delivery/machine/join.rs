//! Joins what we did with what webhooks say. The evidence is a set and everything shown is derived
//! from it, so that order and repetition cannot matter.

use super::reason::Reason;
use super::row::{Cause, Delivery, Evidence, Phase, State};
use crate::delivery::classify::classify_code;
use crate::delivery::outcome::Class;
use std::collections::BTreeMap;

/// How many pieces of evidence one row keeps before repetitions of a word are dropped.
const EVIDENCE_CAP: usize = 64;

/// What the statuses of one message id say.
#[derive(Default, Clone, Copy)]
struct Said {
    sent: bool,
    delivered: bool,
    read: bool,
    failed: bool,
    /// A word that is not known yet.
    other: bool,
}

/// Adds a piece of evidence; says whether it is news.
pub(super) fn add(delivery: &mut Delivery, evidence: Evidence) -> bool {
    learn(&mut delivery.wamids, &evidence.wamid);
    let set = &mut delivery.evidence;
    match set.binary_search_by(|own| own.key().cmp(&evidence.key())) {
        Ok(at) => {
            // The same status with other words: keep the lesser, so that order does not matter.
            if let Some(own) = set.get_mut(at) {
                *own = evidence.min(own.clone());
            }
            false
        }
        Err(at) => {
            let repeats =
                |own: &Evidence| own.wamid == evidence.wamid && own.status == evidence.status;
            if set.len() >= EVIDENCE_CAP && set.iter().any(repeats) {
                return false;
            }
            set.insert(at, evidence);
            true
        }
    }
}

/// Notes a message id, in an order that does not depend on who spoke first.
pub(super) fn learn(wamids: &mut Vec<String>, wamid: &str) {
    if wamid.is_empty() {
        return;
    }
    if let Err(at) = wamids.binary_search_by(|own| own.as_str().cmp(wamid)) {
        wamids.insert(at, wamid.to_owned());
    }
}

/// Works out everything that is derived.
pub(super) fn derive(delivery: &mut Delivery, now: i64) {
    let (state, cause) = shown(delivery);
    delivery.state = state;
    delivery.reason = cause.reason;
    delivery.code = cause.code;
    // A trouble that passes while the row waits is the last word where the row ended with it.
    let reason = match state {
        State::Failed => cause.reason.action().or(Reason::FailedByMeta.action()),
        _ => cause.reason.action(),
    };
    delivery.action = cause.action.or_else(|| reason.map(str::to_owned));
    delivery.settled = state.settled();
    delivery.duplicate = delivery.wamids.len() > 1 + delivery.resends as usize;
    delivery.due_at = (state == State::Queued).then(|| {
        let not_before = delivery.not_before.unwrap_or(delivery.created_at);
        not_before.max(delivery.leased_until.unwrap_or(not_before))
    });
    delivery.wake_at = match state {
        _ if state.settled() => None,
        State::Queued => match delivery.due_at {
            Some(due) if due > now => Some(due.min(delivery.expires_at)),
            _ => Some(delivery.expires_at),
        },
        State::Sending => delivery.attempt.as_ref().map(|attempt| attempt.timeout_at),
        _ => Some(delivery.expires_at),
    };
}

fn shown(delivery: &Delivery) -> (State, Cause) {
    let by_phase = (of_phase(delivery.phase), delivery.cause.clone());
    let said = by_message(delivery);
    let any = |what: fn(&Said) -> bool| said.values().any(what);
    let closed = delivery.phase == Phase::Closed;
    if any(|said| said.failed && (said.delivered || said.read)) {
        return match closed {
            true => by_phase,
            false => (State::Conflict, Reason::FailedAndDelivered.into()),
        };
    }
    if any(|said| said.read) {
        return (State::Read, Reason::Read.into());
    }
    if any(|said| said.delivered) {
        return (State::Delivered, Reason::Delivered.into());
    }
    if any(|said| said.sent && !said.failed) {
        return match delivery.phase {
            Phase::NeedsAttention => (State::NeedsAttention, Reason::Undelivered.into()),
            Phase::Closed => by_phase,
            _ => (State::Sent, Reason::Sent.into()),
        };
    }
    // A failure counts when it leaves no message id that may still arrive.
    let alive = |wamid: &String| {
        !delivery.superseded.contains(wamid) && !said.get(wamid.as_str()).is_some_and(|s| s.failed)
    };
    let trying = delivery.forced
        || (delivery.phase == Phase::Sending
            && delivery
                .attempt
                .as_ref()
                .is_some_and(|attempt| attempt.forced));
    if any(|said| said.failed) && !trying && !delivery.wamids.iter().any(alive) {
        return (State::Failed, failure(delivery));
    }
    // A message id, or a word of Meta's that is not known yet, says nothing of the message's fate, and
    // still proves that Meta has the message: what waits for a start must not start.
    let waiting = matches!(delivery.phase, Phase::Queued | Phase::Blocked);
    let known = |wamid: &String| !delivery.superseded.contains(wamid);
    if waiting && !trying && (any(|said| said.other) || delivery.wamids.iter().any(known)) {
        return (State::Accepted, Reason::Accepted.into());
    }
    by_phase
}

fn of_phase(phase: Phase) -> State {
    match phase {
        Phase::Queued => State::Queued,
        Phase::Sending => State::Sending,
        Phase::Blocked => State::Blocked,
        Phase::Accepted => State::Accepted,
        Phase::Held => State::Held,
        Phase::Unknown => State::Unknown,
        Phase::Failed => State::Failed,
        Phase::Expired => State::Expired,
        Phase::Cancelled => State::Cancelled,
        Phase::Rejected => State::Rejected,
        Phase::NeedsAttention => State::NeedsAttention,
        Phase::Closed => State::Closed,
    }
}

fn by_message(delivery: &Delivery) -> BTreeMap<&str, Said> {
    let mut all: BTreeMap<&str, Said> = BTreeMap::new();
    for evidence in &delivery.evidence {
        let said = all.entry(&evidence.wamid).or_default();
        // Of a message that somebody gave up for one more attempt only an arrival counts.
        let counts = !delivery.superseded.contains(&evidence.wamid);
        match evidence.status.as_str() {
            "sent" => said.sent = counts,
            "delivered" => said.delivered = true,
            // Played is a voice message listened to: more than read.
            "read" | "played" => said.read = true,
            "failed" => said.failed = counts,
            _ => said.other = counts,
        }
    }
    all
}

/// Why a webhook's failure happened: the earliest one that still counts.
fn failure(delivery: &Delivery) -> Cause {
    let code = delivery
        .evidence
        .iter()
        .filter(|e| e.status == "failed" && !delivery.superseded.contains(&e.wamid))
        .find_map(|e| Some((e.code?, e.details.as_deref())));
    let Some((code, details)) = code else {
        return Reason::FailedByMeta.into();
    };
    let outcome = classify_code(code, None, details);
    // A code that leaves the POST's fate open leaves nothing open in a webhook: it failed.
    let open = outcome.unclassified || outcome.class == Class::Unknown;
    let reason = match open {
        true => Reason::FailedByMeta,
        false => Reason::of_failure(outcome.class),
    };
    Cause {
        reason,
        code: Some(code),
        action: (outcome.class != Class::Unknown).then(|| outcome.action.into_owned()),
    }
}
