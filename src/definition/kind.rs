//! What kind of template a definition is.

use super::{ButtonKind, Category, ComponentKind, Definition};

/// The kinds of template that have a page of Meta's, each with rules of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateKind {
    /// Copied from Meta's library: `library_template_name`.
    Library,
    /// One-time codes, with or without the button that they must have.
    Authentication,
    /// Cards beside each other.
    Carousel,
    /// An offer that ends.
    LimitedTimeOffer,
    /// Asks whether the business may call.
    CallPermissionRequest,
    /// News of an order: sub-category `ORDER_STATUS`.
    OrderStatus,
    /// The catalog.
    Catalog,
    /// Several products.
    Mpm,
    /// One product.
    Spm,
    /// Asks for the contact.
    RequestContactInfo,
    /// India's checkout.
    Checkout,
    /// Order details with one of Brazil's ways to pay.
    OrderDetailsBrazil,
    /// Order details elsewhere.
    OrderDetails,
    /// A payment request (Brazil).
    PaymentRequest,
    /// A coupon code.
    Coupon,
    /// Everything else, flows and calls among them.
    Custom,
}

/// The kinds that a button makes, in the order in which they are looked for: first those that take no
/// other.
static BY_BUTTON: &[(ButtonKind, TemplateKind)] = &[
    (ButtonKind::Catalog, TemplateKind::Catalog),
    (ButtonKind::Mpm, TemplateKind::Mpm),
    (ButtonKind::Spm, TemplateKind::Spm),
    (
        ButtonKind::RequestContactInfo,
        TemplateKind::RequestContactInfo,
    ),
    (ButtonKind::OrderDetails, TemplateKind::OrderDetails),
    (ButtonKind::PaymentRequest, TemplateKind::PaymentRequest),
    (ButtonKind::CopyCode, TemplateKind::Coupon),
];

impl TemplateKind {
    /// Whether its page knows it in the category MARKETING only.
    pub fn is_marketing(self) -> bool {
        use TemplateKind::*;
        matches!(
            self,
            Carousel | LimitedTimeOffer | Catalog | Mpm | Spm | Checkout
        )
    }
}

impl Definition<'_, '_> {
    /// What kind of template it is: the first sign in the order of [`TemplateKind`].
    pub fn kind(&self) -> TemplateKind {
        *self.kind.get_or_init(|| self.read_kind())
    }

    fn read_kind(&self) -> TemplateKind {
        use TemplateKind::*;
        let component = |kind| self.component(kind).is_some();
        if self.has("library_template_name") {
            return Library;
        }
        if self.category == Some(Category::Authentication) {
            return Authentication;
        }
        if component(ComponentKind::Carousel) {
            return Carousel;
        }
        if component(ComponentKind::LimitedTimeOffer) {
            return LimitedTimeOffer;
        }
        if self.says("sub_category", "ORDER_STATUS") {
            return OrderStatus;
        }
        let buttons = self.buttons();
        for (kind, template) in BY_BUTTON {
            if let Some(button) = buttons.iter().find(|button| button.kind == *kind) {
                return match (template, button.text_of("text")) {
                    (OrderDetails, Some(("Buy now", _))) => Checkout,
                    // Brazil's labels name the way to pay; the rest of the world reviews.
                    (OrderDetails, Some((text, _)))
                        if text.starts_with("Copy ") || text == "Open payment link" =>
                    {
                        OrderDetailsBrazil
                    }
                    _ => *template,
                };
            }
        }
        // What asks for calls may stand beside anything.
        if component(ComponentKind::CallPermissionRequest) {
            return CallPermissionRequest;
        }
        Custom
    }
}
