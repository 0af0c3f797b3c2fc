/** Messages in: by key, each once. */

import type { Book } from "./book.ts";
import { makeId, step } from "./machine.ts";
import type { Address, Event, SubmitRequest, SubmitResult, Submitted } from "./types.ts";

/** Stores all new messages of a request, or none when a key belongs to another message. */
export function submit(book: Book, address: Address, request: SubmitRequest, now: number): SubmitResult[] {
  book.desk.setAddress(address);
  const looked = lookUp(book, request);
  if (looked.some((result) => result?.state === "conflict"))
    return looked.map((result) => result ?? { state: "withheld" as const });

  raiseEpoch(book, request.template, now);
  return looked.map(
    (result, index) => result ?? insert(book, address, request, request.items[index] as Submitted, now),
  );
}

/** What `submit` would find, without storing anything. */
export function lookUp(book: Book, { tenant, items }: SubmitRequest): (SubmitResult | null)[] {
  const earlier = new Map<string, string>();
  return items.map(({ key, fingerprint, message }) => {
    const known = ownerOf(book, tenant, key);
    if (known !== undefined)
      return { state: known.fingerprint === fingerprint ? "duplicate" : "conflict", id: known.id };
    if (message === undefined) return { state: "rejected" };
    // The same key twice in one request: the second one is looked up again when the first one has its row.
    const sibling = earlier.get(key);
    if (sibling !== undefined && sibling !== fingerprint) return { state: "conflict" };
    earlier.set(key, fingerprint);
    return null;
  });
}

/** News of a template: what was held for its sake may go on, what was judged before is judged again. */
export function raiseEpoch(
  book: Book,
  {
    name,
    language,
    epoch,
    ...definition
  }: { name: string; language: string; epoch: number; hash?: string; text?: string },
  now: number,
): void {
  const { hash, text } = definition;
  if (hash !== undefined && text !== undefined) book.desk.keepDefinition({ name, language, epoch, hash, text });
  if (book.desk.raiseEpoch(name, language, epoch))
    book.gate.tell({ type: "epoch", template: `${name}/${language}` }, now);
}

/** A key is known for as long as its tombstone stands. */
function ownerOf(book: Book, tenant: string, key: string): { id: string; fingerprint: string } | undefined {
  return book.rows.idByKey(tenant, key) ?? book.tombstones.byKey(tenant, key);
}

function insert(book: Book, { shard }: Address, request: SubmitRequest, item: Submitted, now: number): SubmitResult {
  const { tenant, template, category, campaign, sendAt, expiresAt, retryMedia } = request;
  const { key, fingerprint, reference, message } = item;
  const sibling = ownerOf(book, tenant, key);
  if (sibling !== undefined) return { state: "duplicate", id: sibling.id };
  if (message === undefined) return { state: "rejected" };

  const event: Event = {
    type: "submitted",
    id: item.id ?? makeId(shard),
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
  const row = { tenant, fingerprint, campaign: campaign ?? null, name, language, definition: hash, message, delivery };
  book.rows.insert(row, book.recorded(delivery.id, commands));
  return { state: "queued", id: delivery.id };
}
