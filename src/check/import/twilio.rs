//! Content templates of Twilio's. Their variables are numbered over the whole template, and Meta's in
//! each text from 1; names, category and samples stand elsewhere.

use super::Import;
use crate::check::envelope::slug;
use crate::check::shape::given;
use crate::json::{Member, Node, Value};
use crate::order::Words;
use crate::text::{braced, find_placeholders};

/// The types that have a counterpart, those that say most first: what Twilio would send.
const TYPES: &[&str] = &[
    "whatsapp/authentication",
    "whatsapp/card",
    "twilio/carousel",
    "twilio/card",
    "twilio/call-to-action",
    "twilio/quick-reply",
    "twilio/media",
    "twilio/text",
];

type Members = Vec<(&'static str, Node<'static>)>;

/// Its variables.
struct Variables<'n> {
    samples: &'n [Member<'n>],
    /// The places of the samples by their names.
    places: Words<'n>,
    /// Some have names.
    named: bool,
}

/// A text with its placeholders as Meta numbers them.
struct Filled {
    text: String,
    /// The same with the samples in their places.
    sample: String,
    names: Vec<String>,
    values: Vec<Node<'static>>,
}

/// The definition; none for types that Meta has no template for.
pub(super) fn convert(root: &Node<'_>, import: &mut Import) -> Option<Node<'static>> {
    let types = root.get("types")?;
    import.lossy = true;
    let first = types.as_object()?.first()?;
    import.twilio = Some(first.key.to_string());
    let (kind, content) = TYPES
        .iter()
        .find_map(|kind| Some((*kind, given(types, kind)?)))?;
    import.twilio = Some(kind.to_owned());
    let samples = root.get("variables").and_then(Node::as_object);
    let samples = samples.unwrap_or_default();
    let is_name = |key: &str| !key.bytes().all(|b| b.is_ascii_digit());
    let mut places = Words::new();
    for (place, member) in samples.iter().enumerate() {
        places.insert(&member.key, place);
    }
    let named = samples.iter().any(|member| is_name(&member.key));
    let variables = Variables {
        samples,
        places,
        named,
    };
    let approval = root.get("approval_requests");
    let said = |key: &str| Some(approval?.get(key)?.as_str()?.to_owned());
    let friendly = given(root, "friendly_name").or_else(|| given(root, "friendlyName"));
    let name = said("name").or_else(|| Some(slug(friendly?.as_str()?)));
    let authentication = kind == "whatsapp/authentication";
    let category = if authentication {
        Some("AUTHENTICATION".to_owned())
    } else {
        said("category")
    };
    let mut members = Members::new();
    for (key, text) in [("name", name), ("category", category)] {
        if let Some(text) = text {
            members.push((key, Node::text(text)));
        }
    }
    if let Some(language) = given(root, "language") {
        members.push(("language", language.clone().into_owned()));
    }
    if variables.named {
        members.push(("parameter_format", Node::text("NAMED")));
    }
    let components = if authentication {
        code(content)
    } else {
        parts(content, &variables)
    };
    members.push(("components", Node::array(components)));
    Some(Node::object(members))
}

/// The components of a template, or of a card.
fn parts(content: &Node<'_>, variables: &Variables<'_>) -> Vec<Node<'static>> {
    let text = |key: &str| {
        content
            .get(key)
            .and_then(Node::as_str)
            .filter(|t| !t.is_empty())
    };
    let mut out = Vec::new();
    if let Some(header) = text("header_text") {
        let mut members = texts("HEADER", header, variables);
        members.push(("format", Node::text("TEXT")));
        out.push(Node::object(members));
    }
    let media = content.get("media");
    let media = media.and_then(|media| media.item(0).unwrap_or(media).as_str());
    if let Some(media) = media {
        out.push(file(&fill(media, variables).sample));
    }
    let body = match (text("title"), text("body")) {
        (Some(title), Some(body)) => [title, "\n", body].concat(),
        (title, body) => title.or(body).unwrap_or_default().to_owned(),
    };
    out.push(Node::object(texts("BODY", &body, variables)));
    if let Some(footer) = text("footer").or_else(|| text("subtitle")) {
        out.push(typed(
            "FOOTER",
            vec![("text", Node::text(footer.to_owned()))],
        ));
    }
    let list = |key: &str| {
        content
            .get(key)
            .and_then(Node::as_array)
            .unwrap_or_default()
    };
    let mut buttons = Vec::new();
    for action in list("actions") {
        buttons.push(button(action, variables));
    }
    if !buttons.is_empty() {
        out.push(typed("BUTTONS", vec![("buttons", Node::array(buttons))]));
    }
    let mut cards = Vec::new();
    for card in list("cards") {
        let components = Node::array(parts(card, variables));
        cards.push(Node::object(vec![("components", components)]));
    }
    if !cards.is_empty() {
        out.push(typed("CAROUSEL", vec![("cards", Node::array(cards))]));
    }
    out
}

