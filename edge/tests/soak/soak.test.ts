/**
 * Thousands of messages through a real Worker that is killed again and again, against a sandbox that fails a third of the
 * requests. The two ledgers must agree in the end: nothing lost, nothing taken twice, nothing unexplained.
 *
 * SOAK_MESSAGES, SOAK_KILLS and SOAK_SEED say how many, how often and which faults.
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { KEY, order, OTHER_KEY, Stack } from "../e2e/stack.ts";
import { Stops } from "../e2e/stops.ts";
import { parseMetrics } from "../worker/metrics-parser.ts";
import { compare, type Submitted, type Tenant } from "./compare.ts";
import { Feed } from "./feed.ts";
import { faultedShare, setFaults } from "./plan.ts";
import { leaks, unknownWords } from "./scans.ts";

const MESSAGES = Number(process.env["SOAK_MESSAGES"] ?? 5_000);
const KILLS = Number(process.env["SOAK_KILLS"] ?? 21);
const SEED = process.env["SOAK_SEED"] ?? "20261126";

const WAVE = 150;
/** As many may wait; more would only grow old. */
const MOST_WAITING = 150;
const LIFE_MS = Number(process.env["SOAK_LIFE_S"] ?? 60) * 1_000;
const GRAPH_TIMEOUT_MS = 1_000;
/** A busy machine stores an outcome late, and a late one would be another story than the kills'. */
const SENDING_GRACE_MS = 5_000;
const CANARY = "Canary";
const TICK_MS = 500;
/** So long after a start what came due in the downtime may be found: the cron's first tick, and a busy machine. */
const FOUND_WITHIN_MS = 4 * TICK_MS;

interface Kill {
  at: number;
  place: string;
  /** When it was up again. */
  upAt: number;
}

const PLACES = [
  "after-lease",
  "before-start",
  "after-start",
  "during-post",
  "before-finish",
  "after-finish",
  "at random",
];
const secrets = {
  token: "EAAsoak-token-9d1f",
  appSecret: "soak-app-secret-77aa",
};
const LEDGER_KEY = Buffer.alloc(32, "soak-ledger-key-").toString("base64");

const vars = {
  GRAPH_TIMEOUT_MS,
  SENDING_GRACE_MS,
  LEASE_MS: 1_500,
  NUDGE_EVERY_MS: 500,
  TICK_MS,
  // Breakers that open and close within seconds, and no pacing: recipients differ, and the pace has tests of its own.
  PER_SECOND: 10_000,
  PAIR_EVERY_MS: 0,
  TRANSPORT_ERRORS: 2,
  PROBE_MS: 100,
  PROBE_MAX_MS: 500,
  TRIAL_MS: 100,
  TRIAL_MAX_MS: 500,
  LEDGER_KEY,
};

let stack: Stack;
let stops: Stops;
before(async () => {
  stops = await Stops.open();
  stack = await Stack.start({
    entry: join(import.meta.dirname, "..", "e2e", "stallable-worker.ts"),
    logLevel: "log",
    sandbox: { ...secrets, seed: SEED, statusDelayMs: 20 },
    vars: { STOPS: stops.url, ...vars },
  });
  stack.sandbox.setFault({ kind: "delay", params: { ms: 20 } });
  setFaults(stack.sandbox);
});
after(async () => {
  await stack.close();
  stops.close();
});

