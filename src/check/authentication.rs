//! Authentication templates: a body that Meta writes, and one button that hands over the code.

use super::buttons::plain_label;
use super::components;
use super::shape::{Field, Kind, expected, given, made, may, mistyped, shape, text};
use super::texts::length;
use crate::definition::{Button, ButtonKind, Category, Component, ComponentKind, Definition};
use crate::findings::{Edit, Findings};
use crate::json::{Node, Value, signed};
use crate::limits::Limit;
use crate::order::Joined;
use crate::rules;
use crate::text::{break_at, clip, count_chars, digits, find, has, integer, is_dotted};

static BODY: &[Field] = &[
    may("type", Kind::Any),
    may("add_security_recommendation", Kind::Flag),
    may("text", Kind::Any),
    may("example", Kind::Any),
];

static FOOTER: &[Field] = &[
    may("type", Kind::Any),
    may("code_expiration_minutes", Kind::Any),
    may("text", Kind::Any),
];

static BUTTONS: &[Field] = &[may("type", Kind::Any), may("buttons", Kind::Array)];

static OTP: &[Field] = &[
    may("type", Kind::Any),
    OTP_TYPE,
    may("text", Kind::Text),
    may("autofill_text", Kind::Text),
    may("supported_apps", Kind::Array),
    may("package_name", Kind::Text),
    may("signature_hash", Kind::Text),
    may("zero_tap_terms_accepted", Kind::Flag),
];

/// The member that says how a code is handed over.
pub(super) const OTP_TYPE: Field = may(
    "otp_type",
    Kind::Word(&["COPY_CODE", "ONE_TAP", "ZERO_TAP"], rules::AUTH_OTP_TYPE),
);

static APP: &[Field] = &[
    may("package_name", Kind::Text),
    may("signature_hash", Kind::Text),
];

/// What names an app.
const PAIR: [&str; 2] = ["package_name", "signature_hash"];

/// The labels, and what WhatsApp writes on them in English. What it writes in other languages is not
/// published, so there a label is let be.
const LABELS: [(&str, &str); 2] = [("text", "Copy code"), ("autofill_text", "Autofill")];

/// Judges one.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    components::check(definition, findings);
    let Some(list) = given(definition.root, "components") else {
        return;
    };
    if definition.components.is_empty() {
        return;
    }
    let body = definition.component(ComponentKind::Body);
    let holder = definition.component(ComponentKind::Buttons);
    let buttons = definition.buttons();
    let readback = findings.options.readback;
    // A part whose type is not read yet may be the one that is missed.
    let unread = definition.components.iter().any(Component::is_vague);
    let vague = unread || buttons.iter().any(Button::is_vague);
    let hands_over = buttons
        .iter()
        .any(|b| is_otp(b, readback) || otp_address(b).is_some());
    let own = body.and_then(|b| given(b.node, "text").or(given(b.node, "example")));
    let legacy = own.is_some() && !hands_over && !vague && !list.open;
    if let Some((body, own)) = body.zip(own) {
        if legacy {
            let found = findings.flag(rules::AUTH_LEGACY, own);
            let parts = made(&["[", BARE_BODY, ",", SKELETON, "]"].joined());
            found.replace(false, "make it a one-time code", list, parts);
            if let Some(category) = given(definition.root, "category") {
                let sells = definition.sells();
                let other = if sells { "MARKETING" } else { "UTILITY" };
                found.word(false, category, other);
            }
        } else if !readback {
            let kept = without(body.node, &["text", "example"]);
            let found = findings.flag(rules::AUTH_BODY, own);
            found.replace(false, "delete it", body.node, kept);
        }
    }
    if body.is_none() && !unread {
        let edit = Edit::insert(list, 0, made(BARE_BODY));
        let found = findings.missing(rules::AUTH_BODY_REQUIRED, list);
        found.change(true, "add it", edit);
    }
    if !hands_over && !legacy && !vague {
        let inside = holder.and_then(|h| given(h.node, "buttons"));
        let (owner, edit) = match (holder, inside) {
            (_, Some(inside)) => (inside, Edit::insert(inside, 0, made(COPY_CODE))),
            (Some(holder), None) => {
                let one = Node::array(vec![made(COPY_CODE)]);
                (holder.node, Edit::add(holder.node, "buttons", one))
            }
            (None, None) => {
                let end = definition.components.len();
                (list, Edit::insert(list, end, made(SKELETON)))
            }
        };
        if inside.is_none_or(|inside| inside.as_array().is_some()) {
            let found = findings.missing(rules::AUTH_OTP_REQUIRED, owner);
            found.change(false, "add a button that copies the code", edit);
        }
    }
}

