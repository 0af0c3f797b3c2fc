//! Rules of buttons.

use super::rules;

rules! {
BUTTONS_EMPTY "buttons-empty" Error "buttons" Documented (100, 2388043)
    what "a buttons component without buttons"
    message "the buttons component has no buttons"
    help "add one, or delete the component"
    why "Meta answers subcode 2388043, \"missing expected field(s)\"."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"}]}]}"#
    source COMPONENTS "2026-09";

BUTTONS_TOTAL "buttons-total" Error "buttons" Documented (100, 0)
    what "too many buttons"
    message "the template has {used} buttons; at most {max} are allowed"
    help "delete {over}"
    why "Meta answers error 100."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"A"},{"type":"QUICK_REPLY","text":"B"},{"type":"QUICK_REPLY","text":"C"},{"type":"QUICK_REPLY","text":"D"},{"type":"QUICK_REPLY","text":"E"},{"type":"QUICK_REPLY","text":"F"},{"type":"QUICK_REPLY","text":"G"},{"type":"QUICK_REPLY","text":"H"},{"type":"QUICK_REPLY","text":"I"},{"type":"PHONE_NUMBER","text":"Call","phone_number":"+15550051310"},{"type":"URL","text":"Shop","url":"https://example.com/shop"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"A"},{"type":"QUICK_REPLY","text":"B"}]}]}"#
    source COMPONENTS "2026-09";

BUTTONS_COUNT "buttons-count" Error "buttons" Documented (100, 0)
    what "too many buttons of one type"
    message "there are {used} {noun}; at most {max} {verb} allowed"
    help "delete {over}"
    why "Each type has a limit of its own (two URLs, one phone number, one copy-code, ten quick replies); Meta answers error 100."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com/shop"},{"type":"URL","text":"Track","url":"https://example.com/track"},{"type":"URL","text":"Help","url":"https://example.com/help"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com/shop"},{"type":"URL","text":"Track","url":"https://example.com/track"}]}]}"#
    source COMPONENTS "2026-09";

BUTTONS_GROUPING "buttons-grouping" Error "buttons" Documented (100, 0)
    what "quick replies that do not stand together"
    message "the quick replies do not stand together: other buttons stand between them"
    help "put all quick replies first or all last"
    why "Meta refuses it as an invalid combination."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"},{"type":"URL","text":"Shop","url":"https://example.com/shop"},{"type":"QUICK_REPLY","text":"Stop"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"},{"type":"QUICK_REPLY","text":"Stop"},{"type":"URL","text":"Shop","url":"https://example.com/shop"}]}]}"#
    source COMPONENTS "2026-09";

BUTTONS_SEE_ALL "buttons-see-all" Info "buttons" Documented (0, 0)
    what "buttons hidden behind a list"
    message "with {used} buttons WhatsApp shows two and puts the others behind \"See all options\""
    help "put the most important ones first"
    why "Phones show at most three buttons under a message."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"A"},{"type":"QUICK_REPLY","text":"B"},{"type":"QUICK_REPLY","text":"C"},{"type":"QUICK_REPLY","text":"D"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"A"},{"type":"QUICK_REPLY","text":"B"}]}]}"#
    source COMPONENTS "2026-09";

BUTTONS_DESKTOP "buttons-desktop" Warning "buttons" Documented (0, 0)
    what "a message that desktop clients cannot show"
    message "WhatsApp on a computer does not show a template with {found}"
    help "if it must be read there, use at most three buttons and do not mix quick replies with other kinds"
    why "Meta's components page says that such templates can be seen on phones only."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"},{"type":"URL","text":"Shop","url":"https://example.com/shop"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"}]}]}"#
    source COMPONENTS "2026-09";

BUTTON_TYPE_REQUIRED "button-type-required" Error "buttons" Documented (100, 2388043)
    what "a button has no type"
    message "this button has no type"
    help "add `type`: QUICK_REPLY, URL, PHONE_NUMBER or COPY_CODE"
    why "Meta answers error 100."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"text":"Thanks"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"}]}]}"#
    source API "2026-09";

BUTTON_TYPE_MISSPELLED "button-type-misspelled" Error "buttons" Documented (100, 0)
    what "a button's type is misspelled"
    message "`{name}` is not a type of button"
    help "did you mean `{suggestion}`?"
    why "Meta answers error 100."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICKREPLY","text":"Thanks"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"quick_reply","text":"Thanks"}]}]}"#
    source API "2026-09";

