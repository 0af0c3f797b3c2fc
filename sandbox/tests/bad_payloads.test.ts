/** Bad payloads posted straight to the sandbox: each must get Graph's own code, HTTP status and words. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startSandbox, type Sandbox } from "../src/server.ts";
import { MORE, TWELVE } from "./bad_payloads.ts";
import { bearer, body, message, orderShipped, send, text } from "./support.ts";

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox();
});
after(() => sandbox.close());

assert.equal(TWELVE.length, 12);
for (const each of [...TWELVE, ...MORE]) {
  test(`${each.code}: ${each.name}`, async () => {
    sandbox.reset();
    sandbox.configure({ allowedRecipients: null, pairLimit: null, ...each.config });
    // The limit only shows on the message after the last one that it allows.
    if (each.config?.pairLimit) assert.equal((await send(sandbox, each.payload)).status, 200);
    const before = sandbox.ledger.accepts.length;
    const headers = each.token === null ? {} : bearer(each.token);
    const answer = await send(sandbox, each.payload, {
      headers,
      ...(each.version ? { version: each.version } : {}),
      ...(each.route ? { route: each.route } : {}),
    });
    const { error } = answer.json;
    assert.equal(error.code, each.code, answer.text);
    assert.equal(answer.status, each.http);
    assert.equal(typeof error.type, "string");
    assert.match(error.fbtrace_id, /^A[\w-]+$/);
    assert.equal(error.error_subcode, each.subcode);
    if (each.message !== undefined) match(error.message, each.message);
    if (each.details !== undefined) {
      match(error.error_data.details, each.details);
      assert.equal(error.error_data.messaging_product, "whatsapp");
    }
    assert.equal(sandbox.ledger.accepts.length, before, "nothing is accepted");
    assert.deepEqual(
      [sandbox.ledger.requests.at(-1)?.status, sandbox.ledger.requests.at(-1)?.code],
      [each.http, each.code],
      "the refusal is in the ledger",
    );
  });
}

test("132000 names three expected parameters as Graph does", async () => {
  sandbox.reset();
  sandbox.setTemplates([
    { name: "three", language: "en", components: [{ type: "BODY", text: "a {{1}} b {{2}} c {{3}} d" }] },
  ]);
  const answer = await send(sandbox, message("three", "en", [body(text("x"))]));
  assert.equal(
    answer.json.error.error_data.details,
    "body: number of localizable_params (1) does not match the expected number of params (3)",
  );
});

test("an unknown phone number id answers 100 with subcode 33", async () => {
  sandbox.configure({ phoneNumberId: "42" });
  const url = `${sandbox.url}/v25.0/43/messages`;
  const answer = await fetch(url, { method: "POST", headers: bearer(), body: JSON.stringify(orderShipped()) });
  const { error } = (await answer.json()) as { error: Record<string, unknown> };
  assert.equal(answer.status, 400);
  assert.deepEqual([error["code"], error["error_subcode"], error["type"]], [100, 33, "GraphMethodException"]);
  assert.match(String(error["message"]), /^Unsupported post request\. Object with ID '43' does not exist/);
  sandbox.configure({ phoneNumberId: "106540352242922" });
});

function match(actual: string, expected: string | RegExp): void {
  if (typeof expected === "string") assert.equal(actual, expected);
  else assert.match(actual, expected);
}
