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

            /// Reads Meta's word in any case.
            pub fn read(word: &str) -> Self {
                $(if word.eq_ignore_ascii_case($word) { return $name::$variant; })*
                $name::Unknown
            }

            /// Meta's word.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* $name::Unknown => "" }
            }
        }
    };
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
        let place = Self::WORDS
            .iter()
            .position(|w| word.eq_ignore_ascii_case(w));
        place.and_then(|i| known.get(i).copied())
    }

    /// Meta's word.
    pub fn word(self) -> &'static str {
        match self {
            Category::Authentication => "AUTHENTICATION",
            Category::Marketing => "MARKETING",
            Category::Utility => "UTILITY",
        }
    }
}

impl ParameterFormat {
    /// The words that Meta knows.
    pub const WORDS: &'static [&'static str] = &["POSITIONAL", "NAMED"];

    /// Reads Meta's word in any case.
    pub fn read(word: &str) -> Option<Self> {
        let is = |known: &str| word.eq_ignore_ascii_case(known);
        is("POSITIONAL")
            .then_some(ParameterFormat::Positional)
            .or_else(|| is("NAMED").then_some(ParameterFormat::Named))
    }

    /// Meta's word.
    pub fn word(self) -> &'static str {
        match self {
            ParameterFormat::Positional => "POSITIONAL",
            ParameterFormat::Named => "NAMED",
        }
    }
}
