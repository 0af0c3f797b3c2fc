//! Rules of messages: whether these values fit that template.

use super::rules;

rules! {
RECIPIENT_MISSING "recipient-missing" Error "recipient" Documented (131008, 0)
    what "a message without a recipient"
    message "the message has no recipient"
    help "add `to`, a phone number such as +33612345678, or `recipient`, a business-scoped user id"
    why "A message is sent to `to` or, since 2026, to `recipient`; without either Meta answers that a required parameter is missing."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source SEND "2026-09";

TO_MALFORMED "to-malformed" Error "recipient" Observed (131009, 0)
    what "not a phone number"
    message "`{to}` is not a phone number: {problem}"
    help "write a number with its country code, as in +33612345678; a user id belongs in `recipient`"
    why "Meta answers 131009, or sends to somebody else: a number is only unambiguous with a plus, the country code and 7 to 15 digits."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33 call me","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source PHONES "2026-09";

TO_SCIENTIFIC "to-scientific" Error "recipient" Inferred (131009, 0)
    what "a phone number that a spreadsheet has rounded"
    message "`{to}` is a number in scientific notation, so its last digits are lost"
    help "format the column as text in the spreadsheet, and fill in the whole numbers again"
    why "Spreadsheets show long numbers as 3.36E+10 and save them that way; what was rounded away cannot be brought back, and another person may own the number that is left."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"3.36123E+10","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source PHONES "2026-09";

TO_WITHOUT_PLUS "to-without-plus" Warning "recipient" Documented (0, 0)
    what "a phone number without its plus"
    message "`{to}` has no plus; read as `{suggestion}` it is right only if it starts with the country code"
    help "write the plus and the country code"
    why "Without a plus Meta may take the number for a national one and prepend the business number's country code."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"33612345678","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source PHONES "2026-09";

TO_NORMALIZED "to-normalized" Info "recipient" Documented (0, 0)
    what "a phone number that is sent in its plain spelling"
    message "`{to}` is sent as `{sent}`"
    help ""
    why "Spaces, dashes, dots, parentheses and a leading 00 are ways of typing; the plain spelling is what comes back in webhooks."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33 6 12 34 56 78","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source PHONES "2026-09";

TO_WINS "to-wins" Warning "recipient" Documented (0, 0)
    what "two recipients"
    message "the message has both `to` and `recipient`; Meta takes `to` and ignores the other"
    help "keep one of them"
    why "When both are given the phone number wins, which may not be who was meant."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","recipient":"US.13491208655302741918","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source SEND "2026-09";

RECIPIENT_MALFORMED "recipient-malformed" Error "recipient" Documented (131009, 0)
    what "not a business-scoped user id"
    message "`{recipient}` is not a business-scoped user id"
    help "write the id as the webhook gave it, such as US.13491208655302741918; a phone number belongs in `to`"
    why "The id is two capital letters, a dot, optionally `ENT.`, and up to 128 letters and digits."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"recipient":"us-1349","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"recipient":"US.13491208655302741918","values":{"body.1":"A-17"}}}"#
    source BSUID "2026-09";

RECIPIENT_NO_CODE "recipient-cannot-authenticate" Error "recipient" Documented (131062, 0)
    what "a one-time code for a user id"
    message "an authentication template cannot go to a business-scoped user id"
    help "send it to a phone number, in `to`"
    why "Meta sends one-time codes to phone numbers only, and answers 131062."
    bad r#"{"template":{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]},"message":{"recipient":"US.13491208655302741918","values":{"body.1":"123456"}}}"#
    good r#"{"template":{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]},"message":{"to":"+33612345678","values":{"body.1":"123456"}}}"#
    source BSUID "2026-09";

RECIPIENT_TYPE "recipient-type" Error "recipient" Documented (100, 0)
    what "an unknown type of recipient"
    message "`{found}` is not a type of recipient"
    help "write `individual` or `group`"
    why "Meta knows individuals and groups."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","recipientType":"everybody","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","recipientType":"individual","values":{"body.1":"A-17"}}}"#
    source SEND "2026-09";

RECIPIENT_COUNTRY "recipient-country" Warning "recipient" Documented (0, 0)
    what "a number of a country without messages"
    message "`{to}` is a number of {country}, where Meta delivers no messages"
    help "leave this recipient out"
    why "Meta's pages list countries whose users get no messages of businesses. A message to them is lost, whatever Meta answers at first."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+989121234567","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source MARKETING_START "2025-12";

RECIPIENT_NO_MARKETING "recipient-no-marketing" Warning "recipient" Documented (131049, 0)
    what "marketing for the United States"
    message "`{to}` is a number of the United States, where Meta has delivered no marketing templates since April 2025"
    help "leave this recipient out, or send a utility template"
    why "Meta takes the message and reports it as failed later, with 131049."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Our plants are half price."}]},"message":{"to":"+14155550123"}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Our plants are half price."}]},"message":{"to":"+14165550123"}}"#
    source USER_LIMITS "2025-12";

