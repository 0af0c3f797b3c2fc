/** The small tables: which ledger it is, definitions and epochs, nonces, and what went wrong. */

import type { Address, KnownDefinition } from "../types.ts";
import { changesOf, firstOf } from "./sql.ts";

export interface Poison {
  at: number;
  kind: "status" | "row" | "finish";
  /** What is set aside is set aside once. */
  digest: string;
  id?: string;
  reason: string;
}

export class Desk {
  readonly #sql: SqlStorage;
  #address: Address | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** It never changes. */
  address(): Address | undefined {
    if (this.#address !== undefined) return this.#address;
    const row = firstOf(this.#sql, "SELECT sender, shard FROM address");
    if (row !== undefined) this.#address = { from: row.sender as string, shard: row.shard as number };
    return this.#address;
  }

  /** A transaction came to nothing, and with it perhaps the row. */
  drop(): void {
    this.#address = undefined;
  }

  setAddress({ from, shard }: Address): void {
    if (this.address() === undefined) this.#sql.exec("INSERT OR IGNORE INTO address VALUES (1, ?, ?)", from, shard);
  }

  keepDefinition({ hash, text }: KnownDefinition): void {
    this.#sql.exec("INSERT OR IGNORE INTO definitions VALUES (?, ?)", hash, text);
  }

  definition(hash: string): string | undefined {
    return firstOf(this.#sql, "SELECT text FROM definitions WHERE hash = ?", hash)?.text as string | undefined;
  }

  epoch(name: string, language: string): number {
    const row = firstOf(this.#sql, "SELECT epoch FROM epochs WHERE name = ? AND language = ?", name, language);
    return (row?.epoch ?? 0) as number;
  }

  /** Epochs only rise: news may come out of order. Answers whether this one did, over one that was known. */
  raiseEpoch(name: string, language: string, epoch: number): boolean {
    const known = this.epoch(name, language);
    if (epoch <= known) return false;
    this.#sql.exec(
      "INSERT INTO epochs VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET epoch = excluded.epoch",
      name,
      language,
      epoch,
    );
    return known > 0;
  }

  /** False when the nonce was used before. */
  useNonce(nonce: string, now: number): boolean {
    return changesOf(this.#sql, "INSERT OR IGNORE INTO nonces VALUES (?, ?)", nonce, now) > 0;
  }

  pruneNonces(before: number, limit: number): number {
    return changesOf(
      this.#sql,
      "DELETE FROM nonces WHERE nonce IN (SELECT nonce FROM nonces WHERE at < ? LIMIT ?)",
      before,
      limit,
    );
  }

  addDeadLetter(at: number, kind: string, body: string): void {
    this.#sql.exec("INSERT INTO dead_letters (at, kind, body) VALUES (?, ?, ?)", at, kind, body);
  }

  pruneDeadLetters(before: number): void {
    this.#sql.exec("DELETE FROM dead_letters WHERE at < ?", before);
  }

  /** False when it was set aside before. */
  addPoison({ at, kind, digest, id, reason }: Poison): boolean {
    return (
      changesOf(
        this.#sql,
        "INSERT OR IGNORE INTO poison (digest, at, kind, id, reason) VALUES (?, ?, ?, ?, ?)",
        digest,
        at,
        kind,
        id ?? null,
        reason,
      ) > 0
    );
  }

  poisoned(limit: number): Omit<Poison, "digest">[] {
    return this.#sql
      .exec("SELECT at, kind, id, reason FROM poison ORDER BY seq DESC LIMIT ?", limit)
      .toArray()
      .map((row) => ({
        at: row.at as number,
        kind: row.kind as Poison["kind"],
        ...(row.id !== null && { id: row.id as string }),
        reason: row.reason as string,
      }));
  }
}
