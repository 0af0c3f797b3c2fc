/** Deliveries. What is in `delivery` is the core's; every other column is for finding rows. */

import type { Delivery, StoredMessage } from "../types.ts";
import { pairsOf } from "../recipients.ts";
import type { Counts } from "./counts.ts";
import type { Lanes } from "./lanes.ts";
import { firstOf, type SqlRow } from "./sql.ts";
import { WITH_MORE } from "./timeline.ts";

/** A delivery with what the ledger knows beside the machine's row. */
export interface Row {
  tenant: string;
  fingerprint: string;
  campaign: string | null;
  name: string;
  language: string;
  /** Hash of the definition that the message was judged with. */
  definition: string;
  message: StoredMessage;
  /** The recipient, as pacing and suppression name it; nothing once forgotten. */
  pair: string;
  forgotten: boolean;
  delivery: Delivery;
}

/** Where a page goes on. */
export interface Place {
  createdAt: number;
  id: string;
}

export interface Filter {
  state?: string;
  campaign?: string;
}

export class Rows {
  readonly #sql: SqlStorage;
  readonly #lanes: Lanes;
  readonly #counts: Counts;

  constructor(sql: SqlStorage, lanes: Lanes, counts: Counts) {
    this.#sql = sql;
    this.#lanes = lanes;
    this.#counts = counts;
  }

