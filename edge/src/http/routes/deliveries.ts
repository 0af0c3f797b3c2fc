/** /v1/deliveries: take messages in, and tell what became of them. */

import * as v from "valibot";
import { type Message, PreflightError, type Template } from "wa-preflight";
import { fingerprint, MAX_BYTES, parseSubmission, type SubmittedMessage } from "../../delivery/submission.ts";
import { keyedPrint, sealed } from "../../delivery/secrets.ts";
import type { Env } from "../../env.ts";
import type { DeliveryView } from "../../ledger/ledger.ts";
import { makeId, shardOf } from "../../ledger/machine.ts";
import type { Address, PersonalEvent, Submitted, SubmitRequest, SubmitResult } from "../../ledger/types.ts";
import { addressesOf, ledgerAt, shardOfKey } from "../../objects.ts";
import { categoryOf, compiled } from "../../templates.ts";
import type { RouteContext } from "../app.ts";
import { parseJson, readText } from "../body.ts";
import { Problem, shapeProblem } from "../problem.ts";
import { oneOf, pageSize, queryOf, wrongValue } from "../query.ts";
import { senderNamed, sendersFor } from "../scope.ts";
import { exactly, shaped, text as textOf } from "../shape.ts";
import { STATES } from "../states.ts";
import { type Judgement, refuseSuppressed } from "../suppressed.ts";
import { definitionFor } from "../templates.ts";
import { deadline, tooLate } from "../times.ts";
import { waitOf } from "../waits.ts";

const NDJSON = /^application\/(x-)?(ndjson|jsonl|json-?lines)$/;
const MAX_LISTED = 200;

