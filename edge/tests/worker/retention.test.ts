/** What a ledger keeps, for how long, and what it must not keep. */

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import {
  accepted,
  address,
  callbackIdOf,
  ledger,
  numberOf,
  passTime,
  request,
  stateOf,
  status,
  stub,
  submitted,
  TENANT,
  traces,
  uncertain,
} from "./tools.ts";

const DAY = 24 * 3_600_000;

async function delivered(key: string): Promise<string> {
  const [id = ""] = await submitted(key);
  const number = numberOf(key).slice(1);
  await ledger().start([id], `n ${key}`);
  await ledger().finish([
    {
      id,
      n: 1,
      outcome: { ...accepted, messageId: `wamid.${key}` },
      raw: JSON.stringify({ contacts: [{ input: `+${number}`, wa_id: number }] }),
    },
  ]);
  const report = status({ wamid: `wamid.${key}`, callbackId: await callbackIdOf(id) });
  await ledger().receive(address, [{ ...report, raw: JSON.stringify({ recipient_id: number }) }], []);
  return id;
}

describe("tombstones", () => {
  test("a key is known 30 days later, and starts nothing (R14)", async () => {
    const id = await delivered("a");
    await passTime(30 * DAY);
    await runDurableObjectAlarm(stub());
    expect(await traces(numberOf("a").slice(1)), "nothing of the recipient is left").toEqual([]);
    expect(await ledger().submit(address, request([{ key: "a" }]))).toEqual([{ state: "duplicate", id }]);
    const [conflict] = await ledger().submit(address, request([{ key: "a", fingerprint: "other" }]));
    expect(conflict).toEqual({ state: "conflict", id });
    expect((await ledger().start([id], "again")).posts).toEqual([]);
    expect((await ledger().lease(10)).ids).toEqual([]);
    const view = await ledger().read(TENANT, id);
    expect(view).toMatchObject({ tombstone: true, delivery: { key: "a", state: "delivered", reason: "delivered" } });
    expect(await ledger().read("another", id)).toBeUndefined();
    expect(await ledger().act(TENANT, id, { type: "resend", by: "me" })).toMatchObject({
      refused: expect.anything() as object,
    });
    expect((await ledger().summary()).states, "still counted").toEqual({ delivered: 1 });
  });

  test("what needs attention stays until it has got it, however long that takes", async () => {
    const [lost = "", found = ""] = await submitted("lost", "found");
    await ledger().start([lost, found], "n");
    await ledger().finish([lost, found].map((id) => ({ id, n: 1, outcome: uncertain, raw: "{}" })));
    await passTime(DAY + 1);
    await runDurableObjectAlarm(stub());
    await passTime(60 * DAY);
    await runDurableObjectAlarm(stub());
    await ledger().watch();
    expect(await stateOf(lost)).toBe("needs_attention");
    expect((await ledger().list(TENANT, { state: "needs_attention" }, { limit: 10 })).items).toHaveLength(2);
    // A person ends the one, a late webhook the other; then they are as old as any.
    const closed = await ledger().act(TENANT, lost, { type: "close", by: "me" });
    expect(closed?.view.delivery.state).toBe("closed");
    await ledger().receive(address, [status({ wamid: "wamid.late", callbackId: await callbackIdOf(found) })], []);
    expect(await stateOf(found)).toBe("delivered");
    await passTime(8 * DAY);
    await runDurableObjectAlarm(stub());
    for (const id of [lost, found]) expect((await ledger().read(TENANT, id))?.tombstone).toBe(true);
  });

  test("what is not settled does not shrink; after its time the key is free", async () => {
    const [open = ""] = await submitted("open");
    await ledger().start([open], "n");
    await ledger().finish([{ id: open, n: 1, outcome: accepted, raw: "{}" }]);
    await delivered("done");
    await passTime(8 * DAY);
    await runDurableObjectAlarm(stub());
    expect((await ledger().read(TENANT, open))?.tombstone).toBeUndefined();
    await passTime(100 * DAY);
    for (let turn = 0; turn < 3; turn += 1) await ledger().watch();
    const [result] = await ledger().submit(address, request([{ key: "done" }]));
    expect(result?.state).toBe("queued");
  });

  test("many shrink in batches, by the alarm", async () => {
    const ids = await submitted(...Array.from({ length: 450 }, (_, index) => `k${index}`));
    for (const id of ids) await ledger().act(TENANT, id, { type: "cancel", by: "me" });
    await passTime(8 * DAY);
    const left = () =>
      runInDurableObject(stub(), (_, s) => s.storage.sql.exec("SELECT count(*) AS n FROM deliveries").one()["n"]);
    const seen = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await runDurableObjectAlarm(stub());
      seen.push(await left());
    }
    // Alarms also ring by themselves; but none takes more than a batch.
    expect(seen.at(-1)).toBe(0);
    expect((await ledger().summary()).states).toEqual({ cancelled: 450 });
  });

  test("a number of an event is never given twice, though timelines go", async () => {
    await delivered("a");
    const before = (await ledger().events({ limit: 100 })).next;
    await passTime(8 * DAY);
    await runDurableObjectAlarm(stub());
    await submitted("b");
    const { events } = await ledger().events({ after: before, limit: 100 });
    expect(events.map(({ event }) => event)).toContain("submitted");
    expect(events.every(({ seq }) => seq > before)).toBe(true);
  });
});

