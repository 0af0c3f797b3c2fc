/**
 * T27: whether the time of an answer tells what the answer does not. Pairs of requests that must be told apart by nobody, in
 * random order, compared by Welch's t as constant-time tests do (dudect): below 4.5 there is no evidence of a difference.
 * Stops with 1 above that, and when two answers differ. `./build.sh bench timing` runs it; BENCH_PAIRS: how many of each.
 */

import { createHmac } from "node:crypto";
import { KEY, order, OTHER_KEY, Stack } from "../tests/e2e/stack.ts";

const PAIRS = Number(process.env["BENCH_PAIRS"] ?? 2_000);
const MOST = 4.5;
/** The slowest answers tell of the machine, and of nothing else. */
const KEPT = 0.8;

type Ask = () => Promise<Response>;

const stack = await Stack.start();
try {
  const [queued] = await stack.submit([order(1)]);
  const id = queued?.id ?? "";
  const with_ = (key: string) => ({ authorization: `Bearer ${key}` });
  const get = (path: string, key: string): Promise<Response> => fetch(stack.url + path, { headers: with_(key) });
  const body = '{"object":"whatsapp_business_account","entry":[]}';
  const right = createHmac("sha256", stack.sandbox.config.appSecret).update(body).digest("hex");
  const hook = (signature: string): Promise<Response> =>
    fetch(`${stack.url}/webhook`, { method: "POST", body, headers: { "x-hub-signature-256": `sha256=${signature}` } });

  const pairs: [string, Ask, Ask][] = [
    [
      "a key that is wrong in its last sign, or in all",
      () => get("/v1/summary", `${KEY.slice(0, -1)}!`),
      () => get("/v1/summary", "!".repeat(KEY.length)),
    ],
    [
      "a signature that is wrong in its last digit, or in all",
      () => hook(`${right.slice(0, -1)}${other(right.at(-1))}`),
      () => hook([...right].map(other).join("")),
    ],
    [
      "another tenant's delivery, or none",
      () => get(`/v1/deliveries/${id}`, OTHER_KEY),
      () => get(`/v1/deliveries/${id.slice(0, 2)}${"0".repeat(id.length - 2)}`, OTHER_KEY),
    ],
  ];
  for (const [name, near, far] of pairs) {
    await sameAnswer(name, near, far);
    const times: [number[], number[]] = [[], []];
    for (let pair = -100; pair < PAIRS; pair += 1) {
      const order = Math.random() < 0.5 ? [0, 1] : [1, 0];
      for (const which of order) {
        const begin = performance.now();
        await (await (which === 0 ? near : far)()).arrayBuffer();
        // The first ones warm up.
        if (pair >= 0) times[which as 0 | 1].push(performance.now() - begin);
      }
    }
    const [a, b] = times.map(cropped) as [number[], number[]];
    const t = welch(a, b);
    const tells = Math.abs(t) >= MOST;
    const told = `${(mean(a) * 1_000).toFixed(0)} and ${(mean(b) * 1_000).toFixed(0)} us, t ${t.toFixed(1)}`;
    console.log(`${name}: ${told}${tells ? `: THAT TELLS THEM APART (${MOST} and more)` : ""}`);
    if (tells) process.exitCode = 1;
  }
} finally {
  await stack.close();
}

function other(digit = "0"): string {
  return digit === "0" ? "1" : "0";
}

async function sameAnswer(name: string, near: Ask, far: Ask): Promise<void> {
  const [a, b] = await Promise.all([near(), far()].map(async (asked) => said(await asked)));
  if (a === b) return;
  console.log(`${name}: the answers differ: ${a} and ${b}`);
  process.exitCode = 1;
}

async function said(response: Response): Promise<string> {
  return `${response.status} ${(await response.text()).replace(/[0-9a-f]{32}/g, "…")}`;
}

function cropped(times: number[]): number[] {
  return times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length * KEPT));
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function welch(a: number[], b: number[]): number {
  const spread = (values: number[]) => {
    const middle = mean(values);
    return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1) / values.length;
  };
  return (mean(a) - mean(b)) / Math.sqrt(spread(a) + spread(b));
}
