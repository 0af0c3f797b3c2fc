//! Rules of the envelope: the members of a definition's top level.

use super::rules;

rules! {
KIND_NOT_COVERED "kind-not-covered" Error "envelope" Inferred (0, 0)
    what "a kind of template that is not judged yet"
    message "{kind} cannot be judged yet, so this template is not known to be right"
    help "check it in WhatsApp Manager; everything else here was judged"
    why "A part that nobody judged must not look as if it had passed."
    bad r#"{"template":{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants for you."},{"type":"CAROUSEL","cards":[]}]},"message":{"to":"+15550051310"}}"#
    good r#"{"category":"MARKETING","components":[{"type":"BODY","text":"Two plants for you."}]}"#
    source API "2026-09";

NAME_REQUIRED "name-required" Error "envelope" Documented (100, 0)
    what "the template has no name"
    message "the template has no name"
    help "add `name`, such as `order_update`"
    why "A template is stored and sent under its name; without one Meta answers error 100."
    bad r#"{"name":null}"#
    good r#"{"name":"order_update"}"#
    source API "2026-09";

NAME_CHARSET "name-charset" Error "envelope" Documented (100, 2388046)
    what "the name has characters that Meta refuses"
    message "the name `{name}` has {found}; Meta takes only a to z, 0 to 9 and underscores"
    help "call it `{suggestion}`"
    why "Meta answers subcode 2388046, \"Name Format is Incorrect\"."
    bad r#"{"name":"Order-Update"}"#
    good r#"{"name":"order_update"}"#
    source OVERVIEW "2025-12";

NAME_MAX "name-max" Error "envelope" Documented (100, 2388040)
    what "the name is too long"
    message "the name has {used} characters; at most {max} are allowed"
    help "shorten it by {over}"
    why "Meta answers subcode 2388040, \"Character limit exceeded\"."
    bad r#"{"limits":{"nameChars":10},"name":"order_update"}"#
    good r#"{"name":"order_update"}"#
    source OVERVIEW "2025-12";

NAME_SAMPLE_RESERVED "name-sample-reserved" Warning "envelope" Observed (100, 2388155)
    what "the name belongs to a sample template of Meta's"
    message "`{name}` is the name of a sample template that Meta puts into every account"
    help "choose another name"
    why "Meta answers subcode 2388155, \"Template name is already used as a sample template\"."
    bad r#"{"name":"hello_world"}"#
    good r#"{"name":"hello_customer"}"#
    source LIVE "2026-09";

LANGUAGE_REQUIRED "language-required" Error "envelope" Documented (100, 2388049)
    what "the template has no language"
    message "the template has no language"
    help "add `language`, such as `en_US`"
    why "A template exists in one language; without one Meta answers error 100."
    bad r#"{"language":null}"#
    good r#"{"language":"en_US"}"#
    source LANGUAGES "2025-12";

LANGUAGE_UNKNOWN "language-unknown" Error "envelope" Documented (100, 2388049)
    what "the language is not one of Meta's"
    message "`{name}` is not one of the {count} languages that Meta takes"
    help "{remedy}"
    why "Codes are compared letter by letter (`en_US`, not `en-us`); Meta answers subcode 2388049, \"Message template language is not supported\"."
    bad r#"{"language":"en-US"}"#
    good r#"{"language":"fil"}"#
    source LANGUAGES "2025-12";

CATEGORY_REQUIRED "category-required" Error "envelope" Documented (100, 0)
    what "the template has no category"
    message "the template has no category"
    help "add `category`: MARKETING, UTILITY or AUTHENTICATION"
    why "Meta answers error 100."
    bad r#"{"category":null}"#
    good r#"{"category":"MARKETING"}"#
    source API "2026-09";

CATEGORY_UNKNOWN "category-unknown" Error "envelope" Documented (100, 0)
    what "the category is not one of Meta's three"
    message "`{name}` is not a category that Meta takes"
    help "use one of MARKETING, UTILITY and AUTHENTICATION"
    why "Meta answers error 100."
    bad r#"{"category":"PROMOTION"}"#
    good r#"{"category":"marketing"}"#
    source API "2026-09";

CATEGORY_LEGACY "category-legacy" Error "envelope" Documented (100, 0)
    what "the category was taken away in 2023"
    message "the category `{name}` was taken away with Graph API v16 (May 2023)"
    help "use {suggestion}"
    why "The old categories became three; Meta answers error 100 to the others."
    bad r#"{"category":"TRANSACTIONAL"}"#
    good r#"{"category":"UTILITY"}"#
    source CHANGELOG "2026-03";

PARAMETER_FORMAT_UNKNOWN "parameter-format" Error "envelope" Documented (100, 0)
    what "the parameter format is neither of Meta's two"
    message "`{name}` is not a parameter format"
    help "use POSITIONAL for {{1}}, {{2}} … or NAMED for {{first_name}}"
    why "Meta answers error 100."
    bad r#"{"parameter_format":"NUMBERED"}"#
    good r#"{"parameter_format":"positional"}"#
    source OVERVIEW "2025-12";

COMPONENTS_REQUIRED "components-required" Error "envelope" Documented (100, 0)
    what "the template has no components"
    message "the template has no components"
    help "add `components` with at least a body"
    why "A template without a body has nothing to say; Meta answers error 100."
    bad r#"{"components":null}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source COMPONENTS "2026-09";

COMPONENT_TYPE_REQUIRED "component-type-required" Error "envelope" Documented (100, 2388042)
    what "a component has no type"
    message "this component has no type"
    help "add `type`: HEADER, BODY, FOOTER or BUTTONS"
    why "Meta answers error 100."
    bad r#"{"components":[{"text":"Your order is on its way."},{"type":"BODY","text":"It comes today."}]}"#
    good r#"{"components":[{"type":"BODY","text":"It comes today."}]}"#
    source API "2026-09";

COMPONENT_TYPE_MISSPELLED "component-type-misspelled" Error "envelope" Documented (100, 2388042)
    what "a component's type is misspelled"
    message "`{name}` is not a type of component"
    help "did you mean `{suggestion}`?"
    why "Meta answers error 100."
    bad r#"{"components":[{"type":"BODDY","text":"Your order is on its way."},{"type":"BODY","text":"It comes today."}]}"#
    good r#"{"components":[{"type":"body","text":"It comes today."}]}"#
    source API "2026-09";

COMPONENT_TYPE_BUTTON "component-type-button" Error "envelope" Documented (100, 2388042)
    what "a button stands where a component should"
    message "`{name}` is a type of button, not of component"
    help "put it into the `buttons` of the component BUTTONS"
    why "Meta answers error 100."
    bad r#"{"components":[{"type":"BODY","text":"It comes today."},{"type":"QUICK_REPLY","text":"Thanks"}]}"#
    good r#"{"components":[{"type":"BODY","text":"It comes today."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"}]}]}"#
    source API "2026-09";

COMPONENT_TYPE_UNKNOWN "component-type-unknown" Warning "envelope" Inferred (100, 2388042)
    what "a type of component that this catalogue does not know"
    message "the component type `{name}` is not known here, so it was not judged"
    help "if Meta has made it new, go on; if not, use HEADER, BODY, FOOTER or BUTTONS"
    why "Meta adds types; refusing one that is new would be a false alarm, passing it silently a missed fault."
    bad r#"{"components":[{"type":"BODY","text":"It comes today."},{"type":"HOLOGRAM"}]}"#
    good r#"{"components":[{"type":"BODY","text":"It comes today."}]}"#
    source API "2026-09";

COMPONENT_REPEATED "component-repeated" Error "envelope" Documented (100, 0)
    what "a component stands twice"
    message "there are two components of the type {name}; one is allowed"
    help "delete one, or put both texts into one component"
    why "Every type of component may stand once; Meta answers error 100."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"BODY","text":"It comes today."}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way. It comes today."}]}"#
    source COMPONENTS "2026-09";

