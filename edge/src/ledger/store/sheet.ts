/** What nearly every call changes, in one row, because each row that is written has its price: the gate's state, and counters. */

import { firstOf } from "./sql.ts";

export class Sheet {
  readonly #sql: SqlStorage;
  /** What is to be written at the end of the transaction. */
  #gate: string | undefined;
  #counted = new Map<string, number>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The gate's state as JSON; `null` while nothing is known. */
  gate(): string {
    return this.#gate ?? ((firstOf(this.#sql, "SELECT gate FROM sheet")?.gate ?? "null") as string);
  }

  setGate(state: string): void {
    this.#gate = state;
  }

  count(name: string, by = 1): void {
    this.#counted.set(name, (this.#counted.get(name) ?? 0) + by);
  }

  /** How often what happened. */
  counters(): Record<string, number> {
    const { counters = "{}" } = firstOf(this.#sql, "SELECT counters FROM sheet") ?? {};
    return JSON.parse(counters as string) as Record<string, number>;
  }

  /** At the end of a transaction. */
  flush(): void {
    if (this.#gate === undefined && this.#counted.size === 0) return;
    const counters = this.counters();
    for (const [name, by] of this.#counted) counters[name] = (counters[name] ?? 0) + by;
    this.#sql.exec(
      "INSERT INTO sheet VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET gate = excluded.gate, counters = excluded.counters",
      this.gate(),
      JSON.stringify(counters),
    );
    this.drop();
  }

  /** When a transaction came to nothing. */
  drop(): void {
    this.#gate = undefined;
    this.#counted = new Map();
  }
}
