/** What keeps a ledger small: rows that ended long ago shrink to tombstones, and what nobody needs any more goes. */

import { settingsOf } from "../env.ts";
import type { Book } from "./book.ts";

const BATCH = 200;
const NONCE_LIFE_MS = 60 * 60 * 1_000;
const PAIR_LIFE_MS = 60 * 1_000;

/** One batch. Answers whether there is more to do now. */
export function tidy(book: Book, now: number): boolean {
  const { tombstoneAfterMs, tombstoneKeepMs } = settingsOf(book.env);
  const old = now - tombstoneAfterMs;
  const gone = [
    shrink(book, old, now),
    book.tombstones.prune(now - tombstoneKeepMs, BATCH),
    book.evidence.prune(old, BATCH),
    book.timeline.prune(old, BATCH),
    book.desk.pruneNonces(now - NONCE_LIFE_MS, BATCH),
    book.shared.prunePairs(now - PAIR_LIFE_MS, BATCH),
    book.shared.pruneSuppressions(now, BATCH),
    book.shared.prunePreferences(now - tombstoneKeepMs, BATCH),
  ];
  book.desk.pruneDeadLetters(old);
  return gone.some((count) => count === BATCH);
}

function shrink(book: Book, before: number, now: number): number {
  const ids = book.rows.settledBefore(before, BATCH);
  if (ids.length === 0) return 0;
  // First: the order of events goes on behind it.
  book.timeline.note({ at: now, event: "shrunk", note: `${ids.length} deliveries` });
  for (const id of ids) {
    const row = book.rows.row(id);
    if (row === undefined) continue;
    book.tombstones.add(row);
    book.timeline.remove(id);
    book.evidence.remove(id);
    book.rows.remove(id);
  }
  return ids.length;
}

/** When there will be something to tidy that the cron should not have to find. */
export function nextTidy(book: Book, settledAt: number | null): number | null {
  const { tombstoneAfterMs, tombstoneKeepMs } = settingsOf(book.env);
  const times = [
    [settledAt, tombstoneAfterMs],
    [book.evidence.oldestWaiting(), tombstoneAfterMs],
    [book.tombstones.oldest(), tombstoneKeepMs],
  ] as const;
  const due = times.flatMap(([at, after]) => (at === null ? [] : [tidyAt(at, after)]));
  return due.length === 0 ? null : Math.min(...due);
}

/** The first moment at which what ended or came at `at` is old. */
export function tidyAt(at: number, after: number): number {
  return at + after + 1;
}
