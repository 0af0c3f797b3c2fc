//! Batches: the quick way and the whole way answer the same, tables are read as spreadsheets write
//! them, bytes may come in any pieces.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

mod support;

use serde_json::{Value, json};
use support::kinds::{NOW, kinds};
use support::templates::template as template_of;
use wa_preflight::findings::Options;
use wa_preflight::payload::batch::{Batch, BatchOptions, BatchResult, Format, Lines, QuickBuild};
use wa_preflight::report::Severity;
use wa_preflight::rules::{self, docs};
use wa_preflight::template::Template;

fn template() -> Template {
    compile(&json!({
        "name": "order_shipped", "language": "en_US", "category": "UTILITY",
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": "Hello {{1}}", "example": {"header_text": ["Ana"]}},
            {"type": "BODY", "text": "Your order {{1}} of {{2}} is on its way to {{3}}, thank you.",
             "example": {"body_text": [["A-17", "12 May", "Lyon"]]}},
            {"type": "BUTTONS", "buttons": [
                {"type": "QUICK_REPLY", "text": "Thanks"},
                {"type": "URL", "text": "Track", "url": "https://example.com/t/{{1}}", "example": ["https://example.com/t/1"]}
            ]},
        ],
    }))
}

fn compile(definition: &Value) -> Template {
    Template::compile(&definition.to_string(), &Options::default()).unwrap()
}

fn one(text: &str) -> Template {
    compile(&json!({
        "name": "one", "language": "en_US", "category": "UTILITY",
        "components": [{"type": "BODY", "text": text}],
    }))
}

fn partial() -> BatchOptions {
    BatchOptions {
        partial: true,
        most_reported: 1_000_000,
        ..BatchOptions::default()
    }
}

fn lines(result: &BatchResult) -> Vec<String> {
    let text = String::from_utf8(result.payloads.to_vec()).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn summary(result: &BatchResult, code: &str) -> usize {
    let found = result.summary.iter().find(|(known, _)| *known == code);
    found.map_or(0, |(_, count)| *count)
}

/// Small numbers in an order that only the seed decides.
struct Dice(u64);

impl Dice {
    fn next(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.next(from.len())]
    }

    fn text(&mut self) -> String {
        const USUAL: &[&str] = &[
            "Ana",
            "A-17",
            " ",
            "12 May",
            "José",
            "Zoë",
            "it’s",
            "–",
            "straße",
            "ab",
            "x",
            "7",
            ", ",
            "München",
            "日本",
            "مرحبا",
            "👩‍👩‍👧",
            "#1",
            "(ok)",
            "50%",
        ];
        const ODD: &[&str] = &[
            "\n",
            "\t",
            "  ",
            "     ",
            "{{1}}",
            "{",
            "}",
            "\"",
            "\\",
            "/",
            "\u{200b}",
            "\u{202e}",
            "\u{a0}",
            "\u{85}",
            "\u{ad}",
            "null",
            "undefined",
            "",
            "\u{7f}",
            "\u{1}",
            "\u{2028}",
            "\u{feff}",
            "می‌خواهم",
            "\u{e000}1\u{e001}",
        ];
        let mut out = String::new();
        let pieces = if self.next(40) == 0 {
            0
        } else {
            1 + self.next(5)
        };
        for _ in 0..pieces {
            out.push_str(if self.next(60) == 0 {
                self.pick(ODD)
            } else {
                self.pick(USUAL)
            });
        }
        if self.next(60) == 0 {
            out = out.repeat(40);
        }
        out
    }

    fn row(&mut self) -> Value {
        let mut values = serde_json::Map::new();
        for key in ["header.1", "body.1", "body.2", "body.3"] {
            let value = match self.next(20) {
                0 => json!(self.next(100_000)),
                1 => json!(12.5),
                2 if self.next(4) == 0 => Value::Null,
                3 if self.next(4) == 0 => json!({"date_time": {"fallback_value": self.text()}}),
                4 if self.next(6) == 0 => json!(true),
                _ => json!(self.text()),
            };
            if self.next(80) != 0 {
                values.insert(key.into(), value);
            }
        }
        if self.next(2) == 0 {
            values.insert("buttons.0".into(), json!(self.text()));
        }
        let suffixes = [
            "A-17",
            "x?id=1&b=2",
            "a/b",
            "../x",
            "%2e%2e",
            "",
            "a b",
            "/a",
            "é",
            "https://evil.example",
            "a//b",
            "v1.2",
        ];
        values.insert("buttons.1".into(), json!(self.pick(&suffixes)));
        if self.next(100) == 0 {
            values.insert("boddy.1".into(), json!("x"));
        }
        let numbers = [
            "+33612345678",
            "33612345678",
            "0612345678",
            "+1 (202) 555-0143",
            "5,21555E+12",
            "+123",
            "",
            "00336123456",
        ];
        let to = if self.next(5) == 0 {
            self.pick(&numbers).to_owned()
        } else {
            format!("+336{:08}", self.next(100_000_000))
        };
        let mut row = json!({"to": to});
        if self.next(8) == 0 {
            row["callbackData"] = json!(self.text());
        }
        if self.next(2) == 0 {
            row["values"] = Value::Object(values);
        } else {
            row.as_object_mut().unwrap().extend(values);
        }
        row
    }
}

