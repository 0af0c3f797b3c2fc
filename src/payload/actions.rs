//! Judges what buttons, offers and special components are sent with: Meta's own objects. Messages and
//! ready-made payloads share these, as they share `value`.
//!
//! Every function takes the object itself (what stands under `action`, `order_details` …) and the
//! place of the whole value; findings inside find their own path.

use super::place::Place;
use super::value::is_blank;
use crate::findings::{Findings, Found};
use crate::json::Node;
use crate::limits::Limit;
use crate::report::Severity;
use crate::rules::{self, Rule};
use crate::text::{clip, closest, count_chars, is_markup};

/// A flow's action: `flow_token` and the data of its first screen.
pub(super) fn flow(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    if !judge.object(node, "action") {
        return;
    }
    judge.keys(
        node,
        place.label,
        &["flow_token", "flow_action_data"],
        false,
    );
    judge.may_text(node, "flow_token", place.label);
    if let Some(data) = given(node, "flow_action_data") {
        judge.object(data, "flow_action_data");
    }
}

/// A catalog's action: the product whose picture is shown.
pub(super) fn catalog(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    if judge.object(node, "action") {
        judge.keys(node, place.label, &[THUMBNAIL], false);
        judge.text(node, THUMBNAIL, place.label, "the id of a product");
    }
}

const THUMBNAIL: &str = "thumbnail_product_retailer_id";

/// A multi-product action: sections of products, and the one whose picture is shown.
pub(super) fn products(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    if !judge.object(node, "action") {
        return;
    }
    judge.keys(node, place.label, &[THUMBNAIL, "sections"], false);
    judge.text(node, THUMBNAIL, place.label, "the id of a product");
    let Some(sections) = judge.list(node, "sections", place.label, "a list of sections") else {
        return;
    };
    let used = sections.as_array().unwrap_or_default().len();
    judge.limit(&rules::SECTIONS_MAX, Limit::Sections, used, sections);
    let mut total = 0;
    for section in sections.as_array().unwrap_or_default() {
        if !judge.object(section, "section") {
            continue;
        }
        judge.keys(section, "a section", &["title", "product_items"], false);
        if let Some(title) = judge.text(section, "title", "a section", "its heading") {
            let text = title.as_str().unwrap_or_default();
            judge.length(title, "title", "a section", Limit::SectionTitleChars);
            if text.contains(is_markup) {
                judge
                    .flag(&rules::SECTION_MARKUP, title)
                    .say("found", &clip(text));
            }
        }
        let items = judge.list(section, "product_items", "a section", "a list of products");
        for item in items.and_then(Node::as_array).unwrap_or_default() {
            total += 1;
            if judge.object(item, "product") {
                judge.keys(item, "a product", &["product_retailer_id"], false);
                judge.text(item, "product_retailer_id", "a product", "its id");
            }
        }
    }
    judge.limit(
        &rules::PRODUCTS_MAX,
        Limit::SectionProducts,
        total,
        sections,
    );
}

/// A call button's data as a message gives it: how long it works, and what it brings back.
pub(super) fn call(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    if !judge.object(node, "voice_call") {
        return;
    }
    judge.keys(node, place.label, &["ttl_minutes", "payload"], false);
    if let Some(minutes) = given(node, "ttl_minutes") {
        call_ttl(judge.findings, minutes, place);
    }
    match given(node, "payload") {
        Some(payload) if let Some(text) = payload.as_str() => {
            call_payload(judge.findings, payload, text, place);
        }
        Some(payload) => judge.wrong_type(payload, "payload", "a text"),
        None => {}
    }
}

/// How long a call button works, in minutes.
pub(super) fn call_ttl(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    let Some(minutes) = judge.whole(node, "ttl_minutes") else {
        return;
    };
    let max = judge.findings.max(Limit::CallMinutes);
    if minutes < 1 || minutes > max as i64 {
        judge
            .flag(&rules::CALL_TTL, node)
            .say("found", &minutes.to_string())
            .num("max", max);
    }
}

/// What a call button brings back.
pub(super) fn call_payload(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    text: &str,
    place: &Place<'_>,
) {
    let mut judge = Judge { findings, place };
    if is_blank(text) {
        judge.blank(node);
    }
    let used = count_chars(text);
    judge.limit(&rules::CALL_PAYLOAD, Limit::CallPayloadChars, used, node);
}

