/** Bad input: a clear 4xx with diagnostics, never a 500, and nothing is queued. */

import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test } from "vitest";
import { ledgerAt } from "../../src/objects.ts";
import { call, fetchWorker, problemOf } from "./client.ts";
import { API_KEY, SENDER } from "./settings.ts";

const envelope = { from: SENDER.phoneNumberId, template: { name: "order_shipped", language: "en_US" } };
const message = { key: "k", to: "+15550000001", values: { "body.1": "Ana", "body.2": "A-1", "buttons.0": "A-1" } };
const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

const submit = (body: unknown, headers?: Record<string, string>) => call("POST", "/v1/deliveries", body, headers);

afterEach(async () => {
  const { states } = await ledgerAt(env, { from: SENDER.phoneNumberId, shard: 0 }).summary();
  expect(states, "nothing is queued").toEqual({});
});

describe("a body that is no submission", () => {
  const cases: [string, unknown, number, string?][] = [
    ["nothing", "", 400],
    ["broken JSON", '{"from": "1", ', 400],
    ["half a string", '"abc', 400],
    ["not an object", "[]", 400],
    ["null", "null", 400],
    ["a number", "1", 400],
    ["nesting of 10,000", deep("[", "]", 10_000), 400],
    ["nesting of 10,000 in the envelope", `{"from":${deep("[", "]", 10_000)}}`, 400],
    ["no messages", { ...envelope, messages: [] }, 400],
    ["messages of the wrong type", { ...envelope, messages: {} }, 400, "messages"],
    ["a message of the wrong type", { ...envelope, messages: ["hello"] }, 400, "messages[0]"],
    ["a message without a key", { ...envelope, messages: [{ ...message, key: undefined }] }, 400, "messages[0].key"],
    ["an empty key", { ...envelope, messages: [{ ...message, key: "" }] }, 400, "messages[0].key"],
    ["a long key", { ...envelope, messages: [{ ...message, key: "k".repeat(256) }] }, 400, "messages[0].key"],
    [
      "half a character in a key",
      '{"from":"1","template":{"name":"a","language":"b"},"messages":[{"key":"\\ud800"}]}',
      400,
      "messages[0].key",
    ],
    ["an unknown key", { ...envelope, messages: [message], colour: "red" }, 400, "colour"],
    ["an unknown key in a message", { ...envelope, messages: [{ ...message, tto: "+1" }] }, 400, "messages[0].tto"],
    [
      "our own field in a message",
      { ...envelope, messages: [{ ...message, callbackData: "x" }] },
      400,
      "messages[0].callbackData",
    ],
    [
      "a prototype",
      `{"from":"1","template":{"name":"a","language":"b"},"messages":[{"key":"k","__proto__":{"polluted":1}}]}`,
      400,
      "messages[0].__proto__",
    ],
    ["a constructor", { ...envelope, messages: [{ ...message, constructor: 1 }] }, 400, "messages[0].constructor"],
    ["no template", { from: "1", messages: [message] }, 400, "template"],
    ["a template of the wrong type", { ...envelope, template: "order_shipped", messages: [message] }, 400, "template"],
    ["a category that is none", { ...envelope, category: "spam", messages: [message] }, 400, "category"],
    [
      "another category than Meta's marketing",
      {
        ...{ ...envelope, template: { name: "coupon_drop", language: "en_US" }, category: "utility" },
        messages: [{ ...message, values: { "body.1": "Ana", "body.2": "15 %", "buttons.0": "THANKS15" } }],
      },
      400,
      "category",
    ],
    ["a time that is none", { ...envelope, sendAt: "tomorrow", messages: [message] }, 400, "sendAt"],
    ["a time without its offset", { ...envelope, sendAt: "2026-11-22T10:00:00", messages: [message] }, 400, "sendAt"],
    [
      "1,001 messages",
      { ...envelope, messages: Array.from({ length: 1_001 }, (_, index) => ({ ...message, key: `k${index}` })) },
      413,
    ],
    ["five megabytes", "x".repeat(5_000_001), 413],
    ["an unknown sender", { ...envelope, from: "999", messages: [message] }, 422, "from"],
    [
      "a template that Meta does not know",
      { ...envelope, template: { name: "no_such_template", language: "en" }, messages: [message] },
      422,
      "template",
    ],
    [
      "a template name of a kilobyte",
      { ...envelope, template: { name: "n".repeat(1_025), language: "en" }, messages: [message] },
      400,
      "template.name",
    ],
  ];
  for (const [name, body, expected, place] of cases) {
    test(name, async () => {
      const response = await submit(body);
      expect(response.status).toBe(expected);
      const problem = await problemOf(response);
      if (place !== undefined) {
        const paths = (problem.diagnostics ?? []).map(({ path }) =>
          path
            .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
            .join("")
            .slice(1),
        );
        expect(paths).toContain(place);
      }
      expect(JSON.stringify(problem).length, "a problem does not echo a megabyte").toBeLessThan(10_000);
    });
  }
  test("it leaves no trace on objects", () => {
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("broken JSON says where", async () => {
    const problem = await problemOf(await submit('{"from": "1",\n  oops }'));
    expect(problem.diagnostics?.length).toBeGreaterThan(0);
  });

  test("bytes that are no UTF-8", async () => {
    const headers = { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" };
    const response = await fetchWorker("/v1/deliveries", {
      method: "POST",
      headers,
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
    });
    expect(response.status).toBe(400);
  });

  test("another media type, a compressed body", async () => {
    expect((await submit({ ...envelope, messages: [message] }, { "content-type": "text/xml" })).status).toBe(415);
    expect((await submit({ ...envelope, messages: [message] }, { "content-encoding": "gzip" })).status).toBe(415);
  });

  test("NDJSON with a broken line names the line", async () => {
    const lines = [JSON.stringify(envelope), JSON.stringify(message), "{"].join("\n");
    const problem = await problemOf(await submit(lines, { "content-type": "application/x-ndjson" }));
    expect(problem.status).toBe(400);
    expect(problem.detail).toContain("line 3");
  });
});

describe("a message that preflight refuses is a result with diagnostics", () => {
  const cases: [string, unknown][] = [
    ["values of the wrong type", { ...message, values: "Ana" }],
    ["a null value", { ...message, values: { ...message.values, "body.1": null } }],
    ["a list for a value", { ...message, values: { ...message.values, "body.1": ["Ana"] } }],
    ["an unknown parameter", { ...message, values: { ...message.values, "body.3": "?" } }],
    ["a parameter left out", { ...message, values: { "body.1": "Ana", "buttons.0": "A" } }],
    ["a newline", { ...message, values: { ...message.values, "body.1": "a\nb" } }],
    ["half a character", { ...message, values: { ...message.values, "body.1": "a \ud800" } }],
    ["a text of a megabyte", { ...message, values: { ...message.values, "body.1": "x".repeat(1_000_000) } }],
    [
      "10,000 parameters",
      { ...message, values: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`body.${index}`, "x"])) },
    ],
  ];
  for (const [name, bad] of cases) {
    test(name, async () => {
      const response = await submit({ ...envelope, messages: [bad] });
      expect(response.status).toBe(202);
      const { results } = (await response.json()) as {
        results: { key: string; state: string; id?: string; diagnostics: { severity: string }[] }[];
      };
      expect(results).toHaveLength(1);
      expect(results[0]).toMatchObject({ key: "k", state: "rejected" });
      expect(results[0]?.id).toBeUndefined();
      expect(results[0]?.diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    });
  }

  test("a value nested 10,000 deep", async () => {
    const body = JSON.stringify({ ...envelope, messages: [message] }).replace(
      '"Ana"',
      deep('{"a":', "}", 10_000).replace(":}", ":1}"),
    );
    const response = await submit(body);
    expect([202, 400]).toContain(response.status);
    if (response.status === 202)
      expect(((await response.json()) as { results: { state: string }[] }).results[0]?.state).toBe("rejected");
  });

  test("a dry run judges and stores nothing", async () => {
    const response = await submit({
      ...envelope,
      dryRun: true,
      messages: [message, { ...message, key: "k2", to: "nobody" }],
    });
    const { results } = (await response.json()) as { results: { state: string }[] };
    expect(results.map(({ state }) => state)).toEqual(["valid", "rejected"]);
  });
});

describe("POST /v1/check", () => {
  const check = async (body: unknown) => {
    const response = await call("POST", "/v1/check", body);
    return {
      status: response.status,
      body: (await response.json()) as { ok?: boolean; diagnostics?: { code: string }[]; type?: string },
    };
  };
  const definition = {
    name: "hello",
    language: "en_US",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Hello {{1}}, good to see you again.", example: { body_text: [["Ana"]] } }],
  };

  test("a definition, as an object or as text", async () => {
    expect((await check({ definition })).body.ok).toBe(true);
    expect((await check({ definition: JSON.stringify(definition) })).body.ok).toBe(true);
    expect((await check({ definition: { ...definition, name: "Hello World" } })).body.ok).toBe(false);
    expect((await check({ definition: '{"name": ' })).body.ok).toBe(false);
    expect((await check({ definition: null })).body.ok).toBe(false);
  });

  test("a message of a definition, or of a template that Meta knows", async () => {
    expect((await check({ definition, message: { to: "+15550000001", values: { "body.1": "Ana" } } })).body.ok).toBe(
      true,
    );
    expect((await check({ definition, message: { to: "+15550000001", values: {} } })).body.ok).toBe(false);
    const template = envelope.template;
    expect((await check({ template, message: { to: message.to, values: message.values } })).body.ok).toBe(true);
    expect((await check({ template, message: "hello" })).body.ok).toBe(false);
    expect((await check({ template: { name: "no_such", language: "en" }, message: {} })).status).toBe(422);
  });

  test("what is no check", async () => {
    for (const body of [
      {},
      { message: {} },
      { definition, template: envelope.template },
      { definition, message: {}, payload: {} },
      { what: 1 },
      [],
      "{",
    ]) {
      const { status, body: problem } = await check(body);
      expect(status, JSON.stringify(body)).toBe(400);
      expect(problem.type).toContain("urn:");
    }
  });
});

describe("half a character (a lone surrogate)", () => {
  const id = `10${"0".repeat(32)}`;
  const half = "\\ud800";
  test.each([
    ["a note", `/v1/deliveries/${id}/close`, `{"note":"${half}"}`, ["note"]],
    ["a note with a NUL", `/v1/deliveries/${id}/close`, `{"note":"a\\u0000b"}`, ["note"]],
    ["a campaign", "/v1/deliveries", `{"from":"1","campaign":"${half}"}`, ["campaign"]],
    [
      "a reference",
      "/v1/deliveries",
      JSON.stringify({ ...envelope, messages: [{ ...message, reference: "\ud800" }] }),
      ["messages", 0, "reference"],
    ],
    [
      "a template's name in a check",
      "/v1/check",
      `{"template":{"name":"${half}","language":"en"}}`,
      ["template", "name"],
    ],
    [
      "a template's name of a kilobyte in a check",
      "/v1/check",
      JSON.stringify({ template: { name: "n".repeat(1_025), language: "en" } }),
      ["template", "name"],
    ],
  ] as const)("%s", async (_, path, body, place) => {
    const response = await call("POST", path, body);
    expect(response.status).toBe(400);
    const { diagnostics = [] } = await problemOf(response);
    expect(diagnostics.map((diagnostic) => diagnostic.path)).toContainEqual(place);
  });

  test("in a marketing message's number is the core's finding", async () => {
    const body = `{"from":"${SENDER.phoneNumberId}","template":{"name":"spring_sale","language":"en"},"messages":[{"key":"k","to":"${half}","recipient":"${half}","values":{}}]}`;
    const response = await submit(body);
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ results: [{ key: "k", state: "rejected" }] });
  });
});