describe("being forgotten", () => {
  test("no table has the number or the values any more; key, state and reason stay", async () => {
    const id = await delivered("done");
    const number = numberOf("done").slice(1);
    const results = await ledger().submit(address, {
      ...request([]),
      items: [{ key: "waits", fingerprint: "f", message: { to: `+${number}`, values: { "body.1": "Anastasia" } } }],
    });
    const waiting = (results[0] as { id: string }).id;
    // Statuses of somebody else's message in quarantine name it, too.
    const stray = status({ wamid: "wamid.stray" });
    await ledger().receive(address, [{ ...stray, raw: JSON.stringify({ recipient_id: number }) }], []);
    const other = await delivered("other");
    expect(await traces(number)).not.toEqual([]);

    expect(await ledger().forget("another", `+${number}`)).toEqual({ deliveries: 0 });
    expect(await stateOf(waiting)).toBe("queued");
    expect(await ledger().forget(TENANT, `+1 (555) ${number.slice(4, 7)}-${number.slice(7)}`)).toEqual({
      deliveries: 2,
    });
    expect(await traces(number)).toEqual([]);
    expect(await traces("Anastasia")).toEqual([]);
    expect((await ledger().read(TENANT, id))?.delivery).toMatchObject({ key: "done", state: "delivered" });
    expect((await ledger().read(TENANT, waiting))?.delivery).toMatchObject({ state: "cancelled", reason: "cancelled" });
    expect((await ledger().read(TENANT, other))?.message).toMatchObject({ to: numberOf("other") });

    // What comes later about it leaves no trace either.
    const late = status({ wamid: "wamid.done", status: "read" });
    await ledger().receive(address, [{ ...late, raw: JSON.stringify({ recipient_id: number, status: "read" }) }], []);
    expect(await stateOf(id)).toBe("read");
    expect(await traces(number)).toEqual([]);
  });

  test("Meta's words about a case go with the person, and nobody else's evidence does", async () => {
    const [id = ""] = await submitted("told");
    const number = numberOf("told").slice(1);
    await ledger().start([id], "n");
    const refusal = { ...uncertain, details: `could not reach ${number}` };
    await ledger().finish([{ id, n: 1, outcome: refusal, raw: "{}" }]);
    const failed = { status: "failed", code: 131026, details: `undeliverable to ${number}` };
    await ledger().receive(address, [status({ ...failed, callbackId: await callbackIdOf(id), raw: "{}" })], []);
    // A part of a stranger's number, and of the time beside it.
    const stranger = { recipient_id: `${number}77`, timestamp: `17${number}` };
    await ledger().receive(address, [status({ wamid: "wamid.stranger", raw: JSON.stringify(stranger) })], []);
    await ledger().forget(TENANT, number);
    expect(await traces(`to ${number}`)).toEqual([]);
    expect(await traces(`${number}77`)).toHaveLength(1);
    await ledger().forget("another", number.slice(0, 5));
    expect(await traces(`${number}77`)).toHaveLength(1);
    expect(await stateOf(id)).toBe("failed");
    // Nor does what comes after.
    await ledger().receive(
      address,
      [status({ ...failed, timestamp: 7, callbackId: await callbackIdOf(id), raw: "{}" })],
      [],
    );
    expect(await traces(`to ${number}`)).toEqual([]);
  });

  test("an attempt under way ends as it ends, and what Meta answers is not kept", async () => {
    const [id = ""] = await submitted("a");
    await ledger().start([id], "n");
    await ledger().forget(TENANT, numberOf("a"));
    expect(await stateOf(id)).toBe("sending");
    await ledger().finish([{ id, n: 1, outcome: accepted, raw: `{"input":"${numberOf("a")}"}` }]);
    expect(await stateOf(id)).toBe("accepted");
    expect(await traces(numberOf("a").slice(1))).toEqual([]);
  });
});

