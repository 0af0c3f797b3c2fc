/** The consumer's work: lease due rows, start them, POST each once, store what came back. */

import { classifyResponse, type Message, type Outcome, PreflightError, type Report } from "wa-preflight";
import { sendMessage } from "wa-preflight/edge";
import { type Env, type Graph, graphOf, senderOf, settingsOf, type Settings } from "../env.ts";
import { probe } from "../graph.ts";
import { MAX_STARTS } from "../ledger/claims.ts";
import type { Address, Claim, Finish, KnownDefinition, Post } from "../ledger/types.ts";
import { describe, log } from "../log.ts";
import { catalogueOf, ledgerAt } from "../objects.ts";
import { compiled } from "../templates.ts";
import { capturing } from "./capture.ts";
import { open } from "./secrets.ts";

/** A Worker may have six connections open at once; local workerd does not enforce it. */
export const MAX_IN_FLIGHT = MAX_STARTS;
const LEASE_SIZE = 60;
const TURN_TRIES = 3;
/** A wait of the gate's that is not longer is waited out here; a longer one is the alarm's. */
const SHORT_WAIT_MS = 1_500;

/** Sends what is due in one ledger. Answers whether it stopped early, with work left. */
export async function drain(env: Env, address: Address): Promise<{ more: boolean }> {
  const settings = settingsOf(env);
  // Before anything is leased: with a token missing nothing may be started, and everything can wait.
  const sender = new Drain(env, address, settings, graphOf(env));
  const stopAt = Date.now() + settings.drainMs;
  while (sender.started < settings.drainMessages && Date.now() < stopAt) {
    const leased = await ledgerAt(env, address).lease(LEASE_SIZE);
    if (leased.probe === true) await sender.probe();
    else if (leased.ids.length > 0) await sender.send(leased.ids, stopAt);
    else {
      const wait = (leased.waitUntil ?? Infinity) - Date.now();
      if (wait > SHORT_WAIT_MS) return { more: false };
      await scheduler.wait(Math.max(1, wait));
    }
  }
  return { more: true };
}

class Drain {
  readonly #env: Env;
  readonly #address: Address;
  readonly #settings: Settings;
  readonly #graph: Graph;
  /** POSTs on the wire, each with its way back into `#outcomes`. */
  readonly #posts = new Set<Promise<void>>();
  /** Outcomes that the ledger does not have yet: their rows are still in flight for it. */
  #outcomes: Finish[] = [];
  /** Rows that the second had no room for: they ask again at their time. */
  #later: { id: string; until: number }[] = [];
  started = 0;

  constructor(env: Env, address: Address, settings: Settings, graph: Graph) {
    this.#env = env;
    this.#address = address;
    this.#settings = settings;
    this.#graph = graph;
  }

