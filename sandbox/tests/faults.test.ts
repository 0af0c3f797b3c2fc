/** Every fault, seen from the client and from the ledger. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, test } from "node:test";
import { KINDS, type FaultKind } from "../src/faults.ts";
import { startSandbox, type Match, type Sandbox } from "../src/server.ts";
import { bearer, call, control, orderShipped, send, startEndpoint, type Answer, type Endpoint } from "./support.ts";

let sandbox: Sandbox;
let endpoint: Endpoint;

beforeEach(async () => {
  endpoint = await startEndpoint();
  sandbox = await startSandbox({ webhookUrl: endpoint.url, statusDelayMs: 5 });
});
afterEach(async () => {
  await sandbox.close();
  await endpoint.close();
});

const accepted = (): number => sandbox.ledger.accepts.length;

async function strike(kind: FaultKind, params: Record<string, unknown> = {}, match: Match = {}): Promise<Answer> {
  sandbox.setFault({ kind, params, match });
  return send(sandbox, orderShipped({ biz_opaque_callback_data: "key-1" }), { signal: AbortSignal.timeout(2000) });
}

test("status", async () => {
  const answer = await strike("status", { status: 418, body: "no", headers: { "x-why": "tea" } });
  assert.deepEqual([answer.status, answer.text, answer.headers.get("x-why"), accepted()], [418, "no", "tea", 0]);
});

test("status, after an accept", async () => {
  assert.deepEqual([(await strike("status", { status: 500, accept: true })).status, accepted()], [500, 1]);
});

test("error", async () => {
  const answer = await strike("error", { code: 131016, isTransient: true, subcode: 7, details: "later" });
  assert.equal(answer.status, 500);
  const { error } = answer.json;
  assert.deepEqual(
    [error.code, error.error_subcode, error.is_transient, error.error_data.details],
    [131016, 7, true, "later"],
  );
  assert.equal(accepted(), 0);
});

for (const value of ["7", "Wed, 21 Oct 2026 07:28:00 GMT", "99999999999"]) {
  test(`retry_after ${value}`, async () => {
    const answer = await strike("retry_after", { value });
    assert.deepEqual([answer.status, answer.headers.get("retry-after"), answer.json.error.code], [429, value, 130429]);
    assert.equal(accepted(), 0);
  });
}

test("html_5xx", async () => {
  const answer = await strike("html_5xx", { status: 503 });
  assert.equal(answer.status, 503);
  assert.match(answer.text, /^<!DOCTYPE html>/);
  assert.equal(accepted(), 0);
});

test("redirect", async () => {
  const answer = await strike("redirect", { location: "/v25.0/trap" });
  assert.deepEqual([answer.status, answer.headers.get("location"), accepted()], [302, "/v25.0/trap", 0]);
});

for (const match of [{}, { callbackId: "key-1" }]) {
  test(`reset_before_read, matched by ${Object.keys(match)[0] ?? "nothing"}`, async () => {
    await assert.rejects(strike("reset_before_read", {}, match), TypeError);
    assert.equal(accepted(), 0);
    assert.equal(sandbox.ledger.requests[0]?.fault, "reset_before_read");
    assert.equal(sandbox.ledger.requests[0]?.status, null);
  });
}

test("hang_after_accept, and the statuses still come", async () => {
  sandbox.setFault({ kind: "hang_after_accept" });
  await assert.rejects(send(sandbox, orderShipped(), { signal: AbortSignal.timeout(150) }), /abort|timeout/i);
  await sandbox.settled();
  assert.equal(accepted(), 1);
  assert.deepEqual(endpoint.statuses(), ["sent", "delivered", "read"]);
  while (sandbox.ledger.inFlight > 0) await sleep(5);
});

test("hang_after_accept with an end", async () => {
  const answer = await strike("hang_after_accept", { ms: 60 });
  assert.equal(answer.json.messages[0].id, sandbox.ledger.accepts[0]?.wamid);
});

test("reset_after_accept cuts with an RST", async () => {
  sandbox.setFault({ kind: "reset_after_accept" });
  const payload = JSON.stringify(orderShipped());
  const socket = connect(sandbox.port, "127.0.0.1");
  const ended = new Promise<string>((resolve) => {
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
    socket.once("end", () => resolve("FIN"));
  });
  socket.write(
    `POST /v25.0/${sandbox.config.phoneNumberId}/messages HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer sandbox-token\r\n` +
      `content-length: ${Buffer.byteLength(payload)}\r\n\r\n${payload}`,
  );
  assert.equal(await ended, "ECONNRESET");
  assert.equal(accepted(), 1);
});

test("reset_mid_body", async () => {
  await assert.rejects(strike("reset_mid_body"), TypeError);
  assert.equal(accepted(), 1);
});

test("truncated_json", async () => {
  const answer = await strike("truncated_json");
  assert.deepEqual([answer.status, answer.json, accepted()], [200, null, 1]);
  assert.match(answer.text, /^\{"messaging_product"/);
});

test("empty_2xx", async () => {
  const answer = await strike("empty_2xx", { status: 202 });
  assert.deepEqual([answer.status, answer.text, accepted()], [202, "", 1]);
});

test("no_id_2xx in its three shapes", async () => {
  const shapes: unknown[] = [];
  for (const shape of ["none", "empty", "blank"]) {
    sandbox.clearFaults();
    shapes.push((await strike("no_id_2xx", { shape })).json.messages);
  }
  assert.deepEqual(shapes, [undefined, [], [{ id: "" }]]);
  assert.equal(accepted(), 3);
});

test("delay accepts only after the wait", async () => {
  const answer = strike("delay", { ms: 500 });
  while (sandbox.ledger.requests[0]?.fault !== "delay") await sleep(2);
  assert.equal(accepted(), 0);
  assert.equal((await answer).status, 200);
  assert.equal(accepted(), 1);
});

test("drip", async () => {
  const answer = await strike("drip", { ms: 0 });
  assert.equal(answer.json.messages[0].id, sandbox.ledger.accepts[0]?.wamid);
});

test("held says so and sends no status, unless told", async () => {
  assert.equal((await strike("held")).json.messages[0].message_status, "held_for_quality_assessment");
  await sandbox.settled();
  assert.equal(endpoint.hooks.length, 0);
  sandbox.clearFaults();
  await strike("held", { messageStatus: "paused", statuses: ["failed"], code: 132015 });
  await sandbox.settled();
  assert.deepEqual(endpoint.statuses(), ["failed"]);
  assert.equal(endpoint.hooks[0]?.json.entry[0].changes[0].value.statuses[0].errors[0].code, 132015);
});

test("webhook_none", async () => {
  assert.equal((await strike("webhook_none")).status, 200);
  await sandbox.settled();
  assert.equal(endpoint.hooks.length, 0);
});

test("webhook_before_answer", async () => {
  sandbox.configure({ statusDelayMs: 500 });
  sandbox.setFault({ kind: "webhook_before_answer", params: { count: 2 } });
  sandbox.setFault({ kind: "hang_after_accept", params: { ms: 100 } });
  const answer = send(sandbox, orderShipped());
  while (endpoint.hooks.length < 2) await sleep(2);
  assert.deepEqual(endpoint.statuses(), ["sent", "delivered"]);
  const early = endpoint.hooks[0]?.json.entry[0].changes[0].value.statuses[0].id;
  assert.equal((await answer).json.messages[0].id, early);
  await sandbox.settled();
  assert.deepEqual(endpoint.statuses(), ["sent", "delivered", "read"]);
});

test("webhook_duplicate", async () => {
  await strike("webhook_duplicate", { copies: 3 });
  await sandbox.settled();
  assert.deepEqual(endpoint.statuses().toSorted(), [
    "delivered",
    "delivered",
    "delivered",
    "read",
    "read",
    "read",
    "sent",
    "sent",
    "sent",
  ]);
  assert.ok(endpoint.hooks[0]?.bytes.equals(endpoint.hooks[1]?.bytes ?? Buffer.alloc(0)));
});

test("webhook_out_of_order", async () => {
  await strike("webhook_out_of_order");
  await sandbox.settled();
  assert.deepEqual(endpoint.statuses(), ["read", "delivered", "sent"]);
});

test("webhook_failed", async () => {
  await strike("webhook_failed", { after: "sent", code: 131026 });
  await sandbox.settled();
  assert.deepEqual(endpoint.statuses(), ["sent", "failed"]);
  const [error] = endpoint.hooks[1]?.json.entry[0].changes[0].value.statuses[0].errors ?? [];
  assert.deepEqual([error.code, error.title], [131026, "Message undeliverable"]);
});

test("webhook_statuses", async () => {
  await strike("webhook_statuses", { statuses: ["delivered", "failed", "read"], code: 131053 });
  await sandbox.settled();
  assert.deepEqual(endpoint.statuses(), ["delivered", "failed", "read"]);
});

test("webhook_delay", async () => {
  await strike("webhook_delay", { ms: 200 });
  await sandbox.settled();
  assert.equal(endpoint.hooks.length, 3);
  const { time = "" } = sandbox.ledger.webhooks[0]?.attempts[0] ?? {};
  // Node's timers may fire a millisecond early by the wall clock.
  assert.ok(Date.parse(time) - Date.parse(sandbox.ledger.accepts[0]?.time ?? "") >= 195);
});

test("webhook_bad_signature is tried once", async () => {
  await endpoint.close();
  endpoint = await startEndpoint(() => 401);
  sandbox.configure({ webhookUrl: endpoint.url });
  await strike("webhook_bad_signature");
  await sandbox.settled();
  assert.deepEqual(
    sandbox.ledger.webhooks.map(({ state, attempts }) => [state, attempts.length]),
    [
      ["given_up", 1],
      ["given_up", 1],
      ["given_up", 1],
    ],
  );
});

test("webhook_no_callback_data", async () => {
  await strike("webhook_no_callback_data");
  await sandbox.settled();
  assert.equal(endpoint.hooks[0]?.json.entry[0].changes[0].value.statuses[0].biz_opaque_callback_data, undefined);
});

test("a fault strikes what it matches, as often as it was told", async () => {
  sandbox.setFault({ kind: "error", match: { to: "+1 650 555 1234" }, times: 1, params: { code: 131000 } });
  sandbox.setFault({ kind: "error", match: { callbackId: "third" }, params: { code: 2 } });
  sandbox.setFault({ kind: "error", match: { nth: 5 }, params: { code: 4 } });
  sandbox.setFault({ kind: "error", match: { template: "coupon_drop" }, params: { code: 3 } });
  const codes: unknown[] = [];
  for (const callbackId of ["first", "second", "third", "third", "fifth", "sixth"]) {
    codes.push((await send(sandbox, orderShipped({ biz_opaque_callback_data: callbackId }))).json.error?.code ?? 200);
  }
  assert.deepEqual(codes, [131000, 200, 2, 2, 4, 200]);
});

test("nth counts the requests that the match holds for", async () => {
  sandbox.setFault({ kind: "error", match: { nth: 2 }, params: { code: 4 } });
  const codes: unknown[] = [];
  for (let i = 0; i < 3; i++) codes.push((await send(sandbox, orderShipped())).json.error?.code ?? 200);
  assert.deepEqual(codes, [200, 4, 200]);
});

/** Which of so many recipients a fault with this chance strikes. */
async function struckBy(seed: string, chance: number | [number, number], recipients: number[]): Promise<number[]> {
  sandbox.clearFaults();
  sandbox.configure({ seed });
  sandbox.setFault({ kind: "error", chance, params: { code: 4 } });
  const struck: number[] = [];
  for (const each of recipients) {
    const answer = await send(sandbox, orderShipped({ to: `+1650555${1000 + each}` }));
    if (answer.json.error?.code === 4) struck.push(each);
  }
  return struck;
}
const hundreds = Array.from({ length: 300 }, (_, index) => index);

