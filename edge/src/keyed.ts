/** Short names for things that must not be shown, made with LEDGER_KEY: whoever lacks the key cannot test a guess. */

import type { Env } from "./env.ts";

const TAG_DIGITS = 12;

/** 48 bits of an HMAC; `purpose` keeps the names of different kinds of things apart. Undefined without LEDGER_KEY. */
export async function keyedTag(env: Env, purpose: string, text: string): Promise<string | undefined> {
  const secret = env.LEDGER_KEY?.trim();
  if (!secret) return undefined;
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(`${purpose}\0${text}`)));
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, TAG_DIGITS);
}
