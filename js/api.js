// The public functions, without the bytes that they run on.
export { limits, rules } from "./catalogue.js";
export * from "./check.js";
export { PreflightError } from "./error.js";
export * from "./message.js";