test("a chance strikes its share of the requests, the same ones for a seed, in whatever order they come", async () => {
  sandbox.configure({ webhookUrl: null });
  const first = await struckBy("a", 0.2, hundreds);
  assert.ok(first.length > 30 && first.length < 90, `${first.length} of 300 is no fifth`);
  assert.deepEqual((await struckBy("a", 0.2, hundreds.toReversed())).toReversed(), first);
  assert.notDeepEqual(await struckBy("b", 0.2, hundreds), first);
  // The two halves of one range share out its requests: what one strikes the other leaves alone.
  const halves = [await struckBy("a", [0, 0.1], hundreds), await struckBy("a", [0.1, 0.2], hundreds)];
  assert.deepEqual(
    halves.flat().toSorted((a, b) => a - b),
    first,
  );
});

test("a message draws anew when it comes again", async () => {
  sandbox.setFault({ kind: "error", chance: 0.5, params: { code: 4 } });
  const codes = new Set<unknown>();
  for (let i = 0; i < 20; i++) codes.add((await send(sandbox, orderShipped())).json.error?.code ?? 200);
  assert.deepEqual(codes, new Set([4, 200]));
});

test("faults of equal ranges strike together", async () => {
  const chance: [number, number] = [0.2, 0.6];
  sandbox.setFault({ kind: "empty_2xx", chance });
  sandbox.setFault({ kind: "webhook_none", chance });
  for (let i = 0; i < 30; i++) await send(sandbox, orderShipped({ to: `+1650555${2000 + i}` }));
  const faults = new Set(sandbox.ledger.requests.map(({ fault }) => fault));
  assert.deepEqual(faults, new Set([null, "empty_2xx+webhook_none"]));
});

