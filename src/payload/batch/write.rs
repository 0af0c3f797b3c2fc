//! What became of rows, as JSON text.

use super::BatchResult;
use crate::json::{write_integer, write_string};
use crate::report::diagnostics_to_json;

impl BatchResult {
    /// Everything but the payloads and the rows that they were made of; empty when there is nothing
    /// to say.
    pub fn notes(&self) -> String {
        let mut out = String::new();
        if self.rejected_rows == 0 && self.changed_rows == 0 && self.summary.is_empty() {
            return out;
        }
        out.push_str("{\"rejected\":[");
        for (n, row) in self.rejected.iter().enumerate() {
            out.push_str(if n > 0 { ",{" } else { "{" });
            number(&mut out, "\"row\":", row.row as usize);
            number(&mut out, ",\"line\":", row.line as usize);
            if let Some(to) = &row.to {
                out.push_str(",\"to\":");
                write_string(&mut out, to);
            }
            out.push_str(",\"diagnostics\":");
            out.push_str(&diagnostics_to_json(&row.diagnostics));
            out.push('}');
        }
        number(&mut out, "],\"rejectedRows\":", self.rejected_rows);
        out.push_str(",\"changed\":[");
        let mut between = "{";
        for row in &self.changed {
            // Changes come in the order of the parameters: one entry for each.
            for changes in row.changes.chunk_by(|one, next| one.key == next.key) {
                let Some(first) = changes.first() else {
                    continue;
                };
                out.push_str(between);
                between = ",{";
                number(&mut out, "\"row\":", row.row as usize);
                out.push_str(",\"key\":");
                write_string(&mut out, &first.key);
                out.push_str(",\"changes\":[");
                for (n, keyed) in changes.iter().enumerate() {
                    let change = &keyed.change;
                    out.push_str(if n > 0 { ",{" } else { "{" });
                    number(&mut out, "\"start\":", change.start);
                    number(&mut out, ",\"end\":", change.end);
                    for (name, text) in [
                        (",\"before\":", change.before.as_str()),
                        (",\"after\":", &change.after),
                        (",\"reason\":", change.reason),
                    ] {
                        out.push_str(name);
                        write_string(&mut out, text);
                    }
                    out.push('}');
                }
                out.push_str("]}");
            }
        }
        number(&mut out, "],\"changedRows\":", self.changed_rows);
        out.push_str(",\"summary\":{");
        for (n, (code, count)) in self.summary.iter().enumerate() {
            out.push_str(if n > 0 { "," } else { "" });
            write_string(&mut out, code);
            number(&mut out, ":", *count);
        }
        out.push_str("}}");
        out
    }
}

fn number(out: &mut String, name: &str, number: usize) {
    out.push_str(name);
    write_integer(out, i64::try_from(number).unwrap_or(i64::MAX));
}
