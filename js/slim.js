// For those who serve core.wasm themselves: small, cached and compiled while it streams, at the price of an init().
import { start, startSync } from "./core.js";

export * from "./api.js";

export async function init(source) {
  if (source === undefined || source === null)
    throw new TypeError("`source` must lead to core.wasm: a URL, a Response, its bytes or a compiled module");
  await start(source);
}

export function initSync(module) {
  if (!(module instanceof WebAssembly.Module || module instanceof ArrayBuffer || ArrayBuffer.isView(module))) {
    throw new TypeError("`module` must be core.wasm's bytes or a compiled module");
  }
  startSync(module);
}
