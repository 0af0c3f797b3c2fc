/** What went wrong in the page itself: shown in a banner, while everything that was typed stays where it is. */

import { signal } from "@preact/signals";

export const failure = signal<string | undefined>(undefined);

export function report(error: unknown): void {
  failure.value = error instanceof Error ? error.message : String(error);
  console.error(error);
}

/** Runs `work`; when it throws, says so in the banner and answers `fallback`. */
export function attempt<T>(work: () => T, fallback: T): T {
  try {
    return work();
  } catch (error) {
    // Not at once: it may run inside a computation, and those must not write.
    queueMicrotask(() => report(error));
    return fallback;
  }
}

export function catchEverything(): void {
  addEventListener("error", (event) => {
    // Browsers report a delayed resize notice as an error; nothing is wrong then.
    if (!event.message.startsWith("ResizeObserver")) report(event.error ?? event.message);
  });
  addEventListener("unhandledrejection", (event) => report(event.reason));
}
