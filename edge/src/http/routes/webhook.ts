/** GET and POST /webhook: Meta's word on what became of messages. */

import { readWebhook, type WebhookEvent } from "wa-preflight";
import { verifyWebhook } from "wa-preflight/edge";
import { appSecretsOf, type Env, sendersOf } from "../../env.ts";
import { describe, log } from "../../log.ts";
import { addressesOf, catalogueOf, ledgerAt } from "../../objects.ts";
import type { RouteContext } from "../app.ts";
import { readBytes } from "../body.ts";
import { sharesOf, UNROUTED } from "../evidence.ts";
import { heedPreferences } from "../preferences.ts";
import { Problem } from "../problem.ts";
import { secretName } from "../secrets.ts";
import { MAX_NAME } from "../templates.ts";

/** Meta sends at most 3 MB. */
const MAX_BYTES = 3_500_000;
const MAX_CHALLENGE = 200;

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
  const secret = await signedWith(bytes, signature, secrets);
  if (secret === undefined) {
    log("webhook_refused", { reason: signature === null ? "unsigned" : "wrong_signature" });
    throw new Problem("bad-signature", "`X-Hub-Signature-256` is not this body's signature by a known app secret");
  }
  const events = readWebhook(bytes);
  const shares = sharesOf(c.env, events, Date.now());
  // One ledger that cannot store takes nothing from the others; without its 200 Meta brings all of it again.
  const done = await Promise.allSettled([
    outdateTemplates(c.env, events),
    heedPreferences(c.env, events),
    ...shares.map(({ address, statuses, others }) => ledgerAt(c.env, address).receive(address, statuses, others)),
  ]);
  const failed = done.filter((result) => result.status === "rejected");
  for (const { reason } of failed) log("webhook_failed", { error: describe(reason) });
  if (failed.length > 0) throw new Problem("internal", "not all of it could be stored: send it again");

  const foreign = shares.filter(({ address }) => address.from === UNROUTED.from);
  if (foreign.length > 0)
    log("webhook_unrouted", {
      count: foreign.reduce((sum, { statuses, others }) => sum + statuses.length + others.length, 0),
    });
  c.executionCtx.waitUntil(rememberSecret(c.env, events, secret));
  return c.text("ok");
}

/** Which secret signed it, by its position. All are tried whichever fits. */
async function signedWith(bytes: Uint8Array, signature: string | null, secrets: string[]): Promise<number | undefined> {
  const fits = await Promise.all(secrets.map((secret) => verifyWebhook(bytes, signature, [secret])));
  const position = fits.indexOf(true);
  return position < 0 ? undefined : position;
}

/** A template that changed at Meta is judged again before anything more of it starts: every ledger knows before the 200. */
async function outdateTemplates(env: Env, events: WebhookEvent[]): Promise<void> {
  const changed = new Map<string, { wabaId: string; name: string; language: string }>();
  for (const event of events) {
    if (event.kind !== "template") continue;
    const { name, language, wabaId } = event as { name?: unknown; language?: unknown; wabaId?: unknown };
    if (!isName(name) || !isName(language) || typeof wabaId !== "string") {
      log("template_event_unread");
      continue;
    }
    // Webhooks write `en-US` where definitions have `en_US`.
    const written = language.replace("-", "_");
    changed.set(JSON.stringify([wabaId, name, written]), { wabaId, name, language: written });
  }
  await Promise.all([...changed.values()].map((template) => outdate(env, template)));
}

async function outdate(env: Env, { wabaId, name, language }: Record<"wabaId" | "name" | "language", string>) {
  const senders = sendersOf(env).filter((sender) => sender.wabaId === wabaId);
  if (senders.length === 0) return;
  const epoch = await catalogueOf(env, wabaId).outdate(name, language);
  const addresses = senders.flatMap(({ phoneNumberId }) => addressesOf(env, phoneNumberId));
  await Promise.all(addresses.map((address) => ledgerAt(env, address).raiseEpoch(address, name, language, epoch)));
}

/** A longer text names no template. */
function isName(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= MAX_NAME;
}

/** When this isolate last wrote down which secret Meta signs with. */
const remembered = new Map<string, number>();
const REMEMBER_EVERY_MS = 60_000;

/** While a secret is replaced, health says which of them Meta signs with: then the other one can go. */
async function rememberSecret(env: Env, events: WebhookEvent[], position: number): Promise<void> {
  const now = Date.now();
  const accounts = new Set(sendersOf(env).map(({ wabaId }) => wabaId));
  for (const wabaId of new Set(events.map((event) => event.wabaId))) {
    if (wabaId === undefined || !accounts.has(wabaId)) continue;
    const name = `${wabaId} ${position}`;
    if (now - (remembered.get(name) ?? 0) < REMEMBER_EVERY_MS) continue;
    remembered.set(name, now);
    try {
      await catalogueOf(env, wabaId).noteSecret(await secretName(env, position), now);
    } catch (error) {
      log("secret_not_noted", { error: describe(error) });
    }
  }
}

async function sameText(a: string, b: string): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const [left, right] = await Promise.all([digest(a), digest(b)]);
  return crypto.subtle.timingSafeEqual(left, right);
}
