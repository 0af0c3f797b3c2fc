//! Where rules come from, by the short names that the rows use.

macro_rules! pages {
    ($($name:ident $path:literal;)*) => {
        $(pub const $name: &str =
            concat!("https://developers.facebook.com/documentation/business-messaging/whatsapp/", $path);)*
    };
}

pages! {
    COMPONENTS "templates/components";
    OVERVIEW "templates/overview";
    REVIEW "templates/template-review";
    LANGUAGES "templates/supported-languages";
    TTL "templates/time-to-live";
    API "reference/whatsapp-business-account/message-template-api";
    ERRORS "support/error-codes";
    CHANGELOG "changelog";
    COUPON "templates/marketing-templates/coupon-templates";
    CAROUSEL "templates/marketing-templates/media-card-carousel-templates";
    MEDIA "business-phone-numbers/media";
    SEND "messages/send-messages";
    PHONES "business-phone-numbers/phone-numbers";
    STATUS "webhooks/reference/messages/status";
    BSUID "business-scoped-user-ids";
}

pub const JSON: &str = "https://www.rfc-editor.org/rfc/rfc8259";
pub const ECMA: &str = "https://tc39.es/ecma262/#sec-json.stringify";
pub const TWILIO: &str = "https://www.twilio.com/docs/content";
pub const LIVE: &str = "https://developers.facebook.com/docs/graph-api/guides/error-handling";
pub const UNICODE: &str = "https://www.unicode.org/reports/tr39/";
pub const TROJAN: &str = "https://nvd.nist.gov/vuln/detail/CVE-2021-42574";
pub const URLS: &str = "https://url.spec.whatwg.org/";