fn typed(kind: &'static str, mut members: Members) -> Node<'static> {
    members.insert(0, ("type", Node::text(kind)));
    Node::object(members)
}

/// A header or body with its samples.
fn texts(kind: &'static str, raw: &str, variables: &Variables<'_>) -> Members {
    let filled = fill(raw, variables);
    let body = kind == "BODY";
    let mut members = vec![
        ("type", Node::text(kind)),
        ("text", Node::text(filled.text)),
    ];
    let mut pairs = Vec::new();
    for (name, value) in filled.names.iter().zip(&filled.values) {
        let name = Node::text(name.clone());
        pairs.push(Node::object(vec![
            ("param_name", name),
            ("example", value.clone()),
        ]));
    }
    let row = Node::array(filled.values);
    let (key, samples) = match (variables.named, body) {
        (true, true) => ("body_text_named_params", Node::array(pairs)),
        (true, false) => ("header_text_named_params", Node::array(pairs)),
        (false, true) => ("body_text", Node::array(vec![row])),
        (false, false) => ("header_text", row),
    };
    if !filled.names.is_empty() {
        members.push(("example", Node::object(vec![(key, samples)])));
    }
    members
}

/// A media header; the check will ask for a handle in the place of the address.
fn file(address: &str) -> Node<'static> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| address.ends_with(ending));
    let format = if ends(&[".mp4", ".3gp"]) {
        "VIDEO"
    } else if ends(&[".pdf"]) {
        "DOCUMENT"
    } else {
        "IMAGE"
    };
    let handles = Node::array(vec![Node::text(address.to_owned())]);
    let example = Node::object(vec![("header_handle", handles)]);
    typed(
        "HEADER",
        vec![("format", Node::text(format)), ("example", example)],
    )
}

/// A button; its id stays behind, because Meta takes it with each message.
fn button(action: &Node<'_>, variables: &Variables<'_>) -> Node<'static> {
    let text = |key: &str| action.get(key).and_then(Node::as_str);
    let kind = text("type").unwrap_or("QUICK_REPLY");
    let mut members = vec![("type", Node::text(kind.to_owned()))];
    let own = |text: &str| Node::text(text.to_owned());
    if let Some(code) = text("code") {
        members.push(("example", own(&fill(code, variables).sample)));
        return Node::object(members);
    }
    if let Some(title) = text("title") {
        members.push(("text", own(title)));
    }
    if let Some(url) = text("url") {
        let filled = fill(url, variables);
        members.push(("url", Node::text(filled.text)));
        if !filled.names.is_empty() {
            members.push(("example", Node::array(vec![Node::text(filled.sample)])));
        }
    }
    if let Some(phone) = text("phone") {
        members.push(("phone_number", own(phone)));
    }
    Node::object(members)
}

/// A one-time code.
fn code(content: &Node<'_>) -> Vec<Node<'static>> {
    const ADVICE: &str = "add_security_recommendation";
    const MINUTES: &str = "code_expiration_minutes";
    let kept = |key| Some((key, given(content, key)?.clone().into_owned()));
    let mut out = vec![typed("BODY", kept(ADVICE).into_iter().collect())];
    if let Some((key, mut minutes)) = kept(MINUTES) {
        // Twilio takes the number as a text, too.
        if let Some(n) = minutes.as_str().and_then(|n| n.parse().ok()) {
            minutes = Node::int(n);
        }
        out.push(typed("FOOTER", vec![(key, minutes)]));
    }
    let mut button = vec![("otp_type", Node::text("COPY_CODE"))];
    let action = content.get("actions").and_then(|actions| actions.item(0));
    if let Some(label) = action.and_then(|action| given(action, "copy_code_text")) {
        button.push(("text", label.clone().into_owned()));
    }
    let buttons = Node::array(vec![typed("OTP", button)]);
    out.push(typed("BUTTONS", vec![("buttons", buttons)]));
    out
}

/// Numbers a text's placeholders from 1, unless they have names, and finds their samples.
fn fill(raw: &str, variables: &Variables<'_>) -> Filled {
    let mut out = Filled {
        text: String::new(),
        sample: String::new(),
        names: Vec::new(),
        values: Vec::new(),
    };
    let mut from = 0;
    let mut seen = Words::new();
    for placeholder in find_placeholders(raw).0 {
        let before = raw.get(from..placeholder.at.start).unwrap_or_default();
        from = placeholder.at.end;
        let name = placeholder.name();
        let sample = variables.places.get(name);
        let sample = sample.and_then(|place| variables.samples.get(place));
        let value = match sample.map(|member| &member.value.value) {
            Some(Value::String(text) | Value::Number(text)) => text.as_ref(),
            _ => "",
        };
        let place = seen.get(name).unwrap_or(out.names.len());
        if place == out.names.len() {
            seen.insert(name, place);
            out.names.push(name.to_owned());
            out.values.push(Node::text(value.to_owned()));
        }
        let number = (place + 1).to_string();
        let shown = braced(if variables.named { name } else { &number });
        for (target, piece) in [(&mut out.text, shown.as_str()), (&mut out.sample, value)] {
            target.push_str(before);
            target.push_str(piece);
        }
    }
    let rest = raw.get(from..).unwrap_or_default();
    out.text.push_str(rest);
    out.sample.push_str(rest);
    out
}
