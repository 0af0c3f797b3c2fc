/** Bearer keys: the Worker knows only their hashes. */

import { type Env, words } from "../env.ts";
import { Problem } from "./problem.ts";

const CHALLENGE = { "www-authenticate": 'Bearer realm="wa-preflight"' };

/**
 * Whose key the request carries. `API_KEYS` is a list of `tenant:sha256hex`; a tenant may have several keys while one is
 * replaced by the next.
 */
export async function tenantOf(request: Request, env: Env): Promise<string> {
  const known = words(env.API_KEYS).map(entryFrom);
  if (known.length === 0) throw new Problem("not-configured", "no API key is configured: set the secret API_KEYS");

  const token = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  // A missing key takes the same way as a wrong one.
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token ?? "")));
  let tenant: string | undefined;
  for (const entry of known) {
    // All are compared, each in constant time: the time taken says nothing about which one is near.
    if (crypto.subtle.timingSafeEqual(digest, entry.digest)) tenant = entry.tenant;
  }
  if (token === undefined || tenant === undefined) {
    throw new Problem("unauthorized", "send a valid key as `Authorization: Bearer …`", {}, CHALLENGE);
  }
  return tenant;
}

function entryFrom(word: string): { tenant: string; digest: Uint8Array } {
  const parts = /^([A-Za-z0-9_-]{1,64}):([0-9a-fA-F]{64})$/.exec(word);
  const [, tenant, hex] = parts ?? [];
  if (tenant === undefined || hex === undefined) {
    throw new Problem(
      "not-configured",
      "API_KEYS must be a list of `tenant:` and the 64 hex digits of a key's SHA-256",
    );
  }
  return { tenant, digest: Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) };
}