/// What a limited-time offer's code may be beyond what every coupon code may: the answer is whether
/// it is too long, which says more than the coupon's own rules.
pub(super) fn offer_code(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    code: &str,
    place: &Place<'_>,
) -> bool {
    let mut judge = Judge { findings, place };
    let used = count_chars(code);
    judge.limit(&rules::OFFER_CODE_LONG, Limit::OfferCodeChars, used, node)
}

/// The moment when an offer ends; the answer is its milliseconds.
pub(super) fn expiry(
    findings: &mut Findings<'_>,
    node: &Node<'_>,
    place: &Place<'_>,
) -> Option<i64> {
    let mut judge = Judge { findings, place };
    let digits = node
        .as_str()
        .map(str::trim)
        .filter(|text| text.len() < 19)
        .and_then(|text| text.parse().ok());
    let Some(moment) = node.as_i64().or(digits) else {
        judge.wrong_type(node, "expires_at", "a number of milliseconds since 1970");
        return None;
    };
    let now = judge.findings.options.now.map(|now| now as i64);
    let shown = moment.to_string();
    let (problem, remedy) = match moment {
        SECONDS_FROM..SECONDS_TO => (
            "looks like seconds",
            ["multiply it by 1000: ", &shown, "000"].concat(),
        ),
        1..MILLISECONDS_FROM => (
            "looks like a duration",
            "add it to the time at which the message is sent, in milliseconds".to_owned(),
        ),
        ..1 => (
            "is no moment",
            "give the moment in milliseconds since 1970".to_owned(),
        ),
        MILLISECONDS_TO.. => (
            "lies beyond the year 2100",
            "give the moment in milliseconds, not in microseconds".to_owned(),
        ),
        _ => {
            if let Some(now) = now.filter(|now| moment <= *now) {
                let ago = duration(now - moment);
                judge.flag(&rules::EXPIRY_PAST, node).say("ago", &ago);
            }
            return Some(moment);
        }
    };
    let found = judge.flag(&rules::EXPIRY_UNIT, node);
    found
        .say("found", &shown)
        .say("problem", problem)
        .say("remedy", &remedy);
    if problem == "looks like seconds"
        && let Some(better) = moment.checked_mul(1000)
    {
        found.mend(
            false,
            "Make it milliseconds",
            vec![crate::findings::Edit::replace(node, Node::int(better))],
        );
    }
    Some(moment)
}

/// September 2001 to 2100 as seconds; the same as milliseconds. What lies between is neither.
const SECONDS_FROM: i64 = 1_000_000_000;
const SECONDS_TO: i64 = 4_102_444_800;
const MILLISECONDS_FROM: i64 = 1_000_000_000_000;
const MILLISECONDS_TO: i64 = 4_102_444_800_000;

/// A length of time in words.
fn duration(ms: i64) -> String {
    for (unit, noun) in [
        (86_400_000, " days"),
        (3_600_000, " hours"),
        (60_000, " minutes"),
    ] {
        if ms >= 2 * unit {
            return [&(ms / unit).to_string(), noun].concat();
        }
    }
    "a moment".to_owned()
}

/// A tap target: the address that a picture opens, and what stands on it. `node` is one object, or
/// Meta's list of one; the answer is that object.
pub(super) fn tap_target<'n, 't>(
    findings: &mut Findings<'_>,
    node: &'n Node<'t>,
    place: &Place<'_>,
) -> Option<&'n Node<'t>> {
    let mut judge = Judge { findings, place };
    let one = match node.as_array() {
        Some([one]) => one,
        Some(list) => {
            judge
                .flag(&rules::TAP_TARGET_ONE, node)
                .num("used", list.len());
            return None;
        }
        None => node,
    };
    if !judge.object(one, "tap target") {
        return None;
    }
    let who = "the tap target";
    judge.keys(one, who, &["url", "title"], false);
    judge.text(one, "title", who, "what stands under the picture");
    if let Some(url) = judge.text(one, "url", who, "the address that it opens") {
        let text = url.as_str().unwrap_or_default();
        let host = text.get(8..).unwrap_or_default();
        let secure = text
            .get(..8)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
        let problem = if !secure {
            "does not start with https://"
        } else if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            "has a blank in it"
        } else if host.is_empty() || host.starts_with(['/', '?', '#', '.']) {
            "has no host"
        } else {
            return Some(one);
        };
        judge
            .flag(&rules::TAP_TARGET_URL, url)
            .say("problem", problem);
    }
    Some(one)
}

