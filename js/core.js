// The one place that touches the generated glue: starts the core, guards every call, recovers from a trap.
import * as glue from "./glue.js";

let started = false;
let generation = 0;

/**
 * Starts the core from bytes or a compiled module. A second call does nothing.
 * @param {BufferSource | WebAssembly.Module} module
 */
export function startSync(module) {
  glue.initSync({ module });
  started = true;
}

/**
 * Starts the core from anything that leads to its bytes.
 * @param {RequestInfo | URL | Response | BufferSource | WebAssembly.Module | Promise<unknown>} source
 */
export async function start(source) {
  await glue.default({ module_or_path: source });
  started = true;
}

/** Counts the recoveries: what was compiled in an earlier generation is gone. */
export const currentGeneration = () => generation;

/**
 * Runs one call into the core.
 *
 * A trap leaves the instance's memory in an unknown state (and a stack overflow leaves its stack pointer
 * where it was), so the next call gets a fresh instance.
 * @template T
 * @param {(core: typeof glue) => T} work
 * @returns {T}
 */
export function call(work) {
  if (!started) throw new Error("the core is not started: call `await init(source)` of wa-preflight/slim first");
  try {
    return work(glue);
  } catch (thrown) {
    if (thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError) {
      generation += 1;
      glue.__wbg_reset_state();
      throw new Error("internal error in wa-preflight, please report it; the next call starts afresh", {
        cause: thrown,
      });
    }
    if (typeof thrown === "string") throw new TypeError(thrown);
    throw thrown;
  }
}
