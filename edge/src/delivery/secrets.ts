/**
 * One-time codes at rest: AES-GCM under LEDGER_KEY, bound to the delivery's key. The route seals, the consumer opens just
 * before it builds the payload; the ledger never sees the code, and erases what it has once Meta took the message or it
 * ended.
 */

import type { Message } from "wa-preflight";
import { ConfigError, type Env } from "../env.ts";

/** A message whose values are sealed. Its recipient is not: pacing and suppressions need it. */
export interface SealedMessage extends Omit<Message, "values"> {
  /** Base64 of nonce and ciphertext. */
  sealed: string;
}

const NONCE_BYTES = 12;

/** Throws a ConfigError without a key: a code is not stored in the clear for want of one. */
export async function seal(env: Env, deliveryKey: string, message: Message): Promise<SealedMessage> {
  const { values, ...rest } = message;
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(values ?? {}));
  const sealed = await crypto.subtle.encrypt(cipher(nonce, deliveryKey), await keyOf(env), text);
  return { ...rest, sealed: base64(new Uint8Array([...nonce, ...new Uint8Array(sealed)])) };
}

export async function open(env: Env, deliveryKey: string, message: Message | SealedMessage): Promise<Message> {
  if (!isSealed(message)) return message;
  const { sealed, ...rest } = message;
  const bytes = bytesOf(sealed);
  const text = await crypto.subtle.decrypt(
    cipher(bytes.subarray(0, NONCE_BYTES), deliveryKey),
    await keyOf(env),
    bytes.subarray(NONCE_BYTES),
  );
  return { ...rest, values: JSON.parse(new TextDecoder().decode(text)) as NonNullable<Message["values"]> };
}

/** A fingerprint of content that has a one-time code in it: without the key nobody can try all codes against it. */
export async function keyedPrint(env: Env, print: string): Promise<string> {
  const bytes = keyBytes(env);
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`fingerprint\0${print}`)));
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function isSealed(message: Message | SealedMessage): message is SealedMessage {
  return "sealed" in message;
}

function cipher(iv: Uint8Array, deliveryKey: string) {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(deliveryKey) };
}

async function keyOf(env: Env): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", keyBytes(env), "AES-GCM", false, ["encrypt", "decrypt"]);
}

function keyBytes(env: Env): Uint8Array {
  const text = env.LEDGER_KEY?.trim();
  if (!text) throw new ConfigError("LEDGER_KEY is not set: without it no one-time code can be kept until it is sent");
  const bytes = bytesOf(text);
  if (bytes.length !== 32) throw new ConfigError("LEDGER_KEY must be base64 of 32 bytes");
  return bytes;
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function bytesOf(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
