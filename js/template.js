import { batchOptionsText, bytesFrom, functionFrom, jsonOf, optionsText, textAndOptions } from "./arguments.js";
import { asUtf8, Batch, batchStream, utf8Of } from "./batch.js";
import { PreflightError, refusing } from "./error.js";
import { message as wasm } from "./message-core.js";

/** A definition that the core has compiled: what messages are checked against and built from. */
export class Template {
  // The definition stays here so that a template outlives a recovery of the core, which loses all it compiled.
  #text;
  #isText;
  #options;
  #core;
  #generation = -1;
  #info;

  /**
   * @param {object | string} definition
   * @param {object} [options]
   */
  constructor(definition, options) {
    const given = optionsText(options);
    this.#isText = typeof definition === "string";
    [this.#text, this.#options] = this.#isText ? [definition, given] : textAndOptions(definition, given);
    this.#info = this.#use((core) => core.info());
  }

  get name() {
    return this.#info.name;
  }

  get language() {
    return this.#info.language;
  }

  get category() {
    return this.#info.category;
  }

  get parameterFormat() {
    return this.#info.parameterFormat;
  }

  parameters() {
    return this.#use((core) => core.parameters());
  }

  check(message, options) {
    const [text, said] = textAndOptions(message, optionsText(options));
    return JSON.parse(this.#use((core) => core.check(text, said)));
  }

  checkPayload(payload, options) {
    const given = optionsText(options);
    const isText = typeof payload === "string";
    const [text, said] = isText ? [payload, given] : textAndOptions(payload, given);
    return JSON.parse(this.#use((core) => core.check_payload(text, isText, said)));
  }

  sanitize(message, options) {
    const given = optionsText(options);
    const text = jsonOf(message);
    // Nothing to change in what has no JSON text; `check` says what is wrong with it.
    if (text === undefined) return { message, changes: [] };
    return this.#use((core) => core.sanitize(text, given)) ?? { message, changes: [] };
  }

  build(message, options) {
    if (options === undefined) {
      const text = jsonOf(message);
      const payload = text && this.#use((core, glue) => quickly(core, glue, text));
      if (payload) return payload;
    }
    const given = optionsText(options);
    const text = jsonOf(message);
    if (text === undefined) throw new PreflightError(this.check(message, options));
    return refusing(() => this.#use((core) => core.build(text, given)));
  }

  buildBatch(rows, options) {
    const isText = typeof rows === "string";
    const bytes = isText ? utf8Of(rows) : bytesFrom("rows", rows);
    return this.#batch(options, false).whole(bytes, isText);
  }

  columns(rows, options) {
    const bytes = asUtf8(bytesFrom("rows", rows), typeof rows === "string" ? undefined : options?.encoding);
    const text = batchOptionsText(options, false);
    return this.#use((core, glue) => glue.CoreBatch.head(core, bytes, text));
  }

  batch(options) {
    return this.#batch(options, true);
  }

  batchStream(options) {
    const onResult = functionFrom("options.onResult", options?.onResult);
    const onEnd = functionFrom("options.onEnd", options?.onEnd);
    return batchStream(this.#batch(options, true), onResult, onEnd);
  }

  #batch(options, stream) {
    const text = batchOptionsText(options, stream);
    // The batch keeps a copy of the template: it may be disposed of meanwhile.
    return new Batch(() => refusing(() => this.#use((core, glue) => new glue.CoreBatch(core, text))), options ?? {});
  }

  preview(message) {
    // One value without JSON text leaves the others to be seen.
    const [text] = textAndOptions(message, "{}");
    return this.#use((core) => core.preview(text));
  }

  dispose() {
    // An instance of an earlier generation is gone already: freeing it would free a stranger in the new one.
    if (this.#core !== undefined && this.#generation === wasm.generation) this.#core.free();
    this.#core = undefined;
    this.#text = undefined;
    this.#generation = Number.NaN;
  }

  /**
   * @template T
   * @param {(core: any, glue: any) => T} work
   * @returns {T}
   */
  #use(work) {
    if (Number.isNaN(this.#generation)) throw new Error("this template was disposed: make a new one");
    return wasm.call((glue) => {
      if (this.#generation !== wasm.generation) {
        this.#core = this.#compile(glue);
        this.#generation = wasm.generation;
      }
      return work(this.#core, glue);
    });
  }

  #compile(glue) {
    return refusing(() => new glue.CoreTemplate(this.#text, this.#isText, this.#options));
  }
}

// Older engines have no Symbol.dispose; there `using` does not exist either.
if (Symbol.dispose) Template.prototype[Symbol.dispose] = Template.prototype.dispose;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Where a message is laid for `build_quickly`: a view of the instance's memory, made anew when that has grown. */
let desk = new Uint8Array();
let deskOf;

/**
 * The payload of a plain message; an empty text where the whole way has to decide.
 * @param {any} core
 * @param {any} glue
 * @param {string} text
 */
function quickly(core, glue, text) {
  if (deskOf !== wasm.memory.buffer) {
    // The first call makes the desk, for which the memory may have to grow: only what it is then can be looked at.
    const start = glue.desk();
    desk = new Uint8Array(wasm.memory.buffer, start, glue.desk_bytes());
    deskOf = desk.buffer;
  }
  const { read, written } = encoder.encodeInto(text, desk);
  // Room for the line break is needed, too.
  if (read < text.length || written === desk.length) return "";
  desk[written] = 10;
  const length = core.build_quickly(written + 1);
  return length === 0 ? "" : decoder.decode(new Uint8Array(wasm.memory.buffer, glue.built(), length));
}
