//! Every number of Meta's, once.
//!
//! Limits can differ by account and date, so a check takes overrides ([`Limits::set`]); what a rule
//! says, what a counter shows and what `limits()` lists all come from these rows.

/// One limit: what it counts, how many are allowed. core.wasm has the numbers alone: JavaScript knows the rest by its place.
#[derive(Debug)]
pub struct LimitRow {
    /// The name that overrides use.
    #[cfg(feature = "texts")]
    pub name: &'static str,
    /// The largest (or, for names that end in `Min`, the smallest) number that Meta takes.
    pub max: u32,
    /// What is counted.
    #[cfg(feature = "texts")]
    pub unit: &'static str,
}

/// How we know a limit.
#[derive(Debug)]
pub struct LimitDoc {
    /// The limit.
    pub row: &'static LimitRow,
    /// What is limited, in words that fit behind "at most 25".
    pub noun: &'static str,
    /// Where Meta says so.
    pub source: &'static str,
    /// When the source was last read (ISO date or month).
    pub checked: &'static str,
}

macro_rules! limits {
    ($($(#[$doc:meta])* $variant:ident, $name:literal, $max:literal, $unit:literal, $noun:literal, $source:literal, $checked:literal;)*) => {
        /// Names a row of [`LIMITS`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Limit { $($(#[$doc])* $variant),* }

        /// The table.
        pub static LIMITS: &[LimitRow] = &[$(LimitRow {
            #[cfg(feature = "texts")]
            name: $name,
            max: $max,
            #[cfg(feature = "texts")]
            unit: $unit,
        }),*];

        impl Limit {
            /// What is limited, in words that fit behind "at most 25". Ask when compiling: each answer is a few bytes, all
            /// of them a kilobyte.
            pub const fn noun(self) -> &'static str {
                match self { $(Limit::$variant => $noun),* }
            }
        }

        /// The table with its sources. Apart from it, so that the wasm, which never calls this, does not carry them.
        pub fn docs() -> Vec<LimitDoc> {
            let sources = [$(($noun, $source, $checked)),*];
            let rows = LIMITS.iter().zip(sources);
            rows.map(|(row, (noun, source, checked))| LimitDoc { row, noun, source, checked }).collect()
        }
    };
}

limits! {
    /// Template names are ASCII, so every unit agrees.
    NameChars, "nameChars", 512, "characters", "characters in a template name",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview", "2025-12";
    /// Also the limit of the header once its value is in.
    HeaderChars, "headerChars", 60, "characters", "characters in a text header",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// A text header takes one placeholder.
    HeaderPlaceholders, "headerPlaceholders", 1, "placeholders", "placeholders in a text header",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// Type pages repeat it; since 2025-03-27 Meta says body limits may vary by format and tag.
    BodyChars, "bodyChars", 1024, "characters", "characters in the body",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// A body with an offer below it is shorter.
    OfferBodyChars, "offerBodyChars", 600, "characters", "characters in the body of a limited-time offer",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/limited-time-offer-templates", "2026-09";
    /// The page of single products alone says so; it is the specific one.
    ProductBodyChars, "productBodyChars", 160, "characters", "characters in the body of a single-product template",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/spm-templates", "2026-09";
    /// With the values in.
    CardBodyChars, "cardBodyChars", 160, "characters", "characters in the body of a card",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/media-card-carousel-templates", "2026-09";
    /// Messages with more are refused (132018), their templates are not.
    CardBodyLines, "cardBodyLines", 2, "line breaks", "line breaks in the body of a card",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/media-card-carousel-templates", "2026-09";
    /// When a message is sent. Meta's reference prints it for templates that are nothing but a body;
    /// above `bodyChars` it is only a warning there, because no other page repeats it.
    BodyOnlyChars, "bodyOnlyChars", 32768, "characters", "characters in a sent body that stands alone",
        "https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages", "2025-11";
    /// From Meta's own error text for subcode 2388072.
    BodyEmojis, "bodyEmojis", 10, "emojis", "emojis in the body",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes", "2026-09";
    /// From the same error text.
    BodyNewlineRun, "bodyNewlineRun", 2, "newlines", "newlines in a row in the body",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes", "2026-09";
    /// Not Meta's: a provider refuses more, Meta publishes no figure.
    BodyPlaceholders, "bodyPlaceholders", 100, "placeholders", "placeholders in the body",
        "https://www.twilio.com/docs/content", "2026-01";
    /// Meta's editor refuses a longer one; no page of Meta's has a figure.
    PlaceholderNameChars, "placeholderNameChars", 32, "characters", "characters in a placeholder's name",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview", "2026-11";
    /// Footers are plain text.
    FooterChars, "footerChars", 60, "characters", "characters in the footer",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// Raised from three; old provider pages still say three.
    Buttons, "buttons", 10, "buttons", "buttons in a template",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// All ten may be quick replies.
    QuickReplyButtons, "quickReplyButtons", 10, "buttons", "quick-reply buttons",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// Website buttons, the first kind of call to action.
    UrlButtons, "urlButtons", 2, "buttons", "URL buttons",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// Call buttons, the second kind of call to action.
    PhoneButtons, "phoneButtons", 1, "buttons", "phone-number buttons",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// Coupon buttons.
    CopyCodeButtons, "copyCodeButtons", 1, "buttons", "copy-code buttons",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/coupon-templates", "2025-12";
    /// Above three, WhatsApp shows two and hides the rest behind "See all options"; desktop clients show none.
    DesktopButtons, "desktopButtons", 3, "buttons", "buttons that desktop clients show",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// Direct Send alone says 20.
    ButtonChars, "buttonChars", 25, "characters", "characters in a button's label",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// The whole address, with its suffix.
    UrlChars, "urlChars", 2000, "characters", "characters in a button's URL",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// A URL button takes one placeholder, at its end.
    UrlPlaceholders, "urlPlaceholders", 1, "placeholders", "placeholders in a button's URL",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// Digits and an optional plus.
    PhoneChars, "phoneChars", 20, "characters", "characters in a button's phone number",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// Twenty since 2025-12-03; pages that still print fifteen make sixteen to twenty a warning.
    CouponChars, "couponChars", 20, "characters", "characters in a coupon code",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/coupon-templates", "2025-12";
    /// What the older pages print.
    CouponCharsSafe, "couponCharsSafe", 15, "characters", "characters in a coupon code that every page of Meta's agrees on",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// Seconds; `-1` stands for 30 days.
    TtlAuthMin, "ttlAuthMin", 30, "seconds", "seconds of an authentication template's lifetime",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/time-to-live", "2026-09";
    /// Fifteen minutes.
    TtlAuthMax, "ttlAuthMax", 900, "seconds", "seconds of an authentication template's lifetime",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/time-to-live", "2026-09";
    /// Seconds; `-1` stands for 30 days.
    TtlUtilityMin, "ttlUtilityMin", 30, "seconds", "seconds of a utility template's lifetime",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/time-to-live", "2026-09";
    /// Twelve hours.
    TtlUtilityMax, "ttlUtilityMax", 43200, "seconds", "seconds of a utility template's lifetime",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/time-to-live", "2026-09";
    /// Twelve hours.
    TtlMarketingMin, "ttlMarketingMin", 43200, "seconds", "seconds of a marketing template's lifetime",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/time-to-live", "2026-09";
    /// Thirty days.
    TtlMarketingMax, "ttlMarketingMax", 2592000, "seconds", "seconds of a marketing template's lifetime",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/time-to-live", "2026-09";
    // Authentication.

    /// One, and no button beside it.
    OtpButtons, "otpButtons", 1, "buttons", "OTP buttons",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/authentication-templates", "2025-11";
    /// Minutes.
    CodeExpirationMin, "codeExpirationMin", 1, "minutes", "minutes that a code is valid",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/authentication-templates", "2025-11";
    /// An hour and a half.
    CodeExpirationMax, "codeExpirationMax", 90, "minutes", "minutes that a code is valid",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/authentication-templates", "2025-11";
    /// Builds of one app count each.
    SupportedApps, "supportedApps", 5, "apps", "apps that may take over a code",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/autofill-button-authentication-templates", "2025-11";
    /// Android's names are ASCII, so every unit agrees.
    PackageNameChars, "packageNameChars", 224, "characters", "characters in an Android package name",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/autofill-button-authentication-templates", "2025-11";
    /// Exactly so many, not at most.
    SignatureHashChars, "signatureHashChars", 11, "characters", "characters in an app's signature hash",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/autofill-button-authentication-templates", "2025-11";

    // Carousels and offers.

    /// A media carousel is sent with exactly as many as it defines.
    CarouselCards, "carouselCards", 10, "cards", "cards in a carousel",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/media-card-carousel-templates", "2026-09";
    /// Product carousels need no more than these.
    CarouselCardsMin, "carouselCardsMin", 2, "cards", "cards in a carousel",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/media-card-carousel-templates", "2026-09";
    /// Quick replies, addresses and phone numbers, mixed as one likes.
    CardButtons, "cardButtons", 2, "buttons", "buttons in a card",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/media-card-carousel-templates", "2026-09";
    /// SPM or URL.
    ProductCardButtons, "productCardButtons", 1, "buttons", "buttons in a product card",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/product-card-carousel-templates", "2025-11";
    /// The line beside the timer.
    OfferChars, "offerChars", 16, "characters", "characters in a limited-time offer's text",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/limited-time-offer-templates", "2026-09";
    /// Other coupon codes may have more.
    OfferCodeChars, "offerCodeChars", 15, "characters", "characters in a limited-time offer's code",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/limited-time-offer-templates", "2026-09";

    // Other kinds of template.

    /// Flow, catalog, product, call, order and contact buttons: Meta's pages speak of one.
    SpecialButtons, "specialButtons", 1, "buttons", "buttons of a special type",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components", "2026-09";
    /// Each with another way to pay.
    PaymentButtons, "paymentButtons", 3, "buttons", "payment buttons",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-br/payment-request-cta", "2026-09";
    /// Thirty days.
    CallMinutes, "callMinutes", 43200, "minutes", "minutes that a call button works",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-button-messages-deep-links", "2026-09";

    // Messages.

    /// Five in a row are refused inside a value; four pass.
    ValueSpaceRun, "valueSpaceRun", 4, "spaces", "spaces in a row in a value",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes", "2026-09";
    /// Meta gives none for templates; the interactive reply's limit is taken.
    PayloadChars, "payloadChars", 256, "characters", "characters in a quick reply's payload",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages", "2025-11";
    /// Above this some stacks cut a quick reply's payload.
    PayloadCharsSafe, "payloadCharsSafe", 128, "characters", "characters in a quick reply's payload that every stack keeps",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages", "2025-11";
    /// Any characters: Meta's own sample has a dollar sign.
    OneTimeCodeChars, "oneTimeCodeChars", 15, "characters", "characters in a one-time code",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/authentication-templates", "2025-12";
    /// Echoed in every status of the message.
    CallbackChars, "callbackChars", 512, "characters", "characters of callback data",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status", "2026-09";
    /// wamids are shorter; 128 is the longest seen in a published schema.
    ReplyToChars, "replyToChars", 128, "characters", "characters in the id of the message replied to",
        "https://github.com/facebook/openapi", "2025-11";
    /// The page of call permission requests alone says so.
    PermissionBodyChars, "permissionBodyChars", 4096, "characters", "characters in the body of a call permission request",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/call-permission-request-message-template", "2025-11";
    /// Comes back when somebody calls.
    CallPayloadChars, "callPayloadChars", 512, "characters", "characters in a call button's payload",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-button-messages-deep-links", "2025-11";
    /// Sections are the headings of a list of products.
    Sections, "sections", 10, "sections", "sections of products",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/mpm-templates", "2025-11";
    /// In all sections together; a comment in one sample says per section.
    SectionProducts, "sectionProducts", 30, "products", "products in all sections together",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/mpm-templates", "2025-11";
    /// Plain text.
    SectionTitleChars, "sectionTitleChars", 24, "characters", "characters in a section's title",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/mpm-templates", "2025-11";
    /// Each item of an order has a name.
    OrderItemChars, "orderItemChars", 60, "characters", "characters in the name of an order's item",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-in/orderdetailstemplate", "2025-10";
    /// Of taxes, shipping and discounts.
    OrderNoteChars, "orderNoteChars", 60, "characters", "characters in the description of an order's amount",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-in/orderdetailstemplate", "2025-10";
    /// Of an expiration, and of news of the order.
    OrderTextChars, "orderTextChars", 120, "characters", "characters in the description of an order's expiration or status",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-in/orderdetailstemplate", "2025-10";
    /// Not published: larger bodies were accepted and never delivered.
    PayloadBytes, "payloadBytes", 1048576, "bytes", "bytes in a payload",
        "https://github.com/WhatsApp/WhatsApp-Flows-Tools", "2026-01";
}

/// The limits that one check uses: Meta's, with a caller's overrides.
#[derive(Debug, Clone)]
pub struct Limits {
    values: Vec<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        let mut values = Vec::with_capacity(LIMITS.len());
        for row in LIMITS {
            values.push(row.max);
        }
        Limits { values }
    }
}

impl Limits {
    /// The number that holds for this check.
    pub fn max(&self, limit: Limit) -> usize {
        self.values.get(limit as usize).copied().unwrap_or(u32::MAX) as usize
    }

    /// Overrides one limit by its name; `false` when there is none of that name.
    pub fn set(&mut self, name: &str, max: u32) -> bool {
        // Where JavaScript has found it, what was its name is its place.
        #[cfg(not(feature = "texts"))]
        let place = crate::json::count(name);
        #[cfg(feature = "texts")]
        let place = LIMITS.iter().position(|row| row.name == name);
        match place.and_then(|at| self.values.get_mut(at)) {
            Some(value) => {
                *value = max;
                true
            }
            None => false,
        }
    }
}

impl Limit {
    /// This limit's row.
    pub fn row(self) -> &'static LimitRow {
        // INVARIANT: the enum and the table come from the same rows.
        LIMITS.get(self as usize).unwrap_or(&LimitRow {
            #[cfg(feature = "texts")]
            name: "",
            max: u32::MAX,
            #[cfg(feature = "texts")]
            unit: "",
        })
    }
}
