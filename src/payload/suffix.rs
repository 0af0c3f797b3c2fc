//! Judges the end of a button's address: does it stay where the approved address points?

use super::place::{Place, code_of};
use super::value::WHITE_SPACE;
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::report::Severity;
use crate::rules;
use crate::text::clip;
use crate::text::count_chars;

/// Judges the suffix that is put between `base` and `behind`; `base` is empty when it is not known.
pub(super) fn judge(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    suffix: &str,
    place: &Place<'_>,
    base: &str,
    behind: &str,
) {
    if let Some((at, c)) = suffix.char_indices().find(|(_, c)| c.is_control()) {
        place
            .find(findings, rules::SUFFIX_CONTROL, node)
            .span(at, at + c.len_utf8())
            .param("code", code_of(c));
    } else if let Some((start, length)) = long_run(suffix, findings.max(Limit::ValueSpaceRun)) {
        let max = findings.max(Limit::ValueSpaceRun);
        let found = place.find(findings, rules::VALUE_SPACES, node);
        found
            .span(start, start + length)
            .param("used", length)
            .param("max", max)
            .details(WHITE_SPACE);
        if let Some(encoded) = encoded(suffix) {
            found.fix(place.put("Percent-encode them", true, &encoded));
        }
    } else if whole_address(suffix) && (!takes_anything(base) || suffix.starts_with(base)) {
        let rest = suffix.strip_prefix(base).filter(|rest| !rest.is_empty());
        let remedy = match rest {
            Some(rest) => format!("give only what comes behind it: `{}`", clip(rest)),
            None => "give only what comes behind it".to_owned(),
        };
        let found = place.find(findings, rules::SUFFIX_REPEATS_URL, node);
        if base.is_empty() {
            found.severity(Severity::Warning);
        }
        found.param("base", clip(base)).param("remedy", remedy);
        if let Some(rest) = rest {
            found.fix(place.put("Keep only the end", true, rest));
        }
    } else if let Some(problem) = escapes(suffix, base) {
        let found = place.find(findings, rules::SUFFIX_ESCAPES, node);
        // Without its template it may stand in a query, where nothing is walked.
        if base.is_empty() {
            found.severity(Severity::Warning);
        }
        found
            .param("found", clip(suffix))
            .param(
                "base",
                if base.is_empty() {
                    "https://…".to_owned()
                } else {
                    clip(base)
                },
            )
            .param("problem", problem);
    } else if let Some(encoded) = encoded(suffix) {
        place
            .find(findings, rules::SUFFIX_UNENCODED, node)
            .param("found", clip(suffix))
            .param("suggestion", clip(&encoded))
            .fix(place.put("Percent-encode it", true, &encoded));
    }
    let used = count_chars(base) + count_chars(suffix) + count_chars(behind);
    let key = Some(place.key.to_owned());
    if findings.measure(Limit::UrlChars, used, node, place.path.clone(), key) {
        let max = findings.max(Limit::UrlChars);
        place
            .find(findings, rules::HYDRATED_TOO_LONG, node)
            .param("part", "button's URL")
            .param("used", used)
            .param("max", max)
            .param("over", used - max);
    }
}

/// The first row of more spaces than Meta takes.
fn long_run(text: &str, max: usize) -> Option<(usize, usize)> {
    let mut rest = text;
    loop {
        let from = text.len() - rest.len() + rest.find(' ')?;
        let run = text.get(from..)?;
        rest = run.trim_start_matches(' ');
        let length = run.len() - rest.len();
        if length > max {
            return Some((from, length));
        }
    }
}

/// Whether the suffix stands where no path is walked: in a query or behind a `#`. An address may stand
/// there, too.
fn takes_anything(base: &str) -> bool {
    base.contains(['?', '#'])
}

fn whole_address(suffix: &str) -> bool {
    let lower: String = suffix
        .trim_start()
        .chars()
        .take(8)
        .flat_map(char::to_lowercase)
        .collect();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// How a suffix would lead somewhere else, once everything that a server or a browser may decode is decoded.
fn escapes(suffix: &str, base: &str) -> Option<&'static str> {
    if takes_anything(base) {
        return None;
    }
    let host_only = !base.is_empty() && path_of(base).is_none();
    // Behind a `?` or `#` of its own nothing is walked. Where nothing but a host was approved, another address in
    // there is one all the same: of everything behind the host nobody saw anything.
    let (walked, behind) =
        suffix.split_at_checked(suffix.find(['?', '#']).unwrap_or(suffix.len()))?;
    if host_only && decoded(behind).contains("//") {
        return Some("has `//`, which can start another address");
    }
    let plain = decoded(walked);
    if plain.chars().any(char::is_control) {
        return Some("hides a control character behind percent signs");
    }
    if plain.contains('\\') {
        return Some("has a backslash, which browsers read as a slash");
    }
    if plain
        .split(['/', '?', '#', ';'])
        .any(|segment| segment.trim() == "..")
    {
        return Some("walks up the path with `..`");
    }
    if plain.contains("//") {
        return Some("has `//`, which can start another address");
    }
    if base.is_empty() {
        // The template is not at hand.
        return None;
    }
    if host_only {
        // The approved address ends in its host's name: a dot, an @ or a letter makes another host.
        return match suffix.chars().next() {
            Some('/') => {
                Some("starts at the root of the host, because nothing but the host is approved")
            }
            Some('?' | '#') => None,
            _ => Some("changes the host, because the approved address ends in its name"),
        };
    }
    if plain.starts_with('/') && base.ends_with('/') {
        return Some("starts with a second slash");
    }
    None
}

