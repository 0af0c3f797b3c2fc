/** Compiled templates, kept in the isolate by the hash of their definition. */

import { Template } from "wa-preflight";
import type { KnownDefinition } from "./ledger/types.ts";

const MAX_KEPT = 200;
const kept = new Map<string, Template>();

/** @throws {PreflightError} when no message could be built from the definition */
export function compiled({ hash, text }: Pick<KnownDefinition, "hash" | "text">): Template {
  let template = kept.get(hash);
  if (template === undefined) template = new Template(text, { readback: true });
  // Last used goes to the end; the first of a full map is the one that was not used for longest.
  kept.delete(hash);
  kept.set(hash, template);
  for (const [oldest] of kept) {
    if (kept.size <= MAX_KEPT) break;
    kept.delete(oldest);
  }
  return template;
}

/** The category by which deadlines, turns and refusals go. A template without one that is known gets the strictest. */
export function categoryOf(template: Template): string {
  const category = template.category?.toLowerCase();
  return category === "authentication" || category === "utility" ? category : "marketing";
}
