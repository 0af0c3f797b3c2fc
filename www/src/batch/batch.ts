/** A file of rows: how its columns are read, and what became of it. Its recipients and values live in this page only. */

import { batch as together, computed, effect, signal } from "@preact/signals";
import type { BatchHead, BatchOptions, BatchTotals, Diagnostic, Parameter } from "wa-preflight";
import { compiled } from "../document/document.ts";
import { parameters } from "../message/message.ts";
import { nothingTyped, valuesOf } from "../message/values.ts";
import { attempt, report } from "../shared/failure.ts";
import type { Judged, News, Work } from "./protocol.ts";

/** So much of a file is looked at for its columns and first row. */
const HEAD_BYTES = 64 * 1024;

export const file = signal<File | undefined>(undefined);
const headBytes = signal<Uint8Array>(new Uint8Array());

/** What a person chose for a column, or took over from a suggestion; `""` leaves it out. */
export const columns = signal<Record<string, string>>({});
/** Columns that still stand as they were suggested. */
export const suggested = signal<ReadonlySet<string>>(new Set());
export const encoding = signal("utf-8");
export const country = signal("");
export const sanitizing = signal(true);
export const repeats = signal<"warning" | "error" | "off">("warning");
/** Values for every row that does not say otherwise. */
export const defaults = nothingTyped();

/** How the file is read, whatever its rows are to be filled with. */
const reading = computed<BatchOptions>(() => ({
  columns: columns.value,
  encoding: encoding.value,
  ...(country.value.trim() !== "" && { defaultCountry: country.value.trim().toUpperCase() }),
}));

/** How the file begins: its columns, and what each stands for. */
export const head = computed<{ head?: BatchHead; refusal?: string }>(() => {
  const { template } = compiled.value;
  if (template === undefined || file.value === undefined) return {};
  try {
    return { head: template.columns(headBytes.value, reading.value) };
  } catch (error) {
    // A country or an encoding that is not one: said where it is typed.
    return { refusal: error instanceof Error ? error.message : String(error) };
  }
});

/** What no column gives. Only these have fields, and what was typed for another file or column fills in nothing unseen. */
export const unmapped = computed<Parameter[]>(() => {
  const mapped = new Set(head.value.head?.columns.map(({ key }) => key));
  return parameters.value.filter(({ key }) => !mapped.has(key));
});

export const options = computed<BatchOptions>(() => {
  const values = valuesOf(defaults, unmapped.value);
  return {
    ...reading.value,
    sanitize: sanitizing.value,
    policy: { "recipient-repeated": repeats.value },
    ...(Object.keys(values).length > 0 && { defaults: { values } }),
  };
});

/** What is wrong with the defaults, by parameter key. */
export const defaultsFound = computed<Diagnostic[]>(() => {
  const { template } = compiled.value;
  const values = options.value.defaults?.values;
  if (template === undefined || values === undefined) return [];
  const found = attempt(() => template.check({ values }, { recipient: "optional" }).diagnostics, []);
  return found.filter(({ key }) => key !== undefined && Object.hasOwn(values, key));
});

export type Run =
  | { state: "running"; bytes: number; totals: BatchTotals }
  | { state: "cancelled"; bytes: number; totals: BatchTotals }
  | { state: "failed"; message: string; diagnostics: Diagnostic[] }
  | { state: "done"; judged: Judged; of: string };

export const run = signal<Run | undefined>(undefined);

/** Everything that a judgement depends on: when it changes, the judgement is of something else. */
const asked = computed(() => JSON.stringify([compiled.value.source, options.value]));
export const isStale = computed(() => run.value?.state === "done" && run.value.of !== asked.value);

/** What is to be downloaded, for as long as it is shown. */
export const downloads = signal<{ payloads: string; rejections: string } | undefined>(undefined);

let worker: Worker | undefined;

export async function open(chosen: File): Promise<void> {
  stop();
  try {
    const bytes = new Uint8Array(await chosen.slice(0, HEAD_BYTES).arrayBuffer());
    together(() => {
      run.value = undefined;
      columns.value = {};
      suggested.value = new Set();
      encoding.value = "utf-8";
      headBytes.value = bytes;
      file.value = chosen;
    });
    takeSuggestions();
  } catch (error) {
    report(error);
  }
}

export function close(): void {
  stop();
  together(() => {
    run.value = undefined;
    file.value = undefined;
    headBytes.value = new Uint8Array();
  });
}

/** Columns whose names are nearly keys begin as what they are nearest to; the person sees it and may change it. */
function takeSuggestions(): void {
  const found = head.peek().head?.columns ?? [];
  const near = found.flatMap(({ name, suggestion }) => (suggestion === undefined ? [] : [[name, suggestion] as const]));
  columns.value = { ...columns.peek(), ...Object.fromEntries(near) };
  suggested.value = new Set(near.map(([name]) => name));
}

export function mapColumn(name: string, key: string): void {
  columns.value = { ...columns.peek(), [name]: key };
  suggested.value = new Set([...suggested.peek()].filter((other) => other !== name));
}

export function start(): void {
  const chosen = file.peek();
  const { source } = compiled.peek();
  if (chosen === undefined || source === undefined) return;
  stop();
  const of = asked.peek();
  run.value = { state: "running", bytes: 0, totals: { accepted: 0, rejectedRows: 0, changedRows: 0, summary: {} } };
  const mine = new Worker(new URL("./judge.worker.ts", import.meta.url), { type: "module" });
  worker = mine;
  mine.addEventListener("message", ({ data }: MessageEvent<News>) => {
    if (worker !== mine) return;
    if (data.type === "progress") run.value = { state: "running", bytes: data.bytes, totals: data.totals };
    else {
      stop();
      run.value = data.type === "done" ? { state: "done", judged: data.result, of } : { ...data, state: "failed" };
    }
  });
  mine.addEventListener("error", (event) => {
    if (worker !== mine) return;
    stop();
    run.value = { state: "failed", message: event.message || "the worker did not start", diagnostics: [] };
  });
  mine.postMessage({ file: chosen, ...source, options: options.peek() } satisfies Work);
}

export function cancel(): void {
  const now = run.peek();
  stop();
  if (now?.state === "running") run.value = { ...now, state: "cancelled" };
}

function stop(): void {
  worker?.terminate();
  worker = undefined;
}

effect(() => {
  const now = run.value;
  if (now?.state !== "done") return undefined;
  const { payloads, rejections } = now.judged;
  const made = { payloads: URL.createObjectURL(payloads), rejections: URL.createObjectURL(rejections) };
  downloads.value = made;
  return () => {
    URL.revokeObjectURL(made.payloads);
    URL.revokeObjectURL(made.rejections);
    downloads.value = undefined;
  };
});