test("the ledger says how much of each answer left, and what it told", async () => {
  const said: unknown[] = [];
  const cases: [FaultKind | null, object][] = [
    [null, {}],
    ["error", { code: 131026 }],
    ["retry_after", {}],
    ["html_5xx", {}],
    ["redirect", {}],
    ["status", { status: 400, body: { error: { code: 131009 } } }],
    ["reset_before_read", {}],
    ["hang_after_accept", {}],
    ["reset_after_accept", {}],
    ["reset_mid_body", {}],
    ["truncated_json", {}],
    ["empty_2xx", {}],
    ["no_id_2xx", {}],
    ["drip", { ms: 0 }],
    ["held", {}],
  ];
  for (const [kind, params] of cases) {
    sandbox.clearFaults();
    if (kind) sandbox.setFault({ kind, params: { ...params }, match: { template: "order_shipped" } });
    await send(sandbox, orderShipped(), { signal: AbortSignal.timeout(1_000) }).catch(() => null);
    const entry = sandbox.ledger.requests.at(-1);
    while (!entry?.answer) await sleep(2);
    said.push([kind, entry.answer.left, entry.answer.said, entry.answer.code]);
  }
  assert.deepEqual(said, [
    [null, "all", "accepted", null],
    ["error", "all", "refused", 131026],
    ["retry_after", "all", "refused", 130429],
    ["html_5xx", "all", "nothing", null],
    ["redirect", "all", "nothing", null],
    ["status", "all", "refused", 131009],
    ["reset_before_read", "none", "nothing", null],
    ["hang_after_accept", "none", "nothing", null],
    ["reset_after_accept", "none", "nothing", null],
    ["reset_mid_body", "part", "nothing", null],
    ["truncated_json", "all", "nothing", null],
    ["empty_2xx", "all", "nothing", null],
    ["no_id_2xx", "all", "nothing", null],
    ["drip", "all", "accepted", null],
    ["held", "all", "accepted", null],
  ]);
});

