/** GET /metrics: what a monitor should watch, in Prometheus' text format. Names of people, keys and campaigns are no labels. */

import { type Env, gateSettingsOf } from "../../env.ts";
import { ledgerAt } from "../../objects.ts";
import type { RouteContext } from "../app.ts";
import { UNROUTED } from "../evidence.ts";
import { type Ledgers, summariesFor } from "../ledgers.ts";
import { queryOf } from "../query.ts";
import { Exposition, type Metric } from "../prometheus.ts";

type LedgerNow = Ledgers[number];

const gauge = (name: string, help: string): Metric => ({ name: `wa_preflight_${name}`, type: "gauge", help });
const counter = (name: string, help: string): Metric => ({ name: `wa_preflight_${name}_total`, type: "counter", help });
const count = (of: object) => Object.keys(of).length;

const DELIVERIES = gauge("deliveries", "Deliveries of yours that are in this state now.");
const OUTCOMES = counter("outcomes", "Answers of the Graph API to sends, by what they mean.");
const BREAKER = gauge("breaker", "0: closed. 1: open, nothing is sent. 0.5: half open, one message is tried.");
const UNROUTED_EVENTS = gauge("unrouted", "Webhook events about phone numbers that SENDERS does not have.");

const GAUGES: [Metric, (ledger: LedgerNow, now: number, env: Env) => number | undefined][] = [
  [gauge("quarantined", "Webhook events that belong to no delivery known here."), ({ quarantined }) => quarantined],
  [
    gauge("queue_age_seconds", "How long the oldest delivery that is due has been waiting."),
    ({ oldestDueAt }, now) => (oldestDueAt === null ? 0 : Math.max(0, now - oldestDueAt) / 1_000),
  ],
  [
    gauge("pace_limit", "How many messages this ledger may start in a second. Its starts are attempts_total."),
    ({ from }, _, env) => gateSettingsOf(env, from).perSecond,
  ],
  [gauge("paused", "1 while a person has paused the sender."), ({ gate }) => Number(gate.paused !== undefined)],
  [
    gauge("held_templates", "Templates of which nothing starts."),
    ({ gate }) => Object.values(gate.templates).filter(({ hold }) => hold).length,
  ],
  [gauge("stopped_campaigns", "Campaigns of yours that are paused or cancelled."), ({ gate }) => count(gate.campaigns)],
  [
    gauge("webhook_age_seconds", "Time since the last webhook of this sender."),
    ({ gate: { webhooks } }, now) =>
      webhooks.heardAt === undefined ? undefined : Math.max(0, now - webhooks.heardAt) / 1_000,
  ],
  [
    gauge("webhooks_silent", "1 while messages are accepted and no webhook comes."),
    ({ gate }) => Number(gate.webhooks.silent),
  ],
];

const COUNTERS: [Metric, (ledger: LedgerNow) => number][] = [
  [counter("attempts", "Messages that were handed out for sending."), ({ counters }) => counters["starts"] ?? 0],
  [counter("webhooks", "Webhooks, or parts of them, that were stored."), ({ counters }) => counters["webhooks"] ?? 0],
  [counter("statuses", "Statuses that were news."), ({ counters }) => counters["statuses"] ?? 0],
  [counter("alerts", "Alerts of the gate and of alarms."), ({ counters }) => counters["alerts"] ?? 0],
  [counter("poison", "Things that the delivery machine refused to take."), ({ poison }) => poison],
  [counter("dead_letters", "Queue messages that failed too often."), ({ deadLetters }) => deadLetters],
  [
    counter("silent_failure", "Deliveries that passed their deadline without anybody being told. Must stay 0."),
    ({ silentFailure }) => silentFailure,
  ],
  [
    counter("silent_failure_avoided", "Deliveries without a word from Meta by their deadline, surfaced for a person."),
    ({ silentFailureAvoided }) => silentFailureAvoided,
  ],
];

export async function metrics(c: RouteContext): Promise<Response> {
  queryOf(c);
  const now = Date.now();
  const text = new Exposition();
  for (const ledger of await summariesFor(c, undefined)) {
    const labels = { from: ledger.from, shard: String(ledger.shard) };
    for (const [state, deliveries] of Object.entries(ledger.states))
      text.add(DELIVERIES, { ...labels, state }, deliveries);
    for (const [name, outcomes] of Object.entries(ledger.counters)) {
      if (name.startsWith("outcome_")) text.add(OUTCOMES, { ...labels, class: name.slice(8) }, outcomes);
    }
    for (const [metric, read] of GAUGES) {
      const value = read(ledger, now, c.env);
      if (value !== undefined) text.add(metric, labels, value);
    }
    for (const [metric, read] of COUNTERS) text.add(metric, labels, read(ledger));
    for (const breaker of ["account", "transport"] as const) {
      const open = ledger.gate[breaker];
      text.add(BREAKER, { ...labels, breaker }, open === undefined ? 0 : open.halfOpen ? 0.5 : 1);
    }
  }
  text.add(UNROUTED_EVENTS, {}, (await ledgerAt(c.env, UNROUTED).summary()).quarantined);
  return c.text(text.toString(), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
}
