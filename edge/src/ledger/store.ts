/** The ledger's tables. What is in `delivery` is the core's; every other column is for finding rows. */

import type { Message } from "wa-preflight";
import type { Address, Delivery, KnownDefinition, TimelineEntry } from "./types.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS address (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), sender TEXT NOT NULL, shard INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS deliveries (
  id          TEXT PRIMARY KEY,
  callback_id TEXT NOT NULL UNIQUE,
  tenant      TEXT NOT NULL,
  key         TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  campaign    TEXT,
  name        TEXT NOT NULL,
  language    TEXT NOT NULL,
  definition  TEXT NOT NULL,
  message     TEXT NOT NULL,
  state       TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  due_at      INTEGER,
  wake_at     INTEGER,
  delivery    TEXT NOT NULL,
  UNIQUE (tenant, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS deliveries_wake ON deliveries (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS deliveries_age ON deliveries (tenant, created_at);

CREATE TABLE IF NOT EXISTS wamids (wamid TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS timeline (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, entry TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS timeline_id ON timeline (id);

-- What Meta said, as it came: answers and webhook events. Without an id it waits in quarantine for its row.
CREATE TABLE IF NOT EXISTS evidence (
  seq         INTEGER PRIMARY KEY,
  digest      TEXT NOT NULL UNIQUE,
  id          TEXT,
  source      TEXT NOT NULL,
  at          INTEGER NOT NULL,
  callback_id TEXT,
  wamid       TEXT,
  event       TEXT,
  raw         TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS evidence_id ON evidence (id) WHERE id IS NOT NULL;
CREATE INDEX IF NOT EXISTS evidence_quarantine ON evidence (wamid) WHERE id IS NULL;

CREATE TABLE IF NOT EXISTS definitions (hash TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS epochs (name TEXT NOT NULL, language TEXT NOT NULL, epoch INTEGER NOT NULL, PRIMARY KEY (name, language)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS nonces (nonce TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dead_letters (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL);
`;

/** A delivery with what the ledger knows beside the machine's row. */
export interface Row {
  tenant: string;
  fingerprint: string;
  campaign: string | null;
  name: string;
  language: string;
  /** Hash of the definition that the message was judged with. */
  definition: string;
  message: Message;
  delivery: Delivery;
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

type SqlRow = Record<string, SqlStorageValue>;

/** Every SQL statement of the ledger. Calls belong into `storage.transactionSync` when more than one of them writes. */
export class Store {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
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
    this.#sql.exec(
      "INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
    );
  }

  update(delivery: Delivery): void {
    this.#sql.exec(
      "UPDATE deliveries SET state = ?, due_at = ?, wake_at = ?, delivery = ? WHERE id = ?",
      delivery.state,
      delivery.dueAt,
      delivery.wakeAt,
      JSON.stringify(delivery),
      delivery.id,
    );
    for (const wamid of delivery.wamids)
      this.#sql.exec("INSERT OR IGNORE INTO wamids VALUES (?, ?)", wamid, delivery.id);
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

  rowByKey(tenant: string, key: string): { id: string; fingerprint: string } | undefined {
    const row = this.#first("SELECT id, fingerprint FROM deliveries WHERE tenant = ? AND key = ?", tenant, key);
    return row && { id: row.id as string, fingerprint: row.fingerprint as string };
  }

  /** The newest first, before `before` when a page goes on. */
  list(tenant: string, filter: { state?: string; campaign?: string; before?: number }, limit: number): Row[] {
    return this.#sql
      .exec(
        `SELECT * FROM deliveries WHERE tenant = ?1 AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR campaign = ?3)
         AND (?4 IS NULL OR created_at < ?4) ORDER BY created_at DESC, id LIMIT ?5`,
        tenant,
        filter.state ?? null,
        filter.campaign ?? null,
        filter.before ?? null,
        limit,
      )
      .toArray()
      .flatMap((row) => rowFrom(row) ?? []);
  }

  due(now: number, limit: number): Row[] {
    return this.#rows("SELECT * FROM deliveries WHERE due_at <= ? ORDER BY due_at, created_at LIMIT ?", now, limit);
  }

  toWake(now: number, limit: number): Row[] {
    return this.#rows("SELECT * FROM deliveries WHERE wake_at <= ? ORDER BY wake_at LIMIT ?", now, limit);
  }

  /** The earliest times at which something becomes due. */
  next(): { dueAt: number | null; wakeAt: number | null } {
    const row = this.#first(
      "SELECT (SELECT min(due_at) FROM deliveries WHERE due_at IS NOT NULL) AS due, (SELECT min(wake_at) FROM deliveries WHERE wake_at IS NOT NULL) AS wake",
    );
    return { dueAt: (row?.due ?? null) as number | null, wakeAt: (row?.wake ?? null) as number | null };
  }

  counts(): Record<string, number> {
    const rows = this.#sql.exec("SELECT state, count(*) AS n FROM deliveries GROUP BY state").toArray();
    return Object.fromEntries(rows.map((row) => [row.state as string, row.n as number]));
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
      message: JSON.parse(row.message as string) as Message,
      delivery: JSON.parse(row.delivery as string) as Delivery,
    }
  );
}
