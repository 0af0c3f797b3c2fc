//! Placeholders of one text: braces, names, numbers.

use super::envelope::{describe, slug};
use super::examples::{self, Keys};
use crate::definition::{Definition, ParameterFormat};
use crate::findings::{Edit, Findings};
use crate::json::Node;
use crate::limits::Limit;
use crate::order::Joined;
use crate::order::{Words, sorted};
use crate::report::Severity;
use crate::rules::{self, phrases};
use crate::text::{
    Brace, Braces, Placeholder, braced, clip, count_chars, drop_chars, find_placeholders,
};

/// A text that may have placeholders.
#[derive(Debug)]
pub(super) struct Part<'n, 't> {
    /// What a person calls it: "the body".
    pub name: &'static str,
    /// The text.
    pub text: &'n str,
    /// Where it stands.
    pub node: &'n Node<'t>,
    /// The object that it is a member of.
    pub owner: &'n Node<'t>,
    /// How its placeholders are named.
    pub format: ParameterFormat,
    /// Where its samples stand.
    pub keys: Option<&'static Keys>,
    /// The template, when its format may be changed for this text's sake.
    pub definition: Option<&'n Definition<'n, 't>>,
}

/// The placeholders of one text.
#[derive(Debug, Default)]
pub(super) struct Slots<'n> {
    /// All, in the order of the text.
    pub all: Vec<Placeholder<'n>>,
    /// The distinct names, in the order of their samples: by number, or as they first appear.
    pub names: Vec<&'n str>,
    /// For each of `all`, the place of its name in `names`.
    pub places: Vec<usize>,
    /// Where in `all` each name stands first, in the order of the text.
    pub firsts: Vec<usize>,
    /// Whether there are braces that make no placeholder.
    pub broken: bool,
}

/// Judges the placeholders of a text.
pub(super) fn judge<'n>(part: &Part<'n, '_>, findings: &mut Findings<'_>) -> Slots<'n> {
    let (all, braces) = find_placeholders(part.text);
    let mut slots = Slots {
        all,
        broken: !braces.is_empty(),
        ..Slots::default()
    };
    let mut seen = Words::new();
    for (at, placeholder) in slots.all.iter().enumerate() {
        let name = placeholder.name();
        inner_space(part, placeholder, findings);
        let known = seen.get(name);
        slots.places.push(known.unwrap_or(slots.names.len()));
        if known.is_none() {
            seen.insert(name, slots.names.len());
            slots.names.push(name);
            slots.firsts.push(at);
            continue;
        }
        let found = findings.flag(rules::VAR_REPEATED, part.node);
        found
            .span(placeholder.at.start, placeholder.at.end)
            .say("name", &shown(placeholder))
            .say("part", part.name);
        if part.format == ParameterFormat::Named {
            found.severity(Severity::Error);
        }
    }
    let switch = switch(part, &slots, findings);
    for placeholder in slots.firsts.iter().filter_map(|at| slots.all.get(*at)) {
        name(part, placeholder, &slots, &seen, &switch, findings);
    }
    for brace in &braces {
        // The last one may be still being typed.
        if !(part.node.open && brace.at.end == part.text.len()) {
            broken(part, brace, findings);
        }
    }
    if part.format == ParameterFormat::Positional {
        numbers(part, &slots, &braces, findings);
        by_number(&mut slots);
    }
    slots
}

/// Puts the names into the order of their samples.
fn by_number(slots: &mut Slots<'_>) {
    let number = |at: &usize| {
        let first = slots.firsts.get(*at).and_then(|at| slots.all.get(*at));
        first.and_then(Placeholder::number).unwrap_or(usize::MAX)
    };
    let mut order = Vec::with_capacity(slots.names.len());
    for at in 0..slots.names.len() {
        order.push(at);
    }
    let order = sorted(order, &|at: &usize| [number(at), 0, 0, 0]);
    let mut ranks = vec![0; order.len()];
    for (rank, at) in order.iter().enumerate() {
        if let Some(place) = ranks.get_mut(*at) {
            *place = rank;
        }
    }
    for place in &mut slots.places {
        *place = ranks.get(*place).copied().unwrap_or(*place);
    }
    let mut names = Vec::with_capacity(order.len());
    for at in order {
        names.extend(slots.names.get(at));
    }
    slots.names = names;
}

/// A placeholder as it is quoted.
pub(super) fn shown(placeholder: &Placeholder<'_>) -> String {
    braced(&clip(placeholder.name()))
}

