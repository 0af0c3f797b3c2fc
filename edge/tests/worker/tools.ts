/** A ledger of its own for every test, and what tests do to it. */

import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import type { Outcome } from "wa-preflight";
import { beforeEach, expect } from "vitest";
import type { Address, StatusReport, SubmitRequest } from "../../src/ledger/types.ts";
import { ledgerAt } from "../../src/objects.ts";

export const TENANT = "tests";
export const accepted: Outcome = {
  class: "accepted",
  resend: "never",
  messageId: "wamid.A",
  action: "wait for the webhook",
};
export const uncertain: Outcome = { class: "unknown", resend: "only_if_unconfirmed", action: "wait for the webhook" };
export const throttled: Outcome = { class: "throttled", resend: "after", afterMs: 60_000, action: "wait" };

let count = 0;
export let address: Address;
export const ledger = () => ledgerAt(env, address);
export const stub = () => env.LEDGER.getByName(`${address.from}/${address.shard}`);

/** A ledger of its own for every test. */
beforeEach(() => {
  count += 1;
  address = { from: `90000${count}`, shard: 0 };
  numbers.clear();
});

const numbers = new Map<string, string>();

/** A recipient for each key, so that no delivery waits for the sake of another's. */
export function numberOf(key: string): string {
  const known = numbers.get(key) ?? `+1555${String(numbers.size + 1).padStart(7, "0")}`;
  numbers.set(key, known);
  return known;
}

export function request(
  items: { key: string; fingerprint?: string; refused?: boolean }[],
  change: Partial<SubmitRequest> = {},
): SubmitRequest {
  return {
    tenant: TENANT,
    template: { name: "hello", language: "en", epoch: 1, hash: "h1", text: "{}" },
    category: "utility",
    items: items.map(({ key, fingerprint = `print of ${key}`, refused = false }) => ({
      key,
      fingerprint,
      ...(!refused && { message: { to: numberOf(key), values: {} } }),
    })),
    ...change,
  };
}

export async function submitted(...keys: string[]): Promise<string[]> {
  const results = await ledger().submit(address, request(keys.map((key) => ({ key }))));
  return results.map((result) => (result.state === "queued" ? result.id : expect.fail(result.state)));
}

export async function stateOf(id: string): Promise<string | undefined> {
  return (await ledger().read(TENANT, id))?.delivery.state;
}

export function status(change: Partial<StatusReport>): StatusReport {
  const report = { wamid: "wamid.A", status: "delivered", timestamp: Date.now(), ...change };
  return { raw: JSON.stringify(report), ...report };
}

export async function callbackIdOf(id: string): Promise<string> {
  return (await ledger().read(TENANT, id))?.delivery.callbackId ?? "";
}

export function alarm(): Promise<number | null> {
  return runInDurableObject(stub(), (_, state) => state.storage.getAlarm());
}

/** Every value of every table that contains this text. */
export async function traces(text: string): Promise<string[]> {
  return runInDurableObject(stub(), (_, { storage: { sql } }) => {
    const tables = sql.exec("SELECT name FROM sqlite_schema WHERE type = 'table'").toArray();
    const found: string[] = [];
    for (const { name } of tables) {
      if (String(name).startsWith("_cf") || String(name).startsWith("sqlite_")) continue;
      for (const row of sql.exec(`SELECT * FROM "${name}"`).toArray()) {
        for (const [column, value] of Object.entries(row))
          if (String(value).includes(text)) found.push(`${name}.${column}: ${value}`);
      }
    }
    return found;
  });
}

/** Moves every time that the ledger holds into the past: as good as waiting. */
export async function passTime(ms: number): Promise<void> {
  await runInDurableObject(stub(), (_, state) => {
    const { sql } = state.storage;
    sql.exec(
      `UPDATE deliveries SET due_at = due_at - ?1, wake_at = wake_at - ?1, created_at = created_at - ?1,
         deadline = deadline - ?1, settled_at = settled_at - ?1`,
      ms,
    );
    for (const table of ["deliveries.delivery", "sheet.gate"]) {
      const [name, column] = table.split(".");
      const key = name === "sheet" ? "only_row" : "id";
      for (const row of sql.exec(`SELECT ${key} AS key, ${column} AS text FROM ${name}`).toArray()) {
        const text = JSON.stringify(earlier(JSON.parse(row["text"] as string), ms));
        sql.exec(`UPDATE ${name} SET ${column} = ? WHERE ${key} = ?`, text, row["key"] as string);
      }
    }
    for (const table of ["pairs", "nonces", "pieces", "preferences"]) sql.exec(`UPDATE ${table} SET at = at - ?`, ms);
    for (const column of ["created_at", "settled_at"]) sql.exec(`UPDATE tombstones SET ${column} = ${column} - ?`, ms);
    sql.exec("UPDATE suppressions SET at = at - ?1, until = until - ?1", ms);
    sql.exec("UPDATE timeline SET entry = json_set(entry, '$.at', json_extract(entry, '$.at') - ?)", ms);
  });
}

const TIMES = new Set([
  "until",
  "since",
  "nextAt",
  "heardAt",
  "firstAcceptAt",
  "createdAt",
  "updatedAt",
  "expiresAt",
  "notBefore",
  "leasedUntil",
  "dueAt",
  "wakeAt",
  "startedAt",
  "timeoutAt",
  "endedAt",
  "at",
]);

function earlier(value: unknown, ms: number): unknown {
  // The gate's starts of the last second are pairs of time and count.
  if (Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === "number"))
    return [(value[0] as number) - ms, value[1]];
  if (Array.isArray(value)) return value.map((item) => earlier(item, ms));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      TIMES.has(key) && typeof item === "number" ? item - ms : earlier(item, ms),
    ]),
  );
}
