/** Whatever user data comes in, a report comes out; only a wrong call of the API throws, and names its argument. */

import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import * as api from "wa-preflight";

const { applyFix, checkPayload, checkTemplate, classifyResponse, readWebhook, sanitizeText, PreflightError, Template } =
  api;

/** The API as JavaScript sees it, where every argument may be anything. */
const untyped = api as unknown as Record<string, (...args: unknown[]) => unknown>;

const definition = {
  name: "order_shipped",
  language: "en_US",
  category: "UTILITY",
  components: [{ type: "BODY", text: "Hello {{1}}, it is on its way.", example: { body_text: [["Ana"]] } }],
};
const message = { to: "+33612345678", values: { "body.1": "Ana" } };

function nested(levels: number): unknown {
  let value: unknown = "x";
  for (let level = 0; level < levels; level += 1) value = { components: [value] };
  return value;
}

function nestedArray(levels: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

function cyclic(): object {
  const value: Record<string, unknown> = { name: "a" };
  value["self"] = value;
  return value;
}

/** Few objects, and a place in them for each way that leads to the big integer. */
function shared(levels: number): unknown {
  let value: unknown = 7n;
  for (let level = 0; level < levels; level += 1) value = { left: value, right: value };
  return value;
}

/** Values that JSON has no text for, or that surprise a reader. */
const oddities: [string, () => unknown][] = [
  ["undefined", () => undefined],
  ["null", () => null],
  ["a number", () => 7],
  ["NaN", () => Number.NaN],
  ["a boolean", () => true],
  ["a symbol", () => Symbol("s")],
  ["a function", () => () => 1],
  ["a BigInt", () => 7n],
  ["a BigInt inside", () => ({ ...definition, components: [{ type: "BODY", text: 7n }] })],
  ["an array of a number", () => [7]],
  ["a Map", () => new Map([["name", "a"]])],
  ["a Date", () => new Date(Number.NaN)],
  ["bytes", () => new Uint8Array(10)],
  ["a cycle", cyclic],
  ["10,000 levels", () => nested(5_000)],
  ["100,000 levels", () => nested(50_000)],
  [
    "10,000 components",
    () => ({ ...definition, components: Array.from({ length: 10_000 }, () => ({ type: "BODY", text: "a" })) }),
  ],
  [
    "10,000 placeholders",
    () => ({
      ...definition,
      components: [
        { type: "BODY", text: Array.from({ length: 10_000 }, (_, index) => `a {{${index + 1}}} b`).join(" ") },
      ],
    }),
  ],
  [
    "a throwing getter",
    () => ({
      name: "a",
      get language() {
        throw new Error("no");
      },
    }),
  ],
  [
    "a throwing toJSON",
    () => ({
      name: "a",
      toJSON() {
        throw new Error("no");
      },
    }),
  ],
  ["a toJSON of undefined", () => ({ toJSON: () => undefined })],
  [
    "a proxy that refuses everything",
    () =>
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error("no");
          },
          get() {
            throw new Error("no");
          },
        },
      ),
  ],
  [
    "a revoked proxy",
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
  ],
  ["an object without a prototype", () => Object.assign(Object.create(null), definition, { name: 1 })],
  ["a lone surrogate", () => ({ ...definition, components: [{ type: "BODY", text: "a \ud83d b" }] })],
  ["a lone surrogate as text", () => '{"name": "a\ud83d"}'],
  ["an escaped lone surrogate as text", () => String.raw`{"name": "a\ud83d"}`],
  ["a text of 1 MB", () => ({ ...definition, components: [{ type: "BODY", text: "a".repeat(1_000_000) }] })],
  ["1 MB of brackets", () => "[".repeat(1_000_000)],
  ["1 MB of text that is no JSON", () => "a".repeat(1_000_000)],
  ["millions of places that are shared", () => shared(64)],
  ["an empty text", () => ""],
  ["half-typed text", () => '{"name": "order_shi'],
  ["a text with a NUL and a BOM", () => '\ufeff{"name": "a\u0000"}'],
];

function assertReport(report: api.Report): void {
  assert.equal(report.ok, !report.diagnostics.some(({ severity }) => severity === "error"));
  for (const { code, message, path, url } of report.diagnostics) {
    assert.match(code, /^[a-z0-9-]+$/);
    assert.ok(message.length > 10 && message.length < 2_000, `the message of ${code} has ${message.length} characters`);
    assert.ok(Array.isArray(path));
    assert.ok(url.endsWith(`#${code}`), url);
  }
}

