/** The ledger's tables. What is in `delivery` is the core's; every other column is for finding rows. */

import type { Message } from "wa-preflight";
import type { SealedMessage } from "../delivery/secrets.ts";
import { campaignName, laneOf } from "./migrations.ts";
import type { Address, Delivery, KnownDefinition, TimelineEntry } from "./types.ts";

/** A delivery with what the ledger knows beside the machine's row. */
export interface Row {
  tenant: string;
  fingerprint: string;
  campaign: string | null;
  name: string;
  language: string;
  /** Hash of the definition that the message was judged with. */
  definition: string;
  /** Null once it was erased. */
  message: Message | SealedMessage | null;
  /** The recipient in one way of writing; null once it was erased. */
  recipient: string | null;
  delivery: Delivery;
}

/** What remains of a delivery after its retention. */
export interface Tombstone {
  tenant: string;
  key: string;
  id: string;
  fingerprint: string;
  state: string;
  reason: string;
  campaign: string | null;
  createdAt: number;
  settledAt: number;
}

/** A piece of evidence before it is stored. */
export interface Evidence {
  digest: string;
  id: string | null;
  source: "answer" | "webhook";
  at: number;
  callbackId?: string;
  wamid?: string;
  /** What the machine was or will be told, as JSON. */
  event?: string;
  raw: string;
}

export interface ListFilter {
  state?: string;
  campaign?: string;
  recipient?: string;
  before?: number;
}

/** Where a page ended. */
export interface Cursor {
  createdAt: number;
  id: string;
}

/** Deliveries that are held together. */
export interface Lane {
  lane: number;
  rank: number;
  category: string;
  campaign: string;
  template: string;
}

export interface StoredEvent {
  seq: number;
  /** Empty for an alert. */
  id: string;
  entry: string;
  key: string | null;
}

type SqlRow = Record<string, SqlStorageValue>;

/** Every SQL statement of the ledger. Calls belong into `storage.transactionSync` when more than one of them writes. */
export class Store {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  address(): Address | undefined {
    const row = this.#first("SELECT sender, shard FROM address");
    return row && { from: row.sender as string, shard: row.shard as number };
  }

  setAddress({ from, shard }: Address): void {
    this.#sql.exec("INSERT OR IGNORE INTO address VALUES (1, ?, ?)", from, shard);
  }

