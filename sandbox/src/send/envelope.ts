/** The outside of a send: everything that can be judged before the template is looked up. */

import { GraphError, invalid } from "../errors.ts";
import {
  asArray,
  asObject,
  asString,
  at,
  lengthOf,
  oneOf,
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
  marketing_messages: [...COMMON_KEYS, "product_policy", "message_activity_sharing"],
};
const MAX_CALLBACK_DATA = 512;

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
    oneOf(owner["messaging_product"], ["whatsapp"], "messaging_product");
  }
  checkType(owner, route);
  for (const key of Object.keys(owner)) {
    if (!KEYS[route].includes(key)) throw invalid(`Unexpected key "${key}" on param "body".`);
  }
  if (owner["recipient_type"] !== undefined) checkRecipientType(owner["recipient_type"]);
  if (owner["product_policy"] !== undefined)
    oneOf(owner["product_policy"], ["CLOUD_API_FALLBACK", "STRICT"], "product_policy");
  if (owner["message_activity_sharing"] !== undefined && typeof owner["message_activity_sharing"] !== "boolean") {
    throw invalid("Param message_activity_sharing must be a boolean.");
  }
  if (owner["context"] !== undefined) {
    const context = asObject(owner["context"], "context");
    onlyKeys(context, ["message_id"], "context");
    requiredString(context, "message_id", "context");
  }
  const callbackId =
    owner["biz_opaque_callback_data"] === undefined
      ? null
      : asString(owner["biz_opaque_callback_data"], "biz_opaque_callback_data");
  if (callbackId !== null && lengthOf(callbackId) > MAX_CALLBACK_DATA) {
    throw invalid(`Param biz_opaque_callback_data must be at most ${MAX_CALLBACK_DATA} characters long.`);
  }
  return { recipient: readRecipient(owner), callbackId, ...readTemplate(required(owner, "template")) };
}

function checkType(owner: Json, route: SendRoute): void {
  if (route === "marketing_messages" && owner["type"] !== "template") {
    throw new GraphError(100, { details: "Message must be a template message." });
  }
  if (owner["type"] === "template") return;
  // Without a type Graph takes the message for a text, and then misses the text.
  if (owner["type"] === undefined) required(owner, "text");
  throw new GraphError(100, {
    details: `The sandbox imitates messages of type template only, not ${JSON.stringify(owner["type"] ?? "text")}.`,
  });
}

function checkRecipientType(value: unknown): void {
  if (oneOf(value, ["individual", "group"], "recipient_type") === "group") {
    throw new GraphError(100, { details: "The sandbox does not imitate groups." });
  }
}

function readTemplate(value: unknown): Pick<Send, "name" | "language" | "components"> {
  const template = asObject(value, "template");
  onlyKeys(template, ["name", "language", "components"], "template");
  const name = requiredString(template, "name", "template");
  const place = at("template", "language");
  const language = asObject(required(template, "language", "template"), place);
  onlyKeys(language, ["code", "policy"], place);
  if (language["policy"] !== undefined) oneOf(language["policy"], ["deterministic"], at(place, "policy"));
  const list =
    template["components"] === undefined ? [] : asArray(template["components"], at("template", "components"));
  return {
    name,
    language: requiredString(language, "code", place),
    components: list.map((item, index) => readComponent(item, at("template", "components", index))),
  };
}
