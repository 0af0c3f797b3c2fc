/**
 * One JSON line per happening. What may be in it stands in one list below: names, ids of ours, states and counts. There is
 * no field for a recipient's number, a value of a message, a token or a text of somebody else (an error of the network can
 * quote a URL), and a value that does not look like its field is withheld.
 */

import { type Env } from "./env.ts";
import { keyedTag } from "./keyed.ts";
import { normalized } from "./ledger/recipients.ts";

export interface LogFields {
  /** Of a delivery. */
  id?: string;
  n?: number;
  /** A sender's phone number id. */
  from?: string;
  shard?: number;
  state?: string;
  reason?: string;
  code?: number | string;
  count?: number;
  ms?: number;
  /** The class of an exception and the line that threw it: `describe`. */
  error?: string;
  /** Whom it is about, as `recipientTag` names them: the same person has the same tag, and no tag leads back. */
  recipient?: string;
}

const WORD = /^[A-Za-z][A-Za-z_-]{0,39}$/;
const isCount = (value: unknown) => typeof value === "number" && Number.isFinite(value);
const fits = (pattern: RegExp) => (value: unknown) => typeof value === "string" && pattern.test(value);

/** The only fields that a line can have, each with what it may hold. */
const ALLOWED: { readonly [F in keyof Required<LogFields>]: (value: unknown) => boolean } = {
  id: fits(/^1[0-9a-z][0-9a-f]{32}$/),
  n: isCount,
  from: fits(/^(\d{1,32}|unrouted)$/),
  shard: isCount,
  state: fits(WORD),
  reason: fits(WORD),
  code: (value) => isCount(value) || fits(/^[A-Za-z0-9_-]{1,20}$/)(value),
  count: isCount,
  ms: isCount,
  error: fits(/^[\x20-\x7e]{1,300}$/),
  recipient: fits(/^r-[0-9a-f]{12}$/),
};

export function log(event: string, fields: LogFields = {}): void {
  const said: Record<string, unknown> = { event };
  for (const [name, value] of Object.entries(fields)) {
    // Types are gone at run time: whatever was passed along by mistake ends here.
    if (!Object.hasOwn(ALLOWED, name) || value === undefined) continue;
    said[name] = ALLOWED[name as keyof LogFields](value) ? value : "[withheld]";
  }
  console.log(JSON.stringify(said));
}

/** What may be logged of an exception: its class and where it came from, never its message. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const name = WORD.test(error.name) ? error.name : "Error";
  const place = /\n\s+at (\S+(?: \[\S+ \S+\])?)/.exec(error.stack ?? "")?.[1];
  return place === undefined ? name : `${name} at ${place}`;
}

/**
 * A recipient's name in the log: a hash that only LEDGER_KEY's owner can make, since every number there is could be tried
 * against a plain one. Without that key there is none.
 */
export async function recipientTag(env: Env, recipient: string): Promise<{ recipient?: string }> {
  const tag = await keyedTag(env, "recipient", normalized(recipient));
  return tag === undefined ? {} : { recipient: `r-${tag}` };
}
