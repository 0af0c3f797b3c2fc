//! What a careful reviewer would see.

use super::rules;

rules! {
CATEGORY_CODE "category-one-time-code" Warning "review" Observed (0, 0)
    what "a one-time code outside the category AUTHENTICATION"
    message "`{found}` reads like a one-time code, which has the category AUTHENTICATION"
    help "use that category, or say in the text what the code is for"
    why "Meta's review rejects codes of access in other categories with the reason INCORRECT_CATEGORY."
    bad r#"{"components":[{"type":"BODY","text":"Your verification code is {{1}} and works once.","example":{"body_text":[["381290"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your locker {{1}} is open until tonight.","example":{"body_text":[["17"]]}}]}"#
    source REVIEW "2025-10";

CATEGORY_PROMOTION "category-promotion" Warning "review" Documented (0, 0)
    what "advertising in the category UTILITY"
    message "`{found}` sells something, and the category is UTILITY"
    help "set it to MARKETING, or leave the offer out"
    why "Meta makes a utility template with an offer in it a marketing one, at a marketing price, or rejects it (INCORRECT_CATEGORY)."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way. Get 20% off the next one!"}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way. Get 20% off the next one!"}]}"#
    source REVIEW "2025-10";

LANGUAGE_NOT_TRANSLATED "language-not-translated" Warning "review" Documented (0, 0)
    what "the body is not in the template's language"
    message "the language is `{name}`, and the body has {found}"
    help "set the language of the text; Meta translates nothing"
    why "Recipients see the text as it is written; a reviewer who cannot match it with its language rejects it."
    bad r#"{"language":"ar","components":[{"type":"BODY","text":"Your order is on its way to you."}]}"#
    good r#"{"language":"ar","components":[{"type":"BODY","text":"طلبك في الطريق إليك."}]}"#
    source LANGUAGES "2025-12";

EXAMPLE_PERSONAL "example-personal-data" Warning "review" Inferred (0, 0)
    what "a sample that looks like a real person's data"
    message "the sample has {found} that looks real"
    help "make one up, such as ana@example.com or +1 555 555 0123"
    why "Samples are read by Meta's reviewers and stay in the definition, where everyone with access to the account sees them."
    bad r#"{"components":[{"type":"BODY","text":"We wrote to {{1}} about your order.","example":{"body_text":[["maria.lopes@gmail.com"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"We wrote to {{1}} about your order.","example":{"body_text":[["maria@example.com"]]}}]}"#
    source REVIEW "2025-10";

BODY_POLICY "body-policy" Warning "review" Documented (0, 0)
    what "the text asks for secrets"
    message "`{found}` asks for what must not be written into a chat"
    help "ask for it on a page of your own, or for its last digits"
    why "Meta's policy forbids asking for full card and account numbers, passwords and the like; the reasons of rejection are SCAM and ABUSIVE_CONTENT."
    bad r#"{"components":[{"type":"BODY","text":"To finish your order, reply with your card number."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is paid. Never share your card number with anyone."}]}"#
    source REVIEW "2025-10";

TEXT_SHORT_LINK "text-short-link" Warning "review" Inferred (0, 0)
    what "a shortened link, or one back into WhatsApp"
    message "the text has a link to `{found}`, a shortener or WhatsApp itself"
    help "link to a page on your own domain"
    why "Meta discourages shortened links, because reviewers and recipients cannot see where they lead, and refuses links into WhatsApp in buttons."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way: https://bit.ly/3abc, for example."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way: https://example.com/orders, for example."}]}"#
    source REVIEW "2025-10";

TEXT_MIXED_SCRIPTS "text-mixed-scripts" Warning "review" Policy (0, 0)
    what "look-alike letters inside a word"
    message "`{found}` mixes Latin letters with look-alikes of another script"
    help "write it in one script"
    why "Look-alikes make one name pass for another; filters for fraud look for them, and nobody can search for such a word."
    bad r#"{"components":[{"type":"BODY","text":"Your PayPаl order is on its way."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your PayPal order is on its way."}]}"#
    source UNICODE "2026-11";

TEXT_INVISIBLE "text-invisible" Warning "review" Policy (0, 0)
    what "an invisible character"
    message "there is an invisible character here (U+{code})"
    help "delete it"
    why "It comes along when text is copied, counts against the limits, and makes links, labels and words differ from what they look like. Joiners inside emojis and in scripts that need them are left alone."
    bad r#"{"components":[{"type":"BODY","text":"Your order is\u200b on its way."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way 👩‍👩‍👧."}]}"#
    source UNICODE "2026-11";

TEXT_EDGE_BLANKS "text-edge-blanks" Warning "review" Inferred (0, 0)
    what "blanks at the edge of a text"
    message "there are blanks or empty lines at the edge of the text"
    help "delete them"
    why "Nobody sees them, but they count against the limits, and a button's label comes back with them when it is pressed."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way. "}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source COMPONENTS "2026-09";

TEXT_LEFTOVER "text-leftover" Warning "review" Inferred (0, 0)
    what "something that was to be replaced"
    message "`{found}` looks like something that was to be replaced"
    help "write the text, or a placeholder such as {{1}}"
    why "Recipients would see it as it stands: only {{1}} and {{name}} are filled in."
    bad r#"{"components":[{"type":"BODY","text":"Hello [name], your order is on its way."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Hello {{1}}, your order is on its way.","example":{"body_text":[["Ana"]]}}]}"#
    source REVIEW "2025-10";

MARKETING_OPT_OUT "marketing-opt-out" Info "review" Inferred (0, 0)
    what "a marketing template without a way out"
    message "nothing here tells people how to stop these messages"
    help "add a quick reply such as `Stop promotions`, or a footer"
    why "People who find no way out block or report the sender, which lowers the quality rating and the limit of messages."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our new plants are here."}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our new plants are here."},{"type":"FOOTER","text":"Reply STOP to unsubscribe"}]}"#
    source CUSTOM_MARKETING "2025-11";
}
