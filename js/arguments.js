// What a caller may pass, turned into what the core takes. A wrong call throws a TypeError that names the argument.
import { writeOdd } from "./odd.js";

/**
 * JSON text of a value, or undefined where JSON has none: cycles, BigInt, throwing getters, thousands of levels.
 * @param {unknown} value
 * @returns {string | undefined}
 */
export function jsonOf(value) {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/**
 * A value's JSON text, and the options with what that text cannot say.
 * @param {unknown} value
 * @param {string} options as text
 * @returns {[string, string]}
 */
export function textAndOptions(value, options) {
  const plain = jsonOf(value);
  if (plain !== undefined) return [plain, options];
  const { text, notes } = writeOdd(value);
  return [text, `${options.slice(0, -1)},"notes":${JSON.stringify(notes)}}`];
}

/** The options that the core knows; others are none of its business. */
const OPTIONS = ["limits", "policy", "readback", "recipient", "sanitize"];
const BATCH_OPTIONS = [
  "limits",
  "policy",
  "sanitize",
  "partial",
  "format",
  "columns",
  "defaults",
  "defaultCountry",
  "maxReported",
  "stream",
];

/**
 * Options of a batch as JSON text.
 * @param {unknown} options
 * @param {boolean} stream whether its memory must not grow with it
 * @returns {string}
 */
export function batchOptionsText(options, stream) {
  let { defaults } = options === undefined || options === null ? {} : objectFrom("options", options);
  if (defaults !== undefined && defaults !== null) {
    defaults = jsonOf(objectFrom("options.defaults", defaults));
    if (defaults === undefined) throw new TypeError("`options.defaults` cannot be written as JSON");
  }
  return optionsText(options, { defaults, stream }, BATCH_OPTIONS);
}

const NOTHING = {};

/**
 * Options as JSON text. The core never reads a clock, so `now` is filled in here. Each is asked for by its name: an object
 * may have it from its class or its prototype.
 * @param {unknown} options
 * @param {Record<string, unknown>} instead what is passed on in place of what was given
 * @param {string[]} names those that are passed on
 * @returns {string}
 */
export function optionsText(options, instead = NOTHING, names = OPTIONS) {
  if (options === undefined || options === null) {
    // Most calls have none.
    if (instead === NOTHING) return `{"now":${Date.now()}}`;
    options = {};
  }
  if (typeof options !== "object" || Array.isArray(options)) {
    throw new TypeError(`\`options\` must be an object, not ${describe(options)}`);
  }
  const given = /** @type {Record<string, unknown>} */ (options);
  const { now = Date.now(), edit } = given;
  if (typeof now !== "number" || !Number.isFinite(now)) {
    throw new TypeError(`\`options.now\` must be a time in milliseconds, not ${describe(now)}`);
  }
  const members = [`"now":${Math.trunc(now)}`];
  for (const name of names) {
    const value = Object.hasOwn(instead, name) ? instead[name] : given[name];
    if (value !== undefined) members.push(`"${name}":${JSON.stringify(value, shallow) ?? "[]"}`);
  }
  if (edit !== undefined && edit !== null) members.push(`"edit":${editText(objectFrom("options.edit", edit))}`);
  return `{${members.join()}}`;
}

/**
 * No option goes deeper than an object of single values. What does, and what JSON would leave out, becomes an empty array:
 * no option takes one, so the core says which is wrong and what it expects.
 * @param {string} key
 * @param {unknown} value
 */
function shallow(key, value) {
  const isDeep = key !== "" && typeof value === "object" && value !== null;
  return isDeep || value instanceof Map || ["function", "symbol", "bigint"].includes(typeof value) ? [] : value;
}

/**
 * @param {Record<string, unknown>} edit
 * @returns {string}
 */
function editText({ previous, status }) {
  const text = typeof previous === "string" ? previous : jsonOf(previous);
  if (text === undefined)
    throw new TypeError("`options.edit.previous` must be a definition, as an object or as JSON text");
  return JSON.stringify({ previous: text, status }, shallow);
}

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {string}
 */
export function stringFrom(name, value) {
  if (typeof value !== "string") throw new TypeError(`\`${name}\` must be a string, not ${describe(value)}`);
  return value;
}

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
export function objectFrom(name, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`\`${name}\` must be an object, not ${describe(value)}`);
  }
  return /** @type {Record<string, unknown>} */ (value);
}

/**
 * A function that may be missing.
 * @param {string} name
 * @param {unknown} value
 * @returns {Function | undefined}
 */
export function functionFrom(name, value) {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "function") throw new TypeError(`\`${name}\` must be a function, not ${describe(value)}`);
  return value;
}

/**
 * Bytes of a body that came from the network.
 * @param {string} name
 * @param {unknown} value
 * @returns {Uint8Array}
 */
export function bytesFrom(name, value) {
  if (typeof value === "string") return new TextEncoder().encode(value);
  return rawBytesFrom(name, value, "a string or bytes (a Uint8Array)");
}

/**
 * Bytes as they are: where a signature covers them, a string that was decoded and encoded again will not do.
 * @param {string} name
 * @param {unknown} value
 * @param {string} expected in words
 * @returns {Uint8Array}
 */
export function rawBytesFrom(name, value, expected = "bytes (a Uint8Array)") {
  if (value instanceof Uint8Array) return value;
  if (isBuffer(value)) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError(`\`${name}\` must be ${expected}, not ${describe(value)}`);
}

/**
 * An ArrayBuffer of any realm: `instanceof` knows those of its own alone.
 * @param {unknown} value
 * @returns {value is ArrayBuffer}
 */
export function isBuffer(value) {
  return Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}

/**
 * Headers of any common shape as pairs.
 * @param {unknown} headers Headers, a record, or an iterable of pairs
 * @returns {[string, string][]}
 */
export function headerPairs(headers) {
  if (headers === undefined || headers === null) return [];
  if (typeof headers !== "object") {
    throw new TypeError(`\`headers\` must be Headers, a record or a list of pairs, not ${describe(headers)}`);
  }
  const pairs = Symbol.iterator in headers ? [.../** @type {Iterable<unknown>} */ (headers)] : Object.entries(headers);
  const other = pairs.find((pair) => !Array.isArray(pair));
  if (other !== undefined)
    throw new TypeError(`\`headers\` must be Headers, a record or a list of pairs, not a list with ${describe(other)}`);
  return pairs
    .filter((pair) => pair[1] !== undefined)
    .flatMap(([name, value]) =>
      headerTexts(name, value).map((text) => /** @type {[string, string]} */ ([String(name), text])),
    );
}

/**
 * The values of one header: records may hold several in an array.
 * @param {unknown} name
 * @param {unknown} value
 * @returns {string[]}
 */
function headerTexts(name, value) {
  return (Array.isArray(value) ? value : [value]).map((one) => {
    if (typeof one === "string" || typeof one === "number") return String(one);
    throw new TypeError(`the values of \`headers\` must be strings; \`${String(name)}\` has ${describe(one)}`);
  });
}

/**
 * A value's kind in words.
 * @param {unknown} value
 * @returns {string}
 */
export function describe(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  switch (typeof value) {
    case "undefined":
      return "undefined";
    case "object":
      return "an object";
    default:
      return `a ${typeof value}`;
  }
}
