//! The header: a line of text, a file that each message supplies, a place, or a product.

use super::examples::{self, HEADER};
use super::placeholders::{self, Part};
use super::shape::{Field, Kind, expected, given, may, shape};
use super::texts::{self, Line, line};
use crate::definition::{Component, Definition, HeaderFormat, TemplateKind};
use crate::findings::{Edit, Findings};
use crate::json::Node;
use crate::limits::Limit;
use crate::order::Joined;
use crate::report::Severity;
use crate::rules;
use crate::text::{break_at, break_last, closest};

static TEXT_FIELDS: &[Field] = &[
    may("type", Kind::Any),
    may("format", Kind::Any),
    may("text", Kind::Text),
    may("example", Kind::Any),
];

static MEDIA_FIELDS: &[Field] = &[
    may("type", Kind::Any),
    may("format", Kind::Any),
    may("example", Kind::Any),
];

static PLAIN_FIELDS: &[Field] = &[may("type", Kind::Any), may("format", Kind::Any)];

static TEXT: Line = Line {
    part: "the header",
    required: rules::TEXT_REQUIRED,
    limit: Limit::HeaderChars,
    max: rules::HEADER_TEXT_MAX,
};

/// How a handle's second part begins: the file's type in base64. The last word is whether Meta takes
/// that type in such a header.
static TYPES: &[(&str, HeaderFormat, bool)] = &[
    ("aW1hZ2UvanBlZ", HeaderFormat::Image, true),
    ("aW1hZ2UvcG5n", HeaderFormat::Image, true),
    ("aW1hZ2Uv", HeaderFormat::Image, false),
    ("dmlkZW8vbXA0", HeaderFormat::Video, true),
    ("dmlkZW8vM2dw", HeaderFormat::Video, true),
    ("dmlkZW8v", HeaderFormat::Video, false),
    ("YXBwbGljYXRpb24vcGRm", HeaderFormat::Document, true),
    ("YXBwbGljYXRpb24v", HeaderFormat::Document, false),
    ("dGV4dC9", HeaderFormat::Document, false),
    ("YXVkaW8v", HeaderFormat::Unknown, false),
];

/// The same by the end of a file's name.
static ENDINGS: &[(&str, HeaderFormat)] = &[
    ("jpg", HeaderFormat::Image),
    ("jpeg", HeaderFormat::Image),
    ("png", HeaderFormat::Image),
    ("mp4", HeaderFormat::Video),
    ("3gp", HeaderFormat::Video),
    ("pdf", HeaderFormat::Document),
];

/// Judges a header, the template's or a card's.
pub(super) fn check(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let node = component.node;
    let Some(format) = given(node, "format") else {
        return without_format(component, definition, findings);
    };
    let Some(word) = format.as_str() else {
        return expected(format, "format", "a text", findings);
    };
    match HeaderFormat::read(word) {
        HeaderFormat::Unknown if format.open => {}
        HeaderFormat::Unknown => {
            let meant = closest(word, HeaderFormat::WORDS);
            let found = findings.flag(rules::HEADER_FORMAT, format);
            found
                .say("problem", &["`", word, "` is not a header format"].joined())
                .say("suggestion", "");
            if let Some(meant) = meant {
                found
                    .say("suggestion", &["; did you mean ", meant, "?"].joined())
                    .put(false, &["write ", meant].joined(), format, meant);
            }
        }
        known => {
            if known == HeaderFormat::Gif {
                findings.flag(rules::HEADER_GIF, format);
            }
            // The button may still be coming.
            let half = given(definition.root, "components").is_some_and(|list| list.open);
            let alone = component.card.is_none() && definition.kind() != TemplateKind::Spm && !half;
            if known == HeaderFormat::Product && alone {
                findings.flag(rules::HEADER_PRODUCT, format);
            }
            of_format(known, component, definition, findings);
        }
    }
}

/// A header whose format must be guessed; it is judged as what it seems to be.
fn without_format(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let node = component.node;
    let mut guess = HeaderFormat::Unknown;
    if given(node, "text").is_some() {
        guess = HeaderFormat::Text;
    } else if let Some((_, sample)) = given(node, "example").and_then(first_sample) {
        guess = type_of(sample).map_or(guess, |(format, _)| format);
    }
    let found = findings.missing(rules::HEADER_FORMAT, node);
    found.say("problem", "the header has no format");
    found.say("suggestion", "");
    if guess != HeaderFormat::Unknown {
        let word = guess.word();
        let edits = vec![Edit::add(node, "format", Node::text(word))];
        // Cards must be alike, and some kinds of template take no header of that format.
        let safe = component.card.is_none() && definition.kind() == TemplateKind::Custom;
        found.mend(safe, &["add format ", word].joined(), edits);
        of_format(guess, component, definition, findings);
    }
}

fn of_format(
    format: HeaderFormat,
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let node = component.node;
    match format {
        HeaderFormat::Text => text(component, definition, findings),
        HeaderFormat::Location => {
            shape(node, "a location header", PLAIN_FIELDS, findings);
        }
        HeaderFormat::Product => {
            shape(node, "a product header", PLAIN_FIELDS, findings);
        }
        media => {
            shape(node, "a media header", MEDIA_FIELDS, findings);
            if !findings.options.readback {
                sample(node, media, findings);
            }
        }
    }
}

