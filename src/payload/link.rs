//! Judges the links of files. Nothing is fetched: what can be told from the address alone.

use super::place::Place;
use crate::findings::Findings;
use crate::json::Node;
use crate::rules;
use crate::template::ParameterKind;
use crate::text::clip;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::num::NonZeroU16;

/// Judges the address at `place`, the `link` of a file of this kind.
pub(super) fn judge(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    link: &str,
    place: &Place<'_>,
    kind: ParameterKind,
    filename: Option<&str>,
) {
    let malformed = |findings: &mut Findings<'_>, problem: &str| {
        place
            .find(findings, rules::MEDIA_LINK, node)
            .param("problem", problem);
    };
    let unsafe_link = |findings: &mut Findings<'_>, problem: String| {
        place
            .find(findings, rules::MEDIA_LINK_UNSAFE, node)
            .param("problem", problem);
    };
    let scheme = link
        .split_once(':')
        .map(|(scheme, _)| scheme.trim().to_ascii_lowercase());
    let scheme = scheme.filter(|s| {
        !s.is_empty()
            && s.bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-'))
    });
    let encrypted = match scheme.as_deref() {
        Some("https") => true,
        Some("http") => false,
        Some(other @ ("javascript" | "data" | "file" | "blob" | "vbscript")) => {
            return unsafe_link(
                findings,
                format!("starts with {other}:, which is no address that Meta could fetch"),
            );
        }
        _ => return malformed(findings, "does not start with https://"),
    };
    if let Some((at, c)) = link
        .char_indices()
        .find(|(_, c)| c.is_whitespace() || c.is_control())
    {
        let trimmed = link.trim();
        let better: String = trimmed
            .chars()
            .filter(|c| !c.is_control())
            .map(|c| {
                if c.is_whitespace() {
                    "%20".to_owned()
                } else {
                    c.to_string()
                }
            })
            .collect();
        let what = if c == ' ' {
            "has a space in it"
        } else {
            "has a line break or control character in it"
        };
        place
            .find(findings, rules::MEDIA_LINK, node)
            .span(at, at + c.len_utf8())
            .param("problem", what)
            .fix(place.put("Encode it as an address", true, &better));
        return;
    }
    let rest = link.split_once(':').map_or("", |(_, rest)| rest);
    let Some(rest) = rest.strip_prefix("//") else {
        return malformed(findings, "has no // behind https:");
    };
    if rest.contains('\\') {
        return malformed(findings, "has a backslash in it");
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
    if authority.contains('@') {
        return unsafe_link(findings, "has a user name or password in it".to_owned());
    }
    let (host, port) = split_port(authority);
    if port.is_some_and(|port| !port.is_empty() && port.parse::<NonZeroU16>().is_err()) {
        return malformed(findings, "has a port that is no number up to 65535");
    }
    let host = plain_host(host);
    let host = host.trim_end_matches('.').to_owned();
    if host.is_empty() {
        return malformed(findings, "has no host");
    }
    if host.split('.').any(str::is_empty) {
        return malformed(findings, "has two dots in a row in its host");
    }
    if let Some(what) = private(&host) {
        return unsafe_link(findings, format!("leads to `{}`, {what}", clip(&host)));
    }
    let within = |domain: &str| {
        host.strip_suffix(domain)
            .is_some_and(|front| front.is_empty() || front.ends_with('.'))
    };
    if within("whatsapp.net") || within("fbcdn.net") || within("lookaside.fbsbx.com") {
        place.find(findings, rules::MEDIA_LINK_SAMPLE, node);
        return;
    }
    if looks_internal(&host) {
        place
            .find(findings, rules::MEDIA_LINK_INTERNAL, node)
            .param("host", clip(&host));
    }
    if !encrypted {
        let better = format!("https{}", link.get("http".len()..).unwrap_or_default());
        let fix = place.put("Use https", false, &better);
        place.find(findings, rules::MEDIA_LINK_HTTP, node).fix(fix);
    }
    let path = behind.split(['?', '#']).next().unwrap_or_default();
    extension(
        findings,
        node,
        place,
        kind,
        extension_of(path).or_else(|| extension_of(filename?)),
    );
}

