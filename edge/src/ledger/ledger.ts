/**
 * One sender's durable record of deliveries (or one shard of it). It stores what the delivery machine decides and carries
 * out its commands; it decides nothing about a delivery by itself.
 */

import { DurableObject } from "cloudflare:workers";
import { type Env, settingsOf } from "../env.ts";
import { sha256Hex } from "../hash.ts";
import { describe, log } from "../log.ts";
import { makeId, step } from "./machine.ts";
import { Store, type Row } from "./store.ts";
import type {
  Address,
  Claim,
  Command,
  Delivery,
  Event,
  Finish,
  OtherReport,
  PersonalEvent,
  StatusReport,
  SubmitRequest,
  SubmitResult,
  TimelineEntry,
  Verdict,
} from "./types.ts";

/** A start hands out no more than a Worker can have in flight at once. */
export const MAX_STARTS = 6;
const NONCE_LIFE_MS = 60 * 60 * 1_000;
const WAKE_BATCH = 500;
const POISON_PAUSE_MS = 60_000;
const ALARM_FALLBACK_MS = 60_000;

/** A delivery with its whole story. */
export interface DeliveryView {
  tenant: string;
  campaign: string | null;
  template: { name: string; language: string };
  message: object;
  delivery: Delivery;
  timeline: TimelineEntry[];
  raw: { at: number; source: string; raw: string }[];
}