test("a webhook that nobody can believe is marked as such", async () => {
  await strike("webhook_bad_signature");
  await sandbox.settled();
  sandbox.clearFaults();
  await send(sandbox, orderShipped());
  await sandbox.settled();
  assert.deepEqual(
    sandbox.ledger.webhooks.map(({ believable }) => believable),
    [false, false, false, true, true, true],
  );
});

test("offline it refuses connections, and online it is the one that it was", async () => {
  await send(sandbox, orderShipped());
  await sandbox.goOffline();
  await assert.rejects(send(sandbox, orderShipped()), TypeError);
  await sandbox.goOnline();
  assert.equal((await send(sandbox, orderShipped())).status, 200);
  assert.equal(accepted(), 2);
});

test("faults can strike the other routes", async () => {
  sandbox.setFault({ kind: "error", match: { route: "templates" }, params: { code: 80007 } });
  sandbox.setFault({ kind: "reset_before_read", match: { route: "probe" } });
  const { wabaId, phoneNumberId } = sandbox.config;
  assert.equal(
    (await call(`${sandbox.url}/v25.0/${wabaId}/message_templates`, { headers: bearer() })).json.error.code,
    80007,
  );
  await assert.rejects(call(`${sandbox.url}/v25.0/${phoneNumberId}`, { headers: bearer() }), TypeError);
  assert.equal((await send(sandbox, orderShipped())).status, 200);
});

test("faults are set, listed and cleared by the control API", async () => {
  const { json } = await control(sandbox, "POST", "faults", { kind: "error", params: { code: 4 }, times: 2 });
  await send(sandbox, orderShipped());
  const [fault] = (await control(sandbox, "GET", "faults")).json.faults;
  assert.deepEqual([fault.id, fault.kind, fault.struck], [json.id, "error", 1]);
  assert.deepEqual((await control(sandbox, "DELETE", `faults?id=${json.id}`)).json.faults, []);
  assert.equal((await send(sandbox, orderShipped())).status, 200);
});

for (const [spec, why] of [
  [{ kind: "meteor" }, /`meteor` is not a kind of fault; there are delay, status/],
  [{}, /`undefined` is not a kind/],
  [{ kind: "error", time: 1 }, /no member `time`/],
  [{ kind: "error", match: { too: "1" } }, /no member `too`/],
  [{ kind: "error", match: { route: "x" } }, /match\.route/],
  [{ kind: "error", match: { nth: 0 } }, /counts from 1/],
  [{ kind: "error", times: 0 }, /`times`/],
  [{ kind: "error", chance: 0 }, /`chance`/],
  [{ kind: "error", chance: [0.5, 0.2] }, /`chance`/],
  [{ kind: "error", chance: 1.5 }, /`chance`/],
] as const) {
  test(`a wrong fault is refused: ${JSON.stringify(spec)}`, async () => {
    const answer = await control(sandbox, "POST", "faults", spec);
    assert.equal(answer.status, 400);
    assert.match(answer.json.error, why);
  });
}

test("every kind has a test here and a line in the README", () => {
  const tests = readFileSync(new URL(import.meta.url), "utf8");
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  for (const kind of Object.keys(KINDS)) {
    assert.ok(tests.includes(`strike("${kind}"`) || tests.includes(`kind: "${kind}"`), `no test strikes ${kind}`);
    assert.ok(readme.includes(`| \`${kind}\` |`), `the README does not name ${kind}`);
  }
});
