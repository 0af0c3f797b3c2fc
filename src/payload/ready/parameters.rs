//! The parameters of headers and bodies.

use super::buttons::Around;
use super::{View, down, given, missing, unknown_keys, wrong_type};
use crate::definition::ParameterFormat;
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::payload::check::count_mismatch;
use crate::payload::length::Length;
use crate::payload::place::Place;
use crate::payload::value::{self, Role};
use crate::report::Step;
use crate::rules;
use crate::template::{ParameterKind, Piece, Slot, Template, Text};
use crate::text::clip;
use crate::text::{closest, count_chars, utf16_len};

/// The parts that list parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The header.
    Header,
    /// The body.
    Body,
}

impl Part {
    /// Meta's word.
    pub fn word(self) -> &'static str {
        match self {
            Part::Header => "header",
            Part::Body => "body",
        }
    }

    /// With its article.
    pub fn noun(self) -> &'static str {
        match self {
            Part::Header => "a header component",
            Part::Body => "a body component",
        }
    }

    /// The types of parameters that it takes in some template.
    fn types(self) -> &'static [&'static str] {
        match self {
            Part::Header => IN_HEADERS,
            Part::Body => TEXTS,
        }
    }
}

/// Every type of parameter, those of texts first and then those of headers: a word that is none of them
/// is a slip, not a parameter of the wrong kind.
const TYPES: &[&str] = &[
    "text",
    "currency",
    "date_time",
    // Only headers take the next ones.
    "image",
    "video",
    "document",
    "gif",
    "location",
    "product",
    // Neither header nor body takes these.
    "payload",
    "coupon_code",
    "action",
    "ttl_minutes",
    "limited_time_offer",
    "order_status",
    "tap_target_configuration",
];

/// What stands in for a placeholder of a text.
const TEXTS: &[&str] = TYPES.split_at(3).0;

/// What the header of a card or an offer takes.
pub(super) const SHOWN: &[&str] = &["image", "video", "gif", "product"];

/// What a header takes in some template.
const IN_HEADERS: &[&str] = TYPES.split_at(9).0;

/// Reads a parameter's type, in any case, as Meta does; what is wrong with it is said.
pub(super) fn type_of<'k>(
    node: &Node<'_>,
    path: &[Step],
    part: &str,
    types: &[&'k str],
    key: Option<&str>,
    findings: &mut Findings<'_>,
) -> Option<&'k str> {
    if node.as_object().is_none() {
        wrong_type(findings, node, path.to_vec(), "parameter", "an object");
        return None;
    }
    let expected = || types.first().copied().unwrap_or_default();
    let Some(found) = given(node, "type") else {
        missing(
            findings,
            node,
            path,
            "type",
            &format!("\"type\": \"{}\"", expected()),
        );
        return None;
    };
    let Some(word) = found.as_str() else {
        wrong_type(findings, found, down(path, "type"), "type", "a text");
        return None;
    };
    let known = types.iter().find(|name| word.eq_ignore_ascii_case(name));
    if known.is_none() {
        let near = closest(word, types).unwrap_or(expected());
        if !TYPES.iter().any(|name| word.eq_ignore_ascii_case(name)) {
            let near = crate::text::one_of(&[near]);
            super::wrong_word(findings, found, down(path, "type"), "type", &near);
            return None;
        }
        let finding = findings.find(rules::PAYLOAD_PARAMETER_TYPE, found, down(path, "type"));
        finding
            .param("part", part)
            .param("expected", near)
            .param("found", format!("`{}`", clip(word)));
        if let Some(key) = key {
            finding.key(key);
            if key.contains("header.") {
                let received = word.to_ascii_uppercase();
                finding.details(format!(
                    "header: Format mismatch, expected {}, received {received}",
                    expected().to_ascii_uppercase()
                ));
            }
        }
    }
    known.copied()
}

