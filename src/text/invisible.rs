//! Characters that draw nothing.

/// The two joiners, which draw nothing themselves and shape what is beside them.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Characters that draw nothing and are no part of any script's spelling where they stand alone.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'
            ..='\u{2064}' | '\u{feff}' | '\u{115f}' | '\u{1160}' | '\u{3164}'
    ) || is_joiner(c)
}

/// Whether a joiner has something to join: emojis, or letters of a script that shapes its words.
pub fn joins(before: Option<char>, next: Option<char>) -> bool {
    match (before, next) {
        (Some(before), Some(next)) => {
            (is_shaped(before) && is_shaped(next)) || (is_picture(before) && is_picture(next))
        }
        // Persian and Urdu write a joiner behind an abbreviation's last letter.
        (Some(before), None) => is_shaped(before),
        _ => false,
    }
}

/// Whether a character belongs to a script that shapes its words by joiners.
pub fn is_shaped(c: char) -> bool {
    matches!(
        c,
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
        | '\u{a8e0}'..='\u{a8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
    )
}

fn is_picture(c: char) -> bool {
    c >= '\u{1f000}' || matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{20e3}')
}
