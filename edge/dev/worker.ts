/** Runs the Worker in a local workerd, with its state on disk. Tests and `start.ts` share it. */

import { mkdirSync } from "node:fs";
import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";
import { guardWorkerd } from "./reaper.ts";

const EDGE = join(import.meta.dirname, "..");
/** Without a built page the Worker still runs; it just has nothing to show. */
const PAGE = join(EDGE, "..", "www", "dist");

const SECRETS = new Set(["GRAPH_TOKEN", "APP_SECRETS", "VERIFY_TOKEN", "API_KEYS", "LEDGER_KEY"]);

export interface LocalWorkerOptions {
  /** 0 takes any free port. */
  port: number;
  /** Where Durable Objects, alarms and queues keep their state. */
  stateDirectory: string;
  /** Settings and secrets, in place of those in wrangler.jsonc. */
  vars: Record<string, string | number | object>;
  /** Another entry than wrangler.jsonc's, for tests. */
  entry?: string;
  logLevel?: "debug" | "info" | "log" | "warn" | "error" | "none";
}

export interface LocalWorker {
  url: string;
  /** What the cron does every minute in production; local workerd has no clock for it. */
  runCron(): Promise<void>;
  close(): Promise<void>;
}

export async function startLocalWorker(options: LocalWorkerOptions): Promise<LocalWorker> {
  mkdirSync(PAGE, { recursive: true });
  mkdirSync(options.stateDirectory, { recursive: true });
  // wrangler traces every call into a database of its own, in the same thread, unless told not to: a third of the time of all
  // that runs here, and of nothing that runs at Cloudflare.
  process.env["X_LOCAL_OBSERVABILITY"] ??= "false";
  // wrangler is thirteen megabytes of JavaScript: compiled once, it starts in half the time.
  enableCompileCache();
  const { unstable_startWorker: startInWorkerd } = await import("wrangler");
  const worker = await startInWorkerd({
    config: join(EDGE, "wrangler.jsonc"),
    ...(options.entry !== undefined && { entrypoint: options.entry }),
    bindings: Object.fromEntries(Object.entries(options.vars).map(([name, value]) => [name, binding(name, value)])),
    dev: {
      remote: false,
      watch: false,
      persist: options.stateDirectory,
      logLevel: options.logLevel ?? "warn",
      server: { hostname: "127.0.0.1", port: options.port },
      inspector: false,
    },
  });
  await worker.ready;
  const { origin } = await worker.url;
  // "Ready" is wrangler's proxy; the workerd that runs the Worker is there when it has answered.
  await fetch(`${origin}/v1/health`);
  const release = guardWorkerd();
  flushCompileCache();
  return {
    url: origin,
    async runCron() {
      const answer = await fetch(`${origin}/cdn-cgi/local/scheduled`);
      if (!answer.ok) throw new Error(`the cron's run was answered with ${answer.status}`);
    },
    async close() {
      await worker.dispose();
      release();
    },
  };
}

function binding(name: string, value: string | number | object) {
  // wrangler prints plain bindings, and hides secrets.
  if (SECRETS.has(name)) return { type: "secret_text", value: String(value) } as const;
  return typeof value === "string" ? ({ type: "plain_text", value } as const) : ({ type: "json", value } as const);
}
