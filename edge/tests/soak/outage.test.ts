/** Meta's host is down for a while: few messages are in doubt, the others wait and are delivered when it is back. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually, order, Stack } from "../e2e/stack.ts";

const MESSAGES = Number(process.env["OUTAGE_MESSAGES"] ?? 120);
const OUTAGE_MS = 15_000;
/** Two consumers' worth: six attempts each that met the outage before the breaker opened. */
const MOST_UNKNOWN = 12;

let stack: Stack;
before(async () => {
  stack = await Stack.start({
    vars: {
      GRAPH_TIMEOUT_MS: 2_000,
      SENDING_GRACE_MS: 5_000,
      TICK_MS: 500,
      PER_SECOND: 10_000,
      PAIR_EVERY_MS: 0,
      TRANSPORT_ERRORS: 2,
      PROBE_MS: 200,
      PROBE_MAX_MS: 1_000,
    },
  });
});
after(() => stack.close());

test(`connections are refused for ${OUTAGE_MS / 1000} s: at most ${MOST_UNKNOWN} unknown, the rest delivered later`, async (t) => {
  // The definition is known before the outage, as it would be.
  const [first] = await stack.submit([order(1)]);
  await stack.until(first?.id ?? "", ["read"], 60_000);

  await stack.sandbox.goOffline();
  const results = await stack.submit(Array.from({ length: MESSAGES }, (_, index) => order(index + 2)));
  await sleep(OUTAGE_MS);
  const during = await Promise.all(results.map(({ id }) => stack.read(id ?? "")));
  const unknown = during.filter(({ state }) => state === "unknown");
  t.diagnostic(`${unknown.length} unknown after ${OUTAGE_MS / 1000} s of refused connections`);
  assert.ok(unknown.length > 0, "the outage was met");
  assert.ok(unknown.length <= MOST_UNKNOWN, `${unknown.length} are unknown`);
  assert.deepEqual(new Set(during.map(({ state }) => state)), new Set(["unknown", "queued"]));

  await stack.sandbox.goOnline();
  const doubtful = new Set(unknown.map(({ id }) => id));
  await eventually("what waited to be read", 120_000, async () => {
    const rows = await Promise.all(results.map(({ id }) => stack.read(id ?? "")));
    const late = rows.filter(({ id, state }) => !doubtful.has(id) && state !== "read");
    return { done: late.length === 0, value: late.map(({ state, reason }) => `${state} ${reason}`) };
  });
  // Nothing that is in doubt was posted again.
  for (const { id, attempts } of unknown) {
    const row = await stack.read(id);
    assert.deepEqual([row.state, row.attempts], ["unknown", attempts]);
  }
  assert.equal(stack.sandbox.ledger.accepts.length, 1 + MESSAGES - unknown.length);
});