fn inner_space(part: &Part<'_, '_>, placeholder: &Placeholder<'_>, findings: &mut Findings<'_>) {
    let name = placeholder.name();
    if placeholder.inner == name {
        return;
    }
    let (start, end) = (placeholder.at.start, placeholder.at.end);
    let room = findings.has_room_for_fixes(part.text);
    let found = findings.flag(rules::VAR_INNER_SPACE, part.node);
    let meant = shown(placeholder);
    found
        .span(start, end)
        .say("found", part.text.get(start..end).unwrap_or_default())
        .say("suggestion", &meant);
    if room {
        let mended = splice(part.text, start, end, &braced(name));
        found.put(true, &["write ", &meant].joined(), part.node, &mended);
    }
}

fn name(
    part: &Part<'_, '_>,
    placeholder: &Placeholder<'_>,
    slots: &Slots<'_>,
    seen: &Words<'_>,
    switch: &Switch<'_>,
    findings: &mut Findings<'_>,
) {
    let (start, end) = (placeholder.at.start, placeholder.at.end);
    let (name, number) = (placeholder.name(), placeholder.number());
    let shown = shown(placeholder);
    let is_named = part.format == ParameterFormat::Named;
    let bad = name
        .chars()
        .find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '_'));
    let is_word = |c: char| c == '_' || c.is_ascii_alphanumeric();
    if is_named == number.is_some() {
        if !is_named && !name.chars().all(is_word) {
            let plain = drop_chars(name, |c| c != '_' && !c.is_ascii_alphanumeric());
            let room = !plain.is_empty() && findings.has_room_for_fixes(part.text);
            let found = findings.flag(rules::VAR_SPECIAL_CHARS, part.node);
            found.span(start, end).say("found", &shown);
            if room {
                let mended = renamed(part, slots, name, &plain);
                found.put(
                    false,
                    &["write ", &braced(&plain)].joined(),
                    part.node,
                    &mended,
                );
            }
            return;
        }
        other_format(part, placeholder, switch, findings);
    } else if let Some(number) = number {
        let plain = name.trim_start_matches('0');
        if plain.len() == name.len() || name.len() == 1 {
            return;
        }
        let plain = if number == 0 { "0" } else { plain };
        let room = findings.has_room_for_fixes(part.text);
        let found = findings.flag(rules::VAR_LEADING_ZERO, part.node);
        let meant = braced(plain);
        found
            .span(start, end)
            .say("name", &shown)
            .say("suggestion", &meant);
        if room {
            let mended = renamed(part, slots, name, plain);
            let safe = seen.get(plain).is_none();
            found.put(safe, &["write ", &meant].joined(), part.node, &mended);
        }
    } else if let Some(bad) = bad {
        let meant = slug(name);
        let usable = name.bytes().any(|b| b.is_ascii_alphabetic());
        let room = usable && findings.has_room_for_fixes(part.text);
        let found = findings.flag(rules::VAR_NAMED_CHARSET, part.node);
        let remedy = ["call it `", if usable { &meant } else { "first_name" }, "`"];
        found
            .span(start, end)
            .say("name", &shown)
            .say("found", &describe(bad))
            .say("remedy", &remedy.joined());
        if room {
            // The sample goes with its placeholder. Other letters may not be what was meant.
            let text = Node::text(renamed(part, slots, name, &meant));
            let mut edits = vec![Edit::replace(part.node, text)];
            for param in examples::param_names(part, name) {
                edits.push(Edit::replace(param, Node::text(meant.clone())));
            }
            let settled = edits.len() > 1 || examples::given(part).is_none();
            let free = seen.get(&meant).is_none() && examples::param_names(part, &meant).is_empty();
            let same = meant.len() == name.len() && settled && free;
            let safe = same && !meant.bytes().any(|b| b.is_ascii_digit());
            found.mend(safe, &["rename to `", &meant, "`"].joined(), edits);
        }
    } else if name.bytes().any(|b| b.is_ascii_digit()) {
        let found = findings.flag(rules::VAR_NAMED_DIGITS, part.node);
        found.span(start, end).say("name", &shown);
    }
    let (used, max) = (count_chars(name), findings.max(Limit::PlaceholderNameChars));
    if is_named && used > max && !findings.options.readback {
        let found = findings.flag(rules::VAR_NAMED_LENGTH, part.node);
        found
            .span(start, end)
            .say("name", &shown)
            .num("used", used)
            .num("max", max);
    }
}

