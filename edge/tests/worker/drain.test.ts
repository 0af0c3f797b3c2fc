/** The consumer, with a Graph API of the test's own: what is on the wire, and what of it is stored. */

import { env } from "cloudflare:workers";
import { createMessageBatch } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { drain } from "../../src/delivery/drain.ts";
import type { QueueMessage } from "../../src/delivery/queue.ts";
import { sealed, unsealed } from "../../src/delivery/secrets.ts";
import type { Env } from "../../src/env.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { makeId } from "../../src/ledger/machine.ts";
import { ledgerAt, type Remote, shardOfKey } from "../../src/objects.ts";
import worker from "../../src/worker.ts";
import { address, ledger, numberOf, passTime, request, stateOf, TENANT, traces } from "./tools.ts";

const DEFINITION = {
  name: "hello",
  language: "en",
  epoch: 1,
  hash: "hash of hello",
  text: JSON.stringify({
    name: "hello",
    language: "en",
    category: "UTILITY",
    status: "APPROVED",
    components: [{ type: "BODY", text: "Hello {{1}}, good to see you.", example: { body_text: [["Ana"]] } }],
  }),
};
const LEDGER_KEY = new Uint8Array(32).fill(7).toBase64();

/** A Graph API: what it answers, and what it saw. */
const graph = {
  latencyMs: 5,
  open: 0,
  most: 0,
  posts: [] as { to: string; text: string; at: number }[],
  gets: 0,
  getWorks: true,
  answer: (_to: string): Response | "reset" => acceptedAnswer(),
};
let wamids = 0;

function acceptedAnswer(): Response {
  return Response.json({ messaging_product: "whatsapp", contacts: [], messages: [{ id: `wamid.${(wamids += 1)}` }] });
}

function refused(code: number): Response {
  return Response.json({ error: { message: "refused", type: "OAuthException", code } }, { status: 400 });
}

