/** The values of the components that few templates have: an offer's end, an order's state, a tap target. */

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
} from "../shape.ts";
import { isHttpUrl } from "./parameters.ts";

const ORDER_STATES = [
  "pending",
  "processing",
  "partially-shipped",
  // One page spells it so.
  "partially_shipped",
  "shipped",
  "completed",
  "canceled",
];
const MAX_DESCRIPTION = 120;

/** Whether the moment has passed is decided when the send is matched. */
export function readExpiry(value: unknown, place: string): string {
  const owner = asObject(value, place);
  onlyKeys(owner, ["expiration_time_ms"], place);
  const moment = required(owner, "expiration_time_ms", place);
  if (typeof moment !== "number" || !Number.isInteger(moment)) {
    throw invalid(`Param ${at(place, "expiration_time_ms")} must be an integer.`);
  }
  return String(moment);
}

export function checkExpiry(moment: string, now: number): void {
  if (Number(moment) <= now) {
    throw new GraphError(131009, { details: "limited_time_offer: expiration_time_ms must be in the future" });
  }
}

export function readOrderStatus(value: unknown, place: string): string {
  const owner = asObject(value, place);
  onlyKeys(owner, ["reference_id", "order"], place);
  const reference = requiredString(owner, "reference_id", place);
  const orderPlace = at(place, "order");
  const order = asObject(required(owner, "order", place), orderPlace);
  onlyKeys(order, ["status", "description"], orderPlace);
  exactly(required(order, "status", orderPlace), ORDER_STATES, at(orderPlace, "status"));
  const description = member(order, "description");
  if (description !== undefined && lengthOf(asString(description, at(orderPlace, "description"))) > MAX_DESCRIPTION) {
    throw invalid(`Param ${at(orderPlace, "description")} must be at most ${MAX_DESCRIPTION} characters long.`);
  }
  return reference;
}

export function readTapTarget(value: unknown, place: string): string {
  const targets = asArray(value, place);
  if (targets.length !== 1) throw invalid(`Param ${place} must have one element.`);
  for (const [index, each] of targets.entries()) {
    const targetPlace = at(place, index);
    const owner = asObject(each, targetPlace);
    onlyKeys(owner, ["url", "title"], targetPlace);
    requiredString(owner, "title", targetPlace);
    if (!isHttpUrl(requiredString(owner, "url", targetPlace))) {
      throw new GraphError(131009, { details: `Param ${at(targetPlace, "url")} is not a valid URL.` });
    }
  }
  return "";
}
