/** The control API's own manners, and the command line. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { startSandbox, type Sandbox } from "../src/server.ts";
import { bearer, call, control, orderShipped, send } from "./support.ts";

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox();
});
after(() => sandbox.close());

test("the ledger by HTTP is the ledger in the process", async () => {
  await send(sandbox, orderShipped({ biz_opaque_callback_data: "key-1" }));
  await send(sandbox, orderShipped({ to: "x", biz_opaque_callback_data: "key-2" }));
  await control(sandbox, "POST", "settle");
  const { json } = await control(sandbox, "GET", "ledger");
  assert.deepEqual([json.accepted, json.refused, json.maxInFlight, json.duplicates], [1, 1, 1, []]);
  assert.deepEqual(json.accepts, sandbox.ledger.accepts);
  assert.deepEqual(
    json.requests.map(({ callbackId, code }: { callbackId: string; code: number | null }) => [callbackId, code]),
    [
      ["key-1", null],
      ["key-2", 131009],
    ],
  );
  assert.equal(json.webhooks.length, 3);
  assert.deepEqual((await control(sandbox, "GET", "ledger?since=1")).json.accepts, []);
});

test("settings are merged whole or not at all, and secrets are not shown", async () => {
  const wrong = await control(sandbox, "POST", "config", {
    statusDelayMs: 1,
    webhookUrl: "https://example.com/webhook",
  });
  assert.equal(wrong.status, 400);
  assert.equal(wrong.json.error, "`webhookUrl` must be an http URL on loopback, or null");
  assert.notEqual(sandbox.config.statusDelayMs, 1);
  const unknown = await control(sandbox, "POST", "config", { webhookURL: null });
  assert.match(unknown.json.error, /^`webhookURL` is not a setting of the sandbox; it has token/);
  const { json, text } = await control(sandbox, "POST", "config", { token: "new-token", statusDelayMs: 2 });
  assert.equal(json.statusDelayMs, 2);
  assert.ok(!text.includes("new-token") && !text.includes(sandbox.config.appSecret));
  assert.equal((await send(sandbox, orderShipped())).status, 401);
  assert.equal((await send(sandbox, orderShipped(), { headers: bearer("new-token") })).status, 200);
});

test("web pages and foreign hosts are turned away", async () => {
  const page = await control(sandbox, "POST", "reset", {}, { origin: "https://evil.example" });
  assert.equal(page.status, 403);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    request(
      { port: sandbox.port, host: "127.0.0.1", path: "/_sandbox/ledger", headers: { host: "evil.example" } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    )
      .on("error", reject)
      .end();
  });
  assert.equal(status, 403);
});

test("what is not there, and what is no JSON", async () => {
  const none = await control(sandbox, "GET", "nothing");
  assert.equal(none.status, 404);
  assert.ok(none.json.routes.includes("POST /_sandbox/faults"));
  const torn = await call(`${sandbox.url}/_sandbox/faults`, { method: "POST", body: "{" });
  assert.deepEqual([torn.status, torn.json.error], [400, "the body must be a JSON object"]);
});

test("a wrong option does not start a sandbox", async () => {
  await assert.rejects(
    startSandbox({ pairLimit: { burst: 0, everyMs: 1 } }),
    /`pairLimit` must be \{burst, everyMs\}, or null/,
  );
  await assert.rejects(startSandbox({ port: sandbox.port }), /EADDRINUSE/);
});

test("a body that is too large is refused, and the server lives on", async () => {
  const answer = await send(sandbox, `"${"x".repeat(17 * 1024 * 1024)}"`).catch(() => null);
  // The refusal may overtake the upload, and then the client only sees its connection go.
  if (answer) assert.equal(answer.status, 413);
  assert.equal((await control(sandbox, "GET", "config")).status, 200);
});

test("the command line says where it listens, and stops when told", async () => {
  const cli = spawn(process.execPath, [new URL("../src/cli.ts", import.meta.url).pathname, "--port", "0"], {
    env: { ...process.env, SANDBOX_TOKEN: "from-the-environment" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface({ input: cli.stdout }), "line")) as [string];
  const ready = JSON.parse(line) as { ready: boolean; url: string; phoneNumberId: string };
  assert.equal(ready.ready, true);
  const probe = await call(`${ready.url}/v25.0/${ready.phoneNumberId}`, { headers: bearer("from-the-environment") });
  assert.equal(probe.status, 200);
  cli.kill("SIGTERM");
  assert.deepEqual(await once(cli, "exit"), [0, null]);
});

test("the command line explains a wrong flag", async () => {
  const cli = spawn(process.execPath, [new URL("../src/cli.ts", import.meta.url).pathname, "--port", "many"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  cli.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  assert.deepEqual(await once(cli, "close"), [1, null]);
  assert.match(said, /--port must be a whole number, not `many`/);
});
