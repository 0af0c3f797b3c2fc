/**
 * One sender's durable record of deliveries (or one shard of it): the calls that others make, and the alarm. What a call
 * does stands in the files beside this one; what it means for a delivery, in the core.
 */

import { DurableObject } from "cloudflare:workers";
import { type Env, settingsOf } from "../env.ts";
import { sha256Hex } from "../hash.ts";
import { describe, log } from "../log.ts";
import { Book } from "./book.ts";
import { abandon, finish, lease, type Leased, MAX_STARTS, openLanes, start } from "./claims.ts";
import { CHORE_BATCH, doChores } from "./chores.ts";
import { lookUp, submit } from "./intake.ts";
import { migrate } from "./migrations.ts";
import { recipientName } from "./pair.ts";
import * as queries from "./queries.ts";
import { receive } from "./reports.ts";
import { forget, nextRetention, retain } from "./retention.ts";
import type { Cursor, ListFilter, Row } from "./store.ts";
import type {
  Address,
  Claim,
  Control,
  Finish,
  GateCommand,
  OtherReport,
  PersonalEvent,
  StatusReport,
  SubmitRequest,
  SubmitResult,
  Suppression,
  Verdict,
} from "./types.ts";

export { MAX_STARTS } from "./claims.ts";
export type { DeliveryView } from "./queries.ts";

const WAKE_BATCH = 500;
const POISON_PAUSE_MS = 60_000;
const ALARM_FALLBACK_MS = 60_000;

