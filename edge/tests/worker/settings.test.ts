/** What the settings come to for one ledger. */

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { ConfigError, type Env, gateSettingsOf, sendersOf, settingsOf } from "../../src/env.ts";

test("shards share the second, and together never have more of it than there is", () => {
  for (const [PER_SECOND, SHARDS, each] of [
    [80, 4, 20],
    [80, 36, 2],
    [36, 36, 1],
  ] as const) {
    const settings = { ...env, PER_SECOND, SHARDS } as unknown as Env;
    expect(gateSettingsOf(settings, undefined).perSecond).toBe(each);
  }
});

test("a sender's own pace goes before that of all, and is shared as well", () => {
  const sender = { phoneNumberId: "1", wabaId: "2", perSecond: 20, pairBurst: 3 };
  const settings = { ...env, PER_SECOND: 80, SHARDS: 2, SENDERS: [sender] } as unknown as Env;
  expect(gateSettingsOf(settings, "1")).toMatchObject({ perSecond: 10, pairBurst: 3 });
  expect(gateSettingsOf(settings, "3")).toMatchObject({ perSecond: 40 });
});

test("a second that is too short for its shards is a mistake, and it is said what to do", () => {
  const all = { ...env, PER_SECOND: 20, SHARDS: 36 } as unknown as Env;
  expect(() => settingsOf(all)).toThrow(ConfigError);
  expect(() => gateSettingsOf(all, undefined)).toThrow(/PER_SECOND is 20 .* SHARDS is 36.*at least 36.*at most 20/);
  const sender = { phoneNumberId: "1", wabaId: "2", perSecond: 5 };
  const one = { ...env, PER_SECOND: 80, SHARDS: 6, SENDERS: [sender] } as unknown as Env;
  expect(() => sendersOf(one)).toThrow(/SENDERS\[0\]\.perSecond is 5 .* SHARDS is 6/);
  expect(() => gateSettingsOf(one, "1")).toThrow(ConfigError);
});

test("a sender that is listed twice, or has a key that means nothing, is a mistake", () => {
  const sender = { phoneNumberId: "1", wabaId: "2" };
  for (const [SENDERS, what] of [
    [[sender, { ...sender, wabaId: "3" }], /SENDERS\[1\].*1.*twice/],
    // Read as no `tenants` at all, it would open the sender to everybody.
    [[{ ...sender, tenant: ["shop"] }], /SENDERS\[0\].*`tenant`/],
    [[{ ...sender, per_second: 5 }], /SENDERS\[0\].*`per_second`/],
  ] as const)
    expect(() => sendersOf({ ...env, SENDERS } as unknown as Env)).toThrow(what);
});
