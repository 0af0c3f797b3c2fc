/**
 * A ledger's tables and machines together: the one way in which a row is changed. What `step` answers is stored, its
 * records are appended, the gate is told what others must know; all of it in one transaction, or nothing.
 */

import { type Env, gateSettingsOf, type Settings, settingsOf } from "../env.ts";
import { log } from "../log.ts";
import { Gatekeeper } from "./gatekeeper.ts";
import { step, type Step, Unjudgeable } from "./machine.ts";
import { migrate } from "./migrations.ts";
import { tidyAt } from "./retention.ts";
import { Counts } from "./store/counts.ts";
import { Desk, type Poison } from "./store/desk.ts";
import { Evidence } from "./store/evidence.ts";
import { Lanes } from "./store/lanes.ts";
import { ends, Rows, type Row, templateOf } from "./store/rows.ts";
import { type Echo, Shared } from "./store/shared.ts";
import { Sheet } from "./store/sheet.ts";
import { Timeline } from "./store/timeline.ts";
import { Tombstones } from "./store/tombstones.ts";
import type { Command, Delivery, Event } from "./types.ts";

type StatusEvent = Event & { type: "status" };

/** States in which a one-time code is still needed. */
const BEFORE_ACCEPT = new Set(["queued", "sending", "blocked", "unknown"]);

export class Book {
  readonly env: Env;
  readonly desk: Desk;
  readonly rows: Rows;
  readonly lanes: Lanes;
  readonly counts: Counts;
  readonly sheet: Sheet;
  readonly timeline: Timeline;
  readonly evidence: Evidence;
  readonly shared: Shared;
  readonly tombstones: Tombstones;
  readonly gate: Gatekeeper;
  readonly #storage: DurableObjectStorage;
  /** Other shards may have to be told something. */
  echoing = true;
  #soonest = Infinity;

  constructor(storage: DurableObjectStorage, env: Env) {
    migrate(storage);
    const { sql } = storage;
    this.#storage = storage;
    this.env = env;
    this.desk = new Desk(sql);
    this.lanes = new Lanes(sql);
    this.counts = new Counts(sql);
    this.sheet = new Sheet(sql);
    this.rows = new Rows(sql, this.lanes, this.counts);
    this.timeline = new Timeline(sql);
    this.evidence = new Evidence(sql);
    this.shared = new Shared(sql);
    this.tombstones = new Tombstones(sql, this.counts);
    const office = {
      note: this.timeline.note.bind(this.timeline),
      alert: (kind: string, code?: number) => {
        this.sheet.count("alerts");
        log("alert", { reason: kind, ...this.desk.address(), ...(code !== undefined && { code }) });
      },
      echo: (entry: Echo) => {
        if (settingsOf(env).shards === 1) return;
        // What holds here: a day's wait does not shorten a word for good that is still on its way.
        const { until } = this.shared.suppressionOf(entry.recipient) ?? entry;
        this.shared.addEcho({ ...entry, until });
        this.echoing = true;
      },
    };
    this.gate = new Gatekeeper(
      this.sheet,
      this.shared,
      office,
      () => this.desk.address(),
      (address) => gateSettingsOf(env, address?.from),
    );
  }

