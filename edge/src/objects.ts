/** Finds the Durable Objects by what they are for. A stub is made anew for each use: one that has thrown stays broken. */

import type { Catalogue } from "./catalogue.ts";
import { type Env, sendersOf, settingsOf } from "./env.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Address } from "./ledger/types.ts";

export function ledgerAt(env: Env, { from, shard }: Address): Remote<Ledger> {
  return env.LEDGER.getByName(`${from}/${shard}`) as unknown as Remote<Ledger>;
}

export function catalogueOf(env: Env, wabaId: string): Remote<Catalogue> {
  return env.CATALOGUE.getByName(wabaId) as unknown as Remote<Catalogue>;
}

/** An object's methods as they are over there. The platform's own type gives up on every field that is `unknown`. */
export type Remote<T> = {
  [K in keyof T as T[K] extends (...args: never) => unknown ? K : never]: T[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/** Every ledger of one sender. */
export function addressesOf(env: Env, from: string): Address[] {
  return Array.from({ length: settingsOf(env).shards }, (_, shard) => ({ from, shard }));
}

/** Every ledger of every sender. */
export function allAddresses(env: Env): Address[] {
  return sendersOf(env).flatMap(({ phoneNumberId }) => addressesOf(env, phoneNumberId));
}

/** Which shard holds a key: always the same one, so that a key is unique without asking the others. */
export async function shardOfKey(env: Env, tenant: string, key: string): Promise<number> {
  const { shards } = settingsOf(env);
  if (shards === 1) return 0;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${tenant}\0${key}`));
  return new DataView(digest).getUint32(0) % shards;
}
