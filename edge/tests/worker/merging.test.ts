/** Routes that speak for several ledgers: what they ask each, and how the answers become one. The ledgers are stand-ins. */

import { env } from "cloudflare:workers";
import { createExecutionContext } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { app } from "../../src/http/app.ts";
import { problemOf } from "./client.ts";
import { API_KEY, OTHER_API_KEY, SENDER } from "./settings.ts";

const OTHER = { phoneNumberId: "106540352242999", wabaId: "102290129340999" };

type Answers = Record<string, (...args: never[]) => unknown>;

/** Ledgers that answer from a table by name (`sender/shard`), and remember what they were asked. */
function ledgers(answersOf: (name: string) => Answers) {
  const asked: { name: string; call: string; args: unknown[] }[] = [];
  const namespace = {
    getByName: (name: string) =>
      new Proxy(
        {},
        {
          get: (_, call: string) =>
            call === "then"
              ? undefined
              : async (...args: unknown[]) => {
                  asked.push({ name, call, args });
                  const answer = answersOf(name)[call];
                  if (answer === undefined) throw new Error(`nobody expects ${call}`);
                  return answer(...(args as never[]));
                },
        },
      ),
  };
  return { asked, namespace };
}

function asking(namespace: unknown, settings: object = {}) {
  const bindings = { ...env, SHARDS: 3, ...settings, LEDGER: namespace } as unknown as typeof env;
  return async (method: string, path: string, options: { body?: object; headers?: object; key?: string } = {}) => {
    const { body, headers = {}, key = API_KEY } = options;
    const request = new Request(`https://worker.test${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        accept: "application/json",
        "content-type": "application/json",
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return app.fetch(request, bindings, createExecutionContext());
  };
}

/** Three ledgers' events: of each its own order, and times that interleave. */
const HAPPENINGS: Record<string, { seq: number; at: number; event: string; id: string }[]> = {
  [`${SENDER.phoneNumberId}/0`]: [1, 4, 7, 10, 13].map((at, index) => ({
    seq: index + 1,
    at,
    event: "e",
    id: `a${at}`,
  })),
  [`${SENDER.phoneNumberId}/1`]: [2, 5, 5, 5].map((at, index) => ({
    seq: 10 * (index + 1),
    at,
    event: "e",
    id: `b${at}${index}`,
  })),
  [`${SENDER.phoneNumberId}/2`]: [3, 6, 9].map((at, index) => ({ seq: 7 + index, at, event: "e", id: `c${at}` })),
};
const ORDER = ["a1", "b20", "c3", "a4", "b51", "b52", "b53", "c6", "a7", "c9", "a10", "a13"];

function happenings(name: string): Answers {
  return {
    events: ({ tenant, after = 0, limit }: { tenant?: string; after?: number; limit: number }) => {
      expect(tenant).toBe("tests");
      const events = (HAPPENINGS[name] ?? []).filter(({ seq }) => seq > after).slice(0, limit);
      // What other tenants did is passed over: the ledger's place is behind its last event all the same.
      return { events, next: events.length < limit ? 1_000 : (events.at(-1)?.seq ?? after) };
    },
  };
}

describe("GET /v1/events", () => {
  interface Page {
    events: { id: string; cursor: string }[];
    next: string;
  }

  test.each([1, 2, 3, 5, 50])("in pages of %i: each event once, by time, whatever the pages are", async (limit) => {
    const ask = asking(ledgers(happenings).namespace);
    const seen: string[] = [];
    let after = "";
    for (let pages = 0; pages < 30; pages += 1) {
      const response = await ask("GET", `/v1/events?limit=${limit}${after}`);
      expect(response.status).toBe(200);
      const page = (await response.json()) as Page;
      seen.push(...page.events.map(({ id }) => id));
      after = `&after=${page.next}`;
      if (page.events.length === 0) break;
    }
    expect(seen).toEqual(ORDER);
  });

  test("goes on after any event, by its cursor or by Last-Event-ID", async () => {
    const ask = asking(ledgers(happenings).namespace);
    const all = (await (await ask("GET", "/v1/events")).json()) as Page;
    for (const [index, { cursor }] of all.events.entries()) {
      const rest = ORDER.slice(index + 1);
      const byCursor = (await (await ask("GET", `/v1/events?after=${cursor}`)).json()) as Page;
      expect(byCursor.events.map(({ id }) => id)).toEqual(rest);
      const byHeader = await ask("GET", "/v1/events?after=0.0.0", { headers: { "last-event-id": cursor } });
      expect(((await byHeader.json()) as Page).events.map(({ id }) => id)).toEqual(rest);
    }
  });

  test("as a stream: ids that a reader comes back with, an end by itself, and nothing lost between", async () => {
    const ask = asking(ledgers(happenings).namespace);
    const response = await ask("GET", "/v1/events?seconds=1", { headers: { accept: "text/event-stream" } });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const text = await response.text();
    expect(text.startsWith("retry: ")).toBe(true);
    const blocks = text.trim().split("\n\n").slice(1);
    const events = blocks.map((block) => ({
      id: /^id: (.*)$/m.exec(block)?.[1] ?? "",
      name: /^event: (.*)$/m.exec(block)?.[1],
      data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? "null") as { id?: string },
    }));
    expect(events.slice(0, -1).map(({ data }) => data.id)).toEqual(ORDER);
    expect(events.at(-1)?.name).toBe("end");
    const again = await ask("GET", "/v1/events?seconds=0", {
      headers: { accept: "text/event-stream", "last-event-id": events[3]?.id },
    });
    expect((await again.text()).match(/^data: \{.*"id"/gm)).toHaveLength(ORDER.length - 4);
  });

  test("a reader that goes away ends it, and a ledger that fails ends it without a word too many", async () => {
    const { asked, namespace } = ledgers(happenings);
    const gone = await asking(namespace)("GET", "/v1/events?seconds=300", { headers: { accept: "text/event-stream" } });
    const reader = gone.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    const before = asked.length;
    await scheduler.wait(1_300);
    expect(asked.length - before).toBeLessThanOrEqual(6);
    const failing = ledgers(() => ({ events: () => Promise.reject(new Error("secret detail")) }));
    const response = await asking(failing.namespace)("GET", "/v1/events", { headers: { accept: "text/event-stream" } });
    expect(await response.text()).not.toContain("secret");
  });

  test("takes no cursor of another shape, sender or time", async () => {
    const ask = asking(ledgers(happenings).namespace);
    for (const after of ["", "1", "1.2", "1.2.3.4", "a.b.c", "1.2.-3", "1.2.3e1", "9".repeat(300)]) {
      const response = await ask("GET", `/v1/events?after=${after}`);
      expect(response.status, after).toBe(400);
      await problemOf(response);
    }
    for (const query of ["limit=0", "limit=x", "limit=-1"])
      expect((await ask("GET", `/v1/events?${query}`)).status).toBe(400);
    expect((await ask("GET", "/v1/events?from=999")).status).toBe(422);
  });
});

describe("controls", () => {
  const views: Record<string, object | undefined> = {
    [`${SENDER.phoneNumberId}/0`]: { name: "spring", state: "paused", counts: { queued: 3, read: 1 } },
    [`${SENDER.phoneNumberId}/1`]: { name: "spring", state: "running", counts: { queued: 2 } },
    [`${SENDER.phoneNumberId}/2`]: undefined,
  };
  const answers = (name: string): Answers => ({
    campaign: (tenant: string, campaign: string) => {
      expect(tenant).toBe("tests");
      return campaign === "spring" ? views[name] : undefined;
    },
    knowsTemplate: () => name.endsWith("/1"),
    control: ({ action }: { action: string }) => ({ state: action === "resume" ? "running" : `${action}d` }),
  });

  test("a campaign is the sum of its ledgers, and as lively as the liveliest", async () => {
    const ask = asking(ledgers(answers).namespace);
    const response = await ask("GET", "/v1/campaigns/spring");
    expect(await response.json()).toEqual({ name: "spring", state: "running", counts: { queued: 5, read: 1 } });
  });

  test("a control goes to every ledger, under a name that is the tenant's own", async () => {
    const { asked, namespace } = ledgers(answers);
    expect((await asking(namespace)("POST", "/v1/campaigns/spring/pause")).status).toBe(200);
    const controls = asked.filter(({ call }) => call === "control");
    expect(controls.map(({ name }) => name.split("/")[1]).sort()).toEqual(["0", "1", "2"]);
    for (const { args } of controls) {
      expect(args[0]).toMatchObject({ what: "campaign", action: "pause", by: "tests" });
      expect((args[0] as { name: string }).name).not.toBe("spring");
    }
  });

  test("with `from` it goes to that sender's ledgers alone, and speaks for these alone", async () => {
    const { asked, namespace } = ledgers(answers);
    const ask = asking(namespace, { SENDERS: [SENDER, OTHER], SHARDS: 2 });
    const response = await ask("POST", `/v1/campaigns/spring/pause?from=${SENDER.phoneNumberId}`);
    expect(response.status).toBe(200);
    expect(new Set(asked.map(({ name }) => name))).toEqual(
      new Set([`${SENDER.phoneNumberId}/0`, `${SENDER.phoneNumberId}/1`]),
    );
  });

  test("a mistyped campaign stops nothing and does not look like it", async () => {
    const { asked, namespace } = ledgers(answers);
    for (const name of ["sprin", "SPRING", "spring%20", "%F0%9F%8C%B7", "a".repeat(300)])
      expect((await asking(namespace)("POST", `/v1/campaigns/${name}/pause`)).status).toBe(404);
    expect(asked.some(({ call }) => call === "control")).toBe(false);
    expect((await asking(namespace)("POST", "/v1/campaigns/spring/delete")).status).toBe(404);
    expect((await asking(namespace)("POST", "/v1/campaigns/spring/pause", { body: { until: 1 } })).status).toBe(400);
  });

  test("what a gate refuses is a conflict with its reason", async () => {
    const refusing = ledgers((name) => ({
      ...answers(name),
      control: () => ({ state: "running", refused: "there is nothing to resume" }),
    }));
    const response = await asking(refusing.namespace)("POST", "/v1/campaigns/spring/resume");
    expect(response.status).toBe(409);
    expect((await problemOf(response)).detail).toBe("there is nothing to resume");
  });

  test("a sender's and a template's", async () => {
    const { asked, namespace } = ledgers(answers);
    const ask = asking(namespace, { SENDERS: [SENDER, OTHER], SHARDS: 2 });
    expect((await ask("POST", `/v1/senders/${OTHER.phoneNumberId}/pause`)).status).toBe(200);
    expect(asked.splice(0).map(({ name }) => name)).toEqual([`${OTHER.phoneNumberId}/0`, `${OTHER.phoneNumberId}/1`]);
    expect((await ask("POST", "/v1/templates/order_shipped/en_US/resume")).status).toBe(200);
    expect(asked.filter(({ call }) => call === "control").map(({ args }) => args[0])).toEqual(
      Array.from({ length: 4 }, () => ({
        what: "template",
        name: "order_shipped/en_US",
        action: "resume",
        by: "tests",
      })),
    );
    for (const path of ["/v1/senders/999/pause", "/v1/templates/a/b/pause?from=999"])
      expect((await ask("POST", path)).status, path).toBe(422);
    for (const path of [`/v1/senders/${OTHER.phoneNumberId}/cancel`, "/v1/templates/a/b/cancel"])
      expect((await ask("POST", path)).status, path).toBe(404);
  });
});

describe("GET /v1/suppressions", () => {
  const lists: Record<string, { recipient: string; until: number | null; at: number }[]> = {
    "0": ["1", "3", "5", "7"].map((recipient) => ({ recipient, until: 10, at: 1 })),
    "1": ["1", "2", "3", "9"].map((recipient) => ({ recipient, until: null, at: 1 })),
    "2": [],
  };
  const answers = (name: string): Answers => ({
    suppressions: ({ after = "", limit }: { after?: string; limit: number }) => {
      const items = (lists[name.split("/")[1] ?? ""] ?? []).filter(({ recipient }) => recipient > after);
      return { items: items.slice(0, limit), ...(items.length > limit && { next: items[limit - 1]?.recipient }) };
    },
  });

  test.each([1, 2, 3, 100])("in pages of %i: everybody once, and the longer entry of two", async (limit) => {
    const ask = asking(ledgers(answers).namespace);
    const seen: { recipient: string; until: number | null }[] = [];
    let after = "";
    for (let pages = 0; pages < 20; pages += 1) {
      const response = await ask("GET", `/v1/suppressions?limit=${limit}${after}`);
      const page = (await response.json()) as { suppressions: typeof seen; next?: string };
      seen.push(...page.suppressions);
      if (page.next === undefined) break;
      after = `&after=${page.next}`;
    }
    expect(seen.map(({ recipient, until }) => [recipient, until])).toEqual([
      ...[
        ["1", null],
        ["2", null],
        ["3", null],
      ],
      ...[
        ["5", 10],
        ["7", 10],
        ["9", null],
      ],
    ]);
  });
});

describe("T7: a sender that is another tenant's is not there", () => {
  const settings = {
    SENDERS: [
      { ...SENDER, tenants: ["tests"] },
      { ...OTHER, tenants: ["other", "third"] },
    ],
    SHARDS: 1,
  };
  const quiet = {
    ...{ states: {}, quarantined: 0, deadLetters: 0, poison: 0, silentFailure: 0, silentFailureAvoided: 0 },
    ...{ gate: { templates: {}, campaigns: {}, webhooks: { accepts: 0, silent: false } }, counters: {} },
    ...{ oldestDueAt: null, alarmAt: null },
  };
  const nothing = { summary: () => quiet, suppressions: () => ({ items: [] }) };
  const mine = {
    ...nothing,
    forget: () => ({ deliveries: 0 }),
    suppressAll: () => undefined,
    unsuppress: () => undefined,
  };

  test("not by name, and not by leaving the name out", async () => {
    const { asked, namespace } = ledgers(() => mine as Answers);
    const ask = asking(namespace, settings);
    const from = OTHER.phoneNumberId;
    const named: [string, string, object?][] = [
      ["GET", `/v1/deliveries?from=${from}`],
      ["GET", `/v1/summary?from=${from}`],
      ["GET", `/v1/events?from=${from}`],
      ["GET", `/v1/suppressions?from=${from}`],
      ["POST", "/v1/suppressions", { from, recipients: ["+15550000001"] }],
      ["DELETE", "/v1/suppressions", { from, recipient: "+15550000001" }],
      ["DELETE", "/v1/recipients", { from, to: "+15550000001" }],
      ["POST", `/v1/senders/${from}/pause`],
      ["GET", `/v1/templates?from=${from}`],
      ["POST", "/v1/check", { from, template: { name: "a", language: "en" }, message: {} }],
      ["POST", "/v1/deliveries", { from, template: { name: "a", language: "en" }, messages: [{ key: "k" }] }],
    ];
    for (const [method, path, body] of named) {
      const theirs = await ask(method, path, body === undefined ? {} : { body });
      const nobodys = await ask(
        method,
        path.replace(from, "999"),
        body === undefined ? {} : { body: JSON.parse(JSON.stringify(body).replace(from, "999")) as object },
      );
      expect(theirs.status, `${method} ${path}`).toBe(422);
      expect(await theirs.text(), "and it says the same").toBe(await nobodys.text());
    }
    expect(asked).toEqual([]);
    for (const [method, path, body] of [
      ["POST", "/v1/suppressions", { recipients: ["+15550000001"] }],
      ["DELETE", "/v1/suppressions", { recipient: "+15550000001" }],
      ["DELETE", "/v1/recipients", { to: "+15550000001" }],
      ["GET", "/v1/summary", undefined],
    ] as const) {
      expect((await ask(method, path, body === undefined ? {} : { body })).ok, `${method} ${path}`).toBe(true);
    }
    expect(new Set(asked.splice(0).map(({ name }) => name))).toEqual(new Set([`${SENDER.phoneNumberId}/0`]));
    const health = await (await ask("GET", "/v1/health", { key: OTHER_API_KEY })).text();
    expect(health).toContain(OTHER.phoneNumberId);
    expect(health).not.toContain(SENDER.phoneNumberId);
    const metrics = await (await ask("GET", "/metrics", { key: OTHER_API_KEY })).text();
    expect(metrics).not.toContain(SENDER.phoneNumberId);
  });

  test("a list of tenants that is none is a mistake of the settings, not an open door", async () => {
    for (const tenants of [[], "tests", [""], [7], null, ["*"]]) {
      const ask = asking(ledgers(() => mine as Answers).namespace, { SENDERS: [{ ...SENDER, tenants }] });
      expect((await ask("GET", "/v1/summary")).status, JSON.stringify(tenants)).toBe(503);
    }
  });
});

describe("bodies", () => {
  test("of another shape, or too long, change nothing", async () => {
    const { asked, namespace } = ledgers(() => ({}));
    const ask = asking(namespace);
    const wrong: [string, string, object, number][] = [
      ["POST", "/v1/suppressions", {}, 400],
      ["POST", "/v1/suppressions", { recipients: [] }, 400],
      ["POST", "/v1/suppressions", { recipients: ["nobody"] }, 400],
      ["POST", "/v1/suppressions", { recipients: [15550000001] }, 400],
      ["POST", "/v1/suppressions", { recipients: ["+15550000001"], until: "tomorrow" }, 400],
      ["POST", "/v1/suppressions", { recipients: ["+15550000001"], why: "x" }, 400],
      ["POST", "/v1/suppressions", { recipients: Array.from({ length: 1_001 }, () => "+15550000001") }, 400],
      ["POST", "/v1/suppressions", { recipients: ["+15550000001"], from: "x".repeat(100_000) }, 413],
      ["DELETE", "/v1/suppressions", { recipients: ["+15550000001"] }, 400],
      ["DELETE", "/v1/recipients", {}, 400],
      ["DELETE", "/v1/recipients", { to: "" }, 400],
      ["DELETE", "/v1/recipients", { to: "% OR 1=1" }, 400],
      ["DELETE", "/v1/recipients", { to: null }, 400],
    ];
    for (const [method, path, body, status] of wrong) {
      const response = await ask(method, path, { body });
      expect(response.status, `${method} ${path} ${JSON.stringify(body).slice(0, 80)}`).toBe(status);
      await problemOf(response);
    }
    expect(asked).toEqual([]);
  });
});
