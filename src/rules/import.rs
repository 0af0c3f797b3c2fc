//! Definitions in the shape of other tools.

use super::rules;

rules! {
IMPORT_WRAPPED "import-wrapped" Error "import" Documented (100, 0)
    what "a definition inside something else"
    message "the definition stands inside {inside}; Meta takes it bare"
    help "take it out"
    why "Answers of Meta's, libraries and databases wrap definitions; POST takes the object with `name` and `components` itself."
    bad r#"{"name":null,"language":null,"category":null,"components":null,"definition":{"name":"order_update","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order is on its way."}]}}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source API "2026-09";

IMPORT_LIST "import-list" Error "import" Documented (100, 0)
    what "several definitions at once"
    message "this is a list of {count} templates; Meta takes one definition at a time"
    help "take them one by one"
    why "Meta's GET answers all templates in `data`; POST takes one."
    bad r#"{"name":null,"language":null,"category":null,"components":null,"data":[{"name":"order_update","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order is on its way."}]},{"name":"order_late","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order is late."}]}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source API "2026-09";

IMPORT_CAMEL "import-camel-case" Error "import" Documented (100, 2388042)
    what "keys in camelCase"
    message "keys such as `{name}` are in camelCase; Meta's are in snake_case"
    help "rename them; libraries that take camelCase do it when they send"
    why "TypeScript libraries take camelCase and rename the keys themselves; Meta refuses them as unexpected fields."
    bad r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"bodyText":[["A-17"]]}}]}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source API "2026-09";

IMPORT_PARTS "import-parts" Error "import" Documented (100, 0)
    what "parts beside the name instead of in `components`"
    message "the parts of this template stand beside its name; Meta takes them in `components`"
    help "put each into `components`, with its type"
    why "pywa's classes and some providers' interfaces have a header, a body and buttons of their own, and turn them into components when they send them; Meta refuses a template without components."
    bad r#"{"components":null,"body":"Your order is on its way.","footer":"Acme"}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."},{"type":"FOOTER","text":"Acme"}]}"#
    source API "2026-09";

IMPORT_TWILIO "import-twilio" Error "import" Documented (100, 0)
    what "a content template of Twilio's"
    message "this is a content template in Twilio's shape (`{name}`), not Meta's"
    help "put it into Meta's shape and look it through: Twilio keeps the category apart, numbers variables over the whole template and takes files as addresses"
    why "Twilio turns its content templates into Meta's when it submits them; Meta itself takes only its own shape."
    bad r#"{"name":null,"category":null,"components":null,"friendly_name":"order_update","variables":{"1":"A-17"},"types":{"twilio/text":{"body":"Your order {{1}} is on its way."}}}"#
    good r#"{"components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["A-17"]]}}]}"#
    source TWILIO "2026-01";

IMPORT_OTHER "import-not-a-definition" Error "import" Documented (100, 0)
    what "a message or webhook instead of a definition"
    message "this is {what}, not a template definition"
    help "check messages with `checkPayload`, read webhooks with `readWebhook`; a definition has `name`, `language`, `category` and `components` with texts"
    why "POST `/{WABA_ID}/message_templates` creates templates; messages go to `/{PHONE_NUMBER_ID}/messages`."
    bad r#"{"name":null,"language":null,"category":null,"components":null,"messaging_product":"whatsapp","to":"15550051310","type":"template"}"#
    good r#"{"components":[{"type":"BODY","text":"Your order is on its way."}]}"#
    source API "2026-09";
}
