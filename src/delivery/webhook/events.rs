//! The kinds of events.

use crate::delivery::outcome::Outcome;
use serde::Serialize;

/// One update of a webhook's body.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WebhookEvent {
    /// What became of a message that was sent.
    Status(StatusEvent),
    /// What a person wrote, or the business from its phone.
    Message(MessageEvent),
    /// A template changed at Meta: its status, category, quality or text.
    Template(TemplateEvent),
    /// The account, its number or a person's preferences changed.
    Account(AccountEvent),
    /// Something else, or something that cannot be read.
    Unknown(UnknownEvent),
}

impl WebhookEvent {
    /// The event's part of the body, as it came.
    pub fn raw(&self) -> &str {
        match self {
            WebhookEvent::Status(event) => &event.raw,
            WebhookEvent::Message(event) => &event.raw,
            WebhookEvent::Template(event) => &event.raw,
            WebhookEvent::Account(event) => &event.raw,
            WebhookEvent::Unknown(event) => &event.raw,
        }
    }
}

/// Where in Meta's world an event comes from.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The WhatsApp account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waba_id: Option<String>,
    /// The sender's phone number id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_id: Option<String>,
    /// The field that the app subscribed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// When Meta made the entry, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<u64>,
}

/// What became of a message that was sent.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusEvent {
    /// Meta's id of the message (wamid); empty when Meta named none.
    pub id: String,
    /// `sent`, `delivered`, `read`, `failed`, `played`, or a word that Meta adds.
    pub status: String,
    /// When it happened, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<u64>,
    /// The time as Meta wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp_raw: Option<String>,
    /// The recipient's phone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_id: Option<String>,
    /// The recipient's business-scoped user id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_user_id: Option<String>,
    /// What the sender put into `biz_opaque_callback_data`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_id: Option<String>,
    /// Why it failed, and what that means.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<StatusError>,
    /// Meta's conversation object, as JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// Meta's pricing object, as JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pricing: Option<String>,
    /// Where it comes from.
    #[serde(flatten)]
    pub origin: Origin,
    /// This status as JSON text, as it came.
    pub raw: String,
}

/// One error of a webhook.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusError {
    /// Meta's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    /// Meta's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Meta's message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Meta's words about this case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// What the code means, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// What a person wrote, or the business from its phone.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageEvent {
    /// Meta's id of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Meta's word for its kind: `text`, `button`, `interactive` …
    #[serde(skip_serializing_if = "Option::is_none", rename = "type")]
    pub kind: Option<String>,
    /// When it was written, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<u64>,
    /// The message that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// What Meta could not pass on, or why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<StatusError>,
    /// Where it comes from.
    #[serde(flatten)]
    pub origin: Origin,
    /// This message as JSON text, as it came.
    pub raw: String,
}

/// A template changed at Meta.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TemplateEvent {
    /// The template's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template_id: Option<String>,
    /// The template's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its language code, with an underscore as definitions write it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What changed: `status`, `category`, `quality`, `components`, or Meta's own word.
    pub change: String,
    /// The new status, such as `APPROVED` or `PAUSED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Why, in Meta's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The new, or announced, category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The new quality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<String>,
    /// Where it comes from.
    #[serde(flatten)]
    pub origin: Origin,
    /// This change as JSON text, as it came.
    pub raw: String,
}

/// The account, its number or a person's preferences changed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountEvent {
    /// What happened, in Meta's word, such as `ACCOUNT_RESTRICTION`; `errors` for a list of errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The errors, when the update is a list of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<StatusError>,
    /// Where it comes from.
    #[serde(flatten)]
    pub origin: Origin,
    /// This change as JSON text, as it came.
    pub raw: String,
}

/// Something else (what became of a payment or a call, say), or something that cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnknownEvent {
    /// Why it cannot be read, when it should be readable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Where it comes from.
    #[serde(flatten)]
    pub origin: Origin,
    /// This part as JSON text, as it came.
    pub raw: String,
}