/// What `build` would be given for a row.
fn message_of(row: &Value) -> Value {
    const MEMBERS: &[&str] = &[
        "to",
        "callbackData",
        "replyTo",
        "recipient",
        "recipientType",
    ];
    let mut message = json!({"values": {}});
    for (key, value) in row.as_object().unwrap() {
        if MEMBERS.contains(&key.as_str()) {
            message[key] = value.clone();
        } else if key == "values" {
            message["values"]
                .as_object_mut()
                .unwrap()
                .extend(value.as_object().unwrap().clone());
        } else {
            message["values"][key] = value.clone();
        }
    }
    message
}

#[test]
fn rows_get_what_build_gives() {
    let template = template();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let rows: Vec<Value> = (0..20_000).map(|_| dice.row()).collect();
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    for sanitize in [false, true] {
        let options = BatchOptions {
            sanitize,
            ..partial()
        };
        let result = Batch::all(&template, options, text.as_bytes()).unwrap();
        let mut payloads = lines(&result).into_iter();
        let mut accepted = result.rows.iter();
        let mut rejected = result.rejected.iter();
        for (number, row) in rows.iter().enumerate() {
            let message = message_of(row).to_string();
            match template.build(&message, &Options::default(), sanitize) {
                Ok(expected) => {
                    assert_eq!(
                        *accepted.next().unwrap() as usize,
                        number,
                        "row {number}: {row}"
                    );
                    assert_eq!(payloads.next().unwrap(), expected, "row {number}: {row}");
                }
                Err(report) => {
                    let found = rejected.next().unwrap();
                    assert_eq!(
                        (found.row as usize, found.line as usize),
                        (number, number + 1),
                        "{row}"
                    );
                    let codes =
                        |diagnostics: &[wa_preflight::report::Diagnostic]| -> Vec<&'static str> {
                            // A row's own order of members is not the message's.
                            let mut codes: Vec<&str> = diagnostics.iter().map(|d| d.code).collect();
                            codes.sort_unstable();
                            codes
                        };
                    assert_eq!(
                        codes(&found.diagnostics),
                        codes(&report.diagnostics),
                        "row {number}: {row}"
                    );
                }
            }
        }
        assert!(
            payloads.next().is_none() && accepted.next().is_none() && rejected.next().is_none()
        );
        assert!(
            result.rows.len() > 5_000 && result.rejected_rows > 5_000,
            "both kinds of rows are there"
        );
        assert_eq!(result.changed_rows > 0, sanitize);
    }
}

/// What the quick way of one message makes of it.
fn quickly(quick: &mut QuickBuild, template: &Template, message: &str) -> Option<String> {
    let line = format!("{message}\n");
    let mut out = Lines::default();
    let done = quick.build(template, line.as_bytes(), line.len(), &mut out);
    // What an earlier message left behind this one changes nothing.
    let desk = format!("{line}\"}}}}\n{{\"to\":\"+33612345678\",\"values\":{{}}}}\n");
    let mut again = Lines::default();
    assert_eq!(
        done,
        quick.build(template, desk.as_bytes(), line.len(), &mut again)
    );
    done.then(|| {
        assert_eq!(*out, *again, "{line}");
        let text = std::str::from_utf8(&out).unwrap();
        text.strip_suffix('\n').unwrap().to_owned()
    })
}