GROUP_IS_USER "group-is-user" Error "recipient" Documented (131009, 0)
    what "a user id where a group's is due"
    message "the message goes to a group, and names only a user"
    help "give the group's id in `to`, or leave the type of recipient out"
    why "A group's id stands in `to`; `recipient` names one person."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"recipient":"US.13491208655302741918","recipientType":"group","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"recipient":"US.13491208655302741918","values":{"body.1":"A-17"}}}"#
    source BSUID "2026-09";

TEMPLATE_TEST_ONLY "template-test-only" Warning "message" Observed (131058, 0)
    what "the template of Meta's test numbers"
    message "`{name}` can be sent from Meta's public test numbers only"
    help "use a template of your own"
    why "From any other number Meta answers 131058."
    bad r#"{"template":{"name":"hello_world","components":[{"type":"BODY","text":"Hello and welcome."}]},"message":{"to":"+33612345678"}}"#
    good r#"{"template":{"name":"welcome","components":[{"type":"BODY","text":"Hello and welcome."}]},"message":{"to":"+33612345678"}}"#
    source ERRORS "2026-09";

CALLBACK_TOO_LONG "callback-too-long" Error "message" Documented (100, 0)
    what "callback data that is too long"
    message "the callback data has {used} characters; at most {max} are allowed"
    help "shorten it by {over}; an id is enough"
    why "The text comes back in every status of the message, and Meta takes 512 characters of it."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","callbackData":"campaign-2026-11-22","values":{"body.1":"A-17"}},"limits":{"callbackChars":18}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","callbackData":"campaign-2026-11-2","values":{"body.1":"A-17"}},"limits":{"callbackChars":18}}"#
    source STATUS "2026-09";

REPLY_TO_MALFORMED "reply-to-malformed" Error "message" Documented (131009, 0)
    what "not the id of a message"
    message "`{found}` is not the id of a message"
    help "give the id that the webhook or Meta's answer gave, which starts with `wamid`"
    why "A reply names the message it answers by its wamid; Meta refuses other ids, or shows the message without the quotation."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","replyTo":"42","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","replyTo":"wamid.HBgLMzM2MTIzNDU2NzgVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA","values":{"body.1":"A-17"}}}"#
    source SEND "2026-09";

MESSAGE_KEY_UNKNOWN "message-key-unknown" Warning "message" Policy (0, 0)
    what "a key that messages do not have"
    message "a message has no key `{name}`, so it is ignored"
    help "{remedy}"
    why "What is misspelled is not sent: a callback id that gets lost is only missed when the webhooks come."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","callbackdata":"A-17","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","callbackData":"A-17","values":{"body.1":"A-17"}}}"#
    source SEND "2026-09";

VALUE_UNKNOWN "value-unknown" Error "values" Documented (132000, 0)
    what "a value for a parameter that the template does not have"
    message "the template has no parameter `{key}`"
    help "{remedy}"
    why "The template is not the one that the values were made for: sent as they are, Meta answers 132000; with the value left out, the message says less than was meant."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17","body.2":"Monday"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source ERRORS "2026-09";

VALUE_MISSING "value-missing" Error "values" Documented (132000, 0)
    what "a parameter has no value"
    message "there is no value for {label} (`{key}`)"
    help "add `{key}` to the message's values"
    why "Meta compares the number of parameters with the approved template and answers 132000; with too few the recipient would read an empty place."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source ERRORS "2026-09";

