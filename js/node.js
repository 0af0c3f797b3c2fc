// Node: the wasm lies beside this file. Read synchronously, so that require() works too.
import { readFileSync } from "node:fs";
import { startSync } from "./core.js";

startSync(readFileSync(new URL("./core.wasm", import.meta.url)));

export * from "./api.js";
