import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { Catalogue } from "../../src/catalogue.ts";
import { app } from "../../src/http/app.ts";
import { catalogueOf, ledgerAt } from "../../src/objects.ts";
import { call, problemOf } from "./client.ts";
import { API_KEY, SENDER } from "./settings.ts";

const catalogue = () => catalogueOf(env, SENDER.wabaId);

describe("GET /v1/templates", () => {
  test("lists what Meta has", async () => {
    const { templates } = (await (await call("GET", "/v1/templates")).json()) as {
      templates: { name: string; language: string }[];
    };
    expect(
      templates
        .filter(({ name }) => name === "order_shipped")
        .map(({ language }) => language)
        .sort(),
    ).toEqual(["de", "en_US"]);
  });

  test("by name", async () => {
    const { templates } = (await (await call("GET", "/v1/templates?name=spring_sale")).json()) as {
      templates: { name: string }[];
    };
    expect(templates.map(({ name }) => name)).toEqual(["spring_sale"]);
  });

  test("says so when Meta is out of reach, with a token in no word of it", async () => {
    const request = new Request("https://worker.test/v1/check", {
      method: "POST",
      headers: { authorization: `Bearer ${API_KEY}` },
      body: JSON.stringify({ template: { name: "never_seen", language: "en" } }),
    });
    const CATALOGUE = {
      getByName: () => ({ find: async () => "unreachable" as const }),
    } as unknown as typeof env.CATALOGUE;
    const problem = await problemOf(await app.fetch(request, { ...env, CATALOGUE }));
    expect(problem.status).toBe(502);
    expect(JSON.stringify(problem)).not.toContain(env.GRAPH_TOKEN);
  });
});

describe("POST /v1/templates", () => {
  const definition = (name: string) => ({
    name,
    language: "en_US",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Your table for {{1}} people is booked.", example: { body_text: [["four"]] } }],
  });

  test("creates what preflight finds good, and it can be used at once", async () => {
    const response = await call("POST", "/v1/templates", definition("table_booked"));
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ status: expect.any(String), id: expect.any(String) });
    const check = await call("POST", "/v1/check", {
      template: { name: "table_booked", language: "en_US" },
      message: { to: "+15550000001", values: { "body.1": "four" } },
    });
    expect(await check.json()).toMatchObject({ ok: true });
  });

  test("refuses what preflight refuses; Meta does not see it", async () => {
    for (const bad of [
      { ...definition("Table Booked") },
      { ...definition("no_body"), components: [] },
      [],
      null,
      "text",
    ]) {
      const problem = await problemOf(await call("POST", "/v1/templates", JSON.stringify(bad)));
      expect(problem.status).toBe(422);
      expect(problem.diagnostics?.length).toBeGreaterThan(0);
    }
    const { templates } = (await (await call("GET", "/v1/templates?name=no_body")).json()) as { templates: object[] };
    expect(templates).toEqual([]);
  });

  test("passes on what Meta refuses", async () => {
    await call("POST", "/v1/templates", definition("twice"));
    const problem = await problemOf(await call("POST", "/v1/templates", definition("twice")));
    expect(problem.status).toBe(422);
    expect(problem).toMatchObject({ error: { code: expect.any(Number) }, outcome: { class: expect.any(String) } });
  });
});