FILE_MISSING "file-missing" Error "values" Observed (132012, 0)
    what "a header without its file"
    message "there is no value for {label} (`{key}`)"
    help "add `{key}` to the message's values: for a file its link, or the id of its upload"
    why "The sample in the definition is never sent; without a file Meta answers 132012, \"Format mismatch, expected IMAGE, received UNKNOWN\"."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/plants.jpg"}}}"#
    source ERRORS "2026-09";

BUTTON_VALUE_MISSING "button-value-missing" Error "values" Observed (131008, 0)
    what "a button without its value"
    message "there is no value for {label} (`{key}`)"
    help "add `{key}` to the message's values"
    why "Meta answers 131008, \"Button at index 0 of type Url requires a parameter\"."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"message":{"to":"+33612345678","values":{}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"A-17"}}}"#
    source ERRORS "2026-09";

VALUE_BLANK "value-blank" Error "values" Observed (131008, 0)
    what "a blank value"
    message "the value for {label} is blank"
    help "give it a text, or choose a template without this parameter"
    why "Meta answers 131008, \"Parameter of type text is missing text value\"."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"  "}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source ERRORS "2026-09";

VALUE_NEWLINE "value-newline" Error "values" Observed (132018, 0)
    what "a line break in a value"
    message "the value for {label} has a line break here, and Meta takes none inside a value"
    help "put a space or a comma there; line breaks belong in the template's own text"
    why "Meta answers 132018 (older versions 100 or 132000): a parameter's text cannot have line breaks, tabs or more than 4 spaces in a row."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17\nA-18"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17, A-18"}}}"#
    source ERRORS "2026-09";

VALUE_TAB "value-tab" Error "values" Observed (132018, 0)
    what "a tab in a value"
    message "the value for {label} has a tab here, and Meta takes none inside a value"
    help "put a space there"
    why "Meta answers 132018 (older versions 100 or 132000). Tabs come in with what is copied out of spreadsheets."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17\tA-18"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17 A-18"}}}"#
    source ERRORS "2026-09";

VALUE_SPACES "value-spaces" Error "values" Observed (132018, 0)
    what "too many spaces in a row"
    message "the value for {label} has {used} spaces in a row here; at most {max} are allowed"
    help "leave one of them"
    why "Meta answers 132018 (older versions 100 or 132000)."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17     A-18"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17    A-18"}}}"#
    source ERRORS "2026-09";

VALUE_LINE_SEPARATOR "value-line-separator" Warning "values" Inferred (132018, 0)
    what "an unusual line break in a value"
    message "the value for {label} has an unusual line break here (U+{code}), which Meta may refuse like any other"
    help "put a space there"
    why "Carriage returns, vertical tabs, form feeds and the Unicode separators break lines too; whether Meta counts them is not published."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17\u2028A-18"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17 A-18"}}}"#
    source ERRORS "2026-09";

VALUE_INVISIBLE "value-invisible" Warning "values" Inferred (0, 0)
    what "an invisible character in a value"
    message "the value for {label} has an invisible character here (U+{code})"
    help "delete it; it was probably copied along"
    why "Invisible characters make equal texts unequal: links break, codes do not match, names cannot be searched for. Joiners inside emojis and in scripts that need them are left alone."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-\u200b17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source UNICODE "2026-11";

VALUE_LOOKS_EMPTY "value-looks-empty" Warning "values" Inferred (0, 0)
    what "a value that is a programming language's word for nothing"
    message "the value for {label} is the word `{found}`, which looks like a missing value"
    help "give the real value, or leave the message out"
    why "Programs that turn a missing value into text send \"null\" or \"undefined\" to customers, and Meta delivers it."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"undefined"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source ERRORS "2026-09";

VALUE_PLACEHOLDER "value-placeholder-left" Warning "values" Inferred (0, 0)
    what "a placeholder inside a value"
    message "the value for {label} still has `{found}` in it, which the recipient would read as it stands"
    help "fill it in"
    why "Values are not templates: braces inside them are shown as they are."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"{{order}}"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source ERRORS "2026-09";

