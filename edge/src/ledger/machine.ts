/** The delivery machine: the core's `step` and `gate`, in their own small wasm that only this Worker carries. */

import core from "../../machine/core.wasm";
import * as glue from "../../machine/glue.js";
import type { Command, Delivery, Event, Gated, GateEvent } from "./types.ts";

glue.initSync({ module: core });

/** Decides what `event` does to `delivery`. Throws only when the call itself is wrong: then nothing may be stored. */
export function step(
  delivery: Delivery | null,
  event: Event,
  now: number,
): { delivery: Delivery; commands: Command[] } {
  const answer = JSON.parse(guarded(() => glue.step(JSON.stringify(delivery), JSON.stringify(event), now))) as
    { delivery: Delivery; commands: Command[] } | { error: string };
  if ("error" in answer) throw new TypeError(`delivery machine: ${answer.error}`);
  return answer;
}

/**
 * Decides what `event` means for what deliveries share. `state` is the stored text, "null" at first; `settings` is JSON.
 * Throws only when the call itself is wrong: then nothing may be stored.
 */
export function gate(state: string, event: GateEvent, settings: string, now: number): Gated {
  const answer = JSON.parse(guarded(() => glue.gate(state, JSON.stringify(event), settings, now))) as
    Gated | { error: string };
  if ("error" in answer) throw new TypeError(`delivery machine: ${answer.error}`);
  return answer;
}

/** A new id on `shard`: 128 random bits behind a version and the shard's digit. */
export function makeId(shard: number): string {
  const id = guarded(() => glue.make_id(shard, crypto.getRandomValues(new Uint8Array(16))));
  if (id === undefined) throw new RangeError(`there is no shard ${shard}: an id has one base-36 digit for it`);
  return id;
}

/** The shard that an id names; undefined when it is no id of ours. */
export function shardOf(id: string): number | undefined {
  // No id is longer, and the address of a request can be.
  if (id.length !== 34) return undefined;
  const shard = guarded(() => glue.id_shard(id));
  return shard < 0 ? undefined : shard;
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
