//! Rules of what a message supplies beyond texts and files: the actions of buttons, offers, orders, tap
//! targets, cards; and what recipients may look like.

use super::rules;

rules! {
ACTION_INCOMPLETE "action-incomplete" Error "actions" Documented (131008, 0)
    what "an action without a part that it needs"
    message "{where} has no `{name}`"
    help "add it: {remedy}"
    why "Meta answers 131008 or 131009 without saying which part is missing."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"thumbnail_product_retailer_id":"sku-1"}}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"thumbnail_product_retailer_id":"sku-1","sections":[{"title":"Cacti","product_items":[{"product_retailer_id":"sku-1"}]}]}}}}"#
    source MPM "2025-11";

ACTION_KEY_UNKNOWN "action-key-unknown" Error "actions" Documented (100, 0)
    what "a key that an action does not have"
    message "{where} cannot have `{name}`"
    help "{remedy}"
    why "Meta answers error 100 to parameters that are unsupported or misspelled. Of order details, which grow from month to month, it is a warning."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Answer","flow_id":"123"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"flow_tokn":"A-17"}}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Answer","flow_id":"123"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"flow_token":"A-17"}}}}"#
    source FLOWS "2025-11";

ACTION_TEXT_LONG "action-text-too-long" Error "actions" Documented (131009, 0)
    what "a text of an action that is too long"
    message "the `{name}` of {where} has {used} characters; at most {max} are allowed"
    help "shorten it by {over}"
    why "Meta's pages give titles of sections 24 characters, items of an order 60, and their descriptions 60 or 120."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"thumbnail_product_retailer_id":"sku-1","sections":[{"title":"Cacti and succulents of the season","product_items":[{"product_retailer_id":"sku-1"}]}]}}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"thumbnail_product_retailer_id":"sku-1","sections":[{"title":"Cacti and succulents","product_items":[{"product_retailer_id":"sku-1"}]}]}}}}"#
    source MPM "2025-11";

SECTION_MARKUP "section-title-markup" Warning "actions" Documented (0, 0)
    what "formatting marks in the title of a section"
    message "the title `{found}` has a formatting mark, which titles of sections show as it is"
    help "write it plainly"
    why "Meta's page says that markdown is not supported there."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"thumbnail_product_retailer_id":"sku-1","sections":[{"title":"*Cacti*","product_items":[{"product_retailer_id":"sku-1"}]}]}}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"thumbnail_product_retailer_id":"sku-1","sections":[{"title":"Cacti","product_items":[{"product_retailer_id":"sku-1"}]}]}}}}"#
    source MPM "2025-11";

SECTIONS_MAX "sections-max" Error "actions" Documented (131009, 0)
    what "too many sections of products"
    message "there are {used} sections of products; at most {max} are allowed"
    help "join some of them, or leave {over} out"
    why "Meta's page allows up to ten sections."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"thumbnail_product_retailer_id":"sku-1","sections":[{"title":"Cacti","product_items":[{"product_retailer_id":"sku-1"}]},{"title":"Pots","product_items":[{"product_retailer_id":"sku-1"}]}]}}},"limits":{"sections":1}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"thumbnail_product_retailer_id":"sku-1","sections":[{"title":"Cacti","product_items":[{"product_retailer_id":"sku-1"}]}]}}},"limits":{"sections":1}}"#
    source MPM "2025-11";

PRODUCTS_MAX "section-products-max" Error "actions" Documented (131009, 0)
    what "too many products"
    message "there are {used} products in all sections together; at most {max} are allowed"
    help "leave {over} out"
    why "Meta's page allows up to thirty products over all sections."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"thumbnail_product_retailer_id":"sku-1","sections":[{"title":"Cacti","product_items":[{"product_retailer_id":"sku-1"},{"product_retailer_id":"sku-2"}]}]}}},"limits":{"sectionProducts":1}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"thumbnail_product_retailer_id":"sku-1","sections":[{"title":"Cacti","product_items":[{"product_retailer_id":"sku-1"}]}]}}},"limits":{"sectionProducts":1}}"#
    source MPM "2025-11";

CALL_TTL "call-ttl-range" Error "actions" Documented (131009, 0)
    what "a call button that works too short or too long"
    message "the call button would work for {found} minutes; it takes 1 to {max}"
    help "give a number of minutes in that range, or leave it out for 7 days"
    why "Meta's page gives the range, and 10,080 minutes when nothing is said."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"VOICE_CALL","text":"Call now"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"ttl_minutes":0}}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"VOICE_CALL","text":"Call now"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"ttl_minutes":1440}}}}"#
    source CALL_BUTTON "2025-11";

