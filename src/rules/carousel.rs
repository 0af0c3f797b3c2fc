//! Carousels and limited-time offers.

use super::rules;

rules! {
CAROUSEL_CATEGORY "carousel-category" Error "carousel" Documented (100, 0)
    what "a carousel that is no marketing"
    message "carousels are for marketing templates alone"
    help "set `category` to MARKETING"
    why "Meta's page says that carousel cards are only available for marketing templates."
    bad r#"{"category":"UTILITY","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    source CAROUSEL "2026-09";

CAROUSEL_NEIGHBOUR "carousel-body" Warning "carousel" Documented (100, 2388042)
    what "something other than a body beside a carousel"
    message "a component of the type {name} stands beside the carousel; Meta shows only a body there"
    help "delete it, or move it into the cards"
    why "Both of Meta's carousel pages have a body and the carousel, and nothing else at the top level."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]},{"type":"FOOTER","text":"Lucky Shrub"}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    source CAROUSEL "2026-09";

CAROUSEL_CARDS_COUNT "carousel-cards-count" Error "carousel" Documented (100, 0)
    what "too few or too many cards"
    message "a carousel takes {min} to {max} cards, and this one has {used}"
    help "define every card of a media carousel: messages must send exactly as many"
    why "Meta takes two to ten cards."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    source CAROUSEL "2026-09";

CAROUSEL_CARDS_SAME "carousel-cards-same" Error "carousel" Documented (100, 0)
    what "cards that differ"
    message "card {card} has {here}, but the first card has {there}"
    help "give all cards the same components, the same header format and the same types of buttons in the same order"
    why "Meta's page says that all cards must have the same components, and all of them a text if one has."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"},{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}]}]}"#
    source CAROUSEL "2026-09";

CARD_HEADER "carousel-card-header" Error "carousel" Documented (100, 2388043)
    what "a card without a header"
    message "the card has no header"
    help "add an IMAGE or VIDEO header with a sample, or a PRODUCT header"
    why "Every card begins with a picture, a film or a product."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    source CAROUSEL "2026-09";

CARD_HEADER_FORMAT "carousel-card-header-format" Error "carousel" Documented (100, 0)
    what "a card's header of a format that cards do not take"
    message "a card's header cannot be of the format {name}"
    help "use IMAGE or VIDEO, or PRODUCT for a product card"
    why "Meta's pages name these three formats for cards."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"TEXT","text":"Blue Elf"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"TEXT","text":"Buddha"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    source CAROUSEL "2026-09";

CARD_BUTTONS "carousel-card-buttons" Error "carousel" Documented (100, 2388043)
    what "a card without buttons"
    message "the card has no buttons"
    help "add a BUTTONS component with one button at least"
    why "Meta's pages show no card without a button."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    source CAROUSEL "2026-09";

CARD_BUTTONS_MAX "carousel-card-buttons-max" Error "carousel" Documented (100, 0)
    what "too many buttons in a card"
    message "the card has {used} buttons; at most {max} fit"
    help "delete {over}"
    why "A card takes two buttons, a product card one."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"QUICK_REPLY","text":"Less"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"QUICK_REPLY","text":"Less"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}]}]}"#
    source CAROUSEL "2026-09";

CARD_BUTTON_TYPE "carousel-card-button-type" Error "carousel" Documented (100, 0)
    what "a button that cards do not take"
    message "{cards} take no {name} buttons"
    help "use {remedy}"
    why "Meta's pages name QUICK_REPLY, URL and PHONE_NUMBER (in India ORDER_DETAILS too), and SPM or URL for product cards."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    source CAROUSEL "2026-09";

CARD_CHECKOUT "carousel-card-checkout-first" Error "carousel" Documented (100, 0)
    what "a checkout button that is not the first of its card"
    message "the ORDER_DETAILS button is not the first of the card"
    help "put it first"
    why "Meta's page on checkout buttons says that it must be the first button in the card."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"ORDER_DETAILS","text":"Buy now"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"ORDER_DETAILS","text":"Buy now"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    source CHECKOUT "2026-09";

CARD_FOOTER "carousel-card-footer" Warning "carousel" Inferred (100, 2388042)
    what "a card with a footer"
    message "the card has a footer; no page of Meta's shows one"
    help "delete it, or put its text into the body"
    why "Meta's pages name header, body and buttons; tools that create carousels write no footers."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]},{"type":"FOOTER","text":"Lucky Shrub"}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]},{"type":"FOOTER","text":"Lucky Shrub"}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    source CAROUSEL "2026-09";

CARD_NESTED "carousel-card-nested" Error "carousel" Documented (100, 2388042)
    what "a component that cards do not take"
    message "a card cannot have a component of the type {name}"
    help "move it out of the card"
    why "Cards take a header, a body and buttons."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    source CAROUSEL "2026-09";

CARD_PRODUCT_BODY "carousel-product" Error "carousel" Documented (100, 2388042)
    what "a product card with a text"
    message "a product card has no body: WhatsApp shows the product's name and price"
    help "delete it"
    why "Meta's page on product cards has a header and a button in each card."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"It flowers in May."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]},{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"It flowers in May."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]},{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]}]}]}"#
    source PRODUCT_CAROUSEL "2025-11";

