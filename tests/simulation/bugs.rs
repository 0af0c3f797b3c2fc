//! Faults that somebody could write into the shell, switched on one at a time to prove that the
//! invariants bite. None of them touches `src/`: each bends a call of the machines or the modelled shell.

macro_rules! bugs {
    ($($name:ident $word:literal $what:literal;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Bug { $(#[doc = $what] $name,)* }

        impl Bug {
            pub const ALL: &'static [Bug] = &[$(Bug::$name),*];

            pub fn word(self) -> &'static str {
                match self { $(Bug::$name => $word),* }
            }

            pub fn what(self) -> &'static str {
                match self { $(Bug::$name => $what),* }
            }

            pub fn named(word: &str) -> Option<Bug> {
                Bug::ALL.iter().copied().find(|bug| bug.word() == word)
            }
        }
    };
}

bugs! {
    ResendOnTimeout "resend-on-timeout" "an attempt that timed out goes back into the queue";
    UnknownResent "unknown-resent" "an answer that leaves it open is taken for `not sent`";
    LastWriterWins "last-writer-wins" "a status replaces the ones before";
    FirstStatusOnly "first-status-only" "only the first status of a message is taken in";
    AckBeforeWrite "ack-before-write" "a webhook is answered 200 although its transaction failed";
    EvidenceDropped "evidence-dropped" "failures that webhooks report are answered 200 and not stored";
    HalfStored "half-stored" "a transaction that fails leaves what it had written";
    LeaseWithoutStart "lease-without-start" "what was leased is posted without a start";
    NonceIgnored "nonce-ignored" "whoever asks for a row that is being sent gets its payload too";
    ThrottleFailsRow "throttle-fails-row" "too fast is taken for a refusal";
    RetryAfterIgnored "retry-after-ignored" "the wait that Meta asks for is dropped";
    BreakerOnRecipient "breaker-on-recipient" "a refused recipient stops the sender";
    BreakerNeverCloses "breaker-never-closes" "what a probe brought is not told";
    CancelClaimsSuccess "cancel-claims-success" "a cancel that came too late is answered as done";
    ExpiredSent "expired-sent" "the deadline is not looked at when an attempt starts";
    ScheduleIgnored "schedule-ignored" "a row is started before its time";
    PairIgnored "pair-ignored" "the clock of a recipient is not given to the gate";
    PaceIgnored "pace-ignored" "the number's messages in a second are not counted";
    SuppressionIgnored "suppression-ignored" "the list of suppressions is not looked at";
    PauseIgnored "pause-ignored" "a person's pause is answered and not stored";
    CancelledCampaignSent "cancelled-campaign-sent" "a cancelled campaign is forgotten before its rows are ended";
    StaleTemplateSent "stale-template-sent" "the template's epoch is not looked at when an attempt starts";
    DuplicateKey "duplicate-key" "a key that is known makes another row";
    ConflictOverwrites "conflict-overwrites" "other content under a known key is answered as a duplicate";
    LateFinishDropped "late-finish-dropped" "an answer that comes after the timeout is thrown away";
    NoDeadLetterConsumer "no-dead-letter-consumer" "nobody reads what failed too often in the queue";
    NoWatchdog "no-watchdog" "an alarm that was lost is never set again";
    PoisonStopsAlarm "poison-stops-alarm" "one row that cannot be read ends the alarm for all";
    BadStatusLosesBatch "bad-status-loses-batch" "a status of nobody's message ends the batch, which is answered 200";
    RecipientInLog "recipient-in-log" "Meta's details go into the timeline";
}
