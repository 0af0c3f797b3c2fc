//! The beginning of a file of rows, shown to a person before all of it is judged: which column is which
//! parameter, and what the first row has in it.

use super::columns::{Record, Table, name, nearest};
use super::format::{format_of, is_workbook, without_mark};
use super::{Batch, BatchOptions, Format};
use crate::payload::input::MEMBERS;
use crate::template::Template;
use serde::Serialize;

/// How the beginning of a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    /// What the rows are written in; a workbook has none that could be read.
    pub format: &'static str,
    /// The columns of a table, in order; lines of JSON have none.
    pub columns: Vec<HeadColumn>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadColumn {
    /// Its name, as the first line has it.
    pub name: String,
    /// The key that it stands for; none when it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The key that was probably meant, where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// What the first row has there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<String>,
}

impl Batch {
    /// Reads the line of names, and the row behind it if `bytes` reaches so far.
    pub fn head(template: &Template, options: &BatchOptions, bytes: &[u8]) -> Head {
        let text = without_mark(bytes);
        let mut columns = Vec::new();
        if is_workbook(text) {
            let format = "workbook";
            return Head { format, columns };
        }
        if options.format.unwrap_or_else(|| format_of(text)) == Format::Ndjson {
            let format = "ndjson";
            return Head { format, columns };
        }
        let mut records = records(text).into_iter();
        let first = records.next().unwrap_or_default();
        let samples = records.next().unwrap_or_default();
        let mut samples = samples.into_iter();
        let known = known(template);
        for field in first {
            let name = name(&field);
            let (key, suggestion) = key_of(&name, options, &known);
            let sample = samples
                .next()
                .map(|field| String::from_utf8_lossy(&field).into_owned())
                .filter(|text| !text.is_empty());
            columns.push(HeadColumn {
                name,
                key,
                suggestion,
                sample,
            });
        }
        let format = "csv";
        Head { format, columns }
    }
}

/// The keys that a column can stand for.
pub(super) fn known(template: &Template) -> Vec<String> {
    let mut known: Vec<String> = MEMBERS
        .iter()
        .filter(|key| **key != "values")
        .map(|key| (*key).to_owned())
        .collect();
    known.extend(template.slots().iter().map(|slot| slot.key.clone()));
    known
}

/// What a column stands for: a key, or else the one that was probably meant. One that is to stand for
/// nothing has neither.
pub(super) fn key_of(
    name: &str,
    options: &BatchOptions,
    known: &[String],
) -> (Option<String>, Option<String>) {
    let key = wanted(name, options);
    if known.iter().any(|known| known == key) {
        return (Some(key.to_owned()), None);
    }
    if key.is_empty() {
        return (None, None);
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    (None, nearest(key, &known))
}

/// The key that a column is to stand for: what the options say of it, else its own name.
pub(super) fn wanted<'k>(name: &'k str, options: &'k BatchOptions) -> &'k str {
    let asked = options.columns.iter().find(|(column, _)| column == name);
    asked.map_or(name, |(_, key)| key)
}

/// The first two records of a table that are not empty; the last one may be cut off where the bytes end.
fn records(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let mut table = Table::new(text);
    let mut records = Vec::new();
    let mut from = 0;
    while records.len() < 2 {
        // Nothing more to read is how the reader is told of the end.
        let rest = text.get(from..).unwrap_or_default();
        let (record, taken) = table.read(rest);
        from += taken;
        match record {
            Record::Whole if records.is_empty() && table.is_before_names() => {}
            Record::Whole => records.push(table.fields().map(<[u8]>::to_vec).collect()),
            Record::End => break,
            Record::More => {}
        }
    }
    records
}