BUTTON_TYPE_UNKNOWN "button-type-unknown" Warning "buttons" Inferred (100, 0)
    what "a type of button that this catalogue does not know"
    message "the button type `{name}` is not known here, so the button was not judged"
    help "if Meta has made it new, go on; if not, use QUICK_REPLY, URL, PHONE_NUMBER or COPY_CODE"
    why "Meta adds types; refusing one that is new would be a false alarm, passing it silently a missed fault. POSTBACK, EXTENSION and OPEN_APP, which other lists name and no page of Meta's describes, and APP, which only library templates have, are errors."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"HOLOGRAM","text":"Thanks"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"}]}]}"#
    source API "2026-09";

BUTTON_TEXT_REQUIRED "button-text-required" Error "buttons" Documented (100, 2388043)
    what "a button has no label"
    message "this button has no label"
    help "add `text`, what the button says"
    why "Meta answers subcode 2388043 or 2388050."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"}]}]}"#
    source COMPONENTS "2026-09";

BUTTON_TEXT_MAX "button-text-max" Error "buttons" Documented (100, 2388040)
    what "a label is too long"
    message "the label has {used} characters; at most {max} are allowed"
    help "shorten it by {over}"
    why "Meta answers subcode 2388040, \"Character limit exceeded\"."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thank you very much indeed"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thank you very much"}]}]}"#
    source COMPONENTS "2026-09";

BUTTON_TEXT_CLEAN "button-text-clean" Error "buttons" Observed (100, 2388060)
    what "a label has characters that labels may not have"
    message "the label has {found}; labels take no placeholders, line breaks, emojis or formatting marks (* _ ~ `)"
    help "delete {it}"
    why "Meta answers subcode 2388060: \"Buttons can't have any variables, newlines, emojis or formatting characters.\""
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks\nfriend"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks friend"}]}]}"#
    source LIVE "2026-09";

BUTTON_TEXT_DUPLICATE "button-text-duplicate" Warning "buttons" Inferred (0, 0)
    what "two buttons with one label"
    message "two buttons say `{name}`"
    help "give each its own label"
    why "A quick reply comes back with its label, so nobody could tell which one was pressed."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"},{"type":"QUICK_REPLY","text":"Thanks"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"},{"type":"QUICK_REPLY","text":"Stop"}]}]}"#
    source COMPONENTS "2026-09";

BUTTON_URL_REQUIRED "button-url-required" Error "buttons" Documented (100, 0)
    what "a URL button has no address that Meta takes"
    message "{problem}"
    help "write the whole address, such as https://example.com/orders"
    why "Meta answers error 100: \"is not a valid URI\"; when there is none, subcode 2388050 comes with it."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"example.com"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source COMPONENTS "2026-09";

BUTTON_URL_MAX "button-url-max" Error "buttons" Documented (100, 2388040)
    what "a button's address is too long"
    message "the address has {used} characters; at most {max} are allowed"
    help "shorten it by {over}"
    why "Meta answers subcode 2388040, \"Character limit exceeded\"."
    bad r#"{"limits":{"urlChars":20},"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com/shop"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source COMPONENTS "2026-09";

BUTTON_URL_PLACEHOLDER "button-url-one-var" Error "buttons" Documented (100, 0)
    what "a placeholder that an address cannot have"
    message "{problem}"
    help "an address takes one placeholder, {{1}}, and only as its last characters"
    why "Each message's value is appended to the address; Meta answers error 100 to anything else."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://example.com/{{1}}/track","example":["https://example.com/A-17/track"]}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://example.com/track/{{1}}","example":["https://example.com/track/A-17"]}]}]}"#
    source COMPONENTS "2026-09";

BUTTON_URL_EXAMPLE "button-url-example" Error "buttons" Documented (100, 2388043)
    what "an address with a placeholder has no sample"
    message "the address has a placeholder and no sample"
    help "add `example`: [\"{suggestion}\"], the whole address with a value in it"
    why "Meta answers subcode 2388043: \"component of type BUTTONS is missing expected field(s) (example)\"."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://example.com/track/{{1}}"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://example.com/track/{{1}}","example":["https://example.com/track/A-17"]}]}]}"#
    source COMPONENTS "2026-09";

