/** One `build` in JavaScript: the quick way by shared memory answers what the whole way does. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { PreflightError, Template } from "wa-preflight";

const template = new Template({
  name: "order_shipped",
  language: "en_US",
  category: "UTILITY",
  components: [
    {
      type: "BODY",
      text: "Hello {{1}}, your order {{2}} is on its way.",
      example: { body_text: [["Ana", "A-17"]] },
    },
  ],
});

const messages = {
  plain: { to: "+33612345678", values: { "body.1": "Ana", "body.2": "A-17" } },
  accents: { to: "+33612345678", values: { "body.1": "José 日本 👩‍👩‍👧", "body.2": "–" } },
  escapes: { to: "+33612345678", values: { "body.1": 'said "yes" \\ no', "body.2": "a/b" } },
  numbers: { to: "+33612345678", values: { "body.1": 7, "body.2": -3.5 } },
  tagged: { to: "+33612345678", callbackData: "order-17", values: { "body.1": "Ana", "body.2": "A-17" } },
  user: { recipient: "US.13491208655302741918", values: { "body.1": "Ana", "body.2": "A-17" } },
};

for (const [name, message] of Object.entries(messages)) {
  test(`${name}: with options and without, the same bytes, whatever was built before`, () => {
    // Options lead the whole way.
    const whole = template.build(message, {});
    for (let round = 0; round < 3; round += 1) {
      assert.equal(template.build(message), whole);
      template.build(messages.tagged);
    }
  });
}

test("a message of any length is built, also at the end of the room that is shared", () => {
  // 8,192 bytes are shared: lengths around it, in characters of one to four bytes.
  for (const character of ["a", "é", "日", "😀"]) {
    const width = new TextEncoder().encode(character).length;
    for (let bytes = 8_040; bytes < 8_240; bytes += 1) {
      const text = character.repeat(Math.floor(bytes / width)) + "b".repeat(bytes % width);
      const message = { to: "+33612345678", values: { "body.1": "Ana", "body.2": text } };
      assert.equal(template.build(message), template.build(message, {}));
    }
  }
});

test("the memory may grow while the room is made that is shared", async () => {
  // Whether it does depends on how full the memory is: each number of templates in an instance of its own.
  const text = `
    import { parentPort, workerData } from "node:worker_threads";
    import { Template } from ${JSON.stringify(import.meta.resolve("wa-preflight"))};
    const { definition, message, count } = workerData;
    const kept = Array.from({ length: count }, () => new Template(definition));
    parentPort.postMessage(kept[0].build(message));
  `;
  const address = new URL(`data:text/javascript,${encodeURIComponent(text)}`);
  const definition = {
    name: "ready",
    language: "en_US",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Dear {{1}}, your order is ready.", example: { body_text: [["Ana"]] } }],
  };
  const message = { to: "+33612345678", values: { "body.1": "a" } };
  const expected = new Template(definition).build(message);
  for (let first = 1; first <= 241; first += 12) {
    const counts = Array.from({ length: 4 }, (_, index) => first + 3 * index);
    const built = counts.map(
      (count) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(address, { workerData: { definition, message, count } });
          worker.on("message", resolve).on("error", reject);
        }),
    );
    assert.deepEqual(
      await Promise.all(built),
      counts.map(() => expected),
      `${first} templates`,
    );
  }
});

test("what has no JSON text, or is no message, is refused as before", () => {
  const cyclic: Record<string, unknown> = { to: "+33612345678" };
  cyclic["values"] = cyclic;
  for (const wrong of [cyclic, undefined, null, 17, "text", [], { to: "+33612345678", "body.1": "Ana", "body.2": "b" }])
    assert.throws(() => template.build(wrong as never), PreflightError);
});
