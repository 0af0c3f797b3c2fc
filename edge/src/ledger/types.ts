/** The delivery machine's shapes (docs/delivery-contract.md) and what the ledger adds to them. */

import type { Message, Outcome } from "wa-preflight";

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
  attempt?: { n: number; nonce: string; timeoutAt: number };
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
  | { type: "rejudged"; epoch: number; ok: boolean; diagnostic?: string; category?: string }
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

/**
 * A message as it is stored. Of a one-time code `values` are encrypted (delivery/secrets.ts) until Meta has them; then
 * neither is there. Of somebody who is forgotten nothing is.
 */
export type StoredMessage = Message & { sealed?: string; erased?: true };

/** Something that happened beside the deliveries' own states: an alert, a control, something set aside. */
export interface Notice {
  at: number;
  event: string;
  id?: string;
  reason?: string;
  code?: number;
  note?: string;
  by?: string;
}

/** A timeline entry or a notice, with its place in the one order of all of them. */
export interface LedgerEvent extends Notice {
  seq: number;
  key?: string;
  state?: string;
}

/** Somebody who gets no marketing: until a time, or for good. */
export interface Suppression {
  recipient: string;
  until: number | null;
  code?: number;
  /** Who wanted it, when a person did. */
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
  message?: StoredMessage;
  /** The id that it was encrypted for; the ledger makes one when absent. */
  id?: string;
}

export interface SubmitRequest {
  tenant: string;
  template: KnownDefinition;
  category: string;
  campaign?: string;
  sendAt?: number;
  expiresAt?: number;
  /** One more attempt may follow when the server of a header's media failed. */
  retryMedia?: boolean;
  items: Submitted[];
}

export type SubmitResult =
  | { state: "queued" | "duplicate"; id: string }
  | { state: "rejected" }
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
  stale: { id: string; epoch: number; name: string; language: string; message: StoredMessage }[];
  refused: { id: string; reason: string; why?: string }[];
  /** Rows that keep their lease and may be asked for again at `waitUntil`: the second is full. */
  waiting: string[];
  waitUntil?: number;
}

/** What `lease` hands out. */
export interface Lease {
  ids: string[];
  /** This consumer is asked to GET the phone number, and to say what came back. */
  probe?: true;
  /** When there will be something, as far as that is known. */
  waitUntil?: number;
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
  /** The category that this definition gives the message, when that is another one. */
  category?: string;
}

/** The leave to POST once. */
export interface Post {
  id: string;
  n: number;
  epoch: number;
  message: StoredMessage;
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

/** What somebody told WhatsApp about this sender's marketing. */
export interface Preference {
  recipient: string;
  value: "stop" | "resume";
  /** When they said so. */
  at: number;
}

/** A webhook's event that is about no delivery: kept as evidence. */
export interface OtherReport {
  kind: string;
  raw: string;
  /** What a person should see of it among the events. */
  note?: string;
}
