//! What a careful reviewer would see: warnings about the content.
//!
//! One walk over every text of the definition, wherever it stands; what a text is for follows from
//! the key it stands under.

mod personal;
mod words;

use crate::definition::{Category, ComponentKind, Definition, TemplateKind};
use crate::findings::Findings;
use crate::json::{Node, Value};
use crate::rules;
use crate::text::{
    code_point, find_bidi, find_placeholders, is_bidi_control, is_invisible, is_joiner,
    is_line_break, is_shaped, joins,
};
use words::{Folded, find};

/// What the walk remembers.
#[derive(Debug, Default)]
struct Seen {
    /// The template speaks of a one-time code, or sells; one finding each, because it has one category.
    code: bool,
    promotion: bool,
    opt_out: bool,
}

/// Judges the content.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let mut seen = Seen::default();
    walk(definition, definition.root, "", false, &mut seen, findings);
    // What Meta has approved is in the right category and language.
    if findings.options.readback {
        return;
    }
    let body = definition.component(ComponentKind::Body);
    let body = body.and_then(|body| body.text());
    let Some((text, node)) = body.filter(|(_, node)| !node.open) else {
        return;
    };
    language(definition, text, findings);
    let marketing = definition.category == Some(Category::Marketing);
    // Other kinds have no room for it.
    let room = matches!(
        definition.kind(),
        TemplateKind::Custom | TemplateKind::Coupon
    );
    if marketing && room && !seen.opt_out {
        findings.flag(&rules::MARKETING_OPT_OUT, node);
    }
}

fn walk(
    definition: &Definition<'_, '_>,
    node: &Node<'_>,
    key: &str,
    sample: bool,
    seen: &mut Seen,
    findings: &mut Findings<'_>,
) {
    match &node.value {
        Value::Object(members) => {
            // Of members with one key the last counts; that there are two is said elsewhere.
            let doubled = members.iter().any(|member| member.repeated);
            for member in members {
                let key = member.key.as_ref();
                let sample = sample || key == "example";
                let last = |value: &Node<'_>| value.at == member.value.at;
                if doubled && (members.len() > 64 || !node.get(key).is_some_and(last)) {
                    continue;
                }
                // The template's name has its own rule, which names every sign that it may not have.
                if !(key == "name" && std::ptr::eq(node, definition.root)) {
                    walk(definition, &member.value, key, sample, seen, findings);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                walk(definition, item, key, sample, seen, findings);
            }
        }
        Value::String(text) => {
            bidi(text, node, findings);
            invisible(text, node, findings);
            // What is still being typed is read when it is there.
            if node.open {
            } else if !sample && key == "text" {
                shown(definition, text, node, seen, findings);
            } else if sample && !matches!(key, "header_handle" | "param_name") {
                personal(text, node, findings);
            }
        }
        _ => {}
    }
}

/// Characters that turn the direction of a text.
fn bidi(text: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    let Some((at, c)) = find_bidi(text) else {
        return;
    };
    let mended: String = text.chars().filter(|c| !is_bidi_control(*c)).collect();
    findings
        .flag(&rules::TEXT_BIDI, node)
        .span(at, at + c.len_utf8())
        .say("code", &code_point(c))
        .put(true, "delete it", node, &mended);
}

/// Characters that draw nothing, where no script or emoji needs them.
fn invisible(text: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    let mut first = None;
    let mut mended = String::new();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let hides = if is_joiner(c) {
            // A suffix may be joined to a placeholder.
            let shaped = before.is_some_and(is_shaped) || next.is_some_and(is_shaped);
            !shaped && !joins(before, next)
        } else {
            is_invisible(c) || (c.is_control() && c != '\t' && !is_line_break(c))
        };
        before = Some(c);
        if hides {
            first = first.or(Some((at, c)));
        } else {
            mended.push(c);
        }
    }
    if let Some((at, c)) = first {
        findings
            .flag(&rules::TEXT_INVISIBLE, node)
            .span(at, at + c.len_utf8())
            .say("code", &code_point(c))
            .put(true, "delete it", node, &mended);
    }
}

/// A text that people will read.
fn shown(
    definition: &Definition<'_, '_>,
    text: &str,
    node: &Node<'_>,
    seen: &mut Seen,
    findings: &mut Findings<'_>,
) {
    edges(text, node, findings);
    let folded = Folded::new(text);
    leftover(definition, text, &folded, node, findings);
    links(text, &folded, node, findings);
    if folded.find(words::ASK).is_some() {
        secrets(text, node, findings);
    }
    mixed(text, node, findings);
    category(definition, text, &folded, node, seen, findings);
    seen.opt_out = seen.opt_out || folded.find(words::OPT_OUT).is_some();
}

