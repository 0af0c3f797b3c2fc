// Replaces what panics by a trap. It ends in one anyway, and core.wasm has no console: the message that would be put
// together before it, and all that puts messages together, is for nobody. js/wasm.js recovers from the trap.
// usage: cut-panics.mjs <wasm with names> <result>
import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";

/** Functions of the standard library that end in a panic, that panics call, and that format (the core formats nothing). */
const PANICS =
  /panick?ing::|panic_already|rust_begin_unwind|(expect|unwrap)_failed|slice_index_fail|handle_alloc_error|raw_vec::(handle_error|capacity_overflow)|::(assert_failed|len_mismatch_fail)$|\]>?::fmt::/;

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
writeFileSync(result, module.emitBinary());
