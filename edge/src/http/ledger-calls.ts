/** The ledger's calls that are still on their way: to be replaced by the ledger's own types. */

import type { Env } from "../env.ts";
import type { Address } from "../ledger/types.ts";
import { ledgerAt } from "../objects.ts";

export interface LedgerCalls {
  control(control: {
    what: "sender" | "campaign" | "template";
    name?: string;
    action: "pause" | "resume" | "cancel";
    by: string;
  }): Promise<{ state: string }>;
  campaign(
    tenant: string,
    name: string,
  ): Promise<{ name: string; state: "running" | "paused" | "cancelled"; counts: Record<string, number> } | undefined>;
  suppressions(page: { after?: string; limit: number }): Promise<{ items: Suppression[]; next?: string }>;
  suppress(entry: { recipient: string; until?: number | null; by?: string; code?: number }): Promise<void>;
  unsuppress(recipient: string): Promise<void>;
  forget(tenant: string, recipient: string): Promise<{ deliveries: number }>;
  summary(): Promise<Summary>;
  events(query: { tenant?: string; after?: number; limit: number }): Promise<{ events: LedgerEvent[]; next: number }>;
}

export interface Suppression {
  recipient: string;
  until: number | null;
  code?: number;
  by?: string;
  at: number;
}

export interface LedgerEvent {
  seq: number;
  at: number;
  id?: string;
  key?: string;
  event: string;
  state?: string;
  reason?: string;
  code?: number;
  note?: string;
  by?: string;
}

export interface Summary {
  states: Record<string, number>;
  quarantined: number;
  deadLetters: number;
  poison: number;
  silentFailure: number;
  silentFailureAvoided: number;
  gate: {
    account?: { since: number; code?: number; halfOpen: boolean } | null;
    transport?: { since: number; halfOpen: boolean } | null;
    templates: Record<string, { code?: number; hold?: { since: number; until?: number; by?: string } }>;
    campaigns: Record<string, { cancelled: boolean; since: number; by: string }>;
    paused?: { since: number; by: string } | null;
    webhooks: { heardAt?: number; accepts: number; silent: boolean };
  };
  oldestDueAt: number | null;
  alarmAt: number | null;
  counters: Record<string, number>;
}

export const callsOf = (env: Env, address: Address): LedgerCalls => ledgerAt(env, address) as unknown as LedgerCalls;
