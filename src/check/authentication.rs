//! Authentication templates: a body that Meta writes, and one button that hands over the code.

use super::components;
use super::shape::{Field, Kind, expected, given, may, shape, text};
use super::texts::{clean, length, no_placeholders};
use crate::definition::{Button, ButtonKind, Category, Component, ComponentKind, Definition};
use crate::findings::{Edit, Findings};
use crate::json::{Node, Value};
use crate::limits::Limit;
use crate::rules;
use crate::text::{clip, count_chars, find, find_placeholders};

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
    Kind::Word(&["COPY_CODE", "ONE_TAP", "ZERO_TAP"], &rules::AUTH_OTP_TYPE),
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
    let unread = definition.component(ComponentKind::Unknown).is_some();
    let vague = unread || buttons.iter().any(|b| b.kind == ButtonKind::Unknown);
    let hands_over = buttons
        .iter()
        .any(|b| is_otp(b, readback) || otp_address(b).is_some());
    let own = body.and_then(|b| given(b.node, "text").or(given(b.node, "example")));
    let legacy = own.is_some() && !hands_over && !vague && !list.open;
    if let Some((body, own)) = body.zip(own) {
        if legacy {
            let found = findings.flag(&rules::AUTH_LEGACY, own);
            let parts = Node::array(vec![typed("BODY"), skeleton()]);
            found.mend(
                false,
                "make it a one-time code",
                vec![Edit::replace(list, parts)],
            );
            if let Some(category) = given(definition.root, "category") {
                found.put(false, "make it a utility template", category, "UTILITY");
            }
        } else if !readback {
            let kept = without(body.node, &["text", "example"]);
            let edit = vec![Edit::replace(body.node, kept)];
            findings
                .flag(&rules::AUTH_BODY, own)
                .mend(false, "delete the text", edit);
        }
    }
    if body.is_none() && !unread {
        let edit = vec![Edit::insert(list, 0, typed("BODY"))];
        findings
            .missing(&rules::AUTH_BODY_REQUIRED, list)
            .mend(true, "add it", edit);
    }
    if !hands_over && !legacy && !vague {
        let inside = holder.and_then(|h| given(h.node, "buttons"));
        let (owner, edit) = match (holder, inside) {
            (None, _) => (
                list,
                Edit::insert(list, definition.components.len(), skeleton()),
            ),
            (Some(holder), None) => {
                let one = Node::array(vec![copy_code()]);
                (holder.node, Edit::add(holder.node, "buttons", one))
            }
            (_, Some(inside)) => (inside, Edit::insert(inside, 0, copy_code())),
        };
        if inside.is_none_or(|inside| inside.as_array().is_some()) {
            let edit = vec![edit];
            findings.missing(&rules::AUTH_OTP_REQUIRED, owner).mend(
                false,
                "add a button that copies the code",
                edit,
            );
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
                findings
                    .flag(&rules::AUTH_FOOTER_TEXT, text)
                    .mend(false, "delete it", vec![edit]);
            }
        }
        ComponentKind::Buttons => {
            shape(node, "a buttons component", BUTTONS, findings);
            buttons(component, definition, findings);
        }
        kind => {
            findings
                .flag(&rules::AUTH_EXTRA, node)
                .say("name", kind.word())
                .mend(false, "delete it", vec![Edit::remove(node)]);
        }
    }
}

