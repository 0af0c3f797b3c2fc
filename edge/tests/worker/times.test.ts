/** Times that callers give: a wrong unit or a time that has passed is told, and sends to nobody. */

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { ledgerAt } from "../../src/objects.ts";
import { call, problemOf } from "./client.ts";
import { SENDER } from "./settings.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const message = { key: "k", to: "+15550000001", values: { "body.1": "Ana", "body.2": "A-1", "buttons.0": "A-1" } };

const submit = (times: object, key = "k", more: object = {}) =>
  call("POST", "/v1/deliveries", {
    from: SENDER.phoneNumberId,
    template: { name: "order_shipped", language: "en_US" },
    ...times,
    ...more,
    messages: [{ ...message, key }],
  });
const fromNow = (ms: number) => Date.now() + ms;
const seconds = (ms: number) => Math.floor(ms / 1_000);
const iso = (ms: number) => new Date(ms).toISOString();

async function queued(): Promise<number> {
  const { states } = await ledgerAt(env, { from: SENDER.phoneNumberId, shard: 0 }).summary();
  return Object.values(states).reduce((sum, count) => sum + count, 0);
}

describe("a submission", () => {
  const wrong: [string, () => object, string, RegExp][] = [
    ["sendAt in seconds", () => ({ sendAt: seconds(fromNow(HOUR)) }), "sendAt", /looks like seconds/],
    ["sendAt in microseconds", () => ({ sendAt: fromNow(HOUR) * 1_000 }), "sendAt", /looks like microseconds/],
    ["sendAt in nanoseconds", () => ({ sendAt: fromNow(HOUR) * 1e6 }), "sendAt", /looks like nanoseconds/],
    ["sendAt of 1970", () => ({ sendAt: 1 }), "sendAt", /1970-01-01/],
    ["sendAt in two years", () => ({ sendAt: fromNow(730 * DAY) }), "sendAt", /365 days/],
    ["sendAt of the last time that there is", () => ({ sendAt: 8.64e15 }), "sendAt", /365 days/],
    ["sendAt of a week ago", () => ({ sendAt: fromNow(-7 * DAY) }), "sendAt", /leave it out/],
    ["sendAt of a week ago, in words", () => ({ sendAt: iso(fromNow(-7 * DAY)) }), "sendAt", /leave it out/],
    ["sendAt below nought", () => ({ sendAt: -1 }), "sendAt", /1970/],
    ["half a millisecond", () => ({ sendAt: fromNow(HOUR) + 0.5 }), "sendAt", /milliseconds/],
    ["a day that this month has not", () => ({ sendAt: "2027-02-30T10:00:00Z" }), "sendAt", /ISO 8601/],
    ["24 o'clock", () => ({ sendAt: "2027-02-03T24:00:00Z" }), "sendAt", /ISO 8601/],
    ["a day that no month has", () => ({ sendAt: "2027-13-45T10:00:00Z" }), "sendAt", /ISO 8601/],
    ["expiresAt in seconds", () => ({ expiresAt: seconds(fromNow(HOUR)) }), "expiresAt", /looks like seconds/],
    ["expiresAt in microseconds", () => ({ expiresAt: fromNow(HOUR) * 1_000 }), "expiresAt", /looks like microseconds/],
    ["expiresAt in two years", () => ({ expiresAt: fromNow(730 * DAY) }), "expiresAt", /365 days/],
    ["expiresAt that has passed", () => ({ expiresAt: fromNow(-MINUTE) }), "expiresAt", /has passed/],
    [
      "expiresAt before sendAt",
      () => ({ sendAt: fromNow(2 * HOUR), expiresAt: fromNow(HOUR) }),
      "expiresAt",
      /after `sendAt`/,
    ],
    [
      "expiresAt at sendAt",
      () => ({ sendAt: iso(4102444800000 - 73 * 365 * DAY), expiresAt: 4102444800000 - 73 * 365 * DAY }),
      "expiresAt",
      /after `sendAt`/,
    ],
  ];
  test.each(wrong)("%s queues nothing, and it is said why", async (_, times, place, why) => {
    for (const more of [{}, { dryRun: true }]) {
      const response = await submit(times(), "k", more);
      expect(response.status).toBe(400);
      const { diagnostics = [] } = await problemOf(response);
      expect(diagnostics.map(({ path }) => path)).toEqual([[place]]);
      expect(diagnostics[0]?.message).toMatch(why);
    }
    expect(await queued()).toBe(0);
  });

  test("what is a little late, or far but not too far, is taken", async () => {
    const right: object[] = [
      { sendAt: fromNow(-HOUR) },
      { sendAt: iso(fromNow(-MINUTE)) },
      { sendAt: fromNow(364 * DAY) },
      { sendAt: fromNow(HOUR), expiresAt: fromNow(2 * HOUR) },
      { expiresAt: fromNow(364 * DAY) },
    ];
    for (const [index, times] of right.entries())
      expect((await submit(times, `right ${index}`)).status, JSON.stringify(times)).toBe(202);
    expect(await queued()).toBe(right.length);
  });

  test("repeated after its deadline it is still the same message, and a new one beside it is refused", async () => {
    const times = { expiresAt: fromNow(1_500) };
    const first = (await (await submit(times, "late")).json()) as { results: { id: string }[] };
    await scheduler.wait(1_600);
    const again = await submit(times, "late");
    expect(again.status).toBe(202);
    expect(await again.json()).toMatchObject({ results: [{ state: "duplicate", id: first.results[0]?.id }] });
    expect((await submit(times, "later")).status).toBe(400);
  });
});