describe("what a person does to a delivery takes what it is for, and no more", () => {
  test.each([
    ["cancel", { expiresAt: Date.now() + 3_600_000 }],
    ["cancel", { note: "x" }],
    ["release", { note: "x" }],
    ["resend", { note: "x" }],
    ["close", { expiresAt: Date.now() + 3_600_000 }],
    ["close", { note: "x".repeat(1_001) }],
    ["close", { note: 7 }],
  ])("%s %j", async (action, body) => {
    const response = await call("POST", `/v1/deliveries/10${"0".repeat(32)}/${action}`, body);
    expect(response.status).toBe(400);
    expect((await problemOf(response)).diagnostics).toHaveLength(1);
  });

  test("nothing at all, an empty object, an empty note", async () => {
    for (const [action, body] of [
      ["cancel", ""],
      ["close", {}],
      ["resend", undefined],
      ["close", { note: "" }],
    ] as const)
      expect((await call("POST", `/v1/deliveries/10${"0".repeat(32)}/${action}`, body)).status, action).toBe(404);
  });
});

describe("addresses", () => {
  test("what is not there is a 404, and a known address with another method a 405", async () => {
    expect((await call("GET", "/v1/nothing")).status).toBe(404);
    expect((await call("DELETE", "/v1/deliveries")).status).toBe(405);
    expect((await call("GET", "/v1/check")).status).toBe(405);
    expect((await fetchWorker("/webhook", { method: "PUT" })).status).toBe(405);
  });

  test("an id that is none, or nobody's", async () => {
    for (const id of ["x", "%00", "%E0%A4%A", "1".repeat(5_000), `10${"0".repeat(32)}`, `1z${"0".repeat(32)}`]) {
      expect((await call("GET", `/v1/deliveries/${id}`)).status, id.slice(0, 40)).toBe(404);
      expect((await call("POST", `/v1/deliveries/${id}/cancel`)).status, id.slice(0, 40)).toBe(404);
    }
    expect((await call("POST", `/v1/deliveries/10${"0".repeat(32)}/explode`)).status).toBe(404);
  });

  test("a list takes numbers where it wants numbers", async () => {
    expect((await call("GET", "/v1/deliveries?limit=many")).status).toBe(400);
    expect((await call("GET", "/v1/deliveries?from=999")).status).toBe(422);
    expect((await call("GET", "/v1/deliveries?limit=5")).status).toBe(200);
  });
});
