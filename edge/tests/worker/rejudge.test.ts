/** Rows whose template changed: judged again by what Meta has now, and kept when time alone can mend it. */

import { env } from "cloudflare:workers";
import { afterEach, expect, test } from "vitest";
import { rejudge } from "../../src/delivery/rejudge.ts";
import type { Env } from "../../src/env.ts";
import { catalogueOf } from "../../src/objects.ts";
import { SENDER } from "./settings.ts";
import { address, ledger, request, stateOf, TENANT } from "./tools.ts";

// Two of the sandbox's seeds.
const PAUSED = { name: "winter_sale_paused", language: "en" };
const DISABLED = { name: "old_newsletter_disabled", language: "en" };
type Name = typeof PAUSED;

/** What a person or Meta does to a template in the business manager. */
async function setStatus({ name, language }: Name, event: string): Promise<void> {
  const response = await fetch(`${env.GRAPH_ENDPOINT}/_sandbox/template-status`, {
    method: "POST",
    body: JSON.stringify({ name, language, event }),
  });
  expect(response.status).toBe(200);
}
afterEach(() => setStatus(PAUSED, "PAUSED"));

/** A row that was judged before its template became what it is. */
async function submitted(template: Name, values: Record<string, string>): Promise<string> {
  const items = [{ key: "a", fingerprint: "a", message: { to: "+15550000001", values } }];
  const known = { ...template, epoch: 0, hash: "the hash of before", text: "{}" };
  const [result] = await ledger().submit(address, { ...request([]), template: known, items });
  return (result as { id: string }).id;
}

/** As the webhook of a change does. */
async function changed({ name, language }: Name): Promise<void> {
  const epoch = await catalogueOf(env, SENDER.wabaId).outdate(name, language);
  await ledger().raiseEpoch(address, name, language, epoch);
}

/** As a consumer does: what it may not start before another judging is judged. Answers what it may start. */
async function asked(id: string): Promise<string[]> {
  const settings = { ...env, SENDERS: [{ phoneNumberId: address.from, wabaId: SENDER.wabaId }] } as unknown as Env;
  const { posts, stale } = await ledger().start([id], crypto.randomUUID());
  for (const each of stale) await rejudge(settings, address, each);
  return posts.map((post) => post.id);
}

test("a row of a paused template waits, however often it is looked at, and starts when Meta has it back", async () => {
  const id = await submitted(PAUSED, { "body.1": "Ana" });
  await changed(PAUSED);
  for (let look = 0; look < 3; look += 1) {
    expect(await asked(id)).toEqual([]);
    expect(await stateOf(id)).toBe("queued");
  }
  await setStatus(PAUSED, "APPROVED");
  await changed(PAUSED);
  expect(await asked(id), "judged first").toEqual([]);
  expect(await asked(id)).toEqual([id]);
});

test("a pause excuses no other mistake", async () => {
  const id = await submitted(PAUSED, {});
  await changed(PAUSED);
  await asked(id);
  expect(await stateOf(id)).toBe("rejected");
});

test("a row of a template that is disabled for good is rejected, and is told why", async () => {
  const id = await submitted(DISABLED, {});
  await changed(DISABLED);
  await asked(id);
  expect((await ledger().read(TENANT, id))?.delivery).toMatchObject({
    state: "rejected",
    reason: "refused_by_preflight",
    action: expect.stringContaining("disabled") as string,
  });
});
