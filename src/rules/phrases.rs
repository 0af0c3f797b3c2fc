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

macro_rules! phrases {
    (pairs $($pair:literal,)* named $($name:ident $text:literal,)*) => {
        /// The texts. Those on syntax come first, in pairs, in the order of [`ProblemKind`]. Where nothing judges definitions
        /// the others are never said.
        #[cfg(feature = "texts")]
        pub static PHRASES: &[&str] = &[$($pair,)* $(#[cfg(feature = "check")] $text,)*];

        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "places of constants")]
        enum Place { $($name),* }

        $(
            #[doc = $text]
            pub const $name: Phrase = Phrase(UNFINISHED.1.0 + 1 + Place::$name as u8);
        )*
    };
}

phrases! {
    pairs
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
    named
    PHONE_MISSING "the phone button has no `phone_number`",
    PHONE_EMPTY "the phone button's number is empty",
    PHONE_NONE "`{}` is not a phone number",
    PHONE_LONG "the phone number has more than {} characters",
    PHONE_SIGNS "`{}` has signs between its digits; Meta takes digits with an optional plus",
    FLOW_TWICE "the flow is named more than once",
    FLOW_NONE "the flow button names no flow",
    URL_MISSING "the URL button has no `url`",
    URL_EMPTY "the URL button's address is empty",
    URL_BLANKS "the address has blanks around it",
    URL_VARIABLE "the address is nothing but a placeholder",
    URL_SCHEME "`{}` is no web address: it does not begin with https://",
    URL_SIGN "the address has {}, which an address cannot have",
    URL_DOMAIN "`{}` has no domain",
    URL_VARIABLES "the address has {} is allowed",
    URL_END "the placeholder is not at the end of the address",
    GIVE_NAME "give it a name, such as {{first_name}}, or set `parameter_format` to POSITIONAL",
    GIVE_NUMBER "set `parameter_format` to NAMED, or number the placeholders {{1}}, {{2}} …",
    COMPLETE "complete it, such as {{1}}, or delete the braces",
    RESHAPE "put the same values into that shape",
    SHAPE "write the samples in that shape",
    STRAY "delete it, or put its placeholder into the text",
    READ_BACK "delete it: Meta writes it where there is none",
}