CALL_PAYLOAD "call-payload-too-long" Error "actions" Documented (131009, 0)
    what "a call button's payload that is too long"
    message "the call button's payload has {used} characters; at most {max} are allowed"
    help "send an id, and keep the rest on your side"
    why "Meta's page of call buttons allows 512 characters."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"VOICE_CALL","text":"Call now"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"payload":"order-A-17"}}},"limits":{"callPayloadChars":9}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"VOICE_CALL","text":"Call now"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"payload":"order-A-17"}}}}"#
    source CALL_BUTTON "2025-11";

ORDER_CURRENCY "order-currency" Error "actions" Documented (131009, 0)
    what "an order in a currency that cannot be paid in the chat"
    message "`{found}` is not a currency of order details; they are in INR or BRL"
    help "write INR for India or BRL for Brazil"
    why "Payments in the chat exist in these two countries."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"Review and Pay"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"order_details":{"reference_id":"A-17","type":"digital-goods","currency":"EUR","total_amount":{"value":500,"offset":100},"payment_settings":[{"type":"payment_link","payment_link":{"uri":"https://pay.example/A-17"}}],"order":{"status":"pending","items":[{"retailer_id":"sku-1","name":"Cactus","amount":{"value":200,"offset":100},"quantity":2}],"subtotal":{"value":400,"offset":100},"tax":{"value":100,"offset":100}}}}}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"Review and Pay"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"order_details":{"reference_id":"A-17","type":"digital-goods","currency":"BRL","total_amount":{"value":500,"offset":100},"payment_settings":[{"type":"payment_link","payment_link":{"uri":"https://pay.example/A-17"}}],"order":{"status":"pending","items":[{"retailer_id":"sku-1","name":"Cactus","amount":{"value":200,"offset":100},"quantity":2}],"subtotal":{"value":400,"offset":100},"tax":{"value":100,"offset":100}}}}}}}"#
    source ORDER_DETAILS_IN "2025-10";

ORDER_OFFSET "order-offset" Error "actions" Documented (131009, 0)
    what "an amount with another offset than 100"
    message "the offset of {where} is {found}; for INR and BRL it is 100"
    help "write 100, and the value in hundredths: 12.34 is 1234"
    why "Value divided by offset is the amount; both currencies have two decimals."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"Review and Pay"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"order_details":{"reference_id":"A-17","type":"digital-goods","currency":"BRL","total_amount":{"value":500,"offset":1000},"payment_settings":[{"type":"payment_link","payment_link":{"uri":"https://pay.example/A-17"}}],"order":{"status":"pending","items":[{"retailer_id":"sku-1","name":"Cactus","amount":{"value":200,"offset":100},"quantity":2}],"subtotal":{"value":400,"offset":100},"tax":{"value":100,"offset":100}}}}}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"Review and Pay"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"order_details":{"reference_id":"A-17","type":"digital-goods","currency":"BRL","total_amount":{"value":500,"offset":100},"payment_settings":[{"type":"payment_link","payment_link":{"uri":"https://pay.example/A-17"}}],"order":{"status":"pending","items":[{"retailer_id":"sku-1","name":"Cactus","amount":{"value":200,"offset":100},"quantity":2}],"subtotal":{"value":400,"offset":100},"tax":{"value":100,"offset":100}}}}}}}"#
    source ORDER_DETAILS_IN "2025-10";

ORDER_SUM "order-sums" Error "actions" Documented (131009, 0)
    what "amounts of an order that do not add up"
    message "{where} is {found}, but {reckoning} is {expected}"
    help "make them agree: all values are in hundredths"
    why "Meta reckons the sums again and refuses orders in which they differ."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"Review and Pay"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"order_details":{"reference_id":"A-17","type":"digital-goods","currency":"BRL","total_amount":{"value":600,"offset":100},"payment_settings":[{"type":"payment_link","payment_link":{"uri":"https://pay.example/A-17"}}],"order":{"status":"pending","items":[{"retailer_id":"sku-1","name":"Cactus","amount":{"value":200,"offset":100},"quantity":2}],"subtotal":{"value":400,"offset":100},"tax":{"value":100,"offset":100}}}}}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"Review and Pay"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"order_details":{"reference_id":"A-17","type":"digital-goods","currency":"BRL","total_amount":{"value":500,"offset":100},"payment_settings":[{"type":"payment_link","payment_link":{"uri":"https://pay.example/A-17"}}],"order":{"status":"pending","items":[{"retailer_id":"sku-1","name":"Cactus","amount":{"value":200,"offset":100},"quantity":2}],"subtotal":{"value":400,"offset":100},"tax":{"value":100,"offset":100}}}}}}}"#
    source ORDER_DETAILS_IN "2025-10";

