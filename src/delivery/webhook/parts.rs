//! Reads the value of one change. What it holds decides, then the field's name: a sample of Meta's
//! own carries the wrong one.

use super::events::{
    AccountEvent, MessageEvent, Origin, StatusError, StatusEvent, TemplateEvent, UnknownEvent,
    WebhookEvent,
};
use crate::delivery::classify::{classify_code, read_error};
use crate::json::{Node, Value};

/// Times above this are milliseconds already: in seconds it is the year 5138.
const MILLISECONDS_FROM: f64 = 1.0e11;

/// Members of a value that only an update of the account has.
const ACCOUNT_KEYS: &[&str] = &[
    "ban_info",
    "violation_info",
    "restriction_info",
    "waba_info",
    "lock_info",
    "disconnection_info",
    "partner_client_certification_info",
    "volume_tier_info",
    "max_daily_conversations_per_business",
    "max_phone_numbers_per_business",
    "current_limit",
    "requested_verified_name",
];

/// Fields about the account, its numbers or people's preferences.
const ACCOUNT_FIELDS: &[&str] = &[
    "account_update",
    "account_alerts",
    "account_review_update",
    "account_settings_update",
    "business_capability_update",
    "business_status_update",
    "payment_configuration_update",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
    "user_preferences",
];

/// One change under way.
pub(super) struct Part<'n, 't> {
    text: &'n str,
    value: &'n Node<'t>,
    whole: &'n Node<'t>,
    origin: Origin,
}

impl<'n, 't> Part<'n, 't> {
    /// A change's value and the change that it stands in.
    pub(super) fn new(
        text: &'n str,
        value: &'n Node<'t>,
        whole: &'n Node<'t>,
        mut origin: Origin,
    ) -> Self {
        let metadata = value.get("metadata");
        origin.phone_number_id = id(metadata.and_then(|metadata| metadata.get("phone_number_id")));
        // News of a customer's account come in an entry of the partner's portfolio.
        let info = value.get("waba_info");
        if let Some(account) = id(info.and_then(|info| info.get("waba_id"))) {
            origin.waba_id = Some(account);
        }
        Part {
            text,
            value,
            whole,
            origin,
        }
    }

    fn field(&self) -> &str {
        self.origin.field.as_deref().unwrap_or_default()
    }
}

/// Reads one change into events.
pub(super) fn read_value(part: &Part<'_, '_>, events: &mut Vec<WebhookEvent>) {
    let before = events.len();
    let has_all = |keys: &[&str]| keys.iter().all(|key| part.value.get(key).is_some());
    // Relays pass single items on, too.
    if has_all(&["id", "status"]) && !has_all(&["type"]) {
        return events.push(status(part, part.value));
    }
    if has_all(&["id", "from", "type"]) {
        return events.push(message(part, part.value));
    }
    for member in part.value.as_object().unwrap_or_default() {
        let items = super::one_or_many(&member.value);
        let make: fn(&Part<'_, '_>, &Node<'_>) -> WebhookEvent = match member.key.as_ref() {
            // Calls have states, too, which say nothing of messages.
            "statuses" if part.field() == "calls" => continue,
            "statuses" => status,
            "messages" | "message_echoes" | "history" => message,
            "user_preferences" => |part, item| account(part, item),
            "errors" => {
                events.push(errors(part, items));
                continue;
            }
            _ => continue,
        };
        events.extend(items.iter().map(|item| match item.as_object() {
            Some(_) => make(part, item),
            None => unknown(
                part.text,
                item,
                part.origin.clone(),
                "an item that is not an object",
            ),
        }));
    }
    if events.len() > before {
        return;
    }
    let field = part.field();
    let has = |keys: &[&str]| keys.iter().any(|key| part.value.get(key).is_some());
    events.push(
        if has(&["message_template_id", "message_template_name"])
            || field.starts_with("message_template")
            || field.starts_with("template_")
        {
            template(part)
        } else if has(ACCOUNT_KEYS) || ACCOUNT_FIELDS.contains(&field) {
            account(part, part.whole)
        } else {
            other(part, part.whole)
        },
    );
}

/// An event for what is none of the kinds.
fn other(part: &Part<'_, '_>, node: &Node<'_>) -> WebhookEvent {
    WebhookEvent::Unknown(UnknownEvent {
        problem: None,
        origin: part.origin.clone(),
        raw: raw(part.text, node),
    })
}

/// An event for what should be readable and is not.
pub(super) fn unknown(
    text: &str,
    node: &Node<'_>,
    origin: Origin,
    problem: &'static str,
) -> WebhookEvent {
    WebhookEvent::Unknown(UnknownEvent {
        problem: Some(problem.to_owned()),
        origin,
        raw: raw(text, node),
    })
}

fn status(part: &Part<'_, '_>, item: &Node<'_>) -> WebhookEvent {
    let text = |key| id(item.get(key));
    // A payment that failed says nothing of the message that asked for it.
    if matches!(text("type").as_deref(), Some("payment" | "call")) {
        return other(part, item);
    }
    WebhookEvent::Status(StatusEvent {
        id: text("id").unwrap_or_default(),
        status: text("status").unwrap_or_default(),
        timestamp: milliseconds(item.get("timestamp")),
        timestamp_raw: text("timestamp"),
        recipient_id: text("recipient_id"),
        recipient_user_id: text("recipient_user_id").or_else(|| user_id(part, item)),
        callback_id: text("biz_opaque_callback_data"),
        errors: errors_of(part, item),
        conversation: item.get("conversation").map(|node| raw(part.text, node)),
        pricing: item.get("pricing").map(|node| raw(part.text, node)),
        origin: part.origin.clone(),
        raw: raw(part.text, item),
    })
}

