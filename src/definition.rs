//! A definition's parts, read leniently out of the tree: what is missing or misshapen is simply not
//! there, and the checks say so. Nothing here judges.
//!
//! Meta prints its samples in upper and lower case and takes both, so every word of Meta's
//! (`BODY`, `body`) is matched without regard to case.

use crate::json::Node;
use crate::path;
use crate::report::Step;

/// A definition, as far as it could be read.
#[derive(Debug)]
pub struct Definition<'n, 't> {
    /// The whole value; an object when this is a definition at all.
    pub root: &'n Node<'t>,
    /// `name`
    pub name: Option<&'n str>,
    /// `language`: a code, or (on an item read back) an object with one.
    pub language: Option<&'n str>,
    /// `category`, when it is one of Meta's three.
    pub category: Option<Category>,
    /// `parameter_format`; positional when absent, as at Meta.
    pub format: ParameterFormat,
    /// Every entry of `components`, in order.
    pub components: Vec<Component<'n, 't>>,
}

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

/// One entry of `components`.
#[derive(Debug, Clone, Copy)]
pub struct Component<'n, 't> {
    /// Its `type`.
    pub kind: ComponentKind,
    /// Its place in `components`.
    pub index: usize,
    /// The entry itself.
    pub node: &'n Node<'t>,
}

/// One entry of a `BUTTONS` component.
#[derive(Debug, Clone, Copy)]
pub struct Button<'n, 't> {
    /// Its `type`.
    pub kind: ButtonKind,
    /// Its place among all buttons.
    pub index: usize,
    /// The place of its component.
    pub component: usize,
    /// The entry itself.
    pub node: &'n Node<'t>,
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

impl<'n, 't> Definition<'n, 't> {
    /// Reads the parts of a definition.
    pub fn read(root: &'n Node<'t>) -> Self {
        let word = |key| root.get(key).and_then(Node::as_str);
        let components = root
            .get("components")
            .and_then(Node::as_array)
            .unwrap_or_default();
        Definition {
            root,
            name: word("name"),
            language: word("language").or_else(|| root.get("language")?.get("code")?.as_str()),
            category: word("category").and_then(Category::read),
            format: word("parameter_format")
                .and_then(ParameterFormat::read)
                .unwrap_or_default(),
            components: components
                .iter()
                .enumerate()
                .map(|(index, node)| Component {
                    kind: node
                        .get("type")
                        .and_then(Node::as_str)
                        .map_or(ComponentKind::Unknown, ComponentKind::read),
                    index,
                    node,
                })
                .collect(),
        }
    }

    /// The first component of a kind.
    pub fn component(&self, kind: ComponentKind) -> Option<Component<'n, 't>> {
        self.components.iter().copied().find(|c| c.kind == kind)
    }

    /// The buttons, counted over all of them.
    pub fn buttons(&self) -> Vec<Button<'n, 't>> {
        self.component(ComponentKind::Buttons)
            .map(|c| c.buttons())
            .unwrap_or_default()
    }
}

impl<'n, 't> Component<'n, 't> {
    /// Where it stands.
    pub fn path(&self) -> Vec<Step> {
        path!["components", self.index]
    }

    /// Where one of its members stands.
    pub fn path_to(&self, key: &'static str) -> Vec<Step> {
        path!["components", self.index, key]
    }

    /// Its `text`, when it is one.
    pub fn text(&self) -> Option<(&'n str, &'n Node<'t>)> {
        let node = self.node.get("text")?;
        Some((node.as_str()?, node))
    }

    /// A header's `format`.
    pub fn header_format(&self) -> Option<HeaderFormat> {
        Some(HeaderFormat::read(self.node.get("format")?.as_str()?))
    }

    /// Its `buttons`.
    pub fn buttons(&self) -> Vec<Button<'n, 't>> {
        let buttons = self
            .node
            .get("buttons")
            .and_then(Node::as_array)
            .unwrap_or_default();
        buttons
            .iter()
            .enumerate()
            .map(|(index, node)| Button {
                kind: node
                    .get("type")
                    .and_then(Node::as_str)
                    .map_or(ButtonKind::Unknown, ButtonKind::read),
                index,
                component: self.index,
                node,
            })
            .collect()
    }
}

impl<'n, 't> Button<'n, 't> {
    /// Where it stands.
    pub fn path(&self) -> Vec<Step> {
        path!["components", self.component, "buttons", self.index]
    }

    /// Where one of its members stands.
    pub fn path_to(&self, key: &'static str) -> Vec<Step> {
        path!["components", self.component, "buttons", self.index, key]
    }

    /// One of its members, when it is a text.
    pub fn text_of(&self, key: &str) -> Option<(&'n str, &'n Node<'t>)> {
        let node = self.node.get(key)?;
        Some((node.as_str()?, node))
    }
}
