/** Faults on demand: which request is struck, and by what. How each kind strikes is in answers.ts and statuses.ts. */

import { randomUUID } from "node:crypto";
import type { Glimpse } from "./send/envelope.ts";
import { isObject } from "./shape.ts";

/** A request suffers at most one fault of each family. */
export type Family = "delay" | "answer" | "webhook";

export const KINDS = {
  delay: "delay",

  // Refused: nothing is accepted, unless `params.accept` is true.
  status: "answer",
  error: "answer",
  retry_after: "answer",
  html_5xx: "answer",
  redirect: "answer",
  reset_before_read: "answer",
  // Accepted, and then the answer goes wrong.
  hang_after_accept: "answer",
  reset_after_accept: "answer",
  reset_mid_body: "answer",
  truncated_json: "answer",
  empty_2xx: "answer",
  no_id_2xx: "answer",
  drip: "answer",
  held: "answer",

  webhook_none: "webhook",
  webhook_before_answer: "webhook",
  webhook_duplicate: "webhook",
  webhook_out_of_order: "webhook",
  webhook_failed: "webhook",
  webhook_statuses: "webhook",
  webhook_delay: "webhook",
  webhook_bad_signature: "webhook",
  webhook_no_callback_data: "webhook",
} as const satisfies Record<string, Family>;
export type FaultKind = keyof typeof KINDS;

/** Which requests; all given members must hold. */
export interface Match {
  /** "messages" (default) means both send routes. */
  route?: "messages" | "templates" | "probe";
  to?: string;
  callbackId?: string;
  template?: string;
  /** Only the nth request that the rest of this match holds for, counted from 1. */
  nth?: number;
}

export interface FaultSpec {
  kind: FaultKind;
  match?: Match;
  /** How many requests it strikes; without it, every one until it is cleared. */
  times?: number;
  params?: Record<string, unknown>;
}

export interface Fault extends Required<FaultSpec> {
  id: string;
  /** Requests that the match held for. */
  seen: number;
  struck: number;
}

/** What strikes one request. */
export type Strike = Partial<Record<Family, Fault>>;

export class Faults {
  #faults: Fault[] = [];

  /** Throws a sentence when the spec is not one. */
  add(spec: unknown): Fault {
    const fault: Fault = { id: randomUUID(), seen: 0, struck: 0, ...readSpec(spec) };
    this.#faults.push(fault);
    return fault;
  }

  /** Without an id, all of them. */
  clear(id?: string): void {
    this.#faults = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id);
  }

  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** The reset that comes before the body is read, if one is due whose match does not need the body. */
  takeUnread(): Fault | undefined {
    const blind = this.#faults.find(({ kind, match }) => kind === "reset_before_read" && isBlind(match));
    return blind && isDue(blind) ? hit(blind) : undefined;
  }

  /** The faults that strike this request; each is counted. */
  take(route: NonNullable<Match["route"]>, glimpse: Glimpse): Strike {
    const strike: Strike = {};
    for (const fault of this.#faults) {
      const family = KINDS[fault.kind];
      if (!holds(fault.match, route, glimpse)) continue;
      if (fault.kind === "reset_before_read" && isBlind(fault.match)) continue;
      if (isDue(fault) && !strike[family]) strike[family] = hit(fault);
    }
    return strike;
  }
}

function isBlind({ route, to, callbackId, template }: Match): boolean {
  return (route ?? "messages") === "messages" && to === undefined && callbackId === undefined && template === undefined;
}

function holds(match: Match, route: string, glimpse: Glimpse): boolean {
  return (
    (match.route ?? "messages") === route &&
    (match.to === undefined || digits(match.to) === digits(glimpse.to ?? "")) &&
    (match.callbackId === undefined || match.callbackId === glimpse.callbackId) &&
    (match.template === undefined || match.template === glimpse.template)
  );
}

function digits(to: string): string {
  return to.replace(/[\s()+-]/g, "");
}

/** Counts the request as seen; true when it is one that the fault is meant for. */
function isDue(fault: Fault): boolean {
  fault.seen++;
  return (fault.match.nth === undefined || fault.match.nth === fault.seen) && fault.struck < fault.times;
}

function hit(fault: Fault): Fault {
  fault.struck++;
  return fault;
}

function readSpec(spec: unknown): Required<FaultSpec> {
  if (!isObject(spec)) throw new Error("a fault is an object with `kind`");
  const { kind, match = {}, times = Number.MAX_SAFE_INTEGER, params = {}, ...rest } = spec;
  if (typeof kind !== "string" || !Object.hasOwn(KINDS, kind)) {
    throw new Error(`\`${String(kind)}\` is not a kind of fault; there are ${Object.keys(KINDS).join(", ")}`);
  }
  if (!isObject(match) || !isObject(params)) throw new Error("`match` and `params` are objects");
  if (typeof times !== "number" || !(times >= 1)) throw new Error("`times` is a number, 1 or more");
  refuseExtras(rest, "a fault");
  const { route, to, callbackId, template, nth, ...others } = match;
  refuseExtras(others, "`match`");
  if (route !== undefined && !["messages", "templates", "probe"].includes(String(route))) {
    throw new Error("`match.route` is messages, templates or probe");
  }
  if (nth !== undefined && !(Number.isInteger(nth) && Number(nth) >= 1)) throw new Error("`match.nth` counts from 1");
  for (const [key, value] of Object.entries({ to, callbackId, template })) {
    if (value !== undefined && typeof value !== "string") throw new Error(`\`match.${key}\` is a string`);
  }
  return { kind: kind as FaultKind, match: match as Match, times, params };
}

function refuseExtras(rest: object, where: string): void {
  const [key] = Object.keys(rest);
  if (key !== undefined) throw new Error(`${where} has no member \`${key}\``);
}
