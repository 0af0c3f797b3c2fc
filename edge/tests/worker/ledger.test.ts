/** The ledger's claim protocol, called as the routes and the consumer call it. */

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { Ledger } from "../../src/ledger/ledger.ts";
import type { SubmitResult } from "../../src/ledger/types.ts";
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
  TENANT,
  throttled,
  uncertain,
} from "./tools.ts";

describe("submit", () => {
  test("a key is one delivery: the same again is a duplicate with the same id", async () => {
    const [id] = await submitted("a");
    expect(await ledger().submit(address, request([{ key: "a" }]))).toEqual([{ state: "duplicate", id }]);
  });

  test("another message under a known key conflicts, and nothing of that request is stored", async () => {
    const [id] = await submitted("a");
    const results = await ledger().submit(address, request([{ key: "b" }, { key: "a", fingerprint: "other" }]));
    expect(results).toEqual([{ state: "withheld" }, { state: "conflict", id }]);
    expect((await ledger().summary()).states).toEqual({ queued: 1 });
  });

  test("keys belong to a tenant", async () => {
    await submitted("a");
    const [result] = await ledger().submit(address, request([{ key: "a", fingerprint: "other" }], { tenant: "other" }));
    expect(result?.state).toBe("queued");
    expect(await ledger().read(TENANT, (result as SubmitResult & { id: string }).id)).toBeUndefined();
  });

  test("a key twice in one request is one delivery, or a conflict", async () => {
    const [first, second] = await ledger().submit(address, request([{ key: "a" }, { key: "a" }]));
    expect(second).toEqual({ state: "duplicate", id: (first as { id: string }).id });
    const results = await ledger().submit(address, request([{ key: "b" }, { key: "b", fingerprint: "other" }]));
    expect(results.map(({ state }) => state)).toEqual(["withheld", "conflict"]);
  });

  test("what preflight refused is not stored, and its key stays free", async () => {
    expect(await ledger().submit(address, request([{ key: "a", refused: true }]))).toEqual([{ state: "rejected" }]);
    await submitted("a");
  });
});

describe("the claim protocol", () => {
  test("a lease hands a row to one consumer, and returns by itself", async () => {
    const ids = await submitted("a", "b");
    expect((await ledger().lease(10)).ids.sort()).toEqual([...ids].sort());
    expect((await ledger().lease(10)).ids).toEqual([]);
    await passTime(61_000);
    expect((await ledger().lease(10)).ids.sort()).toEqual([...ids].sort());
  });

  test("start hands out the message and its callback id; the same nonce again the same, another nonce nothing", async () => {
    const [id = ""] = await submitted("a");
    const first = await ledger().start([id], "n1");
    expect(first.posts).toMatchObject([
      { id, n: 1, definition: "h1", message: { to: "+15550000001", callbackData: await callbackIdOf(id) } },
    ]);
    expect(first.definitions).toEqual({ h1: "{}" });
    expect((await ledger().start([id], "n1")).posts).toEqual(first.posts);
    const other = await ledger().start([id], "n2");
    expect(other.posts).toEqual([]);
    expect(other.refused).toHaveLength(1);
  });

  test("start takes at most six", async () => {
    await runInDurableObject(stub(), async (instance: Ledger) => {
      await expect(instance.start(["1", "2", "3", "4", "5", "6", "7"], "n")).rejects.toThrow(TypeError);
    });
  });

  test("an abandoned start returns to the queue, and its old request cannot start it again", async () => {
    const [id = ""] = await submitted("a");
    await ledger().start([id], "n1");
    await ledger().abandon([{ id, n: 1 }], "n1");
    expect(await stateOf(id)).toBe("queued");
    // Its recipient's clock was wound all the same. Only once it has run does nothing but the nonce keep the old request out.
    await passTime(7_001);
    expect(await ledger().start([id], "n1")).toMatchObject({ posts: [], refused: [{ id, reason: "stale_attempt" }] });
    expect(await stateOf(id)).toBe("queued");
    expect((await ledger().start([id], "n2")).posts).toHaveLength(1);
  });

  test("the first finish wins", async () => {
    const [id = ""] = await submitted("a");
    await ledger().start([id], "n1");
    await ledger().finish([{ id, n: 1, outcome: accepted, raw: "{}" }]);
    await ledger().finish([{ id, n: 1, outcome: throttled, raw: "{}" }]);
    expect(await stateOf(id)).toBe("accepted");
    expect((await ledger().start([id], "n2")).posts).toEqual([]);
  });

  test("a throttled delivery waits out its time", async () => {
    const [id = ""] = await submitted("a");
    await ledger().start([id], "n1");
    await ledger().finish([{ id, n: 1, outcome: throttled, raw: "{}" }]);
    expect(await stateOf(id)).toBe("queued");
    expect((await ledger().lease(10)).ids).toEqual([]);
    expect((await ledger().start([id], "n2")).posts).toEqual([]);
    await passTime(121_000);
    expect((await ledger().lease(10)).ids).toEqual([id]);
  });

  test("sending without an answer becomes unknown by the alarm, and never goes back to the queue", async () => {
    const [id = ""] = await submitted("a");
    await ledger().start([id], "n1");
    await passTime(2_001);
    await runDurableObjectAlarm(stub());
    expect(await stateOf(id)).toBe("unknown");
    await passTime(3_600_000);
    await runDurableObjectAlarm(stub());
    expect((await ledger().lease(10)).ids).toEqual([]);
    expect((await ledger().start([id], "n2")).posts).toEqual([]);
  });

  test("what is not started by its deadline expires; what is unknown by then needs attention", async () => {
    const [waiting = "", lost = ""] = await submitted("a", "b");
    await ledger().start([lost], "n1");
    await ledger().finish([{ id: lost, n: 1, outcome: uncertain, raw: "{}" }]);
    await passTime(24 * 3_600_000 + 1);
    await runDurableObjectAlarm(stub());
    expect(await stateOf(waiting)).toBe("expired");
    expect(await stateOf(lost)).toBe("needs_attention");
  });

  test("a row judged under an older epoch does not start until it is judged again", async () => {
    const [id = ""] = await submitted("a");
    await ledger().raiseEpoch(address, "hello", "en", 2);
    const claim = await ledger().start([id], "n1");
    expect(claim.posts).toEqual([]);
    expect(claim.stale).toMatchObject([{ id, epoch: 2, name: "hello", language: "en" }]);
    const template = { name: "hello", language: "en", epoch: 2, hash: "h2", text: '{"new":1}' };
    await ledger().rejudge(id, { epoch: 2, ok: true, template });
    expect((await ledger().start([id], "n2")).posts).toMatchObject([{ id, definition: "h2" }]);
  });

  test("a row that fails the second judging is rejected with its reason", async () => {
    const [id = ""] = await submitted("a");
    await ledger().raiseEpoch(address, "hello", "en", 2);
    await ledger().start([id], "n1");
    await ledger().rejudge(id, { epoch: 2, ok: false, diagnostic: "the body has one placeholder more" });
    expect(await stateOf(id)).toBe("rejected");
  });
});