test(`${MESSAGES} messages, ${KILLS} kills, seed ${SEED}: the ledgers agree`, async (t) => {
  const startedAt = Date.now();
  const ours = new Feed(stack, LIFE_MS);
  const theirs = new Feed(stack, LIFE_MS, OTHER_KEY);
  const kills: Kill[] = [];
  let fed = false;
  const progress = setInterval(() => {
    const { accepts, requests } = stack.sandbox.ledger;
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    console.log(
      `${seconds} s: ${ours.submitted.length} submitted, ${requests.length} requests, ${accepts.length} accepts, ${kills.length} kills`,
    );
  }, 10_000);
  await Promise.all([
    feed(ours, theirs).finally(() => {
      fed = true;
    }),
    killer(kills, () => fed && ours.waiting() === 0),
  ]);
  clearInterval(progress);
  // Every deadline, and what a tick needs to notice it.
  await sleep(Math.max(0, ours.lastDeadline + GRAPH_TIMEOUT_MS + SENDING_GRACE_MS + 2_000 - Date.now()));
  await stack.sandbox.settled();

  const tenants: Tenant[] = await Promise.all(
    [ours, theirs].map(async (each, index) => ({
      name: ["tests", "other"][index] ?? "",
      submitted: each.submitted,
      deliveries: await each.read(),
    })),
  );
  const rows = tenants.flatMap(({ deliveries }) => deliveries);
  const { findings, mustNeedAttention, takenByKills, states } = compare({
    sandbox: stack.sandbox.ledger,
    tenants,
    kills: kills.map(({ at }) => at),
    attemptMs: GRAPH_TIMEOUT_MS + SENDING_GRACE_MS,
  });
  const share = faultedShare(stack.sandbox);
  const places = Object.fromEntries(
    [...Map.groupBy(kills, ({ place }) => place)].map(([place, all]) => [place, all.length]),
  );
  const { accepts, requests, webhooks, maxInFlight } = stack.sandbox.ledger;
  const tell = (text: string) => t.diagnostic(text);
  tell(`${rows.length} deliveries in ${Math.round((Date.now() - startedAt) / 1000)} s: ${JSON.stringify(states)}`);
  tell(
    `${requests.length} requests, ${(share * 100).toFixed(1)} % of the sends faulted; ${accepts.length} accepts; ${webhooks.length} webhooks`,
  );
  tell(`${kills.length} kills: ${JSON.stringify(places)}`);
  tell(
    `${mustNeedAttention.length} need attention because nothing told of them, ${takenByKills.length} because of a kill`,
  );

  await t.test("nothing is lost, taken twice or unexplained", () => assert.deepEqual(findings.slice(0, 20), []));
  await t.test("exactly those need attention of which nothing told, and those that a kill took", () => {
    const attention = rows.filter(({ state }) => state === "needs_attention").map(({ key }) => key);
    assert.deepEqual(attention.toSorted(), [...mustNeedAttention, ...takenByKills].toSorted());
  });
  await t.test("every other one ends in Meta's own state: none ran out of time before Meta saw it", () => {
    const expired = rows.filter(({ state }) => state === "expired");
    for (const { key, timeline } of expired) {
      tell(`${key} expired: ${timeline.map(({ event, state, reason }) => `${event} ${state} ${reason}`).join(", ")}`);
    }
    // One that Meta refused for a while, or for its account, may run out of time; the comparison has judged that.
    const unseen = expired.filter(({ timeline }) => !timeline.some(({ event }) => event === "finished"));
    assert.deepEqual(
      unseen.map(({ key }) => key),
      [],
      "on a slow machine give them longer with SOAK_LIFE_S",
    );
  });
  await t.test("no deadline passes unseen while the Worker is up (R33)", async () => {
    const silent = rows.flatMap(({ key, timeline }) =>
      timeline.filter(({ event }) => event === "silent_failure").map(({ at }) => ({ key, at })),
    );
    const family = parseMetrics(await stack.text("GET", "/metrics")).get("wa_preflight_silent_failure_total");
    const counted = family?.samples.reduce((sum, { value }) => sum + value, 0);
    assert.equal(counted, silent.length, "the counter is what the timelines say");
    // Nobody sees a deadline while the Worker is down; what passed then is found as soon as it is up.
    const unseen = silent.filter(({ at }) => !kills.some((kill) => kill.at <= at && at <= kill.upAt + FOUND_WITHIN_MS));
    tell(`${silent.length} deadlines passed while the Worker was down`);
    assert.deepEqual(unseen, []);
  });
  await t.test("at least 30 % of the sends were faulted, and it was killed as often as was wanted", () => {
    assert.ok(share >= 0.3, `${share} of the sends were faulted`);
    assert.equal(kills.length, KILLS);
  });
  await t.test("never more than six POSTs were under way", () => assert.ok(maxInFlight <= 6, `${maxInFlight} were`));
  await t.test("nothing that the Worker printed has a secret, a recipient or a value (R42)", () => {
    assert.ok(stack.output.includes('"event":"attempt"'), "the log was there to be searched");
    const words = { secret: [...Object.values(secrets), LEDGER_KEY, KEY, OTHER_KEY], value: [CANARY] };
    const recipients = tenants.flatMap(({ submitted }) => submitted.map(({ to }) => to));
    assert.deepEqual(leaks(stack.output, words, recipients), []);
  });
  await t.test("every state and reason is in the dictionary (R45)", () => assert.deepEqual(unknownWords(rows), []));
});

/** In waves, and a few for another tenant under the very same keys. */
async function feed(ours: Feed, theirs: Feed): Promise<void> {
  await theirs.submit(Array.from({ length: 40 }, (_, index) => message(900_000 + index, index)));
  for (let first = 0; first < MESSAGES; first += WAVE) {
    const count = Math.min(WAVE, MESSAGES - first);
    await ours.submit(Array.from({ length: count }, (_, index) => message(first + index, first + index)));
    while (ours.waiting() > MOST_WAITING) await sleep(100);
  }
}

function message(number: number, key: number): Submitted {
  const values = {
    "body.1": `${CANARY} ${number}`,
    "body.2": `${CANARY}-${number}`,
    "buttons.0": `${CANARY}-${number}`,
  };
  return { ...order(number, values), key: `order-${key}` };
}

/** Kills the Worker at each place in turn while there is work, and starts it again on the same state. */
async function killer(kills: Kill[], isOver: () => boolean): Promise<void> {
  for (let turn = 0; turn < KILLS; turn += 1) {
    const place = PLACES[turn % PLACES.length] ?? "";
    await sleep(600 + ((turn * 397) % 900));
    if (isOver()) throw new Error(`the messages were gone after ${turn} kills: take more messages or fewer kills`);
    const reached = await atPlace(place);
    const kill = { at: Date.now(), place: reached ? place : "at random", upAt: Infinity };
    kills.push(kill);
    await stack.kill();
    stops.release();
    await stack.startWorker();
    kill.upAt = Date.now();
  }
}

/** False when the Worker did not come there in time: a breaker can be open. */
async function atPlace(place: string): Promise<boolean> {
  if (place === "at random") return true;
  const giveUp = AbortSignal.timeout(5_000);
  if (place === "during-post") {
    while (stack.sandbox.ledger.inFlight === 0 && !giveUp.aborted) await sleep(1);
    return !giveUp.aborted;
  }
  return Promise.race([stops.hold(place).then(() => true), sleep(5_000).then(() => false)]);
}