PRODUCT_CARDS "carousel-product-cards" Info "carousel" Documented (0, 0)
    what "more product cards than needed"
    message "the template defines {used} product cards; {min} are enough to send up to {max}"
    help ""
    why "Meta's page says that a template with two product cards sends two to ten."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]},{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]},{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that you may like."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]},{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]}]}]}"#
    source PRODUCT_CAROUSEL "2025-11";

CARD_BODY_LINES "carousel-card-lines" Warning "carousel" Observed (132018, 0)
    what "a card's body with many line breaks"
    message "the card's body has {used} line breaks; messages with more than {max} are refused"
    help "put its sentences on fewer lines"
    why "Meta takes such a template, and answers 132018 to every message of it (August 2026)."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that are new in our shop."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2UvcG5n"]}},{"type":"BODY","text":"A cactus\nfrom the\nhigh\ndesert."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2UvcG5n"]}},{"type":"BODY","text":"An aloe."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants that are new in our shop."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2UvcG5n"]}},{"type":"BODY","text":"A cactus\nfrom the\nhigh desert."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2UvcG5n"]}},{"type":"BODY","text":"An aloe."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}"#
    source CAROUSEL "2026-09";

LTO_CATEGORY "lto-category" Error "offer" Documented (100, 0)
    what "a limited-time offer that is no marketing"
    message "limited-time offers are for marketing templates alone"
    help "set `category` to MARKETING"
    why "Meta's page says that only templates of the category MARKETING are supported."
    bad r#"{"category":"UTILITY","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source OFFER "2026-09";

LTO_DESKTOP "lto-desktop" Warning "offer" Documented (0, 0)
    what "people on a computer see no limited-time offers"
    message "WhatsApp on the web and on the desktop shows a limited-time offer as \"not supported\""
    help "say the same in another template if many of your customers read there"
    why "Meta's page names it under limitations."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source OFFER "2026-09";

LTO_REQUIRED "lto-component" Error "offer" Documented (100, 2388043)
    what "a limited-time offer without its settings"
    message "the component has no `limited_time_offer`"
    help "add `limited_time_offer`: {\"text\": …, \"has_expiration\": …}"
    why "The text that stands beside the timer is required."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER"},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source OFFER "2026-09";

LTO_TEXT_MAX "lto-text-max" Error "offer" Documented (100, 2388040)
    what "the offer's text is too long"
    message "the offer's text has {used} characters; at most {max} are allowed"
    help "shorten it by {over}"
    why "Meta answers subcode 2388040, \"Character limit exceeded\"."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends on Sunday night"}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source OFFER "2026-09";

LTO_TEXT_VARS "lto-text-no-vars" Error "offer" Inferred (100, 0)
    what "a placeholder in the offer's text"
    message "the offer's text has the placeholder `{name}`; it takes none"
    help "move it into the body"
    why "A message has no parameter for this text, only one for the time when the offer ends."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"{{1}} off"}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source OFFER "2026-09";

LTO_HEADER "lto-header" Error "offer" Documented (100, 0)
    what "a limited-time offer's header that is no picture or film"
    message "a limited-time offer's header cannot be of the format {name}"
    help "use IMAGE or VIDEO, or no header"
    why "Meta's page names these two formats."
    bad r#"{"category":"MARKETING","components":[{"type":"HEADER","format":"TEXT","text":"Spring"},{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U"]}},{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source OFFER "2026-09";

LTO_FOOTER "lto-footer" Error "offer" Documented (100, 2388042)
    what "a limited-time offer with a footer"
    message "a limited-time offer has no footer"
    help "delete it, or put its text into the body"
    why "Meta's page says that footers are not supported."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"FOOTER","text":"Lucky Shrub"},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source OFFER "2026-09";

LTO_URL "lto-buttons" Error "offer" Documented (100, 2388043)
    what "a limited-time offer without a URL button"
    message "the limited-time offer has no URL button"
    help "add one; a COPY_CODE button may stand in front of it"
    why "Meta's page marks the URL button as required."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source OFFER "2026-09";

LTO_BUTTON_TYPE "lto-button-type" Error "offer" Documented (100, 0)
    what "a button that limited-time offers do not take"
    message "a limited-time offer takes no {name} button"
    help "use COPY_CODE and URL"
    why "Meta's page has a copy-code button and a URL button, and live probes with quick replies were refused."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"},{"type":"QUICK_REPLY","text":"More"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source OFFER "2026-09";

LTO_BUTTON_ORDER "lto-button-order" Error "offer" Documented (100, 0)
    what "a copy-code button behind the URL button"
    message "the copy-code button stands behind the URL button"
    help "put it first"
    why "Meta gives the copy-code button index 0 and the URL button index 1."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"},{"type":"COPY_CODE","example":"SPRING25"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source OFFER "2026-09";

LTO_CODE_MAX "lto-offer-code" Error "offer" Documented (100, 2388040)
    what "an offer's sample code is too long"
    message "the sample code has {used} characters; a limited-time offer takes {max}"
    help "shorten it by {over}"
    why "Other coupons take 20 since December 2025; the page on limited-time offers says 15."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRINGSALE2026XX"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"},{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source OFFER "2026-09";
}