#[test]
fn one_message_by_the_quick_way_is_what_build_gives() {
    let template = template();
    let mut quick = QuickBuild::new(&template);
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let row = dice.row();
        // A row of a table is no message: what stands beside `values` needs a look.
        for message in [row.to_string(), message_of(&row).to_string()] {
            let whole = template.build(&message, &Options::default(), false);
            refused += usize::from(whole.is_err());
            if let Some(payload) = quickly(&mut quick, &template, &message) {
                taken += 1;
                assert_eq!(
                    Ok(payload),
                    whole.map_err(|report| format!("{report:?}")),
                    "{message}"
                );
            }
        }
    }
    assert!(
        taken > 1_000 && refused > 5_000,
        "{taken} taken, {refused} refused"
    );
    for kind in kinds() {
        let template = template_of(&kind.definition);
        let mut quick = QuickBuild::new(&template);
        let overs = kind.faults.iter().map(|(over, _)| over.clone());
        for over in [json!({})].into_iter().chain(overs) {
            let mut values = kind.values.clone();
            for (key, value) in over.as_object().unwrap() {
                values[key] = value.clone();
            }
            let message = json!({"to": "+33612345678", "values": values}).to_string();
            if let Some(payload) = quickly(&mut quick, &template, &message) {
                let whole = template.build(&message, &Options::default(), false);
                assert_eq!(
                    Ok(payload),
                    whole.map_err(|report| format!("{report:?}")),
                    "{message}"
                );
            }
        }
    }
    // Two messages are not one.
    let good = json!({"to": "+33612345678", "values": {"header.1": "Ana", "body.1": "a", "body.2": "b", "body.3": "c", "buttons.1": "d"}});
    assert!(quickly(&mut quick, &template, &good.to_string()).is_some());
    assert!(quickly(&mut quick, &template, &format!("{good}\n{good}")).is_none());
}

/// Every kind of template through both ways: rows that fit and rows with each fault of the kind.
#[test]
fn every_kind_gets_what_build_gives() {
    for kind in kinds() {
        let template = template_of(&kind.definition);
        let overs = kind.faults.iter().map(|(over, _)| over.clone());
        let mut rows = String::new();
        let mut expected = Vec::new();
        let options = Options {
            now: Some(NOW),
            ..Options::default()
        };
        for (number, over) in [json!({})].into_iter().chain(overs).enumerate() {
            let mut values = kind.values.clone();
            for (key, value) in over.as_object().unwrap() {
                values[key] = value.clone();
            }
            let message =
                json!({"to": format!("+3361234{number:04}"), "values": values}).to_string();
            expected.extend(template.build(&message, &options, false));
            rows.push_str(&message);
            rows.push('\n');
        }
        let options = BatchOptions {
            check: options,
            ..partial()
        };
        let result = Batch::all(&template, options, rows.as_bytes()).unwrap();
        assert_eq!(lines(&result), expected, "{}", kind.name);
    }
}

#[test]
fn codes_that_meta_refuses_are_refused_in_rows() {
    let template = template_of(
        &json!({"category": "AUTHENTICATION", "components": [{"type": "BODY"}, {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}]}),
    );
    let codes = ["123456", "J$FpnYnP", "12\u{1f511}", "www.a.example", "null"];
    let rows: String = codes
        .iter()
        .enumerate()
        .map(|(n, code)| {
            json!({"to": format!("+3361234567{n}"), "body.1": code}).to_string() + "\n"
        })
        .collect();
    let result = Batch::all(&template, partial(), rows.as_bytes()).unwrap();
    assert_eq!(result.rows, [0, 1, 4]);
    assert_eq!(summary(&result, "code-not-plain"), 2);
    assert_eq!(summary(&result, "value-looks-empty"), 1);
}

#[test]
fn bytes_may_come_in_any_pieces() {
    let template = template();
    let mut dice = Dice(7);
    let ndjson: String = (0..300).map(|_| format!("{}\r\n", dice.row())).collect();
    let mut csv = String::from("\u{feff}to;body.1;header.1;body.2;body.3;buttons.1\r\n");
    for n in 0..300 {
        csv.push_str(&format!(
            "+336{n:08};\"A;{n}\";\"Ana \"\"B\"\"\";May;\"Lyon\";x{n}\r\n"
        ));
    }
    for text in [ndjson, csv] {
        let whole = Batch::all(&template, partial(), text.as_bytes()).unwrap();
        assert!(whole.rows.len() > 20, "{:?}", whole.rejected.first());
        for size in [1, 2, 3, 7, 64, 1000] {
            let mut batch = Batch::new(&template, partial()).unwrap();
            let (mut payloads, mut rows, mut rejected) = (Vec::new(), Vec::new(), 0);
            let mut take = |result: BatchResult| {
                payloads.extend_from_slice(&result.payloads);
                rows.extend(result.rows);
                rejected += result.rejected_rows;
            };
            for piece in text.as_bytes().chunks(size) {
                take(batch.push(piece));
            }
            take(batch.end());
            assert_eq!(
                (&payloads[..], &rows, rejected),
                (&whole.payloads[..], &whole.rows, whole.rejected_rows),
                "{size}"
            );
        }
    }
}

