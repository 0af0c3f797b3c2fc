/** Keys through the API: one message each, however often and however much at once it is handed in. */

import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { app } from "../../src/http/app.ts";
import { call, problemOf } from "./client.ts";
import { API_KEY, SENDER } from "./settings.ts";

const body = (values: object, key = "k") => ({
  from: SENDER.phoneNumberId,
  template: { name: "order_shipped", language: "en_US" },
  messages: [{ key, to: "+15550000001", values }],
});
const values = { "body.1": "Ana", "body.2": "A-1", "buttons.0": "A-1" };

test("the same key a hundred times at once is one row with one answer; another body is a conflict (R13)", async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const response = await call("POST", "/v1/deliveries", body(values));
      expect(response.status).toBe(202);
      return ((await response.json()) as { results: { id: string; state: string }[] }).results[0];
    }),
  );
  expect(new Set(answers.map((answer) => answer?.id)).size).toBe(1);
  expect(answers.filter((answer) => answer?.state === "queued")).toHaveLength(1);
  expect(answers.filter((answer) => answer?.state === "duplicate")).toHaveLength(99);

  const others = await Promise.all(
    Array.from({ length: 20 }, () => call("POST", "/v1/deliveries", body({ ...values, "body.1": "Eve" }))),
  );
  for (const response of others) {
    expect(response.status).toBe(409);
    await problemOf(response);
  }
  const stub = env.LEDGER.getByName(`${SENDER.phoneNumberId}/0`);
  const count = await runInDurableObject(stub, (_, { storage }) =>
    storage.sql.exec("SELECT count(*) AS n FROM deliveries").one(),
  );
  expect(count["n"]).toBe(1);
});

test("pages of GET /v1/deliveries have each delivery once, and a cursor that is none is refused", async () => {
  for (let at = 0; at < 7; at += 1) await call("POST", "/v1/deliveries", body(values, `page ${at}`));
  const keys: string[] = [];
  let cursor = "";
  for (let page = 0; page < 10; page += 1) {
    const response = await call("GET", `/v1/deliveries?limit=3${cursor && `&cursor=${cursor}`}`);
    const { deliveries, next } = (await response.json()) as { deliveries: { key: string }[]; next?: string };
    keys.push(...deliveries.map(({ key }) => key));
    if (next === undefined) break;
    cursor = next;
  }
  expect(keys).toHaveLength(8);
  expect(new Set(keys).size).toBe(8);
  expect((await call("GET", "/v1/deliveries?cursor=nonsense")).status).toBe(400);
});

test("a one-time code is encrypted before the ledger sees it, and its key is one all the same", async () => {
  const code = "493817";
  const submit = (text: string) =>
    call("POST", "/v1/deliveries", {
      ...body({ ...values, "body.2": text }, "code"),
      category: "authentication",
    });
  const [first] = ((await (await submit(code)).json()) as { results: { id: string; state: string }[] }).results;
  expect(first?.state).toBe("queued");
  const [again] = ((await (await submit(code)).json()) as { results: { id: string; state: string }[] }).results;
  expect(again).toMatchObject({ state: "duplicate", id: first?.id });
  expect((await submit("111111")).status).toBe(409);

  const shown = await (await call("GET", `/v1/deliveries/${first?.id}`)).text();
  expect(shown).not.toContain(code);
  expect(shown).not.toContain("sealed");
  const listed = await (await call("GET", "/v1/deliveries?limit=100")).text();
  expect(listed).not.toContain(code);
  const stub = env.LEDGER.getByName(`${SENDER.phoneNumberId}/0`);
  const stored = await runInDurableObject(stub, (_, { storage: { sql } }) =>
    sql
      .exec("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '_cf%'")
      .toArray()
      .map(({ name }) => JSON.stringify(sql.exec(`SELECT * FROM "${name}"`).toArray()))
      .join("\n"),
  );
  expect(stored).toContain("sealed");
  expect(stored).not.toContain(code);
});

test("without LEDGER_KEY, or with one that is none, a one-time code is not taken, and anything else is", async () => {
  for (const LEDGER_KEY of ["", "too short"]) {
    const post = (category: string) =>
      app.fetch(
        new Request("https://worker.test/v1/deliveries", {
          method: "POST",
          headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
          body: JSON.stringify({ ...body(values, `${category} ${LEDGER_KEY}`), category }),
        }),
        { ...env, LEDGER_KEY },
      );
    const refused = await post("authentication");
    expect(refused.status).toBe(503);
    expect((await problemOf(refused)).type).toContain("not-configured");
    expect((await post("utility")).status).toBe(202);
  }
});
