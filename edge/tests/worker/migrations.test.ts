/** A ledger of an earlier version wakes up under this one. */

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { makeId, step } from "../../src/ledger/machine.ts";
import { migrate, MIGRATIONS } from "../../src/ledger/migrations.ts";
import { accepted, address, ledger, stub, TENANT } from "./tools.ts";

/** Empties the storage and fills it as version 1 would have. */
async function versionOne(withRow: boolean): Promise<{ id: string; sent: string }> {
  return runInDurableObject(stub(), (_, { storage }) => {
    const { sql } = storage;
    const names = (type: string) =>
      sql
        .exec(
          "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf%'",
          type,
        )
        .toArray();
    for (const { name } of names("table")) sql.exec(`DROP TABLE "${name}"`);
    migrate(storage, 1);
    // The first version that was in use had no row that says so.
    if (!withRow) sql.exec("DROP TABLE schema_version");
    const now = Date.now();
    const insert = (key: string, campaign: string | null, finish: boolean) => {
      const submitted = {
        type: "submitted",
        id: makeId(0),
        callbackId: makeId(0),
        key,
        category: "utility",
        epoch: 1,
      } as const;
      let { delivery } = step(null, submitted, now);
      if (finish) {
        ({ delivery } = step(delivery, { type: "cancel", by: "me" }, now));
      }
      sql.exec(
        "INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        delivery.id,
        delivery.callbackId,
        TENANT,
        key,
        `print of ${key}`,
        campaign,
        "hello",
        "en",
        "h1",
        JSON.stringify({ to: "+1 555 000 0001", recipient: "US.abc", values: {} }),
        delivery.state,
        now,
        delivery.dueAt,
        delivery.wakeAt,
        JSON.stringify(delivery),
      );
      sql.exec(
        "INSERT INTO timeline (id, entry) VALUES (?, ?)",
        delivery.id,
        `{"at":${now},"event":"submitted","state":"queued","reason":"submitted"}`,
      );
      return delivery.id;
    };
    sql.exec("INSERT INTO address VALUES (1, ?, 0)", address.from);
    sql.exec("INSERT INTO definitions VALUES ('h1', '{}')");
    sql.exec("INSERT INTO dead_letters (at, kind, body) VALUES (1, 'nudge', '{}')");
    return { id: insert("a", "spring", false), sent: insert("b", null, true) };
  });
}

describe("from version 1, as it was in use and as a step of today", () => {
  for (const withRow of [false, true]) {
    test(withRow ? "with its number" : "without a number", async () => {
      await ledger().summary();
      const { id, sent } = await versionOne(withRow);
      await evictDurableObject(stub());

      expect(await ledger().summary()).toMatchObject({ states: { queued: 1, cancelled: 1 }, deadLetters: 1 });
      expect((await ledger().campaign(TENANT, "spring"))?.counts).toEqual({ queued: 1 });
      expect((await ledger().read(TENANT, sent))?.timeline).toHaveLength(1);
      expect((await ledger().lease(10)).ids).toEqual([id]);
      expect((await ledger().start([id], "n")).posts).toMatchObject([{ id, definition: "h1" }]);
      expect(await ledger().forget(TENANT, "US.abc"), "its second name counts, too").toEqual({ deliveries: 2 });
      const version = await runInDurableObject(stub(), (_, s) =>
        s.storage.sql.exec("SELECT version FROM schema_version").one(),
      );
      expect(version["version"]).toBe(MIGRATIONS.length);
    });
  }
});

