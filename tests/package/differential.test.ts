/**
 * Core and sandbox judge the same payloads, and must agree: the sandbox's rules were written apart from the core's.
 * `node tests/package/differential/run.ts 1000000` does the same with more of them.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPayload, checkTemplate, Template } from "wa-preflight";
import { checkDefinition } from "../../sandbox/src/create/check.ts";
import { approved, definition, FIXTURES } from "./differential/definitions.ts";
import { Judges } from "./differential/judges.ts";
import type { Members } from "./differential/json.ts";
import { messageFor } from "./differential/messages.ts";
import { payloadFor } from "./differential/payloads.ts";
import { chance } from "./differential/random.ts";
import { runMutants, runPairs, type Counts } from "./differential/run.ts";
import { NOW } from "./differential/values.ts";

const PAIRS = 50_000;

function assertAgreement(counts: Counts): void {
  const { disagreements, pairs, accepted } = counts;
  const first = disagreements.slice(0, 5).map((each) => JSON.stringify(each));
  assert.equal(disagreements.length, 0, `${disagreements.length} unexplained disagreements:\n${first.join("\n")}`);
  assert.ok(accepted > pairs / 50 && accepted < (pairs * 9) / 10, `${accepted} of ${pairs} accepted`);
}

test("50,000 pairs of template and payload", (t) => {
  const counts = runPairs(PAIRS, 17);
  const { disagreements: _, otherCodes: __, ...told } = counts;
  t.diagnostic(JSON.stringify(told));
  assertAgreement(counts);
});

test("50,000 payloads that differ from a right one in one node", (t) => {
  const counts = runMutants(PAIRS, 18);
  const { disagreements: _, otherCodes: __, ...told } = counts;
  t.diagnostic(JSON.stringify(told));
  assertAgreement(counts);
});

test("what fits its template fits by its shape alone", () => {
  const random = chance(22);
  for (let made = 0; made < 200; made++) {
    const plan = approved(random);
    using judges = new Judges(plan);
    for (let left = 10; left > 0; left--) {
      const payload = payloadFor(plan, random, true);
      const alone = checkPayload(payload, { now: NOW });
      if (judges.core(payload).ok) assert.ok(alone.ok && alone.complete, JSON.stringify([alone.diagnostics, payload]));
    }
  }
});

test("what build makes of 5,000 messages passes both judges", () => {
  const random = chance(19);
  for (let made = 0; made < 5000; made++) {
    const plan = approved(random);
    using template = new Template(plan);
    using judges = new Judges(plan);
    const message = messageFor(template.parameters(), random);
    const payload = JSON.parse(template.build(message, { now: NOW })) as Members;
    for (const verdict of [judges.core(payload), judges.sandbox(payload)]) {
      assert.ok(verdict.ok, `${verdict.why}\n${JSON.stringify(message)}\n${JSON.stringify(payload)}`);
    }
  }
});

/** Only Meta's GET has these; creating is not their way. */
const READ_BACK = (each: Members): boolean => each["id"] !== undefined || each["status"] !== undefined;

test("the definitions by chance are ones that both take", () => {
  const random = chance(20);
  const all = [
    ...FIXTURES.filter((each) => !READ_BACK(each)),
    ...Array.from({ length: 2000 }, () => definition(random)),
  ];
  for (const each of all) {
    // Old templates repeat a variable, and are sent; today none is created so.
    const errors = checkTemplate(each).diagnostics.filter((d) => d.severity === "error" && d.code !== "var-repeat");
    assert.deepEqual(errors, [], JSON.stringify(each));
    assert.doesNotThrow(() => checkDefinition(structuredClone(each)), JSON.stringify(each));
  }
});
