//! The rows of a table, once its line of names has said what they hold.

use super::Batch;
use super::columns::{self, Columns, Record, Table};
use super::head::{key_of, known, wanted};
use crate::document::examine;
use crate::json::Node;
use crate::payload::check::Filled;
use crate::rules;
use crate::text::clip;

impl Batch {
    /// Reads whole records; the answer is how many bytes they were.
    pub(super) fn table_rows(
        &mut self,
        table: &mut Table,
        bytes: &[u8],
        last: bool,
        defaults: &Node<'_>,
        filled: &Filled<'_, '_, '_>,
    ) -> usize {
        let mut from = 0;
        let mut line = Vec::new();
        loop {
            let rest = bytes.get(from..).unwrap_or_default();
            if rest.is_empty() && !last {
                return from;
            }
            let (record, taken) = table.read(rest);
            from += taken;
            let number = table.line();
            match record {
                Record::More => return from,
                Record::End => return from,
                Record::Whole => {}
            }
            self.line = number;
            if table.columns.is_none() && table.is_before_names() {
                continue;
            }
            let Some(columns) = &table.columns else {
                let names: Vec<String> = table.fields().map(columns::name).collect();
                table.columns = Some(self.columns(names));
                continue;
            };
            let blank = table.fields().all(|field| field.trim_ascii().is_empty());
            if blank {
                continue;
            }
            if !columns.faults.is_empty() {
                // Told once, at the line of names; no row can be right.
                let faults = match self.out.rejected_rows + self.reported.0 {
                    0 => columns.faults.clone(),
                    _ => Vec::new(),
                };
                self.reject(1, None, faults);
                self.row += 1;
                continue;
            }
            match columns.row(table.fields(), &mut line) {
                Ok(()) => {
                    line.push(b'\n');
                    self.row_of(&line, number, defaults, filled);
                }
                Err(rule) => self.flawed(rule, number),
            }
            self.row += 1;
        }
    }

    /// What the columns stand for; a name that nobody knows is counted, and told when a known one
    /// is near.
    fn columns(&mut self, names: Vec<String>) -> Columns {
        let known = known(&self.template);
        let mut columns = Columns::default();
        let (mut strangers, mut repeated) = (Vec::new(), Vec::new());
        for name in names {
            let (key, near) = key_of(&name, &self.options, &known);
            let target = wanted(&name, &self.options);
            if key.is_none() && !target.is_empty() {
                let mapped = target != name;
                strangers.push((target.to_owned(), near, mapped));
            }
            if key.is_some() && columns.keys.contains(&key) {
                repeated.extend(key.clone());
            }
            columns.keys.push(key);
        }
        for (name, near, mapped) in strangers {
            // A name that nobody knows is let be, but not a key that was asked for.
            let remedy = match near {
                Some(near) => {
                    format!("did you mean `{near}`? Rename the column, or map it with `columns`")
                }
                None if mapped => format!("map it to one of {}", known.join(", ")),
                None => {
                    self.tell(rules::COLUMN_IGNORED);
                    continue;
                }
            };
            let report = examine("{}", &self.options.check, |root, findings| {
                let found = findings.flag(rules::COLUMN_UNKNOWN, root);
                found.say("name", &clip(&name)).say("remedy", &remedy);
            });
            columns.faults.extend(report.diagnostics);
        }
        for key in repeated {
            let report = examine("{}", &self.options.check, |root, findings| {
                findings
                    .flag(rules::COLUMN_REPEATED, root)
                    .say("name", &key);
            });
            columns.faults.extend(report.diagnostics);
        }
        columns
    }
}