/// News of an order: its reference and how it stands.
pub(super) fn order_status(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
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
pub(super) fn order_details(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
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
                .flag(&rules::ORDER_CURRENCY, currency)
                .say("found", &clip(word));
        }
        known.then_some(word)
    });
    match given(node, "payment_settings") {
        Some(_) => {
            judge.list(node, "payment_settings", who, "the ways to pay");
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

/// A payment request (Brazil): what its button copies or opens. `node` is what stands under
/// `payment_request`.
pub(super) fn payment_request(findings: &mut Findings<'_>, node: &Node<'_>, place: &Place<'_>) {
    let mut judge = Judge { findings, place };
    if !judge.object(node, "payment_request") {
        return;
    }
    judge.keys(node, place.label, &["payment_setting"], false);
    let what = "the code or address of the payment";
    let Some(setting) = judge.need(node, "payment_setting", place.label, what) else {
        return;
    };
    if !judge.object(setting, "payment_setting") {
        return;
    }
    let kind = given(setting, "type").and_then(Node::as_str);
    let row = kind.and_then(|kind| SETTINGS.iter().find(|(known, _)| *known == kind));
    let problem = match row {
        None => {
            "has no `type` of pix_dynamic_code, boleto, payment_link or offsite_card_pay".to_owned()
        }
        Some((kind, keys)) => {
            let inner = given(setting, kind);
            let filled = keys.is_empty()
                || keys.iter().any(|key| {
                    let text = inner.and_then(|inner| given(inner, key));
                    text.and_then(Node::as_str)
                        .is_some_and(|text| !is_blank(text))
                });
            if filled {
                return;
            }
            let key = keys.first().copied().unwrap_or_default();
            ["has no `", key, "` under `", kind, "`"].concat()
        }
    };
    judge
        .flag(&rules::PAYMENT_SETTING, setting)
        .say("label", place.label)
        .say("problem", &problem);
}

/// The ways to pay, each with the keys that it may be given under: of the Pix code the page's table
/// prints another than its samples. What a card's page takes is not published.
const SETTINGS: &[(&str, &[&str])] = &[
    ("pix_dynamic_code", &["code", "pix_dynamic_code"]),
    ("boleto", &["digitable_line"]),
    ("payment_link", &["uri"]),
    ("offsite_card_pay", &[]),
];

/// What stands under Meta's own name for it, or the value itself.
pub(super) fn inner<'n, 't>(
    findings: &mut Findings<'_>,
    node: &'n Node<'t>,
    name: &str,
    place: &Place<'_>,
) -> &'n Node<'t> {
    let Some(inner) = given(node, name) else {
        return node;
    };
    Judge { findings, place }.keys(node, place.label, &[name], false);
    inner
}

/// A member that is there and not `null`.
pub(super) fn given<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    node.get(key).filter(|value| !value.is_null())
}

/// One judgement: where findings go, and whose value it is.
struct Judge<'j, 'c, 'p> {
    findings: &'j mut Findings<'c>,
    place: &'j Place<'p>,
}