describe("statuses", () => {
  test("join by callback id, whatever the state", async () => {
    const [id = ""] = await submitted("a");
    await ledger().start([id], "n1");
    await ledger().receive(address, [status({ callbackId: await callbackIdOf(id) })], []);
    expect(await stateOf(id)).toBe("delivered");
    await ledger().finish([{ id, n: 1, outcome: accepted, raw: "{}" }]);
    expect(await stateOf(id)).toBe("delivered");
  });

  test("wait in quarantine when nobody knows their message, and are adopted when somebody does", async () => {
    const [id = ""] = await submitted("a");
    await ledger().start([id], "n1");
    await ledger().receive(address, [status({}), status({ wamid: "wamid.of-nobody" })], []);
    expect((await ledger().summary()).quarantined).toBe(2);
    expect(await stateOf(id)).toBe("sending");
    await ledger().finish([{ id, n: 1, outcome: accepted, raw: "{}" }]);
    expect(await stateOf(id)).toBe("delivered");
    expect((await ledger().summary()).quarantined).toBe(1);
  });

  test("the same one a hundred times is one", async () => {
    const [id = ""] = await submitted("a");
    const report = status({ callbackId: await callbackIdOf(id) });
    await Promise.all(Array.from({ length: 100 }, () => ledger().receive(address, [report], [])));
    const view = await ledger().read(TENANT, id);
    expect(view?.raw).toHaveLength(1);
    expect(view?.delivery.evidence).toHaveLength(1);
  });

  test("failed and delivered are both kept", async () => {
    const [id = ""] = await submitted("a");
    const callbackId = await callbackIdOf(id);
    await ledger().receive(
      address,
      [status({ callbackId, status: "failed", code: 131026 }), status({ callbackId })],
      [],
    );
    expect(await stateOf(id)).toBe("conflict");
  });
});

describe("what survives", () => {
  test("an eviction: rows, leases and alarms are on disk", async () => {
    const [id = ""] = await submitted("a");
    await ledger().start([id], "n1");
    await evictDurableObject(stub());
    expect(await stateOf(id)).toBe("sending");
    expect((await ledger().start([id], "n1")).posts).toHaveLength(1);
    await passTime(2_001);
    expect(await runDurableObjectAlarm(stub())).toBe(true);
    expect(await stateOf(id)).toBe("unknown");
  });

  test("a lost alarm: the cron's visit sets it again", async () => {
    await submitted("a");
    await runInDurableObject(stub(), (_, state) => state.storage.deleteAlarm());
    await ledger().watch();
    expect(await alarm()).not.toBeNull();
  });

  test("an alarm that fails on one row serves the others, and is set again", async () => {
    const [broken = "", good = ""] = await submitted("a", "b");
    for (const id of [broken, good]) await ledger().start([id], `n ${id}`);
    await runInDurableObject(stub(), (_, state) => {
      state.storage.sql.exec(
        `UPDATE deliveries SET delivery = json_set(delivery, '$.state', 'no such state') WHERE id = ?`,
        broken,
      );
    });
    await passTime(2_001);
    await runDurableObjectAlarm(stub());
    expect(await stateOf(good)).toBe("unknown");
    expect(await alarm()).not.toBeNull();
    expect((await ledger().summary()).poison).toBe(1);
    expect(await ledger().poisoned(10)).toMatchObject([{ kind: "row", id: broken }]);
  });

  test("a dead letter is noted, and its ledger goes on", async () => {
    await submitted("a");
    await ledger().noteDeadLetter(address, "nudge", []);
    expect((await ledger().summary()).deadLetters).toBe(1);
    expect(await alarm()).not.toBeNull();
  });
});
