//! Reads the options of a batch, which JavaScript gives as JSON text.

use super::Format;
use crate::findings::Options;
use crate::json::parse;
use crate::options::{members, place, read, truth, wrong};
use crate::payload::country::calling_code;

/// How many rejected and how many changed rows are described when nobody says.
const MOST_REPORTED: usize = 1000;

/// How a batch is built.
#[derive(Debug, Clone, Default)]
pub struct BatchOptions {
    /// How each message is judged.
    pub check: Options,
    /// Whether values are changed first where Meta would refuse them.
    pub sanitize: bool,
    /// Whether the good rows count when others are rejected; without it one bad row stops all.
    pub partial: bool,
    /// The format; found out from the first character when it is not given.
    pub format: Option<Format>,
    /// The parameter key, or member of a message, that each column stands for.
    pub columns: Vec<(String, String)>,
    /// What rows have that do not say otherwise: a partial message as JSON text, or empty.
    pub defaults: String,
    /// The calling code (`+33`) or country (`FR`) of numbers that have none.
    pub country: Option<String>,
    /// How many rejected and how many changed rows are described.
    pub most_reported: usize,
    /// Whether the batch is a stream, whose memory must not grow with it.
    pub stream: bool,
}

impl BatchOptions {
    /// Reads options, those of a check among them. The error names the option.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut options = BatchOptions {
            check: read(text, false)?,
            most_reported: MOST_REPORTED,
            ..BatchOptions::default()
        };
        // A row without a recipient is never sent.
        options.check.recipient_optional = false;
        let parsed = parse(text);
        let Some(root) = parsed.root.filter(|_| !text.is_empty()) else {
            return Ok(options);
        };
        for member in members(&root, "options")? {
            let value = &member.value;
            // As in JavaScript, what is null is not given.
            if value.is_null() {
                continue;
            }
            match member.key.as_ref() {
                "sanitize" => options.sanitize = truth(value, "sanitize")?,
                "partial" => options.partial = truth(value, "partial")?,
                "format" => {
                    options.format = match value.as_str() {
                        Some("ndjson") => Some(Format::Ndjson),
                        Some("csv") => Some(Format::Csv),
                        _ => return Err(wrong("format", "ndjson or csv")),
                    }
                }
                "columns" => {
                    for column in members(value, "options.columns")? {
                        let key = column.value.as_str().ok_or_else(|| {
                            wrong(&place("columns", &column.key), "the key it stands for")
                        })?;
                        let column = column.key.to_string();
                        options.columns.push((column, key.to_owned()));
                    }
                }
                "defaults" => {
                    let text = value.as_str();
                    let text = text.ok_or_else(|| wrong("defaults", "a message as JSON text"))?;
                    options.defaults = text.to_owned();
                }
                "defaultCountry" => {
                    let country = value
                        .as_str()
                        .filter(|country| calling_code(country).is_some());
                    let expected = "a country such as FR, or a calling code such as +33";
                    let country = country.ok_or_else(|| wrong("defaultCountry", expected))?;
                    options.country = Some(country.to_owned());
                }
                "maxReported" => {
                    let most = value.as_i64().and_then(|n| u32::try_from(n).ok());
                    let most = most.ok_or_else(|| wrong("maxReported", "a whole number from 0"))?;
                    options.most_reported = most as usize;
                }
                "stream" => options.stream = truth(value, "stream")?,
                _ => {}
            }
        }
        Ok(options)
    }
}
