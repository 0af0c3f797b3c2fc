/**
 * How soon webhooks are acknowledged under load (R26): events of messages that are there, one in a webhook, each signed, at a
 * steady rate whatever the answers take; then one of 3 MB with a thousand. Prints what an acknowledgement took, and stops with
 * 1 when one was not taken or an event is missing afterwards. `./build.sh bench webhooks` runs it.
 *
 * BENCH_SECONDS, BENCH_EVENTS: how long, and how many a second. Meta waits seconds, and sends again what was not taken.
 */

import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually, order, Stack } from "../tests/e2e/stack.ts";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 60);
const PER_SECOND = Number(process.env["BENCH_EVENTS"] ?? 200);
const STATUSES = ["sent", "delivered", "read"];
const MESSAGES = Math.ceil((SECONDS * PER_SECOND) / STATUSES.length);
const THOUSAND = 1_000;
const BYTES = 3_000_000;

interface Event {
  id: string;
  status: string;
  timestamp: string;
  recipient_id: string;
  note?: string;
}

// What Meta would tell is told here, so that nothing else is on the way.
const stack = await Stack.start({
  sandbox: { statusDelayMs: 86_400_000 },
  vars: { PAIR_EVERY_MS: 0, PER_SECOND: 100_000, LEASE_MS: 60_000, NUDGE_EVERY_MS: 500, CONSUMERS: 4 },
});
let lost = 0;
try {
  const { ledger } = stack.sandbox;
  for (let first = 0; first < MESSAGES + THOUSAND; first += 500) {
    const count = Math.min(500, MESSAGES + THOUSAND - first);
    await stack.submit(Array.from({ length: count }, (_, index) => order(first + index)));
    await eventually("their accepts", 600_000, async () => ({
      done: ledger.accepts.length >= first + count,
      value: 0,
    }));
  }
  // Until the outcomes are stored, too.
  await sleep(3_000);
  const accepts = ledger.accepts.map(({ wamid, to }) => ({ id: wamid, recipient_id: to.replace("+", "") }));
  const events = STATUSES.flatMap((status, place) =>
    accepts.slice(0, MESSAGES).map((accept) => ({ ...accept, status, timestamp: `${1_790_000_000 + place}` })),
  );

  const times: number[] = [];
  const answers: Promise<void>[] = [];
  const begin = performance.now();
  for (const [index, event] of events.slice(0, SECONDS * PER_SECOND).entries()) {
    const pause = begin + (index * 1_000) / PER_SECOND - performance.now();
    if (pause > 1) await sleep(pause);
    answers.push(tell([event]).then((ms) => void times.push(ms)));
  }
  await Promise.all(answers);
  const seconds = (performance.now() - begin) / 1_000;
  times.sort((a, b) => a - b);
  const part = (share: number) => `${(times[Math.floor((times.length - 1) * share)] ?? Number.NaN).toFixed(1)} ms`;
  print("webhooks a second", (times.length / seconds).toFixed(1));
  print("acknowledged, half of them within", part(0.5));
  print("acknowledged, 99 of 100 within", part(0.99));
  print("acknowledged, all within", part(1));

  const many = accepts.slice(MESSAGES).map((accept) => ({ ...accept, status: "read", timestamp: "1790000002" }));
  const empty = JSON.stringify(body(many.map((event) => ({ ...event, note: "" })))).length;
  const padded = many.map((event) => ({ ...event, note: "x".repeat(Math.floor((BYTES - empty) / THOUSAND)) }));
  print(`${THOUSAND} statuses in ${BYTES / 1e6} MB, acknowledged within`, `${(await tell(padded)).toFixed(1)} ms`);

  await eventually("what they say", 60_000, async () => {
    const { body: summary } = await stack.call<{ states: Record<string, number> }>("GET", "/v1/summary");
    const read = summary.states["read"] ?? 0;
    const expected = THOUSAND + Math.max(0, SECONDS * PER_SECOND - 2 * MESSAGES);
    return { done: read >= expected, value: `${read} of ${expected} are read` };
  });
} finally {
  await stack.close();
}
print("not taken", `${lost}`);
if (lost > 0) process.exitCode = 1;

/** Posts what Meta would post; the answer is how long it took. */
async function tell(statuses: Event[]): Promise<number> {
  const text = JSON.stringify(body(statuses));
  const signature = createHmac("sha256", stack.sandbox.config.appSecret).update(text).digest("hex");
  const begin = performance.now();
  const response = await fetch(`${stack.url}/webhook`, {
    method: "POST",
    headers: { "x-hub-signature-256": `sha256=${signature}`, "content-type": "application/json" },
    body: text,
  });
  await response.text();
  if (!response.ok) lost += 1;
  return performance.now() - begin;
}

function body(statuses: Event[]): object {
  const { phoneNumberId, wabaId } = stack.sandbox.config;
  const metadata = { display_phone_number: "15550051310", phone_number_id: phoneNumberId };
  const value = { messaging_product: "whatsapp", metadata, statuses };
  return { object: "whatsapp_business_account", entry: [{ id: wabaId, changes: [{ field: "messages", value }] }] };
}

function print(name: string, value: string): void {
  console.log(`${name.padEnd(64)} ${value.padStart(10)}`);
}
