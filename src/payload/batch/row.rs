//! A row as the message that it means.

use crate::json::{Bytes, Member, Node, Value};
use crate::order::Words;
use crate::payload::country::international;
use crate::payload::input::MEMBERS;
use crate::payload::value;
use std::borrow::Cow;

/// A row's message: what the row says, over the defaults, in the form that `check` reads. Keys of a flat row that are no members
/// of a message are parameters'.
pub(super) fn message<'n>(
    row: &'n Node<'n>,
    defaults: &'n Node<'n>,
    country: Option<&str>,
) -> Node<'n> {
    let mut members: Vec<Member<'n>> = Vec::new();
    let mut values: Vec<Member<'n>> = Vec::new();
    for (source, is_row) in [(defaults, false), (row, true)] {
        for member in source.as_object().unwrap_or_default() {
            match member.key.as_ref() {
                "values" => {
                    let inner = member.value.as_object();
                    if inner.is_none() && !member.value.is_null() {
                        put(&mut members, member);
                    }
                    for member in inner.unwrap_or_default() {
                        put(&mut values, member);
                    }
                }
                key if MEMBERS.contains(&key) => put(&mut members, member),
                _ => put(&mut values, member),
            }
        }
        if is_row
            && let Some(country) = country
            && let Some(to) = members.iter_mut().find(|member| member.key == "to")
            && let Some(number) =
                value::as_text(&to.value).and_then(|text| international(&text, country))
        {
            to.value = Node::text(number);
        }
    }
    if !members.iter().any(|member| member.key == "values") {
        let value = Node::made(Value::Object(values));
        members.push(Member {
            key: Cow::Borrowed("values"),
            key_at: Bytes::default(),
            repeated: false,
            value,
        });
    }
    Node::made(Value::Object(members))
}

/// Puts a member into a list, in the place of an earlier one of that name; `null` takes nothing away.
fn put<'n>(list: &mut Vec<Member<'n>>, member: &Member<'n>) {
    match list.iter_mut().find(|known| known.key == member.key) {
        Some(_) if member.value.is_null() => {}
        Some(known) => known.value = member.value.clone(),
        None => list.push(member.clone()),
    }
}

/// Whether a key stands twice in an object of the row.
pub(super) fn says_twice(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Object(members) => members.iter().any(|m| m.repeated || says_twice(&m.value)),
        Value::Array(items) => items.iter().any(says_twice),
        _ => false,
    }
}

/// A value that stands in the row itself and in its `values`, too.
pub(super) fn given_twice<'n, 't>(row: &'n Node<'t>) -> Option<&'n Member<'t>> {
    let inner = row.get("values")?.as_object()?;
    let outer = row.as_object()?.iter();
    let outer = outer.filter(|member| !MEMBERS.contains(&member.key.as_ref()));
    let mut outer = outer.peekable();
    // Most rows keep to one of the two ways.
    outer.peek()?;
    let mut names = Words::new();
    for (place, member) in inner.iter().enumerate() {
        names.insert(&member.key, place);
    }
    outer.find(|member| names.get(&member.key).is_some())
}