/// The template whose format may be set to the other one, and whether that is surely meant.
type Switch<'n> = Option<(&'n Node<'n>, bool)>;

/// Whether the template's format may be the fault, not its placeholders.
fn switch<'n>(part: &Part<'n, '_>, slots: &Slots<'n>, findings: &Findings<'_>) -> Switch<'n> {
    let definition = part.definition?;
    let named = part.format == ParameterFormat::Named;
    let mut names = slots.firsts.iter().filter_map(|at| slots.all.get(*at));
    // Among placeholders of both kinds the other format would only move the fault.
    names.find(|placeholder| placeholder.number().is_some() == named)?;
    let kinds = definition.placeholder_kinds();
    if kinds.named && kinds.numbered {
        return None;
    }
    // It is surely meant when the text, with its samples, is right in the other format.
    let other = Part {
        format: match named {
            true => ParameterFormat::Positional,
            false => ParameterFormat::Named,
        },
        definition: None,
        ..*part
    };
    let mut trial = Findings::new("", findings.options);
    let slots = judge(&other, &mut trial);
    examples::check(&other, &slots, &mut trial);
    let sure = part.keys.is_some() && kinds.texts == 1 && trial.is_silent();
    // An edit cannot change the format.
    findings
        .options
        .edit
        .is_none()
        .then_some((definition.root, sure))
}

/// A number where names are used, or a name where numbers are.
fn other_format(
    part: &Part<'_, '_>,
    placeholder: &Placeholder<'_>,
    switch: &Switch<'_>,
    findings: &mut Findings<'_>,
) {
    let named = part.format == ParameterFormat::Named;
    let found = findings.flag(rules::VAR_FORMAT_MISMATCH, part.node);
    let (kind, format, remedy, wanted) = if named {
        ("positional", "NAMED", phrases::GIVE_NAME, "POSITIONAL")
    } else {
        (
            "named",
            "POSITIONAL (Meta's default)",
            phrases::GIVE_NUMBER,
            "NAMED",
        )
    };
    found
        .span(placeholder.at.start, placeholder.at.end)
        .say("name", &shown(placeholder))
        .say("kind", kind)
        .say("format", format)
        .phrase("remedy", remedy, "");
    if let Some((root, safe)) = switch {
        let edits = vec![Edit::add(root, "parameter_format", Node::text(wanted))];
        let title = ["set parameter_format to ", wanted].joined();
        found.mend(*safe, &title, edits);
    }
}

