//! What a button of each type may have, as a table.

use super::super::shape::{Field, Kind, given, may, must, read_back, shape, text};
use super::super::texts::{Line, clean, line, no_placeholders};
use super::{actions, url};
use crate::definition::{Button, ButtonKind, Category, Definition};
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::order::Joined;
use crate::report::Severity;
use crate::rules;
use crate::text::find_placeholders;

/// Whose words a button's label is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Label {
    /// The author's.
    Own,
    /// Nobody's: there is no such member.
    None,
    /// One of Meta's, and how much another one matters.
    Fixed(&'static [&'static str], Severity),
    /// Meta's for the payment's type.
    Payment,
    /// Left out, or Meta's in the template's language.
    Contact,
}

/// A type of button.
#[derive(Debug)]
pub(super) struct Type {
    pub kind: ButtonKind,
    /// What a person calls it.
    owner: &'static str,
    /// How many a template may have.
    pub limit: Limit,
    /// What that limit counts; empty for one that is shared by many types.
    pub noun: &'static str,
    pub label: Label,
    fields: &'static [Field],
}

/// The types that Meta describes. One-time codes are for authentication templates alone.
pub(super) static TYPES: &[Type] = &[
    Type {
        kind: ButtonKind::QuickReply,
        owner: "a quick reply",
        limit: Limit::QuickReplyButtons,
        noun: Limit::QuickReplyButtons.noun(),
        label: Label::Own,
        fields: PLAIN,
    },
    Type {
        kind: ButtonKind::Url,
        owner: "a URL button",
        limit: Limit::UrlButtons,
        noun: Limit::UrlButtons.noun(),
        label: Label::Own,
        fields: &[
            TYPE,
            TEXT,
            may("url", Kind::Text),
            may("example", Kind::Any),
            may("app_deep_link", Kind::Object),
            may("payment_link_preview", Kind::Flag),
        ],
    },
    Type {
        kind: ButtonKind::PhoneNumber,
        owner: "a phone button",
        limit: Limit::PhoneButtons,
        noun: Limit::PhoneButtons.noun(),
        label: Label::Own,
        fields: &[TYPE, TEXT, may("phone_number", Kind::Text)],
    },
    Type {
        kind: ButtonKind::CopyCode,
        owner: "a copy-code button (its label is fixed)",
        limit: Limit::CopyCodeButtons,
        noun: Limit::CopyCodeButtons.noun(),
        label: Label::None,
        // A label is read back from Meta and refused on creation.
        fields: &[
            TYPE,
            must("example", Kind::Any, rules::BUTTON_COPY_CODE),
            read_back("text"),
        ],
    },
    Type {
        kind: ButtonKind::Flow,
        owner: "a flow button",
        limit: Limit::SpecialButtons,
        noun: "",
        label: Label::Own,
        fields: &[
            TYPE,
            TEXT,
            may("flow_id", Kind::Any),
            may("flow_name", Kind::Any),
            may("flow_json", Kind::Any),
            may(
                "flow_action",
                Kind::Word(&["navigate", "data_exchange"], rules::BUTTON_FLOW_ACTION),
            ),
            may("navigate_screen", Kind::Text),
            may(
                "icon",
                Kind::Word(
                    &["DOCUMENT", "PROMOTION", "REVIEW"],
                    rules::BUTTON_FLOW_ICON,
                ),
            ),
        ],
    },
    Type {
        kind: ButtonKind::Catalog,
        owner: "a catalog button",
        limit: Limit::SpecialButtons,
        noun: "",
        label: Label::Fixed(&["View catalog"], Severity::Error),
        fields: PLAIN,
    },
    Type {
        kind: ButtonKind::Mpm,
        owner: "a multi-product button",
        limit: Limit::SpecialButtons,
        noun: "",
        label: Label::Fixed(&["View items"], Severity::Warning),
        fields: PLAIN,
    },
    Type {
        kind: ButtonKind::Spm,
        owner: "a single-product button",
        limit: Limit::SpecialButtons,
        noun: "",
        label: Label::Fixed(&["View"], Severity::Warning),
        fields: PLAIN,
    },
    Type {
        kind: ButtonKind::VoiceCall,
        owner: "a WhatsApp call button",
        limit: Limit::SpecialButtons,
        noun: "",
        label: Label::Own,
        fields: &[TYPE, TEXT, may("ttl_minutes", Kind::Whole)],
    },
    Type {
        kind: ButtonKind::OrderDetails,
        owner: "an order-details button",
        limit: Limit::SpecialButtons,
        noun: "",
        label: Label::Fixed(
            &[
                "Review and Pay",
                "Buy now",
                "Copy Pix code",
                "Copy Boleto code",
                "Open payment link",
                "Review payment",
            ],
            Severity::Error,
        ),
        fields: PLAIN,
    },
    Type {
        kind: ButtonKind::PaymentRequest,
        owner: "a payment button",
        limit: Limit::PaymentButtons,
        noun: Limit::PaymentButtons.noun(),
        label: Label::Payment,
        fields: &[TYPE, TEXT, may("payment_setting", Kind::Object)],
    },
    Type {
        kind: ButtonKind::RequestContactInfo,
        owner: "a button that asks for the contact",
        limit: Limit::SpecialButtons,
        noun: "",
        label: Label::Contact,
        fields: PLAIN,
    },
];