test("pages of a list are stable while deliveries come in, and have each one once", async () => {
  await submitted(...Array.from({ length: 25 }, (_, index) => `k${index}`));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ledger().list(TENANT, {}, { limit: 10, ...(cursor !== undefined && { cursor }) });
    seen.push(...page.items.map(({ delivery }) => delivery.key));
    cursor = page.next;
    await submitted(`late ${seen.length}`);
  } while (cursor !== undefined);
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
  const { items } = await ledger().list(TENANT, { state: "queued", campaign: "none" }, { limit: 10 });
  expect(items).toEqual([]);
});

test("what is asked often reads no table from end to end", async () => {
  await submitted("a");
  const plans = await runInDurableObject(stub(), (_, { storage: { sql } }) => {
    const queries = [
      "SELECT id FROM deliveries WHERE lane = 1 AND due_at <= 1 ORDER BY due_at LIMIT 1",
      "SELECT min(lane) FROM deliveries WHERE due_at IS NOT NULL AND lane > 1",
      "SELECT min(due_at) FROM deliveries WHERE lane = 1 AND due_at IS NOT NULL",
      "SELECT id FROM deliveries WHERE wake_at <= 1",
      "SELECT id FROM deliveries WHERE deadline <= 1 LIMIT 1",
      "SELECT min(settled_at) FROM deliveries WHERE settled_at IS NOT NULL",
      "SELECT id FROM deliveries WHERE state = 'blocked' AND deadline IS NOT NULL LIMIT 1",
      "SELECT * FROM deliveries WHERE tenant = 'a' AND (created_at, id) < (1, 'a') ORDER BY created_at DESC, id DESC LIMIT 1",
      "SELECT * FROM deliveries WHERE tenant = 'a' AND state = 'b' AND (created_at, id) < (1, 'a') ORDER BY created_at DESC, id DESC LIMIT 1",
      "SELECT * FROM deliveries WHERE tenant = 'a' AND campaign = 'b' ORDER BY created_at DESC, id DESC LIMIT 1",
      "SELECT id FROM deliveries WHERE tenant = 'a' AND pair = 'b'",
      "SELECT min(at) FROM pieces WHERE waiting = 1",
      "SELECT seq FROM timeline WHERE id = '' ORDER BY seq LIMIT 1",
      "SELECT n FROM pieces WHERE owner = 'a' AND digest = 'b'",
      "SELECT states FROM tallies WHERE tenant = 'a' AND campaign = 'b'",
      "SELECT nonce FROM nonces WHERE at < 1 LIMIT 1",
    ];
    return queries.map((query) => [
      query,
      sql
        .exec(`EXPLAIN QUERY PLAN ${query}`)
        .toArray()
        .map(({ detail }) => String(detail))
        .join("; "),
    ]);
  });
  for (const [query, plan] of plans) {
    expect(plan, query).toMatch(/SEARCH|USING (COVERING )?INDEX/);
    expect(plan, query).not.toMatch(/TEMP B-TREE/);
  }
});
