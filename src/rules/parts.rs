//! Rules of header, body and footer.

use super::rules;

rules! {
TEXT_REQUIRED "text-required" Error "parts" Documented (100, 2388043)
    what "a part has no text"
    message "{part} has no text"
    help "write its text, or delete the component"
    why "Meta answers subcode 2388043, \"missing expected field(s)\"."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"FOOTER","text":""}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"FOOTER","text":"Lucky Shrub"}]}"#
    source COMPONENTS "2026-09";

CHAR_UNIT "char-unit" Warning "parts" Inferred (100, 2388040)
    what "a text that is too long by another count"
    message "this text has {used} characters as JavaScript and most editors count (UTF-16 units); at most {max} are allowed"
    help "shorten it to be sure"
    why "Meta does not say what it counts. We count code points; an emoji is one of them and two or more UTF-16 units."
    bad r#"{"limits":{"bodyChars":30},"components":[{"type":"BODY","text":"Your order is on its way 🚚🚚🚚🚚"}]}"#
    good r#"{"limits":{"bodyChars":30},"components":[{"type":"BODY","text":"Your order is on its way 🚚"}]}"#
    source COMPONENTS "2026-09";

HEADER_FORMAT "header-format" Error "header" Documented (100, 2388043)
    what "the header's format is missing or unknown"
    message "{problem}"
    help "set `format` to TEXT, IMAGE, VIDEO, DOCUMENT or LOCATION{suggestion}"
    why "The format decides what else the header needs; without it Meta answers error 100."
    bad r#"{"components":[{"type":"HEADER","text":"Good news"},{"type":"BODY","text":"Your order is on its way."}]}"#
    good r#"{"components":[{"type":"HEADER","format":"TEXT","text":"Good news"},{"type":"BODY","text":"Your order is on its way."}]}"#
    source API "2026-09";

HEADER_TEXT_MAX "header-text-max" Error "header" Documented (100, 2388040)
    what "the header is too long"
    message "the header has {used} characters; at most {max} are allowed"
    help "shorten it by {over}"
    why "Meta answers subcode 2388040, \"Character limit exceeded\"."
    bad r#"{"components":[{"type":"HEADER","format":"TEXT","text":"Good news about the order that you placed with us only yesterday evening"},{"type":"BODY","text":"Your order is on its way."}]}"#
    good r#"{"components":[{"type":"HEADER","format":"TEXT","text":"Good news about your order"},{"type":"BODY","text":"Your order is on its way."}]}"#
    source COMPONENTS "2026-09";

HEADER_ONE_PLACEHOLDER "header-text-one-var" Error "header" Documented (100, 2388047)
    what "the header has more than one placeholder"
    message "the header has {used} placeholders; {max} is allowed"
    help "keep one and move the others into the body"
    why "Meta answers subcode 2388047 or 2388072."
    bad r#"{"components":[{"type":"HEADER","format":"TEXT","text":"{{1}} for {{2}}","example":{"header_text":["News","Ana"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    good r#"{"components":[{"type":"HEADER","format":"TEXT","text":"News for {{1}}","example":{"header_text":["Ana"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    source COMPONENTS "2026-09";

HEADER_CLEAN "header-text-clean" Error "header" Documented (100, 2388072)
    what "the header has characters that headers may not have"
    message "the header has {found}; headers take no line breaks, emojis or formatting marks (* _ ~ `)"
    help "delete {it}"
    why "Meta answers subcode 2388072 or 2388047: \"The message header can't have any new lines, formatting characters, emojis or asterisks.\""
    bad r#"{"components":[{"type":"HEADER","format":"TEXT","text":"Good *news*"},{"type":"BODY","text":"Your order is on its way."}]}"#
    good r#"{"components":[{"type":"HEADER","format":"TEXT","text":"Good news"},{"type":"BODY","text":"Your order is on its way."}]}"#
    source ERRORS "2026-09";

HEADER_MEDIA_EXAMPLE "header-media-example" Error "header" Documented (100, 2388043)
    what "a media header has no sample"
    message "the {format} header has no sample file"
    help "upload one with the Resumable Upload API and put its handle into `example.header_handle`: [\"4::…\"]"
    why "Meta's reviewers look at the sample; without it Meta answers subcode 2388043."
    bad r#"{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."}]}"#
    good r#"{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    source COMPONENTS "2026-09";

HEADER_MEDIA_URL "header-media-no-url" Error "header" Documented (100, 0)
    what "a media header's sample is a web address"
    message "the sample of the {format} header is a web address; Meta takes only a handle"
    help "upload the file with the Resumable Upload API and put the handle that it answers (4::…) here"
    why "Addresses are for sending; on creation Meta answers error 100, \"Invalid parameter\"."
    bad r#"{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["https://example.com/a.png"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    good r#"{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    source COMPONENTS "2026-09";

