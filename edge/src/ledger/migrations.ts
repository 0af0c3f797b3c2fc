/**
 * The shapes that a ledger's storage had, one numbered step each. A step that was released is never changed: a ledger that
 * slept through three versions wakes up and walks through them.
 */

import { normalized, pairsOf } from "./recipients.ts";

type Step = (sql: SqlStorage) => void;

/** The tables that no version changed have their sentences here only. */
const first: Step = (sql) => {
  sql.exec(`
CREATE TABLE address (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), sender TEXT NOT NULL, shard INTEGER NOT NULL);

-- What is in \`delivery\` is the core's; every other column is for finding rows.
CREATE TABLE deliveries (
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
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_wake ON deliveries (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX deliveries_age ON deliveries (tenant, created_at);

CREATE TABLE wamids (wamid TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE timeline (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, entry TEXT NOT NULL);
CREATE INDEX timeline_id ON timeline (id);

-- What Meta said, as it came: answers and webhook events. Without an id it waits in quarantine for its row.
CREATE TABLE evidence (
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
CREATE INDEX evidence_id ON evidence (id) WHERE id IS NOT NULL;
CREATE INDEX evidence_quarantine ON evidence (wamid) WHERE id IS NULL;

CREATE TABLE definitions (hash TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE epochs (name TEXT NOT NULL, language TEXT NOT NULL, epoch INTEGER NOT NULL, PRIMARY KEY (name, language)) WITHOUT ROWID;
CREATE TABLE nonces (nonce TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE dead_letters (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL);
`);
};

/** Lanes, the gate, and what keeps a ledger small: tombstones, counts, the ends of things. */
const second: Step = (sql) => {
  sql.exec(`
-- One row for each (category, campaign, template) that was ever submitted. A lease goes through lanes, not through rows.
CREATE TABLE lanes (
  lane     INTEGER PRIMARY KEY,
  category TEXT NOT NULL,
  campaign TEXT NOT NULL,  -- the gate's name of it: tenant/campaign, or nothing
  template TEXT NOT NULL,  -- name/language
  UNIQUE (category, campaign, template)
);

ALTER TABLE deliveries ADD COLUMN lane INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN pair TEXT NOT NULL DEFAULT '';  -- the recipient; nothing once forgotten
ALTER TABLE deliveries ADD COLUMN other TEXT;                     -- its other name, when a message has a number and a user id
ALTER TABLE deliveries ADD COLUMN deadline INTEGER;               -- of a row that is not settled
ALTER TABLE deliveries ADD COLUMN settled_at INTEGER;
ALTER TABLE deliveries ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;
DROP INDEX deliveries_due;
CREATE INDEX deliveries_lane ON deliveries (lane, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_state ON deliveries (tenant, state, created_at);
CREATE INDEX deliveries_campaign ON deliveries (tenant, campaign, created_at) WHERE campaign IS NOT NULL;
CREATE INDEX deliveries_deadline ON deliveries (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX deliveries_settled ON deliveries (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX deliveries_blocked ON deliveries (state) WHERE state = 'blocked';
CREATE INDEX deliveries_pair ON deliveries (tenant, pair);
CREATE INDEX deliveries_other ON deliveries (tenant, other) WHERE other IS NOT NULL;

CREATE INDEX nonces_at ON nonces (at);
CREATE INDEX evidence_waiting ON evidence (at) WHERE id IS NULL;

-- What is left of a delivery that ended long ago: enough to know its key again.
CREATE TABLE tombstones (
  tenant      TEXT NOT NULL,
  key         TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  id          TEXT NOT NULL UNIQUE,
  campaign    TEXT,
  name        TEXT NOT NULL,
  language    TEXT NOT NULL,
  state       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  code        INTEGER,
  created_at  INTEGER NOT NULL,
  settled_at  INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
) WITHOUT ROWID;
CREATE INDEX tombstones_age ON tombstones (settled_at);

CREATE TABLE counts (
  tenant TEXT NOT NULL, campaign TEXT NOT NULL, state TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (tenant, campaign, state)
) WITHOUT ROWID;
CREATE TABLE counters (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;

-- The gate's state, as the core made it.
CREATE TABLE gate (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), state TEXT NOT NULL);
CREATE TABLE pairs (pair TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX pairs_at ON pairs (at);
CREATE TABLE suppressions (recipient TEXT PRIMARY KEY, until INTEGER, code INTEGER, by TEXT, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX suppressions_until ON suppressions (until) WHERE until IS NOT NULL;
-- Work on many rows that goes on in batches.
CREATE TABLE sweeps (what TEXT NOT NULL, name TEXT NOT NULL, by TEXT NOT NULL, PRIMARY KEY (what, name)) WITHOUT ROWID;

-- What could not be applied, and why. Its evidence is where evidence is.
CREATE TABLE poison (
  seq INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT, reason TEXT NOT NULL
);
`);
  moveRows(sql);
};

