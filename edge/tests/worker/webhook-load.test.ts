/** R26, R28, R32 and the shapes of B.3: however large, deep or strange a webhook is, what can be used of it counts. */

import { env } from "cloudflare:workers";
import { createExecutionContext, runInDurableObject, waitOnExecutionContext } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { readWebhook } from "wa-preflight";
import { sharesOf } from "../../src/http/evidence.ts";
import { app } from "../../src/http/app.ts";
import { shardOf } from "../../src/ledger/machine.ts";
import type { Address } from "../../src/ledger/types.ts";
import { ledgerAt } from "../../src/objects.ts";
import { postWebhook, signature } from "./client.ts";
import { APP_SECRETS, SENDER } from "./settings.ts";

const OTHER = { phoneNumberId: "106540352242999", wabaId: "102290129340999" };
const HOME: Address = { from: SENDER.phoneNumberId, shard: 0 };
const TENANT = "tests";

interface Change {
  field: string;
  value: object;
}

function bodyOf(...changes: Change[]): string {
  return JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: SENDER.wabaId, changes }] });
}

function messages(statuses: unknown[], from = SENDER.phoneNumberId): Change {
  return { field: "messages", value: { metadata: { phone_number_id: from }, statuses } };
}

let count = 0;
/** Deliveries that are on the wire, with their callback ids. */
async function onTheWire(howMany: number): Promise<{ id: string; callbackId: string }[]> {
  count += 1;
  const items = Array.from({ length: howMany }, (_, index) => ({
    key: `webhook-${count}-${index}`,
    fingerprint: "f",
    message: { to: `+1555${String(3_000_000 + count * 2_000 + index)}`, values: {} },
  }));
  const ledger = ledgerAt(env, HOME);
  const results = await ledger.submit(HOME, {
    tenant: TENANT,
    template: { name: "hello", language: "en", epoch: 1, hash: "h1", text: "{}" },
    category: "utility",
    items,
  });
  const ids = results.map((result) => (result.state === "queued" ? result.id : expect.fail(result.state)));
  return Promise.all(
    ids.map(async (id) => ({ id, callbackId: (await ledger.read(TENANT, id))?.delivery.callbackId ?? "" })),
  );
}

async function stateOf(id: string): Promise<string | undefined> {
  return (await ledgerAt(env, HOME).read(TENANT, id))?.delivery.state;
}

const delivered = (callbackId: string, more: object = {}) => ({
  id: `wamid.${callbackId}`,
  status: "delivered",
  timestamp: "1760000000",
  recipient_id: "15550000001",
  biz_opaque_callback_data: callbackId,
  ...more,
});

test("3 MB with a thousand statuses: all are applied, in one call to their ledger", async () => {
  const rows = await onTheWire(1_000);
  const statuses = rows.map(({ callbackId }) => delivered(callbackId, { padding: "é".repeat(1_350) }));
  const body = bodyOf(messages(statuses));
  const bytes = new TextEncoder().encode(body);
  expect(bytes.length).toBeGreaterThan(2_900_000);
  expect(sharesOf(env, readWebhook(bytes), 0)).toHaveLength(1);
  const started = Date.now();
  expect((await postWebhook(bytes)).status).toBe(200);
  // Meta waits for three seconds at the least; the goal is one.
  expect(Date.now() - started, "milliseconds until the 200").toBeLessThan(3_000);
  for (const { id } of rows) expect(await stateOf(id)).toBe("delivered");
}, 60_000);

