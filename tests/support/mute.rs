//! Takes one rule out of the tests while they run: whoever doubts that they bite runs
//! `PREFLIGHT_MUTE=<code> cargo test --test rule_samples` (nothing is rebuilt) and sees them go red.

use wa_preflight::findings::Options;
use wa_preflight::rules;

/// The options without the rule that `PREFLIGHT_MUTE` names.
#[allow(clippy::panic, reason = "a test stops where it fails")]
pub fn muted(options: &Options) -> Options {
    let mut options = options.clone();
    if let Some(code) = std::env::var("PREFLIGHT_MUTE")
        .ok()
        .filter(|code| !code.is_empty())
    {
        let Some(rule) = rules::find(&code) else {
            panic!("PREFLIGHT_MUTE: there is no rule `{code}`");
        };
        options.policy.insert(rule, None);
    }
    options
}
