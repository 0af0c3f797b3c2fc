/** Payloads for a definition, written out from the definition alone: nothing of the core makes them. */

import type { Json, Members } from "./json.ts";
import type { Chance } from "./random.ts";
import * as values from "./values.ts";

/** A body of POST `/{PHONE_NUMBER_ID}/messages`; with `faults`, something in it may be wrong. */
export function payloadFor(definition: Members, chance: Chance, faults: boolean): Members {
  const components = componentsFor(definition, chance, faults);
  const language = { code: definition["language"] ?? "" };
  const template: Members = { name: definition["name"] ?? "", language };
  if (chance.once(10)) language.code = chance.once(3) && faults ? "en_GB" : language.code;
  if (chance.once(10)) template["language"] = { ...language, policy: "deterministic" };
  if (components.length > 0 || chance.once(2)) template["components"] = components;
  return {
    messaging_product: "whatsapp",
    ...recipient(definition, chance, faults),
    type: "template",
    template,
    ...more(definition, chance),
  };
}

function recipient(definition: Members, chance: Chance, faults: boolean): Members {
  if (faults && chance.once(25)) {
    return chance.pick<Members>([
      {},
      { to: "0612345678" },
      { to: "ana" },
      { to: 33612345678 },
      { to: "0033612345678" },
      { to: "+33.612.345.678" },
      { to: "3.36123E+10" },
      { to: "+1234567890123456" },
      { to: "+33612345678", recipient: "US.1" },
      { to: "+33612345678", recipient: "us" },
      { to: "" },
      { recipient: "us.1" },
      { recipient_type: "channel", to: "+33612345678" },
    ]);
  }
  if (chance.once(12)) return { recipient_type: "group", to: "Y2FwaV9ncm91cDoxMjM0" };
  const isCode = definition["category"] === "AUTHENTICATION";
  if (chance.once(10) && (faults || !isCode)) return { recipient: "US.13491208655302741918" };
  const to = chance.pick(["+33612345678", "33612345678", "+1 (650) 555-1234", "+5215512345678"]);
  return chance.once(2) ? { recipient_type: "individual", to } : { to };
}

function more(definition: Members, chance: Chance): Members {
  const keys: Members = {};
  if (chance.once(6)) keys["biz_opaque_callback_data"] = "reference-17";
  if (chance.once(8)) keys["context"] = { message_id: "wamid.HBgLMTY1MDU1NTEyMzQ=" };
  if (chance.once(12)) keys["recipient_identity_key_hash"] = "DF2lS5v2W6x=";
  if (definition["category"] === "MARKETING" && chance.once(6)) {
    Object.assign(keys, chance.pick<Members>([{ product_policy: "STRICT" }, { message_activity_sharing: true }]));
  }
  return keys;
}

const partsOf = (owner: Members): Members[] => (owner["components"] ?? []) as Members[];
const ofType = (parts: Members[], type: string): Members | undefined => parts.find((part) => part["type"] === type);

function componentsFor(definition: Members, chance: Chance, faults: boolean): Members[] {
  const parts = partsOf(definition);
  const isCode = definition["category"] === "AUTHENTICATION";
  const code = values.code(chance, faults);
  const context: Context = {
    chance,
    faults,
    named: definition["parameter_format"] === "NAMED",
    code: isCode ? code : null,
    buttonCode: faults && chance.once(15) ? "999999" : code,
  };
  const made = partComponents(parts, context);
  const offer = ofType(parts, "LIMITED_TIME_OFFER")?.["limited_time_offer"] as Members | undefined;
  if (offer?.["has_expiration"] === true && !(faults && chance.once(15))) {
    const inner = { expiration_time_ms: values.expiry(chance, faults) };
    made.push(single("limited_time_offer", inner));
  }
  if (definition["sub_category"] === "ORDER_STATUS" && !(faults && chance.once(15))) {
    made.push(single("order_status", values.orderStatus(chance, faults)));
  }
  const buttons = (ofType(parts, "BUTTONS")?.["buttons"] ?? []) as Members[];
  if (!isCode && (buttons.some((each) => each["type"] === "URL") || (faults && chance.once(30))) && chance.once(6)) {
    made.push(single("tap_target_configuration", values.tapTarget(chance, faults)));
  }
  const carousel = ofType(parts, "CAROUSEL");
  if (carousel && !(faults && chance.once(20))) made.push(cardsFor(carousel, context));
  if (faults && chance.once(15)) disturb(made, chance);
  return made;
}

/** Mistakes that programs make with whole components. */
function disturb(made: Members[], chance: Chance): void {
  const place = chance.below(made.length);
  const victim = made[place];
  const extra = chance.pick<Members>([
    { type: "footer", parameters: [] },
    { type: "body", parameters: [] },
    { type: "header", parameters: [{ type: "text", text: "x" }] },
    { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "x" }] },
    { type: "button", sub_type: "quick_reply", index: 1, parameters: [{ type: "payload", payload: "x" }] },
    { type: "button", sub_type: "flow", index: 0, parameters: [{ type: "action", action: {} }] },
    single("limited_time_offer", { expiration_time_ms: values.NOW + 1 }),
    { type: "carousel", cards: [{ card_index: 0, components: [] }] },
  ]);
  const what = chance.below(5);
  if (what === 0 || victim === undefined) made.push(extra);
  else if (what === 1) made.splice(place, 1);
  else if (what === 2) made.push(victim);
  else if (what === 3 && Array.isArray(victim["parameters"])) victim["parameters"].pop();
  else if (what === 4 && Array.isArray(victim["parameters"])) victim["parameters"].push({ type: "text", text: "x" });
}

