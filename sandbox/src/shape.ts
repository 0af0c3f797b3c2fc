/** Reading untrusted JSON: each helper returns the value in its type or throws Graph's code 100. */

import { invalid } from "./errors.ts";

export type Json = Record<string, unknown>;

/** `template['components'][0]['type']`, the way Graph names a place in a body. */
export function at(parent: string, ...keys: (string | number)[]): string {
  let place = parent;
  for (const key of keys) {
    if (typeof key === "number") place += `[${key}]`;
    else place = place === "" ? key : `${place}['${key}']`;
  }
  return place;
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown, place: string): Json {
  if (!isObject(value)) throw invalid(`Param ${place} must be a JSON object.`);
  return value;
}

export function asArray(value: unknown, place: string): unknown[] {
  if (!Array.isArray(value)) throw invalid(`Param ${place} must be an array.`);
  return value;
}

export function asString(value: unknown, place: string): string {
  if (typeof value !== "string") throw invalid(`Param ${place} must be a string.`);
  return value;
}

/** A member that may be there; Graph takes null for nothing. */
export function member(owner: Json, key: string): unknown {
  return owner[key] ?? undefined;
}

/** A member that must be there: absent, null and blank texts are all "required" to Graph. */
export function required(owner: Json, key: string, parent = ""): unknown {
  const value = owner[key];
  if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) {
    throw invalid(`The parameter ${at(parent, key)} is required.`);
  }
  return value;
}

export function requiredString(owner: Json, key: string, parent = ""): string {
  return asString(required(owner, key, parent), at(parent, key));
}

/** One of the names in `allowed`, whatever its case; answers the spelling of the list. */
export function oneOf<T extends string>(value: unknown, allowed: readonly T[], place: string): T {
  const found = typeof value === "string" && allowed.find((name) => name.toLowerCase() === value.toLowerCase());
  if (!found)
    throw invalid(`Param ${place} must be one of {${allowed.join(", ")}} - got ${JSON.stringify(value) ?? "nothing"}.`);
  return found;
}

/** One of the words in `allowed`, letter by letter: only types are documented in both cases. */
export function exactly(value: unknown, allowed: readonly string[], place: string): string {
  if (typeof value === "string" && allowed.includes(value)) return value;
  throw invalid(`Param ${place} must be one of {${allowed.join(", ")}} - got ${JSON.stringify(value) ?? "nothing"}.`);
}

export function onlyKeys(owner: Json, allowed: readonly string[], place: string): void {
  for (const key of Object.keys(owner)) {
    if (!allowed.includes(key)) throw invalid(`Unexpected key "${key}" on param "${place}".`);
  }
}

/** Length in code points. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
