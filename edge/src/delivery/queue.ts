/** What travels through the queue. Everything in it may come twice, late or never: the ledger's rows are the truth. */

import type { Finish } from "../ledger/types.ts";

export type QueueMessage = Nudge | LateFinish;

/** "This ledger has work." */
export interface Nudge {
  kind: "nudge";
  from: string;
  shard: number;
}

/** Outcomes that could not be stored at once: the last way before their rows' timeouts. */
export interface LateFinish {
  kind: "finish";
  from: string;
  shard: number;
  finishes: Finish[];
}