for (const [name, make] of oddities) {
  test(`${name} as a definition, a payload and a message: a report with an error`, () => {
    for (const report of [
      checkTemplate(make()),
      checkPayload(make()),
      template.checkPayload(make()),
      template.check(make() as object),
    ]) {
      assertReport(report);
      assert.equal(report.ok, false);
    }
  });

  test(`${name}: no template, message or preview is made from it, and nothing but a refusal is thrown`, () => {
    assertRefusal(() => template.build(make() as api.Message));
    const value = { ...message, values: { "body.1": make() as string } };
    assertReport(template.check(value));
    assertReport(template.check({ ...message, values: make() as Record<string, string> }));
    assert.ok(Array.isArray(template.preview(make() as object).body));
    assert.ok(Array.isArray(template.preview(value).body));
    assert.ok(Array.isArray(template.sanitize(make() as api.Message).changes));
    try {
      new Template(make() as object).dispose();
    } catch (error) {
      assert.ok(error instanceof PreflightError, String(error));
      assertReport(error.report);
    }
  });
}

const template = new Template(definition);

function assertRefusal(work: () => unknown): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof PreflightError, String(error));
    assert.equal(error.report.ok, false);
    assert.ok(error.message.length > 10);
    return true;
  });
}

test("more than a text can hold: a report with an error", () => {
  const long = "a".repeat(10_000_000);
  const sparse = [7n];
  sparse.length = 2 ** 32 - 1;
  for (const notes of [Array.from({ length: 60 }, () => long), sparse]) {
    const report = checkTemplate({ ...definition, notes });
    assertReport(report);
    assert.ok(report.diagnostics.some(({ code }) => code === "value-not-json"));
  }
});

test("a wrong call throws a TypeError that names its argument", () => {
  const calls: [string, () => unknown][] = [
    ["options", () => untyped["checkTemplate"]!({}, 5)],
    ["options", () => untyped["checkTemplate"]!({}, [])],
    ["options.now", () => checkTemplate({}, { now: Number.NaN })],
    ["options.limits.nonsense", () => checkTemplate({}, { limits: { nonsense: 1 } as never })],
    ["options.policy", () => checkTemplate({}, { policy: { nonsense: "off" } as never })],
    ["options.recipient", () => template.check(message, { recipient: "maybe" as never })],
    ["options.recipient", () => template.check(message, { recipient: nested(5_000) as never })],
    ["options.readback", () => checkTemplate({}, { readback: nested(5_000) as never })],
    ["options.limits", () => checkTemplate({}, { limits: nestedArray(10_000) as never })],
    ["options.limits.bodyChars", () => checkTemplate({}, { limits: { bodyChars: nestedArray(10_000) } as never })],
    ["options.limits.bodyChars", () => checkTemplate({}, { limits: { bodyChars: "10" } as never })],
    ["options.policy", () => checkTemplate({}, { policy: nestedArray(10_000) as never })],
    ["options.policy.name-max", () => checkTemplate({}, { policy: { "name-max": definition } as never })],
    ["options.limits.bodyChars", () => checkTemplate({}, { limits: { bodyChars: Number.NaN } })],
    ["options.limits.bodyChars", () => checkTemplate({}, { limits: { bodyChars: 7n } as never })],
    ["options.limits", () => checkTemplate({}, { limits: (() => 1) as never })],
    ["options.policy.name-max", () => checkTemplate({}, { policy: { "name-max": Symbol("s") } as never })],
    ["options.policy.name-max", () => checkTemplate({}, { policy: { "name-max": "x".repeat(10_000) } as never })],
    ["options.policy", () => checkTemplate({}, { policy: { ["x".repeat(10_000)]: "off" } as never })],
    ["options.readback", () => checkTemplate({}, { readback: cyclic() as never })],
    ["options.limits", () => checkTemplate({}, { limits: new Map([["bodyChars", 1]]) as never })],
    ["options.policy", () => template.check(message, { policy: new Map([["name-max", "off"]]) as never })],
    ["options.columns", () => template.buildBatch("", { columns: new Map([["phone", "to"]]) as never })],
    ["options.sanitize", () => template.build(message, { sanitize: 1 as never })],
    ["options.edit", () => checkTemplate({}, { edit: 5 as never })],
    ["options.edit.previous", () => checkTemplate({}, { edit: { status: "APPROVED" } as never })],
    ["options.edit.previous", () => checkTemplate({}, { edit: { previous: cyclic(), status: "APPROVED" } })],
    ["options.edit.status", () => checkTemplate({}, { edit: { previous: {} } as never })],
    ["options.edit.status", () => checkTemplate({}, { edit: { previous: "{", status: nested(5_000) as never } })],
    ["options", () => new Template(definition, "x" as never)],
    ["fix", () => untyped["applyFix"]!(definition)],
    ["fix", () => applyFix(definition, cyclic() as never)],
    ["definition", () => applyFix(cyclic(), { title: "", safe: true, patch: [] })],
    ["text", () => untyped["sanitizeText"]!(5)],
    ["response", () => untyped["classifyResponse"]!()],
    ["response.status", () => classifyResponse({ status: "400" as never })],
    ["response.status", () => classifyResponse({ status: Number.NaN })],
    ["response.status", () => classifyResponse({ status: nestedArray(10_000) as never })],
    ["response.transport", () => classifyResponse({ transport: nestedArray(10_000) as never })],
    ["headers", () => classifyResponse({ headers: 5 as never })],
    ["headers", () => classifyResponse({ headers: { "retry-after": nestedArray(10_000) } as never })],
    ["headers", () => classifyResponse({ headers: ["retry-after", "7200"] as never })],
    ["body", () => classifyResponse({ status: 200, body: cyclic() })],
    // What nobody has read yet says nothing: Meta's code, or the message's id, would be lost.
    ["body", () => classifyResponse(new Response('{"messages":[{"id":"wamid.A"}]}'))],
    ["body", () => classifyResponse({ status: 400, body: Promise.resolve("{}") })],
    ["body", () => classifyResponse({ status: 400, body: new Blob(["{}"]) })],
    ["body", () => classifyResponse({ status: 400, body: new Map([["error", 1]]) })],
    ["body", () => classifyResponse({ status: 400, body: Readable.from(["{}"]) })],
    ["`body` must be a string or bytes", () => untyped["readWebhook"]!({})],
    ["`rows` must be a string or bytes", () => template.buildBatch([message] as never)],
  ];
  for (const [argument, call] of calls) {
    assert.throws(call, (error) => {
      assert.ok(error instanceof TypeError, `${argument}: ${String(error)}`);
      assert.ok(error.message.length < 1_000, error.message.slice(0, 1_000));
      assert.ok(error.message.includes(argument), `\`${error.message}\` names ${argument}`);
      return true;
    });
  }
});

