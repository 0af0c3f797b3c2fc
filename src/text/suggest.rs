//! "Did you mean …?"

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
    nearest.or_else(|| other_name(word, candidates))
}

/// What people call members and types, and what Meta calls them.
static OTHER_NAMES: &[(&str, &str)] = &[
    ("title", "text"),
    ("label", "text"),
    ("caption", "text"),
    ("content", "text"),
    ("phone", "phone_number"),
    ("number", "phone_number"),
    ("tel", "phone_number"),
    ("call", "phone_number"),
    ("link", "url"),
    ("href", "url"),
    ("uri", "url"),
    ("website", "url"),
    ("web_url", "url"),
    ("cta_url", "url"),
    ("sample", "example"),
    ("code", "example"),
    ("coupon_code", "example"),
    ("reply", "quick_reply"),
    ("button", "quick_reply"),
    ("coupon", "copy_code"),
    ("coupon_code", "copy_code"),
    ("promo_code", "copy_code"),
    ("multi_product", "mpm"),
    ("product_list", "mpm"),
    ("single_product", "spm"),
    ("product", "spm"),
    ("voice", "voice_call"),
    ("order", "order_details"),
    ("payment", "payment_request"),
    ("contact", "request_contact_info"),
];

fn other_name<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    for (name, meant) in OTHER_NAMES {
        if !name.eq_ignore_ascii_case(word) {
            continue;
        }
        for candidate in candidates {
            if candidate.eq_ignore_ascii_case(meant) {
                return Some(candidate);
            }
        }
    }
    None
}

fn plain(word: &str) -> Vec<char> {
    let mut plain = Vec::with_capacity(word.len());
    for c in word.chars() {
        if !matches!(c, '_' | '-' | ' ' | '.') {
            // What is suggested is ASCII.
            plain.push(c.to_ascii_lowercase());
        }
    }
    plain
}

/// Optimal string alignment: insertions, deletions, replacements and swapped neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
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
