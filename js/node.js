// Node: the wasm lies beside this file. Read synchronously and when it is needed, so that require() works, too, and who
// judges no message loads nothing for it.
import { readFileSync } from "node:fs";
import { core } from "./core.js";
import { message } from "./message-core.js";

core.comesFrom(() => readFileSync(new URL("./core.wasm", import.meta.url)));
message.comesFrom(() => readFileSync(new URL("./message.wasm", import.meta.url)));

export * from "./api.js";