  /** All of it, or nothing. */
  transaction<T>(work: () => T): T {
    this.sheet.open();
    try {
      return this.#storage.transactionSync(() => {
        const result = work();
        this.counts.flush();
        this.sheet.flush();
        return result;
      });
    } catch (error) {
      this.desk.drop();
      throw error;
    } finally {
      this.counts.drop();
      this.sheet.drop();
    }
  }

  /** Something of this transaction wants attention at this time; 0 says that it may change what others wait for. */
  hasten(at: number): void {
    this.#soonest = Math.min(this.#soonest, at);
  }

  /** The earliest time named since the last look: an alarm that rings before it need not be moved. */
  takeSoonest(): number {
    const soonest = this.#soonest;
    this.#soonest = Infinity;
    return soonest;
  }

  /** One event of one row: judged by the machine, then stored. */
  apply(row: Row, event: Event, now: number): Command[] {
    const before = row.delivery;
    const commands = this.store(row, step(before, event, now), now);
    if (event.type === "tick") this.#timePassed(before, row.delivery, now);
    return commands;
  }

  /** A status of this row: its failure concerns others, too, also when it came before anybody knew whose it is. */
  report(row: Row, event: StatusEvent, now: number): void {
    this.apply(row, event, now);
    const { status, code, details } = event;
    if (status !== "failed" || code === undefined) return;
    const said = { status, code, ...(details !== undefined && { details }) };
    this.hasten(0);
    this.gate.tell({ type: "reported", ...partyOf(row), ...said }, now);
  }

  /** Stores what the machine answered about a row. */
  store(row: Row, { delivery, commands }: Step, now: number): Command[] {
    const before = row.delivery;
    row.delivery = delivery;
    this.rows.update(row, before, delivery, this.recorded(delivery.id, commands));
    for (const at of [delivery.dueAt, delivery.wakeAt, endOf(delivery, settingsOf(this.env))])
      if (at !== null) this.hasten(at);
    if (row.message.sealed !== undefined && !BEFORE_ACCEPT.has(delivery.state)) this.#erase(row);
    for (const wamid of delivery.wamids) if (!before.wamids.includes(wamid)) this.#adopt(row, wamid, now);
    return commands;
  }

  /** Appends what the machine wants told of a row, and says where it is. */
  recorded(id: string, commands: Command[]): number[] {
    return commands.flatMap((command) => (command.do === "record" ? this.timeline.record(id, command.entry) : []));
  }

  /** The machine refuses this row, whatever it is asked: it is shown as that, and keeps nothing else from going on. */
  setAside(id: string, error: Unjudgeable, now: number): void {
    this.rows.setAside(id);
    this.poison({ at: now, kind: "row", digest: `row:${id}`, id, reason: error.message });
  }

  poison(poison: Poison): void {
    if (!this.desk.addPoison(poison)) return;
    const { at, id, kind, reason } = poison;
    this.sheet.count("poison");
    this.timeline.note({ at, event: "set_aside", ...(id !== undefined && { id }), reason: kind, note: reason });
    log("set_aside", { ...(id !== undefined && { id }), reason: kind });
  }

  /** Statuses that came before anyone knew whose they are. */
  #adopt(row: Row, wamid: string, now: number): void {
    for (const waiting of this.evidence.adopt(wamid, row.delivery.id)) {
      try {
        this.report(row, JSON.parse(waiting) as StatusEvent, now);
      } catch (error) {
        if (!(error instanceof Unjudgeable)) throw error;
        const { id } = row.delivery;
        this.poison({ at: now, kind: "status", digest: `adopted:${id}:${waiting}`, id, reason: error.message });
      }
    }
    if (row.forgotten) this.evidence.forget(row.delivery.id);
  }

  #timePassed(before: Delivery, after: Delivery, now: number): void {
    if (before.state === "sending" && after.state !== "sending")
      this.gate.tell({ type: "timed_out", id: after.id }, now);
    if (before.state !== "needs_attention" && after.state === "needs_attention")
      this.sheet.count("silent_failure_avoided");
  }

  /** Meta has the code, or nobody needs it any more. */
  #erase(row: Row): void {
    const { sealed: _, ...rest } = row.message;
    row.message = { ...rest, erased: true };
    this.rows.setMessage(row.delivery.id, row.message);
  }
}

/** When a row that just changed will have to be ended or tidied, if nothing else happens to it; null when never. */
function endOf(delivery: Delivery, { tombstoneAfterMs }: Settings): number | null {
  const [deadline, settledAt] = ends(delivery);
  return settledAt === null ? deadline : tidyAt(settledAt, tombstoneAfterMs);
}

/** What the gate is told about a row. */
export function partyOf(row: Row): { pair: string; template: string; category: string } {
  return { pair: row.pair, template: templateOf(row), category: row.delivery.category };
}

/** What may be kept of what Meta says: its words about a case can name whom it is about, and that may be forgotten. */
export function kept<T extends { details?: string }>(row: Row | undefined, said: T): T {
  if (!row?.forgotten) return said;
  const { details: _, ...rest } = said;
  return rest as T;
}