  /**
   * Sends these. In one round trip the outcomes of what came back are stored and as many rows are started as slots became
   * free: of one consumer, never more than six rows are in flight for its ledger.
   */
  async send(ids: string[], stopAt: number): Promise<void> {
    const waiting = [...ids];
    try {
      for (;;) {
        this.#wake(waiting);
        const finishes = this.#outcomes.splice(0);
        // Whoever has its time used up starts nothing more; what it leased returns by itself.
        const room = Date.now() < stopAt ? MAX_IN_FLIGHT - this.#posts.size : 0;
        const chosen = waiting.splice(0, room);
        if (finishes.length > 0 || chosen.length > 0) await this.#turn(finishes, chosen);
        else if (this.#posts.size > 0) await Promise.race(this.#posts);
        else if (this.#later.length > 0 && Date.now() < stopAt) await scheduler.wait(this.#nextWake());
        else return;
      }
    } finally {
      // Also when a turn failed: what is on the wire must be heard and stored before this consumer may end.
      this.#later = [];
      while (this.#posts.size > 0) await Promise.race(this.#posts);
      if (this.#outcomes.length > 0) await this.#turn(this.#outcomes.splice(0), []);
    }
  }

  /** Asks whether the number is there and the token may use it. A message would be the wrong question: it could be sent. */
  async probe(): Promise<void> {
    const answer = await probe(this.#env, this.#address.from);
    log("probe", { state: answer.ok ? "ok" : "failed", ...(answer.code !== undefined && { code: answer.code }) });
    await ledgerAt(this.#env, this.#address).probed(answer);
  }

  #wake(waiting: string[]): void {
    const now = Date.now();
    waiting.unshift(...this.#later.filter(({ until }) => until <= now).map(({ id }) => id));
    this.#later = this.#later.filter(({ until }) => until > now);
  }

  #nextWake(): number {
    return Math.max(1, Math.min(...this.#later.map(({ until }) => until)) - Date.now());
  }

  /** Repeating a turn changes nothing: the first outcome of an attempt wins, and a nonce gets the same starts. */
  async #turn(finishes: Finish[], ids: string[]): Promise<void> {
    const nonce = crypto.randomUUID();
    let askedAt = Date.now();
    let claim: Claim | undefined;
    for (let tries = 1; claim === undefined && tries <= TURN_TRIES; tries += 1) {
      try {
        askedAt = Date.now();
        claim = await ledgerAt(this.#env, this.#address).turn(finishes, ids, nonce);
      } catch (error) {
        log("turn_failed", { count: tries, error: describe(error) });
      }
    }
    if (claim === undefined) {
      if (finishes.length > 0) await this.#env.NUDGES.send({ kind: "finish", ...this.#address, finishes });
      throw new Error("the ledger does not answer");
    }
    this.#later.push(...claim.later);
    for (const post of claim.posts) this.#post(post, claim, nonce, askedAt);
    for (const stale of claim.stale) await this.#rejudge(stale);
  }

  #post(post: Post, claim: Claim, nonce: string, askedAt: number): void {
    // The platform would let a seventh connection wait, and its answer's time would run meanwhile.
    if (this.#posts.size >= MAX_IN_FLIGHT) throw new Error(`more than ${MAX_IN_FLIGHT} POSTs at once`);
    this.started += 1;
    const running: Promise<void> = this.#attempt(post, claim, nonce, askedAt)
      .catch((error: unknown) => log("attempt_failed", { id: post.id, n: post.n, error: describe(error) }))
      .finally(() => this.#posts.delete(running));
    this.#posts.add(running);
  }

  async #attempt(post: Post, claim: Claim, nonce: string, askedAt: number): Promise<void> {
    if (Date.now() - askedAt > this.#settings.startReplyMs) {
      // The ledger may have thought of this attempt as lost by the time it would end.
      await ledgerAt(this.#env, this.#address).abandon([post], nonce);
      return;
    }
    const answer = await this.#send(post, claim.definitions[post.definition] ?? "");
    if (!("outcome" in answer)) {
      await ledgerAt(this.#env, this.#address).abandon([post], nonce);
      if (answer.refused === undefined) return;
      await ledgerAt(this.#env, this.#address).rejudge(post.id, {
        epoch: post.epoch,
        ok: false,
        diagnostic: answer.refused,
      });
      return;
    }
    log("attempt", {
      id: post.id,
      n: post.n,
      state: answer.outcome.class,
      ...(answer.outcome.code !== undefined && { code: answer.outcome.code }),
    });
    this.#outcomes.push({ id: post.id, n: post.n, ...answer });
  }

  /** The one place of the Worker that sends a message. Without an outcome nothing has left: there was no fetch. */
  async #send(post: Post, text: string): Promise<{ outcome: Outcome; raw: string } | { refused?: string }> {
    const message = await this.#opened(post);
    if (message === undefined) return { refused: UNREADABLE };
    const capture = capturing();
    try {
      const template = compiled({ hash: post.definition, text });
      const outcome = await sendMessage(template, message, {
        phoneNumberId: this.#address.from,
        token: this.#graph.token,
        endpoint: this.#graph.endpoint,
        graphVersion: this.#graph.version,
        timeoutMs: this.#settings.graphTimeoutMs,
        fetch: capture.fetch,
      });
      return { outcome, raw: capture.text() };
    } catch (error) {
      if (error instanceof PreflightError && !capture.called) return { refused: firstError(error.report) };
      log("send_threw", { id: post.id, n: post.n, error: describe(error) });
      if (!capture.called) return {};
      // Whether something left before this went wrong cannot be known here, and a second message is worse than none.
      return { outcome: classifyResponse({ transport: "reset" }), raw: capture.text() };
    }
  }

  /** Undefined when its one-time code cannot be read: no later try would do better. */
  async #opened({
    id,
    key,
    message,
  }: {
    id: string;
    key: string;
    message: Post["message"];
  }): Promise<Message | undefined> {
    try {
      return await open(this.#env, key, message);
    } catch (error) {
      log("code_unreadable", { id, error: describe(error) });
      return undefined;
    }
  }

  /** Judges a row under its template's present definition. Until that is known the row stays where it is. */
  async #rejudge({ id, epoch, name, language, key, message: kept }: Claim["stale"][number]): Promise<void> {
    const sender = senderOf(this.#env, this.#address.from);
    if (sender === undefined) return;
    const template = await catalogueOf(this.#env, sender.wabaId).find(sender.wabaId, name, language);
    if (template === "unreachable") return;
    const ledger = ledgerAt(this.#env, this.#address);
    const message = await this.#opened({ id, key, message: kept });
    if (template === null || message === undefined) {
      const missing = `the template \`${name}\` does not exist in \`${language}\` any more`;
      await ledger.rejudge(id, { epoch, ok: false, diagnostic: message === undefined ? UNREADABLE : missing });
      return;
    }
    const report = judged(template, message);
    // Its lease runs out, and it is judged again: a template that is paused today may be sent tomorrow.
    if (passesByItself(report)) return;
    await ledger.rejudge(id, {
      epoch: template.epoch,
      template,
      ok: report.ok,
      ...(!report.ok && { diagnostic: firstError(report) }),
    });
  }
}

const UNREADABLE = "its one-time code cannot be read any more (was LEDGER_KEY changed?): submit it anew";

/** Whether every error is one after which Meta would take the same message later: the core's table of codes says which. */
function passesByItself({ diagnostics }: Report): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return (
    errors.length > 0 &&
    errors.every(({ meta }) => meta && classifyResponse({ status: 400, body: { error: meta } }).resend === "after")
  );
}

function judged(template: KnownDefinition, message: Message): Report {
  try {
    return compiled(template).check(message);
  } catch (error) {
    if (error instanceof PreflightError) return error.report;
    throw error;
  }
}

function firstError(report: Report): string {
  return report.diagnostics.find(({ severity }) => severity === "error")?.message ?? "preflight refuses the message";
}
