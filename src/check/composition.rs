//! Which parts each kind of template may have, as a table.

use super::carousel::marketing_only;
use super::shape::{Field, Kind, given, made, may, shape};
use crate::definition::{
    ButtonKind, Category, Component, ComponentKind, Definition, HeaderFormat, TemplateKind,
};
use crate::findings::{Edit, Findings};
use crate::json::Node;
use crate::order::Joined;
use crate::report::Severity;
use crate::rules;
use crate::text::one_of;

/// What a kind of template may have. Kinds that take what every template takes have no row.
struct Row {
    kind: TemplateKind,
    /// What a person calls it.
    name: &'static str,
    /// The only category that it may have.
    category: Option<Category>,
    /// Whether another page of Meta's lets it stand in other categories.
    disputed: bool,
    /// The header's formats, when not all are taken; none at all for no header.
    headers: Option<&'static [HeaderFormat]>,
    /// How much a missing header matters.
    required: Option<Severity>,
    footer: bool,
    /// The buttons, when not all are taken.
    buttons: Option<&'static [ButtonKind]>,
}

const ANY: Row = Row {
    kind: TemplateKind::Custom,
    name: "",
    category: None,
    disputed: false,
    headers: None,
    required: None,
    footer: true,
    buttons: None,
};

static ROWS: &[Row] = &[
    Row {
        kind: TemplateKind::OrderStatus,
        name: "an order-status template",
        category: Some(Category::Utility),
        headers: Some(&[]),
        buttons: Some(&[]),
        ..ANY
    },
    Row {
        kind: TemplateKind::Catalog,
        name: "a catalog template",
        category: Some(Category::Marketing),
        headers: Some(&[]),
        buttons: Some(&[ButtonKind::Catalog]),
        ..ANY
    },
    Row {
        kind: TemplateKind::Mpm,
        name: "a multi-product template",
        category: Some(Category::Marketing),
        headers: Some(&[HeaderFormat::Text]),
        required: Some(Severity::Warning),
        buttons: Some(&[ButtonKind::Mpm]),
        ..ANY
    },
    Row {
        kind: TemplateKind::Spm,
        name: "a single-product template",
        category: Some(Category::Marketing),
        headers: Some(&[HeaderFormat::Product]),
        required: Some(Severity::Error),
        buttons: Some(&[ButtonKind::Spm]),
        ..ANY
    },
    Row {
        kind: TemplateKind::Coupon,
        name: "a coupon template",
        category: Some(Category::Marketing),
        // The utility page lists the button, too.
        disputed: true,
        ..ANY
    },
    Row {
        kind: TemplateKind::RequestContactInfo,
        name: "a template that asks for the contact",
        footer: false,
        buttons: Some(&[ButtonKind::RequestContactInfo]),
        ..ANY
    },
    Row {
        kind: TemplateKind::Checkout,
        name: "a checkout template",
        category: Some(Category::Marketing),
        headers: Some(&[HeaderFormat::Image, HeaderFormat::Video]),
        buttons: Some(&[ButtonKind::OrderDetails, ButtonKind::QuickReply]),
        ..ANY
    },
    Row {
        kind: TemplateKind::OrderDetailsBrazil,
        name: "an order-details template",
        headers: Some(PAPERS),
        ..ANY
    },
    Row {
        kind: TemplateKind::OrderDetails,
        name: "an order-details template",
        ..ANY
    },
    Row {
        kind: TemplateKind::PaymentRequest,
        name: "a payment request",
        headers: Some(PAPERS),
        ..ANY
    },
];

static PAPERS: &[HeaderFormat] = &[
    HeaderFormat::Text,
    HeaderFormat::Image,
    HeaderFormat::Document,
];

/// Judges what stands beside what.
pub(super) fn check(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let kind = definition.kind();
    if kind == TemplateKind::Authentication && definition.says("sub_category", "ORDER_STATUS") {
        let news = ROWS
            .iter()
            .find(|row| row.kind == TemplateKind::OrderStatus);
        return category(news.unwrap_or(&ANY), definition, findings);
    }
    if matches!(kind, TemplateKind::Authentication | TemplateKind::Library) {
        return;
    }
    payment_preview(definition, findings);
    let Some(row) = ROWS.iter().find(|row| row.kind == kind) else {
        return;
    };
    category(row, definition, findings);
    header(row, definition, findings);
    if let (false, Some(footer)) = (row.footer, definition.component(ComponentKind::Footer)) {
        findings
            .flag(rules::FOOTER_FORBIDDEN, footer.node)
            .say("kind", row.name)
            .delete(false, "delete the footer", footer.node);
    }
    let Some(allowed) = row.buttons else {
        return;
    };
    let mut remedy = String::new();
    for kind in allowed {
        remedy.push_str(match remedy.is_empty() {
            true => "keep only ",
            false => " and ",
        });
        remedy.push_str(kind.word());
    }
    if allowed.is_empty() {
        remedy.push_str("delete the buttons");
    }
    for button in definition.buttons() {
        if button.is_vague() || allowed.contains(&button.kind) {
            continue;
        }
        let word = button.text_of("type").map_or("", |(word, _)| word);
        findings
            .quoted(rules::KIND_BUTTONS, button.node, word)
            .say("kind", row.name)
            .say("remedy", &remedy)
            .delete(false, "delete it", definition.whole(&button));
    }
}

