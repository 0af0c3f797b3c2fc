//! What the answer to a POST of a message means.
//!
//! The order of the rules is the point: an `error` object decides before the HTTP status, its code
//! before its text, and whatever leaves it open whether Meta took the message is `unknown`.

mod answer;
mod retry_after;

pub(super) use answer::read_error;
pub use answer::{Answer, Transport};

use super::codes::{self, Code};
use super::outcome::{Class, Outcome, Resend};
use answer::{Body, ErrorBody};
use std::borrow::Cow;

const ACCEPTED: &str = "wait for the status webhook: accepted is not delivered";
const HELD: &str = "wait: Meta holds the message while it checks the template's quality";
const NOT_SENT: &str = "send it again: the request never reached Meta";
const THROTTLED: &str = "wait, then send more slowly";
const TIMEOUT: &str = "wait for a status before any resend: no answer came in time, yet Meta may have taken the message";
const RESET: &str = "wait for a status before any resend: the connection broke, yet Meta may have taken the message";
const NO_ID: &str =
    "wait for a status before any resend: the answer says success but names no message";
const ID_AND_ERROR: &str =
    "wait for a status before any resend: the answer names a message and an error at once";
const FAILED_UNSURE: &str = "send it again after a pause, unless another status says delivered or read: Meta failed, and reports it as the end";
const REDIRECT: &str = "check the endpoint: it redirects; wait for a status before any resend";
const SERVER: &str =
    "wait for a status before any resend: Meta's server failed and may have taken the message";
const TRANSIENT: &str = "wait for a status before any resend: Meta calls the trouble passing without saying how far it got";
const NO_STATUS: &str = "wait for a status before any resend: the answer has no status";
const REFUSED: &str = "read Meta's answer and correct the request: it would be refused again";

/// Texts in Meta's details that name the cause better than the code does. Meta has used several
/// codes for each, so that the text decides about the advice, never about the class.
const HINTS: &[(&str, &str)] = &[
    (
        "new-line/tab characters",
        "clean the values: no line breaks, no tabs, at most four spaces in a row",
    ),
    (
        "phone number is malformed",
        "correct the recipient's number: country code and digits, such as +33612345678",
    ),
    (
        "parameter messaging_product is required",
        "add \"messaging_product\": \"whatsapp\" to the payload",
    ),
    (
        "Parameter name is missing",
        "give each parameter its `parameter_name`: the template names its variables",
    ),
    (
        "Unsupported post request",
        "check the phone number id and that the token may use it",
    ),
    (
        "expected number of params",
        "supply exactly the parameters that the approved template has; the details count them",
    ),
];

/// Says what an answer means. `now` (milliseconds since 1970) is needed only to read a `Retry-After`
/// that is a date.
pub fn classify_response(answer: &Answer, now: Option<f64>) -> Outcome {
    match answer.transport {
        Some(Transport::Timeout) => return unknown(TIMEOUT),
        Some(Transport::Reset) => return unknown(RESET),
        // A status proves that something was sent, whatever the caller claims.
        Some(Transport::NotConnected) if answer.status.is_some() => return unknown(RESET),
        Some(Transport::NotConnected) => {
            return Outcome::new(Class::NotSent, Resend::Safe, NOT_SENT);
        }
        Some(Transport::DecodeError) | None => {}
    }
    let retry_after = retry_after::longest(&answer.headers, now);
    let text = String::from_utf8_lossy(&answer.body);
    let body = answer::read(&text);
    match (&body.error, &body.message_id) {
        (Some(error), None) => refused(answer.status, error, retry_after),
        (error, id) => {
            let mut outcome = by_status(answer.status, &body, retry_after);
            if let Some(error) = error.as_ref().filter(|_| outcome.class == Class::Accepted) {
                // Meta may well have taken it.
                outcome = Outcome {
                    message_id: id.clone(),
                    ..unknown(ID_AND_ERROR)
                };
                describe(
                    &mut outcome,
                    error.code,
                    error.subcode,
                    error.details.as_deref(),
                );
            }
            outcome
        }
    }
}

