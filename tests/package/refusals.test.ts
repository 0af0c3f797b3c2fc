/**
 * The same bad payloads, posted straight to the sandbox and judged by the core: two separate sets of rules. What payload
 * and template alone decide, the core refuses before it is sent, with the code that Meta would give; of everything else
 * the answer tells the outcome.
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { classifyResponse, Template } from "wa-preflight";
import { MORE, TWELVE } from "../../sandbox/tests/bad_payloads.ts";
import { bearer, send } from "../../sandbox/tests/support.ts";
import { SEEDS } from "../../sandbox/src/seeds.ts";
import { startSandbox, type Sandbox } from "../../sandbox/src/server.ts";

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox();
});
after(() => sandbox.close());

/** What no payload shows: the token, the allow list, the pace, the number that sends. */
const NEEDS_THE_ACCOUNT = new Map([
  ["a recipient off the allow list", "recipient"],
  ["the pair rate limit", "throttled"],
  ["an expired token", "account"],
  ["a wrong token", "account"],
]);

const seeds = SEEDS as { name: string; language: string }[];

/** The template that a payload names, in whatever language there is: a wrong language is the payload's fault. */
function templateOf(payload: unknown): Template {
  const name = (payload as { template?: { name?: string } })?.template?.name;
  const definition = seeds.find((seed) => seed.name === name) ?? seeds[0];
  assert.ok(definition);
  return new Template(definition);
}

for (const each of TWELVE) {
  test(`${each.name}: ${each.code}`, async () => {
    sandbox.reset();
    sandbox.configure({ allowedRecipients: null, pairLimit: null, ...each.config });
    if (each.config?.pairLimit) await send(sandbox, each.payload);
    const answer = await send(sandbox, each.payload, { headers: each.token === null ? {} : bearer(each.token) });
    const outcome = classifyResponse({ status: answer.status, headers: answer.headers, body: answer.text });
    assert.equal(outcome.code, each.code);
    assert.notEqual(outcome.class, "accepted");
    assert.notEqual(outcome.unclassified, true);

    const report = templateOf(each.payload).checkPayload(each.payload as object);
    const expected = NEEDS_THE_ACCOUNT.get(each.name);
    if (expected !== undefined) {
      assert.equal(report.ok, true, "payload and template are right");
      assert.equal(outcome.class, expected);
      return;
    }
    const errors = report.diagnostics.filter((d) => d.severity === "error");
    assert.deepEqual(
      errors.map((d) => d.meta?.code),
      [each.code],
      JSON.stringify(errors),
    );
    if (typeof each.details === "string") assert.equal(errors[0]?.meta?.details ?? each.details, each.details);
    assert.ok(["invalid", "template"].includes(outcome.class), outcome.class);
  });
}

/** Of the rest, only these are right as payloads: what refuses them is beside payload and template. */
const BESIDE = [
  "the own number", // the sender's number is not in a payload
  "a utility template as a marketing message", // the address of the POST decides
];

test("whatever else the sandbox refuses of a payload, the core refuses, too", () => {
  const passed = MORE.filter((each) => typeof each.payload === "object" && each.code !== 190)
    .filter((each) => templateOf(each.payload).checkPayload(each.payload as object).ok)
    .map((each) => each.name);
  assert.deepEqual(passed, BESIDE);
});