  /** `entries`: where its timeline is. */
  insert(row: Omit<Row, "pair" | "forgotten">, entries: number[]): void {
    const { delivery } = row;
    const { pair, other } = pairsOf(row.message);
    this.#sql.exec(
      `INSERT INTO deliveries (id, callback_id, tenant, key, fingerprint, campaign, name, language, definition, message,
         state, created_at, due_at, wake_at, delivery, lane, pair, other, entries, deadline, settled_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
      this.#laneOf(row, delivery),
      pair,
      other,
      entries.join(),
      ...ends(delivery),
    );
    this.#counts.move(row.tenant, row.campaign, undefined, delivery.state);
  }

  /** Only columns that changed are written: each of them is in an index. */
  update(row: Row, before: Delivery, delivery: Delivery, entries: number[]): void {
    const { tenant, campaign } = row;
    const [deadline, settledAt] = ends(delivery);
    const [deadlineBefore, settledBefore] = ends(before);
    const columns: [string, SqlStorageValue, SqlStorageValue][] = [
      ["state", before.state, delivery.state],
      ["due_at", before.dueAt, delivery.dueAt],
      ["wake_at", before.wakeAt, delivery.wakeAt],
      ["deadline", deadlineBefore, deadline],
      ["settled_at", settledBefore, settledAt],
    ];
    const changed = columns.filter(([, was, is]) => was !== is);
    if (before.category !== delivery.category) changed.push(["lane", null, this.#laneOf(row, delivery)]);
    const more = entries.length > 0 ? `entries = ${WITH_MORE}, ` : "";
    this.#sql.exec(
      `UPDATE deliveries SET ${changed.map(([name]) => `${name} = ?, `).join("")}${more}delivery = ? WHERE id = ?`,
      ...changed.map(([, , is]) => is),
      ...(entries.length > 0 ? [entries.join()] : []),
      JSON.stringify(delivery),
      delivery.id,
    );
    this.#counts.move(tenant, campaign, before.state, delivery.state);
    for (const wamid of delivery.wamids) {
      if (before.wamids.includes(wamid)) continue;
      this.#sql.exec("INSERT OR IGNORE INTO wamids VALUES (?, ?)", wamid, delivery.id);
    }
  }

  setDefinition(id: string, hash: string): void {
    this.#sql.exec("UPDATE deliveries SET definition = ? WHERE id = ?", hash, id);
  }

  setMessage(id: string, message: StoredMessage): void {
    this.#sql.exec("UPDATE deliveries SET message = ? WHERE id = ?", JSON.stringify(message), id);
  }

  /** Takes a row that the machine chokes on out of everybody's way. */
  setAside(id: string): void {
    this.#sql.exec("UPDATE deliveries SET due_at = NULL, wake_at = NULL, deadline = NULL WHERE id = ?", id);
  }

  /** Whose it was and what was written, in Meta's words about it, too. */
  forget(id: string): void {
    const row = this.row(id);
    if (row === undefined) return;
    const delivery = JSON.stringify(row.delivery, (key, value: unknown) => (key === "details" ? undefined : value));
    this.#sql.exec(
      "UPDATE deliveries SET message = '{}', pair = '', other = NULL, forgotten = 1, delivery = ? WHERE id = ?",
      delivery,
      id,
    );
  }

  row(id: string): Row | undefined {
    return rowFrom(firstOf(this.#sql, "SELECT * FROM deliveries WHERE id = ?", id));
  }

  rowByCallbackId(callbackId: string): Row | undefined {
    return rowFrom(firstOf(this.#sql, "SELECT * FROM deliveries WHERE callback_id = ?", callbackId));
  }

  rowByWamid(wamid: string): Row | undefined {
    return rowFrom(
      firstOf(this.#sql, "SELECT d.* FROM wamids w JOIN deliveries d ON d.id = w.id WHERE w.wamid = ?", wamid),
    );
  }

  idByKey(tenant: string, key: string): { id: string; fingerprint: string } | undefined {
    const row = firstOf(this.#sql, "SELECT id, fingerprint FROM deliveries WHERE tenant = ? AND key = ?", tenant, key);
    return row && { id: row.id as string, fingerprint: row.fingerprint as string };
  }

  idsOfRecipient(tenant: string, recipient: string): string[] {
    return this.#ids(
      "SELECT id FROM deliveries WHERE tenant = ?1 AND pair = ?2 UNION SELECT id FROM deliveries WHERE tenant = ?1 AND other = ?2 AND other IS NOT NULL",
      tenant,
      recipient,
    );
  }

  /** The newest first. */
  page(tenant: string, { state, campaign }: Filter, after: Place | undefined, limit: number): Row[] {
    const wanted: [string, SqlStorageValue[]][] = [["tenant = ?", [tenant]]];
    if (state !== undefined) wanted.push(["state = ?", [state]]);
    if (campaign !== undefined) wanted.push(["campaign = ?", [campaign]]);
    if (after !== undefined) wanted.push(["(created_at, id) < (?, ?)", [after.createdAt, after.id]]);
    return this.#rows(
      `SELECT * FROM deliveries WHERE ${wanted.map(([text]) => text).join(" AND ")}
       ORDER BY created_at DESC, id DESC LIMIT ?`,
      ...wanted.flatMap(([, values]) => values),
      limit,
    );
  }

  /** Ids of one lane that are due, or that are queued at all. */
  dueIn(lane: number, now: number, limit: number, offset = 0): string[] {
    return this.#ids(
      "SELECT id FROM deliveries WHERE lane = ? AND due_at <= ? ORDER BY due_at LIMIT ? OFFSET ?",
      lane,
      now,
      limit,
      offset,
    );
  }

  queuedIn(lane: number, limit: number): string[] {
    return this.#ids("SELECT id FROM deliveries WHERE lane = ? AND due_at IS NOT NULL LIMIT ?", lane, limit);
  }

  /** Without those that were set aside. */
  blocked(limit: number): string[] {
    return this.#ids("SELECT id FROM deliveries WHERE state = 'blocked' AND deadline IS NOT NULL LIMIT ?", limit);
  }

  blockedOf(campaign: string, limit: number): string[] {
    return this.#ids(
      "SELECT id FROM deliveries WHERE state = 'blocked' AND deadline IS NOT NULL AND tenant || '/' || campaign = ? LIMIT ?",
      campaign,
      limit,
    );
  }

  /** A deadline is a time to wake, too, whatever the row says of its next one. Some more than `limit` may come. */
  toWake(now: number, limit: number): string[] {
    return this.#ids(
      `SELECT id FROM (SELECT id FROM deliveries WHERE wake_at <= ?1 ORDER BY wake_at LIMIT ?2)
       UNION SELECT id FROM (SELECT id FROM deliveries WHERE deadline <= ?1 ORDER BY deadline LIMIT ?2)`,
      now,
      limit,
    );
  }

  /** Rows whose deadline passed before `before` and that did not end: nobody was told. */
  overdue(before: number, limit: number): string[] {
    return this.#ids("SELECT id FROM deliveries WHERE deadline <= ? LIMIT ?", before, limit);
  }

  settledBefore(at: number, limit: number): string[] {
    return this.#ids("SELECT id FROM deliveries WHERE settled_at <= ? ORDER BY settled_at LIMIT ?", at, limit);
  }

  remove(id: string): void {
    this.#sql.exec(
      "DELETE FROM wamids WHERE wamid IN (SELECT value FROM json_each((SELECT delivery FROM deliveries WHERE id = ?), '$.wamids'))",
      id,
    );
    this.#sql.exec("DELETE FROM deliveries WHERE id = ?", id);
  }

  /** The earliest times at which something has to be done. */
  next(): { wakeAt: number | null; settledAt: number | null } {
    const row = firstOf(
      this.#sql,
      `SELECT (SELECT min(wake_at) FROM deliveries WHERE wake_at IS NOT NULL) AS wake,
              (SELECT min(deadline) FROM deliveries WHERE deadline IS NOT NULL) AS deadline,
              (SELECT min(settled_at) FROM deliveries WHERE settled_at IS NOT NULL) AS settled`,
    );
    const times = [row?.wake, row?.deadline].filter((at) => typeof at === "number");
    return { wakeAt: times.length > 0 ? Math.min(...times) : null, settledAt: (row?.settled ?? null) as number | null };
  }

  #laneOf(row: { tenant: string; campaign: string | null; name: string; language: string }, { category }: Delivery) {
    return this.#lanes.of(category, laneCampaign(row), templateOf(row));
  }

  #ids(query: string, ...bindings: SqlStorageValue[]): string[] {
    return this.#sql
      .exec(query, ...bindings)
      .toArray()
      .map(({ id }) => id as string);
  }

  #rows(query: string, ...bindings: SqlStorageValue[]): Row[] {
    return this.#sql
      .exec(query, ...bindings)
      .toArray()
      .flatMap((row) => rowFrom(row) ?? []);
  }
}

/** The gate's name of a row's template. */
export function templateOf({ name, language }: { name: string; language: string }): string {
  return `${name}/${language}`;
}

/** The gate's name of a row's campaign: two tenants can have one of the same name. */
export function campaignOf({ tenant, campaign }: { tenant: string; campaign: string | null }): string | undefined {
  return campaign === null ? undefined : `${tenant}/${campaign}`;
}

function laneCampaign(row: { tenant: string; campaign: string | null }): string {
  return campaignOf(row) ?? "";
}

/**
 * Deadline and end. What is on the wire may end after the delivery's deadline: until then time makes nothing of it. What
 * needs a person's attention has neither: it stays until somebody, or a late webhook, says how it ended.
 */
export function ends(delivery: Delivery): [deadline: number | null, settledAt: number | null] {
  if (delivery.state === "needs_attention") return [null, null];
  return delivery.settled ? [null, delivery.updatedAt] : [deadlineOf(delivery), null];
}

/** When a row that is not settled has to be. */
export function deadlineOf({ state, expiresAt, attempt }: Delivery): number {
  return state === "sending" ? Math.max(expiresAt, attempt?.timeoutAt ?? 0) : expiresAt;
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
      message: JSON.parse(row.message as string) as StoredMessage,
      pair: row.pair as string,
      forgotten: row.forgotten === 1,
      delivery: JSON.parse(row.delivery as string) as Delivery,
    }
  );
}
