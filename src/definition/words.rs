//! Meta's words for categories, formats and types, read in any case.

/// Meta's three categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// One-time codes.
    Authentication,
    /// Offers, news.
    Marketing,
    /// What a customer asked for or expects.
    Utility,
}

/// How placeholders are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ParameterFormat {
    /// `{{1}}`, `{{2}}` …
    #[default]
    Positional,
    /// `{{first_name}}` …
    Named,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$row:meta])* $variant:ident $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$row])* $variant,)*
            /// Another word, or none.
            Unknown,
        }

        impl $name {
            /// The words that Meta knows, as it prints them in its reference.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            const ALL: &'static [Self] = &[$($name::$variant),*];

            /// Reads Meta's word in any case.
            #[inline(never)]
            pub fn read(word: &str) -> Self {
                let known = Self::ALL.get(place(word, Self::WORDS));
                known.copied().unwrap_or($name::Unknown)
            }

            /// Meta's word.
            pub fn word(self) -> &'static str {
                // `Unknown` is the last variant, and has none.
                Self::WORDS.get(self as usize).copied().unwrap_or_default()
            }
        }
    };
}

/// A word's place among Meta's, in any case; behind the last one when it is none of them.
#[inline(never)]
fn place(word: &str, words: &[&str]) -> usize {
    let mut place = 0;
    for known in words {
        if word.eq_ignore_ascii_case(known) {
            break;
        }
        place += 1;
    }
    place
}

words! {
    /// The types of buttons.
    ButtonKind {
        /// Answers with its label.
        QuickReply "QUICK_REPLY",
        /// Opens a page.
        Url "URL",
        /// Calls a number.
        PhoneNumber "PHONE_NUMBER",
        /// Copies a coupon code.
        CopyCode "COPY_CODE",
        /// One-time code.
        Otp "OTP",
        /// Opens a flow.
        Flow "FLOW",
        /// Opens the catalog.
        Catalog "CATALOG",
        /// Multi-product.
        Mpm "MPM",
        /// Single product.
        Spm "SPM",
        /// Calls on WhatsApp.
        VoiceCall "VOICE_CALL",
        /// Order details.
        OrderDetails "ORDER_DETAILS",
        /// Payment request (Brazil).
        PaymentRequest "PAYMENT_REQUEST",
        /// Asks for the contact.
        RequestContactInfo "REQUEST_CONTACT_INFO",
    }
}

words! {
    /// The types of components.
    ComponentKind {
        /// A line or a file above the body.
        Header "HEADER",
        /// The text.
        Body "BODY",
        /// A line below the body.
        Footer "FOOTER",
        /// What can be pressed.
        Buttons "BUTTONS",
        /// Cards beside each other.
        Carousel "CAROUSEL",
        /// An offer that ends.
        LimitedTimeOffer "LIMITED_TIME_OFFER",
        /// Asks whether the business may call.
        CallPermissionRequest "CALL_PERMISSION_REQUEST",
    }
}

words! {
    /// A header's `format`.
    HeaderFormat {
        /// A line of text.
        Text "TEXT",
        /// A picture.
        Image "IMAGE",
        /// A film.
        Video "VIDEO",
        /// A file to open.
        Document "DOCUMENT",
        /// A short film that repeats.
        Gif "GIF",
        /// A place on the map.
        Location "LOCATION",
        /// A product of the catalog.
        Product "PRODUCT",
    }
}

impl HeaderFormat {
    /// Whether the header is a file that each message supplies.
    pub fn is_media(self) -> bool {
        use HeaderFormat::*;
        matches!(self, Image | Video | Document | Gif)
    }
}

impl Category {
    /// The words that Meta knows.
    pub const WORDS: &'static [&'static str] = &["AUTHENTICATION", "MARKETING", "UTILITY"];

    /// Reads Meta's word in any case.
    pub fn read(word: &str) -> Option<Self> {
        use Category::*;
        let known = [Authentication, Marketing, Utility];
        known.get(place(word, Self::WORDS)).copied()
    }

    /// Meta's word.
    pub fn word(self) -> &'static str {
        Self::WORDS.get(self as usize).copied().unwrap_or_default()
    }
}

impl ParameterFormat {
    /// The words that Meta knows.
    pub const WORDS: &'static [&'static str] = &["POSITIONAL", "NAMED"];

    /// Reads Meta's word in any case.
    pub fn read(word: &str) -> Option<Self> {
        let known = [ParameterFormat::Positional, ParameterFormat::Named];
        known.get(place(word, Self::WORDS)).copied()
    }

    /// Meta's word.
    pub fn word(self) -> &'static str {
        Self::WORDS.get(self as usize).copied().unwrap_or_default()
    }
}
