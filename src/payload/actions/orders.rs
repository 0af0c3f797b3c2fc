//! Orders: their details, which can be paid in the chat, and news of them.

use super::given;
use super::judge::Judge;
use crate::findings::Findings;
use crate::json::Node;
use crate::limits::Limit;
use crate::payload::place::Place;
use crate::rules;
use crate::text::clip;

/// News of an order: its reference and how it stands.
pub(in crate::payload) fn order_status(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    place: &Place<'_>,
) {
    let mut judge = Judge { findings, place };
    if !judge.object(node, "order_status") {
        return;
    }
    let who = "the order's news";
    judge.keys(node, who, &["reference_id", "order"], false);
    judge.text(node, "reference_id", who, "the order's own id");
    let Some(order) = judge.need(node, "order", who, "an object with `status`") else {
        return;
    };
    if !judge.object(order, "order") {
        return;
    }
    judge.keys(order, "`order`", &["status", "description"], false);
    if let Some(status) = judge.text(order, "status", "`order`", "how it stands") {
        judge.word(status, "status", STATUSES);
    }
    if let Some(text) = judge.may_text(order, "description", "`order`") {
        judge.length(text, "description", "the order", Limit::OrderTextChars);
    }
}

/// The page prints both spellings of a part of an order on its way.
const STATUSES: &[&str] = &[
    "pending",
    "processing",
    "partially-shipped",
    "partially_shipped",
    "shipped",
    "completed",
    "canceled",
];

/// Order details: what is bought, what it costs, how it is paid. `node` is what stands under
/// `order_details`.
pub(in crate::payload) fn order_details(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    place: &Place<'_>,
) {
    let mut judge = Judge { findings, place };
    if !judge.object(node, "order_details") {
        return;
    }
    let who = "the order details";
    judge.keys(
        node,
        who,
        &[
            "reference_id",
            "type",
            "currency",
            "total_amount",
            "payment_settings",
            "payment_type",
            "payment_configuration",
            "order",
            "shipping_info",
            "beneficiaries",
        ],
        true,
    );
    judge.text(node, "reference_id", who, "the order's own id");
    if let Some(kind) = judge.text(node, "type", who, "digital-goods or physical-goods") {
        judge.word(kind, "type", &["digital-goods", "physical-goods"]);
    }
    let currency = judge.text(node, "currency", who, "INR or BRL");
    let currency = currency.and_then(|currency| {
        let word = currency.as_str().unwrap_or_default();
        let known = matches!(word, "INR" | "BRL");
        if !known {
            judge
                .flag(rules::ORDER_CURRENCY, currency)
                .say("found", &clip(word));
        }
        known.then_some(word)
    });
    match given(node, "payment_settings") {
        Some(_) => {
            let ways = judge.list(node, "payment_settings", who, "the ways to pay");
            for way in ways.and_then(Node::as_array).unwrap_or_default() {
                if judge.object(way, "way to pay") {
                    judge.text(way, "type", "a way to pay", "such as payment_gateway");
                }
            }
        }
        None if given(node, "payment_configuration").is_none() => {
            judge.need(node, "payment_settings", who, "the ways to pay");
        }
        None => {}
    }
    let total = judge
        .need(node, "total_amount", who, "value and offset")
        .and_then(|amount| judge.amount(amount, "`total_amount`"));
    let Some(order) = judge.need(node, "order", who, "its items and sums") else {
        return;
    };
    if judge.object(order, "order") {
        judge.order(order, currency == Some("INR"), total);
    }
}

