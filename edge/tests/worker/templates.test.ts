import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { Catalogue } from "../../src/catalogue.ts";
import { app } from "../../src/http/app.ts";
import { catalogueOf } from "../../src/objects.ts";
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

describe("the catalogue", () => {
  test("an epoch rises with a change and with nothing else", async () => {
    const find = () => catalogue().find(SENDER.wabaId, "hello_static", "en_US");
    const first = await find();
    expect(first).toMatchObject({ epoch: 1 });
    expect(await find()).toEqual(first);
    expect(await catalogue().outdate("hello_static", "en_US")).toBe(2);
    expect(await find()).toMatchObject({ epoch: 2, hash: (first as { hash: string }).hash });
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
