/** Definitions of every kind, made by chance: parts are put together as Meta's pages allow. */

import { readdirSync, readFileSync } from "node:fs";
import { copy, type Members } from "./json.ts";
import type { Chance } from "./random.ts";

const HANDLE = {
  header_handle: [
    "4::aW1hZ2UvanBlZw==:ARbSampleHandleOfAnUploadThatIsLongerThanSixtyCharactersAsRealOnesAre0:e:1767225600:1234567890:100012345:ARaTail",
  ],
};
const NAMES = ["first_name", "order_id", "day", "code", "shop"];
const media = (format: string): Members => ({ type: "HEADER", format, example: HANDLE });

/** The valid definitions that the core's own tests have, but for those that do not say their texts or language. */
export const FIXTURES: readonly Members[] = readFixtures();

function readFixtures(): Members[] {
  const folder = new URL("../../fixtures/definitions/", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Members)
    .filter((each) => each["components"] !== undefined && each["language"] !== undefined);
}

const STATUSES = ["PAUSED", "DISABLED", "PENDING", "REJECTED"];

/** A definition that messages can be built from. */
export function approved(chance: Chance): Members {
  const made = chance.once(4) ? copy(chance.pick(FIXTURES)) : definition(chance);
  return { ...made, status: "APPROVED" };
}

/** A definition as Meta would print it: now and then one that cannot be sent. */
export function stored(chance: Chance): Members {
  const made = approved(chance);
  return chance.once(30) ? { ...made, status: chance.pick(STATUSES) } : made;
}

/** A definition that Meta could have approved. */
export function definition(chance: Chance): Members {
  const kind = chance.pick(KINDS);
  const named = chance.once(3);
  const made = kind(chance, named);
  return {
    name: "made_by_chance",
    language: chance.pick(["en", "en_US", "pt_BR", "fil"]),
    ...(named ? { parameter_format: "NAMED" } : {}),
    ...made,
  };
}

type Kind = (chance: Chance, named: boolean) => Members;

const KINDS: Kind[] = [
  plain,
  plain,
  plain,
  authentication,
  carousel,
  carousel,
  products,
  offer,
  (chance, named) => special(chance, named, "MARKETING", { type: "CATALOG", text: "View catalog" }, null),
  (chance, named) =>
    special(chance, named, "MARKETING", { type: "MPM", text: "View items" }, textHeader(chance, named)),
  (chance, named) =>
    special(chance, named, "MARKETING", { type: "SPM", text: "View" }, { type: "HEADER", format: "PRODUCT" }),
  (chance, named) => special(chance, named, "UTILITY", { type: "FLOW", text: "Choose", flow_id: "17" }, null),
  (chance, named) => special(chance, named, "UTILITY", { type: "VOICE_CALL", text: "Call now" }, null),
  (chance, named) =>
    special(
      chance,
      named,
      "UTILITY",
      { type: "ORDER_DETAILS", text: "Review and Pay" },
      chance.pick([null, media("IMAGE")]),
    ),
  (chance, named) =>
    special(
      chance,
      named,
      "UTILITY",
      {
        type: "PAYMENT_REQUEST",
        text: "Copy Pix code",
        payment_setting: { type: "pix_dynamic_code", pix_dynamic_code: { code: "0002" } },
      },
      null,
    ),
  (chance, named) => special(chance, named, "UTILITY", { type: "REQUEST_CONTACT_INFO" }, null),
  (chance, named) => ({
    category: "UTILITY",
    sub_category: "ORDER_STATUS",
    components: [body(chance, named), { type: "FOOTER", text: "The garden shop" }],
  }),
  (chance, named) => ({
    category: "UTILITY",
    components: [body(chance, named), { type: "CALL_PERMISSION_REQUEST" }],
  }),
];

function body(chance: Chance, named: boolean, most = 4): Members {
  const count = chance.below(most + 1);
  const [texts, key] = variables(chance, named, count);
  const text = [
    "The garden shop has news for you",
    ...texts.map((text) => `about ${text} and more`),
    "with love.",
  ].join(" ");
  const samples: Members = named
    ? { body_text_named_params: NAMES.slice(0, count).map((param_name) => ({ param_name, example: "Ana" })) }
    : { body_text: [Array.from({ length: count }, () => "Ana")] };
  return { type: "BODY", text, ...(key ? { example: samples } : {}) };
}

function variables(chance: Chance, named: boolean, count: number): [string[], boolean] {
  const texts = Array.from({ length: count }, (_, index) => `{{${named ? NAMES[index] : index + 1}}}`);
  // Numbers need not stand in their order, and one may stand twice.
  if (chance.once(4)) texts.reverse();
  const [first] = texts;
  if (first !== undefined && chance.once(5)) texts.push(first);
  return [texts, count > 0];
}

function textHeader(chance: Chance, named: boolean): Members {
  if (chance.once(2)) return { type: "HEADER", format: "TEXT", text: "News of the garden" };
  const name = named ? "day" : "1";
  const sample: Members = named
    ? { header_text_named_params: [{ param_name: "day", example: "Friday" }] }
    : { header_text: ["Friday"] };
  return { type: "HEADER", format: "TEXT", text: `News of {{${name}}}`, example: sample };
}

