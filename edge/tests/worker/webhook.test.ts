import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { ledgerAt } from "../../src/objects.ts";
import { app } from "../../src/http/app.ts";
import { fetchWorker, postWebhook, problemOf, signature } from "./client.ts";
import { APP_SECRETS, SENDER, VERIFY_TOKEN } from "./settings.ts";

const [OLD = "", NEW = ""] = APP_SECRETS;

function statusBody(change: object = {}, phoneNumberId = SENDER.phoneNumberId): string {
  const status = {
    id: "wamid.webhook",
    status: "delivered",
    timestamp: "1760000000",
    recipient_id: "15550000001",
    ...change,
  };
  const value = { messaging_product: "whatsapp", metadata: { phone_number_id: phoneNumberId }, statuses: [status] };
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: SENDER.wabaId, changes: [{ field: "messages", value }] }],
  });
}

function post(body: string | Uint8Array, header: string | null): Promise<Response> {
  return fetchWorker("/webhook", {
    method: "POST",
    headers: header === null ? {} : { "x-hub-signature-256": header },
    body,
  });
}

const quarantined = async (from: string) => (await ledgerAt(env, { from, shard: 0 }).summary()).quarantined;

describe("signatures", () => {
  test("each of the secrets is good", async () => {
    expect((await postWebhook(statusBody({ id: "wamid.old" }), OLD)).status).toBe(200);
    expect((await postWebhook(statusBody({ id: "wamid.new" }), NEW)).status).toBe(200);
  });

  test("they are over the bytes as they came", async () => {
    const bodies = [
      statusBody({ id: "wamid.é ü 🌷" }),
      statusBody({ id: "wamid.escaped" }).replace("wamid.escaped", "wamid.\\u00e9\\ud83c\\udf37\\/"),
      `\ufeff${statusBody({ id: "wamid.bom" })}`,
      statusBody({ id: "wamid.crlf" }).replaceAll(",", ",\r\n"),
    ];
    for (const body of bodies) expect((await postWebhook(body)).status).toBe(200);
    const invalidUtf8 = new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]);
    expect((await postWebhook(invalidUtf8)).status).toBe(200);
  });

  test("anything else is refused, and nothing of it is stored", async () => {
    const body = statusBody({ id: "wamid.forged" });
    const good = await signature(body, OLD);
    const before = await quarantined(SENDER.phoneNumberId);
    const bad: (string | null)[] = [
      null,
      "",
      "sha256=",
      good.slice(7),
      good.replace("sha256=", "sha1="),
      good.slice(0, -1),
      `${good}0`,
      ` ${good} x`,
      `sha256=${"0".repeat(64)}`,
      `sha256=${"g".repeat(64)}`,
      await signature(body, "app-secret-of-nobody"),
      await signature(`${body} `, OLD),
      await signature(JSON.stringify(JSON.parse(body), null, 1), OLD),
    ];
    for (const header of bad) {
      const response = await post(body, header);
      expect(response.status, `${header}`).toBe(401);
      await problemOf(response);
    }
    expect((await post(`${body} `, good)).status).toBe(401);
    expect(await quarantined(SENDER.phoneNumberId)).toBe(before);
  });

  test("without a secret nothing is believed", async () => {
    const body = statusBody();
    // Nobody can import an empty HMAC key here; a forger elsewhere can.
    const forged = "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
    for (const secrets of [undefined, "", "  \n"]) {
      const settings = { ...env, ...(secrets !== undefined && { APP_SECRETS: secrets }) };
      if (secrets === undefined) delete (settings as { APP_SECRETS?: string }).APP_SECRETS;
      const request = new Request("https://worker.test/webhook", {
        method: "POST",
        headers: { "x-hub-signature-256": forged },
        body,
      });
      expect((await app.fetch(request, settings)).status).toBe(503);
    }
  });
});

