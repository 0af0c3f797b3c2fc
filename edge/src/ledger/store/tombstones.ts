/** What is left of a delivery that ended long ago: enough to know its key again, and to say how it ended. */

import type { Counts } from "./counts.ts";
import type { Row } from "./rows.ts";
import { firstOf } from "./sql.ts";

export interface Tombstone {
  tenant: string;
  key: string;
  fingerprint: string;
  id: string;
  campaign: string | null;
  name: string;
  language: string;
  state: string;
  reason: string;
  code: number | null;
  created_at: number;
  settled_at: number;
}

export class Tombstones {
  readonly #sql: SqlStorage;
  readonly #counts: Counts;

  constructor(sql: SqlStorage, counts: Counts) {
    this.#sql = sql;
    this.#counts = counts;
  }

  add({ tenant, fingerprint, campaign, name, language, delivery }: Row): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO tombstones VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      tenant,
      delivery.key,
      fingerprint,
      delivery.id,
      campaign,
      name,
      language,
      delivery.state,
      delivery.reason,
      delivery.code ?? null,
      delivery.createdAt,
      delivery.updatedAt,
    );
  }

  byKey(tenant: string, key: string): Tombstone | undefined {
    return firstOf(this.#sql, "SELECT * FROM tombstones WHERE tenant = ? AND key = ?", tenant, key) as
      Tombstone | undefined;
  }

  byId(id: string): Tombstone | undefined {
    return firstOf(this.#sql, "SELECT * FROM tombstones WHERE id = ?", id) as Tombstone | undefined;
  }

  oldest(): number | null {
    return (firstOf(this.#sql, "SELECT min(settled_at) AS at FROM tombstones")?.at ?? null) as number | null;
  }

  /** From now on their keys are free, and nobody counts them. */
  prune(before: number, limit: number): number {
    const old = this.#sql
      .exec("SELECT tenant, key, campaign, state FROM tombstones WHERE settled_at < ? LIMIT ?", before, limit)
      .toArray();
    for (const row of old) {
      this.#sql.exec("DELETE FROM tombstones WHERE tenant = ? AND key = ?", row.tenant as string, row.key as string);
      this.#counts.move(row.tenant as string, row.campaign as string | null, row.state as string, undefined);
    }
    return old.length;
  }
}
