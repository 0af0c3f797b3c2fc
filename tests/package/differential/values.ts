/** Values by kind: mostly right ones, and now and then one of those that go wrong in the field. */

import type { Json, Members } from "./json.ts";
import type { Chance } from "./random.ts";

export const NOW = 1_790_000_000_000;

const GOOD_TEXTS = [
  "Ana",
  "A-17",
  "two plants",
  "Zoë 🌷",
  "O'Brien",
  "<3",
  "*bold*",
  "100 %",
  "12:30",
  "a    b",
  "می‌خواهم",
];
const BAD_TEXTS = ["", " ", "a\nb", "a\tb", "a     b", "a\r\nb", "\n", "\u200b", "a\u202eb", "null", "{{1}}"];

export function text(chance: Chance, faults: boolean): Json {
  if (!faults || !chance.once(12)) return chance.pick(GOOD_TEXTS);
  if (chance.once(3)) return "x".repeat(chance.pick([40, 61, 120, 161, 590, 601, 1000, 1025]));
  return chance.once(4) ? chance.pick<Json>([null, 17, true, ["a"], { a: 1 }]) : chance.pick(BAD_TEXTS);
}

/** Under `type: text`, or one of Meta's two objects that stand for a text. */
export function textParameter(chance: Chance, faults: boolean): Members {
  if (!chance.once(6)) return { type: "text", text: text(chance, faults) };
  const fallback = faults && chance.once(10) ? "" : "12 €";
  if (chance.once(2)) return { type: "date_time", date_time: { fallback_value: fallback, year: 2026 } };
  const wrong = faults && chance.once(6);
  const code = wrong ? chance.pick(["eur", "EURO", ""]) : "EUR";
  const amount = faults && chance.once(10) ? "12000" : 12000;
  return { type: "currency", currency: { fallback_value: fallback, code, amount_1000: amount } };
}

export function media(chance: Chance, format: string, faults: boolean): Members {
  const extension = { IMAGE: "jpg", VIDEO: "mp4", GIF: "mp4", DOCUMENT: "pdf" }[format] ?? "jpg";
  if (faults && chance.once(15)) {
    return chance.pick<Members>([
      {},
      { link: "" },
      { id: "17", link: "https://cdn.example/a.jpg" },
      { link: "not a link" },
      { id: "abc" },
      { id: 1339522734477770 },
      { link: "https://cdn.example/a.webp" },
      { link: "https://127.0.0.1/a.jpg" },
      { link: "http://cdn.example/a" },
      { link: "https://scontent.whatsapp.net/v/t61/x.jpg" },
      { link: `https://cdn.example/a.${extension}`, caption: "x" },
    ]);
  }
  const name: Members = format === "DOCUMENT" && chance.once(2) ? { filename: "invoice.pdf" } : {};
  return chance.once(2) ? { id: "1339522734477770", ...name } : { link: `https://cdn.example/a.${extension}`, ...name };
}

export function location(chance: Chance, faults: boolean): Members {
  const place = { latitude: "37.44", longitude: "-122.16", name: "Shop", address: "Mill Lane 1" };
  if (chance.once(3)) return { ...place, latitude: 37.44, longitude: -122.16 };
  if (!faults || !chance.once(8)) return place;
  const { latitude: _, ...without } = place;
  return chance.pick<Members>([without, { ...place, latitude: "91" }, { ...place, longitude: "east" }]);
}

export function product(chance: Chance, faults: boolean): Members {
  const good = { product_retailer_id: "vrpj01fvwp", catalog_id: "194836987003835" };
  if (!faults || !chance.once(10)) return good;
  return chance.pick<Members>([{ catalog_id: "1" }, { product_retailer_id: "a" }, { ...good, catalog_id: "" }]);
}

export function suffix(chance: Chance, faults: boolean): Json {
  if (faults && chance.once(15))
    return chance.pick<Json>(["", "x".repeat(2001), null, 7, "../x", "https://x.example/", "a b", "a\nb"]);
  return chance.pick(["A-17", "a/b?c=d", "caf%C3%A9", "17"]);
}

export function payload(chance: Chance, faults: boolean): Json {
  if (faults && chance.once(15)) return chance.pick<Json>(["", "x".repeat(257), null, 7]);
  return chance.pick(["stop", "order:17", "x".repeat(200)]);
}

export function coupon(chance: Chance, faults: boolean): Json {
  if (faults && chance.once(10)) return chance.pick<Json>(["", "SAVE-10", "S".repeat(21), "S".repeat(16), null, 7]);
  return chance.pick(["SAVE10", "25OFF"]);
}

export function code(chance: Chance, faults: boolean): string {
  if (faults && chance.once(12)) return chance.pick(["", "1234567890123456", "12\n34", "12🌷34", "http://a.example"]);
  return chance.pick(["123456", "J$FpnYnP", "0042"]);
}

