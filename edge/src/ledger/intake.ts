/** Messages come in: each under its key, all of a request or none. */

import type { Book } from "./book.ts";
import { makeId, step } from "./machine.ts";
import { pairOf } from "./pair.ts";
import type { Address, Event, SubmitRequest, SubmitResult } from "./types.ts";

/** Stores all new messages of a request, or none when a key belongs to another message. Answers in the items' order. */
export function submit(book: Book, address: Address, request: SubmitRequest, now: number): SubmitResult[] {
  const looked = lookUp(book, request, now);
  if (looked.some((result) => result?.state === "conflict"))
    return looked.map((result) => result ?? { state: "withheld" as const });
  const { template } = request;
  book.store.keepDefinition(template);
  book.store.raiseEpoch(template.name, template.language, template.epoch);
  return looked.map((result, index) => result ?? insert(book, address, request, index, now));
}

/** What `submit` would find, without storing anything. */
export function lookUp(
  book: Book,
  { tenant, category, items }: SubmitRequest,
  now = Date.now(),
): (SubmitResult | null)[] {
  const earlier = new Map<string, string>();
  return items.map(({ key, fingerprint, message }) => {
    const known = book.store.rowByKey(tenant, key);
    if (known !== undefined)
      return { state: known.fingerprint === fingerprint ? "duplicate" : "conflict", id: known.id };
    if (message === undefined) return { state: "rejected" };
    // The same key twice in one request: the second one is looked up again when the first one has its row.
    const sibling = earlier.get(key);
    if (sibling !== undefined && sibling !== fingerprint) return { state: "conflict" };
    earlier.set(key, fingerprint);
    const suppression = category === "marketing" ? book.controls.suppression(pairOf(message)) : undefined;
    // One for a while only delays: the gate says until when.
    if (suppression?.until !== null || suppression.at > now) return null;
    return { state: "suppressed", until: null, ...(suppression.code !== undefined && { code: suppression.code }) };
  });
}

function insert(book: Book, { shard }: Address, request: SubmitRequest, index: number, now: number): SubmitResult {
  const { tenant, template, category, campaign, sendAt, expiresAt, retryMedia, items } = request;
  const { key, fingerprint, reference, message } = items[index] as SubmitRequest["items"][number];
  const sibling = book.store.rowByKey(tenant, key);
  if (sibling !== undefined) return { state: "duplicate", id: sibling.id };
  if (message === undefined) return { state: "rejected" };

  const event: Event = {
    type: "submitted",
    id: makeId(shard),
    callbackId: makeId(shard),
    key,
    category,
    epoch: template.epoch,
    ...(sendAt !== undefined && { sendAt }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(reference !== undefined && { reference }),
    ...(retryMedia === true && { retryMedia }),
  };
  const { delivery, commands } = step(null, event, now);
  const { name, language, hash } = template;
  book.store.insert({
    tenant,
    fingerprint,
    campaign: campaign ?? null,
    name,
    language,
    definition: hash,
    message,
    recipient: pairOf(message),
    delivery,
  });
  book.carryOut(delivery, commands);
  return { state: "queued", id: delivery.id };
}