/** Judges every message, stores those that pass, and answers each one's fate. Nothing is stored of a refused request. */
export async function createDeliveries(c: RouteContext): Promise<Response> {
  queryOf(c);
  const text = await readText(c.req.raw, MAX_BYTES);
  const { envelope, messages } = parseSubmission(text, formatOf(c));
  const sender = senderNamed(c, envelope.from);
  const definition = await definitionFor(c.env, sender, envelope.template.name, envelope.template.language);
  const template = usable(() => compiled(definition));

  const own = categoryOf(template);
  const category = own === "marketing" ? own : (envelope.category ?? own);
  const reports: Judgement[] = messages.map((submitted) => template.check(messageOf(submitted)));
  if (category === "marketing") await refuseSuppressed(c, envelope, messages, reports);
  const judged = await Promise.all(
    messages.map(async (submitted, index) => ({
      submitted,
      report: reports[index] as Judgement,
      print: await fingerprint(envelope, submitted),
    })),
  );
  const wrong = tooLate(envelope, Date.now()) ?? miscalled(envelope.category, own);
  if (envelope.dryRun === true) {
    if (wrong !== undefined) throw shapeProblem([wrong]);
    return c.json({
      dryRun: true,
      results: judged.map(({ submitted, report }) => ({ key: submitted.key, ...verdictOf(report) })),
    });
  }

  const secret = category === "authentication" || categoryOf(template) === "authentication";
  const items = await Promise.all(
    judged.map(async ({ submitted: { key, reference, ...rest }, report, print }): Promise<Submitted> => {
      const item = { key, fingerprint: print, ...(reference !== undefined && { reference }) };
      const message = report.ok ? messageOf({ key, ...rest }) : undefined;
      if (secret) return sealedItem(c.env, c.get("tenant"), item, message);
      return { ...item, ...(message !== undefined && { message }) };
    }),
  );
  const { campaign, sendAt, expiresAt, retryMedia } = envelope;
  const request = {
    tenant: c.get("tenant"),
    template: definition,
    category,
    ...(campaign !== undefined && { campaign }),
    ...(sendAt !== undefined && { sendAt }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(retryMedia === true && { retryMedia }),
  };
  const results = await submit(c, sender.phoneNumberId, items, request, wrong && shapeProblem([wrong]));
  refuseConflicts(items, results);
  const answers = judged.map(({ submitted, report }, index) => answerFor(submitted.key, results[index], report));
  return c.json({ results: answers }, 202);
}

/** A one-time code leaves the route encrypted, bound to the id that its delivery will have. */
async function sealedItem(
  env: Env,
  tenant: string,
  { fingerprint: print, ...item }: Submitted,
  message: Message | undefined,
): Promise<Submitted> {
  const fingerprint = await keyedPrint(env, print);
  if (message === undefined) return { ...item, fingerprint };
  const id = makeId(await shardOfKey(env, tenant, item.key));
  return { ...item, fingerprint, id, message: await sealed(env, id, message) };
}

/** The delivery and all that is known of it. */
export async function readDelivery(c: RouteContext): Promise<Response> {
  queryOf(c);
  for (const address of placesOf(c)) {
    const ledger = ledgerAt(c.env, address);
    const view = await ledger.read(c.get("tenant"), idOf(c));
    if (view === undefined) continue;
    const waits =
      view.delivery.state === "queued" ? waitOf(view, (await ledger.summary()).gate, Date.now()) : undefined;
    return c.json({ ...shown(address, view), ...(waits !== undefined && { waits }) });
  }
  throw unknownDelivery();
}

/** The newest deliveries of a sender: `?from=&state=&campaign=&cursor=&limit=`; `next` is the cursor of the next page. */
export async function listDeliveries(c: RouteContext): Promise<Response> {
  const { from, campaign, cursor, ...asked } = queryOf(c, "from", "state", "campaign", "limit", "cursor");
  const { phoneNumberId } = senderNamed(c, from);
  const state = oneOf("state", asked.state, STATES);
  const count = pageSize(asked.limit, 50, MAX_LISTED);
  if (cursor !== undefined && !/^[0-9]{1,15}\.[0-9a-z]{1,40}$/.test(cursor))
    throw wrongValue("cursor", "must be a page's `next`");
  const filter = { ...(state !== undefined && { state }), ...(campaign !== undefined && { campaign }) };
  const pages = await Promise.all(
    addressesOf(c.env, phoneNumberId).map(async (address) => {
      const page = { limit: count, ...(cursor !== undefined && { cursor }) };
      const { items, next } = await ledgerAt(c.env, address).list(c.get("tenant"), filter, page);
      return { more: next !== undefined, items: items.map((view) => overview(address, view)) };
    }),
  );
  // A cursor is the same place in every ledger.
  const all = pages.flatMap(({ items }) => items).sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  const deliveries = all.slice(0, count);
  const last = deliveries.at(-1);
  const more = all.length > count || pages.some((page) => page.more);
  return c.json({ deliveries, ...(more && last !== undefined && { next: `${last.createdAt}.${last.id}` }) });
}

/** What a person can do, and what goes with it: an option that is another action's would be passed over without a word. */
const ACTIONS: Record<string, (by: string, body: unknown) => PersonalEvent> = {
  cancel: (by, body) => ({ type: "cancel", by, ...shaped(nothingSchema, body) }),
  release: (by, body) => ({ type: "released", by, ...shaped(nothingSchema, body) }),
  resend: (by, body) => ({ type: "resend", by, ...shaped(resendSchema, body) }),
  close: (by, body) => ({ type: "close", by, ...shaped(closeSchema, body) }),
};
const nothingSchema = exactly({});
const resendSchema = exactly({ expiresAt: v.exactOptional(deadline) });
const closeSchema = exactly({ note: v.exactOptional(textOf(1_000, 0)) });

/** What a person asks for; the machine in the core says whether the delivery's state allows it. */
export async function actOnDelivery(c: RouteContext): Promise<Response> {
  const name = c.req.param("action") ?? "";
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined)
    throw new Problem("not-found", "a delivery takes `cancel`, `release`, `resend` and `close`");
  queryOf(c);
  const text = await readText(c.req.raw, 10_000);
  const event = action(c.get("tenant"), text.trim() === "" ? {} : parseJson(text));
  for (const address of placesOf(c)) {
    const done = await ledgerAt(c.env, address).act(c.get("tenant"), idOf(c), event);
    if (done === undefined) continue;
    if (done.refused === undefined) return c.json(shown(address, done.view));
    throw new Problem("not-allowed-now", done.refused.message, {
      reason: done.refused.reason,
      state: done.view.delivery.state,
    });
  }
  throw unknownDelivery();
}

function formatOf(c: RouteContext): "json" | "ndjson" {
  const type = (c.req.header("content-type") ?? "application/json").split(";")[0]?.trim().toLowerCase() ?? "";
  if (NDJSON.test(type)) return "ndjson";
  if (type === "application/json" || type === "") return "json";
  throw new Problem(
    "wrong-media-type",
    "send `application/json`, or `application/x-ndjson` with the envelope as its first line",
  );
}

function usable(compile: () => Template): Template {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof PreflightError)) throw error;
    throw new Problem("unusable-template", "no message can be built from this template", {
      diagnostics: error.report.diagnostics,
    });
  }
}

