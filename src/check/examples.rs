//! The samples of a text's placeholders: there, in Meta's shape, one for each.
//!
//! People write them in many shapes: rows, lists, one bare value, pairs, an object of names. One
//! reader ([`values`]) finds the values in any of them; what is not Meta's shape is then offered in it.

use super::placeholders::{Part, Slots};
use super::shape::{self, expected};
use crate::definition::ParameterFormat;
use crate::findings::{Edit, Findings};
use crate::json::{Node, Value, write_value};
use crate::limits::Limit;
use crate::order::Joined;
use crate::order::Words;
use crate::rules::{self, phrases};
use crate::text::{Placeholder, braced, closest, sanitize_text, shows_nothing};

/// Where a part keeps its samples.
#[derive(Debug)]
pub(super) struct Keys {
    positional: &'static str,
    named: &'static str,
    /// Whether positional samples are a row inside an array.
    rows: bool,
    /// What the two look like.
    shapes: [&'static str; 2],
}

/// The body's.
pub(super) static BODY: Keys = Keys {
    positional: "body_text",
    named: "body_text_named_params",
    rows: true,
    shapes: [
        r#"one row of values inside an array: {"body_text": [[…]]}"#,
        r#"an array of names and values: {"body_text_named_params": [{"param_name": …, "example": …}]}"#,
    ],
};

/// The text header's.
pub(super) static HEADER: Keys = Keys {
    positional: "header_text",
    named: "header_text_named_params",
    rows: false,
    shapes: [
        r#"one value in an array: {"header_text": ["…"]}"#,
        r#"an array of names and values: {"header_text_named_params": [{"param_name": …, "example": …}]}"#,
    ],
};

/// A value and what names it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample<'n, 't> {
    /// Its `param_name`, or its key.
    name: Option<&'n str>,
    /// Where the `param_name` stands.
    name_at: Option<&'n Node<'t>>,
    /// The value; a pair without one stands for itself.
    pub value: &'n Node<'t>,
}

/// The values in samples of any shape, in order.
pub(super) fn values<'n, 't>(node: &'n Node<'t>) -> Vec<Sample<'n, 't>> {
    let mut out = Vec::new();
    collect(node, None, &mut out);
    out
}

fn collect<'n, 't>(node: &'n Node<'t>, key: Option<&'n str>, out: &mut Vec<Sample<'n, 't>>) {
    let name_at = shape::given(node, "param_name");
    match &node.value {
        Value::Null => {}
        Value::Array(items) => {
            for item in items {
                collect(item, None, out);
            }
        }
        Value::Object(members) if name_at.is_none() => {
            for member in members {
                collect(&member.value, Some(&member.key), out);
            }
        }
        _ => out.push(Sample {
            name: name_at.and_then(Node::as_str).or(key),
            name_at,
            value: shape::given(node, "example").unwrap_or(node),
        }),
    }
}

/// How samples are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As Meta's samples are.
    Right,
    /// Positional, without the array around the row.
    Flat,
    /// In another way.
    Wrong,
}

fn form(node: &Node<'_>, keys: &Keys, named: bool) -> Form {
    let Value::Array(items) = &node.value else {
        let lone = keys.rows && !named && !matches!(node.value, Value::Object(_));
        return if lone { Form::Flat } else { Form::Wrong };
    };
    let nested = |node: &Node<'_>| matches!(node.value, Value::Array(_) | Value::Object(_));
    let plain = !items.iter().any(nested);
    let right = match items.as_slice() {
        pairs if named => pairs
            .iter()
            .all(|pair| shape::given(pair, "param_name").is_some()),
        [] => true,
        _ if !keys.rows => plain,
        [row] if row.as_array().is_some() => !row.as_array().unwrap_or_default().iter().any(nested),
        _ if plain => return Form::Flat,
        _ => false,
    };
    if right { Form::Right } else { Form::Wrong }
}

