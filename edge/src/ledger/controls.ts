/** The ledger's tables beside deliveries: the gate's state, recipients' clocks, suppressions, chores, what was set aside. */

import type { Suppression } from "./types.ts";

/** What has happened since the object was made, by name: `attempts`, `outcome_accepted`, `status_read`, `webhooks` … */
export type Counters = Record<string, number>;

export type Chore = { kind: "release" | "cancel"; name: string; by: string };

export class Controls {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The gate's state as JSON text (`"null"` before the first event), and the counters. */
  gate(): { state: string; wakeAt: number | null; counters: Counters } {
    const [row] = this.#sql.exec("SELECT state, wake_at, counters FROM gate").toArray();
    return {
      state: (row?.["state"] as string | undefined) ?? "null",
      wakeAt: (row?.["wake_at"] as number | null | undefined) ?? null,
      counters: row === undefined ? {} : (JSON.parse(row["counters"] as string) as Counters),
    };
  }

  setGate(state: string, wakeAt: number | null, counters: Counters): void {
    this.#sql.exec("INSERT OR REPLACE INTO gate VALUES (1, ?, ?, ?)", state, wakeAt, JSON.stringify(counters));
  }

  pairAt(pair: string): number | null {
    const [row] = this.#sql.exec("SELECT at FROM pairs WHERE pair = ?", pair).toArray();
    return (row?.["at"] as number | undefined) ?? null;
  }

  setPair(pair: string, at: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO pairs VALUES (?, ?)", pair, at);
  }

  forgetPair(pair: string): void {
    this.#sql.exec("DELETE FROM pairs WHERE pair = ?", pair);
  }

  /** A clock that lies in the past says nothing any more. */
  forgetPairs(before: number, limit: number): number {
    return this.#sql.exec(
      "DELETE FROM pairs WHERE pair IN (SELECT pair FROM pairs WHERE at < ? ORDER BY at LIMIT ?)",
      before,
      limit,
    ).rowsWritten;
  }

  suppression(recipient: string): Suppression | undefined {
    return suppressionFrom(this.#sql.exec("SELECT * FROM suppressions WHERE recipient = ?", recipient).toArray()[0]);
  }

  suppressions(after: string, limit: number): Suppression[] {
    return this.#sql
      .exec("SELECT * FROM suppressions WHERE recipient > ? ORDER BY recipient LIMIT ?", after, limit)
      .toArray()
      .flatMap((row) => suppressionFrom(row) ?? []);
  }

  /** One for good outlasts one for a time. */
  suppress({ recipient, until, code, by, at }: Suppression): void {
    this.#sql.exec(
      `INSERT INTO suppressions VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         code = CASE WHEN until IS NULL THEN code ELSE excluded.code END,
         by = CASE WHEN until IS NULL THEN by ELSE excluded.by END,
         at = CASE WHEN until IS NULL THEN at ELSE excluded.at END,
         until = CASE WHEN until IS NULL OR excluded.until IS NULL THEN NULL ELSE max(until, excluded.until) END`,
      recipient,
      until,
      code ?? null,
      by ?? null,
      at,
    );
  }

  /** False when the recipient was not on the list. */
  unsuppress(recipient: string): boolean {
    return this.#sql.exec("DELETE FROM suppressions WHERE recipient = ?", recipient).rowsWritten > 0;
  }

  addChore({ kind, name, by }: Chore): void {
    this.#sql.exec("INSERT OR REPLACE INTO chores VALUES (?, ?, ?)", kind, name, by);
  }

  chores(): Chore[] {
    return this.#sql.exec("SELECT kind, name, by FROM chores ORDER BY kind, name").toArray() as unknown as Chore[];
  }

  endChore({ kind, name }: Chore): void {
    this.#sql.exec("DELETE FROM chores WHERE kind = ? AND name = ?", kind, name);
  }

  setAside(item: { at: number; kind: string; id?: string; reason: string; raw: string }): void {
    const { at, kind, id, reason, raw } = item;
    this.#sql.exec(
      "INSERT INTO poison (at, kind, id, reason, raw) VALUES (?, ?, ?, ?, ?)",
      at,
      kind,
      id ?? null,
      reason,
      raw,
    );
  }

  poisoned(): number {
    return this.#sql.exec("SELECT count(*) AS n FROM poison").one()["n"] as number;
  }
}

function suppressionFrom(row: Record<string, SqlStorageValue> | undefined): Suppression | undefined {
  if (row === undefined) return undefined;
  const { recipient, until, code, by, at } = row;
  return {
    recipient: recipient as string,
    until: until as number | null,
    at: at as number,
    ...(code !== null && { code: code as number }),
    ...(by !== null && { by: by as string }),
  };
}
