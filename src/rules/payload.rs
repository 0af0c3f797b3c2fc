//! Rules of payloads made elsewhere: whether Meta would take this body for that template.

use super::rules;

rules! {
PAYLOAD_KEY_MISSING "payload-key-missing" Error "payload" Documented (100, 0)
    what "a payload that lacks a key"
    message "{where} has no `{name}`"
    help "add {remedy}"
    why "Meta answers error 100 and names the key."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source SEND "2026-09";

PAYLOAD_TOO_BIG "payload-too-big" Warning "payload" Observed (0, 0)
    what "a payload that is too big"
    message "the payload has {used} bytes; above {max} messages were accepted and never delivered"
    help "send less; data that a flow needs can be fetched by the flow"
    why "Meta publishes no limit. Payloads above 1 MB got an id, and no status ever came."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}},"limits":{"payloadBytes":100}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source SEND "2026-09";

PAYLOAD_WORD "payload-word" Error "payload" Documented (100, 0)
    what "a word that does not belong there"
    message "`{name}` is {found}, and must be {expected}"
    help "write {expected}"
    why "Meta answers error 100, or treats the message as one of another type."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"WhatsApp Business","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source SEND "2026-09";

PAYLOAD_NOT_TEMPLATE "payload-not-template" Warning "payload" Inferred (0, 0)
    what "a message of another type"
    message "this is a message of type `{found}`; only template messages are judged"
    help "a template's message has `\"type\": \"template\"`; judge any other by other means"
    why "Free-form messages have rules of their own; nothing here was checked. Where a template says what is to be sent, it is an error."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","to":"+33612345678","type":"text","text":{"body":"Hello"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"}}}}"#
    source SEND "2026-09";

PAYLOAD_KEY_UNKNOWN "payload-key-unknown" Error "payload" Documented (100, 0)
    what "a key that payloads do not have"
    message "{where} has no key `{name}`"
    help "{remedy}"
    why "Meta answers error 100 for parameters that are unsupported or misspelled, or ignores them."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]},"callback_data":"A-17"}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]},"biz_opaque_callback_data":"A-17"}}"#
    source SEND "2026-09";

PAYLOAD_KEY_IGNORED "payload-key-ignored" Warning "payload" Documented (0, 0)
    what "a key that has no effect"
    message "`{name}` has no effect in a template message"
    help "leave it out"
    why "It belongs to another type of message, or to an older API."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]},"audio":{"id":"1"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source SEND "2026-09";

PAYLOAD_OLD_API "payload-on-premises" Error "payload" Documented (100, 0)
    what "a key of the On-Premises API"
    message "`{name}` belongs to the On-Premises API, which is gone"
    help "leave it out"
    why "Cloud API finds templates by name and language."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}],"namespace":"c8ae5f90"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source SEND "2026-09";

PAYLOAD_IS_DEFINITION "payload-is-definition" Error "payload" Documented (100, 0)
    what "a definition where a payload is due"
    message "this is a template's definition; a payload to send looks different"
    help "build the payload from the definition and values"
    why "Definitions and payloads both have components, with other keys in them; Meta refuses one in the other's place."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source SEND "2026-09";

PAYLOAD_NAME "payload-template-name" Error "payload" Documented (132001, 0)
    what "another template's name"
    message "the payload names the template `{found}`; this one is `{name}`"
    help "write `{name}`"
    why "Names are compared letter by letter; Meta answers 132001."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update-en_US","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source ERRORS "2026-09";

PAYLOAD_LANGUAGE "payload-template-language" Error "payload" Documented (132001, 0)
    what "another language than the template's"
    message "the payload asks for the language `{found}`; {problem}"
    help "{remedy}"
    why "`en` and `en_US` are two templates; Meta answers 132001."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source ERRORS "2026-09";

PAYLOAD_COMPONENT_REPEATED "payload-component-repeated" Error "payload" Inferred (100, 0)
    what "a component that is there twice"
    message "the payload has {what} twice"
    help "keep one of them"
    why "Which of the two Meta reads is not published."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]},{"type":"body","parameters":[{"type":"text","text":"A-18"}]}]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source ERRORS "2026-09";

PAYLOAD_COMPONENT_UNKNOWN "payload-component-type" Error "payload" Documented (100, 0)
    what "an unknown type of component"
    message "`{found}` is not a type of component"
    help "write {expected}"
    why "A payload has header, body and button components, and a few special ones; a button stands alone, with its `sub_type` and `index`."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"text","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source SEND "2026-09";

PAYLOAD_COMPONENT_EXTRA "payload-component-extra" Error "payload" Observed (100, 0)
    what "a component for a part that takes nothing"
    message "{problem}"
    help "leave this component out"
    why "Parts that are the same in every message are not sent; for an empty list of parameters Meta answers error 100, \"Invalid parameter\"."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[]}]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"}}}}"#
    source ERRORS "2026-09";

PAYLOAD_PARAMETER_COUNT "payload-parameter-count" Error "payload" Observed (132000, 0)
    what "another number of parameters than the template's"
    message "parameters of {part}: the template takes {expected}, the payload gives {given}"
    help "{remedy}"
    why "Meta compares the numbers and answers 132000."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"},{"type":"text","text":"Monday"}]}]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source ERRORS "2026-09";

