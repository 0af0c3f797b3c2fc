/** What the ledger tells: deliveries, campaigns, events, counts. Nothing here changes anything. */

import { isSealed } from "../delivery/secrets.ts";
import type { Book } from "./book.ts";
import type { Counters } from "./controls.ts";
import { campaignName } from "./migrations.ts";
import type { Cursor, ListFilter, Row } from "./store.ts";
import type { Control, Delivery, GateState, TimelineEntry } from "./types.ts";

/** A delivery with its whole story. */
export interface DeliveryView {
  tenant: string;
  campaign: string | null;
  template: { name: string; language: string };
  /** Null when it was erased. */
  message: object | null;
  delivery: Delivery;
  /** What keeps it from starting now, beyond its own time. */
  waitsFor?: string;
  timeline: TimelineEntry[];
  raw: { at: number; source: string; raw: string }[];
}

export interface CampaignView {
  name: string;
  state: "running" | "paused" | "cancelled";
  counts: Record<string, number>;
}

/** A timeline entry or an alert. */
export interface EventView extends Partial<TimelineEntry> {
  seq: number;
  at: number;
  id?: string;
  key?: string;
}

export interface Summary {
  states: Record<string, number>;
  quarantined: number;
  deadLetters: number;
  poison: number;
  /** Rows past every deadline that nobody was told of. Must be 0. */
  silentFailure: number;
  silentFailureAvoided: number;
  gate: Omit<GateState, "pace" | "v">;
  /** When the row that has waited longest became due. */
  oldestDueAt: number | null;
  alarmAt: number | null;
  counters: Counters;
}

/** An alarm and a cron tick lie between a deadline and its being said. */
const TICK_MS = 120_000;

export function read(book: Book, tenant: string, id: string): DeliveryView | undefined {
  const row = book.store.row(id);
  if (row === undefined) return buried(book, tenant, id);
  if (row.tenant !== tenant) return undefined;
  const waitsFor = waitOf(book, row);
  return {
    ...viewOf(row),
    ...(waitsFor !== undefined && { waitsFor }),
    timeline: book.store.timeline(id),
    raw: book.store.evidence(id),
  };
}

/** Of a delivery whose retention is over its key and its end are known. */
function buried(book: Book, tenant: string, id: string): DeliveryView | undefined {
  const stone = book.store.tombstone(id);
  if (stone === undefined || stone.tenant !== tenant) return undefined;
  const { key, state, reason, campaign, createdAt, settledAt } = stone;
  const delivery = {
    id,
    key,
    state,
    reason,
    settled: true,
    createdAt,
    updatedAt: settledAt,
    n: 0,
    wamids: [],
    evidence: [],
  };
  return {
    tenant,
    campaign,
    template: { name: "", language: "" },
    message: null,
    delivery: delivery as unknown as Delivery,
    timeline: [],
    raw: [],
  };
}

export function list(
  book: Book,
  tenant: string,
  filter: ListFilter,
  { cursor, limit }: { cursor?: Cursor; limit: number },
): { items: Omit<DeliveryView, "timeline" | "raw">[]; next?: Cursor } {
  const rows = book.store.list(tenant, filter, cursor, limit);
  const last = rows.length === limit ? rows.at(-1)?.delivery : undefined;
  return { items: rows.map(viewOf), ...(last && { next: { createdAt: last.createdAt, id: last.id } }) };
}

export function campaign(book: Book, tenant: string, name: string): CampaignView | undefined {
  const counts = book.store.campaignCounts(tenant, name);
  const control = { what: "campaign" as const, name: campaignName(tenant, name), action: "resume" as const };
  const state = controlled(stateOf(book), control);
  return state === "running" && Object.keys(counts).length === 0 ? undefined : { name, state, counts };
}

export function events(
  book: Book,
  { tenant, after = 0, limit }: { tenant?: string; after?: number; limit: number },
): { events: EventView[]; next: number } {
  const found = book.store.events(tenant, after, limit);
  const last = found.length === limit ? found.at(-1)?.seq : undefined;
  return {
    events: found.map(({ seq, id, entry, key }) => ({
      seq,
      ...(id !== "" && { id }),
      ...(key !== null && { key }),
      ...(JSON.parse(entry) as TimelineEntry),
    })),
    // Others' entries lie between: a whole page has been looked through up to its end, a short one up to the last.
    next: last ?? Math.max(after, book.store.lastSeq()),
  };
}

export function summary(book: Book, alarmAt: number | null, now: number, tenant?: string): Summary {
  const { counters } = book.controls.gate();
  const { pace: _, v: __, ...gate } = stateOf(book) as GateState & { pace: unknown; v: number };
  const dues = book.store.openLanes().flatMap(({ lane }) => book.store.firstDue(lane) ?? []);
  const oldest = Math.min(...dues);
  return {
    states: book.store.counts(tenant),
    quarantined: book.store.quarantined(),
    deadLetters: book.store.deadLetters(),
    poison: book.controls.poisoned(),
    silentFailure: book.store.overdue(now - TICK_MS),
    silentFailureAvoided: counters["silent_failure_avoided"] ?? 0,
    gate,
    oldestDueAt: oldest <= now ? oldest : null,
    alarmAt,
    counters,
  };
}

/** Whether what a control is about runs. */
export function controlled(gate: GateState, { what, name = "" }: Control): "running" | "paused" | "cancelled" {
  if (what === "sender") return gate.paused === undefined ? "running" : "paused";
  if (what === "template") return gate.templates[name]?.hold === undefined ? "running" : "paused";
  const entry = gate.campaigns[name];
  return entry === undefined ? "running" : entry.cancelled ? "cancelled" : "paused";
}

/** What holds it, in the gate's word: a row does not know. */
function waitOf(book: Book, row: Row): string | undefined {
  if (row.delivery.state !== "queued") return undefined;
  const look = book.ask({ type: "look" }, Date.now()).lease;
  if (look === undefined) return undefined;
  if (!look.allow) return look.why;
  if (look.heldCampaigns.includes(book.campaignOf(row) ?? "")) return "campaign";
  return look.heldTemplates.includes(book.templateOf(row)) ? "template" : undefined;
}

function stateOf(book: Book): GateState {
  const empty = { templates: {}, campaigns: {}, webhooks: { accepts: 0, silent: false } };
  return { ...empty, ...(JSON.parse(book.controls.gate().state) as GateState | null) };
}

function viewOf({ tenant, campaign, name, language, message, delivery }: Row): Omit<DeliveryView, "timeline" | "raw"> {
  return { tenant, campaign, template: { name, language }, message: shown(message), delivery };
}

/** A sealed code is nobody's to see, not even as what it is sealed into. */
function shown(message: Row["message"]): object | null {
  if (message === null || !isSealed(message)) return message;
  const { sealed: _, ...rest } = message;
  return rest;
}
