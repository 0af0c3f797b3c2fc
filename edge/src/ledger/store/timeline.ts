/** What happened, in one order: the deliveries' timelines, and between them what concerns no delivery. */

import type { LedgerEvent, Notice, TimelineEntry } from "../types.ts";
import { firstOf } from "./sql.ts";

/** The places of a delivery's entries, as its row has them. */
const PLACES = "SELECT value FROM deliveries, json_each('[' || entries || ']') WHERE deliveries.id = ?";
/** These places, and one or some more. */
export const WITH_MORE = "entries || iif(entries = '', '', ',') || ?";

export class Timeline {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Of a delivery; answers its place, which the delivery's row has to keep. */
  record(id: string, entry: TimelineEntry): number {
    return this.#add(id, entry);
  }

  /** Something about no delivery, or beside its states. */
  note({ id, ...entry }: Notice): void {
    const seq = this.#add(id ?? "", entry);
    if (id !== undefined) this.#sql.exec(`UPDATE deliveries SET entries = ${WITH_MORE} WHERE id = ?`, String(seq), id);
  }

  of(id: string): TimelineEntry[] {
    const rows = this.#sql.exec(`SELECT entry FROM timeline WHERE seq IN (${PLACES}) ORDER BY seq`, id).toArray();
    return rows.map((row) => JSON.parse(row.entry as string) as TimelineEntry);
  }

  /** A page of everything; with a tenant without what is other tenants'. `next` is behind all that was looked at. */
  page(after: number, limit: number, tenant?: string): { events: LedgerEvent[]; next: number } {
    const rows = this.#sql
      .exec(
        `SELECT t.seq, t.id, t.entry, d.tenant, d.key FROM timeline t LEFT JOIN deliveries d ON d.id = t.id
         WHERE t.seq > ? ORDER BY t.seq LIMIT ?`,
        after,
        limit,
      )
      .toArray();
    const mine = rows.filter((row) => row.id === "" || tenant === undefined || row.tenant === tenant);
    const events = mine.map((row) =>
      shown(row.seq as number, row.id as string, row.key as string | null, JSON.parse(row.entry as string)),
    );
    return { events, next: (rows.at(-1)?.seq ?? after) as number };
  }

  /** A number is never given twice: the last entry stays. */
  remove(id: string): void {
    this.#sql.exec(`DELETE FROM timeline WHERE seq IN (${PLACES}) AND seq < (SELECT max(seq) FROM timeline)`, id);
  }

  /** Notices of long ago. */
  prune(before: number, limit: number): number {
    const oldest = this.#sql
      .exec("SELECT seq, json_extract(entry, '$.at') AS at FROM timeline WHERE id = '' ORDER BY seq LIMIT ?", limit)
      .toArray()
      .filter(({ at }) => typeof at === "number" && at < before);
    for (const { seq } of oldest)
      this.#sql.exec("DELETE FROM timeline WHERE seq = ? AND seq < (SELECT max(seq) FROM timeline)", seq as number);
    return oldest.length;
  }

  #add(id: string, entry: object): number {
    const query = "INSERT INTO timeline (id, entry) VALUES (?, ?) RETURNING seq";
    return firstOf(this.#sql, query, id, JSON.stringify(entry))?.seq as number;
  }

  last(): number {
    return (firstOf(this.#sql, "SELECT max(seq) AS seq FROM timeline")?.seq ?? 0) as number;
  }
}

function shown(seq: number, id: string, key: string | null, entry: Record<string, unknown>): LedgerEvent {
  const { at, event, state, reason, code, note, by } = entry;
  return {
    seq,
    at,
    ...(id !== "" && { id }),
    ...(key !== null && { key }),
    event,
    ...(state !== undefined && { state }),
    ...(reason !== undefined && { reason }),
    ...(code !== undefined && { code }),
    ...(note !== undefined && { note }),
    ...(by !== undefined && { by }),
  } as LedgerEvent;
}
