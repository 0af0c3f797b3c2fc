//! What a careful reviewer would see: warnings about the content.
//!
//! One walk over every text of the definition, wherever it stands; what a text is for follows from
//! the key it stands under.

mod personal;
pub(super) mod words;

use super::texts::keeps;
use crate::definition::{Category, ComponentKind, Definition, TemplateKind};
use crate::findings::{Findings, Found};
use crate::json::{Node, Value};
use crate::rules::{self, Rule};
use crate::text::{
    break_at, code_point, is_bidi_control, is_invisible, is_joiner, is_line_break, is_shaped,
    is_word, joins, parts,
};
use words::{Folded, Place, find};

/// What the walk knows and remembers.
struct Walk<'d, 'n, 't, 'f, 'c> {
    definition: &'d Definition<'n, 't>,
    findings: &'f mut Findings<'c>,
    /// One finding of each, because a template has one category.
    code: bool,
    promotion: bool,
    opt_out: bool,
}

/// Judges the content.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let mut walk = Walk {
        definition,
        findings,
        code: false,
        promotion: false,
        opt_out: false,
    };
    walk.node(definition.root, "", false);
    let opt_out = walk.opt_out;
    // What Meta has approved is in the right category and language.
    let body = definition.component(ComponentKind::Body);
    let body = body.and_then(|body| body.text());
    let Some((text, node)) = body.filter(|(_, node)| !node.open && !findings.options.readback)
    else {
        return;
    };
    language(definition, text, findings);
    // Other kinds have no room for it.
    let kind = definition.kind();
    let room = kind == TemplateKind::Custom || kind == TemplateKind::Coupon;
    let whole = !definition.root.open;
    if room && whole && definition.category == Some(Category::Marketing) && !opt_out {
        findings.flag(rules::MARKETING_OPT_OUT, node);
    }
}

