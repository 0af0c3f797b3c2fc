/** What must surface by itself: deadlines, lost attempts, alarms that fail or stop, dead letters. */

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { accepted, address, alarm, ledger, passTime, stateOf, stub, submitted, TENANT, uncertain } from "./tools.ts";

const DAY = 24 * 3_600_000;
const events = async () => (await ledger().events({ limit: 1_000 })).events;

describe("deadlines (R33)", () => {
  test("unknown and unconfirmed deliveries are surfaced by theirs and counted as avoided; none is silent", async () => {
    const [lost = "", sent = "", open = ""] = await submitted("lost", "sent", "open");
    await ledger().start([lost, sent, open], "n");
    await ledger().finish([
      { id: lost, n: 1, outcome: uncertain, raw: "{}" },
      { id: sent, n: 1, outcome: accepted, raw: "{}" },
    ]);
    await passTime(DAY + 1);
    await runDurableObjectAlarm(stub());
    for (const id of [lost, sent, open]) {
      const { state, reason, action } = (await ledger().read(TENANT, id))?.delivery ?? {};
      expect([state, typeof reason, typeof action]).toEqual(["needs_attention", "string", "string"]);
    }
    expect(await ledger().summary()).toMatchObject({ silentFailure: 0, silentFailureAvoided: 3 });
  });

  test("without any alarm the cron's next visit does it; what waited longer than a tick is counted as silent", async () => {
    const [prompt = ""] = await submitted("prompt");
    await passTime(DAY + 1);
    await runInDurableObject(stub(), (_, state) => state.storage.deleteAlarm());
    await ledger().watch();
    expect(await stateOf(prompt)).toBe("expired");
    expect((await ledger().summary()).silentFailure).toBe(0);

    const [late = ""] = await submitted("late");
    await passTime(DAY + 61_000);
    await runInDurableObject(stub(), (_, state) => state.storage.deleteAlarm());
    await ledger().watch();
    await ledger().watch();
    expect(await stateOf(late)).toBe("expired");
    expect((await ledger().summary()).silentFailure, "once").toBe(1);
    expect((await events()).filter(({ event }) => event === "silent_failure")).toMatchObject([{ id: late }]);
  });
});

describe("what is on the wire when its deadline passes", () => {
  test("ends when its attempt does, whatever the cron sees before, and is not silent", async () => {
    const [id = ""] = await submitted("slow");
    await passTime(DAY - 100);
    await ledger().start([id], "n");
    // The deadline is past, by more than a tick; the attempt is not.
    await runInDurableObject(stub(), (_, { storage: { sql } }) => {
      const ahead = Date.now() + 3_600_000;
      sql.exec("UPDATE deliveries SET wake_at = ?1, deadline = ?1", ahead);
      sql.exec("UPDATE deliveries SET delivery = json_set(delivery, '$.attempt.timeoutAt', ?1, '$.wakeAt', ?1)", ahead);
      sql.exec("UPDATE deliveries SET delivery = json_set(delivery, '$.expiresAt', ?)", Date.now() - 120_000);
    });
    await ledger().watch();
    expect(await stateOf(id)).toBe("sending");
    expect((await ledger().summary()).silentFailure).toBe(0);
    await passTime(3_600_001);
    await ledger().watch();
    expect(await stateOf(id)).toBe("needs_attention");
  });

  test("the alarm rings then, and not again and again before", async () => {
    const [id = ""] = await submitted("slow");
    await passTime(DAY - 200);
    await ledger().start([id], "n");
    const { timeoutAt = 0 } = (await ledger().read(TENANT, id))?.delivery.attempt ?? {};
    await passTime(201);
    await runDurableObjectAlarm(stub());
    expect((await alarm()) ?? 0).toBeGreaterThanOrEqual(timeoutAt - 201);
  });
});

describe("alarms (R35)", () => {
  test("seven failures in a row: it is armed again each time, others parts go on, and then it works", async () => {
    const [id = ""] = await submitted("a");
    await ledger().start([id], "n");
    await passTime(2_001);
    await runInDurableObject(stub(), (_, { storage }) => {
      storage.sql.exec("CREATE TRIGGER broken BEFORE UPDATE ON deliveries BEGIN SELECT RAISE(ABORT, 'disk'); END");
    });
    for (let failure = 1; failure <= 7; failure += 1) {
      expect(await runDurableObjectAlarm(stub()), `alarm ${failure} ran`).toBe(true);
      const at = await alarm();
      expect(at, `armed after failure ${failure}`).not.toBeNull();
      expect((at ?? Infinity) - Date.now()).toBeLessThanOrEqual(60_000);
    }
    expect(await stateOf(id)).toBe("sending");
    await runInDurableObject(stub(), (_, { storage }) => storage.sql.exec("DROP TRIGGER broken"));
    await runDurableObjectAlarm(stub());
    expect(await stateOf(id)).toBe("unknown");
  });

  test("a deleted alarm is armed again by the next tick, and that is an alert", async () => {
    await submitted("a");
    await runInDurableObject(stub(), (_, state) => state.storage.deleteAlarm());
    await ledger().watch();
    expect(await alarm()).not.toBeNull();
    expect((await events()).filter(({ reason }) => reason === "alarm_stopped")).toHaveLength(1);
    expect((await ledger().summary()).counters["alarms_stopped"]).toBe(1);
    await ledger().watch();
    expect((await events()).filter(({ reason }) => reason === "alarm_stopped")).toHaveLength(1);
  });

  test("a ledger with nothing to do has no alarm, and misses none", async () => {
    await ledger().watch();
    expect(await alarm()).toBeNull();
    expect((await events()).filter(({ event }) => event === "alert")).toEqual([]);
  });
});

describe("dead letters (R36)", () => {
  test("each is an event, at its rows when it names some, and what it carried is not lost", async () => {
    const [id = ""] = await submitted("a");
    await ledger().start([id], "n");
    await ledger().noteDeadLetter(address, "nudge", []);
    await ledger().noteDeadLetter(address, "finish", [{ id, n: 1 }]);
    const letters = (await events()).filter(({ event }) => event === "dead_letter");
    expect(letters).toMatchObject([{ reason: "nudge" }, { reason: "finish", id, key: "a" }]);
    expect((await ledger().summary()).deadLetters).toBe(2);
    expect(await alarm()).not.toBeNull();
  });
});

test("events are one order, in pages, and a tenant sees its own and what concerns all", async () => {
  const [id = ""] = await submitted("a");
  await ledger().start([id], "n");
  await ledger().control({ what: "sender", action: "pause", by: "me" });
  const first = await ledger().events({ limit: 1 });
  const rest = await ledger().events({ after: first.next, limit: 100 });
  expect([...first.events, ...rest.events].map(({ event }) => event)).toEqual(["submitted", "start", "sender_pause"]);
  expect(first.events).toMatchObject([{ id, key: "a", state: "queued", reason: "submitted" }]);
  const theirs = await ledger().events({ tenant: "somebody else", limit: 100 });
  expect(theirs.events.map(({ event }) => event)).toEqual(["sender_pause"]);
  expect(theirs.next).toBe(rest.next);
  expect(await ledger().events({ after: rest.next, limit: 100 })).toEqual({ events: [], next: rest.next });
});

test("an alarm that throws never reaches the platform", async () => {
  await submitted("a");
  await runInDurableObject(stub(), async (instance: Ledger, { storage }) => {
    storage.sql.exec("DROP TABLE sheet");
    await expect(instance.alarm()).resolves.toBeUndefined();
    expect(await storage.getAlarm()).not.toBeNull();
  });
});