#[test]
fn tables_as_spreadsheets_write_them() {
    let template = one("Your order {{1}} is on its way to you.");
    for (table, accepted, rejected) in [
        ("to,body.1\n+33612345678,A-17\n", 1, 0),
        ("to;body.1\r\n+33612345678;A-17\r\n+33612345679;A-18", 2, 0),
        ("to\tbody.1\n+33612345678\tA,17\n", 1, 0),
        (
            "\u{feff}\"to\",\"body.1\"\n\"+33612345678\",\"A \"\"17\"\"\"\n",
            1,
            0,
        ),
        // A line break inside quotes belongs to the value, where Meta does not take it.
        (
            "to,body.1\n+33612345678,\"A\n17\"\n+33612345679,A-18\n",
            1,
            1,
        ),
        ("to,body.1\n5,21555E+12,A-17\n", 0, 1),
        ("to;body.1\n5,21555E+12;A-17\n", 0, 1),
        (
            "to,body.1,remarks\n+33612345678,A-17,called\n\n+33612345679,A-18,\n",
            2,
            0,
        ),
        ("to,body.1\n+33612345678,\n", 0, 1),
        ("to,body.1\n+33612345678,A-17,more\n", 0, 1),
        ("phone,body.1\n+33612345678,A-17\n", 0, 1),
        ("to, body.1 \n+33612345678,A-17\n", 1, 0),
        ("", 0, 0),
        ("to,body.1", 0, 0),
    ] {
        let result = Batch::all(&template, partial(), table.as_bytes()).unwrap();
        assert_eq!(
            (result.rows.len(), result.rejected_rows),
            (accepted, rejected),
            "{table:?}: {:?}",
            result.rejected
        );
    }
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let template = one("Your order {{1}} is on its way to you.");
    let table = "to,body.1\n+33612345678,\"A\n17\"\n\n+33612345679,\n";
    let result = Batch::all(&template, partial(), table.as_bytes()).unwrap();
    let places: Vec<(u32, u32)> = result.rejected.iter().map(|r| (r.row, r.line)).collect();
    assert_eq!(places, [(0, 2), (1, 5)]);
}

#[test]
fn columns_defaults_and_countries() {
    let template = template();
    let options = BatchOptions {
        columns: vec![("Téléphone".into(), "to".into()), ("Commande".into(), "body.1".into())],
        defaults: json!({"values": {"header.1": "Ana", "body.2": "12 May", "body.3": "Lyon", "buttons.1": "x"}}).to_string(),
        country: Some("FR".into()),
        ..partial()
    };
    let table = "Téléphone;Commande\n06 12 34 56 78;A-17\n+44 7700 900123;A-18\n";
    let result = Batch::all(&template, options, table.as_bytes()).unwrap();
    let lines = lines(&result);
    assert_eq!(lines.len(), 2, "{:?}", result.rejected);
    assert!(lines[0].contains("\"to\":\"+33612345678\"") && lines[0].contains("\"text\":\"Lyon\""));
    assert!(lines[1].contains("\"to\":\"+447700900123\""));
}