BUTTON_URL_WHATSAPP "button-url-no-whatsapp" Error "buttons" Observed (100, 2388081)
    what "an address that leads back to WhatsApp"
    message "the address leads to WhatsApp (`{name}`)"
    help "use a quick reply to start a chat, or a page of your own"
    why "Meta answers \"Direct links to WhatsApp aren't allowed for buttons.\""
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Chat","url":"https://wa.me/15550051310"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Chat"}]}]}"#
    source LIVE "2026-08";

BUTTON_URL_SHORTENER "button-url-shortener" Warning "buttons" Inferred (100, 0)
    what "a shortened address"
    message "`{name}` shortens addresses, so nobody sees where the button leads"
    help "use an address of your own domain"
    why "Meta's older guidelines and several providers say that reviewers reject shortened links."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://bit.ly/abc"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source REVIEW "2025-10";

BUTTON_URL_BARE "button-url-bare-domain" Warning "buttons" Policy (0, 0)
    what "a placeholder right behind a domain"
    message "nothing separates the domain from the placeholder, so a value can lead to another site"
    help "end the fixed part with a slash: {suggestion}"
    why "A value like `.evil.example` or `@evil.example` would send people elsewhere under your template's name."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://example.com{{1}}","example":["https://example.com/A-17"]}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://example.com/{{1}}","example":["https://example.com/A-17"]}]}]}"#
    source URLS "2026-11";

BUTTON_PHONE "button-phone" Error "buttons" Documented (192, 0)
    what "a phone button has no number that Meta takes"
    message "{problem}"
    help "write the number with its country code, such as +15550051310"
    why "Meta answers error 192: \"is not a valid phone number\"; when there is none, error 100 with subcode 2388050."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PHONE_NUMBER","text":"Call","phone_number":"call us"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PHONE_NUMBER","text":"Call","phone_number":"+15550051310"}]}]}"#
    source COMPONENTS "2026-09";

BUTTON_COPY_CODE "button-copy-code" Error "buttons" Documented (100, 2388043)
    what "a copy-code button has no sample code"
    message "the copy-code button has no sample code"
    help "add `example`, such as \"SPRING25\""
    why "Meta answers subcode 2388043, \"missing expected field(s) (example)\"."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"}]}]}"#
    source COUPON "2025-12";

BUTTON_COPY_CODE_ARRAY "button-copy-code-shape" Warning "buttons" Observed (100, 2593027)
    what "a sample code in an array"
    message "the sample code is an array; all of Meta's samples have a plain text"
    help "write \"{suggestion}\""
    why "Only third-party code writes an array here; one live answer (July 2026) refused it with subcode 2593027, and took the plain text."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":["SPRING25"]}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"}]}]}"#
    source COUPON "2025-12";

BUTTON_COPY_CODE_MAX "button-copy-code-max" Error "buttons" Documented (100, 2388040)
    what "a sample code is too long"
    message "the sample code has {used} characters; at most {max} are allowed"
    help "shorten it by {over}"
    why "Since December 2025 Meta takes 20 characters."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRINGSALE2026FORYOU1"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"}]}]}"#
    source COUPON "2025-12";

BUTTON_COPY_CODE_OLD_MAX "button-copy-code-old-max" Warning "buttons" Documented (100, 2388040)
    what "a sample code longer than older pages allow"
    message "the sample code has {used} characters; some of Meta's pages still allow only {max}"
    help "use {max} or fewer to be sure"
    why "The coupon page and the changelog say 20 since December 2025, the components page and several tools 15."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRINGSALE2026XX"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"}]}]}"#
    source COUPON "2025-12";

BUTTON_TEXT_FIXED "button-text-fixed" Error "buttons" Documented (100, 0)
    what "a label that WhatsApp does not let you choose"
    message "the label of {owner} is Meta's, and `{name}` is not it"
    help "write `{expected}`"
    why "The type pages give the labels word for word; Meta answers error 100 to another one, or shows its own."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"Our plants"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"}]}]}"#
    source CATALOG "2025-11";

