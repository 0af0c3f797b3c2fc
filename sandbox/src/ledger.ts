/** What really happened, seen from Meta's side: the witness that tests question about losses and duplicates. */

import { createHash, randomBytes } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** One message that the sandbox took: what Meta would bill. */
export interface Accept {
  n: number;
  time: string;
  wamid: string;
  to: string;
  waId: string | null;
  userId: string | null;
  callbackId: string | null;
  template: string;
  language: string;
  category: string;
  /** SHA-256 of the body's bytes as they arrived. */
  payloadHash: string;
}

/** What left as the answer to a send. */
export interface AnswerEntry {
  /** How much of it was handed to the network before the connection closed. */
  left: "all" | "part" | "none";
  /** What it told whoever read it: `nothing` also for half of an answer, or one that is not Graph's. */
  said: "accepted" | "refused" | "nothing";
  /** The code of a refusal. */
  code: number | null;
}

/** One request to a Graph route, taken or refused. */
export interface RequestEntry {
  n: number;
  time: string;
  method: string;
  path: string;
  to: string | null;
  callbackId: string | null;
  template: string | null;
  /** The kind of the fault that struck, if any. */
  fault: string | null;
  /** HTTP status of the answer; null as long as there is none, or when the connection was cut instead. */
  status: number | null;
  code: number | null;
  details: string | null;
  wamid: string | null;
  /** For sends; null as long as the connection is open. */
  answer: AnswerEntry | null;
  /** Sends under way at this moment, this one included. */
  inFlight: number;
}

/** One webhook and every attempt to hand it over. */
export interface WebhookEntry {
  n: number;
  field: string;
  wamid: string | null;
  callbackId: string | null;
  status: string | null;
  /** The exact text that was signed. */
  body: string;
  /** Whether it was signed with the secret that the business knows, and so could be believed. */
  believable: boolean;
  attempts: { time: string; code: number | null; error: string | null }[];
  state: "pending" | "delivered" | "retrying" | "given_up" | "no_url";
}

/** Older request and webhook entries are dropped beyond this; accepts never are. */
const MAX_ENTRIES = 50_000;

export class Ledger {
  readonly accepts: Accept[] = [];
  readonly requests: RequestEntry[] = [];
  readonly webhooks: WebhookEntry[] = [];
  inFlight = 0;
  maxInFlight = 0;
  #requests = 0;
  #webhooks = 0;
  readonly #file: string | null;

  /** With a file, accepts outlive the process: they are appended before the answer leaves. */
  constructor(file: string | null) {
    this.#file = file;
    if (!file || !existsSync(file)) return;
    for (const line of readFileSync(file, "utf8").split("\n")) {
      const accept = parseLine(line);
      if (accept) this.accepts.push(accept);
    }
    // A kill can cut the last line short. Its wamid was never answered; the next line must not be glued to it.
    writeFileSync(file, this.accepts.map((accept) => `${JSON.stringify(accept)}\n`).join(""));
  }

  accept(message: Omit<Accept, "n" | "time" | "wamid" | "payloadHash">, payload: Buffer): Accept {
    const accept: Accept = {
      n: this.accepts.length + 1,
      time: new Date().toISOString(),
      wamid: `wamid.HBgL${randomBytes(27).toString("base64")}`,
      ...message,
      payloadHash: createHash("sha256").update(payload).digest("hex"),
    };
    this.accepts.push(accept);
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(accept)}\n`);
    return accept;
  }

  request(method: string, path: string): RequestEntry {
    const entry: RequestEntry = {
      n: ++this.#requests,
      time: new Date().toISOString(),
      method,
      path,
      to: null,
      callbackId: null,
      template: null,
      fault: null,
      status: null,
      code: null,
      details: null,
      wamid: null,
      answer: null,
      inFlight: this.inFlight,
    };
    push(this.requests, entry);
    return entry;
  }

  webhook(event: Omit<WebhookEntry, "n" | "attempts" | "state">): WebhookEntry {
    const entry: WebhookEntry = { n: ++this.#webhooks, ...event, attempts: [], state: "pending" };
    push(this.webhooks, entry);
    return entry;
  }

  /** Counts a send in; the returned function counts it out, once. */
  enter(): () => void {
    this.inFlight++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    let left = false;
    return () => {
      if (!left) this.inFlight--;
      left = true;
    };
  }

  byWamid(wamid: string): Accept | undefined {
    return this.accepts.find((accept) => accept.wamid === wamid);
  }

  /** Callback ids that were accepted more than once: the list that must stay empty. */
  duplicates(): { callbackId: string; wamids: string[] }[] {
    const byId = Map.groupBy(
      this.accepts.filter((accept) => accept.callbackId !== null),
      (accept) => accept.callbackId ?? "",
    );
    return [...byId]
      .filter(([, all]) => all.length > 1)
      .map(([callbackId, all]) => ({ callbackId, wamids: all.map((a) => a.wamid) }));
  }

  summary(): {
    accepted: number;
    requests: number;
    refused: number;
    webhooks: number;
    maxInFlight: number;
    duplicates: object[];
  } {
    return {
      accepted: this.accepts.length,
      requests: this.#requests,
      refused: this.requests.filter((entry) => (entry.status ?? 0) >= 400).length,
      webhooks: this.#webhooks,
      maxInFlight: this.maxInFlight,
      duplicates: this.duplicates(),
    };
  }

  reset(): void {
    this.accepts.length = 0;
    this.requests.length = 0;
    this.webhooks.length = 0;
    this.#requests = 0;
    this.#webhooks = 0;
    this.maxInFlight = this.inFlight;
    if (this.#file) rmSync(this.#file, { force: true });
  }
}

function push<T>(list: T[], entry: T): void {
  list.push(entry);
  if (list.length > MAX_ENTRIES) list.splice(0, list.length - MAX_ENTRIES);
}

function parseLine(line: string): Accept | null {
  try {
    return JSON.parse(line) as Accept;
  } catch {
    return null;
  }
}