HYDRATED_TOO_LONG "hydrated-too-long" Error "values" Documented (132005, 0)
    what "a text that is too long with its values"
    message "with its values the {part} has {used} characters; at most {max} are allowed"
    help "shorten a value by {over}"
    why "Meta counts the text with the values filled in and answers 132005."
    bad r#"{"template":{"components":[{"type":"FOOTER","text":"Lucky Shrub"},{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}},"limits":{"bodyChars":29}}"#
    good r#"{"template":{"components":[{"type":"FOOTER","text":"Lucky Shrub"},{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}},"limits":{"bodyChars":30}}"#
    source COMPONENTS "2026-09";

HYDRATED_BODY_ONLY "hydrated-body-only-long" Warning "values" Documented (132005, 0)
    what "a body alone that is longer than most pages allow"
    message "with its values the body has {used} characters; most of Meta's pages allow {max}, one allows {most} when there is nothing but a body"
    help "shorten a value by {over} to be safe"
    why "Meta's message reference gives 32,768 characters to templates that are nothing but a body, its other pages 1,024 to every body."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}},"limits":{"bodyChars":29}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}},"limits":{"bodyChars":30}}"#
    source COMPONENTS "2026-09";

HYDRATED_UNCERTAIN "hydrated-length-uncertain" Warning "values" Inferred (132005, 0)
    what "a text that is too long in one way of counting"
    message "with its values the {part} has {used} characters, which fits, but {units} UTF-16 units, which would not ({max} are allowed)"
    help "shorten a value to be safe"
    why "Meta does not say what a character is. Most emojis count two in UTF-16 and one as code points."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"\ud83d\udce6\ud83d\udce6"}},"limits":{"bodyChars":29}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"\ud83d\udce6\ud83d\udce6"}},"limits":{"bodyChars":30}}"#
    source COMPONENTS "2026-09";

CURRENCY_INCOMPLETE "currency-incomplete" Error "values" Documented (131008, 0)
    what "a currency value that lacks something"
    message "the currency for {label} {problem}"
    help "write {\"currency\": {\"fallback_value\": \"25.00 EUR\", \"code\": \"EUR\", \"amount_1000\": 25000}}"
    why "Meta wants the text to show, the code of the currency, and the amount times 1000 as a whole number."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":{"currency":{"fallback_value":"25 EUR","code":"EUR","amount1000":25000}}}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":{"currency":{"fallback_value":"25 EUR","code":"EUR","amount_1000":25000}}}}}"#
    source SEND "2026-09";

DATE_TIME_INCOMPLETE "date-time-incomplete" Error "values" Documented (131008, 0)
    what "a date value that lacks its text"
    message "the date for {label} {problem}"
    help "write {\"date_time\": {\"fallback_value\": \"November 22, 2026\"}}"
    why "Cloud API shows the fallback text and nothing else."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":{"date_time":{"year":2026}}}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":{"date_time":{"fallback_value":"22 November"}}}}}"#
    source SEND "2026-09";

LOCATION_INCOMPLETE "location-incomplete" Error "values" Documented (131008, 0)
    what "a location without its place"
    message "{label} {problem}"
    help "write {\"latitude\": \"48.8584\", \"longitude\": \"2.2945\", \"name\": \"Garden shop\", \"address\": \"5 Avenue Anatole France, Paris\"}"
    why "The map is drawn from the two numbers, in decimal degrees."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"LOCATION"},{"type":"BODY","text":"Your order is here."}]},"message":{"to":"+33612345678","values":{"header.location":{"latitude":"48.8584","name":"Garden shop"}}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"LOCATION"},{"type":"BODY","text":"Your order is here."}]},"message":{"to":"+33612345678","values":{"header.location":{"latitude":"48.8584","longitude":"2.2945","name":"Garden shop","address":"5 Avenue Anatole France, Paris"}}}}"#
    source COMPONENTS "2026-09";

LOCATION_UNNAMED "location-unnamed" Warning "values" Documented (131008, 0)
    what "a location without its name or address"
    message "{label} has no `{name}`, and some of Meta's pages call it required"
    help "add `{name}`"
    why "The bubble shows name and address under the map; the older reference requires all four."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"LOCATION"},{"type":"BODY","text":"Your order is here."}]},"message":{"to":"+33612345678","values":{"header.location":{"latitude":"48.8584","longitude":"2.2945","name":"Garden shop"}}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"LOCATION"},{"type":"BODY","text":"Your order is here."}]},"message":{"to":"+33612345678","values":{"header.location":{"latitude":"48.8584","longitude":"2.2945","name":"Garden shop","address":"5 Avenue Anatole France, Paris"}}}}"#
    source COMPONENTS "2026-09";

