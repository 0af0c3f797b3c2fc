/**
 * The one document: the definition's JSON text. Everything else on the page is read from it, and every edit, of the form too,
 * ends as an edit of this text.
 */

import { computed, effect, signal } from "@preact/signals";
import { applyFix, checkTemplate, type Fix, type Operation, PreflightError, type Report, Template } from "wa-preflight";
import { attempt } from "../shared/failure.ts";
import { at, isObject, type JsonObject, type Path, pointer } from "../shared/json.ts";
import { SAMPLES } from "./samples.ts";

const STORAGE_KEY = "wa-preflight.definition";
const NOTHING: Report = { ok: false, complete: false, diagnostics: [], measures: [] };

export const text = signal(restored());

/** Takes any text; the editor counts every kind of line end as one character, so the text has only that one. */
export function setText(next: string): void {
  text.value = next.replace(/\r\n?/g, "\n");
}

/** What a whole new text took the place of, so that nothing is lost by a click. */
export const replaced = signal<{ by: string; text: string; opened: string } | undefined>(undefined);

export function openText(title: string, next: string): void {
  const earlier = replaced.peek();
  // Who looks through several has made nothing of those in between: what comes back is the text from before them.
  const before = text.peek() === earlier?.opened ? earlier.text : text.peek();
  setText(next);
  replaced.value = before === text.peek() ? undefined : { by: title, text: before, opened: text.peek() };
}

export function takeBack(): void {
  const was = replaced.peek();
  if (was === undefined) return;
  replaced.value = undefined;
  // What has been made of the opened text since can be had back in its turn.
  if (text.peek() === was.opened) setText(was.text);
  else openText("your earlier text", was.text);
}

/** The text as a value. While it cannot be read, the last value that could, with `current` false. */
export const parsed = computed<{ value: unknown; current: boolean }>(() => {
  try {
    // A byte order mark is no part of the JSON, wherever it was copied from.
    lastParsed = JSON.parse(text.value.replace(/^\ufeff/, ""));
    return { value: lastParsed, current: true };
  } catch {
    return { value: lastParsed, current: false };
  }
});
let lastParsed: unknown;

/** Meta's copies have an id and a status; what one writes has neither. */
const readback = computed(() => {
  const { value } = parsed.value;
  return isObject(value) && typeof value.id === "string" && typeof value.status === "string";
});

export const report = computed<Report>(() =>
  attempt(() => checkTemplate(text.value, { readback: readback.value }), NOTHING),
);

/** The template that messages are built from. While the text gives none, the last one, with `current` false. */
export const compiled = computed<Compiled>(() => {
  try {
    const source = { definition: text.value, readback: readback.value };
    last = { template: new Template(source.definition, { readback: source.readback }), source };
    return { ...last, current: true };
  } catch (error) {
    if (error instanceof PreflightError) return { ...last, current: false, refusal: error.report };
    return attempt(
      () => {
        throw error;
      },
      { ...last, current: false },
    );
  }
});
interface Compiled {
  template?: Template;
  /** What it was compiled from: enough to do so again in another thread. */
  source?: { definition: string; readback: boolean };
  current: boolean;
  refusal?: Report;
}
let last: Pick<Compiled, "template" | "source"> = {};

/** Mends the text; when that fails the text stays as it is and the banner says why. */
export function fix(wanted: Fix): void {
  setText(attempt(() => applyFix(text.peek(), wanted), text.peek()));
}

export function edit(title: string, patch: Operation[]): void {
  fix({ title, safe: true, patch });
}

/** Sets a member or an item, building the objects on the way that are not there yet. */
export function setMember(path: Path, value: unknown): void {
  // `add` puts a new item into a list, in front of the one that is there.
  const isItem = typeof path.at(-1) === "number" && at(parsed.peek().value, path) !== undefined;
  edit(`set ${path.join(".")}`, [...scaffold(path), { op: isItem ? "replace" : "add", path: pointer(path), value }]);
}

/** Puts an item into a list, in front of the one at that index. */
export function insert(path: Path, item: unknown): void {
  edit(`add ${path.join(".")}`, [...scaffold(path), { op: "add", path: pointer(path), value: item }]);
}

/** Swaps two neighbours of a list. */
export function moveUp(list: Path, index: number): void {
  const item = at(parsed.peek().value, [...list, index]);
  edit(`move ${list.join(".")}`, [
    { op: "remove", path: pointer([...list, index]) },
    { op: "add", path: pointer([...list, index - 1]), value: item },
  ]);
}

export function removeAt(path: Path): void {
  edit(`remove ${path.join(".")}`, [{ op: "remove", path: pointer(path) }]);
}

/** Adds what is missing above `path`: a list where its next step is a number, else an object. */
function scaffold(path: Path): Operation[] {
  const patch: Operation[] = [];
  let here: unknown = parsed.peek().value;
  for (let depth = 0; depth < path.length; depth += 1) {
    const wantsList = typeof path[depth] === "number";
    const fits = wantsList ? Array.isArray(here) : isObject(here);
    if (!fits) {
      here = wantsList ? [] : {};
      patch.push({ op: depth === 0 ? "replace" : "add", path: pointer(path.slice(0, depth)), value: here });
    }
    here = (here as JsonObject)[path[depth] as string];
  }
  return patch;
}

function restored(): string {
  try {
    for (const storage of [sessionStorage, localStorage]) {
      const kept = storage.getItem(STORAGE_KEY);
      if (kept !== null && kept.trim() !== "") return kept.replace(/\r\n?/g, "\n");
    }
  } catch {
    // A browser that forbids storage still gets the editor.
  }
  return SAMPLES[0].text;
}

effect(() => {
  const kept = text.value;
  try {
    // All tabs share the one, for the next that is opened; each has the other for itself, and finds its own text again.
    localStorage.setItem(STORAGE_KEY, kept);
    sessionStorage.setItem(STORAGE_KEY, kept);
  } catch {
    // See above: the text lives in the page.
  }
});
