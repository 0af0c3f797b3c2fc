/** R42: the Worker's log tells what happened, and nothing about whom: no token, no secret, no number, no value. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { SEEDS } from "../../../sandbox/src/seeds.ts";
import { KEY, LOGIN_CODE, order, Stack } from "./stack.ts";

const CANARY = "Zaphod-Canary";
const CODE = "739105";
const secrets = { token: "EAAtoken-canary", appSecret: "secret-canary" };
const VERIFY_TOKEN = "verify-canary";
const LEDGER_KEY = Buffer.from("ledger-key-canary-of-32-bytes-xx").toString("base64");

let stack: Stack;
before(async () => {
  stack = await Stack.start({
    sandbox: { ...secrets, templates: [...SEEDS, LOGIN_CODE] },
    logLevel: "log",
    vars: { GRAPH_TIMEOUT_MS: 1_000, LEDGER_KEY, VERIFY_TOKEN },
  });
});
after(() => stack.close());

test("whatever happens to a message, the log keeps its secrets", async () => {
  const faults = ["none", "reset_after_accept", "hang_after_accept", "html_5xx", "webhook_failed", "error"] as const;
  const messages = faults.map((_, index) => order(index, { "body.1": CANARY }));
  for (const [index, kind] of faults.entries()) {
    const match = { to: messages[index]?.to ?? "" };
    if (kind !== "none") stack.sandbox.setFault({ kind, match, ...(kind === "error" && { params: { code: 131026 } }) });
  }
  const results = await stack.submit(messages, { campaign: "spring" });
  for (const { id } of results) await stack.until(id ?? "", ["read", "failed", "unknown"]);

  const login = { ...order(60), values: { "body.1": CODE } };
  const [sent] = await stack.submit([login], { template: { name: "login_code", language: "en_US" } });
  await stack.until(sent?.id ?? "", ["read"]);

  // What is refused, and what is broken.
  await stack.submit([{ ...order(50), to: `not a number ${CANARY}` }]);
  await stack.call("POST", "/v1/deliveries", `{"broken": "${CANARY}`);
  await stack.call("GET", "/v1/health?probe=1", undefined, { authorization: `Bearer wrong-${KEY}` });
  await stack.call("GET", `/webhook?hub.mode=subscribe&hub.verify_token=${VERIFY_TOKEN}x&hub.challenge=1`);
  await stack.text("GET", `/webhook?hub.mode=subscribe&hub.verify_token=${VERIFY_TOKEN}&hub.challenge=1`);
  await webhook(
    JSON.stringify({
      entry: [{ changes: [{ value: { metadata: { phone_number_id: "999" }, statuses: [foreign()] } }] }],
    }),
  );
  await webhook(`not json ${CANARY} ${login.to}`);
  await webhook(`{"forged": "${CANARY}"}`, "wrong");

  // What a person does.
  const other = order(70);
  await stack.call("POST", "/v1/suppressions", { recipients: [other.to] });
  await stack.call("GET", "/v1/suppressions");
  const offer = { ...other, values: { "body.1": CANARY, "body.2": "15 %", "buttons.0": "THANKS15" } };
  const [refused] = await stack.submit([offer], { template: { name: "coupon_drop", language: "en_US" } });
  assert.equal(refused?.state, "rejected");
  await stack.call("DELETE", "/v1/suppressions", { recipient: other.to });
  const forgotten = await stack.call<{ deliveries: number }>("DELETE", "/v1/recipients", { to: messages[0]?.to });
  assert.equal(forgotten.body.deliveries, 1);
  await stack.call("POST", "/v1/campaigns/spring/pause");
  for (const path of ["/v1/health?probe=1", "/v1/summary", "/v1/events?seconds=0", "/v1/deliveries"])
    await stack.text("GET", path);
  await stack.text("GET", "/metrics");
  await stack.sandbox.settled();

  assert.match(stack.output, /"event":"attempt"/, "the log is captured, and says what happens");
  assert.match(
    stack.output,
    /"event":"recipient_forgotten","count":1,"recipient":"r-[0-9a-f]{12}"/,
    "as a hash at most",
  );
  const numbers = [...messages, login, other].map(({ to }) => to.slice(1));
  for (const canary of [CANARY, CODE, ...Object.values(secrets), VERIFY_TOKEN, LEDGER_KEY, KEY, ...numbers]) {
    const line = stack.output.split("\n").find((text) => text.includes(canary));
    assert.equal(line, undefined, `the log contains ${canary}`);
  }
});

function foreign(): object {
  return { id: `wamid.${CANARY}`, status: "delivered", timestamp: "1", recipient_id: order(60).to.slice(1) };
}

async function webhook(body: string, secret = secrets.appSecret): Promise<void> {
  const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  const response = await fetch(`${stack.url}/webhook`, {
    method: "POST",
    headers: { "x-hub-signature-256": signature },
    body,
  });
  assert.equal(response.status, secret === secrets.appSecret ? 200 : 401);
}