impl Judge<'_, '_, '_> {
    /// An amount of money: its value in hundredths.
    fn amount(&mut self, node: &Node<'_>, who: &str) -> Option<i64> {
        if !self.object(node, who) {
            return None;
        }
        let value = self
            .need(node, "value", who, "the amount in hundredths")
            .and_then(|value| self.whole(value, "value"));
        let offset = self
            .need(node, "offset", who, "100")
            .and_then(|offset| Some((offset, self.whole(offset, "offset")?)));
        match offset {
            Some((_, 100)) => value,
            Some((node, other)) => {
                self.flag(rules::ORDER_OFFSET, node)
                    .say("where", who)
                    .say("found", &other.to_string());
                None
            }
            None => None,
        }
    }

    /// The amount under a key that may be missing: nothing then.
    fn extra(&mut self, order: &Node<'_>, key: &str, who: &str) -> Option<i64> {
        let Some(node) = given(order, key) else {
            return Some(0);
        };
        let value = self.amount(node, who);
        for name in ["description", "discount_program_name"] {
            if let Some(text) = self.may_text(node, name, who) {
                self.length(text, name, who, Limit::OrderNoteChars);
            }
        }
        value
    }

    /// What is bought, and the sums.
    fn order(&mut self, order: &Node<'_>, india: bool, total: Option<i64>) {
        let who = "the order";
        self.keys(
            order,
            who,
            &[
                "status",
                "items",
                "subtotal",
                "tax",
                "shipping",
                "discount",
                "catalog_id",
                "expiration",
                "type",
            ],
            true,
        );
        if let Some(status) = self.text(order, "status", who, "pending") {
            self.word(status, "status", &["pending"]);
        }
        let imported = india && given(order, "catalog_id").is_none();
        let items = self.list(order, "items", who, "what is bought");
        let sum = items.and_then(|items| self.items(items, imported));
        let subtotal = self
            .need(order, "subtotal", who, "the sum of its items")
            .and_then(|node| Some((node, self.amount(node, "`subtotal`")?)));
        if let (Some((node, found)), Some((full, sale))) = (subtotal, sum)
            && found != full
            && found != sale
        {
            self.sum(node, "`subtotal`", "the sum of the items", found, sale);
        }
        if let Some(node) = given(order, "expiration")
            && self.object(node, "expiration")
            && let Some(text) = self.may_text(node, "description", "the expiration")
        {
            self.length(text, "description", "the expiration", Limit::OrderTextChars);
        }
        self.need(order, "tax", who, "the tax, which may be 0");
        let parts = [
            subtotal.map(|(_, value)| value),
            self.extra(order, "tax", "`tax`"),
            self.extra(order, "shipping", "`shipping`"),
            self.extra(order, "discount", "`discount`"),
        ];
        if let ([Some(subtotal), Some(tax), Some(shipping), Some(discount)], Some(found)) =
            (parts, total)
            && let Some(expected) = subtotal
                .checked_add(tax)
                .and_then(|sum| sum.checked_add(shipping))
                .and_then(|sum| sum.checked_sub(discount))
            && expected != found
        {
            let reckoning = "subtotal, tax and shipping less the discount";
            self.sum(order, "`total_amount`", reckoning, found, expected);
        }
    }

    fn sum(&mut self, node: &Node<'_>, who: &str, reckoning: &str, found: i64, expected: i64) {
        self.flag(rules::ORDER_SUM, node)
            .say("where", who)
            .say("found", &found.to_string())
            .say("reckoning", reckoning)
            .say("expected", &expected.to_string());
    }

    /// The sum of the items at their full and at their lowered prices.
    fn items(&mut self, items: &Node<'_>, imported: bool) -> Option<(i64, i64)> {
        let who = "an item of the order";
        let mut sums = Some((0i64, 0i64));
        for item in items.as_array().unwrap_or_default() {
            if !self.object(item, "item") {
                sums = None;
                continue;
            }
            if let Some(name) = self.text(item, "name", who, "what it is") {
                self.length(name, "name", who, Limit::OrderItemChars);
            }
            let amount = self
                .need(item, "amount", who, "value and offset")
                .and_then(|node| self.amount(node, "an item's `amount`"));
            let sale = match given(item, "sale_amount") {
                Some(node) => self.amount(node, "an item's `sale_amount`"),
                None => amount,
            };
            let quantity = self
                .need(item, "quantity", who, "how many are bought")
                .and_then(|node| self.whole(node, "quantity"));
            if imported {
                self.text(item, "country_of_origin", who, "the country it comes from");
                self.text(item, "importer_name", who, "who imported it");
                let what = "where the importer is";
                if let Some(address) = self.need(item, "importer_address", who, what) {
                    self.object(address, "importer_address");
                }
            }
            let one = |price: Option<i64>| price?.checked_mul(quantity?);
            sums = sums.and_then(|(full, lowered)| {
                Some((
                    full.checked_add(one(amount)?)?,
                    lowered.checked_add(one(sale)?)?,
                ))
            });
        }
        sums
    }
}