/// Where the path of an address begins, or what comes instead of one.
fn path_of(base: &str) -> Option<usize> {
    let behind = base.split_once("://").map_or(base, |(_, rest)| rest);
    behind.find(['/', '?', '#'])
}

/// Decodes percent-encoding until nothing changes any more, in one pass: what a decoded byte completes
/// is decoded at once.
pub(super) fn decoded(suffix: &str) -> String {
    let hex = |byte: u8| char::from(byte).to_digit(16);
    let mut out: Vec<u8> = Vec::with_capacity(suffix.len());
    for byte in suffix.bytes() {
        out.push(byte);
        while let [.., b'%', high, low] = out.as_slice()
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            let whole = u8::try_from(high * 16 + low).unwrap_or(b'?');
            out.truncate(out.len() - 3);
            out.push(whole);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The suffix as addresses spell it, when it is not spelled so already.
pub(super) fn encoded(suffix: &str) -> Option<String> {
    let fine = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&b);
    let bytes = suffix.as_bytes();
    // A percent sign is one only before two digits.
    let stays = |at: usize, byte: u8| {
        let digits = bytes.get(at + 1..at + 3).unwrap_or_default();
        fine(byte)
            || (byte == b'%' && digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit))
    };
    if bytes.iter().enumerate().all(|(at, byte)| stays(at, *byte)) {
        return None;
    }
    let mut out = String::with_capacity(suffix.len() + 8);
    for (at, byte) in suffix.bytes().enumerate() {
        if stays(at, byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                let digit = char::from_digit(nibble.into(), 16).unwrap_or('0');
                out.push(digit.to_ascii_uppercase());
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{encoded, escapes, long_run};

    #[test]
    fn finds_every_way_out() {
        let base = "https://shop.example/orders/";
        for suffix in [
            "../admin",
            "%2e%2e/admin",
            "%252e%252e%252fadmin",
            "..\\admin",
            "a/../../b",
            "a//evil.example",
            "/evil",
            "%2Fevil",
            "%5cevil",
            "%%32%65%2e/x",
            "x%00y",
            "a/.%2e/b",
        ] {
            assert!(escapes(suffix, base).is_some(), "{suffix}");
        }
        for suffix in [
            "A-17",
            "a/b?c=d&e=f#g",
            "foo..bar",
            "100%25",
            "50%",
            "%zz",
            "a@b",
            "...",
            "caf%C3%A9",
        ] {
            assert_eq!(escapes(suffix, base), None, "{suffix}");
        }
    }

    #[test]
    fn nothing_may_follow_a_bare_host() {
        for suffix in [
            ".evil.example",
            "@evil.example",
            "evil",
            ":8080/x",
            "%40evil",
            "/evil.example",
        ] {
            assert!(
                escapes(suffix, "https://shop.example").is_some(),
                "{suffix}"
            );
        }
        assert_eq!(escapes("?id=7", "https://shop.example"), None);
        assert_eq!(escapes("@ana", "https://shop.example/u/"), None);
    }

    #[test]
    fn a_query_walks_no_path() {
        let query = "https://shop.example/?next=";
        for suffix in [
            "https://other.example/a",
            "a//b",
            "..",
            "a?q=a/../b",
            "a%0Ab",
            "a\\b",
        ] {
            assert_eq!(escapes(suffix, query), None, "{suffix}");
            assert_eq!(escapes(suffix, "https://shop.example/#"), None, "{suffix}");
        }
        // Nor does one that the suffix brings along.
        let path = "https://shop.example/orders/";
        for suffix in [
            "A-17?next=https://other.example/a",
            "a?u=b/../c",
            "a#/../x",
            "a?b=%0A",
        ] {
            assert_eq!(escapes(suffix, path), None, "{suffix}");
        }
        assert!(escapes("../x?next=a", path).is_some());
        assert!(escapes("?next=https://other.example", "https://shop.example").is_some());
    }

    #[test]
    fn finds_long_rows_of_spaces() {
        assert_eq!(long_run("a    b", 4), None);
        assert_eq!(long_run("a  b     c", 4), Some((4, 5)));
        assert_eq!(long_run("     ", 4), Some((0, 5)));
        assert_eq!(long_run("", 4), None);
    }

    #[test]
    fn encodes_what_addresses_do_not_have() {
        assert_eq!(encoded("Gonçalves").as_deref(), Some("Gon%C3%A7alves"));
        assert_eq!(encoded("two plants").as_deref(), Some("two%20plants"));
        assert_eq!(encoded("Gon%C3%A7alves?a=b"), None);
        assert_eq!(encoded("50%").as_deref(), Some("50%25"));
        assert_eq!(encoded("a%zz%2").as_deref(), Some("a%25zz%252"));
        assert_eq!(encoded("100%25"), None);
    }
}