/// How long a code is valid.
pub(super) fn minutes(owner: &Node<'_>, findings: &mut Findings<'_>) {
    const KEY: &str = "code_expiration_minutes";
    let Some(node) = given(owner, KEY) else {
        return;
    };
    let quoted = node.as_str().and_then(|text| text.parse::<i64>().ok());
    let Some(found) = node.as_i64().or(quoted) else {
        return expected(node, KEY, "a whole number", findings);
    };
    if quoted.is_some() {
        let edit = vec![Edit::replace(node, Node::int(found))];
        findings
            .flag(&rules::WRONG_TYPE, node)
            .say("name", KEY)
            .say("expected", "a whole number")
            .say("found", node.noun())
            .mend(true, "write it without quotes", edit);
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
    let edit = vec![Edit::replace(node, Node::int(near))];
    findings
        .flag(&rules::AUTH_EXPIRATION, node)
        .num("min", least)
        .num("max", most)
        .say("found", &crate::text::integer(found))
        .mend(
            false,
            &["write ", &crate::text::integer(near)].concat(),
            edit,
        );
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
            let found = findings.flag(&rules::AUTH_READ_BACK, node);
            // The other kinds need apps, which the address does not hold in their form.
            if find(url, "otp_type=COPY_CODE").is_some() && alone {
                found.mend(
                    true,
                    "write an OTP button",
                    vec![Edit::replace(node, copy_code())],
                );
            }
        } else if let Some(kind) = kind.filter(|_| word.is_none()) {
            expected(kind, "type", "a text", findings);
        } else if !kind.is_some_and(|kind| kind.open) {
            let other = ["of the type ", &clip(word.unwrap_or_default())].concat();
            let found = match word {
                Some(_) => findings.flag(&rules::AUTH_ONE_OTP, node),
                None => findings.missing(&rules::AUTH_ONE_OTP, node),
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
                let otp = Node::text("OTP");
                let edit = match kind {
                    Some(kind) => Edit::replace(kind, otp),
                    None => Edit::add(node, "type", otp),
                };
                found
                    .say("remedy", "write OTP, or delete it")
                    .mend(false, "write OTP", vec![edit]);
            } else {
                found
                    .say("remedy", "delete it")
                    .mend(false, "delete it", vec![Edit::remove(node)]);
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
    let english = definition.language.unwrap_or_default().split('_').next() == Some("en");
    for (key, usual) in LABELS {
        let Some((label, at)) = text(node, key) else {
            continue;
        };
        let own = !label.eq_ignore_ascii_case(usual) && !at.open;
        let delete = ["delete `", key, "`"].concat();
        if definition.has("languages") {
            let found = findings.flag(&rules::AUTH_BULK_LABEL, at);
            found
                .say("name", key)
                .mend(!own, &delete, vec![Edit::remove(at)]);
            continue;
        }
        let (placeholders, _) = find_placeholders(label);
        let rule = &rules::BUTTON_TEXT_CLEAN;
        length(
            label,
            at,
            Limit::ButtonChars,
            &rules::BUTTON_TEXT_MAX,
            findings,
        );
        no_placeholders(rule, &placeholders, at, findings);
        clean(rule, label, at, Some(&placeholders), findings);
        if own && (english || label.trim().is_empty()) {
            let found = findings.flag(&rules::AUTH_LABEL, at);
            found
                .say("name", &clip(label))
                .say("usual", usual)
                .mend(false, &delete, vec![Edit::remove(at)])
                .put(false, &["write `", usual, "`"].concat(), at, usual);
        }
    }
    let copies =
        text(node, "otp_type").is_some_and(|(kind, _)| kind.eq_ignore_ascii_case("COPY_CODE"));
    if copies && let Some(label) = given(node, "autofill_text") {
        findings.flag(&rules::AUTH_AUTOFILL, label).mend(
            false,
            "delete it",
            vec![Edit::remove(label)],
        );
    }
    if given(node, "otp_type").is_none() {
        let edit = vec![Edit::add(node, "otp_type", Node::text("COPY_CODE"))];
        findings.missing(&rules::AUTH_OTP_TYPE_REQUIRED, node).mend(
            false,
            "make it a button that copies",
            edit,
        );
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
            let edit = vec![Edit::replace(node, kept)];
            findings
                .flag(&rules::AUTH_APPS_UNUSED, unused)
                .mend(false, "delete them", edit);
        }
        None if opens_app => {
            findings.missing(&rules::AUTH_APPS_REQUIRED, node);
        }
        _ => {}
    }
    if let Some(pair) = pair {
        app(node, findings);
        if !copies {
            let complete = PAIR.iter().all(|key| given(node, key).is_some());
            let mut kept = without(node, &PAIR);
            if apps.is_none()
                && let Value::Object(members) = &mut kept.value
            {
                let copied = |key| Some((key, given(node, key)?.clone().into_owned()));
                let one = Node::object(PAIR.into_iter().filter_map(copied).collect());
                let list = Node::object(vec![("supported_apps", Node::array(vec![one]))]);
                if let Value::Object(list) = list.value {
                    members.extend(list);
                }
            }
            let edit = vec![Edit::replace(node, kept)];
            findings.flag(&rules::AUTH_APP_OUTSIDE, pair).mend(
                complete && apps.is_none(),
                "put it into `supported_apps`",
                edit,
            );
        }
    }
    if let Some((list, items)) = apps.and_then(|list| Some((list, list.as_array()?))) {
        if items.is_empty() && opens_app {
            findings.missing(&rules::AUTH_APPS_REQUIRED, list);
        }
        findings.limit(
            &rules::AUTH_APPS_MAX,
            Limit::SupportedApps,
            items.len(),
            list,
        );
        for item in items {
            if shape(item, "an app", APP, findings) {
                app(item, findings);
            }
        }
    }
    let terms = given(node, "zero_tap_terms_accepted");
    if quiet && terms.is_none_or(|terms| terms.as_bool() == Some(false)) {
        let yes = Node::made(Value::Bool(true));
        let (found, edit) = match terms {
            Some(terms) => (
                findings.flag(&rules::AUTH_TERMS, terms),
                Edit::replace(terms, yes),
            ),
            None => (
                findings.missing(&rules::AUTH_TERMS, node),
                Edit::add(node, "zero_tap_terms_accepted", yes),
            ),
        };
        found.mend(false, "accept them", vec![edit]);
    }
}

/// An app's name and hash, wherever they stand.
fn app(owner: &Node<'_>, findings: &mut Findings<'_>) {
    for key in PAIR {
        if given(owner, key).is_none() {
            findings
                .missing(&rules::AUTH_APP_INCOMPLETE, owner)
                .say("name", key);
        }
    }
    if let Some((name, node)) = text(owner, "package_name").filter(|(_, node)| !node.open) {
        length(
            name,
            node,
            Limit::PackageNameChars,
            &rules::AUTH_PACKAGE_MAX,
            findings,
        );
        if !is_package(name) {
            let found = findings.flag(&rules::AUTH_PACKAGE_NAME, node);
            found.say("name", &clip(name));
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
        let found = findings.flag(&rules::AUTH_SIGNATURE, node);
        let why = if is_hash(&meant, max) && crate::text::has(hash, b'%') {
            ": it is URL-encoded".to_owned()
        } else if used == max {
            String::new()
        } else {
            [": it has ", &crate::text::digits(used), " characters"].concat()
        };
        found
            .say("name", &clip(hash))
            .num("max", max)
            .say("found", &why);
        if is_hash(&meant, max) {
            found.put(true, &["write ", &meant].concat(), node, &meant);
        }
    }
}

fn is_package(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    crate::text::has(name, b'.') && name.split('.').all(part)
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
    while let Some((before, behind)) = rest.split_once('%') {
        out.push_str(before);
        let sign = match behind.get(..2) {
            Some("2B" | "2b") => '+',
            Some("2F" | "2f") => '/',
            Some("3D" | "3d") => '=',
            _ => return hash.to_owned(),
        };
        out.push(sign);
        rest = behind.get(2..).unwrap_or_default();
    }
    out.push_str(rest);
    out
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
        findings.flag(&rules::AUTH_BULK_CATEGORY, list);
    }
    if let Some(one) = given(definition.root, "language") {
        findings
            .flag(&rules::AUTH_BULK_LANGUAGE, list)
            .mend(false, "delete `languages`", vec![Edit::remove(list)])
            .mend(false, "delete `language`", vec![Edit::remove(one)]);
    }
}

/// A component or button that says no more than its type.
fn typed(word: &'static str) -> Node<'static> {
    Node::object(vec![("type", Node::text(word))])
}

fn copy_code() -> Node<'static> {
    Node::object(vec![
        ("type", Node::text("OTP")),
        ("otp_type", Node::text("COPY_CODE")),
    ])
}

/// The buttons component that every authentication template can have.
fn skeleton() -> Node<'static> {
    Node::object(vec![
        ("type", Node::text("BUTTONS")),
        ("buttons", Node::array(vec![copy_code()])),
    ])
}

/// An object without some of its members.
fn without(node: &Node<'_>, keys: &[&str]) -> Node<'static> {
    let mut kept = node.clone().into_owned();
    if let Value::Object(members) = &mut kept.value {
        members.retain(|member| !keys.contains(&member.key.as_ref()));
    }
    kept
}
