/** How many deliveries are in which state. Written once a transaction, read without counting. */

import { firstOf } from "./sql.ts";

type States = Record<string, number>;

export class Counts {
  readonly #sql: SqlStorage;
  /** By tenant and campaign, as JSON, and by state. */
  #moves = new Map<string, Map<string, number>>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  move(tenant: string, campaign: string | null, from: string | undefined, to: string | undefined): void {
    if (from === to) return;
    const name = JSON.stringify([tenant, campaign ?? ""]);
    const moves = this.#moves.get(name) ?? new Map<string, number>();
    this.#moves.set(name, moves);
    if (from !== undefined) moves.set(from, (moves.get(from) ?? 0) - 1);
    if (to !== undefined) moves.set(to, (moves.get(to) ?? 0) + 1);
  }

  /** At the end of a transaction. */
  flush(): void {
    for (const [name, moves] of this.#moves) {
      const changed = [...moves].filter(([, by]) => by !== 0);
      if (changed.length === 0) continue;
      const [tenant, campaign] = JSON.parse(name) as [string, string];
      // In one statement: each one costs more than what it does.
      const added = changed.map(() => "?, coalesce(states ->> ?, 0) + ?").join(", ");
      this.#sql.exec(
        `INSERT INTO tallies VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET states = json_set(states, ${added})`,
        tenant,
        campaign,
        JSON.stringify(Object.fromEntries(changed)),
        ...changed.flatMap(([state, by]) => [`$.${state}`, `$.${state}`, by]),
      );
    }
    this.drop();
  }

  /** When a transaction came to nothing. */
  drop(): void {
    this.#moves = new Map();
  }

  /** Of one tenant, or of all. */
  states(tenant?: string): States {
    const each = "SELECT each.key AS state, sum(each.value) AS n FROM tallies, json_each(tallies.states) AS each";
    const rows =
      tenant === undefined
        ? this.#sql.exec(`${each} GROUP BY 1`)
        : this.#sql.exec(`${each} WHERE tenant = ? GROUP BY 1`, tenant);
    return counted(rows.toArray().map(({ state, n }) => [state as string, n as number]));
  }

  /** Undefined when no delivery belongs to it. */
  campaign(tenant: string, campaign: string): States | undefined {
    const states = this.#campaign(tenant, campaign);
    return Object.keys(states).length > 0 ? states : undefined;
  }

  #campaign(tenant: string, campaign: string): States {
    const query = "SELECT states FROM tallies WHERE tenant = ? AND campaign = ?";
    const states = (firstOf(this.#sql, query, tenant, campaign)?.states ?? "{}") as string;
    return counted(Object.entries(JSON.parse(states) as States));
  }
}

/** Without what is none. */
function counted(states: [string, number][]): States {
  return Object.fromEntries(states.filter(([, n]) => n !== 0));
}
