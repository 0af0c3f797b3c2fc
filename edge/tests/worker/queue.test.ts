/** The queue's consumers: acknowledged one by one, and what fails for good is noted. */

import { env } from "cloudflare:workers";
import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { expect, test } from "vitest";
import type { QueueMessage } from "../../src/delivery/queue.ts";
import { ledgerAt } from "../../src/objects.ts";
import worker from "../../src/worker.ts";
import { SENDER } from "./settings.ts";

const address = { from: SENDER.phoneNumberId, shard: 0 };

function run(queue: string, bodies: unknown[]) {
  const batch = createMessageBatch<QueueMessage>(
    queue,
    bodies.map((body, index) => ({ id: `m${index}`, timestamp: new Date(), attempts: 1, body: body as QueueMessage })),
  );
  const context = createExecutionContext();
  return worker.queue(batch, env).then(() => getQueueResult(batch, context));
}

const lateFinish = (id: string) => ({
  kind: "finish",
  ...address,
  finishes: [
    { id, n: 1, outcome: { class: "accepted", resend: "never", messageId: "wamid.Q", action: "" }, raw: "{}" },
  ],
});

test("nudges of an empty ledger are acknowledged", async () => {
  const result = await run("wa-preflight-nudges", [
    { kind: "nudge", ...address },
    { kind: "nudge", ...address },
  ]);
  expect(result.explicitAcks.sort()).toEqual(["m0", "m1"]);
});

test("a message that fails is retried, and takes no other with it", async () => {
  const result = await run("wa-preflight-nudges", [
    { kind: "finish", ...address },
    { kind: "nudge", ...address },
    null,
    { kind: "what is this" },
  ]);
  expect(result.explicitAcks).toEqual(["m1"]);
  expect(result.retryMessages.map(({ msgId }) => msgId)).toEqual(["m0", "m2", "m3"]);
});

test("a dead letter is noted in its ledger", async () => {
  const before = (await ledgerAt(env, address).summary()).deadLetters;
  const result = await run("wa-preflight-dead", [{ kind: "nudge", ...address }]);
  expect(result.explicitAcks).toEqual(["m0"]);
  expect((await ledgerAt(env, address).summary()).deadLetters).toBe(before + 1);
});

test("a dead letter that is no message of ours is noted, too, and what it carried of Meta's answers is not", async () => {
  const unrouted = { from: "unrouted", shard: 0 };
  const before = (await ledgerAt(env, unrouted).summary()).deadLetters;
  const result = await run("wa-preflight-dead", [{ what: "is this" }, null, { ...lateFinish("nobody") }]);
  expect(result.explicitAcks.sort()).toEqual(["m0", "m1", "m2"]);
  expect((await ledgerAt(env, unrouted).summary()).deadLetters).toBe(before + 2);
  const { events } = await ledgerAt(env, address).events({ limit: 1_000 });
  expect(events.filter(({ event }) => event === "dead_letter")).toContainEqual(
    expect.objectContaining({ id: "nobody", reason: "finish" }),
  );
  expect(await ledgerAt(env, address).poisoned(1)).toMatchObject([{ kind: "finish", id: "nobody" }]);
});

test("an outcome that comes late, by the queue, is stored", async () => {
  const ledger = ledgerAt(env, address);
  const [result] = await ledger.submit(address, {
    tenant: "tests",
    template: { name: "hello", language: "en", epoch: 1, hash: "h", text: "{}" },
    category: "utility",
    items: [{ key: "late", fingerprint: "f", message: { to: "+15550000001" } }],
  });
  const id = (result as { id: string }).id;
  await ledger.start([id], "n");
  expect((await run("wa-preflight-nudges", [lateFinish(id)])).explicitAcks).toEqual(["m0"]);
  expect((await ledger.read("tests", id))?.delivery.state).toBe("accepted");
});