fn edges(text: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    let plain = text.trim();
    if plain.len() == text.len() || plain.is_empty() {
        return;
    }
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    let (edge, from, to) = match start {
        0 => ("ends", end, text.len()),
        _ => ("starts", 0, start),
    };
    findings
        .flag(&rules::TEXT_EDGE_BLANKS, node)
        .span(from, to)
        .say("edge", edge)
        .put(true, "delete it", node, plain);
}

/// What was to be replaced and was not.
fn leftover(
    definition: &Definition<'_, '_>,
    text: &str,
    folded: &Folded,
    node: &Node<'_>,
    findings: &mut Findings<'_>,
) {
    // In Spanish and Portuguese it means "all".
    let english = definition
        .language
        .is_some_and(|code| code.starts_with("en"));
    let upper = |(start, end): &(usize, usize)| text.get(*start..*end) == Some("TODO");
    let todo = folded.find("todo").filter(upper).filter(|_| english);
    let place = todo.or_else(|| folded.find(words::FILLER));
    let place = place.or_else(|| bracket(text));
    if let Some((start, end)) = place {
        findings
            .flag(&rules::TEXT_LEFTOVER, node)
            .span(start, end)
            .say("found", text.get(start..end).unwrap_or_default());
    }
}

/// `[name]`, `<name>`, `%s`.
fn bracket(text: &str) -> Option<(usize, usize)> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let behind = text.get(at + c.len_utf8()..).unwrap_or_default();
        let apart = !before.is_alphanumeric();
        before = c;
        let close = match c {
            '[' => ']',
            '<' => '>',
            '%' if apart && behind.starts_with(['s', 'd']) => {
                let next = behind.chars().nth(1);
                if !next.is_some_and(char::is_alphanumeric) {
                    return Some((at, at + 2));
                }
                continue;
            }
            _ => continue,
        };
        let inside = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ' ' | '/');
        let word = behind.split(|c| !inside(c)).next().unwrap_or_default();
        let known = find(word, words::BLANKS).is_some_and(|(_, end)| end == word.len());
        // WhatsApp shows a tag as it is written, whatever stands in it.
        let tag = close == '>' && !word.starts_with(' ');
        let end = at + 1 + word.len();
        if !word.is_empty() && (known || tag) && text.get(end..)?.starts_with(close) {
            return Some((at, end + 1));
        }
    }
    None
}

fn links(text: &str, folded: &Folded, node: &Node<'_>, findings: &mut Findings<'_>) {
    for (table, why) in [
        (words::SHORT, "hides where it leads"),
        (words::WHATSAPP, "leads back into WhatsApp"),
    ] {
        let Some((start, end)) = folded.find(table) else {
            continue;
        };
        // maps.app.goo.gl and the like are no shorteners.
        let before = text.get(..start).unwrap_or_default();
        if !before.ends_with(['.', '-']) {
            let host = text.get(start..end).unwrap_or_default();
            findings
                .flag(&rules::TEXT_SHORT_LINK, node)
                .span(start, end)
                .say("name", host.trim_end_matches('/'))
                .say("why", why);
        }
    }
}

/// Asks for what nobody should write into a chat.
fn secrets(text: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    let mut from = 0;
    // A hostile text could ask thousands of times.
    for _ in 0..8 {
        let rest = text.get(from..).unwrap_or_default();
        let Some((start, end)) = find(rest, words::ASK) else {
            return;
        };
        let behind = rest.get(end..).unwrap_or_default();
        let mut before = text.get(..from + start).unwrap_or_default();
        if let Some((at, _)) = before.char_indices().rev().nth(24) {
            before = before.get(at..).unwrap_or_default();
        }
        let near = find(behind, words::SECRET).filter(|(at, _)| *at <= 10);
        if let Some((_, length)) = near
            && find(before, words::NOT).is_none()
        {
            findings
                .flag(&rules::BODY_POLICY, node)
                .span(from + start, from + end + length);
            return;
        }
        from += end;
    }
}

/// Letters of other scripts, each behind the Latin letter that it looks like.
const TWINS: &str =
    "aаeеoоpрcсyуxхiіjјsѕhһdԁqԛwԝAАBВEЕKКMМHНOОPРCСTТXХYУIІJЈSЅoοvνpρAΑBΒEΕZΖHΗIΙKΚMΜNΝOΟPΡTΤYΥXΧ";

