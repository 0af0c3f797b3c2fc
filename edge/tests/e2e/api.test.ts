/** The routes beside deliveries, over a real Worker with two ledgers and the sandbox: what a person can do, and what it tells. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { SEEDS } from "../../../sandbox/src/seeds.ts";
import { parseMetrics } from "../worker/metrics-parser.ts";
import { type Answer, eventually, KEY, LOGIN_CODE, order, OTHER_KEY, type Result, type Shown, Stack } from "./stack.ts";

const LEDGER_KEY = Buffer.from("a ledger key that has 32 bytes!!").toString("base64");
const SALE = { template: { name: "coupon_drop", language: "en_US" } };

let stack: Stack;
let count = 0;
before(async () => {
  stack = await Stack.start({
    sandbox: { templates: [...SEEDS, LOGIN_CODE] },
    vars: { SHARDS: 2, LEDGER_KEY, GRAPH_TIMEOUT_MS: 2_000 },
  });
});
after(() => stack.close());

const fresh = () => order((count += 1));
const sale = () => ({ ...fresh(), values: { "body.1": "Ana", "body.2": "15 %", "buttons.0": "THANKS15" } });
const asOther = { authorization: `Bearer ${OTHER_KEY}` };
const soon = () => ({ sendAt: Date.now() + 1_500 });

interface Campaign {
  state: string;
  counts: Record<string, number>;
}

describe("a campaign", () => {
  test("paused: nothing of it leaves, and everything else does; resumed: all of it", async () => {
    const messages = Array.from({ length: 6 }, fresh);
    const results = await stack.submit(messages, { campaign: "spring 2026/🌷", ...soon() });
    const path = `/v1/campaigns/${encodeURIComponent("spring 2026/🌷")}`;
    const paused = await stack.call<Campaign>("POST", `${path}/pause`);
    assert.equal(paused.status, 200);
    assert.deepEqual([paused.body.state, paused.body.counts], ["paused", { queued: 6 }]);
    const other = fresh();
    const [free] = await stack.submit([other], soon());
    await stack.until(free?.id ?? "", ["read"]);
    assert.deepEqual(
      messages.map(({ to }) => stack.posts(to)),
      [0, 0, 0, 0, 0, 0],
    );
    assert.equal((await stack.read(results[0]?.id ?? "")).waits?.for, "campaign", "and each says why it waits");

    assert.equal((await stack.call<Campaign>("POST", `${path}/resume`)).body.state, "running");
    for (const { id } of results) await stack.until(id ?? "", ["read"]);
    assert.deepEqual((await stack.call<Campaign>("GET", path)).body.counts, { read: 6 });
  });

  test("cancelled: nothing of it leaves any more, and that is for good", async () => {
    const messages = Array.from({ length: 4 }, fresh);
    const results = await stack.submit(messages, { campaign: "mistake", ...soon() });
    assert.equal((await stack.call<Campaign>("POST", "/v1/campaigns/mistake/cancel")).body.state, "cancelled");
    for (const { id } of results) await stack.until(id ?? "", ["cancelled"]);
    assert.equal((await stack.call("POST", "/v1/campaigns/mistake/resume")).status, 409);
    assert.deepEqual(
      messages.map(({ to }) => stack.posts(to)),
      [0, 0, 0, 0],
    );
  });

  test("is its tenant's own, also when another one has the same name", async () => {
    await stack.submit([fresh()], { campaign: "mine", sendAt: Date.now() + 3_600_000 });
    for (const [method, path] of [
      ["GET", "/v1/campaigns/mine"],
      ["POST", "/v1/campaigns/mine/pause"],
      ["POST", "/v1/campaigns/mine/cancel"],
    ] as const)
      assert.equal((await stack.call(method, path, undefined, asOther)).status, 404);
    const theirs = { ...stack.envelope(), campaign: "mine", ...soon(), messages: [fresh()] };
    const submitted = await stack.call<{ results: Result[] }>("POST", "/v1/deliveries", theirs, asOther);
    await stack.call("POST", "/v1/campaigns/mine/cancel", undefined, asOther);
    const campaign = await stack.call<Campaign>("GET", "/v1/campaigns/mine");
    assert.deepEqual([campaign.body.state, campaign.body.counts], ["running", { queued: 1 }]);
    await eventually("their own to be cancelled", 10_000, async () => {
      const { body } = await stack.call<Shown>(
        "GET",
        `/v1/deliveries/${submitted.body.results[0]?.id}`,
        undefined,
        asOther,
      );
      return { done: body.state === "cancelled", value: body };
    });
    await stack.call("POST", "/v1/campaigns/mine/cancel");
  });
});

describe("controls", () => {
  test("a paused sender sends nothing, and goes on where it was", async () => {
    const { phoneNumberId } = stack.sandbox.config;
    const message = fresh();
    assert.equal((await stack.call("POST", `/v1/senders/${phoneNumberId}/pause`)).status, 200);
    const [result] = await stack.submit([message]);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.equal(stack.posts(message.to), 0);
    const health = await stack.call<{ findings: { what: string }[] }>("GET", "/v1/health");
    assert.ok(health.body.findings.some(({ what }) => what === "paused"));
    await stack.call("POST", `/v1/senders/${phoneNumberId}/resume`);
    await stack.until(result?.id ?? "", ["read"]);
  });

  test("a paused template waits alone", async () => {
    const template = { name: "hello_static", language: "en_US" };
    const [held, free] = [{ ...fresh(), values: {} }, fresh()];
    assert.equal((await stack.call("POST", "/v1/templates/hello_static/en_US/pause")).status, 200);
    const [waiting] = await stack.submit([held], { template });
    const [going] = await stack.submit([free]);
    await stack.until(going?.id ?? "", ["read"]);
    assert.equal(stack.posts(held.to), 0);
    assert.equal((await stack.read(waiting?.id ?? "")).waits?.for, "template");
    assert.equal((await stack.call("POST", "/v1/templates/hello_static/en_US/resume")).status, 200);
    await stack.until(waiting?.id ?? "", ["read"]);
  });
});

describe("who is to be left alone", () => {
  test("marketing is rejected with a reason, other messages go, and the list says who", async () => {
    const [offer, notice] = [sale(), fresh()];
    const recipient = offer.to;
    notice.to = recipient;
    assert.equal((await stack.call("POST", "/v1/suppressions", { recipients: [recipient] })).status, 200);
    const [refused] = await stack.submit([offer], SALE);
    assert.equal(refused?.state, "rejected");
    const [finding] = refused?.diagnostics ?? [];
    assert.equal(finding?.code, "recipient-suppressed");
    assert.match(finding?.message ?? "", /marketing/);
    const [going] = await stack.submit([notice]);
    await stack.until(going?.id ?? "", ["read"]);
    assert.equal(stack.posts(recipient), 1);

    const { body } = await stack.call<{ suppressions: { recipient: string; until: null; by: string }[] }>(
      "GET",
      "/v1/suppressions",
    );
    assert.equal(
      body.suppressions.filter((entry) => entry.recipient.includes(recipient.slice(1))).length,
      1,
      "once for two ledgers",
    );
    assert.equal(body.suppressions[0]?.by, "tests");

    assert.equal(await fetchStatus("DELETE", "/v1/suppressions", { recipient }), 204);
    const [again] = await stack.submit([offer], SALE);
    await stack.until(again?.id ?? "", ["read"]);
  });

  test("a word with an end lets it wait, unless it cannot wait that long", async () => {
    const offer = sale();
    const until = Date.now() + 2_500;
    await stack.call("POST", "/v1/suppressions", { recipients: [offer.to], until });
    const [late] = await stack.submit([{ ...offer, key: `${offer.key}-short` }], { ...SALE, expiresAt: until - 500 });
    assert.equal(late?.state, "rejected");
    const [waiting] = await stack.submit([offer], SALE);
    assert.equal(waiting?.state, "queued");
    assert.deepEqual(waiting?.diagnostics?.at(-1)?.severity, "warning");
    await stack.until(waiting?.id ?? "", ["read"]);
    assert.ok(Date.now() >= until);
  });

  test("Meta's own word about somebody counts for the next message, wherever that would be kept", async () => {
    const offer = sale();
    const match = { to: offer.to };
    stack.sandbox.setFault({ kind: "webhook_failed", match, params: { code: 131050 } });
    const [first] = await stack.submit([offer], SALE);
    await stack.until(first?.id ?? "", ["failed"]);
    // With two ledgers some of these keys belong to the one that did not hear it.
    const others = Array.from({ length: 6 }, () => ({ ...sale(), to: offer.to }));
    for (const result of await stack.submit(others, SALE)) {
      assert.equal(result.state, "rejected");
      assert.match(result.diagnostics?.at(-1)?.message ?? "", /131050/);
    }
    assert.equal(stack.posts(offer.to), 1);
  });

  test("a word that comes while it waits is heard, too", async () => {
    const offer = sale();
    const [waiting] = await stack.submit([offer], { ...SALE, ...soon() });
    await stack.call("POST", "/v1/suppressions", { recipients: [offer.to] });
    const shown = await stack.until(waiting?.id ?? "", ["rejected"]);
    assert.equal(shown.reason, "suppressed");
    assert.equal(stack.posts(offer.to), 0);
  });
});

test("a forgotten recipient: values, number and evidence are gone; key, state and reason stay", async () => {
  const [read, queued] = [fresh(), fresh()];
  queued.to = read.to;
  read.values = { ...read.values, "body.1": "Unforgettable" };
  const [first] = await stack.submit([read]);
  await stack.until(first?.id ?? "", ["read"]);
  const [second] = await stack.submit([queued], { sendAt: Date.now() + 3_600_000 });
  assert.equal(
    (await stack.call<{ deliveries: number }>("DELETE", "/v1/recipients", { to: read.to }, asOther)).body.deliveries,
    0,
  );
  assert.equal(
    (await stack.call<{ deliveries: number }>("DELETE", "/v1/recipients", { to: read.to })).body.deliveries,
    2,
  );
  for (const [id, state] of [
    [first?.id, "read"],
    [second?.id, "cancelled"],
  ]) {
    const text = await stack.text("GET", `/v1/deliveries/${id}`);
    assert.equal((JSON.parse(text) as Shown).state, state);
    for (const gone of ["Unforgettable", read.to, read.to.slice(1)])
      assert.ok(!text.includes(gone), `${gone} in ${text}`);
  }
  const [again] = await stack.submit([read]);
  assert.equal(again?.state, "duplicate", "the key still guards against a second message");
});

test("a one-time code is sent, and never shown", async () => {
  const login = { ...fresh(), values: { "body.1": "918273" } };
  const [result] = await stack.submit([login], { template: { name: "login_code", language: "en_US" } });
  assert.equal(result?.state, "queued");
  assert.ok(!(await stack.text("GET", `/v1/deliveries/${result?.id}`)).includes("918273"));
  await stack.until(result?.id ?? "", ["read"]);
  assert.equal(stack.accepts(login.to), 1);
  for (const path of [`/v1/deliveries/${result?.id}`, "/v1/deliveries", "/v1/events?seconds=0"])
    assert.ok(!(await stack.text("GET", path)).includes("918273"), path);
});

test("one more attempt after failed media, only where that was asked for", async () => {
  const details = "Downloading media from weblink failed with http code 502, status message Bad Gateway";
  const [asked, not] = [fresh(), fresh()];
  for (const { to } of [asked, not])
    stack.sandbox.setFault({ kind: "webhook_failed", match: { to }, params: { code: 131053, details } });
  const [again] = await stack.submit([asked], { retryMedia: true });
  const [failed] = await stack.submit([not]);
  await stack.until(failed?.id ?? "", ["failed"]);
  const shown = await eventually("the second attempt to be planned", 10_000, async () => {
    const value = await stack.read(again?.id ?? "");
    return { done: value.reason === "media_again", value };
  });
  assert.deepEqual([shown.state, shown.attempts], ["queued", 1]);
  await stack.call("POST", `/v1/deliveries/${again?.id}/cancel`);
});

describe("events", () => {
  test("a stream tells what happens, and goes on where it ended; another tenant's tells nothing of it", async () => {
    const { body: start } = await stack.call<{ next: string }>("GET", "/v1/events?limit=1000", undefined, {
      accept: "application/json",
    });
    let from = start.next;
    for (;;) {
      const { body } = await stack.call<{ next: string; events: unknown[] }>(
        "GET",
        `/v1/events?after=${from}&limit=1000`,
        undefined,
        { accept: "application/json" },
      );
      from = body.next;
      if (body.events.length === 0) break;
    }
    const streaming = stack.text("GET", `/v1/events?after=${from}&seconds=6`);
    const messages = Array.from({ length: 4 }, fresh);
    const results = await stack.submit(messages);
    for (const { id } of results) await stack.until(id ?? "", ["read"]);
    const text = await streaming;
    for (const { id, key } of results) {
      const states = [...text.matchAll(/^data: (.*)$/gm)]
        .map(([, data]) => JSON.parse(data ?? "{}") as { id?: string; key?: string; state?: string })
        .filter((event) => event.id === id);
      assert.deepEqual([states[0]?.state, states.at(-1)?.state], ["queued", "read"]);
      assert.equal(states[0]?.key, key);
    }
    for (const { to } of messages) assert.ok(!text.includes(to.slice(1)), "no number is in it");
    const last = [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? "";
    assert.match(last, /^\d+\.\d+$/);
    const rest = await stack.text("GET", "/v1/events?seconds=0", { "last-event-id": last });
    assert.ok(!rest.includes(results[0]?.id ?? "?"));
    const theirs = await stack.text("GET", "/v1/events?seconds=0", asOther);
    for (const { id } of results) assert.ok(!theirs.includes(id ?? "?"));
  });
});

test("the list has pages: each delivery once, the newest first, over all ledgers", async () => {
  const results = await stack.submit(Array.from({ length: 25 }, fresh), {
    campaign: "pages",
    sendAt: Date.now() + 3_600_000,
  });
  const seen: string[] = [];
  let cursor = "";
  for (let pages = 0; pages < 20; pages += 1) {
    const { body } = await stack.call<{ deliveries: Shown[]; next?: string }>(
      "GET",
      `/v1/deliveries?campaign=pages&limit=7${cursor}`,
    );
    assert.ok(body.deliveries.length <= 7);
    seen.push(...body.deliveries.map(({ id }) => id));
    // What comes meanwhile is on an earlier page than this one.
    if (pages === 0) await stack.submit([fresh()], { campaign: "pages", sendAt: Date.now() + 3_600_000 });
    if (body.next === undefined) break;
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
  assert.equal(new Set(seen).size, seen.length, "none twice");
  assert.deepEqual([...seen].sort(), results.map(({ id }) => id ?? "").sort());
  assert.equal((await stack.call("GET", "/v1/deliveries?cursor=nonsense")).status, 400);
  await stack.call("POST", "/v1/campaigns/pages/cancel");
});

describe("what a monitor sees", () => {
  test("metrics are in the format, count what happened, and name nobody", async () => {
    const message = fresh();
    stack.sandbox.setFault({ kind: "error", match: { to: message.to }, params: { code: 131026 } });
    const [result] = await stack.submit([message]);
    await stack.until(result?.id ?? "", ["failed"]);
    const text = await stack.text("GET", "/metrics");
    const families = parseMetrics(text);
    const total = (name: string, labels: Record<string, string> = {}) =>
      (families.get(`wa_preflight_${name}`)?.samples ?? [])
        .filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
        .reduce((sum, { value }) => sum + value, 0);
    assert.ok(total("deliveries", { state: "read" }) > 10);
    assert.ok(total("deliveries", { state: "failed" }) >= 1);
    assert.ok(total("outcomes_total", { class: "accepted" }) > 10);
    assert.ok(total("outcomes_total", { class: "recipient" }) >= 1);
    assert.ok(total("attempts_total") >= total("outcomes_total", { class: "accepted" }));
    assert.ok(total("webhooks_total") > 10);
    for (const zero of ["silent_failure_total", "poison_total", "dead_letters_total", "breaker"]) {
      assert.ok(families.has(`wa_preflight_${zero}`), zero);
      assert.equal(total(zero), 0, zero);
    }
    for (const name of ["quarantined", "queue_age_seconds", "silent_failure_avoided_total", "webhook_age_seconds"])
      assert.ok(families.has(`wa_preflight_${name}`), name);
    for (const [name, { samples }] of families) {
      assert.ok(samples.length < 100, `${name} has ${samples.length} series`);
      for (const { labels } of samples)
        for (const value of Object.values(labels)) assert.match(value, /^[a-z0-9_]{1,40}$/, name);
    }
    assert.ok(!text.includes(message.to.slice(1)));
    assert.equal((await fetch(`${stack.url}/metrics`)).status, 401);
  });

  interface Health {
    ok: boolean;
    findings: { severity: string; what: string; message: string }[];
    graph: { token: { present: boolean }; life: { state: string; until: string } };
    webhook: {
      appSecrets: { position: number; fingerprint?: string; lastSignedAt: number | null }[];
      lastHeardAt: number;
    };
    probes?: {
      number: { ok: boolean; code?: number; version?: string };
      subscription: { ok: boolean; apps: number };
    }[];
  }

  test("health says what is configured, which secret signs, and what Meta says when it is asked", async () => {
    const quiet = (await stack.call<Health>("GET", "/v1/health")).body;
    assert.equal(quiet.probes, undefined, "it asks nobody by itself");
    assert.equal(quiet.ok, true, JSON.stringify(quiet.findings));
    const [secret] = quiet.webhook.appSecrets;
    assert.equal(quiet.webhook.appSecrets.length, 1);
    assert.match(secret?.fingerprint ?? "", /^[0-9a-f]{12}$/);
    assert.ok(Date.now() - (secret?.lastSignedAt ?? 0) < 120_000, "Meta signed with it a moment ago");
    assert.ok(Date.now() - quiet.webhook.lastHeardAt < 120_000);
    assert.equal(quiet.graph.life.until, "2028-07-29");

    const asked = (await stack.call<Health>("GET", "/v1/health?probe=1")).body;
    assert.deepEqual(asked.probes?.[0]?.number, { ok: true, version: "v25.0" });
    assert.equal(asked.probes?.[0]?.subscription.apps, 1);
    const text = JSON.stringify(asked);
    for (const hidden of [stack.sandbox.config.token, stack.sandbox.config.appSecret, LEDGER_KEY, KEY])
      assert.ok(!text.includes(hidden));
  });

  test("a token that Meta does not take, and a subscription that is gone, are findings", async () => {
    const { token, webhookUrl } = stack.sandbox.config;
    stack.sandbox.configure({ webhookUrl: null });
    const deaf = (await stack.call<Health>("GET", "/v1/health?probe=1")).body;
    assert.equal(deaf.ok, false);
    assert.deepEqual(
      deaf.findings.map(({ what }) => what),
      ["subscription"],
    );
    stack.sandbox.configure({ webhookUrl, token: "another" });
    const locked = (await stack.call<Health>("GET", "/v1/health?probe=1")).body;
    assert.equal(locked.ok, false);
    assert.equal(locked.probes?.[0]?.number.code, 190);
    assert.ok(locked.findings.some(({ what, severity }) => what === "token" && severity === "error"));
    stack.sandbox.configure({ token });
  });
});

test("T7: with another tenant's key nothing of this one's can be read, changed or told apart from what does not exist", async () => {
  const [result] = await stack.submit([fresh()], { campaign: "secret", sendAt: Date.now() + 3_600_000 });
  const id = result?.id ?? "";
  const nobodys = `${id.slice(0, 2)}${"0".repeat(32)}`;
  const before = JSON.stringify(await stack.read(id));
  const said = ({ status, body }: Answer<unknown>) => JSON.stringify([status, body]);
  for (const [method, path] of [
    ["GET", "/v1/deliveries/ID"],
    ["POST", "/v1/deliveries/ID/cancel"],
    ["POST", "/v1/deliveries/ID/resend"],
    ["POST", "/v1/deliveries/ID/close"],
    ["POST", "/v1/deliveries/ID/release"],
  ] as const) {
    const theirs = await stack.call(method, path.replace("ID", id), undefined, asOther);
    assert.equal(theirs.status, 404, `${method} ${path}`);
    assert.equal(said(theirs), said(await stack.call(method, path.replace("ID", nobodys), undefined, asOther)));
  }
  const listed = await stack.call<{ deliveries: Shown[] }>("GET", "/v1/deliveries?limit=200", undefined, asOther);
  assert.ok(!JSON.stringify(listed.body).includes(id));
  assert.equal(JSON.stringify(await stack.read(id)), before);
  await stack.call("POST", "/v1/campaigns/secret/cancel");
});

async function fetchStatus(method: string, path: string, body: object): Promise<number> {
  const response = await fetch(stack.url + path, {
    method,
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.status;
}