impl Walk<'_, '_, '_, '_, '_> {
    fn node(&mut self, node: &Node<'_>, key: &str, sample: bool) {
        match &node.value {
            Value::Object(members) => {
                // Of members with one key the last counts; that there are two is said elsewhere.
                let doubled = members.iter().any(|member| member.repeated);
                for member in members {
                    let key = member.key.as_ref();
                    let last = |value: &Node<'_>| value.at == member.value.at;
                    if doubled && (members.len() > 64 || !node.get(key).is_some_and(last)) {
                        continue;
                    }
                    // The template's name has a rule that names every sign that it may not have.
                    if key != "name" || !std::ptr::eq(node, self.definition.root) {
                        self.node(&member.value, key, sample || key == "example");
                    }
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.node(item, key, sample);
                }
            }
            Value::String(text) => self.text(text, node, key, sample),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, node: &Node<'_>, key: &str, sample: bool) {
        if text.chars().any(may_hide) {
            self.hidden(rules::TEXT_BIDI, text, node, |_, c, _| is_bidi_control(c));
            self.hidden(rules::TEXT_INVISIBLE, text, node, hides);
        }
        // What is still being typed is read when it is there.
        if node.open {
            return;
        }
        if !sample && key == "text" {
            self.shown(text, node);
        } else if sample
            && !matches!(key, "header_handle" | "param_name")
            && let Some((place, what)) = personal::find_personal(text)
        {
            let found = self.findings.flag(rules::EXAMPLE_PERSONAL, node);
            found.span(place.0, place.1).say("found", what);
        }
    }

    /// Characters that nobody sees.
    fn hidden(
        &mut self,
        rule: &'static Rule,
        text: &str,
        node: &Node<'_>,
        hides: fn(Option<char>, char, Option<char>) -> bool,
    ) {
        let mut first = None;
        // Empty until there is something to leave out: most texts have nothing.
        let mut mended = String::new();
        let mut before = None;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if hides(before, c, chars.peek().map(|(_, c)| *c)) {
                if first.is_none() {
                    first = Some((at, c));
                    mended.push_str(text.get(..at).unwrap_or_default());
                }
            } else if first.is_some() {
                mended.push(c);
            }
            before = Some(c);
        }
        if let Some((at, c)) = first {
            let found = self.findings.flag(rule, node);
            found
                .span(at, at + c.len_utf8())
                .say("code", &code_point(c))
                .put(keeps(text, &mended), "delete it", node, &mended);
        }
    }

    /// A finding at a place in a text that quotes it.
    fn quote(
        &mut self,
        rule: &'static Rule,
        text: &str,
        node: &Node<'_>,
        (start, end): Place,
    ) -> &mut Found {
        let found = self.findings.flag(rule, node);
        found
            .span(start, end)
            .say("found", text.get(start..end).unwrap_or_default())
    }

    /// A text that people will read.
    fn shown(&mut self, text: &str, node: &Node<'_>) {
        let plain = text.trim();
        if plain.len() < text.len() && !plain.is_empty() {
            let start = text.len() - text.trim_start().len();
            let place = match start {
                0 => (plain.len(), text.len()),
                _ => (0, start),
            };
            let found = self.findings.flag(rules::TEXT_EDGE_BLANKS, node);
            found
                .span(place.0, place.1)
                .put(true, "delete it", node, plain);
        }
        let folded = Folded::new(text);
        // In Spanish and Portuguese it means "all".
        let english = self
            .definition
            .language
            .is_some_and(|l| l.starts_with("en"));
        let is_todo = |place: &Place| english && text.get(place.0..place.1) == Some("TODO");
        let todo = folded.find(words::TODO).filter(is_todo);
        let filler = todo.or_else(|| folded.find(words::FILLER));
        if let Some(place) = filler.or_else(|| bracket(text)) {
            self.quote(rules::TEXT_LEFTOVER, text, node, place);
        }
        let link = folded.find(words::SHORTENERS);
        let link = link.or_else(|| folded.find(words::CHATS));
        // maps.app.goo.gl and the like are no shorteners.
        let whole = |place: &Place| {
            let before = text.get(..place.0).unwrap_or_default();
            !before.ends_with(['.', '-'])
        };
        if let Some(place) = link.filter(whole) {
            self.quote(rules::TEXT_SHORT_LINK, text, node, place);
        }
        if let Some(place) = secret(text, &folded) {
            self.quote(rules::BODY_POLICY, text, node, place);
        }
        if let Some(place) = mixed(text) {
            self.quote(rules::TEXT_MIXED_SCRIPTS, text, node, place);
        }
        self.category(text, &folded, node);
        self.opt_out = self.opt_out || folded.find(words::OPT_OUT).is_some();
    }

    /// A text that gives another category away.
    fn category(&mut self, text: &str, folded: &Folded<'_>, node: &Node<'_>) {
        let category = self.definition.category;
        if category.is_none()
            || category == Some(Category::Authentication)
            || self.findings.options.readback
        {
            return;
        }
        // Kinds that are marketing by their nature have a rule that says so.
        let utility = category == Some(Category::Utility) && !self.definition.kind().is_marketing();
        match (folded.find(words::PROMOTION), folded.find(words::CODE)) {
            (Some(place), _) if utility && !self.promotion => {
                self.promotion = true;
                let category = self.definition.root.get("category");
                let found = self.quote(rules::CATEGORY_PROMOTION, text, node, place);
                if let Some(category) = category {
                    found.put(
                        false,
                        "set the category to MARKETING",
                        category,
                        "MARKETING",
                    );
                }
            }
            // A coupon is a code, too; and without a placeholder it is about codes, but brings none.
            (None, Some(place)) if !self.code && folded.find(words::PLACEHOLDER).is_some() => {
                self.code = true;
                self.quote(rules::CATEGORY_CODE, text, node, place);
            }
            _ => {}
        }
    }
}

/// Whether a character is one that could be hidden: most texts have none.
fn may_hide(c: char) -> bool {
    !matches!(c, ' '..='~' | '\n') && (c.is_control() || is_bidi_control(c) || is_invisible(c))
}

/// Characters that draw nothing, where no script or emoji needs them.
fn hides(before: Option<char>, c: char, next: Option<char>) -> bool {
    if is_joiner(c) {
        // A suffix may be joined to a placeholder.
        let shaped = before.is_some_and(is_shaped) || next.is_some_and(is_shaped);
        return !shaped && !joins(before, next);
    }
    is_invisible(c) || (c.is_control() && c != '\t' && !is_line_break(c))
}

