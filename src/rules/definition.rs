//! Rules of definitions.

use super::rules;

rules! {
NAME_MISSING "name-required" Error "envelope" Documented (100, 0)
    what "the template has no name"
    message "the template has no name"
    help "add `name`, such as `order_update`"
    why "Every template is stored and sent under its name; without one Meta answers error 100."
    bad r#"{"name":null}"#
    good r#"{"name":"order_update"}"#
    source "https://developers.facebook.com/documentation/business-messaging/whatsapp/reference/whatsapp-business-account/message-template-api" "2026-09";
}
