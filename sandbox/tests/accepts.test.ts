/** Good payloads of every imitated kind, and what an accept leaves behind. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, appendFileSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import type { GraphError } from "../src/errors.ts";
import { Pairs } from "../src/pairs.ts";
import { startSandbox, type Sandbox } from "../src/server.ts";
import { bearer, body, button, call, control, header, message, orderShipped, send, text } from "./support.ts";

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => {
  sandbox.reset();
});
after(() => sandbox.close());

const image = { type: "image", image: { link: "https://cdn.example/spring.jpg" } };
const saleBody = body(text("chairs", "department"), text("Ana", "first_name"));
const GOOD: Record<string, unknown> = {
  "positional body and URL suffix": orderShipped(),
  "an index that is a number, an upper-case sub_type": message("order_shipped", "en_US", [
    body(text("Ana"), text("A")),
    button("URL", 0, text("A")),
  ]),
  "a quick-reply payload": message("order_shipped", "en_US", [
    body(text("Ana"), text("A")),
    button("url", 0, text("A")),
    button("quick_reply", 1, { type: "payload", payload: "day" }),
  ]),
  "named parameters in any order": message("spring_sale", "en", [header(image), saleBody]),
  "an image by id": message("spring_sale", "en", [
    header({ type: "image", image: { id: "1339522734477770" } }),
    saleBody,
  ]),
  "a coupon code": message("coupon_drop", "en_US", [
    body(text("Ana"), text("15 %")),
    button("copy_code", 0, { type: "coupon_code", coupon_code: "THANKS15" }),
  ]),
  "no components": message("hello_static", "en_US"),
  "the deterministic policy": orderShipped({
    template: { ...(orderShipped()["template"] as object), language: { code: "en_US", policy: "deterministic" } },
  }),
  "a named text header": message("header_text_named", "en_GB", [
    header(text("Tuesday", "weekday")),
    body(text("Ana", "guest"), text("ten", "hour")),
  ]),
  "a document with a name": message("invoice_ready", "fr", [
    header({ type: "document", document: { link: "https://cdn.example/f.pdf", filename: "facture.pdf" } }),
    body(text("Gaëlle"), text("février")),
  ]),
  "currency and date": message("order_shipped", "de", [
    body(
      { type: "currency", currency: { fallback_value: "9,99 €", code: "EUR", amount_1000: 9990 } },
      { type: "date_time", date_time: { fallback_value: "3. März" } },
    ),
    button("url", "0", text("A")),
  ]),
  "a reply": orderShipped({ context: { message_id: "wamid.x" } }),
  "four spaces and an emoji": message("order_shipped", "en_US", [
    body(text("Ana    🌷"), text("A")),
    button("url", 0, text("A")),
  ]),
};

for (const [name, payload] of Object.entries(GOOD)) {
  test(`accepts ${name}`, async () => {
    const answer = await send(sandbox, payload);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.messaging_product, "whatsapp");
    assert.deepEqual(answer.json.contacts, [{ input: "+16505551234", wa_id: "16505551234" }]);
    assert.match(answer.json.messages[0].id, /^wamid\.[A-Za-z0-9+/=]+$/);
    assert.equal(sandbox.ledger.accepts.length, 1);
  });
}

test("a marketing template goes through the marketing route too", async () => {
  const payload = {
    ...message("spring_sale", "en", [header(image), saleBody]),
    product_policy: "STRICT",
    message_activity_sharing: true,
  };
  assert.equal((await send(sandbox, payload, { route: "marketing_messages" })).status, 200);
  assert.equal((await send(sandbox, payload)).json.error.code, 100, "the plain route does not know those keys");
});

test("a location header", async () => {
  sandbox.setTemplates([
    {
      name: "meet",
      language: "en",
      components: [
        { type: "HEADER", format: "LOCATION" },
        { type: "BODY", text: "We meet here." },
      ],
    },
  ]);
  const at = (location: object): unknown => message("meet", "en", [header({ type: "location", location })]);
  assert.equal(
    (await send(sandbox, at({ latitude: "48.1", longitude: "-11.5", name: "Shop", address: "Mill Lane" }))).status,
    200,
  );
  assert.equal((await send(sandbox, at({ latitude: "98.1", longitude: "11.5" }))).json.error.code, 131009);
  assert.equal((await send(sandbox, message("meet", "en"))).json.error.code, 132012);
});

test("a template that is not imitated is refused aloud", async () => {
  sandbox.setTemplates([
    {
      name: "cards",
      language: "en",
      components: [{ type: "BODY", text: "Look" }, { type: "HOLOGRAM" }],
    },
    {
      name: "film",
      language: "en",
      components: [
        { type: "HEADER", format: "SCENT" },
        { type: "BODY", text: "Look" },
      ],
    },
    {
      name: "form",
      language: "en",
      components: [
        { type: "BODY", text: "Look" },
        { type: "BUTTONS", buttons: [{ type: "EXTENSION", text: "Go" }] },
      ],
    },
  ]);
  for (const [name, what] of [
    ["cards", "HOLOGRAM components"],
    ["film", "SCENT headers"],
    ["form", "EXTENSION buttons"],
  ] as const) {
    const answer = await send(sandbox, message(name, "en"));
    assert.equal(answer.json.error.code, 100);
    assert.equal(answer.json.error.error_data.details, `The sandbox does not imitate templates with ${what}.`);
  }
});

test("the number may be written in Meta's ways, and a Mexican one comes back changed", async () => {
  const waId = async (to: string): Promise<string> =>
    (await send(sandbox, orderShipped({ to }))).json.contacts[0].wa_id;
  assert.equal(await waId("+1 (650) 555-1234"), "16505551234");
  assert.equal(await waId("4915112345678"), "4915112345678");
  assert.equal(await waId("+525512345678"), "5215512345678");
});

test("a business-scoped user id gets no wa_id", async () => {
  const { json } = await send(sandbox, orderShipped({ to: undefined, recipient: "US.13491208655302741918" }));
  assert.deepEqual(json.contacts, [{ input: "US.13491208655302741918", user_id: "US.13491208655302741918" }]);
});

test("a group gets its own id back", async () => {
  const { json } = await send(sandbox, orderShipped({ recipient_type: "group", to: "Y2FwaV9ncm91cDox" }));
  assert.deepEqual(json.contacts, [{ input: "Y2FwaV9ncm91cDox" }]);
  assert.equal(json.messages[0].group_id, "Y2FwaV9ncm91cDox");
});

test("the ledger knows each accept by callback id, bytes and order", async () => {
  const payload = JSON.stringify(orderShipped({ biz_opaque_callback_data: "key-1" }), null, 1);
  const first = await send(sandbox, payload);
  await send(sandbox, orderShipped({ biz_opaque_callback_data: "key-2" }));
  const [one, two] = sandbox.ledger.accepts;
  assert.deepEqual([one?.n, two?.n], [1, 2]);
  assert.equal(one?.wamid, first.json.messages[0].id);
  assert.deepEqual(
    [one?.callbackId, one?.template, one?.language, one?.to],
    ["key-1", "order_shipped", "en_US", "+16505551234"],
  );
  assert.equal(one?.payloadHash, createHash("sha256").update(payload).digest("hex"));
  assert.notEqual(one?.payloadHash, two?.payloadHash);
});

test("the same callback id twice is a duplicate, and the ledger says so", async () => {
  for (const id of ["a", "b", "a"]) await send(sandbox, orderShipped({ biz_opaque_callback_data: id }));
  await send(sandbox, orderShipped());
  await send(sandbox, orderShipped());
  const { json } = await control(sandbox, "GET", "ledger?summary");
  assert.equal(json.accepted, 5);
  assert.deepEqual(
    json.duplicates.map(({ callbackId }: { callbackId: string }) => callbackId),
    ["a"],
  );
  assert.equal(json.duplicates[0].wamids.length, 2);
});

test("the most sends under way at once are counted", async () => {
  sandbox.setFault({ kind: "delay", params: { ms: 500 } });
  await Promise.all(Array.from({ length: 5 }, () => send(sandbox, orderShipped())));
  sandbox.clearFaults();
  await send(sandbox, orderShipped());
  assert.equal(sandbox.ledger.maxInFlight, 5);
  assert.equal(sandbox.ledger.inFlight, 0);
});

test("the pair limit counts each recipient apart", async () => {
  sandbox.configure({ pairLimit: { burst: 2, everyMs: 60_000 } });
  const status = async (to: string): Promise<number> => (await send(sandbox, orderShipped({ to }))).status;
  const one = "+4915112345678";
  assert.deepEqual([await status(one), await status(one), await status(one)], [200, 200, 429]);
  assert.equal(await status("+4915112345679"), 200);
  sandbox.configure({ pairLimit: null });
});

test("the pair limit refills one by one, up to its burst", () => {
  const pairs = new Pairs();
  const limit = { burst: 2, everyMs: 6000 };
  const takes = (now: number): boolean => {
    try {
      pairs.take("1", limit, now);
      return true;
    } catch (error) {
      assert.equal((error as GraphError).code, 131056);
      return false;
    }
  };
  assert.deepEqual([0, 0, 0, 5999, 6000, 6001].map(takes), [true, true, false, false, true, false]);
  assert.deepEqual([99_000, 99_000, 99_000].map(takes), [true, true, false]);
});

test("accepts outlive the sandbox when they have a file", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const ledgerFile = join(folder, "accepts.ndjson");
  const first = await startSandbox({ ledgerFile });
  await send(first, orderShipped({ biz_opaque_callback_data: "before" }));
  await first.close();
  appendFileSync(ledgerFile, '{"n":2,"wam'); // a line that a kill cut short
  const second = await startSandbox({ ledgerFile });
  t.after(() => second.close());
  assert.deepEqual(
    second.ledger.accepts.map(({ callbackId }) => callbackId),
    ["before"],
  );
  await send(second, orderShipped({ biz_opaque_callback_data: "after" }));
  assert.equal(readFileSync(ledgerFile, "utf8").trim().split("\n").length, 2);
  const third = await startSandbox({ ledgerFile });
  t.after(() => third.close());
  assert.deepEqual(
    third.ledger.accepts.map(({ callbackId }) => callbackId),
    ["before", "after"],
  );
});

test("the phone number and the account can be looked at, with the token", async () => {
  const { phoneNumberId, wabaId } = sandbox.config;
  const probe = await call(`${sandbox.url}/v25.0/${phoneNumberId}`, { headers: bearer() });
  assert.equal(probe.json.id, phoneNumberId);
  assert.equal(probe.headers.get("facebook-api-version"), "v25.0");
  assert.equal((await call(`${sandbox.url}/v25.0/${wabaId}`, { headers: bearer() })).json.id, wabaId);
  const subscribed = async () =>
    (await call(`${sandbox.url}/v25.0/${wabaId}/subscribed_apps`, { headers: bearer() })).json.data.length;
  const { webhookUrl } = sandbox.config;
  sandbox.configure({ webhookUrl: "http://127.0.0.1:9/webhook" });
  assert.equal(await subscribed(), 1);
  sandbox.configure({ webhookUrl: null });
  assert.equal(await subscribed(), 0, "nobody hears of it");
  sandbox.configure({ webhookUrl });
  assert.equal((await call(`${sandbox.url}/v25.0/${phoneNumberId}`)).json.error.code, 190);
  assert.equal((await call(`${sandbox.url}/v25.0/nothing`, { headers: bearer() })).json.error.error_subcode, 33);
});
