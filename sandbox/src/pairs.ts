/** The pair rate limit: one bucket for each recipient. */

import type { PairLimit } from "./config.ts";
import { GraphError } from "./errors.ts";

export class Pairs {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** Takes one token, or throws 131056. */
  take(recipient: string, limit: PairLimit | null, now: number): void {
    if (!limit) return;
    const bucket = this.#buckets.get(recipient) ?? { tokens: limit.burst, at: now };
    const refilled = limit.everyMs > 0 ? (now - bucket.at) / limit.everyMs : Infinity;
    const tokens = Math.min(limit.burst, bucket.tokens + refilled);
    this.#buckets.set(recipient, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    if (tokens < 1) {
      throw new GraphError(131056, {
        details: "Too many messages went from this phone number to the same recipient in a short time.",
      });
    }
  }

  reset(): void {
    this.#buckets.clear();
  }
}