const TYPE: Field = may("type", Kind::Any);
const TEXT: Field = may("text", Kind::Text);
static PLAIN: &[Field] = &[TYPE, TEXT];

/// Brazil's ways to pay: the type, its label, and the keys that its value may have (Meta's table and
/// Meta's sample disagree on Pix; a card needs none).
pub(in super::super) static PAYMENTS: &[(&str, &[&str], &[&str])] = &[
    ("boleto", &["Copy Boleto code"], &["digitable_line"]),
    (
        "pix_dynamic_code",
        &["Copy Pix code"],
        &["code", "pix_dynamic_code"],
    ),
    ("payment_link", &["Open payment link"], &["uri"]),
    ("offsite_card_pay", &["Review payment"], &[]),
];

static COPY_CODE_LABELLED: [Field; 3] = [
    TYPE,
    TEXT,
    must("example", Kind::Any, rules::BUTTON_COPY_CODE),
];

static LABEL: Line = Line {
    part: "the button",
    required: rules::BUTTON_TEXT_REQUIRED,
    limit: Limit::ButtonChars,
    max: rules::BUTTON_TEXT_MAX,
};

/// The row of a type.
pub(super) fn of(kind: ButtonKind) -> Option<&'static Type> {
    TYPES.iter().find(|row| row.kind == kind)
}

/// Judges one button.
pub(super) fn check(
    button: &Button<'_, '_>,
    definition: &Definition<'_, '_>,
    offer: bool,
    findings: &mut Findings<'_>,
) {
    let node = button.node;
    let Some(row) = of(button.kind) else {
        if button.kind == ButtonKind::Otp {
            // The category may still be coming.
            if definition.category.is_some() {
                findings.flag(rules::BUTTON_OTP, node);
            }
            return;
        }
        return super::unknown(button, definition, findings);
    };
    // The label that Meta writes may be written, too: another is told to be this one (subcode 2388153).
    let own = row.kind == ButtonKind::CopyCode
        && text(node, "text").is_some_and(|(label, _)| label == "Copy offer code");
    let fields = if own { &COPY_CODE_LABELLED } else { row.fields };
    shape(node, row.owner, fields, findings);
    label(node, row, definition, findings);
    match button.kind {
        ButtonKind::Url => url::check(button, definition, findings),
        ButtonKind::PhoneNumber => actions::phone(node, findings),
        ButtonKind::CopyCode => actions::copy_code(node, offer, findings),
        ButtonKind::Flow => actions::flow(node, findings),
        ButtonKind::VoiceCall => actions::voice_call(node, findings),
        ButtonKind::PaymentRequest => actions::payment(node, findings),
        _ => {}
    }
}

fn label(
    owner: &Node<'_>,
    row: &Type,
    definition: &Definition<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let mut severity = Severity::Error;
    let present = given(owner, "text").is_some();
    let language = definition.language.unwrap_or_default();
    let words: &[&'static str] = match row.label {
        Label::None => return,
        Label::Own => &[],
        Label::Fixed(words, matters) => {
            severity = matters;
            words
        }
        Label::Payment => payment_label(owner),
        Label::Contact if !present => return,
        Label::Contact => match language {
            "en" | "en_US" => &["Share Contact Info"],
            "en_GB" => &["Share contact info"],
            // The other languages' labels are not published in one place.
            _ => &[],
        },
    };
    // A list is Meta's examples for two countries; Brazil may have more.
    if words.len() > 1 && language.starts_with("pt") {
        severity = Severity::Warning;
    }
    let safe = words.len() == 1;
    if let (Some(word), false) = (words.first(), present) {
        let title = ["write ", word].joined();
        let found = findings.missing(rules::BUTTON_TEXT_REQUIRED, owner);
        found.add(safe, &title, owner, "text", word);
        return;
    }
    let Some((text, node)) = line(owner, "text", &LABEL, findings) else {
        return;
    };
    plain_label(text, node, findings);
    if words.is_empty() || words.contains(&text) || node.open || findings.options.readback {
        return;
    }
    let found = findings.told(rules::BUTTON_TEXT_FIXED, node, text);
    found
        .say("owner", row.owner)
        .say("expected", &words.separated("`, `"))
        .severity(severity);
    let same = words.iter().find(|word| word.eq_ignore_ascii_case(text));
    if let Some(word) = same {
        found.word(true, node, word);
        return;
    }
    let utility = definition.category == Some(Category::Utility);
    // The others are labels of Brazil's ways to pay.
    for word in words.iter().take(3) {
        // The checkout's.
        if !(utility && *word == "Buy now") {
            found.word(safe, node, word);
        }
    }
}

/// What no label may have, whoever wrote it.
#[inline(never)]
pub(in super::super) fn plain_label(text: &str, node: &Node<'_>, findings: &mut Findings<'_>) {
    let (placeholders, _) = find_placeholders(text);
    let rule = rules::BUTTON_TEXT_CLEAN;
    no_placeholders(rule, &placeholders, node, findings);
    clean(rule, text, node, Some(&placeholders), findings);
}

fn payment_label(owner: &Node<'_>) -> &'static [&'static str] {
    let setting = owner.get("payment_setting");
    let method = setting.and_then(|setting| text(setting, "type"));
    let (method, _) = method.unwrap_or(("", owner));
    for (name, label, _) in PAYMENTS {
        if method.eq_ignore_ascii_case(name) {
            return label;
        }
    }
    &[]
}
