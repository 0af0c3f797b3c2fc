/** What is known of deliveries, and how a ledger is. */

import type { Book } from "./book.ts";
import type { GateState } from "./gate-types.ts";
import type { Filter, Place, Row } from "./store/rows.ts";
import type { Tombstone } from "./store/tombstones.ts";
import type { Delivery, StoredMessage, TimelineEntry } from "./types.ts";

/** A delivery with its whole story. */
export interface DeliveryView {
  tenant: string;
  campaign: string | null;
  template: { name: string; language: string };
  message: object;
  delivery: Delivery;
  timeline: TimelineEntry[];
  raw: { at: number; source: string; raw: string }[];
  /** It ended long ago: key, state, reason and times are all that is left. */
  tombstone?: true;
}
export type DeliverySummary = Omit<DeliveryView, "timeline" | "raw">;

/** How a ledger is. */
export interface LedgerSummary {
  /** Of the tenant's deliveries, when one was asked for. All else is the sender's. */
  states: Record<string, number>;
  quarantined: number;
  deadLetters: number;
  poison: number;
  silentFailure: number;
  silentFailureAvoided: number;
  gate: Pick<GateState, "account" | "transport" | "throttle" | "templates" | "campaigns" | "paused" | "webhooks">;
  /** When the oldest queued row was or is due. */
  oldestDueAt: number | null;
  alarmAt: number | null;
  counters: Record<string, number>;
}

/** Undefined for another tenant's delivery, too: nobody learns that it exists. */
export function read(book: Book, tenant: string, id: string): DeliveryView | undefined {
  const row = book.rows.row(id);
  if (row === undefined) {
    const stone = book.tombstones.byId(id);
    return stone?.tenant === tenant ? { ...stoneView(stone), timeline: [], raw: [] } : undefined;
  }
  if (row.tenant !== tenant) return undefined;
  return { ...viewOf(row), timeline: book.timeline.of(id), raw: book.evidence.of(id) };
}

/** The newest first, without timelines and tombstones. */
export function list(
  book: Book,
  tenant: string,
  filter: Filter,
  { cursor, limit }: { cursor?: string; limit: number },
): { items: DeliverySummary[]; next?: string } {
  const after = cursor === undefined ? undefined : placeOf(cursor);
  const rows = book.rows.page(tenant, filter, after, limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(viewOf),
    ...(last !== undefined && { next: cursorOf(last.delivery) }),
  };
}

/** A cursor means the same place in every ledger: pages of several can be one. */
export function cursorOf({ createdAt, id }: Place): string {
  return `${createdAt}.${id}`;
}

function placeOf(cursor: string): Place {
  const [, createdAt, id] = /^([0-9]{1,15})\.([0-9a-z]{1,40})$/.exec(cursor) ?? [];
  if (createdAt === undefined || id === undefined) throw new TypeError("this is no cursor of a list");
  return { createdAt: Number(createdAt), id };
}

export function summary(book: Book, alarmAt: number | null, tenant?: string): LedgerSummary {
  const { account, transport, throttle, templates, campaigns, paused, webhooks } = book.gate.state();
  const {
    silent_failure = 0,
    silent_failure_avoided = 0,
    poison = 0,
    dead_letters = 0,
    ...counters
  } = book.sheet.counters();
  const busy = book.lanes.busy();
  return {
    states: book.counts.states(tenant),
    quarantined: book.evidence.quarantined(),
    deadLetters: dead_letters,
    poison,
    silentFailure: silent_failure,
    silentFailureAvoided: silent_failure_avoided,
    gate: {
      templates,
      campaigns,
      webhooks,
      ...(account !== undefined && { account }),
      ...(transport !== undefined && { transport }),
      ...(throttle !== undefined && { throttle }),
      ...(paused !== undefined && { paused }),
    },
    oldestDueAt: busy.length === 0 ? null : Math.min(...busy.map(({ dueAt }) => dueAt)),
    alarmAt,
    counters,
  };
}

function viewOf({ tenant, campaign, name, language, message, delivery }: Row): DeliverySummary {
  return { tenant, campaign, template: { name, language }, message: open(message), delivery };
}

/** A one-time code is nobody's to read, encrypted or not. */
function open({ sealed: _, erased: __, ...message }: StoredMessage): object {
  return message;
}

function stoneView(stone: Tombstone): DeliverySummary {
  const { tenant, campaign, name, language, id, key, state, reason, code } = stone;
  const delivery = {
    id,
    key,
    state,
    reason,
    ...(code !== null && { code }),
    settled: true,
    createdAt: stone.created_at,
    updatedAt: stone.settled_at,
  } as unknown as Delivery;
  return { tenant, campaign, template: { name, language }, message: {}, delivery, tombstone: true };
}
