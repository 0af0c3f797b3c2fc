//! Files that are written from the catalogue: `UPDATE=1 cargo test --test generated` writes them, and
//! without it the test fails when one is not current.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;
use wa_preflight::limits::LIMITS;
use wa_preflight::report::{Evidence, Severity};
use wa_preflight::rules::{RuleDoc, docs, url};

const HEAD: &str =
    "written from src/rules and src/limits.rs; to renew: UPDATE=1 cargo test --test generated";

fn current(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        return;
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "{file} is not current: run UPDATE=1 cargo test --test generated"
    );
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Documented => "Meta's documentation says so",
        Evidence::Observed => "Meta's error was seen",
        Evidence::Inferred => "providers say so, or it follows",
        Evidence::Policy => "our own rule of safety; `options.policy` can lower it",
    }
}

#[test]
fn type_script_unions() {
    let mut out = format!("// {HEAD}\n\n/** The name of a rule. */\nexport type RuleCode =");
    for doc in docs() {
        write!(out, "\n  | \"{}\"", doc.rule.code).unwrap();
    }
    out.push_str(";\n\n/** The name of a limit. */\nexport type LimitName =");
    for row in LIMITS {
        write!(out, "\n  | \"{}\"", row.name).unwrap();
    }
    out.push_str(";\n");
    current("js/generated.d.ts", &out);
}

fn meta(doc: &RuleDoc) -> Option<Value> {
    let (code, subcode) = doc.rule.meta;
    (code != 0).then(|| {
        if subcode == 0 {
            json!({"code": code})
        } else {
            json!({"code": code, "subcode": subcode})
        }
    })
}

#[test]
fn rules_json() {
    let rows: Vec<Value> = docs()
        .iter()
        .map(|doc| {
            let mut row = json!({
                "code": doc.rule.code, "severity": severity(doc.rule.severity), "part": doc.rule.part,
                "what": doc.rule.what, "message": doc.rule.message, "help": doc.rule.help, "why": doc.why,
                "bad": doc.bad, "good": doc.good,
                "evidence": format!("{:?}", doc.rule.evidence).to_lowercase(),
                "source": doc.source, "checked": doc.checked, "url": url(doc.rule.code),
            });
            if let Some(meta) = meta(doc) {
                row["meta"] = meta;
            }
            row
        })
        .collect();
    let limits: Vec<Value> = LIMITS
        .iter()
        .map(|row| serde_json::to_value(row).unwrap())
        .collect();
    let text = serde_json::to_string_pretty(&json!({"rules": rows, "limits": limits})).unwrap();
    current("js/rules.json", &format!("{text}\n"));
}

#[test]
fn rules_page() {
    let mut out = format!("<!-- {HEAD} -->\n\n# The rules\n\n");
    out.push_str("What is checked, why, how to mend it, and how we know. Samples are laid over a plain valid\n");
    out.push_str(
        "definition; `limits` in a sample lowers a limit so that the sample can be short.\n",
    );
    let mut part = "";
    for doc in docs() {
        if doc.rule.part != part {
            part = doc.rule.part;
            writeln!(out, "\n## {part}\n").unwrap();
        }
        writeln!(out, "### {}\n", doc.rule.code).unwrap();
        writeln!(
            out,
            "**{}**: {}.\n",
            severity(doc.rule.severity),
            doc.rule.what
        )
        .unwrap();
        writeln!(out, "{}\n", doc.why).unwrap();
        if !doc.rule.help.is_empty() {
            writeln!(out, "*What to do:* {}.\n", doc.rule.help).unwrap();
        }
        writeln!(
            out,
            "```json bad\n{}\n```\n\n```json good\n{}\n```\n",
            doc.bad, doc.good
        )
        .unwrap();
        let meta = match doc.rule.meta {
            (0, _) => "Meta's error: none known".to_owned(),
            (code, 0) => format!("Meta's error: {code}"),
            (code, subcode) => format!("Meta's error: {code}, subcode {subcode}"),
        };
        writeln!(
            out,
            "{meta} · {} · [source]({}), read {}\n",
            evidence(doc.rule.evidence),
            doc.source,
            doc.checked
        )
        .unwrap();
    }
    out.push_str("\n## limits\n\n| name | at most | unit | of | source | read |\n|---|---|---|---|---|---|\n");
    for row in LIMITS {
        writeln!(
            out,
            "| `{}` | {} | {} | {} | [page]({}) | {} |",
            row.name, row.max, row.unit, row.noun, row.source, row.checked
        )
        .unwrap();
    }
    current("docs/rules.md", &out);
}

/// Every limit is used by a check, so that no number stands there for nothing.
#[test]
fn every_limit_is_used() {
    let mut code = String::new();
    for folder in ["src/check", "src/payload", "src"] {
        let Ok(entries) = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        else {
            continue;
        };
        for entry in entries.flatten() {
            if entry.path().extension().is_some_and(|e| e == "rs")
                && entry.file_name() != "limits.rs"
            {
                code.push_str(&std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    for row in LIMITS {
        let variant: String = row.name[..1].to_uppercase() + &row.name[1..];
        assert!(
            code.contains(&format!("Limit::{variant}")),
            "no check uses the limit {}",
            row.name
        );
    }
}
