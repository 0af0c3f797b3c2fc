/** What deliveries share, as the ledger does it: the core's gate decides, these tests see that everything reaches it. */

import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { classifyResponse, type Outcome } from "wa-preflight";
import { describe, expect, test, vi } from "vitest";
// Every code that the core knows, from its own table.
import table from "../../../src/delivery/codes/table.rs?raw";
import { Ledger } from "../../src/ledger/ledger.ts";
import { ledgerAt } from "../../src/objects.ts";
import { accepted, address, ledger, passTime, request, stateOf, status, stub, submitted, TENANT } from "./tools.ts";

const CODES = [...table.matchAll(/^\s*(?:send|other)\((\d+), (?:(\d+), )?/gm)].map(([, code, subcode]) => ({
  code: Number(code),
  subcode: Number(subcode ?? 0),
}));

let nonces = 0;
const nonce = () => `nonce ${(nonces += 1)}`;

function outcomeOf(code: number, subcode = 0): Outcome {
  const error = { message: "refused", type: "OAuthException", code, ...(subcode > 0 && { error_subcode: subcode }) };
  return classifyResponse({ status: 400, body: JSON.stringify({ error }) });
}

/** Starts a row and lets its attempt end like this. */
async function attempt(id: string, outcome: Outcome): Promise<void> {
  const { posts } = await ledger().start([id], nonce());
  expect(posts, "it starts").toHaveLength(1);
  await ledger().finish([{ id, n: posts[0]?.n ?? 0, outcome, raw: "{}" }]);
}

const starts = async (id: string) => (await ledger().start([id], nonce())).posts.length === 1;
const alerts = async () => (await ledger().events({ limit: 1_000 })).events.filter(({ event }) => event === "alert");

describe("each code of Meta's, once", () => {
  test("the core knows as many as its table has lines", () => expect(CODES.length).toBeGreaterThan(150));

  for (const { code, subcode } of CODES) {
    test(`${code}${subcode ? `/${subcode}` : ""}`, async () => {
      const [struck = "", next = ""] = await submitted("struck", "next");
      const outcome = outcomeOf(code, subcode);
      await attempt(struck, outcome);
      const { account, transport } = (await ledger().summary()).gate;
      expect(transport).toBeUndefined();
      expect(account !== undefined, "only an account's refusal stops the sender").toBe(outcome.class === "account");
      if (outcome.class === "account") {
        expect(await stateOf(struck)).toBe("blocked");
        expect(await starts(next)).toBe(false);
        expect(await stateOf(next)).toBe("queued");
      } else {
        const claim = await ledger().start([next], nonce());
        if (claim.posts.length === 1) return;
        // "Too fast" and "not now" hold everybody for as long as Meta says, and then it is over.
        expect(["throttled", "transient"]).toContain(outcome.class);
        expect(claim.refused).toMatchObject([{ reason: "hold", why: "throttled" }]);
        await passTime(120_000);
        expect(await starts(next)).toBe(true);
      }
    });
  }
});

describe("the account's breaker", () => {
  test("one refusal stops the sender, a GET gives hope, one message closes it; one alert, no row failed", async () => {
    const ids = await submitted("a", "b", "c");
    const [first = "", second = "", third = ""] = ids;
    await attempt(first, outcomeOf(131031));
    expect(await ledger().lease(10)).toMatchObject({ ids: [] });
    expect((await ledger().lease(10)).probe, "not before its time").toBeUndefined();

    await passTime(5_001);
    const lease = await ledger().lease(10);
    expect(lease).toMatchObject({ ids: [], probe: true });
    expect((await ledger().lease(10)).probe, "one consumer is asked").toBeUndefined();
    await ledger().probed({ ok: false, code: 131031 });
    expect((await ledger().lease(10)).ids).toEqual([]);

    await passTime(20_000);
    expect((await ledger().lease(10)).probe).toBe(true);
    await ledger().probed({ ok: true });
    expect(await stateOf(first), "what was blocked is released").toBe("queued");
    const { ids: leased } = await ledger().lease(10);
    expect(new Set(leased)).toEqual(new Set(ids));

    await passTime(7_000);
    const trial = await ledger().start([second, third], nonce());
    expect(
      trial.posts.map(({ id }) => id),
      "one trial",
    ).toEqual([second]);
    expect(trial.refused).toMatchObject([{ id: third, reason: "hold", why: "account" }]);
    await ledger().finish([{ id: second, n: 1, outcome: accepted, raw: "{}" }]);
    expect((await ledger().summary()).gate.account).toBeUndefined();
    expect(await starts(third)).toBe(true);
    expect(await starts(first)).toBe(true);
    expect(await alerts()).toHaveLength(1);
    expect((await ledger().summary()).states["failed"]).toBeUndefined();
  });

  test("many blocked rows are released in batches by the alarm", async () => {
    const keys = Array.from({ length: 450 }, (_, index) => `k${index}`);
    const ids = await submitted(...keys);
    for (let at = 0; at < ids.length; at += 6) {
      // Granted together, before the first refusal came back.
      const part = ids.slice(at, at + 6);
      if (at > 0) break;
      const claim = await ledger().start(part, nonce());
      await ledger().finish(claim.posts.map(({ id, n }) => ({ id, n, outcome: outcomeOf(190), raw: "{}" })));
    }
    expect((await ledger().summary()).states["blocked"]).toBe(6);
    await ledger().probed({ ok: true });
    expect((await ledger().summary()).states["blocked"]).toBeUndefined();
  });
});

test("three equal errors of a template hold it, others go on, a new definition ends it (R19)", async () => {
  const keys = Array.from({ length: 12 }, (_, index) => `k${index}`);
  const ids = await submitted(...keys);
  const [other] = await ledger().submit(
    address,
    request([{ key: "other" }], { template: { name: "second", language: "en", epoch: 1, hash: "h2", text: "{}" } }),
  );
  let posts = 0;
  for (const id of ids) {
    const { posts: granted } = await ledger().start([id], nonce());
    if (granted.length === 0) continue;
    posts += 1;
    await ledger().finish([{ id, n: 1, outcome: outcomeOf(132000), raw: "{}" }]);
  }
  expect(posts).toBe(3);
  expect((await ledger().lease(60)).ids, "only the other template's").toEqual([(other as { id: string }).id]);
  expect(await alerts()).toMatchObject([{ reason: "template", code: 132000 }]);
  await ledger().raiseEpoch(address, "hello", "en", 2);
  expect((await ledger().lease(60)).ids).toHaveLength(9);
});

test("two attempts without an answer stop the sender; a timeout counts as one", async () => {
  const [a = "", b = "", c = ""] = await submitted("a", "b", "c");
  await attempt(a, classifyResponse({ transport: "reset" }));
  expect(await starts(b)).toBe(true);
  await passTime(2_001);
  await runDurableObjectAlarm(stub());
  expect(await stateOf(b)).toBe("unknown");
  expect((await ledger().summary()).gate.transport).toBeDefined();
  expect(await starts(c)).toBe(false);
  expect(await stateOf(c)).toBe("queued");
});

describe("pace", () => {
  test("no more than 80 starts in a second; the rest keeps its lease and is told when", async () => {
    const ids = await submitted(...Array.from({ length: 90 }, (_, index) => `k${index}`));
    let posts = 0;
    let waitUntil: number | undefined;
    let waiting = 0;
    const begin = Date.now();
    for (let at = 0; at < ids.length; at += 6) {
      const claim = await ledger().start(ids.slice(at, at + 6), nonce());
      posts += claim.posts.length;
      waiting += claim.waiting.length;
      waitUntil ??= claim.waitUntil;
    }
    if (Date.now() - begin < 1_000) {
      expect(posts).toBe(80);
      expect(waiting).toBe(10);
      expect(waitUntil).toBeGreaterThan(begin);
      expect(waitUntil).toBeLessThanOrEqual(begin + 2_100);
    } else expect(posts).toBeLessThanOrEqual(80 * (1 + Math.ceil((Date.now() - begin) / 1_000)));
  });

  test("one recipient's second message waits, another's does not", async () => {
    const message = { to: "+1 (555) 000-0001", values: {} };
    const results = await ledger().submit(address, {
      ...request([]),
      items: [
        { key: "a", fingerprint: "a", message },
        { key: "b", fingerprint: "b", message: { ...message, to: "15550000001" } },
        { key: "c", fingerprint: "c", message: { ...message, to: "15550000002" } },
      ],
    });
    const [a = "", b = "", c = ""] = results.map((result) => (result as { id: string }).id);
    const claim = await ledger().start([a, b, c], nonce());
    expect(claim.posts.map(({ id }) => id)).toEqual([a, c]);
    expect(claim.refused).toMatchObject([{ id: b, reason: "deferred", why: "pair" }]);
    const view = await ledger().read(TENANT, b);
    expect(view?.delivery).toMatchObject({ state: "queued", reason: "paced" });
    expect((await ledger().lease(10)).ids).toEqual([]);
    await passTime(7_001);
    expect((await ledger().lease(10)).ids).toEqual([b]);
    expect(await starts(b)).toBe(true);
  });
});

describe("suppression", () => {
  const marketing = (key: string) => request([{ key }], { category: "marketing" });
  const to = { to: "+15550000009", values: {} };
  const submitTo = async (key: string, category: string) => {
    const [result] = await ledger().submit(address, {
      ...marketing(key),
      category,
      items: [{ key, fingerprint: key, message: to }],
    });
    return (result as { id: string }).id;
  };

  test("131050: no marketing any more, by answer or webhook; utility goes on; a person can undo it", async () => {
    await attempt(await submitTo("first", "marketing"), outcomeOf(131050));
    await passTime(10_000);
    const second = await submitTo("second", "marketing");
    expect(await starts(second)).toBe(false);
    expect((await ledger().read(TENANT, second))?.delivery).toMatchObject({ state: "rejected", reason: "suppressed" });
    expect(await starts(await submitTo("third", "utility"))).toBe(true);
    const { items } = await ledger().suppressions({ limit: 10 });
    expect(items).toMatchObject([{ recipient: "15550000009", until: null, code: 131050 }]);
    await ledger().unsuppress("+1 555 000 0009");
    await passTime(10_000);
    expect(await starts(await submitTo("fourth", "marketing"))).toBe(true);
  });

  test("under either name of a message that has two, the stricter word counts", async () => {
    const both = { to: "+15550000011", recipient: "US.ana", values: {} };
    const submitBoth = async (key: string) => {
      const items = [{ key, fingerprint: key, message: both }];
      const [result] = await ledger().submit(address, { ...marketing(key), items });
      return (result as { id: string }).id;
    };
    const id = await submitBoth("first");
    await ledger().suppress({ recipient: "15550000011", until: Date.now() + 60_000, by: "me" });
    await ledger().suppress({ recipient: "US.ana", by: "me" });
    expect(await starts(id)).toBe(false);
    expect((await ledger().read(TENANT, id))?.delivery).toMatchObject({ state: "rejected", reason: "suppressed" });
    await ledger().unsuppress("US.ana");
    const waits = await submitBoth("second");
    expect(await starts(waits)).toBe(false);
    expect((await ledger().read(TENANT, waits))?.delivery.state).toBe("queued");
  });

  test("Meta's word to one shard holds in the others, also when one of them could not hear it at first", async () => {
    const shards = { ...env, SHARDS: "3" };
    const other = (shard: number) => ledgerAt(env, { ...address, shard });
    const first = await submitTo("first", "marketing");
    let failing = true;
    await runInDurableObject(stub(), async (_, ctx) => {
      const LEDGER = {
        getByName: (name: string) => {
          if (failing && name.endsWith("/2")) throw new Error("not now");
          return env.LEDGER.getByName(name);
        },
      } as unknown as typeof env.LEDGER;
      const shard = new Ledger(ctx, { ...shards, LEDGER });
      await shard.start([first], "n");
      await shard.finish([{ id: first, n: 1, outcome: outcomeOf(131050), raw: "{}" }]);
      await vi.waitFor(async () =>
        expect(await other(1).suppressed([to.to])).toMatchObject([{ until: null, code: 131050 }]),
      );
      expect(await other(2).suppressed([to.to])).toEqual([null]);
      failing = false;
      await shard.watch();
    });
    expect(await other(2).suppressed([to.to])).toMatchObject([{ until: null, code: 131050 }]);
    expect(
      await runInDurableObject(stub(), (_, { storage: { sql } }) => sql.exec("SELECT * FROM echoes").toArray()),
    ).toEqual([]);
  });

  test("two shards that tell each other of hundreds at once do not wait for each other", async () => {
    const shards = { ...env, SHARDS: "2" };
    const stubs = [0, 1].map((shard) => env.LEDGER.getByName(`${address.from}/${shard}`));
    for (const [shard, each] of stubs.entries()) {
      await ledgerAt(env, { ...address, shard }).submit({ ...address, shard }, request([{ key: `k${shard}` }]));
      await runInDurableObject(each, async (_, ctx) => {
        for (let index = 0; index < 700; index += 1)
          ctx.storage.sql.exec("INSERT INTO echoes VALUES (?, NULL, 131050)", `1555${shard}${100_000 + index}`);
      });
    }
    // Each of them is busy telling while it is told.
    await Promise.all(stubs.map((each) => runInDurableObject(each, async (_, ctx) => new Ledger(ctx, shards).watch())));
    for (const shard of [0, 1]) {
      const told = await ledgerAt(env, { ...address, shard }).suppressed([
        `1555${1 - shard}100000`,
        `1555${1 - shard}100699`,
      ]);
      expect(told).toMatchObject([{ code: 131050 }, { code: 131050 }]);
    }
  });

  test("a template that became marketing is refused by whoever refuses that", async () => {
    const id = await submitTo("was-utility", "utility");
    await ledger().suppress({ recipient: to.to, by: "me" });
    await ledger().rejudge(id, { epoch: 2, ok: true, category: "marketing" });
    expect((await ledger().read(TENANT, id))?.delivery.category).toBe("marketing");
    expect((await ledger().lease(10)).ids, "in its new lane").toEqual([id]);
    expect(await starts(id)).toBe(false);
    expect((await ledger().read(TENANT, id))?.delivery).toMatchObject({ state: "rejected", reason: "suppressed" });
  });

  test("131049: not before a day has passed, and not for good", async () => {
    const first = await submitTo("first", "marketing");
    await attempt(first, accepted);
    const { callbackId } = (await ledger().read(TENANT, first))?.delivery ?? { callbackId: "" };
    await ledger().receive(address, [status({ callbackId, status: "failed", code: 131049 })], []);
    await passTime(10_000);
    const second = await submitTo("second", "marketing");
    expect(await starts(second)).toBe(false);
    const waiting = (await ledger().read(TENANT, second))?.delivery;
    expect(waiting?.state).toBe("queued");
    expect((waiting?.dueAt ?? 0) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    await passTime(24 * 3_600_000);
    expect(await starts(second)).toBe(true);
  });

  test("pages", async () => {
    for (let index = 0; index < 5; index += 1) await ledger().suppress({ recipient: `1555000000${index}`, by: "me" });
    const first = await ledger().suppressions({ limit: 3 });
    const rest = await ledger().suppressions({ limit: 3, ...(first.next !== undefined && { after: first.next }) });
    expect([...first.items, ...rest.items].map(({ recipient }) => recipient.slice(-1))).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
    ]);
    expect(rest.next).toBeUndefined();
  });
});

