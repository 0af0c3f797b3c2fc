//! Definitions in the shape of other tools, answers and messages: recognised, named, and turned into
//! Meta's shape by a fix. Nothing of their content is judged before that.

mod parts;
mod twilio;

use super::shape::given;
use crate::definition::{Category, Definition};
use crate::findings::{Edit, Findings};
use crate::json::{Member, Node, Value, parse, write_string, write_value};
use crate::order::Joined;
use crate::rules;
use crate::text::is_listed;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    /// A definition as Meta takes it.
    Own,
    /// The same with camelCase keys.
    Camel,
    /// One with its parts beside the name.
    Parts,
    /// A content template of Twilio's.
    Twilio,
    /// A message that sends a template.
    Message,
    /// A webhook's body.
    Webhook,
    /// JSON inside a text.
    Text,
    /// Several, or one in brackets.
    List,
    /// An object around one.
    Wrapped,
}

/// What was found on the way to the definition.
#[derive(Debug, Default)]
struct Import {
    /// What is no definition at all.
    other: &'static str,
    /// Where the definition stands: "`data`, an array".
    inside: String,
    /// How many there are.
    count: usize,
    /// The type of Twilio's.
    twilio: String,
    /// The first key in camelCase.
    camel: String,
    /// The parts stood beside the name.
    parts: bool,
    /// Something of the source has no place in the definition.
    lossy: bool,
    readback: bool,
}

/// How many wrappers are looked through.
const DEEP: usize = 4;

/// Keys of Meta's that other tools write in camelCase. Only these are renamed: other keys may be a
/// caller's own.
const KEYS: &str = "parameter_format|message_send_ttl_seconds|allow_category_change|sub_category|display_format|\
    cta_url_link_tracking_opted_out|is_primary_device_delivery_only|degrees_of_freedom_spec|creative_features_spec|\
    library_template_name|library_template_body_inputs|library_template_button_inputs|\
    body_text|body_text_named_params|header_text|header_text_named_params|header_handle|param_name|phone_number|otp_type|\
    autofill_text|supported_apps|package_name|signature_hash|zero_tap_terms_accepted|add_security_recommendation|\
    code_expiration_minutes|flow_id|flow_name|flow_json|flow_action|navigate_screen|limited_time_offer|has_expiration|\
    app_deep_link|meta_app_id|android_deep_link|android_fallback_playstore_url|payment_link_preview";

/// What Meta adds to a definition that is read back.
const READ_ONLY: &str = "id|status|quality_score|rejected_reason|previous_category|correct_category|last_updated_time|health_status|\
    is_sms_fallback_enabled|source|disable_ios_autofill";

/// What stands beside the definitions in an answer of Meta's, and is no part of them.
const BESIDE: &str = "paging|meta|success|object|id";

/// Looks for another shape; the answer is whether there is one, and the content is not to be judged.
pub(super) fn check(root: &Node<'_>, findings: &mut Findings<'_>) -> bool {
    if matches!(shape(root, 0), None | Some(Shape::Own)) {
        return false;
    }
    let readback = findings.options.readback;
    let mut import = Import {
        readback,
        ..Import::default()
    };
    let node = convert(root, 0, &mut import);
    findings.incomplete();
    let rule = if !import.other.is_empty() {
        rules::IMPORT_OTHER
    } else if import.count > 1 {
        rules::IMPORT_LIST
    } else if !import.twilio.is_empty() {
        rules::IMPORT_TWILIO
    } else if import.parts {
        rules::IMPORT_PARTS
    } else if !import.inside.is_empty() {
        rules::IMPORT_WRAPPED
    } else {
        rules::IMPORT_CAMEL
    };
    // Safe where nothing is lost and nothing else is wrong.
    let safe = !import.lossy
        && import.count < 2
        && node.as_ref().is_some_and(|node| {
            let mut inner = Findings::new("", findings.options);
            if shape(node, 0) == Some(Shape::Own) {
                super::judge(node, &mut inner);
            } else {
                inner.incomplete();
            }
            inner.is_clean()
        });
    let found = findings.flag(rule, root);
    found
        .say("what", import.other)
        .say("inside", &import.inside)
        .say("name", &[import.twilio.as_str(), &import.camel].joined())
        .num("count", import.count);
    if let Some(node) = node.filter(|_| !root.open) {
        let title = if import.count > 1 {
            "take the first one"
        } else {
            "put it into Meta's shape"
        };
        found.mend(safe, title, vec![Edit::replace(root, node)]);
    }
    true
}

