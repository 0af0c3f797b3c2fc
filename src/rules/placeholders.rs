//! Rules of placeholders and their samples, wherever a text may have them.

use super::rules;

rules! {
VAR_BRACES "var-braces" Error "placeholders" Documented (100, 0)
    what "braces that make no placeholder"
    message "{found} is not a placeholder: two braces open it and two close it"
    help "{remedy}"
    why "Meta's reviewers reject a template whose braces do not match, and until then it is sent with the braces in it."
    bad r#"{"components":[{"type":"BODY","text":"Your order {1} is on its way."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source REVIEW "2025-10";

VAR_SPECIAL_CHARS "var-special-chars" Error "placeholders" Documented (100, 0)
    what "a placeholder with symbols in it"
    message "the placeholder `{found}` has symbols between its braces"
    help "use a number, {{1}}, or with parameter_format NAMED a name of letters, digits and underscores"
    why "Meta rejects placeholders that hold anything but a number or a name."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{#1}} is on its way."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source REVIEW "2025-10";

VAR_INNER_SPACE "var-inner-space" Warning "placeholders" Inferred (100, 0)
    what "blanks inside a placeholder's braces"
    message "there are blanks between the braces of `{found}`"
    help "write `{suggestion}`"
    why "Some tools take it and others do not; what Meta does is not documented."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{ 1 }} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source COMPONENTS "2026-09";

VAR_LEADING_ZERO "var-leading-zero" Error "placeholders" Inferred (100, 0)
    what "a number with a leading zero"
    message "`{name}` has a leading zero; the numbers are {{1}}, {{2}} and so on"
    help "write `{suggestion}`"
    why "Numbers must be exactly 1, 2, 3 …; nothing shows that Meta reads 01 as 1."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{01}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source OVERVIEW "2025-12";

VAR_POSITIONAL_SEQUENCE "var-positional-sequence" Error "placeholders" Documented (100, 0)
    what "numbers that do not run from 1 without a gap"
    message "{{{number}}} is missing: the numbers in {part} start at 1 and leave no gap"
    help "renumber the placeholders; each part counts from 1 for itself"
    why "Meta rejects a gap, and tools that fill by order put values into the wrong places."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{1}} comes with {{3}} on the way.","example":{"body_text":[["A-17","DHL"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} comes with {{2}} on the way.","example":{"body_text":[["A-17","DHL"]]}}]}"#
    source OVERVIEW "2025-12";

VAR_POSITIONAL_ORDER "var-positional-order" Warning "placeholders" Documented (100, 0)
    what "numbers out of order"
    message "{{{found}}} stands before {{{expected}}}; Meta asks for numbers in the order of the text"
    help "renumber the placeholders, and their samples and values with them"
    why "Meta's overview wants the order of the text, its review page lists an unordered row as bad, a public template with one was taken."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{2}} comes with {{1}} on the way.","example":{"body_text":[["DHL","A-17"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} comes with {{2}} on the way.","example":{"body_text":[["A-17","DHL"]]}}]}"#
    source OVERVIEW "2025-12";

VAR_REPEATED "var-repeat" Warning "placeholders" Documented (100, 0)
    what "a placeholder that stands twice"
    message "`{name}` stands twice in {part}"
    help "use each placeholder once; give the second one a number or name of its own"
    why "Named parameters must be unique, says Meta; of positional ones it says nothing, and tools differ."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{1}} comes soon, so watch for {{1}} at the door.","example":{"body_text":[["A-17"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} comes soon, so watch for {{2}} at the door.","example":{"body_text":[["A-17","DHL"]]}}]}"#
    source OVERVIEW "2025-12";

VAR_NAMED_CHARSET "var-named-charset" Error "placeholders" Documented (100, 0)
    what "a name with characters that Meta refuses"
    message "the placeholder `{name}` has {found}; a name has a to z, 0 to 9 and underscores, and not only digits"
    help "{remedy}"
    why "Meta answers error 100, or the template is rejected in review."
    bad r#"{"parameter_format":"NAMED","components":[{"type":"BODY","text":"Your order {{orderId}} is on its way.","example":{"body_text_named_params":[{"param_name":"orderId","example":"A-17"}]}}]}"#
    good r#"{"parameter_format":"NAMED","components":[{"type":"BODY","text":"Your order {{order_id}} is on its way.","example":{"body_text_named_params":[{"param_name":"order_id","example":"A-17"}]}}]}"#
    source OVERVIEW "2025-12";

VAR_NAMED_DIGITS "var-named-digits" Warning "placeholders" Inferred (100, 0)
    what "a name with digits"
    message "the placeholder `{name}` has digits, which Meta's pages do not allow and its editor does"
    help "leave the digits out to be sure"
    why "Meta's pages say \"lowercase characters and underscores\"; its editor says numbers, too, as do three implementations."
    bad r#"{"parameter_format":"NAMED","components":[{"type":"BODY","text":"Your order {{order_2}} is on its way.","example":{"body_text_named_params":[{"param_name":"order_2","example":"A-17"}]}}]}"#
    good r#"{"parameter_format":"NAMED","components":[{"type":"BODY","text":"Your order {{order_id}} is on its way.","example":{"body_text_named_params":[{"param_name":"order_id","example":"A-17"}]}}]}"#
    source OVERVIEW "2025-12";