describe("POST /v1/templates/:name/:language/{pause,resume}", () => {
  const ledger = () => ledgerAt(env, { from: SENDER.phoneNumberId, shard: 0 });
  const holds = async () => Object.keys((await ledger().summary()).gate.templates);
  const without = (find: () => unknown) => {
    const CATALOGUE = { getByName: () => ({ find }) } as unknown as typeof env.CATALOGUE;
    return (path: string) =>
      app.fetch(
        new Request(`https://worker.test${path}`, { method: "POST", headers: { authorization: `Bearer ${API_KEY}` } }),
        { ...env, CATALOGUE },
      );
  };

  test("of a template that the account has", async () => {
    const held = await call("POST", "/v1/templates/hello_static/en_US/pause");
    expect(await held.json()).toEqual({ template: { name: "hello_static", language: "en_US" }, state: "held" });
    expect(await holds()).toEqual(["hello_static/en_US"]);
    const running = await call("POST", "/v1/templates/hello_static/en_US/resume");
    expect(await running.json()).toMatchObject({ state: "running" });
    expect(await holds()).toEqual([]);
  });

  test("of one that nobody knows is a 404, and holds nothing", async () => {
    for (const path of [
      "helo_static/en_US",
      "hello_static/en",
      "hello_static/en-US",
      "Hello/en_US",
      `${"n".repeat(513)}/en`,
    ])
      for (const action of ["pause", "resume"]) {
        const response = await call("POST", `/v1/templates/${path}/${action}`);
        expect(response.status, path.slice(0, 40)).toBe(404);
        const { detail } = await problemOf(response);
        expect(detail).toContain("GET /v1/templates");
        expect(detail.length).toBeLessThan(400);
      }
    expect(await holds()).toEqual([]);
  });

  test("what Meta could not name is not asked for", async () => {
    let asked = 0;
    const ask = without(async () => void (asked += 1));
    for (const path of ["Hello/en_US", "hello/english", `${"n".repeat(513)}/en`, "hello/en%2Fus", "%F0%9F%8C%B7/en"])
      expect((await ask(`/v1/templates/${path}/pause`)).status).toBe(404);
    expect(asked).toBe(0);
  });

  test("while Meta is out of reach: one that deliveries use is held, of another nobody can say", async () => {
    const ask = without(async () => "unreachable");
    const body = {
      from: SENDER.phoneNumberId,
      template: { name: "order_shipped", language: "en_US" },
      messages: [{ key: "k", to: "+15550000001", values: { "body.1": "Ana", "body.2": "A-1", "buttons.0": "A-1" } }],
    };
    expect((await call("POST", "/v1/deliveries", body)).status).toBe(202);
    expect((await ask("/v1/templates/order_shipped/en_US/pause")).status).toBe(200);
    expect((await ask("/v1/templates/hello_static/en_US/pause")).status).toBe(502);
    expect(await holds()).toEqual(["order_shipped/en_US"]);
  });

  test("a hold from before can be ended, whatever its name is", async () => {
    await ledger().control({ what: "template", name: "Not One/of Meta's", action: "pause", by: "tests" });
    expect((await call("POST", "/v1/templates/Not%20One/of%20Meta's/resume")).status).toBe(200);
    expect(await holds()).not.toContain("Not One/of Meta's");
  });
});

describe("the catalogue", () => {
  test("an epoch rises with a change and with nothing else", async () => {
    const find = () => catalogue().find(SENDER.wabaId, "hello_static", "en_US");
    const first = await find();
    expect(first).toMatchObject({ epoch: 1 });
    expect(await find()).toEqual(first);
    expect(await catalogue().outdate("hello_static", "en_US")).toBe(2);
    expect(await find()).toMatchObject({ epoch: 2, hash: (first as { hash: string }).hash });
  });

  test("an epoch that a ledger has from another account is gone on from", async () => {
    const found = await catalogue().find(SENDER.wabaId, "spring_sale", "en", 7);
    expect(found).toMatchObject({ epoch: 7 });
    expect(await catalogue().find(SENDER.wabaId, "spring_sale", "en")).toEqual(found);
    expect(await catalogue().outdate("spring_sale", "en")).toBe(8);
  });

  test("what changes while it is fetched is fetched again", async () => {
    const stub = catalogue();
    await runInDurableObject(stub as unknown as DurableObjectStub<Catalogue>, async (instance: Catalogue) => {
      await instance.find(SENDER.wabaId, "order_shipped", "de");
      instance.outdate("order_shipped", "de");
      let fetches = 0;
      const { fetch } = globalThis;
      globalThis.fetch = (...args: Parameters<typeof fetch>) => {
        fetches += 1;
        // Meta's webhook about a change comes while the definition of before is on its way.
        if (fetches === 1) instance.outdate("order_shipped", "de");
        return fetch(...args);
      };
      try {
        expect(await instance.find(SENDER.wabaId, "order_shipped", "de")).toMatchObject({ epoch: 3 });
      } finally {
        globalThis.fetch = fetch;
      }
      expect(fetches).toBe(2);
    });
  });

  test("the unknown is null", async () => {
    expect(await catalogue().find(SENDER.wabaId, "hello_static", "xx")).toBeNull();
    expect(await catalogue().find(SENDER.wabaId, "hello", "en_US")).toBeNull();
  });
});
