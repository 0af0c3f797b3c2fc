/**
 * One sender's durable record of deliveries (or one shard of it): what others call, and the alarm. It stores what the core's
 * machines decide and carries out their commands; it decides nothing about a delivery by itself.
 */

import { DurableObject } from "cloudflare:workers";
import { type Env, settingsOf } from "../env.ts";
import { sha256Hex } from "../hash.ts";
import { describe, log } from "../log.ts";
import { addressesOf, ledgerAt } from "../objects.ts";
import { Book } from "./book.ts";
import * as claims from "./claims.ts";
import { MAX_STARTS, type Turn } from "./claims.ts";
import { Clock } from "./clock.ts";
import * as controls from "./controls.ts";
import type { Control } from "./gate-types.ts";
import * as intake from "./intake.ts";
import * as queries from "./queries.ts";
import type { DeliveryView, LedgerSummary } from "./queries.ts";
import { timePassed } from "./reconcile.ts";
import { receive } from "./reports.ts";
import { Seats } from "./seats.ts";
import type { Poison } from "./store/desk.ts";
import type { Filter } from "./store/rows.ts";
import type {
  Address,
  Claim,
  Finish,
  Lease,
  LedgerEvent,
  OtherReport,
  PersonalEvent,
  Preference,
  StatusReport,
  SubmitRequest,
  SubmitResult,
  Suppression,
  Verdict,
} from "./types.ts";

export { MAX_STARTS } from "./claims.ts";
export type { DeliveryView, LedgerSummary } from "./queries.ts";

const MAX_PAGE = 1_000;
/** How many recipients other shards are told of at once. */
const ECHOES = 500;