UNEXPECTED_FIELD "unexpected-field" Error "envelope" Observed (100, 2388042)
    what "a member that does not belong there"
    message "`{name}` does not belong in {owner}"
    help "{remedy}"
    why "Meta refuses a component with a member that it does not know or that does not apply: subcode 2388042, \"param contains unexpected field(s)\"."
    bad r#"{"components":[{"type":"BODY","text":"Your order is on its way.","format":"TEXT"}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source LIVE "2026-09";

UNKNOWN_KEY "unknown-key" Warning "envelope" Inferred (100, 0)
    what "a member of the top level that Meta does not know"
    message "Meta's reference has no `{name}` at the top of a template"
    help "{remedy}"
    why "Meta ignores what it does not know at the top level, or answers error 100; either way it does not do what was meant."
    bad r#"{"lanugage":"en"}"#
    good r#"{"language":"en"}"#
    source API "2026-09";

READ_ONLY_FIELD "read-only-field" Warning "envelope" Documented (100, 0)
    what "a member that only Meta writes"
    message "`{name}` is written by Meta and cannot be set"
    help "delete it before you create or edit the template"
    why "It comes from a template that was read back; on creation Meta ignores or refuses it."
    bad r#"{"status":"APPROVED"}"#
    good r#"{}"#
    source API "2026-09";

