//! Rules of rows: what keeps a line of a table or of JSON from becoming a message.

use super::rules;

rules! {
ROW_ENCODING "row-encoding" Error "rows" Policy (0, 0)
    what "a row that is not UTF-8"
    message "this row is not UTF-8; it is probably Windows-1252, as older spreadsheets write it"
    help "save the file as UTF-8, or say `encoding: \"windows-1252\"`"
    why "A wrong guess would put other letters into people's names."
    bad r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1\n+33612345678,Zoé\n","bytes":"windows-1252"}"#
    good r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1\n+33612345678,Zoé\n"}"#
    source ROWS "2026-11";

ROWS_WORKBOOK "rows-workbook" Error "rows" Policy (0, 0)
    what "a workbook instead of its rows"
    message "this is a workbook of a spreadsheet program (.xlsx, .ods, .xls), and no text with rows"
    help "save it there as CSV (UTF-8), and take that file"
    why "A workbook is packed data: read as text, its bytes look like rows without a recipient."
    bad r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"PK\u0003\u0004\u0014\u0000\u0006\u0000xl/workbook.xml\nA-17\n"}"#
    good r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1\n+33612345678,A-17\n"}"#
    source ROWS "2026-11";

ROW_TOO_LONG "row-too-long" Error "rows" Policy (0, 0)
    what "a row with more fields than there are columns"
    message "this row has more fields than the table has columns"
    help "put a text that holds the separator into double quotes"
    why "The fields behind it would fall under the wrong columns."
    bad r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1\n+33612345678,A-17,blue\n"}"#
    good r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1\n+33612345678,A-17\n"}"#
    source ROWS "2026-11";

COLUMN_UNKNOWN "column-unknown" Error "rows" Policy (0, 0)
    what "a column whose name is nearly a key"
    message "the column `{name}` is no parameter of this template"
    help "{remedy}"
    why "Left out in silence, its values would be missing in every message."
    bad r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,boddy.1\n+33612345678,A-17\n"}"#
    good r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1\n+33612345678,A-17\n"}"#
    source ROWS "2026-11";

COLUMN_REPEATED "column-repeated" Error "rows" Policy (0, 0)
    what "two columns for one parameter"
    message "two columns stand for `{name}`"
    help "map one of them to \"\" with `columns`, or rename it"
    why "Only one of the two values could be sent, and nobody would see which."
    bad r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1,body.1\n+33612345678,A-17,A-18\n"}"#
    good r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1\n+33612345678,A-17\n"}"#
    source ROWS "2026-11";

COLUMN_IGNORED "column-ignored" Info "rows" Policy (0, 0)
    what "a column that no parameter takes"
    message "the column `{name}` is not used"
    help "map it with `columns` if it should be"
    why "Lists carry more than a message needs."
    bad r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1,remarks\n+33612345678,A-17,called twice\n"}"#
    good r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1\n+33612345678,A-17\n"}"#
    source ROWS "2026-11";

RECIPIENT_REPEATED "recipient-repeated" Warning "rows" Policy (0, 0)
    what "a recipient with two rows"
    message "`{to}` has another row in this batch"
    help "take one of them out, unless both are meant"
    why "Meta has no way to call a message back, and a second one counts and costs."
    bad r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1\n+33612345678,A-17\n+33612345678,A-18\n"}"#
    good r#"{"template":{"name":"order_shipped","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} is on its way to you.","example":{"body_text":[["A-17"]]}}]},"rows":"to,body.1\n+33612345678,A-17\n"}"#
    source ROWS "2026-11";
}
