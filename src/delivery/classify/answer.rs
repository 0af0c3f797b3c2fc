//! Reads the parts of an answer that decide.

use crate::json::{self, Node, ProblemKind, Value};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// JavaScript's largest exact integer.
const LARGEST: u64 = 9_007_199_254_740_991;

/// The answer to one POST, or why there is none.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// The HTTP status.
    pub status: Option<u16>,
    /// Header names, in any case, with their values.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    #[serde(deserialize_with = "text_or_bytes")]
    pub body: Vec<u8>,
    /// Why there is no usable answer.
    pub transport: Option<Transport>,
}

/// Why there is no usable answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// Proven that nothing was sent: the connection was never made.
    NotConnected,
    /// No answer, or not all of it, in time.
    Timeout,
    /// The connection ended early.
    Reset,
    /// The body could not be decoded; a status, if there is one, still counts.
    DecodeError,
}

/// What an answer's body says.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub error: Option<ErrorBody>,
    pub message_id: Option<String>,
    pub message_status: Option<String>,
}

/// What an error object says, in an answer or in a webhook.
#[derive(Debug, Default, Clone, PartialEq)]
pub(in crate::delivery) struct ErrorBody {
    pub code: Option<i64>,
    pub subcode: Option<i64>,
    pub title: Option<String>,
    pub message: Option<String>,
    pub details: Option<String>,
    pub is_transient: bool,
}

/// Reads a body. What is not JSON gives no message id: an id that was cut off is worse than none.
/// An error is taken from a broken body too, as far as it is there.
pub(super) fn read(text: &str) -> Body {
    let parsed = json::parse(text);
    let Some(root) = &parsed.root else {
        return Body::default();
    };
    let whole = parsed.problems.iter().all(|problem| {
        matches!(
            problem.kind,
            ProblemKind::LoneSurrogate | ProblemKind::TooDeep
        )
    });
    let error = root
        .get("error")
        .filter(|error| !matches!(error.value, Value::Null | Value::Bool(false)))
        .or_else(|| root.get("errors")?.item(0));
    let message = root
        .get("messages")
        .and_then(|messages| messages.item(0))
        .filter(|_| whole);
    Body {
        error: error.map(|error| read_error(error, text.len())),
        message_id: message
            .and_then(|message| words(message, "id"))
            .filter(|id| !id.trim().is_empty()),
        message_status: message.and_then(|message| words(message, "message_status")),
    }
}

/// Reads an error object; `end` is where the text ends, for a number there may have been cut off.
pub(in crate::delivery) fn read_error(error: &Node<'_>, end: usize) -> ErrorBody {
    if let Some(text) = error.as_str() {
        return ErrorBody {
            details: Some(text.to_owned()),
            ..ErrorBody::default()
        };
    }
    let message = words(error, "message");
    let code = error
        .get("code")
        .filter(|code| code.at.end < end)
        .and_then(whole_number)
        .or_else(|| code_in(message.as_deref()?));
    ErrorBody {
        code,
        subcode: error.get("error_subcode").and_then(whole_number),
        title: words(error, "title"),
        details: details(error).or_else(|| message.clone()),
        message,
        is_transient: error.get("is_transient").and_then(Node::as_bool) == Some(true),
    }
}

/// Meta's words about the case: an object's `details`, a plain text, or that object as JSON text.
fn details(error: &Node<'_>) -> Option<String> {
    let data = error.get("error_data");
    if let Some(text) = data.and_then(Node::as_str) {
        let inner = json::parse(text);
        let inside = inner.root.as_ref().and_then(|root| words(root, "details"));
        return Some(inside.unwrap_or_else(|| text.to_owned()));
    }
    data.and_then(|data| words(data, "details"))
        .or_else(|| words(error, "details"))
        .or_else(|| words(error, "error_user_msg"))
}

/// A non-empty text member.
fn words(node: &Node<'_>, key: &str) -> Option<String> {
    let text = node.get(key)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// A whole number that JavaScript can hold, also in quotes: webhooks have carried codes both ways.
fn whole_number(node: &Node<'_>) -> Option<i64> {
    let number = match &node.value {
        Value::Number(_) => node.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| number.unsigned_abs() <= LARGEST)
}

/// The code that Meta writes in front of its messages: `(#131056) …`. Relays keep it even when
/// they put a word of their own in `code`.
fn code_in(message: &str) -> Option<i64> {
    let (_, rest) = message.split_once("(#")?;
    let (digits, _) = rest.split_once(')')?;
    digits
        .parse()
        .ok()
        .filter(|code: &i64| code.unsigned_abs() <= LARGEST)
}

fn text_or_bytes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    struct Bytes;
    impl<'de> Visitor<'de> for Bytes {
        type Value = Vec<u8>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text or bytes")
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<Vec<u8>, E> {
            Ok(text.as_bytes().to_vec())
        }
        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }
        fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
            Ok(bytes)
        }
        fn visit_unit<E: Error>(self) -> Result<Vec<u8>, E> {
            Ok(Vec::new())
        }
        fn visit_none<E: Error>(self) -> Result<Vec<u8>, E> {
            Ok(Vec::new())
        }
    }
    from.deserialize_any(Bytes)
}