PAYLOAD_PARAMETER_NAME "payload-parameter-name" Error "payload" Observed (100, 0)
    what "a parameter that is not named as in the template"
    message "{problem}"
    help "{remedy}"
    why "A named template is filled by `parameter_name`, a positional one by order; Meta answers error 100, \"Parameter name is missing or empty\", or 132000 when they are mixed up."
    bad r#"{"template":{"parameter_format":"NAMED","components":[{"type":"BODY","text":"Your order {{order}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    good r#"{"template":{"parameter_format":"NAMED","components":[{"type":"BODY","text":"Your order {{order}} is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","parameter_name":"order","text":"A-17"}]}]}}}"#
    source OVERVIEW "2025-12";

PAYLOAD_PARAMETER_TYPE "payload-parameter-type" Error "payload" Observed (132012, 0)
    what "a parameter of the wrong kind"
    message "{part} needs a parameter of type {expected}, and has {found}"
    help "give it the type `{expected}`"
    why "Meta answers 132012, a format mismatch."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"header","parameters":[{"type":"text","text":"Plants"}]}]}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://cdn.example/plants.jpg"}}]}]}}}"#
    source ERRORS "2026-09";

PAYLOAD_HEADER_MISSING "payload-header-missing" Error "payload" Observed (132012, 0)
    what "a media header without its file"
    message "the template has {expected} in its header, and the payload has none"
    help "add a header component with one parameter of that type"
    why "The sample in the definition is never sent; without a file Meta answers 132012, \"expected IMAGE, received UNKNOWN\"."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[]}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://cdn.example/plants.jpg"}}]}]}}}"#
    source ERRORS "2026-09";

PAYLOAD_BUTTON_MISSING "payload-button-missing" Error "payload" Observed (131008, 0)
    what "a button without its parameter"
    message "{label} is missing: there is no component for button {index}"
    help "add a button component with `sub_type` `{sub_type}` and `index` \"{index}\""
    why "Meta answers 131008 and names the button."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source ERRORS "2026-09";

PAYLOAD_BUTTON_INDEX "payload-button-index" Error "payload" Documented (100, 0)
    what "a button's index that fits no button"
    message "{problem}"
    help "{remedy}"
    why "The index counts all buttons of the template from 0, also those that take no parameter."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source SEND "2026-09";

PAYLOAD_BUTTON_TYPE "payload-button-type" Error "payload" Observed (132018, 0)
    what "a button of another type than the template's"
    message "button {index} of the template is {expected}; the payload has `{found}`"
    help "write `{sub_type}` as its `sub_type`"
    why "Type and order of the buttons must be the template's; Meta answers 132018 or error 100."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"A-17"}]}]}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"A-17"}]}]}}}"#
    source ERRORS "2026-09";

PAYLOAD_CODE_DIFFERS "payload-code-differs" Error "payload" Documented (132018, 0)
    what "two different one-time codes"
    message "the button's code is not the one in the body"
    help "put the same code in both places"
    why "The button copies its own value: a customer who reads one code and pastes another is not let in."
    bad r#"{"template":{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"123456"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"654321"}]}]}}}"#
    good r#"{"template":{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"123456"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123456"}]}]}}}"#
    source SEND "2026-09";

PAYLOAD_MARKETING "payload-marketing-only" Error "payload" Documented (134100, 0)
    what "a key of the marketing route with another template"
    message "`{name}` belongs to `/marketing_messages`, which takes marketing templates only"
    help "leave it out, and send the message to `/messages`"
    why "Meta answers 134100 there (131055 before v23), and error 100 for this key on `/messages`."
    bad r#"{"template":{"category":"UTILITY","components":[{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[]},"product_policy":"STRICT"}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[]},"product_policy":"STRICT"}}"#
    source ERRORS "2026-09";

PAYLOAD_BID_USER_ID "payload-bid-to-user-id" Error "payload" Documented (131062, 0)
    what "a bid for a business-scoped user id"
    message "a bid cannot go to a business-scoped user id"
    help "send it to the phone number (`to`), or leave `bid_spec` out"
    why "Meta answers 131062."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[]},"recipient":"US.13491208655302741918","bid_spec":{"per_message_bid_multiplier":1.2}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[]},"bid_spec":{"per_message_bid_multiplier":1.2}}}"#
    source ERRORS "2026-09";

PAYLOAD_COMPONENT_MISSING "payload-component-missing" Error "payload" Documented (131008, 0)
    what "a part of the template without its component"
    message "{label} is missing: there is no component of type `{component}`"
    help "add one"
    why "The template promises it, and Meta refuses a message that does not bring it."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[]}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"carousel","cards":[{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"17"}}]}]},{"card_index":1,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"17"}}]}]}]}]}}}"#
    source SEND "2026-09";

PAYLOAD_CARD_COUNT "payload-card-count" Error "payload" Documented (132012, 0)
    what "another number of cards than the template's"
    message "the payload has {given} cards, and must have {expected}"
    help "give each card of the template one entry"
    why "A carousel of files is sent with exactly the cards that were approved, one of products with 2 to 10. Meta's answer 132012 points elsewhere: \"header component parameter should not be empty\"."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"carousel","cards":[{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"17"}}]}]}]}]}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"carousel","cards":[{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"17"}}]}]},{"card_index":1,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"17"}}]}]}]}]}}}"#
    source SEND "2026-09";

PAYLOAD_CARD_INDEX "payload-card-index" Error "payload" Documented (131009, 0)
    what "a card's index that fits no card"
    message "{problem}"
    help "count the cards from 0, each number once"
    why "`card_index` says which card of the template it fills."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"carousel","cards":[{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"17"}}]}]},{"card_index":2,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"17"}}]}]}]}]}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]},"payload":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"carousel","cards":[{"card_index":1,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"17"}}]}]},{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"17"}}]}]}]}]}}}"#
    source SEND "2026-09";
}
