/** What a caller can reach: the senders that are open to its tenant, and their ledgers. */

import { type Sender, sendersOf } from "../env.ts";
import type { Address } from "../ledger/types.ts";
import { addressesOf } from "../objects.ts";
import type { RouteContext } from "./app.ts";
import { Problem } from "./problem.ts";

/** A sender without `tenants` is everybody's. Another tenant's sender is answered like one that does not exist. */
export function sendersFor(c: RouteContext): Sender[] {
  const tenant = c.get("tenant");
  return sendersOf(c.env).filter(({ tenants }) => tenants === undefined || tenants.includes(tenant));
}

/** The sender with this phone number id; without one the tenant's first. */
export function senderNamed(c: RouteContext, from: string | undefined): Sender {
  const senders = sendersFor(c);
  const sender = from === undefined ? senders[0] : senders.find(({ phoneNumberId }) => phoneNumberId === from);
  if (sender !== undefined) return sender;
  if (from === undefined) throw new Problem("not-configured", "no sender is configured for you: set SENDERS");
  const message = "`from` is no phone number id that you can send from";
  throw new Problem("unknown-sender", message, {
    diagnostics: [
      { code: "unknown-sender", severity: "error", path: ["from"], message, help: "GET /v1/health lists the senders" },
    ],
  });
}

/** The ledgers of one sender, or of all the tenant's senders when none is named. */
export function ledgersFor(c: RouteContext, from: string | undefined): Address[] {
  return sendersMeant(c, from).flatMap(({ phoneNumberId }) => addressesOf(c.env, phoneNumberId));
}

/** One sender, or all the tenant's when none is named. */
export function sendersMeant(c: RouteContext, from: string | undefined): Sender[] {
  return from === undefined ? sendersFor(c) : [senderNamed(c, from)];
}