export class Ledger extends DurableObject<Env> {
  readonly #book: Book;
  /** The alarm that is set; undefined until it was looked up. */
  #armedFor: number | null | undefined;
  /** When a nudge was sent that no consumer has answered with a lease yet. */
  #nudgedAt: number | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage);
    this.#book = new Book(ctx.storage, env);
  }

  /** Stores all new messages of a request, or none when a key belongs to another message. Answers in the items' order. */
  async submit(address: Address, request: SubmitRequest): Promise<SubmitResult[]> {
    return this.#change((now) => {
      this.#book.store.setAddress(address);
      return submit(this.#book, address, request, now);
    });
  }

  /** What `submit` would find, without storing anything. */
  lookUp(request: SubmitRequest): (SubmitResult | null)[] {
    return lookUp(this.#book, request);
  }

  /** Hands out up to `limit` due rows. Safe to repeat: a lease that nobody uses just runs out. */
  async lease(limit: number): Promise<Leased> {
    // A consumer is here: whatever becomes due from now on deserves a nudge of its own.
    this.#nudgedAt = undefined;
    // What is still due is the same consumer's next lease, or its own nudge's when it stops early.
    return this.#change((now) => lease(this.#book, this.env, limit, now), { nudge: false });
  }

  /** The last check before a POST, for at most six rows at once. */
  async start(ids: string[], nonce: string): Promise<Claim> {
    return this.turn([], ids, nonce);
  }

  /** Outcomes in and starts out, in one transaction: a freed slot of a consumer costs one round trip. */
  async turn(finishes: Finish[], ids: string[], nonce: string): Promise<Claim> {
    if (ids.length > MAX_STARTS) throw new TypeError(`start takes at most ${MAX_STARTS} ids, not ${ids.length}`);
    return this.#change(
      (now) => {
        this.#finish(finishes, now);
        return start(this.#book, this.env, ids, nonce, now);
      },
      { nudge: ids.length === 0 },
    );
  }

  /** Gives starts back. Legal only before any fetch. */
  async abandon(attempts: { id: string; n: number }[], nonce: string): Promise<void> {
    await this.#change((now) => abandon(this.#book, attempts, nonce, now));
  }

  /** Stores outcomes of attempts with their evidence; the first one of an attempt wins. */
  async finish(finishes: Finish[]): Promise<void> {
    await this.#change((now) => this.#finish(finishes, now));
  }

  /** What the GET brought that a lease asked for. */
  async probed(answer: { ok: boolean; code?: number }): Promise<void> {
    await this.#change((now) => {
      this.#book.tell({ type: "probed", ...answer }, now);
      doChores(this.#book, now, CHORE_BATCH);
    });
  }

  /** A later verdict on a row that has not started: under its template's new epoch, or because building refused it. */
  async rejudge(id: string, { epoch, ok, diagnostic, template }: Verdict): Promise<void> {
    await this.#change((now) => {
      const row = this.#book.store.row(id);
      if (row === undefined) return;
      if (template !== undefined) {
        this.#book.store.keepDefinition(template);
        this.#book.store.raiseEpoch(template.name, template.language, template.epoch);
        this.#book.store.setDefinition(id, template.hash);
      }
      this.#book.apply(row, { type: "rejudged", epoch, ok, ...(diagnostic !== undefined && { diagnostic }) }, now);
    });
  }

  /** Raises the epoch of a template: rows that were judged before it may not start until they are judged again. */
  async raiseEpoch(address: Address, name: string, language: string, epoch: number): Promise<void> {
    await this.#change((now) => {
      this.#book.store.setAddress(address);
      this.#book.store.raiseEpoch(name, language, epoch);
      this.#book.tell({ type: "epoch", template: this.#book.templateOf({ name, language }) }, now);
    });
  }

  /** Stores what a webhook says, then tells the rows. */
  async receive(address: Address, statuses: StatusReport[], others: OtherReport[]): Promise<void> {
    const digests = await Promise.all([...statuses, ...others].map(({ raw }) => sha256Hex(raw)));
    await this.#change((now) => {
      this.#book.store.setAddress(address);
      receive(this.#book, statuses, others, digests, now);
      doChores(this.#book, now, CHORE_BATCH);
    });
  }

  /** What a person asks for. Answers the reason when the machine refuses. */
  async act(
    tenant: string,
    id: string,
    event: PersonalEvent,
  ): Promise<{ view: queries.DeliveryView; refused?: { reason: string; message: string } } | undefined> {
    const refusal = await this.#change((now) => {
      const row = this.#book.store.row(id);
      if (row === undefined || row.tenant !== tenant) return undefined;
      if (event.type === "resend" && !isSendable(row)) return ERASED;
      return this.#book.apply(row, event, now).find((command) => command.do === "refuse") ?? null;
    });
    const view = this.read(tenant, id);
    if (view === undefined || refusal === undefined) return undefined;
    return refusal === null ? { view } : { view, refused: { reason: refusal.reason, message: refusal.message } };
  }

  /** Pauses, resumes or cancels; in force at the next start. `campaign`s have the tenant's name in front. */
  async control(control: Control & { by: string }): Promise<{
    state: "running" | "paused" | "cancelled";
    refused?: { reason: string; message: string };
  }> {
    return this.#change((now) => {
      const { state, commands } = this.#book.tell({ type: "control", ...control }, now);
      doChores(this.#book, now, CHORE_BATCH);
      const no = commands.find((command): command is GateCommand & { do: "refuse" } => command.do === "refuse");
      return {
        state: queries.controlled(state, control),
        ...(no && { refused: { reason: no.reason, message: no.message } }),
      };
    });
  }

  /** Undefined for another tenant's delivery, too: nobody learns that it exists. */
  read(tenant: string, id: string): queries.DeliveryView | undefined {
    return queries.read(this.#book, tenant, id);
  }

  /** The newest deliveries, without their timelines. */
  list(
    tenant: string,
    filter: ListFilter,
    page: { cursor?: Cursor; limit: number },
  ): { items: Omit<queries.DeliveryView, "timeline" | "raw">[]; next?: Cursor } {
    return queries.list(this.#book, tenant, filter, page);
  }

  campaign(tenant: string, name: string): queries.CampaignView | undefined {
    return queries.campaign(this.#book, tenant, name);
  }

  async summary(tenant?: string): Promise<queries.Summary> {
    const alarmAt = await this.ctx.storage.getAlarm();
    return queries.summary(this.#book, alarmAt, Date.now(), tenant);
  }

  events(page: { tenant?: string; after?: number; limit: number }): { events: queries.EventView[]; next: number } {
    return queries.events(this.#book, page);
  }

  suppressions(page: { after?: string; limit: number }): { items: Suppression[]; next?: string } {
    const items = this.#book.controls.suppressions(page.after ?? "", page.limit);
    const last = items.length === page.limit ? items.at(-1)?.recipient : undefined;
    return { items, ...(last !== undefined && { next: last }) };
  }

  suppress(entry: { recipient: string; until?: number | null; code?: number; by: string }): void {
    const { recipient, until, code, by } = entry;
    this.#book.controls.suppress({
      recipient: recipientName(recipient),
      until: until ?? null,
      by,
      at: Date.now(),
      ...(code !== undefined && { code }),
    });
  }

  /** False when the recipient was not on the list. */
  unsuppress(recipient: string): boolean {
    return this.#book.controls.unsuppress(recipientName(recipient));
  }

  /** Erases a person from one tenant's deliveries. Their wish to get no marketing stays on the list. */
  async forget(tenant: string, recipient: string): Promise<{ deliveries: number }> {
    const name = recipientName(recipient);
    return this.#change((now) => {
      const rows = this.#book.store.ofRecipient(tenant, name);
      this.#book.store.eraseQuarantine(name);
      return { deliveries: forget(this.#book, rows, tenant, now) };
    });
  }

  /** The cron's visit: an alarm that was lost is set again, what is overdue is surfaced, due work is nudged again. */
  async watch(): Promise<void> {
    this.#armedFor = undefined;
    const now = Date.now();
    this.#tick(now);
    await this.#settleSafely(now);
  }

  /** A queue message that failed too often: noted, also at the deliveries it was about, and its work is nudged again. */
  async noteDeadLetter(address: Address, kind: string, body: string, ids: string[] = []): Promise<void> {
    await this.#change((now) => {
      this.#book.store.setAddress(address);
      this.#book.store.addDeadLetter(now, kind, body);
      for (const id of ids) {
        const row = this.#book.store.row(id);
        if (row === undefined) continue;
        const { state, reason } = row.delivery;
        this.#book.store.record(id, { at: now, event: "dead_letter", state, reason, note: kind });
      }
    });
    log("dead_letter", { from: address.from, shard: address.shard, reason: kind });
  }

  /** Wakes what is due. Never throws: after six failures in a row the platform would stop calling it. */
  override async alarm(): Promise<void> {
    const now = Date.now();
    this.#armedFor = null;
    try {
      this.#tick(now);
    } catch (error) {
      log("alarm_failed", { error: describe(error) });
    }
    await this.#settleSafely(now);
  }

  /** Everything that time brings: each part by itself, so that one that fails takes no other with it. */
  #tick(now: number): void {
    const book = this.#book;
    const parts: [string, () => void][] = [
      ["wake", () => book.store.toWake(now, WAKE_BATCH).forEach((row) => this.#wake(row, now))],
      ["gate", () => book.transact(() => void book.tell({ type: "tick" }, now))],
      ["chores", () => book.transact(() => doChores(book, now, CHORE_BATCH))],
      ["retention", () => book.transact(() => void retain(book, this.env, now))],
    ];
    for (const [name, part] of parts) {
      try {
        part();
      } catch (error) {
        log("tick_failed", { reason: name, error: describe(error) });
      }
    }
  }

  #wake(row: Row, now: number): void {
    try {
      this.#book.transact(() => this.#book.apply(row, { type: "tick" }, now));
    } catch (error) {
      // One row that cannot be judged must not keep the others from their deadlines.
      this.#book.setAside("tick", JSON.stringify(row.delivery), error, now, row.delivery.id);
      this.#book.store.postpone(row.delivery.id, now + POISON_PAUSE_MS);
    }
  }

  #finish(finishes: Finish[], now: number): void {
    for (const one of finishes) {
      try {
        finish(this.#book, one, now);
      } catch (error) {
        // Trying again would not mend it, and the outcomes beside it are good; its attempt times out as unknown.
        this.#book.setAside("finish", one.raw, error, now, one.id);
      }
    }
    doChores(this.#book, now, CHORE_BATCH);
  }

  /** One transaction, and what follows from it. */
  async #change<T>(work: (now: number) => T, { nudge = true } = {}): Promise<T> {
    const now = Date.now();
    const result = this.#book.transact(() => work(now));
    // It is stored: whoever called must learn that, whatever becomes of the nudge. The alarm tries again.
    await this.#settleSafely(now, { nudge });
    return result;
  }

  async #settleSafely(now: number, { nudge = true } = {}): Promise<void> {
    try {
      await this.#settle(now, { nudge });
    } catch (error) {
      log("settle_failed", { error: describe(error) });
      this.#armedFor = undefined;
      await this.ctx.storage.setAlarm(Date.now() + ALARM_FALLBACK_MS);
    }
  }

  /** Nudges when work is due, and sets the alarm to the next time at which anything is. */
  async #settle(now: number, { nudge = true } = {}): Promise<void> {
    const book = this.#book;
    const { nudgeEveryMs } = settingsOf(this.env);
    const times = [book.store.nextWake(), nextRetention(book, this.env), book.controls.gate().wakeAt];
    if (book.controls.chores().length > 0) times.push(now);
    // A row that is blocked alone can be leased by nobody, and still wants its sender probed.
    if (book.store.openLanes().length > 0 || book.store.inState("blocked", 1).length > 0) {
      const look = book.ask({ type: "look" }, now).lease;
      const dues = look?.allow === true ? openLanes(book, look).map(({ lane }) => book.store.firstDue(lane)) : [];
      const due = dues.reduce<number | null>((least, at) => (at === null || (least ?? at) < at ? least : at), null);
      if (look?.probe === true || (due !== null && due <= now)) {
        // A nudge can be lost, the row cannot: without a lease it is nudged again.
        const waiting = this.#nudgedAt !== undefined && Math.abs(now - this.#nudgedAt) < nudgeEveryMs;
        if (nudge && !waiting) await this.#nudge(now);
        times.push(now + nudgeEveryMs);
      }
      times.push(due, look?.allow === false ? (look.until ?? null) : null);
    }
    const next = Math.min(...times.map((at) => (at === null ? Infinity : at <= now ? Math.max(at, now) : at)));
    if (next !== Infinity) await this.#arm(Math.max(next, now + 1));
  }

  async #nudge(now: number): Promise<void> {
    const address = this.#book.store.address();
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

const ERASED = {
  reason: "erased",
  message: "its values were erased; submit the message anew, under a new key",
};

/** A one-time code goes out once, and an erased person gets nothing: what is no more cannot be sent again. */
function isSendable({ message, delivery }: Row): boolean {
  return message !== null && (delivery.category !== "authentication" || "sealed" in message);
}