fn shape(node: &Node<'_>, depth: usize) -> Option<Shape> {
    if depth > DEEP {
        return None;
    }
    match &node.value {
        Value::String(text) => {
            let parsed = text
                .trim_start()
                .starts_with(['{', '['])
                .then(|| parse(text))?;
            let root = parsed.root.filter(|_| parsed.problems.is_empty())?;
            shape(&root, depth + 1).map(|_| Shape::Text)
        }
        Value::Array(items) => shape(items.first()?, depth + 1).map(|_| Shape::List),
        Value::Object(members) => {
            if node.get("entry").is_some_and(|n| n.as_array().is_some()) {
                return Some(Shape::Webhook);
            }
            if is_message(node) || node.get("template").is_some_and(is_message) {
                return Some(Shape::Message);
            }
            if is_twilio(node) {
                return Some(Shape::Twilio);
            }
            let has = |key: &str| given(node, key).is_some();
            let envelope = has("name") || has("language") || has("category");
            let parts =
                has("components") || has("library_template_name") || has("libraryTemplateName");
            if parts && envelope {
                return Some(if is_camel(node) {
                    Shape::Camel
                } else {
                    Shape::Own
                });
            }
            if envelope && !parts && parts::holder(node).is_some() {
                return Some(Shape::Parts);
            }
            // Half a definition, or one with a slip in a key, is still one.
            if parts || envelope {
                return (depth == 0).then_some(Shape::Own);
            }
            let inner = members
                .iter()
                .find(|m| shape(&m.value, depth + 1).is_some());
            inner.map(|_| Shape::Wrapped)
        }
        _ => None,
    }
}

/// A template in a message names its language by an object, or gives its components parameters.
fn is_message(node: &Node<'_>) -> bool {
    if given(node, "messaging_product").is_some() && given(node, "name").is_none() {
        return true;
    }
    if given(node, "name").is_none() || given(node, "category").is_some() {
        return false;
    }
    let language = given(node, "language").is_some_and(|language| language.get("code").is_some());
    let components = node.get("components").and_then(Node::as_array);
    let filled = |component: &Node<'_>| component.get("parameters").is_some();
    language || components.unwrap_or_default().iter().any(filled)
}

fn is_twilio(node: &Node<'_>) -> bool {
    let types = node.get("types").and_then(Node::as_object);
    let known = |key: &str| key.starts_with("twilio/") || key.starts_with("whatsapp/");
    types.unwrap_or_default().iter().any(|m| known(&m.key))
}

/// Whether a definition comes from a tool that writes camelCase: none of Meta's own keys stands beside
/// those. One among Meta's is a slip, which is told at its place.
fn is_camel(node: &Node<'_>) -> bool {
    let own = |key: &str| key.bytes().any(|b| b == b'_') && is_listed(key, KEYS);
    has_key(node, &|key| snake(key).is_some()) && !has_key(node, &own)
}

fn has_key(node: &Node<'_>, is: &dyn Fn(&str) -> bool) -> bool {
    match &node.value {
        Value::Object(members) => members.iter().any(|m| is(&m.key) || has_key(&m.value, is)),
        Value::Array(items) => items.iter().any(|item| has_key(item, is)),
        _ => false,
    }
}

/// Meta's key for one in camelCase.
fn snake(key: &str) -> Option<String> {
    if !key.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let mut out = String::new();
    for c in key.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    is_listed(&out, KEYS).then_some(out)
}

