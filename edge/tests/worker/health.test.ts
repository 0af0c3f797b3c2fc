/** GET /v1/health: it names what is wrong, tells secrets apart, and shows none. */

import { env } from "cloudflare:workers";
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { expect, test } from "vitest";
import { app } from "../../src/http/app.ts";
import { signature } from "./client.ts";
import { API_KEY, APP_SECRETS, SENDER, VERIFY_TOKEN } from "./settings.ts";

const LEDGER_KEY = btoa("a key of the tests, of 32 bytes!");

interface Health {
  ok: boolean;
  findings: { severity: string; what: string; message: string }[];
  webhook: { appSecrets: { position: number; fingerprint?: string; lastSignedAt: number | null }[]; unrouted: number };
  graph: { token: { present: boolean } };
  encryption: { ledgerKey: boolean };
}

async function health(settings: object = {}, query = ""): Promise<Health & { text: string }> {
  const request = new Request(`https://worker.test/v1/health${query}`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  const response = await app.fetch(
    request,
    { ...env, LEDGER_KEY, ...settings } as typeof env,
    createExecutionContext(),
  );
  expect(response.status).toBe(200);
  const text = await response.text();
  return { ...(JSON.parse(text) as Health), text };
}

async function signedBy(secret: string, from = SENDER.phoneNumberId): Promise<void> {
  const value = { metadata: { phone_number_id: from }, statuses: [{ id: `wamid.${secret}`, status: "sent" }] };
  const body = JSON.stringify({ entry: [{ id: SENDER.wabaId, changes: [{ field: "messages", value }] }] });
  const ctx = createExecutionContext();
  const headers = { "x-hub-signature-256": await signature(body, secret) };
  const request = new Request("https://worker.test/webhook", { method: "POST", headers, body });
  expect((await app.fetch(request, { ...env, LEDGER_KEY }, ctx)).status).toBe(200);
  await waitOnExecutionContext(ctx);
}

test("while two secrets overlap it says which one Meta signs with", async () => {
  const [OLD = "", NEW = ""] = APP_SECRETS;
  const before = (await health()).webhook.appSecrets;
  expect(before.map(({ position, lastSignedAt }) => [position, lastSignedAt])).toEqual([
    [0, null],
    [1, null],
  ]);
  await signedBy(NEW);
  const [old, fresh] = (await health()).webhook.appSecrets;
  expect(old?.lastSignedAt).toBeNull();
  expect(Date.now() - (fresh?.lastSignedAt ?? 0)).toBeLessThan(60_000);
  // A secret's name is its own: it keeps it when the list changes.
  const [alone] = (await health({ APP_SECRETS: NEW })).webhook.appSecrets;
  expect(alone).toEqual({ ...fresh, position: 0 });
  expect(new Set([old?.fingerprint, fresh?.fingerprint]).size).toBe(2);
  const [other] = (await health({ LEDGER_KEY: btoa("another key that has 32 bytes...") })).webhook.appSecrets;
  expect(other?.fingerprint).not.toBe(old?.fingerprint);
  await signedBy(OLD);
  expect((await health()).webhook.appSecrets[0]?.lastSignedAt).not.toBeNull();
});

test("without LEDGER_KEY there are positions, and no fingerprint that could be guessed at", async () => {
  const { webhook, findings, encryption } = await health({ LEDGER_KEY: undefined });
  expect(webhook.appSecrets.map(Object.keys)).toEqual([
    ["position", "lastSignedAt"],
    ["position", "lastSignedAt"],
  ]);
  expect(encryption.ledgerKey).toBe(false);
  expect(findings).toContainEqual(expect.objectContaining({ severity: "warning", what: "ledger-key" }));
});

test("every setting that is missing is a finding", async () => {
  expect(await health()).toMatchObject({ ok: true, findings: [] });
  const cases: [object, string, string][] = [
    [{ SENDERS: [] }, "senders", "error"],
    [{ GRAPH_TOKEN: " " }, "token", "error"],
    [{ APP_SECRETS: "" }, "app-secrets", "error"],
    [{ VERIFY_TOKEN: undefined }, "verify-token", "error"],
    [{ GRAPH_VERSION: "v19.0" }, "graph-version", "error"],
    [{ GRAPH_VERSION: "v99.0" }, "graph-version", "warning"],
  ];
  for (const [settings, what, severity] of cases) {
    const { ok, findings } = await health(settings);
    expect(findings, what).toContainEqual(expect.objectContaining({ what, severity }));
    expect(ok, what).toBe(severity !== "error");
  }
});

test("events about a number that nobody configured are counted", async () => {
  await signedBy(APP_SECRETS[0] ?? "", "999");
  const { webhook, findings, ok } = await health();
  expect(webhook.unrouted).toBe(1);
  expect(findings).toContainEqual(expect.objectContaining({ what: "unrouted", severity: "warning" }));
  expect(ok).toBe(true);
});

test("when Meta is asked and cannot be reached, that is said, with no address and no secret in it", async () => {
  const unreachable = await health({ GRAPH_ENDPOINT: "http://127.0.0.1:9/secret-path" }, "?probe=1");
  expect(unreachable.ok).toBe(false);
  expect(unreachable.findings.map(({ what }) => what)).toContain("token");
  expect(JSON.stringify(unreachable.findings)).not.toContain("secret-path");
  for (const secret of [...APP_SECRETS, VERIFY_TOKEN, LEDGER_KEY, API_KEY, env.GRAPH_TOKEN ?? "?"]) {
    expect(unreachable.text).not.toContain(secret);
    expect((await health({}, "?probe=1")).text).not.toContain(secret);
  }
});
