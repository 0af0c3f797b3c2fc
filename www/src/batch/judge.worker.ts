/** Judges a file of rows off the main thread, in pieces: what is done is given to the browser and let go. */

import { type BatchResult, PreflightError, type RejectedRow, Template } from "wa-preflight";
import type { News, Work } from "./protocol.ts";
import { NAMES_OF_COLUMNS, rejectionLines } from "./rejections.ts";

/** So many rejected rows are shown in the page; all of them are in the file. */
const SHOWN = 200;
const PROGRESS_MS = 100;
/** Every row is described, for the file; a piece's descriptions are dropped with it. */
const ALL = 2 ** 32 - 1;

const tell = (news: News): void => postMessage(news);

addEventListener("message", (event: MessageEvent<Work>) => {
  judge(event.data).catch((error: unknown) => {
    const diagnostics = error instanceof PreflightError ? error.report.diagnostics : [];
    tell({ type: "failed", message: error instanceof Error ? error.message : String(error), diagnostics });
  });
});

async function judge({ file, definition, readback, options }: Work): Promise<void> {
  const begin = performance.now();
  const template = new Template(definition, { readback });
  const batch = template.batch({ ...options, partial: true, maxReported: ALL });
  const payloads = new Parts();
  const rejections = new Parts();
  rejections.add(NAMES_OF_COLUMNS);
  const rejected: RejectedRow[] = [];
  const take = (result: BatchResult) => {
    payloads.add(result.payloads);
    rejections.add(rejectionLines(result.rejected));
    for (const row of result.rejected.slice(0, SHOWN - rejected.length)) rejected.push(row);
  };
  let bytes = 0;
  let told = begin;
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    take(batch.push(value));
    bytes += value.length;
    if (performance.now() - told < PROGRESS_MS) continue;
    told = performance.now();
    tell({ type: "progress", bytes, totals: batch.totals });
  }
  take(batch.end());
  const result = {
    totals: batch.totals,
    rejected,
    payloads: payloads.whole("application/x-ndjson"),
    rejections: rejections.whole("text/csv;charset=utf-8"),
    milliseconds: performance.now() - begin,
  };
  tell({ type: "done", result });
}

/** A file that grows: what is in a Blob is no longer in this thread's memory. */
class Parts {
  #waiting: (Uint8Array<ArrayBuffer> | string)[] = [];
  #size = 0;
  #given: Blob[] = [];

  add(part: Uint8Array | string): void {
    if (part.length === 0) return;
    this.#waiting.push(part as Uint8Array<ArrayBuffer> | string);
    this.#size += part.length;
    if (this.#size > 4_000_000) this.#give();
  }

  whole(type: string): Blob {
    this.#give();
    return new Blob(this.#given, { type });
  }

  #give(): void {
    this.#given.push(new Blob(this.#waiting));
    this.#waiting = [];
    this.#size = 0;
  }
}