  insert(row: Row): void {
    const { delivery } = row;
    const campaign = row.campaign === null ? "" : campaignName(row.tenant, row.campaign);
    this.#sql.exec(
      `INSERT INTO deliveries (id, callback_id, tenant, key, fingerprint, campaign, name, language, definition, message, state,
         created_at, due_at, wake_at, delivery, lane, recipient, settled_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      delivery.id,
      delivery.callbackId,
      row.tenant,
      delivery.key,
      row.fingerprint,
      row.campaign,
      row.name,
      row.language,
      row.definition,
      JSON.stringify(row.message),
      delivery.state,
      delivery.createdAt,
      delivery.dueAt,
      delivery.wakeAt,
      JSON.stringify(delivery),
      laneOf(this.#sql, delivery.category, campaign, `${row.name}/${row.language}`),
      row.recipient,
      settledAt(delivery),
    );
  }

  update(delivery: Delivery, newWamids: string[]): void {
    this.#sql.exec(
      "UPDATE deliveries SET state = ?, due_at = ?, wake_at = ?, delivery = ?, settled_at = ? WHERE id = ?",
      delivery.state,
      delivery.dueAt,
      delivery.wakeAt,
      JSON.stringify(delivery),
      settledAt(delivery),
      delivery.id,
    );
    for (const wamid of newWamids) this.#sql.exec("INSERT OR IGNORE INTO wamids VALUES (?, ?)", wamid, delivery.id);
  }

  setMessage(id: string, message: Row["message"]): void {
    this.#sql.exec("UPDATE deliveries SET message = ? WHERE id = ?", JSON.stringify(message), id);
  }

  setDefinition(id: string, hash: string): void {
    this.#sql.exec("UPDATE deliveries SET definition = ? WHERE id = ?", hash, id);
  }

  /** Puts a row that the machine chokes on out of the alarm's way for a while. */
  postpone(id: string, wakeAt: number): void {
    this.#sql.exec("UPDATE deliveries SET wake_at = ? WHERE id = ?", wakeAt, id);
  }

  row(id: string): Row | undefined {
    return rowFrom(this.#first("SELECT * FROM deliveries WHERE id = ?", id));
  }

  rowByCallbackId(callbackId: string): Row | undefined {
    return rowFrom(this.#first("SELECT * FROM deliveries WHERE callback_id = ?", callbackId));
  }

  rowByWamid(wamid: string): Row | undefined {
    return rowFrom(this.#first("SELECT d.* FROM wamids w JOIN deliveries d ON d.id = w.id WHERE w.wamid = ?", wamid));
  }

  /** Also of deliveries of which only the key remains. */
  rowByKey(tenant: string, key: string): { id: string; fingerprint: string } | undefined {
    for (const table of ["deliveries", "tombstones"]) {
      const row = this.#first(`SELECT id, fingerprint FROM ${table} WHERE tenant = ? AND key = ?`, tenant, key);
      if (row) return { id: row["id"] as string, fingerprint: row["fingerprint"] as string };
    }
    return undefined;
  }

  /** The newest first; `cursor` is where the page before ended. */
  list(tenant: string, filter: ListFilter, cursor: Cursor | undefined, limit: number): Row[] {
    const wheres = ["tenant = ?"];
    const bindings: SqlStorageValue[] = [tenant];
    const add = (where: string, ...values: SqlStorageValue[]) => {
      wheres.push(where);
      bindings.push(...values);
    };
    if (filter.state !== undefined) add("state = ?", filter.state);
    if (filter.campaign !== undefined) add("campaign = ?", filter.campaign);
    if (filter.recipient !== undefined) add("recipient = ?", filter.recipient);
    if (filter.before !== undefined) add("created_at < ?", filter.before);
    if (cursor !== undefined) add("(created_at, id) < (?, ?)", cursor.createdAt, cursor.id);
    return this.#rows(
      `SELECT * FROM deliveries WHERE ${wheres.join(" AND ")} ORDER BY created_at DESC, id DESC LIMIT ?`,
      ...bindings,
      limit,
    );
  }

  /** Lanes in which something is queued, one-time codes first. A step from lane to lane, never a walk over their rows. */
  openLanes(): Lane[] {
    return this.#sql
      .exec(
        `WITH RECURSIVE open (lane) AS (
           SELECT min(lane) FROM deliveries WHERE due_at IS NOT NULL
           UNION ALL
           SELECT (SELECT min(lane) FROM deliveries WHERE due_at IS NOT NULL AND lane > open.lane) FROM open WHERE open.lane IS NOT NULL
         )
         SELECT lanes.* FROM open JOIN lanes USING (lane) ORDER BY rank, lane`,
      )
      .toArray() as unknown as Lane[];
  }

  dueIn(lane: number, now: number, limit: number): Row[] {
    return this.#rows(
      "SELECT * FROM deliveries WHERE lane = ? AND due_at <= ? ORDER BY due_at LIMIT ?",
      lane,
      now,
      limit,
    );
  }

  /** When the first row of a lane is due. */
  firstDue(lane: number): number | null {
    const row = this.#first("SELECT min(due_at) AS due FROM deliveries WHERE lane = ? AND due_at IS NOT NULL", lane);
    return (row?.["due"] ?? null) as number | null;
  }

  /** Rows in one state, in no order: for batches. */
  inState(state: string, limit: number): Row[] {
    return this.#rows("SELECT * FROM deliveries WHERE state = ? LIMIT ?", state, limit);
  }

  /** What of a campaign has not been started. */
  waitingOf(tenant: string, campaign: string, limit: number): Row[] {
    return this.#rows(
      "SELECT * FROM deliveries WHERE tenant = ? AND campaign = ? AND state IN ('queued', 'blocked') LIMIT ?",
      tenant,
      campaign,
      limit,
    );
  }

  toWake(now: number, limit: number): Row[] {
    return this.#rows("SELECT * FROM deliveries WHERE wake_at <= ? ORDER BY wake_at LIMIT ?", now, limit);
  }

  /** The earliest time at which a row wants a tick. */
  nextWake(): number | null {
    return (this.#first("SELECT min(wake_at) AS at FROM deliveries WHERE wake_at IS NOT NULL")?.["at"] ?? null) as
      number | null;
  }

  /** Rows whose tick is overdue by more than any alarm and any cron takes: nobody would learn of their end. */
  overdue(before: number): number {
    return (this.#first("SELECT count(*) AS n FROM deliveries WHERE wake_at <= ?", before)?.["n"] ?? 0) as number;
  }

  counts(tenant?: string): Record<string, number> {
    const rows = this.#sql
      .exec(
        "SELECT state, count(*) AS n FROM deliveries WHERE ?1 IS NULL OR tenant = ?1 GROUP BY state",
        tenant ?? null,
      )
      .toArray();
    return Object.fromEntries(rows.map((row) => [row["state"] as string, row["n"] as number]));
  }

  /** Counts by state of a campaign, with those of which only the key remains. */
  campaignCounts(tenant: string, campaign: string): Record<string, number> {
    const rows = this.#sql
      .exec(
        `SELECT state, sum(n) AS n FROM (
           SELECT state, count(*) AS n FROM deliveries WHERE tenant = ?1 AND campaign = ?2 GROUP BY state
           UNION ALL SELECT state, count(*) FROM tombstones WHERE tenant = ?1 AND campaign = ?2 GROUP BY state
         ) GROUP BY state`,
        tenant,
        campaign,
      )
      .toArray();
    return Object.fromEntries(rows.map((row) => [row["state"] as string, row["n"] as number]));
  }

  record(id: string, entry: TimelineEntry): void {
    this.#sql.exec("INSERT INTO timeline (id, entry) VALUES (?, ?)", id, JSON.stringify(entry));
  }

  timeline(id: string): TimelineEntry[] {
    const rows = this.#sql.exec("SELECT entry FROM timeline WHERE id = ? ORDER BY seq", id).toArray();
    return rows.map((row) => JSON.parse(row.entry as string) as TimelineEntry);
  }

  /** False when the very same piece is there already. */
  addEvidence(piece: Evidence): boolean {
    const cursor = this.#sql.exec(
      "INSERT OR IGNORE INTO evidence (digest, id, source, at, callback_id, wamid, event, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      piece.digest,
      piece.id,
      piece.source,
      piece.at,
      piece.callbackId ?? null,
      piece.wamid ?? null,
      piece.event ?? null,
      piece.raw,
    );
    return cursor.rowsWritten > 0;
  }

  evidence(id: string): { at: number; source: string; raw: string }[] {
    const rows = this.#sql.exec("SELECT at, source, raw FROM evidence WHERE id = ? ORDER BY seq", id).toArray();
    return rows.map((row) => ({ at: row.at as number, source: row.source as string, raw: row.raw as string }));
  }

  /** Statuses that came for this message before anyone knew whose it is; from now on they are `id`'s. */
  adopt(wamid: string, id: string): string[] {
    const rows = this.#sql
      .exec(
        "UPDATE evidence SET id = ? WHERE wamid = ? AND id IS NULL AND event IS NOT NULL RETURNING event",
        id,
        wamid,
      )
      .toArray();
    return rows.map((row) => row.event as string);
  }

  quarantined(): number {
    return (this.#first("SELECT count(*) AS n FROM evidence WHERE id IS NULL")?.n ?? 0) as number;
  }

  keepDefinition({ hash, text }: KnownDefinition): void {
    this.#sql.exec("INSERT OR IGNORE INTO definitions VALUES (?, ?)", hash, text);
  }

  definition(hash: string): string | undefined {
    return this.#first("SELECT text FROM definitions WHERE hash = ?", hash)?.text as string | undefined;
  }

  epoch(name: string, language: string): number {
    return (this.#first("SELECT epoch FROM epochs WHERE name = ? AND language = ?", name, language)?.epoch ??
      0) as number;
  }

  /** Epochs only rise: news may come out of order. */
  raiseEpoch(name: string, language: string, epoch: number): void {
    this.#sql.exec(
      "INSERT INTO epochs VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET epoch = max(epoch, excluded.epoch)",
      name,
      language,
      epoch,
    );
  }

  /** False when the nonce was used before. */
  useNonce(nonce: string, now: number, forgetBefore: number): boolean {
    this.#sql.exec("DELETE FROM nonces WHERE at < ?", forgetBefore);
    return this.#sql.exec("INSERT OR IGNORE INTO nonces VALUES (?, ?)", nonce, now).rowsWritten > 0;
  }

  addDeadLetter(at: number, kind: string, body: string): void {
    this.#sql.exec("INSERT INTO dead_letters (at, kind, body) VALUES (?, ?, ?)", at, kind, body);
  }

  deadLetters(): number {
    return (this.#first("SELECT count(*) AS n FROM dead_letters")?.n ?? 0) as number;
  }

  /** Timeline entries and alerts after `seq`, as one sequence. An alert has no delivery, and is everybody's. */
  events(tenant: string | undefined, after: number, limit: number): StoredEvent[] {
    return this.#sql
      .exec(
        `SELECT t.seq, t.id, t.entry, d.key FROM timeline t LEFT JOIN deliveries d ON d.id = t.id
         WHERE t.seq > ?1 AND (t.id = '' OR ?2 IS NULL OR d.tenant = ?2) ORDER BY t.seq LIMIT ?3`,
        after,
        tenant ?? null,
        limit,
      )
      .toArray() as unknown as StoredEvent[];
  }

  lastSeq(): number {
    return (this.#first("SELECT max(seq) AS seq FROM timeline")?.["seq"] ?? 0) as number;
  }

  settledBefore(time: number, limit: number): Row[] {
    return this.#rows("SELECT * FROM deliveries WHERE settled_at < ? ORDER BY settled_at LIMIT ?", time, limit);
  }

  nextSettled(): number | null {
    return (this.#first("SELECT min(settled_at) AS at FROM deliveries WHERE settled_at IS NOT NULL")?.["at"] ??
      null) as number | null;
  }

  /** Leaves the key and how it ended. */
  bury(row: Row, settled: number): void {
    const { delivery } = row;
    this.#sql.exec(
      "INSERT OR REPLACE INTO tombstones VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      row.tenant,
      delivery.key,
      delivery.id,
      row.fingerprint,
      delivery.state,
      delivery.reason,
      row.campaign,
      delivery.createdAt,
      settled,
    );
    this.eraseStory(delivery.id, { timeline: true });
    this.#sql.exec("DELETE FROM wamids WHERE id = ?", delivery.id);
    this.#sql.exec("DELETE FROM deliveries WHERE id = ?", delivery.id);
  }

  tombstone(id: string): Tombstone | undefined {
    const row = this.#first("SELECT * FROM tombstones WHERE id = ?", id);
    return (
      row && {
        tenant: row["tenant"] as string,
        key: row["key"] as string,
        id: row["id"] as string,
        fingerprint: row["fingerprint"] as string,
        state: row["state"] as string,
        reason: row["reason"] as string,
        campaign: row["campaign"] as string | null,
        createdAt: row["created_at"] as number,
        settledAt: row["settled_at"] as number,
      }
    );
  }

  forgetTombstones(before: number, limit: number): number {
    return this.#sql.exec(
      "DELETE FROM tombstones WHERE id IN (SELECT id FROM tombstones WHERE settled_at < ? ORDER BY settled_at LIMIT ?)",
      before,
      limit,
    ).rowsWritten;
  }

  /** What nobody has claimed for that long, and what is about no delivery. */
  forgetQuarantine(before: number, limit: number): number {
    return this.#sql.exec(
      "DELETE FROM evidence WHERE seq IN (SELECT seq FROM evidence WHERE id IS NULL AND at < ? LIMIT ?)",
      before,
      limit,
    ).rowsWritten;
  }

  ofRecipient(tenant: string, recipient: string): Row[] {
    return this.#rows("SELECT * FROM deliveries WHERE recipient = ? AND tenant = ?", recipient, tenant);
  }

  /** Words of Meta's about nobody's delivery that quote a recipient. */
  eraseQuarantine(recipient: string): void {
    if (recipient !== "") this.#sql.exec("DELETE FROM evidence WHERE id IS NULL AND instr(raw, ?) > 0", recipient);
  }

  /** Meta's raw words quote the recipient. */
  eraseStory(id: string, { timeline }: { timeline: boolean }): void {
    this.#sql.exec("DELETE FROM evidence WHERE id = ?", id);
    if (timeline) this.#sql.exec("DELETE FROM timeline WHERE id = ?", id);
  }

  erasePerson(id: string): void {
    this.#sql.exec("UPDATE deliveries SET message = 'null', recipient = NULL WHERE id = ?", id);
  }

  #rows(query: string, ...bindings: SqlStorageValue[]): Row[] {
    return this.#sql
      .exec(query, ...bindings)
      .toArray()
      .flatMap((row) => rowFrom(row) ?? []);
  }

  #first(query: string, ...bindings: SqlStorageValue[]): SqlRow | undefined {
    return this.#sql.exec(query, ...bindings).toArray()[0];
  }
}

function rowFrom(row: SqlRow | undefined): Row | undefined {
  return (
    row && {
      tenant: row.tenant as string,
      fingerprint: row.fingerprint as string,
      campaign: row.campaign as string | null,
      name: row.name as string,
      language: row.language as string,
      definition: row.definition as string,
      message: JSON.parse(row.message as string) as Row["message"],
      recipient: row.recipient as string | null,
      delivery: JSON.parse(row.delivery as string) as Delivery,
    }
  );
}

function settledAt(delivery: Delivery): number | null {
  return delivery.settled ? delivery.updatedAt : null;
}
