//! "Did you mean …?"

use super::{break_at, parts};

/// The candidate that was probably meant by a word: the same but for case and separators, or at most
/// a third of its letters away. None when nothing is near, or the word is too long to be a slip.
pub fn closest<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let plain = plain(word);
    if plain.is_empty() || plain.len() > 64 {
        return None;
    }
    let (mut nearest, mut least) = (None, usize::MAX);
    for candidate in candidates {
        let distance = distance(&plain, &self::plain(candidate));
        let most = (candidate.len().min(plain.len()) / 3).min(3);
        if distance <= most && distance < least {
            (nearest, least) = (Some(*candidate), distance);
        }
    }
    nearest
        .or_else(|| other_name(word, candidates))
        .or_else(|| begun(word, candidates))
}

/// The candidate of which a word is the first part: `quick` of `quick_reply`.
fn begun<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    for candidate in candidates {
        if let Some((part, behind)) = candidate.split_at_checked(word.len())
            && part.eq_ignore_ascii_case(word)
            && behind.starts_with('_')
        {
            return Some(candidate);
        }
    }
    None
}

/// What people and other products call members, types and formats, behind what Meta calls them.
const OTHER_NAMES: &str = "text:title label caption content|phone_number:phone number tel call|\
    url:link href uri website web_url cta_url cta call_to_action|example:sample code coupon_code|\
    quick_reply:reply button list unsubscribe opt_out stop|copy_code:coupon coupon_code copy_coupon_code promo_code|\
    otp:one_tap zero_tap|mpm:multi_product product_list|spm:single_product product|\
    order_details:review_and_pay|request_contact_info:contact|\
    document:documentation file pdf|image:photo picture|body:text content message|\
    header:title image video document media|buttons:list action actions|carousel:cards|language:lang";

fn other_name<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    for row in parts(OTHER_NAMES, b"|") {
        let (meant, names) = break_at(row, b":");
        let mut names = parts(names.get(1..)?, b" ");
        let candidate = candidates
            .iter()
            .find(|candidate| candidate.eq_ignore_ascii_case(meant));
        if let Some(candidate) = candidate
            && names.any(|name| name.eq_ignore_ascii_case(word))
        {
            return Some(candidate);
        }
    }
    None
}

/// A word's letters in lower case. Bytes are letters enough: what is suggested is ASCII.
fn plain(word: &str) -> Vec<u8> {
    let mut plain = Vec::with_capacity(word.len());
    for byte in word.bytes() {
        // Signs that nobody sees are none of Meta's letters, either.
        if byte.is_ascii() && !matches!(byte, b'_' | b'-' | b' ' | b'.') {
            plain.push(byte.to_ascii_lowercase());
        }
    }
    plain
}

/// Optimal string alignment: insertions, deletions, replacements and swapped neighbours.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last = Vec::with_capacity(b.len() + 1);
    for at in 0..=b.len() {
        last.push(at);
    }
    let mut previous_a = None;
    for (i, ca) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut previous_b = None;
        for (j, cb) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&last, j) + usize::from(ca != cb))
                .min(at(&last, j + 1) + 1)
                .min(at(&row, j) + 1);
            if previous_a == Some(cb) && previous_b == Some(ca) && j > 0 {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
            previous_b = Some(cb);
        }
        previous_a = Some(ca);
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(usize::MAX)
}
