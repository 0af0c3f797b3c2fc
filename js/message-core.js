// message.wasm: templates, payloads, answers and webhooks.
import * as glue from "./message-glue.js";
import { Wasm } from "./wasm.js";

export const message = new Wasm(
  glue,
  "message.wasm is not started, and everything but checkTemplate and applyFix needs it: " +
    'call `await init(core, message)` of wa-preflight/slim first, as in `await init("/core.wasm", "/message.wasm")`',
);
