/** The message that is composed: a recipient and a value for each parameter. It lives in this page only. */

import { batch as together, computed, signal } from "@preact/signals";
import {
  applyFix,
  type Fix,
  type Message,
  type Parameter,
  PreflightError,
  type Preview,
  type Report,
} from "wa-preflight";
import { compiled } from "../document/document.ts";
import { attempt } from "../shared/failure.ts";
import { type Kept, nothingTyped, shownFor, swapTyped, valuesOf } from "./values.ts";

const NOTHING: Report = { ok: false, complete: false, diagnostics: [], measures: [] };

export const recipient = signal("");
export const typed = nothingTyped();
export const sanitizing = signal(false);

export const parameters = computed<Parameter[]>(() => compiled.value.template?.parameters() ?? []);

/** The message as it was typed. */
export const message = computed<Message>(() => {
  const values = valuesOf(typed, parameters.value);
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

/**
 * Opens another text, or the one before. Keys such as `buttons.0` say nothing about whose they are: what was typed for
 * another template is put aside, and is there again with it.
 */
export function changingTemplate(open: () => void): void {
  const before = templateName();
  open();
  const after = templateName();
  if (before !== after) aside.set(before, swapTyped(typed, aside.get(after)));
}
const aside = new Map<string, Kept>();

function templateName(): string {
  const { template, current } = compiled.peek();
  return current ? (template?.name ?? "") : "";
}

/** Fills in what is empty; what a person has typed stays. */
export function fillWithSamples(): void {
  const texts = { ...typed.texts.peek() };
  const forms = { ...typed.forms.peek() };
  for (const { key, example } of parameters.peek()) {
    if (example === undefined || (texts[key] ?? "") !== "") continue;
    texts[key] = example;
    // A sample is a text, whatever was meant to stand here.
    forms[key] = "text";
  }
  together(() => {
    typed.texts.value = texts;
    typed.forms.value = forms;
  });
}

/** Applies a fix of a finding to the fields. */
export function fixMessage(fix: Fix): void {
  const mended = attempt(() => applyFix(message.peek(), fix), message.peek());
  if (typeof mended.to === "string") recipient.value = mended.to;
  const next = { ...typed.texts.peek() };
  for (const [key, value] of Object.entries(mended.values ?? {})) next[key] = shownFor(value);
  typed.texts.value = next;
}
