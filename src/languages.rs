//! The languages that Meta takes.

use crate::order::Joined;
use crate::text::{break_at, closest, parts, split_at};

/// The 111 codes of Meta's supported-languages page (read 2025-12; the same list in May 2026), a
/// language to a line: what people call it, then its codes, the likely ones first. Codes are compared
/// letter by letter: `en` and `en_US` are two languages.
static TABLE: &str = "\
    afrikaans:af\n\
    albanian:sq\n\
    arabic:ar ar_EG ar_AE ar_LB ar_MA ar_QA\n\
    azerbaijani:az\n\
    belarusian:be_BY\n\
    bengali bangla:bn bn_IN\n\
    bulgarian:bg\n\
    catalan:ca\n\
    chinese mandarin cn:zh_CN zh_HK zh_TW\n\
    croatian:hr\n\
    czech cz:cs\n\
    danish dk:da\n\
    dari:prs_AF\n\
    dutch:nl nl_BE\n\
    english:en en_US en_GB en_AE en_AU en_CA en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_ZA\n\
    estonian:et\n\
    filipino tagalog tl:fil\n\
    finnish:fi\n\
    french francais:fr fr_BE fr_CA fr_CH fr_CI fr_MA\n\
    georgian:ka\n\
    german deutsch:de de_AT de_CH\n\
    greek gr:el\n\
    gujarati:gu\n\
    hausa:ha\n\
    hebrew iw:he\n\
    hindi:hi\n\
    hungarian:hu\n\
    indonesian bahasa in:id\n\
    irish:ga\n\
    italian italiano:it\n\
    japanese jp:ja\n\
    kannada:kn\n\
    kazakh:kk\n\
    kinyarwanda:rw_RW\n\
    korean kr:ko\n\
    kyrgyz:ky_KG\n\
    lao:lo\n\
    latvian:lv\n\
    lithuanian:lt\n\
    macedonian:mk\n\
    malay:ms\n\
    malayalam:ml\n\
    marathi:mr\n\
    norwegian no nn:nb\n\
    pashto:ps_AF\n\
    persian farsi:fa\n\
    polish:pl\n\
    portuguese portugues brazilian br:pt_BR pt_PT\n\
    punjabi:pa\n\
    romanian:ro\n\
    russian:ru\n\
    serbian:sr\n\
    sinhala:si_LK\n\
    slovak:sk\n\
    slovenian slovene:sl\n\
    spanish espanol castellano:es es_ES es_MX es_AR es_CL es_CO es_CR es_DO es_EC es_HN es_PA es_PE es_UY\n\
    swahili:sw\n\
    swedish se:sv\n\
    tamil:ta\n\
    telugu:te\n\
    thai:th\n\
    turkish:tr\n\
    ukrainian ua:uk\n\
    urdu:ur\n\
    uzbek:uz\n\
    vietnamese vn:vi\n\
    zulu:zu";

/// How many codes there are.
pub const COUNT: usize = 111;

/// What people put between the parts of a code or a name.
const BETWEEN: &[char] = &['_', '-', ' ', '.', ',', '(', ')', '/'];

/// The codes that were probably meant by a word that is none.
#[derive(Debug)]
pub struct Near {
    /// Whether the first one is the same but for case and separators.
    pub exact: bool,
    /// The language's codes, the likeliest first; empty when no language is near.
    pub codes: Vec<&'static str>,
}

/// Whether Meta takes this code.
pub fn is_language(code: &str) -> bool {
    let initials = code.as_bytes().get(..2);
    // The codes of a row are of one language and begin alike.
    let mut rows = rows().filter(|(_, codes)| codes.as_bytes().get(..2) == initials);
    rows.any(|(_, codes)| parts(codes, b" ").any(|known| known == code))
}

/// Whether a language is written without spaces between words, so that words cannot be counted.
pub fn is_unspaced(code: &str) -> bool {
    matches!(break_at(code, b"_").0, "th" | "lo" | "ja" | "zh" | "km")
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut rest = TABLE;
    std::iter::from_fn(move || {
        let (names, behind) = break_at(rest, b":");
        let (codes, others) = break_at(behind.get(1..)?, b"\n");
        rest = others.get(1..).unwrap_or_default();
        Some((names, codes))
    })
}

/// Finds what was meant by `en-us`, `zh`, `english` or `Portuguese (BR)`.
pub fn near(word: &str) -> Near {
    let said = word.split(BETWEEN).filter(|part| !part.is_empty());
    let said: Vec<&str> = said.take(4).collect();
    let language = said.first().copied().unwrap_or_default();
    let small = language.to_ascii_lowercase();
    let initial = small.get(..1).map(str::as_bytes);
    let mut names = Vec::new();
    for (known, codes) in rows() {
        let same = |name: &str| name.eq_ignore_ascii_case(language);
        if same(break_at(codes, b"_ ").0) || parts(known, b" ").any(same) {
            return ranked(codes, &said);
        }
        // Slips are seldom in the first letter, and comparing takes its time.
        if known.get(..1).map(str::as_bytes) == initial {
            names.push(break_at(known, b" ").0);
        }
    }
    let meant = closest(&small, &names).filter(|_| language.len() > 3);
    match rows().find(|(known, _)| Some(break_at(known, b" ").0) == meant) {
        Some((_, codes)) => ranked(codes, &said),
        None => Near {
            exact: false,
            codes: Vec::new(),
        },
    }
}

/// A language's codes, those of the region that was named first.
fn ranked(codes: &'static str, said: &[&str]) -> Near {
    let spelled = said.separated("_");
    let mut ranked = Vec::new();
    for code in parts(codes, b" ") {
        let region = split_at(code, "_").map_or("", |(_, region)| region);
        let mut rank = 3;
        for part in said.iter().skip(1) {
            rank = rank.min(distance(region, part));
        }
        if code.eq_ignore_ascii_case(&spelled) {
            rank = 0;
        }
        ranked.push((rank, code));
    }
    let mut codes = Vec::with_capacity(ranked.len());
    for wanted in 0..4 {
        for (rank, code) in &ranked {
            if *rank == wanted {
                codes.push(*code);
            }
        }
    }
    let exact = ranked.iter().any(|(rank, _)| *rank == 0);
    Near { exact, codes }
}

/// How well a region's two letters fit what a person calls it, from 1 (`EGY`, `brazil`) to 3.
fn distance(region: &str, name: &str) -> usize {
    let name = if name.eq_ignore_ascii_case("uk") {
        "gb"
    } else {
        name
    };
    let (mut at, mut skipped) = (0, 1);
    for letter in region.bytes() {
        let rest = name.bytes().skip(at);
        match rest.clone().position(|b| b.eq_ignore_ascii_case(&letter)) {
            Some(0) => at += 1,
            // `MX` in `mexico`, but nothing that begins with another letter.
            Some(more) if at > 0 => (at, skipped) = (at + more + 1, 2),
            _ => return 3,
        }
    }
    if at == 0 { 3 } else { skipped }
}