PRODUCT_INCOMPLETE "product-incomplete" Error "values" Documented (131008, 0)
    what "a product that is not named in full"
    message "{label} has no `{name}`"
    help "write {\"product_retailer_id\": \"plant-17\", \"catalog_id\": \"194836987003835\"}"
    why "A product is found by its id in the catalog and the id of the catalog."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"Look at this."}]},"message":{"to":"+33612345678","values":{"header.product":{"product_retailer_id":"plant-17"}}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"Look at this."}]},"message":{"to":"+33612345678","values":{"header.product":{"product_retailer_id":"plant-17","catalog_id":"194836987003835"}}}}"#
    source SEND "2026-09";

MEDIA_SOURCE "media-source" Error "media" Documented (132012, 0)
    what "a file that is given by no link and no id, or by both"
    message "{label} needs either `link` or `id`, and has {found}"
    help "give the address of the file, or the id that its upload gave"
    why "Meta fetches a link or takes an uploaded file. With neither it answers 132012, \"Format mismatch, expected IMAGE, received UNKNOWN\"."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":{"caption":"Plants"}}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":{"link":"https://cdn.example/plants.jpg"}}}}"#
    source MEDIA "2026-09";

MEDIA_LINK "media-link-malformed" Error "media" Documented (131053, 0)
    what "a link that cannot be fetched"
    message "the link of {label} {problem}"
    help "give the whole address of the file, as in https://cdn.example/plants.jpg"
    why "Meta fetches the file itself, over HTTP or HTTPS, and fails hours later by webhook (131053) when it cannot."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/two plants.jpg"}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/two%20plants.jpg"}}}"#
    source MEDIA "2026-09";

MEDIA_LINK_UNSAFE "media-link-unsafe" Error "media" Policy (131053, 0)
    what "a link that leads nowhere public"
    message "the link of {label} {problem}"
    help "put the file on a public server, and link to it with https"
    why "Meta's servers cannot reach an internal address, and a link with a password gives the password away."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://192.168.1.10/plants.jpg"}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/plants.jpg"}}}"#
    source URLS "2026-11";

MEDIA_LINK_INTERNAL "media-link-internal-name" Warning "media" Policy (131053, 0)
    what "a link whose host name looks internal"
    message "the host of {label}, `{host}`, looks like an internal one"
    help "link to a public server"
    why "Names with an address inside, such as 127.0.0.1.nip.io, and names that end in .local or .internal lead to machines that Meta cannot reach."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://127.0.0.1.nip.io/plants.jpg"}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/plants.jpg"}}}"#
    source URLS "2026-11";

MEDIA_LINK_HTTP "media-link-http" Warning "media" Documented (0, 0)
    what "a link without encryption"
    message "the link of {label} is http, so anybody on the way can change the file"
    help "use https"
    why "Meta takes both; only with https is what customers see what you put there."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"http://cdn.example/plants.jpg"}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/plants.jpg"}}}"#
    source MEDIA "2026-09";

MEDIA_LINK_SAMPLE "media-link-sample" Error "media" Observed (131053, 0)
    what "the link of a template's own sample"
    message "the link of {label} leads to Meta's copy of the template's sample, which expires"
    help "upload the file, or link to your own server"
    why "Addresses at whatsapp.net and fbcdn.net that a template's example shows are short-lived; a campaign that uses them fails some days later."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://scontent.whatsapp.net/v/t61/plants.jpg"}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/plants.jpg"}}}"#
    source MEDIA "2026-09";

MEDIA_EXTENSION "media-extension" Error "media" Documented (131053, 0)
    what "a file of a kind that Meta does not take there"
    message "{label} cannot be a .{extension} file; Meta takes {allowed}"
    help "convert the file, and link to the converted one"
    why "Meta accepts the message, fetches the file, and then fails it by webhook with 131053."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/plants.webp"}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/plants.jpg"}}}"#
    source MEDIA "2026-09";

