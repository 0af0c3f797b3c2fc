//! Changes one node of a definition.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

use serde_json::Value;

/// The JSON Pointer of every node, the whole first.
pub fn places(value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    collect(value, String::new(), &mut all);
    all
}

fn collect(value: &Value, at: String, all: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            all.push(at.clone());
            for (key, member) in members {
                collect(member, format!("{at}/{key}"), all);
            }
        }
        Value::Array(items) => {
            all.push(at.clone());
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{at}/{index}"), all);
            }
        }
        _ => all.push(at),
    }
}

/// The pointer of the owner, and the key or index there.
pub fn split(place: &str) -> Option<(&str, &str)> {
    place.rsplit_once('/')
}

/// The value without a node.
pub fn without(value: &Value, place: &str) -> Option<Value> {
    let (owner, key) = split(place)?;
    let mut changed = value.clone();
    match changed.pointer_mut(owner)? {
        Value::Object(members) => drop(members.shift_remove(key)?),
        Value::Array(items) => drop(items.remove(key.parse().ok()?)),
        _ => return None,
    }
    Some(changed)
}

/// The value with another one in a node's place.
pub fn replaced(value: &Value, place: &str, by: Value) -> Value {
    let mut changed = value.clone();
    *changed.pointer_mut(place).unwrap() = by;
    changed
}

/// The value with a member under another key, in its old place; none for an item of an array.
pub fn renamed(value: &Value, place: &str, to: &str) -> Option<Value> {
    let (owner, key) = split(place)?;
    let mut changed = value.clone();
    let members = changed.pointer_mut(owner)?.as_object_mut()?;
    let old = std::mem::take(members);
    for (name, member) in old {
        let name = if name == key { to.to_owned() } else { name };
        members.insert(name, member);
    }
    Some(changed)
}
