/** What travels through the queue. Everything in it may come twice, late or never: the ledger's rows are the truth. */

import type { Finish } from "../ledger/types.ts";

export type QueueMessage = Nudge | LateFinish;

/** "This ledger has work." */
export interface Nudge {
  kind: "nudge";
  from: string;
  shard: number;
}

/** An outcome that could not be stored at once: the last way before the row's timeout. */
export interface LateFinish {
  kind: "finish";
  from: string;
  shard: number;
  finish: Finish;
}
