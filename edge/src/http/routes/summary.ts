/** GET /v1/summary: how many deliveries are in which state, and what stands still; `?from=` one sender only. */

import type { RouteContext } from "../app.ts";
import { summariesFor } from "../ledgers.ts";
import { queryOf } from "../query.ts";

export async function summary(c: RouteContext): Promise<Response> {
  const ledgers = await summariesFor(c, queryOf(c, "from").from);
  const states: Record<string, number> = {};
  for (const ledger of ledgers)
    for (const [state, count] of Object.entries(ledger.states)) states[state] = (states[state] ?? 0) + count;
  const total = (count: (ledger: (typeof ledgers)[number]) => number) =>
    ledgers.reduce((sum, ledger) => sum + count(ledger), 0);
  return c.json({
    states,
    quarantined: total(({ quarantined }) => quarantined),
    deadLetters: total(({ deadLetters }) => deadLetters),
    poison: total(({ poison }) => poison),
    silentFailure: total(({ silentFailure }) => silentFailure),
    silentFailureAvoided: total(({ silentFailureAvoided }) => silentFailureAvoided),
    ledgers: ledgers.map(({ from, shard, gate, oldestDueAt, alarmAt }) => ({
      from,
      shard,
      gate,
      oldestDueAt,
      alarmAt,
    })),
  });
}