#[test]
fn the_beginning_of_a_table_is_told_before_it_is_judged() {
    let template = template();
    let head = |options: &BatchOptions, text: &str| {
        let head = Batch::head(&template, options, text.as_bytes());
        let mut told = vec![head.format.to_owned()];
        for column in head.columns {
            told.push(format!(
                "{} = {} ({}) {}",
                column.name,
                column.key.as_deref().unwrap_or("-"),
                column.suggestion.as_deref().unwrap_or("-"),
                column.sample.as_deref().unwrap_or("-"),
            ));
        }
        told
    };
    let table = "\u{feff}\n phone;body.1;Body 2;\"Notes\"\n\n0612;\"A;B\nC\";;x\n0613;D;E;y\n";
    let plain = BatchOptions::default();
    assert_eq!(
        head(&plain, table),
        [
            "csv",
            "phone = - (to) 0612",
            "body.1 = body.1 (-) A;B\nC",
            "Body 2 = - (body.2) -",
            "Notes = - (-) x",
        ]
    );
    let mapped = BatchOptions {
        columns: vec![
            ("phone".to_owned(), "to".to_owned()),
            ("body.1".to_owned(), String::new()),
            ("Notes".to_owned(), "boddy.3".to_owned()),
        ],
        ..BatchOptions::default()
    };
    assert_eq!(
        head(&mapped, table),
        [
            "csv",
            "phone = to (-) 0612",
            "body.1 = - (-) A;B\nC",
            "Body 2 = - (body.2) -",
            "Notes = - (body.3) x",
        ]
    );
    // A beginning that ends anywhere is no trouble, and lines of JSON have no columns.
    for end in 0..table.len() {
        let cut = String::from_utf8_lossy(&table.as_bytes()[..end]).into_owned();
        assert!(head(&plain, &cut).len() <= 5, "{cut:?}");
    }
    assert_eq!(head(&plain, "{\"to\": \"+33612345678\"}\n"), ["ndjson"]);
    let as_csv = BatchOptions {
        format: Some(Format::Csv),
        ..BatchOptions::default()
    };
    assert_eq!(head(&as_csv, "{to\n"), ["csv", "{to = - (to) -"]);
}

#[test]
fn one_bad_row_stops_a_batch_that_is_not_partial() {
    let template = one("Your order {{1}} is on its way to you.");
    let rows = "{\"to\":\"+33612345678\",\"body.1\":\"A\"}\n{\"to\":\"+33612345679\"}\n";
    let whole = BatchOptions {
        most_reported: 10,
        ..BatchOptions::default()
    };
    let result = Batch::all(&template, whole, rows.as_bytes()).unwrap();
    assert_eq!(
        (
            result.payloads.len(),
            result.rows.len(),
            result.rejected_rows
        ),
        (0, 0, 1)
    );
    let wrong = BatchOptions {
        defaults: "[1]".into(),
        ..partial()
    };
    assert_eq!(
        Batch::all(&template, wrong, b"").unwrap_err().diagnostics[0].code,
        "wrong-type"
    );
}

#[test]
fn what_is_not_utf8_is_named() {
    let template = one("Your order {{1}} is on its way to you.");
    let result = Batch::all(&template, partial(), b"to,body.1\n+33612345678,caf\xe9\n").unwrap();
    let diagnostic = &result.rejected[0].diagnostics[0];
    assert_eq!(diagnostic.code, "row-encoding");
    assert!(
        diagnostic.message.contains("Windows-1252"),
        "{}",
        diagnostic.message
    );
    let result = Batch::all(
        &template,
        partial(),
        b"{\"to\":\"+33612345678\",\"body.1\":\"caf\xe9\"}\n",
    )
    .unwrap();
    assert_eq!(result.rejected[0].diagnostics[0].code, "row-encoding");
}

#[test]
fn a_recipient_with_two_rows_is_counted() {
    let template = one("Your order {{1}} is on its way to you.");
    let rows = "{\"to\":\"+33612345678\",\"body.1\":\"A\"}\n{\"to\":\"0033 6 12 34 56 78\",\"body.1\":\"B\"}\n";
    let result = Batch::all(&template, partial(), rows.as_bytes()).unwrap();
    assert_eq!(
        (result.rows.len(), summary(&result, "recipient-repeated")),
        (2, 1)
    );
}

#[test]
fn a_recipient_with_two_rows_is_rejected_where_a_policy_says_so() {
    let template = one("Your order {{1}} is on its way to you.");
    let mut options = partial();
    let rule = docs()
        .into_iter()
        .find(|doc| doc.rule.code == "recipient-repeated")
        .unwrap()
        .rule;
    options
        .check
        .policy
        .insert(rule.index(), Some(Severity::Error));
    // Plain rows, and one that goes the whole way.
    let rows = [
        json!({"to": "+33612345678", "body.1": "A-17"}),
        json!({"to": "+33612345679", "body.1": "A-18"}),
        json!({"to": "+33612345678", "body.1": "A-19"}),
        json!({"to": "+33 6 12 34 56 79", "body.1": "A-20"}),
    ];
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let result = Batch::all(&template, options, text.as_bytes()).unwrap();
    assert_eq!(result.rows, [0, 1]);
    assert_eq!(lines(&result).len(), 2);
    let rejected: Vec<(u32, u32, &str)> = result
        .rejected
        .iter()
        .map(|row| (row.row, row.line, row.diagnostics[0].code))
        .collect();
    let code = "recipient-repeated";
    assert_eq!(rejected, [(2, 3, code), (3, 4, code)]);
    let told = &result.rejected[0].diagnostics[0].message;
    assert_eq!(told, "`+33612345678` has another row in this batch");
    assert_eq!(summary(&result, code), 2);
}

