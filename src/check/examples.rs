//! The samples of a text's placeholders: there, in Meta's shape, one for each.

use super::shape::{replace, wrong_type};
use crate::definition::ParameterFormat;
use crate::findings::Findings;
use crate::json::{Node, OperationKind, Value};
use crate::report::{Fix, Step, operation};
use crate::rules;
use crate::text::closest;

/// Where a part keeps its samples.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    /// "the body", "the header".
    pub part: &'static str,
    /// `body_text`, `header_text`.
    pub positional: &'static str,
    /// `body_text_named_params`, `header_text_named_params`.
    pub named: &'static str,
    /// Whether positional samples are a row inside an array (the body's are).
    pub rows: bool,
}

/// The body's.
pub(super) const BODY: Keys = Keys {
    part: "the body",
    positional: "body_text",
    named: "body_text_named_params",
    rows: true,
};

/// The text header's.
pub(super) const HEADER: Keys = Keys {
    part: "the header",
    positional: "header_text",
    named: "header_text_named_params",
    rows: false,
};

/// Judges the samples of one text. The answer has a sample for each placeholder, where there is one.
pub(super) fn check<'n>(
    component: &'n Node<'_>,
    path: &[Step],
    keys: Keys,
    names: &[&str],
    format: ParameterFormat,
    findings: &mut Findings<'_>,
) -> Vec<Option<&'n str>> {
    let none = vec![None; names.len()];
    let here = join(path, &["example"]);
    let example = component.get("example").filter(|n| !n.is_null());
    let Some(example) = example else {
        if !names.is_empty() && !component.open {
            required(component, path, &here, keys, names, format, findings);
        }
        return none;
    };
    if names.is_empty() {
        let empty = match &example.value {
            Value::Object(members) => members.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if !empty {
            let found = findings.find(&rules::EXAMPLE_UNNEEDED, example, here.clone());
            found.param("part", keys.part).fix(Fix::safe(
                "delete the samples",
                vec![operation(OperationKind::Remove, &here, None)],
            ));
        }
        return none;
    }
    if !matches!(example.value, Value::Object(_)) {
        shape(example, &here, keys, names, format, findings);
        return none;
    }
    match format {
        ParameterFormat::Positional => {
            positional(component, example, path, &here, keys, names, findings)
        }
        ParameterFormat::Named => named(component, example, path, &here, keys, names, findings),
    }
}

fn positional<'n>(
    component: &Node<'_>,
    example: &'n Node<'_>,
    path: &[Step],
    here: &[Step],
    keys: Keys,
    names: &[&str],
    findings: &mut Findings<'_>,
) -> Vec<Option<&'n str>> {
    let none = vec![None; names.len()];
    let Some(given) = example.get(keys.positional).filter(|n| !n.is_null()) else {
        if example.get(keys.named).is_some() {
            shape(
                example,
                here,
                keys,
                names,
                ParameterFormat::Positional,
                findings,
            );
        } else if !example.open {
            required(
                component,
                path,
                here,
                keys,
                names,
                ParameterFormat::Positional,
                findings,
            );
        }
        return none;
    };
    let at = join(here, &[keys.positional]);
    let Some((row, flat)) = row(given, keys.rows, names.len()) else {
        shape(
            given,
            &at,
            keys,
            names,
            ParameterFormat::Positional,
            findings,
        );
        return none;
    };
    if flat && names.len() > 1 {
        shape(
            given,
            &at,
            keys,
            names,
            ParameterFormat::Positional,
            findings,
        );
        return none;
    }
    if flat {
        let written = wrap(&row, true);
        let mut text = String::new();
        crate::json::write_value(&mut text, &written);
        let found = findings.find(&rules::EXAMPLE_FLAT, given, at.clone());
        found
            .param("part", keys.part)
            .param("suggestion", text)
            .fix(Fix::safe(
                "put the sample into a row",
                vec![operation(OperationKind::Replace, &at, Some(written))],
            ));
    }
    let mut row_path = at.clone();
    if keys.rows && !flat {
        row_path.push(Step::Index(0));
    }
    if row.len() != names.len() && !given.open {
        let found = findings.find(&rules::EXAMPLE_COUNT, given, at);
        found
            .param("part", keys.part)
            .param("expected", names.len())
            .param("found", row.len());
    }
    names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let node = row.get(index)?;
            let mut value_path = row_path.clone();
            if !matches!(given.value, Value::String(_)) {
                value_path.push(Step::Index(index));
            }
            sample(node, name, value_path, findings)
        })
        .collect()
}