ORDER_WORD "order-word" Error "actions" Documented (131009, 0)
    what "a word that an order does not know"
    message "`{found}` is no {name} of an order"
    help "write {expected}"
    why "Meta's pages of order details and of order news list the words."
    bad r#"{"template":{"sub_category":"ORDER_STATUS","components":[{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"order_status":{"reference_id":"A-17","order":{"status":"delivered"}}}}}"#
    good r#"{"template":{"sub_category":"ORDER_STATUS","components":[{"type":"BODY","text":"Your order is on its way."}]},"message":{"to":"+33612345678","values":{"order_status":{"reference_id":"A-17","order":{"status":"shipped"}}}}}"#
    source ORDER_STATUS "2026-05";

PAYMENT_SETTING "payment-setting" Error "actions" Documented (131009, 0)
    what "a payment request without its code or address"
    message "{label} {problem}"
    help "give the type, and under its name what is copied or opened"
    why "Meta's page of payment requests knows a Pix code, a boleto and a link, each with its own key."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PAYMENT_REQUEST","text":"Copy Pix code"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"payment_request":{"payment_setting":{"type":"pix_dynamic_code"}}}}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PAYMENT_REQUEST","text":"Copy Pix code"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"payment_request":{"payment_setting":{"type":"pix_dynamic_code","pix_dynamic_code":{"code":"00020101021226700014br.gov.bcb.pix"}}}}}}}"#
    source PAYMENT_REQUEST "2026-05";

PAYMENT_MISSING "payment-setting-missing" Warning "actions" Inferred (0, 0)
    what "a payment request that would copy the template's sample"
    message "there is no value for {label} (`{key}`), so the button may offer the code that the template was made with"
    help "add `{key}` to the message's values"
    why "Meta's sample of a message gives each button its own code; the one in the definition is a sample."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PAYMENT_REQUEST","text":"Copy Pix code"}]}]},"message":{"to":"+33612345678","values":{}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PAYMENT_REQUEST","text":"Copy Pix code"}]}]},"message":{"to":"+33612345678","values":{"buttons.0":{"payment_request":{"payment_setting":{"type":"pix_dynamic_code","pix_dynamic_code":{"code":"00020101021226700014br.gov.bcb.pix"}}}}}}}"#
    source PAYMENT_REQUEST "2026-05";

PART_MISSING "part-value-missing" Error "actions" Documented (131008, 0)
    what "a component without its value"
    message "there is no value for {label} (`{key}`)"
    help "add `{key}` to the message's values"
    why "The template promises it, and Meta refuses a message that does not bring it."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends tonight","has_expiration":true}},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE"},{"type":"URL","text":"Buy","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","buttons.0":"SAVE20"}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends tonight","has_expiration":true}},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE"},{"type":"URL","text":"Buy","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","offer.expires_at":1795000000000,"buttons.0":"SAVE20"}},"options":{"now":1794000000000}}"#
    source OFFER "2026-09";

EXPIRY_UNIT "offer-expiry-unit" Error "actions" Documented (131009, 0)
    what "an expiry that is no time in milliseconds"
    message "the expiry {found} {problem}"
    help "{remedy}"
    why "Meta takes the moment in milliseconds since 1970. Seconds lie in January 1970 then, and a duration does, too: the offer would be over before it begins."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends tonight","has_expiration":true}},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE"},{"type":"URL","text":"Buy","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","offer.expires_at":1795000000,"buttons.0":"SAVE20"}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends tonight","has_expiration":true}},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE"},{"type":"URL","text":"Buy","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","offer.expires_at":1795000000000,"buttons.0":"SAVE20"}},"options":{"now":1794000000000}}"#
    source OFFER "2026-09";

EXPIRY_PAST "offer-expired" Error "actions" Documented (131009, 0)
    what "an offer that is over"
    message "the offer expired {ago} ago"
    help "give a moment that is still to come"
    why "The recipient would see an offer that has ended."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends tonight","has_expiration":true}},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE"},{"type":"URL","text":"Buy","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","offer.expires_at":1790000000000,"buttons.0":"SAVE20"}},"options":{"now":1795000000000}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends tonight","has_expiration":true}},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE"},{"type":"URL","text":"Buy","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","offer.expires_at":1795100000000,"buttons.0":"SAVE20"}},"options":{"now":1795000000000}}"#
    source OFFER "2026-09";

OFFER_CODE_LONG "offer-code-too-long" Error "actions" Documented (132005, 0)
    what "a limited-time offer's code that is too long"
    message "the offer's code has {used} characters; at most {max} are allowed"
    help "use a shorter code"
    why "Meta's page of limited-time offers allows 15 characters; other coupon codes may have 20."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends tonight","has_expiration":true}},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE"},{"type":"URL","text":"Buy","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","offer.expires_at":1795000000000,"buttons.0":"ABCDEFGHIJKLMNOP"}},"options":{"now":1794000000000}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends tonight","has_expiration":true}},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE"},{"type":"URL","text":"Buy","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","offer.expires_at":1795000000000,"buttons.0":"ABCDEFGHIJKLMNO"}},"options":{"now":1794000000000}}"#
    source OFFER "2026-09";

