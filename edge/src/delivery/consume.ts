/** The queue's two consumers: nudges, and what became of nudges that failed too often. */

import type { Env } from "../env.ts";
import { describe, log } from "../log.ts";
import { ledgerAt } from "../objects.ts";
import { UNROUTED } from "../http/evidence.ts";
import { drain } from "./drain.ts";
import type { Nudge, QueueMessage } from "./queue.ts";

/** Each message is acknowledged or retried by itself: one that fails takes no other with it. */
export async function consume(batch: MessageBatch<QueueMessage>, env: Env): Promise<void> {
  const nudges = new Map<string, Message<QueueMessage>[]>();
  for (const message of batch.messages) {
    if (message.body?.kind !== "nudge") await attempt(message, () => storeLate(env, message.body));
    else {
      // Ten nudges of one ledger mean the same as one.
      const ledger = `${message.body.from}/${message.body.shard}`;
      nudges.set(ledger, [...(nudges.get(ledger) ?? []), message]);
    }
  }
  for (const [first, ...others] of nudges.values()) {
    if (first === undefined) continue;
    await attempt(first, () => answerNudge(env, first.body as Nudge));
    for (const other of others) other.ack();
  }
}

/** Nothing ends here in silence: it is noted in its ledger, which nudges again while there is work. */
export async function consumeDead(batch: MessageBatch<QueueMessage>, env: Env): Promise<void> {
  for (const message of batch.messages) await attempt(message, () => noteDead(env, message.body));
}

/** What is no message of ours at all is noted, too: where nobody's webhooks are. */
async function noteDead(env: Env, body: QueueMessage): Promise<void> {
  const { kind, from, shard } = (body ?? {}) as Partial<QueueMessage>;
  if (typeof from !== "string" || typeof shard !== "number")
    return ledgerAt(env, UNROUTED).noteDeadLetter(UNROUTED, "malformed", []);
  const finishes = kind === "finish" && "finishes" in body && Array.isArray(body.finishes) ? body.finishes : [];
  // Which attempts, and not what Meta said of them: that holds a number.
  const attempts = finishes.map(({ id, n }) => ({ id, n }));
  await ledgerAt(env, { from, shard }).noteDeadLetter({ from, shard }, kind ?? "malformed", attempts);
  if (finishes.length > 0) await storeLate(env, body);
}

async function answerNudge(env: Env, { from, shard }: Nudge): Promise<void> {
  const { more } = await drain(env, { from, shard });
  if (more) await env.NUDGES.send({ kind: "nudge", from, shard });
}

async function storeLate(env: Env, body: QueueMessage): Promise<void> {
  // It would never become one: after some tries it is a dead letter, and is noted as that.
  if (body?.kind !== "finish") throw new TypeError("this is no message of ours");
  await ledgerAt(env, body).finish(body.finishes);
}

async function attempt(message: Message<QueueMessage>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    message.ack();
  } catch (error) {
    log("queue_message_failed", {
      reason: String(message.body?.kind),
      count: message.attempts,
      error: describe(error),
    });
    message.retry();
  }
}
