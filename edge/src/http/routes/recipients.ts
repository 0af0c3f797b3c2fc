/** Who is to be left alone, and who is to be forgotten. Numbers are in bodies only: addresses end up in logs. */

import * as v from "valibot";
import { log, recipientTag } from "../../log.ts";
import { normalized } from "../../ledger/recipients.ts";
import type { Suppression } from "../../ledger/types.ts";
import { ledgerAt } from "../../objects.ts";
import type { RouteContext } from "../app.ts";
import { parseJson, readText } from "../body.ts";
import { pageSize, queryOf } from "../query.ts";
import { ledgersFor, senderNamed } from "../scope.ts";
import { exactly, shaped } from "../shape.ts";
import { comingTime } from "../times.ts";

const MAX_BYTES = 100_000;
const MAX_RECIPIENTS = 1_000;

/** A number with its country code, or Meta's id of a user: what `to` and `recipient` of a message take. */
const recipient = v.pipe(
  v.string(),
  v.regex(
    /^(\+?[0-9][0-9 ().-]{4,30}|[A-Z]{2}\.[A-Za-z0-9.]{1,128})$/,
    "must be a phone number with its country code, or a user id",
  ),
);
/** Whom the core would write to. An entry that is no number would look like one, and suppress nobody. */
const reachable = v.pipe(
  recipient,
  v.check(
    (name) => !/^[+0-9]/.test(name) || /^[1-9][0-9]{6,14}$/.test(normalized(name)),
    "must have 7 to 15 digits, and begin with the country code, not with 0",
  ),
);
const addSchema = exactly({
  from: v.optional(v.string()),
  recipients: v.pipe(
    v.array(reachable),
    v.minLength(1, "must name somebody"),
    v.maxLength(MAX_RECIPIENTS, `must have at most ${MAX_RECIPIENTS} entries`),
  ),
  until: v.optional(v.nullable(comingTime)),
});
const removeSchema = exactly({ from: v.optional(v.string()), recipient });
const forgetSchema = exactly({ from: v.optional(v.string()), to: recipient });

/** GET /v1/suppressions: who gets no marketing from a sender; `?from=&after=&limit=`. */
export async function listSuppressions(c: RouteContext): Promise<Response> {
  const { from, after, limit: asked } = queryOf(c, "from", "after", "limit");
  const { phoneNumberId } = senderNamed(c, from);
  const limit = pageSize(asked, 100, 1_000);
  const pages = await Promise.all(
    ledgersFor(c, phoneNumberId).map((address) =>
      ledgerAt(c.env, address).suppressions({ limit, ...(after !== undefined && { after }) }),
    ),
  );
  // Each ledger has its own list, by recipient: what they agree on is one entry.
  const byRecipient = new Map<string, Suppression>();
  for (const item of pages.flatMap(({ items }) => items)) {
    const known = byRecipient.get(item.recipient);
    if (known === undefined || lastsLonger(item, known)) byRecipient.set(item.recipient, item);
  }
  const all = [...byRecipient.values()].sort((a, b) => (a.recipient < b.recipient ? -1 : 1));
  const suppressions = all.slice(0, limit);
  const more = all.length > limit || pages.some(({ next }) => next !== undefined);
  const last = suppressions.at(-1);
  return c.json({ suppressions, ...(more && last !== undefined && { next: last.recipient }) });
}

/** POST /v1/suppressions: nobody of these gets marketing any more; `until` a time, or for good. */
export async function addSuppressions(c: RouteContext): Promise<Response> {
  queryOf(c);
  const body = shaped(addSchema, parseJson(await readText(c.req.raw, MAX_BYTES)));
  const by = c.get("tenant");
  const entries = body.recipients.map((recipient) => ({ recipient, until: body.until ?? null, by }));
  // One call a ledger: a request may make a thousand at most.
  await Promise.all(ledgersFor(c, body.from).map((address) => ledgerAt(c.env, address).suppressAll(entries)));
  return c.json({ suppressed: body.recipients.length });
}

/** DELETE /v1/suppressions: this one may get marketing again. */
export async function removeSuppression(c: RouteContext): Promise<Response> {
  queryOf(c);
  const body = shaped(removeSchema, parseJson(await readText(c.req.raw, MAX_BYTES)));
  await Promise.all(ledgersFor(c, body.from).map((address) => ledgerAt(c.env, address).unsuppress(body.recipient)));
  return c.body(null, 204);
}

/** DELETE /v1/recipients: what a person asks for who wants to be forgotten. Keys and states stay, values and numbers go. */
export async function forgetRecipient(c: RouteContext): Promise<Response> {
  queryOf(c);
  const { from, to } = shaped(forgetSchema, parseJson(await readText(c.req.raw, MAX_BYTES)));
  const tenant = c.get("tenant");
  const done = await Promise.all(ledgersFor(c, from).map((address) => ledgerAt(c.env, address).forget(tenant, to)));
  const deliveries = done.reduce((sum, part) => sum + part.deliveries, 0);
  log("recipient_forgotten", { count: deliveries, ...(await recipientTag(c.env, to)) });
  return c.json({ deliveries });
}

function lastsLonger(a: Suppression, b: Suppression): boolean {
  return (a.until ?? Infinity) > (b.until ?? Infinity);
}
