/** How an answer leaves, and every way in which it can go wrong. */

import type { ServerResponse } from "node:http";
import { GraphError, type ErrorExtras } from "./errors.ts";
import type { Fault, FaultKind } from "./faults.ts";
import { remember } from "./transcript.ts";

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  send(response, status, Buffer.from(JSON.stringify(body)), {
    "content-type": "application/json; charset=UTF-8",
    ...headers,
  });
}

function send(response: ServerResponse, status: number, body: Buffer, headers: Record<string, string>): void {
  // The client may be gone after a long wait; that is its business, not an error of ours.
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { ...headers, "content-length": String(body.length) });
  remember(response, body);
  response.end(body);
}

/** Cuts the connection with an RST, as a crashed server would. */
export function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

/** `body` is the normal answer; null where nothing was accepted. */
type Misanswer = (response: ServerResponse, params: Record<string, unknown>, body: object | null) => void;

const text = (value: unknown, fallback: string): string => (typeof value === "string" ? value : fallback);
const number = (value: unknown, fallback: number): number => (typeof value === "number" ? value : fallback);

/** Faults that take the place of an acceptance. */
const REFUSALS: Partial<Record<FaultKind, Misanswer>> = {
  status(response, params) {
    const body = params["body"];
    const bytes = Buffer.from(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body));
    const type = typeof body === "string" ? "text/plain" : "application/json";
    send(response, number(params["status"], 500), bytes, { "content-type": type, ...stringHeaders(params["headers"]) });
  },
  error(response, params) {
    const error = errorOf(params, 131000);
    sendJson(response, error.status, error.body(), stringHeaders(params["headers"]));
  },
  retry_after(response, params) {
    const error = errorOf({ status: 429, ...params }, 130429);
    sendJson(response, error.status, error.body(), { "retry-after": String(params["value"] ?? "1") });
  },
  html_5xx(response, params) {
    const status = number(params["status"], 502);
    const page = `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>Sorry, something went wrong.</h1></body></html>`;
    send(response, status, Buffer.from(page), { "content-type": "text/html; charset=utf-8" });
  },
  redirect(response, params) {
    const location = text(params["location"], "/elsewhere");
    send(response, number(params["status"], 302), Buffer.alloc(0), { location });
  },
  reset_before_read: (response) => reset(response),
};

/** Faults that spoil the answer to an accepted message. */
const SPOILERS: Partial<Record<FaultKind, Misanswer>> = {
  hang_after_accept(response, params, body) {
    const ms = params["ms"];
    if (typeof ms === "number") later(response, ms, () => sendJson(response, 200, body));
  },
  reset_after_accept: (response) => reset(response),
  reset_mid_body(response, _, body) {
    const bytes = Buffer.from(JSON.stringify(body));
    response.writeHead(200, {
      "content-type": "application/json; charset=UTF-8",
      "content-length": String(bytes.length),
    });
    response.write(bytes.subarray(0, bytes.length >> 1), () => reset(response));
  },
  truncated_json(response, _, body) {
    const bytes = Buffer.from(JSON.stringify(body));
    send(response, 200, bytes.subarray(0, bytes.length >> 1), { "content-type": "application/json; charset=UTF-8" });
  },
  empty_2xx: (response, params) => send(response, number(params["status"], 200), Buffer.alloc(0), {}),
  no_id_2xx(response, params, body) {
    const messages = { none: undefined, empty: [], blank: [{ id: "" }] }[text(params["shape"], "empty")];
    sendJson(response, 200, { ...body, messages });
  },
  drip(response, params, body) {
    const bytes = Buffer.from(JSON.stringify(body));
    response.writeHead(200, {
      "content-type": "application/json; charset=UTF-8",
      "content-length": String(bytes.length),
    });
    remember(response, bytes);
    const every = number(params["ms"], 1000);
    const next = (index: number): void => {
      response.write(bytes.subarray(index, index + 1));
      if (index + 1 === bytes.length) response.end();
      else later(response, every, () => next(index + 1));
    };
    next(0);
  },
  held(response, params, body) {
    const messageStatus = text(params["messageStatus"], "held_for_quality_assessment");
    const [message] = (body as { messages: object[] }).messages;
    sendJson(response, 200, { ...body, messages: [{ ...message, message_status: messageStatus }] });
  },
};

/** Whether the message must be accepted before this fault strikes. */
export function acceptsFirst(fault: Fault): boolean {
  return Object.hasOwn(SPOILERS, fault.kind) || fault.params["accept"] === true;
}

export function misanswer(fault: Fault, response: ServerResponse, body: object | null): void {
  const act = REFUSALS[fault.kind] ?? SPOILERS[fault.kind];
  if (!act) throw new Error(`no answer is written for the fault \`${fault.kind}\``);
  act(response, fault.params, body);
}

/** A Graph error from a fault's or a status's params. */
export function errorOf(params: Record<string, unknown>, fallback: number): GraphError {
  const extras: ErrorExtras = {};
  if (typeof params["status"] === "number") extras.status = params["status"];
  if (typeof params["message"] === "string") extras.message = params["message"];
  if (typeof params["details"] === "string") extras.details = params["details"];
  if (typeof params["subcode"] === "number") extras.subcode = params["subcode"];
  if (typeof params["isTransient"] === "boolean") extras.isTransient = params["isTransient"];
  return new GraphError(number(params["code"], fallback), extras);
}

function stringHeaders(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, String(content)]));
}

/** A timer that dies with its connection. */
function later(response: ServerResponse, ms: number, act: () => void): void {
  const cancel = (): void => clearTimeout(timer);
  const timer = setTimeout(() => {
    response.off("close", cancel);
    act();
  }, ms);
  response.once("close", cancel);
}