HEADER_HANDLE_SHAPE "header-handle-shape" Warning "header" Inferred (100, 0)
    what "a media header's sample is not one handle in an array"
    message "the sample of the {format} header should be one handle in an array: {\"header_handle\": [\"4::…\"]}"
    help "put one handle into that shape"
    why "Every sample of Meta's has exactly one handle in an array; what becomes of others is not documented."
    bad r#"{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":"4::aW1hZ2UvcG5n"}},{"type":"BODY","text":"Your order is on its way."}]}"#
    good r#"{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2UvcG5n"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    source COMPONENTS "2026-09";

HEADER_MEDIA_ID "header-media-id" Warning "header" Inferred (100, 0)
    what "a media header's sample is a media ID"
    message "the sample of the {format} header looks like a media ID; Meta takes only a handle"
    help "upload the file with the Resumable Upload API and put the handle that it answers (4::…) here"
    why "Media IDs are for sending; a sample is uploaded in another way and gets a handle."
    bad r#"{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["1013859600285441"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    good r#"{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2UvcG5n"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    source COMPONENTS "2026-09";

HEADER_SAMPLE_TYPE "header-sample-type" Warning "header" Documented (131053, 0)
    what "a sample file of another type than the header's"
    message "the sample of the {format} header seems to be no {kind}"
    help "upload a {kind}, or change `format`"
    why "A handle names its file's type (in base64, behind 4::). Meta's media page lists JPEG and PNG pictures and MP4 and 3GPP films; samples of documents are PDFs."
    bad r#"{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::dmlkZW8vbXA0:ARZdpG"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    good r#"{"components":[{"type":"HEADER","format":"VIDEO","example":{"header_handle":["4::dmlkZW8vbXA0:ARZdpG"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    source MEDIA "2026-09";

HEADER_GIF "header-gif" Warning "header" Documented (0, 0)
    what "a GIF header"
    message "a GIF header is for marketing templates that are sent through the Marketing Messages API"
    help "use VIDEO where the Cloud API sends the template; the file is an MP4 of at most 3.5 MB"
    why "Meta's components page limits them so; a larger file is shown as a film."
    bad r#"{"category":"MARKETING","components":[{"type":"HEADER","format":"GIF","example":{"header_handle":["4::dmlkZW8vbXA0"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"HEADER","format":"VIDEO","example":{"header_handle":["4::dmlkZW8vbXA0"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    source COMPONENTS "2026-09";

HEADER_PRODUCT "header-product" Error "header" Documented (100, 0)
    what "a product header without a single-product button"
    message "a product header goes only with an SPM button, or into the cards of a product carousel"
    help "add the button {\"type\": \"SPM\", \"text\": \"View\"}, or choose another format"
    why "Only the pages of single products and of product carousels have such a header."
    bad r#"{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"Your order is on its way."}]}"#
    good r#"{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2UvcG5n"]}},{"type":"BODY","text":"Your order is on its way."}]}"#
    source SPM "2026-09";

BODY_REQUIRED "body-required" Error "body" Documented (100, 2388043)
    what "the template has no body"
    message "the template has no body"
    help "add a component {\"type\": \"BODY\", \"text\": …}"
    why "Every template has exactly one body; Meta answers error 100."
    bad r#"{"components":[{"type":"FOOTER","text":"Lucky Shrub"}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"FOOTER","text":"Lucky Shrub"}]}"#
    source COMPONENTS "2026-09";

BODY_MAX "body-max" Error "body" Documented (100, 2388040)
    what "the body is too long"
    message "the body has {used} characters; at most {max} are allowed"
    help "shorten it by {over}; placeholders count as they are written"
    why "Meta answers subcode 2388040, \"Character limit exceeded\"."
    bad r#"{"limits":{"bodyChars":40},"components":[{"type":"BODY","text":"Your order is on its way and will be with you soon."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way and will be with you soon."}]}"#
    source COMPONENTS "2026-09";

BODY_MAX_OFFER "body-max-lto" Error "body" Documented (100, 2388040)
    what "the body of a limited-time offer is too long"
    message "the body has {used} characters; with a limited-time offer at most {max} are allowed"
    help "shorten it by {over}; placeholders count as they are written"
    why "Meta answers subcode 2388040, \"Character limit exceeded\"."
    bad r#"{"category":"MARKETING","limits":{"offerBodyChars":20},"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Only today"}},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com/a"}]}]}"#
    good r#"{"limits":{"offerBodyChars":20},"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source OFFER "2026-09";

