/** What a control or a breaker means for rows: done in batches, at once as far as one goes and by the alarm after that. */

import type { Book } from "./book.ts";

/** One transaction does so many. */
export const CHORE_BATCH = 200;

/** Does up to `limit` rows of what is to be done. What is left stays, and the alarm comes again. */
export function doChores(book: Book, now: number, limit: number): void {
  let room = limit;
  for (const chore of book.controls.chores()) {
    if (room <= 0) return;
    const [tenant = "", ...rest] = chore.name.split("/");
    const rows =
      chore.kind === "release"
        ? book.store.inState("blocked", room)
        : book.store.waitingOf(tenant, rest.join("/"), room);
    for (const row of rows) {
      if (chore.kind === "release") book.apply(row, { type: "released", by: chore.by }, now);
      else book.apply(row, { type: "cancel", by: chore.by }, now);
    }
    if (rows.length < room) book.controls.endChore(chore);
    room -= rows.length;
  }
}