/// Judges parameters without their template.
pub(super) fn shapes(
    items: &[Node<'_>],
    path: &[Step],
    part: Part,
    around: Around,
    findings: &mut Findings<'_>,
) {
    let name = format!("the {}", part.word());
    if let (Part::Header, Some(second)) = (part, items.get(1)) {
        findings
            .find(rules::PAYLOAD_PARAMETER_COUNT, second, down(path, 1))
            .param("part", name.as_str())
            .param("given", items.len())
            .param("expected", 1usize)
            .param("remedy", format!("leave {} out", items.len() - 1));
    }
    let mut names: Vec<&str> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let at = down(path, index);
        parameter_name(item, &at, findings);
        let name_of = item.get("parameter_name").and_then(Node::as_str);
        if let Some(again) = name_of.filter(|name| names.contains(name)) {
            findings
                .find(
                    rules::PAYLOAD_PARAMETER_NAME,
                    item,
                    down(&at, "parameter_name"),
                )
                .param(
                    "problem",
                    format!("two parameters are named `{}`", clip(again)),
                )
                .param("remedy", "leave one of them out");
        }
        names.extend(name_of);
        if around.named && is_unnamed_text(item) {
            findings
                .find(rules::PAYLOAD_PARAMETER_NAME, item, at.clone())
                .param(
                    "problem",
                    "other parameters are named, and this one has no `parameter_name`",
                )
                .param("remedy", "name all of them, or none");
        }
        let types = match part {
            // Pictures, films, products, and nothing that is only read.
            Part::Header if around.card || around.offer => SHOWN,
            part => part.types(),
        };
        let Some(kind) = type_of(item, &at, &name, types, None, findings) else {
            continue;
        };
        let label = format!("{} parameter {}", part.word(), index + 1);
        let place = Place {
            key: "",
            label: &label,
            path: at,
        };
        one(item, kind, &place, Role::Text, findings);
        if let Some(inner) = given(item, kind).filter(|_| kind == "text")
            && let Some(text) = inner.as_str()
        {
            alone_too_long(text, inner, (part, around), &place, findings);
        }
    }
}

/// Whether a parameter stands for a text, and has no name.
fn is_unnamed_text(item: &Node<'_>) -> bool {
    let word = item.get("type").and_then(Node::as_str).unwrap_or_default();
    given(item, "parameter_name").is_none()
        && TEXTS.iter().any(|text| text.eq_ignore_ascii_case(word))
}

/// Judges a parameter's name by its type alone.
pub(super) fn parameter_name(item: &Node<'_>, at: &[Step], findings: &mut Findings<'_>) {
    let Some(name) = given(item, "parameter_name") else {
        return;
    };
    let path = down(at, "parameter_name");
    match name.as_str() {
        None => wrong_type(findings, name, path, "parameter_name", "a text"),
        Some(text) if value::is_blank(text) => {
            findings
                .find(rules::PAYLOAD_PARAMETER_NAME, name, path)
                .param("problem", "this `parameter_name` is blank")
                .param(
                    "remedy",
                    "write the name that the template has, or leave it out",
                );
        }
        // As definitions name them.
        Some(text)
            if !text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') =>
        {
            findings
                .find(rules::PAYLOAD_PARAMETER_NAME, name, path)
                .param(
                    "problem",
                    format!("`{}` is no name that a parameter can have", clip(text)),
                )
                .param(
                    "remedy",
                    "write it as the template does: lower-case letters, digits and underscores",
                );
        }
        Some(_) => {}
    }
}

/// Says that a value is too long for the part in any template, whatever stands around it.
fn alone_too_long(
    text: &str,
    node: &Node<'_>,
    (part, around): (Part, Around),
    place: &Place<'_>,
    findings: &mut Findings<'_>,
) {
    let max = findings.max(match part {
        Part::Header => Limit::HeaderChars,
        Part::Body if around.card => Limit::CardBodyChars,
        Part::Body if around.offer => Limit::OfferBodyChars,
        Part::Body => Limit::BodyOnlyChars,
    });
    let used = count_chars(text);
    if used > max {
        place
            .member("text")
            .find(findings, rules::HYDRATED_TOO_LONG, node)
            .param("part", part.word())
            .param("used", used)
            .param("units", utf16_len(text))
            .param("max", max)
            .param("most", max)
            .param("over", used - max);
    }
}

/// Judges one parameter of a known type.
fn one(
    item: &Node<'_>,
    kind: &str,
    place: &Place<'_>,
    role: Role<'_>,
    findings: &mut Findings<'_>,
) {
    let known = ["type", "parameter_name", kind];
    unknown_keys(
        findings,
        item,
        &place.path,
        &format!("a parameter of type `{kind}`"),
        &known,
    );
    let inner_place = place.member(kind);
    let media = match kind {
        "image" => Some(ParameterKind::Image),
        "video" => Some(ParameterKind::Video),
        "document" => Some(ParameterKind::Document),
        "gif" => Some(ParameterKind::Gif),
        _ => None,
    };
    let Some(inner) = given(item, kind) else {
        match media {
            Some(media) => value::source_missing(findings, item, place, media, "neither"),
            None => mandatory(findings, item, kind, place),
        }
        return;
    };
    match (kind, media) {
        (_, Some(media)) => {
            value::media(findings, inner, &inner_place, media);
        }
        ("currency", _) => value::currency(findings, inner, &inner_place),
        ("date_time", _) => value::date_time(findings, inner, &inner_place),
        ("location", _) => value::location(findings, inner, &inner_place),
        ("product", _) => value::product(findings, inner, &inner_place),
        ("text", _) => match inner.as_str() {
            Some(text) => value::text(findings, inner, text, &inner_place, role),
            None => wrong_type(findings, inner, inner_place.path, "text", "a text"),
        },
        _ if inner.as_object().is_none() => {
            wrong_type(findings, inner, inner_place.path, kind, "an object");
        }
        _ => {}
    }
}

