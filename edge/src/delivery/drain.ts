/** The consumer's work: lease due rows, start them, POST each once, store what came back. */

import pLimit from "p-limit";
import { type Env, graphOf, settingsOf } from "../env.ts";
import { MAX_STARTS } from "../ledger/ledger.ts";
import type { Address, Claim, Finish, Post } from "../ledger/types.ts";
import { describe, log, type LogFields } from "../log.ts";
import { ledgerAt } from "../objects.ts";
import { type Line, post } from "./post.ts";
import { probe } from "./probe.ts";
import { rejudge } from "./rejudge.ts";

/** A Worker may have six connections open at once; local workerd does not enforce it. */
export const MAX_IN_FLIGHT = MAX_STARTS;
const LEASE_SIZE = 60;
const TRIES = 3;

/** Sends what is due in one ledger. Answers whether it stopped early, with work left. */
export async function drain(env: Env, address: Address): Promise<{ more: boolean }> {
  // Before anything is leased: with a token missing nothing may be started, and everything can wait.
  const line = { env, address, settings: settingsOf(env), graph: graphOf(env) };
  return new Drain(line).run();
}

class Drain {
  readonly #line: Line;
  /** The name under which the ledger knows this consumer. */
  readonly #name = crypto.randomUUID();
  readonly #stopAt: number;
  readonly #limit = pLimit(MAX_IN_FLIGHT);
  /** Attempts and judgings under way. An attempt ends when its outcome is at hand, not when it is stored. */
  readonly #running = new Set<Promise<void>>();
  readonly #judging = new Set<Promise<void>>();
  /** POSTs that are open right now. */
  #open = 0;
  /** Outcomes that the ledger does not know yet. */
  #outcomes: Finish[] = [];
  /** Leased, and not asked for yet. */
  #leased: string[] = [];
  /** The last attempt got no answer. Until one does, no other is put in its place: an outage costs what was on the wire. */
  #doubtful = false;
  /** When asking the ledger for a start, or for a lease, makes sense again. */
  #startAt = 0;
  #leaseAt = 0;
  #started = 0;

  constructor(line: Line) {
    this.#line = line;
    this.#stopAt = Date.now() + line.settings.drainMs;
  }

  async run(): Promise<{ more: boolean }> {
    try {
      const more = await this.#work();
      return { more };
    } finally {
      await this.#end();
    }
  }

  /** One round after another: tell and start, else lease, else wait. Answers whether there is work left. */
  async #work(): Promise<boolean> {
    for (;;) {
      const now = Date.now();
      if (now >= this.#stopAt || this.#started >= this.#line.settings.drainMessages) return true;
      const free = this.#free();
      const mayStart = free > 0 && this.#leased.length > 0 && now >= this.#startAt;
      if (mayStart || this.#outcomes.length > 0) {
        await this.#turn(mayStart ? this.#leased.splice(0, free) : []);
      } else if (free > 0 && this.#leased.length === 0 && now >= this.#leaseAt) {
        await this.#lease();
      } else if (!(await this.#wait(this.#leased.length > 0 ? this.#startAt : this.#leaseAt, free))) {
        return this.#leased.length > 0;
      }
    }
  }

  #free(): number {
    const { size } = this.#running;
    if (!this.#doubtful) return MAX_IN_FLIGHT - size;
    return size === 0 ? 1 : 0;
  }

  async #lease(): Promise<void> {
    const { address, graph, settings } = this.#line;
    const { ids, probe: wanted, waitUntil = Infinity } = await this.#ledger.lease(LEASE_SIZE, this.#name);
    this.#leased = ids;
    this.#leaseAt = ids.length > 0 ? 0 : waitUntil;
    if (wanted !== true) return;
    const answer = await probe(graph, address.from, settings);
    log("probed", {
      from: address.from,
      state: answer.ok ? "ok" : "failed",
      ...(answer.code !== undefined && { code: answer.code }),
    });
    await this.#ledger.probed(answer);
    if (answer.ok) this.#leaseAt = 0;
  }

  /** Stores outcomes and starts others in their place. Whoever is started must be on the wire within seconds. */
  async #turn(ids: string[]): Promise<void> {
    const nonce = crypto.randomUUID();
    const finishes = this.#outcomes.splice(0);
    // What an outcome sets free (a trial that worked) may be leased at once.
    if (finishes.length > 0) this.#leaseAt = 0;
    const { claim, askedAt } = await this.#ask(finishes, ids, nonce);
    for (const each of claim.posts) {
      this.#started += 1;
      track(
        this.#running,
        this.#limit(() => this.#attempt(each, claim, nonce, askedAt)),
      );
    }
    for (const stale of claim.stale) track(this.#judging, rejudge(this.#line.env, this.#line.address, stale));
    this.#leased.unshift(...claim.waiting);
    if (claim.waitUntil !== undefined) this.#startAt = claim.waitUntil;
  }

