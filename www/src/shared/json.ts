/** Reading JSON whose shape nobody promised. */

export type JsonObject = Record<string, unknown>;
export type Path = (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands at `path`, or undefined where the way there is broken. */
export function at(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (Array.isArray(here) && typeof step === "number") here = here[step];
    else if (isObject(here) && Object.hasOwn(here, step)) here = here[step];
    else return undefined;
  }
  return here;
}

export function textAt(value: unknown, path: Path): string {
  const found = at(value, path);
  if (typeof found === "string") return found;
  return found === undefined || found === null ? "" : JSON.stringify(found);
}

export function listAt(value: unknown, path: Path): unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
}

/** A JSON Pointer (RFC 6901). */
export function pointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

export function startsWith(path: Path, prefix: Path): boolean {
  return prefix.length <= path.length && prefix.every((step, index) => step === path[index]);
}

/** `components[1].text`, the way one would write it. */
export function readable(path: Path): string {
  const text = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return text.replace(/^\./, "");
}
