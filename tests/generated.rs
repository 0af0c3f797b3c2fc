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

mod support;

use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;
use support::samples;
use wa_preflight::limits;
use wa_preflight::report::Evidence;
use wa_preflight::rules::phrases::PHRASES;
use wa_preflight::rules::{RuleDoc, definition_docs, docs, url};

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
    for doc in limits::docs() {
        write!(out, "\n  | \"{}\"", doc.row.name).unwrap();
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

/// A rule as `rules()` lists it.
fn listed(doc: &RuleDoc) -> Value {
    let mut row = json!({
        "code": doc.rule.code, "severity": doc.rule.severity.word(), "part": doc.part, "what": doc.what,
        "help": doc.rule.help, "evidence": doc.rule.evidence.word(),
    });
    if let Some(meta) = meta(doc) {
        row["meta"] = meta;
    }
    row["url"] = url(doc.rule.code).into();
    row
}

/// The limits as `limits()` lists them.
fn listed_limits() -> Vec<Value> {
    let docs = limits::docs().into_iter();
    docs.map(|doc| {
        json!({
            "name": doc.row.name, "noun": doc.noun, "max": doc.row.max, "unit": doc.row.unit,
            "source": doc.source, "checked": doc.checked,
        })
    })
    .collect()
}

#[test]
fn rules_json() {
    let rows: Vec<Value> = docs()
        .iter()
        .map(|doc| {
            let mut row = json!({
                "code": doc.rule.code, "severity": doc.rule.severity.word(), "part": doc.part,
                "what": doc.what, "message": doc.rule.message, "help": doc.rule.help, "why": doc.why,
                "bad": doc.bad, "good": doc.good, "evidence": doc.rule.evidence.word(),
                "source": doc.source, "checked": doc.checked, "url": url(doc.rule.code),
            });
            if let Some(meta) = meta(doc) {
                row["meta"] = meta;
            }
            row
        })
        .collect();
    let text =
        serde_json::to_string_pretty(&json!({"rules": rows, "limits": listed_limits()})).unwrap();
    current("js/rules.json", &format!("{text}\n"));
}

/// `rules()` and `limits()`: data of their own, so that the wasm carries only what a check needs.
#[test]
fn catalogue() {
    let mut out = format!(
        "// {HEAD}\n\n/** The rule catalogue. Everyone gets a copy: it is theirs to change. */\n\
         export const rules = () => structuredClone(RULES);\n\n/** Every limit of Meta's; a copy, too. */\n\
         export const limits = () => structuredClone(LIMITS);\n"
    );
    let rules = docs().iter().map(listed).collect::<Vec<_>>();
    for (name, rows) in [("RULES", rules), ("LIMITS", listed_limits())] {
        write!(out, "\nconst {name} = [\n").unwrap();
        for row in rows {
            writeln!(out, "  {row},").unwrap();
        }
        out.push_str("];\n");
    }
    current("js/catalogue.js", &out);
}

/// What js/unpack.js fills reports of core.wasm with: every rule in the order of their indices, and every limit's name and
/// unit. The members of a rule that a definition can break are code, message, help, evidence, and Meta's code and subcode,
/// as far as there are any; of others only the code is there, because options may name it.
#[test]
fn wordings() {
    let mut out = format!("// {HEAD}\n\nexport const RULES = [\n");
    let mut all: Vec<RuleDoc> = docs();
    all.sort_by_key(|doc| doc.rule.index());
    let of_definitions = definition_docs();
    for (index, doc) in all.iter().enumerate() {
        let rule = doc.rule;
        assert_eq!(usize::from(rule.index()), index, "{}", rule.code);
        if !of_definitions.iter().any(|known| known.rule == rule) {
            writeln!(out, "  {},", json!(rule.code)).unwrap();
            continue;
        }
        let mut row = vec![
            json!(rule.code),
            json!(rule.message),
            json!(rule.help),
            json!(rule.evidence as u8),
        ];
        row.extend([rule.meta.0, rule.meta.1].map(Value::from));
        while row.last().is_some_and(|last| *last == 0) && row.len() > 4 {
            row.pop();
        }
        writeln!(out, "  {},", Value::from(row)).unwrap();
    }
    out.push_str("];\n\nexport const LIMITS = [\n");
    for row in limits::LIMITS {
        writeln!(out, "  {},", json!([row.name, row.unit])).unwrap();
    }
    out.push_str("];\n\nexport const PHRASES = [\n");
    for phrase in PHRASES {
        writeln!(out, "  {},", json!(phrase)).unwrap();
    }
    out.push_str("];\n");
    current("js/wordings.js", &out);
}

/// No judge of definitions names a rule that js/wordings.js leaves out.
#[test]
fn definitions_break_the_rules_of_definitions() {
    let text = code_in(&[
        "src/check",
        "src/check.rs",
        "src/document.rs",
        "src/options.rs",
    ]);
    let known = definition_docs();
    for doc in docs() {
        let name = doc.rule.code.replace('-', "_").to_uppercase();
        let is_named = text.split("rules::").any(|behind| {
            behind
                .strip_prefix(&name)
                .is_some_and(|end| !end.starts_with(|c: char| c == '_' || c.is_alphanumeric()))
        });
        assert!(
            !is_named || known.iter().any(|known| known.rule == doc.rule),
            "{} is no rule of definitions",
            doc.rule.code
        );
    }
}

#[test]
fn rules_page() {
    let mut out = format!("<!-- {HEAD} -->\n\n# The rules\n\n");
    out.push_str(
        "What is checked, why, how to mend it, and how we know. Words in braces, as in `{name}`, are the parameters of a\n\
         finding (`params`).\n\n\
         A sample is laid over a plain valid definition, whose members it replaces, or takes out with `null`:\n\n",
    );
    writeln!(out, "```json\n{}\n```\n", samples::base()).unwrap();
    out.push_str(
        "In samples of messages `template` is such a definition, and `message`, `payload` or `rows` are judged with it \
         (`bytes` names the\nencoding of rows that are not UTF-8). `options` are those of the call; `limits` lowers a limit, so \
         that the sample can be short.\n`cyclic` and `bigint` stand for JavaScript values that JSON cannot hold.\n",
    );
    let mut part = "";
    for doc in docs() {
        if doc.part != part {
            part = doc.part;
            writeln!(out, "\n## {part}\n").unwrap();
        }
        writeln!(out, "### {}\n", doc.rule.code).unwrap();
        writeln!(out, "**{}**: {}.\n", doc.rule.severity.word(), doc.what).unwrap();
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
    for doc in limits::docs() {
        let row = doc.row;
        writeln!(
            out,
            "| `{}` | {} | {} | {} | [page]({}) | {} |",
            row.name, row.max, row.unit, doc.noun, doc.source, doc.checked
        )
        .unwrap();
    }
    current("docs/rules.md", &out);
}

/// Unicode data is not ours to keep; what is kept of it is what counting needs.
#[test]
fn emoji_table() {
    use unicode_properties::{EmojiStatus::*, UnicodeEmoji};
    let is_emoji = |c: &char| {
        !matches!(
            c.emoji_status(),
            NonEmoji | NonEmojiButEmojiComponent | EmojiOtherAndEmojiComponent
        )
    };
    let is_picture = |c: &char| {
        matches!(
            c.emoji_status(),
            EmojiPresentation | EmojiPresentationAndModifierBase
        )
    };
    assert!(('\u{20000}'..=char::MAX).all(|c| !is_emoji(&c)));
    let (low, high) = ('\0'..'\u{1f000}', '\u{1f000}'..'\u{20000}');
    let mut out = UNICODE_HEAD.to_owned();
    for (name, what, codes) in [
        (
            "PICTURES",
            "Emojis below U+1F000 that are drawn as pictures",
            ranges(low.clone().filter(is_picture), 0),
        ),
        (
            "SIGNS",
            "Emojis below U+1F000 that are drawn as text unless a selector says otherwise",
            ranges(low.filter(is_emoji).filter(|c| !is_picture(c)), 0),
        ),
        (
            "HIGH",
            "Emojis from U+1F000 on, counted from there",
            ranges(high.filter(is_emoji), 0x1f000),
        ),
    ] {
        write_ranges(&mut out, name, what, &codes);
    }
    current("src/text/emoji/table.rs", &out);
}

/// What no word is made of, and every character that has a meaning: [`wa_preflight::text::is_word`] says the same.
#[test]
fn words() {
    use unicode_properties::{
        GeneralCategory, GeneralCategoryGroup as Group, UnicodeGeneralCategory,
    };
    let is_between = |c: &char| match c.general_category_group() {
        Group::Letter | Group::Mark | Group::Number => Some(false),
        // What is not assigned may be either: ranges go on over it.
        _ if matches!(c.general_category(), GeneralCategory::Unassigned) => None,
        _ => Some(true),
    };
    let mut between: Vec<(u32, u32)> = Vec::new();
    let mut goes_on = false;
    for c in '\u{80}'..='\u{ffff}' {
        match (is_between(&c), between.last_mut()) {
            (Some(true), Some((_, last))) if goes_on => *last = c.into(),
            (Some(true), _) => {
                between.push((c.into(), c.into()));
                goes_on = true;
            }
            (Some(false), _) => goes_on = false,
            (None, _) => {}
        }
    }
    let mut out = UNICODE_HEAD.to_owned();
    let what = "Characters below U+10000 that no word is made of, beyond ASCII";
    write_ranges(&mut out, "BETWEEN", what, &between);
    current("src/text/words/table.rs", &out);
    for c in '\0'..='\u{ffff}' {
        let between = is_between(&c);
        assert!(
            between.is_none_or(|between| between != wa_preflight::text::is_word(c)),
            "{c:?}"
        );
    }
}

/// The head of a file that is written from Unicode's data.
const UNICODE_HEAD: &str = "//! Written from the crate unicode-properties; to renew: UPDATE=1 cargo test --test generated\n";

fn write_ranges(out: &mut String, name: &str, what: &str, codes: &[(u32, u32)]) {
    write!(out, "\n/// {what}: first and last of each range.\n#[rustfmt::skip]\npub(super) const {name}: &[(u16, u16)] = &[").unwrap();
    for line in codes.chunks(8) {
        out.push_str("\n    ");
        for (first, last) in line {
            write!(out, "({first:#x}, {last:#x}), ").unwrap();
        }
        out.truncate(out.trim_end().len());
    }
    out.push_str("\n];\n");
}

fn ranges(chars: impl Iterator<Item = char>, base: u32) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for code in chars.map(|c| u32::from(c) - base) {
        match out.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            _ => out.push((code, code)),
        }
    }
    out
}

/// The Rust code of these files and folders, without the limits' own.
fn code_in(places: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    let mut paths: Vec<_> = places.iter().map(|place| root.join(place)).collect();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).unwrap();
            paths.extend(entries.map(|entry| entry.unwrap().path()));
        } else if !path.ends_with("limits.rs") {
            code.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    code
}

/// Every limit is used by a check, so that no number stands there for nothing.
#[test]
fn every_limit_is_used() {
    let code = code_in(&["src"]);
    for row in limits::LIMITS {
        let variant: String = row.name[..1].to_uppercase() + &row.name[1..];
        assert!(
            code.contains(&format!("Limit::{variant}")),
            "no check uses the limit {}",
            row.name
        );
    }
}