/// Words of Latin letters with a look-alike of another script in them.
fn mixed(text: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    if text.is_ascii() {
        return;
    }
    let mut first = None;
    let mut mended = String::new();
    let mut start = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        match latin(word) {
            Some(plain) => {
                first = first.or(Some((start, start + word.len())));
                mended.push_str(&plain);
            }
            None => mended.push_str(word),
        }
        start += word.len();
    }
    if let Some((start, end)) = first {
        let word = text.get(start..end).unwrap_or_default();
        let word = word.trim_end_matches(|c: char| !c.is_alphabetic());
        findings
            .flag(&rules::TEXT_MIXED_SCRIPTS, node)
            .span(start, start + word.len())
            .say("name", word)
            .put(false, "write it in Latin letters", node, &mended);
    }
}

/// The word in Latin letters, when look-alikes stand between its own. One at the end may be the
/// ending of another language.
fn latin(word: &str) -> Option<String> {
    let mut plain = String::new();
    let (mut foreign, mut inside) = (false, false);
    for c in word.chars() {
        if !matches!(c, '\u{370}'..='\u{52f}') {
            inside |= foreign && c.is_ascii_alphabetic();
            plain.push(c);
            continue;
        }
        let mut twin = ' ';
        for other in TWINS.chars() {
            if other == c {
                break;
            }
            twin = other;
        }
        if !TWINS.contains(c) {
            return None;
        }
        foreign = true;
        plain.push(twin);
    }
    inside.then_some(plain)
}

/// A text that gives another category away.
fn category(
    definition: &Definition<'_, '_>,
    text: &str,
    folded: &Folded,
    node: &Node<'_>,
    seen: &mut Seen,
    findings: &mut Findings<'_>,
) {
    let marketing = match definition.category {
        Some(Category::Marketing) => true,
        Some(Category::Utility) => false,
        _ => return,
    };
    if findings.options.readback {
        return;
    }
    let promotion = folded.find(words::PROMOTION);
    if let Some((start, end)) = promotion
        && !marketing
        && !seen.promotion
    {
        seen.promotion = true;
        let found = findings.flag(&rules::CATEGORY_PROMOTION, node);
        found
            .span(start, end)
            .say("found", text.get(start..end).unwrap_or_default());
        if let Some(category) = definition.root.get("category") {
            found.put(
                false,
                "set the category to MARKETING",
                category,
                "MARKETING",
            );
        }
    }
    // A coupon is a code, too.
    if let Some((start, end)) = folded.find(words::CODE)
        && promotion.is_none()
        && !seen.code
        && !find_placeholders(text).0.is_empty()
    {
        seen.code = true;
        findings
            .flag(&rules::CATEGORY_CODE, node)
            .span(start, end)
            .say("name", if marketing { "MARKETING" } else { "UTILITY" });
    }
}

fn personal(text: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    if let Some((start, end, (what, instead))) = personal::find_personal(text) {
        findings
            .flag(&rules::EXAMPLE_PERSONAL, node)
            .span(start, end)
            .say("found", what)
            .say("suggestion", instead);
    }
}

/// Languages that are not written in Latin letters; people do write those behind the bar in them.
const OTHER_SCRIPTS: &str = "ar fa he ru uk bg mk be el th ko ja zh ka|hi ur bn pa mr gu ta te kn ml si sr uz az lo ps prs ky kk ha ms";

/// A body that is certainly not in the template's language, by its letters.
fn language(definition: &Definition<'_, '_>, text: &str, findings: &mut Findings<'_>) {
    let Some(code) = definition.language else {
        return;
    };
    let base = code.split('_').next().unwrap_or_default();
    let (strict, loose) = OTHER_SCRIPTS.split_once('|').unwrap_or_default();
    let (placeholders, _) = find_placeholders(text);
    let mut ahead = placeholders.iter().peekable();
    let (mut latin, mut other) = (0, 0);
    for (at, c) in text.char_indices() {
        while ahead.next_if(|p| p.at.end <= at).is_some() {}
        if ahead.peek().is_some_and(|p| p.at.start <= at) || !c.is_alphabetic() {
            continue;
        }
        if c < '\u{250}' || matches!(c, '\u{1e00}'..='\u{1eff}') {
            latin += 1;
        } else {
            other += 1;
        }
    }
    let found = if strict.split(' ').any(|known| known == base) {
        (other == 0 && latin >= 20).then_some("Latin letters only")
    } else if loose.split(' ').any(|known| known == base) {
        None
    } else {
        (latin == 0 && other >= 10).then_some("no Latin letter")
    };
    if let (Some(found), Some(node)) = (found, definition.root.get("language")) {
        findings
            .flag(&rules::LANGUAGE_NOT_TRANSLATED, node)
            .say("name", code)
            .say("found", found);
    }
}