export class Ledger extends DurableObject<Env> {
  readonly #book: Book;
  readonly #clock: Clock;
  readonly #turn: Turn = { lane: 0 };
  readonly #seats = new Seats();
  /** Other shards are being told. */
  #echoes: Promise<void> | undefined;
  /** Alarms in a row in which something threw. */
  #failures = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#book = new Book(ctx.storage, env);
    this.#clock = new Clock(this.#book, ctx.storage);
  }

  /** Stores all new messages of a request, or none when a key belongs to another message. Answers in the items' order. */
  async submit(address: Address, request: SubmitRequest): Promise<SubmitResult[]> {
    return this.#do((book, now) => intake.submit(book, address, request, now));
  }

  /** What `submit` would find, without storing anything. */
  lookUp(request: SubmitRequest): (SubmitResult | null)[] {
    return intake.lookUp(this.#book, request);
  }

  /** Hands out up to `limit` due rows; none to a consumer of which there are enough already: these find what is due. */
  async lease(limit: number, consumer?: string): Promise<Lease> {
    this.#clock.answered();
    if (!this.#seated(consumer)) return { ids: [] };
    // What is still due is the same consumer's next lease, or its own nudge's when it stops early.
    return this.#do((book, now) => claims.lease(book, this.#turn, limit, now), this.#quietly);
  }

  async start(ids: string[], nonce: string): Promise<Claim> {
    return this.turn([], ids, nonce);
  }

  /** Stores outcomes, then starts others in their place: a free slot costs one round trip. */
  async turn(finishes: Finish[], ids: string[], nonce: string, consumer?: string): Promise<Claim> {
    if (ids.length > MAX_STARTS) throw new TypeError(`start takes at most ${MAX_STARTS} ids, not ${ids.length}`);
    this.#seated(consumer);
    return this.#do((book, now) => {
      for (const finish of finishes) claims.finish(book, finish, now);
      return claims.start(book, ids, nonce, now);
    });
  }

  /** Ends leases that were not used. Whoever gives back says itself that there is more, so that one consumer leaves one nudge. */
  async giveBack(ids: string[]): Promise<void> {
    await this.#do((book, now) => claims.giveBack(book, ids, now), this.#quietly);
  }

  /** A consumer's end: what it did not use is free, and so is its seat. */
  async leave(consumer: string, unused: string[]): Promise<void> {
    this.#seats.leave(consumer);
    if (unused.length > 0) await this.giveBack(unused);
  }

  /** Gives a start back. Legal only before any fetch. */
  async abandon(attempts: { id: string; n: number }[], nonce: string): Promise<void> {
    await this.#do((book, now) => claims.abandon(book, attempts, nonce, now));
  }

  async finish(finishes: Finish[]): Promise<void> {
    await this.#do((book, now) => {
      for (const finish of finishes) claims.finish(book, finish, now);
    });
  }

  /** What the GET brought that a lease asked for. */
  async probed(answer: { ok: boolean; code?: number }): Promise<void> {
    await this.#do((book, now) => {
      book.gate.tell({ type: "probed", ...answer }, now);
      controls.runSweeps(book, controls.SWEEP_BATCH, now);
    });
  }

  /** A later verdict on a row that has not started: under its template's new epoch, or because building refused it. */
  async rejudge(id: string, { epoch, ok, diagnostic, template, category }: Verdict): Promise<void> {
    await this.#do((book, now) => {
      const row = book.rows.row(id);
      if (row === undefined) return;
      if (template !== undefined) {
        intake.raiseEpoch(book, template, now);
        book.rows.setDefinition(id, template.hash);
      }
      const more = { ...(diagnostic !== undefined && { diagnostic }), ...(category !== undefined && { category }) };
      book.apply(row, { type: "rejudged", epoch, ok, ...more }, now);
    });
  }

  /** Raises the epoch of a template: rows that were judged before it may not start until they are judged again. */
  async raiseEpoch(address: Address, name: string, language: string, epoch: number): Promise<void> {
    await this.#do((book, now) => {
      book.desk.setAddress(address);
      intake.raiseEpoch(book, { name, language, epoch }, now);
    });
  }

  /** Stores what a webhook says, then tells the rows. */
  async receive(address: Address, statuses: StatusReport[], others: OtherReport[]): Promise<void> {
    const digests = await Promise.all([...statuses, ...others].map(({ raw }) => sha256Hex(raw)));
    await this.#do(
      (book, now) => receive(book, address, statuses, others, digests, now),
      (now) => this.#clock.settleReport(now),
    );
  }

  /** What a person asks for. Answers the reason when the machine refuses. */
  async act(
    tenant: string,
    id: string,
    event: PersonalEvent,
  ): Promise<{ view: DeliveryView; refused?: { reason: string; message: string } } | undefined> {
    const done = await this.#do((book, now) => controls.act(book, tenant, id, event, now));
    const view = this.read(tenant, id);
    if (view === undefined) return undefined;
    if (done === null) return { view, refused: { reason: "not_allowed", message: "it ended long ago" } };
    return { view, ...done };
  }

  /** Whether deliveries, a hold or errors of `name/language` are or were here. */
  knowsTemplate(template: string): boolean {
    return controls.knowsTemplate(this.#book, template);
  }

  async control(wanted: Control): Promise<{ state: string; refused?: string }> {
    return this.#do((book, now) => controls.control(book, wanted, now));
  }

  campaign(tenant: string, name: string): ReturnType<typeof controls.campaign> {
    return controls.campaign(this.#book, tenant, name);
  }

  suppressions(page: { after?: string; limit: number }): { items: Suppression[]; next?: string } {
    return controls.suppressions(this.#book, { ...page, limit: Math.min(page.limit, MAX_PAGE) });
  }

  /** Which of these are suppressed now, in their order. */
  suppressed(recipients: string[]): (Suppression | null)[] {
    return controls.suppressed(this.#book, recipients, Date.now());
  }

  async suppress(entry: { recipient: string; until?: number | null; by?: string; code?: number }): Promise<void> {
    await this.suppressAll([entry]);
  }

  async suppressAll(entries: Parameters<Ledger["suppress"]>[0][]): Promise<void> {
    await this.#do((book, now) => {
      for (const entry of entries) controls.suppress(book, entry, now);
    });
  }

  async heedPreference(preference: Preference): Promise<void> {
    await this.#do((book, now) => controls.heedPreference(book, preference, now));
  }

  async unsuppress(recipient: string): Promise<void> {
    await this.#do((book) => controls.unsuppress(book, recipient));
  }

  async forget(tenant: string, recipient: string): Promise<{ deliveries: number }> {
    return this.#do((book, now) => controls.forget(book, tenant, recipient, now));
  }

  read(tenant: string, id: string): DeliveryView | undefined {
    return queries.read(this.#book, tenant, id);
  }

  list(tenant: string, filter: Filter, page: { cursor?: string; limit: number }): ReturnType<typeof queries.list> {
    return queries.list(this.#book, tenant, filter, { ...page, limit: Math.min(page.limit, MAX_PAGE) });
  }

  /** Timeline entries and alerts in one order, after `after`. */
  events({ tenant, after = 0, limit }: { tenant?: string; after?: number; limit: number }): {
    events: LedgerEvent[];
    next: number;
  } {
    return this.#book.timeline.page(after, Math.min(limit, MAX_PAGE), tenant);
  }

  async summary(tenant?: string): Promise<LedgerSummary> {
    return queries.summary(this.#book, await this.ctx.storage.getAlarm(), tenant);
  }

  /** What was set aside, the newest first. */
  poisoned(limit: number): Omit<Poison, "digest">[] {
    return this.#book.desk.poisoned(Math.min(limit, MAX_PAGE));
  }

  /** The cron's visit, once a tick: an alarm that stopped is told and set again, and what it should have done is done. */
  async watch(): Promise<void> {
    const now = Date.now();
    const stopped = await this.#clock.stopped(now);
    const { more, failed } = timePassed(this.#book, now);
    if (stopped) {
      this.#book.transaction(() => {
        this.#book.sheet.count("alarms_stopped");
        this.#book.sheet.count("alerts");
        const note = "the alarm was lost or did not ring; it is set again";
        this.#book.timeline.note({ at: now, event: "alert", reason: "alarm_stopped", note });
      });
      log("alert", { reason: "alarm_stopped", ...this.#book.desk.address() });
    }
    await this.#clock.settle(now);
    if (more || failed) await this.#clock.arm(now + 1);
    this.#book.echoing = true;
    this.#echo();
    await this.#echoes;
  }

  /** A queue message that failed too often: noted, at its rows too, and its work is nudged again. */
  async noteDeadLetter(address: Address, kind: string, attempts: { id: string; n: number }[]): Promise<void> {
    await this.#do((book, now) => {
      book.desk.setAddress(address);
      book.desk.addDeadLetter(now, kind, JSON.stringify(attempts));
      book.sheet.count("dead_letters");
      const note = `a queue message (${kind}) failed too often; its work goes on from the ledger`;
      if (attempts.length === 0) book.timeline.note({ at: now, event: "dead_letter", reason: kind, note });
      for (const { id, n } of attempts)
        book.timeline.note({ at: now, event: "dead_letter", id, reason: kind, note: `${note} (attempt ${n})` });
    });
    log("dead_letter", { from: address.from, shard: address.shard, reason: kind });
  }

  /** Never throws: after six failures in a row the platform would stop calling it. */
  override async alarm(): Promise<void> {
    const now = Date.now();
    this.#clock.rang();
    const { more, failed } = timePassed(this.#book, now);
    this.#failures = failed ? this.#failures + 1 : 0;
    // What throws would throw again at once; within a tick it is tried again.
    let pause = 100 * 2 ** Math.min(this.#failures, 10);
    try {
      pause = Math.min(pause, settingsOf(this.env).tickMs);
      if (failed) await this.#clock.arm(now + pause);
      else if (more) await this.#clock.arm(now + 1);
      await this.#clock.settle(now, failed ? { notBefore: now + pause } : {});
    } catch (error) {
      log("alarm_failed", { error: describe(error) });
      await this.ctx.storage.setAlarm(now + pause);
    }
  }

  /** Whether this consumer is one of those that may send. Only the Worker's own have a name. */
  #seated(consumer: string | undefined): boolean {
    if (consumer === undefined) return true;
    const { consumers, graphTimeoutMs, sendingGraceMs } = settingsOf(this.env);
    return this.#seats.take(consumer, { most: consumers, silentMs: graphTimeoutMs + sendingGraceMs }, Date.now());
  }

  /** What Meta says of a recipient holds for the whole sender. Nobody waits for the other shards: what one did not hear stays. */
  #echo(): void {
    if (!this.#book.echoing || this.#echoes !== undefined) return;
    this.#echoes = this.#tellShards().finally(() => {
      this.#echoes = undefined;
    });
    this.ctx.waitUntil(this.#echoes);
  }

  async #tellShards(): Promise<void> {
    // What comes meanwhile raises it again; what fails waits for the cron.
    this.#book.echoing = false;
    const address = this.#book.desk.address();
    if (address === undefined) return;
    const { shared } = this.#book;
    const others = addressesOf(this.env, address.from).filter(({ shard }) => shard !== address.shard);
    try {
      for (;;) {
        const waiting = shared.echoes(ECHOES);
        if (waiting.length === 0) return;
        for (const other of others) await ledgerAt(this.env, other).suppressAll(waiting);
        for (const entry of waiting) shared.endEcho(entry);
      }
    } catch (error) {
      log("echo_failed", { ...address, error: describe(error) });
    }
  }

  /** Of a consumer that is here already. */
  readonly #quietly = (now: number): Promise<void> => this.#clock.settle(now, { nudge: false });

  async #do<T>(
    work: (book: Book, now: number) => T,
    settle = (now: number): Promise<void> => this.#clock.settle(now),
  ): Promise<T> {
    const now = Date.now();
    const result = this.#book.transaction(() => work(this.#book, now));
    try {
      await settle(now);
      this.#echo();
    } catch (error) {
      // It is stored; whoever waits for the answer has to get it. The cron looks after the alarm.
      log("settle_failed", { error: describe(error) });
    }
    return result;
  }
}
