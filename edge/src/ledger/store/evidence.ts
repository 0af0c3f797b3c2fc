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
  wamid?: string;
  /** What the machine will be told when the row is known, as JSON. */
  event?: string;
  raw: string;
}

export class Evidence {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** False when its owner has the very same piece already. */
  add({ digest, id, source, at, wamid, event, raw }: Piece): boolean {
    return (
      changesOf(
        this.#sql,
        `INSERT INTO pieces (owner, n, digest, waiting, source, at, event, raw)
         SELECT ?1, (SELECT coalesce(max(n), 0) + 1 FROM pieces WHERE owner = ?1), ?2, ?3, ?4, ?5, ?6, ?7
         WHERE NOT EXISTS (SELECT 1 FROM pieces WHERE owner = ?1 AND digest = ?2)`,
        id ?? (wamid === undefined ? `#${digest}` : strayOf(wamid)),
        digest,
        id === null ? 1 : 0,
        source,
        at,
        id === null ? (event ?? null) : null,
        raw,
      ) > 0
    );
  }

  of(id: string): { at: number; source: string; raw: string }[] {
    const rows = this.#sql.exec("SELECT at, source, raw FROM pieces WHERE owner = ? ORDER BY n", id).toArray();
    return rows.map((row) => ({ at: row.at as number, source: row.source as string, raw: row.raw as string }));
  }

  /** Statuses that came for this message before anyone knew whose it is; from now on they are `id`'s. Those that it has not told. */
  adopt(wamid: string, id: string): string[] {
    const stray = strayOf(wamid);
    const waiting = this.#sql
      .exec("SELECT digest, at, event, raw FROM pieces WHERE owner = ? ORDER BY n", stray)
      .toArray();
    if (waiting.length > 0) this.#sql.exec("DELETE FROM pieces WHERE owner = ?", stray);
    return waiting.flatMap(({ digest, at, event, raw }) => {
      const piece = { digest: digest as string, id, source: "webhook", at: at as number, raw: raw as string } as const;
      return this.add(piece) && event !== null ? [event as string] : [];
    });
  }

  quarantined(): number {
    return (firstOf(this.#sql, "SELECT count(*) AS n FROM pieces WHERE waiting = 1")?.n ?? 0) as number;
  }

  remove(id: string): void {
    this.#sql.exec("DELETE FROM pieces WHERE owner = ?", id);
  }

  /** Leaves that something came, and when; the digest stays, so that it is known again. */
  forget(id: string): void {
    this.#sql.exec("UPDATE pieces SET raw = ? WHERE owner = ?", FORGOTTEN, id);
  }

  /** Whoever it belongs to: what the machine was told of it has no number in it. */
  forgetWaiting(recipient: string): void {
    if (recipient === "") return;
    // As the whole of a value: a part of a number stands in strangers' numbers and times, too.
    const value = JSON.stringify(recipient);
    // Of a body that was kept in pieces, each is a text in JSON: its quotes are escaped once more.
    const inPiece = JSON.stringify(value).slice(1, -1);
    this.#sql.exec(
      "UPDATE pieces SET raw = ?1 WHERE waiting = 1 AND (instr(raw, ?2) > 0 OR instr(raw, ?3) > 0)",
      FORGOTTEN,
      value,
      inPiece,
    );
  }

  /** What waited in quarantine for so long that nobody will ever know it. */
  prune(before: number, limit: number): number {
    return changesOf(
      this.#sql,
      "DELETE FROM pieces WHERE (owner, n) IN (SELECT owner, n FROM pieces WHERE waiting = 1 AND at < ? LIMIT ?)",
      before,
      limit,
    );
  }

  oldestWaiting(): number | null {
    return (firstOf(this.#sql, "SELECT min(at) AS at FROM pieces WHERE waiting = 1")?.at ?? null) as number | null;
  }
}

/** The owner of what came for a message of nobody's. No delivery's id begins so. */
function strayOf(wamid: string): string {
  return `~${wamid}`;
}
