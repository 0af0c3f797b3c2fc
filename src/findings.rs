//! Gathers what a check finds and makes the [`Report`] of it: wording from the catalogue, places in
//! UTF-16, fixes as text edits, document order.

mod edits;
mod offers;
mod places;

pub use edits::Edit;

use crate::json::{Bytes, Editor, Member, Node, Operation, path_to};
use crate::limits::{Limit, Limits};
use crate::order::sorted;
use crate::report::{Diagnostic, Fix, Measure, Param, Params, Report, Severity, Step, TextChange};
use crate::rules::phrases::Phrase;
use crate::rules::{self, Rule};
use places::Places;
#[cfg(feature = "texts")]
use std::fmt::Write as _;

/// Other severities for rules, or none (`off`), by the rules' places.
#[derive(Debug, Clone, Default)]
pub struct Policy(Vec<(u16, Option<Severity>)>);

impl Policy {
    /// Sets a rule's severity; the last one given holds.
    pub fn insert(&mut self, rule: u16, severity: Option<Severity>) {
        self.0.push((rule, severity));
    }

    /// Whether every rule has its own severity.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a rule is silenced.
    pub fn is_off(&self, rule: &Rule) -> bool {
        matches!(self.get(rule), Some(None))
    }

    /// Whether a rule is made an error.
    pub fn is_error(&self, rule: &Rule) -> bool {
        matches!(self.get(rule), Some(Some(Severity::Error)))
    }

    fn get(&self, rule: &Rule) -> Option<Option<Severity>> {
        let set = self
            .0
            .iter()
            .rev()
            .find(|(known, _)| *known == rule.index());
        set.map(|(_, severity)| *severity)
    }
}

/// What a caller may set for a check.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Meta's limits, with overrides.
    pub limits: Limits,
    /// Another severity for a rule, or none (`off`).
    pub policy: Policy,
    /// The time to judge by, in ms since 1970; rules that need it are silent without.
    pub now: Option<f64>,
    /// Whether the definition was read back from Meta.
    pub readback: bool,
    /// What the definition edits, when it is an edit.
    pub edit: Option<Previous>,
    /// For messages: whether a recipient must be there (a live form may not have one yet).
    pub recipient_optional: bool,
    /// Whether offsets in the JSON text are wanted: the caller gave text, not an object.
    pub source: bool,
    /// What the text could not say, where the caller gave an object.
    pub notes: Vec<Note>,
}

/// The template that an edit changes.
#[derive(Debug, Clone)]
pub struct Previous {
    /// Its definition as JSON text.
    pub previous: String,
    /// Its status, in Meta's words.
    pub status: String,
}

/// One finding while it is being described.
#[derive(Debug)]
pub struct Found {
    rule: &'static Rule,
    severity: Severity,
    /// The caller chose the severity, so no checker changes it.
    chosen: bool,
    at: Bytes,
    /// Where it is, when that does not follow from `at` (a value that is not there).
    path: Option<Vec<Step>>,
    key: Option<String>,
    /// Byte range in the decoded text at `at`.
    span: Option<Bytes>,
    params: Params,
    fixes: Vec<Fix>,
    /// Fixes whose places are still nodes.
    drafts: Vec<Draft>,
    details: Option<String>,
}

/// A fix while its places are still nodes.
#[derive(Debug)]
struct Draft {
    safe: bool,
    title: String,
    edits: Vec<Edit>,
}

impl Found {
    /// Says a name or a quotation of the message.
    pub fn say(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.params.insert(name, Param::from(text));
        self
    }

    /// Says a part of the message in words of the catalogue, which may have a quotation in them.
    pub fn phrase(&mut self, name: &'static str, phrase: Phrase, quotation: &str) -> &mut Self {
        self.params
            .insert(name, Param::Phrase(phrase, quotation.to_owned()));
        self
    }

    /// Says a number of the message.
    pub fn num(&mut self, name: &'static str, n: usize) -> &mut Self {
        self.params.insert(name, Param::from(n));
        self
    }

    /// Offers a change that mends it; a safe one is surely what the author meant.
    pub fn mend(&mut self, safe: bool, title: &str, edits: Vec<Edit>) -> &mut Self {
        let title = title.to_owned();
        self.drafts.push(Draft { safe, title, edits });
        self
    }

