/** What this Worker asks the Graph API beside sending: templates, and whether it works. Messages go through `sendMessage` alone. */

import { classifyResponse, type Outcome } from "wa-preflight";
import { type Env, graphOf, settingsOf } from "./env.ts";

const FIELDS =
  "id,name,language,status,category,parameter_format,components,quality_score,rejected_reason,message_send_ttl_seconds";
const PAGE = 100;
/** An account has at most 6,000 templates; what goes on longer is a loop. */
const MAX_PAGES = 100;
const MAX_ANSWER_BYTES = 4_000_000;

/** A definition as GET prints it: the fields that this Worker looks at. */
export interface GraphTemplate {
  id?: string;
  name: string;
  language: string;
  status?: string;
  category?: string;
  [field: string]: unknown;
}

/** The Graph API's answer was none, or not the one that was hoped for. */
export class GraphFailure extends Error {
  override name = "GraphFailure";
  readonly outcome: Outcome;
  readonly body: unknown;

  constructor(message: string, outcome: Outcome, body?: unknown) {
    super(message);
    this.outcome = outcome;
    this.body = body;
  }
}

/** Every template of the account, or every one of this name. */
export async function fetchTemplates(env: Env, wabaId: string, name?: string): Promise<GraphTemplate[]> {
  const found: GraphTemplate[] = [];
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({ fields: FIELDS, limit: String(PAGE) });
    if (name !== undefined) query.set("name", name);
    // The cursor and never `paging.next`: that is an address with the token in it.
    if (after !== undefined) query.set("after", after);
    const body = await call(env, `${wabaId}/message_templates?${query}`, { method: "GET" });
    const { data, paging } = body as { data?: unknown; paging?: { cursors?: { after?: unknown }; next?: unknown } };
    if (!Array.isArray(data)) throw unusable("the Graph API's template list has no `data`");
    found.push(...data.filter(isTemplate));
    const cursor = paging?.cursors?.after;
    if (paging?.next === undefined || typeof cursor !== "string" || cursor === after) return found;
    after = cursor;
  }
  throw unusable(`the Graph API's template list does not end after ${MAX_PAGES} pages`);
}

/** Creates a template; one POST, never repeated. */
export async function createTemplate(env: Env, wabaId: string, definition: string): Promise<unknown> {
  return call(env, `${wabaId}/message_templates`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: definition,
  });
}

/** A GET that changes nothing, for finding out whether the Graph API can be reached and knows us. */
export async function look(env: Env, path: string): Promise<{ body: unknown; version?: string }> {
  let version: string | undefined;
  const body = await call(env, path, { method: "GET" }, (headers) => {
    version = headers.get("facebook-api-version") ?? undefined;
  });
  return { body, ...(version !== undefined && { version }) };
}

async function call(
  env: Env,
  path: string,
  init: RequestInit & { headers?: Record<string, string> },
  heard?: (headers: Headers) => void,
): Promise<unknown> {
  const signal = AbortSignal.timeout(settingsOf(env).graphTimeoutMs);
  const { endpoint, version, token } = graphOf(env);
  let status: number;
  let headers: Headers;
  let text: string;
  try {
    const response = await fetch(`${endpoint}/${version}/${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}` },
      redirect: "manual",
      signal,
    });
    ({ status, headers } = response);
    heard?.(headers);
    text = await response.text();
  } catch {
    const transport = signal.aborted ? "timeout" : "reset";
    const what = signal.aborted ? "did not answer in time" : "could not be reached, or broke off";
    throw new GraphFailure(`the Graph API ${what}`, classifyResponse({ transport }));
  }
  if (text.length > MAX_ANSWER_BYTES) throw unusable("the Graph API's answer is too long");
  const body = jsonOrUndefined(text);
  if (status >= 200 && status < 300 && body !== undefined) return body;
  const outcome = classifyResponse({ status, headers, body: text });
  throw new GraphFailure(`the Graph API answered ${status}`, outcome, body);
}

function unusable(message: string): GraphFailure {
  return new GraphFailure(message, classifyResponse({ transport: "decode_error" }));
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isTemplate(value: unknown): value is GraphTemplate {
  const { name, language } = (value ?? {}) as Partial<Record<"name" | "language", unknown>>;
  return typeof name === "string" && typeof language === "string";
}