/// The user id of a status' recipient, which stands among the contacts beside it.
fn user_id(part: &Part<'_, '_>, item: &Node<'_>) -> Option<String> {
    let contacts = super::one_or_many(part.value.get("contacts")?);
    let number = id(item.get("recipient_id"));
    let contact = match (contacts, number) {
        (_, Some(number)) => contacts
            .iter()
            .find(|contact| id(contact.get("wa_id")).as_ref() == Some(&number))?,
        ([only], None) => only,
        _ => return None,
    };
    id(contact.get("user_id"))
}

fn errors_of(part: &Part<'_, '_>, item: &Node<'_>) -> Vec<StatusError> {
    let errors = item.get("errors").map(super::one_or_many);
    let read = |error| read_one(part.text, error);
    errors.unwrap_or_default().iter().map(read).collect()
}

fn message(part: &Part<'_, '_>, item: &Node<'_>) -> WebhookEvent {
    let text = |key| id(item.get(key));
    WebhookEvent::Message(MessageEvent {
        id: text("id"),
        from: text("from").or_else(|| text("from_user_id")),
        kind: text("type"),
        timestamp: milliseconds(item.get("timestamp")),
        reply_to: item
            .get("context")
            .and_then(|context| id(context.get("id"))),
        errors: errors_of(part, item),
        origin: part.origin.clone(),
        raw: raw(part.text, item),
    })
}

fn template(part: &Part<'_, '_>) -> WebhookEvent {
    let text = |key| id(part.value.get(key));
    let (quality, event) = (text("new_quality_score"), text("event"));
    let new_category = text("new_category");
    let components = part.value.get("message_template_element").is_some();
    let change = match (&event, &quality, &new_category) {
        (Some(_), _, _) => "status",
        (_, Some(_), _) => "quality",
        (_, _, Some(_)) => "category",
        _ if components => "components",
        _ => part.field(),
    };
    WebhookEvent::Template(TemplateEvent {
        template_id: text("message_template_id"),
        name: text("message_template_name"),
        language: text("message_template_language").map(|code| code.replace('-', "_")),
        change: change.to_owned(),
        status: event,
        reason: text("reason")
            .filter(|reason| reason != "NONE")
            .or_else(|| id(part.value.get("rejection_info")?.get("reason")))
            .or_else(|| id(part.value.get("other_info")?.get("title"))),
        // An announced change names the category that will hold as the correct one.
        category: text("correct_category")
            .or(new_category)
            .or_else(|| text("message_template_category")),
        quality,
        origin: part.origin.clone(),
        raw: raw(part.text, part.whole),
    })
}

fn account(part: &Part<'_, '_>, node: &Node<'_>) -> WebhookEvent {
    let text = |key| id(part.value.get(key));
    WebhookEvent::Account(AccountEvent {
        event: text("event")
            .or_else(|| text("decision"))
            .or_else(|| text("alert_type"))
            .or_else(|| id(part.value.get("alert_info")?.get("alert_type")))
            .or_else(|| id(node.get("value"))),
        errors: Vec::new(),
        origin: part.origin.clone(),
        raw: raw(part.text, node),
    })
}

fn errors(part: &Part<'_, '_>, items: &[Node<'_>]) -> WebhookEvent {
    WebhookEvent::Account(AccountEvent {
        event: Some("errors".to_owned()),
        errors: items.iter().map(|item| read_one(part.text, item)).collect(),
        origin: part.origin.clone(),
        raw: raw(part.text, part.whole),
    })
}

fn read_one(text: &str, node: &Node<'_>) -> StatusError {
    let error = read_error(node, text.len());
    StatusError {
        outcome: error
            .code
            .map(|code| classify_code(code, error.subcode, error.details.as_deref())),
        code: error.code,
        title: error.title,
        message: error.message,
        details: error.details,
    }
}

/// A member's text; ids also come as numbers, kept digit by digit.
pub(super) fn id(node: Option<&Node<'_>>) -> Option<String> {
    match &node?.value {
        Value::String(text) if !text.is_empty() => Some(text.clone().into_owned()),
        Value::Number(digits) => Some(digits.clone().into_owned()),
        _ => None,
    }
}

/// A time in milliseconds since 1970. Meta writes seconds, as text or number; milliseconds are seen.
pub(super) fn milliseconds(node: Option<&Node<'_>>) -> Option<u64> {
    let time: f64 = id(node)?.trim().parse().ok()?;
    let time = if time < MILLISECONDS_FROM {
        time * 1000.0
    } else {
        time
    };
    // Beyond the last day that a JavaScript Date can hold it is no time.
    (0.0..=8.64e15).contains(&time).then_some(time as u64)
}

fn raw(text: &str, node: &Node<'_>) -> String {
    text.get(node.at.start..node.at.end)
        .unwrap_or_default()
        .to_owned()
}