test("from version 2: what was counted, held, told and set aside is there", async () => {
  await ledger().summary();
  const { id, sent } = await versionOne(true);
  await runInDurableObject(stub(), (_, { storage }) => {
    migrate(storage, 2);
    const { sql } = storage;
    const paused = { v: 1, pace: [], unknowns: 0, paused: { since: 1, by: "me" } };
    sql.exec("INSERT INTO gate VALUES (1, ?)", JSON.stringify(paused));
    sql.exec("INSERT INTO counters VALUES ('webhooks', 3), ('starts', 2)");
    const piece = (digest: string, owner: string | null, wamid: string | null, raw: string, event: string | null) =>
      sql.exec(
        "INSERT INTO evidence (digest, id, source, at, wamid, event, raw) VALUES (?, ?, 'webhook', 1, ?, ?, ?)",
        ...[digest, owner, wamid, event, raw],
      );
    piece("d1", sent, "wamid.1", '{"n":1}', null);
    piece("d2", sent, "wamid.1", '{"n":2}', null);
    const early = { type: "status", wamid: "wamid.A", status: "delivered", timestamp: 5 };
    piece("d3", null, "wamid.A", '{"n":3}', JSON.stringify(early));
    piece("d4", null, null, '{"n":4}', null);
    sql.exec("INSERT INTO suppressions VALUES ('0015550000009', NULL, NULL, 'me', 1)");
    sql.exec(
      "UPDATE deliveries SET pair = '0015550000001', message = '{\"to\":\"001 555 000 0001\"}' WHERE id = ?",
      sent,
    );
    // A day that nobody came to look at it.
    sql.exec("UPDATE deliveries SET state = 'needs_attention', settled_at = 1 WHERE id = ?", sent);
  });
  await evictDurableObject(stub());

  const { gate, counters, quarantined, deadLetters } = await ledger().summary();
  expect(gate.paused).toEqual({ since: 1, by: "me" });
  expect(counters).toMatchObject({ webhooks: 3, starts: 2 });
  expect([quarantined, deadLetters]).toEqual([2, 1]);
  expect((await ledger().read(TENANT, sent))?.raw.map(({ raw }) => raw)).toEqual(['{"n":1}', '{"n":2}']);
  await ledger().control({ what: "sender", action: "resume", by: "me" });
  expect((await ledger().start([id], "n")).posts).toHaveLength(1);
  await ledger().finish([{ id, n: 1, outcome: accepted, raw: "{}" }]);
  expect((await ledger().read(TENANT, id))?.delivery.state, "what waited for it").toBe("delivered");
  expect((await ledger().summary()).quarantined).toBe(1);
  expect(await ledger().suppressed(["+15550000009"])).toMatchObject([{ until: null, by: "me" }]);
  expect(await ledger().forget(TENANT, "+1 555 000 0001")).toEqual({ deliveries: 2 });
  const stays = await runInDurableObject(stub(), (_, { storage: { sql } }) =>
    sql.exec("SELECT settled_at FROM deliveries WHERE id = ?", sent).one(),
  );
  expect(stays["settled_at"]).toBeNull();
});

test("both ways lead to the same tables", async () => {
  const schema = () =>
    runInDurableObject(stub(), (_, s) =>
      s.storage.sql.exec("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE '_cf%' ORDER BY name").toArray(),
    );
  await ledger().summary();
  const fresh = await schema();
  await versionOne(false);
  await evictDurableObject(stub());
  await ledger().summary();
  expect(await schema()).toEqual(fresh);
});

test("a step that fails leaves everything as it was, and a newer version is left alone", async () => {
  await ledger().summary();
  await versionOne(true);
  await runInDurableObject(stub(), (_, { storage }) => {
    const { sql } = storage;
    // A row that the second step cannot read.
    sql.exec("UPDATE deliveries SET delivery = 'no JSON' WHERE key = 'b'");
    expect(() => migrate(storage)).toThrow();
    expect(sql.exec("SELECT version FROM schema_version").one()["version"]).toBe(1);
    expect(sql.exec("SELECT count(*) AS n FROM sqlite_schema WHERE name IN ('lanes', 'gate')").one()["n"]).toBe(0);
    sql.exec("UPDATE schema_version SET version = 99");
    expect(() => migrate(storage)).toThrow(/version 99/);
  });
});
