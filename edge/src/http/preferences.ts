/** What people tell WhatsApp itself: to stop a business's marketing, or to let it come again. */

import type { WebhookEvent } from "wa-preflight";
import { type Env, sendersOf } from "../env.ts";
import { addressesOf, ledgerAt } from "../objects.ts";

/** Meta's code for a send to somebody who said stop. */
const OPTED_OUT = 131050;

interface Preference {
  from: string;
  recipient: string;
  value: "stop" | "resume";
  /** When they said so. */
  at: number;
}

/**
 * "Stop" is on the list of every ledger before the 200. "Resume" takes away what Meta's word put there, and only when it came
 * after it: webhooks come late and twice, and nobody's own entry is Meta's to lift.
 */
export async function heedPreferences(env: Env, events: WebhookEvent[]): Promise<void> {
  for (const event of events) {
    const preference = preferenceOf(env, event);
    if (preference === undefined) continue;
    const { from, recipient, value, at } = preference;
    await Promise.all(
      addressesOf(env, from).map(async (address) => {
        const ledger = ledgerAt(env, address);
        if (value === "stop") return ledger.suppress({ recipient, code: OPTED_OUT });
        const [entry] = await ledger.suppressed([recipient]);
        if (entry?.code === OPTED_OUT && entry.by === undefined && entry.at <= at) await ledger.unsuppress(recipient);
      }),
    );
  }
}

function preferenceOf(env: Env, { kind, field, phoneNumberId, raw }: WebhookEvent): Preference | undefined {
  if (kind !== "account" || field !== "user_preferences" || raw.length > 10_000) return undefined;
  const sender = sendersOf(env).find((each) => each.phoneNumberId === phoneNumberId);
  if (sender === undefined) return undefined;
  let said: Partial<Record<string, unknown>>;
  try {
    said = JSON.parse(raw) as typeof said;
  } catch {
    return undefined;
  }
  const { category, value, wa_id, user_id, timestamp } = said;
  const recipient = [wa_id, user_id].find((name): name is string => typeof name === "string" && name !== "");
  if (category !== "marketing_messages" || recipient === undefined || recipient.length > 200) return undefined;
  if (value !== "stop" && value !== "resume") return undefined;
  return { from: sender.phoneNumberId, recipient, value, at: Number(timestamp) * 1_000 };
}
