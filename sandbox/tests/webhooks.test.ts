/** Status webhooks: their envelope, their signature over raw bytes, their order and their stubbornness. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, test } from "node:test";
import { startSandbox, type Sandbox } from "../src/server.ts";
import { control, orderShipped, send, startEndpoint, type Endpoint, type Hook } from "./support.ts";

const SECRET = "söme secret";
let sandbox: Sandbox;
let endpoint: Endpoint;

beforeEach(async () => {
  endpoint = await startEndpoint();
  sandbox = await startSandbox({ webhookUrl: endpoint.url, appSecret: SECRET, statusDelayMs: 5 });
});
afterEach(async () => {
  await sandbox.close();
  await endpoint.close();
});

function signatureOf(bytes: Buffer | string, secret = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`;
}

const statusOf = (hook: Hook | undefined): any => hook?.json.entry[0].changes[0].value.statuses[0];

test("sent, delivered and read follow an accept, in Meta's envelope", async () => {
  const answer = await send(sandbox, orderShipped({ biz_opaque_callback_data: "key-1" }));
  await sandbox.settled();
  assert.deepEqual(endpoint.statuses(), ["sent", "delivered", "read"]);
  const [first] = endpoint.hooks;
  assert.equal(first?.json.object, "whatsapp_business_account");
  assert.equal(first?.json.entry[0].id, sandbox.config.wabaId);
  const [change] = first?.json.entry[0].changes ?? [];
  assert.equal(change.field, "messages");
  assert.deepEqual(change.value.metadata, {
    display_phone_number: sandbox.config.displayPhoneNumber,
    phone_number_id: sandbox.config.phoneNumberId,
  });
  for (const hook of endpoint.hooks) {
    const status = statusOf(hook);
    assert.equal(status.id, answer.json.messages[0].id);
    assert.equal(status.biz_opaque_callback_data, "key-1");
    assert.equal(status.recipient_id, "16505551234");
    assert.match(status.timestamp, /^\d{10}$/);
  }
  assert.deepEqual(
    endpoint.hooks.map((hook) => Boolean(statusOf(hook).pricing)),
    [true, true, false],
  );
});

test("the signature holds for the raw bytes with emoji and accents, and only for them", async () => {
  const key = "clé-é-🌷/ä";
  await send(sandbox, orderShipped({ biz_opaque_callback_data: key }));
  await sandbox.settled();
  assert.equal(endpoint.hooks.length, 3);
  for (const { bytes, headers, json } of endpoint.hooks) {
    assert.equal(headers["x-hub-signature-256"], signatureOf(bytes));
    assert.equal(statusOf({ bytes, headers, json }).biz_opaque_callback_data, key, "what was sent comes back whole");
    assert.ok(bytes.includes("cl\\u00e9-\\u00e9-\\ud83c\\udf37\\/\\u00e4"), "escapes are lower-case, slashes too");
    assert.ok(
      bytes.every((byte) => byte < 0x80),
      "the wire is plain ASCII",
    );
    assert.notEqual(
      signatureOf(JSON.stringify(json)),
      signatureOf(bytes),
      "printing the JSON again breaks the signature",
    );
    assert.notEqual(signatureOf(bytes, "other"), headers["x-hub-signature-256"]);
  }
});

test("a refused webhook is tried again until it is taken, and does not hold up the next", async () => {
  await endpoint.close();
  endpoint = await startEndpoint((arrival) => (arrival <= 2 ? 503 : 200));
  sandbox.configure({ webhookUrl: endpoint.url, webhookRetryMs: 10 });
  await send(sandbox, orderShipped());
  await sandbox.settled();
  assert.deepEqual(endpoint.statuses().toSorted(), ["delivered", "read", "sent"]);
  const sent = sandbox.ledger.webhooks.find(({ status }) => status === "sent");
  assert.deepEqual(sent?.attempts.map(({ code }) => code).slice(0, 1), [503]);
  assert.ok((sent?.attempts.length ?? 0) > 1);
  assert.ok(sandbox.ledger.webhooks.every(({ state }) => state === "delivered"));
});

test("an endpoint that is away is tried again too", async () => {
  const { url } = endpoint;
  await endpoint.close();
  sandbox.configure({ webhookRetryMs: 10, statuses: ["sent"] });
  await send(sandbox, orderShipped());
  while ((sandbox.ledger.webhooks[0]?.attempts.length ?? 0) < 3) await sleep(5);
  const [entry] = sandbox.ledger.webhooks;
  assert.equal(entry?.state, "retrying");
  assert.equal(entry?.attempts[0]?.code, null);
  endpoint = await startEndpoint();
  assert.notEqual(endpoint.url, url);
  sandbox.configure({ webhookUrl: endpoint.url });
  await sandbox.settled();
  assert.deepEqual(endpoint.statuses(), ["sent"]);
});

test("close ends the tries", async () => {
  await endpoint.close();
  sandbox.configure({ webhookRetryMs: 10, statuses: ["sent"] });
  await send(sandbox, orderShipped());
  while ((sandbox.ledger.webhooks[0]?.attempts.length ?? 0) < 2) await sleep(5);
  await sandbox.close();
  const count = sandbox.ledger.webhooks[0]?.attempts.length;
  await sleep(100);
  assert.equal(sandbox.ledger.webhooks[0]?.attempts.length, count);
  sandbox = await startSandbox();
  endpoint = await startEndpoint();
});

test("without an endpoint the statuses are only written down", async () => {
  sandbox.configure({ webhookUrl: null });
  await send(sandbox, orderShipped());
  await sandbox.settled();
  assert.deepEqual(
    sandbox.ledger.webhooks.map(({ state }) => state),
    ["no_url", "no_url", "no_url"],
  );
});

test("a status by hand, with a failure's reason in Meta's shape", async () => {
  sandbox.configure({ statuses: [] });
  await send(sandbox, orderShipped({ biz_opaque_callback_data: "key-1" }));
  const answer = await control(sandbox, "POST", "status", {
    callbackId: "key-1",
    status: "failed",
    code: 131049,
    details: "Nicht zugestellt: zu häufig.",
  });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json.state, "delivered");
  const status = statusOf(endpoint.hooks[0]);
  assert.equal(status.status, "failed");
  assert.equal(status.errors[0].code, 131049);
  assert.equal(status.errors[0].title, status.errors[0].message);
  assert.equal(status.errors[0].error_data.details, "Nicht zugestellt: zu häufig.");
  assert.match(status.errors[0].href, /^https:/);
  const { wamid } = sandbox.ledger.accepts[0] ?? {};
  await control(sandbox, "POST", "status", { wamid, status: "read", callbackData: false });
  assert.equal(statusOf(endpoint.hooks[1]).biz_opaque_callback_data, undefined);
  assert.equal((await control(sandbox, "POST", "status", { wamid: "wamid.none", status: "read" })).status, 400);
});

test("any body can be posted, with any kind of signature", async () => {
  const post = (body: object): Promise<unknown> => control(sandbox, "POST", "webhook", body);
  await post({ body: { a: "é" } });
  await post({ body: '{"a": "raw é"}', signature: "upper" });
  for (const signature of ["bad", "short", "missing"]) await post({ body: {}, signature });
  await post({ body: {}, secret: "other" });
  const [good, raw, bad, short, missing, other] = endpoint.hooks.map(({ bytes, headers }) => ({
    bytes,
    signature: headers["x-hub-signature-256"],
  }));
  assert.equal(good?.bytes.toString(), '{"a":"\\u00e9"}');
  assert.equal(good?.signature, signatureOf('{"a":"\\u00e9"}'));
  assert.equal(raw?.bytes.toString(), '{"a": "raw é"}', "a string goes out as it is");
  assert.equal(String(raw?.signature), `sha256=${signatureOf('{"a": "raw é"}').slice(7).toUpperCase()}`);
  assert.notEqual(bad?.signature, signatureOf("{}"));
  assert.equal(short?.signature?.length, 47);
  assert.equal(missing?.signature, undefined);
  assert.equal(other?.signature, signatureOf("{}", "other"));
});

test("subscribing asks for the challenge first", async () => {
  sandbox.configure({ webhookUrl: null });
  const refused = await control(sandbox, "POST", "subscribe", { webhookUrl: endpoint.url, verifyToken: "wrong" });
  assert.equal(refused.status, 400);
  assert.equal(sandbox.config.webhookUrl, null);
  const taken = await control(sandbox, "POST", "subscribe", { webhookUrl: endpoint.url, verifyToken: "right" });
  assert.equal(taken.status, 200, taken.text);
  assert.equal(sandbox.config.webhookUrl, endpoint.url);
});
