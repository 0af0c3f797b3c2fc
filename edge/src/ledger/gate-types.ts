/** The gate's shapes (docs/delivery.md, docs/delivery-contract.md). The state is the core's: this Worker shows some of it. */

import type { Outcome } from "wa-preflight";

export interface GateSettings {
  perSecond: number;
  pairEveryMs: number;
  pairBurst: number;
  templateErrors: number;
  transportErrors: number;
  probeMs: number;
  probeMaxMs: number;
  trialMs: number;
  trialMaxMs: number;
  silenceMs: number;
  silenceAccepts: number;
}

/** What of a sender's state is shown. */
export interface GateState {
  account?: { since: number; code?: number; halfOpen: boolean; nextAt: number };
  transport?: { since: number; code?: number; halfOpen: boolean; nextAt: number };
  throttle?: { until: number; times: number; code?: number };
  templates: Record<string, { code?: number; run: number; hold?: { since: number; until?: number; by?: string } }>;
  campaigns: Record<string, { cancelled: boolean; since: number; by: string }>;
  paused?: { since: number; by: string };
  webhooks: { heardAt?: number; accepts: number; silent: boolean };
}

export interface Candidate {
  id: string;
  pair: string;
  pairAt: number | null;
  template: string;
  campaign?: string;
  category: string;
  suppressed?: { until: number | null; code?: number };
}

export interface Control {
  what: "sender" | "campaign" | "template";
  name?: string;
  action: "pause" | "resume" | "cancel";
  by: string;
}

export type GateEvent =
  | { type: "lease" | "look" | "heard" | "tick" }
  | { type: "start"; rows: Candidate[] }
  | { type: "given_back"; ids: string[] }
  | { type: "finished"; id: string; pair: string; template: string; category: string; outcome: Outcome }
  | { type: "timed_out"; id: string }
  | {
      type: "reported";
      pair: string;
      template: string;
      category: string;
      status: string;
      code?: number;
      details?: string;
    }
  | { type: "probed"; ok: boolean; code?: number }
  | ({ type: "control" } & Control)
  | { type: "epoch"; template: string };

export type GateVerdict =
  | { verdict: "go"; id: string; pairAt: number }
  | { verdict: "later"; id: string; until: number; why: string }
  | { verdict: "hold"; id: string; why: string; until?: number }
  | { verdict: "cancel"; id: string; by: string }
  | { verdict: "suppressed"; id: string; code?: number };

export type GateCommand =
  | { do: "alert"; kind: string; name?: string; code?: number; message: string; action: string }
  | { do: "alert_silence"; message: string; action: string }
  | { do: "all_clear"; kind?: string; name?: string }
  | { do: "suppress"; pair: string; until: number | null; code: number }
  | { do: "release_blocked" }
  | { do: "cancel_campaign"; name: string; by: string }
  | { do: "refuse"; reason: string; message: string };

export interface LeaseAnswer {
  allow: boolean;
  until?: number;
  why?: string;
  heldTemplates: string[];
  heldCampaigns: string[];
  probe?: boolean;
}

export interface Gated {
  verdicts?: GateVerdict[];
  lease?: LeaseAnswer;
  pairs?: { pair: string; pairAt: number }[];
  commands: GateCommand[];
  leaseAt: number | null;
  wakeAt: number | null;
}