/// The samples, in whatever shape.
pub(super) fn given<'n, 't>(part: &Part<'n, 't>) -> Option<&'n Node<'t>> {
    shape::given(part.owner, "example")
}

/// The values of the row that a text's numbers stand for; none in another shape than Meta's.
pub(super) fn row<'n, 't>(part: &Part<'n, 't>) -> Vec<&'n Node<'t>> {
    let samples = part.keys.and_then(|keys| {
        let samples = given(part)?.get(keys.positional)?;
        let row = if keys.rows { samples.item(0)? } else { samples };
        (form(samples, keys, false) == Form::Right).then_some(row)
    });
    let items = samples.and_then(Node::as_array).unwrap_or_default();
    items.iter().collect()
}

/// Where a placeholder's name stands beside its samples: one, unless somebody wrote it twice.
pub(super) fn param_names<'n, 't>(part: &Part<'n, 't>, name: &str) -> Vec<&'n Node<'t>> {
    let pairs = || given(part)?.get(part.keys?.named)?.as_array();
    let names = pairs().unwrap_or_default().iter();
    names
        .filter_map(|pair| pair.get("param_name"))
        .filter(|param| param.as_str().map(bare) == Some(name))
        .collect()
}

/// Judges the samples of one text. The answer has a sample for each name, where there is one.
pub(super) fn check<'n>(
    part: &Part<'n, '_>,
    slots: &Slots<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Option<&'n str>> {
    let names = &slots.names;
    let mut samples = vec![None; names.len()];
    let Some(keys) = part.keys else {
        return samples;
    };
    let Some(example) = given(part) else {
        if !names.is_empty() && !findings.options.readback {
            required(part, keys, names, &[], findings);
        }
        return samples;
    };
    if example.open {
        return samples;
    }
    if names.is_empty() {
        // A placeholder between broken braces will need its sample.
        let empty = values(example).is_empty();
        if !(slots.broken || empty && findings.options.readback) {
            let found = findings.flag(rules::EXAMPLE_UNNEEDED, example);
            found.say("part", part.name);
            found.mend(true, "delete the samples", vec![Edit::remove(example)]);
        }
        return samples;
    }
    let named = part.format == ParameterFormat::Named;
    let (key, other) = match named {
        true => (keys.named, keys.positional),
        false => (keys.positional, keys.named),
    };
    let holder = shape::given(example, key);
    let at = holder.unwrap_or(example);
    let list = values(at);
    let elsewhere = example.as_object().is_some() && shape::given(example, other).is_none();
    if holder.is_none() && (elsewhere || list.is_empty()) {
        required(part, keys, names, &list, findings);
        return samples;
    }
    // Placeholders of the other format beside its samples: one fault, which is told of the placeholders.
    let strange = |placeholder: &Placeholder<'_>| placeholder.number().is_some() == named;
    let of_other = holder.is_none() && example.as_object().is_some();
    if of_other && slots.all.iter().any(strange) {
        return samples;
    }
    let mut form = holder.map_or(Form::Wrong, |holder| form(holder, keys, named));
    if form == Form::Flat && names.len() > 1 {
        form = Form::Wrong;
    }
    let matched = matched(&list, names, named);
    if form != Form::Right
        && let Some((nodes, sure)) = &matched
    {
        let mended = built(keys, named, names, nodes);
        let (rule, title) = match form {
            Form::Flat => (rules::EXAMPLE_FLAT, "put the sample into a row"),
            _ => (rules::EXAMPLE_SHAPE, "put the values into Meta's shape"),
        };
        let mut text = String::new();
        write_value(&mut text, &mended);
        let whole = match holder {
            Some(_) => mended,
            None => Node::object(vec![(key, mended)]),
        };
        let found = findings.flag(rule, at);
        found
            .say("part", part.name)
            .say("expected", shape_of(keys, named))
            .phrase("remedy", phrases::RESHAPE, "")
            .say("suggestion", &text)
            .mend(*sure, title, vec![Edit::replace(at, whole)]);
    } else if form == Form::Wrong {
        let found = findings.flag(rules::EXAMPLE_SHAPE, at);
        found
            .say("part", part.name)
            .say("expected", shape_of(keys, named))
            .phrase("remedy", phrases::SHAPE, "");
        return samples;
    } else {
        let strays = named && strays(part, &list, names, findings);
        if matched.is_none() && !strays {
            let given = assigned(&list, names, named);
            let found = findings.flag(rules::EXAMPLE_COUNT, at);
            found
                .say("part", part.name)
                .num("expected", names.len())
                .num("found", found_number(&list, &given));
            let mended = built(keys, named, names, &given);
            let title = "keep one sample for each placeholder";
            found.mend(false, title, vec![Edit::replace(at, mended)]);
        }
    }
    let nodes = match matched {
        Some((nodes, _)) => nodes,
        None => assigned(&list, names, named),
    };
    for ((node, name), sample) in nodes.iter().zip(names).zip(&mut samples) {
        *sample = node.and_then(|node| judge(node, name, findings));
    }
    samples
}