BUTTONS_PAYMENT "buttons-count-payment" Error "buttons" Documented (100, 0)
    what "one way to pay on two buttons"
    message "two payment buttons offer `{name}`"
    help "keep one of them, or offer another way to pay"
    why "Meta takes up to three payment buttons, each with a payment method of its own."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PAYMENT_REQUEST","text":"Copy Pix code","payment_setting":{"type":"pix_dynamic_code","pix_dynamic_code":{"code":"00020101021226700014br.gov.bcb.pix"}}},{"type":"PAYMENT_REQUEST","text":"Copy Pix code","payment_setting":{"type":"pix_dynamic_code","pix_dynamic_code":{"code":"00020101021226700014br.gov.bcb.pix"}}}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PAYMENT_REQUEST","text":"Copy Pix code","payment_setting":{"type":"pix_dynamic_code","pix_dynamic_code":{"code":"00020101021226700014br.gov.bcb.pix"}}},{"type":"PAYMENT_REQUEST","text":"Copy Boleto code","payment_setting":{"type":"boleto","boleto":{"digitable_line":"03399026944140000002628346101018898510000008848"}}}]}]}"#
    source PAYMENT_REQUEST "2026-09";

BUTTON_URL_EXAMPLE_PREFIX "button-url-example-prefix" Warning "buttons" Documented (100, 2388043)
    what "a sample of another address"
    message "the sample `{name}` does not begin like the button's address"
    help "write {expected} with a value behind it, or the value alone"
    why "Reviewers open the sample; Meta's pages show the whole address with a value in it, or the value alone."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://example.com/track/{{1}}","example":["https://example.org/A-17"]}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://example.com/track/{{1}}","example":["https://example.com/track/A-17"]}]}]}"#
    source COMPONENTS "2026-09";

BUTTON_URL_USERINFO "button-url-userinfo" Warning "buttons" Policy (0, 0)
    what "a name in front of the domain"
    message "the address opens `{host}`; `{name}` in front of the @ only looks like a domain"
    help "delete what stands in front of the domain, the @ with it"
    why "Such addresses make people believe that they go elsewhere; browsers warn of them."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://shop.example@example.com"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com"}]}]}"#
    source URLS "2026-11";

BUTTON_URL_MACHINE "button-url-no-domain" Warning "buttons" Inferred (100, 0)
    what "an address without a domain"
    message "`{name}` is a machine's address, not a domain"
    help "use an address of your own domain"
    why "Customers cannot reach a machine of yours, and reviewers look for the domain of the business."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"http://127.0.0.1/shop"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com/shop"}]}]}"#
    source REVIEW "2025-10";

BUTTON_DEEP_LINK "button-url-deep-link" Error "buttons" Documented (100, 0)
    what "a deep link that lacks its app or its address"
    message "the deep link lacks `{name}`"
    help "add it, or delete `app_deep_link`; `meta_app_id` is a number, `android_deep_link` the address inside the app"
    why "Without either of them no app can be opened; Meta answers error 100."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com","app_deep_link":{"meta_app_id":634974688087057}}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com","app_deep_link":{"meta_app_id":634974688087057,"android_deep_link":"shop://sale"}}]}]}"#
    source DEEP_LINKS "2026-09";

BUTTON_DEEP_LINK_CATEGORY "button-url-deep-link-category" Error "buttons" Documented (100, 0)
    what "a deep link outside marketing"
    message "only marketing templates take an app's deep link"
    help "delete `app_deep_link`, or set `category` to MARKETING"
    why "Deep links are a part of the Marketing Messages API."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com","app_deep_link":{"meta_app_id":634974688087057,"android_deep_link":"shop://sale"}}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://example.com","app_deep_link":{"meta_app_id":634974688087057,"android_deep_link":"shop://sale"}}]}]}"#
    source DEEP_LINKS "2026-09";

BUTTON_COPY_CODE_SIGNS "button-copy-code-alphanumeric" Warning "buttons" Documented (0, 0)
    what "a sample code with other signs than letters and digits"
    message "the sample code `{name}` has signs that are no letters or digits"
    help "use letters and digits only, as the codes of your messages must"
    why "A message whose code has other signs is refused when it is sent."
    bad r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING-25"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"}]}]}"#
    source COMPONENTS "2026-09";

BUTTON_FLOW "button-flow" Error "buttons" Documented (100, 0)
    what "a flow button that does not name exactly one flow"
    message "{problem}"
    help "give one of `flow_id`, `flow_name` and `flow_json`, and only one"
    why "Meta answers error 100. A flow that is named by its id or name must be published."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Sign up"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Sign up","flow_id":"1234567890123456"}]}]}"#
    source FLOWS "2026-09";

