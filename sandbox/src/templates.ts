/** The WABA's templates: looked up by sends, listed by GET, added to by POST. */

import { GraphError } from "./errors.ts";
import { isDefinition, type Definition } from "./definition.ts";
import { isObject } from "./shape.ts";

/** Ids look like Meta's and stay under 2^53, because webhooks carry them as numbers. */
const FIRST_ID = 1_689_556_908_129_000;
const PAGE = 25;
const MAX_PAGE = 1000;

export class Templates {
  #all: Definition[] = [];
  #nextId = FIRST_ID;

  constructor(seeds: readonly object[]) {
    this.replace(seeds);
  }

  /** Swaps the whole list; throws a sentence when an item could not be a template. */
  replace(definitions: readonly unknown[]): void {
    this.#all = definitions.map((each, index) => this.#complete(each, index));
  }

  #complete(value: unknown, index: number): Definition {
    const definition = isObject(value)
      ? {
          id: String(this.#nextId++),
          status: "APPROVED",
          category: "UTILITY",
          parameter_format: "POSITIONAL",
          ...structuredClone(value),
        }
      : value;
    if (!isDefinition(definition)) throw new Error(`template ${index} needs \`name\`, \`language\` and \`components\``);
    return definition;
  }

  add(definition: object): Definition {
    const complete = this.#complete(definition, this.#all.length);
    this.#all.push(complete);
    return complete;
  }

  find(name: string, language: string): Definition | undefined {
    return this.#all.find((each) => each.name === name && each.language === language);
  }

  byId(id: string): Definition | undefined {
    return this.#all.find((each) => each.id === id);
  }

  /** The template of a send, or 132001, 132015, 132016. */
  sendable(name: string, language: string): Definition {
    const found = this.find(name, language);
    if (found?.status === "PAUSED") {
      throw new GraphError(132015, { details: `template name (${name}) is paused due to low quality` });
    }
    if (found?.status === "DISABLED") {
      throw new GraphError(132016, {
        details: `template name (${name}) has been disabled permanently due to low quality`,
      });
    }
    if (found?.status !== "APPROVED") {
      throw new GraphError(132001, { details: `template name (${name}) does not exist in ${language}` });
    }
    return found;
  }

  /** One page of GET `/{WABA_ID}/message_templates`; `url` is the request's own. */
  page(url: URL): object {
    const query = url.searchParams;
    const matching = this.#all.filter((each) =>
      (["name", "language", "status", "category"] as const).every((key) => {
        const wanted = query.get(key);
        return wanted === null || each[key].toUpperCase() === wanted.toUpperCase();
      }),
    );
    const limit = Math.min(Math.max(Number.parseInt(query.get("limit") ?? "", 10) || PAGE, 1), MAX_PAGE);
    const before = readCursor(query.get("before"));
    const start = before === null ? (readCursor(query.get("after")) ?? -1) + 1 : Math.max(before - limit, 0);
    const end = before === null ? start + limit : before;
    const data = matching.slice(start, end).map((each) => project(each, query.get("fields")));
    if (data.length === 0) return { data };
    const last = start + data.length - 1;
    const paging: Record<string, unknown> = { cursors: { before: cursor(start), after: cursor(last) } };
    if (last + 1 < matching.length) paging["next"] = withCursor(url, "after", last);
    if (start > 0) paging["previous"] = withCursor(url, "before", start);
    return { data, paging };
  }
}

/** Only the fields that were asked for; the id always comes along. */
export function project(definition: Definition, fields: string | null): object {
  if (!fields) return definition;
  const wanted = new Set([...fields.split(",").map((field) => field.trim()), "id"]);
  return Object.fromEntries(Object.entries(definition).filter(([key]) => wanted.has(key)));
}

function cursor(index: number): string {
  return Buffer.from(`template:${index}`).toString("base64url");
}

function readCursor(value: string | null): number | null {
  if (value === null) return null;
  const index = /^template:(\d+)$/.exec(Buffer.from(value, "base64url").toString())?.[1];
  if (index === undefined) throw new GraphError(131059, { details: "The cursor is expired or corrupted." });
  return Number(index);
}

function withCursor(url: URL, key: "after" | "before", index: number): string {
  const next = new URL(url);
  next.searchParams.delete("after");
  next.searchParams.delete("before");
  next.searchParams.set(key, cursor(index));
  return next.href;
}