BODY_MAX_PRODUCT "body-max-spm" Error "body" Documented (100, 2388040)
    what "the body of a single-product template is too long"
    message "the body has {used} characters; in a single-product template at most {max} are allowed"
    help "shorten it by {over}; placeholders count as they are written"
    why "The page of single products says 160; the general page says 1024, and the specific one is taken."
    bad r#"{"category":"MARKETING","limits":{"productBodyChars":20},"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]}"#
    good r#"{"limits":{"productBodyChars":20},"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source SPM "2026-09";

BODY_MAX_CARD "body-max-card" Error "body" Documented (100, 2388040)
    what "the body of a card is too long"
    message "the card's body has {used} characters; at most {max} are allowed"
    help "shorten it by {over}; placeholders count as they are written, and their values when the message is sent"
    why "Meta answers subcode 2388040, \"Character limit exceeded\", or 132018 when the message is sent."
    bad r#"{"category":"MARKETING","limits":{"cardBodyChars":20},"components":[{"type":"BODY","text":"Two plants that are new in our shop."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2UvcG5n"]}},{"type":"BODY","text":"A cactus from the high desert."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2UvcG5n"]}},{"type":"BODY","text":"An aloe."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    good r#"{"limits":{"cardBodyChars":20},"components":[{"type":"BODY","text":"Two plants that are new in our shop."}]}"#
    source CAROUSEL "2026-09";

BODY_NEWLINES "body-newlines" Error "body" Documented (100, 2388072)
    what "too many line breaks in a row"
    message "there are {used} line breaks in a row; at most {max} are allowed"
    help "leave one empty line at most"
    why "Meta answers subcode 2388072: \"The message body can't have more than two consecutive newline characters …\""
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way.\n\n\nThank you."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way.\n\nThank you."}]}"#
    source ERRORS "2026-09";

BODY_EMOJIS "body-emoji-max" Error "body" Documented (100, 2388072)
    what "too many emojis"
    message "the body has {used} emojis; at most {max} are allowed"
    help "delete {over}"
    why "Meta answers subcode 2388072: \"The message body can't have … more than 10 emojis.\""
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way 🚚🚚🚚🚚🚚🚚🚚🚚🚚🚚🚚 now."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way 🚚🚚🚚🚚🚚🚚🚚🚚🚚🚚 now."}]}"#
    source ERRORS "2026-09";

EMOJI_UNIT "emoji-unit" Warning "body" Inferred (100, 2388072)
    what "too many emojis by another count"
    message "the body has {used} emojis when each part of a joined one counts, such as a flag's two letters; at most {max} are allowed"
    help "use fewer to be sure"
    why "Meta does not say how it counts emojis that are made of several signs. We count what a person sees."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way 👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧 now."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way 👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧 now."}]}"#
    source ERRORS "2026-09";

BODY_ONLY_PLACEHOLDERS "body-not-only-vars" Error "body" Documented (100, 2388299)
    what "a body of placeholders only"
    message "the body has nothing but placeholders"
    help "write a sentence around them"
    why "Meta answers subcode 2388299 or 2388072: a body must not \"only have parameters\"."
    bad r#"{"components":[{"type":"BODY","text":"{{1}}","example":{"body_text":[["A-17"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source ERRORS "2026-09";

BODY_LEADING "body-leading-var" Error "body" Documented (100, 2388299)
    what "the body starts with a placeholder"
    message "the body starts with the placeholder `{name}`"
    help "put a word in front of it"
    why "Meta answers subcode 2388299: \"Variables can't be at the start or end of the template.\" Cards that begin with one were approved in August 2026, so in cards both edges are warnings."
    bad r#"{"components":[{"type":"BODY","text":"{{1}} is on its way to you now.","example":{"body_text":[["Order A-17"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Order {{1}} is on its way to you now.","example":{"body_text":[["A-17"]]}}]}"#
    source ERRORS "2026-09";

BODY_TRAILING "body-trailing-var" Error "body" Documented (100, 2388299)
    what "the body ends with a placeholder"
    message "the body ends with the placeholder `{name}`"
    help "put a word behind it"
    why "Meta answers subcode 2388299: \"Variables can't be at the start or end of the template.\" Cards that begin with one were approved in August 2026, so in cards both edges are warnings."
    bad r#"{"components":[{"type":"BODY","text":"On its way to you is order {{1}}","example":{"body_text":[["A-17"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"On its way to you is order {{1}} already.","example":{"body_text":[["A-17"]]}}]}"#
    source ERRORS "2026-09";

BODY_EDGE "body-edge-punctuation" Warning "body" Observed (100, 2388299)
    what "nothing but signs between the body's edge and a placeholder"
    message "only signs stand between the placeholder `{name}` and the {edge} of the body"
    help "put a word there"
    why "A live probe of September 2026 was refused with a full stop behind the last placeholder and taken with words there, as were others of 2026 with a full stop, an exclamation mark, or formatting marks around the placeholder; texts with a question mark there were approved the same month, and an older sample of Meta's ends with a full stop."
    bad r#"{"components":[{"type":"BODY","text":"On its way to you is order {{1}}.","example":{"body_text":[["A-17"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"On its way to you is order {{1}} already.","example":{"body_text":[["A-17"]]}}]}"#
    source LIVE "2026-09";

