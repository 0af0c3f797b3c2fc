export * from "./index.js";

/** Where a wasm file comes from. */
export type WasmSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Starts the package; await it once before any other call. checkTemplate and applyFix run on core.wasm, everything else
 * on message.wasm. That one is looked for beside core.wasm when only a URL (or Response) of `core.wasm` is given;
 * `false` leaves it out.
 */
export function init(
  core: WasmSource | Promise<WasmSource>,
  message?: WasmSource | Promise<WasmSource> | false,
): Promise<void>;

/** The same at once, from bytes or compiled modules. Without `message` only checkTemplate and applyFix can be called. */
export function initSync(core: BufferSource | WebAssembly.Module, message?: BufferSource | WebAssembly.Module): void;
