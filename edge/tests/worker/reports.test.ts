/** Webhooks into a ledger: stored or thrown back, applied once, and one broken item costs nobody else. */

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { accepted, address, callbackIdOf, ledger, request, stateOf, status, stub, submitted, TENANT } from "./tools.ts";

test("the same status a hundred times at once has one effect (R24)", async () => {
  const [id = ""] = await submitted("a");
  await ledger().start([id], "n");
  const report = status({ callbackId: await callbackIdOf(id), status: "failed", code: 131050 });
  await Promise.all(Array.from({ length: 100 }, () => ledger().receive(address, [report], [])));
  const view = await ledger().read(TENANT, id);
  expect(view?.raw).toHaveLength(1);
  expect(view?.timeline.filter(({ event }) => event === "status")).toHaveLength(1);
  expect((await ledger().summary()).counters["statuses"]).toBe(1);
});

test("a status before the answer of its own POST joins it, by either id, every time (R25)", async () => {
  const keys = Array.from({ length: 1_000 }, (_, index) => `k${index}`);
  const ids = await submitted(...keys);
  const callbacks = await runInDurableObject(stub(), (_, state) =>
    Object.fromEntries(
      state.storage.sql
        .exec("SELECT id, callback_id FROM deliveries")
        .toArray()
        .map((row) => [row["id"], row["callback_id"] as string]),
    ),
  );
  // Pace is not what this is about.
  await runInDurableObject(stub(), async (instance: Ledger, state) => {
    for (let at = 0; at < ids.length; at += 5) {
      const part = ids.slice(at, at + 5);
      state.storage.sql.exec("UPDATE sheet SET gate = 'null'");
      await instance.start(part, `n${at}`);
      const reports = part.map((id, index) =>
        status({ wamid: `wamid.${id}`, ...(index % 2 === 0 && { callbackId: callbacks[id] ?? "" }) }),
      );
      await instance.receive(address, reports, []);
      await instance.finish(
        part.map((id) => ({ id, n: 1, outcome: { ...accepted, messageId: `wamid.${id}` }, raw: "{}" })),
      );
    }
  });
  const { states, quarantined } = await ledger().summary();
  expect(states).toEqual({ delivered: 1_000 });
  expect(quarantined).toBe(0);
});

test("when the store fails the webhook is thrown back, and its redelivery counts once (R27)", async () => {
  const ids = await submitted("a", "b", "c");
  const reports = await Promise.all(
    ids.map(async (id) => status({ wamid: `w ${id}`, callbackId: await callbackIdOf(id) })),
  );
  for (const [table, when] of [
    ["pieces", "BEFORE INSERT"],
    ["deliveries", "BEFORE UPDATE"],
    ["timeline", "BEFORE INSERT"],
  ] as const) {
    await runInDurableObject(stub(), async (instance: Ledger, { storage }) => {
      // The third write of each fails: what was written before it must be undone, too.
      storage.sql.exec("CREATE TABLE writes (n INTEGER)");
      storage.sql.exec(
        `CREATE TRIGGER broken ${when} ON ${table} WHEN (SELECT count(*) FROM writes) >= 2 BEGIN SELECT RAISE(ABORT, 'disk'); END`,
      );
      storage.sql.exec(
        `CREATE TRIGGER counting AFTER ${when.split(" ")[1]} ON ${table} BEGIN INSERT INTO writes VALUES (1); END`,
      );
      await expect(instance.receive(address, reports, [])).rejects.toThrow(/disk/);
      storage.sql.exec("DROP TRIGGER broken");
      storage.sql.exec("DROP TRIGGER counting");
      storage.sql.exec("DROP TABLE writes");
    });
    for (const id of ids) expect(await stateOf(id), `${table} is as it was`).toBe("queued");
    expect((await ledger().summary()).states).toEqual({ queued: 3 });
  }
  await ledger().receive(address, reports, []);
  await ledger().receive(address, reports, []);
  expect((await ledger().summary()).states).toEqual({ delivered: 3 });
  expect((await ledger().read(TENANT, ids[0] ?? ""))?.raw).toHaveLength(1);
});

test("one poisonous status of a thousand: 999 count, and it is seen with its reason (R28)", async () => {
  const ids = await submitted(...Array.from({ length: 1_000 }, (_, index) => `k${index}`));
  const callbacks = await runInDurableObject(stub(), (_, state) =>
    state.storage.sql
      .exec("SELECT id, callback_id FROM deliveries")
      .toArray()
      .map((row) => [row["id"], row["callback_id"]] as [string, string]),
  );
  const bad = ids[500] ?? "";
  await runInDurableObject(stub(), (_, state) => {
    state.storage.sql.exec(
      "UPDATE deliveries SET delivery = json_set(delivery, '$.phase', 'no such phase') WHERE id = ?",
      bad,
    );
  });
  const reports = callbacks.map(([id, callbackId]) => status({ wamid: `w ${id}`, callbackId }));
  await ledger().receive(address, reports, []);
  const { states, poison } = await ledger().summary();
  expect(states).toEqual({ delivered: 999, queued: 1 });
  expect(poison).toBe(1);
  expect(await ledger().poisoned(10)).toMatchObject([
    { kind: "status", id: bad, reason: expect.stringContaining("no such phase") as string },
  ]);
  const { events } = await ledger().events({ after: 0, limit: 10_000 });
  const shown =
    events.length === 1_000 ? (await ledger().events({ after: events.at(-1)?.seq ?? 0, limit: 1_001 })).events : events;
  expect(shown.filter(({ event }) => event === "set_aside")).toMatchObject([{ id: bad }]);
  // And once: the webhook again sets nothing aside again.
  await ledger().receive(address, reports, []);
  expect((await ledger().summary()).poison).toBe(1);
});

test("a row that cannot be judged does not stand before others", async () => {
  const [bad = "", good = ""] = await submitted("a", "b");
  await runInDurableObject(stub(), (_, state) => {
    state.storage.sql.exec("UPDATE deliveries SET delivery = json_set(delivery, '$.phase', 1) WHERE id = ?", bad);
  });
  expect((await ledger().lease(10)).ids).toEqual([good]);
  expect((await ledger().start([bad, good], "n")).posts.map(({ id }) => id)).toEqual([good]);
  expect(await ledger().poisoned(10)).toMatchObject([{ kind: "row", id: bad }]);
  await runDurableObjectAlarm(stub());
  expect((await ledger().summary()).poison).toBe(1);
});

test("an outcome for a row that is not there is set aside, and those beside it are stored", async () => {
  const [id = ""] = await submitted("a");
  await ledger().start([id], "n");
  await ledger().finish([
    { id: "nobody", n: 1, outcome: accepted, raw: "{}" },
    { id, n: 1, outcome: accepted, raw: "{}" },
  ]);
  expect(await stateOf(id)).toBe("accepted");
  expect((await ledger().summary()).poison).toBe(1);
});

test("a wish for no marketing counts, although it came before anybody knew whose it is", async () => {
  const results = await ledger().submit(address, request([{ key: "early" }], { category: "marketing" }));
  const id = results[0]?.state === "queued" ? results[0].id : expect.fail("not queued");
  await ledger().start([id], "n");
  await ledger().receive(address, [status({ status: "failed", code: 131050 })], []);
  expect((await ledger().suppressions({ limit: 10 })).items).toEqual([]);
  await ledger().finish([{ id, n: 1, outcome: accepted, raw: "{}" }]);
  expect((await ledger().suppressions({ limit: 10 })).items).toMatchObject([{ code: 131050 }]);
});
