//! National phone numbers of a country that the caller names.

/// Calling codes by country (ISO 3166-1 alpha-2), as assigned by the ITU (E.164, list of 2025).
const CODES: &str = "AC247 AD376 AE971 AF93 AG1268 AI1264 AL355 AM374 AO244 AR54 AS1684 AT43 AU61 AW297 AX358 AZ994 \
BA387 BB1246 BD880 BE32 BF226 BG359 BH973 BI257 BJ229 BL590 BM1441 BN673 BO591 BQ599 BR55 BS1242 BT975 BW267 BY375 BZ501 \
CA1 CC61 CD243 CF236 CG242 CH41 CI225 CK682 CL56 CM237 CN86 CO57 CR506 CU53 CV238 CW599 CX61 CY357 CZ420 DE49 DJ253 DK45 \
DM1767 DO1 DZ213 EC593 EE372 EG20 EH212 ER291 ES34 ET251 FI358 FJ679 FK500 FM691 FO298 FR33 GA241 GB44 GD1473 GE995 GF594 \
GG44 GH233 GI350 GL299 GM220 GN224 GP590 GQ240 GR30 GT502 GU1671 GW245 GY592 HK852 HN504 HR385 HT509 HU36 ID62 IE353 IL972 \
IM44 IN91 IO246 IQ964 IR98 IS354 IT39 JE44 JM1 JO962 JP81 KE254 KG996 KH855 KI686 KM269 KN1869 KP850 KR82 KW965 KY1345 KZ7 \
LA856 LB961 LC1758 LI423 LK94 LR231 LS266 LT370 LU352 LV371 LY218 MA212 MC377 MD373 ME382 MF590 MG261 MH692 MK389 ML223 MM95 \
MN976 MO853 MP1670 MQ596 MR222 MS1664 MT356 MU230 MV960 MW265 MX52 MY60 MZ258 NA264 NC687 NE227 NF672 NG234 NI505 NL31 NO47 \
NP977 NR674 NU683 NZ64 OM968 PA507 PE51 PF689 PG675 PH63 PK92 PL48 PM508 PR1 PS970 PT351 PW680 PY595 QA974 RE262 RO40 RS381 \
RU7 RW250 SA966 SB677 SC248 SD249 SE46 SG65 SH290 SI386 SJ47 SK421 SL232 SM378 SN221 SO252 SR597 SS211 ST239 SV503 SX1721 \
SY963 SZ268 TA290 TC1649 TD235 TG228 TH66 TJ992 TK690 TL670 TM993 TN216 TO676 TR90 TT1868 TV688 TW886 TZ255 UA380 UG256 US1 \
UY598 UZ998 VA39 VC1784 VE58 VG1284 VI1340 VN84 VU678 WF681 WS685 XK383 YE967 YT262 ZA27 ZM260 ZW263";

/// Countries whose national numbers keep their first 0 behind the country code.
const ZERO_STAYS: &[&str] = &["39", "378", "225", "229", "241", "242"];

/// What is dialled inside a country before a number, where it is not a 0.
const TRUNKS: &[(&str, &str)] = &[
    ("36", "06"),
    ("7", "8"),
    ("370", "8"),
    ("52", "044"),
    ("52", "045"),
];

/// Calling codes of countries whose numbers have eight digits at most, and ten at least; all others nine. A longer
/// one that begins with the country's code has it in front already.
const SHORT: &str = " 45 47 65 216 220 222 223 226 227 228 230 235 236 248 253 257 291 298 299 354 356 370 371 372 373 501 502 503 504 \
505 506 507 591 595 598 852 853 855 961 965 968 972 973 974 975 ";
const LONG: &str = " 1 7 20 52 54 55 57 58 62 63 81 84 86 90 91 92 98 234 880 ";

