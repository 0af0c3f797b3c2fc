/**
 * One-time codes at rest. The route encrypts a message's values before the ledger sees them, the consumer decrypts them for
 * the POST, and the ledger erases them as soon as nobody needs them; so no storage and no backup holds a code in the clear.
 */

import type { Message } from "wa-preflight";
import { ConfigError, type Env } from "../env.ts";
import type { StoredMessage } from "../ledger/types.ts";

const KEY_BYTES = 32;
const IV_BYTES = 12;

/** The code cannot be read any more: it was erased, or encrypted with another key. */
export class Unreadable extends Error {
  override name = "Unreadable";
}

/** The message for storage: AES-256-GCM over its values, bound to the delivery by its id. */
export async function sealed(env: Env, id: string, { values, ...rest }: Message): Promise<StoredMessage> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(values ?? null));
  const cipher = new Uint8Array(await crypto.subtle.encrypt(algorithm(iv, id), await keyOf(env, "AES-GCM"), text));
  const all = new Uint8Array(IV_BYTES + cipher.length);
  all.set(iv);
  all.set(cipher, IV_BYTES);
  return { ...rest, sealed: all.toBase64() };
}

/** The message as it was handed in. One that was never sealed stays as it is. */
export async function unsealed(env: Env, id: string, stored: StoredMessage): Promise<Message> {
  const { sealed: text, erased, ...message } = stored;
  if (erased === true) throw new Unreadable("its one-time code was erased");
  if (text === undefined) return message;
  const key = await keyOf(env, "AES-GCM");
  try {
    const all = Uint8Array.fromBase64(text);
    const plain = await crypto.subtle.decrypt(algorithm(all.slice(0, IV_BYTES), id), key, all.slice(IV_BYTES));
    const values = JSON.parse(new TextDecoder().decode(plain)) as Exclude<Message["values"], undefined> | null;
    return values === null ? message : { ...message, values };
  } catch {
    throw new Unreadable("its one-time code was encrypted with another LEDGER_KEY, or is damaged");
  }
}

/** A code has a million values: whoever reads a plain hash of it tries them all. */
export async function keyedPrint(env: Env, fingerprint: string): Promise<string> {
  const key = await keyOf(env, { name: "HMAC", hash: "SHA-256" });
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(fingerprint))).toHex();
}

function algorithm(iv: Uint8Array, id: string) {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) };
}

/** @throws {ConfigError} when LEDGER_KEY is missing or no key */
async function keyOf(env: Env, use: "AES-GCM" | { name: "HMAC"; hash: string }): Promise<CryptoKey> {
  const text = env.LEDGER_KEY?.trim();
  if (!text) throw new ConfigError("LEDGER_KEY is not set: without it no one-time code is taken or sent");
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.fromBase64(text);
  } catch {
    bytes = new Uint8Array();
  }
  if (bytes.length !== KEY_BYTES) throw new ConfigError(`LEDGER_KEY must be base64 of ${KEY_BYTES} bytes`);
  const usages: string[] = use === "AES-GCM" ? ["encrypt", "decrypt"] : ["sign"];
  return crypto.subtle.importKey("raw", bytes, use, false, usages);
}