CODE_NOT_PLAIN "code-not-plain" Error "values" Documented (131009, 0)
    what "a one-time code with an address or an emoji"
    message "the one-time code has {what} in it"
    help "send the bare code"
    why "Meta allows no addresses, media or emojis in authentication templates and in what fills them."
    bad r#"{"template":{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]},"message":{"to":"+33612345678","values":{"body.1":"1234 \ud83d\udd11"}}}"#
    good r#"{"template":{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]},"message":{"to":"+33612345678","values":{"body.1":"123456"}}}"#
    source AUTHENTICATION "2025-12";

TAP_TARGET_URL "tap-target-url" Error "actions" Documented (131009, 0)
    what "a tap target that is no address"
    message "the tap target's `url` {problem}"
    help "write a whole address that starts with https://"
    why "The picture opens this address in the recipient's browser. Whether Meta refuses http:// is not published, so that is a warning."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","tap_target":{"url":"shop.example","title":"Offers"}}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","tap_target":{"url":"https://shop.example/","title":"Offers"}}}}"#
    source TAP_TARGET "2025-11";

TAP_TARGET_ONE "tap-target-one" Error "actions" Inferred (131009, 0)
    what "several tap targets, or none"
    message "there are {used} tap targets, and a message has one"
    help "keep one of them"
    why "Meta's sample is a list of one; what becomes of others is not published."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","tap_target":[]}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://shop.example/"}]}]},"message":{"to":"+33612345678","values":{"header.image":"https://cdn.example/a.jpg","tap_target":[{"url":"https://shop.example/","title":"Offers"}]}}}"#
    source TAP_TARGET "2025-11";

CARD_MISSING "card-missing" Error "carousel" Documented (132012, 0)
    what "a card without its values"
    message "{problem}, and card {card} has no values (keys that begin with `cards.{at}.`)"
    help "{remedy}"
    why "Meta wants exactly the approved number of cards; to fewer it answers 132012, \"header component parameter should not be empty\"."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"A cactus."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"A cactus."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]},"message":{"to":"+33612345678","values":{"cards.0.header.image":"https://cdn.example/a.jpg"}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"A cactus."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"A cactus."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]},"message":{"to":"+33612345678","values":{"cards.0.header.image":"https://cdn.example/a.jpg","cards.1.header.image":"https://cdn.example/a.jpg"}}}"#
    source CAROUSEL "2026-09";

CARD_UNKNOWN "card-unknown" Error "carousel" Documented (132012, 0)
    what "a value for a card that the template does not have"
    message "the template has {max} cards, `cards.0` to `cards.{last}`, so there is no `{key}`"
    help "leave `cards.{card}` out"
    why "Meta wants exactly the approved number of cards; a carousel of products takes up to ten."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"A cactus."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"A cactus."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]},"message":{"to":"+33612345678","values":{"cards.0.header.image":"https://cdn.example/a.jpg","cards.1.header.image":"https://cdn.example/a.jpg","cards.2.header.image":"https://cdn.example/a.jpg"}}}"#
    good r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Your order is on its way."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"A cactus."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"A cactus."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]},"message":{"to":"+33612345678","values":{"cards.0.header.image":"https://cdn.example/a.jpg","cards.1.header.image":"https://cdn.example/a.jpg"}}}"#
    source CAROUSEL "2026-09";

TO_OTHER_SPELLING "to-other-spelling" Info "recipient" Documented (0, 0)
    what "a phone number that WhatsApp may know by another spelling"
    message "WhatsApp may know `{to}` as `{other}`: {reason}"
    help "recognise its statuses by the message's id, not by the number"
    why "Meta calls it no mistake: for Mexico, Argentina and Brazil the id in its answer and in webhooks can differ from the number that was given."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+5215512345678","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","values":{"body.1":"A-17"}}}"#
    source PHONES "2026-09";

GROUP_IS_PHONE "group-is-phone" Warning "recipient" Inferred (131009, 0)
    what "a phone number where a group's id is due"
    message "`{to}` looks like a phone number, and the message goes to a group"
    help "write the group's id, or leave `recipientType` out"
    why "Groups have ids of their own, which the webhook and the Groups API give."
    bad r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"+33612345678","recipientType":"group","values":{"body.1":"A-17"}}}"#
    good r#"{"template":{"components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]},"message":{"to":"Y2FwaV9ncm91cDoxMjM0","recipientType":"group","values":{"body.1":"A-17"}}}"#
    source SEND "2026-09";
}
