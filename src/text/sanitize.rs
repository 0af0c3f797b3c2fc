//! Changes in a value what Meta would refuse, and nothing else.

use super::{is_line_break, utf16_len};
use crate::report::Change;

/// Makes a text fit to be a value: each run of blanks that holds a line break or a tab, or more than
/// `spaces` spaces, becomes one space, and none at either end. Everything else stays as it is.
///
/// Doing it twice changes nothing more.
pub fn sanitize_text(text: &str, spaces: usize) -> (String, Vec<Change>) {
    let mut out = String::with_capacity(text.len());
    let mut changes = Vec::new();
    let mut units = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.find(is_blank).unwrap_or(rest.len());
        let (kept, behind) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        out.push_str(kept);
        units += utf16_len(kept);
        let blank = behind.find(|c| !is_blank(c)).unwrap_or(behind.len());
        let (run, behind) = behind.split_at_checked(blank).unwrap_or((behind, ""));
        let inside = !out.is_empty() && !behind.is_empty();
        let after = if inside { " " } else { "" };
        let length = utf16_len(run);
        match refusal(run, spaces) {
            Some(reason) if run != after => {
                out.push_str(after);
                changes.push(Change {
                    start: units,
                    end: units + length,
                    before: run.to_owned(),
                    after: after.to_owned(),
                    reason,
                });
            }
            _ => out.push_str(run),
        }
        units += length;
        rest = behind;
    }
    (out, changes)
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t' || is_line_break(c)
}

fn refusal(run: &str, spaces: usize) -> Option<&'static str> {
    if run.contains(is_line_break) {
        Some("Meta takes no line break inside a value")
    } else if super::has(run, b'\t') {
        Some("Meta takes no tab inside a value")
    } else if run.len() > spaces {
        Some("Meta takes no long row of spaces inside a value")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::sanitize_text;

    #[test]
    fn collapses_what_meta_refuses() {
        for (before, after) in [
            ("A-17\nA-18", "A-17 A-18"),
            ("A-17 \r\n\t A-18", "A-17 A-18"),
            ("A-17    A-18", "A-17    A-18"),
            ("A-17     A-18", "A-17 A-18"),
            ("\n A-17\t", "A-17"),
            (" A-17 ", " A-17 "),
            ("A\u{2028}B\u{85}C\u{b}D\u{c}E\rF", "A B C D E F"),
            ("\n", ""),
        ] {
            assert_eq!(sanitize_text(before, 4).0, after, "{before:?}");
        }
    }

    #[test]
    fn keeps_what_meta_takes() {
        let texts = [
            "O'Brien <3 \"Ana\" & co",
            "👩‍👩‍👧 family",
            "می‌خواهم",
            "e\u{301}",
            "\u{a0}100\u{202f}%",
        ];
        for text in texts {
            assert_eq!(sanitize_text(text, 4), (text.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn lists_each_change_in_utf16() {
        let (text, changes) = sanitize_text("📦\nA\tB", 4);
        assert_eq!(text, "📦 A B");
        let places: Vec<_> = changes
            .iter()
            .map(|c| (c.start, c.end, c.before.as_str(), c.after.as_str()))
            .collect();
        assert_eq!(places, [(2, 3, "\n", " "), (4, 5, "\t", " ")]);
    }
}