beforeEach(() => {
  Object.assign(graph, { latencyMs: 5, open: 0, most: 0, posts: [], gets: 0, getWorks: true, answer: acceptedAnswer });
  vi.spyOn(globalThis, "fetch").mockImplementation(async (_url, init) => {
    if ((init?.method ?? "GET") === "GET") {
      graph.gets += 1;
      return graph.getWorks ? Response.json({ id: address.from }) : refused(190);
    }
    const text = String(init?.body);
    const { to } = JSON.parse(text) as { to: string };
    graph.posts.push({ to, text, at: Date.now() });
    graph.open += 1;
    graph.most = Math.max(graph.most, graph.open);
    await scheduler.wait(graph.latencyMs);
    graph.open -= 1;
    const answer = graph.answer(to);
    if (answer === "reset") throw new TypeError("Network connection lost.");
    return answer;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(graph.open, "nothing is left on the wire").toBe(0);
});

const settings = (change: object = {}): Env => ({ ...env, GRAPH_TOKEN: "token", LEDGER_KEY, ...change }) as Env;
const body = (key: string) => ({ to: numberOf(key), values: { "body.1": "Ana" } });

async function submitted(keys: string[], change: object = {}): Promise<string[]> {
  const items = keys.map((key) => ({ key, fingerprint: key, message: body(key) }));
  const results = await ledger().submit(address, { ...request([]), template: DEFINITION, items, ...change });
  return results.map((result) => (result as { id: string }).id);
}

const many = (count: number, prefix = "k") => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

test("six POSTs at once and never seven, each message once", async () => {
  await submitted(many(60));
  await drain(settings(), address);
  expect(graph.posts).toHaveLength(60);
  expect(new Set(graph.posts.map(({ to }) => to)).size).toBe(60);
  expect(graph.most).toBe(6);
  expect((await ledger().summary()).states).toEqual({ accepted: 60 });
});

test("several consumers at once start no row twice, and none has more than six under way", async () => {
  await submitted(many(70));
  let most = 0;
  const watching = (async () => {
    for (let look = 0; look < 40; look += 1) {
      most = Math.max(most, (await ledger().summary()).states["sending"] ?? 0);
      await scheduler.wait(3);
    }
  })();
  await Promise.all([1, 2, 3].map(() => drain(settings(), address)));
  await watching;
  expect(graph.posts).toHaveLength(70);
  expect(new Set(graph.posts.map(({ to }) => to)).size).toBe(70);
  expect(graph.most).toBeLessThanOrEqual(12);
  expect(most, "rows in state sending").toBeLessThanOrEqual(12);
  expect((await ledger().summary()).states).toEqual({ accepted: 70 });
});

test("only CONSUMERS send at once: another finds the work in good hands, and a seat that is left is free", async () => {
  // More than two leases take, so that there is something for a third.
  await submitted(many(130));
  graph.latencyMs = 60;
  const first = drain(settings(), address);
  const second = drain(settings(), address);
  await vi.waitFor(() => expect(graph.open).toBe(12));
  expect(await drain(settings(), address), "nothing to nudge for").toEqual({ more: false });
  expect(graph.most).toBe(12);
  await Promise.all([first, second]);
  expect(graph.posts).toHaveLength(130);
  await submitted(many(5, "later"));
  await drain(settings(), address);
  expect((await ledger().summary()).states).toEqual({ accepted: 135 });
});

test("five consumers that meet an outage leave at most twelve messages in doubt", async () => {
  await submitted(many(300));
  graph.latencyMs = 30;
  graph.answer = () => "reset";
  await Promise.all([1, 2, 3, 4, 5].map(() => drain(settings(), address)));
  const { states, gate } = await ledger().summary();
  expect(gate.transport).toBeDefined();
  expect(states["unknown"]).toBeGreaterThan(0);
  expect(states["unknown"]).toBeLessThanOrEqual(12);
  expect((states["unknown"] ?? 0) + (states["queued"] ?? 0)).toBe(300);
});

test("one consumer never has more than six rows in state sending, stored outcomes or not", async () => {
  await submitted(many(50));
  let most = 0;
  let looks = 0;
  let going = true;
  const watching = (async () => {
    while (going) {
      most = Math.max(most, (await ledger().summary()).states["sending"] ?? 0);
      looks += 1;
      await scheduler.wait(1);
    }
  })();
  await drain(settings(), address);
  going = false;
  await watching;
  expect(looks).toBeGreaterThan(5);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(6);
});

for (const SHARDS of [1, 4]) {
  test(`with ${SHARDS} shard(s) every message goes once, and each ledger keeps its own`, async () => {
    const sender = settings({ SHARDS, PER_SECOND: 400 });
    const byShard = new Map<number, string[]>();
    for (const key of many(40, `s${SHARDS}-`)) {
      const shard = await shardOfKey(sender, TENANT, key);
      byShard.set(shard, [...(byShard.get(shard) ?? []), key]);
    }
    expect(byShard.size).toBe(SHARDS);
    const addresses = [...byShard.keys()].map((shard) => ({ from: address.from, shard }));
    for (const each of addresses) {
      const items = (byShard.get(each.shard) ?? []).map((key) => ({ key, fingerprint: key, message: body(key) }));
      const results = await ledgerAt(sender, each).submit(each, { ...request([]), template: DEFINITION, items });
      for (const result of results) expect((result as { id: string }).id[1]).toBe(String(each.shard));
    }
    await Promise.all(addresses.map((each) => drain(sender, each)));
    expect(graph.posts).toHaveLength(40);
    expect(new Set(graph.posts.map(({ to }) => to)).size).toBe(40);
  });
}

test("the number's second is kept: never more than PER_SECOND in any second, and all go", async () => {
  // The ledger has the Worker's own settings: 80 a second.
  await submitted(many(170));
  for (let call = 0; call < 10 && graph.posts.length < 170; call += 1) {
    await drain(settings({ DRAIN_MS: 10_000 }), address);
    await scheduler.wait(50);
  }
  expect(graph.posts).toHaveLength(170);
  const times = graph.posts.map(({ at }) => at);
  const most = Math.max(...times.map((at) => times.filter((other) => other >= at && other < at + 1_000).length));
  expect(most).toBeLessThanOrEqual(80);
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2_000);
}, 20_000);

test("a consumer comes back after its messages, gives back what it did not start, and says that there is more", async () => {
  await submitted(many(30));
  expect(await drain(settings({ DRAIN_MESSAGES: 10 }), address)).toEqual({ more: true });
  expect(graph.posts.length).toBeGreaterThanOrEqual(10);
  expect(graph.posts.length).toBeLessThan(16);
  expect((await ledger().lease(60)).ids, "nobody has to wait for its leases to run out").toHaveLength(
    30 - graph.posts.length,
  );
});

test("a recipient's second message waits in the ledger and keeps nobody on the line", async () => {
  const message = { to: "+15550000001", values: { "body.1": "Ana" } };
  const items = ["a", "b"].map((key) => ({ key, fingerprint: key, message }));
  await ledger().submit(address, { ...request([]), template: DEFINITION, items });
  const begin = Date.now();
  expect(await drain(settings(), address)).toEqual({ more: false });
  expect(Date.now() - begin).toBeLessThan(2_000);
  expect(graph.posts).toHaveLength(1);
  expect((await ledger().summary()).states).toEqual({ accepted: 1, queued: 1 });
});

describe("a bad line to the ledger", () => {
  /** The ledger itself, with some of its calls disturbed on their way. */
  const disturbed = (calls: (real: Remote<Ledger>) => Partial<Remote<Ledger>>) => ({
    getByName: (name: string) => {
      const real = env.LEDGER.getByName(name) as unknown as Remote<Ledger>;
      return new Proxy(real, { get: (_, call: keyof Remote<Ledger>) => calls(real)[call] ?? real[call] });
    },
  });

  test("a start whose reply comes too late is given back: nothing of it is posted, and another start sends it", async () => {
    await submitted(many(6));
    const LEDGER = disturbed((real) => ({
      turn: async (...asked) => {
        const claim = await real.turn(...asked);
        await scheduler.wait(60);
        return claim;
      },
    }));
    await drain(settings({ LEDGER, START_REPLY_MS: 30, WAIT_MS: 0 }), address);
    expect(graph.posts).toEqual([]);
    expect((await ledger().summary()).states).toEqual({ queued: 6 });
    // Their recipients' clocks were wound all the same.
    await passTime(7_001);
    await drain(settings(), address);
    expect(new Set(graph.posts.map(({ to }) => to)).size).toBe(6);
    expect(graph.posts).toHaveLength(6);
  });

  test.each([
    ["in the middle of its work", {}],
    ["at its end", { DRAIN_MESSAGES: 1 }],
  ])("what a consumer cannot store %s goes through the queue, and is stored from there", async (_, change) => {
    const [id = ""] = await submitted(["a"]);
    const down = () => Promise.reject(new Error("Network connection lost."));
    const LEDGER = disturbed((real) => ({
      finish: down,
      turn: (finishes, ...others) => (finishes.length > 0 ? down() : real.turn(finishes, ...others)),
    }));
    const queued: QueueMessage[] = [];
    const NUDGES = { send: async (message: QueueMessage) => void queued.push(message) };
    // In the middle it ends with what the ledger threw; its nudge is retried then.
    await drain(settings({ LEDGER, NUDGES, ...change }), address).catch(() => undefined);
    expect(graph.posts).toHaveLength(1);
    expect(await stateOf(id), "the ledger knows of nothing yet").toBe("sending");
    expect(queued).toMatchObject([{ kind: "finish", ...address, finishes: [{ id, n: 1 }] }]);

    const messages = queued.map((body) => ({ id: "m", timestamp: new Date(), attempts: 1, body }));
    await worker.queue(createMessageBatch<QueueMessage>("wa-preflight-nudges", messages), env);
    expect(await stateOf(id)).toBe("accepted");
    expect(graph.posts, "and nothing is posted again").toHaveLength(1);
  });
});

describe("breakers", () => {
  test("after an account's refusal at most what was on the wire goes, and none is failed (R18)", async () => {
    await submitted(many(40));
    graph.answer = () => refused(190);
    await drain(settings(), address);
    expect(graph.posts.length).toBeLessThanOrEqual(6);
    const { states, gate } = await ledger().summary();
    expect(gate.account).toMatchObject({ code: 190 });
    expect((states["blocked"] ?? 0) + (states["queued"] ?? 0)).toBe(40);
    expect(graph.gets, "not before its time").toBe(0);
  });

  test("refused connections leave at most six unknown, the rest waits (transport)", async () => {
    await submitted(many(40));
    graph.answer = () => "reset";
    await drain(settings(), address);
    await drain(settings(), address);
    const { states } = await ledger().summary();
    // Six were under way, and none was put in the place of the first that got no answer.
    expect(states["unknown"]).toBeLessThanOrEqual(6);
    expect((states["unknown"] ?? 0) + (states["queued"] ?? 0)).toBe(40);
  });

  test("the GET is made when the lease asks for it, never a message in its place; then all goes on", async () => {
    const ids = await submitted(many(20));
    graph.answer = () => refused(131042);
    graph.getWorks = false;
    // The ledger has settings of its own: its breaker opens for five seconds.
    await drain(settings({ WAIT_MS: 0 }), address);
    const posts = graph.posts.length;
    await passTime(5_001);
    await drain(settings({ WAIT_MS: 0 }), address);
    expect(graph.gets).toBe(1);
    expect(graph.posts).toHaveLength(posts);

    graph.getWorks = true;
    graph.answer = acceptedAnswer;
    await passTime(60_000);
    for (let call = 0; call < 3; call += 1) await drain(settings({ WAIT_MS: 0 }), address);
    expect(graph.gets).toBe(2);
    expect((await ledger().summary()).states).toEqual({ accepted: ids.length });
    expect((await ledger().summary()).gate.account).toBeUndefined();
  }, 30_000);
});

describe("one-time codes", () => {
  const CODE = "493817";
  const secretMessage = async (key: string) => {
    const id = makeId(0);
    const message = { to: numberOf(key), values: { "body.1": CODE } };
    return { key, fingerprint: `keyed ${key}`, id, message: await sealed(settings(), id, message) };
  };
  const submitCodes = async (...keys: string[]) => {
    const items = await Promise.all(keys.map(secretMessage));
    await ledger().submit(address, { ...request([]), template: DEFINITION, category: "authentication", items });
    return items.map(({ id }) => id);
  };

  test("no table has the code; Meta gets it; then it is gone", async () => {
    const [id = ""] = await submitCodes("a");
    expect(await traces(CODE)).toEqual([]);
    const stored = (await traces("sealed")).length;
    expect(stored).toBe(1);
    const view = await ledger().read(TENANT, id);
    expect(view?.message).toEqual({ to: numberOf("a") });

    await drain(settings(), address);
    expect(graph.posts).toHaveLength(1);
    expect(graph.posts[0]?.text).toContain(CODE);
    expect(await stateOf(id)).toBe("accepted");
    expect(await traces("sealed"), "erased as soon as Meta has it").toEqual([]);
    expect(await traces(CODE)).toEqual([]);
    const again = await ledger().act(TENANT, id, { type: "resend", by: "me" });
    expect(again?.refused?.reason).toBe("erased");
  });

  test("cancelled and expired ones are erased, too", async () => {
    const [cancelled = "", expired = ""] = await submitCodes("a", "b");
    await ledger().act(TENANT, cancelled, { type: "cancel", by: "me" });
    await passTime(600_001);
    await ledger().watch();
    expect(await stateOf(expired)).toBe("expired");
    expect(await traces("sealed")).toEqual([]);
  });

  test("another key opens nothing: the message is refused with the reason, and nothing is sent", async () => {
    const [id = ""] = await submitCodes("a");
    await drain(settings({ LEDGER_KEY: new Uint8Array(32).fill(8).toBase64() }), address);
    expect(graph.posts).toEqual([]);
    expect((await ledger().read(TENANT, id))?.delivery).toMatchObject({
      state: "rejected",
      reason: "refused_by_preflight",
    });
  });

  test("without a key nothing is sent or refused: it waits for the operator", async () => {
    const [id = ""] = await submitCodes("a");
    await drain(settings({ LEDGER_KEY: "" }), address);
    expect(graph.posts).toEqual([]);
    expect(await stateOf(id)).toBe("queued");
  });

  test("a code is bound to its delivery", async () => {
    const [one, two] = [makeId(0), makeId(0)];
    const message = await sealed(settings(), one, { to: "+15550000001", values: { "body.1": CODE } });
    expect(await unsealed(settings(), one, message)).toEqual({ to: "+15550000001", values: { "body.1": CODE } });
    await expect(unsealed(settings(), two, message)).rejects.toThrow(/one-time code/);
  });
});
