/** The delivery machine's shapes (docs/delivery-contract.md) and what the ledger adds to them. */

import type { Message, Outcome } from "wa-preflight";
import type { SealedMessage } from "../delivery/secrets.ts";

/** One row, as the core made it. The shell reads these fields and changes none. */
export interface Delivery {
  id: string;
  callbackId: string;
  key: string;
  reference?: string;
  category: string;
  state: string;
  reason: string;
  action?: string;
  code?: number;
  settled: boolean;
  createdAt: number;
  updatedAt: number;
  expiresAt: number;
  dueAt: number | null;
  wakeAt: number | null;
  epoch: number;
  n: number;
  attempt?: { n: number; nonce: string; outcome?: object };
  wamids: string[];
  evidence: object[];
  [field: string]: unknown;
}

export type Event =
  | {
      type: "submitted";
      id: string;
      callbackId: string;
      key: string;
      category: string;
      epoch: number;
      sendAt?: number;
      expiresAt?: number;
      reference?: string;
      retryMedia?: boolean;
    }
  | { type: "leased"; until: number }
  | { type: "start"; nonce: string; timeoutMs: number; graceMs: number; epoch: number; hold?: string }
  | { type: "deferred"; until: number; why: string }
  | { type: "suppressed"; code?: number }
  | { type: "abandoned"; n: number; nonce: string }
  | { type: "finished"; n: number; outcome: Outcome; random: number }
  | {
      type: "status";
      wamid: string;
      status: string;
      timestamp: number;
      code?: number;
      title?: string;
      details?: string;
    }
  | { type: "tick" }
  | { type: "rejudged"; epoch: number; ok: boolean; diagnostic?: string }
  | PersonalEvent;

/** What a person asks for, through the API. */
export type PersonalEvent =
  | { type: "cancel"; by: string }
  | { type: "released"; by: string }
  | { type: "resend"; by: string; expiresAt?: number }
  | { type: "close"; by: string; note?: string };

export interface TimelineEntry {
  at: number;
  event: string;
  state: string;
  reason: string;
  [field: string]: unknown;
}

export type Command =
  | { do: "post"; id: string; n: number; callbackId: string }
  | { do: "leased"; id: string; until: number }
  | { do: "refuse"; reason: string; message: string }
  | { do: "nudge"; at: number }
  | { do: "rejudge"; epoch: number }
  | { do: "hold_template"; code?: number; until?: number }
  | { do: "stop_sender"; code?: number; action: string }
  | { do: "record"; entry: TimelineEntry };

/** What the gate is told; docs/delivery.md has every word. */
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
  | { type: "epoch"; template: string }
  | ({ type: "control"; by: string } & Control);

/** What a person pauses, resumes or cancels. */
export interface Control {
  what: "sender" | "campaign" | "template";
  name?: string;
  action: "pause" | "resume" | "cancel";
}

/** A row that wants to start. */
export interface Candidate {
  id: string;
  pair: string;
  pairAt: number | null;
  template: string;
  campaign?: string;
  category: string;
  suppressed?: { until: number | null; code?: number };
}

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

export interface GateLease {
  allow: boolean;
  until?: number;
  why?: string;
  heldTemplates: string[];
  heldCampaigns: string[];
  probe?: true;
}

/** The gate's own memory. The shell shows these fields and changes none. */
export interface GateState {
  account?: { since: number; code?: number; halfOpen: boolean; nextAt: number };
  transport?: { since: number; halfOpen: boolean; nextAt: number };
  throttle?: { until: number; code?: number };
  templates: Record<string, { code?: number; run: number; hold?: { since: number; until?: number; by?: string } }>;
  campaigns: Record<string, { cancelled: boolean; since: number; by: string }>;
  paused?: { since: number; by: string };
  webhooks: { heardAt?: number; accepts: number; silent: boolean };
}

export interface Gated {
  state: GateState;
  verdicts?: GateVerdict[];
  lease?: GateLease;
  pairs?: { pair: string; pairAt: number }[];
  commands: GateCommand[];
  leaseAt: number | null;
  wakeAt: number | null;
}

/** An entry of the list of recipients who get no marketing. */
export interface Suppression {
  recipient: string;
  /** Null: for good. */
  until: number | null;
  /** Meta's code, when Meta said it. */
  code?: number;
  /** Who put it there, when a person did. */
  by?: string;
  at: number;
}

/** Which ledger it is: one of a sender's shards. */
export interface Address {
  from: string;
  shard: number;
}

/** A definition as the catalogue knew it when a message was judged. */
export interface KnownDefinition {
  name: string;
  language: string;
  /** Rises with every change that Meta or a person makes. */
  epoch: number;
  /** SHA-256 of `text`. */
  hash: string;
  /** JSON, as Meta's GET printed it. */
  text: string;
}

/** A message of a submission, judged. */
export interface Submitted {
  key: string;
  fingerprint: string;
  reference?: string;
  /** Absent when preflight refused it: such a message is looked up, never queued. */
  message?: Message | SealedMessage;
}

export interface SubmitRequest {
  tenant: string;
  template: KnownDefinition;
  category: string;
  campaign?: string;
  sendAt?: number;
  expiresAt?: number;
  /** One more attempt may follow when the server of the header's media failed. */
  retryMedia?: boolean;
  items: Submitted[];
}

export type SubmitResult =
  | { state: "queued" | "duplicate"; id: string }
  | { state: "rejected" }
  /** Its recipient wants no marketing: not stored, and its key stays free. */
  | { state: "suppressed"; until: number | null; code?: number }
  /** Another message has the key: nothing of the request was queued. */
  | { state: "conflict"; id?: string }
  /** Nothing wrong with this one; another one of the request has a conflict. */
  | { state: "withheld" };

/** What `start` hands out. */
export interface Claim {
  posts: Post[];
  /** The definitions that `posts` and `stale` name, by hash. */
  definitions: Record<string, string>;
  /** Rows that must be judged under a newer definition before they may start. */
  stale: { id: string; epoch: number; name: string; language: string; key: string; message: Message | SealedMessage }[];
  refused: { id: string; reason: string }[];
  /** Rows that may ask again at a time, without a new lease: the second has as many starts as are allowed. */
  later: { id: string; until: number }[];
}

/** What a second judging found. */
export interface Verdict {
  /** The template's epoch that it is about. */
  epoch: number;
  ok: boolean;
  /** Why not, in a sentence. */
  diagnostic?: string;
  /** The definition that it was judged with, when that is a newer one. */
  template?: KnownDefinition;
}

/** The leave to POST once. */
export interface Post {
  id: string;
  n: number;
  epoch: number;
  /** The delivery's key, under which a one-time code is sealed. */
  key: string;
  message: Message | SealedMessage;
  /** Hash of the definition that it was judged with. */
  definition: string;
}

/** The answer of one POST on its way into the ledger. */
export interface Finish {
  id: string;
  n: number;
  outcome: Outcome;
  /** The answer as it came, or the exception's class. */
  raw: string;
}

/** A status that a webhook brought. */
export interface StatusReport {
  callbackId?: string;
  wamid: string;
  status: string;
  timestamp: number;
  code?: number;
  title?: string;
  details?: string;
  /** Its part of the webhook's body. */
  raw: string;
}

/** A webhook's event that is about no delivery: kept as evidence. */
export interface OtherReport {
  kind: string;
  raw: string;
}
