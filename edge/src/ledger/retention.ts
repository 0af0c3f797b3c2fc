/** What is kept how long: settled deliveries shrink to their key, keys are forgotten, people are erased when they ask. */

import { settingsOf, type Env } from "../env.ts";
import type { Book } from "./book.ts";
import type { Row } from "./store.ts";

/** One alarm does so many of each: the object has other work. */
const BATCH = 200;

/** Answers whether there is more to do at once. */
export function retain(book: Book, env: Env, now: number): boolean {
  const { tombstoneAfterMs, tombstoneKeepMs, quarantineKeepMs } = settingsOf(env);
  const old = book.store.settledBefore(now - tombstoneAfterMs, BATCH);
  for (const row of old) book.store.bury(row, row.delivery.updatedAt);
  const forgotten = [
    book.store.forgetTombstones(now - tombstoneKeepMs, BATCH),
    book.store.forgetQuarantine(now - quarantineKeepMs, BATCH),
    book.controls.forgetPairs(now, BATCH),
  ];
  return [old.length, ...forgotten].some((count) => count >= BATCH);
}

/** When the next delivery is old enough. */
export function nextRetention(book: Book, env: Env): number | null {
  const settled = book.store.nextSettled();
  return settled === null ? null : settled + settingsOf(env).tombstoneAfterMs;
}

/**
 * Erases a person: values, recipient, and Meta's raw words, which quote it. What has not been started is cancelled first;
 * key, state, reason and times stay, so that nothing is sent again under a known key. An attempt that is under way
 * keeps its row until it is back.
 */
export function forget(book: Book, rows: Row[], by: string, now: number): number {
  for (const row of rows) {
    const { id } = row.delivery;
    book.apply(row, { type: "cancel", by }, now);
    book.store.erasePerson(id);
    book.store.eraseStory(id, { timeline: false });
    if (row.recipient !== null) book.controls.forgetPair(row.recipient);
  }
  return rows.length;
}

/** Meta's words quote the recipient: of somebody who was erased they are not kept. */
export function keepable(row: Row, raw: string): string {
  return row.recipient === null ? '{"erased":true}' : raw;
}
