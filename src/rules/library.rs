//! Templates from Meta's library.

use super::rules;

rules! {
LIBRARY_NAME_REQUIRED "library-name-required" Error "library" Documented (100, 0)
    what "inputs without the library's template"
    message "`{name}` is for templates from Meta's library, and no `library_template_name` is given"
    help "add `library_template_name`, or delete it"
    why "The inputs fill in a template of the library; without its name there is nothing to fill in."
    bad r#"{"library_template_body_inputs":{"add_contact_number":true}}"#
    good r#"{"components":null,"library_template_name":"delivery_update_1","library_template_body_inputs":{"add_contact_number":true}}"#
    source LIBRARY "2026-09";

LIBRARY_NAME "library-name" Error "library" Inferred (100, 0)
    what "a name that no template of the library has"
    message "`{name}` cannot be the name of a template in Meta's library"
    help "copy the name from the library letter by letter, such as `delivery_update_1`"
    why "Names in the library have only a to z, 0 to 9 and underscores, and must match exactly."
    bad r#"{"components":null,"library_template_name":"Delivery update 1"}"#
    good r#"{"components":null,"library_template_name":"delivery_update_1"}"#
    source LIBRARY "2026-09";

LIBRARY_COMPONENTS "library-components" Error "library" Documented (100, 0)
    what "components beside the name of a library template"
    message "a template from Meta's library brings its own components"
    help "delete `components`, or `library_template_name` to write the template yourself"
    why "What stands in the library is fixed; only its inputs can be set."
    bad r#"{"library_template_name":"delivery_update_1"}"#
    good r#"{"components":null,"library_template_name":"delivery_update_1"}"#
    source LIBRARY "2026-09";

LIBRARY_CATEGORY "library-category" Error "library" Documented (100, 0)
    what "a category that the library does not have"
    message "Meta's library has no marketing templates"
    help "write UTILITY, or AUTHENTICATION for a one-time code"
    why "Meta's page: the category must be UTILITY; authentication templates have a library too."
    bad r#"{"category":"MARKETING","components":null,"library_template_name":"delivery_update_1"}"#
    good r#"{"category":"UTILITY","components":null,"library_template_name":"delivery_update_1"}"#
    source LIBRARY "2026-09";

LIBRARY_TEXT "library-string-inputs" Warning "library" Documented (100, 0)
    what "inputs inside a text"
    message "`{name}` is a text, where Meta's reference wants {expected}{inside}"
    help "write it as JSON, without the quotes around it"
    why "Meta's page prints the inputs as a text in single quotes, its reference as an array of objects; the array is sure to be read."
    bad r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":"[{'type': 'URL', 'url': {'base_url': 'https://www.example.com/{{1}}', 'url_suffix_example': 'https://www.example.com/demo'}}]"}"#
    good r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":[{"type":"URL","url":{"base_url":"https://www.example.com/{{1}}","url_suffix_example":"https://www.example.com/demo"}}]}"#
    source LIBRARY "2026-09";

LIBRARY_BUTTON_TYPE_REQUIRED "library-button-type-required" Error "library" Documented (100, 0)
    what "a button's input without a type"
    message "this input does not say which type of button it is for"
    help "add `type`, such as URL or PHONE_NUMBER"
    why "Meta's page marks `type` as required."
    bad r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":[{"phone_number":"+15550051310"}]}"#
    good r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":[{"type":"PHONE_NUMBER","phone_number":"+15550051310"}]}"#
    source LIBRARY "2026-09";

LIBRARY_BUTTON_TYPE "library-button-type" Error "library" Documented (100, 0)
    what "a type of button that the library does not have"
    message "`{name}` is not a type of button in Meta's library"
    help "{remedy}"
    why "Meta answers error 100."
    bad r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":[{"type":"LINK"}]}"#
    good r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":[{"type":"quick_reply"}]}"#
    source LIBRARY "2026-09";

LIBRARY_INPUT "library-input-required" Error "library" Documented (100, 0)
    what "a button's input without what it is about"
    message "the input for a {name} button has no `{missing}`"
    help "add it"
    why "The library leaves addresses and phone numbers open; Meta answers error 100 when they are not given."
    bad r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":[{"type":"URL"}]}"#
    good r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":[{"type":"URL","url":{"base_url":"https://www.example.com/orders"}}]}"#
    source LIBRARY "2026-09";

LIBRARY_URL "library-url" Error "library" Documented (100, 0)
    what "an address that Meta does not take"
    message "`{name}` is not a whole web address with a placeholder at its end at most"
    help "write it as in https://www.example.com/orders or https://www.example.com/{{1}}"
    why "Meta answers error 100: \"is not a valid URI\"."
    bad r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":[{"type":"URL","url":{"base_url":"www.example.com"}}]}"#
    good r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":[{"type":"URL","url":{"base_url":"https://www.example.com"}}]}"#
    source LIBRARY "2026-09";

LIBRARY_PHONE "library-phone" Error "library" Documented (100, 0)
    what "a phone number that is none"
    message "`{name}` is not a phone number of digits with an optional plus, {max} characters at most"
    help "write it as in +15550051310"
    why "Meta answers error 192: \"is not a valid phone number\"."
    bad r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":[{"type":"PHONE_NUMBER","phone_number":"+1 (555) 005-1310"}]}"#
    good r#"{"components":null,"library_template_name":"delivery_update_1","library_template_button_inputs":[{"type":"PHONE_NUMBER","phone_number":"+15550051310"}]}"#
    source LIBRARY "2026-09";
}
