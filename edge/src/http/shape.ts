/** Turns a schema's issues into one problem that names every wrong place. */

import * as v from "valibot";
import { shapeProblem } from "./problem.ts";

const MAX_FINDINGS = 20;

/** An object with these keys and no other. Without a prototype `constructor` and the like are unknown keys, too. */
export function exactly<E extends v.ObjectEntries>(entries: E): v.StrictObjectSchema<E, undefined> {
  return v.strictObject(Object.assign(Object.create(null) as E, entries));
}

/**
 * A text that people give: it is kept, compared and shown, so it must survive storage unchanged. Half a character does not
 * even reach a ledger.
 */
export const text = (max: number, least = 1) =>
  v.pipe(
    v.string(),
    v.minLength(least, "must not be empty"),
    v.maxLength(max, `must have at most ${max} characters`),
    v.check(
      (given) => given.isWellFormed() && !given.includes("\0"),
      "must not contain half a character (a lone surrogate) or a NUL",
    ),
  );

/** The value as the schema types it, or a 400 with a diagnostic for each wrong place. `root` is the path of `value`. */
export function shaped<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  root: (string | number)[] = [],
): v.InferOutput<S> {
  // What is wrong already is not judged further: one place, one finding.
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success) return result.output;
  throw shapeProblem(result.issues.slice(0, MAX_FINDINGS).map((issue) => found(issue, root)));
}

function found(issue: v.BaseIssue<unknown>, root: (string | number)[]): { path: (string | number)[]; message: string } {
  const path = [...root, ...(issue.path ?? []).map(({ key }) => key as string | number)];
  return { path, message: `\`${readable(path)}\` ${whatIsWrong(issue)}` };
}

function whatIsWrong(issue: v.BaseIssue<unknown>): string {
  if (issue.type === "strict_object") {
    const last = issue.path?.at(-1);
    if (issue.expected === "never") return "is not a known key";
    if (last !== undefined && issue.received === "undefined") return "is missing";
  }
  if (issue.kind === "schema" && issue.received === "undefined") return "is missing";
  if (issue.kind === "schema") return `must be ${issue.expected ?? "something else"}, not ${shortened(issue.received)}`;
  return issue.message;
}

/** `messages[3].key`, the way one would write it. */
export function readable(path: (string | number)[]): string {
  const text = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${shortened(step)}`)).join("");
  return text === "" ? "the body" : text.replace(/^\./, "");
}

/** A key of the caller can be a megabyte long. */
export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
