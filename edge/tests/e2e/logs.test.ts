/** The Worker's log tells what happened, and nothing about whom: no token, no secret, no number, no value. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { KEY, order, Stack } from "./stack.ts";

const CANARY = "Zaphod-Canary";
const secrets = { token: "EAAtoken-canary", appSecret: "secret-canary" };

let stack: Stack;
before(async () => {
  stack = await Stack.start({ sandbox: secrets, logLevel: "log", vars: { GRAPH_TIMEOUT_MS: 1_000 } });
});
after(() => stack.close());

test("whatever happens to a message, the log keeps its secrets", async () => {
  const faults = ["none", "reset_after_accept", "hang_after_accept", "html_5xx", "webhook_failed", "error"] as const;
  const messages = faults.map((_, index) => order(index, { "body.1": CANARY }));
  for (const [index, kind] of faults.entries()) {
    const match = { to: messages[index]?.to ?? "" };
    if (kind !== "none") stack.sandbox.setFault({ kind, match, ...(kind === "error" && { params: { code: 131026 } }) });
  }
  const results = await stack.submit(messages);
  for (const { id } of results) await stack.until(id ?? "", ["read", "failed", "unknown"]);
  await stack.submit([{ ...order(50), to: `not a number ${CANARY}` }]);
  await stack.call("POST", "/v1/deliveries", `{"broken": "${CANARY}`);
  await stack.call("GET", "/v1/health", undefined, { authorization: `Bearer wrong-${KEY}` });
  await stack.sandbox.settled();

  assert.match(stack.output, /"event":"attempt"/, "the log is captured, and says what happens");
  const numbers = messages.map(({ to }) => to.slice(1));
  for (const canary of [CANARY, secrets.token, secrets.appSecret, KEY, ...numbers]) {
    assert.ok(!stack.output.includes(canary), `the log contains ${canary}`);
  }
});
