/** The two machines of the core, `step` and `gate`, in their own small wasm that only this Worker carries. */

import core from "../../machine/core.wasm";
import * as glue from "../../machine/glue.js";
import type { Gated, GateEvent, GateSettings, GateState } from "./gate-types.ts";
import type { Command, Delivery, Event } from "./types.ts";

glue.initSync({ module: core });

/** A machine refused the call itself: the row, the state or the event is broken. Nothing may be stored of it. */
export class Unjudgeable extends Error {
  override name = "Unjudgeable";
}

/** What `event` makes of `delivery`, and what is to be done. */
export interface Step {
  delivery: Delivery;
  commands: Command[];
}

/** Decides what `event` does to `delivery`. */
export function step(delivery: Delivery | null, event: Event, now: number): Step {
  return answered("step", () => glue.step(JSON.stringify(delivery), JSON.stringify(event), now));
}

/** When something that is submitted now has to be settled, when nobody says until when. */
export function deadlineOf(category: string, sendAt: number | undefined, now: number): number {
  const event = { type: "submitted", id: "", callbackId: "", key: "", category, epoch: 0 } as const;
  return step(null, { ...event, ...(sendAt !== undefined && { sendAt }) }, now).delivery.expiresAt;
}

/** Decides what a sender may start, and what an event means for what its deliveries share. `state` is JSON, or `null`. */
export function gate(
  state: string,
  event: GateEvent,
  settings: GateSettings,
  now: number,
): Gated & { state: GateState } {
  return answered("gate", () => glue.gate(state, JSON.stringify(event), JSON.stringify(settings), now));
}

/** A new id on `shard`: 128 random bits behind a version and the shard's digit. */
export function makeId(shard: number): string {
  const id = guarded(() => glue.make_id(shard, crypto.getRandomValues(new Uint8Array(16))));
  if (id === undefined) throw new RangeError(`there is no shard ${shard}: an id has one base-36 digit for it`);
  return id;
}

/** A recipient as always the same text, and behind it how else WhatsApp may know the number. */
export function recipientNames(recipient: string): string[] {
  return JSON.parse(guarded(() => glue.recipient_names(recipient))) as string[];
}

/** The shard that an id names; undefined when it is no id of ours. */
export function shardOf(id: string): number | undefined {
  // No id is longer, and the address of a request can be.
  if (id.length !== 34) return undefined;
  const shard = guarded(() => glue.id_shard(id));
  return shard < 0 ? undefined : shard;
}

function answered<T extends object>(machine: string, call: () => string): T {
  let answer: T | { error: string };
  try {
    answer = JSON.parse(guarded(call)) as T | { error: string };
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw new Unjudgeable(`${machine}: the core gave up`);
    throw error;
  }
  if ("error" in answer) throw new Unjudgeable(`${machine}: ${answer.error}`);
  return answer;
}

/** A trap leaves the instance unusable: it is replaced, and this call alone fails. */
function guarded<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) glue.__wbg_reset_state();
    throw error;
  }
}
