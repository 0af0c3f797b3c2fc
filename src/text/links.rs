//! Addresses that WhatsApp makes links of.

use super::is_word;

/// The links of a text, as places of characters: from `http://`, `https://` or `www.` at the beginning
/// of a word to its end, without the punctuation that follows. A link that ends in `hole`, a character
/// that stands for something unknown, is none.
pub fn find_links(text: &[char], hole: char) -> Vec<(usize, usize)> {
    let mut links = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        let begins = before.is_none_or(|c| !is_word(*c));
        let rest = text.get(at..).unwrap_or_default();
        let Some(front) = FRONTS
            .iter()
            .find(|front| begins && starts_with(rest, front))
        else {
            at += 1;
            continue;
        };
        let length = rest
            .iter()
            .position(|c| c.is_whitespace() || *c == hole || matches!(c, '<' | '>' | '"'))
            .unwrap_or(rest.len());
        let unknown = rest.get(length) == Some(&hole);
        let word = rest.get(..length).unwrap_or_default();
        let kept = word
            .iter()
            .rposition(|c| !is_behind(*c))
            .map_or(0, |last| last + 1);
        if kept > front.len() && !unknown {
            links.push((at, at + kept));
        }
        at += length.max(1);
    }
    links
}

const FRONTS: &[&str] = &["https://", "http://", "www."];

fn starts_with(text: &[char], front: &str) -> bool {
    let mut place = 0;
    front.chars().all(|c| {
        let same = text.get(place).is_some_and(|t| t.eq_ignore_ascii_case(&c));
        place += 1;
        same
    })
}

/// Punctuation and formatting marks, which belong to the sentence and not to the address.
fn is_behind(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '\'' | '*' | '_' | '~' | '`'
    )
}

#[cfg(test)]
mod tests {
    use super::find_links;

    #[test]
    fn finds_addresses() {
        for (text, expected) in [
            (
                "see https://a.example/b?c=1, or www.b.example.",
                &["https://a.example/b?c=1", "www.b.example"][..],
            ),
            ("(HTTP://a.example)", &["HTTP://a.example"]),
            ("*https://a.example/x_y*", &["https://a.example/x_y"]),
            ("xhttps://a.example", &[]),
            ("https://", &[]),
            ("https://a.example/\u{fffc} and", &[]),
            ("javascript:alert(1)", &[]),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let found: Vec<String> = find_links(&chars, '\u{fffc}')
                .into_iter()
                .map(|(start, end)| chars.get(start..end).unwrap_or_default().iter().collect())
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