test("options that are undefined are not given, and others than ours are none of our business", () => {
  const options = { limits: { bodyChars: undefined }, policy: undefined, now: 1.5, signal: cyclic() };
  assert.equal(checkTemplate(definition, options as object).ok, true);
  assert.equal(checkTemplate(definition, { edit: { previous: definition, status: "APPROVED" } }).ok, true);
});

test("options may come from a class or a prototype", () => {
  class Given {
    get limits() {
      return { bodyChars: 5 };
    }
    get partial() {
      return true;
    }
    get sanitize() {
      return true;
    }
  }
  for (const options of [new Given(), Object.create(new Given()) as Given]) {
    assert.equal(checkTemplate(definition, options as object).ok, false);
    assert.deepEqual(template.check(message, options as object), template.check(message, { limits: { bodyChars: 5 } }));
    assert.notDeepEqual(template.check(message, options as object), template.check(message));
    assert.ok(template.build({ ...message, values: { "body.1": "A\n" } }, options));
    assert.equal(template.buildBatch(`${JSON.stringify(message)}\n{}`, options).accepted, 1);
  }
});

test("text is pointed into, objects are not", () => {
  const text = JSON.stringify({ ...definition, name: "Über" });
  const found = checkTemplate(text).diagnostics.find(({ path }) => path[0] === "name");
  assert.ok(found?.source !== undefined, "a finding in text has its place");
  assert.equal(text.slice(found.source.start, found.source.end), "Ü");
  assert.equal(checkTemplate(JSON.parse(text)).diagnostics.find(({ path }) => path[0] === "name")?.source, undefined);
});

