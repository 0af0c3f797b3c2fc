/**
 * What `build` writes against a schema that is not ours: Meta's published one, patched where its own samples break it.
 * It stands beside the corpus; without the folder that PREFLIGHT_CORPUS names, the suite says so and is skipped.
 */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Template } from "wa-preflight";
import { approved } from "./differential/definitions.ts";
import type { Members } from "./differential/json.ts";
import { messageFor } from "./differential/messages.ts";
import { chance } from "./differential/random.ts";
import { NOW } from "./differential/values.ts";

const corpus = process.env["PREFLIGHT_CORPUS"] ?? "";
const file = join(dirname(corpus), "oracle", "send-template.patched.schema.json");
const skip =
  corpus !== "" && existsSync(file)
    ? false
    : "beside the folder of PREFLIGHT_CORPUS is no oracle/send-template.patched.schema.json";

const PAYLOADS = 5000;

/** The schema's list of sub-types is older than payment requests (Brazil, 2026). */
function isNewer(payload: string): boolean {
  return payload.includes('"sub_type":"payment_request"');
}

test("5,000 payloads of every kind pass the independent schema", { skip }, (t) => {
  // The schema notes its patches in keys of its own, and marks addresses with a format of OpenAPI's.
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
  const validate = ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object);
  const random = chance(21);
  const kinds = new Set<string>();
  let [judged, newer] = [0, 0];
  while (judged < PAYLOADS) {
    const plan = approved(random);
    using template = new Template(plan);
    const parameters = template.parameters();
    const payload = template.build(messageFor(parameters, random), { now: NOW });
    if (isNewer(payload)) {
      newer++;
      continue;
    }
    const ok = validate(JSON.parse(payload) as Members);
    assert.ok(ok, `${JSON.stringify(validate.errors?.slice(0, 5))}\n${payload}`);
    for (const { kind } of parameters) kinds.add(kind);
    judged++;
  }
  t.diagnostic(
    `${judged} payloads with ${kinds.size} kinds of parameters; ${newer} of a kind newer than the schema left out`,
  );
  assert.ok(kinds.size >= 19, [...kinds].join());
});

test("the schema refuses what is wrong", { skip }, () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object);
  const payload = (parameter: object): object => ({
    messaging_product: "whatsapp",
    to: "+33612345678",
    type: "template",
    template: { name: "a", language: { code: "en" }, components: [{ type: "body", parameters: [parameter] }] },
  });
  assert.equal(validate(payload({ type: "text", text: "Ana" })), true);
  assert.equal(validate(payload({ type: "text", text: "a\nb" })), false);
  assert.equal(validate(payload({ type: "text", txt: "Ana" })), false);
});
