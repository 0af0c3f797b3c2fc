// Browsers and bundlers: the bytes are inlined, so there is no second request, MIME type or bundler plugin to get right.
// Two files, so that a bundle carries a module's bytes only when it imports what the module does.
export * from "./browser-check.js";
export * from "./browser-message.js";
export { limits, rules } from "./catalogue.js";
export { PreflightError } from "./error.js";
