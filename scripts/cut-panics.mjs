// Replaces what panics by a trap. It ends in one anyway, and core.wasm has no console: the message that would be put
// together before it, and all that puts messages together, is for nobody. js/wasm.js recovers from the trap.
// usage: cut-panics.mjs <wasm with names> <result>
import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";

/** Functions of the standard library that end in a panic, that panics call, and that format (the core formats nothing). */
const PANICS =
  /panick?ing::|panic_already|rust_begin_unwind|(expect|unwrap)_failed|slice_index_fail|handle_alloc_error|raw_vec::(handle_error|capacity_overflow)|::(assert_failed|len_mismatch_fail)$|\]>?::fmt::/;

/** The files that panics would name. */
const FILES = /(\/rustc\/[0-9a-f]{40}\/library|src)\/[\w/]+\.rs/g;

/** What panics would say, and the digits they would say it with: texts that nothing points to any more. */
const TEXTS = [
  Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0")).join(""),
  "reentrant init",
  "mid > len",
  "assertion failed: self.is_char_boundary(new_len)",
  "index out of bounds: the len is ",
  " but the index is ",
  "copy_from_slice: source slice length (",
  ") does not match destination slice length (",
  "attempt to join into collection with len > usize::MAX",
  "capacity overflow",
];

const [wasm, result] = process.argv.slice(2);
binaryen.setDebugInfo(true);
const module = binaryen.readBinary(readFileSync(wasm));
const panics = [];
for (let index = 0; index < module.getNumFunctions(); index += 1) {
  const info = binaryen.getFunctionInfo(module.getFunctionByIndex(index));
  if (!info.module && PANICS.test(info.name)) panics.push(info);
}
// Without names, or with other ones after an update of Rust, nothing would be cut and nobody would see it.
if (!panics.some(({ name }) => name.endsWith("::panicking::panic_fmt"))) throw new Error(`${wasm}: no panic_fmt in it`);
for (const { name, params, results } of panics) {
  module.removeFunction(name);
  module.addFunction(name, params, results, [], module.unreachable());
}
// As bytes, because binaryen's JavaScript cannot change data; zeros keep every length and cost next to nothing.
let bytes = Buffer.from(module.emitBinary()).toString("latin1");
for (let index = 0; index < module.getNumDataSegments(); index += 1) {
  const { offset, data } = module.getDataSegmentInfo(module.getDataSegmentByIndex(index));
  bytes = bytes.replace(Buffer.from(data).toString("latin1"), (segment) => withoutPlaces(segment, offset));
}
for (const text of [FILES, ...TEXTS]) bytes = bytes.replaceAll(text, (found) => "\0".repeat(found.length));
writeFileSync(result, Buffer.from(bytes, "latin1"));

/**
 * Zeros where panics keep their places: the address and the length of a file's name, line, column.
 * @param {string} segment
 * @param {number} offset its address
 */
function withoutPlaces(segment, offset) {
  const files = new Map(Array.from(segment.matchAll(FILES), ({ index, 0: { length } }) => [offset + index, length]));
  const words = Buffer.from(segment, "latin1");
  for (let at = 0; at + 16 <= words.length; at += 4)
    if (files.get(words.readUInt32LE(at)) === words.readUInt32LE(at + 4)) words.fill(0, at, at + 16);
  return words.toString("latin1");
}