export function flow(chance: Chance, faults: boolean): Members {
  if (faults && chance.once(10))
    return chance.pick<Members>([{ flow_tokn: "a" }, { flow_token: 7 }, { flow_action_data: "x" }]);
  return chance.pick<Members>([
    {},
    { flow_token: "A-17" },
    { flow_token: "A", flow_action_data: { customerName: "Ana" } },
  ]);
}

export function catalog(chance: Chance, faults: boolean): Members {
  if (faults && chance.once(8)) {
    return chance.pick<Members>([
      { thumbnail: "x" },
      { thumbnail_product_retailer_id: 7 },
      { thumbnail_product_retailer_id: "" },
    ]);
  }
  return { thumbnail_product_retailer_id: "2lc20305pt" };
}

export function products(chance: Chance, faults: boolean): Members {
  const item = (): Members => ({ product_retailer_id: "2lc20305pt" });
  const section = (items: number): Members => ({
    title: "Popular",
    product_items: Array.from({ length: items }, item),
  });
  const good = { thumbnail_product_retailer_id: "2lc20305pt", sections: [section(2), section(1)] };
  if (!faults || !chance.once(5)) return good;
  return chance.pick<Members>([
    { sections: good.sections },
    { ...good, sections: [] },
    { ...good, sections: Array.from({ length: 11 }, () => section(1)) },
    { ...good, sections: [section(16), section(15)] },
    { ...good, sections: [section(0)] },
    { ...good, sections: [{ ...section(1), title: "x".repeat(25) }] },
    { ...good, sections: [{ ...section(1), title: "" }] },
  ]);
}

export function order(chance: Chance, faults: boolean): Members {
  const money = (value: number): Members => ({ value, offset: 100 });
  const quantity = 1 + chance.below(3);
  const imported = { country_of_origin: "India", importer_name: "Shop", importer_address: { city: "Pune" } };
  const currency = chance.pick(["INR", "BRL"]);
  const byCatalog = chance.once(2);
  const details: Members = {
    reference_id: "A-17",
    type: chance.pick(["digital-goods", "physical-goods"]),
    currency,
    total_amount: money(400 * quantity + 50 - 30),
    payment_settings: [{ type: "upi_intent_link", upi_intent_link: { link: "upi://pay" } }],
    order: {
      status: "pending",
      ...(byCatalog ? { catalog_id: "17" } : {}),
      items: [
        {
          retailer_id: "1",
          name: "Cactus",
          amount: money(400),
          quantity,
          ...(byCatalog || currency === "BRL" ? {} : imported),
        },
      ],
      subtotal: money(400 * quantity),
      tax: money(50),
      discount: { ...money(30), description: "Spring" },
    },
  };
  if (!faults || !chance.once(4)) return details;
  const { order: inner } = details as { order: Members };
  return chance.pick<Members>([
    { ...details, currency: "EUR" },
    { ...details, type: "goods" },
    { ...details, reference_id: "" },
    { ...details, total_amount: money(1) },
    { ...details, total_amount: { value: 100, offset: 1000 } },
    { ...details, order: { ...inner, subtotal: money(1) } },
    { ...details, order: { ...inner, status: "paid" } },
    { ...details, order: { ...inner, items: [] } },
    { ...details, order: 7 },
  ]);
}

export function payment(chance: Chance, faults: boolean): Members {
  if (faults && chance.once(6)) {
    return chance.pick<Members>([
      {},
      { payment_setting: { type: "cash" } },
      { payment_setting: { type: "boleto", boleto: { digitable_line: "" } } },
    ]);
  }
  return { payment_setting: { type: "payment_link", payment_link: { uri: "https://pay.example/1" } } };
}

export function expiry(chance: Chance, faults: boolean): Json {
  if (faults && chance.once(6))
    return chance.pick<Json>([1_790_000_000, 1_209_600_000, NOW - 1, 0, -1, "soon", null, 1.5]);
  return NOW + 1 + chance.below(1_000_000_000);
}

export function orderStatus(chance: Chance, faults: boolean): Members {
  const good = { reference_id: "A-17", order: { status: chance.pick(["shipped", "completed", "partially-shipped"]) } };
  if (!faults || !chance.once(5)) return good;
  return chance.pick<Members>([
    { order: good.order },
    { ...good, order: { status: "delivered" } },
    { ...good, order: { status: "shipped", description: "x".repeat(121) } },
    { reference_id: "A-17" },
  ]);
}

export function tapTarget(chance: Chance, faults: boolean): Json {
  const good = { url: "https://shop.example/spring", title: "Offer details" };
  if (!faults || !chance.once(5)) return [good];
  return chance.pick<Json>([
    [],
    [good, good],
    [{ title: "x" }],
    [{ ...good, url: "shop" }],
    [{ ...good, url: "http://shop.example" }],
    good,
  ]);
}
