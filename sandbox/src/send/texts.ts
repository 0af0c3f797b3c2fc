/** Rules that hold for every text parameter, and the two mismatches that every part can have. */

import { GraphError } from "../errors.ts";
import type { SentParameter } from "./parameters.ts";

/** Line breaks of every kind, tabs, and more than four spaces in a row. */
const FORBIDDEN = /[\n\r\t\v\f\u0085\u2028\u2029]| {5,}/;
const FORBIDDEN_DETAILS = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces";
/** Older versions of Graph answer the same details under code 100. */
const VERSION_OF_132018 = 23;

export function checkTexts(parameters: SentParameter[], graphVersion: number): void {
  for (const { type, text } of parameters) {
    if (type === "text" && FORBIDDEN.test(text)) {
      throw new GraphError(graphVersion >= VERSION_OF_132018 ? 132018 : 100, { details: FORBIDDEN_DETAILS });
    }
    if (type === "text" && text.trim() === "") {
      throw new GraphError(131008, { details: "Parameter of type text is missing text value" });
    }
  }
}

export function countMismatch(where: string, given: number, expected: number): GraphError {
  return new GraphError(132000, {
    details: `${where}: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
  });
}

export function formatMismatch(where: string, expected: string, received: string): GraphError {
  return new GraphError(132012, { details: `${where}: Format mismatch, expected ${expected}, received ${received}` });
}
