/** Faults on demand: which request is struck, and by what. How each kind strikes is in answers.ts and statuses.ts. */

import { createHash, randomUUID } from "node:crypto";
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
  /**
   * The share of requests that it strikes: 0.1, or a range like [0.1, 0.15]. Each request draws one number for all faults,
   * so equal ranges strike the same requests, and ranges that do not overlap never meet.
   */
  chance?: number | [from: number, to: number];
  params?: Record<string, unknown>;
}

export interface Fault extends Required<FaultSpec> {
  id: string;
  chance: [from: number, to: number];
  /** Requests that the match held for. */
  seen: number;
  struck: number;
}

/** What strikes one request. */
export type Strike = Partial<Record<Family, Fault>>;

export class Faults {
  #faults: Fault[] = [];
  readonly #seed: () => string;
  /** How many requests drew, by recipient: so that a message meets the same faults in whatever order requests arrive. */
  readonly #drawn = new Map<string, number>();

  constructor(seed: () => string = () => "1") {
    this.#seed = seed;
  }

  /** Throws a sentence when the spec is not one. */
  add(spec: unknown): Fault {
    const fault: Fault = { id: randomUUID(), seen: 0, struck: 0, ...readSpec(spec) };
    this.#faults.push(fault);
    return fault;
  }

  /** Without an id, all of them, and the draws begin again. */
  clear(id?: string): void {
    this.#faults = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id);
    if (id === undefined) this.#drawn.clear();
  }

  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** The reset that comes before the body is read, if one is due whose match does not need the body. */
  takeUnread(): Fault | undefined {
    const blind = this.#faults.find(({ kind, match }) => kind === "reset_before_read" && isBlind(match));
    return blind && isDue(blind, this.#draw("unread")) ? hit(blind) : undefined;
  }

  /** The faults that strike this request; each is counted. */
  take(route: NonNullable<Match["route"]>, glimpse: Glimpse): Strike {
    const strike: Strike = {};
    if (this.#faults.length === 0) return strike;
    const drawn = this.#draw(`${route}/${digits(glimpse.to ?? "")}`);
    for (const fault of this.#faults) {
      const family = KINDS[fault.kind];
      if (!holds(fault.match, route, glimpse)) continue;
      if (fault.kind === "reset_before_read" && isBlind(fault.match)) continue;
      if (isDue(fault, drawn) && !strike[family]) strike[family] = hit(fault);
    }
    return strike;
  }

  /** A number in [0, 1) that depends on the seed, the recipient and how many requests that one has had. */
  #draw(whose: string): number {
    const nth = (this.#drawn.get(whose) ?? 0) + 1;
    this.#drawn.set(whose, nth);
    const digest = createHash("sha256").update(`${this.#seed()}/${whose}/${nth}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
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
function isDue(fault: Fault, drawn: number): boolean {
  fault.seen++;
  const [from, to] = fault.chance;
  const isNth = fault.match.nth === undefined || fault.match.nth === fault.seen;
  return isNth && fault.struck < fault.times && drawn >= from && drawn < to;
}

function hit(fault: Fault): Fault {
  fault.struck++;
  return fault;
}

function readSpec(spec: unknown): Omit<Fault, "id" | "seen" | "struck"> {
  if (!isObject(spec)) throw new Error("a fault is an object with `kind`");
  const { kind, match = {}, times = Number.MAX_SAFE_INTEGER, chance = 1, params = {}, ...rest } = spec;
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
  return { kind: kind as FaultKind, match: match as Match, times, chance: readChance(chance), params };
}

function readChance(chance: unknown): [from: number, to: number] {
  const [from, to] = Array.isArray(chance) && chance.length === 2 ? chance : [0, chance];
  if (typeof from !== "number" || typeof to !== "number" || !(from >= 0 && from < to && to <= 1)) {
    throw new Error("`chance` is a share of requests like 0.1, or a range like [0.1, 0.15]");
  }
  return [from, to];
}

function refuseExtras(rest: object, where: string): void {
  const [key] = Object.keys(rest);
  if (key !== undefined) throw new Error(`${where} has no member \`${key}\``);
}