MEDIA_ID "media-id-malformed" Error "media" Inferred (131009, 0)
    what "not the id of an uploaded file"
    message "`{found}` is not the id of an uploaded file"
    help "give the digits that POST /{PHONE_NUMBER_ID}/media answered; a handle such as 4::aW… is for definitions only"
    why "Media ids are digits. Upload handles look alike in code, and are only good for a template's sample."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":{"id":"4::aW1hZ2U="}}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":{"id":"1339522734477770"}}}}"#
    source MEDIA "2026-09";

DOCUMENT_NOT_PDF "document-not-pdf" Warning "media" Documented (131053, 0)
    what "a document that is no PDF"
    message "{label} is a .{extension} file; some of Meta's pages allow only PDF in templates"
    help "send a PDF to be safe"
    why "The media page lists office files and text, the reference of template messages only PDF."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Your invoice is here."}]},"message":{"to":"+33612345678","values":{"header.document":{"link":"https://cdn.example/invoice.docx","filename":"invoice.docx"}}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Your invoice is here."}]},"message":{"to":"+33612345678","values":{"header.document":{"link":"https://cdn.example/invoice.pdf","filename":"invoice.pdf"}}}}"#
    source MEDIA "2026-09";

DOCUMENT_FILENAME "document-without-filename" Warning "media" Documented (0, 0)
    what "a document without a file name"
    message "{label} has no `filename`, so the recipient sees an unhelpful one"
    help "add `filename`, as in invoice.pdf; its ending chooses the icon"
    why "Without it clients show \"Untitled\" or a part of the link."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Your invoice is here."}]},"message":{"to":"+33612345678","values":{"header.document":{"link":"https://cdn.example/invoice.pdf"}}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Your invoice is here."}]},"message":{"to":"+33612345678","values":{"header.document":{"link":"https://cdn.example/invoice.pdf","filename":"invoice.pdf"}}}}"#
    source MEDIA "2026-09";

MEDIA_KEY_UNKNOWN "media-key-unknown" Error "media" Documented (100, 0)
    what "a key that a file does not have"
    message "{label} cannot have `{name}`"
    help "{remedy}"
    why "Of a file Meta takes `link` or `id`, and for documents `filename`; captions belong to free-form messages."
    bad r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":{"link":"https://cdn.example/plants.jpg","caption":"Plants"}}}}"#
    good r#"{"template":{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"header.image":{"link":"https://cdn.example/plants.jpg"}}}}"#
    source MEDIA "2026-09";

SUFFIX_ESCAPES "suffix-escapes" Error "buttons" Policy (0, 0)
    what "a URL suffix that leaves the approved address"
    message "the suffix `{found}` leaves the approved address `{base}`: it {problem}"
    help "give only what belongs behind `{base}`, percent-encoded"
    why "The suffix is glued to the approved address. What walks up its path or changes its host sends customers to a page that nobody approved."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"../admin"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"A-17"}}}"#
    source URLS "2026-11";

SUFFIX_UNENCODED "suffix-unencoded" Warning "buttons" Documented (0, 0)
    what "a URL suffix that should be percent-encoded"
    message "the suffix `{found}` has characters that addresses do not have"
    help "write `{suggestion}`"
    why "Meta does not encode a suffix; clients guess what a space or an accent was meant to be, and links break."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"Gon\u00e7alves"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"Gon%C3%A7alves"}}}"#
    source COMPONENTS "2026-09";

SUFFIX_CONTROL "suffix-control" Error "buttons" Policy (132018, 0)
    what "a URL suffix with a line break or control character"
    message "the suffix for {label} has a control character here (U+{code})"
    help "delete it"
    why "No address has one; browsers drop it without a word, so that the link leads elsewhere than it reads."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"A-17\nA-18"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"A-17"}}}"#
    source URLS "2026-11";

SUFFIX_REPEATS_URL "suffix-repeats-url" Error "buttons" Inferred (0, 0)
    what "a whole address where its end is due"
    message "the value for {label} is a whole address; the template already has `{base}`"
    help "{remedy}"
    why "Both are glued together, and the link leads nowhere."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"https://shop.example/orders/A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/orders/{{1}}"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"A-17"}}}"#
    source COMPONENTS "2026-09";