fn numbers(
    part: &Part<'_, '_>,
    slots: &Slots<'_>,
    braces: &[Brace<'_>],
    findings: &mut Findings<'_>,
) {
    let (mut given, mut order) = (Vec::new(), Vec::new());
    let mut unordered = None;
    for at in &slots.firsts {
        if let Some(placeholder) = slots.all.get(*at)
            && let Some(number) = placeholder.number()
        {
            let last = order.last().copied().unwrap_or(0);
            if last > number && unordered.is_none() {
                unordered = Some((last, number, placeholder));
            }
            given.push((number, placeholder));
            order.push(number);
        }
    }
    let (mut ranks, mut gap) = (Vec::new(), None);
    for number in sorted(order.clone(), &|n: &usize| [*n, 0, 0, 0]) {
        if ranks.last() != Some(&number) {
            ranks.push(number);
            if gap.is_none() && number != ranks.len() {
                gap = Some(ranks.len());
            }
        }
    }
    // One between broken braces is there, once they are mended.
    let coming = |n: usize| {
        braces
            .iter()
            .any(|brace| crate::json::count(brace.inner.trim()) == Some(n))
    };
    if let Some(missing) = gap {
        if coming(missing) {
            return;
        }
        let rank = |p: &Placeholder<'_>| {
            let number = p.number()?;
            let rank = ranks.partition_point(|n| *n < number) + 1;
            Some(crate::text::digits(rank))
        };
        // Each number moves to its rank, so that the order of the values stays.
        let mended = rewritten(part.text, &slots.all, &rank);
        let samples = examples::row(part);
        let fits = samples.len() == given.len() && unordered.is_none() && !slots.broken;
        let beyond = given.iter().find(|(n, _)| *n == 0 || *n > ranks.len());
        let found = findings.flag(rules::VAR_POSITIONAL_SEQUENCE, part.node);
        found
            .num("number", missing)
            .say("part", part.name)
            .num("count", ranks.len());
        if let Some((_, placeholder)) = beyond {
            found.span(placeholder.at.start, placeholder.at.end);
        }
        // As many samples as placeholders: none was lost, the numbers are wrong.
        let safe = fits && mended.len() <= part.text.len();
        let mut edits = vec![Edit::replace(part.node, Node::text(mended))];
        if samples.len() > given.len() {
            // From the last one on, so that the places of the others stay.
            for (at, sample) in samples.iter().enumerate().rev() {
                if ranks.binary_search(&(at + 1)).is_err() {
                    edits.push(Edit::remove(sample));
                }
            }
        }
        found.mend(safe, "renumber from {{1}}", edits);
    } else if let Some((before, after, placeholder)) = unordered {
        let mut news = Words::new();
        for (place, at) in slots.firsts.iter().enumerate() {
            let name = slots.all.get(*at).map_or("", |p| p.name());
            news.insert(name, place + 1);
        }
        let new = |p: &Placeholder<'_>| news.get(p.name()).map(crate::text::digits);
        let samples = examples::row(part);
        let complete = samples.len() == order.len() && given.len() == slots.firsts.len();
        let found = findings.flag(rules::VAR_POSITIONAL_ORDER, part.node);
        found
            .span(placeholder.at.start, placeholder.at.end)
            .num("found", before)
            .num("expected", after);
        if complete {
            let mended = rewritten(part.text, &slots.all, &new);
            let mut edits = vec![Edit::replace(part.node, Node::text(mended))];
            for (place, number) in samples.iter().zip(order) {
                if let Some(sample) = number.checked_sub(1).and_then(|at| samples.get(at)) {
                    edits.push(Edit::replace(place, (*sample).owned()));
                }
            }
            // Whoever fills the template by number must know.
            found.mend(false, "renumber in the order of the text", edits);
        }
    }
}

fn broken(part: &Part<'_, '_>, brace: &Brace<'_>, findings: &mut Findings<'_>) {
    let (start, end) = (brace.at.start, brace.at.end);
    let raw = clip(part.text.get(start..end).unwrap_or_default());
    let inner = brace.inner.trim();
    let room = !inner.is_empty() && findings.has_room_for_fixes(part.text);
    let is_number = !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit());
    let fits = match part.format {
        ParameterFormat::Positional => is_number,
        ParameterFormat::Named => !inner.is_empty() && !is_number,
    };
    let more = match brace.kind {
        Braces::Empty => " with nothing in it",
        Braces::Unopened => " with nothing that opens it",
        Braces::Unclosed => " with nothing that closes it",
        _ => "",
    };
    let found = findings.flag(rules::VAR_BRACES, part.node);
    found
        .span(start, end)
        .say("found", &["`", &raw, "`", more].joined());
    // {name} in a text that is filled by number may well be meant as it stands.
    if brace.kind == Braces::Single && !fits {
        found.severity(Severity::Warning);
    }
    if inner.is_empty() {
        found.phrase("remedy", phrases::COMPLETE, "");
        return;
    }
    let write = ["write ", &braced(inner)].joined();
    found.say("remedy", &write);
    if room {
        // Not safe: the new placeholder may lack its sample or upset the numbering.
        let mended = splice(part.text, start, end, &braced(inner));
        found.put(false, &write, part.node, &mended);
    }
}

/// The text with a byte range replaced.
fn splice(text: &str, start: usize, end: usize, new: &str) -> String {
    let (before, after) = (text.get(..start), text.get(end..));
    [before.unwrap_or_default(), new, after.unwrap_or_default()].joined()
}

/// The text with other names in some of its placeholders.
fn rewritten(
    text: &str,
    all: &[Placeholder<'_>],
    new: &dyn Fn(&Placeholder<'_>) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for placeholder in all {
        let Some(name) = new(placeholder) else {
            continue;
        };
        out.push_str(text.get(from..placeholder.at.start).unwrap_or_default());
        out.push_str(&braced(&name));
        from = placeholder.at.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// The text with another name in each placeholder of one name.
fn renamed(part: &Part<'_, '_>, slots: &Slots<'_>, old: &str, new: &str) -> String {
    let new = |p: &Placeholder<'_>| (p.name() == old).then(|| new.to_owned());
    rewritten(part.text, &slots.all, &new)
}
