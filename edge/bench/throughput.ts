/**
 * How fast messages leave, and what one costs: the Worker against the sandbox, beside a bare Worker that only loops `fetch`
 * under the same conditions. Prints one line a measurement. `./build.sh bench throughput` runs it.
 *
 * BENCH_MESSAGES, BENCH_ROUNDS: how many; the two take turns, so that a busy machine slows both.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { childrenNamed } from "../dev/reaper.ts";
import { eventually, order, type Result, Stack, type StackOptions } from "../tests/e2e/stack.ts";

const MESSAGES = Number(process.env["BENCH_MESSAGES"] ?? 600);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3);
const LATENCY_MS = 100;
const WEBHOOKS = 3;

/** Nothing of ours may wait: no pacing, and no pause that a test of minutes would see. */
const UNPACED = {
  PAIR_EVERY_MS: 0,
  SENDING_GRACE_MS: 30_000,
  LEASE_MS: 60_000,
  NUDGE_EVERY_MS: 500,
  PER_SECOND: 100_000,
};
const sandbox = { statusDelayMs: 1 };
const bare = join(import.meta.dirname, "bare-worker.ts");
const counting = join(import.meta.dirname, "counting-worker.ts");

let numbers = 0;

interface Run {
  perSecond: number;
  cpuMs: number;
}

await main();

async function main(): Promise<void> {
  // A part alone: `node bench/throughput.ts cost` counts rows and calls, which a busy machine does not change.
  const parts: Record<string, () => Promise<void>> = {
    latency: () => compare(`${LATENCY_MS} ms latency`, LATENCY_MS),
    cpu: () => compare("no latency", 0),
    cost,
  };
  const wanted = process.argv.slice(2);
  for (const [name, run] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await run();
}

async function compare(name: string, latencyMs: number): Promise<void> {
  const count = latencyMs === 0 ? MESSAGES * 4 : MESSAGES;
  const runs = { ours: [] as Run[], bare: [] as Run[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.bare.push(await withStack({ entry: bare }, latencyMs, (stack) => runBare(stack, count)));
    runs.ours.push(await withStack({}, latencyMs, (stack) => runOurs(stack, count)));
  }
  const ours = median(runs.ours.map(({ perSecond }) => perSecond));
  const loop = median(runs.bare.map(({ perSecond }) => perSecond));
  print(`${name}: messages/s`, ours.toFixed(1));
  print(`${name}: messages/s of a bare fetch loop`, loop.toFixed(1));
  print(`${name}: ratio`, (ours / loop).toFixed(3));
  print(`${name}: CPU ms of workerd a message`, median(runs.ours.map(({ cpuMs }) => cpuMs)).toFixed(2));
  print(`${name}: CPU ms of workerd a message, bare`, median(runs.bare.map(({ cpuMs }) => cpuMs)).toFixed(2));
}

/** What is on Cloudflare's bill for one message, counted inside the Worker. */
async function cost(): Promise<void> {
  await withStack({ entry: counting }, LATENCY_MS / 10, async (stack) => {
    const ledger = `${stack.sandbox.config.phoneNumberId}/0`;
    const look = async () =>
      (await stack.call<Record<string, number>>("GET", `/_counted/${encodeURIComponent(ledger)}`)).body;
    await runOurs(stack, 50);
    const before = await look();
    await runOurs(stack, MESSAGES);
    const after = await look();
    for (const [name, value] of Object.entries(after)) {
      const each = (value - (before[name] ?? 0)) / MESSAGES;
      // Single statements only where they matter.
      if (!name.startsWith(" ") || each >= 1) print(`a message: ${name}`, each.toFixed(3));
    }
  });
}

async function withStack<T>(options: StackOptions, latencyMs: number, act: (stack: Stack) => Promise<T>): Promise<T> {
  const stack = await Stack.start({ ...options, sandbox, vars: UNPACED });
  try {
    if (latencyMs > 0) stack.sandbox.setFault({ kind: "delay", params: { ms: latencyMs } });
    return await act(stack);
  } finally {
    await stack.close();
  }
}

/** Submitted beforehand to a sender that may not send yet, so that only sending is measured. */
async function runOurs(stack: Stack, count: number): Promise<Run> {
  const first = stack.sandbox.ledger.accepts.length;
  const sendAt = Date.now() + 3_000 + count * 10;
  const keys = Array.from({ length: count }, () => order((numbers += 1)));
  const results: Result[] = [];
  for (let index = 0; index < count; index += 500)
    results.push(...(await stack.submit(keys.slice(index, index + 500), { sendAt })));
  if (results.some(({ state }) => state !== "queued")) throw new Error("not every message was queued");
  if (Date.now() > sendAt) throw new Error("submitting took longer than was thought");
  return measured(stack, first, count);
}

async function runBare(stack: Stack, count: number): Promise<Run> {
  const first = stack.sandbox.ledger.accepts.length;
  const { url, config } = stack.sandbox;
  const text = (value: string) => ({ type: "text", text: value });
  const bodies = Array.from({ length: count }, () => {
    const { to, values } = order((numbers += 1)) as { to: string; values: Record<string, string> };
    return JSON.stringify({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to,
      type: "template",
      template: {
        name: "order_shipped",
        language: { code: "en_US" },
        components: [
          { type: "body", parameters: [text(values["body.1"] ?? ""), text(values["body.2"] ?? "")] },
          { type: "button", sub_type: "url", index: "0", parameters: [text(values["buttons.0"] ?? "")] },
        ],
      },
      biz_opaque_callback_data: "10000000000000000000000000000000ab",
    });
  });
  const running = stack.call("POST", "/run", {
    url: `${url}/v25.0/${config.phoneNumberId}/messages`,
    token: config.token,
    bodies,
  });
  const run = await measured(stack, first, count);
  await running;
  return run;
}

/** From the first accept to the last one by the sandbox's clock; CPU until the last webhook was taken. */
async function measured(stack: Stack, first: number, count: number): Promise<Run> {
  const { ledger } = stack.sandbox;
  await eventually("the first accept", 60_000, async () => ({ done: ledger.accepts.length > first, value: 0 }));
  const cpu = cpuMsOf(stack);
  await eventually("all accepts", 600_000, async () => ({ done: ledger.accepts.length >= first + count, value: 0 }));
  await stack.sandbox.settled();
  const taken = ledger.webhooks.filter(({ state }) => state === "delivered").length;
  if (taken < count * WEBHOOKS) throw new Error(`only ${taken} webhooks were taken`);
  const times = ledger.accepts.slice(first).map(({ time }) => Date.parse(time));
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  return { perSecond: (count - 1) / seconds, cpuMs: (cpuMsOf(stack) - cpu) / count };
}

/** Processor time of the workerd that runs the Worker and its objects; wrangler's proxy, which has the port, is not ours. */
function cpuMsOf(stack: Stack): number {
  const { port } = new URL(stack.url);
  return childrenNamed("workerd", stack.pid)
    .filter((pid) => !readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`:${port}`))
    .map((pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      // User and system time, in hundredths of a second.
      return (Number(fields[11]) + Number(fields[12])) * 10;
    })
    .reduce((sum, ms) => sum + ms, 0);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function print(name: string, value: string): void {
  console.log(`${name.padEnd(64)} ${value.padStart(10)}`);
}
