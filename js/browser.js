// Browsers and bundlers: the bytes are inlined, so there is no second request, MIME type or bundler plugin to get right.
import { startSync } from "./core.js";
import { base64 } from "./bytes.js";

startSync(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));

export * from "./api.js";
