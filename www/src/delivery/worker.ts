/** The Worker's HTTP API, as far as the page uses it. */

import type { Diagnostic, Message } from "wa-preflight";
import { isObject, type JsonObject } from "../shared/json.ts";

const STORAGE_KEY = "wa-preflight.key";

/** A refusal: a problem document of the Worker's, or why there was no answer. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: number | undefined;
  readonly diagnostics: Pick<Diagnostic, "severity" | "message" | "help">[];

  constructor(message: string, status?: number, diagnostics: Refusal["diagnostics"] = []) {
    super(message);
    this.status = status;
    this.diagnostics = diagnostics;
  }
}

export interface Sender {
  phoneNumberId: string;
  wabaId: string;
}

export interface KnownTemplate extends JsonObject {
  name: string;
  language: string;
  status: string;
}

export interface TimelineEntry {
  at: number;
  event: string;
  state: string;
  reason: string;
  code?: number;
  note?: string;
  by?: string;
}

export interface DeliveryOverview {
  id: string;
  key: string;
  state: string;
  reason: string;
  action?: string;
  code?: number;
  settled: boolean;
  createdAt: number;
  updatedAt: number;
  expiresAt: number;
  attempts: number;
  from: string;
  template: { name: string; language: string };
  message: Message;
}

export interface Delivery extends DeliveryOverview {
  timeline: TimelineEntry[];
  raw: { at: number; source: string; raw: string }[];
}

/** The key of the address bar goes into this tab's storage and leaves the address, where it would be seen and shared. */
export function takeKey(): string | undefined {
  const given = new URLSearchParams(location.hash.slice(1)).get("key");
  if (given !== null && given !== "") {
    keepKey(given);
    history.replaceState(null, "", location.pathname + location.search);
    return given;
  }
  try {
    return sessionStorage.getItem(STORAGE_KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepKey(key: string | undefined): void {
  try {
    if (key === undefined) sessionStorage.removeItem(STORAGE_KEY);
    else sessionStorage.setItem(STORAGE_KEY, key);
  } catch {
    // Without storage the key lasts until the page is left.
  }
}

export class Worker {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  async senders(): Promise<Sender[]> {
    const { senders } = await this.#call<{ senders: Sender[] }>("GET", "/v1/health");
    return senders;
  }

  async templates(from: string): Promise<KnownTemplate[]> {
    return (await this.#call<{ templates: KnownTemplate[] }>("GET", `/v1/templates?${query({ from })}`)).templates;
  }

  create(from: string, definition: string): Promise<{ id?: string; status?: string }> {
    return this.#call("POST", `/v1/templates?${query({ from })}`, definition);
  }

  async send(
    from: string,
    template: { name: string; language: string },
    message: Message & { key: string },
  ): Promise<{ key: string; id?: string; state: string; diagnostics?: Diagnostic[] }> {
    const body = JSON.stringify({ from, template, messages: [message] });
    const { results } = await this.#call<{ results: { key: string; id?: string; state: string }[] }>(
      "POST",
      "/v1/deliveries",
      body,
    );
    const [result] = results;
    if (result === undefined) throw new Refusal("the Worker answered without a result");
    return result;
  }

  read(id: string): Promise<Delivery> {
    return this.#call("GET", `/v1/deliveries/${encodeURIComponent(id)}`);
  }

  async newest(from: string, limit: number): Promise<DeliveryOverview[]> {
    const address = `/v1/deliveries?${query({ from, limit: String(limit) })}`;
    return (await this.#call<{ deliveries: DeliveryOverview[] }>("GET", address)).deliveries;
  }

  act(id: string, action: "cancel" | "resend" | "close"): Promise<Delivery> {
    return this.#call("POST", `/v1/deliveries/${encodeURIComponent(id)}/${action}`, "{}");
  }

  async #call<T>(method: string, address: string, body?: string): Promise<T> {
    // No header takes such a key, so no request could ask whether it is the right one.
    if (!/^[!-~]+$/.test(this.#key)) throw new Refusal("the key has a character that no key has", 401);
    const headers: Record<string, string> = { authorization: `Bearer ${this.#key}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    let response: Response;
    let text: string;
    try {
      response = await fetch(address, { method, headers, cache: "no-store", ...(body !== undefined && { body }) });
      text = await response.text();
    } catch {
      throw new Refusal("the Worker cannot be reached");
    }
    const answer = parsed(text);
    if (response.ok && answer !== undefined) return answer as T;
    throw refusalFrom(response.status, answer);
  }
}

function refusalFrom(status: number, answer: JsonObject | undefined): Refusal {
  if (answer === undefined || typeof answer.detail !== "string")
    return new Refusal(`no Worker answers here (HTTP ${status})`);
  const diagnostics = Array.isArray(answer.diagnostics) ? (answer.diagnostics as Diagnostic[]) : [];
  // The first finding often is the detail itself.
  return new Refusal(
    answer.detail,
    status,
    diagnostics.filter(({ message, help }) => message !== answer.detail || help !== undefined),
  );
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function query(entries: Record<string, string>): string {
  return new URLSearchParams(entries).toString();
}
