/** How callers name templates, and which of these there are: found for the routes, or a problem that says why not. */

import { type Limit, limits } from "wa-preflight";
import type { Env, Sender } from "../env.ts";
import type { KnownDefinition } from "../ledger/types.ts";
import { catalogueOf, ledgerAt } from "../objects.ts";
import type { RouteContext } from "./app.ts";
import { Problem } from "./problem.ts";
import { ledgersFor, sendersMeant } from "./scope.ts";
import { exactly, shortened, text } from "./shape.ts";

/** No template's name is longer at Meta. */
export const MAX_NAME = (limits().find(({ name }) => name === "nameChars") as Limit).max;
const MAX_LANGUAGE = 64;

/** A template as bodies name it. */
export const templateEntry = exactly({ name: text(MAX_NAME), language: text(MAX_LANGUAGE) });

/** What Meta can have given a name to; whether it did, the account says. */
function isPossible(name: string, language: string): boolean {
  return /^[a-z0-9_]+$/.test(name) && name.length <= MAX_NAME && /^[a-z]{2,3}(_[A-Z]{2})?$/.test(language);
}

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
  const message = `the template \`${shortened(name)}\` does not exist in \`${shortened(language)}\``;
  const help =
    "name and language must be exactly those of an approved template of this account; GET /v1/templates lists them";
  throw new Problem("unknown-template", message, {
    diagnostics: [{ code: "unknown-template", severity: "error", path: ["template"], message, help }],
  });
}

/**
 * A hold of a mistyped name would look as if something had been stopped. A delivery or a hold that names the template is
 * proof enough, without Meta: in its outages people want to pause, too. What nothing uses is asked of the accounts.
 */
export async function refuseUnknownTemplate(
  c: RouteContext,
  from: string | undefined,
  name: string,
  language: string,
): Promise<void> {
  const used = await Promise.all(
    ledgersFor(c, from).map((address) => ledgerAt(c.env, address).knowsTemplate(`${name}/${language}`)),
  );
  if (used.includes(true)) return;
  if (isPossible(name, language)) {
    const accounts = new Set(sendersMeant(c, from).map(({ wabaId }) => wabaId));
    const found = await Promise.all(
      [...accounts].map((wabaId) => catalogueOf(c.env, wabaId).find(wabaId, name, language)),
    );
    if (found.some((definition) => definition !== null && definition !== "unreachable")) return;
    if (found.includes("unreachable"))
      throw new Problem(
        "graph-failed",
        "no delivery uses this template, and the Graph API could not be asked whether it exists: nothing was changed",
      );
  }
  throw new Problem(
    "not-found",
    `there is no template \`${shortened(name)}\` in \`${shortened(language)}\`: GET /v1/templates lists those that there are`,
  );
}