/// The one row of samples, and whether it stands without the array around it.
fn row<'n, 't>(given: &'n Node<'t>, rows: bool, count: usize) -> Option<(Vec<&'n Node<'t>>, bool)> {
    let items = match &given.value {
        Value::String(_) if rows && count == 1 => return Some((vec![given], true)),
        Value::Array(items) => items,
        _ => return None,
    };
    let is_row = |item: &Node<'_>| matches!(item.value, Value::Array(_));
    if !rows {
        return (!items.iter().any(is_row)).then(|| (items.iter().collect(), false));
    }
    match items.as_slice() {
        [] => Some((Vec::new(), false)),
        [only] if is_row(only) => Some((only.as_array()?.iter().collect(), false)),
        many if many.iter().any(is_row) => None,
        flat => Some((flat.iter().collect(), true)),
    }
}

fn named<'n>(
    component: &Node<'_>,
    example: &'n Node<'_>,
    path: &[Step],
    here: &[Step],
    keys: Keys,
    names: &[&str],
    findings: &mut Findings<'_>,
) -> Vec<Option<&'n str>> {
    let none = vec![None; names.len()];
    let format = ParameterFormat::Named;
    let Some(given) = example.get(keys.named).filter(|n| !n.is_null()) else {
        if example.get(keys.positional).is_some() {
            shape(example, here, keys, names, format, findings);
        } else if !example.open {
            required(component, path, here, keys, names, format, findings);
        }
        return none;
    };
    let at = join(here, &[keys.named]);
    let Some(pairs) = given
        .as_array()
        .filter(|pairs| pairs.iter().all(|p| p.as_object().is_some()))
    else {
        shape(given, &at, keys, names, format, findings);
        return none;
    };
    let mut samples = none;
    for (index, pair) in pairs.iter().enumerate() {
        let pair_path = {
            let mut path = at.clone();
            path.push(Step::Index(index));
            path
        };
        let Some(name) = pair.get("param_name").and_then(Node::as_str) else {
            if !pair.open {
                shape(pair, &pair_path, keys, names, format, findings);
            }
            continue;
        };
        let value_path = join(&pair_path, &["example"]);
        let Some(place) = names.iter().position(|known| *known == name) else {
            stray(
                pair,
                name,
                &join(&pair_path, &["param_name"]),
                keys,
                names,
                findings,
            );
            continue;
        };
        let value = pair.get("example").filter(|n| !n.is_null());
        let text = match value {
            Some(node) => sample(node, name, value_path, findings),
            None if pair.open => None,
            None => {
                let found = findings.find(&rules::EXAMPLE_EMPTY, pair, pair_path);
                found.param("name", format!("{{{{{name}}}}}"));
                None
            }
        };
        if let Some(slot) = samples.get_mut(place) {
            *slot = text;
        }
    }
    let given_names: Vec<&str> = pairs
        .iter()
        .filter_map(|p| p.get("param_name")?.as_str())
        .filter(|n| names.contains(n))
        .collect();
    let distinct = names.iter().filter(|n| given_names.contains(n)).count();
    if (distinct != names.len() || given_names.len() != distinct)
        && !given.open
        && pairs.len() == given_names.len()
    {
        let found = findings.find(&rules::EXAMPLE_COUNT, given, at);
        found
            .param("part", keys.part)
            .param("expected", names.len())
            .param("found", given_names.len());
    }
    samples
}

/// A sample for a placeholder that the text does not have.
fn stray(
    pair: &Node<'_>,
    name: &str,
    path: &[Step],
    keys: Keys,
    names: &[&str],
    findings: &mut Findings<'_>,
) {
    let Some(node) = pair.get("param_name") else {
        return;
    };
    let bare = name.trim_matches(|c| matches!(c, '{' | '}' | ' '));
    let braced = names.contains(&bare);
    let meant = if braced {
        Some(bare)
    } else {
        closest(bare, names)
    };
    let found = findings.find(&rules::EXAMPLE_PARAM_NAME, node, path.to_vec());
    found.param("name", name).param("part", keys.part).param(
        "remedy",
        match meant {
            Some(meant) if braced => format!("write `{meant}`, without braces"),
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "delete it, or put its placeholder into the text".to_owned(),
        },
    );
    if let Some(meant) = meant {
        let patch = vec![replace(path, meant)];
        let title = format!("write `{meant}`");
        found.fix(if braced {
            Fix::safe(title, patch)
        } else {
            Fix::unsafe_(title, patch)
        });
    }
}

fn sample<'n>(
    node: &'n Node<'_>,
    name: &str,
    path: Vec<Step>,
    findings: &mut Findings<'_>,
) -> Option<&'n str> {
    let Some(text) = node.as_str() else {
        wrong_type(node, "the sample", "a text", path, findings);
        return None;
    };
    if text.trim().is_empty() && !node.open {
        let found = findings.find(&rules::EXAMPLE_EMPTY, node, path);
        found.param("name", format!("{{{{{name}}}}}"));
        return None;
    }
    Some(text)
}