/// `[name]`, `<name>`, `%s`: what was to be replaced and was not.
fn bracket(text: &str) -> Option<Place> {
    let mut behind = text;
    loop {
        let (_, from) = break_at(behind, b"[<%");
        let sign = *from.as_bytes().first()?;
        let at = text.len() - from.len();
        behind = from.get(1..)?;
        let inside = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ' ' | '/');
        let word = behind.split(|c| !inside(c)).next().unwrap_or_default();
        let next = behind.as_bytes().get(word.len());
        let fits = match (sign, next) {
            (b'[', Some(b']')) => find(word, words::BLANKS).is_some_and(|(_, at)| at == word.len()),
            // WhatsApp shows a tag as it is written, whatever stands in it.
            (b'<', Some(b'>')) => !word.is_empty() && !word.starts_with(' '),
            (b'%', _) if matches!(break_at(word, b" ").0, "s" | "d") => {
                let before = text.get(..at)?.chars().next_back();
                if !before.is_some_and(is_word) {
                    return Some((at, at + 2));
                }
                false
            }
            _ => false,
        };
        if fits {
            return Some((at, at + word.len() + 2));
        }
    }
}

/// Asks for what nobody should write into a chat.
fn secret(text: &str, folded: &Folded<'_>) -> Option<Place> {
    let (start, end) = folded.find(words::ASK)?;
    let behind = text.get(end..)?;
    let near = |place: &Place| place.0 <= 14;
    let (_, length) = find(behind, words::SECRET).filter(near)?;
    let mut before = text.get(..start)?;
    if let Some((at, _)) = before.char_indices().rev().nth(24) {
        before = before.get(at..)?;
    }
    let innocent = find(behind, words::NO_PIN).filter(near);
    let innocent = innocent.or_else(|| find(before, words::NOT));
    innocent.is_none().then_some((start, end + length))
}

fn is_letter(c: char) -> bool {
    is_word(c) && !c.is_ascii_digit()
}

/// Letters of other scripts that look like Latin ones.
const TWINS: &str = "аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅονρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

/// The first word of Latin letters with look-alikes between them. One at the end may be the ending of
/// another language.
fn mixed(text: &str) -> Option<Place> {
    if text.is_ascii() {
        return None;
    }
    let mut start = 0;
    for word in text.split_inclusive(|c| !is_letter(c)) {
        let (mut twins, mut inside, mut other) = (false, false, false);
        for c in word.chars() {
            let foreign = matches!(c, '\u{370}'..='\u{52f}');
            other |= foreign && !TWINS.chars().any(|twin| twin == c);
            inside |= twins && c.is_ascii_alphabetic();
            twins |= foreign;
        }
        if inside && !other {
            let letters = word.trim_end_matches(|c| !is_letter(c));
            return Some((start, start + letters.len()));
        }
        start += word.len();
    }
    None
}

/// Languages that are not written in Latin letters; people do write those behind the bar in them.
const OTHER_SCRIPTS: &str = "ar fa he ru uk bg mk be el th ko ja zh ka|hi ur bn pa mr gu ta te kn ml si sr uz az lo ps prs ky kk ha ms";

/// A body that is certainly not in the template's language, by its letters.
fn language(definition: &Definition<'_, '_>, text: &str, findings: &mut Findings<'_>) {
    let code = definition.language.unwrap_or_default();
    let (base, _) = break_at(code, b"_");
    let (mut latin, mut other, mut inside) = (0, 0, false);
    for c in text.chars() {
        // The letters of placeholders are not the text's.
        if matches!(c, '{' | '}') {
            inside = c == '{';
        }
        if !is_letter(c) || inside {
            continue;
        }
        if c < '\u{250}' || matches!(c, '\u{1e00}'..='\u{1eff}') {
            latin += 1;
        } else {
            other += 1;
        }
    }
    let mut groups = parts(OTHER_SCRIPTS, b"|");
    let in_group = |group: &str| parts(group, b" ").any(|known| known == base);
    let found = match groups.position(in_group) {
        Some(0) if other == 0 && latin >= 20 => "Latin letters only",
        None if latin == 0 && other >= 10 => "no Latin letter",
        _ => return,
    };
    if let Some(node) = definition.root.get("language") {
        let found_at = findings.flag(rules::LANGUAGE_NOT_TRANSLATED, node);
        found_at.say("name", code).say("found", found);
    }
}