VAR_NAMED_LENGTH "var-named-length" Warning "placeholders" Inferred (100, 0)
    what "a long name"
    message "the placeholder `{name}` has a name of {used} characters; Meta's editor takes at most {max}"
    help "give it a shorter name"
    why "No page of Meta's has a limit; its own editor refuses longer names, so the API may, too."
    bad r#"{"limits":{"placeholderNameChars":7},"parameter_format":"NAMED","components":[{"type":"BODY","text":"Your order {{order_id}} is on its way.","example":{"body_text_named_params":[{"param_name":"order_id","example":"A-17"}]}}]}"#
    good r#"{"parameter_format":"NAMED","components":[{"type":"BODY","text":"Your order {{order_id}} is on its way.","example":{"body_text_named_params":[{"param_name":"order_id","example":"A-17"}]}}]}"#
    source OVERVIEW "2026-11";

VAR_FORMAT_MISMATCH "var-no-mixing" Error "placeholders" Documented (100, 0)
    what "a placeholder of the other format"
    message "`{name}` is a {kind} placeholder, and the template's parameter format is {format}"
    help "{remedy}"
    why "A template is positional (Meta's default) or named; the other kind makes it fail on creation or in every review."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{order_id}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    good r#"{"parameter_format":"NAMED","components":[{"type":"BODY","text":"Your order {{order_id}} is on its way.","example":{"body_text_named_params":[{"param_name":"order_id","example":"A-17"}]}}]}"#
    source OVERVIEW "2025-12";

EXAMPLE_REQUIRED "example-required" Error "placeholders" Documented (100, 2388043)
    what "a placeholder has no sample"
    message "{part} has placeholders and no sample values"
    help "add `{example}`, one sample for each placeholder"
    why "Meta's reviewers see the samples; without them Meta answers subcode 2388043, \"missing expected field(s) (example)\"."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source COMPONENTS "2026-09";

EXAMPLE_EMPTY "example-empty" Error "placeholders" Documented (100, 2388043)
    what "a sample is empty"
    message "the sample for `{name}` is empty"
    help "write a value as a customer would see it"
    why "An empty sample counts as missing: subcode 2388043."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[[""]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source COMPONENTS "2026-09";

EXAMPLE_BLANKS "example-blanks" Warning "placeholders" Inferred (0, 0)
    what "a sample that could not be sent"
    message "the sample for `{name}` could not be sent as a value: {reason}"
    help "write it on one line with single blanks; line breaks belong into the template's own text"
    why "Meta's reviewers take samples for what will be sent, and such a value is refused when a message is sent."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17\nA-18"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17, A-18"]]}}]}"#
    source ERRORS "2026-09";

EXAMPLE_UNNEEDED "example-omit-if-none" Warning "placeholders" Observed (100, 2388043)
    what "samples without placeholders"
    message "{part} has an `example` and no placeholders"
    help "delete `example`, or put the placeholder into the text"
    why "Meta does not document it; users report refusals with subcode 2388043, for empty samples, too (August 2026). Most often a placeholder was lost."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source COMPONENTS "2026-09";

EXAMPLE_SHAPE "example-shape" Error "placeholders" Documented (100, 2388043)
    what "samples in a shape that Meta refuses"
    message "the samples of {part} should be {expected}"
    help "{remedy}"
    why "Meta wants one row with all values for the body, one value for a header, named pairs for a named template; other shapes give subcode 2388043."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{1}} comes with {{2}} on the way.","example":{"body_text":["A-17","DHL"]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} comes with {{2}} on the way.","example":{"body_text":[["A-17","DHL"]]}}]}"#
    source COMPONENTS "2026-09";

EXAMPLE_FLAT "example-flat" Warning "placeholders" Documented (100, 2388043)
    what "a lone sample that is not in a row"
    message "the sample of {part} stands alone; Meta's samples put it into a row"
    help "write `{suggestion}`"
    why "With one placeholder Meta's pages show both forms; the row is sure to pass."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":["A-17"]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source CAROUSEL "2026-09";

EXAMPLE_COUNT "example-count" Error "placeholders" Documented (100, 2388043)
    what "more or fewer samples than placeholders"
    message "the number of samples for {part} is {found}; the number of its placeholders is {expected}"
    help "give exactly one sample for each placeholder"
    why "Meta answers subcode 2388043 when the numbers differ."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{1}} comes with {{2}} on the way.","example":{"body_text":[["A-17"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} comes with {{2}} on the way.","example":{"body_text":[["A-17","DHL"]]}}]}"#
    source CAROUSEL "2026-09";

EXAMPLE_PARAM_NAME "var-type-param-name" Error "placeholders" Documented (100, 2388043)
    what "a sample for a placeholder that is not there"
    message "there is a sample for `{name}`, and {part} has no such placeholder"
    help "{remedy}"
    why "`param_name` is the placeholder's name without its braces; every placeholder needs one and only one."
    bad r#"{"parameter_format":"NAMED","components":[{"type":"BODY","text":"Your order {{order_id}} is on its way.","example":{"body_text_named_params":[{"param_name":"{{order_id}}","example":"A-17"}]}}]}"#
    good r#"{"parameter_format":"NAMED","components":[{"type":"BODY","text":"Your order {{order_id}} is on its way.","example":{"body_text_named_params":[{"param_name":"order_id","example":"A-17"}]}}]}"#
    source OVERVIEW "2025-12";

TEXT_BIDI "text-bidi" Error "placeholders" Policy (0, 0)
    what "a character that turns the direction of a text"
    message "there is an invisible character here (U+{code}) that turns the direction of the text behind it"
    help "delete it; right-to-left languages need none in a message"
    why "Such characters make a text read as another one: an amount, a name, a link. No template needs them."
    bad r#"{"components":[{"type":"BODY","text":"Your order is \u202eon its way."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source TROJAN "2026-11";
}
