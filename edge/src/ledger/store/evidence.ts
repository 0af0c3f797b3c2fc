/** What Meta said, as it came: answers and webhook events. Without an id it waits in quarantine for its row. */

import { changesOf, firstOf } from "./sql.ts";

/** What stands in place of evidence whose recipient is forgotten. */
export const FORGOTTEN = '{"forgotten":true}';

/** A piece of evidence before it is stored. */
export interface Piece {
  digest: string;
  id: string | null;
  source: "answer" | "webhook";
  at: number;
  callbackId?: string;
  wamid?: string;
  /** What the machine was or will be told, as JSON. */
  event?: string;
  raw: string;
}

export class Evidence {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** False when the very same piece is there already. */
  add(piece: Piece): boolean {
    return (
      changesOf(
        this.#sql,
        "INSERT OR IGNORE INTO evidence (digest, id, source, at, callback_id, wamid, event, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        piece.digest,
        piece.id,
        piece.source,
        piece.at,
        piece.callbackId ?? null,
        piece.wamid ?? null,
        piece.event ?? null,
        piece.raw,
      ) > 0
    );
  }

  of(id: string): { at: number; source: string; raw: string }[] {
    const rows = this.#sql.exec("SELECT at, source, raw FROM evidence WHERE id = ? ORDER BY seq", id).toArray();
    return rows.map((row) => ({ at: row.at as number, source: row.source as string, raw: row.raw as string }));
  }

  /** Statuses that came for this message before anyone knew whose it is; from now on they are `id`'s. */
  adopt(wamid: string, id: string): string[] {
    const rows = this.#sql
      .exec(
        "UPDATE evidence SET id = ? WHERE wamid = ? AND id IS NULL AND event IS NOT NULL RETURNING event",
        id,
        wamid,
      )
      .toArray();
    return rows.map((row) => row.event as string);
  }

  quarantined(): number {
    return (firstOf(this.#sql, "SELECT count(*) AS n FROM evidence WHERE id IS NULL")?.n ?? 0) as number;
  }

  remove(id: string): void {
    this.#sql.exec("DELETE FROM evidence WHERE id = ?", id);
  }

  /** Leaves that something came, and when; the digest stays, so that it is known again. */
  forget(id: string): void {
    this.#sql.exec("UPDATE evidence SET raw = ?, event = NULL WHERE id = ?", FORGOTTEN, id);
  }

  /** Whoever it belongs to: what the machine was told of it has no number in it. */
  forgetWaiting(recipient: string): void {
    if (recipient === "") return;
    // As the whole of a value: a part of a number stands in strangers' numbers and times, too.
    const value = JSON.stringify(recipient);
    this.#sql.exec("UPDATE evidence SET raw = ? WHERE id IS NULL AND instr(raw, ?) > 0", FORGOTTEN, value);
  }

  /** What waited in quarantine for so long that nobody will ever know it. */
  prune(before: number, limit: number): number {
    return changesOf(
      this.#sql,
      "DELETE FROM evidence WHERE seq IN (SELECT seq FROM evidence WHERE id IS NULL AND at < ? LIMIT ?)",
      before,
      limit,
    );
  }

  oldestWaiting(): number | null {
    return (firstOf(this.#sql, "SELECT min(at) AS at FROM evidence WHERE id IS NULL")?.at ?? null) as number | null;
  }
}