fn text(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let owner = component.node;
    shape(owner, "a text header", TEXT_FIELDS, findings);
    let Some((text, node)) = line(owner, "text", &TEXT, findings) else {
        return;
    };
    let part = Part {
        name: TEXT.part,
        text,
        node,
        owner,
        format: definition.format,
        keys: Some(&HEADER),
        definition: Some(definition),
    };
    let slots = placeholders::judge(&part, findings);
    let max = findings.max(Limit::HeaderPlaceholders);
    let extra = slots.firsts.get(max).and_then(|at| slots.all.get(*at));
    if let Some(extra) = extra {
        let found = findings.flag(rules::HEADER_ONE_PLACEHOLDER, node);
        found
            .span(extra.at.start, extra.at.end)
            .num("used", slots.names.len())
            .num("max", max);
    }
    // Of a placeholder that is still being typed the name is not known to be one.
    let marks = (!(node.open && slots.broken)).then_some(slots.all.as_slice());
    texts::clean(rules::HEADER_CLEAN, text, node, marks, findings);
    examples::check(&part, &slots, findings);
}

/// The sample file of a media header: one handle in an array.
fn sample(node: &Node<'_>, format: HeaderFormat, findings: &mut Findings<'_>) {
    let (name, kind) = match format {
        HeaderFormat::Image => ("image", "JPEG or PNG picture"),
        HeaderFormat::Video => ("video", "MP4 or 3GPP film"),
        HeaderFormat::Gif => ("GIF", "MP4 film"),
        _ => ("document", "PDF"),
    };
    let example = given(node, "example");
    let handle = example.and_then(|example| given(example, "header_handle"));
    let address = example.and_then(|example| given(example, "header_url"));
    let values = handle.or(example).map_or(Vec::new(), examples::values);
    let mut nodes = values.iter().map(|sample| sample.value);
    let linked = nodes.find(|value| value.as_str().is_some_and(is_address));
    if let Some(linked) = linked.or(address) {
        findings
            .flag(rules::HEADER_MEDIA_URL, linked)
            .say("format", name);
        return;
    }
    // A handle may have been put right into `example`.
    let loose = example.filter(|example| example.as_object().is_none());
    let place = handle.or(loose);
    let Some((value, text)) = place
        .and_then(first_sample)
        .filter(|(_, t)| !t.trim().is_empty())
    else {
        let blank = values.first().map(|sample| sample.value);
        let blank = blank.filter(|value| value.as_str().is_some());
        let at = handle.map_or(node, |handle| blank.unwrap_or(handle));
        findings
            .missing(rules::HEADER_MEDIA_EXAMPLE, at)
            .say("format", name);
        return;
    };
    let listed = handle.and_then(|handle| handle.item(0)?.as_str()).is_some();
    if let Some(place) = place
        && !place.open
        && (!listed || values.len() != 1)
    {
        let row = Node::array(vec![Node::text(text.to_owned())]);
        let whole = match handle {
            Some(_) => row,
            None => Node::object(vec![("header_handle", row)]),
        };
        let found = findings.flag(rules::HEADER_HANDLE_SHAPE, place);
        found.say("format", name);
        // A handle without its array is all that Meta might take.
        if handle.and_then(Node::as_str).is_none() {
            found.severity(Severity::Error);
        }
        let edits = vec![Edit::replace(place, whole)];
        found.mend(values.len() == 1, "make it one handle in an array", edits);
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        findings
            .flag(rules::HEADER_MEDIA_ID, value)
            .say("format", name);
    }
    let film = if format == HeaderFormat::Gif {
        HeaderFormat::Video
    } else {
        format
    };
    if type_of(text).is_some_and(|(is, taken)| is != film || !taken) {
        let found = findings.flag(rules::HEADER_SAMPLE_TYPE, value);
        found.say("format", name).say("kind", kind);
    }
}

/// The first text among samples.
fn first_sample<'n, 't>(node: &'n Node<'t>) -> Option<(&'n Node<'t>, &'n str)> {
    let first = examples::values(node).first()?.value;
    Some((first, first.as_str()?))
}

/// The type that a handle or a file's name tells, and whether Meta takes it there.
fn type_of(sample: &str) -> Option<(HeaderFormat, bool)> {
    if let Some((_, coded)) = crate::text::split_at(sample, "::") {
        let row = TYPES.iter().find(|(start, ..)| coded.starts_with(start));
        return row.map(|(_, format, taken)| (*format, *taken));
    }
    let (path, _) = break_at(sample, b"?#");
    let (_, ending) = break_last(path, b'.')?;
    let row = ENDINGS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(ending));
    row.map(|(_, format)| (*format, true))
}

fn is_address(text: &str) -> bool {
    let text = text.trim_start();
    let schemes = [
        "http://", "https://", "www.", "ftp:", "data:", "blob:", "file:",
    ];
    schemes.iter().any(|scheme| {
        let head = text.get(..scheme.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    })
}
