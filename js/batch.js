// Many rows at once: bytes in, payloads out. What a row means is the core's to say; here bytes are decoded, cut into
// pieces and put together again.
import { bytesFrom, stringFrom } from "./arguments.js";
import { PreflightError } from "./error.js";
import { message as wasm } from "./message-core.js";

/** So many bytes go to the core at once: they and their payloads stay in the processor's cache, and its memory small. */
const PIECE = 512 * 1024;

const EMPTY = new Uint8Array();

/** A batch that takes its rows in pieces. Made by `template.batch()`. */
export class Batch {
  #core;
  #generation;
  #decoder;
  #isBegun = false;
  /** What the last text ended with: half a character, whose other half the next one may begin with. */
  #half = "";
  /** A single byte that the first pieces had: it takes two to tell UTF-16. */
  #first = EMPTY;
  #isPartial;
  #totals = { accepted: 0, rejectedRows: 0, changedRows: 0, summary: {} };

  /**
   * @param {() => any} begin makes what the core keeps of the batch
   * @param {{ encoding?: unknown, partial?: unknown }} options
   */
  constructor(begin, { encoding, partial }) {
    this.#decoder = decoderOf(encoding);
    this.#isPartial = partial === true;
    this.#core = begin();
    this.#generation = wasm.generation;
  }