TTL_RANGE "ttl-range" Error "envelope" Documented (100, 0)
    what "the lifetime is outside what the category allows"
    message "messages of {category} templates may live {min} to {max} seconds{or}; {found} is outside"
    help "set `message_send_ttl_seconds` inside that range, or leave it out for Meta's default"
    why "Meta answers error 100."
    bad r#"{"message_send_ttl_seconds":10}"#
    good r#"{"message_send_ttl_seconds":60}"#
    source TTL "2026-09";

TTL_TYPE "ttl-type" Warning "envelope" Documented (100, 0)
    what "the lifetime is a text"
    message "`message_send_ttl_seconds` is a text; Meta's reference wants a whole number"
    help "write {found} without quotes"
    why "Meta's reference has an integer here and one of its samples a text; the number is sure to pass."
    bad r#"{"message_send_ttl_seconds":"60"}"#
    good r#"{"message_send_ttl_seconds":60}"#
    source TTL "2026-09";

ALLOW_CATEGORY_CHANGE "allow-category-change" Info "envelope" Documented (0, 0)
    what "a switch without effect"
    message "`allow_category_change` has had no effect since 9 April 2025; Meta may change the category in any case"
    help "you can delete it"
    why "Meta's changelog says that it is no longer supported, while the reference still lists it."
    bad r#"{"allow_category_change":true}"#
    good r#"{}"#
    source CHANGELOG "2026-03";

SUB_CATEGORY_UNKNOWN "sub-category" Error "envelope" Documented (100, 0)
    what "the sub-category is not one of Meta's"
    message "`{name}` is not a sub-category that Meta takes"
    help "{remedy}"
    why "Meta answers error 100."
    bad r#"{"sub_category":"PARCELS"}"#
    good r#"{"sub_category":"FRAUD_ALERT"}"#
    source API "2026-09";

DISPLAY_FORMAT_UNKNOWN "display-format" Error "envelope" Documented (100, 0)
    what "the display format is not Meta's"
    message "`{name}` is not a display format; there is only ORDER_DETAILS"
    help "write ORDER_DETAILS, or leave it out"
    why "Meta answers error 100."
    bad r#"{"display_format":"CARDS"}"#
    good r#"{}"#
    source API "2026-09";

SEND_TYPE "send-type" Info "envelope" Documented (100, 0)
    what "the send type is not one that Meta's reference lists"
    message "Meta's reference has no send type `{name}`"
    help "{remedy}"
    why "Meta's SDK lists three words, the reference two, and neither says what they do, so another one may be new."
    bad r#"{"send_type":"bulk"}"#
    good r#"{"send_type":"campaign"}"#
    source API "2026-09";