/// A host as browsers read it before they look it up: without percent signs, wide and circled letters, other dots,
/// capitals. (Names in other scripts stay as they are.)
fn plain_host(host: &str) -> String {
    let bytes = super::suffix::decoded(host);
    let plain = bytes.chars().map(|c| {
        let code = u32::from(c);
        let ascii = match code {
            0xff01..=0xff5e => code - 0xfee0,
            0x24b6..=0x24cf => code - 0x24b6 + 0x61,
            0x24d0..=0x24e9 => code - 0x24d0 + 0x61,
            0x3002 | 0xff61 => 0x2e,
            _ => code,
        };
        char::from_u32(ascii).unwrap_or(c).to_ascii_lowercase()
    });
    plain.collect()
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    if let Some(inner) = authority.strip_prefix('[') {
        return match inner.split_once(']') {
            Some((host, port)) => (host, port.strip_prefix(':')),
            None => (authority, None),
        };
    }
    match authority.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    }
}

/// Why a literal address is not public; none for names and public addresses.
fn private(host: &str) -> Option<&'static str> {
    if host == "localhost" || host.ends_with(".localhost") {
        return Some("which is your own machine");
    }
    if let Ok(address) = host.parse::<Ipv6Addr>() {
        let [first, ..] = address.segments();
        let inner = address.to_ipv4_mapped().or_else(|| {
            // ::a.b.c.d, the deprecated form.
            (address.segments().iter().take(6).all(|s| *s == 0))
                .then(|| address.to_ipv4())
                .flatten()
                .or_else(|| carried(address))
        });
        return match inner {
            Some(inner) if !address.is_loopback() && !address.is_unspecified() => private_v4(inner),
            _ if address.is_loopback() || address.is_unspecified() => {
                Some("which is your own machine")
            }
            _ if first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80 => {
                Some("which is an address of a private network")
            }
            _ => None,
        };
    }
    private_v4(literal_v4(host)?)
}

/// The address that one of another network carries: by translation (64:ff9b::) or in a tunnel (2002::).
fn carried(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let (high, low) = match (a, b) {
        (0x64, 0xff9b) if [c, d, e, f] == [0; 4] => (g, h),
        (0x2002, high) => (high, c),
        _ => return None,
    };
    Some(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)))
}

fn private_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, ..] = address.octets();
    if address.is_loopback() || a == 0 {
        Some("which is your own machine")
    } else if address.is_private()
        || address.is_link_local()
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || address.is_documentation()
        || address.is_broadcast()
        || address.is_multicast()
    {
        Some("which is an address of a private network")
    } else {
        None
    }
}

/// Reads an IPv4 address in every spelling that browsers and libraries take: 127.1, 0x7f000001, 2130706433.
fn literal_v4(host: &str) -> Option<Ipv4Addr> {
    let parts: Vec<u64> = host
        .split('.')
        .map(|part| {
            if let Some(hex) = part.strip_prefix("0x") {
                u64::from_str_radix(if hex.is_empty() { "0" } else { hex }, 16).ok()
            } else if part.len() > 1 && part.starts_with('0') {
                u64::from_str_radix(part, 8).ok()
            } else {
                part.parse().ok()
            }
        })
        .collect::<Option<_>>()?;
    let (last, front) = parts.split_last()?;
    if front.len() > 3 || front.iter().any(|part| *part > 255) {
        return None;
    }
    let room = 4 - front.len();
    if *last >= 1u64 << (8 * room) {
        return None;
    }
    let high = front
        .iter()
        .enumerate()
        .fold(0u64, |sum, (i, part)| sum | part << (8 * (3 - i)));
    u32::try_from(high | last).ok().map(Ipv4Addr::from)
}