fn required(
    component: &Node<'_>,
    path: &[Step],
    here: &[Step],
    keys: Keys,
    names: &[&str],
    format: ParameterFormat,
    findings: &mut Findings<'_>,
) {
    let key = match format {
        ParameterFormat::Positional => keys.positional,
        ParameterFormat::Named => keys.named,
    };
    let skeleton = skeleton(keys, names, format);
    let found = findings.find(&rules::EXAMPLE_REQUIRED, component, path.to_vec());
    found
        .param("part", keys.part)
        .param("example", format!("example.{key}"))
        .fix(Fix::unsafe_(
            "add samples to fill in",
            vec![operation(OperationKind::Add, here, Some(skeleton))],
        ));
}

/// Samples in Meta's shape, to be filled in.
fn skeleton(keys: Keys, names: &[&str], format: ParameterFormat) -> Node<'static> {
    let value = |name: &str| Node::text(format!("sample {name}"));
    match format {
        ParameterFormat::Positional => {
            let row = Node::array(names.iter().map(|n| value(n)).collect());
            let samples = if keys.rows {
                Node::array(vec![row])
            } else {
                row
            };
            Node::object(vec![(keys.positional, samples)])
        }
        ParameterFormat::Named => {
            let pair = |name: &&str| {
                Node::object(vec![
                    ("param_name", Node::text((*name).to_owned())),
                    ("example", value(name)),
                ])
            };
            Node::object(vec![(
                keys.named,
                Node::array(names.iter().map(pair).collect()),
            )])
        }
    }
}

fn shape(
    node: &Node<'_>,
    path: &[Step],
    keys: Keys,
    names: &[&str],
    format: ParameterFormat,
    findings: &mut Findings<'_>,
) {
    let expected = match (format, keys.rows) {
        (ParameterFormat::Positional, true) => format!(
            "one row of values inside an array: {{\"{}\": [[…]]}}",
            keys.positional
        ),
        (ParameterFormat::Positional, false) => format!(
            "one value in an array: {{\"{}\": [\"…\"]}}",
            keys.positional
        ),
        (ParameterFormat::Named, _) => {
            format!(
                "an array of names and values: {{\"{}\": [{{\"param_name\": …, \"example\": …}}]}}",
                keys.named
            )
        }
    };
    // Where the object around them is missing, the values get it, too.
    let outermost = path.last() == Some(&Step::from("example"));
    let mended = mended(node, keys, names, format).map(|samples| {
        if outermost {
            Node::object(vec![(keys.positional, samples)])
        } else {
            samples
        }
    });
    let found = findings.find(&rules::EXAMPLE_SHAPE, node, path.to_vec());
    found
        .param("part", keys.part)
        .param("expected", expected)
        .param(
            "remedy",
            if mended.is_some() {
                "put the same values into that shape"
            } else {
                "write the samples in that shape"
            },
        );
    if let Some(mended) = mended {
        let patch = vec![operation(OperationKind::Replace, path, Some(mended))];
        found.fix(Fix::safe("put the values into Meta's shape", patch));
    }
}

/// The same values in Meta's shape, when there is exactly one text for each placeholder.
fn mended(
    node: &Node<'_>,
    keys: Keys,
    names: &[&str],
    format: ParameterFormat,
) -> Option<Node<'static>> {
    if format != ParameterFormat::Positional {
        return None;
    }
    let mut values = Vec::new();
    match &node.value {
        Value::String(text) => values.push(text.to_string()),
        Value::Array(items) => {
            for item in items {
                match &item.value {
                    Value::String(text) => values.push(text.to_string()),
                    Value::Array(inner) => {
                        for value in inner {
                            values.push(value.as_str()?.to_owned());
                        }
                    }
                    _ => return None,
                }
            }
        }
        _ => return None,
    }
    if values.len() != names.len() || values.iter().any(|v| v.trim().is_empty()) {
        return None;
    }
    let row = Node::array(values.into_iter().map(Node::text).collect());
    Some(if keys.rows {
        Node::array(vec![row])
    } else {
        row
    })
}

fn wrap(row: &[&Node<'_>], rows: bool) -> Node<'static> {
    let inner = Node::array(row.iter().map(|n| (*n).clone().into_owned()).collect());
    if rows {
        Node::array(vec![inner])
    } else {
        inner
    }
}

fn join(path: &[Step], keys: &[&'static str]) -> Vec<Step> {
    path.iter()
        .cloned()
        .chain(keys.iter().map(|key| Step::from(*key)))
        .collect()
}
