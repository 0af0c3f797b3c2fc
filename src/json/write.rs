//! Writing JSON: compact, stable, the same bytes for the same tree.

use super::reader::is_number;
use super::{Node, Value};

/// Appends the value as compact text; a number stays as its author wrote it, right or wrong.
pub fn write_value(out: &mut String, node: &Node<'_>) {
    write(out, node, false);
}

/// Appends the value as compact JSON: what its author wrote as a number and is none becomes `null`.
pub fn write_json(out: &mut String, node: &Node<'_>) {
    write(out, node, true);
}

fn write(out: &mut String, node: &Node<'_>, strict: bool) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(raw) if strict && !is_number(raw) => out.push_str("null"),
        Value::Number(raw) => out.push_str(raw),
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(out, item, strict);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (i, member) in members.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_string(out, &member.key);
                out.push(':');
                write(out, &member.value, strict);
            }
            out.push('}');
        }
    }
}

/// Appends a whole number.
pub fn write_integer(out: &mut String, n: i64) {
    if n < 0 {
        out.push('-');
    }
    let mut digits = Vec::with_capacity(20);
    let mut left = n.unsigned_abs();
    loop {
        digits.push((left % 10) as u8);
        left /= 10;
        if left == 0 {
            break;
        }
    }
    for digit in digits.into_iter().rev() {
        out.push(char::from(b'0' + digit));
    }
}

/// Appends the text as a JSON string, quotes included, escaping what `JSON.stringify` escapes.
pub fn write_string(out: &mut String, text: &str) {
    out.push('"');
    let mut from = 0;
    for (i, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        let short = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0c => "\\f",
            _ => "",
        };
        out.push_str(text.get(from..i).unwrap_or_default());
        if short.is_empty() {
            out.push_str("\\u00");
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from_digit(nibble.into(), 16).unwrap_or('0'));
            }
        } else {
            out.push_str(short);
        }
        from = i + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out.push('"');
}