/// Names that are known not to lead to the public network.
fn looks_internal(host: &str) -> bool {
    let ends = [
        ".local",
        ".internal",
        ".intranet",
        ".lan",
        ".corp",
        ".home.arpa",
        ".localdomain",
    ];
    if host.contains(':') {
        return false;
    }
    if !host.contains('.') || ends.iter().any(|end| host.ends_with(end)) {
        return true;
    }
    if literal_v4(host).is_some() {
        return false;
    }
    // 127.0.0.1.nip.io, 10-0-0-1.sslip.io
    let labels: Vec<&str> = host.split(['.', '-']).collect();
    labels.windows(4).any(|window| {
        let octets: Option<Vec<u8>> = window.iter().map(|part| part.parse().ok()).collect();
        match octets.as_deref() {
            Some([a, b, c, d]) => private_v4(Ipv4Addr::new(*a, *b, *c, *d)).is_some(),
            _ => false,
        }
    })
}

fn extension_of(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let (front, extension) = name.rsplit_once('.')?;
    (!front.is_empty() && !extension.is_empty()).then(|| extension.to_ascii_lowercase())
}

const OFFICE: &[&str] = &["pdf", "txt", "doc", "docx", "xls", "xlsx", "ppt", "pptx"];

/// Endings that name a kind of file; others (`.php`, `.aspx`) tell nothing about what they answer.
const FILES: &[&str] = &[
    "jpg", "jpeg", "png", "webp", "gif", "bmp", "svg", "tif", "tiff", "heic", "avif", "ico", "mp4",
    "3gp", "3gpp", "mov", "avi", "mkv", "webm", "wmv", "m4v", "mpg", "mpeg", "mp3", "ogg", "opus",
    "wav", "aac", "m4a", "amr", "pdf", "txt", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt",
    "ods", "csv", "rtf", "zip", "rar", "7z", "apk", "exe",
];

fn extension(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    place: &Place<'_>,
    kind: ParameterKind,
    extension: Option<String>,
) {
    let Some(extension) = extension else { return };
    let (allowed, words): (&[&str], &str) = match kind {
        ParameterKind::Image => (&["jpg", "jpeg", "png"], "JPEG and PNG"),
        ParameterKind::Video => (&["mp4", "3gp", "3gpp"], "MP4 and 3GP"),
        ParameterKind::Gif => (&["mp4"], "an MP4 there"),
        _ => (OFFICE, "PDF, text and office files"),
    };
    let name = extension.as_str();
    if !allowed.contains(&name) {
        if FILES.contains(&name) {
            place
                .find(findings, rules::MEDIA_EXTENSION, node)
                .param("extension", name)
                .param("allowed", words);
        }
    } else if kind == ParameterKind::Document && name != "pdf" {
        place
            .find(findings, rules::DOCUMENT_NOT_PDF, node)
            .param("extension", name);
    }
}

#[cfg(test)]
mod tests {
    use super::{literal_v4, looks_internal, private};

    #[test]
    fn knows_private_addresses_in_every_spelling() {
        for host in [
            "localhost",
            "a.localhost",
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
        ] {
            assert!(private(host).is_some(), "{host}");
        }
        for host in [
            "cdn.example",
            "8.8.8.8",
            "172.32.0.1",
            "2606:4700::1111",
            "1.example",
            "256.1.1.1",
        ] {
            assert!(private(host).is_none(), "{host}");
        }
        assert_eq!(literal_v4("1.2.3.4.5"), None);
    }

    #[test]
    fn suspects_internal_names() {
        for host in [
            "127.0.0.1.nip.io",
            "10-0-0-1.sslip.io",
            "nas.local",
            "intranet",
            "db.internal",
        ] {
            assert!(looks_internal(host), "{host}");
        }
        for host in ["cdn.example", "8.8.8.8", "8.8.8.8.nip.io", "local.example"] {
            assert!(!looks_internal(host), "{host}");
        }
    }
}
