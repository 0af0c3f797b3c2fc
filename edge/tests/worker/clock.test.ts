/** The alarm: a webhook leaves it where it is whenever that is early enough, and never later than anything needs it. */

import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { Book } from "../../src/ledger/book.ts";
import { planOf } from "../../src/ledger/clock.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import type { StatusReport } from "../../src/ledger/types.ts";
import {
  accepted,
  address,
  alarm,
  callbackIdOf,
  ledger,
  passTime,
  request,
  stateOf,
  status,
  stub,
  submitted,
  throttled,
  uncertain,
} from "./tools.ts";

/** When the ledger has to wake up, looked for anew in its tables. */
function wanted(): Promise<number> {
  return runInDurableObject(stub(), (_, { storage }) => {
    const now = Date.now();
    const { dueAt, wakeAt } = planOf(new Book(storage, env), now);
    const nudged = dueAt !== null && dueAt <= now ? Infinity : (dueAt ?? Infinity);
    return Math.min(nudged, wakeAt ?? Infinity);
  });
}

/** An alarm that was set for something earlier rings, finds nothing and is set for what is next. */
async function ring(): Promise<void> {
  await runDurableObjectAlarm(stub());
}

async function hear(...reports: StatusReport[]): Promise<void> {
  await ledger().receive(address, reports, []);
}

const CODES = [130429, 131026, 131048, 131049, 131050, 131053, 132001, 132015, 131031, 368, 80007, 190, 131042];

test("a time that no alarm can be set to breaks nothing", async () => {
  const far = 9_100_000_000_000_000;
  await ledger().submit(address, request([{ key: "far" }], { sendAt: far, expiresAt: far + 1 }));
  const at = await alarm();
  expect(at).not.toBeNull();
  expect((at ?? 0) - Date.now()).toBeGreaterThan(86_400_000);
  const [id = ""] = await submitted("near");
  expect((await ledger().lease(10)).ids).toEqual([id]);
});

test.each([
  ["accepted", accepted],
  ["unknown", uncertain],
  ["throttled", throttled],
] as const)("after any status of an attempt that was %s, the alarm is early enough", async (_, outcome) => {
  const keys = ["sent", "delivered", "read", "new-word", ...CODES.map(String)];
  for (const key of keys) {
    // One after the other: a row that is due would ask for an early alarm whatever a status does.
    const [id = ""] = await submitted(key);
    await runInDurableObject(stub(), async (instance: Ledger, { storage }) => {
      // Each begins with a sender that nothing holds back.
      storage.sql.exec("UPDATE sheet SET gate = 'null'");
      await instance.start([id], `n ${key}`);
      await instance.finish([
        { id, n: 1, outcome: { ...outcome, ...(outcome === accepted && { messageId: id }) }, raw: "{}" },
      ]);
    });
    await ring();
    const failed = /^\d+$/.test(key);
    const callbackId = await callbackIdOf(id);
    await hear(
      status({ wamid: id, callbackId, status: failed ? "failed" : key, ...(failed && { code: Number(key) }) }),
    );
    expect(await alarm(), key).toBeLessThanOrEqual(await wanted());
  }
});

test("a webhook that changes no time leaves the alarm alone", async () => {
  const [first = "", second = ""] = await submitted("a", "b");
  await ledger().start([first], "n");
  await ledger().finish([{ id: first, n: 1, outcome: accepted, raw: "{}" }]);
  // Of the row that is due: its nudge can be lost.
  const before = await alarm();
  expect(before).not.toBeNull();
  await hear(status({ callbackId: await callbackIdOf(first), status: "sent" }));
  await hear(status({ callbackId: await callbackIdOf(first), status: "delivered" }));
  expect(await alarm()).toBe(before);
  expect(second).not.toBe("");
});

test("a message that was given up on, and is heard of after all, is waited for again", async () => {
  const [id = ""] = await submitted("a");
  await ledger().start([id], "n");
  await ledger().finish([{ id, n: 1, outcome: uncertain, raw: "{}" }]);
  const callbackId = await callbackIdOf(id);
  for (let days = 0; (await stateOf(id)) !== "needs_attention"; days += 1) {
    expect(days).toBeLessThan(31);
    await passTime(86_400_000);
    await ring();
  }
  await ring();
  await hear(status({ callbackId, status: "sent" }));
  // Its deadline is long past: the alarm may have rung already, and for what needs attention none is set.
  expect((await alarm()) ?? Infinity).toBeLessThanOrEqual(await wanted());
});

test("a status of nobody's message is tidied in time, also when nothing else is to come for weeks", async () => {
  const [id = ""] = await submitted("a");
  await ledger().start([id], "n");
  await ledger().finish([{ id, n: 1, outcome: accepted, raw: "{}" }]);
  await ring();
  await hear(status({ wamid: "wamid.stranger" }));
  expect(await alarm()).toBeLessThanOrEqual(await wanted());
});
