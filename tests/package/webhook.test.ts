/** verifyWebhook: raw bytes, any of the secrets, and false whenever something is missing. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { verifyWebhook } from "wa-preflight/edge";

const secret = "an app secret";
const body = new TextEncoder().encode('{"object":"whatsapp_business_account","text":"h\\u00e9 \u{1f600}"}');
// Another implementation than the one under test.
const sign = (bytes: Uint8Array, key: string) => `sha256=${createHmac("sha256", key).update(bytes).digest("hex")}`;
const signature = sign(body, secret);

test("the known vector of RFC 4231 (test case 2)", async () => {
  const known = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  assert.equal(await verifyWebhook(new TextEncoder().encode("what do ya want for nothing?"), known, ["Jefe"]), true);
});

test("a true signature, under any of the secrets, in bytes of any kind", async () => {
  assert.equal(await verifyWebhook(body, signature, [secret]), true);
  assert.equal(await verifyWebhook(body, signature, ["other", secret]), true);
  assert.equal(await verifyWebhook(body, signature, [secret, "other"]), true);
  assert.equal(await verifyWebhook(body.slice().buffer, signature, [secret]), true);
  const within = new Uint8Array(body.length + 6);
  within.set(body, 3);
  assert.equal(await verifyWebhook(within.subarray(3, 3 + body.length), signature, [secret]), true);
  assert.equal(await verifyWebhook(new Uint8Array(), sign(new Uint8Array(), secret), [secret]), true);
});

test("false for everything else", async () => {
  const changed = body.slice();
  changed[10]! ^= 1;
  assert.equal(await verifyWebhook(changed, signature, [secret]), false);
  for (const wrong of [
    null,
    undefined,
    "",
    "sha256=",
    signature.slice(7),
    signature.slice(0, -1),
    `${signature}0`,
    `${signature}\n`,
    ` ${signature}`,
    `${signature.slice(0, -1)}g`,
    signature.replace("sha256", "sha1"),
    signature.toUpperCase(),
    signature.replace("sha256", "SHA256"),
    `sha256=${signature.slice(7).toUpperCase()}`,
    `${signature},${signature}`,
    sign(body, "other"),
  ]) {
    assert.equal(await verifyWebhook(body, wrong, [secret]), false, `signature ${wrong}`);
  }
});

test("no secret, an empty one and a blank one match nothing, not even their own signatures", async () => {
  assert.equal(await verifyWebhook(body, signature, []), false);
  for (const blank of ["", " ", "\t\n"]) assert.equal(await verifyWebhook(body, sign(body, blank), [blank]), false);
  assert.equal(await verifyWebhook(body, sign(body, "undefined"), [undefined]), false);
  assert.equal(await verifyWebhook(body, signature, ["", undefined, secret]), true);
});

test("a wrong call throws: a decoded string is not the bytes that were signed", async () => {
  await assert.rejects(verifyWebhook(new TextDecoder().decode(body) as never, signature, [secret]), /`body`/);
  await assert.rejects(verifyWebhook(body, signature, secret as never), /`secrets`/);
});
