/** What people tell WhatsApp itself: to stop a business's marketing, or to let it come again. */

import type { WebhookEvent } from "wa-preflight";
import { type Env, sendersOf } from "../env.ts";
import type { Preference } from "../ledger/types.ts";
import { addressesOf, ledgerAt } from "../objects.ts";

/** Every ledger of the sender knows before the 200. */
export async function heedPreferences(env: Env, events: WebhookEvent[]): Promise<void> {
  for (const event of events) {
    const preference = preferenceOf(env, event);
    if (preference === undefined) continue;
    const { from, recipient, value, at } = preference;
    await Promise.all(
      addressesOf(env, from).map((address) => ledgerAt(env, address).heedPreference({ recipient, value, at })),
    );
  }
}

function preferenceOf(
  env: Env,
  { kind, field, phoneNumberId, raw }: WebhookEvent,
): (Preference & { from: string }) | undefined {
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
  const at = Number(timestamp) * 1_000;
  return { from: sender.phoneNumberId, recipient, value, at: Number.isFinite(at) ? at : Date.now() };
}
