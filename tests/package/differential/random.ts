/** Chance that can be repeated: the same seed gives the same run. */

export interface Chance {
  /** A number from 0 up to, not including, `below`. */
  below(below: number): number;
  pick<T>(of: readonly T[]): T;
  /** True once in `times`. */
  once(times: number): boolean;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  // Mulberry32.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    once: (times) => below(times) === 0,
    pick<T>(of: readonly T[]): T {
      const picked = of[below(of.length)];
      if (picked === undefined) throw new Error("nothing to pick from");
      return picked;
    },
  };
}
