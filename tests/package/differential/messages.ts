/** Messages for a template, from nothing but its list of parameters. */

import type { Parameter } from "wa-preflight";
import type { Json, Members } from "./json.ts";
import type { Chance } from "./random.ts";
import * as values from "./values.ts";

/** A value that fits, by the kind of its parameter. */
const VALUES: Record<Parameter["kind"], (chance: Chance) => Json> = {
  text(chance) {
    const { text, currency, date_time } = values.textParameter(chance, false);
    if (currency !== undefined) return { currency };
    return date_time === undefined ? (text ?? "") : { date_time };
  },
  image: (chance) => values.media(chance, "IMAGE", false),
  video: (chance) => values.media(chance, "VIDEO", false),
  gif: (chance) => values.media(chance, "GIF", false),
  document: (chance) => values.media(chance, "DOCUMENT", false),
  location: (chance) => values.location(chance, false),
  product: (chance) => values.product(chance, false),
  url_suffix: (chance) => values.suffix(chance, false),
  payload: (chance) => values.payload(chance, false),
  coupon_code: (chance) => values.coupon(chance, false),
  one_time_code: (chance) => values.code(chance, false),
  flow: (chance) => values.flow(chance, false),
  catalog: (chance) => values.catalog(chance, false),
  multi_product: (chance) => values.products(chance, false),
  voice_call: (chance) =>
    chance.pick<Members>([{ ttl_minutes: 60 }, { payload: "A-17" }, { ttl_minutes: 1, payload: "b" }]),
  order_details: (chance) => ({ order_details: values.order(chance, false) }),
  payment_request: (chance) => ({ payment_request: values.payment(chance, false) }),
  expiry: (chance) => values.expiry(chance, false),
  order_status: (chance) => values.orderStatus(chance, false),
  tap_target: () => ({ url: "https://shop.example/spring", title: "Offer details" }),
};

export function messageFor(parameters: Parameter[], chance: Chance): Members {
  const filled: Members = {};
  // A carousel of products shows as many cards as there are values for, from the first one on.
  const cards = 2 + chance.below(9);
  for (const { key, kind, required, card } of parameters) {
    const isOffered = card === undefined ? required || chance.once(2) : required || card < cards;
    if (isOffered) filled[key] = VALUES[kind](chance);
  }
  const isCode = parameters.some((each) => each.kind === "one_time_code");
  const to: Members = chance.pick<Members>([
    { to: "+33612345678" },
    { to: "0033 6 12 34 56 78" },
    isCode ? { to: "+33612345678" } : { recipient: "US.13491208655302741918" },
    { to: "Y2FwaV9ncm91cDoxMjM0", recipientType: "group" },
  ]);
  const more: Members = chance.once(3) ? { callbackData: "reference-17", replyTo: "wamid.HBgLMTY1MDU1NTEyMzQ=" } : {};
  return { ...to, values: filled, ...more };
}