/// Judges one component.
pub(super) fn part(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let node = component.node;
    match component.kind {
        ComponentKind::Body => {
            shape(node, "an authentication body", BODY, findings);
        }
        ComponentKind::Footer => {
            shape(node, "an authentication footer", FOOTER, findings);
            minutes(node, findings);
            if let Some(text) = given(node, "text")
                && !findings.options.readback
            {
                let edit = match given(node, "code_expiration_minutes") {
                    Some(_) => Edit::replace(node, without(node, &["text"])),
                    None => Edit::remove(node),
                };
                let found = findings.flag(rules::AUTH_FOOTER_TEXT, text);
                found.change(false, "delete it", edit);
            }
        }
        ComponentKind::Buttons => {
            shape(node, "a buttons component", BUTTONS, findings);
            buttons(component, definition, findings);
        }
        kind => {
            findings
                .told(rules::AUTH_EXTRA, node, kind.word())
                .delete(false, "delete it", node);
        }
    }
}

/// How long a code is valid.
pub(super) fn minutes(owner: &Node<'_>, findings: &mut Findings<'_>) {
    const KEY: &str = "code_expiration_minutes";
    let Some(node) = given(owner, KEY) else {
        return;
    };
    let quoted = node.as_str().and_then(signed);
    let Some(found) = node.as_i64().or(quoted) else {
        return expected(node, KEY, "a whole number", findings);
    };
    if quoted.is_some() {
        let value = Node::int(found);
        if let Some(found) = mistyped(node, KEY, "a whole number", findings) {
            found.replace(true, "write it without quotes", node, value);
        }
    }
    let (least, most) = (
        findings.max(Limit::CodeExpirationMin),
        findings.max(Limit::CodeExpirationMax),
    );
    let (min, max) = (least as i64, most as i64);
    // A number that is still being typed may grow into the range.
    if (min..=max).contains(&found) || node.open {
        return;
    }
    let near = if found < min { min } else { max };
    let title = ["write ", &integer(near)].joined();
    findings
        .flag(rules::AUTH_EXPIRATION, node)
        .num("min", least)
        .num("max", most)
        .say("found", &integer(found))
        .replace(false, &title, node, Node::int(near));
}

/// Whether a button is the one of a one-time code. Read back from Meta it is a URL button.
fn is_otp(button: &Button<'_, '_>, readback: bool) -> bool {
    button.kind == ButtonKind::Otp || (readback && button.kind == ButtonKind::Url)
}

/// The address of a button that Meta has made of an OTP button.
fn otp_address<'n>(button: &Button<'n, '_>) -> Option<&'n str> {
    let (url, _) = text(button.node, "url")?;
    let is_otp = button.kind == ButtonKind::Url && find(url, "whatsapp.com/otp/").is_some();
    is_otp.then_some(url)
}

fn buttons(
    component: &Component<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let max = findings.max(Limit::OtpButtons);
    let list = component.buttons();
    let alone = list.len() == 1;
    let mut used = 0;
    for button in list {
        let node = button.node;
        if is_otp(&button, findings.options.readback) {
            used += 1;
            if used <= max {
                code_button(&button, definition, findings);
                continue;
            }
        }
        let kind = given(node, "type");
        let word = kind.and_then(Node::as_str);
        if node.as_object().is_none() {
            expected(node, "a button", "an object", findings);
        } else if let Some(url) = otp_address(&button) {
            let found = findings.flag(rules::AUTH_READ_BACK, node);
            // The other kinds need apps, which the address does not hold in their form.
            if find(url, "otp_type=COPY_CODE").is_some() && alone {
                found.replace(true, "write an OTP button", node, made(COPY_CODE));
            }
        } else if let Some(kind) = kind.filter(|_| word.is_none()) {
            expected(kind, "type", "a text", findings);
        } else if !kind.is_some_and(|kind| kind.open) {
            let other = ["of the type ", &clip(word.unwrap_or_default())].joined();
            let found = match word {
                Some(_) => findings.flag(rules::AUTH_ONE_OTP, node),
                None => findings.missing(rules::AUTH_ONE_OTP, node),
            };
            found.say(
                "found",
                match (button.kind, word) {
                    (ButtonKind::Otp, _) => "one more",
                    (_, None) => "without a type",
                    _ => &other,
                },
            );
            if button.kind == ButtonKind::Unknown {
                found.say("remedy", "write OTP, or delete it");
                match kind {
                    Some(kind) => found.word(false, kind, "OTP"),
                    None => found.add(false, "write OTP", node, "type", "OTP"),
                };
            } else {
                let remedy = "delete it";
                found.say("remedy", remedy).delete(false, remedy, node);
            }
        }
    }
}