impl Judge<'_, '_, '_> {
    fn flag(&mut self, rule: &'static Rule, node: &Node<'_>) -> &mut Found {
        keyed(self.findings.flag(rule, node), self.place)
    }

    fn wrong_type(&mut self, node: &Node<'_>, name: &str, expected: &str) {
        self.flag(&rules::WRONG_TYPE, node)
            .say("name", name)
            .say("expected", expected)
            .say("found", node.noun());
    }

    fn blank(&mut self, node: &Node<'_>) {
        let label = self.place.label;
        let found = self.flag(&rules::VALUE_BLANK, node);
        found.say("label", label);
    }

    fn object(&mut self, node: &Node<'_>, name: &str) -> bool {
        let is = node.as_object().is_some();
        if !is {
            self.wrong_type(node, name, "an object");
        }
        is
    }

    /// Says which keys an object does not have; of open lists it is only a warning.
    fn keys(&mut self, node: &Node<'_>, who: &str, known: &[&str], open: bool) {
        let members = node.as_object().unwrap_or_default();
        for member in members.iter().take(200) {
            if known.contains(&member.key.as_ref()) {
                continue;
            }
            let remedy = match closest(&member.key, known) {
                Some(near) => ["did you mean `", near, "`?"].concat(),
                None => "leave it out".to_owned(),
            };
            let found = self.findings.flag_key(&rules::ACTION_KEY_UNKNOWN, member);
            let found = keyed(found, self.place);
            found
                .say("where", who)
                .say("name", &clip(&member.key))
                .say("remedy", &remedy);
            if open {
                found.severity(Severity::Warning);
            }
        }
    }

    /// A member that must be there.
    fn need<'n, 't>(
        &mut self,
        owner: &'n Node<'t>,
        key: &str,
        who: &str,
        what: &str,
    ) -> Option<&'n Node<'t>> {
        let node = given(owner, key);
        if node.is_none() {
            let found = self.findings.missing(&rules::ACTION_INCOMPLETE, owner);
            keyed(found, self.place)
                .say("where", who)
                .say("name", key)
                .say("remedy", what);
        }
        node
    }

    /// A text that must be there and say something.
    fn text<'n, 't>(
        &mut self,
        owner: &'n Node<'t>,
        key: &str,
        who: &str,
        what: &str,
    ) -> Option<&'n Node<'t>> {
        self.need(owner, key, who, what)?;
        self.may_text(owner, key, who)
    }

    /// A text that says something, if it is there.
    fn may_text<'n, 't>(
        &mut self,
        owner: &'n Node<'t>,
        key: &str,
        who: &str,
    ) -> Option<&'n Node<'t>> {
        let node = given(owner, key)?;
        match node.as_str() {
            None => self.wrong_type(node, key, "a text"),
            Some(text) if is_blank(text) => {
                let label = ["the `", key, "` of ", who].concat();
                self.flag(&rules::VALUE_BLANK, node).say("label", &label);
            }
            Some(_) => return Some(node),
        }
        None
    }

    /// A list that must be there and have something in it.
    fn list<'n, 't>(
        &mut self,
        owner: &'n Node<'t>,
        key: &str,
        who: &str,
        what: &str,
    ) -> Option<&'n Node<'t>> {
        let node = self.need(owner, key, who, what)?;
        match node.as_array() {
            None => self.wrong_type(node, key, "an array"),
            Some([]) => {
                let found = self.findings.missing(&rules::ACTION_INCOMPLETE, node);
                keyed(found, self.place)
                    .say("where", who)
                    .say("name", key)
                    .say("remedy", what);
            }
            Some(_) => return Some(node),
        }
        None
    }

    /// A whole number.
    fn whole(&mut self, node: &Node<'_>, name: &str) -> Option<i64> {
        let number = node.as_i64();
        if number.is_none() {
            self.wrong_type(node, name, "a whole number");
        }
        number
    }

    /// Shows a counter, and flags the rule beyond it.
    fn limit(&mut self, rule: &'static Rule, limit: Limit, used: usize, node: &Node<'_>) -> bool {
        let over = self.findings.counter_of(limit, used, node, self.place.key);
        if over {
            let max = self.findings.max(limit);
            self.flag(rule, node)
                .num("used", used)
                .num("max", max)
                .num("over", used - max);
        }
        over
    }

    fn length(&mut self, node: &Node<'_>, name: &str, who: &str, limit: Limit) {
        let used = count_chars(node.as_str().unwrap_or_default());
        let max = self.findings.max(limit);
        if used > max {
            self.flag(&rules::ACTION_TEXT_LONG, node)
                .say("name", name)
                .say("where", who)
                .num("used", used)
                .num("max", max)
                .num("over", used - max);
        }
    }

    /// A word that is one of a few.
    fn word(&mut self, node: &Node<'_>, name: &str, known: &[&str]) {
        let word = node.as_str().unwrap_or_default();
        if known.contains(&word) {
            return;
        }
        let expected = match closest(word, known) {
            Some(near) => near.to_owned(),
            None => crate::text::one_of(known),
        };
        self.flag(&rules::ORDER_WORD, node)
            .say("found", &clip(word))
            .say("name", name)
            .say("expected", &expected);
    }

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
                self.flag(&rules::ORDER_OFFSET, node)
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
        self.flag(&rules::ORDER_SUM, node)
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

fn keyed<'f>(found: &'f mut Found, place: &Place<'_>) -> &'f mut Found {
    if !place.key.is_empty() {
        found.key(place.key);
    }
    found
}
