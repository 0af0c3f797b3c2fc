/** What the log can hold at all. That a whole run keeps its secrets is e2e/logs.test.ts's. */

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe as suite, expect, test, vi } from "vitest";
import { describe, log, type LogFields, recipientTag } from "../../src/log.ts";

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

test("good fields are printed as they are", () => {
  const id = `10${"a".repeat(32)}`;
  log("attempt", { id, n: 2, from: "106540352242922", shard: 3, state: "accepted", code: 131026, ms: 1.5, count: 0 });
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    ...{ event: "attempt", id, n: 2, from: "106540352242922", shard: 3 },
    ...{ state: "accepted", code: 131026, ms: 1.5, count: 0 },
  });
});

test("a field that nobody allowed is dropped, and a value that does not fit its field is withheld", () => {
  const secret = "+15550001234";
  const wrong = {
    ...{ to: secret, body: "Hello Ana", token: "EAAx", toString: "x", __proto__: { from: secret } },
    ...{
      id: secret,
      n: secret,
      from: `${secret}x`,
      state: `sent to ${secret}`,
      reason: "Ana Müller",
      code: `#${secret}`,
    },
    ...{ error: `é ${secret}`, recipient: secret, shard: Number.NaN },
  };
  log("attempt", wrong as unknown as LogFields);
  const [line = ""] = lines;
  expect(line).not.toContain("5550001234");
  expect(line).not.toContain("Ana");
  const said = JSON.parse(line) as Record<string, unknown>;
  expect(Object.keys(said).sort()).toEqual(
    ["code", "error", "event", "from", "id", "n", "reason", "recipient", "shard", "state"].sort(),
  );
  for (const [name, value] of Object.entries(said)) if (name !== "event") expect(value, name).toBe("[withheld]");
});

suite("an exception", () => {
  test("is its class and place, and never its message", () => {
    const thrown = describe(new TypeError("fetch of https://graph.facebook.com/?access_token=EAAx failed"));
    expect(thrown).toMatch(/^TypeError at /);
    expect(thrown).not.toContain("EAAx");
    log("failed", { error: thrown });
    expect(lines[0]).toContain("TypeError at ");
  });

  test("can be anything", () => {
    const odd = new Error("x");
    odd.name = "to +15550001234";
    expect(describe(odd)).not.toContain("1555");
    for (const thrown of ["text +15550001234", null, undefined, 7, {}]) expect(describe(thrown)).toBe(typeof thrown);
  });
});

suite("a recipient", () => {
  const key = (text: string) => ({ ...env, LEDGER_KEY: btoa(text.repeat(32)) });

  test("has one tag however the number is written, and another under another key", async () => {
    const tags = await Promise.all(
      ["+1 (555) 000-1234", "15550001234", "+15550001234"].map((to) => recipientTag(key("a"), to)),
    );
    expect(new Set(tags.map(({ recipient }) => recipient)).size).toBe(1);
    expect(tags[0]?.recipient).toMatch(/^r-[0-9a-f]{12}$/);
    expect((await recipientTag(key("b"), "15550001234")).recipient).not.toBe(tags[0]?.recipient);
    expect((await recipientTag(key("a"), "15550001235")).recipient).not.toBe(tags[0]?.recipient);
  });

  test("has none without a key: a plain hash of a number can be guessed", async () => {
    for (const LEDGER_KEY of [undefined, "", "  "]) {
      const settings = { ...env, ...(LEDGER_KEY !== undefined && { LEDGER_KEY }) };
      if (LEDGER_KEY === undefined) delete (settings as { LEDGER_KEY?: string }).LEDGER_KEY;
      expect(await recipientTag(settings, "15550001234")).toEqual({});
    }
  });
});
