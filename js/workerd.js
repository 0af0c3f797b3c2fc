// workerd compiles no wasm at run time: the bundler hands over a module that is compiled already.
import module from "./core.wasm";
import { startSync } from "./core.js";

startSync(module);

export * from "./api.js";
