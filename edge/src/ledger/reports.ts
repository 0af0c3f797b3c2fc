/** What webhooks say: stored as it came, then told to the rows and to the gate. */

import { log } from "../log.ts";
import type { Book } from "./book.ts";
import { keepable } from "./retention.ts";
import type { Event, OtherReport, StatusReport } from "./types.ts";

/**
 * A status finds its row by callback id, else by message id; one that finds none waits until a row knows its message. What
 * throws is set aside with its reason, and the others of the same webhook count.
 */
export function receive(
  book: Book,
  statuses: StatusReport[],
  others: OtherReport[],
  digests: string[],
  now: number,
): void {
  book.count("webhooks");
  book.tell({ type: "heard" }, now);
  statuses.forEach((report, index) => receiveStatus(book, report, digests[index] ?? "", now));
  others.forEach(({ raw }, index) => {
    const digest = digests[statuses.length + index] ?? "";
    book.store.addEvidence({ digest, id: null, source: "webhook", at: now, raw });
  });
}

function receiveStatus(book: Book, report: StatusReport, digest: string, now: number): void {
  const { callbackId, wamid, raw, ...said } = report;
  const row = (callbackId && book.store.rowByCallbackId(callbackId)) || book.store.rowByWamid(wamid);
  const event: Event & { type: "status" } = { type: "status", wamid, ...said };
  const fresh = book.store.addEvidence({
    digest,
    id: row ? row.delivery.id : null,
    source: "webhook",
    at: now,
    ...(callbackId !== undefined && { callbackId }),
    wamid,
    event: JSON.stringify(event),
    raw: row ? keepable(row, raw) : raw,
  });
  if (!fresh) return;
  const { status } = said;
  book.count(`status_${status}`);
  if (!row) {
    log("status_quarantined", { state: status });
    return;
  }
  try {
    book.report(row, event, now);
  } catch (error) {
    book.setAside("status", raw, error, now, row.delivery.id);
  }
}
