//! The one automatic attempt after an accept that exists: a campaign may ask for one more where Meta could
//! not fetch the header's media because the server that has it failed.

use super::reason::Reason;
use super::row::{Phase, State};
use super::{Note, Work};
use crate::delivery::codes;

/// Meta's code for media that it could not take in.
const MEDIA_UPLOAD: i64 = 131_053;

impl Work {
    /// Queues the one more attempt when every message id of this row is reported failed for that.
    pub(super) fn media_once_more(&mut self) {
        let delivery = &self.delivery;
        let taken = matches!(delivery.phase, Phase::Accepted | Phase::Held);
        if !delivery.retry_media || !taken || delivery.state != State::Failed {
            return;
        }
        // What a person gave up for an attempt of their own may still arrive.
        if delivery.resends > 0 {
            return;
        }
        let mut failures = delivery.evidence.iter().filter(|e| e.status == "failed");
        let fetch = |e: &super::Evidence| {
            e.code == Some(MEDIA_UPLOAD) && e.details.as_deref().is_some_and(names_a_server_error)
        };
        let wait = codes::find(MEDIA_UPLOAD, None).map_or(0, |row| i64::from(row.after_ms));
        let not_before = self.now.saturating_add(wait);
        if !failures.all(fetch) || not_before >= delivery.expires_at {
            return;
        }
        let delivery = &mut self.delivery;
        delivery.retry_media = false;
        delivery.superseded = delivery.wamids.clone();
        delivery.resends = delivery.resends.saturating_add(1);
        delivery.forced = true;
        delivery.not_before = Some(not_before);
        let note = Note {
            code: Some(MEDIA_UPLOAD),
            ..Note::default()
        };
        self.enter(Phase::Queued, Reason::MediaAgain.into(), note);
        self.nudge();
    }
}

/// Whether Meta's details name a status from 500 to 599 of the server that has the media.
fn names_a_server_error(details: &str) -> bool {
    let lower = details.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let code = words.any(|word| word.len() == 3 && word.starts_with('5') && is_number(word));
    code && lower.contains("http")
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