/// Judges a category for components that an edit leaves as they are.
pub(super) fn stays(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let kind = definition.kind();
    match kind {
        TemplateKind::Carousel => marketing_only(rules::CAROUSEL_CATEGORY, definition, findings),
        TemplateKind::LimitedTimeOffer => marketing_only(rules::LTO_CATEGORY, definition, findings),
        _ => {}
    }
    if let Some(row) = ROWS.iter().find(|row| row.kind == kind) {
        category(row, definition, findings);
    }
}

/// Where the category is told: an edit may leave it as it was.
pub(super) fn own_category<'n, 't>(definition: &Definition<'n, 't>) -> &'n Node<'t> {
    given(definition.root, "category").unwrap_or(definition.root)
}

fn category(row: &Row, definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let Some(given) = definition.category else {
        return;
    };
    let node = own_category(definition);
    // Meta moves templates to another category by itself.
    if findings.options.readback {
        return;
    }
    if let Some(only) = row.category.filter(|only| *only != given) {
        let found = findings.told(rules::KIND_CATEGORY, node, given.word());
        found.say("kind", row.name).say("category", only.word());
        if node.as_str().is_some() {
            found.word(false, node, only.word());
        }
        if row.disputed {
            found.severity(Severity::Warning);
        }
    }
    let brazil = row.kind == TemplateKind::OrderDetailsBrazil;
    let wants = row.kind == TemplateKind::OrderDetails || brazil;
    let marketing = given == Category::Marketing;
    if !wants || definition.has("display_format") || !(marketing || brazil) {
        return;
    }
    let root = definition.root;
    let found = findings.lacks(rules::DISPLAY_FORMAT_REQUIRED, root, given.word());
    found.say("kind", row.name).add(
        false,
        "add `display_format`",
        root,
        "display_format",
        "ORDER_DETAILS",
    );
    if !marketing {
        found.severity(Severity::Warning);
    }
}

fn header(row: &Row, definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let Some(formats) = row.headers else {
        return;
    };
    let mut words = Vec::with_capacity(formats.len());
    for format in formats {
        words.push(format.word());
    }
    let expected = one_of(&words);
    let Some(header) = definition.component(ComponentKind::Header) else {
        if let (Some(severity), Some(list)) = (row.required, given(definition.root, "components")) {
            let found = findings.missing(rules::KIND_HEADER_REQUIRED, list);
            found
                .say("kind", row.name)
                .say("expected", &expected)
                .severity(severity);
            if let Some(format) = formats.first() {
                let json = [r#"{"type":"HEADER","format":""#, format.word(), "\"}"].joined();
                let edit = Edit::insert(list, 0, made(&json));
                found.change(false, "add such a header", edit);
            }
        }
        return;
    };
    if formats.is_empty() {
        findings
            .flag(rules::HEADER_FORBIDDEN, header.node)
            .say("kind", row.name)
            .delete(false, "delete the header", header.node);
        return;
    }
    let Some(node) = given(header.node, "format") else {
        return;
    };
    match header.header_format() {
        None | Some(HeaderFormat::Unknown) => {}
        Some(format) if formats.contains(&format) => {}
        Some(format) => {
            findings
                .told(rules::KIND_HEADER, node, format.word())
                .say("kind", row.name)
                .say("expected", &expected);
        }
    }
}

/// The preview of a payment link takes the header's place (India).
fn payment_preview(definition: &Definition<'_, '_>, findings: &mut Findings<'_>) {
    let Some(header) = definition.component(ComponentKind::Header) else {
        return;
    };
    for button in definition.buttons() {
        if let Some(node) = given(button.node, "payment_link_preview")
            && node.as_bool() == Some(true)
        {
            let found = findings.flag(rules::PAYMENT_PREVIEW, node);
            found.delete(false, "delete the header", header.node);
        }
    }
}

static ONLY_TYPE: &[Field] = &[may("type", Kind::Any)];

/// Judges a call permission request, which is nothing but its type.
pub(super) fn call_permission(component: &Component<'_, '_>, findings: &mut Findings<'_>) {
    shape(
        component.node,
        "a call permission request",
        ONLY_TYPE,
        findings,
    );
}

/// A component of messages that stands in a definition; the answer is whether it is one.
pub(super) fn of_messages(
    component: &Component<'_, '_>,
    word: &str,
    findings: &mut Findings<'_>,
) -> bool {
    let is = word.eq_ignore_ascii_case("TAP_TARGET_CONFIGURATION");
    if is {
        findings
            .told(rules::TAP_TARGET, component.node, word)
            .delete(false, "delete it", component.node);
    }
    is
}
