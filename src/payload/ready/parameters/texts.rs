//! The parameters of a text, held against the placeholders of its template.

use super::{Part, TEXTS, one, type_of};
use crate::definition::ParameterFormat;
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::payload::check::count_mismatch;
use crate::payload::length::Length;
use crate::payload::place::Place;
use crate::payload::ready::{View, down, given, wrong_type};
use crate::payload::value::Role;
use crate::report::Step;
use crate::rules;
use crate::template::{ParameterKind, Piece, Slot, Template, Text};
use crate::text::{clip, closest, count_chars, utf16_len};

/// Judges the parameters of a text against its placeholders.
pub(in crate::payload::ready) fn texts(
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

/// Counts a text with its values in.
pub(in crate::payload::ready) fn hydrated(
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
    length.judge(template, item, at, &key, findings);
}