  /** The same nonce gets the same answer: a reply that is lost is asked for again. */
  async #ask(finishes: Finish[], ids: string[], nonce: string): Promise<{ claim: Claim; askedAt: number }> {
    try {
      return await tried("turn_failed", async () => {
        const askedAt = Date.now();
        return { claim: await this.#ledger.turn(finishes, ids, nonce, this.#name), askedAt };
      });
    } catch (error) {
      await this.#storeLater(finishes);
      // Nothing was posted of these: without a reply nobody may.
      throw error;
    }
  }

  async #attempt(each: Post, claim: Claim, nonce: string, askedAt: number): Promise<void> {
    const { id, n } = each;
    if (Date.now() - askedAt > this.#line.settings.startReplyMs) {
      // The ledger may have thought of this attempt as lost by the time it would end.
      return this.#abandon(each, nonce);
    }
    if (this.#open >= MAX_IN_FLIGHT) throw new Error(`a seventh POST would be open: that must never be`);
    this.#open += 1;
    const posted = await post(this.#line, each, claim.definitions[each.definition] ?? "").finally(() => {
      this.#open -= 1;
    });
    if ("outcome" in posted) {
      const { class: state, code } = posted.outcome;
      this.#doubtful = state === "unknown";
      // What Meta took is in the row's timeline and in the counters; a line for each of a million would say nothing more.
      if (state !== "accepted") log("attempt", { id, n, state, ...(code !== undefined && { code }) });
      this.#outcomes.push({ id, n, ...posted });
      return;
    }
    await this.#abandon(each, nonce);
    if ("refused" in posted)
      await this.#ledger.rejudge(id, { epoch: each.epoch, ok: false, diagnostic: posted.refused });
  }

  /** What was not posted must not be taken for lost: that would be a person's to look into. */
  async #abandon({ id, n }: Post, nonce: string): Promise<void> {
    await tried("abandon_failed", () => this.#ledger.abandon([{ id, n }], nonce), { id });
  }

  /** Until an attempt ends, or `at` has come. False when there is nothing to wait for that is near. */
  async #wait(at: number, free: number): Promise<boolean> {
    const now = Date.now();
    const near = free > 0 && at <= Math.min(this.#stopAt, now + this.#line.settings.waitMs);
    const ends: Promise<unknown>[] = [...this.#running];
    if (ends.length === 0 && !near) return false;
    if (near) ends.push(scheduler.wait(Math.max(1, at - now)));
    await Promise.race(ends);
    return true;
  }

  /** Also when something threw: what is on the wire must be heard and stored before this consumer may end. */
  async #end(): Promise<void> {
    await Promise.all(this.#running);
    if (this.#started > 0)
      log("drained", { from: this.#line.address.from, shard: this.#line.address.shard, count: this.#started });
    await this.#store(this.#outcomes.splice(0));
    await Promise.all(this.#judging);
    try {
      await this.#ledger.leave(this.#name, this.#leased);
    } catch (error) {
      // Leases run out, and so does a seat.
      log("give_back_failed", { count: this.#leased.length, error: describe(error) });
    }
  }

  async #store(finishes: Finish[]): Promise<void> {
    if (finishes.length === 0) return;
    try {
      await tried("finish_failed", () => this.#ledger.finish(finishes));
    } catch {
      await this.#storeLater(finishes);
    }
  }

  async #storeLater(finishes: Finish[]): Promise<void> {
    // One each: a message of the queue holds 128 KB, and an answer that is no JSON can be long.
    const { env, address } = this.#line;
    const sent = await Promise.allSettled(
      finishes.map((finish) => env.NUDGES.send({ kind: "finish", ...address, finishes: [finish] })),
    );
    for (const each of sent) if (each.status === "rejected") throw each.reason;
  }

  /** Made anew for each call: a stub that has thrown stays broken. */
  get #ledger() {
    return ledgerAt(this.#line.env, this.#line.address);
  }
}

/** Calls of the ledger that may be repeated, some times; then the last error is the caller's. */
async function tried<T>(event: string, work: () => Promise<T>, fields: LogFields = {}): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      log(event, { ...fields, count: tries, error: describe(error) });
      if (tries >= TRIES) throw error;
    }
  }
}

/** Keeps a piece of work in a set for as long as it lasts. What it throws ends with it. */
function track(set: Set<Promise<void>>, work: Promise<void>): void {
  const tracked: Promise<void> = work
    .catch((error: unknown) => log("attempt_failed", { error: describe(error) }))
    .finally(() => set.delete(tracked));
  set.add(tracked);
}
