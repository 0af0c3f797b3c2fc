/** A sender's ledger in four shards: the same promises, and every id and webhook finds its own. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { order, Stack } from "./stack.ts";

let stack: Stack;
before(async () => {
  stack = await Stack.start({ vars: { SHARDS: 4 } });
});
after(() => stack.close());

const messages = Array.from({ length: 16 }, (_, index) => order(index));

test("deliveries spread over the shards, and each goes to read", async () => {
  const results = await stack.submit(messages);
  assert.deepEqual(
    results.map(({ key, state }) => [key, state]),
    messages.map(({ key }) => [key, "queued"]),
    "results come in the messages' order",
  );
  const shards = new Set(results.map(({ id }) => id?.[1]));
  assert.ok(shards.size > 1 && [...shards].every((shard) => "0123".includes(shard ?? "")), [...shards].join());
  for (const { id } of results) await stack.until(id ?? "", ["read"], 30_000);
  for (const { to } of messages) assert.equal(stack.accepts(to), 1);
});

test("a key finds its shard again", async () => {
  const results = await stack.submit(messages);
  assert.deepEqual(new Set(results.map(({ state }) => state)), new Set(["duplicate"]));
});

test("a status without our callback id is looked for in every shard", async () => {
  const message = order(100);
  stack.sandbox.setFault({ kind: "webhook_no_callback_data", match: { to: message.to } });
  const [result] = await stack.submit([message]);
  await stack.until(result?.id ?? "", ["read"]);
});

test("a conflict in one shard stops the whole request", async () => {
  const fresh = Array.from({ length: 8 }, (_, index) => order(200 + index));
  const [known = order(0)] = messages;
  const conflicting = { ...known, values: { ...known.values, "body.1": "Eve" } };
  const answer = await stack.call("POST", "/v1/deliveries", { ...stack.envelope(), messages: [...fresh, conflicting] });
  assert.equal(answer.status, 409);
  const again = await stack.submit(fresh);
  assert.deepEqual(new Set(again.map(({ state }) => state)), new Set(["queued"]), "none of them was stored before");
});

test("the list shows all shards, the newest first", async () => {
  const { body } = await stack.call<{ deliveries: { key: string; createdAt: number }[] }>(
    "GET",
    "/v1/deliveries?limit=200",
  );
  assert.equal(body.deliveries.length, 16 + 1 + 8);
  const times = body.deliveries.map(({ createdAt }) => createdAt);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => b - a),
  );
});
