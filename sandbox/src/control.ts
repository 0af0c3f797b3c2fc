/** `/_sandbox/*`: the levers of tests and demos. Not part of what is imitated. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { randomBytes } from "node:crypto";
import { sendJson } from "./answers.ts";
import { configure } from "./config.ts";
import { parseJson, readBody } from "./request.ts";
import { isObject, type Json } from "./shape.ts";
import type { State } from "./state.ts";

/** Answers the body of a 200, or throws a sentence for a 400. */
type Route = (state: State, body: Json, url: URL) => unknown;

const ROUTES: Record<string, Route> = {
  "GET /_sandbox/ledger": ({ ledger }, _, url) => {
    const summary = ledger.summary();
    if (url.searchParams.has("summary")) return summary;
    const since = Number(url.searchParams.get("since") ?? 0);
    const accepts = ledger.accepts.filter(({ n }) => n > since);
    return { ...summary, accepts, requests: ledger.requests, webhooks: ledger.webhooks };
  },
  "GET /_sandbox/faults": ({ faults }) => ({ faults: faults.list() }),
  "POST /_sandbox/faults": ({ faults }, body) => ({ id: faults.add(body).id }),
  "DELETE /_sandbox/faults": ({ faults }, _, url) => {
    faults.clear(url.searchParams.get("id") ?? undefined);
    return { faults: faults.list() };
  },
  "GET /_sandbox/config": ({ config }) => visible(config),
  "POST /_sandbox/config": ({ config }, body) => {
    configure(config, body);
    return visible(config);
  },
  "POST /_sandbox/status": async (state, body) => {
    const { wamid, callbackId, status, code, details, signature, callbackData } = body;
    const accept = state.ledger.accepts.findLast(
      (each) => each.wamid === wamid || (callbackId !== undefined && each.callbackId === callbackId),
    );
    if (!accept) throw new Error("no accept has this `wamid` or `callbackId`");
    if (typeof status !== "string") throw new Error("`status` names what to say: sent, delivered, read, failed …");
    const failure = { ...(code === undefined ? {} : { code }), ...(details === undefined ? {} : { details }) };
    const shown = callbackData === false ? { ...accept, callbackId: null } : accept;
    return state.statuses.emit(
      shown,
      status,
      failure,
      typeof signature === "string" ? { signature: signatureOf(signature) } : {},
    );
  },
  "POST /_sandbox/webhook": async ({ webhooks }, body) => {
    const { body: raw, signature, secret, retry = false } = body;
    if (raw === undefined) throw new Error("`body` is what to post: a JSON value, or a string to post as it is");
    return webhooks.post(raw, {
      field: "raw",
      retry: retry === true,
      ...(signature === undefined ? {} : { signature: signatureOf(signature) }),
      ...(typeof secret === "string" ? { secret } : {}),
    });
  },
  "POST /_sandbox/subscribe": async ({ config }, body) => {
    const { webhookUrl, verifyToken } = body;
    const trial = { ...config };
    configure(trial, { webhookUrl });
    const challenge = randomBytes(8).readBigUInt64BE().toString();
    const url = new URL(String(webhookUrl));
    url.search = new URLSearchParams({
      "hub.mode": "subscribe",
      "hub.verify_token": String(verifyToken),
      "hub.challenge": challenge,
    }).toString();
    const answer = await fetch(url, { redirect: "manual" });
    const echoed = await answer.text();
    if (answer.status !== 200 || echoed !== challenge) {
      throw new Error(`the endpoint answered ${answer.status} and did not echo the challenge`);
    }
    configure(config, { webhookUrl });
    return { success: true };
  },
  "POST /_sandbox/templates": ({ templates }, body) => {
    if (!Array.isArray(body["templates"])) throw new Error("`templates` is the new list of definitions");
    templates.replace(body["templates"]);
    return { templates: body["templates"].length };
  },
  "POST /_sandbox/template-status": async (state, body) => {
    const definition = state.templates.find(String(body["name"]), String(body["language"]));
    if (!definition)
      throw new Error(`there is no template \`${String(body["name"])}\` in \`${String(body["language"])}\``);
    if (typeof body["event"] !== "string") throw new Error("`event` is APPROVED, REJECTED, PAUSED, DISABLED …");
    return state.setTemplateStatus(
      definition,
      body["event"],
      typeof body["reason"] === "string" ? body["reason"] : undefined,
    );
  },
  "POST /_sandbox/settle": async ({ webhooks }) => {
    await webhooks.settled();
    return { pending: webhooks.pending };
  },
  "POST /_sandbox/reset": (state) => {
    state.reset();
    return { success: true };
  },
};

export async function handleControl(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (!isLocal(request))
    return sendJson(response, 403, { error: "the control API answers only to programs on this machine" });
  const route = ROUTES[`${request.method} ${url.pathname}`];
  if (!route)
    return sendJson(response, 404, {
      error: `there is no ${request.method} ${url.pathname}`,
      routes: Object.keys(ROUTES),
    });
  const bytes = await readBody(request);
  const body = bytes.length === 0 ? {} : parseJson(bytes);
  if (!isObject(body)) return sendJson(response, 400, { error: "the body must be a JSON object" });
  try {
    sendJson(response, 200, await route(state, body, url));
  } catch (error) {
    sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** The socket is on loopback already; this stops web pages, which reach loopback through a browser. */
function isLocal(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  return request.headers.origin === undefined && ["127.0.0.1", "localhost", "[::1]"].includes(host);
}

const SIGNATURES = ["good", "bad", "short", "upper", "missing"] as const;

function signatureOf(value: unknown): (typeof SIGNATURES)[number] {
  const found = SIGNATURES.find((each) => each === value);
  if (!found) throw new Error(`\`signature\` is one of ${SIGNATURES.join(", ")}`);
  return found;
}

/** Secrets are settable, not readable. */
function visible(config: State["config"]): object {
  const { token: _token, appSecret: _secret, expiredTokens: _expired, ...rest } = config;
  return rest;
}
