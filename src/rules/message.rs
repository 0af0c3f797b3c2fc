//! Rules of messages and payloads: whether this message fits that template.

use super::rules;

rules! {
VALUE_MISSING "value-missing" Error "message" Documented (132000, 0)
    what "a parameter has no value"
    message "there is no value for {label} (`{key}`)"
    help "add `{key}` to the message's values"
    why "Meta compares the number of parameters with the approved template and answers 132000 for header and body, 131008 for a button, 132012 for a media header."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]},"message":{"to":"+33612345678","values":{}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source ERRORS "2026-09";
}
