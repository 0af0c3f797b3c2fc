/** GET /metrics: what a monitor should watch, in Prometheus' text format. Names of people, keys and campaigns are no labels. */

import type { RouteContext } from "../app.ts";
import { UNROUTED } from "../evidence.ts";
import { callsOf, type Summary } from "../ledger-calls.ts";
import { Exposition, type Metric } from "../prometheus.ts";
import { ledgersFor } from "../scope.ts";

const gauge = (name: string, help: string): Metric => ({ name: `wa_preflight_${name}`, type: "gauge", help });
const counter = (name: string, help: string): Metric => ({ name: `wa_preflight_${name}_total`, type: "counter", help });

const DELIVERIES = gauge("deliveries", "Deliveries that are in this state now.");
const OUTCOMES = counter("outcomes", "Answers of the Graph API to sends, by what they mean.");
const BREAKER = gauge("breaker", "0: closed. 1: open, nothing is sent. 0.5: half open, one message is tried.");
const GAUGES: [Metric, (ledger: Summary, now: number) => number | undefined][] = [
  [gauge("quarantined", "Webhook events that belong to no delivery known here."), ({ quarantined }) => quarantined],
  [
    gauge("queue_age_seconds", "How long the oldest delivery that is due has been waiting."),
    ({ oldestDueAt }, now) => (oldestDueAt === null ? 0 : Math.max(0, now - oldestDueAt) / 1_000),
  ],
  [gauge("paused", "1 while a person has paused the sender."), ({ gate }) => Number(Boolean(gate?.paused))],
  [
    gauge("held_templates", "Templates of which nothing starts."),
    ({ gate }) => Object.values(gate?.templates ?? {}).filter(({ hold }) => hold).length,
  ],
  [
    gauge("stopped_campaigns", "Campaigns that are paused or cancelled."),
    ({ gate }) => Object.keys(gate?.campaigns ?? {}).length,
  ],
  [
    gauge("webhook_age_seconds", "Time since the last webhook of this sender."),
    ({ gate }, now) =>
      gate?.webhooks?.heardAt === undefined ? undefined : Math.max(0, now - gate.webhooks.heardAt) / 1_000,
  ],
  [
    gauge("webhooks_silent", "1 while messages are accepted and no webhook comes."),
    ({ gate }) => Number(Boolean(gate?.webhooks?.silent)),
  ],
];
const COUNTERS: [Metric, (ledger: Summary) => number | undefined][] = [
  [counter("poison", "Things that the delivery machine refused to take."), ({ poison }) => poison],
  [counter("dead_letters", "Queue messages that failed too often."), ({ deadLetters }) => deadLetters],
  [
    counter("silent_failure", "Deliveries that passed their deadline without anybody being told. Must stay 0."),
    ({ silentFailure }) => silentFailure,
  ],
  [
    counter("silent_failure_avoided", "Deliveries that would have been lost without a word, and were surfaced."),
    ({ silentFailureAvoided }) => silentFailureAvoided,
  ],
];

export async function metrics(c: RouteContext): Promise<Response> {
  const now = Date.now();
  const text = new Exposition();
  const addresses = [...ledgersFor(c, undefined), UNROUTED];
  const ledgers = await Promise.all(
    addresses.map(async (address) => ({ address, ledger: await callsOf(c.env, address).summary() })),
  );
  for (const { address, ledger } of ledgers) {
    const labels = { from: address.from, shard: String(address.shard) };
    for (const [state, count] of Object.entries(ledger.states)) text.add(DELIVERIES, { ...labels, state }, count);
    for (const [metric, read] of [...GAUGES, ...COUNTERS]) {
      const value = read(ledger, now);
      if (value !== undefined) text.add(metric, labels, value);
    }
    for (const breaker of ["account", "transport"] as const) {
      const open = ledger.gate?.[breaker];
      text.add(BREAKER, { ...labels, breaker }, open ? (open.halfOpen ? 0.5 : 1) : 0);
    }
    addCounters(text, labels, ledger.counters ?? {});
  }
  return c.text(text.toString(), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
}

/** The ledger counts by name; `outcome_<class>` are one metric. */
function addCounters(text: Exposition, labels: Record<string, string>, counters: Record<string, number>): void {
  for (const [name, count] of Object.entries(counters)) {
    const [, outcome] = /^outcome_([a-z_]{1,40})$/.exec(name) ?? [];
    if (outcome !== undefined) text.add(OUTCOMES, { ...labels, class: outcome }, count);
    else if (/^[a-z][a-z_]{0,39}$/.test(name)) text.add(counter(name, "Counted by the ledger."), labels, count);
  }
}
