/** What nearly every call changes, in one row, because each row that is written has its price: the gate's state, and counters. */

import { firstOf } from "./sql.ts";

interface Written {
  gate: string;
  counters: string;
}

const NOTHING: Written = { gate: "null", counters: "{}" };

export class Sheet {
  readonly #sql: SqlStorage;
  /** Within a transaction what was there when it began, once somebody asked. */
  #known: Written | undefined;
  #isOpen = false;
  /** What is to be written at the end of the transaction. */
  #gate: string | undefined;
  #counted = new Map<string, number>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** A transaction begins: nobody else writes until it ends. */
  open(): void {
    this.#isOpen = true;
  }

  /** The gate's state as JSON; `null` while nothing is known. */
  gate(): string {
    return this.#gate ?? this.#read().gate;
  }

  setGate(state: string): void {
    this.#gate = state;
  }

  count(name: string, by = 1): void {
    this.#counted.set(name, (this.#counted.get(name) ?? 0) + by);
  }

  /** How often what happened. */
  counters(): Record<string, number> {
    return JSON.parse(this.#read().counters) as Record<string, number>;
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
  }

  /** A transaction has ended, well or not. */
  drop(): void {
    this.#isOpen = false;
    this.#known = undefined;
    this.#gate = undefined;
    this.#counted = new Map();
  }

  #read(): Written {
    const read = () => (firstOf(this.#sql, "SELECT gate, counters FROM sheet") ?? NOTHING) as unknown as Written;
    if (!this.#isOpen) return read();
    return (this.#known ??= read());
  }
}