/**
 * What needs attention stays until it has got it; what people told Meta last about marketing, and what other shards must know.
 * The rest is for the price: a write costs a thousand times what a read does, and every index of a row is one more.
 */
const third: Step = (sql) => {
  sql.exec(`
UPDATE deliveries SET settled_at = NULL WHERE state = 'needs_attention';

CREATE TABLE preferences (recipient TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
-- Meta's word about a recipient, on its way to the sender's other shards.
CREATE TABLE echoes (recipient TEXT PRIMARY KEY, until INTEGER, code INTEGER NOT NULL) WITHOUT ROWID;

-- What nearly every call changes, in one row: the gate's state, as the core made it, and how often what happened, by its name.
CREATE TABLE sheet (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), gate TEXT NOT NULL, counters TEXT NOT NULL);
INSERT INTO sheet
  SELECT 1, coalesce((SELECT state FROM gate), 'null'), (SELECT json_group_object(name, n) FROM counters);
DROP TABLE gate;
DROP TABLE counters;

-- How many deliveries of a campaign (or of none) are in which state.
CREATE TABLE tallies (tenant TEXT NOT NULL, campaign TEXT NOT NULL, states TEXT NOT NULL, PRIMARY KEY (tenant, campaign)) WITHOUT ROWID;
INSERT INTO tallies SELECT tenant, campaign, json_group_object(state, n) FROM counts WHERE n <> 0 GROUP BY tenant, campaign;
DROP TABLE counts;

-- What Meta said, as it came: answers and webhook events.
CREATE TABLE pieces (
  owner   TEXT NOT NULL,     -- the delivery; while nobody knows it, ~ and the message's id; of what is about none, # and the digest
  n       INTEGER NOT NULL,  -- in the order in which the owner's came
  digest  TEXT NOT NULL,
  waiting INTEGER NOT NULL,  -- 1 without a delivery: in quarantine
  source  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  event   TEXT,              -- what the machine will be told when there is a delivery
  raw     TEXT NOT NULL,
  PRIMARY KEY (owner, n)
) WITHOUT ROWID;
INSERT INTO pieces
  SELECT coalesce(id, '~' || wamid, '#' || digest), seq, digest, id IS NULL, source, at, CASE WHEN id IS NULL THEN event END, raw
  FROM evidence;
DROP TABLE evidence;
CREATE INDEX pieces_waiting ON pieces (at) WHERE waiting = 1;

-- Where a delivery's own entries are: its row is written with each of them anyway, an index would be written beside it.
ALTER TABLE deliveries ADD COLUMN entries TEXT NOT NULL DEFAULT '';
UPDATE deliveries SET entries = coalesce((SELECT group_concat(seq) FROM timeline WHERE timeline.id = deliveries.id), '');
DROP INDEX timeline_id;
CREATE INDEX timeline_notices ON timeline (seq) WHERE id = '';

-- Few pairs have a clock that runs; what has run out is found without an index.
DROP INDEX pairs_at;
`);
  renameRecipients(sql);
};

