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
    MANAGEMENT "templates/template-management";
    LIBRARY "templates/template-library";
    CUSTOM_MARKETING "templates/marketing-templates/custom-marketing-templates";
    OFFER "templates/marketing-templates/limited-time-offer-templates";
    PRODUCT_CAROUSEL "templates/marketing-templates/product-card-carousel-templates";
    CATALOG "templates/marketing-templates/catalog-templates";
    MPM "templates/marketing-templates/mpm-templates";
    SPM "templates/marketing-templates/spm-templates";
    AUTHENTICATION "templates/authentication-templates/authentication-templates";
    COPY_CODE "templates/authentication-templates/copy-code-button-authentication-templates";
    ONE_TAP "templates/authentication-templates/autofill-button-authentication-templates";
    ZERO_TAP "templates/authentication-templates/zero-tap-authentication-templates";
    BULK "templates/authentication-templates/bulk-management";
    CALL_PERMISSION "templates/marketing-templates/call-permission-request-message-template";
    CALL_BUTTON "calling/call-button-messages-deep-links";
    FLOWS "flows/guides/sendingaflow";
    PAYMENT_REQUEST "payments/payments-br/payment-request-cta";
    ORDER_DETAILS_IN "payments/payments-in/orderdetailstemplate";
    ORDER_STATUS "payments/payments-in/orderstatustemplate";
    CHECKOUT "payments/payments-in/checkout-button-templates";
    PAYMENT_LINKS "payments/payments-in/enhanced-payment-links";
    MARKETING_MESSAGES "marketing-messages/send-marketing-messages";
    MARKETING_START "marketing-messages/get-started";
    USER_LIMITS "templates/marketing-templates/per-user-limits";
    DEEP_LINKS "marketing-messages/deep-links";
    TAP_TARGET "templates/tap-target-url-title-override";
}

pub const JSON: &str = "https://www.rfc-editor.org/rfc/rfc8259";
pub const ECMA: &str = "https://tc39.es/ecma262/#sec-json.stringify";
pub const TWILIO: &str = "https://www.twilio.com/docs/content";
pub const LIVE: &str = "https://developers.facebook.com/docs/graph-api/guides/error-handling";
pub const UNICODE: &str = "https://www.unicode.org/reports/tr39/";
pub const TROJAN: &str = "https://nvd.nist.gov/vuln/detail/CVE-2021-42574";
pub const URLS: &str = "https://url.spec.whatwg.org/";
pub const ROWS: &str = "https://www.rfc-editor.org/rfc/rfc4180";
