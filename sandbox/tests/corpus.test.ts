/**
 * Definitions from the field, created here: none that Meta took may be refused. Reads the folder named by
 * PREFLIGHT_CORPUS; without it the suite says so and is skipped.
 */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startSandbox } from "../src/server.ts";
import { bearer, call } from "./support.ts";

const folder = process.env["PREFLIGHT_CORPUS"] ?? "";
const file = join(folder, "definitions.jsonl");
const skip = folder !== "" && existsSync(file) ? false : "PREFLIGHT_CORPUS names no folder with definitions.jsonl";

interface Row {
  kind: string;
  verdict: string;
  note?: string;
  template: Record<string, unknown>;
}

const GOOD = ["doc-example", "doc-skeleton-filled", "derived", "accepted-live", "repo-production"];
const BAD = ["invalid", "rejected-live"];

test("definitions that Meta takes are taken, those that it refuses are refused", { skip }, async (t) => {
  const sandbox = await startSandbox({ templates: [], reviewMs: null });
  t.after(() => sandbox.close());
  const rows = readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
  const counts = { taken: 0, refused: 0, notImitated: 0 };
  const wronglyRefused: string[] = [];
  const wronglyTaken: string[] = [];
  for (const { kind, verdict, template } of rows.filter((row) => [...GOOD, ...BAD].includes(row.verdict))) {
    sandbox.reset();
    const answer = await call(`${sandbox.url}/v25.0/${sandbox.config.wabaId}/message_templates`, {
      method: "POST",
      headers: bearer(),
      body: JSON.stringify(template),
    });
    const said =
      answer.json.error?.error_user_msg ?? answer.json.error?.error_data?.details ?? answer.json.error?.message ?? "";
    const name = `${kind} (${verdict}): ${said}`;
    if (said.includes("does not imitate")) counts.notImitated++;
    else if (GOOD.includes(verdict)) {
      counts.taken++;
      if (answer.status !== 200) wronglyRefused.push(name);
    } else {
      counts.refused++;
      if (answer.status === 200) wronglyTaken.push(`${name} ${JSON.stringify(template)}`);
    }
  }
  t.diagnostic(
    `${counts.taken} to take, ${counts.refused} to refuse, ${counts.notImitated} of kinds that are not imitated`,
  );
  assert.ok(counts.taken > 0 && counts.refused > 0, "the corpus has rows of both verdicts");
  assert.deepEqual(wronglyRefused, []);
  assert.deepEqual(wronglyTaken, []);
});