#[test]
fn the_rules_of_rows_have_samples() {
    let mut judged = 0;
    for doc in docs().iter().filter(|doc| doc.part == "rows") {
        for (sample, shown) in [(doc.bad, true), (doc.good, false)] {
            let sample: Value = serde_json::from_str(sample).unwrap();
            let template = compile(&sample["template"]);
            let text = sample["rows"].as_str().unwrap();
            // Of Windows-1252 the samples have only what its first half and Latin-1 have, too.
            let rows: Vec<u8> = match sample["bytes"].as_str() {
                Some("windows-1252") => text.chars().map(|c| u8::try_from(c).unwrap()).collect(),
                _ => text.into(),
            };
            let result = Batch::all(&template, partial(), &rows).unwrap();
            assert_eq!(
                summary(&result, doc.rule.code) > 0,
                shown,
                "{}: {sample}",
                doc.rule.code
            );
            judged += 1;
        }
    }
    assert_eq!(judged, 14);
}

#[test]
fn formats_may_be_given() {
    let template = one("Your order {{1}} is on its way to you.");
    let options = BatchOptions {
        format: Some(Format::Ndjson),
        ..partial()
    };
    let result = Batch::all(&template, options, b"to,body.1\n").unwrap();
    assert_eq!(result.rejected[0].diagnostics[0].code, "text-not-json");
    let array = b"[{\"to\":\"+33612345678\",\"body.1\":\"A\"}]\n";
    let result = Batch::all(&template, partial(), array).unwrap();
    assert_eq!(result.rejected_rows, 1);
}

/// Nobody looks at the defaults again for each row: with anything to say of them, rows go the whole way.
#[test]
fn defaults_are_judged_with_every_row() {
    let template = compile(&json!({
        "name": "ready", "language": "en_US", "category": "UTILITY",
        "components": [{"type": "HEADER", "format": "IMAGE"},
            {"type": "BODY", "text": "Your order {{1}} of {{2}} is on its way."}],
    }));
    let image = "https://cdn.example/a.png";
    let long = "y".repeat(900);
    for defaults in [
        json!({"values": {"header.image": image, "body.2": "y\ny"}}),
        json!({"values": {"header.image": image, "body.2": " "}}),
        json!({"values": {"header.image": image, "body.2": long}}),
        json!({"values": {"header.image": image, "body.2": "\u{e000}0\u{e001}"}}),
        json!({"values": {"header.image": "https://localhost/a.png", "body.2": "y"}}),
        json!({"values": {"header.image": "http://cdn.example/a.png", "body.2": "y"}}),
        json!({"values": {"header.image": {"link": image, "caption": "x"}, "body.2": "y"}}),
        json!({"values": {"header.image": image, "body.2": "y", "body.9": "z"}}),
        json!({"values": {"header.image": image, "body.2": "y"}, "callbackData": "x".repeat(600)}),
        json!({"values": {"header.image": image, "body.2": "y"}, "callbackData": 5}),
        json!({"values": {"header.image": image, "body.2": "y"}, "replyTo": "x"}),
        json!({"values": {"header.image": image, "body.2": "y"}, "recipientType": "group"}),
        json!({"values": {"header.image": image, "body.2": "y"}, "foo": "x"}),
        json!({"values": {"header.image": image, "body.2": "y"}}),
    ] {
        // The same row, once so that the whole way reads it.
        let escaped = "{\"to\":\"+33612345678\",\"values\":{\"body.1\":\"\\u0041A\"}}\n";
        let plain = "{\"to\":\"+33612345678\",\"values\":{\"body.1\":\"AA\"}}\n";
        let wide = plain.replace("AA", &"A".repeat(200));
        let run = |rows: &str| {
            let options = BatchOptions {
                defaults: defaults.to_string(),
                ..partial()
            };
            let result = Batch::all(&template, options, rows.as_bytes()).unwrap();
            (lines(&result), result.rejected_rows, result.summary)
        };
        assert_eq!(run(plain), run(escaped), "{defaults}");
        let escaped = wide.replacen('A', "\\u0041", 1);
        assert_eq!(run(&wide), run(&escaped), "{defaults}");
    }
}