test("a fix mends text in its author's layout, and objects without touching the given one", () => {
  const text = `{\n    "name" : "Order Shipped",\n    "language": "en_US", "category": "UTILITY",\n    "components": [ { "type": "BODY", "text": "Hello." } ]\n}`;
  const diagnostic = checkTemplate(text).diagnostics.find(({ fixes }) => fixes?.length);
  const fix = diagnostic?.fixes?.[0];
  assert.ok(fix !== undefined, "a bad name has a fix");
  const mended = applyFix(text, fix);
  assert.ok(mended.startsWith('{\n    "name" : "order_shipped",\n    "language": "en_US", "category"'), mended);
  const object = JSON.parse(text);
  assert.equal(applyFix(object, fix).name, "order_shipped");
  assert.equal(object.name, "Order Shipped");
});

test("a fix leaves half a character elsewhere as it is", () => {
  const text = '{"name":"Order Shipped","a":"\ue000x\ud83d","b":"\ude00 \ud83d\ude9a \ud83d","components":[]}';
  const fix = checkTemplate(text).diagnostics.find(({ code }) => code === "name-charset")?.fixes?.[0];
  assert.ok(fix !== undefined, "a bad name has a fix");
  assert.equal(applyFix(text, fix), text.replace("Order Shipped", "order_shipped"));
  assert.equal(applyFix(text, { ...fix, patch: [] }), text.replace("Order Shipped", "order_shipped"));
});

test("one value without JSON text leaves the others of a preview", () => {
  const two = { ...definition, components: [{ type: "BODY", text: "Hello {{1}}, {{2}} is on its way." }] };
  const { body } = new Template(two).preview({ values: { "body.1": 7n as never, "body.2": "A-17" } });
  assert.deepEqual(
    body.filter(({ key }) => key !== undefined),
    [
      { text: "{{1}}", key: "body.1", missing: true },
      { text: "A-17", key: "body.2" },
    ],
  );
});

test("sanitizing lists what it changes, and changes nothing twice", () => {
  const first = sanitizeText("a\nb      c");
  assert.notEqual(first.text, "a\nb      c");
  assert.ok(first.changes.length >= 2);
  assert.deepEqual(sanitizeText(first.text), { text: first.text, changes: [] });
});

test("half a character is neither changed nor hidden", () => {
  const { text, changes } = sanitizeText("a\ud83d\nb\n");
  assert.equal(text, "a\ud83d b");
  assert.deepEqual(
    changes.map(({ start, end }) => [start, end]),
    [
      [2, 3],
      [4, 5],
    ],
  );
  const half = { ...message, values: { "body.1": "Ana\ud83d\n" } };
  assert.deepEqual(template.sanitize(half), { message: half, changes: [] });
  assertRefusal(() => template.build(half, { sanitize: true }));
});

test("an answer's headers and body are taken in every common shape", () => {
  const body = { error: { code: 130429, message: "(#130429) Rate limit hit", type: "OAuthException" } };
  const text = JSON.stringify(body);
  const now = Date.now();
  const expected = classifyResponse({ status: 429, headers: [["Retry-After", "7200"]], body: text }, { now });
  assert.equal(expected.class, "throttled");
  assert.equal(expected.code, 130429);
  assert.equal(expected.afterMs, 7_200_000);
  for (const headers of [
    new Headers({ "retry-after": "7200" }),
    { "retry-after": "7200" },
    new Map([["RETRY-AFTER", "7200"]]),
    { "retry-after": ["7200"] },
  ]) {
    const bytes = new TextEncoder().encode(text);
    const ofAnotherRealm = runInNewContext("Uint8Array.from(bytes).buffer", { bytes: [...bytes] }) as ArrayBuffer;
    for (const given of [text, body, bytes, bytes.buffer, ofAnotherRealm]) {
      assert.deepEqual(classifyResponse({ status: 429, headers, body: given }, { now }), expected);
    }
  }
  assert.equal(classifyResponse({}).class, "unknown");
  for (const empty of [{}, Object.create(null) as object, runInNewContext("({})") as object])
    assert.equal(classifyResponse({ status: 200, body: empty }).class, "unknown");
  assert.equal(classifyResponse({ transport: "timeout" }).resend, "only_if_unconfirmed");
});

test("a webhook that cannot be read is an event, not an exception", () => {
  for (const body of ["", "{", "[]", "null", "5", '{"entry": 7}', '{"entry":[{"changes":[null]}]}', "\ud83d"]) {
    const events = readWebhook(body);
    assert.ok(Array.isArray(events));
    for (const event of events) assert.equal(typeof event.raw, "string");
  }
  assert.equal(readWebhook("{")[0]?.kind, "unknown");
});
