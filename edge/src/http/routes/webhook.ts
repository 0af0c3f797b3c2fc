/** GET and POST /webhook: Meta's word on what became of messages. */

import { readWebhook, type StatusEvent, type WebhookEvent } from "wa-preflight";
import { verifyWebhook } from "wa-preflight/edge";
import { appSecretsOf, type Env, sendersOf } from "../../env.ts";
import { shardOf } from "../../ledger/machine.ts";
import type { Address, OtherReport, StatusReport } from "../../ledger/types.ts";
import { log } from "../../log.ts";
import { addressesOf, catalogueOf, ledgerAt } from "../../objects.ts";
import type { RouteContext } from "../app.ts";
import { readBytes } from "../body.ts";
import { Problem } from "../problem.ts";

/** Meta sends at most 3 MB. */
const MAX_BYTES = 3_500_000;
const MAX_CHALLENGE = 200;
/** Where events go whose phone number is none of ours: kept, shown by nobody, applied to nothing. */
const UNROUTED: Address = { from: "unrouted", shard: 0 };

/** Meta's handshake. Its token proves nothing about any POST. */
export async function verifySubscription(c: RouteContext): Promise<Response> {
  const expected = c.env.VERIFY_TOKEN?.trim();
  if (!expected) throw new Problem("not-configured", "no verify token is configured: set the secret VERIFY_TOKEN");
  const { "hub.mode": mode, "hub.verify_token": token, "hub.challenge": challenge } = c.req.query();
  const fits = await sameText(token ?? "", expected);
  if (
    mode !== "subscribe" ||
    !fits ||
    challenge === undefined ||
    !/^[\x21-\x7e]+$/.test(challenge) ||
    challenge.length > MAX_CHALLENGE
  ) {
    throw new Problem("forbidden", "the handshake needs `hub.mode=subscribe`, the verify token and a challenge");
  }
  return c.body(challenge, 200, {
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
}

/** Answers 200 only when every event is stored: Meta repeats what was not acknowledged, and never again what was. */
export async function receiveWebhook(c: RouteContext): Promise<Response> {
  const secrets = appSecretsOf(c.env);
  // Anybody can sign with an empty secret, so without one nothing is believed.
  if (secrets.length === 0)
    throw new Problem("not-configured", "no app secret is configured: set the secret APP_SECRETS");
  const bytes = await readBytes(c.req.raw, MAX_BYTES);
  const signature = c.req.header("x-hub-signature-256") ?? null;
  if (!(await verifyWebhook(bytes, signature, secrets))) {
    log("webhook_refused", { reason: signature === null ? "unsigned" : "wrong_signature" });
    throw new Problem("bad-signature", "`X-Hub-Signature-256` is not this body's signature by a known app secret");
  }
  const events = readWebhook(bytes);
  await outdateTemplates(c.env, events);
  for (const { address, statuses, others } of routed(c.env, events, Date.now())) {
    await ledgerAt(c.env, address).receive(address, statuses, others);
  }
  return c.text("ok");
}

interface Share {
  address: Address;
  statuses: StatusReport[];
  others: OtherReport[];
}

/** Each ledger's share of a webhook. */
function routed(env: Env, events: WebhookEvent[], now: number): Share[] {
  const shares = new Map<string, Share>();
  const shareOf = (address: Address): Share => {
    const name = `${address.from}/${address.shard}`;
    const share = shares.get(name) ?? { address, statuses: [], others: [] };
    shares.set(name, share);
    return share;
  };
  for (const event of events) {
    // What customers write concerns no delivery, and is nobody's business here: it is not kept.
    if (event.kind === "message") continue;
    if (isStatus(event)) {
      for (const address of addressesFor(env, event)) shareOf(address).statuses.push(statusReport(event, now));
    } else {
      const from =
        knownSender(env, event.phoneNumberId) ??
        sendersOf(env).find(({ wabaId }) => wabaId === event.wabaId)?.phoneNumberId;
      shareOf(from === undefined ? UNROUTED : { from, shard: 0 }).others.push({ kind: event.kind, raw: event.raw });
    }
  }
  return [...shares.values()];
}

/** A callback id names its shard; without one of ours every shard looks whether it knows the message. */
function addressesFor(env: Env, { phoneNumberId, callbackId }: StatusEvent): Address[] {
  const from = knownSender(env, phoneNumberId);
  if (from === undefined) return [UNROUTED];
  const shard = callbackId === undefined ? undefined : shardOf(callbackId);
  const addresses = addressesOf(env, from);
  const named = addresses.filter((address) => address.shard === shard);
  return named.length > 0 ? named : addresses;
}

function knownSender(env: Env, phoneNumberId: unknown): string | undefined {
  return sendersOf(env).find((sender) => sender.phoneNumberId === phoneNumberId)?.phoneNumberId;
}

function isStatus(event: WebhookEvent): event is StatusEvent {
  return event.kind === "status";
}

function statusReport(event: StatusEvent, now: number): StatusReport {
  const { id, status, timestamp, callbackId, errors, raw } = event;
  const [error] = errors ?? [];
  const title = error?.title ?? error?.message;
  return {
    wamid: id,
    status,
    timestamp: timestamp ?? now,
    raw,
    ...(callbackId !== undefined && { callbackId }),
    ...(error?.code !== undefined && { code: error.code }),
    ...(title !== undefined && { title }),
    ...(error?.details !== undefined && { details: error.details }),
  };
}

/** A template that changed at Meta is judged again before anything more of it starts: every ledger knows before the 200. */
async function outdateTemplates(env: Env, events: WebhookEvent[]): Promise<void> {
  for (const event of events) {
    if (event.kind !== "template") continue;
    const { name, language, wabaId } = event as { name?: unknown; language?: unknown; wabaId?: unknown };
    const senders = sendersOf(env).filter((sender) => sender.wabaId === wabaId);
    if (typeof name !== "string" || typeof language !== "string" || senders.length === 0) continue;
    // Webhooks write `en-US` where definitions have `en_US`.
    const written = language.replace("-", "_");
    const epoch = await catalogueOf(env, senders[0]?.wabaId ?? "").outdate(name, written);
    for (const { phoneNumberId } of senders) {
      for (const address of addressesOf(env, phoneNumberId))
        await ledgerAt(env, address).raiseEpoch(address, name, written, epoch);
    }
  }
}

async function sameText(a: string, b: string): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const [left, right] = await Promise.all([digest(a), digest(b)]);
  return crypto.subtle.timingSafeEqual(left, right);
}
