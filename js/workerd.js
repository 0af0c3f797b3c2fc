// workerd compiles no wasm at run time: the bundler hands over modules that are compiled already.
import coreModule from "./core.wasm";
import messageModule from "./message.wasm";
import { core } from "./core.js";
import { message } from "./message-core.js";

core.comesFrom(() => coreModule);
message.comesFrom(() => messageModule);

export * from "./api.js";