COUPON_TOO_LONG "coupon-too-long" Error "buttons" Documented (132005, 0)
    what "a coupon code that is too long"
    message "the coupon code has {used} characters; at most {max} are allowed"
    help "use a shorter code"
    why "Meta's page of coupon templates says 20."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"A gift for you."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE20"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"ABCDEFGHIJKLMNOPQRSTU"}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"A gift for you."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE20"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"ABCDEFGHIJKLMNO"}}}"#
    source COUPON "2025-12";

COUPON_LONG "coupon-long" Warning "buttons" Documented (132005, 0)
    what "a coupon code that some pages call too long"
    message "the coupon code has {used} characters; some of Meta's pages allow only {max}"
    help "use a shorter code to be safe"
    why "The page of coupon templates says 20, the components page still 15."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"A gift for you."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE20"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"ABCDEFGHIJKLMNOP"}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"A gift for you."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE20"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"ABCDEFGHIJKLMNO"}}}"#
    source COUPON "2025-12";

COUPON_CHARSET "coupon-charset" Error "buttons" Documented (131009, 0)
    what "a coupon code with more than letters and digits"
    message "the coupon code has `{found}`; Meta takes only letters and digits"
    help "use a code of A to Z and 0 to 9"
    why "Coupon codes are alphanumeric, says Meta's page of coupon templates."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"A gift for you."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE20"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"SAVE-20%"}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"A gift for you."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE20"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"SAVE20"}}}"#
    source COUPON "2025-12";

PAYLOAD_TOO_LONG "payload-too-long" Error "buttons" Inferred (131009, 0)
    what "a quick reply's payload that is too long"
    message "{label} has {used} characters; at most {max} are safe"
    help "send an id, and keep the rest on your side"
    why "Meta prints no limit for templates; the same field of interactive messages takes 256. `payloadChars` can be raised."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Did it arrive?"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"yes-order-A-17"}},"limits":{"payloadChars":13}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Did it arrive?"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"yes-order-A-17"}}}"#
    source SEND "2026-09";

PAYLOAD_LONG "payload-long" Warning "buttons" Inferred (0, 0)
    what "a quick reply's payload that some stacks cut"
    message "{label} has {used} characters; above {max} some stacks cut it"
    help "send an id, and keep the rest on your side"
    why "The webhook that brings it back passes through software that was written for 128."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Did it arrive?"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"yes-order-A-17"}},"limits":{"payloadCharsSafe":13}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Did it arrive?"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":"yes-order-A-17"}}}"#
    source SEND "2026-09";

CODE_TOO_LONG "code-too-long" Error "values" Documented (132005, 0)
    what "a one-time code that is too long"
    message "the one-time code has {used} characters; at most {max} are allowed"
    help "send the bare code"
    why "Meta takes codes of up to 15 characters."
    bad r#"{"template":{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]},"message":{"to":"+33612345678","values":{"body.1":"123456 (app_name)"}}}"#
    good r#"{"template":{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]},"message":{"to":"+33612345678","values":{"body.1":"123456"}}}"#
    source SEND "2026-09";

TEMPLATE_PAUSED "template-paused" Error "template" Documented (132015, 0)
    what "a template that is paused"
    message "the template `{name}` is paused"
    help "wait until Meta lifts the pause; the definition must be read again then"
    why "Meta pauses a template that people report, for 3 and then 6 hours, and answers 132015."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}],"status":"PAUSED"},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}],"status":"APPROVED"},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source ERRORS "2026-09";

TEMPLATE_DISABLED "template-disabled" Error "template" Documented (132016, 0)
    what "a template that is disabled"
    message "the template `{name}` is disabled"
    help "make a new template"
    why "After the third pause, or for a breach of policy, a template is off for good; Meta answers 132016."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}],"status":"DISABLED"},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}],"status":"APPROVED"},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source ERRORS "2026-09";

TEMPLATE_NOT_APPROVED "template-not-approved" Error "template" Documented (132001, 0)
    what "a template that is not approved"
    message "the template `{name}` is {status}, not approved"
    help "send with an approved template, or wait for the review and read the definition again"
    why "Only approved templates can be sent; for others Meta answers 132001 as if they did not exist."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}],"status":"REJECTED"},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}],"status":"APPROVED"},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source ERRORS "2026-09";
}
