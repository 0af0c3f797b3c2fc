//! What a file of rows is: its format, told by its first bytes.

/// What the rows are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A JSON object on each line.
    Ndjson,
    /// A table with a line of column names.
    Csv,
}

/// What rows are written in: objects begin with a brace, and two of them are the name of a column that is
/// called as its placeholder.
pub(super) fn format_of(text: &[u8]) -> Format {
    match text.trim_ascii_start() {
        [b'{', b'{', ..] => Format::Csv,
        [b'{' | b'[', ..] => Format::Ndjson,
        _ => Format::Csv,
    }
}

/// Whether a file is what spreadsheet programs keep for themselves: a ZIP archive (.xlsx, .ods), or Microsoft's older
/// container (.xls). No text begins so.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Without the mark that some programs put in front of UTF-8.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// How many bytes stand before the first line break.
pub(super) fn line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == b'\n')
}
