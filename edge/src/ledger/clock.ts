/** When a ledger has to wake up, and whom it wakes: one alarm, and a nudge in the queue when there is work. */

import { settingsOf } from "../env.ts";
import { describe, log } from "../log.ts";
import type { Book } from "./book.ts";
import { openLanes } from "./claims.ts";
import { nextTidy } from "./retention.ts";

export interface Plan {
  /** When a consumer should come; null when only a person or a webhook can change that. */
  dueAt: number | null;
  /** When time makes something of a row or of the gate. */
  wakeAt: number | null;
}

/** What is to come, from the rows that can be started and the times that rows and gate name. */
export function planOf(book: Book, now: number): Plan {
  const { lease, leaseAt, wakeAt: gateWakes } = book.gate.look(now);
  const busy = book.lanes.busy();
  const rows = book.rows.next();
  const open = lease === undefined ? [] : openLanes(busy, lease);
  const times = [rows.wakeAt, gateWakes, nextTidy(book, rows.settledAt)];
  if (book.shared.sweeps().length > 0) times.push(now);
  const known = times.filter((at) => at !== null);
  return {
    dueAt: lease?.allow
      ? earliest(open.map(({ dueAt }) => dueAt))
      : // Nothing may start; but somebody must ask Meta whether the trouble is over, as long as anything waits for that.
        busy.length > 0 || book.rows.blocked(1).length > 0
        ? leaseAt
        : null,
    wakeAt: earliest(known),
  };
}

function earliest(times: number[]): number | null {
  return times.length === 0 ? null : times.reduce((least, at) => Math.min(least, at));
}

/** No alarm is set for later than that. */
const LONGEST_MS = 30 * 24 * 60 * 60 * 1_000;

export class Clock {
  readonly #book: Book;
  readonly #storage: DurableObjectStorage;
  /** The alarm that is set; undefined until it was looked up. */
  #armedFor: number | null | undefined;
  /** When a nudge was sent that no consumer has answered with a lease yet. */
  #nudgedAt: number | undefined;

  constructor(book: Book, storage: DurableObjectStorage) {
    this.#book = book;
    this.#storage = storage;
  }

  /** A consumer is here: whatever becomes due from now on deserves a nudge of its own. */
  answered(): void {
    this.#nudgedAt = undefined;
  }

  /** The alarm rang: none is set any more. */
  rang(): void {
    this.#armedFor = null;
  }

  /**
   * After a webhook. It mostly moves times away, so that the alarm that is set can stay and the search for the next time,
   * dearer than storing the webhook, can wait for it. What names an earlier time, or concerns others, is searched for.
   */
  async settleReport(now: number): Promise<void> {
    const soonest = this.#book.takeSoonest();
    const armed = this.#armedFor ?? 0;
    if (armed <= now || soonest < armed) await this.settle(now);
  }

  /** After a transaction: nudges when work is due, and sets the alarm to the next time at which anything is. */
  async settle(now: number, { nudge = true, notBefore = now + 1 } = {}): Promise<void> {
    this.#book.takeSoonest();
    const { nudgeEveryMs } = settingsOf(this.#book.env);
    const { dueAt, wakeAt } = planOf(this.#book, now);
    const due = dueAt !== null && dueAt <= now;
    // A nudge can be lost, the row cannot: without a lease it is nudged again.
    const next = Math.min(due ? now + nudgeEveryMs : (dueAt ?? Infinity), wakeAt ?? Infinity);
    // First: without an await between, it is one write to the disk with the transaction.
    if (next !== Infinity) await this.arm(Math.max(next, notBefore));
    const waiting = this.#nudgedAt !== undefined && Math.abs(now - this.#nudgedAt) < nudgeEveryMs;
    if (due && nudge && !waiting) await this.#nudge(now);
  }

  /** An earlier alarm may stay: it wakes, finds nothing, and arms again. */
  async arm(at: number): Promise<void> {
    if (this.#armedFor === undefined) {
      const found = await this.#storage.getAlarm();
      // Another call may have armed it meanwhile.
      if (this.#armedFor === undefined) this.#armedFor = found;
    }
    if (this.#armedFor !== null && this.#armedFor <= at) return;
    // The platform refuses times that are too far away; then it rings early, and is set again.
    const near = Math.min(at, Date.now() + LONGEST_MS);
    this.#armedFor = near;
    await this.#storage.setAlarm(near);
  }

  /** The cron's look: whether an alarm that should have rung did not. What is remembered of it counts for nothing here. */
  async stopped(now: number): Promise<boolean> {
    const alarm = await this.#storage.getAlarm();
    this.#armedFor = alarm;
    const { dueAt, wakeAt } = planOf(this.#book, now);
    if (dueAt === null && wakeAt === null) return false;
    const { tickMs } = settingsOf(this.#book.env);
    const late = alarm !== null && alarm < now - tickMs;
    // Set anew, whatever the platform still believes of it.
    if (late) this.#armedFor = null;
    return alarm === null || late;
  }

  async #nudge(now: number): Promise<void> {
    const address = this.#book.desk.address();
    if (address === undefined) return;
    this.#nudgedAt = now;
    try {
      await this.#book.env.NUDGES.send({ kind: "nudge", ...address });
    } catch (error) {
      this.#nudgedAt = undefined;
      log("nudge_failed", { ...address, error: describe(error) });
    }
  }
}