const single = (type: string, value: Json): Members => ({ type, parameters: [{ type, [type]: value }] });

interface Context {
  chance: Chance;
  faults: boolean;
  named: boolean;
  /** The one-time code of the body, and that of the button. */
  code: string | null;
  buttonCode: string;
}

/** Header, body and buttons. */
function partComponents(parts: Members[], context: Context): Members[] {
  const { chance } = context;
  const made: Members[] = [];
  const header = ofType(parts, "HEADER");
  if (header) {
    const parameters = headerParameters(header, context);
    if (parameters.length > 0) made.push({ type: chance.pick(["header", "HEADER"]), parameters });
  }
  const body = ofType(parts, "BODY");
  const text = context.code === null ? String(body?.["text"] ?? "") : "{{1}}";
  const parameters = textParameters(text, context, context.code);
  if (parameters.length > 0) made.push({ type: "body", parameters });
  for (const [index, button] of ((ofType(parts, "BUTTONS")?.["buttons"] ?? []) as Members[]).entries()) {
    const component = buttonComponent(button, index, context);
    if (component) made.push(component);
  }
  return made;
}

function headerParameters(header: Members, context: Context): Members[] {
  const { chance, faults } = context;
  const format = String(header["format"] ?? "TEXT");
  switch (format) {
    case "TEXT":
      return textParameters(String(header["text"] ?? ""), context, null);
    case "LOCATION":
      return [{ type: "location", location: values.location(chance, faults) }];
    case "PRODUCT":
      return [{ type: "product", product: values.product(chance, faults) }];
    default: {
      const type = faults && chance.once(25) ? chance.pick(["image", "video", "document"]) : format.toLowerCase();
      return [{ type, [type]: values.media(chance, type.toUpperCase(), faults) }];
    }
  }
}

function textParameters(text: string, { chance, faults, named }: Context, code: string | null): Members[] {
  const names = [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ""))];
  const parameters = names.map((name): Members => {
    if (code !== null) return { type: "text", text: code };
    const parameter = values.textParameter(chance, faults);
    const drop = faults && chance.once(25);
    return named !== drop ? { ...parameter, parameter_name: name } : parameter;
  });
  if (named && chance.once(4)) parameters.reverse();
  return parameters;
}

function buttonComponent(button: Members, index: number, context: Context): Members | null {
  const { chance, faults } = context;
  const made = (sub_type: string, ...parameters: Members[]): Members | null => {
    if (faults && chance.once(30)) return null;
    const wrong = faults && chance.once(40);
    const spelled = chance.once(6) ? sub_type.toUpperCase() : sub_type;
    const place = chance.once(2) ? index : String(index);
    return { type: "button", sub_type: spelled, index: wrong ? index + 1 : place, parameters };
  };
  const action = (sub_type: string, value: Members): Members | null =>
    made(sub_type, { type: "action", action: value });
  switch (button["type"]) {
    case "QUICK_REPLY":
      return chance.once(3) ? null : made("quick_reply", { type: "payload", payload: values.payload(chance, faults) });
    case "URL":
      return String(button["url"]).includes("{{")
        ? made("url", { type: "text", text: values.suffix(chance, faults) })
        : null;
    case "COPY_CODE":
      return made("copy_code", { type: "coupon_code", coupon_code: values.coupon(chance, faults) });
    case "OTP":
      return made("url", { type: "text", text: context.buttonCode });
    case "FLOW":
      return action("flow", values.flow(chance, faults));
    case "CATALOG":
      return chance.once(4) ? null : action("catalog", values.catalog(chance, faults));
    case "MPM":
      return action("mpm", values.products(chance, faults));
    case "ORDER_DETAILS":
      return action("order_details", { order_details: values.order(chance, faults) });
    case "PAYMENT_REQUEST":
      return chance.once(3) ? null : action("payment_request", { payment_request: values.payment(chance, faults) });
    case "VOICE_CALL": {
      if (chance.once(3)) return null;
      const minutes = {
        type: "ttl_minutes",
        ttl_minutes: faults && chance.once(6) ? chance.pick([0, 43_201, 1.5]) : 1440,
      };
      const call = made("voice_call", minutes, ...(chance.once(2) ? [{ type: "payload", payload: "A-17" }] : []));
      if (call && chance.once(2)) delete call["index"];
      return call;
    }
    default:
      return null;
  }
}

function cardsFor(carousel: Members, context: Context): Members {
  const { chance, faults } = context;
  const defined = carousel["cards"] as Members[];
  const first = ofType(partsOf(defined[0] ?? {}), "HEADER");
  const isProducts = first?.["format"] === "PRODUCT";
  let count = isProducts ? 2 + chance.below(9) : defined.length;
  if (faults && chance.once(15)) count += chance.pick([-1, 1]);
  const cards = Array.from({ length: count }, (_, index): Members => {
    const parts = partsOf(defined[index] ?? defined[0] ?? {});
    const place = faults && chance.once(60) ? index + 1 : index;
    return { card_index: place, components: partComponents(parts, context) };
  });
  if (chance.once(6)) cards.reverse();
  return { type: "carousel", cards };
}
