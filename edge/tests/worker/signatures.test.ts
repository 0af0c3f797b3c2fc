/** R29, R30, R31: what Meta signed is believed whatever it looks like, and nothing else is. */

import { env } from "cloudflare:workers";
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { app } from "../../src/http/app.ts";
import { ledgerAt } from "../../src/objects.ts";
import { fetchWorker, postWebhook, problemOf, signature } from "./client.ts";
import { random, shuffled } from "./random.ts";
import { APP_SECRETS, SENDER } from "./settings.ts";

const [OLD = "", NEW = ""] = APP_SECRETS;
const SEED = 20261126;

function body(text: string): string {
  const status = { id: `wamid.${text}`, status: "delivered", timestamp: "1760000000", recipient_id: "15550000001" };
  const value = { metadata: { phone_number_id: SENDER.phoneNumberId }, statuses: [status] };
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: SENDER.wabaId, changes: [{ field: "messages", value }] }],
  });
}

/** The same JSON, written another way. */
const WRITINGS: Record<string, (json: string) => string> = {
  "as it is": (json) => json,
  "slashes escaped": (json) => json.replaceAll("/", "\\/"),
  "lower-case escapes": (json) => escaped(json, (hex) => hex),
  "upper-case escapes": (json) => escaped(json, (hex) => hex.toUpperCase()),
  "a byte order mark": (json) => `\ufeff${json}`,
  "CRLF between the members": (json) => json.replaceAll('",', '",\r\n'),
  "spaces around everything": (json) => ` \t${json.replaceAll(":", " : ")}\n`,
};
const TEXTS = [
  ...["plain", "J'ai mangé des pâtes", "ß ẞ ñ ü", "ana@example.com", "https://example.com/x?y=1&z=/", 'a\\b"c'],
  ...["🌷", "👩‍👩‍👧", "𝒳", "مرحبا", "नमस्ते", "日本語", "e\u0301", "\u200b\u202e", "{{1}}", "\u007f", "<script>", "100 %"],
];

function escaped(json: string, write: (hex: string) => string): string {
  return json.replace(/[^\x00-\x7e]/g, (unit) => `\\u${write(unit.charCodeAt(0).toString(16).padStart(4, "0"))}`);
}

const quarantined = async () => (await ledgerAt(env, { from: SENDER.phoneNumberId, shard: 0 }).summary()).quarantined;

test("R29: 500 bodies with every way to write a character are accepted and stored", async () => {
  const before = await quarantined();
  let sent = 0;
  const names = new Set<string>();
  for (let round = 0; sent < 500; round += 1) {
    for (const text of TEXTS) {
      for (const [writing, write] of Object.entries(WRITINGS)) {
        // Every body has something that each way of writing changes.
        const bytes = write(body(`${text} é/🌷@ ${round}`));
        const response = await postWebhook(bytes, sent % 2 === 0 ? OLD : NEW);
        expect(response.status, `${writing}: ${text}`).toBe(200);
        sent += 1;
        names.add(bytes);
      }
    }
  }
  expect(sent).toBeGreaterThanOrEqual(500);
  expect(names.size, "the bodies differ").toBe(sent);
  expect(await quarantined()).toBeGreaterThan(before);
}, 60_000);