describe("a resend", () => {
  test.each([
    ["in seconds", () => seconds(fromNow(HOUR)), /looks like seconds/],
    ["in microseconds", () => fromNow(HOUR) * 1_000, /looks like microseconds/],
    ["that has passed", () => fromNow(-1), /has passed/],
    ["in two years", () => fromNow(730 * DAY), /365 days/],
  ] as const)("with an expiresAt %s is refused before anything is looked for", async (_, at, why) => {
    const response = await call("POST", `/v1/deliveries/10${"0".repeat(32)}/resend`, { expiresAt: at() });
    expect(response.status).toBe(400);
    const { diagnostics = [] } = await problemOf(response);
    expect(diagnostics[0]).toMatchObject({ path: ["expiresAt"], message: expect.stringMatching(why) });
  });

  test("takes a time to come, as a number or as text", async () => {
    for (const expiresAt of [fromNow(HOUR), iso(fromNow(HOUR))])
      expect((await call("POST", `/v1/deliveries/10${"0".repeat(32)}/resend`, { expiresAt })).status).toBe(404);
  });
});

describe("a suppression", () => {
  const suppress = (until: unknown) => call("POST", "/v1/suppressions", { recipients: ["+15550000009"], until });
  const entries = async () =>
    ((await (await call("GET", "/v1/suppressions")).json()) as { suppressions: object[] }).suppressions;

  const wrong: [string, () => unknown, RegExp][] = [
    ["in seconds", () => seconds(fromNow(DAY)), /looks like seconds/],
    ["in microseconds", () => fromNow(DAY) * 1_000, /looks like microseconds/],
    ["that has passed", () => fromNow(-1), /has passed/],
    ["of no time", () => "tomorrow", /ISO 8601/],
  ];
  test.each(wrong)("until a time %s is refused: it would suppress nobody", async (_, until, why) => {
    const response = await suppress(until());
    expect(response.status).toBe(400);
    const { diagnostics = [] } = await problemOf(response);
    expect(diagnostics[0]).toMatchObject({ path: ["until"], message: expect.stringMatching(why) });
    expect(await entries()).toEqual([]);
  });

  test("of a number that has too few digits to be one is refused", async () => {
    for (const recipient of ["1     ", "+1 (((((", "+1-2-3"])
      expect((await call("POST", "/v1/suppressions", { recipients: [recipient] })).status, recipient).toBe(400);
    expect(await entries()).toEqual([]);
  });

  test("until a time to come, however far, or for good", async () => {
    for (const until of [fromNow(HOUR), iso(fromNow(HOUR)), Date.UTC(9999, 11, 31), null, undefined])
      expect((await suppress(until)).status, String(until)).toBe(200);
    expect(await entries()).toMatchObject([{ recipient: "15550000009", until: null }]);
  });
});
