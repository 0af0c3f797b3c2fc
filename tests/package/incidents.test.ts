/** The corpus' incidents about signatures, with the very bodies and headers that they name. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readWebhook } from "wa-preflight";
import { verifyWebhook } from "wa-preflight/edge";

interface Incident {
  id: string;
  expect: { stage: string; verdict: string; rule: string };
  input?: { raw_body?: string; headers?: Record<string, string> };
}

test("the signatures of the corpus", async (t) => {
  const corpus = process.env["PREFLIGHT_CORPUS"];
  if (!corpus) return t.skip("set PREFLIGHT_CORPUS to the corpus folder to try the field's signatures");
  const rows = readFileSync(join(corpus, "incidents.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Incident)
    .filter(({ expect, input }) => expect.rule.startsWith("SIG_") && input?.raw_body !== undefined);
  assert.ok(rows.length >= 3, `only ${rows.length} rows`);
  for (const { id, expect, input } of rows) {
    const body = new TextEncoder().encode(input?.raw_body);
    const signature =
      input?.headers?.["x-hub-signature-256"] ?? `sha256=${createHmac("sha256", "secret").update(body).digest("hex")}`;
    assert.equal(await verifyWebhook(body, signature, ["secret"]), expect.verdict === "accept", id);
    assert.ok(readWebhook(body).length > 0, id);
  }
});
