/**
 * Who sends for a ledger right now. Each consumer has six attempts under way, and when Meta cannot be reached each of these
 * may end in doubt: so only some may be at work at once. Remembered only while the object lives, as consumers are: one that
 * is not heard for as long as an attempt can last is gone.
 */
export class Seats {
  readonly #heardAt = new Map<string, number>();

  /** Takes a seat or keeps one; false when all are taken. */
  take(consumer: string, { most, silentMs }: { most: number; silentMs: number }, now: number): boolean {
    for (const [other, at] of this.#heardAt) if (Math.abs(now - at) > silentMs) this.#heardAt.delete(other);
    if (!this.#heardAt.has(consumer) && this.#heardAt.size >= most) return false;
    this.#heardAt.set(consumer, now);
    return true;
  }

  leave(consumer: string): void {
    this.#heardAt.delete(consumer);
  }
}
