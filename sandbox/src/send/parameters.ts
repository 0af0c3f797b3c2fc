/** One parameter of a send: its shape, by its `type`. A new kind is one more row in READERS. */

import { GraphError, invalid } from "../errors.ts";
import { asObject, asString, at, member, oneOf, onlyKeys, required, requiredString, type Json } from "../shape.ts";
import { readExpiry, readOrderStatus, readTapTarget } from "./specials.ts";

export interface SentParameter {
  type: ParameterType;
  place: string;
  /** `parameter_name`, for templates with named placeholders. */
  name: string | null;
  /** What stands in the hydrated text, or the payload, or the code, or the id; "" for all else. */
  text: string;
  /** What stood under the key of the type. */
  value: unknown;
}

type Reader = (value: unknown, place: string) => string;

const READERS = {
  text: (value, place) => asString(value, place),
  currency: readCurrency,
  date_time: (value, place) => readFallback(asObject(value, place), place),
  image: (value, place) => readMedia(value, place, ["id", "link", "provider"]),
  video: (value, place) => readMedia(value, place, ["id", "link", "provider"]),
  gif: (value, place) => readMedia(value, place, ["id", "link", "provider"]),
  document: (value, place) => readMedia(value, place, ["id", "link", "filename", "provider"]),
  location: readLocation,
  product: readProduct,
  payload: (value, place) => readPlain(value, place, "payload"),
  coupon_code: readCoupon,
  // Which members it has depends on the button.
  action: (value, place) => (asObject(value, place), ""),
  ttl_minutes: readMinutes,
  limited_time_offer: readExpiry,
  order_status: readOrderStatus,
  tap_target_configuration: readTapTarget,
} satisfies Record<string, Reader>;
export type ParameterType = keyof typeof READERS;

const MAX_COUPON_CODE = 20;
const MAX_CALL_MINUTES = 43_200;

export function readParameter(value: unknown, place: string, component: string): SentParameter {
  const owner = asObject(value, place);
  const type = oneOf(required(owner, "type", place), Object.keys(READERS) as ParameterType[], at(place, "type"));
  const isLinkText = component === "BUTTON" && type === "text";
  onlyKeys(owner, ["type", type, "parameter_name", ...(isLinkText ? ["payment_link_preview"] : [])], place);
  const preview = member(owner, "payment_link_preview");
  if (preview !== undefined && typeof preview !== "boolean") {
    throw invalid(`Param ${at(place, "payment_link_preview")} must be a boolean.`);
  }
  const name = member(owner, "parameter_name");
  const inner = member(owner, type);
  if (inner === undefined) {
    throw new GraphError(100, { details: `Parameter '${type}' is mandatory for component parameter type '${type}'` });
  }
  return {
    type,
    place,
    name: name === undefined ? null : asString(name, at(place, "parameter_name")),
    text: READERS[type](inner, at(place, type)),
    value: inner,
  };
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
  const [id, link] = [readId(member(owner, "id"), at(place, "id")), member(owner, "link") ?? ""];
  const filename = member(owner, "filename");
  if (filename !== undefined) asString(filename, at(place, "filename"));
  if (asString(link, at(place, "link")) !== "" && !isHttpUrl(asString(link, place))) {
    throw new GraphError(131009, { details: `Param ${at(place, "link")} is not a valid URL.` });
  }
  if (member(owner, "id") !== undefined && member(owner, "link") !== undefined)
    throw invalid(`Param ${place} must have either id or link, not both.`);
  // An empty object is not refused here: Graph calls it a header of format UNKNOWN.
  return id === "" ? asString(link, place) : id;
}

/** Ids are numbers of many digits; clients write them as strings and as numbers. */
function readId(value: unknown, place: string): string {
  if (value === undefined || value === "") return "";
  const id = typeof value === "number" ? String(value) : asString(value, place);
  if (!/^\d+$/.test(id)) throw new GraphError(131009, { details: `Param ${place} is not the id of an uploaded file.` });
  return id;
}

export function isHttpUrl(link: string): boolean {
  return !/\s/.test(link) && URL.canParse(link) && ["http:", "https:"].includes(new URL(link).protocol);
}

function readLocation(value: unknown, place: string): string {
  const owner = asObject(value, place);
  onlyKeys(owner, ["latitude", "longitude", "name", "address"], place);
  for (const [key, bound] of [
    ["latitude", 90],
    ["longitude", 180],
  ] as const) {
    const given = required(owner, key, place);
    const isNumber = typeof given === "number" || (typeof given === "string" && /^\s*[+-]?[\d.]+\s*$/.test(given));
    if (!isNumber || !(Math.abs(Number(given)) <= bound))
      throw new GraphError(131009, { details: `Param ${at(place, key)} is out of range.` });
  }
  for (const key of ["name", "address"]) {
    const text = member(owner, key);
    if (text !== undefined) asString(text, at(place, key));
  }
  return "";
}

function readProduct(value: unknown, place: string): string {
  const owner = asObject(value, place);
  onlyKeys(owner, ["product_retailer_id", "catalog_id"], place);
  requiredString(owner, "product_retailer_id", place);
  requiredString(owner, "catalog_id", place);
  return "";
}

function readMinutes(value: unknown, place: string): string {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > MAX_CALL_MINUTES) {
    throw invalid(`Param ${place} must be an integer between 1 and ${MAX_CALL_MINUTES}.`);
  }
  return "";
}

const MEDIA = ["image", "video", "gif", "document"];

/** True for `{}`-like media that name neither an id nor a link. */
export function isEmptyMedia(parameter: SentParameter): boolean {
  return MEDIA.includes(parameter.type) && parameter.text.trim() === "";
}