BUTTON_FLOW_ACTION "button-flow-action" Error "buttons" Documented (100, 0)
    what "a flow action that Meta does not know"
    message "`{name}` is not a flow action"
    help "{remedy}"
    why "Meta answers error 100."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Sign up","flow_id":"1234567890123456","flow_action":"open"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Sign up","flow_id":"1234567890123456","flow_action":"navigate"}]}]}"#
    source FLOWS "2026-09";

BUTTON_FLOW_ICON "button-flow-icon" Error "buttons" Inferred (100, 0)
    what "an icon that Meta does not know"
    message "`{name}` is not an icon of a flow button"
    help "{remedy}"
    why "Two implementations of Meta's interface know these three."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Sign up","flow_id":"1234567890123456","icon":"ROCKET"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Sign up","flow_id":"1234567890123456","icon":"DOCUMENT"}]}]}"#
    source FLOWS "2026-09";

BUTTON_FLOW_SCREEN "button-flow-screen" Error "buttons" Documented (100, 0)
    what "a first screen that the flow's server chooses"
    message "with `data_exchange` your server chooses the first screen, so there is no `navigate_screen`"
    help "delete it, or set `flow_action` to navigate"
    why "Meta describes the member for the action navigate only."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Sign up","flow_id":"1234567890123456","flow_action":"data_exchange","navigate_screen":"WELCOME"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Sign up","flow_id":"1234567890123456","navigate_screen":"WELCOME"}]}]}"#
    source FLOWS "2026-09";

BUTTON_VOICE_CALL "button-voice-call" Error "buttons" Documented (100, 0)
    what "a call button that works too long or not at all"
    message "a call button works for 1 to {max} minutes; {name} is outside"
    help "set `ttl_minutes` inside that range, or leave it out for seven days"
    why "Meta answers error 100."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"VOICE_CALL","text":"Call us","ttl_minutes":0}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"VOICE_CALL","text":"Call us","ttl_minutes":1440}]}]}"#
    source CALL_BUTTON "2026-09";

BUTTON_PAYMENT_REQUEST "button-payment-request" Error "buttons" Documented (100, 0)
    what "a payment button without its payment"
    message "the payment button lacks `{name}`"
    help "add it; `payment_setting` has a type and an object of that name with a sample value"
    why "Meta answers error 100."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PAYMENT_REQUEST","text":"Copy Boleto code","payment_setting":{"type":"boleto"}}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PAYMENT_REQUEST","text":"Copy Boleto code","payment_setting":{"type":"boleto","boleto":{"digitable_line":"03399026944140000002628346101018898510000008848"}}}]}]}"#
    source PAYMENT_REQUEST "2026-09";

BUTTON_PAYMENT_TYPE "button-payment-type" Error "buttons" Documented (100, 0)
    what "a way to pay that Meta does not know"
    message "`{name}` is not a way to pay that a payment button takes"
    help "{remedy}"
    why "Meta answers error 100."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PAYMENT_REQUEST","text":"Pay","payment_setting":{"type":"cash"}}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"PAYMENT_REQUEST","text":"Copy Pix code","payment_setting":{"type":"pix_dynamic_code","pix_dynamic_code":{"code":"00020101021226700014br.gov.bcb.pix"}}}]}]}"#
    source PAYMENT_REQUEST "2026-09";

BUTTON_OTP "button-otp" Error "buttons" Documented (100, 0)
    what "a one-time code outside authentication"
    message "one-time-code buttons are for AUTHENTICATION templates"
    help "set `category` to AUTHENTICATION for a one-time code; for a coupon use COPY_CODE"
    why "Meta answers error 100."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Our spring sale is on."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING25"}]}]}"#
    source AUTHENTICATION "2025-12";

BUTTON_CALL_PERMISSION "button-call-permission" Error "buttons" Documented (100, 2388042)
    what "a call permission request among the buttons"
    message "a call permission request is a component, not a button"
    help "put `{\"type\":\"CALL_PERMISSION_REQUEST\"}` beside the body"
    why "Meta's page has it among the components; as a button it is an unexpected field."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BUTTONS","buttons":[{"type":"CALL_PERMISSION_REQUEST"}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"CALL_PERMISSION_REQUEST"}]}"#
    source CALL_PERMISSION "2025-11";
}