export class Ledger extends DurableObject<Env> {
  readonly #store: Store;
  /** The alarm that is set; undefined until it was looked up. */
  #armedFor: number | null | undefined;
  /** When a nudge was sent that no consumer has answered with a lease yet. */
  #nudgedAt: number | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new Store(ctx.storage.sql);
  }

  /** Stores all new messages of a request, or none when a key belongs to another message. Answers in the items' order. */
  async submit(address: Address, request: SubmitRequest): Promise<SubmitResult[]> {
    const now = Date.now();
    const results = this.ctx.storage.transactionSync(() => {
      this.#store.setAddress(address);
      const looked = this.#lookUp(request);
      if (looked.some((result) => result?.state === "conflict"))
        return looked.map((result) => result ?? { state: "withheld" as const });

      const { template } = request;
      this.#store.keepDefinition(template);
      this.#store.raiseEpoch(template.name, template.language, template.epoch);
      return looked.map((result, index) => result ?? this.#insert(address, request, index, now));
    });
    await this.#settle(now);
    return results;
  }

  /** What `submit` would find, without storing anything. */
  lookUp(request: SubmitRequest): (SubmitResult | null)[] {
    return this.#lookUp(request);
  }

  /** Hands out up to `limit` due rows. Safe to repeat: a lease that nobody uses just runs out. */
  async lease(limit: number): Promise<string[]> {
    const now = Date.now();
    const until = now + settingsOf(this.env).leaseMs;
    // A consumer is here: whatever becomes due from now on deserves a nudge of its own.
    this.#nudgedAt = undefined;
    const ids = this.ctx.storage.transactionSync(() =>
      this.#store
        .due(now, limit)
        .filter((row) => this.#apply(row, { type: "leased", until }, now).some((command) => command.do === "leased"))
        .map((row) => row.delivery.id),
    );
    // What is still due is the same consumer's next lease, or its own nudge's when it stops early.
    await this.#settle(now, { nudge: false });
    return ids;
  }

  /**
   * The last check before a POST, for at most six rows at once. Whoever gets a post may POST it once, and only soon after
   * the reply; without a reply nobody may. Repeating a nonce gives the same answer while the attempt is open.
   */
  async start(ids: string[], nonce: string): Promise<Claim> {
    if (ids.length > MAX_STARTS) throw new TypeError(`start takes at most ${MAX_STARTS} ids, not ${ids.length}`);
    const now = Date.now();
    const { graphTimeoutMs, sendingGraceMs } = settingsOf(this.env);
    const claim = this.ctx.storage.transactionSync(() => {
      const claim: Claim = { posts: [], definitions: {}, stale: [], refused: [] };
      const fresh = this.#store.useNonce(nonce, now, now - NONCE_LIFE_MS);
      for (const id of ids) {
        const row = this.#store.row(id);
        if (row === undefined) {
          claim.refused.push({ id, reason: "not_found" });
          continue;
        }
        const open = row.delivery.state === "sending" && row.delivery.attempt?.nonce === nonce;
        if (!fresh && !open) {
          // An old request that arrives again must not take a row that was given back since.
          claim.refused.push({ id, reason: "stale_attempt" });
          continue;
        }
        const epoch = this.#store.epoch(row.name, row.language);
        const event: Event = { type: "start", nonce, timeoutMs: graphTimeoutMs, graceMs: sendingGraceMs, epoch };
        this.#claim(claim, row, this.#apply(row, event, now));
      }
      return claim;
    });
    await this.#settle(now);
    return claim;
  }

  /** Gives a start back. Legal only before any fetch. */
  async abandon(attempts: { id: string; n: number }[], nonce: string): Promise<void> {
    const now = Date.now();
    this.ctx.storage.transactionSync(() => {
      for (const { id, n } of attempts) {
        const row = this.#store.row(id);
        if (row !== undefined) this.#apply(row, { type: "abandoned", n, nonce }, now);
      }
    });
    await this.#settle(now);
  }

  /** Stores outcomes of attempts with their evidence; the first one of an attempt wins. */
  async finish(finishes: Finish[]): Promise<void> {
    const now = Date.now();
    this.ctx.storage.transactionSync(() => {
      for (const finish of finishes) this.#finish(finish, now);
    });
    await this.#settle(now);
  }

  /** A later verdict on a row that has not started: under its template's new epoch, or because building refused it. */
  async rejudge(id: string, { epoch, ok, diagnostic, template }: Verdict): Promise<void> {
    const now = Date.now();
    this.ctx.storage.transactionSync(() => {
      const row = this.#store.row(id);
      if (row === undefined) return;
      if (template !== undefined) {
        this.#store.keepDefinition(template);
        this.#store.raiseEpoch(template.name, template.language, template.epoch);
        this.#store.setDefinition(id, template.hash);
      }
      this.#apply(row, { type: "rejudged", epoch, ok, ...(diagnostic !== undefined && { diagnostic }) }, now);
    });
    await this.#settle(now);
  }

  /** Raises the epoch of a template: rows that were judged before it may not start until they are judged again. */
  raiseEpoch(address: Address, name: string, language: string, epoch: number): void {
    this.#store.setAddress(address);
    this.#store.raiseEpoch(name, language, epoch);
  }

  /**
   * Stores what a webhook says, then tells the rows. A status finds its row by callback id, else by message id; one that
   * finds none waits until a row knows its message.
   */
  async receive(address: Address, statuses: StatusReport[], others: OtherReport[]): Promise<void> {
    const now = Date.now();
    const digests = await Promise.all([...statuses, ...others].map(({ raw }) => sha256Hex(raw)));
    this.ctx.storage.transactionSync(() => {
      this.#store.setAddress(address);
      for (const [index, report] of statuses.entries()) this.#receiveStatus(report, digests[index] as string, now);
      others.forEach(({ raw }, index) => {
        this.#store.addEvidence({
          digest: digests[statuses.length + index] as string,
          id: null,
          source: "webhook",
          at: now,
          raw,
        });
      });
    });
    await this.#settle(now);
  }

  /** What a person asks for. Answers the reason when the machine refuses. */
  async act(
    tenant: string,
    id: string,
    event: PersonalEvent,
  ): Promise<{ view: DeliveryView; refused?: { reason: string; message: string } } | undefined> {
    const now = Date.now();
    const refusal = this.ctx.storage.transactionSync(() => {
      const row = this.#store.row(id);
      if (row === undefined || row.tenant !== tenant) return undefined;
      return this.#apply(row, event, now).find((command) => command.do === "refuse") ?? null;
    });
    await this.#settle(now);
    const view = this.read(tenant, id);
    if (view === undefined || refusal === undefined) return undefined;
    return refusal === null ? { view } : { view, refused: { reason: refusal.reason, message: refusal.message } };
  }

  /** Undefined for another tenant's delivery, too: nobody learns that it exists. */
  read(tenant: string, id: string): DeliveryView | undefined {
    const row = this.#store.row(id);
    if (row === undefined || row.tenant !== tenant) return undefined;
    return { ...viewOf(row), timeline: this.#store.timeline(id), raw: this.#store.evidence(id) };
  }

  /** The newest deliveries, without their timelines. */
  list(
    tenant: string,
    filter: { state?: string; campaign?: string; before?: number },
    limit: number,
  ): Omit<DeliveryView, "timeline" | "raw">[] {
    return this.#store.list(tenant, filter, limit).map(viewOf);
  }

  summary(): { states: Record<string, number>; quarantined: number; deadLetters: number } {
    return {
      states: this.#store.counts(),
      quarantined: this.#store.quarantined(),
      deadLetters: this.#store.deadLetters(),
    };
  }

  /** The cron's visit: an alarm that was lost is set again, due work is nudged again. */
  async watch(): Promise<void> {
    this.#armedFor = undefined;
    await this.#settle(Date.now());
  }

  /** A queue message that failed too often: noted, and its work is nudged again. */
  async noteDeadLetter(address: Address, kind: string, body: string): Promise<void> {
    const now = Date.now();
    this.#store.setAddress(address);
    this.#store.addDeadLetter(now, kind, body);
    log("dead_letter", { from: address.from, shard: address.shard, reason: kind });
    await this.#settle(now);
  }

  /** Wakes what is due. Never throws: after six failures in a row the platform would stop calling it. */
  override async alarm(): Promise<void> {
    const now = Date.now();
    this.#armedFor = null;
    try {
      for (const row of this.#store.toWake(now, WAKE_BATCH)) this.#wake(row, now);
    } catch (error) {
      log("alarm_failed", { error: describe(error) });
    }
    try {
      await this.#settle(now);
    } catch (error) {
      log("alarm_failed", { error: describe(error) });
      await this.ctx.storage.setAlarm(now + ALARM_FALLBACK_MS);
    }
  }

  #wake(row: Row, now: number): void {
    try {
      this.ctx.storage.transactionSync(() => this.#apply(row, { type: "tick" }, now));
    } catch (error) {
      // One row that cannot be judged must not keep the others from their deadlines.
      log("tick_failed", { id: row.delivery.id, error: describe(error) });
      this.#store.postpone(row.delivery.id, now + POISON_PAUSE_MS);
    }
  }

  #lookUp({ tenant, items }: SubmitRequest): (SubmitResult | null)[] {
    const earlier = new Map<string, string>();
    return items.map(({ key, fingerprint, message }) => {
      const known = this.#store.rowByKey(tenant, key);
      if (known !== undefined)
        return { state: known.fingerprint === fingerprint ? "duplicate" : "conflict", id: known.id };
      if (message === undefined) return { state: "rejected" };
      // The same key twice in one request: the second one is looked up again when the first one has its row.
      const sibling = earlier.get(key);
      if (sibling !== undefined && sibling !== fingerprint) return { state: "conflict" };
      earlier.set(key, fingerprint);
      return null;
    });
  }

  #insert({ shard }: Address, request: SubmitRequest, index: number, now: number): SubmitResult {
    const { tenant, template, category, campaign, sendAt, expiresAt, items } = request;
    const { key, fingerprint, reference, message } = items[index] as SubmitRequest["items"][number];
    const sibling = this.#store.rowByKey(tenant, key);
    if (sibling !== undefined) return { state: "duplicate", id: sibling.id };
    if (message === undefined) return { state: "rejected" };

    const event: Event = {
      type: "submitted",
      id: makeId(shard),
      callbackId: makeId(shard),
      key,
      category,
      epoch: template.epoch,
      ...(sendAt !== undefined && { sendAt }),
      ...(expiresAt !== undefined && { expiresAt }),
      ...(reference !== undefined && { reference }),
    };
    const { delivery, commands } = step(null, event, now);
    const { name, language, hash } = template;
    this.#store.insert({
      tenant,
      fingerprint,
      campaign: campaign ?? null,
      name,
      language,
      definition: hash,
      message,
      delivery,
    });
    this.#carryOut(delivery, commands);
    return { state: "queued", id: delivery.id };
  }

  /** One event of one row: judged by the machine, stored, its records appended. For use inside a transaction. */
  #apply(row: Row, event: Event, now: number): Command[] {
    const before = new Set(row.delivery.wamids);
    const { delivery, commands } = step(row.delivery, event, now);
    row.delivery = delivery;
    this.#store.update(delivery);
    this.#carryOut(delivery, commands);
    for (const wamid of delivery.wamids) {
      if (before.has(wamid)) continue;
      for (const waiting of this.#store.adopt(wamid, delivery.id)) this.#apply(row, JSON.parse(waiting) as Event, now);
    }
    return commands;
  }

  #carryOut(delivery: Delivery, commands: Command[]): void {
    for (const command of commands) {
      if (command.do === "record") this.#store.record(delivery.id, command.entry);
      if (command.do === "stop_sender")
        log("account_refused", { id: delivery.id, ...(command.code !== undefined && { code: command.code }) });
      if (command.do === "hold_template")
        log("template_refused", { id: delivery.id, ...(command.code !== undefined && { code: command.code }) });
    }
  }

  #finish({ id, n, outcome, raw }: Finish, now: number): void {
    const row = this.#store.row(id);
    try {
      if (row === undefined) throw new TypeError("there is no such delivery");
      this.#store.addEvidence({
        // One attempt has one answer: the same one again, by another way, is no news.
        digest: `answer:${id}:${n}`,
        id,
        source: "answer",
        at: now,
        raw,
        ...(outcome.messageId !== undefined && { wamid: outcome.messageId }),
      });
      this.#apply(row, { type: "finished", n, outcome, random: Math.random() }, now);
    } catch (error) {
      // Trying again would not mend it, and the outcomes beside it are good; its attempt times out as unknown.
      log("finish_refused", { id, n, error: describe(error) });
    }
  }

  #claim(claim: Claim, row: Row, commands: Command[]): void {
    const { id, callbackId, epoch } = row.delivery;
    for (const command of commands) {
      if (command.do === "post") {
        claim.posts.push({
          id,
          n: command.n,
          epoch,
          definition: row.definition,
          message: { ...row.message, callbackData: callbackId },
        });
        claim.definitions[row.definition] ??= this.#store.definition(row.definition) ?? "";
      } else if (command.do === "rejudge") {
        claim.stale.push({ id, epoch: command.epoch, name: row.name, language: row.language, message: row.message });
      } else if (command.do === "refuse") {
        claim.refused.push({ id, reason: command.reason });
      }
    }
  }

  #receiveStatus(report: StatusReport, digest: string, now: number): void {
    const { callbackId, wamid, raw, ...said } = report;
    const row = (callbackId && this.#store.rowByCallbackId(callbackId)) || this.#store.rowByWamid(wamid);
    const event: Event = { type: "status", wamid, ...said };
    const fresh = this.#store.addEvidence({
      digest,
      id: row ? row.delivery.id : null,
      source: "webhook",
      at: now,
      ...(callbackId !== undefined && { callbackId }),
      wamid,
      event: JSON.stringify(event),
      raw,
    });
    if (!fresh) return;
    if (!row) {
      log("status_quarantined", { state: said.status });
      return;
    }
    try {
      this.#apply(row, event, now);
    } catch (error) {
      // The evidence is kept, and the other statuses of the same webhook count.
      log("status_failed", { id: row.delivery.id, error: describe(error) });
    }
  }

  /** After a transaction: nudges when work is due, and sets the alarm to the next time at which anything is. */
  async #settle(now: number, { nudge = true } = {}): Promise<void> {
    const { nudgeEveryMs } = settingsOf(this.env);
    const { dueAt, wakeAt } = this.#store.next();
    let again = dueAt ?? Infinity;
    if (dueAt !== null && dueAt <= now) {
      // A nudge can be lost, the row cannot: without a lease it is nudged again.
      const waiting = this.#nudgedAt !== undefined && Math.abs(now - this.#nudgedAt) < nudgeEveryMs;
      if (nudge && !waiting) await this.#nudge(now);
      again = now + nudgeEveryMs;
    }
    const next = Math.min(again, wakeAt ?? Infinity);
    if (next !== Infinity) await this.#arm(Math.max(next, now + 1));
  }

  async #nudge(now: number): Promise<void> {
    const address = this.#store.address();
    if (address === undefined) return;
    this.#nudgedAt = now;
    try {
      await this.env.NUDGES.send({ kind: "nudge", ...address });
    } catch (error) {
      this.#nudgedAt = undefined;
      log("nudge_failed", { ...address, error: describe(error) });
    }
  }

  /** An earlier alarm may stay: it wakes, finds nothing, and arms again. */
  async #arm(at: number): Promise<void> {
    if (this.#armedFor === undefined) this.#armedFor = await this.ctx.storage.getAlarm();
    if (this.#armedFor !== null && this.#armedFor <= at) return;
    this.#armedFor = at;
    await this.ctx.storage.setAlarm(at);
  }
}

function viewOf({ tenant, campaign, name, language, message, delivery }: Row): Omit<DeliveryView, "timeline" | "raw"> {
  return { tenant, campaign, template: { name, language }, message, delivery };
}