  /** What became of all rows so far. */
  get totals() {
    return { ...this.#totals, summary: { ...this.#totals.summary } };
  }

  push(bytes) {
    if (typeof bytes !== "string") return this.#take(bytesFrom("bytes", bytes), false, false);
    const text = this.#half + bytes;
    const isCut = (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800;
    this.#half = isCut ? text.slice(-1) : "";
    return this.#take(utf8Of(isCut ? text.slice(0, -1) : text), true, false);
  }

  end() {
    const result = this.#take(utf8Of(this.#half), true, true);
    this.dispose();
    return result;
  }

  /** All rows in one go: not one payload if a row was rejected, unless that is wanted. */
  whole(bytes, isText) {
    const result = this.#take(bytes, isText, true);
    this.dispose();
    return this.#failed ? { ...result, payloads: new Uint8Array(), rows: new Uint32Array(), accepted: 0 } : result;
  }

  /** What the stream fails with when rows were rejected and all were wanted. */
  failure(diagnostics) {
    if (!this.#failed) return undefined;
    const failure = new PreflightError({ ok: false, complete: true, diagnostics, measures: [] });
    if (diagnostics.length === 0)
      failure.message = `${this.#totals.rejectedRows} of the rows were rejected; \`maxReported\` is 0, so none is described`;
    return failure;
  }

  dispose() {
    // As with templates: an instance of an earlier generation is gone already.
    if (this.#core !== undefined && this.#generation === wasm.generation) this.#core.free();
    this.#core = undefined;
  }

  get #failed() {
    return !this.#isPartial && this.#totals.rejectedRows > 0;
  }

  #take(bytes, isText, last) {
    const results = new Results(bytes.length);
    for (let from = 0; from < bytes.length; from += PIECE) {
      const piece = bytes.subarray(from, from + PIECE);
      results.progress = from + piece.length;
      this.#step(isText ? piece : this.#decoded(piece), false, results);
    }
    if (last) this.#step(this.#decoded(), true, results);
    return this.#counted(results.all());
  }

  #step(bytes, last, results) {
    const length = this.#call((core) => core.step(bytes, last));
    const place = results.placeFor(length);
    const [rows, notes] = this.#call((core) => {
      core.payloads(place);
      return [core.rows(), core.notes()];
    });
    results.add(rows, notes);
  }

  #call(work) {
    if (this.#core === undefined)
      throw new Error("this batch has ended or was disposed: begin a new one with `template.batch()`");
    try {
      if (this.#generation === wasm.generation) return wasm.call(() => work(this.#core));
    } catch (cause) {
      // Only a trap starts a new generation; it takes what this batch knew of its rows with it.
      if (this.#generation === wasm.generation) throw cause;
      throw new Error(LOST, { cause });
    }
    throw new Error(LOST);
  }

  /** Bytes as UTF-8; without an argument, what a last half character comes to. */
  #decoded(piece) {
    const bytes = this.#isBegun ? piece : this.#begun(piece);
    if (this.#decoder === undefined) return bytes ?? EMPTY;
    return new TextEncoder().encode(this.#decoder.decode(bytes, { stream: piece !== undefined }));
  }

  /** The first two bytes and what comes with them; none as long as there is one and it may not be the last. */
  #begun(piece = EMPTY) {
    const bytes = joined(Uint8Array, [this.#first, piece]);
    this.#isBegun = bytes.length > 1 || piece.length === 0;
    this.#first = this.#isBegun ? EMPTY : bytes;
    if (!this.#isBegun) return EMPTY;
    this.#decoder ??= markedDecoder(bytes);
    return bytes;
  }

  #counted(result) {
    const totals = this.#totals;
    totals.accepted += result.accepted;
    totals.rejectedRows += result.rejectedRows;
    totals.changedRows += result.changedRows;
    addTo(totals.summary, result.summary);
    // What was given away before a row was rejected is not to be sent.
    if (this.#failed) totals.accepted = 0;
    return result;
  }
}

const LOST = "this batch was lost with an internal error and cannot be resumed: begin it again from its first row";

if (Symbol.dispose) Batch.prototype[Symbol.dispose] = Batch.prototype.dispose;

/** What several steps gave, as one result. */
class Results {
  /** How many bytes were read: with what they came to, this tells how much more there will be. */
  progress = 0;
  #expected;
  #payloads = new Uint8Array();
  #length = 0;
  #rows = [];
  #notes = { rejected: [], rejectedRows: 0, changed: [], changedRows: 0, summary: {} };

  /** @param {number} expected how many bytes will be read in all */
  constructor(expected) {
    this.#expected = expected;
  }

  /** Where the next payloads go. */
  placeFor(length) {
    const start = this.#length;
    this.#length += length;
    if (this.#length > this.#payloads.length) {
      const isLast = this.progress >= this.#expected;
      const factor = isLast ? 1 : (this.#expected / this.progress) * 1.02;
      const larger = memoryFor(Math.ceil(this.#length * factor));
      larger.set(this.#payloads.subarray(0, start));
      this.#payloads = larger;
    }
    return this.#payloads.subarray(start, this.#length);
  }

  /**
   * @param {Uint32Array} rows
   * @param {string} text
   */
  add(rows, text) {
    if (rows.length > 0) this.#rows.push(rows);
    if (text === "") return;
    const { rejected, rejectedRows, changed, changedRows, summary } = JSON.parse(text);
    const all = this.#notes;
    all.rejected.push(...rejected);
    all.rejectedRows += rejectedRows;
    all.changed.push(...changed);
    all.changedRows += changedRows;
    addTo(all.summary, summary);
  }

  all() {
    const used = this.#payloads.subarray(0, this.#length);
    // Nobody gets to see what the memory held before.
    this.#payloads.fill(0, this.#length);
    // A guess that was far too large is not held on to.
    const payloads = used.length < this.#payloads.length * 0.9 ? used.slice() : used;
    const rows = joined(Uint32Array, this.#rows);
    return { payloads, rows, accepted: rows.length, ...this.#notes };
  }
}

/**
 * A batch as a stream. Where all rows were wanted and some were rejected, it fails at its end, when all were judged.
 * @param {Batch} batch
 * @param {Function} [onResult]
 * @param {Function} [onEnd]
 */
export function batchStream(batch, onResult, onEnd) {
  let firstRejected;
  const give = (result, controller) => {
    firstRejected ??= result.rejected[0];
    if (result.payloads.length > 0) controller.enqueue(result.payloads);
    onResult?.(result);
  };
  return new TransformStream({
    transform: (bytes, controller) => give(batch.push(bytes), controller),
    flush(controller) {
      give(batch.end(), controller);
      onEnd?.(batch.totals);
      const failure = batch.failure(firstRejected?.diagnostics ?? []);
      if (failure !== undefined) controller.error(failure);
    },
    cancel: () => batch.dispose(),
  });
}

/** What no UTF-8 has: the bytes that half a character would be. */
const HALF = Uint8Array.of(0xed, 0xa0, 0x80);

/**
 * A text as UTF-8. `TextEncoder` alone would put a replacement in place of half a character, and it would be sent: this
 * way the core says which row has it.
 * @param {string} text
 */
export function utf8Of(text) {
  const encoder = new TextEncoder();
  // The first is younger than other things that are needed here, and looks ten times as fast.
  if (text.isWellFormed?.() ?? !/\p{Surrogate}/u.test(text)) return encoder.encode(text);
  // Every second part is a half.
  const parts = text.split(/(\p{Surrogate})/u);
  return joined(
    Uint8Array,
    parts.map((part, index) => (index % 2 === 1 ? HALF : encoder.encode(part))),
  );
}

/** The beginning of a file as UTF-8; a character that it ends within is left out. */
export function asUtf8(bytes, encoding) {
  const decoder = decoderOf(encoding) ?? markedDecoder(bytes);
  return decoder === undefined ? bytes : new TextEncoder().encode(decoder.decode(bytes, { stream: true }));
}

/** Of a file that says itself that it is UTF-16, as Excel's "Unicode text" does. */
function markedDecoder([first, second]) {
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le");
  return first === 0xfe && second === 0xff ? new TextDecoder("utf-16be") : undefined;
}

function decoderOf(encoding) {
  if (encoding === undefined || encoding === null) return undefined;
  try {
    const decoder = new TextDecoder(stringFrom("options.encoding", encoding));
    // The core reads UTF-8 itself, and says which rows are none.
    return decoder.encoding === "utf-8" ? undefined : decoder;
  } catch (error) {
    if (error instanceof TypeError) throw error;
    throw new TypeError(`\`options.encoding\` must be a name that TextDecoder knows, such as "windows-1252"`);
  }
}

/**
 * Bytes that will be written over. Where there is Node's `Buffer`, nobody writes zeros there first, which is a fifth of
 * what it takes to copy payloads into them.
 * @param {number} length
 */
function memoryFor(length) {
  const buffer = globalThis.Buffer?.allocUnsafeSlow?.(length);
  return buffer === undefined ? new Uint8Array(length) : new Uint8Array(buffer.buffer, buffer.byteOffset, length);
}

/**
 * Parts as one; a single one as it is.
 * @param {typeof Uint8Array | typeof Uint32Array} Kind
 * @param {(Uint8Array | Uint32Array)[]} parts
 */
export function joined(Kind, parts) {
  if (parts.length === 1) return parts[0];
  const all = new Kind(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function addTo(summary, more) {
  for (const [code, count] of Object.entries(more)) summary[code] = (summary[code] ?? 0) + count;
}