/// What a code means for a message that a webhook reports as failed, in the same terms.
pub fn classify_code(code: i64, subcode: Option<i64>, details: Option<&str>) -> Outcome {
    let mut outcome = match codes::find(code, subcode) {
        Some(row) => listed(row),
        None => unclassified(),
    };
    // A POST's answer leaves it open whether Meta took the message; this is what became of it.
    if outcome.class == Class::Unknown {
        outcome.action = Cow::Borrowed(FAILED_UNSURE);
    }
    describe(&mut outcome, Some(code), subcode, details);
    outcome
}

/// An answer with an `error` object.
fn refused(status: Option<u16>, error: &ErrorBody, retry_after: Option<u64>) -> Outcome {
    let row = error.code.and_then(|code| codes::find(code, error.subcode));
    let mut outcome = match row {
        Some(row) if row.applies_to_send() => listed(row),
        _ => {
            let mut outcome = match status {
                Some(429) => Outcome::new(Class::Throttled, Resend::After, THROTTLED),
                _ if error.is_transient => unknown(TRANSIENT),
                Some(200..=299) => unknown(NO_ID),
                _ => by_bare_status(status),
            };
            if let Some(row) = row {
                outcome.action = Cow::Borrowed(row.action);
            }
            outcome
        }
    };
    let floor = row.map_or(SHORTEST_MS, Code::backoff_ms);
    wait(&mut outcome, retry_after, floor);
    describe(
        &mut outcome,
        error.code,
        error.subcode,
        error.details.as_deref(),
    );
    outcome
}

/// An answer without an `error` object.
fn by_status(status: Option<u16>, body: &Body, retry_after: Option<u64>) -> Outcome {
    let accepted = matches!(status, Some(200..=299) | None);
    if let (true, Some(id)) = (accepted, &body.message_id) {
        let held = matches!(
            body.message_status.as_deref(),
            Some("held_for_quality_assessment" | "paused")
        );
        let action = if held { HELD } else { ACCEPTED };
        return Outcome {
            message_id: Some(id.clone()),
            message_status: body.message_status.clone(),
            ..Outcome::new(Class::Accepted, Resend::Never, action)
        };
    }
    let mut outcome = by_bare_status(status);
    wait(&mut outcome, retry_after, SHORTEST_MS);
    outcome
}

/// What a status alone says.
fn by_bare_status(status: Option<u16>) -> Outcome {
    match status {
        None => unknown(NO_STATUS),
        Some(429) => Outcome::new(Class::Throttled, Resend::After, THROTTLED),
        Some(400..=499) => unclassified(),
        Some(300..=399) => unknown(REDIRECT),
        Some(200..=299) => unknown(NO_ID),
        Some(_) => unknown(SERVER),
    }
}

/// What a row of the table says; a row that answers other calls makes it a refusal like any other.
fn listed(row: &'static Code) -> Outcome {
    let Some((class, resend)) = row.outcome else {
        return Outcome {
            action: Cow::Borrowed(row.action),
            ..unclassified()
        };
    };
    Outcome {
        after_ms: (row.after_ms > 0).then_some(u64::from(row.after_ms)),
        ..Outcome::new(class, resend, row.action)
    }
}

fn unknown(action: &'static str) -> Outcome {
    Outcome::new(Class::Unknown, Resend::OnlyIfUnconfirmed, action)
}

fn unclassified() -> Outcome {
    Outcome {
        unclassified: true,
        ..Outcome::new(Class::Invalid, Resend::Never, REFUSED)
    }
}

/// Lengthens a wait to what the answer asks for, which is never less than what the code wants in any case.
fn wait(outcome: &mut Outcome, retry_after: Option<u64>, floor: u32) {
    if outcome.resend == Resend::After {
        let asked = retry_after.map(|asked| asked.max(u64::from(floor)));
        outcome.after_ms = outcome.after_ms.max(asked);
    }
}

/// The wait that a throttle wants when nothing else is known of it.
const SHORTEST_MS: u32 = 1_000;

fn describe(outcome: &mut Outcome, code: Option<i64>, subcode: Option<i64>, details: Option<&str>) {
    outcome.code = code;
    outcome.subcode = subcode;
    outcome.details = details.map(str::to_owned);
    if outcome.class == Class::Invalid {
        let hint = HINTS
            .iter()
            .find(|(text, _)| details.is_some_and(|details| details.contains(text)));
        if let Some((_, action)) = hint {
            outcome.action = Cow::Borrowed(action);
        }
    }
}
