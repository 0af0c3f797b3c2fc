/** Signed POSTs to the business's endpoint, tried again until they are taken. */

import { createHmac } from "node:crypto";
import type { Config } from "./config.ts";
import type { Ledger, WebhookEntry } from "./ledger.ts";

/** What is posted besides the body. */
export interface WebhookMeta {
  field: string;
  wamid?: string | null;
  callbackId?: string | null;
  status?: string | null;
  /** `bad`, `short`, `upper` and `missing` are for trying out a verifier. */
  signature?: "good" | "bad" | "short" | "upper" | "missing";
  /** Signs with another secret than the configured one. */
  secret?: string;
  /** False: one attempt only. */
  retry?: boolean;
}

const MAX_RETRY_MS = 60_000;
const TIMEOUT_MS = 10_000;

export class Webhooks {
  readonly #config: Config;
  readonly #ledger: Ledger;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #closing = new AbortController();
  #pending = 0;
  #idle: (() => void)[] = [];

  constructor(config: Config, ledger: Ledger) {
    this.#config = config;
    this.#ledger = ledger;
  }

  /** Posts once and answers the entry; what is not taken is tried again in the background. */
  async post(body: unknown, meta: WebhookMeta): Promise<WebhookEntry> {
    const text = typeof body === "string" ? body : escapeLikeMeta(JSON.stringify(body));
    const { field, wamid = null, callbackId = null, status = null, signature = "good", secret } = meta;
    const believable = signature === "good" && (secret ?? this.#config.appSecret) === this.#config.appSecret;
    const entry = this.#ledger.webhook({ field, wamid, callbackId, status, body: text, believable });
    if (this.#config.webhookUrl === null) {
      entry.state = "no_url";
      return entry;
    }
    this.#begin();
    await this.#attempt(entry, meta, this.#config.webhookRetryMs);
    return entry;
  }

  /** Runs `act` after a pause, unless the sandbox closes before. */
  after(ms: number, act: () => Promise<unknown>): Promise<void> {
    this.#begin();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        // Counted out only after whoever waited has had the chance to schedule what comes next.
        act()
          .then(() => resolve(), reject)
          .finally(() => setImmediate(() => this.#end()));
      }, ms);
      this.#timers.add(timer);
    });
  }

  /** Resolves when no webhook is waiting, under way or to be tried again. */
  settled(): Promise<void> {
    return this.#pending === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  get pending(): number {
    return this.#pending;
  }

  /** Forgets everything that waits, without closing. */
  cancel(): void {
    for (const timer of this.#timers) {
      clearTimeout(timer);
      this.#end();
    }
    this.#timers.clear();
  }

  close(): void {
    this.#closing.abort();
    this.cancel();
  }

  async #attempt(entry: WebhookEntry, meta: WebhookMeta, retryMs: number): Promise<void> {
    const attempt = { time: new Date().toISOString(), code: null as number | null, error: null as string | null };
    entry.attempts.push(attempt);
    try {
      const response = await fetch(this.#config.webhookUrl ?? "", {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "user-agent": "facebookexternalua",
          ...this.#signature(entry.body, meta),
        },
        body: entry.body,
        redirect: "manual",
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      attempt.code = response.status;
      await response.arrayBuffer();
    } catch (error) {
      attempt.error = error instanceof Error ? error.message : String(error);
    }
    const taken = attempt.code !== null && attempt.code >= 200 && attempt.code < 300;
    if (taken || meta.retry === false || this.#closing.signal.aborted || this.#config.webhookUrl === null) {
      entry.state = taken ? "delivered" : "given_up";
      this.#end();
      return;
    }
    entry.state = "retrying";
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(entry, meta, Math.min(retryMs * 2, MAX_RETRY_MS));
    }, retryMs);
    this.#timers.add(timer);
  }

  #signature(body: string, { signature = "good", secret }: WebhookMeta): Record<string, string> {
    if (signature === "missing") return {};
    const hex = createHmac("sha256", secret ?? this.#config.appSecret)
      .update(body)
      .digest("hex");
    const bad = hex.replace(/^./, (first) => (first === "0" ? "1" : "0"));
    const shown = { good: hex, bad, short: hex.slice(0, 40), upper: hex.toUpperCase() };
    return { "x-hub-signature-256": `sha256=${shown[signature]}` };
  }

  #begin(): void {
    this.#pending++;
  }

  #end(): void {
    this.#pending--;
    if (this.#pending > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

/**
 * JSON as Meta writes it: pure ASCII with lower-case escapes, slashes escaped too. These are the bytes that are signed,
 * so whoever parses and prints again before verifying is found out.
 */
export function escapeLikeMeta(json: string): string {
  return json
    .replaceAll("/", "\\/")
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
