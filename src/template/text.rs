//! Texts with placeholders.

use super::parameter::{ParameterKind, Scope, Slot};
use crate::definition::ParameterFormat;
use crate::order::{Words, sorted};
use crate::text::{Placeholder, count_chars, find_placeholders};

/// A text with its placeholders found.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// The text in the order in which it is read.
    pub pieces: Vec<Piece>,
    /// The parameters in the order in which a payload lists them.
    pub slots: Vec<Slot>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that is the same in every message.
    Fixed(String),
    /// The place of a parameter in [`Text::slots`].
    Slot(usize),
}

impl Text {
    pub(super) fn new(text: &str, part: &str, format: ParameterFormat, scope: Scope) -> Self {
        let (placeholders, _) = find_placeholders(text);
        let mut known = Words::new();
        let mut names: Vec<&str> = placeholders
            .iter()
            .map(Placeholder::name)
            .filter(|name| known.insert(name, 0))
            .collect();
        if format == ParameterFormat::Positional {
            names = sorted(names, &|name: &&str| {
                [name.parse().unwrap_or(usize::MAX), 0, 0, 0]
            });
        }
        // Thousands of placeholders are no template, but must not take quadratic time either.
        let mut places = Words::new();
        for (i, name) in names.iter().enumerate() {
            places.insert(name, i);
        }
        let mut pieces = Vec::new();
        let mut from = 0;
        for placeholder in &placeholders {
            let fixed = text.get(from..placeholder.at.start).unwrap_or_default();
            if !fixed.is_empty() {
                pieces.push(Piece::Fixed(fixed.to_owned()));
            }
            if let Some(place) = places.get(placeholder.name()) {
                pieces.push(Piece::Slot(place));
            }
            from = placeholder.at.end;
        }
        let rest = text.get(from..).unwrap_or_default();
        if !rest.is_empty() {
            pieces.push(Piece::Fixed(rest.to_owned()));
        }
        let slots = names
            .into_iter()
            .map(|name| {
                let label = [part, " variable ", name].concat();
                let mut slot = scope.slot(&[part, ".", name].concat(), ParameterKind::Text, &label);
                slot.name = name.to_owned();
                slot
            })
            .collect();
        Text { pieces, slots }
    }

    /// How many characters stand in it whatever the values are.
    pub fn fixed_chars(&self) -> usize {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Fixed(text) => count_chars(text),
                Piece::Slot(_) => 0,
            })
            .sum()
    }
}
