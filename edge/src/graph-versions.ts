/**
 * How long each version of the Graph API lasts. A call to a version that has ended is answered by a later one, whose codes
 * and fields can differ: nothing fails loudly, so somebody has to look at the calendar.
 *
 * Source: https://developers.facebook.com/docs/graph-api/changelog/versions (its localized copies are newer than the English
 * one) and https://developers.facebook.com/documentation/development/graph-api/changelog, as updated on 29 October 2026.
 * Checked on 26 November 2026. That page names no number for the version of November 2026: it is the one after v26.0.
 */
export const GRAPH_VERSIONS: Readonly<Record<string, { introduced: string; until: string | null }>> = {
  "v27.0": { introduced: "2026-11-04", until: null },
  "v26.0": { introduced: "2026-07-29", until: null },
  "v25.0": { introduced: "2026-02-18", until: "2028-07-29" },
  "v24.0": { introduced: "2025-10-08", until: "2028-02-18" },
  "v23.0": { introduced: "2025-05-29", until: "2027-10-08" },
  "v22.0": { introduced: "2025-01-21", until: "2027-05-20" },
  "v21.0": { introduced: "2024-10-02", until: "2027-01-21" },
  "v20.0": { introduced: "2024-05-21", until: "2026-09-24" },
  "v19.0": { introduced: "2024-01-23", until: "2026-05-21" },
  "v18.0": { introduced: "2023-09-12", until: "2026-01-26" },
};

/** A version that ends within this time is to be replaced now. */
export const WARN_DAYS = 90;
const DAY_MS = 86_400_000;

export interface VersionLife {
  version: string;
  /** `open`: Meta has not said yet when it ends. `unlisted`: newer than this table, or older than anything in it. */
  state: "supported" | "open" | "ending" | "ended" | "unlisted";
  /** The day on which it ends. */
  until?: string;
  daysLeft?: number;
}

export function lifeOf(version: string, now: number): VersionLife {
  const known = Object.hasOwn(GRAPH_VERSIONS, version) ? GRAPH_VERSIONS[version] : undefined;
  if (known === undefined) return { version, state: "unlisted" };
  if (known.until === null) return { version, state: "open" };
  const daysLeft = Math.floor((Date.parse(known.until) - now) / DAY_MS);
  const state = daysLeft < 0 ? "ended" : daysLeft < WARN_DAYS ? "ending" : "supported";
  return { version, state, until: known.until, daysLeft };
}
