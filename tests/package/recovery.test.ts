/** A trap costs one call, not the process; and what nobody holds any more is given back. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { checkTemplate, Template } from "wa-preflight";

const definition = {
  name: "hello",
  language: "en_US",
  category: "UTILITY",
  components: [{ type: "BODY", text: "Hello {{1}}, your order is on its way.", example: { body_text: [["Ana"]] } }],
};
const message = { to: "+33612345678", values: { "body.1": "Ana" } };

type Exports = { memory: WebAssembly.Memory; apply_fix(...words: number[]): unknown };
type Glue = { CoreTemplate: { prototype: { info(): unknown } }; initSync(): Exports };
type Wasm = { call<T>(work: (glue: Glue) => T): T; readonly generation: number };
// Not exported: only by its path can a test reach the glue, to call it as no user can.
const inside = (name: string) => import(new URL(`../../pkg/${name}`, import.meta.url).href);
const { core } = (await inside("core.js")) as { core: Wasm };
const { message: wasm } = (await inside("message-core.js")) as { message: Wasm };

const NOWHERE = 0x7fff_fff0;
/** Reads far outside of the memory, which no call of the API can bring about. */
const trap = () => wasm.call((glue) => glue.CoreTemplate.prototype.info.call({ __wbg_ptr: NOWHERE }));
const trapCore = () => core.call((glue) => glue.initSync().apply_fix(NOWHERE, 8, NOWHERE, 8));

/** The memory of the present instance. */
const memoryBytes = () => wasm.call((glue) => glue.initSync().memory.buffer.byteLength);

for (const [name, module, crash] of [
  ["core.wasm", core, trapCore],
  ["message.wasm", wasm, trap],
] as const) {
  test(`${name}: a trap is one error with its cause, and the next call is served by a fresh instance`, () => {
    const template = new Template(definition);
    const others = core.generation + wasm.generation - module.generation;
    const before = module.generation;
    assert.throws(
      crash,
      (error: Error) => error.message.startsWith("internal error") && error.cause instanceof WebAssembly.RuntimeError,
    );
    assert.equal(module.generation, before + 1);
    assert.equal(core.generation + wasm.generation - module.generation, others, "the other module goes on");
    assert.equal(checkTemplate(definition).ok, true);
    assert.equal(template.check(message).ok, true);
  });
}

test("a template outlives a recovery", () => {
  const template = new Template(definition);
  const fromText = new Template(JSON.stringify(definition));
  const expected = template.build(message);
  for (let round = 0; round < 3; round += 1) {
    assert.throws(trap);
    assert.equal(template.build(message), expected);
    assert.equal(fromText.build(message), expected);
    assert.equal(template.name, "hello");
  }
  // Disposing of what the trap took must not free a stranger in the new instance.
  const stranger = new Template({ ...definition, name: "stranger" });
  const lost = new Template(definition);
  assert.throws(trap);
  const other = new Template({ ...definition, name: "other" });
  lost.dispose();
  assert.match(other.build(message), /"other"/);
  assert.match(stranger.build(message), /"stranger"/);
});

test("a stack that overflows in a caller's getter is recovered from, too", () => {
  const endless: object = {
    get name(): unknown {
      return (this as { name: unknown }).name;
    },
  };
  try {
    checkTemplate(endless);
  } catch (error) {
    assert.match(String(error), /internal error/);
  }
  assert.equal(checkTemplate(definition).ok, true);
});

test("a disposed template says so, and disposing twice is fine", () => {
  const template = new Template(definition);
  template.dispose();
  template.dispose();
  assert.throws(() => template.check(message), /disposed/);
  {
    using scoped = new Template(definition);
    assert.equal(scoped.name, "hello");
  }
});

test("100,000 templates that nobody disposes of leave no memory behind", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const make = async (count: number) => {
    for (let index = 1; index <= count; index += 1) {
      assert.equal(new Template(definition).language, "en_US");
      if (index % 2_000 === 0) {
        collect();
        // Finalizers run between tasks only.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  };
  await make(10_000);
  const before = memoryBytes();
  await make(100_000);
  const grown = memoryBytes() - before;
  // Leaked, they would be some hundred megabytes.
  assert.ok(grown < 4 * 1024 * 1024, `the memory grew by ${grown} bytes`);
});