DOF_SPEC "dof-spec" Warning "envelope" Documented (100, 0)
    what "a creative setting that Meta does not list"
    message "Meta lists no `{name}` in `{owner}`"
    help "{remedy}"
    why "Meta ignores or refuses what it does not know, and the optimization that was meant stays as it is: switched on."
    bad r#"{"category":"MARKETING","degrees_of_freedom_spec":{"creative_features_spec":{"image_touchup":{"enroll_status":"OPT_OUT"}}}}"#
    good r#"{"category":"MARKETING","degrees_of_freedom_spec":{"creative_features_spec":{"image_touchups":{"enroll_status":"OPT_OUT"}}}}"#
    source MARKETING_MESSAGES "2026-09";

DOF_ENROLL_STATUS "dof-enroll-status" Error "envelope" Documented (100, 0)
    what "a creative setting is neither on nor off"
    message "`{name}` neither switches an optimization on nor off"
    help "{remedy}"
    why "Meta knows OPT_IN and OPT_OUT; it answers error 100 to other words."
    bad r#"{"category":"MARKETING","degrees_of_freedom_spec":{"creative_features_spec":{"image_touchups":{"enroll_status":"OFF"}}}}"#
    good r#"{"category":"MARKETING","degrees_of_freedom_spec":{"creative_features_spec":{"image_touchups":{"enroll_status":"OPT_OUT"}}}}"#
    source MARKETING_MESSAGES "2026-09";

DOF_ENROLL_STATUS_REQUIRED "dof-enroll-status-required" Error "envelope" Documented (100, 0)
    what "a creative setting says nothing"
    message "this optimization is neither switched on nor off"
    help "add `enroll_status`: OPT_IN or OPT_OUT"
    why "Each optimization is an object with `enroll_status`; Meta answers error 100."
    bad r#"{"category":"MARKETING","degrees_of_freedom_spec":{"creative_features_spec":{"image_touchups":{}}}}"#
    good r#"{"category":"MARKETING","degrees_of_freedom_spec":{"creative_features_spec":{"image_touchups":{"enroll_status":"OPT_IN"}}}}"#
    source MARKETING_MESSAGES "2026-09";

DOF_CATEGORY "dof-category" Warning "envelope" Documented (0, 0)
    what "creative settings outside of marketing"
    message "`degrees_of_freedom_spec` is for marketing templates alone"
    help "delete it"
    why "Meta optimizes marketing messages only, so there is nothing to switch."
    bad r#"{"category":"UTILITY","degrees_of_freedom_spec":{}}"#
    good r#"{"category":"MARKETING","degrees_of_freedom_spec":{}}"#
    source MARKETING_MESSAGES "2026-09";

BID_SPEC "bid-spec" Warning "envelope" Documented (100, 0)
    what "a bid that creation does not list"
    message "Meta's reference shows `bid_spec` when a template is read, not when it is created"
    help "delete it, or check afterwards that Meta has taken it"
    why "The reference of creation does not have it; Meta may ignore or refuse it."
    bad r#"{"category":"MARKETING","bid_spec":{"bid_strategy":"LOWEST_COST_WITH_BID_CAP","bid_amount":100}}"#
    good r#"{"category":"MARKETING"}"#
    source API "2026-09";

CREATIVE_SOURCING_SPEC "creative-sourcing-spec" Warning "envelope" Inferred (100, 0)
    what "a creative source that Meta does not explain"
    message "no page of Meta's says what `creative_sourcing_spec` does to a template"
    help "delete it, or check afterwards that Meta has taken it"
    why "Meta's Python SDK (facebook_business 26.0.3) lists it for creation, the reference does not; Meta may ignore or refuse what stands in it."
    bad r#"{"category":"MARKETING","creative_sourcing_spec":{}}"#
    good r#"{"category":"MARKETING"}"#
    source API "2026-09";
}