BODY_ADJACENT "body-adjacent-vars" Warning "body" Inferred (100, 2388299)
    what "two placeholders with nothing between them"
    message "no word stands between `{first}` and `{second}`"
    help "put a word or a sign between them, or make them one placeholder"
    why "Three providers report that Meta rejects it."
    bad r#"{"components":[{"type":"BODY","text":"Dear {{1}} {{2}}, your order is on its way to you now.","example":{"body_text":[["Ana","Lima"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Dear {{1}}, your order {{2}} is on its way to you now.","example":{"body_text":[["Ana","A-17"]]}}]}"#
    source TWILIO "2026-01";

BODY_RATIO "body-variable-ratio" Error "body" Observed (100, 2388293)
    what "too many placeholders for so few words"
    message "the body has {words} for {placeholders}; it needs at least {needed} words"
    help "write {missing} more, or use fewer placeholders"
    why "Meta answers subcode 2388293: \"This template has too many variables for its length.\" Its formula is not published; providers give two words for each placeholder and one more. Live it was stricter (a body of 13 words, perhaps with its four placeholders among them, was refused in September 2026, one of 17 taken) and looser (bodies with two words for each and none more were approved in 2024 and 2025)."
    bad r#"{"components":[{"type":"BODY","text":"Order {{1}}, {{2}} soon.","example":{"body_text":[["A-17","DHL"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} comes with {{2}} very soon.","example":{"body_text":[["A-17","DHL"]]}}]}"#
    source ERRORS "2026-09";

BODY_PLACEHOLDERS "body-var-count" Warning "body" Inferred (0, 0)
    what "very many placeholders"
    message "the body has {used} placeholders; a large provider refuses more than {max}"
    help "use fewer"
    why "Meta gives no maximum."
    bad r#"{"limits":{"bodyPlaceholders":1},"components":[{"type":"BODY","text":"Your order {{1}} comes with {{2}} very soon.","example":{"body_text":[["A-17","DHL"]]}}]}"#
    good r#"{"limits":{"bodyPlaceholders":1},"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source TWILIO "2026-01";

BODY_BLANKS "body-spaces-tabs" Warning "body" Inferred (0, 0)
    what "tabs or many blanks in a row"
    message "the body has {found}"
    help "use single spaces and line breaks"
    why "One provider refuses it. Inside a value Meta refuses it for certain, so people who copy such a text into a value run into it."
    bad r#"{"components":[{"type":"BODY","text":"Your order\tis on its way."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source TWILIO "2026-01";

BODY_RENDERED "body-rendered-max" Warning "body" Documented (132005, 0)
    what "a body, or a button's address, is too long with its samples"
    message "with its samples this has {used} characters; at most {max} may be sent"
    help "shorten the text, so that real values fit"
    why "A message whose text is too long once its values are in is refused with error 132005."
    bad r#"{"limits":{"bodyChars":40},"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17 with two plants"]]}}]}"#
    good r#"{"limits":{"bodyChars":40},"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source ERRORS "2026-09";

FOOTER_MAX "footer-max" Error "footer" Documented (100, 2388040)
    what "the footer is too long"
    message "the footer has {used} characters; at most {max} are allowed"
    help "shorten it by {over}"
    why "Meta answers subcode 2388040, \"Character limit exceeded\"."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"FOOTER","text":"Lucky Shrub, your friendly succulent shop in the old town since 1987"}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"FOOTER","text":"Lucky Shrub, your succulent shop"}]}"#
    source COMPONENTS "2026-09";

FOOTER_CLEAN "footer-clean" Error "footer" Documented (100, 2388073)
    what "the footer has line breaks or emojis"
    message "the footer has {found}; footers take no line breaks or emojis"
    help "delete {it}"
    why "Meta answers subcode 2388073: \"The message footer can't have any newlines or emojis.\""
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"FOOTER","text":"Lucky Shrub 🌵"}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"FOOTER","text":"Lucky Shrub"}]}"#
    source ERRORS "2026-09";

FOOTER_NO_PLACEHOLDERS "footer-no-vars" Error "footer" Documented (100, 2388073)
    what "the footer has a placeholder"
    message "the footer has the placeholder `{name}`; footers take none"
    help "move it into the body"
    why "A footer has no parameters when it is sent; two of Meta's pages say otherwise, its components page and every tool do not."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"FOOTER","text":"Lucky Shrub {{1}}"}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"FOOTER","text":"Lucky Shrub"}]}"#
    source COMPONENTS "2026-09";
}
