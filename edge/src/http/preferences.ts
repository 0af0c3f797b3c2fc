/** What people tell WhatsApp itself: to stop a business's marketing, or to let it come again. */

import type { WebhookEvent } from "wa-preflight";
import { type Env, sendersOf } from "../env.ts";
import type { Preference } from "../ledger/types.ts";
import { addressesOf, ledgerAt } from "../objects.ts";

/** Every ledger of the sender knows before the 200. */
export async function heedPreferences(env: Env, events: WebhookEvent[]): Promise<void> {
  for (const { from, ...preference } of events.flatMap((event) => preferencesOf(env, event)))
    await Promise.all(addressesOf(env, from).map((address) => ledgerAt(env, address).heedPreference(preference)));
}

/** One for each name that the person has. */
function preferencesOf(env: Env, { kind, field, phoneNumberId, raw }: WebhookEvent): (Preference & { from: string })[] {
  if (kind !== "account" || field !== "user_preferences" || raw.length > 10_000) return [];
  const sender = sendersOf(env).find((each) => each.phoneNumberId === phoneNumberId);
  if (sender === undefined) return [];
  let said: Partial<Record<string, unknown>>;
  try {
    said = JSON.parse(raw) as typeof said;
  } catch {
    return [];
  }
  const { category, value, wa_id, user_id, timestamp } = said;
  const recipients = [wa_id, user_id].filter(
    (name): name is string => typeof name === "string" && name !== "" && name.length <= 200,
  );
  if (category !== "marketing_messages" || recipients.length === 0) return [];
  if (value !== "stop" && value !== "resume") return [];
  const at = Number(timestamp) * 1_000;
  const from = sender.phoneNumberId;
  return recipients.map((recipient) => ({ from, recipient, value, at: Number.isFinite(at) ? at : Date.now() }));
}
