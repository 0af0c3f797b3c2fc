/** The outside of a send: everything that can be judged before the template is looked up. */

import { GraphError, invalid } from "../errors.ts";
import {
  asArray,
  asObject,
  asString,
  at,
  exactly,
  lengthOf,
  member,
  onlyKeys,
  required,
  requiredString,
  type Json,
} from "../shape.ts";
import { readComponent, type SentComponent } from "./components.ts";
import { readRecipient, type Recipient } from "./recipient.ts";

/** A body of POST `/{PHONE_NUMBER_ID}/messages` whose shape is right. */
export interface Send {
  recipient: Recipient;
  callbackId: string | null;
  name: string;
  language: string;
  components: SentComponent[];
}

/** Which of the two send routes was called; the second takes a few keys more. */
export type SendRoute = "messages" | "marketing_messages";

const COMMON_KEYS = [
  "messaging_product",
  "recipient_type",
  "to",
  "recipient",
  "type",
  "template",
  "context",
  "biz_opaque_callback_data",
  "recipient_identity_key_hash",
];
const KEYS: Record<SendRoute, string[]> = {
  messages: COMMON_KEYS,
  marketing_messages: [...COMMON_KEYS, "product_policy", "message_activity_sharing", "bid_spec"],
};
const MAX_CALLBACK_DATA = 512;
const MAX_WAMID = 128;

/** What the sandbox remembers of a body however wrong it is: for the fault matcher and the request log. */
export interface Glimpse {
  to: string | null;
  callbackId: string | null;
  template: string | null;
}

export function glimpse(body: unknown): Glimpse {
  const owner = (typeof body === "object" && body !== null ? body : {}) as Json;
  const template = (
    typeof owner["template"] === "object" && owner["template"] !== null ? owner["template"] : {}
  ) as Json;
  const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
  return {
    to: text(owner["to"]) ?? text(owner["recipient"]),
    callbackId: text(owner["biz_opaque_callback_data"]),
    template: text(template["name"]),
  };
}

/** Reads a body or throws what Graph would answer. */
export function readSend(body: unknown, route: SendRoute): Send {
  const owner = asObject(body, "body");
  if (owner["messaging_product"] !== "whatsapp") {
    required(owner, "messaging_product");
    exactly(owner["messaging_product"], ["whatsapp"], "messaging_product");
  }
  checkType(owner, route);
  for (const key of Object.keys(owner)) {
    if (!KEYS[route].includes(key)) throw invalid(`Unexpected key "${key}" on param "body".`);
  }
  checkMarketing(owner);
  const context = member(owner, "context");
  if (context !== undefined) {
    const place = "context";
    onlyKeys(asObject(context, place), ["message_id"], place);
    const id = requiredString(asObject(context, place), "message_id", place);
    if (!/^wamid\.[!-~]+$/.test(id) || id.length > MAX_WAMID) {
      throw new GraphError(131009, { details: `${id} is not the id of a message` });
    }
  }
  const hash = member(owner, "recipient_identity_key_hash");
  if (hash !== undefined) asString(hash, "recipient_identity_key_hash");
  const data = member(owner, "biz_opaque_callback_data");
  const callbackId = data === undefined ? null : asString(data, "biz_opaque_callback_data");
  if (callbackId !== null && lengthOf(callbackId) > MAX_CALLBACK_DATA) {
    throw invalid(`Param biz_opaque_callback_data must be at most ${MAX_CALLBACK_DATA} characters long.`);
  }
  return { recipient: readRecipient(owner), callbackId, ...readTemplate(required(owner, "template")) };
}

/** The keys that only the marketing route has. */
function checkMarketing(owner: Json): void {
  const policy = member(owner, "product_policy");
  if (policy !== undefined) exactly(policy, ["CLOUD_API_FALLBACK", "STRICT"], "product_policy");
  const sharing = member(owner, "message_activity_sharing");
  if (sharing !== undefined && typeof sharing !== "boolean") {
    throw invalid("Param message_activity_sharing must be a boolean.");
  }
  const bid = member(owner, "bid_spec");
  if (bid === undefined) return;
  const spec = asObject(bid, "bid_spec");
  onlyKeys(spec, ["per_message_bid_multiplier"], "bid_spec");
  const multiplier = required(spec, "per_message_bid_multiplier", "bid_spec");
  if (typeof multiplier !== "number" || multiplier <= 0) {
    throw invalid("Param bid_spec['per_message_bid_multiplier'] must be a number above 0.");
  }
  if (member(owner, "to") === undefined) {
    throw new GraphError(131062, { details: "A bid cannot go to a business-scoped user ID." });
  }
}

function checkType(owner: Json, route: SendRoute): void {
  if (route === "marketing_messages" && owner["type"] !== "template") {
    throw new GraphError(100, { details: "Message must be a template message." });
  }
  if (owner["type"] === "template") return;
  // Without a type Graph takes the message for a text, and then misses the text.
  if (member(owner, "type") === undefined) required(owner, "text");
  throw new GraphError(100, {
    details: `The sandbox imitates messages of type template only, not ${JSON.stringify(owner["type"] ?? "text")}.`,
  });
}

function readTemplate(value: unknown): Pick<Send, "name" | "language" | "components"> {
  const template = asObject(value, "template");
  onlyKeys(template, ["name", "language", "components"], "template");
  const name = requiredString(template, "name", "template");
  const place = at("template", "language");
  const language = asObject(required(template, "language", "template"), place);
  onlyKeys(language, ["code", "policy"], place);
  const policy = member(language, "policy");
  if (policy !== undefined) exactly(policy, ["deterministic"], at(place, "policy"));
  const given = member(template, "components");
  const list = given === undefined ? [] : asArray(given, at("template", "components"));
  return {
    name,
    language: requiredString(language, "code", place),
    components: list.map((item, index) => readComponent(item, at("template", "components", index))),
  };
}