#[test]
fn a_comma_wants_another_key_wherever_it_stands() {
    let template = one("Your order {{1}} is on its way.");
    for row in [
        r#"{"to":"+33612345678","values":{"body.1":"A"},}"#,
        r#"{"values":{"body.1":"A"},"to":"+33612345678",}"#,
        r#"{"to":"+33612345678","values":{"body.1":"A",}}"#,
    ] {
        let result = Batch::all(&template, partial(), format!("{row}\n").as_bytes()).unwrap();
        assert_eq!(
            (lines(&result).len(), result.rejected_rows),
            (0, 1),
            "{row}"
        );
        // A row that is no JSON is told so, and nothing else.
        assert_eq!(result.summary, [("text-not-json", 1)], "{row}");
    }
}

#[test]
fn tables_begin_as_spreadsheets_let_them() {
    let template = one("Your order {{1}} is on its way.");
    for table in [
        "to;body.1\n+33612345678;A\n",
        ";;\n;\nto;body.1\n+33612345678;A\n",
        "sep=;\nto;body.1\n+33612345678;A\n",
        "\n \nto;body.1\n+33612345678;A\n",
        "\"to\";\"body.1\"\n+33612345678;A\n",
        "\"to\n\";\"body.1\"\n+33612345678;A\n",
        "{{1}};to\nA;+33612345678\n",
    ] {
        let options = || BatchOptions {
            columns: vec![("{{1}}".to_owned(), "body.1".to_owned())],
            ..partial()
        };
        let whole = Batch::all(&template, options(), table.as_bytes()).unwrap();
        assert_eq!(
            (lines(&whole).len(), whole.rejected_rows),
            (1, 0),
            "{table}"
        );
        let head = Batch::head(&template, &options(), table.as_bytes());
        assert_eq!((head.format, head.columns.len()), ("csv", 2), "{table}");
        for size in 1..table.len() {
            let mut batch = Batch::new(&template, options()).unwrap();
            let mut payloads = Vec::new();
            for piece in table.as_bytes().chunks(size) {
                payloads.extend_from_slice(&batch.push(piece).payloads);
            }
            payloads.extend_from_slice(&batch.end().payloads);
            assert_eq!(payloads, *whole.payloads, "{table} {size}");
        }
    }
}

#[test]
fn columns_that_cannot_be_meant_are_told() {
    let template = one("Your order {{1}} is on its way.");
    for (table, columns, code) in [
        (
            "phone,body.1\n+33612345678,A\n",
            vec![("phone", "nope")],
            "column-unknown",
        ),
        (
            "phone,body.1\n+33612345678,A\n",
            vec![("phone", "boddy.1")],
            "column-unknown",
        ),
        (
            "to,body.1,body.1\n+33612345678,A,B\n",
            vec![],
            "column-repeated",
        ),
        (
            "to,phone,body.1\n+33612345678,+33612345679,B\n",
            vec![("phone", "to")],
            "column-repeated",
        ),
    ] {
        let columns = columns
            .iter()
            .map(|(name, key)| ((*name).to_owned(), (*key).to_owned()));
        let options = BatchOptions {
            columns: columns.collect(),
            ..partial()
        };
        let result = Batch::all(&template, options, table.as_bytes()).unwrap();
        assert_eq!(result.rejected_rows, 1, "{table}");
        assert_eq!(result.rejected[0].diagnostics[0].code, code, "{table}");
    }
}

