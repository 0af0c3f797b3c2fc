//! Parts of messages that several findings choose among: what a rule's `{problem}` or `{remedy}` says. core.wasm names them by
//! their places; JavaScript has the texts (js/wordings.js).

use crate::json::ProblemKind;

/// A text of [`PHRASES`], by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase(u8);

impl Phrase {
    /// Its place in [`PHRASES`].
    pub fn index(self) -> u8 {
        self.0
    }

    /// The text, with a quotation in the place of `{}`.
    #[cfg(feature = "texts")]
    pub fn text(self, quotation: &str) -> String {
        let text = PHRASES.get(usize::from(self.0));
        text.copied().unwrap_or_default().replace("{}", quotation)
    }
}

/// What is wrong where a text is not JSON, and what to do.
pub fn syntax(kind: ProblemKind) -> (Phrase, Phrase) {
    let place = kind as u8 * 2;
    (Phrase(place), Phrase(place + 1))
}

/// The same for a text that ends inside of something.
pub const UNFINISHED: (Phrase, Phrase) = (
    Phrase(ProblemKind::TextBehind as u8 * 2 + 2),
    Phrase(ProblemKind::TextBehind as u8 * 2 + 3),
);

/// The texts. Those on syntax stand in pairs, in the order of [`ProblemKind`].
#[cfg(feature = "texts")]
pub static PHRASES: &[&str] = &[
    "the text is empty",
    "write or paste a template definition",
    "`{}` cannot stand here",
    "delete it, or put it in double quotes",
    "a comma is missing before this value",
    "put a comma between the two values",
    "there is a comma with nothing behind it",
    "delete the comma",
    "a colon is missing behind this key",
    "write \"key\": value",
    "a value is missing here",
    "write the value, or delete what leads to it",
    "the key `{}` is not in double quotes",
    "write \"key\": with double quotes",
    "this text is in quotes that JSON does not know",
    "use straight double quotes",
    "the closing quote of this text is missing",
    "put a double quote at its end",
    "`]` is missing before this bracket",
    "close the array with ]",
    "`}` is missing before this bracket",
    "close the object with }",
    "this bracket closes nothing",
    "delete it, or open what it should close",
    "there is a line break or control character inside the quotes",
    "write \\n for a line break, \\t for a tab",
    "`{}` is not an escape that JSON knows",
    "write \\\\ for a backslash, \\n for a line break",
    "`{}` is not a number that JSON knows",
    "write it as in 12 or -3.5, or put it in double quotes",
    "the word `{}` stands without quotes",
    "put it in double quotes; only true, false and null stand without",
    "there is more text behind the end of the JSON",
    "delete what stands behind the last bracket",
    "the text ends before everything is closed: `{}` is missing",
    "go on writing, or close it with `{}`",
];