fn code_button(
    button: &Button<'_, '_>,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let node = button.node;
    // What Meta has made of the button is Meta's.
    if findings.options.readback {
        return;
    }
    shape(node, "an OTP button", OTP, findings);
    let english = break_at(definition.language.unwrap_or_default(), b"_").0 == "en";
    for (key, usual) in LABELS {
        let Some((label, at)) = text(node, key) else {
            continue;
        };
        let own = !label.eq_ignore_ascii_case(usual) && !at.open;
        if definition.has("languages") {
            let found = findings.told(rules::AUTH_BULK_LABEL, at, key);
            found.delete_member(!own, key, at);
            continue;
        }
        let rule = rules::BUTTON_TEXT_MAX;
        length(label, at, Limit::ButtonChars, rule, findings);
        plain_label(label, at, findings);
        if own && (english || label.trim().is_empty()) {
            findings
                .quoted(rules::AUTH_LABEL, at, label)
                .say("usual", usual)
                .delete_member(false, key, at)
                .put(false, &["write `", usual, "`"].joined(), at, usual);
        }
    }
    let copies =
        text(node, "otp_type").is_some_and(|(kind, _)| kind.eq_ignore_ascii_case("COPY_CODE"));
    if copies && let Some(label) = given(node, "autofill_text") {
        let found = findings.flag(rules::AUTH_AUTOFILL, label);
        found.delete(false, "delete it", label);
    }
    if given(node, "otp_type").is_none() {
        let found = findings.missing(rules::AUTH_OTP_TYPE_REQUIRED, node);
        let title = "make it a button that copies";
        found.add(false, title, node, "otp_type", "COPY_CODE");
    }
    delivery(node, findings);
}

/// What goes with the way in which a button hands over the code. The library's inputs have it too.
pub(super) fn delivery(node: &Node<'_>, findings: &mut Findings<'_>) {
    let (kind, _) = text(node, "otp_type").unwrap_or(("", node));
    let is = |word: &str| kind.eq_ignore_ascii_case(word);
    let (copies, quiet) = (is("COPY_CODE"), is("ZERO_TAP"));
    let opens_app = quiet || is("ONE_TAP");
    let apps = given(node, "supported_apps");
    let pair = given(node, "package_name").or(given(node, "signature_hash"));
    match apps.or(pair) {
        Some(unused) if copies => {
            let kept = without(node, &["supported_apps", "package_name", "signature_hash"]);
            let found = findings.flag(rules::AUTH_APPS_UNUSED, unused);
            found.replace(false, "delete them", node, kept);
        }
        None if opens_app => {
            findings.missing(rules::AUTH_APPS_REQUIRED, node);
        }
        _ => {}
    }
    if let Some(pair) = pair {
        app(node, findings);
        if !copies {
            let mut one = Vec::with_capacity(PAIR.len());
            for key in PAIR {
                if let Some(value) = given(node, key) {
                    one.push((key, value.owned()));
                }
            }
            let safe = one.len() == PAIR.len() && apps.is_none();
            let mut kept = without(node, &PAIR);
            let list = Node::object(vec![(
                "supported_apps",
                Node::array(vec![Node::object(one)]),
            )]);
            if apps.is_none()
                && let Value::Object(members) = &mut kept.value
                && let Value::Object(list) = list.value
            {
                members.extend(list);
            }
            let found = findings.flag(rules::AUTH_APP_OUTSIDE, pair);
            found.replace(safe, "put it into `supported_apps`", node, kept);
        }
    }
    if let Some((list, items)) = apps.and_then(|list| Some((list, list.as_array()?))) {
        if items.is_empty() && opens_app {
            findings.missing(rules::AUTH_APPS_REQUIRED, list);
        }
        let rule = rules::AUTH_APPS_MAX;
        findings.limit(rule, Limit::SupportedApps, items.len(), list);
        for (place, item) in items.iter().enumerate() {
            if shape(item, "an app", APP, findings) {
                app(item, findings);
            }
            // So many are too many in any case.
            let before = items.get(..place.min(16)).unwrap_or_default();
            if before.iter().any(|other| is_same_app(other, item)) {
                let found = findings.flag(rules::AUTH_APP_REPEATED, item);
                found.delete(true, "delete it", item);
            }
        }
    }
    let terms = given(node, "zero_tap_terms_accepted");
    if quiet && terms.is_none_or(|terms| terms.as_bool() == Some(false)) {
        let yes = Node::made(Value::Bool(true));
        let (found, edit) = match terms {
            Some(terms) => (
                findings.flag(rules::AUTH_TERMS, terms),
                Edit::replace(terms, yes),
            ),
            None => (
                findings.missing(rules::AUTH_TERMS, node),
                Edit::add(node, "zero_tap_terms_accepted", yes),
            ),
        };
        found.change(false, "accept them", edit);
    }
}

