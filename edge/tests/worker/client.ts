/** Calls the Worker under test the way a client would. */

import { exports } from "cloudflare:workers";
import { API_KEY, APP_SECRETS } from "./settings.ts";

const ORIGIN = "https://worker.test";

export function fetchWorker(path: string, init: RequestInit = {}): Promise<Response> {
  const worker = (exports as unknown as { default: Fetcher }).default;
  return worker.fetch(ORIGIN + path, init);
}

export function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetchWorker(path, {
    method,
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

export async function postWebhook(
  body: string | Uint8Array,
  secret: string | undefined = APP_SECRETS[0],
): Promise<Response> {
  return fetchWorker("/webhook", {
    method: "POST",
    headers: { "x-hub-signature-256": await signature(body, secret ?? "") },
    body,
  });
}

export async function signature(body: string | Uint8Array, secret: string): Promise<string> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
  return `sha256=${Array.from(mac, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** A problem document, checked for what every one of them has. */
export async function problemOf(response: Response): Promise<{
  type: string;
  status: number;
  detail: string;
  diagnostics?: { code: string; path: unknown[]; message: string }[];
}> {
  const body = (await response.json()) as { type?: string; title?: string; status?: number; detail?: string };
  if (response.headers.get("content-type") !== "application/problem+json") throw new Error("it is no problem document");
  if (
    !body.type?.startsWith("urn:wa-preflight:problem:") ||
    !body.title ||
    !body.detail ||
    body.status !== response.status
  ) {
    throw new Error(`a problem document lacks something: ${JSON.stringify(body)}`);
  }
  return body as { type: string; status: number; detail: string };
}
