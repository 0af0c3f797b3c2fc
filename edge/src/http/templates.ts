/** Finds definitions for the routes, or says as a problem why not. */

import type { Env, Sender } from "../env.ts";
import type { KnownDefinition } from "../ledger/types.ts";
import { catalogueOf } from "../objects.ts";
import { Problem } from "./problem.ts";

/** What Meta knows of the template now. */
export async function definitionFor(
  env: Env,
  { wabaId }: Sender,
  name: string,
  language: string,
): Promise<KnownDefinition> {
  const found = await catalogueOf(env, wabaId).find(wabaId, name, language);
  if (found === "unreachable")
    throw new Problem(
      "graph-failed",
      "the definition is not known yet, and the Graph API could not be asked for it: try again later",
    );
  if (found !== null) return found;
  const message = `the template \`${excerpt(name)}\` does not exist in \`${excerpt(language)}\``;
  const help =
    "name and language must be exactly those of an approved template of this account; GET /v1/templates lists them";
  throw new Problem("unknown-template", message, {
    diagnostics: [{ code: "unknown-template", severity: "error", path: ["template"], message, help }],
  });
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
