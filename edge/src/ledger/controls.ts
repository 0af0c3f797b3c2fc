/** What people want: controls, suppressions, one delivery's fate, to be forgotten. */

import type { Book } from "./book.ts";
import type { Control } from "./gate-types.ts";
import { Unjudgeable } from "./machine.ts";
import { normalized, spellings } from "./recipients.ts";
import type { Sweep } from "./store/shared.ts";
import type { Command, Event, PersonalEvent, Preference, Suppression } from "./types.ts";

type CampaignState = "running" | "paused" | "cancelled";

/** One entry in the gate. Rows stay as they are; those of a cancelled campaign are ended in batches. */
export function control(book: Book, wanted: Control, now: number): { state: string; refused?: string } {
  const { commands } = book.gate.tell({ type: "control", ...wanted }, now);
  const refusal = commands.find((command) => command.do === "refuse");
  if (refusal === undefined) {
    book.timeline.note({
      at: now,
      event: `${wanted.what}_${wanted.action}`,
      by: wanted.by,
      ...(wanted.name !== undefined && { note: wanted.name }),
    });
    runSweeps(book, SWEEP_BATCH, now);
  }
  return { state: stateOf(book, wanted), ...(refusal !== undefined && { refused: refusal.message }) };
}

/** What the gate knows can be let go, even when no delivery was ever here. */
export function knowsTemplate(book: Book, template: string): boolean {
  return Object.hasOwn(book.gate.state().templates, template) || book.lanes.hasTemplate(template);
}

function stateOf(book: Book, { what, name = "" }: Control): string {
  const state = book.gate.state();
  if (what === "sender") return state.paused === undefined ? "running" : "paused";
  if (what === "campaign") return campaignState(book, name);
  return state.templates[name]?.hold === undefined ? "running" : "held";
}

function campaignState(book: Book, name: string): CampaignState {
  const entry = book.gate.state().campaigns[name];
  if (entry === undefined) return "running";
  return entry.cancelled ? "cancelled" : "paused";
}

/** Undefined when no delivery of the tenant ever belonged to it. */
export function campaign(
  book: Book,
  tenant: string,
  name: string,
): { name: string; state: CampaignState; counts: Record<string, number> } | undefined {
  const counts = book.counts.campaign(tenant, name);
  return counts && { name, state: campaignState(book, `${tenant}/${name}`), counts };
}

export const SWEEP_BATCH = 200;

/** Ends or releases a batch of the rows that a control or the gate named. Answers whether there are more. */
export function runSweeps(book: Book, limit: number, now: number): boolean {
  let more = false;
  for (const sweep of book.shared.sweeps()) {
    const ids = rowsOf(book, sweep, limit);
    const event: Event =
      sweep.what === "cancel_campaign" ? { type: "cancel", by: sweep.by } : { type: "released", by: sweep.by };
    for (const id of ids) told(book, id, event, now);
    if (ids.length < limit) book.shared.endSweep(sweep);
    else more = true;
  }
  return more;
}

function rowsOf(book: Book, { what, name }: Sweep, limit: number): string[] {
  if (what === "release_blocked") return book.rows.blocked(limit);
  const ids: string[] = book.rows.blockedOf(name, limit);
  for (const { lane, campaign } of book.lanes.busy()) {
    if (ids.length >= limit) break;
    if (campaign === name) ids.push(...book.rows.queuedIn(lane, limit - ids.length));
  }
  return ids;
}

/** Tells one row; nothing when there is none, or when it cannot be judged and is set aside. */
function told(book: Book, id: string, event: Event, now: number): Command[] {
  const row = book.rows.row(id);
  if (row === undefined) return [];
  try {
    return book.apply(row, event, now);
  } catch (error) {
    if (!(error instanceof Unjudgeable)) throw error;
    book.setAside(id, error, now);
    return [];
  }
}

export function suppress(
  book: Book,
  entry: Omit<Suppression, "at" | "until"> & { until?: number | null },
  now: number,
): void {
  book.shared.suppress({ ...entry, recipient: normalized(entry.recipient), until: entry.until ?? null, at: now });
}

/** Meta's code for a send to somebody who said stop. */
const OPTED_OUT = 131050;

/**
 * Webhooks come late, twice, and in any order: only somebody's latest word counts. "Resume" takes away what Meta's word put
 * on the list, and only when it came after it; nobody's own entry is Meta's to lift.
 */
export function heedPreference(book: Book, { recipient, value, at }: Preference, now: number): void {
  const name = normalized(recipient);
  // A time to come would put every later word off.
  if (!book.shared.hearPreference(name, Math.min(at, now), value === "stop")) return;
  // As of when they said so, however late it comes: what they said after it counts.
  const entered = Math.min(at, now);
  if (value === "stop") return book.shared.suppress({ recipient: name, until: null, code: OPTED_OUT, at: entered });
  for (const spelling of spellings(name)) {
    const entry = book.shared.suppressionOf(spelling);
    if (entry?.code === OPTED_OUT && entry.by === undefined && entry.at <= at) book.shared.unsuppress(spelling);
  }
}

export function unsuppress(book: Book, recipient: string): void {
  for (const name of spellings(recipient)) book.shared.unsuppress(name);
}

/** The list's word on each of these recipients; what has run out counts no more. */
export function suppressed(book: Book, recipients: string[], now: number): (Suppression | null)[] {
  return recipients.map((recipient) => {
    const entry = book.shared.strictest(spellings(recipient));
    return entry === undefined || (entry.until !== null && entry.until <= now) ? null : entry;
  });
}

export function suppressions(
  book: Book,
  { after = "", limit }: { after?: string; limit: number },
): { items: Suppression[]; next?: string } {
  const items = book.shared.suppressions(after, limit + 1);
  const last = items.length > limit ? items[limit - 1] : undefined;
  return { items: items.slice(0, limit), ...(last !== undefined && { next: last.recipient }) };
}

/** What a person asks of one delivery. Null when there is none of theirs; else the machine's refusal, if it refuses. */
export function act(
  book: Book,
  tenant: string,
  id: string,
  event: PersonalEvent,
  now: number,
): { refused?: { reason: string; message: string } } | null {
  const row = book.rows.row(id);
  if (row === undefined || row.tenant !== tenant) return null;
  if (event.type === "resend" && (row.message.erased === true || row.forgotten)) {
    const message = row.forgotten
      ? "its recipient was forgotten, and its values with them"
      : "its one-time code was erased; send a new one under a new key";
    return { refused: { reason: "erased", message } };
  }
  const refusal = book.apply(row, event, now).find((command) => command.do === "refuse");
  return refusal === undefined ? {} : { refused: { reason: refusal.reason, message: refusal.message } };
}

/**
 * Erases who a person is and what was written to them. What can still be cancelled is. Key, state and reason stay, and
 * so does an entry of the list of suppressions: that somebody wants no messages must outlast being forgotten.
 */
export function forget(book: Book, tenant: string, recipient: string, now: number): { deliveries: number } {
  const names = spellings(recipient).filter((name) => name !== "");
  if (names.length === 0) return { deliveries: 0 };
  const ids = [...new Set(names.flatMap((name) => book.rows.idsOfRecipient(tenant, name)))];
  for (const id of ids) {
    told(book, id, { type: "cancel", by: tenant }, now);
    book.rows.forget(id);
    book.evidence.forget(id);
  }
  for (const name of names) {
    book.evidence.forgetWaiting(name);
    book.shared.removePair(name);
    book.shared.forgetPreference(name);
  }
  book.timeline.note({ at: now, event: "recipient_forgotten", by: tenant, note: `${ids.length} deliveries` });
  return { deliveries: ids.length };
}
