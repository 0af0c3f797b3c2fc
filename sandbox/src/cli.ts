/** `node src/cli.ts [--port 4020] [--webhook-url …]`: a sandbox in a process of its own, until it is told to stop. */

import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { startSandbox, type SandboxOptions } from "./server.ts";

const USAGE = `usage: node src/cli.ts [options]
  --port <n>              default 4020; 0 takes any free port
  --webhook-url <url>     where statuses go (loopback)
  --token <text>          the bearer token that is taken
  --app-secret <text>     signs webhooks
  --status-delay <ms>     the pause before each status
  --ledger-file <path>    keeps the accepts across restarts
Each can also come from the environment: SANDBOX_PORT, SANDBOX_WEBHOOK_URL, SANDBOX_TOKEN, SANDBOX_APP_SECRET,
SANDBOX_STATUS_DELAY, SANDBOX_LEDGER_FILE.`;

const NAMES = ["port", "webhook-url", "token", "app-secret", "status-delay", "ledger-file"] as const;

function readOptions(): SandboxOptions {
  const options: ParseArgsOptionsConfig = { help: { type: "boolean" } };
  for (const name of NAMES) options[name] = { type: "string" };
  const { values } = parseArgs({ options });
  if (values["help"]) {
    console.log(USAGE);
    process.exit(0);
  }
  const read = (name: (typeof NAMES)[number]): string | undefined => {
    const flag = values[name];
    return typeof flag === "string" ? flag : process.env[`SANDBOX_${name.toUpperCase().replaceAll("-", "_")}`];
  };
  const number = (name: (typeof NAMES)[number], fallback: number): number => {
    const text = read(name);
    if (text === undefined) return fallback;
    if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number, not \`${text}\``);
    return Number(text);
  };
  const given = {
    webhookUrl: read("webhook-url"),
    token: read("token"),
    appSecret: read("app-secret"),
    ledgerFile: read("ledger-file"),
  };
  return {
    port: number("port", 4020),
    // Slow enough for an eye to follow a delivery's statuses.
    statusDelayMs: number("status-delay", 700),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

try {
  const sandbox = await startSandbox(readOptions());
  const { wabaId, phoneNumberId } = sandbox.config;
  console.log(JSON.stringify({ ready: true, url: sandbox.url, port: sandbox.port, wabaId, phoneNumberId }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exit(1);
}
