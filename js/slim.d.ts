export * from "./index.js";

/** Where core.wasm comes from. */
export type WasmSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/** Starts the core; await it once before any other call. */
export function init(source: WasmSource | Promise<WasmSource>): Promise<void>;

/** The same at once, from bytes or a compiled module. */
export function initSync(module: BufferSource | WebAssembly.Module): void;
