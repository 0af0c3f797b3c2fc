//! What each kind of template may have, and the buttons that make it one.

use super::rules;

rules! {
KIND_CATEGORY "kind-category" Error "kinds" Documented (100, 0)
    what "a kind of template in the wrong category"
    message "{kind} must be in the category {category}, not {name}"
    help "set `category` to {category}, or make it another kind of template"
    why "Each page of Meta's names the categories that its kind of template may have; Meta answers error 100 to another one."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"}]}]}"#
    source CATALOG "2025-11";

HEADER_FORBIDDEN "header-forbidden-types" Error "kinds" Documented (100, 2388042)
    what "a header where WhatsApp puts its own or none"
    message "{kind} takes no header"
    help "delete the header"
    why "A catalog template shows a product of the catalog in its place, news of an order have none; Meta answers subcode 2388042."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"HEADER","format":"TEXT","text":"News"},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"}]}]}"#
    source CATALOG "2025-11";

KIND_HEADER "kind-header" Error "kinds" Documented (100, 0)
    what "a header of a format that the kind of template does not take"
    message "{kind} takes a header of the format {expected}, not {name}"
    help "use a header of that format"
    why "Meta's page of the kind names the formats; it answers error 100 to others."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW"]}},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"HEADER","format":"TEXT","text":"News"},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]}"#
    source MPM "2025-11";

KIND_HEADER_REQUIRED "kind-header-required" Error "kinds" Documented (100, 2388043)
    what "a kind of template without the header that it needs"
    message "{kind} needs a header of the format {expected}"
    help "add one"
    why "Meta's page of the kind has it as required. Of several products it is only a warning: tools leave the header out."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"View"}]}]}"#
    source SPM "2025-11";

FOOTER_FORBIDDEN "footer-forbidden" Warning "kinds" Inferred (100, 2388042)
    what "a footer that the kind of template may not have"
    message "{kind} has no footer in Meta's samples"
    help "delete the footer to be sure"
    why "One implementation refuses it; no page of Meta's shows one."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"FOOTER","text":"Acme"},{"type":"BUTTONS","buttons":[{"type":"REQUEST_CONTACT_INFO"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"REQUEST_CONTACT_INFO"}]}]}"#
    source BSUID "2026-09";

KIND_BUTTONS "kind-buttons" Error "kinds" Documented (100, 0)
    what "a button that the kind of template does not take"
    message "{kind} takes no {name} button"
    help "{remedy}"
    why "Meta answers error 100 to buttons that its page of the kind does not name."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"}]}]}"#
    source CATALOG "2025-11";

DISPLAY_FORMAT_REQUIRED "display-format-required" Error "kinds" Documented (100, 0)
    what "order details without their display format"
    message "{kind} in the category {name} needs `display_format` ORDER_DETAILS"
    help "add `display_format`, or set `category` to UTILITY"
    why "Meta's pages have it for marketing templates in India and for all order details in Brazil, where it is only a warning for utility templates."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"Review and Pay"}]}]}"#
    good r#"{"category":"MARKETING","display_format":"ORDER_DETAILS","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"Review and Pay"}]}]}"#
    source ORDER_DETAILS_IN "2025-11";

PAYMENT_PREVIEW "button-url-payment-preview" Error "kinds" Documented (100, 0)
    what "a payment link's preview under a header"
    message "the preview of a payment link stands in the header's place, and this template has a header"
    help "delete the header, or `payment_link_preview`"
    why "Meta's page says to leave the header out."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"HEADER","format":"TEXT","text":"News"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Pay","url":"https://example.com/pay","payment_link_preview":true}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Pay","url":"https://example.com/pay","payment_link_preview":true}]}]}"#
    source PAYMENT_LINKS "2026-09";

TAP_TARGET "tap-target-override" Error "kinds" Documented (100, 2388042)
    what "a tap target in a definition"
    message "`{name}` belongs into a message, not into the template"
    help "delete it here and send it with each message"
    why "It is a component of the send payload only; a template that has it is refused."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"TAP_TARGET_CONFIGURATION"}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source TAP_TARGET "2026-09";
}
