/**
 * The ledger's tables, as the steps that made them. A step that has landed is never changed: objects out there have taken
 * it. Each runs in the transaction that notes it, so that an object has it wholly or not at all.
 */

import { pairOf } from "./pair.ts";
import type { Message } from "wa-preflight";

type Step = (sql: SqlStorage) => void;

const STEPS: Step[] = [first, lanesGateAndRetention];

/** The version of the newest tables. */
export const VERSION = STEPS.length;

/** Brings an object's tables to this version, whatever they are. */
export function migrate(storage: DurableObjectStorage, steps = STEPS): void {
  const { sql } = storage;
  sql.exec(
    "CREATE TABLE IF NOT EXISTS schema (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL)",
  );
  const [row] = sql.exec("SELECT version FROM schema").toArray();
  const version = Number(row?.["version"] ?? 0);
  if (version > steps.length) {
    throw new Error(
      `the ledger's tables have version ${version}, this Worker knows ${steps.length}: deploy the newer one`,
    );
  }
  steps.slice(version).forEach((step, index) => {
    storage.transactionSync(() => {
      step(sql);
      sql.exec("INSERT OR REPLACE INTO schema VALUES (1, ?)", version + index + 1);
    });
  });
}

/** Objects made before versions were noted have these tables, too: hence `IF NOT EXISTS`. */
function first(sql: SqlStorage): void {
  sql.exec(`
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
`);
}

/** Lanes instead of one line, the gate's state, suppressions, what was set aside, and what retention needs. */
function lanesGateAndRetention(sql: SqlStorage): void {
  sql.exec(`
-- Deliveries that are held together stand in one lane: the same category, campaign and template.
CREATE TABLE lanes (
  lane     INTEGER PRIMARY KEY,
  rank     INTEGER NOT NULL,      -- 0: one-time codes, which go first
  category TEXT NOT NULL,
  campaign TEXT NOT NULL,         -- '' for none, else the gate's name of it
  template TEXT NOT NULL,
  UNIQUE (category, campaign, template)
);
ALTER TABLE deliveries ADD COLUMN lane INTEGER;
ALTER TABLE deliveries ADD COLUMN recipient TEXT;    -- NULL once it was erased
ALTER TABLE deliveries ADD COLUMN settled_at INTEGER;
DROP INDEX deliveries_due;
DROP INDEX deliveries_age;
CREATE INDEX deliveries_lane ON deliveries (lane, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_age ON deliveries (tenant, created_at, id);
CREATE INDEX deliveries_state ON deliveries (state, tenant, created_at, id);
CREATE INDEX deliveries_campaign ON deliveries (tenant, campaign, created_at, id) WHERE campaign IS NOT NULL;
CREATE INDEX deliveries_recipient ON deliveries (recipient) WHERE recipient IS NOT NULL;
CREATE INDEX deliveries_settled ON deliveries (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX wamids_id ON wamids (id);

-- What remains of a delivery after its retention: enough to know its key again.
CREATE TABLE tombstones (
  tenant TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, state TEXT NOT NULL,
  reason TEXT NOT NULL, campaign TEXT, created_at INTEGER NOT NULL, settled_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
) WITHOUT ROWID;
CREATE INDEX tombstones_age ON tombstones (settled_at);

-- The gate's state, as the core made it, and what is counted.
CREATE TABLE gate (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), state TEXT NOT NULL, wake_at INTEGER, counters TEXT NOT NULL);
CREATE TABLE pairs (pair TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX pairs_at ON pairs (at);
CREATE TABLE suppressions (recipient TEXT PRIMARY KEY, until INTEGER, code INTEGER, by TEXT, at INTEGER NOT NULL) WITHOUT ROWID;
-- Work for the alarm, in batches: blocked rows to release, campaigns to cancel.
CREATE TABLE chores (kind TEXT NOT NULL, name TEXT NOT NULL, by TEXT NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID;
-- What threw: kept with its reason, so that everything beside it goes on.
CREATE TABLE poison (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT, reason TEXT NOT NULL, raw TEXT NOT NULL);
`);
  const rows = sql.exec("SELECT id, tenant, campaign, name, language, message, delivery FROM deliveries").toArray();
  for (const row of rows) {
    const { category, settled, updatedAt } = JSON.parse(row["delivery"] as string) as {
      category: string;
      settled: boolean;
      updatedAt: number;
    };
    const campaign = row["campaign"] === null ? "" : campaignName(row["tenant"] as string, row["campaign"] as string);
    sql.exec(
      "UPDATE deliveries SET lane = ?, recipient = ?, settled_at = ? WHERE id = ?",
      laneOf(sql, category, campaign, `${row["name"] as string}/${row["language"] as string}`),
      pairOf(JSON.parse(row["message"] as string) as Message),
      settled ? updatedAt : null,
      row["id"] as string,
    );
  }
}

/** The lane of deliveries of one kind; makes it when it is not there. */
export function laneOf(sql: SqlStorage, category: string, campaign: string, template: string): number {
  const find = "SELECT lane FROM lanes WHERE category = ? AND campaign = ? AND template = ?";
  const [known] = sql.exec(find, category, campaign, template).toArray();
  if (known !== undefined) return known["lane"] as number;
  const [made] = sql
    .exec(
      "INSERT INTO lanes (rank, category, campaign, template) VALUES (?, ?, ?, ?) RETURNING lane",
      category === "authentication" ? 0 : 1,
      category,
      campaign,
      template,
    )
    .toArray();
  return made?.["lane"] as number;
}

/** Campaigns of two tenants may have one name: the gate knows them apart. */
export function campaignName(tenant: string, campaign: string): string {
  return `${tenant}/${campaign}`;
}
