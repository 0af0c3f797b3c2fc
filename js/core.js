// core.wasm: judges definitions. In a file of its own, so that a bundle without messages leaves the other module out.
import * as glue from "./glue.js";
import { Wasm } from "./wasm.js";

export const core = new Wasm(glue, "the core is not started: call `await init(source)` of wa-preflight/slim first");
