/** The message that is composed: a recipient and a value for each parameter. It lives in this page only. */

import { computed, signal } from "@preact/signals";
import {
  applyFix,
  type Fix,
  type Message,
  type Parameter,
  PreflightError,
  type Preview,
  type Report,
  type Value,
} from "wa-preflight";
import { compiled } from "../document/document.ts";
import { attempt } from "../shared/failure.ts";
import { isObject } from "../shared/json.ts";

/** Kinds whose values are written as text; every other one takes Meta's object. */
const TEXT_KINDS = new Set(["text", "url_suffix", "payload", "coupon_code", "one_time_code"]);
const MEDIA_KINDS = new Set(["image", "video", "document", "gif"]);
const NOTHING: Report = { ok: false, complete: false, diagnostics: [], measures: [] };

export const recipient = signal("");
/** What stands in the fields, by parameter key. It outlives a definition that is half-typed. */
export const typed = signal<Record<string, string>>({});
/** Names of documents, by parameter key. */
export const fileNames = signal<Record<string, string>>({});
export const sanitizing = signal(false);

export const parameters = computed<Parameter[]>(() => compiled.value.template?.parameters() ?? []);

/** The message as it was typed. */
export const message = computed<Message>(() => {
  const values: Record<string, Value> = {};
  for (const { key, kind } of parameters.value) {
    const value = typed.value[key] ?? "";
    if (value !== "") values[key] = valueFrom(kind, value, fileNames.value[key] ?? "");
  }
  return { ...(recipient.value.trim() !== "" && { to: recipient.value }), values };
});

/** What sanitizing makes of it, whether it is asked for or not. */
export const sanitized = computed(() => {
  const { template } = compiled.value;
  const given = message.value;
  if (template === undefined) return { message: given, changes: [] };
  return attempt(() => template.sanitize(given), { message: given, changes: [] });
});

/** The message as it would be sent. */
export const outgoing = computed<Message>(() => (sanitizing.value ? sanitized.value.message : message.value));

/** While one types, a recipient that is not there yet is no mistake. */
export const messageReport = computed<Report>(() => {
  const { template } = compiled.value;
  const given = outgoing.value;
  return template === undefined ? NOTHING : attempt(() => template.check(given, { recipient: "optional" }), NOTHING);
});

export const payload = computed<{ text: string } | { refusal: Report } | undefined>(() => {
  const { template } = compiled.value;
  const given = outgoing.value;
  if (template === undefined) return undefined;
  return attempt(() => {
    try {
      return { text: template.build(given) };
    } catch (error) {
      if (error instanceof PreflightError) return { refusal: error.report };
      throw error;
    }
  }, undefined);
});

/** What the recipient will see. */
export const preview = computed<Preview | undefined>(() => {
  const { template } = compiled.value;
  const given = outgoing.value;
  return template === undefined ? undefined : attempt(() => template.preview(given), undefined);
});

export function type(key: string, value: string): void {
  typed.value = { ...typed.peek(), [key]: value };
}

export function fillWithSamples(): void {
  const samples = parameters.peek().flatMap(({ key, example }) => (example === undefined ? [] : [[key, example]]));
  typed.value = { ...typed.peek(), ...(Object.fromEntries(samples) as Record<string, string>) };
}

/** Applies a fix of a finding to the fields. */
export function fixMessage(fix: Fix): void {
  const mended = attempt(() => applyFix(message.peek(), fix), message.peek());
  if (typeof mended.to === "string") recipient.value = mended.to;
  const next = { ...typed.peek() };
  for (const [key, value] of Object.entries(mended.values ?? {})) next[key] = shownFor(value);
  typed.value = next;
}

function valueFrom(kind: string, value: string, fileName: string): Value {
  if (TEXT_KINDS.has(kind)) return value;
  if (MEDIA_KINDS.has(kind)) {
    if (fileName === "") return value;
    return /^\d+$/.test(value) ? { id: value, filename: fileName } : { link: value, filename: fileName };
  }
  try {
    const read: unknown = JSON.parse(value);
    return isObject(read) ? read : value;
  } catch {
    // The core says what it wants in its place.
    return value;
  }
}

function shownFor(value: Value): string {
  if (typeof value !== "object") return String(value);
  if ("link" in value && typeof value.link === "string") return value.link;
  if ("id" in value && typeof value.id === "string") return value.id;
  return JSON.stringify(value);
}

export const takesFileName = (kind: string): boolean => kind === "document";
export const takesObject = (kind: string): boolean => !TEXT_KINDS.has(kind) && !MEDIA_KINDS.has(kind);
