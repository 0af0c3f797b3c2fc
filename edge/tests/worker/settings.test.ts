/** What the settings come to for one ledger. */

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { type Env, gateSettingsOf } from "../../src/env.ts";

test("shards share the second, and none is left without a start", () => {
  for (const [PER_SECOND, SHARDS, each] of [
    [80, 4, 20],
    [20, 36, 1],
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