/// The calling code of a country (`FR`) or of a code written as one (`33`, `+33`).
pub(super) fn calling_code(country: &str) -> Option<String> {
    let word = country.trim();
    let digits = word.strip_prefix('+').unwrap_or(word);
    if (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(digits.to_owned());
    }
    let code = CODES.split(' ').find_map(|row| {
        let (name, code) = row.split_at_checked(2)?;
        name.eq_ignore_ascii_case(word).then_some(code)
    });
    code.map(str::to_owned)
}

/// A number of that country with its plus and calling code; `None` when it has a country code of its
/// own already, or is no number.
pub(super) fn international(text: &str, country: &str) -> Option<String> {
    let code = calling_code(country)?;
    let text = text.trim();
    if text.starts_with('+') || text.starts_with("00") {
        return None;
    }
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' | '\u{202f}' => {}
            _ => return None,
        }
    }
    // Dialled from North America, another country's number begins so.
    if code == "1"
        && let Some(rest) = digits.strip_prefix("011")
    {
        return (rest.len() >= 7).then(|| ["+", rest].concat());
    }
    let trunk = TRUNKS
        .iter()
        .filter(|(of, _)| *of == code)
        .find_map(|(_, trunk)| digits.strip_prefix(trunk));
    if let Some(rest) = trunk.filter(|rest| rest.len() >= 8) {
        return Some(["+", &code, rest].concat());
    }
    let listed = |list: &str| list.contains(&[" ", &code, " "].concat());
    let national = match (listed(SHORT), listed(LONG)) {
        (true, _) => 8,
        (_, true) => 10,
        _ => 9,
    };
    let stays = ZERO_STAYS.contains(&code.as_str());
    let national = match digits.strip_prefix('0') {
        Some(rest) if !stays => rest,
        Some(_) => digits.as_str(),
        // Long enough to have the country's code in front of it already.
        None if digits.starts_with(&code) && digits.len() >= code.len() + national => {
            return Some(["+", &digits].concat());
        }
        None => digits.as_str(),
    };
    (national.len() >= 4).then(|| ["+", &code, national].concat())
}

#[cfg(test)]
mod tests {
    use super::{calling_code, international};

    #[test]
    fn reads_national_numbers() {
        for (typed, country, expected) in [
            ("06 12 34 56 78", "FR", Some("+33612345678")),
            ("612345678", "fr", Some("+33612345678")),
            ("33612345678", "FR", Some("+33612345678")),
            ("+44 7700 900123", "FR", None),
            ("0044 7700 900123", "FR", None),
            ("(202) 555-0143", "US", Some("+12025550143")),
            ("12025550143", "+1", Some("+12025550143")),
            ("06 12345678", "IT", Some("+390612345678")),
            ("98765 43210", "91", Some("+919876543210")),
            ("50688887777", "CR", Some("+50688887777")),
            ("8888 7777", "CR", Some("+50688887777")),
            ("85291234567", "HK", Some("+85291234567")),
            ("4520123456", "DK", Some("+4520123456")),
            ("55987654321", "BR", Some("+5555987654321")),
            ("5555987654321", "BR", Some("+5555987654321")),
            ("9198765432", "IN", Some("+919198765432")),
            ("919876543210", "IN", Some("+919876543210")),
            ("06 20 123 4567", "HU", Some("+36201234567")),
            ("8 912 345-67-89", "RU", Some("+79123456789")),
            ("9123456789", "RU", Some("+79123456789")),
            ("044 55 1234 5678", "MX", Some("+525512345678")),
            ("55 1234 5678", "MX", Some("+525512345678")),
            ("011 44 7700 900123", "US", Some("+447700900123")),
            ("01 97 12 34 56", "BJ", Some("+2290197123456")),
            ("0612345678", "NL", Some("+31612345678")),
            ("1512 3456789", "DE", Some("+4915123456789")),
            ("ana", "FR", None),
            ("612345678", "Atlantis", None),
        ] {
            assert_eq!(
                international(typed, country).as_deref(),
                expected,
                "{typed} {country}"
            );
        }
        assert_eq!(calling_code("xx"), None);
    }
}