describe("the handshake", () => {
  const handshake = (query: Record<string, string>) => fetchWorker(`/webhook?${new URLSearchParams(query)}`);
  const good = { "hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444" };

  test("echoes the challenge as plain text", async () => {
    const response = await handshake(good);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(await response.text()).toBe("1158201444");
  });

  test("echoes nothing else", async () => {
    const bad = [
      { ...good, "hub.verify_token": "wrong" },
      { ...good, "hub.verify_token": "" },
      { ...good, "hub.mode": "unsubscribe" },
      { ...good, "hub.challenge": "" },
      { ...good, "hub.challenge": "x".repeat(1_000) },
      { ...good, "hub.challenge": "two words\n" },
      { ...good, "hub.verify_token": VERIFY_TOKEN.toUpperCase() },
      { ...good, "hub.verify_token": `${VERIFY_TOKEN} ` },
      { ...good, "hub.verify_token": VERIFY_TOKEN.slice(0, -1) },
      { ...good, "hub.mode": "SUBSCRIBE" },
      { "hub.mode": "subscribe", "hub.challenge": "1" },
      { "hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN },
      {},
    ];
    for (const query of bad) {
      const response = await handshake(query as Record<string, string>);
      expect(response.status).toBe(403);
      await problemOf(response);
    }
  });

  test("a challenge is never more than text, and never more than Meta's own", async () => {
    const scripts = [
      "<script>alert(1)</script>",
      '"><img/src=x/onerror=alert(1)>',
      "javascript:alert(1)",
      "<svg/onload=alert(1)>",
      "{{constructor.constructor('x')()}}",
      "%3Cscript%3E",
      "data:text/html,<b>",
    ];
    for (const challenge of scripts) {
      const response = await handshake({ ...good, "hub.challenge": challenge });
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(await response.text()).toBe(challenge);
    }
    for (const challenge of ["a\r\nSet-Cookie: x=1", "a\u0000b", "é", "\u202e", "a b", "x".repeat(201)])
      expect((await handshake({ ...good, "hub.challenge": challenge })).status, challenge).toBe(403);
    expect((await handshake({ ...good, "hub.challenge": "x".repeat(200) })).status).toBe(200);
  });

  test("needs no signature, and says nothing about the secret", async () => {
    const settings = { ...env };
    delete (settings as { APP_SECRETS?: string }).APP_SECRETS;
    const request = new Request(`https://worker.test/webhook?${new URLSearchParams(good)}`);
    expect((await app.fetch(request, settings)).status).toBe(200);
  });

  test("without a configured token nobody is let in, an empty token least of all", async () => {
    for (const VERIFY_TOKEN of ["", "  "]) {
      const query = new URLSearchParams({ ...good, "hub.verify_token": VERIFY_TOKEN });
      const response = await app.fetch(new Request(`https://worker.test/webhook?${query}`), { ...env, VERIFY_TOKEN });
      expect(response.status).toBe(503);
    }
  });
});

describe("what a webhook says", () => {
  test("about an unknown message waits in its sender's ledger", async () => {
    const before = await quarantined(SENDER.phoneNumberId);
    await postWebhook(statusBody({ id: "wamid.unknown" }));
    await postWebhook(statusBody({ id: "wamid.unknown" }));
    expect(await quarantined(SENDER.phoneNumberId)).toBe(before + 1);
  });

  test("about another number is kept apart", async () => {
    const before = await quarantined(SENDER.phoneNumberId);
    const apart = await quarantined("unrouted");
    expect((await postWebhook(statusBody({ id: "wamid.foreign" }, "999"))).status).toBe(200);
    expect(await quarantined(SENDER.phoneNumberId)).toBe(before);
    expect(await quarantined("unrouted")).toBe(apart + 1);
  });

  test("when it is no JSON, or not Meta's shape, is kept and acknowledged: repeating would not mend it", async () => {
    for (const body of [
      "",
      "{",
      "null",
      "[]",
      '"text"',
      "[".repeat(10_000),
      JSON.stringify({ object: "page", entry: [{}] }),
    ]) {
      expect((await postWebhook(body)).status, body.slice(0, 20)).toBe(200);
    }
  });

  test("a thousand statuses at once", async () => {
    const before = await quarantined(SENDER.phoneNumberId);
    const statuses = Array.from({ length: 1_000 }, (_, index) => ({
      id: `wamid.many.${index}`,
      status: "sent",
      timestamp: "1760000000",
    }));
    const value = { metadata: { phone_number_id: SENDER.phoneNumberId }, statuses };
    const body = JSON.stringify({
      object: "whatsapp_business_account",
      entry: [{ id: SENDER.wabaId, changes: [{ field: "messages", value }] }],
    });
    expect((await postWebhook(body)).status).toBe(200);
    expect(await quarantined(SENDER.phoneNumberId)).toBe(before + 1_000);
  });

  test("a packed body is refused, whoever signed it: a few kilobytes can unpack to gigabytes", async () => {
    const body = statusBody();
    for (const encoding of ["gzip", "br", "deflate", "GZIP", "gzip, gzip"]) {
      const headers = { "x-hub-signature-256": await signature(body, OLD), "content-encoding": encoding };
      expect((await fetchWorker("/webhook", { method: "POST", headers, body })).status, encoding).toBe(415);
    }
  });

  test("more than Meta ever sends is refused", async () => {
    expect((await postWebhook("x".repeat(3_600_000))).status).toBe(413);
  });

  test("what customers write is not kept, and counts as a sign of life all the same", async () => {
    const heardAt = async () =>
      (await ledgerAt(env, { from: SENDER.phoneNumberId, shard: 0 }).summary()).gate.webhooks.heardAt ?? 0;
    const since = Date.now();
    const before = await quarantined(SENDER.phoneNumberId);
    const value = {
      metadata: { phone_number_id: SENDER.phoneNumberId },
      messages: [{ from: "15550000001", id: "wamid.in", type: "text", text: { body: "hello" } }],
    };
    const body = JSON.stringify({
      object: "whatsapp_business_account",
      entry: [{ id: SENDER.wabaId, changes: [{ field: "messages", value }] }],
    });
    expect((await postWebhook(body)).status).toBe(200);
    expect(await quarantined(SENDER.phoneNumberId)).toBe(before);
    expect(await heardAt()).toBeGreaterThanOrEqual(since);
  });
});
