/** How many deliveries are in which state, and how often what happened. Written once a transaction, read without counting. */

import { firstOf } from "./sql.ts";

/** A statement takes at most 100 values. */
const ROWS_AT_ONCE = 20;

export class Counts {
  readonly #sql: SqlStorage;
  #moves = new Map<string, number>();
  #events = new Map<string, number>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  move(tenant: string, campaign: string | null, from: string | undefined, to: string | undefined): void {
    if (from === to) return;
    for (const [state, by] of [
      [from, -1],
      [to, 1],
    ] as const) {
      if (state === undefined) continue;
      const name = JSON.stringify([tenant, campaign ?? "", state]);
      this.#moves.set(name, (this.#moves.get(name) ?? 0) + by);
    }
  }

  count(name: string, by = 1): void {
    this.#events.set(name, (this.#events.get(name) ?? 0) + by);
  }

  /** At the end of a transaction. */
  flush(): void {
    const moves = [...this.#moves].filter(([, by]) => by !== 0);
    const rows = moves.map(([name, by]) => [...(JSON.parse(name) as [string, string, string]), by]);
    this.#add("counts", rows);
    this.#add("counters", [...this.#events]);
    this.drop();
  }

  /** One statement for some rows: each one costs more than each row. */
  #add(table: "counts" | "counters", rows: SqlStorageValue[][]): void {
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      const some = rows.slice(start, start + ROWS_AT_ONCE);
      const places = some.map((row) => `(${row.map(() => "?").join(", ")})`).join(", ");
      this.#sql.exec(
        `INSERT INTO ${table} VALUES ${places} ON CONFLICT DO UPDATE SET n = n + excluded.n`,
        ...some.flat(),
      );
    }
  }

  /** When a transaction came to nothing. */
  drop(): void {
    this.#moves = new Map();
    this.#events = new Map();
  }

  /** Of one tenant, or of all. */
  states(tenant?: string): Record<string, number> {
    if (tenant === undefined) return this.#states("SELECT state, sum(n) AS n FROM counts GROUP BY state");
    return this.#states("SELECT state, sum(n) AS n FROM counts WHERE tenant = ? GROUP BY state", tenant);
  }

  /** Undefined when no delivery ever belonged to it. */
  campaign(tenant: string, campaign: string): Record<string, number> | undefined {
    const states = this.#states("SELECT state, n FROM counts WHERE tenant = ? AND campaign = ?", tenant, campaign);
    return Object.keys(states).length > 0 ? states : undefined;
  }

  events(): Record<string, number> {
    const rows = this.#sql.exec("SELECT name, n FROM counters").toArray();
    return Object.fromEntries(rows.map((row) => [row.name as string, row.n as number]));
  }

  event(name: string): number {
    return (firstOf(this.#sql, "SELECT n FROM counters WHERE name = ?", name)?.n ?? 0) as number;
  }

  #states(query: string, ...bindings: SqlStorageValue[]): Record<string, number> {
    const rows = this.#sql.exec(query, ...bindings).toArray();
    return Object.fromEntries(rows.filter(({ n }) => n !== 0).map((row) => [row.state as string, row.n as number]));
  }
}