function header(chance: Chance, named: boolean): Members | null {
  return chance.pick([
    null,
    textHeader(chance, named),
    media("IMAGE"),
    media("VIDEO"),
    media("DOCUMENT"),
    media("GIF"),
    { type: "HEADER", format: "LOCATION" },
  ]);
}

function url(chance: Chance): Members {
  const base = chance.pick(["https://shop.example/orders/", "https://shop.example/o?id=", "http://shop.example/"]);
  return chance.once(3)
    ? { type: "URL", text: "Shop", url: base }
    : { type: "URL", text: "Track", url: `${base}{{1}}`, example: [`${base}A-17`] };
}

function buttons(chance: Chance): Members[] {
  const made: Members[] = [];
  for (let left = chance.below(3); left > 0; left--) made.push({ type: "QUICK_REPLY", text: `Reply ${left}` });
  for (let left = chance.below(3); left > 0; left--) made.push(url(chance));
  if (chance.once(4)) made.push({ type: "PHONE_NUMBER", text: "Call", phone_number: "+33123456789" });
  if (chance.once(4)) made.push({ type: "COPY_CODE", example: "SAVE10" });
  if (chance.once(3)) made.reverse();
  return made;
}

function plain(chance: Chance, named: boolean): Members {
  const parts: (Members | null)[] = [header(chance, named), body(chance, named)];
  if (chance.once(2)) parts.push({ type: "FOOTER", text: "The garden shop" });
  const list = buttons(chance);
  if (list.length > 0) parts.push({ type: "BUTTONS", buttons: list });
  return { category: chance.pick(["MARKETING", "UTILITY"]), components: parts.filter((part) => part !== null) };
}

function special(chance: Chance, named: boolean, category: string, button: Members, top: Members | null): Members {
  const alone = ["CATALOG", "SPM", "MPM", "REQUEST_CONTACT_INFO"].includes(String(button["type"]));
  const more = alone || chance.once(2) ? [] : [{ type: "QUICK_REPLY", text: "Not now" }];
  const small = body(chance, named, button["type"] === "SPM" ? 1 : 3);
  const parts = [top, small, { type: "BUTTONS", buttons: chance.once(2) ? [button, ...more] : [...more, button] }];
  return { category, components: parts.filter((part) => part !== null) };
}

function authentication(chance: Chance): Members {
  const otp = chance.pick<Members>([
    { otp_type: "COPY_CODE" },
    { otp_type: "ONE_TAP", supported_apps: [{ package_name: "com.example.shop", signature_hash: "K8a/AINcGX7" }] },
  ]);
  const footer: Members[] = chance.once(2) ? [{ type: "FOOTER", code_expiration_minutes: 5 }] : [];
  return {
    category: "AUTHENTICATION",
    parameter_format: "POSITIONAL",
    components: [
      { type: "BODY", ...(chance.once(2) ? { add_security_recommendation: true } : {}) },
      ...footer,
      { type: "BUTTONS", buttons: [{ type: "OTP", ...otp }] },
    ],
  };
}

function carousel(chance: Chance, named: boolean): Members {
  const format = chance.pick(["IMAGE", "VIDEO"]);
  const withBody = chance.once(2);
  const list = chance.pick<Members[]>([
    [{ type: "QUICK_REPLY", text: "More" }],
    [{ type: "QUICK_REPLY", text: "More" }, url(chance)],
    [url(chance), { type: "PHONE_NUMBER", text: "Call", phone_number: "+33123456789" }],
    [{ type: "ORDER_DETAILS", text: "Buy now" }],
  ]);
  const variable = named ? "day" : "1";
  const sample: Members = named
    ? { body_text_named_params: [{ param_name: "day", example: "Friday" }] }
    : { body_text: [["Friday"]] };
  const cards = Array.from({ length: 2 + chance.below(4) }, (): Members => ({
    components: [
      media(format),
      ...(withBody
        ? [{ type: "BODY", text: `This one grows well until {{${variable}}} at least.`, example: sample }]
        : []),
      { type: "BUTTONS", buttons: list },
    ],
  }));
  return { category: "MARKETING", components: [body(chance, named), { type: "CAROUSEL", cards }] };
}

function products(chance: Chance, named: boolean): Members {
  const button = chance.pick<Members>([
    { type: "SPM", text: "View" },
    { type: "URL", text: "Buy", url: "https://shop.example/p/{{1}}", example: ["https://shop.example/p/1"] },
  ]);
  const card: Members = {
    components: [
      { type: "HEADER", format: "PRODUCT" },
      { type: "BUTTONS", buttons: [button] },
    ],
  };
  return { category: "MARKETING", components: [body(chance, named), { type: "CAROUSEL", cards: [card, card] }] };
}

function offer(chance: Chance, named: boolean): Members {
  const code = chance.once(2) ? [{ type: "COPY_CODE", example: "SAVE10" }] : [];
  const inner: Members = { text: "Ends tonight", ...(chance.once(4) ? {} : { has_expiration: true }) };
  const top = chance.pick([null, media("IMAGE"), media("VIDEO")]);
  const parts: (Members | null)[] = [
    top,
    { type: "LIMITED_TIME_OFFER", limited_time_offer: inner },
    body(chance, named),
    { type: "BUTTONS", buttons: [...code, url(chance)] },
  ];
  return { category: "MARKETING", components: parts.filter((part) => part !== null) };
}