test("two senders and every shard: each ledger gets one call with what is its own", () => {
  const settings = { ...env, SENDERS: [SENDER, OTHER], SHARDS: 4 } as typeof env;
  const ids = ["0", "1", "2", "3"].map((shard) => `1${shard}${"a".repeat(32)}`);
  expect(ids.map(shardOf)).toEqual([0, 1, 2, 3]);
  const statuses = (from: string) =>
    messages(
      ids.flatMap((id) => [delivered(id), delivered(id, { status: "read" })]),
      from,
    );
  const body = bodyOf(statuses(SENDER.phoneNumberId), statuses(OTHER.phoneNumberId), statuses("999"));
  const shares = sharesOf(settings, readWebhook(body), 0);
  const names = shares.map(({ address, statuses }) => `${address.from}/${address.shard}: ${statuses.length}`);
  const expected = [SENDER, OTHER].flatMap(({ phoneNumberId }) =>
    [0, 1, 2, 3].map((shard) => `${phoneNumberId}/${shard}: 2`),
  );
  expect(names.sort()).toEqual([...expected, "unrouted/0: 8"].sort());
});

test("no call is larger than a call can be, and no piece larger than a row", () => {
  const huge = "x".repeat(400_001);
  const statuses = Array.from({ length: 100 }, (_, index) =>
    delivered(`1${"0".repeat(33)}`, { id: `wamid.${index}`, huge }),
  );
  const shares = sharesOf(env, readWebhook(bodyOf(messages(statuses))), 0);
  expect(shares.length).toBeGreaterThan(1);
  let stored = 0;
  for (const { statuses, others } of shares) {
    const sizes = [...statuses, ...others].map(({ raw }) => raw.length);
    expect(Math.max(...sizes)).toBeLessThan(1_000_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(16_000_000);
    stored += statuses.length;
  }
  expect(stored).toBe(100);
});

test("a body of 3 MB that is no JSON is kept whole, in pieces, and acknowledged", async () => {
  const text = `not json ${"🌷".repeat(700_000)}`;
  const unrouted = ledgerAt(env, { from: "unrouted", shard: 0 });
  const before = (await unrouted.summary()).quarantined;
  expect((await postWebhook(text)).status).toBe(200);
  expect((await unrouted.summary()).quarantined - before).toBe(4);
  const pieces = await runInDurableObject(env.LEDGER.getByName("unrouted/0"), (_, state) =>
    state.storage.sql
      .exec("SELECT raw FROM pieces WHERE raw LIKE '{\"piece\"%' ORDER BY json_extract(raw, '$.piece')")
      .toArray(),
  );
  const whole = pieces.map((row) => (JSON.parse(row["raw"] as string) as { text: string }).text).join("");
  expect(whole).toBe(text);
});

describe("one poison item never costs the others", () => {
  const poison: [string, (callbackId: string) => unknown][] = [
    ["no object", () => "text"],
    ["null", () => null],
    ["a number", () => 17],
    ["nothing in it", () => ({})],
    ["no status", (id) => ({ id: "wamid.x", biz_opaque_callback_data: id })],
    ["no message id", (id) => delivered(id, { id: "" })],
    ["a message id of a megabyte", (id) => delivered(id, { id: "w".repeat(1_000_000) })],
    ["a status of a megabyte", (id) => delivered(id, { status: "s".repeat(1_000_000) })],
    ["a status that is an object", (id) => delivered(id, { status: { a: 1 } })],
    ["a time that is none", (id) => delivered(id, { timestamp: "yesterday" })],
    ["a time beyond all calendars", (id) => delivered(id, { timestamp: "9".repeat(40) })],
    ["errors that are none", (id) => delivered(id, { errors: "many" })],
    [
      "an error with texts of a megabyte",
      (id) =>
        delivered(id, {
          status: "failed",
          errors: [{ code: 131026, title: "t".repeat(500_000), error_data: { details: "d".repeat(500_000) } }],
        }),
    ],
    ["a code beyond all numbers", (id) => delivered(id, { status: "failed", errors: [{ code: 1e300 }] })],
    ["somebody else's callback data", () => delivered("their own tag ' OR 1=1 --")],
    ["NUL and half characters", (id) => delivered(`${id}\u0000`, { id: "wamid.\u0000\ud800" })],
    [
      "keys that JavaScript knows",
      () => JSON.parse('{"__proto__":{"polluted":1},"constructor":1,"id":"wamid.p","status":"sent"}') as object,
    ],
  ];
  test.each(poison)("%s", async (_, make) => {
    const [before, broken, after] = (await onTheWire(3)) as [Wire, Wire, Wire];
    const body = bodyOf(messages([delivered(before.callbackId), make(broken.callbackId), delivered(after.callbackId)]));
    expect((await postWebhook(body)).status).toBe(200);
    expect([await stateOf(before.id), await stateOf(after.id)]).toEqual(["delivered", "delivered"]);
    // Again, as Meta would after a lost 200.
    expect((await postWebhook(body)).status).toBe(200);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("R28: one of a thousand", async () => {
    const rows = await onTheWire(999);
    const statuses: unknown[] = rows.map(({ callbackId }) => delivered(callbackId));
    statuses.splice(500, 0, { id: "w".repeat(600), status: "delivered" });
    const before = (await ledgerAt(env, HOME).summary()).quarantined;
    expect((await postWebhook(bodyOf(messages(statuses)))).status).toBe(200);
    for (const { id } of rows) expect(await stateOf(id)).toBe("delivered");
    expect((await ledgerAt(env, HOME).summary()).quarantined - before, "the one is kept").toBe(1);
  }, 60_000);

  test("nesting of 10,000 inside one status, beside a good one", async () => {
    const [row] = (await onTheWire(1)) as [Wire];
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    const body = bodyOf(
      messages([{ id: "wamid.deep", status: "sent", deep: "DEEP" }, delivered(row.callbackId)]),
    ).replace('"DEEP"', deep);
    expect((await postWebhook(body)).status).toBe(200);
    expect(await stateOf(row.id)).toBe("delivered");
  });

  test("bytes that are no UTF-8, inside one status, beside a good one", async () => {
    const [row] = (await onTheWire(1)) as [Wire];
    const bytes = new TextEncoder().encode(
      bodyOf(messages([{ id: "wamid.@@@@", status: "sent" }, delivered(row.callbackId)])),
    );
    const place = bytes.indexOf(0x40);
    bytes.set([0xff, 0xc0, 0x80, 0xed], place);
    expect((await postWebhook(bytes)).status).toBe(200);
    expect(await stateOf(row.id)).toBe("delivered");
  });

  test("a ledger that cannot store: the answer is a 500, the others have theirs, and the repetition mends it", async () => {
    const [row] = (await onTheWire(1)) as [Wire];
    let broken = true;
    const failing = {
      ...env,
      LEDGER: {
        getByName: (name: string) =>
          broken && name.startsWith("unrouted")
            ? { receive: () => Promise.reject(new Error("disk full")) }
            : env.LEDGER.getByName(name),
      },
    } as unknown as typeof env;
    const body = bodyOf(
      messages([delivered("", { id: "wamid.foreign.broken" })], "999"),
      messages([delivered(row.callbackId)]),
    );
    const deliver = async () => {
      const ctx = createExecutionContext();
      const request = new Request("https://worker.test/webhook", {
        method: "POST",
        headers: { "x-hub-signature-256": await signature(body, APP_SECRETS[0] ?? "") },
        body,
      });
      const response = await app.fetch(request, failing, ctx);
      await waitOnExecutionContext(ctx);
      return response.status;
    };
    expect(await deliver()).toBe(500);
    expect(await stateOf(row.id)).toBe("delivered");
    broken = false;
    expect(await deliver()).toBe(200);
    const view = await ledgerAt(env, HOME).read(TENANT, row.id);
    expect(view?.raw).toHaveLength(1);
  });
});

test("R32: a captured webhook has no effect again, a thousand times", async () => {
  const [row] = (await onTheWire(1)) as [Wire];
  const body = bodyOf(messages([delivered(row.callbackId)]));
  await postWebhook(body);
  await postWebhook(bodyOf(messages([delivered(row.callbackId, { status: "read", timestamp: "1760000100" })])));
  const before = JSON.stringify(await ledgerAt(env, HOME).read(TENANT, row.id));
  const header = { "x-hub-signature-256": await signature(body, APP_SECRETS[0] ?? "") };
  for (let replay = 0; replay < 1_000; replay += 1) {
    const ctx = createExecutionContext();
    const request = new Request("https://worker.test/webhook", { method: "POST", headers: header, body });
    expect((await app.fetch(request, env, ctx)).status).toBe(200);
  }
  expect(JSON.stringify(await ledgerAt(env, HOME).read(TENANT, row.id))).toBe(before);
}, 60_000);

test("fields that nobody knows yet are kept as they came", async () => {
  const value = { metadata: { phone_number_id: SENDER.phoneNumberId }, brand_new: { x: [1, 2, { y: "é\/" }] } };
  const body = bodyOf({ field: "a_field_of_next_year", value });
  expect((await postWebhook(body)).status).toBe(200);
  const rows = await runInDurableObject(env.LEDGER.getByName(`${SENDER.phoneNumberId}/0`), (_, state) =>
    state.storage.sql.exec("SELECT raw FROM pieces WHERE raw LIKE '%a_field_of_next_year%'").toArray(),
  );
  expect(rows.map((row) => row["raw"])).toEqual([JSON.stringify({ field: "a_field_of_next_year", value })]);
});

describe("drift: a template that changed at Meta", () => {
  const events: [string, Change][] = [
    [
      "status",
      { field: "message_template_status_update", value: { event: "PAUSED", ...template("en-US"), reason: "NONE" } },
    ],
    [
      "quality",
      { field: "message_template_quality_update", value: { ...template("en_US"), new_quality_score: "RED" } },
    ],
    [
      "components",
      { field: "message_template_components_update", value: { ...template("en_US"), message_template_element: "new" } },
    ],
    [
      "category",
      {
        field: "template_category_update",
        value: { ...template("en_US"), new_category: "MARKETING", previous_category: "UTILITY" },
      },
    ],
  ];
  test.each(events)("%s: queued rows are judged again before they start", async (_, change) => {
    const address = HOME;
    const ledger = ledgerAt(env, address);
    const epoch = await runInDurableObject(env.LEDGER.getByName(`${address.from}/0`), (_, state) =>
      state.storage.sql.exec("SELECT max(epoch) AS epoch FROM epochs WHERE name = 'drifting'").toArray(),
    );
    const known = Number(epoch[0]?.["epoch"] ?? 0);
    count += 1;
    const [result] = await ledger.submit(address, {
      tenant: TENANT,
      template: { name: "drifting", language: "en_US", epoch: Math.max(known, 1), hash: "h1", text: "{}" },
      category: "utility",
      items: [
        { key: `drift-${count}`, fingerprint: "f", message: { to: `+1556${String(1_000_000 + count)}`, values: {} } },
      ],
    });
    if (result?.state !== "queued") expect.fail(result?.state);
    // The catalogue counts from its own first webhook; a ledger that is ahead of it would not notice the first ones.
    for (let times = 0; times <= known + 1; times += 1) {
      expect((await postWebhook(bodyOf(change))).status).toBe(200);
    }
    const claim = await ledger.start([result.id], crypto.randomUUID());
    expect(claim.posts).toEqual([]);
    expect(claim.stale).toMatchObject([{ id: result.id, name: "drifting", language: "en_US" }]);
  });

  test("a name of a megabyte is somebody's mistake, and costs nothing", async () => {
    const [row] = (await onTheWire(1)) as [Wire];
    const value = {
      event: "APPROVED",
      message_template_id: 1,
      message_template_name: "n".repeat(1_000_000),
      message_template_language: "en",
    };
    const body = bodyOf({ field: "message_template_status_update", value }, messages([delivered(row.callbackId)]));
    expect((await postWebhook(body)).status).toBe(200);
    expect(await stateOf(row.id)).toBe("delivered");
  });
});

function template(language: string) {
  return { message_template_id: 7, message_template_name: "drifting", message_template_language: language };
}

interface Wire {
  id: string;
  callbackId: string;
}