/// What is said with every message of a template, or of blanks that only Unicode knows, is said of rows, too.
#[test]
fn plain_rows_are_told_what_single_messages_are() {
    let hello = compile(
        &json!({"name": "hello_world", "language": "en_US", "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Welcome and congratulations."}]}),
    );
    let result = Batch::all(
        &hello,
        partial(),
        b"{\"to\":\"+33612345678\",\"values\":{}}\n",
    )
    .unwrap();
    assert_eq!(result.summary, [("template-test-only", 1)]);
    let template = one("Your order {{1}} is on its way.");
    for value in [
        "null\u{a0}",
        "\u{a0}undefined",
        "\u{3000}None\u{3000}",
        "#N/A",
        " (null)",
        "Invalid Date",
    ] {
        let row = json!({"to": "+33612345678", "values": {"body.1": value}}).to_string();
        let result = Batch::all(&template, partial(), format!("{row}\n").as_bytes()).unwrap();
        assert_eq!(result.summary, [("value-looks-empty", 1)], "{row}");
    }
    for (to, code) in [
        ("+5355551234", "recipient-country"),
        ("+963933123456", "recipient-country"),
    ] {
        let row = json!({"to": to, "values": {"body.1": "A"}}).to_string();
        let result = Batch::all(&template, partial(), format!("{row}\n").as_bytes()).unwrap();
        assert_eq!(result.summary, [(code, 1)], "{row}");
    }
}

#[test]
fn of_a_key_that_stands_twice_no_value_is_chosen() {
    let template = compile(&json!({
        "name": "two", "language": "en_US", "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Your order {{1}} comes on {{2}} at last, thank you."}],
    }));
    let right = r#"{"to":"+33612345678","body.1":"A","body.2":"B"}"#;
    let turned = r#"{"to":"+33612345679","body.2":"B","body.1":"A"}"#;
    let bad = [
        r#"{"to":"+33612345671","to":"+33612345672","body.1":"A","body.2":"B"}"#,
        r#"{"to":"+33612345673","body.1":"A","body.2":"B","body.1":"C"}"#,
        r#"{"to":"+33612345674","values":{"body.1":"A","body.2":"B"},"body.1":"C"}"#,
        r#"{"to":"+33612345674","body.1":"C","values":{"body.1":"A","body.2":"B"}}"#,
        r#"{"to":"+33612345675","values":{"body.1":"A"},"values":{"body.2":"B"}}"#,
        r#"{"to":"+33612345675","values":{"body.1":"A","body.2":"B","body.\u0031":"C"}}"#,
    ];
    let mut rows = vec![right, turned, right, turned];
    rows.extend(bad);
    let bytes = rows.join("\n");
    let result = Batch::all(&template, partial(), bytes.as_bytes()).unwrap();
    assert_eq!(*result.rows, [0, 1, 2, 3]);
    let codes: Vec<_> = result
        .rejected
        .iter()
        .map(|rejected| (rejected.row, rejected.diagnostics[0].code))
        .collect();
    let expected: Vec<_> = (4..10).map(|row| (row, "key-repeated")).collect();
    assert_eq!(codes, expected);
    // Where it is let be, the last one counts, as JSON readers have it; it is told all the same.
    let mut options = partial();
    let index = rules::KEY_REPEATED.index();
    options.check.policy.insert(index, Some(Severity::Warning));
    let result = Batch::all(&template, options, bytes.as_bytes()).unwrap();
    assert_eq!(result.rejected_rows, 0, "{:?}", result.rejected);
    assert_eq!(summary(&result, "key-repeated"), 6);
    let written = lines(&result);
    assert!(written[4].contains("+33612345672") && written[5].contains("\"C\""));
}

#[test]
fn a_workbook_is_called_one() {
    let template = one("Your order {{1}} is on its way to you.");
    let xlsx = b"PK\x03\x04\x14\x00\x06\x00\x08\x00\n\x00xl/workbook.xml\n\x00,\x01\n".as_slice();
    let xls = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00\n\x00\x00".as_slice();
    for bytes in [xlsx, xls] {
        let options = partial();
        assert_eq!(Batch::head(&template, &options, bytes).format, "workbook");
        let result = Batch::all(&template, options, bytes).unwrap();
        assert_eq!((result.rejected_rows, result.rows.len()), (1, 0));
        assert_eq!(result.rejected[0].diagnostics[0].code, "rows-workbook");
        // In pieces, too, and once.
        let mut batch = Batch::new(&template, partial()).unwrap();
        let mut rejected = 0;
        for piece in bytes.chunks(1) {
            rejected += batch.push(piece).rejected_rows;
        }
        assert_eq!(rejected + batch.end().rejected_rows, 1);
    }
    // A table may begin with these letters.
    let table = b"PK,to,body.1\n1,+33612345678,A-17\n";
    let result = Batch::all(&template, partial(), table).unwrap();
    assert_eq!(*result.rows, [0]);
}
