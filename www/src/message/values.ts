/** What is typed for a template's parameters, and the values that it stands for. The message has one, a batch's defaults another. */

import { batch as together, type Signal, signal } from "@preact/signals";
import type { Parameter, Value } from "wa-preflight";
import { isObject } from "../shared/json.ts";

/** Kinds whose values are written as text; every other one takes Meta's object. */
const TEXT_KINDS = new Set(["text", "url_suffix", "payload", "coupon_code", "one_time_code", "expiry"]);
const MEDIA_KINDS = new Set(["image", "video", "document", "gif"]);

/** How a text parameter is given: as text, or as one of Meta's two objects that a text may be. */
export type TextForm = "text" | "currency" | "date_time";

export interface Typed {
  /** What stands in the fields, by parameter key; an object as its JSON. It outlives a definition that is half-typed. */
  texts: Signal<Record<string, string>>;
  /** Names of documents, by parameter key. */
  fileNames: Signal<Record<string, string>>;
  forms: Signal<Record<string, TextForm>>;
}

export function nothingTyped(): Typed {
  return { texts: signal({}), fileNames: signal({}), forms: signal({}) };
}

/** Puts all that is typed aside, and what is given, or nothing, in its place. */
export function swapTyped({ texts, fileNames, forms }: Typed, given: Kept | undefined): Kept {
  const aside = { texts: texts.peek(), fileNames: fileNames.peek(), forms: forms.peek() };
  together(() => {
    texts.value = given?.texts ?? {};
    fileNames.value = given?.fileNames ?? {};
    forms.value = given?.forms ?? {};
  });
  return aside;
}
export type Kept = { [Member in keyof Typed]: ReturnType<Typed[Member]["peek"]> };

/** The value of each parameter that has one. */
export function valuesOf({ texts, fileNames, forms }: Typed, parameters: readonly Parameter[]): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const { key, kind } of parameters) {
    const text = texts.value[key] ?? "";
    if (text === "") continue;
    values[key] = valueFrom(kind, text, fileNames.value[key] ?? "", forms.value[key] ?? "text");
  }
  return values;
}

export function typeInto({ texts }: Typed, key: string, text: string): void {
  texts.value = { ...texts.peek(), [key]: text };
}

function valueFrom(kind: string, text: string, fileName: string, form: TextForm): Value {
  if (TEXT_KINDS.has(kind) && form === "text") return text;
  if (MEDIA_KINDS.has(kind)) {
    if (fileName === "") return text;
    return /^\d+$/.test(text) ? { id: text, filename: fileName } : { link: text, filename: fileName };
  }
  // What is no object stays text: the core says what it wants in its place.
  return objectIn(text) ?? text;
}

/** The object that a text holds as JSON. */
export function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return isObject(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** A value as it stands in its field. */
export function shownFor(value: Value): string {
  if (typeof value !== "object") return String(value);
  if ("link" in value && typeof value.link === "string") return value.link;
  if ("id" in value && typeof value.id === "string") return value.id;
  return JSON.stringify(value);
}

export const takesFileName = (kind: string): boolean => kind === "document";
export const takesObject = (kind: string): boolean => !TEXT_KINDS.has(kind) && !MEDIA_KINDS.has(kind);
