/** One parameter of a send: its shape, by its `type`. A new kind is one more row in READERS. */

import { GraphError, invalid } from "../errors.ts";
import { asObject, asString, at, oneOf, onlyKeys, required, requiredString, type Json } from "../shape.ts";

export interface SentParameter {
  type: ParameterType;
  place: string;
  /** `parameter_name`, for templates with named placeholders. */
  name: string | null;
  /** What stands in the hydrated text, or the payload, or the code; "" for media. */
  text: string;
}

type Reader = (value: unknown, place: string) => string;

const READERS = {
  text: readText,
  currency: readCurrency,
  date_time: (value, place) => readFallback(asObject(value, place), place),
  image: (value, place) => readMedia(value, place, ["id", "link"]),
  video: (value, place) => readMedia(value, place, ["id", "link"]),
  document: (value, place) => readMedia(value, place, ["id", "link", "filename"]),
  location: readLocation,
  payload: (value, place) => readPlain(value, place, "payload"),
  coupon_code: readCoupon,
} satisfies Record<string, Reader>;
export type ParameterType = keyof typeof READERS;

/** Kinds that Meta knows and the sandbox does not, so that the answer can say which of the two it is. */
const NOT_IMITATED = [
  "action",
  "product",
  "gif",
  "limited_time_offer",
  "order_status",
  "tap_target_configuration",
  "ttl_minutes",
];
const MAX_COUPON_CODE = 20;

export function readParameter(value: unknown, place: string): SentParameter {
  const owner = asObject(value, place);
  const given = required(owner, "type", place);
  if (NOT_IMITATED.includes(String(given))) {
    throw new GraphError(100, { details: `The sandbox does not imitate parameters of type ${String(given)}.` });
  }
  const type = oneOf(given, Object.keys(READERS) as ParameterType[], at(place, "type"));
  onlyKeys(owner, ["type", type, "parameter_name"], place);
  const name =
    owner["parameter_name"] === undefined ? null : asString(owner["parameter_name"], at(place, "parameter_name"));
  if (owner[type] === undefined || owner[type] === null) {
    throw new GraphError(100, { details: `Parameter '${type}' is mandatory for component parameter type '${type}'` });
  }
  return { type, place, name, text: READERS[type](owner[type], at(place, type)) };
}

function readText(value: unknown, place: string): string {
  return asString(value, place);
}

function readPlain(value: unknown, place: string, type: string): string {
  const text = asString(value, place);
  if (text.trim() === "")
    throw new GraphError(131008, { details: `Parameter of type ${type} is missing ${type} value` });
  return text;
}

function readCoupon(value: unknown, place: string): string {
  const code = readPlain(value, place, "coupon_code");
  if (!/^[A-Za-z0-9]+$/.test(code) || code.length > MAX_COUPON_CODE) {
    throw new GraphError(131009, { details: `The coupon code must be 1 to ${MAX_COUPON_CODE} letters and digits.` });
  }
  return code;
}

function readFallback(owner: Json, place: string): string {
  return requiredString(owner, "fallback_value", place);
}

function readCurrency(value: unknown, place: string): string {
  const owner = asObject(value, place);
  onlyKeys(owner, ["fallback_value", "code", "amount_1000"], place);
  const code = requiredString(owner, "code", place);
  if (!/^[A-Z]{3}$/.test(code)) throw new GraphError(131009, { details: `${code} is not an ISO 4217 currency code.` });
  if (!Number.isInteger(required(owner, "amount_1000", place)))
    throw invalid(`Param ${at(place, "amount_1000")} must be an integer.`);
  return readFallback(owner, place);
}

function readMedia(value: unknown, place: string, keys: string[]): string {
  const owner = asObject(value, place);
  onlyKeys(owner, keys, place);
  for (const key of keys) if (owner[key] !== undefined) asString(owner[key], at(place, key));
  const { id, link } = owner;
  if (id && link) throw invalid(`Param ${place} must have either id or link, not both.`);
  if (typeof link === "string" && link !== "" && !isHttpUrl(link)) {
    throw new GraphError(131009, { details: `Param ${at(place, "link")} is not a valid URL.` });
  }
  // An empty object is not refused here: Graph calls it a header of format UNKNOWN.
  return typeof id === "string" && id !== "" ? id : typeof link === "string" ? link : "";
}

function isHttpUrl(link: string): boolean {
  return URL.canParse(link) && ["http:", "https:"].includes(new URL(link).protocol);
}

function readLocation(value: unknown, place: string): string {
  const owner = asObject(value, place);
  onlyKeys(owner, ["latitude", "longitude", "name", "address"], place);
  for (const [key, bound] of [
    ["latitude", 90],
    ["longitude", 180],
  ] as const) {
    const degrees = Number(required(owner, key, place));
    if (!(Math.abs(degrees) <= bound))
      throw new GraphError(131009, { details: `Param ${at(place, key)} is out of range.` });
  }
  for (const key of ["name", "address"]) if (owner[key] !== undefined) asString(owner[key], at(place, key));
  return "";
}

/** True for `{}`-like media that name neither an id nor a link. */
export function isEmptyMedia(parameter: SentParameter): boolean {
  return ["image", "video", "document"].includes(parameter.type) && parameter.text === "";
}
