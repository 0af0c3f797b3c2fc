/** The shipped files answer as the core does natively, through the public functions. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as api from "wa-preflight";

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const cases = read("../fixtures/parity.json");
/** Written by tests/parity.rs. */
const expected = read("../fixtures/parity.expected.json");

test("definitions", () => {
  assert.ok(cases.definitions.length > 0);
  cases.definitions.forEach((text: string, index: number) =>
    assert.deepEqual(api.checkTemplate(text), expected.definitions[index], text),
  );
});

test("what is said of every rule of definitions", () => {
  assert.ok(expected.samples.length > 100);
  for (const [text, said] of expected.samples) {
    const found = api.checkTemplate(text).diagnostics.map(({ code, message, help = null }) => [code, message, help]);
    assert.deepEqual(found, JSON.parse(said), text);
  }
});

test("measures are an ordinary property, whoever looks at them first", () => {
  const text = cases.definitions[4];
  const whole = expected.definitions[4];
  assert.ok(whole.measures.length > 0);
  const fresh = () => api.checkTemplate(text);
  assert.deepEqual(Object.keys(fresh()), Object.keys(whole));
  assert.deepEqual({ ...fresh() }, whole);
  assert.deepEqual(structuredClone(fresh()), whole);
  assert.equal(JSON.stringify(fresh()), JSON.stringify(whole));
  assert.deepEqual(Object.freeze(fresh()), whole);
  assert.deepEqual(Object.assign({}, fresh()), whole);
  const report = fresh();
  assert.equal(report.measures, report.measures, "the same list each time");
  report.measures.pop();
  assert.equal(report.measures.length, whole.measures.length - 1, "and its owner's to change");
  const other = fresh();
  other.measures = [];
  assert.deepEqual({ ...other }, { ...whole, measures: [] });
  const paths = fresh().measures.map(({ path }) => path);
  assert.equal(new Set(paths).size, paths.length, "no two share a path");
});

test("messages", () => {
  const template = new api.Template(cases.template);
  assert.deepEqual(template.parameters(), expected.parameters);
  assert.ok(cases.messages.length > 0);
  for (const [index, text] of cases.messages.entries()) {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      // Text that is no JSON cannot be a JavaScript value; the native tests and the wasm suites have it.
      continue;
    }
    const { check, sanitize, preview, build } = expected.messages[index];
    assert.deepEqual(template.check(message), check, text);
    assert.deepEqual(template.sanitize(message), sanitize, text);
    assert.deepEqual(template.preview(message), preview, text);
    if (build.payload !== undefined) assert.equal(template.build(message), build.payload, text);
    else
      assert.throws(
        () => template.build(message),
        (error) => {
          assert.ok(error instanceof api.PreflightError, String(error));
          assert.deepEqual(error.report, build.report, text);
          return true;
        },
      );
  }
});

test("answers and webhooks", () => {
  for (const [index, answer] of cases.answers.entries())
    assert.deepEqual(api.classifyResponse(answer, { now: 0 }), expected.answers[index], JSON.stringify(answer));
  for (const [index, body] of cases.webhooks.entries())
    assert.deepEqual(api.readWebhook(body), expected.webhooks[index], body);
});

test("rules() and limits() list the catalogue, and everyone gets a copy", () => {
  const catalogue = read("../../pkg/rules.json");
  const listed = catalogue.rules.map((row: Record<string, unknown>) => {
    const { message, why, bad, good, source, checked, ...rule } = row;
    return rule;
  });
  assert.deepEqual(api.rules(), listed);
  assert.deepEqual(api.limits(), catalogue.limits);
  api.rules()[0]!.what = "changed";
  api.limits()[0]!.max = 0;
  assert.deepEqual(api.rules(), listed);
  assert.deepEqual(api.limits(), catalogue.limits);
});