fn shape_of(keys: &Keys, named: bool) -> &'static str {
    let [positional, pairs] = keys.shapes;
    if named { pairs } else { positional }
}

/// How many samples there are; one that stands twice takes the place of another.
fn found_number(list: &[Sample<'_, '_>], given: &[Option<&Node<'_>>]) -> usize {
    if list.len() == given.len() {
        given.iter().flatten().count()
    } else {
        list.len()
    }
}

/// A name without braces around it.
fn bare(name: &str) -> &str {
    name.trim_matches(|c| matches!(c, '{' | '}' | ' '))
}

/// A value for each name, by name or by place, where there is one.
fn assigned<'n, 't>(
    list: &[Sample<'n, 't>],
    names: &[&str],
    by_name: bool,
) -> Vec<Option<&'n Node<'t>>> {
    let mut out = vec![None; names.len()];
    let mut places = Words::new();
    for (place, name) in names.iter().enumerate() {
        places.insert(name, place);
    }
    for (place, sample) in list.iter().enumerate() {
        let place = if by_name {
            sample.name.and_then(|name| places.get(bare(name)))
        } else {
            Some(place)
        };
        if let Some(slot) = place.and_then(|place| out.get_mut(place)) {
            *slot = slot.or(Some(sample.value));
        }
    }
    out
}

/// Exactly one value for each name, when that can be told, and whether it is sure which is whose.
type Matched<'n, 't> = Option<(Vec<Option<&'n Node<'t>>>, bool)>;

fn matched<'n, 't>(list: &[Sample<'n, 't>], names: &[&str], named: bool) -> Matched<'n, 't> {
    if list.len() != names.len() {
        return None;
    }
    let nodes = assigned(list, names, true);
    if nodes.iter().all(Option::is_some) {
        return Some((nodes, true));
    }
    let unnamed = list.iter().all(|s| s.name.is_none() && s.name_at.is_none());
    if !unnamed && named {
        return None;
    }
    Some((
        assigned(list, names, false),
        unnamed && !named || names.len() == 1,
    ))
}

/// Samples in Meta's shape; the values that are not there are to be filled in.
fn built(keys: &Keys, named: bool, names: &[&str], nodes: &[Option<&Node<'_>>]) -> Node<'static> {
    let mut out = Vec::with_capacity(names.len());
    for (place, name) in names.iter().enumerate() {
        let value = match nodes.get(place).copied().flatten() {
            Some(node) if node.as_object().is_none() => node.owned(),
            _ => Node::text(["sample ", name].joined()),
        };
        out.push(match named {
            true => Node::object(vec![
                ("param_name", Node::text((*name).to_owned())),
                ("example", value),
            ]),
            false => value,
        });
    }
    let row = Node::array(out);
    match keys.rows && !named {
        true => Node::array(vec![row]),
        false => row,
    }
}

fn required(
    part: &Part<'_, '_>,
    keys: &Keys,
    names: &[&str],
    list: &[Sample<'_, '_>],
    findings: &mut Findings<'_>,
) {
    let named = part.format == ParameterFormat::Named;
    let key = if named { keys.named } else { keys.positional };
    let nodes = matched(list, names, named).map_or(Vec::new(), |(nodes, _)| nodes);
    let samples = built(keys, named, names, &nodes);
    let found = findings.missing(rules::EXAMPLE_REQUIRED, part.owner);
    found
        .say("part", part.name)
        .say("example", &["example.", key].joined());
    let whole = Node::object(vec![(key, samples)]);
    let edits = vec![Edit::add(part.owner, "example", whole)];
    found.mend(false, "add samples to fill in", edits);
}

/// Names of samples that the text does not have; the answer is whether there are any but for braces
/// around them.
fn strays(
    part: &Part<'_, '_>,
    list: &[Sample<'_, '_>],
    names: &[&str],
    findings: &mut Findings<'_>,
) -> bool {
    let mut known = Words::new();
    for (place, name) in names.iter().enumerate() {
        known.insert(name, place);
    }
    // Of as many samples as placeholders, the one that is nobody's is the one that somebody lacks.
    let mut lacking = Vec::new();
    for (name, given) in names.iter().zip(assigned(list, names, true)) {
        if given.is_none() {
            lacking.push(*name);
        }
    }
    let only = match lacking.as_slice() {
        [name] if list.len() == names.len() => Some(*name),
        _ => None,
    };
    let mut any = false;
    for sample in list {
        let Some(node) = sample.name_at else {
            continue;
        };
        let Some(name) = sample.name else {
            any = true;
            expected(node, "param_name", "a text", findings);
            continue;
        };
        if known.get(name).is_some() {
            continue;
        }
        let bare = bare(name);
        let braces = known.get(bare).is_some();
        any |= !braces;
        let meant = if braces {
            Some(bare)
        } else if only.is_some() {
            only
        } else if findings.has_room_for_fixes(part.text) {
            closest(bare, names)
        } else {
            None
        };
        let found = findings.flag(rules::EXAMPLE_PARAM_NAME, node);
        found.say("name", name).say("part", part.name);
        let Some(meant) = meant else {
            found.phrase("remedy", phrases::STRAY, "");
            continue;
        };
        let write = ["write `", meant, "`"].joined();
        let remedy = if braces {
            [&write, ", without braces"].joined()
        } else {
            ["did you mean `", meant, "`?"].joined()
        };
        found
            .say("remedy", &remedy)
            .put(braces, &write, node, meant);
    }
    any
}

fn judge<'n>(node: &'n Node<'_>, name: &str, findings: &mut Findings<'_>) -> Option<&'n str> {
    let text = match &node.value {
        Value::String(text) => text.as_ref(),
        Value::Number(text) => {
            let found = findings.flag(rules::WRONG_TYPE, node);
            found
                .say("name", "the sample")
                .say("expected", "a text")
                .say("found", node.noun())
                .put(true, "make it a text", node, text);
            text.as_ref()
        }
        Value::Object(_) => "",
        _ => {
            expected(node, "the sample", "a text", findings);
            return None;
        }
    };
    if text.chars().all(shows_nothing) {
        findings
            .missing(rules::EXAMPLE_EMPTY, node)
            .say("name", &braced(name));
        return None;
    }
    let (mended, changes) = sanitize_text(text, findings.max(Limit::ValueSpaceRun));
    if let Some(change) = changes.first() {
        let found = findings.flag(rules::EXAMPLE_BLANKS, node);
        found
            .say("name", &braced(name))
            .say("reason", change.reason)
            .put(true, "write it as it can be sent", node, &mended);
    }
    Some(text)
}