describe("controls and lanes", () => {
  const inLane = async (prefix: string, count: number, change: object) => {
    const keys = Array.from({ length: count }, (_, index) => ({ key: `${prefix}${index}` }));
    return (await ledger().submit(address, request(keys, change))).map((result) => (result as { id: string }).id);
  };

  test("a one-time code goes before a thousand others, and lanes take turns", async () => {
    await inLane("big", 500, { category: "marketing", campaign: "big" });
    const small = await inLane("small", 5, { category: "marketing", campaign: "small" });
    const codes = await inLane("code", 2, { category: "authentication" });
    const { ids } = await ledger().lease(20);
    expect(ids).toHaveLength(20);
    expect(ids.slice(0, 2).sort()).toEqual([...codes].sort());
    expect(
      small.every((id) => ids.includes(id)),
      "the small campaign is not behind the big one",
    ).toBe(true);
  });

  test("a paused campaign waits without a write to its rows, and goes on", async () => {
    const ids = await inLane("a", 3, { campaign: "spring" });
    const before = await ledger().read(TENANT, ids[0] ?? "");
    const name = `${TENANT}/spring`;
    expect(await ledger().control({ what: "campaign", name, action: "pause", by: "me" })).toEqual({ state: "paused" });
    expect((await ledger().lease(10)).ids).toEqual([]);
    expect(await starts(ids[0] ?? "")).toBe(false);
    expect((await ledger().read(TENANT, ids[0] ?? ""))?.timeline).toEqual(before?.timeline);
    expect(await ledger().campaign(TENANT, "spring")).toEqual({
      name: "spring",
      state: "paused",
      counts: { queued: 3 },
    });
    expect(await ledger().campaign("another", "spring")).toBeUndefined();
    await ledger().control({ what: "campaign", name, action: "resume", by: "me" });
    expect((await ledger().lease(10)).ids).toHaveLength(3);
  });

  test("a cancelled campaign's rows end, in batches, and none of them starts", async () => {
    const ids = await inLane("a", 450, { campaign: "spring" });
    await inLane("b", 3, { campaign: "autumn" });
    await ledger().start([ids[0] ?? ""], nonce());
    const name = `${TENANT}/spring`;
    await ledger().control({ what: "campaign", name, action: "cancel", by: "me" });
    expect(await starts(ids[449] ?? ""), "also what the sweep has not reached").toBe(false);
    for (let batch = 0; batch < 5; batch += 1) await runDurableObjectAlarm(stub());
    const view = await ledger().campaign(TENANT, "spring");
    expect(view).toEqual({ name: "spring", state: "cancelled", counts: { cancelled: 449, sending: 1 } });
    expect((await ledger().campaign(TENANT, "autumn"))?.counts).toEqual({ queued: 3 });
    expect((await ledger().read(TENANT, ids[5] ?? ""))?.timeline.at(-1)).toMatchObject({ event: "cancel", by: "me" });
    const again = await ledger().control({ what: "campaign", name, action: "resume", by: "me" });
    expect(again).toMatchObject({ state: "cancelled", refused: expect.any(String) as string });
  });

  test("a paused sender sends nothing, and a held template only its own", async () => {
    const [a = ""] = await inLane("a", 1, {});
    expect(await ledger().control({ what: "sender", action: "pause", by: "me" })).toEqual({ state: "paused" });
    expect((await ledger().lease(10)).ids).toEqual([]);
    expect(await starts(a)).toBe(false);
    await ledger().control({ what: "sender", action: "resume", by: "me" });
    const template = { what: "template", name: "hello/en", by: "me" } as const;
    expect(await ledger().control({ ...template, action: "pause" })).toEqual({ state: "held" });
    expect(await starts(a)).toBe(false);
    expect(await ledger().control({ ...template, action: "resume" })).toEqual({ state: "running" });
    expect(await starts(a)).toBe(true);
  });
});

test("accepts without any webhook are alerted once, and a webhook is the all-clear (R34)", async () => {
  const ids = await submitted(...Array.from({ length: 20 }, (_, index) => `k${index}`));
  for (const [index, id] of ids.entries()) await attempt(id, { ...accepted, messageId: `wamid.${index}` });
  await passTime(15 * 60_000 + 1_000);
  await ledger().watch();
  await ledger().watch();
  expect(await alerts()).toMatchObject([{ reason: "silence" }]);
  expect((await ledger().summary()).gate.webhooks.silent).toBe(true);
  // News of a template comes by another subscription.
  await ledger().receive(address, [], [{ kind: "template", raw: "{}" }]);
  expect((await ledger().summary()).gate.webhooks.silent).toBe(true);
  await ledger().receive(address, [], []);
  expect((await ledger().summary()).gate.webhooks.silent).toBe(false);
  const { events } = await ledger().events({ limit: 1_000 });
  expect(events.at(-1)).toMatchObject({ event: "all_clear", reason: "silence" });
});