/** The message as the core reads it. What has a wrong type stays: the core says so. */
function messageOf({ to, recipient, recipientType, replyTo, values }: SubmittedMessage): Message {
  const message = { to, recipient, recipientType, replyTo, values };
  return Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined)) as Message;
}

/** What is marketing may be refused by whoever gets it, whatever the caller calls it. */
function miscalled(wanted: string | undefined, own: string): { path: string[]; message: string } | undefined {
  if (own !== "marketing" || wanted === undefined || wanted === own) return undefined;
  return {
    path: ["category"],
    message: `must not be \`${wanted}\`: the template is marketing, by what Meta says of it, and who wants none must not get it; leave \`category\` out`,
  };
}

/**
 * One transaction per shard. With several, all are asked first, so that a conflict in one stops the others; and when `refusal`
 * says that nothing new may be queued, so that only what is known already is answered.
 */
async function submit(
  c: RouteContext,
  from: string,
  items: Submitted[],
  rest: Omit<SubmitRequest, "items">,
  refusal: Problem | undefined,
): Promise<SubmitResult[]> {
  const byShard = new Map<number, number[]>();
  for (const [index, { key }] of items.entries()) {
    const shard = await shardOfKey(c.env, rest.tenant, key);
    byShard.set(shard, [...(byShard.get(shard) ?? []), index]);
  }
  const parts = [...byShard].map(([shard, indices]) => ({
    address: { from, shard },
    indices,
    request: { ...rest, items: indices.map((index) => items[index] as Submitted) },
  }));
  if (parts.length > 1 || refusal !== undefined) {
    for (const { address, request, indices } of parts) {
      const found = await ledgerAt(c.env, address).lookUp(request);
      refuseConflicts(
        indices.map((index) => items[index] as Submitted),
        found,
      );
      if (refusal !== undefined && found.includes(null)) throw refusal;
    }
  }
  const results: SubmitResult[] = [];
  for (const { address, request, indices } of parts) {
    const part = await ledgerAt(c.env, address).submit(address, request);
    part.forEach((result, position) => {
      results[indices[position] as number] = result;
    });
  }
  return results;
}

function refuseConflicts(items: Submitted[], results: (SubmitResult | null)[]): void {
  const conflicts = results.flatMap((result, index) =>
    result?.state === "conflict"
      ? [{ key: items[index]?.key ?? "", ...(result.id !== undefined && { id: result.id }) }]
      : [],
  );
  const [first] = conflicts;
  if (first === undefined) return;
  const detail = `the key \`${first.key}\` belongs to a message with other content; nothing of this request was queued`;
  throw new Problem("conflict", detail, { conflicts });
}

function answerFor(key: string, result: SubmitResult | undefined, report: Judgement): object {
  if (result?.state === "queued" || result?.state === "duplicate") {
    const hints = result.state === "queued" && report.diagnostics.length > 0 ? { diagnostics: report.diagnostics } : {};
    return { key, id: result.id, state: result.state, ...hints };
  }
  return { key, state: "rejected", diagnostics: report.diagnostics };
}

function verdictOf(report: Judgement): object {
  return {
    state: report.ok ? "valid" : "rejected",
    ...(report.diagnostics.length > 0 && { diagnostics: report.diagnostics }),
  };
}

function idOf(c: RouteContext): string {
  return c.req.param("id") ?? "";
}

/** An id names its shard, not its sender: few senders share a Worker. */
function placesOf(c: RouteContext): Address[] {
  const shard = shardOf(idOf(c));
  if (shard === undefined) throw unknownDelivery();
  return sendersFor(c).flatMap(({ phoneNumberId }) =>
    addressesOf(c.env, phoneNumberId).filter((address) => address.shard === shard),
  );
}

function unknownDelivery(): Problem {
  return new Problem("not-found", "there is no delivery with this id");
}

/** The machine's row without what is its own business. */
function overview(
  { from }: Address,
  { campaign, template, message, delivery }: Omit<DeliveryView, "timeline" | "raw">,
) {
  const {
    v: _,
    callbackId: __,
    dueAt: ___,
    wakeAt: ____,
    leasedUntil: _____,
    attempt: ______,
    evidence: statuses,
    n: attempts,
    ...said
  } = delivery;
  return { ...said, attempts, from, ...(campaign !== null && { campaign }), template, message, statuses };
}

function shown(address: Address, view: DeliveryView) {
  return { ...overview(address, view), timeline: view.timeline, raw: view.raw };
}
