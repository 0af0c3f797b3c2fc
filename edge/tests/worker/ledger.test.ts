/** The ledger's claim protocol, called as the routes and the consumer call it. */

import { env } from "cloudflare:workers";
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import type { Outcome } from "wa-preflight";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Ledger } from "../../src/ledger/ledger.ts";
import type { Address, StatusReport, SubmitRequest, SubmitResult } from "../../src/ledger/types.ts";
import { ledgerAt } from "../../src/objects.ts";

const TENANT = "tests";
const accepted: Outcome = { class: "accepted", resend: "never", messageId: "wamid.A", action: "wait for the webhook" };
const uncertain: Outcome = { class: "unknown", resend: "only_if_unconfirmed", action: "wait for the webhook" };
const throttled: Outcome = { class: "throttled", resend: "after", afterMs: 60_000, action: "wait" };

let count = 0;
let address: Address;
const ledger = () => ledgerAt(env, address);
const stub = () => env.LEDGER.getByName(`${address.from}/${address.shard}`);

/** A ledger of its own for every test. */
beforeEach(() => {
  count += 1;
  address = { from: `90000${count}`, shard: 0 };
});

function request(
  items: { key: string; fingerprint?: string; refused?: boolean }[],
  change: Partial<SubmitRequest> = {},
): SubmitRequest {
  return {
    tenant: TENANT,
    template: { name: "hello", language: "en", epoch: 1, hash: "h1", text: "{}" },
    category: "utility",
    items: items.map(({ key, fingerprint = `print of ${key}`, refused = false }) => ({
      key,
      fingerprint,
      // A recipient of its own for each, so that nobody waits for another's six seconds.
      ...(!refused && { message: { to: recipientOf(key), values: {} } }),
    })),
    ...change,
  };
}

/** Another number for another key. */
function recipientOf(key: string): string {
  return `+1555${String([...key].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7) % 9_000_000).padStart(7, "0")}`;
}

async function submitted(...keys: string[]): Promise<string[]> {
  const results = await ledger().submit(address, request(keys.map((key) => ({ key }))));
  return results.map((result) => (result.state === "queued" ? result.id : expect.fail(result.state)));
}

async function stateOf(id: string): Promise<string | undefined> {
  return (await ledger().read(TENANT, id))?.delivery.state;
}

function status(change: Partial<StatusReport>): StatusReport {
  const report = { wamid: "wamid.A", status: "delivered", timestamp: Date.now(), ...change };
  return { raw: JSON.stringify(report), ...report };
}

async function callbackIdOf(id: string): Promise<string> {
  return (await ledger().read(TENANT, id))?.delivery.callbackId ?? "";
}

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
      { id, n: 1, definition: "h1", message: { to: recipientOf("a"), callbackData: await callbackIdOf(id) } },
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
    expect((await ledger().start([id], "n1")).posts).toEqual([]);
    // The recipient's turn was taken: the next one comes when it is over.
    await passTime(7_001);
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

describe("a refused account", () => {
  afterEach(() => vi.useRealTimers());

  test("is probed for a row that is blocked alone", async () => {
    const [id = ""] = await submitted("a");
    await ledger().start([id], "n1");
    const outcome: Outcome = { class: "account", resend: "never", code: 131042, action: "settle the payment" };
    await ledger().finish([{ id, n: 1, outcome, raw: "{}" }]);
    expect(await stateOf(id)).toBe("blocked");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 6_000 });
    await runDurableObjectAlarm(stub());
    // It was nudged, and is nudged again until a consumer comes.
    const { alarmAt } = await ledger().summary();
    expect((alarmAt ?? Infinity) - Date.now()).toBeLessThanOrEqual(10_000);
    expect((await ledger().lease(60)).probe).toBe(true);
    await ledger().probed({ ok: true });
    expect(await stateOf(id)).toBe("queued");
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

  test("a wish for no marketing counts, although it came before anybody knew whose it is", async () => {
    const results = await ledger().submit(address, request([{ key: "a" }], { category: "marketing" }));
    const id = results[0]?.state === "queued" ? results[0].id : expect.fail("not queued");
    await ledger().start([id], "n1");
    await ledger().receive(address, [status({ status: "failed", code: 131050 })], []);
    expect((await ledger().suppressions({ limit: 10 })).items).toEqual([]);
    await ledger().finish([{ id, n: 1, outcome: accepted, raw: "{}" }]);
    expect((await ledger().suppressions({ limit: 10 })).items).toMatchObject([{ code: 131050 }]);
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
  });

  test("a dead letter is noted, and its ledger goes on", async () => {
    await submitted("a");
    await ledger().noteDeadLetter(address, "nudge", "{}");
    expect((await ledger().summary()).deadLetters).toBe(1);
    expect(await alarm()).not.toBeNull();
  });
});

function alarm(): Promise<number | null> {
  return runInDurableObject(stub(), (_, state) => state.storage.getAlarm());
}

/** Moves every time that the ledger's rows hold into the past: as good as waiting. */
async function passTime(ms: number): Promise<void> {
  await runInDurableObject(stub(), (_, state) => {
    const { sql } = state.storage;
    sql.exec("UPDATE deliveries SET due_at = due_at - ?1, wake_at = wake_at - ?1, created_at = created_at - ?1", ms);
    sql.exec("UPDATE pairs SET at = at - ?", ms);
    for (const row of sql.exec("SELECT state, wake_at FROM gate").toArray()) {
      const state = earlier(JSON.parse(row["state"] as string), ms) as { pace: [number, number][] };
      state.pace = state.pace.map(([at, count]) => [at - ms, count]);
      sql.exec("UPDATE gate SET state = ?, wake_at = wake_at - ?", JSON.stringify(state), ms);
    }
    for (const row of sql.exec("SELECT id, delivery FROM deliveries").toArray()) {
      sql.exec(
        "UPDATE deliveries SET delivery = ? WHERE id = ?",
        JSON.stringify(earlier(JSON.parse(row["delivery"] as string), ms)),
        row["id"] as string,
      );
    }
  });
}

const TIMES = new Set([
  "createdAt",
  "updatedAt",
  "expiresAt",
  "notBefore",
  "leasedUntil",
  "dueAt",
  "wakeAt",
  "startedAt",
  "timeoutAt",
  "endedAt",
  "at",
  "until",
  "since",
  "nextAt",
  "heardAt",
  "firstAcceptAt",
]);

function earlier(value: unknown, ms: number): unknown {
  if (Array.isArray(value)) return value.map((item) => earlier(item, ms));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      TIMES.has(key) && typeof item === "number" ? item - ms : earlier(item, ms),
    ]),
  );
}