    /// Offers to write another text in the place of a value.
    pub fn put(&mut self, safe: bool, title: &str, node: &Node<'_>, text: &str) -> &mut Self {
        let text = Node::text(text.to_owned());
        self.mend(safe, title, vec![Edit::replace(node, text)])
    }

    /// Narrows the place to a byte range of the decoded text.
    pub fn span(&mut self, start: usize, end: usize) -> &mut Self {
        self.span = Some(Bytes { start, end });
        self
    }

    /// Says a number or name of the message.
    pub fn param(&mut self, name: &'static str, value: impl Into<Param>) -> &mut Self {
        self.params.insert(name, value.into());
        self
    }

    /// Offers a change that mends it.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fixes.push(fix);
        self
    }

    /// Names the parameter that it concerns.
    pub fn key(&mut self, key: impl Into<String>) -> &mut Self {
        self.key = Some(key.into());
        self
    }

    /// Lowers or raises it (a rule whose severity depends on the case), unless the caller's policy says otherwise.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        if !self.chosen {
            self.severity = severity;
        }
        self
    }

    /// Meta's details text that it foresees.
    pub fn details(&mut self, details: impl Into<String>) -> &mut Self {
        self.details = Some(details.into());
        self
    }
}

/// A place where a value given by the caller could not be written as JSON (js/odd.js).
#[derive(Debug, Clone)]
pub struct Note {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// A JSON Pointer to the `null` that stands there instead.
    pub place: String,
    /// What was found there.
    pub found: String,
}

/// The findings of one check.
#[derive(Debug)]
pub struct Findings<'c> {
    /// The caller's options.
    pub options: &'c Options,
    text: &'c str,
    found: Vec<Found>,
    /// Each with its place, and whether its path follows from that.
    measures: Vec<((usize, bool), Measure)>,
    complete: bool,
    /// Meta has taken what is judged: what a rule would refuse is there.
    taken: bool,
    /// How many bytes of texts fixes may still repeat.
    fix_bytes: usize,
    nowhere: Found,
}

/// How many bytes of texts the fixes of one report may repeat.
const FIX_BYTES: usize = 256 * 1024;

impl<'c> Findings<'c> {
    /// Starts a check of `text`.
    pub fn new(text: &'c str, options: &'c Options) -> Self {
        Findings {
            options,
            text,
            found: Vec::new(),
            measures: Vec::new(),
            complete: true,
            taken: false,
            fix_bytes: FIX_BYTES,
            nowhere: Found::new(rules::TEXT_NOT_JSON, Bytes::default(), None),
        }
    }

    /// Records a finding at a value; its path follows from where the value stands in the text. The
    /// answer takes its details; a muted rule's are dropped.
    pub fn flag(&mut self, rule: &'static Rule, node: &Node<'_>) -> &mut Found {
        self.record(rule, node.at, None)
    }

    /// Records a finding at a member's key.
    pub fn flag_key(&mut self, rule: &'static Rule, member: &Member<'_>) -> &mut Found {
        self.record(rule, member.key_at, None)
    }

    /// Records that something is missing in a value, unless the text ends inside it: it may still be
    /// coming.
    pub fn missing(&mut self, rule: &'static Rule, owner: &Node<'_>) -> &mut Found {
        if owner.open {
            return &mut self.nowhere;
        }
        self.record(rule, owner.at, None)
    }

    /// Records a finding whose path does not follow from a place in the text.
    pub fn find(&mut self, rule: &'static Rule, node: &Node<'_>, path: Vec<Step>) -> &mut Found {
        self.record(rule, node.at, Some(path))
    }

    /// The same at a place that is no value of its own (a key, a syntax error).
    pub fn find_at(&mut self, rule: &'static Rule, at: Bytes, path: Vec<Step>) -> &mut Found {
        self.record(rule, at, Some(path))
    }

    fn record(&mut self, rule: &'static Rule, at: Bytes, path: Option<Vec<Step>>) -> &mut Found {
        let mut found = Found::new(rule, at, path);
        match self.options.policy.get(rule) {
            Some(None) => return &mut self.nowhere,
            Some(Some(severity)) => (found.severity, found.chosen) = (severity, true),
            None => {}
        }
        self.found.push(found);
        self.found.last_mut().unwrap_or(&mut self.nowhere)
    }

