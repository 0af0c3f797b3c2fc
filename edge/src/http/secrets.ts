/** App secrets as health shows them: told apart, and never shown. */

import { appSecretsOf, type Env } from "../env.ts";
import { keyedTag } from "../keyed.ts";

/** Position and fingerprint; the position alone when no LEDGER_KEY makes a fingerprint that is safe to show. */
export async function secretName(env: Env, position: number): Promise<string> {
  const secret = appSecretsOf(env)[position] ?? "";
  const tag = await keyedTag(env, "app secret", secret);
  // A fingerprint is the secret's own wherever it stands in the list; a position is all there is without one.
  return tag === undefined ? `position ${position}` : `fingerprint ${tag}`;
}
