/** What every suite needs: a client for the send route, an endpoint for webhooks, good payloads. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "../src/server.ts";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // Tests read answers of many shapes; each asserts what it reads.
  json: any;
}

export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: "manual", ...init });
  const text = await response.text();
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // Some faults answer no JSON; the test looks at the text then.
  }
  return { status: response.status, headers: response.headers, text, json };
}

export function bearer(token = "sandbox-token"): Record<string, string> {
  return { authorization: `Bearer ${token}`, "content-type": "application/json" };
}

/** POSTs to the send route as a client would. */
export function send(
  sandbox: Sandbox,
  payload: unknown,
  options: { route?: string; version?: string; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Answer> {
  const { route = "messages", version = "v25.0", headers = bearer(), signal } = options;
  return call(`${sandbox.url}/${version}/${sandbox.config.phoneNumberId}/${route}`, {
    method: "POST",
    headers,
    body: typeof payload === "string" ? payload : JSON.stringify(payload),
    ...(signal ? { signal } : {}),
  });
}

export function control(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call(`${sandbox.url}/_sandbox/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** A send of `template` with these components. */
export function message(
  template: string,
  language: string,
  components?: unknown[],
  more: object = {},
): Record<string, unknown> {
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: "+16505551234",
    type: "template",
    template: { name: template, language: { code: language }, ...(components ? { components } : {}) },
    ...more,
  };
}

export const text = (value: unknown, name?: string): object => ({
  type: "text",
  text: value,
  ...(name ? { parameter_name: name } : {}),
});
export const body = (...parameters: unknown[]): object => ({ type: "body", parameters });
export const header = (...parameters: unknown[]): object => ({ type: "header", parameters });
export const button = (subType: string, index: number | string, ...parameters: unknown[]): object => ({
  type: "button",
  sub_type: subType,
  index,
  parameters,
});

export const orderShipped = (more: object = {}): Record<string, unknown> =>
  message("order_shipped", "en_US", [body(text("Ana"), text("A-1042")), button("url", "0", text("A-1042"))], more);

export interface Hook {
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
  json: any;
}

export interface Endpoint {
  url: string;
  hooks: Hook[];
  /** `status` of each webhook, in the order of arrival. */
  statuses(): string[];
  close(): Promise<void>;
}

/** A webhook endpoint; `answer` decides the HTTP status of each arrival. */
export async function startEndpoint(answer: (arrival: number) => number = () => 200): Promise<Endpoint> {
  const hooks: Hook[] = [];
  let arrivals = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (request.method === "GET") {
      const known = url.searchParams.get("hub.verify_token") === "right";
      response.writeHead(known ? 200 : 403).end(known ? url.searchParams.get("hub.challenge") : "");
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const status = answer(++arrivals);
      const bytes = Buffer.concat(chunks);
      if (status < 300) hooks.push({ headers: request.headers, bytes, json: parse(bytes) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    hooks,
    statuses: () => hooks.map(({ json }) => String(json?.entry[0].changes[0].value.statuses[0].status)),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}