    /// Whether a finding at this text may still carry a fix that holds the whole text. A text with
    /// thousands of slips would otherwise give thousands of copies of itself.
    pub fn has_room_for_fixes(&mut self, text: &str) -> bool {
        let left = self.fix_bytes.checked_sub(text.len());
        self.fix_bytes = left.unwrap_or(self.fix_bytes);
        left.is_some()
    }

    /// Says that something could not be judged.
    pub fn incomplete(&mut self) {
        self.complete = false;
    }

    /// Says that Meta has taken this definition: whatever it would not take today is a warning, because it
    /// stands (only a value of the wrong type stays an error: who reads the definition stumbles over it).
    pub fn taken(&mut self) {
        self.taken = true;
    }

    /// Whether nothing was found, and everything was judged.
    pub fn is_clean(&self) -> bool {
        self.complete && self.found.is_empty()
    }

    /// Whether there is nothing to say so far.
    pub fn is_silent(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether any finding so far is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|f| f.severity == Severity::Error)
    }

    /// The number that holds for this check.
    pub fn max(&self, limit: Limit) -> usize {
        self.options.limits.max(limit)
    }

    /// Shows a counter at a value; the answer is whether the limit is exceeded.
    pub fn counter(&mut self, limit: Limit, used: usize, node: &Node<'_>) -> bool {
        self.count(limit, used, node, None, None)
    }

    /// The same for a message's value of that key (none when it is empty).
    pub fn counter_of(&mut self, limit: Limit, used: usize, node: &Node<'_>, key: &str) -> bool {
        let key = (!key.is_empty()).then(|| key.to_owned());
        self.count(limit, used, node, None, key)
    }

    /// Shows a counter at a value, and flags the rule when the limit is exceeded.
    pub fn limit(
        &mut self,
        rule: &'static Rule,
        limit: Limit,
        used: usize,
        node: &Node<'_>,
    ) -> Option<&mut Found> {
        if !self.counter(limit, used, node) {
            return None;
        }
        let max = self.max(limit);
        let found = self.flag(rule, node);
        found
            .num("used", used)
            .num("max", max)
            .num("over", used - max);
        Some(found)
    }

    /// Shows a counter whose path or key the caller knows better; the answer is whether the limit is
    /// exceeded.
    pub fn measure(
        &mut self,
        limit: Limit,
        used: usize,
        node: &Node<'_>,
        path: Vec<Step>,
        key: Option<String>,
    ) -> bool {
        self.count(limit, used, node, Some(path), key)
    }

    fn count(
        &mut self,
        limit: Limit,
        used: usize,
        node: &Node<'_>,
        path: Option<Vec<Step>>,
        key: Option<String>,
    ) -> bool {
        let max = self.max(limit);
        let derived = path.is_none();
        let path = path.unwrap_or_default();
        self.measures.push((
            (node.at.start, derived),
            Measure {
                path,
                key,
                limit,
                used,
                max,
            },
        ));
        used > max
    }

    /// Makes the report. `root` is the tree that `text` was read to.
    pub fn report(mut self, root: Option<&Node<'_>>) -> Report {
        let found = sorted(std::mem::take(&mut self.found), &|f: &Found| {
            let inside = f.span.map_or(0, |s| s.start);
            [f.at.start, inside, f.at.end, f.rule.index().into()]
        });
        let measures = sorted(std::mem::take(&mut self.measures), &|((at, _), _): &(
            (usize, bool),
            Measure,
        )| {
            [*at, 0, 0, 0]
        });
        // With nothing found nothing has a place: the text needs no second look.
        let placed = if found.is_empty() { "" } else { self.text };
        let mut places = Places::new(placed);
        // Only who gave text has a use for edits of the text.
        let mut editor = root
            .filter(|_| self.options.source)
            .map(|root| Editor::new(self.text, root));
        let mut report = Report {
            ok: true,
            complete: self.complete,
            diagnostics: Vec::with_capacity(found.len()),
            measures: Vec::with_capacity(measures.len()),
        };
        for mut found in found {
            if self.taken
                && found.severity == Severity::Error
                && found.rule.index() != rules::WRONG_TYPE.index()
            {
                found.severity(Severity::Warning);
            }
            report.ok &= found.severity != Severity::Error;
            let found = found.diagnostic(&mut places, &mut editor, root, self.options.source);
            report.diagnostics.push(found);
        }
        for ((at, derived), mut measure) in measures {
            if derived && let Some(root) = root {
                measure.path = path_to(root, at);
            }
            report.measures.push(measure);
        }
        report
    }
}

