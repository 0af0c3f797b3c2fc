/** What the page and its worker say to each other. */

import type { BatchOptions, BatchTotals, Diagnostic, RejectedRow } from "wa-preflight";

/** To the worker: judge this file. One worker does one file; to cancel, the page ends it. */
export interface Work {
  file: File;
  definition: string;
  readback: boolean;
  options: BatchOptions;
}

/** From the worker. */
export type News =
  | { type: "progress"; bytes: number; totals: BatchTotals }
  | { type: "done"; result: Judged }
  | { type: "failed"; message: string; diagnostics: Diagnostic[] };

export interface Judged {
  totals: BatchTotals;
  /** The first of them. */
  rejected: RejectedRow[];
  /** The files to download. They are the browser's, which keeps large ones on disk. */
  payloads: Blob;
  rejections: Blob;
  milliseconds: number;
}
