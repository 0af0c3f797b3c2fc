/** T21: what people tell WhatsApp about marketing is heeded before the webhook's 200. */

import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { ledgerAt } from "../../src/objects.ts";
import { postWebhook } from "./client.ts";
import { SENDER } from "./settings.ts";

const ledger = () => ledgerAt(env, { from: SENDER.phoneNumberId, shard: 0 });
const entryOf = async (recipient: string) => (await ledger().suppressed([recipient]))[0] ?? null;
const seconds = (ahead = 0) => Math.floor(Date.now() / 1_000) + ahead;

function preference(wa_id: string, value: string, timestamp: number, change: object = {}, from = SENDER.phoneNumberId) {
  const said = { wa_id, detail: "by a button", category: "marketing_messages", value, timestamp, ...change };
  const changed = { metadata: { phone_number_id: from }, user_preferences: [said] };
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: SENDER.wabaId, changes: [{ field: "user_preferences", value: changed }] }],
  });
}

test("stop: no marketing any more; resume: again", async () => {
  expect((await postWebhook(preference("15550100001", "stop", seconds()))).status).toBe(200);
  expect(await entryOf("+1 555 010 0001")).toMatchObject({ until: null, code: 131050 });
  expect((await postWebhook(preference("15550100001", "resume", seconds(2)))).status).toBe(200);
  expect(await entryOf("15550100001")).toBeNull();
});

test("a resume of before the stop, or of before somebody here said no, lifts nothing", async () => {
  await postWebhook(preference("15550100002", "stop", seconds()));
  await postWebhook(preference("15550100002", "resume", seconds(-60)));
  expect(await entryOf("15550100002")).not.toBeNull();
  await ledger().suppress({ recipient: "15550100003", until: null, by: "tests" });
  await postWebhook(preference("15550100003", "resume", seconds(60)));
  expect(await entryOf("15550100003")).toMatchObject({ by: "tests" });
});

test("the same webhooks again change nothing, in whatever order they come (R32)", async () => {
  const stop = preference("15550100006", "stop", seconds(-20));
  const resume = preference("15550100006", "resume", seconds(-10));
  for (const body of [stop, resume, stop, stop, resume, stop]) await postWebhook(body);
  expect(await entryOf("15550100006")).toBeNull();
  await postWebhook(preference("15550100006", "stop", seconds(-5)));
  await postWebhook(resume);
  expect(await entryOf("15550100006")).toMatchObject({ until: null });
});

test("a stop that comes late is as old as it is: a resume that was said after it counts", async () => {
  await postWebhook(preference("15550100007", "stop", seconds(-3_600)));
  await postWebhook(preference("15550100007", "resume", seconds(-1_800)));
  expect(await entryOf("15550100007")).toBeNull();
});

test("of two words in one second stop is the last, under both names of the person", async () => {
  const now = seconds();
  const ids = { user_id: "US.13491208655302741918" };
  await postWebhook(preference("15550100008", "resume", now, ids));
  await postWebhook(preference("15550100008", "stop", now, ids));
  await postWebhook(preference("15550100008", "resume", now, ids));
  expect(await entryOf("15550100008")).not.toBeNull();
  expect(await entryOf(ids.user_id)).not.toBeNull();
  await postWebhook(preference("15550100008", "resume", now + 2, ids));
  expect(await entryOf("15550100008")).toBeNull();
  expect(await entryOf(ids.user_id)).toBeNull();
});

test("a time to come puts no later word off", async () => {
  await postWebhook(preference("15550100010", "resume", seconds() * 1_000));
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await postWebhook(preference("15550100010", "stop", seconds()));
  expect(await entryOf("15550100010")).not.toBeNull();
});

test("who is on no list is remembered by no word of theirs", async () => {
  await postWebhook(preference("15550100009", "stop", seconds(-9)));
  await postWebhook(preference("15550100009", "resume", seconds(2)));
  const kept = () =>
    runInDurableObject(env.LEDGER.getByName(`${SENDER.phoneNumberId}/0`), (_, { storage: { sql } }) =>
      sql.exec("SELECT * FROM preferences WHERE recipient = '15550100009'").toArray(),
    );
  expect(await kept()).toHaveLength(1);
  await ledger().forget("tests", "+1 555 010 0009");
  expect(await kept()).toEqual([]);
});

test("who says stop in Mexico is not reached under the number that the business has", async () => {
  // WhatsApp knows them with a 1 behind the country code.
  await postWebhook(preference("5215512345678", "stop", seconds()));
  for (const spelling of ["+52 55 1234 5678", "5215512345678"])
    expect(await entryOf(spelling)).toMatchObject({ until: null, code: 131050 });
  await postWebhook(preference("5215512345678", "resume", seconds(2)));
  expect(await entryOf("+525512345678")).toBeNull();
});

test("other words, other categories, other senders and broken parts change nothing, and cost nothing", async () => {
  const number = "15550100004";
  const bodies = [
    preference(number, "signup", seconds()),
    preference(number, "stop", seconds(), { category: "something_else" }),
    preference(number, "stop", seconds(), { wa_id: 7 }),
    preference(number, "stop", seconds(), { wa_id: "1".repeat(5_000) }),
    preference(number, "stop", seconds(), { detail: "x".repeat(20_000) }),
    preference(number, "stop", seconds(), {}, "999"),
  ];
  for (const body of bodies) expect((await postWebhook(body)).status).toBe(200);
  expect(await entryOf(number)).toBeNull();
});

test("what Meta tells of accounts and templates is among the events, with nobody in it", async () => {
  const changes = [
    { field: "account_update", value: { event: "ACCOUNT_RESTRICTION", restriction_info: [{ restriction_type: "X" }] } },
    {
      field: "message_template_status_update",
      value: {
        ...{ event: "PAUSED", message_template_id: 7, message_template_name: "spring" },
        ...{ message_template_language: "en_US", reason: "QUALITY" },
      },
    },
  ];
  const body = JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: SENDER.wabaId, changes }] });
  await postWebhook(body);
  await postWebhook(body);
  await postWebhook(preference("15550100005", "stop", seconds()));
  const { events } = await ledger().events({ tenant: "tests", limit: 1_000 });
  const notes = events.map(({ event, note }) => `${event}: ${note}`);
  expect(notes.filter((note) => note === "account_webhook: account_update: ACCOUNT_RESTRICTION")).toHaveLength(1);
  expect(notes.filter((note) => note === "template_webhook: spring/en_US: status (PAUSED, QUALITY)")).toHaveLength(1);
  expect(notes).toContain("account_webhook: user_preferences: stop");
  expect(notes.join()).not.toContain("15550100005");
});
