/** What webhooks say: evidence first, then the rows, then the gate. */

import { type Book, kept } from "./book.ts";
import { settingsOf } from "../env.ts";
import { Unjudgeable } from "./machine.ts";
import { tidyAt } from "./retention.ts";
import { FORGOTTEN } from "./store/evidence.ts";
import type { Address, Event, OtherReport, StatusReport } from "./types.ts";
import { log } from "../log.ts";

/**
 * A status finds its row by callback id, else by message id; one that finds none waits until a row knows its message.
 * What cannot be stored throws, and Meta brings it again; what cannot be applied is set aside, and the others count.
 */
export function receive(
  book: Book,
  address: Address,
  statuses: StatusReport[],
  others: OtherReport[],
  digests: string[],
  now: number,
): void {
  book.desk.setAddress(address);
  book.sheet.count("webhooks");
  // That Meta is heard only puts the alert about its silence off; whatever the gate makes of it beyond that is for everybody.
  // News of templates and accounts come by another subscription: statuses may be silent beside them.
  const heard = statuses.length > 0 || others.length === 0;
  if (heard && book.gate.tell({ type: "heard" }, now).commands.length > 0) book.hasten(0);
  statuses.forEach((report, index) => receiveStatus(book, report, digests[index] as string, now));
  others.forEach(({ kind, raw, note }, index) => {
    const digest = digests[statuses.length + index] as string;
    const fresh = book.evidence.add({ digest, id: null, source: "webhook", at: now, raw });
    if (fresh && note !== undefined) book.timeline.note({ at: now, event: `${kind}_webhook`, note });
  });
}

function receiveStatus(book: Book, report: StatusReport, digest: string, now: number): void {
  const { callbackId, wamid, raw, ...said } = report;
  const row = (callbackId && book.rows.rowByCallbackId(callbackId)) || book.rows.rowByWamid(wamid);
  const event: Event & { type: "status" } = { type: "status", wamid, ...kept(row, said) };
  const fresh = book.evidence.add({
    digest,
    id: row ? row.delivery.id : null,
    source: "webhook",
    at: now,
    wamid,
    event: JSON.stringify(event),
    raw: row?.forgotten ? FORGOTTEN : raw,
  });
  if (!fresh) return;
  book.sheet.count("statuses");
  if (!row) {
    book.hasten(tidyAt(now, settingsOf(book.env).tombstoneAfterMs));
    return log("status_quarantined", { state: said.status });
  }
  try {
    book.report(row, event, now);
  } catch (error) {
    if (!(error instanceof Unjudgeable)) throw error;
    const { id } = row.delivery;
    return book.poison({ at: now, kind: "status", digest, id, reason: error.message });
  }
}