fn is_same_app(one: &Node<'_>, other: &Node<'_>) -> bool {
    PAIR.iter().all(|key| {
        let both = text(one, key).zip(text(other, key));
        both.is_some_and(|((one, _), (other, _))| one == other)
    })
}

/// An app's name and hash, wherever they stand.
fn app(owner: &Node<'_>, findings: &mut Findings<'_>) {
    for key in PAIR {
        if given(owner, key).is_none() {
            findings.lacks(rules::AUTH_APP_INCOMPLETE, owner, key);
        }
    }
    if let Some((name, node)) = text(owner, "package_name").filter(|(_, node)| !node.open) {
        let rule = rules::AUTH_PACKAGE_MAX;
        length(name, node, Limit::PackageNameChars, rule, findings);
        if !is_package(name) {
            let found = findings.quoted(rules::AUTH_PACKAGE_NAME, node, name);
            if is_package(name.trim()) {
                found.put(true, "delete the blanks", node, name.trim());
            }
        }
    }
    if let Some((hash, node)) = text(owner, "signature_hash").filter(|(_, node)| !node.open) {
        let max = findings.max(Limit::SignatureHashChars);
        if is_hash(hash, max) {
            return;
        }
        let meant = decoded(hash.trim());
        let used = count_chars(hash);
        let digits = digits(used);
        let why: &[&str] = if is_hash(&meant, max) && has(hash, b'%') {
            &[": it is URL-encoded"]
        } else if used == max {
            &[]
        } else {
            &[": it has ", &digits, " characters"]
        };
        let found = findings.quoted(rules::AUTH_SIGNATURE, node, hash);
        found.num("max", max).say("found", &why.joined());
        if is_hash(&meant, max) {
            found.word(true, node, &meant);
        }
    }
}

fn is_package(name: &str) -> bool {
    is_dotted(name, |c, first| {
        c.is_ascii_alphabetic() || (!first && (c.is_ascii_digit() || c == '_'))
    })
}

fn is_hash(hash: &str, max: usize) -> bool {
    hash.len() == max
        && hash
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}

/// A hash whose three signs are not URL-encoded.
fn decoded(hash: &str) -> String {
    let mut out = String::new();
    let mut rest = hash;
    loop {
        let (before, behind) = break_at(rest, b"%");
        out.push_str(before);
        out.push(match behind.get(..3) {
            Some("%2B" | "%2b") => '+',
            Some("%2F" | "%2f") => '/',
            Some("%3D" | "%3d") => '=',
            _ if behind.is_empty() => return out,
            _ => return hash.to_owned(),
        });
        rest = behind.get(3..).unwrap_or_default();
    }
}

/// Several languages at once, which only authentication templates can be made in; their codes are for
/// the envelope.
pub(super) fn languages(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let Some(list) = given(definition.root, "languages") else {
        return;
    };
    if definition
        .category
        .is_some_and(|category| category != Category::Authentication)
    {
        findings.flag(rules::AUTH_BULK_CATEGORY, list);
    }
    if let Some(one) = given(definition.root, "language") {
        findings
            .flag(rules::AUTH_BULK_LANGUAGE, list)
            .delete(false, "delete `languages`", list)
            .delete(false, "delete `language`", one);
    }
}

const BARE_BODY: &str = r#"{"type":"BODY"}"#;

const COPY_CODE: &str = r#"{"type":"OTP","otp_type":"COPY_CODE"}"#;

/// The buttons component that every authentication template can have.
const SKELETON: &str = r#"{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}"#;

/// An object without some of its members.
fn without(node: &Node<'_>, keys: &[&str]) -> Node<'static> {
    let mut kept = Vec::new();
    for member in node.as_object().unwrap_or_default() {
        if !keys.contains(&member.key.as_ref()) {
            kept.push(member.owned());
        }
    }
    Node::made(Value::Object(kept))
}
