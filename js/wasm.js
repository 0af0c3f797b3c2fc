// The one place that drives generated glue: starts a wasm module when it is first needed, guards every call into it,
// recovers from a trap.

/** A wasm module and its glue. */
export class Wasm {
  #glue;
  #source;
  #started = false;
  #generation = 0;

  /**
   * @param {any} glue
   * @param {string} missing what to tell a caller who has not said where the module comes from
   */
  constructor(glue, missing) {
    this.#glue = glue;
    this.#source = () => {
      throw new Error(missing);
    };
  }

  /** Counts the recoveries: what was compiled in an earlier generation is gone. */
  get generation() {
    return this.#generation;
  }

  /** The memory of the instance that is there now. */
  get memory() {
    return this.#glue.initSync().memory;
  }

  /**
   * Says where the module comes from; nothing is read or compiled before the first call needs it.
   * @param {() => BufferSource | WebAssembly.Module} source
   */
  comesFrom(source) {
    this.#source = source;
  }

  /**
   * Starts from bytes or a compiled module. A second start does nothing.
   * @param {BufferSource | WebAssembly.Module} module
   */
  startSync(module) {
    this.#glue.initSync({ module });
    this.#started = true;
  }

  /**
   * Starts from anything that leads to the bytes.
   * @param {RequestInfo | URL | Response | BufferSource | WebAssembly.Module} source
   */
  async start(source) {
    await this.#glue.default({ module_or_path: source });
    this.#started = true;
  }

  /**
   * Runs one call into the module.
   *
   * A trap leaves the instance's memory in an unknown state (and a stack overflow leaves its stack pointer
   * where it was), so the next call gets a fresh instance.
   * @template T
   * @param {(glue: any) => T} work
   * @returns {T}
   */
  call(work) {
    if (!this.#started) this.startSync(this.#source());
    try {
      return work(this.#glue);
    } catch (thrown) {
      if (thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError) {
        this.#generation += 1;
        this.#glue.__wbg_reset_state();
        throw new Error("internal error in wa-preflight, please report it; the next call starts afresh", {
          cause: thrown,
        });
      }
      if (typeof thrown === "string") throw new TypeError(thrown);
      throw thrown;
    }
  }
}