describe("R30: nothing else is believed", () => {
  test("10,000 changes of body, header or secret: none is accepted, and each is a 401", async () => {
    const next = random(SEED);
    const original = new TextEncoder().encode(body("é \ud83c\udf37 R30"));
    const good = await signature(original, OLD);
    const before = await quarantined();
    const kinds: Record<string, () => Promise<{ bytes: Uint8Array; header: string | null }>> = {
      "one bit of the body": async () => {
        const bytes = original.slice();
        const place = next(bytes.length);
        bytes[place] = (bytes[place] ?? 0) ^ (1 << next(8));
        return { bytes, header: good };
      },
      "a byte more or less": async () => {
        const place = next(original.length);
        const bytes =
          next(2) === 0
            ? Uint8Array.from([...original.subarray(0, place), 32, ...original.subarray(place)])
            : Uint8Array.from([...original.subarray(0, place), ...original.subarray(place + 1)]);
        return { bytes, header: good };
      },
      "one digit of the signature": async () => {
        const place = 7 + next(64);
        const digit = "0123456789abcdefABCDEFg ".charAt(next(24));
        const header = good.slice(0, place) + digit + good.slice(place + 1);
        return { bytes: original, header: header === good ? null : header };
      },
      "the signature's length or form": async () => {
        const cut = good.slice(0, next(good.length));
        const forms = [
          cut,
          `${good}${"0".repeat(1 + next(200))}`,
          good.toUpperCase(),
          good.slice(7),
          `sha1=${good.slice(7)}`,
        ];
        return { bytes: original, header: forms[next(forms.length)] ?? null };
      },
      "no signature": async () => ({ bytes: original, header: null }),
      "another secret": async () => {
        const secret = shuffled(next, OLD) + next(1_000);
        return { bytes: original, header: await signature(original, secret) };
      },
      "another algorithm's words": async () => {
        const words = [
          "none",
          "sha256=",
          "sha256=null",
          "sha512=".padEnd(135, "a"),
          "{}",
          "[object Object]",
          good.replace("=", ":"),
        ];
        return { bytes: original, header: words[next(words.length)] ?? null };
      },
    };
    const makers = Object.entries(kinds);
    for (let tried = 0; tried < 10_000; tried += 1) {
      const [kind, make] = makers[tried % makers.length] as (typeof makers)[number];
      const { bytes, header } = await make();
      const request = new Request("https://worker.test/webhook", {
        method: "POST",
        // A header of HTTP holds bytes; what is no byte cannot come.
        headers: header === null ? {} : { "x-hub-signature-256": header },
        body: bytes,
      });
      const response = await app.fetch(request, env, createExecutionContext());
      expect(response.status, `${kind}, number ${tried} of seed ${SEED}: ${header}`).toBe(401);
      if (tried % 500 === 0) await problemOf(response);
      else await response.body?.cancel();
    }
    expect(await quarantined(), "nothing of them is stored").toBe(before);
    const proof = await app.fetch(await signedRequest(original, OLD), env, createExecutionContext());
    expect(proof.status, "the body that was changed is a good one").toBe(200);
  }, 120_000);

  test("an unset or blank secret refuses to serve, whoever signed", async () => {
    for (const secrets of [undefined, "", " ", "\n\t", ",", " , "]) {
      const settings: Record<string, unknown> = { ...env, APP_SECRETS: secrets };
      for (const secret of ["undefined", "null", ",", " ", OLD]) {
        const request = await signedRequest(new TextEncoder().encode(body("blank")), secret);
        const response = await app.fetch(request, settings as unknown as typeof env, createExecutionContext());
        expect(response.status).toBe(503);
        await problemOf(response);
      }
    }
  });
});

test("R31: while two secrets overlap both are good; the one that is taken out is refused", async () => {
  const statusWith = async (secrets: string, signer: string, text: string) => {
    const ctx = createExecutionContext();
    const request = await signedRequest(new TextEncoder().encode(body(text)), signer);
    const response = await app.fetch(request, { ...env, APP_SECRETS: secrets }, ctx);
    await waitOnExecutionContext(ctx);
    return response.status;
  };
  expect(await statusWith(OLD, OLD, "before")).toBe(200);
  expect(await statusWith(OLD, NEW, "before")).toBe(401);
  for (const order of [`${OLD} ${NEW}`, `${NEW},${OLD}`, `${NEW}\n${OLD}\n`]) {
    for (let event = 0; event < 20; event += 1) {
      expect(await statusWith(order, event % 2 === 0 ? OLD : NEW, `during ${event}`)).toBe(200);
    }
  }
  expect(await statusWith(NEW, NEW, "after")).toBe(200);
  expect(await statusWith(NEW, OLD, "after")).toBe(401);
});

test("the bodies of the field: what Meta escaped stays escaped", async () => {
  // INC-125 and INC-126: what a parser and a printer would have changed on the way.
  const bodies = [
    String.raw`{"text":{"body":"J'ai mang\u00e9 des p\u00e2tes"}}`,
    String.raw`{"url":"https:\/\/example.com\/x"}`,
  ];
  for (const escapedBody of bodies) {
    expect(JSON.stringify(JSON.parse(escapedBody))).not.toBe(escapedBody);
    expect((await postWebhook(escapedBody)).status).toBe(200);
    const rewritten = await signature(JSON.stringify(JSON.parse(escapedBody)), OLD);
    const request = new Request("https://worker.test/webhook", {
      method: "POST",
      headers: { "x-hub-signature-256": rewritten },
      body: escapedBody,
    });
    expect((await app.fetch(request, env, createExecutionContext())).status).toBe(401);
  }
});

test("the handshake's token is no signature", async () => {
  const response = await fetchWorker(`/webhook?hub.verify_token=${encodeURIComponent("verify-token-of-the-tests")}`, {
    method: "POST",
    body: body("token"),
  });
  expect(response.status).toBe(401);
});

async function signedRequest(bytes: Uint8Array, secret: string): Promise<Request> {
  return new Request("https://worker.test/webhook", {
    method: "POST",
    headers: { "x-hub-signature-256": await signature(bytes, secret) },
    body: bytes,
  });
}