/// Says that a parameter lacks the member that its type names.
pub(super) fn mandatory(
    findings: &mut Findings<'_>,
    item: &Node<'_>,
    kind: &str,
    place: &Place<'_>,
) {
    place
        .find(findings, rules::PAYLOAD_KEY_MISSING, item)
        .param("name", kind)
        .param("where", "this parameter")
        .param(
            "remedy",
            format!("`{kind}`, or leave the parameter out where the template has none"),
        )
        .details(format!(
            "Parameter '{kind}' is mandatory for component parameter type '{kind}'"
        ));
}

/// Judges the parameters of a text against its placeholders.
pub(super) fn texts(
    component: &Node<'_>,
    items: &[Node<'_>],
    path: &[Step],
    part: Part,
    slots: &[Slot],
    template: &Template,
    findings: &mut Findings<'_>,
) {
    let named = template.parameter_format == ParameterFormat::Named;
    if items.len() != slots.len() {
        let node = given(component, "parameters").unwrap_or(component);
        let found = findings.find(rules::PAYLOAD_PARAMETER_COUNT, node, path.to_vec());
        let remedy = match (items.len() > slots.len(), slots.is_empty()) {
            (_, true) => "leave this component out".to_owned(),
            (true, _) => format!("leave {} out", items.len() - slots.len()),
            (false, _) => format!("add {}", slots.len() - items.len()),
        };
        found
            .param("part", format!("the {}", part.word()))
            .param("given", items.len())
            .param("expected", slots.len())
            .param("remedy", remedy)
            .details(count_mismatch(part.word(), items.len(), slots.len()));
        // The first one that is missing, or the last that is there.
        if let Some(slot) = slots.get(items.len()).or(slots.last()) {
            found.key(slot.key.as_str());
        }
    }
    let mut taken: Vec<&str> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let at = down(path, index);
        let slot = if named {
            by_name(item, &at, slots, &mut taken, part, findings)
        } else {
            if let Some(name) = given(item, "parameter_name") {
                findings
                    .find(
                        rules::PAYLOAD_PARAMETER_NAME,
                        name,
                        down(&at, "parameter_name"),
                    )
                    .param(
                        "problem",
                        "the template numbers its parameters, so none has a name",
                    )
                    .param("remedy", "leave `parameter_name` out");
            }
            slots.get(index)
        };
        let is_code = slot.is_some_and(|slot| slot.kind == ParameterKind::OneTimeCode);
        let types = if is_code { &["text"] } else { TEXTS };
        let name = format!("the {}", part.word());
        let key = slot.map(|slot| slot.key.as_str());
        let Some(kind) = type_of(item, &at, &name, types, key, findings) else {
            continue;
        };
        let label = format!("{} parameter {}", part.word(), index + 1);
        let place = Place {
            key: key.unwrap_or_default(),
            label: slot.map_or(&label, |slot| &slot.label),
            path: at,
        };
        let role = match slot.map(|slot| slot.kind) {
            Some(ParameterKind::OneTimeCode) => Role::Code,
            _ => Role::Text,
        };
        one(item, kind, &place, role, findings);
    }
    if named && items.len() == slots.len() {
        for slot in slots
            .iter()
            .filter(|slot| !taken.contains(&slot.name.as_str()))
        {
            let node = given(component, "parameters").unwrap_or(component);
            findings
                .find(rules::PAYLOAD_PARAMETER_NAME, node, path.to_vec())
                .key(slot.key.as_str())
                .param(
                    "problem",
                    format!(
                        "no parameter of the {} is named `{}`",
                        part.word(),
                        slot.name
                    ),
                )
                .param(
                    "remedy",
                    format!("give one the `parameter_name` `{}`", slot.name),
                );
        }
    }
}

fn by_name<'s>(
    item: &Node<'_>,
    at: &[Step],
    slots: &'s [Slot],
    taken: &mut Vec<&'s str>,
    part: Part,
    findings: &mut Findings<'_>,
) -> Option<&'s Slot> {
    item.as_object()?;
    let names: Vec<&str> = slots
        .iter()
        .take(100)
        .map(|slot| slot.name.as_str())
        .collect();
    let Some(node) = given(item, "parameter_name") else {
        findings
            .find(rules::PAYLOAD_PARAMETER_NAME, item, at.to_vec())
            .param(
                "problem",
                "the template names its parameters, and this one has no `parameter_name`",
            )
            .param(
                "remedy",
                match names.as_slice() {
                    [] => "leave it out".to_owned(),
                    names => format!("add `parameter_name`: {}", names.join(", ")),
                },
            );
        return None;
    };
    let Some(name) = node.as_str() else {
        wrong_type(
            findings,
            node,
            down(at, "parameter_name"),
            "parameter_name",
            "a text",
        );
        return None;
    };
    let slot = slots.iter().find(|slot| slot.name == name);
    let problem = match slot {
        Some(slot) if taken.contains(&slot.name.as_str()) => {
            format!("two parameters are named `{}`", clip(name))
        }
        Some(slot) => {
            taken.push(&slot.name);
            return Some(slot);
        }
        None => format!(
            "the template's {} has no parameter `{}`",
            part.word(),
            clip(name)
        ),
    };
    let remedy = match closest(name, &names) {
        Some(near) if slot.is_none() => format!("did you mean `{near}`?"),
        _ => "leave it out".to_owned(),
    };
    findings
        .find(
            rules::PAYLOAD_PARAMETER_NAME,
            node,
            down(at, "parameter_name"),
        )
        .param("problem", problem)
        .param("remedy", remedy);
    None
}

