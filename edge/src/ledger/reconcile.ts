/**
 * What time makes of rows: deadlines, attempts without an answer, silence. The alarm does it when it is due, the cron once
 * a minute whatever became of the alarm.
 */

import { settingsOf } from "../env.ts";
import { describe, log } from "../log.ts";
import type { Book } from "./book.ts";
import { runSweeps, SWEEP_BATCH } from "./controls.ts";
import { Unjudgeable } from "./machine.ts";
import { tidy } from "./retention.ts";
import { deadlineOf } from "./store/rows.ts";

const WAKE_BATCH = 500;

export interface Done {
  /** There is more to do now: a batch was full. */
  more: boolean;
  /** Something threw. The other parts were done. */
  failed: boolean;
}

/** Each part is a transaction of its own: one that fails takes nothing from the others. */
export function timePassed(book: Book, now: number): Done {
  const done: Done = { more: false, failed: false };
  const parts: (() => boolean)[] = [
    () => countSilent(book, now),
    () => wake(book, now),
    () => {
      book.gate.tell({ type: "tick" }, now);
      return runSweeps(book, SWEEP_BATCH, now);
    },
    () => tidy(book, now),
  ];
  for (const part of parts) {
    try {
      if (book.transaction(part)) done.more = true;
    } catch (error) {
      done.failed = true;
      log("alarm_failed", { error: describe(error) });
    }
  }
  return done;
}

/** A row that is past its deadline by more than one tick, and nobody was told: that must never be. */
function countSilent(book: Book, now: number): boolean {
  const ids = book.rows.overdue(now - settingsOf(book.env).tickMs, WAKE_BATCH);
  for (const id of ids) {
    book.sheet.count("silent_failure");
    book.timeline.note({ at: now, event: "silent_failure", id, note: "its deadline passed more than one tick ago" });
    log("silent_failure", { id });
    tick(book, id, now);
    const row = book.rows.row(id);
    // What a clock that was set back left on the wire ends when its attempt does.
    if (row !== undefined && !row.delivery.settled && deadlineOf(row.delivery) <= now)
      book.setAside(id, new Unjudgeable("its deadline passed, and nothing came of it"), now);
  }
  return ids.length === WAKE_BATCH;
}

function wake(book: Book, now: number): boolean {
  const ids = book.rows.toWake(now, WAKE_BATCH);
  for (const id of ids) tick(book, id, now);
  return ids.length >= WAKE_BATCH;
}

function tick(book: Book, id: string, now: number): void {
  try {
    const row = book.rows.row(id);
    if (row !== undefined) book.apply(row, { type: "tick" }, now);
  } catch (error) {
    if (!(error instanceof Unjudgeable)) throw error;
    book.setAside(id, error, now);
  }
}
