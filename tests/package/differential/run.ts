/**
 * Judges generated pairs of template and payload with the core and with the sandbox, and counts.
 *
 *     node tests/package/differential/run.ts [pairs] [seed]
 */

import { compare, Judges, type Disagreement } from "./judges.ts";
import { stored } from "./definitions.ts";
import { isMembers, type Json, type Members } from "./json.ts";
import { mutant, mutants } from "./mutants.ts";
import { payloadFor } from "./payloads.ts";
import { chance } from "./random.ts";

export interface Counts {
  pairs: number;
  accepted: number;
  /** Of the refused ones: the sandbox's code is among those that the core foresees. */
  sameCode: number;
  explained: Record<string, number>;
  /** Of the others: what the sandbox answers, and what the core foresees. */
  otherCodes: Record<string, number>;
  disagreements: (Disagreement & { definition: Members; payload: Json; change?: string })[];
}

const PER_TEMPLATE = 25;
/** Enough to see what they have in common. */
const KEPT = 2000;

function counts(): Counts {
  return { pairs: 0, accepted: 0, sameCode: 0, explained: {}, otherCodes: {}, disagreements: [] };
}

function count(into: Counts, judges: Judges, made: Members, payload: Json, change?: string): boolean {
  const { ok, sameCode, codes, explained, disagreement } = compare(judges, payload);
  into.pairs++;
  if (ok) into.accepted++;
  else if (sameCode) into.sameCode++;
  else into.otherCodes[codes] = (into.otherCodes[codes] ?? 0) + 1;
  if (explained !== undefined) into.explained[explained] = (into.explained[explained] ?? 0) + 1;
  if (disagreement && into.disagreements.length < KEPT) {
    into.disagreements.push({
      ...disagreement,
      definition: made,
      payload,
      ...(change === undefined ? {} : { change }),
    });
  }
  return ok;
}

/** Pairs, half of them with something that may be wrong. */
export function runPairs(pairs: number, seed: number): Counts {
  const random = chance(seed);
  const all = counts();
  while (all.pairs < pairs) {
    const made = stored(random);
    using judges = new Judges(made);
    for (let left = PER_TEMPLATE; left > 0 && all.pairs < pairs; left--) {
      const payload = payloadFor(made, random, random.once(2));
      const disturbed = random.once(5) ? mutant(payload, random) : payload;
      const twice = random.once(20) && isMembers(disturbed) ? mutant(disturbed, random) : disturbed;
      count(all, judges, made, twice);
    }
  }
  return all;
}

/** Every single change to every node of payloads that both judges take. */
export function runMutants(atLeast: number, seed: number): Counts {
  const random = chance(seed);
  const all = counts();
  while (all.pairs < atLeast) {
    const made = stored(random);
    using judges = new Judges(made);
    const payload = payloadFor(made, random, false);
    if (!count(all, judges, made, payload)) continue;
    for (const { change, value } of mutants(payload)) count(all, judges, made, value, change);
  }
  return all;
}

if (import.meta.main) {
  const [pairs = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);
  for (const [name, run] of [
    ["pairs", runPairs],
    ["mutants", runMutants],
  ] as const) {
    const begin = performance.now();
    const { disagreements, otherCodes, ...all } = run(pairs, seed);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    console.log(`${name}: ${JSON.stringify(all)} in ${seconds} s, ${disagreements.length} unexplained disagreements`);
    for (const [codes, times] of Object.entries(otherCodes)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 25)) {
      console.log(`${times} × other codes: ${codes}`);
    }
    const groups = new Map<string, (typeof disagreements)[number][]>();
    for (const each of disagreements) {
      const key = each.core.ok
        ? `only the sandbox refuses: ${each.sandbox.why}`
        : `only the core refuses: ${each.core.why}`;
      const shape = key.replace(/\d+/g, "#");
      groups.set(shape, [...(groups.get(shape) ?? []), each]);
    }
    for (const [shape, each] of [...groups].sort((a, b) => b[1].length - a[1].length).slice(0, 40)) {
      const [first] = each;
      console.log(`\n${each.length} × ${shape}\n  ${first?.change ?? ""} ${JSON.stringify(first?.payload)}`);
    }
    if (disagreements.length > 0) process.exitCode = 1;
  }
}
