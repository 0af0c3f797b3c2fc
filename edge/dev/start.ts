/** `./build.sh start` ends here: sandbox and Worker on localhost until Ctrl-C, with their state in .dev (or in STATE_DIRECTORY). */

import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Sandbox, startSandbox } from "@wa-preflight/sandbox";
import { type LocalWorker, startLocalWorker } from "./worker.ts";

const STATE = resolve(process.env["STATE_DIRECTORY"] || join(import.meta.dirname, "..", "..", ".dev"));
const WORKER_PORT = portFrom("PORT", 8787);
const SANDBOX_PORT = portFrom("SANDBOX_PORT", 4020);
const CRON_EVERY_MS = 60_000;

mkdirSync(STATE, { recursive: true });
const key = kept("api-key");
const verifyToken = kept("verify-token");
const appSecret = kept("app-secret");
const token = kept("graph-token");
const ledgerKey = kept("ledger-key", () => randomBytes(32).toString("base64"));

const running: { sandbox?: Sandbox; worker?: LocalWorker; cron?: NodeJS.Timeout } = {};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => void stop(0));

try {
  running.sandbox = await startSandbox({
    port: SANDBOX_PORT,
    token,
    appSecret,
    // Slow enough for an eye to follow a delivery's statuses.
    statusDelayMs: 700,
    webhookUrl: `http://127.0.0.1:${WORKER_PORT}/webhook`,
    ledgerFile: join(STATE, "sandbox-accepts.ndjson"),
  });
  const { phoneNumberId, wabaId } = running.sandbox.config;
  running.worker = await startLocalWorker({
    port: WORKER_PORT,
    stateDirectory: join(STATE, "worker"),
    vars: {
      SENDERS: [{ phoneNumberId, wabaId }],
      GRAPH_ENDPOINT: running.sandbox.url,
      GRAPH_TOKEN: token,
      APP_SECRETS: appSecret,
      VERIFY_TOKEN: verifyToken,
      LEDGER_KEY: ledgerKey,
      API_KEYS: `local:${createHash("sha256").update(key).digest("hex")}`,
      // A template that was changed in the sandbox by hand shows soon.
      TEMPLATE_TTL_MS: 5_000,
    },
  });
  const { runCron } = running.worker;
  await runCron();
  running.cron = setInterval(() => void runCron().catch(() => {}), CRON_EVERY_MS);

  console.log(`
  editor and API  ${running.worker.url}/#key=${key}
  sandbox         ${running.sandbox.url}/_sandbox/ledger
  sender          ${phoneNumberId}

  State is kept in ${STATE}. Ctrl-C stops both.`);
} catch (error) {
  console.error(explained(error));
  await stop(1);
}

async function stop(code: number): Promise<void> {
  clearInterval(running.cron);
  // The sandbox first: a webhook that finds no Worker would only be tried again.
  await Promise.allSettled([running.sandbox?.close(), running.worker?.close()]);
  process.exit(code);
}

/** A secret of this folder: made once, so that a page that is open stays signed in over a restart. */
function kept(name: string, make = () => randomBytes(24).toString("base64url")): string {
  const file = join(STATE, name);
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

function portFrom(name: string, fallback: number): number {
  const text = process.env[name];
  if (text === undefined || text === "") return fallback;
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  console.error(`${name} must be a port number, not \`${text}\``);
  process.exit(1);
}

function explained(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!/EADDRINUSE|address already in use/i.test(message)) return message;
  return `${message}\nanother program has the port; stop it, or choose others: PORT=8788 SANDBOX_PORT=4021 ./build.sh start`;
}
