/** What deliveries of a sender share: recipients' clocks, who wants no marketing, unfinished sweeps. */

import type { Suppression } from "../types.ts";
import { changesOf, firstOf } from "./sql.ts";

export interface Sweep {
  what: "cancel_campaign" | "release_blocked";
  name: string;
  by: string;
}

/** Meta's word that somebody gets no marketing, as the sender's other shards are told. */
export interface Echo {
  recipient: string;
  until: number | null;
  code: number;
}

export class Shared {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  pairAt(pair: string): number | null {
    return (firstOf(this.#sql, "SELECT at FROM pairs WHERE pair = ?", pair)?.at ?? null) as number | null;
  }

  setPair(pair: string, at: number): void {
    if (pair === "") return;
    this.#sql.exec("INSERT INTO pairs VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at", pair, at);
  }

  removePair(pair: string): void {
    this.#sql.exec("DELETE FROM pairs WHERE pair = ?", pair);
  }

  /** Clocks that ran out say as much as none. */
  prunePairs(before: number, limit: number): number {
    return changesOf(
      this.#sql,
      "DELETE FROM pairs WHERE pair IN (SELECT pair FROM pairs WHERE at < ? LIMIT ?)",
      before,
      limit,
    );
  }

  /** What holds for somebody with several names: for good rather than for a while, later rather than sooner. */
  strictest(recipients: string[]): Suppression | undefined {
    const end = ({ until }: Suppression) => until ?? Infinity;
    const [most] = recipients.flatMap((name) => this.suppressionOf(name) ?? []).sort((a, b) => end(b) - end(a));
    return most;
  }

  /** The whole entry. */
  suppressionOf(recipient: string): Suppression | undefined {
    const row = firstOf(this.#sql, "SELECT * FROM suppressions WHERE recipient = ?", recipient);
    return row && entryOf(row);
  }

  /** A wait never shortens one for good, nor a longer one; a person's word always counts. */
  suppress({ recipient, until, code, by, at }: Suppression): void {
    if (recipient === "") return;
    const known = this.suppressionOf(recipient);
    const longer = known !== undefined && (known.until === null || (until !== null && known.until > until));
    if (longer && by === undefined) return;
    this.#sql.exec(
      "INSERT OR REPLACE INTO suppressions (recipient, until, code, by, at) VALUES (?, ?, ?, ?, ?)",
      recipient,
      until,
      code ?? null,
      by ?? null,
      at,
    );
  }

  unsuppress(recipient: string): boolean {
    this.#sql.exec("DELETE FROM echoes WHERE recipient = ?", recipient);
    return changesOf(this.#sql, "DELETE FROM suppressions WHERE recipient = ?", recipient) > 0;
  }

  suppressions(after: string, limit: number): Suppression[] {
    return this.#sql
      .exec("SELECT * FROM suppressions WHERE recipient > ? ORDER BY recipient LIMIT ?", after, limit)
      .toArray()
      .map(entryOf);
  }

  pruneSuppressions(before: number, limit: number): number {
    return changesOf(
      this.#sql,
      "DELETE FROM suppressions WHERE recipient IN (SELECT recipient FROM suppressions WHERE until < ? LIMIT ?)",
      before,
      limit,
    );
  }

  /** A person's word to Meta about marketing: false when a later one of theirs was heard before. In one second "stop" is the last. */
  hearPreference(recipient: string, at: number, isStop: boolean): boolean {
    const later = isStop ? ">=" : ">";
    return (
      changesOf(
        this.#sql,
        `INSERT INTO preferences VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at WHERE excluded.at ${later} at`,
        recipient,
        at,
      ) > 0
    );
  }

  /** Of somebody who is on no list; an entry of the list stays, and with it since when. */
  forgetPreference(recipient: string): void {
    this.#sql.exec(
      "DELETE FROM preferences WHERE recipient = ?1 AND NOT EXISTS (SELECT 1 FROM suppressions WHERE recipient = ?1)",
      recipient,
    );
  }

  /** Words so old that no webhook brings them again. */
  prunePreferences(before: number, limit: number): number {
    return changesOf(
      this.#sql,
      `DELETE FROM preferences WHERE recipient IN (SELECT recipient FROM preferences p WHERE at < ?
         AND NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.recipient = p.recipient) LIMIT ?)`,
      before,
      limit,
    );
  }

  addEcho({ recipient, until, code }: Echo): void {
    this.#sql.exec("INSERT OR REPLACE INTO echoes VALUES (?, ?, ?)", recipient, until, code);
  }

  echoes(limit: number): Echo[] {
    return this.#sql.exec("SELECT * FROM echoes LIMIT ?", limit).toArray() as unknown as Echo[];
  }

  /** Unless there is another word meanwhile. */
  endEcho({ recipient, until, code }: Echo): void {
    this.#sql.exec("DELETE FROM echoes WHERE recipient = ? AND until IS ? AND code = ?", recipient, until, code);
  }

  addSweep({ what, name, by }: Sweep): void {
    this.#sql.exec("INSERT OR REPLACE INTO sweeps VALUES (?, ?, ?)", what, name, by);
  }

  sweeps(): Sweep[] {
    return this.#sql.exec("SELECT what, name, by FROM sweeps").toArray() as unknown as Sweep[];
  }

  endSweep({ what, name }: Sweep): void {
    this.#sql.exec("DELETE FROM sweeps WHERE what = ? AND name = ?", what, name);
  }
}

function entryOf(row: Record<string, SqlStorageValue>): Suppression {
  return {
    recipient: row.recipient as string,
    until: row.until as number | null,
    ...(row.code !== null && { code: row.code as number }),
    ...(row.by !== null && { by: row.by as string }),
    at: row.at as number,
  };
}