/// The definition that stands somewhere in a value, in Meta's shape.
fn convert(node: &Node<'_>, depth: usize, import: &mut Import) -> Option<Node<'static>> {
    let step = |import: &mut Import, name: &str| {
        if !import.inside.is_empty() {
            import.inside.push_str(", ");
        }
        import.inside.push_str(name);
    };
    match shape(node, depth)? {
        Shape::Own | Shape::Camel => meta(node, import),
        Shape::Twilio => twilio::convert(node, import),
        Shape::Parts => parts::convert(node, import),
        Shape::Message => {
            import.other = "a message that sends a template";
            None
        }
        Shape::Webhook => {
            import.other = "a webhook's body";
            None
        }
        Shape::Text => {
            step(import, "a text");
            let parsed = parse(node.as_str()?);
            convert(&parsed.root?, depth + 1, import)
        }
        Shape::List => {
            step(import, "an array");
            let items = node.as_array()?;
            import.count = import.count.max(items.len());
            convert(items.first()?, depth + 1, import)
        }
        Shape::Wrapped => {
            let mut inner = None;
            for member in node.as_object()? {
                if inner.is_none() && shape(&member.value, depth + 1).is_some() {
                    inner = Some(member);
                } else if !is_listed(&member.key, BESIDE) {
                    import.lossy = true;
                }
            }
            let inner = inner?;
            step(import, &["`", &inner.key, "`"].joined());
            convert(&inner.value, depth + 1, import)
        }
    }
}

/// How one definition is carried over.
struct Carry<'n, 'i> {
    import: &'i mut Import,
    /// It was read back: what Meta added stays behind.
    read: bool,
    /// The address that Meta shows in the place of a one-time code's button.
    code: Option<&'n str>,
    out: Out,
}

fn meta(node: &Node<'_>, import: &mut Import) -> Option<Node<'static>> {
    let added = given(node, "id").is_some() && given(node, "status").is_some();
    let read = added && !import.readback;
    let definition = Definition::read(node);
    let authentication = definition.category == Some(Category::Authentication);
    let buttons = definition.buttons();
    let url = buttons.first().and_then(|b| b.text_of("url"));
    let code = url.map(|(url, _)| url).filter(|_| read && authentication);
    let code = code.filter(|url| parameter(url, "otp_type").is_some());
    import.lossy |= code.is_some();
    let mut carry = Carry {
        import,
        read,
        code,
        out: Out::default(),
    };
    carry.value("", node, true);
    carry.out.node()
}

impl Carry<'_, '_> {
    fn value(&mut self, key: &str, node: &Node<'_>, top: bool) {
        match &node.value {
            Value::Array(items) => {
                self.out.open(key, '[');
                for item in items {
                    self.value("", item, false);
                }
                self.out.close(']');
            }
            Value::Object(members) => {
                self.out.open(key, '{');
                self.members(node, members, top);
                self.out.close('}');
            }
            _ => self.out.node_at(key, node),
        }
    }

    fn members(&mut self, node: &Node<'_>, members: &[Member<'_>], top: bool) {
        const MINUTES: &str = "code_expiration_minutes";
        let kind = node.get("type").and_then(Node::as_str).unwrap_or_default();
        let is = |word: &str| kind.eq_ignore_ascii_case(word);
        if let Some(url) = self.code
            && is("URL")
        {
            return otp(node, url, &mut self.out);
        }
        let preset = self.code.is_some() && (is("BODY") || is("FOOTER"));
        let coupon = self.read && is("COPY_CODE");
        for member in members {
            let key = member.key.as_ref();
            let custom = key == "sub_category" && member.value.as_str() == Some("CUSTOM");
            if (top && self.read && (is_listed(key, READ_ONLY) || custom))
                || (key == "text" && (coupon || preset))
                || (key == "example" && preset)
            {
                continue;
            }
            if key.is_empty() {
                self.import.lossy = true;
                continue;
            }
            match snake(key) {
                None => self.value(key, &member.value, false),
                Some(name) if node.get(&name).is_some() => self.import.lossy = true,
                Some(name) => {
                    if self.import.camel.is_empty() {
                        self.import.camel.push_str(key);
                    }
                    self.value(&name, &member.value, false);
                }
            }
        }
        if let Some(url) = self.code
            && let Some(minutes) = parameter(url, MINUTES)
            && is("FOOTER")
            && given(node, MINUTES).is_none()
        {
            self.out.number(MINUTES, minutes);
        }
    }
}

/// One parameter of an address.
fn parameter<'u>(url: &'u str, name: &str) -> Option<&'u str> {
    let mut pairs = crate::text::parts(url, b"?&");
    pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// A hash as it was before it was put into an address.
fn decoded(hash: &str) -> String {
    let mut out = String::new();
    for (place, piece) in crate::text::parts(hash, b"%").enumerate() {
        let sign = match piece.get(..2) {
            Some("2F") if place > 0 => '/',
            Some("2B") if place > 0 => '+',
            Some("3D") if place > 0 => '=',
            _ => {
                out.push_str(piece);
                continue;
            }
        };
        out.push(sign);
        out.push_str(piece.get(2..).unwrap_or_default());
    }
    out
}

/// The button of a one-time code, from the address that Meta shows in its place.
fn otp(node: &Node<'_>, url: &str, out: &mut Out) {
    out.text("type", "OTP");
    out.text("otp_type", parameter(url, "otp_type").unwrap_or_default());
    if let Some(label) = given(node, "text") {
        out.node_at("text", label);
    }
    let package = parameter(url, "package_name");
    if let (Some(package), Some(hash)) = (package, parameter(url, "signature_hash")) {
        out.open("supported_apps", '[');
        out.open("", '{');
        out.text("package_name", package);
        out.text("signature_hash", &decoded(hash));
        out.close('}');
        out.close(']');
    }
}

/// JSON that is being written: a tree of nodes costs several times the code.
#[derive(Debug, Default)]
struct Out(String);

impl Out {
    fn key(&mut self, key: &str) {
        if !self.0.is_empty() && !self.0.ends_with(['{', '[']) {
            self.0.push(',');
        }
        if !key.is_empty() {
            write_string(&mut self.0, key);
            self.0.push(':');
        }
    }

    /// Begins an object or array; the key is empty for items.
    fn open(&mut self, key: &str, bracket: char) {
        self.key(key);
        self.0.push(bracket);
    }

    fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        write_string(&mut self.0, text);
    }

    fn node_at(&mut self, key: &str, node: &Node<'_>) {
        self.key(key);
        write_value(&mut self.0, node);
    }

    /// A number that was given as a text; other texts stay what they are.
    fn number(&mut self, key: &str, text: &str) {
        let digits = text.len() < 6 && text.bytes().all(|b| b.is_ascii_digit());
        if digits && !text.is_empty() && !text.starts_with('0') {
            self.key(key);
            self.0.push_str(text);
        } else {
            self.text(key, text);
        }
    }

    fn node(&self) -> Option<Node<'static>> {
        parse(&self.0).root.map(|root| root.owned())
    }
}