/** Numbers are read as the core reads them: with 00, or with marks that nobody sees, they had other names before. */
function renameRecipients(sql: SqlStorage): void {
  const odd = (column: string) => `${column} GLOB '00*' OR ${column} GLOB '*[^A-Za-z0-9._-]*'`;
  for (const row of sql.exec(`SELECT * FROM suppressions WHERE ${odd("recipient")}`).toArray()) {
    const { recipient, until, code, by, at } = row as Record<string, SqlStorageValue> & { recipient: string };
    sql.exec("DELETE FROM suppressions WHERE recipient = ?", recipient);
    sql.exec(
      "INSERT OR IGNORE INTO suppressions VALUES (?, ?, ?, ?, ?)",
      normalized(recipient),
      until ?? null,
      code ?? null,
      by ?? null,
      at ?? 0,
    );
  }
  const rows = sql.exec(`SELECT id, message FROM deliveries WHERE ${odd("pair")} OR message LIKE '%(0)%'`).toArray();
  for (const { id, message } of rows) {
    const { pair, other } = pairsOf(JSON.parse(message as string) as object);
    if (pair !== "") sql.exec("UPDATE deliveries SET pair = ?, other = ? WHERE id = ?", pair, other, id as string);
  }
}

/** Gives the rows of version 1 their new columns. */
function moveRows(sql: SqlStorage): void {
  for (const row of sql
    .exec("SELECT id, tenant, campaign, name, language, message, state, delivery FROM deliveries")
    .toArray()) {
    const delivery = JSON.parse(row.delivery as string) as {
      category: string;
      expiresAt: number;
      updatedAt: number;
      settled: boolean;
    };
    const campaign = row.campaign === null ? "" : `${row.tenant}/${row.campaign}`;
    const template = `${row.name}/${row.language}`;
    sql.exec(
      "INSERT OR IGNORE INTO lanes (category, campaign, template) VALUES (?, ?, ?)",
      delivery.category,
      campaign,
      template,
    );
    const { pair, other } = pairsOf(JSON.parse(row.message as string) as object);
    sql.exec(
      `UPDATE deliveries SET pair = ?, other = ?, deadline = ?, settled_at = ?,
         lane = (SELECT lane FROM lanes WHERE category = ? AND campaign = ? AND template = ?) WHERE id = ?`,
      pair,
      other,
      delivery.settled ? null : delivery.expiresAt,
      delivery.settled ? delivery.updatedAt : null,
      delivery.category,
      campaign,
      template,
      row.id as string,
    );
  }
  sql.exec("INSERT INTO counters SELECT 'dead_letters', count(*) FROM dead_letters");
  sql.exec(
    "INSERT INTO counts SELECT tenant, coalesce(campaign, ''), state, count(*) FROM deliveries GROUP BY 1, 2, 3",
  );
}

/** Step n leads to version n. */
export const MIGRATIONS: readonly Step[] = [first, second, third];

/** Brings the storage to `target`, which only tests choose; what is there stays there when a step fails. */
export function migrate(storage: DurableObjectStorage, target = MIGRATIONS.length): void {
  const { sql } = storage;
  const present = versionOf(sql);
  // An older Worker must not write into tables that it does not know.
  if (present > MIGRATIONS.length)
    throw new Error(
      `this ledger has version ${present}, and this Worker knows ${MIGRATIONS.length}: deploy a newer one`,
    );
  for (let version = present + 1; version <= target; version += 1) {
    storage.transactionSync(() => {
      MIGRATIONS[version - 1]?.(sql);
      sql.exec(
        "CREATE TABLE IF NOT EXISTS schema_version (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL)",
      );
      sql.exec("INSERT OR REPLACE INTO schema_version VALUES (1, ?)", version);
    });
  }
}

/** The first version had no row that says so. */
function versionOf(sql: SqlStorage): number {
  const names = sql
    .exec("SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('schema_version', 'deliveries')")
    .toArray()
    .map(({ name }) => name);
  if (names.includes("schema_version")) return sql.exec("SELECT version FROM schema_version").one().version as number;
  return names.includes("deliveries") ? 1 : 0;
}