/// Judges the one parameter of a media header.
pub(super) fn file(
    component: &Node<'_>,
    items: &[Node<'_>],
    at: &[Step],
    slot: &Slot,
    findings: &mut Findings<'_>,
) {
    let path = down(at, "parameters");
    let [item] = items else {
        let node = given(component, "parameters").unwrap_or(component);
        let found = if items.is_empty() {
            findings
                .find(rules::PAYLOAD_HEADER_MISSING, node, path)
                .param("expected", value::media_word(slot.kind))
        } else {
            findings
                .find(rules::PAYLOAD_PARAMETER_COUNT, node, path)
                .param("part", "the header")
                .param("given", items.len())
                .param("expected", 1usize)
                .param("remedy", "send one file")
        };
        found
            .key(slot.key.as_str())
            .details(value::format_mismatch(slot.kind));
        return;
    };
    let at = down(&path, 0usize);
    let word = value::media_word(slot.kind).to_ascii_lowercase();
    // GIFs are films that repeat: pages differ on the word.
    let types: &[&str] = if slot.kind == ParameterKind::Gif {
        &["gif", "video"]
    } else {
        &[&word]
    };
    let key = Some(slot.key.as_str());
    let Some(kind) = type_of(item, &at, "the header", types, key, findings) else {
        return;
    };
    let place = Place {
        key: &slot.key,
        label: &slot.label,
        path: at,
    };
    one(item, kind, &place, Role::Text, findings);
}

/// Counts a text with its values in.
pub(super) fn hydrated(
    items: &[Node<'_>],
    path: &[Step],
    part: Part,
    text: &Text,
    view: View<'_>,
    findings: &mut Findings<'_>,
) {
    let template = view.template;
    let named = template.parameter_format == ParameterFormat::Named;
    let values: Vec<(usize, &Node<'_>, &str)> = text
        .slots
        .iter()
        .enumerate()
        .filter_map(|(place, slot)| {
            let wanted = |item: &Node<'_>| {
                item.get("parameter_name").and_then(Node::as_str) == Some(slot.name.as_str())
            };
            let index = if named {
                items.iter().position(wanted)?
            } else {
                place
            };
            let item = items.get(index)?;
            let shown = item.get("text").and_then(Node::as_str).or_else(|| {
                let object = item.get("currency").or_else(|| item.get("date_time"))?;
                object.get("fallback_value")?.as_str()
            });
            Some((index, item, shown?))
        })
        .collect();
    // Only a complete text can be counted against the slots by place.
    if values.len() != text.slots.len() {
        return;
    }
    let (mut used, mut units) = (0, 0);
    for piece in &text.pieces {
        let shown = match piece {
            Piece::Fixed(fixed) => fixed.as_str(),
            Piece::Slot(slot) => values.get(*slot).map_or("", |(_, _, shown)| shown),
        };
        used += count_chars(shown);
        units += utf16_len(shown);
    }
    let Some((place, (index, item, _))) = values
        .iter()
        .enumerate()
        .max_by_key(|(_, (_, _, shown))| count_chars(shown))
    else {
        return;
    };
    let limit = match (part, view.card) {
        (Part::Header, _) => Limit::HeaderChars,
        (Part::Body, None) => template.body_limit,
        (Part::Body, Some(_)) => Limit::CardBodyChars,
    };
    let key = text
        .slots
        .get(place)
        .map(|slot| slot.key.clone())
        .unwrap_or_default();
    let at = down(path, *index);
    findings.measure(limit, used, item, at.clone(), Some(part.word().to_owned()));
    let length = Length {
        part: part.word(),
        limit,
        used,
        units,
    };
    let Some((rule, over)) = length.breaks(template, findings) else {
        return;
    };
    let (max, most) = (findings.max(limit), findings.max(Limit::BodyOnlyChars));
    let found = findings.find(rule, item, at);
    found.key(key);
    length.tell(over, max, most, found);
}