impl Found {
    fn new(rule: &'static Rule, at: Bytes, path: Option<Vec<Step>>) -> Self {
        Found {
            rule,
            severity: rule.severity,
            chosen: false,
            at,
            path,
            key: None,
            span: None,
            params: Params::default(),
            fixes: Vec::new(),
            drafts: Vec::new(),
            details: None,
        }
    }

    fn diagnostic(
        self,
        places: &mut Places<'_>,
        editor: &mut Option<Editor<'_, '_>>,
        root: Option<&Node<'_>>,
        source: bool,
    ) -> Diagnostic {
        let (in_literal, in_text) = places.of(self.at, self.span);
        let source_at = source.then_some(in_text);
        let path_of = |at: usize| root.map_or_else(Vec::new, |root| path_to(root, at));
        let path = self.path.unwrap_or_else(|| path_of(self.at.start));
        let mut fixes = self.fixes;
        for Draft { safe, title, edits } in self.drafts {
            let mut patch = Vec::with_capacity(edits.len());
            for edit in edits {
                patch.push(edit.operation(&path_of));
            }
            fixes.push(Fix {
                title,
                safe,
                patch,
                text_edits: None,
            });
        }
        if let Some(editor) = editor {
            for fix in &mut fixes {
                fix.text_edits = text_changes(places, editor, &fix.patch);
            }
        }
        #[cfg(feature = "texts")]
        let meta = self.rule.meta_error().map(|mut meta| {
            meta.details = self.details;
            meta
        });
        Diagnostic {
            rule: self.rule,
            #[cfg(feature = "texts")]
            code: self.rule.code,
            severity: self.severity,
            path,
            key: self.key,
            span: in_literal,
            source: source_at,
            #[cfg(feature = "texts")]
            message: fill(self.rule.message, &self.params),
            #[cfg(feature = "texts")]
            help: (!self.rule.help.is_empty()).then(|| fill(self.rule.help, &self.params)),
            params: self.params,
            fixes,
            #[cfg(feature = "texts")]
            evidence: self.rule.evidence,
            #[cfg(feature = "texts")]
            meta,
            #[cfg(feature = "texts")]
            url: rules::url(self.rule.code),
        }
    }
}

/// The edits of a patch on the text; none when an operation depends on the one before it.
fn text_changes(
    places: &Places<'_>,
    editor: &mut Editor<'_, '_>,
    patch: &[Operation],
) -> Option<Vec<TextChange>> {
    let mut changes = Vec::with_capacity(patch.len());
    for operation in patch {
        let edit = editor.edit(operation)?;
        changes.push(TextChange {
            start: places.units(edit.at.start),
            end: places.units(edit.at.end),
            text: edit.text,
        });
    }
    Some(changes)
}

/// Puts the parameters into a wording. For core.wasm js/unpack.js does the same.
#[cfg(feature = "texts")]
pub fn fill(wording: &str, params: &Params) -> String {
    let mut out = String::with_capacity(wording.len() + 16);
    let mut rest = wording;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}') {
            Some((name, behind)) if let Some(value) = params.get(name) => {
                let _ = write!(out, "{value}");
                rest = behind;
            }
            _ => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Builds a path: `path!["components", 0, "text"]`.
#[macro_export]
#[doc(hidden)]
macro_rules! path {
    ($($step:expr),* $(,)?) => { Vec::<$crate::report::Step>::from([$($crate::report::Step::from($step)),*]) };
}

impl From<&'static str> for Step {
    fn from(key: &'static str) -> Self {
        Step::Key(key.into())
    }
}

impl From<String> for Step {
    fn from(key: String) -> Self {
        Step::Key(key.into())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Step::Index(index)
    }
}
