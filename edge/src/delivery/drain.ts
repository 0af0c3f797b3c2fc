/** The consumer's work: lease due rows, start them, POST each once, store what came back. */

import pLimit from "p-limit";
import { classifyResponse, type Message, type Outcome, PreflightError, type Report } from "wa-preflight";
import { sendMessage } from "wa-preflight/edge";
import { type Env, type Graph, graphOf, senderOf, settingsOf, type Settings } from "../env.ts";
import { MAX_STARTS } from "../ledger/ledger.ts";
import type { Address, Claim, Finish, KnownDefinition, Post } from "../ledger/types.ts";
import { describe, log } from "../log.ts";
import { catalogueOf, ledgerAt } from "../objects.ts";
import { compiled } from "../templates.ts";
import { capturing } from "./capture.ts";

/** A Worker may have six connections open at once; local workerd does not enforce it. */
export const MAX_IN_FLIGHT = MAX_STARTS;
const LEASE_SIZE = 60;
const FINISH_TRIES = 3;

/** Sends what is due in one ledger. Answers whether it stopped early, with work left. */
export async function drain(env: Env, address: Address): Promise<{ more: boolean }> {
  const settings = settingsOf(env);
  // Before anything is leased: with a token missing nothing may be started, and everything can wait.
  const sender = new Drain(env, address, settings, graphOf(env));
  const stopAt = Date.now() + settings.drainMs;
  while (sender.started < settings.drainMessages && Date.now() < stopAt) {
    const ids = await ledgerAt(env, address).lease(LEASE_SIZE);
    if (ids.length === 0) return { more: false };
    await sender.send(ids);
  }
  return { more: true };
}

class Drain {
  readonly #env: Env;
  readonly #address: Address;
  readonly #settings: Settings;
  readonly #graph: Graph;
  readonly #limit = pLimit(MAX_IN_FLIGHT);
  readonly #running = new Set<Promise<void>>();
  readonly #outcomes: Finish[] = [];
  #storing: Promise<void> | undefined;
  started = 0;

  constructor(env: Env, address: Address, settings: Settings, graph: Graph) {
    this.#env = env;
    this.#address = address;
    this.#settings = settings;
    this.#graph = graph;
  }

  /** Starts no more than can be posted at once: whoever is started must be on the wire within seconds. */
  async send(ids: string[]): Promise<void> {
    const waiting = [...ids];
    try {
      while (waiting.length > 0) {
        if (this.#running.size >= MAX_IN_FLIGHT) {
          await Promise.race(this.#running);
          // Outcomes are stored together, so several end at once: they make room for one start, not for one each.
          await scheduler.wait(1);
        }
        await this.#start(waiting.splice(0, MAX_IN_FLIGHT - this.#running.size));
      }
    } finally {
      // Also when a start failed: what is on the wire must be heard and stored before this consumer may end.
      await Promise.all(this.#running);
    }
  }

  async #start(ids: string[]): Promise<void> {
    const nonce = crypto.randomUUID();
    const askedAt = Date.now();
    const claim = await ledgerAt(this.#env, this.#address).start(ids, nonce);
    for (const post of claim.posts) {
      this.started += 1;
      const running: Promise<void> = this.#limit(() => this.#attempt(post, claim, nonce, askedAt))
        .catch((error: unknown) => log("attempt_failed", { id: post.id, n: post.n, error: describe(error) }))
        .finally(() => this.#running.delete(running));
      this.#running.add(running);
    }
    for (const stale of claim.stale) await this.#rejudge(stale);
  }

  async #attempt(post: Post, claim: Claim, nonce: string, askedAt: number): Promise<void> {
    if (Date.now() - askedAt > this.#settings.startReplyMs) {
      // The ledger may have thought of this attempt as lost by the time it would end.
      await ledgerAt(this.#env, this.#address).abandon([post], nonce);
      return;
    }
    const answer = await this.#post(post, claim.definitions[post.definition] ?? "");
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
    await this.#finish({ id: post.id, n: post.n, ...answer });
  }

  /** The one place of the Worker that sends a message. Without an outcome nothing has left: there was no fetch. */
  async #post(post: Post, text: string): Promise<{ outcome: Outcome; raw: string } | { refused?: string }> {
    const capture = capturing();
    try {
      const template = compiled({ hash: post.definition, text });
      const outcome = await sendMessage(template, post.message, {
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

  /** While outcomes are being stored others gather; they go together, which is what makes a ledger fast. */
  async #finish(finish: Finish): Promise<void> {
    this.#outcomes.push(finish);
    this.#storing ??= this.#storeOutcomes();
    await this.#storing;
  }

  async #storeOutcomes(): Promise<void> {
    try {
      while (this.#outcomes.length > 0) await this.#store(this.#outcomes.splice(0));
    } finally {
      this.#storing = undefined;
    }
  }

  async #store(finishes: Finish[]): Promise<void> {
    for (let tries = 1; tries <= FINISH_TRIES; tries += 1) {
      try {
        return await ledgerAt(this.#env, this.#address).finish(finishes);
      } catch (error) {
        log("finish_failed", { count: tries, error: describe(error) });
      }
    }
    await this.#env.NUDGES.send({ kind: "finish", ...this.#address, finishes });
  }

  /** Judges a row under its template's present definition. Until that is known the row stays where it is. */
  async #rejudge({ id, epoch, name, language, message }: Claim["stale"][number]): Promise<void> {
    const sender = senderOf(this.#env, this.#address.from);
    if (sender === undefined) return;
    const template = await catalogueOf(this.#env, sender.wabaId).find(sender.wabaId, name, language);
    if (template === "unreachable") return;
    const ledger = ledgerAt(this.#env, this.#address);
    if (template === null) {
      await ledger.rejudge(id, {
        epoch,
        ok: false,
        diagnostic: `the template \`${name}\` does not exist in \`${language}\` any more`,
      });
    } else {
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
}

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
