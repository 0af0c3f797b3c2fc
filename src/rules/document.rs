//! Rules of the JSON itself: what is not JSON, what is not the shape of a definition or message.

use super::rules;

rules! {
TEXT_NOT_JSON "text-not-json" Error "document" Documented (100, 0)
    what "the text is not JSON"
    message "{problem}"
    help "{remedy}"
    why "Meta parses the body before it looks at it; a text that is not JSON is refused whole, with an error that names no place."
    bad r#"{"name": "order_update" "language": "en"}"#
    good r#"{"name": "order_update"}"#
    source JSON "2026-11";

TEXT_TOO_DEEP "text-too-deep" Error "document" Inferred (100, 0)
    what "arrays or objects nest too deep"
    message "arrays and objects nest more than {limit} deep here; what lies deeper was not read"
    help "take the inner levels out; nothing that Meta takes nests deeper than nine"
    why "No part of a template or payload nests deeper than nine levels, so this is a mistake or an attack, and parsers stop at different depths."
    bad r#"{"components":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["deep"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source JSON "2026-11";

KEY_REPEATED "key-repeated" Error "document" Inferred (0, 0)
    what "a key stands twice in one object"
    message "the key `{name}` stands twice in this object; only the last one counts"
    help "keep one of them"
    why "JSON readers keep the last of two equal keys and drop the first without a word, so half of what was written is lost."
    bad r#"{"name":"order_update","name":"order_update_2"}"#
    good r#"{"name":"order_update_2"}"#
    source JSON "2026-11";

LONE_SURROGATE "lone-surrogate" Error "document" Inferred (100, 0)
    what "half of a character"
    message "there is half of a character here (a lone surrogate), which no message can carry"
    help "delete it, or put the whole character there; it is often left over where an emoji was cut in two"
    why "JavaScript can cut an emoji in two; the half is no character, and is turned into a question mark or refused on its way to Meta."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way \ud83d now."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way \ud83d\ude9a now."}]}"#
    source JSON "2026-11";

VALUE_CYCLIC "value-cyclic" Error "document" Inferred (0, 0)
    what "an object contains itself"
    message "this object contains itself, so it cannot be written as JSON"
    help "take the inner reference out"
    why "A cyclic object cannot be sent: serializing it throws."
    bad r#"{"cyclic":true}"#
    good r#"{}"#
    source ECMA "2026-11";

VALUE_NOT_JSON "value-not-json" Error "document" Inferred (0, 0)
    what "a value that JSON does not have"
    message "{found} cannot be written as JSON"
    help "give a text, a number, true, false, null, an array or a plain object instead"
    why "Functions, symbols, big integers and the like are dropped or refused when an object is serialized, so Meta would see something else than the program."
    bad r#"{"bigint":true}"#
    good r#"{}"#
    source ECMA "2026-11";

WRONG_TYPE "wrong-type" Error "document" Documented (100, 0)
    what "a value of the wrong type"
    message "`{name}` should be {expected}, and is {found}"
    help "write {expected} here"
    why "Meta answers error 100 (invalid parameter) without naming the place."
    bad r#"{"components":{"type":"BODY","text":"Your order is on its way."}}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source API "2026-09";
}
